"""What papers write of one case under headings: objections with their replies, reasons."""

import pytest

from assistant.chat import Assistant
from eval.any_vectors import as_if_real
from index.build import build

REPLY = """答申書
令和5年3月10日
楓原広域連合長 様
楓原広域連合個人情報保護審査会
記
諮問第1号　健診の結果の大学への提供について
諮問第12号　電話による認定結果の回答について

第１　審査会の結論
１　諮問第1号について
　健診の結果を大学に提供することは、適当である。
２　諮問第12号について
　電話により認定結果を回答することは、認められない。

第２　審査会の判断の理由
１　諮問第1号について
　(1) 研究は住民の健康に役立つものである。
２　諮問第12号について
　(1) 電話では相手が家族であるかを確かめることができない。

第３　少数意見
　諮問第12号については、合言葉を決めた者に限り認めるべきであるとの意見があった。

第４　審査の経過
"""
SHEET = """楓原町個人情報保護審査会　令和3年度第1回会議（書面開催）の結果
◆議案第1号　役場前への掲示板カメラの設置について（総務課）
［議案の要旨］　掲示板を傷つける者を見つけるため、カメラを1台置く。
［回答］
　承認　4名　　不承認　1名
［結果］　承認
［委員からの意見と町の考え方］
　意見1（不承認の委員）　掲示板を読む人の顔まで残るのは行き過ぎ
である。
　→　顔の部分はぼかして残します。
　意見2　置くのはいつか。
　→　8月です。

反対の理由
議案1　「読む人が減る。」（1名）
議案10　「費用が高い。」（2名）
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    records = tmp_path_factory.mktemp("papers")
    (records / "kaedehara-toshin.txt").write_text(REPLY, encoding="utf-8")
    (records / "kaedehara-shomen.txt").write_text(SHEET, encoding="utf-8")
    folder = tmp_path_factory.mktemp("index")
    build([records], folder, embedder=as_if_real())
    return Assistant.open(folder)


def test_nobody_is_named_for_what_is_not_signed(assistant: Assistant) -> None:
    answer = assistant.ask(["楓原広域連合の答申で少数意見を述べた委員の名前は"])
    assert answer.abstained
    assert "名前は書かれていません" in answer.text.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "told", "never"),
    [
        (
            "電話による認定結果の回答が認められなかった理由は",
            "確かめることができない",
            "健康に役立つ",
        ),
        ("楓原広域連合の答申に少数意見はありますか", "合言葉", "読む人"),
        ("楓原町の掲示板カメラに反対した人は何と言いましたか", "行き過ぎ", "置くのはいつか"),
        ("楓原町の掲示板カメラに反対した人は何と言いましたか", "ぼかして残します", "費用"),
    ],
)
def test_the_first_line_is_of_the_case_asked_about(
    assistant: Assistant, question: str, told: str, never: str
) -> None:
    first = assistant.ask([question]).text.split("\n")[0]
    assert told in first
    assert never not in first
