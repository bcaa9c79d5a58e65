"""Question + Hits -> evidence: which cases are meant, and which sentences hold what is asked.

A case is meant when the question's words stand in its title and facts; a sentence is evidence when
the words that its case does not already supply stand in it, or in the question it replies to.
What a question names and the evidence lacks counts against it: better no answer than a neighbour's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from assistant.finding.units import Unit, label_of, near, units_of, unticked
from assistant.hits import Hit
from assistant.questions import Question
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import (
    FIGURE,
    announces,
    counter_of,
    focus_of,
    holds,
    pattern_of,
    slots_asked,
    without_idioms,
)
from assistant.understanding.terms import Term
from assistant.understanding.times import years_named
from assistant.understanding.wants import Wanted
from index.cases import Case, Decision
from index.grammar.verdicts import Outcome
from index.japanese import FiscalYear, fold
from index.passages import Passage, PassageKind
from index.store import Index
from index.text.slots import canonical
from index.text.titles import looks_like_title

# cases whose folded text is kept: fewer than an index has, and every question folds them anew
_KEPT = 8_192


@dataclass(frozen=True, slots=True)
class Match:
    """How well a case fits a question: shares of the question's weight, 0 to 1.

    `strong` counts words in the title and facts of the case, `full` those anywhere in its parts.
    """

    case: Case
    strong: float
    full: float

    @property
    def score(self) -> float:
        """One figure to rank by."""
        return 0.65 * self.strong + 0.35 * self.full


class Evidence:
    """Matches questions against the cases and passages of one index."""

    def __init__(self, index: Index) -> None:
        """Read the cases once; folded texts are kept for the cases asked about."""
        self.index = index
        self.cases = index.cases()
        self.by_id = {case.id: case for case in self.cases}
        self._facts = {case.id: _facts_of(case) for case in self.cases}
        self._body: Callable[[str], str] = lru_cache(maxsize=_KEPT)(self._read_body)
        self._head: Callable[[str], str] = lru_cache(maxsize=512)(
            lambda record: fold(index.text(record)[:_HEAD])
        )

    def facts_of(self, case: Case) -> str:
        """The folded words that name a case."""
        return self._facts[case.id]

    def _read_body(self, case_id: str) -> str:
        case = self.by_id[case_id]
        text = self.index.text(case.record)
        return _unnamed(fold(" ".join(text[start:end] for start, end in case.spans)))

    # -- cases

    def in_scope(self, question: Question) -> list[Case]:
        """The cases that the question's town, time and kind leave."""
        return [case for case in self.cases if self.fits(case, question)]

    def fits(self, case: Case, question: Question, *, timed: bool = True) -> bool:
        """Whether a case is of the town, the time and the kind that the question names."""
        if question.municipalities and case.municipality not in question.municipalities:
            return False
        if question.kinds and case.kind not in question.kinds:
            return False
        if question.labels and not any(label.fits(case) for label in question.labels):
            return False
        if question.focus and case.id not in question.focus:
            return False
        if not question.within.admits(case):
            return False
        return not timed or self.timely(case, question)

    def timely(self, case: Case, question: Question) -> bool:
        """Whether a case is of the year, sitting and day named (any of its sittings)."""
        if question.ordinal is not None and not any(
            _ordinal_of(name) == question.ordinal for name in _sittings(case)
        ):
            return False
        days = [d.day for d in case.decisions if d.day] or ([case.day] if case.day else [])
        if question.days and not any(day in question.days for day in days):
            return False
        if question.month and not any(day.month == question.month for day in days):
            return False
        if not question.years and not question.calendar_years:
            return True
        years = {case.year} | {FiscalYear.of(day).year for day in days}
        calendar = {day.year for day in days}
        asked = set(question.years)
        if years & asked or calendar & set(question.calendar_years):
            return True
        # 令和3年 of a fiscal year, or a year that the papers themselves name
        if years & set(question.calendar_years):
            return True
        if case.year is None and not days:  # a year that its papers only mention is not its own
            titled = set().union(*years_named(case.title))
            return bool(titled & (asked | set(question.calendar_years)))
        return False

    def decided_at(self, case: Case, question: Question) -> Decision | None:
        """The decision on a case at the sitting or on the day named; None where none is named, or
        it was the newest."""
        if not (question.ordinal or question.days):
            return None
        told = [
            decision
            for decision in case.decisions
            if question.ordinal in (None, _ordinal_of(decision.meeting or case.meeting))
            and (not question.days or decision.day in question.days)
        ]
        return told[-1] if told and told[-1] is not case.newest else None

    def match(self, case: Case, terms: Sequence[Term]) -> Match:
        """How well the words fit the case."""
        total = sum(term.weight for term in terms)
        if not total:
            return Match(case, 0.0, 0.0)
        facts, body = self._facts[case.id], self._body(case.id)
        strong = full = 0.0
        for term in terms:
            share = term.share(facts)
            strong += share * term.weight
            full += max(share, term.share(body)) * term.weight
        return Match(case, strong / total, full / total)

    def meant(self, question: Question, cases: Sequence[Case], hits: Sequence[Hit]) -> list[Match]:
        """The cases that the question is about, best first; none where its words fit none."""
        if not question.terms:
            return []
        matches = [self.match(case, question.terms) for case in cases]
        nearest: dict[str, int] = {}
        for rank, hit in enumerate(hits):
            if hit.passage.case:
                nearest.setdefault(hit.passage.case, rank)
        scored = [
            (match.score + (0.08 if nearest.get(match.case.id, 99) < 3 else 0.0), match)
            for match in matches
            if match.strong >= 0.34
            or (match.full >= 0.7 and match.strong >= TOUCHED)
            or (
                match.full >= 0.5 and match.strong >= TOUCHED and nearest.get(match.case.id, 99) < 2
            )
        ]
        if not scored:
            return []
        scored.sort(key=lambda pair: (-pair[0], pair[1].case.id))
        best = scored[0][0]
        if best < 0.34:
            return []
        return [match for score, match in scored if score >= 0.82 * best]

    def unnamed(self, question: Question, case: Case) -> list[Term]:
        """The names in a question that a case does not speak of."""
        known = (self._facts[case.id], self._body(case.id))
        names = [term for term in question.terms if term.name and not term.measure]
        return [term for term in names if max(map(term.share, known)) < 0.5]

    def lacking(self, question: Question, case: Case) -> list[Term]:
        """The names in a question that a case does not speak of, where they weigh much.

        To answer by a case without them would be to answer by its neighbour.
        """
        names = [t for t in question.terms if t.name and t.weight >= NAMED and not t.measure]
        total = sum(term.weight for term in question.terms if term.name and not term.measure)
        others = self.in_scope(question)
        lacking = [
            t
            for t in names
            if not self._speaks_of(case, t, others if t.weight > MOST * total else ())
        ]
        return lacking if sum(t.weight for t in lacking) >= MUCH * total else []

    def _speaks_of(self, case: Case, term: Term, others: Sequence[Case]) -> bool:
        """Whether a case has a name in its facts, or in its papers and no other in its facts.

        What one matter is about, the papers of many mention in passing.
        """
        if term.share(self._facts[case.id]) >= 0.5:
            return True
        if any(term.share(self._facts[other.id]) >= 0.8 for other in others):
            return False
        return term.share(self._body(case.id)) >= 0.5

    def alike(self, question: Question, scope: Sequence[Case], hits: Sequence[Hit]) -> Case | None:
        """The case in scope that says what is asked in other words (カルテ, 診療録).

        Of all passages found its own is the nearest by meaning, and very near; a word of its title
        or facts is asked for, and none of what it lacks names another case.
        """
        cases = {case.id: case for case in scope}
        near = [hit for hit in hits if hit.passage.case in cases and hit.likeness >= ALIKE]
        nearest = max(near, key=lambda hit: hit.likeness, default=None)
        if nearest is None:
            return None
        case = cases[nearest.passage.case or ""]
        others = [self._facts[other.id] for other in scope]
        lacking = [t for t in question.terms if t.name and t.share(self._facts[case.id]) < 0.5]
        if any(term.share(facts) >= 0.8 for term in lacking for facts in others):
            return None
        return case if self.match(case, question.terms).strong >= TOUCHED else None

    # -- sentences

    def units(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> list[Unit]:
        """The sentences of the hits, best first, scored for what is asked."""
        about = {case.id for case in meant}
        asked = _Asked(question, about)
        found_units = []
        for rank, hit in enumerate(hits):
            passage = hit.passage
            case = self.by_id.get(passage.case) if passage.case else None
            text = self.index.text(passage.record)
            titled = self._titled_in(passage)
            for unit in units_of(text, passage, case):
                if unticked(text, unit.start) or _was_told(question, unit):
                    continue
                found_units.append(self._scored(_of_its_case(unit, titled), asked, hit, rank))
        found_units.sort(key=lambda unit: (-unit.score, unit.record, unit.start))
        return found_units

    def _titled_in(self, passage: Passage) -> list[Case]:
        """The cases whose titles stand in a piece of a table, in their order."""
        if passage.kind is not PassageKind.TABLE:
            return []
        titled = [
            case for case in self.cases
            if case.record == passage.record
            and case.title_span[0] < passage.end and passage.start < case.title_span[1]
        ]  # fmt: skip
        return sorted(titled, key=lambda case: case.title_span[0])

    def _scored(self, unit: Unit, asked: _Asked, hit: Hit, rank: int) -> Unit:
        wanted = asked.question.wanted
        text = self.index.text(unit.record)
        own = fold(unit.text)
        beside = fold(text[unit.asked.start : unit.asked.end]) if unit.asked else ""
        label = label_of(text, unit)
        above = fold(unit.passage.heading)
        facts = self._facts[unit.case.id] if unit.case else ""
        body = self._head(unit.record) + (self._body(unit.case.id) if unit.case else "")
        places = (own, beside, label, near(text, unit), above, facts, body)
        gains = [0.0] * len(places)
        total = everything = covered = focus = focused = 0.0
        lacking = []
        spoken_of = unspoken = 0.0  # of what is asked; of the names beside the interrogative
        held_terms: list[tuple[Term, float]] = []
        for term, weight in asked.unsupplied(unit.case, facts):
            total += weight
            everything += term.weight
            held_terms.append((term, weight))
            held = 0.0
            for number, where in enumerate(places):
                share = term.share(where) if where else 0.0
                if number == 2 and term.key in asked.focus:
                    focus += weight
                    focused += weight * max(held, share)
                if number == 4 and max(held, share) >= 0.5:
                    spoken_of += weight * (1 - term.share(facts))
                elif number == 4 and term.name and term.key in asked.focus and weight >= STRONG:
                    unspoken += weight
                if share > held:
                    gains[number] += weight * (share - held)
                    covered += term.weight * (share - held) * (0.5 if where is body else 1.0)
                    held = share
            if held < 0.3:
                lacking.append(term.key)
        # one weak word left over (対象) does not make a sentence the answer
        total = max(total, 1.2)
        covered /= everything or 1.0
        title = fold(unit.case.title) if unit.case else ""
        announced = announces(wanted, label) or (unit.in_table and announces(wanted, own))
        held_kind = holds(wanted, asked.without_its_words(own)) or (
            unit.in_table and wanted is Wanted.NUMBER and bool(FIGURE.search(own))
        )
        own_day = _OWN_DAY.search(label)
        if own_day and wanted is Wanted.TIME and own_day[1] not in asked.key:
            announced = held_kind = False
        near_words = sum(gains[:4]) / total
        features = (
            *(gain / total for gain in gains),
            min(1.0, max(0.0, (hit.likeness - 0.78) / 0.12)),
            1 / (1 + rank / 3),
            0.0 if wanted is Wanted.ANYTHING else 1.0 if held_kind else -1.0,
            1.0 if announced else 0.0,
            asked.beside_kind(own, held_terms, total),
            focused / focus if focus > 0.3 else 0.0,
            *asked.slot(own, label),
            asked.alike(beside),
            1.0 if any(name in own + beside or year in own for name, year in asked.years) else 0.0,
            1.0 if any(name in above for name, _ in asked.years) else 0.0,
            1.0 if unit.case and unit.case.id in asked.about else 0.0,
            1.0 if title and len(own) > 3 and (own in title or own.startswith(title[:20])) else 0.0,
            1.0 if looks_like_title(unit.text) else 0.0,
            1.0 if len(own) < 12 else 0.0,
            1.0 if own.endswith(("か。", "か")) else 0.0,
            1.0 if unit.asked is not None else 0.0,
            1.0 if unit.in_table else 0.0,
            1.0 if unit.column is not None else 0.0,
            1.0 if unit.passage.kind is PassageKind.DECISION else 0.0,
            min(len(own), 150) / 150,
            covered,
            near_words,
            asked.in_slot(unit, label),
        )
        score = sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
        worth = sum(weight * value for weight, value in zip(CONFIDENCE, features, strict=True))
        stands_alone = announced and unit.case is not None and unit.case.id in asked.about
        bearing = 1.0 if total <= 1.2 or stands_alone else near_words
        if own_day and not held_kind and wanted is Wanted.TIME:
            bearing = 0.0
        if unspoken > spoken_of and wanted is not Wanted.ANYTHING and not stands_alone:
            # a name beside the interrogative is the thing asked about
            bearing = 0.0
        if asked.kept_where and not _KEEPS.search(own + beside + label):
            bearing = 0.0  # where the camera hangs is not where its pictures are kept
        of_meant = unit.case is not None and unit.case.id in asked.about
        if asked.keeping and held_kind and of_meant and _KEPT_OR_GONE.search(own):
            bearing = max(bearing, LEAST)  # 6か月で消去する answers いつまで残るか in any words
        if wanted is not Wanted.ANYTHING and bearing < LEAST:
            # a figure of the right kind is no answer where nothing that is asked stands beside it
            score -= BESIDE_THE_POINT
            worth -= BESIDE_THE_POINT
        return replace(
            unit, score=score, worth=worth, covered=covered, bearing=bearing,
            lacking=tuple(lacking), features=features,
        )  # fmt: skip


def _was_told(question: Question, unit: Unit) -> bool:
    """Whether a unit, or a part of it, was told in the answer before."""
    return any(
        record == unit.record and unit.start < end and start < unit.end
        for record, start, end in question.told
    )


class _Asked:
    """What a question asks, read once for all the sentences that may answer it."""

    def __init__(self, question: Question, about: set[str]) -> None:
        key = fold(question.text)
        self.question = question
        self.key = key
        self.about = about
        self.counter = counter_of(key)
        self.pattern = pattern_of(question.wanted)
        self.most = bool(re.search(r"いちばん|一番|最も|最多", key))
        self.reason = question.intent is Intent.REASON
        part = focus_of(question.text)
        self.focus = {t.key for t in question.terms if any(form in part for form in t.forms)}
        self.years = [
            (fold(FiscalYear.beginning(year).name), f"{year}年")
            for year in (*question.years, *question.calendar_years)
        ]
        noun = _NAMED.search(key)
        self.noun = noun[1] if noun and noun[1] not in _NO_FIELDS else ""

        self.slots = slots_asked(key)
        self._slots: dict[str, list[tuple[int, int]]] = {}
        self.keeping = question.wanted is Wanted.DURATION and "retention" in self.slots
        self.kept_where = question.wanted is Wanted.PLACE and bool(_KEPT_WHERE.search(key))
        self.manners = _manners(key)
        said = {term.key for term in question.terms}
        said |= {fold(town) for town in question.municipalities}
        self._said = sorted((word for word in said if len(word) > 1), key=len, reverse=True)
        self._unsupplied: dict[str, list[tuple[Term, float]]] = {}

    def without_its_words(self, own: str) -> str:
        """A folded text without the question's own towns and words, where these might themselves
        look like the place asked for (データセンターはどこ)."""
        if self.question.wanted is Wanted.PLACE:
            for word in self._said:
                own = own.replace(word, "、")
        return own

    def unsupplied(self, case: Case | None, facts: str) -> list[tuple[Term, float]]:
        """The question's words, each with what of its weight a sentence must bear out.

        What names the case is supplied by the case; of a compound of which the case has a part
        (ドローン映像 of a matter of drones) the rest is sought.
        """
        if case is None:
            return [(term, term.weight) for term in self.question.terms]
        if case.id not in self._unsupplied:
            supplied = 0.9 if case.id in self.about else 0.6
            self._unsupplied[case.id] = [
                self._rest(term, facts, supplied) for term in self.question.terms
            ]
        return self._unsupplied[case.id]

    def _rest(self, term: Term, facts: str, supplied: float) -> tuple[Term, float]:
        lacking = tuple(p for p in term.parts if not any(form in facts for form in p))
        whole = any(form in facts for form in term.forms)
        if not whole and 0 < len(lacking) < len(term.parts):
            weight = term.weight * len(lacking) / len(term.parts)
            parts = lacking if len(lacking) > 1 else ()
            forms = term.forms if parts else (*term.forms, *lacking[0])
            return replace(term, forms=forms, parts=parts, weight=weight, rarities=()), weight
        named = supplied * (FOCUSED if term.key in self.focus else 1.0)
        return term, term.weight * (1.0 - named * term.share(facts))

    def in_slot(self, unit: Unit, label: str) -> float:
        """Whether a sentence stands in a field of the papers that the question asks about."""
        if not self.slots:
            return 0.0
        if unit.case is not None:
            if unit.case.id not in self._slots:
                self._slots[unit.case.id] = [
                    (slot.start, slot.end) for slot in unit.case.slots if slot.name in self.slots
                ]
            if any(a < unit.end and unit.start < b for a, b in self._slots[unit.case.id]):
                return 1.0
        return 1.0 if unit.role is None and canonical(label) in self.slots else 0.0

    def alike(self, beside: str) -> float:
        """Whether what a sentence replies to asks as the question does (どうやって, いくら)."""
        return 1.0 if self.manners & _manners(beside) else 0.0

    def slot(self, own: str, label: str) -> tuple[float, float, float]:
        """Whether a sentence has the slot asked for: its counter, its named field, its ground."""
        counted = called = ground = 0.0
        if self.counter is not None:
            counted = 1.0 if self.counter.search(without_idioms(own)) else -1.0
        if self.noun:
            name = re.escape(self.noun)
            if re.search(rf"{name}(?:名)?(?:[:：【「は|]|とは)", own) or self.noun in label:
                called = 1.0
        if self.most and re.search(r"最も|最多|一番|いちばん", own):
            called = 1.0
        if self.reason:
            ground = 1.0 if _GROUND.search(own) else -1.0
        return counted, called, ground

    def beside_kind(self, own: str, terms: Sequence[tuple[Term, float]], total: float) -> float:
        """How much of what is asked stands within some words of a thing of the kind wanted."""
        pattern = self.counter or self.pattern
        if pattern is None:
            return 0.0
        best = 0.0
        for match in islice(pattern.finditer(own), 6):
            window = own[max(0, match.start() - _CLOSE) : match.end() + _CLOSE]
            best = max(best, sum(weight * term.share(window) for term, weight in terms) / total)
        return best


# How a thing is asked for, by those who ask the records and by those who speak in them
_MANNERS = tuple(
    re.compile(words)
    for words in (
        r"なぜ|どうして|理由|なんで|何故",
        r"いくら|費用|料金|何円|金額|予算",
        r"いつ(?!まで)|何月|時期|何年度|何日(?:から|に)",
        r"いつまで|何日|何年(?:間|分|残|保)|どのくらいの期間|期間は|何か月",
        r"どこ|場所|所在|国内",
        r"誰|だれ|どなた|どこの(?:課|会社|業者)|何という(?:会社|業者)",
        r"何(?:人|名|件|台|枚|回|世帯|通|か所|項目|校)|いくつ|どれくらい|どのくらい",
        r"どうやって|どのように|どういう(?:方法|形)|方法は|どう(?:渡|送|確|管理|知)",
        r"(?:たら|れば|場合|とき|忘れ|失敗|ないと|ときは)[^。]{0,12}(?:どう|何)",
        r"どの(?:よう|ん)?な?(?:情報|項目|データ)|何を|項目は",
    )
)  # fmt: skip


def _manners(folded: str) -> set[int]:
    return {n for n, pattern in enumerate(_MANNERS) if pattern.search(folded)}


def _of_its_case(unit: Unit, titled: Sequence[Case]) -> Unit:
    """A unit of the case whose title it is or stands behind, where its table has several."""

    def shared(case: Case) -> int:
        return min(unit.end, case.title_span[1]) - max(unit.start, case.title_span[0])

    own = max(titled, key=shared, default=None)
    if own is None or shared(own) <= 0:
        own = next((case for case in reversed(titled) if case.title_span[0] < unit.start), None)
    return replace(unit, case=own) if own else unit


def found(term: Term, folded: str) -> bool:
    """Whether the term stands in the folded text, whole or in most of its parts."""
    return term.share(folded) >= 0.7


def _facts_of(case: Case) -> str:
    """The folded words that name a case: title, office, articles, sheet fields, conditions."""
    named = [case.title, case.label, case.department or "", *case.legal_basis]
    named += [c.text for d in case.decisions for c in d.conditions]
    for slot in case.slots:
        if re.search(r"事務の名称|業務|件名|根拠|意見を聴く|対象|帳票", slot.label):
            named += [slot.value[:120]] if not slot.ticked else list(slot.ticked)
        elif slot.ticked:
            named += slot.ticked
    return _unnamed(fold(" ".join(named)))


def _unnamed(folded: str) -> str:
    """A text without the council's own name: 審議会 has nothing to do with the 議会."""
    return folded.replace("審議会", "、")


def _sittings(case: Case) -> list[str]:
    return [case.meeting, *(decision.meeting for decision in case.decisions)]


def _ordinal_of(name: str) -> int | None:
    match = re.search(r"第(\d+)回", name)
    return int(match[1]) if match else None


_HEAD = 300  # characters at the beginning of a record that say what paper it is
_CLOSE = 24  # characters
_NAMED = re.compile(
    r"([一-龠ァ-ヶーa-z]{2,8})(?:は|って)(?:何|どれ|どこ|いつ|誰|いくら|どの|どんな|なん|どう)"
)
_NO_FIELDS = ("案件", "結論", "条件", "理由")
# the day of a matter's own reply or sitting, which is not the day on which something is deleted
_OWN_DAY = re.compile(r"(答申|諮問|開催|審議|議決|回答|決定|交付)(?:年月)?日")
_KEPT_OR_GONE = re.compile(r"消去|削除|廃棄|消え|消し|残[るりさしっ]|保存|保管|保持")
_KEPT_WHERE = re.compile(r"どこ[にでへ](?:は)?[^。]{0,4}(?:保存|保管|残|置|格納|記録)")
_KEEPS = re.compile(r"保存|保管|残[るさし]|置[いくか]|格納|蓄積|サーバ|センター|クラウド")
_GROUND = re.compile(r"ため|鑑み|踏まえ|長すぎ|ので|から|理由|により|おそれ|必要|想定して")

# What a sentence's features say for it, fitted on the development part of the gold questions by
# `python -m eval.tune`, which prints these rows.
FEATURES = (
    "own words", "question replied to", "label", "near", "headings", "case facts", "case",
    "likeness", "rank", "kind of fact", "label of kind", "beside the kind", "focus",
    "counter", "field named", "ground given", "asked alike",
    "year said", "year near", "case meant", "is the title", "like a title", "short", "asks",
    "replies", "table", "column", "decision", "length", "covered", "near words",
    "slot asked",
)  # fmt: skip
WEIGHTS = (
    1.08, 0.69, -0.24, -0.39, 0.69, -0.09, -0.47, 0.79, 2.12, 1.73, 0.48, 0.51,
    1.09, 0.77, 0.28, 0.62, 0.60, 0.28, 0.13, 0.85, -0.23, -0.31, -0.36, -0.66,
    0.79, -0.18, -0.25, 0.37, 0.62, 1.54, 1.13, 1.10,
)  # fmt: skip
CONFIDENCE = (
    1.45, 1.32, 0.95, 0.58, 1.10, 0.10, 0.58, 0.20, 0.80, 0.28, 0.17, 0.30,
    0.31, 0.27, 0.25, 0.28, 0.20, 0.10, 1.10, 0.60, -0.02, 0.12, -0.18, -0.25,
    0.00, -0.06, -0.04, 0.00, 0.21, 1.00, 0.00, 0.00,
)  # fmt: skip


NAMED = 1.2  # the weight from which a name must be borne out
MUCH = 0.3  # of the weight of all names in a question
MOST = 0.6  # of that weight: what is asked for above all
TOUCHED = 0.12  # the share of the words asked for that is more than chance
ALIKE = 0.905  # a cosine: nearer are hardly any but other words for the same matter
LEAST = 0.2
FOCUSED = 0.4  # beside the interrogative: asked of the case, be it in its title or not
STRONG = 1.5  # the weight of a word that a sentence must have about it
BESIDE_THE_POINT = 3.0  # no other merit makes up for it


COMPATIBLE = {
    Outcome.APPROVED: {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED},
    Outcome.REJECTED: {Outcome.REJECTED, Outcome.PARTLY_APPROVED},
    Outcome.WITHDRAWN: {Outcome.WITHDRAWN},
    Outcome.CONTINUED: {Outcome.CONTINUED},
    Outcome.PARTLY_APPROVED: {Outcome.PARTLY_APPROVED},
}
