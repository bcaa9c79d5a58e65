"""Cases read on pictures by a machine -> the same, with a doubt where their verdict, or what is ticked in
their papers, is not surely read.

A verdict that loses a word, or the condition behind it, is the gravest thing that can be misread: what
stands in it and right behind it has to be legible, whole, and on a page of which nothing was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.cases import Case, Decision
from index.doubts import Doubt, DoubtKind
from index.records import Record, page_holding

_BEHIND = 60  # characters behind a verdict, in which what limits it would stand
_BOXES = frozenset("□■☑")
_ENDS = ("。", "）", ")", "」", "』", "．", ".")


def with_doubts(record: Record, cases: Iterable[Case]) -> list[Case]:
    """The cases of a record, those of which a machine has not surely read a verdict or a ticked box with
    a doubt more for each."""
    if not any(page.machine for page in record.pages):
        return list(cases)
    unsure = sorted(at for page in record.pages for at in page.unsure)
    return [replace(case, doubts=(*case.doubts, *_doubts(record, case, unsure))) for case in cases]


def _doubts(record: Record, case: Case, unsure: list[int]) -> Iterator[Doubt]:
    for decision in case.decisions:
        page = page_holding(record.pages, decision.start)
        if page is None or not page.machine or decision.end <= decision.start:
            continue
        why = _why(record.text, decision, unsure)
        if why is None and page.missed:
            why = "このページには、機械が読み取れなかった行があるかもしれません"
        if why:
            span = (decision.start, decision.end)
            words = f"機械で読み取った結論です。{why}。紙面と見比べてください"
            yield Doubt(DoubtKind.VERDICT, words, span)

    held = {at for start, end in case.spans for at in unsure if start <= at < end}
    boxes = sorted(at for at in held if record.text[at] in _BOXES)
    if boxes:
        count = f"チェック欄のうち{len(boxes)}か所は、印があるかをはっきり読めていません"
        yield Doubt(DoubtKind.TEXT, f"{count}。紙面と見比べてください", (boxes[0], boxes[0] + 1))


def _why(text: str, decision: Decision, unsure: list[int]) -> str | None:
    """What is not sure in the verdict's sentence, in its conditions, or right behind it."""
    told = [(decision.start, decision.end + _BEHIND)]
    told += [(condition.start, condition.end) for condition in decision.conditions]
    if any(start <= at < end for start, end in told for at in unsure):
        return "結論かその前後に、機械がはっきり読めなかった文字があります"
    if not text[decision.start : decision.end].rstrip().endswith(_ENDS):
        following = text[decision.end : decision.end + 1]
        if following not in ("。", "\n", "\t", ""):
            return "結論の文が、途中で切れているかもしれません"
    return None
