"""`python -m eval`: ask every gold question, judge the answers, and keep the figures."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval import baselines, foresight, gold, leaks, reading, report
from eval.gold import KnownCase, Question
from eval.report import LANGCHAIN, OURS, Result
from index.build import build
from index.embedding import load_embedder
from index.store import open_index

if TYPE_CHECKING:
    from assistant.chat import Assistant

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SENREI_SHARED", ROOT.parent / "shared"))
RECORDS = {
    "real": SHARED / "records",
    "sample": ROOT / "records" / "sample",
    "formats": SHARED / "formats",
    "unseen": ROOT / "eval" / "unseen",
}
CACHE = ROOT / "eval" / ".cache"  # indexes, vectors: not committed
SCRATCH = ROOT / "eval" / "scratch"  # whole answers, with what they quote: not committed
RESULTS = ROOT / "eval" / "results"


@dataclass(frozen=True, slots=True)
class Bench:
    """A set of records ready to be asked about."""

    questions: list[Question]
    known: list[KnownCase]
    texts: dict[str, str]
    assistant: Assistant


def prepare(name: str) -> Bench:
    """Build the index of a set, or bring it up to date, and open it."""
    from assistant.chat import Assistant

    folder = CACHE / f"index-{name}"
    built = build([RECORDS[name]], folder)
    print(
        f"{name}: {built.records} records, {built.cases} cases, {built.passages} passages; "
        f"{built.read} read now, in {built.seconds:.1f} s"
    )
    for refused in built.refused:
        print(f"  refused: {refused.name}: {refused.reason}")
    index = open_index(folder)
    texts = {record.id: index.text(record.id) for record in index.records()}
    index.close()
    questions = gold.load_questions(name)
    faults = gold.problems(questions, texts)
    if faults:
        raise SystemExit("The gold is not in order:\n" + "\n".join(faults))
    return Bench(questions, known_cases(name, texts), texts, Assistant.open(folder))


def known_cases(name: str, texts: Mapping[str, str]) -> list[KnownCase]:
    """The cases that the records of a set really hold."""
    if name == "formats":
        return gold.load_formats(RECORDS[name])
    return gold.load_cases(name, texts)


def systems(bench: Bench, *, quick: bool) -> dict[str, baselines.System]:
    """The product, and unless in a hurry its parts and what it is held against."""
    found = {OURS: baselines.senrei(bench.assistant)}
    if not quick:
        embeddings = baselines.CachedEmbeddings(load_embedder(), CACHE)
        found[report.WORDS] = baselines.with_searches(bench.assistant, ("words",))
        found[report.VECTORS] = baselines.with_searches(bench.assistant, ("vectors",))
        found[report.PLAIN] = baselines.without_thesaurus(bench.assistant)
        found[report.TALKATIVE] = baselines.never_abstains(bench.assistant)
        found[LANGCHAIN] = baselines.langchain_default(bench.texts, embeddings)
        found[report.SILENT] = baselines.abstainer
    return found


def run(bench: Bench, questions: Sequence[Question], *, quick: bool) -> dict[str, list[Result]]:
    """Ask all systems the questions and judge their replies."""
    results: dict[str, list[Result]] = {}
    for name, system in systems(bench, quick=quick).items():
        begun = time.perf_counter()
        replies = [system(q.turns) for q in questions]
        ours = name not in (LANGCHAIN, report.SILENT)
        results[name] = [
            report.judged(q, reply, bench.known, bench.texts, ours=ours)
            for q, reply in zip(questions, replies, strict=True)
        ]
        if name in (report.WORDS, report.VECTORS):
            results[f"{name}, best passage as the answer"] = [
                report.judged(
                    q, baselines.best_passage(reply), bench.known, bench.texts, ours=False
                )
                for q, reply in zip(questions, replies, strict=True)
            ]
        print(f"  {name}: {len(questions)} questions, {time.perf_counter() - begun:.0f} s")
    return results


def read_tables() -> tuple[str, dict[str, Any], list[str]]:
    """The reading of the records of every set: a table, figures, faults."""
    rows: list[tuple[str, ...]] = [("reading", "case F1", *reading.COLUMNS)]
    figures: dict[str, Any] = {}
    misread: list[str] = []
    for name, folder in RECORDS.items():
        if not any(folder.glob("*.txt")):
            continue
        readings = reading.read_folder(folder)
        texts = {r.record.id: r.record.text for r in readings}
        tallies, faults = reading.judge_reading(
            known_cases(name, texts), readings, lambda k: k.municipality
        )
        hidden = gold.test_records(name)
        misread += [f"{name}: {f}" for f in faults if not any(record in f for record in hidden)]
        for body, tally in tallies.items():
            f1 = reading.f1(tally)
            rows.append((f"{name}: {body}", f"{f1:.3f}", *map(str, tally.values())))
            figures[f"{name}: {body}"] = {"f1": f1, **{c: str(t) for c, t in tally.items()}}
    return report.table(rows), figures, misread


def page(
    results: Mapping[str, report.Runs],
    texts: Mapping[str, str],
    read: tuple[str, dict[str, Any], list[str]],
    foreseen: Mapping[str, str],
    title: str,
) -> tuple[str, str]:
    """The summary, and the page with every wrong answer of the development part; of the test part
    there are figures only."""
    parts = report.parts_of(results)
    begin = [
        f"# {title}",
        "Right, wrong, abstained and answered anyway are of all questions. In brackets: 95% "
        "intervals, whole cases drawn. What each line means: eval/README.md.",
        report.measures(parts),
        "## Ways of searching, and what Senrei is held against",
        report.ways(parts),
        unseen(results, texts),
        "## Reading",
        read[0],
    ]
    for name, table in foreseen.items():
        begin += [f"## Questions foreseen: {name}", table]
    head = "\n\n".join(begin)
    rest = [head]
    for name, of in parts.items():
        rows = [report.HEAD, *report.split_rows(of[OURS])]
        rest += [f"## {name}: by kind and by record", report.table(rows)]
    if read[2]:
        rest += ["## Misread", "\n".join(f"- {fault}" for fault in read[2])]
    rest += failures(results, texts, "dev")
    return head, "\n\n".join(rest) + "\n"


def unseen(results: Mapping[str, report.Runs], texts: Mapping[str, str]) -> str:
    """What of the test questions' own words the program has."""
    questions = [r.question for of in results.values() for r in of[OURS]]
    runs = leaks.distinctive_runs(questions, texts.values())
    held = leaks.leaks(runs, leaks.sources(ROOT, leaks.PROGRAM))
    own, listed = leaks.shared_words(questions, texts.values(), leaks.sources(ROOT, leaks.LISTS))
    return (
        f"Of {len(runs)} distinctive runs of {leaks.RUN} characters of the test questions the program "
        f"has {len(held)}; of {own} words that only they have, its word lists have {listed}."
    )


def failures(results: Mapping[str, report.Runs], texts: Mapping[str, str], split: str) -> list[str]:
    """Every answer of one side that is not right, beside its gold."""
    found = []
    for status, heading in (
        ("wrong", "Wrong answers"), ("answered", "Answered though the records do not say"),
        ("abstained", "Abstained though the records say"),
    ):  # fmt: skip
        bad = [
            r for of in results.values() for r in of[OURS]
            if r.status == status and r.question.split == split
        ]  # fmt: skip
        found += [f"## {heading} ({split}: {len(bad)})", *(report.told(r, texts) for r in bad)]
    return found


def figures(
    results: Mapping[str, report.Runs], read: Mapping[str, Any], commit: str
) -> dict[str, Any]:
    """What is kept as JSON: no words of any record, and of the test part no single question."""
    return {
        "commit": commit,
        "date": date.today().isoformat(),
        "python": platform.python_version(),
        "systems": {
            part: {system: report.summary(found) for system, found in of.items()}
            for part, of in report.parts_of(results).items()
        },
        "reading": read,
        "questions": {
            r.question.id: {
                "status": r.status, "reasons": r.judgement.reasons, "recall_at_5": r.recall,
                "intent": r.reply.answer.get("intent"),
                "systems": {s: found[n].status for s, found in of.items() if s != OURS},
            }
            for of in results.values() for n, r in enumerate(of[OURS])
            if r.question.split == "dev"
        },
    }  # fmt: skip


def commit_name() -> str:
    """The commit's short name, with -dirty where files (other than results) differ from it."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", ".", ":!eval/results")
    return (git("rev-parse", "--short", "HEAD") or "uncommitted") + ("-dirty" if changed else "")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of the questions asked, by the set they are of."""

    results: dict[str, dict[str, list[Result]]]
    texts: dict[str, str]
    foreseen: dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation; only a run of everything is kept under eval/results/."""
    options = _parser().parse_args(arguments)
    evaluated = _evaluated(options)
    if not evaluated.results:
        print("No question fits.", file=sys.stderr)
        return 2
    if options.show:
        _show(evaluated)
    else:
        _write(evaluated, options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--set", choices=[*gold.SETS, "all"], default="all")
    parser.add_argument("--split", choices=["dev", "test"], help="only the questions of this side")
    parser.add_argument("--only", metavar="KIND/ID", help="a kind, or ids with commas between")
    parser.add_argument("--quick", action="store_true", help="without the baselines")
    parser.add_argument("--show", metavar="ID", help="ask one question and print all about it")
    parser.add_argument(
        "--show-test",
        action="store_true",
        help="write the test part's wrong answers to eval/scratch too; nothing is tuned on them",
    )
    return parser


def _evaluated(options: argparse.Namespace) -> Evaluated:
    """Ask the questions that the options choose."""
    wanted = _wanted(options)
    names = [name for name in gold.SETS if options.set in (name, "all")]
    if not any(RECORDS["real"].glob("*.txt")):
        print(
            f"There are no real records in {RECORDS['real']}: only the project's own are evaluated."
        )
        names = [name for name in names if RECORDS[name].is_relative_to(ROOT)]
    found = Evaluated({}, {}, {})
    for name in names:
        asked = [
            q for q in gold.load_questions(name)
            if (not wanted or {q.id, q.kind} & wanted) and options.split in (None, q.split)
        ]  # fmt: skip
        if not asked:
            continue
        bench = prepare(name)
        found.texts.update(bench.texts)
        found.results[name] = run(bench, asked, quick=options.quick or bool(options.show))
        if not (options.quick or wanted or options.split) and name != "formats":
            found.foreseen[name] = foresight.table(foresight.evaluate(bench.assistant))
    return found


def _wanted(options: argparse.Namespace) -> set[str]:
    """The ids and kinds of the questions named; none where all are wanted."""
    return set((options.show or options.only or "").split(",")) - {""}


def _show(evaluated: Evaluated) -> None:
    """Print all about the answers."""
    for result in (r for of in evaluated.results.values() for r in of[OURS]):
        print(f"\n{report.told(result, evaluated.texts)}\n\nFound first:")
        for span in result.reply.found:
            words = evaluated.texts[span.record][span.start : span.end]
            print(f"- {span.record} {span.start}–{span.end}: {words!r}")
        print(json.dumps(result.reply.answer["citations"], ensure_ascii=False, indent=1))


def _write(evaluated: Evaluated, options: argparse.Namespace) -> None:
    """Print the summary; write the whole to eval/scratch/, and a run of everything to eval/results/."""
    commit = commit_name()
    read = read_tables()
    title = f"Evaluation of {commit}, {date.today().isoformat()}"
    head, whole = page(evaluated.results, evaluated.texts, read, evaluated.foreseen, title)
    print("\n" + head)
    SCRATCH.mkdir(parents=True, exist_ok=True)
    (SCRATCH / f"{commit}.md").write_text(whole, encoding="utf-8")
    print(f"\nEvery wrong answer of the dev part, in full: {SCRATCH / f'{commit}.md'}")
    if options.show_test:
        path = SCRATCH / f"{commit}-test.md"
        bad = failures(evaluated.results, evaluated.texts, "test")
        path.write_text("\n\n".join(bad), encoding="utf-8")
        print(f"And of the test part: {path}")
    whole_run = options.set == "all" and not (_wanted(options) or options.split or options.quick)
    if not whole_run or "real" not in evaluated.results:
        print("Not kept under eval/results/: only a run of all sets and questions is.")
        return
    RESULTS.mkdir(exist_ok=True)
    secret = [p.read_text(encoding="utf-8") for p in sorted(SHARED.glob("*/*.txt"))]
    (RESULTS / f"{commit}.md").write_text(report.without_records(whole, secret), encoding="utf-8")
    data = figures(evaluated.results, read[1], commit)
    data_text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / f"{commit}.json").write_text(data_text, encoding="utf-8")
    print(f"Kept: {RESULTS / f'{commit}.md'} and .json")


if __name__ == "__main__":
    raise SystemExit(main())
