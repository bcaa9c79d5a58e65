"""Pictures of pages -> characters with their places, by the program tesseract where it is installed."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from index.readers import checkboxes
from index.readers.checkboxes import Checkbox
from index.readers.grid import Rule
from index.readers.scan import (
    DARK,
    rules_of,
    straight,
    tilt_of,
    whitened,
    without_boxes,
    without_rules,
)
from index.readers.sheets import Glyph, Sheet, place_of
from index.refusals import Fault, RecordError

_VERSION = 4  # of what is kept of a page
_TIMEOUT = 300  # seconds for a page
_LEAST = 20  # per cent: what tesseract trusts less, and is no letter, is a stain
_LETTER = re.compile(r"[\u3041-\u30fe\u4e00-\u9fff]")
_MARKS = frozenset("。、，．・「」『』()（）")  # without its 。 a sentence runs into the next
_DOUBTFUL = 50  # per cent, below which a letter in a verdict has to be looked at
_UNSURE = 80  # per cent, below which a letter may be one that tesseract does not know
# 諮 is not among the letters of tesseract's Japanese data, and without it no 諮問第3号 is found. It
# is put in only where nothing else can stand: for an unsure letter right before 問 that is built with
# 言 as 諮 is, and forms no word with 問; or before 問 and what only a 諮問 has. How often is told.
# 府 and the others are what it takes 諮 for besides.
_LIKE_SHI = frozenset(
    "府褒族放落"
    "計訂討訓託記訟許訳訴診証評詞詠詩誇誠誌認誓誕誘語説読課調談請論諾謀諸謙講謝謡識譜議護譲話該詳誉誤"
)
_BEFORE_MON = frozenset("質設訪学疑顧尋検審難自発詰試訊反本当該")  # 質問, 設問, 訪問, …
_NOT_SHIMON = re.compile("問(?:い?合|題|わ|診|答)")  # 電話問合せ, 議論問題
_ONLY_SHIMON = re.compile(
    "問(?:[第令平][0-9０-９一二三四五六七八九十元]|のとおり|どおり|通り|庁|機関|案件|事案|実施機関)"
)
# Behind a number, a label or a heading's kana, and before a word that is no counter.
_PARTED = re.compile(
    "(?:[0-9０-９A-Za-z)）]|第[0-9０-９-]{1,9}号|^[ア-コ])"
    "(?=[\u3041-\u30fa\u4e00-\u9fff])(?![年月日時分人名件回号条項点円歳か箇ヶのをはがにへとで])"
)
_NEAR = 0.7  # of a line's height: how far off tesseract's places are
_BLANK = 0.28  # of a line's height: white between a number and a letter that is a blank
_WINDOWS = Path(r"C:\Program Files\Tesseract-OCR\tesseract.exe")  # not put on the PATH there
_MOST_MISSED = 12  # lines of a page that are read once more


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
    kept = cache / f"{page.number}-{found.version}-{_VERSION}.gz" if cache is not None else None
    if kept is not None and kept.is_file():
        try:
            table = gzip.decompress(kept.read_bytes()).decode("utf-8")
            return _sheet(page, table, dpi)
        except (OSError, EOFError, ValueError):  # cut short by a crash: read again
            pass
    image = whitened(render().convert("L"))
    tilt = tilt_of(image)
    image = straight(image, tilt)
    rules = rules_of(image, dpi)
    plain = without_rules(image, rules, dpi)
    boxes = checkboxes.find(np.asarray(plain), dpi)
    plain = without_boxes(plain, boxes)
    try:
        # One block (6): columns and tables are told apart by us, by where the words stand.
        table = _read(found, plain, "6", dpi)
        # It leaves whole lines out, even clear ones: each is given to it again, alone.
        for top, bottom in _missed(table, plain)[:_MOST_MISSED]:
            margin = (bottom - top) // 3
            band = (0, max(0, top - margin), plain.width, min(plain.height, bottom + margin))
            table += _moved(_read(found, plain.crop(band), "7", dpi), band[1])
    except subprocess.TimeoutExpired:  # the other pages may be read for all that
        return replace(page, unread=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise RecordError(path, Fault.OCR_FAILED, why=type(error).__name__) from error
    missed = _missed(table, plain)
    table = "".join(_with_blanks(table, plain)) + ("missed\n" if missed else "")
    # Before the lines that they stand in.
    table = (
        "".join("\t".join(map(str, ("box", *box[:5], int(box.sure)))) + "\n" for box in boxes)
        + table
    )
    table += f"tilt\t{tilt:.2f}\n"
    table += "".join(f"rule\t{a:.1f}\t{b:.1f}\t{c:.1f}\t{d:.1f}\n" for a, b, c, d in rules)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(gzip.compress(table.encode(), mtime=0))
    return _sheet(page, table, dpi)


def _read(found: Engine, image: Image.Image, layout: str, dpi: float) -> str:
    """Tesseract's table of the words on a picture."""
    picture = io.BytesIO()
    image.save(picture, "PNG", compress_level=1)
    options = ["-l", "jpn", "--psm", layout, "--dpi", str(round(dpi)), "tsv"]
    command = [found.program, "stdin", "stdout", *options]
    return _run(command, picture.getvalue(), _TIMEOUT).decode("utf-8", "replace")


def _moved(table: str, down: int) -> str:
    """A part's table, at its place on the page; lines without a word are none."""
    rows = [row.split("\t") for row in table.splitlines()]
    if not any(len(row) == 12 and row[0] == "5" and row[11].strip() for row in rows):
        return ""
    for row in rows:
        if len(row) == 12 and row[7].isdecimal():
            row[7] = str(int(row[7]) + down)
    return "".join("\t".join(row) + "\n" for row in rows)


def _with_blanks(table: str, image: Image.Image) -> Iterator[str]:
    """Tesseract's table, and after each of its lines the white in which a number or a label may end: its
    own boxes are too rough to tell `1 開会` from `1開会`."""
    dark = np.asarray(image) < DARK
    for row in table.splitlines(keepends=True):
        yield row
        values = row.split("\t")
        if len(values) == 12 and values[0] == "4":
            left, top, width, height = (int(value) for value in values[6:10])
            start = dark[top : top + height, left : left + width].any(axis=0)
            (inked,) = np.nonzero(start)
            for one, two in pairwise(inked.tolist()):
                if two - one > _BLANK * height:
                    yield f"blank\t{left + one + 1}\t{left + two}\n"


def _missed(table: str, image: Image.Image) -> list[tuple[int, int]]:
    """From where to where there is ink as high as a line of letters, and tesseract has found none."""
    dark = np.array(image) < DARK
    heights = []
    for row in table.splitlines():
        values = row.split("\t")
        if len(values) == 12 and values[0] == "4":
            top, height = int(values[7]), int(values[9])
            heights.append(height)
            dark[max(0, top - height // 3) : top + height + height // 3] = False
    if not heights:
        return []
    high = float(np.median(heights))
    inked = dark.sum(axis=1) > high / 6  # what no specks would add up to
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]))).tolist()
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 0.5 * high]


def _sheet(page: Sheet, table: str, dpi: float) -> Sheet:
    """The page with the words of tesseract's table, their letters in its order."""
    scale = 72 / dpi
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    line: list[_Word] = []
    blanks: list[tuple[float, float]] = []
    boxes: list[Checkbox] = []
    top = bottom = 0.0
    filled, missed, tilt = 0, False, 0.0
    unsure: set[tuple[int, int]] = set()

    def put(box: Checkbox, top: float, bottom: float) -> None:
        edges = (box.left * scale, top * scale, (box.right + 1) * scale, bottom * scale)
        glyphs.append(Glyph(box.sign, *edges))
        if not box.sure:
            unsure.add(place_of(edges[0], edges[1]))

    def end() -> None:
        nonlocal filled
        words = []
        within = [box for box in boxes if top <= (box.top + box.bottom) / 2 <= bottom]
        for box in within:
            boxes.remove(box)
            put(box, top, bottom)
        for word, is_filled in _sure(list(_beside(line, within))):
            words.append(word)
            filled += is_filled
        letters = []
        for word, letter in _letters(words, top * scale, bottom * scale, scale):
            letters.append(letter)
            if word.sure < _DOUBTFUL:
                unsure.add(place_of(letter.left, letter.top))
        glyphs.extend(_parted(letters, [(x * scale, y * scale) for x, y in blanks]))
        line.clear()
        blanks.clear()

    for row in csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row and row[0] == "rule":
            rules.append(Rule(*(float(value) for value in row[1:5])))
        elif row and row[0] == "tilt":
            tilt = float(row[1])
        elif row and row[0] == "box":
            edges = [int(value) for value in row[1:5]]
            boxes.append(Checkbox(edges[0], edges[1], edges[2], edges[3], row[5], row[6] == "1"))
        elif row and row[0] == "missed":
            missed = True
        elif row and row[0] == "blank":
            blanks.append((float(row[1]), float(row[2])))
        elif len(row) == 12 and row[0] == "4":  # a line: letters take their height from it
            end()
            top, bottom = float(row[7]), float(row[7]) + float(row[9])
        elif len(row) == 12 and row[0] == "5" and row[11].strip():
            left = float(row[6])
            line.append(_Word(row[11].strip(), left, left + float(row[8]), float(row[10])))
    end()
    for box in boxes:  # alone in its row
        put(box, box.top, box.bottom + 1)
    return replace(
        page, glyphs=glyphs, rules=rules, machine=True, unread=False,
        filled=filled, unsure=frozenset(unsure), missed=missed, tilt=tilt,
    )  # fmt: skip


def _parted(letters: list[Glyph], blanks: list[tuple[float, float]]) -> list[Glyph]:
    """A line's letters, with a blank behind a number or a label where the paper has one: the nearest
    to where tesseract has put the number's end."""
    if not letters:
        return letters
    height = letters[0].bottom - letters[0].top
    text = "".join(letter.text for letter in letters)
    found: dict[int, Glyph] = {}
    for end in (match.end() for match in _PARTED.finditer(text)):
        at = (letters[end - 1].right + letters[end].left) / 2
        near = [blank for blank in blanks if abs((blank[0] + blank[1]) / 2 - at) < _NEAR * height]
        if near:
            left, right = min(near, key=lambda blank: abs((blank[0] + blank[1]) / 2 - at))
            found[end] = Glyph(" ", left, letters[0].top, right, letters[0].bottom)
    parted = []
    for number, letter in enumerate(letters):
        if number in found:
            parted.append(found[number])
        parted.append(letter)
    return parted


def _beside(words: Iterable[_Word], boxes: Sequence[Checkbox]) -> Iterator[_Word]:
    """A line's words without the room that boxes take up among them: the machine has seen white there."""
    for word in words:
        for box in boxes:
            if box.right < word.left or box.left > word.right:
                continue
            before, behind = max(0, box.left - word.left), max(0, word.right - box.right)
            count = round(len(word.text) * before / (before + behind)) if before + behind else 0
            if count:
                yield word._replace(text=word.text[:count], right=float(box.left))
            left = float(box.right + 1)
            word = word._replace(text=word.text[count:], left=left, right=max(word.right, left + 1))
        if word.text:
            yield word


def _sure(words: list[_Word]) -> Iterator[tuple[_Word, bool]]:
    """The words that can be trusted, and of each whether it is a 諮 that was put in (`_LIKE_SHI`)."""
    line = "".join(word.text for word in words)
    written = len(_LETTER.findall(line)) > 1  # figures beside letters are no stains
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
        elif (
            word.sure >= _LEAST
            or _LETTER.search(word.text)
            or (written and (word.text.isalnum() or word.text in _MARKS))
        ):
            yield word, False


def _letters(
    words: list[_Word], top: float, bottom: float, scale: float
) -> Iterator[tuple[_Word, Glyph]]:
    """The letters of a line, each with its word. Tesseract's boxes of Japanese words overlap: none may begin before the
    one it follows has, and the letters of a word share its box evenly."""
    at = 0.0
    for number, whole in enumerate(words):
        word, left, right, _ = whole
        start = max(left, at)
        following = words[number + 1].left if number + 1 < len(words) else right
        end = max(min(right, following) if following > start else right, start + len(word))
        width = (end - start) / len(word)
        for place, letter in enumerate(word):
            x = (start + place * width) * scale
            yield whole, Glyph(letter, x, top, x + width * scale, bottom)
        at = start + (len(word) - 0.5) * width
