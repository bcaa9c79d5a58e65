"""The words of the field, each explained from the records: by whom, at which meeting, and where.

Only a sentence whose form explains counts: 「X」とは…をいう, a footnote, the reply to Xとは何か.
A sentence that merely uses the word explains nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistant.facts import ROLES, Place
from assistant.statements import date_name
from index.cases import Case
from index.japanese import fold, folded_with_offsets, words
from index.passages import Passage
from index.store import Index
from index.text.sentences import sentences
from index.text.turns import Role, Turn


@dataclass(frozen=True, slots=True)
class Word:
    """A word, other ways to write it, and what it means in the program's own words."""

    name: str
    others: tuple[str, ...]
    plain: str

    @property
    def keys(self) -> tuple[str, ...]:
        """All ways to write it, folded."""
        return tuple(map(fold, (self.name, *self.others)))


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a record, whose it is (会長, 資料の記載 …), and where and when it was said."""

    place: Place
    who: str
    where: str
    day: date | None
    case: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A word as a record writes it, and where it explains it."""

    word: str
    told: Told


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with all that the records hold of it: `cases` have it in their titles."""

    word: Word
    explained: tuple[Told, ...]
    cases: tuple[Case, ...]
    occurs: bool


@cache
def listed() -> tuple[Word, ...]:
    """The words of assistant/data/words.txt, in their order."""
    path = Path(__file__).parent.parent / "data" / "words.txt"
    found = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            name, others, plain = (part.strip() for part in row.split("|"))
            found.append(Word(name, tuple(others.split()), plain))
    return tuple(found)


_LONGEST = 260  # characters of a sentence that explains
_MOST = 3  # places shown for one word
_BRACKETS = r"(?:\([^()]{0,60}\)|※)?"
_BARE = r"[一-龠々ァ-ヶa-z][一-龠々ァ-ヶーa-z0-9・-]{1,19}"  # no particle in it
_BEFORE = r"(?:^(?:[0-9]{1,2}|[-・])*|[、,:>)※…・。]|ここで|なお|この答申で)"
_IS = (
    r"(?:とは|というのは|といいますのは|と申しますのは)"
    r"(?!、?(?:異|違|別|区別|限ら|言|いえ|なら|な[いりっ]|次の|以下|下記))"
)
_NAMED = re.compile(
    rf"「(?P<quoted>[^「」。]{{2,20}})」{_BRACKETS}{_IS}|{_BEFORE}(?P<bare>{_BARE}){_BRACKETS}{_IS}"
)
_FOOTNOTE = re.compile(
    rf"※[0-9]?(?P<bare>{_BARE}?)(?:・{{2,}}|…+|:)[^。]{{8,}}(?:こと|もの|規格)。?$"
)
_WHAT = (
    r"(?:もの|こと|場合|状態|仕組み|制度|手続き?|方法|方式|行為|機能|者|人|機関|情報|規格|世帯"
    r"|窓口|法人|事務)"
)
_CLOSES = re.compile(
    rf"(?:をいう|をいいます|を指す|を指します|{_WHAT}(?:です|だ|である|であります|でございます|になります)?"
    r"|です|である|であります|でございます)[。」)]*$"
)
_ASKS = re.compile(r"か[。?」]*$|ね[。」]*$|でしょう[。」]*$")
_MAY_EXPLAIN = re.compile(
    r"とは|というのは|といいますのは|と申しますのは|※|をいう|をいいます|といい|ものです"
)
_ASKED = re.compile(
    rf"(?:「(?P<quoted>[^「」]{{2,20}})」|(?P<bare>[0-9]*{_BARE}))"
    r"(?:とは|というのは|って)、?(?:何|なに|どう|どの|どん)|(?P<of>[^、。「」]{2,20})の(?:意味|定義)(?:は|を)"
)
_NO_NAME = frozenset(
    map(fold, "上記 前回 今回 従来 通常 当該 本件 本案 現在 以前 以下 実際 自分 両者".split())
)
_SPEAKER = r"(?:事務局|実施機関|会長|委員長|課長?|係長|室長?)"
# what judges, or tells what is done, does not say what a word means
_JUDGES = re.compile(r"認め|適当|必要|べき|ない|なく|やむを得|支障|問題|思う|思い|考え")


class Sources:
    """Tells of any place in the records whose word it is, and where and when it was said."""

    def __init__(self, index: Index) -> None:
        """Read the sittings and the cases."""
        self._index = index
        self._meetings = {meeting.id: meeting for meeting in index.meetings()}
        self._cases = {case.id: case for case in index.cases()}
        self._passages: dict[str, list[Passage]] = {}

    def told(self, record: str, start: int, end: int) -> Told:
        """The span with its meeting, day and speaker, as far as the record says."""
        if record not in self._passages:
            self._passages[record] = self._index.passages_of_record(record)
        here = next((p for p in self._passages[record] if p.start <= start < p.end), None)
        case = self._cases.get(here.case or "") if here else None
        meeting = self._meetings.get(here.meeting or "") if here else None
        day = (meeting.day if meeting else None) or (case.day if case else None)
        if meeting is not None:
            names = [meeting.municipality or "", meeting.name or meeting.sitting or ""]
        else:
            names = [case.municipality or "", case.meeting or ""] if case else [record]
        where = " ".join(filter(None, names)) + (f"（{date_name(day)}）" if day else "")
        turn = self._turn(case, start) if case else None
        who = ROLES[turn.role] if turn and turn.role is not Role.UNKNOWN else ""
        return Told(
            Place(record, start, end), who or "記録の記載", where, day, case.id if case else None
        )

    @staticmethod
    def _turn(case: Case, start: int) -> Turn | None:
        turns = (t for e in case.exchanges for t in (e.question, *e.replies))
        return next((turn for turn in turns if turn.head <= start < turn.end), None)


_SEARCHED = 200  # passages read for what comes under a word


class Glossary:
    """The words explained in one index's records."""

    def __init__(self, index: Index) -> None:
        """Read every record for sentences that explain."""
        self._index = index
        self._sources = Sources(index)
        self._explained: dict[str, list[Explained]] = defaultdict(list)
        for record in index.records():
            for term, start, end in _explaining(index.text(record.id)):
                self._add(record.id, term, start, end)
        for case in index.cases():
            self._replies(case)

    def _add(self, record: str, term: str, start: int, end: int) -> None:
        held = self._explained[fold(term)]
        said = fold(self._index.text(record)[start:end])
        for known in held:  # the same words in another paper explain no more
            place = known.told.place
            if fold(self._index.text(place.record)[place.start : place.end]) == said:
                return
        held.append(Explained(term, self._sources.told(record, start, end)))

    def _replies(self, case: Case) -> None:
        """What was replied to the question what a word means."""
        text = self._index.text(case.record)
        for exchange in case.exchanges:
            key = fold(text[exchange.question.start : exchange.question.end])
            asked = _ASKED.search(key)
            if asked is None or not exchange.replies:
                continue
            term = asked["quoted"] or asked["bare"] or asked["of"]
            reply = exchange.replies[0]
            said = list(sentences(text, reply.start, reply.end))[:2]
            if said and term not in _NO_NAME and not _ASKS.search(fold(text[slice(*said[0])])):
                self._add(case.record, term, said[0][0], min(said[-1][1], said[0][0] + _LONGEST))

    def entries(self) -> tuple[Entry, ...]:
        """Every listed word, with what the records hold of it."""
        titled = [(fold(case.title), case) for case in self._index.cases()]
        return tuple(self._entry(word, titled) for word in listed())

    def others(self) -> tuple[Explained, ...]:
        """The words beyond the list that the records explain, in the order of the words."""
        known = {key for word in listed() for key in word.keys}
        found = [held[0] for key, held in self._explained.items() if key not in known and held]
        return tuple(sorted(found, key=lambda one: fold(one.word)))

    def explaining(self, asked: str) -> tuple[Explained, ...]:
        """Where the records explain the word that stands in a folded question, by that name or by
        another that the list has for it; the newest first."""
        known = {*self._explained, *(key for word in listed() for key in word.keys)}
        named = [key for key in known if key in asked]
        keys = {
            key for key in named if not any(key != longer and key in longer for longer in named)
        }
        for word in listed():
            if keys & set(word.keys):
                keys |= set(word.keys)
        found = [one for key in sorted(keys) for one in self._explained.get(key, ())]
        return tuple(sorted(found, key=lambda one: one.told.day or date.min, reverse=True))

    def counting_as(self, word: str) -> tuple[Told, ...]:
        """Sentences that say what comes under a word (…は外部提供に該当する)."""
        sign = re.compile(rf"{re.escape(fold(word))}には?(?:該当|当た|あた)(?:す|し|る|り|ら)")
        found: dict[str, Told] = {}
        near = self._index.search_words(words(word), _SEARCHED)
        for passage in self._index.passages([id for id, _ in near]):
            text = self._index.text(passage.record)
            if not sign.search(fold(passage.text)):
                continue
            for start, end in sentences(text, passage.start, passage.end):
                said = fold(text[start:end])
                if sign.search(said) and not _ASKS.search(said) and len(said) <= _LONGEST:
                    found.setdefault(said, self._sources.told(passage.record, start, end))
        return tuple(found.values())

    def _entry(self, word: Word, titled: Sequence[tuple[str, Case]]) -> Entry:
        explained = [one.told for key in word.keys for one in self._explained.get(key, ())]
        explained.sort(key=lambda told: told.day or date.min, reverse=True)
        keys = word.keys
        cases = [case for title, case in titled if any(key in title for key in keys)]
        return Entry(
            word, tuple(explained[:_MOST]), tuple(cases),
            bool(cases) or any(map(self._occurs, (word.name, *word.others))),
        )  # fmt: skip

    def _occurs(self, name: str) -> bool:
        key = fold(name)
        hits = self._index.search_words(words(name), 40)
        return any(key in fold(p.text) for p in self._index.passages([id for id, _ in hits]))


def _explaining(text: str) -> Iterator[tuple[str, int, int]]:
    """The sentences of a text that explain a word: the word as written, and the sentence's span."""
    done = -1
    for sign in _MAY_EXPLAIN.finditer(text):
        if sign.start() < done:
            continue
        low = max(
            text.rfind(stop, max(0, sign.start() - _LONGEST), sign.start()) for stop in "。\t>"
        )
        low = max(low + 1, sign.start() - _LONGEST)
        high = min(len(text), sign.end() + _LONGEST)
        here = next(((a, b) for a, b in sentences(text, low, high) if a <= sign.start() < b), None)
        if here is None:
            continue
        # a line of its own above (a speaker's name, a heading) is no part of the sentence
        start, end = without_head(text, *here, sign.start())
        key, offsets = folded_with_offsets(text[start:end])
        if not key or len(key) > _LONGEST or end == high or _ASKS.search(key):
            continue
        for first, last in _terms(key):
            done = end
            yield text[start + offsets[first] : start + offsets[last - 1] + 1], start, end


def without_head(text: str, start: int, end: int, sign: int) -> tuple[int, int]:
    """The sentence without what stands before it on lines of their own."""
    row = text.rfind("\n", start, sign)
    while row > start:
        above = max(start, text.rfind("\n", start, row) + 1)
        if len(fold(text[above:row])) < 20 or text[above:row].rstrip().endswith(
            tuple("。:>〉》】")
        ):
            return row + 1, end
        row = above - 1  # the line goes on in the next
    return start, end


def _terms(key: str) -> Iterator[tuple[int, int]]:
    """Where the words that a folded sentence explains stand in it."""
    named = _NAMED.search(key)
    if named is None:
        named = _FOOTNOTE.search(key)
    if named is not None and _CLOSES.search(key):
        group = "quoted" if named.groupdict().get("quoted") else "bare"
        if named[group] not in _NO_NAME and re.search(r"[一-龠ァ-ヶa-z]", named[group]):
            start, end = named.span(group)
            half = (end - start) // 2  # a footnote says its word twice: ※ISMS ISMSとは
            twice = key[start : start + half] == key[end - half : end]
            yield (end - half if twice else start), end
        return
    for word in listed():
        for own in word.keys:
            if own in key and (at := _plainly(own, key)) is not None:
                yield at, at + len(own)
                return


def _plainly(own: str, key: str) -> int | None:
    """Where a listed word stands that the sentence explains without とは; None if it does not."""
    name = re.escape(own)
    subject = re.search(
        rf"(?:^|[>。):]|{_SPEAKER})[「『]?(?P<w>{name})[」』]?{_BRACKETS}は、(?P<rest>[^。]{{6,}})$",
        key.rstrip("。"),
    )
    if subject and re.search(rf"{_WHAT}(?:です|をいう|をいいます|でございます)$", subject["rest"]):
        return None if _JUDGES.search(subject["rest"]) else subject.start("w")
    called = re.search(
        rf"(?:こと|もの|場合|行為)[はをが]、?[「『]?(?P<w>{name})[」』]?と(?:いい|いう|呼)", key
    )
    return called.start("w") if called else None
