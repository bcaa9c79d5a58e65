"""Saved questions as HTML: what has changed and why first, the answer of today below."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app_parts.links import source_mark
from app_parts.markup import badge_of_change, pieces
from assistant.citations import Citation
from assistant.desks.judgements import JUDGEMENTS, Judgement
from assistant.desks.keeping import Note
from assistant.desks.saved import Change, Saved
from assistant.understanding.times import year_name

Open = tuple[str, int, int] | None


def saved_html(saved: Sequence[Saved], asked_to_forget: str, open: Open) -> str:
    """A card for each question."""
    return "".join(_card(one, one.id == asked_to_forget, open) for one in saved)


def _day(when: str) -> str:
    return escape(when[:10].replace("-", "/"))


def _card(one: Saved, forget: bool, open: Open) -> str:
    state = badge_of_change(bool(one.changes))
    seen = f"保存 {_day(one.when)}"
    if one.seen[:10] != one.when[:10]:
        seen += f"・確認 {_day(one.seen)}"
    within = "・".join([*one.within.municipalities, *map(year_name, one.within.years)])
    narrowed = f"・絞り込み {escape(within)}" if within else ""
    return (
        f'<article class="saved{" changed" if one.changes else ""}">'
        f"<h3>{escape(one.question)}</h3>"
        f'<p class="sub">{state} {seen}{narrowed}</p>'
        f"{_changes(one)}{_today(one, open)}{_history(one)}{_buttons(one, forget)}</article>"
    )


def _changes(one: Saved) -> str:
    """What changed: verdicts, cases and the first line in sight, the other lines a press away."""
    if not one.changes:
        return ""
    first = [change for change in one.changes if not change.minor]
    lines = [change for change in one.changes if change.minor]
    records = "".join(f"<li>{escape(words)}</li>" for words in one.records)
    shown = _table(first)
    if lines:
        rest = f"<summary>ほかの文の変化（{len(lines)}）</summary>{_table(lines)}"
        shown += f"<details{'' if first else ' open'}>{rest}</details>"
    return shown + (f'<ul class="plain sub">{records}</ul>' if records else "")


def _table(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("変わったこと", "前", "いま", "理由")
    )
    return (
        f'<div class="board"><table class="changes"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(map(_change, changes))}</tbody></table></div>"
    )


def _change(change: Change) -> str:
    was = f"<del>{escape(change.was)}</del>" if change.was else "—"
    now = f"<ins>{escape(change.now)}</ins>" if change.now else "—"
    return (
        f'<tr><th scope="row">{escape(change.what)}</th><td>{was}</td><td>{now}</td>'
        f"<td>{escape(change.why)}</td></tr>"
    )


def _today(one: Saved, open: Open) -> str:
    lines = one.answer.statements
    if not lines:
        return ""
    rest = "".join(f"<li>{_line(one, n, open)}</li>" for n in range(1, len(lines)))
    more = f"<details><summary>いまの答えの続き</summary><ul>{rest}</ul></details>" if rest else ""
    return (
        f'<p class="now"><span class="tag-kind">いまの答え</span> {_line(one, 0, open)}</p>{more}'
    )


def _line(one: Saved, number: int, open: Open) -> str:
    by_number = {citation.n: citation for citation in one.answer.citations}
    shown = []
    for piece in pieces(one.answer.statements[number], one.answer.citations):
        if piece.what == "mark":
            shown.append(_mark(by_number.get(piece.n), open))
        elif piece.what == "quote":
            shown.append(f'<span class="quote">{escape(piece.text)}</span>')
        else:
            shown.append(escape(piece.text.replace("**", "")))
    return "".join(shown)


def _mark(citation: Citation | None, open: Open) -> str:
    if citation is None:
        return ""
    return source_mark(citation.record, citation.start, citation.end, open, str(citation.n))


def _history(one: Saved) -> str:
    if not one.history:
        return ""
    items = "".join(f"<li>{escape(words)}</li>" for words in reversed(one.history))
    return (
        f"<details><summary>これまでの変化（{len(one.history)}）</summary>"
        f'<ul class="sub">{items}</ul></details>'
    )


def _buttons(one: Saved, forget: bool) -> str:
    id = escape(one.id)
    if forget:
        return (
            '<p class="buttons">この質問の保存をやめますか。'
            f'<button type="button" class="more" data-do="forgotten {id}">やめる（削除）</button>'
            '<button type="button" class="more" data-do="stay ">残す</button></p>'
        )
    seen = (
        f'<button type="button" class="more main" data-do="seen {id}">'
        "確かめました（いまの答えを新しい基準にする）</button>"
        if one.changes
        else ""
    )
    return (
        f'<p class="buttons">{seen}'
        f'<button type="button" class="more" data-do="ask {id}">この質問を開く</button>'
        f'<button type="button" class="more" data-do="forget {id}">保存をやめる</button></p>'
    )


def judgements_html(notes: Sequence[Note]) -> str:
    """What was said of answers, the newest first."""
    rows = "".join(
        f"<tr><td>{_day(str(note.get('when', '')))}</td>"
        f"<td>{'✓' if note.get('judgement') == Judgement.RIGHT else '✗'} "
        f"{escape(_said(note))}</td>"
        f"<td>{escape(' → '.join(map(str, note.get('turns', ()))))}</td>"
        f"<td>{escape(str(note.get('words', '')))}</td>"
        f'<td><button type="button" class="more" data-do="unsay {escape(str(note["id"]))}">'
        "取り消す</button></td></tr>"
        for note in reversed(notes)
    )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("日付", "評価", "質問", "ひとこと", "")
    )
    return (
        f'<div class="board"><table class="judged"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _said(note: Note) -> str:
    known = {judgement.value: words for judgement, words in JUDGEMENTS.items()}
    return known.get(str(note.get("judgement")), "")
