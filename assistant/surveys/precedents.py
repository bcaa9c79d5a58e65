"""All cases as a table: chosen, sorted, counted, and written out.

A row is a case with the decision it came to. Where the papers of a matter are in one record and its
verdict in another, the papers make no row of their own: they stand with the verdict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from assistant.facts import GROUP_WORDS, KINDS, correction_mark, outcome_word
from assistant.files.spreadsheets import Cell, Column, Sheet
from assistant.statements import short_title
from assistant.surveys.namings import handlings, technologies
from assistant.understanding.times import year_name
from index.cases import Case, Condition
from index.grammar.verdicts import Outcome
from index.japanese import FiscalYear, fold, folded_with_offsets, level, words
from index.store import Index
from index.text.sentences import sentences

UNKNOWN = "記載なし"
OTHER_TECHNOLOGY = "その他"
_SOUGHT = 4_000  # passages looked at for a word
_BESIDE = 40  # characters shown on each side of a word that was found


@dataclass(frozen=True, slots=True)
class Precedent:
    """A row: a case, and the cases of other records that are its papers."""

    case: Case
    papers: tuple[Case, ...]
    technologies: tuple[str, ...]
    handlings: tuple[str, ...]
    municipality: str
    year: int | None
    day: date | None
    department: str
    legal_basis: tuple[str, ...]
    later: tuple[Case, ...] = ()  # of the same matter, decided afterwards

    @property
    def outcome(self) -> Outcome:
        """How the case stands, by its own newest decision."""
        return self.case.outcome

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that was attached, at whichever sitting."""
        return tuple(c for decision in self.case.decisions for c in decision.conditions)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The case and its papers."""
        return self.case, *self.papers


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user has narrowed the table to. Empty means: no limit."""

    municipalities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    technologies: tuple[str, ...] = ()
    handlings: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    conditioned: bool = False
    text: str = ""

    def admits(self, row: Precedent) -> bool:
        """Whether a row is of what was chosen; the text is `Precedents.choose`'s to look for."""
        return (
            (not self.municipalities or row.municipality in self.municipalities)
            and (not self.years or row.year in self.years)
            and (not self.technologies or not _apart(self.technologies, technologies_of(row)))
            and (not self.handlings or not _apart(self.handlings, row.handlings))
            and (not self.kinds or row.case.kind in self.kinds)
            and (not self.departments or row.department in self.departments)
            and (not self.legal_bases or not _apart(self.legal_bases, row.legal_basis))
            and (not self.outcomes or row.outcome in self.outcomes)
            and (not self.conditioned or bool(row.conditions))
        )

    def in_words(self) -> str:
        """The choice, as the page says it."""
        parts = [*self.municipalities, *map(year_name, self.years), *self.technologies]
        parts += [*self.handlings, *(KINDS.get(kind, kind) for kind in self.kinds)]
        parts += [*self.departments, *self.legal_bases]
        parts += [GROUP_WORDS[outcome] for outcome in self.outcomes]
        parts += ["条件・附帯意見のあるもの"] if self.conditioned else []
        parts += [f"「{self.text.strip()}」を含むもの"] if self.text.strip() else []
        return "・".join(parts) or "すべて"


def _apart(chosen: Iterable[str], held: Iterable[str]) -> bool:
    return not set(chosen) & set(held)


def technologies_of(row: Precedent) -> tuple[str, ...]:
    """A row's technologies; one without any is of the rest."""
    return row.technologies or (OTHER_TECHNOLOGY,)


# --- the rows --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Where a word that was sought stands: its sentence as a span of a record, and what of that is
    before the word, the word itself, and after it."""

    record: str
    start: int
    end: int
    before: str
    word: str
    after: str


class Precedents:
    """The table over one index. Rows are made once; safe to share by threads."""

    def __init__(self, index: Index) -> None:
        """Read the cases of the index."""
        self._index = index
        self._holding = lru_cache(32)(self._look_for)
        self.rows = tuple(rows_of(index.cases()))
        self.by_case = {case.id: row for row in self.rows for case in row.cases}

    @cached_property
    def _own_words(self) -> dict[str, str]:
        """What the row itself shows, folded: found whatever the search's words are."""
        return {
            row.case.id: fold(
                " ".join(
                    [
                        *(case.title for case in row.cases), row.department, row.municipality,
                        *row.technologies, *row.handlings, *row.legal_basis, row.case.label,
                        *(c.text for c in row.conditions),
                    ]
                )
            )
            for row in self.rows
        }  # fmt: skip

    def choose(self, choice: Choice) -> list[Precedent]:
        """The rows that are of the choice, in the order of the records."""
        chosen = [row for row in self.rows if choice.admits(row)]
        for term in choice.text.split():
            found = self._holding(term)
            chosen = [row for row in chosen if row.case.id in found]
        return chosen

    def places(self, rows: Iterable[Precedent], text: str) -> dict[str, list[Found]]:
        """Of each row, by its case's id, where the words of a text stand that it does not show."""
        found: dict[str, list[Found]] = defaultdict(list)
        for term in text.split():
            held = self._holding(term)
            for row in rows:
                place = held.get(row.case.id)
                one = self._found(*place, fold(term)) if place is not None else None
                known = [(other.record, other.start) for other in found[row.case.id]]
                if one is not None and (one.record, one.start) not in known:
                    found[row.case.id].append(one)
        return found

    def _look_for(self, term: str) -> dict[str, tuple[str, int, int] | None]:
        """The rows in whose records the term stands, letter for letter but for width and space;
        with the span of a record that holds it, where the row itself does not show it."""
        key = fold(term)
        found: dict[str, tuple[str, int, int] | None] = {
            id: None for id, own in self._own_words.items() if key in own
        }
        for row in self.rows:
            for decision in row.case.decisions:
                if key in fold(decision.text):
                    found.setdefault(row.case.id, (row.case.record, decision.start, decision.end))
        hits = self._index.search_words(words(term), _SOUGHT)
        for passage in self._index.passages([id for id, _ in hits]):
            if passage.case in self.by_case and key in fold(passage.text):
                row = self.by_case[passage.case]
                found.setdefault(row.case.id, (passage.record, passage.start, passage.end))
        return found

    def _found(self, record: str, start: int, end: int, key: str) -> Found | None:
        text = self._index.text(record)
        folded, offsets = folded_with_offsets(text[start:end])
        at = folded.find(key)
        if at < 0:
            return None
        word = start + offsets[at], start + offsets[at + len(key) - 1] + 1
        held = (span for span in sentences(text, start, end) if span[0] <= word[0] < span[1])
        first, last = next(held, (start, end))
        before, after = text[first : word[0]], text[word[1] : last]
        if len(before) > _BESIDE:
            before = "…" + before[-_BESIDE:]
        if len(after) > _BESIDE:
            after = after[:_BESIDE] + "…"
        return Found(record, first, max(last, word[1]), before, text[slice(*word)], after)


def rows_of(cases: Sequence[Case]) -> list[Precedent]:
    """A row for each case, but none for papers whose verdict stands in another record."""
    place = {case.id: number for number, case in enumerate(cases)}
    chains: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        chains[case.matter].append(case)
    rows = []
    for case in cases:
        chain = chains[case.matter]
        told = [c for c in chain if c.outcome is not Outcome.NOT_RECORDED]
        if case.outcome is Outcome.NOT_RECORDED:
            if told:
                continue
            rows.append(_row(case, (), ()))
            continue
        # papers go with the first sitting that decided on them
        first = min(told, key=lambda c: (c.newest_day or date.max, place[c.id]))
        papers = tuple(c for c in chain if c not in told) if case is first else ()
        later = tuple(
            sorted(
                (c for c in told if _after(c, case)),
                key=lambda c: c.newest_day or date.max,
            )
        )
        rows.append(_row(case, papers, later))
    return rows


def _after(other: Case, case: Case) -> bool:
    mine, its = case.newest_day, other.newest_day
    return other is not case and mine is not None and its is not None and its > mine


def _row(case: Case, papers: tuple[Case, ...], later: tuple[Case, ...]) -> Precedent:
    every = (case, *papers)
    day = next((day for c in every if (day := c.newest_day)), None)
    year = next((c.year for c in every if c.year), None)
    titles = [c.title for c in every]
    departments = [level(c.department).strip() for c in every if c.department]
    bases = dict.fromkeys(level(basis) for c in every for basis in c.legal_basis)
    return Precedent(
        case=case,
        papers=papers,
        technologies=tuple(dict.fromkeys(t for title in titles for t in technologies(title))),
        handlings=handlings(titles),
        municipality=next((c.municipality for c in every if c.municipality), None) or UNKNOWN,
        year=FiscalYear.of(day).year if day else year,
        day=day,
        department=departments[0] if departments else "",
        legal_basis=tuple(bases),
        later=later,
    )


# --- order -----------------------------------------------------------------------------------

_RANK = {outcome: number for number, outcome in enumerate(Outcome)}
SORTS: dict[str, Callable[[Precedent], tuple[bool, Any]]] = {
    "municipality": lambda row: (row.municipality == UNKNOWN, row.municipality),
    "day": lambda row: (row.day is None, row.day or date.max),
    "title": lambda row: (not row.case.title, short_title(row.case.title, 60)),
    "technology": lambda row: (not row.technologies, row.technologies),
    "kind": lambda row: (False, list(KINDS).index(row.case.kind) if row.case.kind in KINDS else 9),
    "department": lambda row: (not row.department, row.department),
    "legal_basis": lambda row: (not row.legal_basis, row.legal_basis),
    "outcome": lambda row: (row.outcome is Outcome.NOT_RECORDED, _RANK[row.outcome]),
    "conditions": lambda row: (not row.conditions, len(row.conditions)),
}


def in_order(rows: Sequence[Precedent], by: str, *, falling: bool = False) -> list[Precedent]:
    """The rows sorted; those without what they are sorted by come last either way."""
    key = SORTS.get(by, SORTS["day"])
    with_it = [row for row in rows if not key(row)[0]]
    without = [row for row in rows if key(row)[0]]
    return sorted(with_it, key=lambda row: key(row)[1], reverse=falling) + without


# --- grids and counts ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grid:
    """Technology x town: the rows of each cell."""

    technologies: tuple[str, ...]
    municipalities: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[Precedent, ...]]


def grid(rows: Sequence[Precedent]) -> Grid:
    """The rows by technology (those of most towns first) and town (those of most cases first)."""
    cells: dict[tuple[str, str], list[Precedent]] = defaultdict(list)
    towns: Counter[str] = Counter()
    for row in rows:
        towns[row.municipality] += 1
        for technology in row.technologies:
            cells[technology, row.municipality].append(row)
    spread = Counter(technology for technology, _ in cells)
    number = Counter(technology for row in rows for technology in row.technologies)
    return Grid(
        tuple(sorted(spread, key=lambda t: (-spread[t], -number[t], t))),
        tuple(sorted(towns, key=lambda town: (town == UNKNOWN, -towns[town], town))),
        {
            key: tuple(sorted(held, key=lambda row: row.day or date.max))
            for key, held in cells.items()
        },
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each outcome, by year (or by town, or technology): the newest year first."""

    by: str
    names: dict[str, str]  # the group's key, as filters have it -> as it is shown
    numbers: dict[tuple[str, Outcome], int]

    def of(self, key: str) -> int:
        """All of a group."""
        return sum(n for (group, _), n in self.numbers.items() if group == key)


COUNTED_BY = {"year": "年度", "municipality": "自治体", "technology": "技術", "handling": "取扱い"}


def counts(rows: Sequence[Precedent], by: str = "year") -> Counts:
    """The rows counted by outcome within each year, town, technology or handling."""
    numbers: Counter[tuple[str, Outcome]] = Counter()
    for row in rows:
        for key in _groups(row, by):
            numbers[key, row.outcome] += 1
    keys = dict.fromkeys(key for key, _ in numbers)
    if by == "year":
        shown = sorted(keys, key=lambda key: (key == "", key), reverse=True)
        shown = [key for key in shown if key] + [key for key in shown if not key]
        names = {key: year_name(int(key)) if key else "時期の記載なし" for key in shown}
    else:
        total = {key: sum(n for (k, _), n in numbers.items() if k == key) for key in keys}
        shown = sorted(keys, key=lambda key: (key in ("", UNKNOWN), -total[key], key))
        names = {key: key or UNKNOWN for key in shown}
    return Counts(by, names, dict(numbers))


def _groups(row: Precedent, by: str) -> tuple[str, ...]:
    if by == "municipality":
        return (row.municipality,)
    if by == "technology":
        return technologies_of(row)
    if by == "handling":
        return row.handlings or ("",)
    return (str(row.year) if row.year else "",)


# --- for Excel -------------------------------------------------------------------------------

_COLUMNS = (
    Column("自治体", 12), Column("審議会", 22), Column("年度", 11), Column("開催日", 12),
    Column("会議", 18), Column("種別", 8), Column("番号", 14), Column("件名", 52),
    Column("技術", 16), Column("取扱い", 18), Column("担当", 18), Column("根拠", 24),
    Column("結論", 20), Column("結論の原文", 44), Column("条件の数", 8),
    Column("条件・附帯意見（原文）", 52), Column("その後", 30), Column("記録", 24),
    Column("案件ID", 22),
)  # fmt: skip


def sheet(rows: Sequence[Precedent], choice: Choice) -> Sheet:
    """The rows as a sheet, in their order, every column of its own."""
    about = (
        f"対象: {choice.in_words()}（{len(rows)}件）",
        "結論は、審議会の結論だけです。記録に結論のないものは「結論の記録なし」、"
        "結論の文を読み取れなかったものは「結論を読み取れず（要確認）」としています。",
        "2023年4月1日より前の案件は、各団体の条例のもとで審議されたものです。",
        "同じ案件の資料と結論が別の記録にあるときは、1行にまとめています。",
    )
    return Sheet("先例一覧", _COLUMNS, tuple(map(_cells, rows)), about)


def _cells(row: Precedent) -> tuple[Cell, ...]:
    case, newest = row.case, row.case.newest
    later = [
        f"{c.newest_day or ''} {outcome_word(c)}（{c.meeting or c.record}）".strip()
        for c in row.later
    ]
    return (
        row.municipality, case.council or "", year_name(row.year) if row.year else "", row.day,
        case.newest_meeting, KINDS.get(case.kind, ""), case.label,
        level(case.title), "、".join(row.technologies), "、".join(row.handlings), row.department,
        "、".join(row.legal_basis), outcome_word(case) + correction_mark(case),
        level(newest.text) if newest else "", len(row.conditions),
        "\n".join(level(c.text) for c in row.conditions), "\n".join(later),
        "、".join(dict.fromkeys(c.record for c in row.cases)), case.id,
    )  # fmt: skip
