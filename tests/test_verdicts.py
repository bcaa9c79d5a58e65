"""The grammar of verdicts: what is one, of which class, on which conditions; and what only looks like one.

A sentence wrongly read as an approval is the worst that this project can do: the table of
look-alikes is the longest on purpose.
"""

import pytest

from index.grammar.verdict_words import read_appeal, read_verdict_word
from index.grammar.verdicts import Outcome, read_verdict
from index.japanese import fold

APPROVED = Outcome.APPROVED
ON_CONDITIONS = Outcome.APPROVED_WITH_CONDITIONS
PARTLY = Outcome.PARTLY_APPROVED
CONTINUED = Outcome.CONTINUED
REJECTED = Outcome.REJECTED
WITHDRAWN = Outcome.WITHDRAWN


def outcome_of(sentence: str) -> Outcome | None:
    verdict = read_verdict(sentence)
    return verdict.outcome if verdict else None


def conditions_of(sentence: str) -> list[str]:
    verdict = read_verdict(sentence)
    return [sentence[start:end] for start, end in verdict.conditions] if verdict else []


# -- verdicts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "本件は承認とされた。",
        "本件は、承認することとする。",
        "諮問第4号については、承認する。",
        "審議の結果、諮問のとおり承認された。",
        "全員異議なく、原案のとおり可決した。",
        "異議なしと認め、承認します。",
        "それでは、本件は承認といたします。",
        "異議がないので、この件は承認とさせていただきます。",
        "本件は承認とし、事務局が答申書を作る。",
        "承認することに決定した。",
        "採決の結果、賛成四名、反対一名で承認された。",
        "賛成多数により承認された。",
        "「水道の検針」について、諮問どおり行うことを「可」とする。",
        "ご異議がないようですので、諮問どおり「可」といたします。",
        "よって、本諮問は可とする。",
        "本件は諮問どおりとする。",
        "諮問どおり答申する。",
        "諮問のとおり答申することに決した。",
        "本件については適当であると認める。",
        "本件は適当なものと認める。",
        "外部に提供することを適当と認める。",
        "認めることが適当であるとの結論を得た。",
        "条文を改めることが適当である。",
        "実施機関の判断は妥当である。",
        "いずれも妥当である。",
        "これを了とした。",
        "本件は、当審議会として是とする。",
        "本件の提供は、やむを得ないものと認める。",
        "この件はお認めします。",
        "本件は、実施して差し支えないとの結論を得た。",
        "反対の御意見がありましたが、採決の結果、本件は承認された。",
        "諮問のあった目的外利用は、相当であると判断する。",
        "本件について、審議会として了承した。",
        "審議会はこれを了承することとした。",
        "本件は差し支えないものと認める。",
        "本件は支障がないとの結論に至った。",
        "本件は同意するものとする。",
        "本件は公益上の必要性があると認められる。",
        # as it comes from paper
        "―ほかに意見はなく、本件は承認とされた。―",
        "本 件 は 承 認 と さ れ た 。",
        "本件は、承認する\n   こととする。",
        "○「水道の検針」について、諮問どおり行うことを「可」とする。",
        "本件は承認とする",
        "本件は、原案どおり\n承認することとされた。",
        "承認ということにいたします。",
        "賛成全員で可決。",
        "諮問どおり『可』とします。",
    ],
)
def test_an_approval_is_read(sentence: str) -> None:
    assert outcome_of(sentence) is APPROVED
    assert conditions_of(sentence) == []


# a wording is read by its parts: the word that decides, and the tail of its clause
DONE = ("承認", "了承", "可決")
FOUND = ("適当", "妥当")
DECIDED = {
    **dict.fromkeys(DONE, ("することに決した", "とする旨決定した", "することで意見の一致をみた", "されることとなり、答申する", "を得た", "という扱いとすることで合意した", "の方向で取りまとめることとする", "と判定された", "とすることが確認された")),
    **dict.fromkeys(FOUND, ("なものと判断した", "であるとの結論に達した", "である旨答申することとなった", "とする答申を行うこととされた", "と判定された", "であるということで一致した", "と決定された")),
}  # fmt: skip
DENIED = {
    **dict.fromkeys(DONE, ("しないことに決した", "を得られなかった", "されないこととなった", "には至らないとの結論に達した", "しかねるとの結論となった")),
    **dict.fromkeys(FOUND, ("とは判断できないとの結論に達した", "ではない旨答申することとなった", "とは認められない")),
}  # fmt: skip
OPEN = {
    **dict.fromkeys(DONE, ("するべきとの意見が出た", "されれば、始める", "を得て、始める", "することがある", "すること", "したい", "されるはずである", "するかどうかを話した", "を求めた", "の手続を説明した", "してください", "されていると聞いた")),
    **dict.fromkeys(FOUND, ("な方法を検討した", "と思われるが、なお調べる", "であれば、進める", "かどうかを話した", "に管理する")),
}  # fmt: skip


@pytest.mark.parametrize(
    ("tails", "outcome"),
    [(DECIDED, APPROVED), (DENIED, REJECTED), (OPEN, None)],
    ids=["decided", "denied", "left open"],
)
def test_a_wording_never_met_is_read_by_its_parts(
    tails: dict[str, tuple[str, ...]], outcome: Outcome | None
) -> None:
    told = [f"本件は、{word}{tail}。" for word, ends in tails.items() for tail in ends]
    assert [words for words in told if outcome_of(words) is not outcome] == []


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("事務局から説明を行い、了承された。", APPROVED),
        ("資料の訂正の説明があり、承認された。", APPROVED),
        ("出席委員が全員賛成し、原案どおり議決された。", APPROVED),
        ("満場一致で原案可決。", APPROVED),
        ("提案どおりとすることで合意した。", APPROVED),
        ("本件の届出について支障なし。", APPROVED),
        ("原案のとおり事業継続とすることが妥当と判断した。", APPROVED),
        ("本件は、承認され、次の総会に諮る旨の発言があった。", APPROVED),
        ("本件は、賛成少数で不採択とすることに決した。", REJECTED),
        ("反対の意見が多く、原案は否認された。", REJECTED),
        # what is agreed to is how to go on
        ("小委員会を設けて検討することが承認された。", None),
        ("次の会議までに調査を進めることで了承された。", None),
    ],
)
def test_the_record_tells_what_was_decided_on_the_matter_it_is_about(
    sentence: str, outcome: Outcome | None
) -> None:
    assert outcome_of(sentence) is outcome


SEVEN_DAYS = "映像を七日で消去すること"


@pytest.mark.parametrize(
    ("sentence", "conditions"),
    [
        (f"本件は、「{SEVEN_DAYS}」という意見を付して承認とされた。", [SEVEN_DAYS]),
        (f"本件は、「{SEVEN_DAYS}」との附帯意見を付して、承認する。", [SEVEN_DAYS]),
        (
            f"本件は、「{SEVEN_DAYS}」及び「閲覧の記録を残すこと」の2つの意見を付して承認とされた。",
            [SEVEN_DAYS, "閲覧の記録を残すこと"],
        ),
        ("本件については、保存の期間を三か月とすることを条件に承認する。", ["保存の期間を三か月とすること"]),
        ("本件については、委託先を年に一度検査するとの附帯意見を付して、適当と認める。", ["委託先を年に一度検査する"]),
        ("本件は、目的を達したら速やかに消去することを求めた上で承認することとした。", ["目的を達したら速やかに消去すること"]),
        ("本件は、利用の記録を半年ごとに報告することを前提として、了承する。", ["利用の記録を半年ごとに報告すること"]),
        ("本件については、映像の保存期間を短くすることを要望し、承認とする。", ["映像の保存期間を短くすること"]),
        ("本件は、記録を残していただくことで、承認とします。", ["記録を残していただくこと"]),
        ("本件は承認する。ただし、利用者に書面で知らせること。", ["利用者に書面で知らせること"]),
        ("本件は、「映像を\n七日で消去すること」という意見を付して承認とされた。", ["映像を\n七日で消去すること"]),
        ("本件は、「Ａ Ｉ－ＯＣＲの画像を消すこと」という意見を付して承認とされた。", ["Ａ Ｉ－ＯＣＲの画像を消すこと"]),
        # said to be there, and named before or after
        ("先ほどの意見を付した上で承認する。", []),
        ("次の条件を付して承認する。", []),
        ("次の条件の下に、諮問のとおり行うことは適当である。", []),
        ("附帯意見を付して承認された。", []),
        ("意見を付した上で、本件は承認とします。", []),
        (f"「{SEVEN_DAYS}」を条件に、本件を承認する。", [SEVEN_DAYS]),
        ("本件は条件付き承認とする。", []),
        ("本件は条件付きで承認する。", []),
        ("本件は附帯意見付きで承認する。", []),
        ("諮問第4号は、条件を付して承認された。", []),
        ("本件は、次に掲げる事項を守ることを条件として、適当と認める。", []),
        ("諮問のとおり行うことは適当と認めるが、次の点に留意すること。", []),
        ("表3の修正を前提に、本件は妥当であるとの点検結果とする。", ["表3の修正"]),
        ("本件は承認とし、次の附帯意見を付す。", []),
        ("本件は、映像を七日で消去するとの条件で承認する。", ["映像を七日で消去する"]),
        ("本件は、映像を七日で消去するよう求め、承認とした。", ["映像を七日で消去する"]),
        (f"{SEVEN_DAYS}を附帯意見として、本件の実施を認めることに決した。", [SEVEN_DAYS]),
        (f"本件は、{SEVEN_DAYS}を付帯条件として、諮問のとおり認める。", [SEVEN_DAYS]),
        ("御指摘の箇所を修正の上、原案を承認した。", ["御指摘の箇所を修正"]),
        ("職員が毎日確認することを条件に承認する。", ["職員が毎日確認すること"]),
        (f"本件は承認するが、{SEVEN_DAYS}を条件とする。", [SEVEN_DAYS]),
        ("名簿を提供することは、次に掲げる措置を講ずる限りにおいて、適当と認める。", []),
        ("本件は、提供先が守秘の義務を負う限り、適当と認める。", ["提供先が守秘の義務を負う"]),
        ("それを条件に、諮問23号は認めるということにしましょう。", []),
    ],
)  # fmt: skip
def test_an_approval_on_conditions_is_read_with_their_very_words(
    sentence: str, conditions: list[str]
) -> None:
    verdict = read_verdict(sentence)
    assert verdict is not None
    assert verdict.outcome is ON_CONDITIONS
    assert [sentence[start:end].strip() for start, end in verdict.conditions] == conditions
    assert verdict.conditions_elsewhere or conditions


@pytest.mark.parametrize(
    "sentence",
    [
        "海側の二台については承認し、住宅側の一台については承認しない。",
        "目的外利用については承認し、外部提供については継続審議とする。",
        "要綱のうち保存の規定については適当とし、提供の規定については継続審議とする。",
        "本件は一部承認とする。",
        "一部を承認する。",
        "本件は、一部を除き承認する。",
        "収集は適当であるが、提供は適当でない。",
        "前段は認め、後段は認めない。",
        "議案第四号は、家族の人数を除き、適当と認めることに決しました。",
        "本件は、生年月日を除いた上で、原案のとおり可決する。",
        "議案第2号のうち、窓口での利用は適当と認め、電話での利用は認めないことに決しました。",
        "通報のための提供は認めないが、統計のための利用は適当と認める。",
        "業者への提供については承認しないこととし、学校への提供については承認する。",
    ],
)
def test_an_approval_in_part_is_not_one_of_the_whole(sentence: str) -> None:
    assert outcome_of(sentence) is PARTLY


@pytest.mark.parametrize(
    "sentence",
    [
        "本件は継続審議とする。",
        "本件は継続審査となった。",
        "本件については継続審議といたします。",
        "本件は継続して審議することとなりました。",
        "本件は継続とし、次回会議で改めて審議することとなった。",
        "資料がそろわないため、次回改めて審議することとした。",
        "本件については、引き続き審議することとする。",
        "結論は次回に持ち越すこととした。",
        "次回の審議会で結論を出すこととする。",
        "本日は採決を見送ることとした。",
        "本件は保留とする。",
        "結論を出さず、次回に持ち越す。",
    ],
)
def test_a_case_put_off_is_read_as_continued(sentence: str) -> None:
    assert outcome_of(sentence) is CONTINUED


@pytest.mark.parametrize(
    "sentence",
    [
        "本件は承認しない。",
        "本件は承認しないこととした。",
        "本件は承認できないとする。",
        "本件は不承認とする。",
        "諮問どおり行うことを「否」とする。",
        "本件は否決された。",
        "本件は不可とする。",
        "諮問第9号は、諮問のとおり行うことを不適当と認める。",
        "諮問のとおり行うことは適当でないと認める。",
        "本件は適当ではないと判断する。",
        "本件の目的外利用は妥当ではない。",
        "本件の外部提供は認められない。",
        "認めることはできない。",
        "承認することはできない。",
    ],
)
def test_a_refusal_is_read(sentence: str) -> None:
    assert outcome_of(sentence) is REJECTED


@pytest.mark.parametrize(
    "sentence",
    [
        "本件は取り下げられた。",
        "実施機関から申出があり、本件は取下げとなった。",
        "諮問第2号は撤回された。",
        "本諮問は取下げとする。",
    ],
)
def test_a_withdrawal_is_read(sentence: str) -> None:
    assert outcome_of(sentence) is WITHDRAWN


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


# -- words in cells --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("承認", APPROVED), ("「可」", APPROVED), ("可", APPROVED), ("可決", APPROVED), ("了承", APPROVED), ("適当", APPROVED),
        ("妥当である", APPROVED), ("承 認", APPROVED), ("承　認", APPROVED), ("承認する。", APPROVED), ("承認された。", APPROVED),
        ("原案どおり承認", APPROVED), ("諮問のとおり可", APPROVED), ("全員一致で承認", APPROVED), ("○承認", APPROVED),
        ("承認(令和3年5月11日)", APPROVED),
        ("条件付承認", ON_CONDITIONS), ("条件付き承認", ON_CONDITIONS), ("意見を付して承認", ON_CONDITIONS), ("意見付き承認", ON_CONDITIONS),
        ("承認(意見付)", ON_CONDITIONS), ("承認（附帯意見あり）", ON_CONDITIONS), ("条件付き可", ON_CONDITIONS),
        ("一部承認", PARTLY), ("一部認容", PARTLY),
        ("継続", CONTINUED), ("継続審議", CONTINUED), ("保留", CONTINUED), ("次回継続", CONTINUED), ("継続審議となった", CONTINUED),
        ("不承認", REJECTED), ("「否」", REJECTED), ("不可", REJECTED), ("不適当", REJECTED),
        ("取下げ", WITHDRAWN), ("取り下げ", WITHDRAWN), ("取下げられた", WITHDRAWN),
        ("報告", Outcome.REPORTED), ("報告済", Outcome.REPORTED),
        # no outcome
        ("", None), ("―", None), ("-", None), ("なし", None), ("非公開", None), ("未定", None), ("審議中", None), ("諮問", None),
        ("承認予定", None), ("事前承認", None), ("未承認", None), ("承認・不承認", None), ("可否", None), ("可・否", None), ("不要", None),
        ("継続・承認", None), ("承認後に実施", None), ("審議結果", None), ("令和3年5月11日", None), ("異議なし", None),
        ("承認しない", REJECTED),
        ("適当と認める", APPROVED),
    ],
)  # fmt: skip
def test_the_cell_of_a_column_of_results_gives_the_outcome(
    cell: str, outcome: Outcome | None
) -> None:
    assert read_verdict_word(cell, labelled=True) is outcome


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("審議結果：承認", APPROVED), ("【審議結果】継続審議", CONTINUED), ("(結果)承認", APPROVED), ("結論：可", APPROVED),
        ("審議結果 承認", APPROVED), ("・審議の結果：不承認", REJECTED), ("<審議結果>条件付き承認", ON_CONDITIONS), ("⇒ 承認する。", APPROVED),
        ("審議結果：取下げ", WITHDRAWN),
        ("承認", None), ("「承認」", None), ("承認する。", None), ("審議結果", None), ("審議結果について", None), ("審議結果：―", None),
        ("結果：なし", None), ("審議結果：次回", None), ("承認の基準", None), ("□承認", None), ("□承認 □不承認", None),
    ],
)  # fmt: skip
def test_a_bare_word_is_a_verdict_only_where_its_place_says_so(
    line: str, outcome: Outcome | None
) -> None:
    assert read_verdict_word(line) is outcome


def test_conditions_are_cut_out_of_the_sentence_exactly() -> None:
    sentence = "―本件は、「Ａ Ｉ － ＯＣＲ の画像は、\n 翌日までに消すこと」及び「年１回報告すること」の２つの意見を付して承認とされた。―"
    conditions = conditions_of(sentence)
    assert [fold(text) for text in conditions] == [
        fold("AI-OCRの画像は、翌日までに消すこと"),
        fold("年1回報告すること"),
    ]
    assert all(text in sentence for text in conditions)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("答申案（差し支えない。ただし、記録を残すことを継続し、年に1回報告すること。）について審議し、原案のとおり答申することに決定した。", ON_CONDITIONS),
        ("答申案（適当と認める。）を承認した。", APPROVED),
        ("答申書案(提供は不適当である。)のとおり答申することとした。", REJECTED),
        ("答申案（適当と認める。）について審議し、次回に継続することとした。", CONTINUED),
        ("答申案（適当と認める。）を承認するには至らなかった。", None),
        ("意見の一致をみるに至らず、防災課において案を再検討の上、改めて意見を求めることとなった。", CONTINUED),
        ("議案第2号は可とするが、番号4の意見のとおり、消去の時期を定めることを意見として付ける。", ON_CONDITIONS),
    ],
)  # fmt: skip
def test_what_is_told_of_a_draft_or_after_a_but_counts(
    sentence: str, outcome: Outcome | None
) -> None:
    assert outcome_of(sentence) is outcome
