"""`python -m eval.tune`: fit the weights by which sentences are ranked, on the development part.

A pairwise logistic regression: in each question's candidates, a sentence that holds the gold
evidence should score above one that does not. Prints rows for `assistant/evidence.py`; questions of
the test part are never read.
"""

from __future__ import annotations

import numpy as np

from assistant.evidence import FEATURES, WEIGHTS
from eval.__main__ import prepare
from eval.gold import Question

RIDGE = 0.005
STEPS = 3000


def main() -> None:
    """Gather pairs from both sets, fit, print."""
    rng = np.random.default_rng(7)
    differences = []
    ranked: list[tuple[np.ndarray, np.ndarray]] = []
    for name in ("real", "sample"):
        bench = prepare(name)
        for question in bench.questions:
            if question.split == "test" or not question.answerable or not question.spans:
                continue
            features, labels = candidates(bench.assistant, question)
            if not len(features) or not labels.any() or labels.all():
                continue
            ranked.append((features, labels))
            good, bad = features[labels], features[~labels]
            bad = bad[rng.permutation(len(bad))[:80]]
            pairs = (good[:, None, :] - bad[None, :, :]).reshape(-1, features.shape[1])
            differences.append((pairs, np.full(len(pairs), 1.0 / len(pairs))))
    pairs = np.concatenate([p for p, _ in differences])
    weight = np.concatenate([w for _, w in differences])
    start = np.array(WEIGHTS)
    fitted = fit(pairs, weight / weight.sum(), start)
    print(f"{len(ranked)} questions, {len(pairs)} pairs")
    print(
        f"first sentence right: {first(ranked, start):.3f} before, {first(ranked, fitted):.3f} after"
    )
    print(
        f"in the first three: {first(ranked, start, 3):.3f} before, {first(ranked, fitted, 3):.3f} after"
    )
    for label, old, new in zip(FEATURES, start, fitted, strict=True):
        print(f"{label:<22}{old:>7.2f}{new:>7.2f}")
    print("WEIGHTS = (" + ", ".join(f"{w:.2f}" for w in fitted) + ")")


def candidates(assistant, question: Question) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[no-untyped-def]
    """The candidates' features, shape (n, features), and which of them hold the evidence, (n,)."""
    features, labels = [], []
    for unit in assistant.candidates(list(question.turns)):
        features.append(unit.features)
        held = 0
        for span in (*question.spans, *question.spans_also):
            if span.record == unit.record:
                both = min(span.end, unit.end) - max(span.start, unit.start)
                shorter = min(span.end - span.start, unit.end - unit.start)
                held = max(held, both / shorter if shorter else 0)
        labels.append(held >= 0.6)
    return np.array(features, float), np.array(labels, bool)


def fit(pairs: np.ndarray, weight: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Gradient descent on the logistic loss of the pairs, drawn towards the start by a ridge."""
    scale = 4.0  # the start's scores differ by tenths; the loss is read in units of a quarter
    values = start.copy()
    for _ in range(STEPS):
        margin = scale * (pairs @ values)
        slope = -scale * (weight / (1 + np.exp(margin))) @ pairs
        values -= 0.05 * (slope + RIDGE * (values - start))
    return values


def first(ranked: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray, top: int = 1) -> float:
    """The share of questions with evidence among the `top` first sentences."""
    return float(np.mean([labels[np.argsort(-(f @ weights))[:top]].any() for f, labels in ranked]))


if __name__ == "__main__":
    main()
