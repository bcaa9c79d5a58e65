"""Minutes that a tool has left in columns parted by spaces: who says what, and what is quoted."""

import unicodedata
from collections.abc import Sequence

import pytest
from reading import cases_of

from index.cases import Case
from index.doubts import DoubtKind
from index.grammar.verdicts import Outcome
from index.layout.columns import rearranged
from index.meetings import read_meetings
from index.passages import read_passages
from index.records import Record
from index.text.lines import lines

HEAD = "令和4年度第1回霞野市個人情報保護審議会会議録\n日時 令和4年6月2日\n場所 霞野市役所\n\n"
SPEECHES = (
    ("１ 開会", "事務局", "ただいまから開会いたします。委員は五名のうち四名の出席です。"),
    (
        "２ 議事",
        "柚木会長",
        "議題１、諮問第１号「水門の遠隔操作に伴う位置情報の取得について」、河川課から説明をお願いします。",
    ),
    (
        "(1) 諮問第１号",
        "河川課",
        "水門を開け閉めする消防団員の端末の位置を、出動の間に限って市が受け取るものです。"
        "対象は団員八十名で、受け取った位置は出動の翌日に消します。",
    ),
    ("", "葛西委員", "端末を家に持ち帰ったあとの居場所まで分かることにはなりませんか。"),
    ("", "河川課", "出動の指令から解除までの間だけ受け取ります。"),
    ("", "柚木会長", "それでは、諮問第１号は諮問のとおり承認することでよろしいですか。"),
    ("", "各委員", "異議なし。"),
    (
        "(2) 諮問第２号",
        "柚木会長",
        "次に議題２、諮問第２号「体育館の入場における顔画像の照合について」。体育課、お願いします。",
    ),
    ("", "体育課", "入場券を持たない方の顔を、あらかじめ登録された画像と照合するものです。"),
    ("", "棚橋委員", "私は承認してよいと思います。登録は本人の申込みによるのですから。"),
    (
        "",
        "柚木会長",
        "登録しない方の画像の扱いが固まっておりません。諮問第２号は次回に継続して審議することといたします。",
    ),
    ("３ 閉会", "柚木会長", "以上で閉会します。"),
)
WIDTHS = (16, 18)
SAID = 40


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def padded(text: str, to: int) -> str:
    return text + " " * (to - width(text))


def wrapped(text: str) -> list[str]:
    rows = [""]
    for character in text:
        if width(rows[-1] + character) > SAID:
            rows.append("")
        rows[-1] += character
    return rows


def laid_out(
    speeches: Sequence[tuple[str, str, str]],
    *,
    middle: bool = False,
    order: bool = True,
    page: int = 14,
    margin: str = " ",
) -> str:
    """The speeches in columns, the speaker beside the first row or the middle one, `page` rows a page."""
    table = []
    for head, who, said in speeches:
        rows = wrapped(said)
        beside = len(rows) // 2 if middle and len(rows) > 2 else 0
        for n, row in enumerate(rows):
            first = padded(head if n == 0 else "", WIDTHS[0]) if order else ""
            table.append(margin + first + padded(who if n == beside else "", WIDTHS[1]) + row)
    names = (padded("次　第", WIDTHS[0]) if order else "") + padded("発言者", WIDTHS[1])
    pages = [table[at : at + page] for at in range(0, len(table), page)]
    return HEAD + "".join(
        "\n".join([f"{margin}{names}発　言　内　容", *rows, "", f"        - {n + 1} -", ""])
        for n, rows in enumerate(pages)
    )


def read(text: str) -> tuple[Record, list[Case]]:
    record = Record("columns.txt", text, "")
    return record, cases_of(record)


LAYOUTS = [
    {"middle": middle, "order": order, "page": page, "margin": margin}
    for middle in (False, True)
    for order in (True, False)
    for page, margin in ((9, " "), (14, ""), (99, "   "))
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_speech_in_columns_is_its_speakers(layout: dict[str, object]) -> None:
    made = rearranged(laid_out(SPEECHES, **layout))  # type: ignore[arg-type]
    assert made is not None
    told = [line for line in made.text.splitlines() if line.startswith("○")]
    assert told == [f"○{who}：{said}" for _, who, said in SPEECHES]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_matters_in_columns_keep_their_own_verdicts(layout: dict[str, object]) -> None:
    _, cases = read(laid_out(SPEECHES, **layout))  # type: ignore[arg-type]
    assert [(case.label, case.title, case.outcome) for case in cases] == [
        ("諮問第1号", "水門の遠隔操作に伴う位置情報の取得について", Outcome.APPROVED),
        ("諮問第2号", "体育館の入場における顔画像の照合について", Outcome.CONTINUED),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_quoted_from_columns_stands_in_the_record(layout: dict[str, object]) -> None:
    text = laid_out(SPEECHES, **layout)  # type: ignore[arg-type]
    record, cases = read(text)
    pieces = lines(text)
    for case in cases:
        assert case.exchanges
        for decision in case.decisions:
            assert text[decision.start : decision.end] == decision.text
        for exchange in case.exchanges:
            for turn in (exchange.question, *exchange.replies):
                assert 0 <= turn.head <= turn.end <= len(text)
                assert turn.start <= turn.end
    for passage in read_passages(record, pieces, read_meetings(record, pieces), cases):
        assert text[passage.start : passage.end] == passage.text


def test_a_speaker_named_again_at_the_head_of_a_page_goes_on() -> None:
    rows = laid_out(SPEECHES, page=99).splitlines()
    at = next(n for n, row in enumerate(rows) if "消防団員" in row) + 1
    assert "河川課" not in rows[at]
    again = rows[at].replace(
        " " * (sum(WIDTHS) + 1), padded("", WIDTHS[0] + 1) + padded("河川課", WIDTHS[1])
    )
    made = rearranged("\n".join([*rows[:at], again, *rows[at + 1 :]]))
    assert made is not None
    told = [line for line in made.text.splitlines() if line.startswith("○")]
    assert told == [f"○{who}：{said}" for _, who, said in SPEECHES]
    other = "\n".join([*rows[:at], again.replace("河川課", "警備課"), *rows[at + 1 :]])
    assert rearranged(other) is None


def test_a_characters_place_in_the_record_is_known() -> None:
    text = laid_out(SPEECHES, middle=True)
    made = rearranged(text)
    assert made is not None
    for at, (character, origin) in enumerate(zip(made.text, made.origins, strict=True)):
        if origin >= 0:
            assert text[origin] == character
            assert made.span(at, at + 1) == (origin, origin + 1)


def test_speakers_in_the_middle_of_full_rows_are_a_doubt() -> None:
    said = "あ" * (SAID // 2 - 1) + "。"
    unsure = (*SPEECHES[:4], ("", "葛西委員", said + said + "い" * 5 + "。"), *SPEECHES[4:])
    _, cases = read(laid_out(unsure, middle=True))
    assert all(DoubtKind.TEXT in {doubt.kind for doubt in case.doubts} for case in cases)
    _, cases = read(laid_out(unsure))
    assert not any(DoubtKind.TEXT in {doubt.kind for doubt in case.doubts} for case in cases)


@pytest.mark.parametrize(
    "text",
    [
        laid_out(SPEECHES).replace("葛西委員", "葛西　　"),  # nobody's speech would be another's
        laid_out(SPEECHES).replace("河川課          ", "河川課 "),  # the columns do not hold
        laid_out(SPEECHES[:2]),  # too little to be sure of
        HEAD
        + "発言者 発言内容\n○会長　議題１「名簿の提供について」、福祉課から説明をお願いします。\n",
        HEAD.replace(" ", "\t")
        + "次第\t発言者\t発言内容\n開会\t事務局\tただいまから開会します。\n",
    ],
)
def test_columns_that_are_not_sure_are_left_alone(text: str) -> None:
    assert rearranged(text) is None


def test_a_case_from_columns_that_could_not_be_told_apart_is_a_doubt() -> None:
    text = laid_out(SPEECHES).replace("葛西委員", "葛西　　")
    _, cases = read(
        text + "\n\n【諮問案件3】\n公園の見守りカメラの設置について\n本件は承認された。\n"
    )
    assert cases
    assert all("PDF" in "".join(doubt.text for doubt in case.doubts) for case in cases)
