"""What can be taken along: a table as Excel and CSV, a text as Word. Each file is made when asked
for, and stays on this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from assistant.files.spreadsheets import Sheet, as_csv, as_excel

_MIMES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def offer(
    label: str,
    content: bytes | Callable[[], bytes],
    name: str,
    *,
    key: str,
    type: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A button that saves a file; its kind is told by the end of its name."""
    st.download_button(
        label, content, name, _MIMES[name.rpartition(".")[2]], key=key, on_click="ignore",
        icon=":material/download:", type=type,
    )  # fmt: skip


def offer_table(table: Sheet) -> None:
    """Two buttons: the table as Excel, and as CSV."""
    offer("Excel", partial(as_excel, table), f"{table.title}.xlsx", key="excel")
    offer("CSV", partial(as_csv, table), f"{table.title}.csv", key="csv")
