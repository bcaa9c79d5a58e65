"""Rows -> Excel and CSV, as Japanese Excel opens them, with nothing in them that computes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | date | None

LONGEST_CELL = 32_767  # characters that Excel keeps in a cell
_CUT = "…（以下略）"
# With these Excel begins a formula, in full width too; the last are skipped before it looks.
_BEGINS_FORMULA = re.compile(r"[\s\x00]*[=+\-@＝＋－＠]")
# What XML cannot hold.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT = "游ゴシック"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to write out; `about` are sentences on what it holds."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[str] = ()


def as_csv(sheet: Sheet) -> bytes:
    """CSV in UTF-8 with a byte order mark, by which Excel knows it.

    A text that Excel would compute has an apostrophe before it, so that it stays text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(column.name) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = _ILLEGAL.sub(" ", str(cell))
    return f"'{text}" if isinstance(cell, str) and _BEGINS_FORMULA.match(text) else text


def as_excel(sheet: Sheet) -> bytes:
    """An Excel file: a table with its filters, the heading held in sight, ready to print."""
    from openpyxl import Workbook
    from openpyxl.worksheet.table import Table, TableStyleInfo

    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet.title
    _write(page, sheet)
    if sheet.rows:
        reach = f"A1:{page.cell(len(sheet.rows) + 1, len(sheet.columns)).coordinate}"
        table = Table(displayName="Table1", ref=reach)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        page.add_table(table)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 8  # A3
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.about:
        notes = book.create_sheet("この表について")
        notes.column_dimensions["A"].width = 100
        for number, words in enumerate(sheet.about, start=1):
            _put(notes, number, 1, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        _put(page, 1, number, column.name)
        page.cell(1, number).font = Font(name=_FONT, size=10, bold=True)
    for line, row in enumerate(sheet.rows, start=2):
        for number, cell in enumerate(row, start=1):
            _put(page, line, number, cell)


def _put(page: Worksheet, line: int, number: int, value: Cell) -> None:
    from openpyxl.styles import Alignment, Font

    cell = page.cell(line, number)
    if isinstance(value, str):
        text = _ILLEGAL.sub(" ", value)
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - len(_CUT)] + _CUT
        cell.value = text or None
        if text:  # said to be text, whatever it begins with
            cell.data_type = "s"
            cell.quotePrefix = bool(_BEGINS_FORMULA.match(text))
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    cell.font = Font(name=_FONT, size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
