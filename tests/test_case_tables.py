"""Cases told in the rows of tables: each keeps its own result, sitting and conditions."""

import pytest
from reading import read_text

from index.doubts import DoubtKind
from index.verdicts import Outcome

A, B = "防犯カメラの設置について", "水道の検針データの利用について"

SPACED_TABLE = """議案と結果

議案 件名 所管課 賛成 反対 結果
議案1 除雪車の位置情報 の公開 道路維持課 4 2 附帯意見を付して可決
議案2 図書館の返却予測への貸出履歴の利用 図書館 1 5 否決
議案3 独居高齢者への電話 自動応答の導入 福祉課・消防署 6 0 可決
報告1 口座振替の委託先 会計課 － － －

議案1の附帯意見
除雪が済んだ路線の位置は、当日のうちに公開をやめること。

反対の理由
議案2 「何を借りたかは心のうちに等しい。」（4名）
"""


def test_a_table_parted_by_spaces_is_read_row_by_row() -> None:
    told = [
        (case.label, case.title, case.department, case.outcome.value)
        for case in read_text(SPACED_TABLE)
    ]
    assert told == [
        ("議案1", "除雪車の位置情報 の公開", "道路維持課", "approved_with_conditions"),
        ("議案2", "図書館の返却予測への貸出履歴の利用", "図書館", "rejected"),
        ("議案3", "独居高齢者への電話 自動応答の導入", "福祉課・消防署", "approved"),
        ("報告1", "口座振替の委託先", "会計課", "reported"),
    ]


def test_the_conditions_of_a_row_stand_under_its_number_and_are_no_cell() -> None:
    first, *others = read_text(SPACED_TABLE)
    assert first.newest is not None
    assert [condition.text for condition in first.newest.conditions] == [
        "除雪が済んだ路線の位置は、当日のうちに公開をやめること。"
    ]
    assert not [other for other in others if other.newest and other.newest.conditions]
    lost = SPACED_TABLE.replace("議案1の附帯意見\n", "")
    assert DoubtKind.CONDITION in {doubt.kind for doubt in read_text(lost)[0].doubts}


@pytest.mark.parametrize(
    "row",
    [
        "議案2 図書館の返却予測への貸出履歴の利用 図書館 1 否決",  # a cell is missing
        "議案2 図書館の返却予測への貸出履歴の利用 図書館 少数 多数 否決",  # no votes
        "議案2 図書館の返却予測への貸出履歴の利用 図書館 1 5",  # no result
    ],
)
def test_a_row_that_is_not_what_its_columns_say_takes_no_verdict_from_its_neighbours(
    row: str,
) -> None:
    broken = SPACED_TABLE.replace("議案2 図書館の返却予測への貸出履歴の利用 図書館 1 5 否決", row)
    second = [case for case in read_text(broken) if "貸出履歴" in case.title]
    assert {case.outcome for case in second} <= {Outcome.REJECTED, Outcome.NOT_RECORDED}


YEARLY_TABLE = """令和3年度
霞野市個人情報保護審議会の活動報告書
令和4年5月

表2 会議
回\t開催日\t会場\t番号\t審議事項（所管課）\t結果
第1回\t令和3年7月8日（木）\t庁議室\t諮問1\t河川カメラの映像の公開（河川課）\t継続審査
\t\t\t諮問2\t学童保育の入退室の記録のクラウド化（保育課）\t条件を付して適当と認める
\t\t\t報告\t令和2年度の運用状況\t了承
第2回\t令和3年11月25日（木）\t\t諮問1\t河川カメラの映像の公開（河川課）\t適当と認める
\t\t\t諮問3\t職員の名札への顔写真の掲示（人事課）\t不適当と認める

審議の概要

諮問1 河川カメラの映像の公開
　増水のときに住民が川の様子を見られるよう、橋の上から写した映像を市のサイトで公開す
るもの。人の顔が分からない大きさに縮めることとした。

諮問2 学童保育の入退室の記録のクラウド化
　児童が部屋に入った時刻と出た時刻を、保護者が家から見られるようにするもの。審議会は、
次の条件を付した。
　ア　卒所した児童の記録は三月以内に消去すること。
　イ　保護者の登録は窓口で本人を確かめて行うこと。

諮問3 職員の名札への顔写真の掲示
　窓口の職員の名札に写真を載せることについて、審議会は、他の方法でも職員であることを示
せることから、不適当と認めた。
"""


def test_a_row_of_a_yearly_report_has_the_sitting_of_the_cell_above_it() -> None:
    cases = {case.title: case for case in read_text(YEARLY_TABLE, head="")}
    told = {
        title: (
            case.label,
            case.department,
            [(str(d.day), d.meeting, d.outcome.value) for d in case.decisions],
        )
        for title, case in cases.items()
    }
    first, second = ("2021-07-08", "令和3年度第1回"), ("2021-11-25", "令和3年度第2回")
    assert told == {
        "河川カメラの映像の公開": (
            "諮問1",
            "河川課",
            [(*first, "continued"), (*second, "approved")],
        ),
        "学童保育の入退室の記録のクラウド化": (
            "諮問2",
            "保育課",
            [(*first, "approved_with_conditions")],
        ),
        "令和2年度の運用状況": ("", None, [(*first, "reported")]),
        "職員の名札への顔写真の掲示": ("諮問3", "人事課", [(*second, "rejected")]),
    }


def test_what_a_row_only_announces_is_taken_from_the_matters_own_paragraphs() -> None:
    cases = {case.label: case for case in read_text(YEARLY_TABLE, head="")}
    newest = cases["諮問2"].newest
    assert newest is not None
    assert [condition.text for condition in newest.conditions] == [
        "卒所した児童の記録は三月以内に消去すること。",
        "保護者の登録は窓口で本人を確かめて行うこと。",
    ]


def test_a_yearly_report_dates_each_of_its_rows() -> None:
    text = (
        "令和2年度霞野市個人情報保護審議会運用状況\n回\t開催日\t諮問内容\t結論\n"
        f"1\t令和2年5月28日\t・{A}\t承認\n2\t令和3年2月4日\t・{B} ・名簿の外部提供について\t不承認\n"
    )
    cases = read_text(text, head="")
    assert [case.outcome.value for case in cases] == ["approved", "rejected", "rejected"]
    assert [str(case.day) for case in cases] == ["2020-05-28", "2021-02-04", "2021-02-04"]
    assert [case.meeting for case in cases] == [
        "令和2年度第1回",
        "令和2年度第2回",
        "令和2年度第2回",
    ]
    assert [case.newest and case.newest.text for case in cases] == ["承認", "不承認", "不承認"]
