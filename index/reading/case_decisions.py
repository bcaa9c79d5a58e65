"""Rulings and rows of tables -> the decisions of a case, one for each sitting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.cases import Condition, Decision
from index.doubts import NO_VERDICT, SEE_THE_CHAIR, Doubt, DoubtKind
from index.grammar.verdicts import Outcome, Verdict
from index.headings import Heading
from index.japanese import FiscalYear, dates, fold, number
from index.matters.grouping import Group
from index.meetings import Meeting
from index.parts.rulings import (
    Ruling,
    conditions_in,
    conditions_noted,
    heads_conditions,
    listed_below,
    with_conditions,
)
from index.records import Record
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.turns import Role, Turn

_IN_ATTACHMENT = re.compile(r"別紙|別添|別記")
_ATTACHMENT_LINES = 40
_WORDY = 12  # characters; a chair who says less (はい。お願いします。) decides nothing


def doubt_of_verdict(turns: Sequence[Turn], heading: tuple[int, int]) -> Doubt:
    """That no verdict was found, and where to look: what the chair said last, or else the heading."""
    spoken = [t for t in turns if t.role is Role.CHAIR and t.end - t.start > _WORDY]
    if not spoken:
        return Doubt(DoubtKind.VERDICT, NO_VERDICT, heading)
    return Doubt(DoubtKind.VERDICT, SEE_THE_CHAIR, (spoken[-1].start, spoken[-1].end))


def with_attached(
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


_N = r"[(]?[0-9]{1,2}[)]?"
# conditions that only point to others: 第4の1及び2に留意すること
_REFERS = re.compile(
    rf"(?P<section>第[0-9]{{1,2}})の?(?P<items>{_N}(?:(?:、|及び|並びに|から|~){_N})*)(?:まで)?(?:の(?:事項|点|条件|意見))?(?:に|を|の)(?:[^。、]{{0,6}}(?:留意|配慮|遵守|条件|掲げ|記載|定め|示す)|とおり)[^。、]{{0,14}}。?"
)


def with_referred(text: str, lines: Sequence[Line], decision: Decision) -> Decision:
    """The decision; a condition that points to numbered items of a section of the record is those items."""
    found: list[Condition] = []
    for condition in decision.conditions:
        match = _REFERS.fullmatch(fold(condition.text))
        items = list(_items_of(lines, match["section"], match["items"])) if match else []
        found += [Condition(text[a:b], a, b) for a, b in items] or [condition]
    return replace(decision, conditions=tuple(found))


def _items_of(lines: Sequence[Line], section: str, named: str) -> Iterator[tuple[int, int]]:
    """The spans of the numbered items below the heading of a section, wrapped as they may be."""
    numbers = [int(n) for n in re.findall(r"[0-9]+", named)]
    wanted = set(range(numbers[0], numbers[-1] + 1)) if re.search(r"から|~", named) else {*numbers}
    head = next(
        (n for n, line in enumerate(lines) if line.alone and _heads(section, line.key)), len(lines)
    )
    open_: tuple[int, int] | None = None
    for line in lines[head + 1 :]:
        mark = numbering(line.text)
        if _SECTION.match(line.key) or (not (mark and mark[1]) and open_ is None):
            break
        if mark and mark[1]:
            if open_ is not None and open_ != (0, 0):
                yield open_
            open_ = (line.start + mark[2], line.end) if mark[1] in wanted else (0, 0)
        elif open_ is not None and open_ != (0, 0):
            open_ = open_[0], line.end
    if open_ is not None and open_ != (0, 0):
        yield open_


_SECTION = re.compile(r"第[0-9]{1,2}(?![0-9条項号回])")


def _heads(section: str, key: str) -> bool:
    return key.startswith(section) and not key[len(section) : len(section) + 1].isdecimal()


def with_announced(
    text: str,
    parts: Sequence[Sequence[Line]],
    decisions: list[Decision],
    doubts: list[Doubt],
) -> tuple[list[Decision], list[Doubt]]:
    """The decisions, the last with the conditions that a line of the matter's parts announces away from
    the verdict (審議会は、次の条件を付した。 / ア …), and the doubts without the one that this settles."""
    last = decisions[-1] if decisions else None
    if last is None or last.conditions or last.outcome is not Outcome.APPROVED_WITH_CONDITIONS:
        return decisions, doubts
    for part in parts:
        for index, line in enumerate(part):
            if not (_ANNOUNCED.search(line.key) or heads_conditions(line)):
                continue
            listed = listed_below(text, line, part[index + 1 :])
            if listed:
                conditions = tuple(Condition(text[a:b], a, b) for a, b in listed)
                span = (last.start, last.end)
                left = [d for d in doubts if (d.kind, d.span) != (DoubtKind.CONDITION, span)]
                return [*decisions[:-1], replace(last, conditions=conditions)], left
    return decisions, doubts


_ANNOUNCED = re.compile(
    r"(?:次|以下|下記)の(?:とおり、?)?[^。、]{0,8}(?:条件|意見|要望|事項)を[^。、]{0,4}(?:付|附|求め)[^。、]{0,8}。?$"
)


def decision_of(text: str, ruling: Ruling, meeting: Meeting | None) -> Decision:
    """The decision that a ruling is, at the sitting in whose minutes it stands."""
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


_SITTING = re.compile(r"^\s*第?([0-9０-９]{1,3})(?![0-9０-９号])")


def tells_its_sitting(heading: Heading) -> bool:
    """Whether a row's other cells say when its matter was before the council."""
    cells = heading.meeting_cells
    return bool(_SITTING.match(cells)) or next(dates(cells), None) is not None


def row_decision(
    text: str, heading: Heading, record: Record, meeting: Meeting | None = None
) -> Decision:
    """The decision in a row of a table; the sitting is told by the row's other cells, or else it is
    the `meeting` in whose minutes the table stands."""
    assert heading.result is not None
    assert heading.row is not None
    outcome, start, end = heading.result
    told = f"{heading.meeting_cells} {text[start:end]}"  # 取下げ(R3.10.1) has a day of its own
    days = [written.day for written in dates(told) if written.day]
    day = days[-1] if days else None
    ordinal = _SITTING.match(heading.meeting_cells)
    ordinal_number = number(ordinal.group(1)) if ordinal else None
    name = ""
    if day is not None:
        name = FiscalYear.of(day).name
        if ordinal_number and ordinal_number < 40:
            name += f"第{ordinal_number}回"
    id = f"{record.id}#r{heading.row[0]}"
    if meeting is not None:
        name, id, day = meeting.name, meeting.id, meeting.day
    spans = [heading.conditions] if heading.conditions else conditions_in(text, start, end)
    if heading.note and outcome in _APPROVED:
        spans = spans or conditions_noted(text, *heading.note, limited=outcome is not _APPROVED[0])
    if spans and outcome is Outcome.APPROVED:
        outcome = Outcome.APPROVED_WITH_CONDITIONS
    conditions = tuple(Condition(text[a:b], a, b) for a, b in spans)
    return Decision(
        outcome,
        text[start:end],
        start,
        end,
        conditions,
        name,
        id,
        day,
    )


_APPROVED = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


def in_order(decisions: Sequence[Decision]) -> list[Decision]:
    """Oldest first; of one sitting the last word counts, and the fuller where both approve."""
    kept: dict[str, Decision] = {}
    for decision in decisions:
        old = kept.get(decision.meeting_id)
        if (
            old
            and old.conditions
            and old.outcome in _APPROVED
            and decision.outcome is Outcome.APPROVED
        ):
            continue
        kept[decision.meeting_id] = decision
    return sorted(kept.values(), key=lambda d: (d.day is not None, d.day or date.min, d.start))
