"""Question + evidence -> the draft that tells a fact: the sentence that holds it, first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import FEATURES, Unit, holds
from assistant.hits import Hit
from assistant.intents import Intent, Wanted, read_wants
from assistant.questions import Question
from assistant.statements import Draft, Quote, Statement, Style, Writer, short_title
from assistant.times import year_name
from index.cases import Case
from index.decisions import sentences
from index.japanese import fold, folded_with_offsets, level
from index.passages import PassageKind
from index.turns import Role

# Below these a sentence is a neighbour's answer, not this question's (tuned on eval's dev part).
ENOUGH_COVERED = 0.62
ENOUGH_SCORE = 0.95
GROUND = re.compile(
    r"ため|から|ので|理由|おそれ|不十分|不明|示されて|認められない|ないこと|とは言え|べき|必要性"
    r"|[1-9]点"
)
_SPEAKERS = {
    Role.CHAIR: "会長の発言",
    Role.MEMBER: "委員の発言",
    Role.AGENCY: "実施機関の説明",
    Role.OFFICE: "事務局の説明",
    Role.UNKNOWN: "質疑での発言",
    None: "資料の記載",
}
_STRICT = (
    Wanted.MONEY,
    Wanted.SHARE,
    Wanted.DURATION,
    Wanted.COMPANY,
    Wanted.LAW,
    Wanted.NUMBER,
    Wanted.TIME,
)


class Facts(Writer):
    """Tells facts, and puts any sentence found into a statement."""

    def fact(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> Draft | None:
        """The sentence that holds the fact, first; None where none holds it."""
        catalogued = self._catalogued(question, meant)
        if catalogued is not None:
            return catalogued
        units = [
            unit
            for unit in self.evidence.units(question, hits, meant)
            if not self.is_title(unit) and self._is_timely(unit, question)
        ]
        units = [unit for unit in self._of_kind(units, question) if self._enough(unit, question)]
        if not units:
            return None
        best = self._answering(units[0])
        others = [
            u for u in units[1:12]
            if self._enough(u, question) and u.score >= best.score - 0.5
            and not (u.start < best.end and best.start < u.end and u.record == best.record)
            and (u.start, u.record) != (best.start, best.record)
        ][:3]  # fmt: skip
        if question.intent is Intent.REASON:
            best = self._continued(best)
        statements = [self.unit_statement(best, Style.LEAD, question, place=best.case is None)]
        for wanted in read_wants(question.text)[1:3]:  # 件数と開始日は
            second = self._best_for(replace(question, wanted=wanted), hits, meant, best)
            if second is not None:
                statements.append(
                    self.unit_statement(second, Style.LEAD, replace(question, wanted=wanted))
                )
                others = [unit for unit in others if unit.start != second.start]
        if others:
            statements += [
                self.unit_statement(unit, Style.ITEM, question, place=unit.case != best.case)
                for unit in others
            ]
        told = tuple(dict.fromkeys(u.case.id for u in [best] if u.case))
        cases = tuple(self.evidence.by_id[i] for i in told)
        if cases:
            statements.append(self.case_line(cases[0]))
        return Draft(tuple(statements), cases)

    # -- which sentence

    def _of_kind(self, units: Sequence[Unit], question: Question) -> list[Unit]:
        """The sentences that hold a thing of the kind asked for (a figure, a time, a company …).

        Those with the counter asked for (何世帯) come first.
        """
        if question.wanted is Wanted.ANYTHING:
            return list(units)
        holding = [unit for unit in units if self.near_holds(unit, question.wanted)]
        if not holding:
            return [] if question.wanted in _STRICT else list(units)
        counter = FEATURES.index("counter")
        counted = [
            u for u in holding if u.features[counter] > 0 and u.score >= holding[0].score - 1.0
        ]
        rest = [unit for unit in holding if unit not in counted]
        return [*counted, *rest]

    def _answering(self, unit: Unit) -> Unit:
        """The reply, where the sentence found is the question that it answers."""
        if unit.case is None or unit.asked is not None:
            return unit
        for exchange in unit.case.exchanges:
            question = exchange.question
            if question.start <= unit.start < question.end and exchange.replies:
                text = self.index.text(unit.record)
                asked = fold(text[question.start : question.end])
                if not re.search(r"か(?:。|$)", asked):
                    return unit  # a remark, not a question
                reply = exchange.replies[0]
                end = reply.end
                if end - reply.start > 200:
                    spans = list(sentences(text, reply.start, reply.end))
                    end = next((b for _, b in spans if b - reply.start >= 40), reply.end)
                return replace(
                    unit, start=reply.start, end=end, text=text[reply.start : end],
                    role=reply.role, speaker=reply.speaker, asked=question,
                )  # fmt: skip
        return unit

    def _continued(self, unit: Unit) -> Unit:
        """A sentence with the one after it, where a reason may go on."""
        text = self.index.text(unit.record)
        stop = unit.end
        following = list(sentences(text, unit.end, min(len(text), unit.end + 200)))
        if (
            following
            and unit.end - unit.start <= 130
            and unit.role is None
            and text[unit.end - 1] == "。"
        ):
            start, end = following[0]
            if (
                text[end - 1] == "。"
                and "\t" not in text[start:end]
                and text.count("\n", unit.end, start) <= 2
            ):
                stop = end
        return replace(unit, end=stop, text=text[unit.start : stop])

    def _best_for(
        self, question: Question, hits: Sequence[Hit], meant: Sequence[Case], first: Unit
    ) -> Unit | None:
        """The best sentence for another kind of fact, of the same case as the first."""
        return next(
            (
                unit
                for unit in self.evidence.units(question, hits, meant)
                if unit.case == first.case and unit.start != first.start
                and not self.is_title(unit) and holds(question.wanted, fold(unit.text))
                and unit.covered >= 0.4
            ),
            None,
        )  # fmt: skip

    def _enough(self, unit: Unit, question: Question) -> bool:
        if unit.covered < ENOUGH_COVERED or unit.score < ENOUGH_SCORE:
            return False
        if question.wanted in _STRICT and not self.near_holds(unit, question.wanted):
            return False
        lacking_names = [
            t for t in question.terms if t.key in unit.lacking and t.name and t.weight > 1.6
        ]
        return len(lacking_names) == 0 or unit.covered >= 0.8

    def near_holds(self, unit: Unit, wanted: Wanted) -> bool:
        own = fold(unit.text)
        figures = wanted is Wanted.NUMBER and unit.passage.kind is PassageKind.TABLE
        company = wanted is Wanted.COMPANY and unit.features[FEATURES.index("kind of fact")] > 0
        return holds(wanted, own) or company or (figures and bool(re.search(r"[0-9]", own)))

    def is_title(self, unit: Unit) -> bool:
        if unit.case is None:
            return False
        own, title = fold(unit.text), fold(unit.case.title)
        return len(own) >= 12 and (own in title or title in own or own[:24] == title[:24])

    def _is_timely(self, unit: Unit, question: Question) -> bool:
        """Whether a sentence is of the time named, by its own words, its headings, its case."""
        if not question.years and not question.calendar_years:
            return True
        own = fold(f"{unit.passage.heading} {unit.passage.text}")
        for year in (*question.years, *question.calendar_years):
            name = fold(year_name(year))
            if name in own or name.removesuffix("度") in own or f"{year}年" in own:
                return True
        return unit.case is not None and self.evidence.timely(unit.case, question)

    # -- how it is told

    def unit_statement(
        self, unit: Unit, style: Style, question: Question, *, place: bool = False
    ) -> Statement:
        text = self.index.text(unit.record)
        pieces: list[str | Quote] = []
        whose = _SPEAKERS[unit.role]
        if unit.speaker and unit.role in (Role.MEMBER, Role.CHAIR):
            whose = f"{level(unit.speaker)}の発言"
        short = len(fold(unit.text)) < 16
        if unit.asked is not None and short:
            pieces += [self.beginning(unit.record, unit.asked.start, unit.asked.end), " → "]
        pieces.append(self._trimmed(unit, question, lead=style is Style.LEAD))
        label = self._row_label(text, unit)
        if label is not None:
            pieces.insert(0, ": ")
            pieces.insert(0, label)
        where = ""
        if place:
            known = [unit.case.municipality or "" if unit.case else self._place_of(unit.record)]
            if unit.case:
                known += [unit.case.meeting, short_title(unit.case.title, 20)]
            where = " ".join(part for part in known if part)
        pieces.append(f"（{whose}{'、' + where if where else ''}）")
        return Statement(style, tuple(pieces))

    def _trimmed(
        self, unit: Unit, question: Question, longest: int = 62, *, lead: bool = False
    ) -> Quote:
        """The unit, or where it is long, the clauses of it that bear most on the question."""
        if question.intent is Intent.REASON or question.wanted is Wanted.ANYTHING:
            # a reason, a how: the words around it are part of the answer
            longest = 130 if lead else 80
        if unit.end - unit.start <= longest:
            return Quote(unit.record, unit.start, unit.end)
        text = self.index.text(unit.record)
        cuts = [
            unit.start,
            *(m.end() + unit.start for m in re.finditer(r"[、。，,]", unit.text)),
            unit.end,
        ]
        cuts = sorted(set(cuts))
        best, chosen = -1.0, (unit.start, unit.end)
        facts = fold(unit.case.title) if unit.case else ""
        asked = [(t, t.weight * (1 - 0.9 * t.share(facts))) for t in question.terms]
        for i, start in enumerate(cuts[:-1]):
            for end in cuts[i + 1 :]:
                if end - start > longest and end != cuts[i + 1]:
                    break
                piece = fold(text[start:end])
                worth = sum(weight * t.share(piece) for t, weight in asked)
                if question.wanted is not Wanted.ANYTHING and holds(question.wanted, piece):
                    worth += 5.0
                if question.intent is Intent.REASON and GROUND.search(piece):
                    worth += 1.0
                worth += 0.4 * (end == unit.end or text[end - 1] == "。") + 0.002 * (end - start)
                if worth > best:
                    best, chosen = worth, (start, end)
        start, end = chosen
        return Quote(unit.record, start, end)

    def beginning(self, record: str, start: int, end: int, longest: int = 110) -> Quote:
        """The span, or its first sentences where it is long."""
        if end - start <= longest:
            return Quote(record, start, end)
        text = self.index.text(record)
        stop = text.rfind("。", start, start + longest)
        if stop < start + 20:
            stop = text.find("。", start, end)
        return Quote(record, start, stop + 1 if stop >= 0 else end)

    def _row_label(self, text: str, unit: Unit) -> Quote | None:
        """The cell that names the row a unit was cut from, if it stands apart from the unit."""
        row_start = text.rfind("\n", 0, unit.start) + 1
        before = text[row_start : unit.start]
        if "\t" not in before and "|" not in before:
            return None
        cell = re.search(r"[^\t|]+", before)
        if cell is None or not 2 <= len(fold(cell.group())) <= 24 or "<" in cell.group():
            return None
        stripped = cell.group().strip()
        start = row_start + cell.start() + cell.group().index(stripped)
        return Quote(unit.record, start, start + len(stripped))

    def _place_of(self, record: str) -> str:
        return next((m.municipality or "" for m in self.meetings if m.record == record), "")

    # -- what the catalogue knows

    def _catalogued(self, question: Question, meant: Sequence[Case]) -> Draft | None:
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
        if question.wanted is Wanted.LAW and case.legal_basis and not told_by:
            quotes = [
                q for article in case.legal_basis if (q := self._article_quote(case, article))
            ]
            if quotes:
                pieces: list[str | Quote] = [f"**{'、'.join(case.legal_basis)}**です。"]
                return Draft(
                    (Statement(Style.LEAD, (*pieces, *quotes)), self.case_line(case)), (case,)
                )
        return None

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
