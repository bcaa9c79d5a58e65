"""A chair's summing-up in verbatim minutes: what is put to the members, and on what conditions."""

from __future__ import annotations

import pytest
from reading import cases_of

from index.cases import Case
from index.records import Record

HEAD = """令和5年度第2回霞野市個人情報保護審議会会議録

日時　令和5年8月24日（木）午後2時から午後4時まで
場所　霞野市役所3階会議室
出席委員　5名

諮問第3号　公園カメラの映像の外部提供について

○総務課長　公園に置いた8台のカメラの映像を警察署に提供するものである。

○花岡委員　保存は何日か。

○総務課長　14日である。

"""


def case_of(told: str) -> Case:
    record = Record("minutes.txt", f"{HEAD}{told}\n", "")
    (case,) = cases_of(record)
    return case


ON_CONDITIONS = [
    (
        "○会長　では、まとめます。諮問第３号につきましては、要領を定めること、記録を残すこと、この二点を附帯意見と"
        "して付けまして、承認することといたしたいと思いますが、いかがでしょうか。\n（「異議なし」の声あり）\n"
        "○会長　それでは諮問第３号は、ただいまの附帯意見を付して承認といたします。",
        ["要領を定めること", "記録を残すこと"],
    ),
    (
        "○会長　そこで、一つ、要領を定めること、二つ、記録を残すこと、この２点を条件として、諮問のとおり実施する"
        "ことは適当であるとしてよろしいですか。\n○各委員　異議なし。",
        ["要領を定めること", "記録を残すこと"],
    ),
    (
        "○会長　では、第一に要領を定めること、第二に記録を残すこと、の二つを条件として承認したい。よろしいか。\n"
        "○花岡委員　異議なし。\n　⇒　条件を付して承認",
        ["要領を定めること", "記録を残すこと"],
    ),
    (
        "○会長　①要領を定めること、②記録を残すこと、③掲示板で知らせること、この3つを条件に承認ということで御異議"
        "ありませんか。\n（異議なし）\n○会長　御異議がないので、そのように決定します。",
        ["要領を定めること", "記録を残すこと", "掲示板で知らせること"],
    ),
    (
        "○会長　次の条件を付すことにしたい。ア　要領を定めること。イ　記録を残すこと。御異議はないか。\n"
        "○花岡委員　異議なし。\n○会長　では、ただいまの条件を付して承認とする。",
        ["要領を定めること。", "記録を残すこと。"],
    ),
    (
        "○会長　では、要領に期限を明記すること、件数を毎年度報告することを条件とし、承認ということでよろしいか。\n"
        "○各委員　異議なし。\n\n（会長から、開始は要領の確認後とするよう付言があった。）\n"
        "⇒　諮問第３号は、条件を付して承認された。",
        ["要領に期限を明記すること", "件数を毎年度報告すること"],
    ),
    (
        "○会長　映り込んだ人の映像は提供の前にぼか\nしを入れること、これを条件に承認してはどうか。\n（異議なしの声）\n"
        "結果: 諮問第3号は、会長の述べた条件を付して承認する。",
        ["映り込んだ人の映像は提供の前にぼか\nしを入れること"],
    ),
    (
        "\n審議会は、次の条件を付した。\n　ア　要領を定めること。\n　イ　記録を残すこと。\n\n結果　条件を付して承認",
        ["要領を定めること。", "記録を残すこと。"],
    ),
    (
        "［結果］　附帯意見を付して承認\n\n［附帯意見］\n　1　要領を定めること。\n　2　利用の記録を年1回報告\nすること。",
        ["要領を定めること。", "利用の記録を年1回報告\nすること。"],
    ),
]


@pytest.mark.parametrize(("told", "conditions"), ON_CONDITIONS)
def test_the_conditions_of_a_summing_up_are_cut_one_by_one(
    told: str, conditions: list[str]
) -> None:
    case = case_of(told)
    assert case.outcome == "approved_with_conditions"
    assert case.newest is not None
    assert [condition.text for condition in case.newest.conditions] == conditions


DECIDED = [
    (
        "○花岡委員　分か\n\n－ 4 －\n\nりました。\n○総務課長　御覧のとおりです。\n○花岡委員　台数は。\n○総務課長　8台です。\n"
        "○会長　ほかにありませんね。\n○会長　お諮りします。諮問第３\n\n－ 5 －\n\n号は、諮問のとおり承認することに御異議ございませんか。\n"
        "（「異議なし」と呼ぶ者あり）\n○会長　御異議がありませんので、そのように決定いたします。",
        "approved",
    ),
    (
        "○会長　賛成の方の挙手を求めます。\n（挙手多数）\n○会長　挙手多数です。よって、本案は可決されました。",
        "approved",
    ),
    (
        "○会長　承認に賛成の方。（2名）反対の方。（3名）賛成2、反対3であるので、諮問第３号は適当でない旨、"
        "答申することとします。",
        "rejected",
    ),
    ("○会長　可否同数ですので、会長が決します。本件は承認することに決しました。", "approved"),
    (
        "○会長　諮問第３号は、認めないということで答申することに御異議ありませんか。\n（「異議なし」の声あり）\n"
        "○会長　そのように決定します。",
        "rejected",
    ),
    ("○会長　分かりました。諮問第３号は取下げということで承ります。", "withdrawn"),
    ("［結果］　同意が3分の2に達しなかったため、否決。", "rejected"),
    ("［結果］　同意が3分の2に達したため、可決。", "approved"),
    ("\n（議案）　可決", "approved"),
    ("○会長　承認ということでいかがか。\n○花岡委員　反対である。", "not_recorded"),
    ("○会長　承認されれば来月から始めるのか。\n○総務課長　そうである。", "not_recorded"),
    ("○会長　隣の町の審議会では適当と認められている。\n○花岡委員　そうか。", "not_recorded"),
    ("次回の予定：諮問第4号を継続して審議します。", "not_recorded"),
    ("次回の予定：報告第1号の案件は承認とします。", "not_recorded"),
]


@pytest.mark.parametrize(("told", "outcome"), DECIDED)
def test_what_is_put_and_agreed_decides_and_nothing_else(told: str, outcome: str) -> None:
    assert case_of(told).outcome == outcome


@pytest.mark.parametrize(
    ("told", "conditions"),
    [
        ("整理しますと、一つは、閲覧の記録を残すこと。もう一つは、年に1回報告していただくこと。この2点を附帯意見として付けて",
         ["閲覧の記録を残すこと。", "年に1回報告していただくこと。"]),
        ("閲覧の記録を残すこと。それから、年に1回報告すること。これを条件に", ["閲覧の記録を残すこと。", "年に1回報告すること。"]),
        ("1つの端末だけで見ること。もう1つは、記録を残すこと。以上を条件に", ["1つの端末だけで見ること。", "記録を残すこと。"]),
    ],
)  # fmt: skip
def test_what_a_chair_counts_is_told_without_the_words_that_count(
    told: str, conditions: list[str]
) -> None:
    case = case_of(
        f"○会長　{told}、諮問のとおり適当であると答申することにいたしたいと思いますが、いかがですか。\n"
        "（「異議なし」の声あり）\n○会長　では、そのように決定いたします。"
    )
    assert case.outcome.value == "approved_with_conditions"
    assert case.newest is not None
    assert [condition.text for condition in case.newest.conditions] == conditions


IN_TWO_SITTINGS = """霞野市個人情報保護審議会 審議概要（令和5年度）

第41回霞野市個人情報保護審議会
日時
令和5年7月12日（水曜日）14時～16時
議事
(1)福祉システムの移行に係る特定個人情報保護評価（全項目評価書）について
福祉課から、別のデータセンターに移すとの説明があった。委員から、試験に本物のデータを使うのかとの質問があった。{first}

第42回霞野市個人情報保護審議会
日時
令和5年10月4日（水曜日）14時～15時40分
議事
(1)福祉システムの移行に係る特定個人情報保護評価（全項目評価書）について
福祉課から、試験には架空のデータを使うこととした旨の説明があった。
{second}
"""
PUT_OFF = "質疑の後、次回に審議を継続することとした。"


@pytest.mark.parametrize(
    ("first", "second", "outcomes"),
    [
        (PUT_OFF, "ほかに意見はなく、答申案を承認した。", ["continued", "approved"]),
        (PUT_OFF, "答申案を原案のとおり決定した。", ["continued", "approved"]),
        # what the reply says is not told, or something was said against it
        (PUT_OFF, "答申案を一部修正の上、承認した。", ["continued"]),
        (PUT_OFF, "移す必要があるのか疑問であるとの意見があった。答申案を原案のとおり決定した。", ["continued"]),
        ("移すことに反対であるとの意見があった。" + PUT_OFF, "答申案を原案のとおり決定した。", ["continued"]),
        (PUT_OFF, "ほかに意見はなく、答申案を次回に諮ることを承認した。", ["continued"]),
        ("", "答申案を原案のとおり決定した。", []),
    ],
)  # fmt: skip
def test_a_draft_adopted_without_a_word_against_it_ends_a_matter_put_off(
    first: str, second: str, outcomes: list[str]
) -> None:
    text = IN_TWO_SITTINGS.format(first=first, second=second)
    (case,) = cases_of(Record("minutes.txt", text, ""))
    assert [decision.outcome.value for decision in case.decisions] == outcomes


KEPT = "画像は7日で消すこと"


@pytest.mark.parametrize(
    ("told", "conditions"),
    [
        # behind the verdict, below it, or below a gap; with a mark, a word, or neither
        (f"本件は承認する。（条件：{KEPT}。）", [KEPT]),
        (f"本件は承認する。（附帯意見：{KEPT}、閲覧は課長に限ること）", [KEPT, "閲覧は課長に限ること"]),
        (f"本件は次の条件を付して承認する。\n{KEPT}。\n閲覧は課長に限ること。\nその後、休憩に入った。", [KEPT, "閲覧は課長に限ること"]),
        (f"本件は次の条件を付して承認する。\n\n{KEPT}。\n", [KEPT]),
        (f"本件は次の条件を付して承認する。\n【条件】\n{KEPT}。\n", [KEPT]),
        (f"本件は承認する。\n\nなお、{KEPT}。\n", [KEPT]),
        ("当審議会は、警察の捜査に必要な場合に限って、提供を適当と認める。", ["警察の捜査に必要な場合"]),
        ("本件は承認する。\n（会長：異議なしと認める）", []),
    ],
)  # fmt: skip
def test_conditions_are_found_where_they_stand_around_the_verdict(
    told: str, conditions: list[str]
) -> None:
    case = case_of(f"（審議の結果）\n{told}")
    assert case.newest is not None
    assert [condition.text.rstrip("。") for condition in case.newest.conditions] == conditions
    assert case.outcome.value == ("approved_with_conditions" if conditions else "approved")


@pytest.mark.parametrize(
    "told",
    [
        "本件は適当と認める。ただし、結論は次回とする。",
        "本件は適当と認める。ただし、以前承認した案件と併せて、結論は次回とする。",
        "本件は適当と認める。ただし、昨年承認された条件との関係があるので、次回改めて審議する。",
    ],
)
def test_a_good_word_that_is_taken_back_at_once_is_no_approval(told: str) -> None:
    assert case_of(f"○鶴田会長　{told}").outcome.value == "continued"


REPLY_WITH_SECTIONS = """令和3年度第1回霞野市個人情報保護審議会会議録
日時 令和3年5月11日

第2　諮問第3号　検診の案内に係る住所の外部提供について
審議の結果、諮問のとおり承認する。ただし、{points}。

第3　審議の経過
令和3年5月11日　審議

第4　附帯意見
1　電話を掛ける前に、はがきを送付し、案
内の内容を知らせること。
2　渡した情報は、30日以内に消去させること。
3　職員の範囲を文書で定めること。

第5　委員
1　山野会長
"""
ITEM_1, ITEM_2, ITEM_3 = (
    "電話を掛ける前に、はがきを送付し、案\n内の内容を知らせること。",
    "渡した情報は、30日以内に消去させること。",
    "職員の範囲を文書で定めること。",
)


@pytest.mark.parametrize(
    ("points", "conditions"),
    [
        ("第4の1及び2に留意すること", [ITEM_1, ITEM_2]),
        ("第4の1、3に掲げる事項を遵守すること", [ITEM_1, ITEM_3]),
        ("第４の(1)から(3)までに配慮すること", [ITEM_1, ITEM_2, ITEM_3]),
        # there is no such section, or the article of an ordinance is meant
        ("第8の1に留意すること", ["第8の1に留意すること"]),
        ("第4条の1に留意すること", ["第4条の1に留意すること"]),
    ],
)  # fmt: skip
def test_a_condition_that_points_to_items_of_a_section_is_those_items(
    points: str, conditions: list[str]
) -> None:
    (case,) = cases_of(Record("reply.txt", REPLY_WITH_SECTIONS.format(points=points), ""))
    assert case.newest is not None
    assert [condition.text for condition in case.newest.conditions] == conditions
