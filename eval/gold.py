"""Gold: the questions with their evidence, and the cases that the records really hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "gold"
SETS = ("real", "sample", "formats", "unseen")
KINDS = {
    "verdict", "conditions", "fact", "exchange", "reason", "definition", "followup", "meeting",
    "list", "count", "comparison", "history",
}  # fmt: skip
WHY = {"wrong_town", "wrong_year", "not_recorded", "false_premise", "undecided", "out_of_scope"}
OUTCOMES = {
    "approved", "approved_with_conditions", "partly_approved", "continued", "rejected",
    "withdrawn", "reported", "not_recorded",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` to `end` of a record's text."""

    record: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A case that an answer must tell. `outcomes` are the classes that count as right."""

    record: str
    title: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A conversation whose last turn is asked, and what makes an answer to it right."""

    id: str
    set: str
    turns: tuple[str, ...]
    kind: str
    answerable: bool
    why: str
    facts: tuple[tuple[str, ...], ...]
    cases: tuple[GoldCase, ...]
    optional: tuple[GoldCase, ...]
    spans: tuple[Span, ...]
    spans_also: tuple[Span, ...]
    forbidden: tuple[str, ...]
    group: str
    split: str
    note: str


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case as a person read it. The first of each tuple is the best value; all are right.

    `spans` are its title, verdicts and conditions, where the gold says where they stand.
    """

    record: str
    municipality: str
    council: str | None
    title: str
    kinds: tuple[str, ...]
    outcomes: tuple[str, ...]
    dates: tuple[str | None, ...]
    meeting: str | None
    departments: tuple[str | None, ...]
    conditions: tuple[str, ...]
    spans: tuple[Span, ...]
    optional: bool = False


def _spans(entries: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(e["record"], e["start"], e["end"]) for e in entries)


def _cases(entries: Sequence[Mapping[str, Any]]) -> tuple[GoldCase, ...]:
    return tuple(
        GoldCase(e["record"], e["title"], (e["outcome"], *e.get("outcome_also", ())))
        for e in entries
    )


def files_of(name: str, ending: str = ".jsonl") -> list[Path]:
    """The files of a set: `real.jsonl`, with a number (`unseen1.jsonl`), and `real_….jsonl`."""
    own = re.compile(rf"{name}\d*(?:_.+)?{re.escape(ending)}")
    return [path for path in sorted(FOLDER.glob(f"{name}*")) if own.fullmatch(path.name)]


def load_questions(name: str) -> list[Question]:
    """The questions of a set, from all its files. Where one names no group, it is grouped by the
    record of its first evidence; where it names no split, it is a development question."""
    return [question for path in files_of(name) for question in read_questions(path, name)]


def read_questions(path: Path, name: str) -> list[Question]:
    """The questions of a file: of a set, or judgements as the app exports them.

    Of an answer that a user called wrong nothing says yet what would be right: it is left out
    until a person has written its `facts` or `cases`. One asked with filters on is left out too.
    """
    questions = []
    for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
        entry = json.loads(line)
        right = entry.get("facts") or entry.get("cases") or not entry["answerable"]
        if entry.get("narrowed") or (entry.get("judgement") == "wrong" and not right):
            continue
        spans = _spans(entry.get("spans", ()))
        questions.append(
            Question(
                entry["id"], name, tuple(entry["turns"]), entry["kind"], entry["answerable"],
                entry.get("why", ""), tuple(tuple(fact) for fact in entry.get("facts", ())),
                _cases(entry.get("cases", ())), _cases(entry.get("optional_cases", ())),
                spans, _spans(entry.get("spans_also", ())), tuple(entry.get("forbidden", ())),
                entry.get("group") or (spans[0].record if spans else entry["id"]),
                entry.get("split", "dev"), entry.get("note", ""),
            )
        )  # fmt: skip
    return questions


def test_records(name: str) -> set[str]:
    """The records of a set of which only test questions ask: what is misread there is not told."""
    sides: dict[str, set[str]] = {}
    for q in load_questions(name):
        for span in (*q.spans, *q.spans_also):
            sides.setdefault(span.record, set()).add(q.split)
    return {record for record, split in sides.items() if split == {"test"}}


def load_cases(name: str, texts: Mapping[str, str]) -> list[KnownCase]:
    """The cases of a set. Where the gold has words instead of offsets, they are looked up."""
    known = []
    files = [path.read_text(encoding="utf-8") for path in files_of(name, "_cases.json")]
    for record in (record for file in files for record in json.loads(file)):
        id, text = record["record"], texts[record["record"]]
        for case in record["cases"]:
            ends = [case.get("title_span"), case.get("outcome_span"), case.get("summing_up_span")]
            ends += [*case.get("condition_spans", ()), *case.get("decision_spans", ())]
            words = [case.get("outcome_text"), *case.get("conditions", ())]
            starts = [(text.find(w), len(w)) for w in words if w]
            ends += [(at, at + length) for at, length in starts if at >= 0]
            conditions = [text[start:end] for start, end in case.get("condition_spans", ())]
            known.append(
                KnownCase(
                    id, record["municipality"], record["council"], case["title"],
                    (case["kind"], *case.get("kind_also", ())),
                    (case["outcome"], *case.get("outcome_also", ())),
                    (case["date"], *case.get("date_also", ())), case.get("meeting"),
                    (case["department"], *case.get("department_also", ())),
                    tuple(conditions or case.get("conditions", ())),
                    tuple(Span(id, *end) for end in ends if end), case.get("optional", False),
                )
            )  # fmt: skip
    return known


_CLASSES = {
    "承認": "approved", "適当": "approved", "可": "approved", "否": "rejected",
    "条件付き承認": "approved_with_conditions", "継続審議": "continued", "報告": "reported",
    "記録なし": "not_recorded",
}  # fmt: skip
_KINDS = {"諮問": "consultation", "報告": "report", "審査請求": "review"}


def load_formats(folder: Path) -> list[KnownCase]:
    """The cases of ../shared/formats. A report without a verdict may be classed as reported, and an
    election (選任) may be left out; a kind of two words (協議・報告) is not judged."""
    known = []
    for record in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        for case in record["cases"]:
            outcomes = [_CLASSES[case["outcome_class"]]]
            if "報告" in case["kind"] and outcomes == ["not_recorded"]:
                outcomes.append("reported")
            kind = _KINDS.get(case["kind"])
            # a reply (答申第99号) is no sitting
            meeting = record["meeting_no"] if "回" in (record["meeting_no"] or "") else None
            known.append(
                KnownCase(
                    record["file"], record["municipality"], record["council"], case["title"],
                    (kind,) if kind else (), tuple(outcomes), (record["date_iso"],), meeting, (),
                    tuple(case["conditions"]), (), case["kind"] == "選任",
                )
            )  # fmt: skip
    return known


def problems(questions: Sequence[Question], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with the gold itself, one sentence each."""
    found = [
        f"{id} stands {times} times" for id, times in Counter(q.id for q in questions).items()
        if times > 1
    ]  # fmt: skip
    sides: dict[str, str] = {}
    for q in questions:
        if q.split not in ("dev", "test"):
            found.append(f"{q.id}: there is no split {q.split!r}")
        if q.kind not in KINDS:
            found.append(f"{q.id}: there is no kind {q.kind!r}")
        if q.answerable != (q.why == "") or (q.why and q.why not in WHY):
            found.append(f"{q.id}: answerable is {q.answerable}, but why is {q.why!r}")
        if q.answerable and not q.facts and not q.cases:
            found.append(f"{q.id}: nothing makes an answer right")
        if not q.turns or not all(turn.strip() for turn in q.turns):
            found.append(f"{q.id}: an empty turn")
        if any(not fact or not all(fact) for fact in q.facts) or not all(q.forbidden):
            found.append(f"{q.id}: an empty fact or forbidden phrase")
        if sides.setdefault(q.group, q.split) != q.split:
            found.append(f"{q.id}: the group {q.group} is on both sides of the split")
        for case in (*q.cases, *q.optional):
            if case.record not in texts or not {*case.outcomes} <= OUTCOMES:
                found.append(f"{q.id}: no such record or outcome: {case}")
        for span in (*q.spans, *q.spans_also):
            if not 0 <= span.start < span.end <= len(texts.get(span.record, "")):
                found.append(f"{q.id}: {span} is outside its record")
            elif not texts[span.record][span.start : span.end].strip():
                found.append(f"{q.id}: {span} holds nothing")
    return found
