"""Record -> Meeting: one sitting: municipality, body, fiscal year, ordinal, date, attendees.

A record may be one sitting's minutes, a packet of several, or papers without a sitting. A sitting
is announced by a title line: an ordinal (第N回) with the name of a body, and no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from index.doubts import Doubt, DoubtKind
from index.japanese import (
    FiscalYear,
    WrittenDate,
    dates,
    fiscal_years,
    fold,
    municipalities,
    number,
)
from index.lines import Line
from index.records import Record

_BODY = r"(?:審議会|審査会|協議会|委員会|懇話会|懇談会|部会)"
_ORDINAL = re.compile(r"第([0-9〇一二三四五六七八九十]{1,4})回")
_KIND_OF_DOCUMENT = (
    r"(?:会議|審議)?(?:の)?(?:会議録|議事録|議事要旨|会議要旨|会議要録|会議概要|会議の概要"
    r"|議事概要|開催概要|開催結果|審議概要"
    r"|要点記録|要旨|要録|概要|結果|議事予定|会議次第|議事次第|次第|開催通知|資料|記録)"
)
_NOT_A_TITLE = re.compile(
    r"について|に関する|の承認|における|出席|配布|配付|議事録の|会議録の|資料一覧|確認資料"
    r"|ページ|諮問|答申第|報告事項"
)
_DAY_LABEL = re.compile(r"\(?([0-9一二三]{1,2})日目\)?|\(第([0-9一二三])日\)")
_AGENDA_ONLY = re.compile(r"(?:議事予定|会議次第|議事次第|次第|開催通知|開催案内)")
_END_OF_PART = re.compile(r"^-?以上-?$")
_DATE_LABEL = re.compile(
    r"^(?:[0-9]{1,2}[.)、]?|\([0-9]{1,2}\)"
    r"|[◇◆○●■□・※【\[(]+)?(?:会議)?(?:の)?(?:開催)?(?:日時|年月日|期日|日程|とき|開催日|日"
    r"|時期|開会日時)(?:及び場所|・場所|場所)?[】\])]?[:：|]?"
)
_PAGE_DATE = re.compile(r"更新|公開日|掲載|ページ|登録日|作成日|公表日|印刷|発行")
_ATTENDEES_LABEL = re.compile(
    r"^(?:[0-9]{1,2}[.)、]?|[◇◆○●■□・※【\[(]+)?(?:出席(?:者|委員|した委員)|審議者|委員の出欠"
    r"|出席状況|出席者及び欠席者|会議出席者)"
)
_LONGEST_LIST = 4000  # characters of a line that lists persons


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting. `start` and `end` are the span of the record that tells of it.

    `year` is the western year its fiscal year begins in; `day_span` where its date is written.
    `body` is the council's full name. `problems` are doubts to show.
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

    @property
    def name(self) -> str:
        """令和3年度第1回, 第58回, or the fiscal year alone; empty where nothing is known."""
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


def read_meetings(record: Record, lines: Sequence[Line]) -> list[Meeting]:
    """The sittings that the record tells of, in its order; at least one, perhaps a nameless one.

    The last of them, where papers follow the minutes (以上), reaches only to the end of the minutes:
    what belongs to no sitting is for `cases` to place.
    """
    municipality, doubt = read_municipality(record.text, lines)
    titles = _distinct(_titles(lines))
    default_body = _body_named(record.text, municipality)
    if not titles:
        titles = [_Title(0, lines[0], None, None, None, "", False)] if lines else []
    meetings = []
    for number_, title in enumerate(titles):
        until = titles[number_ + 1].index if number_ + 1 < len(titles) else len(lines)
        section = lines[title.index : until]
        stop = _end_of_minutes(section) if not title.agenda_only else len(section)
        section = section[:stop]
        end = (
            lines[title.index + stop].start if title.index + stop < len(lines) else len(record.text)
        )
        written = _date_of(section, titled=title.ordinal is not None)
        day = written.day if written else None
        problems = [Doubt(DoubtKind.MUNICIPALITY, doubt)] if doubt else []
        if written is not None and written.problem:
            problems.append(
                Doubt(
                    DoubtKind.DATE,
                    f"日付「{record.text[written.start : written.end].strip()}」: {written.problem}",
                    (written.start, written.end),
                )
            )
        year = title.year
        if year is None and day is not None:
            year = FiscalYear.of(day).year
        names, span = _attendees(section)
        meetings.append(
            Meeting(
                id=f"{record.id}#m{number_ + 1}",
                record=record.id,
                municipality=municipality,
                body=_full_body(title.body or default_body, municipality),
                year=year,
                ordinal=title.ordinal,
                day=day,
                day_span=(written.start, written.end) if written else None,
                attendees=names,
                attendees_span=span,
                start=0 if number_ == 0 else title.line.start,
                end=end,
                title_span=(title.line.start, title.line.end) if title.ordinal else None,
                sitting=title.sitting,
                agenda_only=title.agenda_only,
                problems=tuple(problems),
            )
        )
    return meetings


def meeting_at(meetings: Sequence[Meeting], offset: int) -> Meeting | None:
    """The sitting whose part of the record holds the character; `meetings` are in its order."""
    at = bisect_right(meetings, offset, key=lambda meeting: meeting.start) - 1
    return meetings[at] if at >= 0 and offset < meetings[at].end else None


# --- titles ----------------------------------------------------------------------------------


def _titles(lines: Sequence[Line]) -> list[_Title]:
    found = []
    for index, line in enumerate(lines):
        key = re.sub(r"^[「『●■○◇◆【*#\-]+", "", line.key)
        ordinal = _ORDINAL.search(key)
        if ordinal is None or len(key) > 80 or key.endswith(("。", "、")):
            continue
        body = re.search(
            rf"[^\d\s「」()、。・]?(?:(?!第\d)[^\s「」()、。])*?{_BODY}(?:第[0-9一二三]+部会)?", key
        )
        if body is None or _NOT_A_TITLE.search(key) or not _begins_as_title(key):
            continue
        if (
            line.cell > 0
            and index > 0
            and not re.search(r"会議の?名称?|会議名|審議会名", lines[index - 1].key)
        ):
            continue
        day = _DAY_LABEL.search(key)
        year = next((fiscal for _, _, fiscal in fiscal_years(key) if fiscal), None)
        found.append(
            _Title(
                index,
                line,
                year.year if year else None,
                number(ordinal.group(1)),
                _clean_body(key),
                f"{day.group(1) or day.group(2)}日目" if day else "",
                bool(_AGENDA_ONLY.search(key)),
            )
        )
    return found


def _begins_as_title(key: str) -> bool:
    """A title begins with a year, an ordinal, or the name of a place or body; nothing before it."""
    rest = re.sub(r"^(?:\(?(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度\)?|[RHS]\d+年度)", "", key)
    return bool(
        re.match(
            rf"^(?:第[0-9〇一二三四五六七八九十]+[回期]|[^0-9()]{{0,24}}{_BODY}"
            rf"|[^0-9()、。]{{2,20}}第\d+回)",
            rest,
        )
    )


def _clean_body(key: str) -> str | None:
    """The body's name in a title: without year, ordinal and kind of document."""
    key = re.sub(r"(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度", "", key)
    key = _ORDINAL.sub("", key)
    match = re.search(rf"[^\s「」『』()（）、。\d]*{_BODY}(?:第[0-9一二三]+部会)?", key)
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
        if index and _END_OF_PART.match(line.key) and len(section) - index > 12:
            return index + 1
    return len(section)


# --- header facts ----------------------------------------------------------------------------


def _date_of(section: Sequence[Line], *, titled: bool) -> WrittenDate | None:
    """The sitting's date: that of the label 日時 and its like, else the first one in the header.

    Papers without a title of a sitting are dated only by a line that is nothing but a date.
    """
    header = section[:60]
    for index, line in enumerate(header):
        if not _DATE_LABEL.match(line.key) or _PAGE_DATE.search(line.key) or len(line.key) > 90:
            continue
        for candidate in header[index : index + 3]:
            if _PAGE_DATE.search(candidate.key):
                continue
            for written in dates(candidate.text):
                return _shifted(written, candidate)
    for index, line in enumerate(header):
        if re.search(r"答申$|\)答申|^答申", line.key) or "答申" in line.key[:8]:
            for written in dates(line.text):
                return _shifted(written, line)
        near = " ".join(other.key for other in header[max(0, index - 1) : index + 2])
        if _PAGE_DATE.search(near) or len(line.key) > 60 or index > 25:
            continue
        if re.search(r"開示請求|決定|審査請求|諮問", line.key):
            continue
        for written in dates(line.text):
            if titled or (line.cell == 0 and len(line.text) - (written.end - written.start) <= 4):
                return _shifted(written, line)
    return None


def _shifted(written: WrittenDate, line: Line) -> WrittenDate:
    return WrittenDate(
        line.start + written.start, line.start + written.end, written.day, written.problem
    )


_PERSON_BREAK = re.compile(r"[、,，・\n/]|\s{2,}|　")


def _attendees(section: Sequence[Line]) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """The members listed as present, as written, and the span of the list."""
    for index, line in enumerate(section[:60]):
        if not _ATTENDEES_LABEL.match(line.key):
            continue
        names: list[str] = []
        start, end = line.start, line.end
        for offset, candidate in enumerate(section[index : index + 16]):
            if offset and re.match(
                r"^(?:[0-9]{1,2}|[◇◆●■【]+)?\(?(?:事務局|市事務局|傍聴|欠席|議題|議事|次第"
                r"|案件|説明|資料|配布|会議の公開|公開|問い?合わせ|場所|日時|審議会の公開"
                r"|実施機関|その他|[●※]*委員欠席)",
                candidate.key,
            ):
                break
            if offset and candidate.key.endswith("。"):
                break
            text = (
                re.sub(
                    r"^.{0,14}?出席(?:者|委員)[^:：]{0,12}[:：]?|^審議者[:：]?", "", candidate.text
                )
                if offset == 0
                else candidate.text
            )
            text = text[:_LONGEST_LIST]
            text = re.split(r"[（(](?:市|町|県)?事務局|以上", text)[0]
            text = re.sub(r"[（(][^（）()]*(?:敬称?略|敬省略|順)[^（）()]*[）)]", "", text)
            end = candidate.end
            for piece in _PERSON_BREAK.split(text):
                name = re.sub(
                    r"[●:：]|^\s*(?:審議会)?[（(]?委員[）)]?\s*[:：]?|出席者|[（(](?:敬称略"
                    r"|五十音順|敬省略|[^（）()]*順)[^（）()]*[）)]",
                    "",
                    piece,
                ).strip(" ()（）")
                if 2 <= len(name) <= 16 and not re.search(r"[0-9０-９]名|敬称|部|課|。", name):
                    names.append(name)
        return tuple(names), (start, end)
    return (), None


# --- municipality and body -------------------------------------------------------------------

_PLACE_END = re.compile(
    r"[市区町村県都府道](?P<strong>長|個人情報|情報公開|情報保護|公文書|教育委員会|議会|立|条例"
    r"|行政不服|特定個人|役所|役場)?"
)
_ENOUGH_PLACES = 50_000
_NAME_TAIL = re.compile(r"[々ヶケノツ一-龠]{1,5}$")
_NOT_OF_THE_NAME = re.compile(r"^(?:回|同|本|当|各|他|前|現|元|度|期|旧|町内|市内|新)+(?=..)")


def read_municipality(text: str, lines: Sequence[Line]) -> tuple[str | None, str]:
    """The municipality whose record this is, and a doubt to show where its name was healed.

    The one named most, names in the title, and before 長・個人情報…, weighing most. A name that no
    list knows and that differs in one character from one that the record names too is that one,
    misread; so is a name that is another with a character dropped.
    """
    votes: Counter[str] = Counter()
    known = municipalities()
    head = lines[min(len(lines) - 1, 12)].end if lines else 0
    for match in islice(_PLACE_END.finditer(text), _ENOUGH_PLACES):
        end = match.start() + 1
        weight = 5 if match["strong"] and not match["strong"].startswith("役") else 1
        if match.start() < head and weight > 1:
            weight *= 4
        start = next((s for s in range(max(0, end - 7), end - 1) if text[s:end] in known), None)
        if start is not None:
            if not any(text[start : end + more] in known for more in range(1, 5)):
                votes[text[start:end]] += weight
            continue
        tail = _NAME_TAIL.search(text[max(0, end - 6) : end - 1])
        if match["strong"] and tail is not None:
            name = _NOT_OF_THE_NAME.sub("", tail.group()) + text[end - 1]
            if len(name) >= 3:
                votes[name] += weight
    order = {name: place for place, name in enumerate(votes)}
    for longer in order:  # 第2回霞野市: what stands before a name is not of it
        tails = [longer[n:] for n in range(1, len(longer)) if longer[n:] in votes]
        shorter = min(tails, key=order.__getitem__, default=None)
        if shorter is not None and longer not in known:
            votes[shorter] += votes.pop(longer)
    if not votes:
        return None, ""
    best = max(votes, key=lambda name: (votes[name], name in known))
    misread = {o for o in votes if o != best and o not in known and _one_character_apart(o, best)}
    if best not in known:
        rivals = [o for o in votes if o in known and _one_character_apart(o, best) and votes[o] > 1]
        if rivals:
            misread.add(best)
            best = max(rivals, key=lambda name: votes[name])
    fuller = [o for o in votes if len(o) == len(best) + 1 and _one_character_dropped(best, o)]
    if fuller:
        misread.add(best)
        best = fuller[0]
    doubt = f"自治体名が「{'」「'.join(sorted(misread))}」とも読まれています" if misread else ""
    return best, doubt


def _one_character_dropped(short: str, long: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long) - 1))


def _one_character_apart(left: str, right: str) -> bool:
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _body_named(text: str, municipality: str | None) -> str | None:
    """The body's name where no title gives it: the one named most, its municipality before it."""
    key = fold(text[:40000])
    middle = r"(?:情報公開・?)?(?:及び)?個人情報[^\s「」()（）、。\d]{0,10}?"
    for pattern in ([re.escape(municipality) + middle] if municipality else []) + [middle]:
        found = re.findall(pattern + _BODY + r"(?:第[0-9一二三]+部会)?", key)
        if found:
            return str(Counter(found).most_common(1)[0][0])
    return None


def _full_body(body: str | None, municipality: str | None) -> str | None:
    """The body's name with its municipality before it."""
    if body is None:
        return None
    if municipality is None or municipality in body:
        return body
    named = re.match(r"^[^\s]{1,6}?[市区町村県](?=個人|情報|公文書)", body)
    if named and _one_character_apart(named.group(), municipality):
        return municipality + body[named.end() :]
    return body if named else municipality + body
