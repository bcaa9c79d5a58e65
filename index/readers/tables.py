"""A table's cells -> lines of text: one row a line, its cells parted by tabs.

That is the form in which `index/text/lines.py` knows cells. A value that spans rows is said in each of them,
so that every row tells what it belongs to. A row that is layout rather than data (a label beside the
whole of the minutes) becomes paragraphs again.

The paragraphs of a cell are strings, or whatever else has a length (`layout.py` has characters with
their places): what is returned are lists of them and of the strings that stand between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Sized)

_REPEATED = 40  # characters at most, of a value that is said again in every row it spans
_MANY, _MUCH, _TEXT = 4, 200, 1500  # paragraphs and characters from which a cell is no datum
_WIDEST = 500  # columns; what is said to span more is a mistake of the program that wrote it


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A cell: its paragraphs, and how many rows down and columns across it reaches."""

    paragraphs: tuple[T, ...]
    down: int = 1
    across: int = 1


def table_lines(rows: Sequence[Sequence[Cell[T]]]) -> Iterator[list[T | str]]:
    """The lines of a table, each a list of paragraphs and separators; rows without text are left out."""
    for columns in _columns(rows):
        filled = [paragraphs for paragraphs in columns if paragraphs]
        if not filled:
            continue
        if any(_is_layout(paragraphs, len(filled)) for paragraphs in filled):
            yield from _paragraphs(filled)
            continue
        line: list[T | str] = []
        while columns and not columns[-1]:
            columns.pop()
        for number, paragraphs in enumerate(columns):
            line += ["\t"] if number else []
            for at, paragraph in enumerate(paragraphs):
                line += ["\u3000", paragraph] if at else [paragraph]
        yield line


def text_lines(rows: Sequence[Sequence[Cell[str]]]) -> list[str]:
    """The lines of a table whose paragraphs are strings."""
    return ["".join(line) for line in table_lines(rows)]


def _is_layout(paragraphs: Sequence[T], cells: int) -> bool:
    size = sum(map(len, paragraphs))
    if cells <= 2:
        return len(paragraphs) > _MANY or (len(paragraphs) > 1 and size > _MUCH)
    return len(paragraphs) > 2 and size > _TEXT


def _paragraphs(cells: Sequence[Sequence[T]]) -> Iterator[list[T | str]]:
    """The cells one after the other: short ones on one line, long ones a line for each paragraph."""
    line: list[T | str] = []
    for paragraphs in cells:
        if len(paragraphs) == 1:
            line += ["\t", paragraphs[0]] if line else [paragraphs[0]]
            continue
        if line:
            yield line
        line = []
        for paragraph in paragraphs:
            yield [paragraph]
    if line:
        yield line


def _columns(rows: Sequence[Sequence[Cell[T]]]) -> Iterator[list[Sequence[T]]]:
    """The paragraphs by column, row after row; a cell that reaches down stands in every row."""
    above: dict[int, tuple[int, Sequence[T]]] = {}  # column -> rows still to go, what to say there
    for row in rows:
        columns: dict[int, Sequence[T]] = {}
        below: dict[int, tuple[int, Sequence[T]]] = {}
        at = 0
        for cell in row:
            while at in above:
                at += 1
            across = max(1, min(cell.across, _WIDEST))
            columns[at] = cell.paragraphs
            if cell.down > 1:
                short = sum(map(len, cell.paragraphs)) <= _REPEATED
                for column in range(at, at + across):
                    said = cell.paragraphs if short and column == at else ()
                    below[column] = (cell.down - 1, said)
            at += across
        for column, (left, paragraphs) in above.items():
            columns.setdefault(column, paragraphs)
            if left > 1:
                below.setdefault(column, (left - 1, paragraphs))
        above = below
        yield [columns.get(column, ()) for column in range(max(columns, default=-1) + 1)]
