"""Question -> Hits: the passages that bear on a question, found by words and by vectors.

What a viewer may not see is never fetched: the scope is a set of passages given to both searches
(roles come later; their place is here). Asked through `retriever.PassageRetriever`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.embedding import Embedder
from index.japanese import words
from index.passages import Passage
from index.store import Index

ARMS = ("words", "vectors")
# Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), with their constant.
_FUSION = 60
_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its fused score (higher is better), and the rank each search gave it."""

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]
    likeness: float = 0.0


def find(
    index: Index,
    embedder: Embedder,
    text: str,
    *,
    more_words: Sequence[str] = (),
    arms: Sequence[str] = ARMS,
    limit: int = 10,
    within: Collection[str] | None = None,
) -> list[Hit]:
    """The `limit` best passages for `text`, best first, each once.

    `more_words` are further words for the search by words (other forms of the question's own);
    `within` holds the ids of the passages that may be found, None all.
    """
    ranks: dict[str, dict[str, int]] = {}
    likeness: dict[str, float] = {}
    if "words" in arms:
        tokens = list(
            dict.fromkeys([*words(text), *(w for more in more_words for w in words(more))])
        )
        for rank, (passage, _) in enumerate(index.search_words(tokens, _DEPTH, within)):
            ranks.setdefault(passage, {})["words"] = rank
    if "vectors" in arms and text.strip():
        vector = embedder.query(text)
        for rank, (passage, cosine) in enumerate(index.search_vectors(vector, _DEPTH, within)):
            ranks.setdefault(passage, {})["vectors"] = rank
            likeness[passage] = cosine
    scores = {
        passage: sum(1.0 / (_FUSION + rank) for rank in found.values())
        for passage, found in ranks.items()
    }
    best = sorted(scores, key=lambda passage: (-scores[passage], passage))[:limit]
    passages = {passage.id: passage for passage in index.passages(best)}
    return [
        Hit(passages[p], scores[p], tuple(sorted(ranks[p].items())), likeness.get(p, 0.0))
        for p in best
        if p in passages
    ]
