"""`senrei ask`: what it prints, in which form, and its exit codes."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.chat import Assistant

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def assistant(precedents_index: Path) -> Assistant:
    return Assistant.open(precedents_index)


FIELDS = {
    "id", "question", "answer", "abstained", "intent", "understood", "cases", "citations", "searched",
}  # fmt: skip
CASE_FIELDS = {
    "id", "record", "municipality", "council", "meeting", "date", "kind", "title", "department",
    "legal_basis", "outcome", "outcome_text", "conditions", "decisions", "meeting_id", "label", "chain",
    "doubts", "links", "law", "slots", "corrected",
}  # fmt: skip


@pytest.fixture
def cli(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """`senrei ask`, on an index that is open already: its exit code, output and errors."""
    monkeypatch.setattr(Assistant, "open", lambda *_: assistant)
    monkeypatch.setattr("assistant.commands.load_embedder", lambda *_: None)

    def run(*arguments: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = main(["ask", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


Cli = Callable[..., tuple[int, str, str]]


def test_an_answer_as_json_has_the_fields_promised(cli: Cli) -> None:
    code, out, err = cli("健診結果の大学への外部提供の条件は?", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    told = json.loads(out)
    assert set(told) == FIELDS
    assert told["id"] is None
    assert set(told["cases"][0]) == CASE_FIELDS
    assert set(told["cases"][0]["decisions"][0]) == {"date", "outcome", "text", "conditions"}
    assert set(told["citations"][0]) == {"n", "record", "page", "start", "end", "quote"}
    assert set(told["searched"]) == {"records", "meetings", "cases"}
    assert told["citations"][0]["page"] is None


def test_explain_adds_and_changes_nothing(cli: Cli) -> None:
    plain = json.loads(cli("AI-OCRは?", "--json")[1])
    explained = json.loads(cli("AI-OCRは?", "--json", "--explain")[1])
    assert set(explained.pop("explain")) >= {"terms", "hits", "milliseconds"}
    assert explained == plain


def test_lines_are_answered_in_their_order(cli: Cli) -> None:
    asked = [
        {"id": "b", "turns": ["楓沢町のAI-OCRは承認されましたか"]},
        {"id": 7, "turns": ["楓沢町のAI-OCRは承認されましたか", "では星ヶ谷村では?"]},
        {"turns": [""]},
    ]
    given = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in asked)
    code, out, err = cli("--jsonl", given=given)
    assert (code, err) == (0, "")
    told = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in told] == ["b", "7", None]
    assert [line["abstained"] for line in told] == [False, False, True]
    assert told[1]["cases"][0]["outcome"] == "continued"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "3",
        '{"id": "x"}',
        '{"turns": []}',
        '{"turns": [1]}',
        '{"turns": "AI"}',
        '{"turns": ["\\ud800"]}',
    ],
)
def test_a_bad_line_is_a_fault_in_one_line(cli: Cli, line: str) -> None:
    good = json.dumps({"id": "a", "turns": [""]})
    code, out, err = cli("--jsonl", given=f"{good}\n{line}\n")
    assert code == 1
    assert len(out.splitlines()) == 1
    assert len(err.splitlines()) == 1
    assert "line 2" in err
    assert "Traceback" not in err


def test_standard_input_in_another_code_is_told(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = io.TextIOWrapper(io.BytesIO('{"turns": ["質問"]}'.encode("cp932")), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", given)
    assert main(["ask", "--jsonl"]) == 1
    assert capsys.readouterr().err.startswith("senrei: standard input is not UTF-8")


@pytest.mark.parametrize("arguments", [[], ["質問", "--jsonl"], ["質問", "--explain"], ["\udcff"]])
def test_wrong_usage_is_code_two(cli: Cli, arguments: list[str]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_a_person_reads_the_answer_and_its_sources(cli: Cli) -> None:
    code, out, _ = cli("楓沢町のAI-OCRは承認されましたか", "その条件は?")
    assert code == 0
    assert "についてお答えします" in out
    assert "出典" in out
    assert "**" not in out
