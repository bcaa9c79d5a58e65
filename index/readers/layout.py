"""Characters with their places on a page -> text, each character of it still with its place.

A PDF and a machine that reads pictures both give characters and boxes, and no lines, paragraphs or
tables. Those are found here by the same means: rows of characters at one height; cells within ruled
lines; columns parted by an empty strip; rows that fill their column and go on in the next; heads and
feet that repeat on every page, of which the first is kept and page numbers are not.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.readers.grid import NEAR, Grid, Rule, grids
from index.readers.tables import Cell, table_lines


class Glyph(NamedTuple):
    """A character and its box, in points from the left and the top of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def place_of(left: float, top: float) -> tuple[int, int]:
    """Where a character stands, in tenths of a point: its name among those of its page."""
    return round(10 * left), round(10 * top)


class Box(NamedTuple):
    """A place on a page, in points from its left and its top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page; `machine` where its characters were read from a picture, `filled` of them
    put in where the machine's own letters lack the one that must stand there. `unsure` are the places
    (`place_of`) of those that the machine is not sure of, `missed` is true where it has left lines out, and
    `tilt` is by how many degrees its picture was turned, which all places are after."""

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[Rule] = ()
    machine: bool = False
    unread: bool = False
    filled: int = 0
    unsure: frozenset[tuple[int, int]] = frozenset()
    missed: bool = False
    tilt: float = 0.0


@dataclass(slots=True)
class Placed:
    """Text with the boxes of its characters, four numbers each; a box of no width has no place."""

    text: str = ""
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def __len__(self) -> int:
        return len(self.text)

    def add(self, text: str, box: Sequence[float] = (0, 0, 0, 0)) -> None:
        """Put a character, or characters at one place, to the end."""
        self.text += text
        for _ in text:
            self.boxes.extend(box)

    def join(self, other: Placed) -> None:
        """Put another text to the end."""
        self.text += other.text
        self.boxes.extend(other.boxes)

    def box(self, at: int) -> Box | None:
        """Where the character stands; None for one that the page does not show."""
        box = Box(*self.boxes[4 * at : 4 * at + 4])
        return box if box.right > box.left else None


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
class _Line:
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
class _TableRow:
    """A row of a ruled table: its cells, and the vertical lines that part them."""

    edges: tuple[float, ...]
    cells: list[Cell[_Line]]

    @property
    def text(self) -> list[str]:
        return [line.placed.text for cell in self.cells for line in cell.paragraphs]


_Block = _Line | list[_TableRow]  # in the order in which a page is read

_GAP, _GAP_LATIN, _CELL_GAP = 0.65, 0.15, 1.7  # sizes: a blank; what parts a label from its value
_SPACED = 0.35  # sizes: between the letters of a word set apart
_ROOM = 0.6  # of a size: what a full row may leave free, besides what did not fit
_EM_RIGHT = 2.3  # sizes from a column's edge within which a row counts as full
_STICK = 0.55  # of a size: within this height characters stand in one row
_NO_TURN = 1 << 60
_FEWEST = 20  # letters that go down, of a page written downwards
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
_PAGE_NUMBER = re.compile(
    r"[-－‐–—―〔\[(（\s]*(?:(?:p|page|ページ|頁)[. ]*)?[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9０-９]{1,4})?"
    r"(?:\s*(?:ページ|頁))?[-－‐–—―〕\])）\s]*",
    re.IGNORECASE,
)


def text_of(sheets: Iterable[Sheet]) -> tuple[Placed, list[tuple[Sheet, int, int]]]:
    """The text of the pages, and the span of each page in it; they follow on each other without a gap."""
    pages: list[tuple[Sheet, list[_Block]]] = []
    turned: set[int] = set()
    for sheet in sheets:
        downwards = _is_downwards(sheet)
        blocks = _blocks(_turned(sheet) if downwards else sheet)
        if downwards:
            turned.add(sheet.number)
        # The page's facts alone: its characters stand in its blocks already.
        pages.append((replace(sheet, glyphs=(), rules=()), blocks))
    _drop_running([blocks for _, blocks in pages], [sheet.height for sheet, _ in pages])
    for (_, blocks), (_, following) in pairwise(pages):
        if blocks and following:
            _turn(blocks[-1], following)
    placed, spans = _Text().of(pages)
    for sheet, start, end in spans:
        for at in range(4 * start, 4 * end, 4) if sheet.number in turned else ():
            left, top, right, bottom = placed.boxes[at : at + 4]
            if right > left:
                box = (sheet.width - bottom, left, sheet.width - top, right)
                placed.boxes[at : at + 4] = array("f", box)
    return placed, spans


def _is_downwards(sheet: Sheet) -> bool:
    """Whether a page is written in columns from the right (縦書き), as its letters follow on each other."""
    down = across = 0
    for one, two in pairwise(glyph for glyph in sheet.glyphs if not glyph.text.isspace()):
        size = max(one.right - one.left, one.bottom - one.top, 1.0)
        x, y = (two.left - one.left) / size, (two.top - one.top) / size
        down += abs(x) < 0.3 and 0.3 < y < 2.5
        across += abs(y) < 0.3 and 0.3 < x < 2.5
    return down > _FEWEST and down > 2 * across


def _turned(sheet: Sheet) -> Sheet:
    """A page written downwards, with its columns as rows: what was its right is its top."""

    def moved(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = box
        return top, sheet.width - right, bottom, sheet.width - left

    glyphs: list[Glyph] = []
    for glyph in sheet.glyphs:
        following = Glyph(glyph.text, *moved(glyph[1:]))
        if glyphs:  # 、 and 。 stand in the corner of their place: they belong to the column of the letter before
            last = glyphs[-1]
            size = max(last.bottom - last.top, last.right - last.left)
            aside = abs(following.top + following.bottom - last.top - last.bottom) / 2
            if aside < 0.8 * size and 0.2 < (following.left - last.left) / size < 2.5:
                following = following._replace(top=last.top, bottom=last.bottom)
                if (
                    following.right - following.left < 0.6 * size
                    and following.left - last.right < size
                ):
                    following = following._replace(left=last.right, right=last.right + size)
        glyphs.append(following)
    return replace(
        sheet,
        width=sheet.height,
        height=sheet.width,
        glyphs=glyphs,
        rules=[Rule(*moved(rule)) for rule in sheet.rules],
    )


def _turn(last: _Block, following: list[_Block]) -> None:
    """Where a sentence or a row of a table goes on over the page, put it together."""
    first = following[0]
    if isinstance(last, list) and isinstance(first, list):
        if len(last) > 1 and len(first) > 1 and first[0].text == last[0].text:
            del first[0]  # a table's head, said again
        if first and last[-1].edges == first[0].edges and _joined_rows(last[-1], first[0]):
            del first[0]
        if not first:
            del following[0]
        return
    line = last if isinstance(last, _Line) else None
    if isinstance(last, list):
        held = [cell for cell in last[-1].cells if cell.paragraphs]
        line = held[-1].paragraphs[-1] if held else None
    if line is not None and isinstance(first, _Line) and line.goes_on_in(first.placed):
        line.turn = min(line.turn, len(line))
        line.go_on(first.placed)
        line.room = first.room
        del following[0]


def _joined_rows(row: _TableRow, other: _TableRow) -> bool:
    """Put a row's rest from the next page to its cells, if a sentence of it goes on there."""
    pairs = list(zip(row.cells, other.cells, strict=True))
    if not any(
        one.paragraphs
        and two.paragraphs
        and one.paragraphs[-1].goes_on_in(two.paragraphs[0].placed)
        for one, two in pairs
    ):
        return False
    cells = []
    for one, two in pairs:
        rest = list(two.paragraphs)
        if one.paragraphs and rest and one.paragraphs[-1].goes_on_in(rest[0].placed):
            line = one.paragraphs[-1]
            line.turn = len(line)
            line.go_on(rest.pop(0).placed)
        for line in rest:
            line.turn = 0
        cells.append(replace(one, paragraphs=(*one.paragraphs, *rest)))
    row.cells = cells
    return True


class _Text:
    """Writes blocks one after the other, and keeps where each page begins."""

    def __init__(self) -> None:
        self._pieces: list[Placed] = []
        self._length = 0
        self._turn: int | None = None  # where the next page begins, if that is within a line

    def of(
        self, pages: Sequence[tuple[Sheet, Sequence[_Block]]]
    ) -> tuple[Placed, list[tuple[Sheet, int, int]]]:
        starts = []
        for _, blocks in pages:
            starts.append(self._length if self._turn is None else self._turn)
            self._turn = None
            before: _Line | None = None
            for block in blocks:
                if isinstance(block, _Line):
                    if before is not None and block.top - before.bottom > 1.3 * block.size:
                        self._say(_written("\n"))
                    self._lines([[block]])
                    before = block
                else:
                    lines: Iterator[list[_Line | str]] = table_lines([row.cells for row in block])
                    self._lines(lines)
                    before = None
        ends = [*starts[1:], self._length]
        whole = Placed("".join(piece.text for piece in self._pieces))
        for piece in self._pieces:
            whole.boxes.extend(piece.boxes)
        sheets = [sheet for sheet, _ in pages]
        return whole, list(zip(sheets, starts, ends, strict=True))

    def _lines(self, lines: Iterable[Sequence[_Line | str]]) -> None:
        for line in lines:
            for piece in line:
                if isinstance(piece, str):
                    self._say(_written(piece))
                    continue
                if piece.turn <= len(piece):
                    at = self._length + piece.turn
                    self._turn = max(at, self._turn or 0)
                else:
                    self._turn = None
                self._say(piece.placed)
            self._say(_written("\n"))

    def _say(self, piece: Placed) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _written(text: str) -> Placed:
    placed = Placed()
    placed.add(text)
    return placed


# --- a page ----------------------------------------------------------------------------------


def _blocks(sheet: Sheet) -> list[_Block]:
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
    found: list[tuple[float, _Block]] = []
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


def _flowing(rows: Sequence[_Row], *, loose: bool) -> Iterator[_Line]:
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


def _joined(rows: Sequence[_Row], right: float | None = None, *, loose: bool) -> Iterator[_Line]:
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
        yield _Line(word, rows[0].top, rows[-1].bottom, size, float("inf"), _NO_TURN)
        return
    line: _Line | None = None
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
        line, last = _Line(row.placed, row.top, row.bottom, size, room, _NO_TURN), row
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
) -> list[_TableRow]:
    """A table's rows with what stands in their cells."""
    found = []
    for row, owners in enumerate(table.owner):
        cells: list[Cell[_Line]] = []
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
        found.append(_TableRow(tuple(edges), cells))
    return found


# --- heads and feet --------------------------------------------------------------------------

_ZONE = 3  # lines at the head and at the foot of a page that may be its running head or foot


def _drop_running(pages: Sequence[list[_Block]], heights: Sequence[float]) -> None:
    """Take page numbers out, and running heads and feet but for the first of each."""
    if len(pages) < 2:
        return
    counts: Counter[tuple[bool, str]] = Counter()
    for blocks, height in zip(pages, heights, strict=True):
        outer = {(True, _key(line)) for line in blocks[:_ZONE] if _is_outer(line, height, True)}
        outer |= {(False, _key(line)) for line in blocks[-_ZONE:] if _is_outer(line, height, False)}
        counts.update(outer)
    least = max(2, round(0.4 * len(pages)))
    seen: set[tuple[bool, str]] = set()
    for blocks, height in zip(pages, heights, strict=True):
        for head in (True, False):
            while blocks:
                line = blocks[0] if head else blocks[-1]
                if not isinstance(line, _Line) or not _is_outer(line, height, head):
                    break
                key = (head, _key(line))
                if _PAGE_NUMBER.fullmatch(line.placed.text) is None:
                    if counts[key] < least:
                        break
                    if key not in seen:
                        seen.add(key)
                        break
                del blocks[0 if head else -1]


def _is_outer(block: _Block, height: float, head: bool) -> bool:
    if not isinstance(block, _Line):
        return False
    return block.bottom < 0.14 * height if head else block.top > 0.86 * height


def _key(block: _Block) -> str:
    text = block.placed.text if isinstance(block, _Line) else ""
    return re.sub(r"[0-9０-９]+", "#", re.sub(r"\s+", "", text))
