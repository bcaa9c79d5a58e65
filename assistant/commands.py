"""What `senrei build`, `cases` and `ask` do: all of the command line that needs the index.

Apart from the command line itself, so that `senrei serve` need not wait for all this to be loaded.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from assistant.facts import KINDS, case_as_json, correction_mark, outcome_word
from assistant.faults import Fault, Usage
from index.build import BuildError, build
from index.build_report import BuildReport
from index.cases import Case
from index.doubts import DoubtKind
from index.embedding import EmbeddingError, load_embedder
from index.records import Progress
from index.storage.generations import StoreError
from index.store import Index, open_index

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.language_model.models import LanguageModel

MOST_UNSURE = 20  # records told of after a build
_DOUBTS = {
    DoubtKind.VERDICT: "verdict",
    DoubtKind.CONDITION: "conditions",
    DoubtKind.DATE: "date",
    DoubtKind.MUNICIPALITY: "municipality",
    DoubtKind.TITLE: "title",
    DoubtKind.LAW: "law",
    DoubtKind.TEXT: "text",
    DoubtKind.CORRECTION: "correction",
}
_STAGES = {"read": "Reading", "ocr": "Pictures", "embed": "Embedding", "publish": "Indexing"}


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line says; returns the exit code. Raises Fault."""
    try:
        return _COMMANDS[arguments.command](arguments)
    except (BuildError, EmbeddingError, StoreError) as error:
        raise Fault(str(error)) from error


@contextlib.contextmanager
def _index(arguments: argparse.Namespace) -> Iterator[Index]:
    with contextlib.closing(open_index(arguments.index)) as index:
        yield index


# --- build -----------------------------------------------------------------------------------


def build_command(arguments: argparse.Namespace) -> int:
    model = os.environ.get("SENREI_EMBEDDING_MODEL")
    with _progress() as progress:
        report = build(
            arguments.records,
            arguments.index,
            embedder=load_embedder(model) if model else None,
            progress=progress,
        )
    print("\n".join(_build_lines(report)))
    return 0


@contextlib.contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar for each stage on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    bars: dict[str, tqdm[None]] = {}

    def tell(what: str, done: int, of: int) -> None:
        if not of:
            return
        if what not in bars:
            for bar in bars.values():
                bar.close()
            bars[what] = tqdm(desc=f"{_STAGES.get(what, what):<9}", total=of, file=sys.stderr)
        bars[what].update(done - bars[what].n)

    try:
        yield tell
    finally:
        for bar in bars.values():
            bar.close()


def _build_lines(report: BuildReport) -> Iterator[str]:
    yield f"read       {report.read:>6}"
    yield f"unchanged  {report.unchanged:>6}"
    yield f"removed    {report.removed:>6}"
    yield f"refused    {len(report.refused):>6}"
    for name, reason, advice, _ in report.refused:
        yield f"  {name}: {reason} {advice}"
    yield (
        f"The index {'now has' if report.changed else 'is as it was, with'} "
        f"{report.records} records, {report.meetings} meetings, {report.cases} cases and "
        f"{report.passages} passages ({report.generation}, {report.seconds:.1f} s)."
    )
    if report.corrected:
        yield f"Corrected or checked by a person: {report.corrected} cases."
    if report.faults:
        yield f"\nCorrections to be looked at ({len(report.faults)}); their file is as it was:"
        for fault in report.faults:
            yield f"  {fault.name}: {fault.reason} {fault.advice}"
    yield from _doubt_lines(report)


def _doubt_lines(report: BuildReport) -> Iterator[str]:
    """A table: how many doubts of each kind there are, by record."""
    if not report.unsure:
        return
    kinds = [
        kind
        for kind in DoubtKind
        if any(doubt.kind is kind for unsure in report.unsure for doubt in unsure.doubts)
    ]
    told = sum(len(unsure.doubts) for unsure in report.unsure)
    yield f"\nTo be looked at: {told} in {len(report.unsure)} of {report.records} records"
    shown = report.unsure[:MOST_UNSURE]
    longest = max(6, *(_columns(unsure.record) for unsure in shown))
    yield f"  {'record':<{longest}}  {'  '.join(_DOUBTS[kind] for kind in kinds)}"
    for unsure in shown:
        counts = Counter(doubt.kind for doubt in unsure.doubts)
        name = unsure.record + " " * (longest - _columns(unsure.record))
        cells = [f"{counts[kind] or '-':>{len(_DOUBTS[kind])}}" for kind in kinds]
        yield f"  {name}  {'  '.join(cells)}"
    if len(report.unsure) > MOST_UNSURE:
        yield f"  … and {len(report.unsure) - MOST_UNSURE} more records"
    yield "  Each is shown on the page 記録 of the app, and in `senrei cases --json`."


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


# --- cases -----------------------------------------------------------------------------------


def cases_command(arguments: argparse.Namespace) -> int:
    with _index(arguments) as index:
        cases = index.cases()
        if arguments.json:
            for case in cases:
                print(json.dumps(case_as_json(case), ensure_ascii=False))
            return 0
        print("\n".join(_case_lines(cases)))
    return 0


def _case_lines(cases: Sequence[Case]) -> Iterator[str]:
    above = None
    for case in cases:
        council = case.council or case.municipality or "(審議会名の記録なし)"
        day = case.day.isoformat() if case.day is not None else "(日付の記録なし)"
        heading = " ".join(filter(None, (council, case.meeting, day, f"[{case.record}]")))
        if heading != above:
            yield heading if above is None else f"\n{heading}"
            above = heading
        kind = KINDS.get(case.kind, case.kind)
        outcome = outcome_word(case) + correction_mark(case)
        yield f"  {' '.join(filter(None, (case.label, case.title)))}  〔{kind}・{outcome}〕"
    yield f"\n{len(cases)}件" if cases else "0件"


# --- ask -------------------------------------------------------------------------------------


def ask_command(arguments: argparse.Namespace) -> int:
    if arguments.jsonl == bool(arguments.question):
        raise Usage("give a question, or --jsonl and the questions on standard input")
    if arguments.explain and not (arguments.json or arguments.jsonl):
        raise Usage("--explain goes with --json or --jsonl")
    if not all(map(_is_text, arguments.question)):
        raise Usage("the question is not UTF-8")
    from assistant.chat import Assistant  # LangChain is slow to load: only for those who ask

    model = os.environ.get("SENREI_EMBEDDING_MODEL")
    assistant = Assistant.open(arguments.index, load_embedder(model))
    writer = _model()
    if not arguments.jsonl:
        answer = assistant.ask(arguments.question, model=writer)
        if arguments.json:
            told = answer.as_json()
            if arguments.explain:
                told["explain"] = assistant.explain(answer).as_json()
            print(json.dumps(told, ensure_ascii=False))
        else:
            print("\n".join(_answer_lines(answer)))
        return 0
    for number, line in _given_lines():
        id, turns = _read_turns(line, number)
        answer = assistant.ask(turns, model=writer)
        told = answer.as_json(id)
        if arguments.explain:
            told["explain"] = assistant.explain(answer).as_json()
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0


def _given_lines() -> Iterator[tuple[int, str]]:
    """The lines of standard input that hold something, numbered. Raises Fault."""
    number = 0
    try:
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                yield number, line
    except UnicodeDecodeError as error:
        raise Fault(
            f"standard input is not UTF-8 after line {number}. Save it as UTF-8."
        ) from error


def _model() -> LanguageModel | None:
    """The language model that is set, if any. Raises Fault."""
    if not os.environ.get("SENREI_MODEL", "").strip():
        return None
    from assistant.language_model.models import ModelError, connect
    from assistant.language_model.prompts import PromptError

    try:
        return connect()
    except (ModelError, PromptError) as error:
        raise Fault(str(error)) from error


def _read_turns(line: str, number: int) -> tuple[str | None, list[str]]:
    """The id and the turns of one line of --jsonl. Raises Fault, naming the line."""
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise Fault(f"line {number} of standard input is not JSON ({error.msg}).") from error
    turns = given.get("turns") if isinstance(given, dict) else None
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise Fault(f'line {number} of standard input has no "turns", a list of questions.')
    if not all(map(_is_text, turns)):
        raise Fault(f"line {number} of standard input holds halves of characters (\\ud800 …).")
    id = given.get("id")
    return (None if id is None else str(id)), turns


def _is_text(words: str) -> bool:
    """False for halves of UTF-16 characters, which Python has for what is none."""
    return not re.search(r"[\ud800-\udfff]", words)


def _answer_lines(answer: Answer) -> Iterator[str]:
    if answer.understood:
        yield f"{answer.understood} についてお答えします。\n"
    yield answer.text.replace("**", "")
    if answer.citations:
        yield "\n出典"
        for citation in answer.citations:
            page = f" {citation.page}ページ" if citation.page else ""
            quote = " ".join(citation.quote.split())
            shown = quote if len(quote) <= 60 else quote[:59] + "…"
            place = f"{citation.record}{page} {citation.start}–{citation.end}"
            yield f"[{citation.n}] {place} 「{shown}」"


_COMMANDS = {"build": build_command, "cases": cases_command, "ask": ask_command}
