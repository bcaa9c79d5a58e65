"""Question + evidence -> the draft that sets towns, years, matters or cases side by side.

Each side is told in a line of its own; a side of which the records say nothing is named as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.explanation_drafts import Explanations
from assistant.drafting.fact_drafts import ENOUGH_SCORE, Facts
from assistant.drafting.verdict_drafts import Verdicts
from assistant.evidence import Evidence, Match, found
from assistant.facts import outcome_word
from assistant.finding.units import Unit
from assistant.hits import Hit
from assistant.questions import Question
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
from assistant.understanding.intents import Intent
from assistant.understanding.terms import Term, as_written
from assistant.understanding.times import year_name
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.japanese import fold, level
from index.store import Index

_ASKS_VERDICT = re.compile(r"結論|承認|判断|条件|結果|可否|認め|扱い|扱われ|厳し")
_MOST = 6
_NAMED, _SPOKEN = 0.34, 0.7  # shares of a side's words in the titles, in the papers of its cases
_WHOLE = 0.75  # of what is asked stands about a sentence
_RIVAL = 1.0  # a sentence so much below the best may still be the one that answers
# between two words: that they are set beside each other, and that what was set so is at its end
_BESIDE = re.compile(
    r"^(?:の(?:案件|件|諮問|場合|話|方|ほう))?[」）)]?(?:と(?!は|いう|して|の違|で)|(?P<comma>[、,・])|や|及び|および|対)"
)
_ENDS = re.compile(r"は|では|で|が|を|について|それぞれ|の違|どちら|どっち|。|\?|？")
_GAP = 16  # characters before a word in which its town may stand


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
        super().__init__(
            index, evidence, absences, facts, verdicts.exchanges, verdicts.lists, verdicts.tracking
        )
        self.explanations = explanations

    def comparison(self, findings: Findings) -> Draft:
        """Verdicts side by side, what two words mean, or a sentence of each side."""
        question, matches, hits, scope = findings
        asks_verdict = bool(_ASKS_VERDICT.search(fold(question.text)))
        open_ended = question.wanted is Wanted.ANYTHING
        placed = question.municipalities or question.years
        if open_ended and not placed and len(question.terms) <= 3 and not asks_verdict:
            return self.explanations.definition(question, hits, findings.meant)
        sides = self._sides(question, matches, scope)
        held = [side for side in sides if side.cases]
        if len(held) > 1:
            beside = _beside_the_sides(question, held)
            if open_ended and (asks_verdict or not beside):
                return self._verdicts(question, sides)
            named = bool(placed) or bool(_conjoined(question)[0])
            if (told := self._facts(sides, hits, placed=named)) is not None:
                return told
        draft = self.explanations.side_by_side(question, matches, hits)
        if draft is None and question.intent is Intent.FACT:
            draft = self.facts.fact(question, hits, findings.meant)
        if draft is None:
            return self.absences.not_said(findings.meant)
        towns = {case.municipality for case in draft.cases}
        untold = [town for town in question.municipalities if town not in towns]
        if not untold or draft.abstained or len(question.municipalities) < 2:
            return draft
        words = f"{'、'.join(untold)}については、答えに当たる記載が見つかりません。"
        return replace(draft, statements=(*draft.statements, Statement(Style.NOTE, (words,))))

    # -- what is compared

    def _sides(
        self, question: Question, matches: Sequence[Match], scope: Sequence[Case]
    ) -> list[Side]:
        """What the words set beside each other; else towns, years, matters, or the cases meant."""
        if apart := self.set_apart(question, scope):
            return apart
        topics = self._topics(question, scope)
        if len(topics) > 1 and len(question.municipalities) < 2:
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
        meant = [m.case for m in matches if not self.evidence.lacking(question, m.case)]
        cases = self.with_chains(meant or [match.case for match in matches], question)
        towns = list(dict.fromkeys(c.municipality or "" for c in self.in_order(cases)))
        if len(towns) > 1:
            return [
                Side(town, question, tuple(c for c in cases if c.municipality == town))
                for town in towns
                if town
            ]
        return [Side(short_title(case.title, 26), question, (case,)) for case in cases[:_MOST]]

    def set_apart(self, question: Question, scope: Sequence[Case]) -> list[Side]:
        """The sides of AのBとCのD, each with its own town and words; none where fewer than two of
        them name cases of their own."""
        groups, common = _conjoined(question)
        sides: list[Side] = []
        for words, terms in groups:
            towns = [t for t in question.municipalities if t in words or t[:-1] in words]
            own = [c for c in scope if not towns or c.municipality in towns]
            names = tuple(t for t in terms if t.name) or terms
            held = sorted((self.evidence.match(c, names) for c in own), key=lambda m: -m.score)
            best = held[0] if held else None
            clear = best is not None and (best.strong >= _NAMED or best.full >= _SPOKEN)
            cases = tuple(m.case for m in held if best and clear and m.score >= 0.82 * best.score)
            asked = replace(
                question,
                terms=(*terms, *common),
                municipalities=tuple(towns) or question.municipalities,
            )
            sides.append(Side(words, asked, cases))
        told = {frozenset(case.id for case in side.cases) for side in sides if side.cases}
        return sides if len(told) > 1 else []

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

    def _facts(self, sides: Sequence[Side], hits: Sequence[Hit], *, placed: bool) -> Draft | None:
        """The best sentence of each side; None where fewer than two have one, or none of the sides
        that the question itself names (`placed`)."""
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
        if len(told) < (1 if placed else 2):
            return None
        if lacking:
            missing = f"{'、'.join(lacking)}については、答えに当たる記載が見つかりません。"
            told.append(Statement(Style.NOTE, (missing,)))
        return Draft(tuple(told), tuple(cases.values()))

    def _best(self, side: Side, hits: Sequence[Hit]) -> Unit | None:
        about = {case.id for case in side.cases}
        own = [hit for hit in hits if hit.passage.case in about]
        wanted = side.question.wanted
        serving = [
            unit
            for unit in self.evidence.units(side.question, own, side.cases)
            if unit.case is not None
            and unit.case.id in about
            and unit.covered >= 0.45
            and unit.worth >= ENOUGH_SCORE - 0.3
            and self.facts.near_holds(unit, wanted)
            and not self.facts.is_title(unit)
            and not fold(unit.text).endswith(("か。", "か"))
        ]
        # of those that rank alike, one about which more of what is asked stands
        near = [unit for unit in serving if unit.score >= serving[0].score - _RIVAL]
        whole = [unit for unit in near if unit.covered >= _WHOLE and unit.bearing >= _WHOLE]
        return next(iter([*whole, *near]), None)


def _conjoined(
    question: Question,
) -> tuple[list[tuple[str, tuple[Term, ...]]], tuple[Term, ...]]:
    """The groups of words that a question sets beside each other, each as written and with its
    terms, and the terms outside of them."""
    text = level(question.text)
    placed: list[tuple[int, int, Term]] = []
    for term in question.terms:
        written = as_written(term, text)
        at = text.find(written) if written else -1
        if at >= 0:
            placed.append((at, at + len(written), term))
    placed.sort(key=lambda place: place[0])
    towns = sorted((n for t in question.municipalities for n in (t, t[:-1])), key=len, reverse=True)
    runs: list[list[list[tuple[int, int, Term]]]] = []
    listed_by = ""  # AとB、C: the list ends with B
    for place in placed:
        gap = text[runs[-1][-1][-1][1] : place[0]] if runs else ""
        bare = gap
        for town in towns:
            bare = bare.replace(town, "")
        joint = _BESIDE.match(bare)
        closed = bool(runs) and joint and joint["comma"] and listed_by == "と"
        if (
            runs
            and joint
            and not closed
            and not re.search(r"[^のにおける「『（(]", bare[joint.end() :])
        ):
            runs[-1].append([place])
            listed_by = "、" if joint["comma"] else "と"
        elif runs and not _ENDS.search(bare):
            runs[-1][-1].append(place)
        else:
            runs.append([[place]])
            listed_by = ""
    joined = max(runs, key=len, default=[])
    if len(joined) < 2:
        return [], question.terms
    inside = {term.key for group in joined for _, _, term in group}
    groups = []
    for group in joined:
        start = group[0][0]
        before = text[max(0, start - _GAP) : start]
        town = next((t for t in towns if re.search(f"{re.escape(t)}の?$", before)), "")
        if town:
            start -= len(before) - before.rindex(town)
        groups.append((text[start : group[-1][1]], tuple(term for _, _, term in group)))
    return groups, tuple(t for t in question.terms if t.key not in inside)


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
