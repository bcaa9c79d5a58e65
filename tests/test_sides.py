"""What a question sets beside each other, and what it asks of each side alone."""

import pytest

from assistant.conversations import conversation
from assistant.questions import Question
from assistant.sides import with_sides
from assistant.understanding.terms import Vocabulary
from assistant.understanding.wants import Wanted

TOWNS = frozenset({"楓沢町", "星ヶ谷村", "霞野市"})
TITLES = ("転入の評価書の点検", "市税の評価書の点検", "見守りカメラの設置", "ai-ocrの利用")
VOCABULARY = Vocabulary(TOWNS, 500, lambda _: 3, TITLES)


def read(*turns: str) -> Question:
    return with_sides(conversation(list(turns), VOCABULARY), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("楓沢町と星ヶ谷村のAI-OCRの費用を比べて", ["楓沢町", "星ヶ谷村"]),
        ("画像の保存日数を楓沢町の商店街と霞野市の高校で比べて", ["楓沢町の商店街", "霞野市の高校"]),
        ("楓沢町のAI-OCRと見守りカメラの費用はそれぞれいくらですか", ["AI-OCR", "見守りカメラ"]),
        ("転入と市税の評価書の点検、結果はどう違う?", ["転入", "市税"]),
        ("保存期間を比べたい。楓沢の通学路、霞野の海岸、星ヶ谷の駐輪場。",
         ["楓沢の通学路", "霞野の海岸", "星ヶ谷の駐輪場"]),
        ("楓沢町のAI-OCR、令和2年度と令和3年度で結論に差がありますか", ["令和2年度", "令和3年度"]),
        ("楓沢町の開示請求は令和3年度と前年度で何枚ずつ", ["令和3年度", "令和2年度"]),
        ("楓沢町では何日で、霞野市は?", ["楓沢町", "霞野市"]),
        ("委員の映像と傍聴者の映像とで結論が違うの?", ["委員の映像", "傍聴者の映像"]),
        ("楓沢町の見守りカメラは承認されましたか", []),
        ("楓沢町と星ヶ谷村で全部で何件ありますか", []),
        ("氏名と住所を渡すと言ったのは誰ですか", []),
        ("字幕が間違っていたら楓沢町はどうする?", []),
    ],
)  # fmt: skip
def test_the_sides_of_a_comparison(text: str, names: list[str]) -> None:
    assert [side.name for side in read(text).sides] == names


def test_each_side_is_asked_plainly_and_by_itself() -> None:
    sides = read("楓沢町のAI-OCRと霞野市の見守りカメラの費用はそれぞれいくらですか").sides
    assert [side.question.municipalities for side in sides] == [("楓沢町",), ("霞野市",)]
    for side, other in zip(sides, reversed(sides), strict=True):
        assert side.question.wanted is Wanted.MONEY
        assert not {t.key for t in side.question.terms} >= {t.key for t in other.question.terms}
        assert "それぞれ" not in side.question.text


def test_a_town_is_compared_with_that_of_the_answer_before() -> None:
    sides = read("楓沢町のAI-OCRの費用は?", "霞野市と比べると?").sides
    assert [side.name for side in sides] == ["楓沢町", "霞野市"]
    assert all(side.question.wanted is Wanted.MONEY for side in sides)
    assert all("ai-ocr" in {t.key for t in side.question.terms} for side in sides)
