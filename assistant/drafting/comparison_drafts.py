"""Question + evidence -> the draft that sets towns, years or matters side by side.

Each side is asked by itself; what answers it stands in a line of its own, in the order asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.explanation_drafts import Explanations
from assistant.drafting.fact_drafts import ENOUGH_SCORE, Facts
from assistant.drafting.verdict_drafts import Verdicts
from assistant.evidence import Evidence, Match
from assistant.facts import OUTCOME_WORDS, outcome_word
from assistant.hits import Hit
from assistant.questions import Question, Side
from assistant.sides import plainly
from assistant.statements import (
    UNDECIDED,
    Draft,
    Findings,
    Quote,
    Statement,
    Style,
    outcome_counts,
    short_title,
    under,
)
from assistant.understanding.intents import Intent, read_intent
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.japanese import fold
from index.store import Index

_ASKS_VERDICT = re.compile(
    r"結論|承認|判断|条件|結果|可否|認め|扱い|扱われ|厳し|先送り|保留|継続|通(?:った|り)"
)
_MOST, _CONDITIONS = 6, 4
_NAMED = 0.34  # the share of a side's words in the title of a case
_NEAR_COVERED, _SLACK = 0.45, 0.3  # beside the answers on the other sides, less is enough


class Comparisons(Verdicts):
    """Sets side by side."""

    def __init__(
        self,
        index: Index,
        evidence: Evidence,
        absences: Absences,
        facts: Facts,
        verdicts: Verdicts,
        explanations: Explanations,
        ask: Callable[[Question], tuple[Draft, Sequence[Hit]]],
    ) -> None:
        """Take what the answers are made of, the writers of what else may be told, and the way
        to the answer to a question on one side alone."""
        super().__init__(
            index, evidence, absences, facts, verdicts.exchanges, verdicts.lists, verdicts.tracking
        )
        self.explanations = explanations
        self.ask = ask

    def comparison(self, findings: Findings) -> Draft:
        """Verdicts side by side, what two words mean, or what answers each side."""
        question, matches, hits, scope = findings
        asks_verdict = bool(_ASKS_VERDICT.search(fold(question.text)))
        open_ended = question.wanted is Wanted.ANYTHING
        placed = question.municipalities or question.years
        if open_ended and not placed and len(question.terms) <= 3 and not asks_verdict:
            return self.explanations.definition(question, hits, findings.meant)
        sides = question.sides or self._sides(question, matches)
        if len(sides) < 2:
            alone = replace(question, intent=_intent(question), sides=())
            if alone.intent is Intent.COMPARISON:
                alone = replace(alone, intent=Intent.FACT)
            return self.ask(alone)[0]
        sides = tuple(
            replace(side, question=self._asked(side.question, scope, asks_verdict))
            for side in sides
        )
        if all(side.question.intent is Intent.VERDICT for side in sides):
            return self._verdicts(question, [(side.name, self._cases(side)) for side in sides])
        return self._lines(findings, [(side, self._answer(side)) for side in sides])

    def _cases(self, side: Side) -> tuple[Case, ...]:
        """The cases that a side is about; those that its words come near, where it names none."""
        told, hits = self.ask(side.question)
        if told.cases:
            return told.cases
        near = self.evidence.meant(side.question, self.evidence.in_scope(side.question), hits)
        return tuple(match.case for match in near if match.strong >= _NAMED)

    def _answer(self, side: Side) -> Draft | None:
        """What answers a side; a sentence that comes near enough beside what the others say."""
        told, hits = self.ask(side.question)
        question = side.question
        if not told.abstained:
            return told
        if question.intent is Intent.COUNT:
            return None  # a figure that is only near is a wrong one
        matches = self.evidence.meant(question, self.evidence.in_scope(question), hits)
        about = {match.case.id: match.case for match in matches}
        for unit in self.evidence.units(question, hits, list(about.values())):
            if (
                unit.case is not None
                and unit.case.id in about
                and unit.covered >= _NEAR_COVERED
                and unit.worth >= ENOUGH_SCORE - _SLACK
                and self.facts.near_holds(unit, question.wanted)
                and not self.facts.is_title(unit)
                and not fold(unit.text).endswith(("か。", "か"))
            ):
                line = self.facts.unit_statement(unit, Style.LEAD, question)
                return Draft((line,), (unit.case,))
        return None

    def _asked(self, question: Question, scope: Sequence[Case], asks_verdict: bool) -> Question:
        """The question on a side: on its verdict, where nothing but its matter is named."""
        bare = question.intent in (Intent.FACT, Intent.VERDICT)
        if not bare or question.wanted is not Wanted.ANYTHING:
            return question
        titles = [fold(case.title) for case in scope]
        beside = [
            term
            for term in question.terms
            if term.weight >= 0.7 and not any(term.share(title) >= 0.5 for title in titles)
        ]
        verdict = asks_verdict or not beside
        return replace(question, intent=Intent.VERDICT if verdict else Intent.FACT)

    def _sides(self, question: Question, matches: Sequence[Match]) -> tuple[Side, ...]:
        """The towns of the cases meant, or those cases, where the words name no sides."""
        alone = replace(question, intent=_intent(question))
        meant = [m.case for m in matches if not self.evidence.lacking(question, m.case)]
        cases = self.with_chains(meant or [match.case for match in matches], question)
        towns = list(dict.fromkeys(c.municipality or "" for c in self.in_order(cases)))
        if len(towns) > 1:
            return tuple(
                Side(town, replace(alone, municipalities=(town,))) for town in towns if town
            )
        return tuple(
            Side(short_title(case.title, 26), replace(alone, focus=(case.id,)))
            for case in cases[:_MOST]
        )

    def _verdicts(self, question: Question, told: Sequence[tuple[str, Sequence[Case]]]) -> Draft:
        """How it ended on each side, in a sentence; then a line for each case."""
        single = {cases[0].id for _, cases in told if len(cases) == 1}
        told = [  # what is another side's only case is not this one's
            (name, [c for c in cases if len(cases) == 1 or c.id not in single] or cases)
            for name, cases in told
        ]
        held = [(name, cases) for name, cases in told if cases]
        lacking = [name for name, cases in told if not cases]
        if not held:
            return self.absences.not_said([])
        asked = re.search(r"(?:案件|諮問|報告)?の?(?:件?数|多さ)|何件|多い", fold(question.text))
        counted = bool(asked) or not question.terms
        words = [
            f"**{name}**は{_ends(cases, counted=counted)}{_once(cases, question)}"
            for name, cases in held
        ]
        quotes = [Quote(c[0].record, *c[0].title_span, show=False) for _, c in held[:4]]
        statements = [Statement(Style.LEAD, (f"{'、'.join(words)}です。", *quotes))]
        if lacking:
            missing = f"{'、'.join(lacking)}の記録には、当たる案件が見つかりません。"
            statements.append(Statement(Style.NOTE, (missing,)))
        every: dict[str, Case] = {}
        for name, cases in held:
            lines = [self.case_line(case) for case in self.in_order(cases)]
            statements += under(name, lines) if len(cases) > 1 else lines
            every |= {case.id: case for case in cases}
        return Draft((*statements, *self.law_note(list(every.values()))), tuple(every.values()))

    def _lines(self, findings: Findings, told: Sequence[tuple[Side, Draft | None]]) -> Draft:
        """What answers each side, a line each; then which side nothing is recorded of."""
        lines: list[Statement] = []
        lacking: list[str] = []
        cases: dict[str, Case] = {}
        for side, draft in told:
            if draft is None:
                lacking.append(side.name)
                continue
            first = draft.statements[0]
            style = Style.ITEM if lines else Style.LEAD
            lines.append(Statement(style, (f"**{side.name}**: ", *first.pieces)))
            if side.question.intent is Intent.CONDITIONS:  # the conditions stand below their head
                lines += [s for s in draft.statements[1:] if s.style is Style.ITEM][:_CONDITIONS]
            cases |= {case.id: case for case in draft.cases}
        if not lines:
            return self.absences.not_said(findings.meant)
        if lacking:
            missing = f"{'、'.join(lacking)}については、答えに当たる記載が見つかりません。"
            lines.append(Statement(Style.NOTE, (missing,)))
        return Draft(tuple(lines), tuple(cases.values()))


def _intent(question: Question) -> Intent:
    """What is asked of each side, where the words compare."""
    return read_intent(plainly(question.text))


def _once(cases: Sequence[Case], question: Question) -> str:
    """That a side once ended as asked for, though it stands otherwise now."""
    asked = set(question.outcomes)
    before = {d.outcome for case in cases for d in case.decisions if d.outcome in asked}
    before -= {case.outcome for case in cases}
    names = "・".join(OUTCOME_WORDS[outcome] for outcome in question.outcomes if outcome in before)
    return f"（{names}とされたことがあります）" if names else ""


def _ends(cases: Sequence[Case], *, counted: bool) -> str:
    """How the cases of a side ended; reports and unknown ends as a number beside the others.

    Where the cases themselves are `counted`, all of them.
    """
    if counted:
        return f"{len(cases)}件（{outcome_counts(cases)}）"
    decided = [case for case in cases if case.outcome not in UNDECIDED]
    told = decided or list(cases)
    ends = {outcome_word(case) for case in told}
    several = f"（{len(told)}件）" if len(told) > 1 else ""
    words = f"{ends.pop()}{several}" if len(ends) == 1 else outcome_counts(told)
    others = len(cases) - len(told)
    return f"{words}（ほかに報告・結論の記録なし{others}件）" if others else words
