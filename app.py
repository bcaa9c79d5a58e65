"""The app: its pages, and which of them is shown. It shows; it decides nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st

from app_parts.links import asked_for
from app_parts.opening import face_of_damage, open_assistant
from app_parts.unsaved import tell_unsaved
from assistant.chat import Assistant
from index.storage.generations import StoreError

PARTS = Path(__file__).resolve().parent / "app_parts"
ICON = (
    '<svg viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#3b4a8f"/>'
    '<path d="M4 4.5h8M4 8h8M4 11.5h5" stroke="#fff" stroke-width="1.6"/></svg>'
)
# Section -> its pages: the module of app_parts/ that shows it, its title and its icon. The first
# is the one the app opens with; the others' address is the module's name.
PAGES: dict[str, list[tuple[str, str, str]]] = {
    "": [("chat_page", "質問する", "forum")],
    "委員": [
        ("precedents_page", "先例一覧", "table_rows"),
        ("case_page", "案件", "description"),
        ("conditions_page", "条件の追跡", "rule"),
        ("saved_page", "保存した質問", "bookmark"),
    ],
    "事務局": [
        ("foresight_page", "想定問答", "quiz"),
        ("reply_page", "回答案", "edit_note"),
    ],
    "はじめての方": [("first_steps_page", "はじめての方へ", "school")],
    "管理": [("records_page", "記録", "folder_open")],
}
_logger = logging.getLogger("senrei")


def main() -> None:
    """One run of the app."""
    st.set_page_config("先例", ICON, layout="wide", initial_sidebar_state="auto")
    st.html(f"<style>{(PARTS / 'page.css').read_text(encoding='utf-8')}</style>")
    for name in ("fence.js", "history.js", "leave.js", "spoken.js"):
        script = (PARTS / name).read_text(encoding="utf-8")
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    try:
        assistant = open_assistant()
        if assistant is not None:
            _navigate(assistant)
    except StoreError as error:
        face_of_damage(error)
    except Exception:
        _logger.exception("the page could not be shown")
        st.error(
            "申し訳ありません。画面を表示できませんでした。ページを読み込み直してください。"
            "続くときは、担当者にお知らせください。"
        )


def _navigate(assistant: Assistant) -> None:
    first = next(iter(PAGES.values()))[0][0]
    sections = {
        section: {
            module.removesuffix("_page"): st.Page(
                _shower(module, assistant),
                title=title,
                icon=f":material/{icon}:",
                url_path=module.removesuffix("_page"),
                default=module == first,
            )
            for module, title, icon in pages
        }
        for section, pages in PAGES.items()
    }
    page = st.navigation({section: list(pages.values()) for section, pages in sections.items()})
    if wanted := asked_for():
        name, parameters = wanted
        for pages in sections.values():
            if name in pages:
                st.switch_page(pages[name], query_params=parameters)
    if st.session_state.get("page") != page.title:
        st.session_state.page, st.session_state.opened = page.title, None
    page.run()
    tell_unsaved()


def _shower(module: str, assistant: Assistant) -> Callable[[], Any]:
    """What shows a page. Its module, and what that needs, is loaded when it is first opened."""

    def show() -> None:
        import_module(f"app_parts.{module}").show(assistant)

    return show


if __name__ == "__main__":
    main()
