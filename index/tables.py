"""Text -> the matters of tables with a column of results, as yearly reports have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.headings import Heading
from index.japanese import fold
from index.lines import Line
from index.numbering import numbering
from index.titles import (
    CONTAINER,
    LONGEST_TITLE,
    is_procedure,
    kind_of,
    looks_like_title,
    names_an_action,
)
from index.verdicts import Outcome, read_verdict, read_verdict_word

_RESULT_COLUMN = re.compile(
    r"^(?:審議)?(?:の)?(?:結論|答申|審議結果|結果|答申内容|審議会の意見|答申結果|審議の結果|決定"
    r"|可否|採否)(?:等)?$"
)
# the column that names the matter: the surest word first
_MATTER_COLUMNS = tuple(
    re.compile(words)
    for words in (
        r"件名|案件名|題名|議題|議案|事案|諮問事項|諮問内容|諮問案件|審議案件|審議事項|審議内容|会議内容|案件",
        r"諮問(?!.*(?:日|番号|機関|課|者|実施))|事項|内容",
    )
)
_NO_MATTER = re.compile(r"年月日|月日|番号|^no|担当|所管|機関|課名|意見|条件|備考")
_CONDITION_COLUMN = re.compile(
    r"^(?:附帯|付帯)?(?:意見|条件|事項)(?:等|の内容)?$|^(?:附帯|付帯)(?:意見|条件)|留意事項|意見の内容"
)
_OFFICE_COLUMN = re.compile(
    r"^(?:担当|所管|諮問|実施|提案|主管)(?:実施)?(?:課|部署|部課|機関|所属|部局)(?:名|等)?$|^(?:担当|所管)$"
)
_NOTHING = re.compile(r"なし|無し?|特に?なし|-+|該当なし")
_ROW = re.compile(r"[^\r\n]+")
_OF_RESULTS = re.compile(r"[結答意決否]")  # one of these is in every heading of a column of results
_MOST_COLUMNS = 60
_LONGEST_COLUMN = 40  # characters of a column's heading, its letters perhaps set apart


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cells of a table's rows say what."""

    result: int
    matter: int
    conditions: int | None
    office: int | None


def _columns(keys: Sequence[str]) -> _Columns | None:
    """The columns that a row of headings names; None where it is no such row."""
    result = next((i for i, key in enumerate(keys) if _RESULT_COLUMN.match(key)), None)
    if result is None:
        return None
    others = [(i, key) for i, key in enumerate(keys) if i != result and not _NO_MATTER.search(key)]
    matter = next((i for words in _MATTER_COLUMNS for i, key in others if words.search(key)), None)
    if matter is None:
        return None
    conditions = next(
        (i for i, key in enumerate(keys) if i != result and _CONDITION_COLUMN.match(key)), None
    )
    office = next((i for i, key in enumerate(keys) if _OFFICE_COLUMN.match(key)), None)
    return _Columns(result, matter, conditions, office)


def yearly(text: str, lines: Sequence[Line]) -> list[Heading]:
    """The matters of tables that have a column of results, one for every bullet of a row."""
    found: list[Heading] = []
    columns: _Columns | None = None
    starts = [line.start for line in lines]
    for row in _ROW.finditer(text):
        written = row.group()
        parted_ = "\t" in written or "|" in written
        if columns is None and not (parted_ and _OF_RESULTS.search(written)):  # as most rows
            continue
        cells = _cells(text, row.start(), row.end())
        if len(cells) < 2:
            if columns is not None and row.group().strip():
                columns = None
            continue
        short = [fold(text[a:b]) if b - a <= _LONGEST_COLUMN else "" for a, b in cells]
        headed = any(_RESULT_COLUMN.match(key) for key in short)
        if columns is None and not headed:
            continue
        keys = [fold(text[a:b]) for a, b in cells]
        if headed:
            columns = _columns(keys)
            continue
        if columns is None or re.fullmatch(r"[-|:]+", "".join(keys)):
            continue
        result, matter = columns.result, columns.matter
        if matter >= len(cells):
            continue
        outcome = (
            read_verdict_word(text[slice(*cells[result])], labelled=True)
            if result < len(cells)
            else None
        )
        if outcome is None and result < len(cells) and keys[result]:
            verdict = read_verdict(text[slice(*cells[result])], labelled=True)
            outcome = verdict.outcome if verdict else None
        if outcome is None:
            # the title goes on after a page break
            if found and not keys[0] and keys[matter] and len(found[-1].title) <= LONGEST_TITLE:
                head = found[-1]
                found[-1] = replace(
                    head,
                    spans=(*head.spans, cells[matter]),
                    title=head.title + text[slice(*cells[matter])],
                )
            continue
        index = bisect_right(starts, cells[0][1]) - 1
        if index < 0 or starts[index] < row.start():
            index = 0
        others = " ".join(
            text[slice(*cell)]
            for number_, cell in enumerate(cells)
            if number_ not in (result, matter)
        )
        before = others if others.strip() or not found else found[-1].meeting_cells
        conditions = _cell_of(cells, keys, columns.conditions)
        if conditions and outcome is Outcome.APPROVED:
            outcome = Outcome.APPROVED_WITH_CONDITIONS
        for start, end in _bullets(text, *cells[matter]):
            title = text[start:end]
            found.append(
                Heading(
                    index, "", ((start, end),), title, kind_of(title, text[slice(*cells[matter])][:20]) or "consultation",
                    result=(outcome, *cells[result]), row=(row.start(), row.end()), meeting_cells=before,
                    conditions=conditions, office=_cell_of(cells, keys, columns.office),
                )
            )  # fmt: skip
    return found


_POINTED = re.compile(
    r"[ \t\u3000]*(?:[・●○◆◇■□※-]|[(（]?[0-9０-９]{1,2}[)）.．、]?)?[ \t\u3000]*"
    r"(?P<kind>(?:諮問|審議|報告|協議|付議)(?:事項|案件|議題)?(?:[(（][^()（）]{1,6}[)）])?[ \t\u3000:：]+)?"
    r"(?P<title>[^\s→⇒➡][^\r\n→⇒➡]{5,200}?)[ \t\u3000]*[→⇒➡][ \t\u3000]*"
    r"(?P<told>[^\r\n→⇒➡(（]{1,24})(?:[(（](?P<terms>[^()（）\r\n]{4,120})[)）])?[ \t\u3000]*\r?$"
)
_ARROW = re.compile(r"[→⇒➡]")
_LONGEST_POINTED = 400


def _row_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


_SITTING_ABOVE = 40  # lines
_OF_SITTING = re.compile(r"第[0-9]{1,3}回")


def pointed(text: str, lines: Sequence[Line]) -> list[Heading]:
    """The matters of lists in which an arrow leads from each to what was decided, as yearly reports have
    them under each sitting: ・諮問事項 … → 承認. One alone is a question with its reply."""
    found: list[Heading] = []
    starts = [line.start for line in lines]
    rows = {text.rfind("\n", 0, arrow.start()) + 1 for arrow in _ARROW.finditer(text)}
    for row in sorted(rows):
        match = _POINTED.match(text, row, min(row + _LONGEST_POINTED, _row_end(text, row)))
        outcome = read_verdict_word(match["told"], labelled=True) if match else None
        if match is None:
            continue
        title = match["title"]
        if outcome is None or not (looks_like_title(title) or names_an_action(title)):
            continue
        index = max(0, bisect_right(starts, match.start("title")) - 1)
        above = reversed(lines[max(0, index - _SITTING_ABOVE) : index])
        sitting = next((line.text for line in above if _OF_SITTING.match(line.key)), "")
        limited = outcome is Outcome.APPROVED_WITH_CONDITIONS and match["terms"]
        found.append(
            Heading(
                index, "", (match.span("title"),), title, kind_of(match["kind"] or "", title),
                result=(outcome, *match.span("told")), row=match.span(), meeting_cells=sitting,
                conditions=match.span("terms") if limited else None,
            )
        )  # fmt: skip
    return found if len(found) > 1 else []


def _cell_of(
    cells: Sequence[tuple[int, int]], keys: Sequence[str], column: int | None
) -> tuple[int, int] | None:
    """The cell of a column, where it says anything."""
    if (
        column is None
        or column >= len(cells)
        or not keys[column]
        or _NOTHING.fullmatch(keys[column])
    ):
        return None
    return cells[column]


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The trimmed cells of a row, split at tabs or pipes."""
    separator = next((mark for mark in "\t|" if text.find(mark, start, end) >= 0), None)
    if separator is None:
        return []
    row = text[start:end]
    if row.count(separator) > _MOST_COLUMNS:
        return []
    cells, at = [], start
    for piece in row.split(separator):
        stripped = piece.strip()
        left = at + len(piece) - len(piece.lstrip()) if stripped else at
        cells.append((left, left + len(stripped)))
        at += len(piece) + 1
    return cells


_ITEM_BREAK = re.compile(
    r"<[^<>]*>|(?:^|(?<=[\s>]))[・･●○](?=\S)|(?<=について)[\s\u3000]+(?=\S)"
    r"|(?<=について[)）])[\s\u3000]+(?=\S)|(?<=案件の(?:審議|審査|報告))\u3000+(?=\S)"
)


def _bullets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The titles in a cell: pieces between bullets and tags that are no label of the list."""
    pieces, at = [], start
    for gap in _ITEM_BREAK.finditer(text, start, end):
        pieces.append((at, gap.start()))
        at = gap.end()
    pieces.append((at, end))
    found = []
    for left, right in pieces:
        piece = text[left:right]
        stripped = piece.strip()
        left += len(piece) - len(piece.lstrip())
        mark = numbering(stripped)
        if mark and mark[1]:
            rest = stripped[mark[2] :]
            left, stripped = left + len(stripped) - len(rest), rest
        if (
            len(fold(stripped)) >= 6
            and not CONTAINER.match(fold(stripped))
            and not is_procedure(stripped)
        ):
            found.append((left, left + len(stripped)))
    return found
