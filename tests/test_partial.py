"""What is approved but in part is not told as approved, refused as a whole, or decided on conditions."""

from __future__ import annotations

from itertools import product

import pytest

from index.cases import Case
from index.grammar.verdicts import read_verdict
from index.meetings import read_meetings
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import lines

HEAD = """霞野市個人情報保護審議会 令和4年度第1回会議録
日時 令和4年6月7日
議題
(1) 健診の結果及び住所の提供について
(2) 水道の検針データの公開について

(1) 健診の結果及び住所の提供について
健康課長 健診の結果と住所を大学に提供したい。
委員 誰が見るのか。
健康課長 研究に当たる者だけである。
"""
NEXT = "\n(2) 水道の検針データの公開について\n水道課長 公開したい。\n会長 本件は承認する。\n"


def first_case(told: str) -> Case:
    record = Record("minutes.txt", f"{HEAD}{told}{NEXT}", "")
    pieces = lines(record.text)
    return read_cases(record, pieces, read_meetings(record, pieces))[0]


GOOD = ["承認し", "了承することとし", "適当と認め", "可とし", "認めることとし"]
BAD = [
    "承認しない",
    "認めない",
    "適当でない",
    "不可とする",
    "了承しないこととする",
    "適当と認められない",
    "継続審議とする",
    "保留とする",
]
FORMS = [
    "住所の提供については{good}、健診の結果の提供については{bad}。",
    "住所の提供は{good}、健診の結果の提供は{bad}。",
    "住所に限って{good}、健診の結果の提供は{bad}。",
    "本件のうち、住所の提供については{good}、健診の結果については、必要な理由が示されていないため{bad}。",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_one_part_approved_and_the_other_not_is_an_approval_in_part(form: str) -> None:
    for good, bad in product(GOOD, BAD):
        sentence = form.format(good=good, bad=bad)
        verdict = read_verdict(sentence, about="健診の結果及び住所の提供について")
        assert verdict is not None, sentence
        assert verdict.outcome == "partly_approved", sentence


@pytest.mark.parametrize(
    "told",
    [
        "会長 健診の結果を除き、適当と認める。",
        "会長 健診の結果を除いて、諮問のとおり承認する。",
        "会長 健診の結果に係る部分以外は、承認する。",
        "会長 住所の提供のみ認めることとする。",
        "会長 住所に限り、了承する。",
        "会長 健診の結果の提供は承認しないこととし、住所の提供については承認する。",
        "会長 住所の提供は適当と認める。健診の結果については、提供することは適当でない。ただし、集計した値を出すことは差し支えない。こうした結論でよろしいか。\n(各委員) (異議なし)\n→ 健診の結果を除き、適当と認められた。",
        "会長 住所の提供は適当と認める。健診の結果の提供は適当と認めない。こういうことでよいか。\n委員 異議なし。",
        "→ 健診の結果を除き、適当と認められた。",
        "審議の結果、健診の結果を除いて承認された。",
    ],
)  # fmt: skip
def test_all_but_one_thing_and_one_thing_alone_are_parts(told: str) -> None:
    assert first_case(told).outcome == "partly_approved"


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        # how, when, by whom: of the whole
        ("緊急の場合を除き映像を提供しないことを条件に、本件を承認する。", "approved_with_conditions"),
        ("個人番号を除いて提供することを条件に承認する。", "approved_with_conditions"),
        ("反対の二人を除き、賛成多数で本件は承認された。", "approved"),
        ("本件は、今回に限り承認する。", "approved"),
        ("本件は、令和5年度に限り承認する。", "approved"),
        ("本件は承認し、契約の内容は継続的に確認する。", "approved"),
        ("委員から不適当との意見が出されたが、審議会としては、本件は承認する。", "approved"),
        ("法令に定めがある場合を除き、本件は承認しない。", "rejected"),
        ("必要性は認められるが、本件は承認しない。", "rejected"),
        ("必要性は認めるものの、本件の提供は適当でない。", "rejected"),
        ("目的外利用を除き、本件は承認しない。", "rejected"),
        ("必要性は認め、細目については継続審議とする。", "continued"),
    ],
)  # fmt: skip
def test_what_limits_the_whole_makes_no_part_of_it(sentence: str, outcome: str) -> None:
    verdict = read_verdict(sentence)
    assert verdict is not None
    assert verdict.outcome == outcome


def test_a_part_left_out_in_the_title_is_left_out_of_nothing_else() -> None:
    title = "個人番号を除く被保険者の情報の提供について"
    verdict = read_verdict("個人番号を除き、情報の提供を承認する。", about=title)
    assert verdict is not None
    assert verdict.outcome == "approved"


@pytest.mark.parametrize(
    "told",
    [
        "条件を付けるような意見はなかったと思うので、適当と認める。",
        "条件を付さずに承認する。",
        "条件を付すことなく承認する。",
        "附帯意見は付けず、諮問のとおり承認する。",
        "特段の条件なしで承認する。",
        "意見を付す必要はないと考えられるので、承認とする。",
        "意見を付けるまでもなく、本件は適当と認める。",
        "条件を付ける必要があるとの意見はなかったので、承認する。",
        "条件を付けてはという意見もあったが、付けないこととし、本件は承認する。",
        "条件を付けるべきとの御意見もございましたが、諮問のとおり承認いたします。",
    ],
)  # fmt: skip
def test_a_condition_that_is_not_attached_is_none(told: str) -> None:
    case = first_case(f"会長 {told}")
    assert case.outcome == "approved"
    assert not case.doubts


SEVEN, LOG = "保存を七日とすること", "閲覧を記録すること"


@pytest.mark.parametrize(
    ("told", "conditions"),
    [
        (f"{SEVEN}、これを条件として適当と認める。", [SEVEN]),
        (f"{SEVEN}、それを条件に承認する。", [SEVEN]),
        (f"{SEVEN}、{LOG}、以上を条件に承認する。", [SEVEN, LOG]),
        (f"{SEVEN}、この1点を条件に承認する。", [SEVEN]),
        (f"{SEVEN}。これを条件に承認する。", [SEVEN]),
        (f"{SEVEN}。{LOG}。以上の2点を条件として承認する。", [SEVEN, LOG]),
        (f"一つ、{SEVEN}。二つ、{LOG}。これらを条件に承認する。", [SEVEN, LOG]),
    ],
)  # fmt: skip
def test_a_word_that_stands_for_conditions_is_none_itself(told: str, conditions: list[str]) -> None:
    case = first_case(f"会長 {told}")
    assert case.outcome == "approved_with_conditions"
    assert case.newest is not None
    assert [condition.text.rstrip("。") for condition in case.newest.conditions] == conditions


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("会長 よろしければ、了承ということで。\n(了承)", "approved"),
        ("会長 それでは本件は承認という形で。\n委員一同 異議なし。", "approved"),
        ("会長 特になければ、承認ということで。\n各委員 はい。", "approved"),
        ("会長 継続審議ということで。\n(了承)", "continued"),
        ("会長 不承認ということで。\n(異議なし)", "rejected"),
        ("会長 条件付きの了承ということで。\n(了承)", "approved_with_conditions"),
        # nobody has agreed, or not to this
        ("会長 では、承認ということで。\n委員 私は反対である。", "not_recorded"),
        ("会長 では、承認ということで。", "not_recorded"),
        ("会長 一括して審議したい。\n(了承)", "not_recorded"),
        ("会長 説明者の入室を認めたい。\n(了承)\n委員 保存は何日か。\n健康課長 七日である。", "not_recorded"),
        ("委員 承認ということで。\n(了承)", "not_recorded"),
    ],
)  # fmt: skip
def test_what_a_chair_leaves_open_is_decided_by_those_who_assent(told: str, outcome: str) -> None:
    assert first_case(told).outcome == outcome


REFUSED = "希望しない人の住所まで渡すことは、認められません。よろしいですか。\n委員 異議なし。\n"


@pytest.mark.parametrize("good", ["差し支えありません", "支障はない", "適当と認めます"])
@pytest.mark.parametrize("first", ["希望した人の住所を渡すことは", "希望した人の住所については、"])
def test_a_part_allowed_before_a_part_refused_in_the_chairs_turn_is_approved_in_part(
    first: str, good: str
) -> None:
    turn = f"会長 {first}{good}。{REFUSED}"
    assert first_case(turn).outcome == "partly_approved"


def test_what_is_refused_without_a_part_allowed_is_refused() -> None:
    turn = f"会長 ご説明はよく分かりました。{REFUSED}"
    assert first_case(turn).outcome == "rejected"
