"""A record saved as Word, Excel, PowerPoint, HTML, PDF or scan gives the same cases as its text."""

import difflib
import os
import shutil
from pathlib import Path

import make_formats as make
import pytest
from conftest import ROOT, SCANNED
from reading import cases_of
from stand_ins import HashEmbedder

from index.build import build
from index.doubts import DoubtKind
from index.japanese import fold
from index.readers import ocr
from index.records import Record, Source, read_record
from index.store import open_index

pytestmark = pytest.mark.slow

REAL = ("higashi", "kodaira", "komae", "kurume")  # the beginnings of their names
KINDS = ("docx", "xlsx", "pptx", "html", "pdf")


def told(record: Record) -> list[tuple[object, ...]]:
    """What the record says of its cases, white space aside."""
    return [
        (
            fold(case.title), case.outcome, case.day, case.municipality,
            [(decision.outcome, fold(decision.text), [fold(c.text) for c in decision.conditions]) for decision in case.decisions],
        )
        for case in cases_of(record)
    ]  # fmt: skip


def read(path: Path, **options: Path) -> Record:
    return read_record(Source(path, "記録"), **options)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", REAL)
def test_every_format_gives_the_cases_of_the_text(
    made: Path, shared_records: Path, name: str, kind: str
) -> None:
    (source,) = shared_records.glob(f"{name}*.txt")
    expected = told(read(source))
    record = read(made / f"{source.stem}.{kind}")
    assert expected
    assert told(record) == expected
    if kind in ("pdf", "pptx"):
        assert record.pages[0].start == 0
        assert record.pages[-1].end == len(record.text)


def test_a_scan_is_read_by_machine_and_says_so(made: Path, tesseract: None, tmp_path: Path) -> None:
    source = made / f"{SCANNED}.pdf"
    pictures = make.make_scans(source, tmp_path, pages=2)
    records = tmp_path / "records"
    records.mkdir()
    make.as_tiff(pictures, records / "scan.tif")
    steps: list[tuple[str, int, int]] = []
    report = build(
        [records],
        tmp_path / "index",
        embedder=HashEmbedder(),
        progress=lambda what, done, of: steps.append((what, done, of)),
    )
    assert report.read == 1, report.refused
    assert [step[1:] for step in steps if step[0] == "ocr"] == [(0, 2), (1, 2), (2, 2)]
    assert DoubtKind.TEXT in {doubt.kind for doubt in report.unsure[0].doubts}
    index = open_index(tmp_path / "index")
    (info,) = index.records()
    assert [page.machine for page in info.pages] == [True, True]
    printed = read(source)
    text = fold(printed.text[: printed.pages[1].end])
    scanned = fold(index.text(info.id))
    same = difflib.SequenceMatcher(None, text, scanned, autojunk=False).get_matching_blocks()
    share = sum(block.size for block in same) / len(text)
    assert share > 0.96, f"{share:.3f} of the characters were read"
    assert "諮問" in scanned  # a letter that tesseract's data does not know
    cases = told(Record("記録", printed.text[: printed.pages[1].end], ""))
    found = {(case.outcome, case.day, case.municipality) for case in index.cases()}
    assert {tuple(case[1:4]) for case in cases} == found
    index.close()

    # What has been read is kept, page by page, as long as the file is there, and no longer.
    kept = tmp_path / "index" / "ocr" / info.digest
    assert len(list(kept.iterdir())) == 2
    begun = sum(os.times()[:4])  # of the processor, tesseract's too
    assert fold(read(records / "scan.tif", cache=tmp_path / "index" / "ocr").text) == scanned
    assert sum(os.times()[:4]) - begun < 2
    shutil.copy(ROOT / f"records/sample/{SCANNED}.txt", records)
    (records / "scan.tif").unlink()
    build([records], tmp_path / "index", embedder=HashEmbedder())
    assert not kept.exists()


def test_a_page_that_is_a_picture_is_read_when_something_can(
    made: Path, tesseract: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = tmp_path / "records"
    records.mkdir()
    make.with_scanned_page(made / f"{SCANNED}.pdf", 2, records / "a.pdf")
    with monkeypatch.context() as patch:
        patch.setattr(ocr, "engine", lambda: None)
        report = build([records], tmp_path / "index", embedder=HashEmbedder())
        assert report.read == 1
        assert any("読み取れていません" in doubt.text for doubt in report.unsure[0].doubts)
        assert build([records], tmp_path / "index", embedder=HashEmbedder()).unchanged == 1
    report = build([records], tmp_path / "index", embedder=HashEmbedder())
    assert (report.read, report.unchanged) == (1, 0)
    index = open_index(tmp_path / "index")
    assert [page.machine for page in index.records()[0].pages][:3] == [False, True, False]
    index.close()
