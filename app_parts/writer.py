"""The language model on the page: which it is, where it runs, and its words as they come."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import streamlit as st

from app_parts.markup import plain
from assistant.answers import Answer
from assistant.chat import Assistant

if TYPE_CHECKING:
    from assistant.language_model.models import LanguageModel


def language_model() -> LanguageModel | None:
    """The model that is set, if it can be used."""
    return _connected()[0]


@st.cache_resource(show_spinner=False)
def _connected() -> tuple[LanguageModel | None, str]:
    """The model, or what to say of why there is none."""
    if not os.environ.get("SENREI_MODEL", "").strip():
        return None, ""
    from assistant.language_model.models import ModelError, connect
    from assistant.language_model.prompts import PromptError

    try:
        return connect(), ""
    except ModelError as error:
        return None, error.japanese
    except PromptError as error:
        return None, f"言語モデルへの指示文（prompts/）に誤りがあります。{error}"


def where_words_go() -> str:
    """Whether anything leaves this machine, in a sentence."""
    model = language_model()
    if model is None:
        return "質問も記録も、このパソコンの外には送られません。"
    if model.local:
        return "質問と記録の一部は、このパソコンの言語モデルにだけ送られます。"
    return f"質問と記録の一部は、言語モデルのある {model.host} に送られます。"


def show_model() -> None:
    """Which model, where it runs, and that text is sent there; nothing where none is set."""
    model, fault = _connected()
    if fault:
        st.warning(f"{plain(fault)}記録の言葉だけでお答えします。")
    elif model is not None:
        where = "このパソコン" if model.local else model.host
        st.caption(plain(f"言語モデル: {model.name}（{where}）。{where_words_go()}"))


def written(assistant: Assistant, composed: Answer) -> Answer:
    """The answer as the model writes it anew. Its sentences are shown as they pass; a button, or
    another question, ends it, and what was composed stays."""
    model = language_model()
    if model is None:
        return composed
    answer = composed
    slot = st.empty()
    with slot.container(), closing(assistant.written(composed, model)) as states:
        first = next(states, None)
        if first is None:
            slot.empty()
            return composed
        st.caption("言語モデルが文章を整えています…")
        st.button("やめる", key=f"stop-{len(st.session_state.turns)}")
        prose = st.empty()
        before = {line.text for line in composed.statements}
        answer = first
        for answer in states:
            # plain text; and a place where Streamlit ends this run when a button is pressed
            prose.text("\n".join(s.text for s in answer.statements if s.text not in before))
    slot.empty()
    return answer
