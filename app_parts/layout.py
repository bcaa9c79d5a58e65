"""What all pages look like: the heading, with what the page is for."""

from __future__ import annotations

from html import escape

import streamlit as st


def heading(title: str, words: str = "") -> None:
    """The title of a page, and in a sentence what it shows."""
    said = f"<p>{escape(words)}</p>" if words else ""
    st.html(f'<header class="page-heading"><h1>{escape(title)}</h1>{said}</header>')
