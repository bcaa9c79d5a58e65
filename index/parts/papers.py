"""The papers of a case -> its facts: the office that brought it, the articles it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from index.headings import Heading
from index.japanese import fold
from index.text.case_numbers import names_only, of_another
from index.text.law import Article, read_articles
from index.text.lines import Line
from index.text.slots import Slot
from index.text.turns import Role, Turn

_DEPARTMENT = re.compile(
    r"^[\s\*\-・※◆◇●○■□【\[(（〔]*(?:(?:諮問|実施|担当|所管|主管|提出|提案)(?:実施)?(?:機関|部課|課"
    r"|部署|部局|課名|部|所属)?|説明者|所管|担当|主管|提出課)(?:名|等)?\**\s*(?:[:：|]"
    r"|[\s\u3000]+)\s*(?P<value>\S.*)$"
)
_DEPARTMENT_LABEL = re.compile(
    r"^(?:(?:諮問|実施|担当|所管|主管|提出|提案)(?:実施)?(?:機関|部課|課|部署|部局|課名|部"
    r"|所属)(?:名|等)?|担当|所管|主管)$"
)
_UNIT = re.compile(
    r"[^\s、。「」()（）【】:：|]{1,30}(?:課|室|係|局|部|センター|所|館|支所|事務局|委員会"
    r"|区役所|病院)"
)
_LONGEST_HEADING = 800
_NO_OFFICE = re.compile(r"事務局|(?:所管|担当|主管|関係|当該|提案|実施機関の)(?:課|部|室|局|部署)")
_EXPLAINED_BY = re.compile(
    r"(?:^[・･○●■◆\s]*|[—―─\-、。)）:：]|(?:により|をもとに|基づき))、?(?:諮問第?[^、。]{1,10}号として)?(?:所管|担当|主管)?(?:課|部署)?(?:である|の)?(?:[一-龠々]{1,4}[ \t\u3000]+)?(?P<name>(?:障がい|[^\s、。をにが—―─:：()（）\-]){2,20}?(?:課|室|局|センター|係|所|館|部|教育委員会))"
    r"(?:長)?(?:から|より|が)[^。]{0,60}?(?:説明|報告|意見を求め)"
)
# whom a chair calls on: 諮問第33号について住宅課から説明をお願いします
_CALLED_ON = re.compile(
    r"(?:^|[\s、。）)」はを]|について|では)(?P<name>[^\s、。をにがはで:：()（）「」]{2,20}?(?:課|室|局|センター|係|所|館|部|病院|教育委員会))(?:から|より)(?:の)?[^。]{0,12}?お?願い"
)
_EXPLANATION_BY = re.compile(
    r"^[\s*\-・〔【\[(（〈<◆◇]*(?:説明|報告)(?:者|課|部署)?[〕】\])）〉>]?\**[:：(（\s]*(?P<name>[^\s、。:：()（）〔〕【】*]{2,24}?(?:課|室|局|センター|係|所|館|部|教育委員会))"
)
# an officer's office, with or without the officer's own name and rank
_OFFICER = re.compile(
    r"(?P<name>[^\s()（）]{1,20}?(?:課|室|局|センター|所|館|病院|教育委員会))(?:長|補佐|係長|主幹|主査|[\s]|$|[(（])"
)
# 総務課長, not 木暮課長: what offices are for
_OFFICE_WORD = re.compile(
    r"総務|学務|庶務|財務|法制|水産|農林|用地|統計|監査|税務|納税|福祉|企画|政策|情報|健康|保健|保険|年金|市民|町民|住民|区民|県民|戸籍|環境|水道|建設|建築|都市|土木|河川|道路|交通|防災|危機"
    r"|安全|消防|教育|学校|指導|給食|児童|子|保育|高齢|介護|障|生活|農|商工|産業|観光|財政|管財|契約|会計|人事|職員|広報|広聴|文化|生涯|図書|選挙|議事"
    r"|医事|窓口|資源|清掃|収集|施設|管理|推進|支援|課税|収納|デジタル|電算|行政|法務|文書|公聴|地域|協働|資産"
)


def joined(piece: str) -> str:
    return re.sub(r"[ \t\u3000]*[\r\n]+[ \t\u3000]*", "", piece).strip()


_CLOSING_BRACKET = re.compile(r"[(（【〔\[](?P<name>[^()（）【】]{2,30})[)）】〕\]]\s*\Z")


_KIND_BEFORE = re.compile(r"(?:諮問|報告|協議|審議)(?:事項|案件)?[・、:：]")  # (諮問・市民課)


def department_of(
    text: str,
    main: Heading,
    others: Sequence[Heading],
    heads: Sequence[Line],
    slots: Sequence[Slot],
    turns: Sequence[Turn] = (),
) -> tuple[str | None, tuple[int, int] | None]:
    """The office that brought the case: a table's cell, a labelled field, the brackets after the title (of the
    heading that names it, or of `others`), the sheet's, the line that says who explained it, or the first of an office to speak."""
    if main.office:
        return joined(text[slice(*main.office)]), main.office
    for line, following in zip_longest(heads, heads[1:]):
        match = _DEPARTMENT.match(line.text)
        if match and _UNIT.search(match["value"]) and not match["value"].endswith("。"):
            value = re.sub(r"[（(][^（）()]*[)）].*$|\**$", "", match["value"]).strip(
                " 　*、]】)）〕"
            )
            if value:
                start = line.start + match.start("value")
                return joined(value), (start, start + len(value))
        if (
            following is not None
            and _DEPARTMENT_LABEL.match(line.key)
            and following.row == line.row
            and _UNIT.search(following.text)
        ):
            return following.text, (following.start, following.end)
    for heading in (main, *others):
        closing = _CLOSING_BRACKET.search(text, *heading.spans[-1])
        if closing and _UNIT.fullmatch(fold(closing["name"])) and "条" not in closing["name"]:
            kind = _KIND_BEFORE.match(text, *closing.span("name"))
            name = (kind.end() if kind else closing.start("name"), closing.end("name"))
            return joined(text[slice(*name)]), name
    for slot in slots:
        if _DEPARTMENT_LABEL.match(slot.label):
            return slot.value, (slot.start, slot.end)
    for line in heads[:6]:
        match = re.match(r"^【(?P<name>[^【】]{2,24}(?:課|室|係|局|センター|部))】$", line.text)
        if match and not _NO_OFFICE.match(match["name"]):
            return match["name"], (line.start + 1, line.end - 1)
    for line in heads[:10]:
        for pattern in (_EXPLAINED_BY, _EXPLANATION_BY, _CALLED_ON):
            match = pattern.search(line.text, 0, _LONGEST_HEADING)
            if (
                match
                and _UNIT.fullmatch(fold(match["name"]))
                and not _NO_OFFICE.match(match["name"])
                and not re.search(r"[〈<【〔《]", match["name"])
                and (bare := without_surname(text, match["name"]))
            ):
                start = line.start + match.end("name") - len(bare)
                return bare, (start, start + len(bare))
    for turn in turns:
        if turn.role is Role.OFFICE and turn.end - turn.start > _EXPLAINS:
            break  # the secretariat's own matter: an office that is asked later has not brought it
        if (
            turn.role is Role.AGENCY
            and (office := _introduced(text, turn) or office_of(text, turn))
            and not of_another(fold(text[turn.start : turn.start + _FIRST_WORDS]), main.label)
        ):
            return _despaced(text[slice(*office)]), office
    return None, None


def _despaced(name: str) -> str:
    """A name whose letters are set apart (水 産 課), without the spaces."""
    return re.sub(r"[ \t\u3000]+", "", name)


_FIRST_WORDS = 40
_EXPLAINS = 100  # characters of a speech that is more than words of order
# 福祉課の山野です。
_INTRODUCES = re.compile(
    r"(?:[^。]{0,20}。)?\s*(?:はい、?|それでは、?|私、?)?(?P<name>[^\s、。「」]{2,20}?(?:課|室|係|局|センター|所|館|部|委員会|病院))の"
    r"[^。、「」]{1,16}?(?:です|でございます|と申します|といいます)[。、]"
)


def _introduced(text: str, turn: Turn) -> tuple[int, int] | None:
    """The office that a speaker names at the beginning of a turn."""
    said = _INTRODUCES.match(text, turn.start, min(turn.end, turn.start + 2 * _FIRST_WORDS))
    if said is None or _NO_OFFICE.match(said["name"]):
        return None
    return said.span("name")


def office_told(text: str, turns: Sequence[Turn], label: str) -> tuple[int, int] | None:
    """The office whose officer begins by naming the case of this label (諮問第2号でございます…)."""
    return next(
        (
            office
            for turn in turns
            if turn.role is Role.AGENCY
            and names_only(fold(text[turn.start : turn.start + _FIRST_WORDS]), label)
            and (office := office_of(text, turn))
        ),
        None,
    )


def office_of(text: str, turn: Turn) -> tuple[int, int] | None:
    """The span of a speaker's office: in the name, or where the record lists the officer by name."""
    speaker = re.sub(r"\s", "", turn.speaker)
    if len(speaker) < 3:
        return None
    if listed := _listed_office(text, speaker):
        return listed
    named = _SURNAME_FIRST.fullmatch(turn.speaker)
    match = _OFFICER.match(named["officer"] if named else speaker)
    office = without_surname(text, match["name"]) if match else ""
    if (
        not office
        or _NO_OFFICE.match(office)
        or not (_OFFICE_WORD.search(office) or len(office) > 3 or office == speaker)
    ):
        return None
    written = re.compile(r"[ \t\u3000]*".join(map(re.escape, office)))
    found = written.search(text, turn.head, turn.start)
    return found.span() if found else None


# 村瀬　介護福祉課長
_SURNAME_FIRST = re.compile(
    r"[一-龠々ぁ-んァ-ヶー]{2,4}(?<![部局課会])[ \t\u3000]+(?P<officer>\S{2,}(?:長|補佐|主幹|主査|主事|主任))"
)
_LONGEST_SURNAME = 4
_KANJI = re.compile(r"[一-龠々]+")


@lru_cache(maxsize=256)
def without_surname(text: str, office: str) -> str:
    """An office read from before a rank, without the surname that may stand before it (小暮管理課長): where the
    record writes the office by itself as well. Empty where only 事務局 is left."""
    rank = r"(?:長|補佐|主幹|主査|主事|主任|副主幹|係長)"
    if re.search(re.escape(office) + rf"(?!{rank})", text):
        return office
    for length in range(1, min(_LONGEST_SURNAME, len(office) - 2) + 1):
        surname, rest = office[:length], office[length:]
        if _OFFICE_WORD.search(surname) or not _KANJI.fullmatch(surname):
            break
        if rest == "事務局":
            return ""
        if _OFFICE_WORD.search(rest) and re.search(
            rf"(?<![一-龠々ぁ-んァ-ヶー]){re.escape(rest)}", text
        ):
            return rest
    return office


_OFFICE_BEFORE = re.compile(
    r"(?P<name>[^\s、,()（）:：○〇◯●◎・]{2,20}(?:課|室|局|センター|所|館|部))[ \t\u3000、]*$"
)
_BEFORE = 40  # characters in which an office stands before its officer's name


@lru_cache(maxsize=64)  # the officers of the record at hand, each asked for at every turn
def _listed_office(text: str, speaker: str) -> tuple[int, int] | None:
    """The span of the office that a record first writes before an officer's name."""
    at = text.find(speaker)
    while at >= 0:
        start = max(0, at - _BEFORE)
        if before := _OFFICE_BEFORE.search(text[start:at]):
            return start + before.start("name"), start + before.end("name")
        at = text.find(speaker, at + 1)
    return None


_OF_A_BASIS = re.compile(r"根拠|意見を聴|諮問|該当")
_CITES = re.compile(r"根拠|該当|基づ|規定|[(]第|[(].{0,12}条例第|[(]法第")


def legal_basis_of(
    text: str, headings: Sequence[Heading], heads: Sequence[Line], slots: Sequence[Slot]
) -> list[Article]:
    """The articles the case rests on: in its title, the heading above it, its ticked boxes, its papers."""
    found: list[Article] = []
    for heading in headings:
        start, end = heading.spans[0][0], heading.spans[-1][1]
        for above in filter(None, heading.context.split("/")):
            at = text.rfind(above, max(0, start - 20_000), start)
            if at >= 0:
                found += read_articles(text, at, at + len(above))
        found += read_articles(text, start, min(end, start + _LONGEST_HEADING))
    for slot in slots:
        if _OF_A_BASIS.search(slot.label):
            for item in slot.ticked:
                at = text.find(item, slot.start, slot.end)
                found += read_articles(text, at, at + len(item))
    if not found:
        for line in heads:
            if _CITES.search(line.key):
                found += read_articles(
                    text, line.start, min(line.end, line.start + _LONGEST_HEADING)
                )
    return list({article.name: article for article in reversed(found)}.values())[::-1]
