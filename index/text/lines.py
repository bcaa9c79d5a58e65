"""Record text -> lines: the smallest pieces of layout, each with its span.

A line of the file is not yet a line of the page: table rows hold cells (tabs, pipes), PDF-to-text
tools leave `<p>` and `<br>`, and some records stand on one line altogether. What is returned are
spans of the text; the text is never changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.japanese import fold, regular

_ROW = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_TAG = r"<br\s*/?>|</?(?:p|ul|ol|li|div|td|th|tr|table)(?:\s[^<>]*)?>"
# each way begins with a character of its own: so `re` finds the places to try at once
_CELL = re.compile(rf"\t\t*|{_TAG}|\|(?<!\S\|)(?=\s)|\|$", re.IGNORECASE)
# a row between pipes: every pipe parts cells
_PIPED = re.compile(rf"\t\t*|{_TAG}|\|", re.IGNORECASE)
_MARKDOWN = re.compile(r"#{1,6}[ \u3000]+(?=\S)")
# Where a record has lost its line ends, the marks that began its lines are what is left.
_MARKS = "○〇●◯◎◆◇■□▼▽※⇒"
_LOST_BREAK = re.compile(
    r"(?<=[ \u3000。)）])(?:"
    rf"(?=[{_MARKS}・](?![ \u3000]{{0,2}}[{_MARKS}])\S)"
    r"|(?<=[ \u3000]{2})(?=\S)"
    r"|(?<=。)[ \u3000]*(?=[【〈<《])"
    # the labels of a header
    rf"|(?<=[ \u3000])(?<![{_MARKS}][ \u3000])(?=[{_MARKS}]?[ \u3000]?(?:開[ \u3000]?催[ \u3000]?)?(?:日[ \u3000]?時|場[ \u3000]?所|会[ \u3000]?場|時[ \u3000]?間"
    r"|日[:：]|議[ \u3000]?題|議[ \u3000]?事)[ \u3000:：])"
    rf"|(?<=[ \u3000])(?=[{_MARKS}][ \u3000]?(?:出席|傍聴|会議|次回))"
    r"|(?<=\S[ \u3000])(?=(?:[0-9０-９]{1,2}"
    r"|[(（][0-9０-９]{1,2}[)）])[ \u3000.．]?[^\s0-9０-９年月日時分人名件万円%％:：階号条項点~～]))"
)
_LONG = 120
# What falls into so many and such small pieces is no table, and no text that lost its line ends.
_MANY, _SMALL = 1000, 12
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a row: `text[start:end]` made `regular`, white space trimmed, and its folded key.

    The marks of Markdown are left out: `#` before a heading of the piece, `**` of the key.
    `row` counts the rows of the file (empty ones too), `cell` the cells in the row; `indent` is the white space
    before the piece, in characters, beyond the margin that all rows have.
    """

    start: int
    end: int
    row: int
    cell: int
    indent: int
    text: str
    key: str

    @property
    def alone(self) -> bool:
        """Whether the line may be a heading: short, and not a sentence."""
        return len(self.key) <= 60 and not self.key.endswith(("。", "、", ","))


class Spans:
    """Parts of a text that do not overlap, to be asked for a character."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(set(spans))

    def hold(self, offset: int) -> bool:
        """Whether the character at `offset` stands in one of them."""
        at = bisect_right(self._spans, offset, key=_start) - 1
        return at >= 0 and offset < self._spans[at][1]


def _start(span: tuple[int, int]) -> int:
    return span[0]


def lines(text: str) -> list[Line]:
    """All lines of `text` that hold anything but white space and tags, in order."""
    text = regular(text)
    found: list[Line] = []
    number, counted = 0, 0
    for row in _ROW.finditer(text):
        first = row.start()
        number += text.count("\n", counted, first) or text.count("\r", counted, first)
        counted = first
        written = row.group()
        if len(written) <= _LONG and not ("\t" in written or "|" in written or "<" in written):
            line = _line(written, first, number, 0)  # as most rows are
            if line is not None:
                found.append(line)
            continue
        for cell, (begin, end) in enumerate(_pieces(text, row)):
            for left, right in _split_long(text, begin, end):
                line = _line(text[left:right], left, number, cell)
                if line is not None:
                    found.append(line)
    margin = min((line.indent for line in found if line.cell == 0), default=0)
    return (
        [replace(line, indent=max(0, line.indent - margin)) for line in found] if margin else found
    )


_SPACES = " \t\u3000"


def _line(piece: str, start: int, row: int, cell: int) -> Line | None:
    """The line that a piece of a row is, if it holds anything but white space and tags."""
    text = piece.strip(_SPACES)
    if not text:
        return None
    if text[0] == "<" and "<input" not in text and not _HTML.sub("", text).strip():
        return None
    indent = len(piece) - len(piece.lstrip(_SPACES))
    start += indent
    if text[0] == "#":
        hashes = _MARKDOWN.match(text)
        if hashes:
            start, text = start + hashes.end(), text[hashes.end() :]
    key = fold(text)
    if "**" in key:
        key = key.replace("**", "")
    return Line(start, start + len(text), row, cell, indent, text, key)


def _pieces(text: str, row: re.Match[str]) -> list[tuple[int, int]]:
    """The spans of a row's cells."""
    written = row.group().strip(_SPACES)
    if not ("\t" in written or "|" in written or "<" in written):
        return [row.span()]
    start = row.start()
    pieces: list[tuple[int, int]] = []
    piped = written[0] == "|" and written[-1] == "|"
    for gap in (_PIPED if piped else _CELL).finditer(text, row.start(), row.end()):
        if gap.start() > row.start() or gap.group() != "|":
            pieces.append((start, gap.start()))
        start = gap.end()
    pieces.append((start, row.end()))
    return [row.span()] if _crumbles(len(pieces), row.end() - row.start()) else pieces


def _crumbles(pieces: int, characters: int) -> bool:
    return pieces > _MANY and characters < _SMALL * pieces


def _split_long(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A piece as it is, or, where it is too long for a line of a page, broken at its marks."""
    if end - begin <= _LONG:
        yield begin, end
        return
    start = begin
    gaps = list(_LOST_BREAK.finditer(text, begin, end))
    if _crumbles(len(gaps), end - begin):
        yield begin, end
        return
    for gap in gaps:
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end() if gap.end() > gap.start() else gap.start()
    yield start, end
