"""What to expect of the council, as HTML and as the paragraphs of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from app_parts.links import case_link, source_mark
from app_parts.markup import case_badge
from app_parts.tables import later_html, record_html
from assistant.chat import Assistant
from assistant.citations import Citation, readable
from assistant.desks.foresight import Asked, Comparable, Foresight, Side, Theme
from assistant.desks.office_paper import note_of
from assistant.facts import ROLES, outcome_word
from assistant.files.word import Kind, Paragraph
from assistant.statements import date_name, place_name, short_title, sitting_name
from assistant.surveys.themes import OTHER
from index.text.turns import Role

Open = tuple[str, int, int] | None
SIDES = {
    Side.CONTRARY: "条件つき・継続・不承認など",
    Side.FAVOURABLE: "承認・報告",
    Side.UNKNOWN: "結論の記録がないもの・読み取れなかったもの",
}
AT_FIRST = 4  # questions of a theme in sight; the rest is there to open


def foresight_html(assistant: Assistant, foresight: Foresight, paper: str, open: Open) -> str:
    """Precedents, what has none, and the questions by theme."""
    counted = "、".join(f"{SIDES[side]}{len(of)}件" for side, of in _by_side(foresight.precedents))
    lead = (
        f"似た案件が<strong>{len(foresight.precedents)}件</strong>あります（{counted}）。"
        if foresight.precedents
        else "<strong>この資料に似た案件は、記録の中に見つかりません。</strong>"
    )
    if foresight.ready:
        lead += f"審議で実際に問われたことから、まず{len(foresight.ready)}問を挙げます。"
    parts = [f'<p class="lead">{lead}</p>']
    if foresight.precedents:
        parts.append("<h3>似た先例</h3>")
        parts.append(_board(foresight.precedents, open))
    if foresight.kindred:
        parts.append(
            f"<details><summary>取扱いだけが同じ案件 {len(foresight.kindred)}件を開く</summary>"
            f"{_board(foresight.kindred, open)}</details>"
        )
    if foresight.unprecedented:
        words = "、".join(
            f"「{escape(place.text)}」（{_line(paper, place.start)}行目）"
            for place in foresight.unprecedented[:12]
        )
        parts.append(
            "<h3>先例のない言葉</h3><p>資料にあり、これまでの記録のどこにも出てこない言葉です: "
            f"{words}</p>"
        )
    if foresight.ready:
        questions = "".join(_question(assistant, q, paper, open) for q in foresight.ready)
        parts.append(f'<section class="theme"><h3>まず備えておきたい問い</h3>{questions}</section>')
    themes, elsewhere = _rest(foresight, foresight.themes), _rest(foresight, foresight.elsewhere)
    if themes:
        also = "ほかに、" if foresight.ready else ""
        parts.append(f'<h2 class="elsewhere">{also}これらの案件で問われたこと（多いものから）</h2>')
    parts += [_theme(assistant, theme, paper, open) for theme in themes]
    if elsewhere:
        parts.append(
            '<h2 class="elsewhere">ほかの案件で問われたこと</h2>'
            "<p class='note'>似た案件では問われていませんが、ほかの案件の審議で問われています。</p>"
        )
        parts += [_theme(assistant, theme, paper, open) for theme in elsewhere]
    return "".join(parts)


def _rest(foresight: Foresight, themes: Sequence[Theme]) -> list[Theme]:
    """The themes with the questions that do not stand above among those to be ready for."""
    above = {(asked.case.record, asked.start) for asked in foresight.ready}
    rest = (
        replace(
            theme,
            questions=tuple(q for q in theme.questions if (q.case.record, q.start) not in above),
        )
        for theme in themes
    )
    return [theme for theme in rest if theme.questions]


def _board(precedents: Sequence[Comparable], open: Open) -> str:
    bodies = "".join(
        f'<tbody><tr><th colspan="3" scope="rowgroup">{SIDES[side]}</th></tr>'
        f"{''.join(_precedent(precedent, open) for precedent in of)}</tbody>"
        for side, of in _by_side(precedents)
    )
    return f'<div class="board"><table class="precedents">{bodies}</table></div>'


def _by_side(precedents: Sequence[Comparable]) -> list[tuple[Side, list[Comparable]]]:
    """The precedents as they stand, one group after the other."""
    return [(side, list(of)) for side, of in groupby(precedents, key=lambda p: p.side)]


def _line(paper: str, offset: int) -> int:
    return paper.count("\n", 0, offset) + 1


def _precedent(precedent: Comparable, open: Open) -> str:
    case = precedent.case
    title = case_link(case.id, escape(short_title(case.title, 60)), "title")
    same = "".join(
        f'<div class="sub">{label}: {escape("・".join(map(_shown, words)))}</div>'
        for label, words in (("同じ言葉", precedent.shared), ("同じ取扱い", precedent.handlings))
        if words
    )
    newest = case.newest
    span = (newest.start, newest.end) if newest and newest.text else case.title_span
    return (
        f"<tr><td>{case_badge(case)}{later_html(precedent.row)}</td>"
        f"<td><span>{escape(case.municipality or '自治体の記載なし')}</span>"
        f'<div class="sub">{escape(sitting_name(case, newest))}</div></td>'
        f"<td>{title} {source_mark(case.record, *span, open)}{same}"
        f"{record_html(c.record for c in precedent.row.cases)}</td></tr>"
    )


def _shown(word: str) -> str:
    return word.upper() if word.isascii() else word


def _theme(assistant: Assistant, theme: Theme, paper: str, open: Open) -> str:
    shown = "".join(_question(assistant, q, paper, open) for q in theme.questions[:AT_FIRST])
    rest = "".join(_question(assistant, q, paper, open) for q in theme.questions[AT_FIRST:])
    if rest:
        more = len(theme.questions) - AT_FIRST
        rest = f"<details><summary>ほか{more}件を開く</summary>{rest}</details>"
    return (
        f'<section class="theme"><h3>{escape(_name(theme))} <span class="sub">'
        f"{theme.cases}件の案件で、{len(theme.questions)}問</span></h3>{shown}{rest}</section>"
    )


def _question(assistant: Assistant, asked: Asked, paper: str, open: Open) -> str:
    case = asked.case
    text = assistant.index.text(case.record)
    mark = source_mark(case.record, asked.start, asked.end, open)
    replies = "".join(
        f'<div><span class="reply">答</span>{escape(_speaker(r.speaker, r.role))}: '
        f'<span class="quote">「{escape(readable(text[r.start : r.end]))}」</span>'
        f"{source_mark(case.record, r.start, r.end, open)}</div>"
        for r in asked.replies
        if text[r.start : r.end].strip()
    )
    replies = replies or '<div class="sub">答えは記録にありません。</div>'
    told = (
        f'<div class="told">新しい資料の{_line(paper, asked.told.start)}行目に関係する記載: '
        f"「{escape(readable(asked.told.text))}」</div>"
        if asked.told
        else '<div class="told missing">新しい資料に、関係する記載は見当たりません。</div>'
    )
    who = _speaker(asked.exchange.question.speaker, asked.exchange.question.role)
    return (
        f'<div class="asked-once"><div><span class="asked">問</span>{escape(who)}: '
        f'<span class="quote">「{escape(readable(asked.text))}」</span>{mark}</div>{replies}'
        f'<div class="sub">{escape(place_name(case))} '
        f"{case_link(case.id, escape(short_title(case.title, 40)))}</div>{told}</div>"
    )


def _speaker(name: str, role: Role) -> str:
    return name or ROLES[role]


# --- on paper ------------------------------------------------------------------------------------


def foresight_paragraphs(assistant: Assistant, foresight: Foresight, paper: str) -> list[Paragraph]:
    """The same for Word: each quote with its source in a footnote."""
    made = [Paragraph(Kind.TITLE, f"想定問答: {foresight.title or '新しい資料'}")]
    made.append(Paragraph(Kind.HEADING, "似た先例"))
    made += [_case_on_paper(assistant, precedent) for precedent in foresight.precedents]
    if not foresight.precedents:
        made.append(Paragraph(Kind.BODY, "似た案件は、記録の中に見つかりません。"))
    if foresight.kindred:
        made.append(Paragraph(Kind.HEADING, "取扱いだけが同じ案件"))
        made += [_case_on_paper(assistant, precedent) for precedent in foresight.kindred]
    if foresight.unprecedented:
        made.append(Paragraph(Kind.HEADING, "先例のない言葉"))
        words = "、".join(place.text for place in foresight.unprecedented)
        made.append(Paragraph(Kind.BODY, f"これまでの記録に出てこない言葉: {words}"))
    if foresight.ready:
        made.append(Paragraph(Kind.HEADING, "まず備えておきたい問い"))
        made += _questions_on_paper(assistant, foresight.ready, paper)
    for themes, after in (
        (foresight.themes, ""),
        (foresight.elsewhere, "（ほかの案件で問われたこと）"),
    ):
        for theme in _rest(foresight, themes):
            made.append(Paragraph(Kind.HEADING, f"{_name(theme)}{after}"))
            made += _questions_on_paper(assistant, theme.questions, paper)
    return made


def _name(theme: Theme) -> str:
    return "そのほか" if theme.name == OTHER else theme.name


def _case_on_paper(assistant: Assistant, precedent: Comparable) -> Paragraph:
    case, newest = precedent.case, precedent.case.newest
    span = (newest.start, newest.end) if newest and newest.text else case.title_span
    later = "".join(f"（→ {date_name(c.day)} {outcome_word(c)}）" for c in precedent.row.later[:2])
    return Paragraph(
        Kind.ITEM,
        f"{outcome_word(case)}{later}　{place_name(case, newest)} {short_title(case.title, 60)}",
        (_note(assistant, case.record, *span),),
    )


def _questions_on_paper(
    assistant: Assistant, questions: Sequence[Asked], paper: str
) -> list[Paragraph]:
    made: list[Paragraph] = []
    for asked in questions:
        text, record = assistant.index.text(asked.case.record), asked.case.record
        note = _note(assistant, record, asked.start, asked.end)
        made.append(Paragraph(Kind.BODY, f"問　{readable(asked.text)}", (note,)))
        for reply in asked.replies:
            words = readable(text[reply.start : reply.end])
            if words:
                note = _note(assistant, record, reply.start, reply.end)
                who = _speaker(reply.speaker, reply.role)
                made.append(Paragraph(Kind.ITEM, f"答（{who}）　{words}", (note,)))
        told = (
            f"新しい資料の{_line(paper, asked.told.start)}行目: 「{readable(asked.told.text)}」"
            if asked.told
            else "新しい資料に、関係する記載は見当たりません。"
        )
        made.append(Paragraph(Kind.ITEM, told))
    return made


def _note(assistant: Assistant, record: str, start: int, end: int) -> str:
    quote = assistant.index.text(record)[start:end]
    return note_of(assistant, Citation(0, record, None, start, end, quote))
