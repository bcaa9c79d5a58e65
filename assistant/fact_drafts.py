"""Question + evidence -> the draft that tells a fact: the sentence that holds it, first."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.evidence import FEATURES, LEAST, NAMED
from assistant.facts import SAID
from assistant.hits import Hit
from assistant.intents import Intent
from assistant.kinds import counter_of, focus_of, holds, slots_asked, without_idioms
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
from assistant.terms import attributes
from assistant.units import Unit
from assistant.wants import Wanted, read_wants
from index.cases import Case
from index.japanese import dates, fiscal_years, fold, folded_with_offsets, level
from index.passages import PassageKind
from index.sentences import sentences
from index.slots import Slot
from index.turns import Role

# Below these a sentence is a neighbour's answer, not this question's (tuned on eval's dev part).
ENOUGH_COVERED = 0.62
ENOUGH_SCORE = 0.95
SURE = 2.75  # below it the first sentence is right no oftener than wrong: it is offered, not told
NEAR_COVERED, NEAR_SCORE = 0.5, 1.5  # what is worth a look where nothing is told
_OF_THE_POINT = 0.35  # of what is asked stands in or close by a sentence that gives a reason
_WHOLLY = 0.8  # of what is asked stands about a sentence, so that no case need be named
GROUND = re.compile(
    r"ため|鑑み|かんがみ|踏まえ|から|ので|理由|おそれ|不十分|不明|示されて|認められない|とは言え|べき|必要性"
    r"|[1-9]点"
)
_WISHES = re.compile(r"たい(?=と考|と思|。|$)|ねらい|目的と")  # why a thing is done
_LACKS = re.compile(
    r"しかね|(?:足り|でき|分から|言え|決まって(?:は)?い|なって(?:は)?い|されて(?:は)?い)(?:な|ませ|ず)|整理(?:し|さ)|長すぎ|大きすぎ"
)
_FROM = re.compile(r"(?<=[一-龠々ァ-ヶー])から(?![、。])")  # 税務課から: no ground
_STRICT = (
    Wanted.MONEY,
    Wanted.SHARE,
    Wanted.DURATION,
    Wanted.COMPANY,
    Wanted.LAW,
    Wanted.NUMBER,
    Wanted.TIME,
    Wanted.PLACE,
    Wanted.ITEMS,
    Wanted.OFFICE,
)


_KIND = FEATURES.index("kind of fact")
_COUNTER = FEATURES.index("counter")
_ALIKE = FEATURES.index("asked alike")
_OWN = FEATURES.index("own words")
_LABELLED = re.compile(r"^[^。、\s]{2,8}[ \u3000]*[:：][^ぁ-ん。]*$")
_NARRATED = re.compile(
    r"^[―—–─\-][^。]{2,40}[―—–─\-]$|^※[^。]{2,20}回答$|^[【〔〈《][^】〕〉》]{1,20}[】〕〉》]$"
)
# 諮問第6号「…の導入について」ですが、: what names a matter says nothing of it
_BESIDES = re.compile(
    r"「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』|\([^()]*\)|第[0-9-]+号"
    r"|(?:諮問|議案|報告|議題|案件|協議|審議)(?:事項|案件)?[0-9]*"
)
# 福祉課から説明をお願いします: calls on someone, and says nothing itself
_CALLS_ON = re.compile(
    r"[^。]{0,24}(?:お願い(?:いた|申し上げ)?し?ます|説明を求めます)。?|[^。]{0,12}それでは[^。]{0,12}に入ります。?"
)
_NAMES_MATTER = re.compile(
    r"(?:について|に関する(?:こと|事項|件)|の件|に関して)(?:\([^()]*\))?(?:です(?:が)?|ですけれども)?[。、]?$"
)
_AGENDA = re.compile(r"(?:開会|挨拶|あいさつ|諮問書).{0,300}(?:その他|閉会)")
_CLAUSE_END = re.compile(r"。[」』）)]*|[、，,]")
_GAP = re.compile(r"\n[ \u3000]*\n\s*")  # no sentence goes on over an empty line
_LEAD, _ITEM = 120, 60  # characters of a sentence told whole: a second one can stand beside it
_RARE = 2.4  # the weight of a word that hardly any passage has
_OPEN = re.compile(
    r"まだ|詰めて(?:い|お)|未定|検討(?:中|して(?:い|お))|決ま(?:って|り)(?:は)?(?:い|お)?(?:な|ませ|り?ません)|これから"
)
_LOAN = re.compile(r"[ァ-ヶー]{3,}|[一-龠]{2,}")
_TOWN = re.compile(
    r"(?<![一-龠々ヶ])[一-龠々ヶ]{2,4}[市町村](?![一-龠])|隣の([一-龠々ヶ]{1,4}[市町村])"
)
_NO_TOWN = re.compile(r"^(?:市町|政令|中核|先進|構成|近隣|隣接|関係|他の?|各|本|当|県内|全国|周辺)")
# the fields of papers (index/slots.py) that answer for a kind of thing by themselves
_FIELDS = {
    Wanted.COMPANY: frozenset(["recipient"]),
    Wanted.DURATION: frozenset(["retention"]),
    Wanted.TIME: frozenset(["start"]),
    Wanted.ANYTHING: frozenset(["notice"]),
}
_FIELD = 300  # characters of a field with boxes that are told
_FIELDS_TOLD = 2
_NAMED_BY = 0.5  # the share of a name in what names a case
_TRIED = 5  # sentences looked at for one that answers, not asks
_RIVAL = 1.6  # a sentence so much below the best may still be the one that answers
_BARE_YEAR = re.compile(r"(?<![0-9和成年])([0-9]{1,2})年度")  # 23年度, its era left unsaid
_PLAIN = 0.25  # the share of what is asked that makes a verdict's line an answer to a fact


def _tells(slot: Slot, question: Question) -> bool:
    """Whether a field tells by itself what is asked for: briefly, and as a thing of that kind."""
    if question.wanted is Wanted.ANYTHING:  # whether the person was told: a ticked box
        return bool(slot.ticked) and slot.end - slot.start <= _FIELD
    brief = not slot.ticked and 2 <= len(fold(slot.value)) <= _ITEM
    return brief and (question.wanted is Wanted.COMPANY or holds(question.wanted, fold(slot.value)))


def _verdict(unit: Unit) -> bool:
    """Whether a unit is a line that gives a verdict and says next to nothing of what is asked."""
    return unit.passage.kind is PassageKind.DECISION and unit.features[_OWN] < _PLAIN


def _years_of(text: str) -> set[int]:
    """The years, fiscal and of the calendar, that a text names."""
    fiscal = {year.year for _, _, year in fiscal_years(text) if year is not None}
    fiscal |= {n + 1988 if n >= 20 else n + 2018 for n in map(int, _BARE_YEAR.findall(fold(text)))}
    return fiscal | {written.day.year for written in dates(text) if written.day}


def _asks(unit: Unit) -> bool:
    """Whether a unit is nothing but a question, which answers none unless it holds the figure."""
    asks = unit.role is not None and re.search(r"か[。?？]?$", fold(unit.text))
    return bool(asks) and unit.features[_COUNTER] <= 0


def _is_reason(unit: Unit) -> bool:
    """Whether a unit gives a ground for what is asked, or replies to one who asked for it."""
    if unit.features[_ALIKE] > 0:
        return True
    own = fold(unit.text)
    return unit.bearing >= _OF_THE_POINT and (gives_ground(own) or bool(_WISHES.search(own)))


def gives_ground(folded: str) -> bool:
    """Whether a sentence gives a ground: no question, no naming of the matter, no bare thanks."""
    if folded.rstrip("」』)").endswith(("か。", "か", "?")) or announces_matter(folded):
        return False
    folded = _FROM.sub("", folded)
    return bool(GROUND.search(folded) or _LACKS.search(folded))


def _bare_label(unit: Unit) -> bool:
    """Whether a line only sets a name behind a label, or tells what was done in the sitting."""
    row = unit.text.strip()
    return unit.role is None and bool(_LABELLED.match(row) or _NARRATED.match(row))


def announces_matter(folded: str) -> bool:
    """Whether folded words only name a matter, on an agenda or before it is taken up."""
    return bool(_NAMES_MATTER.search(folded) or _AGENDA.search(folded)) or _only_names(folded)


def _only_names(folded: str) -> bool:
    """Whether next to nothing is left of words but what names a matter."""
    rest = _BESIDES.sub("", folded)
    return rest != folded and (len(rest) < 10 or bool(_CALLS_ON.fullmatch(rest)))


def _announces(unit: Unit) -> bool:
    own = fold(unit.text)
    if _CALLS_ON.fullmatch(own):
        return True
    if unit.role is None and not unit.in_table:
        return announces_matter(own)
    return bool(_NAMES_MATTER.search(own)) or (unit.role is None and bool(_AGENDA.search(own)))


def clause_ends(text: str) -> list[int]:
    """Where a sentence may be cut: after 。 and 、, never within a figure (1,046)."""
    return [
        match.end()
        for match in _CLAUSE_END.finditer(text)
        if not (
            text[: match.start()].rstrip()[-1:].isdigit()
            and text[match.end() :].lstrip()[:1].isdigit()
            and match.group() != "。"
        )
    ]


def _other_towns(text: str, own: Sequence[str]) -> list[str]:
    """The towns that a text names beside those asked about."""
    found = [match.group(1) or match.group() for match in _TOWN.finditer(level(text))]
    return [town for town in found if town not in own and not _NO_TOWN.match(town)]


def _apart(units: Sequence[Unit], told: Unit) -> list[Unit]:
    """The units that do not overlap one already told, nor each other."""
    kept = [told]
    for unit in units:
        if not any(
            unit.record == other.record and unit.start < other.end and other.start < unit.end
            for other in kept
        ):
            kept.append(unit)
    return kept[1:]


class Facts(Writer):
    """Tells facts, and puts any sentence found into a statement."""

    def fact(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> Draft | None:
        """The sentence that holds the fact, first; None where none holds it."""
        catalogued = self._catalogued(question, meant)
        if catalogued is not None:
            return catalogued
        if (written := self._in_field(question, meant)) is not None:
            return written
        bearing = self._bearing(question, hits, meant)
        units = [unit for unit in bearing if self._enough(unit, question)]
        if question.intent is Intent.REASON:
            first = next((n for n, unit in enumerate(units) if _is_reason(unit)), len(units))
            units = units[first:]
        if not units or units[0].worth < SURE:
            return None
        tried = (self._answering(unit, units, question) for unit in units[:_TRIED])
        best = next((unit for unit in tried if not _asks(unit)), None)
        if best is None or best.score < units[0].score - _RIVAL:
            return None
        others = [
            u for u in _apart(units[1:12], best)
            if u.score >= best.score - _RIVAL
        ][:2]  # fmt: skip
        if question.intent is Intent.REASON:
            best = self._continued(best)
        newer = self._settled_later(best, bearing)
        if newer is not None:
            others = [best]
            best = newer
        telling = self._of_another_town(question, units)
        if telling is not None:
            town, other = telling
            own = question.municipalities[0]
            words = f"**{town}についての発言です。**{own}のこととしての記載は見つかりません。"
            said = self.unit_statement(other, Style.LEAD, question)
            lines = (self.matter_line(other.case),) if other.case else ()
            return Draft(
                (replace(said, pieces=(words, *said.pieces)), *lines),
                with_verdicts((other.case,)) if other.case else (), True,
            )  # fmt: skip
        statements = [self.unit_statement(best, Style.LEAD, question, place=best.case is None)]
        for wanted in read_wants(question.text)[1:3]:  # 件数と開始日は
            second = self._best_for(replace(question, wanted=wanted), hits, meant, best)
            if second is not None:
                statements.append(
                    self.unit_statement(second, Style.LEAD, replace(question, wanted=wanted))
                )
                others = _apart(others, second)
        statements += [
            self.unit_statement(unit, Style.ITEM, question, place=unit.case != best.case)
            for unit in others
        ]
        told = tuple(dict.fromkeys(u.case.id for u in [best] if u.case))
        cases = tuple(self.evidence.by_id[i] for i in told)
        if cases:
            statements.append(self.matter_line(cases[0]))
        return Draft(tuple(statements), with_verdicts(cases))

    def nearest(
        self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]
    ) -> list[Statement]:
        """What comes nearest where no sentence surely holds the fact; often nothing."""
        units = [
            unit
            for unit in self._bearing(question, hits, meant)
            if unit.worth >= NEAR_SCORE and unit.covered >= NEAR_COVERED
        ]
        told = units[:1] + _apart(units[1:12], units[0])[:1] if units else []
        return [self.unit_statement(u, Style.ITEM, question, place=True) for u in told]

    # -- which sentence

    def _bearing(
        self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]
    ) -> list[Unit]:
        """The units that may hold the answer and are no other case's, best first."""
        about = {case.id for case in meant}
        units = self._holding(self.evidence.units(question, hits, meant), question)
        return [unit for unit in units if self._is_no_neighbour(unit, question, about)]

    def _holding(self, units: Sequence[Unit], question: Question) -> list[Unit]:
        """The units that may hold the answer: of the time named, and a thing of the kind asked for
        (a figure, a time, a company …); with the counter asked for (何世帯) first."""
        units = [
            unit
            for unit in units
            if unit.bearing >= LEAST
            and not self.is_title(unit)
            and self._is_timely(unit, question)
            and not (_verdict(unit) and question.intent is not Intent.REASON)
            and not (unit.role is None and _NARRATED.match(unit.text.strip()))
        ]
        if question.wanted is Wanted.ANYTHING:
            return [u for u in units if not _bare_label(u) and not _announces(u)]
        holding = [unit for unit in units if self.near_holds(unit, question.wanted)]
        if not holding:
            return [] if question.wanted in _STRICT else units
        counted = [unit for unit in holding if unit.features[_COUNTER] > 0]
        if counted and counted[0].score >= holding[0].score - _RIVAL:
            holding = [*counted, *(unit for unit in holding if unit not in counted)]
        # 何世帯 is not answered with 1台, unless it is a figure in a cell
        return [
            unit
            for unit in holding
            if unit.features[_COUNTER] >= 0 or (unit.in_table and len(unit.text) <= 60)
        ]

    def _answering(self, unit: Unit, units: Sequence[Unit], question: Question) -> Unit:
        """The reply, where the sentence found is the question that it answers.

        Not where the question itself holds the thing asked for (今回の14業務は…) and no reply does.
        """
        if unit.case is None or unit.asked is not None:
            return unit
        text = self.index.text(unit.record)
        for exchange in unit.case.exchanges:
            asked = exchange.question
            if not (asked.start <= unit.start < asked.end and exchange.replies):
                continue
            if not re.search(r"か(?:。|$)", fold(text[asked.start : asked.end])):
                return unit  # a remark, not a question
            replying = [
                other for other in units
                if other.asked == asked and other.record == unit.record
                and self.near_holds(other, question.wanted)
            ]  # fmt: skip
            if replying:
                return replying[0]
            reply = exchange.replies[0]
            stop = self.beginning(unit.record, reply.start, reply.end).end
            if not holds(question.wanted, fold(text[reply.start : stop])):
                return unit
            return replace(
                unit, start=reply.start, end=stop, text=text[reply.start : stop],
                role=reply.role, speaker=reply.speaker, asked=asked,
            )  # fmt: skip
        return unit

    def _settled_later(self, best: Unit, units: Sequence[Unit]) -> Unit | None:
        """What a later sitting says of a point that was still open when `best` was said."""
        case, text = best.case, self.index.text(best.record)
        if case is None or (day := case.day) is None or not _OPEN.search(fold(best.text)):
            return None
        point = fold(text[best.asked.start : best.asked.end]) if best.asked else fold(best.text)
        words = {w for w in _LOAN.findall(point) if w not in fold(case.title)}
        later = [
            unit
            for unit in units
            if unit.case is not None
            and unit.case.id != case.id
            and unit.case.chain == case.chain
            and unit.case.day is not None
            and unit.case.day > day
            and any(word in fold(unit.text) for word in words)
        ]
        return later[0] if later else None

    def _of_another_town(
        self, question: Question, units: Sequence[Unit]
    ) -> tuple[str, Unit] | None:
        """A speech that alone has the rarest word asked for, and tells it of another town."""
        names = [t for t in question.terms if t.name and t.weight >= _RARE]
        if not names or not question.municipalities:
            return None
        rarest = max(names, key=lambda t: t.weight)
        speaking = [unit for unit in units[:8] if rarest.share(fold(unit.text)) >= 0.7]
        towns = [_other_towns(unit.text, question.municipalities) for unit in speaking]
        if not speaking or not all(towns) or speaking[0].role not in (Role.MEMBER, Role.UNKNOWN):
            return None
        return towns[0][0], speaking[0]

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
        if unit.covered < ENOUGH_COVERED or unit.worth < ENOUGH_SCORE:
            return False
        if question.wanted in _STRICT and not self.near_holds(unit, question.wanted):
            return False
        before = {t.key for t in question.topic} if question.follows else set()  # the matter's
        lacking_names = [
            t
            for t in question.terms
            if t.key in unit.lacking and t.name and t.weight > 1.6 and t.key not in before
        ]
        return len(lacking_names) == 0 or unit.covered >= 0.8

    def _is_no_neighbour(self, unit: Unit, question: Question, about: Collection[str]) -> bool:
        """Whether a sentence is of a case meant, of none, or of one that the names fit."""
        if unit.case is None or unit.case.id in about or (not about and unit.covered >= _WHOLLY):
            return True
        return not self.evidence.lacking(question, unit.case)

    def near_holds(self, unit: Unit, wanted: Wanted) -> bool:
        """Whether a unit, or the short line that it stands under, holds a thing of the kind."""
        if wanted is Wanted.ANYTHING or max(unit.features[_KIND], unit.features[_COUNTER]) > 0:
            return True
        return self._named_above(unit, wanted) is not None

    def _named_above(self, unit: Unit, wanted: Wanted) -> Quote | None:
        """The short line above a paragraph that names the office, company … it is about."""
        if wanted not in (Wanted.OFFICE, Wanted.COMPANY) or unit.role or unit.in_table:
            return None
        text = self.index.text(unit.record)
        at = unit.start
        for _ in range(8):
            end = text.rfind("\n", 0, at)
            if end < 0 or unit.start - end > 240:
                return None
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end].strip()
            if 2 <= len(line) <= 40 and not line.endswith("。") and holds(wanted, fold(line)):
                left = start + text[start:end].index(line)
                return Quote(unit.record, left, left + len(line))
            at = start
        return None

    def is_title(self, unit: Unit) -> bool:
        if unit.case is None:
            return False
        own, title = fold(unit.text), fold(unit.case.title)
        return len(own) >= 12 and (own in title or title in own or own[:24] == title[:24])

    def _is_timely(self, unit: Unit, question: Question) -> bool:
        """Whether a sentence is of the time named, by the nearest words that name a year: its own,
        its section's, those of its passage and headings, its case's."""
        asked = {*question.years, *question.calendar_years}
        if not asked:
            return True
        text = self.index.text(unit.record)
        for nearest in (unit.text, text[unit.passage.start : unit.end], unit.passage.text):
            told = _years_of(nearest)
            if told:
                return bool(told & asked)
        heading = unit.passage.heading
        sitting = unit.case.meeting if unit.case else self._sitting_of(unit.record)
        if told := _years_of(heading.replace(sitting, "") if sitting else heading):
            return bool(told & asked)
        return bool(_years_of(heading) & asked) or (
            unit.case is not None and self.evidence.timely(unit.case, question)
        )

    # -- how it is told

    def unit_statement(
        self, unit: Unit, style: Style, question: Question, *, place: bool = False
    ) -> Statement:
        """A unit as a line: what it replies to or stands under, its words, whose words they are."""
        text = self.index.text(unit.record)
        pieces: list[str | Quote] = []
        whose = "資料の記載" if unit.role is None else SAID[unit.role]
        if unit.speaker and unit.role in (Role.MEMBER, Role.CHAIR):
            whose = f"{level(unit.speaker)}の発言"
        short = len(fold(unit.text)) < 16
        if unit.asked is not None and short:
            pieces += [self.beginning(unit.record, unit.asked.start, unit.asked.end, _ITEM), " → "]
        heads = [self._row_label(text, unit)]
        if unit.column is not None:
            heads.insert(0, Quote(unit.record, *unit.column))
        if not holds(question.wanted, fold(unit.text)):
            heads.append(self._named_above(unit, question.wanted))
        for head in heads:
            pieces += [head, ": "] if head is not None else []
        pieces += self._trimmed(unit, question, lead=style is Style.LEAD)
        where = ""
        if place:
            known = [unit.case.municipality or "" if unit.case else self._place_of(unit.record)]
            if unit.case:
                known += [unit.case.meeting, short_title(unit.case.title, 20)]
            where = " ".join(part for part in known if part)
        pieces.append(f"（{whose}{'、' + where if where else ''}）")
        return Statement(style, tuple(pieces))

    def _trimmed(self, unit: Unit, question: Question, *, lead: bool) -> list[str | Quote]:
        """The unit, or where it is long, the clauses of it that bear most on the question, with
        the end of their sentence: what Japanese denies, it denies there."""
        longest = _LEAD if lead else _ITEM
        if unit.end - unit.start <= longest:
            return [Quote(unit.record, unit.start, unit.end)]
        text = self.index.text(unit.record)
        cuts = sorted(
            {
                unit.start,
                *(end + unit.start for end in clause_ends(unit.text)),
                *(gap.end() + unit.start for gap in _GAP.finditer(unit.text)),
                unit.end,
            }
        )
        last = len(cuts) - 1
        closing = [
            next((m for m in range(n, last) if text[cuts[m] - 1] in "。\n"), last)
            for n in range(last + 1)
        ]
        worth = self._worth_of_clauses(unit, question)
        best, chosen = -1.0, (0, last)
        for first in range(last):
            for n in range(first + 1, last + 1):
                rest = max(n, closing[n] - 1)
                length = cuts[n] - cuts[first] + cuts[closing[n]] - cuts[rest]
                if length > longest and n > first + 1:
                    continue
                told = worth(cuts[first], cuts[n]) + 0.4 * (n == closing[n])
                told += 0.4 * (first == 0 or text[cuts[first] - 1] in "。\n")
                if told > best:
                    best, chosen = told, (first, n)
        first, n = chosen
        rest = max(n, closing[n] - 1)
        if rest == n:
            return [Quote(unit.record, cuts[first], cuts[closing[n]])]
        end = Quote(unit.record, cuts[rest], cuts[closing[n]])
        return [Quote(unit.record, cuts[first], cuts[n]), "…", end]

    def _worth_of_clauses(self, unit: Unit, question: Question) -> Callable[[int, int], float]:
        """How much a piece of a unit, from `start` to `end`, says of what is asked."""
        text = self.index.text(unit.record)
        focus = focus_of(question.text)
        counter = counter_of(fold(question.text))
        facts = fold(unit.case.title) if unit.case else ""
        asked = [
            (t, t.weight * (1 - 0.9 * t.share(facts)) * (2 if t.share(focus) == 1 else 1))
            for t in question.terms
        ]

        def worth(start: int, end: int) -> float:
            piece = fold(text[start:end])
            told = sum(weight * t.share(piece) for t, weight in asked)
            if question.wanted is not Wanted.ANYTHING and holds(question.wanted, piece):
                told += 5.0
            if counter is not None and counter.search(without_idioms(piece)):
                told += 5.0
            if question.intent is Intent.REASON and GROUND.search(piece):
                told += 1.0
            if announces_matter(piece):
                told -= 20.0  # only where there is nothing else to tell
            return told + 0.002 * (end - start)

        return worth

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

    def _sitting_of(self, record: str) -> str:
        return next((m.name or "" for m in self.meetings if m.record == record), "")

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

    def _in_field(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """What stands in the one field of a case's papers that a question asks for by its kind
        (どこの会社に渡すか), where it names the case and nothing else."""
        fields = _FIELDS.get(question.wanted, frozenset()) & slots_asked(fold(question.text))
        if not meant or not fields or question.intent is not Intent.FACT:
            return None
        case, facts = meant[0], self.evidence.facts_of(meant[0])
        names = [t for t in question.terms if t.name and t.weight >= NAMED]
        if any(t.share(facts) < _NAMED_BY and t.key not in attributes() for t in names):
            return None
        slots = [slot for slot in case.slots if slot.name in fields and _tells(slot, question)]
        if not slots:
            return None
        pieces: list[str | Quote] = []
        for slot in slots[:_FIELDS_TOLD]:
            pieces += ["、" if pieces else "", f"{level(slot.label)}: "]
            pieces.append(Quote(case.record, slot.start, slot.end))
        lead = Statement(Style.LEAD, (*pieces, "（資料の記載）"))
        return Draft((lead, self.matter_line(case)), with_verdicts((case,)))

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
