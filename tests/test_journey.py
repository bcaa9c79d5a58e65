"""One evening with the app, in a real browser: ask, read, open the source, ask on, come back."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import HOSTILE
from playwright.sync_api import Browser, Page, expect
from serving import HERE, Server, dialogs_of, serving

from assistant.chat import Assistant


@dataclass
class Visit:
    page: Page
    requested: list[str]

    def ask(self, question: str) -> None:
        turns = self.page.locator(".turn")
        before = turns.count()
        self.page.locator("textarea").fill(question)
        self.page.keyboard.press("Enter")
        expect(turns).to_have_count(before + 1)


@pytest.fixture
def server(sample_index: Path, tmp_path: Path) -> Iterator[Server]:
    with serving(sample_index, tmp_path) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    context = browser.new_context(locale="ja-JP", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("websocket", lambda websocket: requested.append(websocket.url))
    said = dialogs_of(page)
    page.goto(server.url)
    page.locator("textarea").wait_for(timeout=60_000)
    yield Visit(page, requested)
    assert said == []
    context.close()


@pytest.mark.browser
@pytest.mark.model
@pytest.mark.slow
def test_an_evening_with_the_app(visit: Visit, server: Server, sample_index: Path) -> None:
    page = visit.page
    assistant = Assistant.open(sample_index)
    first, second = "楓沢町のAI-OCRの案件は承認されましたか。", "料金はいくらですか。"

    # ask, and read the verdict
    visit.ask(first)
    print(f"from the start to the first answer: {time.monotonic() - server.started:.1f} s")
    verdict = page.locator(".turn .lead .badge")
    expect(verdict).to_have_text("承認")
    assert verdict.locator("svg").is_visible()
    assert verdict.bounding_box()["y"] < 300  # type: ignore[index]

    # the source beside it: the very characters, marked, in sight
    answer = assistant.ask([first])
    citation = answer.citations[0]
    text = assistant.index.text(citation.record)
    mark = page.locator(".source mark")
    expect(mark).to_be_in_viewport()  # opened unasked
    page.locator('.turn [data-do="open 2"]').first.click()
    expect(mark).to_have_text(answer.citations[1].quote)
    page.locator('.turn [data-do="open 1"]').first.click()
    expect(mark).to_have_text(citation.quote)
    assert mark.text_content() == citation.quote
    expect(page.locator(".source header")).to_contain_text(citation.record)
    assert page.locator('.turn [data-do="open 1"]').first.get_attribute("aria-pressed") == "true"
    shown = page.locator(".source .words")
    some = shown.text_content() or ""
    assert some in text
    page.locator('[data-do="before"], [data-do="after"]').first.click()
    expect(shown).not_to_have_text(some)
    page.locator('[data-do="whole"]').click()
    expect(page.locator('[data-do="part"]')).to_be_visible()
    assert shown.text_content() == text
    assert mark.text_content() == citation.quote
    expect(mark).to_be_in_viewport()

    # a follow-up: understood, and its own source opens
    visit.ask(second)
    expect(page.locator(".understood")).to_contain_text("楓沢町")
    expect(page.locator(".turn").nth(1).locator(".lead")).to_contain_text("3万5千円")
    fee = assistant.ask([first, second]).citations[0]
    expect(mark).to_have_text(fee.quote)

    # by keyboard: the source of the answer before; closed, and it stays closed
    page.locator('.turn [data-do="open 1"]').first.focus()
    page.keyboard.press("Enter")
    expect(mark).to_have_text(citation.quote)
    page.locator('[data-do="close"]').click()
    expect(mark).to_have_count(0)

    # a reload, or a bookmark, asks again
    assert parse_qs(urlsplit(page.url).query)["q"] == [first, second]
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn .lead .badge").first).to_have_text("承認")

    # a new conversation
    page.get_by_role("button", name="新しい会話").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_text("質問の例")).to_be_visible()
    assert "q" not in parse_qs(urlsplit(page.url).query)

    # what a record holds is shown as it stands, and does nothing
    visit.ask("水位計の画面には何が表示されますか。")
    expect(page.locator(".turn")).to_contain_text("![絵](http://evil.example/b.png)")
    page.locator('.turn [data-do="open 1"]').first.click()
    expect(page.locator(".source .words")).to_contain_text(HOSTILE)
    assert page.locator(".source script, .source img, .turn img, .turn a:not(.link)").count() == 0
    assert page.title() == "先例"

    # nothing technical in sight, and nobody else was asked for anything
    seen = page.locator("body").inner_text() + page.locator(".turn").inner_text()
    assert not re.search(r"Traceback|Error|score|Deploy|Running|gen-\d|undefined|null", seen)
    inside = ("blob:", "data:")  # made by the page itself
    hosts = {urlsplit(url).hostname for url in visit.requested if not url.startswith(inside)}
    assert hosts == {"127.0.0.1"}
    assert server.addresses() <= HERE
