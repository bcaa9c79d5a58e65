"""What is understood of a message: its intent, towns, years, the thing wanted, what it inherits."""

import pytest

from assistant.conversations import conversation
from assistant.questions import Question, read_question
from assistant.understanding.asked_cases import Extreme
from assistant.understanding.intents import Intent, read_intent
from assistant.understanding.labels import read_labels
from assistant.understanding.outside import Outside
from assistant.understanding.places import read_places
from assistant.understanding.terms import Vocabulary
from assistant.understanding.wants import Wanted, read_wants
from index.grammar.verdicts import Outcome

TOWNS = frozenset({"楓沢町", "星ヶ谷村", "霞野市", "翠山県"})
VOCABULARY = Vocabulary(TOWNS, 500, lambda _: 3, ("ai-ocrの利用", "見守りカメラの設置"))


def read(text: str) -> Question:
    return read_question(text, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "of_all"),
    [
        ("楓沢町の令和3年度第2回の審議事項と結論は?", True),
        ("楓沢町の令和3年度の諮問3件、結果を並べて", True),
        ("星ヶ谷村の第2回にかかった議案と結果を教えて", True),
        ("楓沢町の第43回の審議の結果を案件ごとに", True),
        ("楓沢町の見守りカメラの諮問の結果は?", False),
        ("楓沢町の諮問第5号の結論は?", False),
    ],
)
def test_how_all_matters_of_a_sitting_ended(text: str, of_all: bool) -> None:
    question = read(text)
    assert (question.intent is Intent.LIST and not question.terms) is of_all


def test_what_stands_everywhere_hardly_speaks_for_a_compound() -> None:
    common = Vocabulary(TOWNS, 500, lambda word: 480 if word in ("個人", "情報") else 3)
    (term,) = read_question("要配慮個人情報は?", common).terms
    assert term.share("個人情報の提供") < 0.4
    assert term.share("要配慮の情報") > 0.4


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("AI-OCRは承認されましたか", Intent.VERDICT),
        ("AI-OCRってOKが出たんですか?", Intent.VERDICT),
        ("見守りカメラの結論は?", Intent.VERDICT),
        ("名簿を外に出すのは結局いいってことになった?", Intent.VERDICT),
        ("通学路に置いてよいということで決まりましたか", Intent.VERDICT),
        ("AI-OCRに条件は付きましたか", Intent.CONDITIONS),
        ("附帯意見は何ですか", Intent.CONDITIONS),
        ("AI-OCRが不承認になったのはなぜですか", Intent.REASON),
        ("委員からどんな質問が出ましたか", Intent.EXCHANGE),
        ("反対した委員はいますか", Intent.EXCHANGE),
        ("承認された案件の一覧", Intent.LIST),
        ("給付金の案件はどこの自治体にありますか", Intent.LIST),
        ("検診の案内を委託したのはどの市ですか", Intent.LIST),
        ("どの町がクラウドの案件を承認していますか", Intent.LIST),
        ("AI-OCRの先例はありますか", Intent.LIST),
        ("令和3年度の案件は何件ですか", Intent.COUNT),
        ("楓沢町と星ヶ谷村の結論を比べてください", Intent.COMPARISON),
        ("見守りカメラの審議の経緯を教えてください", Intent.HISTORY),
        ("審議会はいつ開かれましたか", Intent.MEETING),
        ("出席者を教えてください", Intent.MEETING),
        ("第3回は公開でしたか", Intent.MEETING),
        ("見守りカメラはいつ諮問されましたか", Intent.MEETING),
        ("開示請求の手数料はどうなりますか", Intent.FACT),
        ("委員会の電話番号は", Intent.FACT),
        ("市民から寄せられた意見は何件ですか", Intent.FACT),
        ("町民意見は何件来ましたか", Intent.FACT),
        ("委員が述べた意見は?", Intent.EXCHANGE),
        ("オンライン結合とは何ですか", Intent.DEFINITION),
        ("滞納って何世帯くらいですか", Intent.FACT),
        ("AI-OCRに付いた条件って何ですか", Intent.CONDITIONS),
        ("データの保存期間はどのくらいですか", Intent.FACT),
        ("委託先はどこの会社ですか", Intent.FACT),
        ("AI-OCRって何ですか", Intent.DEFINITION),
        ("個人情報の取扱いで問題になったことは", Intent.FACT),
        ("AI-OCRって何に使うの?", Intent.FACT),
        ("要配慮個人情報を扱う案件はある?", Intent.LIST),
        ("?", Intent.FACT),
        ("給付金の案件、全部でいくつ?", Intent.COUNT),
        ("目的外利用の案件だけ知りたい", Intent.LIST),
        ("否決されたことはありますか", Intent.LIST),
        ("名簿がダメになったわけ", Intent.REASON),
        ("写真はどのくらい保管される?理由も", Intent.FACT),
        ("条件を付けるのかと聞かれて課長は何と答えた?", Intent.EXCHANGE),
        ("LINE WORKSってなに", Intent.DEFINITION),
    ],
)
def test_the_intent(text: str, intent: Intent) -> None:
    assert read_intent(text) is intent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("費用はいくらですか", [Wanted.MONEY]),
        ("画像は何日間残りますか", [Wanted.DURATION]),
        ("いつから始めますか", [Wanted.TIME]),
        ("どこの会社に頼みますか", [Wanted.COMPANY]),
        ("どこの課の案件ですか", [Wanted.OFFICE]),
        ("何条が根拠ですか", [Wanted.LAW]),
        ("カメラは何台ですか", [Wanted.NUMBER]),
        ("会場はどこですか", [Wanted.PLACE]),
        ("対象は何人で、いつ始めますか", [Wanted.NUMBER, Wanted.TIME]),
        ("どうやって消しますか", [Wanted.ANYTHING]),
        ("", [Wanted.ANYTHING]),
    ],
)
def test_the_thing_wanted(text: str, wanted: list[Wanted]) -> None:
    assert read_wants(text) == wanted


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("楓沢町のAI-OCRは?", ("楓沢町",), ()),
        ("楓沢のAI-OCRは?", ("楓沢町",), ()),
        ("県の審議会では?", ("翠山県",), ()),
        ("横浜市のAI-OCRは?", (), ("横浜市",)),
        ("旭ヶ丘市ではどうですか", (), ("旭ヶ丘市",)),
        ("AI-OCRは承認されましたか", (), ()),
        ("東京都の審議会ではどうですか", (), ("東京都",)),
        ("横浜の防犯カメラは?", (), ("横浜",)),
        ("東京都内のデータセンターにありますか", (), ()),
        ("政令市の例はありますか", (), ()),
        ("霞野町のAI-OCRは?", (), ("霞野町",)),
        ("東楓沢町のAI-OCRは?", (), ("東楓沢町",)),
        ("", (), ()),
    ],
)
def test_the_towns(text: str, known: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    question = read(text)
    assert question.municipalities == known
    assert question.unknown_places == unknown


@pytest.mark.parametrize(
    ("text", "town", "written"),
    [
        ("すいざん県のドローンは?", "翠山県", "すいざん県"),
        ("Was the drone approved in Suizan?", "翠山県", "Suizan"),
        ("星ヶ屋村のAI-OCRは?", "星ヶ谷村", "星ヶ屋村"),
    ],
)
def test_a_town_written_otherwise_is_found_and_told(text: str, town: str, written: str) -> None:
    question = read(text)
    assert question.municipalities == (town,)
    assert question.taken == ((written, town),)


def test_another_real_town_is_never_taken_for_one_of_the_index() -> None:
    places = frozenset({"東川町"})  # 東海町 would be a slip; 東神楽町 and 上川町 are towns
    assert read_places("上川町のAI-OCRは?", places).known == ()
    assert read_places("上川町のAI-OCRは?", places).unknown == ("上川町",)


def test_two_towns_are_both_named() -> None:
    assert set(read("楓沢町と星ヶ谷村のAI-OCRは?").municipalities) == {"楓沢町", "星ヶ谷村"}


@pytest.mark.parametrize(
    ("text", "years", "calendar", "ordinal"),
    [
        ("令和3年度のAI-OCRは?", (2021,), (), None),
        ("令和３年度第２回の案件", (2021,), (), 2),
        ("平成30年度のAI-OCRは?", (2018,), (), None),
        ("令和元年度の案件", (2019,), (), None),
        ("R3の案件は?", (2021,), (), None),
        ("R3に承認された案件は何件?", (2021,), (), None),
        ("r3とr4を比べて", (2021, 2022), (), None),
        ("令和2年度と3年度の件数は?", (2020, 2021), (), None),
        ("平成29、30年度の案件", (2017, 2018), (), None),
        ("R3システムの案件は?", (), (), None),
        ("2021年のAI-OCRは?", (), (2021,), None),
        ("令和3年のAI-OCRは?", (), (2021,), None),
        ("第2回の議題は?", (), (), 2),
        ("第二回の議題は?", (), (), 2),
        ("令和三年十月の案件は?", (), (2021,), None),
        ("平成20年総務省告示第3号とは?", (), (), None),
        ("AI-OCRは?", (), (), None),
    ],
)
def test_the_times(
    text: str, years: tuple[int, ...], calendar: tuple[int, ...], ordinal: int | None
) -> None:
    question = read(text)
    assert (question.years, question.calendar_years) == (years, calendar)
    assert question.ordinal == ordinal


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("諮問第14号の結論", [("諮問", 14)]),
        ("第41号事案について", [("事案", 41)]),
        ("諮問案件2と案件4", [("諮問", 2), ("案件", 4)]),
        ("令和3年度諮問第7号", [("諮問", 7)]),
        ("条例第10条第1項第2号", []),
        ("案件は5件あります", []),
        ("報告1件", []),
        ("答申第9号", []),
    ],
)
def test_the_labels(text: str, labels: list[tuple[str, int]]) -> None:
    assert [(label.kind, label.number) for label in read_labels(text)[1]] == labels


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("こんにちは", Outside.GREETING),
        ("ありがとうございます", Outside.THANKS),
        ("何ができますか", Outside.HELP),
        ("次の審議会で承認されますか", Outside.FORECAST),
        ("個人情報を漏らしたらどうすればいいですか", Outside.ADVICE),
        ("会長の電話番号は", Outside.PERSONAL),
        ("会議室の予約を取ってください", Outside.TASK),
        ("生活保護の申請方法を教えてください", Outside.SERVICE),
        ("明日の霞野市の天気は", Outside.TASK),
        ("うちの市でもカメラを付けてよいでしょうか", Outside.ADVICE),
        ("承認されましたか", None),
        ("明日の会議で見守りカメラの諮問があります。過去の結論は?", None),
        ("うちの課で見守りカメラを付けることになりました。前例はありますか", None),
        ("うちの町でも始めます。過去の例は", None),
        ("登録を削除してくださいと求められた案件は", None),
        ("霞野市の開示請求では、申請方法に意見が付きましたか", None),
        ("AI-OCRは承認されていますか", None),
        ("会長は誰ですか", None),
        ("漏えいしたときの対応は?", None),
    ],
)
def test_what_minutes_cannot_answer(text: str, outside: Outside | None) -> None:
    assert read(text).outside is outside


@pytest.mark.parametrize(
    ("text", "extreme"),
    [
        ("一番新しい案件は", Extreme.NEWEST),
        ("最も案件が多いのはどの町ですか", Extreme.MOST),
        ("最初の会議はいつ", Extreme.OLDEST),
        ("一番件数が多い項目は", None),
        ("保存期間が一番長い案件は?", Extreme.OF_A_FIELD),
        ("一番たくさんの人が対象になる案件ってどれ", Extreme.OF_A_FIELD),
    ],
)
def test_the_newest_and_the_most(text: str, extreme: Extreme | None) -> None:
    assert read(text).extreme is extreme


@pytest.mark.parametrize(
    ("text", "presumed"),
    [
        ("AI-OCRが否決された理由は?", Outcome.REJECTED),
        ("レセプトの大学への提供を断った理由は?", Outcome.REJECTED),
        ("カメラが取り下げられた理由は?", Outcome.WITHDRAWN),
        ("承認されたのはなぜですか", Outcome.APPROVED),
        ("AI-OCRは承認されたか", None),
        ("AI-OCRの結論は?", None),
    ],
)
def test_what_is_taken_for_granted(text: str, presumed: Outcome | None) -> None:
    assert read(text).presumed is presumed


@pytest.mark.parametrize("text", ["AI-OCRは?", "ＡＩ－ＯＣＲは?", "ai-ocrは?"])
def test_a_word_is_the_same_in_any_width(text: str) -> None:
    assert [term.key for term in read(text).terms] == ["ai-ocr"]


def test_words_that_only_ask_are_no_terms() -> None:
    assert read("どうなりましたか。教えてください。").terms == ()


@pytest.mark.parametrize(
    ("turns", "intent", "towns", "years", "matter"),
    [
        (["楓沢町のAI-OCRは承認されましたか", "その条件は?"], Intent.CONDITIONS, ("楓沢町",), (), True),
        (["楓沢町のAI-OCRは承認されましたか", "では星ヶ谷村では?"], Intent.VERDICT, ("星ヶ谷村",), (), True),
        (["楓沢町のAI-OCRの条件は?", "星ヶ谷村は?"], Intent.CONDITIONS, ("星ヶ谷村",), (), True),
        (["楓沢町の令和3年度のAI-OCRは承認されましたか", "その理由は?"], Intent.REASON, ("楓沢町",), (2021,), True),
        (["楓沢町のAI-OCRは承認されましたか", "ところで、見守りカメラの条件は?"], Intent.CONDITIONS, (), (), False),
        (["楓沢町のAI-OCRは承認されましたか", "ありがとう", "その条件は?"], Intent.CONDITIONS, ("楓沢町",), (), True),
        (["楓沢町の令和3年度のAI-OCRは?", "令和2年度は?"], Intent.VERDICT, ("楓沢町",), (2020,), True),
        (["楓沢町のAI-OCRは?", "担当課は?", "委託先は?"], Intent.FACT, ("楓沢町",), (), True),
        (["楓沢町のAI-OCRは?", "見守りカメラは?"], Intent.VERDICT, (), (), False),
        (["楓沢町のAI-OCRの件数は?", "うち学校の分は何件?"], Intent.FACT, ("楓沢町",), (), True),
        (["楓沢町のAI-OCRは?", "同じ町の見守りカメラは?"], Intent.VERDICT, ("楓沢町",), (), False),
        (["楓沢町のAI-OCRは?", "星ヶ谷村の見守りカメラは?", "さっきのAI-OCRの条件は?"], Intent.CONDITIONS, ("楓沢町",), (), True),
        (
            ["楓沢町のAI-OCRは承認されましたか", "星ヶ谷村の固定資産税の航空写真の目的外利用は承認されましたか"],
            Intent.VERDICT, ("星ヶ谷村",), (), False,
        ),
    ],
)  # fmt: skip
def test_what_a_follow_up_inherits(
    turns: list[str], intent: Intent, towns: tuple[str, ...], years: tuple[int, ...], matter: bool
) -> None:
    question = conversation(turns, VOCABULARY)
    assert question.intent is intent
    assert question.municipalities == towns
    assert question.years == years
    assert ("ai-ocr" in {term.key for term in question.terms}) is matter


@pytest.mark.parametrize("turns", [[""], ["", ""], ["AI-OCRは?", ""], ["?" * 5_000], ["\x00"]])
def test_no_message_is_too_odd(turns: list[str]) -> None:
    assert conversation(turns, VOCABULARY).text == turns[-1][:1_000].strip()


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("明日の審議会で見守りカメラの諮問があります。過去の結論は?", "見守りカメラ"),
        ("うちの課で見守りカメラを付けることになりました。前例はありますか", "見守りカメラ"),
        ("新任の委員です。見守りカメラの条件だけ教えてください", "見守りカメラ"),
        ("来週の会議に見守りカメラ関連の案件が出ます。先例を全部見せて", "見守りカメラ"),
        ("見守りカメラ関係", "見守りカメラ"),
        ("これまでの経緯を順に見せて", ""),
        ("自治会の案件は?", "自治会"),
    ],
)
def test_who_asks_and_for_which_day_is_no_matter(text: str, matter: str) -> None:
    question = read(text)
    assert "".join(term.key for term in question.terms) == matter
    assert question.kinds == ()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("2023年4月以降の案件", 2023, 2022),
        ("令和5年4月1日以後の案件", 2023, 2022),
        ("2023年4月より前の案件", 2022, 2023),
        ("令和3年度以降の案件", 2021, 2020),
        ("令和3年度以前の案件", 2021, 2022),
        ("個人情報保護法に変わったあとの案件", 2023, 2022),
        ("新法になってからの案件", 2023, 2022),
        ("法改正前の案件", 2022, 2023),
        ("条例のころの案件", 2022, 2023),
    ],
)
def test_a_span_of_time_with_one_end(text: str, inside: int, outside: int) -> None:
    question = read(text)
    assert inside in question.years
    assert outside not in question.years
    assert question.terms == ()


def test_an_act_that_is_only_named_is_no_time() -> None:
    assert read("個人情報保護法に基づく委託後の監督はどうしますか").years == ()
    assert read("個人情報保護法が適用されるのはなぜですか").years == ()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("白波の諮問第4号は承認されましたか", ("白波広域連合",)),
        ("白波広域連合で健診の案件はありますか", ("白波広域連合",)),
        ("青霧の水道の件は?", ("青霧水道企業団",)),
        ("白波市の水道の件は?", ()),
    ],
)
def test_a_union_of_towns_is_known_by_its_short_name(text: str, known: tuple[str, ...]) -> None:
    assert read_places(text, {"白波広域連合", "青霧水道企業団"}).known == known


@pytest.mark.parametrize(
    "text", ["霞野府の案件は?", "霞野県ではどうでしたか", "霞野県警に出した案件"]
)
def test_a_prefecture_is_not_the_town_of_its_name(text: str) -> None:
    assert read(text).municipalities == ()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("せんさーの値は何日残る?", (("せんさー", "センサー"),)),
        ("楓沢町　せんさー　結果", (("せんさー", "センサー"),)),
        ("かめらまんの名前は?", ()),
        ("楓沢町のこせきの件は?", (("こせき", "戸籍"),)),
        ("戸籍のうち、どれ?", ()),
        ("こせきカードは?", (("こせき", "戸籍"),)),
        ("これまでの経緯は?", ()),
    ],
)
def test_a_word_in_hiragana_is_the_one_of_the_titles(
    text: str, taken: tuple[tuple[str, str], ...]
) -> None:
    titles = ("通学路へのカメラの設置", "田のセンサーの設置", "戸籍の届", "農地の台帳")
    vocabulary = Vocabulary(TOWNS, 500, lambda _: 0, titles)
    assert read_question(text, vocabulary).taken == taken


@pytest.mark.parametrize(
    ("text", "intent", "wanted"),
    [
        ("可決された議案はいくつありますか", Intent.COUNT, Wanted.NUMBER),
        ("霞野市　監視カメラ　結果", Intent.VERDICT, Wanted.ANYTHING),
        ("保存期間が長すぎるとされたのはなぜですか", Intent.REASON, Wanted.ANYTHING),
        ("書面開催の回答期限は", Intent.FACT, Wanted.TIME),
        ("結論が出たのは何回目の審議ですか", Intent.FACT, Wanted.ANYTHING),
    ],
)
def test_what_is_asked_beside_the_matter(text: str, intent: Intent, wanted: Wanted) -> None:
    question = read(text)
    assert (question.intent, question.wanted) == (intent, wanted)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("資料館の案件は?", "資料館"),
        ("記録装置は認められましたか", "記録装置"),
        ("部分開示の件数は", "部分開示"),
        ("楓沢町の案件一覧", None),
        ("会議の資料は?", None),
    ],
)
def test_an_asking_word_that_begins_a_compound_names_something(text: str, key: str | None) -> None:
    assert [term.key for term in read(text).terms] == ([key] if key else [])
