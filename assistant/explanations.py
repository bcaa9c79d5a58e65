"""Answer -> Explanation: why this answer. What was understood, which searches found which passages,
what the answer rests on, and what was left out and why.

Made only when someone asks for it: an answer does not need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.answers import Answer
from assistant.drafting.fact_drafts import ENOUGH_COVERED, ENOUGH_SCORE
from assistant.evidence import Evidence, Match
from assistant.finding.units import Unit
from assistant.hits import Hit
from assistant.questions import Question
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import holds
from assistant.understanding.terms import Term, as_written
from assistant.understanding.times import years_in_words
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.japanese import fold, words
from index.passages import Passage
from index.text.titles import looks_like_title

INTENT_WORDS = {
    Intent.VERDICT: "結論（承認されたかどうか）",
    Intent.CONDITIONS: "付いた条件や意見",
    Intent.FACT: "記録に書かれている事実",
    Intent.REASON: "理由",
    Intent.EXCHANGE: "質疑（問われたことと答え）",
    Intent.LIST: "案件の一覧",
    Intent.COUNT: "件数",
    Intent.COMPARISON: "比較",
    Intent.HISTORY: "経過",
    Intent.MEETING: "会議のこと（日時、場所、出席者など）",
    Intent.DEFINITION: "言葉の意味",
    Intent.DRAFTING: "文案の材料",
    Intent.OUTSIDE: "記録ではお答えできないこと",
}
WANTED_WORDS = {
    Wanted.PLACE: "場所",
    Wanted.TIME: "時期や日付",
    Wanted.DURATION: "期間",
    Wanted.NUMBER: "数",
    Wanted.MONEY: "金額",
    Wanted.SHARE: "割合",
    Wanted.COMPANY: "会社や団体の名前",
    Wanted.OFFICE: "課や部署",
    Wanted.PERSON: "人や役職",
    Wanted.LAW: "条文",
}
_OF_CASES = (Intent.VERDICT, Intent.CONDITIONS, Intent.LIST, Intent.COUNT, Intent.HISTORY)
_NEAR = 5  # cases named that were near and not meant
_SAYS_SOMETHING = 0.8  # the weight of a word that is more than a frame
_SAYS_MUCH = 1.6  # the weight of a word without which a passage says little
_FORMS = 6  # other words shown for one


class Left(StrEnum):
    """Why what was found is not in the answer."""

    ELSEWHERE = "elsewhere"
    OTHER_TIME = "other_time"
    OTHER_CASE = "other_case"
    LACKING = "lacking"
    OTHER_KIND = "other_kind"
    TITLE = "title"
    WEAK = "weak"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that was looked for: as the question has it, other words that count as it, and whether
    any record has one of them."""

    word: str
    others: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A case that was looked at: how much of the question it speaks of (0 to 1), whether the
    question was taken to be about it, and if not, why (words for a reader)."""

    case: Case
    share: float
    meant: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found. `ranks` holds its place in each search, 1 the first; `used` the numbers of
    the citations that stand in it; `left` and `why` what kept it out of the answer."""

    passage: Passage
    case: Case | None
    ranks: tuple[tuple[str, int], ...]
    used: tuple[int, ...] = ()
    left: Left | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is as it is. `facets` are pairs (what, words) as a reader has them."""

    answer: Answer
    asked: str
    facets: tuple[tuple[str, str], ...]
    sought: tuple[Sought, ...]
    cases: tuple[Seen, ...]
    found: tuple[Found, ...]
    beyond: tuple[Found, ...]

    @property
    def used(self) -> tuple[Found, ...]:
        """The passages that the answer rests on, in the order of its citations."""
        return tuple(sorted((f for f in self.found if f.used), key=lambda f: f.used[0]))

    @property
    def left(self) -> tuple[Found, ...]:
        """The passages found that it does not rest on."""
        return tuple(f for f in self.found if not f.used)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        question = self.answer.question
        return {
            "understood": {
                "asked": self.asked, "facets": dict(self.facets),
                "words": [
                    {"word": s.word, "others": list(s.others), "known": s.known}
                    for s in self.sought
                ],
            },
            "terms": {term.key: list(term.forms) for term in question.terms},
            "wanted": question.wanted.value,
            "years": [*question.years, *question.calendar_years],
            "cases": [
                {"id": s.case.id, "share": round(s.share, 3), "meant": s.meant, "why": s.why}
                for s in self.cases
            ],
            "hits": [_found_as_json(found) for found in self.found],
            "beyond": [_found_as_json(found) for found in self.beyond],
            "milliseconds": {
                stage: round(ms, 1) for stage, ms in self.answer.timings.items()
            },
        }  # fmt: skip


def _found_as_json(found: Found) -> dict[str, Any]:
    return {
        "record": found.passage.record, "start": found.passage.start, "end": found.passage.end,
        "case": found.passage.case, "found_by": dict(found.ranks), "used": list(found.used),
        "left": found.left.value if found.left else None, "why": found.why,
    }  # fmt: skip


def explain(answer: Answer, evidence: Evidence, beyond: Sequence[Hit] = ()) -> Explanation:
    """Why an answer is as it is; `beyond` are hits without its town and the user's own choice."""
    question, hits = answer.question, answer.hits
    scope = evidence.in_scope(question)
    matches = evidence.meant(question, scope, hits)
    meant = {match.case.id for match in matches} | {case.id for case in answer.cases}
    best: dict[str, Unit] = {}
    for unit in evidence.units(question, hits, [match.case for match in matches]):
        best.setdefault(unit.passage.id, unit)
    found = [
        _found(hit, answer, evidence, best.get(hit.passage.id), meant) for hit in hits
    ]  # fmt: skip
    known = {hit.passage.id for hit in hits}
    outside = [
        Found(
            hit.passage, _case(hit, evidence), _ranks(hit), (), Left.ELSEWHERE,
            "お尋ねの自治体や絞り込みの外の記録です。",
        )
        for hit in beyond
        if hit.passage.id not in known
    ]  # fmt: skip
    return Explanation(
        answer, _asked(question), tuple(_facets(question)), tuple(_sought(question, evidence)),
        tuple(_seen(question, evidence, scope, matches, meant)), tuple(found), tuple(outside),
    )  # fmt: skip


# -- what was understood


def _asked(question: Question) -> str:
    wanted = WANTED_WORDS.get(question.wanted)
    if question.intent is Intent.FACT and wanted:
        return wanted
    return INTENT_WORDS[question.intent]


def _facets(question: Question) -> list[tuple[str, str]]:
    """What limits the question, in words."""
    times = years_in_words(question.years)
    times += years_in_words(question.calendar_years, fiscal=False)
    times += [f"第{question.ordinal}回"] if question.ordinal else []
    times += [f"{question.month}月"] if question.month and not question.days else []
    times += [f"{day.year}年{day.month}月{day.day}日" for day in question.days]
    pairs = [
        ("自治体", "、".join((*question.municipalities, *question.unknown_places))),
        ("時期", "、".join(times)),
        ("読み替え", "、".join(f"「{written}」→「{name}」" for written, name in question.taken)),
        ("前の質問から", "、".join(question.inherited)),
    ]
    return [(what, said) for what, said in pairs if said]


def _sought(question: Question, evidence: Evidence) -> list[Sought]:
    """The words looked for, those that say most first."""
    found = []
    for term in sorted(question.terms, key=lambda term: -term.weight):
        word = as_written(term, question.search_text or question.text) or term.key
        others = [f for f in term.forms if f not in (fold(word), term.key) and f not in fold(word)]
        found.append(Sought(word, tuple(others[:_FORMS]), _is_known(term, evidence)))
    return found


def _is_known(term: Term, evidence: Evidence) -> bool:
    frequency = evidence.index.document_frequency
    return any(
        all(frequency(word) for word in tokens)
        for form in term.forms
        if (tokens := list(words(form)))
    )


# -- which cases


def _seen(
    question: Question,
    evidence: Evidence,
    scope: Sequence[Case],
    matches: Sequence[Match],
    meant: set[str],
) -> list[Seen]:
    """The cases taken for what is asked about, and the nearest that were not, with why."""
    told = [match for match in matches if match.case.id in meant]
    more = meant - {match.case.id for match in told}
    told += [Match(evidence.by_id[id], 0.0, 0.0) for id in sorted(more) if id in evidence.by_id]
    seen = [Seen(match.case, match.score, True) for match in told]
    if not question.terms:
        return seen
    rest = [evidence.match(case, question.terms) for case in scope if case.id not in meant]
    rest = sorted((m for m in rest if m.score > 0), key=lambda m: (-m.score, m.case.id))
    for match in rest[:_NEAR]:
        lacking = [t for t in question.terms if evidence.match(match.case, [t]).full < 0.5]
        if lacking:
            why = _untouched(question, lacking)
        elif match.strong < match.full:
            why = "本文で触れているだけで、題名などには出てきません。"
        else:
            why = "ほかの案件のほうが、質問の言葉によく合います。"
        seen.append(Seen(match.case, match.score, False, why))
    return seen


def _untouched(question: Question, lacking: Sequence[Term]) -> str:
    text = question.search_text or question.text
    told = [as_written(term, text) or term.key for term in lacking[:3]]
    return "・".join(f"「{word}」" for word in told) + "に触れていません。"


# -- which passages


def _case(hit: Hit, evidence: Evidence) -> Case | None:
    return evidence.by_id.get(hit.passage.case) if hit.passage.case else None


def _ranks(hit: Hit) -> tuple[tuple[str, int], ...]:
    return tuple((arm, rank + 1) for arm, rank in hit.found_by)


def _found(
    hit: Hit, answer: Answer, evidence: Evidence, unit: Unit | None, meant: set[str]
) -> Found:
    passage, case = hit.passage, _case(hit, evidence)
    used = tuple(
        c.n for c in answer.citations
        if c.record == passage.record and c.start < passage.end and passage.start < c.end
    )  # fmt: skip
    if used:
        return Found(passage, case, _ranks(hit), used)
    left, why = left_out(answer.question, evidence, passage, case, unit, meant)
    return Found(passage, case, _ranks(hit), (), left, why)


def left_out(
    question: Question,
    evidence: Evidence,
    passage: Passage,
    case: Case | None,
    unit: Unit | None,
    meant: set[str],
) -> tuple[Left, str]:
    """Why a passage that was found is not told, and that in words. `unit` is its best sentence."""
    if case is not None and not evidence.timely(case, question):
        return Left.OTHER_TIME, "お尋ねの時期の案件ではありません。"
    missing = [
        term for term in question.terms
        if term.weight >= _SAYS_SOMETHING and _lacks(passage, case, term, evidence)
    ]  # fmt: skip
    lacking = [term for term in missing if term.name and term.weight > _SAYS_MUCH]
    about = case is not None and case.id in meant
    if question.intent in _OF_CASES:
        if about:
            return Left.BEHIND, "同じ案件のほかの箇所で足りています。"
        if missing:
            return Left.LACKING, _untouched(question, missing)
        return Left.OTHER_CASE, "お尋ねの案件とは別のことが書かれています。"
    if (
        unit is None
        or looks_like_title(unit.text)
        or (case and fold(unit.text) in fold(case.title))
    ):
        return Left.TITLE, "題名や見出しで、答えが書かれていません。"
    if lacking and unit.covered < 0.8:
        return Left.LACKING, _untouched(question, lacking)
    if question.wanted is not Wanted.ANYTHING and not holds(question.wanted, fold(unit.text)):
        return Left.OTHER_KIND, f"{WANTED_WORDS[question.wanted]}が書かれていません。"
    if unit.covered < ENOUGH_COVERED or unit.worth < ENOUGH_SCORE:
        return Left.WEAK, "質問の言葉との重なりが足りません。"
    return Left.BEHIND, "ほかの箇所のほうが質問によく合っています。"


def _lacks(passage: Passage, case: Case | None, term: Term, evidence: Evidence) -> bool:
    """Whether neither a passage nor the case it is about speaks of a term."""
    if term.share(fold(f"{passage.heading} {passage.text}")) >= 0.5:
        return False
    return case is None or evidence.match(case, [term]).full < 0.5
