"""Record + Case -> Passage: the unit of search, with the headings above it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage is, and so whose word it carries."""

    DECISION = "decision"  # a verdict line with its conditions
    EXCHANGE = "exchange"  # a question and its replies
    PAPER = "paper"  # a paragraph of papers, agenda or narrative
    TABLE = "table"  # a row or a group of rows
    SLOT = "slot"  # a labelled field of a case sheet


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a record: `record.text[start:end]`.

    `heading` is what stands above it (meeting, case title, section), in the words the search sees;
    `case` the case it is about, if any; `meeting` the sitting's id, if any.
    """

    id: str
    record: str
    start: int
    end: int
    kind: PassageKind
    text: str
    heading: str
    case: str | None
    meeting: str | None
