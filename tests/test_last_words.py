"""What a chair concludes in words of its own, and what a cell says: the place adds what the words leave out."""

from __future__ import annotations

import pytest
from reading import outcomes

from index.grammar.verdict_words import read_verdict_word
from index.grammar.verdicts import read_verdict

TALK = """
1 議題
（1）公園の見守りカメラの設置について
2 会議の内容
（1）公園の見守りカメラの設置について
○委員　保存は何日か。
○公園課長　七日である。
"""
YES = "\n（「異議なし」の声）"
LAST_WORDS = [
    # put to the members, who assent
    ("○会長　では、原案に賛成ということでよろしいですか。" + YES, "approved"),
    ("○会長　本件は付議のとおりでよろしいですか。" + YES, "approved"),
    ("○会長　本件はこのとおり進めていただくということで、よろしいでしょうか。" + YES, "approved"),
    ("○会長　設置を認めるという線でまとめたいと思います。よろしいですか。" + YES, "approved"),
    ("○会長　設置はやむを得ないかと思いますが、いかがでしょうか。" + YES, "approved"),
    ("○会長　掲示を出すこと、映像を七日で消すこと、この2つをしていただく前提で、付議のとおりでよろしいですか。" + YES, "approved_with_conditions"),
    # and not without their assent
    ("○会長　では、原案に賛成ということでよろしいですか。\n○委員　反対です。", "not_recorded"),
    ("○会長　本件は付議のとおりでよろしいですか。\n○委員　まだ分からない点がある。", "not_recorded"),
    # concluded by the chair
    ("○会長　それではこれは可ということで、答申の文は事務局にお任せします。", "approved"),
    ("○会長　では、設置の件は、よろしいということにいたします。", "approved"),
    # it comes back
    ("○会長　数字をそろえて、次の会議に出していただけますか。", "continued"),
    ("○会長　要綱の案を作って、もう一度お持ちください。", "continued"),
    ("○会長　きょうは見合わせていただきたい。", "continued"),
    # decides nothing
    ("○会長　御意見として伺っておくことにします。", "not_recorded"),
    ("○会長　問題ありません。次の議題に移ります。", "not_recorded"),
    ("○会長　この点は事務局で適切に対応するようお願いします。", "not_recorded"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "outcome"), LAST_WORDS)
def test_what_a_chair_concludes_in_its_own_words_is_read(said: str, outcome: str) -> None:
    assert outcomes(f"{TALK}{said}\n") == [outcome]


def test_who_drafts_the_reply_and_when_decides_nothing() -> None:
    refused = "○会長　設置は、必要性が認められず、適当でない。\n○各委員　同意見。\n"
    after = "会長から、答申は2月中に行うこと、文案は会長が作成することが提案され、了承された。\n"
    assert outcomes(f"{TALK}{refused}\n{after}") == ["rejected"]


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("全員賛成で可決", "approved"),
        ("付議のとおり承認", "approved"),
        ("挙手多数により決定", "approved"),
        ("適正と認める", "approved"),
        ("原案可決承認", "approved"),
        ("一部修正の上承認", "approved_with_conditions"),
        ("修正可決", "approved_with_conditions"),
        ("要再検討", "continued"),
        ("差戻し", "continued"),
        ("不採択", "rejected"),
        ("認められない", "rejected"),
        ("別途協議", None),
        ("意見聴取", None),
        ("承認申請", None),
    ],
)
def test_a_cell_says_how_it_was_decided_on_what_terms_and_what(
    cell: str, outcome: str | None
) -> None:
    read = read_verdict_word(cell, labelled=True)
    assert (read and read.value) == outcome


@pytest.mark.parametrize("draft", ["答申案", "答申書案", "答申の案", "回答案"])
def test_a_draft_of_the_councils_own_adopted_as_it_stands_approves_nothing(draft: str) -> None:
    """What it says is not told: it may refuse."""
    verdict = read_verdict(f"では、{draft}のとおりでよい。", about="顔写真の登録について", put=True)
    assert verdict is None
    assert read_verdict("では、案のとおりでよい。", about="顔写真の登録について", put=True)
