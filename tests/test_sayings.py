"""What chairs say and what minutes tell, in the words and the dress of many councils: each says the same in all."""

from __future__ import annotations

import pytest

from index.meetings import read_meetings
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import lines

HEAD = """令和4年度第2回霞野市個人情報保護審議会会議録
日時 令和4年8月3日
議題
(1) 防犯カメラの映像の提供について
(2) 給付金の案内の発送の委託について

(1) 防犯カメラの映像の提供について
"""
NEXT = """
(2) 給付金の案内の発送の委託について
○福祉課長　委託したい。
○会長　では、本件は承認する。
"""
# a question with its reply, what the chair says, how all assent
DRESS = [
    ("○海原委員　保存は何日か。\n○防犯課長　七日です。\n", "○会長　{}\n", "○各委員　異議なし。\n"),
    ("○委員（海原）　保存は何日か。\n○説明者（防犯課長）　七日です。\n", "○会長（山野）　{}\n", "○委員一同　異議なし。\n"),
    ("【委員】保存は何日か。\n【防犯課】七日である。\n", "【会長】{}\n", "【委員】異議なし。\n"),
    ("（委員）保存は何日か。\n（防犯課）七日である。\n", "（会長）{}\n", "（委員）異議なし。\n"),
    ("委員：保存は何日か。\n防犯課：七日である。\n", "会長：{}\n", "全委員：異議なし。\n"),
    ("海原委員　　保存は何日までとしているのでしょうか。\n防犯課長　　七日間とすることとしております。\n", "山野会長　　{}\n", "各委員　　　（異議なし）\n"),
    ("＜委員＞\n保存は何日か。\n＜防犯課＞\n七日である。\n", "＜会長＞\n{}\n", "＜委員＞\n異議なし。\n"),
    ("委員「保存は何日か。」\n防犯課「七日である。」\n", "会長「{}」\n", "委員「異議なし。」\n"),
    ("Q　保存は何日か。\nA　七日である。\n", "会長　{}\n", "（異議なし）\n"),
    ("・保存は何日か。\n　→七日である。\n", "（会長）{}\n", "（異議なしの声）\n"),
]  # fmt: skip
# (what a chair says, whether all must assent, what it comes to)
SAID = [
    ("それでは、本件は承認といたします。", False, "approved"),
    ("特に御意見がなければ、諮問のとおり承認するということでよろしいでしょうか。", True, "approved"),
    ("本件については、原案のとおり進めていただいて差し支えないということで答申したいと思いますが、御異議ございませんか。", True, "approved"),
    ("では、適当である旨の答申をすることといたします。", False, "approved"),
    ("審議会としては、本件の提供を認めることといたします。", False, "approved"),
    ("御異議がないようですので、承認と決定いたしました。", False, "approved"),
    ("皆さん特に異論はないようですので、これで了承されたものといたします。", False, "approved"),
    ("異議なしと認めます。よって、本件は承認されました。", False, "approved"),
    ("それでは採決に移ります。賛成の方は挙手をお願いします。全員賛成ですので、本件は承認することに決定しました。", False, "approved"),
    ("では、諮問案のとおりということでお願いします。", False, "not_recorded"),
    ("本件は妥当なものと認め、その旨答申いたします。", False, "approved"),
    ("本件については「可」とします。", False, "approved"),
    ("本件は諮問のとおりでよいと認めます。", False, "approved"),
    ("本件について、審議会の意見は「適当」とします。", False, "approved"),
    ("特段の意見なしということで、承認とさせていただきます。", False, "approved"),
    ("委員の皆様の総意として、承認いたします。", False, "approved"),
    ("では、この件は了とすることでまとめたいと思います。よろしいですか。", True, "approved"),
    ("ただいまの説明のとおり進めることについて、承認してよろしいでしょうか。", True, "approved"),
    ("反対がありませんので、認めることとします。", False, "approved"),
    ("条件付きで承認するということでいかがでしょうか。", True, "approved_with_conditions"),
    ("映像を七日で消去することを条件に、承認といたします。", False, "approved_with_conditions"),
    ("本人の同意を得た者に限ることを答申に明記するものとして、諮問のとおり認めます。", False, "approved_with_conditions"),
    ("特に御意見がないようですので、本件はお認めするということでよろしいですね。", True, "approved"),
    ("毎月まとめて提供するというのは、これは認めるわけにはいかないという結論でよろしいでしょうか。", True, "rejected"),
    ("本審議会としては、認めることは適当でないということで意見が一致したものといたします。", False, "rejected"),
    ("今日のところで可とも否とも申し上げにくいですね。費用を調べて、もう一遍揉みましょう。", False, "continued"),
    ("映像を七日で消去することという条件を付けて、承認したいと思いますが、よろしいでしょうか。", True, "approved_with_conditions"),
    ("承認としますが、映像は七日で消去するよう、意見として付します。", False, "approved_with_conditions"),
    ("本件は承認とし、映像を七日で消去することを附帯意見とします。", False, "approved_with_conditions"),
    ("映像を七日で消去していただくことを前提に、了承することといたします。", False, "approved_with_conditions"),
    ("映像を七日で消去するとの留意事項を付した上で、適当と認めることとします。", False, "approved_with_conditions"),
    ("では、七日で消去するという修正を加えた上で承認します。", False, "approved_with_conditions"),
    ("記録の確認を年に一度行うことを要望して、承認とします。", False, "approved_with_conditions"),
    ("本件は、継続審議とさせていただきます。", False, "continued"),
    ("本日は結論を出さず、次回改めて審議したいと思います。", False, "continued"),
    ("資料が足りませんので、次回に再度説明をお願いします。本日は保留とします。", False, "continued"),
    ("もう少し整理していただいた上で、もう一度お諮りいただくことにします。", False, "continued"),
    ("本件は、この場では判断できませんので、次回に持ち越します。", False, "continued"),
    ("意見が分かれましたので、結論は次回とします。", False, "continued"),
    ("では、事務局で整理の上、次回の審議会に改めて提出してください。", False, "continued"),
    ("本件は、時期尚早として認めないことといたします。", False, "rejected"),
    ("審議会としては、適当でないと判断いたします。", False, "rejected"),
    ("本件は承認できないということで答申します。", False, "rejected"),
    ("必要性が認められませんので、不承認とします。", False, "rejected"),
    ("賛成2名、反対5名ですので、本件は否決されました。", False, "rejected"),
    ("提供を認めることは困難であると答申することとします。よろしいですか。", True, "rejected"),
    ("担当課から取下げの申出がありましたので、本件は取下げといたします。", False, "withdrawn"),
    ("この諮問は撤回するとのことですので、審議は行いません。", False, "withdrawn"),
    ("住所については認め、氏名については認めないこととします。", False, "partly_approved"),
    ("氏名を除いた部分について承認します。", False, "partly_approved"),
    ("本件のうち、住所の提供は承認し、氏名の提供は継続審議とします。", False, "partly_approved"),
    ("承認するかどうかは、次の説明を聞いてからにしましょう。", False, "not_recorded"),
    ("ほかの市では承認されたと聞いています。", False, "not_recorded"),
    ("この程度であれば認めてもよいように思いますが、いかがですか。", False, "not_recorded"),
    ("条件を付けて承認することも考えられます。", False, "not_recorded"),
    ("承認する方向で、細部は後日確認します。", False, "not_recorded"),
    ("それでは、全員賛成ということで。", False, "not_recorded"),
]  # fmt: skip
TOLD = [
    ("審議の結果、諮問のとおり承認された。", "approved"),
    ("本件は、原案どおり了承された。", "approved"),
    ("→\u3000承認", "approved"),
    ("⇒ 了承された。", "approved"),
    ("【審議結果】承認", "approved"),
    ("審議結果：可", "approved"),
    ("結果\u3000適当", "approved"),
    ("（結論）適当であると認める。", "approved"),
    ("結論：諮問のとおり認める。", "approved"),
    ("[結論] 異議なく承認", "approved"),
    ("全員異議なく承認された。", "approved"),
    ("全会一致で可決した。", "approved"),
    ("採決の結果、賛成多数で承認することに決した。", "approved"),
    ("以上のとおり審議し、承認することとした。", "approved"),
    ("本件については、特に意見なく承認された。", "approved"),
    ("審議会の意見\u3000適当と認める。", "approved"),
    ("質疑の後、承認となった。", "approved"),
    ("審議結果\u3000条件付承認", "approved_with_conditions"),
    ("次の条件を付して承認された。\n\u3000・映像を七日で消去すること。", "approved_with_conditions"),
    ("【結果】意見を付して承認\n【意見】映像を七日で消去すること。", "approved_with_conditions"),
    ("結論：継続審議", "continued"),
    ("次回に継続して審議することとした。", "continued"),
    ("本件は保留となった。", "continued"),
    ("【審議結果】継続", "continued"),
    ("結論に至らず、次回へ持ち越しとなった。", "continued"),
    ("再度資料を整えて次回説明することとなった。", "continued"),
    ("審議結果：不承認", "rejected"),
    ("本件は認められなかった。", "rejected"),
    ("【結論】否とする。", "rejected"),
    ("適当でないとの結論となった。", "rejected"),
    ("審議の結果、承認しないこととした。", "rejected"),
    ("審議結果：取下げ", "withdrawn"),
    ("本件は実施機関により取り下げられた。", "withdrawn"),
    ("【審議結果】一部承認", "partly_approved"),
    ("結論：住所は可、氏名は不可", "partly_approved"),
    ("説明を受け、質疑を行った。", "not_recorded"),
    ("特に質疑なし。", "not_recorded"),
    ("委員から承認してよいとの意見があった。", "not_recorded"),
]  # fmt: skip


def outcome_of(told: str) -> str:
    record = Record("minutes.txt", f"{HEAD}{told}{NEXT}", "")
    pieces = lines(record.text)
    return read_cases(record, pieces, read_meetings(record, pieces))[0].outcome.value


@pytest.mark.parametrize(("said", "assent", "outcome"), SAID)
def test_what_a_chair_says_means_the_same_in_any_dress(
    said: str, assent: bool, outcome: str
) -> None:
    for talk, chair, agreed in DRESS:
        told = talk + chair.format(said) + (agreed if assent else "")
        assert outcome_of(told) == outcome, told


@pytest.mark.parametrize(("said", "assent", "outcome"), [one for one in SAID if one[1]])
def test_what_a_chair_asks_is_not_decided_where_one_objects(
    said: str, assent: bool, outcome: str
) -> None:
    for talk, chair, _ in DRESS[:3]:
        assert outcome_of(f"{talk}{chair.format(said)}○海原委員　反対です。\n") == "not_recorded"


@pytest.mark.parametrize(("told", "outcome"), TOLD)
def test_what_the_minutes_tell_behind_a_talk_is_their_own(told: str, outcome: str) -> None:
    for talk in (DRESS[0][0], DRESS[2][0], DRESS[6][0], DRESS[9][0]):
        assert outcome_of(f"{talk}\n{told}\n") == outcome, talk
