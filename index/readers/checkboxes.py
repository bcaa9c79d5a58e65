"""Boxes to be ticked on a picture of a page: where they stand, and which have a mark in them.

What reads letters does not know them. A box is told from a letter by its form alone: four straight
sides of one length that end where they meet, white around them, and within them nothing, ink all over,
or one slanting stroke. The sides of 口 and 国 stand out below, and what is within a letter is level or
upright, or of several pieces. What could be either is left to be read as a letter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EMPTY, FILLED, TICKED = "□", "■", "☑"

_LEAST, _MOST = 0.07, 0.26  # inches: a side
_INK = 200  # of 255: what may belong to a side, which may be pale
_BREAK = 3  # pixels: a gap in a side that grain has made
_SIDE = 0.3  # ink of a side, two rows or columns together, at its palest
_LIKE = 0.4  # of the strongest side's ink: the others'
_OUTER = 0.5  # of a side's ink: where it begins
_ALONG = 0.88  # of a side's length that has ink
_SQUARE = 0.06  # of its width: by how much a box may be higher or lower
_WHITE, _CROSSED = 0.12, 0.35  # ink around a box: without a tick that leaves it, and with one
_FEET = 0.08  # ink below the lower corners
_SOLID = 0.8  # ink of a filled box
_STROKE = 0.35  # ink of a stroke within
_SPECK, _MARK = (
    0.2,
    0.4,
)  # of the inside's width: a stroke shorter than this is grain; one longer, a mark
_LEVEL = 0.5  # of the inside's width: a stroke so long and level or upright is a letter's
_ONE = 0.9  # of the ink within: in the largest piece


class Checkbox(NamedTuple):
    """A box, its edges in pixels, within; `sure` is false where what is in it may be a mark or a stain."""

    left: int
    top: int
    right: int
    bottom: int
    sign: str
    sure: bool


def find(picture: NDArray[np.uint8], dpi: float) -> list[Checkbox]:
    """The boxes on a grey picture whose paper is white, whose rows are level, and which has no ruled
    lines, from the top."""
    ink = _Ink(picture)
    found: list[Checkbox] = []
    for left, top, right in _tops(ink, _LEAST * dpi, _MOST * dpi):
        within = any(
            box.left - 2 <= left and right <= box.right + 2 and box.top - 3 <= top <= box.bottom
            for box in found
        )
        box = None if within else _box(ink, left, top, right)
        if box is not None and box.right - box.left >= 0.9 * _LEAST * dpi:
            found.append(box)
    return found


class _Ink:
    """How much ink is where, 0 to 1, and the mean of any part of it at once."""

    def __init__(self, picture: NDArray[np.uint8]) -> None:
        dark = picture < _INK
        dark[:-1] |= dark[1:]  # a pale side may lie across two rows
        self.dark = dark
        self.at = (255 - picture.astype(np.float32)) / 255
        height, width = picture.shape
        self._sums = np.zeros((height + 1, width + 1))
        np.cumsum(np.cumsum(self.at, axis=0, dtype=np.float64), axis=1, out=self._sums[1:, 1:])

    def mean(self, left: Any, top: Any, right: Any, bottom: Any) -> Any:
        """Of the part, its edges within: numbers, or arrays of them for many parts."""
        total = self._sums[bottom + 1, right + 1] - self._sums[top, right + 1]
        total = total - self._sums[bottom + 1, left] + self._sums[top, left]
        return total / ((right - left + 1) * (bottom - top + 1))


def _tops(ink: _Ink, least: float, most: float) -> list[tuple[int, int, int]]:
    """Rows of ink that may be a box's upper side: (left, y, right), its sides below its ends."""
    height, width = ink.dark.shape
    flat = np.zeros((height, width + _BREAK + 1), bool)  # no run goes on in the next row
    flat[:, :width] = ink.dark
    edges = np.flatnonzero(np.diff(flat.ravel().astype(np.int8), prepend=0))
    starts, ends = edges[::2], edges[1::2]
    apart = starts[1:] - ends[:-1] > _BREAK
    starts, ends = starts[np.r_[True, apart]], ends[np.r_[apart, True]]
    top, left = np.divmod(starts, flat.shape[1])
    side = ends - starts
    room = round(most * (1 + _SQUARE)) + 8
    fits = (side >= least) & (side <= most) & (left >= 8) & (left + side + 8 < width)
    fits &= (top >= 8) & (top + room < height)
    left, top, side = left[fits], top[fits], side[fits]
    inset = np.maximum(2, side // 6)
    right, low, high = left + side - 1, top + inset, top + side - 1 - inset
    clear = ink.mean(left + inset, top - 3, right - inset, top - 3) <= 2 * _WHITE
    for edge in (left, right):
        columns = [ink.mean(edge + step, low, edge + step, high) for step in range(-3, 4)]
        clear &= np.max([a + b for a, b in pairwise(columns)], axis=0) >= _SIDE
    return list(zip(left[clear].tolist(), top[clear].tolist(), right[clear].tolist(), strict=True))


def _box(ink: _Ink, left: int, top: int, right: int) -> Checkbox | None:
    """The box whose upper side is about there; None where there is none."""
    side = right - left + 1
    inset = max(2, side // 6)

    def outer(edges: Sequence[int], *, upright: bool) -> tuple[float, int]:
        """A side's ink, and the outermost of the rows or columns that hold it."""
        if upright:
            held = [ink.mean(x, top + inset, x, top + side - inset) for x in edges]
        else:
            held = [ink.mean(left + inset, y, right - inset, y) for y in edges]
        first = next(at for at, much in enumerate(held) if much >= _OUTER * max(held))
        return max(a + b for a, b in pairwise(held)), edges[first]

    above, top = outer(range(top - 3, top + 3), upright=False)
    before, new_left = outer(range(left - 3, left + 4), upright=True)
    behind, new_right = outer(range(right + 3, right - 4, -1), upright=True)
    left, right = new_left, new_right
    side = right - left + 1
    slack = math.ceil(_SQUARE * side)
    below, bottom = outer(range(top + side + slack + 1, top + side - slack - 3, -1), upright=False)
    sides = (above, before, behind, below)
    if (
        min(sides) < max(_SIDE, _LIKE * min(1, max(sides)))
        or not -slack / 2 <= bottom - top + 1 - side <= slack
    ):
        return None
    part = ink.at[top : bottom + 1, left : right + 1]
    strips = (part[:3].max(0), part[-3:].max(0), part[:, :3].max(1), part[:, -3:].max(1))
    if any((strip > _LIKE / 2).mean() < _ALONG for strip in strips):
        return None

    gap = max(1, round(0.05 * side))
    under = (bottom + 2, bottom + 1 + gap)
    white = max(
        ink.mean(left, under[0], right, under[1]), ink.mean(left - 1 - gap, top, left - 2, bottom)
    )
    crossed = max(
        ink.mean(left, top - 1 - gap, right, top - 2),
        ink.mean(right + 2, top, right + 1 + gap, bottom),
    )
    feet = sorted(ink.mean(x, under[0], x + 3, under[1]) for x in (left - 1, right - 2))
    if (
        max(white, crossed) > _CROSSED or feet[0] > _FEET / 4
    ):  # a tick leaves at one corner, if at all
        return None
    plain = white <= _WHITE and feet[1] <= _FEET
    thick = 1
    while thick < side // 3 and ink.mean(
        left + side // 4, bottom - thick, right - side // 4, bottom - thick
    ) > _OUTER * min(below, 1):
        thick += 1
    if thick == side // 3:
        filled = plain and ink.mean(left + 1, top + 1, right - 1, bottom - 1) >= _SOLID
        return Checkbox(left, top, right, bottom, FILLED, True) if filled else None
    within = part[thick + 1 : -thick - 1, thick + 1 : -thick - 1]
    mark, sure = _mark(within)
    if mark is None or (mark == EMPTY and not plain):
        return None
    return Checkbox(left, top, right, bottom, mark, sure)


def _mark(within: NDArray[np.floating[Any]]) -> tuple[str | None, bool]:
    """What the ink within a box makes of it, and whether that is sure; None where it is a letter."""
    padded = np.pad(within, 1)
    height, width = within.shape
    # Grain is evened out, a stroke is not.
    even = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3)) / 9
    stroke = (within > _STROKE) & (even > _STROKE * 0.8)
    rows, columns, share = _largest_piece(stroke)
    extent = max(rows / height, columns / width)
    if extent < _MARK:
        return EMPTY, extent < _SPECK
    level = max(_longest_run(stroke) / width, _longest_run(stroke.T) / height)
    return (None, False) if level >= _LEVEL or share < _ONE else (TICKED, True)


def _largest_piece(stroke: NDArray[np.bool_]) -> tuple[int, int, float]:
    """The height and width of the largest piece of ink, and its share of all the ink."""
    left = {(y, x) for y, x in np.argwhere(stroke).tolist()}
    total = len(left)
    largest: list[tuple[int, int]] = []
    while left:
        waiting = [left.pop()]
        piece = []
        while waiting:
            y, x = waiting.pop()
            piece.append((y, x))
            near = {(y + a, x + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & left
            left -= near
            waiting += near
        largest = max(largest, piece, key=len)
    if not largest:
        return 0, 0, 1.0
    ys, xs = zip(*largest, strict=True)
    return max(ys) - min(ys) + 1, max(xs) - min(xs) + 1, len(largest) / total


def _longest_run(stroke: NDArray[np.bool_]) -> int:
    """The longest run of ink in any row."""
    longest = 0
    run = np.zeros(stroke.shape[0], np.int64)
    for column in stroke.T:
        run = np.where(column, run + 1, 0)
        longest = max(longest, int(run.max(initial=0)))
    return longest
