"""A word that the index does not know -> the one word of its titles that is meant.

Words that sound alike (ぼうはんかめら, 特定検診) and slips of a character or two; short words are
left alone, for many are one character apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

import jaconv

from index.japanese import fold, level, reading, words_with_spans

_LONGEST_RUN = 4  # words of a title taken together
_SOUNDS = 5  # kana from which words that sound alike are taken for one
_MOST_TITLES = 5_000  # above which only words that sound alike are looked for


def meant(word: str, titles: Sequence[str]) -> str | None:
    """The one name in the (folded) titles that a folded word is a slip for; None where unclear."""
    names = _names(tuple(titles))
    sound = _sound(word)
    if len(sound) >= _SOUNDS and len(word) >= 3:
        alike = names.get(sound, frozenset()) - {word}
        if alike:
            return next(iter(alike)) if len(alike) == 1 else None
    loanword = re.fullmatch("[ァ-ヶーa-z0-9-]{4,}", word)
    allowed = 2 if len(word) >= 8 else 1 if len(word) >= 5 or loanword else 0
    if not allowed or len(titles) > _MOST_TITLES:
        return None
    near = {
        name
        for spelled in names.values()
        for name in spelled
        if abs(len(name) - len(word)) <= allowed
        and name[0] == word[0]
        and _apart(name, word, allowed)
    }
    return next(iter(near)) if len(near) == 1 else None


_KANA_RUN = re.compile(r"(?<![ぁ-んー])[ぁ-んー]{3,}")
_AFTER_NOUN = re.compile(r"(?<=[一-龠々ァ-ヶーA-Za-z0-9])[のをはがでにともへや]|(?<=、)の")
_PARTICLE = re.compile(r"$|[のをはがでにともへや]|って|から|まで")


def in_kana(text: str, titles: Sequence[str], known: Callable[[str], int]) -> list[tuple[str, str]]:
    """The words of a levelled text in hiragana that stand in the (folded) titles in katakana or
    kanji (かめら, こせき), each with the title's word. `known` tells how often the index has a
    word as written."""
    names = _names(tuple(titles))
    found = []
    for run in _KANA_RUN.findall(_AFTER_NOUN.sub("、", text)):
        for end in range(len(run), 2, -1):
            spelled = [n for n in names.get(run[:end], ()) if _SPELLED.fullmatch(n)]
            if len(spelled) == 1 and _PARTICLE.match(run[end:]) and not known(run[:end]):
                found.append((run[:end], spelled[0]))
                break
    return found


_SPELLED = re.compile("[ァ-ヶー]{4,}|[一-龠々]{2,}")


@lru_cache(maxsize=4)
def _names(titles: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Sound -> the runs of words in the titles that sound so."""
    found: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        text = level(title)
        found_words = [w for w in words_with_spans(text) if w.part in ("名詞", "接頭辞", "接尾辞")]
        for first in range(len(found_words)):
            for last in range(first, min(first + _LONGEST_RUN, len(found_words))):
                between = text[found_words[last - 1].end : found_words[last].start]
                if last > first and between not in ("", "-", "・"):
                    break
                name = fold(text[found_words[first].start : found_words[last].end])
                if len(name) >= 2:
                    found[_sound(name)].add(name)
    return {sound: frozenset(names) for sound, names in found.items()}


@lru_cache(maxsize=1 << 14)
def _sound(word: str) -> str:
    return str(jaconv.kata2hira(reading(word)))


def _apart(left: str, right: str, allowed: int) -> bool:
    """Whether at most `allowed` changes of a character make one word of the other."""
    row = list(range(len(right) + 1))
    for n, a in enumerate(left, start=1):
        above, row[0] = row[0], n
        for m, b in enumerate(right, start=1):
            above, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, above + (a != b))
    return 0 < row[-1] <= allowed
