"""`python -m eval.foresight`: hide a case; do the others foresee the questions it was really asked?

For every case with at least three recorded questions, its own papers are given to `foresee` with the
case, and its whole chain, hidden. Recall@10 is the share of its real questions that are met by one of
the ten questions foreseen: a question is met by one on the same theme whose vector is near
(`ALIKE`). The baseline offers the questions asked most often in all cases, whatever the paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.chat import Assistant
from assistant.desks.foresight import READY, Asked, foresee, questions_of
from assistant.surveys.themes import OTHER
from index.cases import Case

LEAST = 3  # questions, for a case to be hidden
ALIKE = 0.88  # the cosine of two questions of one theme that ask the same
SAME = 0.94  # that of two which nobody can put under a theme
PAPER = 1_200  # characters of a case's papers that are given


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What was found for one hidden case: shares of its questions, 0 to 1."""

    case: str
    questions: int
    themes: float
    recall: float
    baseline_themes: float
    baseline: float


def paper_of(assistant: Assistant, case: Case) -> str:
    """What stood in the case's papers: its title, and its part of the record without the speeches."""
    text = assistant.index.text(case.record)
    said = [(exchange.start, exchange.end) for exchange in case.exchanges]
    said += [(decision.start, decision.end) for decision in case.decisions]
    pieces = [case.title]
    for start, end in case.spans:
        for left, right in sorted(said):
            if start < left < end:
                pieces.append(text[start:left])
            start = max(start, min(right, end))
        pieces.append(text[start:end])
    return "\n".join(pieces)[:PAPER]


def hidden(assistant: Assistant) -> list[Case]:
    """The cases to hide: those with questions enough."""
    return [c for c in assistant.evidence.cases if len(list(questions_of(assistant, c))) >= LEAST]


def evaluate(assistant: Assistant) -> list[Foreseen]:
    """Hide each case in turn."""
    cases = hidden(assistant)
    asked = {case.id: list(questions_of(assistant, case)) for case in assistant.evidence.cases}
    vectors: dict[str, np.ndarray] = {}
    texts = sorted({q.text for questions in asked.values() for q in questions})
    if texts:
        vectors = dict(zip(texts, assistant.embedder.passages(texts), strict=True))

    def met(real: Sequence[Asked], offered: Sequence[Asked]) -> tuple[float, float]:
        themes = {q.theme for q in offered} - {OTHER}
        near = [
            any(
                q.theme == o.theme
                and float(vectors[q.text] @ vectors[o.text])
                >= (SAME if q.theme == OTHER else ALIKE)
                for o in offered
            )
            for q in real
        ]
        return sum(q.theme in themes for q in real) / len(real), sum(near) / len(real)

    found = []
    for case in cases:
        chain = {
            c.id for c in assistant.evidence.cases
            if c.id == case.id or (case.chain and c.chain == case.chain)
        }  # fmt: skip
        foresight = foresee(assistant, paper_of(assistant, case), without=chain)
        real = asked[case.id]
        others = [q for id, questions in asked.items() if id not in chain for q in questions]
        often = Counter(q.theme for q in others if q.theme != OTHER)
        frequent = _one_of_each(others, [theme for theme, _ in often.most_common()])
        ours, near = met(real, foresight.ready)
        theirs, baseline = met(real, frequent[:READY])
        found.append(Foreseen(case.id, len(real), ours, near, theirs, baseline))
    return found


def _one_of_each(asked: Sequence[Asked], themes: Sequence[str]) -> list[Asked]:
    """The questions by theme, the most frequent theme first: one of each, then the next of each."""
    by_theme = {theme: [q for q in asked if q.theme == theme] for theme in themes}
    longest = max(map(len, by_theme.values()), default=0)
    return [of[n] for n in range(longest) for of in by_theme.values() if n < len(of)]


def table(found: Sequence[Foreseen]) -> str:
    """The means, as Markdown."""
    if not found:
        return "No case has questions enough."
    mean = {
        name: 100 * sum(getattr(f, name) for f in found) / len(found)
        for name in ("themes", "recall", "baseline_themes", "baseline")
    }
    return "\n".join(
        [
            f"{len(found)} cases hidden, {sum(f.questions for f in found)} questions",
            "",
            f"| | theme recall@{READY} | question recall@{READY} |",
            "|---|---|---|",
            f"| Senrei | {mean['themes']:.1f} | {mean['recall']:.1f} |",
            f"| most frequent | {mean['baseline_themes']:.1f} | {mean['baseline']:.1f} |",
        ]
    )


def main() -> int:
    """Print the table for the real records and the sample."""
    from eval.__main__ import prepare

    for name in ("real", "sample"):
        print(f"\n## {name}\n\n{table(evaluate(prepare(name).assistant))}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
