"""A newcomer's first half hour: what the records say a council does, what they say of the change of
1 April 2023, and three real cases to walk through, chosen by principle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.dossiers import Dossier, Dossiers
from assistant.glossary import Places, Told, without_head
from assistant.precedents import Precedent, Precedents
from index.decisions import sentences
from index.japanese import fold
from index.store import Index
from index.verdicts import Outcome

PARTS = {
    "council": "審議会の仕事",
    "course": "諮問から答申まで",
    "words": "言葉",
    "law": "2023年4月の変化",
    "walks": "実際の案件",
    "asking": "質問してみる",
}
_MOST = 4  # sentences of the records on one thing
_LONGEST = 300
_REPLIED = 420  # characters of a reply


@dataclass(frozen=True, slots=True)
class Walk:
    """A case to walk through, and on what ground it was chosen."""

    chosen: str
    dossier: Dossier


class FirstSteps:
    """What the guide shows of one index's records."""

    def __init__(self, index: Index, precedents: Precedents, dossiers: Dossiers) -> None:
        """Read every record for what it says of the council's work and of the change of the law."""
        self._index = index
        self._places = Places(index)
        self.council = self._said(_DUTY, _of_duty)
        self.law = self._said(_CHANGE, _of_change)
        self.walks = tuple(_walks(precedents.rows, dossiers))

    def _said(self, sign: re.Pattern[str], worth: Callable[[str], int]) -> tuple[Told, ...]:
        """The sentences that speak most of a thing, one from each sitting; the newest first."""
        scored: dict[str, tuple[int, Told]] = {}
        for info in self._index.records():
            text = self._index.text(info.id)
            done = 0
            for found in sign.finditer(text):
                if found.start() < done:
                    continue
                low = max(text.rfind("。", 0, found.start()) + 1, found.start() - _LONGEST)
                high = min(len(text), found.end() + _LONGEST)
                for start, end in sentences(text, low, high):
                    if not start <= found.start() < end or end == high:
                        continue
                    start, end = without_head(text, start, end, found.start())
                    done, points = end, worth(fold(text[start:end]))
                    if points:
                        told = self._places.told(info.id, start, end)
                        key = told.where + told.who
                        if key not in scored or points > scored[key][0]:
                            scored[key] = points, told
        for told in self._replied(sign):
            scored[told.where + told.who] = _REPLY, told
        best = sorted(scored.values(), key=lambda one: -one[0])[:_MOST]
        return tuple(
            sorted((told for _, told in best), key=lambda t: t.day or date.min, reverse=True)
        )

    def _replied(self, sign: re.Pattern[str]) -> Iterator[Told]:
        """What was replied to a question of the thing itself (何が変わるのか, 役割は何か)."""
        for case in self._index.cases():
            text = self._index.text(case.record)
            for exchange in case.exchanges:
                asked = text[exchange.question.start : exchange.question.end]
                if not exchange.replies or not sign.search(asked) or not _WHAT.search(fold(asked)):
                    continue
                reply = exchange.replies[0]
                said = list(sentences(text, reply.start, reply.end))[:8]
                if said:
                    end = next((b for _, b in reversed(said) if b - said[0][0] <= _REPLIED), 0)
                    yield self._places.told(case.record, said[0][0], end or said[0][1])


# --- what is looked for --------------------------------------------------------------------------

_REPLY = 9  # worth more than any sentence said in passing
_WHAT = re.compile(
    r"(?:何|なに|どう|どのように)が?(?:変わ|違|なる|する|役割|仕事)|(?:役割|仕事|職務)は(?:何|どう)|影響"
)
_QUESTION = re.compile(r"か[。?」]*$|ね[。」]*$")
_DUTY = re.compile(
    r"諮問に応じ|調査審議|意見を(?:聴|聞|述べ|お返し)|(?:役割|職務|所掌)は|という形で"
)
_BODY = re.compile(
    r"^(?:[^。]{0,30})?(?:審議会|審査会|委員会|協議会)(?:の(?:役割|職務|所掌|仕事)|は|では、)"
)


def _of_duty(said: str) -> int:
    if _QUESTION.search(said) or not _BODY.search(said) or len(said) > _LONGEST:
        return 0
    signs = ("諮問", "答申", "調査", "審議", "意見", "役割", "適当かどうか", "個人情報")
    points = sum(sign in said for sign in signs)
    return points if points >= 2 else 0


_CHANGE = re.compile(
    r"令和[ 　]?[5５五]年|2023年4月|R5\.4|直接に?適用|法改正|改正法|法(?:律)?の改正|新法"
)


_SIGNS_OF_CHANGE = (
    re.compile(r"令和5年(?:度|4月)|2023年4月|r5\.4|直接に?適用"),
    re.compile(r"個人情報(?:の)?保護(?:に関する法律|法)|改正法|新法|法律|法の|条例の(?:廃止|改正)"),
    re.compile(r"直接に?適用|適用され|施行|改正|廃止|一元|なくな|許されない|変わ"),
)


def _of_change(said: str) -> int:
    """How much a sentence says of the national Act's coming into force for local governments."""
    if _QUESTION.search(said) or len(said) > _LONGEST:
        return 0
    dated, lawful, changing = (bool(sign.search(said)) for sign in _SIGNS_OF_CHANGE)
    return 2 * dated + lawful + changing if dated and lawful and changing else 0


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
