"""Draft -> Draft: an answer is looked over before it is shown.

What is quoted may be exact and still no answer: of another year, without the particular asked for,
without the objection that the question takes for granted. Such a draft becomes a statement of what
the records do not say, or says first what has to be known beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.verdict_drafts import Verdicts
from assistant.evidence import Evidence
from assistant.finding.borne_out import bears_out
from assistant.questions import Question
from assistant.statements import Draft, Findings, Quote, Style
from assistant.understanding.intents import Intent
from assistant.understanding.terms import Term, attributes
from assistant.understanding.times import years_named
from assistant.understanding.wants import ASKS_WHICH, Wanted
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.store import Index

_OF_PARTICULARS = (Intent.FACT, Intent.COUNT)
_OF_A_TIME = (Intent.FACT, Intent.COUNT, Intent.REASON)
_TIMED = (*_OF_A_TIME, Intent.DEFINITION)
_TAKEN_FOR_SETTLED = re.compile(
    r"ことに(?:なっ|決ま|し)[たて]|たんです(?:よね|か)|ましたよね|たのですよね"
    r"|(?:変わっ|延び|延長され|決まっ|改められ|増え|減っ|なりまし)た"
)
_THE_VERDICT = re.compile(r"結論|結果は|(?:承認|可決|否決)(?:され|した|$)|認められ|どうなっ")
_OBJECTED = re.compile(r"反対(?:し(?:た|て|ま)|者|意見|の(?:委員|人|声|理由))")
_OBJECTS = re.compile(
    r"反対|不承認|不同意|少数意見|賛成(?:は|も)?(?:でき|し)(?:な|ませ|かね)|異議|異論|納得|べきで(?:は)?な|認め(?:られ)?(?:な|ませ)|懸念|疑問"
)
_FIGURE = re.compile(
    r"(?<![第0-9.])[0-9][0-9,.]*(?:万|億|千)?[0-9]*(?:円|日間?|か月|ヶ月|件|人|名|台|%|枚|回|時間|世帯|年間)(?!目|度|付)"
)
_COUNTED = (Wanted.NUMBER, Wanted.MONEY, Wanted.SHARE, Wanted.TIME)
_ACTUALLY = re.compile(r"実際(?:に|の|は)|実績|結局(?:は)?(?:何|いくら|いつ)")
_EXPECTED = re.compile(r"想定|予定|見込|予測|概算|試算")
_SPOKEN = 0.7  # of a name, in the text that an answer stands in
_ABOUT = 240  # characters about a quote in which what happened may stand
_ABOVE = 2_000  # characters above a figure in which the year that it is of may stand
_TELLING = 1.0  # the weight of a name by which a matter goes
_SHORT = 2  # characters of a word that is no name of a matter by itself
_SPEAKS_OF = 0.8  # the share of a name in a case's parts
_NAMES_IT = 0.5  # the share of a name in what names a case


class Checks:
    """Looks over drafts, against one index."""

    def __init__(
        self, index: Index, evidence: Evidence, absences: Absences, verdicts: Verdicts
    ) -> None:
        """Take what the answers are made of."""
        self.index = index
        self.evidence = evidence
        self.absences = absences
        self.verdicts = verdicts

    def checked(self, findings: Findings, draft: Draft) -> Draft:
        """The draft, if it answers the question; else what is true instead."""
        question, _, hits, scope = findings
        draft = self._with_the_verdict(question, draft, findings.meant)
        if self._unopposed(question, draft):
            return self.absences.no_exchanges(findings.meant, "反対を述べた発言")
        if question.intent in _OF_A_TIME:
            names, others = self._named_elsewhere(question, scope, draft)
            heard = any(t.key in fold(hit.passage.text) for t in names for hit in hits)
            if names and not (draft.abstained and heard):
                return self.absences.only_near(question, names, others)
        if question.intent in _OF_PARTICULARS and not self._bears_out(question, draft):
            return self.absences.not_said(findings.meant)
        if question.intent in _TIMED and self.of_another_time(question, draft):
            return self.absences.of_another_time(question, draft)
        draft = self._figures_named(question, self._still_open(question, draft))
        return self._only_expected(question, draft)

    def of_another_time(self, question: Question, draft: Draft) -> bool:
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
            for m in self.index.meetings()
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

    def _with_the_verdict(self, question: Question, draft: Draft, meant: Sequence[Case]) -> Draft:
        """質問が出ましたか。結論は？: the verdict first, where a sentence asks for it."""
        asked = [part for part in re.split(r"[。?？]", fold(question.text)) if part.strip()]
        wants = any(_THE_VERDICT.search(part) for part in asked)
        if question.intent is not Intent.EXCHANGE or len(asked) < 2 or not wants or not meant:
            return draft
        case = meant[0]
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

    def _named_elsewhere(
        self, question: Question, scope: Sequence[Case], draft: Draft
    ) -> tuple[list[Term], list[Case]]:
        """The name that a question begins with, where matters of other towns or times go by it and
        none within its scope, and those matters; neither where the answer, or what it stands in,
        speaks of it."""
        if not (question.municipalities or question.dated):
            return [], []
        quotes = [quote for s in draft.statements[:1] for quote in s.quotes if quote.show]
        said = fold(" ".join(map(self._about, quotes)))
        beyond = [case for case in self.evidence.cases if case not in scope]
        naming = (t for t in question.terms if (t.name or t.parts) and len(t.key) > _SHORT)
        term = next(naming, None)
        if term is None or term.weight < _TELLING or term.key in attributes():
            return [], []
        if term.share(said) >= _SPOKEN or any(
            term.share(self.evidence.facts_of(case)) >= _NAMES_IT for case in scope
        ):
            return [], []
        answering = () if draft.abstained else draft.cases  # whose own parts speak of it
        if any(self.evidence.match(case, [term]).full >= _SPEAKS_OF for case in answering):
            return [], []
        titled = [case for case in beyond if term.key in fold(case.title)]
        return ([term], titled) if titled else ([], [])

    def _about(self, quote: Quote) -> str:
        """A quote with the text that it stands in."""
        text = self.index.text(quote.record)
        return text[max(0, quote.start - _ABOUT) : quote.end + _ABOUT // 3]

    def _bears_out(self, question: Question, draft: Draft) -> bool:
        """Whether the first lines of an answer hold the very particular asked for."""
        if draft.abstained or not draft.statements:
            return True
        lines = [s for n, s in enumerate(draft.statements) if n == 0 or s.style is Style.LEAD]
        quotes = [quote for line in lines for quote in line.quotes if quote.show]
        if not quotes:
            return True
        said = [self.index.text(q.record)[q.start : q.end] for q in quotes]
        about = [self._about(quote) for quote in quotes]
        return bears_out(question, said, " ".join(about))

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

    def _figures_named(self, question: Question, draft: Draft) -> Draft:
        """An answer to 50万円でしたか that nothing quoted bears out begins by saying so."""
        key = fold(question.text)
        named = [m.group() for m in _FIGURE.finditer(key)]
        if question.intent is not Intent.FACT or draft.abstained or ASKS_WHICH.search(key):
            return draft
        quotes = [q for statement in draft.statements for q in statement.quotes]
        said = fold(" ".join(self.index.text(q.record)[q.start : q.end] for q in quotes))
        lacking = [figure for figure in named if figure not in said]
        if not lacking:
            return draft
        first, *rest = draft.statements
        words = f"**「{'・'.join(lacking)}」とする記載は見つかりません。**記録にあるのは: "
        return replace(draft, statements=(replace(first, pieces=(words, *first.pieces)), *rest))

    def _only_expected(self, question: Question, draft: Draft) -> Draft:
        """An answer to 実際に何人でしたか by what was only expected says that it was."""
        asked = question.wanted in _COUNTED and _ACTUALLY.search(fold(question.text))
        if draft.abstained or not draft.statements or not asked:
            return draft
        first, *rest = draft.statements
        quotes = [quote for quote in first.quotes if quote.show]
        said = fold(" ".join(self.index.text(q.record)[q.start : q.end] for q in quotes))
        if not _EXPECTED.search(said):
            return draft
        words = "**実際どうであったかの記載は見つかりません。**記録にあるのは予定や見込みです: "
        lead = replace(first, pieces=(words, *first.pieces))
        return replace(draft, statements=(lead, *rest), abstained=True)
