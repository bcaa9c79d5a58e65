"""`python -m eval.tune`: fit the weights by which sentences are ranked, on the development part.

Of a question's candidates, the sentences that hold the gold fact should stand first: the softmax of
their scores is made as large as it can be, drawn towards zero by a ridge. Prints how often the
first sentence is right with today's weights, with new ones on questions that these were not fitted
on (cross-validated, all questions of one group on one side), and the rows for
`assistant/evidence.py`. Questions of the test part are never read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.conversations import conversation
from assistant.evidence import FEATURES, WEIGHTS
from assistant.understanding.intents import Intent
from eval.__main__ import prepare
from eval.gold import SETS, Question
from eval.metrics import normalise

RIDGE = 0.01
STEPS = 1500
RATE = 0.1
FOLDS = 10
RANKED = (Intent.FACT, Intent.REASON, Intent.EXCHANGE, Intent.DEFINITION)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question's candidates: features (n, features), and which of them hold the answer, (n,)."""

    group: str
    features: np.ndarray
    right: np.ndarray


def main() -> None:
    """Gather the rankings of all sets, cross-validate, fit, print."""
    rankings = []
    for name in SETS:
        bench = prepare(name)
        for question in bench.questions:
            if question.split == "test" or not question.answerable or not question.facts:
                continue
            assistant = bench.assistant
            understood = conversation(list(question.turns), assistant.vocabulary, assistant)
            if understood.intent in RANKED:
                ranking = candidates(assistant, question, f"{name} {question.group}")
                if ranking.right.any() and not ranking.right.all():
                    rankings.append(ranking)
    today = np.array(WEIGHTS)
    held_out = cross_validated(rankings)
    print(f"{len(rankings)} questions; the first sentence right, in brackets the first three:")
    print(f"today's weights  {first(rankings, today):.3f} ({first(rankings, today, 3):.3f})")
    print(f"new, held out    {held_out[0]:.3f} ({held_out[1]:.3f})")
    fitted = fit(rankings)
    for label, old, new in zip(FEATURES, today, fitted, strict=True):
        print(f"{label:<22}{old:>7.2f}{new:>7.2f}")
    print("WEIGHTS = (" + ", ".join(f"{w:.2f}" for w in fitted) + ")")


def candidates(assistant, question: Question, group: str) -> Ranking:  # type: ignore[no-untyped-def]
    """The candidates of one question. One is right that lies in a gold span and holds a fact."""
    features, right = [], []
    for unit in assistant.candidates(list(question.turns)):
        features.append(unit.features)
        held = 0.0
        for span in (*question.spans, *question.spans_also):
            if span.record == unit.record:
                both = min(span.end, unit.end) - max(span.start, unit.start)
                held = max(held, both / max(1, min(span.end - span.start, unit.end - unit.start)))
        said = normalise(unit.text)
        told = any(normalise(words) in said for fact in question.facts for words in fact)
        right.append(held >= 0.3 and told)
    return Ranking(group, np.array(features, float), np.array(right, bool))


def fit(rankings: list[Ranking]) -> np.ndarray:
    """Descend the gradient of the mean loss, minus the log of the right sentences' softmax."""
    weights = np.zeros(len(FEATURES))
    for _ in range(STEPS):
        slope = 2 * RIDGE * weights
        for ranking in rankings:
            scores = ranking.features @ weights
            share = np.exp(scores - scores.max())
            good = np.where(ranking.right, share, 0.0)
            slope -= ranking.features.T @ (good / good.sum() - share / share.sum()) / len(rankings)
        weights -= RATE * slope
    return weights


def cross_validated(rankings: list[Ranking]) -> tuple[float, float]:
    """The share of questions right first, and in the first three, each by weights fitted without
    its group."""
    groups = sorted({ranking.group for ranking in rankings})
    np.random.default_rng(1).shuffle(groups)
    shares: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        out = set(groups[fold::FOLDS])
        weights = fit([ranking for ranking in rankings if ranking.group not in out])
        held = [ranking for ranking in rankings if ranking.group in out]
        shares += [(first([one], weights), first([one], weights, 3)) for one in held]
    best, among_three = np.mean(shares, axis=0)
    return float(best), float(among_three)


def first(rankings: list[Ranking], weights: np.ndarray, top: int = 1) -> float:
    """The share of questions with a right sentence among the `top` first."""
    return float(
        np.mean([one.right[np.argsort(-(one.features @ weights))[:top]].any() for one in rankings])
    )


if __name__ == "__main__":
    main()
