"""Draft -> cited statements: each quote located in its record and numbered, or else dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.statements import Draft, Quote, Statement, Style
from index.store import Index


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote at its place: `record.text[start:end] == quote`. `page` counts from 1, or is None."""

    n: int
    record: str
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement as shown: Markdown-free words with `[n]` behind what they rest on."""

    style: Style
    text: str
    numbers: tuple[int, ...]


_MARKUP = re.compile(r"<[^<>]{0,80}>")
# － 2 － on a line of its own: a page of a printed record ends within the quote
_PAGE_NUMBER = re.compile(
    r"\r?\n[ \t\u3000]*([-－―—‐])[ \u3000]*\d{1,4}[ \u3000]*\1[ \t\u3000]*(?=\r?\n)"
)


def readable(quote: str) -> str:
    """A quote as it is read: rows joined, cells apart by a stroke, tags, page numbers, runs of
    spaces and the dashes around it off."""
    text = _MARKUP.sub(" ", _PAGE_NUMBER.sub("", quote))
    text = re.sub(r"[ \u3000]*\t[\t \u3000]*", " ｜ ", text)
    text = re.sub(r"[ \u3000]*\r?\n[ \t\u3000\r\n]*", "", text)
    return re.sub(r"[ \u3000]{2,}", " ", text).strip(" ｜―—")


def bracketed(words: str) -> str:
    """Words in 「」: once, where they stood in such brackets, or were cut behind the first."""
    if words.startswith("「") and words.count("「") == 1 and "」" not in words[:-1]:
        words = words.strip("「」")
    return f"「{words}」"


def cite(draft: Draft, index: Index) -> tuple[list[Cited], list[Citation]]:
    """The statements with their citations. One that asserts and has no quote left is dropped."""
    citations: dict[tuple[str, int, int], Citation] = {}
    pages: dict[str, list[tuple[int, int, int]]] = {}
    cited: list[Cited] = []
    for statement in draft.statements:
        if statement.style not in (Style.NOTE, Style.HEADING) and not _holds(statement, index):
            continue
        pieces: list[str] = []
        numbers: list[int] = []
        for piece in statement.pieces:
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            citation = _located(piece, index, citations, pages)
            if citation is None:
                continue
            mark = f"[{citation.n}]"
            if piece.show:
                pieces.append(f"{bracketed(readable(citation.quote))}{mark}")
            elif not (numbers and numbers[-1] == citation.n):
                pieces.append(mark)
            numbers.append(citation.n)
        cited.append(Cited(statement.style, "".join(pieces).strip(), tuple(dict.fromkeys(numbers))))
    cited = [
        line
        for number, line in enumerate(cited)
        if line.style is not Style.HEADING or _followed(cited, number)
    ]
    return cited, sorted(citations.values(), key=lambda citation: citation.n)


def page_of(index: Index, record: str, start: int) -> int | None:
    """The page on which a place of a record stands; None where the record has no pages."""
    pages = next((info.pages for info in index.records() if info.id == record), ())
    return next((page.number for page in pages if page.start <= start < page.end), None)


def _followed(cited: Sequence[Cited], number: int) -> bool:
    return number + 1 < len(cited) and cited[number + 1].style in (Style.ITEM, Style.CASE)


def _holds(statement: Statement, index: Index) -> bool:
    return any(_text_of(quote, index) for quote in statement.quotes)


def _text_of(quote: Quote, index: Index) -> str:
    try:
        text = index.text(quote.record)
    except KeyError:
        return ""
    if not 0 <= quote.start < quote.end <= len(text):
        return ""
    return text[quote.start : quote.end]


def _located(
    quote: Quote,
    index: Index,
    citations: dict[tuple[str, int, int], Citation],
    pages: dict[str, list[tuple[int, int, int]]],
) -> Citation | None:
    words = _text_of(quote, index)
    if not words.strip():
        return None
    key = (quote.record, quote.start, quote.end)
    if key not in citations:
        if quote.record not in pages:
            info = next(r for r in index.records() if r.id == quote.record)
            pages[quote.record] = [(p.number, p.start, p.end) for p in info.pages]
        page = next((n for n, a, b in pages[quote.record] if a <= quote.start < b), None)
        citations[key] = Citation(
            len(citations) + 1, quote.record, page, quote.start, quote.end, words
        )
    return citations[key]
