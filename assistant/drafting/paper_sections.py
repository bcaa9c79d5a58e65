"""A record's text + a case -> what stands of the case under the paper's headings: the objections
that were written (少数意見, 反対の理由, 不承認の委員), the reasons of a 答申."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.cases import Case
from index.japanese import fold
from index.text.sentences import sentences

_MARK = (
    r"^[ \u3000]*(?:第?[0-9０-９一二三四五六七八九十]+[章節号]?[.．、)）]?[ \u3000]*"
    r"|[◇◆■□●○〇【［〔＜]+[ \u3000]*)?"
)
_OBJECTIONS = re.compile(
    _MARK + r"(?:少数意見|反対の?(?:理由|意見)|不承認の?(?:理由|意見)|異なる意見)[^\n。]{0,16}$",
    re.M,
)
_REASONS = re.compile(
    _MARK + r"(?:[^\n。]{0,12}(?:判断(?:の|に至った)?理由|結論の理由)|理由"
    r"|[^\n。]{1,10}の判断)[】］〕＞]?$",
    re.M,
)
_CHAPTER = re.compile(r"^[ \u3000]*第[0-9０-９一二三四五六七八九十]+[ \u3000]+[^\n。]{2,30}$", re.M)
_OBJECTS = re.compile(
    r"^[ \u3000]*[^\n。(（]{0,12}[(（](?:不承認|反対|不同意)(?:の?(?:委員|意見|者))?[)）]", re.M
)
_REPLY = re.compile(r"[ \u3000]*(?:→|⇒)")
_NEXT = re.compile(r"\n[ \u3000]*(?=\n|→|⇒|(?:意見|質問|問|答)[0-9０-９]|[◇◆■［【])")
_ANY_LABEL = re.compile(r"(?:諮問|議案|報告|案件|議題|審議)(?:事項|案件)?第?[0-9]+号?")
_MOST = 4


class Said(NamedTuple):
    """A span of a record, with those of the heading above it and of the reply to it, if any."""

    start: int
    end: int
    heading: tuple[int, int] | None = None
    reply: tuple[int, int] | None = None


def objections(text: str, case: Case) -> list[Said]:
    """What those who were against a case wrote, in its parts or under a heading of its own."""
    label = fold(case.label)
    found = [
        Said(a, b, _stripped(text, *heading.span()))
        for heading in _OBJECTIONS.finditer(text)
        for a, b in _of_label(text, heading.end(), _paragraph(text, heading.end()), label)
    ]
    return [*found, *(said for start, end in case.spans for said in _marked(text, start, end))]


def reasons(text: str, case: Case) -> list[tuple[int, int]]:
    """The sentences that a chapter of reasons has under the case's own number."""
    label = fold(case.label)
    for chapter in _REASONS.finditer(text):
        following = _CHAPTER.search(text, chapter.end())
        end = following.start() if following else len(text)
        inside = False
        own: list[tuple[int, int]] = []
        for start, stop in _lines(text, chapter.end(), end):
            named = _ANY_LABEL.search(fold(text[start:stop]))
            if named and len(text[start:stop].strip()) < 40 and "。" not in text[start:stop]:
                inside = bool(label) and named.group() == label
            elif inside:
                own += [(a, b) for a, b in sentences(text, start, stop) if text[b - 1] == "。"]
        if not own and any(a <= chapter.start() < b for a, b in case.spans):
            own = list(sentences(text, chapter.end(), end))  # a paper of the case's own
        if own:
            return own[:_MOST]
    return []


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in re.compile(r"[^\n]+").finditer(text, start, end):
        yield line.span()


def _paragraph(text: str, start: int) -> int:
    """Where the paragraph that begins behind `start` ends: at an empty line or a chapter."""
    body = re.compile(r"\S").search(text, start)
    if body is None:
        return start
    ends = [
        m.start()
        for p in (re.compile(r"\n[ \u3000]*\n"), _CHAPTER)
        if (m := p.search(text, body.start()))
    ]
    return min(ends, default=len(text))


def _of_label(text: str, start: int, end: int, label: str) -> list[tuple[int, int]]:
    """The lines of a section that are of the case: those that name its number; all of a section
    that names none."""
    lines = [(a, b) for a, b in _lines(text, start, end) if text[a:b].strip()]
    named = [_ANY_LABEL.search(fold(text[a:b])) for a, b in lines]
    chosen: list[tuple[int, int]] = []
    own = not any(named)
    for (a, b), match in zip(lines, named, strict=True):
        if match is not None:
            own = match.group() == label
        if own:
            chosen.append(_stripped(text, a, b))
    return chosen


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _marked(text: str, start: int, end: int) -> Iterator[Said]:
    for match in _OBJECTS.finditer(text, start, end):
        stop = _NEXT.search(text, match.end(), end)
        close = stop.start() if stop else end
        first = match.start() + len(match.group()) - len(match.group().lstrip())
        reply = None
        if stop and (arrow := _REPLY.match(text, stop.end(), end)):
            after = _NEXT.search(text, arrow.end(), end)
            begin = re.compile(r"\S").search(text, arrow.end(), end)
            if begin:
                reply = (begin.start(), after.start() if after else end)
        yield Said(first, close, None, reply)
