"""The papers of a case -> its facts: the office that brought it, the articles it rests on, its slots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.headings import Heading
from index.japanese import fold
from index.lines import Line


@dataclass(frozen=True, slots=True)
class Slot:
    """A labelled field of a case's papers: its name, its value verbatim, and the value's span.

    `ticked` holds the items whose boxes are ticked, where the field is a row of boxes.
    """

    name: str
    value: str
    start: int
    end: int
    ticked: tuple[str, ...] = ()


_DEPARTMENT = re.compile(
    r"^[\s\*\-・※◆◇●○■□]*(?:(?:諮問|実施|担当|所管|主管|提出|提案)(?:実施)?(?:機関|部課|課"
    r"|部署|部局|課名|部|所属)?|説明者|所管|担当|主管|提出課)(?:名|等)?\**\s*(?:[:：|]"
    r"|[\s\u3000]+)\s*(?P<value>\S.*)$"
)
_DEPARTMENT_LABEL = re.compile(
    r"^(?:(?:諮問|実施|担当|所管|主管|提出|提案)(?:実施)?(?:機関|部課|課|部署|部局|課名|部"
    r"|所属)(?:名|等)?|担当|所管|主管)$"
)
_UNIT = re.compile(
    r"[^\s、。「」()（）【】:：|]{1,30}(?:課|室|係|局|部|センター|所|館|支所|事務局|委員会"
    r"|区役所|病院)"
)
_LAW = re.compile(
    r"(?P<law>(?:[一-龠ァ-ヶー々][一-龠ァ-ヶー々・]{0,19}(?:条例|規則)"
    r"|個人情報(?:の)?保護(?:に関する)?法(?:律)?(?:施行条例|施行令)?|番号法"
    r"|(?<![一-龠])(?:同|旧|新)?(?:条例|法)))?"
    r"(?P<articles>第\d+条(?:の\d+)?(?:第\d+項)?(?:第\d+号)?(?:ただし書|本文)?(?:(?:及び"
    r"|並びに|、|又は)第\d+(?:条(?:の\d+)?|項|号)(?:第\d+項)?(?:第\d+号)?)*)"
    r"|(?P<same>同条第\d+項(?:第\d+号)?)"
)


def joined(piece: str) -> str:
    return re.sub(r"[ \t\u3000]*[\r\n]+[ \t\u3000]*", "", piece).strip()


def department_of(
    text: str, main: Heading, heads: Sequence[Line], slots: Sequence[Slot]
) -> tuple[str | None, tuple[int, int] | None]:
    """The office that brought the case: a labelled field, the brackets after the title, the sheet's."""
    for line, following in zip_longest(heads, heads[1:]):
        match = _DEPARTMENT.match(line.text)
        if match and _UNIT.search(match["value"]) and not match["value"].endswith("。"):
            value = re.sub(r"[（(][^（）()]*[)）].*$|\**$", "", match["value"]).strip(" 　*、")
            if value:
                start = line.start + match.start("value")
                return joined(value), (start, start + len(value))
        if (
            following is not None
            and _DEPARTMENT_LABEL.match(line.key)
            and following.row == line.row
            and _UNIT.search(following.text)
        ):
            return following.text, (following.start, following.end)
    closing = re.search(r"[(（](?P<name>[^()（）]{2,30})[)）]\s*$", text[slice(*main.spans[-1])])
    if closing and _UNIT.fullmatch(fold(closing["name"])) and "条" not in closing["name"]:
        start = main.spans[-1][0] + closing.start("name")
        return closing["name"].strip(), (start, start + len(closing["name"]))
    for slot in slots:
        if _DEPARTMENT_LABEL.match(fold(slot.name)):
            return slot.value, (slot.start, slot.end)
    for line in heads[:6]:
        match = re.match(r"^【(?P<name>[^【】]{2,24}(?:課|室|係|局|センター|部))】$", line.text)
        if match:
            return match["name"], (line.start + 1, line.end - 1)
    for line in heads[:10]:
        match = re.match(
            r"^[—―─\-].{0,20}?(?:資料をもとに|から)?(?P<name>[^\s、。をに]{2,16}(?:課|室|局"
            r"|センター))から(?:説明|報告)",
            line.text,
        )
        if match:
            start = line.start + match.start("name")
            return match["name"], (start, start + len(match["name"]))
    return None, None


def legal_basis_of(
    text: str,
    headings: Sequence[Heading],
    context: str,
    heads: Sequence[Line],
    slots: Sequence[Slot],
) -> tuple[str, ...]:
    """The articles the case rests on: in its title, the heading above it, its ticked boxes, its papers."""
    titles = "/".join("".join(text[a:b] for a, b in heading.spans) for heading in headings)
    found = _articles(f"{context}/{titles}")
    ticked = " ".join(
        item
        for slot in slots
        if re.search(r"根拠|意見を聴|諮問|該当", slot.name)
        for item in slot.ticked
    )
    found += [article for article in _articles(ticked) if article not in found]
    if not found:
        for line in heads:
            if re.search(r"根拠|該当|基づ|規定|[(]第|[(].{0,12}条例第|[(]法第", line.key):
                found += [article for article in _articles(line.text) if article not in found]
    return tuple(found)


def _articles(text: str) -> list[str]:
    found: list[str] = []
    law = article = ""
    for match in _LAW.finditer(fold(text)):
        if match["same"]:
            if article:
                found.append(re.sub(r"^同条", re.sub(r"第\d+項.*$", "", article), match["same"]))
            continue
        law = match["law"] or law
        pieces = re.split(r"及び|並びに|、|又は", match["articles"])
        for piece in pieces:
            if "条" in piece:
                article = f"{law}{piece}"
            else:
                unit = piece[-1]
                article = re.sub(rf"第\d+{unit}.*$", "", article) + piece
            found.append(re.sub(r"(?:ただし書|本文)$", "", article))
    return list(dict.fromkeys(found))


# --- labelled fields of papers -----------------------------------------------------------------

_TICK = re.compile(
    r"(?:[■☑☒✓]|<input[^>]*\bchecked\b[^>]*>)[\s\u3000■]*(?P<item>[^\s■□☑☒<\t|()（）][^■□☑☒<\t"
    r"|]*)"
)
_BOX = re.compile(r"[■□☑☒✓]|<input")


def slots_of(text: str, span: tuple[int, int]) -> list[Slot]:
    """The rows of label and value in a part (two or more cells), with the boxes ticked in them."""
    found: list[Slot] = []
    name = ""
    for row in re.compile(r"[^\r\n]+").finditer(text, *span):
        if "\t" not in row.group() and "|" not in row.group():
            continue
        cells: list[tuple[int, int]] = []
        at = row.start()
        for piece in re.split(r"[\t|]", row.group()):
            stripped = piece.strip(" \u3000")
            if stripped:
                left = at + len(piece) - len(piece.lstrip(" \u3000"))
                cells.append((left, left + len(stripped)))
            at += len(piece) + 1
        if not cells:
            continue
        first = text[slice(*cells[0])]
        label = fold(re.sub(r"<[^>]*>|[■□☑☒]", "", first))
        begins_row = cells[0][0] - row.start() <= 2
        if begins_row and len(label) <= 24 and not _BOX.search(first) and len(cells) > 1:
            name = label
            values = cells[1:]
            if (
                len(values) > 1
                and len(fold(text[slice(*values[0])])) <= 16
                and not _BOX.search(text[slice(*values[0])])
            ):
                name = f"{label} {fold(text[slice(*values[0])])}"
                values = values[1:]
        else:
            values = cells
        start, end = values[0][0], values[-1][1]
        value = text[start:end]
        ticked = tuple(match["item"].strip() for match in _TICK.finditer(value))
        if not name and not ticked:
            continue
        found.append(Slot(name, value, start, end, ticked))
    return found
