"""The records as they were read, for a person to look over: what is unsure, and putting it right.

What a person says is kept in files beside the records (`index/corrections.py`) and holds from the
next build on. Between the two, this tells what waits, and what is not used and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from assistant.facts import FIELDS, value_words
from index.build import BuildError, corrections_of, owned_by, sources_of
from index.build_report import Refusal, doubts_of_pages, read_last, told_faults, unsure
from index.cases import Case, Correction, Field
from index.corrected import as_read, note_of
from index.corrections import (
    CorrectionError,
    Note,
    digest_of_notes,
    keep,
    missing,
    owners,
    problem_of,
    read_notes,
    remembered,
)
from index.doubts import Doubt, DoubtKind
from index.entered import Entry, Folded
from index.entered import note_of as note_of_entry
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.meetings import Meeting
from index.records import Page, Record, Source, digest_of
from index.refusals import RecordError
from index.store import Index

DOUBTS = {
    DoubtKind.VERDICT: "結論",
    DoubtKind.CONDITION: "条件",
    DoubtKind.DATE: "日付",
    DoubtKind.MUNICIPALITY: "自治体",
    DoubtKind.TITLE: "案件名",
    DoubtKind.LAW: "根拠",
    DoubtKind.TEXT: "文字",
    DoubtKind.CORRECTION: "訂正",
}


# --- all records -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as the list shows it; each doubt once, with the case if it is of one.

    `corrected` counts cases a person has corrected or checked; `read_at` is ISO 8601, or empty
    where the index does not say.
    """

    id: str
    municipalities: tuple[str, ...]
    bodies: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    cases: int
    doubts: tuple[tuple[Doubt, Case | None], ...]
    corrected: int
    read_at: str


def record_rows(index: Index) -> list[RecordRow]:
    """All records, in the order of their names."""
    meetings: dict[str, list[Meeting]] = {}
    for meeting in index.meetings():
        meetings.setdefault(meeting.record, []).append(meeting)
    cases: dict[str, list[Case]] = {}
    for case in index.cases():
        cases.setdefault(case.record, []).append(case)
    of_cases: dict[tuple[str, Doubt], Case] = {}
    for case in reversed(index.cases()):
        of_cases |= {(case.record, doubt): case for doubt in case.doubts}
    for meeting in index.meetings():
        for doubt in meeting.problems:
            of_cases.pop((meeting.record, doubt), None)
    pages = [(info.id, info.pages) for info in index.records()]
    doubts = {
        record: tuple((doubt, of_cases.get((record, doubt))) for doubt in found)
        for record, found in unsure(pages, index.meetings(), index.cases())
    }
    rows = []
    for id in index.manifest.records:
        own, held = meetings.get(id, []), cases.get(id, [])
        towns = [m.municipality for m in own] + [c.municipality for c in held]
        bodies = [m.body for m in own] + [c.council for c in held]
        rows.append(
            RecordRow(
                id, tuple(dict.fromkeys(filter(None, towns))),
                tuple(dict.fromkeys(filter(None, bodies))), tuple(own), len(held),
                doubts.get(id, ()), sum(bool(case.corrected) for case in held),
                index.manifest.read_at.get(id, ""),
            )
        )  # fmt: skip
    return rows


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in the folders of the records now, against what the index was made of.

    `paths` are the records' files; `new` names files that no build has looked at, `changed` and
    `gone` records. `notes` are the corrections that stand, by record; those of the records in
    `waiting` are not all in the index yet. Those `vanished` are in their file no more, and nobody
    has taken them back. `problem` says why nothing could be looked at.
    """

    paths: Mapping[str, Path]
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    faults: tuple[Refusal, ...] = ()
    notes: Mapping[str, Sequence[Note]] | None = None
    waiting: tuple[str, ...] = ()
    vanished: tuple[Note, ...] = ()
    problem: str = ""

    def notes_of(self, record: str) -> Sequence[Note]:
        """The corrections of a record that stand."""
        return (self.notes or {}).get(record, ())


def look_at_files(index: Index) -> Files:
    """Look into the folders. Whatever is wrong with them is told, never raised."""
    manifest = index.manifest
    refused = read_last(index.folder).refused
    try:
        sources = sources_of(manifest)
        files = corrections_of(manifest)
        notes, faults = read_notes(files)
        lacking = missing(remembered(index.folder), files)
        notes += lacking.away
    except (BuildError, OSError) as error:
        return Files({}, refused=refused, problem=str(error))
    owned, lost = owners(notes, sources, manifest.records)
    paths = {source.id: source.path for source in sources}
    known = manifest.records.keys() | {refusal.name for refusal in refused}
    return Files(
        paths={id: path for id, path in paths.items() if id in manifest.records},
        new=tuple(id for id in paths if id not in known),
        changed=tuple(source.id for source in sources if _has_changed(source, index)),
        gone=tuple(id for id in manifest.records if id not in paths),
        refused=tuple(refusal for refusal in refused if refusal.name in paths),
        faults=tuple(told_faults(faults, lost)),
        notes=owned,
        waiting=tuple(
            id
            for id in manifest.records
            if id in paths
            and digest_of_notes(owned.get(id, [])) != manifest.corrections.get(id, "")
        ),
        vanished=tuple(owned_by(lacking.gone, sources, manifest.records)),
    )


def _has_changed(source: Source, index: Index) -> bool:
    """Whether a file is another than was read. Only one written to since is opened."""
    read_at = index.manifest.read_at.get(source.id)
    if read_at is None:
        return False
    try:
        if source.path.stat().st_mtime <= datetime.fromisoformat(read_at).timestamp():
            return False
        return digest_of(source.path) != index.manifest.records[source.id]
    except (OSError, RecordError, ValueError):
        return False


# --- one record ------------------------------------------------------------------------------


class MarkKind(StrEnum):
    """What a marked span of a record is; the earlier ones are shown where several meet."""

    VERDICT = "verdict"
    CONDITION = "condition"
    TITLE = "title"
    DATE = "date"
    MEETING = "meeting"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span from which something was read; `number` is that of the case, 0 for none."""

    start: int
    end: int
    kind: MarkKind
    number: int = 0


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case, its number on the page, and the doubts that are its own and not its sitting's."""

    number: int
    case: Case
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class SittingRead:
    """A sitting, its cases, and what is unsure of itself or of all its cases alike; `meeting` is
    None for cases of no sitting."""

    meeting: Meeting | None
    cases: tuple[CaseRead, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A record beside what was read from it."""

    record: str
    text: str
    pages: tuple[Page, ...]
    sittings: tuple[SittingRead, ...]

    @property
    def doubts(self) -> list[Doubt]:
        """What is unsure of the record as a whole."""
        return list(doubts_of_pages(self.pages))

    @property
    def cases(self) -> list[CaseRead]:
        """All of them, in order."""
        return [read for sitting in self.sittings for read in sitting.cases]

    def case(self, id: str) -> CaseRead | None:
        """The case of this id."""
        return next((read for read in self.cases if read.case.id == id), None)

    def marks(self) -> list[Mark]:
        """Where titles, dates, verdicts, conditions and doubts stand."""
        found: dict[Mark, None] = {}
        for sitting in self.sittings:
            if meeting := sitting.meeting:
                for span, kind in (
                    (meeting.title_span, MarkKind.MEETING), (meeting.day_span, MarkKind.DATE),
                ):  # fmt: skip
                    if span:
                        found[Mark(*span, kind)] = None
            for doubt in sitting.doubts:
                if doubt.span:
                    found[Mark(*doubt.span, MarkKind.DOUBT)] = None
            for read in sitting.cases:
                found |= dict.fromkeys(_marks_of(read))
        return [mark for mark in found if 0 <= mark.start < mark.end <= len(self.text)]


def _marks_of(read: CaseRead) -> Iterator[Mark]:
    yield Mark(*read.case.title_span, MarkKind.TITLE, read.number)
    for decision in read.case.decisions:
        if decision.text:
            yield Mark(decision.start, decision.end, MarkKind.VERDICT, read.number)
        for condition in decision.conditions:
            yield Mark(condition.start, condition.end, MarkKind.CONDITION, read.number)
    for doubt in read.doubts:
        if doubt.span:
            yield Mark(*doubt.span, MarkKind.DOUBT, read.number)


def proof_of(index: Index, record: str) -> Proof:
    """Raises KeyError where the index has no such record."""
    text = index.text(record)
    meetings = {m.id: m for m in index.meetings() if m.record == record}
    held: dict[str, list[tuple[int, Case]]] = {id: [] for id in meetings}
    cases = [case for case in index.cases() if case.record == record]
    for number, case in enumerate(cases, start=1):
        seat = case.meeting_id if case.meeting_id in meetings else ""
        held.setdefault(seat, []).append((number, case))
    pages = next(info.pages for info in index.records() if info.id == record)
    sittings = tuple(_sitting(meetings.get(id), of) for id, of in held.items())
    return Proof(record, text, pages, sittings)


def _sitting(meeting: Meeting | None, cases: Sequence[tuple[int, Case]]) -> SittingRead:
    shared = dict.fromkeys(meeting.problems if meeting else ())
    if len(cases) > 1:
        (_, first), *others = cases
        alike = (d for d in first.doubts if all(d in case.doubts for _, case in others))
        shared |= dict.fromkeys(alike)
    read = tuple(
        CaseRead(number, case, tuple(d for d in case.doubts if d not in shared))
        for number, case in cases
    )
    return SittingRead(meeting, read, tuple(shared))


# --- corrections -----------------------------------------------------------------------------


def unused(proof: Proof, notes: Sequence[Note]) -> list[Note]:
    """The corrections of a record that no case shows: those that wait for a build, or else those
    whose words have changed. What a later one replaces is left out, and what is said of a case that
    is none."""
    shown = {c.id for read in proof.cases for c in read.case.corrected}
    replaced = {_subject(note) for note in notes if note.id in shown}
    away = {(note.title, note.label) for note in taken_out(proof, notes)}
    return [
        note
        for note in notes
        if note.id not in shown
        and _subject(note) not in replaced
        and (note.title, note.label) not in away
    ]


def taken_out(proof: Proof, notes: Sequence[Note]) -> list[Note]:
    """The corrections that say of a case that it is none, and hold: none goes by its title now."""
    titles = {fold(as_read(read.case, Field.TITLE)) for read in proof.cases}
    return [n for n in notes if n.field is Field.NO_CASE and fold(n.title) not in titles]


def _subject(note: Note) -> tuple[str, str, str, Field]:
    return note.title, note.label, note.text, note.field


def put_back(note: Note) -> None:
    """Write a correction that has vanished into its file again. Raises CorrectionError."""
    keep([note], [_comment(note)])


def said_of(note: Note) -> str:
    """A correction that is not in use, in words."""
    day = note.when[:10].replace("-", "/")
    signed = "、".join(filter(None, [f"{day} {note.by}".strip(), note.why]))
    if note.field is Field.CHECKED:
        return f"「{note.title}」を確認済みとした印（{signed}）"
    if note.field is Field.NO_CASE:
        return f"「{note.title}」は案件でないとした訂正（{signed}）"
    if note.field is Field.ENTERED:
        return f"案件「{note.title}」（{value_words(note.field, note.now)}）の入力（{signed}）"
    now = value_words(note.field, note.now)
    return f"「{note.title}」の{FIELDS[note.field]}を「{now}」とする訂正（{signed}）"


def present(case: Case, field: Field) -> str:
    """What holds of a field now, as a correction would say it."""
    said: Correction | None = case.correction(field)
    return said.now if said else as_read(case, field)


def correct(
    index: Index,
    path: Path,
    cases: Sequence[Case],
    said: Mapping[Field, str],
    standing: Sequence[Note],
    *,
    by: str = "",
    why: str = "",
) -> int:
    """Keep what a person says of these cases of one record, whose file is `path`.

    `standing` are the record's corrections till now. A value that is as it was is no correction;
    one that is as the record was read takes the old correction back. Returns how many cases it
    changes something of. Raises CorrectionError with all that is wrong, in Japanese; nothing is
    kept then.
    """
    problems = [problem for field, now in said.items() if (problem := problem_of(field, now))]
    if problems:
        raise CorrectionError("".join(dict.fromkeys(problems)))
    new: list[Note] = []
    old: list[Note] = []
    touched: set[str] = set()
    for case in cases:
        record = Record(case.record, index.text(case.record), index.manifest.records[case.record])
        for field, now in said.items():
            if now == present(case, field):
                continue
            old += notes_on(case, field, standing)
            touched.add(case.id)
            if now != as_read(case, field):
                note = note_of(record, path, case, index.meetings(), field, now, by, why)
                new.append(note)
    keep(new, [_comment(note) for note in new], instead_of=old, by=by)
    return len(touched)


def _comment(note: Note) -> str:
    """Above a block: what it says, for who reads the file."""
    if note.field in (Field.CHECKED, Field.NO_CASE):
        return f"{note.title}: {FIELDS[note.field]}"
    read, now = (value_words(note.field, value) for value in (note.read, note.now))
    return f"{note.title}: {FIELDS[note.field]}「{read}」→「{now}」"


def notes_on(case: Case, field: Field, standing: Sequence[Note]) -> list[Note]:
    """The corrections that bear on this field of this case: the one in use and those before it."""
    used = {c.id for c in case.corrected if c.field is field}
    subjects = {_subject(note) for note in standing if note.id in used}
    return [note for note in standing if note.id in used or _subject(note) in subjects]


# --- a case that was not found ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A case as a person enters it, in the record's words: `conditions` one a line. `near` is about
    where the words stand, where that was pointed out."""

    title: str
    words: str
    outcome: Outcome
    conditions: str = ""
    day: date | None = None
    near: int | None = None


def placed(text: Folded, said: Said) -> tuple[Entry | None, list[str], list[tuple[int, int]]]:
    """Where what is said stands in a record's text; what is wrong with it, in Japanese; and the
    places where the words that show the outcome stand.

    The title is taken where it stands nearest above the words.
    """
    problems = []
    titles, places = text.places(said.title), text.places(said.words)
    conditions = [text.places(line) for line in said.conditions.splitlines() if line.strip()]
    for name, words, found in (
        ("案件名", said.title, titles), ("結論を示す文", said.words, places),
    ):  # fmt: skip
        if not words.strip():
            problems.append(f"{name}を入れてください。")
        elif not found:
            problems.append(f"{name}が、本文に見つかりません。本文の文字のまま入れてください。")
    if conditions and said.outcome is Outcome.APPROVED:
        problems.append("条件があるときは、結論を「意見・条件を付して承認」にしてください。")
    if not all(conditions):
        problems.append("条件が、本文に見つかりません。本文の文字のまま、1行に1つ入れてください。")
    if problems:
        return None, problems, places
    near = places[0][0] if said.near is None else said.near
    shown = min(places, key=lambda span: abs(span[0] - near))
    above = [span for span in titles if span[0] <= shown[0]]
    nearest = tuple(min(held, key=lambda span: abs(span[0] - shown[0])) for held in conditions)
    entry = Entry((above or titles)[-1 if above else 0], shown, nearest, said.outcome, said.day)
    return entry, [], places


def read_there(proof: Proof, entry: Entry) -> CaseRead | None:
    """The case that the reader has found where a title is entered: that one is to be put right."""
    start, end = entry.title
    return next(
        (
            read
            for read in proof.cases
            if not read.case.correction(Field.ENTERED)
            and read.case.title_span[0] < end
            and start < read.case.title_span[1]
        ),
        None,
    )


def enter(
    index: Index,
    path: Path,
    record: str,
    entry: Entry,
    *,
    instead_of: Sequence[Note] = (),
    by: str = "",
    why: str = "",
) -> None:
    """Keep that there is a case here. Raises CorrectionError, and nothing is kept then."""
    held = Record(record, index.text(record), index.manifest.records[record])
    note = note_of_entry(held, path, entry, by, why)
    keep([note], [_comment(note)], instead_of=instead_of, by=by)
