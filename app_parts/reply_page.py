"""The page 回答案: from a question or a case, a draft of an office paper, to choose and edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from app_parts.downloads import offer
from app_parts.layout import case_name, heading
from app_parts.source import desk, open_source
from app_parts.unsaved import unsaved
from assistant.chat import Assistant
from assistant.desks.office_paper import (
    OWN,
    PARTS,
    Line,
    edited,
    paper_of_answer,
    paper_of_case,
    paragraphs,
    plain_text,
)
from assistant.files.word import Paragraph, word_file
from assistant.questions import LONGEST_QUESTION


def show(assistant: Assistant) -> None:
    """What the paper is to be about; below it the paper, line by line."""
    heading(
        "回答案",
        "質問か案件から、出典つきの回答案を作ります。文を選び、直し、順を入れ替えて、Wordに書き出せます。",
    )
    _ask_for_subject(assistant)
    if st.session_state.get("reply_lines"):
        with desk(assistant):
            _paper(assistant)


def _ask_for_subject(assistant: Assistant) -> None:
    state = st.session_state
    cases = assistant.evidence.by_id
    asked, chosen = st.columns(2, gap="medium")
    with asked, st.form("reply-question", border=False):
        question = st.text_input(
            "質問から", placeholder="例: AI-OCRの案件は承認されましたか。条件は?"
        )
        by_question = st.form_submit_button("この質問の回答案を作る", type="primary")
    with chosen:
        case = st.selectbox(
            "案件から", list(cases), index=None, key="reply-case",
            placeholder="案件を選ぶ（自治体や件名の一部を入力）",
            format_func=lambda id: case_name(cases[id]),
        )  # fmt: skip
        by_case = st.button("この案件の回答案を作る", type="primary", disabled=case is None)
    linked = st.query_params.get("case")
    if linked in cases and state.get("reply_linked") != linked:
        state.reply_linked = linked
        _begin(paper_of_case(assistant, cases[linked]))
    elif by_question and question.strip():
        _begin(paper_of_answer(assistant, assistant.ask([question.strip()[:LONGEST_QUESTION]])))
    elif by_question:
        st.info("質問を入力してください。")
    elif by_case and case is not None:
        _begin(paper_of_case(assistant, cases[case]))


def _begin(lines: Sequence[Line]) -> None:
    """A new paper: its lines, each with a name of its own for the elements that edit it."""
    state = st.session_state
    state.reply_made = state.get("reply_made", 0) + 1
    state.reply_lines = [(f"{state.reply_made}-{n}", line) for n, line in enumerate(lines)]
    state.reply_order = state.reply_parts = list(PARTS)
    state.reply_said = {}
    state.reply_first = None


def _paper(assistant: Assistant) -> None:
    state = st.session_state
    # What the elements hold is forgotten with them when another page is opened: `reply_parts` and
    # `reply_said` (a line's name -> whether it is taken, and its words) bring it back.
    state.setdefault("reply_order", state.reply_parts)
    order = st.multiselect(
        "載せる部分と順（外して選び直すと、順が変わります）", PARTS, key="reply_order",
        placeholder="部分を選ぶ", select_all=False,
    )  # fmt: skip
    state.reply_parts = order
    bar = st.container(key="bar", horizontal=True, vertical_alignment="center")
    for part in order:
        with st.container(key=f"reply-part-{PARTS.index(part)}"):
            st.html(f"<h3>{part}</h3>")
            of = [name for name, line in state.reply_lines if line.part == part]
            for name, line in state.reply_lines:
                if line.part == part:
                    _line(name, line, first=name == of[0], last=name == of[-1])
            st.button(
                "自分の文を加える", key=f"add-{part}", on_click=_add, args=(part,),
                icon=":material/add:", type="tertiary",
            )  # fmt: skip
    chosen = [
        edited(line, state[f"text-{name}"])
        for name, line in state.reply_lines
        if line.part in order and state[f"take-{name}"] and state[f"text-{name}"].strip()
    ]
    made = paragraphs(assistant, chosen, order)
    state.reply_first = (
        state.reply_first or made
    )  # a paper nobody has touched is made again in no time
    unsaved("reply", made if made != state.reply_first else None)
    with bar:
        own = sum(line.own for line in chosen)
        st.html(
            f'<span class="number">{len(chosen)}文'
            + (f"（うち作成者の記入{own}文）" if own else "")
            + "</span>"
        )
        # A press right after an edit comes while the page is being made anew, and the press of a
        # download would then be lost or bring the words before the edit. So: first made, then saved.
        if st.button("Wordにする", key="reply-make", icon=":material/description:"):
            state.reply_word = (made, word_file(made))
        if state.get("reply_word") and state.reply_word[0] == made:
            offer(
                "回答案.docx を保存", state.reply_word[1], "回答案.docx", key="reply-word",
                type="primary",
            )  # fmt: skip
    with st.expander("文字で写す", key="reply-copy"):
        st.code(plain_text(made), language=None, wrap_lines=True)
    st.html(paper_html(made))


def paper_html(made: Sequence[Paragraph]) -> str:
    """The paper as it is printed in the place of the elements that edit it."""
    return f'<div class="on-paper paper">{escape(plain_text(made))}</div>'


def _line(name: str, line: Line, *, first: bool, last: bool) -> None:
    """A line: whether it is taken, its words, its sources, and the ways to move it."""
    state = st.session_state
    taken, text = state.reply_said.get(name, (True, line.text))
    state.setdefault(f"take-{name}", taken)
    state.setdefault(f"text-{name}", text)
    take, words, buttons = st.columns([0.04, 0.74, 0.22], gap="small", vertical_alignment="top")
    with take:
        st.checkbox("載せる", key=f"take-{name}", label_visibility="collapsed")
    with words:
        rows = 1 + len(state[f"text-{name}"]) // 42
        st.text_area(
            f"{line.part}の文", key=f"text-{name}", label_visibility="collapsed",
            height=28 + 26 * min(max(rows, 1), 8),
        )  # fmt: skip
        if edited(line, state[f"text-{name}"]).own:
            st.caption(f"{OWN.strip('（）')}として、印をつけて載せます。")
    state.reply_said[name] = state[f"take-{name}"], state[f"text-{name}"]
    with buttons, st.container(horizontal=True, gap="small"):
        for number, citation in enumerate(line.citations[:4], start=1):
            st.button(
                f"出典{number if len(line.citations) > 1 else ''}", key=f"source-{name}-{number}",
                on_click=open_source, args=(replace(citation, n=0), f"reply-{name}"),
                type="tertiary",
            )  # fmt: skip
        st.button("↑", key=f"up-{name}", on_click=_move, args=(name, -1), disabled=first,
                  help="上へ", type="tertiary")  # fmt: skip
        st.button("↓", key=f"down-{name}", on_click=_move, args=(name, 1), disabled=last,
                  help="下へ", type="tertiary")  # fmt: skip


def _add(part: str) -> None:
    state = st.session_state
    state.reply_lines.append(
        (f"{state.reply_made}-{len(state.reply_lines)}", Line(part, "", (), True))
    )


def _move(name: str, step: int) -> None:
    """Change places with the neighbour of the same part."""
    lines: list[tuple[str, Line]] = st.session_state.reply_lines
    at = next(n for n, (known, _) in enumerate(lines) if known == name)
    part = lines[at][1].part
    others = [n for n, (_, line) in enumerate(lines) if line.part == part]
    there = others.index(at) + step
    if 0 <= there < len(others):
        to = others[there]
        lines[at], lines[to] = lines[to], lines[at]
