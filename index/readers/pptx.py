"""PowerPoint: each slide a page: its shapes from top to bottom, then the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.oxml import parse_xml

from index.readers.package import broken_if_not_opened, check_package
from index.readers.tables import Cell, text_lines
from index.records import Page, Progress, Reading

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
# What stands on every slide and says nothing of it: the slide's number, the date, the footer.
_OF_EVERY_SLIDE = {"sldNum", "dt", "ftr"}
_NEAR = 150_000  # EMU, some 4 mm: shapes whose tops differ by less stand side by side


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The text of the slides that are shown, each a page, with its notes. Raises RecordError."""
    check_package(path)
    with broken_if_not_opened(path), path.open("rb") as file:
        return _reading(pptx.Presentation(file))


def _reading(show: Any) -> Reading:
    text = ""
    pages = []
    for number, slide in enumerate(show.slides, start=1):
        if slide.element.get("show") == "0":
            continue
        lines = list(_shapes(slide.shapes))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = [line for line in _lines(slide.notes_slide.notes_text_frame) if line.strip()]
            lines += ["", *notes] if notes else []
        start = len(text)
        if any(line.strip() for line in lines):
            text += "\n".join(lines).strip("\n") + "\n\n"
            pages.append(Page(number, start, len(text)))
    return Reading(text, tuple(pages))


def _shapes(shapes: Any) -> Iterator[str]:
    for shape in sorted(shapes, key=_place):
        if shape.is_placeholder and shape.element.ph.get("type") in _OF_EVERY_SLIDE:
            continue
        if hasattr(shape, "shapes"):  # a group
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_table", False):
            yield from text_lines(list(_rows(shape.table)))
        elif shape.has_text_frame:
            yield from _lines(shape.text_frame)
        else:
            yield from _diagram(shape)


def _place(shape: Any) -> tuple[bool, int, int]:
    """The title first, then from top to bottom, and from left to right."""
    title = shape.is_placeholder and shape.element.ph.get("type") in ("title", "ctrTitle")
    return not title, (shape.top or 0) // _NEAR, shape.left or 0


def _lines(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        text = paragraph.text.replace("\v", "\n")
        indent = "\u3000" * min(paragraph.level, 6)
        yield from (indent + line for line in text.split("\n"))


def _rows(table: Any) -> Iterator[list[Cell[str]]]:
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if cell.is_spanned:  # counted with the cell that reaches here
                continue
            lines = tuple(line.strip() for line in _lines(cell.text_frame) if line.strip())
            down, across = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
            cells.append(Cell(lines, down, across))
        yield cells


def _diagram(shape: Any) -> Iterator[str]:
    """The words of a diagram, which lie in a part of their own."""
    for relation in shape.element.iter(_DIAGRAM):
        part = shape.part.related_part(relation.get(_DATA))
        for paragraph in parse_xml(part.blob).iter(f"{_A}p"):
            words = "".join(run.text or "" for run in paragraph.iter(f"{_A}t"))
            if words.strip():
                yield words
