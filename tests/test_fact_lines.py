"""How the line that tells a fact is cut from its sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.drafting.unit_statements import clause_ends
from assistant.finding.wordings import announces_matter, formula
from index.japanese import fold


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("端末は1,046台、予備は12台です。", ["端末は1,046台、", "予備は12台です。"]),
        ("登録者は１\n，５０６人おられます。", ["登録者は１\n，５０６人おられます。"]),
        ("住所，氏名を渡す。", ["住所，", "氏名を渡す。"]),
        ("「消す。」と述べた、と言う", ["「消す。」", "と述べた、", "と言う"]),
    ],
)
def test_a_figure_is_never_cut(text: str, clauses: list[str]) -> None:
    ends = [0, *clause_ends(text), len(text)]
    assert [text[a:b] for a, b in pairwise(ends) if b > a] == clauses


@pytest.mark.parametrize(
    ("text", "announces"),
    [
        ("諮問第6号「見守りセンサーの導入について」ですが、", True),
        ("(2) 水位計の設置について(諮問)", True),
        ("次第 1 開会 2 会長挨拶 3 議事 (1) 水位計の設置 4 その他", True),
        ("諮問第6号「見守りセンサーの導入について」、福祉課お願いします。", True),
        ("センサーは居間に1台置く。", False),
        ("水位計の設置について、町は費用を示した。", False),
    ],
)
def test_what_only_names_a_matter_tells_nothing_of_it(text: str, announces: bool) -> None:
    assert announces_matter(fold(text)) is announces


@pytest.mark.parametrize(
    ("text", "says_nothing"),
    [
        ("水位計の設置に係る説明は以上です。", True),
        ("それでは、資料2の図をご覧ください。", True),
        ("水位計は3台以上です。ほかにはない。", False),
        ("消すのは、届いてから5日以内です。", False),
    ],
)
def test_a_closing_formula_says_nothing(text: str, says_nothing: bool) -> None:
    assert formula(fold(text)) is says_nothing
