"""The page はじめての方へ: a newcomer's first half hour, in six parts that can be ticked off."""

from __future__ import annotations

from collections import Counter
from functools import partial
from html import escape

import streamlit as st

from app_parts.examples import examples
from app_parts.first_steps_html import (
    COUNCIL,
    LAW,
    course_html,
    entries_html,
    others_html,
    own_html,
    told_html,
    walk_html,
)
from app_parts.kept import dossiers_of, made, precedents_of
from app_parts.layout import heading, notes
from app_parts.links import go, link
from app_parts.source import desk, opened_span, show_html
from assistant.chat import Assistant
from assistant.desks.first_steps import PARTS, FirstSteps
from assistant.desks.keeping import NotKept
from assistant.facts import badge_word
from assistant.surveys.glossary import Glossary
from assistant.surveys.precedents import Precedents, counts
from index.grammar.verdicts import Outcome

_MINUTES = {"council": 3, "course": 4, "words": 8, "law": 4, "walks": 9, "asking": 2}


def show(assistant: Assistant) -> None:
    """One part at a time; above it which of them are done."""
    heading(
        "はじめての方へ",
        f"はじめの{sum(_MINUTES.values())}分。言葉の説明も案件も、いま読み込まれている記録から引いています。",
    )
    try:
        done = {str(note["id"]) for note in notes("progress").all()}
    except NotKept as error:
        st.warning(str(error))
        done = set()
    names = list(PARTS)
    # pressed once more, a part would be none; and an address may name one that is not there
    chosen = st.session_state.get("part") or st.query_params.get("part")
    if chosen not in PARTS:
        chosen = next((name for name in names if name not in done), names[0])
    if st.session_state.get("part") != chosen:
        st.session_state.part = chosen
    with st.container(key="parts"):
        part: str = st.segmented_control(
            "章", names, key="part", bind="query-params", label_visibility="collapsed",
            format_func=lambda name: f"{'✓' if name in done else names.index(name) + 1} {PARTS[name]}",
        ) or names[0]  # fmt: skip
    st.html(
        f'<p class="progress">{len(names)}章のうち{len(done & set(names))}章を読みました。'
        f"この章は約{_MINUTES[part]}分です。</p>"
    )
    with desk(assistant):
        html = f'<div class="guide">{_html(assistant, part)}</div>'
        show_html(f"part-{part}", html, partial(_pressed, assistant))
        _next(part, part in done)


def _next(part: str, done: bool) -> None:
    names = list(PARTS)
    after = names[(names.index(part) + 1) % len(names)]
    last = part == names[-1]
    with st.container(key="bar", horizontal=True):
        if done:
            st.button("「読みました」を取り消す", key="undo", on_click=_tick, args=(part, False))
        words = "読みました" if last else f"読みました。次は「{PARTS[after]}」"
        st.button(
            words, key="done", type="primary", on_click=_tick,
            args=(part, True, None if last else after),
        )  # fmt: skip


def _tick(part: str, done: bool, after: str | None = None) -> None:
    held = notes("progress")
    try:
        known = {note["id"] for note in held.all()}
        if done and part not in known:
            held.add({"id": part})
        elif not done:
            held.change(part, None)
    except NotKept as error:
        st.warning(str(error))
    if after:
        st.session_state.part, st.session_state.opened = after, None


def _html(assistant: Assistant, part: str) -> str:
    index, open = assistant.index, opened_span()
    if part == "course":
        return course_html()
    if part == "words":
        glossary = made(assistant, "glossary", lambda: Glossary(index))
        words = entries_html(made(assistant, "words", glossary.entries), index, open)
        others = glossary.others()
        if others:
            words += (
                "<h3>この記録の中で説明されている、ほかの言葉</h3>"
                f"{others_html(others, index, open)}"
            )
        return words
    if part == "asking":
        return _asking(assistant)
    precedents, dossiers = precedents_of(assistant), dossiers_of(assistant)
    steps = made(assistant, "first_steps", lambda: FirstSteps(index, precedents, dossiers))
    if part == "walks":
        if not steps.walks:
            return '<p class="sub">たどれる案件が、まだ記録の中にありません。</p>'
        return "".join(walk_html(n, walk, open) for n, walk in enumerate(steps.walks, start=1))
    own, told = (COUNCIL, steps.council) if part == "council" else (LAW, steps.law)
    said = told_html(told, index, open)
    heard = (
        f"<h3>記録の中の説明</h3>{said}"
        if said
        else '<p class="sub">このことを説明した箇所は、お手元の記録の中に見つかりません。</p>'
    )
    return own_html(own) + heard + (_held(assistant, precedents) if part == "council" else "")


def _held(assistant: Assistant, precedents: Precedents) -> str:
    """What the records at hand hold, in numbers that lead to the table."""
    rows = precedents.rows
    by_town = counts(rows, "municipality")
    lines = []
    order = list(Outcome)
    for town in by_town.names:
        own = [row for row in rows if row.municipality == town]
        own.sort(key=lambda row: order.index(row.outcome))
        ends = Counter(badge_word(row.case) for row in own)
        parts = "、".join(f"{words}{n}" for words, n in ends.items())
        named = link("precedents", {"town": town}, escape(by_town.names[town]))
        lines.append(
            f'<li>{named} {by_town.of(town)}件 <span class="sub">{escape(parts)}</span></li>'
        )
    return f'<h3>お手元の記録にある案件（{len(rows)}）</h3><ul class="plain">{"".join(lines)}</ul>'


def _asking(assistant: Assistant) -> str:
    items = "".join(
        f'<li><button type="button" class="try" data-do="ask {number}">'
        f"{escape(' → '.join(questions))}</button></li>"
        for number, questions in enumerate(examples(assistant.evidence.cases))
    )
    return (
        own_html(
            "知りたいことを、ふだんの言葉で入力してください。答えの番号を押すと、記録の原文がその場で開きます。"
            "まず1行目の結論を読み、次に条件を、最後に原文を確かめるのが確実です。"
            "「記録からは分かりません」は、読み込んだ記録の中に書かれていないという意味で、"
            "なかった・承認されなかったという意味ではありません。"
        )
        + f"<h3>この記録で試せる質問</h3><ul class='plain'>{items}</ul>"
    )


def _pressed(assistant: Assistant, what: str, detail: str) -> None:
    """A question to try was pressed: it is asked on the page of the chat."""
    asked = list(examples(assistant.evidence.cases))
    if what == "ask" and detail.isdecimal() and int(detail) < len(asked):
        st.session_state.pending = [(question, ()) for question in asked[int(detail)]]
        go("chat")
