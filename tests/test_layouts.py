"""Whole records in the layouts of councils, read as a user's are; every town and sentence is invented.

Each shows one way of writing minutes, with what misleads in it: the approval of another town, an
opinion, the minutes' own approval, an order of business, a question that was put to the members.
Those of `gold.json` with a date were written, and judged, before the program had read them.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from reading import cases_of

from index.japanese import fold
from index.records import Source, read_record

FOLDER = Path(__file__).resolve().parent / "layouts"
GOLD: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "gold.json").read_text("utf-8"))


@pytest.mark.parametrize("name", GOLD)
def test_a_record_in_any_layout_gives_its_cases_and_no_others(name: str) -> None:
    record = read_record(Source(FOLDER / name, name))
    left = cases_of(record)
    for told in GOLD[name]:
        case = next((case for case in left if fold(told["title"]) in fold(case.title)), None)
        assert case is not None, f"not found: {told['title']}"
        left.remove(case)
        assert case.outcome.value in told["outcomes"], told["title"]
        assert case.kind == told["kind"], told["title"]
        conditions = [c.text for c in case.newest.conditions] if case.newest else []
        assert conditions == told.get("conditions", conditions), told["title"]
        assert case.council == told.get("council", case.council), told["title"]
        assert str(case.day) == told.get("date", str(case.day)), told["title"]
        if told["department"]:
            assert told["department"] in (case.department or ""), told["title"]
    assert [case.title for case in left] == []


def test_every_layout_is_judged() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == set(GOLD)
