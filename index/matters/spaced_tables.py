"""Text -> the matters of tables that have lost their lines: their cells are parted by spaces, or stand one
below the other.

A line names the columns (答申番号 答申年月日 実施機関 件名 審査会の結論). What follows is a table as long as every
cell is what its column says: a number, a date, a result. Where no column tells results, the heading above
may do so for all rows (取り下げられた諮問, 審査中の諮問).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.headings import LABELLED, Heading
from index.japanese import dates, fold
from index.matters.tables import (
    COLUMN,
    EMPTY,
    NOTE,
    NUMBER,
    OFFICES,
    RESULT_COLUMN,
    ROW_NUMBER,
    Columns,
    ToldAbove,
    cell_of,
    columns_of,
    is_empty,
    note_to,
    outcome_of,
    tells_sitting,
    told_above,
)
from index.text.lines import Line

# the last letters of the words that name columns
_ENDS_IN_COLUMN = re.compile(
    r"[号.o№日付関庁課局署当管名件案題報書容項定分別類考拠回数度成対権留否席果論申見要断決]$"
)
# the mark of a note belongs to the word before it: 条件付承認 ※1
_WORD = re.compile(
    r"[^ \t\u3000\r]+(?:[ \u3000]+[(（]?[※＊*注][0-9０-９]{0,2}[)）]?(?![^ \t\u3000\r]))?"
)
_FEWEST = 3  # columns
_LONGEST_HEAD = 60  # characters of a line that names columns
_SHORTEST = 4  # characters of a title
_DATE = re.compile(r"(?:年月日|月日|期日|日付|日)$")
_BODY = re.compile(r"機関|庁$")
_VOTES = re.compile(r"賛成?|反対?|棄権|保留|賛否|出席")
_COUNTED = re.compile(r"[0-9]{1,3}(?:名|人|票)?|[-―－—ー]+|なし")
_PLAIN = re.compile(r"[^。]{1,40}")
_MOST_LINES = 16  # of one row whose cells stand one below the other
_LONGEST_NAME = 16  # characters of a line that names one column
_PARAGRAPHS = 2  # rows from one line to the next where each is a paragraph


@dataclass(frozen=True, slots=True)
class _Table:
    """The folded names of a table's columns, which of them say what, and what the heading above it says;
    the last line of those names, how many rows of the text it is from there to the next line, and whether
    each name has a line of its own."""

    keys: tuple[str, ...]
    columns: Columns
    told: ToldAbove
    last: int
    step: int
    stacked: bool


def spaced(text: str, lines: Sequence[Line]) -> list[Heading]:
    """The matters of such tables. A row whose cells are not what its columns say is left out."""
    found: list[Heading] = []
    index = 0
    while index < len(lines):
        table = _table_at(lines, index)
        if table is None:
            index += 1
            continue
        index = table.last + 1
        row = lines[table.last].row
        while index < len(lines) and lines[index].row <= row + 2:
            last, heading = _row_at(text, lines, index, table)
            if heading is None and lines[index].row != row + table.step:
                break  # behind a blank row something else begins
            if heading is None and _table_at(lines, index) is not None:
                break
            found += [heading] if heading is not None else []
            row, index = lines[last].row, last + 1
    return found


def _table_at(lines: Sequence[Line], index: int) -> _Table | None:
    """The table whose columns a line names, or several lines that name one each."""
    line = lines[index]
    if len(line.key) > _LONGEST_HEAD or not _ENDS_IN_COLUMN.search(line.key):  # as most lines
        return None
    if "。" in line.text or not COLUMN.search(line.key[-6:]):
        return None
    keys, last, step = tuple(fold(word) for word in _WORD.findall(line.text)), index, 1
    if len(keys) == 1:
        last, step = _names_below(lines, index)
        keys = tuple(one.key for one in lines[index : last + 1])
    if len(keys) < _FEWEST:
        return None
    if not RESULT_COLUMN.match(keys[-1]) and not all(COLUMN.search(key) for key in keys):
        return None
    columns = columns_of(keys, resultless=True)
    told = told_above(lines, index)
    if columns is None or (columns.result is None and not told.of_all):
        return None
    return _Table(keys, columns, told, last, step, stacked=last > index)


def _names_below(lines: Sequence[Line], index: int) -> tuple[int, int]:
    """The last of the lines that name a column each, the first of which is `lines[index]`, and how many
    rows one stands below the other: two where each is a paragraph."""
    last, step = index, 1
    while last + 1 < len(lines) and last - index < _MOST_LINES:
        apart = lines[last + 1].row - lines[last].row
        step = apart if last == index and apart <= _PARAGRAPHS else step
        below = lines[last + 1]
        if apart != step or len(below.key) > _LONGEST_NAME or below.cell:
            break
        if not (_ENDS_IN_COLUMN.search(below.key) and COLUMN.search(below.key)):
            break
        last += 1
    return last, step


def _row_at(
    text: str, lines: Sequence[Line], index: int, table: _Table
) -> tuple[int, Heading | None]:
    """The matter of the row that begins at a line, and the last line of that row."""
    cells = _cells_on(lines[index], table)
    if cells and _fits(text, cells, table):
        return index, _heading(text, lines, index, cells, table)
    for last in _ends_of_row(lines, index, table):
        for cells in _cells_below(lines[index : last + 1], table):
            if _fits(text, cells, table):
                return last, _heading(text, lines, index, cells, table)
    if NUMBER.search(table.keys[0]) and table.columns.result == len(table.keys) - 1:
        last = _last_of_wrapped(lines, index)
        cells = _cells_over(lines[index : last + 1], len(table.keys))
        if (
            cells
            and ROW_NUMBER.fullmatch(fold(text[slice(*cells[0])]))
            and _fits(text, cells, table)
        ):
            return last, _heading(text, lines, index, cells, table)
    return index, None


_NUMBER_FIRST = re.compile(r"[0-9０-９]{1,3}[ \u3000]+\S")


def _last_of_wrapped(lines: Sequence[Line], index: int) -> int:
    """The last line of a row that goes on over several: before a gap, or the next row's number."""
    last = index
    if not _NUMBER_FIRST.match(lines[index].text):
        return last
    while (
        last + 1 < len(lines)
        and last - index < _MOST_LINES
        and lines[last + 1].row == lines[last].row + 1
        and not _NUMBER_FIRST.match(lines[last + 1].text)
    ):
        last += 1
    return last


def _cells_over(row: Sequence[Line], count: int) -> list[tuple[int, int]]:
    """The spans of the cells of such a row, whose last one tells the result in as many words as it needs."""
    words = [
        (line.start + word.start(), line.start + word.end())
        for line in row
        for word in _WORD.finditer(line.text)
    ]
    if len(words) < count or len(row) < 2:
        return []
    return [*words[: count - 1], (words[count - 1][0], words[-1][1])]


def _cells_on(line: Line, table: _Table) -> list[tuple[int, int]]:
    """The spans of the cells of a row on one line; empty where it has too few words. A title may have
    spaces of its own: the other cells, which have none, are counted from both ends."""
    words = [word.span() for word in _WORD.finditer(line.text)]
    count, matter = len(table.keys), table.columns.matter
    if len(words) < count:
        return []
    last = len(words) - (count - matter - 1)
    whole = [*words[:matter], (words[matter][0], words[last - 1][1]), *words[last:]]
    return [(line.start + start, line.start + end) for start, end in whole]


def _ends_of_row(lines: Sequence[Line], index: int, table: _Table) -> Iterator[int]:
    """The lines with which a row may end whose cells stand one below the other: each before a gap, or
    before what looks like the first cell of the next row."""
    first = lines[index].key
    numbered = bool(NUMBER.search(table.keys[0]) and ROW_NUMBER.fullmatch(first))
    if not (numbered or _dated(table)):  # nothing would tell a row from other lines
        return
    for last in range(index, min(index + _MOST_LINES, len(lines))):
        below = lines[last + 1] if last + 1 < len(lines) else None
        ends = below is None or below.row != lines[last].row + table.step
        like = numbered and below is not None and _shape(below.key) == _shape(first)
        whole = table.stacked and last - index + 1 == len(table.keys)
        noted = below is not None and NOTE.match(below.text)
        if last > index and (ends or like or whole or noted):
            yield last
        if ends:
            return


_FIGURES = re.compile(r"[0-9]+")


def _shape(key: str) -> str:
    """A folded number without its figures: those of one column look alike (r3-1 and r3-12)."""
    return _FIGURES.sub("0", key)


def _cells_below(row: Sequence[Line], table: _Table) -> Iterator[list[tuple[int, int]]]:
    """The ways to tell the lines of a row as its cells: what is more than cells is the rest of the title,
    or else of one other cell."""
    count, matter = len(table.keys), table.columns.matter
    more = len(row) - count
    if more < 0:
        return
    for wrapped in (matter, *(n for n in range(1, count) if n != matter and more)):
        yield [
            (row[n + more * (n > wrapped)].start, row[n + more * (n >= wrapped)].end)
            for n in range(count)
        ]


def _fits(text: str, cells: Sequence[tuple[int, int]], table: _Table) -> bool:
    """Whether all cells of a row are what their columns say."""
    columns = table.columns
    if len(fold(text[slice(*cells[columns.matter])])) < _SHORTEST:
        return False
    for n, (key, cell) in enumerate(zip(table.keys, cells, strict=True)):
        written = text[slice(*cell)]
        said = fold(written)
        if n == columns.matter:
            continue
        if n == columns.result:
            right = outcome_of(written) is not None or is_empty(written)
        elif _VOTES.fullmatch(key):
            right = bool(_COUNTED.fullmatch(said))
        elif NUMBER.search(key):
            right = bool(ROW_NUMBER.fullmatch(said) or EMPTY.fullmatch(said))
        elif _DATE.search(key):
            right = next(dates(written), None) is not None or bool(EMPTY.fullmatch(said))
        elif n == columns.office and not _BODY.search(key):
            right = bool(OFFICES.fullmatch(said) or EMPTY.fullmatch(said))
        else:
            right = bool(_PLAIN.fullmatch(said))
        if not right:
            return False
    return True


def _heading(
    text: str, lines: Sequence[Line], index: int, cells: Sequence[tuple[int, int]], table: _Table
) -> Heading:
    """The matter of a row with these cells."""
    said = [fold(text[start:end]) for start, end in cells]
    columns = table.columns
    title = text[slice(*cells[columns.matter])]
    result = table.told.result
    if columns.result is not None:
        outcome = outcome_of(text[slice(*cells[columns.result])])
        result = (outcome, *cells[columns.result]) if outcome else None
    numbered = NUMBER.search(table.keys[0]) and not said[0].isdecimal()
    label = (
        said[0] if columns.matter and (numbered or LABELLED.match(text[slice(*cells[0])])) else ""
    )
    kind = table.told.kind_of(title, label)
    others = " ".join(
        text[slice(*cell)]
        for n, (key, cell) in enumerate(zip(table.keys, cells, strict=True))
        if n not in (columns.matter, columns.result)
        and not NUMBER.search(key)
        and tells_sitting(key)
    )
    note = note_to(text, result[1:], cells[-1][1]) if result else None
    return Heading(
        index, label, (cells[columns.matter],), title, kind, result=result,
        row=(cells[0][0], max(end for _, end in cells)), meeting_cells=others if _dated(table) else "",
        conditions=cell_of(cells, said, columns.conditions), office=cell_of(cells, said, columns.office), note=note,
        order=int(said[0]) if columns.matter and said[0].isdecimal() and len(said[0]) < 4 else 0,
    )  # fmt: skip


def _dated(table: _Table) -> bool:
    return any(_DATE.search(key) for key in table.keys)
