"""Conditions and the reports on them as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app_parts.links import case_link, source_mark
from app_parts.markup import state_badge
from app_parts.tables import record_html
from assistant.citations import readable
from assistant.statements import date_name, short_title
from assistant.surveys.conditions import Report, Tracked
from index.japanese import level
from index.store import Index

Open = tuple[str, int, int] | None


def tracked_html(tracked: Sequence[Tracked], index: Index, open: Open) -> str:
    """A row for each condition: what came of it, where it was attached, and the reports."""
    body = "".join(_row(one, index, open) for one in tracked)
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("状態", "会議", "条件・附帯意見", "報告")
    )
    told = any(one.reports or one.perhaps for one in tracked)
    return (
        f'<div class="board"><table class="tracked{"" if told else " unreported"}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(one: Tracked, index: Index, open: Open) -> str:
    case, condition = one.row.case, one.condition
    mark = source_mark(case.record, condition.start, condition.end, open)
    asked = ' <span class="tag-kind">報告を求めるもの</span>' if one.asked else ""
    reports = "".join(_report(report, index, open, "") for report in one.reports)
    if one.perhaps:
        words = "関連するかもしれない報告（同じ案件とは限りません）"
        reports += f'<div class="sub">{words}</div>'
        reports += "".join(_report(report, index, open, "perhaps") for report in one.perhaps)
    return (
        f"<tr><td>{state_badge(one.state)}</td>"
        f"<td><strong>{escape(one.row.municipality)}</strong>"
        f'<div class="sub">{escape(one.decision.meeting or case.meeting)}</div><div class="sub">{date_name(one.day)}</div></td>'
        f'<td><span class="condition">「{escape(level(condition.text))}」</span>{mark}{asked}'
        f'<div class="sub">{case_link(case.id, escape(short_title(case.title, 60)))}</div>'
        f"{record_html([case.record])}</td><td>{reports}</td></tr>"
    )


def _report(report: Report, index: Index, open: Open, css: str) -> str:
    case = report.case
    day = date_name(case.newest_day)
    quotes = "".join(
        f"<div>「{escape(readable(index.text(p.record)[p.start : p.end]))}」"
        f"{source_mark(p.record, p.start, p.end, open)}</div>"
        for p in report.places
    )
    if not quotes:
        quotes = '<div class="sub">この条件に触れた文は見つかりません。</div>'
    return (
        f'<div class="report {css}">{day} {case_link(case.id, escape(short_title(case.title, 50)))}'
        f'<div class="sub">{escape(report.reason)}</div>{quotes}</div>'
    )
