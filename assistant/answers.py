"""Draft + citations -> Answer: what the user sees, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.citations import Citation, Cited
from assistant.facts import case_as_json
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import SEARCHED, Draft, Style
from index.cases import Case

if TYPE_CHECKING:
    from assistant.language_model.writing import Written


@dataclass(frozen=True, slots=True)
class Searched:
    """How much was looked through: records, sittings and cases, and of which towns."""

    records: int
    meetings: int
    cases: int
    places: tuple[str, ...] = ()

    def words(self) -> str:
        """調べた範囲: …, for the end of an answer."""
        where = "・".join(self.places[:6]) + (" ほか" if len(self.places) > 6 else "")
        inside = f"（{where}）" if where else ""
        return (
            f"調べた範囲: 記録{self.records}件、会議{self.meetings}回、案件{self.cases}件{inside}。"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or (where `abstained`) the statement that the records do not say.

    `statements` are the lines in the order shown; `timings` milliseconds by stage. `draft` is what
    was composed; `written` what a language model made of it, where one was asked.
    """

    question: Question
    statements: tuple[Cited, ...]
    citations: tuple[Citation, ...]
    cases: tuple[Case, ...]
    abstained: bool
    searched: Searched
    understood: str
    hits: tuple[Hit, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    draft: Draft | None = None
    written: Written | None = None

    @property
    def text(self) -> str:
        """The answer as text: one statement a line, headings and items marked."""
        marks = {
            Style.CASE: "- ",
            Style.ITEM: "- ",
            Style.HEADING: "\n",
            Style.LEAD: "",
            Style.NOTE: "",
        }
        return "\n".join(marks[line.style] + line.text for line in self.statements)

    def as_json(self, id: str | None = None) -> dict[str, Any]:
        """The answer's JSON (`docs/architecture.md`)."""
        told = self._told(id)
        if self.written is not None:
            told["written"] = {
                "model": self.written.model, "kept": self.written.kept,
                "refused": self.written.reasons, "fallback": self.written.fallback,
            }  # fmt: skip
        return told

    def _told(self, id: str | None) -> dict[str, Any]:
        return {
            "id": id,
            "question": self.question.text,
            "answer": self.text,
            "abstained": self.abstained,
            "intent": self.question.intent.value,
            "understood": self.understood,
            "cases": [case_as_json(case) for case in self.cases],
            "citations": [
                {
                    "n": c.n, "record": c.record, "page": c.page,
                    "start": c.start, "end": c.end, "quote": c.quote,
                }
                for c in self.citations
            ],
            "searched": {
                "records": self.searched.records,
                "meetings": self.searched.meetings,
                "cases": self.searched.cases,
            },
        }  # fmt: skip


def answer(
    question: Question,
    draft: Draft,
    cited: Sequence[Cited],
    citations: Sequence[Citation],
    searched: Searched,
    understood: str,
    hits: Sequence[Hit] = (),
) -> Answer:
    """The answer that the cited statements make; what was searched is said at its end."""
    lines = [
        Cited(line.style, line.text.replace(SEARCHED, searched.words()), line.numbers)
        for line in cited
    ]
    if question.taken:
        words = "、".join(f"「{written}」は「{name}」" for written, name in question.taken)
        lines.insert(1, Cited(Style.NOTE, f"{words}のこととして調べました。", ()))
    if not any(searched.words() in line.text for line in lines):
        lines.append(Cited(Style.NOTE, searched.words(), ()))
    return Answer(
        question, tuple(lines), tuple(citations), draft.cases, draft.abstained,
        searched, understood, tuple(hits),
    )  # fmt: skip
