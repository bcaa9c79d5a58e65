"""How rightly records are read: the cases found, against those a person found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold import KnownCase
from eval.metrics import pair_cases
from index.cases import Case
from index.japanese import fold
from index.meetings import Meeting, read_meetings
from index.reading.case_reading import read_cases
from index.records import Record, find_sources, read_record
from index.text.lines import lines


@dataclass(frozen=True, slots=True)
class Reading:
    """A record as the program reads it."""

    record: Record
    meetings: list[Meeting]
    cases: list[Case]


def read_folder(folder: Path) -> list[Reading]:
    """The records of a folder (text files), read without an index."""
    readings = []
    for source in find_sources([folder]):
        if source.path.suffix == ".txt":
            record = read_record(source)
            pieces = lines(record.text)
            meetings = read_meetings(record, pieces)
            readings.append(Reading(record, meetings, read_cases(record, pieces, meetings)))
    return readings


@dataclass(slots=True)
class Tally:
    """Of how many things read how many were right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    def __str__(self) -> str:
        return f"{self.right}/{self.of}" if self.of else "–"


COLUMNS = (
    "cases found", "cases true", "verdict", "conditions", "kind", "date", "meeting", "council",
    "municipality", "department",
)  # fmt: skip


def judge_reading(
    known: Sequence[KnownCase], readings: Sequence[Reading], body: Callable[[KnownCase], str]
) -> tuple[dict[str, dict[str, Tally]], list[str]]:
    """Tallies by body and column (case F1 follows from the first two), and each thing misread.

    `cases found`: of the known cases, those read; `cases true`: of the cases read, those that are
    known. All else is judged over the cases found, so a case not found is counted once.
    """
    bodies = {k.record: body(k) for k in known}
    cases = [case for r in readings for case in r.cases if case.record in bodies]
    councils = {m.id: m.body for r in readings for m in r.meetings}
    tallies = {name: {column: Tally() for column in COLUMNS} for name in [*bodies.values(), "all"]}
    misread: list[str] = []

    def tell(name: str, column: str, right: bool, what: str) -> None:
        for tally in (tallies[name], tallies["all"]):
            tally[column].add(right)
        if not right:
            misread.append(f"{column}: {what}")

    pairs = pair_cases(known, [(case.record, case.title) for case in cases])
    for k, number in zip(known, pairs, strict=True):
        name = body(k)
        if number is None and k.optional:
            continue
        tell(name, "cases found", number is not None, f"{k.record} {k.title}")
        if number is None:
            continue
        case = cases[number]
        council = case.council or councils.get(case.meeting_id)
        conditions = [c.text for d in case.decisions[-1:] for c in d.conditions]
        checks = {
            "verdict": (str(case.outcome), k.outcomes),
            "kind": (case.kind, k.kinds),
            "date": (case.day.isoformat() if case.day else None, k.dates),
            "municipality": (case.municipality, (k.municipality,)),
        }
        if k.council:  # with or without the town's name before it
            bare = _key(k.council).removeprefix(_key(k.municipality))
            same = _key(council).removeprefix(_key(k.municipality)) == bare
            tell(name, "council", same, f"{k.record} {k.title}: {council}, not {k.council}")
        if k.departments:  # 税務課 for 市民部税務課, or several where the gold names one of them
            read, right = _key(case.department), [_key(department) for department in k.departments]
            same = any(
                (read in one or one in read) if read and one else read == one for one in right
            )
            what = f"{k.record} {k.title}: {case.department}, not {k.departments[0]}"
            tell(name, "department", same, what)
        for column, (value, values) in checks.items():
            if values:
                what = f"{k.record} {k.title}: {value}, not {values[0]}"
                tell(name, column, value in values, what)
        if k.meeting and "回" in k.meeting:
            same = _key(case.meeting).endswith(_key(k.meeting))
            tell(name, "meeting", same, f"{k.record} {k.title}: {case.meeting}, not {k.meeting}")
        if k.conditions or conditions:
            same = sorted(map(_condition, k.conditions)) == sorted(map(_condition, conditions))
            optional = len(k.outcomes) > 1 and (not k.conditions or not conditions)
            what = f"{k.record} {k.title}: {conditions}, not {list(k.conditions)}"
            tell(name, "conditions", same or optional, what)
    for number, case in enumerate(cases):
        tell(bodies[case.record], "cases true", number in pairs, f"{case.record} {case.title}")
    return tallies, misread


def f1(tally: dict[str, Tally]) -> float:
    """Case F1: the harmonic mean of the two case columns."""
    found, true = tally["cases found"], tally["cases true"]
    if not found.of or not true.of or not found.right:
        return 1.0 if not found.of and not true.of else 0.0
    recall, precision = found.right / found.of, true.right / true.of
    return 2 * recall * precision / (recall + precision)


def _condition(text: str) -> str:
    """What a condition says, without the words that end it (…すること, …するということ)."""
    return _key(text).removesuffix("。").removesuffix("こと").removesuffix("という")


def _key(text: str | None) -> str:
    return fold(text or "")
