"""A case's page as HTML: its head, its course, its data, its questions, cases like it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app_parts.links import case_link, link, place_mark, source_mark
from app_parts.markup import badge, case_badge, corrected_html
from app_parts.source_html import MACHINE
from assistant.citations import readable
from assistant.desks.dossiers import (
    COMPARED,
    Asked,
    Compared,
    Dossier,
    Field,
    Said,
    Sameness,
    Step,
    title_of,
)
from assistant.facts import KINDS, LAWS, badge_word, outcome_word, unread
from assistant.statements import date_name, sitting_name
from assistant.surveys.precedents import Precedent
from assistant.surveys.similar import Likeness
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import level

Open = tuple[str, int, int] | None
_LONG = 110  # characters of a value in a comparison
_SIGNS = {
    Sameness.SAME: ("＝", ""),
    Sameness.PARTLY: ("≒", "一部が同じ"),
    Sameness.DIFFERS: ("≠", "異なる"),
    Sameness.SILENT: ("", ""),
}


def head_html(dossier: Dossier, open: Open) -> str:
    """What the case is, how it stands, and under which law."""
    case, row = dossier.case, dossier.row
    facts = [
        ("自治体", escape(row.municipality)),
        ("審議会", escape(case.council or "")),
        ("会議", escape(sitting_name(case, case.newest))),
        ("種別", KINDS.get(case.kind, "")),
        ("番号", escape(case.label)),
        ("担当", escape(row.department) + _mark(case.record, case.department_span, open)),
        ("技術", escape("、".join(row.technologies))),
        ("取扱い", escape("、".join(row.handlings))),
        ("根拠", _articles(case, open) or escape("、".join(row.legal_basis))),
        ("制度", escape(LAWS.get(case.law or "", ""))),
    ]
    shown = "".join(f"<div><dt>{name}</dt><dd>{words}</dd></div>" for name, words in facts if words)
    warned = ""
    if case.law == "ordinance":
        warned = (
            '<p class="note">2023年4月1日からは個人情報保護法が自治体に直接適用されています。'
            "同じ内容でも、いまの手続や結論は異なることがあります。</p>"
        )
    if dossier.machine:
        warned += f'<p class="machine">{MACHINE}</p>'
    look = link(
        "records", {"record": case.record, "case": case.id}, "原文と並べて確かめる・訂正する"
    )
    doubts = "".join(f"<li>{escape(doubt.text)}</li>" for doubt in case.doubts)
    if doubts:
        doubts = (
            f'<div class="doubts"><strong>読み取りで確かめたいこと</strong><ul>{doubts}</ul></div>'
        )
    standing = case_badge(case, dossier.outcome, large=True)
    return (
        f'<section class="case-head"><h2>{escape(level(case.title) or "（件名なし）")}'
        f"{_mark(case.record, case.title_span, open)}</h2>"
        f'<p class="standing">{standing}{corrected_html(case)}</p>'
        f'<dl class="facts-list">{shown}</dl>{warned}{doubts}<p class="look">{look}</p></section>'
    )


def newest_html(rows: Sequence[Precedent]) -> str:
    """The newest cases, and the way to all of them."""
    items = "".join(
        f"<li>{case_badge(row.case)} {case_link(row.case.id, escape(title_of(row.case)))} "
        f'<span class="sub">{escape(row.municipality)} {date_name(row.day)}</span></li>'
        for row in rows
    )
    every = link("precedents", {}, "先例一覧ですべての案件を見る")
    return f'<h3>新しい案件</h3><ul class="plain">{items}</ul><p>{every}</p>'


def _articles(case: Case, open: Open) -> str:
    shown: dict[str, str] = {}
    for article in case.articles:
        if article.name not in shown and article.name in case.legal_basis:
            mark = source_mark(case.record, article.start, article.end, open)
            shown[article.name] = f"<span class='fact'>{escape(article.name)}{mark}</span>"
    return "".join(shown.values())


def _mark(record: str, span: tuple[int, int] | None, open: Open) -> str:
    return source_mark(record, *span, open) if span and span[1] > span[0] else ""


# --- the course ------------------------------------------------------------------------------


def steps_html(dossier: Dossier, open: Open) -> str:
    """The matter's stages in time, each verdict and condition verbatim."""
    items = "".join(_step(step, dossier.case, open) for step in dossier.steps)
    related = ""
    for sure, words in ((True, "関係する案件"), (False, "関係するかもしれない案件")):
        links = "".join(
            f"<li>{case_badge(r.case)} {case_link(r.case.id, escape(title_of(r.case)))} "
            f'<span class="sub">{escape(r.case.municipality or "")} {date_name(r.case.day)} — '
            f"{escape(r.reason)}</span></li>"
            for r in dossier.related
            if r.sure is sure
        )
        related += f"<h4>{words}</h4><ul class='plain'>{links}</ul>" if links else ""
    return f'<section><h3 id="course">経過</h3><ol class="course">{items}</ol>{related}</section>'


def _step(step: Step, own: Case, open: Open) -> str:
    case, decision = step.case, step.decision
    when = date_name(step.day) or "日付の記載なし"
    head = f'<span class="when">{escape(when)}</span> <span>{escape(step.meeting)}</span>'
    if decision is None:
        words = "資料・付議（この記録に結論は書かれていません）"
        short = outcome_word(case, Outcome.NOT_RECORDED)
        if unread(case):
            words = "この記録から結論を読み取れませんでした。原文をご確認ください"
            short = badge_word(case)
        body = f'<p>{badge(Outcome.NOT_RECORDED, short)} <span class="sub">{words}</span></p>'
        css = Outcome.NOT_RECORDED.value
    else:
        css = decision.outcome.value
        quoted = ""
        if decision.text:
            quoted = (
                f"「{escape(readable(decision.text))}」"
                f"{source_mark(case.record, decision.start, decision.end, open)}"
            )
        body = (
            f"<p>{case_badge(case, decision.outcome)}{corrected_html(case, decision)} {quoted}</p>"
        )
        conditions = "".join(
            f"<li>「{escape(readable(c.text))}」{source_mark(case.record, c.start, c.end, open)}</li>"
            for c in decision.conditions
        )
        if conditions:
            body += f'<div class="attached"><span class="name">条件・附帯意見</span><ul class="conditions">{conditions}</ul></div>'
        elif decision.outcome is Outcome.APPROVED_WITH_CONDITIONS:
            body += (
                '<p class="sub">条件・意見の内容は読み取れていません。原文をご確認ください。</p>'
            )
    other = ""
    if case is not own:
        reason = f"（{escape(step.reason)}）" if step.reason else ""
        other = f'<p class="sub">{case_link(case.id, escape(title_of(case)))}{reason}</p>'
    return f'<li class="{css}"><div class="step-head">{head}</div>{other}{body}</li>'


# --- data, questions -------------------------------------------------------------------------


def fields_html(dossier: Dossier, open: Open) -> str:
    """What data goes where, how and why, as the papers say it."""
    if not dossier.fields and not dossier.others:
        return (
            '<section><h3>扱う情報</h3><p class="sub">'
            "項目ごとに書かれた資料は、この案件の記録の中にありません。</p></section>"
        )
    rows = "".join(_field(field, open) for field in dossier.fields)
    others = ""
    if dossier.others:
        inner = "".join(_field(field, open) for field in dossier.others)
        others = (
            f"<details><summary>そのほかの記載（{len(dossier.others)}項目）</summary>"
            f'<table class="facts">{inner}</table></details>'
        )
    return (
        '<section><h3>扱う情報 <span class="sub">資料の記載（提案の内容で、審議会の結論ではありません）'
        f'</span></h3><table class="facts">{rows}</table>{others}</section>'
    )


def _field(field: Field, open: Open) -> str:
    values = "".join(
        f"<div>{escape(words)}{place_mark(place, open)}</div>" for words, place in field.values
    )
    return f'<tr><th scope="row">{escape(field.shown)}</th><td>{values}</td></tr>'


def themes_html(dossier: Dossier, open: Open) -> str:
    """What was asked and answered, by what it was about."""
    number = sum(len(asked) for _, asked in dossier.themes)
    if not number:
        return '<section><h3>質疑</h3><p class="sub">質疑の記録はありません。</p></section>'
    groups = "".join(
        f"<details open><summary>{escape(theme)}（{len(asked)}）</summary>"
        f"{''.join(exchange_html(one, open) for one in asked)}</details>"
        for theme, asked in dossier.themes
    )
    return f'<section class="themes"><h3>質疑（{number}）</h3>{groups}</section>'


def exchange_html(asked: Asked, open: Open) -> str:
    """A question and its replies, each with its speaker and source."""
    replies = "".join(_said("答", reply, open) for reply in asked.replies)
    return f'<div class="exchange">{_said("問" if replies else "発言", asked.question, open)}{replies}</div>'


def _said(what: str, said: Said, open: Open) -> str:
    css = "reply" if what == "答" else "asked"
    return (
        f'<p><span class="{css}">{what}</span><span class="who">{escape(said.role)}</span>'
        f"{escape(said.text)}{place_mark(said.place, open)}</p>"
    )


# --- cases like it ---------------------------------------------------------------------------


def similar_html(
    mine: Dossier, likes: Sequence[tuple[Likeness, Dossier, Sequence[Compared]]], open: Open
) -> str:
    """Cases like this one, side by side: what is the same (＝), partly so (≒), and differs (≠)."""
    if not likes:
        return '<section><h3>似た案件</h3><p class="sub">似た案件は、記録の中に見つかりません。</p></section>'
    heads = "".join(
        f'<th scope="col">{case_link(like.row.case.id, escape(title_of(like.row.case, 40)))}'
        f'<div class="sub">{escape(like.row.municipality)} {date_name(like.row.day)}</div></th>'
        for like, _, _ in likes
    )
    said = {row.name for _, _, rows in likes for row in rows}
    names = [name for name in COMPARED if name in said]
    own = {row.name: row.mine for _, _, rows in likes for row in rows if row.mine}
    body = [
        _outcomes(mine, [other for _, other, _ in likes]),
        _conditions(mine, [other for _, other, _ in likes], open),
    ]
    for name in names:
        cells = "".join(
            _compared(next((row for row in rows if row.name == name), None), open)
            for _, _, rows in likes
        )
        body.append(
            f'<tr><th scope="row">{escape(name)}</th><td>{escape(_short(own.get(name, "")))}</td>{cells}</tr>'
        )
    return (
        '<section class="similar"><h3>似た案件 <span class="sub">題名・技術・取扱い・内容の近さによる候補です'
        "</span></h3>"
        '<div class="board"><table class="alike"><thead><tr><th></th><th scope="col">この案件</th>'
        f"{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div></section>"
    )


def _outcomes(mine: Dossier, others: Sequence[Dossier]) -> str:
    cells = "".join(f"<td>{case_badge(d.case, d.outcome)}</td>" for d in (mine, *others))
    return f'<tr><th scope="row">結論</th>{cells}</tr>'


def _conditions(mine: Dossier, others: Sequence[Dossier], open: Open) -> str:
    cells = ""
    for dossier in (mine, *others):
        inner = "".join(
            f"<li>「{escape(readable(c.text))}」{source_mark(step.case.record, c.start, c.end, open)}</li>"
            for step in dossier.steps
            for c in step.conditions
        )
        cells += f'<td><ul class="conditions">{inner}</ul></td>'
    return f'<tr><th scope="row">条件</th>{cells}</tr>' if "<li>" in cells else ""


def _compared(row: Compared | None, open: Open) -> str:
    if row is None or not row.other:
        return '<td class="silent">記載なし</td>'
    sign, word = _SIGNS[row.sameness]
    shown = "同じ" if row.sameness is Sameness.SAME else _short(row.other)
    away = f'<span class="away">{word}: </span>' if word else ""
    mark = place_mark(row.place, open) if row.place else ""
    return (
        f'<td class="{row.sameness}"><span class="sign" aria-hidden="true">{sign}</span>{away}'
        f"{escape(shown)}{mark}</td>"
    )


def _short(words: str) -> str:
    return words if len(words) <= _LONG else words[: _LONG - 1] + "…"


def sources_html(dossier: Dossier, open: Open) -> str:
    """The records that tell of the matter."""
    rows = "".join(
        f"<li>{escape(case.record)} — {escape(sitting_name(case))}"
        f"{source_mark(case.record, *case.title_span, open)}</li>"
        for case in dossier.cases
    )
    return f'<section><h3>出典の記録</h3><ul class="plain">{rows}</ul></section>'
