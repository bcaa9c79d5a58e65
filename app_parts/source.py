"""The source of what a page says: opened beside it, at the cited place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from app_parts.links import go
from app_parts.source_html import (
    AROUND,
    MACHINE,
    Head,
    Paper,
    Spot,
    paper_html,
    part_shown,
    source_html,
    whole_record,
)
from assistant.chat import Assistant
from assistant.citations import Citation, page_of
from assistant.drafts import date_name, short_title
from index.japanese import level
from index.originals import has_pictures, view
from index.records import Page, page_holding
from index.refusals import RecordError

GONE = (
    "元のファイルが見つからないか、読み込んだあとで変わっています。そのため紙面を表示できません。"
    "「本文」には、読み込んだときの文字があります。"
)
PARTS = Path(__file__).resolve().parent


class Opened(NamedTuple):
    """What is open: a citation, the element of the page it was opened `by`, how much around it; of its
    record's pages as they look, the number of the one turned to.

    One that is `offered` was opened by the page, not by the reader: a narrow screen leaves it out.
    """

    citation: Citation
    by: str
    offered: bool = False
    before: int = AROUND
    after: int = AROUND
    whole: bool = False
    page: int | None = None
    large: bool = False


def show_html(
    key: str,
    html: str,
    pressed: Callable[[str, str], None],
    *,
    place: str = "",
    fresh: bool = False,
    at: str = "",
    card: str = "",
) -> None:
    """Put HTML of ours on the page.

    A button in it with `data-do="what detail"` calls `pressed(what, detail)`, but `go` opens a page
    (`links.py`) and `source` a span of a record (`markup.cite`), whoever shows it. Where `place`
    stays the same, a mark in the HTML stays where it is on the screen; what is `fresh` is scrolled
    to. `at` ("start end") is a place in a text whose pieces say where they stand, `card` the name
    of an element: shown when they change. A button "at start end" shows a place in any such text of
    the page, without coming here where the text holds it.
    """
    state = st.session_state
    show = st.components.v2.component(
        "senrei",
        html='<div class="senrei"></div>',
        css="".join(
            (PARTS / name).read_text(encoding="utf-8")
            for name in ("parts.css", "desks.css", "records.css")
        ),
        js=(PARTS / "act.js").read_text(encoding="utf-8"),
    )

    def heard() -> None:
        what, _, detail = str(state[key].pressed or "").partition(" ")
        if what == "go":
            go(*detail.split(" ", 1))
        elif what == "source":
            _open_span(detail, key)
        else:
            pressed(what, detail)

    show(
        key=key,
        data={
            "html": html, "place": place, "fresh": key if fresh else "", "at": at, "card": card,
        },
        on_pressed_change=heard,
    )  # fmt: skip


def open_source(citation: Citation, by: str) -> None:
    """Open a citation in the panel; `by` is the key of what it was pressed in."""
    st.session_state.opened = Opened(citation, by)
    st.session_state.panel_closed = False


def offer_source(citation: Citation, by: str) -> None:
    """Open a citation unasked, unless the reader has closed the panel before."""
    if not st.session_state.get("panel_closed"):
        st.session_state.opened = Opened(citation, by, offered=True)


def _open_span(detail: str, by: str) -> None:
    """Open `start end record`: what stands there is read when it is shown."""
    start, end, record = detail.split(" ", 2)
    open_source(Citation(0, record, None, int(start), int(end), ""), by)


def opened_span() -> tuple[str, int, int] | None:
    """The record and the span of what is open."""
    opened: Opened | None = st.session_state.get("opened")
    return (opened.citation.record, opened.citation.start, opened.citation.end) if opened else None


@contextmanager
def desk(assistant: Assistant) -> Iterator[None]:
    """A page's own part; beside it the source, once one is open."""
    with st.container(key="desk-wide"):
        main, beside = st.columns([3, 2], gap="medium")
        with main:
            yield
        with beside:
            show_source(assistant)


def opened_by(key: str) -> int | None:
    """The number of the open citation, where this element opened it."""
    opened: Opened | None = st.session_state.get("opened")
    return opened.citation.n if opened and opened.by == key else None


def show_source(assistant: Assistant) -> None:
    """The panel: the record around the open citation, or how to open one."""
    opened: Opened | None = st.session_state.get("opened")
    if opened is None:
        with st.container(key="beside-empty"):
            st.caption("番号を押すと、その出典がここに開きます。")
        return
    c = opened.citation
    try:
        text = assistant.index.text(c.record)
    except KeyError:
        text = ""
    if not c.n:  # opened from a page, which shows the index as it is
        c = replace(
            c, quote=text[c.start : c.end], page=page_of(assistant.index, c.record, c.start)
        )
    if text[c.start : c.end] != c.quote or not c.quote:  # a build has changed the record since
        st.info("この記録は、回答のあとで更新されました。もう一度質問してください。")
        return
    pages = next((info.pages for info in assistant.index.records() if info.id == c.record), ())
    head = _head(assistant, c, pages)
    at = f"{c.record} {c.start} {c.end}"
    with st.container(key="beside-offered" if opened.offered else "beside"):
        if head.paper:
            paper = _paper(assistant, c, pages, opened)
            at += f" paper {paper.number} {paper.large}"
            show_html("source", paper_html(paper, c.quote, head), _pressed, place=at)
            return
        passages = assistant.index.passages_of_record(c.record)
        shown = (
            whole_record(len(text), c.start, c.end)
            if opened.whole
            else part_shown(len(text), passages, c.start, c.end, opened.before, opened.after)
        )
        html = source_html(text, shown, c.start, c.end, head)
        show_html("source", html, _pressed, place=f"{at} {opened.whole}")


def _head(assistant: Assistant, c: Citation, pages: Sequence[Page]) -> Head:
    """The words above the source: the sitting and the page, the case and what part of its record."""
    passages = assistant.index.passages_of_record(c.record)
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
    page = page_holding(pages, c.start)
    note = MACHINE if page is not None and page.machine else ""
    seen = bool(pages) and has_pictures(c.record)
    paper = bool(st.session_state.get("on_paper")) if seen else None
    return Head(place, what, c.record, note, paper)


def _paper(assistant: Assistant, c: Citation, pages: Sequence[Page], opened: Opened) -> Paper:
    """The page turned to, at first the quote's own, as it looks."""
    own = page_holding(pages, c.start) or pages[0]
    page = next((page for page in pages if page.number == opened.page), own)
    told = (page.number, len(pages), own.number)
    try:
        seen = view(assistant.index, c.record, page, c.start, c.end)
    except RecordError as error:
        return Paper(*told, said=error.japanese)
    if seen is None:
        return Paper(*told, said=GONE)
    spots = [Spot(*box) for box in seen.boxes]
    return Paper(*told, seen.jpeg, seen.width, seen.height, spots, large=opened.large)


def _pressed(what: str, detail: str) -> None:
    """A button of the panel's own."""
    state = st.session_state
    opened: Opened | None = state.opened
    if what == "close":
        state.opened, state.panel_closed = None, True
    elif what in ("paper", "words"):
        state.on_paper = what == "paper"
    elif opened is not None:
        state.opened = opened._replace(
            before=opened.before + (2 * AROUND if what == "before" else 0),
            after=opened.after + (2 * AROUND if what == "after" else 0),
            whole=what == "whole" or (opened.whole and what != "part"),
            page=int(detail) if what == "page" and detail.isdecimal() else opened.page,
            large=opened.large != (what == "size"),
        )
