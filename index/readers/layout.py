"""Characters with their places on pages -> text, each character of it still with its place.

A PDF and a machine that reads pictures both give characters and boxes, and no lines, paragraphs or
tables. `blocks.py` finds those on each page. Here the pages follow on each other: what goes on over
the page is put together; of heads and feet that repeat on every page the first is kept, and page
numbers are not. A page written downwards is read as if it lay on its side.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.readers.blocks import Block, TableRow, TextLine, blocks_of
from index.readers.grid import Rule
from index.readers.sheets import Glyph, Placed, Sheet
from index.readers.tables import table_lines

_FEWEST = 20  # letters that go down, of a page written downwards
_PAGE_NUMBER = re.compile(
    r"[-－‐–—―〔\[(（\s]*(?:(?:p|page|ページ|頁)[. ]*)?[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9０-９]{1,4})?"
    r"(?:\s*(?:ページ|頁))?[-－‐–—―〕\])）\s]*",
    re.IGNORECASE,
)


def text_of(sheets: Iterable[Sheet]) -> tuple[Placed, list[tuple[Sheet, int, int]]]:
    """The text of the pages, and the span of each page in it; they follow on each other without a gap."""
    pages: list[tuple[Sheet, list[Block]]] = []
    turned: set[int] = set()
    for sheet in sheets:
        downwards = _is_downwards(sheet)
        found = blocks_of(_turned(sheet) if downwards else sheet)
        if downwards:
            turned.add(sheet.number)
        # The page's facts alone: its characters stand in its blocks already.
        pages.append((replace(sheet, glyphs=(), rules=()), found))
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


def _turn(last: Block, following: list[Block]) -> None:
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
    line = last if isinstance(last, TextLine) else None
    if isinstance(last, list):
        held = [cell for cell in last[-1].cells if cell.paragraphs]
        line = held[-1].paragraphs[-1] if held else None
    if line is not None and isinstance(first, TextLine) and line.goes_on_in(first.placed):
        line.turn = min(line.turn, len(line))
        line.go_on(first.placed)
        line.room = first.room
        del following[0]


def _joined_rows(row: TableRow, other: TableRow) -> bool:
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
        self, pages: Sequence[tuple[Sheet, Sequence[Block]]]
    ) -> tuple[Placed, list[tuple[Sheet, int, int]]]:
        starts = []
        for _, blocks in pages:
            starts.append(self._length if self._turn is None else self._turn)
            self._turn = None
            before: TextLine | None = None
            for block in blocks:
                if isinstance(block, TextLine):
                    if before is not None and block.top - before.bottom > 1.3 * block.size:
                        self._say(_written("\n"))
                    self._lines([[block]])
                    before = block
                else:
                    lines: Iterator[list[TextLine | str]] = table_lines(
                        [row.cells for row in block]
                    )
                    self._lines(lines)
                    before = None
        ends = [*starts[1:], self._length]
        whole = Placed("".join(piece.text for piece in self._pieces))
        for piece in self._pieces:
            whole.boxes.extend(piece.boxes)
        sheets = [sheet for sheet, _ in pages]
        return whole, list(zip(sheets, starts, ends, strict=True))

    def _lines(self, lines: Iterable[Sequence[TextLine | str]]) -> None:
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


# --- heads and feet --------------------------------------------------------------------------

_ZONE = 3  # lines at the head and at the foot of a page that may be its running head or foot


def _drop_running(pages: Sequence[list[Block]], heights: Sequence[float]) -> None:
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
                if not isinstance(line, TextLine) or not _is_outer(line, height, head):
                    break
                key = (head, _key(line))
                if _PAGE_NUMBER.fullmatch(line.placed.text) is None:
                    if counts[key] < least:
                        break
                    if key not in seen:
                        seen.add(key)
                        break
                del blocks[0 if head else -1]


def _is_outer(block: Block, height: float, head: bool) -> bool:
    if not isinstance(block, TextLine):
        return False
    return block.bottom < 0.14 * height if head else block.top > 0.86 * height


def _key(block: Block) -> str:
    text = block.placed.text if isinstance(block, TextLine) else ""
    return re.sub(r"[0-9０-９]+", "#", re.sub(r"\s+", "", text))
