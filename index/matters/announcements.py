"""Lines -> what the chair's words bring up: matters that nothing else names, and the items turned to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from index.grammar.verdicts import read_verdict
from index.headings import Heading
from index.japanese import fold, number
from index.text.case_numbers import CASE_NUMBER
from index.text.lines import Line
from index.text.sentences import sentences
from index.text.titles import CONTAINER, LONGEST_HEADING, is_procedure, kind_of, looks_like_title

# a matter with its number, or in quotes, and words with which a chair brings it up
_NUMBERED = (
    r"(?:議事|議題|案件|審議事項|審議|次第|議案|諮問|報告|資料|[議報諮承](?=第))(?:案件|事項|番号)?(?:の)?[\s\u3000]*"
    r"第?[(（]?[0-9０-９]{1,3}[)）]?号?(?:番)?"
)
_ANNOUNCED = re.compile(
    rf"(?:(?P<label>{_NUMBERED})[はの、,:：\s\u3000]*(?:に入ります。|に移ります。|です。)?"
    r"|(?P<quote>(?=「[^「」]{4,120}(?:について|の件)」、?[^。、「」]{1,20}(?:から|より|に)[^。、「」]{0,12}(?:説明|報告|お願い|願い)))"
    r"|(?P<next>(?:次に|続いて|続きまして|まず|初めに|はじめに|最初に|最後に|では|それでは"
    r"|(?:本日|今回|最初|次|最後|[一二三四五1-5](?:つ|件)目)の(?:議題|案件|議案|諮問|審議|件)(?:案件|事項)?は)、?(?:(?:審議|報告|協議|諮問|付議)(?:事項|案件)?の?(?:[一二三四五六1-9](?:番目|つ目|件目)の?)?、?)?)"
    rf"(?!{_NUMBERED}))"
    r"(?:「(?P<quoted>[^「」]{4,120}(?:「[^「」]*」[^「」]*)?)」|(?P<title>[^。、,「」]{6,120}?)(?=について|の件|を))"
    r"(?P<after>[^。]{0,40})"
)
_BRINGS_UP = re.compile(
    r"^(?:について|につきまして|に関して|の件|を|、|です|でございますが|に(?:入|移)|の審議)+[^。]{0,20}(?:審議|報告|説明|議題|事務局|実施機関|所管課|担当課|お願い|願い|に(?:入|移)|です|でございます|取り?下げ)|^です|^でございます|^を議題|^に(?:入|移)"
)


# 「…について」。道路課、お願いします。
_CALLS_UPON = re.compile(
    r"」。(?:それでは、?)?[^。、「」]{1,20}[、から]{0,3}[^。、「」]{0,10}お?願い(?:いた)?します。"
)


def announced(lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """Matters that only the chair's words announce: 議事の(1)…について、事務局から報告してください。"""
    found = []
    for index in range(first, last):
        line = lines[index]
        for match in _ANNOUNCED.finditer(line.text, 0, LONGEST_HEADING):
            name = "quoted" if match["quoted"] else "title"
            title = match[name].strip()
            key = fold(title)
            # a title without number and quotes must at least have the form of one
            bare = match["next"] and not match["quoted"]
            if (
                is_procedure(title)
                or len(key) < 6
                or CONTAINER.match(key)
                or (bare and not looks_like_title(title + match["after"][:4]))
            ):
                continue
            after = match["after"]
            called = bool(match["quoted"]) and _CALLS_UPON.match(line.text, match.end(name))
            if not (called or _BRINGS_UP.match(after)) or _PUT_TO_VOTE.search(after):
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


# a sentence that names a matter in quotes and says what was decided on it
_NARRATED = re.compile(
    r"「(?P<title>[^「」]{6,120}(?:「[^「」]*」[^「」]*)?)」(?:の(?:件|諮問|案件))?(?:については|につきましては|に関しては|について、|は、)、?(?P<rest>[^。]{4,400}。)"
)


def narrated(text: str, lines: Sequence[Line], first: int, last: int) -> list[Heading]:
    """Matters that are named only in the sentences that tell what was decided on them: 「…」については、承認された。"""
    found = []
    begin, end = (lines[first].start, lines[last - 1].end) if first < last else (0, 0)
    for match in _NARRATED.finditer(text, begin, end):
        rest = match["rest"]
        verdict = read_verdict(rest, labelled=True)
        if verdict is None or is_procedure(match["title"]):
            continue
        index = bisect_right(lines, match.start("title"), key=lambda line: line.start) - 1
        start = match.start("rest")
        conditions = [(start + a, start + b) for a, b in verdict.conditions]
        found.append(
            Heading(
                index, "", (match.span("title"),), match["title"], kind_of(match["title"]),
                row=match.span(), result=(verdict.outcome, *match.span("rest")),
                conditions=(conditions[0][0], conditions[-1][1]) if conditions else None,
            )
        )  # fmt: skip
    return found


_PUT_TO_VOTE = re.compile(r"承認|可決|異議|賛成|決定|継続|採決|適当|妥当|認め|了承|保留|可と|否")
_TURN_TO = re.compile(
    r"(?:(?P<word>議事|議題|次第|日程|案件|審議事項|審議|議案|諮問|報告|協議|[議報諮承](?=第))(?:案件|事項)?(?:の)?[\s\u3000]*"
    r"第?[(（]?(?P<n>[0-9０-９]{1,4}|[①-⑳]|(?<=第)[一二三四五六七八九十]{1,3}(?=号)|(?<=日程第)[一二三四五六七八九十]{1,3})[)）]?[\s\u3000]*号?(?:番目?|つ目|件目)?"
    r"|(?P<k>[0-9０-９一二三四五六])(?:番目|つ目|件目)の(?P<kind>議題|議事|案件|諮問|議案|報告)は?|第(?P<m>[0-9０-９]{1,4}|[一二三四五六七八九十]{1,3})号(?P<after>議案|諮問|議題|案件|報告|事案)|[(（](?P<item>[0-9０-９]{1,2})[)）](?=に(?:入|移)))(?:の(?:審議"
    r"|説明))?(?:に(?:入|移)|、|,|。(?=$|お願い|どうぞ)|です|でございます|を(?:議題|審議|お願|御審議|上程)|について|につきまして|[\s\u3000]*[「『])"
)


# a number right behind the end of a word that _TURN_TO knows, or in brackets
_HAS_NUMBER = re.compile(
    r"[番つ件事題程項議案問告の報諮承第(（](?:目|[\s\u3000]*第?[(（]?[0-9０-９①-⑳一二三四五六七八九十])"
)


def turned_to(line: Line, following: Line | None = None) -> tuple[str, str] | None:
    """The word and the number of the item that the chair turns to in this line, if any: (議題, 2).

    What a hard wrap parts from it stands in the `following` line.
    """
    return next(iter(all_turned_to(line, following)), None)


def all_turned_to(line: Line, following: Line | None = None) -> list[tuple[str, str]]:
    """The same by all its names, the last first: 案件の1番、諮問第33号について."""
    text = line.text[-LONGEST_HEADING:]
    whole = text
    if following is not None and following.row == line.row + 1 and not text.endswith("。"):
        whole += following.text[:20]
    if not _HAS_NUMBER.search(whole):  # as most speech has none
        return []
    found = [match for match in _TURN_TO.finditer(whole) if match.start() < len(text)]
    return [
        (
            m["word"] or m["after"] or m["kind"] or "議題",
            str(number(m["n"] or m["m"] or m["item"] or m["k"]) or 0),
        )
        for m in reversed(found)
    ]


def decides(line: Line) -> bool:
    """Whether what is said of an item in this line is what was decided on it, or is put to the members:
    案件1については、適当と認める。"""
    if not _PUT_TO_VOTE.search(line.key):
        return False
    for start, end in sentences(line.text, 0, len(line.text)):
        said = line.text[start:end]
        if CASE_NUMBER.search(said) and (_VOTED.search(fold(said)) or read_verdict(said)):
            return True
    return False


_VOTED = re.compile(
    r"(?:承認|了承|可決|適当|妥当|認め|可と|継続|保留|否)[^。]{0,24}(?:よろしい|異議|いかが)[^。]{0,12}(?:か|ね)。?$"
)
