"""Record -> Cases: what came before the council, and what it concluded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.agendas import agenda, closed, outline, unlabelled
from index.announcements import announced, narrated
from index.case_decisions import decision_of, doubt_of_verdict
from index.case_numbers import ONLY_LABEL, names_case, tells_of_one, tells_of_several
from index.case_parts import Ground, Told, between, doubts_of_ruling, read_parts
from index.case_places import as_recorded, with_columns_mixed, with_speeches_unsure
from index.cases import Case, Decision
from index.columns import in_columns, rearranged
from index.decisions import read_joint, read_named
from index.doubts import Doubt, DoubtKind
from index.forms import forms, replies, sheets
from index.headings import REPLY, Heading, labelled
from index.japanese import FiscalYear, fold, regular
from index.law import Article, decided_under
from index.lines import Line
from index.lines import lines as lines_of
from index.matter_titles import core_of
from index.matters import Group, Rows, grouped, joined_by_label
from index.meetings import Meeting
from index.page_breaks import bridged, page_breaks
from index.papers import department_of, joined, legal_basis_of, office_told
from index.part_ends import boundaries
from index.part_starts import find_bodies
from index.parting import parted
from index.records import Record
from index.results import Result, Results, read_results
from index.rulings import Ruling
from index.spaced_tables import spaced
from index.spacing import closed_up
from index.tables import pointed, yearly
from index.titles import kind_of
from index.turns import Turn, exchanges, read_turns
from index.verdicts import Outcome

_LONGEST_SURE_TITLE = 250
_LISTED = 60  # characters beside its title that a report has which is more than listed


def read_cases(record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]) -> list[Case]:
    """The matters that the record tells of, in its order, each with all that it says of them."""
    if not lines:
        return []
    told = replace(record, text=regular(record.text))
    made = rearranged(told.text) or closed_up(told.text)
    if made is None:
        cases = _read_cases(told, lines, meetings)
        if told.text != record.text:
            cases = [as_recorded(case, record.text) for case in cases]
        return [with_columns_mixed(case) for case in cases] if in_columns(told.text) else cases
    moved = [
        replace(meeting, start=made.place(meeting.start), end=made.place(meeting.end))
        for meeting in meetings
    ]
    told = replace(record, text=made.text, pages=())
    cases = _read_cases(told, lines_of(made.text), moved)
    cases = [as_recorded(case, record.text, made.span) for case in cases]
    return cases if made.sure else [with_speeches_unsure(case) for case in cases]


def _read_cases(record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]) -> list[Case]:
    breaks = page_breaks(record.text)
    plain = bridged(record.text, breaks) if breaks else record.text
    if breaks:
        lines = [line for line in lines if not any(a <= line.start < b for a, b in breaks)]
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
    rows = Rows(heading.row for heading in (*tables, *listed_rows))
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
    found = [heading for heading in found if not _only_result(heading, found, lists)]
    groups = grouped(sorted(found, key=lambda heading: (heading.index, -len(heading.title))))
    sittings = [between(lines, meeting.start, meeting.end)[1] for meeting in meetings]
    groups = joined_by_label(groups, sittings)
    find_bodies(lines, groups, rows, meetings)
    groups += [Group(core_of(heading.title), [heading]) for heading in tables]
    papers, ends = boundaries(lines, groups, meetings)
    given: dict[int, Ruling] = {}
    for meeting in meetings:
        by_number, heads = _results(groups, lists, *between(lines, meeting.start, meeting.end))
        given |= by_number
        ends = sorted({*ends, *heads})
    ground = Ground(record, plain, lines, meetings, ends, papers)
    cases = [_read_case(ground, group, given.get(id(group))) for group in groups]
    cases = _without_others_verdicts(ground, groups, cases)
    cases = _decided_together(record, plain, lines, meetings, cases)
    cases.sort(key=lambda case: case.title_span)
    return [replace(case, id=f"{record.id}#{n + 1}") for n, case in enumerate(cases)]


_LISTED_CLOSE = 4  # lines between two items of one list
_SHARED_WORDS = 6  # characters of a title that name its matter


def _without_others_verdicts(
    ground: Ground, groups: Sequence[Group], cases: Sequence[Case]
) -> list[Case]:
    """The cases; the last of a list none of whose matters has a heading of its own in the minutes without a
    verdict that may be another's: all that is said of them all stands in its part."""
    kept = list(cases)
    single = sorted(
        (group.headings[0].index, n)
        for n, group in enumerate(groups)
        if len(group.headings) == 1 and not group.headings[0].row and not group.headings[0].sheet
    )
    run: list[int] = []
    for at, (index, n) in enumerate(single):
        run = [*run, n] if run and index - single[at - 1][0] <= _LISTED_CLOSE else [n]
        following = single[at + 1][0] if at + 1 < len(single) else None
        last = following is None or following - index > _LISTED_CLOSE
        case = kept[n]
        if not last or len(run) < 2 or not case.decisions or groups[n].headings[0].result:
            continue
        others = [groups[other] for other in run[:-1]]
        if any(kept[other].decisions or kept[other].exchanges for other in run[:-1]):
            continue
        said = fold("".join(ground.plain[a:b] for a, b in case.spans))
        if any(_named_in(said, group) for group in others):
            kept[n] = replace(
                case,
                decisions=tuple(d for d in case.decisions if _named_in(fold(d.text), groups[n])),
            )
            if not kept[n].decisions:
                left = case.decisions[-1]
                doubt = Doubt(DoubtKind.VERDICT, _WHOSE, (left.start, left.end))
                kept[n] = replace(kept[n], doubts=(*case.doubts, doubt))
    return kept


_WHOSE = "どの案件の結論か分かりません。会議録のうち、案件ごとの区切りが見つかりませんでした"


def _named_in(said: str, group: Group) -> bool:
    """Whether folded words name the matter of a group: by its label, or as its title begins."""
    label = group.headings[0].label
    by_label = len(label) > 3 and label in said
    return by_label or (len(group.core) >= _SHARED_WORDS and group.core[:_SHARED_WORDS] in said)


def _only_result(heading: Heading, found: Sequence[Heading], lists: Sequence[Results]) -> bool:
    """Whether a heading is but a line of a list of results (議題4 諮問の取下げ), whose matter is named above."""
    results = next((one for one in lists if one.index < heading.index <= one.last), None)
    if results is None:
        return False
    line = Result(0, heading.label, results.told[0].ruling)
    return any(
        other.index < results.index and results.is_of(line, other.label, other.order)
        for other in found
    )


def _results(
    groups: Sequence[Group], lists: Sequence[Results], first: int, last: int
) -> tuple[dict[int, Ruling], list[int]]:
    """What lists of results say of the matters listed in `lines[first:last]`, by the identity of their
    groups, and the lines of the headings of such lists: there the part of a matter ends."""
    listed = [
        (id(group), [h for h in group.headings if first <= h.index < last and not h.row])
        for group in groups
    ]
    given: dict[int, Ruling] = {}
    heads: list[int] = []
    if sum(bool(headings) for _, headings in listed) < 2:
        return given, heads
    for results in lists:
        if not first <= results.index < last:
            continue
        before = [(one, [h for h in hs if h.index < results.index]) for one, hs in listed]
        by_label = {told.label for told in results.told if told.label}
        known = {h.label for _, headings in before for h in headings}
        if any(len(headings) > 1 for _, headings in before) and len(by_label & known) < 2:
            continue  # each matter has its own part: this is the list of one of them
        heads.append(results.index)
        for told in results.told:
            headings = [(one, heading) for one, hs in before for heading in hs]
            named = {one for one, h in headings if told.label and told.label == h.label}
            named = named or {one for one, h in headings if results.is_of(told, h.label, h.order)}
            if len(named) == 1:
                given[named.pop()] = told.ruling
    return given, heads


def _decided_together(
    record: Record,
    plain: str,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    cases: Sequence[Case],
) -> list[Case]:
    """The cases; those without a decision take what a sentence elsewhere says of their number."""
    found = list(cases)
    for meeting in meetings:
        undecided = [
            n
            for n, case in enumerate(found)
            if not case.decisions and case.label and case.meeting_id == meeting.id
        ]
        if not undecided or meeting.agenda_only or len(found) < 2:
            continue
        part = lines[slice(*between(lines, meeting.start, meeting.end))]
        labels = [found[n].label for n in undecided]
        joint, alone = tells_of_several(part, labels), tells_of_one(part, labels)
        if not (joint or alone):
            continue
        turns = read_turns(part, chairs=meeting.chairs)
        given = read_joint(plain, part, turns) if joint else []
        for n in undecided:
            case = found[n]
            rulings = [r for word, number_, r in given if names_case(word, number_, case.label)]
            ruling = rulings[-1] if rulings else None
            if ruling is None and alone:
                ruling = read_named(plain, part, turns, case.label, case.title)
            if ruling is not None:
                found[n] = _decided(record, case, ruling, meeting, turns)
    return found


def _decided(
    record: Record, case: Case, ruling: Ruling, meeting: Meeting, turns: Sequence[Turn]
) -> Case:
    """A case with what was decided on it elsewhere than in its own part."""
    doubts = [doubt for doubt in case.doubts if doubt.kind is not DoubtKind.VERDICT]
    office = office_told(record.text, turns, case.label) if case.department is None else None
    return replace(
        case,
        department=record.text[slice(*office)] if office else case.department,
        department_span=office or case.department_span,
        decisions=(decision_of(record.text, ruling, meeting),),
        spans=tuple(sorted({*case.spans, (ruling.start, ruling.end)})),
        doubts=(*doubts, *doubts_of_ruling(ruling)),
    )


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
    if not told.decisions and told.in_minutes and kind != "report":
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
    context = "/".join(heading.context for heading in group.headings)
    kind = (
        next((heading.kind for heading in group.headings if heading.kind), "")
        or kind_of(context, main.title)
        or ("" if _in_list_of(context) else _kind_above(ground.lines, group.headings[-1].index))
    )
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
    r"^(?:案件|議題|議事|議案|次第)?[≪《<〈【]?(?:[(]?[0-9]{1,2}[)]?[.、]?|[・○●◆◇■])?(?P<kind>諮問"
    r"|報告|審議|協議|付議|審査|答申)(?:案件|事項|審議|の審議|について|$|令和|平成|令\d|第|書の|案の)"
)


def _in_list_of(context: str) -> bool:
    """Whether a matter's context, the headings of the lists it stands in, says what these list."""
    return any(_LIST_OF.match(fold(above)) for above in context.split("/"))


def _kind_above(lines: Sequence[Line], index: int) -> str:
    """What the nearest heading of a list above says that its items are: 2 諮問案件の審議, (1)諮問 …."""
    for line in reversed(lines[max(0, index - 60) : index]):
        above = _LIST_OF.match(line.key)
        if above and line.alone and line.cell == 0:
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
