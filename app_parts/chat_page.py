"""The page 質問する: a chat, and beside it the source of what it says."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from html import escape
from typing import NamedTuple

import streamlit as st

from app_parts.after_answer import after_answer
from app_parts.examples import examples
from app_parts.explained_html import explained_html
from app_parts.links import go
from app_parts.markup import plain, question_html, turn_html
from app_parts.source import (
    offer_source,
    open_source,
    opened_by,
    opened_span,
    show_html,
    show_source,
)
from app_parts.writer import language_model, show_model, where_words_go, written
from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.drafts import OUTCOME_WORDS
from assistant.facts import KINDS
from assistant.questions import LONGEST_QUESTION, Filters
from assistant.understanding.times import year_name
from index.grammar.verdicts import Outcome

KEPT = 5  # questions that a reload asks again
KEPT_CHARACTERS = 1_500  # of them, all together: an address has no room for more
APART = "before"  # dropped from a question: all that was asked before it
_logger = logging.getLogger("senrei")


class Turn(NamedTuple):
    """A question asked, and its answer; `fault` is what to say where there is none."""

    question: str
    answer: Answer | None
    drop: tuple[str, ...] = ()
    fault: str = ""


def show(assistant: Assistant) -> None:
    """The chat, with the source beside it."""
    state = st.session_state
    if "turns" not in state:
        state.turns, state.opened, state.talk = [], None, 0
        asked_before = [q for q in st.query_params.get_all("q") if q.strip()]
        state.pending = state.get("pending") or [(q, ()) for q in asked_before[-KEPT:]]
    asked = st.chat_input("質問を入力してください")
    within = _sidebar(assistant)
    pending: list[tuple[str, tuple[str, ...]]] = state.pop("pending", [])
    if asked is not None:
        if asked.strip():
            pending.append((asked.strip(), ()))
        else:
            st.info("質問を入力してください。")
    if not state.turns and not pending:
        _start(assistant)
        return
    with st.container(key="desk"):
        chat, beside = st.columns([3, 2], gap="medium")
        with chat:
            for number in range(len(state.turns)):
                _show_turn(assistant, number)
            for n, (question, drop) in enumerate(pending):
                state.waiting = pending[n + 1 :]
                _answer(assistant, question, drop, within)
                if _to_be_written():
                    break
        with beside:
            show_source(assistant)
        if pending and _to_be_written():  # last, so that all else can be read meanwhile
            with chat:
                _write(assistant)
    _remember()


# --- asking and showing --------------------------------------------------------------------------


def _answer(assistant: Assistant, question: str, drop: tuple[str, ...], within: Filters) -> None:
    """Ask, with what was asked before; show the answer."""
    slot = st.empty()
    with slot.container():
        st.html(question_html(question))
        with st.spinner("記録を調べています…"):
            turn = _ask(assistant, st.session_state.turns, question, drop, within)
    slot.empty()
    st.session_state.turns.append(turn)
    number = len(st.session_state.turns) - 1
    if turn.answer and turn.answer.citations:
        offer_source(turn.answer.citations[0], _key(number))
    _show_turn(assistant, number, fresh=True)


def _to_be_written() -> bool:
    """Whether a language model may put the last answer into better prose."""
    return language_model() is not None and st.session_state.turns[-1].answer is not None


def _write(assistant: Assistant) -> None:
    """Let the model write the last answer anew; then go on with the questions that wait."""
    state = st.session_state
    turn: Turn = state.turns[-1]
    if turn.answer is None:
        return
    state.turns[-1] = turn._replace(answer=written(assistant, turn.answer))
    state.pending = state.waiting
    _remember()
    st.rerun()


def _key(number: int) -> str:
    """The name of a turn's element on the page; another conversation has other names."""
    return f"turn-{st.session_state.talk}-{number}"


def _ask(
    assistant: Assistant,
    before: Sequence[Turn],
    question: str,
    drop: tuple[str, ...],
    within: Filters,
) -> Turn:
    turns = _asked(before, question, drop)
    try:
        answer = assistant.compose(turns, drop=drop, within=within, model=language_model())
        return Turn(question, answer, drop)
    except Exception:  # a fault of ours must not end the conversation
        _logger.exception("a question could not be answered")
        return Turn(
            question,
            None,
            fault="申し訳ありません。この質問にはお答えできませんでした。"
            "言い方を変えてお試しください。続くときは、担当者にお知らせください。",
        )


def _asked(before: Sequence[Turn], question: str, drop: Sequence[str]) -> list[str]:
    """A question with what was asked before it, as far as it was not cut off."""
    turns = [question]
    for turn in reversed(before if APART not in drop else ()):
        turns[:0] = [turn.question] if turn.answer else []
        if APART in turn.drop:
            break
    return turns


def _show_turn(assistant: Assistant, number: int, *, fresh: bool = False) -> None:
    state = st.session_state
    turn: Turn = state.turns[number]
    if turn.answer is None:
        st.html(question_html(turn.question))
        st.warning(turn.fault)
        return
    key = _key(number)
    show_html(
        key,
        turn_html(turn.question, turn.answer, assistant.evidence.cases, opened_by(key)),
        partial(_pressed, key, number),
        fresh=fresh,
    )
    if len(turn.question) > LONGEST_QUESTION:
        st.caption(f"質問が長いため、はじめの{LONGEST_QUESTION:,}字でお調べしました。")
    _show_why(assistant, turn.answer, key)
    turns = _asked(state.turns[:number], turn.question, turn.drop)
    after_answer(assistant, key, turns, turn.drop, turn.answer)
    narrowed = bool(turn.answer.question.within)
    if narrowed and turn.answer.abstained and number == len(state.turns) - 1:
        st.button("絞り込みを外して調べる", on_click=_ask_without_filters)


def _show_why(assistant: Assistant, answer: Answer, key: str) -> None:
    """How the answer came about, made when someone opens it."""
    why = st.expander("この回答の根拠と探し方", key=f"why-{key}", on_change="rerun")
    if why.open:
        with why:
            explained = explained_html(assistant.explain(answer), opened_span())
            show_html(f"explained-{key}", explained, lambda what, detail: None)


def _pressed(key: str, number: int, what: str, detail: str) -> None:
    """A button of an answer was pressed: a citation, or a chip."""
    state = st.session_state
    if what == "open" and detail.isdecimal():
        answer = state.turns[number].answer
        for citation in answer.citations if answer else ():
            if citation.n == int(detail):
                open_source(citation, key)
    elif what == "drop":
        turn = state.turns.pop(number)
        dropped = ("years", "calendar_years") if detail == "years" else (detail,)
        state.pending = [(turn.question, (*turn.drop, *dropped))]


def _remember() -> None:
    """Keep the last questions in the address: a reload, or a bookmark, asks them again."""
    kept: list[str] = []
    for turn in reversed(st.session_state.turns[-KEPT:]):
        question = turn.question[:LONGEST_QUESTION]
        if kept and sum(map(len, kept)) + len(question) > KEPT_CHARACTERS:
            break
        kept.insert(0, question)
    if st.query_params.get_all("q") != kept:
        st.query_params["q"] = kept


# --- the sidebar ---------------------------------------------------------------------------------


def _sidebar(assistant: Assistant) -> Filters:
    cases = assistant.evidence.cases
    with st.sidebar:
        show_model()
        st.button(
            "新しい会話", key="anew", on_click=_start_anew, icon=":material/add:", width="stretch"
        )
        st.html("<hr style='margin:0.2rem 0'><strong>絞り込み</strong>")
        towns = st.multiselect(
            "自治体",
            sorted({c.municipality for c in cases if c.municipality}),
            key="town", bind="query-params", placeholder="すべて", select_all=False,
        )  # fmt: skip
        years = st.multiselect(
            "年度",
            sorted({c.year for c in cases if c.year}, reverse=True),
            format_func=year_name,
            key="year", bind="query-params", placeholder="すべて", select_all=False,
        )  # fmt: skip
        kinds = st.pills(
            "種別",
            [kind for kind in KINDS if any(c.kind == kind for c in cases)],
            format_func=KINDS.__getitem__,
            selection_mode="multi", key="kind", bind="query-params",
        )  # fmt: skip
        outcomes = st.pills(
            "結論",
            [outcome for outcome in Outcome if any(c.outcome is outcome for c in cases)],
            format_func=OUTCOME_WORDS.__getitem__,
            selection_mode="multi", key="outcome", bind="query-params",
        )  # fmt: skip
        if st.session_state.turns or st.session_state.get("pending"):
            st.html(f"<hr style='margin:0.2rem 0'><div class='loaded'>{_loaded(assistant)}</div>")
    return Filters(tuple(towns), tuple(years), tuple(kinds), tuple(outcomes))


def _loaded(assistant: Assistant) -> str:
    held = assistant.held()
    return escape(
        f"読み込まれている記録: 自治体{len(held.places)}（{'・'.join(held.places[:8])}"
        f"{' ほか' if len(held.places) > 8 else ''}）、記録{held.records}件、"
        f"会議{held.meetings}回、案件{held.cases}件"
    )


def _start_anew() -> None:
    state = st.session_state
    state.turns, state.opened, state.talk = [], None, state.get("talk", 0) + 1
    st.query_params.pop("q", None)


def _ask_without_filters() -> None:
    state = st.session_state
    state.town, state.year, state.kind, state.outcome = [], [], [], []
    turn = state.turns.pop()
    state.pending = [(turn.question, turn.drop)]


# --- the first page ------------------------------------------------------------------------------


def _start(assistant: Assistant) -> None:
    with st.container(key="start"):
        # Streamlit begins at the end of a chat's page, which a small or enlarged screen shows alone.
        show_html(f"top-{st.session_state.talk}", "", lambda what, detail: None, fresh=True)
        st.title("先例")
        st.text(
            "個人情報保護審議会などの会議録から、過去の案件の結論・条件・質疑を、"
            f"出典の原文とともにお答えします。{where_words_go()}"
        )
        if refused := st.session_state.get("refused"):
            st.warning(f"読み込めなかったファイルが{len(refused)}件あります。")
            st.text("\n".join(refused))
        st.html("<strong>質問の例</strong>")
        for number, questions in enumerate(examples(assistant.evidence.cases)):
            label = " → ".join(f"{question}" for question in questions)
            st.button(
                plain(label), key=f"example-{number}", on_click=_take, args=(questions,),
                width="stretch",
            )  # fmt: skip
        st.button(
            "はじめて使う方へ: 審議会の仕事と言葉、実際の案件を30分でご案内します", key="newcomer",
            on_click=go, args=("first_steps",), type="tertiary", icon=":material/school:",
        )  # fmt: skip
        st.html(f"<p class='loaded'>{_loaded(assistant)}</p>")


def _take(questions: Sequence[str]) -> None:
    st.session_state.pending = [(question, ()) for question in questions]
