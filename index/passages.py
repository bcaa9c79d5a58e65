"""Record + Case -> Passage: the unit of search, with the headings above it.

Every character of a record that says anything stands in a passage: the decisions and exchanges of
the cases first, then what is left, as paragraphs and groups of table rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.cases import Case
from index.japanese import fiscal_years, level
from index.meetings import Meeting, meeting_at
from index.records import Record
from index.text.lines import Line
from index.text.numbering import numbering

# About what one screen line to five of minutes hold; e5 reads 512 tokens, some 800 characters.
_LONGEST = 320
_ENOUGH = 120


class PassageKind(StrEnum):
    """What a passage is, and so whose word it carries."""

    DECISION = "decision"  # a verdict line with its conditions
    EXCHANGE = "exchange"  # a question and its replies
    PAPER = "paper"  # a paragraph of papers, agenda or narrative
    TABLE = "table"  # a row or a group of rows


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a record: `text` is `record.text[start:end]`.

    `heading` is what stands above it (place, meeting, case title, section), in the words the search
    sees; `case` the id of the case it is about, if any; `meeting` the sitting's id, if any.
    """

    id: str
    record: str
    start: int
    end: int
    kind: PassageKind
    text: str
    heading: str
    case: str | None
    meeting: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    kind: PassageKind
    section: str


def read_passages(
    record: Record, lines: Sequence[Line], meetings: Sequence[Meeting], cases: Sequence[Case]
) -> list[Passage]:
    """The passages of a record, in its order."""
    pieces: list[_Piece] = []
    taken: list[tuple[int, int]] = []
    for case in cases:
        for decision in case.decisions:
            if decision.end > decision.start:
                end = max([decision.end, *(c.end for c in decision.conditions)])
                start = min([decision.start, *(c.start for c in decision.conditions)])
                if end - start > 2 * _LONGEST:
                    start, end = decision.start, decision.end
                if decision.end - decision.start > 4:
                    pieces.append(_Piece(start, end, PassageKind.DECISION, "審議会の結論"))
                    taken.append((start, end))
        for exchange in case.exchanges:
            turns = [exchange.question, *exchange.replies]
            span = (exchange.start, exchange.end)
            if span[1] - span[0] <= 2 * _LONGEST:
                pieces.append(_Piece(*span, PassageKind.EXCHANGE, "質疑"))
            else:
                pieces += [_Piece(t.head, t.end, PassageKind.EXCHANGE, "質疑") for t in turns]
            taken += [(t.head, t.end) for t in turns]
    taken.sort()
    pieces += _rest(record.text, lines, taken)
    # what the members asked may be the very words of the decision: then it is told as the decision
    at_places = {(piece.start, piece.end): piece for piece in reversed(pieces)}
    pieces = [piece for _, piece in sorted(at_places.items())]
    found = []
    seen: set[str] = set()
    holding = _Holding(cases)
    titles = {case.id: level(case.title)[:90] for case in cases}
    for piece in pieces:
        text = record.text[piece.start : piece.end]
        key = "".join(text.split())
        # a page's header says the same on every page
        if len(key) < 4 or (key in seen and piece.kind is PassageKind.PAPER):
            continue
        seen.add(key)
        about = holding.case_at(piece.start)
        meeting = meeting_at(meetings, piece.start)
        found.append(
            Passage(
                f"{record.id}@{piece.start}-{piece.end}",
                record.id,
                piece.start,
                piece.end,
                piece.kind,
                text,
                _heading(
                    about,
                    titles[about.id] if about else "",
                    meeting or (meetings[0] if meetings else None),
                    piece.section,
                ),
                about.id if about else None,
                meeting.id if meeting else None,
            )
        )
    return found


class _Holding:
    """Which cases hold a character, for all characters of a record."""

    def __init__(self, cases: Sequence[Case]) -> None:
        changes: dict[int, list[int]] = {}
        for number, case in enumerate(cases):
            for start, end in case.spans:
                changes.setdefault(start, []).append(number + 1)
                changes.setdefault(end, []).append(-number - 1)
        self._starts = sorted(changes)
        self._cases: list[list[Case]] = []
        open_: dict[int, int] = {}  # how many spans of each case are open
        for offset in self._starts:
            for change in changes[offset]:
                number = abs(change) - 1
                open_[number] = open_.get(number, 0) + (1 if change > 0 else -1)
                if not open_[number]:
                    del open_[number]
            self._cases.append([cases[number] for number in sorted(open_)])

    def case_at(self, offset: int) -> Case | None:
        """The case whose part holds the character; of a row with several, the nearest title."""
        at = bisect_right(self._starts, offset) - 1
        holding = self._cases[at] if at >= 0 else []
        if len(holding) > 1:
            before = [case for case in holding if case.title_span[0] <= offset]
            return max(before or holding, key=lambda case: case.title_span[0])
        return holding[0] if holding else None


def _heading(case: Case | None, title: str, meeting: Meeting | None, section: str) -> str:
    place = (case.municipality if case else None) or (meeting.municipality if meeting else None)
    sitting = case.meeting if case else (meeting.name if meeting else "")
    return " ".join(part for part in (place, sitting, title, section) if part)


def _rest(text: str, lines: Sequence[Line], taken: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """What no decision and no exchange holds: paragraphs under their sections, and table rows."""
    part = section = header = ""
    start: int | None = None
    end, row, table = 0, -1, False
    at = 0

    def piece() -> Iterator[_Piece]:
        if start is not None and end > start:
            kind = PassageKind.TABLE if table else PassageKind.PAPER
            above = " ".join(words for words in (part, section, header if table else "") if words)
            yield _Piece(start, end, kind, above)

    table_row = _TableRows(text)
    by_row: dict[int, int] = {}
    for line in lines:
        by_row[line.row] = by_row.get(line.row, 0) + 1
    for line in lines:
        while at < len(taken) and taken[at][1] <= line.start:
            at += 1
        if at < len(taken) and taken[at][0] <= line.start and line.end <= taken[at][1] + 1:
            yield from piece()
            start = None
            continue
        in_table = (
            by_row[line.row] > 1 and line.cell + by_row[line.row] > 1 and table_row.holds(line)
        )
        heading = _section(line, in_table=in_table)
        new_row = line.row != row
        if heading:
            yield from piece()
            section, header, start = heading, "", None
            if any(True for _ in fiscal_years(line.text)) and numbering(line.text) is None:
                part, section = heading, ""  # a yearly report: its year stands over all its tables
        long = start is not None and line.end - start > _LONGEST and (new_row or not in_table)
        gap = start is not None and line.row > row + 1 and end - start >= _ENOUGH
        if start is not None and (long or gap or in_table != table):
            yield from piece()
            start = None
        if in_table and not table:
            header = line.key[:24] if not re.search(r"\d", line.key) else ""
        if start is None:
            start = line.start
        end, row, table = line.end, line.row, in_table
        if end - start > 2 * _LONGEST:  # a cell or paragraph: cut at sentences
            for left, right in _cut(text, start, end):
                kind = PassageKind.TABLE if table else PassageKind.PAPER
                yield _Piece(left, right, kind, " ".join(w for w in (part, section) if w))
            start = None
    yield from piece()


class _TableRows:
    """Whether the row of a line has cells; the last row asked about is remembered."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._row = (0, 0)
        self._has_cells = False

    def holds(self, line: Line) -> bool:
        start, end = self._row
        if not start <= line.start < end:
            start = self._text.rfind("\n", 0, line.start) + 1
            end = self._text.find("\n", line.end)
            end = end if end >= 0 else len(self._text)
            self._row = (start, end)
            self._has_cells = (
                self._text.find("\t", start, end) >= 0 or self._text.find(" | ", start, end) >= 0
            )
        return self._has_cells


_REPORT = re.compile(
    r"^(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度[^。、]{4,40}(?:状況|報告|結果"
    r"|概要)(?:について)?$"
)


_COUNTED = re.compile(r"[0-9]+(?:件|円|名)")
_HEADED = re.compile(r"[【〈<《◆◇■●○].{1,40}$")


def _section(line: Line, *, in_table: bool) -> str:
    """The words of a line that heads what follows; empty where it heads nothing."""
    if in_table or not line.alone or len(line.key) > 44:
        return ""
    mark = numbering(line.text)
    if mark and mark[0] != "bullet" and not _COUNTED.search(line.key):
        return level(line.text[mark[2] :]) if len(line.key) <= 40 else ""
    if _REPORT.match(line.key):
        return level(line.text)
    if _HEADED.match(line.text) and not line.key.endswith("。"):
        return level(line.text).strip("【】〈〉<>《》◆◇■●○ ")
    return ""


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most a passage's length, cut after sentences where there are any."""
    at = start
    while end - at > _LONGEST:
        stop = max(text.rfind("。", at, at + _LONGEST), text.rfind("\n", at, at + _LONGEST))
        stop = stop + 1 if stop > at + _LONGEST // 3 else at + _LONGEST
        yield at, stop
        at = stop
        while at < end and text[at].isspace():
            at += 1
    if end > at:
        yield at, end
