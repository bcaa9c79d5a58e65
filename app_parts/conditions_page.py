"""The page 条件の追跡: every condition, and the later report that answers it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_parts.downloads import offer_table
from app_parts.kept import made, precedents_of
from app_parts.layout import heading
from app_parts.source import desk, opened_span, show_html
from app_parts.tracked_html import tracked_html
from assistant.chat import Assistant
from assistant.facts import unread
from assistant.surveys.conditions import STATES, Conditions, State, Tracked, sheet


def show(assistant: Assistant) -> None:
    """The conditions, narrowed by town and state; what was left unanswered first."""
    precedents = precedents_of(assistant)
    held = made(assistant, "conditions", lambda: Conditions(assistant.index, precedents)).tracked
    heading(
        "条件の追跡",
        "審議会が付けたすべての条件・附帯意見と、その後の報告です。"
        "「見つかりません」は、読み込んだ記録の中にないという意味です。",
    )
    chosen = _chosen(held)
    order = list(reversed(State))
    chosen.sort(key=lambda one: (order.index(one.state), not one.asked, one.row.municipality))
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        counted = "、".join(
            f"{STATES[state]} {number}件"
            for state in State
            if (number := sum(one.state is state for one in chosen))
        )
        st.html(
            f'<span class="number">{len(chosen)}件</span>　<span class="loaded">{counted}</span>'
        )
        offer_table(sheet(chosen, assistant.index))
    with desk(assistant):
        if chosen:
            show_html("tracked", tracked_html(chosen, assistant.index, opened_span()), _none)
        else:
            st.info("当たる条件・附帯意見は、読み取った記録の中にありません。")
        if silent := sum(unread(row.case) for row in precedents.rows):
            st.caption(
                f"結論を読み取れなかった案件が{silent}件あります。条件が付いていても、ここには出ません"
                "（頁「記録」の「要確認」で原文を確かめられます）。"
            )


def _chosen(held: Sequence[Tracked]) -> list[Tracked]:
    """The filters, and what they leave. Each stands in the address."""
    with st.container(key="filters"):
        columns = st.columns([2, 3, 2], gap="small")
        with columns[0]:
            towns = st.multiselect(
                "自治体", sorted({one.row.municipality for one in held}), key="town",
                bind="query-params", placeholder="自治体", label_visibility="collapsed",
                select_all=False,
            )  # fmt: skip
        with columns[1]:
            states = st.multiselect(
                "状態", [state for state in State if any(one.state is state for one in held)],
                key="state", bind="query-params", placeholder="状態",
                label_visibility="collapsed", format_func=STATES.__getitem__, select_all=False,
            )  # fmt: skip
        with columns[2]:
            asked = st.checkbox("報告を求めるものだけ", key="asked", bind="query-params")
    return [
        one
        for one in held
        if (not towns or one.row.municipality in towns)
        and (not states or one.state in states)
        and (not asked or one.asked)
    ]


def _none(what: str, detail: str) -> None:
    """All that can be pressed here leads elsewhere."""
