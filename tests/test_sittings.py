"""What a message asks of a sitting, and what it does not."""

import pytest

from assistant.understanding.sittings import CASE_DAY, DAY, PRESENT, Asked, read_asked
from index.sittings.particulars import Told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("霞野市の令和3年度第1回に傍聴者はいましたか", (Told.OBSERVERS,)),
        ("傍聴者は何人?", (Told.OBSERVERS,)),
        ("令和3年度第1回の次回開催日は?", (Told.NEXT,)),
        ("会議は公開でしたか、非公開でしたか", (Told.OPENNESS,)),
        ("傍聴できましたか", (Told.OPENNESS,)),
        ("なぜ会議は非公開だったのですか", (Told.WHY_CLOSED,)),
        ("欠席した委員は何人ですか", (Told.ABSENT,)),
        ("委員は全員出席していましたか", (Told.ABSENT,)),
        ("会長は誰ですか", (Told.CHAIR,)),
        ("会長に選ばれた委員は", (Told.CHAIR,)),
        ("職務代理は誰が指名されましたか", (Told.VICE,)),
        ("会議は何時に終わりましたか", (Told.HOURS,)),
        ("第3回は何時間かかりましたか", (Told.HOURS,)),
        ("審議会はいつ、どこで開かれ、何人出席しましたか", (DAY, Told.PLACE, PRESENT)),
        ("会議の主管課はどこですか", (Told.HOST,)),
        ("事務局からは誰が出席しましたか", (Told.OFFICE,)),
        ("説明員は誰でしたか", (Told.EXPLAINERS,)),
        ("次回はいつですか", (Told.NEXT,)),
        ("第2回の議題は", (Told.AGENDA,)),
        ("第2回ではどんな資料が配られましたか", (Told.PAPERS,)),
        ("防犯カメラが諮問されたのはいつですか", (CASE_DAY,)),
        ("AI-OCRは第何回で審議されましたか", (CASE_DAY,)),
    ],
)
def test_a_question_on_a_sitting_is_known(text: str, asked: tuple[Asked, ...]) -> None:
    assert read_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "会長は何と述べましたか",
        "賛成した3人の委員は誰ですか",
        "会議録の署名委員は誰ですか",
        "委員会の映像に傍聴者の顔が映るのはいいのですか",
        "委員会の中継は何月から始まりましたか",
        "会長の意見は?",
        "審議会は情報公開条例に基づきますか",
        "AI-OCRのサーバはどこにありますか",
        "防犯カメラの映像は公開されますか",
        "公文書の非公開決定は妥当とされましたか",
        "会議録はどこで見られますか",
        "欠席連絡システムは承認されましたか",
        "個人情報ファイルの保存場所はどこですか",
        "審議会に提出するデータはいつ削除されますか",
        "委員から何か質問は出ましたか",
        "どんな資料で審査したのですか",
    ],
)
def test_a_question_on_something_else_is_left(text: str) -> None:
    assert read_asked(text) == ()
