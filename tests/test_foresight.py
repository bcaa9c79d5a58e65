"""What to expect of the council: only real cases, only real questions, each at its place."""

from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.desks.foresight import READY, Comparable, Side, foresee, questions_of, title_of
from assistant.surveys.precedents import rows_of
from eval.any_vectors import as_if_real
from index.grammar.verdicts import Outcome

PAPER = """案件シート
件名　AI-OCRによる給付金申請書の読取りについて
担当課　福祉課
申請書を委託先のクラウドサーバへ送り、AI-OCRで文字データにする。送ったデータは三日で自動削除される。
量子乱数ロックという装置で庫内を施錠する。
"""


@pytest.fixture(scope="module")
def assistant(sample_index: Path) -> Assistant:
    return Assistant.open(sample_index)


@pytest.mark.parametrize(
    ("paper", "title"),
    [
        ("件名見守りカメラの設置について\n担当課総務課", "見守りカメラの設置について"),
        ("件名　見守りカメラの設置について\n担当課 総務課", "見守りカメラの設置について"),
        ("案件名: 税務システムの更新に伴う外部提供\n理由", "税務システムの更新に伴う外部提供"),
        ("", ""),
        ("\n\n　\n", ""),
    ],
)
def test_a_paper_is_called_by_its_title(paper: str, title: str) -> None:
    assert title_of(paper) == title


@pytest.mark.model
def test_the_nearest_cases_are_found_and_contrary_ones_stand_first(assistant: Assistant) -> None:
    foresight = foresee(assistant, PAPER)
    assert foresight.title == "AI-OCRによる給付金申請書の読取りについて"
    assert any("AI-OCR" in p.case.title for p in foresight.precedents)
    best = max(foresight.precedents, key=lambda p: p.likeness)
    assert "AI-OCR" in best.case.title
    sides = [p.side for p in foresight.precedents]
    assert sides == sorted(sides)
    assert {p.case.outcome for p in foresight.precedents if p.side is Side.CONTRARY} <= {
        Outcome.REJECTED, Outcome.PARTLY_APPROVED, Outcome.CONTINUED, Outcome.WITHDRAWN,
        Outcome.APPROVED_WITH_CONDITIONS,
    }  # fmt: skip


@pytest.mark.model
def test_a_case_without_a_verdict_counts_neither_as_approved_nor_as_not(
    assistant: Assistant,
) -> None:
    told = {r.outcome: Comparable(r, 1.0, (), ()).side for r in rows_of(assistant.evidence.cases)}
    assert told[Outcome.NOT_RECORDED] is Side.UNKNOWN
    assert [o for o, side in told.items() if side is Side.UNKNOWN] == [Outcome.NOT_RECORDED]


@pytest.mark.model
def test_what_no_record_names_is_named_with_its_place(assistant: Assistant) -> None:
    foresight = foresee(assistant, PAPER.replace("AI-OCRによる", "AI-OCRとブロックチェーンによる"))
    words = {place.text for place in foresight.unprecedented}
    assert "ブロックチェーン" in words
    assert "AI-OCR" not in words
    for place in foresight.unprecedented:
        paper = PAPER.replace("AI-OCRによる", "AI-OCRとブロックチェーンによる")
        assert paper[place.start : place.end] == place.text


@pytest.mark.model
def test_only_questions_that_were_asked_are_foreseen_each_at_its_place(
    assistant: Assistant,
) -> None:
    foresight = foresee(assistant, PAPER)
    questions = [q for t in (*foresight.themes, *foresight.elsewhere) for q in t.questions]
    assert questions
    for asked in questions:
        text = assistant.index.text(asked.case.record)
        assert text[asked.start : asked.end] == asked.text
        assert asked.text in {q.text for q in questions_of(assistant, asked.case)}
        if asked.told:
            assert PAPER[asked.told.start : asked.told.end] == asked.told.text
    assert len({(q.case.record, q.start) for q in questions}) == len(questions)
    assert 0 < len(foresight.ready) <= READY
    assert len({(q.case.record, q.start) for q in foresight.ready}) == len(foresight.ready)
    for asked in foresight.ready:
        assert asked.text in {q.text for q in questions_of(assistant, asked.case)}


@pytest.mark.model
def test_a_case_that_is_hidden_is_not_used(assistant: Assistant) -> None:
    all_cases = foresee(assistant, PAPER)
    hidden = {p.case.id for p in all_cases.precedents}
    rest = foresee(assistant, PAPER, without=hidden)
    assert not hidden & {p.case.id for p in rest.precedents}
    told = [q for theme in (*rest.themes, *rest.elsewhere) for q in theme.questions]
    assert not hidden & {q.case.id for q in told}


@pytest.mark.model
@pytest.mark.parametrize("paper", ["", " \n　", "?", "あ" * 20_000, "\x00<script>"])
def test_any_text_may_be_given(assistant: Assistant, paper: str) -> None:
    foresee(assistant, paper)


def test_papers_whose_verdict_stands_in_another_record_are_told_with_it(desk_index: Path) -> None:
    assistant = Assistant.open(desk_index, as_if_real())
    foresight = foresee(assistant, "件名　母子健康手帳アプリの導入に伴うオンライン結合について")
    found = [*foresight.precedents, *foresight.kindred]
    told = [p for p in found if "母子健康手帳アプリ" in p.case.title]
    assert [p.case.outcome for p in told] == [Outcome.APPROVED]
    assert [c.outcome for c in told[0].row.papers] == [Outcome.NOT_RECORDED]


def test_a_case_whose_title_has_most_of_a_long_word_is_like_it(desk_index: Path) -> None:
    assistant = Assistant.open(desk_index, as_if_real())
    foresight = foresee(assistant, "件名　集団特定健診結果の提供について")
    found = {p.shared for p in foresight.precedents if "特定健診結果" in p.case.title}
    assert found == {("特定健診",)}
