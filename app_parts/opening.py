"""Opens the index for the pages; where there is none to open, says why and what to do."""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.chat import Assistant
from index.embedding import EmbeddingError, load_embedder
from index.records import find_sources
from index.refusals import RecordError
from index.storage.generations import (
    DamagedIndex,
    NoIndex,
    StoreError,
    WrongIndex,
    build_command,
    current_generation,
    last_sources,
)

ROOT = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """Where the index is."""
    return Path(os.environ.get("SENREI_INDEX") or ".senrei")


def open_assistant() -> Assistant | None:
    """The assistant over the index in use; where there is none, the page says why."""
    try:
        if _opening.locked():
            with st.spinner("記録を開いています…"):
                return current_assistant()
        return current_assistant()
    except NoIndex as error:
        if last_sources(folder()) is None:
            _face_of_no_index()
        else:  # there was one
            face_of_damage(error)
    except StoreError as error:
        face_of_damage(error)
    except EmbeddingError as error:
        _sorry("文章を比べるための部品を読み込めませんでした。入れ直しが必要です。", str(error))
    return None


_opened: dict[str, Assistant] = {}
_opening = threading.Lock()


def current_assistant() -> Assistant:
    """One for all sessions, and a new one when a build has put a new generation in use.

    Raises StoreError and EmbeddingError.
    """
    generation = current_generation(folder())
    # Where an index was deleted and made anew, the names of its generations begin again.
    made = generation.joinpath("manifest.json").stat().st_mtime_ns if generation.exists() else 0
    key = f"{generation} {made}"
    with _opening:
        if key not in _opened:
            embedder = load_embedder(os.environ.get("SENREI_EMBEDDING_MODEL") or None)
            assistant = Assistant.open(folder(), embedder)
            for old in list(_opened)[:-1]:  # sessions may still be at work on the last one
                del _opened[old]
            _opened[key] = assistant
            assistant.index.leave_chroma()
            threading.Thread(target=_make_ready, args=(assistant,), daemon=True).start()
        return _opened[key]


_BEFORE_CHROMA = 10  # seconds: a question asked at once is answered before Chroma is loaded


def _make_ready(assistant: Assistant) -> None:
    """Load, while the user reads, what the first question needs (LangChain, the dictionary, the
    vectors), and later Chroma, which the catalogue can stand in for."""
    with contextlib.suppress(StoreError):  # which the page tells
        assistant.ask(["承認された案件"])
        time.sleep(_BEFORE_CHROMA)
        assistant.index.open_chroma()


# --- where there is nothing to ask ---------------------------------------------------------------


def _sorry(words: str, detail: str, command: str = "") -> None:
    with st.container(key="start"):
        st.title("先例")
        st.warning(words)
        if command:
            st.text("担当者の方へ: コマンドの画面で、次のように入力すると作り直せます。")
            st.code(command, language=None, wrap_lines=True)
        with st.expander("担当者の方へ（詳しい内容）"):
            st.text(detail)


def face_of_damage(error: StoreError) -> None:
    """What is wrong with the index; where it can be made anew, a button that does."""
    command = re.search(r"senrei build .*$", str(error))
    words = (
        "記録の索引が、いまのプログラムや設定とは別の版で作られています。作り直すと使えます。"
        if isinstance(error, WrongIndex)
        else "記録の索引が壊れているか、読めません。元の記録から作り直すと使えます。"
    )
    sources = last_sources(folder())
    if not isinstance(error, (WrongIndex, DamagedIndex, NoIndex)):
        _sorry(words, str(error), command[0] if command else build_command(folder()))
    elif sources is None:
        _face_of_no_index(words)
    else:
        with st.container(key="start"):
            st.title("先例")
            st.warning(words)
            _mend(*sources)
            with st.expander("担当者の方へ（コマンドの画面から作り直す）"):
                st.code(
                    command[0] if command else build_command(folder(), sources[0]),
                    language=None, wrap_lines=True,
                )  # fmt: skip
                st.text(str(error))


def _mend(roots: Sequence[str], home: str) -> None:
    named = "\n".join(roots or [str(Path(home, "records"))])
    st.text(
        f"次のフォルダーの記録を読み直します。\n{named}\n"
        "記録のファイル、訂正、保存した質問、回答への評価は、そのまま残ります。"
    )
    if st.button("記録から作り直す", type="primary"):
        build_here([Path(root) for root in roots], Path(home))


def _face_of_no_index(fault: str = "") -> None:
    records = Path("records")
    sample = next(
        (p for p in (records / "sample", ROOT / "records" / "sample") if p.is_dir()), None
    )
    try:
        own = [s for s in find_sources([records]) if (records / "sample") not in s.path.parents]
    except (RecordError, OSError):
        own = []
    with st.container(key="start"):
        st.title("先例")
        if fault:
            st.warning(fault)
        else:
            st.info("まだ記録が読み込まれていません。")
        st.text(
            f"会議録などのファイルを次のフォルダーに入れてから、読み込んでください。\n{records.resolve()}"
        )
        if own and st.button(f"このフォルダーの記録（{len(own)}件）を読み込む", type="primary"):
            build_here([])
        if not own:
            missing = "" if records.is_dir() else "（フォルダーもまだないので、作ってください）"
            st.text(
                f"このフォルダーには、まだ記録がありません{missing}。\n"
                "Word・Excel・PDF・HTML・テキストなどのファイルを入れたら、下のボタンを押してください。"
            )
            st.button("ファイルを入れたので、もう一度確かめる")
        if sample and st.button("見本の記録（架空の自治体）を読み込んで試す"):
            build_here([sample])
        with st.expander("担当者の方へ（コマンドの画面から読み込む）"):
            st.code(build_command(folder()), language=None, wrap_lines=True)


STAGES = {
    "read": "記録を読んでいます",
    "ocr": "画像の文字を読み取っています",
    "embed": "検索の準備をしています",
    "publish": "仕上げています",
}


def build_here(roots: Sequence[Path], home: Path = Path()) -> None:
    """Build the index from here, and open the page when it is done."""
    st.caption(
        "記録が多いと、数分から数十分かかることがあります。途中でやめても、続きから始められます。"
    )
    bar = st.progress(0.0, text="読み込みを始めています…")
    model = os.environ.get("SENREI_EMBEDDING_MODEL")

    def tell(what: str, done: int, of: int) -> None:
        bar.progress(done / of if of else 1.0, text=f"{STAGES.get(what, what)} {done}/{of}")

    from index.build import BuildError, build  # for once, and slow to load

    try:
        embedder = load_embedder(model) if model else None
        report = build(roots, folder(), embedder=embedder, progress=tell, home=home)
    except (BuildError, EmbeddingError) as error:
        bar.empty()
        st.warning(
            "記録を読み込めませんでした。記録のフォルダーがつながっているかを確かめて、"
            "もう一度押してください。続くときは、担当者にお知らせください。"
        )
        with st.expander("担当者の方へ（詳しい内容）"):
            st.text(str(error))
        return
    st.session_state.refused = [f"{refusal.name}: {refusal.japanese}" for refusal in report.refused]
    st.rerun()
