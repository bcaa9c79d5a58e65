"""Cases by their labels and numbers: where these stand before, behind and instead of a title."""

from __future__ import annotations

import pytest

from index.cases import Case
from index.meetings import read_meetings
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import lines

HEAD = "平成30年度第2回霞野市個人情報保護審議会会議録\n日時 平成30年10月19日\n\n"
FIRST, SECOND = "ごみ集積所のカメラの設置及び運用について", "乳幼児の健診の受診の状況の利用について"
TOLD = "○委員長　御質問を。\n○Ａ委員　保存は何日か。\n○課長　十日です。\n○委員長　では、承認といたします。\n"


def read(text: str) -> list[Case]:
    record = Record("minutes.txt", f"{HEAD}{text}", "")
    pieces = lines(record.text)
    return read_cases(record, pieces, read_meetings(record, pieces))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("１　諮問第9号　{}", "２　諮問第10号　{}"),
        ("1. 諮問第9号 {}", "2. 諮問第10号 {}"),
        ("（１）諮問第９号　{}", "（２）諮問第１０号　{}"),
        ("ア諮問第9号　{}", "イ諮問第10号　{}"),
        ("ア 議案第9号　{}", "イ 議案第10号　{}"),
        ("① 諮問第9号　{}", "② 諮問第10号　{}"),
        ("【令元-9】　{}", "【令元-10】　{}"),
        ("［R3-9］{}", "［R3-10］{}"),
        ("〔30-9〕 {}", "〔30-10〕 {}"),
    ],
)
def test_a_label_is_one_behind_a_number_and_in_short_brackets(first: str, second: str) -> None:
    text = f"{first.format(FIRST)}\n\n{TOLD}\n{second.format(SECOND)}\n\n{TOLD.replace('承認', '継続審議')}"
    told = [(case.title, case.outcome) for case in read(text)]
    assert told == [(FIRST, "approved"), (SECOND, "continued")]


@pytest.mark.parametrize("mark", ["ア{}", "ア {}", "（１）{}", "１　{}", "・{}", "{}"])
def test_a_matter_in_brackets_behind_its_label_is_its_title(mark: str) -> None:
    head = mark.format("諮問第9号（集積所のカメラの設置）")
    (case,) = read(f"{head}\n\n{TOLD}")
    assert (case.label, case.title, case.outcome) == (
        "諮問第9号",
        "集積所のカメラの設置",
        "approved",
    )


@pytest.mark.parametrize(
    "aside",
    ["資料6", "継続", "新規", "非公開", "減量推進課", "教育委員会：学務課", "配付資料により説明"],
)
def test_what_else_stands_in_brackets_is_no_title(aside: str) -> None:
    found = read(f"諮問第9号（{aside}）\n{FIRST}\n\n{TOLD}")
    assert [case.title for case in found] == [FIRST]


AGENDA = """議題
(1) 審議事項【公開】
取扱いの原則の例外について
ア諮問第9号
・「提供の制限」の例外に関する諮問（減量推進課）
イ諮問第10号
・「利用の制限」の例外に関する諮問（母子保健課）
(2) 報告事項【公開】
ア令和元年度の運用の状況について
イ諮問第7号に係る答申後の取扱いについて（住宅課）
(3) 審議事項【非公開】
部分開示決定に対する審査請求に関する諮問
・諮問第5号（公安委員会：広報課）

議事の経過

(1) 審議事項【公開】

ア諮問第9号（集積所のカメラの設置）

課から説明を行った。

<委員>
保存は何日か。
<実施機関>
十日である。

例外として認めることで意見がまとまり、答申の文案は会長に一任された。

イ諮問第10号（健診の受診の状況の利用）

<委員>
同意は要らないのか。
<実施機関>
検討する。

方法を整理することとし、次回も継続して審議することとなった。

(2) 報告事項【公開】

ア令和元年度の運用の状況について

開示の請求が二百件あったことを事務局から説明した。

イ諮問第7号に係る答申後の取扱いについて（住宅課）

文書による通知を六月から実施していることの報告があった。

(3) 審議事項【非公開】

諮問第5号について、前回に引き続き審議を行った。
次回、答申の案をもとに審議することとなった。
"""


def test_what_two_names_and_one_label_name_is_one_matter() -> None:
    told = [(c.title, c.kind, c.outcome, c.department) for c in read(AGENDA)]
    assert sorted(told) == sorted(
        [
            ("集積所のカメラの設置", "consultation", "approved", "減量推進課"),
            ("健診の受診の状況の利用", "consultation", "continued", "母子保健課"),
            ("令和元年度の運用の状況について", "report", "reported", None),
            ("諮問第7号に係る答申後の取扱いについて", "report", "reported", "住宅課"),
            ("諮問第5号", "review", "continued", "公安委員会：広報課"),
        ]
    )


@pytest.mark.parametrize("width", [12, 15, 17, 20])
def test_a_title_in_a_narrow_cell_goes_on_where_its_words_do(width: int) -> None:
    # rows end as a cell has them end: behind a particle
    title = "集積所における不法投棄を防ぐためのカメラの設置及び運用について"
    rows, row = [], ""
    for piece in [
        "集積所における",
        "不法投棄を",
        "防ぐための",
        "カメラの",
        "設置及び運用",
        "について",
    ]:
        if row and len(row) + len(piece) > width:
            rows.append(row)
            row = ""
        row += piece
    rows.append(row)
    agenda = (
        "議題\n１　前回会議録の確認について\n２　"
        + "\n".join(rows)
        + "\n３　その他\n\n審議の概要\n\n"
    )
    (case,) = read(f"{agenda}２　{title}\n\n{TOLD}")
    assert case.title.replace("\n", "") == title
    assert case.outcome == "approved"


COUNTED = """議事
 1.諮問案件について
  【令元-9】　飼い犬の登録の情報の外部提供について（環境課）
  【令元-10】　手帳のアプリとの結合について（福祉課）
 2.報告案件について
 3.その他

審議内容

 1.諮問案件について

  （意見書の集約）
   【令元-9】　可　8　　否　0　　保留　0
   【令元-10】　可　3　　否　1　　保留　4

  【令元-9】飼い犬の登録の情報の外部提供について

   ア.説明
    鑑札の番号を獣医師会に提供する。
   イ.質疑
   委員：
    返還されるのか。
   環境課：
    三か月以内に返還される。
   会長：
    諮問のとおり承認する。

  【令元-10】手帳のアプリとの結合について

   ア.説明
    失効の情報を送信する。
   イ.質疑
   委員：
    送る必要が分からない。
   福祉課：
    検討したい。その場合、諮問は取り下げることになる。
   会長：
    本日は答申をしない。

 2.報告案件について

  街頭のカメラの映像の外部提供について（防犯課）

   ア.説明
    七月から十二月までの提供は十二件で、すべて警察署からの照会によるものである。事件の種別は窃盗が七件、器物の損壊が三件である。

 3.その他
"""


def test_counts_of_opinions_and_steps_of_a_hearing_are_no_matters() -> None:
    told = [(case.title, case.outcome) for case in read(COUNTED)]
    assert told == [
        ("飼い犬の登録の情報の外部提供について", "approved"),
        ("手帳のアプリとの結合について", "continued"),
        ("街頭のカメラの映像の外部提供について", "reported"),
    ]


BOTH = f"議題\n案件1 {FIRST}\n案件2 {SECOND}\n\n○会長 一括して説明をお願いします。\n○課長 資料のとおりです。\n"


@pytest.mark.parametrize(
    ("said", "outcomes"),
    [
        ("○会長 案件1については、適当と認める。\n○会長 案件2については、承認します。\n", ["approved", "approved"]),
        ("○会長 案件1については、適当と認める。案件2については、継続審議とする。\n", ["approved", "continued"]),
        ("○会長 案件1については、適当と認めることでよろしいですか。\n（異議なし）\n○会長 では、案件2については、次回に改めて審議することとします。\n", ["approved", "continued"]),
        ("○会長 案件1については、記録を残すことを条件に承認します。\n○会長 案件2については、承認しない。\n", ["approved_with_conditions", "rejected"]),
        # told of another time, by others, or of what may be
        ("○会長 前回の審議会で案件1は承認された。\n○会長 案件2は、承認される見込みである。\n", ["not_recorded", "not_recorded"]),
        ("○課長 案件1については、適当と認める。\n○海原委員 案件2については、承認する。\n", ["not_recorded", "not_recorded"]),
        ("○会長 案件1については、承認してよいか。\n○海原委員 反対である。\n", ["not_recorded", "not_recorded"]),
    ],
)  # fmt: skip
def test_a_verdict_that_names_a_case_by_its_number_is_no_turning_to_it(
    said: str, outcomes: list[str]
) -> None:
    assert [case.outcome for case in read(BOTH + said)] == outcomes
