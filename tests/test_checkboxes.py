"""Boxes on pictures of pages: ticked and empty ones are told apart, and letters are left alone."""

from collections import Counter
from pathlib import Path

import make_formats as make
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from index.readers import ocr, pdf
from index.readers.checkboxes import Checkbox, find
from index.readers.scan import rules_of, straight, tilt_of, whitened, without_rules
from index.readers.sheets import Sheet

Line = tuple[tuple[float, float], ...]  # points, in sides of the box
FRAME: Line = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
# As they are drawn: what they are read as, and their strokes.
SIGNS: dict[str, tuple[str | None, tuple[Line, ...]]] = {
    "empty": ("□", (FRAME,)),
    "ticked": ("☑", (FRAME, ((0.2, 0.55), (0.45, 0.8), (0.85, 0.2)))),
    "ticked out of the box": ("☑", (FRAME, ((0.25, 0.5), (0.45, 0.8), (1.25, -0.2)))),
    "crossed": ("☑", (FRAME, ((0.15, 0.15), (0.85, 0.85)), ((0.85, 0.15), (0.15, 0.85)))),
    "filled": ("■", (FRAME, *(((0, y / 60), (1, y / 60)) for y in range(61)))),
    "口": (None, (FRAME, ((0, 1), (0, 1.16)), ((1, 1), (1, 1.16)))),
    "日": (None, (FRAME, ((0, 0.5), (1, 0.5)), ((0, 1), (0, 1.12)), ((1, 1), (1, 1.12)))),
    "国": (None, (FRAME, ((0.2, 0.3), (0.8, 0.3)), ((0.2, 0.7), (0.8, 0.7)), ((0.5, 0.3), (0.5, 0.7)))),
    "図": (None, (FRAME, ((0, 1), (0, 1.1)), ((1, 1), (1, 1.1)),
                 ((0.2, 0.2), (0.3, 0.4)), ((0.5, 0.2), (0.6, 0.4)), ((0.8, 0.3), (0.2, 0.8)))),
    "high": (None, (((0, 0), (1, 0), (1, 1.4), (0, 1.4), (0, 0)),)),
    "open": (None, (((0, 1), (0, 0), (1, 0), (1, 1)),)),
    "a cell's corner": (None, (FRAME, ((-0.8, 1), (1.8, 1)), ((1, -0.8), (1, 1.8)))),
}  # fmt: skip


def drawn(dpi: int, *, is_worn: bool) -> tuple[Image.Image, list[tuple[str, float, float]]]:
    """A page of them, four times finer and then made small; where the middle of each is."""
    fine, side = 4, 0.11 * dpi
    page = Image.new("L", (4 * dpi * fine, 4 * dpi * fine), 255)
    pen, placed = ImageDraw.Draw(page), []
    for number in range(90):
        name = list(SIGNS)[number % len(SIGNS)]
        x, y = (0.3 + 0.4 * (number % 9)) * dpi, (0.3 + 0.35 * (number // 9)) * dpi
        x, y = x + number % 3 / 3, y + number % 4 / 4  # at any place within a pixel
        for stroke in SIGNS[name][1]:
            points = [((x + side * a) * fine, (y + side * b) * fine) for a, b in stroke]
            pen.line(points, fill=0, width=round(0.008 * dpi * fine), joint="curve")
        placed.append((name, x + side / 2, y + side / 2))
    small = page.reduce(fine)
    return make.worn(small, 3) if is_worn else small, placed


def ready(picture: Image.Image, dpi: int) -> np.ndarray:
    white = whitened(picture)
    level = straight(white, tilt_of(white))
    return np.asarray(without_rules(level, rules_of(level, dpi), dpi))


def nearest(found: list[Checkbox], x: float, y: float, dpi: int) -> Checkbox | None:
    for box in found:
        if max(abs((box.left + box.right) / 2 - x), abs((box.top + box.bottom) / 2 - y)) < dpi / 12:
            return box
    return None


@pytest.mark.parametrize("is_worn", [False, True])
@pytest.mark.parametrize("dpi", [200, 300])
def test_ticks_are_told_from_empty_boxes_and_boxes_from_letters(dpi: int, is_worn: bool) -> None:
    picture, placed = drawn(dpi, is_worn=is_worn)
    found = find(ready(picture, dpi), dpi)
    read: dict[str, Counter[str | None]] = {}
    for name, x, y in placed:
        box = nearest(found, x, y, dpi)
        read.setdefault(name, Counter())[box.sign if box else None] += 1
    for name, (sign, _) in SIGNS.items():
        wrong = set(read[name]) - {sign, None}
        assert not wrong, (name, read[name])
        assert read[name][sign] >= 0.7 * sum(read[name].values()), (name, read[name])


def test_a_small_stain_in_a_box_is_no_tick_and_not_surely_none() -> None:
    page = Image.new("L", (200, 200), 255)
    pen = ImageDraw.Draw(page)
    for x, stain in ((40, 2), (100, 7)):
        pen.rectangle((x, 50, x + 34, 84), outline=0, width=2)
        pen.line((x + 12, 60, x + 12 + stain, 60 + stain), fill=0, width=3)
    clean, stained = find(np.asarray(page), 300)
    assert (clean.sign, clean.sure) == ("□", True)
    assert (stained.sign, stained.sure) == ("□", False)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "dpi", "is_worn"), [(3, 200, True), (13, 300, False)])
def test_the_boxes_of_real_sheets_are_read(
    made: Path, shared_records: Path, number: int, dpi: int, is_worn: bool
) -> None:
    (source,) = made.glob("komae*.pdf")
    with pdfium.PdfDocument(source) as document:
        picture = document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil()
    picture = make.worn(picture, number) if is_worn else picture
    found = find(ready(picture, dpi), dpi)
    right = lost = 0
    for glyph in pdf.sheet(source, number, None).glyphs:
        if glyph.text not in "□■":
            continue
        middle = ((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        box = nearest(found, *(at * dpi / 72 for at in middle), dpi)
        lost += box is None
        right += box is not None and box.sign == glyph.text
        assert box is None or not box.sure or box.sign == glyph.text
    assert right >= 0.97 * (right + lost) > 30


def test_the_boxes_stand_before_their_words() -> None:
    words = [("5", 90, 40, 240, "本籍国籍"), ("5", 95, 300, 400, "氏名")]
    table = "box\t10\t42\t32\t64\t□\t1\nbox\t130\t42\t152\t64\t■\t1\nbox\t270\t42\t292\t64\t□\t0\n"
    table += "box\t10\t142\t32\t164\t☑\t1\n"
    table += "4\t1\t1\t1\t1\t0\t40\t40\t360\t28\t-1\t\n"
    for kind, sure, left, right, text in words:
        table += f"{kind}\t1\t1\t1\t1\t1\t{left}\t40\t{right - left}\t28\t{sure}\t{text}\n"
    sheet = ocr._sheet(Sheet(1, 500, 300, ()), table, 72)
    ordered = sorted(sheet.glyphs, key=lambda glyph: (glyph.top > 100, glyph.left))
    assert "".join(glyph.text for glyph in ordered) == "□本籍■国籍□氏名☑"
    assert len(sheet.unsure) == 1
