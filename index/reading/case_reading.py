"""Record -> Cases: what came before the council, and what it concluded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.cases import Case, Decision
from index.doubts import TWO_IN_ONE, Doubt, DoubtKind
from index.grammar.verdicts import Outcome
from index.headings import REPLY, Heading, labelled
from index.japanese import FiscalYear, fold, regular
from index.layout.blank_rows import closed_up
from index.layout.case_places import as_recorded, with_columns_mixed, with_speeches_unsure
from index.layout.columns import in_columns, rearranged
from index.layout.page_breaks import bridged, page_breaks
from index.layout.parting import parted
from index.matters.agendas import agenda, closed, outline, unlabelled
from index.matters.announcements import announced, narrated
from index.matters.forms import forms, replies, sheets
from index.matters.grouping import Group, grouped, joined_by_label
from index.matters.matter_titles import core_of
from index.matters.spaced_tables import spaced
from index.matters.tables import pointed, yearly
from index.meetings import Meeting
from index.parts.papers import department_of, joined, legal_basis_of
from index.parts.part_ends import boundaries
from index.parts.part_starts import find_bodies
from index.parts.results import read_results
from index.parts.rulings import Ruling
from index.reading.case_decisions import doubt_of_verdict
from index.reading.case_parts import Ground, Told, between, read_parts
from index.reading.joint_verdicts import (
    decided_together,
    only_result,
    results_told,
    without_others_verdicts,
)
from index.records import Record
from index.text.case_numbers import ONLY_LABEL
from index.text.law import Article, decided_under
from index.text.lines import Line, Spans
from index.text.lines import lines as lines_of
from index.text.numbering import numbering
from index.text.titles import kind_of
from index.text.turns import exchanges

_LONGEST_SURE_TITLE = 250
_ITEM_WITHIN = re.compile(r"(?<=[ \t\u3000])[(（][0-9０-９]{1,2}[)）](?=\S)")
_LISTED = 60  # characters beside its title that a report has which is more than listed


def read_cases(record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]) -> list[Case]:
    """The matters that the record tells of, in its order, each with all that it says of them."""
    if not lines:
        return []
    told = replace(record, text=regular(record.text))
    columned = in_columns(told.text)
    made = rearranged(told.text) if columned else None
    mixed = columned and made is None
    made = made or closed_up(told.text)
    if made is None:
        cases = _read_cases(told, lines, meetings)
        if told.text != record.text:
            cases = [as_recorded(case, record.text) for case in cases]
        return [with_columns_mixed(case) for case in cases] if mixed else cases
    place = made.places()
    moved = [replace(m, start=place(m.start), end=place(m.end)) for m in meetings]
    told = replace(record, text=made.text, pages=())
    cases = _read_cases(told, lines_of(made.text), moved)
    cases = [as_recorded(case, record.text, made.span) for case in cases]
    if mixed:
        return [with_columns_mixed(case) for case in cases]
    return cases if made.sure else [with_speeches_unsure(case) for case in cases]


def read_part(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    title: tuple[int, int],
    end: int,
) -> Case:
    """What stands under a title that a person names, up to the character `end`: read as the parts of
    matters are that the reader has found, of the text as it stands."""
    told = replace(record, text=regular(record.text))
    index = max(0, bisect_right(lines, title[0], key=lambda line: line.start) - 1)
    _, stop = between(lines, title[1], end)
    heading = Heading(index, "", (title,), told.text[slice(*title)], body=True)
    ends = [max(stop, index + 1), len(lines)]
    ground = Ground(told, told.text, lines, meetings, ends, [len(lines)])
    case = _read_case(ground, Group(core_of(heading.title), [heading]), None)
    return as_recorded(case, record.text)


def _read_cases(record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]) -> list[Case]:
    breaks = page_breaks(record.text)
    plain = bridged(record.text, breaks) if breaks else record.text
    if breaks:
        between_pages = Spans(breaks)
        lines = [line for line in lines if not between_pages.hold(line.start)]
    lines = parted(lines)
    found = [*sheets(lines), *replies(lines, record.text), *labelled(lines, record.text)]
    found += forms(lines)
    tables = yearly(record.text, lines)
    agendas = [agenda(lines, *between(lines, m.start, m.end)) for m in meetings]
    # in an agenda an arrow leads to what was decided as well; its items may be told of further down
    decided = {heading.index for listed in agendas for heading in listed if heading.result}
    listed_rows = [h for h in pointed(record.text, lines) if h.index not in decided]
    listed_rows += spaced(record.text, lines)
    # rows that give the matters' numbers: what is told of them may stand elsewhere under these
    listed_rows += [heading for heading in tables if heading.label]
    tables = [heading for heading in tables if not heading.label]
    rows = Spans(heading.row for heading in (*tables, *listed_rows) if heading.row)
    found = [h for h in found if not rows.hold(lines[h.index].start)] if listed_rows else found
    found += listed_rows
    for meeting, listed in zip(meetings, agendas, strict=True):
        first, last = between(lines, meeting.start, meeting.end)
        found += [h for h in listed if not rows.hold(lines[h.index].start)]
        # without an agenda the minutes' own headings name the matters, or else the chair's words
        for others in (outline, announced, closed):
            if not any(first <= heading.index < last for heading in found):
                found += others(lines, first, last)
        if not any(first <= heading.index < last for heading in (*found, *tables)):
            tables += narrated(plain, lines, first, last)
        if not any(first <= heading.index < last for heading in (*found, *tables)):
            found += unlabelled(lines, first, last)
    known = {heading.index for heading in found}  # as an item of an agenda
    named = {heading.spans[0][0] for heading in found}
    found += [
        heading
        for heading in labelled(lines, record.text, numbered=True)
        if heading.index not in known
        and heading.spans[0][0] not in named
        and not rows.hold(lines[heading.index].start)
    ]
    titled = {heading.label for heading in found if not ONLY_LABEL.fullmatch(fold(heading.title))}
    # 諮問第3号について names no matter of its own where 諮問第3号 has a title
    found = [
        heading
        for heading in found
        if not (only := ONLY_LABEL.fullmatch(fold(heading.title))) or only["label"] not in titled
    ]
    listed = [h for h in found if h.context != REPLY and (h.order or h.label)]
    if len(listed) > 1:  # a reply that answers point by point: the points are the matters
        found = [heading for heading in found if heading.context != REPLY]
    lists = [
        results
        for meeting in meetings
        for results in read_results(plain, lines, *between(lines, meeting.start, meeting.end))
    ]
    found = [heading for heading in found if not only_result(heading, found, lists)]
    groups = grouped(sorted(found, key=lambda heading: (heading.index, -len(heading.title))))
    sittings = [between(lines, meeting.start, meeting.end)[1] for meeting in meetings]
    groups = joined_by_label(groups, sittings)
    find_bodies(lines, groups, rows, meetings)
    groups += [Group(core_of(heading.title), [heading]) for heading in tables]
    papers, ends = boundaries(lines, groups, meetings)
    given: dict[int, Ruling] = {}
    for meeting in meetings:
        by_number, heads = results_told(groups, lists, *between(lines, meeting.start, meeting.end))
        given |= by_number
        ends = sorted({*ends, *heads})
    ground = Ground(record, plain, lines, meetings, ends, papers)
    cases = [_read_case(ground, group, given.get(id(group))) for group in groups]
    cases = without_others_verdicts(ground, groups, cases)
    cases = decided_together(ground, cases)
    cases.sort(key=lambda case: case.title_span)
    return [replace(case, id=f"{record.id}#{n + 1}") for n, case in enumerate(cases)]


def _read_case(ground: Ground, group: Group, given: Ruling | None) -> Case:
    """The matter, with all that the record says of it; its id is given in the end."""
    record, text = ground.record, ground.record.text
    main = group.main
    told = read_parts(ground, group, main, given)
    seat = _seat(told.seats, ground.meetings, told.decisions)
    kind = _kind_of(ground, group, main, told)
    if kind == "report":
        told.decisions = _heard(ground, group, main, told, seat)
    setting = _setting(ground, group, told, seat)
    title, title_span = _title(text, main)
    office = main.office or next((h.office for h in group.headings if h.office), None)
    told_by = replace(main, office=office)
    department, department_span = department_of(
        text, told_by, group.headings, told.heads, told.slots, told.turns
    )
    articles = legal_basis_of(text, group.headings, told.heads, told.slots)
    law, mismatch = decided_under(
        setting.day, setting.year, articles, body=setting.council, enacting="施行条例" in text
    )
    doubts = list(told.doubts)
    if main.order and _holds_another(title, main):
        told.decisions = []
        doubts.append(Doubt(DoubtKind.VERDICT, TWO_IN_ONE, title_span))
    elif not told.decisions and told.in_minutes and kind != "report":
        doubts.append(doubt_of_verdict(told.turns, main.spans[0]))
    doubts += seat.problems if seat is not None else ()
    if "。" in title or len(title) > _LONGEST_SURE_TITLE:
        doubts.append(Doubt(DoubtKind.TITLE, "案件名は文の一部かもしれません", title_span))
    dated = any(doubt.kind is DoubtKind.DATE for doubt in doubts)
    doubts += [*_doubts_of_setting(setting, dated), *_doubts_of_law(articles, mismatch)]
    return Case(
        id="",
        record=record.id,
        label=re.sub(r"^-", "", main.label),
        title=title,
        title_span=title_span,
        kind=kind or "consultation",
        municipality=setting.municipality,
        council=setting.council,
        meeting=setting.meeting,
        meeting_id=setting.meeting_id,
        year=setting.year,
        day=setting.day,
        department=department,
        department_span=department_span,
        legal_basis=tuple(article.name for article in articles),
        articles=tuple(articles),
        law=law,
        decisions=tuple(told.decisions),
        spans=tuple(sorted(set(told.spans))),
        exchanges=tuple(exchanges(told.turns)),
        slots=tuple(told.slots),
        doubts=tuple(dict.fromkeys(doubts)),
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where and when a matter was before the council, as far as that is known."""

    municipality: str | None
    council: str | None
    meeting: str
    meeting_id: str
    year: int | None
    day: date | None


def _setting(ground: Ground, group: Group, told: Told, seat: Meeting | None) -> _Setting:
    """Of the newest decision, or else of the sitting the matter belongs to."""
    newest = told.decisions[-1] if told.decisions else None
    day = (newest.day if newest else None) or (seat.day if seat else None)
    year = seat.year if seat else None
    in_row = any(heading.row for heading in group.headings)
    if day and (in_row or year is None):
        year = FiscalYear.of(day).year
    council = seat or next(iter(ground.meetings), None)
    return _Setting(
        council.municipality if council else None,
        council.body if council else None,
        (newest.meeting if newest else "") or (seat.name if seat else ""),
        (newest.meeting_id if newest else "") or (seat.id if seat else ""),
        year,
        day,
    )


def _doubts_of_setting(setting: _Setting, dated: bool) -> Iterator[Doubt]:
    """What is not known of where and when; `dated`: a doubt about the day has been told already."""
    if setting.municipality is None:
        yield Doubt(DoubtKind.MUNICIPALITY, "自治体名が見つかりません")
    if setting.day is None and not dated:
        unknown = (
            "" if setting.year else "。条例と個人情報保護法のどちらのもとの案件かも分かりません"
        )
        yield Doubt(DoubtKind.DATE, f"会議の日付が見つかりません{unknown}")


def _doubts_of_law(articles: Sequence[Article], mismatch: str) -> Iterator[Doubt]:
    """What does not fit in the articles cited; `mismatch` is what `decided_under` found."""
    if mismatch:
        cited = (articles[0].start, articles[0].end) if articles else None
        yield Doubt(DoubtKind.LAW, mismatch, cited)
    for article in articles:
        span = (article.start, article.end)
        if _TWO_PARAGRAPHS.search(article.name):  # 第3項第4項: one of them must be something else
            slip = f"「{article.name}」は項が続いています。原文の誤記かもしれません"
            yield Doubt(DoubtKind.LAW, slip, span)
        if article.healed:
            read_as = f"「{article.healed}」を「{article.name}」と読みました"
            yield Doubt(DoubtKind.LAW, read_as, span)


def _kind_of(ground: Ground, group: Group, main: Heading, told: Told) -> str:
    """What a matter's headings, the list it stands in, or its narrative call it; empty if nothing."""
    if any(_APPEAL_HEARD.match(line.key) for line in told.narrative):
        return "review"
    context = "/".join(heading.context for heading in group.headings)
    kind = (
        next((heading.kind for heading in group.headings if heading.kind), "")
        or kind_of(context, main.title)
        or ("" if _in_list_of(context) else _kind_above(ground.lines, group.headings[-1].index))
    )
    if kind in ("", "consultation") and any(
        _OF_AN_APPEAL.match(line.key) for line in told.narrative[:_FIRST_LINES]
    ):
        return "review"
    heard = any(_REPORT_HEARD.search(line.key) for line in told.narrative)
    return kind or ("report" if heard and not told.decisions else "")


def _heard(
    ground: Ground, group: Group, main: Heading, told: Told, seat: Meeting | None
) -> list[Decision]:
    """The decisions on a report. What the council takes note of (了とする) it does not approve by
    that; one that is only listed, or is on a sheet, has not been heard yet."""
    if told.decisions:
        return [
            replace(decision, outcome=Outcome.REPORTED)
            if _NOTED.search(decision.text)
            else decision
            for decision in told.decisions
        ]
    length = sum(end - start for start, end in told.spans)
    titles = sum(h.spans[0][1] - h.spans[0][0] for h in group.headings)
    heard = length - titles >= _LISTED or told.turns or _narrated(ground.lines, group)
    heard = heard or (_lists_sittings(ground.meetings) and seat is not None and bool(seat.day))
    heard = heard or any(heading.row for heading in group.headings)  # in a table of results
    if not heard or any(heading.sheet for heading in group.headings):
        return []
    start, _ = main.spans[0]
    name, id, day = (seat.name, seat.id, seat.day) if seat else ("", "", None)
    return [Decision(Outcome.REPORTED, "", start, start, (), name, id, day)]


_ONLY_LISTED = 800  # characters


def _lists_sittings(meetings: Sequence[Meeting]) -> bool:
    """Whether a record lists the sittings of a year, each in a few lines: what it names was heard there."""
    short = [meeting.end - meeting.start <= _ONLY_LISTED for meeting in meetings]
    return len(short) > 1 and all(short) and not any(m.agenda_only for m in meetings)


_NOTED = re.compile(r"^(?!.*(?:承認|可決|適当|妥当|条件)).*(?:了承|了解|了と|承知|了$)", re.DOTALL)
# what minutes say first of an appeal, closed as it is: 審査請求人から口頭で意見を聴いた
_OF_AN_APPEAL = re.compile(
    r"[-・○●◇◆■□]?[^。、]{0,12}(?:審査請求(?:人|に関する審[議査]|の審[議査]|事案)|(?:不服|異議)申立(?:人|て?に関する審[議査]))"
)
_FIRST_LINES = 3
_TWO_PARAGRAPHS = re.compile(r"項第\d+項")
_REPORT_HEARD = re.compile(
    r"報告(?:が(?:あった|ありました|なされ|行われ)|を受け(?:た|ました|る)。?$)"
)
# 審査請求に関する審議のため、非公開で開催された
_APPEAL_HEARD = re.compile(
    r"[-・○※]*(?:審査請求|不服申立て?|異議申立て?)に(?:関する|係る)(?:調査)?審議(?:の|である)?ため"
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
    r"^(?:案件|議題|議事|議案|次第)?[≪《<〈【]?(?:[(]?[0-9]{1,2}[)]?[.、]?|[・○●◆◇■])?(?P<kind>諮問"
    r"|報告|審議|協議|付議|審査|答申)(?:案件|事項|審議|の審議|について|$|令和|平成|令\d|第|書の|案の)"
)


# an item of the same list: (4)諮問第27号事案…
_ITEM = re.compile(r"[(]?[0-9]{1,2}[)][-・]?(?:諮問|報告|協議|審議)第[0-9]{1,4}号.")


def _in_list_of(context: str) -> bool:
    """Whether a matter's context, the headings of the lists it stands in, says what these list."""
    return any(_LIST_OF.match(fold(above)) for above in context.split("/"))


def _kind_above(lines: Sequence[Line], index: int) -> str:
    """What the nearest heading of a list above says that its items are: 2 諮問案件の審議, (1)諮問 …."""
    for line in reversed(lines[max(0, index - 60) : index]):
        above = _LIST_OF.match(line.key)
        if above and line.alone and line.cell == 0 and not _ITEM.match(line.key):
            return kind_of(above["kind"])
    return ""


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


def _holds_another(title: str, heading: Heading) -> bool:
    """Whether a title goes on with the next item of its list (「…について （3）…」 under (2)), as where a row
    breaks within a number: a verdict on the one would be told of the other."""
    within = (numbering(title[mark.start() :]) for mark in _ITEM_WITHIN.finditer(title))
    return any(mark is not None and mark[1] == heading.order + 1 for mark in within)


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
        r"[ \t\u3000]*[(（][^()（）]{1,24}(?:課|室|係|局|部|館|センター|委員会|事務局|区役所"
        r"|病院)[)）]$",
        piece,
    )
    if office and len(heading.spans) == 1 and not re.search(r"[(（]資料", office.group()):
        end = start + office.start()
        return joined(text[start:end]), (start, end)
    return joined("".join(text[a:b] for a, b in heading.spans)), (start, end)
