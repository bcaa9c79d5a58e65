"""Each page beside the chat in a real browser: what its user came for, and the source of it."""

import io
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from serving import Server, Visit, settled

from assistant.desks.keeping import Notes, notes_folder
from assistant.surveys.precedents import Precedents
from index.store import open_index

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]
TABLET = {"width": 820, "height": 1180}


def no_wider_than_the_screen(page: Page) -> None:
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def test_precedents(visit: Visit, desk_index: Path) -> None:
    rows = Precedents(open_index(desk_index)).rows
    page = visit("precedents")
    table = page.locator(".precedents tbody tr")
    expect(table).to_have_count(len(rows))
    expect(page.locator(".number")).to_have_text(f"{len(rows)}件")
    no_wider_than_the_screen(page)

    # sort by keyboard: the conditions first
    page.locator('[data-do="sort conditions"]').focus()
    page.keyboard.press("Enter")
    expect(table.first.locator(".conditions li")).to_have_count(2)

    # a condition's source, at its place
    table.first.locator(".cite").first.click()
    mark = page.locator(".source mark")
    expect(mark).to_be_in_viewport()
    said = mark.text_content() or ""
    assert any(said == c.text for row in rows for c in row.conditions)
    page.locator('[data-do="close"]').click()

    # full text
    page.get_by_label("全文から探す").fill("電話交換機")
    page.keyboard.press("Enter")
    expect(table).to_have_count(1)
    page.get_by_role("button", name="絞り込みを外す").click()
    expect(table).to_have_count(len(rows))

    # the grid: a mark for each case of it, several of them chosen at a press
    page.locator(".st-key-view").get_by_text("技術×自治体").click()
    expect(page.locator(".grid tbody tr").first).to_be_visible()
    page.locator(".grid button.cell").first.click()
    expect(table.first).to_be_visible()
    assert 1 < table.count() < len(rows)
    page.get_by_role("button", name="絞り込みを外す").click()
    expect(table).to_have_count(len(rows))

    # the counts: pressed, they choose
    page.locator(".st-key-view").get_by_text("件数").click()
    part = page.locator(".counts button.part.rejected").first
    expect(part).to_be_visible()
    number = int(part.text_content() or "0")
    part.click()
    expect(table).to_have_count(number)
    expect(table.first.locator(".badge").first).to_have_text("不承認")

    # what is taken along is what is shown
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == "先例一覧.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))["先例一覧"]
    assert sheet.max_row == number + 1
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert Path(download.value.path()).read_bytes().count(b"\r\n") >= number + 1

    # a bookmark brings it back
    page.reload()
    expect(table).to_have_count(number)
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    no_wider_than_the_screen(page)


def test_case(visit: Visit, desk_index: Path) -> None:
    index = open_index(desk_index)
    continued = next(c for c in index.cases() if c.outcome == "continued" and "カメラ" in c.title)

    # from the table to the case, and on to the sitting that decided it
    page = visit("precedents")
    page.get_by_label("全文から探す").fill("カメラ")
    page.keyboard.press("Enter")
    number = page.locator(".number")
    expect(number).to_contain_text("のうち")
    left = number.inner_text()
    page.locator(f'.precedents a[href="case?case={quote(continued.id, safe="")}"].title').click()
    expect(page.locator(".dossier h2", has_text="通学路見守りカメラ")).to_be_visible()
    settled(page)
    page.go_back()  # to the table as it was left
    expect(number).to_have_text(left)
    settled(page)
    page.go_forward()
    expect(page.locator(".dossier h2", has_text="通学路見守りカメラ")).to_be_visible()
    assert f"case={quote(continued.id, safe='')}" in page.url
    course = page.locator(".course > li")
    expect(course).to_have_count(2)
    expect(course.nth(0).locator(".badge")).to_have_text("継続審議")
    expect(course.nth(1).locator(".badge").first).to_have_text("意見・条件を付して承認")
    expect(course.nth(1).locator(".conditions li")).to_have_count(2)
    expect(page.locator(".standing .badge")).to_have_text("意見・条件を付して承認")

    # the verdict's source
    course.nth(1).locator(".cite").first.click()
    mark = page.locator(".source mark")
    expect(mark).to_be_in_viewport()
    later = next(c for c in index.cases() if c.chain == continued.chain and c is not continued)
    assert mark.text_content() in [d.text for d in later.decisions]
    expect(page.locator(".dossier h2").first).to_be_visible()
    page.locator('[data-do="close"]').click()

    # what was asked, by theme; what is like it, side by side
    expect(page.locator(".themes details").first).to_contain_text("問")
    expect(page.locator(".alike tbody tr").first.locator(".badge").first).to_be_visible()
    page.locator(".alike thead a").first.click()
    expect(page.locator(".dossier h2", has_text="通学路見守りカメラ")).to_have_count(0)
    expect(page.locator(".dossier h2").first).to_be_visible()

    # the address is the case's; the picker leads to another
    page.go_back()
    expect(page.locator(".dossier h2", has_text="通学路見守りカメラ")).to_be_visible()
    settled(page)
    page.mouse.move(700, 300)
    page.mouse.wheel(0, -20_000)  # it stands where it was left
    chosen = page.get_by_role("combobox", name="案件を選ぶ")
    expect(chosen).to_be_in_viewport()
    page.wait_for_timeout(300)
    chosen.fill("電話業務")
    page.get_by_role("option").first.click()
    expect(page.locator(".dossier h2", has_text="電話業務")).to_be_visible()
    no_wider_than_the_screen(page)

    # on paper: all of it, and none of the controls
    page.emulate_media(media="print")
    expect(page.locator('[data-testid="stSidebar"]')).to_be_hidden()
    expect(page.locator(".st-key-picked")).to_be_hidden()
    expect(page.locator(".dossier .course")).to_be_visible()


def test_an_answer_leads_to_the_case(visit: Visit) -> None:
    page = visit("precedents")
    page.get_by_role("link", name="質問する").click()
    page.locator("textarea").fill("楓沢町ではどんな案件がありましたか。")
    page.keyboard.press("Enter")
    page.locator(".turn .card a.title").first.click()
    expect(page.locator(".dossier h2").first).to_be_visible()


def test_conditions(visit: Visit, desk_index: Path) -> None:
    page = visit("conditions")
    rows = page.locator(".tracked tbody tr")
    expect(rows.first.locator(".badge.state")).to_have_text("報告は見つかりません")
    answered = rows.filter(has=page.locator(".badge.state.answered"))
    number = answered.count()
    assert number
    page.get_by_label("状態").fill("報告あり")
    page.get_by_role("option", name="報告あり", exact=True).click()
    expect(rows).to_have_count(number)
    page.keyboard.press("Escape")

    # the report's own words, at their place
    rows.first.locator(".report .cite").first.click()
    mark = page.locator(".source mark")
    expect(mark).to_be_in_viewport()
    index = open_index(desk_index)
    said = mark.text_content() or ""
    assert any(said in index.text(info.id) for info in index.records())
    no_wider_than_the_screen(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert sheet["条件の追跡"].max_row == number + 1

    # to the case
    page.locator(".tracked .sub a.link").first.click()
    expect(page.locator(".dossier .conditions li").first).to_be_visible()


def test_first_steps(visit: Visit) -> None:
    page = visit("first_steps")
    expect(page.locator(".guide .tag-own").first).to_have_text("この道具の説明")
    expect(page.locator(".progress")).to_contain_text("0章を読みました")
    page.get_by_role("button", name="読みました。次は「諮問から答申まで」").click()
    expect(page.locator(".walked > li")).to_have_count(5)
    expect(page.locator(".progress")).to_contain_text("1章を読みました")

    # a word, its case, and what stands in the records
    page = visit("first_steps?part=words")
    word = page.locator("dl.words dd").nth(3)
    expect(page.locator("dl.words dt").nth(3)).to_contain_text("目的外利用")
    expect(word).to_contain_text("この道具の説明")
    expect(word.locator(".sub, blockquote").first).to_be_visible()

    # three cases, step by step, each with its source
    page = visit("first_steps?part=walks")
    walks = page.locator(".walk")
    expect(walks).to_have_count(3)
    expect(walks.first.locator(".walked > li")).to_have_count(4)
    expect(walks.nth(1).locator(".course > li").first.locator(".badge")).to_have_text("継続審議")
    walks.first.locator(".course .cite").first.click()
    expect(page.locator(".source mark")).to_be_in_viewport()
    no_wider_than_the_screen(page)

    # the keyboard's first stop leads past the sidebar
    page = visit("first_steps?part=asking")
    expect(page.locator(".try").first).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.locator('a[href="#stMain"]')
    expect(skip).to_be_focused()
    assert "本文へ移る" in skip.evaluate("e => getComputedStyle(e, '::after').content")

    # on paper: the words, and none of the controls
    page.emulate_media(media="print")
    for control in ('[data-testid="stSidebar"]', ".st-key-parts", '[data-testid="stButton"]'):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(".guide")).to_be_visible()
    page.emulate_media(media="screen")

    # a question to try is asked
    page.locator(".try").first.click()
    expect(page.locator(".turn .lead")).to_be_visible(timeout=20_000)


def test_saved_questions(visit: Visit, desk_index: Path) -> None:
    page = visit("precedents")
    page.get_by_role("link", name="質問する").click()
    page.locator("textarea").first.fill("楓沢町ではどんな案件がありましたか。")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="この質問を保存").click()
    expect(page.get_by_text("保存しました")).to_be_visible()
    page.get_by_role("button", name="誤りがある").click()
    page.get_by_label("どこが誤っていますか").fill("一件足りない")
    page.get_by_role("button", name="記録する").click()
    expect(page.get_by_text("「誤り」と記録しました")).to_be_visible()

    # an answer kept in an earlier state of the records: what is told now differs
    kept = Notes(notes_folder(desk_index) / "questions.jsonl")
    (note,) = kept.all()
    (before,) = Notes(notes_folder(desk_index) / "holdings.jsonl").all()
    cases = note["answer"]["cases"]
    lost, *others = cases
    Notes(notes_folder(desk_index) / "holdings.jsonl").add(
        {
            **before,
            "id": "then",
            "records": {k: v for k, v in before["records"].items() if k != lost[0]},
        }
    )
    rest = [case for case in others if case[0] != lost[0]]
    kept.change(note["id"], {"holdings": "then", "answer": {**note["answer"], "cases": rest}})

    page = visit("saved")
    card = page.locator(".saved")
    expect(card.locator(".badge").first).to_have_text("変わりました")
    expect(card.locator(".changes tbody tr").first).to_contain_text(f"新しい記録 {lost[0]}")
    card.locator(".now .cite").first.click()
    expect(page.locator(".source mark")).to_be_in_viewport()
    expect(page.locator(".judged")).to_contain_text("一件足りない")
    no_wider_than_the_screen(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="評価用に書き出す").click()
    exported = Path(download.value.path())
    assert '"judgement": "wrong"' in exported.read_text(encoding="utf-8")

    # seen, opened again, and let go
    page.get_by_role("button", name="確かめました").click()
    expect(card.locator(".badge").first).to_have_text("変わりありません")
    page.get_by_role("button", name="保存をやめる").click()
    page.get_by_role("button", name="やめる（削除）").click()
    expect(card).to_have_count(0)
    assert kept.all() == []


def test_the_desks_on_the_real_records(visit_real: Visit) -> None:
    page = visit_real("conditions")
    expect(page.locator(".tracked tbody tr").first.locator(".badge.state")).to_be_visible()
    page.locator(".tracked .condition + .cite").first.click()
    expect(page.locator(".source mark")).to_be_in_viewport()

    page = visit_real("first_steps?part=words")
    expect(page.locator("dl.words blockquote .cite").first).to_be_visible()
    page.locator("dl.words blockquote .cite").first.click()
    expect(page.locator(".source mark")).to_be_in_viewport()
    page = visit_real("first_steps?part=walks")
    expect(page.locator(".walk")).to_have_count(3)
    expect(page.locator(".walk .course .badge").first).to_be_visible()
    no_wider_than_the_screen(page)

    page.locator(".walk h3 a.link").first.click()
    expect(page.locator(".dossier h2").first).to_be_visible()
    page.get_by_role("link", name="質問する").click()
    page.get_by_label("質問を入力してください").fill("どんな案件がありましたか。")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="この質問を保存").click()
    expect(page.get_by_text("保存しました")).to_be_visible()
    page.get_by_role("link", name="保存した質問").click()
    expect(page.locator(".saved .badge").first).to_have_text("変わりありません")
    expect(page.locator(".saved .now .cite").first).to_be_visible()


def test_the_table_and_the_readings_of_the_real_records(
    visit_real: Visit, shared_records: Path
) -> None:
    page = visit_real("precedents")
    table = page.locator(".precedents tbody tr")
    expect(table.nth(30)).to_be_attached()
    page.get_by_label("全文から探す").fill("AI-OCR")
    page.keyboard.press("Enter")
    expect(table.nth(30)).not_to_be_attached()
    conditioned = table.filter(has=page.locator(".badge.approved_with_conditions")).first
    expect(conditioned.locator(".conditions li").first).to_be_visible()
    conditioned.locator(".cite").first.click()
    expect(page.locator(".source mark")).to_be_in_viewport()
    no_wider_than_the_screen(page)

    page = visit_real("records")
    rows = page.locator(".records tbody tr")
    texts = sorted(shared_records.glob("*.txt"))
    expect(rows).to_have_count(len(texts))
    rows.first.locator("a").first.click()
    expect(page.locator(".read-case").first.locator(".badge")).to_be_visible()
    shown = page.locator(".proof-text .words").text_content()
    assert shown in {path.read_text(encoding="utf-8") for path in texts}


PRESS_AND_LEAVE = """() => {
  const saves = [...document.querySelectorAll("button")].filter((b) => b.innerText.includes("この質問を保存"));
  saves.pop().click();
  location.href = "about:blank";
}"""


def test_an_answer_stays_where_it_begins_and_what_is_kept_is_not_lost(
    browser: Browser, desk_server: Server, desk_index: Path
) -> None:
    context = browser.new_context(locale="ja-JP", viewport={"width": 390, "height": 780})
    page, said = context.new_page(), []
    page.on("dialog", lambda dialog: (said.append(dialog.type), dialog.dismiss()))
    page.goto(desk_server.url)
    expect(page.get_by_role("heading", name="先例")).to_be_in_viewport(timeout=60_000)
    page.locator("textarea").fill("AI-OCRの案件は承認されましたか。")
    page.keyboard.press("Enter")
    lead = page.locator(".turn .lead")
    expect(lead).to_be_in_viewport(timeout=60_000)
    settled(page)
    page.wait_for_timeout(500)
    tops = []
    for _ in range(8):  # Streamlit would scroll to the end, and here and there on the way
        page.wait_for_timeout(400)
        box = lead.bounding_box()
        assert box is not None
        tops.append(box["y"])
    assert 0 <= tops[0] < 300
    assert len(set(tops)) == 1

    page.locator("textarea").click()  # browsers ask only those who have touched the page
    page.evaluate(PRESS_AND_LEAVE)
    expect(page.get_by_text("保存しました")).to_be_visible(timeout=60_000)
    assert said == ["beforeunload"]
    settled(page)
    page.goto("about:blank")  # there is nothing more to wait for
    assert said == ["beforeunload"]
    context.close()
    Path(notes_folder(desk_index), "questions.jsonl").unlink()
