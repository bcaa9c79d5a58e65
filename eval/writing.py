"""`python -m eval.writing`: what becomes of a language model's sentences, over all gold questions.

By default three scripts stand for models: a good one, an obedient one, one that makes things up.
`--model openai:… --url …` asks a real one, and judges the answers with it and without.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from assistant.models import Deadline, LanguageModel, Message, ModelSettings, Writes
from assistant.prompts import Prompts
from assistant.writing import Written
from eval import gold, metrics, scripted_writers
from eval.__main__ import Bench, prepare


@dataclass(frozen=True, slots=True)
class Scripted:
    """A script in a model's place, without a server."""

    reply: scripted_writers.Reply
    prompts: Prompts
    settings: ModelSettings = field(default_factory=lambda: ModelSettings("openai:scripted"))

    def words(self, messages: list[Message], deadline: Deadline, tokens: int) -> Iterator[str]:
        yield self.reply([text for _, text in messages])


def measure(bench: Bench, model: Writes, most: int) -> tuple[list[Written], float, float]:
    """What was written for the first `most` questions with something to write; the shares of right
    answers of all questions asked, without the model and with it."""
    told: list[Written] = []
    before: list[bool] = []
    after: list[bool] = []
    for question in bench.questions:
        if len(told) == most:
            break
        composed = bench.assistant.compose(question.turns)
        answer = bench.assistant.ask(question.turns, model=model)
        if answer.written is not None:
            told.append(answer.written)
        for into, given in ((before, composed), (after, answer)):
            into.append(metrics.judge(question, given.as_json(), bench.known).status == "right")
    return told, mean(before), mean(after)


def report(name: str, told: Sequence[Written], before: float, after: float) -> str:
    """The figures of one model over one set."""
    kept = sum(w.kept for w in told)
    reasons = Counter(str(reason) for w in told for _, reason in w.refused)
    written = kept + sum(reasons.values())
    first = [w.first_word for w in told if w.first_word is not None]
    why = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common()) or "none"
    return "\n".join(
        [
            f"{name}: asked for {len(told)} answers, {sum(bool(w.fallback) for w in told)} fell back",
            f"  sentences kept {kept} of {written}"
            + (f" ({100 * kept / written:.1f}%)" if written else "")
            + f"; refused: {why}",
            f"  seconds to the first word {median(first):.2f} (median)"
            if first
            else "  no word came",
            f"  tokens in {sum(w.tokens_in for w in told)}, out {sum(w.tokens_out for w in told)}",
            f"  right without {100 * before:.1f}%, with {100 * after:.1f}%",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.writing", description=__doc__)
    parser.add_argument("--set", choices=gold.SETS, default="sample")
    parser.add_argument("--model", help="as SENREI_MODEL")
    parser.add_argument("--url", default="", help="as SENREI_MODEL_URL")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tokens", type=int, default=800, help="the most that it may write")
    parser.add_argument("--most", type=int, default=10_000, help="so many answers written at most")
    options = parser.parse_args(arguments)
    models: dict[str, Writes] = {}
    if options.model:
        settings = ModelSettings(
            options.model, options.url, options.seconds, tokens_out=options.tokens
        )
        models[options.model] = LanguageModel(settings)
    else:
        for script in ("good", "obedient", "babbling"):
            models[script] = Scripted(getattr(scripted_writers, script), Prompts.load())
    bench = prepare(options.set)
    for name, model in models.items():
        print(report(name, *measure(bench, model, options.most)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
