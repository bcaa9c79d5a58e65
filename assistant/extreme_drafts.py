"""Question -> the draft that tells the newest, the oldest, or what there is most of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.asked_cases import Extreme
from assistant.evidence import Evidence
from assistant.list_drafts import Lists
from assistant.questions import Question
from assistant.statements import (
    SEARCHED_NOTE,
    Draft,
    Quote,
    Statement,
    Style,
    Writer,
    short_title,
    sitting_name,
)
from assistant.times import year_name
from index.cases import Case
from index.japanese import fold
from index.store import Index


class Extremes(Writer):
    """Tells which of several is the newest, the oldest, or has most."""

    def __init__(self, index: Index, evidence: Evidence, lists: Lists) -> None:
        """Take what the answers are made of, and the writer of lists."""
        super().__init__(index, evidence)
        self.lists = lists

    def extreme(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """The newest or oldest case or sitting, or the town (or year) that has most cases."""
        key = fold(question.text)
        cases = self.lists.with_outcome(question, self.lists.listed(question, scope))
        if question.extreme is Extreme.MOST:
            return self._most(cases, key)
        dated = sorted((case for case in cases if case.day), key=lambda case: case.day or date.min)
        if not dated:
            return None
        newest = question.extreme is Extreme.NEWEST
        case = dated[-1] if newest else dated[0]
        word = "新しい" if newest else "古い"
        same = [c for c in dated if c.meeting_id == case.meeting_id]
        lead = Statement(
            Style.LEAD,
            (
                f"日付の分かる記録で最も{word}のは、"
                f"{case.municipality or ''} {sitting_name(case)}です。",
                Quote(case.record, *case.title_span, show=False),
            ),
        )
        lines = [self.case_line(c) for c in same]
        return Draft((lead, *lines, *self.law_note(same)), tuple(same))

    def _most(self, cases: Sequence[Case], key: str) -> Draft | None:
        """The town, year or case that has most of what is counted, and those behind it."""
        if not cases:
            return None
        counted: list[tuple[str, int, Case]] = []
        if re.search(r"質問|質疑", key):
            unit, what = "件", "記録されている質疑"
            counted = [
                (f"{case.municipality or ''} {short_title(case.title)}", len(case.exchanges), case)
                for case in cases
            ]
        elif re.search(r"条件|意見", key):
            unit, what = "つ", "付いた条件・附帯意見"
            counted = [
                (f"{case.municipality or ''} {short_title(case.title)}", len(held), case)
                for case in cases
                if (held := [c for d in case.decisions for c in d.conditions])
            ]
        else:
            unit, what = "件", "案件"
            by_year = re.search(r"年度|年が|何年", key)
            groups: dict[str, list[Case]] = {}
            for case in cases:
                name = (year_name(case.year) if case.year else "") if by_year else case.municipality
                groups.setdefault(name or "記載なし", []).append(case)
            counted = [(name, len(some), some[0]) for name, some in groups.items()]
        if not counted:
            return None
        counted.sort(key=lambda entry: (-entry[1], entry[0]))
        name, most, first = counted[0]
        lead = Statement(
            Style.LEAD,
            (
                f"{what}が最も多いのは**{name}**（{most}{unit}）です。",
                Quote(first.record, *first.title_span, show=False),
            ),
        )
        items = [
            Statement(
                Style.ITEM, (f"{n}: {many}{unit}", Quote(c.record, *c.title_span, show=False))
            )
            for n, many, c in counted[1:6]
        ]
        return Draft((lead, *items, SEARCHED_NOTE), (first,) if what != "案件" else ())
