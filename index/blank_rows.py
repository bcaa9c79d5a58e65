"""Text whose rows were wrapped and are set apart by blank ones -> the same text without the blank rows.

Tools that turn a page into text leave a blank row after every row. Where a title or a sentence goes on,
it then seems to end. What is made here is only for reading.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.columns import Rearranged
from index.japanese import fold

_ROW = re.compile(r"[^\r\n\f]+")
_LEAST_ROWS = 8
_CLOSE = 0.1  # of the rows, so many at most follow closely upon the one before
_RAGGED = 3  # characters by which full rows of one width differ
_FULL = 0.1  # of the rows, so many at least are full
_WIDEST = 60  # characters of a row of a page
_ENDS = ("。", "）", ")", "」", "』", "】", "：", ":")


def closed_up(text: str) -> Rearranged | None:
    """The text without the blank rows after its full ones, each character with its place in `text`; None
    where the rows are not set apart, or not wrapped."""
    rows = [row.span() for row in _ROW.finditer(text) if row.group().strip()]
    if len(rows) < _LEAST_ROWS:
        return None
    gaps = Counter(text.count("\n", end, start) for (_, end), (start, _) in pairwise(rows))
    usual = gaps.most_common(1)[0][0]
    if usual < 2 or gaps[0] + gaps[1] > _CLOSE * len(rows):
        return None
    widths = sorted(len(fold(text[slice(*row)])) for row in rows)
    widest = widths[-max(1, len(widths) // 20)]
    if widest > _WIDEST:
        return None
    keys = [fold(text[slice(*row)]) for row in rows]
    full = [abs(len(key) - widest) <= _RAGGED and not key.endswith(_ENDS) for key in keys]
    if sum(full) < _FULL * len(rows):
        return None
    origins: list[int] = []
    at = 0
    for n, (_, end) in enumerate(rows):
        if full[n] and n + 1 < len(rows) and text.count("\n", end, rows[n + 1][0]) <= usual:
            origins += range(at, text.index("\n", end) + 1)
            at = rows[n + 1][0]
    origins += range(at, len(text))
    return Rearranged("".join(text[place] for place in origins), tuple(origins), True)
