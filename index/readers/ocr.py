"""Pictures of pages -> characters with their places, by the program tesseract where it is installed."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from index.readers.layout import Glyph, Rule, Sheet
from index.refusals import Fault, RecordError

_TIMEOUT = 300  # seconds for a page
_LEAST = 20  # per cent: what tesseract trusts less, and is no letter, is a stain
_LETTER = re.compile(r"[\u3041-\u30fe\u4e00-\u9fff]")
_UNSURE = 80  # per cent, below which a letter may be one that tesseract does not know
# 諮 is not among the letters of tesseract's Japanese data, and without it no 諮問第3号 is found. It
# is put in only where nothing else can stand: for an unsure letter right before 問 that is built with
# 言 as 諮 is, and forms no word with 問; or before 問 and what only a 諮問 has. How often is told.
_LIKE_SHI = frozenset(
    "計訂討訓託記訟許訳訴診証評詞詠詩誇誠誌認誓誕誘語説読課調談請論諾謀諸謙講謝謡識譜議護譲話該詳誉誤"
)
_BEFORE_MON = frozenset("質設訪学疑顧尋検審難自発詰試訊反本当該")  # 質問, 設問, 訪問, …
_NOT_SHIMON = re.compile("問(?:い?合|題|わ)")  # 電話問合せ, 議論問題
_ONLY_SHIMON = re.compile(
    "問(?:[第令平][0-9０-９一二三四五六七八九十元]|のとおり|どおり|通り|庁|機関|案件|事案|実施機関)"
)
_WINDOWS = Path(r"C:\Program Files\Tesseract-OCR\tesseract.exe")  # not put on the PATH there
_DARK = 140  # of 255
_RULE = 0.45  # inches: the least length of a ruled line


class _Word(NamedTuple):
    """What tesseract takes for a word: its left and right edge in pixels, how sure it is in per cent."""

    text: str
    left: float
    right: float
    sure: float


class Engine(NamedTuple):
    """The program, and what tells one version's readings from another's."""

    program: str
    version: str


@cache
def engine() -> Engine | None:
    """Tesseract with its Japanese data, or None."""
    program = shutil.which("tesseract") or (str(_WINDOWS) if _WINDOWS.is_file() else None)
    if program is None:
        return None
    try:
        languages = _run([program, "--list-langs"], b"", 30).decode("utf-8", "replace")
        version = _run([program, "--version"], b"", 30).decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"tesseract v?([0-9][0-9.]*)", version)
    return Engine(program, found[1] if found else "0") if "jpn" in languages.split() else None


def _run(command: list[str], given: bytes, seconds: float) -> bytes:
    # A fixed list of words, no shell; one thread, because its own threads cost more than they bring.
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        timeout=seconds,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout + (done.stderr if not done.stdout else b"")


def sheet(
    path: Path, page: Sheet, render: Callable[[], Image.Image], dpi: float, cache: Path | None
) -> Sheet:
    """The page with what tesseract reads on its picture. Raises RecordError.

    What it has read is kept in the folder `cache`, since a page takes it seconds.
    """
    found = engine()
    if found is None:
        return replace(page, unread=True)
    kept = cache / f"{page.number}-{found.version}.gz" if cache is not None else None
    if kept is not None and kept.is_file():
        try:
            table = gzip.decompress(kept.read_bytes()).decode("utf-8")
            return _sheet(page, table, dpi)
        except (OSError, EOFError, ValueError):  # cut short by a crash: read again
            pass
    image = render().convert("L")
    rules = list(_rules(image, dpi))
    picture = io.BytesIO()
    _without(image, rules, dpi).save(picture, "PNG", compress_level=1)
    # One block (6): columns and tables are told apart by us, by where the words stand.
    command = [
        found.program,
        "stdin",
        "stdout",
        "-l",
        "jpn",
        "--psm",
        "6",
        "--dpi",
        str(round(dpi)),
        "tsv",
    ]
    try:
        table = _run(command, picture.getvalue(), _TIMEOUT).decode("utf-8", "replace")
    except subprocess.TimeoutExpired as error:
        raise RecordError(
            path, Fault.OCR_FAILED, why=f"page {page.number} took too long"
        ) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise RecordError(path, Fault.OCR_FAILED, why=type(error).__name__) from error
    table += "".join(f"rule\t{a:.1f}\t{b:.1f}\t{c:.1f}\t{d:.1f}\n" for a, b, c, d in rules)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(gzip.compress(table.encode(), mtime=0))
    return _sheet(page, table, dpi)


def _sheet(page: Sheet, table: str, dpi: float) -> Sheet:
    """The page with the words of tesseract's table, their letters in its order."""
    scale = 72 / dpi
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    line: list[_Word] = []
    top = bottom = 0.0
    filled = 0

    def end() -> None:
        nonlocal filled
        sure = list(_sure(line))
        filled += sum(is_filled for _, is_filled in sure)
        glyphs.extend(_letters([word for word, _ in sure], top * scale, bottom * scale, scale))
        line.clear()

    for row in csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row and row[0] == "rule":
            rules.append(Rule(*(float(value) for value in row[1:5])))
        elif len(row) == 12 and row[0] == "4":  # a line: letters take their height from it
            end()
            top, bottom = float(row[7]), float(row[7]) + float(row[9])
        elif len(row) == 12 and row[0] == "5" and row[11].strip():
            left = float(row[6])
            line.append(_Word(row[11].strip(), left, left + float(row[8]), float(row[10])))
    end()
    return replace(page, glyphs=glyphs, rules=rules, machine=True, unread=False, filled=filled)


def _sure(words: list[_Word]) -> Iterator[tuple[_Word, bool]]:
    """The words that can be trusted, and of each whether it is a 諮 that was put in (`_LIKE_SHI`)."""
    line = "".join(word.text for word in words)
    at = 0
    for word in words:
        at += len(word.text)
        unsure = len(word.text) == 1 and word.sure < _UNSURE and word.text not in _BEFORE_MON
        if (
            unsure
            and _LETTER.match(word.text)
            and line.startswith("問", at)
            and not _NOT_SHIMON.match(line, at)
            and (word.text in _LIKE_SHI or _ONLY_SHIMON.match(line, at))
        ):
            yield word._replace(text="諮"), True
        elif word.sure >= _LEAST or _LETTER.search(word.text):
            yield word, False


def _letters(words: list[_Word], top: float, bottom: float, scale: float) -> Iterator[Glyph]:
    """The letters of a line. Tesseract's boxes of Japanese words overlap: none may begin before the
    one it follows has, and the letters of a word share its box evenly."""
    at = 0.0
    for number, (word, left, right, _) in enumerate(words):
        start = max(left, at)
        following = words[number + 1].left if number + 1 < len(words) else right
        end = max(min(right, following) if following > start else right, start + len(word))
        width = (end - start) / len(word)
        for place, letter in enumerate(word):
            x = (start + place * width) * scale
            yield Glyph(letter, x, top, x + width * scale, bottom)
        at = start + (len(word) - 0.5) * width


def _without(image: Image.Image, rules: list[Rule], dpi: float) -> Image.Image:
    """The picture without its ruled lines, which tesseract takes for letters or for the ends of them."""
    pixels = np.array(image)
    scale, wide = dpi / 72, max(2, round(dpi / 75))
    for rule in rules:
        left, top, right, bottom = (round(value * scale) for value in rule)
        pixels[max(0, top - wide) : bottom + wide + 1, max(0, left - wide) : right + wide + 1] = 255
    return Image.fromarray(pixels)


def _rules(image: Image.Image, dpi: float) -> Iterator[Rule]:
    """The ruled lines of a picture, in points: runs of dark pixels longer than any letter."""
    dark = np.asarray(image) < _DARK
    least = int(_RULE * dpi)
    for (x0, y0), (x1, y1) in _runs(dark, least):
        yield Rule(x0 * 72 / dpi, y0 * 72 / dpi, x1 * 72 / dpi, y1 * 72 / dpi)
    for (y0, x0), (y1, x1) in _runs(np.ascontiguousarray(dark.T), least):
        yield Rule(x0 * 72 / dpi, y0 * 72 / dpi, x1 * 72 / dpi, y1 * 72 / dpi)


def _runs(
    dark: NDArray[np.bool_], least: int
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Horizontal runs of dark pixels, the rows of one thick line as one: ((left, y), (right, y))."""
    bands: list[list[float]] = []  # left, right, first row, last row
    edge = np.zeros((dark.shape[0], 1), bool)
    changes = np.diff(np.hstack([edge, dark, edge]).astype(np.int8), axis=1)
    starts, ends = np.argwhere(changes == 1), np.argwhere(changes == -1)
    long = ends[:, 1] - starts[:, 1] >= least
    for (y, left), (_, right) in zip(starts[long].tolist(), ends[long].tolist(), strict=True):
        for band in reversed(bands[-200:]):
            if y - band[3] <= 2 and left < band[1] and right > band[0]:
                band[:] = [min(left, band[0]), max(right, band[1]), band[2], y]
                break
        else:
            bands.append([left, right, y, y])
    for left, right, first, last in bands:
        if last - first < least / 6:  # thicker is a filled box
            yield (left, (first + last) / 2), (right, (first + last) / 2)
