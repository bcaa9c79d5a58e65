"""Lines -> turns of speech: who speaks, in which role, from where to where.

The marks differ from council to council: `（A委員）`, `【会長】`, `○会長`, `<会長>` alone on a line, a bare
`委員`, `(質問)` and `(回答)`, bullets whose replies are indented or begin with an arrow. What they share
is a name at the head of a line; what the name says decides the role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.lines import Line


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


_SPACE = r"[ \t\u3000]*"
_POSITION = (
    r"会長職務代理者?|会長代理|職務代理者?|副会長|会長|副委員長|委員長|部会長代理|部会長|座長|議長"
    r"|委員|事務局|実施機関|諮問機関|所管課|担当課|担当部署|主管課|原課|説明者|説明員|参考人"
    r"|市側|町側|村側|区側|県側|行政"
    r"|質問者?|回答者?|質疑|意見|答弁|部長|次長|室長|所長|局長|課長補佐|課長|主幹|係長|主査"
    r"|主任|主事|副参事|参事|補佐|課員|担当者?|市長|町長|村長|区長|副市長|教育長|センター長"
    r"|館長"
)
# PDF text spaces short words out: 会 長
_SPACED_POSITION = "|".join(
    _SPACE.join(word) if word.isalpha() and len(word) == 2 else word
    for word in _POSITION.split("|")
)
# a name: letters and kanji before a position, or a department; never a sentence
_NAME = (
    rf"(?:[^\s、。「」()（）【】<>〈〉○〇◯●:：→⇒]{{0,14}}?{_SPACE})?(?:{_SPACED_POSITION})"
    rf"(?:{_SPACE}[A-ZＡ-Ｚa-zａ-ｚ①-⑳0-9０-９]{{1,2}})?(?:{_SPACE}[(（][^()（）]{{1,16}}[)）])?"
    r"|[^\s、。「」()（）【】<>〈〉]{2,16}(?:課|室|係|局|センター|担当)"
    r"|委員[A-ZＡ-Ｚ]|[A-ZＡ-Ｚ]委員|[QＱAＡ問答](?=[:：.．])"
)
_BRACKETED = re.compile(
    rf"^[・\-○〇●]?{_SPACE}(?P<open>[（(【<＜〈《［\[]){_SPACE}(?P<name>{_NAME}){_SPACE}[）)】>＞〉》］\]]{_SPACE}[:：]?{_SPACE}"
)
_MARKED = re.compile(
    rf"^[○〇◯●◎◆・]{_SPACE}(?P<name>{_NAME})(?:{_SPACE}[:：]{_SPACE}|[ \t\u3000]+|$)"
)
_COLON = re.compile(
    rf"^(?P<name>{_NAME}|[QＱAＡ問答])(?P<n>[0-9０-９]{{0,2}}){_SPACE}[:：]{_SPACE}"
)
_ALONE = re.compile(rf"^(?P<name>{_NAME})$")
_STRICT = re.compile(
    r"^(?P<name>[^\s、。「」()（）0-9０-９]{0,6}(?:委員|会長|部会長|事務局|実施機関|担当課"
    r"|所管課|議長|座長)(?:[A-ZＡ-Ｚ])?)[ \t\u3000]+(?=\S{2})"
)
_ARROW = re.compile(rf"^(?:[・\-]{_SPACE})?(?:→|⇒|➡|⇨){_SPACE}")
_BULLET = re.compile(rf"^(?:[・\-○〇●◯*]|[-–—]){_SPACE}(?=\S)")
_DISCUSSION = re.compile(r"(?:質疑|意見|質問|応答|回答|審議内容|審議概要|主な発言|やり?取り|議論)")
_NARRATIVE = re.compile(
    r"^[\-—―–─‐]|^※|^[〈<《【\[](?!.{0,12}(?:委員|会長|事務局))|^以上$|^[(（](?:説明|異議なし"
    r"|質疑なし|なし|休憩)"
)
# the words with which only a chair ends a case
_CLOSING = re.compile(
    r"^[\-・○]?(?:他に|ほかに|以上)[^。]{0,14}(?:質問|意見|質疑|異議)[^。]{0,10}(?:なけれ|ない"
    r"|なし|なく|ありません)"
)
_QUESTION = re.compile(
    r"(?:か|のか|でしょうか|ますか|いかが|教えて(?:ほしい|いただきたい|ください)|確認したい"
    r"|伺いたい|願いたい|お願いしたい|お願いする|お願いします)[。?？]?$"
)


_HEADS = (
    (_BRACKETED, re.compile(r"^[・\-○〇● \t\u3000]*[（(【<＜〈《［\[]")),
    (_MARKED, re.compile(r"^[○〇◯●◎◆・]")),
    (_COLON, re.compile(r"[:：]")),
    (_ALONE, None),
    (_STRICT, re.compile(r"[ \t\u3000]")),
)


def role_of(name: str) -> Role:
    """The role that a speaker's name tells."""
    key = re.sub(r"\s", "", name)
    if re.search(r"事務局", key):
        return Role.OFFICE
    if re.search(r"会長|委員長|部会長|議長|座長|職務代理", key) and "副市長" not in key:
        return Role.CHAIR if not re.search(r"副会長|副委員長|代理", key) else Role.MEMBER
    if re.search(r"委員|^質問|^質疑|^意見|^[QＱ問]$", key):
        return Role.MEMBER
    if re.search(
        r"実施機関|回答|答弁|^[AＡ答]$|課|室|係|局|長$|主査|主任|主事|補佐|説明|担当|参考人|側$"
        r"|機関|行政|センター|参事|主幹",
        key,
    ):
        return Role.AGENCY
    return Role.UNKNOWN


def read_turns(lines: Sequence[Line], *, bullets: bool = False) -> list[Turn]:
    """The turns of speech in consecutive `lines` of one case.

    Where `bullets` is true (or a heading such as 主な質疑 says so), unnamed bullets are turns as well:
    a reply is told by its arrow or its indent, or by standing after a question.
    """
    turns: list[Turn] = []
    open_turn: Turn | None = None

    def close() -> None:
        nonlocal open_turn
        if open_turn is not None and open_turn.end > open_turn.start:
            turns.append(open_turn)
        open_turn = None

    bullet_indent: int | None = None
    named = False
    for line in lines:
        head = _head(line)
        if head is not None:
            close()
            name, said = head
            named = True
            open_turn = Turn(name, role_of(name), line.start + said, line.end, line.start)
            if said >= len(line.text):  # the name stands alone; what was said follows
                open_turn = replace(open_turn, start=line.end, end=line.end)
            continue
        match = _ARROW.match(line.text)
        if match and (open_turn is not None or turns):
            close()
            open_turn = Turn("", Role.AGENCY, line.start + match.end(), line.end, line.start)
            continue
        if line.alone and _DISCUSSION.search(line.key) and not _BULLET.match(line.text):
            close()
            bullets = True
            continue
        bullet = _BULLET.match(line.text)
        if bullet and bullets and not (named and not line.text.startswith(("-", "・"))):
            close()
            bullet_indent = (
                line.indent if bullet_indent is None else min(bullet_indent, line.indent)
            )
            role = Role.UNKNOWN
            if _CLOSING.search(line.key):
                role = Role.CHAIR
            elif _QUESTION.search(line.key):
                role = Role.MEMBER
            elif line.indent > bullet_indent:
                role = Role.AGENCY
            open_turn = Turn("", role, line.start + bullet.end(), line.end, line.start)
            continue
        if _NARRATIVE.match(line.text):
            close()
            continue
        if open_turn is not None:
            start = line.start if open_turn.start == open_turn.end else open_turn.start
            open_turn = Turn(open_turn.speaker, open_turn.role, start, line.end, open_turn.head)
    close()
    return turns


def _head(line: Line) -> tuple[str, int] | None:
    """The speaker's name at the head of the line, and where what was said begins in it."""
    text = line.text
    for pattern, marks in _HEADS:
        # most lines are nobody's: a mark that a pattern needs is soon looked for
        if marks is not None and not marks.search(text):
            continue
        if pattern is _ALONE and len(line.key) > 120:
            continue
        match = pattern.match(text)
        if match is None:
            continue
        name = match["name"].strip()
        role = role_of(name)
        if role is Role.UNKNOWN:
            continue
        if re.search(r"[のをにがは※]|及び|意見|結果|概要|内容", name) and pattern is not _BRACKETED:
            continue
        if (
            pattern in (_BRACKETED, _MARKED)
            and role is Role.AGENCY
            and not _speaks(line, match.end())
        ):
            continue
        if pattern is _ALONE and (
            role is Role.AGENCY
            and not re.fullmatch(
                r"(?:実施機関|担当課|所管課|説明者|説明員|諮問機関|.{1,12}(?:課長|係長|補佐|部長"
                r"|主査|主幹))",
                re.sub(r"\s", "", name),
            )
        ):
            continue
        return name, match.end()
    return None


def _speaks(line: Line, end: int) -> bool:
    """Whether a bracketed department is a speaker: it stands alone or a sentence follows."""
    rest = line.text[end:].strip()
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
