"""Question + evidence -> the draft that tells verdicts: of one case, of a matter over its sittings,
with their conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.exchange_drafts import Exchanges
from assistant.drafting.fact_drafts import Facts
from assistant.drafting.list_drafts import Lists
from assistant.drafting.tracking_drafts import Tracking
from assistant.evidence import COMPATIBLE, NAMED, Evidence, Match
from assistant.facts import OUTCOME_WORDS, correction_mark, outcome_word
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import (
    SEARCHED_NOTE,
    UNDECIDED,
    Draft,
    Findings,
    Quote,
    Statement,
    Style,
    Writer,
    place_name,
    short_title,
    sitting_name,
    under,
)
from assistant.understanding.asked_cases import APPROVALS
from assistant.understanding.intents import ASKS_OUTCOME, Intent
from assistant.understanding.terms import as_written
from index.cases import Case, Decision
from index.grammar.verdicts import Outcome
from index.japanese import fold, number
from index.passages import PassageKind
from index.store import Index
from index.text.sentences import sentences
from index.text.titles import looks_like_title

DETAIL = 0.5
_ASKED = 3  # exchanges told with a verdict
_NEAR = 0.6
_UNNAMED, _SPOKEN = 0.3, 0.7  # of a word, in what names a case and in a sentence on it
_SUPPOSES = re.compile(r"(?:よね|で(?:す|しょう)か?|ました?か|っけか?|の|か)[?？。]*$")
_ASKS_WHICH = re.compile(
    r"何|いつ|どこ|誰|いくつ|どの|どれ|どう|どんな|内容|教え|(?:条件|意見)は[?？。]*$"
)
_ABOUT_A_CASE = re.compile(r"案件|諮問|承認|認められ|通った|OK|件は|件、")
_SETTLED = re.compile(r"(?:する|した|なる|ない|る)(?:こと|と)に(?:決ま|決め|な(?:った|り))")
_AFTERWARDS = re.compile(r"その後|対応|守られ|守って|履行|報告され|実行され|満たされ")
_N = r"[0-9一二三四五六七八九十]{1,2}"
_CONDITION = r"(?:条件|意見|留意(?:事項|点))"
_NTH = re.compile(
    rf"{_CONDITION}の(?P<n>{_N})(?:つ|番|個|点|項)目|(?P<m>{_N})(?:つ|番|個|点)目の{_CONDITION}"
)
_KEPT = re.compile(r"(?:条件|意見)[^。]{0,12}(?:守|履行|実行|満たさ|対応|報告)")


_MAYBE = "関連するかもしれない案件（同じ案件かどうかは、記録からは確かめられません）"
_MOST_MAYBE = 3
_AT_A_GLANCE = 6  # cases; of more, those with a verdict stand before those without

# what a question takes for granted of an approval
_UNCONDITIONAL = re.compile(
    r"無条件|(?:条件|意見|附帯意見)(?:も|が|は|を)?(?:何も)?(?:付かず|つかず|付けず|つけず|なしで|なしに|なく)"
)


class Verdicts(Writer):
    """Tells what councils decided; the verdict stands in the first line."""

    def __init__(
        self,
        index: Index,
        evidence: Evidence,
        absences: Absences,
        facts: Facts,
        exchanges: Exchanges,
        lists: Lists,
        tracking: Tracking,
    ) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts
        self.exchanges = exchanges
        self.lists = lists
        self.tracking = tracking

    def verdict(self, findings: Findings) -> Draft:
        """The verdict on the matter meant, or a line for each case where several are."""
        question, _, hits, scope = findings
        cases = findings.meant
        named = any(term.name for term in question.terms)
        if _KEPT.search(fold(question.text)):
            of = self.with_chains(cases, question) if named else scope
            reported = len(cases) == 1 and any(c.outcome is Outcome.REPORTED for c in of)
            if not reported and (kept := self.tracking.tracked(of)) is not None:
                return kept
            if cases and not reported:
                return self.conditions(findings)
        if question.outcomes and (not question.terms or set(question.outcomes) <= set(APPROVALS)):
            return self.lists.listing(findings)
        if not cases and not question.terms and (question.municipalities or question.dated):
            cases = list(scope)
        if not cases:
            alone = self.facts.fact(question, hits, [])
            if alone is not None and not _ABOUT_A_CASE.search(question.text):
                return alone
            return self.absences.no_such_case(question)
        if len(cases) == 1 and question.intent is Intent.VERDICT:
            if (open_point := self._not_ruled(question, cases[0], hits)) is not None:
                return open_point
            asked = ASKS_OUTCOME.search(fold(question.search_text))
            if not asked and _about_a_detail(question, cases[0]):
                alone = self.facts.fact(question, hits, cases)
                if alone is not None:
                    return alone
        cases = self.with_chains(cases, question)
        decided = [case for case in cases if case.outcome not in UNDECIDED]
        matters = {case.matter for case in decided}
        one_town = len({case.municipality for case in cases}) == 1
        if len(cases) > 1 and one_town and (len(matters) == 1 or _is_one(cases)):
            return self._history(question, cases, hits)
        if len(cases) == 1:
            if len(cases[0].decisions) > 1 or question.intent is Intent.HISTORY:
                return self._history(question, cases, hits)
            return self.one_verdict(question, cases[0], hits)
        return self.many_verdicts(question, cases, hits)

    def _not_ruled(self, question: Question, case: Case, hits: Sequence[Hit]) -> Draft | None:
        """Of something said to be settled (…することに決まったか) that no verdict speaks of."""
        settled = _SETTLED.search(fold(question.text))
        if settled is None:
            return None
        ruled = fold(" ".join([case.title, *(d.text for d in case.decisions)]))
        ruled += fold(" ".join(c.text for d in case.decisions for c in d.conditions))
        beside = [t for t in question.terms if t.share(ruled) < 0.3 and t.weight >= 1.0]
        if not beside:
            return None
        words = "**そのことについての審議会の結論は、記録にありません。**"
        lead = Statement(Style.LEAD, (words, Quote(case.record, *case.title_span, show=False)))
        related = self._related(question, [case], hits, covered=0.5, most=2)
        return Draft(
            (
                lead,
                self.case_line(case),
                *under("審議で述べられたこと（結論ではありません）", related),
            ),
            (case,),
            True,
        )

    def one_verdict(self, question: Question, case: Case, hits: Sequence[Hit]) -> Draft:
        """The verdict on one case, its conditions, and what was asked before it."""
        return Draft(
            (
                self.verdict_lead(case),
                *self.last_words(case),
                self.about(case),
                *self.condition_items(case),
                *self._asked_items(question, case, hits),
                *self._perhaps([case]),
                *self.law_note([case]),
            ),
            (case,),
            case.outcome is Outcome.NOT_RECORDED,
        )

    def _perhaps(self, cases: Sequence[Case]) -> list[Statement]:
        """Cases that may have to do with these; no sign makes it sure, so they are only offered."""
        known = {case.id for case in cases}
        lines: dict[str, Statement] = {}
        for case in cases:
            for link in case.links:
                other = self.evidence.by_id.get(link.case)
                if link.sure or other is None or other.id in known:
                    continue
                line = self.case_line(other)
                reason = f"（{link.reason}）" if link.reason else ""
                lines.setdefault(other.id, replace(line, pieces=(*line.pieces, reason)))
        return under(_MAYBE, list(lines.values())[:_MOST_MAYBE])

    def _asked_items(self, question: Question, case: Case, hits: Sequence[Hit]) -> list[Statement]:
        """The exchanges of the case that bear most on the question."""
        return under(
            "審議で問われたこと",
            [
                self.exchanges.item(case, exchange)
                for case, exchange in self.exchanges.ranked(question, [case], hits)[:_ASKED]
            ],
        )

    def many_verdicts(
        self, question: Question, cases: Sequence[Case], hits: Sequence[Hit]
    ) -> Draft:
        """How many cases, a line each, and what was asked where they are few."""
        undecided = all(case.outcome is Outcome.NOT_RECORDED for case in cases)
        decided = [case for case in cases if case.outcome is not Outcome.NOT_RECORDED]
        told = decided if len(cases) > _AT_A_GLANCE and decided else cases
        lines = [self.case_line(case) for case in self.in_order(told)]
        rest = self.in_order([case for case in cases if case not in told])
        lines += under("結論の記録が見つからない案件", [self.case_line(case) for case in rest])
        asked = []
        if question.terms and len(cases) <= 4:
            asked = [
                self.exchanges.item(case, exchange, place=True)
                for case, exchange in self.exchanges.ranked(question, cases, hits)[:3]
            ]
        return Draft(
            (
                self.count_lead(question, cases), *lines,
                *under("審議で問われたこと", asked), *self.law_note(cases),
            ),
            tuple(self.in_order(cases)),
            undecided and question.intent in (Intent.VERDICT, Intent.CONDITIONS),
        )  # fmt: skip

    def bears_out(self, case: Case, question: Question) -> bool:
        """Whether a case ended as the question takes for granted."""
        presumed = question.presumed
        outcomes = {d.outcome for d in case.decisions}
        if presumed is None:
            return True
        if presumed is Outcome.APPROVED and outcomes == {Outcome.PARTLY_APPROVED}:
            return False
        return bool(outcomes & COMPATIBLE[presumed])

    def correction(self, question: Question, matches: Sequence[Match]) -> Draft | None:
        """The true outcome, where a question takes one for granted that the records contradict."""
        presumed = question.presumed
        if presumed is None or not matches:
            return None
        if not question.terms:  # 継続になったものは: asked of all, of no matter
            return None
        best = matches[0].score
        meant = [match.case for match in matches if match.score >= 0.9 * best]
        cases = self.with_chains(meant[:4], question)
        if (conditional := self._conditional(question, cases)) is not None:
            return conditional
        if any(self.bears_out(case, question) for case in cases):
            return None
        decided = [c for c in cases if c.outcome not in UNDECIDED]
        told = decided or [c for c in cases if c.outcome is Outcome.REPORTED]
        if not told:
            return self.one_verdict(question, cases[0], ())
        case = told[-1] if _is_one(told) else told[0]
        said = (
            "承認された" if presumed is Outcome.APPROVED else f"{OUTCOME_WORDS[presumed]}となった"
        )
        lead = self.verdict_lead(case)
        others = [
            match.case
            for match in self._elsewhere(question)
            if match.case not in cases and self.bears_out(match.case, question)
        ]
        return Draft(
            (
                Statement(Style.LEAD, (f"記録では、{said}のではなく、", *lead.pieces)),
                self.about(case),
                *self.condition_items(case),
                *under("そのほかの結論", [self.case_line(c) for c in told if c is not case]),
                *under(f"{said}のは、別の次の案件です", [self.case_line(c) for c in others[:3]]),
            ),
            (case,),
        )

    def _conditional(self, question: Question, cases: Sequence[Case]) -> Draft | None:
        """The conditions, where a question takes for granted that there were none."""
        if not _UNCONDITIONAL.search(fold(question.text)):
            return None
        if any(case.outcome is Outcome.APPROVED for case in cases):
            return None
        case = next((c for c in cases if c.outcome is Outcome.APPROVED_WITH_CONDITIONS), None)
        if case is None:
            return None
        lead = Statement(Style.LEAD, ("条件なしの承認ではなく、", *self.verdict_lead(case).pieces))
        return Draft((lead, self.about(case), *self.condition_items(case)), (case,))

    def _elsewhere(self, question: Question) -> list[Match]:
        """The cases of any town and time that the question's words name clearly."""
        found = [self.evidence.match(case, question.terms) for case in self.evidence.cases]
        return sorted((m for m in found if m.strong >= 0.6), key=lambda m: -m.score)

    # -- histories

    def _history(
        self, question: Question, cases: Sequence[Case], hits: Sequence[Hit] = ()
    ) -> Draft:
        """One matter over its sittings: the newest word in the lead, then all in order of time."""
        told = [(case, decision) for case in cases for decision in case.decisions]
        told.sort(key=lambda pair: (pair[1].day or date.max, pair[0].record, pair[1].start))
        decided = [
            (c, d)
            for c, d in told
            if d.outcome is not Outcome.REPORTED and (d.text or correction_mark(c, d))
        ]
        ordered = tuple(sorted(cases, key=lambda c: (c.day or date.max, c.record)))
        if not told:
            alone = self.one_verdict(question, ordered[-1], hits)
            if len(ordered) == 1:
                return alone
            lines = under("会議ごとの記録", [self.case_line(case) for case in ordered])
            first, *rest = alone.statements
            return Draft((first, *lines, *rest), ordered, alone.abstained)
        case, decision = (decided or told)[-1]
        later = [c for c, d in told if d.outcome is Outcome.REPORTED and not d.text]
        if later and _AFTERWARDS.search(fold(question.text)):
            return self._afterwards(later[-1], told, ordered)
        statements = [self.verdict_lead(case, decision)]
        if len(told) > 1:
            statements += under("経過", self._steps(told, (decided or told)[-1][1]))
        elif case.outcome is not Outcome.REPORTED:
            statements += [self.about(case), *self.condition_items(case, decision)]
        for report in later[-1:]:
            heading = f"{report.meeting or sitting_name(report)}の報告（資料・説明の記載）"
            statements += under(heading, self._reported(report))
        statements += self._perhaps(ordered)
        return Draft((*statements, *self.law_note(cases)), ordered)

    def _afterwards(
        self,
        report: Case,
        told: Sequence[tuple[Case, Decision]],
        ordered: tuple[Case, ...],
    ) -> Draft:
        """What was reported of a matter after its verdict, first; then how it came to that."""
        lead = Statement(
            Style.LEAD,
            (
                f"{report.municipality or ''} {sitting_name(report)}で**報告**されています"
                "（資料・説明の記載）。",
                Quote(report.record, *report.title_span, show=False),
            ),
        )
        steps = under("経過", self._steps(told, told[-1][1])) if len(told) > 1 else []
        return Draft((lead, *self._reported(report), *steps, *self.law_note(ordered)), ordered)

    def _steps(self, told: Sequence[tuple[Case, Decision]], newest: Decision) -> list[Statement]:
        """Each word on the matter in its turn, with its conditions; `newest` is marked as such."""
        statements = []
        for case, decision in told:
            mark = "（最新）" if decision is newest else ""
            mark += correction_mark(case, decision)
            words = (
                f"{sitting_name(case, decision)}: **{outcome_word(case, decision.outcome)}**{mark} "
            )
            span = (decision.start, decision.end) if decision.text else case.title_span
            statements.append(Statement(Style.CASE, (words, Quote(case.record, *span))))
            statements += [
                Statement(Style.ITEM, ("条件・附帯意見: ", Quote(case.record, x.start, x.end)))
                for x in decision.conditions
            ]
        return statements

    def _reported(self, case: Case) -> list[Statement]:
        """What a report told: the first lines of its part that are no title and no speech."""
        text = self.index.text(case.record)
        told: list[Statement] = []
        start, end = max(case.spans, key=lambda span: span[1] - span[0])
        for a, b in sentences(text, start, min(end, start + 900)):
            said = fold(text[a:b])
            if len(said) < 16 or said[:12] in fold(case.title) or re.match(r"^[-―—(（]", text[a]):
                continue
            told.append(Statement(Style.ITEM, (Quote(case.record, a, min(b, a + 120)),)))
            if len(told) == 3:
                break
        return told

    def _related(
        self,
        question: Question,
        cases: Sequence[Case],
        hits: Sequence[Hit],
        *,
        covered: float,
        most: int,
    ) -> list[Statement]:
        """Sentences of the cases on what is asked beside their names and conditions."""
        named = " ".join(map(self.evidence.facts_of, cases))
        points = [t for t in question.terms if t.weight >= 1.0 and t.share(named) < _UNNAMED]
        units = [
            unit
            for unit in self.evidence.units(question, hits, cases)
            if unit.case in cases
            and any(point.share(fold(unit.text)) >= _SPOKEN for point in points)
            and unit.covered >= covered
            and unit.passage.kind in (PassageKind.EXCHANGE, PassageKind.PAPER)
            and not self.facts.is_title(unit)
            and not looks_like_title(unit.text)
        ]
        return [self.facts.unit_statement(unit, Style.ITEM, question) for unit in units[:most]]

    # -- conditions

    def conditions(self, findings: Findings) -> Draft:
        """The conditions of the cases meant, word for word, or that none are told."""
        question, _, hits, scope = findings
        cases = findings.meant
        if not cases and not question.terms and (question.municipalities or question.dated):
            cases = [case for case in scope if any(d.conditions for d in case.decisions)]
            if not cases and scope:
                conditioned = replace(question, outcomes=(Outcome.APPROVED_WITH_CONDITIONS,))
                return self.absences.no_such_outcome(conditioned, scope)
        if not cases:
            return self.absences.no_such_case(question)
        cases = self.with_chains(cases, question)
        attached = [(c, d) for c in cases for d in c.decisions if d.conditions]
        if (one := self._numbered(question, cases, attached)) is not None:
            return one
        if attached:
            return self._attached(question, cases, attached, hits)
        decided = [case for case in cases if case.outcome not in UNDECIDED]
        unknown = [c for c in decided if c.outcome is Outcome.APPROVED_WITH_CONDITIONS]
        if unknown:
            return self._without_words(unknown[0])
        if decided and len({case.matter for case in decided}) == 1:
            return self._unconditional(question, self.in_order(decided)[-1], hits)
        if not decided and len(cases) == 1:
            return self.one_verdict(question, cases[0], hits)
        return self.many_verdicts(question, decided or cases, hits)

    def _numbered(
        self,
        question: Question,
        cases: Sequence[Case],
        attached: Sequence[tuple[Case, Decision]],
    ) -> Draft | None:
        """The one condition asked for (条件の3つ目), or that there are not so many; None where none
        is asked for by its number, or the conditions are those of several decisions."""
        asked = _NTH.search(fold(question.text))
        n = number(asked["n"] or asked["m"]) if asked else None
        most = max((len(decision.conditions) for _, decision in attached), default=0)
        if not n or (len(attached) > 1 and n <= most) or (not attached and len(cases) > 1):
            return None
        conditions = attached[0][1].conditions if attached else ()
        case = attached[0][0] if attached else cases[0]
        if n <= len(conditions):
            told = conditions[n - 1]
            lead = (
                f"条件{len(conditions)}つのうち{n}つ目: ",
                Quote(case.record, told.start, told.end),
            )
            return Draft((Statement(Style.LEAD, lead), self.case_line(case)), (case,))
        held = f"記録にある条件は{most}つです。" if len(attached) == 1 else ""
        words = f"**{n}つ目の条件は、記録にありません。**{held}"
        title = Quote(case.record, *case.title_span, show=False)
        lines = (Statement(Style.LEAD, (words, title)), self.case_line(case))
        return Draft(lines, (case,), True)

    def _attached(
        self,
        question: Question,
        cases: Sequence[Case],
        attached: Sequence[tuple[Case, Decision]],
        hits: Sequence[Hit],
    ) -> Draft:
        """The conditions one by one, then the cases without any."""
        told = {case.id for case, _ in attached}
        where = ""
        if len(told) == 1:
            case, decision = attached[0]
            where = f"（{place_name(case, decision)}、{outcome_word(case, decision.outcome)}）"
        quotes = [Quote(c.record, d.start, d.end, show=False) for c, d in attached[:3]]
        statements = [Statement(Style.LEAD, (f"次の意見・条件が付いています{where}。", *quotes))]
        if len(told) == 1 and (lacking := self._none_of_them(question, attached)):
            words = f"**付いた意見・条件に「{'・'.join(lacking)}」は見当たりません。**"
            related = self._related(question, cases[:1], hits, covered=_NEAR, most=2)
            pieces = ("記録では: ", *related[0].pieces) if related else ()
            statements.insert(0, Statement(Style.LEAD, (words, *pieces, *quotes[:1])))
            related = related[1:]
        else:
            related = self._related(question, cases, hits, covered=0.75, most=2)
        for case, decision in attached:
            prefix = f"{case.municipality or ''} {short_title(case.title, 24)}: "
            statements += [
                Statement(
                    Style.ITEM,
                    (prefix if len(told) > 1 else "", Quote(case.record, x.start, x.end)),
                )
                for x in decision.conditions
            ]
        others = self.in_order([case for case in cases if case.id not in told])
        statements += under("ほかの案件", [self.case_line(case) for case in others])
        statements += under("関連の記載", related)
        return Draft(tuple(statements), tuple(self.in_order(cases)))

    def _none_of_them(
        self, question: Question, attached: Sequence[tuple[Case, Decision]]
    ) -> list[str]:
        """What a question takes to be a condition (…も条件でしたよね), where none speaks of it."""
        key = fold(question.text)
        if not _SUPPOSES.search(key) or _ASKS_WHICH.search(key):
            return []
        title = fold(attached[0][0].title)
        terms = [t for t in question.terms if t.weight >= NAMED and t.share(title) < DETAIL]
        texts = [fold(condition.text) for _, d in attached for condition in d.conditions]
        if any(term.share(text) >= DETAIL for term in terms for text in texts):
            return []
        return [as_written(term, question.text) or term.key for term in terms]

    def _without_words(self, case: Case) -> Draft:
        """A case that was approved with conditions which the records do not give."""
        newest = case.newest
        quotes = [Quote(case.record, newest.start, newest.end, show=False)] if newest else []
        words = "意見・条件が付いたことは記録されていますが、**その内容は読み取れていません。**"
        lead = Statement(Style.LEAD, (words, *quotes))
        return Draft((lead, self.case_line(case), SEARCHED_NOTE), (case,), True)

    def _unconditional(self, question: Question, case: Case, hits: Sequence[Hit]) -> Draft:
        """A case that was decided, without a word of conditions."""
        lead = self.verdict_lead(case)
        if case.outcome is Outcome.APPROVED:
            words = "**条件・附帯意見の記載はありません。** "
            lead = Statement(Style.LEAD, (words, *lead.pieces))
        asked = self._asked_items(question, case, hits)
        return Draft((lead, self.about(case), *asked), (case,))


def _is_one(cases: Sequence[Case]) -> bool:
    return len({case.matter for case in cases}) == 1


def _about_a_detail(question: Question, case: Case) -> bool:
    """Whether a question on a case's outcome asks of something that its title does not name."""
    facts = fold(f"{case.title} {case.department or ''}")
    total = sum(term.weight for term in question.terms)
    beside = sum(t.weight for t in question.terms if t.name and t.share(facts) < 0.3)
    return bool(total) and beside / total > DETAIL
