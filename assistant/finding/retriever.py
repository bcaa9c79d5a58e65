"""The search as LangChain's retriever: the one way to it, for the product and for any chain.

Apart from `hits`, because LangChain takes half a second to load: with the first question, when the
page is already drawn.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langsmith import tracing_context
from pydantic import ConfigDict

from assistant.hits import ARMS, Hit, find
from index.passages import Passage, PassageKind

# Settings of an older LangChain, which the present one answers with an error.
for _name in ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"):
    os.environ.pop(_name, None)


class PassageRetriever(BaseRetriever):
    """The passages of an index that bear on a question, best first.

    Every document's metadata holds `record`, `start` and `end` (characters of the record's text),
    `case`, `meeting`, `kind`, `heading`, `score`, `likeness` and `found_by`. `invoke` also takes
    what `find` does: `more_words`, `within`, `arms`, `limit`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    embedder: Any
    limit: int = 10
    arms: tuple[str, ...] = ARMS

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        more_words: Sequence[str] = (),
        within: Collection[str] | None = None,
        arms: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        hits = find(
            self.index, self.embedder, query, more_words=more_words, within=within,
            arms=self.arms if arms is None else arms, limit=self.limit if limit is None else limit,
        )  # fmt: skip
        return [as_document(hit) for hit in hits]

    def hits(self, text: str, **narrowing: Any) -> list[Hit]:
        """`invoke` for the product itself: nothing is copied to LangSmith, whatever the environment
        says, and the documents are hits again."""
        with tracing_context(enabled=False):
            return [as_hit(document) for document in self.invoke(text, **narrowing)]


def as_document(hit: Hit) -> Document:
    """A hit as a LangChain document."""
    passage = hit.passage
    return Document(
        page_content=passage.text,
        id=passage.id,
        metadata={
            "record": passage.record,
            "start": passage.start,
            "end": passage.end,
            "case": passage.case,
            "meeting": passage.meeting,
            "kind": str(passage.kind),
            "heading": passage.heading,
            "score": hit.score,
            "likeness": hit.likeness,
            "found_by": dict(hit.found_by),
        },
    )


def as_hit(document: Document) -> Hit:
    """The hit of `as_document`."""
    told = document.metadata
    passage = Passage(
        id=document.id or "",
        record=told["record"],
        start=told["start"],
        end=told["end"],
        kind=PassageKind(told["kind"]),
        text=document.page_content,
        heading=told["heading"],
        case=told["case"],
        meeting=told["meeting"],
    )
    return Hit(passage, told["score"], tuple(told["found_by"].items()), told["likeness"])
