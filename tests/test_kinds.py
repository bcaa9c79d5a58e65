"""What kind of thing a question asks for, and whether a sentence or cell holds one."""

from __future__ import annotations

import pytest

from assistant.finding.units import unticked
from assistant.understanding.intents import Intent, read_intent
from assistant.understanding.kinds import announces, counter_of, focus_of, holds, slots_asked
from assistant.understanding.wants import Wanted, read_wanted
from index.japanese import fold


@pytest.mark.parametrize(
    ("wanted", "text", "held"),
    [
        (Wanted.MONEY, "月額の利用料は8,000円である。", True),
        (Wanted.MONEY, "費用はかからない。", True),
        (Wanted.MONEY, "利用者は8,000人である。", False),
        (Wanted.DURATION, "録画は14日間残る。", True),
        (Wanted.DURATION, "サーバには残らない。", True),
        (Wanted.DURATION, "24時間365日有人警備により管理している。", False),
        (Wanted.DURATION, "令和3年4月20日に始めた。", False),
        (Wanted.NUMBER, "対象は約1,200世帯である。", True),
        (Wanted.NUMBER, "第3回の会議で説明した。", False),
        (Wanted.COMPANY, "株式会社みなと情報に委託する。", True),
        (Wanted.COMPANY, "業者に委託する。", False),
        (Wanted.LAW, "条例第9条第2項による。", True),
        (Wanted.SHARE, "正解は98.5%であった。", True),
        (Wanted.ITEMS, "氏名、住所、生年月日", True),
        (Wanted.ITEMS, "氏名を渡す。", False),
        (Wanted.ANYTHING, "何でもよい。", True),
    ],
)
def test_a_sentence_is_seen_to_hold_the_kind_of_thing_asked_for(
    wanted: Wanted, text: str, held: bool
) -> None:
    assert holds(wanted, fold(text)) is held


@pytest.mark.parametrize(
    ("wanted", "label", "told"),
    [
        (Wanted.COMPANY, "外部提供先の概要", True),
        (Wanted.DURATION, "保存の期間", True),
        (Wanted.PLACE, "開催場所", True),
        (Wanted.MONEY, "実施時期", False),
    ],
)
def test_a_label_announces_the_kind_of_thing_beside_it(
    wanted: Wanted, label: str, told: bool
) -> None:
    assert announces(wanted, fold(label)) is told


@pytest.mark.parametrize(
    ("question", "text", "counted"),
    [
        ("対象は何世帯ですか", "約1,200世帯を見込む", True),
        ("対象は何世帯ですか", "カメラは3台である", False),
        ("いくつの業務で使いますか", "12の業務である", True),
        ("カメラは何台ですか", "合わせて36台である", True),
        ("カメラは今なん台ありますか", "柱に54基を置いた", True),
        ("何自治体が使っていますか", "約120以上の自治体で使われている", True),
        ("何自治体が使っていますか", "120以上の学校で使われている", False),
    ],
)
def test_a_number_counts_with_the_counter_asked_for(
    question: str, text: str, counted: bool
) -> None:
    counter = counter_of(fold(question))
    assert counter is not None
    assert bool(counter.search(fold(text))) is counted


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("東棟の案件で、業者はどこですか", "業者はどこですか"),
        ("通報アプリのサーバはどこに置かれますか", "通報アプリのサーバはどこに置かれますか"),
        ("見守りカメラについて、映像は何日残りますか", "映像は何日残りますか"),
    ],
)
def test_the_words_beside_the_interrogative_are_what_is_asked(question: str, focus: str) -> None:
    assert focus_of(question) == fold(focus)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("会長の名前は?", Wanted.PERSON),
        ("担当者の名前を教えて", Wanted.PERSON),
        ("名前を書かないと使えないのですか", Wanted.ANYTHING),
    ],
)
def test_a_name_is_asked_for_only_where_it_is_asked_for(question: str, wanted: Wanted) -> None:
    assert read_wanted(question) is wanted


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("目隠しを忘れたらどうなりますか", Intent.FACT),
        ("送信に失敗した場合はどうなるのですか", Intent.FACT),
        ("ドローンの件はどうなりましたか", Intent.VERDICT),
        ("カメラは全部で何台ですか", Intent.FACT),
        ("カメラの案件を全部教えて", Intent.LIST),
    ],
)
def test_what_would_happen_is_no_verdict_and_how_many_things_no_list(
    question: str, intent: Intent
) -> None:
    assert read_intent(question) is intent


@pytest.mark.parametrize(
    ("row", "behind", "open_"),
    [
        ("■外部提供 □目的外利用", "目的外利用", True),
        ("■外部提供 □目的外利用", "外部提供", False),
        ('<input type="checkbox"/> 目的外利用', "目的外利用", True),
        ('<input checked="" type="checkbox"/> 外部提供', "外部提供", False),
        ("□目的外利用\t保存期間 5年", "保存期間", False),
        ("目的外利用をする。", "目的外利用", False),
    ],
)
def test_what_stands_behind_an_open_box_is_no_answer(row: str, behind: str, open_: bool) -> None:
    assert unticked(row, row.index(behind)) is open_


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("空き家はおよそ何棟ですか", Wanted.NUMBER),
        ("カメラはなん台あるの", Wanted.NUMBER),
        ("録音はどのくらいで消えますか", Wanted.DURATION),
        ("映像をどれだけ置いておくつもりですか", Wanted.DURATION),
        ("何戸が対象ですか", Wanted.NUMBER),
    ],
)
def test_whatever_it_is_counted_in_a_number_is_asked_for(question: str, wanted: Wanted) -> None:
    assert read_wanted(question) is wanted


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("データはどこの会社に渡すのですか", {"recipient"}),
        ("いつから始めますか", {"start"}),
        ("録画は何日残りますか", {"retention"}),
        ("どんな情報を渡しますか", {"items"}),
        ("本人には知らせますか", {"notice"}),
        ("カメラは何台ですか", {"subjects"}),
        ("会長は誰ですか", set()),
    ],
)
def test_a_question_is_seen_to_ask_for_a_field_of_the_papers(
    question: str, asked: set[str]
) -> None:
    assert slots_asked(fold(question)) == asked
