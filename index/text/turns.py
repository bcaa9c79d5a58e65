"""Lines -> turns of speech: who speaks, in which role, from where to where.

The marks differ from council to council: `（A委員）`, `【会長】`, `○会長`, `<会長>` alone on a line, a bare
`委員`, `会長「…」`, `総務課長　…`, `(質問)` and `(回答)`, bullets whose replies are indented or begin with an
arrow. What they share is a name at the head of a line and a sign that the name ends there; what the
name says, read without its spaces, decides the role.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from index.japanese import fold
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.titles import STEP


class Role(StrEnum):
    """Whose word it is."""

    CHAIR = "chair"
    MEMBER = "member"
    AGENCY = "agency"  # the department that brought the case
    OFFICE = "office"  # the council's own secretariat
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Turn:
    """One speech: the speaker as written, the role, and the span of what was said.

    `head` is where the mark of the speaker begins (the whole speech is `head` to `end`).
    """

    speaker: str
    role: Role
    start: int
    end: int
    head: int


_POSITION = (
    r"会長職務代理者?|会長代理|職務代理者?|副会長|会長|副委員長|委員長|部会長代理|部会長|座長|議長"
    r"|委員一同|各委員|全委員|委員|一同|事務局|実施機関|諮問機関|諮問庁|処分庁|所管課|担当課|担当部署"
    r"|主管課|原課|説明者|説明員|参考人|専門員|市側|町側|村側|区側|県側|行政|当局|質問者?|回答者?|質疑"
    r"|応答|意見|答弁|部長|次長|室長|所長|局長|課長補佐|課長|主幹|係長|主査|主任|主事|副参事|参事|補佐"
    r"|課員|担当者?|市長|町長|村長|区長|副市長|教育長|書記長|センター長|館長|校長|園長"
)
_ONLY_SEAT = re.compile(r"[0-9一二三四五六七八九十]{1,3}番")
# a member by the number of the seat (三番, 3番(山野君)), as assemblies do
_SEAT = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})番(?:委員)?(?:\([^()]{1,16}\))?"
_UNIT = r"課|室|係|局|センター|担当|部|支所|教育委員会|広域連合|病院|館|消防署"
# a name, folded: letters and kanji before a position, or an office; never a sentence
_NAME = re.compile(
    rf"(?:[^、。「」()【】<>:→⇒]{{0,14}}?)(?:{_POSITION})(?:[a-z①-⑳0-9]{{1,2}})?(?:\([^()]{{1,16}}\))?"
    rf"|[^、。「」()【】<>:→⇒]{{2,16}}(?:{_UNIT})|(?:[a-z]|[0-9]{{1,2}}番)委員|委員[a-z]|{_SEAT}"
    r"|[qa問答][0-9]{0,2}"
)
_NO_NAME = re.compile(
    r"[をにがは※]|の(?!口|原|村|田|瀬|山)|及び|から|意見.|結果|概要|内容|事項|資料(?!館)|出席|欠席|質疑応答|意見交換"
    r"|第[0-9]+号|関係$"
)
_NO_SPEAKER = re.compile(r"結果|概要|内容|第[0-9]+号|関係$")
_OPEN, _CLOSE = "（(【<＜〈《［\\[〔≪", "）)】>＞〉》］\\]〕≫"
_BRACKETED = re.compile(
    rf"[・\-○〇●\s]*[{_OPEN}](?P<name>[^{_OPEN}{_CLOSE}、。]{{1,24}}(?:[（(][^（()）]{{1,16}}[)）])?)[{_CLOSE}]\s*[:：]?\s*"
)
_MARK = re.compile(r"[○〇◯●◎◆・•]\s*|[-–—*]\s+")
_NAME_ENDS = re.compile(r"[ \t\u3000]*[:：][ \t\u3000]*|[ \t\u3000]+|[ \t\u3000]*「|$")
_LONGEST_NAME = 30
_NEAR = 200  # characters that show whether a name is a speaker's
_SOMEBODY = re.compile(r"[員長局課室係関者問答QＱAＡ側補幹査任事庁部署人政意疑担館所ー一院番]")
_ANOTHER_ON_THE_LINE = re.compile(
    rf"[。」](?=[ \t\u3000]*[{_OPEN}][^{_OPEN}{_CLOSE}、。]{{1,16}}[{_CLOSE}])"
)
_ARROW = re.compile(r"(?:[・\-][ \t\u3000]*)?(?:→|⇒|➡|⇨)[ \t\u3000]*")
_BULLET = re.compile(r"(?:[・\-○〇●◯*]|[-–—])[ \t\u3000]*(?=\S)")
_DISCUSSION = re.compile(r"質疑|意見|質問|応答|回答|審議内容|審議概要|主な発言|やり?取り|議論")
_OF_A_SENTENCE = re.compile(r"[、を]|こと")  # no heading has these, wrapped speech does
# what the minutes tell themselves, by its mark
_NARRATIVE = re.compile(
    r"[\-—―–─‐]|※|[〈<《【\[〔](?!.{0,12}(?:委員|会長|事務局))|以上$|[(（](?:説明|質疑|なし|休憩|結果|結論|(?:議案|諮問|案件)[)）])"
    r"|[(（〔「]{1,2}.{0,8}?(?:異議|挙手|賛成|意見なし|の声|呼ぶ者|拍手|起立)"
)
# … and by words with which nobody speaks
_TOLD = re.compile(
    r"(?:審議|審査|協議|採決|表決|質疑|検討)(?:の結果|の後|後|を行い|を経て|が行われ)|(?:全員|全会|満場)(?:一致|異議)"
    r"|(?:本件|本案|本諮問|本議案|諮問第?[0-9]+号|議案第?[0-9]+号?)(?:は|については).{2,80}(?:された|となった|こととした|に決した|と決した)。?$"
    r"|(?:次の|上記の)?(?:条件|意見|附帯意見|付帯意見)(?:を(?:付|附)し|付き?)[^。]{0,20}(?:承認|了承|可決|適当|妥当)[^。]{0,10}。?$"
    r"|.{2,60}との(?:意見|結論)で(?:まとま|一致し)った。?$|異議なく|挙手全員|賛成(?:多数|全員)|(?:審議|審査|協議|採決|表決|議決|答申)?の?(?:結果|結論)(?:[:：]|$)"
)
# a paragraph of its own that says of the case what the council does: the minutes' word, unless
# somebody reads a draft out
_DECIDES = re.compile(
    r"[-・○]?(?!私|わたし)(?:(?:以上により|よって|(?:審議|採決|協議|以上)の結果|[^。、]{2,24}(?:ので|ため|なく|ないことから|認め)"
    r"|[^。]{4,120}(?:条件に|条件として|前提に|を付し|として付し|を付して))、)?"
    r"(?:(?:本件|本案|本諮問|本議案|この件|本事案)|(?:諮問|議案|議題|案件)第?\(?[0-9]+\)?号?)"
    r"(?:につきまして|については|に関しては|について|の結論は|は|を)"
    r"(?=[^。]*(?:承認|了承|可|否|適当|妥当|相当|継続|保留|留保|付議|次回|取り?下げ|決定|認め|見送))[^。]{2,240}[るたすいん](?:。(?:なお|ただし)[^。]{2,200})?。?-?$"
)
# … or ends as only minutes end: 例外として認めることで意見がまとまり、文案は会長に一任された。
_ENDS_AS_TOLD = re.compile(
    r"(?:(?:こと(?:と|に)(?:された|なった|決した)|(?:承認|了承|可決|認め|継続)[^。、]{0,14}こととした|(?:持ち?越し|継続(?:審議|審査)?|保留|との結論)と(?:なった|した)|(?:審議|審査)することとした|(?:承認|了承|可決|一任|採択|議決)された|(?:意見|結論)[がのに][^。、]{0,6}(?:まとまった|一致した|至った|一致をみた)|審議(?:は|を)[^。、]{0,4}(?:行わ|し)なかった)。)[」)]?$"
)
_READ_OUT = re.compile(r"読み?上げ|朗読|案文|答申案|次のとおり|以下のとおり|次の案")
# the words with which only a chair ends a case
_CLOSING = re.compile(
    r"^[\-・○]?(?:他に|ほかに|以上)[^。]{0,14}(?:質問|意見|質疑|異議)[^。]{0,10}(?:なけれ|ない"
    r"|なし|なく|ありません)"
)
_QUESTION = re.compile(
    r"(?:か|のか|でしょうか|ますか|いかが|教えて(?:ほしい|いただきたい|ください)|確認したい"
    r"|伺いたい|願いたい|お願いしたい|お願いする|お願いします)[。?？]?$"
)


@lru_cache(maxsize=4096)
def role_of(name: str) -> Role:
    """The role that a speaker's name tells."""
    key = re.sub(r"\s", "", name)
    if "事務局" in key:  # 選挙管理委員会事務局 brings cases, as any office
        another = re.search(r"(?:選挙管理|教育|農業|監査|公平|人事)委員会事務局|議会事務局", key)
        return Role.AGENCY if another else Role.OFFICE
    if re.search(r"会長|委員長|部会長|議長|座長|職務代理", key) and "副市長" not in key:
        return Role.CHAIR if not re.search(r"副会長|副委員長|代理", key) else Role.MEMBER
    if re.search(
        r"委員(?!会)|^一同|^質問|^質疑|^意見|^[QＱ問][0-9０-９]{0,2}$"
        r"|^[0-9０-９一二三四五六七八九十]{1,3}番(?:[(（]|$)",
        key,
    ):
        return Role.MEMBER
    if re.search(
        r"実施機関|回答|応答|答弁|^[AＡ答][0-9０-９]{0,2}$|課|室|係|局|長$|主査|主任|主事|補佐|説明|担当"
        r"|参考人|側$|機関|行政|当局|処分庁|諮問庁|センター|参事|主幹|部$|支所|教育委員会|広域連合|病院|館$|消防署",
        key,
    ):
        return Role.AGENCY
    return Role.UNKNOWN


def role_in(name: str, chairs: Collection[str]) -> Role:
    """The role of a speaker at a sitting whose chair goes by these names too (委員A, where the list of
    those present says 委員A(会長)); see `chair_keys`."""
    role = role_of(name)
    if chairs and role in (Role.MEMBER, Role.UNKNOWN) and _bare(name) in chairs:
        return Role.CHAIR
    return role


def chair_keys(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """The keys under which the chair of this name may be named as a speaker: the whole name, and as much of
    its beginning as no other name has."""
    key = _bare(name)
    if not re.match(r"[^a-z0-9]", key):
        return (key,) if key else ()
    rest = [_bare(other) for other in others]
    rest = [other for other in rest if other != key]
    return tuple(
        key[:end]
        for end in range(1, len(key) + 1)
        if not any(other.startswith(key[:end]) for other in rest)
    )


_OF_THE_CHAIR = re.compile(
    r"[(][^()]*[)]|(?:部会長|委員長|会長|議長|座長)[:]?|委員|(?<=..)[君氏]$|[^\w]"
)


def _bare(name: str) -> str:
    """A person's key without rank and form of address: a for 委員A(会長), 山野 for 山野委員."""
    return _OF_THE_CHAIR.sub("", fold(name))


def read_turns(lines: Sequence[Line], *, chairs: Collection[str] = ()) -> list[Turn]:
    """The turns of speech in consecutive `lines` of one case; `chairs` as in `role_in`.

    Where a heading such as 主な質疑 says so, or questions stand before replies, unnamed bullets are turns
    as well: a reply is told by its arrow or its indent, or by standing after a question.
    """
    talk = _Talk(list(_one_speaker_each(lines)), chairs)
    above: Line | None = None
    for line in talk.lines:
        talk.take(line, above)
        above = line
    talk.close()
    return talk.turns


def _rows_of_names(lines: Sequence[Line]) -> set[int]:
    """The rows that only name the columns of a table: three cells at least, each a word."""
    if not any(line.cell for line in lines):
        return set()
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.row, []).append(line)
    return {
        row
        for row, cells in rows.items()
        if len(cells) > 2 and all(len(cell.key) <= _LONGEST_NAME_OF_COLUMN for cell in cells)
    }


_LONGEST_NAME_OF_COLUMN = 8


class _Talk:
    """The turns of some lines while they are read: those that are over, and the one that is open."""

    def __init__(self, lines: list[Line], chairs: Collection[str]) -> None:
        self.lines = lines
        self.chairs = chairs
        self.turns: list[Turn] = []
        self.letters = _questions_and_answers(lines)
        # where a heading says so, bullets are turns from there on
        headed = any(_heads_discussion(line) for line in lines)
        self.bullets = not headed and _bulleted(lines)
        self.alone = sum(1 for line in lines if _NAME_ALONE.fullmatch(line.key)) > 1
        marks = [_mark_of(match) for line in lines if (match := _ARROW.match(line.text))]
        self.arrows = len(marks)
        # → leads to a reply, and another arrow (⇒) to what came of it
        self.first_arrow = marks[0] if marks else ""
        self.bullet_indent: int | None = None
        self.columns = _rows_of_names(lines)
        self.named = False
        self._open: Turn | None = None
        self._start = self._end = 0  # of what was said in the open turn

    def take(self, line: Line, above: Line | None) -> None:
        """Take in a line; `above` is the one before it."""
        names_column = line.row in self.columns  # 案件｜質問｜回答: nobody's words
        head = None if names_column else speaker_of(line, letters=self.letters, alone=self.alone)
        if names_column:
            self.close()
        elif head is not None:
            name, said = head
            self.named = True
            # where the name stands alone, what was said follows
            start = line.start + said if said < len(line.text) else line.end
            self._begin(name, role_in(name, self.chairs), start, line)
        elif arrow := _ARROW.match(line.text):
            self._point(line, above, arrow)
        elif _heads_discussion(line):
            self.close()
            self.bullets = True
        elif heads_step(line) or self._tells(line, above):
            self.close()
        elif self._is_remark(line, bullet := _BULLET.match(line.text)):
            assert bullet is not None
            self._remark(line, bullet.end())
        elif _NARRATIVE.match(line.text) or self._is_nobodys(line, above):
            self.close()
        elif self._open is not None:
            self._start = line.start if self._start == self._end else self._start
            self._end = line.end

    def close(self) -> None:
        """End the open turn, if there is one; a name without words is no turn."""
        if self._open is not None and self._end > self._start:
            one = self._open
            self.turns.append(Turn(one.speaker, one.role, self._start, self._end, one.head))
        self._open = None

    def _begin(self, name: str, role: Role, start: int, line: Line) -> None:
        self.close()
        self._open = Turn(name, role, start, line.end, line.start)
        self._start, self._end = start, line.end

    def _point(self, line: Line, above: Line | None, arrow: re.Match[str]) -> None:
        """Take in a line behind an arrow: a reply, or the minutes' own (⇒ 本件は承認された。)."""
        last = self._open or (self.turns[-1] if self.turns else None)
        told = fold(line.text[arrow.end() :])
        own = _TOLD.match(told) or _ONE_WORD.fullmatch(told)
        # one arrow after a reply is the minutes' conclusion; any other points to a reply
        replied = self.arrows <= 1 and (last is None or last.role is Role.AGENCY)
        other = _mark_of(arrow) != self.first_arrow and told.rstrip("。").endswith("た")
        if own or replied or other or (above and _concluded(last, above)):
            self.close()
        else:
            self._begin("", Role.AGENCY, line.start + arrow.end(), line)

    def _tells(self, line: Line, above: Line | None) -> bool:
        """Whether a line is what the minutes tell, by its words."""
        if _TOLD.match(line.key):
            return above is None or above.key.endswith(("。", "」", ")", "]", "?"))
        return bool(
            self._open is not None
            and above is not None
            and line.row > above.row + 1
            and self._end > self._start
            and above.key.endswith(("。", "」", ")", "?"))
            and (_DECIDES.match(line.key) or _ENDS_AS_TOLD.search(line.key))
            and not _READ_OUT.search(above.key)
        )

    def _is_remark(self, line: Line, bullet: re.Match[str] | None) -> bool:
        if bullet is None or not self.bullets:
            return False
        return not self.named or line.text.startswith(("-", "・"))

    def _remark(self, line: Line, said: int) -> None:
        """Take in a remark that only a bullet marks."""
        at = self.bullet_indent
        self.bullet_indent = line.indent if at is None else min(at, line.indent)
        role = Role.UNKNOWN
        if _CLOSING.search(line.key):
            role = Role.CHAIR
        elif _QUESTION.search(line.key):
            role = Role.MEMBER
        elif line.indent > self.bullet_indent:
            role = Role.AGENCY
        self._begin("", role, line.start + said, line)

    def _is_nobodys(self, line: Line, above: Line | None) -> bool:
        """Whether a row after a full stop has no bullet where each remark has its own."""
        return bool(
            self._open is not None
            and not self._open.speaker
            and above is not None
            and line.row != above.row
            and above.key.endswith("。")
            and (self.bullets or self.arrows)
        )


def _concluded(last: Turn | None, above: Line) -> bool:
    """Whether nobody is left to be replied to: the chair has said how it is, or all have assented."""
    if last is None or not last.speaker or _QUESTION.search(above.key):
        return False
    return last.role is Role.CHAIR or bool(_ASSENTED.search(above.key))


# → 承認, → …を条件に承認
_ONE_WORD = re.compile(
    r"(?:[^。]{0,120}(?:条件(?:に|として)|前提に|付し(?:て)?|[上う]えで?|上で?|とおり|どおり|なく|一致で|により)、?)?(?:条件付き?)?(?:不?承認|了承|可決|可|適当|継続(?:審議|審査)?|否決|保留|取り?下げ)(?:する|とする|された|となった|とした|と認め.{1,6})?。?"
)
_ASSENTED = re.compile(r"(?:異議(?:は|が)?な[しい]|了承|賛成|同意|はい)[。」』)]*$")


def _mark_of(arrow: re.Match[str]) -> str:
    """The arrow itself, without the bullet before it."""
    return arrow.group().strip("・- \t\u3000")


def _one_speaker_each(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those on which a second name follows a sentence cut in two before it."""
    for line in lines:
        at = 0
        for gap in _ANOTHER_ON_THE_LINE.finditer(line.text):
            near = line.text[gap.end() : gap.end() + _NEAR]
            begin = gap.end() + len(near) - len(near.lstrip())
            rest = _piece(line, begin, min(begin + _NEAR, len(line.text)))
            head = speaker_of(rest)
            if head is not None and head[1] < len(rest.text):
                yield _piece(line, at, gap.end())
                at = begin
        yield _piece(line, at, len(line.text)) if at else line


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    return replace(line, start=line.start + start, end=line.start + end, text=text, key=fold(text))


def _questions_and_answers(lines: Sequence[Line]) -> bool:
    """Whether lines begin with Q, and others with A: then the letters are speakers."""
    letters = {key[0] for line in lines if (key := line.key) and key[0] in "qa問答"}
    return {"q", "a"} <= letters or {"問", "答"} <= letters


def _heads_discussion(line: Line) -> bool:
    if not line.alone or not _DISCUSSION.search(line.key) or _BULLET.match(line.text):
        return False
    return not _OF_A_SENTENCE.search(line.key)


def heads_step(line: Line) -> bool:
    """Whether a line is a numbered heading of how the matter is heard (ⅲ 審議（実施機関退室後）)."""
    mark = numbering(line.text) if line.alone and len(line.key) <= _LONGEST_NAME else None
    return bool(mark and mark[1] and STEP.fullmatch(fold(line.text[mark[2] :])))


def _bulleted(lines: Sequence[Line]) -> bool:
    """Whether a bulleted question stands right before an arrow or a deeper bullet."""
    for line, following in pairwise(lines):
        if _BULLET.match(line.text):
            if _ARROW.match(following.text):
                return True
            if (
                _QUESTION.search(line.key)
                and following.indent > line.indent
                and _BULLET.match(following.text)
            ):
                return True
    return False


def speaker_of(line: Line, *, letters: bool = False, alone: bool = False) -> tuple[str, int] | None:
    """The speaker's name at the head of the line, and where what was said begins in it.

    `letters` says that a bare Q or A before a space is a speaker, `alone` that names stand alone on their
    lines, so that an office may too.
    """
    text = line.text
    # most lines are nobody's: a character that every name holds is soon looked for
    if not text or not _SOMEBODY.search(text, 0, _LONGEST_NAME):
        return None
    bracketed = _BRACKETED.match(text)
    if bracketed:
        name = bracketed["name"].strip()
        key = fold(name)
        role = role_of(name)
        if role is Role.UNKNOWN or not _NAME.fullmatch(key) or _NO_SPEAKER.search(key):
            return None
        if role is Role.AGENCY and not _speaks(text[bracketed.end() :]):
            return None
        return name, bracketed.end()
    mark = _MARK.match(text)
    start = mark.end() if mark else 0
    found = None
    for gap in _NAME_ENDS.finditer(text, start, start + _LONGEST_NAME):
        if gap.end() == gap.start() < len(text):  # the pattern's `$` at the end of the window
            break
        if found and not gap.group():
            break
        name = text[start : gap.start()]
        key = fold(name)
        if not name or _NO_NAME.search(key) or not _NAME.fullmatch(key):
            continue
        role = role_of(name)
        seated = _ONLY_SEAT.fullmatch(key) and not mark and not gap.group().strip()
        if role is Role.UNKNOWN or seated:
            continue
        rest = text[gap.end() :]
        if not rest and alone and not mark:
            return name.strip(), len(text)
        if _ends_here(gap.group(), rest, key, role, marked=bool(mark), letters=letters):
            found = name.strip(), gap.end()
        if gap.group().strip():
            break
    return found


def _ends_here(gap: str, rest: str, key: str, role: Role, *, marked: bool, letters: bool) -> bool:
    """Whether a name ends at `gap`, and what follows is said by whom it names."""
    sign = gap.strip(" \t\u3000")
    bare = bool(_LETTER.fullmatch(key))
    if sign in (":", "："):
        return role is not Role.AGENCY or bare or key in _SAYERS or _speaks(rest) or not rest
    if sign == "「":
        return "」" in rest or "。" in rest
    if bare:
        return letters and _speaks(rest)
    if not gap or not rest:  # alone on its line
        if role is not Role.AGENCY:
            return True
        if marked:
            return not rest
        return key in _SAYERS or bool(_OFFICER.fullmatch(key))
    if marked:
        return role is not Role.AGENCY or _speaks(rest)
    if (
        re.search(r"課$|室$|係$|局$|センター$|部$|所$|委員会$|病院$|館$", key)
        and role is Role.AGENCY
    ):
        return rest.rstrip().endswith(("。", "？", "?"))
    if role is not Role.AGENCY and _DID.match(rest):
        return True
    return _speaks(rest) or (role is not Role.AGENCY and len(fold(rest)) > 14)


# what members are told to have done, where words would stand: 委員　（異議なし）
_DID = re.compile(
    r"[(（「『〔].{0,8}(?:異議|意見|質疑|質問|なし|賛成|挙手|了承|はい|同意|拍手|起立|うなず)"
)


_NAME_ALONE = re.compile(r"[^\s、。:()]{0,6}(?:委員長?|副?会長|部会長|事務局|議長|座長)")
_LETTER = re.compile(r"[qa問答][0-9]{0,2}")
_SAYERS = frozenset(
    (
        "実施機関",
        "担当課",
        "所管課",
        "説明者",
        "説明員",
        "諮問機関",
        "処分庁",
        "回答",
        "応答",
        "答弁",
    )
)
_OFFICER = re.compile(
    r".{1,16}(?:課長|係長|補佐|部長|局長|室長|所長|次長|主査|主幹|参事|館長|書記長)"
)


def _speaks(rest: str) -> bool:
    """Whether what follows a department's name is speech: nothing on this line, or a sentence."""
    rest = rest.strip()
    return not rest or rest.endswith(("。", "」", "か", "?", "？")) or len(rest) > 24


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its reply: consecutive turns, the first by a member (or the chair)."""

    question: Turn
    replies: tuple[Turn, ...]

    @property
    def start(self) -> int:
        """Where the question begins, with the mark of its speaker."""
        return self.question.head

    @property
    def end(self) -> int:
        """Where the last reply ends."""
        return self.replies[-1].end if self.replies else self.question.end


def exchanges(turns: Sequence[Turn]) -> list[Exchange]:
    """Pair what members say with what they are told. A remark without a reply stands alone."""
    paired: list[Exchange] = []
    question: Turn | None = None
    replies: list[Turn] = []
    for turn in turns:
        is_reply = turn.role in (Role.AGENCY, Role.OFFICE) or (
            turn.role is Role.UNKNOWN
            and question is not None
            and question.role is Role.MEMBER
            and not replies
        )
        if is_reply and question is not None:
            replies.append(turn)
            continue
        if question is not None:
            paired.append(Exchange(question, tuple(replies)))
        question, replies = turn, []
    if question is not None:
        paired.append(Exchange(question, tuple(replies)))
    return paired
