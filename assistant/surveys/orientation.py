"""What the records say of the council's work, and of the change of the law on 1 April 2023."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from assistant.surveys.glossary import Sources, Told, without_head
from index.japanese import fold
from index.store import Index
from index.text.sentences import sentences

_MOST = 4  # sentences of the records on one thing
_LONGEST = 300
_REPLIED = 420  # characters of a reply


class Orientation:
    """The sentences of one index's records that tell a newcomer where they are."""

    def __init__(self, index: Index) -> None:
        """Read every record for what it says of the council's work and of the change of the law."""
        self._index = index
        self._sources = Sources(index)
        self.council = self._said(_DUTY, _of_duty)
        self.law = self._said(_CHANGE, _of_change)

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
                        told = self._sources.told(info.id, start, end)
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
                    yield self._sources.told(case.record, said[0][0], end or said[0][1])


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
