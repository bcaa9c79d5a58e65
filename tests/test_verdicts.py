"""The grammar of verdicts: what is one, of which class, on which conditions; and what only looks like one.

A sentence wrongly read as an approval is the worst that this project can do: the table of
look-alikes is the longest on purpose.
"""

import pytest
from reading import conditions_of, outcome_of

from index.grammar.verdict_words import read_verdict_word
from index.grammar.verdicts import Outcome, read_verdict
from index.japanese import fold

APPROVED = Outcome.APPROVED
ON_CONDITIONS = Outcome.APPROVED_WITH_CONDITIONS
PARTLY = Outcome.PARTLY_APPROVED
CONTINUED = Outcome.CONTINUED
REJECTED = Outcome.REJECTED
WITHDRAWN = Outcome.WITHDRAWN


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
        ("不開示とした部分のうち、日付を開示することが相当と判断した。", PARTLY),
        ("次の部分は公開すべきであるが、その他の部分を非公開としたことは妥当である。", PARTLY),
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


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("差し支えありません。", Outcome.APPROVED),
        ("本件は差し支えございません。", Outcome.APPROVED),
        ("本件は支障もありません。", Outcome.APPROVED),
        ("本件は問題ありません。", Outcome.APPROVED),
        ("本件は差し支えない。", Outcome.APPROVED),
        ("本件は差し支えないとは言えません。", None),
        ("提供しないことで差し支えありません。", None),
        ("諮問のとおり実施しません。", None),
    ],
)
def test_a_polite_no_objection_put_to_the_members_is_no_refusal(
    sentence: str, outcome: Outcome | None
) -> None:
    about = fold("名簿の外部提供について")
    put = read_verdict(sentence, about=about, put=True)
    assert (put.outcome if put else None) is outcome
    labelled = read_verdict(sentence, about=about, labelled=True)
    assert labelled is None or labelled.outcome is not Outcome.REJECTED
