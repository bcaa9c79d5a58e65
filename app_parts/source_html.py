"""A source as HTML: a record's text around a quote, or the page it stands on as it looks."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from assistant.citations import readable
from index.passages import Passage

MACHINE = "機械で読み取った文字です。誤りがあり得ます。"
AROUND = 2  # passages shown on each side at first
_AT_LEAST = 240  # characters on each side
_WHOLE = 400_000  # characters of a whole record shown at once


class Span(NamedTuple):
    """What part of a record is shown."""

    start: int
    end: int


def part_shown(
    length: int, passages: Sequence[Passage], start: int, end: int, before: int, after: int
) -> Span:
    """From `before` passages above the quote to `after` below it."""
    starts = sorted(p.start for p in passages if p.start <= start - _AT_LEAST)
    ends = sorted(p.end for p in passages if p.end >= end + _AT_LEAST)
    left = starts[-1 - before] if len(starts) > before else 0
    right = ends[after] if len(ends) > after else length
    return Span(left, right)


class Head(NamedTuple):
    """What stands above a source: where it is from, what it is of, which file, and what is to be known
    of it. `paper` where it can be shown as text or as paper, and whether it is shown as paper."""

    place: str
    what: str
    record: str
    note: str = ""
    paper: bool | None = None


def source_html(text: str, shown: Span, start: int, end: int, head: Head) -> str:
    """A record's text with the quote marked, below the words that tell where it stands."""
    above = _MORE.format("before", "▲ 前へ") if shown.start > 0 else ""
    below = _MORE.format("after", "▼ 後へ") if shown.end < len(text) else ""
    whole = Span(max(0, start - _WHOLE // 2), min(len(text), end + _WHOLE // 2))
    if shown != whole:
        both = _MORE.format("whole", "この記録全体を開く")
    else:
        both = _MORE.format("part", "引用の前後だけにする")
    words = (
        f'{above}<div class="words">{verbatim(text[shown.start : start])}'
        f"<mark>{verbatim(text[start:end])}</mark>{verbatim(text[end : shown.end])}</div>{below}"
    )
    return _panel(head, words, "記録の本文", both)


class Spot(NamedTuple):
    """A place on a page, as shares of its width and height."""

    left: float
    top: float
    right: float
    bottom: float


class Paper(NamedTuple):
    """A page as it looks: its number and how many there are, a JPEG and its size in dots, the places of
    the quote on it, the quote's page. Without a picture, `said` tells why."""

    number: int
    of: int
    quoted_on: int
    jpeg: bytes = b""
    width: int = 0
    height: int = 0
    spots: Sequence[Spot] = ()
    said: str = ""
    large: bool = False


def paper_html(paper: Paper, quote: str, head: Head) -> str:
    """A record's page as it looks, with the quote framed."""
    if not paper.jpeg:
        return _panel(head, f'<p class="said">{escape(paper.said)}</p>', "記録の紙面", "")
    frames = []
    for number, (left, top, right, bottom) in enumerate(paper.spots):
        words = f'<span class="away">引用: {escape(readable(quote))}</span>' if not number else ""
        place = f"left:{left:.2%};top:{top:.2%};width:{right - left:.2%};height:{bottom - top:.2%}"
        frames.append(f'<mark class="frame" style="{place}" title="引用した箇所">{words}</mark>')
    alone = f"{escape(head.record)} {paper.number}ページの紙面"
    alt = f"{alone}。引用した箇所を枠で囲んでいます" if frames else alone
    picture = base64.b64encode(paper.jpeg).decode("ascii")
    sheet = (
        f'<div class="sheet{" large" if paper.large else ""}" style="aspect-ratio:{paper.width}/{paper.height}">'
        f'<img src="data:image/jpeg;base64,{picture}" alt="{alt}">{"".join(frames)}</div>'
    )
    if not frames:
        there = paper.number == paper.quoted_on
        words = "このページの中の位置は示せません。" if there else "引用した箇所は別のページです。"
        sheet = f'<p class="note">{words}</p>{sheet}'
    turns = []
    if paper.number > 1:
        turns.append(_MORE.format(f"page {paper.number - 1}", "◀ 前のページ"))
    turns.append(f'<span class="number">{paper.number} / {paper.of}ページ</span>')
    if paper.number < paper.of:
        turns.append(_MORE.format(f"page {paper.number + 1}", "次のページ ▶"))
    turns.append(_MORE.format("size", "縮小" if paper.large else "拡大"))
    return _panel(head, sheet, "記録の紙面", " ".join(turns))


_MORE = '<button type="button" class="more" data-do="{}">{}</button>'


def _panel(head: Head, body: str, label: str, footer: str) -> str:
    switch = note = ""
    if head.paper is not None:
        switch = "".join(
            f'<button type="button" data-do="{do}" aria-pressed="{str(on).lower()}">{words}</button>'
            for do, words, on in (("words", "本文", not head.paper), ("paper", "紙面", head.paper))
        )
        switch = f'<div class="switch" role="group" aria-label="見せ方">{switch}</div>'
    if head.note:
        note = f'<div class="machine">{escape(head.note)}</div>'
    return (
        '<section class="source" aria-label="出典">'
        '<header><button type="button" class="close" data-do="close" title="出典を閉じる">'
        '<span aria-hidden="true">×</span><span class="away">出典を閉じる</span></button>'
        f'<div class="place">{escape(head.place)}</div><div class="what">{escape(head.what)}</div>'
        f'<div class="record">記録: {escape(head.record)}</div>{switch}{note}</header>'
        f'<div class="text" tabindex="0" role="document" aria-label="{label}">{body}</div>'
        + (f"<footer>{footer}</footer>" if footer else "")
        + "</section>"
    )


def whole_record(length: int, start: int, end: int) -> Span:
    """All of a record; of one too long for a page, the quote's surroundings."""
    return Span(max(0, start - _WHOLE // 2), min(length, end + _WHOLE // 2))


_LAYOUT = re.compile(
    r"<[^<>\n]{0,80}>|\t[\t ]*(?P<last>(?=[\r\n]))?"
    # the end of a long printed line within a sentence: a narrow column would break it twice
    r"|(?P<wrap>(?<=[^\n\t|｜]{27}[^\n\t|｜。．：」）)】])\r?\n(?=[ぁ-んァ-ヶー一-龠、。]))"
)


def verbatim(text: str) -> str:
    """A record's characters, every one of them; tags of a converted form only look smaller."""
    out: list[str] = []
    at = 0
    for found in _LAYOUT.finditer(text):
        out.append(escape(text[at : found.start()]))
        at = found.end()
        if found["wrap"]:
            out.append(f'<span class="wrap">{found[0]}</span>')
        elif found[0][0] == "\t":  # however many empty cells: one stroke, or none at a row's end
            end = " last" if found["last"] is not None else ""
            out.append(f'<span class="tab{end}">{found[0]}</span>')
        elif 'type="checkbox"' in found[0]:
            ticked = "ticked" if "checked" in found[0] else "open"
            out.append(f'<span class="box {ticked}">{escape(found[0])}</span>')
        else:
            out.append(f'<span class="tag">{escape(found[0])}</span>')
    out.append(escape(text[at:]))
    return "".join(out).replace("\r", "&#13;")  # a bare one would come out as a line feed
