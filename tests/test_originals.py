"""A citation opens the page of its source file as a picture, with the very words framed."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import make_formats as make
import pytest
from conftest import SCANNED
from playwright.sync_api import Browser, expect
from serving import Server, serving

from app_parts.source import GONE
from app_parts.source_html import MACHINE
from eval.any_vectors import as_if_real
from index import originals
from index.build import build
from index.originals import has_pictures, original, view
from index.readers import image, pdf
from index.records import page_holding
from index.store import Index, open_index

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def records(made: Path, tesseract: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with tables as PDF, and one of which a page is a picture only."""
    folder = tmp_path_factory.mktemp("papers")
    (tables,) = made.glob("higashi*.pdf")
    shutil.copy(tables, folder / "tables.pdf")
    make.with_scanned_page(made / f"{SCANNED}.pdf", 2, folder / "scan.pdf")
    first, _ = make.make_scans(made / f"{SCANNED}.pdf", folder, pages=2, dpi=200)
    first.unlink()
    return folder


@pytest.fixture(scope="module")
def index(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("papers-index")
    build([records], folder, embedder=as_if_real())
    with_pages = open_index(folder)
    yield with_pages
    with_pages.close()


def spans(index: Index) -> Iterator[tuple[str, int, int]]:
    for case in index.cases():
        yield case.record, *case.title_span
        for decision in case.decisions:
            yield case.record, decision.start, decision.end
            yield from ((case.record, c.start, c.end) for c in decision.conditions)
        yield from ((case.record, slot.start, slot.end) for slot in case.slots)


def test_the_frames_hold_the_words_and_no_others(
    index: Index, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "_ROOM", 1)  # with its margins: frames are shares of the page
    originals._picture.cache_clear()
    pages = {info.id: info.pages for info in index.records()}
    asked: Counter[str] = Counter()
    for record, start, end in spans(index):
        words = "".join(index.text(record)[start:end].split())
        page = page_holding(pages[record], start)
        if not words or page is None or end > page.end:
            continue
        seen = view(index, record, page, start, end)
        assert seen is not None
        kept = index.folder / "ocr" / index.manifest.records[record]
        read = pdf if record.endswith(".pdf") else image
        sheet = read.sheet(records / record, page.number, kept)
        framed = "".join(
            glyph.text
            for glyph in sheet.glyphs
            for x in [(glyph.left + glyph.right) / 2 / sheet.width]
            for y in [(glyph.top + glyph.bottom) / 2 / sheet.height]
            if not glyph.text.isspace()
            if any(b.left <= x <= b.right and b.top <= y <= b.bottom for b in seen.boxes)
        )
        assert sorted(framed) == sorted(words), (record, words, framed)
        asked[record] += 1
    originals._picture.cache_clear()
    assert set(asked) == {"tables.pdf", "scan.pdf", f"{SCANNED}-2.png"}


def test_only_the_file_that_was_read_is_opened(index: Index, records: Path) -> None:
    info = index.records()[0]
    assert original(index, info.id) == records / info.id
    for other in (f"../{records.name}/{info.id}", str(records / info.id), "/etc/passwd", ""):
        assert original(index, other) is None
    path = records / info.id
    raw = path.read_bytes()
    try:
        path.write_bytes(raw + b" ")
        assert view(index, info.id, info.pages[0], 0, 5) is None
        path.unlink()
        assert view(index, info.id, info.pages[0], 0, 5) is None
    finally:
        path.write_bytes(raw)
    assert view(index, info.id, info.pages[0], 0, 5) is not None
    assert [has_pictures(name) for name in ("a.PDF", "b.tif", "c.docx", "d.txt")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.fixture(scope="module")
def server(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(index.folder, tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.mark.browser
@pytest.mark.model
def test_a_reader_turns_from_the_text_to_the_page(
    index: Index, records: Path, server: Server, browser: Browser
) -> None:
    pages = {info.id: info.pages for info in index.records()}
    case = next(
        case
        for case in index.cases()
        for page in [page_holding(pages[case.record], case.title_span[0])]
        if case.record == "scan.pdf" and page is not None and page.machine
    )
    page = browser.new_context(locale="ja-JP", viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{server.url}/case?case={quote(case.id, safe='')}")
    expect(page.locator(".case-head .machine")).to_have_text(MACHINE, timeout=60_000)
    page.locator(".case-head h2 .cite").click()
    source = page.locator(".source")
    expect(source.locator("mark")).to_have_text(case.title)
    expect(source.locator(".machine")).to_have_text(MACHINE)
    expect(source.locator(".place")).to_contain_text("2ページ")

    source.get_by_role("button", name="紙面").click()
    frame = source.locator("mark.frame").first
    expect(frame).to_be_in_viewport()
    picture = source.locator(".sheet img")
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") > 500
    assert "枠" in (picture.get_attribute("alt") or "")
    expect(source.locator(".number")).to_have_text(f"2 / {len(pages['scan.pdf'])}ページ")
    small = picture.bounding_box()
    source.get_by_role("button", name="拡大").click()
    expect(source.get_by_role("button", name="縮小")).to_be_visible()
    expect(frame).to_be_in_viewport()
    assert picture.bounding_box()["width"] > 1.5 * small["width"]  # type: ignore[index]
    source.get_by_role("button", name="次のページ").click()
    expect(source.locator(".number")).to_have_text(f"3 / {len(pages['scan.pdf'])}ページ")
    expect(source.get_by_text("引用した箇所は別のページです。")).to_be_visible()

    (records / "scan.pdf").rename(records / "scan.gone")
    source.get_by_role("button", name="前のページ").click()
    expect(source.get_by_text(GONE)).to_be_visible()
    source.get_by_role("button", name="本文").click()
    expect(source.locator("mark")).to_have_text(case.title)
    (records / "scan.gone").rename(records / "scan.pdf")
    page.context.close()
