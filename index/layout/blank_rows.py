"""Text whose rows are set apart by blank ones -> the same text without the blank rows.

Tools that turn a page into text leave a blank row after every row. Where a title or a sentence goes on,
it then seems to end. What is made here is only for reading.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.layout.columns import Rearranged

_ROW = re.compile(r"[^\r\n\f]+")
_GAP = re.compile(r"[\r\n\f](?:\s*[\r\n\f])?")  # from one row to the next that is not blank
_LEAST_ROWS = 8
_CLOSE = 0.1  # of the rows, so many at most follow closely upon the one before


def closed_up(text: str) -> Rearranged | None:
    """The text without the blank rows that stand after nearly all others, each character with its place in
    `text`; what is set further apart stays so. None where the rows are not set apart."""
    gaps = [gap.group().count("\n") for gap in _GAP.finditer(text.strip())]
    if len(gaps) + 1 < _LEAST_ROWS:
        return None
    counted = Counter(gaps)
    usual = counted.most_common(1)[0][0]
    if usual < 2 or counted[0] + counted[1] > _CLOSE * (len(gaps) + 1):
        return None
    rows = [row.span() for row in _ROW.finditer(text) if row.group().strip()]
    origins: list[int] = []
    at = 0
    for gap, ((_, end), (start, _)) in zip(gaps, pairwise(rows), strict=True):
        if 1 < gap <= usual:
            origins += range(at, text.index("\n", end) + 1)
            at = start
    origins += range(at, len(text))
    return Rearranged("".join(text[place] for place in origins), tuple(origins), True)
