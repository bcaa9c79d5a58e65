"""Saved questions: the answer as it was, the answer now, what differs and which record made it so.

What is kept of an answer is what it asserts: its lines without their numbers, each with the records
it rests on, and the cases with their verdicts and conditions. Beside it stands which records were
read then. A difference is put down to a record only where that record is new, changed or gone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answers import Answer
from assistant.chat import Assistant
from assistant.desks.keeping import Note, Notes
from assistant.facts import OUTCOME_WORDS
from assistant.files.spreadsheets import Column, Sheet
from assistant.questions import Filters
from assistant.statements import Style, date_name, short_title
from index.cases import Case
from index.corrections import now
from index.grammar.verdicts import Outcome
from index.japanese import fold, level
from index.store import Index

_SHORT = 16  # characters of a digest: enough to tell a changed record


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer without its citation numbers, and the records it rests on."""

    style: str
    text: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptCase:
    """What an answer told of a case."""

    record: str
    municipality: str
    title: str
    day: str
    outcome: str
    conditions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Town and title, as a list says them."""
        return " ".join(filter(None, [self.municipality, short_title(self.title, 40)]))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept."""

    lines: tuple[Line, ...]
    cases: tuple[KeptCase, ...]
    abstained: bool
    searched: tuple[int, int, int]  # records, meetings, cases


@dataclass(frozen=True, slots=True)
class Holdings:
    """Which records were read, by digest; with what corrections and by which reader."""

    records: Mapping[str, str]
    corrections: Mapping[str, str]
    reader: str

    @property
    def id(self) -> str:
        """Its own digest: the same holdings are written down once."""
        whole = json.dumps([dict(self.records), dict(self.corrections), self.reader])
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is about, how it was, how it is, and why as far as that is known.

    One of a line below the first is `minor`.
    """

    what: str
    was: str
    now: str
    why: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved question with its answer of today and what has changed since it was last seen."""

    id: str
    turns: tuple[str, ...]
    drop: tuple[str, ...]
    within: Filters
    when: str
    seen: str
    answer: Answer
    changes: tuple[Change, ...]
    records: tuple[str, ...]  # what became of the records in the meantime, a sentence each
    history: tuple[str, ...]

    @property
    def question(self) -> str:
        """What was asked; before it, what it followed on."""
        return " → ".join(self.turns)


# --- keeping -------------------------------------------------------------------------------------


def held(index: Index) -> Holdings:
    """What the index has read."""
    manifest = index.manifest
    return Holdings(
        {id: digest[:_SHORT] for id, digest in manifest.records.items()},
        {id: digest[:_SHORT] for id, digest in manifest.corrections.items()},
        manifest.reader,
    )


def kept(answer: Answer) -> Kept:
    """What an answer asserts."""
    records = {citation.n: citation.record for citation in answer.citations}
    lines = tuple(
        Line(
            line.style.value,
            re.sub(r"\[\d+\]|\*\*", "", line.text),
            tuple(dict.fromkeys(records[n] for n in line.numbers if n in records)),
        )
        for line in answer.statements
        if line.style is not Style.HEADING and answer.searched.words() not in line.text
    )
    searched = answer.searched
    return Kept(
        lines, tuple(map(_case, answer.cases)), answer.abstained,
        (searched.records, searched.meetings, searched.cases),
    )  # fmt: skip


def _case(case: Case) -> KeptCase:
    day = case.newest_day
    return KeptCase(
        case.record, case.municipality or "", level(case.title) or case.label,
        day.isoformat() if day else "", case.outcome.value,
        tuple(level(c.text) for decision in case.decisions for c in decision.conditions),
    )  # fmt: skip


class SavedQuestions:
    """The saved questions of one folder."""

    def __init__(self, questions: Notes, holdings: Notes) -> None:
        """Take the files: of the questions, and of the holdings they were answered from."""
        self._questions = questions
        self._holdings = holdings

    def save(
        self,
        assistant: Assistant,
        turns: Sequence[str],
        drop: Sequence[str] = (),
        within: Filters | None = None,
    ) -> str:
        """Keep a conversation's last question with its answer; one that is kept stays as it is.

        Raises NotKept.
        """
        within = within or Filters()
        asked = {
            "turns": list(turns),
            "drop": list(drop),
            "within": {
                "municipalities": list(within.municipalities), "years": list(within.years),
                "kinds": list(within.kinds), "outcomes": [str(one) for one in within.outcomes],
            },
        }  # fmt: skip
        for note in self._questions.all():
            if {name: note.get(name) for name in asked} == asked:
                return str(note["id"])
        answer = assistant.compose(turns, drop=drop, within=within)
        known = {"answer": _as_json(kept(answer)), "holdings": self._hold(assistant.index)}
        return self._questions.add({**asked, **known})

    def all(self, assistant: Assistant) -> list[Saved]:
        """Every question, asked again; those whose answer has changed first, the newest first.

        Raises NotKept.
        """
        holdings = {str(note["id"]): note for note in self._holdings.all()}
        today = held(assistant.index)
        found = [
            _again(assistant, note, holdings.get(str(note.get("holdings"))), today)
            for note in reversed(self._questions.all())
            if isinstance(note.get("turns"), list) and note["turns"]
        ]
        return sorted(found, key=lambda saved: not saved.changes)

    def seen(self, assistant: Assistant, saved: Saved) -> None:
        """Take today's answer for the one to compare with; what had changed goes to the history."""
        told = [f"{now()[:10]} {_in_words(change)}" for change in saved.changes]
        values = {
            "answer": _as_json(kept(saved.answer)), "holdings": self._hold(assistant.index),
            "seen": now(), "history": [*saved.history, *told],
        }  # fmt: skip
        self._questions.change(saved.id, values)

    def forget(self, id: str) -> None:
        """Take a question away. Raises NotKept."""
        self._questions.change(id, None)

    def _hold(self, index: Index) -> str:
        now_held = held(index)
        if now_held.id not in {note["id"] for note in self._holdings.all()}:
            self._holdings.add(
                {
                    "id": now_held.id, "records": dict(now_held.records),
                    "corrections": dict(now_held.corrections), "reader": now_held.reader,
                }
            )  # fmt: skip
        return now_held.id


def _again(assistant: Assistant, note: Note, before: Note | None, today: Holdings) -> Saved:
    turns = tuple(str(turn) for turn in note["turns"])
    drop = tuple(map(str, note.get("drop", ())))
    within = _filters(note.get("within", {}))
    answer = assistant.compose(turns, drop=drop, within=within)
    was = _from_json(note.get("answer", {}))
    then = today
    if before is not None:
        then = Holdings(
            before.get("records", {}), before.get("corrections", {}), before.get("reader", "")
        )
    reasons = Reasons(then, today)
    return Saved(
        str(note["id"]), turns, drop, within, str(note.get("when", "")),
        str(note.get("seen") or note.get("when", "")), answer,
        tuple(differences(was, kept(answer), reasons)), tuple(reasons.in_words()),
        tuple(map(str, note.get("history", ()))),
    )  # fmt: skip


def _filters(within: Mapping[str, Any]) -> Filters:
    known = {outcome.value for outcome in Outcome}
    return Filters(
        tuple(map(str, within.get("municipalities", ()))),
        tuple(year for year in within.get("years", ()) if isinstance(year, int)),
        tuple(map(str, within.get("kinds", ()))),
        tuple(Outcome(value) for value in within.get("outcomes", ()) if value in known),
    )


def _as_json(answer: Kept) -> dict[str, Any]:
    return {
        "abstained": answer.abstained,
        "searched": list(answer.searched),
        "lines": [[line.style, line.text, list(line.records)] for line in answer.lines],
        "cases": [
            [c.record, c.municipality, c.title, c.day, c.outcome, list(c.conditions)]
            for c in answer.cases
        ],
    }


def _from_json(answer: Mapping[str, Any]) -> Kept:
    records, meetings, cases = (*answer.get("searched", ()), 0, 0, 0)[:3]
    return Kept(
        tuple(Line(style, text, tuple(of)) for style, text, of in answer.get("lines", ())),
        tuple(
            KeptCase(record, town, title, day, outcome, tuple(conditions))
            for record, town, title, day, outcome, conditions in answer.get("cases", ())
        ),
        bool(answer.get("abstained")),
        (records, meetings, cases),
    )


# --- what has changed, and why -------------------------------------------------------------------


class Reasons:
    """What became of the records between two holdings."""

    def __init__(self, then: Holdings, today: Holdings) -> None:
        """Compare them. A record that only has another name is the same record."""
        gone = {id for id in then.records if id not in today.records}
        new = {id for id in today.records if id not in then.records}
        by_digest = {then.records[id]: id for id in gone}
        self.renamed = {
            id: by_digest[digest]
            for id, digest in today.records.items()
            if id in new and digest in by_digest
        }
        self.new = new - set(self.renamed)
        self.gone = gone - set(self.renamed.values())
        self.changed = {
            id for id, digest in today.records.items() if then.records.get(id, digest) != digest
        }
        both = set(then.corrections) | set(today.corrections)
        self.corrected = (
            {id for id in both if then.corrections.get(id) != today.corrections.get(id)}
            - self.changed
            - self.new
            - self.gone
        )
        self.reader = then.reader != today.reader

    def of(self, records: Sequence[str]) -> str:
        """Why what rests on these records has changed, as far as it can be told."""
        for ids, words in (
            (self.new, "新しい記録 {}"),
            (self.changed, "記録 {} の内容が変わりました"),
            (self.gone, "記録 {} が、読み込まれなくなりました"),
            (self.corrected, "記録 {} の読み取りに、人の訂正がありました"),
        ):
            found = [record for record in dict.fromkeys(records) if record in ids]
            if found:
                return words.format("、".join(found))
        if self.reader:
            return "先例の読み取り方が新しくなりました"
        if any((self.new, self.changed, self.gone, self.corrected)):
            return "この文の記録は変わっていません。ほかの記録の増減で、選ばれる文が変わりました"
        return "記録は変わっていません。先例の答え方が変わりました"

    def before(self, record: str) -> str:
        """What a record of today was called then."""
        return self.renamed.get(record, record)

    def in_words(self) -> Iterator[str]:
        """What became of the records, a sentence each."""
        for words, ids in (
            ("新しく読み込まれた記録", self.new), ("内容が変わった記録", self.changed),
            ("読み込まれなくなった記録", self.gone), ("人の訂正が変わった記録", self.corrected),
        ):  # fmt: skip
            if ids:
                names = "、".join(sorted(ids)[:8]) + (" ほか" if len(ids) > 8 else "")
                yield f"{words}: {names}（{len(ids)}件）"
        if self.renamed:
            yield "名前だけ変わった記録: " + "、".join(
                f"{old} → {new}" for new, old in sorted(self.renamed.items())[:8]
            )


def differences(was: Kept, today: Kept, reasons: Reasons) -> Iterator[Change]:
    """What an answer asserts now and did not then, or then and not now: verdicts first."""
    told: set[str] = set()
    before = _keyed(was.cases)
    after = _keyed([replace(c, record=reasons.before(c.record)) for c in today.cases])
    names = dict(zip(after, today.cases, strict=True))
    for key, case in after.items():
        why = reasons.of([names[key].record])
        old = before.get(key)
        if old is None:
            yield Change(f"案件が加わりました: {case.name}", "", _verdict(case), why)
            continue
        if old.outcome != case.outcome:
            yield Change(f"結論: {case.name}", _verdict(old), _verdict(case), why)
        if tuple(map(fold, old.conditions)) != tuple(map(fold, case.conditions)):
            yield Change(f"条件・附帯意見: {case.name}", _conditions(old), _conditions(case), why)
    for key, case in before.items():
        if key not in after:
            why = reasons.of([case.record])
            yield Change(f"案件が外れました: {case.name}", _verdict(case), "", why)
    if was.abstained != today.abstained:
        words = {True: "記録からは分かりません", False: "答えがあります"}
        of = [record for line in (*today.lines, *was.lines) for record in line.records]
        yield Change("答えの有無", words[was.abstained], words[today.abstained], reasons.of(of))
    for one, other, added in ((today, was, True), (was, today, False)):
        known = {fold(line.text) for line in other.lines}
        for line in one.lines:
            if fold(line.text) in known or fold(line.text) in told:
                continue
            if line.style == Style.NOTE and line is not one.lines[0]:  # it asserts nothing
                continue
            told.add(fold(line.text))
            what = "1行目" if line is one.lines[0] else "文"
            if line is one.lines[0] and added and other.lines:
                told.add(fold(other.lines[0].text))  # told here, beside the new one
                of = [*line.records, *other.lines[0].records]
                yield Change(what, other.lines[0].text, line.text, reasons.of(of))
            elif added:
                why, minor = reasons.of(line.records), line is not one.lines[0]
                yield Change(f"{what}が加わりました", "", line.text, why, minor)
            else:
                why, minor = reasons.of(line.records), line is not one.lines[0]
                yield Change(f"{what}が消えました", line.text, "", why, minor)


def _keyed(cases: Sequence[KeptCase]) -> dict[tuple[str, str, int], KeptCase]:
    """The cases by record and title; of several that share both, by their order."""
    found: dict[tuple[str, str, int], KeptCase] = {}
    for case in cases:
        number = 0
        while (key := (case.record, fold(case.title), number)) in found:
            number += 1
        found[key] = case
    return found


def _conditions(case: KeptCase) -> str:
    return "、".join(f"「{condition}」" for condition in case.conditions) or "なし"


def _verdict(case: KeptCase) -> str:
    known = {outcome.value: words for outcome, words in OUTCOME_WORDS.items()}
    return known.get(case.outcome, case.outcome) + (
        f"（{date_name(date.fromisoformat(case.day))}）" if case.day else ""
    )


def _in_words(change: Change) -> str:
    both = " → ".join(filter(None, [change.was, change.now]))
    return f"{change.what}: {both}（{change.why}）"


# --- to take along -------------------------------------------------------------------------------

_COLUMNS = (
    Column("質問", 44), Column("保存した日", 12), Column("確かめた日", 12), Column("状態", 14),
    Column("いまの答え", 70), Column("変わったこと", 30), Column("前", 44), Column("いま", 44),
    Column("理由", 44),
)  # fmt: skip


def sheet(questions: Sequence[Saved]) -> Sheet:
    """The questions as a sheet: a row for each change, or one where nothing has changed."""
    rows = []
    for one in questions:
        head = (one.question, one.when[:10], one.seen[:10])
        state = "変わりました" if one.changes else "変わりありません"
        for change in one.changes or (Change("", "", "", ""),):
            rows.append(
                (*head, state, one.answer.text, change.what, change.was, change.now, change.why)
            )
    about = (
        "「前」は、質問を保存したとき、または前に確かめたときの答えです。",
        "理由は、読み込まれた記録の増減・変更と、人の訂正から分かる範囲です。",
    )
    return Sheet("保存した質問", _COLUMNS, rows, about)
