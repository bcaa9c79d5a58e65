"""Words -> the towns they name: those of the index, however written, and others.

A town of the index may be named without 市, in kana, in Latin letters, or with a slip of one
character; what was only taken for it is told, so that an answer can say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import jaconv

from index.japanese import municipalities, place_names, reading


@dataclass(frozen=True, slots=True)
class Places:
    """The towns that a text names.

    `known` are of the index, `unknown` not; `rest` is the text without the former; `taken` pairs
    what was written with the town it was taken for.
    """

    known: tuple[str, ...]
    unknown: tuple[str, ...]
    rest: str
    taken: tuple[tuple[str, str], ...] = ()


def read_places(text: str, places: Collection[str]) -> Places:
    """The towns named in a levelled text; `places` are those of the index."""
    whole = text
    found: list[str] = []
    taken: list[tuple[str, str]] = []
    for place in sorted(places, key=len, reverse=True):
        if (rest := _without(place, text)) != text:
            found.append(place)
            text = rest
        elif (pattern := _as_read(place)) and (match := pattern.search(text)):
            found.append(place)
            taken.append((match.group().strip(), place))
            text = pattern.sub("、", text)
    if not found:
        for place in places:  # 県の審議会: the only prefecture there is
            alone = sum(p[-1] == place[-1] for p in places) == 1
            if alone and re.search(rf"(?<![一-龠の]){place[-1]}(?:の審議会|の審査会|では)", text):
                found.append(place)
    unknown: list[str] = []
    for name in _others(text):
        meant = None if name in municipalities() else _slip(name, places)
        if meant is not None:
            found.append(meant)
            taken.append((name, meant))
            text = text.replace(name, "、")
        else:
            unknown.append(name)
    found.sort(key=lambda place: (_at(place, whole), place))
    return Places(
        tuple(dict.fromkeys(found)),
        tuple(dict.fromkeys(unknown)),
        text,
        tuple(dict.fromkeys(taken)),
    )


def written_in(place: str, text: str) -> list[tuple[int, int]]:
    """Where a levelled text names a town, with or without its 市."""
    return [match.span() for match in _as_written(place).finditer(text)]


def _at(place: str, text: str) -> int:
    """Where a town is named first; at the end where it is written otherwise."""
    return next((start for start, _ in written_in(place, text)), len(text))


def _without(place: str, text: str) -> str:
    """The text without the town's name; a longer town's, which ends in it, is left."""

    def gone(match: re.Match[str]) -> str:
        around = (
            text[match.start() - n : match.end()] for n in range(1, min(4, match.start() + 1))
        )
        longer = any(
            name in municipalities() or name + place[-1] in municipalities() for name in around
        )
        return match.group() if longer else "、"

    return _as_written(place).sub(gone, text)


def alike(name: str, places: Collection[str]) -> list[str]:
    """The towns of the index that share a name with another (霞野町, 霞野市), to be offered."""
    return sorted(place for place in places if len(name) > 2 and place[:-1] == name[:-1])


# what bodies of several towns are called: left out as the 市 of a town is
_KIND_OF_BODY = re.compile(
    r"(?:後期高齢者医療|介護保険|消防|水道|病院|広域)*(?:広域連合|広域行政組合|一部事務組合|事務組合|広域組合|組合|企業団)$"
)


@lru_cache(maxsize=4096)
def _as_written(place: str) -> re.Pattern[str]:
    """The town's name, with or without its 市, but not where it is another's (駅, 東○○市)."""
    kind = _KIND_OF_BODY.search(place)
    last = kind.group() if kind else place[-1]
    short = place.removesuffix(last)
    bare = rf"|{re.escape(short)}(?!{re.escape(last)}|府|県|[一-龠]{{0,1}}(?:市|町|村|区|駅))"
    written = re.escape(place) + (bare if len(short) >= 2 else "")
    return re.compile(f"(?<![東西南北新])(?:{written})")


@lru_cache(maxsize=4096)
def _as_read(place: str) -> re.Pattern[str] | None:
    """The town's name in kana or in Latin letters; None where it is too short to be told apart."""
    kana = jaconv.kata2hira(reading(place[:-1]))
    if not re.fullmatch(r"[ぁ-んー]{3,}", kana):
        return None
    last = jaconv.kata2hira(reading(place[-1:]))
    either = "".join(f"[{c}{jaconv.hira2kata(c)}]" for c in kana)
    latin = jaconv.kata2alphabet(jaconv.hira2kata(kana))
    spelled = {latin, re.sub(r"(?<=o)[uo]|(?<=u)u", "", latin)}
    return re.compile(
        rf"(?<![ぁ-んァ-ヶ]){either}(?:{place[-1]}|{last})?(?=[の、。?]|で|に|は|も|$)"
        rf"|(?<![A-Za-z])(?:{'|'.join(sorted(spelled, key=len, reverse=True))})(?![A-Za-z])"
        r"(?:[ -]?(?:shi|ku|cho|machi|mura|son|ken|city|town|village|ward))?",
        re.IGNORECASE,
    )


# what may follow a town that something is asked of; 東京都に送る is no such question
_ASKED = r"(?=の|では|でも|で(?!き)|は|も|って|に(?:は|も|おけ|おい|つい)|$|[、。?])"
_SUFFIXED = re.compile(rf"[々ヶケノツァ-ヴー一-龠ぁ-ん]{{1,6}}?[市区町村都道府県]{_ASKED}")
_ORDINARY = re.compile(
    r"^(?:政令|中核|特例|指定都|近隣|隣接|周辺|同規模|大都|小都|各|他|全|県内|都|複数|先進|同じ"
    r"|自治体|地方都|友好都|姉妹都|市区|市|区|町|地|学|校|行政|選挙|特)(?:市|区|町|村|都|道|府|県)+$"
)


def _others(text: str) -> Iterator[str]:
    """The names of towns in a text from which those of the index are gone."""
    known = municipalities()
    for match in _SUFFIXED.finditer(text):
        name = match.group()
        for start in range(len(name) - 1):
            tail = name[start:]
            if tail in known or (
                start == 0
                and re.fullmatch(r"[々ヶケ一-龠ノ]{2,5}[市町村]", tail)
                and not _ORDINARY.match(tail)
            ):
                yield tail
                break
    for start, end in place_names(text):
        name = text[start:end]
        asked = re.match(_ASKED, text[end:])
        if asked and len(name) >= 2 and any(name + last in known for last in "市区町村都道府県"):
            yield name


def _slip(name: str, places: Collection[str]) -> str | None:
    """The one town of the index that differs from a name by a single character."""
    near = [p for p in places if len(p) >= 4 and p[-1] == name[-1] and _one_apart(p, name)]
    return near[0] if len(near) == 1 else None


def _one_apart(left: str, right: str) -> bool:
    """Whether one character changed, left out or put in makes one word of the other."""
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    same = next(
        (n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    return long[same + 1 :] in (short[same:], short[same + 1 :])
