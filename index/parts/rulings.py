"""A verdict at its place in a record, with the conditions that stand around it.

They are listed below it, follow in its paragraph (なお…), or were asked for before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from index.grammar.condition_clauses import terms
from index.grammar.deferral import verdict_put_off
from index.grammar.verdicts import Outcome, Verdict
from index.japanese import fold, folded_with_offsets
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.sentences import sentences, trimmed
from index.text.turns import Role, Turn, speaker_of

_CONDITION_HEADING = re.compile(
    r"^(?:[0-9]{1,2}(?![0-9])[.、)]?|[アイウエオ][.、)]?|\([0-9]{1,2}\)"
    r"|[◆◇●○■□・【〈<\[(※])*(?:附帯意見|付帯意見|附帯条件|付帯条件|条件|附帯事項|付帯事項"
    r"|留意事項|要望事項|審議会からの意見|付した意見|意見)[】〉>\])]*[:：]?"
)
_ADDED = re.compile(
    r"^[-・○※→]*(?:なお|ただし|但し|また|併せて|あわせて|(?:附帯|付帯)?意見として|(?:附帯|付帯)?条件として"
    r"|要望として)、?(?P<c>[^。]{6,220}?(?:こと|されたい|したい|求める|要望する|望む"
    r"|望まれる|ように|努めること|べきである|必要がある|留意(?:する"
    r"|されたい)(?:こと)?))(?:を(?:附帯意見|付帯意見|意見|条件|要望)(?:とする|とした|として付す)"
    r"|を(?:求める|求めた|要望する|要望した|条件とする)|が条件である)?。?[」）)-]*$"
)
# whatever its form, what begins so limits the verdict before it; how members voted does not
_PROVISO = re.compile(
    r"^[-・○※→]*(?:ただし|但し)、?(?![^。]{0,30}(?:反対|棄権|賛成|欠席|異論))(?P<c>[^。]{4,220}?)"
    r"(?:(?:こと)?を条件とする|(?:が|を)条件(?:である)?)?。?[」）)-]*$"
)
# (条件：…) behind the verdict
_NOTED = re.compile(
    r"^[(\[【〈<](?:附帯|付帯)?(?:条件|意見|留意事項)[:：](?P<c>[^。]{4,220}?)。?[)\]】〉>]。?$"
)
_TERM = re.compile(r"(?:こと|されたい)。?$")
_ANNOUNCES_LIST = re.compile(
    r"(?:次の|以下の|下記の)(?:とおり)?.{0,8}(?:条件|意見|要望|附帯意見|付帯意見|留意事項|事項|点|こと)"
)
_REQUEST = re.compile(
    r"(?:要望(?:する|します)|(?:して|を)(?:ほしい|いただきたい|もらいたい)|お願い(?:する|したい"
    r"|します)|すべきで(?:ある|は)|すること(?:が|を)(?:望|条件)|方向でお願い|求める|されたい)"
)
# what a chair asks for at every case is no condition of one
_OF_PROCEDURE = re.compile(
    r"(?:説明|報告|発言|挙手|起立|質疑|質問|意見|着席|退席|審議|採決)(?:等)?(?:を|は)?[^。、]{0,12}(?:お願い|願い|ください|求め)"
)
_ATTACHED_TO = re.compile(r"別紙|別添|別記")
_NEAR = 12  # sentences after a verdict that may add conditions to it
_NEAR_TURNS = 200  # turns before it in which they may have been asked for


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict found in a part: its class, the span of the sentence, the spans of its conditions."""

    outcome: Outcome
    start: int
    end: int
    conditions: tuple[tuple[int, int], ...]
    doubt: str = ""


def starts_anew(line: Line) -> bool:
    """Whether a line is no rest of the one above it, by its mark or as a cell."""
    return bool(re.match(r"^[\-—―–─○〇●◎◆◇■□⇒→※・【<〈《(（]", line.text)) or line.cell > 0


def with_conditions(
    text: str, verdict: Verdict, start: int, end: int, lines: Sequence[Line]
) -> Ruling:
    """A verdict that stands beside a title, `text[start:end]`, with the conditions listed below it."""
    return ruling_of(text, start, end, verdict, lines, ())


def ruling_of(
    text: str, start: int, end: int, verdict: Verdict, lines: Sequence[Line], turns: Sequence[Turn]
) -> Ruling:
    """The verdict of the sentence `text[start:end]` at its place, with the conditions found around it."""
    conditions = [(start + a, start + b) for a, b in verdict.conditions]
    outcome, doubt = verdict.outcome, ""
    if outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED):
        added = _listed_conditions(text, end, lines, listed=verdict.conditions_elsewhere)
        conditions += added
        if verdict.conditions_elsewhere and not conditions:
            attached = _ATTACHED_TO.search(text, start, end)
            if not attached:
                conditions += _summed_up(text, start, end, turns)
                conditions = conditions or _counted_before(text, start, turns)
            before = None if attached or conditions else _request_before(text, start, turns)
            if conditions:
                pass
            elif before is not None:
                conditions.append(before)
                doubt = "条件の言葉は結論の行になく、その前の発言から取りました"
            else:
                doubt = "条件が付いていますが、その内容が見つかりません"
        if conditions and outcome is Outcome.APPROVED:
            outcome = Outcome.APPROVED_WITH_CONDITIONS
        if not conditions and outcome is Outcome.APPROVED:
            conditions = _written_in(text, start, turns)
            outcome = Outcome.APPROVED_WITH_CONDITIONS if conditions else outcome
    spans = tuple((a, a + len(text[a:b].rstrip(" 　―—–\r\n"))) for a, b in conditions)
    if outcome is Outcome.APPROVED_WITH_CONDITIONS:
        open_ = next((span for span in spans if verdict_put_off(text[slice(*span)])), None)
        if open_ is not None:
            return Ruling(Outcome.CONTINUED, *open_, ())
    return Ruling(outcome, start, end, spans, doubt)


def conditions_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The conditions in the sentences of a cell: 適当と認める。ただし、…すること。"""
    found = []
    for a, b in sentences(text, start, end):
        key, offsets = folded_with_offsets(text[a:b])
        match = _ADDED.match(key) or _PROVISO.match(key)
        if match:
            found += [
                (a + offsets[left], a + offsets[right - 1] + 1)
                for left, right in terms(key, *match.span("c"))
            ]
    return found


_NOTE_LABEL = re.compile(r"(?P<of>[^。、:：]{1,8})[:：][ \u3000]*")


def conditions_noted(text: str, start: int, end: int, *, limited: bool) -> list[tuple[int, int]]:
    """The conditions that a note to a word of approval states, a sentence each: those it calls so
    (条件：…), or, where the word itself is `limited` (条件付承認), all that is not called otherwise (理由：…)."""
    label = _NOTE_LABEL.match(text, start, end)
    if label is None:
        return list(sentences(text, start, end)) if limited else []
    called = _CONDITION_HEADING.fullmatch(fold(label.group()))
    return list(sentences(text, label.end(), end)) if called else []


def _listed_conditions(
    text: str, after: int, lines: Sequence[Line], *, listed: bool
) -> list[tuple[int, int]]:
    """Conditions that stand after the verdict: a list, a heading 附帯意見 with its lines, なお….

    `listed` says that the verdict announces a list (次の条件を付して).
    """
    found: list[tuple[int, int]] = []
    # the rest of the verdict's own paragraph
    paragraph: Line | None = None
    first = bisect_left(lines, after, key=lambda line: line.end)
    for line in islice(lines, first, None):
        if line.start > after and (paragraph is None or line.row > paragraph.row + 1):
            break
        if line.start <= after <= line.end or (
            paragraph is not None
            and line.row == paragraph.row + 1
            and not starts_anew(line)
            and not numbering(line.text)
            and not heads_conditions(line)
            and line.start > after
        ):
            paragraph = line
    stop = paragraph.end if paragraph else after
    for start, end in islice(sentences(text, after, stop), _NEAR):
        key, offsets = folded_with_offsets(text[start:end])
        if _ANNOUNCES_LIST.search(key):
            listed = True
            continue
        match = _ADDED.match(key) or _PROVISO.match(key) or _NOTED.match(key)
        if match:
            found += [
                (start + offsets[a], start + offsets[b - 1] + 1)
                for a, b in terms(key, *match.span("c"))
            ]
        elif listed and _TERM.search(key):  # a list without marks
            found.append((start, end))
    collecting = listed
    style: tuple[str, int] | None = None
    misses = 0
    below = bisect_left(lines, max(stop, after), key=lambda line: line.start)
    for line in islice(lines, below, None):
        heading = _CONDITION_HEADING.match(line.key)
        if heading and line.key[heading.end() - 2 :].startswith("意見等"):
            break  # what members said
        if heading and len(line.key) - heading.end() <= 2:
            collecting, misses = True, 0
            continue
        if (
            heading
            and heading.end() < len(line.key)
            and re.search(r"[:：】〉>\])］〕]", line.text[:16])
        ):
            mark = re.search(r"[:：】〉>\])）］〕]", line.text)
            assert mark is not None
            found += [(a, b) for a, b in trimmed(text, line.start + mark.end(), line.end)]
            collecting, misses = True, 0
            continue
        if not collecting:
            match = _ADDED.match(line.text)
            if match and line.row - (paragraph.row if paragraph else line.row) <= 2:
                found.append((line.start + match.start("c"), line.start + match.end("c")))
                continue
            break
        if speaker_of(line):
            break
        mark_ = numbering(line.text)
        if mark_ and len(line.key) >= 6:
            if style and (mark_[0] != style[0] or (mark_[1] and mark_[1] != style[1] + 1)):
                break  # another list: what follows is no condition
            style = (mark_[0], mark_[1])
            found.append((line.start + mark_[2], line.end))
            continue
        if (
            found
            and found[-1][1] < line.start
            and not re.match(r"^[(（【<〈○◇◆※→⇒\-—]", line.text)
            and not text[found[-1][0] : found[-1][1]].endswith(("。", "こと"))
        ):
            found[-1] = (found[-1][0], line.end)  # a hard wrap inside the condition
            continue
        if (
            not found
            and re.search(r"(?:こと|されたい|努める|する)。?$", line.key)
            and len(line.key) >= 8
        ):
            found.append((line.start, line.end))
            continue
        misses += 1
        if misses > 0:
            break
    return found


def listed_below(text: str, heading: Line, below: Sequence[Line]) -> list[tuple[int, int]]:
    """The conditions in the list below a line that announces them."""
    return _listed_conditions(text, heading.end, [heading, *below], listed=True)


def heads_conditions(line: Line) -> bool:
    """Whether a line is 附帯意見 alone, or before a colon or a bracket's end."""
    heading = _CONDITION_HEADING.match(line.key)
    return bool(
        heading
        and (len(line.key) - heading.end() <= 2 or line.key[heading.end() - 1] in ":：】〉>])")
    )


# 1点目、…こと。 ア …こと。
_COUNTED = re.compile(
    r"(?:もう)?(?:[一二三四五六0-9]点目|[一二三四五六0-9]つ目?(?!の|以)|第[一二三四五六0-9]|[ア-オ]|[(（]?[1-9](?:[)）.]|(?![0-9年月日時分秒件名人回か箇個つ週割億万千台枚社校%.,])))(?:に|は|として)?[、 ]?"
)
_ENDS_AS_REQUEST = re.compile(r"(?:ていただく|てもらう|てください|ていただきたい|てほしい)。?$")
_ENDS_AS_TERM = re.compile(r"(?:こと|されたい|ように|努める)(?:です|とする|である)?。?$")


def _counted_before(text: str, start: int, turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """The conditions that the chair counted, a sentence each, in the last of its turns that do so."""
    before = bisect_right(turns, start, key=lambda turn: turn.start)
    for turn in islice(reversed(turns[:before]), _NEAR):
        if turn.role is not Role.CHAIR:
            continue
        found: list[tuple[int, int]] = []
        for a, b in sentences(text, turn.start, min(turn.end, start)):
            key, offsets = folded_with_offsets(text[a:b])
            mark = _COUNTED.match(key)
            if mark and _ENDS_AS_TERM.search(key) and mark.end() < len(key):
                found.append((a + offsets[mark.end()], b))
            elif found:
                break
        if len(found) > 1:
            return found
    return []


# …ということと、…ということ、この2つは答申に書き込む: said before what is put to the members
_WRITTEN_IN = re.compile(
    r"(?:[^。]{0,30}?(?:が|けれども)、)?(?P<c>[^。]{6,300}?こと)、?(?:この|以上の?|これらの?)(?:[0-9一二三四五]つ?の?(?:点|項目)?)?(?:は|を)、?答申(?:書|案)?に[^。]{0,10}(?:書|明記|記載|盛り込|入れ|加え|付)[^。]{0,10}。?$"
)


def _written_in(text: str, start: int, turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """What the chair, earlier in the turn of the verdict at `start`, wants the reply to say."""
    at = bisect_right(turns, start, key=lambda turn: turn.start) - 1
    if at < 0 or turns[at].end < start or turns[at].role is not Role.CHAIR:
        return []
    for a, b in sentences(text, turns[at].start, start):
        key, offsets = folded_with_offsets(text[a:b])
        match = _WRITTEN_IN.match(key)
        if match:
            return [
                (a + offsets[i], a + offsets[j - 1] + 1) for i, j in terms(key, *match.span("c"))
            ]
    return []


# これを条件に, 以上の2点を条件として: what is meant are the sentences right before
_SUMS_UP = re.compile(
    r"(?:^|[、。])(?:以上|これら?|それら?|この|その|ただいまの|今の)の?(?:[0-9一二三四五六]つ?の?(?:点|項目|事項|条件)?)?を、?(?:(?:当|本)?(?:審議会|審査会|委員会)(?:として)?の)?(?:条件|前提|附帯意見|付帯意見|意見)"
)


def _summed_up(text: str, start: int, end: int, turns: Sequence[Turn]) -> list[tuple[int, int]]:
    """The sentences right before that of the verdict, `text[start:end]`, that it makes its conditions."""
    if not _SUMS_UP.search(fold(text[start:end])):
        return []
    at = bisect_right(turns, start, key=lambda turn: turn.start) - 1
    if at < 0 or turns[at].end < start:
        return []
    found: list[tuple[int, int]] = []
    for a, b in reversed(list(sentences(text, turns[at].start, start))):
        key, offsets = folded_with_offsets(text[a:b])
        if not (_ENDS_AS_TERM.search(key) or (not found and _ENDS_AS_REQUEST.search(key))):
            break
        mark = _COUNTED.match(key)
        begin, stop = mark.end() if mark else 0, len(key.rstrip("。"))
        parts = [(a + offsets[i], a + offsets[j - 1] + 1) for i, j in terms(key, begin, stop)]
        found[:0] = parts if len(parts) > 1 else [(parts[0][0], b)]
    return found


_THIS_AS_TERM = re.compile(
    r"(?:[^。]*(?:については|につきましては|に関しては)、)?(?P<c>[^。]{6,200}?こと)、?(?:これら?|以上|この(?:[0-9二三四]点)?)[^。、]{0,6}を(?:条件|前提|附帯意見|付帯意見|意見)"
)


def _request_before(text: str, start: int, turns: Sequence[Turn]) -> tuple[int, int] | None:
    """The last request that a member or the chair made before the verdict."""
    before = bisect_left(turns, start, key=lambda turn: turn.start)
    for turn in islice(reversed(turns[:before]), _NEAR_TURNS):
        if turn.role not in (Role.CHAIR, Role.MEMBER):
            continue
        best = None
        own = turn.end > start  # the turn of the verdict itself
        for a, b in sentences(text, turn.start, min(turn.end, start)):
            key, offsets = folded_with_offsets(text[a:b])
            named = _THIS_AS_TERM.search(key)
            if named:  # …すること、これを条件に承認してはどうか。
                left, right = named.span("c")
                return a + offsets[left], a + offsets[right - 1] + 1
            asks = not own and _REQUEST.search(key) and not _OF_PROCEDURE.search(key)
            if asks and not key.rstrip("。").endswith("か"):
                best = (a, b)
        if best is not None:
            return best
    return None
