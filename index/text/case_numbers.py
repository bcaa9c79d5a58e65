"""The numbers by which minutes name cases: 議題2, 諮問第3号から第5号まで."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.japanese import number
from index.text.lines import Line

_N = r"(?:[0-9０-９]+|[①-⑳]|(?<=第)[一二三四五六七八九十]{1,3}(?=号))"
_NAMED_AFTER = r"(?:議案|諮問|議題|案件|報告|事案)"  # 第1号議案, with the word behind the number
CASE_NUMBER = re.compile(
    rf"(?:(?P<word>議題|議事|案件|議案|諮問|資料|審議|報告|[議報諮承](?=第))(?:案件|事項)?\s*第?[(（]?|第(?={_N}号{_NAMED_AFTER}))"
    rf"(?P<n>{_N})[)）]?[ \u3000]*号?(?P<after>{_NAMED_AFTER})?(?P<more>(?:\s*(?:から|[~～〜・、,]|及び|並びに|ないし|乃至|と)\s*同?第?[(（]?{_N}[)）]?[ \u3000]*号?{_NAMED_AFTER}?(?![年月日人名件条項点回])(?:まで)?)*)"
)


# a heading that is but the label of a case, in folded letters: 諮問第3号について
ONLY_LABEL = re.compile(
    r"(?P<label>(?:諮問|議案|議題|案件|報告)(?:案件|事項)?第?[0-9]{1,4}号?|第[0-9]{1,4}号諮問事案)(?:[(\[【](?:継続|新規|再?諮問|一?部?非?公開)[^()\[\]【】]{0,4}[)\]】])?(?:(?:の|に(?:関|係)する|に係る)審[議査])?(?:について|の件)?"
)


def _digits(written: str) -> str:
    return str(number(written) or 0)


def word_of(match: re.Match[str]) -> str:
    """The word that a mention of a case numbers: 諮問 in 諮問第1号, 議案 in 第1号議案."""
    return match["word"] or match["after"] or ""


_FURTHER = re.compile(rf"(から|[~～〜]|ないし|乃至)?[^0-9０-９①-⑳一二三四五六七八九十]*?({_N})")


def numbers_in(match: re.Match[str]) -> list[str]:
    """The numbers that a mention of cases names: 第1号から第3号まで are three."""
    found = [_digits(match["n"])]
    for joint, written in _FURTHER.findall(match["more"]):
        last, this = int(found[-1]), int(_digits(written))
        if joint and last < this < last + _MOST_AT_ONCE:
            found += [str(n) for n in range(last + 1, this)]
        found.append(str(this))
    return found


_MOST_AT_ONCE = 60  # cases that one sentence decides


def tells_of_several(lines: Sequence[Line], labels: Sequence[str]) -> bool:
    """Whether two cases, one of these labels at least, are named in one line or over a hard wrap: only
    then `read_joint` can find a verdict on them."""
    before: list[tuple[str, str]] = []
    for line in lines:
        named = [(word_of(m), n) for m in CASE_NUMBER.finditer(line.text) for n in numbers_in(m)]
        near = {*before, *named}
        if len(near) > 1 and any(
            names_case(word, n, label) for word, n in near for label in labels
        ):
            return True
        before = named
    return False


# what a sentence goes on with that says something of a case
_SAYS_OF_IT = re.compile(r"[^。]{0,12}(?:については|につきましては|に関しては|は、?)")


def tells_of_one(lines: Sequence[Line], labels: Sequence[str]) -> bool:
    """Whether a line says something of a case of one of these labels (諮問第5号については、…)."""
    return any(
        _SAYS_OF_IT.match(line.text, match.end())
        and any(names_case(word_of(match), n, label) for n in numbers_in(match) for label in labels)
        for line in lines
        if _NAMES_ONE.search(line.text)
        for match in CASE_NUMBER.finditer(line.text)
    )


_NAMES_ONE = re.compile(r"号|議題|案件|議案")
ITEM_WORDS = (
    "議題",
    "議事",
    "日程",
    "案件",
    "議案",
    "審議",
    "次第",
    "審議事項",
)  # words for an item that has but a number


@lru_cache(maxsize=4096)  # labels are few
def numbers_of(label: str) -> tuple[str, frozenset[str]]:
    """The word and the numbers of a case's label: (諮問, {3, 4}); the word is empty for a bare (1)."""
    own = CASE_NUMBER.search(label)
    if own is None:
        bare = re.fullmatch(r"\(?([0-9]{1,2})\)?[.、]?", label)
        return "", frozenset(bare.groups()) if bare else frozenset()
    return word_of(own), frozenset(re.findall(r"[0-9]+", label[own.start("n") :])) | {
        *numbers_in(own)
    }


def names_case(word: str, number: str, label: str) -> bool:
    """Whether a word and a number (議題, 2) name the case of this label."""
    own_word, own_numbers = numbers_of(label)
    return number in own_numbers and (word == own_word if own_word else word in ITEM_WORDS)


def of_another(key: str, label: str) -> bool:
    """Whether a sentence names a case with another number (議題2は承認する, under 議題1)."""
    own_word, own_numbers = numbers_of(label)
    if not own_numbers:
        return False
    named = [(word_of(match), numbers_in(match)) for match in CASE_NUMBER.finditer(key)]
    if any(
        own_numbers.isdisjoint(numbers)
        for word, numbers in named
        if (word == own_word if own_word else word in ITEM_WORDS)
    ):
        return True
    if own_word and any(own_numbers.isdisjoint({n}) for n in _BARE_NUMBER.findall(key)):
        return True
    # 議案第3号 is none of 報告第2号
    return (
        own_word in _FORMAL
        and bool(named)
        and all(word in _FORMAL and word != own_word for word, _ in named)
        and not {own_word, *(word for word, _ in named)} >= {"諮問", "議案"}
    )


_FORMAL = ("議案", "諮問", "報告")
# では25号は: said without its word
_BARE_NUMBER = re.compile(
    r"(?:^|[、。はでも])(?:今の|この)?([0-9]{1,4})号(?:は|も|に(?:つ|関)|の件|、)"
)


def names_only(key: str, label: str) -> bool:
    """Whether the cases that a folded sentence names by their numbers are just that of this label."""
    named = [(word_of(match), n) for match in CASE_NUMBER.finditer(key) for n in numbers_in(match)]
    return bool(named) and all(names_case(word, n, label) for word, n in named)
