"""Paragraphs with footnotes -> a Word file. The only file that imports python-docx.

python-docx writes no footnotes, so their part is made here, after ISO/IEC 29500-1, 17.11.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

SERIF, SANS = "ＭＳ 明朝", "ＭＳ ゴシック"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# what XML 1.0 cannot hold; a record may
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Kind(StrEnum):
    """How a paragraph is set."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the footnotes at its end."""

    kind: Kind
    text: str
    notes: tuple[str, ...] = ()


def word_file(paragraphs: Sequence[Paragraph]) -> bytes:
    """The bytes of a .docx, A4, in a Japanese font, its footnotes real ones."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    _set_font(document, "Normal", SERIF, Pt(10.5))
    for name, size in (("Title", Pt(14)), ("Heading 1", Pt(11)), ("List Bullet", Pt(10.5))):
        _set_font(document, name, SERIF if name == "List Bullet" else SANS, size)
    styles = {Kind.TITLE: "Title", Kind.HEADING: "Heading 1", Kind.ITEM: "List Bullet"}
    notes: list[str] = []
    for paragraph in paragraphs:
        made = document.add_paragraph(_legal(paragraph.text), style=styles.get(paragraph.kind))
        for number, note in enumerate(paragraph.notes):
            notes.append(_legal(note))
            _refer(made, _FIRST_NOTE + len(notes) - 1, after_another=number > 0)
    if notes:
        _add_footnotes(document, notes)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _set_font(document: WordDocument, style: str, font: str, size: int) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor
    from docx.styles.style import ParagraphStyle

    found = document.styles[style]
    assert found.type is WD_STYLE_TYPE.PARAGRAPH
    assert isinstance(found, ParagraphStyle)
    found.font.name, found.font.size = font, size
    found.font.color.rgb = RGBColor(0, 0, 0)
    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), font)


# 0 and 1 are the separators that the format wants
_FIRST_NOTE = 2


def _refer(paragraph: WordParagraph, number: int, *, after_another: bool) -> None:
    """The mark of a footnote, at the paragraph's end."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run("," if after_another else "")
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _add_footnotes(document: WordDocument, notes: Sequence[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    fonts = (
        f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}"/><w:sz w:val="17"/>'
    )
    tight = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    bodies = "".join(
        f'<w:footnote w:id="{number}"><w:p>{tight}<w:r><w:rPr>{fonts}'
        '<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f"<w:r><w:rPr>{fonts}</w:rPr>"
        f'<w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, start=_FIRST_NOTE)
    )
    separators = "".join(
        f'<w:footnote w:type="{name}" w:id="{number}"><w:p>{tight}<w:r><w:{name}/></w:r></w:p>'
        "</w:footnote>"
        for number, name in enumerate(("separator", "continuationSeparator"))
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_MAIN}">{separators}{bodies}</w:footnotes>'
    )
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT, xml.encode(), package)
    document.part.relate_to(part, _FOOTNOTES)
