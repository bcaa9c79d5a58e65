"""Lines -> lines, cut in two where one row holds two: items of an agenda, the end of one matter and the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.japanese import fold
from index.matters.agendas import AGENDA_LABEL
from index.matters.lists import LONG_ROW, label_beside
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.titles import LONGEST_HEADING

# a sentence that brings up another matter after others on its line
_NEXT_MATTER = re.compile(
    r"。(?=[ \t\u3000]*(?:(?:それでは|では|次に|次は|続いて|続きまして|引き続き|最後に?)、?)?"
    r"(?:(?:議題|議事|案件|議案|諮問|報告|資料|審議事項|議|報|諮)(?:案件|事項|番号)?の?第?[ \u3000]*[(（]?[0-9０-９]{1,3}[)）]?号?|[(（][0-9０-９]{1,2}[)）])"
    r"(?:[^。]{0,160}?(?:議題と|に(?:移|入)|説明|お願い|願い|を審議|報告|ございます|取り?下げ)|(?:です)?。[ \t\u3000]*$))"
)
_NEXT_ITEM = re.compile(
    r"(?<=[ \t\u3000])(?=(?:[0-9０-９]{1,2}[.．、]|[(（][0-9０-９]{1,2}[)）]|[①-⑳])[ \u3000]*[^\s0-9０-９(（)）.．、])"
)


def parted(lines: Sequence[Line]) -> list[Line]:
    """The lines; an agenda that stands in one row (次第 １．開会　２．議事) is cut into its items, and those
    on which a chair ends one matter and brings up the next are cut between the two."""
    found: list[Line] = []
    number_ = 0  # of the last item of an agenda that stands in one row, which may be wrapped
    for line in lines:
        items = list(_items_beside(line)) or (list(_items_on(line, number_)) if number_ else [])
        if items:
            found += items
            number_ = _number_of(items[-1])
            continue
        if number_ and (line.row > found[-1].row + 2 or len(line.key) < LONG_ROW):
            number_ = 0
        if "。" not in line.text or len(line.text) > LONGEST_HEADING:
            found.append(line)
            continue
        at = 0
        for gap in _NEXT_MATTER.finditer(line.text):
            found.append(_cut(line, at, gap.end()))
            at = gap.end()
        found.append(_cut(line, at, len(line.text)) if at else line)
    return found


def _items_beside(line: Line) -> Iterator[Line]:
    """The items of a list that stands in the row of its label, if the line is one of two at least."""
    if len(line.text) > LONGEST_HEADING or line.text.endswith("。"):
        return
    beside = _label_beside(line.text)
    if beside is None or not AGENDA_LABEL.match(beside[0]):
        return
    marks = list(_NEXT_ITEM.finditer(line.text, beside[1]))
    if marks or len(line.key) >= LONG_ROW:
        yield from _cut_at(line, [mark.start() for mark in marks if mark.start() > beside[1]])


def _label_beside(text: str) -> tuple[str, int] | None:
    """The label that stands in one row with the first item of its list, perhaps behind a number (4. 議題：(1) …),
    and where the item begins."""
    mark = numbering(text)
    at = mark[2] if mark else 0
    beside = label_beside(text[at:]) if at else label_beside(text)
    return (beside[0], beside[1] + at) if beside else None


def _items_on(line: Line, before: int) -> Iterator[Line]:
    """The items on a row that goes on with an agenda in one row, whose last item has the number `before`."""
    marks: list[int] = []
    for at in (0, *(mark.start() for mark in _NEXT_ITEM.finditer(line.text))):
        written = numbering(line.text[at:])
        if written and written[1] == before + len(marks) + 1:
            marks.append(at)
    if marks:
        yield from _cut_at(line, marks[1:] if marks[0] == 0 else marks)


def _cut_at(line: Line, places: Sequence[int]) -> Iterator[Line]:
    for start, end in pairwise([0, *places, len(line.text)]):
        yield _cut(line, start, end)


def _number_of(item: Line) -> int:
    """The number of an item, behind its label if it is the first."""
    beside = _label_beside(item.text)
    mark = numbering(item.text[beside[1] :] if beside else item.text)
    return mark[1] if mark else 0


def _cut(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip(" \t\u3000")
    start += line.start + len(text) - len(text := text.lstrip(" \t\u3000"))
    return replace(line, start=start, end=start + len(text), text=text, key=fold(text))
