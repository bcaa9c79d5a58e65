"""Question -> the sides it sets beside each other: each of them a question of its own.

A comparison is as many single questions as it has sides. The words of the message are put down
once for each side, without the other sides and without the words that compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.questions import Question, Side, read_question
from assistant.understanding.intents import Intent
from assistant.understanding.places import written_in
from assistant.understanding.terms import Term, Vocabulary, as_written
from assistant.understanding.times import year_before, year_name
from assistant.understanding.wants import Wanted
from index.japanese import fold, level

_COMPARES = re.compile(
    r"比べ|比較|対比|それぞれ|両方|双方|どちら|どっち|(?<![間食])違[いうっ]|異な|分かれ|差(?=が|は|を|[?？。]|$)|変わ[りっる]|並べて"
    r"|ずつ"
)
# what only sets the sides beside each other: gone, each side is asked plainly
_COMPARING = (
    (re.compile(
        r"(?:(?:は|が|に|の|で)?、?(?:何が|どこが|どう|どれだけ|どのように|どれくらい|どんな)?、?)"
        r"(?<!間)(?:違い?(?:が|は|を)?(?:あ[りる])?|違っ|異な|分かれ|変わ[りっる]|差(?:が|は|を))"
        r"[^、。?？]*(?=[、。?？]|$)"), "は"),
    (re.compile(
        r"(?:と|を|で|とを|同士を?)?(?:比べ(?:たい|て|ると|る)?|比較(?:し(?:た|て)|する(?:と)?)?|対比(?:し(?:た|て))?"
        r"|並べて)(?:ください|教えて|ほしい|みて|も)*"), ""),
    (re.compile(
        r"(?:の)?(?:両方|双方)(?:とも|の)?|(?:どちら|どっち)(?:とも|も|が|の(?:方|ほう)が)|それぞれ(?:の|で)?"
        r"|ずつ"), ""),
)  # fmt: skip
_BOUND = re.compile(
    r"(?:の|での|における|に係る|に関する|に対する|[「」『』（）()\s]|(?:案件|件|諮問)(?:の)?)*"
)
_JOINT = re.compile(
    r"[」』）)]?(?:(?:の)?(?:案件|件|諮問|場合|話|方|ほう|分)|とき)?"
    r"(?P<by>と(?!は|いう|して|の|で)|、|,|や|・|及び|および|対|vs|VS)の?[「『（(]?"
)
_TIMES = re.compile(
    r"(?:令和|平成|昭和|[RHrh])[0-9元]{1,2}年度?|[RHrh][0-9]{1,2}(?![0-9A-Za-z])|20[0-3][0-9]年度?"
    r"|第?[0-9]{1,3}回(?:目)?|(?<![0-9])[0-9]{1,2}年度|今年度?|去年|昨年度?|前年度?|前の年"
    r"|(?:諮問|議案|議題|報告|案件)第?[0-9]{1,3}号?|第[0-9]{1,3}号"
)
_WORD_BEFORE = re.compile(r"[一-龠々ァ-ヶー]+$")
_WORD_AFTER = re.compile(r"[一-龠々ァ-ヶー]+")
_ENDS_SO = re.compile(r"(?:は|では|だと|の(?:方|ほう)は|の場合は)[?？。]*$")
_OTHER_TOWNS = re.compile(r"(?:ほか|他|よそ)の?(?:市|町|村|区|県|自治体|市町村|ところ|まち)")
_MOST = 6
_TITLED = 0.7  # of a word stands in a title
_PLAIN = (Intent.FACT, Intent.REASON, Intent.EXCHANGE, Intent.CONDITIONS)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A town, a time or a term where the message has it."""

    start: int
    end: int
    kind: str
    term: Term | None = None


def with_sides(question: Question, vocabulary: Vocabulary) -> Question:
    """The question with the sides that it sets beside each other; without any it stays alone."""
    key = fold(question.text)
    compares = question.intent is Intent.COMPARISON or bool(_COMPARES.search(key))
    towns = len(question.municipalities) > 1 and question.intent in _PLAIN
    if question.outside is not None or question.quoted or question.told:
        return question
    if compares and len(question.municipalities) == 1 and _OTHER_TOWNS.search(key):
        return replace(question, intent=Intent.COMPARISON, municipalities=())  # of all that do so
    text = year_before(level(question.text))
    marks = _marks(question, text)
    told = _conjoined(text, marks, vocabulary)
    if not (compares or towns) and not _matters(told, question, vocabulary):
        told = []  # 氏名と住所: of one matter
    told = told or _resumed(text, marks)
    sides = tuple(Side(name, _alone(question, words, vocabulary)) for name, words in told[:_MOST])
    if len(sides) < 2:
        each = compares or (towns and question.intent is Intent.FACT)
        sides = _of_towns_or_years(question, vocabulary) if each else ()
    counted = question.intent in (Intent.COUNT, Intent.LIST)
    if counted and len({side.question.terms for side in sides}) < 2:
        return question  # what is counted by town or year is counted by the lists
    return replace(question, sides=sides)


def plainly(text: str) -> str:
    """A message without the words that only set things beside each other."""
    for pattern, instead in _COMPARING:
        text = pattern.sub(instead, text)
    return text


def _alone(question: Question, words: str, vocabulary: Vocabulary) -> Question:
    """What a message asks of one side, in words that name no other."""
    own = read_question(plainly(words), vocabulary)
    if own.intent is Intent.COMPARISON:
        own = replace(own, intent=Intent.FACT)
    if question.follows:
        named = {term.key for term in own.terms}
        held = tuple(t for t in question.topic if t.key not in named)
        own = replace(
            own,
            terms=(*own.terms, *held),
            municipalities=own.municipalities or question.municipalities,
        )
    return replace(own, within=question.within)


def _of_towns_or_years(question: Question, vocabulary: Vocabulary) -> tuple[Side, ...]:
    plain = question
    if not question.follows:
        plain = replace(_alone(question, question.text, vocabulary), topic=question.topic)
    if len(question.municipalities) > 1:
        return tuple(
            Side(town, replace(plain, municipalities=(town,))) for town in question.municipalities
        )
    if 1 < len(question.years) <= _MOST:
        return tuple(Side(year_name(y), replace(plain, years=(y,))) for y in question.years)
    return ()


def _marks(question: Question, text: str) -> list[_Mark]:
    """The towns, times and terms of a message in its order, none inside another."""
    found: list[_Mark] = []
    for town in (*question.municipalities, *question.unknown_places):
        found += [_Mark(a, b, "town") for a, b in written_in(town, text)]
    found += [_Mark(m.start(), m.end(), "time") for m in _TIMES.finditer(text)]
    for term in question.terms:
        written = term.key if term.key in text else as_written(term, text)
        for match in re.finditer(re.escape(written), text) if written else ():
            found.append(_Mark(match.start(), match.end(), "term", term))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[_Mark] = []
    for mark in found:
        done = kept[-1].end if kept else 0
        if mark.start >= done:
            kept.append(_whole(mark, text, done) if mark.kind == "term" else mark)
    return kept


def _whole(mark: _Mark, text: str, done: int) -> _Mark:
    """A term with what is written on both sides of it in one word (傍聴: 傍聴者)."""
    before = _WORD_BEFORE.search(text, done, mark.start)
    after = _WORD_AFTER.match(text, mark.end)
    return replace(
        mark, start=before.start() if before else mark.start, end=after.end() if after else mark.end
    )


def _runs(text: str, marks: Sequence[_Mark]) -> Iterator[list[list[_Mark]]]:
    """The lists in a message: groups of marks that belong together, joined by と, や, 、…"""
    run: list[list[_Mark]] = []
    by = ""  # AとB、C: the list ends with B
    for mark in marks:
        gap = text[run[-1][-1].end : mark.start] if run else ""
        joint = _JOINT.fullmatch(gap) if run else None
        comma = joint is not None and joint["by"] in "、,"
        if run and _BOUND.fullmatch(gap):
            run[-1].append(mark)
        elif joint and not (comma and (by not in ("", "、") or run[0][0].kind != mark.kind)):
            run.append([mark])
            by = "、" if comma else joint["by"]
        else:
            yield run
            run, by = [[mark]], ""
    yield run


def _conjoined(text: str, marks: Sequence[_Mark], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The sides that stand joined in a message: each one's name, and the message of it alone."""
    groups = max(_runs(text, marks), key=len, default=[])
    if len(groups) < 2:
        return []
    first, last = groups[0], groups[-1]
    if first[0].kind == "town" and len(first) > 1 and last[0].kind != "town":
        first = first[1:]  # A市のBとC: both of the town
    shared = _shared(first, last)
    if shared and not _titled_together(first, shared, vocabulary):
        shared = []
    own = [first, *groups[1:-1], last[: len(last) - len(shared)]]
    tail = text[own[-1][-1].end : last[-1].end]
    before, after = text[: first[0].start], re.sub(r"^とで", "で", text[last[-1].end :])
    names = [text[group[0].start : group[-1].end] for group in own]
    return [(name, f"{before}{name}{tail}{after}") for name in names]


def _matters(told: Sequence[tuple[str, str]], question: Question, vocabulary: Vocabulary) -> bool:
    """Whether something is asked of several that are each the name of a matter of its own: of AとB,
    業者はどこか."""
    if len(told) < 2 or question.intent is not Intent.FACT or question.wanted is Wanted.ANYTHING:
        return False
    titled = []
    for name, _ in told:
        terms = [t for t in question.terms if t.name and (t.key in fold(name))]
        titled.append({n for n, title in enumerate(vocabulary.titles)
                       if terms and all(t.share(title) >= _TITLED for t in terms)})  # fmt: skip
    return all(titled) and not set.intersection(*titled)


def _shared(first: Sequence[_Mark], last: Sequence[_Mark]) -> list[_Mark]:
    """What stands behind the last of several and is meant of all (住基と市税の評価書)."""
    if last[0].kind == first[0].kind and len(last) > len(first):
        return list(last[len(first) :])
    return []


def _titled_together(
    group: Sequence[_Mark], shared: Sequence[_Mark], vocabulary: Vocabulary
) -> bool:
    """Whether a title names both, as far as both are names of matters."""
    terms = [mark.term for mark in (*group, *shared) if mark.term is not None]
    if group[0].kind != "term":
        return True
    return any(all(t.share(title) >= _TITLED for t in terms) for title in vocabulary.titles)


def _resumed(text: str, marks: Sequence[_Mark]) -> list[tuple[str, str]]:
    """The sides of A市では何日で、B市は: what is said of the first is asked of the second."""
    ends = _ENDS_SO.search(text)
    if ends is None or not marks or marks[-1].end != ends.start():
        return []
    last = marks[-1]
    if last.kind == "term":
        return []
    first = next((mark for mark in marks[:-1] if mark.kind == last.kind), None)
    breaks = [m.start() for m in re.finditer("、", text[: last.start]) if m.start() > 0]
    if first is None or not breaks or breaks[-1] < first.end:
        breaks = [last.start]
    if first is None:
        return []
    said = re.sub(r"(?:で|だけど|だが|けど|が|、)+$", "", text[: breaks[-1]])
    other = text[last.start : last.end]
    return [
        (text[first.start : first.end], said),
        (other, f"{said[: first.start]}{other}{said[first.end :]}"),
    ]
