"""A matter that a person names where the reader found none: words of the record -> a Case.

What is kept are the record's own words, and a digest of all from the first to the last of them. The
matter stands only where they are found again, in one place.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

from index import corrections
from index.cases import Case, Condition, Correction, Decision, Field
from index.corrections import CorrectionError, Note
from index.doubts import Doubt, DoubtKind
from index.grammar.verdicts import Outcome
from index.japanese import fold, folded_with_offsets
from index.meetings import Meeting, meeting_at
from index.parts.papers import joined
from index.reading.case_reading import read_part
from index.reading.pointers import read_pointers
from index.records import Record
from index.text.lines import Line
from index.text.turns import Turn

Span = tuple[int, int]
_NOT_ITS_OWN = "ここにあった結論の文は、人が入力した別の案件のものです。結論を確かめてください"
_UNDATED = "どの会議の案件か分かりません。分かるときは、日付を入れてください"
_MOST_PLACES = 500  # at which words are looked for


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person says: spans of the title, of the words that show the outcome (or that the matter
    was there at all) and of each condition. `day` is None where it is the sitting's."""

    title: Span
    words: Span
    conditions: tuple[Span, ...]
    outcome: Outcome
    day: date | None = None


class Folded:
    """A text in which words are found whatever their width and white space."""

    def __init__(self, text: str) -> None:
        self._key, self._offsets = folded_with_offsets(text)

    def places(self, words: str) -> list[Span]:
        """The spans at which the words stand."""
        wanted = fold(words)
        found: list[Span] = []
        at = self._key.find(wanted) if wanted else -1
        while at >= 0 and len(found) < _MOST_PLACES:
            found.append((self._offsets[at], self._offsets[at + len(wanted) - 1] + 1))
            at = self._key.find(wanted, at + len(wanted))
        return found

    def digest(self, title: Span, words: Span, wanted: str = "") -> str:
        """Of all that stands from the first to the last of two spans: its length and a hash. Empty
        where the length is not that of the `wanted` one."""
        first, last = min(title[0], words[0]), max(title[1], words[1])
        start, end = (bisect_left(self._offsets, offset) for offset in (first, last))
        if wanted and not wanted.startswith(f"{end - start}-"):
            return ""
        return f"{end - start}-{hashlib.sha256(self._key[start:end].encode()).hexdigest()[:16]}"


def note_of(record: Record, path: Path, entry: Entry, by: str = "", why: str = "") -> Note:
    """The note that says there is a matter here; `path` is the record's file.

    Raises CorrectionError where what is said could not be found again.
    """

    def quoted(span: Span) -> str:
        return " ".join(record.text[slice(*span)].split())

    folded = Folded(record.text)
    note = Note(
        id=corrections.new_id(),
        when=corrections.now(),
        record=path.name,
        digest=record.digest,
        title=quoted(entry.title),
        label="",
        text=folded.digest(entry.title, entry.words),
        field=Field.ENTERED,
        read="",
        now=str(entry.outcome),
        by=by,
        why=why,
        folder=path.parent,
        words=quoted(entry.words),
        conditions="\n".join(map(quoted, entry.conditions)),
        day=entry.day.isoformat() if entry.day else "",
    )
    if problem := corrections.problem_of(Field.TITLE, note.title):
        raise CorrectionError(problem)
    if _found(folded, note) is None:
        raise CorrectionError(
            "同じ文が本文のほかの場所にもあり、どの案件か決まりません。案件名か結論の文を、もう少し長く取ってください。"
        )
    return note


def entry_of(text: str, note: Note) -> Entry | None:
    """Where a note's words stand now; None where they do not, or in more places than one."""
    return _found(Folded(text), note)


def _found(folded: Folded, note: Note) -> Entry | None:
    found = [
        (title, words)
        for title, words in product(folded.places(note.title), folded.places(note.words))
        if folded.digest(title, words, note.text) == note.text
    ]
    conditions = [folded.places(words) for words in note.conditions.splitlines()]
    if len(found) != 1 or not all(conditions):
        return None
    ((title, words),) = found
    nearest = (min(held, key=lambda span: abs(span[0] - words[0])) for held in conditions)
    day = date.fromisoformat(note.day) if note.day else None
    return Entry(title, words, tuple(nearest), Outcome(note.now), day)


def with_entered(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    cases: Sequence[Case],
    notes: Sequence[Note],
) -> tuple[list[Case], list[Note]]:
    """The cases with those that people have entered, and the notes whose words have changed.

    What the reader has found at the same place gives way; what stands under the title that was
    entered is no other matter's any more.
    """
    held, lost = list(cases), []
    for note in notes:
        entry = entry_of(record.text, note)
        if entry is None:
            lost.append(note)
            continue
        others = [case for case in held if not _is_at(case, note, entry)]
        made = _case_of(record, lines, meetings, others, note, entry)
        part = next((s for s in made.spans if s[0] <= entry.title[0] < s[1]), entry.title)
        on_several = _on_several(others)
        held = [
            *(_without(record, lines, meetings, case, part, on_several) for case in others),
            made,
        ]
    return sorted(held, key=lambda case: case.title_span), lost


def _is_at(case: Case, note: Note, entry: Entry) -> bool:
    """Whether a case is the one that is entered: its title stands there, or its part begins there."""
    start, end = entry.title
    if case.title_span[0] < end and start < case.title_span[1]:
        return True
    alike = fold(case.title) == fold(note.title)
    return alike and any(begin <= start < begin + 2 * len(case.title) for begin, _ in case.spans)


def seat_of(meetings: Sequence[Meeting], entry: Entry) -> Meeting | None:
    """The sitting in whose minutes the words stand, or else the title; or the only one there is."""
    at = meeting_at(meetings, entry.words[0]) or meeting_at(meetings, entry.title[0])
    return at or (meetings[0] if len(meetings) == 1 else None)


def _case_of(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    others: Sequence[Case],
    note: Note,
    entry: Entry,
) -> Case:
    text = record.text
    end = entry.words[1] if entry.words[0] > entry.title[0] else entry.title[1]
    stands = meeting_at(meetings, entry.title[0])
    theirs = [start for case in others for start in _places_of(case, entry)]
    later = [start for start in theirs if start >= entry.title[1]]
    end = min([end, *later, *([stands.end] if stands else [])])
    seat = seat_of(meetings, entry)
    case = read_part(record, lines, [seat] if seat else meetings, entry.title, end)
    if seat is None:
        case = replace(case, meeting="", meeting_id="", day=None, year=None, law=None)
    undated = case.day is None and entry.day is None
    conditions = tuple(Condition(text[a:b], a, b) for a, b in entry.conditions)
    decision = Decision(
        entry.outcome, text[slice(*entry.words)], *entry.words, conditions,
        case.meeting, case.meeting_id, case.day,
    )  # fmt: skip
    told = entry.outcome is not Outcome.NOT_RECORDED
    correction = Correction(Field.ENTERED, "", note.now, note.by, note.when, note.id, note.why)
    case = replace(
        case,
        id=f"{record.id}#{note.id}",
        title=joined(text[slice(*entry.title)]),
        title_span=entry.title,
        kind="report" if entry.outcome is Outcome.REPORTED else case.kind,
        decisions=(decision,) if told else (),
        spans=tuple(sorted({*case.spans, *_outside(case, [entry.words, *entry.conditions])})),
        exchanges=tuple(e for e in case.exchanges if not (told and _meet(e.question, entry.words))),
        doubts=(Doubt(DoubtKind.DATE, _UNDATED, entry.title),) if undated else (),
        corrected=(correction,),
    )
    return replace(case, pointers=read_pointers(text, case))


def _places_of(case: Case, entry: Entry) -> Iterator[int]:
    """Where another case is named, its parts begin, or its own verdict stands: what is entered above
    it does not go on there."""
    yield case.title_span[0]
    yield from (start for start, _ in case.spans)
    for decision in case.decisions:
        if decision.text and not (
            decision.start < entry.words[1] and entry.words[0] < decision.end
        ):
            yield decision.start


def _meet(turn: Turn, words: Span) -> bool:
    """Whether the words stand in a speech: that of the verdict asks nothing."""
    return turn.start < words[1] and words[0] < turn.end


def _outside(case: Case, spans: Sequence[Span]) -> Iterator[Span]:
    """Those of the spans that no part of the case holds."""
    for start, end in spans:
        if not any(a <= start and end <= b for a, b in case.spans):
            yield start, end


def _on_several(cases: Sequence[Case]) -> set[Span]:
    """The verdicts that are given on several matters at once: those may be this one's as well."""
    given = Counter((d.start, d.end) for case in cases for d in case.decisions if d.text)
    return {span for span, number in given.items() if number > 1}


def _without(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    case: Case,
    part: Span,
    on_several: set[Span],
) -> Case:
    """The case without what stands in another's part. Where its verdict stood there, and was on it
    alone, what is left is read again; where that has none, it is to be looked at."""

    def stays(start: int) -> bool:
        return not part[0] <= start < part[1]

    left: list[Span] = []
    decisions = tuple(
        d for d in case.decisions if not d.text or stays(d.start) or (d.start, d.end) in on_several
    )
    taken, doubts = decisions != case.decisions, case.doubts
    for start, end in case.spans:
        if end <= part[0] or part[1] <= start:
            left.append((start, end))
            continue
        left += [(a, b) for a, b in ((start, part[0]), (part[1], end)) if a < b]
        if taken and start <= case.title_span[0] < part[0]:
            own = read_part(record, lines, meetings, case.title_span, part[0])
            decisions = (*decisions, *own.decisions)
    if taken and not decisions:
        doubts = (*doubts, Doubt(DoubtKind.VERDICT, _NOT_ITS_OWN, case.title_span))
    articles = tuple(a for a in case.articles if stays(a.start))
    return replace(
        case,
        spans=tuple(left),
        decisions=decisions,
        doubts=doubts,
        exchanges=tuple(e for e in case.exchanges if stays(e.start)),
        slots=tuple(s for s in case.slots if stays(s.start)),
        articles=articles,
        legal_basis=tuple(article.name for article in articles),
        pointers=tuple(p for p in case.pointers if stays(p.span[0])),
    )
