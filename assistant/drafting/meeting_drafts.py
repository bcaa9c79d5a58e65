"""Question -> the draft that tells of a sitting: when, where, who was there, what was on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.fact_drafts import Facts
from assistant.drafting.list_drafts import Lists
from assistant.evidence import Evidence, Match
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import (
    SEARCHED_NOTE,
    Draft,
    Findings,
    Quote,
    Statement,
    Style,
    Writer,
    date_name,
    sitting_name,
)
from assistant.understanding.asked_cases import APPROVALS, Extreme
from assistant.understanding.sittings import (
    CASE_DAY,
    DAY,
    PRESENT,
    Asked,
    names_a_matter,
    read_asked,
)
from assistant.understanding.times import years_in_words
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import dates, fold, level, number
from index.meetings import Meeting
from index.sittings.particulars import Particular, Told
from index.store import Index

_FORM = re.compile(r"書面|オンライン|web|ウェブ|リモート|対面")  # how a sitting was held
_FORM_NEAR = 60  # characters behind a sitting's day in which that may stand
_SAT = re.compile(
    r"[0-9一二三四五六七八九十]+回[^。]{0,8}(?:開催|開い|開か|行わ|実施)"
    r"|(?:開催|会議)(?:回数|数)?(?:は|:)?[0-9一二三四五六七八九十]+回"
)
_NAMES = {
    DAY: "開催日", PRESENT: "出席した委員", Told.PLACE: "場所", Told.HOURS: "時間",
    Told.CHAIR: "会長", Told.VICE: "会長の職務代理（副会長）", Told.ABSENT: "欠席者",
    Told.OFFICE: "事務局", Told.EXPLAINERS: "説明者", Told.HOST: "担当課",
    Told.OBSERVERS: "傍聴者", Told.OPENNESS: "会議の公開・非公開",
    Told.WHY_CLOSED: "非公開の理由", Told.AGENDA: "議題", Told.PAPERS: "配布資料",
    Told.NEXT: "次回の予定",
}  # fmt: skip
_TOLD_OF = 8  # sittings told at once; of more the newest
_APPROVED = re.compile(r"承認|可決|認められ|決定")
_INLINE = 200  # characters of an agenda told in one line
_NOBODY = re.compile(r"^(?:な[しく]|無し?|0[人名]?|〇[人名]|零|いない|ありません)|なし|0[人名]")
_CLOCK = re.compile(
    r"(?P<half>午前|午後)?(?P<h>[0-9]{1,2}|正午)(?:時(?:(?P<m>[0-9]{1,2})分|(?P<half_past>半))?|:(?P<m2>[0-9]{2}))"
)


class Meetings(Writer):
    """Tells of sittings."""

    def __init__(
        self,
        index: Index,
        evidence: Evidence,
        absences: Absences,
        facts: Facts,
        lists: Lists,
    ) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts
        self.lists = lists

    def meeting(self, findings: Findings) -> Draft:
        """What the minutes say of the sittings meant."""
        question, matches, hits, scope = findings
        key = fold(question.text)
        asked = read_asked(question.text)
        if re.search(r"何回|回数", key) and not asked:
            alone = self._count_told(question, hits)
            return alone or self._counted(question, scope) or self.absences.no_such_time(question)
        if CASE_DAY in asked:
            return self._heard(question, matches)
        heard = self._heard_there(question, scope)
        if heard is not None and not heard:
            return self.absences.no_such_case(question)
        meetings = self._meant(question, heard)
        if heard and not meetings:
            return self._no_minutes(heard)
        if not meetings:
            if asked and not (question.dated or question.municipalities):
                return self._which()
            if row := self._row_sitting(question, scope, asked):
                return row
            told = None if asked else self.facts.fact(question, hits, [])
            return told or self.absences.no_such_time(question)
        if Told.AGENDA in asked or (not asked and re.search(r"案件|議題|審議", key)):
            return self._agenda(findings, meetings)
        if Told.ABSENT in asked and (compared := self._gone(meetings, key)) is not None:
            return compared
        if asked:
            return self._particulars(meetings, asked)
        return self.facts.fact(question, hits, []) or self.absences.not_said([])

    # -- which sittings are meant

    def _heard_there(self, question: Question, scope: Sequence[Case]) -> list[Case] | None:
        """The cases by which a question names a sitting; None where it names it otherwise."""
        names = [t for t in question.terms if t.name and names_a_matter(t.key)]
        if not names:
            return None
        held = [m for case in scope if (m := self.evidence.match(case, names)).strong >= 0.6]
        best = max((m.strong for m in held), default=0.0)
        cases = [m.case for m in held if m.strong >= 0.82 * best]
        of_cases = re.search(
            r"案件|諮問|審議(?:され|し)|諮られ|かけられ|報告され", fold(question.text)
        )
        return cases or ([] if of_cases else None)

    def _heard(self, question: Question, matches: Sequence[Match]) -> Draft:
        """When and where a matter was heard, and how it ended there."""
        if not matches:
            return self.absences.no_such_case(question)
        cases = self.in_order(self.with_chains([match.case for match in matches], question))
        dated = [case for case in cases if case.meeting or case.day or case.decisions]
        if not dated:
            return self._no_minutes(cases)
        if _APPROVED.search(fold(question.text)):
            approved = [c for c in cases if {d.outcome for d in c.decisions} & set(APPROVALS)]
            if not approved:
                return self._never_approved(cases)
            cases = dated = approved
        statements = [self.case_line(case) for case in cases]
        first = dated[0]
        if len({case.matter for case in cases}) == 1:
            days = list(
                dict.fromkeys(sitting_name(c, d) for c in dated for d in c.decisions or (None,))
            )
            words = f"{first.municipality or ''} **{'、'.join(days)}**です。".strip()
        else:
            words = f"当たる案件は**{len(cases)}件**あります。"
        title = Quote(first.record, *first.title_span, show=False)
        return Draft((Statement(Style.LEAD, (words, title)), *statements), tuple(cases))

    def _never_approved(self, cases: Sequence[Case]) -> Draft:
        """When was it approved? It was not, as far as the records tell."""
        lead = self.verdict_lead(cases[-1])
        words = ("承認されたという記録はありません。", *lead.pieces)
        lines = [self.case_line(case) for case in cases]
        unknown = all(case.outcome is Outcome.NOT_RECORDED for case in cases)
        return Draft((Statement(Style.LEAD, words), *lines), tuple(cases), unknown)

    def _no_minutes(self, cases: Sequence[Case]) -> Draft:
        """A matter of which there are papers, and no minutes of a sitting."""
        words = (
            "**記録からは分かりません。**この案件の資料はありますが、"
            "それを審議した会議の会議録は、調べた記録の中にありません。"
        )
        lines = [self.case_line(case) for case in cases[:3]]
        return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE, *lines), (), True)

    def _meant(self, question: Question, heard: Sequence[Case] | None) -> list[Meeting]:
        """The sittings of the town, the time, the body and the matter named, oldest first."""
        named = bool(question.municipalities or question.dated)
        fitting = [m for m in self.meetings if self._meeting_fits(m, question) and _is_told(m)]
        fitting = _of_body(fitting, question.text)
        days = re.findall(r"([0-9一二三]|初)日目", fold(question.text))
        if len(days) == 1:
            of_day = number("1" if days[0] == "初" else days[0])
            fitting = [m for m in fitting if m.sitting == f"{of_day}日目"] or fitting
        if heard and not question.dated:
            ids = {d.meeting_id for case in heard for d in case.decisions}
            ids |= {case.meeting_id for case in heard if case.meeting_id}
            fitting = [m for m in fitting if m.id in ids]
        elif not named and len(fitting) > _TOLD_OF and question.extreme is None:
            newest = {m.municipality: m for m in sorted(fitting, key=lambda m: m.day or date.min)}
            return list(newest.values()) if len(newest) <= _TOLD_OF else []
        fitting.sort(key=lambda m: (m.day is None, m.day or date.max, m.record, m.start))
        held = [m for m in fitting if not m.agenda_only]
        same = {(m.municipality, m.body, m.day) for m in held}
        fitting = [
            m for m in fitting if not m.agenda_only or (m.municipality, m.body, m.day) not in same
        ]
        dated = [m for m in fitting if m.day]
        if question.extreme is Extreme.NEWEST and dated:
            return dated[-1:]
        if question.extreme is Extreme.OLDEST and dated:
            return dated[:1]
        return fitting

    def _meeting_fits(self, meeting: Meeting, question: Question) -> bool:
        if question.municipalities and meeting.municipality not in question.municipalities:
            return False
        if not question.within.admits_meeting(meeting):
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
        if question.month and (meeting.day is None or meeting.day.month != question.month):
            return False
        return not question.days or meeting.day in question.days

    def _which(self) -> Draft:
        """More sittings than can be told: which is meant?"""
        held = list(dict.fromkeys(self._meeting_name(m) for m in self.meetings if m.name))
        more = " ほか" if len(held) > 10 else ""
        words = (
            "**どの会議のことか、自治体と回（または年度）をお書き添えください。**"
            f"記録にある会議: {'、'.join(held[:10])}{more}。"
        )
        return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)

    # -- particulars

    def _particulars(self, meetings: Sequence[Meeting], asked: Sequence[Asked]) -> Draft:
        """What is asked of each sitting, word for word; and what is not told of any."""
        telling = [
            (meeting, [(what, said) for what in asked if (said := self._tell(meeting, what))])
            for meeting in meetings
        ]
        held = [(meeting, told) for meeting, told in telling if told]
        told_at_all = {what for _, told in held for what, _ in told}
        missing = [_NAMES[what] for what in asked if what not in told_at_all]
        absent = f"{self._names_of(meetings)}の記録に、{'・'.join(missing)}の記載は見つかりません。"
        if not held:
            return Draft((Statement(Style.NOTE, (f"**{absent}**",)), SEARCHED_NOTE), (), True)
        statements = []
        for meeting, told in held[-_TOLD_OF:]:
            pieces: list[str | Quote] = []
            for what, said in told:
                pieces += [
                    *(["、"] if pieces else []),
                    f"{_NAMES[what]}: " if len(told) > 1 else "",
                    *said,
                ]
            where = date_name(meeting.day)
            name = self._meeting_name(meeting)
            if len(held) == 1 and len(told) == 1:
                name = f"（{name}、{where}）。" if where and told[0][0] != DAY else f"（{name}）。"
                subject = f"{_NAMES[told[0][0]]}: "
                statements.append(Statement(Style.LEAD, (subject, *pieces, name)))
            else:
                style = Style.CASE if statements else Style.LEAD
                day = f"（{where}）" if where and DAY not in told_at_all else ""
                statements.append(Statement(style, (f"{name}{day} ", *pieces)))
        if missing:
            statements.append(Statement(Style.NOTE, (absent,)))
        elif len(held) < len(meetings):
            names = {self._meeting_name(meeting) for meeting, _ in held}
            others = [m for m in meetings if self._meeting_name(m) not in names]
            if others:
                words = f"{self._names_of(others)}の記録には、記載が見つかりません。"
                statements.append(Statement(Style.NOTE, (words,)))
        if len(held) > _TOLD_OF:
            words = f"新しい{_TOLD_OF}回をお示ししました。ほかに{len(held) - _TOLD_OF}回あります。"
            statements.append(Statement(Style.NOTE, (words,)))
        return Draft(tuple(statements))

    def _tell(self, meeting: Meeting, what: Asked) -> list[str | Quote]:
        """One particular of a sitting in words and quotes; empty where it is not told."""
        if what == DAY:
            if meeting.day_span is None:
                return []
            return [f"**{date_name(meeting.day)}** ", self._row_quote(meeting)]
        if what == PRESENT:
            return self._present(meeting)
        spans = [p for p in meeting.particulars if p.told is what]
        if not spans:
            return []
        quote = self._quote(meeting, spans[0])
        said = fold(self._words(meeting, spans[0]))
        match what:
            case Told.CHAIR | Told.VICE:
                name = level(self._words(meeting, spans[0]))
                hidden = Quote(meeting.record, spans[0].start, spans[0].end, show=False)
                elected = re.search(r"[がをはに]", name)
                return [quote] if elected else [f"**{name}**", hidden]
            case Told.OBSERVERS:
                return ["**いません**（", quote, "）"] if _NOBODY.search(said) else [quote]
            case Told.ABSENT if _NOBODY.search(said):
                return ["**いません**（", quote, "）"]
            case Told.OPENNESS:
                return [f"**{_openness(said)}** ", quote]
            case Told.HOURS:
                lasted = _lasted(said)
                return [quote, f"（{lasted}）"] if lasted else [quote]
        return self._joined(meeting, spans)

    def _joined(self, meeting: Meeting, spans: Sequence[Particular]) -> list[str | Quote]:
        pieces: list[str | Quote] = []
        for particular in spans:
            pieces += [*(["、"] if pieces else []), self._quote(meeting, particular)]
        return pieces

    def _present(self, meeting: Meeting) -> list[str | Quote]:
        if meeting.attendees_span is None or not (meeting.present or meeting.attendees):
            return []
        count = f"**{meeting.present}人**" if meeting.present else ""
        if meeting.attendees and len(meeting.attendees) == meeting.present:
            names = "、".join(level(name) for name in meeting.attendees)
            return [
                f"{count}（{names}）",
                Quote(meeting.record, *meeting.attendees_span, show=False),
            ]
        return [f"{count} ", Quote(meeting.record, *meeting.attendees_span)]

    def _gone(self, meetings: Sequence[Meeting], key: str) -> Draft | None:
        """Who was at the first of two sittings and not at the second, by the lists of both."""
        named = [m for m in meetings if m.attendees_span and m.attendees]
        if len(named) < 2 or not re.search(r"いなかった|来なかった", key):
            return None
        first, second = named[0], named[1]
        missing = [name for name in first.attendees if name not in second.attendees]
        if not missing:
            return None
        words = f"**{'、'.join(missing)}**です（出席者の名簿の比較）。"
        quotes = [
            Quote(m.record, *(m.attendees_span or (0, 0)), show=False) for m in (first, second)
        ]
        lists = [
            Statement(Style.CASE, (f"{self._meeting_name(m)}の出席者: ", *self._present(m)))
            for m in named
        ]
        return Draft((Statement(Style.LEAD, (words, *quotes)), *lists))

    def _agenda(self, findings: Findings, meetings: Sequence[Meeting]) -> Draft:
        """What was on the agenda, as printed, and how its cases ended."""
        listing = self.lists.listing(findings._replace(matches=()))
        statements: list[Statement] = []
        for meeting in meetings[-_TOLD_OF:]:
            items = [p for p in meeting.particulars if p.told is Told.AGENDA]
            if not items:
                continue
            style = Style.CASE if statements else Style.LEAD
            name = f"{self._meeting_name(meeting)}の議題"
            if sum(item.end - item.start for item in items) > _INLINE:
                first = self._quote(meeting, items[0])
                lead = (f"{name}は{len(items)}項目です。", replace(first, show=False))
                statements.append(Statement(style, lead))
                statements += [
                    Statement(Style.ITEM, (self._quote(meeting, item),)) for item in items
                ]
            else:
                statements.append(Statement(style, (f"{name}: ", *self._joined(meeting, items))))
        if not statements:
            return listing
        if listing.abstained:
            return Draft(tuple(statements))
        return Draft((*statements, *listing.statements), listing.cases)

    # -- how often

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
            if self._meeting_fits(meeting, question) and meeting.name:
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
        where = "、".join([*question.municipalities, *years_in_words(question.years)])
        lead = Statement(
            Style.LEAD,
            (
                f"{where + 'の' if where else ''}記録にある会議は**{len(sittings)}回**です。",
                *list(sittings.values())[:3],
            ),
        )
        if (form := _FORM.search(fold(question.text))) is not None:
            return self._of_form(form.group(), lead, sittings)
        note = Statement(Style.NOTE, ("記録のない会議があれば、この数には入っていません。",))
        items = [Statement(Style.ITEM, (name, quote)) for name, quote in sittings.items()]
        return Draft((lead, note, *items))

    def _of_form(self, form: str, lead: Statement, sittings: Mapping[str, Quote]) -> Draft:
        """Of the sittings counted, those of which the minutes, or their row in a yearly report,
        say that they were held so (書面, オンライン)."""
        held = {name: said for name, at in sittings.items() if (said := self._said_of(at, form))}
        words = f"うち、「{form}」と書かれているのは**{len(held)}回**です。"
        items = [Statement(Style.ITEM, (f"{name}: ", quote)) for name, quote in held.items()]
        note = Statement(
            Style.NOTE, ("記録のない会議や、開き方が書かれていない会議は数えられません。",)
        )
        return Draft((replace(lead, pieces=(*lead.pieces, words)), *items, note), (), not held)

    def _said_of(self, at: Quote, form: str) -> Quote | None:
        """The piece of a sitting's head, or of its row, that has the word for how it was held."""
        text = self.index.text(at.record)
        row = text.rfind("\n", 0, at.start) + 1
        start = row if "\t" in text[row : at.start] else at.start
        stop = at.start if start == row and row < at.start else at.end + _FORM_NEAR
        for piece in re.finditer(r"[^\t\n|]+", text[start:stop]):
            if form in fold(piece.group()) and (words := piece.group().strip()):
                left = start + piece.start() + piece.group().index(words)
                return Quote(at.record, left, left + len(words))
        return None

    def _row_sitting(
        self, question: Question, scope: Sequence[Case], asked: Sequence[Asked]
    ) -> Draft | None:
        """A sitting that stands only in a row of a yearly report: the row's own words on it."""
        told = [case for case in scope if case.newest and "#r" in case.newest.meeting_id]
        if not told or question.ordinal is None:
            return None
        missing = [_NAMES[what] for what in asked if what not in (DAY, Told.PLACE, Told.AGENDA)]
        if missing:
            name = f"{told[0].municipality or ''} {told[0].meeting}".strip()
            words = (
                f"**{name}の{'・'.join(missing)}は、記録からは分かりません。**"
                "この会議は年次報告の表にあるだけで、会議録は調べた記録の中にありません。"
            )
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)
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

    # -- words and quotes

    def _meeting_name(self, meeting: Meeting) -> str:
        parts = [meeting.municipality or "", meeting.name, meeting.sitting]
        return " ".join(part for part in parts if part)

    def _names_of(self, meetings: Sequence[Meeting]) -> str:
        names = list(dict.fromkeys(self._meeting_name(m) for m in meetings))
        return "・".join(names[:3]) + (" ほか" if len(names) > 3 else "")

    def _words(self, meeting: Meeting, particular: Particular) -> str:
        return self.index.text(meeting.record)[particular.start : particular.end]

    def _quote(self, meeting: Meeting, particular: Particular) -> Quote:
        return Quote(meeting.record, particular.start, particular.end)

    def _row_quote(self, meeting: Meeting) -> Quote:
        """The day with what stands behind it on its line: the weekday, the hours."""
        assert meeting.day_span is not None
        hours = next((p for p in meeting.particulars if p.told is Told.HOURS), None)
        start, end = meeting.day_span
        if hours is not None and hours.start <= start and end <= hours.end:
            return Quote(meeting.record, start, hours.end)
        return Quote(meeting.record, start, end)


def _is_told(meeting: Meeting) -> bool:
    """Whether anything makes this a sitting: papers without one are no meeting."""
    return bool(meeting.ordinal or meeting.particulars or meeting.attendees_span)


def _of_body(meetings: Sequence[Meeting], text: str) -> list[Meeting]:
    """The sittings of the body that a text names (第2部会, 情報公開審査会), if one of theirs."""
    key = fold(text)
    named: dict[str, int] = {}
    for meeting in meetings:
        body = fold(meeting.body or "")
        body = body.removeprefix(fold(meeting.municipality or ""))
        tails = {body, *(m.group() for m in re.finditer(r"第[0-9一二三四五]+部会", body))}
        tails |= {body[n:] for n in range(len(body)) if body[n - 1 : n] in "・、"}
        tails |= {m.group() for m in re.finditer(r"審議会|審査会|委員会", body)}
        held = [len(tail) for tail in tails if len(tail) > 2 and tail in key]
        if held:
            named[meeting.id] = max(held)
    if not named:
        return list(meetings)
    longest = max(named.values())
    return [meeting for meeting in meetings if named.get(meeting.id) == longest]


def _openness(said: str) -> str:
    """公開, 非公開 or 一部非公開, from the words of the minutes."""
    closed = bool(re.search(r"非公開|傍聴不可|不可", said))
    opened = bool(re.search(r"(?<!非)公開(?!条例|条|に関する指針|とされ)|傍聴可", said))
    if re.search(r"一部(?:非)?公開|一部を?非公開", said) or (closed and opened):
        return "一部非公開"
    return "非公開" if closed else "公開"


def _lasted(said: str) -> str:
    """How long a sitting took, where its hours tell both ends: 1時間20分."""
    clocks = list(_CLOCK.finditer(said))
    if len(clocks) != 2:
        return ""
    begin, end = (_minutes(clock) for clock in clocks)
    if begin is None or end is None:
        return ""
    if end < begin and not clocks[1]["half"]:
        end += 12 * 60
    minutes = end - begin
    if not 0 < minutes < 12 * 60:
        return ""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest else "")


def _minutes(clock: re.Match[str]) -> int | None:
    if not clock["h"].isdigit():
        return None
    hour = int(clock["h"]) + (12 if clock["half"] == "午後" and int(clock["h"]) < 12 else 0)
    return 60 * hour + int(clock["m"] or clock["m2"] or (30 if clock["half_past"] else 0))
