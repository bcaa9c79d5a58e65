"""Draft + language model -> Draft: its lines of evidence in better prose, each sentence proved.

The composed draft is the bound of what may be said. Verdicts, cases, conditions, counts and notes
stay as they are; a line that quotes what was said or written may be replaced by sentences that rest
on those same quotes, hold all that it told, and pass every check of `support`. Whatever fails, the
composed line stands. A record's words go to the model as numbered quotes and come back as nothing
else: what a record tells a model to do changes no answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from assistant.language_model.models import Deadline, Message, ModelFailure, Writes, tokens_of
from assistant.language_model.prompts import Prompts
from assistant.language_model.support import (
    Refused,
    can_be_told,
    hidden_off,
    leads_with_condition,
    numbers_of,
    refused,
    share_told,
)
from assistant.questions import Question
from assistant.statements import Draft, Quote, Statement, Style
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import holds
from assistant.understanding.wants import Wanted
from index.cases import Case
from index.japanese import fold, level
from index.store import Index
from index.text.sentences import sentences

_CATALOGUED = (Intent.LIST, Intent.COUNT, Intent.MEETING)  # answers made of the catalogue alone
_REACH = 160  # so far from a trimmed quote the end of its sentence is looked for
_LEAST_QUOTE = 2
_ENOUGH_TOLD = 0.6  # of a line's words, for sentences to stand in its place
_ENOUGH_KEPT = 0.5  # of the model's sentences; below, none of them is shown
_MOST_SENTENCES = 20
# Notes on the work, in brackets: they say nothing of the records.
FELL_BACK = "（{why}言語モデルの文章は使わず、記録の言葉だけでお答えしています）"
WRITTEN = "（かぎ括弧のない文は、言語モデルが出典の文を書き直し、語句を出典と照合したものです）"


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the draft that may be written anew: `line` is its place among the statements.

    `spans` are the whole sentences of `record` that its quotes stand in, `quoted` their words,
    `shown` what the line shows of each, and `given` what the model reads of each: from where the
    line begins to the sentence's end. `whose` is what the line says of whose words they are, and
    `called` what the speaker, the matter and the office of each sentence are called.
    """

    n: int
    line: int
    record: str
    spans: tuple[tuple[int, int], ...]
    quoted: tuple[str, ...]
    shown: tuple[str, ...]
    given: tuple[str, ...]
    whose: str
    called: tuple[str, ...]

    @property
    def text(self) -> str:
        """The part as the model reads it."""
        return f"[{self.n}] （{self.whose or '記録の記載'}） " + " ".join(
            _readable(words) for words in self.given
        )


@dataclass(frozen=True, slots=True)
class Bound:
    """A sentence of the model's and what of the parts it rests on: (part, sentence of the part)."""

    text: str
    on: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the model's words.

    `fallback` says in Japanese why none is shown, where none is. Times are seconds; tokens are
    counted as `models.tokens_of` does.
    """

    model: str
    kept: int = 0
    refused: tuple[tuple[str, Refused], ...] = ()
    fallback: str = ""
    first_word: float | None = None
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def reasons(self) -> dict[str, int]:
        """How many sentences were refused for each reason."""
        return dict(Counter(str(reason) for _, reason in self.refused))


@dataclass
class _Tally:
    """What has come so far."""

    kept: dict[int, list[Bound]] = field(default_factory=dict)  # by the part they belong to
    refused: list[tuple[str, Refused]] = field(default_factory=list)

    def count(self) -> int:
        return sum(len(bounds) for bounds in self.kept.values())


def parts_of(question: Question, draft: Draft, index: Index) -> list[Part]:
    """The lines of a draft that a model may write anew; none where the draft holds back."""
    if draft.abstained or question.intent in _CATALOGUED:
        return []
    records = {quote.record for statement in draft.statements for quote in statement.quotes}
    cases = [case for case in index.cases() if case.record in records]
    fixed = _catalogued_spans(cases)
    found: list[Part] = []
    for line, statement in enumerate(draft.statements):
        shown = [quote for quote in statement.quotes if quote.show]
        if statement.style not in (Style.LEAD, Style.ITEM) or not shown:
            continue
        words = "".join(piece for piece in statement.pieces if isinstance(piece, str))
        record = shown[0].record
        if "**" in words or any(quote.record != record for quote in statement.quotes):
            continue
        if any(
            q.start < b and a < q.end for q in statement.quotes for a, b in fixed.get(record, ())
        ):
            continue
        text = index.text(record)
        spans = tuple(dict.fromkeys(s for q in shown for s in _sentences(text, q, cases)))
        if not all(can_be_told(text[a:b]) for a, b in spans):
            continue  # what could not come back is not sent
        case = next((c for c in cases if _holds(c, shown[0])), None)
        whose = re.sub(r"[（）()→:：\s]+", " ", level(words)).strip().replace(" ", "、")
        matter = f"{case.title} {case.department or ''}" if case else ""
        speakers = list(_speakers(statement))
        found.append(
            Part(
                n=len(found) + 1,
                line=line,
                record=record,
                spans=spans,
                quoted=tuple(text[a:b] for a, b in spans),
                shown=tuple(_shown(text, span, shown) for span in spans),
                given=tuple(_given(text, span, shown) for span in spans),
                whose=whose,
                called=tuple(
                    " ".join([matter, *(name for q, name in speakers if _meet(span, q))])
                    for span in spans
                ),
            )
        )
    return found


def _catalogued_spans(cases: Sequence[Case]) -> dict[str, list[tuple[int, int]]]:
    """Where the records tell what the catalogue holds: titles, offices, verdicts, conditions."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for case in cases:
        own = spans.setdefault(case.record, [])
        own.append(case.title_span)
        own += [case.department_span] if case.department_span else []
        for decision in case.decisions:
            own.append((decision.start, decision.end))
            own += [(condition.start, condition.end) for condition in decision.conditions]
    return spans


def _holds(case: Case, quote: Quote) -> bool:
    return case.record == quote.record and any(a <= quote.start < b for a, b in case.spans)


def _sentences(text: str, quote: Quote, cases: Sequence[Case]) -> list[tuple[int, int]]:
    """The sentences that a quote stands in, whole, as far as their ends can be told: a quote cut
    short may have lost its 「ない」."""
    speech = next((turn for turn in _speeches(cases) if turn[0] <= quote.start < turn[1]), None)
    low, high = speech or (max(0, quote.start - _REACH), min(len(text), quote.end + _REACH))
    before = text[low : quote.start]
    cut = max(before.rfind(mark) for mark in "。\t｜|→") if speech else _row_start(before)
    start = low + cut + 1 if cut >= 0 or speech else quote.start
    end = quote.end
    if text[quote.end - 1] not in "。\t\n":
        ends = [b for _, b in sentences(text, quote.start, high) if b >= quote.end]
        end = min(ends, default=quote.end)
        tab = text.find("\t", quote.end, end)
        end = tab if tab >= 0 else end
    return list(sentences(text, start, end))


def _shown(text: str, span: tuple[int, int], quotes: Sequence[Quote]) -> str:
    """The words of a sentence that the quotes have."""
    return " ".join(
        text[max(span[0], q.start) : min(span[1], q.end)] for q in quotes if _meet(span, q)
    )


def _given(text: str, span: tuple[int, int], quotes: Sequence[Quote]) -> str:
    """A sentence without the clauses that the line leaves out before its own; whole, where one of
    them sets a condition."""
    begin = max(span[0], min(q.start for q in quotes if _meet(span, q)))
    before = text[span[0] : begin]
    cut = before.rstrip().endswith(("、", "，", ",")) and not leads_with_condition(before)
    return text[begin if cut else span[0] : span[1]]


def _meet(span: tuple[int, int], quote: Quote) -> bool:
    return quote.start < span[1] and span[0] < quote.end


def _speakers(statement: Statement) -> Iterator[tuple[Quote, str]]:
    """The quotes, each with what the line calls its speaker: before it (委員: 「…」), or else
    behind them all (「…」（委員の発言）)."""
    words = [piece for piece in statement.pieces if isinstance(piece, str)]
    before = ""
    for piece in statement.pieces:
        if isinstance(piece, str):
            before = piece
        else:
            yield piece, before if before.rstrip().endswith((":", "：")) else " ".join(words)


def _row_start(before: str) -> int:
    return max(before.rfind(mark) for mark in "。\n\t｜|→")


def _speeches(cases: Sequence[Case]) -> Iterator[tuple[int, int]]:
    for case in cases:
        for exchange in case.exchanges:
            for turn in (exchange.question, *exchange.replies):
                yield turn.start, turn.end


def _readable(words: str) -> str:
    """A record's words on one line, without what nobody sees, and with no mark that a chat
    template, or the form that is asked for, would take for its own."""
    text = re.sub(r"\s+", " ", hidden_off(words)).strip()
    return text.translate(str.maketrans("<>{}|`", "＜＞｛｝｜｀"))


# --- the way ---------------------------------------------------------------------------------


def messages(
    question: Question, draft: Draft, parts: Sequence[Part], prompts: Prompts
) -> list[Message]:
    """What is sent: the rules with their example, and the question with what is known of it."""
    cases = [
        f"・{_readable(level(case.title))}（{case.municipality or ''} {case.meeting or ''}）"
        for case in draft.cases[:6]
    ]
    return [
        ("system", prompts.fill("write_system.txt", example=prompts.fill("write_example.txt"))),
        (
            "user",
            prompts.fill(
                "write_user.txt",
                question=_readable(question.text),
                facts="\n".join(cases) or "（なし）",
                passages="\n".join(part.text for part in parts),
            ),
        ),
    ]


def write(
    question: Question, draft: Draft, index: Index, model: Writes, deadline: Deadline
) -> Iterator[tuple[Draft, Written]]:
    """The draft as the model's words come in, better line by line; the last one is the answer's.

    Nothing is yielded where there is nothing to write. Between the pieces the draft is yielded as
    it is, so that whoever waits may go: closing the iterator lets the model go.
    """
    parts = parts_of(question, draft, index)
    limit = model.settings.tokens_in
    while (
        parts
        and (told := sum(tokens_of(t) for _, t in messages(question, draft, parts, model.prompts)))
        > limit
    ):
        parts.pop()  # the lines that find no room stay as they are
    if not parts:
        return
    said = messages(question, draft, parts, model.prompts)
    state = Written(model.settings.name, tokens_in=told)
    tally, shown, buffer, began, out = _Tally(), draft, "", deadline.passed, 0
    try:
        for piece in model.words(said, deadline, model.settings.tokens_out):
            out += tokens_of(piece)
            if piece.strip() and state.first_word is None:
                state = replace(state, first_word=deadline.passed - began)
            buffer = _THOUGHT.sub("", buffer + piece)
            if "<think>" in buffer:  # what a model thinks aloud before it answers is no answer
                yield shown, state
                continue
            *lines, buffer = buffer.split("\n")
            before = tally.count()
            for line in lines:
                _take(line, parts, tally)
            if tally.count() != before:
                shown, *_ = _put_in(question, draft, parts, tally)
            yield shown, state
        _take(buffer, parts, tally)
        fault = ""
    except ModelFailure as error:
        fault = error.japanese
    finally:
        deadline.cancel()
    final, kept, incomplete = _put_in(question, draft, parts, tally)
    tally.refused += [(text, Refused.INCOMPLETE) for text in incomplete]
    if not fault and not kept:
        fault = "記録で確かめられる文がありませんでした。"
    elif not fault and kept < _ENOUGH_KEPT * (kept + len(tally.refused)):
        fault = "多くの文が、記録で確かめられませんでした。"
    state = replace(
        state, kept=0 if fault else kept, refused=tuple(tally.refused), fallback=fault,
        seconds=deadline.passed - began, tokens_out=out,
    )  # fmt: skip
    note = Statement(Style.NOTE, (FELL_BACK.format(why=fault) if fault else WRITTEN,))
    last = draft if fault else final
    yield replace(last, statements=(*last.statements, note)), state


_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


# --- reading what comes --------------------------------------------------------------------------

_BOUND = re.compile(
    r"^[\s\-*・>]*(?:\d{1,2}[.)．、]\s*)?(?P<text>[^\[［【]+?)\s*(?P<quotes>[\[［【]\s*\d{1,3}\s*[\]］】].*)$"
)
_QUOTE = re.compile(
    r"[\[［【]\s*(\d{1,3})\s*[\]］】]\s*(?:[「『\"“](.+?)[」』\"”]\s*(?=[\[［【]\s*\d|[。.]?\s*$))?"
)


def read_line(line: str) -> tuple[str, list[tuple[int, str]]] | None:
    """`文。 [n]「引用」…` as the sentence and its quotes; None where the line has another form."""
    found = _BOUND.match(line.strip())
    if found is None:
        return None
    quotes = [(int(n), words) for n, words in _QUOTE.findall(found["quotes"]) if words]
    text = found["text"].strip()
    return text if text.endswith("。") else f"{text}。", quotes


def _take(line: str, parts: Sequence[Part], tally: _Tally) -> None:
    """Check one line of the model's, and put its sentence where it belongs."""
    if not line.strip() or tally.count() + len(tally.refused) >= _MOST_SENTENCES:
        return
    bound = bind(line, parts)
    if isinstance(bound, Refused):
        tally.refused.append((line.strip()[:200], bound))
        return
    theirs = tally.kept.setdefault(bound.on[0][0], [])
    if bound.text not in (other.text for other in theirs):
        theirs.append(bound)


def bind(line: str, parts: Sequence[Part]) -> Bound | Refused:
    """A line of the model's as a sentence bound to the record, or why it is none."""
    read = read_line(line)
    if read is None:
        return Refused.FORM
    text, quotes = read
    on: list[tuple[int, int]] = []
    for n, words in quotes:
        place = locate(n, words, parts)
        if place is None:
            return Refused.UNQUOTED  # one made-up quote, and the sentence is not believed
        on += [p for p in place if p not in on]
    if not on:
        return Refused.UNQUOTED
    by_n = {part.n: part for part in parts}
    quoted = [by_n[n].quoted[k] for n, k in on]
    about = " ".join(dict.fromkeys(by_n[n].called[k] for n, k in on))
    fault = refused(text, quoted, about)
    return fault if fault is not None else Bound(text, tuple(on))


def locate(n: int, words: str, parts: Sequence[Part]) -> list[tuple[int, int]] | None:
    """The sentences that a quote stands in, each as (part, sentence); None where it stands nowhere.

    A wrong number is forgiven where the words stand in one other part.
    """
    key = fold(hidden_off(words))
    if len(key) < _LEAST_QUOTE:
        return None
    places = {part.n: held for part in parts if (held := _held(key, part))}
    if n in places:
        return places[n]
    return next(iter(places.values())) if len(places) == 1 else None


def _held(key: str, part: Part) -> list[tuple[int, int]]:
    """Which sentences of the part a folded quote runs through; none where it is not in it."""
    folded = [fold(hidden_off(words)) for words in part.quoted]
    at = "".join(folded).find(key)
    ends = list(accumulate(map(len, folded), initial=0))
    return [
        (part.n, k) for k in range(len(folded))
        if at >= 0 and ends[k] < at + len(key) and at < ends[k + 1]
    ]  # fmt: skip


# --- putting it in -------------------------------------------------------------------------------


def _put_in(
    question: Question, draft: Draft, parts: Sequence[Part], tally: _Tally
) -> tuple[Draft, int, list[str]]:
    """The draft with the lines that are told in full written anew, how many sentences that is, and
    the sentences that leave out too much of their line."""
    statements = list(draft.statements)
    count = 0
    incomplete: list[str] = []
    for part in parts:
        own = tally.kept.get(part.n, [])
        if not own:
            continue
        if not _tells_all(question, part, own):
            incomplete += [bound.text for bound in own]
            continue
        pieces: list[str | Quote] = []
        for bound in own:
            pieces.append(bound.text)
            for n, k in bound.on:
                other = parts[n - 1]
                pieces.append(Quote(other.record, *other.spans[k], show=False))
        if part.whose:
            pieces.append(f"（{part.whose}）")
        statements[part.line] = Statement(statements[part.line].style, tuple(pieces))
        count += len(own)
    return replace(draft, statements=tuple(statements)), count, incomplete


def _tells_all(question: Question, part: Part, own: Sequence[Bound]) -> bool:
    """Whether the sentences hold what the composed line told: its figures, what was asked for, and
    most of the words of each of its sentences."""
    told, line = fold("".join(bound.text for bound in own)), fold("".join(part.shown))
    if any(number not in told for number in numbers_of(line)):
        return False
    wanted = question.wanted
    if wanted is not Wanted.ANYTHING and holds(wanted, line) and not holds(wanted, told):
        return False
    for k, words in enumerate(part.shown):
        on_it = [bound.text for bound in own if (part.n, k) in bound.on]
        if words.strip() and not (on_it and share_told(words, on_it) >= _ENOUGH_TOLD):
            return False
    return True
