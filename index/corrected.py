"""Record + what was read + corrections -> what holds: each correction where its text still stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from index import corrections
from index.cases import Case, Correction, Decision, Field
from index.corrections import Note
from index.doubts import Doubt, DoubtKind
from index.entered import with_entered
from index.grammar.verdicts import Outcome
from index.japanese import FiscalYear, fiscal_years, fold
from index.meetings import Meeting
from index.records import Record
from index.text.law import decided_under
from index.text.lines import Line

_SETTLES = {
    Field.OUTCOME: (DoubtKind.VERDICT, DoubtKind.CONDITION),
    Field.DATE: (DoubtKind.DATE,),
    Field.TITLE: (DoubtKind.TITLE,),
    Field.MUNICIPALITY: (DoubtKind.MUNICIPALITY,),
    Field.CHECKED: tuple(DoubtKind),
}
_NAMES = {
    Field.OUTCOME: "結論",
    Field.DATE: "日付",
    Field.TITLE: "案件名",
    Field.MUNICIPALITY: "自治体",
}
_WHAT = {
    Field.CHECKED: "「{}」への確認済みの印",
    Field.ENTERED: "人が入力した案件「{}」",
    Field.NO_CASE: "「{}」は案件でないとした訂正",
}
_WITH_CONDITIONS = (Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED, Outcome.CONTINUED)


def anchor(text: str, case: Case, meetings: Sequence[Meeting], field: Field) -> str:
    """A digest of the words that a correction of this field rests on; white space does not count.

    The case's title and its parts; for a date where the sitting's date is written too; for a
    municipality what was read.
    """
    pieces = [text[slice(*case.title_span)], *(text[start:end] for start, end in case.spans)]
    if field is Field.DATE:
        seat = _seat(case, meetings)
        pieces.append(text[slice(*seat.day_span)] if seat and seat.day_span else "")
    if field is Field.MUNICIPALITY:
        pieces.append(as_read(case, Field.MUNICIPALITY))
    return hashlib.sha256("\n".join(map(fold, pieces)).encode()).hexdigest()[:16]


def note_of(
    record: Record,
    path: Path,
    case: Case,
    meetings: Sequence[Meeting],
    field: Field,
    now: str,
    by: str = "",
    why: str = "",
) -> Note:
    """The note that says of a case, as an index has it, what a person says; `path` is the record's
    file. It is kept by `corrections.keep`, and holds from the next build on."""
    return Note(
        id=corrections.new_id(),
        when=corrections.now(),
        record=path.name,
        digest=record.digest,
        title=as_read(case, Field.TITLE),
        label=case.label,
        text=anchor(record.text, case, meetings, field),
        field=field,
        read=as_read(case, field),
        now=now,
        by=by,
        why=why,
        folder=path.parent,
    )


def as_read(case: Case, field: Field) -> str:
    """What the reader had read of a field, whatever was corrected since; empty for nothing."""
    for correction in case.corrected:
        if correction.field is field:
            return correction.read
    return _value(case, field)


def _value(case: Case, field: Field) -> str:
    if field is Field.OUTCOME:
        return str(case.outcome)
    if field is Field.DATE:
        return case.day.isoformat() if case.day else ""
    if field is Field.TITLE:
        return case.title
    return (case.municipality or "") if field is Field.MUNICIPALITY else ""


def correct(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    cases: Sequence[Case],
    notes: Sequence[Note],
) -> tuple[list[Meeting], list[Case]]:
    """The sittings and cases as corrected. What a correction settles is no doubt any more.

    A correction whose text has changed is not applied: it becomes a doubt of its case, or of the
    first sitting where no case goes by its title.
    """
    entered = [note for note in notes if note.field is Field.ENTERED]
    with_them, lost = with_entered(record, lines, meetings, cases, entered)
    corrected = {case.id: case for case in with_them}
    stray = [_not_applied(note) for note in lost]
    for note in entered:
        case = corrected.get(f"{record.id}#{note.id}")
        if case is not None and note.day and note.day != _value(case, Field.DATE):
            corrected[case.id] = _dated(record.text, case, meetings, date.fromisoformat(note.day))
    # as they were when a correction was made of them
    known = [*cases, *(c for c in with_them if c.correction(Field.ENTERED))]
    for note in notes:
        if note.field is Field.ENTERED:
            continue
        case = _meant(record, meetings, known, note)
        if case is not None:
            if note.field is Field.NO_CASE:
                corrected.pop(case.id, None)
            elif case.id in corrected:
                corrected[case.id] = _apply(record.text, corrected[case.id], meetings, note)
            continue
        doubt = _not_applied(note)
        named = [c for c in corrected.values() if fold(c.title) == fold(note.title)]
        if len(named) == 1:
            held = named[0]
            corrected[held.id] = replace(held, doubts=(*held.doubts, doubt))
        elif note.field is not Field.NO_CASE:  # what is not there is none
            stray.append(doubt)
    done = list(corrected.values())
    sittings = [_sitting(record.text, meeting, cases, done) for meeting in meetings]
    if stray and sittings:
        sittings[0] = replace(sittings[0], problems=(*sittings[0].problems, *stray))
    return sittings, done


def _not_applied(note: Note) -> Doubt:
    title = note.title if len(note.title) <= 30 else note.title[:29] + "…"
    what = _WHAT.get(note.field) or f"「{{}}」への{_NAMES[note.field]}の訂正"
    return Doubt(
        DoubtKind.CORRECTION,
        f"{what.format(title)}（{note.when[:10]}）は、もとの文章がその後変わったため使っていません",
    )


def _meant(
    record: Record, meetings: Sequence[Meeting], cases: Sequence[Case], note: Note
) -> Case | None:
    """The case a correction was made on, if its words are still the same; two are none."""
    same = [c for c in cases if anchor(record.text, c, meetings, note.field) == note.text]
    if not same and note.digest == record.digest:
        # The file is the same, but it is read otherwise now.
        same = [c for c in cases if fold(c.title) == fold(note.title)]
    if len(same) > 1:
        same = [c for c in same if c.label == note.label]
    return same[0] if len(same) == 1 else None


def _apply(text: str, case: Case, meetings: Sequence[Meeting], note: Note) -> Case:
    before = tuple(c for c in case.corrected if c.field is not note.field)
    read = as_read(case, note.field)
    correction = Correction(note.field, read, note.now, note.by, note.when, note.id, note.why)
    case = replace(
        case,
        corrected=(*before, correction),
        doubts=tuple(d for d in case.doubts if d.kind not in _SETTLES[note.field]),
    )
    if note.field is Field.OUTCOME:
        return replace(case, decisions=_decided(case, Outcome(note.now)))
    if note.field is Field.TITLE:
        return replace(case, title=note.now)
    if note.field is Field.MUNICIPALITY:
        council = _renamed(case.council, case.municipality, note.now)
        return replace(case, municipality=note.now, council=council)
    if note.field is Field.DATE:
        return _dated(text, case, meetings, date.fromisoformat(note.now))
    return case


def _decided(case: Case, outcome: Outcome) -> tuple[Decision, ...]:
    """The decisions with this outcome for the newest; its words stay what they are."""
    *earlier, newest = case.decisions or (None,)
    start = case.title_span[0]
    if newest is None:
        made = Decision(outcome, "", start, start, (), case.meeting, case.meeting_id, case.day)
        return (made,)
    kept = outcome is newest.outcome or outcome in _WITH_CONDITIONS
    conditions = newest.conditions if kept else ()
    return (*earlier, replace(newest, outcome=outcome, conditions=conditions))


def _dated(text: str, case: Case, meetings: Sequence[Meeting], day: date) -> Case:
    seat = _seat(case, meetings)
    year, meeting = case.year, case.meeting
    if not (seat is not None and _year_is_written(text, seat)):
        year = FiscalYear.of(day).year
        if seat is not None and seat.name == case.meeting:
            meeting = replace(seat, year=year, day=day).name
    *earlier, newest = case.decisions or (None,)
    decisions = case.decisions
    if newest is not None:
        decisions = (*earlier, replace(newest, day=day, meeting=meeting))
    law, _ = decided_under(day, year, case.articles, body=case.council, enacting="施行条例" in text)
    return replace(case, day=day, year=year, meeting=meeting, decisions=decisions, law=law)


def _sitting(text: str, meeting: Meeting, cases: Sequence[Case], done: Sequence[Case]) -> Meeting:
    """A sitting all of whose cases were corrected alike is corrected too; so are its doubts."""
    own = [case for case in done if case.meeting_id == meeting.id]
    if not own:
        return meeting
    still = {doubt for case in own for doubt in case.doubts}
    told = {doubt for case in cases if case.meeting_id == meeting.id for doubt in case.doubts}
    problems = tuple(d for d in meeting.problems if d in still or d not in told)
    meeting = replace(meeting, problems=problems)
    days = {_now_said(case, Field.DATE) for case in own}
    towns = {_now_said(case, Field.MUNICIPALITY) for case in own}
    if len(days) == 1 and (said := days.pop()):
        day = date.fromisoformat(said)
        year = meeting.year if _year_is_written(text, meeting) else FiscalYear.of(day).year
        meeting = replace(meeting, day=day, year=year)
    if len(towns) == 1 and (town := towns.pop()):
        body = _renamed(meeting.body, meeting.municipality, town)
        meeting = replace(meeting, municipality=town, body=body)
    return meeting


def _now_said(case: Case, field: Field) -> str:
    return next((c.now for c in case.corrected if c.field is field), "")


def _year_is_written(text: str, meeting: Meeting) -> bool:
    span = meeting.title_span
    return bool(span and any(fiscal for _, _, fiscal in fiscal_years(text[slice(*span)])))


def _renamed(body: str | None, before: str | None, now: str) -> str | None:
    if body is None or not before:
        return body
    return now + body.removeprefix(before) if body.startswith(before) else body


def _seat(case: Case, meetings: Sequence[Meeting]) -> Meeting | None:
    return next((meeting for meeting in meetings if meeting.id == case.meeting_id), None)
