"""Question -> the draft that tells of a sitting: when, where, who was there, what was on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.absence_drafts import Absences
from assistant.evidence import Evidence
from assistant.fact_drafts import Facts
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import Draft, Quote, Statement, Style, Writer, date_name
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
        if not meetings:
            return (
                self._row_sitting(question, scope)
                or self.facts.fact(question, hits, [])
                or self.absences.no_such_time(question)
            )
        draft = None
        if re.search(r"会長|議長|出席|欠席|委員は|いなかった|何人", key):
            named = [m for m in meetings if m.attendees_span]
            if re.search(r"会長|議長", key):
                return self._chair(named) or self.absences.not_said([])
            draft = self._attendance(
                named, absent=bool(re.search(r"いな(?:かった|い)|欠席|来な", key))
            )
        return (
            draft
            or self._when_and_where(meetings, key)
            or self.facts.fact(question, hits, [])
            or self.absences.not_said([])
        )

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

    def _meeting_fits(self, meeting: Meeting, question: Question) -> bool:
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
        return bool(question.municipalities or question.dated)

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
