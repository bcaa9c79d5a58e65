"""Lines -> the matters of papers made for one matter each: replies (答申), case sheets, forms filled in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.headings import REPLY, Heading, wrapped
from index.japanese import fold
from index.matters.lists import bare_key
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.replies import CONCLUSION, each_reply
from index.text.titles import TITLE_END, is_procedure, kind_of, looks_like_title

_REPLY_TITLE = re.compile(
    r"^(?:第?[0-9０-９一二三四]{1,2}[.．、)）\s\u3000]+)?[◆◇●○■□【\[]*\s*(?:諮\s*問|件\s*名|案\s*件\s*名?|諮問件名|諮問事項|諮問案件"
    r"|審査請求の件名)[】\]]*(?:[:：]|[\s\u3000]+)(?P<title>\S.*)$"
)
_REPLY_LABEL = re.compile(r"諮問|件名|案件名?|諮問件名|諮問事項|諮問案件|審査請求の件名")
# what closes the title of a reply, on its last row or on one of its own
_SAID_TO_BE_REPLY = re.compile(r"\((?:答申|諮問)書?\)$|に(?:関|対)する答申$")
_LONGEST_ROW = 100
_SHORTEST = 6  # characters of a title
_NEAR_TOP = 30  # lines
_OPENING = 600  # characters


def replies(lines: Sequence[Line], text: str) -> list[Heading]:
    """The matters of replies (答申), one for each that the record binds: its title and what was concluded."""
    found = []
    for first, last in each_reply(lines):
        heading = _reply(lines[first:last], text)
        if heading is not None:
            found.append(replace(heading, index=first + heading.index))
    return found


def _reply(lines: Sequence[Line], text: str) -> Heading | None:
    """The heading of one reply; its `index` counts the lines given."""
    if not any(REPLY in line.key for line in lines[:_NEAR_TOP]):
        return None
    conclusion = next(
        (i for i, line in enumerate(lines) if CONCLUSION.match(line.key) and line.cell == 0), None
    )
    if conclusion is None:
        return None
    above = lines[:conclusion]
    found = _labelled_title(above) or _bracketed_title(above) or _written_title(above)
    if found and _NAMES_NOTHING.search(fold(text[slice(*found[1])])):
        found = _title_below(lines[:conclusion], found[0] + 1) or found
    found = found or _asked(above, text)
    if found is None:
        below = lines[conclusion + 1 : conclusion + _NEAR_TOP]
        found = _requested(below, text) or _judged(below[:3])
        told = text[lines[0].start : lines[0].start + _OPENING]
    else:
        told = text[slice(*found[1])]
    if found is None:
        return None
    index, span = found
    title = re.sub(r"\s*\n\s*", "", text[slice(*span)])
    return Heading(index, "", (span,), title, kind_of(told) or "consultation", REPLY, body=True)


# …条例第25条の規定に基づく諮問について（答申）: on what it rests, not what it is about
_NAMES_NOTHING = re.compile(
    r"条(?:第\d+項)?(?:第\d+号)?(?:の規定)?に(?:基づく|よる)諮問(?:に?ついて)?\(答申\)$"
)


def _title_below(lines: Sequence[Line], first: int) -> tuple[int, tuple[int, int]] | None:
    """The first line from `lines[first]` on that ends as titles do (下記の諮問について … / …についての諮問)."""
    for index in range(first, len(lines)):
        if TITLE_END.search(lines[index].key) and not lines[index].key.endswith("。"):
            return index, wrapped(lines, index, lines[index].start)[0]
    return None


def _labelled_title(lines: Sequence[Line]) -> tuple[int, tuple[int, int]] | None:
    """The title under or beside a label (件名, 諮問事項), and its line."""
    for index, line in enumerate(lines):
        match = _REPLY_TITLE.match(line.text)
        if match:
            return index, wrapped(lines, index, line.start + match.start("title"))[0]
        if (
            _REPLY_LABEL.fullmatch(bare_key(line))
            and index + 1 < len(lines)
            and looks_like_title(lines[index + 1].text)
        ):
            return index + 1, wrapped(lines, index + 1, lines[index + 1].start)[0]
    return None


_IN_BRACKETS = re.compile(r"[〔【\[〈《][ \u3000]*(?P<title>\S.{5,}?事案)[ \u3000]*[〕】\]〉》]")


def _bracketed_title(lines: Sequence[Line]) -> tuple[int, tuple[int, int]] | None:
    """The title that stands in brackets of its own: 〔…不開示決定異議申立事案〕."""
    for index, line in enumerate(lines):
        match = _IN_BRACKETS.fullmatch(line.text)
        if match:
            start, end = match.span("title")
            return index, (line.start + start, line.start + end)
    return None


def _written_title(lines: Sequence[Line]) -> tuple[int, tuple[int, int]] | None:
    """The title that is said to be a reply's: …について（答申）, perhaps over several rows."""
    for index, line in enumerate(lines):
        if not line.key.endswith((")", "答申")) or len(line.key) > _LONGEST_ROW:
            continue
        first = index
        while first and _wraps_into(lines[first - 1], lines[first]):
            first -= 1
        said = _SAID_TO_BE_REPLY.search("".join(row.key for row in lines[first : index + 1]))
        last = index
        if said and said.start() == 0 and index and lines[index - 1].row == line.row - 1:
            first = last = index - 1  # （答申） on a line of its own
            while first and _wraps_into(lines[first - 1], lines[first]):
                first -= 1
        elif said is None or said.start() < _SHORTEST:
            continue
        return first, (lines[first].start, lines[last].end)
    return None


# …日付け霞税第3号で諮問のあった「…」について、次のとおり答申します。
_ASKED = re.compile(
    r"(?:諮問|照会|意見を求め)(?:のありました|のあった|があった|がありました|された|られました|られた)、?(?:「(?P<quoted>[^「」]{6,200})」|(?P<title>[^。、「」]{6,200}?)(?=に?ついて|に関して))"
)


def _asked(lines: Sequence[Line], text: str) -> tuple[int, tuple[int, int]] | None:
    """The title in the sentence that says what was asked, and the first line of the letter."""
    match = _ASKED.search(text, lines[0].start, lines[-1].end) if lines else None
    if match is None:
        return None
    name = "quoted" if match["quoted"] else "title"
    return None if _NO_NAME.fullmatch(fold(match[name])) else (0, match.span(name))


_NO_NAME = re.compile(
    r"(?:この|その|標記|表記|上記|下記|左記|本|当該|次|以下|これ)の?(?:こと|件|事項|事案|案件|とおり)?"
)
# 「…」についての開示請求に対し
_REQUESTED = re.compile(
    r"「(?P<what>[^「」]{4,200})」(?:について|に係る|に関する)?の?(?:保有個人情報|個人情報|公文書|行政文書)?の?(?:開示|公開|訂正|利用停止)(?:の)?請求"
)


def _requested(lines: Sequence[Line], text: str) -> tuple[int, tuple[int, int]] | None:
    """What the request was for whose answer is appealed against, in quotes; and the first line of the letter."""
    match = _REQUESTED.search(text, lines[0].start, lines[-1].end) if lines else None
    return (0, match.span("what")) if match else None


_JUDGED = re.compile(r"[^\s、。「」()（）]{2,80}(?:決定|処分|取扱い|提供|利用)")


def _judged(lines: Sequence[Line]) -> tuple[int, tuple[int, int]] | None:
    """What the conclusion is about, where nothing else names it; and the first line of the letter."""
    for line in lines:
        match = _JUDGED.search(line.text)
        if match:
            title = re.sub(r"^.*(?:行った|した)(?=.{4})", "", match.group())
            start = line.start + match.end() - len(title)
            return 0, (start, start + len(title))
    return None


def _wraps_into(above: Line, below: Line) -> bool:
    """Whether a title goes on in the row below: the row is long, or both are set in alike."""
    if above.row != below.row - 1 or above.cell or not above.key or _OF_LETTER.search(above.key):
        return False
    open_end = not above.key.endswith(("。", "について", "の件", ")", "」"))
    set_in = above.indent > 1 and abs(above.indent - below.indent) <= 2
    return open_end and not numbering(above.text) and (len(above.key) >= _FULL_ROW or set_in)


# who writes to whom, and when: no part of a title
_OF_LETTER = re.compile(
    r"(?:様|殿|あて|宛て?)$|[0-9元]年[0-9]+月[0-9]+日|^(?:会長|委員長|審査会長)|(?:審議会|審査会|委員会)$|第[0-9]+号$"
)
_FULL_ROW = 26  # characters: a row so long goes on in the next


_SHEET_LABEL = re.compile(
    r"^(?:[■□☑☒✓レ]|<input[^>]*>)*.{0,10}(?:事項|件名|案件名|議案名|案件の名称|諮問報告)$"
    r"|^(?:<input[^>]*>|[■□☑]).{0,8}(?:<input[^>]*>|[■□☑])報告$"
)
_SHEET_TITLE = re.compile(
    r"(?:シート|調書|概要書|説明書|届出書|諮問票|審議票|個票)(?:\([^()]*\))?$"
)
_TICKED = re.compile(r"(?:[■☑☒✓]|<input[^>]*\bchecked\b[^>]*>)")
_UNTICKED = re.compile(r"(?:□|<input(?![^>]*\bchecked\b)[^>]*>)")


def sheets(lines: Sequence[Line]) -> list[Heading]:
    """The first rows of case sheets: a cell that says 事項 or 件名 (often ticked), the next its title."""
    found = []
    heads = [
        index
        for index, line in enumerate(lines)
        if line.cell == 0 and line.alone and _SHEET_TITLE.search(line.key)
    ]
    if not heads:
        return []
    for index, line in enumerate(lines[:-1]):
        following = lines[index + 1]
        if line.cell != 0 or following.row != line.row or not _SHEET_LABEL.match(line.key):
            continue
        if re.search(r"根拠|基本|記録|届出|備考", line.key) or len(following.key) < 8:
            continue
        before = bisect_left(heads, index)
        if before == 0 or index - heads[before - 1] > 6:
            continue
        head = heads[before - 1]
        first = _TICKED.search(line.text), _UNTICKED.search(line.text)
        kind = "consultation"
        report = line.text.find("報告")
        if (
            first[0]
            and report > first[0].start() >= 0
            and "報告" in line.text[first[0].end() : first[0].end() + 4]
        ) or (first[1] and not first[0]):
            kind = "report"
        found.append(
            Heading(
                head,
                "",
                ((following.start, following.end),),
                following.text,
                kind,
                lines[head].text,
                body=True,
                sheet=True,
            )
        )
    return found


_FORM_LABEL = re.compile(
    r"(?:諮問|審議|報告|協議)?(?:件名|案件名?|議題名?|事項|案件の名称|議案名?|議案の名称|事案名?)"
)
_FORM_NUMBER = re.compile(r"(?:諮問|案件|議案|審議|報告)?(?:番号|no\.?|区分)")
_FORM_END = re.compile(
    r"(?:審議|審査|協議|採決|議決)?(?:の)?(?:結果|結論)|審議会の(?:意見|結論|答申|判断|決定)|答申(?:の?(?:内容|結果))?|決定|採決"
)
_LONGEST_FORM = 60  # lines


def forms(lines: Sequence[Line]) -> list[Heading]:
    """The matters of forms filled in for each: a row 件名 with the title beside it, then one of results."""
    found: list[Heading] = []
    rows = [
        index
        for index, (line, following) in enumerate(pairwise(lines))
        if line.cell == 0 and following.row == line.row and _FORM_LABEL.fullmatch(bare_key(line))
    ]
    for index, stop in pairwise([*rows, len(lines)]):
        cell = lines[index + 1]
        if len(cell.key) < 6 or is_procedure(cell.text) or numbering(cell.text):
            continue
        told = any(
            line.cell == 0 and _FORM_END.fullmatch(bare_key(line))
            for line in lines[index + 2 : min(stop, index + _LONGEST_FORM)]
        )
        if not told:
            continue
        first, label = index, ""
        if (
            index >= 2
            and lines[index - 2].cell == 0
            and _FORM_NUMBER.fullmatch(bare_key(lines[index - 2]))
        ):
            first, label = index - 2, lines[index - 1].key
        kind = kind_of(label, cell.text[-8:], lines[index].text)
        found.append(Heading(first, label, ((cell.start, cell.end),), cell.text, kind, body=True))
    return found
