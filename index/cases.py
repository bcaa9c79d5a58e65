"""Record -> Case, Decision, Exchange: what came before the council, and what it concluded."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Generic, TypeVar

from index.decisions import Ruling, read_ruling
from index.headings import (
    Heading,
    agenda,
    announced,
    kind_of,
    labelled,
    numbering,
    replies,
    sheets,
    turned_to,
    yearly,
)
from index.japanese import FiscalYear, dates, fold, number, similarity
from index.lines import Line
from index.meetings import Meeting, meeting_at
from index.records import Record
from index.turns import Exchange, Turn, exchanges, read_turns
from index.verdicts import Outcome


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
class Slot:
    """A labelled field of a case's papers: its name, its value verbatim, and the value's span.

    `ticked` holds the items whose boxes are ticked, where the field is a row of boxes.
    """

    name: str
    value: str
    start: int
    end: int
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One matter before the council, with all that one record says of it.

    `spans` are the parts of the record that are about it; `title_span` the (first piece of the)
    title. `kind` is consultation, report, review (審査請求) or other. `chain` is shared by cases of
    other records that are the same matter (set by `build`). `doubts` are Japanese sentences to show.
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
    doubts: tuple[str, ...] = ()
    chain: str = ""

    @property
    def newest(self) -> Decision | None:
        """The newest decision, or None where none is recorded."""
        return self.decisions[-1] if self.decisions else None

    @property
    def outcome(self) -> Outcome:
        """The class of the newest decision; `not_recorded` where there is none."""
        return self.decisions[-1].outcome if self.decisions else Outcome.NOT_RECORDED


# --- one record ------------------------------------------------------------------------------

_CORE_END = re.compile(
    r"(?:[(（\[【][^()（）\[\]【】]{0,30}(?:課|室|係|局|部|センター|所|館|報告|諮問|協議"
    r"|継続|新規|資料\d*|公開|審議|委員会|会|定|関係)[^()（）]{0,8}[)）\]】]|について|の件"
    r"|に関すること|[。、])+$"
)
_PAPERS = re.compile(
    r"諮問理由|意見を求めます|事項別説明書|業務概要|業務の概要|事務の概要|お諮りする"
    r"|公益上の必要性について|事業の概要|制度の概要"
)
_PART_HEAD = re.compile(
    r"^(?:(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度)[^。、]{0,40}(?:運用状況|実施状況"
    r"|施行状況|監査の?結果|事業報告|運営状況)(?:報告書?)?(?:について)?(?:\([^()]*\))?$"
    r"|^諮問書$"
)
_DEPARTMENT = re.compile(
    r"^[\s\*\-・※◆◇●○■□]*(?:(?:諮問|実施|担当|所管|主管|提出|提案)(?:実施)?(?:機関|部課|課"
    r"|部署|部局|課名|部|所属)?|説明者|所管|担当|主管|提出課)(?:名|等)?\**\s*(?:[:：|]"
    r"|[\s\u3000]+)\s*(?P<value>\S.*)$"
)
_DEPARTMENT_LABEL = re.compile(
    r"^(?:(?:諮問|実施|担当|所管|主管|提出|提案)(?:実施)?(?:機関|部課|課|部署|部局|課名|部"
    r"|所属)(?:名|等)?|担当|所管|主管)$"
)
_UNIT = re.compile(
    r"[^\s、。「」()（）【】:：|]{1,30}(?:課|室|係|局|部|センター|所|館|支所|事務局|委員会"
    r"|区役所|病院)"
)
_LAW = re.compile(
    r"(?P<law>(?:[一-龠ァ-ヶー々][一-龠ァ-ヶー々・]{0,19}(?:条例|規則)"
    r"|個人情報(?:の)?保護(?:に関する)?法(?:律)?(?:施行条例|施行令)?|番号法"
    r"|(?<![一-龠])(?:同|旧|新)?(?:条例|法)))?"
    r"(?P<articles>第\d+条(?:の\d+)?(?:第\d+項)?(?:第\d+号)?(?:ただし書|本文)?(?:(?:及び"
    r"|並びに|、|又は)第\d+(?:条(?:の\d+)?|項|号)(?:第\d+項)?(?:第\d+号)?)*)"
    r"|(?P<same>同条第\d+項(?:第\d+号)?)"
)


@dataclass(slots=True)
class _Group:
    """The headings of one matter, while a record is read."""

    core: str
    headings: list[Heading] = field(default_factory=list)
    sheet_at: int | None = None  # the line of its case sheet


def read_cases(record: Record, lines: Sequence[Line], meetings: Sequence[Meeting]) -> list[Case]:
    """The matters that the record tells of, in its order, each with all that it says of them."""
    if not lines:
        return []
    found = [*sheets(lines), *replies(lines, record.text), *labelled(lines, record.text)]
    tables = yearly(record.text, lines)
    rows = _Rows(heading.row for heading in tables)
    for meeting in meetings:
        first, last = _between(lines, meeting.start, meeting.end)
        found += [h for h in agenda(lines, first, last) if not rows.hold(lines[h.index].start)]
        if not any(first <= heading.index < last for heading in found):
            found += announced(lines[first:last]) if first == 0 else []
    listed = [heading for heading in found if heading.order]
    if len(listed) > 1:  # a reply that answers point by point: the points are the matters
        found = [heading for heading in found if heading.context != "答申"]
    groups = _grouped(sorted(found, key=lambda heading: (heading.index, -len(heading.title))))
    _find_bodies(lines, groups, rows)
    groups += [_Group(_core(heading.title), [heading]) for heading in tables]
    ends = _boundaries(lines, groups, meetings)
    cases = []
    for group in groups:
        case = _read_case(record, lines, meetings, group, ends)
        if case is not None:
            cases.append(case)
    cases.sort(key=lambda case: case.title_span)
    return [replace(case, id=f"{record.id}#{n + 1}") for n, case in enumerate(cases)]


def _between(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    first = bisect_left(lines, start, key=_start_of)
    return first, max(first, bisect_left(lines, end, key=_start_of))


def _start_of(line: Line) -> int:
    return line.start


class _Rows:
    """The rows of tables whose matters are told in the row itself; they do not overlap."""

    def __init__(self, rows: Iterable[tuple[int, int] | None]) -> None:
        self._rows = sorted({row for row in rows if row is not None})

    def hold(self, offset: int) -> bool:
        at = bisect_right(self._rows, offset, key=lambda row: row[0]) - 1
        return at >= 0 and offset < self._rows[at][1]


_LONGEST_TITLE = 400  # what is longer is no title: only its beginning is looked at


@lru_cache(maxsize=4096)
def _core(title: str) -> str:
    """A title's key without quotes, kind, department and について: what is left names the matter."""
    key = fold(title[:_LONGEST_TITLE])
    key = re.sub(r"^(?:[【\[(](?:継続|新規|諮問|報告|審議|協議|継続審議|再諮問)[】\])])+", "", key)
    key = re.sub(r"\((?:[^()]*(?:条例|法|同条|規則))?第\d+[条項号][^()]*\)|\(同条[^()]*\)", "", key)
    key = _CORE_END.sub("", key)
    key = re.sub(r"[「」『』]", "", key)
    return _CORE_END.sub("", key)


def _same_matter(left: str, right: str) -> bool:
    """Whether two cores name one matter: equal, one inside the other, or alike but for misprints."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) >= 8 and short in long and (len(short) >= 14 or len(long) <= 3 * len(short)):
        return True
    # long titles share their formal tail; what they are about stands at their head
    if len(short) < 16 or len(long) > 1.4 * len(short):
        return False
    heads = left[:14], right[:14]
    if len({*heads[0]} - {*heads[1]}) > 2:  # then they cannot be alike; telling so is quicker
        return False
    return similarity(*heads) >= 0.8 and similarity(left, right) >= 0.9


_Of = TypeVar("_Of")


class _Matters(Generic[_Of]):
    """Things by their cores, in the order in which they came: those that may be of one matter.

    Two cores of one matter are equal, or the first eight characters of one stand in the other, or
    their first fourteen characters are alike but for two, and so have three in a row in common.
    """

    def __init__(self) -> None:
        self._things: list[_Of] = []
        self._whole: dict[str, list[int]] = {}
        self._head: dict[str, list[int]] = {}
        self._inner: dict[str, list[int]] = {}
        self._near: dict[str, list[int]] = {}

    def add(self, core: str, thing: _Of) -> int:
        """Remember a thing; the number returned serves to give it another core (`call`)."""
        self._things.append(thing)
        self.call(len(self._things) - 1, core)
        return len(self._things) - 1

    def call(self, number: int, core: str) -> None:
        """Let a thing be found by this core (too)."""
        self._whole.setdefault(core, []).append(number)
        if len(core) >= 8:
            self._head.setdefault(core[:8], []).append(number)
        for inner in _grams(core, 8):
            self._inner.setdefault(inner, []).append(number)
        for near in _grams(core[:14], 3):
            self._near.setdefault(near, []).append(number)

    def like(self, core: str) -> Iterator[_Of]:
        """The things that may be of the matter that `core` names, in their order."""
        found = {*self._whole.get(core, ())}
        for inner in _grams(core, 8):
            found.update(self._head.get(inner, ()))
        found.update(self._inner.get(core[:8], ()))
        if len(core) >= 16:
            for near in _grams(core[:14], 3):
                found.update(self._near.get(near, ()))
        return (self._things[number] for number in sorted(found))


def _grams(core: str, length: int) -> set[str]:
    return {core[at : at + length] for at in range(len(core) - length + 1)}


def _grouped(headings: Sequence[Heading]) -> list[_Group]:
    groups: list[_Group] = []
    known: _Matters[tuple[int, _Group]] = _Matters()
    for heading in headings:
        core = _core(heading.title)
        if len(core) < 3:
            continue
        sheet_at = heading.index if heading.sheet else None
        number_, group = next(
            (
                (n, group)
                for n, group in known.like(core)
                if _same_matter(group.core, core) and _may_join(group, heading)
            ),
            (0, None),
        )
        if group is None:
            group = _Group(core, [heading], sheet_at)
            known.add(core, (len(groups), group))
            groups.append(group)
        else:
            group.headings.append(heading)
            group.sheet_at = sheet_at if sheet_at is not None else group.sheet_at
            if len(core) > len(group.core) and not heading.body:
                group.core = core
                known.call(number_, core)
    return groups


def _may_join(group: _Group, heading: Heading) -> bool:
    """Two items of one list are two matters, though their titles be the same (told apart by office)."""
    if heading.sheet and group.sheet_at not in (None, heading.index):
        return False
    for other in reversed(group.headings):
        if other.index < heading.index - 4:  # they come in the order of their lines
            break
        if (
            other.index == heading.index
            and other.spans != heading.spans
            and not _overlap(other, heading)
        ):
            return False
        listed = not other.body and not heading.body
        near = 0 < heading.index - other.index <= 4
        if listed and near and other.label != heading.label:
            return False
    return True


def _overlap(left: Heading, right: Heading) -> bool:
    return left.spans[0][0] < right.spans[-1][1] and right.spans[0][0] < left.spans[-1][1]


# numbering, marks and labels; any other word before a title makes it another title, or a sentence
_BEFORE_TITLE = re.compile(
    r"(?:[-0-9()\[\]【】<>〈〉《》「『○〇●◎◆◇■□・※.,、:：①-⑳アイウエオカキⅠ-Ⅹ第号]|令和|平成"
    r"|年度|元|諮問|審議|報告|協議|議題|議事|案件|事項|事案|継続|新規|件名|資料)*"
)


_HEAD = 10  # characters of a core that find the places where it stands again
_LONGEST_BEFORE = 200


def _places(
    lines: Sequence[Line], groups: Sequence[_Group], rows: _Rows
) -> dict[str, list[tuple[int, int]]]:
    """Where the head of a group's core stands in a line with nothing before it but what may stand
    before a title: of each head the lines, and the place in the line's key."""
    heads = {group.core[:_HEAD] for group in groups if len(group.core) >= 4}
    lengths = sorted({len(head) for head in heads})
    places: dict[str, list[tuple[int, int]]] = {head: [] for head in heads}
    if not heads:
        return places
    firsts = {head[0] for head in heads}
    for index, line in enumerate(lines):
        key = line.key
        if line.cell > 1 or key.endswith("、"):
            continue
        before = _BEFORE_TITLE.match(key, 0, _LONGEST_BEFORE)
        reach = before.end() if before else 0
        for at in range(reach + 1):
            if key[at : at + 1] not in firsts:
                continue
            for length in lengths:
                head = key[at : at + length]
                if (
                    head in heads
                    and key.index(head) == at
                    and _BEFORE_TITLE.fullmatch(key, 0, at)
                    and not rows.hold(line.start)
                ):
                    places[head].append((index, at))
    return places


def _find_bodies(lines: Sequence[Line], groups: Sequence[_Group], rows: _Rows) -> None:
    """Where a listed title stands again as a heading, its part begins there."""
    taken: set[int] = set()
    for heading in (heading for group in groups for heading in group.headings):
        taken.add(heading.index)
        for start, end in heading.spans:
            index = bisect_right(lines, start, key=lambda line: line.end)
            while index < len(lines) and lines[index].start < end:
                taken.add(index)
                index += 1
    places = _places(lines, groups, rows)
    for group in groups:
        core = group.core
        if len(core) < 4 or any(heading.sheet for heading in group.headings):
            continue
        for index, at in places[core[:_HEAD]]:
            if index in taken:
                continue
            line = lines[index]
            joined = line.key
            last = index
            while len(joined) - at < len(core) and last + 1 < len(lines) and last - index < 5:
                if lines[last + 1].row != lines[last].row + 1:
                    break
                last += 1
                joined += lines[last].key
            # of a line that is far longer than the title no more need be looked at
            body = joined[at : at + 2 * len(core) + 400]
            compared = re.sub(r"[「」『』]", "", body)
            if not (compared.startswith(core) or similarity(compared[: len(core)], core) >= 0.9):
                continue
            rest = compared[len(core) :]
            # a sentence that mentions the title is no heading, unless it gives the verdict on it
            if re.match(r"^(?:において|における|は、|を|が|に(?!つ)|では)", rest) and not re.search(
                r"「可」|承認", rest
            ):
                continue
            if len(rest) > 90 or (
                rest.endswith("。")
                and not re.match(r"^(?:」)?(?:\(.{1,12}\))?(?:について|は、)", rest)
            ):
                continue
            taken.update(range(index, last + 1))
            group.headings.append(
                Heading(index, "", ((line.start, lines[last].end),), line.text, body=True)
            )
        group.headings.sort(key=lambda heading: heading.index)
    untold: dict[int, list[_Group]] = {}  # by their number in the agenda
    for group in groups:
        if not any(heading.body for heading in group.headings):
            for number_ in {heading.order for heading in group.headings}:
                untold.setdefault(number_, []).append(group)
    for index, line in enumerate(lines) if untold else ():
        order = turned_to(line)
        if order not in untold or index in taken:
            continue
        for group in untold[order]:
            listed = [heading for heading in group.headings if heading.order == order]
            if not any(heading.body for heading in group.headings) and index > listed[0].index:
                group.headings.append(
                    Heading(index, "", ((line.start, line.end),), line.text, body=True)
                )
                taken.add(index)
                break
    for group in groups:
        # a title listed once and never repeated: its own place is its part
        if not any(heading.body for heading in group.headings):
            last_heading = group.headings[-1]
            group.headings[-1] = replace(last_heading, body=True)


_CLOSING_ITEM = re.compile(
    r"その他(?:について|事項|の事項)?|閉会(?:の?あいさつ|の?挨拶)?|(?:次回|今後)の.{0,20}"
    r"|次回(?:開催|日程|会議).{0,10}|(?:事務)?連絡(?:事項)?|散会|日程.{0,10}|開会"
    r"|(?:会長|副会長|委員長|職務代理者?|会長代理).{0,14}(?:選出|選任|互選|指名).{0,6}"
    r"|(?:前回|第\d+回).{0,30}(?:承認|確認|報告)(?:について)?|.{0,8}(?:挨拶|あいさつ)"
)


_LIST_HEAD = re.compile(
    r"(?:諮問|審議|報告|協議)(?:案件|事項|議題)?(?:の審議|について)?(?:\([^()]*\))?"
)


def _boundaries(
    lines: Sequence[Line], groups: Sequence[_Group], meetings: Sequence[Meeting]
) -> list[int]:
    """The line numbers at which a part ends: headings, order of business, sittings, new papers."""
    ends = {heading.index for group in groups for heading in group.headings if not heading.row}
    starts = {meeting.start for meeting in meetings} | {meeting.end for meeting in meetings}
    for index, line in enumerate(lines):
        if (
            line.start in starts
            or line.key in ("以上", "-以上", "以上-", "-以上-")
            or (line.cell == 0 and _PART_HEAD.match(line.key))
        ):
            ends.add(index)
        elif line.cell == 0 and line.alone and (mark := numbering(line.text)):
            title = fold(line.text[mark[2] :])
            if _CLOSING_ITEM.fullmatch(title) or _LIST_HEAD.fullmatch(title):
                ends.add(index)
    ends.add(len(lines))
    return sorted(ends)


def _read_case(
    record: Record,
    lines: Sequence[Line],
    meetings: Sequence[Meeting],
    group: _Group,
    ends: Sequence[int],
) -> Case | None:
    text = record.text
    main = max(
        group.headings, key=lambda h: (bool(h.label), not h.row and len(_core(h.title)), -h.index)
    )
    spans: list[tuple[int, int]] = []
    decisions: list[Decision] = []
    turns: list[Turn] = []
    slots: list[Slot] = []
    doubts: list[str] = []
    seats: list[Meeting] = []
    heads: list[Line] = []
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
            stop = _next_end(ends, heading.index)
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
                and bool(_PAPERS.search(fold(text[slice(*span)])))
            )
        )
        if is_paper:
            talk = []
        turns += talk
        heads += [line for line in part[:14] if not talk or line.end <= talk[0].start]
        slots += _slots(text, span)
        if not heading.body:
            continue
        ruling = read_ruling(text, part, talk, papers=is_paper)
        if meeting is not None and not is_paper:
            in_minutes = True
        if ruling is not None:
            decisions.append(
                _decision(text, ruling, meeting or (meetings[0] if meetings else None))
            )
            if ruling.doubt:
                doubts.append(ruling.doubt)
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
        if (told >= 60 or _narrated(lines, group)) and not any(h.sheet for h in group.headings):
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
        doubts.append("結論を示す行が見つかりません")
    if seat is not None:
        doubts += seat.problems
    title, title_span = _title(text, main)
    department, department_span = _department(text, main, heads, slots)
    row = next((h for h in group.headings if h.row), None)
    newest = decisions[-1] if decisions else None
    meeting_name = newest.meeting if newest and newest.meeting else (seat.name if seat else "")
    day = newest.day if newest and newest.day else (seat.day if seat else None)
    year = (
        FiscalYear.of(day).year
        if day and (row or seat is None or seat.year is None)
        else (seat.year if seat else None)
    )
    return Case(
        id="",
        record=record.id,
        label=re.sub(r"^-", "", main.label),
        title=title,
        title_span=title_span,
        kind=kind or "consultation",
        municipality=seat.municipality
        if seat
        else (meetings[0].municipality if meetings else None),
        council=seat.body if seat else (meetings[0].body if meetings else None),
        meeting=meeting_name,
        meeting_id=(
            newest.meeting_id if newest and newest.meeting_id else (seat.id if seat else "")
        ),
        year=year,
        day=day,
        department=department,
        department_span=department_span,
        legal_basis=_legal_basis(text, group, context, heads, slots),
        decisions=tuple(decisions),
        spans=tuple(sorted(set(spans))),
        exchanges=tuple(exchanges(turns)),
        slots=tuple(slots),
        doubts=tuple(dict.fromkeys(doubts)),
    )


_REPORT_TOLD = re.compile(r"報告(?:が(?:あ|な)|され|し|を(?:受|し|行)|[―—\-。]|$)")


def _narrated(lines: Sequence[Line], group: _Group) -> bool:
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
    return Decision(
        outcome, text[start:end], start, end, (), name, f"{record.id}#r{heading.row[0]}", day
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
        return _joined(text[start:end]), (start, end)
    office = re.search(
        r"[ \t\u3000]*[(（][^()（）]{1,24}(?:課|室|係|局|部|センター|委員会|事務局|区役所"
        r"|病院)[)）]$",
        piece,
    )
    if office and len(heading.spans) == 1 and not re.search(r"[(（]資料", office.group()):
        end = start + office.start()
        return _joined(text[start:end]), (start, end)
    return _joined("".join(text[a:b] for a, b in heading.spans)), (start, end)


def _joined(piece: str) -> str:
    return re.sub(r"[ \t\u3000]*[\r\n]+[ \t\u3000]*", "", piece).strip()


def _department(
    text: str, main: Heading, heads: Sequence[Line], slots: Sequence[Slot]
) -> tuple[str | None, tuple[int, int] | None]:
    """The office that brought the case: a labelled field, the brackets after the title, the sheet's."""
    for line, following in zip_longest(heads, heads[1:]):
        match = _DEPARTMENT.match(line.text)
        if match and _UNIT.search(match["value"]) and not match["value"].endswith("。"):
            value = re.sub(r"[（(][^（）()]*[)）].*$|\**$", "", match["value"]).strip(" 　*、")
            if value:
                start = line.start + match.start("value")
                return _joined(value), (start, start + len(value))
        if (
            following is not None
            and _DEPARTMENT_LABEL.match(line.key)
            and following.row == line.row
            and _UNIT.search(following.text)
        ):
            return following.text, (following.start, following.end)
    closing = re.search(r"[(（](?P<name>[^()（）]{2,30})[)）]\s*$", text[slice(*main.spans[-1])])
    if closing and _UNIT.fullmatch(fold(closing["name"])) and "条" not in closing["name"]:
        start = main.spans[-1][0] + closing.start("name")
        return closing["name"].strip(), (start, start + len(closing["name"]))
    for slot in slots:
        if _DEPARTMENT_LABEL.match(fold(slot.name)):
            return slot.value, (slot.start, slot.end)
    for line in heads[:6]:
        match = re.match(r"^【(?P<name>[^【】]{2,24}(?:課|室|係|局|センター|部))】$", line.text)
        if match:
            return match["name"], (line.start + 1, line.end - 1)
    for line in heads[:10]:
        match = re.match(
            r"^[—―─\-].{0,20}?(?:資料をもとに|から)?(?P<name>[^\s、。をに]{2,16}(?:課|室|局"
            r"|センター))から(?:説明|報告)",
            line.text,
        )
        if match:
            start = line.start + match.start("name")
            return match["name"], (start, start + len(match["name"]))
    return None, None


def _legal_basis(
    text: str, group: _Group, context: str, heads: Sequence[Line], slots: Sequence[Slot]
) -> tuple[str, ...]:
    """The articles the case rests on: in its title, the heading above it, its ticked boxes, its papers."""
    titles = "/".join("".join(text[a:b] for a, b in heading.spans) for heading in group.headings)
    found = _articles(f"{context}/{titles}")
    ticked = " ".join(
        item
        for slot in slots
        if re.search(r"根拠|意見を聴|諮問|該当", slot.name)
        for item in slot.ticked
    )
    found += [article for article in _articles(ticked) if article not in found]
    if not found:
        for line in heads:
            if re.search(r"根拠|該当|基づ|規定|[(]第|[(].{0,12}条例第|[(]法第", line.key):
                found += [article for article in _articles(line.text) if article not in found]
    return tuple(found)


def _articles(text: str) -> list[str]:
    found: list[str] = []
    law = article = ""
    for match in _LAW.finditer(fold(text)):
        if match["same"]:
            if article:
                found.append(re.sub(r"^同条", re.sub(r"第\d+項.*$", "", article), match["same"]))
            continue
        law = match["law"] or law
        pieces = re.split(r"及び|並びに|、|又は", match["articles"])
        for piece in pieces:
            if "条" in piece:
                article = f"{law}{piece}"
            else:
                unit = piece[-1]
                article = re.sub(rf"第\d+{unit}.*$", "", article) + piece
            found.append(re.sub(r"(?:ただし書|本文)$", "", article))
    return list(dict.fromkeys(found))


# --- labelled fields of papers -----------------------------------------------------------------

_TICK = re.compile(
    r"(?:[■☑☒✓]|<input[^>]*\bchecked\b[^>]*>)[\s\u3000■]*(?P<item>[^\s■□☑☒<\t|()（）][^■□☑☒<\t"
    r"|]*)"
)
_BOX = re.compile(r"[■□☑☒✓]|<input")


def _slots(text: str, span: tuple[int, int]) -> list[Slot]:
    """The rows of label and value in a part (two or more cells), with the boxes ticked in them."""
    found: list[Slot] = []
    name = ""
    for row in re.compile(r"[^\r\n]+").finditer(text, *span):
        if "\t" not in row.group() and "|" not in row.group():
            continue
        cells: list[tuple[int, int]] = []
        at = row.start()
        for piece in re.split(r"[\t|]", row.group()):
            stripped = piece.strip(" \u3000")
            if stripped:
                left = at + len(piece) - len(piece.lstrip(" \u3000"))
                cells.append((left, left + len(stripped)))
            at += len(piece) + 1
        if not cells:
            continue
        first = text[slice(*cells[0])]
        label = fold(re.sub(r"<[^>]*>|[■□☑☒]", "", first))
        begins_row = cells[0][0] - row.start() <= 2
        if begins_row and len(label) <= 24 and not _BOX.search(first) and len(cells) > 1:
            name = label
            values = cells[1:]
            if (
                len(values) > 1
                and len(fold(text[slice(*values[0])])) <= 16
                and not _BOX.search(text[slice(*values[0])])
            ):
                name = f"{label} {fold(text[slice(*values[0])])}"
                values = values[1:]
        else:
            values = cells
        start, end = values[0][0], values[-1][1]
        value = text[start:end]
        ticked = tuple(match["item"].strip() for match in _TICK.finditer(value))
        if not name and not ticked:
            continue
        found.append(Slot(name, value, start, end, ticked))
    return found


# --- over all records ------------------------------------------------------------------------


def link_chains(cases: Sequence[Case]) -> list[Case]:
    """Give the same `chain` to cases of one municipality that are the same matter.

    The chain is named by its earliest case. Cases whose municipality is unknown stay alone.
    """
    linked: dict[str, str] = {}
    by_place: dict[str, list[Case]] = {}
    for case in cases:
        by_place.setdefault(case.municipality or f"?{case.id}", []).append(case)
    for group in by_place.values():
        heads: _Matters[tuple[str, Case]] = _Matters()
        for case in sorted(group, key=lambda c: (c.day or date.max, c.record, c.title_span)):
            core = _core(case.title)
            head = next(
                (
                    head
                    for other, head in heads.like(core)
                    if head.record != case.record and _same_matter(other, core)
                ),
                None,
            )
            linked[case.id] = linked[head.id] if head is not None else case.id
            heads.add(core, (core, case))
    return [replace(case, chain=linked[case.id]) for case in cases]
