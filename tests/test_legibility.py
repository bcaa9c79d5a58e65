"""A verdict that a machine has not surely read carries a doubt; one it has surely read carries none."""

import pytest
from PIL import Image, ImageDraw
from reading import cases_of

from index.doubts import DoubtKind
from index.readers import ocr
from index.readers.scan import straight, tilt_of
from index.readers.sheets import Sheet
from index.reading.legibility import with_doubts
from index.records import Page, Record

TEXT = """瑠璃区個人情報保護委員会 会議録(令和3年度第1回)
日時 令和3年8月3日

1 開会

2 水位計の設置について(諮問)

<防災課>
川の水位を測ります。映る人の顔は分かりません。

<会長>
それでは、本件は適当と認め、そのように答申します。
ただし、映像は一週間で消してください。

3 その他

4 閉会
"""
VERDICT = TEXT.index("本件は適当")


def doubts(
    *, machine: bool = True, unsure: tuple[int, ...] = (), missed: bool = False
) -> list[str]:
    page = Page(1, 0, len(TEXT), machine=machine, unsure=unsure, missed=missed)
    record = Record("記録", TEXT, "", (page,))
    read = cases_of(record)
    assert [len(case.decisions) for case in read] == [1]
    (case,) = with_doubts(record, read)
    (before,) = read
    return [d.text for d in case.doubts[len(before.doubts) :] if d.kind is DoubtKind.VERDICT]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ({}, ""),
        ({"unsure": (TEXT.index("水位"),)}, ""),  # far from the verdict
        ({"unsure": (TEXT.index("適当と認め"),)}, "はっきり読めなかった文字"),
        ({"unsure": (TEXT.index("ただし"),)}, "はっきり読めなかった文字"),
        ({"missed": True}, "読み取れなかった行"),
        ({"unsure": (VERDICT,), "missed": True, "machine": False}, ""),
    ],
)
def test_only_an_unsure_verdict_is_doubted(page: dict[str, object], expected: str) -> None:
    found = doubts(**page)  # type: ignore[arg-type]
    assert len(found) == bool(expected)
    assert all(expected in words and "紙面" in words for words in found)


def test_a_box_that_may_be_ticked_or_not_is_doubted() -> None:
    text = TEXT.replace("川の水位を", "□音声　□映像　■水位　□人の顔\n川の水位を")
    first = text.index("□映像")
    for unsure, expected in ((), []), ((first,), ["1か所"]), ((first, first + 4), ["2か所"]):
        record = Record("記録", text, "", (Page(1, 0, len(text), machine=True, unsure=unsure),))
        (case,) = with_doubts(record, cases_of(record))
        told = [doubt for doubt in case.doubts if "チェック欄" in doubt.text]
        assert [count for doubt in told for count in expected if count in doubt.text] == expected
        assert all(doubt.span == (first, first + 1) for doubt in told)


def line(number: int, top: int, *words: tuple[str, int, int, int]) -> list[list[str]]:
    """A line of tesseract's table: (word, left, right, how sure) each."""
    left, right = words[0][1], words[-1][2]
    head = [
        "4",
        "1",
        "1",
        "1",
        str(number),
        "0",
        str(left),
        str(top),
        str(right - left),
        "30",
        "-1",
        "",
    ]
    return [head] + [
        ["5", "1", "1", "1", str(number), "1", str(a), str(top), str(b - a), "30", str(sure), word]
        for word, a, b, sure in words
    ]


def table(*rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for line in rows for row in line)


def drawn(*boxes: tuple[int, int, int, int]) -> Image.Image:
    image = Image.new("L", (600, 300), 255)
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill=0)
    return image


def text_of_line(*blanks: tuple[int, int]) -> str:
    read = table(line(1, 40, ("2", 40, 54, 90), ("用語", 70, 130, 90), ("について", 130, 250, 90)))
    read += "".join(f"blank\t{a}\t{b}\n" for a, b in blanks)
    return "".join(glyph.text for glyph in ocr._sheet(Sheet(1, 600, 300, ()), read, 72).glyphs)


def test_a_number_is_parted_from_its_heading_where_the_paper_is_white() -> None:
    assert text_of_line((55, 69)) == "2 用語について"
    assert text_of_line() == "2用語について"
    assert text_of_line((180, 200)) == "2用語について"  # not behind the number
    read = table(line(1, 40, ("2", 40, 54, 90), ("用語", 64, 130, 90)))
    apart = drawn((40, 42, 54, 68), (70, 42, 130, 68))
    close = drawn((40, 42, 54, 68), (58, 42, 130, 68))
    assert "blank\t55\t70" in "".join(ocr._with_blanks(read, apart))
    assert "blank" not in "".join(ocr._with_blanks(read, close))


def test_a_line_that_the_machine_leaves_out_is_seen() -> None:
    read = table(line(1, 40, ("承認する。", 40, 200, 90)))
    whole = drawn((40, 42, 200, 68))
    more = drawn((40, 42, 200, 68), (40, 102, 400, 128))
    speck = drawn((40, 42, 200, 68), (40, 102, 42, 104))
    assert ocr._missed(read, whole) == []
    assert ocr._missed(read, speck) == []
    assert ocr._missed(read, more) == [(102, 129)]


def test_figures_that_are_unsure_are_kept_beside_letters_and_specks_are_not() -> None:
    read = table(
        line(
            1, 40, ("3", 40, 54, 0), ("AI", 60, 90, 0), ("の", 95, 120, 90), ("試行", 120, 180, 90)
        ),
        line(2, 90, ("|", 40, 44, 3)),
        line(3, 140, ("承認", 40, 100, 90), ("。", 100, 110, 5), ("|", 130, 132, 3)),
    )
    sheet = ocr._sheet(Sheet(1, 600, 300, ()), read, 72)
    assert "".join(glyph.text for glyph in sheet.glyphs) == "3AIの試行承認。"
    assert len(sheet.unsure) == 4


def test_a_tilted_page_is_turned_level_and_a_level_one_is_left() -> None:
    rows = drawn(*((40, 20 + 40 * n, 560, 34 + 40 * n) for n in range(7)))
    assert tilt_of(rows) == 0
    tilt = tilt_of(rows.rotate(1.2, fillcolor=255))
    assert abs(tilt + 1.2) < 0.25
    assert straight(rows, 0) is rows
