"""From page to page: a link in our own HTML, and the way it is followed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs, urlencode

import streamlit as st

from assistant.facts import Place

Parameters = dict[str, str | Sequence[str]]


def link(page: str, parameters: Parameters, html: str, css: str = "", title: str = "") -> str:
    """A link to another page of the app. It has an address of its own, for a new tab or a note;
    pressed, it changes the page within the session. `html` is markup, the rest is escaped."""
    query = urlencode(parameters, doseq=True)
    named = f' title="{escape(title)}"' if title else ""
    return (
        f'<a class="link {css}" href="{escape(page)}?{escape(query)}"{named} '
        f'data-do="go {escape(page)} {escape(query)}">{html}</a>'
    )


def case_link(case: str, html: str, css: str = "", title: str = "案件の頁を開く") -> str:
    """A link to the page of a case."""
    return link("case", {"case": case}, html, css, title)


def go(page: str, query: str = "") -> None:
    """Show another page from the next run on; `query` is its address' own part."""
    st.session_state.go = page, parse_qs(query)


def asked_for() -> tuple[str, dict[str, list[str]]] | None:
    """The page to go to, told once."""
    wanted: tuple[str, dict[str, list[str]]] | None = st.session_state.pop("go", None)
    return wanted


def source_mark(
    record: str, start: int, end: int, open: tuple[str, int, int] | None, words: str = "原文"
) -> str:
    """A button that opens a span of a record in the panel; pressed in while it is open. On paper it
    is the record's name."""
    pressed = "true" if open == (record, start, end) else "false"
    return (
        f'<button type="button" class="cite" data-do="source {start} {end} {escape(record)}" '
        f'data-record="{escape(record)}" '
        f'aria-pressed="{pressed}" title="出典を開く: {escape(record)}">{escape(words)}</button>'
    )


def place_mark(place: Place, open: tuple[str, int, int] | None) -> str:
    """The button that opens a place (`source_mark`)."""
    return source_mark(place.record, place.start, place.end, open)
