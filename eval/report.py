"""Results to read: the summary, each wrong answer beside its gold, and figures to compare by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from eval import metrics
from eval.baselines import Reply
from eval.gold import KnownCase, Question, Span

OURS, LANGCHAIN = "Senrei", "LangChain default"


@dataclass(frozen=True, slots=True)
class Result:
    """One system's reply to one question, judged."""

    question: Question
    reply: Reply
    judgement: metrics.Judgement
    recall: float | None
    precision: float | None
    exact: list[bool] = field(default_factory=list)
    coverage: float | None = None
    listed: tuple[float, float] | None = None

    @property
    def status(self) -> str:
        return self.judgement.status


def judged(
    question: Question,
    reply: Reply,
    known: Sequence[KnownCase],
    texts: Mapping[str, str],
    *,
    ours: bool = True,
) -> Result:
    """The reply with all its figures."""
    answer = reply.answer
    judgement = metrics.judge(question, answer, known, text_only=not ours)
    recall = metrics.recall(question, reply.found) if question.spans else None
    precision = coverage = listed = None
    cited = [Span(c["record"], c["start"], c["end"]) for c in answer["citations"]]
    if not answer["abstained"]:
        if question.spans and cited:
            evidence = [
                metrics.sentence_around(texts[span.record], span)
                for span in (*question.spans, *question.spans_also, *_of_cases(question, known))
            ]
            precision = metrics.precision(cited, evidence)
        coverage = metrics.coverage(answer["answer"]) if ours else None
        if ours and question.kind == "list" and question.cases:
            listed = metrics.listed(question, answer)
    exact = metrics.exact_quotes(answer, texts) if ours else []
    return Result(question, reply, judgement, recall, precision, exact, coverage, listed)


def _of_cases(question: Question, known: Sequence[KnownCase]) -> list[Span]:
    return [
        span for case in (*question.cases, *question.optional) for k in known
        if k.record == case.record and metrics.same_title(k.title, case.title) for span in k.spans
    ]  # fmt: skip


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """The figures of a set of results; None where there is nothing to count."""
    able = [r for r in results if r.question.answerable]
    unable = [r for r in results if not r.question.answerable]

    def share(results: Sequence[Result], status: str) -> float | None:
        return mean(r.status == status for r in results) if results else None

    def spread(results: Sequence[Result], status: str) -> tuple[float, float] | None:
        values = [float(r.status == status) for r in results]
        return metrics.interval(values, [r.question.group for r in results]) if results else None

    quotes = [exact for r in results for exact in r.exact]
    complete = [r for r in results if r.listed is not None]
    return {
        "answerable": len(able),
        "right": share(able, "right"),
        "right_interval": spread(able, "right"),
        "wrong": share(able, "wrong"),
        "wrong_interval": spread(able, "wrong"),
        "abstained": share(able, "abstained"),
        "unanswerable": len(unable),
        "answered_anyway": sum(r.status == "answered" for r in unable),
        "all_right": share(results, "right"),
        "recall_at_5": _mean(r.recall for r in results),
        "evidence_precision": _mean(r.precision for r in results),
        "found_characters": _mean(sum(s.end - s.start for s in r.reply.found) for r in results),
        "quotes": len(quotes),
        "quotes_exact": mean(quotes) if quotes else None,
        "citation_coverage": _mean(r.coverage for r in results),
        "list_recall": _mean(r.listed[0] for r in complete if r.listed),
        "list_precision": _mean(r.listed[1] for r in complete if r.listed),
    }


def _mean(values: Iterable[float | None]) -> float | None:
    counted = [value for value in values if value is not None]
    return mean(counted) if counted else None


def margin(ours: Sequence[Result], theirs: Sequence[Result]) -> tuple[float, float, float]:
    """By how much more of the answerable questions ours are right, with its interval."""
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a.question.answerable]
    differences = [float(a.status == "right") - (b.status == "right") for a, b in pairs]
    low, high = metrics.interval(differences, [a.question.group for a, _ in pairs])
    return mean(differences), low, high


# -- tables


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table that a terminal shows in columns too."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| "
        + " | ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True))
        + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *lines[1:]])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def percent(value: float | None, interval: tuple[float, float] | None = None) -> str:
    """0.853 as 85.3; with an interval 85.3 (80–90)."""
    if value is None:
        return "–"
    low_high = f" ({100 * interval[0]:.0f}–{100 * interval[1]:.0f})" if interval else ""
    return f"{100 * value:.1f}{low_high}"


HEAD = (
    "", "answerable", "right %", "wrong %", "abstained %", "unanswerable", "answered anyway",
    "recall@5", "evidence",
)  # fmt: skip


def row(name: str, figures: Mapping[str, Any]) -> tuple[str, ...]:
    """A row under HEAD."""
    return (
        name, str(figures["answerable"]), percent(figures["right"], figures["right_interval"]),
        percent(figures["wrong"], figures["wrong_interval"]), percent(figures["abstained"]),
        str(figures["unanswerable"]), str(figures["answered_anyway"]),
        percent(figures["recall_at_5"]), percent(figures["evidence_precision"]),
    )  # fmt: skip


def split_rows(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """Rows by split, by kind, and by why there is no answer."""
    ways: tuple[tuple[str, Callable[[Question], str]], ...] = (
        ("split", lambda q: q.split), ("kind", lambda q: q.kind), ("why not", lambda q: q.why),
    )  # fmt: skip
    rows = []
    for title, key in ways:
        for value in sorted({key(r.question) for r in results} - {""}):
            some = [r for r in results if key(r.question) == value]
            rows.append(row(f"{title}: {value}", summary(some)))
    return rows


# -- a question and its answer, to read


def told(result: Result, texts: Mapping[str, str]) -> str:
    """The question, its gold and the answer, as Markdown."""
    q, answer = result.question, result.reply.answer
    spans = [f"{s.record} {s.start}–{s.end}: {texts[s.record][s.start : s.end]}" for s in q.spans]
    gold = [
        *(["no answer: " + q.why] if q.why else []),
        *(" / ".join(fact) for fact in q.facts),
        *(f"{case.record} {case.title}: {' or '.join(case.outcomes)}" for case in q.cases),
        *(f"never: {phrase}" for phrase in q.forbidden),
        *([f"note: {q.note}"] if q.note else []),
    ]
    said = [f"{c['record']} {c['title'][:30]}: {c['outcome']}" for c in answer["cases"]]
    parts = [
        f"### {q.id} ({q.kind}, {q.split}): {result.status}",
        "\n".join(f"**{turn}**  " for turn in q.turns),
        "\n".join(f"- {reason}" for reason in result.judgement.reasons),
        "Gold:\n" + "\n".join(f"- {line}" for line in [*gold, *spans]),
        f"Answer ({answer.get('intent', '')}{', abstained' if answer['abstained'] else ''}):",
        "\n".join(f"> {line}" for line in answer["answer"].splitlines()),
        "Its cases:\n" + "\n".join(f"- {line}" for line in said) if said else "",
    ]
    return re.sub(r"\s*\n\s*\n", "\n\n", "\n\n".join(filter(None, parts)))


_MARKS = re.compile(r"""</?[a-zA-Z][^<>]*>|[\s"'\\>#|*`]""")


def without_records(page: str, texts: Iterable[str], *, run: int = 30, keep: int = 10) -> str:
    """The page with what it repeats of the texts cut short: no real record may come into the
    repository, and a page of results is kept there."""
    known: set[str] = set()
    for text in texts:
        bare = _MARKS.sub("", text)
        runs = (bare[n : n + run] for n in range(len(bare) - run + 1))
        known.update(said for said in runs if len(set(said)) >= 8 and not said.isascii())
    marks = {n for mark in _MARKS.finditer(page) for n in range(*mark.span())}
    places = [n for n in range(len(page)) if n not in marks]
    bare = "".join(page[n] for n in places)
    repeated = bytearray(len(bare))
    for n in range(len(bare) - run + 1):
        if bare[n : n + run] in known:
            repeated[n : n + run] = b"\1" * run
    characters = list(page)
    since = 0
    for n, place in enumerate(places):
        since = since + 1 if repeated[n] else 0
        if since > keep:
            characters[place] = "…" if since == keep + 1 else ""
    return re.sub(r"\n>[\s|]*(?=\n>)", "", "".join(characters))  # lines of which nothing is left
