"""Lines -> who was present at a sitting: the members' names as written, and how many they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.japanese import fold
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.titles import CONTAINER, is_procedure


@dataclass(frozen=True, slots=True)
class Attendees:
    """The members present: names as written, their number where it is told or can be counted, and
    the span of the list (None where the record has none)."""

    names: tuple[str, ...] = ()
    present: int | None = None
    span: tuple[int, int] | None = None


_MARKS = r"[-◇◆○●◎■□▽▼△▲▷▶☆★・※【〔\[(<]{0,3}(?:[0-9]{1,2}[.)、]?)?[◇◆○●■□・※【〔\[(<]{0,3}"
_LABEL = re.compile(
    rf"^{_MARKS}(?:\([^()]{{1,6}}\)|役職名\))?(?:会議)?(?:出席(?:者|委員|した委員|(?=[】\])〕>:]))|審議者|委員の出欠"
    r"|出席状況|会議出席者|委員出席者)"
)
# the label in the text itself, where letters may be spaced; what stands behind it is the list
_LABEL_TEXT = re.compile(
    r"^.{0,10}?(?:出[ \u3000]*席[ \u3000]*(?:し[ \u3000]*た[ \u3000]*)?(?:者|委[ \u3000]*員|状[ \u3000]*況)"
    r"(?:及び欠席者|の?氏名|名簿|数)?|出[ \u3000]*席(?=[】\])〕>:：])|審[ \u3000]*議[ \u3000]*者|委員の出欠)"
    r"(?:[ \u3000]*[(（【\[][^()（）【】\[\]]{0,20}[)）】\]])?[ \u3000】\]]*[:：|]?[ \u3000]*"
)
_STOP = re.compile(
    rf"^{_MARKS}(?:(?:市|町|村|県|区)?事務局|(?:市|町|村|県|区)(?:側)?[】\])〕:]|傍聴|欠席|議題|議事|次第|案件|説明[者員]"
    r"|資料|配布|配付|会議の公開|公開|問い?合わせ|場所|会場|日時|審議会の公開|実施機関|その他|委員欠席|開催|出席職員"
    r"|関係職員|職員|オブザーバー|諮問|会議|書記|幹事|内容|報告|議案|審議(?!会|者)|提出|記録|担当)"
)
_OFFICE = re.compile(
    r"(?:^|[\s)）、。,/|])[(（【]?(?:市|町|村|県|区)?事[ \u3000]*務[ \u3000]*局|以上"
)
_BREAK = re.compile(r"[、,，・\n/|]|\s{2,}|\u3000")
_BREAK_AT_MARKS = re.compile(r"[、,，・\n/|]|\s{3,}|及び")
_NOTE = re.compile(r"[(（][^()（）]*(?:敬称?略|敬省略|順|略)[^()（）]*[)）]")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_ROLE = re.compile(
    r"^(?:審議会|審査会|第?[0-9一二三]*号?)?(?:会長|副会長|会長代理|会長職務代理者?|職務代理者?|委員長?|副委員長|部会長|審議会委員|委員名|氏名|役職|[0-9一二三四五六七八九十]{1,3}番)$"
)
_OFFICER = re.compile(
    r"[部課係局室]|次長|補佐|主査|主任|主事|主幹|参事|所長|[0-9]+[名人]|職員|事務|なし$|。"
)
# a name and its calling: 青 葉  一(弁護士)
_NAME_AND_CALLING = re.compile(
    r"(?:(?:副?[ \u3000]*会[ \u3000]*長|委[ \u3000]*員)[ \u3000]+)?(?P<name>[一-龠々ぁ-んァ-ヶー][一-龠々ぁ-んァ-ヶー \u3000]{1,14}?)[ \u3000]*[(（][^()（）]{1,20}[)）]"
)
# 1番 山 野 花 君: by the numbers of their seats
_SEAT = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[ \u3000]?番"
_SEATED = re.compile(
    rf"{_SEAT}[ \u3000]*(?P<name>[一-龠々ぁ-んァ-ヶー](?:[ \u3000]{{0,4}}(?!{_SEAT})[一-龠々ぁ-んァ-ヶー]){{1,9}}?)[ \u3000]*(?:君|氏|さん|委員(?!長)|議員|(?=[、,]|[ \u3000]*(?:$|{_SEAT})))"
)
_CHAIR_AND = re.compile(
    r"(?P<chair>会長|委員長)(?P<vice>(?:、|及び|・)副(?:会長|委員長))?(?:及び|、|・|と|ほか|他)委員(?P<n>[0-9]{1,2})[名人]"
)
# 曽我部 is a person, 総務部 an office
_NAMED_AS_OFFICE = re.compile(
    r"(?!(?:総務|企画|市民|町民|区民|福祉|教育|財政|財務|税務|都市|建設|環境|政策|経営|健康|保健|地域|文化|産業|経済|水道|消防"
    r"|農政|土木|行政|情報|議会|港湾|観光|商工|危機|防災|人事|会計)部)(?:副?会長|委員)?[一-龠々]{1,3}部(?!長|次長|付|参事|門)[一-龠々ぁ-んァ-ヶー]{0,4}"
    r"(?:委員|副?会長|会長代理)?$"
)
_COUNT = re.compile(r"(?:委員)?(?:計|全|合計|総数)?(?P<n>[0-9]{1,2})[名人](?!以|ず)")
_LONGEST_LIST = 4000  # characters of a line that lists persons
_MOST_LINES = 20


def read_attendees(section: Sequence[Line]) -> Attendees:
    """The members present, from the first list of them in a sitting's header."""
    empty: Attendees | None = None
    for index, line in enumerate(section[:60]):
        if _LABEL.match(line.key):
            listed = _listed(section[index : index + _MOST_LINES])
            if listed.names or listed.present:
                return listed
            empty = empty or listed  # 出席者及び欠席者, and in the next cell ●出席者
    return empty or Attendees()


def _listed(lines: Sequence[Line]) -> Attendees:
    names: list[str] = []
    counted: int | None = None
    end = lines[0].end
    for offset, line in enumerate(lines):
        mark = numbering(line.text) if offset else None
        rest = line.text[mark[2] :] if mark and mark[1] else ""
        if rest and (is_procedure(rest) or CONTAINER.match(fold(rest))):
            break  # 1 会長あいさつ
        if offset and (_STOP.match(line.key) or line.key.endswith("。") or _LABEL.match(line.key)):
            break
        text = line.text[:_LONGEST_LIST]
        if mark and mark[0] in ("digit", "paren", "circled"):
            text = text[mark[2] :]  # 1.委員, 2.事務局
        if offset and (head := _cut_name(lines[offset - 1], line)):
            names = names[:-1] if names[-1:] == [head] else names
            text = head + text
        if offset == 0:
            text = _LABEL_TEXT.sub("", text, count=1)
        office = _OFFICE.search(text)
        text = text[: office.start()] if office else text
        text = _NOTE.sub(" ", text)
        end = line.end
        key = fold(text)
        counted = _count(key) if counted is None else counted
        if not _CHAIR_AND.search(key):  # told by number only
            names += _names(text)
        if office:
            break
    names = list(dict.fromkeys(names))
    return Attendees(
        tuple(names), counted if counted is not None else len(names) or None, (lines[0].start, end)
    )


_COMMA_LIST = re.compile(r"[、，・](?P<head>[^、，・()（） \u3000]{1,6})$")


def _cut_name(above: Line, line: Line) -> str:
    """The beginning of a name that the end of a row cuts in two: of a list with commas that fills its row
    and goes on in the next. Empty where there is none."""
    head = _COMMA_LIST.search(above.text) if line.row == above.row + 1 else None
    goes_on = re.match(r"[一-龠々ぁ-んァ-ヶー]{1,6}(?:委員|副?会長|[、，]|$)", line.key)
    if head is None or not goes_on or len(above.key) < _FULL_ROW:
        return ""
    return "" if re.search(r"委員$|会長$", head["head"]) else head["head"]


_FULL_ROW = 26  # characters


def _count(key: str) -> int | None:
    """How many members a line says there were: 会長及び委員4人 are five."""
    chair = _CHAIR_AND.search(key)
    if chair:
        return int(chair["n"]) + 1 + bool(chair["vice"])
    count = _COUNT.search(key)
    return int(count["n"]) if count else None


_COUNCIL = re.compile(r"(?:審議会|審査会|協議会|委員会|部会)$")
_ASIDE = re.compile(r"[※*＊]")
_OFFICE_HELD = r"(?:副?会長(?:職務代理者?|代理)?|副?委員長|部会長|職務代理者?|委員)"
_BEFORE_OFFICE = re.compile(rf"[ \u3000]+(?={_OFFICE_HELD}[ \u3000])")
_NAMES_BY_OFFICE = re.compile(rf"\s*\S+{_OFFICE_HELD}(?:[ \u3000]+\S+{_OFFICE_HELD})+\s*")


def _pieces(text: str) -> list[str]:
    """A list of persons at its commas; where it has none, at its spaces (山野委員長 海原委員)."""
    text = _BEFORE_OFFICE.sub("、", _ASIDE.split(text)[0])
    if "、" in text:  # then the spaces stand inside names: 会長　上妻　和夫、委員　田篭
        return _BREAK_AT_MARKS.split(text)
    return text.split() if _NAMES_BY_OFFICE.fullmatch(text) else _BREAK.split(text)


# a member's rank and name, both with their letters set apart: 会 長 山 野 花 子
_RANK_AND_NAME = re.compile(
    r"[ \t\u3000]*(?P<rank>副?[ \u3000]*会[ \u3000]*長(?:[ \u3000]*代[ \u3000]*理)?|副?[ \u3000]*委[ \u3000]*員[ \u3000]*長|委[ \u3000]*員|職[ \u3000]*務[ \u3000]*代[ \u3000]*理[ \u3000]*者?)"
    r"[ \u3000]+(?P<name>[一-龠々ぁ-んァ-ヶー](?:[ \u3000]{1,3}[一-龠々ぁ-んァ-ヶー]){1,7})[ \t\u3000]*"
)


def _names(text: str) -> list[str]:
    ranked = _RANK_AND_NAME.fullmatch(text)
    if ranked:
        rank, name = (re.sub(r"[ \t\u3000]", "", ranked[part]) for part in ("rank", "name"))
        return [name if rank == "委員" else f"{rank} {name}"]
    seated = [re.sub(r"[ \u3000]+", "", match["name"]) for match in _SEATED.finditer(text)]
    if seated:
        return seated
    listed = False  # (紫・薄・萩尾各委員): surely names, of one character too
    with_calling = [match["name"] for match in _NAME_AND_CALLING.finditer(text)]
    if len(with_calling) > 1 and "、" not in text:
        found = with_calling
    else:
        inner = re.search(r"委員[ \u3000]*[(（]([^()（）]+?)各?委員[)）]", text)
        listed = inner is not None
        found = _pieces(inner[1] if inner else _BRACKETED.sub(" ", text))
    names = []
    for piece in found:
        name = re.sub(
            r"^[\s●○◇◆・※:：]+|^(?:審議会|審査会|委員会|協議会)?[(（【]?委[ \u3000]*員[)）】]?[\s:：]+|各委員$|[\s:：]+$",
            "",
            piece,
        )
        name = name.strip(" ()（）\u3000\t")
        key = fold(name)
        if (
            ((2 <= len(name) <= 16 and len(key) > 1) or (listed and re.fullmatch("[一-龠]", key)))
            and not _ROLE.match(key)
            and re.search(r"\w", key)
            and not _COUNCIL.search(key)
            and (not _OFFICER.search(key) or _NAMED_AS_OFFICE.match(key))
        ):
            names.append(name)
    return names
