"""Question + evidence -> the draft that tells verdicts: of one case, of a matter over its sittings,
with their conditions, as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.absence_drafts import Absences
from assistant.evidence import COMPATIBLE, Evidence, Match
from assistant.exchange_drafts import Exchanges
from assistant.fact_drafts import Facts
from assistant.facts import OUTCOME_WORDS, correction_mark, outcome_word
from assistant.hits import Hit
from assistant.intents import APPROVALS, ASKS_OUTCOME, Intent, Wanted
from assistant.questions import Question
from assistant.statements import (
    SEARCHED_NOTE,
    Draft,
    Findings,
    Quote,
    Statement,
    Style,
    Writer,
    outcome_counts,
    place_name,
    short_title,
    sitting_name,
    under,
)
from assistant.terms import as_written
from assistant.times import year_name
from index.cases import Case, Decision
from index.japanese import fold, level
from index.passages import PassageKind
from index.sentences import sentences
from index.store import Index
from index.titles import looks_like_title
from index.verdicts import Outcome

DETAIL = 0.5
_ABOUT_A_CASE = re.compile(r"案件|諮問|承認|認められ|通った|OK|件は|件、")
_SETTLED = re.compile(r"(?:する|した|なる|ない|る)(?:こと|と)に(?:決ま|決め|な(?:った|り))")
_AFTERWARDS = re.compile(r"その後|対応|守られ|守って|履行|報告され|実行され|満たされ")
_KEPT = re.compile(r"(?:条件|意見)[^。]{0,12}(?:守|履行|実行|満たさ|対応|報告)")
_ASKS_SHARE = re.compile(r"率(?:は|を|が|[?。]|$)|割合|何割|何%|何パーセント")
_UNDECIDED = (Outcome.NOT_RECORDED, Outcome.REPORTED)

_TICKS = re.compile(
    r"印(?:が|の|を)(?:あ[るっり]|付|つ)|(?:チェック|レ点|丸|〇|○)(?:が|の)(?:あ[るっり]|付|つ|入)"
)

_MAYBE = "関連するかもしれない案件（同じ案件かどうかは、記録からは確かめられません）"
_MOST_MAYBE = 3
_USES = re.compile(
    r"使|用い|扱|含|載|出てく|書か|通じ|経由|接続|触れ|活用|利用(?:する|した|して)|記載|話題|議論"
)
_AT_A_GLANCE = 6  # cases; of more, those with a verdict stand before those without
_MOST_YEARS = 5  # told apart in a count

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
    ) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts
        self.exchanges = exchanges

    def verdict(self, findings: Findings) -> Draft:
        """The verdict on the matter meant, or a line for each case where several are."""
        question, _, hits, scope = findings
        cases = findings.meant
        named = any(term.name for term in question.terms)
        if _KEPT.search(fold(question.text)) and (not named or len(cases) > 1):
            kept = self._kept(self.with_chains(cases, question) if named else scope)
            if kept is not None:
                return kept
        if question.outcomes and (not question.terms or set(question.outcomes) <= set(APPROVALS)):
            return self.listing(findings)
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
        decided = [case for case in cases if case.outcome not in _UNDECIDED]
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

    def _asked_items(
        self, question: Question, case: Case, hits: Sequence[Hit], most: int = 3
    ) -> list[Statement]:
        """The exchanges of the case that bear most on the question."""
        return under(
            "審議で問われたこと",
            [
                self.exchanges.item(case, exchange)
                for case, exchange in self.exchanges.ranked(question, [case], hits)[:most]
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
        decided = [c for c in cases if c.outcome not in _UNDECIDED]
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
        statements += under(
            "記録にある関連の記載", self._related(question, cases, hits, covered=0.5, most=3)
        )
        statements += self._perhaps(ordered)
        return Draft((*statements, *self.law_note(cases)), ordered)

    def _kept(self, scope: Sequence[Case]) -> Draft | None:
        """Of all cases with conditions, on which there is a later report, and on which none."""
        conditioned = self.in_order([c for c in scope if any(d.conditions for d in c.decisions)])
        reports = {case.id: self.reports_on(case) for case in conditioned}
        reported = [case for case in conditioned if reports[case.id]]
        if not conditioned:
            return None
        words = (
            f"条件・附帯意見の付いた案件は**{len(conditioned)}件**あり、"
            f"その後の報告が記録にあるのは**{len(reported)}件**です。"
        )
        quotes = [Quote(case.record, *case.title_span, show=False) for case in conditioned[:3]]
        lines = []
        for case in reported:
            line = self.case_line(case)
            for report in reports[case.id]:
                title = Quote(report.record, *report.title_span, show=False)
                line = replace(
                    line, pieces=(*line.pieces, f" → {sitting_name(report)}で報告", title)
                )
            lines.append(line)
        others = [self.case_line(case) for case in conditioned if not reports[case.id]]
        return Draft(
            (
                Statement(Style.LEAD, (words, *quotes)),
                *lines,
                *under("その後の報告が見つからない案件", others),
            ),
            tuple(conditioned),
        )

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
        elsewhere: bool = False,
    ) -> list[Statement]:
        """Sentences that bear on the question; of the cases only, unless `elsewhere` too."""
        units = [
            unit
            for unit in self.evidence.units(question, hits, cases)
            if (elsewhere or unit.case in cases)
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
        if attached:
            return self._attached(question, cases, attached, hits)
        decided = [case for case in cases if case.outcome not in _UNDECIDED]
        unknown = [c for c in decided if c.outcome is Outcome.APPROVED_WITH_CONDITIONS]
        if unknown:
            return self._without_words(unknown[0])
        if len(decided) == 1:
            return self._unconditional(question, decided[0], hits)
        if not decided and len(cases) == 1:
            return self.one_verdict(question, cases[0], hits)
        return self.many_verdicts(question, decided or cases, hits)

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
        related = self._related(question, cases, hits, covered=0.75, most=2, elsewhere=True)
        statements += under("関連の記載", related)
        return Draft(tuple(statements), tuple(self.in_order(cases)))

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

    # -- lists and counts

    def listing(self, findings: Findings) -> Draft:
        """How many cases there are of what is asked, and a line for each."""
        question, _, hits, scope = findings
        if _TICKS.search(fold(question.text)):
            return self._ticked(question, scope)
        of_all = self.listed(question, scope)
        cases = self.with_outcome(question, of_all)
        counting = question.intent is Intent.COUNT
        if counting and _ASKS_SHARE.search(fold(question.text)) and of_all:
            return self._share(question, cases, of_all)
        if not cases:
            if (question.outcomes or of_all) and scope and (of_all or not question.terms):
                return self.absences.no_such_outcome(question, of_all or scope)
            if _USES.search(fold(question.text)) and (spoken := self._spoken_of(question)):
                return spoken
            of_cases = re.search(r"案件|諮問|承認|先例|前例", fold(question.text))
            if counting or not of_cases or question.wanted is not Wanted.ANYTHING:
                alone = self.facts.fact(question, hits, [])
                if alone is not None:
                    return alone
            return self.absences.no_such_case(question)
        of_cases = re.search(r"案件|諮問|承認|もの|先例|例", fold(question.text))
        if counting and question.terms and not of_cases:
            alone = self.facts.fact(question, hits, findings.meant)
            if alone is not None:
                return alone
        ordered = self.in_order(cases)
        lines = [self.case_line(case) for case in ordered]
        lead = self.count_lead(question, cases, of_all)
        if question.outcomes and any(
            self.standing(case).outcome not in question.outcomes for case in cases
        ):
            lead = self._since(question, ordered, of_all)
        apart = self._apart(question, cases) if counting else {}
        if apart:
            lead = self._apart_lead(apart, cases)
        return Draft((lead, *lines, *self.law_note(cases)), tuple(ordered))

    def _since(self, question: Question, cases: Sequence[Case], of: Sequence[Case]) -> Statement:
        """How many cases ended as asked at one sitting, and how they stand now."""
        names = "・".join(OUTCOME_WORDS[outcome] for outcome in question.outcomes)
        words = f"案件{len(of)}件のうち、{names}とされたことのある案件は**{len(cases)}件**です"
        now = outcome_counts([self.standing(case) for case in cases])
        words += f"（その後のものを含めた今の結論: {now}）。"
        quotes = [
            Quote(case.record, decision.start, decision.end, show=False)
            for case in cases[:3]
            for decision in case.decisions
            if decision.outcome in question.outcomes
        ]
        return Statement(Style.LEAD, (words, *quotes))

    def _ticked(self, question: Question, scope: Sequence[Case]) -> Draft:
        """The cases on whose sheets the box named is ticked, of those whose sheets have boxes."""
        named = re.search(r"「([^「」]{2,60})」", level(question.text))
        phrase = fold(named[1]) if named else ""
        terms = [t for t in question.terms if t.name and not _TICKS.search(t.key + "が付く")]
        boxed = [case for case in scope if any(slot.ticked for slot in case.slots)]
        held: list[Case] = []
        for case in boxed:
            ticks = [fold(tick) for slot in case.slots for tick in slot.ticked]
            if any(
                phrase in tick if phrase else terms and all(t.share(tick) >= 0.7 for t in terms)
                for tick in ticks
            ):
                held.append(case)
        written = (as_written(term, question.text) or term.key for term in terms)
        what = named[1] if named else "・".join(written)
        of = f"（印の付いた欄が読み取れた案件{len(boxed)}件のうち）"
        if not held:
            words = f"**「{what}」に印の付いた案件は見つかりません**{of}。"
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)
        ordered = self.in_order(held)
        quotes = [Quote(case.record, *case.title_span, show=False) for case in ordered[:3]]
        words = f"「{what}」に印の付いた案件は**{len(held)}件**です{of}。"
        lines = [self.case_line(case) for case in ordered]
        return Draft((Statement(Style.LEAD, (words, *quotes)), *lines), tuple(ordered))

    def _share(self, question: Question, cases: Sequence[Case], of: Sequence[Case]) -> Draft:
        """What part of the cases ended so: of all, and of those with a verdict."""
        if cases == of or not cases:  # 承認率: no outcome was named but by that word
            cases = [case for case in of if case.outcome in COMPATIBLE[Outcome.APPROVED]]
        decided = [case for case in of if case.outcome not in _UNDECIDED]
        some = [case for case in cases if case in decided]
        quotes = [Quote(c.record, *c.title_span, show=False) for c in self.in_order(some)[:3]]
        words = f"結論の記録がある案件{len(decided)}件のうち**{len(some)}件**です"
        if decided:
            words += f"（約{100 * len(some) / len(decided):.0f}%）"
        lead = Statement(Style.LEAD if quotes else Style.NOTE, (f"{words}。", *quotes))
        rest = len(of) - len(decided)
        note = f"案件は全部で{len(of)}件あり、報告や結論が見つからないもの{rest}件は除いています。"
        return Draft(
            (
                lead, Statement(Style.NOTE, (note,)), self.count_lead(question, of),
                *(self.case_line(case) for case in self.in_order(some)),
            ),
            tuple(self.in_order(some)),
        )  # fmt: skip

    def _apart(self, question: Question, cases: Sequence[Case]) -> dict[str, list[Case]]:
        """The cases of each town or year, where several are named."""
        by: dict[str, list[Case]] = {}
        if len(question.municipalities) > 1:
            by = {town: [] for town in question.municipalities}
            for case in cases:
                by.setdefault(case.municipality or "", []).append(case)
        elif 1 < len(question.years) <= _MOST_YEARS:
            for year in question.years:
                of_year = replace(question, years=(year,))
                told = [case for some in by.values() for case in some]
                by[year_name(year)] = [
                    c for c in cases if c not in told and self.evidence.timely(c, of_year)
                ]
        return by

    def _apart_lead(self, by: dict[str, list[Case]], cases: Sequence[Case]) -> Statement:
        """How many cases each town or year has, and how many all have."""
        told = [
            f"{name}は**{len(some)}件**" + (f"（{outcome_counts(some)}）" if some else "")
            for name, some in by.items()
        ]
        quotes = [Quote(c[0].record, *c[0].title_span, show=False) for c in by.values() if c]
        return Statement(
            Style.LEAD, (f"{'、'.join(told)}、合わせて{len(cases)}件です。", *quotes[:4])
        )

    def listed(self, question: Question, scope: Sequence[Case]) -> list[Case]:
        """The cases whose titles and facts hold what the question names; without a matter named,
        all in scope."""
        if not question.terms:
            return list(scope)
        # verbs and adjectives (映像を撮る案件) say how, and decide nothing here
        long = [term for term in question.terms if len(term.key) > 1]  # 国 stands in too many words
        names = [term for term in long if term.name] or long
        held = [self.evidence.match(case, names) for case in scope] if names else []
        some = [match.case for match in held if match.strong >= 0.6]
        return [case for case in some if not self.evidence.lacking(question, case)]

    def _spoken_of(self, question: Question) -> Draft | None:
        """The cases that use what the question names, though no title has it."""
        cases = self.with_outcome(question, self.absences.spoken_of(question))
        if not cases:
            return None
        words = (
            f"件名に「{self.topic_words(question)}」とある案件は見つかりません。資料や発言に"
            f"この言葉が出てくる案件は**{len(cases)}件**あります: {outcome_counts(cases)}。"
        )
        quotes = [Quote(case.record, *case.title_span, show=False) for case in cases[:3]]
        lines = [self.case_line(case) for case in cases]
        return Draft((Statement(Style.LEAD, (words, *quotes)), *lines), tuple(cases))

    def with_outcome(self, question: Question, cases: Sequence[Case]) -> list[Case]:
        """The cases with the outcome that the question asks for."""
        key = fold(question.text)
        if question.outcomes == (Outcome.APPROVED_WITH_CONDITIONS,):
            return [
                case
                for case in cases
                if case.outcome in question.outcomes or any(d.conditions for d in case.decisions)
            ]
        if set(question.outcomes) & set(APPROVALS):
            return [case for case in cases if case.outcome in question.outcomes]
        if question.outcomes:  # put off once, though approved since
            return [case for case in cases if _ever(case, question)]
        if re.search(r"結論(?:を|が)(?:出|下)した|結論が出(?:た|ている)", key):
            return [case for case in cases if case.outcome not in _UNDECIDED]
        return list(cases)


def _ever(case: Case, question: Question) -> bool:
    """Whether a case ended as asked for at any of its sittings."""
    return any(decision.outcome in question.outcomes for decision in case.decisions)


def _is_one(cases: Sequence[Case]) -> bool:
    return len({case.matter for case in cases}) == 1


def _about_a_detail(question: Question, case: Case) -> bool:
    """Whether a question on a case's outcome asks of something that its title does not name."""
    facts = fold(f"{case.title} {case.department or ''}")
    total = sum(term.weight for term in question.terms)
    beside = sum(t.weight for t in question.terms if t.name and t.share(facts) < 0.3)
    return bool(total) and beside / total > DETAIL
