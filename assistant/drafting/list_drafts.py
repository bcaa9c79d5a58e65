"""Question + scope -> the draft that lists or counts cases: how many, how they ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.fact_drafts import Facts
from assistant.evidence import COMPATIBLE, Evidence, Match
from assistant.facts import OUTCOME_WORDS
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
    outcome_counts,
)
from assistant.understanding.asked_cases import APPROVALS
from assistant.understanding.intents import Intent, asks_which_towns
from assistant.understanding.terms import Term, as_written
from assistant.understanding.times import year_name
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold, level
from index.store import Index

_ASKS_SHARE = re.compile(r"率(?:は|を|が|[?。]|$)|割合|何割|何%|何パーセント")
_TICKS = re.compile(
    r"印(?:が|の|を)(?:あ[るっり]|付|つ)|(?:チェック|レ点|丸|〇|○)(?:が|の)(?:あ[るっり]|付|つ|入)"
)
_USES = re.compile(
    r"使|用い|扱|含|載|出てく|書か|通じ|経由|接続|触れ|活用|利用(?:する|した|して)|記載|話題|議論"
)
_TELLING = 0.8  # the weight of a word that names a matter by itself
_TITLED, _WHOLE = 0.6, 0.99  # of the names asked for, in what names a case; in all that is of it
_MOST_YEARS = 5  # told apart in a count


class Lists(Writer):
    """Lists and counts cases."""

    def __init__(self, index: Index, evidence: Evidence, absences: Absences, facts: Facts) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts

    def listing(self, findings: Findings) -> Draft:
        """How many cases there are of what is asked, and a line for each."""
        question, _, hits, scope = findings
        if _TICKS.search(fold(question.text)):
            return self._ticked(question, scope)
        of_all = self.listed(question, scope)
        cases = self.with_outcome(question, of_all)
        counting = question.intent is Intent.COUNT
        which_towns = asks_which_towns(fold(question.text))
        if counting and _ASKS_SHARE.search(fold(question.text)) and of_all:
            return self._share(question, cases, of_all)
        if not cases and question.points and question.points.others:
            what = f"「{self.topic_words(question)}」の" if question.terms else ""
            words = f"**ほかに{what}案件は、記録に見つかりません。**"
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)
        if not cases:
            if (question.outcomes or of_all) and scope and (of_all or not question.terms):
                return self.absences.no_such_outcome(question, of_all or scope)
            uses = which_towns or _USES.search(fold(question.text))
            if uses and (spoken := self._spoken_of(question)):
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
        lines = [self.case_line(c, self.evidence.decided_at(c, question)) for c in ordered]
        lead = self.count_lead(question, cases, of_all)
        if question.outcomes and any(
            self.standing(case).outcome not in question.outcomes for case in cases
        ):
            lead = self._since(question, ordered, of_all)
        apart = self._apart(question, cases) if counting or which_towns else {}
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
        decided = [case for case in of if case.outcome not in UNDECIDED]
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
        if len(question.municipalities) > 1 or asks_which_towns(fold(question.text)):
            by = {town: [] for town in question.municipalities}
            for case in cases:
                by.setdefault(case.municipality or "自治体の記載なし", []).append(case)
            if not question.municipalities:  # none was named first
                by = dict(sorted(by.items(), key=lambda told: -len(told[1])))
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
        total = f"、合わせて{len(cases)}件" if len(by) > 1 else ""
        return Statement(Style.LEAD, (f"{'、'.join(told)}{total}です。", *quotes[:4]))

    def listed(self, question: Question, scope: Sequence[Case]) -> list[Case]:
        """The cases whose titles and facts hold what the question names; without a matter named,
        all in scope."""
        if not question.terms:
            return list(scope)
        long = [term for term in question.terms if len(term.key) > 1]  # 国 stands in too many words
        # verbs and adjectives (映像を撮る案件) say how, and decide nothing here
        names = [term for term in long if term.name and term.weight >= _TELLING]
        held = [self.evidence.match(case, names or long) for case in scope] if long else []
        some = [m.case for m in held if m.strong >= _TITLED or self._spoken_of_beside(m, names)]
        some = [case for case in some if _ticked_for(case, names or long)]
        for office in names:  # 情報政策課 is not 子ども政策課, though 情報 stands there too
            theirs = [case for case in some if office.key in fold(case.department or "")]
            some = theirs if office.key.endswith("課") and theirs else some
        return [case for case in some if not self.evidence.lacking(question, case)]

    def _spoken_of_beside(self, match: Match, names: Sequence[Term]) -> bool:
        """Whether one of several names asked for names a case, and what is said of it has all."""
        facts = self.evidence.facts_of(match.case)
        return len(names) > 1 and match.full >= _WHOLE and any(t.share(facts) == 1 for t in names)

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
        if Outcome.NOT_RECORDED in question.outcomes:
            return [case for case in cases if self.standing(case).outcome in question.outcomes]
        if question.outcomes:  # put off once, though approved since
            return [case for case in cases if _ever(case, question)]
        if re.search(r"結論(?:を|が)(?:出|下)した|結論が出(?:た|ている)", key):
            return [case for case in cases if case.outcome not in UNDECIDED]
        return list(cases)


def _ticked_for(case: Case, names: Sequence[Term]) -> bool:
    """Whether a case with a box for what is named has it ticked, or its title has the name."""
    ticks = [fold(tick) for slot in case.slots for tick in slot.ticked]
    printed = [fold(slot.value) for slot in case.slots if slot.ticked]
    title = fold(case.title)
    for term in names:
        boxed = any(term.key in value for value in printed)
        if boxed and term.key not in title and not any(term.key in tick for tick in ticks):
            return False
    return True


def _ever(case: Case, question: Question) -> bool:
    """Whether a case ended as asked for at any of its sittings."""
    return any(decision.outcome in question.outcomes for decision in case.decisions)
