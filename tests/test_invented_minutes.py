"""What must hold of minutes in any form: cases are found, nothing undecided is read as approved."""

import os
import random
from collections.abc import Iterator
from functools import cache

import pytest
from invented_minutes import LAYOUTS, Told, minutes
from reading import cases_of

from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.records import Record

APPROVING = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED)
# Draws of each property; in CI, and with SENREI_DRAWS, more.
DRAWS = int(os.environ.get("SENREI_DRAWS") or (2000 if os.environ.get("SENREI_CI") else 400))
Draw = tuple[int, str, list[tuple[Told, Case | None]], int]


def found(told: Told, cases: list[Case]) -> Case | None:
    """The case that was read for the one told, by the subject in its title."""
    subject = fold(told.subject)
    return next((case for case in cases if subject in fold(f"{case.title}{case.department}")), None)


@cache
def drawn(count: int, **fixed: str) -> list[Draw]:
    """Minutes number 0, 1, …: the same in every run, and the number is enough to make them again.

    Of each its number, its style, the cases told with those read for them, and how many more were read.
    """
    if fixed.get("layout") in LAYOUTS:  # of the draws of all layouts those of this one
        return [draw for draw in drawn(10 * count) if draw[1].partition("/")[0] == fixed["layout"]]
    draws = []
    for seed in range(count):
        made = minutes(random.Random(seed), **fixed)
        cases = cases_of(Record("minutes.txt", made.text, ""))
        pairs = [(told, found(told, cases)) for told in made.cases]
        draws.append((seed, made.style, pairs, max(0, len(cases) - len(pairs))))
    return draws


def told_and_read(count: int, **fixed: str) -> Iterator[tuple[Told, Case]]:
    """Of each case found what was told and what was read."""
    for _, _, pairs, _ in drawn(count, **fixed):
        yield from ((told, case) for told, case in pairs if case is not None)


def lost(count: int, **fixed: str) -> float:
    """The share of cases that were not found."""
    pairs = [pair for _, _, pairs, _ in drawn(count, **fixed) for pair in pairs]
    return sum(case is None for _, case in pairs) / len(pairs)


def undecided_but_read_as_approved(count: int, **fixed: str) -> list[str]:
    return [
        f"{seed} ({style}): {told.subject}: {case.newest.text if case.newest else ''}"
        for seed, style, pairs, _ in drawn(count, **fixed)
        for told, case in pairs
        if case is not None and told.outcome == "not_recorded" and case.outcome in APPROVING
    ]


def test_nearly_every_case_is_found_in_whatever_form() -> None:
    assert lost(DRAWS) <= 0.03


def test_hardly_anything_is_read_as_a_case_that_is_none() -> None:
    draws = drawn(DRAWS)
    extra = sum(more for _, _, _, more in draws)
    assert extra <= 0.03 * sum(len(pairs) for _, _, pairs, _ in draws)


def test_nothing_undecided_is_ever_read_as_approved() -> None:
    assert any(told.outcome == "not_recorded" for told, _ in told_and_read(DRAWS))
    assert undecided_but_read_as_approved(DRAWS) == []


@pytest.mark.parametrize(
    "fixed",
    [
        *({"layout": layout} for layout in (*LAYOUTS, "once")),
        *({"speakers": speakers} for speakers in ("spaced", "unmarked", "prose")),
    ],
    ids=lambda fixed: "-".join(fixed.values()).replace(" ", "_"),
)  # fmt: skip
def test_each_form_by_itself_is_read(fixed: dict[str, str]) -> None:
    assert lost(DRAWS // 10, **fixed) <= 0.06
    assert undecided_but_read_as_approved(DRAWS // 10, **fixed) == []


def test_a_decided_case_is_not_read_as_decided_otherwise() -> None:
    """Not found is honest; another verdict is not. A lost condition is another verdict."""
    decided = [pair for pair in told_and_read(DRAWS) if pair[0].outcome != "not_recorded"]
    wrong = [
        (told.subject, told.outcome, case.outcome.value)
        for told, case in decided
        if case.outcome.value not in (told.outcome, "not_recorded")
    ]
    assert len(wrong) <= 0.005 * len(decided), wrong


def test_nothing_put_off_is_ever_read_as_decided() -> None:
    put_off = [case for told, case in told_and_read(DRAWS) if told.outcome == "continued"]
    decided = (*APPROVING, Outcome.REJECTED)
    assert put_off
    assert [case.newest for case in put_off if case.outcome in decided] == []


def test_nearly_every_verdict_is_read() -> None:
    decided = [pair for pair in told_and_read(DRAWS) if pair[0].outcome != "not_recorded"]
    right = sum(case.outcome.value == told.outcome for told, case in decided)
    assert right >= 0.97 * len(decided)


def test_conditions_are_read_in_their_very_words() -> None:
    on_conditions = [
        (told.conditions, case.newest)
        for told, case in told_and_read(DRAWS)
        if told.conditions and case.outcome is Outcome.APPROVED_WITH_CONDITIONS and case.newest
    ]
    assert on_conditions
    for told, decision in on_conditions:
        read_conditions = [fold(condition.text) for condition in decision.conditions]
        assert read_conditions == [fold(condition) for condition in told], decision.text
