"""What a word means, what a council is for, what changed with the law: as the records explain it."""

import shutil

import pytest
from conftest import ROOT

from assistant.answers import Answer
from assistant.chat import Assistant
from eval.any_vectors import as_if_real
from index.build import build

pytestmark = pytest.mark.model
RECORDS = ("fujigase-r4-4", "kasumino-r3-3", "kasumino-r5-1")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over records that explain words and one that does not; vectors are any."""
    records, folder = tmp_path_factory.mktemp("explaining"), tmp_path_factory.mktemp("index")
    for name in RECORDS:
        shutil.copy(ROOT / "records" / "sample" / f"{name}.txt", records)
    build([records], folder, embedder=as_if_real())
    return Assistant.open(folder)


def first_quote(answer: Answer) -> str:
    assert answer.citations
    return answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("目的外利用とは何ですか", "目的外利用"),
        ("附帯意見って何", "附帯意見"),
        ("諮問とは何ですか", "諮問"),
        ("オンライン結合の意味を教えてください", "オンライン結合"),
        ("回線結合とは何ですか", "オンライン結合"),  # another name of it
    ],
)
def test_a_word_is_explained_by_the_sentence_that_explains_it(
    assistant: Assistant, question: str, word: str
) -> None:
    answer = assistant.ask([question])
    assert not answer.abstained
    assert first_quote(answer).lstrip("「").startswith(word)
    assert "藤ヶ瀬市" in answer.text.split("\n")[0]


def test_a_word_of_another_town_is_not_explained_by_its_neighbour(assistant: Assistant) -> None:
    answer = assistant.ask(["霞野市では附帯意見とは何ですか"])
    assert all(citation.record.startswith("kasumino") for citation in answer.citations)


def test_what_a_council_is_for_and_what_changed_are_told_by_those_who_said_it(
    assistant: Assistant,
) -> None:
    council = assistant.ask(["この審議会は何を決めるのですか"])
    assert "答申" in first_quote(council)
    law = assistant.ask(["令和5年4月から何が変わりましたか"])
    assert {c.record.split("-")[0] for c in law.citations} == {"fujigase", "kasumino"}
    listed = assistant.ask(["藤ヶ瀬市の委員会は何を審議しましたか"])
    assert listed.cases


def test_an_approval_on_conditions_is_never_told_as_one_without(assistant: Assistant) -> None:
    answer = assistant.ask(["霞野市の見守りカメラが無条件で承認されたのはなぜですか"])
    first = answer.text.split("\n")[0]
    assert first.startswith("条件なしの承認ではなく")
    assert "意見・条件を付して承認" in first.replace("*", "")
    assert any(decision.conditions for decision in answer.cases[0].decisions)


@pytest.mark.parametrize("question", ["LINEとは何ですか", "通学路とは何ですか"])
def test_a_sentence_that_only_uses_a_word_does_not_explain_it(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask([question])
    assert answer.abstained
    assert "見つかりません" in answer.text.split("\n")[0]


def test_two_words_set_side_by_side_are_both_explained(assistant: Assistant) -> None:
    answer = assistant.ask(["諮問と報告は何が違いますか"])
    assert "報告は、" in first_quote(answer)
    assert "諮問は、" in first_quote(answer)
