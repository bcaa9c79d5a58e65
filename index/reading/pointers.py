"""Where the words of a case point to an earlier one (前回継続とした…の件), or name an inquiry's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.cases import Case, Pointer
from index.japanese import dates, fiscal_years, fold, number, western_year

_MOST_POINTERS = 12  # of each case
_ERA = r"明治|大正|昭和|平成|令和|令|平|[RHSrhsＲＨＳ]"
_INQUIRY = re.compile(
    rf"(?:(?:(?P<era>{_ERA})\s*(?P<year>[0-9０-９]{{1,2}}|元)\s*年?度?\s*)?"
    r"(?P<of>諮問|答申)(?P<form>(?:受理)?(?:[(（][^()（）\s]{1,4}[)）])?)\s*第\s*(?P<n>[0-9０-９]{1,4})\s*号)"
    rf"|(?:第\s*(?P<before>[0-9０-９]{{1,4}})\s*号\s*(?P<kind>諮問|答申))"
    rf"|(?:(?P<plain>諮問)\s*(?P<letter>{_ERA})\s*(?P<short>[0-9０-９]{{1,2}})\s*[-－‐―]\s*(?P<last>[0-9０-９]{{1,4}}))"
)
_BACK = re.compile(
    r"(?:(?P<earlier>以前|先に|既に|すでに|かつて|過去に)|(?P<last>前回|前々回)"
    r"|(?P<when>(?:令和|平成)\s*[0-9０-９元]{1,2}\s*年(?:度|\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日)"
    r"|昨年度?))(?P<sitting>[^。]{0,24}?)"
    r"(?:承認|了承|諮問|答申|審議|審査|継続|報告|認め|意見を付|条件を付)[^。、]{0,8}?"
    r"(?:した|して|され|を得|を受け|を経|いただ|となっ|られ)"
)
_SITTING = re.compile(r"第\s*([0-9０-９]{1,3})\s*回")
_NAMED = re.compile(r"[「『](?P<quoted>[^「」『』]{3,80})[」』]")
_NOT_A_NAME = re.compile(
    r"^(?:承認|された|した|ください|いる|案件|もの|こと|の|を|は|が|に|て|、|ている)+"
)


class Inquiry(NamedTuple):
    """The number by which a matter goes: what is numbered and in which form (諮問, 答申, 諮問(個)), the
    number, and the western year it is counted in, where that is told."""

    name: str
    number: int | None
    year: int | None


def inquiries(words: str) -> Iterator[Inquiry]:
    """The numbers of inquiries and replies in a label or a title."""
    for match in _INQUIRY.finditer(words):
        found = _inquiry(match)
        if found.number is not None:
            yield found


def read_pointers(text: str, case: Case) -> tuple[Pointer, ...]:
    """Where the case's own words point to an earlier case, or name an inquiry's number."""
    found: dict[tuple[int, int], Pointer] = {}
    for start, end in case.spans:
        for match in _BACK.finditer(text, start, end):
            pointer = _back(text, match, end)
            if pointer is not None:
                found.setdefault(pointer.span, pointer)
        for match in _INQUIRY.finditer(text, start, end):
            told = _inquiry(match)
            pointer = Pointer(match.span(), told.year, number=told.number, words=told.name)
            found.setdefault(pointer.span, pointer)
            if len(found) >= _MOST_POINTERS:
                return tuple(found.values())
    return tuple(found.values())


def _back(text: str, match: re.Match[str], end: int) -> Pointer | None:
    sentence = text[match.start() : min(end, match.end() + 80)].split("。")[0]
    said = text[match.start() : match.end()]
    quoted = _NAMED.search(sentence)
    words = fold(quoted["quoted"] if quoted else sentence[match.end() - match.start() :])
    if not quoted:
        words = re.split(r"の案件|の件|について|に関|に係る|、|\(", _NOT_A_NAME.sub("", words))[0]
    year = next((fiscal.year for _, _, fiscal in fiscal_years(said) if fiscal), None)
    day = next((written.day for written in dates(said) if written.day), None)
    sitting = _SITTING.search(match["sitting"] or "")
    ordinal = number(fold(sitting[1])) if sitting else None
    if len(words) < 4 and day is None and not match["last"]:
        return None
    return Pointer(
        (match.start(), match.start() + len(sentence.rstrip())),
        year,
        ordinal=ordinal,
        day=day,
        words=words,
        quoted=bool(quoted),
        last=bool(match["last"]),
    )


def _inquiry(match: re.Match[str]) -> Inquiry:
    of = match["of"] or match["kind"] or match["plain"]
    n = number(fold(match["n"] or match["before"] or match["last"]))
    era, written = match["era"] or match["letter"], match["year"] or match["short"]
    year = None
    if era and written:
        name = {"令": "令和", "平": "平成", "r": "令和", "h": "平成", "s": "昭和"}.get(
            fold(era), era
        )
        counted = 1 if written == "元" else number(fold(written))
        year = western_year(name, counted) if counted else None
    return Inquiry(of + fold(match["form"] or ""), n, year)
