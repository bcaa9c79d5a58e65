"""What a record tells of the matters before a council: Case, Decision, Condition, Link, Correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.doubts import Doubt
from index.grammar.verdicts import Outcome
from index.meetings import Meeting
from index.text.law import Article
from index.text.slots import Slot
from index.text.turns import Exchange


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition or opinion attached to a decision, verbatim: `text[start:end]` of the record."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What the council concluded on a case at one sitting, with the line that says so.

    `start` and `end` are the span of `text`, the verdict verbatim; both 0 and the text empty where
    the outcome is `not_recorded`.
    """

    outcome: Outcome
    text: str
    start: int
    end: int
    conditions: tuple[Condition, ...]
    meeting: str
    meeting_id: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words of a case that point to another: by number, or by time and name (`words`, folded).

    `year` is the western year its fiscal year begins in; `last` that they say 前回; `quoted` that
    the name stands in brackets. With a number, `words` is what it numbers (諮問, 答申).
    """

    span: tuple[int, int]
    year: int | None = None
    ordinal: int | None = None
    day: date | None = None
    number: int | None = None
    words: str = ""
    quoted: bool = False
    last: bool = False


class LinkKind(StrEnum):
    """Why two cases have to do with each other. Only the first five make them one matter."""

    NUMBER = "number"  # the same inquiry number
    CONTINUED = "continued"  # put off, and taken up again
    SITTING = "sitting"  # told of one sitting twice: agenda, papers, minutes
    DECIDED = "decided"  # papers here, the verdict there
    POINTS = "points"  # its title points back to the other
    REFERS = "refers"  # its text names the other as an earlier case
    SERIES = "series"  # the same report of another year
    SIMILAR = "similar"  # titles alike, no more


@dataclass(frozen=True, slots=True)
class Link:
    """Another case that has to do with this one, and why: `reason` in Japanese, `span` the words of
    this case's record it rests on. One that is not `sure` is to be offered, never asserted."""

    case: str
    kind: LinkKind
    reason: str
    span: tuple[int, int]
    sure: bool


class Field(StrEnum):
    """What a person may correct; that a person has looked at it all (確認済み), has entered the whole
    case, or has said that it is none."""

    OUTCOME = "outcome"
    DATE = "date"
    TITLE = "title"
    MUNICIPALITY = "municipality"
    CHECKED = "checked"
    ENTERED = "entered"
    NO_CASE = "no_case"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person has said of a case: `now` in the place of what had been `read` (ISO 8601 dates,
    the values of Outcome; of a case that was entered its outcome). `by` and `why` may be empty, `when` is ISO 8601, `id` that in the file."""

    field: Field
    read: str
    now: str
    by: str
    when: str
    id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One matter before the council, with all that one record says of it.

    `spans` are the parts of the record that are about it; `title_span` the (first piece of the)
    title. `kind` is consultation, report, review (審査請求) or other. `chain` is shared by cases of
    other records that are the same matter, `links` say why, and which other cases have to do with
    it (both set by `index.reading.chains`). `doubts` are for a person to look at,
    `corrected` is what a person has said: the case is as corrected. `law` is under which rules it
    was decided (ordinance, act, or None), `articles` are where the record cites what `legal_basis`
    names.
    """

    id: str
    record: str
    label: str
    title: str
    title_span: tuple[int, int]
    kind: str
    municipality: str | None
    council: str | None
    meeting: str
    meeting_id: str
    year: int | None
    day: date | None
    department: str | None
    department_span: tuple[int, int] | None
    legal_basis: tuple[str, ...]
    decisions: tuple[Decision, ...]
    spans: tuple[tuple[int, int], ...]
    exchanges: tuple[Exchange, ...] = ()
    slots: tuple[Slot, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    chain: str = ""
    articles: tuple[Article, ...] = ()
    law: str | None = None
    pointers: tuple[Pointer, ...] = ()
    links: tuple[Link, ...] = ()
    corrected: tuple[Correction, ...] = ()

    @property
    def newest(self) -> Decision | None:
        """The newest decision, or None where none is recorded."""
        return self.decisions[-1] if self.decisions else None

    @property
    def newest_day(self) -> date | None:
        """The day of the newest decision, or else the case's own."""
        return (self.newest.day if self.newest else None) or self.day

    @property
    def newest_meeting(self) -> str:
        """The sitting of the newest decision, or else the case's own."""
        return (self.newest.meeting if self.newest else "") or self.meeting

    @property
    def matter(self) -> str:
        """The same for all cases that are one matter: its chain, or where it is in none its id."""
        return self.chain or self.id

    def correction(self, field: Field) -> Correction | None:
        """What a person has said of this field, if anything."""
        return next((c for c in self.corrected if c.field is field), None)

    @property
    def outcome(self) -> Outcome:
        """The class of the newest decision; `not_recorded` where there is none."""
        return self.decisions[-1].outcome if self.decisions else Outcome.NOT_RECORDED


def sittings(
    meetings: Iterable[Meeting], cases: Iterable[Case]
) -> set[tuple[str | None, str | None, str]]:
    """The sittings that records tell of, in minutes of their own or as a case's: municipality, body
    and name. Two days of one sitting are one, a meeting without a name is none."""
    held = {(m.municipality, m.body, m.name) for m in meetings if m.name}
    return held | {(c.municipality, c.council, c.meeting) for c in cases if c.meeting}
