"""Text -> the matters of tables with a column of results, as yearly reports have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.grammar.verdict_words import read_appeal, read_verdict_word
from index.grammar.verdicts import Outcome, read_verdict
from index.headings import Heading
from index.japanese import fold
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.titles import (
    CONTAINER,
    LONGEST_TITLE,
    is_procedure,
    kind_of,
    looks_like_title,
    names_an_action,
)

RESULT_COLUMN = re.compile(
    r"^(?:審議|答申)?(?:の)?(?:結論|答申|審議結果|結果|答申内容|(?:審議会|審査会|委員会)の(?:意見|結論|判断|答申)|答申結果"
    r"|審[議査]の結果|答申の(?:内容|要旨|区分)|決定|可否|採否)(?:等)?$"
)
# the column that names the matter: the surest word first
_MATTER_COLUMNS = tuple(
    re.compile(words)
    for words in (
        r"件名|案件名|題名",
        r"議題|議案|事案|諮問事項|諮問内容|諮問案件|審議案件|審議事項|審議内容|会議内容|案件",
        r"諮問(?!.*(?:日|番号|機関|課|者|実施))|事項|内容",
        r"(?:保有)?個人情報|対象.{0,8}(?:文書|情報)|文書名?",
    )
)
_NO_MATTER = re.compile(r"年月日|月日|番号|^no|担当|所管|機関|課名|意見|条件|備考")
_CONDITION_COLUMN = re.compile(
    r"^(?:附帯|付帯)?(?:意見|条件|事項)(?:等|の内容)?$|^(?:附帯|付帯)(?:意見|条件)|留意事項|意見の内容"
)
OFFICE_COLUMN = re.compile(
    r"^(?:担当|所管|諮問|実施|提案|主管)(?:実施)?(?:課|部署|部課|機関|所属|部局)(?:名|等)?$|^(?:担当|所管)$|^(?:処分|諮問)庁(?:名|等)?$"
)
# any word that names a column of such a table
COLUMN = re.compile(
    r"番号$|^no\.?$|^№$|日$|日付$|機関|庁$|課|部[局署]|担当|所管|件名|案件|議案|議題|情報|文書|内容|事項|題名?$|決定|処分|区分|種別|種類"
    r"|裁決|備考|条項|根拠|回数?$|年度$|賛成?$|反対?$|棄権|保留|賛否|出席|結果|結論|答申|意見|条件|概要|判断|可否"
)
NUMBER = re.compile(r"番号$|^no\.?$|^№$")
# the number by which a row goes: 個審答申第61号, 諮問第9号, 令和5年度第2号, 12
ROW_NUMBER = re.compile(r"[^、。()]{0,14}?第?[^\d、。()]{0,2}[0-9]{1,4}号?")
# a cell of what has not come yet: －, (審議中)
EMPTY = re.compile(
    r"[-―－—ー]+|[(]?(?:審[議査]|調査|検討|係属|継続審[議査])中[)]?|[(]?未(?:答申|定|了)?[)]?"
)
# a mark that leads to a note below the table: ※1, (注2)
_NOTED = re.compile(
    r"[ \t\u3000]*[(（]?(?P<mark>[※＊*注][ \u3000]?[0-9０-９]{0,2})[)）]?[ \t\u3000]*$"
)
NOTE = re.compile(
    r"^[ \t\u3000]*[(（]?(?P<mark>[※＊*注][ \u3000]?[0-9０-９]{0,2})[)）]?[ \t\u3000:：]*(?P<told>[^\s0-9０-９:：].*)$",
    re.MULTILINE,
)
_NOTES = 8000  # characters below a row in which its note may stand
# columns whose days are not those of a sitting
_NO_SITTING = re.compile(r"裁決|請求|申立|処分|施行|公表|通知")
_ASIDE = re.compile(r"\([^()]*\)$")
_OFFICE_BEHIND = re.compile(r"[(（](?P<office>[^()（）]{1,24})[)）]$")
OFFICES = re.compile(r"[^。、]{1,20}(?:課|室|係|局|部|センター|所|館|担当|会|院|校|園|署|班)")
_NOTHING = re.compile(r"なし|無し?|特に?なし|-+|該当なし")
_NUMBERED = re.compile(r"(?:諮問|議案|議題|案件|報告)第?[0-9]{1,3}号?")
_KIND_CELL = re.compile(r"(?:諮問|報告|協議)(?:第?[0-9]{1,3}号?)?$")
_ROW = re.compile(r"[^\r\n]+")
# one of these is in every row that names a column of results, or of numbers
_NAMES_COLUMNS = re.compile(r"[結答意決否番]")
_NUMBER_OF = re.compile(r"[^、。()]{0,14}?第[^\d、。()]{0,2}[0-9]{1,4}号")
_MOST_COLUMNS = 60
_LONGEST_COLUMN = 40  # characters of a column's heading, its letters perhaps set apart


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells of a table's rows say what."""

    result: int | None
    matter: int
    conditions: int | None
    office: int | None


def columns_of(keys: Sequence[str], *, resultless: bool = False) -> Columns | None:
    """The columns that a row of headings names; None where it is no such row. It must name one of
    results unless it may be `resultless`."""
    result = next((i for i, key in enumerate(keys) if RESULT_COLUMN.match(key)), None)
    if result is None and not resultless:
        return None
    bare = [_ASIDE.sub("", key) for key in keys]  # 審議事項(担当課) names the matter
    others = [(i, key) for i, key in enumerate(bare) if i != result and not _NO_MATTER.search(key)]
    matter = next((i for words in _MATTER_COLUMNS for i, key in others if words.search(key)), None)
    if matter is None:
        return None
    conditions = next(
        (i for i, key in enumerate(keys) if i != result and _CONDITION_COLUMN.match(key)), None
    )
    office = next((i for i, key in enumerate(keys) if OFFICE_COLUMN.match(key)), None)
    return Columns(result, matter, conditions, office)


# what a heading says of all rows below it
_TAKEN_BACK = re.compile(r"取り?下げ(?:られた|のあった|た)?")
_PENDING = re.compile(
    r"(?:審査|審議|調査|検討|係属|継続)(?:審議)?(?:中|している)|係属|未答申|答申(?:待ち|前)"
)
_ABOVE = 4  # lines above the names of the columns in which their heading stands


@dataclass(frozen=True, slots=True)
class ToldAbove:
    """What the heading above a table says of all its rows: its key, the outcome with the span of the
    words that tell it, and whether it tells how they stand (審査中の諮問, which has no outcome)."""

    key: str = ""
    result: tuple[Outcome, int, int] | None = None
    of_all: bool = False

    def kind_of(self, title: str, *others: str) -> str:
        """The kind of a matter of the table."""
        told = kind_of(self.key)
        if "review" in (told, kind_of(title)):
            return "review"
        return kind_of(*others, title) or (told if told == "consultation" else "")


def told_above(lines: Sequence[Line], index: int) -> ToldAbove:
    """What the nearest line above one that names columns says, if it may be a heading."""
    for line in reversed(lines[max(0, index - _ABOVE) : index]):
        if line.alone and line.cell == 0 and (numbering(line.text) or len(line.key) <= 30):
            back = _TAKEN_BACK.search(line.text)
            if back:
                told = (Outcome.WITHDRAWN, line.start + back.start(), line.end)
                return ToldAbove(line.key, told, of_all=True)
            return ToldAbove(line.key, of_all=bool(_PENDING.search(line.key)))
    return ToldAbove()


def outcome_of(cell: str) -> Outcome | None:
    """What a cell of results says, in a word or in a sentence; it may end in the mark of a note."""
    cell = _NOTED.sub("", cell)
    outcome = read_verdict_word(cell, labelled=True)
    if outcome is None and cell.strip():
        verdict = read_verdict(cell, labelled=True)
        outcome = verdict.outcome if verdict else read_appeal(cell)
    return outcome


def is_empty(cell: str) -> bool:
    """Whether a cell says that what belongs there has not come yet, or only leads to a note."""
    said = fold(_NOTED.sub("", cell))
    return bool(EMPTY.fullmatch(said)) or bool(cell.strip() and not said)


def note_to(text: str, cell: tuple[int, int], after: int) -> tuple[int, int] | None:
    """The span of the note below a table to which a mark in a cell leads (※1 条件：…), without the mark."""
    mark = _NOTED.search(text, *cell)
    for note in NOTE.finditer(text, after, after + _NOTES) if mark else ():
        if mark is None or fold(note["mark"]) != fold(mark["mark"]):
            continue
        start, end = note.span("told")
        while text[end - 1] != "。":  # it is wrapped
            row = _ROW.match(text, end + 1)
            if row is None or not row.group().strip() or NOTE.match(row.group()):
                break
            end = row.end()
        return start, end
    return None


def tells_sitting(column: str) -> bool:
    """Whether days under a column's folded name may be those of a sitting, or of its reply."""
    return not _NO_SITTING.search(column)


def yearly(text: str, lines: Sequence[Line]) -> list[Heading]:
    """The matters of tables that have a column of results, or a heading that tells how all their matters
    stand; one for every bullet of a row."""
    found: list[Heading] = []
    if "\t" not in text and "|" not in text:
        return found
    columns: Columns | None = None
    names: list[str] = []  # of the columns
    told = ToldAbove()
    above: list[str] = []  # the cells of the row above, those too that it had from the one above it
    starts = [line.start for line in lines]
    for row in _ROW.finditer(text):
        written = row.group()
        parted_ = "\t" in written or "|" in written
        if columns is None and not (parted_ and _NAMES_COLUMNS.search(written)):  # as most rows
            continue
        cells = cells_in(text, row.start(), row.end())
        if len(cells) < 2:
            if columns is not None and row.group().strip():
                columns = None
            continue
        short = [fold(text[a:b]) if b - a <= _LONGEST_COLUMN else "" for a, b in cells]
        headed = any(RESULT_COLUMN.match(key) for key in short)
        resultless = (
            not headed
            and len(short) > 2
            and "番" in written
            and any(NUMBER.search(key) for key in short)
            and all(COLUMN.search(key) for key in short if key)
        )
        if columns is None and not (headed or resultless):
            continue
        keys = [fold(text[a:b]) for a, b in cells]
        if headed or resultless:
            told = told_above(lines, bisect_right(starts, cells[0][1]) - 1)
            columns, above = columns_of(keys, resultless=told.of_all), []
            names = keys
            continue
        if columns is None or re.fullmatch(r"[-|:]+", "".join(keys)):
            continue
        result, matter = columns.result, columns.matter
        if matter >= len(cells):
            continue
        decided = told.result
        if result is not None:
            outcome = outcome_of(text[slice(*cells[result])]) if result < len(cells) else None
            decided = (outcome, *cells[result]) if outcome is not None else None
        numbered = bool(keys[0]) and bool(NUMBER.search(names[0]))
        undecided = numbered and (
            result is None or (result < len(keys) and is_empty(text[slice(*cells[result])]))
        )
        if decided is None and not undecided:
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
        others = " ".join(
            cell
            for n, cell in enumerate(written_cells)
            if n not in (result, matter) and tells_sitting(names[n] if n < len(names) else "")
        )
        before = others if others.strip() or not found else found[-1].meeting_cells
        label = next(
            (
                key
                for n, key in enumerate(keys)
                if n not in (result, matter)
                and (
                    _NUMBERED.fullmatch(key) or (n == 0 and numbered and _NUMBER_OF.fullmatch(key))
                )
            ),
            "",
        )
        told_kind = next((key for key in keys if _KIND_CELL.match(key)), "")
        conditions = cell_of(cells, keys, columns.conditions)
        if conditions and decided is not None and decided[0] is Outcome.APPROVED:
            decided = (Outcome.APPROVED_WITH_CONDITIONS, *decided[1:])
        note = note_to(text, decided[1:], row.end()) if decided else None
        for start, end in _bullets(text, *cells[matter]):
            title = text[start:end]
            office = cell_of(cells, keys, columns.office)
            behind = _OFFICE_BEHIND.search(title)
            if office is None and behind and OFFICES.fullmatch(fold(behind["office"])):
                office = start + behind.start("office"), start + behind.end("office")
            kind = told.kind_of(title, told_kind, text[slice(*cells[matter])][:20])
            found.append(
                Heading(
                    index, label, ((start, end),), title, kind or "consultation",
                    result=decided, row=(row.start(), row.end()), meeting_cells=before,
                    conditions=conditions, office=office, note=note,
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


def cell_of(
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


def cells_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The trimmed cells of a row, split at tabs or pipes."""
    separator = next((mark for mark in "\t|" if text.find(mark, start, end) >= 0), None)
    if separator is None:
        return []
    row = text[start:end]
    if row.count(separator) > _MOST_COLUMNS:
        return []
    cells, at = [], start
    pieces = row.split(separator)
    bare = row.strip()
    framed = separator == "|" and bare[0] == bare[-1] == "|" and len(bare) > 1
    if framed:  # what stands outside the frame is no cell
        at += len(pieces[0]) + 1
        pieces = pieces[1:-1]
    for piece in pieces:
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
