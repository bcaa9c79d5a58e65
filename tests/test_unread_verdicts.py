"""Minutes whose verdict was not understood are not told as a record without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reading import cases_of
from stand_ins import HashEmbedder

from app_parts.markup import Marks, card_html, case_badge
from assistant.chat import Assistant
from assistant.facts import badge_word, outcome_word, unread
from assistant.statements import outcome_counts
from index.build import build
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.records import Record

MINUTES = """令和5年度第2回霞野市個人情報保護審議会会議録
日時　令和5年8月24日（木）午後2時から
出席委員　5名

諮問第3号　公園カメラの映像の外部提供について
○総務課長　公園のカメラの映像を警察署に提供するものである。
○花岡委員　保存は何日か。
○総務課長　14日である。
○会長　では、この件は先ほどの表のとおりの扱いといたします。
"""
AGENDA = """令和5年度第2回霞野市個人情報保護審議会　次第
日時　令和5年8月24日（木）午後2時から
議題
諮問第3号　公園カメラの映像の外部提供について
"""


def case_of(text: str) -> Case:
    record = Record("minutes.txt", text, "")
    (case,) = cases_of(record)
    return case


def test_minutes_without_a_verdict_that_was_understood_are_told_as_unread() -> None:
    case = case_of(MINUTES)
    assert case.outcome is Outcome.NOT_RECORDED
    assert unread(case)
    assert "読み取れず" in outcome_word(case)
    assert "読み取れず" in case_badge(case)
    assert "結論の記録なし" not in case_badge(case)


def test_papers_without_minutes_have_no_record_of_a_verdict() -> None:
    case = case_of(AGENDA)
    assert case.outcome is Outcome.NOT_RECORDED
    assert not unread(case)
    assert outcome_word(case) == "結論の記録なし"


def test_a_case_with_its_verdict_is_not_unread() -> None:
    assert not unread(case_of(f"{MINUTES}⇒　諮問第3号は、承認された。\n"))


def test_unread_verdicts_are_counted_as_such_and_not_as_reviews() -> None:
    cases = [case_of(MINUTES), case_of(AGENDA), case_of(f"{MINUTES}⇒　諮問第3号は、承認された。\n")]
    counted = outcome_counts(cases)
    assert (
        counted
        == "承認1件、結論を読み取れなかったもの（要確認）1件、結論の記録が見つからないもの1件"
    )


TALK = """令和5年度第3回霞野市個人情報保護審議会会議録
日時　令和5年11月9日（木）午後2時から
出席委員　5名

○会長　本日は、河川のドローンのことで皆さんの御意見を伺います。
○花岡委員　川岸の家が映るのは困る。
○会長　では、そういうことで。
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("霞野市のドローンの件は承認されましたか", True),
        ("ドローンの案件は承認されましたか", True),
        ("霞野市の令和4年度のドローンの件は承認されましたか", False),
        ("汐見台市のドローンの件は承認されましたか", False),
    ],
)
def test_what_is_not_found_may_stand_in_minutes_no_case_of_which_was_read(
    tmp_path: Path, question: str, told: bool
) -> None:
    records = tmp_path / "records"
    records.mkdir()
    (records / "second.txt").write_text(MINUTES, encoding="utf-8")
    (records / "third.txt").write_text(TALK, encoding="utf-8")
    town = MINUTES.replace("霞野市", "汐見台市")
    (records / "elsewhere.txt").write_text(town, encoding="utf-8")
    build([records], tmp_path / "index", embedder=HashEmbedder())
    answer = Assistant.open(tmp_path / "index", HashEmbedder()).ask([question])
    assert answer.abstained
    first = answer.text.split("\n")[0]
    assert ("霞野市 令和5年度第3回の記録からは、案件を読み取れていません" in first) is told


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (case_of(MINUTES), "結論を読み取れず"),
        (case_of(AGENDA), "結論の記録なし"),
        (case_of(f"{MINUTES}⇒　諮問第3号は、承認された。\n"), "承認"),
        (replace(case_of(f"{MINUTES}⇒　諮問第3号は、承認された。\n"), kind="review"), "決定は妥当"),
    ],
)
def test_a_badge_says_whether_a_verdict_is_missing_or_was_not_understood(
    case: Case, words: str
) -> None:
    assert badge_word(case) == words
    assert f"{words}</span>" in case_badge(case)
    assert case_badge(case) in card_html(case, Marks([], None))


@pytest.mark.parametrize("told", [True, False])
def test_of_a_verdict_not_understood_the_chairs_last_words_are_quoted(
    tmp_path: Path, told: bool
) -> None:
    long = "御意見はいろいろとございました。" * 30
    ending = (
        f"○会長　{long}では、この件は先ほどの表のとおりの扱いといたします。\n○総務課長　はい。\n"
    )
    minutes = MINUTES[: MINUTES.index("○会長")] + (ending if told else "")
    records = tmp_path / "records"
    records.mkdir()
    (records / "minutes.txt").write_text(minutes, encoding="utf-8")
    build([records], tmp_path / "index", embedder=HashEmbedder())
    answer = Assistant.open(tmp_path / "index", HashEmbedder()).ask(["公園カメラの結論は？"])
    assert answer.abstained
    (case,) = answer.cases
    (doubt,) = (d for d in case.doubts if "結論" in d.text)
    assert doubt.span is not None
    quoted = [c.quote for c in answer.citations if "表のとおりの扱い" in c.quote]
    assert len(quoted) == told
    assert all(len(q) < 260 and q.endswith("いたします。") for q in quoted)
    assert ("表のとおり" in minutes[slice(*doubt.span)]) is told
    assert "承認" not in answer.text.split("\n")[0]
