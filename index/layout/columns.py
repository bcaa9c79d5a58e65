"""Text -> minutes that stand in columns (次第, 発言者, 発言内容), told one speech after the other.

Tools that turn a PDF into text keep columns apart by runs of spaces. The cell of a speaker stands beside
the first row of the speech, or beside its middle. What is made here is only for reading: a text in which
every speech follows its speaker, with the place in the record of each of its characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.japanese import fold, folded_with_offsets
from index.text.case_numbers import ONLY_LABEL
from index.text.numbering import numbering
from index.text.titles import CONTAINER, is_procedure
from index.text.turns import Role, role_of

_HEAD = re.compile(
    r"(?P<order>(?:会議|議事)?次第|議事|項目|議題|事項|案件)?(?P<who>発言者(?:氏名|名)?|発言委員|氏名)"
    r"(?P<said>(?:発言|議事)?の?(?:内容|要旨|概要)|発言|議事)"
)
_FURNITURE = re.compile(r"[-0-9/頁ページ]{1,12}")
_ENDS = re.compile(r"[。」』)?！!]$|\)$")
_NARROWEST = 2  # display columns between two columns of a page
_LEAST_ROWS = 8
_LONGEST_HEAD = 200  # characters of a row, its spaces too
_ROW = re.compile(r"[^\r\n\f]+")
# a row of no other characters than those of the words of `_HEAD`
_MAY_HEAD = re.compile(
    rf"^\f?([会議事次第項目題案件発言者氏名委員の内容要旨概 \u3000]{{4,{_LONGEST_HEAD - 1}}})(?=[\r\n\f]|\Z)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A text made for reading, and for each of its characters its offset in the record (-1 for a
    mark that is not there). `sure` says that each speech is known to be its speaker's."""

    text: str
    origins: tuple[int, ...]
    sure: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the record that holds the characters from `start` to `end`; of no characters, the
        place before the next one."""
        within = [origin for origin in self.origins[start:end] if origin >= 0]
        if within:
            return min(within), max(within) + 1
        following = next((origin for origin in self.origins[end:] if origin >= 0), None)
        if following is not None:
            return following, following
        last = max(self.origins, default=0) + 1
        return last, last

    def places(self) -> Callable[[int], int]:
        """What tells where a character of the record stands here, or the next one that does."""
        found = sorted((origin, at) for at, origin in enumerate(self.origins) if origin >= 0)

        def place(offset: int) -> int:
            at = bisect_left(found, (offset,))
            return found[at][1] if at < len(found) else len(self.text)

        return place


@dataclass(slots=True)
class _Speech:
    """A speaker's cells and what was said, as spans of the record; `heads` are cells of the first column."""

    name: list[tuple[int, int]] = field(default_factory=list)
    said: list[tuple[int, int]] = field(default_factory=list)
    heads: list[tuple[int, int]] = field(default_factory=list)


_Cell = tuple[int, int] | None
_Cells = tuple[_Cell, _Cell, _Cell]  # order of business, speaker, what was said


def rearranged(text: str) -> Rearranged | None:
    """The record with its columns one after the other; None where it has none, or none that are sure."""
    heads = list(_heads(text))
    if not heads:
        return None
    first = heads[0]
    alike = {_key(text, head) for head in heads}
    rows = (row.span() for row in _ROW.finditer(text, first[1]) if row.group().strip())
    body = [
        row
        for row in rows
        if (key := _key(text, row)) not in alike and not _FURNITURE.fullmatch(key)
    ]
    if len(alike) > 1 or len(body) < _LEAST_ROWS:
        return None
    gaps = _gaps(text, first, body)
    if gaps is None:
        return None
    table = [_cells(text, row, gaps) for row in body]
    told = _speeches(text, table)
    if told is None:
        return None
    speeches, sure = told
    return _written(text, first[0], speeches, sure)


def in_columns(text: str) -> bool:
    """Whether a row of the record names columns of speakers and what they said."""
    return next(_heads(text), None) is not None


def _heads(text: str) -> Iterator[tuple[int, int]]:
    """The rows that name the columns."""
    for row in _MAY_HEAD.finditer(text):
        if _HEAD.fullmatch(_key(text, row.span(1))):
            yield row.span(1)


def _key(text: str, row: tuple[int, int]) -> str:
    start, end = row
    return fold(text[start:end]) if end - start < _LONGEST_HEAD else ""


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _places(text: str, row: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """The characters of a row that are no white space: offset, and display columns from and to."""
    column = 0
    for offset in range(*row):
        width = _width(text[offset])
        if not text[offset].isspace():
            yield offset, column, column + width
        column += width


def _gaps(
    text: str, head: tuple[int, int], body: Sequence[tuple[int, int]]
) -> tuple[int, ...] | None:
    """The display columns at which a row is to be cut: in what is blank on all rows, between two words of
    the head. One cut parts two columns, two cuts three."""
    key, offsets = folded_with_offsets(text[slice(*head)])
    match = _HEAD.fullmatch(key)
    if match is None:
        return None
    columns = {offset: (start, end) for offset, start, end in _places(text, head)}
    names = [name for name in ("order", "who", "said") if match[name]]
    words = [
        (
            columns[head[0] + offsets[match.start(name)]][0],
            columns[head[0] + offsets[match.end(name) - 1]][1],
        )
        for name in names
    ]
    filled = {
        column
        for row in body
        for _, start, end in _places(text, row)
        for column in range(start, end)
    }
    cuts = []
    for (_, left), (right, _) in pairwise(words):
        runs: list[list[int]] = []
        for column in range(left, right + 1):
            if column in filled:
                continue
            if runs and runs[-1][-1] == column - 1:
                runs[-1].append(column)
            else:
                runs.append([column])
        widest = max(runs, key=len, default=[])
        if len(widest) < _NARROWEST:
            return None
        cuts.append(widest[-1])
    return tuple(cuts)


def _cells(text: str, row: tuple[int, int], cuts: Sequence[int]) -> _Cells:
    found: list[_Cell] = [None] * (len(cuts) + 1)
    for offset, start, _ in _places(text, row):
        n = sum(start > cut for cut in cuts)
        cell = found[n]
        found[n] = (cell[0] if cell else offset, offset + 1)
    if len(found) == 2:
        return None, found[0], found[1]
    return found[0], found[1], found[2]


def _speeches(text: str, table: Sequence[_Cells]) -> tuple[list[_Speech], bool] | None:
    """The speeches, and whether all of them surely begin where they were taken to; None where somebody
    speaks whose role is not known, since what is said would then be another's."""
    ends = [_ends(text, said) for _, _, said in table]
    last_column = max((_reach(text, said) for _, _, said in table if said), default=0)
    names: list[list[tuple[int, int]]] = []
    rows: list[int] = []  # the rows beside which their speakers stand
    for n, (_, who, _) in enumerate(table):
        if who is None:
            continue
        if rows and n == rows[-1] + 1 and not ends[n - 1] and _wrapped(text, names[-1]):
            names[-1].append(who)  # デジタル / 推進課
            continue
        names.append([who])
        rows.append(n)
    # a speaker below whose sentence has begun stands in the middle of the speech, and so may others
    middle = any(n and not ends[n - 1] for n in rows)
    full = [said is None or _reach(text, said) >= last_column - 2 for _, _, said in table]
    called = ["".join(text[slice(*cell)] for cell in name) for name in names]
    begins: list[int] = []  # the rows at which speeches begin
    speeches: list[_Speech] = []
    sure = True
    for nth, (n, next_) in enumerate(pairwise([*rows, len(table)])):
        start = n
        while start > 0 and not ends[start - 1] and table[start - 1][1] is None:
            start -= 1
        if start and not ends[start - 1]:
            if nth and called[nth] == called[nth - 1]:
                continue  # named again at the head of a page
            return None  # a sentence that another began
        if middle and start and full[start - 1]:
            # the row above ends a sentence at its edge: it may be this speech's or the one's before;
            # what follows on a row that ends before its edge is a paragraph of its own
            sure = False
            above = start
            while above > 0 and full[above - 1] and table[above - 1][1] is None:
                above -= 1
            if above and ends[above - 1] and n - above <= next_ - n:
                start = above
        begins.append(start)
        speeches.append(_Speech(names[nth]))
    if len(begins) < 2 or any(role_of(name) is Role.UNKNOWN for name in called):
        return None
    before = _Speech()
    at = -1
    for n, (order, _, said) in enumerate(table):
        while at + 1 < len(begins) and begins[at + 1] <= n:
            at += 1
        speech = speeches[at] if at >= 0 else before
        if order:
            speech.heads.append(order)
        if said:
            speech.said.append(said)
    return ([before] if before.said else []) + speeches, sure


def _ends(text: str, said: _Cell) -> bool:
    return said is None or bool(_ENDS.search(fold(text[slice(*said)][-3:])))


def _reach(text: str, said: tuple[int, int]) -> int:
    """The display column at which a cell ends."""
    start = text.rfind("\n", 0, said[0]) + 1
    return sum(_width(character) for character in text[start : said[1]])


def _wrapped(text: str, name: Sequence[tuple[int, int]]) -> bool:
    """Whether a name goes on in the row below: so far it names nobody."""
    return role_of("".join(text[slice(*cell)] for cell in name)) is Role.UNKNOWN


def _titled(text: str, heads: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The headings among the cells of the first column that name a matter by its title, each with the rows
    it is wrapped on; those with but a number, or with order of business, say nothing that the chair does not."""
    found: list[list[tuple[int, int]]] = []
    for cell in heads:
        if found and numbering(text[slice(*cell)]) is None:
            found[-1].append(cell)
        else:
            found.append([cell])
    for cells in found:
        written = "".join(text[slice(*cell)] for cell in cells)
        mark = numbering(written)
        title = fold(written[mark[2] :] if mark else written)
        if not (ONLY_LABEL.fullmatch(title) or CONTAINER.match(title) or is_procedure(title)):
            yield cells


def _written(text: str, start: int, speeches: Sequence[_Speech], sure: bool) -> Rearranged:
    made: list[str] = []
    origins: list[int] = []

    def put(piece: str, origin: int = -1) -> None:
        made.append(piece)
        origins.extend(range(origin, origin + len(piece)) if origin >= 0 else [-1] * len(piece))

    put(text[:start], 0) if start else None
    for speech in speeches:
        for cells in _titled(text, speech.heads):
            for a, b in cells:
                put(text[a:b], a)
            put("\n")
        if speech.name:
            put("○")
            for a, b in speech.name:
                put(text[a:b], a)
            put("：")
        for a, b in speech.said:
            put(text[a:b], a)
        put("\n")
    return Rearranged("".join(made), tuple(origins), sure)
