"""A question put in a council -> what it is about (assistant/data/themes.txt)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.japanese import fold

OTHER = "その他"


@cache
def themes() -> dict[str, tuple[str, ...]]:
    """Theme -> the folded words that show it, in the file's order."""
    path = Path(__file__).parent.parent / "data" / "themes.txt"
    found: dict[str, tuple[str, ...]] = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        name, _, words = row.partition(":")
        if words and not row.startswith("#"):
            found[name.strip()] = tuple(fold(word) for word in words.split())
    return found


def theme_of(question: str) -> str:
    """The theme most of whose words' characters stand in the question; `OTHER` where none does.

    Long words tell more than short ones, so that 保存期間 is about keeping, not about 期間 alone.
    """
    folded = fold(question)

    def told(words: tuple[str, ...]) -> int:
        return sum(len(word) for word in words if word in folded)

    best = max(themes().items(), key=lambda theme: told(theme[1]))
    return best[0] if told(best[1]) else OTHER
