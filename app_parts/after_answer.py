"""What can be done with an answer: keep the question, and say whether the answer helped."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_parts.layout import notes
from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.desks.judgements import Judgement, judge
from assistant.desks.keeping import NotKept
from assistant.desks.saved import SavedQuestions


def after_answer(
    assistant: Assistant, key: str, turns: Sequence[str], drop: Sequence[str], answer: Answer
) -> None:
    """The row below an answer; `turns` are what was asked up to it."""
    done: dict[str, str] = st.session_state.setdefault("done", {})
    with st.container(key=f"after-{key}", horizontal=True, gap="small"):
        if f"saved {key}" in done:
            st.caption("✓ 保存しました（「保存した質問」の頁にあります）")
        else:
            st.button(
                "この質問を保存", key=f"save-{key}", type="tertiary", icon=":material/bookmark_add:",
                on_click=_save, args=(assistant, key, turns, drop, answer),
            )  # fmt: skip
        if f"judged {key}" in done:
            st.caption(f"✓ {done[f'judged {key}']}")
            return
        st.button(
            "役に立った", key=f"right-{key}", type="tertiary", icon=":material/thumb_up:",
            on_click=_judge, args=(assistant, key, turns, drop, answer, Judgement.RIGHT),
        )  # fmt: skip
        with st.popover(
            "誤りがある", type="tertiary", icon=":material/report:", key=f"wrong-{key}"
        ):
            st.text_area(
                "どこが誤っていますか（書かなくてもかまいません）", key=f"words-{key}", height=80
            )
            st.button(
                "記録する", key=f"say-{key}", type="primary",
                on_click=_judge, args=(assistant, key, turns, drop, answer, Judgement.WRONG),
            )  # fmt: skip
            st.caption("このパソコンの中だけに残ります。「保存した質問」の頁から書き出せます。")


def _save(
    assistant: Assistant, key: str, turns: Sequence[str], drop: Sequence[str], answer: Answer
) -> None:
    store = SavedQuestions(notes("questions"), notes("holdings"))
    try:
        store.save(assistant, turns, drop, answer.question.within)
    except NotKept as error:
        st.warning(str(error))
    else:
        st.session_state.done[f"saved {key}"] = "saved"


def _judge(
    assistant: Assistant,
    key: str,
    turns: Sequence[str],
    drop: Sequence[str],
    answer: Answer,
    judgement: Judgement,
) -> None:
    words = str(st.session_state.get(f"words-{key}", "")) if judgement is Judgement.WRONG else ""
    try:
        judge(notes("judgements"), assistant.index, turns, answer, judgement, words, drop)
    except NotKept as error:
        st.warning(str(error))
    else:
        said = (
            "「役に立った」と記録しました"
            if judgement is Judgement.RIGHT
            else "「誤り」と記録しました"
        )
        st.session_state.done[f"judged {key}"] = said
