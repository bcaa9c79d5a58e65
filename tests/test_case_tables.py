"""Cases told in the rows of tables: each keeps its own result, sitting and conditions."""

import pytest
from reading import read_text

from index.doubts import DoubtKind
from index.grammar.verdicts import Outcome

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


VOTED_IN_WRITING = """6 案件及び議決の結果

案件番号{bar}件名{bar}担当課{bar}賛成{bar}反対{bar}結果
議案第1号{bar}給付金の申請書の発送に係る住民情報の目的外利用{bar}給付金室{bar}7{bar}0{bar}可決
議案第2号{bar}学習用アカウントの発行に係る外部提供{bar}学校教育課{bar}5{bar}2{bar}可決（意見あり）
議案第3号{bar}水道料金の減免に係る受給情報の利用{bar}水道課{bar}－{bar}－{bar}（※）

※ 議案第3号は、担当課から申出があったため、採決の対象から外しました。

8 委員から提出された意見と担当課の回答

番号{bar}案件{bar}意見・質問{bar}回答
1{bar}議案第2号{bar}転校の後に学習の履歴が残るのは困る。{bar}検討します。
2{bar}議案第2号{bar}急ぐべきではない。（反対）{bar}急ぐ必要があると判断しました。

9 会長のまとめ

　議案第1号は全員の賛成により可とする。議案第2号は賛成多数により可とするが、番号1の意見のとおり、履歴の消去の時期を定め、審議会に報告することを意見として付ける。
"""


@pytest.mark.parametrize("bar", ["\t", "|", "｜"])
def test_a_chairs_summing_up_gives_a_row_its_conditions_by_its_number(bar: str) -> None:
    cases = read_text(VOTED_IN_WRITING.format(bar=bar))
    assert [(case.label, case.outcome.value) for case in cases] == [
        ("議案第1号", "approved"),
        ("議案第2号", "approved_with_conditions"),
        ("議案第3号", "not_recorded"),
    ]
    newest = cases[1].newest
    assert newest is not None
    assert [condition.text for condition in newest.conditions] == [
        "履歴の消去の時期を定め、審議会に報告すること"
    ]
    assert [case.meeting for case in cases] == ["令和3年度第1回"] * 3
