"""Japanese text: folding for comparison, words for search, eras and dates.

Nothing here changes a record's text: everything returned is a key beside it, or a span in it.
The only importer of fugashi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

import fugashi
import japanera

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~", "～": "~"})
_HAS_DASH = re.compile("[‐‑‒–—―−〜～]")
_SPACE_IN_JAPANESE = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]+|[ \t\u3000]+(?=[^\x00-\x7f])")
_SPACED_LETTERS = re.compile(r"(?<![0-9A-Za-z])(?:[A-Za-z-] ){2,}[A-Za-z](?![0-9A-Za-z])")


def fold(text: str) -> str:
    """A key under which two ways of writing the same words are equal.

    Full and half width, dashes, case, and all white space are levelled (PDF text puts spaces and
    line ends between any two characters).
    """
    folded = unicodedata.normalize("NFKC", text)
    if _HAS_DASH.search(folded):  # to translate is slow, and most words have none
        folded = folded.translate(_DASHES)
    return "".join(folded.lower().split())


@lru_cache(maxsize=1 << 16)
def _fold_character(character: str) -> str:
    return fold(character)


def level(text: str) -> str:
    """Like `fold`, but words of Latin letters stay apart; for tokenising and for reading aloud."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    text = re.sub(r"\s+", " ", text).strip()
    text = _SPACE_IN_JAPANESE.sub("", text)
    return _SPACED_LETTERS.sub(lambda match: match.group().replace(" ", ""), text)


def folded_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset it came from (plus the end)."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for piece in _fold_character(character):
            characters.append(piece)
            offsets.append(offset)
    offsets.append(len(text))
    return "".join(characters), offsets


def similarity(left: str, right: str) -> float:
    """How alike two folded strings are: 0 to 1 (difflib's ratio, without its heuristic)."""
    if left == right:
        return 1.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.real_quick_ratio() < 0.5 or matcher.quick_ratio() < 0.5:
        return matcher.quick_ratio()
    return matcher.ratio()


# --- words -----------------------------------------------------------------------------------

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "接頭辞", "接尾辞", "副詞")
_EMPTY_WORDS = frozenset(
    "為る 居る 有る 成る 言う 事 物 様 れる られる 此れ 其れ 無い 良い 下さる 頂く 御 其の 此の 何 "
    "どう 如何 為 出来る 致す 申す 所 者 方 等 的 因る 於く 就く 於ける 関する 対する 行う つく".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: its search key and where it stands in the text given."""

    key: str
    start: int
    end: int
    part: str


@cache
def _tagger() -> fugashi.Tagger:
    return fugashi.Tagger()


def words_with_spans(text: str) -> Iterator[Word]:
    """The content words of levelled `text`; spans count characters of `text` itself."""
    position = 0
    for token in _tagger()(text):
        start = text.find(token.surface, position)
        if start < 0:  # MeCab folds odd white space; the word is then found nowhere
            continue
        position = start + len(token.surface)
        part = str(token.feature.pos1)
        if part not in _CONTENT:
            continue
        # unidic writes loanwords as サーバー-server; the part before the dash is the Japanese.
        lemma = str(token.feature.lemma or token.surface).split("-")[0] or token.surface
        if lemma in _EMPTY_WORDS or token.surface in _EMPTY_WORDS:
            continue
        yield Word(fold(lemma), start, position, part)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The search keys of `text`: dictionary forms of its content words, levelled, in order."""
    return tuple(word.key for word in words_with_spans(level(text)))


def reading(text: str) -> str:
    """How `text` is read, in katakana; what has no reading stands as it is."""
    return "".join(str(token.feature.kana or token.surface) for token in _tagger()(text))


def place_names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the words in `text` that the dictionary knows as names of places."""
    position = 0
    for token in _tagger()(text):
        start = text.find(token.surface, position)
        if start < 0:
            continue
        position = start + len(token.surface)
        if token.feature.pos3 == "地名":
            yield start, position


# --- numbers, eras, dates --------------------------------------------------------------------

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def number(written: str) -> int | None:
    """元, 3, ３, 十一, 二〇 as an integer; None where it is none."""
    written = fold(written)
    if written == "元":
        return 1
    if written.isdecimal():
        return int(written)
    total, unit = 0, 0
    if not written or any(c not in _KANJI_DIGITS and c not in "十百" for c in written):
        return None
    if not any(c in "十百" for c in written):
        return int("".join(str(_KANJI_DIGITS[c]) for c in written))
    for character in written:
        if character in _KANJI_DIGITS:
            unit = _KANJI_DIGITS[character]
        else:
            total += (unit or 1) * {"十": 10, "百": 100}[character]
            unit = 0
    return total + unit


@cache
def _eras() -> dict[str, tuple[date, date | None]]:
    eras = {}
    for era in japanera.ERA_DATA_GENERAL:
        if era.kanji in ("明治", "大正", "昭和", "平成", "令和"):
            eras[era.kanji] = (era.since, era.until)
    return eras


_ERA_LETTERS = {
    "m": "明治",
    "t": "大正",
    "s": "昭和",
    "h": "平成",
    "r": "令和",
    "令": "令和",
    "平": "平成",
    "昭": "昭和",
}
_NUMBER = r"[0-9０-９〇一二三四五六七八九十元]{1,4}"
_ERA = r"明治|大正|昭和|平成|令和"
_GAP = r"[ \t\u3000]*"
_DATE = re.compile(
    rf"(?:(?P<era>{_ERA}){_GAP}(?P<eyear>{_NUMBER})|(?P<west>[12１２][0-9０-９]{{3}})){_GAP}年"
    rf"{_GAP}(?:[(（][^)）\n]{{3,12}}[)）]{_GAP})?(?P<month>{_NUMBER}){_GAP}月"
    rf"{_GAP}(?P<day>{_NUMBER}){_GAP}(?P<unit>日)?"
    rf"|(?<![A-Za-z])(?P<letter>[RHSrhsＲＨＳ])(?P<lyear>[0-9０-９元]{{1,2}})[.．・/／-]"
    rf"(?P<lmonth>[0-9０-９]{{1,2}})[.．・/／-](?P<lday>[0-9０-９]{{1,2}})"
    rf"|(?<![0-9])(?P<iyear>20[0-9]{{2}}"
    rf"|19[0-9]{{2}})[-/.．](?P<imonth>[0-9]{{1,2}})[-/.．](?P<iday>[0-9]{{1,2}})(?![0-9])"
)
_SAME_YEAR = re.compile(rf"{_GAP}(?:同年)?{_GAP}({_NUMBER})月{_GAP}({_NUMBER})日")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text: its span, the day it names, and what is wrong with it."""

    start: int
    end: int
    day: date | None
    problem: str = ""


def western_year(era: str, year: int) -> int | None:
    """The western year of the era's `year`; None where the era had no such year."""
    since, until = _eras()[era]
    western = since.year + year - 1
    if year < 1 or (until is not None and western > until.year):
        return None
    return western


def dates(text: str) -> Iterator[WrittenDate]:
    """Every full date (year, month and day) written in `text`, impossible ones with their problem."""
    for match in _DATE.finditer(text):
        part = match.groupdict()
        era = part["era"] or (_ERA_LETTERS[fold(part["letter"])] if part["letter"] else None)
        year = number(part["eyear"] or part["lyear"] or part["west"] or part["iyear"] or "")
        month = number(part["month"] or part["lmonth"] or part["imonth"] or "")
        day_of_month = number(part["day"] or part["lday"] or part["iday"] or "")
        if year is None or month is None or day_of_month is None:
            continue
        western = western_year(era, year) if era else year
        problem, day = "", None
        if western is None:
            problem = f"{era}{year}年はありません"
        else:
            try:
                day = date(western, month, day_of_month)
            except ValueError:
                problem = "ありえない日付です"
        if day is not None and era is not None:
            since, until = _eras()[era]
            if day < since or (until is not None and day > until):
                problem = f"{era}の期間の外の日付です"
        yield WrittenDate(match.start(), match.end(), day, problem)


_FISCAL = re.compile(
    rf"(?:(?P<era>{_ERA}|(?<![A-Za-z])[RHSrhsＲＨＳ])?{_GAP}(?P<year>{_NUMBER})"
    rf"|(?P<west>[12][0-9]{{3}})){_GAP}年度"
)


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A fiscal year (April to March): the western year it begins in, and its usual name."""

    year: int
    name: str

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        return cls.beginning(day.year if day.month >= 4 else day.year - 1)

    @classmethod
    def beginning(cls, year: int) -> FiscalYear:
        """The fiscal year that begins on 1 April of `year`; 2019 is 令和元年度, as minutes say."""
        era = "令和" if year >= 2019 else "平成" if year >= 1989 else "昭和"
        number_in_era = year - _eras()[era][0].year + 1
        return cls(year, f"{era}{'元' if number_in_era == 1 else number_in_era}年度")


def fiscal_years(text: str) -> Iterator[tuple[int, int, FiscalYear | None]]:
    """Every 年度 in `text` as (start, end, year); the year is None where no era is written."""
    for match in _FISCAL.finditer(text):
        written = number(match["west"] or match["year"])
        if written is None:
            continue
        if match["west"] or written > 1900:
            yield match.start(), match.end(), FiscalYear.beginning(written)
            continue
        era = match["era"]
        if era is None:
            yield match.start(), match.end(), None
            continue
        western = western_year(_ERA_LETTERS.get(fold(era), era), written)
        if western is not None:
            yield match.start(), match.end(), FiscalYear.beginning(western)


# --- places ----------------------------------------------------------------------------------


@cache
def municipalities() -> frozenset[str]:
    """All prefectures, cities, wards, towns and villages (Japan Post; scripts/make_gazetteer.py)."""
    names = (Path(__file__).parent / "data" / "municipalities.txt").read_text(encoding="utf-8")
    return frozenset(names.split())
