"""The page 記録 as HTML: the list of records; one record's text, and beside it what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from itertools import pairwise

from app_parts.links import case_link, link
from app_parts.markup import case_badge, corrected_html
from app_parts.source_html import verbatim
from assistant.citations import readable
from assistant.desks.proofreading import DOUBTS, CaseRead, Mark, Proof, RecordRow, SittingRead
from assistant.facts import KINDS, correction_words
from assistant.statements import date_name, short_title
from index.build_report import BuildReport, Refusal
from index.cases import Case, Field
from index.doubts import Doubt
from index.entered import Entry
from index.japanese import level
from index.meetings import Meeting
from index.records import Page

MOST_DOUBTS = 5  # of a record, told in the list
# Key -> what its column is called.
SORTS = {
    "name": "記録", "town": "自治体・審議会", "day": "会議", "cases": "案件",
    "doubts": "要確認", "corrected": "訂正・確認", "read": "読み込み",
}  # fmt: skip


# --- the list ------------------------------------------------------------------------------------


def list_html(
    rows: Sequence[RecordRow], by: str, falling: bool, most: int, *, doubts: bool = False
) -> str:
    """The records as a table whose headings sort it; of more than `most`, a button for the rest.

    With `doubts`, what is unsure stands there in full.
    """
    heads = "".join(
        f'<th scope="col"{_aria(key == by, falling)}><button type="button" '
        f'class="sort{" on" if key == by else ""}" data-do="sort {key}" '
        f'title="{words}の順に並べる">{words}'
        f'<span aria-hidden="true">{("▼" if falling else "▲") if key == by else ""}</span></button></th>'
        for key, words in SORTS.items()
    )
    body = "".join(_row(row, doubts) for row in rows[:most])
    more = ""
    if len(rows) > most:
        more = (
            '<p class="rest"><button type="button" class="more" data-do="more">'
            f"残り{len(rows) - most:,}件も表示する</button></p>"
        )
    return (
        f'<div class="board"><table class="records{" in-full" if doubts else ""}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _aria(on: bool, falling: bool) -> str:
    return f' aria-sort="{"descending" if falling else "ascending"}"' if on else ""


def _row(row: RecordRow, in_full: bool) -> str:
    towns = "、".join(row.municipalities[:3]) or "自治体の記載なし"
    bodies = [
        body.removeprefix(row.municipalities[0] if row.municipalities else "")
        for body in row.bodies
    ]
    shown = [
        f'{escape(m.name)} <span class="whole">{date_name(m.day)}</span>'
        for m in row.meetings[:2]
        if m.name or m.day
    ]
    if len(row.meetings) > 2:
        shown.append(f"ほか{len(row.meetings) - 2}回")
    kinds = Counter(doubt.kind for doubt, _ in row.doubts)
    doubts = " ".join(f"{DOUBTS[kind]}{number}" for kind, number in kinds.items())
    if in_full:
        doubts = "<br>".join(map(_doubt_line, row.doubts[:MOST_DOUBTS]))
        if len(row.doubts) > MOST_DOUBTS:
            doubts += f"<br>ほか{len(row.doubts) - MOST_DOUBTS}か所"
    unsure = (
        f'<strong>{len(row.doubts)}</strong> <span class="sub">{doubts}</span>' if doubts else ""
    )
    return (
        f"<tr><td>{record_link(row.id, escape(row.id), 'title')}</td>"
        f'<td><strong>{escape(towns)}</strong><div class="sub">{escape("、".join(bodies[:2]))}</div></td>'
        f'<td class="sub">{"<br>".join(shown)}</td>'
        f'<td class="figure">{row.cases}</td><td class="unsure">{unsure}</td>'
        f'<td class="figure">{row.corrected or ""}</td><td class="sub">{when_words(row.read_at)}</td></tr>'
    )


def _doubt_line(told: tuple[Doubt, Case | None]) -> str:
    doubt, case = told
    words = f"{DOUBTS[doubt.kind]}: {escape(doubt.text)}"
    if case is None:
        return words
    title = escape(short_title(case.title, 40) or "（件名なし）")
    return f"{words}（{record_link(case.record, title, case=case.id)}）"


def record_link(record: str, html: str, css: str = "", case: str = "") -> str:
    """A link to a record on this page, at one of its cases."""
    parameters = {"record": record, **({"case": case} if case else {})}
    return link("records", dict(parameters), html, css, "記録と読み取りを並べて開く")


def when_words(iso: str) -> str:
    """A moment as the page says it; nothing for what is none."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return f"{moment.year}/{moment.month}/{moment.day} {moment:%H:%M}"


def refused_html(refused: Sequence[Refusal]) -> str:
    """Files that could not be read: why, and what to do."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(r.name)}</th><td>{escape(r.japanese)}</td></tr>"
        for r in refused
    )
    return (
        '<div class="board"><table class="records refused"><thead><tr><th scope="col">ファイル</th>'
        f'<th scope="col">読めなかった理由と、すること</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def report_html(report: BuildReport) -> str:
    """What a reading of all records has brought."""
    doubts = sum(len(unsure.doubts) for unsure in report.unsure)
    rows = [
        ("読み込んだ記録", f"{report.read}件", "新しいもの、変わったもの、訂正のあったもの"),
        ("前と同じ記録", f"{report.unchanged}件", ""),
        ("なくなった記録", f"{report.removed}件", "フォルダーにもうないもの"),
        ("読めなかったファイル", f"{len(report.refused)}件", "「読めなかったファイル」に理由があります" * bool(report.refused)),
        ("いまの記録", f"{report.records}件", f"会議{report.meetings}回、案件{report.cases}件"),
        ("人が訂正・確認した案件", f"{report.corrected}件", ""),
        ("要確認", f"{doubts}か所", f"{len(report.unsure)}件の記録" * bool(doubts)),
    ]  # fmt: skip
    body = "".join(
        f'<tr><th scope="row">{name}</th><td class="figure">{number}</td><td class="sub">{words}</td></tr>'
        for name, number, words in rows
    )
    return (
        '<div class="rebuilt"><button type="button" class="close" data-do="seen" title="閉じる">'
        '<span aria-hidden="true">×</span><span class="away">閉じる</span></button>'
        f"<strong>読み込みが終わりました（{report.seconds:.0f}秒）</strong>"
        f"<table><tbody>{body}</tbody></table></div>"
    )


# --- one record: its text ------------------------------------------------------------------------

_ORDER = ("verdict", "condition", "title", "date", "meeting", "doubt")
_LEGEND = {
    "meeting": "会議", "date": "日付", "title": "案件名", "verdict": "結論", "condition": "条件",
    "doubt": "要確認",
}  # fmt: skip


_TAKE = (
    '<div class="take">選んだ文字を'
    '<button type="button" class="do" data-take="title">案件名にする</button>'
    '<button type="button" class="do" data-take="words">結論を示す文にする</button>'
    '<button type="button" class="do" data-take="conditions">条件に加える</button></div>'
)


def text_html(proof: Proof, start: int, end: int, rest: str = "", *, entering: bool = False) -> str:
    """The text from `start` to `end`, what was read from it marked; `rest` leads to other parts. While
    a case is being entered, with the buttons that take words over."""
    marks = proof.marks()
    kinds = {str(mark.kind) for mark in marks}
    legend = "".join(
        f'<span class="m {kind}">{words}</span>' for kind, words in _LEGEND.items() if kind in kinds
    )
    bounds = [at for read in proof.cases for span in read.case.spans for at in span]
    words = "".join(_pieces(proof.text, start, end, marks, bounds, proof.pages))
    return (
        '<section class="source proof-text" aria-label="記録の本文">'
        f"<header><div class='legend'>{legend}</div>{rest}{_TAKE if entering else ''}</header>"
        '<div class="text" tabindex="0" role="document" aria-label="記録の本文">'
        f'<div class="words">{words}</div></div></section>'
    )


def _pieces(
    text: str,
    start: int,
    end: int,
    marks: Sequence[Mark],
    bounds: Sequence[int],
    pages: Sequence[Page],
) -> Iterator[str]:
    """The text cut wherever a mark or a page begins or ends and at the `bounds`, each piece with all
    its marks."""
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    begins = {page.start: page for page in pages if start <= page.start < end}
    cuts = {start, end, *begins, *(n for n in bounds if start < n < end)}
    for mark in within:
        cuts |= {max(start, mark.start), min(end, mark.end)}
    opening = sorted(within, key=lambda mark: mark.start)
    at, over, places = 0, [], sorted(cuts)
    for here, there in pairwise(places):
        while at < len(opening) and opening[at].start <= here:
            over.append(opening[at])
            at += 1
        over = [mark for mark in over if mark.end > here]
        if page := begins.get(here):
            machine = "（画像から機械で読み取り）" if page.machine else ""
            yield f'<span class="page-mark" data-words="{page.number}ページ{machine}"></span>'
        piece = verbatim(text[here:there])
        if not over:
            yield f'<span data-s="{here}" data-e="{there}">{piece}</span>'
            continue
        css = " ".join(kind for kind in _ORDER if any(mark.kind == kind for mark in over))
        first = next(
            (m.number for m in over if m.number and m.start == here and m.kind == "title"), 0
        )
        number = f' data-n="{first}"' if first else ""
        yield f'<span class="m {css}" data-s="{here}" data-e="{there}"{number}>{piece}</span>'


# --- one record: what was read -------------------------------------------------------------------


def head_html(proof: Proof, row: RecordRow, next: str, view: str) -> str:
    """Whose record it is, what was read from it, and the way back."""
    facts = [
        ("自治体", "、".join(row.municipalities)),
        ("審議会", "、".join(row.bodies)),
        ("案件", f"{row.cases}件"),
        ("要確認", f"{len(row.doubts)}か所" if row.doubts else "なし"),
        ("訂正・確認", f"{row.corrected}件" if row.corrected else ""),
        ("読み込み", when_words(row.read_at)),
    ]
    shown = "".join(
        f"<div><dt>{name}</dt><dd>{escape(words)}</dd></div>" for name, words in facts if words
    )
    on = f'<span class="next">{record_link(next, "次の要確認の記録 →")}</span>' if next else ""
    back = link("records", {"show": view or "all"}, "← 記録の一覧")
    return (
        f'<div class="proof-head"><div class="ways">{back}{on}</div>'
        f'<h2>{escape(proof.record)}</h2><dl class="facts-list">{shown}</dl>{doubts_html(proof.doubts)}</div>'
    )


def sitting_html(sitting: SittingRead, editable: bool) -> str:
    """A sitting: which, when, and what of it is unsure."""
    meeting = sitting.meeting
    if meeting is None:
        doubts = doubts_html(sitting.doubts)
        return f'<div class="sitting"><strong>会議の記載のない案件</strong>{doubts}</div>'
    words = " ".join(filter(None, [meeting.name, meeting.sitting])) or "会議名の記載なし"
    day = date_name(meeting.day) or "日付の記載なし"
    title = at_button(meeting.title_span, "原文")
    edit = ""
    if editable and sitting.cases:
        edit = do_button(f"sitting {meeting.id}", "日付・自治体を直す")
    return (
        f'<div class="sitting"><strong>{escape(words)}</strong>{title} '
        f"<span>{escape(day)}{at_button(meeting.day_span, '原文')}</span> "
        f'<span class="sub">{escape(meeting.municipality or "自治体の記載なし")}</span>{edit}'
        f"{doubts_html(sitting.doubts)}</div>"
    )


def case_html(read: CaseRead, editable: bool, open: bool, only_here: bool) -> str:
    """A case as it was read, with what is unsure and what a person has said of it. `open` while it
    is being corrected; `only_here` where its sitting's line does not say when and where."""
    case = read.case
    newest = case.newest
    rows = []
    if newest is not None and newest.text:
        rows.append(_row_html("結論", _quote(newest.text, newest.start, newest.end)))
    if newest is not None:
        rows += [_row_html("条件", _quote(c.text, c.start, c.end)) for c in newest.conditions]
    for decision in case.decisions[:-1]:
        said = f"{case_badge(case, decision.outcome)} {_quote(decision.text, decision.start, decision.end)}"
        rows.append(_row_html(escape(date_name(decision.day) or "先の結論"), said))
    facts = [case.label, KINDS.get(case.kind, ""), case.department or ""]
    if only_here or case.correction(Field.DATE) or case.correction(Field.MUNICIPALITY):
        facts += [case.municipality or "自治体の記載なし", date_name(case.day) or "日付の記載なし"]
    said = "".join(_said_html(case, editable))
    tools = ""
    entered = case.correction(Field.ENTERED)
    if editable and entered:
        tools = do_button(f"enter {entered.id}", "入力を直す")
    elif editable:
        tools = do_button(f"edit {case.id}", "訂正する", pressed=open)
        if case.doubts and case.correction(Field.CHECKED) is None:
            tools += do_button(f"check {case.id}", "このままで正しい（確認済みにする）")
    tools += case_link(case.id, "案件の頁", "small")
    return (
        f'<div class="read-case {case.outcome.value}{" open" if open else ""}'
        f'{" doubted" if read.doubts else ""}" data-card="{escape(case.id)}">'
        f'<div class="head"><span class="n">{read.number}</span>{case_badge(case)}'
        f"{corrected_html(case)}<span class='what'>{escape(short_title(case.title, 80) or '（件名なし）')}"
        f"{at_button(case.title_span, '原文')}</span></div>"
        f'<div class="sub">{"　".join(escape(level(f)) for f in facts if f)}'
        f"{at_button(max(case.spans, key=_length, default=None), '審議・資料の部分')}</div>"
        f'<div class="rows">{"".join(rows)}</div>{doubts_html(read.doubts)}{said}'
        f'<div class="tools">{tools}</div></div>'
    )


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _said_html(case: Case, editable: bool) -> Iterator[str]:
    for correction in case.corrected:
        undo = do_button(f"undo {correction.field} {case.id}", "取り消す") if editable else ""
        why = f" 理由: {escape(correction.why)}" if correction.why else ""
        yield f'<div class="by-hand">{escape(correction_words(correction))}{why}{undo}</div>'


def _row_html(name: str, words: str) -> str:
    return f'<div class="row"><span class="name">{name}</span><span>{words}</span></div>'


def _quote(text: str, start: int, end: int) -> str:
    shown = f"「{escape(readable(text))}」" if text else ""
    return f'<span class="quote">{shown}</span>{at_button((start, end), "原文") if text else ""}'


def doubts_html(doubts: Sequence[Doubt]) -> str:
    """What a person should look at, each leading to its place."""
    items = "".join(
        f"<li><span class='name'>{DOUBTS[d.kind]}</span>{escape(d.text)}。"
        f"{at_button(d.span, 'ここ')}</li>"
        for d in doubts
    )
    return f'<ul class="to-check" aria-label="要確認">{items}</ul>' if items else ""


def at_button(span: tuple[int, int] | None, words: str) -> str:
    """Leads to a place in the text beside it."""
    if not span or span[1] <= span[0]:
        return ""
    return (
        f'<button type="button" class="cite" data-do="at {span[0]} {span[1]}" '
        f'title="左の本文のその場所へ">{words}</button>'
    )


def do_button(what: str, words: str, *, pressed: bool = False) -> str:
    """Something a person can do."""
    state = f' aria-pressed="{"true" if pressed else "false"}"'
    return (
        f'<button type="button" class="do" data-do="{escape(what)}"{state}>{escape(words)}</button>'
    )


def vanished_html(said: Sequence[tuple[str, str]]) -> str:
    """Corrections that are in no file any more: each with its id and words."""
    items = "".join(
        f"<li>{escape(words)}{do_button(f'restore {id}', '元に戻す')}"
        f"{do_button(f'forget {id}', '消したままにする')}</li>"
        for id, words in said
    )
    return (
        '<div class="left-out"><strong>訂正の記録から消えている訂正</strong>'
        "<p>前に保存した訂正が、取り消した跡もなく、ファイル（corrections.toml）から消えています。"
        "いまは使われていません。</p>"
        f"<ul>{items}</ul></div>"
    )


def waiting_html(said: Sequence[str]) -> str:
    """Corrections of this record that are saved and not yet in the index."""
    items = "".join(f"<li>{escape(words)}</li>" for words in said)
    return (
        '<div class="left-out waits"><strong>保存したが、まだ反映していない訂正</strong>'
        f"<ul>{items}</ul></div>"
    )


def taken_out_html(said: Sequence[tuple[str, str]], editable: bool) -> str:
    """What people have said is no case: each with the correction's id and words."""
    items = "".join(
        f"<li>{escape(words)}{do_button(f'drop {id}', '取り消す') if editable else ''}</li>"
        for id, words in said
    )
    return (
        '<div class="left-out waits"><strong>人が案件でないとしたもの</strong>'
        f"<ul>{items}</ul></div>"
    )


def entry_html(text: str, entry: Entry, seat: Meeting | None) -> str:
    """Where the words of a case that is being entered stand in the text, and at which sitting."""
    found = [("案件名", entry.title), ("結論を示す文", entry.words)]
    found += [("条件", span) for span in entry.conditions]
    rows = "".join(_row_html(name, _quote(text[slice(*span)], *span)) for name, span in found)
    name = " ".join(filter(None, [seat.name, date_name(entry.day or seat.day)])) if seat else ""
    told = name or "どの会議のものか分かりません。分かるときは、日付を入れてください"
    return f'<div class="rows">{rows}{_row_html("会議", escape(told))}</div>'


def left_out_html(said: Sequence[tuple[str, str]], editable: bool) -> str:
    """Corrections that are not in use since their words have changed: each with its id and words."""
    items = "".join(
        f"<li>{escape(words)}{do_button(f'drop {id}', 'この訂正を取り消す') if editable else ''}</li>"
        for id, words in said
    )
    return (
        '<div class="left-out"><strong>使われていない訂正</strong>'
        "<p>もとの文章が訂正のあとで変わったため、使っていません。いまの文章を確かめて、"
        "要るときは案件の「訂正する」で入れ直し、古いものは取り消してください。</p>"
        f"<ul>{items}</ul></div>"
    )
