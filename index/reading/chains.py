"""Over all records: which cases are one matter (a chain), and which may have to do with each other.

A link is asserted only on an identifying sign: the same inquiry number, the same title put off and
taken up again, the papers and the minutes of one sitting, a title that points back by date. What is
only alike is offered (`sure` is false) and joins no chain: one chain never holds two matters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from index.cases import Case, Link, LinkKind, Pointer
from index.grammar.verdicts import Outcome
from index.japanese import FiscalYear, fold
from index.matters.matter_titles import core_of, matter_title, same_head, same_title
from index.reading.pointers import Inquiry, inquiries

_PUT_OFF_AT_MOST = timedelta(days=731)  # what comes back later has been put anew
_ANSWERED_WITHIN = timedelta(days=400)
_MOST_OFFERED = 3  # of each case
_LOOKED_BACK = 20  # cases of like title or number before one
_AFTERWARDS = re.compile(r"(?:の(?:その後の?|実施|対応|運用|利用)?(?:状況|結果|経過|対応))+$")
_TERMS = re.compile(r"[a-z][a-z0-9-]{1,}|[ァ-ヶー]{4,}|[一-龠々]{3,}")
_TELLS_NOTHING = re.compile(  # in the title of any matter before such a council
    r"個人|情報|権利|利益|目的外|公益|収集|利用|提供|結合|通知|省略|必要|侵害|取扱|業務|条例|審議"
    r"|諮問|答申|以外|計算機|記録|状況|システム|サービス|データ|サーバ|オンライン|クラウド|ネットワーク"
)


@dataclass(slots=True)
class _Chain:
    """Cases that are one matter, and what none of them may contradict."""

    members: list[Case] = field(default_factory=list)

    def takes(self, other: _Chain) -> bool:
        return not any(_contrary(a, b) for a in self.members for b in other.members)


class _Linker:
    """All links among the cases of one municipality."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = sorted(cases, key=_when)
        self.titles = {case.id: matter_title(case.title) for case in cases}
        self.numbers = {case.id: _numbers(case) for case in cases}
        self.chains = {case.id: _Chain([case]) for case in cases}
        self.links: dict[str, dict[str, Link]] = {case.id: {} for case in cases}
        self.by_id = {case.id: case for case in cases}
        self._terms: dict[str, list[Case]] = {}
        self._by_year: dict[int | None, list[Case]] = {}

    def run(self) -> None:
        for later, earlier, kind, reason, span in self._asserted():
            self._assert(later, earlier, kind, reason, span)
        self._point_back()
        self._offer_alike()

    # -- signs

    def _asserted(self) -> Iterator[tuple[Case, Case, LinkKind, str, tuple[int, int]]]:
        """The pairs with an identifying sign, in the order of the later case."""
        by_number: dict[tuple[str, int | None], list[Case]] = defaultdict(list)
        by_core: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            for inquiry in self.numbers[case.id]:
                like = by_number[inquiry.name, inquiry.number]
                for earlier in like[-_LOOKED_BACK:]:
                    if self._same_number(earlier, case, inquiry):
                        words = (
                            f"同じ{inquiry.name[:2]}番号（{inquiry.name}第{inquiry.number}号）です"
                        )
                        yield case, earlier, LinkKind.NUMBER, words, case.title_span
                like.append(case)
            title = self.titles[case.id]
            keys = {title.core, title.head, title.core[:8]} if len(title.core) >= 4 else set()
            candidates = {c.id: c for key in sorted(keys) for c in by_core[key][-_LOOKED_BACK:]}
            for earlier in sorted(candidates.values(), key=_when, reverse=True):
                sign = self._by_title(earlier, case)
                if sign is not None:
                    yield case, earlier, *sign, case.title_span
            for key in keys:
                by_core[key].append(case)

    def _same_number(self, earlier: Case, later: Case, inquiry: Inquiry) -> bool:
        """A number identifies within its year; one printed without a year, only if titles agree."""
        if not _one_body(earlier, later):
            return False
        year = inquiry.year
        other = next(i.year for i in self.numbers[earlier.id] if i[:2] == inquiry[:2])
        left, right = self.titles[earlier.id], self.titles[later.id]
        if year is not None and other is not None:
            return year == other
        agree = same_title(left, right) or same_head(left, right)
        known = [y for y in (other or earlier.year, year or later.year) if y is not None]
        if len(known) == 2 and abs(known[0] - known[1]) > 1:
            return False
        if len(known) == 2 and known[0] == known[1]:
            return agree or left.bare or right.bare
        return agree

    def _by_title(self, earlier: Case, later: Case) -> tuple[LinkKind, str] | None:
        left, right = self.titles[earlier.id], self.titles[later.id]
        if left.bare or right.bare or not _one_body(earlier, later):
            return None
        equal = same_title(left, right)
        if not equal and not same_head(left, right):
            return None
        gap = later.day - earlier.day if later.day and earlier.day else None
        if _one_sitting(earlier, later):
            if earlier.record == later.record and earlier.meeting_id == later.meeting_id:
                return None  # two items of one list
            if equal or self._only_pair(earlier, later):
                return LinkKind.SITTING, "同じ会議の同じ案件です"
            return None
        if earlier.outcome is Outcome.CONTINUED:
            near = gap is not None and timedelta(0) <= gap <= _PUT_OFF_AT_MOST
            if (equal and near) or (right.again and (near or gap is None)):
                return LinkKind.CONTINUED, "継続となった案件が、あらためて審議されたものです"
        soon = gap is not None and timedelta(0) < gap <= _ANSWERED_WITHIN
        if equal and soon and any(pointer.last for pointer in later.pointers):
            return LinkKind.CONTINUED, "前回の会議から続けて審議されたものです"
        undecided = earlier.outcome is Outcome.NOT_RECORDED or later.outcome is Outcome.NOT_RECORDED
        if undecided and equal and "report" not in (earlier.kind, later.kind):
            both = earlier.outcome is later.outcome
            near = gap is not None and timedelta(0) <= gap <= _ANSWERED_WITHIN
            undated = gap is None and _years_agree(earlier, later) and _one_office(earlier, later)
            if not both and (near or undated):
                return LinkKind.DECIDED, "一方は諮問の資料、もう一方はその結論です"
        return None

    def _only_pair(self, earlier: Case, later: Case) -> bool:
        """No other case of that sitting in either record is named by the short title too."""
        heads = self.titles[earlier.id], self.titles[later.id]
        rivals = [
            case
            for case in self.cases
            if case.record in (earlier.record, later.record)
            and case not in (earlier, later)
            and any(same_head(self.titles[case.id], head) for head in heads)
        ]
        return not rivals

    # -- pointing back

    def _point_back(self) -> None:
        numbered: dict[tuple[str, int | None, int | None], list[Case]] = defaultdict(list)
        for case in self.cases:
            for inquiry in self.numbers[case.id]:
                numbered[*inquiry[:2], inquiry.year or case.year].append(case)
        for case in self.cases:
            own = {inquiry[:2] for inquiry in self.numbers[case.id]}
            for pointer in case.pointers:
                if pointer.number is None:
                    self._by_words(case, pointer)
                elif (pointer.words, pointer.number) not in own:
                    self._by_number(case, pointer, numbered)

    def _by_number(
        self,
        case: Case,
        pointer: Pointer,
        numbered: Mapping[tuple[str, int | None, int | None], Sequence[Case]],
    ) -> None:
        """A number named in the text: that of the same year, or else of the year before."""
        year = pointer.year or case.year
        if year is None or pointer.number is None:
            return
        best: Sequence[Case] = ()
        for told in [year] if pointer.year else [year, year - 1]:
            of_year = numbered.get((pointer.words, pointer.number, told), ())
            best = best or [other for other in of_year[:2] if other.id != case.id]
        if len(best) != 1 or _when(best[0]) > _when(case) or not _one_body(best[0], case):
            return
        other = best[0]
        reason = "本文がこの諮問番号を挙げています"
        if same_title(self.titles[other.id], self.titles[case.id]):
            self._assert(case, other, LinkKind.NUMBER, reason, pointer.span)
        else:
            self._link(case, other, LinkKind.REFERS, reason, pointer.span, sure=True)

    def _by_words(self, case: Case, pointer: Pointer) -> None:
        """An earlier case told by its time and its name; one of the two alone is only offered."""
        titled = _overlap(pointer.span, case.title_span)
        kind = LinkKind.POINTS if titled else LinkKind.REFERS
        dated = pointer.day is not None or pointer.year is not None
        near = self._decided_when(pointer) if dated else self._named_like(pointer.words)
        earlier = [
            other for other in near if other.id != case.id and _when(other)[:1] <= _when(case)[:1]
        ]
        timed = [other for other in earlier if _at(other, pointer, case)]
        strong = [other for other in timed if self._names(pointer.words, other)]
        if len({self.chains[other.id].members[0].id for other in strong}) == 1:
            newest = strong[-1]
            sure = dated or (pointer.quoted and len(pointer.words) >= 8)
            reason = "題名がこの案件を指しています" if titled else "本文がこの案件を挙げています"
            if sure and titled:
                self._assert(case, newest, kind, reason, pointer.span)
            else:
                self._link(case, newest, kind, reason, pointer.span, sure=sure)
            return
        terms = set(_terms_of(pointer.words))
        likely = strong or [o for o in timed if terms & set(_terms_of(self.titles[o.id].core))]
        for other in likely[:_MOST_OFFERED]:
            reason = "以前の案件への言及と、題名の言葉が重なります"
            self._link(case, other, kind, reason, pointer.span, sure=False)

    def _decided_when(self, pointer: Pointer) -> list[Case]:
        if not self._by_year:
            for case in self.cases:
                days = {case.day, *(decision.day for decision in case.decisions)}
                for year in {case.year, *(FiscalYear.of(day).year for day in days if day)}:
                    self._by_year.setdefault(year, []).append(case)
        year = pointer.year if pointer.day is None else FiscalYear.of(pointer.day).year
        return self._by_year.get(year, [])

    def _named_like(self, words: str) -> list[Case]:
        """The cases whose titles share a rare word with these words."""
        terms = self._term_index
        found = {
            case.id: case
            for term in _terms_of(words)
            for case in (terms.get(term, ()) if len(terms.get(term, ())) <= 8 else ())
        }
        return sorted(found.values(), key=_when)

    def _names(self, words: str, case: Case) -> bool:
        core = _AFTERWARDS.sub("", core_of(words))
        title = self.titles[case.id]
        return len(core) >= 5 and (
            core in title.core or (len(title.head) >= 6 and title.head in core)
        )

    # -- what is alike

    @property
    def _term_index(self) -> dict[str, list[Case]]:
        if not self._terms:
            for case in self.cases:
                for term in _terms_of(self.titles[case.id].core):
                    self._terms.setdefault(term, []).append(case)
        return self._terms

    def _offer_alike(self) -> None:
        """Titles that share a rare word, or much of their words: offered, the likest first."""
        terms = self._term_index
        for case in self.cases:
            shared: Counter[str] = Counter()
            for term in _terms_of(self.titles[case.id].head):
                holders = terms[term]
                if len(holders) <= _COMMON:
                    shared.update({other.id: len(term) for other in holders if other is not case})
            scored = []
            for id, length in shared.most_common(4 * _MOST_OFFERED):
                if id in self.links[case.id] or self.chains[id] is self.chains[case.id]:
                    continue
                other = self.by_id[id]
                likeness = _dice(self.titles[case.id].head, self.titles[id].head)
                if likeness >= 0.5 or (length >= 5 and likeness >= 0.3):
                    scored.append((likeness, other))
            scored.sort(key=lambda pair: (-pair[0], _when(pair[1])))
            for _, other in scored[:_MOST_OFFERED]:
                self._offer(case, other)

    def _offer(self, case: Case, other: Case) -> None:
        earlier, later = sorted((case, other), key=_when)
        left, right = self.titles[earlier.id], self.titles[later.id]
        without = [
            re.sub(r"(?:令和|平成)?(?:元|\d+)年度?", "", title.core) for title in (left, right)
        ]
        if without[0] == without[1] and earlier.kind == later.kind == "report":
            kind, reason = LinkKind.SERIES, "毎年度の同じ報告です"
        else:
            kind, reason = LinkKind.SIMILAR, "題名が似ています"
        self._link(later, earlier, kind, reason, later.title_span, sure=False)

    # -- keeping

    def _assert(
        self, later: Case, earlier: Case, kind: LinkKind, reason: str, span: tuple[int, int]
    ) -> None:
        """Join two chains, unless something in one contradicts the other: then only offer."""
        mine, other = self.chains[later.id], self.chains[earlier.id]
        if mine is other:
            if earlier.id not in self.links[later.id] and kind is not LinkKind.SITTING:
                self._link(later, earlier, kind, reason, span, sure=True)
            return
        if not other.takes(mine):
            self._link(later, earlier, LinkKind.SIMILAR, "題名が似ています", span, sure=False)
            return
        other.members += mine.members
        for case in mine.members:
            self.chains[case.id] = other
        self._link(later, earlier, kind, reason, span, sure=True)

    def _link(
        self,
        case: Case,
        other: Case,
        kind: LinkKind,
        reason: str,
        span: tuple[int, int],
        *,
        sure: bool,
    ) -> None:
        known = self.links[case.id].get(other.id)
        if known is not None and (known.sure or not sure):
            return
        self.links[case.id][other.id] = Link(other.id, kind, reason, span, sure)
        back = Link(case.id, kind, reason, other.title_span, sure)
        self.links[other.id][case.id] = back


def link_chains(cases: Sequence[Case]) -> list[Case]:
    """Give the cases their links, and the same `chain` to those that are one matter.

    Only cases of one municipality are linked; those whose municipality is unknown stay alone. A
    chain is named by its earliest case. Time and memory grow with the number of cases.
    """
    by_place: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_place[case.municipality or f"?{case.id}"].append(case)
    chains: dict[str, str] = {}
    links: dict[str, Iterable[Link]] = {}
    for group in by_place.values():
        linker = _Linker(group)
        linker.run()
        for id, chain in linker.chains.items():
            chains[id] = min(chain.members, key=_when).id
        for id, found in linker.links.items():
            links[id] = found.values()
    return [
        replace(case, chain=chains[case.id], links=tuple(sorted(links[case.id], key=_rank)))
        for case in cases
    ]


def _rank(link: Link) -> tuple[bool, int, str]:
    return not link.sure, list(LinkKind).index(link.kind), link.case


# --- small questions -------------------------------------------------------------------------

_COMMON = 6  # cases of one town that share a word; more, and the word tells nothing


def _when(case: Case) -> tuple[date, str, tuple[int, int]]:
    return case.day or date.max, case.record, case.title_span


def _numbers(case: Case) -> list[Inquiry]:
    """The inquiry numbers in a case's label and title."""
    return [inquiry for words in (case.label, case.title) for inquiry in inquiries(words)]


def _contrary(left: Case, right: Case) -> bool:
    """Two cases that cannot be one matter: other office, other number, other phase or year."""
    if not _offices_agree(left, right) or not _one_body(left, right):
        return True
    mine, its = matter_title(left.title), matter_title(right.title)
    if not (mine.bare or its.bare) and mine.orders != its.orders and not _points(left, right):
        return True
    return any(
        one.name == other.name
        and one.name.startswith("諮問")
        and one.number != other.number
        and (None in (one.year, other.year) or one.year == other.year)
        for one in _numbers(left)
        for other in _numbers(right)
    )


def _points(left: Case, right: Case) -> bool:
    """A title that points back holds the years of what it points to."""
    return any(
        _overlap(pointer.span, case.title_span)
        for case in (left, right)
        for pointer in case.pointers
    )


@lru_cache(maxsize=8192)
def _alike(left: str | None, right: str | None) -> bool:
    """Whether two names may be of one body or office: one holds the other, or is not known."""
    if left is None or right is None:
        return True
    mine, its = fold(left), fold(right)
    return mine in its or its in mine


def _one_body(left: Case, right: Case) -> bool:
    return _alike(left.council, right.council)


def _offices_agree(left: Case, right: Case) -> bool:
    return _alike(left.department, right.department)


def _one_office(left: Case, right: Case) -> bool:
    return (
        left.department is not None and right.department is not None and _offices_agree(left, right)
    )


def _one_sitting(left: Case, right: Case) -> bool:
    """Told of the same sitting: by name and year, or on the same day."""
    if left.day and right.day:
        return left.day == right.day
    named = bool(left.meeting and "回" in left.meeting)
    return named and left.meeting == right.meeting and left.year == right.year


def _years_agree(left: Case, right: Case) -> bool:
    return None in (left.year, right.year) or left.year == right.year


def _at(other: Case, pointer: Pointer, case: Case) -> bool:
    """Whether the case was before the council when the pointer says."""
    days = {decision.day for decision in other.decisions} | {other.day}
    if pointer.day is not None:
        return pointer.day in days
    if pointer.year is not None and other.year != pointer.year:
        return False
    if pointer.ordinal is not None:
        sittings = [other.meeting, *(decision.meeting for decision in other.decisions)]
        return any(name.endswith(f"第{pointer.ordinal}回") for name in sittings)
    if pointer.last:
        return case.day is not None and other.day is not None and other.day < case.day
    return other.outcome is not Outcome.NOT_RECORDED or pointer.year is not None


def _terms_of(words: str) -> list[str]:
    """The words that may tell one matter from another; long compounds by their pieces."""
    terms: dict[str, None] = {}
    for run in _TERMS.findall(words):
        size = 4 if "一" <= run[0] <= "龠" else len(run)
        for at in range(max(1, len(run) - size + 1)):
            if not _TELLS_NOTHING.search(run[at : at + size]):
                terms[run[at : at + size]] = None
    return list(terms)


def _dice(left: str, right: str) -> float:
    pairs = [Counter(a + b for a, b in pairwise(s)) for s in (left, right)]
    total = sum(pairs[0].values()) + sum(pairs[1].values())
    return 2 * sum((pairs[0] & pairs[1]).values()) / total if total else 0.0


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]
