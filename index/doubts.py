"""What a person should look at (要確認): what was not found in a record, or is not sure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DoubtKind(StrEnum):
    """What a doubt is about, and so which correction settles it."""

    VERDICT = "verdict"  # words of one were not understood, or can be read in two ways
    CONDITION = "condition"
    DATE = "date"  # none, two of them, an impossible one
    MUNICIPALITY = "municipality"  # none, or a misread name that was healed
    TITLE = "title"  # guessed, or not whole
    LAW = "law"  # cites other rules than those of its time, or a misread article
    TEXT = "text"  # read by machine, or hardly legible
    CORRECTION = "correction"  # a person's correction that could not be applied


NO_VERDICT = "結論を示す行が見つかりません"
# its place is what the chair said last on the case: where a verdict stands, if one was given
SEE_THE_CHAIR = f"{NO_VERDICT}。会長の終わりの発言をご確認ください"

TWO_IN_ONE = "案件名に次の案件が続いています。結論がどの案件のものか、ご確認ください"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One of them: a Japanese sentence (without 。), and the place in the record where there is one."""

    kind: DoubtKind
    text: str
    span: tuple[int, int] | None = None
