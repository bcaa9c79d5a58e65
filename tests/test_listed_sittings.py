"""The sittings that a yearly report lists are sittings; plans, and lists in minutes, are none."""

import pytest

from index.meetings import Meeting, read_meetings
from index.reading.case_reading import read_cases
from index.reading.listed_sittings import listed_sittings, seated
from index.records import Record
from index.text.lines import lines

HEAD = "令和4年度\n霞野市個人情報保護制度の運用状況報告書\n\n霞野市個人情報保護審議会の開催状況\n"
ROWS = [
    ("第1回", "令和4年6月3日（金）", "市役所会議室", "5名", "諮問1", "橋の点検写真の提供", "承認"),
    ("", "", "", "", "諮問2", "図書館の映像の利用", "継続審議"),
    (
        "第２回",
        "令和４年１０月２８日",
        "中央公民館",
        "4名",
        "諮問2",
        "図書館の映像の利用",
        "不承認",
    ),
]
COLUMNS = ("回", "開催日", "場所", "出席", "番号", "審議事項", "結果")


def table(parting: str) -> str:
    rows = [parting.join(row) for row in (COLUMNS, *ROWS)]
    if parting == "|":
        rows = [f"|{row}|" for row in rows]
    return HEAD + "\n".join(rows) + "\n"


def sittings(text: str) -> list[Meeting]:
    record, pieces = Record("report.txt", text, ""), lines(text)
    return listed_sittings(record, pieces, read_meetings(record, pieces))


@pytest.mark.parametrize("parting", ["\t", "|"])
def test_the_rows_of_a_yearly_report_are_sittings_with_place_and_members(parting: str) -> None:
    text = table(parting)
    found = sittings(text)
    assert [(m.name, str(m.day), m.present) for m in found] == [
        ("令和4年度第1回", "2022-06-03", 5),
        ("令和4年度第2回", "2022-10-28", 4),
    ]
    places = [text[p.start : p.end] for m in found for p in m.particulars]
    assert places == ["市役所会議室", "中央公民館"]
    assert {m.body for m in found} == {"霞野市個人情報保護審議会"}


def test_what_was_decided_in_a_row_was_decided_at_its_sitting() -> None:
    text = table("\t")
    record, pieces = Record("report.txt", text, ""), lines(text)
    meetings = read_meetings(record, pieces)
    listed = listed_sittings(record, pieces, meetings)
    cases = {case.label: case for case in seated(read_cases(record, pieces, meetings), listed)}
    first, second = (one.id for one in listed)
    assert [d.meeting_id for d in cases["諮問1"].decisions] == [first]
    assert [d.meeting_id for d in cases["諮問2"].decisions] == [first, second]
    assert cases["諮問2"].meeting_id == second


def test_sittings_may_be_listed_in_lines_of_their_own() -> None:
    text = HEAD + "・第1回　令和4年6月3日（金）　諮問1件\n・第2回　令和4年10月28日（金）　報告2件\n"
    assert [(m.ordinal, str(m.day)) for m in sittings(text)] == [
        (1, "2022-06-03"),
        (2, "2022-10-28"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("開催状況", "開催予定") + "第1回 令和4年6月3日\n第2回 令和4年10月28日\n",
        HEAD + "第1回\t令和4年6月3日\n第2回\t令和4年10月28日\n".replace("\t", "の案は"),
        HEAD + "第1回 令和4年6月3日\n",  # one alone is no list
        HEAD + "第1回 令和4年6月3日\n第1回 令和4年10月28日\n",  # of two bodies, perhaps
        "令和4年度第3回霞野市個人情報保護審議会会議録\n日時 令和5年1月12日\n第1回 令和4年6月3日\n第2回 令和4年10月28日\n",
        "",
    ],
)
def test_what_is_to_come_or_cannot_be_told_apart_is_no_sitting(text: str) -> None:
    assert sittings(text) == []
