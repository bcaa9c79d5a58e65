"""Records and texts read to their cases, as a build reads them."""

from pathlib import Path

from index.cases import Case
from index.grammar.verdicts import Outcome, read_verdict
from index.japanese import fold
from index.meetings import Meeting, read_meetings
from index.reading.case_reading import read_cases
from index.records import Record, Source, read_record
from index.text.lines import lines


def read(record: Record) -> tuple[list[Meeting], list[Case]]:
    pieces = lines(record.text)
    meetings = read_meetings(record, pieces)
    return meetings, read_cases(record, pieces, meetings)


def cases_of(record: Record) -> list[Case]:
    return read(record)[1]


def read_file(folder: Path, name: str) -> tuple[Record, list[Meeting], list[Case]]:
    record = read_record(Source(folder / name, name))
    return (record, *read(record))


HEAD = "令和3年度第1回霞野市個人情報保護審議会会議録\n日時 令和3年5月11日\n場所 霞野市役所\n"


def read_text(body: str, head: str = HEAD) -> list[Case]:
    return cases_of(Record("minutes.txt", head + body, ""))


def outcomes(body: str) -> list[str]:
    return [case.outcome.value for case in read_text(body)]


def letters(title: str) -> str:
    return fold(title).translate({ord(c): None for c in "「」『』"}).removesuffix("…(切れ)")


def same_title(told: str, title: str) -> bool:
    left, right = letters(told), letters(title)
    return left in right or right in left


def outcome_of(sentence: str) -> Outcome | None:
    verdict = read_verdict(sentence)
    return verdict.outcome if verdict else None


def conditions_of(sentence: str) -> list[str]:
    verdict = read_verdict(sentence)
    return [sentence[start:end] for start, end in verdict.conditions] if verdict else []
