"""What names a case's technology and the handling of its data: groups of words, found in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.japanese import fold, level

# Written in Latin letters, but no technology: places on the net, units, numbering, illnesses.
_NO_TECHNOLOGY = frozenset(
    "web www http https km kg cm mm no vol pdf id e-mail email mail covid covid-19 nhk npo".split()
)
_LATIN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z][0-9A-Za-z-]{1,19}(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Naming:
    """Groups of words, each with the name that it goes by."""

    names: dict[str, str]  # folded word -> the name of its group
    pattern: re.Pattern[str]

    def find(self, text: str) -> tuple[str, ...]:
        """The names whose words stand in the text, in its order, each once."""
        key = fold(text)
        return tuple(dict.fromkeys(self.names[found[0]] for found in self.pattern.finditer(key)))

    def without(self, text: str) -> str:
        """The text, levelled, without any of the words."""
        return self.pattern.sub(" ", level(text).lower())


@cache
def naming(name: str) -> Naming:
    """The groups of `assistant/data/<name>.txt`."""
    written = (files("assistant") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    names: dict[str, str] = {}
    for row in written.splitlines():
        words = row.split() if not row.startswith("#") else []
        for word in words:
            names.setdefault(fold(word), words[0])
    # the longest first, so that of two words at one place the fuller one counts
    longest_first = sorted(names, key=lambda word: (-len(word), word))
    return Naming(names, re.compile("|".join(map(_whole, longest_first))))


def _whole(word: str) -> str:
    """A word of Latin letters stands by itself; Japanese ones run on."""
    before = "(?<![0-9a-z])" if word[0].isascii() else ""
    after = "(?![0-9a-z])" if word[-1].isascii() else ""
    return f"{before}{re.escape(word)}{after}"


def technologies(title: str) -> tuple[str, ...]:
    """The technologies that a title names: those known, then other names in Latin letters."""
    known = naming("technologies")
    rest = known.without(title)
    originals = {word.lower(): word for word in _LATIN.findall(level(title))}
    others = [
        originals.get(word, word)
        for word in _LATIN.findall(rest)
        if word not in _NO_TECHNOLOGY and not re.fullmatch(r"[a-z]\d*", word)
    ]
    return tuple(dict.fromkeys([*known.find(title), *others]))


def handlings(texts: Iterable[str]) -> tuple[str, ...]:
    """What the texts say is done with personal information, by the field's names."""
    found = (name for text in texts for name in naming("handlings").find(text))
    return tuple(dict.fromkeys(found))
