"""Where the parts of a matter end: at the next heading, at order of business, at the next sitting or paper,
and where the chair turns to another matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.headings import Heading, label_of
from index.japanese import fold
from index.matters.announcements import turned_to
from index.matters.grouping import Group
from index.meetings import Meeting
from index.text.case_numbers import (
    ITEM_WORDS,
    numbers_of,
)
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.titles import inside_marks
from index.text.turns import Role, role_in, speaker_of

_PART_HEAD = re.compile(
    r"^(?:(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度)[^。、]{0,40}(?:運用状況|実施状況"
    r"|施行状況|監査の?結果|事業報告|運営状況)(?:報告書?)?(?:について)?(?:\([^()]*\))?$"
    r"|^諮問書$"
)


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
    bare = inside_marks(line.key)
    if _CLOSING_WORD.fullmatch(bare):
        return True
    mark = numbering(line.text)
    if mark:
        title = inside_marks(fold(line.text[mark[2] :]))
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
