"""Words -> the towns they name: those of the index, and others of which it holds nothing."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.japanese import municipalities


def read_places(text: str, places: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Towns of the index named in the text, others named, and the text without the former."""
    found: list[str] = []
    for place in sorted(places, key=len, reverse=True):
        short = place[:-1]
        pattern = re.escape(place) + (
            rf"|{re.escape(short)}(?!{re.escape(place[-1])}|[一-龠]{{0,1}}(?:市|町|村|区|駅))"
            if len(short) >= 2
            else ""
        )
        if re.search(pattern, text):
            found.append(place)
            text = re.sub(pattern, "、", text)
    if not found:
        for place in places:  # 県の審議会: the only prefecture there is
            same_level = [p for p in places if p[-1] == place[-1]]
            if len(same_level) == 1 and re.search(
                rf"(?<![一-龠]){place[-1]}(?:の審議会|の審査会|では)", text
            ):
                found.append(place)
    unknown = []
    known = municipalities()
    for match in re.finditer(
        r"[々ヶケノツァ-ヴー一-龠ぁ-ん]{1,6}?[市区町村県](?=の|で|に|は|も|と|って|$|[、。?？])",
        text,
    ):
        name = match.group()
        for start in range(len(name) - 1):
            tail = name[start:]
            if tail in known or (
                len(tail) >= 3 and re.fullmatch(r"[々ヶケ一-龠]{2,5}[市町村]", tail) and start == 0
            ):
                unknown.append(tail)
                break
    return tuple(found), tuple(dict.fromkeys(unknown)), text
