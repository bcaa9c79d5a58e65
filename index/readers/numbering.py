"""The numbers that Word writes before paragraphs: they stand in no paragraph's text."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KATAKANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_DIGITS = "〇一二三四五六七八九"
_SERIES = {
    "aiueo": _KATAKANA, "aiueoFullWidth": _KATAKANA, "iroha": _IROHA, "irohaFullWidth": _IROHA,
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}  # fmt: skip
_KANJI = {
    "japaneseCounting", "japaneseDigitalTenThousand", "chineseCounting", "chineseCountingThousand",
    "ideographDigital", "japaneseLegal", "taiwaneseCounting",
}  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class Numbering:
    """Counts a document's paragraphs, from the first to the last."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """From the elements w:numbering (or None) and w:styles."""
        self._levels: dict[str, dict[int, Any]] = {}  # number of an abstract list -> its levels
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, Any]]] = {}
        self._styles: dict[
            str, tuple[str | None, Any]
        ] = {}  # style -> the one it is based on, its w:numPr
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for style in styles.iterchildren(f"{_W}style"):
            based = style.find(f"{_W}basedOn")
            self._styles[style.get(f"{_W}styleId", "")] = (
                based.get(f"{_W}val") if based is not None else None,
                style.find(f"{_W}pPr/{_W}numPr"),
            )
        if numbering is None:
            return
        for abstract in numbering.iterchildren(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = {
                _number(level.get(f"{_W}ilvl")): level
                for level in abstract.iterchildren(f"{_W}lvl")
            }
        for entry in numbering.iterchildren(f"{_W}num"):
            starts: dict[int, int] = {}
            levels: dict[int, Any] = {}
            for override in entry.iterchildren(f"{_W}lvlOverride"):
                at = _number(override.get(f"{_W}ilvl"))
                start, level = override.find(f"{_W}startOverride"), override.find(f"{_W}lvl")
                if start is not None:
                    starts[at] = _number(start.get(f"{_W}val"))
                if level is not None:
                    levels[at] = level
            abstract = entry.find(f"{_W}abstractNumId")
            name = abstract.get(f"{_W}val", "") if abstract is not None else ""
            self._lists[entry.get(f"{_W}numId", "")] = (name, starts, levels)

    def of(self, paragraph: Any) -> str:
        """What Word shows before this paragraph, with a space behind it; counts it."""
        list_id, depth = self._place(paragraph)
        if list_id not in self._lists:
            return ""
        abstract, starts, overrides = self._lists[list_id]
        levels = {**self._levels.get(abstract, {}), **overrides}
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if depth in starts and (list_id, depth) not in self._begun:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else _value(level, "start", 1)
        self._begun.add((list_id, depth))
        form = _word(level, "numFmt")
        pattern = _word(level, "lvlText")
        if form == "bullet":
            return ("・" if not pattern or "\ue000" <= pattern[0] <= "\uf8ff" else pattern) + " "
        if form == "none" and "%" in pattern:
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at)
            if of is None:
                return ""
            return _written(counts.get(at, _value(of, "start", 1)), _word(of, "numFmt"))

        shown = re.sub(r"%([1-9])", counted, pattern)
        return f"{shown} " if shown and _word(level, "suff") != "nothing" else shown

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list of a paragraph and its depth in it: its own, or its style's."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else None
        list_id, depth = _list_of(own)
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            base, numbered = self._styles[name]
            style_list, style_depth = _list_of(numbered)
            if list_id is None and style_list is not None:
                list_id = style_list
                depth = style_depth if depth is None else depth
                if style_depth is None:
                    depth = self._depth_of_style(list_id, name)
            name = base
        return list_id or "", depth or 0

    def _depth_of_style(self, list_id: str, style: str) -> int:
        """The depth that a list's levels give to a style."""
        for depth, level in self._levels.get(self._lists.get(list_id, ("", {}, {}))[0], {}).items():
            if _word(level, "pStyle") == style:
                return depth
        return 0


def _list_of(numbered: Any) -> tuple[str | None, int | None]:
    if numbered is None:
        return None, None
    list_id, depth = numbered.find(f"{_W}numId"), numbered.find(f"{_W}ilvl")
    return (
        list_id.get(f"{_W}val") if list_id is not None else None,
        _number(depth.get(f"{_W}val")) if depth is not None else None,
    )


def _word(level: Any, name: str) -> str:
    element = level.find(f"{_W}{name}")
    return "" if element is None else element.get(f"{_W}val", "")


def _value(level: Any, name: str, default: int) -> int:
    word = _word(level, name)
    return _number(word) if word else default


def _number(word: str | None) -> int:
    return int(word) if word and re.fullmatch(r"-?[0-9]{1,6}", word) else 0


def _written(count: int, form: str) -> str:
    """A number as a list writes it."""
    if count < 1:
        return str(count)
    if form in _SERIES:
        series = _SERIES[form]
        return series[count - 1] if count <= len(series) else str(count)
    if form in _KANJI and count < 100:
        if form == "ideographDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(count))
        tens, ones = divmod(count, 10)
        return (
            (_DIGITS[tens] if tens > 1 else "")
            + ("十" if tens else "")
            + (_DIGITS[ones] if ones else "")
        )
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate(_FULL_WIDTH)
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    shown = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        shown += letters * (count // value)
        count %= value
    return shown
