"""The page 保存した質問: which answers new records have changed, and why; and what was said of
answers, to take along for the evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app_parts.downloads import offer, offer_table
from app_parts.layout import heading, notes
from app_parts.links import go
from app_parts.opening import folder
from app_parts.saved_html import judgements_html, saved_html
from app_parts.source import desk, opened_span, show_html
from assistant.chat import Assistant
from assistant.desks.judgements import as_jsonl
from assistant.desks.keeping import NotKept, notes_folder
from assistant.desks.saved import Saved, SavedQuestions, sheet


def show(assistant: Assistant) -> None:
    """The questions, those whose answer has changed first; below them the judgements."""
    heading(
        "保存した質問",
        "記録が増えたり変わったりすると、答えがどう変わったか、どの記録によるのかを示します。",
    )
    try:
        with st.spinner("保存した質問を調べ直しています…"):
            saved = _asked_again(assistant)
        judged = notes("judgements").all()
    except NotKept as error:
        st.warning(str(error))
        return
    if saved:
        _bar(saved)
    else:
        st.info(
            "保存した質問はまだありません。「質問する」の回答の下の「この質問を保存」で保存できます。"
        )
    with desk(assistant):
        if saved:
            asked = str(st.session_state.get("forget", ""))
            html = saved_html(saved, asked, opened_span())
            show_html("saved", html, partial(_pressed, assistant, saved))
        if judged:
            st.html(f'<h2 class="second">回答への評価（{len(judged)}）</h2>')
            with st.container(key="bar-judged", horizontal=True, vertical_alignment="center"):
                offer(
                    "評価用に書き出す（JSONL）", lambda: as_jsonl(judged), "回答への評価.jsonl",
                    key="judgements-file",
                )  # fmt: skip
            show_html("judged", judgements_html(judged), _judged)
    st.caption(f"保存先（このパソコンの中だけ）: {notes_folder(folder())}")


def _store() -> SavedQuestions:
    return SavedQuestions(notes("questions"), notes("holdings"))


def _asked_again(assistant: Assistant) -> list[Saved]:
    """Asked anew when the index or the file has changed, else as they were a moment ago."""
    path = notes("questions").path
    stamp = str(assistant.index.path), path.stat().st_mtime_ns if path.exists() else 0
    known: tuple[object, list[Saved]] = st.session_state.get("saved_questions", (None, []))
    if known[0] != stamp:
        known = stamp, _store().all(assistant)
        st.session_state.saved_questions = known
    return known[1]


def _bar(saved: Sequence[Saved]) -> None:
    changed = sum(bool(one.changes) for one in saved)
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<span class="number">{len(saved)}件</span>　'
            f'<span class="loaded">変わりました {changed}件、変わりありません {len(saved) - changed}件</span>'
        )
        offer_table(sheet(saved))


def _pressed(assistant: Assistant, saved: Sequence[Saved], what: str, detail: str) -> None:
    state = st.session_state
    one = next((one for one in saved if one.id == detail), None)
    state.forget = detail if what == "forget" else ""
    if one is None:
        return
    try:
        if what == "seen":
            _store().seen(assistant, one)
        elif what == "forgotten":
            _store().forget(one.id)
    except NotKept as error:
        st.warning(str(error))
    if what == "ask":
        within = one.within
        state.town, state.year = list(within.municipalities), list(within.years)
        state.kind, state.outcome = list(within.kinds), list(within.outcomes)
        state.turns, state.opened, state.talk = [], None, state.get("talk", 0) + 1
        state.pending = [
            (turn, one.drop if n == len(one.turns) - 1 else ()) for n, turn in enumerate(one.turns)
        ]
        go("chat")


def _judged(what: str, detail: str) -> None:
    if what == "unsay":
        try:
            notes("judgements").change(detail, None)
        except NotKept as error:
            st.warning(str(error))
