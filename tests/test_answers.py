"""What an answer promises, over an index of four sample records and a hostile one."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOSTILE, ROOT
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from stand_ins import HashEmbedder

from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.citations import bracketed, cite, readable
from assistant.statements import Draft, Quote, Statement, Style
from eval.any_vectors import as_if_real
from index.build import build
from index.grammar.verdicts import Outcome

pytestmark = pytest.mark.model

STUDY = "健診結果の大学への外部提供"

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def assistant(precedents_index: Path) -> Assistant:
    return Assistant.open(precedents_index)


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    def asked(*turns: str) -> Answer:
        answer = assistant.ask(turns)
        keeps_its_word(answer, assistant)
        return answer

    return asked


def keeps_its_word(answer: Answer, assistant: Assistant) -> None:
    """What holds of any answer: exact citations, none missing, nothing asserted without one."""
    for citation in answer.citations:
        text = assistant.index.text(citation.record)
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for line in answer.statements:
        assert set(line.numbers) <= set(numbers)
        if line.style not in (Style.NOTE, Style.HEADING):
            assert line.numbers
    assert {n for line in answer.statements for n in line.numbers} == set(numbers)
    assert "調べた範囲" in answer.text
    assert "{searched}" not in answer.text
    assert "****" not in answer.text


def own_words(answer: Answer) -> str:
    """The answer without what it quotes."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(f"「{readable(citation.quote)}」", "")
    return text


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


# --- what was decided -------------------------------------------------------------------------


def test_the_verdict_comes_first(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRは承認されましたか")
    assert answer.statements[0].text.startswith("**承認**されました")
    assert "「可」とする" in answer.citations[0].quote
    assert [case.outcome for case in answer.cases] == [Outcome.APPROVED]


def test_each_town_has_its_own_verdict(ask: Ask) -> None:
    answer = ask("AI-OCRの案件は承認されたか。条件は?")
    lead = answer.statements[0].text
    assert "承認1件" in lead
    assert "継続審議1件" in lead
    lines = [line.text for line in answer.statements if line.style is Style.CASE]
    assert ["**承認**" in line for line in lines] == ["楓沢町" in line for line in lines]


def test_what_was_put_off_is_never_told_as_approved(ask: Ask) -> None:
    answer = ask("星ヶ谷村のAI-OCRは承認されましたか")
    assert answer.statements[0].text.startswith("**継続審議**")
    assert "**承認**" not in answer.text
    assert "承認されました" not in own_words(answer)


def test_a_matter_put_off_and_then_approved_is_one(ask: Ask) -> None:
    answer = ask(f"{STUDY}は承認されましたか")
    assert answer.statements[0].text.startswith("**意見・条件を付して承認**")
    steps = [line.text for line in answer.statements if line.style is Style.CASE]
    assert [("継続審議" in step, "最新" in step) for step in steps] == [
        (True, False),
        (False, True),
        (False, False),  # a report on what came of it: a later word, but no verdict
    ]
    assert "**報告**" in steps[-1]
    days = ["2019-01-22", "2019-02-26", "2020-07-09"]
    assert [str(case.day) for case in answer.cases] == days
    assert len({case.chain for case in answer.cases}) == 1


def test_a_list_of_what_was_put_off_has_what_was_approved_since(ask: Ask) -> None:
    answer = ask("継続審議になった案件は?")
    assert not answer.abstained
    assert "継続審議とされたことのある案件" in answer.statements[0].text
    line = next(s.text for s in answer.statements if "特定健診" in s.text)
    assert "**継続審議**" in line
    assert "その後、平成30年度第3回" in line


def test_a_topic_that_names_no_case_is_sought_in_what_was_asked_of_all(ask: Ask) -> None:
    answer = ask("委員から家族についてどんな質問が出ましたか")
    assert not answer.abstained
    assert "やり取り" in answer.statements[0].text
    assert "家族が映り込む" in answer.text


def test_what_was_asked_of_several_cases_says_of_which(ask: Ask) -> None:
    answer = ask("委員からサーバについてどんな質問が出ましたか")
    items = [line.text for line in answer.statements if line.style is Style.ITEM]
    assert re.match(r"案件[2-9]件で", answer.statements[0].text)
    assert all(line.startswith(("星ヶ谷村", "楓沢町")) for line in items)


def test_whether_conditions_were_kept_is_told_of_all_that_have_any(ask: Ask) -> None:
    answer = ask("付けた条件は守られたの?")
    assert re.search(r"その後の報告が記録にあるのは\*\*1件", answer.statements[0].text)
    assert "令和2年度第1回（2020年7月9日）で報告" in answer.statements[1].text


def test_what_no_title_names_is_listed_by_what_its_papers_use(ask: Ask) -> None:
    answer = ask("ビデオ通話を使う案件は?")
    assert "件名に「ビデオ通話」とある案件は見つかりません" in answer.statements[0].text
    assert [case.title for case in answer.cases] == ["オンライン健康相談の実施について"]
    assert not answer.abstained


def test_a_topic_that_no_exchange_touches_is_said_to_be_missing(ask: Ask) -> None:
    answer = ask("水位計の設置は承認されましたか", "委員から騒音についてどんな質問が出ましたか")
    assert answer.abstained
    assert "騒音" in answer.statements[0].text


def test_a_list_takes_nothing_for_granted(ask: Ask) -> None:
    answer = ask("AI-OCRの案件は?", "取り下げられた案件は?")
    assert answer.abstained
    assert "取下げとされた案件は見つかりません" in answer.statements[0].text


def test_a_town_without_conditions_is_told_to_have_none(ask: Ask) -> None:
    answer = ask("楓沢町の令和3年度第3回で条件は付きましたか")
    assert answer.abstained
    assert "条件を付して承認とされた案件は見つかりません" in answer.statements[0].text


@pytest.mark.parametrize("question", ["誰が反対した?", "反対した委員はいますか"])
def test_objections_are_sought_in_all_cases_where_none_is_named(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "渡すべきではない" in answer.text
    assert not answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "センサーの会社が動きの記録を何に使っているか尋ねたのは誰ですか",
        "星ヶ谷村で、センサーの会社は動きの記録を何に使うのかと聞いた委員は誰?",
    ],
)
def test_who_asked_is_not_told_where_no_name_stands(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.abstained
    assert "誰の発言か、記録に名前は書かれていません" in answer.text
    assert "動きの記録を何に使っているのか" in answer.text


def test_what_comes_near_is_offered_as_no_answer(ask: Ask) -> None:
    answer = ask("火葬炉の水位計の電池は、冬の間に何回取り替えましたか")
    assert answer.abstained
    assert "記録からは" in answer.text.splitlines()[0]


def test_which_has_most_conditions_counts_conditions(ask: Ask) -> None:
    answer = ask("条件が一番多く付いた案件は?")
    assert "付いた条件・附帯意見が最も多いのは" in answer.statements[0].text
    assert len(answer.cases) == 1


def test_conditions_are_told_word_for_word(ask: Ask) -> None:
    answer = ask(f"{STUDY}の条件は何ですか")
    told = [c.text for case in answer.cases for d in case.decisions for c in d.conditions]
    assert len(told) == 2
    assert set(told) <= {citation.quote for citation in answer.citations}
    assert all(f"「{words}」" in answer.text for words in told)


def test_that_no_condition_is_told_is_said(ask: Ask) -> None:
    lead = ask("楓沢町のAI-OCRに条件は付きましたか").statements[0].text
    assert lead.startswith("**条件・附帯意見の記載はありません。** **承認**されました")


@pytest.mark.parametrize(
    "question",
    ["楓沢町のAI-OCRが否決された理由は?", "楓沢町のAI-OCRが不承認になったのはなぜですか"],
)
def test_a_false_premise_is_corrected(ask: Ask, question: str) -> None:
    lead = ask(question).statements[0].text
    assert lead.startswith("記録では、不承認となったのではなく、**承認**されました")


def test_brackets_are_not_nested(ask: Ask) -> None:
    lead = ask("楓沢町のAI-OCRは承認されましたか").statements[0].text
    assert "（楓沢町 令和3年度第3回、2022年1月27日）" in lead


# --- what is not there ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("横浜市のAI-OCRは承認されましたか", "横浜市の記録はありません"),
        ("楓沢町の令和5年度のAI-OCRは承認されましたか", "令和5年度の記録は見つかりません"),
        ("火葬場の予約システムは承認されましたか", "見つかりません"),
        ("楓沢町のAI-OCRで、B委員の名前は何ですか", "記録からは分かりません"),
    ],
)
def test_what_is_not_recorded_is_said_to_be_missing(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.abstained
    assert said in answer.statements[0].text
    assert answer.searched.records > 0
    assert "承認されました" not in answer.text
    assert re.search(r"調べた範囲: 記録\d+件、会議\d+回、案件\d+件（.*楓沢町", answer.text)


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


# --- what is named must be borne out -----------------------------------------------------------


def test_a_neighbour_is_offered_and_never_the_answer(ask: Ask) -> None:
    answer = ask("桜ヶ丘駅の駐輪場への防犯カメラ設置は承認されましたか")
    assert answer.abstained
    assert "「桜ヶ丘駅」に当たる案件は見つかりません" in answer.statements[0].text
    assert "近い別の案件" in answer.text


def test_a_word_of_the_papers_is_not_told_as_absent(ask: Ask) -> None:
    answer = ask("衛星回線の案件は承認されましたか")
    first = answer.statements[0].text
    assert answer.abstained
    assert "件名に「衛星回線」とある案件は見つかりません" in first
    under = answer.text.partition("この言葉が資料や発言に出てくる案件")[2]
    assert "水位計の設置" in under
    absent = ask("海底回線の案件は承認されましたか")
    assert "「海底回線」に当たる案件は見つかりません" in absent.statements[0].text
    assert "この言葉が" not in absent.text


def test_a_slip_of_the_pen_is_understood_and_told(ask: Ask) -> None:
    answer = ask("ふるさと納税寄附者名薄の外部提供は承認されましたか")
    assert [case.outcome for case in answer.cases] == [Outcome.REJECTED]


def test_towns_are_compared_in_a_sentence(ask: Ask) -> None:
    lead = ask("楓沢町と星ヶ谷村のAI-OCRの結論を比べてください").statements[0].text
    assert "**楓沢町**は承認" in lead
    assert "**星ヶ谷村**は継続審議" in lead


def test_a_case_is_pointed_to_by_its_place_in_the_answer_before(ask: Ask) -> None:
    first = ask("AI-OCRの案件は?")
    second = ask("AI-OCRの案件は?", "2番目の結論は?")
    assert [case.id for case in second.cases] == [first.cases[1].id]


def test_a_bare_name_is_another_matter(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRは承認されましたか", "防犯カメラは?")
    assert all("AI-OCR" not in case.title for case in answer.cases)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("こんにちは", "こんにちは"),
        ("次の審議会で承認されますか", "これからの結論は"),
        ("会長の電話番号は?", "お答えできません"),
        ("楓沢町の諮問第99号の結論は?", "諮問第99号という案件は見つかりません"),
    ],
)
def test_what_minutes_cannot_say_has_a_sentence_of_its_own(
    ask: Ask, question: str, said: str
) -> None:
    answer = ask(question)
    assert answer.abstained
    assert answer.cases == ()
    assert said in answer.statements[0].text


def test_a_share_says_of_what(ask: Ask) -> None:
    answer = ask("楓沢町の承認率は?")
    assert re.search(r"結論の記録がある案件\d+件のうち\*\*\d+件\*\*", answer.statements[0].text)


# -- sittings, and what the records lack


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("楓沢町の令和3年度第3回を欠席した委員は?", "兎澤"),
        ("楓沢町の審議会の会長は誰ですか", "神楽坂会長"),
        ("楓沢町の令和3年度第3回は傍聴できましたか", "公開"),
        ("星ヶ谷村の平成30年度第2回は何時に終わりましたか", "11時50分"),
        ("星ヶ谷村の平成30年度第2回の次回はいつですか", "2月下旬"),
        ("星ヶ谷村の平成30年度第3回には委員が何人出席しましたか", "4人"),
        ("ふるさと納税の名簿が審議された会議はどこで開かれましたか", "大会議室"),
        ("次回の会議はいつですか", "2月下旬"),  # of all sittings, where none is named
        ("ふるさと納税の名簿が諮問されたのはいつですか", "2022年1月27日"),
        ("星ヶ谷村の一番新しい会議の会長は誰ですか", "日向会長"),
    ],
)
def test_a_question_on_a_sitting_is_answered_in_the_first_line(
    ask: Ask, question: str, first: str
) -> None:
    answer = ask(question)
    assert not answer.abstained
    assert first in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("星ヶ谷村の平成30年度第2回に傍聴者はいましたか", "傍聴者"),
        ("星ヶ谷村の平成30年度第2回を欠席したのは誰ですか", "欠席者"),
        ("顔認証の案件が審議された会議の出席者は?", "顔認証"),
        ("楓沢町の令和9年度第1回の出席者は?", "令和9年度"),
    ],
)
def test_what_the_minutes_of_a_sitting_lack_is_named(ask: Ask, question: str, missing: str) -> None:
    answer = ask(question)
    assert answer.abstained
    assert missing in answer.statements[0].text


def test_when_was_it_approved_is_not_answered_where_it_was_refused(ask: Ask) -> None:
    answer = ask("楓沢町のふるさと納税の名簿の提供はいつ承認されましたか")
    assert "承認されたという記録はありません" in answer.statements[0].text
    assert "不承認" in answer.statements[0].text


def test_a_figure_of_another_year_is_not_the_answer(ask: Ask) -> None:
    """The towns' yearly figures are of the year that they name."""
    answer = ask("楓沢町の令和元年度の防犯カメラの記録は何日分ですか")
    assert answer.abstained


def test_a_review_is_no_approval(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The council found another's refusal right: nothing was approved, least of all disclosure."""
    records = tmp_path_factory.mktemp("reviews")
    for name in ("suizan-87", "suizan-toshin-52"):
        shutil.copy(ROOT / "records" / "sample" / f"{name}.txt", records)
    index = tmp_path_factory.mktemp("reviews-index")
    embedder = HashEmbedder()
    build([records], index, embedder=embedder)
    assistant = Assistant.open(index, embedder)
    for question in ("児童相談所の相談記録の件はどうなりましたか", "審査請求の案件はどれですか"):
        answer = assistant.ask([question])
        keeps_its_word(answer, assistant)
        reviews = [line.text for line in answer.statements if "相談記録" in line.text]
        assert reviews
        assert not any("**承認" in line for line in reviews)
        assert "**承認**" not in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "borne_out"),
    [
        ("楓沢町のAI-OCRの基本料金は月3万5千円ですか", True),
        ("楓沢町のAI-OCRの基本料金は月9万円ですか", False),
    ],
)
def test_a_figure_that_nothing_bears_out_is_not_agreed_to(
    ask: Ask, question: str, borne_out: bool
) -> None:
    first = ask(question).statements[0].text
    assert ("3万5千円" in first) or not borne_out
    assert ("記載は見つかりません" in first or "記録からは分かりません" in first) is not borne_out


def test_who_objected_is_told_neither_by_who_was_present_nor_by_who_asked(ask: Ask) -> None:
    answer = ask("楓沢町の道路損傷通報アプリに反対した委員は誰ですか")
    first = answer.text.split("\n")[0].replace("*", "")
    assert answer.abstained
    assert "反対" in first
    assert "見つかりません" in first
    assert "出席した委員" not in answer.text


def test_a_ticked_box_is_asked_for_by_its_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    records = tmp_path_factory.mktemp("sheets")
    for name in ("shiomidai-r3-sheets", "yukinose-r4-2-papers"):
        shutil.copy(ROOT / "records" / "sample" / f"{name}.txt", records)
    folder = tmp_path_factory.mktemp("sheets-index")
    build([records], folder, embedder=as_if_real())
    assistant = Assistant.open(folder)
    ticked = {
        case.id
        for case in assistant.index.cases()
        if any("目的外利用" in tick for slot in case.slots for tick in slot.ticked)
    }
    answer = assistant.ask(["「目的外利用」に印が付いた案件はどれですか"])
    assert ticked
    assert {case.id for case in answer.cases} == ticked
    assert f"{len(ticked)}件" in answer.statements[0].text.replace("*", "")
    assert assistant.ask(["「国外提供」に印が付いた案件はどれですか"]).abstained


# --- lists, counts, things side by side --------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "outcomes"),
    [
        ("否決や継続になったものは", {Outcome.REJECTED, Outcome.CONTINUED}),
        ("承認された案件を全部教えて", {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS}),
        ("意見付きで承認された案件は何件ありますか", {Outcome.APPROVED_WITH_CONDITIONS}),
        ("不承認になった案件は何件中何件ですか", {Outcome.REJECTED}),
    ],
)
def test_a_list_loses_nothing_and_says_of_how_many(
    assistant: Assistant, ask: Ask, question: str, outcomes: set[Outcome]
) -> None:
    answer = ask(question)
    every = assistant.index.cases()
    held = {case.id for case in every if {d.outcome for d in case.decisions} & outcomes}
    assert {case.id for case in answer.cases} == held
    first = answer.statements[0].text.replace("*", "")
    assert re.search(rf"案件{len(every)}件のうち、[^0-9]*{len(held)}件です", first)
    lines = [line for line in answer.statements if line.style is Style.CASE]
    assert len(lines) == len(held)


def test_each_town_is_counted_by_itself_in_the_first_line(assistant: Assistant, ask: Ask) -> None:
    first = ask("楓沢町と星ヶ谷村でそれぞれ何件ありますか").statements[0].text.replace("*", "")
    for town in ("楓沢町", "星ヶ谷村"):
        held = sum(case.municipality == town for case in assistant.index.cases())
        assert f"{town}は{held}件" in first
    assert first.index("楓沢町") < first.index("星ヶ谷村")


def test_what_is_set_side_by_side_is_told_of_each(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRと駐輪場の防犯カメラの費用はそれぞれいくらですか")
    assert "3万5千円" in answer.statements[0].text
    missing = "駐輪場の防犯カメラについては、答えに当たる記載が見つかりません"
    assert any(missing in line.text for line in answer.statements)
    both = ask("楓沢町と星ヶ谷村のAI-OCRでは、年に何枚を読み取りますか")
    assert "6,200枚" in both.text
    assert "800枚" in both.text


def test_a_case_that_lacks_what_is_named_is_in_no_list(ask: Ask) -> None:
    answer = ask("生成AIを使った健診の案件を全部教えて")
    assert answer.abstained
    assert not answer.cases


def test_both_halves_of_a_double_question_are_answered_first(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRの案件では、委員からどんな質問が出ましたか。結論は？")
    assert "**承認**されました" in answer.statements[0].text
    assert "やり取り" in answer.statements[1].text


@pytest.mark.parametrize(
    "question",
    [
        "楓沢町の駐輪場の防犯カメラの業者の電話番号は",
        "楓沢町の道路損傷通報アプリに反対した人の理由を教えてください",
        "楓沢町の駐輪場のカメラの映像が漏れたのはいつですか",
    ],
)
def test_a_particular_that_is_not_recorded_is_not_told_by_its_neighbour(
    ask: Ask, question: str
) -> None:
    assert ask(question).abstained


def test_a_condition_is_told_by_its_number_or_is_not_recorded(ask: Ask) -> None:
    second = ask(f"{STUDY}の2つ目の条件は何ですか")
    told = [c.text for case in second.cases for d in case.decisions for c in d.conditions]
    assert told[1] in second.statements[0].text
    assert told[0] not in second.statements[0].text
    fifth = ask(f"{STUDY}の条件の5つ目は")
    assert fifth.abstained
    assert "5つ目の条件は、記録にありません" in fifth.statements[0].text


@pytest.fixture(scope="module")
def desks(desk_index: Path) -> Assistant:
    return Assistant.open(desk_index, embedder=as_if_real())


@pytest.mark.parametrize(
    ("day", "told", "beside"),
    [
        ("11日", "継続審議", "その後、2021年5月18日に**承認**"),
        ("18日", "承認", "2021年5月11日は継続審議"),
    ],
)
def test_a_matter_is_told_as_it_stood_on_the_day_asked_about(
    desks: Assistant, day: str, told: str, beside: str
) -> None:
    answer = desks.ask([f"霞野市の2021年5月{day}の案件は?"])
    (line,) = [s.text for s in answer.statements if "避難行動要支援者名簿" in s.text]
    assert f"（2021年5月{day}）" in line
    assert line.index(f"**{told}**") < line.index(beside)
