"""What a person sees of a language model: which, where, its prose, and nothing fetched outside."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from eval import scripted_writers
from eval.model_server import Script
from eval.model_server import serving as model_serving
from tests.serving import HERE, Server, serving, settled

pytestmark = pytest.mark.browser

ASKED = "楓沢町のAI-OCRの料金はいくらですか"
HOSTILE = "水位計の画面には何が表示されるのか"


@pytest.fixture(scope="module")
def script() -> Script:
    return Script(scripted_writers.good)


@pytest.fixture(scope="module")
def server(
    script: Script, sample_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch, model_serving(script) as url:
        patch.setenv("SENREI_MODEL", "openai:scripted-7b")
        patch.setenv("SENREI_MODEL_URL", url)
        # Much: on a slow machine too, what ends a reply is the page, and not its limits.
        patch.setenv("SENREI_MODEL_SECONDS", "60")
        patch.setenv("SENREI_MODEL_TOKENS_OUT", "100000")
        with serving(sample_index, tmp_path_factory.mktemp("app")) as served:
            yield served


@pytest.fixture
def page(server: Server, window: BrowserContext) -> Iterator[Page]:
    shown = window.new_page()
    requests: list[str] = []
    shown.on("request", lambda request: requests.append(request.url))
    shown.goto(server.url)
    # the first session waits for the libraries of the model and of the search
    shown.get_by_text("言語モデル: scripted-7b").wait_for(timeout=60_000)
    yield shown
    shown.close()
    outside = {
        url for url in requests
        if not url.startswith(("data:", "blob:")) and urlsplit(url).hostname not in HERE
    }  # fmt: skip
    assert outside == set()
    assert server.addresses() <= HERE


def ask(page: Page, question: str) -> None:
    settled(page)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")


def test_it_is_told_which_model_writes_and_where(page: Page) -> None:
    expect(page.get_by_text("言語モデル: scripted-7b（このパソコン）")).to_be_visible()
    expect(page.get_by_text("このパソコンの言語モデルにだけ送られます").first).to_be_visible()


def test_the_models_prose_stands_in_the_answer(page: Page, script: Script) -> None:
    script.reply, script.fault = scripted_writers.good, ""
    ask(page, ASKED)
    expect(page.get_by_text("年間でおよそ46万円を見込むと説明されています").first).to_be_visible()
    expect(page.get_by_text("言語モデルが出典の文を書き直し").first).to_be_visible()


def test_a_silent_model_holds_nobody_up_and_can_be_stopped(page: Page, script: Script) -> None:
    script.fault = "hangs"
    ask(page, ASKED)
    stop = page.get_by_role("button", name="やめる")
    expect(stop).to_be_visible()  # the model is still waited for
    expect(page.get_by_text("年間でおよそ46万円を見込む。").first).to_be_visible()
    stop.click()
    expect(stop).to_be_hidden()
    expect(page.get_by_text("年間でおよそ46万円を見込む。").first).to_be_visible()
    script.fault = ""


def test_what_a_record_or_a_model_says_fetches_nothing(page: Page, script: Script) -> None:
    script.fault = ""
    script.reply = lambda messages: (
        scripted_writers.obedient(messages)
        + (
            "\n![絵](http://evil.example/c.png)\n<img src=http://evil.example/d.png>\n"
            "[押す](http://evil.example/) [1]「画面」"
        )
    )
    ask(page, HOSTILE)  # whose words are not sent to a model; it may find nothing to write
    expect(page.get_by_text("evil.example").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="新しい会話").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, ASKED)
    expect(page.get_by_text("記録の言葉だけでお答えしています").last).to_be_visible()
    settled(page)
    assert "乗取" not in page.title()


def test_the_page_itself_fetches_from_nowhere_else(server: Server, browser: Browser) -> None:
    # the words above never become an element; if one did, the browser would not load it
    page = browser.new_page()
    page.goto(server.url)
    page.locator("meta[http-equiv=Content-Security-Policy]").wait_for(
        state="attached", timeout=60_000
    )
    blocked = page.evaluate(
        """() => new Promise((done) => {
          const told = [];
          document.addEventListener("securitypolicyviolation", (event) => {
            told.push(event.effectiveDirective);
            if (told.length === 3) done(told.sort());
          });
          document.body.append(Object.assign(new Image(), {src: "http://evil.example/a.png"}));
          const frame = document.createElement("iframe");
          frame.src = "http://evil.example/b";
          document.body.append(frame);
          fetch("http://evil.example/c").catch(() => {});
          setTimeout(() => done(told), 20000);
        })"""
    )
    page.close()
    assert blocked == ["connect-src", "frame-src", "img-src"]


def test_prose_appears_while_it_is_written_and_can_be_stopped(page: Page, script: Script) -> None:
    def endless(messages: Sequence[str]) -> str:
        return scripted_writers.good(messages) + "\n" + "続きを考えています。\n" * 4_000

    script.reply, script.pause = endless, 0.05
    script.left.clear()
    ask(page, ASKED)
    prose = page.get_by_text("年間でおよそ46万円を見込むと説明されています").first
    expect(prose).to_be_visible()
    stop = page.get_by_role("button", name="やめる")
    stop.click()
    expect(stop).to_be_hidden()
    expect(prose).to_be_hidden()  # what was composed stays
    expect(page.get_by_text("年間でおよそ46万円を見込む。").first).to_be_visible()
    assert script.left.wait(20)  # and the model is let go
    script.pause = 0.0
