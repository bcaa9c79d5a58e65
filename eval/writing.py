"""`python -m eval.writing`: what becomes of a language model's sentences, over the gold questions.

By default three scripts stand for models: a good one, an obedient one, one that makes things up.
`--small` asks a real one, small and bad at Japanese (eval/small_model.py); `--model openai:…
--url …` any other. The answers are judged with the model and without.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

from assistant.answers import Answer
from assistant.language_model.models import Deadline, LanguageModel, Message, ModelSettings, Writes
from assistant.language_model.prompts import Prompts
from assistant.language_model.support import refused
from assistant.language_model.writing import FELL_BACK, WRITTEN, Written
from eval import gold, metrics, scripted_writers, small_model
from eval.__main__ import CACHE, RESULTS, Bench, commit_name, prepare
from index.japanese import fold

DATA = Path(__file__).resolve().parent.parent / "assistant" / "data"


@dataclass(frozen=True, slots=True)
class Scripted:
    """A script in a model's place, without a server."""

    reply: scripted_writers.Reply
    prompts: Prompts
    settings: ModelSettings = field(default_factory=lambda: ModelSettings("openai:scripted"))

    def words(self, messages: list[Message], deadline: Deadline, tokens: int) -> Iterator[str]:
        yield self.reply([text for _, text in messages])


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what was written, what of it is unsupported, right without and with it."""

    id: str
    written: Written | None
    unsupported: tuple[str, ...]
    right: tuple[bool, bool]


# --- what may be shown, looked at once more and by other means -----------------------------------

_MARKED = re.compile(r"((?:\[\d+\])+)")
_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{2,}|[a-z][a-z0-9\-]+")


def unsupported(answer: Answer, composed: Answer) -> list[str]:
    """The sentences of an answer that are neither the composed ones nor borne out by the quotes
    behind them: the check of `support` passed, and every figure, every run of kanji, katakana or
    Latin letters either in the quotes, in a case's title, or a word of reporting."""
    said = {_MARKED.sub("", line.text) for line in composed.statements}
    quotes = {citation.n: citation.quote for citation in answer.citations}
    told = fold(" ".join(said))
    names = fold(" ".join(f"{c.title} {c.department or ''}" for c in answer.cases))
    frame = fold((DATA / "framing.txt").read_text(encoding="utf-8"))
    found: list[str] = []
    for line in answer.statements:
        text = _MARKED.sub("", line.text)
        if text in said or text == WRITTEN or text.endswith(FELL_BACK.partition("{why}")[2]):
            continue
        pieces = _MARKED.split(line.text)
        whose = pieces.pop()
        if any(fold(word) not in told for word in re.split("[（）、]", whose)):
            found.append(whose)
        for sentence, marks in zip(pieces[::2], pieces[1::2], strict=True):
            behind = [quotes.get(int(n), "") for n in re.findall(r"\d+", marks)]
            held, key = fold("".join(behind)), fold(sentence)
            known = f"{held} {names} {frame} {fold(whose)} 委員会長実施機関担当課"
            if (
                not all(behind)
                or any(number not in held for number in _NUMBER.findall(key))
                or any(name not in known for name in _NAME.findall(key))
                or refused(sentence, behind, f"{names} {whose} 委員 会長 実施機関") is not None
            ):
                found.append(sentence)
    return found


# --- asking and counting -------------------------------------------------------------------------


def measure(bench: Bench, model: Writes, most: int) -> Iterator[Asked]:
    """Ask until `most` answers have been written."""
    count = 0
    for question in bench.questions:
        if count == most:
            return
        composed = answer = bench.assistant.compose(question.turns)
        if len(question.turns) > 1:  # the model may help to read a follow-up
            answer = bench.assistant.ask(question.turns, model=model)
        else:
            for answer in bench.assistant.written(composed, model):  # noqa: B007
                pass
        count += answer.written is not None
        right = tuple(
            metrics.judge(question, given.as_json(), bench.known).status == "right"
            for given in (composed, answer)
        )
        yield Asked(
            question.id, answer.written, tuple(unsupported(answer, composed)), (right[0], right[1])
        )


def figures(asked: Sequence[Asked]) -> dict[str, Any]:
    """What is counted, by name."""
    told = [a.written for a in asked if a.written is not None]
    kept = sum(w.kept for w in told)
    reasons = Counter(str(reason) for w in told for _, reason in w.refused)
    first = [w.first_word for w in told if w.first_word is not None]
    return {
        "questions": len(asked),
        "written": len(told),
        "fell_back": sum(bool(w.fallback) for w in told),
        "why_fell_back": dict(Counter(w.fallback for w in told if w.fallback).most_common()),
        "sentences": kept + sum(reasons.values()),
        "kept": kept,
        "refused": dict(reasons.most_common()),
        "unsupported_shown": sum(len(a.unsupported) for a in asked),
        "first_word_median": median(first) if first else None,
        "first_word_95": quantiles(first, n=20)[-1] if len(first) > 1 else None,
        "seconds_median": median(w.seconds for w in told) if told else None,
        "seconds_most": max((w.seconds for w in told), default=None),
        "tokens_in": sum(w.tokens_in for w in told),
        "tokens_out": sum(w.tokens_out for w in told),
        "right_without": mean(a.right[0] for a in asked) if asked else None,
        "right_with": mean(a.right[1] for a in asked) if asked else None,
        "changed": [a.id for a in asked if a.right[0] != a.right[1]],
    }


def report(name: str, counted: Mapping[str, Any]) -> str:
    """The figures as a paragraph of Markdown."""
    share = (
        f" ({100 * counted['kept'] / counted['sentences']:.1f}%)" if counted["sentences"] else ""
    )
    why = ", ".join(f"{reason} {n}" for reason, n in counted["refused"].items()) or "none"
    lines = [
        f"{name}: {counted['questions']} questions, {counted['written']} answers written, "
        f"{counted['fell_back']} of them fell back",
        f"- sentences kept {counted['kept']} of {counted['sentences']}{share}; refused: {why}",
        f"- unsupported sentences shown: {counted['unsupported_shown']}",
        f"- tokens sent {counted['tokens_in']}, written {counted['tokens_out']}",
    ]
    if counted["first_word_median"] is not None:
        lines.append(
            f"- seconds to the first word {counted['first_word_median']:.2f} (median); "
            f"to the end {counted['seconds_median']:.2f} (median), {counted['seconds_most']:.2f} (most)"
        )
    if counted["right_with"] is not None:
        lines.append(
            f"- answers right: without {100 * counted['right_without']:.1f}%, "
            f"with {100 * counted['right_with']:.1f}%"
            + (f" (other: {', '.join(counted['changed'])})" if counted["changed"] else "")
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; with `--keep`, keep them under eval/results/."""
    parser = argparse.ArgumentParser(prog="python -m eval.writing", description=__doc__)
    parser.add_argument("--set", choices=gold.SETS, nargs="+", default=["sample"])
    parser.add_argument("--small", action="store_true", help="ask the small real model")
    parser.add_argument("--model", help="as SENREI_MODEL")
    parser.add_argument("--url", default="", help="as SENREI_MODEL_URL")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tokens", type=int, default=800, help="the most that it may write")
    parser.add_argument("--most", type=int, default=10_000, help="answers written of each set")
    parser.add_argument("--keep", action="store_true", help="keep the figures")
    options = parser.parse_args(arguments)
    paragraphs: list[str] = []
    kept: dict[str, Any] = {}
    with ExitStack() as stack:
        models: dict[str, Writes] = {}
        limits = {"seconds": options.seconds, "tokens_out": options.tokens}
        if options.small:
            small = stack.enter_context(small_model.serving(CACHE))
            models["SmolLM2-135M-Instruct"] = LanguageModel(replace(small, **limits))
        elif options.model:
            settings = ModelSettings(options.model, options.url, **limits)
            models[options.model] = LanguageModel(settings)
        else:
            for script in ("good", "obedient", "babbling"):
                models[script] = Scripted(getattr(scripted_writers, script), Prompts.load())
        for of in options.set:
            bench = prepare(of)
            for name, model in models.items():
                asked = []
                for one in measure(bench, model, options.most):
                    asked.append(one)
                    if (options.small or options.model) and one.written is not None:
                        w = one.written
                        print(
                            f"{one.id} {w.seconds:.1f} s, kept {w.kept}, {w.reasons} {w.fallback}",
                            flush=True,
                        )
                    for sentence in one.unsupported:
                        print(f"{one.id} UNSUPPORTED {sentence}", flush=True)
                counted = figures(asked)
                kept[f"{name}, {of}"] = counted
                paragraphs.append(report(f"**{name}**, {of}", counted))
                print(paragraphs[-1], flush=True)
    if options.keep:
        RESULTS.mkdir(exist_ok=True)
        stem = f"{commit_name()}-writing-{'-'.join(m.lower() for m in models)}"
        told = "\n\n".join([f"# What became of models' sentences, at {commit_name()}", *paragraphs])
        RESULTS.joinpath(f"{stem}.md").write_text(f"{told}\n", encoding="utf-8")
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        RESULTS.joinpath(f"{stem}.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
