"""Lines -> the matters of papers made for one matter each: replies (答申), case sheets, forms filled in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from index.headings import Heading, wrapped
from index.lines import Line
from index.lists import bare_key
from index.numbering import numbering
from index.titles import is_procedure, kind_of, looks_like_title

_REPLY = re.compile(r"答申")
CONCLUSION = re.compile(
    r"^(?:第?[0-9一二三四]{1,2}(?![0-9一二三四])[.、]?|[◆◇●○■□【〈<\[(])*(?:審議会|審査会|委員会"
    r"|答申)?の?(?:結論|答申の結論|判断の結論|答申の?内容|意見)[】〉>\])]*[:：]?$"
)
_REPLY_TITLE = re.compile(
    r"^(?:第?[0-9０-９一二三四]{1,2}[.．、)）\s\u3000]+)?[◆◇●○■□【\[]*\s*(?:諮\s*問|件\s*名|案\s*件\s*名?|諮問件名|諮問事項|諮問案件"
    r"|審査請求の件名)[】\]]*(?:[:：]|[\s\u3000]+)(?P<title>\S.*)$"
)
_REPLY_LABEL = re.compile(r"諮問|件名|案件名?|諮問件名|諮問事項|諮問案件|審査請求の件名")


def replies(lines: Sequence[Line], text: str) -> list[Heading]:
    """The matter of a reply (答申) that is a document of its own: 件名 and 審議会の結論."""
    if not lines or not any(_REPLY.search(line.key) for line in lines[:30]):
        return []
    conclusion = next((i for i, line in enumerate(lines) if CONCLUSION.match(line.key)), None)
    if conclusion is None:
        return []
    for index, line in enumerate(lines[:conclusion]):
        match = _REPLY_TITLE.match(line.text)
        at = index
        if match:
            span, _ = wrapped(lines, index, line.start + match.start("title"))
        elif _REPLY_LABEL.fullmatch(bare_key(line)) and looks_like_title(lines[index + 1].text):
            at = index + 1
            span, _ = wrapped(lines, at, lines[at].start)
        else:
            continue
        title = re.sub(r"\s*\n\s*", "", text[slice(*span)])
        kind = kind_of(title) or "consultation"
        return [Heading(at, "", (span,), title, kind, "答申", body=True)]
    for index, line in enumerate(lines[:conclusion]):
        if re.search(r"(?:について|に関する件|の件)[(（](?:答申|諮問)[)）]$", line.key):
            return [
                Heading(
                    index,
                    "",
                    ((line.start, line.end),),
                    line.text,
                    kind_of(line.text) or "consultation",
                    "答申",
                    body=True,
                )
            ]
    for line in lines[conclusion + 1 : conclusion + 4]:
        match = re.search(r"[^\s、。「」()（）]{2,24}(?:決定|処分|取扱い|提供|利用)", line.text)
        if match:
            title = re.sub(r"^実施機関が(?:行った|した)", "", match.group())
            start = line.start + match.end() - len(title)
            return [
                Heading(
                    0,
                    "",
                    ((start, start + len(title)),),
                    title,
                    kind_of(text[:600]) or "consultation",
                    "答申",
                    body=True,
                )
            ]
    return []


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
