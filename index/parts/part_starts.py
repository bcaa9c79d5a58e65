"""Where the parts of a matter begin: its title, its number or the chair's turning to it, further down."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from index.headings import REPLY, Heading, label_of
from index.japanese import fold, similarity
from index.matters.announcements import all_turned_to, decides
from index.matters.grouping import Group
from index.matters.matter_titles import core_of
from index.meetings import Meeting
from index.parts.decisions import states_results
from index.text.case_numbers import (
    CASE_NUMBER,
    ITEM_WORDS,
    ONLY_LABEL,
    names_case,
    numbers_in,
    numbers_of,
    word_of,
)
from index.text.lines import Line, Spans
from index.text.numbering import numbering
from index.text.sentences import wraps
from index.text.titles import CONTAINER, inside_marks
from index.text.turns import Role, role_in, speaker_of

# numbering, marks and labels; any other word before a title makes it another title, or a sentence
_BEFORE_TITLE = re.compile(
    r"(?:[a-h](?=[-(0-9])|[-0-9()\[\]【】<>〈〉《》「『○〇●◎◆◇■□・※.,、:：①-⑳アイウエオカキⅠ-Ⅹ第号]|令和|平成"
    r"|年度|元|第[一二三四五六七八九十]{1,3}|日程|諮問|審議|報告|協議|議題|議事|案件|事項|事案|継続|新規|件名|資料|次に|次は|続いて|続きまして|それでは|では)*"
)


_HEAD = 10  # characters of a core that find the places where it stands again
_LONGEST_BEFORE = 200


def _places(
    lines: Sequence[Line], groups: Sequence[Group], rows: Spans
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
    lines: Sequence[Line], groups: Sequence[Group], rows: Spans, meetings: Sequence[Meeting]
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
    starts = [
        0,
        *(bisect_left(lines, m.start, key=lambda line: line.start) for m in meetings[1:]),
        len(lines),
    ]
    chairs = {name for meeting in meetings for name in meeting.chairs}
    for first, last in pairwise(sorted(starts)):
        _mark_attached(lines, groups, first, last)
        listed = [_Listed(group, first, last) for group in groups]
        listed = [one for one in listed if one.headings]
        _papers_of(lines, listed, taken)
        _numbers_again(lines, listed, taken)
        _short_names(lines, listed, taken)
        _turns_to_items(lines, listed, taken, chairs)
        _first_of_all(lines, listed, taken)
        for one in listed:
            # a title listed once and never repeated: its own place is its part
            if not one.told():
                at = one.group.headings.index(one.headings[-1])
                one.group.headings[at] = replace(one.headings[-1], body=True)
        if len(listed) == 1:
            _summed_up(lines, listed[0], last)


def _summed_up(lines: Sequence[Line], only: _Listed, last: int) -> None:
    """Of a sitting's one matter, told in a summary and again in the minutes: a part that ends in a heading of
    results tells of it too, though the title is listed there."""
    for heading, following in pairwise([*only.headings, None]):
        until = following.index if following else last
        if heading is None or heading.body or heading.sheet or heading.row:
            continue
        if any(states_results(line) for line in lines[heading.index + 1 : until]):
            at = only.group.headings.index(heading)
            only.group.headings[at] = replace(heading, body=True)


def _mark_attached(lines: Sequence[Line], groups: Sequence[Group], first: int, last: int) -> None:
    """Mark the headings that stand in an attachment of the sitting whose lines are `first` to `last`."""
    attachment = next((n for n in range(first, last) if _ATTACHMENT.fullmatch(lines[n].key)), last)
    for group in groups:
        group.headings = [
            replace(heading, attached=True) if attachment < heading.index < last else heading
            for heading in group.headings
        ]


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
    lines: Sequence[Line], groups: Sequence[Group], rows: Spans, taken: set[int]
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
        short = _ASIDES_BEHIND.sub(
            "", core
        )  # what the agenda adds in brackets need not be said again
        for index, at in places[core[:_HEAD]]:
            if index in taken:
                continue
            last = _title_until(lines, index, at, core)
            if last is None and sum(other.startswith(short) for other in alike) == 1:
                last = _title_until(lines, index, at, short)
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


_ASIDES_BEHIND = re.compile(r"(?<=について)\(.*\)$")


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
        named = core_of(inside_marks(line.key))
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


def _first_of_all(lines: Sequence[Line], listed: Sequence[_Listed], taken: set[int]) -> None:
    """Where a chair turns to all matters of a list but the first, the talk before that is on the first."""
    ordered = sorted(listed, key=lambda one: one.headings[0].index)
    if len(ordered) < 2 or ordered[0].told() or not all(one.told() for one in ordered[1:]):
        return
    first = ordered[0]
    begins = min(h.index for one in ordered[1:] for h in one.headings if h.body)
    ends = max(h.index for one in ordered for h in one.headings if h.index < begins)
    if any(len(one.headings) < 2 or one.group.headings[0].row for one in ordered[1:]):
        return
    if not 0 < ordered[1].headings[0].index - first.headings[-1].index <= _LISTED_CLOSE:
        return
    for index in range(ends + 1, begins):
        speaker = speaker_of(lines[index], alone=True)
        if index not in taken and speaker and role_in(speaker[0], ()) is Role.CHAIR:
            line = lines[index]
            heading = Heading(index, "", ((line.start, line.end),), line.text, body=True)
            _add_body(first.group, heading, taken, index)
            return


_LISTED_CLOSE = 4  # lines between two items of one list
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
