"""Question + cases -> the draft that lists cases by the course they took: contested (揉めた), quiet
(質問なしで承認), decided over an objection (反対意見がついたまま通った)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.drafting.exchange_drafts import Exchanges
from assistant.drafting.paper_sections import objections
from assistant.evidence import Evidence
from assistant.questions import Question
from assistant.statements import SEARCHED_NOTE, Draft, Quote, Statement, Style, Writer
from assistant.understanding.asked_cases import APPROVALS
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.store import Index

_THINGS = r"(?:案件|諮問|議案|もの|の(?:は|って)|例)"
_CONTESTED = re.compile(
    rf"(?:揉め|もめ|紛糾|難航|(?:意見|賛否)(?:が|の)?(?:割れ|分かれ)|議論(?:に|と|が)(?:な|分かれ|起き)"
    rf"|問題(?:に|と)な|すんなり[^。]{{0,8}}な)[^。]{{0,8}}{_THINGS}"
)
_QUIET = re.compile(
    r"(?:質問|質疑|議論|異論|審議)(?:も|が|は)?(?:な(?:し|く|い|しに)|出ず|無しで?|無く|ないまま)[^。]{0,8}"
    rf"(?:承認|認め|可決|了承|通|決ま)[^。]{{0,6}}{_THINGS}"
)
_OVER = re.compile(
    r"(?:反対|異論|少数意見)[^。]{0,10}(?:まま|あっ|押し切|ながら|付きで|つきで|出た)[^。]{0,10}"
    rf"(?:通|承認|認め|可決|了承)[^。]{{0,6}}{_THINGS}"
)
_NOT_ALL = re.compile(
    rf"(?:全会|全員|満場)一致(?:じゃ|で(?:は)?)な(?:い|かった)[^。]{{0,4}}{_THINGS}"
    rf"|(?:意見|賛否)(?:が|の)分かれ[^。]{{0,6}}(?:承認|可決)"
)
_AGAINST = (Outcome.CONTINUED, Outcome.REJECTED, Outcome.PARTLY_APPROVED)
_SHOWN = 12


class Courses(Writer):
    """Lists cases by the course that they took."""

    def __init__(self, index: Index, evidence: Evidence, exchanges: Exchanges) -> None:
        """Take what the answers are made of, and the reader of what members said."""
        super().__init__(index, evidence)
        self.exchanges = exchanges

    def courses(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """The cases of the course asked for, with the sign by which each was found; None where no
        course is asked for."""
        key = fold(question.text)
        searched = (p.search(key) for p in (_OVER, _NOT_ALL, _QUIET, _CONTESTED))
        asked = next((match for match in searched if match), None)
        if asked is None or any(t.name and t.key not in asked.group() for t in question.terms):
            return None  # of a matter that is named
        if asked.re in (_OVER, _NOT_ALL):
            approved = [case for case in scope if case.outcome in APPROVALS]
            what = "反対の発言や反対意見の記載があるまま承認された案件"
            return self._told(what, approved, self._objected)
        if asked.re is _QUIET:
            minuted = [c for c in scope if c.outcome in APPROVALS and self._minuted(c)]
            what = "会議録に質疑の記載がないまま承認された案件"
            return self._told(what, minuted, lambda case: not case.exchanges)
        what = "継続・不承認・一部承認とされたか、反対の発言・意見の記載がある案件"
        return self._told(what, scope, self._contested)

    def _told(
        self, what: str, of: Sequence[Case], holds: Callable[[Case], Quote | bool | None]
    ) -> Draft:
        """How many of the cases have it, and a line for each; what it was told by is said."""
        found = [(case, sign) for case in self.in_order(of) if (sign := holds(case))]
        if not found:
            words = f"**{what}は見つかりません**（調べた案件{len(of)}件）。"
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)
        first = found[0][0]
        title = Quote(first.record, *first.title_span, show=False)
        lead = Statement(
            Style.LEAD, (f"{what}は、{len(of)}件のうち**{len(found)}件**です。", title)
        )
        lines: list[Statement] = []
        for case, sign in found[:_SHOWN]:
            line = self.case_line(case)
            said = (" 反対: ", sign) if isinstance(sign, Quote) else ()
            lines.append(Statement(line.style, (*line.pieces, *said)))
        return Draft((lead, *lines), tuple(case for case, _ in found))

    def _objected(self, case: Case) -> Quote | None:
        """An objection to a case, as it was said or written."""
        for exchange in case.exchanges:
            if self.exchanges.opposes(case, exchange):
                turn = exchange.question
                return self.exchanges.facts.beginning(case.record, turn.start, turn.end)
        written = objections(self.index.text(case.record), case)
        return Quote(case.record, written[0].start, written[0].end) if written else None

    def _contested(self, case: Case) -> Quote | bool | None:
        against = any(decision.outcome in _AGAINST for decision in case.decisions)
        return self._objected(case) or against

    def _minuted(self, case: Case) -> bool:
        """Whether a case stands in minutes, which have what is said on some of their cases."""
        return any(c.exchanges for c in self.evidence.cases if c.record == case.record) and not any(
            "#r" in decision.meeting_id for decision in case.decisions
        )
