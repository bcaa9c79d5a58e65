"""Lines -> the day of a sitting, as the head of its minutes writes it, and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.doubts import Doubt, DoubtKind
from index.japanese import WrittenDate, dates, fold
from index.text.lines import Line
from index.text.numbering import numbering

BEFORE = r"[◇◆○●◎■□▽▼△▲▷▶☆★・※【〔\[(<「『*#-]{0,3}(?:[0-9]{1,2}[.)、]?)?[◇◆○●■□・※【〔\[(<]{0,3}"
_DATE_LABEL = re.compile(
    rf"^{BEFORE}(?P<label>(?:会議|審議会?|審査会?|書面)?(?:の)?(?:開催|決議|審議|開会|開議|招集)?の?"
    r"(?:年月日時?|日時|月日|期日|日程|とき|開催日|答申日|時期|期間|日))(?:及び場所|・場所|場所|等)?"
    r"(?=[】\])〕>:：|(]|$|[0-9〇一二三四五六七八九十rhs令平昭])"
)
_OTHER_LABEL = re.compile(
    rf"^{BEFORE}(?:会議の?名称?|(?:開催)?場所|会場|ところ|出席(?:者|委員)|欠席(?:者|委員)|事務局|傍聴者?|議題|議事|案件|次第"
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
HEADER = 60  # lines
_WEEKDAY = 5  # characters: (金曜日)
# 平成27年9月28日（答申第516号）
_DAY_OF_REPLY = re.compile(r"[^。、]{6,12}日\(?答申第?[0-9]")
_FROM_TO = re.compile(r"[0-9]{1,2}(?:時(?:[0-9]{1,2}分)?|:[0-9]{2})(?:~|-|から)")
_OF_COLUMNS = re.compile(
    r"(?=.*(?:番号|件名|案件|事項|議題))(?=.*(?:年月日|月日|結論|結果|答申日|開催日)).*"
)
_FEWEST_COLUMNS, _LONGEST_COLUMN, _LONGEST_ROW = 3, 14, 80
_HELD = re.compile(
    r"[^。]{0,80}?(?:(?:開催|開会)(?:いた)?(?:し|され)(?:まし)?[た、]|開(?:かれ|き)(?:まし)?た)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A sitting's date as the header writes it, and what is doubtful about it."""

    written: WrittenDate | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def span(self) -> tuple[int, int] | None:
        return (self.written.start, self.written.end) if self.written else None


def day_of(section: Sequence[Line], above: Sequence[Line], *, titled: bool) -> Day:
    """The sitting's date: that of the label 日時 and its like, else the first one in the header.

    `above` is the header that stands before the title. Papers without a title of a sitting are dated
    only by a line that is nothing but a date, and not by the day on which they ask for an opinion.
    """
    labelled = [
        *_labelled_dates(section[:HEADER], titled=titled),
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
        return Day(first, tuple(doubts))
    written = _unlabelled_date(section[:HEADER], titled=titled) or _day_held(section[:HEADER])
    if written is not None:
        return Day(written, (_doubt(written, section, above),) if written.problem else ())
    partial = next((line for line in labelled if isinstance(line, Line)), None)
    if partial is not None:
        text = f"会議の日付「{partial.text[:40]}」に年がありません"
        return Day(None, (Doubt(DoubtKind.DATE, text, (partial.start, partial.end)),))
    return Day(None)


def tells_day(line: Line) -> bool:
    """Whether a line writes a day beside a label of it, numbered or not (ア 開催日 …)."""
    mark = numbering(line.text)
    key = fold(line.text[mark[2] :]) if mark else line.key
    return _DATE_LABEL.match(key) is not None and next(dates(line.text[:200]), None) is not None


def tells_of_page(line: Line) -> bool:
    """Whether a line may write the day on which a web page was made, or changed."""
    return _PAGE_DATE.search(line.key) is not None


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
        if label is None or tells_of_page(line) or len(line.key) > 120:
            continue
        looked = 0
        for candidate in header[index : index + 12]:
            if candidate is not line and _OTHER_LABEL.match(candidate.key):
                continue  # where a form is flattened, labels come first and values after
            if tells_of_page(candidate) or re.match(r"次回|前回", candidate.key):
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


def _names_columns(line: Line) -> bool:
    """Whether a line names the columns of a table (答申番号 答申年月日 件名 …), parted by spaces."""
    return bool(
        len(line.key) <= _LONGEST_ROW
        and _OF_COLUMNS.search(line.key)
        and len(line.text.split()) >= _FEWEST_COLUMNS
        and all(len(word) <= _LONGEST_COLUMN for word in line.text.split())
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
