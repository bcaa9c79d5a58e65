"""Question + evidence -> the draft that helps with drafting: precedents, and what was asked.

The words of a new paper are the office's own; what the records give is material for them.
"""

from __future__ import annotations

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.exchange_drafts import Exchanges
from assistant.evidence import Evidence
from assistant.statements import SEARCHED_NOTE, Draft, Findings, Statement, Style, Writer, under
from index.store import Index

_CASES = 6
_ASKED = 5


class Material(Writer):
    """Gathers what a paper for the council can be drafted from."""

    def __init__(
        self, index: Index, evidence: Evidence, absences: Absences, exchanges: Exchanges
    ) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.exchanges = exchanges

    def material(self, findings: Findings) -> Draft:
        """The precedents with their verdicts and conditions, and the questions really asked."""
        question, matches, hits, _ = findings
        if not question.terms and not matches:
            words = (
                "**どの案件の文書か、件名をお書き添えください。**"
                "例:「AI-OCRの諮問で想定される質問は?」"
            )
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)
        if not matches:
            return self.absences.no_such_case(question)
        cases = self.with_chains(findings.meant[:_CASES], question)
        asked = [
            self.exchanges.item(case, exchange, place=True)
            for case, exchange in self.exchanges.ranked(question, cases, hits)[:_ASKED]
        ]
        words = (
            "文書そのものは作成していません。"
            "下書きの材料として、記録にある先例の結論・条件と、実際に問われたことをお示しします。"
        )
        return Draft(
            (
                self.count_lead(question, cases),
                Statement(Style.NOTE, (words,)),
                *(self.case_line(case) for case in self.in_order(cases)),
                *under("審議で実際に問われたこと", asked),
                *self.law_note(cases),
            ),
            tuple(self.in_order(cases)),
        )
