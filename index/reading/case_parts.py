"""A matter's headings -> what the parts of the record under them say of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.cases import Condition, Decision
from index.doubts import Doubt, DoubtKind
from index.grammar.verdicts import Outcome, Verdict
from index.headings import REPLY, Heading
from index.matters.grouping import Group
from index.meetings import Meeting, meeting_at
from index.parts.decisions import (
    conditions_named,
    read_ruling,
    reply_adopted,
    ruling_below,
    spoken_against,
    states_results,
)
from index.parts.part_ends import Numbers, turns_away
from index.parts.results import conditions_told
from index.parts.rulings import Ruling, with_conditions
from index.reading.case_decisions import (
    decision_of,
    in_order,
    row_decision,
    tells_its_sitting,
    with_announced,
    with_attached,
    with_referred,
)
from index.records import Record
from index.text.case_numbers import numbers_of
from index.text.lines import Line, Spans
from index.text.slots import Slot, read_slots
from index.text.turns import Turn, read_turns

_PAPERS = re.compile(
    r"諮問理由|意見を求めます|事項別説明書|業務概要|業務の概要|事務の概要|お諮りする"
    r"|公益上の必要性について|事業の概要|制度の概要"
)
_AFTER_HEADING = 6  # lines looked at below a heading that has no text of its own
_HEAD = 14  # first lines of a part, where the fields of its papers stand


@dataclass(frozen=True, slots=True)
class Ground:
    """A record (`plain` is its text without what stands between its pages) and how it is divided: its sittings, and the numbers of the lines at which the parts
    of matters (`ends`) and whole sheets (`sheet_ends`) end, the last of each past all lines."""

    record: Record
    plain: str
    lines: Sequence[Line]
    meetings: Sequence[Meeting]
    ends: Sequence[int]
    sheet_ends: Sequence[int]


@dataclass(slots=True)
class Told:
    """What the parts of a matter say of it, in the order of the record.

    `spans` are the parts, `seats` the sittings in whose minutes they stand, `heads` the lines where
    the fields of papers may be, `narrative` what nobody speaks. `in_minutes` says that one of the
    parts is minutes, and no papers.
    """

    spans: list[tuple[int, int]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    seats: list[Meeting] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    narrative: list[Line] = field(default_factory=list)
    in_minutes: bool = False

    def decide(self, text: str, ruling: Ruling, meeting: Meeting | None) -> None:
        """Take in a ruling, and what is unsure of its conditions."""
        self.decisions.append(decision_of(text, ruling, meeting))
        self.doubts += doubts_of_ruling(ruling)


def doubts_of_ruling(ruling: Ruling) -> list[Doubt]:
    """What is unsure of a ruling's conditions."""
    span = (ruling.start, ruling.end)
    return [Doubt(DoubtKind.CONDITION, ruling.doubt, span)] if ruling.doubt else []


def read_parts(ground: Ground, group: Group, main: Heading, given: Ruling | None) -> Told:
    """All that the parts under the headings of a matter say of it. `main` is the heading that names
    it; `given` is what a list of results, elsewhere in the minutes, says of it."""
    text, told = ground.record.text, Told()
    numbers = Numbers.of(group.headings)
    for heading in group.headings:
        if heading.row:
            _read_row(told, ground, main, heading)
        else:
            _read_part(told, ground, main, heading, _part_of(ground, heading, numbers))
    given = given or _beside_title(ground, group)
    seat = meeting_at(ground.meetings, given.start) if given else None
    own = [d for d in told.decisions if seat is None or d.meeting_id == seat.id]
    weak = given is None or given.outcome in (*_APPROVED, Outcome.REPORTED)
    # a good word read out of talk does not stand against the same sitting's list of results
    overruled = own if not weak and own and own[-1].outcome in _APPROVED else []
    told.decisions = [decision for decision in told.decisions if decision not in overruled]
    if given is not None and (overruled or not told.decisions):
        told.decide(text, given, seat or (told.seats[0] if told.seats else None))
        told.spans.append((given.start, given.end))
    parts = [lines_of(ground, *span) for span in told.spans]
    told.decisions, told.doubts = with_announced(text, parts, told.decisions, told.doubts)
    decisions, told.doubts = with_attached(text, ground.lines, group, told.decisions, told.doubts)
    decisions = [with_referred(text, ground.lines, decision) for decision in decisions]
    told.decisions = in_order(_once(decisions, appeal=main.kind == "review"))
    return told


_APPROVED = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


def _beside_title(ground: Ground, group: Group) -> Ruling | None:
    """What an agenda says beside the matter's title, whose part is elsewhere."""
    results = [h.result for h in group.headings if h.result and not h.row and not h.body]
    if len(results) != 1 or results[0] is None:  # of several sittings each says its own
        return None
    outcome, start, end = results[0]
    return with_conditions(ground.plain, Verdict(outcome), start, end, [])


def _once(decisions: Sequence[Decision], *, appeal: bool) -> list[Decision]:
    """The decisions without those of an unknown day that only tell again what one of a known day says; the
    conditions that only they spell out go to that one. On an `appeal` there are no conditions."""
    dated = [decision for decision in decisions if decision.day]
    if not dated:
        return list(decisions)
    found = list(decisions)
    for decision in decisions:
        same = next(
            (
                one
                for one in reversed(dated)
                if one.outcome is decision.outcome
                or {one.outcome, decision.outcome} == {*_APPROVED}
            ),
            None,
        )
        if decision.day or same is None:
            continue
        found.remove(decision)
        at = found.index(same)
        if not same.conditions and not appeal:
            outcome = decision.outcome if same.outcome in _APPROVED else same.outcome
            if outcome is not Outcome.APPROVED:
                fuller = replace(same, outcome=outcome, conditions=decision.conditions)
                found[at] = dated[dated.index(same)] = fuller
    return found


def _read_row(told: Told, ground: Ground, main: Heading, heading: Heading) -> None:
    """Add the decision in a row, if it has one: of a yearly report, or of a list of results in the minutes."""
    assert heading.row is not None
    text, row = ground.record.text, heading.row
    meeting = None if tells_its_sitting(heading) else meeting_at(ground.meetings, row[0])
    if heading.result is None:
        told.spans.append(row)
        told.seats += [meeting] if meeting is not None else []
        return
    decision = row_decision(text, heading, ground.record, meeting)
    limited = decision.outcome is Outcome.APPROVED_WITH_CONDITIONS and not decision.conditions
    if meeting is not None:
        told.seats.append(meeting)
        told.in_minutes = True
        _, numbers = numbers_of(main.label)
        if limited and len(numbers) == 1:
            within = between(ground.lines, meeting.start, meeting.end)
            found = conditions_told(text, ground.lines, int(*numbers), *within)
            if not found:
                part = [x for x in ground.lines[slice(*within)] if not row[0] <= x.start < row[1]]
                turns = read_turns(part, chairs=meeting.chairs)
                found = conditions_named(ground.plain, part, turns, main.label, main.title)
            conditions = tuple(Condition(text[a:b], a, b) for a, b in found)
            decision = replace(decision, conditions=conditions)
            limited = not found
        if limited:
            missing = "条件が付いていますが、その内容が見つかりません"
            told.doubts.append(Doubt(DoubtKind.CONDITION, missing, (decision.start, decision.end)))
    told.decisions.append(decision)
    told.spans += [row, heading.note] if heading.note else [row]


def lines_of(ground: Ground, start: int, end: int) -> Sequence[Line]:
    """The lines that begin in a span."""
    return ground.lines[slice(*between(ground.lines, start, end))]


def between(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """The numbers of the first line that begins in a span, and of the first one after it."""
    first = bisect_left(lines, start, key=lambda line: line.start)
    return first, max(first, bisect_left(lines, end, key=lambda line: line.start))


def _part_of(ground: Ground, heading: Heading, numbers: Numbers) -> list[Line]:
    """The heading's line and those of the text that is under it."""
    start = heading.index
    if heading.sheet:  # it goes on over its pages, to the next sheet or the end of the file
        return list(ground.lines[start : _next_end(ground.sheet_ends, start)])
    stop = _next_end(ground.ends, start)
    if not heading.body:
        stop = min(stop, start + _AFTER_HEADING)
    meeting = meeting_at(ground.meetings, ground.lines[start].start)
    chairs = meeting.chairs if meeting else ()
    return list(ground.lines[start : turns_away(ground.lines, start, stop, numbers, chairs)])


def _next_end(ends: Sequence[int], index: int) -> int:
    """The line number after `index` at which its part ends; the last of `ends` is past all lines."""
    return ends[bisect_right(ends, index)]


def _read_part(
    told: Told, ground: Ground, main: Heading, heading: Heading, part: Sequence[Line]
) -> None:
    """Add to what is told of a matter what this part of it says."""
    text = ground.record.text
    told.spans.append((part[0].start, part[-1].end))
    meeting = meeting_at(ground.meetings, part[0].start)
    if meeting is not None:
        told.seats.append(meeting)
    chairs = meeting.chairs if meeting else ()
    talk = [] if heading.sheet else read_turns(_without_fields(part[1:]), chairs=chairs)
    spoken_in = Spans((turn.head, turn.end) for turn in talk)
    told.narrative += [line for line in part[1:] if not spoken_in.hold(line.start)]
    papers = _is_papers(heading, meeting, part, talk)
    if papers:
        talk = []
    told.turns += talk
    named = next((turn for turn in talk if turn.speaker), None)
    told.heads += [line for line in part[:_HEAD] if not named or line.end <= named.start]
    spoken = next((n for n, line in enumerate(part) if talk and line.end > talk[0].start), None)
    told.slots += read_slots(text, part, running=part[1:spoken])
    if not heading.body:
        return
    told.in_minutes |= not papers and not _left_out(part[1:])
    ruling = _ruling_of(ground, main, heading, part, talk, papers=papers)
    put_off = bool(told.decisions) and told.decisions[-1].outcome is Outcome.CONTINUED
    if ruling is None and put_off and not papers and main.kind != "review":
        adopted = reply_adopted(ground.plain, part, talk)
        talked = "".join(ground.plain[a:b] for a, b in told.spans) if adopted else ""
        ruling = adopted if adopted and not spoken_against(talked) else None
    if ruling is not None:
        if meeting is not None:
            ruling = _with_conditions_told(ground, heading, meeting, ruling)
        told.decide(text, ruling, meeting or next(iter(ground.meetings), None))


# what was said behind closed doors is not there to be read: (非公開につき省略)
_LEFT_OUT = re.compile(
    r"[^。]{0,40}(?:非公開|省略|公開(?:は)?し(?:ない|ません)|掲載(?:は)?し(?:ない|ません))[^。]{0,30}。?[)〕】\]]?"
)
_LONGEST_LEFT_OUT = 80


def _left_out(below: Sequence[Line]) -> bool:
    """Whether all that stands under a heading is that the minutes leave it out."""
    key = "".join(line.key for line in below) if len(below) < 4 else ""
    return 0 < len(key) <= _LONGEST_LEFT_OUT and bool(_LEFT_OUT.fullmatch(key))


_ATTACHED = re.compile(r"[(\[【〔<〈]?(?:別[紙添記]|資料|個票)[0-9]{0,2}[(\[【〔<〈]")


def _is_papers(
    heading: Heading, meeting: Meeting | None, part: Sequence[Line], talk: Sequence[Turn]
) -> bool:
    """Whether a part is papers for a sitting: what they say of a verdict is a proposal."""
    if heading.sheet or meeting is None or meeting.agenda_only or _ATTACHED.match(part[0].key):
        return True
    if any(turn.speaker for turn in talk):
        return False
    return bool(_PAPERS.search("".join(line.key for line in part)))


def _ruling_of(
    ground: Ground,
    main: Heading,
    heading: Heading,
    part: Sequence[Line],
    talk: Sequence[Turn],
    *,
    papers: bool,
) -> Ruling | None:
    """The verdict that a part gives: in its text, or else beside its heading."""
    text = ground.plain
    ruling = read_ruling(
        text,
        part,
        talk,
        opening=max(end for _, end in heading.spans),
        title="".join(text[a:b] for a, b in main.spans),
        label=main.label,
        papers=papers or heading.context == REPLY,  # its reasons decide nothing
    )
    results = "結果" in heading.context.split("/")[0] and len(part) <= _AFTER_HEADING
    if ruling is None and not papers and (results or _below_results(ground.lines, heading.index)):
        ruling = ruling_below(text, part[1:], part) if len(part) > 1 else None
    if heading.result and not papers:
        outcome, start, end = heading.result
        if ruling is None or (ruling.start < end and start < ruling.end):  # no other than this
            return with_conditions(text, Verdict(outcome), start, end, part)
    return ruling


_SECTION = re.compile(r"第[0-9一二三四五六七八九]")
_ABOVE = 60  # lines


def _below_results(lines: Sequence[Line], index: int) -> bool:
    """Whether the section in which a heading stands is that of the results (第1 審査会の結論)."""
    for line in reversed(lines[max(0, index - _ABOVE) : index]):
        if line.key[:1] == "第" and line.alone and _SECTION.match(line.key):
            return states_results(line)
    return False


def _with_conditions_told(
    ground: Ground, heading: Heading, meeting: Meeting, ruling: Ruling
) -> Ruling:
    """The ruling, with the conditions that the sitting tells by the matter's number, elsewhere."""
    limited = ruling.outcome is Outcome.APPROVED_WITH_CONDITIONS
    if not limited or not heading.order or ruling.conditions:
        return ruling
    within = between(ground.lines, meeting.start, meeting.end)
    found = conditions_told(ground.record.text, ground.lines, heading.order, *within)
    return replace(ruling, conditions=found, doubt="" if found else ruling.doubt)


_FIELD = re.compile(
    r"[\[【(〔]?\**(?:諮問|利用|実施|提供|担当|所管|主管|説明)(?:機関|課|部署|部課|者)\**[:：]"
)


def _without_fields(part: Sequence[Line]) -> list[Line]:
    return [line for line in part if not (_FIELD.match(line.key) and not line.key.endswith("。"))]
