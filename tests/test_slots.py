"""Labelled fields of papers, in whatever words and layout: what data goes where, how long, and why."""

import pytest
from limits import within

from index.text.lines import lines
from index.text.slots import Slot, canonical, read_slots, slot_names, ticked


def slots_of(text: str) -> list[Slot]:
    rows = lines(text)
    return read_slots(text, rows, running=rows)


def told(text: str) -> dict[str, str]:
    return {slot.name: slot.value for slot in slots_of(text) if slot.name}


FACTS = {
    "purpose": "通学路の安全のため",
    "items": "氏名、学年",
    "recipient": "株式会社霞野システム",
    "network": "専用線で結ぶ",
    "retention": "5年",
    "notice": "広報で知らせる",
    "start": "令和4年10月1日",
}
WORDS = {
    "purpose": "利用目的", "items": "提供する個人情報の項目", "recipient": "提供先", "network": "通信回線の概要",
    "retention": "保存期間", "notice": "本人への通知", "start": "実施時期",
}  # fmt: skip
OTHER_WORDS = {
    "purpose": "諮問の理由", "items": "個人情報の内容", "recipient": "委託先", "network": "接続方法",
    "retention": "保存年限", "notice": "本人通知の有無", "start": "開始年月日",
}  # fmt: skip
LAYOUTS = [
    "{label}：{value}\n",
    "{label}　{value}\n",
    "・{label}:{value}\n",
    "{label}\t{value}\n",
    "| {label} | {value} |\n",
    "{label}\n　{value}\n",
    "【{label}】\n{value}\n",
    "■ {label}\n{value}\n\n",
    "<tr><td>{label}</td><td>{value}</td></tr>",
    "\t\t{label}\t\t{value}\t\t\n",
]


@pytest.mark.parametrize("words", [WORDS, OTHER_WORDS], ids=["words", "other words"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_thing_is_found_under_any_label_and_in_any_layout(
    layout: str, words: dict[str, str]
) -> None:
    text = "".join(layout.format(label=words[name], value=value) for name, value in FACTS.items())
    assert told(text) == FACTS
    for slot in slots_of(text):
        assert text[slot.start : slot.end] == slot.value


def test_numbered_fields_end_at_the_next_number_and_keep_their_inner_lists() -> None:
    text = "1 利用目的\n(1) 安全のため\n(2) 教育のため\n2 その次のこと\n説明\n3 保存期間\n5年\n"
    assert told(text) == {"purpose": "(1) 安全のため\n(2) 教育のため", "retention": "5年"}


def test_pairs_side_by_side_are_told_apart() -> None:
    assert told("提供先\t霞野病院\t保存期間\t5年\n") == {
        "recipient": "霞野病院",
        "retention": "5年",
    }


def test_a_label_inside_a_labelled_row_is_the_nearer_one() -> None:
    text = "外部提供\t提供先の概要\t霞野病院\n\t提供の形態\t□紙 ■その他（暗号化した画像）\n\t安全の確保\t鍵をかける\n"
    assert [(slot.name, slot.label) for slot in slots_of(text)] == [
        ("recipient", "外部提供 提供先の概要"),
        ("form", "外部提供 提供の形態"),
        ("safeguards", "外部提供 安全の確保"),
    ]


def test_a_row_of_boxes_without_a_label_is_known_by_its_items() -> None:
    (slot,) = slots_of("□紙媒体\t■電磁的記録媒体\n")
    assert (slot.name, slot.ticked) == ("form", ("電磁的記録媒体",))


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("■氏名 □住所 ■生年月日", ("氏名", "生年月日")),
        ("☑氏名 ☐住所 ☒生年月日", ("氏名", "生年月日")),
        ("✓氏名 □住所 ✔生年月日", ("氏名", "生年月日")),
        ("レ氏名 □住所 レ 生年月日", ("氏名", "生年月日")),
        ("[x] 氏名 [ ] 住所 [レ] 生年月日", ("氏名", "生年月日")),
        ('<input type="checkbox" checked=""> 氏名 <input type="checkbox"> 住所', ("氏名",)),
        ('<td><input checked type="checkbox"/>氏名</td><td>□住所</td>', ("氏名",)),
        ("■氏名\t□住所\t■生年月日\t", ("氏名", "生年月日")),
        ("■その他（画像データを送る） □無", ("その他（画像データを送る）",)),
        ("■無（　）", ("無",)),
        ("□氏名 □住所", ()),
        ("レセプトの写し", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_ticked_boxes_are_told_from_open_ones(value: str, items: tuple[str, ...]) -> None:
    assert ticked(value) == items


@pytest.mark.parametrize(
    "text",
    [
        "委員 提供先はどこか。\n事務局 霞野病院である。\n",
        "保存期間について質問があった。\n",
        "提供先に通知することとした。\n",
        "1 開会\n2 議事\n3 閉会\n",
        "理由は、通学路の安全のためである。\n",
        "",
    ],
)
def test_words_in_a_sentence_are_no_labels(text: str) -> None:
    assert told(text) == {}


def test_each_canonical_name_has_its_word_to_show() -> None:
    names = slot_names()
    assert {
        "items",
        "recipient",
        "form",
        "network",
        "retention",
        "notice",
        "purpose",
        "start",
    } <= set(names)
    assert all(names.values())
    for name, word in names.items():
        assert canonical(word.split("・")[0]) in (name, "")


@pytest.mark.parametrize(
    "piece", ["■", "□氏名", "提供先：", "提供先\t", "<td>提供先</td>", "[x]", "<input ", "（", "1 "]
)
def test_a_line_of_anything_is_read_soon(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    rows = lines(text)
    with within(2):
        found = read_slots(text, rows, running=rows)
    assert all(slot.value == text[slot.start : slot.end] for slot in found[:50])
