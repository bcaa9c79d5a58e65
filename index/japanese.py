"""Japanese text: folding for comparison, words for search, eras and dates.

Nothing here changes a record's text: everything returned is a key beside it, or a span in it.
The only importer of fugashi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

import fugashi
import japanera

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~", "～": "~"})
_DASH = re.compile("[‐‑‒–—―−]")
_SPACES = re.compile(r"\s+")
_SPACE_IN_JAPANESE = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]+|[ \t\u3000]+(?=[^\x00-\x7f])")
_SPACED_LETTERS = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:[A-Za-z-] ){2,}[A-Za-z]|[A-Z] [A-Z])(?![0-9A-Za-z])"
)


# what folding leaves as it is
_PLAIN_LETTERS = "0-9a-z、。「」・々ー一-鿋ぁ-ゖァ-ヺ"
_PLAIN = re.compile(f"[{_PLAIN_LETTERS}]+")
_NOT_PLAIN = re.compile(f"[^{_PLAIN_LETTERS}]+")


def fold(text: str) -> str:
    """A key under which two ways of writing the same words are equal.

    Full and half width, dashes, commas, case, and all white space are levelled (PDF text puts
    spaces and line ends between any two characters).
    """
    return _fold_known(text) if len(text) <= _SHORT else _fold(text)


_SHORT = 40  # characters: words so short (names, labels, numbers) are asked for again and again


def _fold(text: str) -> str:
    # what is not plain are few marks, figures and spaces, ever the same
    apart = not _COMPOSED.search(text)
    folded = _NOT_PLAIN.sub(_run_levelled, text) if apart else _levelled(text)
    return _COMMA.sub("、", folded) if "," in folded else folded


def _levelled(text: str) -> str:
    folded = _DASH.sub("-", unicodedata.normalize("NFKC", text)).replace("〜", "~")
    return "".join(folded.lower().split())


def _run_levelled(run: re.Match[str]) -> str:
    text = run.group()
    return _levelled_known(text) if len(text) <= _SHORT else _levelled(text)


_levelled_known = lru_cache(maxsize=1 << 13)(_levelled)
_COMPOSED = re.compile("[\u0300-\u036f\u3099\u309a\uff9e\uff9f]")  # one with what stands before it
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")  # many offices write ， for 、; in 1,234 it stays

_fold_known = lru_cache(maxsize=1 << 16)(_fold)


# Spaces of other widths or none, which HTML and PDF leave; commas; brackets and circles of other fonts; the
# letters that PDF has for radicals. A circle that begins a row is a mark, whichever character it is.
_IRREGULAR = re.compile(
    "[\u00a0\u2000-\u200b\u202f\u205f\u2060\ufeff\u2e80-\u2fdf\uf900-\ufaff，,．;［］≪≫◯｜；]"
)
_NOUGHT_AS_MARK = re.compile(r"^([ \t\u3000]*)〇(?!〇)", re.MULTILINE)
_LETTER = range(0x2E80, 0xFB00)
_PLAIN_MARKS = {
    "［": "【",
    "］": "】",
    "≪": "《",
    "≫": "》",
    "◯": "○",
    "｜": "\t",
    "；": "：",
    ";": "：",
}
# tables drawn with lines
_UPRIGHTS = "│┃║"
_DRAWN = re.compile(f"[┌├└┏┣┗╔╠╚][─━═┬┼┴┳╋┻┯┿┷╦╬╩]*[┐┤┘┓┫┛╗╣╝]|[{_UPRIGHTS}]")
_STROKES = str.maketrans(
    dict.fromkeys("─━═", "-") | dict.fromkeys("┌├└┏┣┗╔╠╚┬┼┴┳╋┻┯┿┷╦╬╩┐┤┘┓┫┛╗╣╝" + _UPRIGHTS, "|")
)


@lru_cache(maxsize=2)  # the stages of a record's reading ask one after the other
def regular(text: str) -> str:
    """The text, character for character, with one kind of comma, of space, of mark and of each letter.

    For reading by patterns; what is shown and quoted is the text itself, at the same places.
    """
    if "〇" in text:
        text = _NOUGHT_AS_MARK.sub(r"\1○", text)
    if any(upright in text for upright in _UPRIGHTS):
        text = _DRAWN.sub(lambda drawn: drawn.group().translate(_STROKES), text)
    return _IRREGULAR.sub(_regular, text)


def _regular(found: re.Match[str]) -> str:
    character, text, at = found.group(), found.string, found.start()
    if character in "，,":
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        return "、" if not around.isascii() and not around.isdigit() else character
    if character == "．":  # a full stop where a sentence ends, not behind a number (１．, ア．)
        return (
            "。"
            if text[at - 1 : at] in ("た", "る", "す", "い", "だ")
            and at > 1
            and text[at - 2].isalpha()
            else character
        )
    if character == ";" and text[at - 1 : at].isascii():
        return character
    if character in _PLAIN_MARKS:
        return _PLAIN_MARKS[character]
    if ord(character) in _LETTER:
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return " "


def level(text: str) -> str:
    """Like `fold`, but words of Latin letters stay apart; for tokenising and for reading aloud."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    text = _SPACES.sub(" ", text).strip()
    text = _SPACE_IN_JAPANESE.sub("", text)
    return _SPACED_LETTERS.sub(lambda match: match.group().replace(" ", ""), text)


def folded_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset it came from (plus the end)."""
    characters: list[str] = []
    offsets: list[int] = []
    at = 0
    for plain in _PLAIN.finditer(text):
        start, end = plain.span()
        for offset in range(at, start):
            for piece in _fold_known(text[offset]):
                characters.append(piece)
                offsets.append(offset)
        characters.append(plain.group())
        offsets.extend(range(start, end))
        at = end
    for offset in range(at, len(text)):
        for piece in _fold_known(text[offset]):
            characters.append(piece)
            offsets.append(offset)
    offsets.append(len(text))
    folded = "".join(characters)
    return _COMMA.sub("、", folded), offsets


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


@lru_cache(maxsize=4096)
def ends_in_action(text: str) -> bool:
    """Whether the last word of `text` is a noun of what is done (委託, 提供, 標準化)."""
    token = next(reversed(_tagger()(text)), None)
    return token is not None and token.feature.pos3 == "サ変可能"


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


def number(written: str | None) -> int | None:
    """元, 3, ３, 十一, 二〇 as an integer; None where it is none."""
    written = fold(written or "")
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
            last = era.until
            if last is not None and era.kanji in ("昭和", "平成"):
                last -= timedelta(days=1)  # the day after, the next began; 明治 and 大正 share it
            eras[era.kanji] = (era.since, last)
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
_GAP = r"[ \t\u3000]{0,4}"
_DIGIT = r"[0-9０-９]"
_NUMERAL = r"[0-9０-９〇一二三四五六七八九十元]"
# digits set apart (2 0 日), and letters that machines read for digits (2O日), where a unit follows
_NUMBER = rf"{_NUMERAL}(?:{_GAP}[0-9０-９〇一二三四五六七八九十OＯol]){{0,3}}"
_YEAR = rf"[12１２](?:{_GAP}{_DIGIT}){{3}}"
_ERA = (
    rf"明{_GAP}治|大{_GAP}正|昭{_GAP}和|平{_GAP}成|令{_GAP}和"
    rf"|(?<![A-Za-zＡ-Ｚａ-ｚ0-9])[RHSrhsＲＨＳ]|(?<![一-龠])[令平昭](?={_GAP}{_NUMERAL})"
)
_BRACKET = rf"[(（][^()（）\n]{{1,12}}[)）]{_GAP}"
_POINT = r"[.．・/／－-]"
_DATE = re.compile(
    rf"(?:(?P<era>{_ERA}){_GAP}(?P<eyear>{_NUMBER})|(?<!{_DIGIT})(?P<west>{_YEAR})){_GAP}"
    rf"(?:(?P<other>{_BRACKET})?年{_GAP}(?P<another>{_BRACKET})?|(?P<misprint>月){_GAP}(?={_NUMBER}{_GAP}月))"
    rf"(?:(?P<month>{_NUMBER}){_GAP}月{_GAP}(?:(?P<day>{_NUMBER}){_GAP}日|(?P<bare>{_NUMERAL}{{1,3}}))"
    rf"|(?P<run>{_DIGIT}{{4}})日)"
    rf"|(?P<letter>{_ERA}){_GAP}(?P<lyear>{_DIGIT}{{1,2}}|元){_GAP}{_POINT}{_GAP}"
    rf"(?P<lmonth>{_DIGIT}{{1,2}}){_GAP}{_POINT}{_GAP}(?P<lday>{_DIGIT}{{1,2}})(?!{_DIGIT})"
    rf"|(?<!{_DIGIT})(?P<iyear>[2２][0０]{_DIGIT}{{2}}|[1１][9９]{_DIGIT}{{2}})[-/.．／－]"
    rf"(?P<imonth>{_DIGIT}{{1,2}})[-/.．／－](?P<iday>{_DIGIT}{{1,2}})(?!{_DIGIT})"
)
_WEEKDAYS = "月火水木金土日"
_WEEKDAY = re.compile(
    rf"{_GAP}(?:[(（]{_GAP}(?P<in>[{_WEEKDAYS}])(?:{_GAP}曜{_GAP}日?)?{_GAP}(?:[・、,／/]?{_GAP}[祝休][^()（）]{{0,6}})?[)）]"
    rf"|(?P<bare>[{_WEEKDAYS}])曜)"
)
_UNTIL = re.compile(
    rf"{_GAP}(?:[(（][^()（）\n]{{1,8}}[)）]|[{_WEEKDAYS}]曜日?)?{_GAP}(?:[~～〜－―—–-]|から){_GAP}(?P<last>(?:同年|同)?{_GAP}"
    rf"(?:(?:(?P<month>{_NUMBER}){_GAP}|同?)月)?{_GAP}(?P<day>{_NUMBER}){_GAP}日(?!目|間)|(?={_ERA}|{_YEAR}))"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text: its span, the day it names, and what is wrong with it.

    `day` is None where the date is impossible or can be read in two ways; a day that can be told in
    spite of a slip (a wrong weekday, 月 for 年) has its `problem` beside it. `until` is the last day,
    where the date begins a range of days of the same year.
    """

    start: int
    end: int
    day: date | None
    problem: str = ""
    until: date | None = None


def western_year(era: str, year: int) -> int | None:
    """The western year of the era's `year`; None where the era had no such year."""
    since, until = _eras()[era]
    western = since.year + year - 1
    if year < 1 or (until is not None and western > until.year):
        return None
    return western


def dates(text: str) -> Iterator[WrittenDate]:
    """Every full date (year, month and day) written in `text`, misprinted ones with their problem."""
    for match in _DATE.finditer(text):
        found = _date_of(match)
        if found is None:
            continue
        day, problem = found
        until = None
        if day is not None:
            weekday = _WEEKDAY.match(text, match.end())
            if weekday and (named := weekday["in"] or weekday["bare"]):
                right = _WEEKDAYS[day.weekday()]
                if named != right:
                    problem = problem or f"曜日が合いません（この日は{right}曜日です）"
            until = _until(text, match.end(), day)
        yield WrittenDate(match.start(), match.end(), day, problem, until)


def _date_of(match: re.Match[str]) -> tuple[date | None, str] | None:
    """The day that a match names and what is wrong with it; None where it is no date at all."""
    part = match.groupdict()
    era = _era(part["era"] or part["letter"])
    year = number(part["eyear"] or part["lyear"] or part["west"] or part["iyear"])
    if year is None:
        return None
    problem = ""
    if part["run"]:  # 1110日: the 月 is lost
        month, day_of_month = number(part["run"][:2]), number(part["run"][2:])
        problem = "「月」が抜けています"
    else:
        month = number(part["month"] or part["lmonth"] or part["imonth"])
        day_of_month = number(part["day"] or part["bare"] or part["lday"] or part["iday"])
    if part["misprint"]:
        problem = "「年」とあるべきところが「月」になっています"
    western = western_year(era, year) if era else year
    if western is None:
        return None, f"{era}{year}年はありません"
    if month is None or day_of_month is None:
        return None, "数字でない文字があります"
    for bracket in filter(None, (part["other"], part["another"])):
        same = _same_year(bracket, western, in_era=era is not None)
        if same is False:
            return None, "元号の年と西暦の年が合いません"
    try:
        day = date(western, month, day_of_month)
    except ValueError:
        return None, "ありえない日付です"
    if era is not None:
        since, until = _eras()[era]
        if day < since or (until is not None and day > until):
            problem = problem or f"{era}の期間の外の日付です"
    return day, problem


def _era(written: str | None) -> str | None:
    if written is None:
        return None
    key = fold(written)
    return _ERA_LETTERS.get(key, key)


def _same_year(bracket: str, western: int, *, in_era: bool) -> bool | None:
    """Whether a year in brackets, of the other calendar, is the year; None where it is no year."""
    key = fold(bracket)
    if in_era:
        year = re.fullmatch(r"\((?:西暦)?(\d{4})年?\)", key)
        return int(year[1]) == western if year else None
    year = re.fullmatch(r"\((明治|大正|昭和|平成|令和|[rhs])([0-9元]{1,2})年?\)", key)
    if year is None:
        return None
    return western_year(_ERA_LETTERS.get(year[1], year[1]), number(year[2]) or 0) == western


def _until(text: str, at: int, day: date) -> date | None:
    match = _UNTIL.match(text, at)
    if match is None:
        return None
    if not match["last"]:  # the last day has its own year
        full = _DATE.match(text, match.end())
        until = (_date_of(full) or (None,))[0] if full else None
        return until if until is not None and until > day else None
    month = number(match["month"]) if match["month"] else day.month
    last = number(match["day"])
    if month is None or last is None:
        return None
    try:
        until = date(day.year + (month < day.month), month, last)
    except ValueError:
        return None
    return until if until > day else None


_FISCAL = re.compile(
    rf"(?:(?P<era>{_ERA}){_GAP}(?P<eyear>{_NUMBER})|(?<!{_DIGIT})(?P<west>{_YEAR})"
    rf"|(?<!{_DIGIT})(?P<year>{_NUMERAL}{{1,4}})){_GAP}(?:{_BRACKET})?年{_GAP}度"
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
        firsts = ((2019, "令和"), (1989, "平成"), (1927, "昭和"), (1912, "大正"), (1868, "明治"))
        era = next((era for first, era in firsts if year >= first), None)
        if era is None:
            return cls(year, f"{year}年度")
        number_in_era = year - _eras()[era][0].year + 1
        return cls(year, f"{era}{'元' if number_in_era == 1 else number_in_era}年度")


def fiscal_years(text: str) -> Iterator[tuple[int, int, FiscalYear | None]]:
    """Every 年度 in `text` as (start, end, year); the year is None where no era is written."""
    if "度" not in text:
        return
    for match in _FISCAL.finditer(text):
        written = number(match["west"] or match["eyear"] or match["year"])
        era = _era(match["era"])
        if written is None:
            continue
        if era is not None:
            western = western_year(era, written)
            if western is not None:
                yield match.start(), match.end(), FiscalYear.beginning(western)
        elif written > 1900:
            yield match.start(), match.end(), FiscalYear.beginning(written)
        elif match["year"]:
            yield match.start(), match.end(), None


# --- places ----------------------------------------------------------------------------------


@cache
def municipalities() -> frozenset[str]:
    """All prefectures, cities, wards, towns and villages (Japan Post; scripts/make_gazetteer.py)."""
    names = (Path(__file__).parent / "data" / "municipalities.txt").read_text(encoding="utf-8")
    return frozenset(names.split())
