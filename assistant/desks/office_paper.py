"""An answer, or a case -> the draft of an office paper: 件名, 結論, 先例, 条件, 根拠, 留意点.

Every line rests on quotes, told in footnotes. A line that a person has written or changed is marked
as theirs: nothing without a source gets in unmarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.citations import Citation, Cited, cite, readable
from assistant.facts import (
    LAWS,
    ROLES,
    SAID,
    correction_mark,
    outcome_word,
    unread,
)
from assistant.files.word import Kind, Paragraph
from assistant.statements import Draft, Quote, Statement, Style, date_name, place_name, short_title
from index.cases import Case, Decision
from index.grammar.verdicts import Outcome

PARTS = ("件名", "結論", "先例", "条件", "根拠", "留意点")
OWN = "（作成者の記入）"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the paper. `own` marks one that a person has written, or changed from `text`."""

    part: str
    text: str
    citations: tuple[Citation, ...] = ()
    own: bool = False


def paper_of_answer(assistant: Assistant, answer: Answer) -> list[Line]:
    """The paper that answers a question."""
    by_number = {citation.n: citation for citation in answer.citations}

    def line(part: str, told: Cited) -> Line:
        citations = tuple(by_number[n] for n in told.numbers if n in by_number)
        return Line(part, _without_marks(told.text), citations)

    subject = short_title(answer.question.text.rstrip("。?？"), 60)
    lines = [Line("件名", f"「{subject}」について（回答案）")]
    told = answer.statements
    lines += [line("結論", s) for s in told if s.style is Style.LEAD]
    if answer.abstained and not any(x.part == "結論" for x in lines):
        lines += [Line("結論", _without_marks(s.text)) for s in told[:1]]
    for case in answer.cases:
        lines += _case_lines(assistant, case)
    said = {_place_of(citation) for known in lines for citation in known.citations}
    for statement in told:
        if statement.style is Style.ITEM and statement.numbers:
            more = line("根拠", statement)
            if not said.issuperset(map(_place_of, more.citations)):
                lines.append(more)
    return [*lines, *_cautions(assistant, answer.cases), Line("留意点", answer.searched.words())]


def paper_of_case(assistant: Assistant, case: Case) -> list[Line]:
    """The paper about one case: what was concluded, on which conditions, and what was said.

    Of a matter that other records tell of too, all of them: what was put off in one may be decided
    in another.
    """
    lines = [Line("件名", f"{short_title(case.title, 80)}について")]
    matter = _matter(assistant, case)
    ruling = [c for c in matter if c.outcome not in (Outcome.NOT_RECORDED, Outcome.REPORTED)]
    told = (ruling or [c for c in matter if c.newest] or [case])[-1]
    newest = told.newest
    if newest is not None and newest.outcome is not Outcome.NOT_RECORDED:
        where = place_name(told, newest)
        words = f"{outcome_word(told)}{correction_mark(told)}（{where}）: "
        lines += _cited(assistant, "結論", (words, _words_of(told, newest)))
    else:
        unknown = "結論を読み取れていません" if unread(told) else "結論は記録にありません"
        title = Quote(told.record, *told.title_span)
        lines += _cited(assistant, "結論", (f"{unknown}。案件: ", title))
    for one in matter:
        lines += _case_lines(assistant, one)
    for one in matter:
        lines += _exchanges(assistant, one)
    return [*_each_once(lines), *_cautions(assistant, matter)]


def _each_once(lines: Sequence[Line]) -> list[Line]:
    """Lines that say the same are one, with the sources of all."""
    found: dict[tuple[str, str], Line] = {}
    for line in lines:
        known = found.get((line.part, line.text))
        citations = (*known.citations, *line.citations) if known else line.citations
        found[line.part, line.text] = replace(line, citations=citations)
    return list(found.values())


def _place_of(citation: Citation) -> tuple[str, int, int]:
    return citation.record, citation.start, citation.end


def _matter(assistant: Assistant, case: Case) -> list[Case]:
    """The cases that are one matter with this one, it among them, in time."""
    others = [c for c in assistant.evidence.cases if c.matter == case.matter and c.id != case.id]
    return sorted([case, *others], key=lambda c: c.newest_day or date.min)


def _words_of(case: Case, decision: Decision) -> Quote:
    """The verdict's words; where only a person has told it, the case's title."""
    span = (decision.start, decision.end) if decision.text else case.title_span
    return Quote(case.record, *span)


def _exchanges(assistant: Assistant, case: Case) -> Iterator[Line]:
    """The questions put in a case, each with its replies."""
    text = assistant.index.text(case.record)
    for exchange in case.exchanges:
        pieces: list[str | Quote] = []
        for turn in (exchange.question, *exchange.replies):
            if text[turn.start : turn.end].strip():
                who = turn.speaker or ROLES[turn.role]
                arrow = " → " if pieces else ""
                pieces += [f"{arrow}{who}: ", Quote(case.record, turn.start, turn.end)]
        yield from _cited(assistant, "根拠", pieces)


def _case_lines(assistant: Assistant, case: Case) -> Iterator[Line]:
    """What a case adds: its decisions as precedents, its conditions, its articles."""
    title = short_title(case.title, 60)
    for decision in case.decisions:
        words = f"{_place(case, decision)} {title}: {outcome_word(case, decision.outcome)}"
        words += f"{correction_mark(case, decision)} "
        yield from _cited(assistant, "先例", (words, _words_of(case, decision)))
        for condition in decision.conditions:
            quote = Quote(case.record, condition.start, condition.end)
            yield from _cited(assistant, "条件", (f"{title}: ", quote))
    if not case.decisions and not _decided(assistant, case):
        words = f"{_place(case, None)}: {outcome_word(case, Outcome.NOT_RECORDED)} "
        yield from _cited(assistant, "先例", (words, Quote(case.record, *case.title_span)))
    for article in case.articles[:3]:
        quote = Quote(case.record, article.start, article.end)
        yield from _cited(assistant, "根拠", (f"{title}の根拠の記載: ", quote))


def _cautions(assistant: Assistant, cases: Sequence[Case]) -> Iterator[Line]:
    """What the reader must know of the precedents before relying on them."""
    for law, words in LAWS.items():
        of = [case for case in cases if case.law == law]
        if of:
            yield Line("留意点", f"{words}: {_names(of)}。")
    open = [case for case in cases if not _decided(assistant, case)]
    for outcome, words in (
        (Outcome.CONTINUED, "継続審議のままで、結論は記録にありません"),
        (Outcome.NOT_RECORDED, "結論は記録にありません"),
    ):
        if of := [case for case in open if case.outcome is outcome and not unread(case)]:
            yield Line("留意点", f"{words}: {_names(of)}。")
    if of := [case for case in open if unread(case)]:
        yield Line("留意点", f"結論を読み取れていません。原文をご確認ください: {_names(of)}。")
    for case in cases:
        for doubt in case.doubts[:2]:
            yield Line("留意点", f"要確認（{short_title(case.title, 24)}）: {doubt.text}")


def _decided(assistant: Assistant, case: Case) -> bool:
    """Whether any record tells how the case's matter ended."""
    still = (Outcome.CONTINUED, Outcome.NOT_RECORDED, Outcome.REPORTED)
    return any(other.outcome not in still for other in _matter(assistant, case))


def _names(cases: Sequence[Case]) -> str:
    names = [f"{case.municipality or ''}「{short_title(case.title, 24)}」" for case in cases[:4]]
    return "、".join(dict.fromkeys(names)) + (f"ほか{len(cases) - 4}件" if len(cases) > 4 else "")


def _place(case: Case, decision: Decision | None) -> str:
    sitting = (decision.meeting if decision and decision.meeting else case.meeting) or ""
    day = date_name(decision.day if decision and decision.day else case.day)
    return f"{case.municipality or ''} {sitting}".strip() + (f"（{day}）" if day else "")


def _cited(assistant: Assistant, part: str, pieces: Sequence[str | Quote]) -> Iterator[Line]:
    """A line, if its quotes can be located."""
    statement = Statement(Style.ITEM, tuple(pieces))
    told, citations = cite(Draft((statement,)), assistant.index)
    for line in told:
        yield Line(part, _without_marks(line.text), tuple(citations))


def _without_marks(text: str) -> str:
    """The words without `[n]` behind a quote, and without bold."""
    return re.sub(
        r"(?<=」)\[\d+\]|\*\*", "", re.sub(r"\[\d+\](?=\[\d+\]|$|、|。| )", "", text)
    ).strip()


def edited(line: Line, text: str) -> Line:
    """The line as a person left it: their own as soon as one word is different."""
    text = text.strip()
    return line if text == line.text else replace(line, text=text, own=True)


def note_of(assistant: Assistant, citation: Citation) -> str:
    """A footnote: body, sitting, date, page, whose word it is, the record, and the quote."""
    index = assistant.index
    passage = next(
        (p for p in index.passages_of_record(citation.record) if p.start <= citation.start < p.end),
        None,
    )
    case = assistant.evidence.by_id.get(passage.case or "") if passage else None
    meeting = next((m for m in index.meetings() if passage and m.id == passage.meeting), None)
    body = (case and (case.council or case.municipality)) or (
        meeting and (meeting.body or meeting.municipality)
    )
    words = [
        body or "",
        (meeting.name if meeting else "") or (case.meeting if case else ""),
        date_name(_day(case, meeting.day if meeting else None)),
        f"{citation.page}ページ" if citation.page else "",
        _whose(case, citation),
        f"（{citation.record}）",
    ]
    return " ".join(w for w in words if w) + f" 「{readable(citation.quote)}」"


def _day(case: Case | None, day: date | None) -> date | None:
    return day or (case.day if case else None)


def _whose(case: Case | None, citation: Citation) -> str:
    """Whose word a quote is."""
    for decision in case.decisions if case else ():
        if decision.start <= citation.start < decision.end:
            return "審議会の結論"
        if any(c.start <= citation.start < c.end for c in decision.conditions):
            return "審議会の意見・条件"
    for exchange in case.exchanges if case else ():
        for turn in (exchange.question, *exchange.replies):
            if turn.head <= citation.start < turn.end:
                said = SAID[turn.role]
                return f"{turn.speaker}（{said}）" if turn.speaker else said
    return "資料の記載"


def paragraphs(
    assistant: Assistant, lines: Sequence[Line], order: Sequence[str]
) -> list[Paragraph]:
    """The lines as paragraphs, part by part in that order; what is a person's own is marked."""
    found: list[Paragraph] = []
    for part in order:
        of = [line for line in lines if line.part == part and line.text]
        if not of:
            continue
        if part == "件名":
            found += [Paragraph(Kind.TITLE, _marked(line)) for line in of]
            continue
        found.append(Paragraph(Kind.HEADING, part))
        for line in of:
            notes = tuple(note_of(assistant, citation) for citation in line.citations)
            kind = Kind.BODY if part == "結論" else Kind.ITEM
            found.append(Paragraph(kind, _marked(line), notes))
    return found


def _marked(line: Line) -> str:
    return line.text + (OWN if line.own else "")


def plain_text(made: Sequence[Paragraph]) -> str:
    """The paper as text to copy: footnotes numbered, at the end."""
    rows: list[str] = []
    notes: list[str] = []
    for paragraph in made:
        marks = "".join(f"[{len(notes) + n + 1}]" for n in range(len(paragraph.notes)))
        notes += paragraph.notes
        before = {Kind.HEADING: "\n■ ", Kind.ITEM: "・"}.get(paragraph.kind, "")
        rows.append(f"{before}{paragraph.text}{marks}")
    return "\n".join(
        [*rows, "", *(f"[{n}] {note}" for n, note in enumerate(notes, start=1))]
    ).strip()
