"""Lines -> headings: where the record names a matter before the council, and where its part begins.

Four forms cover what councils write: a labelled heading (【諮問案件1】, 議題1, 諮問第9号), an item of a
numbered agenda, the row of a case sheet (諮問事項 | …), and the row of a yearly report's table with its
column of results. A title that stands in the agenda and again further down is one matter, and the
second place is where its part begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from index.japanese import fold, number
from index.lines import Line
from index.turns import read_turns, speaker_of
from index.verdicts import Outcome, read_verdict, read_verdict_word


@dataclass(frozen=True, slots=True)
class Heading:
    """One place where a matter is named.

    `spans` are the title's pieces in the text (more than one where a table breaks a title in two);
    `index` is its line. `body` is true where the matter's own part begins here, false where it is
    only listed. `result` is the cell of a table that gives its outcome, `conditions` and `office` are cells beside
    it, `order` is the number of an agenda's item. `attached` says that it stands in an attachment (別紙).
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
    attached: bool = False


# --- what is a matter, and what is only order of business --------------------------------------

_LONGEST_TITLE = 400
_LONGEST_HEADING = 2000  # characters of a line that may be looked into for a title

# order of business: the whole title is such a word, or it ends in what is done at a sitting
_ORDER = (
    r"開会|閉会|散会|休憩|その他|会議?次第|議事次第|会長?挨拶|市長挨拶|挨拶|あいさつ|ごあいさつ|出席|出席者|欠席|欠席者|出欠|傍聴|傍聴者?|資料"
    r"|配[布付]|配[布付]資料|会議資料|連絡|連絡事項|事務連絡|質疑|質疑応答|意見交換|会議の成立|定足数|日程|日程調整|以上|参考|参考資料|報告連絡"
)
_PROCEDURE = re.compile(
    rf"^(?:{_ORDER})(?:の?(?:確認|報告|説明|紹介|状況|事項|調整|指名|宣告|宣言)|について|等)*(?:\([^()]*\))?$"
    r"|あいさつ$|挨拶$|ご?挨拶(?!状)|(?:委員|事務局|職員|出席者|新任.{0,4})の?紹介(?:について)?$"
    r"|(?:会長|副会長|委員長|部会長|議長|職務代理者?|代理者?|署名.{0,4})(?:の|及び|、|・|を|に).{0,16}(?:選出|選任|互選|指名|選定)"
    r"|(?:会長|副会長|委員長|職務代理者?)(?:選出|選任|互選|指名)"
    r"|^答申(?:第\d+号|書)?の?(?:案|文案|原案)|委嘱|任命|諮問書.{0,4}(?:授受|手交|交付|提出)|諮問書の?(?:授受|手交|交付)"
    r"|(?:前回|前々回|第\d+回).{0,24}(?:会議録|議事録|要旨|概要|会議結果)|(?:会議録|議事録"
    r"|会議要旨|議事要旨|会議概要|開催概要)(?:\(案\))?の?(?:署名.{0,12}|承認|確認|確定|公開|について).{0,8}$"
    r"|^次回(?:の)?(?:会議|審議会|審査会|開催|日程|以降|予定)?(?:の|について|日|日程|日時|開催|予定|は|$)|今後の(?:日程|予定|スケジュール)"
    r"|^(?:会議|本日の?会議|審議)の公開|^傍聴(?:人|者|$|の|に)|(?:概要|経過)報告$"
    r"|^(?:今後の)?スケジュールについて|会長へ諮問"
)
_CONTAINER = re.compile(
    r"^(?:.{0,8}(?:諮問|審議|報告|協議|付議|議決|審査|議)(?:案件|事項|議題"
    r"|事案)?(?:の?(?:審議|審査|報告|説明))?(?:について)?|諮問審議|審議|報告|議題|議事|案件"
    r"|諮問|協議|諮問等?に係る審議(?:について)?|審査請求|部会報告)(?:\([^()]*\))?$"
)
_TITLE_END = re.compile(
    r"(?:について|の件|に関すること|の審議|の審査|について(?:の|審議|報告).{0,6}|の可否"
    r"|の有無|の適否|の是非|諮問事案|の(?:諮問|報告|協議)|第\d+号|審査請求|不服申立て?|異議申立て?)"
    r"(?:[(（\[【〔<].{1,30}[)）\]】〕>])*[。]?$"
)
_KIND_MARK = re.compile(
    r"[(（\[【〔<](?:新規|継続)?(?:継続)?(?:諮問|報告|協議|審議|審査|継続審議|継続|非公開|公開"
    r"|新規|一部非公開|意見聴取|再諮問|答申)[^()（）]{0,6}[)）\]】〕>]$"
)
_QUOTED = re.compile(
    r"^(?:[^「」]{0,24})?「[^「」]{3,}(?:「[^」]*」[^「」]*)?」(?:について"
    r"|の件)?(?:[(（][^()（）]{2,24}(?:\([^()]*\))?[)）])?$"
)
_DEPARTMENT_END = re.compile(
    r"[(（](?P<name>[^()（）]{1,24}(?:課|室|係|局|部|センター|所|館|支所|担当|委員会|区役所|会"
    r"|班|チーム)(?:[、・][^()（）]{1,30}(?:課|室|係|局|部|センター|所))*)[)）]$"
)
_UNIT_NAME = re.compile(r"[^\s、。:]{1,20}(?:課|室|係|局|部|センター|所|館|担当|委員会|病院)")
_REVIEW = re.compile(r"審査請求|不服申|異議申立|\(不服\)|諮問受理|開示決定|諮問事案|裁決")
_OF_REVIEW = re.compile(r"審査請求|不服申立|異議申立|\(不服\)")

_AGENDA_LABEL = re.compile(
    r"^(?:会議|審議)?の?(?:議題|議事|案件|次第|会議次第|議事次第|審議事項|報告事項|諮問事項"
    r"|付議事項|協議事項|審議案件|諮問案件|付議案件|報告案件|諮問案件の審議|諮問審議|報告"
    r"|審議|諮問|議案|会議事項|会議内容|(?:議題|議事|議案|案件|諮問事項|審議事項|審議案件)(?:及び|と|・).*|審議内容|議事内容|会議の議題"
    r"|会議に付した(?:事件|案件|議題)|諮問の内容|議件|審議議題|会議案件|本日の議題|事件名?|件名|案件名|議題名"
    r"|審査(?:案件|事項|事件))(?:等|について|一覧|の一覧)?$"
)
# what heads the minutes themselves: where there is no agenda, the list of matters
_BODY_LABEL = re.compile(
    r"^(?:議事|審議|会議|審査)(?:の)?(?:概要|要旨|内容|経過|録|結果|記録)(?:\([^()]*\))?$|^(?:審議|会議)経過$"
)
_AGENDA_STOP = re.compile(
    r"^(?:[(\[【<〈◇◆●○■※]|[0-9]{1,2}(?![0-9])[.]?)*(?:議事(?:の)?(?:概要|要旨|内容|録|経過)"
    r"|会議(?:の)?(?:概要|要旨|経過|内容|記録)|審議(?:の)?(?:概要|要旨|内容|経過)|会議の公開"
    r"|公開|傍聴|出席|欠席|資料|配布|配付|会議資料|確認資料|問い?合わせ|開催日|日時|場所"
    r"|会場|実施機関の|諮問機関|答申の結論|結論|議事の概要|発言|説明員|以上$)"
)
_OPENING = re.compile(
    r"^(?:開会|会長?あいさつ|会長挨拶|挨拶|委員の紹介|委員紹介"
    r"|前回(?:会議)?の?.{0,10}(?:概要報告|確認|承認)|委嘱状の?交付|会議の成立.*"
    r"|前回会議録の(?:確認|承認)|資料(?:の)?確認|議事録署名.*)$"
)

_WORD = r"(?:諮問|審議|報告|議題|案件|協議|付議|議案|議事|審査)"
_LABELLED = re.compile(
    rf"^[\s●○◆◇■□◎・*#\-]*(?P<open>[【〔\[［〈<＜《(（])?\s*(?P<label>(?:(?:明治|大正|昭和|平成"
    rf"|令和)?[\s0-9０-９元]{{0,4}}年度\s*)?{_WORD}(?:案件|事項|議題|事案"
    rf"|受理)?(?:[(（][^()（）]{{1,6}}[)）])?\s*(?:その|第\s*)?(?:(?:[令平])?[0-9０-９]{{1,4}}[-ー－の])?(?:[(（][0-9０-９]{{1,4}}[)）]|[0-9０-９一二三四五六七八九十]{{1,4}})\s*(?:号)?(?:[・、,]\s*第?[0-9０-９]{{1,4}}\s*号)*"
    rf"|第\s*[0-9０-９]{{1,4}}\s*号(?:諮問)?(?:議案|事案|案件)?|[議報諮承]第\s*[0-9０-９]{{1,4}}\s*号)"
    rf"(?P<suffix>\s*[(（\[［](?:継続[^()（）]{{0,6}}|新規|非公開|公開|第[0-9０-９]+回|諮問"
    rf"|報告"
    rf"|一部非公開)[)）\]］])?\s*(?P<close>[】〕\]］〉>＞》)）])?\s*(?P<colon>[:：])?[\s\u3000]*(?P<rest>.*)$"
)
_NUMBERING = (
    ("bullet", re.compile(r"(?:[・･‧●○◆◇■□◎〇▪]|[-–—*](?=[\s\u3000]))[\s\u3000]*")),
    ("paren", re.compile(
        r"[(（][\s\u3000]*(?P<n>[0-9０-９]{1,2})[\s\u3000]*[)）][\s\u3000.．、]*")),
    ("digit", re.compile(
        r"第?(?P<n>[0-9０-９]{1,2})(?:[\s\u3000.．、。)）]+"
        r"|(?=[^\s0-9０-９年月日時分秒人名件号条回期階番点頁台社校園室度割倍つか%％.,:：/／~～\-ー－]))(?=\D|\d+年|R\d)")),
    ("circled", re.compile(r"(?P<n>[①-⑳])[\s\u3000]*")),
    ("paren", re.compile(r"(?P<n>[⑴-⒇])[\s\u3000]*")),
    ("kanji", re.compile(r"第?(?P<n>十?[一二三四五六七八九]|十)(?:[\s\u3000]+|[.．、](?=\D))")),
    ("roman", re.compile(r"(?P<n>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[\s\u3000.．、]*")),
    ("kanjiparen", re.compile(r"[(（](?P<n>[一二三四五六七八九十])[)）][\s\u3000]*")),
    ("kanaparen", re.compile(r"[(（](?P<n>[アイウエオカキクケコ])[)）][\s\u3000]*")),
    ("kana", re.compile(r"(?P<n>[アイウエオカキクケコサシスセソ])[\s\u3000.．、:：)）]+")),
)  # fmt: skip
# Markdown from a PDF puts a dash before a number: the number is the numbering
_DASH_BEFORE_NUMBER = re.compile(r"[-–—*・][\s\u3000]+(?=[(（]?[0-9０-９①-⑳])")
_MAY_NUMBER = re.compile(
    r"[・･‧●○◆◇■□◎〇▪\-–—*(（第0-9０-９①-⒇Ⅰ-Ⅹアイウエオカキクケコサシスセソ一二三四五六七八九十]"
)
_NUMBERING_STANDS = 60  # characters in which a numbering ends
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_KANA = "アイウエオカキクケコサシスセソ"
_KANJI = "一二三四五六七八九十"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"


def numbering(text: str) -> tuple[str, int, int] | None:
    """The numbering at the head of `text`: (style, number, length); bullets count as number 0."""
    if not _MAY_NUMBER.match(text):  # most lines have none; to know it soon saves half the time
        return None
    return _numbering(text[:_NUMBERING_STANDS])


@lru_cache(maxsize=8192)  # each line is asked for it several times
def _numbering(text: str) -> tuple[str, int, int] | None:
    dash = _DASH_BEFORE_NUMBER.match(text)
    skip = dash.end() if dash else 0
    for style, pattern in _NUMBERING:
        match = pattern.match(text, skip)
        if match is None:
            continue
        if style == "bullet":
            return style, 0, match.end() - skip
        written = match["n"]
        for sequence in (_CIRCLED, _KANA, _KANJI, _ROMAN):
            if written in sequence:
                return style, sequence.index(written) + 1, match.end()
        return style, number(fold(written).strip("()")) or 0, match.end()
    return None


@dataclass(slots=True)
class _Item:
    """An item of a numbered list, while the list is read."""

    index: int
    last: int
    style: str
    number: int
    depth: int
    label: str
    start: int
    end: int
    title: str
    parents: list[_Item] = field(default_factory=list)
    container: bool = False


def is_procedure(title: str) -> bool:
    """Whether a title is order of business (開会, 会長の選出, 前回会議録の承認) and no matter decided on."""
    return bool(_PROCEDURE.search(fold(title)))


def looks_like_title(title: str) -> bool:
    """Whether words have the form of a matter's title: …について, a kind in brackets, a quoted name."""
    key = fold(title)
    return len(key) <= _LONGEST_TITLE and bool(
        _TITLE_END.search(key)
        or _KIND_MARK.search(key)
        or _QUOTED.match(key)
        or _DEPARTMENT_END.search(key)
    )


def kind_of(*texts: str) -> str:
    """consultation, report, review or other, as the words around a title say; empty if nothing does."""
    for text in texts:
        key = fold(text)
        if _REVIEW.search(key):
            return "review"
        report = re.search(r"報告|運用状況|実施状況|施行状況", key)
        consultation = re.search(r"諮問", key)
        if report and not consultation:
            return "report"
        if consultation or re.search(r"^審議(?:案件|事項)?\d", key):
            return "consultation"
    return ""


# --- numbered agendas ------------------------------------------------------------------------


def agenda(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """The matters of numbered lists in `lines[first:last]`: of the agenda, and of the body after it."""
    return _lists(lines, first, last, _AGENDA_LABEL)


def outline(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """The matters among the numbered headings of the minutes themselves, for where no agenda names them."""
    return _lists(lines, first, last, _BODY_LABEL)


def _lists(lines: Sequence[Line], first: int, last: int, label: re.Pattern[str]) -> list[Heading]:
    found: list[Heading] = []
    index = first
    while index < last:
        if _starts_agenda(lines, index, label):
            items, after = _read_list(lines, index, last, label)
            found += _matters(items, _bare(lines[index]))
            index = max(after, index + 1)
        else:
            index += 1
    return found


_BESIDE_LABEL = re.compile(
    r"^(?:(?P<label>[^:：\s]{2,8})[ \u3000]*[:：]|[【〔\[](?P<bracketed>[^】〕\]]{2,8})[】〕\]])[ \t\u3000]*(?=\S)"
)


_MAY_BE_BESIDE = re.compile(r"[:：】〕\]]")
_LONGEST_LABEL = 40


def _bare(line: Line) -> str:
    """The line's key without numbering, marks and brackets."""
    key = line.key
    text = line.text
    mark = numbering(text)
    if mark:
        text = text[mark[2] :]
        key = fold(text)
    beside = _BESIDE_LABEL.match(text)
    if beside and numbering(text[beside.end() :]):  # 議題：１．… the first item beside the label
        key = fold(beside["label"] or beside["bracketed"])
    return key.lstrip("[【〔<〈《(◇◆●○■□◎※").rstrip("]】〕>〉》):：")


def _starts_agenda(lines: Sequence[Line], index: int, label: re.Pattern[str]) -> bool:
    line = lines[index]
    if line.cell > 0 or len(line.key) > 120:
        return False
    if len(line.key) > _LONGEST_LABEL and not _MAY_BE_BESIDE.search(line.text, 0, 24):
        return False
    bare = _bare(line)
    if label.match(bare):
        return True
    mark = numbering(line.text)
    return bool(mark and mark[1] == 1 and _OPENING.match(bare))


def _read_list(
    lines: Sequence[Line], start: int, last: int, label: re.Pattern[str]
) -> tuple[list[_Item], int]:
    """The items of the list whose label (or first item) is `lines[start]`, and where it ends.

    A list goes on through the discussion under an item as long as the next number of a style that is
    in use comes; it ends where another label begins, or numbers start anew.
    """
    items: list[_Item] = []
    stack: list[_Item] = []
    index = start
    label_mark = numbering(lines[start].text)
    beside = 0
    if label.match(_bare(lines[start])):
        text = lines[start].text
        skip = label_mark[2] if label_mark else 0
        same_line = _BESIDE_LABEL.match(text[skip:])
        if same_line and numbering(text[skip + same_line.end() :]):
            beside = skip + same_line.end()
        else:
            index = start + 1
    interrupted = False
    closed = False
    inner: dict[str, tuple[int, bool]] = {}  # lists inside a discussion, by their style
    while index < last:
        line = lines[index]
        text, offset = line.text[beside:], beside
        beside = 0
        if (
            items
            and not interrupted
            and _AGENDA_STOP.match(line.key)
            and not line.key.startswith(("(1)", "(2)", "(3)"))
        ):
            mark = numbering(line.text)
            if not (mark and looks_like_title(line.text[mark[2] :])):
                break
        mark = numbering(text) if len(text) <= _LONGEST_HEADING else None
        if mark and mark[0] == "bullet" and speaker_of(line):
            mark = None  # ○会長 is no item
        if mark and interrupted and _inside(inner, items, stack, mark, text[mark[2] :]):
            index += 1
            continue
        bare = mark is None and _unnumbered(line, items, index == start + 1 + len(items))
        if bare or (mark is None and items and not interrupted and _titled_below(line)):
            # the item above says what is done, the quoted line below it with what
            while stack and stack[-1].style in ("quoted", "bullet"):
                stack.pop()
            style = "bare" if bare else "quoted"
            item = _Item(
                index, index, style, 0, len(stack), "", line.start, line.end, text, list(stack)
            )
            interrupted = False
            if stack:
                stack[-1].container = True
            items.append(item)
            index += 1
            continue
        if mark is None or (interrupted and mark[0] == "bullet"):
            if items and not interrupted and _continues(line, items[-1], lines, index):
                items[-1].end = line.end
                items[-1].last = index
                items[-1].title += line.text
            elif not items and index - start > 6:
                break
            elif items and not _sub_line(line):
                interrupted = True
            index += 1
            continue
        while mark is not None:
            style, number_, length = mark
            title = text[length:].strip()
            goes_on = label_mark and (style, number_) == (label_mark[0], label_mark[1] + 1)
            if goes_on and not is_procedure(title) and (not stack or label.match(_bare(line))):
                return items, index  # 2 報告 after 1 議事: the list above this one goes on
            if items and style != "bullet":
                previous = next((item for item in reversed(stack) if item.style == style), None)
                sequel = previous is not None and number_ == previous.number + 1
                if interrupted and not (
                    sequel and not closed and (line.alone or looks_like_title(title))
                ):
                    # numbers inside a discussion or a paper are that text's own
                    if number_ == 1 and _restart(items, style, title):
                        return items, index
                    break
                if previous is None and number_ != 1 and not interrupted:
                    break
                if previous is not None and not sequel and number_ != 1:
                    break
            while stack and style in [item.style for item in stack]:
                stack.pop()
            if items and items[-1].style == "bare" and not interrupted:
                items[-1].container = True  # what the points below are about
            item = _Item(
                index, index, style, number_, len(stack),
                text[:length].strip(), line.start + offset + length, line.end, title, list(stack),
            )  # fmt: skip
            if stack:
                stack[-1].container = True
            stack.append(item)
            items.append(item)
            inner.clear()
            if not interrupted or not is_procedure(title):
                interrupted = False
            if re.match(r"^(?:その他|閉会)", fold(title)):
                closed = True
            offset += length
            text = text[length:]
            stripped = text.lstrip(" \u3000")
            offset += len(text) - len(stripped)
            text = stripped
            mark = numbering(text) if text[:1] in "・･●○◆" else None
        else:
            index += 1
            continue
        interrupted = True
        index += 1
    return items, index


def _inside(
    inner: dict[str, tuple[int, bool]],
    items: Sequence[_Item],
    stack: Sequence[_Item],
    mark: tuple[str, int, int],
    title: str,
) -> bool:
    """Whether a number is of a list inside the discussion: one that began there at 1.

    Where it might be the next matter as well, its form decides: a title among what are no titles is one.
    """
    style, number_, _ = mark
    if style == "bullet":
        return False
    titled = looks_like_title(title)
    of_style = any(item.style == style for item in stack)
    if number_ == 1 and of_style and not _restart(items, style, title.strip()):
        inner[style] = (1, titled)
        return True
    before, as_titles = inner.get(style, (-1, False))
    if number_ == before + 1 and (as_titles or not titled):
        inner[style] = (number_, as_titles)
        return True
    return False


def _unnumbered(line: Line, items: Sequence[_Item], follows: bool) -> bool:
    """Whether a title without a number is an item: right below the label, or in quotes as the others are.

    `follows` says that nothing but items stands between the label and the line.
    """
    if not line.alone or line.cell > 0 or any(item.style != "bare" for item in items):
        return False
    quoted = bool(_QUOTED.match(line.key)) and line.key.startswith(("「", "『"))
    if not follows:
        return bool(items) and quoted and items[0].title.startswith(("「", "『"))
    return (quoted or bool(_TITLE_END.search(line.key))) and not label_of(line)


def _titled_below(line: Line) -> bool:
    return bool(_QUOTED.match(line.key) and line.text.startswith(("「", "『"))) or bool(
        re.match(
            r"^(?:(?:平成"
            r"|令和)?[0-9元]{1,2}年度)?諮問(?:受理)?(?:\([^()]*\))?第\d+号(?:[・、]第?\d+号)*$",
            line.key,
        )
    )


def _restart(items: Sequence[_Item], style: str, title: str) -> bool:
    return any(fold(title)[:12] == fold(item.title)[:12] for item in items if item.style == style)


def _continues(line: Line, item: _Item, lines: Sequence[Line], index: int) -> bool:
    """Whether a line (number `index`) without a number is the rest of the item above it, that is a hard
    wrap in a title."""
    previous = lines[index - 1]
    if line.row != previous.row + 1 and line.row != previous.row:
        return False
    if len(item.title) + len(line.text) > _LONGEST_TITLE:
        return False
    if _TITLE_END.search(fold(item.title)) or _KIND_MARK.search(fold(item.title)):
        return bool(re.match(r"^[(（].{1,20}[)）]$", line.text))
    if re.match(r"^[(（【<〈《○◇◆●※→⇒\-—]", line.text) or line.key.endswith("。"):
        return False
    if (
        re.match(r"^\S{2,6}[:：]", line.text)
        or item.title == ""
        or _CONTAINER.match(fold(item.title))
    ):
        return False
    wide = len(fold(item.title)) >= 16 or _width(lines, index - 1) >= _LONG_ROW
    return wide and not is_procedure(item.title)


def _width(lines: Sequence[Line], index: int) -> int:
    """How long the row of a line is, in characters, up to the line's end."""
    first = index
    while first and lines[first - 1].row == lines[index].row:
        first -= 1
    return len("".join(line.key for line in lines[first : index + 1]))


_FIELD = re.compile(r"^\**(?:諮問|利用|実施|提供|担当|所管|主管)(?:機関|課|部署|部課)\**[:：]")


def _sub_line(line: Line) -> bool:
    """A line that stands under an item of an agenda without ending it: 諮問機関：…, ⇒ …, a department."""
    key = line.key
    return bool(
        key.rstrip("*").endswith(("課", "室", "局", "センター", "係"))
        or (key.startswith("(") and re.match(r"^[(（].{1,40}[)）]$", key))
        or _FIELD.match(key)
        or not key
    )


_LIST_OF_MATTERS = re.compile(
    r"^(?:諮問|報告|審議|協議|付議)(?:案件|事項|議題)?(?:の審議)?$|^諮問審議$"
)


def _matters(items: Sequence[_Item], label_above: str) -> list[Heading]:
    """The items that are matters: leaves with a title's form, not order of business."""
    found = []
    of_matters = bool(_LIST_OF_MATTERS.match(label_above))
    for item in items:
        context = "/".join([label_above if of_matters else "", *(p.title for p in item.parents)])
        beside = _result_beside(item.title, told="結果" in label_above)
        item.title = item.title[: beside.start()].rstrip() if beside else item.title
        key = fold(item.title)
        if item.container or len(key) < 4 or key.endswith("。") or is_procedure(item.title):
            continue
        # below 報告 or 諮問審議 any item is a matter; at the top its words must say so
        below = of_matters or any(_CONTAINER.match(fold(parent.title)) for parent in item.parents)
        title, start, end, label = item.title, item.start, item.end, item.label
        number_only = re.match(r"^[^「」]{2,16}案件[(（][^()（）]*号[)）]$", key)
        if number_only and item.parents:
            parent = item.parents[-1]
            label = f"{item.label}{item.title}"
            title, start, end = parent.title, parent.start, parent.end
        elif (_CONTAINER.match(key) and not re.search(r"第\d+号", key)) or not (
            looks_like_title(title) or (below and len(key) >= 6)
        ):
            continue
        inner = _LABELLED.match(title)
        if (
            inner
            and inner["rest"].strip()
            and len(fold(inner["rest"])) >= 4
            and not inner["rest"].lstrip().startswith(("の", "、", "・", "と"))
        ):
            label = inner["label"]
            start += inner.start("rest")
            title = inner["rest"]
        elif not label and item.parents:
            label = item.parents[-1].label
        if item.style == "bullet" and not inner and item.parents:
            label = next((p.label for p in reversed(item.parents) if p.style != "bullet"), "")
        kind = kind_of(key if _KIND_MARK.search(key) else "", label) or kind_of(context, key)
        if beside and fold(beside["word"]).startswith("報告"):
            kind = "report"
        if _OF_REVIEW.search(key):
            kind = "review"
        order = next((i.number for i in [item, *reversed(item.parents)] if i.number), 0)
        heading = Heading(
            item.index, fold(label), ((start, end),), title, kind, context, order=order
        )
        if beside and heading.spans == ((start, end),):
            heading = _with_result(heading, beside, item)
        found.append(heading)
    return found


# what was decided, beside the title: in brackets, or after a wide gap or an arrow
_RESULT_BESIDE = re.compile(
    r"(?P<gap>[ \u3000]*[【\[［〔(（]|[ \u3000]{2,}|[ \u3000]*[→⇒：:][ \u3000]*|…+[ \u3000]*)"
    r"(?P<word>[^【】\[\]［］〔〕()（）→⇒：:…\s]{1,10}(?:[(（][^()（）]{1,10}[)）])?)[】\]］〕)）]?[ \u3000]*$"
)
# these say no less without a heading of results; 承認 alone may say what the item is for
_SURELY_DECIDED = re.compile(
    r"原案(?:どおり|のとおり)?(?:承認|可決)|条件付き?(?:承認|可)|意見付き?(?:承認|可)|不承認|否決|可決|承認された|承認済"
)


def _result_beside(title: str, *, told: bool) -> re.Match[str] | None:
    """Where a title ends in what was decided; `told` says that the list's label names results."""
    match = _RESULT_BESIDE.search(title)
    if match is None or read_verdict_word(match["word"], labelled=True) is None:
        return None
    return match if told or _SURELY_DECIDED.fullmatch(fold(match["word"])) else None


def _with_result(heading: Heading, beside: re.Match[str], item: _Item) -> Heading:
    """The heading of an item, what was decided beside its title as its result."""
    outcome = read_verdict_word(beside["word"], labelled=True)
    assert outcome is not None
    start, end = (item.start + at for at in beside.span("word"))
    ((left, _),) = heading.spans
    return replace(
        heading, spans=((left, left + len(heading.title)),), result=(outcome, start, end)
    )


# --- labelled headings -----------------------------------------------------------------------


def labelled(lines: Sequence[Line], text: str) -> list[Heading]:
    """Headings that say what they are: 【諮問案件1】, 議題1 …, 諮問第9号, 第64号諮問事案."""
    found: list[tuple[Heading, int]] = []
    for index, line in enumerate(lines):
        if len(line.key) > 260 or len(line.text) > _LONGEST_HEADING:
            continue
        match = _LABELLED.match(line.text)
        if match is None:
            continue
        bracketed = match["open"] and match["close"]
        rest = match["rest"].strip()
        aside, office = "", None
        if re.fullmatch(r"[（(\[【][^（）()]{1,16}[）)\]】]", rest):  # 【諮問案件1】（資料6）
            aside, rest = rest, ""
            inside = line.start + match.start("rest") + 1
            if _UNIT_NAME.fullmatch(fold(aside[1:-1])):
                office = inside, inside + len(aside) - 2
        if match["open"] and not match["close"]:
            continue
        if rest and not bracketed and not (looks_like_title(rest) or match["colon"]):
            if not (line.alone and line.text[match.start("rest") - 1].isspace()):
                continue
            if re.match(r"^[のはをにがとで、。]", rest) or not line.alone:
                continue
        if rest.endswith("。") or re.match(r"^[のはをにがとで、]", rest):
            continue
        if rest:
            spans, end = _wrapped(lines, index, line.start + match.start("rest"))
        else:
            following = lines[index + 1] if index + 1 < len(lines) else None
            if following is None or (not bracketed and not looks_like_title(following.text)):
                continue
            if not bracketed and numbering(following.text):
                continue
            if read_turns(lines[index + 1 : index + 2]) or lines[index + 1].key.endswith("。"):
                continue
            spans, end = _wrapped(lines, index + 1, lines[index + 1].start)
        title = re.sub(r"\s*\n\s*", "", text[spans[0] : spans[1]])
        if is_procedure(title) or len(fold(title)) < 4 or _CONTAINER.match(fold(title)):
            continue
        label = fold(match["label"])
        suffix = fold((match["suffix"] or "") + aside)
        kind = "review" if _OF_REVIEW.search(fold(label + title)) else ""
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
    return [replace(heading, body=n not in listed) for n, (heading, _) in enumerate(found)]


def label_of(line: Line) -> str:
    """The folded label of a line that is headed by one, whatever stands after it; else empty."""
    if not line.alone or line.cell > 0:
        return ""
    match = _LABELLED.match(line.text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return ""
    rest = match["rest"].strip()
    if re.match(r"^[のはをにがとで、。]", rest):
        return ""
    apart = not rest or match["close"] or match["colon"] or looks_like_title(rest)
    if apart or line.text[match.start("rest") - 1].isspace():
        return fold(match["label"])
    return ""


def _wrapped(lines: Sequence[Line], index: int, start: int) -> tuple[tuple[int, int], int]:
    """The span of a title that begins in `lines[index]`, over the rows it is wrapped on."""
    end, last = lines[index].end, index
    while last + 1 < len(lines) and last - index < 5:
        following = lines[last + 1]
        so_far = fold(lines[last].text)
        if following.row != lines[last].row + 1 or following.key.endswith("。"):
            break
        if _TITLE_END.search(so_far) or _KIND_MARK.search(so_far) or len(so_far) < 14:
            break
        if numbering(following.text) or re.match(
            r"^[(（【<〈○◇◆●※→⇒\-—]|^\S{2,6}[:：]", following.text
        ):
            break
        last += 1
        end = following.end
    return (start, end), last


# --- the chair's announcement, and replies -----------------------------------------------------

# a matter with its number, or in quotes, and words with which a chair brings it up
_ANNOUNCED = re.compile(
    r"(?:(?P<label>(?:議事|議題|案件|審議事項|審議|次第|議案|諮問|報告|資料|[議報諮承](?=第))(?:案件|事項|番号)?(?:の)?[\s\u3000]*"
    r"第?[(（]?[0-9０-９]{1,3}[)）]?号?(?:番)?)[はの、,:：\s\u3000]*(?:に入ります。|に移ります。|です。)?"
    r"|(?P<next>(?:次に|続いて|続きまして|まず|初めに|はじめに|最初に|では|それでは|本日の(?:議題|案件)は)、?))"
    r"(?:「(?P<quoted>[^「」]{4,120}(?:「[^「」]*」[^「」]*)?)」|(?P<title>[^。、,「」]{6,120}?)(?=について|の件|を))"
    r"(?P<after>[^。]{0,40})"
)
_BRINGS_UP = re.compile(
    r"^(?:について|につきまして|に関して|の件|を|、|です|でございますが|に(?:入|移)|の審議)+[^。]{0,20}(?:審議|報告|説明|議題|事務局|実施機関|所管課|担当課|お願い|願い|に(?:入|移)|です|でございます|取り?下げ)|^です|^でございます|^を議題|^に(?:入|移)"
)


def announced(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """Matters that only the chair's words announce: 議事の(1)…について、事務局から報告してください。"""
    found = []
    for index in range(first, last):
        line = lines[index]
        for match in _ANNOUNCED.finditer(line.text, 0, _LONGEST_HEADING):
            name = "quoted" if match["quoted"] else "title"
            title = match[name].strip()
            key = fold(title)
            # a title without number and quotes must at least have the form of one
            bare = match["next"] and not match["quoted"]
            if (
                is_procedure(title)
                or len(key) < 6
                or _CONTAINER.match(key)
                or (bare and not looks_like_title(title + match["after"][:4]))
            ):
                continue
            after = match["after"]
            if not _BRINGS_UP.match(after) or _PUT_TO_VOTE.search(after):
                continue
            start = line.start + match.start(name)
            told = line.text[match.end(name) :][:60]
            kind = kind_of(title, match["label"] or "") or ("report" if "報告" in told else "")
            found.append(
                Heading(
                    index,
                    fold(match["label"] or "").replace("の", ""),
                    ((start, start + len(title)),),
                    title,
                    kind,
                    body=True,
                )
            )
    return found


_PUT_TO_VOTE = re.compile(r"承認|可決|異議|賛成|決定|継続|採決")


# a sentence that brings up another matter after others on its line
_NEXT_MATTER = re.compile(
    r"。(?=[ \t\u3000]*(?:(?:それでは|では|次に|次は|続いて|続きまして|引き続き)、?)?"
    r"(?:(?:議題|議事|案件|議案|諮問|報告|資料|審議事項|議|報|諮)(?:案件|事項|番号)?の?第?[ \u3000]*[(（]?[0-9０-９]{1,3}[)）]?号?|[(（][0-9０-９]{1,2}[)）])"
    r"[^。]{0,160}?(?:議題と|に(?:移|入)|説明|お願い|願い|を審議|報告|ございます|取り?下げ))"
)


_NEXT_ITEM = re.compile(
    r"(?<=[ \t\u3000])(?=(?:[0-9０-９]{1,2}[.．、]|[(（][0-9０-９]{1,2}[)）]|[①-⑳])[ \u3000]*[^\s0-9０-９(（)）.．、])"
)


_LONG_ROW = 26  # characters: a row so long may be wrapped


def parted(lines: Sequence[Line]) -> list[Line]:
    """The lines; an agenda that stands in one row (次第 １．開会　２．議事) is cut into its items, and those
    on which a chair ends one matter and brings up the next are cut between the two."""
    found: list[Line] = []
    number_ = 0  # of the last item of an agenda that stands in one row, which may be wrapped
    for line in lines:
        items = list(_items_beside(line)) or (list(_items_on(line, number_)) if number_ else [])
        if items:
            found += items
            number_ = _number_of(items[-1])
            continue
        if number_ and (line.row > found[-1].row + 2 or len(line.key) < _LONG_ROW):
            number_ = 0
        if "。" not in line.text or len(line.text) > _LONGEST_HEADING:
            found.append(line)
            continue
        at = 0
        for gap in _NEXT_MATTER.finditer(line.text):
            found.append(_cut(line, at, gap.end()))
            at = gap.end()
        found.append(_cut(line, at, len(line.text)) if at else line)
    return found


def _items_beside(line: Line) -> Iterator[Line]:
    """The items of a list that stands in the row of its label, if the line is one of two at least."""
    if len(line.text) > _LONGEST_HEADING or line.text.endswith("。"):
        return
    beside = _BESIDE_LABEL.match(line.text)
    if beside is None or not _AGENDA_LABEL.match(fold(beside["label"] or beside["bracketed"])):
        return
    if not numbering(line.text[beside.end() :]):
        return
    marks = list(_NEXT_ITEM.finditer(line.text, beside.end()))
    if marks or len(line.key) >= _LONG_ROW:
        yield from _cut_at(line, [mark.start() for mark in marks if mark.start() > beside.end()])


def _items_on(line: Line, before: int) -> Iterator[Line]:
    """The items on a row that goes on with an agenda in one row, whose last item has the number `before`."""
    marks: list[int] = []
    for at in (0, *(mark.start() for mark in _NEXT_ITEM.finditer(line.text))):
        written = numbering(line.text[at:])
        if written and written[1] == before + len(marks) + 1:
            marks.append(at)
    if marks:
        yield from _cut_at(line, marks[1:] if marks[0] == 0 else marks)


def _cut_at(line: Line, places: Sequence[int]) -> Iterator[Line]:
    for start, end in pairwise([0, *places, len(line.text)]):
        yield _cut(line, start, end)


def _number_of(item: Line) -> int:
    """The number of an item, behind its label if it is the first."""
    beside = _BESIDE_LABEL.match(item.text)
    mark = numbering(item.text[beside.end() :] if beside else item.text)
    return mark[1] if mark else 0


def _cut(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip(" \t\u3000")
    start += line.start + len(text) - len(text := text.lstrip(" \t\u3000"))
    return replace(line, start=start, end=start + len(text), text=text, key=fold(text))


_TURN_TO = re.compile(
    r"(?P<word>議事|議題|次第|案件|審議事項|審議|議案|諮問|報告|協議|[議報諮承](?=第))(?:案件|事項)?(?:の)?[\s\u3000]*"
    r"第?[(（]?(?P<n>[0-9０-９]{1,3}|[①-⑳])[)）]?[\s\u3000]*号?(?:番)?(?:の(?:審議"
    r"|説明))?(?:に(?:入|移)|、|,|です|でございます|を(?:議題|審議|お願|御審議|上程)|について|につきまして|[\s\u3000]*[「『])"
)


def turned_to(line: Line, following: Line | None = None) -> tuple[str, str] | None:
    """The word and the number of the item that the chair turns to in this line, if any: (議題, 2).

    What a hard wrap parts from it stands in the `following` line.
    """
    text = line.text[-_LONGEST_HEADING:]
    whole = text
    if following is not None and following.row == line.row + 1 and not text.endswith("。"):
        whole += following.text[:20]
    found = [match for match in _TURN_TO.finditer(whole) if match.start() < len(text)]
    return (found[-1]["word"], fold(found[-1]["n"])) if found else None


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
            span, _ = _wrapped(lines, index, line.start + match.start("title"))
        elif _REPLY_LABEL.fullmatch(_bare(line)) and looks_like_title(lines[index + 1].text):
            at = index + 1
            span, _ = _wrapped(lines, at, lines[at].start)
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


# --- case sheets -----------------------------------------------------------------------------

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


# --- forms -------------------------------------------------------------------------------------

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
        if line.cell == 0 and following.row == line.row and _FORM_LABEL.fullmatch(_bare(line))
    ]
    for index, stop in pairwise([*rows, len(lines)]):
        cell = lines[index + 1]
        if len(cell.key) < 6 or is_procedure(cell.text) or numbering(cell.text):
            continue
        told = any(
            line.cell == 0 and _FORM_END.fullmatch(_bare(line))
            for line in lines[index + 2 : min(stop, index + _LONGEST_FORM)]
        )
        if not told:
            continue
        first, label = index, ""
        if (
            index >= 2
            and lines[index - 2].cell == 0
            and _FORM_NUMBER.fullmatch(_bare(lines[index - 2]))
        ):
            first, label = index - 2, lines[index - 1].key
        kind = kind_of(label, cell.text[-8:], lines[index].text)
        found.append(Heading(first, label, ((cell.start, cell.end),), cell.text, kind, body=True))
    return found


# --- yearly reports --------------------------------------------------------------------------

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
            if found and not keys[0] and keys[matter] and len(found[-1].title) <= _LONGEST_TITLE:
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
            and not _CONTAINER.match(fold(stripped))
            and not is_procedure(stripped)
        ):
            found.append((left, left + len(stripped)))
    return found
