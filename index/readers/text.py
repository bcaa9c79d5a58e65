"""Text and Markdown: the characters as they stand, whatever encoding they were saved in."""

from __future__ import annotations

import re
from pathlib import Path

from charset_normalizer import from_bytes

from index.records import Progress, Reading
from index.refusals import Fault, RecordError

# The letters of a Japanese text: ASCII, kana, kanji, full and half width, the usual marks.
_USUAL = re.compile(
    r"[\t\r\n\f\x20-\x7e\u3000-\u30ff\u31f0-\u33ff\u4e00-\u9fff\uff01-\uffe6"
    r"\u00a0-\u00ff\u2010-\u2044\u2100-\u27bf\ufeff]"
)


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The file's text."""
    return Reading(decode(path))


def decode(path: Path) -> str:
    """The file's characters as they stand, newlines too. Raises RecordError where it is no text."""
    text = decoded(path.read_bytes())
    if text is None:
        raise RecordError(path, Fault.NOT_TEXT)
    return text


def decoded(raw: bytes) -> str | None:
    """The characters of UTF-8, UTF-16, ISO-2022-JP, CP932 or EUC-JP; None where it is none of them."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in(raw, "utf-16")
    if b"\x00" in raw:
        for encoding in ("utf-16-le", "utf-16-be"):  # without a mark
            text = _in(raw, encoding)
            if text is not None and "\x00" not in text and _is_usual(text):
                return text
        return None
    # The mail encoding is all ASCII, and known by the escapes with which it turns to Japanese.
    if b"\x1b$" in raw:
        for encoding in ("iso2022_jp", "iso2022_jp_ext"):
            if (text := _in(raw, encoding)) is not None:
                return text
    text = _in(raw, "utf-8")
    if text is None:
        best = from_bytes(raw, cp_isolation=["cp932", "euc_jp"]).best()
        text = _in(raw, best.encoding) if best is not None else None
    return text


def _in(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_usual(text: str) -> bool:
    return len(_USUAL.findall(text)) >= 0.95 * len(text)
