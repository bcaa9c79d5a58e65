"""Message -> Question: what is asked, about which places, times and matters, in which words.

Read with the vocabulary of the index itself (its towns, meetings, offices, titles), so that new
records bring new words without new code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.understanding.asked_cases import (
    Extreme,
    asks_results_of_all,
    read_extreme,
    read_kinds,
    read_outcomes,
)
from assistant.understanding.intents import Intent, read_intent
from assistant.understanding.labels import Label, read_labels
from assistant.understanding.outside import Outside, read_outside, what_is_asked
from assistant.understanding.places import read_places
from assistant.understanding.spelling import in_kana
from assistant.understanding.terms import Term, Vocabulary, as_written, in_japanese, read_terms
from assistant.understanding.times import read_times, year_before
from assistant.understanding.wants import KIND_WORDS, Wanted, read_wanted, read_wants
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import FiscalYear, fold, level, words
from index.meetings import Meeting

LONGEST_QUESTION = 1_000
_TOWNS = ("自治体", "市町村")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


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
class Points:
    """What a message points to in the answer before it: its `nth` case (-1 the last), all its cases
    once more (`more`), the cases it did not tell (`others`), what else the records say of the same
    (`further`), or whose words its first quote is (`said`)."""

    nth: int = 0
    more: bool = False
    others: bool = False
    further: bool = False
    said: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A message understood. Empty facets mean: no restriction.

    `terms` are all words to look for, `topic` those of them that name the matter; `focus` holds
    the ids of the cases that alone are meant; `taken` pairs what was written with the town or
    the word it was taken for; `inherited` names the facets that a message before supplied;
    `sides` are the things that it compares, if it does (see sides.py); `quoted` is the record's
    span whose speaker it asks for; what stands in the spans of `told` was told before.
    """

    text: str
    intent: Intent
    wanted: Wanted
    terms: tuple[Term, ...]
    municipalities: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    taken: tuple[tuple[str, str], ...] = ()
    labels: tuple[Label, ...] = ()
    focus: tuple[str, ...] = ()
    points: Points | None = None
    topic: tuple[Term, ...] = ()
    years: tuple[int, ...] = ()
    calendar_years: tuple[int, ...] = ()
    ordinal: int | None = None
    days: tuple[date, ...] = ()
    month: int | None = None
    kinds: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    presumed: Outcome | None = None
    extreme: Extreme | None = None
    outside: Outside | None = None
    follows: bool = False
    search_text: str = ""
    inherited: tuple[str, ...] = ()
    within: Filters = Filters()
    sides: tuple[Side, ...] = ()
    quoted: tuple[str, int, int] | None = None
    told: tuple[tuple[str, int, int], ...] = ()

    @property
    def dated(self) -> bool:
        """Whether the question names a year, a sitting or a day."""
        return bool(self.years or self.calendar_years or self.ordinal or self.days)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things a question compares: its name, and what is asked of it alone."""

    name: str
    question: Question


def read_question(text: str, vocabulary: Vocabulary) -> Question:
    """Understand one message by itself; conversations.py adds what it leaves unsaid."""
    text = text.strip()[:LONGEST_QUESTION]
    asked = year_before(in_japanese(text))
    plain = level(asked)
    key = fold(asked)
    places = read_places(plain, vocabulary.places)
    rest, labels = read_labels(places.rest)
    rest, years, calendar, ordinal, days, month = read_times(rest)
    taken = places.taken
    for written, spelled in in_kana(rest, vocabulary.titles, vocabulary.frequency):
        rest = rest.replace(written, spelled)
        taken = (*taken, (written, spelled))
    terms = read_terms(rest, vocabulary)
    for term in terms:
        slip = vocabulary.slip(term)
        if slip is not None and (written := as_written(term, rest)):
            rest = rest.replace(written, slip)
            taken = (*taken, (written, slip))
    if taken != places.taken:  # as meant, not as written
        terms = read_terms(rest, vocabulary)
    outcomes, presumed = read_outcomes(key)
    for wanted in read_wants(asked):  # a word that only names the kind of thing asked for
        kind_words = KIND_WORDS.get(wanted, frozenset())
        terms = tuple(t for t in terms if t.key not in kind_words) if len(terms) > 1 else terms
    if not _JAPANESE.search(level(text)):  # English: what the index does not know is grammar
        terms = tuple(t for t in terms if any(vocabulary.frequency(w) for w in words(t.key)))
    kinds = read_kinds(fold(what_is_asked(asked)))
    if "review" in kinds:  # the kind is asked for, not the word in a title
        terms = tuple(term for term in terms if term.key != "審査請求")
    outside = read_outside(asked)
    intent = Intent.OUTSIDE if outside else read_intent(asked)
    set_apart = places.known or years or calendar or ordinal or days
    if set_apart and not labels and asks_results_of_all(key, (t.key for t in terms)):
        intent, terms = Intent.LIST, ()
    if intent is Intent.LIST:  # どの自治体か: the town of each is asked for
        terms = tuple(term for term in terms if term.key not in _TOWNS)
    return Question(
        text=text,
        intent=intent,
        # 保存期間が長すぎるとされたのはなぜ: a reason may look like anything
        wanted=Wanted.ANYTHING if intent is Intent.REASON else read_wanted(asked),
        terms=terms,
        municipalities=places.known,
        unknown_places=places.unknown,
        taken=taken,
        labels=labels,
        years=years,
        calendar_years=calendar,
        ordinal=ordinal,
        days=days,
        month=month,
        kinds=kinds,
        outcomes=outcomes,
        presumed=presumed,
        extreme=read_extreme(asked),
        outside=outside,
        search_text=asked,
        topic=terms,
    )
