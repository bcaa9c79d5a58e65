"""A particular asked for is told where the records hold it, and said to be missing where they do not."""

import re
import shutil

import pytest
from asking import Ask, keeps_its_word
from conftest import ROOT
from stand_ins import HashEmbedder

from assistant.chat import Assistant
from eval.any_vectors import as_if_real
from index.build import build
from index.grammar.verdicts import Outcome

pytestmark = pytest.mark.model

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
