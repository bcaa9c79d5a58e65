"""Headings: where a record names a matter, in every form; and what is only order of business."""

import pytest

from index.grammar.verdicts import Outcome
from index.headings import Heading, labelled
from index.matters.agendas import agenda, closed
from index.matters.announcements import announced, turned_to
from index.matters.forms import replies, sheets
from index.matters.tables import yearly
from index.text.lines import lines
from index.text.numbering import numbering
from index.text.titles import is_procedure, kind_of, looks_like_title


def titles(text: str) -> list[str]:
    """The titles of the agenda's items."""
    pieces = lines(text)
    return shown(text, agenda(pieces, 0, len(pieces)))


def shown(text: str, headings: list[Heading]) -> list[str]:
    """Their titles, each taken from the text by its spans."""
    for heading in headings:
        assert all(0 <= start < end <= len(text) for start, end in heading.spans)
    return [
        "".join(text[start:end] for start, end in h.spans).replace("\n", "").replace(" ", "")
        for h in headings
    ]


# -- numberings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("1 収集について", "digit", 1), ("１　収集について", "digit", 1), ("１．収集について", "digit", 1), ("1)収集について", "digit", 1),
        ("1、収集について", "digit", 1), ("12. 収集について", "digit", 12), ("第1 収集について", "digit", 1), ("2収集について", "digit", 2),
        ("(1) 収集について", "paren", 1), ("（１）収集について", "paren", 1), ("( 1 ) 収集について", "paren", 1), ("(12) 収集について", "paren", 12),
        ("①収集について", "circled", 1), ("⑳ 収集について", "circled", 20), ("Ⅱ 収集について", "roman", 2),
        ("ア 収集について", "kana", 1), ("ウ　収集について", "kana", 3), ("(イ)収集について", "kanaparen", 2), ("（二）収集について", "kanjiparen", 2),
        ("・収集について", "bullet", 0), ("○収集について", "bullet", 0), ("- 収集について", "bullet", 0), ("■収集について", "bullet", 0),
        ("- (1) 収集について", "paren", 1), ("- 2 収集について", "digit", 2),
        ("一 収集について", "kanji", 1),
        ("⑴ 収集について", "paren", 1),
    ],
)  # fmt: skip
def test_a_numbering_is_known_in_every_style(text: str, style: str, number: int) -> None:
    found = numbering(text)
    assert found is not None
    assert found[:2] == (style, number)
    assert text[found[2] :].strip() == "収集について"


@pytest.mark.parametrize(
    "text",
    [
        "", "収集について", "1年目の収集", "3月1日", "2人の委員", "1件の収集", "2020年の収集", "1.5倍", "10:30から", "第1回の会議", "3条2項",
        "5%の増加", "アンケートの収集", "(資料1)", "1-2 収集", "1/3", "1～3", "-3度", "100 収集",
        "3階の窓口",
    ],
)  # fmt: skip
def test_a_figure_in_a_sentence_is_no_numbering(text: str) -> None:
    assert numbering(text) is None


# -- order of business ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "開会", "閉会", "その他", "会長あいさつ", "市民部長挨拶", "委員の紹介について", "会長の選出について", "副会長及び職務代理者の指名について",
        "前回会議録の承認について", "前回の会議録の確認", "第2回議事要旨について", "会議録の承認", "諮問書の手交", "諮問書の授受", "委嘱状の交付",
        "次回の日程について", "今後のスケジュールについて", "会議の公開について", "傍聴について", "資料の確認", "配布資料", "事務連絡", "定足数の確認",
        "議事録署名委員の指名", "質疑応答", "以上", "開 会", "そ の 他",
    ],
)  # fmt: skip
def test_order_of_business_is_no_matter(title: str) -> None:
    assert is_procedure(title)


@pytest.mark.parametrize(
    "title",
    [
        "防犯カメラの設置について", "前回の質問への回答", "議事録作成支援システムの導入について", "公開型の地図の利用について", "職員紹介の動画について",
        "公園の開放について", "委員会室の予約システムについて",
        *(
            title
            for title in [
                "欠席連絡アプリの導入について", "出席停止の情報の提供について", "連絡網アプリの導入について", "資料館の予約システムの導入について",
                "参考図書の貸出履歴の利用について", "会議録検索システムの導入について", "傍聴券の電子申請について", "日程調整ツールの利用について",
                "休憩室のカメラの設置について", "次回予約のメールの送信について",
            ]
        ),
    ],
)  # fmt: skip
def test_a_matter_is_not_taken_for_order_of_business(title: str) -> None:
    assert not is_procedure(title)


@pytest.mark.parametrize(
    ("title", "is_title"),
    [
        ("防犯カメラの設置について", True), ("水道の検針の件", True), ("「AI-OCRの利用」", True), ("「AI-OCRの利用」について", True),
        ("AI-OCRの利用(諮問)", True), ("AI-OCRの利用【継続】", True), ("AI-OCRの利用（税務課）", True), ("個人情報の取扱いに関すること", True),
        ("外部提供の可否", True), ("第41号諮問事案の審議", True), ("防 犯 カ メ ラ に つ い て", True),
        ("AI-OCRの利用", False), ("本件は承認する。", False), ("説明があった", False), ("会議", False), ("", False),
    ],
)  # fmt: skip
def test_a_title_is_known_by_its_form(title: str, is_title: bool) -> None:
    assert looks_like_title(title) is is_title


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("諮問案件1",), "consultation"), (("AI-OCRの利用について(諮問)",), "consultation"), (("審議1",), "consultation"),
        (("報告事項1",), "report"), (("AI-OCRの利用について(報告)",), "report"), (("令和2年度の運用状況について",), "report"),
        (("審査請求についての諮問",), "review"), (("第41号諮問事案",), "review"), (("公文書非公開決定に係る不服申立て",), "review"),
        (("防犯カメラの設置について",), ""), (("",), ""), (("防犯カメラの設置について", "諮問事項"), "consultation"),
        (("諮問", "報告"), "consultation"),
    ],
)  # fmt: skip
def test_the_kind_of_a_matter_is_told_by_the_words_around_it(
    texts: tuple[str, ...], kind: str
) -> None:
    assert kind_of(*texts) == kind


# -- agendas --------------------------------------------------------------------------------------

TWO = ["防犯カメラの設置について", "水道の検針データの利用について"]


@pytest.mark.parametrize(
    "text",
    [
        "議題\n(1) {}\n(2) {}\n",
        "議題\n（１）{}\n（２）{}\n",
        "議事\n1 {}\n2 {}\n",
        "議事\n１．{}\n２．{}\n",
        "議題\n① {}\n② {}\n",
        "議題\nⅠ {}\nⅡ {}\n",
        "議題\nア {}\nイ {}\n",
        "議題\n（一）{}\n（二）{}\n",
        "議題\n・{}\n・{}\n",
        "議題\n- {}\n- {}\n",
        "議題\n○{}\n○{}\n",
        "◇議題\n  (1) {}\n  (2) {}\n",
        "◆ 議 題\n(1) {}\n(2) {}\n",
        "【議題】\n(1) {}\n(2) {}\n",
        "3 議題\n(1) {}\n(2) {}\n4 傍聴者 なし\n",
        "会議次第\n1 開会\n2 {}\n3 {}\n4 その他\n5 閉会\n",
        "1 開会\n2 会長あいさつ\n3 {}\n4 {}\n5 閉会\n",
        "次第\n1 開会\n2 議事\n(1) {}\n(2) {}\n3 閉会\n",
        "議事\n(1) 諮問事項\nア {}\nイ {}\n(2) その他\n",
        "議事\n1 会長の選出について\n2 {}\n3 {}\n",
        "議事\n1 前回会議録の承認について\n2 {}\n3 {}\n",
        "議題:\n\n(1) {}\n\n(2) {}\n",
        "議題\r\n(1) {}\r\n(2) {}\r\n",
        "諮問案件\n・{}\n・{}\n",
        "議題\n(1) {}\n(2) {}\n\n議事の概要\n（会長）始めます。\n（1）本人の同意について\n（2）費用について\n",
        "議題\n(1) {}\n○会長 始めます。\n(2) {}\n○会長 終わります。\n",
        "## 議題\n1. {}\n2. {}\n",
        "議題一覧\n(1) {}\n(2) {}\n",
    ],
)  # fmt: skip
def test_the_matters_of_an_agenda_are_found_in_every_style(text: str) -> None:
    assert titles(text.format(*TWO)) == TWO


def test_a_title_that_wraps_is_one_title() -> None:
    text = "議題\n(1) 窓口の業務を委ねることに伴う住民の情報の\n    外部への提供について\n(2) 水道の検針データの利用について\n"
    assert titles(text) == ["窓口の業務を委ねることに伴う住民の情報の外部への提供について", TWO[1]]


def test_several_matters_under_one_number_are_told_apart() -> None:
    text = "議事\n(1) 報告事項\n ・防犯カメラの運用状況について\n ・水道の検針データの利用について\n(2) その他\n"
    assert titles(text) == ["防犯カメラの運用状況について", "水道の検針データの利用について"]


@pytest.mark.parametrize(
    "text",
    [
        "議題\n1 開会\n2 会長の選出について\n3 その他\n",
        "配布資料\n1 防犯カメラの設置について\n2 水道の検針データの利用について\n",
        "(1) 本人の同意について\n(2) 費用について\n",
        "議題\n\n",
        "",
    ],
)
def test_a_list_that_is_no_agenda_gives_no_matter(text: str) -> None:
    assert titles(text) == []


# -- labelled headings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("【諮問案件1】{}", "諮問案件1"),
        ("【諮問案件１】　{}", "諮問案件1"),
        ("【諮問案件1】\n{}", "諮問案件1"),
        ("【諮問案件1】（資料6）\n{}", "諮問案件1"),
        ("<諮問第1号>\n{}", "諮問第1号"),
        ("審議 1 {}", "審議1"),
        ("議題1 {}", "議題1"),
        ("議題１　{}", "議題1"),
        ("○議題1 {}", "議題1"),
        ("令和3年度諮問第11号 {}", "令和3年度諮問第11号"),
        ("諮問第 9号　{}", "諮問第9号"),
        ("第64号諮問事案　{}", "第64号諮問事案"),
        ("諮問第3号・第4号 {}", "諮問第3号・第4号"),
        ("議題1(継続諮問) {}", "議題1"),
        ("議題1[継続] {}", "議題1"),
        ("諮問第3号(第5回) {}", "諮問第3号"),
        ("諮問第3号(非公開) {}", "諮問第3号"),
        ("諮問事項1：{}", "諮問事項1"),
        ("議案第1号 {}", "議案第1号"),
        ("報告1 {}", "報告1"),
        ("議題1\n\n{}", "議題1"),
        ("第1号議案 {}", "第1号議案"),
        ("案件(1) {}", "案件(1)"),
        ("議題その1 {}", "議題その1"),
    ],
)  # fmt: skip
def test_a_label_names_its_matter(line: str, label: str) -> None:
    text = line.format("防犯カメラの設置について") + "\n説明を受けた。\n"
    found = labelled(lines(text), text)
    assert shown(text, found) == ["防犯カメラの設置について"]
    assert found[0].label == label
    assert found[0].body


@pytest.mark.parametrize(
    "line",
    [
        "議題1 AI-OCRの利用",
        "審議1 窓口の業務を委ねることに伴う住民の情報の外部への提供に\n   ついて",
        "議題1 （仮称）子どもの居場所の利用者の登録",
    ],
)
def test_a_label_is_enough_without_the_usual_end_of_a_title(line: str) -> None:
    text = f"{line}\n説明を受けた。\n"
    assert len(labelled(lines(text), text)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "議題1について説明を受けた。",
        "議題1は、次回に改めて審議する。",
        "諮問第3号の資料を配った。",
        "議題1 会長の選出について",
        "議題1 その他",
        "資料1 防犯カメラの設置について",
        "第3条 防犯カメラの設置について",
        "第3回 防犯カメラの設置について",
        "審議に入る。",
        "【会長】\nそれでは防犯カメラの設置について始めます。",
        "審議1",
    ],
)
def test_a_line_with_a_label_is_not_always_a_heading(line: str) -> None:
    assert labelled(lines(line), line) == []


# -- the chair's words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("それでは議題(1)に入ります。", 1), ("次に、議事の(2)に移ります。", 2), ("議題２に移ります。", 2), ("案件3、お願いします。", 3),
        ("議題（１）を終わり、議題（２）に移ります。", 2), ("議題に移ります。", None), ("資料2に移ります。", None), ("", None),
        ("【会長】議題４。", 4), ("○会長 日程第三、見守りの件を議題とします。", 3), ("○会長 日程第3、諮問第5号を議題とします。", 5),
    ],
)  # fmt: skip
def test_the_chair_turning_to_an_item_is_noticed(line: str, number: int | None) -> None:
    pieces = lines(line or "。")
    turned = turned_to(pieces[0])
    assert (int(turned[1]) if turned else None) == number


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (
            "○会長 議事の(1)防犯カメラの設置について、事務局から説明してください。",
            "防犯カメラの設置",
        ),
        ("○会長 議題2、水道の検針データの利用についてご審議ください。", "水道の検針データの利用"),
        (
            "○会長 それでは議事の(1)水道の検針データの利用について、事務局から報告してください。",
            "水道の検針データの利用",
        ),
        ("○会長 それでは始めます。", None),
        ("○会長 議事の(1)会長の選出について、事務局から説明してください。", None),
    ],
)
def test_a_matter_may_be_named_by_the_chair_alone(line: str, title: str | None) -> None:
    assert shown(line, announced(lines(line), 0, 1)) == ([title] if title else [])


# -- replies, sheets, tables --------------------------------------------------------------------------

REPLY = "霞総第12号\n令和3年5月11日\n防犯カメラの設置について（答申）\n1 審議会の結論\n設置することは適当である。\n2 理由\n以下に述べる。\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (REPLY, "防犯カメラの設置について（答申）"),
        (
            "答申第7号の概要\n◆ 諮 問 防犯カメラの設置について\n◆ 審議会の結論\n設置することは適当である。\n",
            "防犯カメラの設置について",
        ),
        (
            "答申第7号\n件名　防犯カメラの設置について\n第1 審議会の結論\n設置することは適当である。\n",
            "防犯カメラの設置について",
        ),
        ("令和3年度第1回会議録\n防犯カメラの設置について\n本件は承認とした。\n", None),
        ("", None),
    ],
)
def test_a_reply_is_about_one_matter(text: str, title: str | None) -> None:
    assert shown(text, replies(lines(text), text)) == ([title] if title else [])


SHEET = (
    "諮問事項シート\n{}\t防犯カメラの設置に係る外部提供について\n根拠\t■条例第9条\t□条例第10条\n"
)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("■諮問事項 □報告事項", "consultation"),
        ("□諮問事項 ■報告事項", "report"),
        ("☑諮問 ☐報告事項", "consultation"),
        ('<input type="checkbox" checked=""> 諮問 <input type="checkbox"> 報告', "consultation"),
        ('<input type="checkbox"> 諮問 <input type="checkbox" checked=""> 報告', "report"),
        ("案件名", "consultation"),
    ],
)
def test_a_case_sheet_tells_by_its_boxes_what_it_is(label: str, kind: str) -> None:
    text = SHEET.format(label)
    found = sheets(lines(text))
    assert shown(text, found) == ["防犯カメラの設置に係る外部提供について"]
    assert [(heading.kind, heading.sheet) for heading in found] == [(kind, True)]


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("件名\t審議結果\n防犯カメラの設置について\t承認\n", [Outcome.APPROVED]),
        ("回\t開催日\t諮問内容\t結論\n1\t令和3年5月11日\t・防犯カメラの設置について\t継続審議\n", [Outcome.CONTINUED]),
        ("| 件名 | 審議結果 |\n|---|---|\n| 防犯カメラの設置について | 不承認 |\n", [Outcome.REJECTED]),
        ("件名\t答申\n・防犯カメラの設置について ・水道の検針データの利用について\t承認\n", [Outcome.APPROVED] * 2),
        ("件名\t審議結果\n防犯カメラの設置について\t意見を付して承認\n", [Outcome.APPROVED_WITH_CONDITIONS]),
        ("件名\t審議結果\n防犯カメラの設置について\t\n", []),
        ("件名\t審議結果\n防犯カメラの設置について\t審議中\n", []),
        ("件名\t所管\n防犯カメラの設置について\t承認課\n", []),
        ("氏名\t結果\n山野一郎\t承認\n", []),
        ("件名\t審議結果\n\n防犯カメラの設置について、承認を求める。\n", []),
    ],
)  # fmt: skip
def test_the_table_of_a_yearly_report_gives_matters_and_results(
    text: str, results: list[Outcome]
) -> None:
    found = yearly(text, lines(text))
    assert [heading.result and heading.result[0] for heading in found] == results
    assert shown(text, found) == TWO[: len(results)]
    for heading in found:
        assert heading.result is not None
        assert text[heading.result[1] : heading.result[2]].strip()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("会議の公開\n一部非公開　議題3　部分公開決定に対する審査請求について\n", ["部分公開決定に対する審査請求について"]),
        ("公開 | 一部非公開 2 審査請求の件（新規） |\n", ["審査請求の件（新規）"]),
        ("会議の公開　一部非公開\n", []),
        ("一部非公開　2 名の委員が欠席した。\n", []),
    ],
)  # fmt: skip
def test_a_matter_heard_in_private_is_named_by_the_form(text: str, titles: list[str]) -> None:
    pieces = lines(text)
    assert [heading.title for heading in closed(pieces, 0, len(pieces))] == titles
