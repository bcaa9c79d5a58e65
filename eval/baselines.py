"""What Senrei is held against, in the same run, and Senrei itself in the same form."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np
from langchain_core.embeddings import Embeddings

from eval.gold import Span
from index.embedding import Embedder

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from assistant.hits import Hit

LIMIT = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """A system's answer as JSON, the first five places it found, and the milliseconds of each.

    `searched` are the first five places of the search itself, before sentences are ranked.
    """

    answer: Mapping[str, Any]
    found: Sequence[Span]
    milliseconds: float
    stages: Mapping[str, float] = field(default_factory=dict)
    searched: Sequence[Span] = ()
    best: str = ""


System = Callable[[Sequence[str]], Reply]


def senrei(assistant: Assistant) -> System:
    """The product."""

    def reply(turns: Sequence[str]) -> Reply:
        made = _asked(assistant, turns)
        hits = assistant.retrieve(list(turns), limit=LIMIT)
        return replace(made, found=_spans(hits))

    return reply


def with_searches(assistant: Assistant, arms: Sequence[str]) -> System:
    """The product with some of its searches only."""

    def reply(turns: Sequence[str]) -> Reply:
        before, assistant.arms = assistant.arms, tuple(arms)
        try:
            return _asked(assistant, turns)
        finally:
            assistant.arms = before

    return reply


def without_thesaurus(assistant: Assistant) -> System:
    """The product without its groups of words that say the same."""

    def reply(turns: Sequence[str]) -> Reply:
        with mock.patch("assistant.understanding.terms.thesaurus", dict):
            return _asked(assistant, turns)

    return reply


def never_abstains(assistant: Assistant) -> System:
    """The product without its thresholds; where it is silent all the same, its best sentence."""
    off = {
        "assistant.drafting.fact_drafts.ENOUGH_COVERED": -99.0,
        "assistant.drafting.fact_drafts.ENOUGH_SCORE": -99.0,
        "assistant.evidence.NAMED": float("inf"),
    }

    def reply(turns: Sequence[str]) -> Reply:
        with ExitStack() as stack:
            for name, value in off.items():
                stack.enter_context(mock.patch(name, value))
            made = _asked(assistant, turns)
        units = assistant.candidates(list(turns)) if made.answer["abstained"] else []
        if not made.answer["abstained"]:
            return made
        best = [Span(unit.record, unit.start, unit.end) for unit in units[:1]]
        return replace(made, answer=_plain(best, units[0].text if units else ""))

    return reply


def best_passage(reply: Reply) -> Reply:
    """The best passage of a search as the answer."""
    return replace(reply, answer=_plain(reply.searched[:1], reply.best), found=reply.searched)


def abstainer(turns: Sequence[str]) -> Reply:
    """Never answers: what silence scores."""
    return Reply({**_plain((), "記録からは分かりません。"), "abstained": True}, (), 0.0)


def _asked(assistant: Assistant, turns: Sequence[str]) -> Reply:
    begun = time.perf_counter()
    answer = assistant.ask(list(turns))
    taken = (time.perf_counter() - begun) * 1_000
    found = _spans(answer.hits[:LIMIT])
    best = answer.hits[0].passage.text if answer.hits else ""
    return Reply(answer.as_json(), found, taken, dict(answer.timings), found, best)


def _spans(hits: Sequence[Hit]) -> list[Span]:
    return [Span(h.passage.record, h.passage.start, h.passage.end) for h in hits]


def langchain_default(texts: Mapping[str, str], embeddings: Embeddings) -> System:
    """LangChain's default way: RecursiveCharacterTextSplitter(1000, 200), Chroma, dense only; the
    best chunk is the answer. It is asked with all turns of the conversation at once."""
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1_000, chunk_overlap=200, add_start_index=True
    )
    chunks = splitter.split_documents(
        [Document(text, metadata={"record": record}) for record, text in sorted(texts.items())]
    )
    name = hashlib.sha256("\0".join(sorted(texts)).encode()).hexdigest()[:16]
    quiet = Settings(anonymized_telemetry=False)
    store = Chroma.from_documents(chunks, embeddings, collection_name=name, client_settings=quiet)

    def reply(turns: Sequence[str]) -> Reply:
        begun = time.perf_counter()
        best = store.similarity_search("\n".join(turns), k=LIMIT)
        taken = (time.perf_counter() - begun) * 1_000
        found = [_span(chunk.metadata, chunk.page_content) for chunk in best]
        text = best[0].page_content
        return Reply(_plain(found[:1], text), found, taken, {}, found, text)

    return reply


def _span(metadata: Mapping[str, Any], text: str) -> Span:
    return Span(metadata["record"], metadata["start_index"], metadata["start_index"] + len(text))


def _plain(found: Sequence[Span], text: str) -> dict[str, Any]:
    """A text as an answer: cited as a whole, without cases, never an abstention."""
    citations = [
        {"n": n, "record": s.record, "start": s.start, "end": s.end, "quote": text}
        for n, s in enumerate(found, start=1)
    ]
    return {"answer": text, "abstained": False, "cases": [], "citations": citations}


class CachedEmbeddings(Embeddings):
    """Senrei's embedding model as LangChain's type; the vectors of texts are kept in a file."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._path = folder / f"vectors-{embedder.digest[:16]}.npz"
        self._vectors: dict[str, np.ndarray] = {}
        if self._path.exists():
            with np.load(self._path) as kept:
                self._vectors = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        new = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._vectors}
        if new:
            made = self._embedder.passages(list(new.values()))
            self._vectors.update(zip(new, made, strict=True))
            self._path.parent.mkdir(parents=True, exist_ok=True)
            vectors = np.stack(list(self._vectors.values()))
            np.savez(self._path, keys=np.array(list(self._vectors)), vectors=vectors)
        return [self._vectors[key].tolist() for key in keys]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._embedder.query(text)]
