"""Turns of speech: who said what, in whichever way the minutes mark it, and what answers what.

Whose word it is decides whether it can be a ruling: a reply that is taken for the chair's words, or
for the narrative of the minutes, is a false approval waiting to happen.
"""

import pytest

from index.text.lines import lines
from index.text.turns import Role, Turn, exchanges, read_turns, role_of


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (turn.speaker, turn.role.value, text[turn.start : turn.end])
        for turn in read_turns(lines(text))
    ]


ASKED, ANSWERED = "保存はいつまでか。", "三年である。"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"（A委員）{ASKED}\n（総務課）{ANSWERED}", "A委員 総務課"),
        (f"（委員）{ASKED}\n（実施機関）{ANSWERED}", "委員 実施機関"),
        (f"(委員A) {ASKED}\n(事務局) {ANSWERED}", "委員A 事務局"),
        (f"【委員】\n{ASKED}\n【情報政策課】\n{ANSWERED}", "委員 情報政策課"),
        (f"【委員】{ASKED}\n【事務局】{ANSWERED}", "委員 事務局"),
        (f"［委員］{ASKED}\n［担当課］{ANSWERED}", "委員 担当課"),
        (f"<委員>\n{ASKED}\n<事務局>\n{ANSWERED}", "委員 事務局"),
        (f"〈委員〉{ASKED}\n〈担当課〉{ANSWERED}", "委員 担当課"),
        (f"○委員 {ASKED}\n〇担当課 {ANSWERED}", "委員 担当課"),
        (f"○海原委員　{ASKED}\n〇総務課長　{ANSWERED}", "海原委員 総務課長"),
        (f"◎委員 {ASKED}\n◆事務局 {ANSWERED}", "委員 事務局"),
        (f"○A委員\n　{ASKED}\n○B課長\n　{ANSWERED}", "A委員 B課長"),
        (f"委員\n{ASKED}\n実施機関\n{ANSWERED}", "委員 実施機関"),
        (f"海原委員\n{ASKED}\n総務課長\n{ANSWERED}", "海原委員 総務課長"),
        (f"委員：{ASKED}\n事務局：{ANSWERED}", "委員 事務局"),
        (f"海原委員：{ASKED}\n総務課長：{ANSWERED}", "海原委員 総務課長"),
        (f"委員A：{ASKED}\n担当課：{ANSWERED}", "委員A 担当課"),
        (f"・委員：{ASKED}\n・事務局：{ANSWERED}", "委員 事務局"),
        (f"委員　{ASKED}\n事務局　{ANSWERED}", "委員 事務局"),
        (f"Ａ委員　{ASKED}\n事務局　{ANSWERED}", "Ａ委員 事務局"),
        (f"(質問){ASKED}\n(回答){ANSWERED}", "質問 回答"),
        (f"（質問）{ASKED}\n（答弁）{ANSWERED}", "質問 答弁"),
        (f"Q：{ASKED}\nA：{ANSWERED}", "Q A"),
        (f"問：{ASKED}\n答：{ANSWERED}", "問 答"),
        (f"( 委 員 ) {ASKED}\n(事務局) {ANSWERED}", "委 員 事務局"),
        (f"委員：{ASKED}\n市側：{ANSWERED}", "委員 市側"),
        (f"( 委 員 ) {ASKED}\n( 実 施 機 関 ) {ANSWERED}", "委 員 実 施 機 関"),
        (f"( 委 員 ) {ASKED}\n( 事 務 局 ) {ANSWERED}", "委 員 事 務 局"),
        (f"(委 員 A) {ASKED}\n(河 川 課) {ANSWERED}", "委 員 A 河 川 課"),
        (f"海原委員　{ASKED}\n総務課長　{ANSWERED}", "海原委員 総務課長"),
        (f"海原委員　{ASKED}\n教育総務課 園部課長　{ANSWERED}", "海原委員 教育総務課 園部課長"),
        (f"1番委員　{ASKED}\n事務局　{ANSWERED}", "1番委員 事務局"),
        (f"〔委員〕{ASKED}\n〔総務課〕{ANSWERED}", "委員 総務課"),
        (f"≪委員≫{ASKED}\n≪事務局≫{ANSWERED}", "委員 事務局"),
        (f"委員「{ASKED}」\n事務局「{ANSWERED}」", "委員 事務局"),
        (f"Q {ASKED}\nA {ANSWERED}", "Q A"),
        (f"質疑：{ASKED}\n応答：{ANSWERED}", "質疑 応答"),
        (f"（委員）{ASKED}（事務局）{ANSWERED}", "委員 事務局"),
    ],
)  # fmt: skip
def test_question_and_reply_are_told_apart_in_every_style(text: str, speakers: str) -> None:
    asked, answered = told(text)
    # a spaced name holds spaces: compare without
    assert (asked[0] + answered[0]).replace(" ", "") == speakers.replace(" ", "")
    assert asked[1] == "member"
    assert answered[1] in ("agency", "office")
    assert (asked[2].strip("」"), answered[2].strip("」")) == (ASKED, ANSWERED)


@pytest.mark.parametrize(
    "text",
    [
        "（会長）始めます。", "(会長) 始めます。", "【会長】\n始めます。", "【会長】始めます。", "○会長 始めます。", "〇会長　始めます。", "◎会長 始めます。",
        "<会長>\n始めます。", "会長\n始めます。", "会長：始めます。", "会長　始めます。", "○山野会長　始めます。", "山野会長：始めます。", "委員長\n始めます。",
        "部会長　始めます。", "［会長］始めます。", "（議長）始めます。", "会長（山野）：始めます。", "（会 長）始めます。",
        "会 長　始めます。",
        "会長「始めます。」",
        "議長（山野会長）　始めます。",
    ],
)  # fmt: skip
def test_the_chair_is_known_in_every_style(text: str) -> None:
    found = told(text)
    assert [(role, words.strip("「」")) for _, role, words in found] == [("chair", "始めます。")]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("会長", Role.CHAIR), ("山野会長", Role.CHAIR), ("委員長", Role.CHAIR), ("部会長", Role.CHAIR), ("座長", Role.CHAIR), ("議長", Role.CHAIR),
        ("会 長", Role.CHAIR),
        ("副会長", Role.MEMBER), ("副委員長", Role.MEMBER), ("会長職務代理者", Role.MEMBER), ("会長代理", Role.MEMBER),
        ("委員", Role.MEMBER), ("A委員", Role.MEMBER), ("委員A", Role.MEMBER), ("質問", Role.MEMBER), ("Q", Role.MEMBER), ("問", Role.MEMBER),
        ("事務局", Role.OFFICE), ("事務局長", Role.OFFICE), ("市事務局", Role.OFFICE),
        ("実施機関", Role.AGENCY), ("担当課", Role.AGENCY), ("総務課長", Role.AGENCY), ("情報政策課", Role.AGENCY), ("回答", Role.AGENCY),
        ("A", Role.AGENCY), ("答", Role.AGENCY), ("市側", Role.AGENCY), ("市長", Role.AGENCY), ("副市長", Role.AGENCY), ("説明員", Role.AGENCY),
        ("館長", Role.AGENCY), ("主幹", Role.AGENCY),
        ("全員", Role.UNKNOWN), ("", Role.UNKNOWN),
    ],
)  # fmt: skip
def test_a_name_tells_whose_word_it_is(name: str, role: Role) -> None:
    assert role_of(name) is role


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("主な質疑\n・保存はいつまでか。\n　・三年である。\n・誰が見るのか。\n　・課長である。", "member agency member agency"),
        ("※委員意見及び税務課の回答\n- 保存はいつまでか。\n → 三年である。\n- 誰が見るのか。\n → 課長である。", "member agency member agency"),
        ("- 保存はいつまでか。\n  → 三年である。", "member agency"),
        ("・保存はいつまでか。\n⇒三年である。", "member agency"),
        ("（A委員）保存はいつまでか。\n→ 三年である。", "member agency"),
        ("質疑応答\n・保存はいつまでか。\n・三年である。", "member unknown"),
    ],
)  # fmt: skip
def test_bullets_without_names_are_told_by_arrow_indent_and_question(text: str, roles: str) -> None:
    assert " ".join(role for _, role, _ in told(text)) == roles


@pytest.mark.parametrize(
    "text",
    [
        "委員から、保存の期間について質問があった。",
        "会長の選出について",
        "委員の意見",
        "事務局から資料の説明があった。",
        "(1) 会長あいさつ",
        "・AI-OCRの利用について",
        "（資料1）",
        "（総務課）",
        "（公開）",
        "【諮問案件1】",
        "<審議結果>",
        "担当課：総務課"[:4],
        "",
    ],
)
def test_a_line_that_names_somebody_is_not_always_speech(text: str) -> None:
    assert told(text) == []


def test_a_speech_goes_on_over_lines_and_ends_at_the_narrative() -> None:
    text = "（委員）保存はいつまでか。\n　それから、誰が見るのか。\n―ここで休憩した。―\n本件は継続とした。\n"
    assert told(text) == [("委員", "member", "保存はいつまでか。\n　それから、誰が見るのか。")]


@pytest.mark.parametrize(
    "mark",
    [
        "―質疑を終わる。―",
        "※ 資料を配った。",
        "【審議結果】",
        "<審議結果>",
        "以上",
        "(異議なし)",
        "(休憩)",
    ],
)
def test_what_the_minutes_tell_is_not_the_last_speakers_word(mark: str) -> None:
    assert told(f"○担当課 三年である。\n{mark}\n本件は承認とした。") == [
        ("担当課", "agency", "三年である。")
    ]


def test_a_turn_says_where_it_stands() -> None:
    text = "\ufeff○会長　始めます。\r\n\r\n（Ａ委員）保存は、\r\n　いつまでか。\r\n"
    turns = read_turns(lines(text))
    assert [text[turn.start : turn.end] for turn in turns] == [
        "始めます。",
        "保存は、\r\n　いつまでか。",
    ]
    assert [text[turn.head : turn.start] for turn in turns] == ["○会長　", "（Ａ委員）"]


# -- what answers what ----------------------------------------------------------------------------


def paired(text: str) -> list[tuple[str, list[str]]]:
    return [
        (text[e.question.start : e.question.end], [text[r.start : r.end] for r in e.replies])
        for e in exchanges(read_turns(lines(text)))
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("（委員）甲か。\n（事務局）乙だ。\n（委員）丙か。\n（事務局）丁だ。", [("甲か。", ["乙だ。"]), ("丙か。", ["丁だ。"])]),
        ("（委員）甲か。\n（事務局）乙だ。\n（担当課）丙だ。", [("甲か。", ["乙だ。", "丙だ。"])]),
        ("（委員）甲だ。\n（A委員）乙だ。\n（事務局）丙だ。", [("甲だ。", []), ("乙だ。", ["丙だ。"])]),
        ("（会長）甲か。\n（事務局）乙だ。", [("甲か。", ["乙だ。"])]),
        ("（事務局）甲だ。\n（委員）乙か。", [("甲だ。", []), ("乙か。", [])]),
        ("主な質疑\n- 甲はどうか。\n- 乙だ。\n- 丙はどうか。\n- 丁だ。", [("甲はどうか。", ["乙だ。"]), ("丙はどうか。", ["丁だ。"])]),
        ("", []),
    ],
)  # fmt: skip
def test_a_reply_belongs_to_the_question_before_it(
    text: str, pairs: list[tuple[str, list[str]]]
) -> None:
    assert paired(text) == pairs


def test_no_word_is_lost_or_told_twice_when_pairing() -> None:
    turns = [
        Turn("", role, n, n + 1, head=n)
        for n, role in enumerate([*Role, *Role, Role.MEMBER, *Role])
    ]
    flat = [turn for e in exchanges(turns) for turn in (e.question, *e.replies)]
    assert flat == turns
    assert all(e.start <= e.end for e in exchanges(turns))
