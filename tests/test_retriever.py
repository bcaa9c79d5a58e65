"""The search through LangChain's retriever: the same passages, and nothing told to anybody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda
from langsmith.run_helpers import get_tracing_context

from assistant.chat import Assistant
from assistant.finding.retriever import PassageRetriever, as_document, as_hit
from assistant.hits import find

QUESTION = "AI-OCRで読み取った画像はいつ消えますか"


@pytest.fixture(scope="module")
def assistant(desk_index: Path) -> Assistant:
    return Assistant.open(desk_index)


@pytest.mark.model
def test_the_retriever_gives_what_is_found(assistant: Assistant) -> None:
    hits = find(assistant.index, assistant.embedder, QUESTION, limit=7)
    assert len(hits) == 7
    assert assistant.found(QUESTION, limit=7) == hits
    assert [as_hit(as_document(hit)) for hit in hits] == hits


@pytest.mark.model
def test_a_chain_can_use_the_retriever(assistant: Assistant) -> None:
    retriever = PassageRetriever(index=assistant.index, embedder=assistant.embedder, limit=3)
    chain = retriever | RunnableLambda(lambda found: [d.metadata["record"] for d in found])
    documents = retriever.invoke(QUESTION)
    assert chain.invoke(QUESTION) == [document.metadata["record"] for document in documents]
    for document in documents:
        at = document.metadata
        text = assistant.index.text(at["record"])
        assert text[at["start"] : at["end"]] == document.page_content


@pytest.mark.model
def test_answers_are_made_through_the_retriever_within_what_was_chosen(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, dict[str, object]]] = []
    seen = []
    invoke: Callable[..., object] = PassageRetriever.invoke

    def watched(self: PassageRetriever, text: str, *given: object, **more: object) -> object:
        asked.append((text, more))
        seen.append(get_tracing_context()["enabled"])
        return invoke(self, text, *given, **more)

    monkeypatch.setattr(PassageRetriever, "invoke", watched)
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    town = "楓沢町"
    assistant.ask([f"{town}のAI-OCRの案件は承認されましたか。"])
    assert asked
    assert set(seen) == {False}
    records = {m.record for m in assistant.index.meetings() if m.municipality == town}
    allowed = assistant.index.passage_ids(records=records)
    assert all(set(more["within"]) <= allowed for _, more in asked)  # type: ignore[call-overload]
