"""An answer says what a person has corrected, as a correction, with the record's own words beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stand_ins import HashEmbedder

from app_parts.markup import turn_html
from assistant.answers import Answer
from assistant.chat import Assistant
from index.build import build
from index.cases import Case, Field
from index.corrected import note_of
from index.corrections import keep
from index.grammar.verdicts import Outcome
from index.records import Record
from index.store import open_index

ROOT = Path(__file__).resolve().parent.parent
RECORD = "hokushin-r2-4.txt"  # of two cases: one is rejected, the other has no verdict
REJECTED, UNTOLD = "北辰区のAI-OCRの利用は承認されましたか", "保育施設の入園選考は承認されましたか"
Corrected = Callable[..., Assistant]


@pytest.fixture
def corrected(tmp_path: Path) -> Corrected:
    """An assistant over one record, of whose cases this person has said that."""
    records, folder = tmp_path / "records", tmp_path / "index"
    records.mkdir()
    shutil.copy(ROOT / "records" / "sample" / RECORD, records)
    build([records], folder, embedder=HashEmbedder())

    def correct(number: int, field: Field, now: str) -> Assistant:
        index = open_index(folder)
        record = Record(RECORD, index.text(RECORD), index.manifest.records[RECORD])
        case = index.cases()[number]
        keep([note_of(record, records / RECORD, case, index.meetings(), field, now, "北")])
        index.close()
        build([records], folder, embedder=HashEmbedder())
        return Assistant(open_index(folder), HashEmbedder())

    return correct


def verdict_of(answer: Answer) -> Case:
    return next(case for case in answer.cases if case.corrected)


def test_a_corrected_verdict_is_told_as_such_beside_the_records_words(corrected: Corrected) -> None:
    assistant = corrected(0, Field.OUTCOME, "approved")
    answer = assistant.ask([REJECTED])
    case = verdict_of(answer)
    assert case.newest is not None
    lead = answer.statements[0].text
    assert lead.startswith("**承認**されました")
    assert "（人の訂正。読み取りは「不承認」）" in lead
    assert case.newest.text in lead
    assert case.newest.text in [citation.quote for citation in answer.citations]
    assert "北" in answer.text.splitlines()[-2] + answer.text.splitlines()[-1]
    html = turn_html(REJECTED, answer, assistant.index.cases(), None)
    assert "人の訂正" in html


def test_a_list_marks_what_is_corrected(corrected: Corrected) -> None:
    assistant = corrected(0, Field.OUTCOME, "approved")
    answer = assistant.ask(["北辰区の案件の一覧"])
    told = [s.text for s in answer.statements if "人の訂正。" in s.text]
    assert len(told) == 1
    assert "**承認**（人の訂正。読み取りは「不承認」）" in told[0]
    html = turn_html("一覧", answer, assistant.index.cases(), None)
    assert html.count('class="corrected"') == 1


def test_a_verdict_where_none_was_read_is_told_and_no_more_abstained(corrected: Corrected) -> None:
    answer = corrected(1, Field.OUTCOME, "approved").ask([UNTOLD])
    assert answer.statements[0].text.startswith("**承認**されました")
    assert "（人の訂正。読み取りは「結論の記録なし」）" in answer.statements[0].text
    assert not answer.abstained


def test_a_verdict_taken_away_is_told_no_more(corrected: Corrected) -> None:
    answer = corrected(0, Field.OUTCOME, "not_recorded").ask([REJECTED])
    assert answer.statements[0].text.startswith("**記録からは分かりません。**")
    assert "人の訂正" in answer.statements[0].text
    assert verdict_of(answer).outcome is Outcome.NOT_RECORDED


def test_a_corrected_town_and_day_are_told_with_whose_they_are(corrected: Corrected) -> None:
    corrected(0, Field.MUNICIPALITY, "銀杏町")
    answer = corrected(0, Field.DATE, "2021-01-07").ask(["銀杏町のAI-OCRは承認されましたか"])
    assert "2021年1月7日" in answer.statements[0].text
    (note,) = [s.text for s in answer.statements if "人の訂正で" in s.text]
    assert "自治体は人の訂正で「銀杏町」（読み取りは「北辰区」" in note
    assert "日付は人の訂正で「2021年1月7日」（読み取りは「2020年12月17日」" in note
