"""One case whole: its course over records, its fields, its questions, and what is like it."""

from pathlib import Path

import pytest

from assistant.desks.dossiers import Dossier, Dossiers, Sameness, compare, slot_words
from assistant.surveys.precedents import Precedents
from assistant.surveys.similar import Similar
from index.grammar.verdicts import Outcome
from index.store import Index, open_index
from index.text.slots import Slot


@pytest.fixture(scope="module")
def index(desk_index: Path) -> Index:
    return open_index(desk_index)


@pytest.fixture(scope="module")
def dossiers(index: Index) -> Dossiers:
    return Dossiers(index, Precedents(index))


def named(dossiers: Dossiers, title: str, town: str) -> Dossier:
    ids = [c.id for c in dossiers.by_id.values() if title in c.title and c.municipality == town]
    found = dossiers.of(ids[0])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "ticked", "expected"),
    [
        ("10日間", (), "10日間"),
        ("<td>10日間</td>", (), "10日間"),
        ("■氏名 □住所 ■電話番号", ("氏名", "電話番号"), "氏名、電話番号"),
        ("■紙 □記録媒体", (), "■紙"),
        ("□氏名 □住所", (), ""),
        ('<input type="checkbox"/>紙', (), ""),
        (" \t\n ", (), ""),
    ],
)
def test_of_boxes_only_the_ticked_are_told(
    value: str, ticked: tuple[str, ...], expected: str
) -> None:
    assert slot_words(Slot("items", value, 0, len(value), ticked)) == expected


def test_every_case_has_a_dossier_and_every_place_is_verbatim(
    index: Index, dossiers: Dossiers
) -> None:
    for id, case in dossiers.by_id.items():
        found = dossiers.of(id)
        assert found is not None
        assert found.case is case
        assert case in found.cases
        for step in found.steps:
            if step.decision:
                text = index.text(step.case.record)
                assert text[step.decision.start : step.decision.end] == step.decision.text
        number = sum(len(asked) for _, asked in found.themes)
        assert number == sum(len(c.exchanges) for c in found.cases)
        for field in (*found.fields, *found.others):
            assert field.values
    assert dossiers.of("どこにもない#1") is None


def test_a_matter_put_off_is_told_in_time_and_stands_as_it_was_decided_last(
    dossiers: Dossiers,
) -> None:
    found = named(dossiers, "レセプト情報の大学への外部提供", "星ヶ谷村")
    told = [step.decision.outcome for step in found.steps if step.decision]
    assert told[:2] == [Outcome.CONTINUED, Outcome.APPROVED_WITH_CONDITIONS]
    assert found.outcome is Outcome.APPROVED_WITH_CONDITIONS  # a report that follows is no verdict
    days = [step.day for step in found.steps if step.day]
    assert days == sorted(days)
    others = [step for step in found.steps if step.case is not found.case]
    assert others
    assert all(step.reason for step in others)


def test_papers_without_a_verdict_have_none(dossiers: Dossiers) -> None:
    found = named(dossiers, "AI-OCRによる帳票の読取り", "汐見台市")
    assert found.outcome is Outcome.NOT_RECORDED
    assert {field.name for field in found.fields} >= {"recipient", "items", "start"}


def test_what_differs_is_told_slot_by_slot(dossiers: Dossiers) -> None:
    mine = named(dossiers, "AI-OCRによる帳票の読取り", "汐見台市")
    other = named(dossiers, "AI-OCRサービスの利用", "楓沢町")
    rows = {row.name: row for row in compare(mine, other)}
    assert rows["技術"].sameness is Sameness.SAME
    assert rows["提供先・委託先"].sameness is Sameness.SILENT
    assert compare(mine, mine)
    assert all(row.sameness is Sameness.SAME for row in compare(mine, mine))
    mirrored = {row.name: row for row in compare(other, mine)}
    for name, row in rows.items():
        assert (row.mine, row.other) == (mirrored[name].other, mirrored[name].mine)


def test_cases_of_one_technology_are_alike_and_a_matter_is_not_like_itself(
    index: Index,
) -> None:
    precedents = Precedents(index)
    similar = Similar(index, precedents)
    for row in precedents.rows:
        found = similar.to(row)
        assert row.case.id not in [like.row.case.id for like in found]
        assert [like.score for like in found] == sorted((x.score for x in found), reverse=True)
    row = next(r for r in precedents.rows if r.case.title == "AI-OCRサービスの利用")
    best = similar.to(row, 3)
    assert [like.technologies for like in best] == [("AI-OCR",)] * 3
    assert similar.to(row, 1) == best[:1]
