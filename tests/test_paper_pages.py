"""The pages 想定問答 and 回答案, without a browser."""

import json
from pathlib import Path

import pytest
from conftest import HOSTILE, ROOT
from streamlit.testing.v1 import AppTest

PAGE = """
import sys
sys.path.insert(0, {root!r})
from app_parts.opening import open_assistant
from app_parts import {module}
{module}.show(open_assistant())
"""


def page(module: str, index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SENREI_INDEX", str(index))
    source = PAGE.format(root=str(ROOT), module=module)
    return AppTest.from_string(source, default_timeout=60).run()


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(json.loads(e.proto.json)["html"] for e in app.get("bidi_component"))


@pytest.mark.model
def test_a_pasted_paper_brings_precedents_and_real_questions(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page("foresight_page", sample_index, monkeypatch)
    app.button[0].click().run()
    assert "貼り付けてください" in app.info[0].value
    app.text_area("paper").set_value(f"件名 AI-OCRによる申請書の読取りについて\n{HOSTILE}")
    app.button[0].click().run()
    html = shown(app)
    assert "似た先例" in html
    assert "AI-OCR" in html
    assert 'data-do="source ' in html
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.model
def test_a_paper_is_drafted_from_a_question_and_what_is_typed_is_marked(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page("reply_page", sample_index, monkeypatch)
    app.text_input[0].set_value("楓沢町のAI-OCRの案件は承認されましたか。")
    app.button[0].click().run()
    assert not app.exception
    assert "審議会の結論" in app.code[0].value
    assert "作成者の記入" not in app.code[0].value
    area = next(a for a in app.text_area if "承認" in a.value)
    area.set_value(area.value + "異論はなかった。").run()
    assert not app.exception
    assert "異論はなかった。（作成者の記入）" in app.code[0].value
