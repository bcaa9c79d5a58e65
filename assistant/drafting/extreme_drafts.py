"""Question -> the draft that tells the newest, the oldest, or what there is most of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.drafting.list_drafts import Lists
from assistant.evidence import Evidence
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
from assistant.understanding.asked_cases import Extreme
from assistant.understanding.times import year_name
from index.cases import Case
from index.japanese import fold
from index.store import Index

_DAYS = {
    "時間": 1 / 24,
    "日": 1,
    "週間": 7,
    "か月": 30.4,
    "ヶ月": 30.4,
    "カ月": 30.4,
    "箇月": 30.4,
    "年": 365.25,
}
_TIME = re.compile(
    r"(?<![0-9第和成月])([0-9]+)(時間|日(?!付)|週間|[かヶカ箇]月|年(?![度0-9]*月|度))"
)
_PERSONS = re.compile(r"(?<![0-9第])([0-9][0-9,]*)(万|千)?(?:人|名|世帯|件|台帳)")
_COMPARABLE = 2  # values that make a comparison
_SHOWN = 6


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
        if question.extreme is Extreme.OF_A_FIELD:
            return self._by_field(scope, key)
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

    def _by_field(self, cases: Sequence[Case], key: str) -> Draft:
        """The case with the greatest or least value in a field of its papers, of the cases whose
        field could be read; too few of them cannot be compared, and are only shown."""
        keeping = bool(re.search(r"保存|保管|残|日数", key))
        name, label = ("retention", "保存期間") if keeping else ("subjects", "対象者")
        measure = _days if keeping else _persons
        read = [
            (value, case, slot)
            for case in cases
            for slot in case.slots
            if slot.name == name and (value := measure(fold(slot.value))) is not None
        ]
        least = bool(re.search(r"短|少な", key))
        read.sort(key=lambda one: (one[0] if least else -one[0], one[1].id))
        read = list({case.id: (value, case, slot) for value, case, slot in reversed(read)}.values())
        read.reverse()
        lines = [
            Statement(
                Style.ITEM,
                (
                    f"{case.municipality or ''} {short_title(case.title)}: ",
                    Quote(case.record, slot.start, slot.end),
                ),
            )
            for _, case, slot in read[:_SHOWN]
        ]
        of = f"{label}の欄に数が読み取れた案件は、{len(cases)}件のうち{len(read)}件です。"
        of += "" if keeping else "人・世帯・件の別はそろえていません。"
        of += "欄のほかの文に書かれたものは比べていません。"
        if len(read) < _COMPARABLE:
            words = f"**{label}で案件を比べることは、記録からはできません。**{of}"
            return Draft((Statement(Style.NOTE, (words,)), *lines, SEARCHED_NOTE), (), True)
        best = [case for value, case, _ in read if value == read[0][0]]
        names = "・".join(f"{c.municipality or ''} {short_title(c.title)}".strip() for c in best)
        way = ("短い" if least else "長い") if keeping else ("少ない" if least else "多い")
        words = f"{label}の欄に数が読み取れた案件の中で最も{way}のは、**{names}**です。"
        lead = Statement(
            Style.LEAD, (words, Quote(best[0].record, read[0][2].start, read[0][2].end))
        )
        return Draft((lead, Statement(Style.NOTE, (of,)), *lines, SEARCHED_NOTE), tuple(best))

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


def _days(folded: str) -> float | None:
    """The longest time that a field names, in days; None where it names none."""
    first = folded.partition("。")[0]
    found = [float(m[1]) * _DAYS[m[2]] for m in _TIME.finditer(first)]
    if re.search(r"永年|永久|無期限", first):
        found.append(float("inf"))
    return max(found, default=None)


def _persons(folded: str) -> float | None:
    """The greatest number of people, households … that a field names; None where it names none."""
    found = []
    for match in _PERSONS.finditer(folded):
        figure = float(match[1].replace(",", ""))
        found.append(figure * {"万": 1e4, "千": 1e3}.get(match[2], 1))
    return max(found, default=None)
