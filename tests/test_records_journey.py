"""Putting a record right, in a real browser: a doubt, its place, a correction, and what comes of it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import Server, serving

from eval.any_vectors import as_if_real
from index.build import build
from index.corrections import NAME

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]
ROOT = Path(__file__).resolve().parent.parent
RECORD = "hokushin-r2-4.txt"  # of two cases: one is rejected, the other has no verdict
LAPTOP = {"width": 1093, "height": 614}  # 1366 x 768 at 125 %


@dataclass
class Office:
    """Records, their index, and the app over it."""

    records: Path
    index: Path
    page: Page
    server: Server

    def build(self) -> None:
        build([self.records], self.index, embedder=as_if_real())

    def open(self, path: str) -> None:
        self.page.goto(f"{self.server.url}/{quote(path, safe='/?=&%')}")
        expect(self.page.locator(".page-heading")).to_be_visible(timeout=60_000)


@pytest.fixture
def office(browser: Browser, tmp_path: Path) -> Iterator[Office]:
    records, index, served = tmp_path / "records", tmp_path / "index", tmp_path / "served"
    for folder in (records, served):
        folder.mkdir()
    for name in (RECORD, "kaedesawa-r3-3.txt"):
        shutil.copy(ROOT / "records" / "sample" / name, records)
    (records / "名簿.doc").write_bytes(b"x")
    context = browser.new_context(locale="ja-JP", viewport=LAPTOP)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(12_000)
    with serving(index, served) as server:
        office = Office(records, index, page, server)
        office.build()
        yield office
        seen = page.locator("body").inner_text()
        assert not re.search(r"Traceback|Error|gen-\d|undefined|null|None\b", seen)
    context.close()


def test_a_record_is_put_right(office: Office) -> None:
    page = office.page
    corrections = office.records / NAME

    # what is to be looked at, and where it stands
    office.open("records?show=unsure")
    page.locator(".records .unsure a").click()
    cards = page.locator(".read-case")
    expect(cards).to_have_count(2)
    doubted = page.locator(".read-case.doubted")
    expect(doubted.locator(".to-check")).to_contain_text("結論を示す行が見つかりません")
    text = page.locator(".proof-text .text")
    assert RECORD.removesuffix(".txt") in page.url
    doubted.get_by_role("button", name="ここ").click()
    expect(page.locator(".m.here").first).to_be_in_viewport()
    at_the_doubt = text.evaluate("box => box.scrollTop")
    cards.first.locator(".rows .cite").first.click()
    expect(page.locator(".m.here")).to_contain_text("不適当と認める")
    expect(page.locator(".m.here")).to_be_in_viewport()
    assert text.evaluate("box => box.scrollTop") != at_the_doubt
    # every character of the record, and nothing else
    shown = page.locator(".proof-text .words").text_content()
    assert shown == (office.records / RECORD).read_text(encoding="utf-8")

    # correct an outcome, with name and reason
    page.get_by_label("お名前").fill("総務 佐藤")
    page.keyboard.press("Enter")
    cards.first.get_by_role("button", name="訂正する").click()
    form = page.locator('[data-testid="stForm"]')
    expect(form).to_be_visible()
    # chosen at once, and kept: the page stays where the hand is
    form.get_by_role("combobox", name="結論").fill("意見・条件を付して承認")
    page.get_by_role("option", name="意見・条件を付して承認", exact=True).click()
    form.get_by_label("理由").fill("答申書による")
    form.get_by_role("button", name="保存して反映する").click()
    said = cards.first.locator(".by-hand")
    expect(said).to_contain_text(
        "結論は人の訂正で「意見・条件を付して承認」（読み取りは「不承認」、"
    )
    expect(said).to_contain_text("総務 佐藤）")
    expect(said).to_contain_text("理由: 答申書による")
    expect(cards.first.locator(".quote").first).to_contain_text("不適当と認める")
    assert corrections.read_text(encoding="utf-8").count("[[correction]]") == 1

    # on the case's page, and in an answer
    cards.first.get_by_role("link", name="案件の頁").click()
    expect(page.locator(".dossier .standing")).to_contain_text("人の訂正。読み取りは「不承認」")
    page.get_by_role("link", name="質問する").click()
    page.locator("textarea").fill("北辰区のAI-OCRの利用は承認されましたか。")
    page.keyboard.press("Enter")
    lead = page.locator(".turn .lead")
    expect(lead).to_contain_text("人の訂正。読み取りは「不承認」")
    expect(lead).to_contain_text("不適当と認める")

    # the index lost and made anew: it stays
    shutil.rmtree(office.index)
    office.build()
    office.open(f"records?record={RECORD}")
    expect(said).to_contain_text("答申書による")

    # a doubt looked at is one no more
    page.get_by_role("button", name="このままで正しい").click()
    expect(cards.nth(1).locator(".by-hand")).to_contain_text("確認済み")
    expect(doubted).to_have_count(0)

    # taken back, by keyboard
    said.get_by_role("button", name="取り消す").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_count(0)
    expect(cards.first.locator(".badge").first).to_have_text("不承認")
    assert "\nundo = " in corrections.read_text(encoding="utf-8")

    # on paper: what was read, and none of the controls
    page.emulate_media(media="print")
    expect(cards.first).to_be_visible()
    expect(page.locator(".do").first).to_be_hidden()
    page.emulate_media(media="screen")

    # a new file is told, and read from here; one that cannot be read says why
    shutil.copy(ROOT / "records" / "sample" / "suizan-87.txt", office.records)
    office.open("records")
    expect(page.locator(".waiting")).to_contain_text("まだ読み込んでいないファイルが1件")
    page.locator(".st-key-records-show").get_by_text("読めなかったファイル 1").click()
    expect(page.locator(".refused")).to_contain_text("名簿.doc")
    expect(page.locator(".refused")).to_contain_text("Wordで開き")


def test_a_case_that_was_not_found_is_entered(office: Office) -> None:
    page = office.page
    name = "朝凪町.txt"
    title, verdict = "図書館の利用者カードの電子化", "これを可といたします。"
    (office.records / name).write_text(
        "令和4年度第2回朝凪町個人情報保護審査会 会議録\n日時 令和4年8月5日(金)\n\n"
        "【諮問案件1】\n戸籍の届出の電子化について（住民課）\n○会長 異議なく承認とします。\n\n"
        f"引き続き、{title}を取り上げた。\n○会長 履歴を残さないことを条件に、{verdict}\n",
        encoding="utf-8",
    )
    office.build()
    office.open(f"records?record={name}")
    cards = page.locator(".read-case")
    expect(cards).to_have_count(1)

    # words of the text are chosen and taken over; nothing chosen is told
    page.get_by_role("button", name="読み取れていない案件を加える").click()
    take = page.locator(".take")
    take.get_by_role("button", name="案件名にする").click()
    expect(page.get_by_text("本文の文字を選んでから")).to_be_visible()
    fields = ("案件名", "結論を示す文")
    for words, field in zip((title, verdict), fields, strict=True):
        page.locator(".proof-text .words").evaluate(
            """(box, words) => {
                const piece = [...box.querySelectorAll("[data-s]")].find((p) => p.textContent.includes(words));
                const text = [...piece.childNodes].find((n) => n.textContent.includes(words));
                const at = text.textContent.indexOf(words), range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + words.length);
                const selection = box.getRootNode().getSelection?.() ?? document.getSelection();
                selection.removeAllRanges();
                selection.addRange(range);
            }""",
            words,
        )
        take.get_by_role("button", name=f"{field}にする").click()
        expect(page.get_by_label(field)).to_have_value(words)
    # it is still there after a look at another page
    page.get_by_role("link", name="先例一覧").click()
    expect(page.locator(".precedents")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("案件名")).to_have_value(title)
    page.get_by_label("条件・附帯意見").fill("履歴を残さないこと")
    page.get_by_label("条件・附帯意見").blur()
    page.get_by_role("button", name="加えて反映する").click()
    expect(page.get_by_text("結論を選んでください。")).to_be_visible()
    page.get_by_role("combobox", name="結論").fill("意見・条件を付して承認")
    page.get_by_role("option", name="意見・条件を付して承認", exact=True).click()
    page.get_by_role("button", name="加えて反映する").click()
    expect(cards).to_have_count(2, timeout=90_000)  # the first to embed loads what embeds
    expect(cards.nth(1).locator(".by-hand")).to_contain_text("案件と結論は人が原文から入力したもの")

    # told in answers as a person's
    page.get_by_role("link", name="質問する").click()
    page.locator("textarea").fill(f"朝凪町の{title}は承認されましたか。")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .lead")).to_contain_text("（案件と結論は人の入力）")

    # put right: what was said before comes into the form
    office.open(f"records?record={name}")
    page.get_by_role("button", name="入力を直す").click()
    expect(page.get_by_label("案件名")).to_have_value(title)
    page.get_by_role("button", name="やめる").click()

    # a false case is taken out, and comes back
    cards.first.get_by_role("button", name="訂正する").click()
    form = page.locator('[data-testid="stForm"]')
    form.get_by_text("これは案件ではない").click()
    form.get_by_role("button", name="保存して反映する").click()
    expect(cards).to_have_count(1)
    page.get_by_role("button", name="取り消す").first.click()
    expect(cards).to_have_count(2)
