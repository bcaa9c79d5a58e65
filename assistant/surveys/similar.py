"""Which earlier or later cases are like a case: by what their titles name, and by meaning.

Likeness is an offer to read, never a statement about a council.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from assistant.statements import short_title
from assistant.surveys.precedents import Precedent, Precedents
from index.japanese import fold, words
from index.store import Index

_SOUGHT = 300  # passages looked at for nearness in meaning
_OWN = 40  # passages of a case that stand for it
_ENOUGH = 0.3  # without a technology in common
# What each kind of likeness weighs: fitted to nothing, in the order in which people look.
_TITLE, _MEANING, _TECHNOLOGY, _HANDLING = 0.4, 0.25, 0.2, 0.15
_COSINE_OF_NOTHING = 0.85  # of e5: any two Japanese texts are about so near


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case that is like another: how much (0 to 1), and in which named things."""

    row: Precedent
    score: float
    technologies: tuple[str, ...]
    handlings: tuple[str, ...]
    words: tuple[str, ...]


class Similar:
    """Likeness between the cases of one index."""

    def __init__(self, index: Index, precedents: Precedents) -> None:
        """Weigh the words of all titles by their rarity."""
        self._index, self._rows = index, precedents
        self._words = {row.case.id: _naming_words(row) for row in precedents.rows}
        seen = Counter(word for held in self._words.values() for word in held)
        number = len(precedents.rows) + 1
        self._weight = {word: log(number / count) + 0.1 for word, count in seen.items()}

    def to(self, row: Precedent, limit: int = 6) -> list[Likeness]:
        """The cases most like this one, the likest first; those of the same matter are none."""
        near = self._near(row)
        found = []
        for other in self._rows.rows:
            if (other.case.chain or other.case.id) == (row.case.chain or row.case.id):
                continue
            shared = self._words[row.case.id] & self._words[other.case.id]
            technologies = tuple(t for t in row.technologies if t in other.technologies)
            handlings = tuple(h for h in row.handlings if h in other.handlings)
            score = (
                _TITLE * self._cosine(row, other, shared)
                + _MEANING * near.get(other.case.id, 0.0)
                + _TECHNOLOGY * bool(technologies)
                + _HANDLING * _overlap(row.handlings, other.handlings)
            )
            if score >= _ENOUGH or technologies:
                rare = sorted(shared, key=lambda word: (-self._weight[word], word))[:4]
                found.append(Likeness(other, score, technologies, handlings, tuple(rare)))
        found.sort(key=lambda like: (-like.score, like.row.case.id))
        return found[:limit]

    def _near(self, row: Precedent) -> dict[str, float]:
        """How near in meaning the best passage of each case is to the whole of this, 0 to 1.

        From the vectors in the index: to embed anew would take longer than the page may.
        """
        own = [p.id for case in row.cases for p in self._index.passages_of_case(case.id)]
        if not own:
            return {}
        mean = np.mean([self._index.vector(id) for id in own[:_OWN]], axis=0)
        hits = dict(self._index.search_vectors(mean, _SOUGHT))
        best: dict[str, float] = {}
        for passage in self._index.passages(list(hits)):
            owner = self._rows.by_case.get(passage.case or "")
            if owner is not None:
                share = (hits[passage.id] - _COSINE_OF_NOTHING) / (1 - _COSINE_OF_NOTHING)
                best[owner.case.id] = max(best.get(owner.case.id, 0.0), share, 0.0)
        return best

    def _cosine(self, left: Precedent, right: Precedent, shared: set[str]) -> float:
        norm = self._norm(left) * self._norm(right)
        return sum(self._weight[word] ** 2 for word in shared) / norm if norm else 0.0

    def _norm(self, row: Precedent) -> float:
        return sqrt(sum(self._weight[word] ** 2 for word in self._words[row.case.id]))


def _naming_words(row: Precedent) -> set[str]:
    """The words of the titles that name something."""
    said = (word for case in row.cases for word in words(short_title(case.title, 120)))
    return {word for word in said if len(fold(word)) > 1 and not word.isdigit()}


def _overlap(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of all that both have (Jaccard); 0 where neither has any."""
    both = set(left) | set(right)
    return len(set(left) & set(right)) / len(both) if both else 0.0
