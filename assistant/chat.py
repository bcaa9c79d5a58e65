"""The whole way on one screen: turns -> question -> hits -> draft -> citations -> answer."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Generator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers import Answer, Searched, answer
from assistant.citations import cite
from assistant.conversations import conversation
from assistant.drafts import Composer, Draft, Statement, Style, short_title
from assistant.evidence import Evidence
from assistant.explanations import Explanation, explain
from assistant.finding.units import Unit
from assistant.hits import ARMS, Hit
from assistant.questions import Filters, Question
from assistant.sides import with_sides
from assistant.understanding.intents import Intent
from assistant.understanding.terms import Term, Vocabulary, as_written
from assistant.understanding.times import relative, year_name, years_in_words
from index.cases import sittings
from index.embedding import Embedder, load_embedder
from index.japanese import fold
from index.passages import Passage
from index.store import Index, open_index

if TYPE_CHECKING:
    from assistant.finding.retriever import PassageRetriever
    from assistant.language_model.models import Writes

_LIMIT = 30
_BEYOND = 10  # passages looked at beyond the town named, to tell what was left out
_CASES = 4  # so many cases that are meant are read whole
_FOR_REWORDING = 0.35  # of a model's time


class Assistant:
    """Answers questions over one index. Safe to share by threads; `open` makes it."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        """Read what every question needs: the cases, the sittings, the words of the index."""
        self.index = index
        self.embedder = embedder
        self.arms: Sequence[str] = ARMS  # the searches an answer is made from; fewer to measure one
        self.evidence = Evidence(index)
        self.composer = Composer(index, self.evidence, self._found)
        self.vocabulary = Vocabulary.of(
            index.cases(), index.meetings(), index.passage_count, index.document_frequency
        )

    @classmethod
    def open(cls, folder: Path, embedder: Embedder | None = None) -> Assistant:
        """Open the index in `folder`.

        Raises NoIndex, WrongIndex or DamagedIndex (StoreError), and EmbeddingError.
        """
        embedder = embedder or load_embedder()
        return cls(open_index(folder, embedder_digest=embedder.digest), embedder)

    def ask(
        self,
        turns: Sequence[str],
        *,
        within: Filters | None = None,
        model: Writes | None = None,
    ) -> Answer:
        """Answer the last of a conversation's turns (the user's messages, oldest first).

        `within` holds what the user has narrowed the search to, whatever the words say. A
        `model` may put the composed answer into better prose.
        """
        told = self.compose(turns, within=within, model=model)
        if model is not None:
            for told in self.written(told, model):  # noqa: B007, B020
                pass
        return told

    def written(self, composed: Answer, model: Writes) -> Generator[Answer]:
        """A composed answer as a model writes it anew, line by line; the last one is the answer.

        Yields now and then while the model is silent. Close the iterator to let the model go.
        """
        from assistant.language_model.models import Deadline  # only for those who have a model
        from assistant.language_model.writing import write

        if composed.draft is None:
            return
        question = composed.question
        deadline = Deadline(model.settings.seconds - composed.timings.get("reword", 0.0) / 1e3)
        before: Draft | None = None
        for draft, state in write(question, composed.draft, self.index, model, deadline):
            if draft is not before:
                cited, citations = cite(draft, self.index)
                told = answer(
                    question, draft, cited, citations, composed.searched, composed.understood,
                    composed.hits,
                )  # fmt: skip
                before = draft
            yield replace(
                told, draft=composed.draft, written=state,
                timings={**composed.timings, "write": 1e3 * state.seconds},
            )  # fmt: skip

    def compose(
        self,
        turns: Sequence[str],
        *,
        drop: Sequence[str] = (),
        within: Filters | None = None,
        model: Writes | None = None,
    ) -> Answer:
        """The answer in the records' own words, as `ask`; a `model` helps to read a follow-up.

        `drop` names facets that the user took away ("municipalities", "years").
        """
        started = time.perf_counter()
        question = conversation(turns, self.vocabulary, self)
        reworded_in = 0.0
        if model is not None and question.follows:
            question = self._reworded(turns, question, model)
            reworded_in = time.perf_counter() - started
        question = replace(question, **{name: () for name in drop if name in _FACETS})  # type: ignore[arg-type]
        question = self._in_time(_narrowed(question, within or Filters()))
        question = with_sides(question, self.vocabulary)
        question = replace(
            question,
            sides=tuple(replace(s, question=self._in_time(s.question)) for s in question.sides),
        )
        understood_at = time.perf_counter()
        hits = self._found(question)
        found_at = time.perf_counter()
        draft = _outside(question) or self.composer.draft(question, hits)
        drafted_at = time.perf_counter()
        cited, citations = cite(draft, self.index)
        made = answer(
            question, draft, cited, citations, self._searched(question), understood(question), hits
        )
        ended = time.perf_counter()
        return replace(
            made,
            draft=draft,
            timings={
                **({"reword": 1e3 * reworded_in} if reworded_in else {}),
                "understand": 1e3 * (understood_at - started),
                "search": 1e3 * (found_at - understood_at),
                "compose": 1e3 * (drafted_at - found_at),
                "cite": 1e3 * (ended - drafted_at),
            },
        )

    def found(
        self,
        text: str,
        *,
        more_words: Sequence[str] = (),
        limit: int,
        within: Collection[str] | None = None,
    ) -> list[Hit]:
        """The passages that `retriever` finds for a text, best first (see `hits.find`)."""
        return self.retriever.hits(
            text, more_words=more_words, arms=self.arms, limit=limit, within=within
        )

    @cached_property
    def retriever(self) -> PassageRetriever:
        """The search, as LangChain's retriever."""
        from assistant.finding.retriever import (
            PassageRetriever,  # slow to load: with the first question
        )

        return PassageRetriever(index=self.index, embedder=self.embedder)

    def held(self) -> Searched:
        """All that there is to search."""
        return self._searched(conversation([""], self.vocabulary, self))

    def explain(self, answer: Answer) -> Explanation:
        """Why an answer is as it is: what was understood and found, and what was left out."""
        question = answer.question
        beyond: list[Hit] = []
        if question.municipalities or question.within:
            everywhere = replace(question, municipalities=(), within=Filters())
            beyond = self._hits(everywhere)[:_BEYOND]
        return explain(answer, self.evidence, beyond)

    def pointed(self, question: Question, turns: Sequence[str]) -> Question:
        """A question that points into the answers to `turns` (2番目の), with the cases meant."""
        points = question.points
        if points is None:
            return question
        if points.said or points.further:
            spans = self._shown(self.ask(turns))
            if points.further:
                return replace(question, told=tuple(spans))
            return replace(question, quoted=spans[0] if spans else None)
        told: list[str] = []
        for n in range(len(turns), 0, -1):  # the newest list: 最後のは after 1つ目は is of it too
            told = [case.id for case in self.ask(turns[:n]).cases]
            if told and (len(told) > 1 or not points.nth):
                break
        if points.nth:
            n = points.nth - 1 if points.nth > 0 else len(told) + points.nth
            return replace(question, focus=tuple(told[n : n + 1]) if 0 <= n < len(told) else ("",))
        if points.more:
            return replace(question, focus=tuple(told))
        others = tuple(case.id for case in self.evidence.cases if case.id not in told)
        return replace(question, focus=others or ("",), municipalities=(), **_ANY_TIME)  # type: ignore[arg-type]

    def _shown(self, answer: Answer) -> list[tuple[str, int, int]]:
        """The spans that an answer quotes, without the titles of cases."""
        titles = {(case.record, *case.title_span) for case in answer.cases}
        lines = answer.draft.statements if answer.draft else ()
        quotes = [quote for line in lines for quote in line.quotes if quote.show]
        spans = dict.fromkeys((quote.record, quote.start, quote.end) for quote in quotes)
        return [span for span in spans if span not in titles]

    def spoken(self, question: Question, terms: Sequence[Term]) -> float | None:
        """What share of the terms the cases that a question is about speak of, 0 to 1; None where
        it is about no case."""
        scope = self.evidence.in_scope(question)
        meant = self.evidence.meant(question, scope, ())[:_CASES]
        return max((self.evidence.match(match.case, terms).full for match in meant), default=None)

    def named(self, question: Question) -> float:
        """What share of a question's words names one of the cases in its scope, 0 to 1."""
        scope = self.evidence.in_scope(question)
        return max((self.evidence.match(c, question.terms).strong for c in scope), default=0.0)

    def retrieve(self, turns: Sequence[str], *, limit: int = 10) -> list[Hit]:
        """The passages found for the last turn, as an answer is made from them: those that it
        quotes, in its order, then those whose sentences bear most on the question."""
        made = self.compose(turns)
        units = self._candidates(made.question, made.hits)
        order = dict.fromkeys([*self._quoted(made), *(unit.passage for unit in units)])
        order |= dict.fromkeys(hit.passage for hit in made.hits)
        hits = {hit.passage: hit for hit in made.hits}
        return [hits.get(passage, Hit(passage, 0.0, ())) for passage in islice(order, limit)]

    def _quoted(self, made: Answer) -> list[Passage]:
        """The passages that hold what an answer quotes, each that which holds most of a quote;
        last those of titles, which every passage of a case has above it."""
        titles = {(case.record, *case.title_span) for case in self.evidence.cases}
        found = []
        for citation in sorted(
            made.citations, key=lambda one: (one.record, one.start, one.end) in titles
        ):
            held = [
                (min(passage.end, citation.end) - max(passage.start, citation.start), passage)
                for passage in self.index.passages_of_record(citation.record)
            ]
            most, passage = max(held, key=lambda pair: pair[0], default=(0, None))
            found += [passage] if passage is not None and most > 0 else []
        return found

    def candidates(self, turns: Sequence[str]) -> list[Unit]:
        """The sentences that might answer the last turn, best first (what `eval.tune` fits on)."""
        question = conversation(turns, self.vocabulary, self)
        return self._candidates(question, self._found(question))

    def _candidates(self, question: Question, hits: Sequence[Hit]) -> list[Unit]:
        meant = self.evidence.meant(question, self.evidence.in_scope(question), hits)
        return self.evidence.units(question, hits, [match.case for match in meant])

    def _reworded(self, turns: Sequence[str], question: Question, model: Writes) -> Question:
        from assistant.language_model.models import Deadline
        from assistant.language_model.rewording import reworded

        deadline = Deadline(_FOR_REWORDING * model.settings.seconds)
        return reworded(turns, question, self.vocabulary, model, deadline)

    def _hits(
        self,
        question: Question,
        *,
        cases: Sequence[str] = (),
    ) -> list[Hit]:
        forms = [f for t in question.terms for f in (*t.forms, *(p[0] for p in t.parts))]
        return self.found(
            question.search_text or question.text, more_words=forms, limit=_LIMIT,
            within=self.index.passage_ids(cases=cases) if cases else self._within(question),
        )  # fmt: skip

    def _in_time(self, question: Question) -> Question:
        """A question on cases with its 去年 or 前回 as times: counted from the newest sitting on
        record, for what the records hold is what can be asked."""
        if question.dated or question.intent not in _OF_CASES:
            return question
        if question.intent is Intent.COUNT and not _COUNTS_CASES.search(question.text):
            return question  # 昨年度の通報は何件: as the papers themselves say it
        towns = question.municipalities
        days = [m.day for m in self.index.meetings() if not towns or m.municipality in towns]
        newest = max((day for day in days if day), default=None)
        if newest is None:
            return question
        named = relative(question.text, newest)
        if named is None:
            return question
        terms = tuple(t for t in question.terms if t.key not in fold(named.written))
        if named.day and terms:
            return question  # 前回の指摘: of a matter, what its papers call so
        return replace(
            question, terms=terms, topic=terms, years=named.years,
            days=(named.day,) if named.day else (),
            taken=(*question.taken, (named.written, f"{named.name}（新しい記録から数えて）")),
        )  # fmt: skip

    def _found(self, question: Question) -> list[Hit]:
        return self._nearer(question, self._hits(question))

    def _nearer(self, question: Question, hits: list[Hit]) -> list[Hit]:
        """The hits, and behind them what else the cases that are meant say of the question."""
        meant = self.evidence.meant(question, self.evidence.in_scope(question), hits)[:_CASES]
        if not meant:
            return hits
        more = self._hits(question, cases=[match.case.id for match in meant])
        known = {hit.passage.id for hit in hits}
        return hits + [hit for hit in more if hit.passage.id not in known]

    def _within(self, question: Question) -> set[str] | None:
        """The passages of the towns named and of what the user chose; None (all) without either."""
        records = {
            meeting.record
            for meeting in self.index.meetings()
            if meeting.municipality in question.municipalities
        }
        named = self.index.passage_ids(records=records) if records else None
        chosen = question.within
        if not chosen:
            return named
        cases = [case.id for case in self.evidence.cases if chosen.admits(case)]
        meetings = self.index.meetings()
        outside = {m.record for m in meetings if not chosen.admits_meeting(m)}
        allowed = self.index.passage_ids(
            records={m.record for m in meetings} - outside, cases=cases
        )
        return allowed if named is None else allowed & named

    def _searched(self, question: Question) -> Searched:
        chosen = [
            case
            for case in self.evidence.cases
            if (not question.municipalities or case.municipality in question.municipalities)
            and question.within.admits(case)
        ]
        held = [
            m
            for m in self.index.meetings()
            if (not question.municipalities or m.municipality in question.municipalities)
            and question.within.admits_meeting(m)
        ]
        records = {c.record for c in chosen} | {m.record for m in held}
        places = sorted({c.municipality for c in chosen if c.municipality})
        return Searched(len(records), len(sittings(held, chosen)), len(chosen), tuple(places))


def _outside(question: Question) -> Draft | None:
    """What to say where a question names a town or year that the user's own choice leaves out."""
    towns, years = question.within.municipalities, question.within.years
    named: list[str] = []
    if towns and not set(question.municipalities) <= set(towns):
        named += question.municipalities
    if years and not set(question.years) <= set(years):
        named += [year_name(year) for year in question.years]
    if not named:
        return None
    words = f"**{'、'.join(named)}は、いまの絞り込みの外です。**絞り込みを外すと、お調べできます。"
    return Draft((Statement(Style.NOTE, (words,)),), (), True)


_COUNTS_CASES = re.compile(r"案件|諮問|議案|審議|会議|承認")
_OF_CASES = (
    Intent.LIST, Intent.COUNT, Intent.VERDICT, Intent.CONDITIONS, Intent.MEETING, Intent.COMPARISON,
)  # fmt: skip
_ANY_TIME = {
    "years": (),
    "calendar_years": (),
    "ordinal": None,
    "days": (),
    "month": None,
    "labels": (),
}
_FACETS = ("municipalities", "years", "calendar_years", "days", "kinds", "outcomes")


def _narrowed(question: Question, within: Filters) -> Question:
    """The question within what the user chose. Where the two have nothing in common it keeps its
    own words: then no case is in its scope, and the answer can say what was asked for."""
    places, years, kinds = question.municipalities, question.years, question.kinds
    if not question.unknown_places:
        shared = tuple(place for place in places if place in within.municipalities)
        places = shared or places or within.municipalities
    if question.years or not question.dated:
        years = tuple(y for y in years if y in within.years) or years or within.years
    kinds = tuple(k for k in kinds if k in within.kinds) or kinds or within.kinds
    return replace(question, municipalities=places, years=years, kinds=kinds, within=within)


def understood(question: Question) -> str:
    """What a follow-up was taken to be about: town, year, matter; empty if nothing inherited."""
    if not question.follows:
        return ""
    parts = list(question.municipalities)
    parts += years_in_words(question.years)
    parts += [f"第{question.ordinal}回"] if question.ordinal else []
    words = [as_written(term, question.search_text) or term.key for term in question.terms[:6]]
    topic = short_title("・".join(dict.fromkeys(words)), 40)
    return "、".join(part for part in [*parts, topic] if part)
