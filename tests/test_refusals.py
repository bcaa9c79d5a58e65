"""Whatever lies in a folder of records: what cannot be read is named with what to do, the rest is read."""

import contextlib
import io
import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from stand_ins import HashEmbedder

from index.build import build
from index.readers import ocr
from index.records import Source, read_record
from index.refusals import Fault, RecordError

MINUTES = "令和3年度第1回瑠璃区個人情報保護審議会 会議録\n日時 令和3年8月3日\n"


def pdf(pages: int, trailer: str = "") -> bytes:
    """A PDF as small as can be, its pages empty."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


LOCK = (
    f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>"
    f"/ID[<{'00' * 16}><{'00' * 16}>]"
)


def package(main: str, xml: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr(main, xml)
    return raw.getvalue()


def office() -> dict[str, bytes]:
    """A Word, an Excel and a PowerPoint file, whole."""
    word, excel, point = docx.Document(), openpyxl.Workbook(), pptx.Presentation()
    word.add_paragraph(MINUTES)
    excel.active["A1"] = MINUTES
    point.slides.add_slide(point.slide_layouts[5]).shapes.title.text = MINUTES
    made = {}
    for ending, file in (("docx", word), ("xlsx", excel), ("pptx", point)):
        raw = io.BytesIO()
        file.save(raw)
        made[ending] = raw.getvalue()
    return made


ENTITIES = b"<!--" + b" " * 9000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = office()
BAD: dict[str, tuple[bytes, Fault]] = {
    "鍵.pdf": (pdf(1, LOCK), Fault.ENCRYPTED),
    "鍵.docx": (CFB + bytes(512) + "EncryptedPackage".encode("utf-16-le"), Fault.ENCRYPTED),
    "頁なし.pdf": (pdf(0), Fault.BROKEN),
    "白紙.pdf": (pdf(2), Fault.NO_TEXT),
    "頁.pdf": (b"\r\n<!DOCTYPE html>\n<html><p>404 Not Found</p>", Fault.WRONG_NAME),
    "頁.docx": (b"<html><p>404 Not Found</p>", Fault.WRONG_NAME),
    "途中.pdf": (pdf(1)[:60], Fault.BROKEN),
    **{f"途中.{ending}": (raw[: len(raw) // 2], Fault.BROKEN) for ending, raw in WHOLE.items()},
    "旧版.xlsx": (CFB + bytes(600), Fault.WRONG_NAME),
    "取違え.pptx": (WHOLE["docx"], Fault.WRONG_NAME),
    "爆弾.xlsx": (package("xl/workbook.xml", b" " * 90_000_000), Fault.BOMB),
    "実体.docx": (package("word/document.xml", ENTITIES), Fault.BROKEN),
    "実体.pptx": (package("ppt/presentation.xml", ENTITIES.decode().encode("utf-16")), Fault.BROKEN),
    "空.docx": (b"", Fault.EMPTY),
    **{
        f"古い.{ending}": (CFB, Fault.OLD_KIND)
        for ending in ("doc", "xls", "ppt", "rtf", "jtd", "jtdc", "jaw", "xdw", "xbd", "odt", "csv", "msg")
    },
    "マクロ.docm": (WHOLE["docx"], Fault.MACROS),
    "まとめ.lzh": (b"-lh5-", Fault.ARCHIVE),
    "図面.dwg": (b"AC1015", Fault.UNKNOWN_KIND),
}  # fmt: skip


def test_a_folder_of_bad_files_hides_no_good_one(tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    for name, (raw, _) in BAD.items():
        (records / name).write_bytes(raw)
    good = {f"良い.{ending}": raw for ending, raw in WHOLE.items()} | {"良い.txt": MINUTES.encode()}
    for name, raw in good.items():
        (records / name).write_bytes(raw)
    report = build([records], tmp_path / "index", embedder=HashEmbedder())
    assert report.read == len(good)
    refused = {refusal.name: refusal for refusal in report.refused}
    assert set(refused) == set(BAD)
    for name, (_, fault) in BAD.items():
        told = refused[name]
        assert told.advice.endswith(".")
        assert told.japanese.endswith("。")
        # What is told is the fault's own sentence, whatever stands in its gaps.
        assert told.reason.startswith(fault.value[0].partition("{")[0]), told
    again = build([records], tmp_path / "index", embedder=HashEmbedder())
    assert (again.read, again.unchanged, len(again.refused)) == (0, len(good), len(BAD))


@pytest.mark.parametrize("ending", sorted(WHOLE))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: None)
    chance = random.Random(ending)
    path = tmp_path / f"a.{ending}"
    names = zipfile.ZipFile(io.BytesIO(WHOLE[ending])).namelist()
    for _ in range(40):
        damaged, raw = chance.choice(names), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(WHOLE[ending])) as whole, zipfile.ZipFile(raw, "w") as made:
            for name in names:
                body = whole.read(name)
                if name == damaged:
                    at = chance.randrange(len(body) + 1)
                    body = body[:at] + chance.choice([b"", b"\x00", b'="zz"', body[at + 9 :]])
                made.writestr(name, body)
        path.write_bytes(raw.getvalue())
        with contextlib.suppress(RecordError):
            read_record(Source(path, "記録"))
