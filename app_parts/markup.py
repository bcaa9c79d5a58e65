"""Answer -> HTML, source -> HTML. Records and questions are data: every word of theirs is escaped.

Only marks of our own become markup: `**bold**` outside quotes, and `[n]` behind a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from app_parts.links import case_link
from assistant.answers import Answer
from assistant.citations import Citation, Cited, readable
from assistant.drafts import OUTCOME_WORDS, Style, date_name, short_title, sitting_name
from assistant.facts import (
    KINDS,
    badge_word,
    correction_mark,
    correction_words,
    outcome_word,
)
from assistant.questions import Filters
from assistant.surveys.conditions import STATES, State
from assistant.understanding.times import year_name
from index.cases import Case, Decision, Field
from index.grammar.verdicts import Outcome
from index.japanese import level

MANY = 6  # cards; from here on each is one row

# --- outcomes: a shape, a word and a colour each -------------------------------------------------

_DISC = '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
_RING = '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_TICK = "M4.6 8.3l2.3 2.3 4.4-4.9"


def _line(path: str, colour: str = "currentColor") -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.8" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


_SHAPES = {
    Outcome.APPROVED: _DISC + _line(_TICK, "#fff"),
    Outcome.APPROVED_WITH_CONDITIONS: '<rect x="1" y="1" width="14" height="14" rx="2.5" '
    'fill="currentColor"/>' + _line("M3.6 6.2l1.7 1.7 3-3.4", "#fff") + _line("M4 12h8", "#fff"),
    Outcome.PARTLY_APPROVED: _RING + '<path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor"/>',
    Outcome.CONTINUED: _RING + _line("M8 4.4V8l2.5 1.6"),
    Outcome.REJECTED: '<path d="M8 .6L15.4 8 8 15.4.6 8z" fill="currentColor"/>'
    + _line("M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4", "#fff"),
    Outcome.WITHDRAWN: _line("M6 4L2.6 7.4 6 10.8M3 7.4h6.4a3.2 3.2 0 0 1 0 6.4H7"),
    Outcome.REPORTED: _line("M3.4 1.6h6.2l3 3v9.8H3.4zM5.8 7.4h4.4M5.8 10.6h4.4"),
    Outcome.NOT_RECORDED: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" '
    'stroke-width="1.4" stroke-dasharray="2.4 2"/>' + _line("M5.4 8h5.2"),
}


def badge(outcome: Outcome, words: str = "", *, large: bool = False) -> str:
    """The outcome's shape and word, in its colour."""
    size = " large" if large else ""
    return (
        f'<span class="badge {outcome.value}{size}">{shape(outcome)}'
        f"{escape(words or OUTCOME_WORDS[outcome])}</span>"
    )


def case_badge(case: Case, outcome: Outcome | None = None, *, large: bool = False) -> str:
    """The badge of a case, or of a decision on it by its `outcome`: a council approves no appeal, and a
    verdict that was not understood is none that is missing from the record."""
    shown = case.outcome if outcome is None else outcome
    return badge(shown, badge_word(case, shown), large=large)


def shape(outcome: Outcome) -> str:
    """The outcome's shape alone; who uses it says the word beside it."""
    return f'<svg viewBox="0 0 16 16" aria-hidden="true">{_SHAPES[outcome]}</svg>'


_STATES = {
    State.ANSWERED: _SHAPES[Outcome.APPROVED],
    State.REPORTED: _SHAPES[Outcome.PARTLY_APPROVED],
    State.PERHAPS: _RING + _line("M6 6.3a2 2 0 1 1 2.6 1.9c-.5.2-.6.5-.6 1.1M8 11.4v.1"),
    State.NOTHING: _SHAPES[Outcome.NOT_RECORDED],
}


def state_badge(state: State) -> str:
    """What came of a condition: its shape and word."""
    return (
        f'<span class="badge state {state.value}"><svg viewBox="0 0 16 16" aria-hidden="true">'
        f"{_STATES[state]}</svg>{escape(STATES[state])}</span>"
    )


def badge_of_change(changed: bool) -> str:
    """Whether the answer to a saved question has changed: a shape and words."""
    mark = _RING + _line("M8 4.2v4.6M8 11.3v.1") if changed else _RING + _line(_TICK)
    words = "変わりました" if changed else "変わりありません"
    return (
        f'<span class="badge state {"perhaps" if changed else "nothing"}">'
        f'<svg viewBox="0 0 16 16" aria-hidden="true">{mark}</svg>{words}</span>'
    )


# --- statements: words, quotes, marks ------------------------------------------------------------


class Piece(NamedTuple):
    """A run of a statement: our `words`, a `quote` in its brackets, or a citation's `mark`."""

    what: str
    text: str
    n: int = 0


def pieces(statement: Cited, citations: Sequence[Citation]) -> Iterator[Piece]:
    """The statement taken apart again. What stands inside a quote is never read for marks."""
    quotes: list[tuple[str, int]] = []
    for citation in citations:
        if citation.n in statement.numbers:
            shown = readable(citation.quote)
            variants = {shown, shown.strip("「」")}
            quotes += [(f"「{words}」[{citation.n}]", citation.n) for words in variants]
    quotes.sort(key=lambda pair: -len(pair[0]))
    text, at, words = statement.text, 0, 0
    while at < len(text):
        quoted = next((pair for pair in quotes if text.startswith(pair[0], at)), None)
        mark = re.compile(r"\[(\d+)\]").match(text, at)
        if quoted is None and not (mark and int(mark[1]) in statement.numbers):
            at += 1
            continue
        if words < at:
            yield Piece("words", text[words:at])
        if quoted is not None:
            full, n = quoted
            tail = f"[{n}]"
            yield Piece("quote", full.removesuffix(tail))
            yield Piece("mark", tail, n)
            at += len(full)
        elif mark is not None:
            yield Piece("mark", mark[0], int(mark[1]))
            at = mark.end()
        words = at
    if words < len(text):
        yield Piece("words", text[words:])


@dataclass(frozen=True, slots=True)
class Marks:
    """How the marks of an answer are shown: what they are called, and which one stands open."""

    citations: Sequence[Citation]
    open: int | None = None

    def __call__(self, n: int) -> str:
        """A citation's button."""
        citation = next((c for c in self.citations if c.n == n), None)
        if citation is None:
            return f"[{n}]"
        page = f" {citation.page}ページ" if citation.page else ""
        return (
            f'<button type="button" class="cite" data-do="open {n}" '
            f'aria-pressed="{"true" if n == self.open else "false"}" '
            f'title="出典を開く: {escape(citation.record + page)}">'
            f'<span class="away">出典</span>{n}</button>'
        )

    def of(self, record: str, start: int, end: int) -> str:
        """The buttons of the citations of exactly this span."""
        return "".join(
            self(c.n) for c in self.citations if (c.record, c.start, c.end) == (record, start, end)
        )


def statement_html(statement: Cited, marks: Marks, verdict: Outcome | None = None) -> str:
    """A statement's words; `verdict` turns the bold word that tells it into a badge."""
    out: list[str] = []
    bold = False
    for piece in pieces(statement, marks.citations):
        if piece.what == "mark":
            out.append(marks(piece.n))
        elif piece.what == "quote":
            out.append(f'<span class="quote">{escape(piece.text)}</span>')
        else:
            for number, words in enumerate(piece.text.split("**")):
                bold = bold != bool(number)
                if not words:
                    continue
                if bold and verdict is not None and _tells(words, verdict):
                    out.append(badge(verdict, words.rstrip("。"), large=True))
                    out.append("。" if words.endswith("。") else "")
                    verdict = None
                elif bold:
                    out.append(f"<strong>{escape(words)}</strong>")
                else:
                    out.append(_own_words(words))
    return "".join(out)


def _tells(words: str, outcome: Outcome) -> bool:
    return outcome is Outcome.NOT_RECORDED or words[:1] == OUTCOME_WORDS[outcome][:1]


def _own_words(words: str) -> str:
    """A reply, and the question that a reply was given to, begin a line of their own."""
    shown = escape(words)
    shown = re.sub(r"\s*→\s*(?:回答: )?", '<br><span class="reply">答</span>', shown)
    return re.sub(r"問い: $", '<br><span class="asked">問</span>', shown)


# --- an answer -----------------------------------------------------------------------------------


def turn_html(question: str, answer: Answer, cases: Sequence[Case], open: int | None) -> str:
    """A question and its answer; `cases` are all of the index, `open` is the citation shown."""
    marks = Marks(answer.citations, open)
    lines = answer.statements
    cited = {citation.record for citation in answer.citations}
    cases = [case for case in cases if case.record in cited]
    body = [question_html(question)]
    if answer.question.within:
        words = escape(filter_words(answer.question.within))
        body.append(f'<p class="understood">絞り込み「{words}」の中でお答えします。</p>')
    if answer.understood:
        body.append(_understood(answer))
    if lines:
        verdict = _verdict_of(lines[0], answer, cases)
        first = next(pieces(lines[0], answer.citations), None)
        kind = "verdict" if verdict else "said" if first and first.what == "quote" else ""
        body.append(f'<p class="lead {kind}">{statement_html(lines[0], marks, verdict)}</p>')
    body += _rest(answer, cases, marks)
    body.append(_sources(answer.citations))
    return f'<article class="turn">{"".join(body)}</article>'


def question_html(question: str) -> str:
    """The user's own words."""
    return f'<h2 class="asked-words">{escape(question)}</h2>'


def filter_words(within: Filters) -> str:
    """What the user has chosen, in the words of the page."""
    words = [*within.municipalities, *map(year_name, within.years)]
    words += [KINDS[kind] for kind in within.kinds]
    return "・".join([*words, *(OUTCOME_WORDS[outcome] for outcome in within.outcomes)])


def _understood(answer: Answer) -> str:
    question = answer.question
    chips = ""
    if "自治体" in question.inherited and question.municipalities:
        chips += _chip("municipalities", "、".join(question.municipalities))
    if "時期" in question.inherited and question.dated:
        chips += _chip("years", "時期")
    chips += (
        '<button type="button" class="chip" data-do="drop before" '
        'title="前の質問を考えに入れずに調べ直す">前の質問と切り離す</button>'
    )
    return f'<p class="understood">{escape(answer.understood)} についてお答えします。{chips}</p>'


def _chip(facet: str, words: str) -> str:
    return (
        f'<button type="button" class="chip" data-do="drop {facet}" '
        f'title="「{escape(words)}」に限らずに調べ直す">{escape(words)}'
        '<span aria-hidden="true"> ×</span><span class="away">を外す</span></button>'
    )


def _verdict_of(lead: Cited, answer: Answer, cases: Sequence[Case]) -> Outcome | None:
    """The outcome that the first line tells, if it tells one and no more."""
    spans = {(c.record, c.start, c.end) for c in answer.citations if c.n in lead.numbers}
    told = {
        decision.outcome
        for case in (answer.cases or cases)
        for decision in case.decisions
        if (case.record, decision.start, decision.end) in spans
    }
    if len(told) == 1:
        return told.pop()
    if not told and len(answer.cases) == 1 and answer.cases[0].outcome is Outcome.NOT_RECORDED:
        return Outcome.NOT_RECORDED
    return None


def _rest(answer: Answer, cases: Sequence[Case], marks: Marks) -> Iterator[str]:
    """All lines below the first: case cards where a line tells a case's facts, else as they are."""
    lines = answer.statements[1:]
    told = [_case_told(line, answer, cases) for line in lines]
    number = len(dict.fromkeys(case.id for case in told if case))
    shown: set[str] = set()
    group = ""  # of what the lines before were
    for line, case in zip(lines, told, strict=True):
        kind = "cards" if case else "items" if line.style in (Style.ITEM, Style.CASE) else ""
        if kind != group:
            close = {"cards": "</section>", "items": "</ul>"}.get(group, "")
            few = "" if number < MANY else " many"
            begin = {"cards": f'<section class="cards{few}">', "items": "<ul>"}.get(kind, "")
            yield close + begin
            group = kind
        if case is not None:
            if case.id not in shown:
                shown.add(case.id)
                mine = {
                    n
                    for other, owner in zip(lines, told, strict=True)
                    if owner is case
                    for n in other.numbers
                } | set(answer.statements[0].numbers)
                cites = Marks([c for c in marks.citations if c.n in mine], marks.open)
                yield card_html(case, cites, alone=number == 1)
        elif kind:
            yield f"<li>{statement_html(line, marks)}</li>"
        elif line.style is Style.HEADING:
            yield f"<h3>{statement_html(line, marks)}</h3>"
        else:
            yield f'<p class="note">{statement_html(line, marks)}</p>'
    yield {"cards": "</section>", "items": "</ul>"}.get(group, "")


_SAID_BY_CARD = re.compile(
    r"（人の訂正。[^（）]*）|条件・附帯意見|条件|案件|担当|最新|（意見・条件の内容は読み取れていません）|\d+年\d+月\d+日は?"
    r"|[^\w]|の?記載なし"
)


def _case_told(line: Cited, answer: Answer, cases: Sequence[Case]) -> Case | None:
    """The case of which the line tells nothing but facts that its card shows; None otherwise."""
    if line.style not in (Style.CASE, Style.ITEM) or not line.numbers:
        return None
    spans = {(c.record, c.start, c.end) for c in answer.citations if c.n in line.numbers}
    fitting = [case for case in (*answer.cases, *cases) if spans <= _facts(case)]
    titled = [case for case in fitting if (case.record, *case.title_span) in spans]
    fitting = titled or fitting
    if len({case.id for case in fitting}) != 1:
        return None
    case = fitting[0]
    rest = "".join(p.text for p in pieces(line, answer.citations) if p.what == "words")
    known = [short_title(case.title, longest) for longest in (34, 24, 18)]
    known += [sitting_name(case, decision) for decision in (None, *case.decisions)]
    known += [case.municipality or "自治体の記載なし", level(case.department or "")]
    told = {outcome_word(case), *(outcome_word(case, d.outcome) for d in case.decisions)}
    known += sorted({*OUTCOME_WORDS.values(), *told}, key=len, reverse=True)
    for words in known:
        rest = rest.replace(words, "") if words else rest
    return None if _SAID_BY_CARD.sub("", rest) else case


def _facts(case: Case) -> set[tuple[str, int, int]]:
    spans = {case.title_span, case.department_span}
    for decision in case.decisions:
        spans |= {(decision.start, decision.end), *((c.start, c.end) for c in decision.conditions)}
    return {(case.record, *span) for span in spans if span}


def card_html(case: Case, marks: Marks, *, alone: bool = False) -> str:
    """A case: its verdict, where and when, what it was, and on which conditions.

    Of a case that stands `alone`, the answer's own lines say that there are none.
    """
    newest = case.newest
    title, full = short_title(case.title, 48), level(case.title)
    office = level(case.department or "")
    link = case_link(case.id, escape(title), "title")
    what = f"{link}{marks.of(case.record, *case.title_span)}"
    if case.department_span and (mark := marks.of(case.record, *case.department_span)):
        what += f'<span class="office">担当: {escape(office)}{mark}</span>'
    if title != full:
        what += (
            f'<details><summary>全文</summary><span class="full">{escape(full)}</span></details>'
        )
    kind = KINDS.get(case.kind, "")
    rows: list[str] = []
    told = [d for d in case.decisions if marks.of(case.record, d.start, d.end)]
    if len(told) > 1:
        rows += [_step(case, decision, marks) for decision in told]
    elif told:
        rows.append(_row("結論", _quoted(case, told[0].start, told[0].end, marks)))
    brief = "".join(marks.of(case.record, d.start, d.end) for d in told)  # where rows are short
    for decision in told or ([newest] if newest else []):
        rows += [
            _row("条件", _quoted(case, c.start, c.end, marks), "condition")
            for c in decision.conditions
            if marks.of(case.record, c.start, c.end)
        ]
        if decision.outcome is Outcome.APPROVED_WITH_CONDITIONS and not decision.conditions:
            rows.append(_row("条件", "内容は読み取れていません。原文をご確認ください"))
        without = decision.outcome is Outcome.APPROVED and not decision.conditions
        if without and decision is newest and (len(told) > 1 or not alone):
            rows.append(_row("条件", "記載なし", "none"))
    return (
        f'<div class="card {case.outcome.value}"><div class="head">'
        f'<span>{case_badge(case)}{corrected_html(case)}<span class="brief">{brief}</span></span>'
        f'<span class="place">{escape(case.municipality or "自治体の記載なし")}</span>'
        f'<span class="when">{escape(sitting_name(case, newest))}</span>'
        f'<span class="kind">{escape(kind)}</span></div>'
        f'<div class="what">{what}</div><div class="rows">{"".join(rows)}</div></div>'
    )


def corrected_html(case: Case, decision: Decision | None = None) -> str:
    """That the verdict is a person's correction, and what had been read."""
    mark = correction_mark(case, decision).strip("（）")
    said = case.correction(Field.OUTCOME) or case.correction(Field.ENTERED)
    words = escape(correction_words(said)) if said else ""
    return f'<span class="corrected" title="{words}">{escape(mark)}</span>' if mark else ""


def _step(case: Case, decision: Decision, marks: Marks) -> str:
    when = date_name(decision.day) or decision.meeting or "日付なし"
    words = (
        f"{case_badge(case, decision.outcome)} {_quoted(case, decision.start, decision.end, marks)}"
    )
    return _row(escape(when), words, "step")


def _row(name: str, words: str, css: str = "") -> str:
    return f'<div class="row {css}"><span class="name">{name}</span><span>{words}</span></div>'


def _quoted(case: Case, start: int, end: int, marks: Marks) -> str:
    citation = next(
        (c for c in marks.citations if (c.record, c.start, c.end) == (case.record, start, end)),
        None,
    )
    words = readable(citation.quote) if citation else ""
    return f'<span class="quote">「{escape(words)}」</span>{marks.of(case.record, start, end)}'


def _sources(citations: Sequence[Citation]) -> str:
    """The list of sources, for paper."""
    if not citations:
        return ""
    rows = "".join(
        f"<li>[{c.n}] {escape(c.record)}{f' {c.page}ページ' if c.page else ''}: "
        f"「{escape(readable(c.quote))}」</li>"
        for c in citations
    )
    return f'<ol class="sources"><li>出典</li>{rows}</ol>'


def plain(text: str) -> str:
    """Text for a place that reads Markdown, so that it shows as it stands."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
