"""Headings -> matters: which headings name the same matter, and where its parts begin and end.

A title that stands in the agenda and again further down is one matter; the second place is where its
part begins. A part ends at the next heading, at order of business, at the next sitting or paper.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from index.announcements import all_turned_to, decides, turned_to
from index.case_numbers import (
    CASE_NUMBER,
    ITEM_WORDS,
    ONLY_LABEL,
    names_case,
    numbers_in,
    numbers_of,
    word_of,
)
from index.headings import REPLY, Heading, label_of
from index.japanese import fold, similarity
from index.lines import Line
from index.meetings import Meeting
from index.numbering import numbering
from index.sentences import wraps
from index.titles import CONTAINER
from index.turns import Role, role_in, speaker_of

_TAIL = re.compile(
    r"(?:[(（\[【][^()（）\[\]【】]{0,30}(?:課|室|係|局|部|センター|所|館|報告|諮問|協議"
    r"|継続|新規|資料\d*|公開|審議|委員会|会|定|関係)[^()（）]{0,8}[)）\]】]|について|の件"
    r"|に関すること|[。、])$"
)
_PART_HEAD = re.compile(
    r"^(?:(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度)[^。、]{0,40}(?:運用状況|実施状況"
    r"|施行状況|監査の?結果|事業報告|運営状況)(?:報告書?)?(?:について)?(?:\([^()]*\))?$"
    r"|^諮問書$"
)


@dataclass(slots=True)
class Group:
    """The headings of one matter, while a record is read."""

    core: str
    headings: list[Heading] = field(default_factory=list)
    sheet_at: int | None = None  # the line of its case sheet
    named: Heading | None = None  # the heading that names it best, where its length does not say so

    @property
    def main(self) -> Heading:
        """The heading that names the matter: one with a label, and of those the longest."""
        return self.named or max(
            self.headings,
            key=lambda h: (bool(h.label), not h.row and len(core_of(h.title)), -h.index),
        )


class Rows:
    """The rows of tables whose matters are told in the row itself; they do not overlap."""

    def __init__(self, rows: Iterable[tuple[int, int] | None]) -> None:
        self._rows = sorted({row for row in rows if row is not None})

    def hold(self, offset: int) -> bool:
        at = bisect_right(self._rows, offset, key=lambda row: row[0]) - 1
        return at >= 0 and offset < self._rows[at][1]


_LONGEST_TITLE = 400  # what is longer is no title: only its beginning is looked at


@lru_cache(maxsize=4096)
def core_of(title: str) -> str:
    """A title's key without quotes, kind, department and について: what is left names the matter."""
    key = fold(title[:_LONGEST_TITLE])
    key = re.sub(r"^(?:[【\[(](?:継続|新規|諮問|報告|審議|協議|継続審議|再諮問)[】\])])+", "", key)
    key = re.sub(r"\((?:[^()]*(?:条例|法|同条|規則))?第\d+[条項号][^()]*\)|\(同条[^()]*\)", "", key)
    key = re.sub(r"[「」『』]", "", _without_tails(key))
    return _without_tails(key)


def _without_tails(key: str) -> str:
    while tail := _TAIL.search(key):
        if key[: tail.start()] in ("事案", "案件"):
            break  # 事案(訴訟資料): what stands in brackets names the matter
        key = key[: tail.start()]
    return key


def same_matter(left: str, right: str) -> bool:
    """Whether two cores name one matter: equal, one inside the other, or alike but for misprints."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) >= 8 and short in long and (len(short) >= 14 or len(long) <= 3 * len(short)):
        return True
    # long titles share their formal tail; what they are about stands at their head
    if len(short) < 16 or len(long) > 1.4 * len(short):
        return False
    heads = left[:14], right[:14]
    if len({*heads[0]} - {*heads[1]}) > 2:  # then they cannot be alike; telling so is quicker
        return False
    return similarity(*heads) >= 0.8 and similarity(left, right) >= 0.9


_Of = TypeVar("_Of")


class Matters(Generic[_Of]):
    """Things by their cores, in the order in which they came: those that may be of one matter.

    Two cores of one matter are equal, or the first eight characters of one stand in the other, or
    their first fourteen characters are alike but for two, and so have three in a row in common.
    """

    def __init__(self) -> None:
        self._things: list[_Of] = []
        self._whole: dict[str, list[int]] = {}
        self._head: dict[str, list[int]] = {}
        self._inner: dict[str, list[int]] = {}
        self._near: dict[str, list[int]] = {}

    def add(self, core: str, thing: _Of) -> int:
        """Remember a thing; the number returned serves to give it another core (`call`)."""
        self._things.append(thing)
        self.call(len(self._things) - 1, core)
        return len(self._things) - 1

    def call(self, number: int, core: str) -> None:
        """Let a thing be found by this core (too)."""
        self._whole.setdefault(core, []).append(number)
        if len(core) >= 8:
            self._head.setdefault(core[:8], []).append(number)
        for inner in _grams(core, 8):
            self._inner.setdefault(inner, []).append(number)
        for near in _grams(core[:14], 3):
            self._near.setdefault(near, []).append(number)

    def like(self, core: str) -> Iterator[_Of]:
        """The things that may be of the matter that `core` names, in their order."""
        found = {*self._whole.get(core, ())}
        for inner in _grams(core, 8):
            found.update(self._head.get(inner, ()))
        found.update(self._inner.get(core[:8], ()))
        if len(core) >= 16:
            for near in _grams(core[:14], 3):
                found.update(self._near.get(near, ()))
        return (self._things[number] for number in sorted(found))


def _grams(core: str, length: int) -> set[str]:
    return {core[at : at + length] for at in range(len(core) - length + 1)}


def grouped(headings: Sequence[Heading]) -> list[Group]:
    groups: list[Group] = []
    known: Matters[tuple[int, Group]] = Matters()
    for heading in headings:
        core = core_of(heading.title)
        if len(core) < 3:
            continue
        sheet_at = heading.index if heading.sheet else None
        number_, group = next(
            (
                (n, group)
                for n, group in known.like(core)
                if same_matter(group.core, core) and _may_join(group, heading)
            ),
            (0, None),
        )
        if group is None:
            group = Group(core, [heading], sheet_at)
            known.add(core, (len(groups), group))
            groups.append(group)
        else:
            group.headings.append(heading)
            group.sheet_at = sheet_at if sheet_at is not None else group.sheet_at
            if len(core) > len(group.core) and not heading.body:
                group.core = core
                known.call(number_, core)
    return groups


def joined_by_label(groups: list[Group], ends: Sequence[int]) -> list[Group]:
    """The groups; a matter that an agenda lists under the label of a case (諮問第52号) and that the minutes
    of the same sitting head with it and with other words is one. `ends` are the lines at which sittings end."""
    by_label: dict[tuple[int, str], list[tuple[Group, Heading]]] = {}
    for group in groups:
        for heading in group.headings:
            if _FORMAL_LABEL.fullmatch(heading.label):
                sitting = bisect_right(ends, heading.index)
                by_label.setdefault((sitting, heading.label), []).append((group, heading))
    gone: set[int] = set()
    for named in by_label.values():
        (first, *_), *others = named
        told = [(group, heading) for group, heading in others if group is not first]
        listed = all(not heading.body for group, heading in named if group is first)
        if len({id(group) for group, _ in told}) != 1 or not listed:
            continue
        (group, heading), *_ = told
        if not heading.body or id(group) in gone or id(first) in gone:
            continue
        first.headings = sorted([*first.headings, *group.headings], key=_index_of)
        first.named = heading
        first.core = group.core
        gone.add(id(group))
    return [group for group in groups if id(group) not in gone]


_FORMAL_LABEL = re.compile(r"(?:諮問|議案|報告|議題|案件)第[0-9]{1,4}号")


def _may_join(group: Group, heading: Heading) -> bool:
    """Two items of one list are two matters, though their titles be the same (told apart by office)."""
    if heading.sheet and group.sheet_at not in (None, heading.index):
        return False
    if heading.row and any(_beside_in_table(heading, other) for other in group.headings):
        return False
    for other in reversed(group.headings):
        if other.index < heading.index - 4:  # they come in the order of their lines
            break
        if (
            other.index == heading.index
            and other.spans != heading.spans
            and not _overlap(other, heading)
        ):
            return False
        listed = not other.body and not heading.body
        near = 0 < heading.index - other.index <= 4
        if listed and near and other.label != heading.label and _alike(other, heading):
            return False
    return True


def _alike(left: Heading, right: Heading) -> bool:
    """Whether the marks of two items are of one style, or of none: ・ and ■ are of two lists."""
    marks = [numbering(heading.label) for heading in (left, right)]
    bullets = [mark is not None and not mark[1] for mark in marks]
    return not all(bullets)


def _beside_in_table(row: Heading, other: Heading) -> bool:
    """Whether two headings are rows of one table of results that differ in their titles."""
    return (
        other.row is not None
        and other.row != row.row
        and other.meeting_cells == row.meeting_cells
        and fold(other.title) != fold(row.title)
    )


def _overlap(left: Heading, right: Heading) -> bool:
    return left.spans[0][0] < right.spans[-1][1] and right.spans[0][0] < left.spans[-1][1]


# numbering, marks and labels; any other word before a title makes it another title, or a sentence
_BEFORE_TITLE = re.compile(
    r"(?:[a-h](?=[-(0-9])|[-0-9()\[\]【】<>〈〉《》「『○〇●◎◆◇■□・※.,、:：①-⑳アイウエオカキⅠ-Ⅹ第号]|令和|平成"
    r"|年度|元|第[一二三四五六七八九十]{1,3}|日程|諮問|審議|報告|協議|議題|議事|案件|事項|事案|継続|新規|件名|資料|次に|次は|続いて|続きまして|それでは|では)*"
)


_HEAD = 10  # characters of a core that find the places where it stands again
_LONGEST_BEFORE = 200


def _places(
    lines: Sequence[Line], groups: Sequence[Group], rows: Rows
) -> dict[str, list[tuple[int, int]]]:
    """Where the head of a group's core stands in a line with nothing before it but what may stand
    before a title: of each head the lines, and the place in the line's key."""
    heads = {group.core[:_HEAD] for group in groups if len(group.core) >= 4}
    lengths = sorted({len(head) for head in heads})
    places: dict[str, list[tuple[int, int]]] = {head: [] for head in heads}
    if not heads:
        return places
    firsts = {head[0] for head in heads}
    for index, line in enumerate(lines):
        key = line.key
        if line.cell > 1 or key.endswith("、"):
            continue
        before = _BEFORE_TITLE.match(key, 0, _LONGEST_BEFORE)
        reach = before.end() if before else 0
        for at in range(reach + 1):
            if key[at : at + 1] not in firsts:
                continue
            for length in lengths:
                head = key[at : at + length]
                if (
                    head in heads
                    and key.index(head) == at
                    and _BEFORE_TITLE.fullmatch(key, 0, at)
                    and not rows.hold(line.start)
                ):
                    places[head].append((index, at))
    return places


def find_bodies(
    lines: Sequence[Line], groups: Sequence[Group], rows: Rows, meetings: Sequence[Meeting]
) -> None:
    """Where a listed title stands again as a heading, its part begins there; in each sitting by itself."""
    taken: set[int] = set()
    for heading in (heading for group in groups for heading in group.headings):
        taken.add(heading.index)
        for start, end in heading.spans:
            index = bisect_right(lines, start, key=lambda line: line.end)
            while index < len(lines) and lines[index].start < end:
                taken.add(index)
                index += 1
    _titles_again(lines, groups, rows, taken)
    starts = [0, *(bisect_left(lines, m.start, key=_start_of) for m in meetings[1:]), len(lines)]
    chairs = {name for meeting in meetings for name in meeting.chairs}
    for first, last in pairwise(sorted(starts)):
        _mark_attached(lines, groups, first, last)
        listed = [_Listed(group, first, last) for group in groups]
        listed = [one for one in listed if one.headings]
        _papers_of(lines, listed, taken)
        _numbers_again(lines, listed, taken)
        _short_names(lines, listed, taken)
        _turns_to_items(lines, listed, taken, chairs)
        for one in listed:
            # a title listed once and never repeated: its own place is its part
            if not one.told():
                at = one.group.headings.index(one.headings[-1])
                one.group.headings[at] = replace(one.headings[-1], body=True)


def _mark_attached(lines: Sequence[Line], groups: Sequence[Group], first: int, last: int) -> None:
    """Mark the headings that stand in an attachment of the sitting whose lines are `first` to `last`."""
    attachment = next((n for n in range(first, last) if _ATTACHMENT.fullmatch(lines[n].key)), last)
    for group in groups:
        group.headings = [
            replace(heading, attached=True) if attachment < heading.index < last else heading
            for heading in group.headings
        ]


def _start_of(line: Line) -> int:
    return line.start


def _index_of(heading: Heading) -> int:
    return heading.index


class _Listed:
    """A matter in one sitting: the headings of its group among the lines `first` to `last`."""

    def __init__(self, group: Group, first: int, last: int) -> None:
        self.group, self.first, self.last = group, first, last

    @property
    def headings(self) -> list[Heading]:
        return [h for h in self.group.headings if self.first <= h.index < self.last]

    def told(self) -> bool:
        """Whether a part of it, other than one of an attachment, is known to begin in this sitting."""
        return any(heading.body and not heading.attached for heading in self.headings)


def _add_body(group: Group, heading: Heading, taken: set[int], last: int) -> None:
    taken.update(range(heading.index, last + 1))
    insort(group.headings, heading, key=_index_of)


def _titles_again(
    lines: Sequence[Line], groups: Sequence[Group], rows: Rows, taken: set[int]
) -> None:
    """Lines that are a listed title; of several matters of one title, that of the office or number named."""
    places = _places(lines, groups, rows)
    alike: dict[str, list[Group]] = {}
    for group in groups:
        placed = any(heading.sheet for heading in group.headings) or all(
            heading.context == REPLY for heading in group.headings
        )
        if len(group.core) >= 4 and not placed:
            alike.setdefault(group.core, []).append(group)
    for core, named in alike.items():
        waiting = list(named)
        for index, at in places[core[:_HEAD]]:
            if index in taken:
                continue
            last = _title_until(lines, index, at, core)
            if last is None:
                continue
            line = lines[index]
            joined = "".join(other.key for other in lines[index : last + 1])
            group = max(waiting or named, key=lambda group: _told_apart(group, line, joined))
            if group in waiting:
                waiting.remove(group)
            if not waiting:
                waiting = list(named)
            again = any(
                heading.index < index for heading in group.headings
            )  # else it is listed first
            mark = numbering(line.text)
            skip = mark[2] if mark and mark[1] else 0  # its number in the list is none of the title
            span = line.start + skip, lines[last].end
            heading = Heading(index, "", (span,), line.text[skip:], body=again)
            _add_body(group, heading, taken, last)


def _title_until(lines: Sequence[Line], index: int, at: int, core: str) -> int | None:
    """The last line of a heading that is the title of this core, from the key's character `at`; or None."""
    joined = lines[index].key
    last = index
    while len(joined) - at < len(core) and last + 1 < len(lines) and last - index < 5:
        if lines[last + 1].row != lines[last].row + 1:
            break
        last += 1
        joined += lines[last].key
    # of a line that is far longer than the title no more need be looked at
    body = joined[at : at + 2 * len(core) + 400]
    compared = re.sub(r"[「」『』]", "", body)
    if not (compared.startswith(core) or similarity(compared[: len(core)], core) >= 0.9):
        return None
    rest = compared[len(core) :]
    # a sentence that mentions the title is no heading, unless it gives the verdict on it
    if re.match(r"^(?:において|における|は、|を|が|に(?!つ)|では)", rest) and not re.search(
        r"「可」|承認", rest
    ):
        return None
    goes_on = last + 1 < len(lines) and lines[last + 1].row == lines[last].row + 1
    if goes_on and re.match(r"に?(?:ついて|関して)は?、", rest) and wraps(lines[last].text):
        return None
    if len(rest) > 90 or (
        rest.endswith("。") and not re.match(r"^(?:」)?(?:\(.{1,12}\))?(?:について|は、)", rest)
    ):
        return None
    return last


# what heads the papers behind minutes or a reply
_ATTACHMENT = re.compile(r"[\[【〔<〈(]?(?:別紙|別添|別記)(?:資料)?[0-9]{0,2}[\]】〕>〉)]?")
_ASIDE = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{2,24})[)\]】〕]")


def _told_apart(group: Group, line: Line, joined: str) -> int:
    """How surely a heading belongs to this one of the matters of one title: by its office, its number."""
    listed = group.headings[0]
    offices = set(_ASIDE.findall(fold(listed.title)))
    mark = numbering(line.text)
    number_ = mark[1] if mark else 0
    label = label_of(line)
    return 2 * bool(offices & set(_ASIDE.findall(joined))) + bool(
        (label and label == listed.label) or (number_ and number_ == listed.order)
    )


# a line that says of which matter what follows is: (答申第11号 諮問第4号関係), 別紙1(諮問第4号)
_OF_A_MATTER = re.compile(r"別[紙添記]|答申|関係|関連|分[)】]|資料|個票")
_ONLY_OF_A_MATTER = re.compile(
    r"(?:別[紙添記]|参考|資料|個票|答申書?(?:第[0-9]{1,4}号)?|第[0-9]{1,3}|関係|関連|分|に(?:係る|関する|対する)(?:もの|こと|答申)?|について|の|[0-9()\[\]【】〔〕<>〈〉・:、.-])*"
)


def _papers_of(lines: Sequence[Line], listed: Sequence[_Listed], taken: set[int]) -> None:
    """Parts that a line of their own gives to a listed matter by its number."""
    for index in range(listed[0].first, listed[0].last) if listed else ():
        line = lines[index]
        if (
            "号" not in line.key
            or len(line.key) > _LONGEST_OF_A_MATTER
            or index in taken
            or line.cell
            or not _OF_A_MATTER.search(line.key)
        ):
            continue
        key = _REPLY_NUMBER.sub("", line.key)
        named = list(CASE_NUMBER.finditer(key))
        rest = CASE_NUMBER.sub("", key)
        if len(named) != 1 or not _ONLY_OF_A_MATTER.fullmatch(rest):
            continue
        word, numbers = word_of(named[0]), numbers_in(named[0])
        for one in listed:
            before = [heading for heading in one.headings if heading.index < index]
            if before and any(names_case(word, n, h.label) for n in numbers for h in before):
                heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
                _add_body(one.group, heading, taken, index)


_REPLY_NUMBER = re.compile(r"答申第[0-9]{1,4}号")
_LONGEST_OF_A_MATTER = 40


def _numbers_again(lines: Sequence[Line], listed: Sequence[_Listed], taken: set[int]) -> None:
    """Headings with the number or label of a listed matter, and its title cut short or left out."""
    by_label: dict[str, list[_Listed]] = {}
    for one in listed:
        if not one.told():
            for heading in one.headings:
                if heading.label:
                    by_label.setdefault(_bare_label(heading.label), []).append(one)
    if not by_label:
        return
    for index in range(listed[0].first, listed[0].last):
        line = lines[index]
        if index in taken or line.cell > 0 or not line.alone:
            continue
        mark = numbering(line.text)
        label = label_of(line) or (fold(line.text[: mark[2]]) if mark and mark[1] else "")
        numbered = _NUMBER_AT_HEAD.match(line.key)
        if numbered and len(by_label.get(numbered["label"], ())) == 1:  # ○個審答申第61号(…)
            (one,) = by_label[numbered["label"]]
            if one.headings[-1].index < index and all(h.row for h in one.headings):
                heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
                _add_body(one.group, heading, taken, index)
                continue
        if mark and mark[1]:  # 1 諮問第3号について
            behind = ONLY_LABEL.fullmatch(fold(line.text[mark[2] :]))
            label = behind["label"] if behind and behind["label"] in by_label else label
        for n in _JOINED.findall(line.key) if _JOINTLY.match(line.key) else ():
            for one in (*by_label.get(n, ()), *by_label.get(f"({n})", ())):
                if one.headings[-1].index < index and not one.told():
                    heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
                    _add_body(one.group, heading, taken, index)
        for one in by_label.get(_bare_label(label), ()) if label else ():
            after = one.headings[-1].index < index
            if after and not one.told() and _cut_short(line, label, one.group):
                heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
                _add_body(one.group, heading, taken, index)
                break


# the number under which a table has a matter, at the head of what is told of it elsewhere
_NUMBER_AT_HEAD = re.compile(
    r"[【〔<〈《(≪◇◆●○■□◎※・-]{0,2}(?P<label>[^、。()\[\]【】]{0,14}?第[^\d、。()]{0,2}[0-9]{1,4}号)(?=$|[(「【:：\])】〉>])"
)

_BRACKETED = re.compile(r"[【〔［\[〈<＜《◆◇■□●○◎▼▽].{2,40}?[】〕］\]〉>＞》]?$")


def _short_names(lines: Sequence[Line], listed: Sequence[_Listed], taken: set[int]) -> None:
    """Headings in brackets, or behind a mark, that name a listed matter by the first words of its title
    (【街頭防犯カメラの件】): of those that no part is known of, and only where they fit no other."""
    untold = [one for one in listed if not one.told() and len(one.group.core) > _LEAST]
    for index in range(listed[0].first, listed[0].last) if len(untold) > 1 else ():
        line = lines[index]
        if index in taken or line.cell or not line.alone or not _BRACKETED.fullmatch(line.text):
            continue
        named = core_of(_inside(line.key))
        fits = [one for one in listed if named in one.group.core] if len(named) >= _LEAST else []
        if len(fits) == 1 and fits[0] in untold and fits[0].group.core.startswith(named):
            (one,) = fits
            if not one.told() and one.headings[-1].index < index:
                heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
                _add_body(one.group, heading, taken, index)


_LEAST = 4  # characters of a title that tell it from others
# one heading for several matters: (1)及び(2) 一括して審議
_JOINTLY = re.compile(
    r"[(]?[0-9]{1,2}[)]?(?:(?:及び|並びに|と|・|、|,)[(]?[0-9]{1,2}[)]?)+(?![0-9年月日時分人件名回条項号])[^。]{0,24}$"
)
_JOINED = re.compile(r"[0-9]{1,2}")


def _bare_label(label: str) -> str:
    return re.sub(r"[().,、]", "", label)


def _cut_short(line: Line, label: str, group: Group) -> bool:
    at = line.key.find(label)
    rest = core_of(re.sub(r"^[】〕\])〉>:：、.]+", "", line.key[at + len(label) :]))
    if not rest:
        # 【議題1】 alone; a bare number says too little
        return not label[0].isdigit() and len(label) >= 3
    if CONTAINER.match(rest):  # 6 報告, where the agenda has 6 報告 …について
        return group.core.startswith(rest)
    return len(rest) >= 4 and rest in group.core


def _turns_to_items(
    lines: Sequence[Line], listed: Sequence[_Listed], taken: set[int], chairs: Collection[str]
) -> None:
    """Where the chair turns to an item of the agenda by its number or its label, its part begins."""
    untold: dict[str, list[_Listed]] = {}  # by their numbers
    for one in listed:
        if not one.told():
            for number_ in {n for heading in one.headings for n in _numbers(heading)}:
                untold.setdefault(number_, []).append(one)
    for index in range(listed[0].first, listed[0].last) if untold else ():
        line = lines[index]
        names = all_turned_to(line, lines[index + 1] if index + 1 < len(lines) else None)
        names = [name for name in names if name[1] in untold]
        if not names or index in taken:
            continue
        speaker = speaker_of(line)
        if speaker is not None and decides(line):
            continue
        if speaker is not None and role_in(speaker[0], chairs) not in (Role.CHAIR, Role.OFFICE):
            continue
        for named, one in [(name, one) for name in names for one in untold[name[1]]]:
            place = next((h for h in one.headings if _turns_to(*named, h)), None)
            if place and not one.told() and index > place.index:
                heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
                _add_body(one.group, heading, taken, index)
                break


@dataclass(frozen=True, slots=True)
class Numbers:
    """By which numbers a matter goes: `named` with the words of its labels (諮問, 11), `items` those in the agenda."""

    named: frozenset[tuple[str, str]]
    items: frozenset[str]

    @classmethod
    def of(cls, headings: Sequence[Heading]) -> Numbers:
        """The numbers of a matter's headings."""
        named, items = set(), {str(heading.order) for heading in headings if heading.order}
        for label in {heading.label for heading in headings}:
            word, numbers = numbers_of(label)
            if word:
                named |= {(word, n) for n in numbers}
            else:
                items |= numbers
        return cls(frozenset(named), frozenset(items))


def turns_away(
    lines: Sequence[Line], first: int, last: int, own: Numbers, chairs: Collection[str] = ()
) -> int:
    """The first of the lines after `first` and before `last` in which the chair turns to another matter by
    its number; `last` where there is none."""
    words = {word for word, _ in own.named}
    for index in range(first + 1, last):
        named = turned_to(lines[index], lines[index + 1] if index + 1 < last else None)
        if named is None or named in own.named:
            continue
        is_item = named[0] in ITEM_WORDS and bool(own.items)
        if (is_item and named[1] in own.items) or not (is_item or named[0] in words):
            continue
        speaker = speaker_of(lines[index])
        if speaker is None or role_in(speaker[0], chairs) in (Role.CHAIR, Role.OFFICE):
            return index
    return last


# the label of a case behind its title: …の収集について(諮問第33号)
_LABEL_BEHIND = re.compile(rf"[(\[【〔]({ONLY_LABEL.pattern})[)\]】〕]$")


def _labels(heading: Heading) -> list[str]:
    behind = _LABEL_BEHIND.search(fold(heading.title[-_LONGEST_LABEL:]))
    return [heading.label, *([behind["label"]] if behind else [])]


_LONGEST_LABEL = 30


def _numbers(heading: Heading) -> set[str]:
    numbers = {n for label in _labels(heading) for n in numbers_of(label)[1]}
    return numbers | ({str(heading.order)} if heading.order else set())


def _turns_to(word: str, number_: str, heading: Heading) -> bool:
    """Whether a word and a number (議題, 2; 諮問, 11) name the matter of a heading."""
    if any(names_case(word, number_, label) for label in _labels(heading)):
        return True
    return word in ITEM_WORDS and str(heading.order) == number_


_CLOSING_ITEM = re.compile(
    r"その他(?:について|事項|の事項)?|閉会(?:の?あいさつ|の?挨拶)?|(?:次回|今後)の.{0,20}"
    r"|次回(?:開催|日程|会議).{0,10}|(?:事務)?連絡(?:事項)?|散会|日程.{0,10}|開会"
    r"|(?:会長|副会長|委員長|職務代理者?|会長代理).{0,14}(?:選出|選任|互選|指名).{0,6}"
    r"|(?:前回|第\d+回).{0,30}(?:承認|確認|報告)(?:について)?|.{0,8}(?:挨拶|あいさつ)"
)
_LIST_HEAD = re.compile(
    r"(?:諮問|審議|報告|協議)(?:案件|事項|議題)?(?:の審議|について)?(?:\([^()]*\))?"
)
# without a number or a mark before them only these
_CLOSING_WORD = re.compile(
    r"その他(?:事項)?|閉会|散会|(?:報告|連絡|諮問|審議|協議)(?:案件|事項)|以上"
)


def _inside(key: str) -> str:
    """A key without the marks and brackets around it."""
    return key.lstrip("[【〔<〈《(≪◇◆●○■□◎※・-").rstrip("]】〕>〉》)≫:：-")


_STAGE = re.compile(
    r"[【〔<〈《≪\[(](?:審議|審査|質疑|説明)(?:の?(?:内容|経過|概要|要旨))?[】〕>〉》≫\])]"
)
_LONGEST_END = 120  # characters of a line at which a part may end


def boundaries(
    lines: Sequence[Line], groups: Sequence[Group], meetings: Sequence[Meeting]
) -> tuple[list[int], list[int]]:
    """The line numbers at which a part ends: headings, sittings and new papers; and, in the second list,
    also order of business, labels of other matters, and the next number of the list that a heading is in.
    """
    papers = {heading.index for group in groups for heading in group.headings if not heading.row}
    starts = {meeting.start for meeting in meetings} | {meeting.end for meeting in meetings}
    headed = {lines[index].start for index in papers}
    ends: set[int] = set()
    for index, line in enumerate(lines):
        if line.start in starts:
            papers.add(index)
        elif line.cell or len(line.key) > _LONGEST_END:
            continue
        elif _PART_HEAD.match(line.key):
            papers.add(index)
        elif line.alone and _ends_a_part(line):
            following = lines[index + 1 : index + 2]
            if _STAGE.fullmatch(line.key) and not (following and following[0].start in headed):
                continue  # 【審議】 after 【説明】: what was said next on the same matter
            if not (following and following[0].row == line.row):  # else it is a table's label
                ends.add(index)
    papers.add(len(lines))
    ends |= papers
    ends |= _next_numbers(lines, groups, sorted(ends))
    ends |= _next_sections(lines, groups)
    return sorted(papers), sorted(ends)


_LAST_ASIDE = re.compile(r"\([^()]*\)$")


def _ends_a_part(line: Line) -> bool:
    bare = _inside(line.key)
    if _CLOSING_WORD.fullmatch(bare):
        return True
    mark = numbering(line.text)
    if mark:
        title = _inside(fold(line.text[mark[2] :]))
    elif bare != line.key:
        title = bare
    else:
        return bool(label_of(line))
    title = _LAST_ASIDE.sub("", title)
    return bool(_CLOSING_ITEM.fullmatch(title) or _LIST_HEAD.fullmatch(title) or label_of(line))


def _next_numbers(lines: Sequence[Line], groups: Sequence[Group], ends: Sequence[int]) -> set[int]:
    """Lines with the number after a heading's own that follows on no such number in its part: 2 after 議題1."""
    found: set[int] = set()
    for group in groups:
        number_ = max((_own_number(heading) for heading in group.headings), default=0)
        for heading in group.headings if number_ else ():
            if not heading.body or heading.row or heading.sheet:
                continue
            inside: set[tuple[str, int]] = set()
            stop = ends[bisect_right(ends, heading.index)]
            for index in range(heading.index + 1, stop):
                line = lines[index]
                mark = numbering(line.text) if line.cell == 0 else None
                if mark is None or not mark[1]:
                    continue
                style, n, length = mark
                if (
                    n == number_ + 1
                    and (style, n - 1) not in inside
                    and line.alone
                    and len(line.key) - length >= 4
                    and not speaker_of(line)
                ):
                    found.add(index)
                    break
                inside.add((style, n))
    return found


_SECTION = 400  # lines


def _next_sections(lines: Sequence[Line], groups: Sequence[Group]) -> set[int]:
    """Where the sections end in which is told what tables have: 5 審査中の諮問 after 4 答申の概要."""
    found: set[int] = set()
    for group in groups:
        if not any(heading.row for heading in group.headings):
            continue
        for heading in group.headings:
            if heading.row or not heading.body:
                continue
            near = lines[max(0, heading.index - _SECTION) : heading.index]
            above = next((m for line in reversed(near) if (m := _section_number(line))), None)
            below = range(heading.index + 1, min(len(lines), heading.index + _SECTION))
            coming = (above[0], above[1] + 1) if above else None
            found |= {n for n in below if coming and _section_number(lines[n]) == coming}
    return found


def _section_number(line: Line) -> tuple[str, int] | None:
    """The style and number of a line that may head a section."""
    if line.cell or not line.alone or line.indent:
        return None
    mark = numbering(line.text)
    return (mark[0], mark[1]) if mark and mark[1] else None


def _own_number(heading: Heading) -> int:
    written = re.search(r"[0-9]+", heading.label)
    return heading.order or (int(written.group()) if written and len(written.group()) < 4 else 0)
