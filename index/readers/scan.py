"""A picture of a page, made ready to be read: its paper white, its rows level, its ruled lines found and
taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from index.readers.checkboxes import Checkbox
from index.readers.grid import Rule

DARK = 140  # of 255: ink
_PALE = 170  # of 255: what a thin line has left of it
_TILT_SIDE, _MOST_TILT = 1_400, 260  # pixels; hundredths of a degree
_PLAINLY = 1.02  # how much better rows are parted by turning, if it is worth it
_PAPER = 0.85  # of the paper's own shade: what is lighter is paper
_RULE = 0.45  # inches: the least length of a ruled line
_BREAK = 0.01  # inches: a gap in a ruled line that grain has made
_ASIDE = 0.02  # inches beside a ruled line
_ALONE = 0.4  # of them that may be ink: with more they are letters


def whitened(image: Image.Image) -> Image.Image:
    """The picture with its paper white: grey and grain of a scan make tesseract leave clear lines out."""
    pixels = np.asarray(image)
    white = max(1.0, _PAPER * float(np.median(pixels)))
    levels = np.clip(np.arange(256) * 255 / white, 0, 255).astype(np.uint8)
    return Image.fromarray(levels[pixels])


def straight(image: Image.Image, tilt: float) -> Image.Image:
    """The picture turned by as many degrees, its corners filled with white."""
    white = "white" if image.mode == "RGB" else 255
    return image.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=white) if tilt else image


def tilt_of(image: Image.Image) -> float:
    """By how many degrees to turn a picture for its rows to be level: then they are parted best."""
    small = image.filter(ImageFilter.BoxBlur(1))  # so that turning it blurs it no more
    small.thumbnail((_TILT_SIDE, _TILT_SIDE))
    ink = ImageOps.invert(small)

    @cache
    def parted(hundredths: int) -> float:
        turned = ink.rotate(hundredths / 100, Image.Resampling.BILINEAR)
        rows = np.asarray(turned, np.float64).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = 0
    for step, most in ((20, _MOST_TILT), (5, 15)):
        near = range(best - most, best + most + 1, step)
        best = max(near, key=lambda angle: (parted(angle), -abs(angle)))
    return best / 100 if parted(best) > _PLAINLY * parted(0) else 0.0


def without_rules(image: Image.Image, rules: list[Rule], dpi: float) -> Image.Image:
    """The picture without its ruled lines, which tesseract takes for letters or for the ends of them."""
    pixels = np.array(image)
    scale, wide = dpi / 72, max(2, round(dpi / 75))
    for rule in rules:
        left, top, right, bottom = (round(value * scale) for value in rule)
        pixels[max(0, top - wide) : bottom + wide + 1, max(0, left - wide) : right + wide + 1] = 255
    return Image.fromarray(pixels)


def without_boxes(image: Image.Image, boxes: Iterable[Checkbox]) -> Image.Image:
    """The picture without its boxes, which would be taken for letters."""
    pixels = np.array(image)
    for box in boxes:
        pixels[box.top - 2 : box.bottom + 3, box.left - 2 : box.right + 3] = 255
    return Image.fromarray(pixels)


def rules_of(image: Image.Image, dpi: float) -> list[Rule]:
    """The ruled lines of a level picture, in points: thin runs of ink longer than any letter."""
    ink = np.asarray(image) < _PALE
    scale = 72 / dpi
    found = [Rule(*(v * scale for v in (x0, y, x1, y))) for x0, x1, y in _runs(ink, dpi)]
    upright = np.ascontiguousarray(ink.T)
    return found + [Rule(*(v * scale for v in (x, y0, x, y1))) for y0, y1, x in _runs(upright, dpi)]


def _runs(ink: NDArray[np.bool_], dpi: float) -> Iterator[tuple[float, float, float]]:
    """Level runs of ink, the rows of one thick line as one: (left, right, y)."""
    least, aside = int(_RULE * dpi), max(3, round(_ASIDE * dpi))
    bands: list[list[int]] = []  # left, right, first row, last row
    edge = np.zeros((ink.shape[0], 1), bool)
    whole = _bridged(ink, max(2, round(_BREAK * dpi)))
    changes = np.diff(np.hstack([edge, whole, edge]).astype(np.int8), axis=1)
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
        beside = [y for y in (first - aside, last + aside) if 0 <= y < ink.shape[0]]
        alone = all(ink[y, left:right].mean() < _ALONE for y in beside)
        if alone and last - first < least / 6:  # thicker is a filled box
            yield left, right, (first + last) / 2


def _bridged(ink: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """Ink with what grain, or a line that is not quite level, takes out of level lines: a row's ink is
    that of the rows beside it too, and gaps of so many pixels are closed."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    wide = np.pad(thick, ((0, 0), (gap, gap)))
    width = wide.shape[1]
    spread = wide.copy()
    for step in range(1, gap + 1):
        spread[:, step:] |= wide[:, : width - step]
    closed = spread.copy()
    for step in range(1, gap + 1):
        closed[:, : width - step] &= spread[:, step:]
    return closed[:, gap : width - gap] | thick
