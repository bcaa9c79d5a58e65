"""Conversation -> Question: the last message, with what it leaves unsaid.

A change of town keeps the matter; a change of matter keeps the town only where the words point
back; an attribute (その費用は) joins the matter, and is forgotten again by the message after it.
A message whose words name a matter that the one before does not speak of stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.questions import Points, Question, read_question
from assistant.understanding.asked_cases import asks_results_of_all
from assistant.understanding.intents import ASKS_OUTCOME, Intent
from assistant.understanding.terms import Term, Vocabulary, attributes
from assistant.understanding.wants import Wanted, read_wants
from index.japanese import fold, number

_REFERS = re.compile(r"その|それ|この(?:件|案件|とき|時|審議)|同じ|そこ|上記|そちら|同日|あれ")
_GOES_ON = re.compile(r"^(?:では|じゃあ|で[、,])")
_SAME = "(?:同じ|その)"
_SAME_PLACE = re.compile(
    rf"{_SAME}(?:市|町|村|区|県|自治体|日|会議)|そこ|同市|同町|同日|この(?:市|町|村)"
)
_SAME_TIME = re.compile(rf"{_SAME}(?:日|会議|回|年)|同日")
_EARLIER = re.compile(r"さっき|先ほど|(?:最初|前|元)の(?:話|質問)")
_INSTEAD = re.compile(r"^.{0,20}?(?:じゃ|では)なく(?:て|、)?")
_NEW_TOPIC = re.compile(r"別の(?:話|件|質問)|ところで|話(?:は|を)変わ|それとは別")
_NTH = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:番目|件目|つ目|個目|本目|行目)")
_LAST = re.compile(r"(?:一番下|最後)の(?:案件|もの|件|やつ|は)")
_FIRST = re.compile(r"(?:一番上|最初)の(?:案件|もの|件|やつ|は)")
_MORE = re.compile(r"^(?:もっと|もう少し|もうちょっと|さらに)?(?:詳し(?:く|い)|詳細)")
_AMONG = re.compile(r"^(?:その|この)(?:うち|中|なか)")
_WHO_SAID = re.compile(
    r"^(?:それ|これ|その(?:話|説明|答え))?(?:は|って|を)?、?(?:誰|だれ|どなた)(?:が|の)(?:言|述べ|話し|説明|発言|答え)[^。]{0,10}[?？。]*$"
)
_OTHERS = re.compile(r"^(?:では|じゃあ)?(?:ほか|他)(?:に|の|は)|それ以外|^ほか")
_BARE_NAME = re.compile(
    r"^(?:では|じゃあ|で)?[、,]?[^、。?？]{1,24}?"
    r"(?:は|って|について(?:は)?|の(?:件|案件|方|ほう|場合)(?:は)?)?[?？。]*$"
)
# Words that say of what all is asked, so that nothing has to be taken from the message before
_OF_ALL = re.compile(
    r"(?:案件|諮問|報告|もの)(?:を|は|が)?、?(?:全部|全て|すべて|一覧|何件|いくつ|全部で何)"
    r"|(?:全部|全て|すべて|一覧)(?:の|で)?[^。]{0,12}(?:案件|諮問|報告)"
)
_ASKS = re.compile(r"承認|条件|理由|質問|意見|反対|結論|いくら|いつ|どこ|誰|何件|一覧")


_OF_A_CASE = re.compile(
    r"承認|可決|認められ|通り(?:まし|ます)|結論|報告され|諮問され|諮られ|案件|条件|附帯"
)
_NAMING = 1.2  # the weight from which a word may name a matter
_HALF, _HARDLY, _SPOKEN = 0.5, 0.2, 0.7  # shares of a message's words


class Memory(Protocol):
    """What a conversation has to know of the answers already given."""

    def pointed(self, question: Question, turns: Sequence[str]) -> Question:
        """A question that points into the answers to `turns`, with the cases meant in `focus`."""

    def spoken(self, question: Question, terms: Sequence[Term]) -> float | None:
        """What share of the terms the cases that a question is about speak of, 0 to 1; None where
        it is about no case."""

    def named(self, question: Question) -> float:
        """What share of a question's words names one of the cases in its scope, 0 to 1."""


def conversation(
    turns: Sequence[str], vocabulary: Vocabulary, memory: Memory | None = None
) -> Question:
    """The last message of a conversation, understood in the light of those before it."""
    past: list[Question] = []
    question = read_question("", vocabulary)
    for n, turn in enumerate(turns):
        question = read_question(turn, vocabulary)
        if past:
            question = _follow(question, past, vocabulary, memory)
        if question.points is not None and memory is not None:
            question = memory.pointed(question, turns[:n])
        if question.outside is None:  # thanks and greetings change nothing
            past.append(question)
    return question


def _follow(
    question: Question, past: Sequence[Question], vocabulary: Vocabulary, memory: Memory | None
) -> Question:
    """A message with what it leaves unsaid taken from those before it."""
    key = fold(question.text)
    previous = past[-1]
    if question.outside or _NEW_TOPIC.search(key):
        return question
    points = _points(key)
    if points is None and _AMONG.search(key) and not question.terms:
        points = Points(more=True)  # そのうち条件が付いたのは
    if points is not None:
        on = points.others and previous.intent in _SENTENCES
        on |= points.more and previous.intent is Intent.EXCHANGE and not _AMONG.search(key)
        if on and not question.terms:
            points = Points(further=True)
        return _pointing(question, previous, points)
    if _EARLIER.search(key) or _INSTEAD.search(key):
        question = _restated(question, key, vocabulary)
        named = {term.key for term in question.terms}
        earlier = [q for q in past if named & {term.key for term in q.topic}]
        previous = earlier[-1] if earlier else previous
    own_place = bool(question.municipalities or question.unknown_places)
    own_time = question.dated or bool(question.labels)
    refers = bool(_REFERS.search(key))
    if not question.terms:
        if not (previous.terms or own_place or own_time) and previous.intent in _LISTS:
            return _pointing(question, previous, Points(more=True))  # その後どうなった, of a list
        of_all = question.intent is Intent.LIST and asks_results_of_all(key, ())
        if not refers and (own_time or own_place) and (of_all or _OF_ALL.search(key)):
            return question
        return _elsewhere(question, previous, own_place=own_place, own_time=own_time)
    if not (refers or _GOES_ON.search(key)) and _begins_anew(question, key, own_place=own_place):
        return question
    if not refers and _stands_alone(question, previous, key, memory):
        return question
    if _replaces(question, previous, key, vocabulary, memory):
        return _another_matter(question, previous, key, own_place=own_place)
    return _attribute(question, previous, own_place=own_place, own_time=own_time)


_LISTS = (Intent.LIST, Intent.COUNT)
_SENTENCES = (Intent.EXCHANGE, Intent.FACT, Intent.REASON)  # answered by sentences of the records


def _points(key: str) -> Points | None:
    """Whether a message points into the answer before it."""
    if match := _NTH.search(key):
        return Points(nth=number(match[1]) or 0)
    if _LAST.search(key):
        return Points(nth=-1)
    if _FIRST.search(key):
        return Points(nth=1)
    if _WHO_SAID.search(key):
        return Points(said=True)
    if _OTHERS.search(key):
        return Points(others=True)
    return Points(more=True) if _MORE.search(key) else None


def _pointing(question: Question, previous: Question, points: Points) -> Question:
    """A message on a case (or on all, or on the rest) of the answer before: its facets are kept."""
    own = tuple(t for t in question.terms if not re.search(r"番|件目|つ目|最後|最初", t.key))
    asks = (
        question.intent not in (Intent.FACT, Intent.LIST) or question.wanted is not Wanted.ANYTHING
    )
    if points.others:
        intent = Intent.LIST
    elif points.further:
        intent = previous.intent
    elif asks:
        intent = question.intent
    else:
        intent = Intent.FACT if own else Intent.VERDICT
    terms = (*own, *previous.topic) if points.nth == 0 else own
    return replace(
        previous,
        text=question.text,
        intent=intent,
        wanted=previous.wanted if points.further else question.wanted,
        terms=previous.terms if points.further else terms,
        topic=previous.topic,
        presumed=None,
        outcomes=question.outcomes,
        extreme=None,
        search_text=(
            previous.search_text
            if points.further
            else f"{previous.search_text} {question.search_text}"
        ),
        points=points,
        follows=True,
        inherited=("案件",),
    )


def _restated(question: Question, key: str, vocabulary: Vocabulary) -> Question:
    """The message without the words that point back or set aside (さっきの, …じゃなくて)."""
    rest = _EARLIER.sub("", _INSTEAD.sub("", question.text))
    return replace(read_question(rest or question.text, vocabulary), text=question.text)


def _elsewhere(
    question: Question, previous: Question, *, own_place: bool, own_time: bool
) -> Question:
    """A message without a matter: the same of another town or year, or more of the same."""
    inherited = ["案件"] if previous.topic else []
    changes: dict[str, object] = {
        "terms": previous.topic if (own_place or own_time) else previous.terms,
        "topic": previous.topic,
        "search_text": f"{previous.search_text} {question.search_text}",
    }
    if question.labels:  # 諮問第15号は: a case of its own
        changes |= {"terms": (), "topic": ()}
    bare = question.intent in (Intent.FACT, Intent.VERDICT, Intent.LIST, Intent.COMPARISON)
    if (own_place or own_time) and bare and not _ASKS.search(fold(question.text)):
        if question.intent is Intent.COMPARISON and previous.municipalities:
            both = dict.fromkeys((*previous.municipalities, *question.municipalities))
            changes["municipalities"] = tuple(both)
        changes |= {
            "intent": previous.intent,
            "wanted": previous.wanted,
            "presumed": None,
            "outcomes": question.outcomes or previous.outcomes,
            "kinds": question.kinds or previous.kinds,
        }
        if previous.terms != previous.topic:
            changes["terms"] = previous.terms
    elif (
        question.intent is Intent.FACT
        and question.wanted in (Wanted.ANYTHING, Wanted.TIME)
        and not re.search(r"(?:いつ|何月|何日|何年度?)(?:から|まで)", fold(question.text))
    ):
        changes["intent"] = Intent.VERDICT  # それはいつ: the sitting stands beside the verdict
    if not own_place and previous.municipalities:
        changes["municipalities"] = previous.municipalities
        inherited.append("自治体")
    if not own_time and not own_place:
        changes |= _times(previous)
        inherited += ["時期"] if previous.dated else []
    if not own_place and not own_time:
        kept = previous.points is None or not previous.points.others
        changes["focus"] = previous.focus if kept else ()
    return _with(question, inherited, changes)


def _begins_anew(question: Question, key: str, *, own_place: bool) -> bool:
    """Whether a message stands by itself: ○○市の…の案件を教えて, with a town and a name."""
    names = [term for term in question.terms if term.name]
    framed = re.search(r"案件|の件|諮問", key) is not None
    asks = own_place and re.search(r"について|教えて|承認", key) is not None
    if names and (framed or asks):
        return True
    return own_place and (len(question.terms) >= 3 or (len(key) > 22 and bool(names)))


def _stands_alone(question: Question, previous: Question, key: str, memory: Memory | None) -> bool:
    """Whether a message asks of a matter of its own: its names are those of cases, and the matter
    before does not speak of them. What the matter before speaks of is asked of it (警察には)."""
    if question.intent is Intent.DEFINITION:
        return True
    known = {form for term in previous.topic for form in term.forms}
    names = [
        term
        for term in question.terms
        if term.name
        and term.weight >= _NAMING
        and not term.measure
        and term.key not in attributes()
        and not known & set(term.forms)
    ]
    if memory is None or not names:
        return False
    spoken = memory.spoken(previous, names)
    if spoken is None:
        return bool(_OF_A_CASE.search(key)) and memory.named(question) >= _HALF
    if _OF_A_CASE.search(key):  # 水位計の設置は報告されましたか: what is asked of a whole matter
        return spoken < _HALF
    every = memory.spoken(previous, question.terms) or 0.0
    return every < _HARDLY and memory.named(question) >= _HALF


def _replaces(
    question: Question,
    previous: Question,
    key: str,
    vocabulary: Vocabulary,
    memory: Memory | None,
) -> bool:
    """Whether a message names another matter, and not something of the one before.

    A bare name (生成AIは?) is another matter where titles of the index have it (or nothing has),
    and the cases before do not speak of it; の方は always sets one matter against another.
    """
    if re.search(r"の方は|のほうは", key) or _INSTEAD.search(key) or _EARLIER.search(key):
        return True
    if read_wants(question.text) != [Wanted.ANYTHING] or not _BARE_NAME.match(key):
        return False
    if question.intent not in (Intent.FACT, Intent.VERDICT, Intent.LIST):
        return False
    bare = re.sub(r"^(?:では|じゃあ|で)?[、,]?|(?:は|って|について(?:は)?)?[?？。]*$", "", key)
    if re.search(r"^(?:その|それ)", key) or bare in attributes():
        return False
    own = [term for term in question.terms if term.key not in {t.key for t in previous.topic}]
    return any(
        term.name
        and vocabulary.titled(term)
        and not (memory is not None and (memory.spoken(previous, [term]) or 0.0) >= _SPOKEN)
        for term in own
    )


def _another_matter(
    question: Question, previous: Question, key: str, *, own_place: bool
) -> Question:
    """A new matter; the town and the time only where the words say they are the same."""
    inherited: list[str] = []
    changes: dict[str, object] = {"search_text": question.search_text}
    if question.intent is Intent.FACT and question.wanted is Wanted.ANYTHING:
        changes["intent"] = previous.intent
    same = _SAME_PLACE.search(key) or _EARLIER.search(key) or _INSTEAD.search(key)
    if same and not own_place and previous.municipalities:
        changes["municipalities"] = previous.municipalities
        inherited.append("自治体")
    if _SAME_TIME.search(key) and not question.dated:
        changes |= _times(previous)
        inherited += ["時期"] if previous.dated else []
    return _with(question, inherited, changes)


def _attribute(
    question: Question, previous: Question, *, own_place: bool, own_time: bool
) -> Question:
    """Something asked of the matter before (費用は): its words join the matter's."""
    own = {term.key for term in question.terms}
    inherited = ["案件"]
    changes: dict[str, object] = {
        "terms": (*question.terms, *(t for t in previous.topic if t.key not in own)),
        "topic": previous.topic,
        "search_text": f"{previous.search_text} {question.search_text}",
        "labels": question.labels or (() if own_place else previous.labels),
        "focus": () if own_place or own_time else previous.focus,
    }
    if question.intent is Intent.VERDICT and not ASKS_OUTCOME.search(fold(question.text)):
        changes["intent"] = Intent.FACT  # a bare name (委託先は?), which alone would be a matter
    if not own_place and previous.municipalities:
        changes["municipalities"] = previous.municipalities
        inherited.append("自治体")
    if not own_time and not own_place:
        changes |= _times(previous)
        inherited += ["時期"] if previous.dated else []
    return _with(question, inherited, changes)


def _times(previous: Question) -> dict[str, object]:
    return {
        "years": previous.years,
        "calendar_years": previous.calendar_years,
        "ordinal": previous.ordinal,
        "days": previous.days,
        "month": previous.month,
        "labels": previous.labels,
    }


def _with(question: Question, inherited: list[str], changes: dict[str, object]) -> Question:
    return replace(question, follows=True, inherited=tuple(inherited), **changes)  # type: ignore[arg-type]
