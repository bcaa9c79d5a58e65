"""Sentences that look like a verdict of the council and are none."""

import pytest
from reading import outcome_of

from index.grammar.verdict_words import read_appeal
from index.grammar.verdicts import Outcome, read_verdict

APPROVED = Outcome.APPROVED
ON_CONDITIONS = Outcome.APPROVED_WITH_CONDITIONS
PARTLY = Outcome.PARTLY_APPROVED
CONTINUED = Outcome.CONTINUED
REJECTED = Outcome.REJECTED
WITHDRAWN = Outcome.WITHDRAWN


# -- what looks like a verdict ---------------------------------------------------------------------

MINUTES_APPROVED = [
    "前回の会議録について、原案のとおり承認した。",
    "前回会議の議事要旨は承認された。",
    "議事録の確認を行い、了承された。",
    "第3回の会議概要について承認を行った。",
    "会議録(案)は異議なく承認されました。",
    "会議要旨については、修正の上で承認する。",
]
ELECTIONS = [
    "会長に山野委員を選出することを承認した。",
    "副会長の選任について、全員一致で承認された。",
    "職務代理者には海原委員が指名され、了承された。",
    "議事録署名委員に谷口委員を指名し、承認された。",
    "部会長は互選により決定した。",
]
# words of approval of something else, or before it is decided
NOT_OF_THE_CASE = [
    "担当課の説明を了とした。",
    "受付を完了とする。",
    "三月末をもって満了とする。",
    "特に異議はない。",
    "委員から、問題はないとの意見があった。",
    "やむを得ないと認められるときは、提供することができる。",
    "保護者が承認に至らなかった例がある。",
    "課長が修正の上、承認する。",
    "市長は、年に一度報告することを条件に承認した。",
]
THE_SITTING = [
    "傍聴を許可する。",
    "傍聴人の入室を認めた。",
    "本日の会議は公開とすることを決定した。",
    "この議題は非公開とすることを承認した。",
    "次回の開催日時は、令和4年1月29日に決定した。",
    "次回の日程について了承した。",
    "本件は議題とする。",
    "これより審議に入る。",
]
QUESTIONS_AND_REQUESTS = [
    "本件を承認してよろしいか。",
    "この件は承認ということでよろしいでしょうか。",
    "承認とすることでいかがでしょうか。",
    "承認か継続審議か。",
    "承認をいただきたい。",
    "ご承認くださるようお願いします。",
    "本件についてお諮りします。",
    "審議会の承認を求める。",
    "審議会の承認を求めるものである。",
    "次のとおり諮問する。",
    "承認するか否かを審議する。",
    "承認の可否について伺いたい。",
    "この仕組みが可とされた理由は何か。",
    "取下げの手続はどうなるのか。",
]
OPINIONS = [
    "条件が付くなら認める余地はある。",
    "保存期間を短くするなら承認してもよいと思う。",
    "私は承認したい。",
    "承認すべきではないと考える。",
    "私としては構わない。",
    "適当かどうか判断に迷う。",
    "もう少し資料を見てから承認するべきではないか。",
    "承認に賛成の意見が多かった。",
    "委員から、承認してよいとの意見があった。",
    "A委員から、本件は不適当であるとの意見が出された。",
    "実施機関から、支障はないとの回答があった。",
]
ANOTHER_TIME = [
    "以前承認した案件の変更である。",
    "昨年度に承認された案件と同じ仕組みである。",
    "前回の会議で継続審議となった案件である。",
    "すでに承認を得ている。",
    "これまで条例に基づき承認されてきた事務である。",
    "令和2年度に承認された外部提供の件数を報告する。",
    "第2回審議会において承認された。",
    "過去に不承認とされた例がある。",
]
NOT_YET = [
    "承認後は速やかに契約を結ぶ。",
    "承認されれば、来月から利用を始める。",
    "承認された場合は、直ちに周知する。",
    "承認を得た上で実施する。",
    "承認が得られなかった場合は利用しない。",
    "不承認の場合は見直す。",
    "可とする場合の条件を考える。",
    "審議会の承認が必要である。",
    "審議会の意見を聴くものとする。",
]
NAMES_AND_TITLES = [
    "事前承認の手続を廃止することについて",
    "事前一括承認の基準の改正について",
    "2 審議の結果について",
    "審議結果",
    "承認の基準について説明する。",
    "不可欠な情報に限る。",
    "妥当性について質問があった。",
    "適当な時期に見直す。",
    "否定的な意見もあった。",
    "継続的に監視する。",
]
THE_AGENCY_DECIDES = [
    "実施機関が行った不承認決定を不服とする審査請求である。",
    "利用停止不承認決定に対する審査請求について",
    "市長は開示の請求を却下した。",
    "部分開示決定の処分を受けた。",
    "申請を承認する権限は課長にある。",
    "課長が承認したものだけが出力される。",
    "実施機関は、部分開示が妥当であると主張する。",
]
OTHERS_DECIDE = [
    "大学の倫理審査委員会で承認された研究である。",
    "他市の審議会では承認されたと聞いている。",
    "本人の同意を得た場合に限り提供する。",
    "画面で同意した場合に送信される。",
    "国が認める規格である。",
    "申込みを取り下げた人の情報は消去する。",
    "システムの停止は許可制である。",
    "個人情報の適切な管理を行うものとする。",
    "利用を可能とした。",
    "目的外の利用はない。",
]
SILENCE = [
    "異議なし。",
    "はい、異議ありません。",
    "特に意見はなかった。",
    "質問はなかった。",
    "",
    "。",
    "\u3000",
]


@pytest.mark.parametrize(
    "sentence",
    [
        *MINUTES_APPROVED, *ELECTIONS, *THE_SITTING, *QUESTIONS_AND_REQUESTS, *OPINIONS, *ANOTHER_TIME, *NOT_YET,
        *NAMES_AND_TITLES, *THE_AGENCY_DECIDES, *OTHERS_DECIDE, *NOT_OF_THE_CASE, *SILENCE,
    ],
)  # fmt: skip
def test_what_only_looks_like_a_verdict_is_none(sentence: str) -> None:
    assert outcome_of(sentence) is None


SUBJECT = "who or what the clause is about is not looked at: "


@pytest.mark.parametrize(
    "sentence",
    [
        # whoever it is that agrees, allows or decides, it is not the council
        "保護者から同意を得る。", "本人が同意した。", "利用者は画面で同意する。", "取得について本人の了承を得る。", "事業者が了承した。",
        "申請は課長が承認する。", "利用者の登録は管理者が承認する。", "管理者が閲覧を許可する。",
        "市が支給を決定する。", "申請を審査し、給付を決定した。", "対象者は抽選により決定する。", "導入は庁議で決定した。",
        "市長が特に必要と認める。", "担当課が必要と認めた。", "実施機関は、公益上必要があると認めた。", "所長が適当と認めた。",
        "倫理審査委員会の承認を得た。", "県の審議会で承認された。", "教育委員会で承認された。", "条例の改正が議会で可決された。",
        "処分庁は、非公開が妥当であるとした。", "市長が不承認と決定した。", "審査請求人は、決定は妥当でないと主張する。",
        "本人が申請を取り下げた。", "届出を撤回した。",
        # what is right, wrong, allowed or goes on is a thing, not the case
        "暗号の方法は適切である。", "国の基準に照らして適切であると認められる。", "現在の管理は不適切である。",
        "条例第9条ただし書により認められる。", "印刷は可とする。", "持ち出しは不可とする。",
        "再委託は認めない。", "漏えいの事実は認められない。", "運用を継続する。", "契約を継続する。",
        "改めて本人に説明することとした。", "次回の会議で説明する。",
        "開始が遅れる見込みであることについて、町は了解した。",
        # the sitting's own order
        "傍聴人の入室を許可した。",
        # and what is still read as a verdict
        *(
            sentence
            for sentence in [
                "費用は妥当である。", "保存期間は三年が適当である。", "次回の審議会に報告することとする。",
                "委員の欠席を了承した。", "議題の順番を入れ替えることを了承した。", "配付資料の差し替えを了承した。",
                "部会の設置を承認した。", "年間の計画を承認した。",
            ]
        ),
    ],
)  # fmt: skip
def test_what_others_decide_is_no_verdict(sentence: str) -> None:
    assert outcome_of(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "本年5月の審議会で承認された。", "当時の審議会で適当と認められた。",
        "この件は昨年承認された。",
        "4月20日の会議で継続審議とした。",
        "平成28年に審議会の答申を受け、承認された。",
    ],
)  # fmt: skip
def test_what_was_decided_at_another_time_is_no_verdict(sentence: str) -> None:
    assert outcome_of(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "諮問のとおり行うことはできない。", "諮問のとおり実施しない。", "諮問のとおり実施すべきではない。", "諮問どおり決定できない。",
        "原案どおり決定には至らない。", "諮問どおり行うことを「否」", "諮問どおり行うことは否",
        "諮問のとおり実施しないこととする。", "原案のとおり実施できないものとした。", "諮問のとおり行うことは時期尚早とする。",
    ],
)  # fmt: skip
def test_a_refusal_to_do_as_asked_is_never_an_approval(sentence: str) -> None:
    assert outcome_of(sentence) in (REJECTED, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "諮問どおり実施することに反対する。", "諮問のとおり行うことに異議がある。", "諮問のとおり行うことの可否", "諮問のとおり認めることに反対である。",
        "諮問のとおり行うことについて、意見が分かれた。", "諮問のとおり実施する予定である。", "原案のとおり実施する場合の費用を示す。",
        "提案のとおり行うのは難しい。", "原案のとおり認める意見と、認めない意見があった。", "諮問のとおりとする案", "前回提案のとおり実施した。",
        "申請どおり支給を決定した。",
    ],
)  # fmt: skip
def test_a_word_about_doing_as_asked_is_no_verdict(sentence: str) -> None:
    assert outcome_of(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "「可」とする意見と「否」とする意見が同数であった。", "可とする者三名、否とする者二名。", "賛成三名、反対三名であった。", "承認する方向で検討する。",
        "承認とする意見が多数である。", "承認とすることはできない。", "適当であるとは言えない。", "承認を取り消すこととした。", "問題はないとは言えない。",
        "会長一任とすることを承認する。",
        "小委員会で検討することを承認した。",
        "部会で承認し、審議会に報告する。",
        "承認しないことを承認する。",
    ],
)  # fmt: skip
def test_a_word_of_approval_alone_is_no_approval(sentence: str) -> None:
    assert outcome_of(sentence) not in (APPROVED, ON_CONDITIONS, PARTLY)


@pytest.mark.parametrize(
    "sentence", ["映像を七日で消去するならば承認する。", "期間を短くするのであれば承認する。"]
)
def test_an_approval_under_an_if_is_no_verdict(sentence: str) -> None:
    assert outcome_of(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "写真の公開は認めず、位置の公開は認めないこととする。",
        "委員一名を除き、承認することに賛成した。",
        "現時点では認められないとの意見が多数を占めたため、諮問第4号については「不適当」とする。",
    ],
)
def test_what_is_refused_or_who_is_left_out_makes_no_approval_in_part(sentence: str) -> None:
    assert outcome_of(sentence) in (None, REJECTED)


def test_a_part_that_is_refused_as_a_condition_leaves_an_approval_on_conditions() -> None:
    assert outcome_of("再委託は認めないことを条件に、本件は承認する。") is ON_CONDITIONS


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("24号については、この形では認められないということで答申させてもらいます。", REJECTED),
        ("諮問第6号について、これを是認することはできない旨答申することといたします。", REJECTED),
        ("諮問第5号については、資料の追加を求めており、調査審議を続けている。", CONTINUED),
        ("本件は、次回の部会に持ち越します。", CONTINUED),
        ("議案第四号は、適当と認めることに決しました。", APPROVED),
        ("目的外利用は両方とも認めると。", APPROVED),
        ("本件は、できる限り承認する方向で検討する。", None),
        ("再委託は認めない。", None),
        ("申請者の立会いは認めると。", None),
    ],
)
def test_what_a_chair_says_freely_is_understood(sentence: str, outcome: Outcome | None) -> None:
    assert outcome_of(sentence) is outcome


def test_a_part_that_the_title_names_is_refused_by_name() -> None:
    sentence = "本人通知の省略のほうは認めない。"
    verdict = read_verdict(sentence, about="名簿の目的外利用及び本人通知の省略について")
    assert verdict is not None
    assert verdict.outcome is REJECTED
    assert read_verdict(sentence, about="名簿の目的外利用について") is None


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("一部を開示すべき", PARTLY), ("一部取消し", PARTLY), ("不開示とした部分のうち一部を開示すべき", PARTLY),
        ("取り消し、開示すべき", REJECTED), ("処分を取り消すべきである。", REJECTED), ("全部を開示すべきである。", REJECTED),
        ("原処分は妥当", APPROVED), ("決定を維持", APPROVED), ("棄却すべき", APPROVED),
        ("開示", None), ("部分開示", None), ("不開示（文書不存在）", None), ("却下", None), ("審査中", None), ("", None),
    ],
)  # fmt: skip
def test_what_a_reply_says_of_the_decision_appealed_against(
    words: str, outcome: Outcome | None
) -> None:
    assert read_appeal(words) is outcome
