"""The pages beside the chat, without a browser. What a person sees of them is in test_journey.py."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HOSTILE, ROOT
from streamlit.testing.v1 import AppTest

from assistant.surveys.precedents import Choice, Precedents
from index.store import open_index

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(desk_index: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    def run(page: str, **query: list[str]) -> AppTest:
        monkeypatch.setenv("SENREI_INDEX", str(desk_index))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.session_state["go"] = (page, query)
        return app.run()

    return run


def shown(app: AppTest) -> str:
    """All that the app's own elements show, as HTML; and no fault anywhere."""
    assert not app.exception
    assert not [e.value for e in app.error]
    return "\n".join(json.loads(e.proto.json)["html"] for e in app.get("bidi_component"))


def titled(app: AppTest) -> str:
    return "".join(e.proto.body for e in app.get("html"))


# -- 先例一覧 -------------------------------------------------------------------------------------


@pytest.mark.model
def test_the_table_shows_every_case_and_what_was_chosen(
    open_page: OpenPage, desk_index: Path
) -> None:
    app = open_page("precedents")
    rows = Precedents(open_index(desk_index)).rows
    assert shown(app).count("<tr>") == len(rows) + 1
    for row in rows:
        assert shown(app).count(f"case%3D{row.case.id}".replace("%3D", "=").replace("#", "%23"))
    app.multiselect("town").set_value(["霞野市"]).run()
    chosen = [row for row in rows if row.municipality == "霞野市"]
    assert shown(app).count("<tr>") == len(chosen) + 1
    app.text_input("text").set_value("電話交換機").run()
    assert shown(app).count("<tr>") == 2
    next(b for b in app.button if b.label == "絞り込みを外す").click().run()
    assert shown(app).count("<tr>") == len(rows) + 1


@pytest.mark.model
def test_the_filters_stand_in_the_address(open_page: OpenPage, desk_index: Path) -> None:
    app = open_page("precedents", town=["霞野市"], outcome=["不承認"])
    rows = Precedents(open_index(desk_index)).rows
    assert shown(app).count("<tr>") == 1 + sum(
        Choice(("霞野市",)).admits(row) and row.outcome == "rejected" for row in rows
    )


@pytest.mark.model
def test_nothing_found_is_said(open_page: OpenPage) -> None:
    app = open_page("precedents", text=["どこにもないことば"])
    assert "記録の中にありません" in "".join(e.value for e in app.info)


@pytest.mark.model
@pytest.mark.parametrize("view", ["一覧", "技術×自治体", "件数"])
def test_what_a_record_holds_is_never_markup(open_page: OpenPage, view: str) -> None:
    html = shown(open_page("precedents", view=[view]))
    assert html
    for mark in ("<script", "<img", HOSTILE):
        assert mark not in html


# -- 案件 ----------------------------------------------------------------------------------------


@pytest.mark.model
def test_every_case_has_a_page_of_its_own(open_page: OpenPage, desk_index: Path) -> None:
    cases = open_index(desk_index).cases()
    app = open_page("case", case=[cases[0].id])
    for case in cases:
        app.query_params["case"] = case.id
        html = shown(app.run())
        assert 'class="dossier"' in html
        for mark in ("<script", "<img"):
            assert mark not in html


@pytest.mark.model
@pytest.mark.parametrize("id", ["どこにもない.txt#1", "<script>", "", "../x"])
def test_a_case_that_is_not_there_is_said(open_page: OpenPage, id: str) -> None:
    app = open_page("case", case=[id])
    assert 'class="dossier"' not in shown(app)  # but a few to choose from
    assert shown(app).count("case?case=") > 5
    assert "選" in "".join(e.value for e in app.info)


# -- 条件の追跡 -----------------------------------------------------------------------------------


@pytest.mark.model
def test_conditions_are_narrowed_by_town_and_state(open_page: OpenPage) -> None:
    app = open_page("conditions")
    every = shown(app).count('class="condition"')
    assert every > 3
    app.multiselect("state").set_value(["answered"]).run()
    answered = shown(app).count('class="condition"')
    assert 0 < answered < every
    assert "badge state nothing" not in shown(app)
    app.multiselect("town").set_value(["汐見台市"]).run()
    assert "記録の中にありません" in "".join(e.value for e in app.info)


# -- はじめての方へ --------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize("part", ["council", "course", "words", "law", "walks", "asking", "?"])
def test_each_part_of_the_guide_is_shown_and_ticked_off(
    open_page: OpenPage, part: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SENREI_NOTES", str(tmp_path))
    app = open_page("first_steps", part=[part])
    html = shown(app)
    assert 'class="guide"' in html
    for mark in ("<script", "<img", HOSTILE):
        assert mark not in html
    app.button("done").click().run()
    shown(app)
    assert len((tmp_path / "progress.jsonl").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.model
def test_the_first_page_leads_a_newcomer_to_the_guide(open_page: OpenPage) -> None:
    app = open_page("chat")
    app.button("newcomer").click().run()
    assert 'class="guide"' in shown(app)


@pytest.mark.model
def test_a_folder_that_cannot_be_written_is_said(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("SENREI_NOTES", str(tmp_path / "taken"))
    app = open_page("first_steps")
    app.button("done").click().run()
    said = "".join(e.value for e in app.warning)
    assert "ませんでした" in said
    assert str(tmp_path / "taken") in said
    assert 'class="guide"' in shown(app)


# -- 保存した質問 ---------------------------------------------------------------------------------


@pytest.mark.model
def test_a_question_is_saved_judged_shown_and_let_go(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SENREI_NOTES", str(tmp_path))
    app = open_page("saved")
    assert "まだありません" in "".join(e.value for e in app.info)
    app.session_state["pending"] = [("霞野市ではどんな案件がありましたか。", ())]
    app.session_state["go"] = ("chat", {})
    app.run()
    next(b for b in app.button if b.label == "この質問を保存").click().run()
    next(b for b in app.button if b.label == "役に立った").click().run()
    assert "役に立った" in "".join(e.value for e in app.caption)
    assert len((tmp_path / "questions.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    app.session_state["go"] = ("saved", {})
    html = shown(app.run())
    assert "霞野市ではどんな案件がありましたか。" in html
    assert "変わりありません" in html
    assert "✓ 役に立った" in html
    for mark in ("<script", "<img"):
        assert mark not in html
