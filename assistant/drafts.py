"""Question + evidence -> Draft: statements proposed as an answer, each with the quotes it rests on.

Composed without a language model. The first line answers; whose word it is, is said; what the
records do not say is said to be missing. Here the question is given to the writer that knows its
kind of answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.checks import Checks
from assistant.drafting.comparison_drafts import Comparisons
from assistant.drafting.course_drafts import Courses
from assistant.drafting.exchange_drafts import Exchanges
from assistant.drafting.explanation_drafts import Explanations
from assistant.drafting.extreme_drafts import Extremes
from assistant.drafting.fact_drafts import Facts
from assistant.drafting.list_drafts import Lists
from assistant.drafting.material_drafts import Material
from assistant.drafting.meeting_drafts import Meetings
from assistant.drafting.tracking_drafts import Tracking
from assistant.drafting.verdict_drafts import Verdicts
from assistant.drafting.vote_drafts import Votes
from assistant.evidence import Evidence, Match
from assistant.facts import OUTCOME_WORDS
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import (
    SEARCHED,
    SEARCHED_NOTE,
    Draft,
    Findings,
    Quote,
    Statement,
    Style,
    date_name,
    short_title,
    sitting_name,
    with_corrections,
)
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import counter_of
from assistant.understanding.sittings import names_a_matter
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.japanese import fold
from index.store import Index

__all__ = [
    "OUTCOME_WORDS",
    "SEARCHED",
    "Composer",
    "Draft",
    "Quote",
    "Statement",
    "Style",
    "date_name",
    "short_title",
    "sitting_name",
]

_REASON_OF_VERDICT = re.compile(
    r"不承認|否決|却下|不適当|認められな|認めな|通らな|否と|結論を出せ|継続|外された|承認しな|見送"
    r"|可決(?:じゃ|で(?:は)?|され|し)な|保留|留保|一部|ダメ|だめ|駄目|引っ込め|取り?下げ|やめた|取りやめ|決まらな|先送り|持ち越"
)
# what is told of cases, and so is told of no case that lacks what the question names
_LISTS = (Intent.LIST, Intent.COUNT)  # 継続審議になった案件は? takes nothing for granted
_OF_CASES = (Intent.VERDICT, Intent.CONDITIONS, Intent.HISTORY)
_ABOUT_CASES = (
    Intent.VERDICT,
    Intent.CONDITIONS,
    Intent.LIST,
    Intent.COUNT,
    Intent.HISTORY,
)


# 委員の一人から…との意見があった
_REPORTS = re.compile(
    r"(?:意見|指摘|質問|懸念|要望|発言|反対|疑問)[^。]{0,14}(?:あ[りっ]|出[さた]|述べ|寄せ|受け|付記)"
)
_ASKED_VERDICT = re.compile(r"承認|認められ|可決|結論|結果|どうな[っり]|条件|附帯")
_EACH = re.compile(r"それぞれ|両方|比べ")


def _asks_why_so_decided(question: Question) -> bool:
    """Whether a why-question is on what the council decided: by its words, or because it follows
    an answer on a verdict (承認された？ なんで？)."""
    bare = question.follows and question.terms == question.topic
    return bool(
        _REASON_OF_VERDICT.search(fold(question.text))
        or (bare and _ASKED_VERDICT.search(fold(question.search_text)))
    )


class Composer:
    """Writes drafts over one index."""

    def __init__(
        self,
        index: Index,
        evidence: Evidence,
        search: Callable[[Question], Sequence[Hit]],
    ) -> None:
        """Take what the answers are made of, and the search for what is asked of one side."""
        self.search = search
        self.index = index
        self.evidence = evidence
        self.absences = Absences(index, evidence)
        self.facts = Facts(index, evidence)
        self.explanations = Explanations(index, evidence, self.absences, self.facts)
        self.exchanges = Exchanges(index, evidence, self.absences, self.facts)
        self.material = Material(index, evidence, self.absences, self.exchanges)
        self.lists = Lists(index, evidence, self.absences, self.facts)
        self.verdicts = Verdicts(
            index, evidence, self.absences, self.facts, self.exchanges, self.lists,
            Tracking(index, evidence),
        )  # fmt: skip
        self.comparisons = Comparisons(
            index, evidence, self.absences, self.facts, self.verdicts, self.explanations,
            self._searched,
        )  # fmt: skip
        self.courses = Courses(index, evidence, self.exchanges)
        self.votes = Votes(index, evidence, self.absences)
        self.extremes = Extremes(index, evidence, self.lists)
        self.meetings = Meetings(index, evidence, self.absences, self.facts, self.lists)
        self.checks = Checks(index, evidence, self.absences, self.verdicts)

    def draft(self, question: Question, hits: Sequence[Hit]) -> Draft:
        """The draft for a question, given the passages found for it; it says what of it people
        have corrected."""
        return with_corrections(self._draft(question, hits))

    def _searched(self, question: Question) -> tuple[Draft, Sequence[Hit]]:
        """The draft for a question on one side of a comparison, and what was found for it."""
        hits = self.search(question)
        return self._draft(question, hits), hits

    def _draft(self, question: Question, hits: Sequence[Hit]) -> Draft:
        if not question.text.strip():
            return self.absences.nothing_asked()
        scope = self.evidence.in_scope(question)
        if question.outside is not None:
            meant = [match.case for match in self.evidence.meant(question, scope, hits)]
            return self.absences.outside(question.outside, meant)
        elsewhere = question.unknown_places and not question.municipalities
        if elsewhere and not self.absences.place_is_told(question, hits):
            return self.absences.no_such_place(question)
        if (oriented := self.explanations.orientation(question)) is not None:
            return oriented
        exactly = [c for c in scope if any(x.fits(c, exactly=True) for x in question.labels)]
        scope = exactly or scope
        if question.labels and not scope:
            return self.absences.no_such_label(question)
        matches = self.evidence.meant(question, scope, hits)
        pointed = question.focus and not (question.points and question.points.others)
        if (question.labels or pointed) and not matches:
            matches = [Match(case, 1.0, 1.0) for case in scope]  # named by what they are called
        meant = [match.case for match in matches]
        if question.sides or question.intent is Intent.COMPARISON:
            findings = Findings(question, matches, hits, scope)
            return self.checks.checked(findings, self.comparisons.comparison(findings))
        if (
            (question.dated or question.month)
            and not scope
            and question.intent is not Intent.MEETING  # a sitting may have no case
            and (question.municipalities or question.intent in _ABOUT_CASES)
        ):
            alone = None
            if question.intent in (Intent.FACT, Intent.COUNT, Intent.REASON):
                alone = self.facts.fact(question, hits, [])
            if alone is None or self.checks.of_another_time(question, alone):
                return self.absences.no_such_time(question)
            return alone
        if (
            question.extreme is not None
            and question.intent is not Intent.MEETING
            and (told := self.extremes.extreme(question, scope))
        ):
            return told
        presumes = question.presumed is not None and question.intent not in _LISTS
        if presumes and meant and (wrong := self.verdicts.correction(question, matches)):
            return wrong
        if presumes:  # why it was refused: of the cases meant, those refused
            fitting = [m for m in matches if self.verdicts.bears_out(m.case, question)]
            matches = fitting or matches
        if question.intent in _OF_CASES and question.terms:
            lacking = {m.case.id: self.evidence.lacking(question, m.case) for m in matches}
            near = matches
            matches = [match for match in matches if not lacking[match.case.id]]
            if not matches and (alike := self.evidence.alike(question, scope, hits)) is not None:
                findings = Findings(question, [Match(alike, 1.0, 1.0)], hits, scope)
                told = self.checks.checked(findings, self._by_intent(findings))
                return self.absences.said_otherwise(question, alike, told)
            if near and not matches:
                lacked = [t for t in question.terms if all(t in of for of in lacking.values())]
                if not lacked:  # one has this, another that, and none has both
                    lacked = [t for t in question.terms if any(t in of for of in lacking.values())]
                return self.absences.only_near(question, lacked, [m.case for m in near])
        findings = Findings(question, matches, hits, scope)
        return self.checks.checked(findings, self._by_intent(findings))

    def _by_intent(self, findings: Findings) -> Draft:
        """The kind of answer that the question asks for."""
        question, _, hits, scope = findings
        meant = findings.meant
        if question.quoted is not None:
            return self.exchanges.said(*question.quoted)
        if question.intent in (Intent.FACT, Intent.EXCHANGE):
            told = self.exchanges.speaker(question, hits, meant)
            if told is not None:
                return told
        every = self.facts.fields.of_each(question, scope)
        if (told := every or self.courses.courses(question, scope)) is not None:
            return told
        if (voted := self.votes.votes(question, meant)) is not None:
            return voted
        match question.intent:
            case Intent.VERDICT | Intent.HISTORY:
                return self.verdicts.verdict(findings)
            case Intent.CONDITIONS:
                return self.verdicts.conditions(findings)
            case Intent.DRAFTING:
                return self.material.material(findings)
            case Intent.LIST | Intent.COUNT:
                return self.lists.listing(findings)
            case Intent.EXCHANGE:
                told = self.exchanges.exchanges(findings)
                return (self._reported(findings) if told.abstained else None) or told
            case Intent.MEETING:
                told = self.meetings.meeting(findings)
                # what no part of a sitting says may stand in what was said there
                asks_more = told.abstained and self._asks_more(question, meant)
                alone = self.facts.fact(question, hits, meant) if asks_more else None
                if alone is not None and self.checks.of_another_time(question, alone):
                    return told
                return alone or told
            case Intent.DEFINITION:
                return self.explanations.definition(question, hits, meant)
            case Intent.REASON if meant and _asks_why_so_decided(question):
                if (reasoned := self.explanations.reason(meant[0], question)) is not None:
                    return reasoned
                if question.follows and question.terms == question.topic:
                    return self.absences.not_said(meant[:1])
            case Intent.FACT if len(meant) > 1 and _EACH.search(question.text):
                return self.comparisons.comparison(findings)
        told = self.facts.fact(question, hits, meant)
        if told is None and question.told:
            words = "**ほかに、お尋ねの点に答える記載は見つかりませんでした。**"
            return Draft((Statement(Style.NOTE, (words,)), SEARCHED_NOTE), (), True)
        return told or self.absences.not_said(meant, self.facts.nearest(question, hits, meant))

    def _reported(self, findings: Findings) -> Draft | None:
        """What a paper or a summary reports of what was said, where no speech stands for it."""
        question, _, hits, _ = findings
        alone = self.facts.fact(question, hits, findings.meant)
        if alone is None or alone.abstained or question.wanted is Wanted.PERSON:
            return None
        quotes = [quote for quote in alone.statements[0].quotes if quote.show]
        said = fold(" ".join(self.index.text(q.record)[q.start : q.end] for q in quotes))
        return alone if counter_of(fold(question.text)) or _REPORTS.search(said) else None

    def _asks_more(self, question: Question, meant: Sequence[Case]) -> bool:
        """Whether a question on a sitting has a word that is neither a part of one nor a matter."""
        facts = [self.evidence.facts_of(case) for case in meant]
        return any(
            term.weight >= 1.0
            and names_a_matter(term.key)
            and all(term.share(named) < 0.7 for named in facts)
            for term in question.terms
        )
