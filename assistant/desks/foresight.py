"""A new paper -> what to expect of the council: precedents, what has none, the questions asked.

Only real questions of real sittings, with the replies that were given. Nothing is invented: a paper
that is like nothing in the records is told so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from math import log

from assistant.chat import Assistant
from assistant.surveys.namings import handlings, naming, technologies
from assistant.surveys.precedents import Precedent, rows_of
from assistant.surveys.themes import OTHER, theme_of
from assistant.understanding.terms import Term, read_terms
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold, level, words
from index.meetings import read_meetings
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import lines
from index.text.turns import Exchange, Role, Turn

PRECEDENTS = 12
READY = 10  # questions to be ready for before all others
_ELSEWHERE = 3  # questions shown of a theme that no comparable case was asked about
_FAR = 0.3  # what a case counts for that is not comparable, where the comparable count 0.45 to 1
_NEAR_IN_MEANING = 500  # passages near to the paper in meaning that are looked at
_MEANING = 3.0  # what a cosine counts for beside a case's likeness; a tenth apart is much
_CHUNK = 300  # characters of the paper sought at a time
_CHUNKS = 8
_DEPTH = 40  # passages looked at for each of them
_COMPARABLE = 0.45  # of the best case's score
_RARE = 0.1  # of the titles hold a word that is rare, at most
_SHARED = 0.4  # of a word stands in a title, at least: half of it, where several of its parts do
_TELLING = 1.5  # the rarity in all texts of a word that tells more than 実施 or 事業

# What a council decided otherwise than plainly in favour comes first; last what the records do not
# tell: nobody knows whether that was approved.
_CONTRARY = (
    Outcome.REJECTED,
    Outcome.PARTLY_APPROVED,
    Outcome.CONTINUED,
    Outcome.WITHDRAWN,
    Outcome.APPROVED_WITH_CONDITIONS,
)


@dataclass(frozen=True, slots=True)
class PaperSpan:
    """A place of the paper: `paper[start:end] == text`."""

    start: int
    end: int
    text: str


class Side(IntEnum):
    """How a council stood to a case, in the order in which cases are shown."""

    CONTRARY = 1  # anything but plain approval
    FAVOURABLE = 2  # approved, or reported
    UNKNOWN = 3  # no verdict recorded, or none that could be read


@dataclass(frozen=True, slots=True)
class Comparable:
    """A case like the paper, with its own papers: how alike (the best is 1), the rare words that
    both titles name, and the handling of the data (目的外利用 …) that both are about."""

    row: Precedent
    likeness: float
    shared: tuple[str, ...]
    handlings: tuple[str, ...]

    @property
    def case(self) -> Case:
        """The case, where it was decided."""
        return self.row.case

    @property
    def side(self) -> Side:
        """How the council stood to it, as far as the records tell."""
        if self.case.outcome in _CONTRARY:
            return Side.CONTRARY
        return Side.UNKNOWN if self.case.outcome is Outcome.NOT_RECORDED else Side.FAVOURABLE


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put in a case: `start` to `end` of the case's record, and its replies.

    `told` is where the paper seems to say something of it, or None.
    """

    case: Case
    exchange: Exchange
    theme: str
    start: int
    end: int
    text: str
    told: PaperSpan | None = None

    @property
    def replies(self) -> tuple[Turn, ...]:
        """What was replied, in order; empty where nothing is recorded."""
        return self.exchange.replies


@dataclass(frozen=True, slots=True)
class Theme:
    """The questions about one thing; `cases` is in how many comparable cases it was asked."""

    name: str
    cases: int
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Foresight:
    """What to expect. `precedents` name something rare that the paper names, `kindred` ones only
    handle data as it does; each in the order of their `side`. `ready` are the questions to be
    ready for before all others. `themes` are those of all these cases, most asked first;
    `elsewhere` holds further themes, which only other cases were asked about. All are empty where
    the records have nothing of the kind."""

    title: str
    precedents: tuple[Comparable, ...]
    kindred: tuple[Comparable, ...]
    unprecedented: tuple[PaperSpan, ...]
    ready: tuple[Asked, ...]
    themes: tuple[Theme, ...]
    elsewhere: tuple[Theme, ...]


def foresee(assistant: Assistant, paper: str, *, without: Collection[str] = ()) -> Foresight:
    """Look up what the records tell those who bring this paper.

    `without` are ids of cases to leave out (the paper's own, when it is already in the records).
    """
    title = title_of(paper)
    terms = read_terms(title or paper[:_CHUNK], assistant.vocabulary)
    alike = _precedents(assistant, title, paper, terms, without)
    likeness = {case.id: precedent.likeness for precedent in alike for case in precedent.row.cases}
    cases = [case for case in assistant.evidence.cases if case.id not in without]
    themes = _by_theme(assistant, [case for case in cases if case.id in likeness])
    elsewhere = _by_theme(assistant, [case for case in cases if case.id not in likeness])
    here = {theme.name for theme in themes} | {OTHER}
    sentences = [(start, end, fold(paper[start:end])) for start, end in _sentences(paper)]

    def told(questions: Sequence[Asked]) -> tuple[Asked, ...]:
        return tuple(replace(q, told=_told(assistant, q.text, paper, sentences)) for q in questions)

    def answered(theme: Theme, most: int | None = None) -> Theme:
        return replace(theme, questions=told(theme.questions[:most]))

    contrary_first = sorted(alike, key=lambda p: (p.side, -p.likeness))
    return Foresight(
        title,
        tuple(p for p in contrary_first if p.shared),
        tuple(p for p in contrary_first if not p.shared),
        tuple(_unprecedented(assistant, title, paper)),
        told(_ready(assistant, title, paper, cases, likeness)),
        tuple(map(answered, themes)),
        tuple(answered(theme, _ELSEWHERE) for theme in elsewhere if theme.name not in here),
    )


@lru_cache(maxsize=2)
def _rows(assistant: Assistant) -> dict[str, Precedent]:
    """A case's id -> the row of 先例一覧 that it is told in: where its matter was decided."""
    rows = rows_of(assistant.evidence.cases)
    return {case.id: row for row in rows for case in row.cases}


@lru_cache(maxsize=2)
def _questions(assistant: Assistant) -> dict[str, tuple[Asked, ...]]:
    """The questions of every case of the index, by the case's id."""
    return {c.id: tuple(questions_of(assistant, c)) for c in assistant.evidence.cases}


def _by_theme(assistant: Assistant, cases: Sequence[Case]) -> list[Theme]:
    """The questions of the cases, under what they are about, most asked first."""
    by_theme: dict[str, list[Asked]] = defaultdict(list)
    held = _questions(assistant)
    for case in cases:
        for asked in held[case.id]:
            by_theme[asked.theme].append(asked)
    found = []
    for name, questions in by_theme.items():
        kept = _each_once(questions)
        found.append(Theme(name, len({a.case.matter for a in kept}), tuple(kept)))
    return sorted(found, key=lambda t: (t.name == OTHER, -t.cases, -len(t.questions)))


def _ready(
    assistant: Assistant,
    title: str,
    paper: str,
    cases: Sequence[Case],
    likeness: Mapping[str, float],
) -> list[Asked]:
    """One question of each theme, then the next of each, the theme first that was asked about most
    in the cases, weighed by their likeness. Of a theme, those first whose case and whose words are
    nearest to the paper."""
    if not paper.strip():
        return []
    near = assistant.embedder.query(level(f"{title} {paper[:_CHUNK]}"))
    cosines = dict(assistant.index.search_vectors(near, _NEAR_IN_MEANING))
    farthest = min(cosines.values(), default=0.0)
    asked: dict[str, list[tuple[float, Asked]]] = defaultdict(list)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    passages = _passages(assistant)
    for case in cases:
        weight, chain = likeness.get(case.id, _FAR), case.matter
        for question in _questions(assistant)[case.id]:
            cosine = cosines.get(passages.get((case.record, question.start), ""), farthest)
            asked[question.theme].append((weight + _MEANING * cosine, question))
            of_theme = weights[question.theme]
            of_theme[chain] = max(of_theme.get(chain, 0.0), weight)
    themes = sorted(asked, key=lambda t: (t == OTHER, -sum(weights[t].values())))
    in_order = [
        _each_once([q for _, q in sorted(asked[theme], key=lambda pair: -pair[0])])
        for theme in themes
    ]
    longest = max(map(len, in_order), default=0)
    return [of[n] for n in range(longest) for of in in_order if n < len(of)][:READY]


@lru_cache(maxsize=2)
def _passages(assistant: Assistant) -> dict[tuple[str, int], str]:
    """Record and start of a question -> the passage that holds it."""
    found = {}
    for case, questions in _questions(assistant).items():
        held = assistant.index.passages_of_case(case) if questions else []
        for question in questions:
            for passage in held:
                if (
                    passage.record == question.case.record
                    and passage.start <= question.start < passage.end
                ):
                    found[passage.record, question.start] = passage.id
                    break
    return found


_LABEL = re.compile(
    r"^\s*(?:案\s*)?(?:(?:件|題)\s*名[\s:：]*|(?:件|議\s*題|事業名|業務名)[\s:：]+)"
)


def title_of(paper: str) -> str:
    """What the paper is about: its case's title, or else the first line that names something."""
    record = Record("paper", paper, "")
    rows = lines(paper)
    cases = read_cases(record, rows, read_meetings(record, rows))
    titles = [case.title for case in cases[:1]]
    titles += [r.text for r in rows if re.search(r"について|に係る|に伴う|事業|業務", r.text)]
    titles += [r.text[:60] for r in rows if len(r.key) >= 4]
    named = (level(_LABEL.sub("", title)) for title in titles)
    return next((title for title in named if 4 <= len(title) <= 250), "")


# --- precedents ----------------------------------------------------------------------------------


def _chunks(title: str, paper: str) -> list[str]:
    """The title, and what follows in pieces."""
    rest = level(paper[: _CHUNK * _CHUNKS * 2])
    pieces = [rest[at : at + _CHUNK] for at in range(0, len(rest), _CHUNK)][: _CHUNKS - 1]
    return [title, *pieces] if title else pieces


def _precedents(
    assistant: Assistant,
    title: str,
    paper: str,
    terms: Sequence[Term],
    without: Collection[str],
) -> list[Comparable]:
    """The cases most like the paper, the likest first: by what is found for its parts, and by the
    words of its title that stand in theirs."""
    rows = _rows(assistant)
    cases = {case.id: case for case in assistant.evidence.cases if case.id not in without}
    score: dict[str, float] = defaultdict(float)
    for number, chunk in enumerate(_chunks(title, paper)):
        best: dict[str, float] = {}
        for hit in assistant.found(chunk, limit=_DEPTH):
            if hit.passage.case in cases:
                best.setdefault(hit.passage.case, hit.score)
        for id, found in best.items():
            score[id] += found * (2 if number == 0 and title else 1)
    titles = {id: fold(case.title) for id, case in cases.items()}
    things, handled = set(technologies(f"{title} {paper[: _CHUNK * _CHUNKS]}")), handlings([title])
    weights = {term: _weight(term, titles.values()) for term in terms}
    total = sum(weights.values()) or 1.0
    rare = log((len(titles) + 1) / (max(2.0, _RARE * len(titles)) + 0.5))
    general = {fold(word) for word in naming("handlings").names}
    shared: dict[str, tuple[str, ...]] = {}
    for id, title_key in titles.items():
        shares = {term: term.share(title_key) for term in terms}
        named = [t for t in technologies(cases[id].title) if t in things]
        named += [
            _held(t.key, title_key) for t in terms
            if t.weight >= _TELLING and shares[t] >= _SHARED and weights[t] >= rare
            and t.key not in general
            and not any(t.key in fold(n) or fold(n) in t.key for n in named)
        ]  # fmt: skip
        shared[id] = tuple(named)
        alike = sum(weights[term] * share for term, share in shares.items()) / total
        score[id] = score.get(id, 0.0) * (0.4 + alike) + 0.05 * alike
    ranked = sorted(score, key=lambda id: (-score[id], id))
    most = score[ranked[0]] if ranked else 0.0
    if most <= 0:
        return []
    comparable = [id for id in ranked[:PRECEDENTS] if score[id] >= _COMPARABLE * most]
    kept: dict[str, Comparable] = {}
    for id in comparable:
        row = rows[id]
        same = tuple(h for h in handlings([cases[id].title]) if h in handled)
        if (shared[id] or same) and row.case.id not in kept:
            kept[row.case.id] = Comparable(row, score[id] / most, shared[id], same)
    return list(kept.values())


def _held(word: str, title: str) -> str:
    """The longest run of a word that a title has; the word where the title says it otherwise."""
    run = SequenceMatcher(None, word, title, autojunk=False).find_longest_match()
    return word[run.a : run.a + run.size] if run.size > 2 else word


def _weight(term: Term, titles: Collection[str]) -> float:
    """How rare a word is in the titles: 伴う stands in nearly all of them, 顔認証 in none."""
    held = sum(term.share(title) > 0.5 for title in titles)
    return log((len(titles) + 1) / (held + 0.5)) if term.name else 0.0


# --- what has no precedent -----------------------------------------------------------------------

_NAMING = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,}|[ァ-ヶー]{4,}|[一-龠]{3,8}")
_KANJI = re.compile(r"[一-龠]+")


def _unprecedented(assistant: Assistant, title: str, paper: str) -> Iterator[PaperSpan]:
    """The words of the paper that name something and stand nowhere in the records. Words of kanji
    only where the title has them: put together anew, every paper has some."""
    seen: set[str] = set()
    for found in _NAMING.finditer(paper):
        key = fold(found[0])
        if key in seen or (_KANJI.fullmatch(found[0]) and found[0] not in title):
            continue
        seen.add(key)
        if not _stands(assistant, found[0]):
            yield PaperSpan(found.start(), found.end(), found[0])


def _stands(assistant: Assistant, word: str) -> bool:
    """Whether the records hold the word, as it stands."""
    index, tokens = assistant.index, words(word)
    if not tokens or any(not index.document_frequency(token) for token in tokens):
        return not tokens
    found = index.passages([id for id, _ in index.search_words(tokens, 3 * _DEPTH)])
    return any(fold(word) in fold(passage.heading + passage.text) for passage in found)


# --- questions -----------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^。？?\n]+(?:[。？?]|\n|$)")
_SPOKEN = re.compile(r"[^。？?]+[。？?]?")  # a line's end is no sentence's end in a speech
_INTERROGATIVE = re.compile(
    r"(?:か|かと思う|でしょうか|ますか|いかが|教えて[^。]{0,10}|伺いたい|確認したい|説明(?:して)?[^。]{0,8}"
    r"|お聞きしたい|聞きたい|知りたい|願いたい|お願いしたい)[。？?」]?\s*$"
)
_CIVIL = re.compile(  # how a sitting is led, which nobody needs to be ready for
    r"(?:質問|意見|異議|質疑|訂正)[^。]{0,12}(?:あり|ござい|ない|いかが)|よろしいか|よろしいでしょうか"
    r"|(?:承認|了承|決定|答申|可と|適当|報告を受け)[^。]{0,16}(?:よい|よろしい|良い)(?:です)?か"
    r"|^[^。]{0,12}説明を(?:お願い|願|求め)"
)


def _sentences(text: str, sentence: re.Pattern[str] = _SENTENCE) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a text, without white space around them."""
    for found in sentence.finditer(text):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start > 3:
            yield start, end


def questions_of(assistant: Assistant, case: Case) -> Iterator[Asked]:
    """The questions put in a case by members or the chair, in their order."""
    if not case.exchanges:
        return
    text = assistant.index.text(case.record)
    for exchange in case.exchanges:
        turn = exchange.question
        if turn.role not in (Role.MEMBER, Role.CHAIR, Role.UNKNOWN):
            continue
        said = text[turn.start : turn.end]
        asking = [s for s in _sentences(said, _SPOKEN) if _INTERROGATIVE.search(said[s[0] : s[1]])]
        asking = [s for s in asking if not _CIVIL.search(said[s[0] : s[1]])]
        if not asking:
            continue
        start, end = turn.start + asking[0][0], turn.start + asking[-1][1]
        quote = text[start:end]
        yield Asked(case, exchange, theme_of(quote), start, end, quote)


def _each_once(asked: Sequence[Asked]) -> list[Asked]:
    """Those with a reply before those without; the same words of two records once."""
    kept: dict[str, Asked] = {}
    for question in asked:
        kept.setdefault(fold(question.text), question)
    return sorted(kept.values(), key=lambda a: not a.replies)


_ENOUGH = 0.6  # of what the question's words weigh


def _told(
    assistant: Assistant, question: str, paper: str, sentences: Sequence[tuple[int, int, str]]
) -> PaperSpan | None:
    """The sentence of the paper that holds most of the question's words, if it holds enough."""
    terms = [term for term in _question_terms(assistant, question) if term.weight > 0]
    total = sum(term.weight for term in terms)
    if len(terms) < 2:
        return None
    best, at = 0.0, (0, 0)
    for start, end, folded in sentences:
        held = sum(term.weight * term.share(folded) for term in terms)
        if held > best:
            best, at = held, (start, end)
    return PaperSpan(*at, paper[at[0] : at[1]]) if best >= _ENOUGH * total else None


@lru_cache(maxsize=4096)
def _question_terms(assistant: Assistant, question: str) -> tuple[Term, ...]:
    return read_terms(question, assistant.vocabulary)
