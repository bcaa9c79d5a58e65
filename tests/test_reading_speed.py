"""No text takes long to read, however it is made."""

import pytest
from limits import within
from reading import read

from index.records import Record

MINUTES_HEAD = "令和3年度第1回霞野市個人情報保護審議会会議録\n日時 令和3年5月11日\n議題\n(1) 防犯カメラの設置について\n"


# a record that has lost its line ends
ENDLESS = (
    "令和3年度第1回霞野市個人情報保護審議会会議録 日時 令和3年5月11日 議題 (1) 防犯カメラの設置について (2) 水道の検針データの利用について "
    "○会長 議題(1)に入ります。○総務課長 説明します。○海原委員 画像はいつ消すのか。○総務課長 七日で消す。"
    "（会長）本件は、七日で消すことを条件に承認することでよろしいですか。（異議なし） ―本件は承認とする。― "
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "unit"),
    [
        *(("part", unit) for unit in [" ", "「", "■", "○", "0123456789", "第", "<input ", "諮", "。", "（会長）"]),
        *(("alone", unit) for unit in ["諮", "（", "あ", "\t", "・ ", "\u3000", "<"]),
    ],
    ids=lambda value: str(value)[:8],
)  # fmt: skip
def test_a_million_characters_of_anything_are_read_in_two_seconds(place: str, unit: str) -> None:
    line = (unit * 1_000_000)[:1_000_000]
    text = line if place == "alone" else PLACES["part"].format(line)
    with within(2):
        read(Record("minutes.txt", text, ""))


@pytest.mark.slow
def test_five_megabytes_of_minutes_on_one_line_are_read_in_ten_seconds() -> None:
    text = ENDLESS * (5_000_000 // len(ENDLESS.encode()) + 1)
    with within(10):
        read(Record("minutes.txt", text, ""))


PLACES = {
    "part": MINUTES_HEAD + "議事の概要\n(1) 防犯カメラの設置について\n{}\n本件は承認する。\n",
    "agenda": MINUTES_HEAD + "{}\n(2) 水道の検針について\n",
    "sheet": "取扱事務諮問シート\n■諮問事項 □報告事項\t防犯カメラの設置について\n担当課\t総務課\n記録の項目\t{}\n",
    "table": "件名\t審議結果\n{}について\t承認\n",
}


@pytest.mark.parametrize(
    ("place", "unit", "length"),
    [
        ("part", "（", 60_000), ("part", "あ", 60_000), ("part", "第", 60_000), ("part", "\t", 60_000), ("part", "・ ", 60_000),
        ("part", "「", 60_000), ("part", "。", 30_000), ("part", "あ\n", 30_000), ("part", "○会長 はい。\n", 30_000), ("part", "第1条、", 60_000),
        ("agenda", "（", 60_000), ("agenda", "あ", 60_000), ("agenda", "第", 60_000), ("sheet", "あ", 60_000), ("table", "・", 60_000),
        ("part", "1", 60),
        ("part", "一", 60),
        ("agenda", "1", 60),
        ("part", "承認する。", 16_000),
        ("part", "ことを条件に", 100_000),
        ("agenda", "・ ", 12_000),
        ("sheet", "<input ", 150_000),
        ("sheet", "■", 50_000),
        ("table", "<", 100_000),
    ],
)  # fmt: skip
def test_a_line_of_anything_in_any_place_is_read_quickly(
    place: str, unit: str, length: int
) -> None:
    text = PLACES[place].format((unit * length)[:length])
    with within(1):
        read(Record("minutes.txt", text, ""))
