"""The table of precedents: what makes a row, how it is chosen, counted and written out."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from conftest import lacking

from assistant.files.spreadsheets import Cell, Column, Sheet, as_csv, as_excel
from assistant.surveys.namings import handlings, technologies
from assistant.surveys.precedents import (
    SORTS,
    Choice,
    Precedent,
    Precedents,
    counts,
    grid,
    in_order,
    rows_of,
    sheet,
)
from index.cases import Case, Condition, Decision
from index.grammar.verdicts import Outcome
from index.japanese import level
from index.store import open_index


def case(id: str, outcome: Outcome = Outcome.APPROVED, **more: object) -> Case:
    day = more.pop("day", date(2021, 5, 1))
    conditions = tuple(Condition(text, 5, 6) for text in more.pop("conditions", ()))  # type: ignore[attr-defined]
    decided = outcome is not Outcome.NOT_RECORDED
    decision = Decision(outcome, "可とする", 1, 5, conditions, "令和3年度第1回", "m", day)  # type: ignore[arg-type]
    plain = Case(
        id=id, record=f"{id}.txt", label="", title=f"{id}の導入", title_span=(0, 1),
        kind="consultation", municipality="かもめ市", council=None, meeting="令和3年度第1回",
        meeting_id="m", year=2021, day=day, department=None, department_span=None,  # type: ignore[arg-type]
        legal_basis=(), decisions=(decision,) if decided else (), spans=(), chain=id,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


# -- what a title names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("AI-OCRの利用について", ("AI-OCR",)),
        ("Ａ Ｉ － Ｏ Ｃ Ｒ の 利 用 に つ い て", ("AI-OCR",)),
        ("生成AIによる議事録の作成", ("生成AI",)),
        ("AIチャットボットの試行", ("AI", "チャットボット")),
        ("公園への防犯カメラの設置", ("カメラ",)),
        ("ＡＳＰサービスとクラウドサーバの利用", ("クラウド",)),
        ("KAMOMEシステムの導入", ("KAMOME",)),
        ("Web予約の開始", ("予約システム",)),
        ("COVID-19に係る名簿の提供", ()),
        ("通信MAIL配信の再開", ()),
        ("戸籍の附票の利用について", ()),
        ("", ()),
    ],
)
def test_a_title_names_its_technologies(title: str, expected: tuple[str, ...]) -> None:
    assert technologies(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("名簿の目的外の利用及び外部提供について", ("目的外利用", "外部提供")),
        ("本人以外からの収集について", ("本人外収集",)),
        ("電子計算機の結合について", ("オンライン結合",)),
        ("水道台帳の閲覧について", ()),
    ],
)
def test_a_title_names_the_handling(title: str, expected: tuple[str, ...]) -> None:
    assert handlings([title]) == expected


# -- rows ----------------------------------------------------------------------------------------


def test_papers_stand_with_the_verdict_and_make_no_row() -> None:
    paper = case(
        "資料", Outcome.NOT_RECORDED, chain="x", day=None, year=None,
        title="カメラの設置に係る外部提供", department="防災課",
    )  # fmt: skip
    ruled = case("会議録", chain="x")
    (row,) = rows_of([paper, ruled])
    assert row.case is ruled
    assert row.papers == (paper,)
    assert (row.technologies, row.handlings) == (("カメラ",), ("外部提供",))
    assert row.department == "防災課"


def test_a_matter_that_comes_back_keeps_both_rows_and_the_first_knows_the_later() -> None:
    first = case("一", Outcome.CONTINUED, chain="x", day=date(2021, 5, 1))
    later = case("二", Outcome.APPROVED, chain="x", day=date(2021, 8, 1))
    rows = rows_of([later, first])
    assert [row.case.id for row in rows] == ["二", "一"]
    assert [c.id for c in rows[1].later] == ["二"]
    assert rows[0].later == ()


def test_no_case_is_lost() -> None:
    cases = [
        case("甲", Outcome.NOT_RECORDED),
        case("乙", Outcome.NOT_RECORDED, chain="x"),
        case("丙", Outcome.NOT_RECORDED, chain="x"),
        case("丁"),
    ]
    rows = rows_of(cases)
    assert {c.id for row in rows for c in row.cases} == {c.id for c in cases}


ROWS = rows_of(
    [
        case("AI-OCR", municipality="かもめ市", kind="consultation", department="税務課"),
        case("ドローン", Outcome.REJECTED, municipality="鴎町", day=date(2022, 4, 1)),
        case("カメラ", Outcome.APPROVED_WITH_CONDITIONS, conditions=("甲", "乙"), day=date(2020, 1, 1)),
        case("アプリ", Outcome.NOT_RECORDED, municipality=None, day=None, year=None, legal_basis=("条例第9条",)),
        case("名簿", Outcome.REPORTED, kind="report", municipality="鴎町"),
    ]
)  # fmt: skip


def ids(rows: list[Precedent] | tuple[Precedent, ...]) -> list[str]:
    return [row.case.id for row in rows]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), ["AI-OCR", "ドローン", "カメラ", "アプリ", "名簿"]),
        (Choice(municipalities=("鴎町",)), ["ドローン", "名簿"]),
        (Choice(municipalities=("記載なし",)), ["アプリ"]),
        (Choice(years=(2019, 2022)), ["ドローン", "カメラ"]),
        (Choice(technologies=("カメラ", "AI-OCR")), ["AI-OCR", "カメラ"]),
        (Choice(technologies=("その他",)), ["名簿"]),
        (Choice(kinds=("report",)), ["名簿"]),
        (Choice(departments=("税務課",)), ["AI-OCR"]),
        (Choice(legal_bases=("条例第9条",)), ["アプリ"]),
        (Choice(outcomes=(Outcome.REJECTED, Outcome.NOT_RECORDED)), ["ドローン", "アプリ"]),
        (Choice(conditioned=True), ["カメラ"]),
        (Choice(municipalities=("鴎町",), outcomes=(Outcome.APPROVED,)), []),
    ],
)
def test_a_choice_leaves_only_what_was_chosen(choice: Choice, expected: list[str]) -> None:
    assert ids([row for row in ROWS if choice.admits(row)]) == expected
    assert (choice.in_words() == "すべて") is (choice == Choice())


@pytest.mark.parametrize(
    ("by", "falling", "expected"),
    [
        ("day", False, ["カメラ", "AI-OCR", "名簿", "ドローン", "アプリ"]),
        ("day", True, ["ドローン", "AI-OCR", "名簿", "カメラ", "アプリ"]),
        ("conditions", True, ["カメラ", "AI-OCR", "ドローン", "アプリ", "名簿"]),
        ("outcome", False, ["AI-OCR", "カメラ", "ドローン", "名簿", "アプリ"]),
    ],
)
def test_rows_without_what_they_are_sorted_by_come_last(
    by: str, falling: bool, expected: list[str]
) -> None:
    assert ids(in_order(ROWS, by, falling=falling)) == expected


@pytest.mark.parametrize("by", [*SORTS, "何でもない"])
def test_sorting_loses_no_row(by: str) -> None:
    for falling in (False, True):
        assert sorted(ids(in_order(ROWS, by, falling=falling))) == sorted(ids(ROWS))


def test_the_grid_holds_every_row_with_a_technology() -> None:
    made = grid(ROWS)
    assert {row.case.id for held in made.cells.values() for row in held} == {
        "AI-OCR", "ドローン", "カメラ", "アプリ",
    }  # fmt: skip
    assert made.municipalities == ("かもめ市", "鴎町", "記載なし")
    assert ids(made.cells["ドローン", "鴎町"]) == ["ドローン"]


@pytest.mark.parametrize("by", ["year", "municipality", "technology"])
def test_counts_add_up(by: str) -> None:
    made = counts(ROWS, by)
    assert sum(made.of(key) for key in made.names) == len(ROWS)


def test_years_are_counted_newest_first_and_those_unknown_last() -> None:
    assert list(counts(ROWS).names.values()) == [
        "令和4年度", "令和3年度", "令和元年度", "時期の記載なし",
    ]  # fmt: skip
    assert counts(ROWS).numbers["2021", Outcome.APPROVED] == 1


# -- the search of an index ----------------------------------------------------------------------


def test_full_text_finds_what_stands_in_a_record_and_all_of_its_words(desk_index: Path) -> None:
    index = open_index(desk_index)
    precedents = Precedents(index)
    assert len(precedents.by_case) == len(index.cases())
    for term in ("電話交換機", "協定書", "ＡＩ－ＯＣＲ", "受診勧奨"):
        for row in precedents.choose(Choice(text=term)):
            said = "".join(index.text(c.record) for c in row.cases)
            assert term in said or term == "ＡＩ－ＯＣＲ"
        assert precedents.choose(Choice(text=term)), term
    both = ids(precedents.choose(Choice(text="AI-OCR 消去")))
    assert 0 < len(both) < len(precedents.choose(Choice(text="消去")))
    assert precedents.choose(Choice(text="どこにもないことば")) == []


def test_where_a_word_stands_is_told_in_its_sentence(desk_index: Path) -> None:
    index = open_index(desk_index)
    precedents = Precedents(index)
    for term in ("協定書", "消去"):
        rows = precedents.choose(Choice(text=term))
        places = precedents.places(rows, term)
        for row in rows:
            shown = level(f"{row.case.title}{[c.text for c in row.conditions]}")
            found = places[row.case.id]
            assert not (found and term in shown)  # it is in sight as it is
            for place in found:
                sentence = index.text(place.record)[place.start : place.end]
                assert place.word == term
                assert place.before.lstrip("…") + term + place.after.rstrip("…") in sentence
                assert place.record in [case.record for case in row.cases]
        assert any(places.values()), term


# -- Excel and CSV -------------------------------------------------------------------------------

HARMFUL = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", " =1", "\r\n=1"]
PLAIN = ["承認", "1-2", "「=」を含む", "a\nb", 'カンマ, と "引用"', "𠮷野家"]


def made_of(texts: list[str]) -> Sheet:
    rows: list[list[Cell]] = [[text, n, date(2021, 4, 1), None] for n, text in enumerate(texts)]
    return Sheet(
        "表", [Column("文", 20), Column("数", 6), Column("日", 12), Column("空", 4)], rows, ("注",)
    )


def test_the_excel_file_says_what_it_was_given_and_computes_nothing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_excel(made_of(HARMFUL + PLAIN))))
    page = book["表"]
    texts = [row[0].value for row in page.iter_rows(min_row=2)]
    assert [str(t).replace("_x000D_", "\r") for t in texts] == [
        t.replace("\r\n", "\n") if t not in texts else t for t in HARMFUL + PLAIN
    ]
    assert all(c.data_type != "f" for row in page.iter_rows() for c in row)
    assert page["C2"].value.date() == date(2021, 4, 1)  # type: ignore[union-attr]
    assert page.freeze_panes == "A2"
    assert list(page.tables) == ["Table1"]
    assert page.column_dimensions["A"].width == 20
    assert book["この表について"]["A1"].value == "注"


def test_characters_that_no_sheet_can_hold_do_no_harm() -> None:
    made = made_of(["あ\x00い\x0bう\ufffeえ", "長" * 40_000])
    page = openpyxl.load_workbook(io.BytesIO(as_excel(made)))["表"]
    assert page["A2"].value == "あ い う え"
    assert len(str(page["A3"].value)) == 32_767
    assert "あ い う え" in as_csv(made).decode("utf-8-sig")


def test_the_csv_opens_in_excel_ungarbled_and_computes_nothing() -> None:
    written = as_csv(made_of(HARMFUL + PLAIN))
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["文", "数", "日", "空"]
    for row, text in zip(rows[1:], HARMFUL + PLAIN, strict=True):
        assert row[0] == (f"'{text}" if text in HARMFUL else text)
        assert row[2] == "2021-04-01"


def test_an_empty_table_can_be_written() -> None:
    assert openpyxl.load_workbook(io.BytesIO(as_excel(sheet([], Choice()))))["先例一覧"]["A1"].value


@pytest.mark.slow
def test_the_excel_file_opens_in_libreoffice_with_the_same_words(
    desk_index: Path, tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        lacking("There is no LibreOffice on this machine, and this test opens a sheet with it.")
    precedents = Precedents(open_index(desk_index))
    made = sheet(precedents.rows, Choice())
    (tmp_path / "先例.xlsx").write_bytes(as_excel(made))
    filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [
            office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", filter, "--outdir", str(tmp_path), str(tmp_path / "先例.xlsx"),
        ],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    (written,) = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(written.read_text(encoding="utf-8"), newline="")))
    assert rows[0] == [column.name for column in made.columns]
    assert len(rows) == len(made.rows) + 1
    for got, wanted in zip(rows[1:], made.rows, strict=True):
        for cell, value in zip(got, wanted, strict=True):
            if isinstance(value, date):
                assert cell.replace("/", "-") == value.isoformat()
            else:
                assert cell == ("" if value is None else str(value))
