"""The labelled fields of a case's papers: what data goes where, by what way, for how long, and why.

Case sheets, consultation papers and tables name the same things in their own words; index/data/slots.txt
holds the words. A field whose label it does not know is kept too, without a canonical name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from index.japanese import fold
from index.text.lines import Line
from index.text.numbering import numbering


@dataclass(frozen=True, slots=True)
class Slot:
    """A labelled field: `text[start:end]` of the record is `value`.

    `name` is canonical (recipient, retention …; the keys of `slot_names()`), empty where the label
    is of none of them; `label` is the record's own, folded. `ticked` holds the items whose boxes are
    ticked, where the value is a row of boxes.
    """

    name: str
    value: str
    start: int
    end: int
    ticked: tuple[str, ...] = ()
    label: str = ""


# --- names -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    shown: dict[str, str]
    exact: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    any: re.Pattern[str]
    items: dict[str, str]


@cache
def _names() -> _Names:
    shown: dict[str, str] = {}
    exact: dict[str, str] = {}
    items: dict[str, str] = {}
    patterns: list[tuple[str, str]] = []
    source = (Path(__file__).parent.parent / "data" / "slots.txt").read_text(encoding="utf-8")
    for row in source.splitlines():
        if not row or row.startswith("#"):
            continue
        name, japanese, labels = row.split("\t")
        if name == "-":
            name = ""
        else:
            shown[name] = japanese
        for label in labels.split():
            if label.startswith("="):
                items[fold(label[1:])] = name
            elif "*" in label:
                patterns.append((fold(label), name))
            else:
                exact[fold(label)] = name
    patterns.sort(key=lambda pattern: -len(pattern[0]))  # the more is said, the surer
    compiled = tuple(
        (re.compile(re.escape(label).replace(r"\*", ".*")), name) for label, name in patterns
    )
    every = re.compile("|".join(pattern.pattern for pattern, _ in compiled))
    return _Names(shown, exact, compiled, every, items)


def slot_names() -> dict[str, str]:
    """The canonical names and the Japanese ones to show, in the order to show them."""
    return dict(_names().shown)


_LONGEST_LABEL = 24
_MISREAD = str.maketrans("务项稅", "務項税")  # what reading by machine makes of them
_NUMBERING = re.compile(
    r"^(?:[-・○◎●◆◇■□▼▽※*#【\[(〔<《]|[0-9]{1,2}[.)、:]|[0-9]{1,2}(?=[^0-9年月日時分件人名])|[ア-コ][.)、]"
    r"|第[0-9一二三四五六七八九十]{1,2}(?![0-9号条回項]))+"
)
_LABEL_END = re.compile(r"(?:\([^()]*\)|[】\])〕>》:：*]|について|等|$)+$")


def canonical(label: str) -> str:
    """The canonical name of a folded label; empty where it has none."""
    return _canonical(label) or ""


def is_label(line: str) -> bool:
    """Whether a folded line is nothing but a label that papers have: 理由, 【担当課】."""
    return _LABEL_END.sub("", _NUMBERING.sub("", line, count=1)) in _names().exact


@lru_cache(maxsize=8192)
def _canonical(label: str) -> str | None:
    """The same; None where the label is not known at all."""
    names = _names()
    if len(label) > _LONGEST_LABEL + 8:
        return None
    bare = _LABEL_END.sub("", _NUMBERING.sub("", label.translate(_MISREAD), count=1))
    if not bare or len(bare) > _LONGEST_LABEL:
        return None
    if bare in names.exact:
        return names.exact[bare]
    if not names.any.fullmatch(bare):
        return None
    return next((name for pattern, name in names.patterns if pattern.fullmatch(bare)), None)


# --- boxes -----------------------------------------------------------------------------------

_TICKED = r"[■☑☒✓✔🗹]|[\[［(（][xX✓✔レ○〇][\]］)）]|<input[^<>]{0,200}\bchecked\b[^<>]{0,200}>"
_OPEN = r"[□☐]|[\[［][ \u3000][\]］]|<input[^<>]{0,200}>"
_BOXES = re.compile(
    r"(?=[■☑☒✓✔🗹□☐レ\[［(（<])"  # what a box begins with
    rf"(?P<ticked>{_TICKED}|(?:(?<=[\s□])|^)レ(?=[ \u3000]{{0,2}}[一-龠]))|(?P<open>{_OPEN})"
)
_MAY_BE_BOX = re.compile(  # one of these is in every box
    r"[■☑☒✓✔🗹□☐レ\[［(（<](?:(?<![\[［(（<])|(?<=<)input|[xX✓✔レ○〇 \u3000])"
)
_TAG = re.compile(r"<[^<>]*>")
_ITEM_END = re.compile(r"[\t|\r\n<]|[ \u3000]*[(（][ \u3000]*[)）]")
_LONGEST_ITEM = 60


def ticked(value: str) -> tuple[str, ...]:
    """The items in a row of boxes whose boxes are ticked, as written."""
    return _ticked(value, _boxes(value))


def _boxes(value: str) -> list[re.Match[str]]:
    return list(_BOXES.finditer(value)) if _MAY_BE_BOX.search(value) else []


def _ticked(value: str, marks: Sequence[re.Match[str]]) -> tuple[str, ...]:
    found = []
    for number, mark in enumerate(marks):
        if not mark["ticked"]:
            continue
        until = marks[number + 1].start() if number + 1 < len(marks) else len(value)
        item = value[mark.end() : min(until, mark.end() + _LONGEST_ITEM)].lstrip(" \t\u3000")
        end = _ITEM_END.search(item)
        item = item[: end.start()].strip(" \u3000、・,") if end else item.strip(" \u3000、・,")
        if item:
            found.append(item)
    return tuple(dict.fromkeys(found))


_WORD = re.compile(r"[^\s■□☑☐<(（|、]{1,12}")
_MOST_BOXES = 40


def _name_of_items(value: str, boxes: Sequence[re.Match[str]]) -> str:
    """The canonical name of a row of boxes by the words beside them; empty where they tell none."""
    names = _names().items
    told: dict[str, int] = {}
    marks = boxes[:_MOST_BOXES]
    for mark in marks:
        word = _WORD.match(value[mark.end() :].lstrip(" \u3000")[:12])
        name = names.get(fold(word.group()), "") if word else ""
        if name:
            told[name] = told.get(name, 0) + 1
    best = max(told, key=told.__getitem__, default="")
    return best if best and (told[best] > 1 or len(marks) == 1) else ""


# --- reading ---------------------------------------------------------------------------------

_COLON = re.compile(r"[:：]|[ \t\u3000]{2,}|\u3000")
_LONGEST_VALUE = 12  # lines
_MARKED = re.compile(r"^[●◆◇■□▼▽※【〔<《]")
# how the label inside a labelled row ends, where no list knows it
_LABEL_LIKE = re.compile(
    r"^[^、。0-9]{1,14}(?:名|名称|内容|目的|範囲|理由|方法|有無|区分|項目|期間|時期|相手|相手方|先|概要|備考"
    r"|種類|形態|年月日|件数|措置|対策|確保)(?:\([^()]*\))?$"
)
_NO_LABEL = re.compile(
    r"^\(?(?:[0-9.,/~-]+$|[0-9]+年|[0-9,]+[人名件円]|(?:令和|平成|昭和)[0-9元])|[。、]$"
)


def read_slots(text: str, rows: Sequence[Line], *, running: Sequence[Line] = ()) -> list[Slot]:
    """The fields in a part of a record: `rows` is searched for tables, `running` for labels in text.

    A table's row is a label and its value, or several such pairs; a row without a label goes on with
    the one above. In running text a field is a known label with its value after a colon or a gap, or
    in the lines below it.
    """
    found = [*_tables(text, rows), *_running(text, running)]
    found.sort(key=lambda slot: (slot.start, -slot.end))
    kept: list[Slot] = []
    for slot in found:
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return kept


def _tables(text: str, rows: Sequence[Line]) -> Iterator[Slot]:
    if not any(line.cell for line in rows):  # most parts hold no table
        return
    outer = inner = ""  # the label of the row, and the one inside it
    last_row = -1
    for row, pieces in groupby(rows, key=lambda line: line.row):
        cells = _cells(pieces)
        begin, end = cells[0][0], cells[-1][1]
        begins = "\t" not in text[max(0, begin - 20) : begin].rpartition("\n")[2]
        tabled = len(cells) > 1 or not begins or text[end : end + 1] == "\t"
        if row > last_row + 3 or not tabled:
            outer = inner = ""
        last_row = row
        if not tabled:
            continue
        at = 0
        if begins and _is_label(text, cells, 0, first=True):
            outer, inner, at = _key_of(text, cells[0]), "", 1
        elif begins and not (canonical(outer) == "items" and _BOXES.match(text, begin)):
            outer = inner = ""
        while at < len(cells):
            if _is_label(text, cells, at, first=False):
                inner = _key_of(text, cells[at])
                at += 1
                continue
            begin = at
            at += 1
            while at < len(cells) and not (_known(text, cells[at])):
                at += 1
            start, end = cells[begin][0], cells[at - 1][1]
            value = text[start:end]
            marks = _boxes(value)
            boxes = _ticked(value, marks)
            label = f"{outer} {inner}".strip()
            if (label or boxes) and _LETTER.search(value):
                yield Slot(_name_of(outer, inner, value, marks), value, start, end, boxes, label)


_LETTER = re.compile(r"\w")


def _name_of(outer: str, inner: str, value: str, boxes: Sequence[re.Match[str]]) -> str:
    """The canonical name: of the inner label, of the boxes' words, or of the outer label."""
    if inner and (_canonical(inner) is not None or _LABEL_LIKE.match(inner)):
        return canonical(inner) or _name_of_items(value, boxes)
    return _name_of_items(value, boxes) or canonical(outer)


def _cells(pieces: Iterator[Line]) -> list[tuple[int, int]]:
    """The cells of a row; a cell that was broken because of its length is whole again."""
    cells = []
    for _, parts in groupby(pieces, key=lambda line: line.cell):
        first, *more = parts
        cells.append((first.start, more[-1].end if more else first.end))
    return cells


def _key_of(text: str, cell: tuple[int, int]) -> str:
    """A cell's key as a label; empty where it is too long for one, or holds boxes of a choice."""
    start, end = cell
    if end - start > 3 * _LONGEST_LABEL:
        return ""
    return _label_key(text[start:end])


@lru_cache(maxsize=8192)  # a cell is asked for several times, and forms say the same
def _label_key(cell: str) -> str:
    bare = _TAG.sub("", cell).strip(" \u3000|")
    if (_MAY_BE_BOX.search(bare) and _BOXES.search(bare[1:])) or "<input" in cell:
        return ""
    key = fold(bare)
    known = _canonical(key) is not None
    return key if len(key) <= _LONGEST_LABEL and (known or not _NO_LABEL.search(key)) else ""


def _known(text: str, cell: tuple[int, int]) -> bool:
    key = _key_of(text, cell)
    return bool(key) and _canonical(key) is not None and not _BOXES.match(key)


def _is_label(text: str, cells: Sequence[tuple[int, int]], at: int, *, first: bool) -> bool:
    """Whether the cell is a label: known as one, the row's first, or before a row of boxes."""
    key = _key_of(text, cells[at])
    if not key:
        return False
    boxed = at + 1 < len(cells) and _BOXES.match(text[slice(*cells[at + 1])].lstrip(" \u3000"))
    if _BOXES.match(key):  # ■ before a label, or before an item of a choice
        return first and not boxed and _canonical(key[1:]) is not None
    if _canonical(key) is not None:
        return True
    if first:
        return True
    return at + 1 < len(cells) and bool((boxed and len(key) <= 16) or _LABEL_LIKE.match(key))


def _running(text: str, lines: Sequence[Line]) -> Iterator[Slot]:
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.cell or (following and following.row == line.row and following.cell):
            continue  # a table's row
        gap = _COLON.search(line.text, 1, _LONGEST_LABEL + 12)
        label = fold(line.text[: gap.start()]) if gap else ""
        if gap and canonical(label):
            start, end = line.start + gap.end(), line.end
            start += len(text[start:end]) - len(text[start:end].lstrip(" \t\u3000:："))
            if start < end:
                yield _field(text, label, start, end)
                continue
        if len(line.key) > _LONGEST_LABEL + 8 or not canonical(line.key):
            continue
        mark = numbering(line.text)
        last = index
        while (
            last + 1 < len(lines)
            and last - index < _LONGEST_VALUE
            and not (last > index and lines[last + 1].row > lines[last].row + 2)
            and not _ends_field(lines[last + 1], mark[0] if mark else "")
        ):
            last += 1
        if last > index:
            yield _field(text, line.key, lines[index + 1].start, lines[last].end)


def _ends_field(line: Line, style: str) -> bool:
    """Whether a line is the next field's label or heading rather than a value's."""
    if _BOXES.match(line.text) and len(_BOXES.findall(line.text[:200])) > 1:
        return False  # a row of boxes is a value
    if _MARKED.match(line.key) or _canonical(line.key) is not None:
        return True
    gap = _COLON.search(line.text, 1, _LONGEST_LABEL + 12)
    if gap and _canonical(fold(line.text[: gap.start()])) is not None:
        return True
    mark = numbering(line.text)
    return mark is not None and mark[0] == style


def _field(text: str, label: str, start: int, end: int) -> Slot:
    value = text[start:end]
    return Slot(canonical(label), value, start, end, ticked(value), label)
