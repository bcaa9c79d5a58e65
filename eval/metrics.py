"""What is counted: pure functions over answers, spans and cases. README.md says what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from eval.gold import GoldCase, KnownCase, Question, Span
from index.japanese import fold, similarity

HEAD = 200  # the fact must stand within so many characters of the normalised answer
BASELINE_HEAD = 1_000  # where a system that lists no cases may tell one
ENOUGH = 0.5  # the share of a gold span's characters that makes it found
SAME_TITLE = 0.6  # similarity from which two titles may be one case, when reading is judged
VERDICT_KINDS = frozenset({"verdict", "conditions", "list", "count", "comparison"})

# What of the normalised answer tells the verdict of a case, beside its own words.
VERDICT_WORDS = {
    "approved": ("承認", "了承", "適当", "妥当", "是認", "同意", "「可」", "可と", "可決", "認め"),
    "approved_with_conditions": ("意見を付", "意見付", "条件", "附帯", "付帯", "留意", "付して"),
    "partly_approved": ("一部", "部分", "除い", "除き", "除く", "のみ", "限り"),
    "continued": ("継続", "次回", "改めて", "持ち越", "保留", "見送"),
    "rejected": ("不承認", "「否」", "否と", "否決", "不適当", "不可", "承認しない", "認めな", "認められな"),
    "withdrawn": ("取下げ", "取り下げ", "撤回"),
    "reported": ("報告",),
    "not_recorded": (
        "記録なし", "記録はな", "記録がな", "記録はありません", "記録がありません", "記載なし", "記載がな",
        "記載がありません", "分かりません", "わかりません", "見当たりません", "見つかりません", "残っていません",
    ),
}  # fmt: skip

_RULE = re.compile(r"^[\s|:\-]+$", re.MULTILINE)
_CITED = re.compile(r"\[\d+\]")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The text as answers are compared: folded (NFKC, lower case, no white space, one dash, one
    tilde), without citation marks and markdown."""
    return re.sub(r"<br/?>|\[\d+\]|[*|#]", "", fold(_RULE.sub("", text)))


def missing_facts(question: Question, answer: str) -> list[tuple[str, ...]]:
    """The facts that do not stand in the head of the answer.

    An alternative with a mark in it (`**可`) is looked for in the answer with its marks.
    """
    plain = normalise(answer)[:HEAD]
    marked = _CITED.sub("", fold(answer))[: 2 * HEAD]

    def stands(words: str) -> bool:
        return fold(words) in marked if re.search(r"[*|#]", words) else normalise(words) in plain

    return [fact for fact in question.facts if not any(stands(words) for words in fact)]


def same_title(left: str, right: str) -> bool:
    """Whether one title stands in the other (the gold keeps a piece of it)."""
    short, long = sorted((_title(left), _title(right)), key=len)
    return len(short) >= 3 and short in long


def _title(title: str) -> str:
    return re.sub(r"[「」『』]", "", normalise(title))


@dataclass(frozen=True, slots=True)
class Judgement:
    """`right`, `wrong`, `abstained` (though there is an answer) or `answered` (though none)."""

    status: str
    reasons: tuple[str, ...] = ()


def judge(
    question: Question,
    answer: Mapping[str, Any],
    known: Sequence[KnownCase],
    *,
    text_only: bool = False,
) -> Judgement:
    """Whether an answer (as JSON) is right. `text_only`: the system gives text and lists no cases,
    so a gold case counts as told by its title and a verdict word in the first 1,000 characters."""
    wrong = "wrong" if question.answerable else "answered"
    text = normalise(answer["answer"])
    false = [f"says {phrase}" for phrase in question.forbidden if normalise(phrase) in text]
    if question.cases and question.kind in VERDICT_KINDS:
        false += contradictions(answer["cases"], known)
    if false:
        return Judgement(wrong, tuple(false))
    if answer["abstained"]:
        return Judgement("abstained" if question.answerable else "right")
    facts = [
        f"not in its head: {' / '.join(fact)}" for fact in missing_facts(question, answer["answer"])
    ]
    if not question.answerable:
        corrects = question.facts and question.why in ("false_premise", "undecided") and not facts
        return Judgement("right") if corrects else Judgement(wrong, tuple(facts))
    if question.kind == "list" and question.cases:
        facts = []
    cases = [untold(case, question, answer, text_only=text_only) for case in question.cases]
    lacking = [*facts, *filter(None, cases)]
    return Judgement(wrong if lacking else "right", tuple(lacking))


def untold(
    case: GoldCase, question: Question, answer: Mapping[str, Any], *, text_only: bool = False
) -> str:
    """Why a gold case is not told with its verdict; empty where it is."""
    text = normalise(answer["answer"])
    words = {word for outcome in case.outcomes for word in VERDICT_WORDS[outcome]}
    if text_only:
        head = text[:BASELINE_HEAD]
        told = _title(case.title) in _title(head) and any(word in head for word in words)
        return "" if told else f"not told: {case.title}"
    listed = [
        c for c in answer["cases"]
        if c["record"] == case.record and same_title(c["title"], case.title)
    ]  # fmt: skip
    if not listed:
        return f"not among its cases: {case.title}"
    right = [c for c in listed if c["outcome"] in case.outcomes]
    if not right:
        return f"{case.title} is {case.outcomes[0]}, not {listed[0]['outcome']}"
    words |= {normalise(c["outcome_text"]) for c in right if c.get("outcome_text")}
    bold = "approved" in case.outcomes and "**可" in answer["answer"]
    if not bold and not any(word in text for word in words):
        return f"the verdict is not told: {case.title}"
    titles = [case.title, *(_title(c["title"])[:10] for c in right)]
    if len(question.cases) > 1 and not any(_title(title) in _title(text) for title in titles):
        return f"in its cases but not in its text: {case.title}"
    return ""


def contradictions(cases: Sequence[Mapping[str, Any]], known: Sequence[KnownCase]) -> list[str]:
    """Cases of an answer with an outcome that the gold does not have.

    A matter may stand in several records of one town (put off in one, approved in the next): any of
    their outcomes is no contradiction.
    """
    found = []
    for case in cases:
        here = [
            k for k in known if k.record == case["record"] and same_title(k.title, case["title"])
        ]
        matter = {
            outcome
            for k in known
            if any(k.municipality == h.municipality and same_title(k.title, h.title) for h in here)
            for outcome in k.outcomes
        }
        if here and case["outcome"] not in matter:
            found.append(f"{here[0].title} is {here[0].outcomes[0]}, not {case['outcome']}")
    return found


def listed(question: Question, answer: Mapping[str, Any]) -> tuple[float, float]:
    """Recall and precision of an answer's cases against the complete list of the gold."""

    def hit(case: Mapping[str, Any], gold: Sequence[GoldCase]) -> bool:
        return any(case["record"] == g.record and same_title(case["title"], g.title) for g in gold)

    told = sum(not untold(case, question, answer) for case in question.cases)
    given = [c for c in answer["cases"] if not hit(c, question.optional) or hit(c, question.cases)]
    right = sum(hit(case, question.cases) for case in given)
    return told / len(question.cases), right / len(given) if given else 0.0


# -- spans


def characters(spans: Sequence[Span]) -> set[tuple[str, int]]:
    """The characters that the spans hold, each once."""
    return {(span.record, n) for span in spans for n in range(span.start, span.end)}


def recall(question: Question, passages: Sequence[Span]) -> float:
    """The share of the gold spans that the passages hold; a place that says the same stands for one."""
    held = characters(passages)

    def found(spans: Sequence[Span]) -> int:
        return sum(
            len(characters([span]) & held) >= ENOUGH * (span.end - span.start) for span in spans
        )

    return min(1.0, (found(question.spans) + found(question.spans_also)) / len(question.spans))


def sentence_around(text: str, span: Span) -> Span:
    """The span widened to the ends of its sentence or line."""
    start = max(text.rfind("。", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    stops = [at for at in (text.find("。", span.end - 1), text.find("\n", span.end - 1)) if at >= 0]
    return Span(span.record, start, max(span.end, min(stops, default=len(text) - 1) + 1))


def precision(cited: Sequence[Span], evidence: Sequence[Span]) -> float:
    """The share of the cited characters that lie in the evidence."""
    quoted = characters(cited)
    return len(quoted & characters(evidence)) / len(quoted)


def exact_quotes(answer: Mapping[str, Any], texts: Mapping[str, str]) -> list[bool]:
    """For each citation whether its quote stands where it says; False for each mark without one."""
    exact = [
        bool(c["quote"]) and texts.get(c["record"], "")[c["start"] : c["end"]] == c["quote"]
        for c in answer["citations"]
    ]
    numbers = {c["n"] for c in answer["citations"]}
    marks = {int(mark[1:-1]) for mark in _CITED.findall(answer["answer"])}
    return exact + [False] * len(marks - numbers)


def assertions(answer: str) -> list[str]:
    """The sentences, list items and table rows of an answer that state something.

    Not: headings (lines that are no sentence), the head of a table, lines that lead in (ending
    with a colon), and what was searched (調べた範囲).
    """
    found = []
    lines = answer.splitlines()
    for n, line in enumerate(lines):
        head = n + 1 < len(lines) and "|" in line and bool(_RULE.fullmatch(lines[n + 1]))
        bare = normalise(line).lstrip("->")
        if head or line.lstrip().startswith("#") or len(bare) < 5 or bare.startswith("調べた範囲"):
            continue
        item = line.lstrip().startswith(("-", "・", "*", "|"))
        if bare.endswith((":", "?")) or not (item or "。" in bare or _CITED.search(line)):
            continue
        found += [line] if "|" in line else _sentences(line)
    return found


def _sentences(line: str) -> list[str]:
    """Cut after 。 outside brackets; the citation marks that follow go with their sentence."""
    pieces, depth, start = [], 0, 0
    for n, character in enumerate(line):
        depth += (character in "「『（(") - (character in "」』）)")
        if character == "。" and depth <= 0:
            end = n + 1 + len(re.match(r"(?:\s*\[\d+\])*", line[n + 1 :])[0])  # type: ignore[index]
            pieces.append(line[start:end])
            start = end
    return [piece for piece in [*pieces, line[start:]] if len(normalise(piece)) >= 5]


def coverage(answer: str) -> float | None:
    """The share of an answer's assertions that carry a citation mark; None where it has none."""
    stated = assertions(answer)
    return sum(bool(_CITED.search(piece)) for piece in stated) / len(stated) if stated else None


# -- reading


def pair_cases(known: Sequence[KnownCase], titles: Sequence[tuple[str, str]]) -> list[int | None]:
    """For each known case the number of the case read (record, title) that is it, one to one."""
    scores = []
    for k, gold in enumerate(known):
        for n, (record, title) in enumerate(titles):
            if record == gold.record:
                alike = (
                    1.0
                    if same_title(gold.title, title)
                    else similarity(_title(gold.title), _title(title))
                )
                scores.append((alike, -abs(len(title) - len(gold.title)), -k, -n))
    pairs: list[int | None] = [None] * len(known)
    taken: set[int] = set()
    for alike, _, k, n in sorted(scores, reverse=True):
        if alike >= SAME_TITLE and pairs[-k] is None and -n not in taken:
            pairs[-k] = -n
            taken.add(-n)
    return pairs


# -- uncertainty


def interval(
    values: Sequence[float], groups: Sequence[str], *, draws: int = 1_000, seed: int = 20
) -> tuple[float, float]:
    """A 95% bootstrap interval of the mean, drawing whole groups: questions on one case are not
    independent of each other."""
    names = {name: n for n, name in enumerate(dict.fromkeys(groups))}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, group in zip(values, groups, strict=True):
        sums[names[group]] += value
        counts[names[group]] += 1
    drawn = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
