"""What all pages look like: the heading, with what the page is for."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from app_parts.opening import folder
from assistant.desks.keeping import Notes, notes_folder
from assistant.statements import place_name, short_title
from index.cases import Case


def heading(title: str, words: str = "") -> None:
    """The title of a page, and in a sentence what it shows."""
    said = f"<p>{escape(words)}</p>" if words else ""
    st.html(f'<header class="page-heading"><h1>{escape(title)}</h1>{said}</header>')


def case_name(case: Case) -> str:
    """A case among others to choose from."""
    return f"{place_name(case)} {short_title(case.title, 60) or '（件名なし）'}"


def notes(name: str) -> Notes:
    """The user's notes of one kind (questions, judgements, progress), kept beside the index."""
    return Notes(Path(notes_folder(folder())) / f"{name}.jsonl")
