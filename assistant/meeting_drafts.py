"""Question -> the draft that tells of a sitting: when, where, who was there, what was on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.absence_drafts import Absences
from assistant.evidence import Evidence
from assistant.fact_drafts import Facts
from assistant.hits import Hit
from assistant.intents import Extreme
from assistant.questions import Question
from assistant.statements import (
    SEARCHED_NOTE,
    Draft,
    Quote,
    Statement,
    Style,
    Writer,
    date_name,
    short_title,
    sitting_name,
)
from assistant.times import year_name
from assistant.verdict_drafts import Verdicts
from index.cases import Case
from index.japanese import dates, fold, level
from index.meetings import Meeting
from index.store import Index

_PLACE = re.compile(
    r"(?m)^[^\n]{0,6}?(?:開催場所|場[ \u3000]*所|会[ \u3000]*場|ところ|と こ ろ)"
    r"[ \u3000]*[:：|\t]?[ \u3000\t\n]*(?P<v>[^\n\t|（）()]{3,40})"
)
_ROOM = re.compile(r"(?P<v>[^\n\t]{0,20}(?:会議室|庁議室|委員会室|会館|室)[^\n\t]{0,6})")


_SAT = re.compile(
    r"[0-9一二三四五六七八九十]+回[^。]{0,8}(?:開催|開い|開か|行わ|実施)"
    r"|(?:開催|会議)(?:回数|数)?(?:は|:)?[0-9一二三四五六七八九十]+回"
)
_ASKS_WHO_CAME = re.compile(
    r"会長|議長|委員長|出席|欠席|傍聴|いなかった|何人(?:い|来|集)|委員は(?:誰|どなた|何)|(?:どの|何人の)委員"
)


class Meetings(Writer):
    """Tells of sittings."""

    def __init__(
        self,
        index: Index,
        evidence: Evidence,
        absences: Absences,
        facts: Facts,
        verdicts: Verdicts,
    ) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts
        self.verdicts = verdicts

    def meeting(self, question: Question, hits: Sequence[Hit], scope: Sequence[Case]) -> Draft:
        """What the heads of the minutes say of the sittings meant."""
        key = fold(question.text)
        if re.search(r"何を審議|案件|議題|何が審議", key):
            return self.verdicts.listing(question, [], hits, scope)
        meetings = [m for m in self.meetings if self._meeting_fits(m, question)]
        if re.search(r"何回|回数", key):
            alone = self._count_told(question, hits)
            return alone or self._counted(question, scope) or self.absences.no_such_time(question)
        if _ASKS_WHO_CAME.search(key):
            return self._who_came(meetings, key) or self.absences.not_said([])
        if not meetings:
            return (
                self._row_sitting(question, scope)
                or self.facts.fact(question, hits, [])
                or self.absences.no_such_time(question)
            )
        return (
            self._when_and_where(meetings, key)
            or self.facts.fact(question, hits, [])
            or self.absences.not_said([])
        )

    def _who_came(self, meetings: Sequence[Meeting], key: str) -> Draft | None:
        """Who presided, who was there, who was not: of the sittings meant, or of none."""
        named = [m for m in meetings if m.attendees_span]
        if re.search(r"会長|議長|委員長", key):
            return self._chair(named)
        absent = bool(re.search(r"いな(?:かった|い)|欠席|来な", key))
        if re.search(r"傍聴", key):
            return None
        return self._attendance(named, absent=absent)

    def _count_told(self, question: Question, hits: Sequence[Hit]) -> Draft | None:
        """A record's own words on how often a council sat, with the number in them."""
        told = self.facts.fact(question, hits, [])
        if told is None:
            return None
        first = told.statements[0].quotes
        said = " ".join(self.index.text(q.record)[q.start : q.end] for q in first)
        sat = _SAT.search(fold(said))
        return told if sat else None

    def _counted(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """How many sittings the records hold, and which."""
        sittings: dict[str, Quote] = {}
        for meeting in sorted(self.meetings, key=lambda m: (m.day is None, m.day or date.max)):
            if self._meeting_fits(meeting, question, any_place=True) and meeting.name:
                name = f"{meeting.municipality or ''} {meeting.name}".strip()
                span = meeting.day_span or meeting.attendees_span
                if span:
                    sittings.setdefault(name, Quote(meeting.record, *span, show=False))
        for case in self.in_order(scope):
            if case.meeting:
                name = f"{case.municipality or ''} {case.meeting}".strip()
                sittings.setdefault(name, Quote(case.record, *case.title_span, show=False))
        if not sittings:
            return None
        where = "、".join([*question.municipalities, *map(year_name, question.years)])
        lead = Statement(
            Style.LEAD,
            (
                f"{where + 'の' if where else ''}記録にある会議は**{len(sittings)}回**です。",
                *list(sittings.values())[:3],
            ),
        )
        note = Statement(Style.NOTE, ("記録のない会議があれば、この数には入っていません。",))
        items = [Statement(Style.ITEM, (name, quote)) for name, quote in sittings.items()]
        return Draft((lead, note, *items))

    def extreme(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """The newest or oldest case or sitting, or the town (or year) that has most cases."""
        key = fold(question.text)
        cases = self.verdicts.listed(question, scope)
        if question.extreme is Extreme.MOST:
            return self._most(cases, key)
        dated = sorted((case for case in cases if case.day), key=lambda case: case.day or date.min)
        if not dated:
            return None
        newest = question.extreme is Extreme.NEWEST
        case = dated[-1] if newest else dated[0]
        word = "新しい" if newest else "古い"
        same = [c for c in dated if c.meeting_id == case.meeting_id]
        lead = Statement(
            Style.LEAD,
            (
                f"日付の分かる記録で最も{word}のは、"
                f"{case.municipality or ''} {sitting_name(case)}です。",
                Quote(case.record, *case.title_span, show=False),
            ),
        )
        lines = [self.case_line(c) for c in same]
        return Draft((lead, *lines, *self.law_note(same)), tuple(same))

    def _most(self, cases: Sequence[Case], key: str) -> Draft | None:
        """The town, year or case that has most of what is counted, and those behind it."""
        if not cases:
            return None
        counted: list[tuple[str, int, Case]] = []
        if re.search(r"質問|質疑", key):
            unit, what = "件", "記録されている質疑"
            counted = [
                (f"{case.municipality or ''} {short_title(case.title)}", len(case.exchanges), case)
                for case in cases
            ]
        else:
            unit, what = "件", "案件"
            by_year = re.search(r"年度|年が|何年", key)
            groups: dict[str, list[Case]] = {}
            for case in cases:
                name = (year_name(case.year) if case.year else "") if by_year else case.municipality
                groups.setdefault(name or "記載なし", []).append(case)
            counted = [(name, len(some), some[0]) for name, some in groups.items()]
        counted.sort(key=lambda entry: (-entry[1], entry[0]))
        name, most, first = counted[0]
        lead = Statement(
            Style.LEAD,
            (
                f"{what}が最も多いのは**{name}**（{most}{unit}）です。",
                Quote(first.record, *first.title_span, show=False),
            ),
        )
        items = [
            Statement(
                Style.ITEM, (f"{n}: {many}{unit}", Quote(c.record, *c.title_span, show=False))
            )
            for n, many, c in counted[1:6]
        ]
        return Draft((lead, *items, SEARCHED_NOTE), (first,) if "質" in what else ())

    def _chair(self, named: Sequence[Meeting]) -> Draft | None:
        """Who presided, from the list of those present."""
        for meeting in named:
            chair = next((name for name in meeting.attendees if "会長" in name), None)
            if chair is not None:
                words = f"**{level(chair)}**です（{self._meeting_name(meeting)}）。"
                return Draft((Statement(Style.LEAD, (words, self._find_in(meeting, chair))),))
        return None

    def _attendance(self, named: Sequence[Meeting], *, absent: bool) -> Draft | None:
        """The lists of those present; where those `absent` are asked, the first two compared."""
        statements: list[Statement] = []
        if len(named) >= 2 and absent:
            first, second = named[0], named[1]
            missing = [name for name in first.attendees if name not in second.attendees]
            if missing:
                words = f"**{'、'.join(missing)}**です（出席者の名簿の比較）。"
                quotes = [self._attendees_quote(m) for m in (first, second)]
                statements.append(Statement(Style.LEAD, (words, *quotes)))
        style = Style.CASE if statements else Style.LEAD
        statements += [
            Statement(
                style,
                (f"{self._meeting_name(m)}の出席者: ", self._attendees_quote(m, show=True)),
            )
            for m in named
        ]
        return Draft(tuple(statements)) if statements else None

    def _when_and_where(self, meetings: Sequence[Meeting], key: str) -> Draft | None:
        """The day and the place of the first sittings, as far as they are asked and told."""
        asks_day = re.search(r"いつ|日時|何日|日付|何月|開か|開催", key)
        asks_place = re.search(r"どこ|場所|会場", key)
        statements: list[Statement] = []
        for meeting in meetings[:4]:
            pieces: list[str | Quote] = [f"{self._meeting_name(meeting)}: "]
            if asks_day and meeting.day_span:
                pieces.append(f"**{date_name(meeting.day)}** ")
                pieces.append(self._row_quote(meeting.record, meeting.day_span))
            if asks_place and (place := self._place_quote(meeting)):
                pieces += [" 場所 ", place]
            if len(pieces) > 1:
                style = Style.CASE if statements else Style.LEAD
                statements.append(Statement(style, tuple(pieces)))
        return Draft(tuple(statements)) if statements else None

    def _row_sitting(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """A sitting that stands only in a row of a yearly report: the row's own words on it."""
        told = [case for case in scope if case.newest and "#r" in case.newest.meeting_id]
        if not told or question.ordinal is None:
            return None
        case = told[0]
        text = self.index.text(case.record)
        start, end = case.spans[0]
        cells = [m for m in re.finditer(r"[^\t|]+", text[start:end]) if m.group().strip()]
        dated = next((m for m in cells if any(True for _ in dates(m.group()))), None)
        if dated is None:
            return None
        words = dated.group().strip()
        at = start + dated.start() + dated.group().index(words)
        lead = Statement(
            Style.LEAD,
            (
                f"{case.municipality or ''} {case.meeting}: ",
                Quote(case.record, at, at + len(words)),
                "（年次報告の表の記載）",
            ),
        )
        return Draft(
            (lead, *(self.case_line(c) for c in self.in_order(told))), tuple(self.in_order(told))
        )

    def _meeting_fits(
        self, meeting: Meeting, question: Question, *, any_place: bool = False
    ) -> bool:
        if question.municipalities and meeting.municipality not in question.municipalities:
            return False
        if question.ordinal is not None and meeting.ordinal != question.ordinal:
            return False
        if question.years and meeting.year not in question.years:
            return False
        if (
            question.calendar_years
            and (meeting.day is None or meeting.day.year not in question.calendar_years)
            and meeting.year not in question.calendar_years
        ):
            return False
        if question.days and meeting.day not in question.days:
            return False
        return any_place or bool(question.municipalities or question.dated)

    def _meeting_name(self, meeting: Meeting) -> str:
        parts = [meeting.municipality or "", meeting.name, meeting.sitting]
        return " ".join(part for part in parts if part)

    def _find_in(self, meeting: Meeting, words: str) -> Quote:
        assert meeting.attendees_span is not None
        text = self.index.text(meeting.record)
        at = text.find(words, *meeting.attendees_span)
        if at >= 0:
            return Quote(meeting.record, at, at + len(words), show=False)
        return Quote(meeting.record, *meeting.attendees_span, show=False)

    def _attendees_quote(self, meeting: Meeting, *, show: bool = False) -> Quote:
        assert meeting.attendees_span is not None
        return Quote(meeting.record, *meeting.attendees_span, show=show)

    def _row_quote(self, record: str, span: tuple[int, int]) -> Quote:
        text = self.index.text(record)
        end = text.find("\n", span[1])
        end = len(text) if end < 0 else end
        stop = re.search(r"[\t|]", text[span[1] : end])
        end = span[1] + stop.start() if stop else min(end, span[1] + 40)
        return Quote(record, span[0], span[0] + len(text[span[0] : end].rstrip()))

    def _place_quote(self, meeting: Meeting) -> Quote | None:
        text = self.index.text(meeting.record)
        head = text[meeting.start : min(meeting.end, meeting.start + 1200)]
        place = _PLACE.search(head) or _ROOM.search(head)
        if place is None:
            return None
        value = place["v"].strip()
        start = meeting.start + place.start("v") + place["v"].index(value)
        return Quote(meeting.record, start, start + len(value))
