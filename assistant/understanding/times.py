"""Words -> the times they name: fiscal years, calendar years, sittings, days, months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.japanese import FiscalYear, dates, fiscal_years, fold, number


def read_times(
    text: str,
) -> tuple[str, tuple[int, ...], tuple[int, ...], int | None, tuple[date, ...], int | None]:
    """Fiscal years, calendar years, the sitting's ordinal, days and month named, and the rest."""
    text = _OF_A_LAW.sub("", text)
    text = _UNDER_ORDINANCES.sub("2023年4月より前", _UNDER_THE_ACT.sub("2023年4月以降", text))
    text = _KANJI.sub(lambda match: str(number(match.group())), text)
    text = _ERA_LEFT_OUT.sub(_both_eras, text)
    text, years_since, calendar_since = _open_ended(text)
    if years_since or calendar_since:
        return text, years_since, calendar_since, None, (), None
    days = [written for written in dates(text) if written.day]
    for written in reversed(days):
        text = text[: written.start] + "、" + text[written.end :]
    years: list[int] = []
    calendar: list[int] = []
    for start, end, fiscal in reversed(list(fiscal_years(text))):
        if fiscal is not None:
            years.append(fiscal.year)
            text = text[:start] + "、" + text[end:]
    for match in reversed(
        list(
            re.finditer(
                r"(令和|平成|昭和|(?<![A-Za-z])[RHrh])([0-9元]{1,2})(?:年(?!度)"
                r"|(?=[のにではもをとがから第、,。?? )]|$))|(20[0-3][0-9])年(?!度)?",
                text,
            )
        )
    ):
        if match[3]:
            calendar.append(int(match[3]))
        else:
            base = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988}[fold(match[1])]
            year = base + (number(match[2]) or 0)
            (years if match[1] in "RHrh" else calendar).append(year)
        text = text[: match.start()] + "、" + text[match.end() :]
    month = None
    near = re.search(r"(?<![0-9])([0-9]{1,2})月(?:([0-9]{1,2})日)?(?!中|末|から)", text)
    if near and (years or calendar or re.search(r"審議|会議|開", text)):
        month = int(near[1])
        text = text[: near.start()] + "、" + text[near.end() :]
    text = _BEFORE_NAMED.sub("", text)
    ordinal = None
    sitting = re.search(r"第([0-9]{1,3})回(?!調査)", text)
    if sitting:
        ordinal = int(sitting[1])
        text = text[: sitting.start()] + "、" + text[sitting.end() :]
        several = re.search(r"第([0-9]{1,3})回(?!調査)", text)
        if several and int(several[1]) != ordinal:  # 第2回と第3回: no limit to one of them
            ordinal = None
            text = text[: several.start()] + "、" + text[several.end() :]
    return (
        text,
        tuple(sorted(set(years))),
        tuple(sorted(set(calendar))),
        ordinal,
        tuple(written.day for written in days if written.day),
        month,
    )


_YEAR_BEFORE = re.compile(r"(?:その)?前(?:の年度?|年度?)(?!から続|と同)")


def year_before(text: str) -> str:
    """A text in which 前年度 beside a year that is named is named too."""
    named = next((year for _, _, year in fiscal_years(text) if year is not None), None)
    if named is None or not _YEAR_BEFORE.search(text):
        return text
    return _YEAR_BEFORE.sub(year_name(named.year - 1), text)


# 第72回の前、第71回は: the second is asked about, the first says where it stands
_BEFORE_NAMED = re.compile(
    r"第[0-9]{1,3}回(?:の?(?:審議会|審査会|委員会|協議会|会議))?の(?:前|次|後|翌)(?:の回|の会議)?(?:、|の|である|に当たる)*(?=第[0-9]{1,3}回)"
)
# 平成20年厚生労働省告示第3号: the year is of its name
_OF_A_LAW = re.compile(
    r"(?:令和|平成|昭和)[0-9元]{1,2}年(?=[一-龠]{0,10}(?:告示|法律|政令|省令|条例|規則|訓令)第)"
)
# 令和二年十月, 第三回: figures of times
_KANJI = re.compile(
    r"(?<=令和|平成|昭和)[一二三四五六七八九十]{1,3}(?=年)"
    r"|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}(?=月(?![一-龠]|曜)|月[一二三四五六七八九十])"
    r"|(?<=月)[一二三四五六七八九十]{1,3}(?=日)|(?<=第)[一二三四五六七八九十]{1,3}(?=回)"
)
# 令和2年度と3年度: the second is of the era of the first
# the municipalities' ordinances gave way to the Act on 1 April 2023
_CHANGE = (
    r"(?:(?:個人情報の?保護法|新法|改正法|法律)(?:[がにのへ])?(?:直接)?"
    r"(?:適用|施行|変わ|移行|切り?替わ|移|なっ)[^、。?？]{0,5}?|(?:法改正|新法)の?)"
)
_OF_CASES = r"(?=[^。?？]{0,24}(?:案件|諮問|先例|事例|もの(?:は|を|が|だけ)))"
_UNDER_THE_ACT = re.compile(rf"{_CHANGE}(?:後|あと|以降|てから){_OF_CASES}")
_UNDER_ORDINANCES = re.compile(rf"(?:{_CHANGE}(?:前|まえ)|条例の(?:ころ|頃|時代)){_OF_CASES}")
_ERA_LEFT_OUT = re.compile(
    r"(?P<first>(?P<era>令和|平成|昭和|[RHrh])[0-9元]{1,2}(?:年度?)?)(?P<between>と|や|、|・|及び|から)"
    r"(?P<second>[0-9元]{1,2}年度?)"
)


def _both_eras(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"]
    if first[-1].isdigit() and second.endswith("年度"):
        first += "年度"
    return f"{first}{match['between']}{match['era']}{second}"


_FROM, _TO = 1990, 2060  # of spans that have one end
_SPAN = re.compile(
    r"(?:(?P<era>令和|平成|[RHrh])(?P<n>[0-9元]{1,2})|(?P<western>20[0-3][0-9]))年(?P<fiscal>度)?"
    r"(?:(?P<month>[0-9]{1,2})月(?:[0-9]{1,2}日)?)?の?(?P<way>以降|以後|より後|から後|以前|より前|まで)"
)


def _open_ended(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """Fiscal and calendar years of a span with one end (2023年4月以降), and the rest of the text.

    From April on, or before it, is told in fiscal years; any other month in calendar years.
    """
    match = _SPAN.search(text)
    if match is None:
        return text, (), ()
    if match["western"]:
        year = int(match["western"])
    else:
        year = {"令": 2018, "平": 1988, "r": 2018, "h": 1988}[fold(match["era"])[0]]
        year += number(match["n"]) or 0
    after = match["way"] in ("以降", "以後", "より後", "から後")
    fiscal = bool(match["fiscal"]) or match["month"] == "4"
    before = match["way"] == "より前" or (match["month"] == "4" and not after)
    years = tuple(range(year, _TO) if after else range(_FROM, year + (not before)))
    rest = text[: match.start()] + "、" + text[match.end() :]
    return (rest, years, ()) if fiscal else (rest, (), years)


# what a year or a sitting is called from where one stands, and how many years it lies behind
_FROM_HERE = (
    (re.compile(r"一昨年度?|おととし"), 2),
    (re.compile(r"昨年度?|去年|前年度?"), 1),
    (re.compile(r"今年度?|本年度?"), 0),
)
_LAST_SITTING = re.compile(
    r"(?:前回|直近|この前|こないだ)(?:の)?[^。、?？]{0,14}?(?:会議|審議会|審査会|委員会|部会|会合|議題|案件)|^前回"
)


@dataclass(frozen=True, slots=True)
class Relative:
    """A time told from where one stands (去年, 前回): as written, its name, its year or its day."""

    written: str
    name: str
    years: tuple[int, ...] = ()
    day: date | None = None


def relative(text: str, newest: date) -> Relative | None:
    """The time that a text tells from where one stands, counted from the newest sitting."""
    if last := _LAST_SITTING.search(text):
        named = f"{newest.year}年{newest.month}月{newest.day}日"
        return Relative(last.group(), named, day=newest)
    for pattern, behind in _FROM_HERE:
        if match := pattern.search(text):
            year = FiscalYear.of(newest).year - behind
            return Relative(match.group(), year_name(year), years=(year,))
    return None


def years_in_words(years: Sequence[int], *, fiscal: bool = True) -> list[str]:
    """The names of years; of a span with one end its end (令和5年度以降)."""
    name = year_name if fiscal else lambda year: f"{year}年"
    if years and years[-1] == _TO - 1:
        return [f"{name(years[0])}以降"]
    if years and years[0] == _FROM:
        return [f"{name(years[-1])}まで"]
    return [name(year) for year in years]


def year_name(year: int) -> str:
    """令和3年度 for 2021."""
    return FiscalYear.beginning(year).name


def years_named(text: str) -> list[set[int]]:
    """The years that a text names, in its order; of a day both its calendar and its fiscal year."""
    found: list[tuple[int, set[int]]] = []
    for start, _, fiscal in fiscal_years(text):
        if fiscal is not None:
            found.append((start, {fiscal.year}))
    for written in dates(text):
        if written.day:
            found.append((written.start, {written.day.year, FiscalYear.of(written.day).year}))
    return [years for _, years in sorted(found, key=lambda pair: pair[0])]
