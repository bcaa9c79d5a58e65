"""The form on the page 記録 by which a person enters a case that was not found, in the record's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from app_parts.kept import made
from app_parts.markup import plain
from app_parts.records_html import entry_html
from app_parts.source import show_html
from app_parts.unsaved import unsaved
from assistant.chat import Assistant
from assistant.desks.proofreading import Proof, Said, placed, read_there
from assistant.facts import OUTCOME_WORDS
from index.corrections import Note
from index.entered import Entry, Folded, entry_of, seat_of
from index.grammar.verdicts import Outcome

LONGEST = 1_000  # characters of a title, or of the words that show an outcome
_FIELDS = ("title", "words", "conditions", "outcome", "day", "why")
_AROUND = 18  # characters beside words that stand in several places


def begin(text: str, note: Note | None = None) -> None:
    """Open the form: empty, or with what a note says that is to be put right."""
    state = st.session_state
    state.fixing, state.fixing_on = ("enter", note.id if note else ""), None
    entry = entry_of(text, note) if note else None
    state["enter-near"] = entry.words[0] if entry else None
    state["enter-kept"] = {}
    for name in ("title", "words", "conditions"):
        state[f"enter-{name}"] = getattr(note, name) if note else ""
    state["enter-outcome"] = Outcome(note.now) if note else None
    state["enter-day"] = date.fromisoformat(note.day) if note and note.day else None
    state["enter-why"] = note.why if note else ""


def take(detail: str) -> None:
    """Words chosen in the text: `kind start words`; the start is -1 where nothing was chosen."""
    kind, at, words = (*detail.split(" ", 2), "", "")[:3]
    state = st.session_state
    state["enter-told"] = "" if words.strip() else "本文の文字を選んでから押してください。"
    if not words.strip() or kind not in ("title", "words", "conditions"):
        return
    words = " ".join(words.split())[:LONGEST]
    if kind == "conditions" and (before := str(state.get("enter-conditions", "")).strip()):
        words = f"{before}\n{words}"
    if kind == "words":
        state["enter-near"] = int(at)
    state[f"enter-{kind}"] = words


def form(
    assistant: Assistant, proof: Proof, pressed: Callable[[str, str], None]
) -> tuple[Entry, str] | None:
    """The form, and below it where its words stand in the text. What is to be kept, with the reason,
    once it is pressed and nothing is wrong; `pressed` hears the buttons that show a place."""
    state = st.session_state
    folded: Folded = made(assistant, f"folded {proof.record}", lambda: Folded(proof.text))
    # What the elements hold is forgotten with them when another page is opened.
    for name, value in state.get("enter-kept", {}).items():
        state.setdefault(f"enter-{name}", value)
    with st.container(key="enter", border=True):
        st.markdown("**読み取れていない案件を加える**")
        st.caption(
            "本文の文字をなぞって選び、本文の上のボタンを押すと、ここに入ります。"
            "手で入れるときは、本文の文字のまま入れてください。"
        )
        with st.container():  # what comes and goes has its place, and moves nothing else
            if told := state.get("enter-told"):
                st.warning(told)
        title = st.text_input("案件名", key="enter-title", max_chars=LONGEST)
        outcome = st.selectbox(
            "結論", list(Outcome), format_func=OUTCOME_WORDS.__getitem__, key="enter-outcome",
            index=None, placeholder="選んでください",
        )  # fmt: skip
        words = st.text_area(
            "結論を示す文（結論の記録がないときは、審議されたことの分かる文）",
            key="enter-words", height=80, max_chars=LONGEST,
        )  # fmt: skip
        where = st.container()
        conditions = st.text_area(
            "条件・附帯意見（あれば、1行に1つ）", key="enter-conditions", height=68
        )
        first, second = st.columns([2, 3], gap="small")
        with first:
            day: date | None = st.date_input(
                "日付（空なら、会議の日付）", min_value=date(1947, 1, 1), key="enter-day",
                max_value=date(2100, 12, 31), format="YYYY/MM/DD",
            )  # fmt: skip
        with second:
            why = st.text_input("理由（ひとこと）", key="enter-why", max_chars=200)
        said = Said(
            title, words, outcome or Outcome.NOT_RECORDED, conditions, day, state.get("enter-near")
        )
        state["enter-kept"] = {name: state[f"enter-{name}"] for name in _FIELDS}
        unsaved("enter", title or words or conditions)
        entry, problems, places = placed(folded, said)
        with where:
            _choose_place(proof.text, places, state.get("enter-near"))
        with st.container():
            if entry is not None:
                seat = seat_of([s.meeting for s in proof.sittings if s.meeting], entry)
                show_html("enter-found", entry_html(proof.text, entry, seat), pressed)
        with st.container(horizontal=True):
            save = st.button("加えて反映する", type="primary", key="enter-save")
            if st.button("やめる", key="enter-stop"):
                state.fixing = None
                unsaved("enter")
                st.rerun()
        if entry is not None and (there := read_there(proof, entry)):
            problems = [
                f"ここは、案件{there.number}としてもう読み取られています。"
                "違うところは、その案件の「訂正する」で直してください。"
            ]
        if save and outcome is None:
            problems = [*problems, "結論を選んでください。"]
        if problems and (save or entry is not None or "見つかりません" in "".join(problems)):
            st.error(plain("".join(problems)))
        return (entry, why) if save and entry is not None and not problems else None


def _choose_place(text: str, places: list[tuple[int, int]], near: int | None) -> None:
    """Which of several places is meant."""
    if len(places) < 2:
        return
    now = min(places, key=lambda span: abs(span[0] - (near if near is not None else places[0][0])))

    def named(span: tuple[int, int]) -> str:
        before = " ".join(text[max(0, span[0] - _AROUND) : span[0]].split())
        return f"{places.index(span) + 1}か所目（{before or '先頭'}のあと）"

    chosen = st.selectbox(
        f"結論を示す文は、本文の{len(places)}か所にあります。どれですか", places,
        index=places.index(now), format_func=named,
    )  # fmt: skip
    if chosen != now:
        st.session_state["enter-near"] = chosen[0]
        st.rerun()
