"""Headings that say little: a number with the subject below it, an agenda in one row, items by their order."""

from __future__ import annotations

import pytest
from reading import read_text

from index.cases import Case

HEAD = """第31回霞野市個人情報保護審議会会議録
1. 日時：令和4年6月15日(水曜)
2. 出席者：諸田会長、飯野委員、三沢委員
"""


def told_of(cases: list[Case]) -> list[tuple[str, str]]:
    """Titles and outcomes, in the order of what decides."""
    cases.sort(key=lambda case: max(end for _, end in case.spans))
    return [(case.title, case.outcome.value) for case in cases]


# -- a number, and the subject below it -----------------------------------------------------------

NUMBERS_ONLY = """4.次第
{dot}諮問第87号{aside}の審議について
{dot}諮問第88号の審議について
{dot}諮問第89号の審議について
5.議事経過と結果
諮問第87号{aside}の審議について
{first}
- 実施機関より、前回指摘された事項に関する説明を行なった。
<委員>
自治会長は入るのか。
<実施機関>
外した。
- 審議の結果、提供の都度その必要性を確認することを付して、条例第8条の「公益上特に必要」と認めることで意見が一致した。
諮問第88号の審議について
児童の心の状態を知るための端末の操作記録の利用(教育研修センター)
- 実施機関より、資料に基づき説明を行なった。
<委員>
夜間の使用時間まで見るのか。
- 気分の選択の結果を担任が見ることについては、{good}。夜間の使用時間を見ることについては、必要性の説明が十分でなく、認めないこととされた。
諮問第89号の審議について
- 審査請求に関する審議のため、非公開で開催された。
- 次回の審議会で実施機関から口頭で説明を受けることとなった。
"""
FIRST = "いわゆるごみ屋敷の対策に係る庁内の情報共有及び関係機関への提供"


@pytest.mark.parametrize("dot", ["- ", "・", "", "(ア)"])
@pytest.mark.parametrize("aside", ["", "(継続)"])
@pytest.mark.parametrize("good", ["支障がない", "差し支えない", "適当と認める"])
def test_a_matter_headed_by_its_number_has_the_subject_below(
    dot: str, aside: str, good: str
) -> None:
    text = NUMBERS_ONLY.format(dot=dot, aside=aside, first=f"{FIRST}(環境業務課)", good=good)
    cases = read_text(text, head=HEAD)
    assert told_of(cases) == [
        (FIRST, "approved_with_conditions"),
        ("児童の心の状態を知るための端末の操作記録の利用", "partly_approved"),
        ("諮問第89号の審議について", "continued"),
    ]
    assert [case.department for case in cases] == ["環境業務課", "教育研修センター", None]
    assert [case.label for case in cases[:2]] == ["諮問第87号", "諮問第88号"]
    assert [case.kind for case in cases] == ["consultation", "consultation", "review"]


@pytest.mark.parametrize(
    "line",
    [
        "- 事務局から説明があった。",
        "<会長>",
        "事務局：説明します。",
        "前回に引き続き審議を行った。",
    ],
)
def test_what_is_said_below_a_number_is_no_subject(line: str) -> None:
    text = NUMBERS_ONLY.format(dot="- ", aside="", first=line, good="支障がない")
    assert told_of(read_text(text, head=HEAD))[0][0] == "諮問第87号の審議について"


def test_a_part_refused_after_another_that_nothing_was_said_of_is_refused() -> None:
    text = NUMBERS_ONLY.format(dot="", aside="", first=f"{FIRST}(環境業務課)", good="質疑があった")
    assert told_of(read_text(text, head=HEAD))[1][1] == "rejected"


# -- an agenda in one row, and items by their order -----------------------------------------------

ONE_ROW = """4. 議題{colon}(1)個人情報保護条例の一部改正について (2)自動車税の納税確認に係る電子計算機の結合について
5. 会議録

諸田会長

皆さんおそろいですので、第31回の審議会を始めます。前回の会議録はお手元のとおりでよろしいですか。

(意見なし)

諸田会長

それでは、前回の会議録はこのとおりといたします。条例の改正ですが、今日は残りの罰則です。事務局、お願いします。

事務局

資料の2を御覧ください。3つの案があります。

飯野委員

私は今のままでよいと思います。

諸田会長

{first}

(休憩)

諸田会長

再開します。{turn}自動車税の納税確認に係る電子計算機の結合です。税務課から説明をお願いします。

税務課

諮問第12号でございます。確認ができるかどうかだけを表示します。

三沢委員

記録は残りますか。

税務課

3年保存いたします。

諸田会長

諮問第12号については、公益上の必要があり、適当と認めるということで答申にします。
"""
PUT_OFF = [
    "今日は3つの案のどれ、と決めるのはやめておきます。話を聞いてから、次回にもう一度やりましょう。",
    "今日は結論を出すのは止めます。次回にもう一度議論しましょう。",
    "もう1回、病院局から説明を聞きましょう。次回に続きをやります。",
]


@pytest.mark.parametrize("colon", [":", "：", "　"])
@pytest.mark.parametrize("turn", ["議題の2番目、", "2番目の議題、", "2つ目の議題は、", "議題(2)、"])
def test_an_agenda_in_one_row_is_told_item_by_item(colon: str, turn: str) -> None:
    for first in PUT_OFF:
        text = ONE_ROW.format(colon=colon, first=first, turn=turn)
        cases = read_text(text, head=HEAD)
        assert told_of(cases) == [
            ("個人情報保護条例の一部改正について", "continued"),
            ("自動車税の納税確認に係る電子計算機の結合について", "approved"),
        ]
        assert all(case.exchanges for case in cases)


def test_a_first_matter_on_which_nothing_was_decided_takes_no_others_verdict() -> None:
    text = ONE_ROW.format(colon=":", first="では、ここで休みます。", turn="議題の2番目、")
    assert [case.outcome.value for case in read_text(text, head=HEAD)] == [
        "not_recorded",
        "approved",
    ]


# -- the last minutes, results in a block of their own, surnames before offices -------------------

SUMMARY = """会議次第
（1）諮問事項の審議
　ア　高齢者の見守りに係る個人情報の外部提供について
　イ　自動交付機の設置に係る電子計算機の結合について
（2）協議事項の協議
　給食費の滞納世帯に係る手当の支給状況の利用について
（3）報告
　台帳の閲覧状況の公表について

議事の概要

会長から、前回の{minutes}について確認があり、飯野委員から発言者名の誤りの指摘を受けて、訂正のうえ承認された。

諮問事項の審議

ア　高齢者の見守りに係る個人情報の外部提供について

村瀬　介護福祉課長：見つからない方の写真を店に送る。
飯野　委員：紙が残るのではないか。
村瀬　介護福祉課長：破棄していただく。

審議結果

以上の審議の結果、条例第9条第1項第8号の規定による例外として認めることで意見の一致をみた。
なお、次のことを市長に申し添えることとした。
・受け取った情報は、発見後速やかに破棄させること。
・店の名簿を公表すること。

イ　自動交付機の設置に係る電子計算機の結合について

外山　市民課長：駅前に1台置く。
会長：協定の案がない段階で、よいとも悪いとも言いにくい。

審議結果

協定の案ができた段階で、もう一度説明を受けることとし、この日は答申をしないこととした。

協議事項の協議

給食費の滞納世帯に係る手当の支給状況の利用について

阿仁　学務課長：支給日の情報を受けたい。
三沢　委員：取立ての当てにするものではない。
阿仁　学務課長：今回の協議は{back}。
会長：分かりました。それでは、この件はなかったことに。

報告

久慈　総務課長から、閲覧は13件であったことの報告があった。
"""


@pytest.mark.parametrize("minutes", ["会議記録", "会議録", "議事録（案）"])
@pytest.mark.parametrize(
    "back", ["取り下げることとしたい", "取り下げます", "取下げとさせていただきたい"]
)
def test_results_stand_in_blocks_of_their_own_and_the_last_minutes_are_no_matter(
    minutes: str, back: str
) -> None:
    cases = read_text(SUMMARY.format(minutes=minutes, back=back), head=HEAD)
    assert [case.outcome.value for case in cases] == [
        "approved_with_conditions",
        "continued",
        "withdrawn",
        "reported",
    ]
    assert [case.department for case in cases] == ["介護福祉課", "市民課", "学務課", None]
    assert cases[0].newest is not None
    assert [condition.text for condition in cases[0].newest.conditions] == [
        "受け取った情報は、発見後速やかに破棄させること。",
        "店の名簿を公表すること。",
    ]


SITTINGS = """審査会の審議概要

第88回霞野市個人情報保護審査会
日時
令和元年7月18日（木曜日）
議事
（1）学童保育の入所選考における自動処理の導入に伴う電子計算機処理について（公開）
諮問第28号として子ども局青少年課から諮問があり、説明を受けた。
審議を継続することとした。
（2）諮問第27号事案（事情聴取の記録）について（非公開）
審査請求人から口頭で意見を聴いた。
（3）個人情報ファイル簿の記載の変更について（公開）
事務局から、記載を変更したものは6件である旨報告があった。

第89回霞野市個人情報保護審査会
日時
令和元年10月3日（木曜日）
議事
（1）諮問第28号（学童保育の入所選考における自動処理）について（公開）
答申案（差し支えない。ただし、結果の1割を手計算により確認すること。）について審議し、原案のとおり答申することに決定した。
"""


def test_a_title_in_brackets_behind_its_number_names_the_matter_again() -> None:
    first, appeal, report = read_text(SITTINGS, head="")
    assert [decision.outcome.value for decision in first.decisions] == [
        "continued",
        "approved_with_conditions",
    ]
    assert first.department == "子ども局青少年課"
    assert (appeal.kind, report.kind) == ("review", "report")


# -- who is called on, and names alone on their lines ---------------------------------------------

NAMES_ALONE = """発言者　内容

御堂会長

では、案件の1番、諮問第33号、市営住宅の駐車場に係る自動車の登録情報の収集について{office}から説明をお願いします。

{office}

区画のうち、契約のない車が止まっているものがあります。

鴨原委員

張り紙をしてもだめなのですか。

{office}

2回張りまして、動いたのが18台です。

御堂会長

では、適当と認めるということで答申にします。

各委員

はい。
"""


@pytest.mark.parametrize("office", ["住宅課", "消費生活センター", "郷土資料館", "市立病院"])
def test_an_office_whose_name_stands_alone_speaks_and_brought_the_matter(office: str) -> None:
    (case,) = read_text(NAMES_ALONE.format(office=office), head=HEAD)
    assert (case.department, case.outcome.value) == (office, "approved")
    (asked,) = (one for one in case.exchanges if one.question.speaker == "鴨原委員")
    assert [reply.speaker for reply in asked.replies] == [office]


@pytest.mark.parametrize(
    ("told", "department"),
    [
        ("所管の危機管理課から、名簿を渡せるようにする条例案について、意見を求められた。", "危機管理課"),
        ("木暮管理課長から説明があった。管理課では名簿を作る。", "管理課"),
        ("木暮　管理課長から説明があった。", "管理課"),
        ("こども政策課長から説明があった。", "こども政策課"),
        ("【事務局】", None),
    ],
)  # fmt: skip
def test_the_office_is_told_without_its_officers_name(told: str, department: str | None) -> None:
    text = f"議事\n(1)避難する人の名簿の提供に関する条例の制定について\n{told}\n質疑を行った。\n"
    (case,) = read_text(text, head=HEAD)
    assert case.department == department
