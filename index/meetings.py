"""Record -> Meeting: one sitting: municipality, body, fiscal year, ordinal, date, attendees.

A record may be one sitting's minutes, a packet of several, or papers without a sitting. A sitting
is announced by a title line: an ordinal (第N回) with the name of a body, and no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from index.doubts import Doubt, DoubtKind
from index.japanese import (
    FiscalYear,
    WrittenDate,
    dates,
    fiscal_years,
    fold,
    number,
    regular,
    western_year,
)
from index.records import Record
from index.sittings.attendees import read_attendees
from index.sittings.particulars import Particular, Told, read_particulars
from index.sittings.places import BODY, body_named, full_body, healed_body, read_municipality
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.replies import replies_bound
from index.text.turns import chair_keys

_HTML = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_BEFORE = r"[◇◆○●◎■□▽▼△▲▷▶☆★・※【〔\[(<「『*#-]{0,3}(?:[0-9]{1,2}[.)、]?)?[◇◆○●■□・※【〔\[(<]{0,3}"
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
_SUBCOMMITTEE = re.compile(r"(?!.*(?:審議会|審査会|委員会|協議会)).*部会(?:第[0-9一二三]+部会)?")
_TERM = re.compile(rf"第{_N}期")
# what may stand before a title on its line
_TITLE_LABEL = re.compile(
    rf"^{_BEFORE}(?:会議の?名称?|審議会の?名称?|名称|件名|会議)[】\])〕>:：|]{{0,4}}(?=.{{6}})"
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
_END_OF_PART = re.compile(r"^-?以上-?$")
_DATE_LABEL = re.compile(
    rf"^{_BEFORE}(?P<label>(?:会議|審議会?|審査会?|書面)?(?:の)?(?:開催|決議|審議|開会|開議|招集)?の?"
    r"(?:年月日時?|日時|月日|期日|日程|とき|開催日|答申日|時期|期間|日))(?:及び場所|・場所|場所|等)?"
    r"(?=[】\])〕>:：|(]|$|[0-9〇一二三四五六七八九十rhs令平昭])"
)
_OTHER_LABEL = re.compile(
    rf"^{_BEFORE}(?:会議の?名称?|(?:開催)?場所|会場|ところ|出席(?:者|委員)|欠席(?:者|委員)|事務局|傍聴者?|議題|議事|案件|次第"
    r"|公開(?:・|又は)非公開.{0,6}|会議の公開.{0,8}|配布資料|会議資料|担当課|所管課|開会|閉会|時間)[】\])〕>:：|]*$"
)
_PAGE_DATE = re.compile(
    r"更新|公開日|掲載|ページ|登録日|作成日|公表日|印刷|発行|(?<![a-z])id:?[0-9]"
)
# dates of other things than the sitting
_OTHER_DATE = re.compile(
    r"次回|次の会議|前回|前々回|開示請求|決定|審査請求|諮問|現在|施行|公布|付け|付で|任期|委嘱|生まれ|締切|提出|申請|受付"
)
_CONSULTING = re.compile(r"諮問書|諮問します|諮問する|意見を求めます|お諮りします|諮問理由")
_HEADER = 60  # lines


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting. `start` and `end` are the span of the record that tells of it.

    `year` is the western year its fiscal year begins in; `day_span` where its date is written.
    `body` is the council's full name. `problems` are doubts to show.
    `until` is the last day of a sitting of several (書面開催); `present` the number of members there;
    `particulars` what else is told of it. `chairs` are the folded names under which its chair may speak.
    `calendar` is the western year where its number counts within the calendar year (令和5年第2回).
    """

    id: str
    record: str
    municipality: str | None
    body: str | None
    year: int | None
    ordinal: int | None
    day: date | None
    day_span: tuple[int, int] | None
    attendees: tuple[str, ...]
    attendees_span: tuple[int, int] | None
    start: int
    end: int
    title_span: tuple[int, int] | None
    sitting: str = ""
    agenda_only: bool = False
    problems: tuple[Doubt, ...] = ()
    until: date | None = None
    present: int | None = None
    particulars: tuple[Particular, ...] = ()
    chairs: tuple[str, ...] = ()
    calendar: int | None = None

    @property
    def name(self) -> str:
        """令和3年度第1回, 令和3年第1回, 第58回, or the fiscal year alone; empty where nothing is known."""
        if self.calendar is not None and self.ordinal is not None:
            # in its first months a year has the name of the fiscal year that begins in it
            return f"{FiscalYear.beginning(self.calendar).name[:-1]}第{self.ordinal}回"
        year = FiscalYear.beginning(self.year).name if self.year is not None else ""
        if self.ordinal is None:
            return year
        # A body that counts through the years (第110回) does not say the fiscal year.
        return f"第{self.ordinal}回" if self.ordinal > 30 else f"{year}第{self.ordinal}回"


@dataclass(frozen=True, slots=True)
class _Title:
    index: int
    line: Line
    year: int | None
    ordinal: int | None
    body: str | None
    sitting: str
    agenda_only: bool
    calendar: int | None = None


def read_meetings(record: Record, lines: Sequence[Line]) -> list[Meeting]:
    """The sittings that the record tells of, in its order; at least one, perhaps a nameless one.

    The last of them, where papers follow the minutes (以上), reaches only to the end of the minutes:
    what belongs to no sitting is for `cases` to place.
    """
    text = regular(record.text)
    municipality, doubt, misread = read_municipality(text, lines)
    titles = _distinct(_titles(lines))
    if len(titles) < 2:
        titles = _bound_together(lines) or titles
    if not titles:
        titles = [_Title(n, lines[n], None, None, None, "", False) for n in replies_bound(lines)]
    if not titles:
        titles = [_opened(lines)] if lines else []
    if len(titles) == 1:
        titles = [_counted_by_year(titles[0], lines)]
    unnamed = any(title.body is None for title in titles)
    default_body = body_named(lines, municipality) if unnamed else None
    meetings = []
    for number_, title in enumerate(titles):
        until = titles[number_ + 1].index if number_ + 1 < len(titles) else len(lines)
        section = lines[title.index : until]
        stop = _end_of_minutes(section) if not title.agenda_only else len(section)
        stop = min(stop, _end_of_paper(lines[max(0, title.index - _ABOVE) : title.index], section))
        section = section[:stop]
        end = (
            lines[title.index + stop].start if title.index + stop < len(lines) else len(record.text)
        )
        above = lines[max(0, title.index - _HEADER) : title.index] if number_ == 0 else []
        header = _day_of(section, above, titled=title.ordinal is not None)
        day = header.written.day if header.written else None
        year = title.year
        if year is None and day is not None:
            year = FiscalYear.of(day).year
        problems = [*header.doubts]
        if doubt:
            at = text.find(misread)
            span = (at, at + len(misread)) if at >= 0 else None
            problems.insert(0, Doubt(DoubtKind.MUNICIPALITY, doubt, span))
        if title.year is not None and day is not None and FiscalYear.of(day).year != title.year:
            told = FiscalYear.beginning(title.year).name
            slip = f"{told}の会議ですが、日付は{FiscalYear.of(day).name}のものです"
            problems.append(Doubt(DoubtKind.DATE, slip, header.span))
        written = title.body or default_body
        body = healed_body(written, text) if written else None
        if body is not None and _SUBCOMMITTEE.fullmatch(body):
            parent = body_named(lines, municipality) or ""  # 評価部会 of 個人情報保護審議会
            body = written = parent + body if not parent.endswith("部会") else body
        if written is not None and body != written:
            span = (title.line.start, title.line.end)
            words = f"会議体の名称は「{body}」としました。「{written}」とも読まれています"
            problems.append(Doubt(DoubtKind.TEXT, words, span))
        there = read_attendees(section)
        particulars = (
            read_particulars(text, section, above, there.span, header.span)
            if title.ordinal is not None or header.span is not None
            else ()
        )
        chair = next((told for told in particulars if told.told is Told.CHAIR), None)
        meetings.append(
            Meeting(
                id=f"{record.id}#m{number_ + 1}",
                record=record.id,
                municipality=municipality,
                body=full_body(body, municipality),
                year=year,
                ordinal=title.ordinal,
                day=day,
                day_span=header.span,
                attendees=there.names,
                attendees_span=there.span,
                start=0 if number_ == 0 else title.line.start,
                end=end,
                title_span=(title.line.start, title.line.end) if title.ordinal else None,
                sitting=title.sitting,
                agenda_only=title.agenda_only,
                problems=tuple(problems),
                until=header.written.until if header.written else None,
                present=there.present,
                particulars=particulars,
                chairs=chair_keys(text[chair.start : chair.end], there.names) if chair else (),
                calendar=title.calendar,
            )
        )
    return meetings


def meeting_at(meetings: Sequence[Meeting], offset: int) -> Meeting | None:
    """The sitting whose part of the record holds the character; `meetings` are in its order."""
    at = bisect_right(meetings, offset, key=lambda meeting: meeting.start) - 1
    return meetings[at] if at >= 0 and offset < meetings[at].end else None


# --- titles ----------------------------------------------------------------------------------


_FIRST_LINES = 6
_LONGEST_TITLE = 80


def _titles(lines: Sequence[Line]) -> list[_Title]:
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
            _Title(
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


_POINT = re.compile(r"[・･\-‐–—]|[(（]?(?:資料|別紙)?[(（]?[0-9０-９①-⑳]{1,2}[)）.．、 \u3000]")
_PAPERS_LABEL = re.compile(
    rf"{_BEFORE}(?:(?:会議|配[布付]|提出|当日|本日の?|使用)?(?:資料|書類)(?:一覧|名)?|配[布付]物)[】\])〕>:：]*"
)
_MOST_PAPERS = 15


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


_ONLY_ORDINAL = re.compile(
    rf"{_BEFORE}(?:\([0-9]{{1,2}}\))?第(?P<n>{_N})回(?:会議|審議会|審査会|委員会|部会)?[】〕\]>)]*"
)


def _bound_together(lines: Sequence[Line]) -> list[_Title]:
    """The sittings of a record that binds several under bare ordinals (【第2回】), each with its day beside it
    or below, and with what was done there."""
    found: list[_Title] = []
    for index, line in enumerate(lines):
        if len(line.key) > _LONGEST_TITLE or "回" not in line.key:
            continue
        match = _ONLY_ORDINAL.fullmatch(line.key) if len(line.key) <= _LONGEST_ORDINAL else None
        if match is not None:
            below = lines[index + 1 : index + 4]
            dated = any(
                _DATE_LABEL.match(_unnumbered(other)) and next(dates(other.text[:200]), None)
                for other in below
            )
        else:
            match = _ORDINAL_AND_DAY.match(line.key)
            dated = match is not None and line.alone and next(dates(line.text), None) is not None
        if match is not None and dated:
            found.append(_Title(index, line, None, number(match["n"]), None, "", False))
    bounds = [*(title.index for title in found), len(lines)]
    told = all(end - start > _LEAST_TOLD for start, end in pairwise(bounds))
    return found if len(found) > 1 and told else []


def _unnumbered(line: Line) -> str:
    """A line's key without its numbering: ア 開催日."""
    mark = numbering(line.text)
    return fold(line.text[mark[2] :]) if mark else line.key


def _counted_by_year(title: _Title, lines: Sequence[Line]) -> _Title:
    """The title of a record's only sitting; its year is another line's where that says the number only
    (平成19年第3回会議記録, above …審査会（第3回）)."""
    if title.ordinal is None or title.year is not None or title.calendar is not None:
        return title
    for line in lines[: title.index + _ABOVE]:
        alone = _CALENDAR_YEAR.match(_MARKS.sub("", line.key)) if line.alone else None
        told = _ORDINAL.match(line.key, alone.end()) if alone else None
        if alone and told and number(told[1]) == title.ordinal:
            year = western_year(alone["era"], number(alone["n"]) or 0)
            return replace(title, calendar=year)
    return title


# ただいまから、令和5年度第2回の審議会を始めます: the words with which a sitting is opened
_OPENING = re.compile(
    rf"(?:ただ[今い]ま?|これ|只今)(?:から|より)、?(?P<title>(?:{_YEAR}|{_YEAR_ALONE})?の?第(?P<n>{_N})回[^。、]{{0,40}}?)"
    r"を(?:開会|開催|開議|始め|はじめ|開き|開かせ|執り行)(?!.{0,6}(?:した|ました))"
)
_FIRST_WORDS = 240  # lines in which a sitting without a title is opened


def _opened(lines: Sequence[Line]) -> _Title:
    """The sitting of a record without a title: its number is told, if at all, where it is opened."""
    for index, line in enumerate(lines[:_FIRST_WORDS]):
        if "第" not in line.key:
            continue
        below = lines[index + 1].key if index + 1 < len(lines) else ""
        match = _OPENING.search(line.key + below)
        if match is not None:
            year = next((fiscal for _, _, fiscal in fiscal_years(match["title"]) if fiscal), None)
            ordinal = number(match["n"])
            return _Title(0, line, year.year if year else None, ordinal, None, "", False)
    return _Title(0, lines[0], None, None, None, "", False)


_ORDINAL_AND_DAY = re.compile(
    rf"{_BEFORE}(?:\([0-9]{{1,2}}\))?第(?P<n>{_N})回(?:会議|審議会|審査会|委員会|部会)?[】〕\])〉>》:：]*[(（]?(?:開催日)?:?(?={_ERA}[0-9元〇一二三四五六七八九十]|(?:19|20)[0-9]{{2}}[年./])"
)
_LEAST_TOLD = 1  # lines below the heading of a sitting; one of a list of sittings has none
_LONGEST_ORDINAL = 20


def _heads_page(lines: Sequence[Line], index: int) -> bool:
    """Whether right below this line stands when a web page was made: the menu may come before both."""
    return any(_PAGE_DATE.search(line.key) for line in lines[index + 1 : index + 3])


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


def _distinct(titles: list[_Title]) -> list[_Title]:
    """One title a sitting: page headers and a title printed twice are the same sitting again."""
    kept: list[_Title] = []
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


def _end_of_minutes(section: Sequence[Line]) -> int:
    """How many lines of the section are minutes: to the 以上 that closes them, if papers follow."""
    for index, line in enumerate(section):
        if (
            len(line.key) <= 4
            and index
            and _END_OF_PART.match(line.key)
            and len(section) - index > 12
        ):
            return index + 1
    return len(section)


_ABOVE = 4  # lines above a sitting's title in which the number of the paper stands
_PAPER = re.compile(
    r"[(（【\[]?(?:参考|別添|配[布付])?資料[ \u3000]*(?:No\.?|[-－])?[ \u3000]*[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})?[)）】\]]?(?:[ \u3000]{2,}\S.*)?"
)


def _end_of_paper(above: Sequence[Line], section: Sequence[Line]) -> int:
    """How many lines of a section are of one paper, if the sitting's minutes are one of several bound
    together (資料1 the last minutes, 資料2 …)."""
    if any(_PAPER.fullmatch(line.text) for line in above):
        for index, line in enumerate(section):
            if index and line.cell == 0 and _PAPER.fullmatch(line.text):
                return index
    return len(section)


# --- header facts ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Day:
    """A sitting's date as the header writes it, and what is doubtful about it."""

    written: WrittenDate | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def span(self) -> tuple[int, int] | None:
        return (self.written.start, self.written.end) if self.written else None


def _day_of(section: Sequence[Line], above: Sequence[Line], *, titled: bool) -> _Day:
    """The sitting's date: that of the label 日時 and its like, else the first one in the header.

    `above` is the header that stands before the title. Papers without a title of a sitting are dated
    only by a line that is nothing but a date, and not by the day on which they ask for an opinion.
    """
    labelled = [
        *_labelled_dates(section[:_HEADER], titled=titled),
        *_labelled_dates(above, titled=titled),
    ]
    whole = [written for written in labelled if isinstance(written, WrittenDate)]
    if whole:
        first = whole[0]
        doubts = [] if not first.problem else [_doubt(first, section, above)]
        other = next((w for w in whole if w.day and first.day and w.day != first.day), None)
        if other is not None:
            span = (other.start, other.end)
            doubts.append(Doubt(DoubtKind.DATE, f"会議の日付が{other.day}とも書かれています", span))
        return _Day(first, tuple(doubts))
    written = _unlabelled_date(section[:_HEADER], titled=titled) or _day_held(section[:_HEADER])
    if written is not None:
        return _Day(written, (_doubt(written, section, above),) if written.problem else ())
    partial = next((line for line in labelled if isinstance(line, Line)), None)
    if partial is not None:
        text = f"会議の日付「{partial.text[:40]}」に年がありません"
        return _Day(None, (Doubt(DoubtKind.DATE, text, (partial.start, partial.end)),))
    return _Day(None)


def _doubt(written: WrittenDate, *parts: Sequence[Line]) -> Doubt:
    line = next(x for lines in parts for x in lines if x.start <= written.start < x.end)
    shown = line.text[written.start - line.start : written.end - line.start].strip()
    text = f"日付「{shown}」: {written.problem}"
    return Doubt(DoubtKind.DATE, text, (written.start, written.end))


def _labelled_dates(header: Sequence[Line], *, titled: bool) -> Iterator[WrittenDate | Line]:
    """The first date under each label 日時 and its like; the line itself where it has no year. In papers
    without a title of a sitting a bare 期間 is that of what they propose."""
    for index, line in enumerate(header):
        label = _DATE_LABEL.match(line.key)
        if label is not None and not titled and label["label"] in ("期間", "時期"):
            continue
        if label is None or _PAGE_DATE.search(line.key) or len(line.key) > 120:
            continue
        looked = 0
        for candidate in header[index : index + 12]:
            if candidate is not line and _OTHER_LABEL.match(candidate.key):
                continue  # where a form is flattened, labels come first and values after
            if _PAGE_DATE.search(candidate.key) or re.match(r"次回|前回", candidate.key):
                continue
            written = next(dates(candidate.text[:200]), None)
            if written is not None:
                yield _shifted(written, candidate)
                break
            if re.search(r"\d月\d+日", candidate.key) and candidate.alone:
                yield candidate
                break
            looked += 1
            if looked > 3:
                break


_WEEKDAY = 5  # characters: (金曜日)


def _unlabelled_date(header: Sequence[Line], *, titled: bool) -> WrittenDate | None:
    replied = any("答申" in line.key for line in header[:30])
    if not titled and not replied and any(_CONSULTING.search(line.key) for line in header[:40]):
        return None  # the day of a consultation paper
    for index, line in enumerate(header):
        if _names_columns(line):
            break  # the dates of a table are those of its rows
        if "答申" in line.key[:8] or line.key.endswith("答申") or _DAY_OF_REPLY.match(line.key):
            for written in dates(line.text[:200]):
                return _shifted(written, line)
        before = header[index - 1].key if index else ""
        near = " ".join(other.key for other in header[max(0, index - 1) : index + 2])
        if len(line.key) > 60 or index > 25:
            continue
        # a page is made at no time of day from which to which
        if _PAGE_DATE.search(near) and not (_FROM_TO.search(line.key) and "更新" not in line.key):
            continue
        if _OTHER_DATE.search(line.key) or (len(before) < 12 and re.search(r"次回|前回", before)):
            continue
        for written in dates(line.text):
            if titled or (
                line.cell == 0 and len(line.key) - (written.end - written.start) <= _WEEKDAY
            ):
                return _shifted(written, line)
    return None


# 平成27年9月28日（答申第516号）
_DAY_OF_REPLY = re.compile(r"[^。、]{6,12}日\(?答申第?[0-9]")
_FROM_TO = re.compile(r"[0-9]{1,2}(?:時(?:[0-9]{1,2}分)?|:[0-9]{2})(?:~|-|から)")


def _names_columns(line: Line) -> bool:
    """Whether a line names the columns of a table (答申番号 答申年月日 件名 …), parted by spaces."""
    return bool(
        len(line.key) <= _LONGEST_TITLE
        and _OF_COLUMNS.search(line.key)
        and len(line.text.split()) >= _FEWEST_COLUMNS
        and all(len(word) <= _LONGEST_COLUMN for word in line.text.split())
    )


_OF_COLUMNS = re.compile(
    r"(?=.*(?:番号|件名|案件|事項|議題))(?=.*(?:年月日|月日|結論|結果|答申日|開催日)).*"
)
_FEWEST_COLUMNS, _LONGEST_COLUMN = 3, 14

_HELD = re.compile(
    r"[^。]{0,80}?(?:(?:開催|開会)(?:いた)?(?:し|され)(?:まし)?[た、]|開(?:かれ|き)(?:まし)?た)"
)


def _day_held(header: Sequence[Line]) -> WrittenDate | None:
    """The day of which a sentence says that the sitting was held on it (…日、市役所において開催しました)."""
    for line in header:
        if "開" not in line.text or _OTHER_DATE.search(line.key[:20]):
            continue
        for written in dates(line.text[:200]):
            if _HELD.match(line.text, written.end):
                return _shifted(written, line)
    return None


def _shifted(written: WrittenDate, line: Line) -> WrittenDate:
    start, end = line.start + written.start, line.start + written.end
    return replace(written, start=start, end=end)
