"""A record's text -> whose record it is: the municipality, by the nationwide list, and the body.

`index/data/municipalities.txt` has every prefecture, city, ward, town and village of Japan. A town that
is not on it is known by its form (before 長, 個人情報 …); so are unions of municipalities (広域連合,
一部事務組合), whose names are not listed anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from index.japanese import municipalities
from index.text.lines import Line

BODY = r"(?:審議会|審査会|協議会|委員会|懇話会|懇談会|部会)"
_PLACE_END = re.compile(
    r"[市区町村県都府道](?P<strong>長|個人情報|情報公開|情報保護|公文書|教育委員会|議会|立|条例"
    r"|行政不服|特定個人|役所|役場)?"
)
_UNION = re.compile(
    r"(?P<name>[一-龠々ァ-ヶー・]{2,30}?(?:広域連合|事務組合|企業団|(?:広域|衛生|消防|環境|病院|清掃|水道|行政|振興)組合))"
    rf"(?=(?:情報|個人|公文書|行政不服|議会|特定)[^\s、。]{{0,24}}{BODY})"
)
_ENOUGH_PLACES = 50_000
_HEAD = 13  # lines
_LONGEST_HEADER_LINE = 400
_DECIDES = 100_000  # more than all the places that are looked at
_NAME_TAIL = re.compile(r"[々ヶケノツ一-龠]{1,5}$")
_NOT_OF_THE_NAME = re.compile(
    r"^(?:.*(?:年度|開催|主催|[0-9〇一二三四五六七八九十][回期号])|(?:回|同|本|当|各|他|前|現|元|度|期|旧|町内|市内|新|年)+(?=..))"
)
# words of several municipalities, and of none
_NO_PLACE = re.compile(
    r"市区|区市|市町|町村|都道|道府|府県|県市|^(?:各|他|同|本|当|貴|両|全|近隣|隣接|指定|中核|政令|大都|都)"
    r"|(?:指定都|中核|政令|都|近隣|他|各|両|隣)市$|特別区|事業区|地区$|行政区|学区|校区|事務局"
)


def read_municipality(text: str, lines: Sequence[Line]) -> tuple[str | None, str, str]:
    """The municipality whose record this is; a doubt to show; the misread name it is about.

    The one named most, names in the header, and before 長・個人情報…, weighing most; a name in the
    line that names the council decides. A name that no list knows and that differs in one character
    from one that the record names too is that one, misread; so is a name that is another with a
    character dropped. None, with a doubt, where two are named alike.
    """
    head = lines[:_HEAD]
    union = next(
        (m["name"] for line in head if (m := _UNION.search(line.key, 0, _LONGEST_HEADER_LINE))),
        None,
    )
    if union:
        return re.sub(_NOT_OF_THE_NAME, "", union), "", ""
    votes, counts, told = _votes(text, head)
    if not votes:
        return None, "", ""
    known = municipalities()
    best = max(votes, key=lambda name: (votes[name], name in known))
    misread = {o for o in votes if o != best and o not in known and _one_character_apart(o, best)}
    if best not in known:
        rivals = [o for o in votes if o in known and _one_character_apart(o, best)]
        right = max(rivals, key=lambda name: counts[name], default=best)
        # a name on no list may be right all the same: it is misread where the right one stands at
        # least as often, or where it is spelt in several ways
        if counts[right] >= max(1, counts[best]) or any(
            _one_character_apart(o, right) for o in misread
        ):
            misread = {o for o in {*misread, best} if _one_character_apart(o, right)} or misread
            best = right
    fuller = [o for o in votes if len(o) == len(best) + 1 and _one_character_dropped(best, o)]
    if fuller:
        misread.add(best)
        best = fuller[0]
    if misread:
        names = "」「".join(sorted(misread))
        return best, f"自治体名は「{best}」としました。「{names}」とも読まれています", min(misread)
    rivals = [o for o in votes if o != best and votes[o] == votes[best] and o not in best]
    if rivals and best not in told:
        return None, f"自治体名が「{best}」か「{rivals[0]}」か分かりません", best
    return best, "", ""


def _votes(text: str, head: Sequence[Line]) -> tuple[Counter[str], Counter[str], set[str]]:
    """How much speaks for each name of a place, how often it stands as one, and the names that the
    header has with a council's."""
    votes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    told: set[str] = set()
    head = list(takewhile(lambda line: len(line.key) <= _LONGEST_HEADER_LINE, head))
    start = head[-1].end if head else 0
    # letters may be set apart in the header (霞 野 市), and its titles are short: its keys are searched
    for line in head:
        titled = bool(
            re.search(rf"(?:個人情報|情報公開|公文書|情報保護|行政不服).{{0,20}}{BODY}", line.key)
        )
        for name, strong in _places(line.key):
            votes[name] += _DECIDES if strong and titled else 20 if strong else 1
            counts[name] += strong
            if strong and titled:
                told.add(name)
    for name, strong in _places(text[start:] if start else text):
        votes[name] += 5 if strong else 1
        counts[name] += strong
    order = {name: place for place, name in enumerate(votes)}
    known = municipalities()
    for longer in order:  # 第2回霞野市: what stands before a name is not of it
        tails = [longer[n:] for n in range(1, len(longer)) if longer[n:] in votes]
        shorter = min(tails, key=order.__getitem__, default=None)
        if shorter is not None and longer not in known:
            votes[shorter] += votes.pop(longer)
            counts[shorter] += counts.pop(longer)
            if longer in told:
                told.add(shorter)
    return votes, counts, told


def _places(text: str) -> Iterable[tuple[str, bool]]:
    """The names of places in a text, each with whether what follows says that it is one."""
    known = municipalities()
    for match in islice(_PLACE_END.finditer(text), _ENOUGH_PLACES):
        end = match.start() + 1
        strong = bool(match["strong"]) and not match["strong"].startswith("役")
        start = next((s for s in range(max(0, end - 7), end - 1) if text[s:end] in known), None)
        if start is not None and not _goes_on_before(text, start, end):
            if not any(text[start : end + more] in known for more in range(1, 5)):
                yield text[start:end], strong
            continue
        if not match["strong"]:
            continue
        tail = _NAME_TAIL.search(text[max(0, end - 6) : end - 1])
        if tail is not None:
            name = _NOT_OF_THE_NAME.sub("", tail.group()) + text[end - 1]
            name = (
                name[:-1] if name[:-1] in known else name
            )  # the assembly of a town on the list, named in full: 某市市議会
            if len(name) >= 3 and not _NO_PLACE.search(name):
                yield name, strong


# after these a name may begin: 県坂町, 第2回坂町, 本会坂町
_BEFORE_A_NAME = re.compile(
    r"(?:[都道府県市郡回度年月日期番号会元各他同本当旧新前現所名時者題室課]|[^々ヶケノツ一-龠])$"
)
_SHORT_NAME = 2  # characters, as 坂町 has: of longer ones the list knows enough


def _goes_on_before(text: str, start: int, end: int) -> bool:
    """Whether a short name that the list has is but the end of a longer one (坂町 of 欅坂町)."""
    return (
        end - start <= _SHORT_NAME
        and start > 0
        and not _BEFORE_A_NAME.search(text, max(0, start - 1), start)
    )


def _one_character_dropped(short: str, long: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long) - 1))


def _one_character_apart(left: str, right: str) -> bool:
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


_OF_DOCUMENTS = r"(?:情報公開|公文書(?:等?の?(?:開示|公開))?|行政不服)[^\s「」()（）、。\d]{0,6}?"


_NEAR = 40_000  # characters in which a body is looked for


def body_named(lines: Sequence[Line], municipality: str | None) -> str | None:
    """The body's name where no title gives it: the one named most, its municipality before it."""
    key = "".join(line.key for line in takewhile(lambda line: line.start < _NEAR, lines))
    middle = r"(?:行政不服(?:審査)?(?:・|及び))?(?:情報公開・?)?(?:及び)?個人情報[^\s「」()（）、。\d]{0,10}?"
    patterns = [middle]
    if municipality:
        patterns = [re.escape(municipality) + words for words in (middle, _OF_DOCUMENTS)] + patterns
    for pattern in patterns:
        found = re.findall(pattern + BODY + r"(?:第[0-9一二三]+部会)?", key)
        if found:
            return str(Counter(found).most_common(1)[0][0])
    return None


# words of which the names of such bodies are made
_WORDS_OF_BODIES = (
    "個人情報保護",
    "情報公開",
    "個人情報",
    "公文書",
    "行政不服",
    "審議会",
    "審査会",
)


def healed_body(body: str, text: str) -> str:
    """The body's name, with one misread character (個人惰報) put right where the record spells it right."""
    for word in _WORDS_OF_BODIES:
        if word in body or word not in text:
            continue
        for at in range(len(body) - len(word) + 1):
            written = body[at : at + len(word)]
            if written not in _WORDS_OF_BODIES and _one_character_apart(written, word):
                return body[:at] + word + body[at + len(word) :]
    return body


def full_body(body: str | None, municipality: str | None) -> str | None:
    """The body's name with its municipality before it."""
    if body is None:
        return None
    if municipality is None or municipality in body:
        return body
    named = re.match(r"^[^\s]{1,6}?[市区町村県](?=個人|情報|公文書)", body)
    if named and _one_character_apart(named.group(), municipality):
        return municipality + body[named.end() :]
    return body if named else municipality + body
