"""Record -> Cases: what came before the council, and what it concluded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from index.agendas import agenda, outline
from index.announcements import announced
from index.case_decisions import decision_of, in_order, row_decision, with_attached
from index.case_numbers import names_case, tells_of_several
from index.cases import Case, Decision
from index.decisions import read_joint, read_ruling
from index.doubts import Doubt, DoubtKind
from index.forms import forms, replies, sheets
from index.headings import Heading, labelled
from index.japanese import FiscalYear
from index.law import decided_under
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
from index.parting import parted
from index.records import Record
from index.results import conditions_told, read_results
from index.rulings import Ruling, with_conditions
from index.slots import Slot, read_slots
from index.tables import yearly
from index.titles import kind_of
from index.turns import Turn, exchanges, read_turns
from index.verdicts import Outcome, Verdict

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
    given: dict[int, Ruling] = {}
    for meeting in meetings:
        by_number, heads = _results(
            record.text, lines, groups, *_between(lines, meeting.start, meeting.end)
        )
        given |= by_number
        ends = sorted({*ends, *heads})
    cases = []
    for group in groups:
        case = _read_case(record, lines, meetings, group, ends, papers, given.get(id(group)))
        if case is not None:
            cases.append(case)
    cases = _decided_together(record, lines, meetings, cases)
    cases.sort(key=lambda case: case.title_span)
    return [replace(case, id=f"{record.id}#{n + 1}") for n, case in enumerate(cases)]


def _results(
    text: str, lines: Sequence[Line], groups: Sequence[Group], first: int, last: int
) -> tuple[dict[int, Ruling], list[int]]:
    """What lists of results say of the matters listed in `lines[first:last]`, by the identity of their
    groups, and the lines of the headings of such lists: there the part of a matter ends."""
    ordered: dict[int, set[int]] = {}
    labels: dict[int, str] = {}
    for group in groups:
        for heading in group.headings:
            if first <= heading.index < last and not heading.row:
                if heading.order:
                    ordered.setdefault(heading.order, set()).add(id(group))
                if heading.label:
                    labels[id(group)] = heading.label
    given: dict[int, Ruling] = {}
    heads: list[int] = []
    if len(labels) + len(ordered) < 2:
        return given, heads
    for results in read_results(text, lines, first, last):
        matched = {}
        for told in results.told:
            by_label = [one for one, label in labels.items() if told.label and told.label == label]
            named = by_label or list(ordered.get(told.number, ()))
            if len(named) == 1:
                matched[named[0]] = told.ruling
        if len(matched) == len(results.told) > 1:
            given |= matched
            heads.append(results.index)
    return given, heads


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
                    decision = decision_of(record.text, ruling, meeting)
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
    given: Ruling | None,
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
    narrative: list[Line] = []
    in_minutes = False
    for heading in group.headings:
        if heading.row and heading.result:
            decisions.append(row_decision(text, heading, record))
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
        said = [(turn.head, turn.end) for turn in talk]
        narrative += [line for line in part[1:] if not any(a <= line.start < b for a, b in said)]
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
        if heading.result and meeting is not None and not is_paper:
            outcome, start, end = heading.result
            if ruling is None or (ruling.start < end and start < ruling.end):  # no other than this
                ruling = with_conditions(text, Verdict(outcome), start, end, part)
        limited = ruling is not None and ruling.outcome is Outcome.APPROVED_WITH_CONDITIONS
        if ruling and limited and meeting and heading.order and not ruling.conditions:
            within = _between(lines, meeting.start, meeting.end)
            told_of = conditions_told(text, lines, heading.order, *within)
            ruling = replace(ruling, conditions=told_of, doubt="" if told_of else ruling.doubt)
        if meeting is not None and not is_paper:
            in_minutes = True
        if ruling is not None:
            decisions.append(
                decision_of(text, ruling, meeting or (meetings[0] if meetings else None))
            )
            if ruling.doubt:
                span = (ruling.start, ruling.end)
                doubts.append(Doubt(DoubtKind.CONDITION, ruling.doubt, span))
    if given is not None and not decisions:
        decisions.append(decision_of(text, given, seats[0] if seats else None))
        spans.append((given.start, given.end))
        doubts += [Doubt(DoubtKind.CONDITION, given.doubt, spans[-1])] if given.doubt else []
    decisions, doubts = with_attached(text, lines, group, decisions, doubts)
    decisions = in_order(decisions)
    seat = _seat(seats, meetings, decisions)
    context = "/".join(h.context for h in group.headings)
    kind = (
        next((h.kind for h in group.headings if h.kind), "")
        or kind_of(context, main.title)
        or _kind_above(lines, group.headings[-1].index)
    )
    if not kind and not decisions and any(_REPORT_HEARD.search(line.key) for line in narrative):
        kind = "report"
    if kind == "report":
        # what the council takes note of (了とする) it does not approve by that
        decisions = [
            replace(decision, outcome=Outcome.REPORTED)
            if _NOTED.search(decision.text)
            else decision
            for decision in decisions
        ]
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


_NOTED = re.compile(r"^(?!.*(?:承認|可決|適当|妥当|条件)).*(?:了承|了解|了と|承知|了$)", re.DOTALL)
_TWO_PARAGRAPHS = re.compile(r"項第\d+項")
_REPORT_HEARD = re.compile(
    r"報告(?:が(?:あった|ありました|なされ|行われ)|を受け(?:た|ました|る)。?$)"
)
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
