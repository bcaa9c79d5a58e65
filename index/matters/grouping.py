"""Headings -> matters: which of them name the same one.

A title that stands in the agenda and again further down is one matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.headings import Heading
from index.japanese import fold
from index.matters.matter_titles import Matters, core_of, same_matter
from index.text.numbering import numbering


@dataclass(slots=True)
class Group:
    """The headings of one matter, while a record is read."""

    core: str
    headings: list[Heading] = field(default_factory=list)
    sheet_at: int | None = None  # the line of its case sheet
    named: Heading | None = None  # the heading that names it best, where its length does not say so

    @property
    def main(self) -> Heading:
        """The heading that names the matter: one with a label, and of those the longest."""
        return self.named or max(
            self.headings,
            key=lambda h: (bool(h.label), not h.row and len(core_of(h.title)), -h.index),
        )


def grouped(headings: Sequence[Heading]) -> list[Group]:
    groups: list[Group] = []
    known: Matters[tuple[int, Group]] = Matters()
    for heading in headings:
        core = core_of(heading.title)
        if len(core) < 3:
            continue
        sheet_at = heading.index if heading.sheet else None
        number_, group = next(
            (
                (n, group)
                for n, group in known.like(core)
                if same_matter(group.core, core) and _may_join(group, heading)
            ),
            (0, None),
        )
        if group is None:
            group = Group(core, [heading], sheet_at)
            known.add(core, (len(groups), group))
            groups.append(group)
        else:
            group.headings.append(heading)
            group.sheet_at = sheet_at if sheet_at is not None else group.sheet_at
            if len(core) > len(group.core) and not heading.body:
                group.core = core
                known.call(number_, core)
    return groups


def joined_by_label(groups: list[Group], ends: Sequence[int]) -> list[Group]:
    """The groups; a matter that an agenda lists under the label of a case (諮問第52号) and that the minutes
    of the same sitting head with it and with other words is one. `ends` are the lines at which sittings end."""
    by_label: dict[tuple[int, str], list[tuple[Group, Heading]]] = {}
    for group in groups:
        for heading in group.headings:
            if _FORMAL_LABEL.fullmatch(heading.label):
                sitting = bisect_right(ends, heading.index)
                by_label.setdefault((sitting, heading.label), []).append((group, heading))
    gone: set[int] = set()
    for named in by_label.values():
        (first, *_), *others = named
        told = [(group, heading) for group, heading in others if group is not first]
        listed = all(not heading.body for group, heading in named if group is first)
        if len({id(group) for group, _ in told}) != 1 or not listed:
            continue
        (group, heading), *_ = told
        if not heading.body or id(group) in gone or id(first) in gone:
            continue
        first.headings = sorted(
            [*first.headings, *group.headings], key=lambda heading: heading.index
        )
        first.named = heading
        first.core = group.core
        gone.add(id(group))
    return [group for group in groups if id(group) not in gone]


_FORMAL_LABEL = re.compile(r"(?:諮問|議案|報告|議題|案件)第[0-9]{1,4}号")


def _may_join(group: Group, heading: Heading) -> bool:
    """Two items of one list are two matters, though their titles be the same (told apart by office)."""
    if heading.sheet and group.sheet_at not in (None, heading.index):
        return False
    if heading.row and any(_beside_in_table(heading, other) for other in group.headings):
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
        if listed and near and other.label != heading.label and _alike(other, heading):
            return False
    return True


def _alike(left: Heading, right: Heading) -> bool:
    """Whether the marks of two items are of one style, or of none: ・ and ■ are of two lists."""
    marks = [numbering(heading.label) for heading in (left, right)]
    bullets = [mark is not None and not mark[1] for mark in marks]
    return not all(bullets)


def _beside_in_table(row: Heading, other: Heading) -> bool:
    """Whether two headings are rows of one table of results that differ in their titles."""
    return (
        other.row is not None
        and other.row != row.row
        and other.meeting_cells == row.meeting_cells
        and fold(other.title) != fold(row.title)
    )


def _overlap(left: Heading, right: Heading) -> bool:
    return left.spans[0][0] < right.spans[-1][1] and right.spans[0][0] < left.spans[-1][1]
