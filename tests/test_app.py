"""The app's logic and its faces, without a browser. What a person sees is in test_journey.py."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from html import escape, unescape
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import HOSTILE, ROOT
from streamlit.testing.v1 import AppTest

from app_parts.examples import examples
from app_parts.markup import badge, pieces, plain, turn_html
from app_parts.source_html import Head, part_shown, source_html, verbatim
from assistant.answers import Answer, Searched
from assistant.chat import Assistant
from assistant.citations import Citation, Cited, readable
from assistant.drafts import OUTCOME_WORDS, Composer, Draft, Style
from assistant.questions import Filters, Question
from assistant.understanding.intents import Intent
from assistant.understanding.wants import Wanted
from eval.any_vectors import as_if_real
from index.build import build
from index.corrections import HEAD, NAME
from index.grammar.verdicts import Outcome
from index.passages import Passage, PassageKind
from index.store import open_index

OpenApp = Callable[..., AppTest]


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant.open(sample_index)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    def run(index: Path, **query: list[str]) -> AppTest:
        monkeypatch.setenv("SENREI_INDEX", str(index))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, values in query.items():
            app.query_params[name] = values
        return app.run()

    return run


def shown(app: AppTest) -> str:
    """All that the app's own elements show, as HTML; and no fault anywhere."""
    assert not app.exception
    return "\n".join(json.loads(e.proto.json)["html"] for e in app.get("bidi_component"))


def words(app: AppTest) -> str:
    """All that Streamlit's own elements say."""
    assert not app.exception
    said = [*app.title, *app.text, *app.info, *app.warning, *app.caption, *app.error]
    return "\n".join(element.value for element in said)


# Each takes from half a second to five to load.
HEAVY = (
    "chromadb", "torch", "transformers", "sentence_transformers", "openpyxl", "docx", "pandas",
    "langchain.chat_models", "openai", "ollama", "assistant.language_model",
)  # fmt: skip


def test_the_first_answer_waits_for_nothing_that_it_does_not_need(sample_index: Path) -> None:
    program = (
        "import sys; import app_parts.chat_page; from app_parts.opening import current_assistant\n"
        "assistant = current_assistant(); assistant.ask(['AI-OCRは承認されましたか'])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])\n"
        "assistant.index.open_chroma(); print('chromadb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env={**os.environ, "SENREI_INDEX": str(sample_index)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split("\n") == ["[]", "True", ""]


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


# -- asking --------------------------------------------------------------------------------------


@pytest.mark.model
def test_the_first_page_offers_questions_that_have_answers(
    sample_index: Path, open_app: OpenApp
) -> None:
    app = open_app(sample_index)
    assert "外には送られません" in words(app)
    assert [button.label for button in app.button if button.key != "anew"]
    app.button("example-0").click().run()
    assert "AI-OCR" in shown(app)
    assert badge(Outcome.APPROVED) in shown(app)
    assert app.query_params["q"]


@pytest.mark.model
def test_a_follow_up_says_what_it_was_taken_to_be_about(
    sample_index: Path, open_app: OpenApp
) -> None:
    app = ask(open_app(sample_index), "楓沢町のAI-OCRの案件は承認されましたか。")
    ask(app, "料金はいくらですか。")
    assert "3万5千円" in shown(app)
    assert "についてお答えします" in shown(app)
    assert 'data-do="drop municipalities"' in shown(app)


@pytest.mark.model
def test_filters_narrow_questions_and_can_be_taken_off(
    sample_index: Path, open_app: OpenApp
) -> None:
    app = open_app(sample_index)
    app.multiselect("town").set_value(["汐見台市"]).run()
    ask(app, "AI-OCRの案件は承認されましたか。")
    assert "楓沢町" not in shown(app)
    assert "絞り込み「汐見台市」の中で" in shown(app)
    ask(app, "楓沢町のAI-OCRの案件は?")
    assert "絞り込みの外です" in shown(app)
    next(b for b in app.button if b.label.startswith("絞り込みを外して")).click().run()
    assert app.multiselect("town").value == []
    assert badge(Outcome.APPROVED) in shown(app)


@pytest.mark.model
def test_filters_stand_in_the_address_and_wrong_ones_do_no_harm(
    sample_index: Path, open_app: OpenApp
) -> None:
    app = open_app(sample_index, town=["楓沢町"], year=["令和3年度"], outcome=["承認"])
    assert app.multiselect("town").value == ["楓沢町"]
    ask(app, "AI-OCRの案件は承認されましたか。")
    assert "絞り込み「楓沢町・令和3年度・承認」の中で" in shown(app)
    app = open_app(sample_index, town=["どこにもない町"], year=["x"], kind=["<b>"], outcome=["1"])
    assert app.multiselect("town").value == []
    assert "外には送られません" in words(app)


@pytest.mark.model
@pytest.mark.parametrize(
    ("within", "towns"),
    [
        (Filters(), {"楓沢町", "汐見台市"}),
        (Filters(municipalities=("楓沢町",)), {"楓沢町"}),
        (Filters(years=(2021,)), {"楓沢町"}),
        (Filters(outcomes=(Outcome.NOT_RECORDED,)), {"汐見台市"}),
        (Filters(kinds=("report",)), set()),
        (Filters(municipalities=("楓沢町",), outcomes=(Outcome.NOT_RECORDED,)), set()),
    ],
)
def test_an_answer_keeps_within_the_filters(
    assistant: Assistant, within: Filters, towns: set[str]
) -> None:
    answer = assistant.ask(["AI-OCRの案件は承認されましたか。"], within=within)
    assert {case.municipality for case in answer.cases} == towns
    assert all(within.admits(case) for case in answer.cases)


@pytest.mark.model
def test_an_empty_question_is_asked_for_and_a_long_one_answered(
    sample_index: Path, open_app: OpenApp
) -> None:
    app = ask(open_app(sample_index), " 　\n")
    assert "質問を入力してください" in words(app)
    assert shown(app) == ""
    ask(app, "AI-OCRの案件は承認されましたか。" + "あ" * 10_000)
    assert "はじめの1,000字" in words(app)
    assert len("".join(app.query_params["q"])) <= 1_500


@pytest.mark.model
def test_a_reload_asks_the_last_questions_again(sample_index: Path, open_app: OpenApp) -> None:
    turns = ["楓沢町のAI-OCRの案件は?", " ", "料金はいくらですか。"]
    app = open_app(sample_index, q=turns)
    assert app.query_params["q"] == [turns[0], turns[2]]
    assert "3万5千円" in shown(app)
    app.button("anew").click().run()
    assert "q" not in app.query_params
    assert shown(app) == ""


@pytest.mark.model
def test_a_fault_is_told_politely_and_the_conversation_goes_on(
    sample_index: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Composer.draft

    def breaks(self: Composer, question: Question, *rest: object) -> Draft:
        if "壊れた" in question.text:
            raise RuntimeError("秘密の詳細")
        return draft(self, question, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Composer, "draft", breaks)
    app = ask(open_app(sample_index), "壊れた質問")
    assert "申し訳ありません" in words(app)
    assert "秘密の詳細" not in words(app) + shown(app)
    ask(app, "楓沢町のAI-OCRの案件は?")
    assert badge(Outcome.APPROVED) in shown(app)


@pytest.mark.model
def test_a_new_build_is_in_use_from_the_next_question(
    sample_index: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sample_index, folder)
    records = Path(open_index(folder).manifest.roots[0])
    app = ask(open_app(folder), "霞野市の案件は?")
    assert "霞野市" not in shown(app).split("調べた範囲", 1)[1]
    more = tmp_path / "kasumino.txt"
    text = (ROOT / "records" / "sample" / "kasumino-r5-1.txt").read_text(encoding="utf-8")
    more.write_text(text[:500], encoding="utf-8")
    build([records, more], folder, embedder=as_if_real())
    ask(app, "霞野市の案件は?")
    assert "霞野市" in shown(app).rsplit("調べた範囲", 1)[1]


# -- where there is nothing to ask ---------------------------------------------------------------


def test_without_an_index_the_page_says_what_to_do(
    tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = open_app(tmp_path / "index")
    assert "まだ記録が読み込まれていません" in words(app)
    assert "まだ記録がありません" in words(app)
    assert str(tmp_path / "records") in words(app)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "記録.txt").write_text("第1回会議録", encoding="utf-8")
    app.run()
    assert any("（1件）を読み込む" in button.label for button in app.button)
    assert "senrei build" in app.code[0].value


@pytest.mark.model
def test_the_records_can_be_read_in_from_the_page(
    tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").mkdir()
    sample = (ROOT / "records" / "sample" / "kaedesawa-r3-3.txt").read_text(encoding="utf-8")
    (tmp_path / "records" / "minutes.txt").write_text(sample[:1_000], encoding="utf-8")
    (tmp_path / "records" / "空の記録.txt").write_text("", encoding="utf-8")
    app = open_app(tmp_path / "index")
    next(b for b in app.button if "読み込む" in b.label).click().run()
    assert "外には送られません" in words(app)
    assert "空の記録.txt" in words(app)


def test_records_that_cannot_be_read_are_told(
    tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "empty.txt").write_text("", encoding="utf-8")
    app = open_app(tmp_path / "index")
    next(b for b in app.button if "読み込む" in b.label).click().run()
    assert "読み込めませんでした" in words(app)


@pytest.mark.model
def test_a_wrong_or_damaged_index_is_told_with_the_command(
    sample_index: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sample_index, folder)
    manifest = folder / (folder / "CURRENT").read_text(encoding="utf-8").strip() / "manifest.json"
    made = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**made, "format": 999}), encoding="utf-8")
    app = open_app(folder)
    assert "別の版" in words(app)
    assert app.code[0].value.startswith("senrei build")
    manifest.write_text("{", encoding="utf-8")
    app.run()
    assert "壊れているか" in words(app)
    assert app.code[0].value.startswith("senrei build")


@pytest.mark.model
@pytest.mark.parametrize("fault", ["format", "catalogue", "CURRENT"])
def test_a_wrong_or_damaged_index_is_made_anew_from_the_page_of_the_same_records(
    fault: str, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    records, folder = tmp_path / "別の場所", tmp_path / "index"
    records.mkdir()
    (tmp_path / "records").mkdir()  # what lies in the working folder is not what was read
    monkeypatch.chdir(tmp_path)
    sample = (ROOT / "records" / "sample" / "kaedesawa-r3-3.txt").read_text(encoding="utf-8")
    (records / "minutes.txt").write_text(sample[:600], encoding="utf-8")
    (records / NAME).write_text(HEAD, encoding="utf-8")
    build([records], folder, embedder=as_if_real())
    before = {path: path.read_bytes() for path in records.iterdir()}
    generation = folder / "gen-000001"
    if fault == "CURRENT":
        (folder / "CURRENT").unlink()
    elif fault == "catalogue":
        (generation / "catalogue.sqlite3").write_bytes(b"\x5a" * 4_096)
    else:
        made = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        (generation / "manifest.json").write_text(json.dumps({**made, "format": 999}))
    app = open_app(folder)
    assert str(records) in words(app)
    next(b for b in app.button if "作り直す" in b.label).click().run()
    assert "外には送られません" in words(app)
    with closing(open_index(folder)) as index:
        assert list(index.manifest.records) == ["minutes.txt"]
    assert {path: path.read_bytes() for path in records.iterdir()} == before


# -- HTML ----------------------------------------------------------------------------------------


def answered(*statements: Cited, citations: tuple[Citation, ...] = ()) -> Answer:
    question = Question("問", Intent.FACT, Wanted.ANYTHING, ())
    return Answer(question, statements, citations, (), False, Searched(1, 1, 1), "")


def test_what_a_record_or_a_question_holds_shows_as_it_stands() -> None:
    quote = f"**太字** [1] 「{HOSTILE}」"
    citation = Citation(1, HOSTILE, None, 0, len(quote), quote)
    line = Cited(Style.LEAD, f"**答**は「{readable(quote)}」[1]です。", (1,))
    html = turn_html(HOSTILE, answered(line, citations=(citation,)), [], None)
    for mark in ("<script", "<img", "<a "):
        assert mark not in html
    assert "<strong>答</strong>" in html
    assert "<strong>太字</strong>" not in html
    assert escape(HOSTILE) in html
    shown = source_html(
        HOSTILE, part_shown(len(HOSTILE), [], 0, 9, 0, 0), 0, 9, Head("", HOSTILE, "r")
    )
    for mark in ("<script", "<img", "<a "):
        assert mark not in shown


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        ("甲です[1]。", ["甲"], [("words", "甲です"), ("mark", "[1]"), ("words", "。")]),
        ("「甲[2]乙」[1]", ["甲[2]乙", "丙"], [("quote", "「甲[2]乙」"), ("mark", "[1]")]),
        ("「甲」[1]、「乙」[2]", ["甲", "乙"], [("quote", "「甲」"), ("mark", "[1]"), ("words", "、"), ("quote", "「乙」"), ("mark", "[2]")]),
        ("甲[3]", ["甲"], [("words", "甲[3]")]),
        ("", [], []),
    ],
)  # fmt: skip
def test_a_statement_is_taken_apart_by_its_quotes(
    text: str, quotes: list[str], expected: list[tuple[str, str]]
) -> None:
    citations = [Citation(n, "r", None, 0, 1, quote) for n, quote in enumerate(quotes, start=1)]
    statement = Cited(Style.ITEM, text, tuple(range(1, len(quotes) + 1)))
    found = list(pieces(statement, citations))
    assert [(piece.what, piece.text) for piece in found] == expected
    assert "".join(piece.text for piece in found) == text


@pytest.mark.model
def test_every_citation_of_an_answer_can_be_pressed(assistant: Assistant) -> None:
    for question in (
        "AI-OCRの案件は承認されましたか。",
        "楓沢町ではどんな案件がありましたか。",
        "料金はいくらですか。",
    ):
        answer = assistant.ask([question])
        html = turn_html(question, answer, assistant.evidence.cases, None)
        for citation in answer.citations:
            assert f'data-do="open {citation.n}"' in html, (question, citation)
        for case in answer.cases:
            assert badge(case.outcome) in html


def test_a_badge_has_a_shape_and_a_word_of_its_own() -> None:
    shapes = {badge(outcome, "同じ").replace(outcome.value, "") for outcome in Outcome}
    assert len(shapes) == len(Outcome) == len(set(OUTCOME_WORDS.values()))


def test_the_part_of_a_record_shown_grows_around_the_quote() -> None:
    passages = [
        Passage(str(n), "r", n * 100, n * 100 + 90, PassageKind.PAPER, "", "", None, None)
        for n in range(50)
    ]
    spans = [part_shown(5_000, passages, 2_500, 2_560, n, n) for n in (0, 2, 4, 100)]
    assert all(a.start > b.start and a.end < b.end for a, b in pairwise(spans))
    assert spans[0].start < 2_500 - 200
    assert spans[-1] == (0, 5_000)
    assert part_shown(100, [], 10, 20, 2, 2) == (0, 100)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (
            "港の見回りの船が撮る映像は、船を降りたあとに署の中の機械へ移し、そ",
            "の日のうちに消す。",
            True,
        ),
        (
            "港の見回りの船が撮る映像は、船を降りたあとに署の中の機械へ移す。",
            "その日に消す。",
            False,
        ),
        (
            "港の見回りの船が撮る映像は、船を降りたあとに署の中の機械へ移し、そ",
            "　の日のうち",
            False,
        ),
        ("港の見回りの船が撮る映像は、船を降りたあとに署の中の機械へ移し、そ", "(2) 消す", False),
        ("次第", "開会", False),
    ],
)
def test_a_printed_line_goes_on_across_its_end(above: str, below: str, joined: bool) -> None:
    assert ('<span class="wrap">' in verbatim(f"{above}\n{below}")) is joined


def test_no_character_of_a_record_is_lost_on_the_page() -> None:
    text = "港の見回りの船が撮る映像は、船を降りたあとに署の中の機械へ移し、そ\r\nの日"
    text += '\t あ\t\t<input checked="" type="checkbox"/>い\t \t\r\n<p>&amp;</p>\u3000<未完'
    html = verbatim(text)
    assert "ticked" in html
    for tag in (
        '<span class="tab">',
        '<span class="tab last">',
        '<span class="box ticked">',
        '<span class="tag">',
        '<span class="wrap">',
        "</span>",
    ):
        html = html.replace(tag, "")
    assert unescape(html) == text


@pytest.mark.model
def test_examples_are_answered_by_the_records(assistant: Assistant) -> None:
    asked = list(examples(assistant.evidence.cases))
    assert len(asked) >= 3
    assert not assistant.ask(asked[0]).abstained
    assert list(examples([]))  # nothing known is no fault
    case = next(c for c in assistant.evidence.cases if c.outcome is Outcome.APPROVED and c.year)
    conditional = replace(case.decisions[-1], outcome=Outcome.APPROVED_WITH_CONDITIONS)
    for title, topic in (
        ("図書返却ポストの重量データを用いた延滞者の推定について", "図書返却ポスト"),
        ("ふるさと納税の返礼品の発送について", "ふるさと納税"),
        ("保護者と学校の連絡網について", "保護者"),
    ):
        long = replace(case, title=title, decisions=(conditional,))
        (turns,) = [turns for turns in examples([long]) if len(turns) > 1]
        assert turns[0] == f"{long.municipality}の{topic}の案件は?"


@pytest.mark.parametrize(
    "text", [HOSTILE, "*a* _b_ `c` ~~d~~ # e > f | g", "1. 一つ", "$x$ :red[赤]"]
)
def test_plain_text_stays_plain_in_a_label(text: str) -> None:
    escaped = plain(text)
    assert escaped.replace("\\", "") == text.replace("\\", "")
    for number, character in enumerate(escaped):
        if character in "*_`~#>|$:[]()!<":
            assert escaped[number - 1] == "\\"
