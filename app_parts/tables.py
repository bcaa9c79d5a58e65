"""The tables of the desks as HTML: precedents as rows, as a grid, as counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from app_parts.links import case_link, source_mark
from app_parts.markup import case_badge, corrected_html, shape
from assistant.facts import GROUP_WORDS, KINDS
from assistant.statements import date_name, short_title
from assistant.surveys.precedents import Counts, Found, Grid, Precedent
from index.grammar.verdicts import Outcome
from index.japanese import level

Open = tuple[str, int, int] | None
# A column's sorts: what each is called, and the first way it is sorted.
_HEADS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("outcome", "結論"),),
    (("municipality", "自治体"), ("day", "開催日")),
    (
        ("title", "案件"), ("kind", "種別"), ("technology", "技術"), ("department", "担当"),
        ("legal_basis", "根拠"),
    ),
    (("conditions", "条件・附帯意見"),),
)  # fmt: skip


def rows_html(
    rows: Sequence[Precedent],
    by: str,
    falling: bool,
    most: int,
    open: Open,
    found: Mapping[str, Sequence[Found]],
) -> str:
    """The rows as a table whose headings sort it; of more than `most`, a button for the rest.

    Below a row stands where in the record was `found` what was sought, by the case's id.
    """
    heads = "".join(_head(sorts, by, falling) for sorts in _HEADS)
    body = "".join(_row(row, open, found.get(row.case.id, ())) for row in rows[:most])
    more = ""
    if len(rows) > most:
        more = (
            f'<p class="rest"><button type="button" class="more" data-do="more">'
            f"残り{len(rows) - most:,}件も表示する</button></p>"
        )
    return (
        f'<div class="board"><table class="precedents"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _head(sorts: Sequence[tuple[str, str]], by: str, falling: bool) -> str:
    sorted_by = any(key == by for key, _ in sorts)
    aria = f' aria-sort="{"descending" if falling else "ascending"}"' if sorted_by else ""
    buttons = "".join(
        f'<button type="button" class="sort{" on" if key == by else ""}" data-do="sort {key}" '
        f'title="{escape(words)}の順に並べる">{escape(words)}'
        f'<span aria-hidden="true">{("▼" if falling else "▲") if key == by else ""}</span></button>'
        for key, words in sorts
    )
    return f'<th scope="col"{aria}>{buttons}</th>'


def _row(row: Precedent, open: Open, found: Sequence[Found]) -> str:
    case, sitting = row.case, row.case.newest_meeting
    facts = [
        _fact("技術", "、".join(row.technologies)),
        _fact("取扱い", "、".join(row.handlings)),
        _fact("担当", row.department),
        _fact("根拠", "、".join(row.legal_basis)),
    ]
    conditions = "".join(
        f"<li>「{escape(level(c.text))}」{source_mark(case.record, c.start, c.end, open)}</li>"
        for c in row.conditions
    )
    if not conditions:
        conditions = {
            Outcome.APPROVED: '<li class="none">記載なし</li>',
            Outcome.APPROVED_WITH_CONDITIONS: '<li class="none">内容は読み取れていません</li>',
        }.get(row.outcome, "")
    places = "".join(_found(place, open) for place in found)
    title = case_link(case.id, escape(short_title(case.title, 64) or "（件名なし）"), "title")
    return (
        f'<tr><td data-name="結論">{case_badge(case)}{corrected_html(case)}{later_html(row)}</td>'
        f'<td data-name="会議"><strong>{escape(row.municipality)}</strong>'
        f'<div class="sub">{escape(sitting)}</div><div class="sub">{date_name(row.day)}</div></td>'
        f'<td data-name="案件">{title} <span class="tag-kind">{KINDS.get(case.kind, "")}</span>'
        f'<div class="sub">{"".join(facts)}</div>{places}{record_html(c.record for c in row.cases)}</td>'
        f'<td data-name="条件"><ul class="conditions">{conditions}</ul></td></tr>'
    )


def _found(place: Found, open: Open) -> str:
    """The sentence in which a word stands that was sought."""
    before, word, after = (escape(level(x)) for x in (place.before, place.word, place.after))
    mark = source_mark(place.record, place.start, place.end, open)
    return f'<div class="sub found">本文「{before}<b>{word}</b>{after}」{mark}</div>'


def later_html(row: Precedent) -> str:
    """What was decided on the same matter afterwards."""
    return "".join(
        f"<div>{case_link(c.id, f'→ {escape(date_name(c.day))}'.strip())} {case_badge(c)}</div>"
        for c in row.later[:2]
    )


def record_html(records: Iterable[str]) -> str:
    """On paper, where no button leads to the source, the names of the records."""
    return f'<div class="sub on-paper">出典: {escape("、".join(dict.fromkeys(records)))}</div>'


def _fact(name: str, words: str) -> str:
    if not words:
        return ""
    return f'<span class="fact"><span class="name">{name}</span>{escape(words)}</span> '


def _pick(**chosen: str) -> str:
    return escape(f"pick {urlencode(chosen)}")


def _mark(outcome: Outcome, number: int) -> str:
    return (
        f'<span class="mark {outcome.value}">{shape(outcome)}{number if number > 1 else ""}</span>'
    )


def grid_html(grid: Grid) -> str:
    """Technology x town, with a mark for each outcome; one case is a link, several are chosen."""
    towns = "".join(
        f'<th scope="col"><button type="button" class="sort" data-do="{_pick(town=town)}">'
        f"{escape(town)}</button></th>"
        for town in grid.municipalities
    )
    rows = []
    for technology in grid.technologies:
        cells = "".join(
            f"<td>{_cell(technology, town, grid.cells.get((technology, town), ()))}</td>"
            for town in grid.municipalities
        )
        rows.append(
            f'<tr><th scope="row"><button type="button" class="sort" '
            f'data-do="{_pick(tech=technology)}">{escape(technology)}</button></th>{cells}</tr>'
        )
    return (
        f'{legend_html()}<div class="board wide"><table class="grid"><thead><tr><th></th>{towns}'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(technology: str, town: str, held: Sequence[Precedent]) -> str:
    by_outcome: dict[Outcome, list[Precedent]] = {}
    for row in held:
        by_outcome.setdefault(row.outcome, []).append(row)
    marks = []
    for outcome in Outcome:
        rows = by_outcome.get(outcome, [])
        name = GROUP_WORDS[outcome]
        words = f"{name}: " + " / ".join(short_title(row.case.title, 40) for row in rows[:5])
        inner = f'{_mark(outcome, len(rows))}<span class="away">{name}</span>'
        if len(rows) == 1:
            marks.append(case_link(rows[0].case.id, inner, "cell", words))
        elif rows:
            pick = _pick(tech=technology, town=town, outcome=outcome.value)
            marks.append(
                f'<button type="button" class="cell" data-do="{pick}" title="{escape(words)}">'
                f"{inner}</button>"
            )
    return "".join(marks)


def legend_html(outcomes: Sequence[Outcome] = tuple(Outcome)) -> str:
    """What the marks mean."""
    items = "".join(
        f"<span>{_mark(outcome, 1)}{GROUP_WORDS[outcome]}</span>" for outcome in outcomes
    )
    return f'<div class="legend">{items}</div>'


_KEYS: Mapping[str, str] = {
    "year": "year", "municipality": "town", "technology": "tech", "handling": "use",
}  # fmt: skip


def counts_html(counts: Counts) -> str:
    """A bar for each group, in it a part for each outcome; each part can be pressed."""
    most = max((counts.of(key) for key in counts.names), default=0)
    rows = []
    for key, name in counts.names.items():
        parts = []
        for outcome in Outcome:
            number = counts.numbers.get((key, outcome), 0)
            if not number:
                continue
            words = f"{name} {GROUP_WORDS[outcome]} {number}件"
            width = f"flex-grow:{number}"
            inner = f"{shape(outcome)}<span>{number}</span>"
            pick = _pick(**{_KEYS[counts.by]: key}, outcome=outcome.value)
            parts.append(
                f'<button type="button" class="part {outcome.value}" style="{width}" '
                f'title="{escape(words)}" aria-label="{escape(words)}" data-do="{pick}">'
                f"{inner}</button>"
                if key
                else f'<span class="part {outcome.value}" style="{width}" '
                f'title="{escape(words)}">{inner}</span>'
            )
        total = counts.of(key)
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td class="total">{total}</td>'
            f'<td class="bar"><div style="width:{100 * total / most:.1f}%">{"".join(parts)}</div>'
            "</td></tr>"
        )
    shown = [o for o in Outcome if any(outcome is o for _, outcome in counts.numbers)]
    note = ""
    if counts.by in ("technology", "handling"):
        note = '<p class="note">二つ以上に当たる案件は、それぞれに数えています。</p>'
    return f'{legend_html(shown)}<table class="counts"><tbody>{"".join(rows)}</tbody></table>{note}'
