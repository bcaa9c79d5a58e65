"""One setting -> a chat model: which, where it runs, and its words as they come, within limits.

The only importer of `langchain.chat_models`, and only when a model is set: without `SENREI_MODEL`
nothing of this is loaded. What a provider's library raises ends here, as ModelError.
"""

from __future__ import annotations

import ipaddress
import os
import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from assistant.language_model.prompts import Prompts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Message = tuple[str, str]  # ("system" | "user", what is said)

_INSTALL = "pip install 'senrei[models]'"
# What LangChain's own names for these settings do not reach.
_URL_NAMES = {"azure_openai": "azure_endpoint"}
_ENDPOINTS = ("azure_endpoint", "openai_api_base", "base_url", "api_base", "endpoint", "api_url")
_HOMES = {"openai": "api.openai.com"}
# A connection that is closed early looks like an end, but for the word that it is one.
_SAY_WHEN_ENDED = frozenset({"openai", "azure_openai", "ollama"})
_ENDS = ("finish_reason", "done_reason")
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASS|CREDENTIAL", re.IGNORECASE)
_SECONDS, _TOKENS_IN, _TOKENS_OUT = 8.0, 4_000, 800  # for one answer
_ASIDE = 0.1  # seconds between looks at whether one is still wanted


class ModelError(Exception):
    """What is wrong with the model: `str()` in English, `japanese` for the page."""

    def __init__(self, english: str, japanese: str) -> None:
        """Both sentences are for a reader who can do something about it."""
        super().__init__(english)
        self.japanese = japanese


class ModelSettingError(ModelError):
    """The setting is wrong: no question will get an answer by this model."""


class ModelFailure(ModelError):  # noqa: N818
    """This one question got no whole reply."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What the environment says of the model.

    `name` is `provider:model`; `seconds` all the time it gets for one answer; `tokens_in` and
    `tokens_out` the most that are sent and taken for it.
    """

    name: str
    url: str = ""
    seconds: float = _SECONDS
    tokens_in: int = _TOKENS_IN
    tokens_out: int = _TOKENS_OUT

    @property
    def provider(self) -> str:
        """What stands before the first colon: ollama, openai …"""
        return self.name.partition(":")[0]

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> ModelSettings | None:
        """The settings in SENREI_MODEL and its kin; None where no model is set.

        Raises ModelSettingError.
        """
        name = environment.get("SENREI_MODEL", "").strip()
        if not name:
            return None
        provider, colon, model = name.partition(":")
        if not (provider and colon and model.strip()):
            raise ModelSettingError(
                f"SENREI_MODEL={name} names no provider; write it as ollama:NAME or openai:NAME.",
                f"設定 SENREI_MODEL={name} が読めません。ollama:名前 のように書いてください。",
            )
        url = environment.get("SENREI_MODEL_URL", "").strip()
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ModelSettingError(
                "SENREI_MODEL_URL is no address; write it as http://HOST:PORT/v1.",
                "SENREI_MODEL_URL が読めません。http://ホスト名:ポート/v1 のように書いてください。",
            )
        return cls(
            name,
            url,
            _number(environment, "SENREI_MODEL_SECONDS", _SECONDS),
            int(_number(environment, "SENREI_MODEL_TOKENS_IN", _TOKENS_IN)),
            int(_number(environment, "SENREI_MODEL_TOKENS_OUT", _TOKENS_OUT)),
        )


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    written = environment.get(name, "").strip()
    try:
        value = float(written) if written else float(default)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e6:
        raise ModelSettingError(
            f"{name}={written} is no number above 0.",
            f"設定 {name} は、0より大きい数で書いてください。",
        )
    return value


def tokens_of(text: str) -> int:
    """About how many tokens a text is: one for a Japanese character, one for three of Latin."""
    latin = sum(character.isascii() for character in text)
    return len(text) - latin + (latin + 2) // 3


class Deadline:
    """The time that is left for an answer, and whether anyone still waits for it."""

    def __init__(self, seconds: float) -> None:
        """Start the clock."""
        self.seconds = seconds
        self.started = time.monotonic()
        self._cancelled = threading.Event()

    @property
    def passed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds until the end, at least 0; 0 once cancelled."""
        return 0.0 if self.cancelled else max(0.0, self.seconds - self.passed)

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Nobody waits any more: the model is let go at its next word."""
        self._cancelled.set()


class Writes(Protocol):
    """Whatever can write: a LanguageModel, or what a test puts in its place."""

    @property
    def settings(self) -> ModelSettings:
        """Which model, and its limits."""

    @property
    def prompts(self) -> Prompts:
        """The words given to it."""

    def words(self, messages: list[Message], deadline: Deadline, tokens: int) -> Iterator[str]:
        """The reply, piece by piece. Raises ModelFailure."""


class LanguageModel:
    """A chat model that answers within limits. Safe to share by threads; `connect` makes it."""

    def __init__(self, settings: ModelSettings) -> None:
        """Load the provider's library and the prompts. Nothing is sent yet.

        Raises ModelSettingError and PromptError.
        """
        self.settings = settings
        self.prompts = Prompts.load()
        more: dict[str, Any] = {"temperature": 0}
        if settings.provider == "openai" and settings.url:
            # servers of one's own that do not know max_completion_tokens yet
            more["extra_body"] = {"max_tokens": settings.tokens_out}
        self._model = _chat_model(settings, **more)
        # Not every model takes all of these: the second try goes without.
        self._plain = _chat_model(settings)
        self.host = _host(self._model, settings)

    @property
    def name(self) -> str:
        """The model's own name, without its provider."""
        return self.settings.name.partition(":")[2]

    @property
    def local(self) -> bool:
        """Whether it runs on this machine, as far as its address tells."""
        return _is_loopback(self.host)

    def words(self, messages: list[Message], deadline: Deadline, tokens: int) -> Iterator[str]:
        """The reply, piece by piece.

        One more try is made where nothing had come yet. Raises ModelFailure where the reply is
        late, breaks off, or does not end after `tokens` tokens.
        """
        for attempt, model in enumerate((self._model, self._plain)):
            began = False
            try:
                for piece in self._once(model, messages, deadline, tokens):
                    began = True
                    yield piece
                return
            except _Broken as error:
                if began or attempt or not error.worth_another_try or not deadline.left:
                    raise ModelFailure(
                        f"the model {self.settings.name} at {self.host} gave no reply: {error}",
                        "言語モデルから返事がありませんでした。",
                    ) from error

    def _once(
        self, model: BaseChatModel, messages: list[Message], deadline: Deadline, tokens: int
    ) -> Iterator[str]:
        """One try. A thread listens to the model, so that one that hangs holds nobody up."""
        pieces: queue.Queue[str | Exception | None] = queue.Queue()
        done = threading.Event()
        said = {"system": "system", "user": "human"}

        def listen() -> None:
            from langsmith import tracing_context

            try:
                # LangChain would else copy all it is told to LangSmith, if the environment says so.
                with tracing_context(enabled=False):
                    ended = self.settings.provider not in _SAY_WHEN_ENDED
                    for chunk in model.stream([(said[role], text) for role, text in messages]):
                        if done.is_set() or deadline.cancelled:
                            return
                        pieces.put(str(chunk.text))
                        ended = ended or any(chunk.response_metadata.get(key) for key in _ENDS)
                pieces.put(None if ended else ConnectionError("the reply broke off"))
            except Exception as error:  # the libraries of a dozen providers: told in one way
                pieces.put(error)

        threading.Thread(target=listen, name="language model", daemon=True).start()
        come = 0
        try:
            while True:
                if not deadline.left:
                    raise ModelFailure(
                        f"the model {self.settings.name} at {self.host} took longer than "
                        f"{deadline.seconds:g} s (SENREI_MODEL_SECONDS).",
                        "言語モデルの返事が間に合いませんでした。",
                    )
                try:
                    piece = pieces.get(timeout=min(_ASIDE, deadline.left) or _ASIDE)
                except queue.Empty:
                    yield ""  # whoever waits may look up, and go
                    continue
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise _Broken(piece)
                come += tokens_of(piece)
                if come > 2 * tokens:  # the server was told the limit; this one does not keep it
                    raise ModelFailure(
                        f"the model {self.settings.name} at {self.host} did not end after "
                        f"{tokens} tokens (SENREI_MODEL_TOKENS_OUT).",
                        "言語モデルの返事が長すぎました。",
                    )
                yield piece
        finally:
            done.set()


class _Broken(Exception):  # noqa: N818
    """A try came to nothing."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"{type(cause).__name__}: {_told(cause)}")
        status = getattr(cause, "status_code", None)
        # sent elsewhere, asked wrongly, or without leave: the same again gets the same; 400 may be
        # the temperature
        self.worth_another_try = not (
            isinstance(status, int)
            and 300 <= status < 500
            and status not in (400, 408, 409, 422, 429)
        )


def connect(settings: ModelSettings | None = None) -> LanguageModel | None:
    """The model of `settings` (or else of the environment); None where none is set.

    Raises ModelSettingError and PromptError. Nothing is sent.
    """
    settings = settings or ModelSettings.of()
    return LanguageModel(settings) if settings is not None else None


def _chat_model(settings: ModelSettings, **more: Any) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    provider = settings.provider
    given: dict[str, Any] = dict(more)
    if settings.url:
        given[_URL_NAMES.get(provider, "base_url")] = settings.url
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            given["api_key"] = "none"  # a server of one's own asks for no key
    if provider == "ollama":
        given |= {
            "num_predict": settings.tokens_out,
            "num_ctx": settings.tokens_in + settings.tokens_out,
            "client_kwargs": _way(settings.url or os.environ.get("OLLAMA_HOST", ""), settings),
        }
    else:
        given |= {
            "timeout": settings.seconds, "max_retries": 0, "max_tokens": settings.tokens_out,
        }  # fmt: skip
    try:
        if provider in ("openai", "azure_openai"):
            given |= _openai_way(settings)
        made: BaseChatModel = init_chat_model(settings.name, **given)
        return made
    except ImportError as error:
        raise ModelSettingError(
            f"SENREI_MODEL={settings.name} needs a package that is not installed: {_INSTALL} "
            f"(for openai and ollama), or pip install langchain-{provider.replace('_', '-')}.",
            f"言語モデル {settings.name} のための部品が入っていません。"
            f"管理者に「{_INSTALL}」の実行を頼んでください。",
        ) from error
    except Exception as error:  # a dozen providers, each with its own words for a missing key
        raise ModelSettingError(
            f"SENREI_MODEL={settings.name} cannot be used: {_told(error)}",
            f"言語モデル {settings.name} を使えません。"
            "名前と、提供元の鍵の環境変数（OPENAI_API_KEY など）を確かめてください。",
        ) from error


def _way(address: str, settings: ModelSettings) -> dict[str, Any]:
    """How a server is reached: by nobody it points to, and one on this machine by no proxy.

    A redirect would take what is asked, and the key, to a host that nobody has named. Elsewhere the
    office's proxy (HTTPS_PROXY, NO_PROXY) is the way out that the office has chosen.
    """
    import httpx

    host = _hostname(address)
    return {
        "limits": httpx.Limits(max_keepalive_connections=0),  # nothing is left open
        "timeout": settings.seconds,
        "follow_redirects": False,
        "trust_env": bool(host) and not _is_loopback(host),
    }


def _openai_way(settings: ModelSettings) -> dict[str, Any]:
    import httpx

    base = os.environ.get("OPENAI_API_BASE") or os.environ.get("OPENAI_BASE_URL")
    way = _way(settings.url or base or f"https://{_HOMES['openai']}", settings)
    proxy = os.environ.get("OPENAI_PROXY") if way["trust_env"] else None
    return {"http_client": httpx.Client(proxy=proxy or None, **way), "openai_proxy": ""}


def _told(error: Exception) -> str:
    """What an error says, on one line, without any secret of the environment."""
    text = " ".join(str(error).split())
    for name, value in os.environ.items():
        if _SECRET.search(name) and len(value) >= 4:
            text = text.replace(value, "***")
    return re.sub(r"(?<=//)[^/@\s]+@", "***@", text)[:200]


def _hostname(address: str) -> str:
    return urlsplit(address if "//" in address else f"//{address}").hostname or ""


def _host(model: BaseChatModel, settings: ModelSettings) -> str:
    """The host that is spoken to, from the model itself where it tells."""
    client = getattr(model, "root_client", None)  # OpenAI's: after its own environment variables
    spoken = [getattr(client, "base_url", None)]
    spoken += [getattr(model, name, None) for name in _ENDPOINTS]
    if settings.provider == "ollama":
        spoken += [os.environ.get("OLLAMA_HOST"), "http://127.0.0.1:11434"]
    for address in [*spoken, settings.url]:
        if host := _hostname(str(address or "")):
            return host
    return _HOMES.get(settings.provider, settings.provider)


def _is_loopback(host: str) -> bool:
    if host in ("localhost", "0.0.0.0"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
