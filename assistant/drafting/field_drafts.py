"""Question + case -> the draft that tells what is catalogued: office, articles, fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.unit_statements import ITEM
from assistant.evidence import NAMED
from assistant.questions import Question
from assistant.statements import (
    Draft,
    Quote,
    Statement,
    Style,
    Writer,
    short_title,
    with_verdicts,
)
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import holds, slots_asked
from assistant.understanding.terms import attributes
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.japanese import fold, folded_with_offsets, level
from index.text.sentences import sentences
from index.text.slots import Slot

# the fields of papers (index/text/slots.py) that answer for a kind of thing by themselves
_FIELDS = {
    Wanted.COMPANY: frozenset(["recipient"]),
    Wanted.DURATION: frozenset(["retention"]),
    Wanted.TIME: frozenset(["start"]),
    Wanted.ITEMS: frozenset(["items"]),
    Wanted.ANYTHING: frozenset(["notice", "items", "form", "network"]),
}
_BOXES = frozenset(["items", "form", "network"])  # told by the names of the boxes ticked
_FIELD = 300  # characters of a field with boxes that are told
_FIELDS_TOLD = 2
_FORMS_TOLD = 4
_ROWS_APART = 300  # characters between two rows of one form
_OF_ANOTHER = re.compile(
    r"(?:どの|どんな|何の)(?!よう|個人|情報|データ|項目|媒体|形|回線|方法|ネットワーク)"
)
_MOST_EACH = 40
_OF_EACH = re.compile(
    r"(?:各|全|すべての|全ての|それぞれの)(?:案件|諮問|議案|件)|(?:案件|諮問|議案)(?:ごと|毎)|(?:案件|諮問)[^。]{0,16}"
    r"(?:一覧|表|まとめ)"
)
_NAMED_BY = 0.5  # the share of a name in what names a case


def _unsaid(question: Question, label: str) -> float:
    """How little of a field's label a question says."""
    return -sum(term.weight * term.share(fold(label)) for term in question.terms)


def _tells(slot: Slot, question: Question) -> bool:
    """Whether a field tells by itself what is asked for: briefly, and as a thing of that kind."""
    if question.wanted in (Wanted.ITEMS, Wanted.ANYTHING):  # whether the person was told: a box
        return bool(slot.ticked) and (slot.name in _BOXES or slot.end - slot.start <= _FIELD)
    brief = _is_brief(slot)
    value = fold(slot.value)
    if question.wanted is Wanted.COMPANY:  # a company may be called anything but an office
        return brief and (holds(Wanted.COMPANY, value) or not holds(Wanted.OFFICE, value))
    return brief and holds(question.wanted, value)


def _is_brief(slot: Slot) -> bool:
    return not slot.ticked and 2 <= len(fold(slot.value)) <= ITEM


class Fields(Writer):
    """Tells what is catalogued of a case."""

    def catalogued(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """Facts that the catalogue holds of a case: its office, its articles."""
        if not meant:
            return None
        case = meant[0]
        if (
            question.wanted is Wanted.OFFICE
            and case.department_span
            and re.search(r"所管|担当|部署|どこの課|どの課|出した|諮問した", question.text)
        ):
            return Draft(
                (
                    Statement(
                        Style.LEAD,
                        (
                            f"**{level(case.department or '')}**です。記載: ",
                            Quote(case.record, *case.department_span),
                        ),
                    ),
                    self.case_line(case),
                ),
                (case,),
            )
        told_by = re.search(r"言われ|述べ|指摘|発言|説明", question.text)
        facts = self.evidence.facts_of(case)
        of_case = any(t.name and t.weight >= NAMED for t in question.terms)
        of_case &= all(term.share(facts) >= 0.7 for term in question.terms)
        if question.wanted is Wanted.LAW and case.legal_basis and not told_by and of_case:
            quotes = [
                q for article in case.legal_basis if (q := self._article_quote(case, article))
            ]
            if quotes:
                pieces: list[str | Quote] = [f"**{'、'.join(case.legal_basis)}**です。"]
                return Draft(
                    (Statement(Style.LEAD, (*pieces, *quotes)), self.case_line(case)), (case,)
                )
        return None

    def in_field(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """What stands in the one field of a case's papers that a question asks for by its kind
        (どこの会社に渡すか), where it names the case and nothing else."""
        fields = _FIELDS.get(question.wanted, frozenset()) & slots_asked(fold(question.text))
        if not meant or not fields or question.intent is not Intent.FACT:
            return None
        case, facts = meant[0], self.evidence.facts_of(meant[0])
        slots = [slot for slot in case.slots if slot.name in fields and _tells(slot, question)]
        known = " ".join((facts, *(fold(slot.label) for slot in slots)))
        names = [t for t in question.terms if t.name and t.weight >= NAMED]
        if any(t.share(known) < _NAMED_BY and t.key not in attributes() for t in names):
            return None
        if not slots:
            return None
        if any(slot.name in _BOXES for slot in slots):
            if _OF_ANOTHER.search(fold(question.text)):
                return None
            others = (s for s in case.slots if s.name in fields and "その他" in s.label)
            return self._ticked(question, case, [*slots, *filter(_is_brief, others)])
        pieces: list[str | Quote] = []
        for slot in slots[:_FIELDS_TOLD]:
            pieces += ["、" if pieces else "", f"{level(slot.label)}: "]
            pieces.append(Quote(case.record, slot.start, slot.end))
        lead = Statement(Style.LEAD, (*pieces, "（資料の記載）"))
        return Draft((lead, self.matter_line(case)), with_verdicts((case,)))

    def _ticked(self, question: Question, case: Case, slots: Sequence[Slot]) -> Draft:
        """The boxes ticked, form by form, those first whose label the question says."""
        forms: list[tuple[Slot, dict[str, None]]] = []
        last: Slot | None = None
        for slot in sorted(slots, key=lambda slot: slot.start):
            names = dict.fromkeys(map(level, slot.ticked or (slot.value,)))
            same = last and slot.label == last.label and slot.start - last.end < _ROWS_APART
            last = slot
            if same:  # a form of several rows
                forms[-1][1].update(names)
            else:
                forms.append((slot, names))
        forms.sort(key=lambda form: _unsaid(question, form[0].label))
        lead: list[str | Quote] = []
        for slot, names in forms[:_FORMS_TOLD]:
            label = f"{' '.join(slot.label.split())}: " if slot.label else ""
            lead.append(f"{'、' if lead else ''}{label}**{'、'.join(names)}**")
            lead.append(Quote(case.record, slot.start, slot.end, show=False))
        lead.append("（資料で印の付いた欄）")
        return Draft(
            (Statement(Style.LEAD, tuple(lead)), self.matter_line(case)), with_verdicts((case,))
        )

    def of_each(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """A field of each of several cases (各案件の担当課は), a line for each; None where no field
        of all cases is asked for."""
        key = fold(question.text)
        others = [t for t in question.terms if t.key not in attributes() and t.name]
        if not _OF_EACH.search(key) or others or len(scope) < 2:
            return None
        office = question.wanted is Wanted.OFFICE or bool(re.search(r"担当|所管", key))
        kind = frozenset() if question.wanted is Wanted.ANYTHING else _FIELDS.get(question.wanted)
        names = slots_asked(key) | (kind or frozenset())
        if not office and not names:
            return None
        lines: list[Statement] = []
        held = 0
        for case in self.in_order(scope):
            if office:
                spans = [case.department_span] if case.department_span else []
            else:
                slots = [slot for slot in case.slots if slot.name in names]
                spans = [(slot.start, slot.end) for slot in slots][:_FIELDS_TOLD]
            quotes: list[str | Quote] = [self._brief(case, *span) for span in spans]
            held += bool(quotes)
            title = f"{case.municipality or ''} {short_title(case.title, 26)}: "
            lines.append(Statement(Style.ITEM, (title, *(quotes or ["記載なし"]))))
        if not held:
            return None
        what = "担当課" if office else "お尋ねの欄"
        words = f"案件{len(lines)}件のうち、{what}の記載があるのは**{held}件**です。"
        first = next(case for case in self.in_order(scope))
        lead = Statement(Style.LEAD, (words, Quote(first.record, *first.title_span, show=False)))
        return Draft((lead, *lines[:_MOST_EACH]), tuple(self.in_order(scope)))

    def _brief(self, case: Case, start: int, end: int) -> Quote:
        """A field, or its first sentence where it is long."""
        if end - start > _FIELD:
            text = self.index.text(case.record)
            end = next(sentences(text, start, end), (start, end))[1]
        return Quote(case.record, start, end)

    def _article_quote(self, case: Case, article: str) -> Quote | None:
        text = self.index.text(case.record)
        number_ = re.search(r"第\d+条.*", article)
        if number_ is None:
            return None
        for start, end in case.spans:
            key, offsets = folded_with_offsets(text[start:end])
            at = key.find(number_.group())
            if at >= 0:
                return Quote(
                    case.record,
                    start + offsets[at],
                    start + offsets[at + len(number_.group()) - 1] + 1,
                    show=False,
                )
        return Quote(case.record, *case.title_span, show=False)
