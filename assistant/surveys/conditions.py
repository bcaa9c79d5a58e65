"""Every condition that a council attached, and the later report that answers it.

A report is told to be one only on an identifying sign that links its case to the condition's
(`index.reading.chains`). What merely sounds like it is offered to be read, and asserted of nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.facts import OUTCOME_WORDS, Place
from assistant.files.spreadsheets import Column, Sheet
from assistant.surveys.precedents import Precedent, Precedents
from index.cases import Case, Condition, Decision, Link
from index.grammar.verdicts import Outcome
from index.japanese import fold, level
from index.store import Index
from index.text.sentences import sentences


class State(StrEnum):
    """What the records hold of a condition afterwards."""

    ANSWERED = "answered"  # a linked report, and a sentence in it on this very condition
    REPORTED = "reported"  # a linked report on the case, with no such sentence
    PERHAPS = "perhaps"  # only reports that may have to do with it
    NOTHING = "nothing"


STATES = {
    State.ANSWERED: "報告あり",
    State.REPORTED: "案件の報告あり",
    State.PERHAPS: "関連するかもしれない報告あり",
    State.NOTHING: "報告は見つかりません",
}


@dataclass(frozen=True, slots=True)
class Report:
    """A later case that reports: why it is linked, where it says so, and its nearest sentences.

    `places` are the sentences on the condition, if any; `link` the words by which the report's case
    and the condition's are linked.
    """

    case: Case
    reason: str
    link: Place
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A condition with its case, and what came of it. `asked` says that it asks for a report."""

    row: Precedent
    decision: Decision
    condition: Condition
    day: date | None
    asked: bool
    state: State
    reports: tuple[Report, ...]
    perhaps: tuple[Report, ...]


_ASKS = re.compile(r"報告|(?:審議会|審査会|委員会|協議会)[^。]{0,12}(?:示|説明|諮)")
_RUN = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{2,}|[a-z][a-z0-9-]+")
# They stand in any condition and any report.
_ANYWHERE = frozenset(
    "審議 議会 審査 査会 委員 員会 報告 状況 個人 人情 情報".split()
    + "実施 年度 毎年 当該 本件 事業 必要 場合".split()
)
_ABOUT = 0.35  # of a condition's pairs of characters, in a sentence of a linked report
_ALIKE = 0.5  # in one of a report that no sign links
_FEWEST = 3
_MOST = 3  # sentences, and reports offered


class Conditions:
    """The conditions of one index, and the reports on them."""

    def __init__(self, index: Index, precedents: Precedents) -> None:
        """Read the reports of each town; then look for those on each condition."""
        self._index = index
        self._by_id = {case.id: case for case in index.cases()}
        self._said: dict[str, list[tuple[Place, frozenset[str]]]] = {}
        self._reports: dict[tuple[str, str], list[Case]] = defaultdict(list)
        for case in self._by_id.values():
            if case.municipality and _reports(case):
                self._reports[case.municipality, _body(case)].append(case)
        self.tracked = tuple(self._all(precedents.rows))

    def _all(self, rows: Sequence[Precedent]) -> Iterator[Tracked]:
        for row in rows:
            for decision in row.case.decisions:
                for condition in decision.conditions:
                    yield self._track(row, decision, condition)

    def _track(self, row: Precedent, decision: Decision, condition: Condition) -> Tracked:
        day = decision.day or row.day
        pairs = _pairs(condition.text)
        linked, offered = self._linked(row, day)
        reports = [self._report(case, link, pairs, _ABOUT) for case, link in linked]
        perhaps = [self._report(case, link, pairs, _ABOUT) for case, link in offered]
        known = {report.case.id for report in (*reports, *perhaps)} | {c.id for c in row.cases}
        for case in self._reports.get((row.case.municipality or "", _body(row.case)), ()):
            if case.id not in known and _later(case, day):
                report = self._report(case, None, pairs, _ALIKE)
                if report.places:
                    perhaps.append(report)
        state = State.PERHAPS if perhaps else State.NOTHING
        if reports:
            answered = any(report.places for report in reports)
            state = State.ANSWERED if answered else State.REPORTED
        asked = bool(_ASKS.search(fold(condition.text)))
        return Tracked(
            row, decision, condition, day, asked, state, tuple(reports), tuple(perhaps[:_MOST])
        )

    def _linked(
        self, row: Precedent, day: date | None
    ) -> tuple[list[tuple[Case, Link]], list[tuple[Case, Link]]]:
        """Later reports linked with the case: surely, and perhaps."""
        sure: dict[str, tuple[Case, Link]] = {}
        offered: dict[str, tuple[Case, Link]] = {}
        for own in row.cases:
            for link in own.links:
                other = self._by_id.get(link.case)
                if other is None or other.municipality != row.case.municipality:
                    continue
                if _reports(other) and _later(other, day) and other not in row.cases:
                    # the report's own words are the better witness
                    back = next((b for b in other.links if b.case == own.id), None)
                    (sure if link.sure else offered).setdefault(other.id, (other, back or link))
        return list(sure.values()), [held for id, held in offered.items() if id not in sure]

    def _report(
        self, case: Case, link: Link | None, pairs: frozenset[str], enough: float
    ) -> Report:
        scored = [
            (len(pairs & said) / len(pairs), place)
            for place, said in self._sentences(case)
            if pairs and len(pairs & said) >= min(_FEWEST, len(pairs))
        ]
        best = sorted((one for one in scored if one[0] >= enough), key=lambda one: -one[0])
        places = tuple(place for _, place in best[:_MOST])
        reason = link.reason if link is not None else "同じ言葉が出てきます"
        return Report(case, reason, Place(case.record, *case.title_span), places)

    def _sentences(self, case: Case) -> list[tuple[Place, frozenset[str]]]:
        """What the report says, a sentence each; questions say nothing of what was done."""
        if case.id not in self._said:
            text = self._index.text(case.record)
            held = []
            for start, end in case.spans:
                for a, b in sentences(text, start, end):
                    said = fold(text[a:b])
                    if not re.search(r"か[。?]?$", said):
                        held.append((Place(case.record, a, b), _pairs(said)))
            self._said[case.id] = held
        return self._said[case.id]


def _reports(case: Case) -> bool:
    return case.kind == "report" or case.outcome is Outcome.REPORTED


def _body(case: Case) -> str:
    return fold(case.council or "")


def _later(case: Case, day: date | None) -> bool:
    its = case.newest_day
    return day is not None and its is not None and its > day


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters within words: what can be compared without a dictionary."""
    found = set()
    for run in _RUN.findall(fold(text)):
        if run.isascii():
            found.add(run)
        else:
            found |= {run[n : n + 2] for n in range(len(run) - 1)}
    return frozenset(found - _ANYWHERE)


# --- for the page and for Excel --------------------------------------------------------------

_COLUMNS = (
    Column("自治体", 12), Column("開催日", 12), Column("案件", 46), Column("結論", 20),
    Column("条件・附帯意見（原文）", 60), Column("報告を求めるもの", 9), Column("状態", 24),
    Column("報告（開催日・案件）", 46), Column("報告の原文", 60), Column("記録", 24),
)  # fmt: skip


def sheet(tracked: Sequence[Tracked], texts: Index) -> Sheet:
    """The conditions as a sheet."""
    rows = []
    for one in tracked:
        reports = one.reports or one.perhaps
        told = [
            f"{report.case.day or ''} {level(report.case.title)}（{report.reason}）".strip()
            for report in reports
        ]
        quoted = [
            level(texts.text(place.record)[place.start : place.end])
            for report in reports
            for place in report.places
        ]
        rows.append(
            (
                one.row.municipality, one.day, level(one.row.case.title),
                OUTCOME_WORDS[one.decision.outcome], level(one.condition.text),
                "はい" if one.asked else "", STATES[one.state], "\n".join(told),
                "\n".join(quoted), one.row.case.record,
            )
        )  # fmt: skip
    about = (
        "「報告あり」は、後の会議の記録がその案件を指していて、条件に触れた文があるものです。",
        "「関連するかもしれない報告」は、言葉が似ているだけで、同じ案件とは限りません。",
        "「報告は見つかりません」は、読み込んだ記録の中に見つからないという意味です。",
    )
    return Sheet("条件の追跡", _COLUMNS, rows, about)
