"""Excel: the sheets that are shown, each row a line, values as the sheet shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from index.readers.package import broken_if_not_opened, check_package
from index.readers.tables import Cell, text_lines
from index.records import Progress, Reading
from index.refusals import Fault, RecordError

_MOST_CELLS = 2_000_000  # of a sheet, from its first used cell to its last
_NO_NAME = re.compile(r"(?:Sheet|シート)\s*[0-9]*")
_WEEKDAYS = "月火水木金土日"
_ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
)


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The text of the sheets that are not hidden, each under its name. Raises RecordError."""
    check_package(path)
    with broken_if_not_opened(path), path.open("rb") as file:
        # What formulas came to is kept in the file; they are not computed, and links are not followed.
        book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    parts = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
            most = f"{_MOST_CELLS:,} cells"
            told = f"{sheet.max_row:,} x {sheet.max_column:,} cells"
            raise RecordError(path, Fault.TOO_LARGE, size=told, most=most)
        lines = list(_lines(sheet))
        if lines:
            named = [] if _NO_NAME.fullmatch(sheet.title) else [sheet.title, ""]
            parts.append("\n".join([*named, *lines]))
    return Reading("\n\n".join(parts) + "\n")


def _lines(sheet: Any) -> Iterator[str]:
    """The lines of a sheet; an empty row is an empty line, a column without text is left out."""
    spans = {
        (merged.min_row, merged.min_col): (
            merged.max_row - merged.min_row + 1,
            merged.max_col - merged.min_col + 1,
        )
        for merged in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for (top, left), (down, across) in spans.items()
        for row in range(top, top + down)
        for column in range(left, left + across)
        if (row, column) != (top, left)
    }
    texts: dict[int, dict[int, tuple[str, ...]]] = {}
    for row in sheet.iter_rows():
        for cell in row:
            shown = "" if cell.value is None else _shown(cell.value, cell.number_format or "")
            lines = tuple(
                line.strip() for line in shown.replace("\t", " ").split("\n") if line.strip()
            )
            if lines:
                texts.setdefault(cell.row, {})[cell.column] = lines
    used = sorted({column for row in texts.values() for column in row})
    block: list[list[Cell[str]]] = []
    last = 0
    for number in sorted(texts):
        if number > last + 1 and block:
            yield from text_lines(block)
            if not any(
                (row, column) in covered for row in range(last + 1, number) for column in used
            ):
                yield ""
            block = []
        last = number
        cells: list[Cell[str]] = []
        for column in used:
            if (number, column) in covered:
                continue
            down, across = spans.get((number, column), (1, 1))
            across = sum(1 for other in used if column <= other < column + across)
            cells.append(Cell(texts[number].get(column, ()), down, across))
        block.append(cells)
    yield from text_lines(block)


def _shown(value: object, form: str) -> str:
    """A value as its cell shows it, as far as its format tells."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        day = _day(value.date(), form) if re.search(r"[ymdgea]", _bare(form), re.I) else ""
        return " ".join(filter(None, (day, _clock(value.time(), form))))
    if isinstance(value, date):
        return _day(value, form)
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, (int, float)):
        return _figure(value, form)
    return str(value)


def _bare(form: str) -> str:
    """A format without what stands in it as it is."""
    return re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", form)


def _clock(at: time, form: str) -> str:
    return f"{at.hour}:{at.minute:02}" if at != time() or "h" in _bare(form).lower() else ""


def _day(day: date, form: str) -> str:
    """A date in the era or the western year, as the format has it."""
    bare = _bare(form).lower()
    weekday = f"({_WEEKDAYS[day.weekday()]})" if "aaa" in bare or "ddd" in bare else ""
    for since, era, letter in _ERAS if "e" in bare.replace("general", "") or "g" in bare else ():
        if day >= since:
            year = day.year - since.year + 1
            if "ggg" in bare:
                return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日{weekday}"
            return f"{letter}{year}.{day.month}.{day.day}{weekday}"
    if "y" in bare and "d" not in bare and "m" not in bare:
        return f"{day.year}年"
    if "d" not in bare and "y" in bare:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日{weekday}"


def _figure(value: int | float, form: str) -> str:
    bare = _bare(form.split(";")[0])
    percent = "%" in bare
    if percent:
        value *= 100
    places = re.search(r"\.([0#?]+)", bare)
    if places and "0" in places[1]:
        text = f"{value:,.{len(places[1])}f}"
    elif re.search(r"[0#]", bare) and not places and bare.strip().lower() != "general":
        text = f"{value:,.0f}"
    elif float(value).is_integer() and abs(value) < 1e15:
        text = f"{int(value):,}"
    else:
        text = f"{value:,.12g}"
    if "," not in bare:
        text = text.replace(",", "")
    if padded := re.fullmatch(r"0{2,}", bare):
        text = text.zfill(len(padded[0]))
    # Words in the format belong to what is seen: 12件, 第3回.
    before, after = _words_around(form.split(";")[0])
    return f"{before}{text}{'%' if percent else ''}{after}"


def _words_around(form: str) -> tuple[str, str]:
    pieces = re.findall(r'"([^"]*)"|\\(.)|(\[[^\]]*\]|.)', form)
    figure = [n for n, piece in enumerate(pieces) if piece[2] and re.match(r"[0#?G]", piece[2])]
    if not figure:
        return "", ""
    before = "".join(a + b for a, b, _ in pieces[: figure[0]])
    after = "".join(a + b for a, b, _ in pieces[figure[-1] :])
    return before, after
