"""Question + evidence -> the draft that explains: what a word means, why it was decided so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.drafting.absence_drafts import Absences
from assistant.drafting.fact_drafts import ENOUGH_SCORE, Facts
from assistant.drafting.paper_sections import objections, reasons
from assistant.evidence import Evidence, found
from assistant.facts import SAID
from assistant.finding.units import Unit
from assistant.finding.wordings import announces_matter, gives_ground, opposes
from assistant.hits import Hit
from assistant.questions import Question
from assistant.statements import Draft, Quote, Statement, Style, Writer, under
from assistant.surveys.glossary import Glossary, Told
from assistant.surveys.orientation import Orientation
from assistant.understanding.asked_cases import APPROVALS
from assistant.understanding.intents import Intent
from assistant.understanding.terms import Term
from index.cases import Case, Decision
from index.grammar.deferral import put_off
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.store import Index
from index.text.sentences import sentences
from index.text.turns import Role, Turn

_DUTY_ASKED = re.compile(
    r"(?:審議会|審査会|委員会|協議会)[^。]{0,6}(?:は|って|とは)、?(?:何を|どんなことを|どのようなことを)"
    r"(?:決め|する|している|やっている|審議する|話し合)(?:て|る|ん|の|と|か|$)"
    r"|(?:審議会|審査会|委員会|協議会)の(?:役割|仕事|職務|しごと)"
    r"|(?:審議会|審査会|委員会|協議会)(?:は|って|とは)、?(?:どんな|どういう|どのような|何をする)"
    r"(?:会|組織|機関|ところ|所|もの|場|役割)"
)
_CHANGE_ASKED = re.compile(
    r"(?:令和5年|2023年|r5年?)(?:度|4月)?[^。]{0,14}(?:何が|どう|なに)[^。]{0,6}変わ"
    r"|(?:法改正|改正法|新法|法の改正|法律の改正)[^。]{0,10}(?:何が|どう|なに)[^。]{0,6}変わ"
)


_MEANING_ASKED = re.compile(
    r"とは、?(?:何(?:[で?？。]|のこと|$)|なん(?:で|のこと|[?？]|$)|どう|[?？。]|$)|って(?:何|な[にん])|意味|定義"
)
_DEFINES = 0.5  # how much the wording of a sentence must say that it defines
_EXPLAINED = 200  # characters of an explanation with what goes on from it


@lru_cache(maxsize=2)
def _orientation(index: Index) -> Orientation:
    """What the records say of the council and of the law: read once, when it is first asked."""
    return Orientation(index)


@lru_cache(maxsize=2)
def _glossary(index: Index) -> Glossary:
    """The words that the records explain: read once, when a meaning is first asked."""
    return Glossary(index)


class Explanations(Writer):
    """Definitions, the grounds of a verdict, and sentences side by side."""

    def __init__(self, index: Index, evidence: Evidence, absences: Absences, facts: Facts) -> None:
        """Take what the answers are made of, and the writers of what else may be told."""
        super().__init__(index, evidence)
        self.absences = absences
        self.facts = facts

    def orientation(self, question: Question) -> Draft | None:
        """What the council is for, or what changed with the law; None if neither is asked."""
        key = fold(question.text)
        if _DUTY_ASKED.search(key):
            said = _orientation(self.index).council
        elif _CHANGE_ASKED.search(key):
            said = _orientation(self.index).law
        else:
            return None
        told = self._of_towns(question, said)
        return Draft(tuple(_told_statements(told)), ()) if told else self.absences.not_said([])

    # -- definitions

    def definition(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> Draft:
        """The sentences that say what a word means, and the cases where it is used."""
        scored = [
            (unit.worth + self._defining(question, unit), unit)
            for unit in self.evidence.units(question, hits, [])
            if not self.facts.is_title(unit)
            and unit.covered >= 0.6
            and not fold(unit.text).endswith(("か。", "か"))
            and (unit.case is None or self.evidence.fits(unit.case, question))
        ]
        scored.sort(key=lambda pair: -pair[0])
        explained = self._explained(question)
        if not explained and (not scored or scored[0][0] < ENOUGH_SCORE + 0.1):
            return self.absences.not_said(meant)
        if not explained and _MEANING_ASKED.search(fold(question.text)):
            telling = [pair for pair in scored if self._defining(question, pair[1]) >= _DEFINES]
            if not telling:  # sentences that only use the word do not say what it means
                return self._classed(question) or self.absences.not_explained(question, meant)
            scored = telling
        more = 2 if question.intent is Intent.COMPARISON else 1
        explained = [self._continued(told, more) for told in explained[:2]]
        statements = _told_statements(explained)
        shown = [told.place for told in explained]
        chosen = [
            unit
            for score, unit in scored[:4]
            if score >= scored[0][0] - 0.35
            and not any(
                place.record == unit.record and place.start < unit.end and unit.start < place.end
                for place in shown
            )
        ]
        statements += [
            self.facts.unit_statement(
                unit, Style.ITEM if statements or n else Style.LEAD, question, place=True
            )
            for n, unit in enumerate(chosen[: 3 - len(statements)])
        ]
        examples = [case for case in meant if case.outcome is not Outcome.NOT_RECORDED][:3]
        lines = [self.case_line(case) for case in examples]
        return Draft((*statements, *under("この言葉が出てくる案件", lines)), tuple(examples))

    def _classed(self, question: Question) -> Draft | None:
        """What the records count as the thing asked about, where they do not explain the word."""
        names = [term for term in question.terms if term.name]
        if len(names) != 1:
            return None
        told = self._of_towns(question, _glossary(self.index).counting_as(names[0].key))[:3]
        if not told:
            return None
        word = self.topic_words(question)
        first, *rest = _told_statements(told)
        words = (
            f"「{word}」の意味を説明した記載は見つかりません。"
            "何がそれに当たるかは、次のように述べられています: "
        )
        lead = replace(first, pieces=(words, *first.pieces))
        return Draft((lead, *rest), ())

    def _continued(self, told: Told, more: int) -> Told:
        """An explanation with the sentences that go on from it, so many `more` where it is short:
        one that only says of what kind a thing is, is explained by the next."""
        text = self.index.text(told.place.record)
        start, end = told.place.start, told.place.end
        for a, b in sentences(text, end, min(len(text), end + _EXPLAINED)):
            goes_on = not text[end:a].strip() and "\n" not in text[end:a] and text[b - 1] == "。"
            if more == 0 or not goes_on or b - start > _EXPLAINED:
                break
            end, more = b, more - 1
        return replace(told, place=replace(told.place, end=end))

    def _explained(self, question: Question) -> list[Told]:
        """Where the records asked about explain a word of the question."""
        explained = _glossary(self.index).explaining(fold(question.text))
        return self._of_towns(question, [one.told for one in explained])

    def _of_towns(self, question: Question, said: Sequence[Told]) -> list[Told]:
        """What was said in the towns that are asked about."""
        towns = question.municipalities
        return [t for t in said if not towns or any(t.where.startswith(town) for town in towns)]

    def _defining(self, question: Question, unit: Unit) -> float:
        """How much the wording of a sentence says that it defines one of the question's words."""
        own, asked = fold(unit.text), ""
        if unit.asked is not None:
            asked = fold(self.index.text(unit.record)[unit.asked.start : unit.asked.end])
        worth = max((_defines(term, own, asked) for term in question.terms), default=0.0)
        said = any(found(term, own) or (asked and found(term, asked)) for term in question.terms)
        return worth + (0.15 if said else 0.0)

    # -- grounds

    def reason(self, case: Case, question: Question) -> Draft | None:
        """Why it was decided so, at the sitting of its matter that is asked about: the grounds that
        the council gave."""
        chain = sorted(self.with_chains([case], question), key=lambda c: c.day or date.min)
        ended = [c for c in chain if {d.outcome for d in c.decisions} & set(question.outcomes)]
        case = ended[-1] if ended else case
        decision = _contested(case, question)
        if decision is None:
            return None
        text = self.index.text(case.record)
        span = next(((a, b) for a, b in case.spans if a <= decision.start < b), case.spans[-1])
        noted = _noted(text, decision)
        if "#r" in decision.meeting_id and not noted:  # a row of a yearly report gives no grounds
            return self.absences.not_said([case])
        written = noted or reasons(text, case)
        chosen = _joined(text, written or self._grounds(case, decision, span, question))
        if not chosen and decision.outcome not in APPROVALS:
            chosen = [(said.start, said.end) for said in objections(text, case)]
        if not chosen:
            return None
        statements = [
            Statement(
                Style.ITEM if n else Style.LEAD,
                (Quote(case.record, a, b), f"（{_whose(case, a)}）"),
            )
            for n, (a, b) in enumerate(chosen[:4])
        ]
        return Draft((*statements, self.case_line(case)), (case,))

    def _grounds(
        self, case: Case, decision: Decision, within: tuple[int, int], question: Question
    ) -> list[tuple[int, int]]:
        """The sentences that give the council's ground: those of the verdict, of the chair before
        it, of the narrative about it, of members. What the office says or is reported to say is
        none of them."""
        text = self.index.text(case.record)
        around = max(within[0], decision.start - _BEFORE), min(within[1], decision.end + _AFTER)
        if not within[0] <= decision.start < within[1]:  # a row apart from what it decides
            around = within
        if summed := _summed_up(text, *around):
            return summed

        def giving(start: int, end: int) -> list[tuple[int, int]]:
            return [
                (a, b)
                for a, b in sentences(text, start, end)
                if b - a <= _LONGEST_SENTENCE
                and gives_ground(fold(text[a:b]))
                and not _REPORTED.search(text[a:b])
                and not _SENT.search(text[a:b])
            ]

        def plain(start: int, end: int) -> list[tuple[int, int]]:
            if decision.outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
                return giving(start, end)
            said = [
                (a, b)
                for a, b in sentences(text, start, end)
                if b - a >= _A_SENTENCE
                and not fold(text[a:b]).endswith(("か。", "か"))
                and not announces_matter(fold(text[a:b]))
                and not _PROCEDURE.search(text[a:b])
            ]
            return said if len(said) <= _GROUNDS else giving(start, end) or said[-_GROUNDS:]

        def before_it(turn: Turn) -> int:
            return decision.start if turn.start <= decision.start < turn.end else turn.end

        own = [(a, b) for a, b in giving(decision.start, decision.end) if _CAUSE.search(text[a:b])]
        speeches = [turn for turn in _speeches(case) if turn.start <= decision.start]
        if not speeches:
            middle = min(max(around[0], decision.start), around[1])
            before, after = giving(around[0], middle), giving(middle, around[1])
            if decision.outcome is Outcome.WITHDRAWN:
                before = before or plain(around[0], middle)
            chosen = [*own, *before[-2:], *after[:2]]
        else:
            asker = decision.outcome is Outcome.WITHDRAWN  # the office's own ground
            first = (Role.AGENCY, Role.OFFICE) if asker else (Role.CHAIR,)
            then = (Role.MEMBER, Role.UNKNOWN)
            lead = [s for t in speeches if t.role in first for s in plain(t.start, before_it(t))][
                -_GROUNDS:
            ]
            members = [t for t in speeches if t.role in then]
            said = [s for t in members for s in giving(t.start, t.end)][-2:]
            if not asker and decision.outcome is not Outcome.CONTINUED:
                against = [t for t in members if opposes(fold(text[t.start : t.end]))]
                said = [s for t in against for s in plain(t.start, t.end)][:_GROUNDS] or said
            # where the chair tells the parts apart and gives no ground, who named the part may
            partly = decision.outcome is Outcome.PARTLY_APPROVED and not any(
                gives_ground(fold(text[a:b])) for a, b in lead
            )
            if partly:
                said = [
                    (a, b)
                    for t in members
                    for a, b in plain(t.start, t.end)
                    if any(term.name and found(term, fold(text[a:b])) for term in question.terms)
                ][-2:] or said
            told = max(decision.end, speeches[-1].end)
            after = giving(told, min(around[1], told + _NARRATIVE))
            chosen = [*own, *(said if partly else ()), *lead, *after, *said]
        if decision.outcome is Outcome.WITHDRAWN:  # that it was withdrawn says not why
            chosen = [*(span for span in chosen if span not in own), *own]
        chosen = list(dict.fromkeys(chosen))
        if decision.outcome is Outcome.CONTINUED:  # what puts it off says why, if anything does
            grounds = [(a, b) for a, b in chosen if put_off(text[a:b])]
            if any(gives_ground(fold(text[a:b])) for a, b in grounds):
                return grounds
        return chosen


def _noted(text: str, decision: Decision) -> list[tuple[int, int]]:
    """The notes to which a verdict refers (不承認 ※2), where they stand."""
    marks = dict.fromkeys(_NOTE.findall(text[decision.start : decision.end]))
    notes = (re.search(rf"^[ \u3000]*{re.escape(mark)}(?![0-9０-９])[^\n]{{8,}}", text, re.M)
             for mark in marks)  # fmt: skip
    return [note.span() for note in notes if note is not None]


def _speeches(case: Case) -> list[Turn]:
    """All that was said on a case, in its order."""
    turns = [turn for one in case.exchanges for turn in (one.question, *one.replies)]
    return sorted(set(turns), key=lambda turn: turn.start)


def _whose(case: Case, at: int) -> str:
    """Whose words stand at a place of a case's record."""
    speaking = next((turn for turn in _speeches(case) if turn.start <= at < turn.end), None)
    return SAID[speaking.role] if speaking else "結論の前後の記載"


_BEFORE, _AFTER = 420, 700  # characters about a verdict in which its ground may stand
# 以上の理由から: what stands before it is the ground
_HENCE = re.compile(
    r"(?:以上|これら|上記)の(?:理由|こと|点|事情)(?:から|により|を踏まえ|に鑑み)|以上(?:から|により)、"
)
# what the office is reported to say is no ground of the council's
_REPORTED = re.compile(
    r"(?:という|とのこと(?:である|です)?|としている|と(?:説明|主張|回答)(?:する|した|している|があった))。?$"
)
_SENT = re.compile(r"(?:諮問|依頼)のあった|次のとおり答申")
_PROCEDURE = re.compile(r"挙手|採決|賛成[0-9０-９]|お?諮り|お願い(?:し|いた)|ほかに|他に")
_CAUSE = re.compile(r"ことから|ので|踏まえ|鑑み|かんがみ|[いた]ため|おそれ|不十分|いえない|理由")
_NOTE = re.compile(r"[※＊*注][ \u3000]?[0-9０-９]+")
_A_SENTENCE, _LONGEST_SENTENCE, _NARRATIVE = 12, 260, 300  # characters
_GROUNDS = 3
_SUMMED = 4  # sentences
_LONGEST_GROUND = 240  # characters of what stands in one run


def _summed_up(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What a speech or paragraph says before it draws its conclusion (以上の理由から), and that."""
    hence = _HENCE.search(text, start, end)
    if hence is None:
        return []
    first = max(start, text.rfind("\n", 0, hence.start()) + 1)
    told = [(a, b) for a, b in sentences(text, first, end) if a < hence.end()]
    return told[-_SUMMED:] if len(told) > 1 else []


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those that follow upon each other as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start >= joined[-1][1] and not text[joined[-1][1] : start].strip():
            first = joined[-1][0]
            if end - first <= _LONGEST_GROUND:
                joined[-1] = (first, end)
                continue
        joined.append((start, end))
    return joined


def _told_statements(told: Sequence[Told]) -> list[Statement]:
    """Each sentence with whose it is, where and when; the first of them leads."""
    return [
        Statement(
            Style.ITEM if n else Style.LEAD,
            (Quote(t.place.record, t.place.start, t.place.end), f"（{t.who}、{t.where}）"),
        )
        for n, t in enumerate(told)
    ]


def _contested(case: Case, question: Question) -> Decision | None:
    """The verdict whose ground is asked: the newest that was no plain approval, or the newest."""
    told = [d for d in case.decisions if d.text and d.outcome is not Outcome.REPORTED]
    if question.days:
        told = [d for d in told if d.day in question.days] or told
    if question.month:
        told = [d for d in told if d.day and d.day.month == question.month] or told
    approved = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
    against = [d for d in told if d.outcome not in approved]
    return next(reversed(against or told), None)


def _defines(term: Term, own: str, asked: str) -> float:
    """How much a sentence looks like a definition of the term (`asked`: it replies to it)."""
    worth = 0.0
    for form in term.forms:
        word = re.escape(form)
        if re.search(
            word + r"[^。]{0,10}(?:とは|って|という(?:の|こと)|[はが]何(?:か|で|を[指意])|意味)",
            asked,
        ):
            worth = max(worth, 0.6)
        if len(form) < 2:
            continue
        if re.search(word + r"[」』]?(?:\([^()]*\)|※)?(?:とは|というのは)", own):
            worth = max(worth, 1.2)
        elif re.search(
            word + r"[^。]{0,12}(?:とは|というのは|と(?:いう|いい)"
            r"|は、[^。]{4,60}(?:である|もの|こと|をいう))",
            own,
        ) or re.search(rf"[^。]{{12,}}\((?:いわゆる)?{word}\)", own):  # …を申請なしで支給した(X)
            worth = max(worth, 0.5)
        elif re.search(f"※{word}|{word}" + r"(?:に(?:は)?(?:該当|当た)|[^。]{0,8}…)", own):
            worth = max(worth, 0.6)
    return worth
