"""A language model is one setting; whatever it does, the user has an answer in time."""

import json
import logging
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.language_model.models import (
    Deadline,
    LanguageModel,
    ModelFailure,
    ModelSettingError,
    ModelSettings,
    _told,
    connect,
    tokens_of,
)
from eval import scripted_writers
from eval.model_server import FAULTS, Script, serving, settings

ROOT = Path(__file__).resolve().parent.parent
QUESTION = ["楓沢町のAI-OCRの画像はサーバに残るのですか"]


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant.open(sample_index)


@pytest.fixture
def script() -> Script:
    return Script(scripted_writers.good)


@pytest.fixture
def url(script: Script) -> Iterator[str]:
    with serving(script) as address:
        yield address


# -- the setting


def test_without_the_setting_there_is_no_model() -> None:
    assert ModelSettings.of({}) is None
    assert ModelSettings.of({"SENREI_MODEL": "  "}) is None


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"SENREI_MODEL": "ollama:qwen3:4b"}, ModelSettings("ollama:qwen3:4b")),
        (
            {"SENREI_MODEL": "openai:gpt", "SENREI_MODEL_URL": "http://llm.city.example:8000/v1"},
            ModelSettings("openai:gpt", "http://llm.city.example:8000/v1"),
        ),
        (
            {
                "SENREI_MODEL": "openai:x", "SENREI_MODEL_SECONDS": "20",
                "SENREI_MODEL_TOKENS_IN": "900", "SENREI_MODEL_TOKENS_OUT": "90",
            },
            ModelSettings("openai:x", "", 20.0, 900, 90),
        ),
    ],
)  # fmt: skip
def test_settings(environment: dict[str, str], expected: ModelSettings) -> None:
    assert ModelSettings.of(environment) == expected


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"SENREI_MODEL": "gpt-4o"}, "names no provider"),
        ({"SENREI_MODEL": "openai:"}, "names no provider"),
        ({"SENREI_MODEL": "openai:x", "SENREI_MODEL_URL": "localhost:8000"}, "no address"),
        ({"SENREI_MODEL": "openai:x", "SENREI_MODEL_URL": "file:///etc/passwd"}, "no address"),
        ({"SENREI_MODEL": "openai:x", "SENREI_MODEL_SECONDS": "soon"}, "no number above 0"),
        ({"SENREI_MODEL": "openai:x", "SENREI_MODEL_TOKENS_OUT": "0"}, "no number above 0"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(environment: dict[str, str], says: str) -> None:
    with pytest.raises(ModelSettingError, match=says) as raised:
        ModelSettings.of(environment)
    assert raised.value.japanese.endswith("。")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("anthropic:claude", r"pip install"),  # a provider whose package is not installed
        ("nosuch:model", r"cannot be used"),
        ("openai:gpt-x", r"cannot be used.*OPENAI_API_KEY"),
    ],
)
def test_a_model_that_cannot_be_had_is_told_in_a_sentence(
    name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelSettingError, match=says) as raised:
        connect(ModelSettings(name))
    assert "\n" not in str(raised.value)
    assert raised.value.japanese.endswith("。")


@pytest.mark.parametrize(
    ("name", "url", "environment", "host", "local"),
    [
        ("ollama:gemma3", "", {}, "127.0.0.1", True),
        ("ollama:gemma3", "", {"OLLAMA_HOST": "http://gpu.city.example:11434"}, "gpu.city.example", False),
        ("ollama:gemma3", "http://10.0.0.5:11434", {}, "10.0.0.5", False),
        ("openai:m", "http://localhost:1234/v1", {}, "localhost", True),
        ("openai:m", "http://[::1]:1234/v1", {}, "::1", True),
        ("openai:m", "https://me:secret@llm.example/v1", {}, "llm.example", False),
        ("openai:m", "", {"OPENAI_API_KEY": "k"}, "api.openai.com", False),
        ("openai:m", "", {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://relay.example/v1"}, "relay.example", False),
        (
            "azure_openai:m", "https://city.openai.azure.example/",
            {"AZURE_OPENAI_API_KEY": "k", "OPENAI_API_VERSION": "2025-01-01"}, "city.openai.azure.example", False,
        ),
    ],
)  # fmt: skip
def test_where_a_model_runs_is_known_before_anything_is_sent(
    name: str,
    url: str,
    environment: dict[str, str],
    host: str,
    local: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    model = LanguageModel(ModelSettings(name, url))
    assert (model.host, model.local) == (host, local)


def examples_in_the_guide() -> list[dict[str, str]]:
    guide = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(SENREI_.*?)```", guide, re.DOTALL)
    return [dict(line.split("=", 1) for line in block.splitlines()) for block in blocks]


@pytest.mark.parametrize("environment", examples_in_the_guide(), ids=lambda e: e["SENREI_MODEL"])
def test_the_examples_of_the_guide_make_a_model(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    model = connect()
    assert model is not None
    url = environment.get("SENREI_MODEL_URL", "")
    assert not url or model.host == urlsplit(url).hostname
    assert model.settings.name == environment["SENREI_MODEL"]


def test_the_guide_tells_the_limits_as_they_are() -> None:
    guide = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\| `SENREI_MODEL_(\w+)` \|.*\| (\d+) \|", guide))
    plain = ModelSettings("openai:x")
    assert told == {
        "SECONDS": f"{plain.seconds:g}",
        "TOKENS_IN": str(plain.tokens_in),
        "TOKENS_OUT": str(plain.tokens_out),
    }


def test_a_server_of_ones_own_is_told_the_limit_in_both_its_names(script: Script, url: str) -> None:
    script.reply = lambda messages: "はい。"
    list(LanguageModel(settings(url, tokens_out=70)).words([("user", "?")], Deadline(5), 70))
    assert script.bodies[-1]["max_tokens"] == script.bodies[-1]["max_completion_tokens"] == 70


def test_a_model_on_this_machine_is_not_reached_through_the_offices_proxy(
    script: Script, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    model = LanguageModel(settings(url))
    script.reply = lambda messages: "はい。"
    assert "".join(model.words([("user", "問い")], Deadline(5), 50)) == "はい。"


# -- limits


def test_words_come_as_they_are_written(script: Script, url: str) -> None:
    script.reply, script.piece, script.pause = lambda messages: "あいうえおかきくけこ", 2, 0.05
    model, deadline = LanguageModel(settings(url)), Deadline(5)
    came = [
        (piece, deadline.passed) for piece in model.words([("user", "?")], deadline, 50) if piece
    ]
    assert [piece for piece, _ in came] == ["あい", "うえ", "おか", "きく", "けこ"]
    assert came[-1][1] - came[0][1] > 0.15


def test_a_model_that_is_not_waited_for_any_more_is_let_go(script: Script, url: str) -> None:
    script.fault = "hangs"
    deadline = Deadline(30)
    words = LanguageModel(settings(url)).words([("user", "?")], deadline, 50)
    assert next(words) == ""  # it is silent, and whoever waits may look up
    deadline.cancel()
    with pytest.raises(ModelFailure):
        list(words)
    assert deadline.passed < 5


def test_a_fault_before_the_first_word_is_tried_once_more(script: Script, url: str) -> None:
    script.fault = "500"
    with pytest.raises(ModelFailure):
        list(LanguageModel(settings(url)).words([("user", "?")], Deadline(5), 50))
    assert len(script.asked) == 2
    script.fault = "401"  # the same key will not do the second time
    with pytest.raises(ModelFailure):
        list(LanguageModel(settings(url)).words([("user", "?")], Deadline(5), 50))
    assert len(script.asked) == 3


def test_the_budget_of_what_is_sent_is_kept(assistant: Assistant, script: Script, url: str) -> None:
    several = ["楓沢町の協会の名簿の管理はどうなっているのか"]  # answered in several lines
    whole = assistant.ask(several, model=LanguageModel(settings(url))).written
    assert whole is not None
    assert whole.kept > 1
    limit = whole.tokens_in - 10
    cut = assistant.ask(several, model=LanguageModel(settings(url, tokens_in=limit))).written
    assert cut is not None
    assert cut.tokens_in <= limit
    assert sum(map(tokens_of, script.asked[-1])) <= limit
    nothing = assistant.ask(several, model=LanguageModel(settings(url, tokens_in=10)))
    assert nothing.written is None
    assert len(script.asked) == 2


# -- failure

TWENTY = [*FAULTS, "500", "empty", "nonsense", "stops mid-stream", "hangs"]


def test_however_a_model_fails_there_is_the_composed_answer_in_time(assistant: Assistant) -> None:
    seconds, more = 1.0, 2.0
    assert ModelSettings("openai:x").seconds + more <= 10
    composed = assistant.ask(QUESTION)
    assert len(TWENTY) == 20

    def asked(fault: str) -> tuple[str, Answer, float]:
        with serving(Script(scripted_writers.good, fault)) as url:
            model = LanguageModel(settings(url, seconds=seconds))
            started = time.monotonic()
            answer = assistant.ask(QUESTION, model=model)
            return fault, answer, time.monotonic() - started

    # few at once: what is measured is the model's time, not the machine's load
    with ThreadPoolExecutor(5) as threads:
        for fault, answer, passed in threads.map(asked, TWENTY):
            assert passed < seconds + more, fault
            assert answer.written is not None
            assert answer.written.fallback, fault
            told = [line for line in answer.statements if "言語モデル" not in line.text]
            assert told == list(composed.statements), fault
            assert answer.citations == composed.citations, fault
            assert "記録の言葉だけでお答えしています" in answer.text, fault


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{closed}/v1",  # refused
        "http://no-such-host.invalid/v1",  # no such name
        "https://127.0.0.1:{plain}/v1",  # not what TLS looks like
    ],
)
def test_a_server_that_cannot_be_reached_is_a_failure_like_others(
    assistant: Assistant, url: str, address: str
) -> None:
    with serving(Script()) as gone:
        pass
    ports = {"closed": gone.split(":")[2][:-3], "plain": url.split(":")[2][:-3]}
    model = LanguageModel(settings(address.format(**ports), seconds=4))
    started = time.monotonic()
    answer = assistant.ask(QUESTION, model=model)
    assert time.monotonic() - started < 6
    assert answer.written is not None
    assert answer.written.fallback
    assert answer.cases == assistant.ask(QUESTION).cases


@pytest.mark.parametrize("provider", ["openai", "azure_openai", "ollama"])
def test_a_server_that_points_elsewhere_is_not_followed(
    provider: str, script: Script, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "k" * 20)
    monkeypatch.setenv("OPENAI_API_VERSION", "2025-01-01")
    elsewhere = Script(lambda messages: "はい。")
    script.fault = "redirects"
    with serving(elsewhere) as other:
        script.elsewhere = f"{other}/chat/completions"
        model = LanguageModel(settings(url, f"{provider}:m", seconds=4))
        with pytest.raises(ModelFailure):
            list(model.words([("user", "秘密の質問")], Deadline(4), 50))
    assert len(script.asked) == 1
    assert elsewhere.asked == []


@pytest.mark.parametrize("fault", ["401", "404", "500", ""])
def test_the_key_is_told_to_the_server_and_to_nobody_else(
    fault: str, assistant: Assistant, script: Script, url: str,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    key = "sk-himitsu-0123456789"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    caplog.set_level(logging.DEBUG)
    script.fault = fault
    model = LanguageModel(settings(url))
    answer = assistant.ask(QUESTION, model=model)
    assert script.keys[0] == f"Bearer {key}"
    said = [
        json.dumps(answer.as_json()),
        answer.text,
        repr(answer.written),
        caplog.text,
    ]
    if fault:
        with pytest.raises(ModelFailure) as raised:
            list(model.words([("user", "?")], Deadline(4), 50))
        said += [str(raised.value), raised.value.japanese]
    assert all(key not in text for text in [*said, *capfd.readouterr()])


def test_a_setting_with_a_password_in_it_is_told_without(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ValueError("no: https://me:hush@llm.example/v1 with key sk-himitsu")
    monkeypatch.setenv("ANY_API_KEY", "sk-himitsu")
    assert _told(error) == "no: https://***@llm.example/v1 with key ***"


def test_nothing_is_copied_to_a_tracing_service(
    script: Script, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langsmith.run_helpers import get_tracing_context

    seen = []
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", url)
    model = LanguageModel(settings(url))
    inner = model._model.__class__.stream

    def stream(*given: object, **more: object) -> object:
        seen.append(get_tracing_context()["enabled"])
        return inner(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(model._model.__class__, "stream", stream)
    script.reply = lambda messages: "はい。"
    assert "".join(model.words([("user", "?")], Deadline(5), 50)) == "はい。"
    assert seen == [False]
