"""Text -> the matters of tables with a column of results, as yearly reports have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.headings import LABELLED, Heading
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
        r"件名|案件名|題名",
        r"議題|議案|事案|諮問事項|諮問内容|諮問案件|審議案件|審議事項|審議内容|会議内容|案件",
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
_ASIDE = re.compile(r"\([^()]*\)$")
_OFFICE_BEHIND = re.compile(r"[(（](?P<office>[^()（）]{1,24})[)）]$")
_NOTHING = re.compile(r"なし|無し?|特に?なし|-+|該当なし")
_NUMBERED = re.compile(r"(?:諮問|議案|議題|案件|報告)第?[0-9]{1,3}号?")
_KIND_CELL = re.compile(r"(?:諮問|報告|協議)(?:第?[0-9]{1,3}号?)?$")
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
    bare = [_ASIDE.sub("", key) for key in keys]  # 審議事項(担当課) names the matter
    others = [(i, key) for i, key in enumerate(bare) if i != result and not _NO_MATTER.search(key)]
    matter = next((i for words in _MATTER_COLUMNS for i, key in others if words.search(key)), None)
    if matter is None:
        return None
    conditions = next(
        (i for i, key in enumerate(keys) if i != result and _CONDITION_COLUMN.match(key)), None
    )
    office = next((i for i, key in enumerate(keys) if _OFFICE_COLUMN.match(key)), None)
    return _Columns(result, matter, conditions, office)


def _outcome(cell: str) -> Outcome | None:
    """What a cell of results says, in a word or in a sentence."""
    outcome = read_verdict_word(cell, labelled=True)
    if outcome is None and cell.strip():
        verdict = read_verdict(cell, labelled=True)
        outcome = verdict.outcome if verdict else None
    return outcome


def yearly(text: str, lines: Sequence[Line]) -> list[Heading]:
    """The matters of tables that have a column of results, one for every bullet of a row."""
    found: list[Heading] = []
    columns: _Columns | None = None
    above: list[str] = []  # the cells of the row above, those too that it had from the one above it
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
            columns, above = _columns(keys), []
            continue
        if columns is None or re.fullmatch(r"[-|:]+", "".join(keys)):
            continue
        result, matter = columns.result, columns.matter
        if matter >= len(cells):
            continue
        outcome = _outcome(text[slice(*cells[result])]) if result < len(cells) else None
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
        written_cells = [text[slice(*cell)] for cell in cells]
        for n, cell in enumerate(above[: len(cells)]):  # one cell over several rows
            if written_cells[n].strip() or n in (result, matter):
                break
            written_cells[n] = cell
        above = written_cells
        others = " ".join(cell for n, cell in enumerate(written_cells) if n not in (result, matter))
        before = others if others.strip() or not found else found[-1].meeting_cells
        label = next(
            (
                key
                for n, key in enumerate(keys)
                if n not in (result, matter) and _NUMBERED.fullmatch(key)
            ),
            "",
        )
        told_kind = next((key for key in keys if _KIND_CELL.match(key)), "")
        conditions = _cell_of(cells, keys, columns.conditions)
        if conditions and outcome is Outcome.APPROVED:
            outcome = Outcome.APPROVED_WITH_CONDITIONS
        for start, end in _bullets(text, *cells[matter]):
            title = text[start:end]
            office = _cell_of(cells, keys, columns.office)
            behind = _OFFICE_BEHIND.search(title)
            if office is None and behind and _OFFICES.fullmatch(fold(behind["office"])):
                office = start + behind.start("office"), start + behind.end("office")
            kind = kind_of(title, told_kind, text[slice(*cells[matter])][:20])
            found.append(
                Heading(
                    index, label, ((start, end),), title, kind or "consultation",
                    result=(outcome, *cells[result]), row=(row.start(), row.end()), meeting_cells=before,
                    conditions=conditions, office=office,
                )
            )  # fmt: skip
    return found


_SPACED_CELL = re.compile(r"[^ \t\u3000\r]+")
_FEWEST_SPACED = 3
_VOTES = re.compile(r"賛成?|反対?|棄権|保留|賛否|出席")
_COUNTED = re.compile(r"[0-9]{1,3}(?:名|人|票)?|[-―－—ー]+|なし")
_EMPTY = re.compile(r"[-―－—ー]+")
_OFFICES = re.compile(r"[^。、]{1,20}(?:課|室|係|局|部|センター|所|館|担当|会|院|校|園|署|班)")


def spaced(text: str, lines: Sequence[Line]) -> list[Heading]:
    """The matters of tables whose cells only spaces part, one row a line, below a line that names the
    columns (議案 件名 担当課 賛成 反対 結果). A title may have spaces of its own: the other cells, which have
    none, are counted from both ends. A row whose cells are not what its columns say is left out."""
    found: list[Heading] = []
    columns: _Columns | None = None
    keys: list[str] = []
    row = -1
    for index, line in enumerate(lines):
        if columns is None or line.row != row + 1:
            keys = _spaced_columns(line)
            columns, row = (_columns(keys) if keys else None), line.row
            continue
        cells = _spaced_cells(line, len(keys), columns.matter)
        heading = _spaced_row(text, index, line, cells, keys, columns) if cells else None
        row = line.row
        if heading is not None:
            found.append(heading)
    return found


def _spaced_columns(line: Line) -> list[str]:
    """The folded words of a line that may name the columns of a table, the last one those of results."""
    if len(line.key) > _LONGEST_COLUMN or not _OF_RESULTS.search(line.key[-6:]):
        return []
    keys = [fold(word) for word in _SPACED_CELL.findall(line.text)]
    if len(keys) < _FEWEST_SPACED or not _RESULT_COLUMN.match(keys[-1]):
        return []
    return keys


def _spaced_cells(line: Line, count: int, matter: int) -> list[tuple[int, int]]:
    """The spans of the cells of a row of `count` columns; empty where it has fewer words."""
    words = [word.span() for word in _SPACED_CELL.finditer(line.text)]
    behind = count - matter - 1
    if len(words) < count:
        return []
    last = len(words) - behind
    whole = [*words[:matter], (words[matter][0], words[last - 1][1]), *words[last:]]
    return [(line.start + start, line.start + end) for start, end in whole]


def _spaced_row(
    text: str,
    index: int,
    line: Line,
    cells: Sequence[tuple[int, int]],
    keys: Sequence[str],
    columns: _Columns,
) -> Heading | None:
    """The matter of a row, if all its cells are what their columns say."""
    said = [fold(text[start:end]) for start, end in cells]
    outcome = _outcome(text[slice(*cells[columns.result])])
    counted = all(
        _COUNTED.fullmatch(cell)
        for key, cell in zip(keys, said, strict=True)
        if _VOTES.fullmatch(key)
    )
    office = _cell_of(cells, said, columns.office)
    if (
        not counted
        or (outcome is None and not _EMPTY.fullmatch(said[columns.result]))
        or (office and not _OFFICES.fullmatch(fold(text[slice(*office)])))
        or len(said[columns.matter]) < _SHORTEST
    ):
        return None
    title = text[slice(*cells[columns.matter])]
    label = said[0] if columns.matter and LABELLED.match(text[slice(*cells[0])]) else ""
    return Heading(
        index, label, (cells[columns.matter],), title, kind_of(label, title),
        result=(outcome, *cells[columns.result]) if outcome else None,
        row=(line.start, line.end), conditions=_cell_of(cells, said, columns.conditions), office=office,
    )  # fmt: skip


_SHORTEST = 4  # characters of a title

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
