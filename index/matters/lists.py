"""Lines -> the items of a numbered list: an agenda, or the numbered headings of the minutes.

A list goes on through the discussion under an item as long as its next number comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.headings import goes_on, label_of
from index.japanese import fold
from index.text.case_numbers import ONLY_LABEL
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.replies import CONCLUSION
from index.text.titles import (
    CONTAINER,
    KIND_MARK,
    LONGEST_HEADING,
    LONGEST_TITLE,
    QUOTED,
    STEP,
    TITLE_END,
    TITLE_FOLLOWS,
    is_procedure,
    looks_like_title,
    names_an_action,
)
from index.text.turns import Role, role_of, speaker_of

_AGENDA_STOP = re.compile(
    r"^(?:[(\[【<〈◇◆●○◎■□※▼▽▲△▶▷☆★]|[0-9]{1,2}(?![0-9])[.]?)*(?:(?:審議|審査|会議|協議)?の?(?:結果|結論)(?:$|[】\])>〉:：])|議事(?:の)?(?:概要|要旨|内容|録|経過)"
    r"|会議(?:の)?(?:概要|要旨|経過|内容|記録)|審議(?:の)?(?:概要|要旨|内容|経過)|会議の公開"
    r"|公開|傍聴|出席|欠席|資料|配布|配付|会議資料|確認資料|問い?合わせ|開催日|日時|場所"
    r"|会場|実施機関の|諮問機関|答申の結論|結論|議事の概要|発言|説明員|以上$)"
)
_OPENING = re.compile(
    r"^(?:開会|会長?あいさつ|会長挨拶|挨拶|委員の紹介|委員紹介"
    r"|前回(?:会議)?の?.{0,10}(?:概要報告|確認|承認)|委嘱状の?交付|会議の成立.*"
    r"|前回会議録の(?:確認|承認)|資料(?:の)?確認|議事録署名.*)$"
)


@dataclass(slots=True)
class Item:
    """An item of a numbered list, while the list is read."""

    index: int
    last: int
    style: str
    number: int
    depth: int
    label: str
    start: int
    end: int
    title: str
    parents: list[Item] = field(default_factory=list)
    container: bool = False


_BESIDE_LABEL = re.compile(
    r"^(?:(?P<label>[^:：\s]{2,8})[ \u3000]*[:：]|[【〔\[](?P<bracketed>[^】〕\]]{2,8})[】〕\]])[ \t\u3000]*(?=\S)"
)
_MAY_BE_BESIDE = re.compile(r"[:：】〕\]]|[ \t\u3000]{2}|\S[ \t\u3000](?=[(（]?[0-9０-９①ア])")
_MAY_STAND_BESIDE = re.compile(
    r"[:：】〕\]\s][ \t\u3000]*[・･‧•●○◯◆◇■□◎〇▪▫◦▼▽▲△▶▷☆★\-–—*(（第0-9０-９①-⒇Ⅰ-Ⅹアイウエオカキクケコサシスセソ一二三四五六七八九十]"
)
_GAP = re.compile(r"[ \t\u3000]+")
_MARKS_AROUND = "[【〔<〈《(≪◇◆●○■□◎※▼▽▲△▶▷☆★"
_LONGEST_LABEL = 40
_LABEL_ENDS = 24  # characters in which a label ends, its letters perhaps set apart


def label_beside(text: str) -> tuple[str, int] | None:
    """The folded label that stands in one row with the first item of its list (議題：１．…, 案　件　(1) …),
    and where the item begins; None where there is none."""
    if not _MAY_STAND_BESIDE.search(text, 0, _LABEL_ENDS + 4):  # as in most lines
        return None
    match = _BESIDE_LABEL.match(text)
    if match:
        stated = numbering(text[match.end() :])
        return (fold(match["label"] or match["bracketed"]), match.end()) if stated else None
    for gap in _GAP.finditer(text, 0, _LABEL_ENDS):
        label = fold(text[: gap.start()])
        if len(label) > 1 and numbering(text[gap.end() :]) and not numbering(text):
            return label, gap.end()
    return None


def bare_key(line: Line) -> str:
    """The line's key without numbering, marks and brackets."""
    key = line.key
    text = line.text
    mark = numbering(text)
    if mark:
        text = text[mark[2] :]
        key = fold(text)
    beside = label_beside(text)
    if beside:
        key = beside[0]
    key = key.lstrip(_MARKS_AROUND).partition("※")[
        0
    ]  # 議題 ※(1)について公開: what follows is a note
    return key.rstrip("]】〕>〉》)≫:：")


def starts_list(lines: Sequence[Line], index: int, label: re.Pattern[str]) -> bool:
    """Whether a list begins at a line: by its label, or by a first item as agendas open with (1 開会)."""
    line = lines[index]
    if line.cell > 0 or len(line.key) > 120:
        return False
    if len(line.key) > _LONGEST_LABEL and not _MAY_BE_BESIDE.search(line.text, 0, 24):
        return False
    bare = bare_key(line)
    mark = numbering(line.text)
    if label.match(bare):
        return not _item_of_papers(lines, index, bare)
    return bool(mark and mark[1] == 1 and (_OPENING.match(bare) or CONTAINER.match(bare)))


def _item_of_papers(lines: Sequence[Line], index: int, bare: str) -> bool:
    """Whether a label (次第) is but an item of the list of papers in which it stands: the next line goes on
    with its numbers."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    mark, following = numbering(line.text), numbering(below.text) if below else None
    if below is None or mark is None or following is None or not bare.endswith("次第"):
        return False
    return mark[0] == following[0] and (
        following[1] == mark[1] + 1 if mark[1] else line.text[0] == below.text[0]
    )


def read_list(
    lines: Sequence[Line], start: int, last: int, label: re.Pattern[str]
) -> tuple[list[Item], int]:
    """The items of the list whose label (or first item) is `lines[start]`, and where it ends.

    A list goes on through the discussion under an item as long as the next number of a style that is
    in use comes; it ends where another label begins, or numbers start anew.
    """
    reading = _Reading(lines, start, label)
    index, beside = reading.first()
    while index < last and reading.takes(index, beside):
        index, beside = index + 1, 0
    return reading.items, index


@dataclass(slots=True)
class _Reading:
    """A list while it is read: its items so far, and of these the ones that the next may stand below.

    `interrupted` says that a discussion has begun below the last item, in which lists may stand (`inner`,
    by their style: the last number, and whether they are titles); `closed` that the list has come to その他.
    """

    lines: Sequence[Line]
    start: int
    label: re.Pattern[str]
    items: list[Item] = field(default_factory=list)
    stack: list[Item] = field(default_factory=list)
    interrupted: bool = False
    closed: bool = False
    inner: dict[str, tuple[int, bool]] = field(default_factory=dict)

    def first(self) -> tuple[int, int]:
        """The line of the first item, and where it begins in it: behind the label, or the line below."""
        text = self.lines[self.start].text
        if not self.label.match(bare_key(self.lines[self.start])):
            return self.start, 0
        mark = numbering(text)
        skip = mark[2] if mark else 0
        same_line = label_beside(text[skip:])
        return (self.start, skip + same_line[1]) if same_line else (self.start + 1, 0)

    def takes(self, index: int, beside: int) -> bool:
        """Take in a line, from its character `beside`; False where the list has ended before it."""
        line = self.lines[index]
        text = line.text[beside:]
        if self._stops_before(line):
            return False
        mark = numbering(text) if len(text) <= LONGEST_HEADING else None
        if mark is None and index > self.start:
            mark = _kana_alone(text, self.lines[index - 1], self.items, self.stack)
        if self.items and _beside_the_label(line, self.lines[self.start]):
            return False
        if mark and mark[0] == "bullet":
            if speaker_of(line):
                mark = None  # ○会長 is no item
            elif self.items and _STEP.search(line.key):
                self.interrupted = True  # ○事務局より資料1の説明
                return True
            elif not self.interrupted and _heads_what_follows(self.lines, index, self.items):
                return False
        if mark and self._of_the_discussion(mark, text[mark[2] :]):
            return True
        if mark is None and self._take_unnumbered(index, text):
            return True
        if mark is None or (self.interrupted and mark[0] == "bullet"):
            return self._take_rest(index)
        return self._take_numbered(index, beside, mark)

    def _stops_before(self, line: Line) -> bool:
        """Whether a line is another label (会議の公開), or heads what was concluded."""
        if (
            self.items
            and not self.interrupted
            and _AGENDA_STOP.match(line.key)
            and not line.key.endswith("。")  # 出席委員により承認された。 is no label
            and not line.key.startswith(("(1)", "(2)", "(3)"))
        ):
            mark = numbering(line.text)
            if not (mark and looks_like_title(line.text[mark[2] :])):
                return True
        return bool(CONCLUSION.match(line.key))

    def _of_the_discussion(self, mark: tuple[str, int, int], title: str) -> bool:
        """Whether a numbered line is of what was said on the item above, or heads it (ア 説明)."""
        if self.interrupted and _inside(self.inner, self.items, self.stack, mark, title):
            return True
        if _is_step(mark[0], title, self.items, self.stack):
            self.interrupted = True
            return True
        return False

    def _take_unnumbered(self, index: int, text: str) -> bool:
        """Take in a line that is an item without a number, if it is one: the item above it may say what is
        done, this one with what."""
        line = self.lines[index]
        below = bool(self.items) and not self.interrupted
        if below and _marked_alike(self.items[-1], line):
            above = self.items[-1]
            self.items.append(Item(
                index, index, above.style, 0, above.depth, "", line.start, line.end, text, above.parents
            ))  # fmt: skip
            return True
        bare = _unnumbered(line, self.items, index == self.start + 1 + len(self.items))
        bare = bare or (below and _only_of(self.items[-1], line))
        if not bare and not (below and _titled_below(line)):
            return False
        while self.stack and self.stack[-1].style in ("quoted", "bullet", "bare"):
            self.stack.pop()
        style = "bare" if bare else "quoted"
        self._add(Item(
            index, index, style, 0, len(self.stack), "", line.start, line.end, text, list(self.stack)
        ), holds=bare)  # fmt: skip
        self.interrupted = False
        return True

    def _take_rest(self, index: int) -> bool:
        """Take in a line that is no item: the rest of one, or the beginning of what was said on it."""
        line = self.lines[index]
        if (
            self.items
            and not self.interrupted
            and _continues(line, self.items[-1], self.lines, index)
        ):
            self.items[-1].end = line.end
            self.items[-1].last = index
            self.items[-1].title += line.text
        elif not self.items and index - self.start > _FIRST_WITHIN:
            return False
        elif self.items and not _sub_line(line):
            self.interrupted = True
        return True

    def _take_numbered(self, index: int, at: int, mark: tuple[str, int, int] | None) -> bool:
        """Take in the items that a line has from its character `at` on; a bullet may stand behind a number."""
        line = self.lines[index]
        text = line.text[at:]
        while mark is not None:
            style, number_, length = mark
            title = text[length:].strip()
            if self._goes_on_above(line, style, number_, title):
                return False  # 2 報告 after 1 議事: the list above this one goes on
            if self.items and style != "bullet" and not self._is_next(line, style, number_, title):
                if self.interrupted and number_ == 1 and _restart(self.items, style, title):
                    return False
                # numbers inside a discussion or a paper are that text's own
                self.interrupted = True
                return True
            while self.stack and style in [item.style for item in self.stack]:
                self.stack.pop()
            self._add(Item(
                index, index, style, number_, len(self.stack),
                text[:length].strip(), line.start + at + length, line.end, title, list(self.stack),
            ), holds=True)  # fmt: skip
            self.inner.clear()
            if not is_procedure(title):
                self.interrupted = False
            if re.match(r"^(?:その他|閉会)", fold(title)):
                self.closed = True
            text = text[length:]
            stripped = text.lstrip(" \u3000")
            at += length + len(text) - len(stripped)
            text = stripped
            mark = numbering(text) if text[:1] in "・･●○◆" else None
        return True

    def _goes_on_above(self, line: Line, style: str, number_: int, title: str) -> bool:
        """Whether a line is the next number of the list in which this list's label stands."""
        above = numbering(self.lines[self.start].text)
        if above is None or (style, number_) != (above[0], above[1] + 1) or is_procedure(title):
            return False
        return not self.stack or bool(self.label.match(bare_key(line)))

    def _is_next(self, line: Line, style: str, number_: int, title: str) -> bool:
        """Whether a number goes on with the list: the next of its style, or the first of a new one."""
        previous = next((item for item in reversed(self.stack) if item.style == style), None)
        sequel = previous is not None and number_ == previous.number + 1
        if self.interrupted:
            return sequel and not self.closed and (line.alone or looks_like_title(title))
        return sequel or number_ == 1

    def _add(self, item: Item, *, holds: bool) -> None:
        """Add an item; `holds` says that others may stand below it."""
        if self.stack:
            self.stack[-1].container = True
        if holds:
            self.stack.append(item)
        self.items.append(item)


_FIRST_WITHIN = 6  # lines below its label the first item stands


# what is done on a matter, told below its title
_STEP = re.compile(r"(?:より|から)[^。、]{0,16}(?:説明|報告|補足)(?:を行った|があった)?。?$")


def _heads_what_follows(lines: Sequence[Line], index: int, items: Sequence[Item]) -> bool:
    """Whether a marked line (◎開会の宣告) is the first heading behind the list and no point of its last
    item: blank rows part it from the items, which have none between them, and no item has such points."""
    if len(items) < 2 or any(item.style == "bullet" for item in items):
        return False
    if lines[index].row <= lines[index - 1].row + 1:
        return False
    within = lines[items[0].index : items[-1].last + 1]
    return all(below.row <= above.row + 1 for above, below in pairwise(within))


def _is_step(style: str, title: str, items: Sequence[Item], stack: Sequence[Item]) -> bool:
    """Whether a numbered line says how the matter above it was heard, below it (ア 説明)."""
    if not items or len(title) > _LONGEST_STEP or any(item.style == style for item in stack):
        return False
    return bool(STEP.fullmatch(fold(title))) and not CONTAINER.match(fold(items[-1].title))


_LONGEST_STEP = 40  # characters


_KANA = "アイウエオカキクケコサシスセソ"
_KANA_ALONE = re.compile(rf"[{_KANA}](?=[一-龠々「『])")
_ENDS_IN_KATAKANA = re.compile(r"[ァ-ヶー]$")


def _kana_alone(
    text: str, above: Line, items: Sequence[Item], stack: Sequence[Item]
) -> tuple[str, int, int] | None:
    """The mark of an item that nothing parts from its title (ア令和2年度…): the first below a heading, or
    the next of its style. After a row that ends in katakana it may be the rest of a word."""
    if not _KANA_ALONE.match(text) or _ENDS_IN_KATAKANA.search(above.key):
        return None
    number_ = _KANA.index(text[0]) + 1
    before = next((item.number for item in reversed(stack) if item.style == "kana"), 0)
    heads = not items or items[-1].style == "bare" or CONTAINER.match(fold(items[-1].title))
    if number_ == before + 1 and (before or heads):
        return "kana", number_, 1
    return None


def _beside_the_label(line: Line, label: Line) -> bool:
    """Whether a line has the mark and the place of the list's label (▽議題 … ▽内容): another label."""
    marks = numbering(label.text), numbering(line.text)
    return (
        all(mark is not None and mark[0] == "bullet" for mark in marks)
        and line.text[0] == label.text[0]
        and line.indent <= label.indent
        and line.start > label.start
    )


def _inside(
    inner: dict[str, tuple[int, bool]],
    items: Sequence[Item],
    stack: Sequence[Item],
    mark: tuple[str, int, int],
    title: str,
) -> bool:
    """Whether a number is of a list inside the discussion: one that began there at 1.

    Where it might be the next matter as well, its form decides: a title among what are no titles is one.
    """
    style, number_, _ = mark
    if style == "bullet":
        return False
    titled = looks_like_title(title)
    of_style = any(item.style == style for item in stack)
    if number_ == 1 and of_style and not _restart(items, style, title.strip()):
        inner[style] = (1, titled)
        return True
    before, as_titles = inner.get(style, (-1, False))
    if number_ == before + 1 and (as_titles or not titled):
        inner[style] = (number_, as_titles)
        return True
    return False


def _unnumbered(line: Line, items: Sequence[Item], follows: bool) -> bool:
    """Whether a title without a number is an item: right below the label, or in quotes as the others are.

    `follows` says that nothing but items stands between the label and the line.
    """
    if not line.alone or line.cell > 0 or any(item.style != "bare" for item in items):
        return False
    quoted = bool(QUOTED.match(line.key)) and line.key.startswith(("「", "『"))
    if not follows:
        return bool(items) and quoted and items[0].title.startswith(("「", "『"))
    titled = quoted or bool(TITLE_END.search(line.key)) or names_an_action(line.text)
    return titled and not (label_of(line) or _spoken(line) or is_procedure(line.text))


def _spoken(line: Line) -> bool:
    """Whether a line tells who says or does something: (市民課) 資料により説明."""
    told = _BRACKETED_HEAD.match(line.text)
    return bool(speaker_of(line) or (told and role_of(told[1]) is not Role.UNKNOWN))


_BRACKETED_HEAD = re.compile(r"[(（<〈《]([^()（）<>〈〉《》]{1,20})[)）>〉》]")


def _titled_below(line: Line) -> bool:
    return bool(QUOTED.match(line.key) and line.text.startswith(("「", "『"))) or bool(
        re.match(
            r"^(?:(?:平成"
            r"|令和)?[0-9元]{1,2}年度)?諮問(?:受理)?(?:\([^()]*\))?第\d+号(?:[・、]第?\d+号)*$",
            line.key,
        )
    )


def only_label(key: str) -> str:
    """The label that is all there is of a folded title (諮問第1104号(継続)); else empty."""
    match = ONLY_LABEL.fullmatch(re.sub(r"[(\[【][^()\[\]【】]{1,8}[)\]】]$", "", key))
    return match["label"] if match else ""


def _only_of(item: Item, line: Line) -> bool:
    """Whether a title without a number is the one matter of the item above it: (1) 諮問, and below it …について."""
    above = fold(item.title)
    if not (CONTAINER.match(above) or only_label(above)):
        return False
    if len(line.key) > LONGEST_TITLE or line.cell > 0:
        return False
    titled = bool(TITLE_END.search(line.key)) or names_an_action(line.text)
    wrapped = bool(only_label(above)) and len(line.key) >= LONG_ROW
    return (titled or wrapped) and not (_spoken(line) or label_of(line) or is_procedure(line.text))


def _marked_alike(item: Item, line: Line) -> bool:
    """Whether a line without a number is a matter beside that of the item above it, in the same words:
    (3) …事案その1（継続諮問）, and below it …事案その2（継続諮問）."""
    above, mark = KIND_MARK.search(fold(item.title)), KIND_MARK.search(line.key)
    return (
        above is not None
        and mark is not None
        and above.group() == mark.group()
        and line.alone
        and not (label_of(line) or _spoken(line))
    )


def _restart(items: Sequence[Item], style: str, title: str) -> bool:
    return any(fold(title)[:12] == fold(item.title)[:12] for item in items if item.style == style)


def _continues(line: Line, item: Item, lines: Sequence[Line], index: int) -> bool:
    """Whether a line (number `index`) without a number is the rest of the item above it, that is a hard
    wrap in a title."""
    previous = lines[index - 1]
    if line.row != previous.row + 1 and line.row != previous.row:
        return False
    if len(item.title) + len(line.text) > LONGEST_TITLE or item.title.rstrip().endswith("。"):
        return False
    if TITLE_END.search(fold(item.title)) or KIND_MARK.search(fold(item.title)):
        return bool(re.match(r"^[(（].{1,20}[)）]$", line.text))
    if re.match(r"^[(（【<〈《○◇◆●※→⇒\-—]", line.text) or line.key.endswith("。"):
        return False
    if (
        re.match(r"^\S{2,6}[:：]", line.text)
        or item.title == ""
        or CONTAINER.match(fold(item.title))
    ):
        return False
    wide = len(fold(item.title)) >= 16 or _width(lines, index - 1) >= LONG_ROW
    wide = wide or goes_on(previous.key, line.key)
    return wide and not is_procedure(item.title)


def _width(lines: Sequence[Line], index: int) -> int:
    """How long the row of a line is, in characters, up to the line's end."""
    first = index
    while first and lines[first - 1].row == lines[index].row:
        first -= 1
    return len("".join(line.key for line in lines[first : index + 1]))


_FIELD = re.compile(r"^\**(?:諮問|利用|実施|提供|担当|所管|主管)(?:機関|課|部署|部課)\**[:：]")


def _sub_line(line: Line) -> bool:
    """A line that stands under an item of an agenda without ending it: 諮問機関：…, ⇒ …, a department."""
    key = line.key
    return bool(
        key.rstrip("*").endswith(("課", "室", "局", "センター", "係"))
        or _in_brackets(line)
        or _FIELD.match(key)
        or TITLE_FOLLOWS.search(key)
        or not key
    )


_BRACKETED = re.compile(r"[(\[【〔<].{1,60}[)\]】〕>]$")


def _in_brackets(line: Line) -> bool:
    """An office in round brackets, or a note in others: <防災課> on a line is who speaks next."""
    if not _BRACKETED.match(line.key):
        return False
    return line.key.startswith("(") or not _spoken(line)


LONG_ROW = 26  # characters: a row so long may be wrapped
