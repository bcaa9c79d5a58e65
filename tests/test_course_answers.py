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


def test_that_nothing_was_approved_over_an_objection_is_said(ask: Ask) -> None:
    answer = ask("反対意見がついたまま通ったものは")
    assert answer.abstained  # 異議ありません objects to nothing
    assert "見つかりません" in answer.statements[0].text


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
    turns = ["楓沢町のAI-OCRの件で出た質問は？", "ほかには？"]
    first, more = (assistant.ask(turns[:n]) for n in (1, 2))
    told = {c.quote for c in first.citations if c.quote.endswith("か。")}
    assert told
    assert not told & {c.quote for c in more.citations}


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("楓沢町のふるさと納税の件が不承認になったのはなぜ", "（結論の前後の記載）"),
        ("星ヶ谷村のAI-OCRが継続になったのはなぜ", "（会長の発言）"),
    ],
)
def test_why_it_was_decided_so_is_not_told_in_the_offices_words(
    ask: Ask, question: str, whose: str
) -> None:
    answer = ask(question)
    assert whose in answer.statements[0].text
    assert "実施機関の説明" not in answer.text


def test_this_year_is_counted_from_the_newest_record(ask: Ask) -> None:
    answer = ask("星ヶ谷村の今年度の案件は？")
    assert answer.cases
    assert {case.year for case in answer.cases} == {2020}
    assert "「今年度」は「令和2年度（新しい記録から数えて）」" in answer.text


def test_the_last_sitting_is_the_newest_on_record(assistant: Assistant, ask: Ask) -> None:
    days = [m.day for m in assistant.index.meetings() if m.municipality == "楓沢町" and m.day]
    answer = ask("前回の楓沢町の審議会の案件は")
    assert answer.cases
    assert {case.day for case in answer.cases} == {max(days)}


def test_what_else_there_is_is_not_what_was_told(assistant: Assistant, ask: Ask) -> None:
    turns = ["楓沢町のAI-OCRの費用は？", "ほかには？"]
    told = {(c.start, c.end) for c in ask(turns[0]).citations if "円" in c.quote}
    assert told
    assert not told & {(c.start, c.end) for c in ask(*turns).citations}


def test_that_there_is_no_other_case_is_said_of_others(ask: Ask) -> None:
    answer = ask("楓沢町のふるさと納税の件は承認されましたか", "ほかには？")
    assert answer.abstained
    assert answer.statements[0].text.startswith("**ほかに")


def test_why_after_a_verdict_asks_why_it_was_decided_so(ask: Ask) -> None:
    answer = ask("楓沢町のふるさと納税の件は承認されましたか", "なんで？")
    assert "（結論の前後の記載）" in answer.statements[0].text
