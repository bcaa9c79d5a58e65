"""Verdicts told elsewhere than in the part of their own matter, or for several at once: whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.cases import Case
from index.doubts import Doubt, DoubtKind
from index.headings import Heading
from index.japanese import fold
from index.matters.grouping import Group
from index.meetings import Meeting
from index.parts.decisions import read_joint, read_named
from index.parts.papers import office_told
from index.parts.results import Result, Results
from index.parts.rulings import Ruling
from index.reading.case_decisions import decision_of
from index.reading.case_parts import Ground, between, doubts_of_ruling
from index.records import Record
from index.text.case_numbers import names_case, tells_of_one, tells_of_several
from index.text.turns import Turn, read_turns

_LISTED_CLOSE = 4  # lines between two items of one list
_SHARED_WORDS = 6  # characters of a title that name its matter


def without_others_verdicts(
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


def only_result(heading: Heading, found: Sequence[Heading], lists: Sequence[Results]) -> bool:
    """Whether a heading is but a line of a list of results (議題4 諮問の取下げ), whose matter is named above."""
    results = next((one for one in lists if one.index < heading.index <= one.last), None)
    if results is None:
        return False
    line = Result(0, heading.label, results.told[0].ruling)
    return any(
        other.index < results.index and results.is_of(line, other.label, other.order)
        for other in found
    )


def results_told(
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


def decided_together(ground: Ground, cases: Sequence[Case]) -> list[Case]:
    """The cases; those without a decision take what a sentence elsewhere says of their number."""
    lines, plain = ground.lines, ground.plain
    found = list(cases)
    for meeting in ground.meetings:
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
                found[n] = _decided(ground.record, case, ruling, meeting, turns)
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
