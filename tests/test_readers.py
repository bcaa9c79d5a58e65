"""Files of every format become the text a person sees: in order, with rows, headings and numbers."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from index.readers import ocr
from index.readers.grid import Rule
from index.readers.layout import text_of
from index.readers.numbering import _written
from index.readers.sheets import Box, Glyph, Sheet
from index.readers.tables import Cell, text_lines
from index.records import Record, Source, read_record
from index.refusals import Fault, RecordError
from index.text.lines import lines


def read(path: Path) -> Record:
    return read_record(Source(path, path.name))


# -- tables --------------------------------------------------------------------------------------


def cell(*paragraphs: str, down: int = 1, across: int = 1) -> Cell[str]:
    return Cell(paragraphs, down, across)


LONG = "検針の値を三か月のあいだ保存することについて、委員から多くの意見が出された。" * 3


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[cell("年度"), cell("件数")], [cell("令和3"), cell("12")]], ["年度\t件数", "令和3\t12"]),
        ([[cell("上"), cell(), cell("右")], [cell(), cell()]], ["上\t\t右"]),
        ([[cell("課", down=3), cell("1件")], [cell("2件")], [cell("3件")]], ["課\t1件", "課\t2件", "課\t3件"]),
        ([[cell("件数", across=2), cell("率")], [cell("開示"), cell("非開示"), cell("高")]], ["件数\t\t率", "開示\t非開示\t高"]),
        ([[cell("年", down=2), cell("件数", across=2)], [cell("開示"), cell("他")]], ["年\t件数", "年\t開示\t他"]),
        ([[cell("出席", "欠席"), cell("甲")]], ["出席\u3000欠席\t甲"]),
        ([[cell("会議経過"), cell(LONG, LONG)]], ["会議経過", LONG, LONG]),
        ([[cell("長", LONG, down=2), cell("1")], [cell("2")]], [f"長\u3000{LONG}\t1", "\t2"]),
        ([[cell("広", down=60_000, across=60_000)], [cell("下")]], ["広", "広" + "\t" * 500 + "下"]),
    ],
)  # fmt: skip
def test_a_row_is_a_line_and_says_what_it_belongs_to(
    rows: list[list[Cell[str]]], expected: list[str]
) -> None:
    assert text_lines(rows) == expected


# -- Word ----------------------------------------------------------------------------------------


@pytest.fixture
def document(tmp_path: Path) -> tuple[docx.document.Document, Callable[[], Record]]:
    made = docx.Document()

    def saved() -> Record:
        made.save(str(tmp_path / "a.docx"))
        return read(tmp_path / "a.docx")

    return made, saved


def test_word_is_read_in_order_and_without_what_is_not_shown(document) -> None:  # type: ignore[no-untyped-def]
    made, saved = document
    made.sections[0].header.paragraphs[0].text = "会議録（案）"
    made.add_paragraph("第1回 瑠璃区審議会")
    table = made.add_table(3, 3)
    table.cell(0, 0).text, table.cell(0, 1).text = "日時", "令和3年8月3日"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "担当"
    table.cell(1, 1).text, table.cell(2, 1).text, table.cell(2, 2).text = "税務課", "市民課", "7件"
    paragraph = made.add_paragraph("本件は")
    paragraph.add_run("不").font.hidden = True
    paragraph.add_run("承認とする。")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>消した</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>足した</w:t></w:r></w:ins>"))
    made.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>様式</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert saved().text == (
        "様式\n第1回 瑠璃区審議会\n日時\t令和3年8月3日\n担当\t税務課\n担当\t市民課\t7件\n本件は承認とする。足した\n"
    )


def test_words_own_numbers_are_read(document) -> None:  # type: ignore[no-untyped-def]
    made, saved = document
    for words in ("開会", "議事"):
        made.add_paragraph(words, style="List Number")
    made.add_paragraph("質問", style="List Bullet")
    made.add_paragraph("閉会", style="List Number")
    assert saved().text == "1. 開会\n2. 議事\n・ 質問\n3. 閉会\n"


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (3, "decimal", "3"), (3, "decimalFullWidth", "３"), (3, "aiueoFullWidth", "ウ"), (2, "irohaFullWidth", "ロ"),
        (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"), (14, "japaneseCounting", "十四"),
        (20, "japaneseCounting", "二十"), (4, "lowerRoman", "iv"), (2, "ideographTraditional", "乙"), (5, "none", ""),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_list_says(count: int, form: str, expected: str) -> None:
    assert _written(count, form) == expected


# -- Excel and PowerPoint ------------------------------------------------------------------------


def test_excel_shows_values_as_its_cells_do(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "運用状況"
    sheet["A1"] = "開示請求の件数"
    sheet.merge_cells("A1:D1")
    for row in (
        ["年度", "開示", None, "率"],
        [None, "全部", "一部", None],
        ["令和3", 1234, 3, 0.856],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    sheet["B4"].number_format, sheet["D4"].number_format = '#,##0"件"', "0.0%"
    from datetime import date

    sheet["A6"] = date(2021, 7, 26)
    sheet["A6"].number_format = '[$-411]ggge"年"m"月"d"日"'
    hidden = book.create_sheet("控え")
    hidden["A1"], hidden.sheet_state = "見せない", "hidden"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").text == (
        "運用状況\n\n開示請求の件数\n年度\t開示\t\t率\n年度\t全部\t一部\n令和3\t1,234件\t3\t85.6%\n\n令和3年7月26日\n"
    )


def test_slides_are_pages_with_their_notes(tmp_path: Path) -> None:
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text, first.placeholders[1].text = "議題1", "目的\n方法"
    first.notes_slide.notes_text_frame.text = "ここで説明する"
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "件数"
    table = second.shapes.add_table(2, 2, 0, 2_000_000, 3_000_000, 900_000).table
    for (row, column), words in {(0, 0): "課", (0, 1): "件", (1, 0): "税務課", (1, 1): "7"}.items():
        table.cell(row, column).text = words
    show.save(str(tmp_path / "a.pptx"))
    record = read(tmp_path / "a.pptx")
    assert record.text == "議題1\n目的\n方法\n\nここで説明する\n\n件数\n課\t件\n税務課\t7\n\n"
    assert [record.text[page.start : page.end].split()[0] for page in record.pages] == [
        "議題1",
        "件数",
    ]


# -- HTML ----------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><meta charset="{}"><title>第2回審議会｜瑠璃区</title>
<script>var x="見えない";</script></head><body>
<div id="header"><a href="/">トップ</a></div><nav><a>くらし</a></nav><div class="breadcrumb"><a>審議会</a></div>
<div id="contents"><h1>第2回審議会 会議録</h1>
<table><tr><th>日時</th><td>令和3年8月3日<br>午前10時</td></tr>
<tr><th rowspan="2">担当</th><td>税務課</td></tr><tr><td>市民課</td></tr></table>
<ol><li>諮問<ul><li>質問はあるか<li>→ある</ul><li>報告</ol>
<p>本件は<ruby>承認<rt>しょうにん</rt></ruby>と
する。<input type="checkbox" checked>可 <input type="checkbox">否</p>
<p style="display:none">隠れた文</p><form>役に立ちましたか<input type="radio">はい</form></div>
<footer>電話</footer></body></html>"""
PAGE_TEXT = """第2回審議会｜瑠璃区

第2回審議会 会議録
日時\t令和3年8月3日　午前10時
担当\t税務課
担当\t市民課

1 諮問
　・質問はあるか
　→ある
2 報告
本件は承認とする。■可 □否
"""


@pytest.mark.parametrize("encoding", ["utf-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"])
def test_a_saved_page_is_its_main_part(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.format(encoding).encode(encoding))
    assert read(tmp_path / "a.html").text == PAGE_TEXT


def test_a_deep_or_hostile_page_ends_in_time(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 50_000 + "底", encoding="utf-8")
    (tmp_path / "b.html").write_text(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><p>&a;&b;本文</p>',
        encoding="utf-8",
    )
    with pytest.raises(RecordError):
        read(tmp_path / "a.html")
    assert "root:" not in read(tmp_path / "b.html").text


# -- pages: characters with their places ---------------------------------------------------------


def written(words: str, x: float, y: float, size: float = 10) -> list[Glyph]:
    return [
        Glyph(letter, x + n * size, y, x + (n + 1) * size, y + size)
        for n, letter in enumerate(words)
    ]


def page(*rows: tuple[str, float, float], number: int = 1, rules: tuple[Rule, ...] = ()) -> Sheet:
    glyphs = [glyph for words, x, y in rows for glyph in written(words, x, y)]
    return Sheet(number, 400, 600, glyphs, rules)


def text(*sheets: Sheet) -> str:
    return text_of(sheets)[0].text


FULL = "あ" * 30


def test_rows_that_fill_the_column_go_on_in_the_next() -> None:
    rows = [
        (FULL, 50, 100),
        ("い。", 50, 115),
        (FULL, 50, 130),
        ("ウ　項目", 50, 145),
        ("短い", 50, 160),
        ("次", 50, 175),
    ]
    assert text(page(*rows)) == f"{FULL}い。\n{FULL}\nウ　項目\n短い\n次\n"


def test_columns_are_read_one_after_the_other_but_not_labels_and_values() -> None:
    left, right = "左" * 14, "右" * 14
    columns = [
        (words, x, 100 + 15 * n) for n in range(9) for words, x in ((left, 50), (right, 210))
    ]
    assert text(page(*columns)) == left * 9 + "\n" + right * 9 + "\n"
    speech = [("会長", 50, 100 + 15 * n) for n in range(9)]
    speech += [("発言の内容である。", 120, 100 + 15 * n) for n in range(9)]
    assert text(page(*speech)) == "会長\t発言の内容である。\n" * 9


def test_a_page_written_downwards_is_read_from_its_right() -> None:
    columns = ("あ" * 28, "い。", "諮問のとおり、承認した。")
    glyphs = [
        Glyph(letter, 340 - 16 * n, 50 + 10 * m, 350 - 16 * n, 60 + 10 * m)
        for n, column in enumerate(columns)
        for m, letter in enumerate(column)
    ]
    in_corner = [
        glyph._replace(left=glyph.left + 6, bottom=glyph.top + 4) if glyph.text in "、。" else glyph
        for glyph in glyphs
    ]
    placed, ((_, start, end),) = text_of([Sheet(1, 400, 380, in_corner)])
    assert placed.text == "あ" * 28 + "い。\n諮問のとおり、承認した。\n"
    assert (start, end) == (0, len(placed))
    boxes = [placed.box(at) for at in range(end)]
    assert [box for box in boxes if box] == [Box(*glyph[1:]) for glyph in glyphs]


def test_a_flat_letter_stands_in_its_row() -> None:
    glyphs = written("諮問第一号の件", 50, 100)
    glyphs[3] = glyphs[3]._replace(top=103.9, bottom=105.1)
    assert text(Sheet(1, 400, 600, glyphs)) == "諮問第一号の件\n"


def test_a_ruled_table_keeps_its_rows() -> None:
    xs, ys = (50, 150, 250, 350), (100, 120, 160, 180)
    rules = tuple(Rule(50, y, 350, y) for y in ys) + tuple(Rule(x, 100, x, 180) for x in xs)
    held = [
        ("年度", 55, 104), ("件数", 155, 104), ("令和", 55, 124), ("三年度", 55, 139), ("12", 155, 130), ("完了した", 255, 130),
        ("合計", 55, 164), ("12", 155, 164),
    ]  # fmt: skip
    assert (
        text(page(*held, rules=rules)) == "年度\t件数\n令和\u3000三年度\t12\t完了した\n合計\t12\n"
    )


def test_running_heads_are_kept_once_and_page_numbers_never() -> None:
    sheets = [
        page(
            ("瑠璃区会議録", 50, 20),
            (FULL, 50, 100),
            ("お" * n + "わり。", 50, 115),
            (f"- {n} -", 180, 580),
            number=n,
        )
        for n in (1, 2, 3)
    ]
    made, spans = text_of(sheets)
    assert made.text.count("瑠璃区会議録") == 1
    assert "-" not in made.text
    edges = [edge for _, start, end in spans for edge in (start, end)]
    assert edges == [0, edges[1], edges[1], edges[3], edges[3], len(made.text)]


def test_a_sentence_goes_on_over_the_page_and_each_part_knows_its_own() -> None:
    first = page((FULL, 50, 485), (FULL, 50, 500))
    made, spans = text_of([first, page(("続きである。", 50, 100), number=2)])
    assert made.text == f"{FULL * 2}続きである。\n"
    assert made.text[spans[1][1] :] == "続きである。\n"


def test_every_character_keeps_its_place() -> None:
    made, _ = text_of([page((FULL, 50, 100), ("い。", 50, 115))])
    assert made.box(0) == (50, 100, 60, 110)
    assert made.box(30) == (50, 115, 60, 125)
    assert made.box(len(made.text) - 1) is None


# -- what a machine reads ------------------------------------------------------------------------


def scanned(*words: tuple[str, int]) -> Sheet:
    """A page with one line that tesseract has read, each word as sure as told."""
    rows = ["4 1 1 1 1 0 0 0 1000 40 -1 ".split(" ")]
    rows += [
        ["5", "1", "1", "1", "1", "1", str(40 * n), "0", "40", "40", str(sure), word]
        for n, (word, sure) in enumerate(words)
    ]
    table = "".join("\t".join(row) + "\n" for row in rows)
    return ocr._sheet(Sheet(1, 400, 600, ()), table, 72)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("諸", 30), ("問", 90), ("事項", 95)], "諮問事項"),
        ([("褒", 20), ("問", 90), ("第", 90), ("3", 90), ("号", 90)], "諮問第3号"),
        ([("府", 20), ("問", 90), ("の", 90), ("とおり", 90)], "諮問のとおり"),
        # What may be another word stays as it was read, right or wrong.
        ([("諸", 90), ("問", 90)], "諸問"),
        ([("貿", 30), ("問", 90), ("事項", 90)], "貿問事項"),
        ([("府", 20), ("問", 90), ("題", 90)], "府問題"),
        ([("褒", 20), ("問", 90), ("審議", 90)], "諮問審議"),
        ([("電", 90), ("話", 40), ("問", 90), ("合", 90), ("せ", 90)], "電話問合せ"),
        ([("訪", 40), ("問", 90)], "訪問"),
        ([("設", 40), ("問", 90), ("第", 90), ("三", 90)], "設問第三"),
    ],
)  # fmt: skip
def test_a_letter_the_machine_lacks_is_put_in_only_where_nothing_else_can_stand(
    words: list[tuple[str, int]], expected: str
) -> None:
    sheet = scanned(*words)
    assert "".join(glyph.text for glyph in sheet.glyphs) == expected
    read_as = "".join(word for word, _ in words)
    assert sheet.filled == sum(a != b for a, b in zip(read_as, expected, strict=True))


# -- files that are not what they seem -----------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "fault"),
    [
        ("a.docx", zipped(word__document_xml=b"<a/>"), Fault.WRONG_NAME),
        ("a.docx", zipped(**{"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), Fault.WRONG_NAME),
        ("a.docx", zipped(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), Fault.BROKEN),
        ("a.docx", zipped(**{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}), Fault.MACROS),
        ("a.xlsx", zipped(**{"[Content_Types].xml": b"", "xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), Fault.BROKEN),
        ("a.docx", zipped(**{"[Content_Types].xml": b"", "word/document.xml": b" " * 90_000_000}), Fault.BOMB),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Fault.ENCRYPTED),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), Fault.WRONG_NAME),
        ("a.docx", b"PK\x03\x04" + bytes(100), Fault.BROKEN),
        ("a.pdf", b"%PDF-1.7\n" + bytes(100), Fault.BROKEN),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(100), Fault.BROKEN),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_what_is_wrong(
    tmp_path: Path, name: str, raw: bytes, fault: Fault
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(RecordError) as refused:
        read(tmp_path / name)
    assert refused.value.fault is fault
    assert refused.value.japanese.endswith("。")


def test_without_tesseract_a_scan_is_refused_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: None)
    Image.new("L", (600, 800), 255).save(tmp_path / "a.png")
    drawn = Image.new("L", (600, 800), 255)
    drawn.paste(0, (100, 100, 500, 120))
    drawn.save(tmp_path / "a.pdf")
    for name in ("a.png", "a.pdf"):
        with pytest.raises(RecordError, match="apt-get install tesseract-ocr") as refused:
            read(tmp_path / name)
        assert "Windows" in refused.value.japanese


def test_the_lines_of_a_record_know_the_cells(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.format("utf-8").encode())
    found = {line.text: line.cell for line in lines(read(tmp_path / "a.html").text)}
    assert (found["日時"], found["税務課"]) == (0, 1)
