"""The page 先例一覧: every case, to be chosen, sorted, counted and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from app_parts.downloads import offer_table
from app_parts.kept import precedents_of
from app_parts.layout import heading
from app_parts.source import desk, opened_span, show_html
from app_parts.tables import counts_html, grid_html, rows_html
from assistant.chat import Assistant
from assistant.facts import GROUP_WORDS, KINDS
from assistant.surveys.precedents import (
    COUNTED_BY,
    SORTS,
    Choice,
    Precedent,
    counts,
    grid,
    in_order,
    sheet,
    technologies_of,
)
from assistant.understanding.times import year_name
from index.grammar.verdicts import Outcome

AT_FIRST = 200  # rows; more are shown when asked for
VIEWS = {"list": "一覧", "grid": "技術×自治体", "counts": "件数"}
_LISTS = ("town", "year", "tech", "use", "kind", "office", "law", "outcome")


def show(assistant: Assistant) -> None:
    """The table, its grid and its counts, with what they are narrowed to above them."""
    precedents = precedents_of(assistant)
    state = st.session_state
    state.setdefault("sorted", ("day", True))
    state.setdefault("most", AT_FIRST)
    heading(
        "先例一覧",
        "記録にあるすべての案件です。件名を押すと、案件の頁が開きます。",
    )
    choice = _choice(precedents.rows)
    by, falling = state.sorted
    rows = in_order(precedents.choose(choice), by, falling=falling)
    view = _bar(rows, choice, len(precedents.rows))
    words = f"対象: {choice.in_words()}（{len(rows)}件）"
    st.html(f'<p class="on-paper">{escape(words)}</p>')
    with desk(assistant):
        if not rows:
            st.info("この条件に当たる案件は、記録の中にありません。条件を外すと増えます。")
        elif view == "grid":
            show_html("precedent-grid", grid_html(grid(rows)), _pressed)
        elif view == "counts":
            grouped = st.segmented_control(
                "まとめ方", list(COUNTED_BY), format_func=COUNTED_BY.__getitem__,
                default="year", required=True, key="by", label_visibility="collapsed",
            )  # fmt: skip
            show_html("precedent-counts", counts_html(counts(rows, grouped or "year")), _pressed)
        else:
            found = precedents.places(rows[: state.most], choice.text)
            html = rows_html(rows, by, falling, state.most, opened_span(), found)
            show_html("precedent-rows", html, _pressed)


def _choice(rows: Sequence[Precedent]) -> Choice:
    """The filters. Only what the rows have is offered; each stands in the address."""

    def several(key: str, label: str, options: list[Any], **more: Any) -> tuple[Any, ...]:
        return tuple(
            st.multiselect(
                label, options, key=key, bind="query-params", placeholder=label,
                label_visibility="collapsed", select_all=False, **more,
            )
        )  # fmt: skip

    with st.container(key="filters"):
        first = st.columns([2, 1, 1, 1], gap="small")
        second = st.columns([1, 1, 1, 1, 1, 1.4], gap="small")
        with first[0]:
            text = st.text_input(
                "全文から探す", key="text", bind="query-params", label_visibility="collapsed",
                placeholder="全文から探す（空白で区切るとすべてを含むもの）",
            )  # fmt: skip
        with first[1]:
            towns = several("town", "自治体", sorted({row.municipality for row in rows}))
        with first[2]:
            years = several(
                "year", "年度", sorted({r.year for r in rows if r.year}, reverse=True),
                format_func=year_name,
            )  # fmt: skip
        with first[3]:
            outcomes = several(
                "outcome", "結論", [o for o in Outcome if any(r.outcome is o for r in rows)],
                format_func=GROUP_WORDS.__getitem__,
            )  # fmt: skip
        with second[0]:
            named = sorted({t for row in rows for t in technologies_of(row)})
            used = several("tech", "技術", named)
        with second[1]:
            handled = several("use", "取扱い", sorted({h for r in rows for h in r.handlings}))
        with second[2]:
            offices = several("office", "担当", sorted({r.department for r in rows} - {""}))
        with second[3]:
            laws = several("law", "根拠", sorted({b for row in rows for b in row.legal_basis}))
        with second[4]:
            kinds = several(
                "kind", "種別", [k for k in KINDS if any(r.case.kind == k for r in rows)],
                format_func=KINDS.__getitem__,
            )  # fmt: skip
        with second[5]:
            conditioned = st.checkbox("条件つきのみ", key="conditioned", bind="query-params")
    return Choice(
        towns, years, used, handled, kinds, offices, laws, outcomes, conditioned, text or ""
    )


def _bar(rows: Sequence[Precedent], choice: Choice, all_rows: int) -> str:
    """Which view, how many rows, and the ways to take them along."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        view = st.segmented_control(
            "見方", list(VIEWS), format_func=VIEWS.__getitem__, default="list", required=True,
            key="view", bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        number = f"{all_rows}件" if len(rows) == all_rows else f"{all_rows}件のうち{len(rows)}件"
        st.html(f'<span class="number">{number}</span>')
        if choice != Choice():
            st.button("絞り込みを外す", on_click=_clear, icon=":material/close:", type="tertiary")
        offer_table(sheet(rows, choice))
    return view or "list"


def _clear() -> None:
    state = st.session_state
    for key in _LISTS:
        state[key] = []
    state.conditioned, state.text = False, ""


def _pressed(what: str, detail: str) -> None:
    """A heading, a cell of the grid or a part of a bar was pressed."""
    state = st.session_state
    if what == "sort" and detail in SORTS:
        by, falling = state.sorted
        state.sorted = (detail, not falling if detail == by else detail in ("day", "conditions"))
    elif what == "more":
        state.most = 1_000_000
    elif what == "pick":
        for key, (value, *_) in parse_qs(detail).items():
            if key == "year":
                state.year = [int(value)]
            elif key == "outcome":
                state.outcome = [Outcome(value)]
            elif key in _LISTS:
                state[key] = [value]
        state.view, state.most = "list", AT_FIRST
