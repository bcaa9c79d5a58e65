"""Work that is kept nowhere but in this session. Before it is lost with the page, the browser asks
(`leave.js`); it is not written to a disk, where others might read it."""

from __future__ import annotations

import hashlib
from html import escape

import streamlit as st


def unsaved(name: str, work: object = None) -> None:
    """Say that this work is not saved; without any, that there is none of this name."""
    held: dict[str, str] = st.session_state.setdefault("unsaved", {})
    if work:
        held[name] = hashlib.sha256(repr(work).encode("utf-8", "replace")).hexdigest()[:12]
    else:
        held.pop(name, None)


def tell_unsaved() -> None:
    """Put on the page what is not saved, whichever page it was made on."""
    held: dict[str, str] = st.session_state.get("unsaved", {})
    marks = (f'<i hidden data-unsaved="{escape(name)} {work}"></i>' for name, work in held.items())
    if html := "".join(marks):
        st.html(html)
