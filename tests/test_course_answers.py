"""Cases by the course they took, a field of each, whose words those were, and why it was so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.chat import Assistant
from index.grammar.verdicts import Outcome

pytestmark = pytest.mark.model

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def assistant(precedents_index: Path) -> Assistant:
    return Assistant.open(precedents_index)


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    return lambda *turns: assistant.ask(list(turns))


def test_the_contested_cases_are_those_put_off_refused_or_opposed(
    assistant: Assistant, ask: Ask
) -> None:
    told = {case.id for case in ask("揉めた案件はどれですか").cases}
    against = (Outcome.REJECTED, Outcome.CONTINUED, Outcome.PARTLY_APPROVED)
    for case in assistant.index.cases():
        if any(decision.outcome in against for decision in case.decisions):
            assert case.id in told
    assert len(told) < len(assistant.index.cases()) / 2


def test_what_was_approved_over_an_objection_is_told_with_it(ask: Ask) -> None:
    answer = ask("反対意見がついたまま通ったものは")
    assert answer.cases
    for line in answer.statements[1 : len(answer.cases) + 1]:
        assert "反対: 「" in line.text
        assert "異議ありません" not in line.text


@pytest.mark.parametrize("question", ["楓沢町の各案件の担当課は", "楓沢町の案件の担当課を一覧で"])
def test_a_field_is_told_of_each_case(assistant: Assistant, ask: Ask, question: str) -> None:
    answer = ask(question)
    of_town = [case for case in assistant.index.cases() if case.municipality == "楓沢町"]
    assert {case.id for case in answer.cases} == {case.id for case in of_town}
    for case in of_town:
        assert case.department is None or case.department in answer.text


def test_whose_words_those_were(ask: Ask) -> None:
    spoken = ask("楓沢町のAI-OCRの費用は？", "それは誰が言ったの")
    assert spoken.statements[0].text.startswith("**実施機関**の発言です。")
    assert "3万5千円" in spoken.text


def test_other_exchanges_are_those_not_yet_told(assistant: Assistant) -> None:
    turns = ["霞野市の通学路見守りカメラではどんな質問が出ましたか", "ほかには？"]
    first, more = (assistant.ask(turns[:n]) for n in (1, 2))
    told = {c.quote for c in first.citations if c.quote.endswith("か。")}
    assert told
    assert not told & {c.quote for c in more.citations}


def test_why_it_was_refused_is_not_told_in_the_offices_words(
    assistant: Assistant, ask: Ask
) -> None:
    answer = ask("北辰区のAI-OCRが不承認になった理由は？")
    assert not answer.abstained
    assert "実施機関の説明" not in answer.text
    assert "（会長の発言）" in answer.text or "（結論の前後の記載）" in answer.text


def test_last_year_is_counted_from_the_newest_record(assistant: Assistant, ask: Ask) -> None:
    answer = ask("楓沢町の去年の案件は？")
    assert answer.cases
    assert {case.year for case in answer.cases} == {2021}
    assert "「去年」は「令和3年度（新しい記録から数えて）」" in answer.text


def test_the_last_sitting_is_the_newest_on_record(assistant: Assistant, ask: Ask) -> None:
    days = [m.day for m in assistant.index.meetings() if m.municipality == "楓沢町" and m.day]
    answer = ask("前回の楓沢町の審議会の案件は")
    assert answer.cases
    assert {case.day for case in answer.cases} == {max(days)}
