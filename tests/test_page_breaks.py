"""Sentences cut by the end of a page are read as one; what stands between pages is told from text."""

import pytest
from reading import cases_of

from index.layout.page_breaks import bridged, page_breaks
from index.records import Record

HEAD = "霞野市個人情報保護審議会会議録"
PAGES = (
    f"一枚目の終わりの文は次の\n\n  {HEAD}\n  - 1 -\n\n頁に続く。\n二枚目。\n\n  {HEAD}\n  - 2 -\n"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PAGES, 2),
        ("前\n－ １ －\n中\n－ ２ －\n後\n", 2),
        ("前\n― 九 ―\n中\n― 十 ―\n後\n― 十一 ―\n", 3),
        ("前\n1/3\n中\n2/3\n後\n3/3\n", 3),
        ("前\n- 1 -\n後\n", 0),  # one alone may be anything
        ("前\n- 3 -\n中\n- 1 -\n後\n", 0),  # pages come in order
        ("件数\n12\n13\n", 0),
        ("", 0),
    ],
)
def test_pages_are_told_by_their_numbers(text: str, found: int) -> None:
    assert len(page_breaks(text)) == found


def test_a_sentence_goes_on_over_the_page_and_no_place_moves() -> None:
    text = bridged(PAGES, page_breaks(PAGES))
    assert len(text) == len(PAGES)
    assert "".join(text.split()).startswith("一枚目の終わりの文は次の頁に続く。")
    assert text.index("二枚目") == PAGES.index("二枚目")


def test_a_verdict_that_a_page_cuts_in_two_is_read_and_quoted_as_it_stands() -> None:
    text = (
        "霞野市個人情報保護審議会（令和4年度第1回）会議録\n日時 令和4年5月10日\n議題\n"
        "諮問第1号 見守りカメラの設置について\n諮問第2号 水道の検針データの利用について\n\n"
        "諮問第1号 見守りカメラの設置について\n○会長 ほかに御意見がないようですので、お諮りいたします。諮問第1\n\n"
        "          － １ －\n\n号は諮問のとおり承認することに御異議ございませんか。\n（「異議なし」の声）\n\n"
        "諮問第2号 水道の検針データの利用について\n○会長 本件は次回に審議します。\n\n          － ２ －\n"
    )
    record = Record("minutes.txt", text, "")
    first = cases_of(record)[0]
    assert first.newest is not None
    assert first.outcome == "approved"
    assert "－ １ －" in first.newest.text
    assert text[first.newest.start : first.newest.end] == first.newest.text
