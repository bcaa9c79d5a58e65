"""The numbering at the head of a line: 1., (2), ③, ア, 一, ・."""

from __future__ import annotations

import re
from functools import lru_cache

from index.japanese import fold, number

_NUMBERING = (
    ("bullet", re.compile(r"(?:[・･‧•●○◯◆◇■□◎〇▪▫◦▼▽▲△▶▷☆★]|[-–—*](?=[\s\u3000]))[\s\u3000]*")),
    ("paren", re.compile(
        r"[(（〈<《≪][\s\u3000]*(?P<n>[0-9０-９]{1,2})[\s\u3000]*[)）〉>》≫][\s\u3000.．、]*")),
    ("digit", re.compile(
        r"第?(?P<n>[0-9０-９]{1,2})(?:[\s\u3000.．、。)）]+"
        r"|(?=[^\s0-9０-９年月日時分秒人名件号条回期階番点頁台社校園室度割倍つか%％.,:：/／~～\-ー－]))(?=\D|\d+年|R\d)")),
    ("circled", re.compile(r"(?P<n>[①-⑳])[\s\u3000]*")),
    ("paren", re.compile(r"(?P<n>[⑴-⒇])[\s\u3000]*")),
    ("kanji", re.compile(r"第?(?P<n>十?[一二三四五六七八九]|十)(?:[\s\u3000]+|[.．、](?=\D))")),
    ("roman", re.compile(r"(?P<n>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[\s\u3000.．、]*")),
    ("letter", re.compile(
        r"(?P<n>[A-HＡ-Ｈ])[\s\u3000.．、)）]+(?=(?:諮問|審議|報告|協議|議題|案件|議事|その他))")),
    ("smallroman", re.compile(r"(?P<n>[ⅰ-ⅹ])[\s\u3000.．、]*")),
    ("kanjiparen", re.compile(r"[(（](?P<n>[一二三四五六七八九十])[)）][\s\u3000]*")),
    ("kanaparen", re.compile(r"[(（](?P<n>[アイウエオカキクケコ])[)）][\s\u3000]*")),
    ("kana", re.compile(r"(?P<n>[アイウエオカキクケコサシスセソ])[\s\u3000.．、:：)）]+")),
    ("daily", re.compile(
        r"日程[ \u3000]?第?(?P<n>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[\s\u3000.．、:：]+")),
)  # fmt: skip
# Markdown from a PDF puts a dash before a number: the number is the numbering
_DASH_BEFORE_NUMBER = re.compile(r"[-–—*・][\s\u3000]+(?=[(（]?[0-9０-９①-⑳])")
_FIRST = frozenset(  # characters that numberings begin with, 日 of 日程
    "・･‧•●○◯◆◇■□◎〇▪▫◦▼▽▲△▶▷☆★-–—*(（〈<《≪第日0123456789０１２３４５６７８９"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
    "ABCDEFGHＡＢＣＤＥＦＧＨアイウエオカキクケコサシスセソ一二三四五六七八九十"
)
_NUMBERING_STANDS = 60  # characters in which a numbering ends
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANA = "アイウエオカキクケコサシスセソ"
_KANJI = "一二三四五六七八九十"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_SMALL_ROMAN = "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
_LETTERS = "ABCDEFGH"
_WIDE_LETTERS = "ＡＢＣＤＥＦＧＨ"


def numbering(text: str) -> tuple[str, int, int] | None:
    """The numbering at the head of `text`: (style, number, length); bullets count as number 0."""
    if text[:1] not in _FIRST:  # as of most lines; to know it soon saves half the time
        return None
    return _numbering(text[:_NUMBERING_STANDS])


@lru_cache(maxsize=8192)  # each line is asked for it several times
def _numbering(text: str) -> tuple[str, int, int] | None:
    dash = _DASH_BEFORE_NUMBER.match(text)
    skip = dash.end() if dash else 0
    for style, pattern in _NUMBERING:
        match = pattern.match(text, skip)
        if match is None:
            continue
        if style == "bullet":
            return style, 0, match.end() - skip
        written = match["n"]
        for sequence in (_CIRCLED, _KANA, _KANJI, _ROMAN, _SMALL_ROMAN, _LETTERS, _WIDE_LETTERS):
            if written in sequence:
                return style, sequence.index(written) + 1, match.end()
        return style, number(fold(written).strip("()")) or 0, match.end()
    return None
