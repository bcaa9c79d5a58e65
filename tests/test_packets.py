"""A packet of papers for a sitting: its agenda, the last minutes bound in as a paper, sheets and tables."""

from __future__ import annotations

import pytest

from index.cases import Case
from index.meetings import Meeting, read_meetings
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import lines

PACKET = """令和5年度 第1回 霞野市個人情報保護審議会 会議資料

日時: 令和5年5月25日(木) 午後2時
会場: 霞野市役所

【次第】
1 開会
2 前回会議録の確認{leads}資料1
3 審議事項
 (1) 母子手帳アプリの導入について(健康課){leads}資料2
 (2) 図書館の貸出システムの更新について(図書館){leads}資料3
4 報告事項
 (1) 漏えい等の状況{leads}資料4

-1-

{rule}
{paper}1

令和4年度 第4回 霞野市個人情報保護審議会 会議録
日時 令和5年2月9日
1 審議事項
(1) 商店街のカメラの映像の提供について
防犯課長 映像を警察署に提供したい。
会長 よろしければ、了承ということで。
(了承)
2 報告事項
条例の廃止を総務課長から説明した。

-2-

{rule}
{paper}2{beside}

審議シート
件名            母子手帳アプリの導入
所管課          健康課
保存期間        退会の日から1年
審議会の意見    □了承 □継続 □不了承

-3-

{rule}
{paper}3{beside}

審議シート
件名            図書館の貸出システムの更新
所管課          図書館
保存期間        3年
審議会の意見    □了承 □継続 □不了承

-4-

{rule}
{paper}4

漏えい等の状況

No  発生日        所管課        内容                          件数  国への
報告
1   R4.10.19     介護課        結果の通知を別人に郵送          1      不要
2   R4.12.2      税務課        宛先を誤って送信               43      不要
3   R5.1.30      福祉課        記録の入った鞄を紛失             6      要
"""


def read(text: str) -> tuple[list[Meeting], list[Case]]:
    record = Record("packet.txt", text, "")
    pieces = lines(text)
    meetings = read_meetings(record, pieces)
    return meetings, read_cases(record, pieces, meetings)


@pytest.mark.parametrize("leads", [" ………… ", "・・・・・・", "　　　　", " …… 【", "――――"])
@pytest.mark.parametrize("paper", ["資料", "資料 ", "資料No.", "【資料"])
@pytest.mark.parametrize("beside", ["", "                    審議事項"])
def test_what_is_to_come_is_told_from_the_last_minutes_bound_in(
    leads: str, paper: str, beside: str
) -> None:
    text = PACKET.format(leads=leads, paper=paper, beside=beside, rule="=" * 40)
    if paper[0] == "【":
        for number in "1234":
            text = text.replace(f"\n{paper}{number}", f"\n{paper}{number}】")
    meetings, cases = read(text)
    assert [meeting.name for meeting in meetings] == ["令和5年度第1回", "令和4年度第4回"]
    told = [(case.title, case.kind, case.outcome, str(case.day)) for case in cases]
    told = [one for one in told if one[1] != "report"]
    assert told == [
        ("母子手帳アプリの導入について", "consultation", "not_recorded", "2023-05-25"),
        ("図書館の貸出システムの更新について", "consultation", "not_recorded", "2023-05-25"),
        ("商店街のカメラの映像の提供について", "consultation", "approved", "2023-02-09"),
    ]
    reports = [case.title for case in cases if case.kind == "report"]
    assert reports == ["漏えい等の状況"]


@pytest.mark.parametrize(
    "title",
    [
        "水道の検針データの利用について ………… 資料2",
        "水道の検針データの利用について……資料2-1",
        "水道の検針データの利用について　　資料２",
        "水道の検針データの利用について ･････ 3頁",
        "水道の検針データの利用について　　別紙1",
        "水道の検針データの利用について ……… 12",
    ],
)
def test_what_leads_from_a_title_to_its_papers_is_no_part_of_it(title: str) -> None:
    text = f"令和5年度第1回霞野市個人情報保護審議会次第\n日時 令和5年5月25日\n議題\n(1) {title}\n(2) 街路灯の名簿の提供について ……… 資料3\n"
    _, cases = read(text)
    assert [case.title for case in cases] == [
        "水道の検針データの利用について",
        "街路灯の名簿の提供について",
    ]
    assert all(text[slice(*case.title_span)] == case.title for case in cases)
