"""Conversation -> Question: what is asked, about which places, times and matters, in which words.

Read with the vocabulary of the index itself (its towns, meetings, offices, titles), so that new
records bring new words without new code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.intents import (
    KIND_WORDS,
    Intent,
    Wanted,
    read_intent,
    read_kinds,
    read_outcomes,
    read_wanted,
    read_wants,
)
from assistant.places import read_places
from assistant.terms import Term, Vocabulary, read_terms
from assistant.times import read_times
from index.cases import Case
from index.japanese import FiscalYear, fold, level, words
from index.meetings import Meeting
from index.verdicts import Outcome

LONGEST_QUESTION = 1_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user has narrowed all questions to, beside their words. Empty means: no limit."""

    municipalities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.municipalities or self.years or self.kinds or self.outcomes)

    def admits(self, case: Case) -> bool:
        """Whether a case is of the towns, fiscal years, kinds and outcomes chosen."""
        days = [decision.day for decision in case.decisions if decision.day]
        years = {case.year, *(FiscalYear.of(day).year for day in days)}
        return (
            (not self.municipalities or case.municipality in self.municipalities)
            and (not self.years or bool(years & set(self.years)))
            and (not self.kinds or case.kind in self.kinds)
            and (not self.outcomes or case.outcome in self.outcomes)
        )

    def admits_meeting(self, meeting: Meeting) -> bool:
        """Whether a sitting is of them; one has no kind and no outcome, so with these none is."""
        return (
            not (self.kinds or self.outcomes)
            and (not self.municipalities or meeting.municipality in self.municipalities)
            and (not self.years or meeting.year in self.years)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A message understood. Empty facets mean: no restriction."""

    text: str
    intent: Intent
    wanted: Wanted
    terms: tuple[Term, ...]
    municipalities: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    calendar_years: tuple[int, ...] = ()
    ordinal: int | None = None
    days: tuple[date, ...] = ()
    month: int | None = None
    kinds: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    presumed: Outcome | None = None
    follows: bool = False
    search_text: str = ""
    inherited: tuple[str, ...] = ()
    within: Filters = Filters()

    @property
    def dated(self) -> bool:
        """Whether the question names a year, a sitting or a day."""
        return bool(self.years or self.calendar_years or self.ordinal or self.days)


def read_question(text: str, vocabulary: Vocabulary, previous: Question | None = None) -> Question:
    """Understand one message, with the question before it where there is one."""
    text = text.strip()[:LONGEST_QUESTION]
    plain = level(text)
    key = fold(text)
    places, unknown, rest = read_places(plain, vocabulary.places)
    rest, years, calendar, ordinal, days, month = read_times(rest)
    terms = read_terms(rest, vocabulary)
    outcomes, presumed = read_outcomes(key)
    for wanted in read_wants(text):  # a word that only names the kind of thing asked for
        kind_words = KIND_WORDS.get(wanted, frozenset())
        terms = tuple(t for t in terms if t.key not in kind_words) if len(terms) > 1 else terms
    if not re.search(
        r"[ぁ-んァ-ヶ一-龠]", text
    ):  # English: what the index does not know is grammar
        terms = tuple(t for t in terms if any(vocabulary.frequency(w) for w in words(t.key)))
    question = Question(
        text=text,
        intent=read_intent(text),
        wanted=read_wanted(text),
        terms=terms,
        municipalities=places,
        unknown_places=unknown,
        years=years,
        calendar_years=calendar,
        ordinal=ordinal,
        days=days,
        month=month,
        kinds=read_kinds(key),
        outcomes=outcomes,
        presumed=presumed,
        search_text=text,
    )
    return _follow(question, previous, key) if previous is not None else question


# --- conversation --------------------------------------------------------------------------------

_REFERS = re.compile(
    r"^(?:では|じゃあ|それなら|で[、,]|ちなみに)|その|それ|この件|同じ|そこ|上記|先ほど"
    r"|さっき|そちら|同日|の方は|あれ"
)
_NEW_TOPIC = re.compile(r"別の(?:話|件|質問)|ところで|話(?:は|を)変わ")


def _follow(question: Question, previous: Question, key: str) -> Question:
    """A message after another: what it leaves unsaid is taken from the one before.

    A change of town keeps the matter; a message with a matter of its own keeps the town only where
    its words point back.
    """
    if _NEW_TOPIC.search(key):
        return question
    refers = bool(_REFERS.search(key))
    only_place = bool(question.municipalities) and not question.terms
    bare = not question.terms or refers or only_place
    short = len(key) <= 22
    inherited: list[str] = []
    changes: dict[str, object] = {}
    own_place = bool(question.municipalities or question.unknown_places)
    # ○○市の…の案件を教えて, with a town and a name of its own, begins anew
    names = [term for term in question.terms if term.name]
    framed = re.search(r"案件|の件|諮問", key) is not None
    begins = bool(names) and (
        framed or (own_place and bool(re.search(r"について|教えて|承認", key)))
    )
    new_matter = not refers and (begins or (own_place and len(question.terms) >= 3))
    if new_matter or (not bare and not short and own_place):
        return question
    if not own_place and previous.municipalities:
        changes["municipalities"] = previous.municipalities
        inherited.append("自治体")
    if only_place or (own_place and re.search(r"では[?？]?$|は[?？]?$", key)):
        changes["intent"] = previous.intent
        changes["wanted"] = previous.wanted
        changes["presumed"] = None
    if not question.dated and previous.dated and not own_place:
        changes |= {
            "years": previous.years,
            "calendar_years": previous.calendar_years,
            "ordinal": previous.ordinal,
        }
        inherited.append("時期")
    own = {term.key for term in question.terms}
    # a matter of its own (同じ日の AI-OCR の方は) replaces the old one; an attribute joins it
    replaces = bool(re.search(r"の方は|のほうは", key)) and bool(question.terms)
    if not replaces:
        kept = tuple(
            replace(term, weight=term.weight) for term in previous.terms if term.key not in own
        )
        changes["terms"] = (*question.terms, *kept)
        inherited.append("案件")
        changes["search_text"] = f"{previous.search_text} {question.text}"
    elif question.intent is Intent.FACT:
        changes["intent"] = previous.intent
    return replace(question, follows=True, inherited=tuple(inherited), **changes)  # type: ignore[arg-type]


def conversation(turns: Iterable[str], vocabulary: Vocabulary) -> Question:
    """The last message of a conversation, understood in the light of those before it."""
    question: Question | None = None
    for turn in turns:
        question = read_question(turn, vocabulary, question)
    if question is None:
        return read_question("", vocabulary)
    return question
