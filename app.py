"""The app: a chat, and beside it the source of what it says. It shows; it decides nothing."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from app_parts.markup import (
    AROUND,
    part_shown,
    question_html,
    source_html,
    turn_html,
    whole_record,
)
from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.citations import Citation
from assistant.drafts import OUTCOME_WORDS, date_name, short_title
from assistant.facts import KINDS
from assistant.questions import LONGEST_QUESTION, Filters, year_name
from index.build import BuildError, build
from index.cases import Case
from index.embedding import EmbeddingError, load_embedder
from index.japanese import fold, level
from index.records import RecordError, find_sources
from index.store import NoIndex, StoreError, WrongIndex, build_command, current_generation
from index.verdicts import Outcome

PARTS = Path(__file__).resolve().parent / "app_parts"
FOLDER = Path(os.environ.get("SENREI_INDEX") or ".senrei")
KEPT = 5  # questions that a reload asks again
KEPT_CHARACTERS = 1_500  # of them, all together: an address has no room for more
APART = "before"  # dropped from a question: all that was asked before it
ICON = (
    '<svg viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#3b4a8f"/>'
    '<path d="M4 4.5h8M4 8h8M4 11.5h5" stroke="#fff" stroke-width="1.6"/></svg>'
)
_logger = logging.getLogger("senrei")


class Turn(NamedTuple):
    """A question asked, and its answer; `fault` is what to say where there is none."""

    question: str
    answer: Answer | None
    drop: tuple[str, ...] = ()
    fault: str = ""


class Opened(NamedTuple):
    """The source shown beside the answers: which citation of which turn, and how much around it."""

    turn: int
    citation: Citation
    before: int = AROUND
    after: int = AROUND
    whole: bool = False


# --- the page ------------------------------------------------------------------------------------


def main() -> None:
    """One run of the page."""
    st.set_page_config("先例", ICON, layout="wide", initial_sidebar_state="auto")
    st.html(f"<style>{(PARTS / 'page.css').read_text(encoding='utf-8')}</style>")
    try:
        _page()
    except StoreError as error:
        _face_of_damage(error)
    except Exception:
        _logger.exception("the page could not be shown")
        st.error(
            "申し訳ありません。画面を表示できませんでした。ページを読み込み直してください。"
            "続くときは、担当者にお知らせください。"
        )


def _page() -> None:
    assistant = _open()
    if assistant is None:
        return
    state = st.session_state
    if "turns" not in state:
        state.turns, state.opened, state.talk = [], None, 0
        asked_before = [q for q in st.query_params.get_all("q") if q.strip()]
        state.pending = [(question, ()) for question in asked_before[-KEPT:]]
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
            for question, drop in pending:
                _answer(assistant, question, drop, within)
        with beside:
            _show_source(assistant)
    _remember()


def _open() -> Assistant | None:
    """The assistant over the index in use; where there is none, the page says why."""
    try:
        return _assistant(str(FOLDER), current_generation(FOLDER).name)
    except NoIndex:
        _face_of_no_index()
    except StoreError as error:
        _face_of_damage(error)
    except EmbeddingError as error:
        _sorry("文章を比べるための部品を読み込めませんでした。入れ直しが必要です。", str(error))
    return None


@st.cache_resource(show_spinner="記録を開いています…", max_entries=2)
def _assistant(folder: str, generation: str) -> Assistant:
    """One for all sessions, and a new one when a build has put a new generation in use."""
    embedder = load_embedder(os.environ.get("SENREI_EMBEDDING_MODEL") or None)
    assistant = Assistant.open(Path(folder), embedder)
    # The first question reads the dictionary and the vectors: while the user reads the page.
    threading.Thread(target=assistant.ask, args=(["承認された案件"],), daemon=True).start()
    return assistant


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
    _show_turn(assistant, len(st.session_state.turns) - 1, fresh=True)


def _ask(
    assistant: Assistant,
    before: Sequence[Turn],
    question: str,
    drop: tuple[str, ...],
    within: Filters,
) -> Turn:
    turns = [question]
    for turn in reversed(before if APART not in drop else ()):
        turns[:0] = [turn.question] if turn.answer else []
        if APART in turn.drop:
            break
    try:
        return Turn(question, assistant.ask(turns, drop=drop, within=within), drop)
    except Exception:  # a fault of ours must not end the conversation
        _logger.exception("a question could not be answered")
        return Turn(
            question,
            None,
            fault="申し訳ありません。この質問にはお答えできませんでした。"
            "言い方を変えてお試しください。続くときは、担当者にお知らせください。",
        )


def _show_turn(assistant: Assistant, number: int, *, fresh: bool = False) -> None:
    state = st.session_state
    turn: Turn = state.turns[number]
    if turn.answer is None:
        st.html(question_html(turn.question))
        st.warning(turn.fault)
        return
    opened: Opened | None = state.opened
    marked = opened.citation.n if opened and opened.turn == number else None
    _show(
        f"turn-{state.talk}-{number}",
        turn_html(turn.question, turn.answer, assistant.evidence.cases, marked),
        fresh=fresh,
    )
    if len(turn.question) > LONGEST_QUESTION:
        st.caption(f"質問が長いため、はじめの{LONGEST_QUESTION:,}字でお調べしました。")
    narrowed = bool(turn.answer.question.within)
    if narrowed and turn.answer.abstained and number == len(state.turns) - 1:
        st.button("絞り込みを外して調べる", on_click=_ask_without_filters)


def _show(key: str, html: str, *, place: str = "", fresh: bool = False) -> None:
    """Put HTML of ours on the page; the buttons in it are heard by `_pressed`."""
    show = st.components.v2.component(
        "senrei",
        html='<div class="senrei"></div>',
        css=(PARTS / "parts.css").read_text(encoding="utf-8"),
        js=(PARTS / "act.js").read_text(encoding="utf-8"),
    )
    show(
        key=key,
        data={"html": html, "place": place, "fresh": key if fresh else ""},
        on_pressed_change=lambda: _pressed(key),
    )


def _pressed(key: str) -> None:
    """A button of ours was pressed: a citation, a chip, or one of the source's own."""
    state = st.session_state
    what, _, detail = str(state[key].pressed or "").partition(" ")
    opened: Opened | None = state.opened
    if what == "open" and detail.isdecimal():
        number = int(key.rpartition("-")[2])
        answer = state.turns[number].answer
        found = [c for c in answer.citations if c.n == int(detail)] if answer else []
        state.opened = Opened(number, found[0]) if found else opened
    elif what == "drop":
        turn = state.turns.pop(int(key.rpartition("-")[2]))
        dropped = ("years", "calendar_years") if detail == "years" else (detail,)
        state.pending = [(turn.question, (*turn.drop, *dropped))]
    elif what == "close":
        state.opened = None
    elif opened is not None:
        state.opened = opened._replace(
            before=opened.before + (2 * AROUND if what == "before" else 0),
            after=opened.after + (2 * AROUND if what == "after" else 0),
            whole=what == "whole" or (opened.whole and what != "part"),
        )


def _show_source(assistant: Assistant) -> None:
    opened: Opened | None = st.session_state.opened
    if opened is None:
        with st.container(key="beside-empty"):
            st.caption("回答の中の番号を押すと、その出典がここに開きます。")
        return
    c = opened.citation
    try:
        text = assistant.index.text(c.record)
    except KeyError:
        text = ""
    if text[c.start : c.end] != c.quote:  # a build has changed the record since
        st.info("この記録は、回答のあとで更新されました。もう一度質問してください。")
        return
    passages = assistant.index.passages_of_record(c.record)
    shown = (
        whole_record(len(text), c.start, c.end)
        if opened.whole
        else part_shown(len(text), passages, c.start, c.end, opened.before, opened.after)
    )
    here = [p for p in passages if p.start <= c.start < p.end] or passages[:1]
    case = assistant.evidence.by_id.get(here[0].case or "") if here else None
    meeting = next(
        (m for m in assistant.index.meetings() if here and m.id == here[0].meeting), None
    )
    if meeting is not None:
        words = [meeting.municipality, meeting.name, meeting.sitting, date_name(meeting.day)]
    else:
        words = [case.municipality, case.meeting, date_name(case.day)] if case else []
    place = " ".join(filter(None, words))
    if c.page:
        place += f" {c.page}ページ"
    above = level(case.title) if case else (here[0].heading if here else "")
    section = here[0].heading.rpartition(" ")[2] if here and case else ""
    section = "" if "<" in section or len(section) > 30 else section
    what = short_title(above, 60) + (f" ＞ {section}" if section and section not in above else "")
    with st.container(key="beside"):
        html = source_html(text, shown, c.start, c.end, place, what, c.record)
        _show("source", html, place=f"{c.record} {c.start} {c.end} {opened.whole}")


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
        st.html('<div class="brand">先例</div>')
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
    held = assistant.ask([""]).searched
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
        st.title("先例")
        st.text(
            "個人情報保護審議会などの会議録から、過去の案件の結論・条件・質疑を、"
            "出典の原文とともにお答えします。質問も記録も、このパソコンの外には送られません。"
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
        st.html(f"<p class='loaded'>{_loaded(assistant)}</p>")


def _take(questions: Sequence[str]) -> None:
    st.session_state.pending = [(question, ()) for question in questions]


def plain(text: str) -> str:
    """Text for a place that reads Markdown, so that it shows as it stands."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


_COMMON = frozenset(
    map(fold, ["システム", "サービス", "データ", "サーバ", "サーバー", "センター", "web"])
)


def examples(cases: Sequence[Case]) -> Iterator[tuple[str, ...]]:
    """Questions that these cases answer: one a line, two where the second follows on the first."""
    held: dict[str, list[Case]] = defaultdict(list)
    shown: dict[str, str] = {}
    for case in cases:
        words = re.findall(r"[A-Za-z][A-Za-z0-9-]+|[ァ-ヶー]{3,}", level(case.title))
        for word in {fold(w): w for w in words if fold(w) not in _COMMON}.values():
            held[fold(word)].append(case)
            shown[fold(word)] = word
    best = max(held, key=lambda word: (_spread(held[word]), word), default=None)
    if best is not None:
        yield (f"{shown[best]}の案件は承認されましたか。どのような条件が付きましたか。",)
    resumed = next((c for c in cases if len(c.decisions) > 1 and c.municipality), None)
    with_conditions = [
        c
        for c in cases
        if c.municipality and c.year and c.outcome is Outcome.APPROVED_WITH_CONDITIONS
    ]
    if with_conditions:
        case = with_conditions[0]
        yield (
            f"{case.municipality}の{short_title(case.title, 20).rstrip('…')}の案件は?",
            "その条件は?",
        )
    if resumed is not None:
        yield (f"{resumed.municipality}の{_topic(resumed)}の件はどうなりましたか。",)
    towns = [c.municipality for c in cases if c.municipality]
    if towns:
        yield (f"{max(sorted(set(towns)), key=towns.count)}ではどんな案件がありましたか。",)
    yield ("オンライン結合とは何ですか。",)


def _spread(cases: Sequence[Case]) -> tuple[float, int]:
    """How much there is to compare: towns and outcomes, and few cases rather than many."""
    towns, outcomes = {c.municipality for c in cases}, {c.outcome for c in cases}
    decided = [c for c in cases if c.outcome not in (Outcome.REPORTED, Outcome.NOT_RECORDED)]
    return len(towns) * len(outcomes) / len(cases) ** 0.5, len(decided)


def _topic(case: Case) -> str:
    """The first thing that a title names."""
    title = short_title(case.title, 60)
    named = re.match(
        r"[^のをにがはへ、。（()）「」…]{3,20}?(?=から|より|で|と(?!し)|[のをにがはへ、（(]|$)",
        title,
    )
    return named[0] if named else short_title(case.title, 20).rstrip("…")


# --- where there is nothing to ask ---------------------------------------------------------------


def _sorry(words: str, detail: str, command: str = "") -> None:
    with st.container(key="start"):
        st.title("先例")
        st.warning(words)
        if command:
            st.text("担当者の方へ: コマンドの画面で、次のように入力すると作り直せます。")
            st.code(command, language=None)
        with st.expander("担当者の方へ（詳しい内容）"):
            st.text(detail)


def _face_of_damage(error: StoreError) -> None:
    command = re.search(r"senrei build .*$", str(error))
    words = (
        "記録の索引が、いまのプログラムとは別の版で作られています。作り直すと使えます。"
        if isinstance(error, WrongIndex)
        else "記録の索引が壊れているか、読めません。元の記録から作り直すと使えます。"
    )
    _sorry(words, str(error), command[0] if command else build_command(FOLDER))


def _face_of_no_index() -> None:
    records = Path("records")
    sample = next(
        (p for p in (records / "sample", PARTS.parent / "records" / "sample") if p.is_dir()), None
    )
    try:
        own = [s for s in find_sources([records]) if (records / "sample") not in s.path.parents]
    except (RecordError, OSError):
        own = []
    with st.container(key="start"):
        st.title("先例")
        st.info("まだ記録が読み込まれていません。")
        st.text(
            f"会議録などのファイルを次のフォルダーに入れてから、読み込んでください。\n{records.resolve()}"
        )
        if own and st.button(f"このフォルダーの記録（{len(own)}件）を読み込む", type="primary"):
            _build([])
        if sample and st.button("見本の記録（架空の自治体）を読み込んで試す"):
            _build([sample])
        if not own:
            st.text("このフォルダーには、まだ記録がありません。")
        with st.expander("担当者の方へ（コマンドの画面から読み込む）"):
            st.code(build_command(FOLDER), language=None)


_STAGES = {
    "read": "記録を読んでいます",
    "embed": "検索の準備をしています",
    "publish": "仕上げています",
}


def _build(roots: Sequence[Path]) -> None:
    """Build the index from here, and open the page when it is done."""
    st.caption(
        "記録が多いと、数分から数十分かかることがあります。途中でやめても、続きから始められます。"
    )
    bar = st.progress(0.0, text="読み込みを始めています…")
    model = os.environ.get("SENREI_EMBEDDING_MODEL")

    def tell(what: str, done: int, of: int) -> None:
        bar.progress(done / of if of else 1.0, text=f"{_STAGES.get(what, what)} {done}/{of}")

    try:
        embedder = load_embedder(model) if model else None
        report = build(roots, FOLDER, embedder=embedder, progress=tell)
    except (BuildError, EmbeddingError) as error:
        bar.empty()
        st.warning("記録を読み込めませんでした。担当者にお知らせください。")
        with st.expander("担当者の方へ（詳しい内容）"):
            st.text(str(error))
        return
    st.session_state.refused = [refusal.name for refusal in report.refused]
    st.rerun()


if __name__ == "__main__":
    main()
