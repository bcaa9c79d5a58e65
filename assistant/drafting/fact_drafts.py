"""Question + evidence -> the draft that tells a fact: the sentence that holds it, first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.drafting.field_drafts import Fields
from assistant.drafting.unit_statements import COUNTER, UnitStatements
from assistant.evidence import FEATURES, LEAST, Evidence
from assistant.finding.units import Unit
from assistant.finding.wordings import (
    AFFIRMS,
    GROUND,
    NARRATED,
    WISHES,
    announces,
    bare_label,
    formula,
    gives_ground,
)
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import (
    Draft,
    Statement,
    Style,
    with_verdicts,
)
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import holds
from assistant.understanding.wants import ASKS_WHICH, Wanted, read_wants
from index.cases import Case
from index.japanese import dates, fiscal_years, fold, level
from index.passages import PassageKind
from index.store import Index
from index.text.sentences import sentences
from index.text.turns import Role

# Below these a sentence is a neighbour's answer, not this question's (tuned on eval's dev part).
ENOUGH_COVERED = 0.62
ENOUGH_SCORE = 0.95
SURE = 2.75  # below it the first sentence is right no oftener than wrong: it is offered, not told
NEAR_COVERED, NEAR_SCORE = 0.5, 1.5  # what is worth a look where nothing is told
_OF_THE_POINT = 0.35  # of what is asked stands in or close by a sentence that gives a reason
_WHOLLY = 0.8  # of what is asked stands about a sentence, so that no case need be named
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


_ALIKE = FEATURES.index("asked alike")
_OWN = FEATURES.index("own words")
_RARE = 2.4  # the weight of a word that hardly any passage has
_OPEN = re.compile(
    r"まだ|詰めて(?:い|お)|未定|検討(?:中|して(?:い|お))|決ま(?:って|り)(?:は)?(?:い|お)?(?:な|ませ|り?ません)|これから"
)
# …があるかどうかは、業者に確認する: whether it is so was not known
_LEFT_OPEN = re.compile(
    r"か(?:どうか|否か)?(?:について)?(?:は|を)、?[^。]{0,20}(?:確認|検討|調整|照会|問い合わせ)(?:する|し|させ|中|いた)[^。]{0,12}。?"
)
_LOAN = re.compile(r"[ァ-ヶー]{3,}|[一-龠]{2,}")
_TOWN = re.compile(
    r"(?<![一-龠々ヶ])[一-龠々ヶ]{2,4}[市町村](?![一-龠])|隣の([一-龠々ヶ]{1,4}[市町村])"
)
_NO_TOWN = re.compile(r"^(?:市町|政令|中核|先進|構成|近隣|隣接|関係|他の?|各|本|当|県内|全国|周辺)")
_CONSULTED = re.compile(
    r"(?:なぜ|何故|どうして|なんで)[^。]{0,8}(?:諮問|付議|諮ら)|(?:諮問|付議)(?:された|した)(?:理由|わけ)"
)
_CONSULTS = re.compile(
    r"(?:該当|必要|ため|から|ので)[^。]{0,24}(?:諮問|付議|お?諮り)(?:し|す|さ|い)"
)
_ANY_WORDS = 3.3  # so well a sentence bears on a why-question that it may answer in any words
_CONSIDERS = re.compile(
    r"(?:考えられ|あり得|ありえ|想定され|可能で(?:は)?あ|思われ)(?:る|ます|た|り?ます)[^。]{0,6}。?$"
)
_BUT = re.compile(r"しかし|ところが|もっとも|だが、|けれども|でも、|ただ、")
_TRIED = 5  # sentences looked at for one that answers, not asks
_RIVAL = 1.6  # a sentence so much below the best may still be the one that answers
_BESIDE = 3.0  # one so much below the best is still told beside it
_BARE_YEAR = re.compile(r"(?<![0-9和成年])([0-9]{1,2})年度")  # 23年度, its era left unsaid
_PLAIN = 0.25  # the share of what is asked that makes a verdict's line an answer to a fact


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
    return bool(asks) and unit.features[COUNTER] <= 0


def _tells_why(unit: Unit) -> bool:
    """Whether a unit tells why a matter was put before the council."""
    own = fold(unit.text)
    return bool(_CONSULTS.search(own) and GROUND.search(own))


def _no_reason(unit: Unit) -> bool:
    """Whether a unit gives no reason, and does not bear so well on the question that it may be one
    in any words."""
    return unit.worth < _ANY_WORDS and not _is_reason(unit)


def _is_reason(unit: Unit) -> bool:
    """Whether a unit gives a ground for what is asked, or replies to one who asked for it."""
    if unit.features[_ALIKE] > 0:
        return True
    own = fold(unit.text)
    return unit.bearing >= _OF_THE_POINT and (gives_ground(own) or bool(WISHES.search(own)))


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


class Facts(UnitStatements):
    """Tells facts."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        """Take what the answers are made of."""
        super().__init__(index, evidence)
        self.fields = Fields(index, evidence)

    def fact(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> Draft | None:
        """The sentence that holds the fact, first; None where none holds it."""
        known = self.fields.catalogued(question, meant) or self.fields.in_field(question, meant)
        if known is not None:
            return known
        bearing = self._bearing(question, hits, meant)
        units = [unit for unit in bearing if self._enough(unit, question)]
        if question.intent is Intent.REASON:
            consulted = self._why_consulted(question, hits, meant)
            if consulted is not None:
                return self._told(question, hits, meant, consulted, ())
            units = [] if units and _no_reason(units[0]) else units
        if not units or units[0].worth < SURE:
            return None
        near = [unit for unit in units[:_TRIED] if unit.score >= units[0].score - _RIVAL]
        tried = (self._answering(unit, units, question) for unit in near)
        best = next((unit for unit in tried if not _asks(unit)), None)
        if best is None:
            return None
        others = [
            u for u in _apart(units[1:12], best)
            if u.score >= best.score - _BESIDE
        ][:2]  # fmt: skip
        if not ASKS_WHICH.search(fold(question.text)):
            left = next(
                (u for u in near if u.case == best.case and _LEFT_OPEN.search(fold(u.text))), None
            )
            if left is not None:
                told = self._told(question, hits, meant, left, [u for u in others if u is not left])
                first, *rest = told.statements
                words = "**記録の時点では、はっきりしていません。**"
                lead = replace(first, pieces=(words, *first.pieces))
                return replace(told, statements=(lead, *rest), abstained=True)
        if question.intent is Intent.REASON:
            best = self._continued(self._objected_to(best))
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
        return self._told(question, hits, meant, best, others)

    def _told(
        self,
        question: Question,
        hits: Sequence[Hit],
        meant: Sequence[Case],
        best: Unit,
        others: Sequence[Unit],
    ) -> Draft:
        """The best sentence first, one for each other kind of thing asked for, then the others."""
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
        lines = (self.unit_statement(u, Style.LEAD, question, place=True) for u in told)
        return [
            replace(line, style=Style.ITEM) for line in lines
        ]  # as long as a lead: there is none

    # -- which sentence

    def _why_consulted(
        self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]
    ) -> Unit | None:
        """The sentence of the case meant that tells why it was put before the council, where that
        is asked; its own words need not name the matter."""
        if not meant or not _CONSULTED.search(fold(question.text)):
            return None
        units = [u for u in self.evidence.units(question, hits, meant[:1]) if u.case == meant[0]]
        telling = next((unit for unit in units if _tells_why(unit)), None)
        return self._answering(telling, units, question) if telling is not None else None

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
            and not (unit.role is None and NARRATED.match(unit.text.strip()))
            and not formula(fold(unit.text))
        ]
        if question.wanted is Wanted.ANYTHING:
            return [u for u in units if not bare_label(u) and not announces(u)]
        holding = [unit for unit in units if self.near_holds(unit, question.wanted)]
        if not holding:
            return [] if question.wanted in _STRICT else units
        counted = [unit for unit in holding if unit.features[COUNTER] > 0]
        if counted and counted[0].score >= holding[0].score - _RIVAL:
            holding = [*counted, *(unit for unit in holding if unit not in counted)]
        # 何世帯 is not answered with 1台, unless it is a figure in a cell
        return [
            unit
            for unit in holding
            if unit.features[COUNTER] >= 0 or (unit.in_table and len(unit.text) <= 60)
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
            said = fold(text[reply.start : stop])
            if not (holds(question.wanted, said) or AFFIRMS.match(said)):
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

    def _objected_to(self, unit: Unit) -> Unit:
        """What is held against a thing that a sentence considers (…も考えられる。しかし、…), which
        is why it is not done; else the sentence itself."""
        text = self.index.text(unit.record)
        following = next(sentences(text, unit.end, min(len(text), unit.end + 400)), None)
        if following is None or not _CONSIDERS.search(fold(unit.text)):
            return unit
        start, end = following
        if not _BUT.match(fold(text[start:end])):
            return unit
        return replace(unit, start=start, end=end, text=text[start:end])

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
                and unit.covered >= 0.4 and unit.bearing >= LEAST
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

    def _sitting_of(self, record: str) -> str:
        return next((m.name or "" for m in self.meetings if m.record == record), "")
