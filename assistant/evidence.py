"""Question + Hits -> evidence: which cases are meant, and which sentences hold what is asked.

A case is meant when the question's words stand in its title and facts; a sentence is evidence when
the words that its case does not already supply stand in it, or in the question it replies to.
What a question names and the evidence lacks counts against it: better no answer than a neighbour's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.hits import Hit
from assistant.intents import Intent, Wanted
from assistant.questions import Question
from assistant.terms import Term
from index.cases import Case
from index.decisions import sentences
from index.headings import looks_like_title, numbering
from index.japanese import FiscalYear, fold
from index.passages import Passage, PassageKind
from index.store import Index
from index.turns import Role, Turn
from index.verdicts import Outcome


@dataclass(frozen=True, slots=True)
class Match:
    """How well a case fits a question: shares of the question's weight, 0 to 1.

    `strong` counts words in the title and facts of the case, `full` those anywhere in its parts.
    """

    case: Case
    strong: float
    full: float

    @property
    def score(self) -> float:
        """One figure to rank by."""
        return 0.65 * self.strong + 0.35 * self.full


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item, table row or speech that may answer: a span of a record.

    `asked` is the turn it replies to, if it is a reply; `role` whose word it is.
    """

    record: str
    start: int
    end: int
    text: str
    passage: Passage
    case: Case | None
    role: Role | None
    speaker: str
    asked: Turn | None
    score: float = 0.0
    covered: float = 0.0
    lacking: tuple[str, ...] = ()
    features: tuple[float, ...] = ()


class Evidence:
    """Matches questions against the cases and passages of one index."""

    def __init__(self, index: Index) -> None:
        """Read the cases once; folded texts are kept for the cases asked about."""
        self.index = index
        self.cases = index.cases()
        self.by_id = {case.id: case for case in self.cases}
        self._facts = {case.id: _facts_of(case) for case in self.cases}
        self._body: Callable[[str], str] = lru_cache(maxsize=512)(self._read_body)

    def _read_body(self, case_id: str) -> str:
        case = self.by_id[case_id]
        text = self.index.text(case.record)
        return fold(" ".join(text[start:end] for start, end in case.spans))

    # -- cases

    def in_scope(self, question: Question) -> list[Case]:
        """The cases that the question's town, time and kind leave."""
        return [case for case in self.cases if self.fits(case, question)]

    def fits(self, case: Case, question: Question, *, timed: bool = True) -> bool:
        """Whether a case is of the town, the time and the kind that the question names."""
        if question.municipalities and case.municipality not in question.municipalities:
            return False
        if question.kinds and case.kind not in question.kinds:
            return False
        if question.labels and not any(label.fits(case) for label in question.labels):
            return False
        if question.focus and case.id not in question.focus:
            return False
        if not question.within.admits(case):
            return False
        return not timed or self.timely(case, question)

    def timely(self, case: Case, question: Question) -> bool:
        """Whether a case is of the year, sitting and day named (any of its sittings)."""
        if question.ordinal is not None and not any(
            _ordinal_of(name) == question.ordinal for name in _sittings(case)
        ):
            return False
        days = [d.day for d in case.decisions if d.day] or ([case.day] if case.day else [])
        if question.days and not any(day in question.days for day in days):
            return False
        if question.month and not any(day.month == question.month for day in days):
            return False
        if not question.years and not question.calendar_years:
            return True
        years = {case.year} | {FiscalYear.of(day).year for day in days}
        calendar = {day.year for day in days}
        asked = set(question.years)
        if years & asked or calendar & set(question.calendar_years):
            return True
        # 令和3年 of a fiscal year, or a year that the papers themselves name
        if years & set(question.calendar_years):
            return True
        if case.year is None and not days:
            body = self._body(case.id)
            names = [FiscalYear.beginning(y).name for y in asked | set(question.calendar_years)]
            return any(name in body or name.removesuffix("度") in body for name in names)
        return False

    def match(self, case: Case, terms: Sequence[Term]) -> Match:
        """How well the words fit the case."""
        total = sum(term.weight for term in terms)
        if not total:
            return Match(case, 0.0, 0.0)
        facts, body = self._facts[case.id], self._body(case.id)
        strong = full = 0.0
        for term in terms:
            share = term.share(facts)
            strong += share * term.weight
            full += max(share, term.share(body)) * term.weight
        return Match(case, strong / total, full / total)

    def meant(self, question: Question, cases: Sequence[Case], hits: Sequence[Hit]) -> list[Match]:
        """The cases that the question is about, best first; none where its words fit none."""
        if not question.terms:
            return []
        matches = [self.match(case, question.terms) for case in cases]
        nearest: dict[str, int] = {}
        for rank, hit in enumerate(hits):
            if hit.passage.case:
                nearest.setdefault(hit.passage.case, rank)
        scored = [
            (match.score + (0.08 if nearest.get(match.case.id, 99) < 3 else 0.0), match)
            for match in matches
            if match.strong >= 0.34
            or (match.full >= 0.7 and match.strong >= 0.12)
            or (match.full >= 0.5 and match.strong >= 0.12 and nearest.get(match.case.id, 99) < 2)
        ]
        if not scored:
            return []
        scored.sort(key=lambda pair: (-pair[0], pair[1].case.id))
        best = scored[0][0]
        if best < 0.34:
            return []
        return [match for score, match in scored if score >= 0.82 * best]

    def lacking(self, question: Question, case: Case) -> list[Term]:
        """The names in a question that a case does not speak of, where they weigh much.

        To answer by a case without them would be to answer by its neighbour.
        """
        names = [t for t in question.terms if t.name and t.weight >= NAMED and not t.measure]
        known = (self._facts[case.id], self._body(case.id))
        lacking = [term for term in names if max(map(term.share, known)) < 0.5]
        total = sum(term.weight for term in question.terms if term.name and not term.measure)
        return lacking if sum(t.weight for t in lacking) >= MUCH * total else []

    # -- sentences

    def units(self, question: Question, hits: Sequence[Hit], meant: Sequence[Case]) -> list[Unit]:
        """The sentences of the hits, best first, scored for what is asked."""
        about = {case.id for case in meant}
        found_units = []
        for rank, hit in enumerate(hits):
            for unit in self._units_of(hit.passage):
                found_units.append(self._scored(unit, question, hit, rank, about))
        found_units.sort(key=lambda unit: (-unit.score, unit.record, unit.start))
        return found_units

    def _asked_for(self, question: Question, own: str, label: str) -> tuple[float, float, float]:
        """Whether a sentence has the slot asked for: its counter, its named field, its ground."""
        key = fold(question.text)
        counted = called = ground = 0.0
        counter = re.search(
            r"何(件|人|名|台|世帯|回|項目|か所|枚|業務|割|歳|日|年|か月|時間|条|階)", key
        )
        if counter:
            unit = {"人": "[人名]", "名": "[人名]", "件": "[件名人]"}.get(
                counter[1], re.escape(counter[1])
            )
            pattern = rf"[0-9一二三四五六七八九十]+(?:,[0-9]+)*(?:\.[0-9]+)?{unit}"
            counted = 1.0 if re.search(pattern, own) else -1.0
        noun = re.search(
            r"([一-龠ァ-ヶーa-z]{2,8})(?:は|って)(?:何|どれ|どこ|いつ|誰|いくら|どの|どんな"
            r"|なん|どう)",
            key,
        )
        if noun and noun[1] not in ("案件", "結論", "条件", "理由"):
            name = re.escape(noun[1])
            if re.search(rf"{name}(?:名)?(?:[:：【「は|]|とは)", own) or re.search(name, label):
                called = 1.0
        if re.search(r"いちばん|一番|最も|最多", key) and re.search(
            r"最も|最多|一番|いちばん", own
        ):
            called = 1.0
        if question.intent is Intent.REASON:
            ground = 1.0 if _GROUND.search(own) else -1.0
        return counted, called, ground

    def _units_of(self, passage: Passage) -> Iterator[Unit]:
        case = self.by_id.get(passage.case) if passage.case else None
        text = self.index.text(passage.record)
        if passage.kind is PassageKind.EXCHANGE and case is not None:
            for exchange in case.exchanges:
                if exchange.end <= passage.start or passage.end <= exchange.start:
                    continue
                for turn in (exchange.question, *exchange.replies):
                    asked = exchange.question if turn is not exchange.question else None
                    for start, end in _windows(text, turn.start, turn.end):
                        yield Unit(
                            passage.record, start, end, text[start:end], passage, case,
                            turn.role, turn.speaker, asked,
                        )  # fmt: skip
            return
        spans = _rows(text, passage) if passage.kind is PassageKind.TABLE else _items(text, passage)
        for start, end in spans:
            yield Unit(passage.record, start, end, text[start:end], passage, case, None, "", None)

    def _scored(self, unit: Unit, question: Question, hit: Hit, rank: int, about: set[str]) -> Unit:
        text = self.index.text(unit.record)
        own = fold(unit.text)
        beside = fold(text[unit.asked.start : unit.asked.end]) if unit.asked else ""
        in_table = unit.passage.kind is PassageKind.TABLE
        label = _label_of(text, unit) if in_table else ""
        above = fold(unit.passage.heading)
        passage = fold(unit.passage.text)
        facts = self._facts[unit.case.id] if unit.case else ""
        body = self._body(unit.case.id) if unit.case else ""
        places = (own, beside, label, passage, above, facts, body)
        gains = [0.0] * len(places)
        total = everything = covered = 0.0
        lacking = []
        supplied = 0.9 if unit.case and unit.case.id in about else 0.6
        for term in question.terms:
            # what names the case is supplied by the case; what is asked must be in the sentence
            weight = term.weight * (1.0 - supplied * (term.share(facts) if facts else 0.0))
            total += weight
            everything += term.weight
            held = 0.0
            for number_, where in enumerate(places):
                share = term.share(where) if where else 0.0
                if share > held:
                    gains[number_] += weight * (share - held)
                    covered += term.weight * (share - held) * (0.5 if where is body else 1.0)
                    held = share
            if held < 0.3:
                lacking.append(term.key)
        total = max(
            total, 1.2
        )  # one weak word left over (対象) does not make a sentence the answer
        covered /= everything or 1.0
        title = fold(unit.case.title) if unit.case else ""
        wanted = question.wanted
        named = _LABELS.get(wanted)
        years = [
            (fold(FiscalYear.beginning(year).name), f"{year}年")
            for year in (*question.years, *question.calendar_years)
        ]
        held_kind = (
            holds(wanted, own)
            or (in_table and wanted is Wanted.NUMBER and bool(_FIGURE.search(own)))
            or (wanted is Wanted.COMPANY and len(own) < 60 and bool(_LABELS[wanted].search(label)))
        )
        features = (
            *(gain / total for gain in gains),
            min(1.0, max(0.0, (hit.likeness - 0.78) / 0.12)),
            1 / (1 + rank / 3),
            0.0 if wanted is Wanted.ANYTHING else 1.0 if held_kind else -1.0,
            1.0
            if named is not None and (named.search(label + above) or named.search(own))
            else 0.0,
            *self._asked_for(question, own, label),
            1.0 if any(name in own + beside or western in own for name, western in years) else 0.0,
            1.0 if any(name in above or name in passage for name, _ in years) else 0.0,
            1.0 if unit.case and unit.case.id in about else 0.0,
            1.0 if title and len(own) > 3 and (own in title or own.startswith(title[:20])) else 0.0,
            1.0 if looks_like_title(unit.text) else 0.0,
            1.0 if len(own) < 12 else 0.0,
            1.0 if own.endswith(("か。", "か")) else 0.0,
            1.0 if unit.asked is not None else 0.0,
            1.0 if in_table else 0.0,
            1.0 if unit.passage.kind is PassageKind.DECISION else 0.0,
            min(len(own), 150) / 150,
        )
        score = sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
        score += COVERING * covered
        if wanted is not Wanted.ANYTHING and total > 1.2 and sum(gains[:3]) / total < LEAST:
            # a figure of the right kind is no answer where nothing that is asked stands beside it
            score -= BESIDE_THE_POINT
        return replace(
            unit, score=score, covered=covered, lacking=tuple(lacking), features=features
        )


def found(term: Term, folded: str) -> bool:
    """Whether the term stands in the folded text, whole or in most of its parts."""
    return term.share(folded) >= 0.7


def _facts_of(case: Case) -> str:
    """The folded words that name a case: title, office, articles, sheet fields, conditions."""
    named = [case.title, case.label, case.department or "", *case.legal_basis]
    named += [c.text for d in case.decisions for c in d.conditions]
    for slot in case.slots:
        if re.search(r"事務の名称|業務|件名|根拠|意見を聴く|対象|帳票", slot.label):
            named += [slot.value[:120]] if not slot.ticked else list(slot.ticked)
        elif slot.ticked:
            named += slot.ticked
    return fold(" ".join(named))


def _sittings(case: Case) -> list[str]:
    return [case.meeting, *(decision.meeting for decision in case.decisions)]


def _ordinal_of(name: str) -> int | None:
    match = re.search(r"第(\d+)回", name)
    return int(match[1]) if match else None


_FITS = {
    Wanted.MONEY: re.compile(r"[0-9][0-9,.]*(?:万|億|千)*円|円/|無償|無料|費用は(?:かから|発生し)"),
    Wanted.SHARE: re.compile(r"[0-9.]+[%]|[0-9]+割|パーセント|割合"),
    Wanted.DURATION: re.compile(
        r"[0-9一二三四五六七八九十]+(?:日|週間|か月|ヶ月|カ月|月|年|時間|分|歳)(?!度|\\d)"
        r"|まで(?:$|。|残|保)"),
    Wanted.TIME: re.compile(
        r"[0-9元]+(?:年|月|日|時)|年度|頃|までに|以降|後に|後、|ごろ|上旬|中旬|下旬|承認後"
        r"|答申後|認定後|時点"),
    Wanted.COMPANY: re.compile(
        r"株式会社|\(株\)|有限会社|財団法人|社団法人|協会|[a-zァ-ヶー]{2,}(?:データ|システムズ?"
        r"|ジャパン|サービス)|㈱|合同会社|法人"),
    Wanted.OFFICE: re.compile(r"課|室|局|係|センター|部"),
    Wanted.LAW: re.compile(r"第[0-9]+条"),
    Wanted.PERSON: re.compile(r"委員|会長|長|課|氏|者|社|事務局|職員"),
    Wanted.NUMBER: re.compile(
        r"(?<![第0-9])[0-9一二三四五六七八九十][0-9,.]*(?:件|人|名|台|世帯|回(?!目)|項目|か所"
        r"|箇所|カ所|館|枚|の?業務|の?自治体|団体|例|通|つ|個|種|点|課|割|%|歳|本|棟|局)"),
    Wanted.PLACE: re.compile(
        r"市|県|都|府|区|国内|国外|庁舎|室|階|センター|サーバ室|東京|大阪|社内|拠点|会館|場所"),
}  # fmt: skip


def holds(wanted: Wanted, folded: str) -> bool:
    """Whether a folded text holds a thing of the kind wanted."""
    pattern = _FITS.get(wanted)
    return pattern is None or bool(pattern.search(folded))


_LABELS = {
    Wanted.MONEY: re.compile(r"額|費|料金|価格|金額"),
    Wanted.DURATION: re.compile(r"期間|期限|保存|保管|廃棄|消去"),
    Wanted.TIME: re.compile(r"時期|期日|日程|実施日|開始|支給日|日時"),
    Wanted.COMPANY: re.compile(r"提供先|委託先|受託者|事業者|業者|相手"),
    Wanted.OFFICE: re.compile(r"課|部署|所管|担当|機関"),
    Wanted.NUMBER: re.compile(r"件数|人数|世帯|対象|者数|数"),
    Wanted.PLACE: re.compile(r"場所|会場|所在"),
    Wanted.SHARE: re.compile(r"率|割合|精度|正確"),
}  # fmt: skip


_GROUND = re.compile(r"ため|ので|から|理由|により|おそれ|必要|想定して")

# What a sentence's features say for it, fitted on the development part of the gold questions by
# `python -m eval.tune`, which prints these rows.
FEATURES = (
    "own words", "question replied to", "row label", "passage", "headings", "case facts", "case",
    "likeness", "rank", "kind of fact", "label of kind", "counter", "field named", "ground given",
    "year said", "year near", "case meant", "is the title", "like a title", "short", "asks",
    "replies", "table", "decision", "length",
)  # fmt: skip
WEIGHTS = (
    1.35, 1.29, 1.00, 0.69, 0.92, 0.14, 0.56, 0.05, 0.74, 0.24, 0.15, 0.13,
    0.40, 0.11, 0.05, 1.17, 0.53, -0.01, 0.12, -0.22, -0.18, -0.09, -0.04, 0.68, 0.28,
)  # fmt: skip


NAMED = 1.2  # the weight from which a name must be borne out
MUCH = 0.3  # of the weight of all names in a question
LEAST = 0.2
BESIDE_THE_POINT = 3.0  # no other merit makes up for it
COVERING = 1.0  # what a sentence lacks of the question's words counts against it


# a number in a table that is no date and no article
_FIGURE = re.compile(r"(?<![0-9第年月])[0-9][0-9,.]*(?![0-9,.]*[年月日条項号階])")
_TAG = re.compile(r"<[^<>]{1,80}>")
_WINDOW = 150


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A speech as one unit where it is short, else its sentences, short ones two together."""
    if end - start <= _WINDOW:
        yield start, end
        return
    spans = list(sentences(text, start, end))
    for index, (left, right) in enumerate(spans):
        if right - left < 60 and index + 1 < len(spans) and spans[index + 1][1] - left <= _WINDOW:
            right = spans[index + 1][1]
        yield left, right


def _items(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """The sentences and list items of a passage; a wrapped row joins the one above it."""
    start: int | None = None
    end = passage.start
    for row in re.compile(r"[^\n]+").finditer(text, passage.start, passage.end):
        piece = row.group()
        stripped = piece.strip(" \t\r\u3000")
        if not stripped:
            continue
        left = row.start() + piece.index(stripped)
        right = left + len(stripped)
        blank = text.count("\n", end, left) > 1
        previous = text[end - 1] if start is not None else ""
        heads = (
            start is not None
            and numbering(text[start:end]) is not None
            and end - start <= 60
            and previous != "。"
            and not _begins_item(stripped)
            and len(stripped) <= 160
        )  # an item that only names what the next row tells: (5) …の情報 / 住所、氏名
        if (
            start is not None
            and not heads
            and (blank or previous in "。」）)" or _begins_item(stripped))
        ):
            yield from _sentences_or_whole(text, start, end)
            start = None
        if start is None:
            start = left
        end = right
    if start is not None:
        yield from _sentences_or_whole(text, start, end)


def _begins_item(row: str) -> bool:
    return bool(numbering(row)) or bool(re.match(r"^[※●○■□◆◇→⇒・\-—(（【〈<]", row))


def _sentences_or_whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= 90:
        yield start, end
    else:
        yield from _windows(text, start, end)


def _rows(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """The rows of a table; a row too long to read at once by its cells and their sentences."""
    for row in re.compile(r"[^\n]+").finditer(text, passage.start, passage.end):
        piece = row.group().strip(" \t\r\u3000")
        if not piece:
            continue
        left = row.start() + row.group().index(piece)
        right = left + len(piece)
        if right - left <= 110 and not _TAG.search(piece):
            yield left, right
            continue
        at = left
        for gap in re.compile(r"\t+|<[^<>]{1,80}>").finditer(text, left, right):
            yield from _cell(text, at, gap.start())
            at = gap.end()
        yield from _cell(text, at, right)


def _cell(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    stripped = piece.strip(" \t\r\n\u3000|")
    if len(stripped) < 2:
        return
    left = start + piece.index(stripped)
    yield from _sentences_or_whole(text, left, left + len(stripped))


def _label_of(text: str, unit: Unit) -> str:
    """The first cells of the row a unit stands in: what the row is about."""
    row_start = text.rfind("\n", 0, unit.start) + 1
    before = text[row_start : unit.start]
    if not before.strip():  # a row without a label goes on with the row above
        above = text.rfind("\n", 0, max(0, row_start - 1)) + 1
        before = text[above:row_start].split("\t")[0]
    return fold(_TAG.sub(" ", before))[:60]


COMPATIBLE = {
    Outcome.APPROVED: {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED},
    Outcome.REJECTED: {Outcome.REJECTED, Outcome.PARTLY_APPROVED},
    Outcome.WITHDRAWN: {Outcome.WITHDRAWN},
    Outcome.CONTINUED: {Outcome.CONTINUED},
    Outcome.PARTLY_APPROVED: {Outcome.PARTLY_APPROVED},
}
