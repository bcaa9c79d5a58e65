"""What a draft is made of: statements, the quotes they rest on, and what all drafts say of a case.

A statement without a quote is a note on the search (what was looked through, what was not found)
and asserts nothing of a council.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from assistant.evidence import Evidence, Match
from assistant.facts import (
    KINDS,
    OUTCOME_WORDS,
    correction_mark,
    correction_words,
    outcome_word,
    unread,
)
from assistant.hits import Hit
from assistant.questions import Question
from assistant.understanding.terms import as_written
from assistant.understanding.times import years_in_words
from index.cases import Case, Decision, Field
from index.doubts import SEE_THE_CHAIR
from index.grammar.verdicts import Outcome
from index.japanese import fold, level
from index.meetings import Meeting
from index.store import Index
from index.text.sentences import sentences

SEARCHED = "{searched}"  # stands for what was looked through; answers.py puts it in words
UNDECIDED = (Outcome.NOT_RECORDED, Outcome.REPORTED)
NEW_LAW = date(2023, 4, 1)
_MOST_NOTES = 5  # on corrections
_LAST_WORDS = 240  # characters of what a chair said last
_TOLD = {
    Outcome.APPROVED: "**承認**されました",
    Outcome.APPROVED_WITH_CONDITIONS: "**意見・条件を付して承認**されました",
    Outcome.PARTLY_APPROVED: "**一部が承認**されました",
    Outcome.CONTINUED: "**継続審議**（まだ結論は出ていません）です",
    Outcome.REJECTED: "**不承認**（承認されませんでした）",
    Outcome.WITHDRAWN: "**取り下げ**られました",
    Outcome.REPORTED: "**報告**された案件で、可否の結論はありません",
    Outcome.NOT_RECORDED: "**結論の記録がありません**",
}


class Style(StrEnum):
    """How a statement is shown."""

    LEAD = "lead"
    CASE = "case"
    ITEM = "item"
    HEADING = "heading"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a record that a statement rests on; `show` puts its words into the statement."""

    record: str
    start: int
    end: int
    show: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an answer: words and quotes in order."""

    style: Style
    pieces: tuple[str | Quote, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes among the pieces."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Quote))


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed answer: its statements, the cases it tells of, and whether it holds back."""

    statements: tuple[Statement, ...]
    cases: tuple[Case, ...] = ()
    abstained: bool = False


class Findings(NamedTuple):
    """What is known when an answer is drafted: the question, the cases it may mean (the surest
    first), the passages found (the best first), and all cases within its towns and times."""

    question: Question
    matches: Sequence[Match]
    hits: Sequence[Hit]
    scope: Sequence[Case]

    @property
    def meant(self) -> list[Case]:
        """The cases that the question may mean."""
        return [match.case for match in self.matches]


def with_verdicts(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases of which a verdict is told, be it only beside what was asked."""
    return tuple(case for case in cases if case.outcome is not Outcome.NOT_RECORDED)


SEARCHED_NOTE = Statement(Style.NOTE, (SEARCHED,))


def date_name(day: date | None) -> str:
    """2021年4月20日, or nothing."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def short_title(title: str, longest: int = 34) -> str:
    """What a title is about: its first words, without its legal tail."""
    text = level(title)
    text = re.sub(r"[（(](?:[^（()）]*(?:条例|法))?第[0-9０-９]+条[^（()）]*[)）]", "", text)
    text = re.sub(r"(?:について)?(?:[（(](?:諮問|報告|資料\d*|継続|新規)[)）])*$", "", text)
    text = re.sub(r"(?:を行う)?(?:こと)?の公益上の必要.*$", "", text)
    head = re.match(
        r"^(.{6,}?)(?:において|の実施に(?:当た|あた)り|に(?:当た|あた)り|に伴い|するため|の導入に伴)、?",
        text,
    )
    if head and len(text) > longest:
        text = head[1]
    if text.startswith("「") and text.find("」") in (-1, len(text) - 1):  # not 「…」の…
        text = text.strip("「」")
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _sitting(case: Case, decision: Decision | None) -> tuple[str, str]:
    """The sitting's name and day in words, of the decision or else of the case."""
    name = (decision.meeting if decision and decision.meeting else case.meeting) or ""
    return name, date_name(decision.day if decision and decision.day else case.day)


def sitting_name(case: Case, decision: Decision | None = None) -> str:
    """令和3年度第1回（2021年4月20日）, as far as known."""
    name, day = _sitting(case, decision)
    if name and day:
        return f"{name}（{day}）"
    return name or day or "会議の記載なし"


def place_name(case: Case, decision: Decision | None = None) -> str:
    """Town, sitting and day as they stand within brackets: 令和3年度第1回、2021年4月20日."""
    sitting = "、".join(filter(None, _sitting(case, decision))) or "会議の記載なし"
    return f"{case.municipality or '自治体の記載なし'} {sitting}"


def with_corrections(draft: Draft) -> Draft:
    """The draft, and what people have corrected in the cases it tells of."""
    notes = []
    for case in draft.cases:
        said = [correction_words(c) for c in case.corrected if c.field is not Field.CHECKED]
        if said:
            words = f"「{short_title(case.title, 24)}」の{'、'.join(said)}。"
            notes.append(Statement(Style.NOTE, (words,)))
    return replace(draft, statements=(*draft.statements, *notes[:_MOST_NOTES]))


def under(heading: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements under a heading; nothing where there are none."""
    return [Statement(Style.HEADING, (heading,)), *statements] if statements else []


def outcome_counts(cases: Sequence[Case]) -> str:
    """How many of the cases ended how: 承認3件（うち1件は意見・条件付き）、不承認1件."""
    reviews = Counter(outcome_word(case) for case in cases if _found_on(case))
    counts = Counter(case.outcome for case in cases if not _found_on(case))
    conditioned = counts[Outcome.APPROVED_WITH_CONDITIONS]
    approved = counts[Outcome.APPROVED] + conditioned
    parts = []
    if approved:
        some = f"うち{conditioned}件は" if approved > 1 else ""
        parts.append(f"承認{approved}件" + (f"（{some}意見・条件付き）" if conditioned else ""))
    parts += [
        f"{OUTCOME_WORDS[outcome]}{counts[outcome]}件" for outcome in _COUNTED if counts[outcome]
    ]
    parts += [f"審査請求で{words}とされたもの{many}件" for words, many in reviews.items()]
    if not_understood := sum(map(unread, cases)):
        parts.append(f"結論を読み取れなかったもの（要確認）{not_understood}件")
    if silent := counts[Outcome.NOT_RECORDED] - not_understood:
        parts.append(f"結論の記録が見つからないもの{silent}件")
    return "、".join(parts)


def _found_on(case: Case) -> bool:
    """Whether a case is a review on which the council found: it approved nothing there."""
    return not unread(case) and outcome_word(case) != OUTCOME_WORDS[case.outcome]


class Writer:
    """What all drafts need: the index, the evidence, and the lines that tell of a case."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        """Take what the answers are made of."""
        self.index = index
        self.evidence = evidence

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The sittings of the index."""
        return list(self.index.meetings())

    @cached_property
    def _chains(self) -> dict[str, list[Case]]:
        chains: dict[str, list[Case]] = {}
        for case in self.evidence.cases:
            chains.setdefault(case.matter, []).append(case)
        return chains

    def with_chains(self, cases: Sequence[Case], question: Question) -> list[Case]:
        """The cases, and the later words on the same matters in other records."""
        wanted = list(cases)
        for case in cases:
            for other in self._chains.get(case.matter, []):
                if other not in wanted and not question.dated:
                    wanted.append(other)
        return wanted

    def standing(self, case: Case) -> Case:
        """The case in which the newest verdict on the same matter was given; or itself."""
        chain = [c for c in self._chains.get(case.matter, []) if c.day]
        chain = [c for c in chain if c.outcome not in UNDECIDED]
        newest = max(chain, key=lambda c: c.day or date.min, default=case)
        return newest if (newest.day or date.min) > (case.day or date.max) else case

    def in_order(self, cases: Sequence[Case]) -> list[Case]:
        """By town, then by day."""
        return sorted(
            cases,
            key=lambda c: (
                c.municipality or "~",
                c.day is None,
                c.day or date.max,
                c.record,
                c.title_span,
            ),
        )

    # -- lines on a case

    def verdict_lead(self, case: Case, decision: Decision | None = None) -> Statement:
        """The verdict in a word, whose it is, and the council's own words."""
        decision = decision or case.newest
        outcome = decision.outcome if decision else Outcome.NOT_RECORDED
        place = place_name(case, decision)
        title = Quote(case.record, *case.title_span, show=False)
        if outcome is Outcome.NOT_RECORDED:
            told = "**記録からは分かりません。**この案件について、審議会の"
            told += "結論を読み取れませんでした" if unread(case) else "結論の記録がありません"
            mark = correction_mark(case, decision)
            if decision is not None and decision.text and mark:
                quote = Quote(case.record, decision.start, decision.end)
                words = (told, title, f"（{place}）{mark}。結論と読み取られた言葉: ", quote)
                return Statement(Style.LEAD, words)
            look = "会議の記録はありますので、原文をご確認ください。" if unread(case) else ""
            return Statement(Style.LEAD, (told, title, f"（{place}）{mark}。{look}"))
        mark = correction_mark(case, decision)
        review = outcome_word(case, outcome)
        said = _TOLD[outcome] if review == OUTCOME_WORDS[outcome] else f"**{review}**とされました"
        told = f"{said}（{place}）{mark}。"
        if decision is not None and decision.text:
            quote = Quote(case.record, decision.start, decision.end)
            whose = "記録の言葉" if mark else "審議会の結論"
            return Statement(Style.LEAD, (f"{told}{whose}: ", quote))
        return Statement(Style.LEAD, (told, title))

    def about(self, case: Case) -> Statement:
        """The case's title in full, and its office."""
        pieces: list[str | Quote] = ["案件: ", Quote(case.record, *case.title_span)]
        if case.department and case.department_span:
            pieces += [
                f"（担当: {level(case.department)}",
                Quote(case.record, *case.department_span, show=False),
                "）",
            ]
        return Statement(Style.ITEM, tuple(pieces))

    def last_words(self, case: Case) -> list[Statement]:
        """What the chair said last on a case whose verdict was not understood: most likely where it
        stands, and not told as one."""
        spans = [d.span for d in case.doubts if d.text == SEE_THE_CHAIR and d.span]
        if not unread(case) or not spans:
            return []
        start, end = spans[-1]
        parts = list(sentences(self.index.text(case.record), start, end))
        near = [a for a, _ in parts if end - a <= _LAST_WORDS]
        quote = Quote(case.record, near[0] if near else parts[-1][0], end)
        words = "会長の終わりの発言（結論かどうかは読み取れていません）: "
        return [Statement(Style.ITEM, (words, quote))]

    def condition_items(self, case: Case, decision: Decision | None = None) -> list[Statement]:
        """The conditions of a verdict word for word, or that none are told."""
        decision = decision or case.newest
        if decision is None or decision.outcome in UNDECIDED:
            return []
        if decision.conditions:
            return [
                Statement(Style.ITEM, ("条件・附帯意見: ", Quote(case.record, c.start, c.end)))
                for c in decision.conditions
            ]
        if decision.outcome is Outcome.APPROVED_WITH_CONDITIONS:
            words = "意見・条件が付いたことは記録されていますが、その内容は読み取れていません。"
            return [Statement(Style.NOTE, (words,))]
        if decision.outcome is Outcome.APPROVED and not _found_on(case):
            return [Statement(Style.NOTE, ("条件・附帯意見の記載はありません。",))]
        return []

    def matter_line(self, case: Case) -> Statement:
        """The line of a case beside a fact. That no verdict was found is not said, as none was
        asked for: it would be one more thing that may have been read amiss."""
        if case.outcome is not Outcome.NOT_RECORDED:
            return self.case_line(case)
        place = f"{case.municipality or '自治体の記載なし'} {sitting_name(case)}"
        words = f"案件: {place} {short_title(case.title)}"
        return Statement(Style.ITEM, (words, Quote(case.record, *case.title_span, show=False)))

    def case_line(self, case: Case, at: Decision | None = None) -> Statement:
        """One line a case: place, sitting, title, verdict, conditions; as it was decided `at` a
        sitting asked about, with what was decided since."""
        decision = at or case.newest
        outcome = at.outcome if at else case.outcome
        place = f"{case.municipality or '自治体の記載なし'} {sitting_name(case, at)}"
        pieces: list[str | Quote] = [
            f"{place} {short_title(case.title)}",
            Quote(case.record, *case.title_span, show=False),
            f": **{outcome_word(case, outcome)}**{correction_mark(case)}",
        ]
        if decision is not None and decision.text:
            # 「承認」 told twice says nothing more; the words of a condition follow by themselves
            plain = outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
            show = (not plain or bool(correction_mark(case))) and 4 < len(fold(decision.text)) <= 60
            pieces.append(Quote(case.record, decision.start, decision.end, show=show))
        if decision is not None and decision.conditions:
            for condition in decision.conditions:
                pieces.append("、" if condition is not decision.conditions[0] else "。条件: ")
                pieces.append(Quote(case.record, condition.start, condition.end))
        elif outcome is Outcome.APPROVED_WITH_CONDITIONS:
            pieces.append("（意見・条件の内容は読み取れていません）")
        for other in case.decisions:
            if other is not decision:
                later = decision in case.decisions[: case.decisions.index(other)]
                day, word = date_name(other.day), outcome_word(case, other.outcome)
                pieces += [
                    f"（その後、{day}に**{word}**" if later else f"（{day}は{word}",
                    Quote(case.record, other.start, other.end, show=False),
                    "）",
                ]
        since = self.standing(case)
        if case.outcome is Outcome.CONTINUED and since is not case:
            newest = since.newest
            span = (newest.start, newest.end) if newest and newest.text else since.title_span
            words = f"（その後、{sitting_name(since)}で**{outcome_word(since)}**"
            pieces += [words, Quote(since.record, *span, show=False), "）"]
        return Statement(Style.CASE, tuple(pieces))

    def count_lead(
        self, question: Question, cases: Sequence[Case], of: Sequence[Case] = ()
    ) -> Statement:
        """How many cases, and of each outcome how many; of how many, where there are more."""
        parts = outcome_counts(cases)
        if any(self.evidence.decided_at(case, question) for case in cases):
            parts = f"今の結論は{parts}"
        what = self._scope_words(question)
        words = f"{what}案件は**{len(cases)}件**あります: {parts}。"
        if len(of) > len(cases):
            words = f"{what}案件{len(of)}件のうち、**{len(cases)}件**です: {parts}。"
        first = [Quote(c.record, *c.title_span, show=False) for c in self.in_order(cases)[:3]]
        return Statement(Style.LEAD, (words, *first))

    def law_note(self, cases: Sequence[Case]) -> list[Statement]:
        """Under which rules the cases were decided, where it matters."""
        days = [case.day for case in cases if case.day]
        if not days:
            return []
        before = [day for day in days if day < NEW_LAW]
        if len(before) == len(days):
            note = "2023年4月1日（個人情報保護法の直接適用）より前、条例のもとでの案件です。"
        elif before:
            note = "2023年4月1日の前（条例のもと）と後（個人情報保護法のもと）の案件があります。"
        else:
            note = "2023年4月1日以後、個人情報保護法のもとでの案件です。"
        return [Statement(Style.NOTE, (note,))]

    # -- the question in words

    def topic_words(self, question: Question) -> str:
        """The question's own naming words, as written, for saying what was not found."""
        shown: list[str] = []
        telling = [t for t in question.terms if t.weight >= 0.8]
        # 渡したい says what is done, and names nothing
        for term in ([t for t in telling if t.name] or telling)[:4]:
            words = as_written(term, question.search_text or question.text)
            if words and not any(words in other for other in shown):
                shown.append(words)
        return "・".join(shown)

    def _scope_words(self, question: Question) -> str:
        parts = ["、".join(question.municipalities)]
        parts += years_in_words(question.years)
        parts += years_in_words(question.calendar_years, fiscal=False)
        parts += [f"第{question.ordinal}回"] if question.ordinal else []
        parts += [KINDS[kind] for kind in question.kinds if kind in KINDS]
        topic = self.topic_words(question)
        parts += [f"「{topic}」"] if topic else []
        words = " ".join(part for part in parts if part)
        return f"{words}の" if words else "記録にある"


_COUNTED = (
    Outcome.PARTLY_APPROVED,
    Outcome.REJECTED,
    Outcome.CONTINUED,
    Outcome.WITHDRAWN,
    Outcome.REPORTED,
)
