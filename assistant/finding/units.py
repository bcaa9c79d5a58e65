"""Passage -> units: the sentences, list items, table rows and cells of which one may answer.

A unit knows where it stands: the row or section that it belongs to, the heads of its column, the
speech that it replies to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.cases import Case
from index.japanese import fold, level
from index.passages import Passage, PassageKind
from index.text.numbering import numbering
from index.text.sentences import sentences
from index.text.turns import Role, Turn

_TAG = re.compile(r"<[^<>]{1,80}>")
_WINDOW = 150
_LONGEST_ROW = 110
_NEAR = 150  # so many characters before a unit may name what it goes on about
_COLUMN_HEADS = 8  # so many rows above a cell are read for the heads of its column


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item, table row or speech that may answer: a span of a record.

    `asked` is the turn it replies to, if it is a reply; `role` whose word it is. `column` is the
    span of the head of its column, where it is one cell of a row. `score` ranks it, `covered` is
    the share of the question's words that stand in or about it, `bearing` of those that its case
    does not supply the share in it or close by, `lacking` the words that stand nowhere.
    """

    record: str
    start: int
    end: int
    text: str
    passage: Passage
    case: Case | None
    role: Role | None
    speaker: str
    asked: Turn | None
    column: tuple[int, int] | None = None
    score: float = 0.0
    worth: float = 0.0
    covered: float = 0.0
    bearing: float = 0.0
    lacking: tuple[str, ...] = ()
    features: tuple[float, ...] = ()

    @property
    def in_table(self) -> bool:
        """Whether it is cut from the row of a table."""
        return self.passage.kind is PassageKind.TABLE


def units_of(text: str, passage: Passage, case: Case | None) -> Iterator[Unit]:
    """The units of a passage; `text` is the whole record's."""
    if passage.kind is PassageKind.EXCHANGE and case is not None:
        for exchange in case.exchanges:
            if exchange.end <= passage.start or passage.end <= exchange.start:
                continue
            for turn in (exchange.question, *exchange.replies):
                asked = exchange.question if turn is not exchange.question else None
                for start, end in _windows(text, turn.start, _closed(text, turn.end)):
                    yield Unit(
                        passage.record, start, end, text[start:end], passage, case,
                        turn.role, turn.speaker, asked,
                    )  # fmt: skip
        return
    table = passage.kind is PassageKind.TABLE
    for start, end in _rows(text, passage) if table else _items(text, passage):
        yield Unit(passage.record, start, end, text[start:end], passage, case, None, "", None)
    if table:
        for start, end, column in _cells_by_column(text, passage):
            yield Unit(
                passage.record, start, end, text[start:end], passage, case, None, "", None, column
            )


def label_of(text: str, unit: Unit) -> str:
    """Folded: the first cells of the row a unit stands in; elsewhere the section's heading."""
    if not unit.in_table:
        title = level(unit.case.title)[:90] if unit.case else ""
        return fold(unit.passage.heading.rpartition(title)[2] if title else unit.passage.heading)
    row_start = text.rfind("\n", 0, unit.start) + 1
    before = text[row_start : unit.start]
    if unit.column is not None:
        first = _TAG.sub(" ", before).strip().split("\t")[0]
        return fold(first)[:60] + fold(_TAG.sub(" ", text[slice(*unit.column)]))[:60]
    if not before.strip():  # a row without a label goes on with the row above
        above = text.rfind("\n", 0, max(0, row_start - 1)) + 1
        before = text[above:row_start].split("\t")[0]
    return fold(_TAG.sub(" ", before))[:60]


def unticked(text: str, start: int) -> bool:
    """Whether what begins there stands behind a box that nobody ticked."""
    before = text[max(0, start - 90) : start + 1]
    box = list(_BOX.finditer(before))
    if not box or re.search(r"[\n\t]", before[box[-1].end() :]):
        return False
    return "□" in box[-1][0] or (box[-1][0].startswith("<") and "checked" not in box[-1][0])


_BOX = re.compile(r"[□☐■☑☒✓]|<input[^<>]{0,80}>")


def near(text: str, unit: Unit) -> str:
    """Folded: what a unit goes on from: the sentences before it in its passage, the short lines
    above a paragraph."""
    first = max(unit.passage.start, unit.start - _NEAR)
    before = text[first : unit.start]
    if unit.role is None and not unit.in_table:
        rows = text[max(0, first - _NEAR) : first].split("\n")[1:]
        before = "\n".join([*(row for row in rows if len(row) <= 40), before])
    return fold(_TAG.sub(" ", before + text[unit.end : min(unit.passage.end, unit.end + 60)]))


def _closed(text: str, end: int) -> int:
    """The end of a speech; where it breaks off at a comma, that of the sentence it broke off in."""
    if text[end - 1] != "、":
        return end
    stop = text.find("。", end, end + _WINDOW)
    return stop + 1 if stop >= 0 else end


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A speech as one unit where it is short, else its sentences, short ones two together."""
    if end - start <= _WINDOW:
        yield start, end
        return
    spans = list(sentences(text, start, end))
    for index, (left, right) in enumerate(spans):
        if right - left < 60 and index + 1 < len(spans) and spans[index + 1][1] - left <= _WINDOW:
            right = spans[index + 1][1]
        yield left, right


def _items(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """The sentences and list items of a passage; a wrapped row joins the one above it."""
    start: int | None = None
    end = passage.start
    for row in re.compile(r"[^\n]+").finditer(text, passage.start, passage.end):
        piece = row.group()
        stripped = piece.strip(" \t\r\u3000")
        if not stripped:
            continue
        left = row.start() + piece.index(stripped)
        right = left + len(stripped)
        blank = text.count("\n", end, left) > 1 and not (start is not None and _goes_on(text, end))
        previous = text[end - 1] if start is not None else ""
        heads = (
            start is not None
            and numbering(text[start:end]) is not None
            and end - start <= 60
            and previous != "。"
            and not (blank and "\n" in text[start:end])
            and not _begins_item(stripped)
            and len(stripped) <= 160
        )  # an item that only names what the next row tells: (5) …の情報 / 住所、氏名
        if (
            start is not None
            and not heads
            and (blank or previous in "。」）)" or _begins_item(stripped))
        ):
            yield from _sentences_or_whole(text, start, end)
            start = None
        if start is None:
            start = left
        end = right
    if start is not None:
        yield from _sentences_or_whole(text, start, end)


def _goes_on(text: str, end: int) -> bool:
    """Whether a row is so long, and ends so openly, that its sentence goes on after a blank row."""
    row = fold(text[text.rfind("\n", 0, end) + 1 : end])
    return len(row) >= 26 and not row.endswith(tuple("。」』)―-:〕】]"))


def _begins_item(row: str) -> bool:
    return bool(numbering(row)) or bool(re.match(r"^[※●○■□◆◇→⇒・\-—(（【〈<]", row))


def _sentences_or_whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= 90:
        yield start, end
    else:
        yield from _windows(text, start, end)


def _rows(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """The rows of a table; a row too long to read at once by its cells and their sentences."""
    for row in re.compile(r"[^\n]+").finditer(text, passage.start, passage.end):
        piece = row.group().strip(" \t\r\u3000")
        if not piece:
            continue
        left = row.start() + row.group().index(piece)
        right = left + len(piece)
        if right - left <= _LONGEST_ROW and not _TAG.search(piece):
            yield left, right
            continue
        at = left
        for gap in re.compile(r"\t+|<[^<>]{1,80}>").finditer(text, left, right):
            yield from _cell(text, at, gap.start())
            at = gap.end()
        yield from _cell(text, at, right)


def _cell(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    stripped = piece.strip(" \t\r\n\u3000|")
    if len(stripped) < 2:
        return
    left = start + piece.index(stripped)
    yield from _sentences_or_whole(text, left, left + len(stripped))


def _cells_by_column(
    text: str, passage: Passage
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """The short cells of rows with several, each with the span of the head of its column.

    The head is the nearest cell above, in the same column, that is words and no figure.
    """
    for row in re.compile(r"[^\n]+").finditer(text, passage.start, passage.end):
        start = text.rfind("\n", 0, row.start()) + 1
        end = text.find("\n", start)
        cells = _cells(text, start, end if end >= 0 else len(text))
        filled = [n for n, (a, b) in enumerate(cells) if b > a]
        if len(filled) < 3 or end - start > 600:
            continue
        above = _rows_above(text, start)
        for n in filled[1:]:
            a, b = cells[n]
            outside = a < passage.start or b > passage.end
            if outside or b - a > 40 or not re.search(r"\d", text[a:b]):
                continue
            heads = (
                _head(text, cells_above[n])
                for cells_above in above
                if n < len(cells_above) and len(cells_above) == len(cells)
            )
            head = next((span for span in heads if span is not None), None)
            if head is not None:
                yield a, b, head


def _head(text: str, cell: tuple[int, int]) -> tuple[int, int] | None:
    """The words of a cell that may head a column: its first piece between tags, without figures."""
    at = cell[0]
    for gap in [*_TAG.finditer(text, *cell), None]:
        a, b = at, gap.start() if gap else cell[1]
        piece = text[a:b]
        words = piece.strip()
        if len(words) >= 2 and not _VALUE.fullmatch(words):
            left = a + piece.index(words)
            return left, left + min(len(words), 60)
        at = gap.end() if gap else at
    return None


# a figure or a day of a row above heads no column
_VALUE = re.compile(
    r"[約\d,.，．\s]+\D{0,3}(?:/\S{1,3})?"
    r"|(?:令和|平成|昭和|[RHS])?[\d元][\d元年月日./\s]*(?:[(（]\S[)）])?"
)


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a row's cells between tabs, trimmed; empty ones as empty spans."""
    cells, at = [], start
    for piece in text[start:end].split("\t"):
        stripped = piece.strip(" \r\u3000")
        left = at + (piece.index(stripped) if stripped else 0)
        cells.append((left, left + len(stripped)))
        at += len(piece) + 1
    return cells


def _rows_above(text: str, start: int) -> list[list[tuple[int, int]]]:
    """The cells of the rows above, nearest first, as far as the table goes."""
    found: list[list[tuple[int, int]]] = []
    while start > 0 and len(found) < _COLUMN_HEADS * 8:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        if "\t" not in text[start:end]:
            break
        found.append(_cells(text, start, end))
    return found
