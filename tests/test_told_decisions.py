"""What was decided, told of one case, of many, and side by side."""

import re
from pathlib import Path

import pytest
from asking import Ask, own_words

from assistant.chat import Assistant
from assistant.statements import Style
from eval.any_vectors import as_if_real
from index.grammar.verdicts import Outcome

pytestmark = pytest.mark.model

STUDY = "健診結果の大学への外部提供"

# --- what was decided -------------------------------------------------------------------------


def test_the_verdict_comes_first(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRは承認されましたか")
    assert answer.statements[0].text.startswith("**承認**されました")
    assert "「可」とする" in answer.citations[0].quote
    assert [case.outcome for case in answer.cases] == [Outcome.APPROVED]


def test_each_town_has_its_own_verdict(ask: Ask) -> None:
    answer = ask("AI-OCRの案件は承認されたか。条件は?")
    lead = answer.statements[0].text
    assert "承認1件" in lead
    assert "継続審議1件" in lead
    lines = [line.text for line in answer.statements if line.style is Style.CASE]
    assert ["**承認**" in line for line in lines] == ["楓沢町" in line for line in lines]


def test_what_was_put_off_is_never_told_as_approved(ask: Ask) -> None:
    answer = ask("星ヶ谷村のAI-OCRは承認されましたか")
    assert answer.statements[0].text.startswith("**継続審議**")
    assert "**承認**" not in answer.text
    assert "承認されました" not in own_words(answer)


def test_a_matter_put_off_and_then_approved_is_one(ask: Ask) -> None:
    answer = ask(f"{STUDY}は承認されましたか")
    assert answer.statements[0].text.startswith("**意見・条件を付して承認**")
    steps = [line.text for line in answer.statements if line.style is Style.CASE]
    assert [("継続審議" in step, "最新" in step) for step in steps] == [
        (True, False),
        (False, True),
        (False, False),  # a report on what came of it: a later word, but no verdict
    ]
    assert "**報告**" in steps[-1]
    days = ["2019-01-22", "2019-02-26", "2020-07-09"]
    assert [str(case.day) for case in answer.cases] == days
    assert len({case.chain for case in answer.cases}) == 1


def test_a_list_of_what_was_put_off_has_what_was_approved_since(ask: Ask) -> None:
    answer = ask("継続審議になった案件は?")
    assert not answer.abstained
    assert "継続審議とされたことのある案件" in answer.statements[0].text
    line = next(s.text for s in answer.statements if "特定健診" in s.text)
    assert "**継続審議**" in line
    assert "その後、平成30年度第3回" in line


def test_a_topic_that_names_no_case_is_sought_in_what_was_asked_of_all(ask: Ask) -> None:
    answer = ask("委員から家族についてどんな質問が出ましたか")
    assert not answer.abstained
    assert "やり取り" in answer.statements[0].text
    assert "家族が映り込む" in answer.text


def test_what_was_asked_of_several_cases_says_of_which(ask: Ask) -> None:
    answer = ask("委員からサーバについてどんな質問が出ましたか")
    items = [line.text for line in answer.statements if line.style is Style.ITEM]
    assert re.match(r"案件[2-9]件で", answer.statements[0].text)
    assert all(line.startswith(("星ヶ谷村", "楓沢町")) for line in items)


def test_whether_conditions_were_kept_is_told_of_all_that_have_any(ask: Ask) -> None:
    answer = ask("付けた条件は守られたの?")
    assert re.search(r"その後の報告が記録にあるのは\*\*1件", answer.statements[0].text)
    assert "令和2年度第1回（2020年7月9日）で報告" in answer.statements[1].text


def test_what_no_title_names_is_listed_by_what_its_papers_use(ask: Ask) -> None:
    answer = ask("ビデオ通話を使う案件は?")
    assert "件名に「ビデオ通話」とある案件は見つかりません" in answer.statements[0].text
    assert [case.title for case in answer.cases] == ["オンライン健康相談の実施について"]
    assert not answer.abstained


def test_a_topic_that_no_exchange_touches_is_said_to_be_missing(ask: Ask) -> None:
    answer = ask("水位計の設置は承認されましたか", "委員から騒音についてどんな質問が出ましたか")
    assert answer.abstained
    assert "騒音" in answer.statements[0].text


def test_a_list_takes_nothing_for_granted(ask: Ask) -> None:
    answer = ask("AI-OCRの案件は?", "取り下げられた案件は?")
    assert answer.abstained
    assert "取下げとされた案件は見つかりません" in answer.statements[0].text


def test_a_town_without_conditions_is_told_to_have_none(ask: Ask) -> None:
    answer = ask("楓沢町の令和3年度第3回で条件は付きましたか")
    assert answer.abstained
    assert "条件を付して承認とされた案件は見つかりません" in answer.statements[0].text


@pytest.mark.parametrize("question", ["誰が反対した?", "反対した委員はいますか"])
def test_objections_are_sought_in_all_cases_where_none_is_named(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "渡すべきではない" in answer.text
    assert not answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "センサーの会社が動きの記録を何に使っているか尋ねたのは誰ですか",
        "星ヶ谷村で、センサーの会社は動きの記録を何に使うのかと聞いた委員は誰?",
    ],
)
def test_who_asked_is_not_told_where_no_name_stands(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.abstained
    assert "誰の発言か、記録に名前は書かれていません" in answer.text
    assert "動きの記録を何に使っているのか" in answer.text


def test_what_comes_near_is_offered_as_no_answer(ask: Ask) -> None:
    answer = ask("火葬炉の水位計の電池は、冬の間に何回取り替えましたか")
    assert answer.abstained
    assert "記録からは" in answer.text.splitlines()[0]


def test_which_has_most_conditions_counts_conditions(ask: Ask) -> None:
    answer = ask("条件が一番多く付いた案件は?")
    assert "付いた条件・附帯意見が最も多いのは" in answer.statements[0].text
    assert len(answer.cases) == 1


def test_conditions_are_told_word_for_word(ask: Ask) -> None:
    answer = ask(f"{STUDY}の条件は何ですか")
    told = [c.text for case in answer.cases for d in case.decisions for c in d.conditions]
    assert len(told) == 2
    assert set(told) <= {citation.quote for citation in answer.citations}
    assert all(f"「{words}」" in answer.text for words in told)


def test_that_no_condition_is_told_is_said(ask: Ask) -> None:
    lead = ask("楓沢町のAI-OCRに条件は付きましたか").statements[0].text
    assert lead.startswith("**条件・附帯意見の記載はありません。** **承認**されました")


@pytest.mark.parametrize(
    "question",
    ["楓沢町のAI-OCRが否決された理由は?", "楓沢町のAI-OCRが不承認になったのはなぜですか"],
)
def test_a_false_premise_is_corrected(ask: Ask, question: str) -> None:
    lead = ask(question).statements[0].text
    assert lead.startswith("記録では、不承認となったのではなく、**承認**されました")


def test_brackets_are_not_nested(ask: Ask) -> None:
    lead = ask("楓沢町のAI-OCRは承認されましたか").statements[0].text
    assert "（楓沢町 令和3年度第3回、2022年1月27日）" in lead


# --- lists, counts, things side by side --------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "outcomes"),
    [
        ("否決や継続になったものは", {Outcome.REJECTED, Outcome.CONTINUED}),
        ("承認された案件を全部教えて", {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS}),
        ("意見付きで承認された案件は何件ありますか", {Outcome.APPROVED_WITH_CONDITIONS}),
        ("不承認になった案件は何件中何件ですか", {Outcome.REJECTED}),
    ],
)
def test_a_list_loses_nothing_and_says_of_how_many(
    assistant: Assistant, ask: Ask, question: str, outcomes: set[Outcome]
) -> None:
    answer = ask(question)
    every = assistant.index.cases()
    held = {case.id for case in every if {d.outcome for d in case.decisions} & outcomes}
    assert {case.id for case in answer.cases} == held
    first = answer.statements[0].text.replace("*", "")
    assert re.search(rf"案件{len(every)}件のうち、[^0-9]*{len(held)}件です", first)
    lines = [line for line in answer.statements if line.style is Style.CASE]
    assert len(lines) == len(held)


def test_each_town_is_counted_by_itself_in_the_first_line(assistant: Assistant, ask: Ask) -> None:
    first = ask("楓沢町と星ヶ谷村でそれぞれ何件ありますか").statements[0].text.replace("*", "")
    for town in ("楓沢町", "星ヶ谷村"):
        held = sum(case.municipality == town for case in assistant.index.cases())
        assert f"{town}は{held}件" in first
    assert first.index("楓沢町") < first.index("星ヶ谷村")


def test_what_is_set_side_by_side_is_told_of_each(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRと駐輪場の防犯カメラの費用はそれぞれいくらですか")
    assert "3万5千円" in answer.statements[0].text
    missing = "駐輪場の防犯カメラについては、答えに当たる記載が見つかりません"
    assert any(missing in line.text for line in answer.statements)
    both = ask("楓沢町と星ヶ谷村のAI-OCRでは、年に何枚を読み取りますか")
    assert "6,200枚" in both.text
    assert "800枚" in both.text


def test_a_case_that_lacks_what_is_named_is_in_no_list(ask: Ask) -> None:
    answer = ask("生成AIを使った健診の案件を全部教えて")
    assert answer.abstained
    assert not answer.cases


def test_both_halves_of_a_double_question_are_answered_first(ask: Ask) -> None:
    answer = ask("楓沢町のAI-OCRの案件では、委員からどんな質問が出ましたか。結論は？")
    assert "**承認**されました" in answer.statements[0].text
    assert "やり取り" in answer.statements[1].text


@pytest.mark.parametrize(
    "question",
    [
        "楓沢町の駐輪場の防犯カメラの業者の電話番号は",
        "楓沢町の道路損傷通報アプリに反対した人の理由を教えてください",
        "楓沢町の駐輪場のカメラの映像が漏れたのはいつですか",
    ],
)
def test_a_particular_that_is_not_recorded_is_not_told_by_its_neighbour(
    ask: Ask, question: str
) -> None:
    assert ask(question).abstained


def test_a_condition_is_told_by_its_number_or_is_not_recorded(ask: Ask) -> None:
    second = ask(f"{STUDY}の2つ目の条件は何ですか")
    told = [c.text for case in second.cases for d in case.decisions for c in d.conditions]
    assert told[1] in second.statements[0].text
    assert told[0] not in second.statements[0].text
    fifth = ask(f"{STUDY}の条件の5つ目は")
    assert fifth.abstained
    assert "5つ目の条件は、記録にありません" in fifth.statements[0].text


@pytest.fixture(scope="module")
def desks(desk_index: Path) -> Assistant:
    return Assistant.open(desk_index, embedder=as_if_real())


@pytest.mark.parametrize(
    ("day", "told", "beside"),
    [
        ("11日", "継続審議", "その後、2021年5月18日に**承認**"),
        ("18日", "承認", "2021年5月11日は継続審議"),
    ],
)
def test_a_matter_is_told_as_it_stood_on_the_day_asked_about(
    desks: Assistant, day: str, told: str, beside: str
) -> None:
    answer = desks.ask([f"霞野市の2021年5月{day}の案件は?"])
    (line,) = [s.text for s in answer.statements if "避難行動要支援者名簿" in s.text]
    assert f"（2021年5月{day}）" in line
    assert line.index(f"**{told}**") < line.index(beside)
