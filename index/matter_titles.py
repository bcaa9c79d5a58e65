"""What a title says of its matter: when two titles name the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.japanese import fold, similarity
from index.matters import core_of

_LONGEST_TITLE = 400
_ARTICLES = re.compile(r"第?\d+(?:条(?:の\d+)?|項|号)")
_TAIL = re.compile(r"(?:に係る|に伴う|に伴い|における|において|のため|に当たり|するため|に関する)")
_PROCEDURE = re.compile(r"収集|利用|提供|結合|通知|省略|必要|侵害|設定|取扱|記録")
_ORDERS = re.compile(r"\d+|[一二三四五六七八九十]次|[前後上下]期|その[一二三]|[ⅰⅱⅲ]")
_MARKS = re.compile(r"[\[【(](?:継続|再|答申|諮問|報告|新規|資料)[^\[\]()【】]{0,6}[\])】]")
_AGAIN = re.compile(r"継続|再諮問|再審議|再付議")
_ONLY_NUMBERED = re.compile(r"諮問|答申|事案|審議|の|について|第|号|\d|[()【】\[\]]|件")


@dataclass(frozen=True, slots=True)
class MatterTitle:
    """A title, folded, as it is held against others."""

    core: str  # what names the matter
    head: str  # the same up to に係る and its like, where legal procedure follows
    orders: frozenset[str]  # years, phases and numbers in it: another one, another matter
    again: bool  # it says itself that it comes back
    bare: bool  # nothing but a number


@lru_cache(maxsize=8192)
def matter_title(title: str) -> MatterTitle:
    """The parts of a title that tell its matter."""
    key = fold(title[:_LONGEST_TITLE])
    core = core_of(_MARKS.sub("", key))
    plain = _ARTICLES.sub("", core)
    head = core
    for match in _TAIL.finditer(core):
        if match.start() >= 6 and _PROCEDURE.search(core, match.end()):
            head = core[: match.start()]
            break
    return MatterTitle(
        core,
        head,
        frozenset(_ORDERS.findall(plain)),
        bool(_AGAIN.search(key)),
        len(_ONLY_NUMBERED.sub("", core)) < 3,
    )


def same_title(left: MatterTitle, right: MatterTitle) -> bool:
    """The same title, but for one misread character in a long one."""
    if left.core == right.core:
        return len(left.core) >= 4
    if left.orders != right.orders or min(len(left.core), len(right.core)) < 16:
        return False
    if abs(len(left.core) - len(right.core)) > 2:
        return False
    return similarity(left.core, right.core) >= 0.96


def same_head(left: MatterTitle, right: MatterTitle) -> bool:
    """One title is all that the other one says before its legal procedure."""
    short, long = sorted((left, right), key=lambda title: len(title.core))
    same = short.core == long.head or (short.head == long.head and len(short.head) >= 8)
    return same and len(short.head) >= 6 and left.orders == right.orders
