"""What is made once of an index and then used by every page and session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from assistant.chat import Assistant
from assistant.desks.dossiers import Dossiers
from assistant.surveys.precedents import Precedents

Made = TypeVar("Made")


def made(assistant: Assistant, what: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept under the name `what` for as long as this generation is in use."""
    kept: Made = _made(what, _name_of(assistant), make)
    return kept


def precedents_of(assistant: Assistant) -> Precedents:
    """The rows of all cases."""
    return made(assistant, "precedents", lambda: Precedents(assistant.index))


def dossiers_of(assistant: Assistant) -> Dossiers:
    """What makes a case's page."""
    precedents = precedents_of(assistant)
    return made(assistant, "dossiers", lambda: Dossiers(assistant.index, precedents))


def _name_of(assistant: Assistant) -> str:
    # By its content too: where an index was deleted and made anew, the names begin again.
    return f"{assistant.index.path} {assistant.index.manifest.catalogue}"


@st.cache_resource(show_spinner=False, max_entries=32)
def _made(what: str, generation: str, _make: Callable[[], Any]) -> Any:
    return _make()
