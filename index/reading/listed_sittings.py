"""Lines -> the sittings that a yearly report lists, each with its number and day: 第2回 令和4年10月28日 ….

They stand in the rows of a table (回, 開催日, 場所, 出席 …) or in lines of their own, one below the other. A
plan of sittings to come lists none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.cases import Case
from index.japanese import FiscalYear, dates, fold, number
from index.matters.tables import cells_in
from index.meetings import Meeting
from index.records import Record
from index.sittings.particulars import Particular, Told
from index.text.lines import Line

_ORDINAL = re.compile(r"第?(?P<n>[0-9一二三四五六七八九十]{1,3})回?")
_COLUMNS = {
    "ordinal": re.compile(r"回数?|開催回|会議名?|会議の?回|審[議査]会|開催回数"),
    "day": re.compile(r"(?:会議|開催|審[議査])?(?:の)?(?:年月日|月日|日時|日付|期日|日|とき)"),
    "place": re.compile(r"(?:開催|会議)?場所|会場|ところ"),
    "present": re.compile(r"出席(?:者|委員)?数?|出席状況|参加者?数?"),
}
_ROW = re.compile(r"[^\r\n]*")
_LONGEST = 80  # characters of a cell or a line that tell of a sitting
_COUNT = re.compile(r"(?P<n>[0-9]{1,2})[名人]?")
_TO_COME = re.compile(r"予定|計画|開催案|(?:日程|スケジュール)(?:について|案|$)")
# a line of its own: ・第1回 令和4年6月3日(金)
_ON_A_LINE = re.compile(
    r"[ \t\u3000]*[・○●◆■-]?[ \t\u3000]*第[ \u3000]*(?P<n>[0-9０-９一二三四五六七八九十]{1,3})[ \u3000]*回"
)
# what may stand between the number and the day
_BETWEEN = re.compile(
    r"[ \t\u3000:：(（、・]*(?:定例会?|臨時会?|会議|審[議査]会|委員会|部会)?[ \t\u3000:：(（、・]*"
)
_ABOVE = 60  # characters above a list in which a plan says what it is


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that tells of a sitting: its number, the spans of its day, place and count of members."""

    ordinal: int
    day: tuple[int, int]
    start: int
    end: int
    place: tuple[int, int] | None = None
    present: tuple[int, int] | None = None


def listed_sittings(
    record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]
) -> list[Meeting]:
    """The sittings that a record lists, where it is not itself the minutes of sittings that it names."""
    if any(meeting.ordinal is not None for meeting in meetings) or not meetings:
        return []
    rows = list(_in_tables(record.text)) or list(_on_lines(record.text, lines))
    found = []
    for at, row in enumerate(rows):
        written = next(dates(record.text[slice(*row.day)]), None)
        if written is None or written.day is None:
            continue
        count = record.text[slice(*row.present)] if row.present else ""
        told = _COUNT.match(fold(count))
        found.append(
            Meeting(
                id=f"{record.id}#s{at + 1}",
                record=record.id,
                municipality=meetings[0].municipality,
                body=meetings[0].body,
                year=FiscalYear.of(written.day).year,
                ordinal=row.ordinal,
                day=written.day,
                day_span=(row.day[0] + written.start, row.day[0] + written.end),
                attendees=(),
                attendees_span=row.present if told else None,
                start=row.start,
                end=row.end,
                title_span=(row.start, row.end),
                present=int(told["n"]) if told else None,
                particulars=(Particular(Told.PLACE, *row.place),) if row.place else (),
            )
        )
    return found if len({(m.year, m.ordinal) for m in found}) == len(found) > 1 else []


def seated(cases: Sequence[Case], sittings: Sequence[Meeting]) -> list[Case]:
    """The cases; what was decided in the row of one of these sittings was decided at it."""
    if not sittings:
        return list(cases)

    def sitting_of(start: int) -> Meeting | None:
        return next((one for one in sittings if one.start <= start < one.end), None)

    found = []
    for case in cases:
        decisions = tuple(
            replace(decision, meeting=one.name, meeting_id=one.id)
            if (one := sitting_of(decision.start)) is not None
            else decision
            for decision in case.decisions
        )
        if decisions != case.decisions:
            newest = decisions[-1]
            case = replace(
                case, decisions=decisions, meeting=newest.meeting, meeting_id=newest.meeting_id
            )
        found.append(case)
    return found


def _in_tables(text: str) -> Iterator[_Row]:
    """The rows of tables with a column of numbers and one of days."""
    columns: dict[str, int] = {}
    open_row: _Row | None = None
    for row in _ROW.finditer(text):
        cells = cells_in(text, *row.span()) if "\t" in row[0] or "|" in row[0] else []
        if len(cells) < 2:
            columns = columns if columns and not row[0].strip() else {}
            continue
        keys = [fold(text[slice(*cell)]) if cell[1] - cell[0] <= _LONGEST else "" for cell in cells]
        heads = _columns(keys)
        if heads:
            columns = {} if _to_come(text, row.start(), row.end()) else heads
            continue
        if not columns or max(columns.values()) >= len(cells):
            continue
        ordinal = _ORDINAL.fullmatch(keys[columns["ordinal"]])
        if ordinal:
            if open_row is not None:
                yield open_row
            open_row = _Row(
                number(ordinal["n"]) or 0, cells[columns["day"]], *row.span(),
                *(cells[columns[name]] if name in columns else None for name in ("place", "present")),
            )  # fmt: skip
        elif open_row is not None and not keys[columns["ordinal"]]:
            open_row = replace(open_row, end=row.end())  # what else was before that sitting
    if open_row is not None:
        yield open_row


def _columns(keys: Sequence[str]) -> dict[str, int]:
    """Which cells of a row name which columns; empty where it names no number and no day."""
    found: dict[str, int] = {}
    for name, words in _COLUMNS.items():
        at = next((n for n, key in enumerate(keys) if words.fullmatch(key)), None)
        if at is not None:
            found[name] = at
    return found if {"ordinal", "day"} <= set(found) else {}


def _on_lines(text: str, lines: Sequence[Line]) -> Iterator[_Row]:
    """Lines that begin with a sitting's number and its day."""
    for line in lines:
        match = _ON_A_LINE.match(line.text) if line.cell == 0 and "回" in line.key else None
        written = next(dates(line.text[:_LONGEST]), None) if match else None
        if match is None or written is None or _to_come(text, line.start, line.end):
            continue
        if _BETWEEN.fullmatch(line.text, match.end(), written.start):
            day = (line.start + written.start, line.start + written.end)
            yield _Row(number(match["n"]) or 0, day, line.start, line.end)


def _to_come(text: str, start: int, end: int) -> bool:
    """Whether what stands above a list, or in it, says that its sittings are still to come."""
    return bool(_TO_COME.search(fold(text[max(0, start - _ABOVE) : end])))
