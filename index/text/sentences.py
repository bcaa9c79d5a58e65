"""Text -> sentences, each a span; hard wraps inside a sentence do not end it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.japanese import fold


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`, trimmed; hard wraps inside a sentence do not end it."""
    at = start
    for stop in _SENTENCE_END.finditer(text, start, end):
        if text[stop.start()] == "。":
            if stop.end() - stop.start() > 1 and _GOES_ON.match(text, stop.end()):
                continue  # （以下「本件」という。）は, 「承認する。」との意見
            if _in_brackets(text, at, stop.start(), end):
                continue  # 答申案（差し支えない。ただし、…こと。）について
            yield from trimmed(text, at, stop.end())
        elif wraps(text[max(at, text.rfind("\n", at, stop.start()) + 1) : stop.start()]):
            continue
        else:
            yield from trimmed(text, at, stop.start())
        at = stop.end()
    yield from trimmed(text, at, end)


def _in_brackets(text: str, start: int, stop: int, end: int) -> bool:
    """Whether a full stop stands within brackets that open in its sentence, which goes on behind them."""
    opens = text.rfind("（", start, stop)
    if opens < 0 or text.find("）", opens, stop) >= 0:
        return False
    closes = text.find("）", stop, min(end, stop + _LONGEST_ASIDE))
    return closes >= 0 and "（" not in text[stop:closes] and bool(_GOES_ON.match(text, closes + 1))


_LONGEST_ASIDE = 300  # characters of brackets that hold sentences
_SENTENCE_END = re.compile(r"。+[」』）)―—\-]*|\r?\n[ \t\u3000]*\r?\n")


# after a bracket that holds a full stop: what no sentence begins with
_GOES_ON = re.compile(
    r"(?:\r?\n[ \t\u3000]*)?(?:[をへ]|は(?!い)|が(?!ん)|[にと](?:[^りこきて]|対)|の(?!ち)|及び|並びに|又は|若しくは|について|、)"
)


def wraps(row: str) -> bool:
    """Whether a row is so long, and ends so openly, that its sentence goes on after a blank row."""
    key = fold(row)
    return len(key) >= 26 and not key.endswith(tuple("。」』)―-:〕】]"))


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without the white space around it; nothing where there is nothing else."""
    piece = text[start:end]
    stripped = piece.strip(" \t\r\n\u3000")
    if stripped:
        left = start + len(piece) - len(piece.lstrip(" \t\r\n\u3000"))
        yield left, left + len(stripped)
