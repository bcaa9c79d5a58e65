"""One sitting: its town, its body, its year, its number, its day and who was there."""

from datetime import date

import pytest
from limits import within

from index.meetings import Meeting, read_meetings
from index.records import Record
from index.sittings.places import read_municipality
from index.text.lines import lines


def meetings_of(text: str) -> list[Meeting]:
    return read_meetings(Record("minutes.txt", text, ""), lines(text))


def town_of(text: str) -> str | None:
    return read_municipality(text, lines(text))[0]


BODY = "日時 令和3年5月11日\n議事\n(1) 窓口の業務の委託について\n"
COUNCIL = "個人情報保護審議会"


# -- titles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name", "body"),
    [
        ("令和3年度第1回霞野市個人情報保護審議会会議録", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("令和３年度　第１回　霞野市個人情報保護審議会　会議録", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("霞野市個人情報保護審議会(令和3年度第1回)会議録", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("「情報公開・個人情報保護委員会」会議録(令和3年度第4回)", "令和3年度第4回", "情報公開・個人情報保護委員会"),
        ("令和元年度 第2回 情報公開・個人情報保護運営審議会", "令和元年度第2回", "情報公開・個人情報保護運営審議会"),
        ("第58回 青磁県個人情報保護審議会 会議の概要", "第58回", f"青磁県{COUNCIL}"),
        ("第70回霞野市個人情報保護審議会第2部会 会議要旨", "第70回", f"霞野市{COUNCIL}第2部会"),
        ("24年度 第1回 霞野市情報公開・個人情報保護審査会", "令和3年度第1回", "霞野市情報公開・個人情報保護審査会"),
        ("令和5年度第4回霞野市情報公開審査会会議要録", "令和5年度第4回", "霞野市情報公開審査会"),
        ("会議の名称\t令和3年度第3回楓沢町個人情報保護運営審議会", "令和3年度第3回", "楓沢町個人情報保護運営審議会"),
        ("会議の名称\n令和3年度第3回楓沢町個人情報保護運営審議会", "令和3年度第3回", "楓沢町個人情報保護運営審議会"),
        ("霞野市個人情報保護審議会 第12回会議録", "令和3年度第12回", f"霞野市{COUNCIL}"),
        ("平成31年度第1回霞野市個人情報保護審議会", "令和元年度第1回", f"霞野市{COUNCIL}"),
        ("2021年度第1回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("# 令和3年度第1回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("【令和3年度第1回霞野市個人情報保護審議会】", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("霞野市個人情報保護審議会令和3年度第1回会議次第", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("霞野市個人情報保護審議会会議録", "令和3年度", f"霞野市{COUNCIL}"),
        ("会議名：令和3年度第1回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("1 会議名　令和3年度第1回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("R3年度第1回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("令和3年度第1回霞野市個人情報保護審議会の開催結果について", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("<h1>令和3年度第1回霞野市個人情報保護審議会</h1>", "令和3年度第1回", f"霞野市{COUNCIL}"),
        ("第３期第２回霞野市個人情報保護審議会", "令和3年度第2回", f"霞野市{COUNCIL}"),
        ("令和三年度第一回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
        # counted within the calendar year
        ("令和三年　第一回　霞野市個人情報保護審議会　会議録", "令和3年第1回", f"霞野市{COUNCIL}"),
        ("令和3年第1回霞野市個人情報保護審議会会議録", "令和3年第1回", f"霞野市{COUNCIL}"),
        ("令和３年第１回\n\n　霞野市個人情報保護審議会会議録", "令和3年第1回", f"霞野市{COUNCIL}"),
        ("R3第1回霞野市個人情報保護審議会", "令和3年度第1回", f"霞野市{COUNCIL}"),
    ],
)  # fmt: skip
def test_a_title_of_any_form_gives_body_year_and_number(title: str, name: str, body: str) -> None:
    meeting = meetings_of(f"{title}\n\n{BODY}")[0]
    assert (meeting.name, meeting.body) == (name, body)


@pytest.mark.parametrize(
    "line",
    [
        "前回（令和2年度第3回霞野市個人情報保護審議会）の会議録の承認について",
        "確認資料 第86回霞野市個人情報保護審議会議事録",
        "資料1 令和2年度第3回霞野市個人情報保護審議会議事録",
        "令和2年度第3回霞野市個人情報保護審議会において、承認した。",
        "次回は、令和3年度第2回霞野市個人情報保護審議会として開く。",
        "令和3年度第1回霞野市個人情報保護審議会会議録",
        "配付資料\n・令和2年度第3回霞野市個人情報保護審議会議事録（案）",
        "会議資料\n資料1 説明書\n資料2 令和2年度第3回霞野市個人情報保護審議会会議録",
        "- 3 -",
    ],
)
def test_a_line_that_names_a_sitting_is_not_always_its_title(line: str) -> None:
    text = f"令和3年度第1回霞野市{COUNCIL}会議録\n{BODY}\n{line}\n"
    assert [meeting.name for meeting in meetings_of(text)] == ["令和3年度第1回"]


TWO_DAYS = f"""令和3年度第1回霞野市{COUNCIL}（1日目）会議録
日時 令和3年5月11日
(1) 窓口の業務の委託について
令和3年度第1回霞野市{COUNCIL}（2日目）会議録
日時 令和3年5月18日
(2) 水道の検針について
"""


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("○総務課長；おはようございます。ただ今から、令和3年度第3回霞野市個人情報保護審議会を始めます。", "令和3年度第3回"),
        ("（会長）ただいまより第3回の審議会を開会いたします。", "令和3年度第3回"),
        ("会長　これより第47回目の\u3000審議会を開催させていただきます。", "第47回"),
        ("事務局：定刻となりましたので、只今から令和３年度　第\n　３回個人情報保護審議会を開会します。", "令和3年度第3回"),
        # another sitting's
        ("会長：前回、第2回の審議会を開会いたしましたときに申し上げました。", "令和3年度"),
        ("会長：次回、第4回の審議会を2月に開催します。", "令和3年度"),
        ("会長：これから第2回の審議会の会議録を確認します。", "令和3年度"),
    ],
)  # fmt: skip
def test_a_sitting_without_a_title_has_the_number_with_which_it_is_opened(
    opening: str, name: str
) -> None:
    text = f"会議結果\n附属機関の名称\n霞野市{COUNCIL}\n開催日時\n令和3年5月11日\n審議経過\n{opening}\n"
    assert [meeting.name for meeting in meetings_of(text)] == [name]


def test_a_sitting_of_two_days_is_two_meetings() -> None:
    first, second = meetings_of(TWO_DAYS)
    assert (first.day, second.day) == (date(2021, 5, 11), date(2021, 5, 18))
    assert (first.sitting, second.sitting) == ("1日目", "2日目")
    assert first.start == 0
    assert first.end == second.start
    assert TWO_DAYS[second.start :].startswith("令和3年度第1回霞野市")


def test_an_agenda_in_front_of_the_minutes_is_told_from_them() -> None:
    text = f"令和3年度第2回霞野市{COUNCIL}会議次第\n日時 令和3年8月3日\n(1) 水道の検針について\n{TWO_DAYS}"
    agenda, *held = meetings_of(text)
    assert agenda.agenda_only
    assert (agenda.ordinal, agenda.day) == (2, date(2021, 8, 3))
    assert [meeting.agenda_only for meeting in held] == [False, False]


@pytest.mark.parametrize("text", ["", "\n", "諮問書", "水道の検針のデータを使う。", "（" * 50])
def test_papers_without_a_sitting_have_a_nameless_one_or_none(text: str) -> None:
    found = meetings_of(text)
    assert len(found) <= 1
    for meeting in found:
        assert (meeting.name, meeting.day, meeting.ordinal, meeting.title_span) == (
            "",
            None,
            None,
            None,
        )


def test_a_meeting_says_where_it_stands() -> None:
    text = f"\ufeff令和3年度第1回霞野市{COUNCIL}会議録\r\n日 時　令和３年５月１１日（火）\r\n出席者 山野会長、海原委員\r\n"
    meeting = meetings_of(text)[0]
    assert meeting.title_span is not None
    assert meeting.day_span is not None
    assert meeting.attendees_span is not None
    assert text[slice(*meeting.title_span)] == f"令和3年度第1回霞野市{COUNCIL}会議録"
    assert text[slice(*meeting.day_span)] == "令和３年５月１１日"
    assert all(name in text[slice(*meeting.attendees_span)] for name in meeting.attendees)


# -- the day --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "日時 令和3年5月11日(火) 午後2時",
        "日時\n令和3年5月11日(火)",
        "日時\n\n令和3年5月11日(火)",
        "日 時  令和3年5月11日",
        "1 日時\n\n令和3年5月11日",
        "1.と き 令和3年5月11日",
        "と　き　令和3年5月11日",
        "◇日時\n  令和3年5月11日",
        "◆ 日 時 令和3年5月11日",
        "○日時　令和3年5月11日",
        "【日時】令和3年5月11日",
        "・日時：令和3年5月11日",
        "(1) 日時 令和3年5月11日",
        "開催日時\t令和3年5月11日(火)",
        "日時 | 令和3年5月11日 |",
        "開催年月日：令和3年5月11日",
        "開催日 2021年5月11日",
        "開催日時及び場所 令和3年5月11日",
        "期日 R3.5.11",
        "令和3年5月11日",
        # other dates about
        "更新日:令和3年6月1日\n日時 令和3年5月11日",
        "令和3年6月1日更新\n開催日時\n令和3年5月11日",
        "公開日:2021年6月1日\n\n日時\n2021年5月11日",
        "更新日\n\n令和3年5月11日(火曜日)11時00分~11時43分\n霞野市役所\n\n午前11時00分 開会",
        "日時: 令和3年5月11日 次回 令和3年8月1日",
        "前回(令和3年2月3日)の会議録の承認\n日時 令和3年5月11日",
        # more than one day
        "日時 令和3年5月11日(火)～18日(火)",
        "書面開催(令和3年5月11日から5月18日まで)",
    ],
)
def test_the_day_of_the_sitting_is_told_from_other_dates(header: str) -> None:
    text = f"令和3年度第1回霞野市{COUNCIL}会議録\n{header}\n議事\n(1) 窓口の業務の委託について\n"
    assert [meeting.day for meeting in meetings_of(text)] == [date(2021, 5, 11)]


@pytest.mark.parametrize(
    "header",
    [
        "日時 5月11日",
        "更新日 令和3年6月1日",
        "場所 霞野市役所",
        "開示請求 令和3年2月3日",
        "次回日程 令和3年8月1日",
        "次回 令和3年8月1日(日)",
    ],
)
def test_another_date_is_not_taken_for_a_day_that_is_missing(header: str) -> None:
    text = f"令和3年度第1回霞野市{COUNCIL}会議録\n{header}\n議事\n(1) 窓口の業務の委託について\n"
    assert [meeting.day for meeting in meetings_of(text)] == [None]


@pytest.mark.parametrize(
    "written",
    ["令和3年5月41日", "令和3年13月1日", "平成31年5月11日", "平成30月8月28日"],
)  # fmt: skip
def test_a_misprinted_day_is_a_doubt_and_shown(written: str) -> None:
    meeting = meetings_of(f"令和3年度第1回霞野市{COUNCIL}会議録\n日時 {written}\n")[0]
    assert any(written in problem.text for problem in meeting.problems)


def test_a_fiscal_year_follows_from_the_day_where_no_title_says_it() -> None:
    text = f"第58回霞野市{COUNCIL}会議録\n日時 令和4年2月3日\n"
    assert (meetings_of(text)[0].year, meetings_of(text)[0].name) == (2021, "第58回")


HEADERS = [
    # label and value on one line, by a colon, a gap, a tab, a pipe
    f"会議名：令和3年度第2回霞野市{COUNCIL}\n開催日時：令和3年8月3日（火）午後2時\n開催場所：市役所301会議室\n",
    f"令和3年度第2回霞野市{COUNCIL}会議録\n1 日　時　令和3年8月3日（火）14時～\n2 場　所　市役所\n3 出席者　山野会長、海原委員\n",
    f"会議の名称\t令和3年度第2回霞野市{COUNCIL}\n開催日時\t令和3年8月3日（火曜日）\n",
    f"| 会議の名称 | 令和3年度第2回霞野市{COUNCIL} |\n| 開催日時 | 令和3年8月3日（火曜日） |\n",
    f"<table><tr><th>会議名</th><td>令和3年度第2回霞野市{COUNCIL}</td></tr><tr><th>日時</th><td>令和3年8月3日</td></tr></table>\n",
    # the date before the title
    f"開催日時\t令和3年8月3日（火曜日）\n会議の名称\t令和3年度第2回霞野市{COUNCIL}\n",
    # marks, brackets, numbers
    f"◆会議名◆ 令和3年度 第2回 霞野市{COUNCIL}\n◆日　時◆ 令和3年8月3日\n",
    f"【会議名】令和3年度第2回霞野市{COUNCIL}\n【日　時】令和3年8月3日(火)\n",
    f"令和3年度第2回霞野市{COUNCIL}\n◇日時\n  令和3年 8月 3日(火) 10時00分～\n◇場所\n  県民会館\n",
    f"令和3年度第2回霞野市{COUNCIL}会議要旨\n1.と　き　令和3年8月3日(火)\n2.ところ　第1会議室\n",
    f"令和3年度第2回霞野市{COUNCIL}会議要旨\n（１）日時\n　　令和３年８月３日（火曜日）\n（２）場所\n",
    f"・会議名 令和3年度第2回霞野市{COUNCIL}\n・開催年月日 令和3年8月3日\n",
    # a form flattened: labels first, values after
    f"会議名\n日時\n場所\n出席者\n令和3年度第2回霞野市{COUNCIL}\n令和3年8月3日(火) 午後2時から\n市役所\n山野一郎\n",
    f"令和3年度第2回霞野市{COUNCIL}会議録\n開催日時\n開催場所\n出席委員\n令和3年8月3日(火)\n市役所\n",
    # the header printed twice, and page dates above it
    f"令和3年度第2回霞野市{COUNCIL}\n更新日:2021年12月1日\n令和3年度第2回霞野市{COUNCIL}会議録\n日時 令和3年8月3日\n",
    f"ページID 1234 更新日 2022年4月1日 印刷\n令和3年度第2回霞野市{COUNCIL}の開催結果について\n2021年9月1日\n日時\n2021年8月3日 火曜日\n",
    # a page's menu above its title
    f"本文へ\nくらし\n子育て\n健康\n産業\n町政\n現在位置\n令和3年度第2回霞野市{COUNCIL}（書面開催）の結果について\nページ番号 12 更新日 2022年4月1日\n日時\n2021年8月3日\n",
    # years and numbers in any writing
    f"R3年度第2回霞野市{COUNCIL}\n日時 R3.8.3\n",
    f"令和三年度第二回霞野市{COUNCIL}会議録\n日時 令和三年八月三日\n",
    f"２０２１年度　第２回　霞野市{COUNCIL}\n日時　２０２１年８月３日\n",
    f"令和3（2021）年度第2回霞野市{COUNCIL}\n日時 令和3（2021）年8月3日\n",
    f"令和3年度 第2回（通算第85回）霞野市{COUNCIL}\n日時 令和3年8月3日\n",
    f"第85回霞野市{COUNCIL}（令和3年度第2回）\n日時 令和3年8月3日\n",
    f"第3期第2回霞野市{COUNCIL}\n日時 令和3年8月3日\n",
    f"霞野市{COUNCIL}(令和3年度 第2回) 会議概要\n令和3年8月3日 開催\n",
    "令 和 3 年 度 第 2 回 霞 野 市 個 人 情 報 保 護 審 議 会\n日 時 令 和 3 年 8 月 3 日 ( 火 )\n",
    # other dates before and after
    f"令和3年度第2回霞野市{COUNCIL}\n前回会議録 令和3年5月11日\n日時 令和3年8月3日\n次回日程 令和3年11月2日\n",
    f"令和3年度第2回霞野市{COUNCIL}\n諮問日 令和3年7月1日\n会議開催日 令和3年8月3日\n答申予定 令和3年9月\n",
    f"令和3年度第2回霞野市{COUNCIL}\n任期 令和3年4月1日から令和5年3月31日まで\n開催日 令和3年8月3日\n",
    # in writing, over days
    f"令和3年度第2回霞野市{COUNCIL}（書面開催）\n開催期間 令和3年8月3日（火）から8月10日（火）まで\n",
    f"令和3年度第2回霞野市{COUNCIL} 書面決議\n書面審議期間：令和3年8月3日～10日\n",
    # the whole record on one line
    f"令和3年度第2回霞野市{COUNCIL}会議要録  日 時  令和3年8月3日(火) 午前10時から  会 場  市役所5階  ● 出席者(敬称略)  山野一郎  海原二郎  ● 議事 ○山野会長  始めます。次回は令和3年11月2日(火)です。 " + "○海原委員  窓口の委託について伺います。 " * 4,
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_of_any_form_says_where_when_and_which_sitting(header: str) -> None:
    meeting = meetings_of(f"{header}議事\n(1) 窓口の業務の委託について\n")[0]
    assert (meeting.municipality, meeting.body) == ("霞野市", f"霞野市{COUNCIL}")
    assert (meeting.year, meeting.ordinal, meeting.day) == (2021, 2, date(2021, 8, 3))
    assert meeting.problems == ()


def test_a_sitting_in_writing_says_its_last_day() -> None:
    text = f"令和3年度第2回霞野市{COUNCIL}\n期間 令和3年8月3日(火)から8月10日(火)まで\n"
    assert meetings_of(text)[0].until == date(2021, 8, 10)


@pytest.mark.parametrize(
    ("header", "doubt"),
    [
        ("日時 8月3日(火)", "年がありません"),
        ("日時 令和3年8月4日(火)", "曜日が合いません"),
        ("日時 令和4年8月3日", "令和3年度の会議ですが"),
        ("日時 令和3年8月3日\n場所 市役所\n開催日 令和3年8月10日", "2021-08-10とも"),
        ("日時 平成35年8月3日", "ありません"),
    ],
)
def test_a_date_that_does_not_fit_is_a_doubt_with_its_place(header: str, doubt: str) -> None:
    text = f"令和3年度第2回霞野市{COUNCIL}\n{header}\n議事\n"
    (problem,) = meetings_of(text)[0].problems
    assert doubt in problem.text
    assert problem.span is not None
    assert "月" in text[slice(*problem.span)]


def test_the_day_of_a_consultation_paper_is_not_a_sittings() -> None:
    text = (
        f"令和3年7月1日\n霞野市{COUNCIL}会長 様\n霞野市長\n諮問書\n次の事項について諮問します。\n"
    )
    assert meetings_of(text)[0].day is None


# -- attendees ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("出席者：山野会長、海原委員、谷口委員", ["山野会長", "海原委員", "谷口委員"]),
        ("◇出席者\n審査会委員 : 山野会長、海原委員", ["山野会長", "海原委員"]),
        ("- 出席者 山野会長、海原委員", ["山野会長", "海原委員"]),
        ("3 出席者\n1.委員\n山野会長、海原委員\n2.事務局\n谷口課長", ["山野会長", "海原委員"]),
        ("出席委員：山野一郎、海原二郎", ["山野一郎", "海原二郎"]),
        ("出席者\n山野一郎\n海原二郎\n\n傍聴者 なし", ["山野一郎", "海原二郎"]),
        ("出席者(敬称略)\n山野一郎、海原二郎\n事務局 谷口課長", ["山野一郎", "海原二郎"]),
        ("出席委員 5名", []),
        ("出席者\n審議会委員 : 山野会長、海原委員\n事務局 : 谷口課長", ["山野会長", "海原委員"]),
        ("出席者\n委員（山野・海原各委員）2名\n事務局（谷口課長）1名", ["山野", "海原"]),
        (
            "出席者 会　長  山野一郎   委　員  海原 二郎   谷口三郎",
            ["山野一郎", "海原 二郎", "谷口三郎"],
        ),
        ("出席者 会長及び委員4人、国保年金課長", []),
        ("出席者 山野委員（第2部会長）、海原委員", ["山野委員", "海原委員"]),
        ("欠席委員 山野一郎", []),
        ("出席者 山野会長、海原委員、谷口委員", ["山野会長", "海原委員", "谷口委員"]),
        ("出席委員 山野一郎、海原二郎(敬称略、五十音順)", ["山野一郎", "海原二郎"]),
        ("出席者 山野会長 海原委員 谷口委員", ["山野会長", "海原委員", "谷口委員"]),
        ("出席者\n会長　山野　一、委員　海原、谷口", ["会長　山野　一", "海原", "谷口"]),
        # 阿部 is a name, 総務部 an office
        ("出席委員 阿部 一郎、服部 よしこ、総務部 谷口", ["阿部 一郎", "服部 よしこ"]),
        ("出席者【会長・副会長等】\n磯部 光、海原 二【副会長】", ["磯部 光", "海原 二【副会長】"]),
        ("出席者 山野委員　※海原委員は欠席", ["山野委員"]),
        ("[出席] 委員A(会長)、委員B", ["委員A", "委員B"]),
        (
            "出席委員\n一番　山野一郎君　　二番　海原　元君\n三番　谷 口 三 郎 君",
            ["山野一郎", "海原元", "谷口三郎"],
        ),
        (
            "出 席 委 員（３名）\n会 長 山 野 一 郎\n委 員 室 井 花\n委 員 海 原 元",
            ["会長 山野一郎", "室井花", "海原元"],
        ),
        (
            "出席者\n委員　山野会長、海原副会長、谷口委員、川辺委員、森下委員、丘\n田委員\n事務局　課長",
            ["山野会長", "海原副会長", "谷口委員", "川辺委員", "森下委員", "丘田委員"],
        ),
    ],
)
def test_the_members_present_are_listed_as_written(header: str, names: list[str]) -> None:
    text = f"令和3年度第1回霞野市{COUNCIL}会議録\n日時 令和3年5月11日\n{header}\n議題\n(1) 窓口の業務の委託について\n"
    assert list(meetings_of(text)[0].attendees) == names


@pytest.mark.parametrize(
    ("header", "present"),
    [
        ("出席者 山野会長、海原委員、谷口委員", 3), ("出席委員 5名", 5), ("出席者 会長及び委員4人、国保年金課長", 5),
        ("出席者 委員（山野・海原各委員）2名 事務局3名", 2), ("出席者 会長、副会長及び委員3人", 5), ("場所 市役所", None),
    ],
)  # fmt: skip
def test_the_number_present_is_told_or_counted(header: str, present: int | None) -> None:
    assert meetings_of(f"令和3年度第1回霞野市{COUNCIL}\n{header}\n")[0].present == present


# -- the municipality -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "town"),
    [
        # names that hold the letters of other names
        *((f"{name}{COUNCIL}\n{name}役所", name) for name in [
            "四日市市", "廿日市市", "市川市", "野々市市", "町田市", "十日町市", "大町市", "津市", "村上市", "東村山市", "山県市",
            "四街道市", "国立市", "府中市", "京都府", "東京都", "北海道", "つくば市", "さいたま市", "南アルプス市", "龍ケ崎市",
        ]),
        # a place in a place
        (f"千葉県市川市{COUNCIL}", "市川市"),
        (f"東京都北区{COUNCIL}\n北区長", "北区"),
        (f"上川郡東川町{COUNCIL}", "東川町"),
        (f"堺市堺区\n堺市{COUNCIL}", "堺市"),
        # not on any list
        (f"霞野市{COUNCIL}\n霞野市長", "霞野市"),
        (f"雪ノ瀬市{COUNCIL}", "雪ノ瀬市"),
        ("第2回霞野市長", "霞野市"),
        # its end is a town of the list
        (f"第2回欅坂町{COUNCIL}\n欅坂町長", "欅坂町"),
        (f"第2回坂町{COUNCIL}", "坂町"),
        (f"広島県坂町{COUNCIL}", "坂町"),
        # only in the place
        ("個人情報保護審議会\n会場 国立市役所", "国立市"),
        # other towns told of
        (f"福生市の例を参考に、日野市では\n霞野市{COUNCIL}", "霞野市"),
        # the title's town before towns named more often
        (f"令和3年度第1回霞野市{COUNCIL}会議録\n" + "国立市長に照会した。国立市立病院。\n" * 9, "霞野市"),
        (f"令和3年度第1回国立市{COUNCIL}会議録\n" + "府中市長に照会した。\n" * 9, "国立市"),
        (f"令和三年度第一回国立市{COUNCIL}", "国立市"),
        # bodies of other organs of a town
        ("国立市教育委員会個人情報保護審査会", "国立市"),
        ("霞野市議会個人情報保護審査会会議録", "霞野市"),
        ("国立市情報公開及び個人情報保護審査会\n国立市市議会の交際費\n国立市市議会議長", "国立市"),
        # unions of towns, which no list has
        ("令和3年度第1回東京都後期高齢者医療広域連合情報公開・個人情報保護審査会", "東京都後期高齢者医療広域連合"),
        ("第2回霞野楓沢衛生組合個人情報保護審議会\n霞野市長", "霞野楓沢衛生組合"),
        ("霞野地区広域行政事務組合個人情報保護審査会会議録", "霞野地区広域行政事務組合"),
        (f"霞野市{COUNCIL}\n青磁県後期高齢者医療広域連合に提供する。", "霞野市"),
        # no town
        ("都市計画課、市町村、区分所有、町内会、県道", None),
        ("当市の審議会、本市の条例、市長、市議会、市立", None),
        ("指定都市長会、中核市長会、都市長会、特別区長会", None),
        ("", None),
        ("各市区町村長に知らせる。", None),
        ("霞 野 市 個 人 情 報 保 護 審 議 会\n日時 令和3年5月11日", "霞野市"),
        (f"令和3年度霞野市{COUNCIL}(第1回)", "霞野市"),
    ],
)  # fmt: skip
def test_the_town_whose_record_it_is_is_found(text: str, town: str | None) -> None:
    assert town_of(text) == town


def test_the_town_of_the_title_is_not_outvoted_by_a_phrase() -> None:
    told = "".join(f"説明その{n}である。\n" for n in range(20))
    assert (
        town_of(f"国立市{COUNCIL}会議録\n{told}" + "国の機関が市区町村長に求める。\n" * 10)
        == "国立市"
    )


@pytest.mark.parametrize(
    ("text", "town", "misread"),
    [
        ("稲域市個人情報保護審議会\n稲城市長", "稲城市", "稲域市"),
        ("国分寺市長\n国分時市個人情報\n国分寺市個人情報", "国分寺市", "国分時市"),
        (
            "国分時市個人情報保護審議会\n国分寺市長\n国分寺市役所\n国分寺市の事務",
            "国分寺市",
            "国分時市",
        ),
        ("星ヶ谷村個人情報保護審査会\n星ヶ谷村長\n星ケ谷村長", "星ヶ谷村", "星ケ谷村"),
    ],
)
def test_a_misread_town_is_healed_and_the_healing_shown(text: str, town: str, misread: str) -> None:
    found, doubt, about = read_municipality(text, lines(text))
    assert (found, about) == (town, misread)
    assert f"「{misread}」" in doubt
    assert doubt in [problem.text for problem in meetings_of(text)[0].problems]


def test_a_town_that_cannot_be_told_is_none_and_a_doubt() -> None:
    text = "稲城市長 稲敷市長"
    found, doubt, _ = read_municipality(text, lines(text))
    assert found is None
    assert "稲城市" in doubt
    assert "稲敷市" in doubt


@pytest.mark.parametrize("text", ["国分時市個人情報保護審議会", f"国立市{COUNCIL}\n国分寺市長"])
def test_no_town_is_healed_without_its_right_name_in_the_record(text: str) -> None:
    assert read_municipality(text, lines(text))[1] == ""


@pytest.mark.parametrize(
    ("title", "rest", "body"),
    [
        ("個人惰報保護審議会", "霞野市個人情報保護条例", "個人情報保護審議会"),
        ("情報公聞・個人情報保護審査会", "情報公開条例", "情報公開・個人情報保護審査会"),
        ("個人惰報保護審議会", "個人惰報保護条例", "個人惰報保護審議会"),  # nowhere spelt otherwise
        ("個人情報保護審査会", "県の審議会", "個人情報保護審査会"),  # another body
    ],
)
def test_a_misread_body_is_healed_where_the_record_spells_it_right(
    title: str, rest: str, body: str
) -> None:
    meeting = meetings_of(
        f"令和3年度第1回霞野市{title}会議録\n日時 令和3年5月11日\n{rest}による。\n"
    )[0]
    assert meeting.body == f"霞野市{body}"
    assert bool(meeting.problems) is (title != body)


def test_a_body_named_without_its_town_is_given_it() -> None:
    text = f"令和3年度第1回 {COUNCIL} 会議録\n日時 令和3年5月11日\n場所 国立市役所\n"
    meeting = meetings_of(text)[0]
    assert (meeting.municipality, meeting.body) == ("国立市", f"国立市{COUNCIL}")


@pytest.mark.parametrize(
    "piece",
    ["（", "1", "1 ", "第1回", "日時", "出席者", "霞野市", "市長", "令和3年度", "会議名：", "■", "個人情報", "、", "後期高齢者医療広域連合", "<", "　", "一"],
)  # fmt: skip
def test_a_line_of_anything_is_read_soon(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    pieces = lines(text)
    with within(2):
        found = read_meetings(Record("minutes.txt", text, ""), pieces)
    assert len(found) == bool(pieces)
