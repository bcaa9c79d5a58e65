"""What a council's question is about."""

import pytest

from assistant.surveys.themes import OTHER, theme_of, themes


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("映像は何日で消去されるのか。", "保存と削除"),
        ("データの保存期間はいつまでか。", "保存と削除"),
        ("通信は暗号化されているのか。", "安全管理"),
        ("再委託は認めるのか。", "委託先と契約"),
        ("サーバは国内にあるのか。", "委託先と契約"),
        ("本人の同意は得ているか。", "本人への通知と同意"),
        ("なぜこの情報が必要なのか。", "目的と必要性"),
        ("対象者は何人か。", "対象と項目"),
        ("警察から照会があった場合は提供するのか。", "提供と目的外利用"),
        ("条例の根拠はどの条文か。", "法令の根拠"),
        ("費用はいくらか。", "費用と時期"),
        ("職員の研修は行うのか。", "運用と体制"),
        ("認識率はどの程度か。", "精度と判断"),
        ("近隣の他市ではどうしているか。", "他の自治体"),
        ("よろしいか。", OTHER),
        ("", OTHER),
    ],
)
def test_a_question_is_put_under_what_it_is_about(question: str, theme: str) -> None:
    assert theme_of(question) == theme


def test_no_two_themes_have_a_word_in_common() -> None:
    words = [word for of in themes().values() for word in of]
    assert len(words) == len(set(words))
