"""Lines -> verdicts told apart from their matters, by number: a heading of results with a list below it.

審議結果 / ア 適当と認める。 / イ 継続して審査する。 after an agenda ア …, イ …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.grammar.verdicts import Outcome
from index.headings import label_of
from index.japanese import fold
from index.parts.decisions import ruling_below, states_results
from index.parts.rulings import Ruling, listed_below
from index.text.case_numbers import ITEM_WORDS, numbers_of
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Result:
    """What a list of results says of one matter, named by its `number` in the agenda or by its `label`."""

    number: int
    label: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Results:
    """A list of results: the line of its heading, its last line, and what it says."""

    index: int
    last: int
    told: tuple[Result, ...]

    def is_of(self, result: Result, label: str, order: int) -> bool:
        """Whether a result is that of the matter with this label, or this number in the agenda."""
        if result.label and result.label == label:
            return True
        return bool(order) and order == (result.number or _item_number(result.label))


def read_results(text: str, lines: Sequence[Line], first: int, last: int) -> Iterator[Results]:
    """The lists of results in `lines[first:last]`, of two items at least: each must give a verdict, or say
    in so many words that it gives none, or it is no such list."""
    index = first
    while index < last:
        if states_results(lines[index]):
            items = list(_items(lines, index + 1, last))
            told = [
                Result(number, label, replace(ruling, conditions=conditions, outcome=outcome))
                for number, label, part in items
                if (ruling := ruling_below(text, part, part)) is not None
                for conditions in [
                    ruling.conditions or conditions_told(text, lines, number, first, last)
                ]
                for outcome in [_with(ruling.outcome, conditions)]
            ]
            silent = [part for _, _, part in items if _tells_nothing(part)]
            if told and len(told) + len(silent) == len(items) > 1:
                count = sum(len(part) for _, _, part in items)
                yield Results(index, index + count, tuple(told))
        index += 1


# an item of such a list that gives no verdict: 議題3 下記のとおり, 議題5 非公開
_NO_VERDICT = re.compile(
    r"(?:下記|別紙|別添|以下|次|後述|議事録?|会議録|報告|資料|説明)の(?:とおり|通り)(?:。|です)?|(?:一部)?非公開(?:のため.{0,12})?|省略|略|記載なし|.{0,40}を?(?:選出|選任|互選|指名|確認)(?:した|しました)?。?"
)


def _tells_nothing(part: Sequence[Line]) -> bool:
    return len(part) == 1 and bool(_NO_VERDICT.fullmatch(part[0].key))


def _item_number(label: str) -> int:
    """The number of an item of the agenda that a label is (議題2); 0 for any other."""
    word, numbers = numbers_of(label)
    return int(next(iter(numbers))) if word in ITEM_WORDS and len(numbers) == 1 else 0


def _with(outcome: Outcome, conditions: Sequence[tuple[int, int]]) -> Outcome:
    return (
        Outcome.APPROVED_WITH_CONDITIONS if conditions and outcome is Outcome.APPROVED else outcome
    )


def _items(lines: Sequence[Line], start: int, last: int) -> Iterator[tuple[int, str, list[Line]]]:
    """The items of the list that begins at a line: number, label, and the lines without them."""
    style, number, label = "", 0, ""
    part: list[Line] = []
    for line in lines[start:last]:
        mark = numbering(line.text)
        named = "" if mark and mark[1] else label_of(line)
        at = 0
        if mark and mark[1]:
            if part and (mark[0] != style or mark[1] != number + 1):
                break
            at = mark[2]
        elif named:
            at = _after_label(line.text, named)
        elif not part or line.row > part[-1].row + 1:
            break
        else:
            part.append(line)
            continue
        if part:
            yield number, label, part
        style, number = (mark[0], mark[1]) if mark and mark[1] else ("", 0)
        text = line.text[at:].lstrip(" \t\u3000")
        at = len(line.text) - len(text)
        label = named or label_of(replace(line, text=text, key=fold(text)))
        if label and not named:
            at += _after_label(text, label)
        part = [replace(line, start=line.start + at, text=line.text[at:], key=fold(line.text[at:]))]
    if part:
        yield number, label, part


def _after_label(text: str, label: str) -> int:
    """Where what follows a label begins; the label is folded."""
    end = next((n for n in range(len(text) + 1) if fold(text[:n]).endswith(label)), len(text))
    return end + len(text[end:]) - len(text[end:].lstrip(" \t\u3000:：】〕]）)"))


_CONDITIONS_OF = re.compile(
    r"[(\[【]?(?:議題|案件|諮問|議案)?(?P<n>[0-9]{1,2}|[アイウエオカキク])[)\]】.]?の(?:附帯|付帯)?(?:条件|意見|事項)(?:等)?[】\]:]*"
)
_KANA = "アイウエオカキク"


def conditions_told(
    text: str, lines: Sequence[Line], number: int, first: int, last: int
) -> tuple[tuple[int, int], ...]:
    """The conditions that a heading of their own gives to the matter of this number: (2)の条件."""
    for index in range(first, last):
        line = lines[index]
        match = _CONDITIONS_OF.match(line.key)
        if match is None or not number:
            continue
        written = match["n"]
        if (_KANA.index(written) + 1 if written in _KANA else int(written)) != number:
            continue
        if match.end() < len(line.key):
            at = _after_label(line.text, line.key[: match.end()].rstrip(":"))
            return ((line.start + at, line.end),)
        below = lines[index + 1 : last]
        return tuple(listed_below(text, line, below)) or tuple(_written_below(text, line, below))
    return ()


def _written_below(text: str, heading: Line, below: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The sentences of the paragraph right below a heading."""
    paragraph: list[Line] = []
    for line in below:
        if line.row > (paragraph[-1] if paragraph else heading).row + 1 or label_of(line):
            break
        paragraph.append(line)
    if paragraph and paragraph[-1].key.endswith("。"):
        yield from sentences(text, paragraph[0].start, paragraph[-1].end)
