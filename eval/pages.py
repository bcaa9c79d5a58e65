"""How long each page of the app takes over a thousand cases: the sample under invented towns' names.

Vectors are any, for no page's time depends on what they say; embedding ten thousand passages would
take most of an hour, and is measured as building.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from eval.any_vectors import AnyVectors
from eval.gold import load_questions
from index.build import build
from index.readers.text import decode

if TYPE_CHECKING:
    from assistant.chat import Assistant

CASES = 1_000
RUNS = 3
# before a town's name, each makes another of it
_PREFIXES = ("", *"東西南北上中下新元本奥大小内外前")
QUESTION = "AI-OCRの案件は承認されましたか。"


def thousand(sample: Path, towns: Sequence[str], folder: Path, cases: int = CASES) -> Assistant:
    """An index of the sample's records under more and more towns' names, until it has `cases`."""
    from assistant.chat import Assistant

    records = folder / "records"
    records.mkdir(parents=True)
    texts = {path.name: decode(path) for path in sorted(sample.glob("*.txt"))}
    for number, prefix in enumerate(_PREFIXES):
        for name, text in texts.items():
            for town in towns:
                text = text.replace(town, prefix + town)
            path = records / f"{number:02}-{name}"
            path.write_text(text, encoding="utf-8", newline="")
        made = build([records], folder / "index", embedder=AnyVectors(dimension=384))
        if made.cases >= cases:
            break
    return Assistant.open(folder / "index", AnyVectors(dimension=384))


def page(module: str, assistant: object, query: dict[str, str]) -> None:
    """What AppTest runs: one page, as app.py shows it."""
    from importlib import import_module

    import streamlit as st

    for name, value in query.items():
        st.query_params[name] = value
    import_module(f"app_parts.{module}").show(assistant)


def seconds(assistant: Assistant) -> dict[str, dict[str, float]]:
    """Seconds of each page of the app: the first time, and the median of further times."""
    from streamlit.testing.v1 import AppTest

    from app import PAGES

    queries = {"chat_page": {"q": QUESTION}, "case_page": {"case": assistant.evidence.cases[0].id}}
    found = {}
    for module, title, _ in (entry for pages in PAGES.values() for entry in pages):
        values = {"module": module, "assistant": assistant, "query": queries.get(module, {})}
        app = AppTest.from_function(page, default_timeout=120, kwargs=values)
        times = []
        for _ in range(1 + RUNS):
            begun = time.perf_counter()
            app.run()
            times.append(time.perf_counter() - begun)
            if app.exception:
                raise SystemExit(f"{title}: {app.exception[0].message}")
        found[title] = {"first s": times[0], "again s": float(np.median(times[1:]))}
    return found


def asking(assistant: Assistant) -> dict[str, float]:
    """Warm milliseconds of the sample's questions over so many cases: p50 and p95."""
    times = []
    for question in load_questions("sample"):
        begun = time.perf_counter()
        assistant.ask(list(question.turns))
        times.append(1_000 * (time.perf_counter() - begun))
    return {
        "cases": len(assistant.evidence.cases),
        "p50 ms": float(np.percentile(times, 50)), "p95 ms": float(np.percentile(times, 95)),
    }  # fmt: skip
