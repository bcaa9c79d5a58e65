"""Whether what is told holds the very particular that was asked for."""

import pytest

from assistant.finding.borne_out import bears_out
from assistant.questions import read_question
from assistant.understanding.terms import Vocabulary

VOCABULARY = Vocabulary(frozenset({"楓沢町"}), 500, lambda _: 3, ("ai-ocrの利用",))


@pytest.mark.parametrize(
    ("question", "said", "held"),
    [
        ("窓口の電話番号は", "氏名や電話番号を書いた例が46回ありました。", False),
        ("窓口の電話番号は", "総務課 電話番号 0000-00-0000(内線214)", True),
        ("電話番号を書き込んだ例はいくつ", "氏名や電話番号を書いた例が46回ありました。", True),
        ("担当者の氏名を教えてください", "システムを提供するのは株式会社やまぶきである。", False),
        ("監査の責任者は誰ですか", "総務課 花園 一郎 監査責任者", True),
        ("説明した職員は誰ですか", "税務課長が説明した。", True),
        ("実証校の学校名を知りたい", "市内の小学校2校で行いたい。", False),
        ("実証校の学校名を知りたい", "白樺小学校で行いたい。", True),
        ("決済会社の名前は", "決済会社から届くのは番号である。", False),
        ("決済会社の名前は", "やまぶき株式会社である。", True),
        ("年に何枚読み取りますか", "1 提供は読取りのためだけである。", False),
        ("参加した保育園の名前は", "市立保育園で園児の名簿をなくした。", False),
        ("参加した保育園の名前は", "緑丘保育園で園児の名簿をなくした。", True),
        ("参加しない信用組合の名前", "信用組合1つが参加していない。", False),
        ("何という郵便局ですか", "町内の郵便局3局に端末を置く。", False),
        ("何という郵便局ですか", "白鷺郵便局に端末を置く。", True),
        ("年に何枚読み取りますか", "約6,200", True),
        ("会議は何回開かれましたか", "令和3年度第4回の審議会への報告事項", False),
        ("契約書の第何条ですか", "学習への利用を禁じる条項は第14条にある。", True),
        ("名簿が漏れたのはいつですか", "名簿は令和4年6月3日に提供された。", False),
        ("避難訓練をした結果の報告内容", "訓練を年1回行い、結果を報告すること。", False),
        ("避難訓練をした結果の報告内容", "訓練では12分で避難できた。", True),
        ("窓口の職員は何人ですか", "一人一台の端末で受け付ける。", False),
        ("名簿を提供したのはいつですか", "名簿は令和4年6月3日に提供された。", True),
    ],
)
def test_the_particular_is_held_or_not(question: str, said: str, held: bool) -> None:
    assert bears_out(read_question(question, VOCABULARY), [said], said) is held
