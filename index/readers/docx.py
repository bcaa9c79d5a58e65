"""Word: what stands in the body, in order: paragraphs with their numbers, tables, text boxes, footnotes.

Left out: headers and footers, comments, what is deleted or hidden, and readings above kanji.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from index.readers.numbering import Numbering
from index.readers.package import broken_if_not_opened, check_package
from index.readers.tables import Cell, text_lines
from index.records import Progress, Reading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What a program or a reviewer keeps in the text, and a reader does not see.
_UNSEEN = {
    f"{_W}{name}"
    for name in (
        "del moveFrom instrText delText rt commentReference pPr rPr sectPr tblPr trPr tcPr sdtPr"
    ).split()
}
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
# Wingdings that forms are made with; anything else of such fonts is an ornament.
_SYMBOLS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0xA8: "□", 0xFC: "✓", 0xFE: "☑", 0xFD: "☒",
    0xE0: "→", 0xE8: "⇒", 0xF0: "⇒", 0x76: "◆", 0x75: "◆", 0xA1: "○", 0xA2: "○",
}  # fmt: skip
_TWIPS = 210  # a character of 10.5 points, the usual size, in twentieths of a point
_DEEPEST = 6  # characters of indent that are kept


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The file's text; Word keeps no pages. Raises RecordError."""
    check_package(path)
    with broken_if_not_opened(path), path.open("rb") as file:
        document = docx.Document(file)
    parts = {
        part.reltype: part.target_part
        for part in document.part.rels.values()
        if not part.is_external
    }
    numbering = parts.get(RELATIONSHIP_TYPE.NUMBERING)
    footnotes = parts.get(RELATIONSHIP_TYPE.FOOTNOTES)
    body = _Body(
        Numbering(getattr(numbering, "element", None), document.styles.element),
        parse_xml(footnotes.blob) if footnotes is not None else None,
    )
    return Reading("\n".join(body.blocks(document.element.body)) + "\n")


class _Body:
    """Walks the body once, from its first element to its last: numbers are counted on the way."""

    def __init__(self, numbering: Numbering, footnotes: Any) -> None:
        self._numbering = numbering
        self._footnotes = {
            note.get(f"{_W}id"): note for note in (footnotes if footnotes is not None else ())
        }
        self._waiting: list[str] = []  # text boxes and footnotes of the paragraph at hand

    def blocks(self, parent: Any) -> Iterator[str]:
        """The lines of everything that stands in an element."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from text_lines(list(self._rows(child)))
            elif child.tag in _UNSEEN or child.tag == _FALLBACK or not isinstance(child.tag, str):
                continue
            else:  # content controls and the like hold what stands in them
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        number = self._numbering.of(paragraph)
        text = "".join(self._pieces(paragraph))
        waiting, self._waiting = self._waiting, []
        if not text.strip():
            yield ""
        else:
            lines = text.split("\n")
            indent = "\u3000" * _indent(paragraph)
            yield indent + number + lines[0].strip("\t")
            yield from (indent + line.strip("\t") for line in lines[1:])
        yield from waiting

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == f"{_W}sym":
                yield _symbol(child.get(f"{_W}char") or "")
            elif tag == f"{_W}r" and _is_hidden(child):
                continue
            elif tag == f"{_W}footnoteReference":
                note = self._footnotes.get(child.get(f"{_W}id"))
                if note is not None:
                    self._waiting += [line for line in self._inner(note) if line.strip()]
            elif tag == f"{_W}txbxContent":
                self._waiting += self._inner(child)
            elif tag == f"{_W}checkBox":
                checked = child.find(f"{_W}checked")
                default = child.find(f"{_W}default")
                state = checked if checked is not None else default
                yield "■" if state is not None and state.get(f"{_W}val", "1") != "0" else "□"
            elif tag in _UNSEEN or tag == _FALLBACK or not isinstance(tag, str):
                continue
            else:
                yield from self._pieces(child)

    def _inner(self, element: Any) -> list[str]:
        """The lines within a paragraph's text box or footnote."""
        outer, self._waiting = self._waiting, []
        lines = list(self.blocks(element))
        self._waiting = outer
        return lines

    def _rows(self, table: Any) -> Iterator[list[Cell[str]]]:
        """The cells of each row; Word marks the rest of a cell that spans rows, which here is counted."""
        rows = [
            [(column, across, merge, cell) for column, across, merge, cell in _cells(row)]
            for row in _within(table, f"{_W}tr")
        ]
        for number, row in enumerate(rows):
            cells: list[Cell[str]] = []
            at = 0
            for column, across, merge, cell in row:
                lines = tuple(
                    line.strip("\u3000 ").replace("\t", "\u3000")
                    for line in self.blocks(cell)
                    if line.strip()
                )
                if merge == "continue" and number and _reached(rows[number - 1], column):
                    at = column + across
                    continue
                if column > at:
                    cells.append(Cell((), across=column - at))
                down = 1
                while merge and number + down < len(rows) and _goes_on(rows[number + down], column):
                    down += 1
                cells.append(Cell(lines, down, across))
                at = column + across
            yield cells


def _cells(row: Any) -> Iterator[tuple[int, int, str, Any]]:
    """Of each cell of a row: its column, its width in columns, its vertical merge, its element."""
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    column = int(before.get(f"{_W}val", "0")) if before is not None else 0
    for cell in _within(row, f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        across = int(span.get(f"{_W}val", "1")) if span is not None else 1
        merge = "" if merged is None else merged.get(f"{_W}val", "continue")
        yield column, across, merge, cell
        column += across


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """The children of that tag, those inside content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _within(child, tag)


def _goes_on(row: list[tuple[int, int, str, Any]], column: int) -> bool:
    return any(at == column and merge == "continue" for at, _, merge, _ in row)


def _reached(row: list[tuple[int, int, str, Any]], column: int) -> bool:
    """Whether a cell of the row above spans down from this column."""
    return any(at == column and merge for at, _, merge, _ in row)


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false")


def _symbol(code: str) -> str:
    return _SYMBOLS.get(int(code, 16) & 0xFF, "・") if re.fullmatch("[0-9A-Fa-f]+", code) else ""


def _indent(paragraph: Any) -> int:
    """How many characters the first line is set in: a reply is told by it."""
    ind = paragraph.find(f"{_W}pPr/{_W}ind")
    if ind is None:
        return 0

    def length(characters: str, twips: str) -> float:
        for name, unit in ((characters, 100), (twips, _TWIPS)):
            value = ind.get(f"{_W}{name}")
            if value and re.fullmatch(r"-?[0-9]+", value) and int(value):
                return int(value) / unit
        return 0

    left = length("leftChars", "left") or length("startChars", "start")
    first = length("firstLineChars", "firstLine") - length("hangingChars", "hanging")
    return max(0, min(_DEEPEST, round(left + first)))
