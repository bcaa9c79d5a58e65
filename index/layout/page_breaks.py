"""Text -> where its pages break: page numbers, and the heads and feet that are repeated beside them.

A text made from a printed page has them in the middle of its sentences.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from index.japanese import fold, number

_DASH = r"[-－―–—‐−]{1,2}"
_PAGE_NUMBER = re.compile(
    rf"^[ \t\u3000]*(?:{_DASH}[ \u3000]*(?P<n>[0-9０-９]{{1,3}}|[〇一二三四五六七八九十百]{{1,5}})[ \u3000]*{_DASH}"
    r"|(?P<m>[0-9０-９]{1,3})[ \u3000]*(?:頁|ページ|[/／][ \u3000]*[0-9０-９]{1,3}))[ \t\u3000\f]*\r?$",
    re.MULTILINE,
)
_BLANK_ROWS = re.compile(r"(?:[ \t\u3000]*[\r\n\f])+")
_BESIDE = 2  # lines before and after a page number that may be a head or foot
_LONGEST_HEAD = 60
_OPEN_END = re.compile(r"[^。」』）)】〕］\]>＞:：、\s]$|、$")


def page_breaks(text: str) -> list[tuple[int, int]]:
    """The spans between the pages, each from the end of a line to the beginning of the next that is no
    head, foot or page number; empty where fewer than two pages are numbered one after the other."""
    marks = list(_PAGE_NUMBER.finditer(text))
    numbers = [number(mark["n"] or mark["m"]) for mark in marks]
    if len(marks) < 2 or any(a is None or b != a + 1 for a, b in itertools.pairwise(numbers)):
        return []
    beside = Counter(
        _alike(text[a:b]) for mark in marks for a, b in {*_above(text, mark), *_below(text, mark)}
    )
    found = []
    for mark in marks:
        start, end = mark.span()
        for a, b in _above(text, mark):
            if beside[_alike(text[a:b])] < 2:
                break
            start = a
        for a, b in _below(text, mark):
            if beside[_alike(text[a:b])] < 2:
                break
            end = b
        blank = _BLANK_ROWS.match(text, end)
        found.append((len(text[:start].rstrip()), blank.end() if blank else end))
    return found


def bridged(text: str, breaks: Sequence[tuple[int, int]]) -> str:
    """The text, as long as it was, in which a sentence cut by a page's end goes on after it."""
    pieces, at = [], 0
    for start, end in breaks:
        if start < at:
            continue
        goes_on = _OPEN_END.search(text[max(0, start - 1) : start]) is not None
        pieces += [text[at:start], "\n" + " " * (end - start - 1) if goes_on else text[start:end]]
        at = end
    return "".join([*pieces, text[at:]])


def _above(text: str, mark: re.Match[str]) -> list[tuple[int, int]]:
    """The lines above a page number that may be a head or a foot, the nearest first."""
    found: list[tuple[int, int]] = []
    end = mark.start()
    while end > 0 and len(found) < _BESIDE:
        start = text.rfind("\n", 0, end - 1) + 1
        if text[start:end].strip():
            found.append((start, end))
        elif mark.start() - start > 400:
            break
        end = start
    return found


def _below(text: str, mark: re.Match[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = mark.end() + 1
    while start < len(text) and len(found) < _BESIDE:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if text[start:stop].strip():
            found.append((start, stop))
        elif start - mark.end() > 400:
            break
        start = stop + 1
    return found


def _alike(line: str) -> str:
    """What a head has in common on all pages; of a line too long for one, the line itself."""
    key = fold(line)
    return re.sub(r"[0-9]", "", key) if len(key) <= _LONGEST_HEAD else key
