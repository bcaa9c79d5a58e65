"""Questions to begin with: such as the records at hand can answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.drafts import short_title
from index.cases import Case
from index.grammar.verdicts import Outcome
from index.japanese import fold, level

_COMMON = frozenset(
    map(fold, ["システム", "サービス", "データ", "サーバ", "サーバー", "センター", "web"])
)


def examples(cases: Sequence[Case]) -> Iterator[tuple[str, ...]]:
    """Questions that these cases answer: one a line, two where the second follows on the first."""
    held: dict[str, list[Case]] = defaultdict(list)
    shown: dict[str, str] = {}
    for case in cases:
        words = re.findall(r"[A-Za-z][A-Za-z0-9-]+|[ァ-ヶー]{3,}", level(case.title))
        for word in {fold(w): w for w in words if fold(w) not in _COMMON}.values():
            held[fold(word)].append(case)
            shown[fold(word)] = word
    best = max(held, key=lambda word: (_spread(held[word]), word), default=None)
    if best is not None:
        yield (f"{shown[best]}の案件は承認されましたか。どのような条件が付きましたか。",)
    resumed = next((c for c in cases if len(c.decisions) > 1 and c.municipality), None)
    with_conditions = [
        c
        for c in cases
        if c.municipality and c.year and c.outcome is Outcome.APPROVED_WITH_CONDITIONS
    ]
    if with_conditions:
        case = max(with_conditions, key=lambda c: bool(c.newest and c.newest.conditions))
        yield f"{case.municipality}の{_topic(case)}の案件は?", "その条件は?"
    if resumed is not None:
        yield (f"{resumed.municipality}の{_topic(resumed)}の件はどうなりましたか。",)
    towns = [c.municipality for c in cases if c.municipality]
    if towns:
        yield (f"{max(sorted(set(towns)), key=towns.count)}ではどんな案件がありましたか。",)
    yield ("オンライン結合とは何ですか。",)


def _spread(cases: Sequence[Case]) -> tuple[float, int]:
    """How much there is to compare: towns and outcomes, and few cases rather than many."""
    towns, outcomes = {c.municipality for c in cases}, {c.outcome for c in cases}
    decided = [c for c in cases if c.outcome not in (Outcome.REPORTED, Outcome.NOT_RECORDED)]
    return len(towns) * len(outcomes) / len(cases) ** 0.5, len(decided)


def _topic(case: Case) -> str:
    """The first thing that a title names."""
    title = short_title(case.title, 60)
    named = re.match(
        r"[^のをにがはへ、。（()）「」…]{3,20}?(?=から|より|で|(?<![ぁ-ん])と(?!し)|[のをにがはへ、（(]|$)",
        title,
    )
    return named[0] if named else short_title(case.title, 20).rstrip("…")
