"""Question + evidence -> Draft: statements proposed as an answer, each with the quotes it rests on.

Composed without a language model. The first line answers; whose word it is, is said; what the
records do not say is said to be missing. Here the question is given to the writer that knows its
kind of answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.absence_drafts import Absences
from assistant.borne_out import bears_out
from assistant.comparison_drafts import Comparisons
from assistant.evidence import Evidence, Match
from assistant.exchange_drafts import Exchanges
from assistant.explanation_drafts import Explanations
from assistant.extreme_drafts import Extremes
from assistant.fact_drafts import Facts
from assistant.facts import OUTCOME_WORDS
from assistant.hits import Hit
from assistant.intents import Intent
from assistant.kept_drafts import Kept
from assistant.list_drafts import Lists
from assistant.material_drafts import Material
from assistant.meeting_drafts import Meetings
from assistant.questions import Question
from assistant.sittings import names_a_matter
from assistant.statements import (
    SEARCHED,
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
from assistant.terms import Term, attributes
from assistant.times import years_named
from assistant.verdict_drafts import Verdicts
from assistant.vote_drafts import Votes
from index.cases import Case
from index.japanese import fold
from index.store import Index
from index.verdicts import Outcome

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
    r"|可決(?:じゃ|で(?:は)?|され|し)な|保留|一部|ダメ|だめ|駄目|引っ込め|取り?下げ|決まらな|先送り|持ち越"
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


_TAKEN_FOR_SETTLED = re.compile(
    r"ことに(?:なっ|決ま|し)[たて]|たんです(?:よね|か)|ましたよね|たのですよね"
    r"|(?:変わっ|延び|延長され|決まっ|改められ|増え|減っ|なりまし)た"
)
_OF_PARTICULARS = (Intent.FACT, Intent.COUNT)
_THE_VERDICT = re.compile(r"結論|結果は|(?:承認|可決|否決)(?:され|した|$)|認められ|どうなっ")
_OBJECTED = re.compile(r"反対(?:し(?:た|て|ま)|者|意見|の(?:委員|人|声|理由))")
_OBJECTS = re.compile(
    r"反対|不承認|不同意|少数意見|賛成(?:は|も)?(?:でき|し)(?:な|ませ|かね)|異議|異論|納得|べきで(?:は)?な|認め(?:られ)?(?:な|ませ)|懸念|疑問"
)
_ABOUT = 240  # characters about a quote in which what happened may stand
_OF_A_TIME = (Intent.FACT, Intent.COUNT, Intent.REASON)
_TIMED = (*_OF_A_TIME, Intent.DEFINITION)
_FIGURE = re.compile(
    r"(?<![第0-9.])[0-9][0-9,.]*(?:万|億|千)?[0-9]*(?:円|日間?|か月|ヶ月|件|人|名|台|%|枚|回|時間|世帯|年間)(?!目|度|付)"
)
_EACH = re.compile(r"それぞれ|両方|比べ")
_ASKS_WHICH = re.compile(r"何|いつ|どこ|誰|どなた|いくら|いくつ|どの|どれ|どう|どんな|なぜ|理由")
_TELLING = 1.0  # the weight of a name by which a matter goes
_SHORT = 2  # characters of a word that is no name of a matter by itself
_NAMES_IT = 0.5  # the share of a name in what names a case
_ABOVE = 2_000  # characters above a figure in which the year that it is of may stand


class Composer:
    """Writes drafts over one index."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        """Take what the answers are made of."""
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
            Kept(index, evidence),
        )  # fmt: skip
        self.comparisons = Comparisons(
            index, evidence, self.absences, self.facts, self.verdicts, self.explanations
        )
        self.votes = Votes(index, evidence, self.absences)
        self.extremes = Extremes(index, evidence, self.lists)
        self.meetings = Meetings(index, evidence, self.absences, self.facts, self.lists)

    def draft(self, question: Question, hits: Sequence[Hit]) -> Draft:
        """The draft for a question, given the passages found for it; it says what of it people
        have corrected."""
        return with_corrections(self._draft(question, hits))

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
        if (
            (question.dated or question.month)
            and not scope
            and question.intent is not Intent.MEETING  # a sitting may have no case
            and (question.municipalities or question.intent in _ABOUT_CASES)
        ):
            alone = None
            if question.intent in (Intent.FACT, Intent.COUNT, Intent.REASON):
                alone = self.facts.fact(question, hits, [])
            if alone is None or self._of_another_time(question, alone):
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
        if question.intent in _OF_CASES and matches:
            lacking = {m.case.id: self.evidence.lacking(question, m.case) for m in matches}
            near = matches
            matches = [match for match in matches if not lacking[match.case.id]]
            if not matches:
                fewest = min(lacking.values(), key=len)
                return self.absences.only_near(question, fewest, [m.case for m in near])
        draft = self._by_intent(Findings(question, matches, hits, scope))
        draft = self._with_the_verdict(question, draft, matches)
        if self._unopposed(question, draft):
            return self.absences.no_exchanges([match.case for match in matches], "反対を述べた発言")
        if question.intent in _OF_A_TIME:
            names, others = self._named_elsewhere(question, scope, draft)
            heard = any(t.key in fold(hit.passage.text) for t in names for hit in hits)
            if names and not (draft.abstained and heard):
                return self.absences.only_near(question, names, others)
        if question.intent in _OF_PARTICULARS and not self._bears_out(question, draft):
            return self.absences.not_said([match.case for match in matches])
        if question.intent in _TIMED and self._of_another_time(question, draft):
            return self.absences.of_another_time(question, draft)
        return self._figures_named(question, self._still_open(question, draft))

    def _named_elsewhere(
        self, question: Question, scope: Sequence[Case], draft: Draft
    ) -> tuple[list[Term], list[Case]]:
        """The name that a question begins with, where matters of other towns or times go by it and
        none within its scope, and those matters; neither where the answer's own words have it."""
        if not (question.municipalities or question.dated):
            return [], []
        quotes = [quote for s in draft.statements[:1] for quote in s.quotes if quote.show]
        said = fold(" ".join(self.index.text(q.record)[q.start : q.end] for q in quotes))
        beyond = [case for case in self.evidence.cases if case not in scope]
        naming = (t for t in question.terms if (t.name or t.parts) and len(t.key) > _SHORT)
        term = next(naming, None)
        if term is None or term.weight < _TELLING or term.key in attributes():
            return [], []
        if term.key in said or any(
            term.share(self.evidence.facts_of(case)) >= _NAMES_IT for case in scope
        ):
            return [], []
        titled = [case for case in beyond if term.key in fold(case.title)]
        return ([term], titled) if titled else ([], [])

    def _still_open(self, question: Question, draft: Draft) -> Draft:
        """An answer on a matter that is put off says so first, where the question takes something
        for settled (14日に延びたんですよね, 誰が判断することになった)."""
        if question.intent is not Intent.FACT or draft.abstained or not draft.statements:
            return draft
        if not _TAKEN_FOR_SETTLED.search(fold(question.text)) or len(draft.cases) != 1:
            return draft
        chain = [c for c in self.evidence.cases if c.chain == draft.cases[0].chain]
        if not all(case.outcome is Outcome.CONTINUED for case in [*chain, *draft.cases]):
            return draft
        first, *rest = draft.statements
        words = "**まだ結論は出ていません（継続審議）。**審議での発言・記載: "
        return replace(draft, statements=(replace(first, pieces=(words, *first.pieces)), *rest))

    def _with_the_verdict(
        self, question: Question, draft: Draft, matches: Sequence[Match]
    ) -> Draft:
        """質問が出ましたか。結論は？: the verdict first, where a sentence asks for it."""
        asked = [part for part in re.split(r"[。?？]", fold(question.text)) if part.strip()]
        wants = any(_THE_VERDICT.search(part) for part in asked)
        if question.intent is not Intent.EXCHANGE or len(asked) < 2 or not wants or not matches:
            return draft
        case = matches[0].case
        first, *rest = draft.statements
        later = replace(first, style=Style.ITEM) if first.style is Style.LEAD else first
        unknown = case.outcome is Outcome.NOT_RECORDED
        return replace(
            draft,
            statements=(self.verdicts.verdict_lead(case), later, *rest),
            cases=draft.cases or (case,),
            abstained=draft.abstained and unknown,
        )

    def _unopposed(self, question: Question, draft: Draft) -> bool:
        """Whether an answer on who objected, or why, quotes nobody who does."""
        if draft.abstained or not _OBJECTED.search(fold(question.text)):
            return False
        if question.intent not in (Intent.EXCHANGE, Intent.REASON, Intent.FACT):
            return False
        quotes = [q for statement in draft.statements for q in statement.quotes if q.show]
        said = fold(" ".join(self.index.text(q.record)[q.start : q.end] for q in quotes))
        return not _OBJECTS.search(said)

    def _bears_out(self, question: Question, draft: Draft) -> bool:
        """Whether the first lines of an answer hold the very particular asked for."""
        if draft.abstained or not draft.statements:
            return True
        lines = [s for n, s in enumerate(draft.statements) if n == 0 or s.style is Style.LEAD]
        quotes = [quote for line in lines for quote in line.quotes if quote.show]
        if not quotes:
            return True
        said = [self.index.text(q.record)[q.start : q.end] for q in quotes]
        about = [
            self.index.text(q.record)[max(0, q.start - _ABOUT) : q.end + _ABOUT // 3]
            for q in quotes
        ]
        return bears_out(question, said, " ".join(about))

    def _figures_named(self, question: Question, draft: Draft) -> Draft:
        """An answer to 50万円でしたか that nothing quoted bears out begins by saying so."""
        key = fold(question.text)
        named = [m.group() for m in _FIGURE.finditer(key)]
        if question.intent is not Intent.FACT or draft.abstained or _ASKS_WHICH.search(key):
            return draft
        quotes = [q for statement in draft.statements for q in statement.quotes]
        said = fold(" ".join(self.index.text(q.record)[q.start : q.end] for q in quotes))
        lacking = [figure for figure in named if figure not in said]
        if not lacking:
            return draft
        first, *rest = draft.statements
        words = f"**「{'・'.join(lacking)}」とする記載は見つかりません。**記録にあるのは: "
        return replace(draft, statements=(replace(first, pieces=(words, *first.pieces)), *rest))

    def _of_another_time(self, question: Question, draft: Draft) -> bool:
        """Whether what answers first is of another year than the one named.

        A yearly report is of the year that it names, not of the year of the sitting that heard it.
        """
        asked = {*question.years, *question.calendar_years}
        quotes = [q for q in draft.statements[0].quotes if q.show] if draft.statements else []
        if draft.abstained or not quotes:
            return False
        if (question.ordinal or question.days) and draft.cases:  # 第58回 is not answered by 第101回
            return not any(self.evidence.timely(case, question) for case in draft.cases)
        if question.ordinal and all(
            m.ordinal != question.ordinal
            for m in self.meetings.meetings
            if m.record == quotes[0].record
        ):
            return True
        if not asked:
            return False
        if any(self.evidence.timely(case, question) for case in draft.cases):
            return False
        text = self.index.text(quotes[0].record)
        own = [years for q in quotes for years in years_named(text[q.start : q.end])]
        if own:
            return not asked & set().union(*own)
        above = years_named(text[max(0, quotes[0].start - _ABOVE) : quotes[0].start])
        return bool(above) and not asked & above[-1]

    def _by_intent(self, findings: Findings) -> Draft:
        """The kind of answer that the question asks for."""
        question, _, hits, scope = findings
        meant = findings.meant
        if question.intent in (Intent.FACT, Intent.EXCHANGE):
            told = self.exchanges.speaker(question, hits, meant)
            if told is not None:
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
            case Intent.COMPARISON:
                return self.comparisons.comparison(findings)
            case Intent.EXCHANGE:
                return self.exchanges.exchanges(findings)
            case Intent.MEETING:
                told = self.meetings.meeting(findings)
                # what no part of a sitting says may stand in what was said there
                asks_more = told.abstained and self._asks_more(question, meant)
                alone = self.facts.fact(question, hits, meant) if asks_more else None
                if alone is not None and self._of_another_time(question, alone):
                    return told
                return alone or told
            case Intent.DEFINITION:
                return self.explanations.definition(question, hits, meant)
            case Intent.REASON if meant and _REASON_OF_VERDICT.search(fold(question.text)):
                if (reasoned := self.explanations.reason(meant[0], question)) is not None:
                    return reasoned
            case Intent.FACT if (
                len(meant) > 1 and (len(question.municipalities) > 1 or _EACH.search(question.text))
            ) or (_EACH.search(question.text) and self.comparisons.set_apart(question, scope)):
                return self.comparisons.comparison(findings)
        told = self.facts.fact(question, hits, meant)
        return told or self.absences.not_said(meant, self.facts.nearest(question, hits, meant))

    def _asks_more(self, question: Question, meant: Sequence[Case]) -> bool:
        """Whether a question on a sitting has a word that is neither a part of one nor a matter."""
        facts = [self.evidence.facts_of(case) for case in meant]
        return any(
            term.weight >= 1.0
            and names_a_matter(term.key)
            and all(term.share(named) < 0.7 for named in facts)
            for term in question.terms
        )
