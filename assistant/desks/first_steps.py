"""A newcomer's first half hour: what the records say a council does, what they say of the change of
1 April 2023, and three real cases to walk through, chosen by principle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.desks.dossiers import Dossier, Dossiers
from assistant.surveys.orientation import Orientation
from assistant.surveys.precedents import Precedent, Precedents
from index.grammar.verdicts import Outcome
from index.store import Index

PARTS = {
    "council": "審議会の仕事",
    "course": "諮問から答申まで",
    "words": "言葉",
    "law": "2023年4月の変化",
    "walks": "実際の案件",
    "asking": "質問してみる",
}


@dataclass(frozen=True, slots=True)
class Walk:
    """A case to walk through, and on what ground it was chosen."""

    chosen: str
    dossier: Dossier


class FirstSteps:
    """What the guide shows of one index's records."""

    def __init__(self, index: Index, precedents: Precedents, dossiers: Dossiers) -> None:
        """Read every record for what it says of the council's work and of the change of the law."""
        told = Orientation(index)
        self.council, self.law = told.council, told.law
        self.walks = tuple(_walks(precedents.rows, dossiers))


# --- three cases ---------------------------------------------------------------------------------

_APPROVED = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED)
_AGAINST = (Outcome.CONTINUED, Outcome.REJECTED, Outcome.WITHDRAWN)


def _walks(rows: Sequence[Precedent], dossiers: Dossiers) -> Iterator[Walk]:
    """Three matters that differ in their end: of each kind the one of which most is recorded."""
    taken: set[str] = set()
    for kinds in _CHOICES:
        for fits, words in kinds:
            fitting = [r for r in rows if fits(r) and (r.case.chain or r.case.id) not in taken]
            best = max(fitting, key=_told_of, default=None)
            dossier = dossiers.of(best.case.id) if best else None
            if best is not None and dossier is not None:
                taken.add(best.case.chain or best.case.id)
                yield Walk(words, dossier)
                break


def _told_of(row: Precedent) -> tuple[int, int, int]:
    answered = sum(bool(e.replies) for case in row.cases for e in case.exchanges)
    return answered, len(row.conditions), sum(len(case.slots) for case in row.cases)


def _resumed(row: Precedent) -> bool:
    """Put off or refused at first, and decided afterwards."""
    told = [decision.outcome for decision in row.case.decisions]
    told += [case.outcome for case in row.later]
    first = next((n for n, outcome in enumerate(told) if outcome in _AGAINST), None)
    return first is not None and any(outcome in _APPROVED for outcome in told[first + 1 :])


def _ended(*outcomes: Outcome) -> Callable[[Precedent], bool]:
    return lambda row: row.outcome in outcomes


# of each three, the first kind that the records hold
_CHOICES: tuple[tuple[tuple[Callable[[Precedent], bool], str], ...], ...] = (
    (
        (
            lambda row: row.outcome is Outcome.APPROVED_WITH_CONDITIONS and bool(row.conditions),
            "意見・条件を付して承認された案件のうち、質疑がもっとも多く記録されているもの",
        ),
        (
            _ended(Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS),
            "承認された案件のうち、質疑がもっとも多く記録されているもの",
        ),
    ),
    (
        (_resumed, "いったん結論が見送られ、のちの審議で承認された案件"),
        (
            _ended(Outcome.REJECTED),
            "承認されなかった案件のうち、質疑がもっとも多く記録されているもの",
        ),
        (
            _ended(Outcome.CONTINUED, Outcome.WITHDRAWN),
            "結論が見送られた案件のうち、質疑がもっとも多く記録されているもの",
        ),
    ),
    (
        (
            _ended(Outcome.NOT_RECORDED),
            "記録に結論がない案件（承認されたとも、されなかったとも言えないもの）",
        ),
        (_ended(Outcome.REPORTED), "報告された案件（可否を決めないもの）"),
    ),
)  # fmt: skip
