"""What a build has to tell: what it read and refused, what is unsure, what is wrong with corrections."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index.cases import Case
from index.corrections import NAME, LineFault, Note
from index.disk import replace_file
from index.doubts import Doubt, DoubtKind
from index.meetings import Meeting
from index.records import Page


class Refusal(NamedTuple):
    """A file that could not be read, why, and what to do about it; `japanese` says both."""

    name: str
    reason: str
    advice: str
    japanese: str


class Unsure(NamedTuple):
    """A record in which something should be looked at by a person; each doubt once."""

    record: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `unsure` are those of all records that hold doubts; `changed` is false where
    the last generation is still right. `seconds` is all the time taken, `stages` what parts took."""

    read: int
    unchanged: int
    removed: int
    refused: tuple[Refusal, ...]
    records: int
    meetings: int
    cases: int
    passages: int
    embedded: int
    unsure: tuple[Unsure, ...]
    seconds: float
    stages: dict[str, float]
    generation: str
    changed: bool
    corrected: int = 0  # cases a person has corrected or checked
    faults: tuple[Refusal, ...] = ()  # in files of corrections: named with the line


class LastBuild(NamedTuple):
    """What the last build could not read: files, and lines in files of corrections."""

    refused: tuple[Refusal, ...] = ()
    faults: tuple[Refusal, ...] = ()


_LAST_BUILD = "last-build.json"


def write_last(folder: Path, last: LastBuild) -> None:
    """Keep it beside the index; where nothing has changed, nothing is written."""
    if last == read_last(folder):
        return
    written = json.dumps(last, ensure_ascii=False, indent=1).encode()
    with contextlib.suppress(OSError):  # the index itself does not need it
        replace_file(folder / _LAST_BUILD, written)


def read_last(folder: Path) -> LastBuild:
    """What the last build in this folder could not read; nothing where none says so."""
    try:
        refused, faults = json.loads((folder / _LAST_BUILD).read_text(encoding="utf-8"))
        return LastBuild(tuple(Refusal(*r) for r in refused), tuple(Refusal(*f) for f in faults))
    except (OSError, ValueError, TypeError):
        return LastBuild()


def told_faults(
    faults: Sequence[LineFault], lost: Sequence[Note], gone: Sequence[Note] = ()
) -> list[Refusal]:
    """What is wrong with files of corrections, in words: what cannot be understood, corrections whose
    record is not there, and those that are gone from their file without having been taken back."""
    told = [
        Refusal(
            f"{fault.path.name}, line {fault.line}",
            f"{fault.reason} ({fault.path})",
            "The other corrections hold; this one waits until the line is put right.",
            f"訂正の記録（{fault.path}）の{fault.line}行目に、読み取れないところがあります。"
            "ほかの訂正は使われています。ファイルはそのまま残してあります。",
        )
        for fault in faults
    ]
    for note in lost:
        what = f"A correction of {note.when[:10]} is of {note.record}, which is not there."
        advice = "It is kept, and holds again when the record is back."
        japanese = (
            f"{note.when[:10]}に訂正された記録（{note.record}）が見つかりません。"
            "訂正は残してあり、記録が戻ると、また使われます。"
        )
        told.append(Refusal(NAME, f"{what} ({note.folder / NAME})", advice, japanese))
    for note in gone:
        what = f"A correction of {note.when[:10]} of {note.record} is in its file no more."
        advice = "It holds no more. Put the file back, or settle it on the page 記録."
        japanese = (
            f"{note.when[:10]}に保存した「{note.title}」の訂正が、訂正の記録"
            f"（{note.folder / NAME}）から消えています。取り消した跡もありません。"
        )
        told.append(Refusal(NAME, f"{what} ({note.folder / NAME})", advice, japanese))
    return told


def unsure(
    pages: Iterable[tuple[str, Sequence[Page]]],
    meetings: Iterable[Meeting],
    cases: Iterable[Case],
) -> list[Unsure]:
    """The records with doubts, in their order. What is told of a sitting is told of all its cases:
    it counts once. `pages` are those of each record."""
    cases = list(cases)
    of_cases = {case.record for case in cases}
    doubts: dict[str, dict[Doubt, None]] = {}
    for record, held in pages:
        doubts.setdefault(record, {}).update(dict.fromkeys(doubts_of_pages(held)))
        if record not in of_cases:
            doubts[record][Doubt(DoubtKind.TITLE, "案件を読み取れませんでした")] = None
    for meeting in meetings:
        doubts.setdefault(meeting.record, {}).update(dict.fromkeys(meeting.problems))
    for case in cases:
        doubts.setdefault(case.record, {}).update(dict.fromkeys(case.doubts))
    return [Unsure(record, tuple(found)) for record, found in doubts.items() if found]


def doubts_of_pages(pages: Sequence[Page]) -> Iterator[Doubt]:
    """What is unsure of a record as a whole."""
    machine = [str(page.number) for page in pages if page.machine]
    unread = [str(page.number) for page in pages if page.unread]
    if machine:
        yield Doubt(DoubtKind.TEXT, f"{_some(machine)}ページは機械で読み取った文字です")
    if filled := sum(page.filled for page in pages):
        yield Doubt(DoubtKind.TEXT, f"機械が知らない「諮」の字を、前後から{filled}か所に補いました")
    if missed := [str(page.number) for page in pages if page.missed]:
        yield Doubt(
            DoubtKind.TEXT, f"{_some(missed)}ページに、読み取れなかった行があるかもしれません"
        )
    if unread:
        yield Doubt(DoubtKind.TEXT, f"{_some(unread)}ページは画像で、文字を読み取れていません")


def _some(numbers: Sequence[str]) -> str:
    return "・".join(numbers[:5]) + ("ほか" if len(numbers) > 5 else "")


def nothing_readable(refused: Sequence[Refusal]) -> str:
    """Why there is no index, where not one file could be read."""
    name, reason, advice, _ = refused[0]
    if len(refused) == 1:
        return f"No record could be read. {name}: {reason} {advice}"
    return f"None of the {len(refused)} files could be read. {name}: {reason} {advice}"
