"""What a title says of its matter: the core that names it, and when two titles name the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from index.japanese import fold, similarity

_TAIL = re.compile(
    r"(?:[(（\[【][^()（）\[\]【】]{0,30}(?:課|室|係|局|部|センター|所|館|報告|諮問|協議"
    r"|継続|新規|資料\d*|公開|審議|委員会|会|定|関係)[^()（）]{0,8}[)）\]】]|について|の件"
    r"|に関すること|[。、])$"
)


_LONGEST_TITLE = 400  # what is longer is no title: only its beginning is looked at


@lru_cache(maxsize=4096)
def core_of(title: str) -> str:
    """A title's key without quotes, kind, department and について: what is left names the matter."""
    key = fold(title[:_LONGEST_TITLE])
    key = re.sub(r"^(?:[【\[(](?:継続|新規|諮問|報告|審議|協議|継続審議|再諮問)[】\])])+", "", key)
    key = re.sub(r"\((?:[^()]*(?:条例|法|同条|規則))?第\d+[条項号][^()]*\)|\(同条[^()]*\)", "", key)
    key = re.sub(r"[「」『』]", "", _without_tails(key))
    key = _without_tails(key)
    return key[1:-1] if _ONLY_BRACKETS.fullmatch(key) else key


_ONLY_BRACKETS = re.compile(r"\([^()]+\)|\[[^\[\]]+\]")


def _without_tails(key: str) -> str:
    while tail := _TAIL.search(key):
        if key[: tail.start()] in ("", "事案", "案件") and tail.group()[0] in "([":
            break  # 事案(訴訟資料): what stands in brackets names the matter
        key = key[: tail.start()]
    return key


def same_matter(left: str, right: str) -> bool:
    """Whether two cores name one matter: equal, one inside the other, or alike but for misprints."""
    if left == right or left.replace("等", "") == right.replace("等", ""):
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


_ARTICLES = re.compile(r"第?\d+(?:条(?:の\d+)?|項|号)")
_BEFORE_PROCEDURE = re.compile(
    r"(?:に係る|に伴う|に伴い|における|において|のため|に当たり|するため|に関する)"
)
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
    for match in _BEFORE_PROCEDURE.finditer(core):
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
