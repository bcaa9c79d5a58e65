"""The characters of a page -> its lines of text and the rows of its tables, in the order of reading.

Rows are characters at one height; cells lie within ruled lines; columns are parted by an empty strip; a
row that fills its column goes on in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.readers.grid import NEAR, Grid, grids
from index.readers.sheets import Glyph, Placed, Sheet
from index.readers.tables import Cell

_GAP, _GAP_LATIN, _CELL_GAP = 0.65, 0.15, 1.7  # sizes: a blank; what parts a label from its value
_SPACED = 0.35  # sizes: between the letters of a word set apart
_ROOM = 0.6  # of a size: what a full row may leave free, besides what did not fit
_EM_RIGHT = 2.3  # sizes from a column's edge within which a row counts as full
_STICK = 0.55  # of a size: within this height characters stand in one row
_NO_TURN = 1 << 60
_HEADING = re.compile(
    r"[・･○〇●◎◆◇■□▼▽※→⇒➡①-⑳⑴-⒇*【〔〈<《◯]"
    r"|[(（]?(?:[0-9０-９]{1,2}|[アイウエオカキクケコa-zA-Zａ-ｚＡ-Ｚ]|[一二三四五六七八九十]{1,2})[)）.．、 \u3000]"
    r"|[-－‐―][ \u3000]"
)
_ENDS = ("。", "．", "」", "）。", ":", "：", "?", "？", "】", "〉", "》")
_LATIN = re.compile(r"[!-~]")
# What is never torn at the end of a row: a Latin word, and the marks that open and close.
_UNIT = re.compile(
    r"[「『（(\[【〈《“]*(?:[0-9A-Za-z.,_/@&+-]+|.)[、。，．」』）)\]】〉》”ー々っゃゅょッャュョ！？]*"
)


@dataclass(slots=True)
class _Row:
    """Characters at one height, from left to right."""

    placed: Placed
    left: float
    top: float
    right: float
    bottom: float
    size: float  # of its characters
    spaced: bool = False  # with a blank behind its last character

    @property
    def text(self) -> str:
        return self.placed.text


@dataclass(slots=True)
class TextLine:
    """A line of text. `room` is what its last row leaves free before the margin: where the head of the
    next would not have fitted in, the sentence goes on there. `turn` is where, at the earliest, the
    next page begins in it."""

    placed: Placed
    top: float
    bottom: float
    size: float
    room: float
    turn: int

    def __len__(self) -> int:
        return len(self.placed)

    def goes_on_in(self, placed: Placed) -> bool:
        """Whether the sentence goes on in a row, as far as the ends of both tell."""
        return (
            not self.placed.text.endswith(_ENDS)
            and self.room < _first_width(placed)
            and not _HEADING.match(placed.text)
        )

    def go_on(self, other: Placed, *, spaced: bool = False) -> None:
        """Put what follows to the end, with a blank before it where there was one."""
        if spaced or (_LATIN.match(self.placed.text[-1]) and _LATIN.match(other.text[0])):
            self.placed.add(" ")
        self.placed.join(other)


@dataclass(slots=True)
class TableRow:
    """A row of a ruled table: its cells, and the vertical lines that part them."""

    edges: tuple[float, ...]
    cells: list[Cell[TextLine]]

    @property
    def text(self) -> list[str]:
        return [line.placed.text for cell in self.cells for line in cell.paragraphs]


Block = TextLine | list[TableRow]  # in the order in which a page is read


def blocks_of(sheet: Sheet) -> list[Block]:
    """The blocks of a page in the order in which they are read."""
    tables = grids(sheet.rules)
    outside: list[Glyph] = []
    inside: list[dict[tuple[int, int], list[Glyph]]] = [{} for _ in tables]
    for glyph in sheet.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for number, table in enumerate(tables):
            cell = table.cell_at(x, y)
            if cell is not None:
                inside[number].setdefault(cell, []).append(glyph)
                break
        else:
            outside.append(glyph)
    found: list[tuple[float, Block]] = []
    for table, held in zip(tables, inside, strict=True):
        if any(not glyph.text.isspace() for glyphs in held.values() for glyph in glyphs):
            found.append((table.top, _table_rows(table, held, loose=sheet.machine)))
    # What stands between two tables is read between them.
    rows, at = _rows(outside, loose=sheet.machine), 0
    for top in [*sorted(top for top, _ in found), float("inf")]:
        above = [row for row in rows[at:] if (row.top + row.bottom) / 2 < top]
        at += len(above)
        found += [(above[0].top, line) for line in _flowing(above, loose=sheet.machine)]
    return [block for _, block in sorted(found, key=lambda block: block[0])]


def _rows(glyphs: Sequence[Glyph], *, loose: bool) -> list[_Row]:
    """The rows of characters, from the top. `loose` where the boxes are a machine's guess."""
    seen = sorted(glyphs, key=lambda glyph: glyph.top + glyph.bottom)
    groups: list[list[Glyph]] = []
    middle, height = 0.0, 0.0
    for glyph in seen:
        own = (glyph.top + glyph.bottom) / 2
        # Some fonts give 一 a box as flat as its ink: it is as high as it is wide.
        high = max(glyph.bottom - glyph.top, glyph.right - glyph.left, 1.0)
        if groups and own - middle < _STICK * min(height, high):
            groups[-1].append(glyph)
            middle += (own - middle) / len(groups[-1])
            height = max(height, glyph.bottom - glyph.top)
        else:
            groups.append([glyph])
            middle, height = own, min(high, 1.5 * max(glyph.bottom - glyph.top, 8.0))
    return [row for group in groups if (row := _row(group, loose=loose)) is not None]


def _row(glyphs: list[Glyph], *, loose: bool) -> _Row | None:
    """One row: blanks where characters stand apart, a tab where far apart; None where it is blank."""
    glyphs.sort(key=lambda glyph: glyph.left)
    spaced = False
    while glyphs and glyphs[-1].text.isspace():
        glyphs.pop()
        spaced = True
    while glyphs and glyphs[0].text.isspace():
        del glyphs[0]
    if not glyphs:
        return None
    size = max(1.0, median(glyph.bottom - glyph.top for glyph in glyphs))
    placed = Placed()
    last: Glyph | None = None
    pieces = _pieces(glyphs, size)
    for number, glyph in enumerate(glyphs):
        if last is not None:
            width = min(last.right - last.left, glyph.right - glyph.left)
            if last.text == glyph.text and glyph.left - last.left < 0.3 * max(width, 0.1):
                continue  # printed twice, to look bold
            gap = (glyph.left - last.right) / size
            latin = bool(_LATIN.match(last.text) and _LATIN.match(glyph.text))
            if number in pieces:
                placed.add("\t")
            elif last.text.isspace() or glyph.text.isspace():
                pass
            elif gap > (_GAP_LATIN if latin else _GAP) * (2 if loose else 1):
                placed.add(" " if latin else "\u3000")
        if glyph.text.isspace():
            placed.add("\u3000" if glyph.text == "\u3000" else " ")
        else:
            placed.add(glyph.text, glyph[1:])
        last = glyph
    return _Row(
        placed, glyphs[0].left, min(g.top for g in glyphs), max(g.right for g in glyphs),
        max(g.bottom for g in glyphs), size, spaced,
    )  # fmt: skip


def _pieces(glyphs: Sequence[Glyph], size: float) -> set[int]:
    """Where a new cell begins. Letters set apart (日　　時) are one word: their gaps are alike."""
    gaps = [(b.left - a.right) / size for a, b in pairwise(glyphs)]
    starts = {number for number, gap in enumerate(gaps, start=1) if gap > _CELL_GAP}
    for number in list(starts):
        single_before = number == 1 or number - 1 in starts or gaps[number - 2] > _SPACED
        single_after = number == len(glyphs) - 1 or gaps[number] > _SPACED
        spaced = [gap for gap in gaps[max(0, number - 3) : number + 2] if gap > _SPACED]
        if single_before and single_after and max(spaced) < 1.5 * min(spaced) and len(spaced) > 1:
            starts.discard(number)
    return starts


# --- running text ----------------------------------------------------------------------------


def _flowing(rows: Sequence[_Row], *, loose: bool) -> Iterator[TextLine]:
    """The lines of text outside tables: column by column, rows that go on joined."""
    for column in _by_column(rows):
        yield from _joined(column, loose=loose)


def _by_column(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows that stand in two columns are told apart by an empty strip in the middle."""
    together: list[_Row] = []
    parted: list[tuple[_Row, _Row | None]] = []
    gutter = _gutter(rows)
    if gutter is None:
        yield list(rows)
        return

    def columns() -> Iterator[list[_Row]]:
        if parted:
            yield [left for left, _ in parted if left.text]
            yield [right for _, right in parted if right is not None]

    for row in rows:
        halves = _halves(row, gutter)
        if halves is None:
            yield from columns()
            parted = []
            together.append(row)
        else:
            if together:
                yield together
                together = []
            parted.append(halves)
    if together:
        yield together
    yield from columns()


def _gutter(rows: Sequence[_Row]) -> float | None:
    """The middle of the strip between two columns of running text; None where there is one column.

    Both columns must be wide and full of text: a label beside its value, or a speaker beside the
    speech, is no column.
    """
    if len(rows) < 8:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    width, size = right - left, median(row.size for row in rows)
    solid = [list(_solid(row)) for row in rows]
    crossed = {
        x: sum(any(start < x < end for start, end in spans) for spans in solid)
        for x in range(int(left + 0.35 * width), int(left + 0.65 * width))
    }
    if not crossed or min(crossed.values()) > 0.25 * len(rows):
        return None
    free = [x for x, count in crossed.items() if count == min(crossed.values())]
    x = free[len(free) // 2]
    lefts = [(start, end) for spans in solid for start, end in spans if end <= x]
    rights = [(start, end) for spans in solid for start, end in spans if start >= x]
    if not lefts or not rights:
        return None
    edge = sorted(end for _, end in lefts)[int(0.8 * (len(lefts) - 1))]
    full = sum(edge - end < _EM_RIGHT * size for _, end in lefts)
    wide = min(sum(e - s > 0.25 * width for s, e in side) / len(side) for side in (lefts, rights))
    share = sum(e - s for s, e in rights) / sum(e - s for s, e in lefts)
    if full < 0.5 * len(lefts) or wide < 0.5 or not 0.3 < share < 3.3:
        return None
    return float(x)


def _solid(row: _Row) -> Iterator[tuple[float, float]]:
    """The stretches of a row without a gap as wide as a character."""
    boxes = [box for at in range(len(row.text)) if (box := row.placed.box(at))]
    if not boxes:  # a broken font gives its characters no width
        return
    start = boxes[0].left
    for one, two in pairwise(boxes):
        if two.left - one.right > row.size:
            yield start, one.right
            start = two.left
    yield start, boxes[-1].right


def _halves(row: _Row, x: float) -> tuple[_Row, _Row | None] | None:
    """The row left and right of x; None where its characters stand across."""
    if row.left > x:
        return _Row(Placed(), x, row.top, x, row.bottom, row.size), row
    if row.right < x:
        return row, None
    parts = (Placed(), Placed())
    for at, character in enumerate(row.text):
        box = row.placed.box(at)
        if box is None:
            continue
        if box.left < x < box.right:
            return None
        side = parts[box.left > x]
        if side.text and (gap := row.text[at - 1]) in "\t\u3000 ":
            side.add(gap)
        side.add(character, box)
    rows = []
    for part in parts:
        boxes = [box for at in range(len(part)) if (box := part.box(at))]
        if not boxes:
            return None
        rows.append(
            _Row(part, boxes[0].left, row.top, max(b.right for b in boxes), row.bottom, row.size)
        )
    left, right = rows
    return (left, right) if right.left - left.right > row.size else None


def _joined(rows: Sequence[_Row], right: float | None = None, *, loose: bool) -> Iterator[TextLine]:
    """Rows -> lines: a row that reaches the margin without ending its sentence goes on in the next.

    `right` is the margin where it is known, as in a cell.
    """
    if not rows:
        return
    sizes = sorted(row.size for row in rows)
    size = sizes[len(sizes) // 2]
    if right is None:
        edges = sorted(row.right for row in rows if len(row.text) > 8)
        right = edges[int(0.85 * (len(edges) - 1))] if edges else rows[0].right
    if len(rows) > 1 and all(len(row.text) == 1 for row in rows):  # written downwards
        word = Placed()
        for row in rows:
            word.join(row.placed)
        yield TextLine(word, rows[0].top, rows[-1].bottom, size, float("inf"), _NO_TURN)
        return
    line: TextLine | None = None
    last: _Row | None = None
    for row in rows:
        room = right - row.right - _ROOM * size * (2 if loose else 1)
        if line is not None and last is not None:
            if (
                row.top - last.bottom < 1.3 * size
                and abs(row.size - last.size) < 0.3 * size
                and line.goes_on_in(row.placed)
            ):
                line.go_on(row.placed, spaced=last.spaced)
                line.bottom, line.room, last = row.bottom, room, row
                continue
            yield line
        line, last = TextLine(row.placed, row.top, row.bottom, size, room, _NO_TURN), row
    if line is not None:
        yield line


def _first_width(placed: Placed) -> float:
    """How much room the first thing of a row needs that is never torn."""
    unit = _UNIT.match(placed.text)
    boxes = [box for at in range(unit.end() if unit else 1) if (box := placed.box(at))]
    return boxes[-1].right - boxes[0].left if boxes else 0


# --- tables ----------------------------------------------------------------------------------


def _table_rows(
    table: Grid, held: dict[tuple[int, int], list[Glyph]], *, loose: bool
) -> list[TableRow]:
    """A table's rows with what stands in their cells."""
    found = []
    for row, owners in enumerate(table.owner):
        cells: list[Cell[TextLine]] = []
        edges = []
        for column, owner in enumerate(owners):
            if owner != (row, column):
                continue
            across = sum(1 for other in owners if other == owner)
            down = sum(1 for other in table.owner if other[column] == owner)
            right = table.xs[column + across]
            inner = _rows(held.get(owner, []), loose=loose)
            # Cells keep a little blank at their sides.
            margin = max([right - 0.5 * inner[0].size, *(r.right for r in inner)]) if inner else 0
            cells.append(Cell(tuple(_joined(inner, margin, loose=loose)), down, across))
            edges.append(float(round(right / NEAR)))
        found.append(TableRow(tuple(edges), cells))
    return found
