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
VERDICT_KINDS = frozenset({"verdict", "conditions", "list", "count", "comparison", "history"})

# What of the normalised answer tells the verdict of a case, beside its own words.
VERDICT_WORDS = {
    "approved": ("承認", "了承", "適当", "妥当", "是認", "同意", "「可」", "可と", "可決", "認め"),
    "approved_with_conditions": (
        "意見を付", "意見付", "意見・条件を付", "条件を付", "条件付", "を条件と", "意見・条件付", "附帯", "付帯", "留意",
        "付して",
    ),
    "partly_approved": ("一部", "部分", "除い", "除き", "除く", "のみ", "限り"),
    "continued": ("継続", "次回", "改めて", "持ち越", "保留", "見送"),
    "rejected": ("不承認", "「否」", "否と", "否決", "不適当", "不可", "承認しない", "認めな", "認められな"),
    "withdrawn": ("取下げ", "取り下げ", "撤回"),
    "reported": ("報告",),
    "not_recorded": (
        "記録なし", "記録はな", "記録がな", "記録はありません", "記録がありません", "記載なし", "記載がな",
        "記載がありません", "分かりません", "わかりません", "見当たりません", "見つかりません", "残っていません",
        "結論はありません", "結論の記録", "結論を読み取れ",
    ),
}  # fmt: skip
APPROVALS = ("approved", "approved_with_conditions", "partly_approved")
DECISIONS = (*APPROVALS, "continued", "rejected", "withdrawn")

_RULE = re.compile(r"^[\s|:\-]+$", re.MULTILINE)
_CITED = re.compile(r"\[\d+\]")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[ \u3000]*[|｜\t\n][\s|｜]*(?=\d)")
_ABOUT = re.compile(r"について$")
_HEARD_HOW = re.compile(r"(?:について)?\((?:非?公開|継続|諮問|報告)\)$")  # at the end of a title
_SILENT = re.compile(
    r"ません|できない|分からない|わからない|不明です|記録に(?:は)?ない|記載(?:は|が)ない|の外です"
)
# that the records hold no such case; not that none was decided so (不承認とされた案件), nor that no title has a word (件名に…とある案件), nor where the
# answer owns that a record of the town could not be read
_NO_SUCH_CASE = re.compile(
    r"(?<!された)(?<!とある)案件[はが](?:見つかりません|ありません)(?!.*読み取れていません)"
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The text as answers are compared: folded (NFKC, lower case, no white space, one dash, one
    tilde), without citation marks and markdown; figures of two cells or lines stay two."""
    cells = _BETWEEN_FIGURES.sub(";", _RULE.sub("", text))
    return re.sub(r"<br/?>|\[\d+\]|[*|#]", "", fold(cells))


# -- whether words are said


_DIGITS = "0-9"
_KANJI_DIGITS = "一二三四五六七八九十百千"
# what a text goes on with when the verdict before it is denied, asked about or set aside
_DENIED = re.compile(
    r"(?:の(?:結論|記録|記載)|[はもがをとにさせしれてい得られるできめ]){0,8}"
    r"(?:あり)?(?:ません|ない|なかった|なく|ず(?!れ))"
    r"|[^。、「」]{0,8}か(?:どうか|否か|は|を)"
)
_SET_ASIDE = re.compile(r"[^。、「]{0,8}では(?:な|あり)")
_NEGATIVE = re.compile(r"^「?[不未非否]|ない|な$|なか|なし|ません|ず$")
_VERDICT = re.compile(
    r"承認|了承|適当|妥当|同意|認め|可(?=と|決|」|$)|否(?=と|決|」|$)|取り?下げ|報告|継続"
)


def says(text: str, words: str) -> bool:
    """Whether a normalised text says the words, and not merely holds their characters.

    5日 does not stand in 15日 nor, as a length of time, in 4月5日; 3年 not in 令和3年; 2回 not in
    第2回; ID not in VIDEO; a verdict not where it is denied (不承認, 承認されません), set aside
    (承認ではなく) or asked about (承認されたかは).
    """
    start = text.find(words)
    while start >= 0:
        if _said_at(text, start, start + len(words), words):
            return True
        start = text.find(words, start + 1)
    return False


def _said_at(text: str, start: int, end: int, words: str) -> bool:
    before, after = text[max(0, start - 4) : start], text[end : end + 24]
    first, last = words[0], words[-1]
    if first.isdigit() and re.search(r"[0-9]$|[0-9][.,]$", before):
        return False
    if last.isdigit() and re.match(r"[0-9]|[.,][0-9]", after):
        return False
    if first in _KANJI_DIGITS and re.match(rf"[{_KANJI_DIGITS}]", before[-1:]):
        return False
    if first.isascii() and first.isalpha() and re.search(r"[a-z]$", before):
        return False
    if last.isascii() and last.isalpha() and re.match(r"[a-z]", after):
        return False
    if first.isdigit() and (
        (re.match(r"[0-9]+年", words) and re.search(r"(?:令和|平成|昭和|大正|明治)$", before))
        or (re.fullmatch(r"[0-9]+年", words) and after.startswith("度"))
        or (re.match(r"[0-9]+日", words) and before.endswith("月"))
        or (re.match(r"[0-9]+[回件号]", words) and before.endswith("第"))
    ):
        return False
    verdict = max(_VERDICT.finditer(words), key=lambda found: found.end(), default=None)
    if verdict is None or len(words) > 12:
        return True
    tail = words[verdict.end() :] + after
    if _SET_ASIDE.match(tail):
        return False
    return bool(_NEGATIVE.search(words)) or not (
        re.search(r"[不未非]$", before) or _DENIED.match(tail)
    )


def missing_facts(question: Question, answer: str) -> list[tuple[str, ...]]:
    """The facts that are not said in the head of the answer.

    An alternative with a mark in it (`**可`) is looked for in the answer with its marks.
    """
    plain = normalise(answer)[:HEAD]
    marked = _CITED.sub("", fold(answer))[: 2 * HEAD]

    def stands(words: str) -> bool:
        if re.search(r"[*|#]", words):
            return fold(words) in marked
        return says(plain, normalise(words))

    return [fact for fact in question.facts if not any(stands(words) for words in fact)]


def outcomes_told(text: str) -> set[str]:
    """The classes of verdict that a normalised piece of an answer tells; not those it denies.

    承認 with a condition in the same piece is both, for the condition may be another's. のみ or 部分
    tells of a verdict only beside a word of one.
    """
    told = {
        outcome for outcome, words in VERDICT_WORDS.items() if any(says(text, w) for w in words)
    }
    return told if told & {"approved", "rejected"} else told - {"partly_approved"}


def silent(answer: Mapping[str, Any]) -> bool:
    """Whether an answer holds back: it is marked so, and its first line says so too."""
    first = normalise(_first_line(answer["answer"]))
    return bool(answer["abstained"]) and (not first or bool(_SILENT.search(first)))


def denies_the_case(answer: Mapping[str, Any]) -> bool:
    """Whether an answer holds back by saying that the records have no such case."""
    return bool(_NO_SUCH_CASE.search(normalise(_first_line(answer["answer"]))))


def contradictions_in_items(answer: Mapping[str, Any], known: Sequence[KnownCase]) -> list[str]:
    """Verdicts that the gold does not have, told in items of the answer's text: also of cases that
    it offers as near (近い別の案件) and does not count among its own. An item names the case by the
    quote it cites first; of several words (意見を付して承認) one that is right is enough."""
    quoted = {c["n"]: c for c in answer["citations"]}
    found = []
    for line in answer["answer"].splitlines():
        mark = _CITED.search(line) if line.lstrip().startswith("-") else None
        cited = quoted.get(int(mark[0][1:-1])) if mark else None
        if cited is None or not any(
            k.record == cited["record"] and same_title(k.title, cited["quote"]) for k in known
        ):
            continue
        told = outcomes_told(normalise("".join(_BOLD.findall(line)))) & {*DECISIONS}
        case = {"record": cited["record"], "title": cited["quote"]}
        faults = [contradictions([{**case, "outcome": one}], known) for one in sorted(told)]
        if faults and all(faults):
            found += faults[0]
    return found


def at_once(question: Question, answer: Mapping[str, Any]) -> bool:
    """Whether the facts stand in the very first line, and not only in the head."""
    return not missing_facts(question, _first_line(answer["answer"]))


def _first_line(answer: str) -> str:
    return next((line for line in answer.splitlines() if line.strip(" #-|")), "")


def same_title(left: str, right: str) -> bool:
    """Whether one title stands in the other (the gold keeps a piece of it)."""
    short, long = sorted((_title(left), _title(right)), key=len)
    return len(short) >= 3 and short in long


def _title(title: str) -> str:
    return _HEARD_HOW.sub("", re.sub(r"[「」『』]", "", normalise(title)))


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
    false = [f"says {phrase}" for phrase in question.forbidden if says(text, normalise(phrase))]
    false += contradictions(answer["cases"], known)
    if not text_only:
        false += contradictions_in_items(answer, known)
    if false:
        return Judgement(wrong, tuple(false))
    if silent(answer):
        if question.cases and denies_the_case(answer):
            return Judgement(wrong, ("says that there is no such case",))
        return Judgement("abstained" if question.answerable else "right")
    facts = [
        f"not in its head: {' / '.join(fact)}" for fact in missing_facts(question, answer["answer"])
    ]
    if not question.answerable:
        # what is presumed is set right at once or not at all
        late = missing_facts(question, _first_line(answer["answer"]))
        corrects = question.facts and question.why in ("false_premise", "undecided") and not late
        told = facts or ["not in its first line" if late else "answers"]
        return Judgement("right") if corrects else Judgement(wrong, tuple(told))
    if question.kind == "list" and question.cases:
        facts = []
    lacking = [*facts]
    lacking += filter(
        None, (untold(case, question, answer, text_only=text_only) for case in question.cases)
    )
    if not text_only:
        lacking += beside_the_question(question, answer, known)
        lacking += ungrounded(question, answer)
    return Judgement(wrong if lacking else "right", tuple(lacking))


def untold(
    case: GoldCase, question: Question, answer: Mapping[str, Any], *, text_only: bool = False
) -> str:
    """Why a gold case is not told with its verdict; empty where it is.

    Of one case the verdict stands in the head of the answer; of several each beside its title.
    """
    text = normalise(answer["answer"])
    if text_only:
        head = text[:BASELINE_HEAD]
        told = _title(case.title) in _title(head) and outcomes_told(head) & {*case.outcomes}
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
    own = [normalise(c["outcome_text"]) for c in right if c.get("outcome_text")]
    places = [text]
    if len(question.cases) > 1:
        # answers shorten a title: they leave out what all end with, and cut the rest
        titles = [_title(case.title), *(_ABOUT.sub("", _title(c["title"]))[:10] for c in right)]
        lines = [normalise(line) for line in answer["answer"].splitlines() if line.strip()]
        places = [line for line in lines if any(title in _title(line) for title in titles)]
        if not places:
            return f"in its cases but not in its text: {case.title}"
    elif question.kind in VERDICT_KINDS:
        places = [text[:HEAD]]
    bold = "approved" in case.outcomes and "**可" in answer["answer"]
    if not bold and not any(
        outcomes_told(place) & {*case.outcomes} or any(words in place for words in own)
        for place in places
    ):
        return f"the verdict is not told: {case.title}"
    return ""


def beside_the_question(
    question: Question, answer: Mapping[str, Any], known: Sequence[KnownCase]
) -> list[str]:
    """What an answer on verdicts tells that was not asked, as if it had been.

    Its first line tells a verdict that none of the gold cases has; or it lists or counts a case that
    is not among them (another record's word on the same matter is no other case).
    """
    if not question.cases or question.kind not in VERDICT_KINDS:
        return []
    found = []
    told = outcomes_told(normalise(_first_line(answer["answer"])))
    wanted = {outcome for case in question.cases for outcome in case.outcomes}
    if question.kind != "comparison" and told and not told & wanted:
        found.append(f"its first line tells {', '.join(sorted(told))}")
    if question.kind in ("list", "count"):
        for case in answer["cases"]:
            gold = [*question.cases, *question.optional]
            if not any(_same_matter(case, g, known) for g in gold):
                found.append(f"lists what was not asked for: {case['title'][:30]}")
    return found


def _same_matter(case: Mapping[str, Any], gold: GoldCase, known: Sequence[KnownCase]) -> bool:
    if not same_title(case["title"], gold.title):
        return False
    towns = {k.municipality for k in known if k.record == gold.record}
    return case["record"] == gold.record or case.get("municipality") in towns


def ungrounded(question: Question, answer: Mapping[str, Any]) -> list[str]:
    """Where the head of an answer cites, but never a record that holds the evidence."""
    held = {span.record for span in (*question.spans, *question.spans_also)}
    held |= {case.record for case in (*question.cases, *question.optional)}
    records = {c["n"]: c["record"] for c in answer["citations"]}
    marks = [int(mark[1:-1]) for mark in _CITED.findall(head_of(answer["answer"]))]
    cited = {records[n] for n in marks if n in records}
    if not held or not cited or cited & held:
        return []
    return [f"rests on {', '.join(sorted(cited))}"]


def head_of(answer: str) -> str:
    """The beginning of an answer as written, so far as its first 200 characters reach; with the
    marks that follow them."""
    end = len(answer)
    low, high = 0, len(answer)
    while low < high:
        end = (low + high) // 2
        if len(normalise(answer[:end])) < HEAD:
            low = end + 1
        else:
            high = end
    return answer[:low] + "".join(_CITED.findall(answer[low:].split("\n")[0]))


def verdicts(question: Question, answer: Mapping[str, Any]) -> tuple[int, int]:
    """Of the gold cases that an answer gives with a verdict: how many rightly, and how many."""
    right = given = 0
    for case in question.cases:
        told = [
            c["outcome"] for c in answer["cases"]
            if c["record"] == case.record and same_title(c["title"], case.title)
        ]  # fmt: skip
        given += bool(told)
        right += any(outcome in case.outcomes for outcome in told)
    return right, given


def contradictions(cases: Sequence[Mapping[str, Any]], known: Sequence[KnownCase]) -> list[str]:
    """Cases of an answer with an outcome that the gold does not have.

    A matter may stand in several records of one town (put off in one, approved in the next): any of
    their outcomes is no contradiction. A title run together from several is that of the first: a
    reader takes it for the case's name. A verdict on what the gold has no case for is false as well.
    A case told as one whose verdict could not be read (要確認) says nothing of the council, so nothing
    false; that the records hold no verdict (記録なし) is false where they do.
    """
    found = []
    for case in cases:
        if _unread(case):
            continue
        if case["outcome"] in DECISIONS and _no_case(case, known):
            found.append(f"{case['title'][:30]} is no case, but told as {case['outcome']}")
        here = [
            k for k in known if k.record == case["record"] and same_title(k.title, case["title"])
        ]
        places = [_title(case["title"]).find(_title(k.title)) for k in here]
        first = min((place for place in places if place >= 0), default=-1)
        here = [k for k, place in zip(here, places, strict=True) if place == first]
        matter = {
            outcome
            for k in known
            if any(k.municipality == h.municipality and same_title(k.title, h.title) for h in here)
            for outcome in k.outcomes
        }
        if here and case["outcome"] not in matter:
            found.append(f"{here[0].title} is {here[0].outcomes[0]}, not {case['outcome']}")
    return found


def _unread(case: Mapping[str, Any]) -> bool:
    doubts = case.get("doubts") or ()
    return case["outcome"] == "not_recorded" and any(d["kind"] == "verdict" for d in doubts)


def _no_case(case: Mapping[str, Any], known: Sequence[KnownCase]) -> bool:
    """Whether the gold has cases of the town whose record it is, but none that `case` could be."""
    towns = {k.municipality for k in known if k.record == case["record"]}
    titles = [k.title for k in known if k.municipality in towns]
    return bool(titles) and not any(
        same_title(title, case["title"])
        or similarity(_title(title), _title(case["title"])) >= SAME_TITLE
        for title in titles
    )


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


def recall_within(question: Question, passages: Sequence[Span]) -> float:
    """Recall of what so few passages can hold: of more gold spans than passages, as many as these."""
    reachable = min(len(question.spans), max(len(passages), 1))
    return min(1.0, recall(question, passages) * len(question.spans) / reachable)


def held(question: Question, cited: Sequence[Span]) -> float:
    """The share of the evidence's characters that an answer cites; a place that says the same
    stands for one."""
    quoted = characters(cited)
    shares = [
        len(characters([span]) & quoted) / (span.end - span.start)
        for span in (*question.spans, *question.spans_also)
    ]
    return min(1.0, sum(shares) / len(question.spans))


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
    values: Sequence[float],
    groups: Sequence[str],
    *,
    of: Sequence[float] | None = None,
    draws: int = 1_000,
    seed: int = 20,
) -> tuple[float, float]:
    """A 95% bootstrap interval of the mean (or of the ratio of the sums of `values` and `of`),
    drawing whole groups: questions on one case are not independent of each other."""
    names = {name: n for n, name in enumerate(dict.fromkeys(groups))}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, group, weight in zip(values, groups, of or [1.0] * len(values), strict=True):
        sums[names[group]] += value
        counts[names[group]] += weight
    drawn = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    below = counts[drawn].sum(axis=1)
    means = sums[drawn].sum(axis=1)[below > 0] / below[below > 0]
    if not len(means):
        return 0.0, 1.0
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
