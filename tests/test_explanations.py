"""Why an answer is as it is: what was understood, what was found by which search, what was left out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest

from app_parts.explained_html import explained_html
from assistant.chat import Assistant
from assistant.explanations import Explanation, Left
from assistant.questions import Filters

pytestmark = pytest.mark.model

Explain = Callable[..., Explanation]


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant.open(sample_index)


@pytest.fixture(scope="module")
def explain(assistant: Assistant) -> Explain:
    def explained(*turns: str, within: Filters | None = None) -> Explanation:
        return assistant.explain(assistant.ask(turns, within=within))

    return explained


@pytest.mark.parametrize(
    ("turns", "asked", "facets", "word"),
    [
        (["楓沢町のAI-OCRの案件は承認されましたか"], "結論", {"自治体": "楓沢町"}, "AI-OCR"),
        (["楓沢町のAI-OCRの料金はいくらですか"], "金額", {"自治体": "楓沢町"}, "AI-OCR"),
        (["令和3年度の案件の一覧"], "一覧", {"時期": "令和3年度"}, ""),
        (["水位計の設置に付いた条件は?"], "条件", {}, "水位計"),
        (["ふるさと納税はなぜ否とされたか"], "理由", {}, "ふるさと納税"),
        (
            ["楓沢町のAI-OCRの案件は承認されましたか", "料金はいくらですか"],
            "金額",
            {"自治体": "楓沢町", "前の質問から": "案件、自治体"},
            "AI-OCR",
        ),
    ],
)
def test_what_was_understood_is_told(
    explain: Explain, turns: list[str], asked: str, facets: dict[str, str], word: str
) -> None:
    explanation = explain(*turns)
    assert asked in explanation.asked
    assert dict(explanation.facets) == facets
    assert not word or word in {sought.word for sought in explanation.sought}


def test_a_word_that_no_record_has_is_told(explain: Explain) -> None:
    known = {s.word: s.known for s in explain("水位計とホバークラフトの案件は?").sought}
    assert known["水位計"]
    assert not known["ホバークラフト"]


def test_other_words_for_one_are_told(explain: Explain) -> None:
    sought = explain("カメラの案件は?").sought
    assert any(word.others for word in sought)
    assert all(word.word not in word.others for word in sought)


def test_what_an_answer_rests_on_is_found_and_numbered(explain: Explain) -> None:
    explanation = explain("楓沢町のAI-OCRの料金はいくらですか")
    first = explanation.used[0]
    citation = explanation.answer.citations[0]
    assert first.used[0] == citation.n == 1
    assert first.passage.record == citation.record
    assert first.passage.start < citation.end
    assert citation.start < first.passage.end
    assert {arm for arm, _ in first.ranks} <= {"words", "vectors"}
    assert min(rank for found in explanation.found for _, rank in found.ranks) == 1
    assert not {f.passage.id for f in explanation.used} & {f.passage.id for f in explanation.left}


@pytest.mark.parametrize(
    ("question", "left", "words"),
    [
        ("楓沢町のAI-OCRの料金はいくらですか", Left.OTHER_KIND, "金額が書かれていません"),
        ("ふるさと納税の案件は承認されましたか", Left.LACKING, "「ふるさと納税」に触れていません"),
        ("楓沢町の案件は令和3年度に何件ありましたか", Left.BEHIND, "足りています"),
    ],
)
def test_what_was_left_out_has_its_reason(
    explain: Explain, question: str, left: Left, words: str
) -> None:
    explanation = explain(question)
    assert all(found.left and found.why for found in explanation.left)
    assert any(found.left is left and words in found.why for found in explanation.left)


def test_another_town_is_left_out_and_named_as_such(explain: Explain) -> None:
    for explanation in (
        explain("楓沢町のAI-OCRの案件は?"),
        explain("AI-OCRの案件は?", within=Filters(municipalities=("楓沢町",))),
    ):
        towns = {found.case.municipality for found in explanation.beyond if found.case}
        assert towns
        assert "楓沢町" not in towns
        assert {found.left for found in explanation.beyond} == {Left.ELSEWHERE}
    assert explain("AI-OCRの案件は?").beyond == ()


def test_cases_meant_and_near_are_told_apart(explain: Explain) -> None:
    seen = explain("楓沢町のAI-OCRの案件は承認されましたか").cases
    assert [one.case.title for one in seen if one.meant] == ["AI-OCRサービスの利用"]
    assert all(one.why for one in seen if not one.meant)


def test_an_explanation_is_json_and_changes_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask(["水位計は承認されましたか"])
    before = answer.as_json()
    told = assistant.explain(answer).as_json()
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    assert answer.as_json() == before
    assert {"understood", "terms", "cases", "hits", "beyond", "milliseconds"} <= set(told)
    for hit in told["hits"]:
        assert bool(hit["used"]) != bool(hit["left"])


@pytest.mark.parametrize("question", ["", "こんにちは", "?", "あ" * 2_000, "横浜市の案件は?"])
def test_any_answer_can_be_explained(explain: Explain, question: str) -> None:
    assert explained_html(explain(question)).startswith('<div class="why">')


JARGON = (
    "BM25",
    "ベクトル",
    "埋め込み",
    "embedding",
    "RRF",
    "スコア",
    "閾値",
    "cos",
    "None",
    "Left",
)


def test_the_page_has_no_jargon_and_escapes_records(explain: Explain) -> None:
    html = explained_html(explain("水位計の画面には何が表示されますか"))
    assert "<script" not in html
    assert "質問の読み取り" in html
    assert not any(word in html for word in JARGON)


def test_it_opens_below_each_answer(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENREI_INDEX", str(sample_index))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()

    def shown() -> str:
        assert not app.exception
        return "\n".join(json.loads(e.proto.json)["html"] for e in app.get("bidi_component"))

    for question in ("楓沢町のAI-OCRの案件は承認されましたか。", "料金はいくらですか。"):
        app.chat_input[0].set_value(question).run()
    labels = [box.label for box in app.expander]
    assert labels.count("この回答の根拠と探し方") == 2
    assert "質問の読み取り" not in shown()
    app.session_state["why-turn-0-1"] = True
    app.run()
    assert "質問の読み取り" in shown()
    assert "回答に使った箇所" in shown()
    assert "金額" in shown()
