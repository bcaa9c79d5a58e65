"""A text record -> the same record as Word, Excel, PowerPoint, HTML, PDF and scan, as councils publish them.

    python scripts/make_formats.py RECORD.txt FOLDER

Lines become paragraphs, rows with tabs become tables. Word makes the others by LibreOffice (soffice);
the scan is the PDF's pages as pictures. The tests read them back and expect the same cases.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import numpy as np
import openpyxl
import pptx
import pypdfium2 as pdfium
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image, ImageFilter

FONT = "Noto Sans CJK JP"


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """The record's lines; consecutive rows with tabs as one table, without its empty columns.

    What tools have left of HTML becomes what it stood for: line ends, and boxes ticked or not.
    """
    text = re.sub(r"<input[^>]*checked[^>]*>", "■", text)
    text = re.sub(r"<input[^>]*>", "□", text)
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text.replace("\t", "\x7f")).replace("\x7f", "\t")
    for is_table, group in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if not is_table:
            yield from group
            continue
        rows = [
            [
                re.sub(r"[ \u3000]*(?:<[a-zA-Z/][^<>]*>[ \u3000]*)+", "\n", cell).strip("\n")
                for cell in row.split("\t")
            ]
            for row in group
        ]
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        used = [column for column in range(width) if any(row[column].strip() for row in rows)]
        yield [[row[column] for column in used] for row in rows]


def make_docx(text: str, path: Path) -> None:
    """As Word: A4, 10.5 points, a running head and a page number."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.size = Pt(10.5)
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    document.sections[0].header.paragraphs[0].text = "会議録（案）"
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(map(len, block))
        table = document.add_table(0, width)
        table.style = "Table Grid"
        for row in block:
            fill(table.add_row(), row)
    document.save(str(path))


def fill(into: Any, row: list[str]) -> None:
    """Put words into a row of a Word table; what is empty belongs to the cell on its left, as in forms."""
    cells = list(into.cells)
    for column, words in enumerate(row):
        if words.strip() or column == 0:
            across = next(
                (n for n, w in enumerate(row[column + 1 :], 1) if w.strip()), len(row) - column
            )
            cells[column].text = words
            cells[column]._tc.grid_span = across
            for spare in cells[column + 1 : column + across]:
                into._tr.remove(spare._tc)


def make_xlsx(text: str, path: Path) -> None:
    """As Excel: a line a row, a cell a column."""
    book = openpyxl.Workbook()
    sheet = book.active
    for block in blocks(text):
        for row in [[block]] if isinstance(block, str) else block:
            sheet.append([f"'{cell}" if cell.startswith("=") else cell for cell in row])
    book.save(path)


def make_pptx(text: str, path: Path) -> None:
    """As PowerPoint: twelve lines a slide, tables on slides of their own."""
    show = pptx.Presentation()
    lines: list[str] = []

    def flush() -> None:
        for start in range(0, len(lines), 12):
            slide = show.slides.add_slide(show.slide_layouts[6])
            frame = slide.shapes.add_textbox(0, 0, show.slide_width, show.slide_height).text_frame
            frame.text = "\n".join(lines[start : start + 12])
        lines.clear()

    for block in blocks(text):
        if isinstance(block, str):
            lines.append(block)
            continue
        flush()
        slide = show.slides.add_slide(show.slide_layouts[6])
        width = max(map(len, block))
        shape = slide.shapes.add_table(len(block), width, 0, 0, show.slide_width, show.slide_height)
        for number, row in enumerate(block):
            for column, words in enumerate(row):
                shape.table.cell(number, column).text = words
    flush()
    show.save(str(path))


def make_html(text: str, path: Path, encoding: str = "cp932") -> None:
    """As a city's page: menus, a path, the record, a footer; in Shift_JIS."""
    parts = ["<p>"]
    for block in blocks(text):
        if isinstance(block, str):
            parts.append(f"{html.escape(block, quote=False)}<br>" if block.strip() else "</p><p>")
            continue
        parts.append("</p><table>")
        for row in block:
            cells = (html.escape(cell, quote=False).replace("\n", "<br>") for cell in row)
            parts.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        parts.append("</table><p>")
    page = f"""<!DOCTYPE html><html lang="ja"><head><meta charset="Shift_JIS"><title>会議録</title></head><body>
<header><a href="/">トップ</a></header>
<nav><ul><li><a>くらし</a><li><a>子育て</a><li><a>防災</a></ul></nav>
<div id="breadcrumb"><a>トップ</a> &gt; <a>審議会</a></div>
<div id="contents">{chr(10).join(parts)}</div>
<footer>市役所 電話番号 000-0000</footer></body></html>"""
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))


def convert(paths: list[Path], kind: str, folder: Path) -> None:
    """The files converted by LibreOffice, into the folder."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SystemExit("LibreOffice (soffice) is not installed.")
    with (
        tempfile.TemporaryDirectory() as profile
    ):  # its own, so that root may run it, twice at once
        command = [
            *(program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"),
            *("--convert-to", kind, "--outdir", str(folder), *map(str, paths)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def make_scans(path: Path, folder: Path, pages: int = 1, dpi: int = 300) -> list[Path]:
    """The PDF's first pages as pictures."""
    made = []
    with pdfium.PdfDocument(path) as document:
        for number in range(min(pages, len(document))):
            picture = document[number].render(scale=dpi / 72, grayscale=True).to_pil()
            made.append(folder / f"{path.stem}-{number + 1}.png")
            picture.save(made[-1])
    return made


def worn(picture: Image.Image, seed: int) -> Image.Image:
    """A clean grey picture as an office's scanner gives it: a little tilted, blurred, greyish and grainy."""
    chance = np.random.default_rng(seed)
    tilt = float(chance.uniform(-0.6, 0.6))
    tilted = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    soft = np.asarray(tilted.filter(ImageFilter.GaussianBlur(0.7)), np.float32)
    grain = chance.normal(0, 14, soft.shape)
    return Image.fromarray(np.clip(soft * 0.85 + 20 + grain, 0, 255).astype(np.uint8))


def as_tiff(pictures: list[Path], path: Path) -> None:
    """Pictures as the pages of one TIFF, as scanners write it."""
    pages = [Image.open(picture) for picture in pictures]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_deflate")


def with_scanned_page(source: Path, number: int, path: Path, dpi: int = 200) -> None:
    """The PDF with its page of this number (from 1) as a picture only."""
    with pdfium.PdfDocument(source) as document, io.BytesIO() as picture:
        page = document[number - 1]
        page.render(scale=dpi / 72).to_pil().save(picture, "PDF", resolution=dpi)
        with pdfium.PdfDocument(picture.getvalue()) as scanned:
            document.import_pages(scanned, index=number - 1)
            document.del_page(number)
            document.save(path)


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    make_docx(text, folder / f"{source.stem}.docx")
    make_xlsx(text, folder / f"{source.stem}.xlsx")
    make_pptx(text, folder / f"{source.stem}.pptx")
    make_html(text, folder / f"{source.stem}.html")
    convert([folder / f"{source.stem}.docx"], "pdf", folder)
    make_scans(folder / f"{source.stem}.pdf", folder)


if __name__ == "__main__":
    main()
