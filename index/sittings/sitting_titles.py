"""Lines -> the titles that announce sittings: an ordinal (第N回) with the name of a body, and no sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.japanese import dates, fiscal_years, fold, number, western_year
from index.sittings.places import BODY
from index.sittings.sitting_days import BEFORE, tells_day, tells_of_page
from index.text.lines import Line
from index.text.replies import replies_bound

_HTML = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_N = r"[0-9〇一二三四五六七八九十]{1,4}"
_ERA = r"(?:明治|大正|昭和|平成|令和|[rhs令平昭])"
_YEAR = rf"\(?{_ERA}?[0-9元〇一二三四五六七八九十]{{1,4}}(?:\([^()]{{1,8}}\))?年度\)?"
_CALENDAR_YEAR = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和)(?P<n>[0-9元〇一二三四五六七八九十]{{1,4}})年(?=第{_N}回)"
)
_YEAR_AND_ORDINAL = re.compile(
    rf"{_ERA}[0-9元〇一二三四五六七八九十]{{1,4}}年度?第{_N}回(?:定例会?|臨時会?|会議)?"
)
_ONLY_BODY = re.compile(rf"[^。、:：]{{2,40}}{BODY}[^。、:：]{{0,12}}$")
# R7第1回, 令和5年第2回: the year in which it was, before its number
_YEAR_ALONE = rf"{_ERA}[0-9元〇一二三四五六七八九十]{{1,4}}年?(?=第{_N}回)"
_ORDINAL = re.compile(rf"第({_N})回")
_ORDINAL_OF_YEAR = re.compile(rf"年度[)(、・]{{0,2}}第({_N})回")
_RUNNING = re.compile(rf"\(?(?:通算|累計|延べ)(?:第{_N}回|[0-9]+回)\)?")
_TERM = re.compile(rf"第{_N}期")
# what may stand before a title on its line
_TITLE_LABEL = re.compile(
    rf"^{BEFORE}(?:会議の?名称?|審議会の?名称?|名称|件名|会議)[】\])〕>:：|]{{0,4}}(?=.{{6}})"
)
_MARKS = re.compile(r"^[「『●■○◎◇◆▽▼△▲▷▶☆★【*#\-・:：|]+")
# what may stand after a title where it heads a web page
_PAGE_TITLE_END = re.compile(
    r"(?:の?(?:開催(?:結果|状況|概要|案内)?|会議録|議事録|議事要旨|会議結果|審議結果|会議概要|結果|概要))"
    r"(?:について(?:(?:お知らせ|公表|公開)(?:します)?)?|を?(?:お知らせ|公表|公開|掲載)し(?:ます|ました))?$"
    r"|(?:を開催し(?:ます|ました)|の開催について(?:のお知らせ)?)$"
)
_NOT_A_TITLE = re.compile(
    r"について|に関する|の承認|における|出席|配布|配付|議事録の|会議録の|資料一覧|確認資料"
    r"|ページ|諮問|答申第|報告事項|次回|前回|において"
)
_DAY_LABEL = re.compile(r"\(?([0-9一二三]{1,2})日目\)?|\(第([0-9一二三])日\)")
_AGENDA_ONLY = re.compile(r"(?:議事予定|会議次第|議事次第|次第|開催通知|開催案内)")
_FIRST_LINES = 6
_LONGEST_TITLE = 80
_POINT = re.compile(r"[・･\-‐–—]|[(（]?(?:資料|別紙)?[(（]?[0-9０-９①-⑳]{1,2}[)）.．、 \u3000]")
_PAPERS_LABEL = re.compile(
    rf"{BEFORE}(?:(?:会議|配[布付]|提出|当日|本日の?|使用)?(?:資料|書類)(?:一覧|名)?|配[布付]物)[】\])〕>:：]*"
)
_MOST_PAPERS = 15
_ONLY_ORDINAL = re.compile(
    rf"{BEFORE}(?:\([0-9]{{1,2}}\))?第(?P<n>{_N})回(?:会議|審議会|審査会|委員会|部会)?[】〕\]>)]*"
)
# ただいまから、令和5年度第2回の審議会を始めます: the words with which a sitting is opened
_OPENING = re.compile(
    rf"(?:ただ[今い]ま?|これ|只今)(?:から|より)、?(?P<title>(?:{_YEAR}|{_YEAR_ALONE})?の?第(?P<n>{_N})回[^。、]{{0,40}}?)"
    r"を(?:開会|開催|開議|始め|はじめ|開き|開かせ|執り行)(?!.{0,6}(?:した|ました))"
)
_FIRST_WORDS = 240  # lines in which a sitting without a title is opened
_ORDINAL_AND_DAY = re.compile(
    rf"{BEFORE}(?:\([0-9]{{1,2}}\))?第(?P<n>{_N})回(?:会議|審議会|審査会|委員会|部会)?[】〕\])〉>》:：]*[(（]?(?:開催日)?:?(?={_ERA}[0-9元〇一二三四五六七八九十]|(?:19|20)[0-9]{{2}}[年./])"
)
_LEAST_TOLD = 1  # lines below the heading of a sitting; one of a list of sittings has none
_LONGEST_ORDINAL = 20
ABOVE = 4  # lines above a sitting's title in which the number of the paper stands


@dataclass(frozen=True, slots=True)
class Title:
    """What announces a sitting: the line it stands in, by its number among the lines, and what it says."""

    index: int
    line: Line
    year: int | None
    ordinal: int | None
    body: str | None
    sitting: str
    agenda_only: bool
    calendar: int | None = None


def read_titles(lines: Sequence[Line]) -> list[Title]:
    """The titles of the sittings, in order; where no title stands, that of what the record binds or opens with."""
    if not lines:
        return []
    titles = _distinct(_titles(lines))
    if len(titles) < 2:
        titles = _bound_together(lines) or titles
    if not titles:
        titles = [Title(n, lines[n], None, None, None, "", False) for n in replies_bound(lines)]
    titles = titles or [_opened(lines)]
    return [_counted_by_year(titles[0], lines)] if len(titles) == 1 else titles


def _titles(lines: Sequence[Line]) -> list[Title]:
    found = []
    for index, line in enumerate(lines):
        if "回" not in line.key or len(line.key) > 3 * _LONGEST_TITLE:
            continue
        key = fold(_HTML.sub("", line.text))
        if _YEAR_AND_ORDINAL.fullmatch(key) and index + 1 < len(lines):
            below = lines[index + 1].key  # the body's name stands on the line below
            key += below if lines[index + 1].alone and _ONLY_BODY.match(below) else ""
        labelled = _TITLE_LABEL.match(key)
        key = _MARKS.sub("", key[labelled.end() :] if labelled else key)
        if index < _FIRST_LINES or _heads_page(lines, index):
            key = _PAGE_TITLE_END.sub("", key)
        key = _RUNNING.sub("", key)
        ordinal = _ORDINAL_OF_YEAR.search(key) or _ORDINAL.search(key)
        if ordinal is None or len(key) > _LONGEST_TITLE or key.endswith(("。", "、")):
            continue
        body = _body_in(key)
        if body is None or _NOT_A_TITLE.search(key) or not _begins_as_title(key):
            continue
        if index and _is_paper(lines, index):
            continue
        if (
            line.cell > 0
            and index > 0
            and not re.search(r"会議の?名称?|会議名|審議会名", lines[index - 1].key)
        ):
            continue
        day = _DAY_LABEL.search(key)
        year = next((fiscal for _, _, fiscal in fiscal_years(key) if fiscal), None)
        alone = _CALENDAR_YEAR.match(key)
        found.append(
            Title(
                index,
                line,
                year.year if year else None,
                number(ordinal.group(1)),
                body,
                f"{day.group(1) or day.group(2)}日目" if day else "",
                bool(_AGENDA_ONLY.search(key)),
                western_year(alone["era"], number(alone["n"]) or 0) if alone else None,
            )
        )
    return found


def _is_paper(lines: Sequence[Line], index: int) -> bool:
    """Whether a line names the minutes of a sitting as a paper handed out: a point (・) below 配付資料."""
    if lines[index].text[0] in "・･":
        return True
    if not _POINT.match(lines[index].text):
        return False
    for line in reversed(lines[max(0, index - _MOST_PAPERS) : index]):
        if _PAPERS_LABEL.fullmatch(line.key):
            return True
        if not _POINT.match(line.text):
            return False
    return False


def _bound_together(lines: Sequence[Line]) -> list[Title]:
    """The sittings of a record that binds several under bare ordinals (【第2回】), each with its day beside it
    or below, and with what was done there."""
    found: list[Title] = []
    for index, line in enumerate(lines):
        if len(line.key) > _LONGEST_TITLE or "回" not in line.key:
            continue
        match = _ONLY_ORDINAL.fullmatch(line.key) if len(line.key) <= _LONGEST_ORDINAL else None
        if match is not None:
            below = lines[index + 1 : index + 4]
            dated = any(tells_day(other) for other in below)
        else:
            match = _ORDINAL_AND_DAY.match(line.key)
            dated = match is not None and line.alone and next(dates(line.text), None) is not None
        if match is not None and dated:
            found.append(Title(index, line, None, number(match["n"]), None, "", False))
    bounds = [*(title.index for title in found), len(lines)]
    told = all(end - start > _LEAST_TOLD for start, end in pairwise(bounds))
    return found if len(found) > 1 and told else []


def _counted_by_year(title: Title, lines: Sequence[Line]) -> Title:
    """The title of a record's only sitting; its year is another line's where that says the number only
    (平成19年第3回会議記録, above …審査会（第3回）)."""
    if title.ordinal is None or title.year is not None or title.calendar is not None:
        return title
    for line in lines[: title.index + ABOVE]:
        alone = _CALENDAR_YEAR.match(_MARKS.sub("", line.key)) if line.alone else None
        told = _ORDINAL.match(line.key, alone.end()) if alone else None
        if alone and told and number(told[1]) == title.ordinal:
            year = western_year(alone["era"], number(alone["n"]) or 0)
            return replace(title, calendar=year)
    return title


def _opened(lines: Sequence[Line]) -> Title:
    """The sitting of a record without a title: its number is told, if at all, where it is opened."""
    for index, line in enumerate(lines[:_FIRST_WORDS]):
        if "第" not in line.key:
            continue
        below = lines[index + 1].key if index + 1 < len(lines) else ""
        match = _OPENING.search(line.key + below)
        if match is not None:
            year = next((fiscal for _, _, fiscal in fiscal_years(match["title"]) if fiscal), None)
            ordinal = number(match["n"])
            return Title(0, line, year.year if year else None, ordinal, None, "", False)
    return Title(0, lines[0], None, None, None, "", False)


def _heads_page(lines: Sequence[Line], index: int) -> bool:
    """Whether right below this line stands when a web page was made: the menu may come before both."""
    return any(tells_of_page(line) for line in lines[index + 1 : index + 3])


def _begins_as_title(key: str) -> bool:
    """A title begins with a year, an ordinal, or the name of a place or body; nothing before it."""
    rest = re.sub(rf"^(?:{_YEAR}|{_YEAR_ALONE})", "", key)
    return bool(
        re.match(
            rf"^(?:\(?第{_N}[回期]|[^0-9()]{{0,30}}{BODY}|[^0-9()、。]{{2,20}}第\d+[回期])",
            rest,
        )
    )


def _body_in(key: str) -> str | None:
    """The body's name in a title: without year, ordinal and kind of document."""
    for of_no_body in (_YEAR, _TERM, _ORDINAL):
        key = re.sub(of_no_body, " ", key)
    match = re.search(rf"[^\s「」『』()（）、。\d]*{BODY}(?:第[0-9一二三]+部会)?", key)
    return match.group() if match else None


def _distinct(titles: list[Title]) -> list[Title]:
    """One title a sitting: page headers and a title printed twice are the same sitting again."""
    kept: list[Title] = []
    for title in titles:
        same = next(
            (
                old
                for old in kept
                if old.ordinal == title.ordinal
                and (old.year == title.year or None in (old.year, title.year))
                and (not title.sitting or old.sitting == title.sitting)
                and not (old.agenda_only and not title.agenda_only and title.index - old.index > 40)
            ),
            None,
        )
        if same is None:
            kept.append(title)
    return kept
