"""Pages -> a record's text and the span of each: what PDF and pictures have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.readers.layout import text_of
from index.readers.sheets import Placed, Sheet, place_of
from index.records import Page, Reading
from index.refusals import Fault, RecordError


def reading_of(path: Path, sheets: Iterable[Sheet]) -> Reading:
    """The text of the pages. Raises RecordError where there is none because nothing can read pictures."""
    placed, spans = text_of(sheets)
    pages = tuple(
        Page(
            sheet.number, start, end, sheet.machine, sheet.unread, sheet.filled,
            tuple(_unsure(placed, sheet, start, end)), sheet.missed,
        )
        for sheet, start, end in spans
    )  # fmt: skip
    if not placed.text.strip() and any(page.unread for page in pages):
        raise RecordError(path, Fault.NO_OCR)
    return Reading(placed.text, pages)


def _unsure(placed: Placed, sheet: Sheet, start: int, end: int) -> Iterator[int]:
    for at in range(start, end) if sheet.unsure else ():
        box = placed.box(at)
        if box is not None and place_of(box.left, box.top) in sheet.unsure:
            yield at
