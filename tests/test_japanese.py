"""Folding, words, numbers, eras and dates: what is written in many ways is read as one."""

import re
from datetime import date

import pytest
from limits import within

from index.japanese import (
    FiscalYear,
    dates,
    fiscal_years,
    fold,
    folded_with_offsets,
    level,
    municipalities,
    number,
    similarity,
    western_year,
    words,
    words_with_spans,
)

# -- one key for many ways of writing -------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("AI-OCR", "ＡＩ－ＯＣＲ"),
        ("AI-OCR", "A I - O C R"),
        ("AI-OCR", "AI‐OCR"),
        ("AI-OCR", "ai–ocr"),
        ("AI-OCR", "AI−OCR"),
        ("第１回", "第1回"),
        ("個 人 情 報", "個人情報"),
        ("個人\n  情報", "個人情報"),
        ("個人　情報", "個人情報"),
        ("ｶﾒﾗ", "カメラ"),
        ("（公開）", "(公開)"),
        ("①", "1"),
        ("10～12", "10〜12"),
        ("㈱", "(株)"),
    ],
)
def test_two_ways_of_writing_have_one_key(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("サーバ", "サーバー"),
        ("第1回", "第11回"),
        ("承認", "不承認"),
        ("霞野市", "霞野町"),
        ("", "あ"),
    ],
)
def test_different_words_keep_different_keys(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@pytest.mark.parametrize(
    ("text", "levelled"),
    [
        ("Ａ Ｉ － Ｏ Ｃ Ｒ を使う", "AI-OCRを使う"),
        ("W e b サーバ", "Webサーバ"),
        ("the quick answer", "the quick answer"),
        ("個 人 情 報", "個人情報"),
        ("一行目\n　二行目", "一行目二行目"),
        ("Windows 10 の端末", "Windows 10の端末"),
        ("  前後の空白  ", "前後の空白"),
        ("", ""),
        ("Ａ Ｉ－ＯＣＲ", "AI-OCR"),
        ("I C カード", "ICカード"),
    ],
)
def test_spaced_letters_are_joined_and_words_kept_apart(text: str, levelled: str) -> None:
    assert level(text) == levelled


@pytest.mark.parametrize(
    "text", ["㈱霞", "ｶﾞｲﾄﾞ", "A I\u3000- O\nC R", "é\u0301", "①②③", "", "𠮷野", "ﷺ"]
)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    key, offsets = folded_with_offsets(text)
    assert len(offsets) == len(key) + 1
    assert offsets[-1] == len(text)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets[:-1])
    assert all(piece in fold(text[at]) for piece, at in zip(key, offsets[:-1], strict=True))


@pytest.mark.parametrize(
    ("left", "right", "least", "most"),
    [
        ("防犯カメラの設置", "防犯カメラの設置", 1, 1),
        ("防犯カメラの設置", "防犯力メラの設置", 0.8, 0.99),
        ("防犯カメラの設置", "住民票の交付", 0, 0.5),
        ("", "", 1, 1),
        ("", "あ", 0, 0),
    ],
)
def test_likeness_goes_from_nothing_to_one(
    left: str, right: str, least: float, most: float
) -> None:
    assert least <= similarity(left, right) <= most


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("サーバ", "サーバー"),
        ("コンピュータ", "コンピューター"),
        ("承認された", "承認する"),
        ("提供しています", "提供した"),
        ("ＡＩ－ＯＣＲ", "A I - O C R"),
        ("目的外 利用", "目的外利用"),
        ("申込み", "申し込み"),
        ("Ａ Ｉ－ＯＣＲ", "AI-OCR"),
    ],
)
def test_a_search_finds_a_word_however_it_is_written(left: str, right: str) -> None:
    assert words(left) == words(right)


@pytest.mark.parametrize(
    "text", ["これはそれであることについて行うものである。", "。、「」（）", "", " \u3000\n"]
)
def test_words_that_say_nothing_are_no_search_keys(text: str) -> None:
    assert words(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "防犯カメラの設置に伴い、映像を保存する。",
        "承認、承認、また承認。",
        "AIを使ったOCRのサーバ",
        "𠮷野家の住所",
    ],
)
def test_a_word_stands_where_it_says(text: str) -> None:
    found = list(words_with_spans(text))
    assert found
    ends = [word.end for word in found]
    assert ends == sorted(ends)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert word.key


# -- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("元", 1), ("3", 3), ("３", 3), ("１２", 12), ("三", 3), ("十", 10), ("十一", 11), ("二十", 20),
        ("二十五", 25), ("三十一", 31), ("二〇", 20), ("二〇二一", 2021), ("百", 100), ("百二十三", 123), ("〇", 0),
        ("", None), ("回", None), ("1x", None), ("千", None), ("第3", None), ("一1", None), ("-1", None),
    ],
)  # fmt: skip
def test_numbers_are_read_in_every_script(written: str, value: int | None) -> None:
    assert number(written) == value


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("令和3年4月20日(火)", ["2021-04-20"]),
        ("令和３年４月２０日（火）", ["2021-04-20"]),
        ("令和元年10月31日", ["2019-10-31"]),
        ("令和１年５月１日", ["2019-05-01"]),
        ("令和三年十月二十日", ["2021-10-20"]),
        ("平成二十一年十二月九日", ["2009-12-09"]),
        ("平成21年 (2009年)12月 9 日 ( 水 )", ["2009-12-09"]),
        ("令和2年（2020年）7月21日", ["2020-07-21"]),
        ("令和 5 年　3 月 14 日", ["2023-03-14"]),
        ("平成25年 7月11日(木)", ["2013-07-11"]),
        ("昭和63年1月7日", ["1988-01-07"]),
        ("大正15年12月25日", ["1926-12-25"]),
        ("令和6年3月29", ["2024-03-29"]),
        ("R2.7.21", ["2020-07-21"]),
        ("Ｒ２．７．２１", ["2020-07-21"]),
        ("R2/7/21", ["2020-07-21"]),
        ("R2-7-21", ["2020-07-21"]),
        ("H30.1.5", ["2018-01-05"]),
        ("S63.1.7", ["1988-01-07"]),
        ("R元.5.1", ["2019-05-01"]),
        ("2021年4月20日", ["2021-04-20"]),
        ("２０２１年４月２０日", ["2021-04-20"]),
        ("2021-04-20", ["2021-04-20"]),
        ("2021/4/20", ["2021-04-20"]),
        ("2021.4.20", ["2021-04-20"]),
        ("平成31年4月30日、令和元年5月1日", ["2019-04-30", "2019-05-01"]),
        ("令和3年4月20日から令和3年4月26日まで", ["2021-04-20", "2021-04-26"]),
        ("令和3年4月20日(火)～26日(月)", ["2021-04-20"]),
        ("令和2年2月29日", ["2020-02-29"]),
        # no full date
        ("令和3年4月", []), ("4月20日", []), ("令和3年度", []), ("前回1月16日", []), ("第2.7.21号", []), ("AR2.7.21", []),
        ("12021-04-20", []), ("2021-04-201", []), ("電話0000-00-0000", []), ("第3条第2項", []), ("", []),
        ("令和3年4月 2 0 日", ["2021-04-20"]),
        ("令 和 3 年 4 月 20 日", ["2021-04-20"]),
        ("令和2（2020）年7月21日", ["2020-07-21"]),
        ("2020（令和2）年7月21日", ["2020-07-21"]),
        ("令3.4.20", ["2021-04-20"]),
        ("令3年4月20日", ["2021-04-20"]),
        ("R3年4月20日", ["2021-04-20"]),
        ("平成３０．４．２０", ["2018-04-20"]),
        ("R 3. 4. 20", ["2021-04-20"]),
        ("２０２１／４／２０", ["2021-04-20"]),
        ("2 0 2 1 年 4 月 2 0 日 （ 火 曜 日 ）", ["2021-04-20"]),
        ("2021年（令和3年）4月20日火曜日", ["2021-04-20"]),
        ("令和3年4月20日（火・祝）", ["2021-04-20"]),
        ("令和3年4月20日 10時", ["2021-04-20"]),
        ("令和3年4月20 14時", ["2021-04-20"]),
        ("諮問 令1-5、6", []), ("令和3年365日", []), ("第12.3.4号", []), ("192.168.1.10", []),
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_form(text: str, days: list[str]) -> None:
    assert [str(written.day) for written in dates(text)] == days
    assert all(not written.problem for written in dates(text))


@pytest.mark.parametrize(
    "text",
    [
        "令和3年2月30日", "令和3年13月1日", "令和3年4月31日", "2021年2月29日", "令和0年5月1日", "平成35年4月1日", "S30.2.31",
        "昭和65年1月1日", "平成30年0月5日",
        "平成30月8月28日",
        "平成31年5月1日",
        "昭和64年1月8日",
        "令和3年4月2O日",
        "令和3年4月21日（火）",
        "令和元年6月20日(水曜日)",
        "令和3年1110日",
        "令和3（2020）年4月20日",
        "2021年（令和2年）4月20日",
    ],
)  # fmt: skip
def test_a_misprinted_date_is_told_and_not_guessed_away(text: str) -> None:
    found = list(dates(text))
    assert found
    assert all(written.problem for written in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成30月8月28日", "2018-08-28"), ("令和元年6月20日(水曜日)", "2019-06-20"), ("平成31年5月1日", "2019-05-01"),
        ("令和3年1110日", "2021-11-10"), ("令和3（2020）年4月20日", "None"), ("令和3年2月30日", "None"),
        ("平成35年4月1日", "None"), ("令和3年4月2O日", "None"),
    ],
)  # fmt: skip
def test_a_misprint_leaves_the_day_only_where_there_is_one_reading(text: str, day: str) -> None:
    assert [str(written.day) for written in dates(text)] == [day]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("令和2年10月1日から10月9日まで", "2020-10-09"), ("令和2年10月1日（木）～9日（金）", "2020-10-09"),
        ("令和2年10月1日(木曜日)〜同月9日", "2020-10-09"), ("令和2年12月21日から令和3年1月8日まで", "2021-01-08"),
        ("令和2年10月1日-9日", "2020-10-09"), ("令和2年12月21日～1月8日", "2021-01-08"),
        ("令和2年10月1日 10時～12時", "None"), ("令和2年10月1日から3日間", "None"), ("令和2年10月9日～1日", "None"),
        ("令和2年10月1日、9日", "None"), ("令和2年10月1日", "None"),
    ],
)  # fmt: skip
def test_a_range_of_days_says_its_last(text: str, until: str) -> None:
    assert str(next(dates(text)).until) == until


@pytest.mark.parametrize(
    "piece", ["令和3年4月", "1 ", "令 ", "2", "令和3年(", "R3.", "　", "年度", "3 年 "]
)
def test_a_line_of_anything_is_searched_for_dates_soon(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with within(2):
        found = [*dates(text), *fiscal_years(text)]
    assert len(found) <= len(text)


def test_a_date_before_its_era_is_told() -> None:
    assert [bool(written.problem) for written in dates("令和元年4月30日 令和元年5月1日")] == [
        True,
        False,
    ]


def test_a_date_says_where_it_stands() -> None:
    text = "更新日　令和４年６月１日\n日時　R4.5.11 午後2時 (2022/5/12も)"
    assert [text[w.start : w.end] for w in dates(text)] == [
        "令和４年６月１日",
        "R4.5.11",
        "2022/5/12",
    ]


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [
        ("令和", 1, 2019), ("令和", 5, 2023), ("平成", 1, 1989), ("平成", 31, 2019), ("平成", 32, None), ("昭和", 64, 1989),
        ("昭和", 65, None), ("大正", 1, 1912), ("明治", 45, 1912), ("令和", 0, None), ("令和", -1, None),
    ],
)  # fmt: skip
def test_an_era_has_only_the_years_it_had(era: str, year: int, western: int | None) -> None:
    assert western_year(era, year) == western


# -- fiscal years ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("令和3年度第1回", [2021]), ("令和元年度", [2019]), ("令和１年度", [2019]), ("平成31年度", [2019]), ("平成三十年度", [2018]),
        ("R3年度", [2021]), ("H30年度", [2018]), ("Ｒ３年度", [2021]), ("2021年度", [2021]), ("令和 ３ 年度", [2021]),
        ("昭和63年度", [1988]), ("24年度", [None]), ("令 和 3 年 度", [2021]), ("令和3(2021)年度", [2021]),
        ("r3年度", [2021]), ("令3年度", [2021]), ("2021（令和3）年度", [2021]), ("令和3年度から令和5年度まで", [2021, 2023]), ("令和3年", []), ("年度末", []),
        ("平成45年度", []), ("令和0年度", []), ("", []),
    ],
)  # fmt: skip
def test_a_fiscal_year_is_read_in_every_form(text: str, years: list[int | None]) -> None:
    assert [year and year.year for _, _, year in fiscal_years(text)] == years


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 4, 1), "令和3年度"), (date(2022, 3, 31), "令和3年度"), (date(2019, 4, 30), "令和元年度"),
        (date(2019, 3, 31), "平成30年度"), (date(2024, 1, 23), "令和5年度"), (date(1989, 4, 1), "平成元年度"),
        (date(1989, 1, 7), "昭和63年度"),
    ],
)  # fmt: skip
def test_a_fiscal_year_begins_in_april_and_goes_by_its_usual_name(day: date, name: str) -> None:
    assert FiscalYear.of(day).name == name


def test_a_fiscal_year_says_where_it_stands() -> None:
    text = "前の令和2年度と、次の2022年度"
    assert [text[a:b] for a, b, _ in fiscal_years(text)] == ["令和2年度", "2022年度"]


def test_an_old_fiscal_year_has_a_name_that_is_one() -> None:
    assert re.fullmatch(r"大正10年度", FiscalYear.beginning(1921).name)


# -- places ---------------------------------------------------------------------------------------


def test_the_gazetteer_has_prefectures_cities_wards_towns_and_villages() -> None:
    known = municipalities()
    assert {
        "北海道",
        "東京都",
        "京都府",
        "津市",
        "四日市市",
        "千代田区",
        "東川町",
        "檜原村",
    } <= known
    assert len([name for name in known if name.endswith(("都", "道", "府", "県"))]) == 47
    assert not {"霞野市", "市", ""} & known
