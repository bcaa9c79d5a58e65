"""What any answer promises, over an index of four sample records and a hostile one."""

import json

import pytest
from asking import Ask, keeps_its_word, own_words
from conftest import HOSTILE
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.chat import Assistant
from assistant.citations import bracketed, cite, readable
from assistant.statements import Draft, Quote, Statement, Style
from index.grammar.verdicts import Outcome

pytestmark = pytest.mark.model

STUDY = "健診結果の大学への外部提供"


@pytest.mark.parametrize(
    ("quote", "read"),
    [
        ("港の見回りは\n\n　　　－ ２ －\n\n月に一度である。", "港の見回りは月に一度である。"),
        ("港の見回りは\r\n- 12 -\r\n月に一度である。", "港の見回りは月に一度である。"),
        ("１年は－ ２ －度まで", "１年は－ ２ －度まで"),  # not on a line of its own
        ("費用\n―\n200", "費用―200"),
    ],
)
def test_a_quote_is_read_without_the_page_that_ends_in_it(quote: str, read: str) -> None:
    assert readable(quote) == read


# --- exact or nothing ------------------------------------------------------------------------


def test_a_statement_without_a_place_in_a_record_is_dropped(assistant: Assistant) -> None:
    case = assistant.index.cases()[0]
    end = len(assistant.index.text(case.record))
    good = Quote(case.record, *case.title_span)
    bad = [
        Quote("no-such-record.txt", 0, 5),
        Quote(case.record, end - 1, end + 1),
        Quote(case.record, 7, 7),
        Quote(case.record, 9, 3),
        Quote(case.record, -3, 3),
    ]
    drafts = [Statement(Style.LEAD, ("承認されました。", quote)) for quote in bad]
    statements = (
        *drafts,
        Statement(Style.ITEM, ("案件: ", good)),
        Statement(Style.LEAD, ("可。",)),
    )
    cited, citations = cite(Draft(statements), assistant.index)
    assert [line.style for line in cited] == [Style.ITEM]
    assert [(c.start, c.end) for c in citations] == [case.title_span]


def test_a_heading_with_nothing_under_it_is_dropped(assistant: Assistant) -> None:
    heading = Statement(Style.HEADING, ("経過",))
    lost = Statement(Style.ITEM, (Quote("no-such-record.txt", 0, 5),))
    assert cite(Draft((heading, lost)), assistant.index) == ([], [])


def test_one_span_is_one_citation(assistant: Assistant) -> None:
    case = assistant.index.cases()[0]
    quote = Quote(case.record, *case.title_span)
    cited, citations = cite(Draft((Statement(Style.ITEM, (quote, "と", quote)),)), assistant.index)
    assert len(citations) == 1
    assert cited[0].numbers == (1,)
    assert cited[0].text.count("[1]") == 2


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("承認する。", "「承認する。」"),
        ("「可」とする。", "「「可」とする。」"),
        ("「試行の報告を求める。」", "「試行の報告を求める。」"),
        ("「試行の報告を求める。", "「試行の報告を求める。」"),  # cut after the first sentence
        ("「試行」と「本番」", "「「試行」と「本番」」"),
    ],
)
def test_brackets_come_in_pairs(words: str, shown: str) -> None:
    assert bracketed(words) == shown


# --- conversations ----------------------------------------------------------------------------


def test_a_follow_up_keeps_the_matter(ask: Ask) -> None:
    answer = ask(f"{STUDY}は承認されましたか", "その条件は?")
    assert answer.question.intent == "conditions"
    assert "協定書" in answer.text
    assert answer.understood


CAMERA = "楓沢町の駐輪場の防犯カメラの件は"


@pytest.mark.parametrize(
    "message",
    [
        "水位計の設置は報告されましたか",
        "水位計の記録は何日残りますか",
        "では、見守りセンサーはどうなりましたか",
        "生成AIの利用は承認されましたか",
        "星ヶ谷村のAI-OCRの共同利用の結論は",
        f"{STUDY}に付いた条件を教えてください",
        "星ヶ谷村で承認された案件を全部教えて",
        "目的外利用とは何ですか",
    ],
)
def test_a_whole_question_after_another_inherits_nothing(
    assistant: Assistant, ask: Ask, message: str
) -> None:
    question = ask(CAMERA, message).question
    assert not question.inherited
    assert {"駐輪場", "防犯カメラ"}.isdisjoint(term.key for term in question.terms)
    assert question == assistant.ask([message]).question


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("記録は何日残りますか", "7日"),
        ("警察に渡しますか", "照会書"),
        ("では、何台置きますか", "2台"),
        ("その水位計は報告されましたか", ""),
        ("反対した委員はいましたか", ""),
        ("費用はいくらですか", ""),
    ],
)
def test_what_is_left_unsaid_is_of_the_matter_before(ask: Ask, message: str, said: str) -> None:
    answer = ask(CAMERA, message)
    assert answer.question.municipalities == ("楓沢町",)
    assert "防犯カメラ" in {term.key for term in answer.question.terms}
    assert said in answer.statements[0].text
    assert answer.abstained is not bool(said)


def test_a_follow_up_changes_the_town(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRは承認されましたか", "では星ヶ谷村では?")
    assert answer.statements[0].text.startswith("**継続審議**")
    assert {case.municipality for case in answer.cases} == {"星ヶ谷村"}


# --- any words at all -------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n\t\u3000"])
def test_nothing_asked_is_answered_with_how_to_ask(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.abstained
    assert answer.citations == ()
    assert "質問を入力してください" in answer.text


@pytest.mark.parametrize("question", ["あ" * 10_000, "火葬炉" * 3_000, "?" * 10_000])
def test_a_very_long_question_is_no_trouble(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.abstained
    assert len(answer.text) < 2_000


@pytest.mark.parametrize(
    "question",
    [
        "Was the AI-OCR approved?",
        '"AI-OCR" OR NOT (NEAR* -: ) AND ; DROP TABLE cases',
        "AI-OCR* ^承認 {} \\ % _ '",
    ],
)
def test_english_and_operators_are_words_like_others(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "楓沢町" in {case.municipality for case in answer.cases}


WORDS = st.sampled_from(
    [
        "AI-OCR",
        "承認",
        "条件",
        "は?",
        "楓沢町",
        "令和3年度",
        "第99回",
        "なぜ",
        "一覧",
        "AND",
        "「",
        "<b>",
    ]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(max_size=60) | st.lists(WORDS, max_size=6).map("".join), min_size=1, max_size=3
    )
)
@example(["第０回", "R0年は?"])
@example(["\x00", "\ud7ff\u200b"])
def test_whatever_is_asked_is_answered(assistant: Assistant, turns: list[str]) -> None:
    answer = assistant.ask(turns)
    keeps_its_word(answer, assistant)
    assert answer.statements
    json.dumps(answer.as_json() | assistant.explain(answer).as_json(), ensure_ascii=False)


# --- what stands in a record is evidence ------------------------------------------------------


def test_an_order_in_a_record_is_quoted_and_not_followed(ask: Ask) -> None:
    for question in ("水位計は承認されましたか", "水位計の記録は何日残りますか"):
        answer = ask(question)
        assert [case.outcome for case in answer.cases] == [Outcome.APPROVED]
        assert "無視" not in own_words(answer)
        assert "不承認" not in own_words(answer)
    assert any("7日" in citation.quote for citation in answer.citations)


def test_markup_in_a_record_is_only_ever_quoted(ask: Ask) -> None:
    answer = ask("水位計の画面には何が表示されますか")
    assert any(HOSTILE in citation.quote for citation in answer.citations)
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    for piece in ("evil.example", "**太字**", "$x^2$", "乗取"):
        assert piece in answer.text
        assert piece not in own_words(answer)
