"""Lines -> the replies (答申) that a record binds together: where each of them begins.

A reply is a letter of the council to whoever asked: a number and a day, who it is for, who sends it, its
title, and then what was concluded. Reports for years collect many of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.text.lines import Line

# a heading under which a reply says what was concluded
CONCLUSION = re.compile(
    r"^(?:第?[0-9一二三四]{1,2}(?![0-9一二三四])[.、]?|[◆◇●○■□【〈<\[(])*(?:[^、。()]{0,20}(?:審議会|審査会)(?:\(以下[^()]{1,20}\))?"
    r"|委員会|答申)?の?(?:結論|答申の結論|判断の結論|答申の?内容|意見)[】〉>\])]*[:：]?$"
)
# who asked, and is written to: the head of the government, a board; a council's own 会長 is not
_ADDRESSEE = re.compile(
    r"(?:(?:実施|諮問)機関|処分庁|.{0,16}(?:[市町村区]長|知事|管理者|教育長|議長|連合長|企業長|組合長|(?<!審議会)(?<!審査会)委員会|(?<![会])委員長))"
    r".{0,10}?(?:様|殿|宛て?|あて)"
)
_TO = ("様", "殿", "あて", "宛", "宛て")
_HEAD = re.compile(r"答申(?:書|第[0-9〇一二三四五六七八九十]{1,4}号)?(?:\((?:写し?|案|概要)\))?")
# what stands above the address: 霞情審第14号, 令和2年11月30日
_ABOVE = re.compile(
    r"\(?(?:写し?|案|別紙|別添)[0-9]*\)?|.{0,14}第?[0-9〇一二三四五六七八九十]{1,5}号(?:の[0-9]{1,2})?"
    r"|(?:明治|大正|昭和|平成|令和|[12]\d{3})[0-9元]{0,2}(?:\([^()]*\))?年(?:\([^()]*\))?[0-9]{1,2}月[0-9]{1,2}日(?:\((?:.|答申第?[0-9]{1,5}号)\))?"
)
_REPLIES = re.compile(r"答申(?:し|いたし|す(?:る|べき)|申し)|とおり答申")
_LONGEST = 40  # characters of a line of the address
_HIGHEST = 5  # lines above it


def replies_bound(lines: Sequence[Line]) -> list[int]:
    """The line numbers at which the replies of a record begin; empty where it holds none."""
    found: list[int] = []
    replied = False
    for index, line in enumerate(lines):
        key = line.key
        if len(key) > _LONGEST or line.cell:
            replied = replied or bool(found and _REPLIES.search(key))
            continue
        if found and not replied:
            replied = bool(CONCLUSION.match(key) or _REPLIES.search(key))
        elif (key.endswith(_TO) and _ADDRESSEE.fullmatch(key)) or (
            key.startswith("答申") and _HEAD.fullmatch(key) and not _heads_text(lines, index, found)
        ):
            found.append(_top(lines, index))
            replied = False
    return found if replied else found[:-1]


def _heads_text(lines: Sequence[Line], index: int, found: Sequence[int]) -> bool:
    """Whether 答申 alone on a line heads not a letter but its text: below it stands the letter's first conclusion."""
    if not found or lines[index].key not in ("答申", "答申書") or index + 1 == len(lines):
        return False
    concluded = any(CONCLUSION.match(line.key) for line in lines[found[-1] : index])
    return not concluded and bool(CONCLUSION.match(lines[index + 1].key))


def _top(lines: Sequence[Line], index: int) -> int:
    """The first line of the letter's head: the number and the day stand above the address."""
    top = index
    while top and index - top < _HIGHEST and _ABOVE.fullmatch(lines[top - 1].key):
        top -= 1
    return top


def each_reply(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The first line of each reply and the one after its last; the whole record where it binds none."""
    return list(pairwise([*(replies_bound(lines) or [0]), len(lines)]))
