"""How the members voted, why it was put off, and what a later sitting says: as the records tell it."""

from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.drafting.vote_drafts import VOTES
from eval.any_vectors import as_if_real
from index.build import build
from index.japanese import fold

FIRST = """令和4年度第1回 楓原市個人情報保護審議会 会議録
日時 令和4年7月4日（月）
諮問第1号 空き店舗の所有者の情報の商店会への提供について（商工課）
〇商工課長 空き店舗の所有者の連絡先を、にぎわい商店会に渡すものです。
〇桐生委員 隣の霧島原町では、商店会が名簿を広告会社に売って騒動になりました。
〇商工課長 楓原市では売買を協定で禁じます。
〇梅田委員 アルバイトの店員も名簿を見るのですか。
〇商工課長 そこは、まだ詰めておりません。
〇会長 良い取組と思いますが、誰が名簿を見るのかが整理されていません。協定の案もないので、次回もう一度説明してください。
〇会長 諮問第1号は本日は結論を出さず、継続審議とします。
諮問第2号 広報紙の配達に地図アプリを用いることについて（秘書課）
〇秘書課長 配達員に地図アプリを配ります。
〇会長 採決します。賛成4名、反対1名です。諮問第2号は承認することに決定しました。
"""
SECOND = """令和4年度第2回 楓原市個人情報保護審議会 会議録
日時 令和4年10月3日（月）
諮問第1号 空き店舗の所有者の情報の商店会への提供について（商工課）（継続）
〇商工課長 名簿を見るのは商店会の事務局長のみとし、アルバイトには見せません。
〇会長 諮問第1号は承認することに決定しました。
"""


@pytest.mark.parametrize(
    ("said", "votes"),
    [
        ("採決の結果、賛成４名、反対１名であった。", "賛成4名、反対1名"),
        ("承認　8名　　不承認　0名", "承認8名不承認0名"),
        ("賛成３、反対２、棄権１", "賛成3、反対2、棄権1"),
        ("全会一致で承認された。", "全会一致"),
        ("5対1で可決", "5対1"),
        ("承認の件数は8件、不承認は2件", None),
        ("不承認8件のうち", None),
        ("委員1名が反対した。", None),
    ],
)
def test_a_vote_is_known_by_its_two_sides(said: str, votes: str | None) -> None:
    match = VOTES.search(fold(said))
    assert (match and match.group()) == votes


SHEET = """令和5年度第1回楓原郡広域連合個人情報保護審査会（書面開催）の結果について
更新日 令和5年8月10日
議案と結果

議案 件名 担当課 賛成 反対 結果
議案1 介護認定の訪問記録の音声入力 介護課 5 1 可決
議案2 施設の入退館の顔認証 総務課 2 4 否決

議案1 介護認定の訪問記録の音声入力
問1 録音は残るか。
答1 残りません。（介護課）
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    records: Path = tmp_path_factory.mktemp("voting")
    (records / "kaedehara-r4-1.txt").write_text(FIRST, encoding="utf-8")
    (records / "kaedehara-r4-2.txt").write_text(SECOND, encoding="utf-8")
    (records / "kaedeharagun-r5-1.txt").write_text(SHEET, encoding="utf-8")
    folder = tmp_path_factory.mktemp("index")
    build([records], folder, embedder=as_if_real())
    return Assistant.open(folder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("楓原市の地図アプリの件は何対何でしたか", "賛成4名、反対1名"),
        ("楓原市の地図アプリの件、反対は何人でしたか", "賛成4名、反対1名"),
        ("楓原郡広域連合の訪問記録の音声入力、反対は何人いましたか", "賛成5、反対1"),
        ("顔認証の件の賛否は", "賛成2、反対4"),
        ("楓原市の空き店舗の件が7月に継続になった理由は", "整理されていません"),
        ("楓原市の空き店舗の件で、アルバイトは名簿を見られますか", "見せません"),
        ("楓原市で名簿が広告会社に売られた騒動の件は、どう受け止めていますか", "霧島原町"),
    ],
)
def test_the_first_line_holds_what_was_asked(
    assistant: Assistant, question: str, told: str
) -> None:
    assert told in assistant.ask([question]).text.split("\n")[0]


def test_a_member_who_said_nothing_is_not_given_words(assistant: Assistant) -> None:
    answer = assistant.ask(["楓原市の令和4年度第1回で早乙女委員はどんな意見を述べましたか"])
    assert answer.abstained
    assert "早乙女委員の発言は見つかりません" in answer.text.split("\n")[0]


def test_where_no_vote_is_written_no_speech_is_told_for_one(assistant: Assistant) -> None:
    answer = assistant.ask(["楓原市の空き店舗の件で反対は何人でしたか"])
    assert answer.abstained
    assert "見つかりません" in answer.text.split("\n")[0]
