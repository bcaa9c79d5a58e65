"""Case read in a text made for reading -> the same case, with its places and words as the record has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.cases import Case, Condition, Decision
from index.doubts import Doubt, DoubtKind
from index.text.turns import Exchange, Turn

_UNSURE = (
    "段組みの会議録です。どの発言が誰のものか、列の並びから読み取りました。原文で確かめてください"
)


_MIXED = (
    "段組みの会議録で、列を分けて読み取れませんでした。元のPDFがあれば、PDFのまま追加してください"
)


def with_columns_mixed(case: Case) -> Case:
    """The case with the doubt that the columns it was read from could not be told apart."""
    return replace(case, doubts=(*case.doubts, Doubt(DoubtKind.TEXT, _MIXED, case.title_span)))


def with_speeches_unsure(case: Case) -> Case:
    """The case with the doubt that whose each speech is was read from the order of the columns."""
    return replace(case, doubts=(*case.doubts, Doubt(DoubtKind.TEXT, _UNSURE, case.title_span)))


def as_recorded(
    case: Case, text: str, in_record: Callable[[int, int], tuple[int, int]] | None = None
) -> Case:
    """The case with every span, and every word quoted, taken from the record's own `text`, given where a
    span of the text it was read in stands there; at the same place if nothing is given."""

    def span(place: tuple[int, int]) -> tuple[int, int]:
        return in_record(*place) if in_record else place

    def maybe(place: tuple[int, int] | None) -> tuple[int, int] | None:
        return span(place) if place else None

    def condition(one: Condition) -> Condition:
        start, end = span((one.start, one.end))
        return replace(one, text=text[start:end], start=start, end=end)

    def decision(one: Decision) -> Decision:
        start, end = span((one.start, one.end))
        conditions = tuple(condition(c) for c in one.conditions)
        return replace(one, text=text[start:end], start=start, end=end, conditions=conditions)

    def turn(one: Turn) -> Turn:
        start, end = span((one.start, one.end))
        head, _ = span((one.head, one.end))
        return replace(one, start=start, end=end, head=head)

    def exchange(one: Exchange) -> Exchange:
        return Exchange(turn(one.question), tuple(turn(reply) for reply in one.replies))

    slots = []
    for slot in case.slots:
        start, end = span((slot.start, slot.end))
        slots.append(replace(slot, value=text[start:end], start=start, end=end))
    articles = []
    for article in case.articles:
        start, end = span((article.start, article.end))
        articles.append(replace(article, start=start, end=end))
    doubts = [replace(doubt, span=maybe(doubt.span)) for doubt in case.doubts]
    return replace(
        case,
        title_span=span(case.title_span),
        department_span=maybe(case.department_span),
        decisions=tuple(decision(one) for one in case.decisions),
        spans=tuple(sorted(span(one) for one in case.spans)),
        exchanges=tuple(exchange(one) for one in case.exchanges),
        slots=tuple(slots),
        articles=tuple(articles),
        doubts=tuple(doubts),
    )
