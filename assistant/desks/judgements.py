"""What users say of answers (役に立った, 誤り): kept beside the index, exported as gold."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from assistant.answers import Answer
from assistant.desks.keeping import Note, Notes
from assistant.statements import Style
from index.japanese import fold, level
from index.store import Index

KINDS = frozenset(
    "verdict conditions fact exchange reason definition meeting list count comparison "
    "history".split()
)
_FACT = 15  # characters by which an answer is known again
_LONGEST = 1_000  # characters of what a user adds


class Judgement(StrEnum):
    """What was said of an answer."""

    RIGHT = "right"
    WRONG = "wrong"


JUDGEMENTS = {Judgement.RIGHT: "役に立った", Judgement.WRONG: "誤り"}


def judge(
    notes: Notes,
    index: Index,
    turns: Sequence[str],
    answer: Answer,
    judgement: Judgement,
    words: str = "",
    drop: Sequence[str] = (),
) -> str:
    """Keep what was said of the answer to a conversation's last turn; `drop` names what the user
    took away from it. Raises NotKept."""
    digests = index.manifest.records
    records = sorted({citation.record for citation in answer.citations})
    return notes.add(
        {
            "judgement": judgement.value,
            "words": words.strip()[:_LONGEST],
            "turns": list(turns),
            "narrowed": bool(drop or answer.question.within),
            "model": answer.written.model if answer.written is not None else "",
            "intent": answer.question.intent.value,
            "abstained": answer.abstained,
            "answer": answer.text,
            "said": _said(answer),
            "cases": [[c.record, level(c.title), c.outcome.value] for c in answer.cases],
            "cited": [[c.record, c.start, c.end] for c in answer.citations],
            "records": {record: digests.get(record, "")[:16] for record in records},
        }
    )


def _said(answer: Answer) -> str:
    """The first words that the answer quotes: by them it is known again."""
    lead = next((line for line in answer.statements if line.style is Style.LEAD), None)
    quoted = re.search(r"「(.+?)[」]\[\d", lead.text) if lead else None
    return fold(level(quoted[1]))[:_FACT] if quoted else ""


def as_gold(note: Note) -> dict[str, Any]:
    """A judgement as a line of `eval/gold`, with `judgement` and the user's own words beside it.

    What a user called right is the gold: its cases and its first quoted words, its citations as
    evidence. Of what was called wrong only the question is kept and, under `cited`, what the
    answer rested on: what would be right a person has still to write. `narrowed` says that the
    words alone are not the question: the user had filters on.
    """
    right = note.get("judgement") == Judgement.RIGHT
    turns = [str(turn) for turn in note.get("turns", ())]
    intent = str(note.get("intent"))
    kind = "followup" if len(turns) > 1 else intent if intent in KINDS else "fact"
    spans = [{"record": r, "start": a, "end": b} for r, a, b in note.get("cited", ())]
    abstained = bool(note.get("abstained"))
    gold: dict[str, Any] = {
        "id": f"u-{note['id']}", "turns": turns, "kind": kind,
        "answerable": not (right and abstained), "facts": [], "cases": [], "spans": [],
        "split": "dev", "judgement": str(note.get("judgement")), "note": str(note.get("words", "")),
        "when": str(note.get("when", "")), "records": note.get("records", {}),
        "narrowed": bool(note.get("narrowed")), "model": str(note.get("model", "")),
    }  # fmt: skip
    if right and abstained:
        gold["why"] = "not_recorded"
    elif right:
        gold["facts"] = [[note["said"]]] if note.get("said") else []
        gold["cases"] = [
            {"record": record, "title": title, "outcome": outcome}
            for record, title, outcome in note.get("cases", ())
        ]
        gold["spans"] = spans
    else:
        gold["cited"] = spans
        gold["answer"] = str(note.get("answer", ""))
    return gold


def as_jsonl(notes: Sequence[Note]) -> bytes:
    """All judgements, a gold question a line."""
    return "".join(json.dumps(as_gold(note), ensure_ascii=False) + "\n" for note in notes).encode()
