"""Cases -> the draft that tells which of their conditions were reported on afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from assistant.statements import Draft, Quote, Statement, Style, Writer, sitting_name, under
from assistant.surveys.conditions import Conditions, State, Tracked
from assistant.surveys.precedents import Precedents
from index.cases import Case

_ANSWERED = (State.ANSWERED, State.REPORTED)
_PERHAPS = "関連するかもしれない報告がある案件（同じことの報告かどうかは、確かめられません）"


class Tracking(Writer):
    """Tells what came of conditions, as the page 条件の追跡 does."""

    @cached_property
    def _by_case(self) -> dict[str, list[Tracked]]:
        """The conditions by the cases that have them; read when they are first asked for."""
        by_case: dict[str, list[Tracked]] = {}
        for one in Conditions(self.index, Precedents(self.index)).tracked:
            by_case.setdefault(one.row.case.id, []).append(one)
        return by_case

    def tracked(self, scope: Sequence[Case]) -> Draft | None:
        """Of the cases with conditions, on which there is a later report, and on which none."""
        conditioned = self.in_order([case for case in scope if case.id in self._by_case])
        if not conditioned:
            return None
        reported: list[Case] = []
        perhaps: list[Case] = []
        others: list[Case] = []
        for case in conditioned:
            states = {one.state for one in self._by_case[case.id]}
            fitting = reported if states & {*_ANSWERED} else others
            (perhaps if states == {State.PERHAPS} else fitting).append(case)
        words = (
            f"条件・附帯意見の付いた案件は**{len(conditioned)}件**あり、"
            f"その後の報告が記録にあるのは**{len(reported)}件**です。"
        )
        quotes = [Quote(case.record, *case.title_span, show=False) for case in conditioned[:3]]
        return Draft(
            (
                Statement(Style.LEAD, (words, *quotes)),
                *(self._line(case) for case in reported),
                *under(_PERHAPS, [self._line(case) for case in perhaps]),
                *under("その後の報告が見つからない案件", [self.case_line(case) for case in others]),
            ),
            tuple(conditioned),
        )  # fmt: skip

    def _line(self, case: Case) -> Statement:
        """A case with the sittings that heard of it again."""
        line = self.case_line(case)
        reports = {
            report.case.id: report.case
            for one in self._by_case[case.id]
            for report in (one.reports or one.perhaps)
        }
        for report in self.in_order(list(reports.values())):
            title = Quote(report.record, *report.title_span, show=False)
            said = f" → {sitting_name(report)}で報告"
            line = replace(line, pieces=(*line.pieces, said, title))
        return line
