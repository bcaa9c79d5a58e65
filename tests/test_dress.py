"""A record in other dress is the same record: what only looks different must not be read differently.

Councils write ， for 、, ◯ for ○, (1) for （1）; web pages leave spaces that do not break, PDF tools
a margin or a space at each row's end. Every layout is read in each of these, and must give its cases.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.japanese import fold
from index.meetings import read_meetings
from index.reading.case_reading import read_cases
from index.records import Record, Source, read_record
from index.text.lines import lines

ROOT = Path(__file__).resolve().parent
RECORDS = [
    *sorted((ROOT / "layouts").glob("*.txt")),
    *sorted((ROOT.parent / "records").rglob("*.txt")),
]
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
BLANK = re.compile(r"\n[ \t\u3000]*\n")
A_MARK = re.compile(r"^[ \u3000]*[○〇◯●◎]", re.MULTILINE)


def marked(mark: str) -> Callable[[str], str]:
    return lambda text: A_MARK.sub(lambda found: found[0][:-1] + mark, text)


DRESSES: dict[str, Callable[[str], str]] = {
    "commas of full width": lambda text: re.sub("(?<![0-9０-９])、|、(?![0-9０-９])", "，", text),
    "commas of half width": lambda text: re.sub("(?<![0-9０-９])、|、(?![0-9０-９])", ",", text),
    "spaces that do not break": lambda text: text.replace(" ", "\u00a0"),
    "a radical for a letter": lambda text: text.replace("日", "⽇").replace("見", "⾒"),
    "figures of half width": lambda text: text.translate({b: a for a, b in FULL.items()}),
    "brackets of half width": lambda text: text.replace("（", "(").replace("）", ")"),
    "colons of half width": lambda text: text.replace("：", ":"),
    "square brackets": lambda text: text.replace("【", "［").replace("】", "］"),
    "the figure nought as a mark": marked("〇"),
    "a large circle as a mark": marked("◯"),
    "a space at each row's end": lambda text: re.sub(r"$", " ", text, flags=re.MULTILINE),
    # of a text that has blank rows it could not be told where they were
    "a blank row after every row": lambda text: (
        text if BLANK.search(text) else text.replace("\n", "\n\n")
    ),
    "the line ends of Windows": lambda text: text.replace("\n", "\r\n"),
}

Told = tuple[str, str, str, tuple[str, ...], str, int]
Sat = tuple[date | None, int | None, str | None, str | None]


def written(text: str, folder: Path) -> Record:
    path = folder / "record.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read_record(Source(path, "record.txt"))


def told(record: Record) -> tuple[list[Told], list[Sat]]:
    pieces = lines(record.text)
    meetings = read_meetings(record, pieces)
    cases = read_cases(record, pieces, meetings)
    for case in cases:
        for decision in case.decisions:
            assert record.text[decision.start : decision.end] == decision.text
            for condition in decision.conditions:
                assert record.text[condition.start : condition.end] == condition.text
        for slot in case.slots:
            assert record.text[slot.start : slot.end] == slot.value
    return [
        (
            fold(case.title),
            case.outcome.value,
            case.kind,
            tuple(fold(one.text) for one in (case.newest.conditions if case.newest else ())),
            fold(case.department or ""),
            len(case.exchanges),
        )
        for case in cases
    ], [(m.day, m.ordinal, m.municipality, m.body) for m in meetings]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, tuple[list[Told], list[Sat]]]:
    folder = tmp_path_factory.mktemp("plain")
    return {path: told(written(path.read_text(encoding="utf-8"), folder)) for path in RECORDS}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_record_in_other_dress_gives_the_same_cases_and_sittings(
    dress: str, plain: dict[Path, tuple[list[Told], list[Sat]]], tmp_path: Path
) -> None:
    changed = 0
    for path, as_it_is in plain.items():
        text = path.read_text(encoding="utf-8")
        dressed = DRESSES[dress](text)
        if dressed != text:
            changed += 1
            assert told(written(dressed, tmp_path)) == as_it_is, path.name
    assert changed > 0
