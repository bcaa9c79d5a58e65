"""Question + evidence -> Draft: statements proposed as an answer, each with the quotes it rests on.

Composed without a language model. The first line answers; whose word it is, is said; what the
records do not say is said to be missing. A statement without a quote is a note on the search (what
was looked through, what was not found) and asserts nothing of a council.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.evidence import COMPATIBLE, FEATURES, Evidence, Match, Unit, found, holds
from assistant.hits import Hit
from assistant.questions import OUT_OF_REACH, Intent, Question, Wanted, read_wants, year_name
from index.cases import Case, Decision
from index.decisions import sentences
from index.japanese import dates, fold, folded_with_offsets, level
from index.meetings import Meeting
from index.passages import PassageKind
from index.store import Index
from index.turns import Exchange, Role
from index.verdicts import Outcome

# Below these a sentence is a neighbour's answer, not this question's (tuned on eval's dev part).
ENOUGH_COVERED = 0.62
DETAIL = 0.5
ENOUGH_SCORE = 0.95

OUTCOME_WORDS = {
    Outcome.APPROVED: "承認",
    Outcome.APPROVED_WITH_CONDITIONS: "意見・条件を付して承認",
    Outcome.PARTLY_APPROVED: "一部承認",
    Outcome.CONTINUED: "継続審議",
    Outcome.REJECTED: "不承認",
    Outcome.WITHDRAWN: "取下げ",
    Outcome.REPORTED: "報告",
    Outcome.NOT_RECORDED: "結論の記録なし",
}
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


def date_name(day: date | None) -> str:
    """2021年4月20日, or nothing."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def short_title(title: str, longest: int = 34) -> str:
    """The first words of a title that tell it from others: what it is about, without its legal tail."""
    text = level(title).strip("「」")
    text = re.sub(r"[（(](?:[^（()）]*(?:条例|法))?第[0-9０-９]+条[^（()）]*[)）]", "", text)
    text = re.sub(r"(?:について)?(?:[（(](?:諮問|報告|資料\d*|継続|新規)[)）])*$", "", text)
    text = re.sub(r"(?:を行う)?(?:こと)?の公益上の必要.*$", "", text)
    head = re.match(
        r"^(.{6,}?)(?:において|の実施に(?:当た|あた)り|に(?:当た|あた)り|に伴い|するため|の導入に伴)、?",
        text,
    )
    if head and len(text) > longest:
        text = head[1]
    return text if len(text) <= longest else text[: longest - 1] + "…"


def sitting_name(case: Case, decision: Decision | None = None) -> str:
    """令和3年度第1回（2021年4月20日）, as far as known."""
    name = (decision.meeting if decision and decision.meeting else case.meeting) or ""
    day = decision.day if decision and decision.day else case.day
    written = date_name(day)
    if name and written:
        return f"{name}（{written}）"
    return name or written or "会議の記載なし"


_SPEAKERS = {
    Role.CHAIR: "会長の発言",
    Role.MEMBER: "委員の発言",
    Role.AGENCY: "実施機関の説明",
    Role.OFFICE: "事務局の説明",
    Role.UNKNOWN: "質疑での発言",
    None: "資料の記載",
}


class Composer:
    """Writes drafts over one index."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        """Take what the answers are made of."""
        self.index = index
        self.evidence = evidence
        self.meetings = index.meetings()
        self.chains: dict[str, list[Case]] = {}
        for case in evidence.cases:
            self.chains.setdefault(case.chain or case.id, []).append(case)

    # -- the way from a question to a draft

    def draft(self, question: Question, hits: Sequence[Hit]) -> Draft:
        """The draft for a question, given the passages found for it."""
        if not question.text.strip():
            return self._nothing_asked()
        scope = self.evidence.in_scope(question)
        if (
            question.unknown_places
            and not question.municipalities
            and not self._place_is_told(question, hits)
        ):
            return self._no_such_place(question)
        matches = self.evidence.meant(question, scope, hits)
        meant = [match.case for match in matches]
        intent = question.intent
        if _ASKS_NAME_OF_MEMBER.search(fold(question.text)) or OUT_OF_REACH.search(question.text):
            return self._not_said(question, meant, hits)
        if question.dated and not scope and (question.municipalities or intent in _ABOUT_CASES):
            alone = self._fact(question, hits, [])
            if intent in (Intent.FACT, Intent.COUNT, Intent.REASON) and alone is not None:
                return alone
            return self._no_such_time(question)
        if question.presumed and meant and (wrong := self._presumes_wrongly(question, meant)):
            return wrong
        if intent in (Intent.VERDICT, Intent.HISTORY):
            return self._verdicts(question, matches, hits, scope)
        if intent is Intent.CONDITIONS:
            return self._conditions(question, matches, hits, scope)
        if intent in (Intent.LIST, Intent.COUNT):
            return self._list(question, matches, hits, scope)
        if intent is Intent.COMPARISON:
            return self._comparison(question, matches, hits, scope)
        if intent is Intent.EXCHANGE:
            return self._exchanges(question, matches, hits)
        if intent is Intent.MEETING:
            return self._meeting(question, hits, scope)
        if intent is Intent.DEFINITION:
            return self._definition(question, hits, meant)
        if intent is Intent.REASON and meant and _REASON_OF_VERDICT.search(fold(question.text)):
            reasoned = self._reason_of_verdict(question, meant)
            if reasoned is not None:
                return reasoned
        several = len(question.municipalities) > 1 or re.search(
            r"それぞれ|両方|比べ", question.text
        )
        if several and len(meant) > 1 and intent is Intent.FACT:
            return self._comparison(question, matches, hits, scope)
        draft = self._fact(question, hits, meant)
        return draft if draft is not None else self._not_said(question, meant, hits)

    def _reason_of_verdict(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """Why it was decided so: what was said last before the verdict, and the verdict's own words."""
        case = meant[0]
        told = [d for d in case.decisions if d.text and d.outcome is not Outcome.REPORTED]
        if question.days:
            told = [d for d in told if d.day in question.days] or told
        against = [
            d for d in told if d.outcome not in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
        ]
        if not told:
            return None
        decision = (against or told)[-1]
        text = self.index.text(case.record)
        span = next(((a, b) for a, b in case.spans if a <= decision.start < b), None)
        if span is None:
            return None
        if "#r" in decision.meeting_id:  # a row of a yearly report gives no grounds
            return self._not_said(question, [case], ())
        before = list(sentences(text, max(span[0], decision.start - 420), decision.start))
        after = list(sentences(text, decision.end, min(span[1], decision.end + 700)))
        near = [
            (a, b) for a, b in before + after if _GROUND.search(fold(text[a:b])) and b - a <= 260
        ]
        own = [
            (a, b)
            for a, b in sentences(text, decision.start, decision.end)
            if _GROUND.search(fold(text[a:b]))
        ]
        chosen = (
            own
            + [s for s in near if s[0] < decision.start][-2:]
            + [s for s in near if s[0] > decision.start][:2]
        )
        if not chosen:
            return None
        statements = [
            Statement(
                Style.LEAD if n == 0 else Style.ITEM,
                (Quote(case.record, a, b), "（結論の前後の発言・記載）" if n == 0 else ""),
            )
            for n, (a, b) in enumerate(chosen[:4])
        ]
        statements.append(self._case_line(case))
        return Draft(tuple(statements), (case,))

    # -- verdicts

    def _verdicts(
        self,
        question: Question,
        matches: Sequence[Match],
        hits: Sequence[Hit],
        scope: Sequence[Case],
    ) -> Draft:
        cases = [match.case for match in matches]
        if not question.terms and question.outcomes:
            return self._list(question, matches, hits, scope)
        if not cases and not question.terms and (question.municipalities or question.dated):
            cases = list(scope)
        if not cases:
            alone = self._fact(question, hits, [])
            if alone is not None and not _ABOUT_A_CASE.search(question.text):
                return alone
            return self._no_such_case(question, hits)
        if (
            len(cases) == 1
            and question.intent is Intent.VERDICT
            and self._about_a_detail(question, cases[0])
        ):
            alone = self._fact(question, hits, cases)
            if alone is not None:
                return alone
        cases = self._with_chains(cases, question)
        if len(cases) > 1 and (single := self._one_chain(cases)):
            return self._history(question, single)
        if len(cases) == 1:
            if len(cases[0].decisions) > 1 or question.intent is Intent.HISTORY:
                return self._history(question, cases, hits)
            return self._one_verdict(question, cases[0], hits)
        return self._many_verdicts(question, cases, hits)

    def _about_a_detail(self, question: Question, case: Case) -> bool:
        """Whether a question on a case's outcome asks of something that its title does not name."""
        facts = fold(f"{case.title} {case.department or ''}")
        total = sum(term.weight for term in question.terms)
        beside = sum(t.weight for t in question.terms if t.name and t.share(facts) < 0.3)
        return bool(total) and beside / total > DETAIL

    def _one_verdict(self, question: Question, case: Case, hits: Sequence[Hit]) -> Draft:
        statements = [self._verdict_lead(case)]
        statements.append(self._about(case))
        statements += self._condition_items(case)
        statements += self._asked_items(question, case, hits)
        statements += self._law_note([case])
        return Draft(tuple(statements), (case,), case.outcome is Outcome.NOT_RECORDED)

    def _verdict_lead(self, case: Case, decision: Decision | None = None) -> Statement:
        decision = decision or case.newest
        outcome = decision.outcome if decision else Outcome.NOT_RECORDED
        place = f"{case.municipality or '自治体の記載なし'} {sitting_name(case, decision)}"
        title = Quote(case.record, *case.title_span, show=False)
        if outcome is Outcome.NOT_RECORDED:
            return Statement(
                Style.LEAD,
                (
                    "**記録からは分かりません。**この案件について、審議会の",
                    "結論の記録がありません",
                    title,
                    f"（{place}）。",
                ),
            )
        told = _TOLD[outcome]
        if decision is not None and decision.text:
            quote = self._verdict_quote(case, decision)
            return Statement(Style.LEAD, (f"{told}（{place}）。審議会の結論: ", quote, ""))
        return Statement(Style.LEAD, (f"{told}（{place}）。", title))

    def _verdict_quote(self, case: Case, decision: Decision) -> Quote:
        return Quote(case.record, decision.start, decision.end)

    def _about(self, case: Case) -> Statement:
        pieces: list[str | Quote] = ["案件: ", Quote(case.record, *case.title_span)]
        if case.department and case.department_span:
            pieces += [
                f"（担当: {level(case.department)}",
                Quote(case.record, *case.department_span, show=False),
                "）",
            ]
        return Statement(Style.NOTE if not pieces else Style.ITEM, tuple(pieces))

    def _condition_items(self, case: Case, decision: Decision | None = None) -> list[Statement]:
        decision = decision or case.newest
        if decision is None or decision.outcome in (Outcome.NOT_RECORDED, Outcome.REPORTED):
            return []
        if decision.conditions:
            return [
                Statement(Style.ITEM, ("条件・附帯意見: ", Quote(case.record, c.start, c.end)))
                for c in decision.conditions
            ]
        if decision.outcome is Outcome.APPROVED_WITH_CONDITIONS:
            return [
                Statement(
                    Style.NOTE,
                    ("意見・条件が付いたことは記録されていますが、その内容は記録にありません。",),
                )
            ]
        if decision.outcome is Outcome.APPROVED:
            return [Statement(Style.NOTE, ("条件・附帯意見の記載はありません。",))]
        return []

    def _asked_items(
        self, question: Question, case: Case, hits: Sequence[Hit], most: int = 3
    ) -> list[Statement]:
        """The exchanges of the case that bear most on the question."""
        exchanges = self._ranked_exchanges(question, [case], hits)[:most]
        if not exchanges:
            return []
        return [
            Statement(Style.HEADING, ("審議で問われたこと",)),
            *(self._exchange_item(case, exchange) for case, exchange in exchanges),
        ]

    def _many_verdicts(
        self, question: Question, cases: Sequence[Case], hits: Sequence[Hit]
    ) -> Draft:
        undecided = all(case.outcome is Outcome.NOT_RECORDED for case in cases)
        lead = self._count_lead(question, cases)
        statements = [lead, *(self._case_line(case) for case in self._sorted(cases))]
        if question.terms and len(cases) <= 4:
            pairs = self._ranked_exchanges(question, cases, hits)[:3]
            if pairs:
                statements.append(Statement(Style.HEADING, ("審議で問われたこと",)))
                statements += [
                    self._exchange_item(case, exchange, place=True) for case, exchange in pairs
                ]
        statements += self._law_note(cases)
        return Draft(
            tuple(statements), tuple(self._sorted(cases)),
            undecided and question.intent in (Intent.VERDICT, Intent.CONDITIONS),
        )  # fmt: skip

    def _count_lead(self, question: Question, cases: Sequence[Case]) -> Statement:
        counts = Counter(case.outcome for case in cases)
        approved = counts[Outcome.APPROVED] + counts[Outcome.APPROVED_WITH_CONDITIONS]
        parts = []
        if approved:
            with_ = counts[Outcome.APPROVED_WITH_CONDITIONS]
            some = (
                f"（うち{with_}件は意見・条件付き）"
                if with_ and approved > 1
                else "（意見・条件付き）"
                if with_
                else ""
            )
            parts.append(f"承認{approved}件{some}")
        for outcome in (
            Outcome.PARTLY_APPROVED,
            Outcome.REJECTED,
            Outcome.CONTINUED,
            Outcome.WITHDRAWN,
            Outcome.REPORTED,
        ):
            if counts[outcome]:
                parts.append(f"{OUTCOME_WORDS[outcome]}{counts[outcome]}件")
        if counts[Outcome.NOT_RECORDED]:
            parts.append(f"結論の記録がないもの{counts[Outcome.NOT_RECORDED]}件")
        what = self._scope_words(question)
        pieces: list[str | Quote] = [
            f"{what}案件は**{len(cases)}件**あります: {'、'.join(parts)}。"
        ]
        pieces += [
            Quote(case.record, *case.title_span, show=False) for case in self._sorted(cases)[:3]
        ]
        return Statement(Style.LEAD, tuple(pieces))

    def _case_line(self, case: Case) -> Statement:
        """One line a case: place, sitting, title, verdict, conditions."""
        decision = case.newest
        outcome = case.outcome
        pieces: list[str | Quote] = [
            f"{case.municipality or '自治体の記載なし'} {sitting_name(case)} {short_title(case.title)}",
            Quote(case.record, *case.title_span, show=False),
            f": **{OUTCOME_WORDS[outcome]}**",
        ]
        if decision is not None and decision.text:
            word = fold(decision.text)
            shown = outcome not in (Outcome.APPROVED,) and 4 < len(word) <= 60
            pieces.append(Quote(case.record, decision.start, decision.end, show=False))
            if shown and outcome is not Outcome.APPROVED_WITH_CONDITIONS:
                pieces[-1] = Quote(case.record, decision.start, decision.end)
        if decision is not None and decision.conditions:
            pieces.append("。条件: ")
            for number_, condition in enumerate(decision.conditions):
                if number_:
                    pieces.append("、")
                pieces.append(Quote(case.record, condition.start, condition.end))
        elif outcome is Outcome.APPROVED_WITH_CONDITIONS:
            pieces.append("（意見・条件の内容は記録にありません）")
        for earlier in case.decisions[:-1]:
            pieces += [
                f"（{date_name(earlier.day)}は{OUTCOME_WORDS[earlier.outcome]}",
                Quote(case.record, earlier.start, earlier.end, show=False),
                "）",
            ]
        return Statement(Style.CASE, tuple(pieces))

    # -- histories

    def _with_chains(self, cases: Sequence[Case], question: Question) -> list[Case]:
        """The cases, and the later words on the same matters in other records."""
        wanted = list(cases)
        for case in cases:
            for other in self.chains.get(case.chain or case.id, []):
                if other not in wanted and not question.dated:
                    wanted.append(other)
        return wanted

    def _one_chain(self, cases: Sequence[Case]) -> list[Case] | None:
        return list(cases) if len({case.chain or case.id for case in cases}) == 1 else None

    def _history(
        self, question: Question, cases: Sequence[Case], hits: Sequence[Hit] = ()
    ) -> Draft:
        """One matter over its sittings, the newest word first in the lead, then in order of time."""
        told = [(case, decision) for case in cases for decision in case.decisions]
        decided = [(c, d) for c, d in told if d.outcome is not Outcome.REPORTED and d.text]
        told.sort(key=lambda pair: (pair[1].day or date.max, pair[0].record, pair[1].start))
        decided.sort(key=lambda pair: (pair[1].day or date.max, pair[0].record, pair[1].start))
        ordered = tuple(sorted(cases, key=lambda c: (c.day or date.max, c.record)))
        if not told:
            return self._one_verdict(question, ordered[-1], hits)
        case, decision = (decided or told)[-1]
        statements = [self._verdict_lead(case, decision)]
        if len(told) > 1 or len(cases) > 1:
            statements.append(Statement(Style.HEADING, ("経過",)))
            for number_, (c, d) in enumerate(told):
                newest = "（最新）" if number_ == len(told) - 1 else ""
                quote = (
                    Quote(c.record, d.start, d.end) if d.text else Quote(c.record, *c.title_span)
                )
                statements.append(
                    Statement(
                        Style.CASE,
                        (f"{sitting_name(c, d)}: **{OUTCOME_WORDS[d.outcome]}**{newest} ", quote),
                    )
                )
                statements += [
                    Statement(Style.ITEM, ("条件・附帯意見: ", Quote(c.record, x.start, x.end)))
                    for x in d.conditions
                ]
        else:
            statements.append(self._about(case))
            statements += self._condition_items(case, decision)
        if case.outcome is Outcome.REPORTED and not decision.text:
            statements += self._reported(case)
        units = [u for u in self.evidence.units(question, hits, list(cases)) if u.case in cases]
        shown = [u for u in units if u.covered >= 0.5 and not self._is_title(u)][:3]
        if shown:
            statements.append(Statement(Style.HEADING, ("記録にある関連の記載",)))
            statements += [self._unit_item(unit, question) for unit in shown]
        statements += self._law_note(cases)
        return Draft(tuple(statements), ordered)

    def _reported(self, case: Case) -> list[Statement]:
        """What a report told: the first lines of its part that are no title and no speech."""
        text = self.index.text(case.record)
        told: list[Statement] = []
        start, end = max(case.spans, key=lambda span: span[1] - span[0])
        for a, b in sentences(text, start, min(end, start + 900)):
            said = fold(text[a:b])
            if len(said) < 16 or said[:12] in fold(case.title) or re.match(r"^[-―—(（]", text[a]):
                continue
            told.append(Statement(Style.ITEM, (Quote(case.record, a, min(b, a + 120)),)))
            if len(told) == 3:
                break
        return told

    # -- conditions

    def _conditions(
        self,
        question: Question,
        matches: Sequence[Match],
        hits: Sequence[Hit],
        scope: Sequence[Case],
    ) -> Draft:
        cases = [match.case for match in matches]
        if not cases and not question.terms and question.municipalities:
            cases = [case for case in scope if case.outcome is Outcome.APPROVED_WITH_CONDITIONS]
        if not cases:
            return self._no_such_case(question, hits)
        cases = self._with_chains(cases, question)
        attached = [
            (case, decision) for case in cases for decision in case.decisions if decision.conditions
        ]
        decided = [c for c in cases if c.outcome not in (Outcome.NOT_RECORDED, Outcome.REPORTED)]
        statements: list[Statement] = []
        if attached:
            several = len({case.id for case, _ in attached}) > 1
            statements.append(
                Statement(
                    Style.LEAD,
                    (
                        "次の意見・条件が付いています"
                        + (
                            "。"
                            if several
                            else f"（{attached[0][0].municipality or ''} {sitting_name(*attached[0])}、{OUTCOME_WORDS[attached[0][1].outcome]}）。"
                        ),
                        *(Quote(c.record, d.start, d.end, show=False) for c, d in attached[:3]),
                    ),
                )
            )
            for case, decision in attached:
                prefix = (
                    f"{case.municipality or ''} {short_title(case.title, 24)}: " if several else ""
                )
                statements += [
                    Statement(Style.ITEM, (prefix, Quote(case.record, x.start, x.end)))
                    for x in decision.conditions
                ]
            others = [case for case in cases if case not in [c for c, _ in attached]]
            if others:
                statements.append(Statement(Style.HEADING, ("ほかの案件",)))
                statements += [self._case_line(case) for case in self._sorted(others)]
            related = [
                u
                for u in self.evidence.units(question, hits, cases)
                if u.covered >= 0.75 and not self._is_title(u)
            ][:2]
            if related:
                statements.append(Statement(Style.HEADING, ("関連の記載",)))
                statements += [self._unit_item(unit, question) for unit in related]
            return Draft(tuple(statements), tuple(self._sorted(cases)))
        if not decided:
            return self._many_or_one_unrecorded(question, cases, hits)
        unknown = [c for c in decided if c.outcome is Outcome.APPROVED_WITH_CONDITIONS]
        if unknown:
            case = unknown[0]
            newest = case.newest
            assert newest is not None
            return Draft(
                (
                    Statement(
                        Style.LEAD,
                        (
                            "意見・条件が付いたことは記録されていますが、**その内容は記録にありません。**",
                            Quote(case.record, newest.start, newest.end, show=False),
                        ),
                    ),
                    self._case_line(case),
                    self._searched_note(question),
                ),
                (case,),
                True,
            )
        if len(decided) == 1:
            case = decided[0]
            lead = self._verdict_lead(case)
            if case.outcome is Outcome.APPROVED:
                lead = Statement(
                    Style.LEAD, ("**条件・附帯意見の記載はありません。**", *lead.pieces)
                )
            return Draft(
                (lead, self._about(case), *self._asked_items(question, case, hits)), (case,)
            )
        return self._many_verdicts(question, decided, hits)

    def _many_or_one_unrecorded(
        self, question: Question, cases: Sequence[Case], hits: Sequence[Hit]
    ) -> Draft:
        if len(cases) == 1:
            return self._one_verdict(question, cases[0], hits)
        return self._many_verdicts(question, cases, hits)

    # -- lists and counts

    def _list(
        self,
        question: Question,
        matches: Sequence[Match],
        hits: Sequence[Hit],
        scope: Sequence[Case],
    ) -> Draft:
        cases = [match.case for match in matches if match.strong >= 0.5 or match.full >= 0.8]
        generic = not question.terms
        if generic and (
            question.municipalities or question.dated or question.outcomes or question.kinds
        ):
            cases = list(scope)
        if not cases and matches:
            cases = [match.case for match in matches]
        cases = self._by_outcome(question, cases if not generic or cases else list(scope))
        if not cases:
            if question.outcomes and scope:
                return self._no_such_outcome(question, scope)
            if question.intent is Intent.COUNT or question.wanted is not Wanted.ANYTHING:
                alone = self._fact(question, hits, [])
                if alone is not None:
                    return alone
            return self._no_such_case(question, hits)
        if question.intent is Intent.COUNT and question.terms and not self._counts_cases(question):
            alone = self._fact(question, hits, [match.case for match in matches])
            if alone is not None:
                return alone
        return Draft(
            (
                self._count_lead(question, cases),
                *(self._case_line(case) for case in self._sorted(cases)),
                *self._law_note(cases),
            ),
            tuple(self._sorted(cases)),
        )

    def _counts_cases(self, question: Question) -> bool:
        return bool(re.search(r"案件|諮問|承認", fold(question.text)))

    def _by_outcome(self, question: Question, cases: Sequence[Case]) -> list[Case]:
        """The cases with the outcome that the question asks for."""
        key = fold(question.text)
        if question.outcomes:
            return [
                case
                for case in cases
                if any(d.outcome in question.outcomes for d in case.decisions[-1:])
            ]
        if re.search(r"(?:意見|条件).{0,4}(?:付|つ)", key):
            return [
                case
                for case in cases
                if case.outcome is Outcome.APPROVED_WITH_CONDITIONS
                or any(d.conditions for d in case.decisions)
            ]
        if re.search(r"結論(?:を|が)(?:出|下)した|結論が出(?:た|ている)", key):
            return [
                case
                for case in cases
                if case.outcome not in (Outcome.NOT_RECORDED, Outcome.REPORTED)
            ]
        if re.search(
            r"承認された(?:案件|もの|の)|認められた(?:案件|もの|の)", key
        ) and question.intent in (Intent.LIST, Intent.COUNT):
            return [case for case in cases if case.outcome in COMPATIBLE[Outcome.APPROVED]]
        return list(cases)

    def _comparison(
        self,
        question: Question,
        matches: Sequence[Match],
        hits: Sequence[Hit],
        scope: Sequence[Case],
    ) -> Draft:
        cases = [match.case for match in matches]
        asks_verdict = bool(re.search(r"結論|承認|判断|条件|結果|可否", fold(question.text)))
        if cases and (
            asks_verdict
            or (
                question.municipalities
                and question.wanted is Wanted.ANYTHING
                and len(cases) > 1
                and not self._has_detail(question, matches)
            )
        ):
            return self._many_verdicts(question, self._with_chains(cases, question), hits)
        if (
            not question.municipalities
            and question.wanted is Wanted.ANYTHING
            and len(question.terms) <= 3
            and not asks_verdict
        ):
            return self._definition(question, hits, cases)
        chosen = self._side_by_side(question, matches, hits)
        if not chosen:
            draft = self._fact(question, hits, cases) if question.intent is Intent.FACT else None
            return draft if draft is not None else self._not_said(question, cases, hits)
        statements = [
            self._unit_statement(unit, Style.LEAD if n == 0 else Style.ITEM, question, place=True)
            for n, unit in enumerate(chosen)
        ]
        told = tuple(dict.fromkeys(unit.case.id for unit in chosen if unit.case))
        return Draft(tuple(statements), tuple(self.evidence.by_id[i] for i in told))

    def _side_by_side(
        self, question: Question, matches: Sequence[Match], hits: Sequence[Hit]
    ) -> list[Unit]:
        """The best sentence of each case (or town) compared, for what is asked of all of them."""
        best: dict[str, Unit] = {}
        named = {
            term.key: {m.case.id for m in matches if found(term, fold(m.case.title))}
            for term in question.terms
        }
        for match in matches[:6]:
            # a word that names another of the cases is not asked of this one
            own = tuple(
                t for t in question.terms if not named[t.key] or match.case.id in named[t.key]
            )
            asked = replace(question, terms=own)
            of_case = [hit for hit in hits if hit.passage.case == match.case.id]
            for unit in self.evidence.units(asked, of_case, [match.case]):
                fits = self._near_holds(unit, question.wanted) and not self._is_title(unit)
                if fits and unit.covered >= 0.5 and unit.score >= ENOUGH_SCORE - 0.25:
                    place = match.case.municipality or match.case.record
                    key = place if len(question.municipalities) > 1 else match.case.id
                    if key not in best or unit.score > best[key].score:
                        best[key] = unit
                    break
        if not best:
            for unit in self.evidence.units(question, hits, []):
                place = (unit.case.municipality if unit.case else None) or unit.record
                if (
                    place not in best
                    and unit.covered >= 0.5
                    and self._near_holds(unit, question.wanted)
                    and not self._is_title(unit)
                ):
                    best[place] = unit
        return sorted(best.values(), key=lambda unit: -unit.score)[:4]

    def _has_detail(self, question: Question, matches: Sequence[Match]) -> bool:
        """Whether words of the question stand in no title: it asks about more than the cases."""
        return all(match.strong < 0.75 for match in matches)

    # -- exchanges

    def _ranked_exchanges(
        self,
        question: Question,
        cases: Sequence[Case],
        hits: Sequence[Hit],
        *,
        replied: bool = True,
    ) -> list[tuple[Case, Exchange]]:
        """The exchanges of the cases, those that bear on the question's own words first."""
        rank = {hit.passage.id: n for n, hit in enumerate(hits)}
        scored = []
        for case in cases:
            text = self.index.text(case.record)
            facts = fold(case.title)
            for n, exchange in enumerate(case.exchanges):
                said = fold(text[exchange.start : exchange.end])
                unanswered = replied and not exchange.replies
                if len(said) < 14 or unanswered or exchange.question.role is Role.CHAIR:
                    continue
                own = sum(
                    t.weight for t in question.terms if found(t, said) and not found(t, facts)
                )
                place = next(
                    (
                        r
                        for i, r in rank.items()
                        if i.startswith(f"{case.record}@{exchange.start}-")
                    ),
                    60,
                )
                scored.append(
                    (-(own + 1.5 / (1 + place / 5) + min(len(said), 160) / 400), n, case, exchange)
                )
        scored.sort(key=lambda item: (item[0], item[1]))
        return [(case, exchange) for _, _, case, exchange in scored]

    def _exchange_item(self, case: Case, exchange: Exchange, *, place: bool = False) -> Statement:
        pieces: list[str | Quote] = []
        if place:
            pieces.append(f"{case.municipality or ''} {short_title(case.title, 18)} ")
        asker = level(exchange.question.speaker) or "委員"
        pieces += [
            f"{asker}: ",
            self._shortened(case.record, exchange.question.start, exchange.question.end),
        ]
        for reply in exchange.replies[:1]:
            who = level(reply.speaker) or "回答"
            pieces += [f" → {who}: ", self._shortened(case.record, reply.start, reply.end)]
        return Statement(Style.ITEM, tuple(pieces))

    def _shortened(self, record: str, start: int, end: int, longest: int = 110) -> Quote:
        """The span, or its first sentences where it is long."""
        if end - start <= longest:
            return Quote(record, start, end)
        text = self.index.text(record)
        stop = text.rfind("。", start, start + longest)
        if stop < start + 20:
            stop = text.find("。", start, end)
        return Quote(record, start, stop + 1 if stop >= 0 else end)

    def _exchanges(
        self, question: Question, matches: Sequence[Match], hits: Sequence[Hit]
    ) -> Draft:
        cases = [match.case for match in matches]
        speaking = re.search(r"([^\s、。]{2,6}[市区町村県])の委員", level(question.text))
        if (
            speaking
            and cases
            and not any(
                (c.municipality or "").endswith(speaking[1])
                or speaking[1].endswith(c.municipality or "-")
                for c in cases
            )
        ):
            return self._no_exchanges(question, cases, f"{speaking[1]}の委員の発言")
        if matches:
            best = matches[0].score
            cases = self._with_chains([m.case for m in matches if m.score >= 0.9 * best], question)
        lacking = [
            t for t in question.terms if cases and not any(found(t, fold(c.title)) for c in cases)
        ]
        if cases and not any(case.exchanges for case in cases):
            if (
                lacking
                and (alone := self._fact(question, hits, cases)) is not None
                and not _ASKS_WHO_SAID.search(question.text)
            ):
                return alone
            return self._no_exchanges(question, cases)
        opposing = bool(_ASKS_DOUBTS.search(question.text))
        if (lacking and not opposing) or not cases:
            draft = self._fact(question, hits, cases)
            if draft is not None:
                return draft
            if not cases:
                return self._not_said(question, cases, hits)
        pairs = [p for p in self._ranked_exchanges(question, cases, hits)]
        if opposing:
            special = [
                t
                for t in question.terms
                if t.weight >= 1.5
                and not any(found(t, fold(c.title)) for c in cases)
                and not _ASKS_DOUBTS.search(t.key)
            ]
            doubts = [
                (case, exchange)
                for case, exchange in self._ranked_exchanges(question, cases, hits, replied=False)
                if (
                    not special
                    or any(
                        found(t, fold(self.index.text(case.record)[exchange.start : exchange.end]))
                        for t in special
                    )
                )
                and exchange.question.role in (Role.MEMBER, Role.UNKNOWN)
                and _DOUBTS.search(
                    fold(
                        self.index.text(case.record)[
                            exchange.question.start : exchange.question.end
                        ]
                    )
                )
            ]
            if not doubts:
                return self._no_exchanges(question, cases, "反対・懸念を述べた発言")
            pairs = doubts
        if not pairs:
            return self._no_exchanges(question, cases)
        lead = Statement(
            Style.LEAD,
            (
                f"{short_title(cases[0].title, 26)}（{cases[0].municipality or ''} {sitting_name(cases[0])}）では、次のようなやり取りがありました。",
                Quote(cases[0].record, *cases[0].title_span, show=False),
            ),
        )
        items = [self._exchange_item(case, exchange) for case, exchange in pairs[:5]]
        if opposing or len(pairs) == 1:
            return Draft((*items, self._case_line(cases[0])), tuple(cases))
        return Draft((lead, *items), tuple(cases))

    # -- facts

    def _fact(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> Draft | None:
        """The sentence that holds the fact, first; None where none holds it."""
        catalogued = self._catalogued(question, meant)
        if catalogued is not None:
            return catalogued
        units = [
            unit
            for unit in self.evidence.units(question, hits, meant)
            if not self._is_title(unit) and self._is_timely(unit, question)
        ]
        units = [unit for unit in self._of_kind(units, question) if self._enough(unit, question)]
        if not units:
            return None
        best = self._answering(units[0])
        others = [
            u for u in units[1:12]
            if self._enough(u, question) and u.score >= best.score - 0.5
            and not (u.start < best.end and best.start < u.end and u.record == best.record)
            and (u.start, u.record) != (best.start, best.record)
        ][:3]  # fmt: skip
        if question.intent is Intent.REASON:
            best = self._continued(best)
        statements = [self._unit_statement(best, Style.LEAD, question, place=best.case is None)]
        for wanted in read_wants(question.text)[1:3]:  # 件数と開始日は
            second = self._best_for(replace(question, wanted=wanted), hits, meant, best)
            if second is not None:
                statements.append(
                    self._unit_statement(second, Style.LEAD, replace(question, wanted=wanted))
                )
                others = [unit for unit in others if unit.start != second.start]
        if others:
            statements += [
                self._unit_item(unit, question, place=unit.case != best.case) for unit in others
            ]
        told = tuple(dict.fromkeys(u.case.id for u in [best] if u.case))
        cases = tuple(self.evidence.by_id[i] for i in told)
        if cases:
            statements.append(self._case_line(cases[0]))
        return Draft(tuple(statements), cases)

    def _of_kind(self, units: Sequence[Unit], question: Question) -> list[Unit]:
        """Where a figure, a time, a company … is asked for: the sentences that hold one, first those
        with the counter asked for (何世帯)."""
        if question.wanted is Wanted.ANYTHING:
            return list(units)
        holding = [unit for unit in units if self._near_holds(unit, question.wanted)]
        if not holding:
            return [] if question.wanted in _STRICT else list(units)
        counter = FEATURES.index("counter")
        counted = [
            u for u in holding if u.features[counter] > 0 and u.score >= holding[0].score - 1.0
        ]
        rest = [unit for unit in holding if unit not in counted]
        return [*counted, *rest]

    def _answering(self, unit: Unit) -> Unit:
        """The reply, where the sentence found is the question that it answers."""
        if unit.case is None or unit.asked is not None:
            return unit
        for exchange in unit.case.exchanges:
            question = exchange.question
            if question.start <= unit.start < question.end and exchange.replies:
                if not fold(unit.text).endswith(("か。", "か")):
                    return unit
                reply = exchange.replies[0]
                text = self.index.text(unit.record)
                end = reply.end
                if end - reply.start > 200:
                    spans = list(sentences(text, reply.start, reply.end))
                    end = next((b for _, b in spans if b - reply.start >= 40), reply.end)
                return replace(
                    unit, start=reply.start, end=end, text=text[reply.start : end],
                    role=reply.role, speaker=reply.speaker, asked=question,
                )  # fmt: skip
        return unit

    def _continued(self, unit: Unit) -> Unit:
        """A sentence with the one after it, where a reason may go on."""
        text = self.index.text(unit.record)
        stop = unit.end
        following = list(sentences(text, unit.end, min(len(text), unit.end + 200)))
        if (
            following
            and unit.end - unit.start <= 130
            and unit.role is None
            and text[unit.end - 1] == "。"
        ):
            start, end = following[0]
            if (
                text[end - 1] == "。"
                and "\t" not in text[start:end]
                and text.count("\n", unit.end, start) <= 2
            ):
                stop = end
        return replace(unit, end=stop, text=text[unit.start : stop])

    def _best_for(
        self, question: Question, hits: Sequence[Hit], meant: Sequence[Case], first: Unit
    ) -> Unit | None:
        """The best sentence for another kind of fact, of the same case as the first."""
        return next(
            (
                unit
                for unit in self.evidence.units(question, hits, meant)
                if unit.case == first.case and unit.start != first.start
                and not self._is_title(unit) and holds(question.wanted, fold(unit.text))
                and unit.covered >= 0.4
            ),
            None,
        )  # fmt: skip

    def _enough(self, unit: Unit, question: Question) -> bool:
        if unit.covered < ENOUGH_COVERED or unit.score < ENOUGH_SCORE:
            return False
        if question.wanted in _STRICT and not self._near_holds(unit, question.wanted):
            return False
        lacking_names = [
            t for t in question.terms if t.key in unit.lacking and t.name and t.weight > 1.6
        ]
        return len(lacking_names) == 0 or unit.covered >= 0.8

    def _near_holds(self, unit: Unit, wanted: Wanted) -> bool:
        own = fold(unit.text)
        figures = wanted is Wanted.NUMBER and unit.passage.kind is PassageKind.TABLE
        company = wanted is Wanted.COMPANY and unit.features[FEATURES.index("kind of fact")] > 0
        return holds(wanted, own) or company or (figures and bool(re.search(r"[0-9]", own)))

    def _is_title(self, unit: Unit) -> bool:
        if unit.case is None:
            return False
        own, title = fold(unit.text), fold(unit.case.title)
        return len(own) >= 12 and (own in title or title in own or own[:24] == title[:24])

    def _is_timely(self, unit: Unit, question: Question) -> bool:
        """Whether a sentence is of the time named: its own words, its headings, or its case say so."""
        if not question.years and not question.calendar_years:
            return True
        own = fold(f"{unit.passage.heading} {unit.passage.text}")
        for year in (*question.years, *question.calendar_years):
            name = fold(year_name(year))
            if name in own or name.removesuffix("度") in own or f"{year}年" in own:
                return True
        return unit.case is not None and self.evidence.timely(unit.case, question)

    def _trimmed(
        self, unit: Unit, question: Question, longest: int = 62, *, lead: bool = False
    ) -> Quote:
        """The unit, or where it is long, the clauses of it that bear most on the question."""
        if question.intent is Intent.REASON or question.wanted is Wanted.ANYTHING:
            # a reason, a how: the words around it are part of the answer
            longest = 130 if lead else 80
        if unit.end - unit.start <= longest:
            return Quote(unit.record, unit.start, unit.end)
        text = self.index.text(unit.record)
        cuts = [
            unit.start,
            *(m.end() + unit.start for m in re.finditer(r"[、。，,]", unit.text)),
            unit.end,
        ]
        cuts = sorted(set(cuts))
        best, chosen = -1.0, (unit.start, unit.end)
        facts = fold(unit.case.title) if unit.case else ""
        asked = [(t, t.weight * (1 - 0.9 * t.share(facts))) for t in question.terms]
        for i, start in enumerate(cuts[:-1]):
            for end in cuts[i + 1 :]:
                if end - start > longest and end != cuts[i + 1]:
                    break
                piece = fold(text[start:end])
                worth = sum(weight * t.share(piece) for t, weight in asked)
                if question.wanted is not Wanted.ANYTHING and holds(question.wanted, piece):
                    worth += 5.0
                if question.intent is Intent.REASON and _GROUND.search(piece):
                    worth += 1.0
                worth += 0.4 * (end == unit.end or text[end - 1] == "。") + 0.002 * (end - start)
                if worth > best:
                    best, chosen = worth, (start, end)
        start, end = chosen
        return Quote(unit.record, start, end)

    def _unit_statement(
        self, unit: Unit, style: Style, question: Question, *, place: bool = False
    ) -> Statement:
        text = self.index.text(unit.record)
        pieces: list[str | Quote] = []
        whose = _SPEAKERS[unit.role]
        if unit.speaker and unit.role in (Role.MEMBER, Role.CHAIR):
            whose = f"{level(unit.speaker)}の発言"
        short = len(fold(unit.text)) < 16
        if unit.asked is not None and short:
            pieces += [self._shortened(unit.record, unit.asked.start, unit.asked.end), " → "]
        pieces.append(self._trimmed(unit, question, lead=style is Style.LEAD))
        label = self._row_label(text, unit)
        if label is not None:
            pieces.insert(0, ": ")
            pieces.insert(0, label)
        where = ""
        if place:
            known = [unit.case.municipality or "" if unit.case else self._place_of(unit.record)]
            if unit.case:
                known += [unit.case.meeting, short_title(unit.case.title, 20)]
            where = " ".join(part for part in known if part)
        pieces.append(f"（{whose}{'、' + where if where else ''}）")
        return Statement(style, tuple(pieces))

    def _row_label(self, text: str, unit: Unit) -> Quote | None:
        """The cell that names the row a unit was cut from, if it stands apart from the unit."""
        row_start = text.rfind("\n", 0, unit.start) + 1
        before = text[row_start : unit.start]
        if "\t" not in before and "|" not in before:
            return None
        cell = re.search(r"[^\t|]+", before)
        if cell is None or not 2 <= len(fold(cell.group())) <= 24 or "<" in cell.group():
            return None
        stripped = cell.group().strip()
        start = row_start + cell.start() + cell.group().index(stripped)
        return Quote(unit.record, start, start + len(stripped))

    def _unit_item(self, unit: Unit, question: Question, *, place: bool = False) -> Statement:
        return self._unit_statement(unit, Style.ITEM, question, place=place)

    def _place_of(self, record: str) -> str:
        return next((m.municipality or "" for m in self.meetings if m.record == record), "")

    def _catalogued(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """Facts that the catalogue holds of a case: its office, its articles."""
        if not meant:
            return None
        case = meant[0]
        if (
            question.wanted is Wanted.OFFICE
            and case.department_span
            and re.search(r"所管|担当|部署|どこの課|どの課|出した|諮問した", question.text)
        ):
            return Draft(
                (
                    Statement(
                        Style.LEAD,
                        (
                            f"**{level(case.department or '')}**です。記載: ",
                            Quote(case.record, *case.department_span),
                        ),
                    ),
                    self._case_line(case),
                ),
                (case,),
            )
        told_by = re.search(r"言われ|述べ|指摘|発言|説明", question.text)
        if question.wanted is Wanted.LAW and case.legal_basis and not told_by:
            quotes = [
                q for article in case.legal_basis if (q := self._article_quote(case, article))
            ]
            if quotes:
                pieces: list[str | Quote] = [f"**{'、'.join(case.legal_basis)}**です。"]
                return Draft(
                    (Statement(Style.LEAD, (*pieces, *quotes)), self._case_line(case)), (case,)
                )
        return None

    def _article_quote(self, case: Case, article: str) -> Quote | None:
        text = self.index.text(case.record)
        number_ = re.search(r"第\d+条.*", article)
        if number_ is None:
            return None
        for start, end in case.spans:
            key, offsets = folded_with_offsets(text[start:end])
            at = key.find(number_.group())
            if at >= 0:
                return Quote(
                    case.record,
                    start + offsets[at],
                    start + offsets[at + len(number_.group()) - 1] + 1,
                    show=False,
                )
        return Quote(case.record, *case.title_span, show=False)

    # -- definitions

    def _definition(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> Draft:
        units = self.evidence.units(question, hits, [])
        scored = []
        for unit in units:
            own = fold(unit.text)
            if self._is_title(unit) or unit.covered < 0.6 or own.endswith(("か。", "か")):
                continue
            bonus = 0.0
            if unit.asked is not None:
                asked = fold(self.index.text(unit.record)[unit.asked.start : unit.asked.end])
                if any(
                    re.search(
                        re.escape(form) + r"[^。]{0,10}(?:とは|って|という(?:の|こと)|何)", asked
                    )
                    for t in question.terms
                    for form in t.forms
                ):
                    bonus = 0.6
            for term in question.terms:
                for form in term.forms:
                    if len(form) < 2:
                        continue
                    if re.search(
                        re.escape(form) + r"[」』]?(?:\([^()]*\)|※)?(?:とは|というのは)", own
                    ):
                        bonus = max(bonus, 1.2)
                    elif re.search(
                        re.escape(form)
                        + r"[^。]{0,12}(?:とは|というのは|と(?:いう|いい)|は、[^。]{4,60}(?:である|もの|こと|をいう))",
                        own,
                    ):
                        bonus = max(bonus, 0.5)
                    elif re.search(
                        r"※"
                        + re.escape(form)
                        + "|"
                        + re.escape(form)
                        + r"(?:に(?:は)?(?:該当|当た)|[^。]{0,8}…)",
                        own,
                    ):
                        bonus = max(bonus, 0.6)
            if any(found(t, own) for t in question.terms) or (
                unit.asked
                and any(
                    found(t, fold(self.index.text(unit.record)[unit.asked.start : unit.asked.end]))
                    for t in question.terms
                )
            ):
                bonus += 0.15
            scored.append((unit.score + bonus, unit))
        scored.sort(key=lambda pair: -pair[0])
        if not scored or scored[0][0] < ENOUGH_SCORE + 0.1:
            return self._not_said(question, meant, hits)
        chosen = [unit for score, unit in scored[:4] if score >= scored[0][0] - 0.35]
        statements = [self._unit_statement(chosen[0], Style.LEAD, question, place=True)]
        statements += [self._unit_item(unit, question, place=True) for unit in chosen[1:3]]
        examples = [case for case in meant if case.outcome is not Outcome.NOT_RECORDED][:3]
        if examples:
            statements.append(Statement(Style.HEADING, ("この言葉が出てくる案件",)))
            statements += [self._case_line(case) for case in examples]
        return Draft(tuple(statements), tuple(examples))

    # -- meetings

    def _meeting(self, question: Question, hits: Sequence[Hit], scope: Sequence[Case]) -> Draft:
        key = fold(question.text)
        meetings = [m for m in self.meetings if self._meeting_fits(m, question)]
        if re.search(r"何を審議|案件|議題|何が審議", key):
            return self._list(question, [], hits, scope)
        if not meetings:
            rows = self._row_sitting(question, scope)
            if rows is not None:
                return rows
            draft = self._fact(question, hits, [])
            return draft if draft is not None else self._no_such_time(question)
        statements: list[Statement] = []
        if re.search(r"会長|議長|出席|欠席|委員は|いなかった|何人", key):
            named = [m for m in meetings if m.attendees_span]
            chairs = [m for m in named if any("会長" in name for name in m.attendees)]
            if re.search(r"会長|議長", key):
                if not chairs:
                    return self._not_said(question, [], hits)
                chair = next(name for name in chairs[0].attendees if "会長" in name)
                span = self._find_in(chairs[0], chair)
                statements.append(
                    Statement(
                        Style.LEAD,
                        (f"**{level(chair)}**です（{self._meeting_name(chairs[0])}）。", span),
                    )
                )
                return Draft(tuple(statements))
            if len(named) >= 2 and re.search(r"いな(?:かった|い)|欠席|来な", key):
                first, second = named[0], named[1]
                absent = [n for n in first.attendees if n not in second.attendees]
                if absent:
                    statements.append(
                        Statement(
                            Style.LEAD,
                            (
                                f"**{'、'.join(absent)}**です（出席者の名簿の比較）。",
                                *[self._attendees_quote(m) for m in (first, second)],
                            ),
                        )
                    )
            statements += [
                Statement(
                    Style.CASE if statements else Style.LEAD,
                    (f"{self._meeting_name(m)}の出席者: ", self._attendees_quote(m, show=True)),
                )
                for m in named
            ]
            if statements:
                return Draft(tuple(statements))
        asks_day = re.search(r"いつ|日時|何日|日付|何月|開か|開催", key)
        asks_place = re.search(r"どこ|場所|会場", key)
        if asks_day or asks_place:
            for m in meetings[:4]:
                pieces: list[str | Quote] = [f"{self._meeting_name(m)}: "]
                if asks_day and m.day_span:
                    pieces += [f"**{date_name(m.day)}** ", self._row_quote(m.record, m.day_span)]
                if asks_place and (place := self._place_quote(m)):
                    pieces += [" 場所 ", place]
                if len(pieces) > 1:
                    statements.append(
                        Statement(Style.LEAD if not statements else Style.CASE, tuple(pieces))
                    )
            if statements:
                return Draft(tuple(statements))
        draft = self._fact(question, hits, [])
        return draft if draft is not None else self._not_said(question, [], hits)

    def _row_sitting(self, question: Question, scope: Sequence[Case]) -> Draft | None:
        """A sitting that stands only in a row of a yearly report: the row's own words on it."""
        told = [case for case in scope if case.newest and "#r" in case.newest.meeting_id]
        if not told or question.ordinal is None:
            return None
        case = told[0]
        text = self.index.text(case.record)
        start, end = case.spans[0]
        cells = [m for m in re.finditer(r"[^\t|]+", text[start:end]) if m.group().strip()]
        dated = next((m for m in cells if any(True for _ in dates(m.group()))), None)
        if dated is None:
            return None
        words = dated.group().strip()
        at = start + dated.start() + dated.group().index(words)
        lead = Statement(
            Style.LEAD,
            (
                f"{case.municipality or ''} {case.meeting}: ",
                Quote(case.record, at, at + len(words)),
                "（年次報告の表の記載）",
            ),
        )
        return Draft(
            (lead, *(self._case_line(c) for c in self._sorted(told))), tuple(self._sorted(told))
        )

    def _meeting_fits(self, meeting: Meeting, question: Question) -> bool:
        if question.municipalities and meeting.municipality not in question.municipalities:
            return False
        if question.ordinal is not None and meeting.ordinal != question.ordinal:
            return False
        if question.years and meeting.year not in question.years:
            return False
        if (
            question.calendar_years
            and (meeting.day is None or meeting.day.year not in question.calendar_years)
            and meeting.year not in question.calendar_years
        ):
            return False
        if question.days and meeting.day not in question.days:
            return False
        return bool(question.municipalities or question.dated)

    def _meeting_name(self, meeting: Meeting) -> str:
        parts = [meeting.municipality or "", meeting.name, meeting.sitting]
        return " ".join(part for part in parts if part)

    def _find_in(self, meeting: Meeting, words: str) -> Quote:
        assert meeting.attendees_span is not None
        text = self.index.text(meeting.record)
        at = text.find(words, *meeting.attendees_span)
        if at >= 0:
            return Quote(meeting.record, at, at + len(words), show=False)
        return Quote(meeting.record, *meeting.attendees_span, show=False)

    def _attendees_quote(self, meeting: Meeting, *, show: bool = False) -> Quote:
        assert meeting.attendees_span is not None
        return Quote(meeting.record, *meeting.attendees_span, show=show)

    def _row_quote(self, record: str, span: tuple[int, int]) -> Quote:
        text = self.index.text(record)
        end = text.find("\n", span[1])
        end = len(text) if end < 0 else end
        stop = re.search(r"[\t|]", text[span[1] : end])
        end = span[1] + stop.start() if stop else min(end, span[1] + 40)
        return Quote(record, span[0], span[0] + len(text[span[0] : end].rstrip()))

    def _place_quote(self, meeting: Meeting) -> Quote | None:
        text = self.index.text(meeting.record)
        head = text[meeting.start : min(meeting.end, meeting.start + 1200)]
        label = re.search(
            r"(?m)^[^\n]{0,6}?(?:開催場所|場[ \u3000]*所|会[ \u3000]*場|ところ|と こ ろ)[ \u3000]*[:：|\t]?[ \u3000\t\n]*(?P<v>[^\n\t|（）()]{3,40})",
            head,
        )
        if label:
            value = label["v"].strip()
            start = meeting.start + label.start("v") + label["v"].index(value)
            return Quote(meeting.record, start, start + len(value))
        room = re.search(r"[^\n\t]{0,20}(?:会議室|庁議室|委員会室|会館|室)[^\n\t]{0,6}", head)
        if room:
            value = room.group().strip()
            start = meeting.start + room.start() + room.group().index(value)
            return Quote(meeting.record, start, start + len(value))
        return None

    # -- what is presumed, and what is missing

    def _presumes_wrongly(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """Where a question takes an outcome for granted that the records contradict: the correction."""
        assert question.presumed is not None
        fitting = COMPATIBLE[question.presumed]
        cases = self._with_chains(meant[:3], question)
        outcomes = {d.outcome for case in cases for d in case.decisions}
        if outcomes & fitting and not (
            question.presumed is Outcome.APPROVED and outcomes == {Outcome.PARTLY_APPROVED}
        ):
            return None
        decided = [case for case in cases if case.outcome is not Outcome.NOT_RECORDED]
        if not decided:
            return self._one_verdict(question, cases[0], ())
        case = decided[-1]
        lead = self._verdict_lead(case)
        said = (
            "承認された"
            if question.presumed is Outcome.APPROVED
            else OUTCOME_WORDS[question.presumed] + "となった"
        )
        statements = [
            Statement(Style.LEAD, (f"記録では、{said}のではなく、", *lead.pieces)),
            self._about(case),
            *self._condition_items(case),
        ]
        return Draft(tuple(statements), (case,))

    def _place_is_told(self, question: Question, hits: Sequence[Hit]) -> bool:
        """Whether a town without records of its own is spoken of in what was found."""
        if re.search(r"審議会|審査会|案件|諮問|承認", question.text):
            return False
        return any(
            fold(p)[:-1] in fold(hit.passage.text)
            for p in question.unknown_places
            for hit in hits[:5]
        )

    def _nothing_asked(self) -> Draft:
        return Draft(
            (
                Statement(
                    Style.NOTE,
                    ("質問を入力してください。例:「AI-OCRの案件は承認されましたか。条件は?」",),
                ),
            ),
            (),
            True,
        )

    def _no_such_place(self, question: Question) -> Draft:
        names = "、".join(question.unknown_places)
        held = "、".join(
            sorted({case.municipality for case in self.evidence.cases if case.municipality})[:12]
        )
        statements = [
            Statement(
                Style.NOTE,
                (f"**{names}の記録はありません。**読み込まれている記録は{held}のものです。",),
            ),
        ]
        return Draft((*statements, self._searched_note(question)), (), True)

    def _no_such_time(self, question: Question) -> Draft:
        named = [year_name(y) for y in question.years] + [f"{y}年" for y in question.calendar_years]
        named += [f"第{question.ordinal}回"] if question.ordinal else []
        named += [date_name(day) for day in question.days]
        where = "、".join(question.municipalities)
        held = sorted({
            f"{case.municipality or ''} {case.meeting}".strip()
            for case in self.evidence.cases
            if case.meeting and (not question.municipalities or case.municipality in question.municipalities)
        })  # fmt: skip
        words = f"**{where + 'の' if where else ''}{' '.join(named)}の記録は見つかりません。**"
        if held:
            words += f"ある記録: {'、'.join(held[:10])}{' ほか' if len(held) > 10 else ''}。"
        return Draft((Statement(Style.NOTE, (words,)), self._searched_note(question)), (), True)

    def _no_such_outcome(self, question: Question, scope: Sequence[Case]) -> Draft:
        names = "・".join(OUTCOME_WORDS[outcome] for outcome in question.outcomes)
        lead = self._count_lead(question, scope)
        return Draft(
            (
                Statement(Style.LEAD, (f"**{names}とされた案件は見つかりません。**", *lead.pieces)),
                *(self._case_line(case) for case in self._sorted(scope)[:12]),
                self._searched_note(question),
            ),
            tuple(self._sorted(scope)),
            True,
        )

    def _no_such_case(self, question: Question, hits: Sequence[Hit]) -> Draft:
        """No case fits: say so, say what was searched, and name what is nearest elsewhere."""
        where = "、".join(question.municipalities)
        what = self._topic_words(question)
        subject = f"{where}の記録に、" if where else "記録に、"
        topic = f"「{what}」に当たる案件は" if what else "お尋ねの案件は"
        statements = [Statement(Style.NOTE, (f"**{subject}{topic}見つかりません。**",))]
        elsewhere = [
            match.case
            for match in self.evidence.meant(question, self.evidence.cases, [])
            if match.strong >= 0.6 and not self.evidence.fits(match.case, question)
        ][:4]
        statements.append(self._searched_note(question))
        if elsewhere:
            statements.append(Statement(Style.HEADING, ("ほかの自治体・時期の別の案件",)))
            statements += [self._case_line(case) for case in elsewhere]
        return Draft(tuple(statements), (), True)

    def _no_exchanges(
        self, question: Question, cases: Sequence[Case], what: str = "質疑の記載"
    ) -> Draft:
        return Draft(
            (
                Statement(
                    Style.LEAD,
                    (
                        f"**記録に{what}は見つかりません。**",
                        *(Quote(case.record, *case.title_span, show=False) for case in cases[:2]),
                    ),
                ),
                *(self._case_line(case) for case in cases[:3]),
                self._searched_note(question),
            ),
            tuple(cases[:3]),
            True,
        )

    def _not_said(self, question: Question, meant: Sequence[Case], hits: Sequence[Hit]) -> Draft:
        statements = [
            Statement(
                Style.NOTE,
                ("**記録からは分かりません。**お尋ねの点に答える記載は見つかりませんでした。",),
            )
        ]
        statements.append(self._searched_note(question))
        if meant:
            statements.append(Statement(Style.HEADING, ("関係する案件",)))
            statements += [self._case_line(case) for case in meant[:3]]
        return Draft(tuple(statements), tuple(meant[:3]), True)

    # -- small words

    def _sorted(self, cases: Sequence[Case]) -> list[Case]:
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

    def _topic_words(self, question: Question) -> str:
        """The question's own naming words, as written, for saying what was not found."""
        plain = level(question.text)
        words = [t.key for t in question.terms if t.weight >= 0.8][:4]
        shown = []
        for term in question.terms:
            if term.key not in words:
                continue
            form = next(
                (f for f in sorted(term.forms, key=len, reverse=True) if f in fold(plain)), None
            )
            if form and not any(form in other for other in shown):
                shown.append(form)
        return "・".join(s.upper() if re.fullmatch(r"[a-z-]+", s) else s for s in shown)

    def _scope_words(self, question: Question) -> str:
        parts = ["、".join(question.municipalities)]
        parts += [year_name(y) for y in question.years] + [
            f"{y}年" for y in question.calendar_years
        ]
        parts += [f"第{question.ordinal}回"] if question.ordinal else []
        topic = self._topic_words(question)
        parts += [f"「{topic}」"] if topic else []
        words = " ".join(part for part in parts if part)
        return f"{words}の" if words else "該当する"

    def _searched_note(self, question: Question) -> Statement:
        return Statement(Style.NOTE, (SEARCHED,))

    def _law_note(self, cases: Sequence[Case]) -> list[Statement]:
        """Under which rules the cases were decided, where it matters."""
        days = [case.day for case in cases if case.day]
        if not days:
            return []
        before = [day for day in days if day < date(2023, 4, 1)]
        if len(before) == len(days):
            note = "2023年4月1日（個人情報保護法の直接適用）より前、条例のもとでの案件です。"
        elif before:
            note = "2023年4月1日の前（条例のもと）と後（個人情報保護法のもと）の案件があります。"
        else:
            note = "2023年4月1日以後、個人情報保護法のもとでの案件です。"
        return [Statement(Style.NOTE, (note,))]


_REASON_OF_VERDICT = re.compile(
    r"不承認|否決|却下|不適当|認められな|認めな|通らな|否と|結論を出せ|継続|外された|承認しな|見送|保留|一部"
)
_GROUND = re.compile(
    r"ため|から|ので|理由|おそれ|不十分|不明|示されて|認められない|ないこと|とは言え|べき|必要性|[1-9]点"
)
SEARCHED = "{searched}"
_ABOUT_CASES = (
    Intent.VERDICT,
    Intent.CONDITIONS,
    Intent.LIST,
    Intent.COUNT,
    Intent.MEETING,
    Intent.HISTORY,
)
_STRICT = (
    Wanted.MONEY,
    Wanted.SHARE,
    Wanted.DURATION,
    Wanted.COMPANY,
    Wanted.LAW,
    Wanted.NUMBER,
    Wanted.TIME,
)
# 「B委員」 stands for a name that the minutes leave out
_ASKS_NAME_OF_MEMBER = re.compile(r"[a-z]委員[^。]{0,12}(?:誰|名前|氏名|どなた|実名)")
_ASKS_WHO_SAID = re.compile(r"質問|委員|意見|反対|言って|述べ|議論")
_HEADING_ONLY = re.compile(
    r"^[※【〈<■●○◆◇・-]*[^。0-9]{1,22}(?:について|の回答|の概要|の内容|の流れ|意見|質疑|[】〉>])$"
)
_ABOUT_A_CASE = re.compile(r"案件|諮問|承認|認められ|通った|OK|件は|件、")
_ASKS_DOUBTS = re.compile(r"反対|懸念|批判|心配|異を唱|疑問|指摘|異論")
_DOUBTS = re.compile(
    r"不明確|不十分|違和感|べきではない|すべき|危険|おそれ|懸念|心配|疑問|反対|賛成できない|問題|分からない|よく分か|厳し|気になって|思えない|ではないか|納得|困る|不安|必要がある(?:のではない)?"
)
