"""A follow-up question, reworded by a language model so that it can be read alone, if that is safe.

The model proposes a sentence; it is read by the same rules as any question, with the index's own
vocabulary. It is taken only if every word of it is the user's, nothing of the last message is lost,
and no town, time or kind that the rules had understood is widened or changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language_model.models import Deadline, Message, ModelFailure, Writes
from assistant.language_model.prompts import Prompts
from assistant.language_model.support import hidden_off, plain
from assistant.questions import Question, read_question
from assistant.understanding.terms import Vocabulary
from index.japanese import fold, words

_LONGEST = 200
_TOKENS = 120
_FACETS = ("municipalities", "years", "calendar_years", "days", "kinds", "outcomes")


def messages(turns: Sequence[str], vocabulary: Vocabulary, prompts: Prompts) -> list[Message]:
    """What is sent: the user's own messages, and the towns of the index."""
    return [
        ("system", prompts.fill("reword_system.txt", example=prompts.fill("reword_example.txt"))),
        (
            "user",
            prompts.fill(
                "reword_user.txt",
                turns="\n".join(turns[:-1]),
                question=turns[-1],
                places="、".join(sorted(vocabulary.places)[:50]),
            ),
        ),
    ]


def reworded(
    turns: Sequence[str], question: Question, vocabulary: Vocabulary,
    model: Writes, deadline: Deadline,
) -> Question:  # fmt: skip
    """The question with what the model adds to it from the conversation; as it was, if in doubt."""
    if len(turns) < 2 or not question.text:
        return question
    said = ""
    try:
        for piece in model.words(messages(turns, vocabulary, model.prompts), deadline, _TOKENS):
            said += piece
            if "\n" in said.strip() or len(said) > 2 * _LONGEST:
                break
    except ModelFailure:
        return question
    proposal = said.strip().partition("\n")[0].strip("「」 　")
    return accepted(proposal, turns, question, vocabulary) or question


def accepted(
    proposal: str, turns: Sequence[str], question: Question, vocabulary: Vocabulary
) -> Question | None:
    """The question that a proposal makes of `question` (as the rules understood it), or None."""
    if not proposal or len(proposal) > _LONGEST or hidden_off(proposal) != proposal:
        return None
    if not plain(proposal):
        return None
    asked = fold("\n".join(turns))
    spoken = {key for turn in turns for key in words(turn)}
    alone = read_question(proposal, vocabulary)
    rest = proposal
    for place in alone.municipalities:
        if fold(place[:-1]) not in asked:
            return None
        rest = rest.replace(place, "、")
    if any(key not in spoken and key not in asked for key in words(rest)):
        return None
    if any(figure not in asked for figure in re.findall(r"[0-9]+[^0-9]?", fold(proposal))):
        return None
    last = read_question(turns[-1], vocabulary)
    held = {term.key for term in alone.terms}
    if any(term.key not in held for term in last.terms if term.name):
        return None
    if alone.unknown_places != last.unknown_places or alone.ordinal not in (None, question.ordinal):
        return None
    narrowed: dict[str, tuple[object, ...]] = {}
    for name in _FACETS:
        before, proposed = getattr(question, name), getattr(alone, name)
        if not set(proposed) <= set(before) and before:
            return None  # another town than the one understood
        narrowed[name] = proposed or before
    known = {term.key for term in question.terms}
    more = tuple(term for term in alone.terms if term.key not in known)
    if not more and all(narrowed[name] == getattr(question, name) for name in _FACETS):
        return None
    text = f"{question.search_text} {proposal}" if more else question.search_text
    return replace(question, terms=(*question.terms, *more), search_text=text, **narrowed)  # type: ignore[arg-type]
