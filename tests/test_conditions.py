"""What came of a condition: told only on a sign that links, else offered, else nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from stand_ins import HashEmbedder

from assistant.surveys.conditions import STATES, Conditions, State, Tracked, sheet
from assistant.surveys.precedents import Precedents
from index.build import build
from index.store import Index, open_index

MINUTES = """令和{year}年度第{n}回かもめ台市個人情報保護審議会会議録

日時　令和{year}年{month}月10日（木）午後2時
場所　市役所

議事
{body}
"""


@pytest.fixture(scope="module")
def sample(desk_index: Path) -> Index:
    return open_index(desk_index)


def tracked(index: Index) -> tuple[Tracked, ...]:
    return Conditions(index, Precedents(index)).tracked


def test_every_condition_is_there_once_and_stands_in_its_record(sample: Index) -> None:
    held = tracked(sample)
    attached = [
        (case.record, c.start, c.end)
        for case in sample.cases()
        for decision in case.decisions
        for c in decision.conditions
    ]
    assert sorted((t.row.case.record, t.condition.start, t.condition.end) for t in held) == sorted(
        attached
    )
    for one in held:
        for report in (*one.reports, *one.perhaps):
            day = (report.case.newest.day if report.case.newest else None) or report.case.day
            assert day is not None
            assert one.day is not None
            assert day > one.day
            assert report.case.municipality == one.row.municipality
            for place in (*report.places, report.link):
                assert sample.text(place.record)[place.start : place.end].strip()


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("協定書に定める", State.ANSWERED),
        ("書面を村に提出", State.ANSWERED),
        ("翌開庁日", State.ANSWERED),
        ("未納のない世帯", State.NOTHING),
        ("飲用停止区分", State.NOTHING),
        ("居住者へ個別に説明", State.NOTHING),
    ],
)
def test_the_sample_s_conditions(sample: Index, words: str, state: State) -> None:
    (one,) = [t for t in tracked(sample) if words in t.condition.text]
    assert one.state is state
    assert bool(one.reports) is (state in (State.ANSWERED, State.REPORTED))


@pytest.mark.parametrize(
    ("words", "asked"),
    [("年1回この審議会に報告", True), ("居住者へ個別に説明", False), ("協定書に定める", False)],
)
def test_a_condition_that_asks_for_a_report_is_known(
    sample: Index, words: str, asked: bool
) -> None:
    (one,) = [t for t in tracked(sample) if words in t.condition.text]
    assert one.asked is asked


FIRST = """(1) 諮問第1号　水位計のカメラの設置について（防災課）
審議の結果、夜間の映像を三日で消去することを条件として承認する。
"""


@pytest.mark.parametrize(
    ("later", "states"),
    [
        # of another matter, in other words
        ("(1) 報告　窓口の番号札について\n番号札を新しくした。\n", {State.NOTHING}),
        # alike, but nothing says that it is the same: offered at most
        ("(1) 報告　駅前の画面について\n夜間の映像は三日で消去している。\n", {State.PERHAPS, State.NOTHING}),
    ],
)  # fmt: skip
def test_without_a_sign_nothing_is_told_to_answer_it(
    later: str, states: set[State], tmp_path: Path
) -> None:
    records = tmp_path / "records"
    records.mkdir()
    for name, year, month, body in (("a.txt", 3, 6, FIRST), ("b.txt", 4, 6, later)):
        text = MINUTES.format(year=year, n=1, month=month, body=body)
        (records / name).write_text(text, encoding="utf-8")
    build([records], tmp_path / "index", embedder=HashEmbedder())
    held = tracked(open_index(tmp_path / "index"))
    assert held
    for one in held:
        assert one.state in states
        assert one.reports == ()


def test_a_report_from_before_or_from_elsewhere_answers_nothing(sample: Index) -> None:
    held = [t for t in tracked(sample) if t.reports]
    assert held
    conditions = Conditions(sample, Precedents(sample))
    for one in held:
        future = replace(one.row, day=date(2099, 1, 1))
        decision = replace(one.decision, day=date(2099, 1, 1))
        again = conditions._track(future, decision, one.condition)
        assert again.state is State.NOTHING


def test_the_sheet_has_a_row_for_each(sample: Index) -> None:
    held = tracked(sample)
    made = sheet(held, sample)
    assert len(made.rows) == len(held)
    assert {row[6] for row in made.rows} == {STATES[one.state] for one in held}
