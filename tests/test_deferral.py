"""A matter that comes back to the council is never told as approved or rejected, whatever was said of it."""

from collections.abc import Callable

import pytest
from reading import cases_of

from index.grammar.verdicts import Outcome
from index.records import Record

HEAD = """令和5年度第2回霞野市個人情報保護審議会会議録

日時　令和5年8月24日（木）午後2時から午後4時まで
場所　霞野市役所3階会議室
出席委員　5名

諮問第3号　公園カメラの映像の外部提供について

"""
TALK = """○総務課長　公園に置いた8台のカメラの映像を警察署に提供するものである。

○花岡委員　保存は何日か。

○総務課長　14日である。

"""
FORMS: dict[str, Callable[[str], str]] = {
    "the chair": lambda words: f"{TALK}○会長　{words}",
    "under a heading": lambda words: f"{TALK}【審議結果】\n{words}",
    "after a label": lambda words: f"{TALK}結果：{words}",
    "in brackets": lambda words: f"［結果］　{words}",
    "after an arrow": lambda words: f"{TALK}⇒　{words}",
    "narrative": lambda words: f"総務課から説明があった。{words}",
    "agreed": lambda words: (
        f"{TALK}○会長　{words.rstrip('。')}ということでよろしいでしょうか。\n（「異議なし」の声あり）"
    ),
}
PUT_OFF = [
    "適当と認める。ただし、前回の会議で承認した内容と異なるので、結論は次回とする。",
    "適当と認める。ただし、以前承認した案件と併せて、結論は次回とする。",
    "本件は、修正した要領を次回確認した上で承認することとする。",
    "本件は、方向性については了承されたが、細目は次回に改めて審議することとなった。",
    "本件の趣旨はおおむね妥当とされたが、要領の案を整えて再度諮ることとされた。",
    "適当との意見が多かったが、結論は次回とした。",
    "承認する方向で一致したが、協定書の案を確認してから決めることとした。",
    "実施について異論はなかったが、資料を整理して次回再度説明することとなった。",
    "次回の審議会で実施機関から口頭で説明を受けることとなった。",
    "確認の結果を書面で求め、次回に論点を整理することとした。",
    "大筋で了承し、詳細は次回とする。",
    "大筋で了承された。ただし、結論は次回とする。",
    "提供の必要性は認められる。管理の方法は次回に再度説明を受けることとする。",
    "本件は適当と認める。なお、要領の案は次回に改めて諮り、そこで結論を出す。",
    "本件は、必要性は認めるが、なお検討すべき点があるため、引き続き審議する。",
    "本件は趣旨を了承し、要領の案が整った段階で改めて諮問を受けることとした。",
    "目的は妥当であると認められるが、手段について持ち帰り、再検討することとなった。",
    "目的外利用については適当と認められるが、外部提供については次回に判断することとし、本日は結論を出さなかった。",
    "委員の多くは承認してよいとの意見であったが、本日は決定に至らず、次回に持ち越した。",
    "承認の可否は次回の会議で決定する。",
    "次回の会議で承認する。",
    "次回承認することとする。",
    "次回の審議会で承認の見込みである。",
    "条件が整えば次回承認することとなった。",
    "本件については、原案を修正の上、次回の審議会において承認することとした。",
    "諮問のとおりとすることに異論はなかったが、答申は次回とする。",
    "諮問のとおり承認すべきとの意見が多数を占めたが、採決は次回に行うこととした。",
    "審議の結果、承認・不承認のいずれとも決せず、次回に改めて採決することとした。",
    "継続審議（方向性は了承）",
    "継続（承認の方向で次回整理）",
    "次回再審議（おおむね適当）",
    "保留とし、次回審議",
    "可決には至らず、次回の会議で審議する。",
    "承認には至らず、継続とする。",
    "賛成多数には至らなかったため、次回に再度採決する。",
    "過半数の同意が得られず、次回に改めて諮る。",
    "不適当とまでは言えないが、本日は結論を出さないこととした。",
    "承認することはできないとの意見もあり、次回に継続して審議することとなった。",
    "現状では承認できないため、資料を補った上で次回再度諮ることとする。",
    "本日は承認しないこととし、次回に再度審議する。",
    "本件は、本日は承認せず、次回までに要領を整えた上で改めて審議することとした。",
    "本日の資料では適当と認めることはできないため、次回の会議で再度審議する。",
    "書面での同意が過半数に達したが、会長の判断により対面の会議で改めて審議することとした。",
    "事務局で案を整理し、次回お示しすることとなった。",
    "実施機関が持ち帰って検討することとした。",
    "結論は得られなかった。",
    "本日は決定を見送ることとなった。",
    "意見がまとまらず、結論を次回に先送りした。",
]
# what was decided after all, or what else comes at the next sitting
DECIDED = [
    "本件は承認とする。なお、範囲を広げるときは、改めて審議会に諮ること。",
    "本件は承認とします。運用の状況は次回の会議で報告してください。",
    "本件は適当と認める。次回の会議は十月五日に開催する。",
    "本件を承認することとし、答申の文案は次回確認することとする。",
    "本件は諮問のとおり承認する。変更があれば再度説明を求める。",
    "前回継続審議とした本件について、引き続き審議し、承認することとした。",
    "再度の説明を受け、審議の結果、適当と認めた。",
    "前回結論を出さず持ち越していた本件は、要領が整ったので承認することとした。",
    "継続審議となっていた本件について、異議なく承認した。",
    "本件を改めて審議した結果、適当であると認められた。",
    "再度諮問のあった本件は、諮問のとおり承認された。",
    "本件は承認する。答申書は次回に示すこととする。",
    "本件は承認する。答申の文面は会長と事務局で整理することとする。",
    "本件は承認された。電子母子手帳の件は次回に審議する。",
    "本件は承認する。なお、次回に運用の状況の説明を受けることとする。",
    "本件は承認する。次回は別の案件について説明を受ける。",
]
# a chair's own words, over several turns
TOLD_IN_TURNS = [
    "○会長　承認ということでよろしいか。\n\n○小田委員　要領を見てからにすべきだ。\n\n○会長　それでは、次回に継続ということにいたします。",
    "○会長　承認することに御異議ございませんか。\n\n○小田委員　異議があります。\n\n○会長　では持ち帰りとし、次回また諮ります。",
    "○会長　適当と認めてよろしいでしょうか。\n　　（発言なし）\n○会長　まだ御疑問があるようですので、次回に回しましょう。",
    "○会長　採決の結果は賛成3名、反対3名です。可否同数ですので、本日は決せず、次回に再度採決いたします。",
    "○会長　本件の趣旨は適当であると認めます。ただ、要領が示されていないので、次回改めて審議することとします。",
]


def outcome_of(told: str) -> Outcome:
    record = Record("minutes.txt", f"{HEAD}{told}\n", "")
    (case,) = cases_of(record)
    return case.outcome


@pytest.mark.parametrize("form", FORMS)
def test_a_matter_put_off_is_never_told_as_decided(form: str) -> None:
    outcomes = [outcome_of(FORMS[form](words)) for words in PUT_OFF]
    decided = [
        words
        for words, outcome in zip(PUT_OFF, outcomes, strict=True)
        if outcome not in (Outcome.CONTINUED, Outcome.NOT_RECORDED)
    ]
    assert decided == []
    assert outcomes.count(Outcome.CONTINUED) >= 0.7 * len(PUT_OFF)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "agreed"])
def test_what_comes_at_the_next_sitting_takes_back_no_approval(form: str) -> None:
    approved = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
    lost = [words for words in DECIDED if outcome_of(FORMS[form](words)) not in approved]
    assert lost == []


@pytest.mark.parametrize("told", TOLD_IN_TURNS)
def test_a_chair_who_puts_a_matter_off_has_not_approved_it(told: str) -> None:
    assert outcome_of(TALK + told) is Outcome.CONTINUED
