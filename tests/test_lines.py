"""Lines: the pieces of layout, each with its span of the text, whatever tool made the text."""

from itertools import pairwise

import pytest

from index.japanese import fold, regular
from index.text.lines import lines


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("一行目\n二行目", ["一行目", "二行目"]),
        ("一行目\r\n二行目\r三行目", ["一行目", "二行目", "三行目"]),
        ("\n\n  \u3000\n一行目\n\n", ["一行目"]),
        ("一頁\f二頁\v三\x85四\u2028五\u2029六", ["一頁", "二頁", "三", "四", "五", "六"]),
        ("\ufeff一行目", ["一行目"]),
        ("\u3000\u3000字下げ \t", ["字下げ"]),
        ("件名\t水道の検針\t承認", ["件名", "水道の検針", "承認"]),
        ("件名\t\t\t承認", ["件名", "承認"]),
        ("件名 | 承認 |", ["件名", "承認"]),
        ("甲|乙", ["甲|乙"]),
        ("上<br>下<br/>右<br />左", ["上", "下", "右", "左"]),
        ("<p>段落</p><ul><li>項目</li></ul>", ["段落", "項目"]),
        ('<td class="a">甲</td><td>乙</td>', ["甲", "乙"]),
        ('<input type="checkbox" checked=""> 諮問', ['<input type="checkbox" checked=""> 諮問']),
        ("<div></div>\n<b></b>\n", []),
        ("<会長>\n開会します。", ["<会長>", "開会します。"]),
        ("<審議結果>", ["<審議結果>"]),
        ("a < b かつ c > d", ["a < b かつ c > d"]),
        ("", []),
        (" \t\u3000\r\n", []),
        ("| 件名 | 承認 |", ["件名", "承認"]),
        ("<TR><TD>甲</TD></TR>", ["甲"]),
    ],
)  # fmt: skip
def test_the_pieces_of_a_page_are_told_apart(text: str, pieces: list[str]) -> None:
    assert [line.text for line in lines(text)] == pieces


@pytest.mark.parametrize(
    "text",
    [
        "甲\t乙\n\n　丙<br>丁\r\n<p>戊</p>|己 | 庚 |\n" + "辛。○壬 " * 60,
        "\ufeff" + "１ 目的　2 内容 (3) 方法 " * 20,
        "㈱\u3000ｶﾞ\u00a0①",
    ],
)
def test_a_line_is_its_span_of_the_text(text: str) -> None:
    found = lines(text)
    assert found
    for line in found:
        assert regular(text)[line.start : line.end] == line.text == line.text.strip()
        assert line.key == fold(line.text) == fold(text[line.start : line.end])
    for left, right in pairwise(found):
        assert left.end <= right.start
        assert (left.row, left.cell) <= (right.row, right.cell)


@pytest.mark.parametrize(
    ("text", "rows", "cells", "indents"),
    [
        ("甲\n乙", [0, 1], [0, 0], [0, 0]),
        ("甲\n\n乙", [0, 2], [0, 0], [0, 0]),
        ("甲\r\n\r\n乙", [0, 2], [0, 0], [0, 0]),
        ("甲\r\r乙", [0, 2], [0, 0], [0, 0]),
        ("甲\t乙\n丙", [0, 0, 1], [0, 1, 0], [0, 0, 0]),
        ("甲\t\t乙", [0, 0], [0, 1], [0, 0]),
        ("  甲\n\u3000\u3000\u3000乙", [0, 1], [0, 0], [0, 1]),  # the margin of all rows is none
        ("  甲\n乙", [0, 1], [0, 0], [2, 0]),
    ],
)
def test_a_line_knows_its_row_its_cell_and_its_indent(
    text: str, rows: list[int], cells: list[int], indents: list[int]
) -> None:
    found = lines(text)
    assert [line.row for line in found] == rows
    assert [line.cell for line in found] == cells
    assert [line.indent for line in found] == indents


ONE_LINE = (
    "令和3年度第2回瑠璃区個人情報保護審議会会議要録  日 時  令和3年8月3日(火) 午後3時から  会 場  瑠璃区役所 第2会議室"
    "   ● 議事 ○山野会長  ただいまから審議会を開きます。   〇総務課長  検針の値を、三か月のあいだ保存します。"
    "  ○海原委員  誰が見るのですか。 【審議結果】 承認とする。"
)


def test_a_record_on_one_line_is_broken_at_its_marks() -> None:
    assert len(ONE_LINE) > 120
    found = [line.text for line in lines(ONE_LINE)]
    assert "日 時" in found
    assert "● 議事" in found
    assert any(piece.startswith("○山野会長") for piece in found)
    assert any(piece.startswith("〇総務課長") for piece in found)
    assert any(piece.startswith("○海原委員") for piece in found)
    assert any(piece.startswith("【審議結果】") for piece in found)


@pytest.mark.parametrize(
    "text",
    [
        "本件は、令和3年5月11日に提出された資料の3ページにある12件について、(1)から(3)までの項目ごとに確かめ、"
        "10人分の記録を1年間保存する。このうち、申請者の住所及び氏名については、受付の翌日から数えて7日のあいだに消去し、"
        "残りの項目については、年度の終わりにまとめて消去する。",
        "あ" * 500,
        "12" * 300,
    ],
)
def test_a_long_sentence_is_not_torn_at_its_figures(text: str) -> None:
    assert [line.text for line in lines(text)] == [text]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("防犯カメラの設置について", True), ("議題1　防犯カメラの設置について(諮問)", True), ("本件は承認とする。", False),
        ("住所、氏名、", False), ("あ" * 60, True), ("あ" * 61, False), ("あ " * 60, True),
    ],
)  # fmt: skip
def test_a_heading_is_short_and_no_sentence(text: str, alone: bool) -> None:
    assert lines(text)[0].alone is alone
