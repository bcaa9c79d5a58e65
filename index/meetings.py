"""Record -> Meeting: one sitting: municipality, body, fiscal year, ordinal, date, attendees.

A record may be one sitting's minutes, a packet of several, or papers without a sitting.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.doubts import Doubt, DoubtKind
from index.japanese import FiscalYear, regular
from index.records import Record
from index.sittings.attendees import read_attendees
from index.sittings.particulars import Particular, Told, read_particulars
from index.sittings.places import body_named, full_body, healed_body, read_municipality
from index.sittings.sitting_days import HEADER, day_of
from index.sittings.sitting_titles import ABOVE, read_titles
from index.text.lines import Line
from index.text.turns import chair_keys

_SUBCOMMITTEE = re.compile(r"(?!.*(?:審議会|審査会|委員会|協議会)).*部会(?:第[0-9一二三]+部会)?")
_END_OF_PART = re.compile(r"^-?以上-?$")
_PAPER = re.compile(
    r"[(（【\[]?(?:参考|別添|配[布付])?資料[ \u3000]*(?:No\.?|[-－])?[ \u3000]*[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})?[)）】\]]?(?:[ \u3000]{2,}\S.*)?"
)


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


def read_meetings(record: Record, lines: Sequence[Line]) -> list[Meeting]:
    """The sittings that the record tells of, in its order; at least one, perhaps a nameless one.

    The last of them, where papers follow the minutes (以上), reaches only to the end of the minutes:
    what belongs to no sitting is for `cases` to place.
    """
    text = regular(record.text)
    municipality, doubt, misread = read_municipality(text, lines)
    titles = read_titles(lines)
    unnamed = any(title.body is None for title in titles)
    default_body = body_named(lines, municipality) if unnamed else None
    meetings = []
    for place, title in enumerate(titles):
        until = titles[place + 1].index if place + 1 < len(titles) else len(lines)
        section = lines[title.index : until]
        stop = _end_of_minutes(section) if not title.agenda_only else len(section)
        stop = min(stop, _end_of_paper(lines[max(0, title.index - ABOVE) : title.index], section))
        section = section[:stop]
        end = (
            lines[title.index + stop].start if title.index + stop < len(lines) else len(record.text)
        )
        above = lines[max(0, title.index - HEADER) : title.index] if place == 0 else []
        header = day_of(section, above, titled=title.ordinal is not None)
        day = header.written.day if header.written else None
        of_day = FiscalYear.of(day) if day is not None else None
        written = title.body or default_body
        body, healed = _body(written, text, lines, municipality)
        problems = []
        if doubt:
            at = text.find(misread)
            span = (at, at + len(misread)) if at >= 0 else None
            problems.append(Doubt(DoubtKind.MUNICIPALITY, doubt, span))
        problems += header.doubts
        if title.year is not None and of_day is not None and of_day.year != title.year:
            told = FiscalYear.beginning(title.year).name
            slip = f"{told}の会議ですが、日付は{of_day.name}のものです"
            problems.append(Doubt(DoubtKind.DATE, slip, header.span))
        if healed:
            problems.append(Doubt(DoubtKind.TEXT, healed, (title.line.start, title.line.end)))
        there = read_attendees(section)
        particulars = (
            read_particulars(text, section, above, there.span, header.span)
            if title.ordinal is not None or header.span is not None
            else ()
        )
        chair = next((told for told in particulars if told.told is Told.CHAIR), None)
        meetings.append(
            Meeting(
                id=f"{record.id}#m{place + 1}",
                record=record.id,
                municipality=municipality,
                body=full_body(body, municipality),
                year=of_day.year if title.year is None and of_day else title.year,
                ordinal=title.ordinal,
                day=day,
                day_span=header.span,
                attendees=there.names,
                attendees_span=there.span,
                start=0 if place == 0 else title.line.start,
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


def _body(
    written: str | None, text: str, lines: Sequence[Line], municipality: str | None
) -> tuple[str | None, str]:
    """The name of the body, healed of slips of a machine that read it, and what to say of that, if anything."""
    if written is None:
        return None, ""
    body = healed_body(written, text)
    if _SUBCOMMITTEE.fullmatch(body):
        parent = body_named(lines, municipality) or ""  # 評価部会 of 個人情報保護審議会
        return (body if parent.endswith("部会") else parent + body), ""
    told = f"会議体の名称は「{body}」としました。「{written}」とも読まれています"
    return body, told if body != written else ""


def meeting_at(meetings: Sequence[Meeting], offset: int) -> Meeting | None:
    """The sitting whose part of the record holds the character; `meetings` are in its order."""
    at = bisect_right(meetings, offset, key=lambda meeting: meeting.start) - 1
    return meetings[at] if at >= 0 and offset < meetings[at].end else None


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


def _end_of_paper(above: Sequence[Line], section: Sequence[Line]) -> int:
    """How many lines of a section are of one paper, if the sitting's minutes are one of several bound
    together (資料1 the last minutes, 資料2 …)."""
    if any(_PAPER.fullmatch(line.text) for line in above):
        for index, line in enumerate(section):
            if index and line.cell == 0 and _PAPER.fullmatch(line.text):
                return index
    return len(section)
