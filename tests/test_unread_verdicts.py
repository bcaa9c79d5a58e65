"""Minutes whose verdict was not understood are not told as a record without one."""

from __future__ import annotations

from assistant.facts import outcome_word, unread
from assistant.statements import outcome_counts
from index.case_reading import read_cases
from index.cases import Case
from index.lines import lines
from index.meetings import read_meetings
from index.records import Record
from index.verdicts import Outcome

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
    pieces = lines(text)
    (case,) = read_cases(record, pieces, read_meetings(record, pieces))
    return case


def test_minutes_without_a_verdict_that_was_understood_are_told_as_unread() -> None:
    case = case_of(MINUTES)
    assert case.outcome is Outcome.NOT_RECORDED
    assert unread(case)
    assert "読み取れず" in outcome_word(case)


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
