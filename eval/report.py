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
SILENT, TALKATIVE = "always abstains", "never abstains"
WORDS, VECTORS, PLAIN = "words alone", "vectors alone", "without the thesaurus"


@dataclass(frozen=True, slots=True)
class Result:
    """One system's reply to one question, judged. Shares are 0 to 1; None where nothing counts.

    `recall` is that of the places shown, `searched` that of the search itself, `reachable` the
    first of what so few places can hold; `held` and `precision` count characters cited.
    """

    question: Question
    reply: Reply
    judgement: metrics.Judgement
    recall: float | None
    searched: float | None
    reachable: float | None
    held: float | None
    precision: float | None
    exact: list[bool] = field(default_factory=list)
    coverage: float | None = None
    listed: tuple[float, float] | None = None
    verdicts: tuple[int, int] = (0, 0)
    at_once: bool = False

    @property
    def status(self) -> str:
        return self.judgement.status

    @property
    def refused(self) -> bool:
        """Whether the answer holds back, or corrects what it cannot answer."""
        return self.status == ("abstained" if self.question.answerable else "right")


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
    recall = searched = reachable = held = precision = coverage = listed = None
    cited = [Span(c["record"], c["start"], c["end"]) for c in answer["citations"]]
    if question.spans:
        recall = metrics.recall(question, reply.found)
        searched = metrics.recall(question, reply.searched)
        reachable = metrics.recall_within(question, reply.found)
    if not answer["abstained"]:
        if question.spans and cited:
            evidence = [
                metrics.sentence_around(texts[span.record], span)
                for span in (*question.spans, *question.spans_also, *_of_cases(question, known))
            ]
            precision = metrics.precision(cited, evidence)
        if question.spans and question.answerable:
            held = metrics.held(question, cited)
        coverage = metrics.coverage(answer["answer"]) if ours else None
        if ours and question.kind == "list" and question.cases:
            listed = metrics.listed(question, answer)
    return Result(
        question, reply, judgement, recall, searched, reachable, held, precision,
        metrics.exact_quotes(answer, texts) if ours else [], coverage, listed,
        metrics.verdicts(question, answer) if ours else (0, 0),
        judgement.status == "right" and metrics.at_once(question, answer),
    )  # fmt: skip


def _of_cases(question: Question, known: Sequence[KnownCase]) -> list[Span]:
    return [
        span for case in (*question.cases, *question.optional) for k in known
        if k.record == case.record and metrics.same_title(k.title, case.title) for span in k.spans
    ]  # fmt: skip


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """The figures of a set of results; None where there is nothing to count.

    `right`, `wrong`, `abstained` and `answered` (anyway) are of all questions and make 1 together;
    `wrong_or_answered` counts both ways of saying what is not so.
    """
    able = [r for r in results if r.question.answerable]
    groups = [r.question.group for r in results]
    found: dict[str, Any] = {"questions": len(results), "unanswerable": len(results) - len(able)}
    for name, statuses in (
        ("right", ("right",)), ("wrong", ("wrong",)), ("abstained", ("abstained",)),
        ("answered", ("answered",)), ("wrong_or_answered", ("wrong", "answered")),
    ):  # fmt: skip
        values = [float(r.status in statuses) for r in results]
        found[name] = mean(values) if values else None
        found[f"{name}_n"] = int(sum(values))
        found[f"{name}_interval"] = metrics.interval(values, groups) if values else None
    found["right_of_answerable"] = mean(r.status == "right" for r in able) if able else None
    found["at_once"] = mean(r.at_once for r in able) if able else None
    found |= _refusals(results)
    for name in ("recall", "searched", "reachable", "held", "precision", "coverage"):
        counted = [(r, getattr(r, name)) for r in results if getattr(r, name) is not None]
        found[name] = mean(value for _, value in counted) if counted else None
        found[f"{name}_interval"] = (
            metrics.interval([v for _, v in counted], [r.question.group for r, _ in counted])
            if counted
            else None
        )
    quotes = [exact for r in results for exact in r.exact]
    complete = [r.listed for r in results if r.listed is not None]
    told, given = (sum(r.verdicts[n] for r in results) for n in (0, 1))
    return found | {
        "found_characters": _mean(sum(s.end - s.start for s in r.reply.found) for r in results),
        "quotes": len(quotes),
        "quotes_exact": mean(quotes) if quotes else None,
        "verdicts": given,
        "verdict_accuracy": told / given if given else None,
        "lists": len(complete),
        "list_recall": _mean(recall for recall, _ in complete),
        "list_precision": _mean(precision for _, precision in complete),
    }


def _refusals(results: Sequence[Result]) -> dict[str, Any]:
    """Precision, recall and F1 of holding back; a false premise corrected counts as held back."""
    hits = [float(r.refused and not r.question.answerable) for r in results]
    false = [float(r.refused and r.question.answerable) for r in results]
    missed = [float(not r.refused and not r.question.answerable) for r in results]
    both = [2 * hit + no + yes for hit, no, yes in zip(hits, false, missed, strict=True)]

    def share(part: float, whole: float) -> float | None:
        return part / whole if whole else None

    groups = [r.question.group for r in results]
    return {
        "refusal_precision": share(sum(hits), sum(hits) + sum(false)),
        "refusal_recall": share(sum(hits), sum(hits) + sum(missed)),
        "refusal_f1": share(2 * sum(hits), sum(both)),
        "refusal_f1_interval": (
            metrics.interval([2 * hit for hit in hits], groups, of=both) if sum(both) else None
        ),
    }


def _mean(values: Iterable[float]) -> float | None:
    counted = list(values)
    return mean(counted) if counted else None


def margin(
    ours: Sequence[Result], theirs: Sequence[Result], value: Callable[[Result], float | None]
) -> tuple[float, tuple[float, float]] | None:
    """By how much ours are better at `value`, with its interval; None where nothing counts."""
    pairs = [
        (a, x - y) for a, b in zip(ours, theirs, strict=True)
        if (x := value(a)) is not None and (y := value(b)) is not None
    ]  # fmt: skip
    if not pairs:
        return None
    differences = [difference for _, difference in pairs]
    groups = [result.question.group for result, _ in pairs]
    return mean(differences), metrics.interval(differences, groups)


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


Runs = Mapping[str, Sequence[Result]]  # by system
Parts = Mapping[str, Runs]  # by set and split, as the columns of a table


def parts_of(results: Mapping[str, Runs]) -> dict[str, dict[str, list[Result]]]:
    """The results by set and split: `real dev`, `real test`, …"""
    return {
        f"{name} {split}": {
            system: [r for r in found if r.question.split == split] for system, found in of.items()
        }
        for name, of in results.items()
        for split in ("dev", "test")
        if any(r.question.split == split for r in of[OURS])
    }


MEASURES: tuple[tuple[str, str, str, Callable[[float], bool]], ...] = (
    ("right %", "right", "≥ 92", lambda value: value >= 0.92),
    ("wrong or answered anyway %", "wrong_or_answered", "≤ 2", lambda value: value <= 0.02),
    ("wrong %", "wrong", "", bool),
    ("answered anyway %", "answered", "0", lambda value: value == 0),
    ("abstained though the records say %", "abstained", "", bool),
    ("right, of the answerable %", "right_of_answerable", "", bool),
    ("right in the first line, of the answerable %", "at_once", "", bool),
    ("refusal precision", "refusal_precision", "", bool),
    ("refusal recall", "refusal_recall", "", bool),
    ("refusal F1", "refusal_f1", "≥ 92", lambda value: value >= 0.92),
    ("evidence recall@5", "recall", "≥ 95", lambda value: value >= 0.95),
    ("the same, of what five places can hold", "reachable", "", bool),
    ("evidence cited (characters)", "held", "", bool),
    ("of what is cited, evidence (characters)", "precision", "", bool),
    ("list recall", "list_recall", "≥ 95", lambda value: value >= 0.95),
    ("list precision", "list_precision", "", bool),
    ("verdicts told rightly", "verdict_accuracy", "100", lambda value: value == 1),
    ("quotes exact", "quotes_exact", "100", lambda value: value == 1),
    ("statements with a citation", "coverage", "", bool),
)


def measures(parts: Parts) -> str:
    """Every measure by set and split, with its interval, and whether it reaches what is wanted."""
    figures = {name: summary(of[OURS]) for name, of in parts.items()}
    rows: list[tuple[str, ...]] = [("", "wanted", *figures)]
    rows.append(
        ("questions (unanswerable)", "",
         *(f"{f['questions']} ({f['unanswerable']})" for f in figures.values()))
    )  # fmt: skip
    for label, name, wanted, reached in MEASURES:
        row = [label, wanted]
        for of in figures.values():
            mark = "" if not wanted or of[name] is None else " ✓" if reached(of[name]) else " ✗"
            row.append(percent(of[name], of.get(f"{name}_interval")) + mark)
        rows.append(tuple(row))
    better: tuple[tuple[str, str, float, Callable[[Result], float | None]], ...] = (
        ("points above LangChain's default, right", "≥ 25", 0.25, lambda r: r.status == "right"),
        ("points above LangChain's default, recall@5", "≥ 15", 0.15, lambda r: r.recall),
    )
    for label, wanted, least, value in better:
        row = [label, wanted]
        for part in parts.values():
            found = margin(part[OURS], part[LANGCHAIN], value) if LANGCHAIN in part else None
            mark = "" if found is None else " ✓" if found[0] >= least else " ✗"
            row.append("–" if found is None else percent(*found) + mark)
        rows.append(tuple(row))
    return table(rows)


def ways(parts: Parts) -> str:
    """Each way of searching, and what Senrei is held against: recall@5, and answers right."""
    systems = list(dict.fromkeys(system for of in parts.values() for system in of))
    rows: list[tuple[str, ...]] = [("recall@5 / right %, of all questions", *parts)]

    def row(label: str, system: str, recall: Callable[[Result], float | None]) -> None:
        cells = []
        for of in parts.values():
            results = of[system]
            found = [value for r in results if (value := recall(r)) is not None]
            right = mean(r.status == "right" for r in results)
            cells.append(f"{percent(mean(found) if found else None)} / {percent(right)}")
        rows.append((label, *cells))

    for system in systems:
        if system == OURS:
            row("Senrei (fused, then as it answers)", system, lambda r: r.recall)
            row("fused", system, lambda r: r.searched)
        else:
            row(system, system, lambda r: r.searched)
    return table(rows)


HEAD = (
    "", "questions", "right %", "wrong %", "abstained %", "answered anyway %", "recall@5",
    "cited, of the evidence", "evidence, of the cited",
)  # fmt: skip


def row(name: str, figures: Mapping[str, Any]) -> tuple[str, ...]:
    """A row under HEAD."""
    return (
        name, str(figures["questions"]), percent(figures["right"], figures["right_interval"]),
        percent(figures["wrong"], figures["wrong_interval"]), percent(figures["abstained"]),
        percent(figures["answered"]), percent(figures["recall"]), percent(figures["held"]),
        percent(figures["precision"]),
    )  # fmt: skip


def records_of(question: Question) -> set[str]:
    """The records that a question's evidence and cases stand in."""
    return {span.record for span in question.spans} | {case.record for case in question.cases}


def split_rows(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """Rows by kind, by why there is no answer, by how many turns, and by record."""
    ways: tuple[tuple[str, Callable[[Question], set[str]]], ...] = (
        ("kind", lambda q: {q.kind}),
        ("not answerable", lambda q: {q.why} - {""}),
        ("turns", lambda q: {"one" if len(q.turns) == 1 else "several"}),
        ("record", lambda q: records_of(q) or {"none"}),
    )
    rows = []
    for title, keys in ways:
        for value in sorted({key for r in results for key in keys(r.question)}):
            some = [r for r in results if value in keys(r.question)]
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
    last = q.spans_also[:3]
    spans += [f"or {s.record} {s.start}–{s.end}" for s in last]
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
