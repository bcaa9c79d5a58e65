"""One case whole: its course, what data goes where, what was asked, under which law."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.citations import readable
from assistant.facts import KINDS, ROLES, Place
from assistant.statements import short_title
from assistant.surveys.precedents import Precedent, Precedents
from assistant.surveys.themes import OTHER, theme_of
from index.cases import Case, Condition, Decision, Link
from index.grammar.verdicts import Outcome
from index.japanese import fold, level
from index.records import page_holding
from index.store import Index
from index.text.slots import Slot, slot_names
from index.text.turns import Exchange, Turn


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a matter: a decision, or papers in which none is recorded.

    `reason` says why a case of another record belongs to the matter; empty for the case itself.
    """

    case: Case
    decision: Decision | None
    day: date | None
    meeting: str
    reason: str = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What was attached at this stage."""
        return self.decision.conditions if self.decision else ()


@dataclass(frozen=True, slots=True)
class Field:
    """What the papers say under one name: `values` are readable, each with its place."""

    name: str
    shown: str
    values: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A speech: whose, what, and where it stands."""

    role: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its replies."""

    question: Said
    replies: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another case that has to do with it, and why; asserted only where it is `sure`."""

    case: Case
    reason: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the records say of a matter, seen from one of its cases."""

    case: Case
    row: Precedent
    cases: tuple[Case, ...]  # of the matter, in time
    steps: tuple[Step, ...]
    fields: tuple[Field, ...]
    others: tuple[Field, ...]  # fields without a canonical name
    themes: tuple[tuple[str, tuple[Asked, ...]], ...]
    related: tuple[Related, ...]
    machine: bool = False  # a title, verdict or condition of it was read on a picture by a machine

    @property
    def outcome(self) -> Outcome:
        """How the matter stands: a report on what came of it is no newer verdict."""
        told = [step.decision.outcome for step in self.steps if step.decision]
        ruled = [outcome for outcome in told if outcome is not Outcome.REPORTED]
        return (ruled or told or [Outcome.NOT_RECORDED])[-1]


class Dossiers:
    """Makes the dossiers of one index's cases."""

    def __init__(self, index: Index, precedents: Precedents) -> None:
        """Read which cases are one matter."""
        self._index = index
        self._precedents = precedents
        self.by_id = {case.id: case for case in index.cases()}
        self._pages = {record.id: record.pages for record in index.records()}
        self._chains: dict[str, list[Case]] = defaultdict(list)
        for case in self.by_id.values():
            self._chains[case.matter].append(case)

    def of(self, id: str) -> Dossier | None:
        """The dossier of the case with this id; None where there is none such."""
        case = self.by_id.get(id)
        if case is None:
            return None
        cases = sorted(self._chains[case.matter], key=_in_time)
        fields, others = self.fields(cases)
        return Dossier(
            case, self._precedents.by_case[id], tuple(cases), tuple(_steps(case, cases)),
            fields, others, self._themes(cases), tuple(self._related(cases)),
            any(self._by_machine(case) for case in cases),
        )  # fmt: skip

    def _by_machine(self, case: Case) -> bool:
        pages = self._pages.get(case.record, ())
        told = [case.title_span]
        for decision in case.decisions:
            told += [(decision.start, decision.end)]
            told += [(condition.start, condition.end) for condition in decision.conditions]
        found = (page_holding(pages, start) for start, _ in told)
        return any(page is not None and page.machine for page in found)

    # -- what the papers say

    def fields(self, cases: Sequence[Case]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
        """The fields of the papers: those of canonical names in their order, then the rest."""
        named: dict[str, dict[str, tuple[str, Place]]] = {name: {} for name in slot_names()}
        others: dict[str, dict[str, tuple[str, Place]]] = {}
        for case in cases:
            for slot in case.slots:
                words = slot_words(slot)
                if not words:
                    continue
                held = named[slot.name] if slot.name in named else others.setdefault(slot.label, {})
                if not any(fold(words) in known for known in held):  # said before, and more
                    held[fold(words)] = words, Place(case.record, slot.start, slot.end)
        shown = slot_names()
        return (
            tuple(
                Field(name, shown[name], (*held.values(),)) for name, held in named.items() if held
            ),
            tuple(
                Field("", label or "（項目名なし）", (*held.values(),))
                for label, held in others.items()
            ),
        )

    # -- what was asked

    def _themes(self, cases: Sequence[Case]) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
        """The exchanges by what they are about: what was asked most first, the rest last."""
        grouped: dict[str, list[Asked]] = defaultdict(list)
        for case in cases:
            text = self._index.text(case.record)
            for exchange in case.exchanges:
                asked = _asked(text, case.record, exchange)
                grouped[theme_of(asked.question.text)].append(asked)
        order = sorted(grouped, key=lambda theme: (theme == OTHER, -len(grouped[theme])))
        return tuple((theme, tuple(grouped[theme])) for theme in order)

    # -- what else there is

    def _related(self, cases: Sequence[Case]) -> Iterator[Related]:
        """Cases outside the matter to which its cases are linked, each once."""
        inside = {case.id for case in cases}
        links: dict[str, Link] = {}
        for case in cases:
            for link in sorted(case.links, key=lambda link: not link.sure):
                if link.case not in inside and link.case in self.by_id:
                    links.setdefault(link.case, link)
        for id, link in links.items():
            yield Related(self.by_id[id], link.reason, link.sure)


def _in_time(case: Case) -> tuple[bool, date, str, tuple[int, int]]:
    day = case.newest_day
    return day is None, day or date.max, case.record, case.title_span


def _steps(case: Case, cases: Sequence[Case]) -> list[Step]:
    """The stages of the matter in time; within a day, papers come before the verdict."""
    steps = []
    for one in cases:
        reason = _reason(one, cases) if one is not case else ""
        told = [d for d in one.decisions if d.outcome is not Outcome.NOT_RECORDED]
        for decision in told:
            day = decision.day or one.day
            steps.append(Step(one, decision, day, decision.meeting or one.meeting, reason))
        if not told:
            steps.append(Step(one, None, one.day, one.meeting, reason))
    # what has no date stands where the day of its matter's first sitting would be
    first = min((step.day for step in steps if step.day), default=date.max)
    return sorted(steps, key=lambda step: (step.day or first, step.decision is not None))


def _reason(case: Case, cases: Sequence[Case]) -> str:
    inside = {other.id for other in cases}
    for other in (case, *cases):
        for link in other.links:
            if link.sure and link.case in inside and case.id in (other.id, link.case):
                return link.reason
    return ""


_UNTICKED = re.compile(r"[□☐][^■☑□☐]*")


def slot_words(slot: Slot) -> str:
    """A field's value as it is read: of boxes, the ticked ones; nothing where none is."""
    if slot.ticked:
        return "、".join(level(item) for item in slot.ticked)
    words = readable(slot.value)
    if 'type="checkbox"' in slot.value or re.search(r"[□☐]", words):
        words = _UNTICKED.sub("", words) if re.search(r"[■☑]", words) else ""
    return level(words).strip(" |｜")


def _asked(text: str, record: str, exchange: Exchange) -> Asked:
    return Asked(
        _said(text, record, exchange.question),
        tuple(_said(text, record, reply) for reply in exchange.replies),
    )


def _said(text: str, record: str, turn: Turn) -> Said:
    speaker = level(turn.speaker) or ROLES[turn.role]
    return Said(speaker, readable(text[turn.start : turn.end]), Place(record, turn.start, turn.end))


# --- side by side ----------------------------------------------------------------------------


class Sameness(StrEnum):
    """How what two cases say of one thing compares."""

    SAME = "same"
    PARTLY = "partly"
    DIFFERS = "differs"
    SILENT = "silent"  # one of them, or both, do not say


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing, as two cases have it."""

    name: str
    mine: str
    other: str
    sameness: Sameness
    place: Place | None = None  # of the other's words


COMPARED = ("種別", "技術", "取扱い", "制度", "根拠", "担当", *slot_names().values())


def compare(mine: Dossier, other: Dossier) -> list[Compared]:
    """Two matters slot by slot; what neither says is left out."""
    left, right = mine.row, other.row
    rows = [
        _compared("種別", _kind(mine), _kind(other)),
        _shared("技術", left.technologies, right.technologies),
        _shared("取扱い", left.handlings, right.handlings),
        _compared("制度", _law(mine), _law(other)),
        _shared("根拠", left.legal_basis, right.legal_basis),
        _compared("担当", left.department, right.department),
    ]
    held = {field.name: field for field in other.fields}
    own = {field.name: field for field in mine.fields}
    for name, shown in slot_names().items():
        said = own[name].values[0][0] if name in own else ""
        its, place = held[name].values[0] if name in held else ("", None)
        rows.append(replace(_compared(shown, said, its), place=place))
    return [row for row in rows if row.mine or row.other]


def _compared(name: str, mine: str, other: str) -> Compared:
    sameness = Sameness.SILENT
    if mine and other:
        sameness = Sameness.SAME if fold(mine) == fold(other) else Sameness.DIFFERS
    return Compared(name, mine, other, sameness)


def _shared(name: str, mine: Sequence[str], other: Sequence[str]) -> Compared:
    sameness = Sameness.SILENT
    if mine and other:
        sameness = Sameness.PARTLY if set(mine) & set(other) else Sameness.DIFFERS
        sameness = Sameness.SAME if set(mine) == set(other) else sameness
    return Compared(name, "、".join(mine), "、".join(other), sameness)


def _kind(dossier: Dossier) -> str:
    return KINDS.get(dossier.case.kind, "")


def _law(dossier: Dossier) -> str:
    laws = {case.law for case in dossier.cases if case.law}
    return (
        {"ordinance": "条例", "act": "個人情報保護法"}.get(next(iter(laws)), "")
        if len(laws) == 1
        else ""
    )


def title_of(case: Case, longest: int = 48) -> str:
    """The case's title for a list; never empty."""
    return short_title(case.title, longest) or case.label or "（件名なし）"
