"""The page 案件: one case whole, at an address of its own."""

from __future__ import annotations

import streamlit as st

from app_parts.dossier_html import (
    fields_html,
    head_html,
    newest_html,
    similar_html,
    sources_html,
    steps_html,
    themes_html,
)
from app_parts.kept import dossiers_of, made, precedents_of
from app_parts.layout import case_name, heading
from app_parts.source import desk, opened_span, show_html
from assistant.chat import Assistant
from assistant.desks.dossiers import Dossiers, compare
from assistant.surveys.precedents import in_order
from assistant.surveys.similar import Similar

MOST_ALIKE = 3  # side by side
NEWEST = 12  # cases to choose from where none is named


def show(assistant: Assistant) -> None:
    """The case that the address names; without one, the way to choose it."""
    dossiers, precedents = dossiers_of(assistant), precedents_of(assistant)
    similar = made(assistant, "similar", lambda: Similar(assistant.index, precedents))
    heading("案件")
    wanted = str(st.query_params.get("case", ""))
    _picker(dossiers)
    dossier = dossiers.of(wanted)
    if dossier is None:
        if wanted:
            st.info("この案件は、いまの記録の中に見つかりません。上の欄から選び直してください。")
        else:
            st.info("上の欄で、自治体や件名の一部を入力して選んでください。")
        newest = in_order(precedents.rows, "day", falling=True)[:NEWEST]
        show_html("case-newest", newest_html(newest), _none)
        return
    open = opened_span()
    alike = []
    for like in similar.to(dossier.row, MOST_ALIKE):
        other = dossiers.of(like.row.case.id)
        if other is not None:
            alike.append((like, other, compare(dossier, other)))
    parts = [
        head_html(dossier, open),
        steps_html(dossier, open),
        fields_html(dossier, open),
        themes_html(dossier, open),
        similar_html(dossier, alike, open),
        sources_html(dossier, open),
    ]
    with desk(assistant):
        show_html(f"case-{wanted}", f'<article class="dossier">{"".join(parts)}</article>', _none)


def _picker(dossiers: Dossiers) -> None:
    def picked() -> None:
        if st.session_state.picked:
            st.query_params["case"] = st.session_state.picked
            st.session_state.opened = st.session_state.picked = None

    st.selectbox(
        "案件を選ぶ", list(dossiers.by_id), index=None, key="picked",
        format_func=lambda id: case_name(dossiers.by_id[id]),
        placeholder="案件を選ぶ（自治体や件名の一部を入力）", label_visibility="collapsed",
        on_change=picked,
    )  # fmt: skip


def _none(what: str, detail: str) -> None:
    """All that can be pressed here leads elsewhere."""
