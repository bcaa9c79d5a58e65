"""The page 記録: all records; each beside what was read from it, and the way to put that right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

import streamlit as st

from app_parts import entering
from app_parts.kept import made
from app_parts.layout import heading
from app_parts.markup import plain
from app_parts.opening import STAGES
from app_parts.records_html import (
    SORTS,
    case_html,
    head_html,
    left_out_html,
    list_html,
    refused_html,
    report_html,
    sitting_html,
    taken_out_html,
    text_html,
    vanished_html,
    waiting_html,
)
from app_parts.source import show_html
from app_parts.unsaved import unsaved
from assistant.chat import Assistant
from assistant.desks.proofreading import (
    CaseRead,
    Files,
    Proof,
    RecordRow,
    SittingRead,
    correct,
    enter,
    look_at_files,
    notes_on,
    present,
    proof_of,
    put_back,
    record_rows,
    said_of,
    taken_out,
    unused,
)
from assistant.facts import FIELDS, OUTCOME_WORDS
from index.build import AnotherBuild, BuildError, build_again
from index.cases import Case, Field
from index.corrections import CorrectionError, take_back
from index.embedding import EmbeddingError
from index.grammar.verdicts import Outcome

AT_FIRST = 200  # rows; more are shown when asked for
PART = 200_000  # characters of a text shown at once
LONGEST = 200  # characters of a name or a reason


def show(assistant: Assistant) -> None:
    """The list of records, or the one that the address names."""
    files = look_at_files(assistant.index)
    rows: list[RecordRow] = made(assistant, "records", lambda: record_rows(assistant.index))
    wanted = str(st.query_params.get("record", ""))
    heading(
        "記録",
        "記録から読み取った内容を原文と並べて確かめ、違っていれば訂正できます。",
    )
    _do_what_was_pressed(assistant, files)
    _messages(assistant, files)
    if wanted:
        _one(assistant, files, rows, wanted)
    else:
        _list(assistant, files, rows)


# --- bringing the index up to date ---------------------------------------------------------------


def _apply(assistant: Assistant, done: str) -> None:
    """Read again what has changed, and show the page anew; `done` is what to say then."""
    bar = st.progress(0.0, text="反映しています…")

    def tell(what: str, done: int, of: int) -> None:
        number = f" {done}/{of}" if of else ""
        bar.progress(done / of if of else 1.0, text=STAGES.get(what, what) + number)

    state, index = st.session_state, assistant.index
    try:
        report = build_again(
            index.manifest, index.folder, embedder=assistant.embedder, progress=tell
        )
    except AnotherBuild:
        state.told = (
            "warning",
            f"{done}ただし、いま別の画面かコマンドが記録を読み込んでいるため、まだ反映していません。"
            "しばらくして「反映する」を押してください。",
            "",
        )
    except (BuildError, EmbeddingError) as error:
        state.told = (
            "warning",
            f"{done}ただし、記録を読み込み直せませんでした。いままでの内容はそのまま使えます。"
            "記録のフォルダーがつながっているか、索引のフォルダーに書き込めるかを確かめてください。",
            str(error),
        )
    else:
        state.told = ("done", f"{done}回答と一覧に反映しました。" if done else "", "")
        if not done:
            state.rebuilt = report
    st.rerun()


def _messages(assistant: Assistant, files: Files) -> None:
    """What has just been done; what waits; what is wrong with the folders and their files."""
    state = st.session_state
    if told := state.pop("told", None):
        kind, words, detail = told
        if words:
            if kind == "done":
                st.html(f'<p class="done" role="status">{escape(words)}</p>')
            else:
                st.warning(words)
        if detail:
            with st.expander("担当者の方へ（詳しい内容）"):
                st.text(detail)
    if report := state.get("rebuilt"):
        show_html("rebuilt", report_html(report), _pressed)
    if files.problem:
        st.warning(
            "記録のフォルダーを開けません。つながっているかを確かめてください。"
            "つながるまで、訂正と読み込み直しはできません。"
        )
        with st.expander("担当者の方へ（詳しい内容）"):
            st.text(files.problem)
    if files.vanished:
        vanished = [(note.id, said_of(note)) for note in files.vanished]
        show_html("vanished", vanished_html(vanished), _pressed)
    for fault in files.faults:
        st.warning(plain(fault.japanese))
    said = []
    if files.waiting:
        said.append(
            f"保存した訂正（{len(files.waiting)}件の記録）が、まだ回答に反映されていません。"
        )
    if files.changed:
        said.append(f"{len(files.changed)}件の記録が、読み込んだあとで書き換えられています。")
    if files.new:
        said.append(f"まだ読み込んでいないファイルが{len(files.new)}件あります。")
    if files.gone and not files.problem:
        said.append(f"{len(files.gone)}件の記録が、フォルダーからなくなっています。")
    if said:
        with st.container(key="waiting", horizontal=True, vertical_alignment="center"):
            st.html(f'<span class="waiting">{escape("".join(said))}</span>')
            if st.button("反映する", type="primary", key="apply"):
                _apply(assistant, "" if not files.waiting else "保存した訂正を読み込みました。")


# --- the list ------------------------------------------------------------------------------------


def _list(assistant: Assistant, files: Files, rows: Sequence[RecordRow]) -> None:
    state = st.session_state
    state.setdefault("records_by", ("name", False))
    state.setdefault("records_most", AT_FIRST)
    unsure = [row for row in rows if row.doubts]
    corrected = [row for row in rows if row.corrected]
    views = {
        "all": f"すべて {len(rows)}",
        "unsure": f"要確認 {len(unsure)}",
        "corrected": f"訂正・確認 {len(corrected)}",
        "refused": f"読めなかったファイル {len(files.refused)}",
    }
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        wanted = str(st.query_params.get("show", ""))
        view = st.segmented_control(
            "見るもの", list(views), format_func=views.__getitem__, required=True, key="records-show",
            default=wanted if wanted in views else "all", label_visibility="collapsed",
            on_change=_remember_view,
        )  # fmt: skip
        text = st.text_input(
            "名前で探す", key="records-text", label_visibility="collapsed",
            placeholder="記録・自治体・会議の名前で探す", width=230,
        )  # fmt: skip
        again = st.button(
            "記録を読み込み直す", icon=":material/refresh:", disabled=bool(files.problem),
            help="新しいファイル、書き換えられたファイルだけを読みます。",
        )  # fmt: skip
    manifest = assistant.index.manifest
    folders = manifest.roots or (str(Path(manifest.home, "records")),)
    st.caption(
        f"記録のフォルダー: {plain('、'.join(folders))}　"
        "ここに会議録などのファイルを加えて「記録を読み込み直す」を押すと、読み込まれます。"
    )
    if again:
        state.pop("rebuilt", None)
        _apply(assistant, "")
    if view == "refused":
        if files.refused:
            show_html("refused", refused_html(files.refused), _pressed)
        else:
            st.info("読めなかったファイルはありません。")
        return
    chosen = {"unsure": unsure, "corrected": corrected}.get(view or "all", rows)
    by, falling = state.records_by
    shown = _in_order([row for row in chosen if _names(row, text or "")], by, falling)
    if shown:
        html = list_html(shown, by, falling, state.records_most, doubts=view == "unsure")
        show_html("records-list", html, _pressed)
    else:
        st.info("当てはまる記録はありません。")


def _remember_view() -> None:
    """In the address, so that a bookmark, and the way back from a record, lead to it."""
    st.session_state.records_view = st.query_params["show"] = st.session_state["records-show"]


def _names(row: RecordRow, words: str) -> bool:
    said = " ".join([row.id, *row.municipalities, *row.bodies, *(m.name for m in row.meetings)])
    return all(word.casefold() in said.casefold() for word in words.split())


def _in_order(rows: Sequence[RecordRow], by: str, falling: bool) -> list[RecordRow]:
    def key(row: RecordRow) -> tuple[object, ...]:
        days = [meeting.day for meeting in row.meetings if meeting.day]
        return {
            "town": (row.municipalities, row.bodies),
            "day": (max(days, default=date.min),),
            "cases": (row.cases,),
            "doubts": (len(row.doubts),),
            "corrected": (row.corrected,),
            "read": (row.read_at,),
        }.get(by, (row.id,))

    return sorted(rows, key=key, reverse=falling)


# --- one record ----------------------------------------------------------------------------------


def _one(assistant: Assistant, files: Files, rows: Sequence[RecordRow], wanted: str) -> None:
    row = next((row for row in rows if row.id == wanted), None)
    if row is None:
        st.info("この記録は、いまの記録の中に見つかりません。一覧から選び直してください。")
        _list(assistant, files, rows)
        return
    proof: Proof = made(assistant, f"proof {wanted}", lambda: proof_of(assistant.index, wanted))
    state = st.session_state
    if state.get("proof_of") != (wanted, st.query_params.get("case")):
        state.proof_of, state.fixing = (wanted, st.query_params.get("case")), None
        chosen = proof.case(str(st.query_params.get("case", "")))
        unsaved("enter")
        state.place = chosen.case.title_span if chosen else (0, 0)
        state.card = chosen.case.id if chosen else ""
    unsure = [other.id for other in rows if other.doubts and other.id != wanted]
    later = [id for id in unsure if id > wanted]
    next_one = (later or unsure or [""])[0]
    show_html(
        "proof-head", head_html(proof, row, next_one, state.get("records_view", "")), _pressed
    )
    with st.container(key="proof"):
        text, read = st.columns(2, gap="medium")
        with text, st.container(key="proof-text"):
            _text(proof)
        with read:
            _read(assistant, files, proof)


def _text(proof: Proof) -> None:
    """The text, or of a long one the part that holds the place that is looked at."""
    start, end = st.session_state.place
    length = len(proof.text)
    number = min(start, length - 1) // PART if length else 0
    first, last = number * PART, min(length, (number + 1) * PART)
    rest = ""
    if length > PART:
        of = -(-length // PART)
        rest = '<div class="parts">' + "".join(
            f'<button type="button" class="more" data-do="at {n * PART} {n * PART}"'
            f'{" disabled" if n == number else ""}>{n + 1}/{of}</button>'
            for n in range(of)
        ) + "</div>"  # fmt: skip
    show_html(
        "proof-words", text_html(proof, first, last, rest, entering=_entering()), _pressed,
        place=f"{proof.record} {number}", at=f"{start} {end}",
    )  # fmt: skip


def _read(assistant: Assistant, files: Files, proof: Proof) -> None:
    """The sittings and cases as read; below the one that is being corrected, its form."""
    state = st.session_state
    editable = proof.record in files.paths and not files.problem
    with st.container(key="proof-bar", horizontal=True, vertical_alignment="center"):
        only = st.toggle("要確認だけ", key="only", bind="query-params")
        name = st.text_input(
            "お名前", value=state.get("corrector", ""), key="corrector-name", max_chars=LONGEST,
            placeholder="お名前（訂正・確認とともに残ります）", label_visibility="collapsed",
        )  # fmt: skip
        state.corrector = name.strip()
        if editable and not _entering():
            st.button(
                "読み取れていない案件を加える", icon=":material/add:", key="enter-open",
                on_click=entering.begin, args=(proof.text,),
            )  # fmt: skip
    if editable and _entering():
        _enter(assistant, files, proof)
    if not editable:
        st.info("元のファイルが見つからないため、いまは訂正できません。")
    left = [(note.id, said_of(note)) for note in unused(proof, files.notes_of(proof.record))]
    if left and proof.record in files.waiting:
        show_html("not-yet", waiting_html([words for _, words in left]), _pressed)
    elif left:
        show_html("left-out", left_out_html(left, editable), _pressed)
    away = taken_out(proof, files.notes_of(proof.record))
    if away and not only:
        said = [(note.id, said_of(note)) for note in away]
        show_html("taken-out", taken_out_html(said, editable), _pressed)
    fixing = state.get("fixing")
    html: list[str] = []
    part = 0

    def put() -> None:
        nonlocal part
        if html:
            whole = f'<div class="proof-cases">{"".join(html)}</div>'
            show_html(f"proof-cases-{part}", whole, _pressed, card=state.card)
        html.clear()
        part += 1

    for sitting in proof.sittings:
        cases = [
            read for read in sitting.cases if read.case.doubts or not only or _is(fixing, read)
        ]
        if only and not cases and not sitting.doubts:
            continue
        html.append(sitting_html(sitting, editable))
        if sitting.meeting and fixing == ("sitting", sitting.meeting.id):
            put()
            _sitting_form(assistant, files, proof, sitting)
        apart = sitting.meeting is None
        for read in cases:
            html.append(case_html(read, editable, _is(fixing, read), apart))
            if _is(fixing, read):
                put()
                _case_form(assistant, files, proof, read)
    if not proof.cases:
        st.info("この記録からは、案件を読み取れませんでした。本文は質問への回答に使われます。")
    elif not html and not part:
        st.info("要確認はありません。")
    put()


def _entering() -> bool:
    """Whether a case is being entered."""
    return (st.session_state.get("fixing") or ("",))[0] == "enter"


def _enter(assistant: Assistant, files: Files, proof: Proof) -> None:
    state = st.session_state
    done = entering.form(assistant, proof, _pressed)
    if done is None:
        return
    entry, why = done
    standing = files.notes_of(proof.record)
    before = [note for note in standing if note.id == state.fixing[1]]
    try:
        enter(
            assistant.index, files.paths[proof.record], proof.record, entry,
            instead_of=before, by=state.corrector, why=why.strip(),
        )  # fmt: skip
    except CorrectionError as error:
        st.error(plain(str(error)))
        return
    state.fixing = None
    unsaved("enter")
    _apply(assistant, "案件の入力を保存しました。")


def _is(fixing: object, read: CaseRead) -> bool:
    return fixing == ("case", read.case.id)


def _case_form(assistant: Assistant, files: Files, proof: Proof, read: CaseRead) -> None:
    case = read.case
    with st.form(f"fix {assistant.index.generation} {case.id}"):
        first, second = st.columns([3, 2], gap="small")
        with first:
            outcomes = list(Outcome)
            outcome = st.selectbox(
                FIELDS[Field.OUTCOME], outcomes, index=outcomes.index(case.outcome),
                format_func=OUTCOME_WORDS.__getitem__,
            )  # fmt: skip
        with second:
            day = _day_input(case)
        title = st.text_input(FIELDS[Field.TITLE], present(case, Field.TITLE))
        town, why = st.columns([2, 3], gap="small")
        with town:
            municipality = st.text_input(FIELDS[Field.MUNICIPALITY], case.municipality or "")
        with why:
            reason = st.text_input("理由（ひとこと）", max_chars=LONGEST)
        checked = st.checkbox(
            "原文と見比べました（確認済み）", value=case.correction(Field.CHECKED) is not None
        )
        none = st.checkbox("これは案件ではない（一覧と回答から外します。あとで取り消せます）")
        if _buttons():
            said = {
                Field.OUTCOME: str(outcome), Field.TITLE: title.strip(),
                **_place_and_day(day, municipality),
            }  # fmt: skip
            if checked:
                said[Field.CHECKED] = "true"
            if none:
                said = {Field.NO_CASE: "true"}
            changed = {f: now for f, now in said.items() if now != present(case, f)}
            _save(assistant, files, proof, [case], changed, reason)


def _sitting_form(assistant: Assistant, files: Files, proof: Proof, sitting: SittingRead) -> None:
    cases = [read.case for read in sitting.cases]
    with st.form(f"fix {assistant.index.generation} {sitting.meeting and sitting.meeting.id}"):
        st.caption(f"この会議の案件{len(cases)}件すべてに当てはめます。")
        first, second = st.columns(2, gap="small")
        with first:
            day = _day_input(cases[0])
        with second:
            municipality = st.text_input(FIELDS[Field.MUNICIPALITY], cases[0].municipality or "")
        reason = st.text_input("理由（ひとこと）", max_chars=LONGEST)
        if _buttons():
            before = _place_and_day(cases[0].day, cases[0].municipality or "")
            said = _place_and_day(day, municipality)
            changed = {field: now for field, now in said.items() if now != before.get(field)}
            _save(assistant, files, proof, cases, changed, reason)


def _day_input(case: Case) -> date | None:
    day: date | None = st.date_input(
        FIELDS[Field.DATE], case.day, min_value=date(1947, 1, 1), max_value=date(2100, 12, 31),
        format="YYYY/MM/DD",
    )  # fmt: skip
    return day


def _place_and_day(day: date | None, municipality: str) -> dict[Field, str]:
    said = {Field.MUNICIPALITY: municipality.strip()} if municipality.strip() else {}
    return {**said, **({Field.DATE: day.isoformat()} if day else {})}


def _buttons() -> bool:
    """Whether to save; the other one leaves the form."""
    with st.container(horizontal=True):
        save = st.form_submit_button("保存して反映する", type="primary")
        if st.form_submit_button("やめる"):
            st.session_state.fixing = None
            st.rerun()
    return save


def _save(
    assistant: Assistant,
    files: Files,
    proof: Proof,
    cases: Sequence[Case],
    said: dict[Field, str],
    why: str,
) -> None:
    """Keep what was said, and bring the index up to date; where it cannot be, say why."""
    if not said:
        st.info(
            "変わったところがありません。直すところを書き換えるか、「やめる」を押してください。"
        )
        return
    state = st.session_state
    try:
        changed = correct(
            assistant.index, files.paths[proof.record], cases, said, files.notes_of(proof.record),
            by=state.corrector, why=why.strip(),
        )  # fmt: skip
    except CorrectionError as error:
        st.error(plain(str(error)))
        return
    state.fixing = None
    _apply(assistant, f"{changed}件の案件の訂正を保存しました。")


# --- what is pressed -----------------------------------------------------------------------------


def _pressed(what: str, detail: str) -> None:
    """A button of the list, of the text, or of a case."""
    state = st.session_state
    if what == "sort" and detail in SORTS:
        by, falling = state.records_by
        state.records_by = (detail, not falling if by == detail else detail not in ("name", "town"))
    elif what == "more":
        state.records_most = 1_000_000
    elif what == "seen":
        state.pop("rebuilt", None)
    elif what == "at":
        start, end = map(int, detail.split())
        state.place = (start, end)
    elif what in ("edit", "sitting"):
        chosen = ("case" if what == "edit" else what, detail)
        state.fixing = None if state.get("fixing") == chosen else chosen
        state.fixing_on = None
        state.card = ""  # the page stays at the form, which a scroll would close a list of
    elif what == "take":
        entering.take(detail)
    elif what in ("check", "undo", "drop", "restore", "forget", "enter"):
        state.to_do = (what, detail)


def _do_what_was_pressed(assistant: Assistant, files: Files) -> None:
    """Whatever writes is done here, where the page can show how it goes."""
    state = st.session_state
    record = str(st.query_params.get("record", ""))
    if state.get("fixing"):
        if state.get("fixing_on") not in (None, assistant.index.generation):
            st.warning(
                "訂正の画面を開いているあいだに、記録が読み込み直されました。"
                "まだ保存していません。いまの内容を確かめて、もう一度入力してください。"
            )
        state.fixing_on = assistant.index.generation  # what the form that opens rests on
    what, detail = state.pop("to_do", ("", ""))
    if what in ("restore", "forget"):
        _settle(assistant, files, what, detail)
    if not what or record not in files.paths:
        return
    standing = files.notes_of(record)
    cases = {case.id: case for case in assistant.index.cases() if case.record == record}
    by = state.get("corrector", "")
    try:
        if what == "check" and detail in cases:
            said = {Field.CHECKED: "true"}
            correct(assistant.index, files.paths[record], [cases[detail]], said, standing, by=by)
            done = "確認済みにしました。"
        else:
            field, _, id = detail.partition(" ")
            notes = [note for note in standing if note.id == detail]
            if what == "enter":
                entering.begin(assistant.index.text(record), notes[0] if notes else None)
                return
            if what == "undo" and id in cases:
                notes = notes_on(cases[id], Field(field), standing)
            if not notes:
                return
            for note in notes:
                take_back(note, by)
            done = "訂正を取り消しました。"
    except CorrectionError as error:
        st.error(plain(str(error)))
        return
    _apply(assistant, done)


def _settle(assistant: Assistant, files: Files, what: str, id: str) -> None:
    """A correction that has vanished from its file is put back, or given up."""
    note = next((note for note in files.vanished if note.id == id), None)
    if note is None:
        return
    try:
        if what == "restore":
            put_back(note)
        else:
            take_back(note, st.session_state.get("corrector", ""))
    except CorrectionError as error:
        st.error(plain(str(error)))
        return
    _apply(assistant, "訂正を元に戻しました。" if what == "restore" else "訂正を取り消しました。")
