"""Question + evidence -> the draft that sets towns, years, matters or cases side by side.

Each side is told in a line of its own; a side of which the records say nothing is named as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.absence_drafts import Absences
from assistant.evidence import Evidence, Match, found
from assistant.explanation_drafts import Explanations
from assistant.fact_drafts import ENOUGH_SCORE, Facts
from assistant.facts import outcome_word
from assistant.hits import Hit
from assistant.intents import Intent, Wanted
from assistant.questions import Question
from assistant.statements import (
    Draft,
    Quote,
    Statement,
    Style,
    outcome_counts,
    short_title,
    under,
)
from assistant.terms import Term, as_written
from assistant.times import year_name
from assistant.units import Unit
from assistant.verdict_drafts import Verdicts
from index.cases import Case
from index.japanese import fold
from index.store import Index
from index.verdicts import Outcome

_ASKS_VERDICT = re.compile(r"結論|承認|判断|条件|結果|可否|認め|扱い|扱われ|厳し")
_MOST = 6


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: its name, what is asked of it alone, and its cases."""

    name: str
    question: Question
    cases: tuple[Case, ...]


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
    ) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence, absences, facts, verdicts.exchanges)
        self.explanations = explanations

    def comparison(
        self,
        question: Question,
        matches: Sequence[Match],
        hits: Sequence[Hit],
        scope: Sequence[Case],
    ) -> Draft:
        """Verdicts side by side, what two words mean, or a sentence of each side."""
        asks_verdict = bool(_ASKS_VERDICT.search(fold(question.text)))
        open_ended = question.wanted is Wanted.ANYTHING
        placed = question.municipalities or question.years
        if open_ended and not placed and len(question.terms) <= 3 and not asks_verdict:
            return self.explanations.definition(question, hits, [match.case for match in matches])
        sides = self._sides(question, matches, scope)
        held = [side for side in sides if side.cases]
        if len(held) > 1:
            beside = _beside_the_sides(question, held)
            if open_ended and (asks_verdict or not beside):
                return self._verdicts(question, sides)
            if (told := self._facts(sides, hits)) is not None:
                return told
        draft = self.explanations.side_by_side(question, matches, hits)
        if draft is None and question.intent is Intent.FACT:
            draft = self.facts.fact(question, hits, [match.case for match in matches])
        return draft or self.absences.not_said([match.case for match in matches])

    # -- what is compared

    def _sides(
        self, question: Question, matches: Sequence[Match], scope: Sequence[Case]
    ) -> list[Side]:
        """By matters where the words name several, else by towns, years, or the cases meant."""
        topics = self._topics(question, scope)
        if len(topics) > 1:
            common = tuple(t for t in question.terms if t not in topics)
            return [
                self._side(
                    as_written(t, question.text) or t.key, question, scope, (t, *common), (t,)
                )
                for t in topics[:_MOST]
            ]
        if len(question.municipalities) > 1:
            return [
                self._side(
                    town,
                    replace(question, municipalities=(town,)),
                    [case for case in scope if case.municipality == town],
                )
                for town in question.municipalities
            ]
        if 1 < len(question.years) <= _MOST:
            return [
                self._side(
                    year_name(year),
                    replace(question, years=(year,)),
                    [case for case in scope if case.year == year],
                )
                for year in question.years
            ]
        cases = self.with_chains([match.case for match in matches], question)
        towns = list(dict.fromkeys(c.municipality or "" for c in self.in_order(cases)))
        if len(towns) > 1:
            return [
                Side(town, question, tuple(c for c in cases if c.municipality == town))
                for town in towns
                if town
            ]
        return [Side(short_title(case.title, 26), question, (case,)) for case in cases[:_MOST]]

    def _side(
        self,
        name: str,
        question: Question,
        scope: Sequence[Case],
        terms: tuple[Term, ...] | None = None,
        naming: tuple[Term, ...] | None = None,
    ) -> Side:
        """A side with the cases of its scope that its naming terms mean."""
        terms = question.terms if terms is None else terms
        terms = tuple(term for term in terms if not term.measure)
        names = naming or tuple(t for t in terms if t.name) or terms
        if not names:
            return Side(name, question, tuple(scope))
        held = sorted((self.evidence.match(case, names) for case in scope), key=lambda m: -m.strong)
        best = held[0].strong if held else 0.0
        cases = tuple(m.case for m in held if m.strong >= max(0.34, 0.82 * best))
        return Side(name, replace(question, terms=terms), cases)

    def _topics(self, question: Question, scope: Sequence[Case]) -> list[Term]:
        """The words that name matters of their own: titles have one without the other."""
        named: list[tuple[Term, frozenset[str]]] = []
        for term in question.terms:
            titled = frozenset(c.id for c in scope if found(term, fold(c.title)))
            if term.name and titled:
                named.append((term, titled))
        return [
            term
            for term, titled in named
            if not any(other <= titled for t, other in named if t is not term)
        ]

    # -- how it is told

    def _verdicts(self, question: Question, sides: Sequence[Side]) -> Draft:
        """How it ended on each side, in a sentence; then a line for each case."""
        told = [side for side in sides if side.cases]
        asked = re.search(r"(?:案件|諮問|報告)?の?(?:件?数|多さ)|何件|多い", fold(question.text))
        counted = bool(asked) or not question.terms
        words = [f"**{side.name}**は{_ends(side.cases, counted=counted)}" for side in told]
        lacking = [side.name for side in sides if not side.cases]
        quotes = [Quote(s.cases[0].record, *s.cases[0].title_span, show=False) for s in told[:4]]
        statements = [Statement(Style.LEAD, (f"{'、'.join(words)}です。", *quotes))]
        if lacking:
            missing = f"{'、'.join(lacking)}の記録には、当たる案件が見つかりません。"
            statements.append(Statement(Style.NOTE, (missing,)))
        cases: dict[str, Case] = {}
        for side in told:
            lines = [self.case_line(case) for case in self.in_order(side.cases)]
            statements += under(side.name, lines) if len(side.cases) > 1 else lines
            cases |= {case.id: case for case in side.cases}
        return Draft((*statements, *self.law_note(list(cases.values()))), tuple(cases.values()))

    def _facts(self, sides: Sequence[Side], hits: Sequence[Hit]) -> Draft | None:
        """The best sentence of each side; None where fewer than two have one."""
        told: list[Statement] = []
        lacking: list[str] = []
        cases: dict[str, Case] = {}
        for side in sides:
            unit = self._best(side, hits)
            if unit is None:
                lacking.append(side.name)
                continue
            style = Style.ITEM if told else Style.LEAD
            line = self.facts.unit_statement(unit, style, side.question)
            told.append(Statement(style, (f"**{side.name}**: ", *line.pieces)))
            if unit.case is not None:
                cases[unit.case.id] = unit.case
        if len(told) < 2:
            return None
        if lacking:
            missing = f"{'、'.join(lacking)}については、答えに当たる記載が見つかりません。"
            told.append(Statement(Style.NOTE, (missing,)))
        return Draft(tuple(told), tuple(cases.values()))

    def _best(self, side: Side, hits: Sequence[Hit]) -> Unit | None:
        about = {case.id for case in side.cases}
        own = [hit for hit in hits if hit.passage.case in about]
        wanted = side.question.wanted
        return next(
            (
                unit
                for unit in self.evidence.units(side.question, own, side.cases)
                if unit.case is not None
                and unit.case.id in about
                and unit.covered >= 0.45
                and unit.worth >= ENOUGH_SCORE - 0.3
                and self.facts.near_holds(unit, wanted)
                and not self.facts.is_title(unit)
                and not fold(unit.text).endswith(("か。", "か"))
            ),
            None,
        )


def _ends(cases: Sequence[Case], *, counted: bool) -> str:
    """How the cases of a side ended; reports and unknown ends as a number beside the others.

    Where the cases themselves are `counted`, all of them.
    """
    if counted:
        return f"{len(cases)}件（{outcome_counts(cases)}）"
    decided = [
        case for case in cases if case.outcome not in (Outcome.NOT_RECORDED, Outcome.REPORTED)
    ]
    told = decided or list(cases)
    ends = {outcome_word(case) for case in told}
    several = f"（{len(told)}件）" if len(told) > 1 else ""
    words = f"{ends.pop()}{several}" if len(ends) == 1 else outcome_counts(told)
    others = len(cases) - len(told)
    return f"{words}（ほかに報告・結論の記録なし{others}件）" if others else words


def _beside_the_sides(question: Question, sides: Sequence[Side]) -> list[Term]:
    """The words that ask something of the sides, and name none of their cases."""
    titles = [fold(case.title) for side in sides for case in side.cases]
    return [
        term
        for term in question.terms
        if term.weight >= 0.7
        and not any(term.share(title) >= 0.5 for title in titles)
        and not re.match(r"厳し|変わ|違", term.key)
    ]
