"""Case read in a rearranged text -> the same case, with its places and words as the record has them."""

from __future__ import annotations

from dataclasses import replace

from index.cases import Case, Condition, Decision
from index.columns import Rearranged
from index.doubts import Doubt, DoubtKind
from index.turns import Exchange, Turn

_UNSURE = (
    "段組みの会議録です。どの発言が誰のものか、列の並びから読み取りました。原文で確かめてください"
)


_MIXED = (
    "段組みの会議録で、列を分けて読み取れませんでした。元のPDFがあれば、PDFのまま追加してください"
)


def with_columns_mixed(case: Case) -> Case:
    """The case with the doubt that the columns it was read from could not be told apart."""
    return replace(case, doubts=(*case.doubts, Doubt(DoubtKind.TEXT, _MIXED, case.title_span)))


def as_recorded(case: Case, text: str, made: Rearranged) -> Case:
    """The case with every span, and every word quoted, taken from the record's own `text`. Where
    it is not sure whose each speech is, that is told as a doubt."""

    def span(place: tuple[int, int]) -> tuple[int, int]:
        return made.span(*place)

    def maybe(place: tuple[int, int] | None) -> tuple[int, int] | None:
        return span(place) if place else None

    def condition(one: Condition) -> Condition:
        start, end = made.span(one.start, one.end)
        return replace(one, text=text[start:end], start=start, end=end)

    def decision(one: Decision) -> Decision:
        start, end = made.span(one.start, one.end)
        conditions = tuple(condition(c) for c in one.conditions)
        return replace(one, text=text[start:end], start=start, end=end, conditions=conditions)

    def turn(one: Turn) -> Turn:
        start, end = made.span(one.start, one.end)
        head, _ = made.span(one.head, one.end)
        return replace(one, start=start, end=end, head=head)

    def exchange(one: Exchange) -> Exchange:
        return Exchange(turn(one.question), tuple(turn(reply) for reply in one.replies))

    slots = []
    for slot in case.slots:
        start, end = made.span(slot.start, slot.end)
        slots.append(replace(slot, value=text[start:end], start=start, end=end))
    articles = []
    for article in case.articles:
        start, end = made.span(article.start, article.end)
        articles.append(replace(article, start=start, end=end))
    place = span(case.title_span)
    doubts = [replace(doubt, span=maybe(doubt.span)) for doubt in case.doubts]
    if not made.sure:
        doubts.append(Doubt(DoubtKind.TEXT, _UNSURE, place))
    return replace(
        case,
        title_span=place,
        department_span=maybe(case.department_span),
        decisions=tuple(decision(one) for one in case.decisions),
        spans=tuple(sorted(span(one) for one in case.spans)),
        exchanges=tuple(exchange(one) for one in case.exchanges),
        slots=tuple(slots),
        articles=tuple(articles),
        doubts=tuple(doubts),
    )
