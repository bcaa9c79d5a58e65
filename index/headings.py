"""Lines -> headings: where a record names a matter before the council, and where its part begins.

Here are those that say by a label what they are (【諮問案件1】, 議題1, 諮問第9号). The others are items of
numbered lists (`agendas`), words of the chair (`announcements`), papers of one matter (`forms`) and rows
of tables (`tables`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.grammar.verdict_words import read_verdict_word
from index.grammar.verdicts import Outcome
from index.japanese import fold
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.slots import is_label
from index.text.titles import (
    CONTAINER,
    KIND_MARK,
    LONGEST_HEADING,
    OF_REVIEW,
    TITLE_END,
    is_procedure,
    kind_of,
    looks_like_title,
    names_an_action,
)
from index.text.turns import read_turns, speaker_of


@dataclass(frozen=True, slots=True)
class Heading:
    """One place where a matter is named.

    `spans` are the title's pieces in the text (more than one where a table breaks a title in two);
    `index` is its line. `body` is true where the matter's own part begins here, false where it is
    only listed. `result` is the cell of a table that gives its outcome, `conditions` and `office`
    are cells beside it, `note` what a mark in that cell leads to below the table, `order` is the number
    of an agenda's item. `attached` says that it stands in an attachment (別紙).
    """

    index: int
    label: str
    spans: tuple[tuple[int, int], ...]
    title: str
    kind: str = ""
    context: str = ""
    body: bool = False
    sheet: bool = False
    result: tuple[Outcome, int, int] | None = None
    row: tuple[int, int] | None = None
    meeting_cells: str = ""
    order: int = 0
    conditions: tuple[int, int] | None = None
    office: tuple[int, int] | None = None
    note: tuple[int, int] | None = None
    attached: bool = False


REPLY = "答申"  # the context of a heading that names the matter of a reply
UNIT_NAME = re.compile(r"[^\s、。:]{1,20}(?:課|室|係|局|部|センター|所|館|担当|委員会|病院)")
_WORD = r"(?:諮問|審議|報告|議題|案件|協議|付議|議案|議事|審査)"
LABELLED = re.compile(
    # what a label begins with: as few lines do
    r"(?=[\s●○◆◇■□◎・*#\-【〔\[［〈<＜《(（]*[明大昭平令年元0-9０-９諮審報議案協付第承RHＲＨ])"
    rf"[\s●○◆◇■□◎・*#\-]*(?P<open>[【〔\[［〈<＜《(（])?\s*(?P<label>(?:(?:明治|大正|昭和|平成"
    rf"|令和)?[\s0-9０-９元]{{0,4}}年度\s*)?{_WORD}(?:案件|事項|議題|事案"
    rf"|受理)?(?:[(（][^()（）]{{1,6}}[)）])?\s*(?:その|第\s*)?(?:(?:[令平])?[0-9０-９]{{1,4}}[-ー－の])?(?:[(（][0-9０-９]{{1,4}}[)）]|[0-9０-９lIO](?=[0-9０-９]{{0,3}}\s*号)[0-9０-９lIO]{{0,3}}|[0-9０-９一二三四五六七八九十]{{1,4}})\s*(?:号)?(?:[・、,]\s*第?[0-9０-９]{{1,4}}\s*号)*"
    rf"|第\s*(?:[0-9０-９lIO]{{1,4}}|[一二三四五六七八九十]{{1,3}})\s*号(?:諮問)?(?:議案|事案|案件)?|[議報諮承]第\s*[0-9０-９]{{1,4}}\s*号"
    rf"|(?<=[【〔\[［])(?:令和?|平成?|[RHＲＨ])?(?:元|[0-9０-９]{{1,2}})[-‐－ー―–][0-9０-９]{{1,3}}(?=[】〕\]］]))"
    rf"(?P<suffix>\s*[(（\[［](?:継続[^()（）]{{0,6}}|新規|非公開|公開|第[0-9０-９]+回|諮問"
    rf"|報告"
    rf"|一部非公開)[)）\]］])?\s*(?P<close>[】〕\]］〉>＞》)）])?\s*(?P<colon>[:：])?[\s\u3000.．]*(?P<rest>.*)$"
)


_GOES_ON = re.compile(r"[のはをにがとで、。]")


def labelled(lines: Sequence[Line], text: str, *, numbered: bool = False) -> list[Heading]:
    """Headings that say what they are: 【諮問案件1】, 議題1 …, 諮問第9号, 第64号諮問事案; or those that do so
    behind a number of their own (１　諮問第3号 …)."""
    found: list[tuple[Heading, int]] = []
    for index, line in enumerate(lines):
        if len(line.key) > 260 or len(line.text) > LONGEST_HEADING:
            continue
        if numbered and "号" not in line.text:
            continue
        match = _behind_number(line.text) if numbered else LABELLED.match(line.text)
        if match is None:
            continue
        bracketed = match["open"] and match["close"]
        rest = match["rest"].strip()
        aside, office = "", None
        enclosed = _ENCLOSED.fullmatch(rest)
        offices = enclosed is not None and names_offices(fold(rest[1:-1]))
        aside_only = enclosed and len(rest) <= _LONGEST_ASIDE and not names_a_matter(rest[1:-1])
        if offices or aside_only:  # 【諮問案件1】（資料6）
            aside, rest = rest, ""
            inside = line.start + match.start("rest") + 1
            if offices:
                office = inside, inside + len(aside) - 2
        if match["open"] and not match["close"]:
            continue
        # 諮問第2号（就学相談の記録）, but not 第4号（審査会の意見）
        sure = enclosed and line.alone and re.match(_WORD, fold(match["label"]))
        apart = bracketed or match["colon"] or (sure and names_a_matter(rest[1:-1]))
        only = line.alone and bool(_OF_LABEL_ONLY.fullmatch(fold(rest)))
        if rest and not apart and not only and not looks_like_title(rest):
            if not (line.alone and line.text[match.start("rest") - 1].isspace()):
                continue
            if _GOES_ON.match(rest) or not line.alone:
                continue
        if rest.endswith("。") or _SAID.match(rest):
            continue
        if re.match(r"^[のはをにがとで、]", rest) and not only:
            continue
        if only and (
            below := _subject_below(lines, index)
        ):  # 諮問第31号の審議について / …の提供（環境課）
            spans, end = below
        elif only:  # nothing else names the matter
            spans, end = (line.start + match.start("label"), line.end), index
        elif rest:
            spans, end = wrapped(lines, index, line.start + match.start("rest"))
        else:
            following = lines[index + 1] if index + 1 < len(lines) else None
            if following is None or (not bracketed and not looks_like_title(following.text)):
                continue
            if not bracketed and numbering(following.text):
                continue
            if read_turns(lines[index + 1 : index + 2]) or lines[index + 1].key.endswith("。"):
                continue
            spans, end = wrapped(lines, index + 1, lines[index + 1].start)
        spans = unbracketed(text, *spans)
        title = re.sub(r"\s*\n\s*", "", text[spans[0] : spans[1]])
        key = fold(title)
        if is_procedure(title) or len(key) < 4 or _COUNT.fullmatch(key):
            continue
        if CONTAINER.match(key) and not only:
            continue
        label = _healed(fold(match["label"]))
        suffix = fold((match["suffix"] or "") + aside)
        kind = "review" if OF_REVIEW.search(fold(label + title)) else ""
        kind = kind or kind_of(suffix, label, title[-8:])
        heading = Heading(index, label, (spans,), title, kind, suffix, body=True, office=office)
        found.append((heading, end))
    # one right below another: a list of what is to come
    listed = {
        n
        for n, ((_, last), (following, _)) in enumerate(pairwise(found))
        for n in (n, n + 1)
        if following.index == last + 1
    }
    headings = [replace(heading, body=n not in listed) for n, (heading, _) in enumerate(found)]
    return _with_results_beside(headings)


# what was decided, behind a gap: as yearly reports have it beside each matter
_BESIDE = re.compile(
    r"(?:[ \u3000]*(?:[…‥・･]{2,}|[→⇒])[ \u3000]*|[ \u3000]+)(?P<word>[^\s…‥・･→⇒]{1,16})$"
)


def _with_results_beside(headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with the words that stand beside several of them as their results."""
    beside = [_BESIDE.search(heading.title) for heading in headings]
    outcomes = [
        read_verdict_word(match["word"], labelled=True) if match else None for match in beside
    ]
    if sum(outcome is not None for outcome in outcomes) < _FEWEST_RESULTS:
        return list(headings)
    found = []
    for heading, match, outcome in zip(headings, beside, outcomes, strict=True):
        if match is None or outcome is None or len(heading.spans) > 1:
            found.append(heading)
            continue
        ((start, end),) = heading.spans
        title = heading.title[: match.start()]
        result = outcome, end - len(match["word"]), end
        spans = ((start, end - (len(heading.title) - match.start())),)
        found.append(replace(heading, title=title, spans=spans, result=result, body=True))
    return found


_FEWEST_RESULTS = 2
# 可8 否0 保留1: how many were for it
_COUNT = re.compile(
    r"(?:(?:[可否]|不?可|保留|賛成?|反対?|棄権|不?承認|継続|条件付き?|意見|[・、:]){1,3}[0-9]+(?:名|人|票|件)?[、,]?)+"
)
_ENCLOSED = re.compile(r"[（(\[【][^（）()]+[）)\]】]")
_LONGEST_ASIDE = 18
_NO_MATTER = re.compile(
    r"資料|別紙|継続|新規|公開|[諮報答][問告申]|協議|[0-9](?:名|人|件|回)?$|(?:説明|質疑|概要|結果|意見)$"
)


def names_a_matter(aside: str) -> bool:
    """Whether what stands in brackets behind a label is the matter itself (諮問第2号（就学相談の記録）)."""
    key = fold(aside)
    return len(key) >= _SHORTEST and not _NO_MATTER.search(key) and not names_offices(key)


def names_offices(key: str) -> bool:
    """Whether folded words are offices and nothing else: 公安委員会:警察本部広報県民課."""
    return all(UNIT_NAME.fullmatch(name) for name in re.split(r"[:・、]", key))


_SHORTEST = 6
# ア諮問第52号, with nothing between the mark and the label
_MARK_ALONE = re.compile(r"[アイウエオカキクケコサシスセソ](?=[諮議報審協案第])")


def _behind_number(text: str) -> re.Match[str] | None:
    """The label of a case that stands behind a number (１　諮問第3号 …); only one that is surely a label."""
    mark = _MARK_ALONE.match(text)
    numbered = None if mark else numbering(text)
    if mark is None and not (numbered and numbered[1]):
        return None
    match = LABELLED.match(text, mark.end() if mark else numbered[2] if numbered else 0)
    return match if match and match["label"].rstrip().endswith("号") else None


_OF_LABEL_ONLY = re.compile(r"(?:の|に関する|に係る)審[議査](?:について)?(?:\([^()]{1,12}\))?")
_MARKED = re.compile(r"[-－–—・･○●◇◆■□▼▽＊*→⇒<＜〈【\[「（(]")


def _subject_below(lines: Sequence[Line], index: int) -> tuple[tuple[int, int], int] | None:
    """The title that stands on the line below a heading which names its matter by the number only."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or below.row != lines[index].row + 1 or not below.alone or below.cell:
        return None
    if _MARKED.match(below.text) or numbering(below.text) or LABELLED.match(below.text):
        return None
    if speaker_of(below) or is_procedure(below.text) or is_label(below.key):
        return None
    if not (looks_like_title(below.text) or names_an_action(below.text)):
        return None
    return wrapped(lines, index + 1, below.start)


# a quoted sentence is what somebody wrote or said of the matter: 議案2 「…が心配である。」（2名）
_SAID = re.compile(r"「[^「」]*[。？?]」")

_WHOLLY_BRACKETED = re.compile(r"[(（「『](?P<inner>[^()（）「」『』]{6,})[)）」』]\s*")


def unbracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a title without the brackets that hold it all: 諮問第2号(…に対する審査請求)."""
    match = _WHOLLY_BRACKETED.fullmatch(text, start, end)
    return match.span("inner") if match else (start, end)


def label_of(line: Line) -> str:
    """The folded label of a line that is headed by one, whatever stands after it; else empty."""
    if not line.alone or line.cell > 0:
        return ""
    match = LABELLED.match(line.text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return ""
    rest = match["rest"].strip()
    if _GOES_ON.match(rest):
        return ""
    apart = not rest or match["close"] or match["colon"] or looks_like_title(rest)
    if apart or line.text[match.start("rest") - 1].isspace():
        return _healed(fold(match["label"]))
    return ""


_MISREAD_NUMBER = re.compile(r"(?<=第)[0-9lio]+(?=号)")


def _healed(label: str) -> str:
    """A folded label with the letters that machines read for figures put right: 第l0号 is 第10号."""
    return _MISREAD_NUMBER.sub(lambda number: number.group().translate(_FIGURES), label)


_FIGURES = str.maketrans("lio", "110")


def wrapped(lines: Sequence[Line], index: int, start: int) -> tuple[tuple[int, int], int]:
    """The span of a title that begins in `lines[index]`, over the rows it is wrapped on."""
    end, last = lines[index].end, index
    while last + 1 < len(lines) and last - index < 5:
        following = lines[last + 1]
        so_far = fold(lines[last].text)
        if following.row != lines[last].row + 1 or following.key.endswith("。"):
            break
        if _begins_paragraph(lines, last + 1):
            break
        if TITLE_END.search(so_far) or KIND_MARK.search(so_far):
            break
        if last == index and _IN_QUOTES.fullmatch(lines[index].text, start - lines[index].start):
            break
        if len(so_far) < 14 and not goes_on(so_far, following.key):
            break
        if (
            numbering(following.text)
            or label_of(following)
            or is_label(following.key)
            or speaker_of(following)
            or re.match(r"^[(（【<〈○◇◆●※→⇒\-—]|^\S{2,6}[:：]|^第[0-9０-９]{1,3}回", following.text)
        ):
            break
        last += 1
        end = following.end
    return (start, end), last


_IN_QUOTES = re.compile(r"[「『][^「」『』]+[」』]")
# a row that ends so, or the next that begins so, is part of a title, however narrow its cell
_ENDS_OPEN = re.compile(
    r"(?:[のをへや・、]|における|に(?:係る|関する|対する|伴う|よる|基づく)|及び|並びに|又は|する|した)$"
)
_RESTS = re.compile(r"(?:に?ついて|に関すること|の件)(?:[(（].{1,20}[)）])?$")


def goes_on(above: str, below: str) -> bool:
    """Whether a row of a title (folded) goes on in the next by its words."""
    return bool(_ENDS_OPEN.search(above) or _RESTS.match(below))


def _begins_paragraph(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the first of a paragraph: set in by one character from the lines above and below it,
    of which the one below goes on."""
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    return (
        line.indent == 1
        and lines[index - 1].indent == 0
        and below is not None
        and below.row == line.row + 1
        and below.indent == 0
        and len(line.key) >= _FULL_ROW
    )


_FULL_ROW = 26  # characters: a row so long goes on in the next
