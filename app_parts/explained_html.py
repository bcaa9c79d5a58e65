"""Explanation -> HTML: why this answer, in plain words. Every word of a record is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from app_parts.links import source_mark
from assistant.citations import readable
from assistant.drafts import short_title, sitting_name
from assistant.explanations import Explanation, Found, Seen
from index.cases import Case

_ARMS = {"words": "語", "vectors": "意味"}
_SHOWN = 8  # rows of each list before 「ほか…」
_LONGEST = 46


Open = tuple[str, int, int] | None  # the record and span that the panel shows


def explained_html(explanation: Explanation, open: Open = None) -> str:
    """What was understood, how it was looked for, what was used, what was left out and why."""
    body = [*_understood(explanation), *_looked(explanation)]
    body += _rows("回答に使った箇所", explanation.used, open)
    body += _cases(explanation.cases)
    body += _rows("見つかったが、使わなかった箇所", explanation.left, open)
    body += _rows("お尋ねの自治体・絞り込みの外にあり、使わなかった箇所", explanation.beyond, open)
    return f'<div class="why">{"".join(body)}</div>'


def _understood(explanation: Explanation) -> Iterator[str]:
    rows = [("知りたいこと", escape(explanation.asked))]
    rows += [(what, escape(said)) for what, said in explanation.facets]
    if explanation.sought:
        rows.append(("探した言葉", "".join(f"<div>{word}</div>" for word in _sought(explanation))))
    yield "<h3>質問の読み取り</h3><table class='facts'>"
    yield from (
        f"<tr><th scope='row'>{escape(what)}</th><td>{said}</td></tr>" for what, said in rows
    )
    yield "</table>"


def _sought(explanation: Explanation) -> Iterator[str]:
    for sought in explanation.sought:
        others = (
            f"（同じとみなす言葉: {escape('、'.join(sought.others))}）" if sought.others else ""
        )
        missing = (
            "" if sought.known else "<strong>読み込まれている記録に一度も出てきません</strong>"
        )
        yield f"「{escape(sought.word)}」{others}{missing}"


def _looked(explanation: Explanation) -> Iterator[str]:
    by = {arm: sum(arm in dict(f.ranks) for f in explanation.found) for arm in _ARMS}
    both = sum(len(f.ranks) > 1 for f in explanation.found)
    yield "<h3>探し方</h3>"
    if not explanation.found:
        yield "<p>箇所を探さずにお答えしました。</p>"
        return
    yield (
        f"<p>質問と同じ言葉のある箇所（語）と、意味の近い箇所（意味）を探し、あわせて"
        f"{len(explanation.found)}か所を読みました。語で見つかったもの{by['words']}か所、"
        f"意味で見つかったもの{by['vectors']}か所、両方で見つかったもの{both}か所です。</p>"
    )


def _cases(cases: Sequence[Seen]) -> Iterator[str]:
    meant, near = [s for s in cases if s.meant], [s for s in cases if not s.meant]
    if meant:
        yield "<h3>お尋ねの案件と読んだもの</h3><ul>"
        yield from (f"<li>{_case(seen.case)}</li>" for seen in meant[:_SHOWN])
        yield f"</ul>{_more(len(meant) - _SHOWN, '件')}"
    if near:
        yield "<h3>近いが、お尋ねの案件とは読まなかったもの</h3><ul>"
        yield from (
            f'<li>{_case(seen.case)} <span class="sub">{escape(seen.why)}</span></li>'
            for seen in near
        )
        yield "</ul>"


def _case(case: Case) -> str:
    place = f"{case.municipality or '自治体の記載なし'} {sitting_name(case)}"
    return f"{escape(place)} {escape(short_title(case.title))}"


def _rows(title: str, found: Sequence[Found], open: Open) -> Iterator[str]:
    if not found:
        return
    yield f"<h3>{escape(title)}</h3><ul>"
    yield from (f"<li>{_row(one, open)}</li>" for one in found[:_SHOWN])
    yield f"</ul>{_more(len(found) - _SHOWN, 'か所')}"


def _row(found: Found, open: Open) -> str:
    ranks = dict(found.ranks)
    by = "・".join(f"{name}{ranks[arm]}番目" for arm, name in _ARMS.items() if arm in ranks)
    passage = found.passage
    numbers = "".join(f"[{n}]" for n in found.used)
    words = readable(passage.text)
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    place = f"{_case(found.case)} " if found.case else ""
    marks = f"出典{numbers} " if numbers else ""
    why = f" <strong>{escape(found.why)}</strong>" if found.why else ""
    return (
        f'{marks}<span class="quote">「{escape(words)}」</span>'
        f"{source_mark(passage.record, passage.start, passage.end, open)}{why}"
        f'<div class="sub">{place}{escape(f"（{by}）") if by else ""}</div>'
    )


def _more(number: int, unit: str) -> str:
    return f'<p class="sub">ほか{number}{unit}</p>' if number > 0 else ""
