"""The cases, verdicts and conditions of whole records are those that gold tells."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from reading import read_file, same_title

from index.cases import Case
from index.japanese import FiscalYear, fold

# -- golden: the real records ------------------------------------------------------------------------

REAL = json.loads((ROOT / "eval/gold/real_cases.json").read_text(encoding="utf-8"))
SAMPLE = json.loads((ROOT / "eval/gold/sample_cases.json").read_text(encoding="utf-8"))
REAL_RECORDS = [gold["record"] for gold in REAL]
SAMPLE_RECORDS = [gold["record"] for gold in SAMPLE]


def values(gold: dict[str, Any], name: str) -> list[Any]:
    """What counts as right for a field: its value, and any other that gold allows."""
    also = gold.get(f"{name}_also", [])
    return [gold[name], *(also if isinstance(also, list) else [also])]


def gold_of(golds: list[dict[str, Any]], record: str) -> dict[str, Any]:
    return next(gold for gold in golds if gold["record"] == record)


def matched(
    gold: dict[str, Any], cases: list[Case], text: str = ""
) -> Iterator[tuple[dict[str, Any], Case]]:
    """Each gold case with the one case that was read for it; none is left over on either side."""
    left = list(cases)
    for told in gold["cases"]:
        span = told.get("title_span")
        title = fold(text[slice(*span)]) if span else fold(told["title"])
        title = title.strip("「」")
        same = [case for case in left if case.title_span == tuple(span or ())] or [
            case for case in left if fold(case.title)[:24] in title or title in fold(case.title)
        ]
        assert same, f"not found: {told['title']}"
        left.remove(same[0])
        yield told, same[0]
    assert [case.title for case in left] == []


@pytest.mark.parametrize("name", REAL_RECORDS)
def test_the_cases_of_the_real_records_are_all_found_with_their_facts(
    shared_records: Path, name: str
) -> None:
    record, _, cases = read_file(shared_records, name)
    gold = gold_of(REAL, name)
    for told, case in matched(gold, cases, record.text):
        assert case.municipality == gold["municipality"], told["key"]
        assert case.outcome.value in values(told, "outcome"), told["key"]
        assert (str(case.day) if case.day else None) in values(told, "date"), told["key"]
        assert case.kind in values(told, "kind"), told["key"]
        assert case.meeting == (told["meeting"] or ""), told["key"]
        if told.get("label"):
            assert case.label == told["label"]


@pytest.mark.parametrize("name", REAL_RECORDS)
def test_the_verdicts_of_the_real_records_stand_where_gold_says(
    shared_records: Path, name: str
) -> None:
    record, _, cases = read_file(shared_records, name)
    for told, case in matched(gold_of(REAL, name), cases, record.text):
        spans = [
            tuple(span)
            for span in [
                told["outcome_span"],
                told.get("summing_up_span"),
                *told.get("decision_spans", []),
            ]
            if span
        ]
        read_spans = [
            (decision.start, decision.end) for decision in case.decisions if decision.text
        ]
        assert set(read_spans) <= set(spans), told["key"]
        assert bool(read_spans) is bool(spans), told["key"]
        if "decision_dates" in told:
            assert [str(decision.day) for decision in case.decisions] == told["decision_dates"]
            assert [decision.outcome.value for decision in case.decisions] == told["decisions"]


@pytest.mark.parametrize("name", REAL_RECORDS)
def test_the_conditions_of_the_real_records_are_cut_out_exactly(
    shared_records: Path, name: str
) -> None:
    record, _, cases = read_file(shared_records, name)
    for told, case in matched(gold_of(REAL, name), cases, record.text):
        read_spans = [(c.start, c.end) for c in case.newest.conditions] if case.newest else []
        wanted = [tuple(span) for span in told["condition_spans"]]
        if (
            case.outcome.value != told["outcome"]
        ):  # the other reading that gold allows: with its こと
            wanted = [(start, end + 2) for start, end in wanted]
        assert read_spans == wanted, told["key"]


@pytest.mark.parametrize("name", REAL_RECORDS)
def test_the_offices_of_the_real_records_are_named(shared_records: Path, name: str) -> None:
    record, _, cases = read_file(shared_records, name)
    for told, case in matched(gold_of(REAL, name), cases, record.text):
        if told["department"] is None:
            continue
        right = [office.removesuffix("ほか") for office in values(told, "department") if office]
        assert case.department is not None, told["key"]
        assert any(office in case.department for office in right), told["key"]


@pytest.mark.parametrize("name", REAL_RECORDS)
def test_the_articles_of_the_real_records_are_named(shared_records: Path, name: str) -> None:
    record, _, cases = read_file(shared_records, name)
    for told, case in matched(gold_of(REAL, name), cases, record.text):
        if told.get("note", "").startswith("第4項 stands so"):
            continue  # a misprint, tested by itself
        wanted = [article.removesuffix("ただし書") for article in told["legal_basis"]]
        # the law's name may stand elsewhere in the record
        assert [article[article.index("第") :] for article in case.legal_basis] == [
            article[article.index("第") :] for article in wanted
        ], told["key"]


# -- golden: the samples -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    SAMPLE_RECORDS,
)  # fmt: skip
def test_the_cases_of_the_samples_are_all_found_and_no_others(name: str) -> None:
    _, _, cases = read_file(ROOT / "records/sample", name)
    assert len(list(matched(gold_of(SAMPLE, name), cases))) == len(cases)


@pytest.mark.parametrize("name", SAMPLE_RECORDS)
def test_the_samples_are_read_as_gold_says(name: str) -> None:
    _, _, cases = read_file(ROOT / "records/sample", name)
    gold = gold_of(SAMPLE, name)
    for told, case in matched(gold, cases):
        assert case.municipality == gold["municipality"]
        assert case.outcome.value in values(told, "outcome"), told["title"]
        assert (str(case.day) if case.day else None) in values(told, "date"), told["title"]
        assert case.kind in values(told, "kind"), told["title"]
        if "decisions" in told:
            assert [decision.outcome.value for decision in case.decisions] == told["decisions"]


@pytest.mark.parametrize(
    "name",
    SAMPLE_RECORDS,
)  # fmt: skip
def test_the_conditions_of_the_samples_are_cut_out_exactly(name: str) -> None:
    _, _, cases = read_file(ROOT / "records/sample", name)
    for told, case in matched(gold_of(SAMPLE, name), cases):
        conditions = [condition.text for condition in case.newest.conditions] if case.newest else []
        assert conditions == told["conditions"], told["title"]


# -- golden: the formats -----------------------------------------------------------------------------

CLASSES = {
    "承認": "approved", "適当": "approved", "可": "approved", "条件付き承認": "approved_with_conditions", "継続審議": "continued",
    "報告": "reported", "否": "rejected", "記録なし": "not_recorded",
}  # fmt: skip


def test_every_form_of_record_gives_its_town_body_and_day(shared_formats: Path) -> None:
    wrong = []
    for gold in json.loads((shared_formats / "index.json").read_text(encoding="utf-8")):
        _, meetings, _ = read_file(shared_formats, gold["file"])
        meeting = meetings[0]
        if gold["council"] is None:
            assert meeting.body is None
        told = (gold["municipality"], gold["council"], gold["date_iso"])
        found = (meeting.municipality, meeting.body, str(meeting.day) if meeting.day else None)
        if told != found:
            wrong.append(f"{gold['file']}: {found} for {told}")
        if (
            gold["fiscal_year"]
            and meeting.year
            and FiscalYear.beginning(meeting.year).name != gold["fiscal_year"]
        ):
            wrong.append(f"{gold['file']}: {meeting.year} for {gold['fiscal_year']}")
    assert wrong == []


def test_every_form_of_record_gives_its_cases_and_their_outcomes(shared_formats: Path) -> None:
    wrong = []
    for gold in json.loads((shared_formats / "index.json").read_text(encoding="utf-8")):
        _, _, cases = read_file(shared_formats, gold["file"])
        left = list(cases)
        for told in gold["cases"]:
            if told["kind"] == "選任":
                continue  # an election is no case
            case = next((case for case in left if same_title(told["title"], case.title)), None)
            if case is None:
                wrong.append(f"{gold['file']}: not found: {told['title']}")
                continue
            left.remove(case)
            right = [CLASSES[told["outcome_class"]]]
            if "報告" in told["kind"]:  # told at the sitting, as the record shows
                right.append("reported")
            if case.outcome.value not in right:
                wrong.append(f"{gold['file']}: {case.outcome.value} for {right}: {told['title']}")
        wrong += [f"{gold['file']}: no such case: {case.title}" for case in left]
    assert wrong == []
