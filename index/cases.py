"""Record -> Case, Decision, Exchange: what came before the council, and what it concluded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from index.decisions import (
    Ruling,
    names_case,
    read_joint,
    read_ruling,
    tells_of_several,
    with_conditions,
)
from index.doubts import Doubt, DoubtKind
from index.headings import (
    Heading,
    agenda,
    announced,
    forms,
    kind_of,
    labelled,
    outline,
    parted,
    replies,
    sheets,
    yearly,
)
from index.japanese import FiscalYear, dates, number
from index.law import Article, decided_under
from index.lines import Line
from index.matters import (
    Group,
    Numbers,
    Rows,
    boundaries,
    core_of,
    find_bodies,
    grouped,
    turns_away,
)
from index.meetings import Meeting, meeting_at
from index.papers import department_of, joined, legal_basis_of, office_told
from index.records import Record
from index.slots import Slot, read_slots
from index.turns import Exchange, Turn, exchanges, read_turns
from index.verdicts import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition or opinion attached to a decision, verbatim: `text[start:end]` of the record."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What the council concluded on a case at one sitting, with the line that says so.

    `start` and `end` are the span of `text`, the verdict verbatim; both 0 and the text empty where
    the outcome is `not_recorded`.
    """

    outcome: Outcome
    text: str
    start: int
    end: int
    conditions: tuple[Condition, ...]
    meeting: str
    meeting_id: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words of a case that point to another: by number, or by time and name (`words`, folded).

    `year` is the western year its fiscal year begins in; `last` that they say 前回; `quoted` that
    the name stands in brackets. With a number, `words` is what it numbers (諮問, 答申).
    """

    span: tuple[int, int]
    year: int | None = None
    ordinal: int | None = None
    day: date | None = None
    number: int | None = None
    words: str = ""
    quoted: bool = False
    last: bool = False


class LinkKind(StrEnum):
    """Why two cases have to do with each other. Only the first five make them one matter."""

    NUMBER = "number"  # the same inquiry number
    CONTINUED = "continued"  # put off, and taken up again
    SITTING = "sitting"  # told of one sitting twice: agenda, papers, minutes
    DECIDED = "decided"  # papers here, the verdict there
    POINTS = "points"  # its title points back to the other
    REFERS = "refers"  # its text names the other as an earlier case
    SERIES = "series"  # the same report of another year
    SIMILAR = "similar"  # titles alike, no more


@dataclass(frozen=True, slots=True)
class Link:
    """Another case that has to do with this one, and why: `reason` in Japanese, `span` the words of
    this case's record it rests on. One that is not `sure` is to be offered, never asserted."""

    case: str
    kind: LinkKind
    reason: str
    span: tuple[int, int]
    sure: bool


class Field(StrEnum):
    """What a person may correct, and that a person has looked at it all (確認済み)."""

    OUTCOME = "outcome"
    DATE = "date"
    TITLE = "title"
    MUNICIPALITY = "municipality"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person has said of a case: `now` in the place of what had been `read` (ISO 8601 dates,
    the values of Outcome). `by` and `why` may be empty, `when` is ISO 8601, `id` that in the file."""

    field: Field
    read: str
    now: str
    by: str
    when: str
    id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One matter before the council, with all that one record says of it.

    `spans` are the parts of the record that are about it; `title_span` the (first piece of the)
    title. `kind` is consultation, report, review (審査請求) or other. `chain` is shared by cases of
    other records that are the same matter, `links` say why, and which other cases have to do with
    it (both set by `index.chains`). `doubts` are for a person to look at,
    `corrected` is what a person has said: the case is as corrected. `law` is under which rules it
    was decided (ordinance, act, or None), `articles` are where the record cites what `legal_basis`
    names.
    """

    id: str
    record: str
    label: str
    title: str
    title_span: tuple[int, int]
    kind: str
    municipality: str | None
    council: str | None
    meeting: str
    meeting_id: str
    year: int | None
    day: date | None
    department: str | None
    department_span: tuple[int, int] | None
    legal_basis: tuple[str, ...]
    decisions: tuple[Decision, ...]
    spans: tuple[tuple[int, int], ...]
    exchanges: tuple[Exchange, ...] = ()
    slots: tuple[Slot, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    chain: str = ""
    articles: tuple[Article, ...] = ()
    law: str | None = None
    pointers: tuple[Pointer, ...] = ()
    links: tuple[Link, ...] = ()
    corrected: tuple[Correction, ...] = ()

    @property
    def newest(self) -> Decision | None:
        """The newest decision, or None where none is recorded."""
        return self.decisions[-1] if self.decisions else None

    def correction(self, field: Field) -> Correction | None:
        """What a person has said of this field, if anything."""
        return next((c for c in self.corrected if c.field is field), None)

    @property
    def outcome(self) -> Outcome:
        """The class of the newest decision; `not_recorded` where there is none."""
        return self.decisions[-1].outcome if self.decisions else Outcome.NOT_RECORDED


# --- one record ------------------------------------------------------------------------------

_PAPERS = re.compile(
    r"諮問理由|意見を求めます|事項別説明書|業務概要|業務の概要|事務の概要|お諮りする"
    r"|公益上の必要性について|事業の概要|制度の概要"
)


_LONGEST_SURE_TITLE = 250


def read_cases(record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]) -> list[Case]:
    """The matters that the record tells of, in its order, each with all that it says of them."""
    if not lines:
        return []
    lines = parted(lines)
    found = [*sheets(lines), *replies(lines, record.text), *labelled(lines, record.text)]
    found += forms(lines)
    tables = yearly(record.text, lines)
    rows = Rows(heading.row for heading in tables)
    for meeting in meetings:
        first, last = _between(lines, meeting.start, meeting.end)
        found += [h for h in agenda(lines, first, last) if not rows.hold(lines[h.index].start)]
        # without an agenda the minutes' own headings name the matters, or else the chair's words
        for others in (outline, announced):
            if not any(first <= heading.index < last for heading in found):
                found += others(lines, first, last)
    listed = [heading for heading in found if heading.order]
    if len(listed) > 1:  # a reply that answers point by point: the points are the matters
        found = [heading for heading in found if heading.context != "答申"]
    groups = grouped(sorted(found, key=lambda heading: (heading.index, -len(heading.title))))
    find_bodies(lines, groups, rows, meetings)
    groups += [Group(core_of(heading.title), [heading]) for heading in tables]
    papers, ends = boundaries(lines, groups, meetings)
    cases = []
    for group in groups:
        case = _read_case(record, lines, meetings, group, ends, papers)
        if case is not None:
            cases.append(case)
    cases = _decided_together(record, lines, meetings, cases)
    cases.sort(key=lambda case: case.title_span)
    return [replace(case, id=f"{record.id}#{n + 1}") for n, case in enumerate(cases)]


def _decided_together(
    record: Record, lines: Sequence[Line], meetings: Sequence[Meeting], cases: Sequence[Case]
) -> list[Case]:
    """The cases; those without a decision take what a sentence on several cases says of their number."""
    found = list(cases)
    for meeting in meetings:
        undecided = [
            n
            for n, case in enumerate(found)
            if not case.decisions and case.label and case.meeting_id == meeting.id
        ]
        if not undecided or meeting.agenda_only or len(found) < 2:
            continue
        part = lines[slice(*_between(lines, meeting.start, meeting.end))]
        if not tells_of_several(part, [found[n].label for n in undecided]):
            continue
        turns = read_turns(part)
        for word, number_, ruling in read_joint(record.text, part, turns):
            for n in undecided:
                case = found[n]
                if names_case(word, number_, case.label):
                    decision = _decision(record.text, ruling, meeting)
                    doubts = [doubt for doubt in case.doubts if doubt.kind is not DoubtKind.VERDICT]
                    if ruling.doubt:
                        span = (ruling.start, ruling.end)
                        doubts.append(Doubt(DoubtKind.CONDITION, ruling.doubt, span))
                    office = None
                    if case.department is None:
                        office = office_told(record.text, turns, case.label)
                    found[n] = replace(
                        case,
                        department=record.text[slice(*office)] if office else case.department,
                        department_span=office or case.department_span,
                        decisions=(decision,),
                        spans=tuple(sorted({*case.spans, (ruling.start, ruling.end)})),
                        doubts=tuple(doubts),
                    )
    return found


def _between(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    first = bisect_left(lines, start, key=_start_of)
    return first, max(first, bisect_left(lines, end, key=_start_of))


def _start_of(line: Line) -> int:
    return line.start


def _read_case(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    group: Group,
    ends: Sequence[int],
    papers: Sequence[int],
) -> Case | None:
    text = record.text
    main = max(
        group.headings, key=lambda h: (bool(h.label), not h.row and len(core_of(h.title)), -h.index)
    )
    spans: list[tuple[int, int]] = []
    decisions: list[Decision] = []
    turns: list[Turn] = []
    slots: list[Slot] = []
    doubts: list[Doubt] = []
    seats: list[Meeting] = []
    heads: list[Line] = []
    numbers = Numbers.of(group.headings)
    in_minutes = False
    for heading in group.headings:
        if heading.row and heading.result:
            decisions.append(_row_decision(text, heading, record))
            spans.append(heading.row)
            continue
        stop = _next_end(ends, heading.index)
        if not heading.body:
            stop = min(stop, heading.index + 6)
        if (
            heading.sheet
        ):  # a sheet goes on over its pages, to the next sheet or the end of the file
            stop = _next_end(papers, heading.index)
        else:
            stop = turns_away(lines, heading.index, stop, numbers)
        part = list(lines[heading.index : stop])
        span = (part[0].start, part[-1].end)
        spans.append(span)
        meeting = meeting_at(meetings, span[0])
        if meeting is not None:
            seats.append(meeting)
        talk = [] if heading.sheet else read_turns(_without_fields(part[1:]))
        is_paper = (
            heading.sheet
            or meeting is None
            or meeting.agenda_only
            or (
                not any(turn.speaker for turn in talk)
                and bool(_PAPERS.search("".join(line.key for line in part)))
            )
        )
        if is_paper:
            talk = []
        turns += talk
        named = next((turn for turn in talk if turn.speaker), None)
        heads += [line for line in part[:14] if not named or line.end <= named.start]
        spoken = next((n for n, line in enumerate(part) if talk and line.end > talk[0].start), None)
        slots += read_slots(text, part, running=part[1:spoken])
        if not heading.body:
            continue
        ruling = read_ruling(
            text,
            part,
            talk,
            opening=max(end for _, end in heading.spans),
            title="".join(text[a:b] for a, b in main.spans),
            label=main.label,
            papers=is_paper,
        )
        if ruling is None and heading.result and meeting is not None and not is_paper:
            outcome, start, end = heading.result
            ruling = with_conditions(text, Verdict(outcome), start, end, part)
        if meeting is not None and not is_paper:
            in_minutes = True
        if ruling is not None:
            decisions.append(
                _decision(text, ruling, meeting or (meetings[0] if meetings else None))
            )
            if ruling.doubt:
                span = (ruling.start, ruling.end)
                doubts.append(Doubt(DoubtKind.CONDITION, ruling.doubt, span))
    decisions, doubts = _with_attached(text, lines, group, decisions, doubts)
    decisions = _in_order(decisions)
    seat = _seat(seats, meetings, decisions)
    context = "/".join(h.context for h in group.headings)
    kind = (
        next((h.kind for h in group.headings if h.kind), "")
        or kind_of(context, main.title)
        or _kind_above(lines, group.headings[-1].index)
    )
    # a report that is only listed has not been told yet
    told = sum(end - start for start, end in spans) - sum(
        h.spans[0][1] - h.spans[0][0] for h in group.headings
    )
    if kind == "report" and not decisions:
        start, _end = main.spans[0]
        meeting_name = seat.name if seat else ""
        if (told >= 60 or turns or _narrated(lines, group)) and not any(
            h.sheet for h in group.headings
        ):
            decisions = [
                Decision(
                    Outcome.REPORTED,
                    "",
                    start,
                    start,
                    (),
                    meeting_name,
                    seat.id if seat else "",
                    seat.day if seat else None,
                )
            ]
    if not decisions and in_minutes and kind != "report":
        doubts.append(Doubt(DoubtKind.VERDICT, "結論を示す行が見つかりません", main.spans[0]))
    if seat is not None:
        doubts += seat.problems
    title, title_span = _title(text, main)
    if "。" in title or len(title) > _LONGEST_SURE_TITLE:
        doubts.append(Doubt(DoubtKind.TITLE, "案件名は文の一部かもしれません", title_span))
    department, department_span = department_of(text, main, heads, slots, turns)
    row = next((h for h in group.headings if h.row), None)
    newest = decisions[-1] if decisions else None
    meeting_name = newest.meeting if newest and newest.meeting else (seat.name if seat else "")
    day = newest.day if newest and newest.day else (seat.day if seat else None)
    year = (
        FiscalYear.of(day).year
        if day and (row or seat is None or seat.year is None)
        else (seat.year if seat else None)
    )
    municipality = (seat or meetings[0]).municipality if meetings else None
    if municipality is None:
        doubts.append(Doubt(DoubtKind.MUNICIPALITY, "自治体名が見つかりません"))
    if day is None and not any(doubt.kind is DoubtKind.DATE for doubt in doubts):
        unknown = "" if year else "。条例と個人情報保護法のどちらのもとの案件かも分かりません"
        doubts.append(Doubt(DoubtKind.DATE, f"会議の日付が見つかりません{unknown}"))
    articles = legal_basis_of(text, group.headings, heads, slots)
    council = (seat or meetings[0]).body if meetings else None
    law, mismatch = decided_under(day, year, articles, body=council, enacting="施行条例" in text)
    cited = (articles[0].start, articles[0].end) if articles else None
    doubts += [Doubt(DoubtKind.LAW, mismatch, cited)] if mismatch else []
    for article in articles:
        if _TWO_PARAGRAPHS.search(article.name):  # 第3項第4項: one of them must be something else
            slip = f"「{article.name}」は項が続いています。原文の誤記かもしれません"
            doubts.append(Doubt(DoubtKind.LAW, slip, (article.start, article.end)))
        if article.healed:
            read_as = f"「{article.healed}」を「{article.name}」と読みました"
            doubts.append(Doubt(DoubtKind.LAW, read_as, (article.start, article.end)))
    return Case(
        id="",
        record=record.id,
        label=re.sub(r"^-", "", main.label),
        title=title,
        title_span=title_span,
        kind=kind or "consultation",
        municipality=municipality,
        council=council,
        meeting=meeting_name,
        meeting_id=(
            newest.meeting_id if newest and newest.meeting_id else (seat.id if seat else "")
        ),
        year=year,
        day=day,
        department=department,
        department_span=department_span,
        legal_basis=tuple(article.name for article in articles),
        articles=tuple(articles),
        law=law,
        decisions=tuple(decisions),
        spans=tuple(sorted(set(spans))),
        exchanges=tuple(exchanges(turns)),
        slots=tuple(slots),
        doubts=tuple(dict.fromkeys(doubts)),
    )


_IN_ATTACHMENT = re.compile(r"別紙|別添|別記")
_ATTACHMENT_LINES = 40


def _with_attached(
    text: str,
    lines: Sequence[Line],
    group: Group,
    decisions: list[Decision],
    doubts: list[Doubt],
) -> tuple[list[Decision], list[Doubt]]:
    """The decisions, with the conditions that stand in an attachment under the matter's title (別紙のとおり
    意見を付して), and the doubts without those that this settles."""
    under = next((h for h in group.headings if h.attached), None)
    if under is None:
        return decisions, doubts
    found = list(decisions)
    for n, decision in enumerate(found):
        if decision.conditions or not _IN_ATTACHMENT.search(decision.text):
            continue
        start, end = under.spans[0][0], under.spans[-1][1]
        listed = lines[under.index : under.index + _ATTACHMENT_LINES]
        verdict = Verdict(Outcome.APPROVED_WITH_CONDITIONS, conditions_elsewhere=True)
        ruling = with_conditions(text, verdict, start, end, listed)
        if ruling.conditions:
            conditions = tuple(Condition(text[a:b], a, b) for a, b in ruling.conditions)
            found[n] = replace(decision, conditions=conditions)
            span = (decision.start, decision.end)
            doubts = [d for d in doubts if (d.kind, d.span) != (DoubtKind.CONDITION, span)]
    return found, doubts


_TWO_PARAGRAPHS = re.compile(r"項第\d+項")
_REPORT_TOLD = re.compile(r"報告(?:が(?:あ|な)|され|し|を(?:受|し|行)|[―—\-。]|$)")


def _narrated(lines: Sequence[Line], group: Group) -> bool:
    """Whether the first lines of a part say that the report was made."""
    return any(
        _REPORT_TOLD.search(line.key)
        for heading in group.headings
        if heading.body and not heading.row
        for line in lines[heading.index + 1 : heading.index + 4]
    )


_LIST_OF = re.compile(
    r"^(?:案件|議題|議事|議案|次第)?(?:[(]?[0-9]{1,2}[)]?[.、]?|[・○●◆◇■])?(?P<kind>諮問"
    r"|報告)(?:案件|事項|審議|の審議|について|$|令和|平成|令\d|第)"
)


def _kind_above(lines: Sequence[Line], index: int) -> str:
    """What the nearest heading of a list above says that its items are: 2 諮問案件の審議, (1)諮問 …."""
    for line in reversed(lines[max(0, index - 60) : index]):
        above = _LIST_OF.match(line.key)
        if above and line.alone and line.cell == 0:
            return kind_of(above["kind"])
    return ""


def _next_end(ends: Sequence[int], index: int) -> int:
    """The line number after `index` at which its part ends; the last of `ends` is past all lines."""
    return ends[bisect_right(ends, index)]


def _seat(
    seats: Sequence[Meeting], meetings: Sequence[Meeting], decisions: Sequence[Decision]
) -> Meeting | None:
    """The sitting a case belongs to: where it was decided, else where it stands, else the packet's."""
    if decisions:
        decided = next((m for m in meetings if m.id == decisions[-1].meeting_id), None)
        if decided is not None:
            return decided
    dated = [seat for seat in seats if not seat.agenda_only] or list(seats)
    if dated:
        return dated[-1]
    return meetings[0] if meetings else None


def _without_fields(part: Sequence[Line]) -> list[Line]:
    return [
        line
        for line in part
        if not (
            re.match(
                r"^\**(?:諮問|利用|実施|提供|担当|所管|主管|説明)(?:機関|課|部署|部課"
                r"|者)\**[:：]",
                line.key,
            )
            and not line.key.endswith("。")
        )
    ]


def _decision(text: str, ruling: Ruling, meeting: Meeting | None) -> Decision:
    outcome = ruling.outcome
    return Decision(
        outcome,
        text[ruling.start : ruling.end],
        ruling.start,
        ruling.end,
        tuple(Condition(text[a:b], a, b) for a, b in ruling.conditions),
        meeting.name if meeting else "",
        meeting.id if meeting else "",
        meeting.day if meeting else None,
    )


def _row_decision(text: str, heading: Heading, record: Record) -> Decision:
    """The decision in a row of a yearly report; the sitting is told by the row's other cells."""
    assert heading.result is not None
    assert heading.row is not None
    outcome, start, end = heading.result
    days = [written.day for written in dates(heading.meeting_cells) if written.day]
    day = days[-1] if days else None
    ordinal = re.match(r"^\s*第?([0-9０-９]{1,3})", heading.meeting_cells)
    ordinal_number = number(ordinal.group(1)) if ordinal else None
    name = ""
    if day is not None:
        name = FiscalYear.of(day).name
        if ordinal_number and ordinal_number < 40:
            name += f"第{ordinal_number}回"
    conditions = (
        (Condition(text[slice(*heading.conditions)], *heading.conditions),)
        if heading.conditions
        else ()
    )
    return Decision(
        outcome,
        text[start:end],
        start,
        end,
        conditions,
        name,
        f"{record.id}#r{heading.row[0]}",
        day,
    )


def _in_order(decisions: Sequence[Decision]) -> list[Decision]:
    """Oldest first; of one sitting the last word counts, and the fuller where both approve."""
    kept: dict[str, Decision] = {}
    for decision in decisions:
        old = kept.get(decision.meeting_id)
        approved = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
        if (
            old
            and old.conditions
            and old.outcome in approved
            and decision.outcome is Outcome.APPROVED
        ):
            continue
        kept[decision.meeting_id] = decision
    return sorted(kept.values(), key=lambda d: (d.day is not None, d.day or date.min, d.start))


def _title(text: str, heading: Heading) -> tuple[str, tuple[int, int]]:
    """The title as shown (rows joined, quotes and department off) and the span of its first piece."""
    start, end = heading.spans[0]
    piece = text[start:end]
    quoted = re.match(
        r"^[「『](?P<inner>.+)[」』](?:について)?(?:[(（].*[)）])?\s*$", piece, re.DOTALL
    )
    if quoted and not re.search(r"[」』].*[「『]", quoted["inner"]):
        start, end = start + quoted.start("inner"), start + quoted.end("inner")
        return joined(text[start:end]), (start, end)
    office = re.search(
        r"[ \t\u3000]*[(（][^()（）]{1,24}(?:課|室|係|局|部|センター|委員会|事務局|区役所"
        r"|病院)[)）]$",
        piece,
    )
    if office and len(heading.spans) == 1 and not re.search(r"[(（]資料", office.group()):
        end = start + office.start()
        return joined(text[start:end]), (start, end)
    return joined("".join(text[a:b] for a, b in heading.spans)), (start, end)
