"""What an answer tells and what it leaves unsaid: whose words, which reason, whose matter."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.conversations import conversation
from assistant.finding.wordings import gives_ground
from assistant.statements import Style, short_title
from assistant.understanding.terms import Term
from eval.any_vectors import as_if_real
from index.build import build
from index.japanese import fold
from index.text.turns import Exchange, Role

CAMERA = """令和4年度第1回 楓原市個人情報保護審議会 会議録
日時 令和4年7月4日（月）
開催方法 オンライン
諮問第1号 公園への防犯カメラの設置について（公園課）
〇公園課長 園内の見回りだけでは夜間のいたずらを防げないため、防犯カメラを置くものです。市が映像を集めることが本人外収集に該当するため諮問しています。
〇桐生委員 映像は何日で消しますか。
〇公園課長 14日で上書きして消します。
〇桐生委員 掲示がなければ、私は賛成できません。
〇梅田委員 柱の色は何色ですか。
〇公園課長 茶色です。
〇桐生委員 掲示の板は、9月1日に出すということですか。
〇公園課長 そのとおりです。
〇梅田委員 夜の見回りの人数は何人ですか。
〇公園課長 夜の見回りは、ひと晩に4人と見込んでいます。
〇梅田委員 集めた映像は外に出すのですか。
〇公園課長 集めた映像については、捜査機関から文書で照会を受けた場合、災害のときに人の生命を守るために急を要する場合、裁判所から命令を受けた場合その他の法令に定めのある場合であって、公園課長と総務課長がともに必要と認めたときを除き、園の外の者に渡すことは決してありません。
〇会長 諮問第1号は承認することに決定しました。
諮問第2号 プール受付への顔認証の導入について（スポーツ課）
〇スポーツ課長 料金の割引を広報に載せることは、要綱に書きます。受付の機械は防犯カメラの下に置きます。
〇会長 広報のことは要綱に書いていただき、答申には書きません。諮問第2号は、登録のデータを年度末に消去することを条件として承認します。
"""
LIBRARY = """令和4年度第2回 霧島原町個人情報保護審議会 会議録
日時 令和4年9月5日（月）
開催方法 書面
諮問第1号 図書館の予約システムの更新について（図書館）
〇図書館長 予約の記録は90日で消します。
〇会長 諮問第1号は承認することに決定しました。
"""
REPORT = """桐葉市個人情報保護審議会 令和4年度第1回 議事要旨
日時 令和4年8月1日（月）
(1) 健康づくりのアンケートの発送に係る住所情報の利用について
健康課から、アンケートを40歳以上の186人に送るため、住所の情報を用いるとの説明があった。
審議の結果、承認した。
(2) 令和3年度の運用状況について
総務課から報告があった。令和3年9月に図書館で電子メールの誤送信があったので、図書館長が経過と原因、御本人へのお詫びの状況、国への報告の要否、再発を防ぐための手順の見直しについて、配布した資料に沿って順に説明した。予約の用意ができた旨の知らせを1人ずつ送るところを、設定の誤りによって、宛先に312人のアドレスが見える形で送ったものである。
"""
REPLY = """翠根県個人情報保護審議会 答申の概要
◆ 諮問 翠根県立大学の議事録の部分開示決定に対する審査請求についての諮問事案
◆ 事案の経過 答申 令和4年9月24日
◆ 審議会の結論
議事録の一部を開示しないとした決定は妥当である。
"""
SHEETS = """個人情報保護審議会 付議案件シート
霧島原町
件名 入退館の記録の利用
保存期間 30日間
個人情報の項目	■氏名 □住所 ■生年月日 □性別 ■電話番号
提供の形態	□紙媒体 ■電磁的記録媒体
"""
YEARLY = """琴浦町情報公開・個人情報保護審議会の状況

令和3年度は、審議会を1回開催しました。

回数\t開催日・場所\t会議内容及び諮問事項\t結論
1\t令和3年5月11日 町役場会議室\t<p>諮問案件の審議</p> <ul> <li>・学童保育の出欠の管理業務において、登降室システムの導入に伴い、児童の情報をクラウドサーバとオンライン結合を行うことの公益上の必要性の有無（条例第10条第1項第2号）について</li> <li>・建築確認の台帳の整備業務において、KKBシステムの導入に伴い、建築主の氏名と建物の所在地をクラウドサーバとオンライン結合を行うことの公益上の必要性の有無（条例第10条第1項第2号）について</li> </ul>\t承認
"""
TABLE = """令和5年度 柚木原市個人情報保護審議会 答申一覧

諮問番号\t件名\t担当課\t答申日\t結論\t附帯意見
諮問第1号\t資料館の閲覧履歴の分析について\t資料館\t令和5年5月9日\t適当\tなし
諮問第2号\t公用車への記録装置の設置について\t管財課\t令和5年5月9日\t適当\tなし
諮問第3号\t申請書の読取りの自動化について\t情報政策課\t令和5年5月9日\t適当\tなし
諮問第4号\t給付の対象となる世帯の情報の抽出について\t子ども政策課\t令和5年5月9日\t適当\tなし
"""
PAPERS = """令和3年度第2回琴浦町情報公開・個人情報保護審議会 会議概要
日時 令和3年8月3日（火）
【諮問案件1】
子育て相談においてチャットの利用を始めることについて
諮問機関：子育て課

1 業務概要

子育ての相談を、窓口のほかチャットでも受ける。

2 利用を始める時期

審議会答申後

利用者とのやり取りを始める方法

資料1

相談員が窓口で案内の紙を手渡す

3 公益上の必要性

電話で相談を受ける時間を延ばすことも考えられる。しかしながら、夜間に人を置くことができず、相談を待たせる。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("told")
    for name, text in (
        ("kaedehara", CAMERA),
        ("kirishimabara", LIBRARY),
        ("report", REPORT),
        ("sheet", SHEETS),
        ("yearly", YEARLY),
        ("papers", PAPERS),
        ("table", TABLE),
        ("reply", REPLY),
    ):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    embedder = as_if_real()
    build([folder], folder / "index", embedder=embedder)
    return Assistant.open(folder / "index", embedder)


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Callable[..., Answer]:
    return lambda *turns: assistant.ask(turns)


@pytest.mark.parametrize(("word", "title"), [("KKB", "建築確認"), ("登降室", "学童保育")])
def test_what_a_table_says_of_several_matters_is_told_of_each(
    assistant: Assistant, word: str, title: str
) -> None:
    units = assistant.candidates([f"{word}システムで何をクラウドサーバと結合しますか"])
    cases = [unit.case for unit in units if word in unit.text]
    assert cases
    assert all(case is not None and case.title.startswith(title) for case in cases)


def test_the_day_of_a_ruling_is_no_day_of_anything_else(ask: Callable[..., Answer]) -> None:
    assert "5月9日" in ask("柚木原市の資料館の履歴の分析はいつ承認されましたか").text
    answer = ask("柚木原市の記録装置はいつ付けますか")
    assert answer.abstained
    assert "5月9日" not in answer.statements[0].text


def test_an_office_is_not_another_with_its_words(ask: Callable[..., Answer]) -> None:
    cases = ask("情報政策課が諮問した案件を全部").cases
    assert [case.department for case in cases] == ["情報政策課"]


def test_a_heading_goes_with_what_it_names_and_not_with_the_next(
    ask: Callable[..., Answer],
) -> None:
    first = ask("子育て相談のチャットの利用を始める時期はいつですか").statements[0].text
    assert "審議会答申後" in first
    assert "資料1" not in first
    assert "手渡す" not in first


@pytest.mark.parametrize(
    "question", ["翠根市の審議会の結論を教えて", "翠根市の58回目の会議の結論を教えて"]
)
def test_a_town_without_records_is_not_told_its_prefectures_ruling(
    ask: Callable[..., Answer], question: str
) -> None:
    answer = ask(question)
    assert answer.abstained
    assert answer.text.startswith("**翠根市の記録はありません。**")


@pytest.mark.parametrize(
    ("role", "said_by"), [(Role.UNKNOWN, "発言: 「"), (Role.MEMBER, "委員: 「")]
)
def test_what_nobody_is_named_for_is_no_members_word(
    assistant: Assistant, role: Role, said_by: str
) -> None:
    (camera,) = (case for case in assistant.index.cases() if "防犯カメラ" in case.title)
    asked = replace(camera.exchanges[0].question, role=role, speaker="")
    item = assistant.composer.exchanges.item(camera, Exchange(asked, ()))
    words = [piece if isinstance(piece, str) else "「" for piece in item.pieces]
    assert "".join(words).startswith(said_by)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("「広報の配付」の委託について", "「広報の配付」の委託"),
        ("「広報の配付」", "広報の配付"),
        ("「広報の配付」について", "広報の配付"),
    ],
)
def test_a_short_title_has_both_of_its_brackets(title: str, short: str) -> None:
    assert short_title(title) == short


def test_a_member_asked_about_is_told_in_that_members_own_words(ask: Callable[..., Answer]) -> None:
    answer = ask("桐生委員は防犯カメラについて何と言いましたか")
    assert answer.statements[0].text.startswith("桐生委員: 「掲示がなければ")
    assert "何色" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "竹内委員は防犯カメラについて何と言いましたか",  # nobody of that name spoke
        "梅田委員は顔認証について何と言いましたか",  # not of that
    ],
)
def test_nobodys_words_are_put_into_a_members_mouth(
    question: str, ask: Callable[..., Answer]
) -> None:
    answer = ask(question)
    assert answer.abstained
    assert "の発言は見つかりません" in answer.statements[0].text
    assert "何色" not in answer.text


def test_a_quotation_that_is_cut_keeps_the_end_of_its_sentence(ask: Callable[..., Answer]) -> None:
    lead = ask("防犯カメラの映像は園の外に渡すのですか").statements[0].text
    assert "集めた映像" in lead or "捜査機関" in lead or "園の外" in lead
    assert "決してありません。" in lead
    assert len(lead) < 200


def test_what_is_taken_for_a_condition_and_is_none_is_said_to_be_none(
    ask: Callable[..., Answer],
) -> None:
    lead = (
        ask("プールの顔認証では、料金の割引を広報に載せることも条件でしたよね").statements[0].text
    )
    assert "見当たりません" in lead
    held = (
        ask("プールの顔認証では、データを年度末に消去することも条件でしたよね").statements[0].text
    )
    assert "見当たりません" not in held


def test_what_no_title_names_is_told_all_the_same_where_the_record_speaks_of_it(
    ask: Callable[..., Answer],
) -> None:
    # only another town has a matter of its library
    assert "312人" in ask("桐葉市の図書館の誤送信で何人のアドレスが見えましたか").statements[0].text


def test_what_follows_a_title_in_its_sentence_is_told(ask: Callable[..., Answer]) -> None:
    answer = ask("アンケートは何人に送ったのですか")
    assert "186人" in answer.statements[0].text


def test_why_a_matter_came_before_the_council(ask: Callable[..., Answer]) -> None:
    assert "本人外収集に該当するため" in ask("防犯カメラはなぜ諮問されたの").statements[0].text


def test_a_why_without_a_reason_in_the_records_is_not_answered(ask: Callable[..., Answer]) -> None:
    assert ask("防犯カメラの柱はなぜ茶色なのですか").abstained


def test_the_matter_of_another_town_is_named_as_such(ask: Callable[..., Answer]) -> None:
    answer = ask("霧島原町の防犯カメラの映像は何日で消しますか")
    assert answer.abstained
    assert "14日" not in answer.text
    assert "90日" not in answer.text
    assert "楓原市" in answer.text


def test_too_few_values_are_shown_and_not_compared(ask: Callable[..., Answer]) -> None:
    answer = ask("保存期間が一番長い案件は?")
    assert answer.abstained
    assert "比べることは、記録からはできません" in answer.statements[0].text
    assert not re.search(r"最も長い", answer.text)


def test_sittings_are_counted_by_how_they_were_held(ask: Callable[..., Answer]) -> None:
    answer = ask("書面で開かれた会議は何回ですか")
    assert "「書面」と書かれているのは**1回**" in answer.statements[0].text
    items = [line.text for line in answer.statements if line.style is Style.ITEM]
    assert len(items) == 1
    assert items[0].startswith("霧島原町")


@pytest.mark.parametrize(
    ("sentence", "ground"),
    [
        ("夜間のいたずらを防げないため、カメラを置く。", True),
        ("対象者が多く、職員だけでは処理しきれないので委託する。", True),
        ("提供する範囲が整理されていない。", True),
        ("税務課から説明があった。", False),
        ("収集と受付を、それぞれ別の業者に委託している。", False),
        ("費用がかかるからですか。", False),
    ],
)
def test_a_reason_gives_one(sentence: str, ground: bool) -> None:
    assert gives_ground(fold(sentence)) is ground


def test_what_the_office_affirms_is_told_with_the_question(ask: Callable[..., Answer]) -> None:
    first = ask("公園の防犯カメラの掲示の板はいつ出しますか").statements[0].text
    assert "9月1日" in first
    assert "そのとおりです" in first


def test_what_was_only_expected_is_told_as_such(ask: Callable[..., Answer]) -> None:
    asked = ask("公園の夜の見回りの人数は何人ですか")
    assert "4人" in asked.statements[0].text
    assert not asked.abstained
    actual = ask("公園の夜の見回りの人数は実際には何人でしたか")
    assert actual.abstained
    assert "予定や見込み" in actual.statements[0].text


def test_why_a_thing_is_not_done_is_what_is_held_against_it(ask: Callable[..., Answer]) -> None:
    first = ask("子育て相談は、なぜ電話で受ける時間を延ばすのではだめですか").statements[0].text
    assert "しかしながら" in first


@pytest.mark.parametrize(
    ("question", "told", "not_ticked"),
    [
        ("入退館の記録の利用で扱う個人情報の項目は", "氏名、生年月日、電話番号", "住所"),
        ("入退館の記録の利用ではどんな情報を使いますか", "氏名、生年月日、電話番号", "性別"),
        ("入退館の記録の利用で、提供の媒体は何ですか", "電磁的記録媒体", "紙"),
    ],
)
def test_a_field_of_boxes_is_told_by_those_that_are_ticked(
    ask: Callable[..., Answer], question: str, told: str, not_ticked: str
) -> None:
    answer = ask(question)
    assert f"**{told}**" in answer.statements[0].text
    assert not_ticked not in answer.statements[0].text
    assert answer.citations


@pytest.mark.parametrize(("weight", "lacking"), [(2.25, ["防犯カメラ"]), (1.3, [])])
def test_a_matter_whose_papers_mention_what_is_asked_above_all_is_not_of_it(
    assistant: Assistant, weight: float, lacking: list[str]
) -> None:
    (pool,) = (case for case in assistant.index.cases() if "プール" in case.title)
    terms = (
        Term("プール", ("プール",), 1.25, name=True),
        Term("防犯カメラ", ("防犯カメラ",), weight, name=True),
    )
    asked = replace(assistant.ask(["プールの防犯カメラの件は"]).question, terms=terms)
    evidence = assistant.composer.evidence
    assert [term.key for term in evidence.lacking(asked, pool)] == lacking


def _with_likeness(assistant: Assistant, message: str, likeness: float) -> str:
    """The first line of the answer, where the library's passages are so near to the message."""
    question = conversation([message], assistant.vocabulary, assistant)
    hits = [
        replace(hit, likeness=likeness if "図書館" in hit.passage.text else 0.8)
        for hit in assistant.found(message, limit=30)
    ]
    draft = assistant.composer.draft(question, hits)
    return "".join(piece for piece in draft.statements[0].pieces if isinstance(piece, str))


@pytest.mark.parametrize(
    ("message", "likeness", "told"),
    [
        ("霧島原町の蔵書検索アプリの更新は承認されましたか", 0.95, True),
        ("霧島原町の蔵書検索アプリの更新は承認されましたか", 0.85, False),  # not near enough
        ("霧島原町のスプリンクラーは承認されましたか", 0.95, False),  # no word is shared
        ("楓原市の蔵書検索アプリの更新は承認されましたか", 0.95, False),  # another town's
    ],
)
def test_a_case_in_other_words_is_told_with_its_name(
    assistant: Assistant, message: str, likeness: float, told: bool
) -> None:
    first = _with_likeness(assistant, message, likeness)
    assert ("承認**されました" in first) == told
    if told:
        assert first.startswith(
            "「蔵書検索アプリ」とは書かれていませんが、いちばん近い案件は「図書館の予約システムの更新」です。"
        )
    else:
        assert "見つかりません" in first


@pytest.mark.parametrize(
    "question",
    ["掲示について委員から心配の声はありましたか", "掲示に反対した委員はいましたか"],
)
def test_doubts_on_what_no_title_names_are_found_in_any_matter(
    ask: Callable[..., Answer], question: str
) -> None:
    answer = ask(question)
    assert "「掲示がなければ、私は賛成できません。」" in answer.text
    assert not answer.abstained
