"""Lines -> the matters of numbered lists: those of the agenda, and of the minutes' own headings.

What was decided may stand beside an item's title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.grammar.verdict_words import read_verdict_word
from index.grammar.verdicts import Outcome, read_verdict
from index.headings import LABELLED, Heading, names_offices, unbracketed, wrapped
from index.japanese import fold
from index.matters.lists import Item, bare_key, only_label, read_list, starts_list
from index.text.case_numbers import ONLY_LABEL
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.titles import (
    CONTAINER,
    KIND_MARK,
    LONGEST_TITLE,
    OF_REVIEW,
    is_procedure,
    kind_of,
    looks_like_title,
    names_an_action,
)

AGENDA_LABEL = re.compile(
    r"^(?:会議|審議)?の?(?:議題|議事|案件|次第|会議次第|議事次第|議事日程|会議日程|審議事項|報告事項|諮問事項"
    r"|付議事項|協議事項|審議案件|諮問案件|付議案件|報告案件|諮問案件の審議|諮問審議|報告"
    r"|審議|諮問|議案|会議事項|会議内容|(?:議題|議事|議案|案件|諮問事項|審議事項|審議案件)(?:及び|と|・).*|審議内容|議事内容|会議の議題"
    r"|会議に付した(?:事件|案件|議題)|諮問の内容|議件|審議議題|会議案件|本日の議題|事件名?|件名|案件名|議題名"
    r"|審査(?:案件|事項|事件)|記)(?:等|について|一覧|の一覧)?(?:\((?:諮問|審議|報告|協議|付議)(?:案件|事項|議題)?\))?$"
)
# what heads the minutes themselves: where there is no agenda, the list of matters
_BODY_LABEL = re.compile(
    r"^(?:議事|審議|会議|審査)(?:の)?(?:概要|要旨|内容|経過|録|結果|記録)(?:の?(?:概要|一覧))?(?:\([^()]*\))?$|^(?:審議|会議)(?:\(会議\)|\(審議\))?経過$"
)


def agenda(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """The matters of numbered lists in `lines[first:last]`: of the agenda, and of the body after it."""
    return _lists(lines, first, last, AGENDA_LABEL)


def outline(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """The matters among the numbered headings of the minutes themselves, for where no agenda names them."""
    return _lists(lines, first, last, _BODY_LABEL)


def _lists(lines: Sequence[Line], first: int, last: int, label: re.Pattern[str]) -> list[Heading]:
    found: list[Heading] = []
    index = first
    while index < last:
        if starts_list(lines, index, label) and _of_matters(lines, index):
            items, after = read_list(lines, index, last, label)
            found += _matters(items, bare_key(lines[index]))
            index = max(after, index + 1)
        else:
            only = _only_item(lines, index, label)
            found += [only] if only else []
            index += 1
    return found


def unlabelled(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """The matters of a numbered list that no label heads, for where nothing else names any: each of its
    titles must look like one."""
    for index in range(first, last):
        line = lines[index]
        mark = numbering(line.text) if line.cell == 0 and len(line.text) <= LONGEST_TITLE else None
        if mark is None or mark[1] != 1 or mark[0] == "bullet":
            continue
        if any(_OF_PAPERS.fullmatch(above.key) for above in lines[max(first, index - 3) : index]):
            continue
        items, _ = read_list(lines, index, last, _NO_LABEL)
        found = _matters([item for item in items if _surely_titled(item.title)], "")
        if found:
            return found
    return []


_OF_PAPERS = re.compile(
    r"(?:配[布付]|会議|当日|提出)?資料(?:一覧)?|(?:当日)?(?:机上)?配[布付](?:資料)?"
)
_NO_LABEL = re.compile(r"(?!)")


def _surely_titled(title: str) -> bool:
    """Whether the words of an item are a title, with its label behind it or without."""
    return looks_like_title(title) or bool(_LABEL_BEHIND.search(title))


def _of_matters(lines: Sequence[Line], index: int) -> bool:
    """Whether a list is one of matters: below 記 a letter tells of one, unless its items have labels of cases."""
    if lines[index].key != "記":
        return True
    first = lines[index + 1].text if index + 1 < len(lines) else ""
    mark = numbering(first)
    return bool(mark and LABELLED.match(first[mark[2] :]))


_ONLY_ITEM = re.compile(
    r"^[◇◆○●◎■□▽▼△▲・※【〔\[\s]*(?:[(（]?[0-9０-９]{1,2}[)）.．、\s][ \t\u3000]*)?(?P<label>[^\s:：】〕\]](?:[ \u3000]?[^\s:：】〕\]]){1,7})"
    r"(?:[】〕\]][ \t\u3000]*|[ \t\u3000]*[:：][ \t\u3000]*|[ \t\u3000]+)(?P<title>\S.{5,})$"
)


# 一部非公開 7 …について: of a sitting partly closed the form names the matter that was heard without public
_CLOSED = re.compile(
    r"(?:^|[\s|:：(（])(?:一部)?非公開[\s:：|]+(?:議題|案件)?(?P<n>[0-9０-９]{1,2})[\s.．、]+(?P<title>[^\s|][^|]{5,200})$"
)


def closed(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """The matters that a sitting's form names as heard in private, for where nothing else names any."""
    found = []
    for index in range(first, last):
        match = _CLOSED.search(lines[index].text) if "非公開" in lines[index].key else None
        if match is None or not looks_like_title(match["title"]):
            continue
        start = lines[index].start + match.start("title")
        title = match["title"].rstrip()
        span = (start, start + len(title))
        number_ = fold(match["n"])
        found.append(Heading(index, number_, (span,), title, kind_of(title), order=int(number_)))
    return found


def _only_item(lines: Sequence[Line], index: int, label: re.Pattern[str]) -> Heading | None:
    """The one matter of an agenda, which stands beside its label without a number (議題　…について)."""
    line = lines[index]
    if line.cell > 0 or len(line.text) > LONGEST_TITLE or line.key.endswith("。"):
        return None
    match = _ONLY_ITEM.match(line.text)
    # the label, whose letters may be set apart, or several (議題 審議事項 「…について」)
    words = [match["label"], *match["label"].split()] if match else []
    told = [bool(label.match(fold(word))) for word in words]
    if match and (told[0] or all(told[1:])):
        (start, end), _ = wrapped(lines, index, line.start + match.start("title"))
        title = match["title"]
    elif (
        index + 1 < len(lines) and lines[index + 1].row == line.row and label.match(bare_key(line))
    ):
        cell = lines[index + 1]  # in the next cell of a table
        start, end, title = cell.start, cell.end, cell.text
    else:
        return None
    titled = looks_like_title(title) or names_an_action(title)
    if (
        not titled
        or title[0] == "※"
        or numbering(title)
        or is_procedure(title)
        or CONTAINER.match(fold(title))
    ):
        return None
    kind = kind_of(title, line.text[:12])
    return Heading(index, "", ((start, end),), title, kind)


_LIST_OF_MATTERS = re.compile(
    r"^(?:諮問|報告|審議|協議|付議)(?:案件|事項|議題)?(?:の審議)?$|^諮問審議$"
)


_OF_MATTERS_ONLY = re.compile(
    r"(?:本日の|会議の)?(?:議題|案件|議案|議件|(?:諮問|審議|付議|協議|報告|審査|会議)(?:案件|事項|議題))(?:名|等)?$"
)


def _matters(items: Sequence[Item], label_above: str) -> list[Heading]:
    """The items that are matters: leaves with a title's form, not order of business."""
    found = []
    of_matters = bool(_LIST_OF_MATTERS.match(label_above))
    # where an item says that it holds the matters (諮問案件の審議), those beside it are none for their form alone
    held = any(CONTAINER.match(fold(item.title)) for item in items)
    # in a list of matters (議題, not 次第) whose items mostly have the form of titles, the others are titles too
    leaves = [item for item in items if not item.container and not is_procedure(item.title)]
    titled = [
        item for item in leaves if looks_like_title(item.title) or names_an_action(item.title)
    ]
    alike = not held and bool(_OF_MATTERS_ONLY.match(label_above)) and 2 * len(titled) > len(leaves)
    for item in items:
        named = of_matters or "結果" in label_above
        context = "/".join([label_above if named else "", *(p.title for p in item.parents)])
        beside = _result_beside(item.title, told="結果" in label_above)
        behind = beside or _LEADS_TO.search(item.title)
        if behind:
            whole, item.title = item.title, item.title[: behind.start()].rstrip()
            item.end -= 0 if beside else len(whole) - len(item.title)
        told = _LABEL_BEHIND.search(item.title)
        if told:
            item.end -= len(item.title) - told.start()
            item.title = item.title[: told.start()]
        key = fold(item.title)
        if item.container or len(key) < 4 or key.endswith("。") or is_procedure(item.title):
            continue
        if _row_of_table(item.title) or _OTHERS.match(item.title):
            continue
        # below 報告 or 諮問審議 any item is a matter; at the top its words must say so
        below = of_matters or any(CONTAINER.match(fold(parent.title)) for parent in item.parents)
        title, start, end, label = item.title, item.start, item.end, item.label
        office = None
        number_only = re.match(r"^[^「」]{2,16}案件[(（][^()（）]*号[)）]$", key)
        if number_only and item.parents:
            parent = item.parents[-1]
            label = f"{item.label}{item.title}"
            title, start, end = parent.title, parent.start, parent.end
        elif (CONTAINER.match(key) and not re.search(r"第\d+号", key)) or not (
            looks_like_title(title)
            or (not held and names_an_action(title))
            or ((below or alike) and len(key) >= 6)
        ):
            continue
        inner = LABELLED.match(title)
        if inner and _enclosed_offices(inner["rest"]):
            end = start + len(title[: inner.start("rest")].rstrip())
            office = start + inner.start("rest") + 1, start + inner.end("rest") - 1
            title = label = title[: end - start]  # 諮問第50号（広報課）
        elif (
            inner
            and inner["rest"].strip()
            and len(fold(inner["rest"])) >= 4
            and not re.match(r"[のにをはがでへ、・と]|及び", inner["rest"].lstrip())
        ):
            label = inner["label"]
            left, right = unbracketed(title, inner.start("rest"), len(title))
            start, end = start + left, end - (len(title) - right)
            title = title[left:right]
        elif not label and item.parents:
            label = item.parents[-1].label
        if item.parents and (above := only_label(fold(item.parents[-1].title))) and not inner:
            label = above
        elif item.style == "bullet" and not inner and item.parents:
            label = next((_label_of(p) for p in reversed(item.parents) if p.style != "bullet"), "")
        kind = kind_of(key if KIND_MARK.search(key) else "", label) or kind_of(context, key)
        if beside and fold(beside["word"]).startswith("報告"):
            kind = "report"
        if OF_REVIEW.search(key) or (office and OF_REVIEW.search(fold(context))):
            kind = "review"
        if told:
            label = told["label"] if re.search(r"[0-9０-９]", told["label"]) else label
            kind = (
                kind_of(key) if kind_of(key) == "review" else kind_of(fold(told["label"])) or kind
            )
            if told["office"]:
                at = item.start + told.start("office")
                office = at + 1, at + len(told["office"]) - 1
        order = next((i.number for i in [item, *reversed(item.parents)] if i.number), 0)
        heading = Heading(
            item.index,
            fold(label),
            ((start, end),),
            title,
            kind,
            context,
            order=order,
            office=office,
        )
        if beside and heading.spans == ((start, end),):
            heading = _with_result(heading, beside, item)
        found.append(heading)
    return found


def _enclosed_offices(behind: str) -> bool:
    """Whether what stands behind a label is offices in brackets."""
    key = fold(behind)
    return bool(re.fullmatch(r"\([^()]+\)", key)) and names_offices(key[1:-1])


def _label_of(parent: Item) -> str:
    """What the items below one go by: its title where that is only a case's label (ア 諮問第52号)."""
    return parent.title if ONLY_LABEL.fullmatch(fold(parent.title)) else parent.label


_OTHERS = re.compile(r"その他[ \t\u3000]")  # and what a record without line ends has behind it
_GAPS = re.compile(r"[ \u3000]{2,}|\t")


def _row_of_table(title: str) -> bool:
    """Whether what stands behind a number is a row of a table: several cells, the first no title."""
    cells = [cell for cell in _GAPS.split(title) if cell]
    named = cells and (looks_like_title(cells[0]) or names_an_action(cells[0]))
    return len(cells) > 2 and not named


# dots, or a gap, that lead from a title to the papers or the page
_LEADS_TO = re.compile(
    r"(?:[ \u3000]*(?:[…‥・･.．]{3,}|[…‥―─－-]{2,})[ \u3000]*|[ \u3000]{2,})[(（【]?(?:(?:参考|別添)?資料|別紙|別添|P\.?|p\.?|[0-9０-９]{1,3}(?=[ \u3000]*(?:頁|ページ)?$))[^。、]{0,16}$"
)
# a matter's label behind its title: …について（防災課）〔諮問第1号〕, …について【諮問301】（防災課）
_LABEL_BEHIND = re.compile(
    r"[ \t\u3000]*[〔【\[](?P<label>(?:諮問|報告|議案|協議|審議)(?:第?[ \u3000]*[0-9０-９]{1,4}[ \u3000]*号?)?(?:[(（][^()（）]{1,6}[)）])?)[〕】\]]"
    r"[ \t\u3000]*(?P<office>[(（][^()（）]{2,20}(?:課|室|係|局|部|センター|所|館|委員会)[)）])?[ \t\u3000]*$"
)
# what was decided, beside the title: in brackets, or after a wide gap or an arrow
_RESULT_BESIDE = re.compile(
    r"(?P<gap>[ \u3000]*[【\[［〔(（]|[ \u3000]{2,}|[ \u3000]*[→⇒：:][ \u3000]*|[ \u3000]*[…‥・･.．]{2,}[ \u3000]*)"
    r"(?P<word>[^【】\[\]［］〔〕()（）→⇒：:…‥・･\s]{1,24}(?:[(（][^()（）]{1,10}[)）])?)[】\]］〕)）]?[ \u3000]*$"
)
# these say no less without a heading of results; 承認 alone may say what the item is for
_SURELY_DECIDED = re.compile(
    r"原案(?:どおり|のとおり)?(?:承認|可決)|条件付き?(?:承認|可)|意見付き?(?:承認|可)|不承認|否決|可決|承認された|承認済"
)


def _result_beside(title: str, *, told: bool) -> re.Match[str] | None:
    """Where a title ends in what was decided; `told` says that the list's label names results."""
    match = _RESULT_BESIDE.search(title)
    if match is None or _outcome_of(match["word"]) is None:
        return None
    return match if told or _SURELY_DECIDED.fullmatch(fold(match["word"])) else None


def _outcome_of(word: str) -> Outcome | None:
    """What is decided in the words beside a title."""
    outcome = read_verdict_word(word, labelled=True)
    verdict = read_verdict(word, labelled=True) if outcome is None else None
    return verdict.outcome if verdict else outcome


def _with_result(heading: Heading, beside: re.Match[str], item: Item) -> Heading:
    """The heading of an item, what was decided beside its title as its result."""
    outcome = _outcome_of(beside["word"])
    assert outcome is not None
    start, end = (item.start + at for at in beside.span("word"))
    ((left, _),) = heading.spans
    return replace(
        heading, spans=((left, left + len(heading.title)),), result=(outcome, start, end)
    )
