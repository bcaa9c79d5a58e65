"""The page 想定問答: a new paper in, the precedents and the questions to be ready for out."""

from __future__ import annotations

import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from html import escape
from pathlib import Path, PurePath

import streamlit as st

from app_parts.downloads import offer
from app_parts.foreseen import foresight_html, foresight_paragraphs
from app_parts.layout import heading
from app_parts.source import desk, opened_span, show_html
from app_parts.unsaved import unsaved
from assistant.chat import Assistant
from assistant.desks.foresight import Foresight, foresee
from assistant.files.word import word_file
from index.records import READERS, Source, read_record
from index.refusals import RecordError

LONGEST = 200_000  # characters of a paper; a case sheet has some thousand
LARGEST = 50  # megabytes of a file
_SOON, _OFTEN = 0.6, 0.25  # seconds


def show(assistant: Assistant) -> None:
    """Where the paper goes in; below it what the records say to it."""
    heading(
        "想定問答",
        "新しい案件シートや諮問書から、似た先例と、そこで委員が実際に尋ねたことを調べます。"
        "資料は保存されません（ページを閉じると消えます）。",
    )
    state = st.session_state
    paper_in = st.container(key="paper-in")
    with paper_in, st.expander("資料を入れる", expanded="foreseen" not in state):
        file = st.file_uploader(
            "ファイルから（Word・Excel・PDF・HTML・テキストなど）",
            type=sorted(ending.removeprefix(".") for ending in READERS),
            max_upload_size=LARGEST,
        )
        pasted = st.text_area("または、文章を貼り付ける", height=160, key="paper")
        pressed = st.button("先例と質問を調べる", type="primary")
    if state.pop("paper_stopped", False):
        st.info("読み取りをやめました。")
    if pressed:
        paper: str | None = pasted
        if file:
            with st.spinner("資料を読んでいます…"):
                paper = _read(file.name, file.getvalue())
        if paper is not None and not paper.strip():
            st.info("資料のファイルを選ぶか、文章を貼り付けてください。")
        elif paper is not None:
            with st.spinner("記録を調べています…"):
                state.foreseen = (paper[:LONGEST], foresee(assistant, paper[:LONGEST]))
            st.rerun()
    unsaved("foresight", pasted.strip() or state.get("foreseen", ("",))[0])
    if "foreseen" in state:
        _show(assistant, *state.foreseen)


class _Left(Exception):  # noqa: N818
    """Nobody waits any more for what is being read."""


def _read(name: str, content: bytes) -> str | None:
    """The text of a file; None, and a sentence on the page, where it cannot be read.

    Pages that are pictures take some seconds each: how far it is, and a way out, are shown meanwhile.
    """
    left, at = threading.Event(), (0, 0)

    def tell(what: str, done: int, of: int) -> None:
        nonlocal at
        at = (done, of)
        if left.is_set():
            raise _Left

    def read() -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"paper{PurePath(name).suffix.lower()}"
            path.write_bytes(content)
            return read_record(Source(path, path.name), progress=tell).text

    pool = ThreadPoolExecutor(1)
    reading = pool.submit(read)
    pool.shutdown(wait=False)
    shown = st.empty()
    try:
        if wait([reading], timeout=_SOON).not_done:
            with shown.container():
                bar = st.progress(0.0)
                st.button("読み取りをやめる", on_click=_stopped)
            while not reading.done():  # a press ends this run where it next shows something
                done, of = at
                if of:
                    page = f"{min(done + 1, of)}/{of}ページ"
                    bar.progress(done / of, text=f"画像の文字を読み取っています {page}")
                wait([reading], timeout=_OFTEN)
        shown.empty()
        return reading.result()
    except RecordError as error:
        st.warning(f"「{name}」を読み込めませんでした。{error.japanese}")
        return None
    finally:
        left.set()


def _stopped() -> None:
    st.session_state.paper_stopped = True


def _show(assistant: Assistant, paper: str, foresight: Foresight) -> None:
    title = escape(foresight.title or "題名のない資料")
    with desk(assistant):
        with st.container(key="bar", horizontal=True, vertical_alignment="center"):
            st.html(f'<span class="number subject">{title}</span>')
            offer(
                "Word",
                lambda: word_file(foresight_paragraphs(assistant, foresight, paper)),
                "想定問答.docx",
                key="foresight-word",
            )
        html = foresight_html(assistant, foresight, paper, opened_span())
        show_html("foresight", html, lambda what, detail: None)
