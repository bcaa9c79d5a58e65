"""What came before a council and what it concluded, in invented records.

They are as small as they can be and still show one thing: a layout, or a way in which nothing was
decided although it looks so. test_gold_cases.py reads whole records.
"""

from datetime import date

import pytest
from reading import HEAD, outcomes, read, read_text, same_title

from index.doubts import DoubtKind
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.records import Record

# -- invented records ----------------------------------------------------------------------------------

A, B = "防犯カメラの設置について", "水道の検針データの利用について"


@pytest.mark.parametrize(
    "body",
    [
        "【諮問案件1】{a}\n本件は承認とする。\n【諮問案件2】{b}\n本件は継続審議とする。\n",
        "【諮問案件1】\n{a}\n本件は承認とする。\n【諮問案件2】\n{b}\n本件は継続審議とする。\n",
        "審議 1 {a}\n本件は承認とする。\n審議 2 {b}\n本件は継続審議とする。\n",
        "議題１　{a}\n本件は承認とする。\n議題２　{b}\n本件は継続審議とする。\n",
        "○議題1 {a}\n本件は承認とする。\n○議題2 {b}\n本件は継続審議とする。\n",
        "令和3年度諮問第11号 {a}\n本件は承認とする。\n令和3年度諮問第12号 {b}\n本件は継続審議とする。\n",
        "諮問第 9号 {a}\n本件は承認とする。\n諮問第10号 {b}\n本件は継続審議とする。\n",
        "諮問第3号・第4号 {a}\n本件は承認とする。\n諮問第5号 {b}\n本件は継続審議とする。\n",
        "第64号諮問事案 {a}\n本件は承認とする。\n第65号諮問事案 {b}\n本件は継続審議とする。\n",
        "議題1(継続諮問) {a}\n本件は承認とする。\n議題2[継続] {b}\n本件は継続審議とする。\n",
        "<諮問第1号>\n{a}\n本件は承認とする。\n<諮問第2号>\n{b}\n本件は継続審議とする。\n",
        "議題1\n\n{a}\n\n本件は承認とする。\n\n議題2\n\n{b}\n\n本件は継続審議とする。\n",
        "(1)諮問事項\nア {a}\n本件は承認とする。\nイ {b}\n本件は継続審議とする。\n",
        "議題\n(1) {a}\n本件は承認とする。\n(2) {b}\n本件は継続審議とする。\n",
        "議題\n(1) {a}\n(会長) 本件は承認とする。\n(2) {b}\n(会長) 本件は継続審議とする。\n",
        "議題\n① {a}\n本件は承認とする。\n② {b}\n本件は継続審議とする。\n",
        "議題\n・{a}\n・{b}\n議事の概要\n・{a}\n本件は承認とする。\n・{b}\n本件は継続審議とする。\n",
        "◆議題\n(1){a}\n(2){b}\n◆議事の概要\n(1){a}\n本件は承認とする。\n(2){b}\n本件は継続審議とする。\n",
        "議題\n1 開会\n2 {a}\n3 {b}\n4 その他\n会議の概要\n1 開会\n2 {a}\n○会長 本件は承認とする。\n3 {b}\n○会長 本件は継続審議とする。\n4 その他\n",
        "議題\n(1) {a}\n  ⇒ 承認する。\n(2) {b}\n  ⇒ 継続審議とする。\n",
        "議題\n(1) {a}\n(2) {b}\n議事の概要\n○{a}、諮問どおり行うことを「可」とする。\n○{b}、継続審議とする。\n",
        "議題1 {a}\n<審議結果>\n承認\n議題2 {b}\n<審議結果>\n継続審議\n",
        "議題1 {a}\n担当 総務課\n【審議結果】承認\n議題2 {b}\n担当 総務課\n【審議結果】継続審議\n",
        "議題1 {a}\n説明を受けた。\n審議結果：承認\n議題2 {b}\n説明を受けた。\n審議結果：継続審議\n",
        "件名\t審議結果\n{a}\t承認\n{b}\t継続審議\n",
        "| 件名 | 審議結果 |\n|---|---|\n| {a} | 承認 |\n| {b} | 継続審議 |\n",
        "議題\n(1) {a}\n○会長 本件は承認とする。\n(2) {b}\n○会長 本件は継続審議とする。\n",
        "議事\n(1){a}\n(2){b}\n○会長 議題(1)に入ります。\n本件は承認とする。\n○会長 議題(2)に移ります。\n本件は継続審議とする。\n",
        "議題1 {a}\n審議結果：承認\n議題2 {b}\n審議結果：継続審議\n",
        "## 議題\n1. {a}\n2. {b}\n## 議事の概要\n### 1. {a}\n本件は承認とする。\n### 2. {b}\n本件は継続審議とする。\n",
    ],
)  # fmt: skip
def test_two_cases_of_any_layout_keep_their_own_verdicts(body: str) -> None:
    cases = read_text(body.format(a=A, b=B))
    assert [case.outcome.value for case in cases] == ["approved", "continued"]
    assert [same_title(title, case.title) for title, case in zip([A, B], cases, strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("swap", [False, True])
def test_two_cases_of_one_title_are_told_apart_by_their_offices(swap: bool) -> None:
    verdicts = ["本件は承認とする。", "本件は継続審議とする。"]
    told = ["approved", "continued"]
    if swap:
        verdicts.reverse()
        told.reverse()
    listed = "(1)名簿の外部提供について(税務課)\n{}(2)名簿の外部提供について(福祉課)\n{}"
    body = (
        "議題\n"
        + listed.format("", "")
        + "議事の概要\n"
        + listed.format(*(v + "\n" for v in verdicts))
    )
    assert outcomes(body) == told


def test_a_title_that_wraps_is_shown_whole_and_begins_where_it_stands() -> None:
    text = (
        HEAD
        + "諮問第1号 窓口の業務を委ねることについて、住民の情報を\n   外部に提供することについて（総務課）\n本件は承認とする。\n"
    )
    (case,) = read(Record("minutes.txt", text, ""))[1]
    assert case.title.startswith("窓口の業務を委ねることについて、住民の情報を外部に提供")
    assert text[case.title_span[0] :].startswith("窓口の業務")
    assert case.department == "総務課"


# -- whose word it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "talk",
    [
        "○海原委員 本件は承認とする。",
        "○総務課長 本件は承認とする。",
        "○事務局 本件は承認とする。",
        "（A委員）本件は承認とする。\n（総務課）本件は承認とする。",
        "【委員】\n本件は承認とする。\n【実施機関】\n本件は承認とする。",
        "<委員>\n本件は承認とする。",
        "委員\n本件は承認とする。\n実施機関\n本件は承認とする。",
        "海原委員：本件は承認とする。\n総務課長：本件は承認とする。",
        "(質問)本件は承認とする。\n(回答)本件は承認とする。",
        "Q：承認するのか。\nA：本件は承認とする。",
        "主な意見\n・本件は承認とする。\n・承認してよい。",
        "※委員意見及び総務課の回答\n- 本件は承認とするのか。\n → 本件は承認とする。",
        "○会長 御意見はありますか。\n○海原委員 条件が付くなら承認とする。\n○会長 次に移ります。",
        "○会長 承認すべきとの御意見でした。",
        "○会長 本件を承認してよろしいですか。\n○海原委員 もう少し考えたい。",
        "○会長 本件を承認することでよろしいですか。\n○海原委員 はい、ただし通知の方法は見直していただきたい。",
        "○会長 本件は承認とします。御異議ありませんか。\n○海原委員 反対です。",
        "○会長 承認としたい。よろしいか。\n○海原委員 もう少し考えたい。",
        "○会長 本件は承認することとし、文言は会長に一任いただきたい。よろしいか。\n○海原委員 反対です。",
        "○会長 隣の市は映像を消すことを条件に承認した。",
        "○会長 資料は以上でよろしいですか。\n○海原委員 異議なし。",
        "○会長 以前承認した案件の変更です。",
        "○会長 承認を得た上で実施してください。",
        "<審議結果>",
        "<審議結果>\n次回に示す。",
        "審議結果",
        "○会長 これで終わります。\n閉会\n会議録は全員の確認をもって承認とする。",
        "○会長 終わります。\n2 その他\n運営要領の案を承認とする。",
        "○会長 終わります。\n(2) その他\n運営要領の案を承認とする。",
        "○会長 諮問のとおり行うことに異議がある、との御意見でした。諮問のとおり行うことに異議がある。",
        "○会長 本件を承認することでよろしいですか。\n○海原委員 賛成できません。",
        "○会長 本件を承認することでよろしいですか。\n○海原委員 承認には反対です。",
        "会長　御意見はありますか。\n1番委員　本件は承認とする。",
        "会長　御説明をお願いします。\n総務課長　申請は市長が承認する。",
        "（会長）御意見は。\n〔海原委員〕本件は承認とする。",
        "会長「御意見は。」\n海原委員「本件は承認とする。」",
        "(会長) 御説明を。\n( 担 当 課 ) 申請は市長が承認する。",
        "- 同意はどうするのか。\n → 保護者から同意を得る。",
        "→ 本件は承認とする。\n→ 通知する。",
        "総務課から説明があった。\n対象者は保護者から同意を得る。",
        "総務課の説明\n・対象者は市が決定する。",
        "総務課から説明を受けた。\n提供先では倫理審査委員会の承認を得た。",
    ],
)  # fmt: skip
def test_nobody_but_the_council_decides(talk: str) -> None:
    assert outcomes(f"議題1 {A}\n{talk}\n") == ["not_recorded"]


@pytest.mark.parametrize(
    "following",
    [
        "2 その他", "(2) その他", "３．その他", "◇その他", "◆ その他", "○その他", "■その他", "2 報告事項", "4 会長の選出について", "以上",
        "議題2 会長の選出について",
        f"議題2 {B}", "議題2 令和2年度の運用状況（報告）", f"諮問第2号　{B}",
        *(
            line
            for line in [
                "その他", "【その他】", "<その他>", "2 その他(連絡事項)", "報告事項", "【報告】", "議題2 その他", "閉会", "議題(2) その他",
                "○議題（2）その他", "議題2 ドローンの利用", "【議題2】", "(2) 部会の設置について", "２　ドローンの利用",
                "議題2 窓口の業務を委ねることに伴う住民の情報の外部への提供に\n   ついて",
            ]
        ),
    ],
)  # fmt: skip
def test_what_is_decided_under_the_next_heading_is_not_this_cases_verdict(following: str) -> None:
    cases = read_text(f"議題1 {A}\n説明を受けた。\n{following}\n次の案を承認する。\n")
    assert cases[0].outcome is Outcome.NOT_RECORDED


# -- the verdict's words, and its conditions ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("○会長 本件は承認とする。", "本件は承認とする。"),
        ("（会長）異議がないので、本件は承認とします。では次へ。", "異議がないので、本件は承認とします。"),
        ("\n―説明の後、本件は承認とされた。―", "―説明の後、本件は承認とされた。―"),
        ("(説明があった。)\n本件は、諮問のとおり\n  承認する。", "本件は、諮問のとおり\n  承認する。"),
        ("<審議結果>\n承認", "承認"),
        ("○会長 本件を承認することでよろしいですか。\n○海原委員 異議なし。", "本件を承認することでよろしいですか。"),
        ("○会長 本件を承認してよろしいですか。\n（異議なし）", "本件を承認してよろしいですか。"),
        ("本件は承認とする。", "本件は承認とする。"),
        ("○会長 承認としたい。よろしいか。\n○海原委員 異議なし。", "承認としたい。"),
        ("会長　本件は承認とします。御異議ありませんか。\n委員　（異議なし）", "本件は承認とします。"),
        ("【採決】賛成6名、反対1名。賛成多数により承認。", "賛成多数により承認。"),
        ("○会長 適当でよろしいですか。\n○海原委員 異議なし。\n○会長 では、本件は適当と認め、そのように答申します。", "では、本件は適当と認め、そのように答申します。"),
    ],
)  # fmt: skip
def test_the_verdict_is_kept_in_its_very_words(part: str, words: str) -> None:
    (case,) = read_text(f"議題1 {A}\n{part}\n")
    assert case.newest is not None
    assert (case.outcome, case.newest.text) == (Outcome.APPROVED, words)


SEVEN, YEARLY = "映像を七日で消去すること", "年に一度報告すること"


@pytest.mark.parametrize(
    ("part", "conditions"),
    [
        (f"○会長 本件は、「{SEVEN}」との意見を付して承認とする。", [SEVEN]),
        (f"○会長 次の条件を付して承認とします。\n(1) {SEVEN}。\n(2) {YEARLY}。", [f"{SEVEN}。", f"{YEARLY}。"]),
        (f"<審議結果>\n承認する。ただし、次の条件を付ける。\nア {SEVEN}。\nイ {YEARLY}。", [f"{SEVEN}。", f"{YEARLY}。"]),
        (f"○会長 本件は承認とした。なお、{SEVEN}を附帯意見とする。", [SEVEN]),
        (f"○会長 本件は承認とした。\nなお、{SEVEN}。", [SEVEN]),
        ("○海原委員 映像は七日で消去してほしい。\n○会長 先ほどの意見を付した上で承認とします。", ["映像は七日で消去してほしい。"]),
        ("○会長 条件を付して承認とします。", []),
        (f"<審議結果>\n承認\n附帯意見\n・{SEVEN}。\n・{YEARLY}。", [f"{SEVEN}。", f"{YEARLY}。"]),
        (f"○会長 本件は承認とした。\n附帯意見：{SEVEN}。", [f"{SEVEN}。"]),
        (f"{SEVEN}を条件に承認する。", [SEVEN]),
        ("→ 承知した。\n諮問どおりの利用を認めることとした。ただし、病名は提供しないこと。", ["病名は提供しないこと"]),
        (f"<審議結果>\n承認する。ただし、次の点に留意されたい。\n(1) {SEVEN}。\n(2) {YEARLY}。", [f"{SEVEN}。", f"{YEARLY}。"]),
        ("○会長 写真は加工することを条件に、承認とします。", ["写真は加工すること"]),
        ("○会長 委託先において分けて管理することを条件とし、承認してよいか。\n○海原委員 異議なし。", ["委託先において分けて管理すること"]),
        ("審議した結果、項目を結果に限ることとした上で、適当であるとの結論に至った。", ["項目を結果に限ること"]),
        (f"○会長 {SEVEN}を附帯意見として付し、本件を適当と認めることとしたいが、いかがか。\n○海原委員 異議なし。", [SEVEN]),
        (f"○会長 別紙のとおり意見を付して承認とします。\n別紙\n議題1 {A}\n1 {SEVEN}\n2 {YEARLY}", [SEVEN, YEARLY]),
        (f"○会長 「{SEVEN}」を条件に承認する。", [SEVEN]),
        (f"○会長 では、{SEVEN}を条件に承認することでよろしいですか。\n（委員「異議なし」）", [SEVEN]),
    ],
)  # fmt: skip
def test_the_conditions_of_an_approval_are_never_lost(part: str, conditions: list[str]) -> None:
    (case,) = read_text(f"議題1 {A}\n{part}\n")
    assert case.newest is not None
    assert case.outcome is Outcome.APPROVED_WITH_CONDITIONS
    assert [condition.text for condition in case.newest.conditions] == conditions


@pytest.mark.parametrize(
    "words",
    [
        "本件は承認しない。", "本件は不承認とする。", "諮問のとおり行うことは適当でないと認める。", "諮問どおり行うことを「否」とする。",
        "諮問のとおり行うことはできない。",
        "諮問のとおり実施しないこととします。",
    ],
)  # fmt: skip
def test_a_refusal_by_the_chair_is_never_an_approval(words: str) -> None:
    (case,) = read_text(f"議題1 {A}\n○会長 {words}\n")
    assert case.outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("part", "doubt"),
    [
        ("説明を受けた。", "結論を示す行が見つかりません"),
        ("会長が先ほどの扱いとする旨を述べた。", "結論を示す行が見つかりません"),
        ("○会長 条件を付して承認とします。", "条件が付いていますが、その内容が見つかりません"),
        (
            "○海原委員 映像は七日で消去してほしい。\n○会長 先ほどの意見を付した上で承認とします。",
            "条件の言葉は結論の行になく",
        ),
    ],
)
def test_doubt_is_shown(part: str, doubt: str) -> None:
    (case,) = read_text(f"議題1 {A}\n{part}\n")
    assert any(shown.text.startswith(doubt) for shown in case.doubts)


def test_where_two_matters_stand_in_one_title_the_verdict_on_one_is_told_of_neither() -> None:
    """A row that breaks within the number of its second item."""
    second, third = "AI-OCRの利用について", "学童保育の入退室管理に伴う個人情報の取扱いについて"
    text = (
        "令和3年度第6回霞野市個人情報保護審議会会議録\n日時 令和3年9月29日\n"
        f"議題：（1）公園の利用者数の計測について　（2）{second}　（3\n   ）{third}\n会議の概要\n"
        "○会長 議題(1)に移ります。\n○会長 本件は承認とします。\n○会長 議題(2)に移ります。\n"
        "○会長 本件は不承認とする。\n○会長 議題(3)について、説明をお願いします。\n"
    )
    one, both = read_text(text)
    assert one.outcome is Outcome.APPROVED
    assert second in both.title
    assert third in both.title
    assert both.outcome is Outcome.NOT_RECORDED
    assert any(doubt.text.startswith("案件名に次の案件が続いています") for doubt in both.doubts)


# -- sittings and chains --------------------------------------------------------------------------------------

TWO_DAYS = f"""令和3年度第1回霞野市個人情報保護審議会（1日目）会議録
日時 令和3年5月11日
【諮問案件1】
{A}
（会長）本件は継続審議とする。
令和3年度第1回霞野市個人情報保護審議会（2日目）会議録
日時 令和3年5月18日
【諮問案件1】
{A}
（会長）本件は承認とする。
"""


def test_a_case_put_off_and_resumed_is_one_case_with_its_newest_word_last() -> None:
    (case,) = read_text(TWO_DAYS, head="")
    assert [decision.outcome.value for decision in case.decisions] == ["continued", "approved"]
    assert [decision.day for decision in case.decisions] == [date(2021, 5, 11), date(2021, 5, 18)]
    assert (case.outcome, case.day) == (Outcome.APPROVED, date(2021, 5, 18))


def test_what_is_only_to_be_heard_is_not_decided() -> None:
    text = f"令和3年度第2回霞野市個人情報保護審議会会議次第\n日時 令和3年8月3日\n議題\n(1) {B}\n(2) その他\n{TWO_DAYS}"
    cases = {case.title: case for case in read_text(text, head="")}
    assert cases[B].outcome is Outcome.NOT_RECORDED
    assert cases[B].day == date(2021, 8, 3)
    assert cases[A].outcome is Outcome.APPROVED


def test_the_proposal_of_a_paper_is_no_verdict() -> None:
    cases = read_text(
        f"諮問事項シート\n■諮問事項 □報告事項\t{A}\n諮問理由\t本件は承認することが適当である。\n",
        head="",
    )
    assert [case.outcome for case in cases] == [Outcome.NOT_RECORDED]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (
            f"報告1 {A}\n総務課から、令和2年度の台数と場所、映像を見た回数、警察に渡した件数について、資料により報告があった。\n",
            "reported",
        ),
        (f"議題\n(1) {A}(報告)\n議事の概要\n(1) {A}(報告)\n―報告があった。―\n", "reported"),
        (f"議題\n(1) {A}(報告)\n", "not_recorded"),
    ],
)
def test_a_report_is_reported_once_it_was_told(body: str, outcome: str) -> None:
    assert outcomes(body) == [outcome]


# -- facts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "articles"),
    [
        (f"{A}（条例第9条第3項第4号）", ["条例第9条第3項第4号"]),
        (f"{A}（条例第9条第3項第4号及び第4項）", ["条例第9条第3項第4号", "条例第9条第4項"]),
        (f"{A}（条例第9条、第10条第1項）", ["条例第9条", "条例第10条第1項"]),
        (f"{A}（霞野市個人情報保護条例第9条第1項）", ["霞野市個人情報保護条例第9条第1項"]),
        (f"{A}（個人情報の保護に関する法律第129条）", ["個人情報の保護に関する法律第129条"]),
        (f"{A}（条例第9条の2第1項）", ["条例第9条の2第1項"]),
        (f"{A}（法第69条第2項第2号）", ["法第69条第2項第2号"]),
        (A, []),
    ],
)
def test_the_articles_in_a_title_are_read_in_full(title: str, articles: list[str]) -> None:
    (found,) = read_text(f"諮問第1号 {title}\n本件は承認とする。\n")
    assert list(found.legal_basis) == articles


def test_an_article_with_a_misprint_is_quoted_as_it_stands() -> None:
    (case,) = read_text("議題1 名簿の目的外利用について（条例第9条第3項第4項）\n説明を受けた。\n")
    assert case.legal_basis == ("条例第9条第3項第4項",)
    assert any("「条例第9条第3項第4項」" in doubt.text for doubt in case.doubts)


@pytest.mark.parametrize(
    ("body", "office"),
    [
        (f"議題1 {A}（総務課）\n説明を受けた。\n", "総務課"),
        (f"議題1 {A}\n担当課：総務部総務課\n説明を受けた。\n", "総務部総務課"),
        (f"議題1 {A}\n諮問機関　総務部総務課\n説明を受けた。\n", "総務部総務課"),
        (f"議題1 {A}\n担当課\t総務部総務課\n説明を受けた。\n", "総務部総務課"),
        (f"議題1 {A}\n【総務課】\n説明を受けた。\n", "総務課"),
        (f"議題1 {A}\n―総務課から説明―\n", "総務課"),
        (f"議題1 {A}\n説明を受けた。\n", None),
        (f"議題1 {A}（資料1）\n説明を受けた。\n", None),
    ],
)
def test_the_office_that_brought_the_case_is_named(body: str, office: str | None) -> None:
    text = HEAD + body
    (found,) = read(Record("minutes.txt", text, ""))[1]
    assert found.department == office
    if office:
        assert found.department_span is not None
        assert text[slice(*found.department_span)] == office


def test_the_slots_of_a_case_sheet_are_read_with_their_ticks() -> None:
    text = (
        f"個人情報取扱事務諮問シート\n■諮問事項 □報告事項\t{A}\n担当課\t総務部総務課\n"
        "記録の項目\t■氏名 □住所 ☑生年月日\n提供先\t株式会社霞野システム\n"
        '通信\t<input type="checkbox" checked=""> 専用線 <input type="checkbox"> インターネット\n'
    )
    (found,) = read(Record("sheet.txt", text, ""))[1]
    slots = {slot.label: slot for slot in found.slots}
    assert slots["記録の項目"].ticked == ("氏名", "生年月日")
    assert slots["通信"].ticked == ("専用線",)
    assert slots["提供先"].value == "株式会社霞野システム"
    names = {slot.name for slot in found.slots}
    assert {"items", "network", "recipient"} <= names
    assert found.department == "総務部総務課"
    for slot in found.slots:
        assert text[slot.start : slot.end] == slot.value


@pytest.mark.parametrize(
    ("title", "body", "law", "doubted"),
    [
        ("令和5年3月20日", "", "ordinance", False),
        ("令和5年4月18日", "", "act", False),
        ("令和5年4月18日", "根拠 霞野市個人情報保護条例第12条第2項\n", "act", True),
        ("令和5年4月18日", "根拠 個人情報保護条例第12条（法施行条例）\n", "act", False),
        ("令和4年4月18日", "根拠 霞野市個人情報保護条例第12条第2項\n", "ordinance", False),
        ("令和5年9月1日", "根拠 旧条例第36条第1項\n", "ordinance", True),
    ],
)
def test_a_case_knows_under_which_rules_it_was_decided(
    title: str, body: str, law: str, doubted: bool
) -> None:
    text = (
        f"霞野市個人情報保護審議会会議録\n日時 {title}\n議題1 {A}\n{body}○会長 本件は承認とする。\n"
    )
    (found,) = read(Record("minutes.txt", text, ""))[1]
    assert found.law == law
    assert any(doubt.kind is DoubtKind.LAW for doubt in found.doubts) == doubted
    for article in found.articles:
        assert fold(text[article.start : article.end]).endswith(article.name[-3:])


def test_an_undated_case_is_of_no_known_law_and_says_so() -> None:
    (found,) = read(
        Record("minutes.txt", f"霞野市個人情報保護審議会\n議題1 {A}\n説明を受けた。\n", "")
    )[1]
    assert found.law is None
    assert any("どちら" in doubt.text for doubt in found.doubts)


def test_the_word_behind_a_label_of_results_is_the_verdict_whatever_is_told_behind_it() -> None:
    (case,) = read_text(
        "【諮問案件1】配食サービスの名簿の外部提供について\n\n 説明の後、質疑を行った。\n"
        " [結論] 継続。なお、開始が遅れることがあることについて、町は了解した。\n"
    )
    assert case.outcome is Outcome.CONTINUED
    assert case.decisions[0].text == "継続。"
