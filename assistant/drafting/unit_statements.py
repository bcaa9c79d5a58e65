"""Unit -> statement: its words, as far as they bear on the question, and whose words they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.evidence import FEATURES
from assistant.facts import SAID
from assistant.finding.units import Unit
from assistant.finding.wordings import GROUND, announces_matter
from assistant.questions import Question
from assistant.statements import Quote, Statement, Style, Writer, short_title
from assistant.understanding.intents import Intent
from assistant.understanding.kinds import counter_of, focus_of, holds, without_idioms
from assistant.understanding.wants import Wanted
from index.japanese import fold, level
from index.text.turns import Role

_KIND = FEATURES.index("kind of fact")
COUNTER = FEATURES.index("counter")
_CLAUSE_END = re.compile(r"。[」』）)]*|[、，,]")
_GAP = re.compile(r"\n[ \u3000]*\n\s*")  # no sentence goes on over an empty line
_BESIDE_TITLE = 30  # characters beside its title with which a unit tells more
LEAD, ITEM = 120, 60  # characters of a sentence told whole: a second one can stand beside it


def clause_ends(text: str) -> list[int]:
    """Where a sentence may be cut: after 。 and 、, never within a figure (1,046)."""
    return [
        match.end()
        for match in _CLAUSE_END.finditer(text)
        if not (
            text[: match.start()].rstrip()[-1:].isdigit()
            and text[match.end() :].lstrip()[:1].isdigit()
            and match.group() != "。"
        )
    ]


class UnitStatements(Writer):
    """Puts any sentence found into a statement."""

    def unit_statement(
        self, unit: Unit, style: Style, question: Question, *, place: bool = False
    ) -> Statement:
        """A unit as a line: what it replies to or stands under, its words, whose words they are."""
        text = self.index.text(unit.record)
        pieces: list[str | Quote] = []
        whose = "資料の記載" if unit.role is None else SAID[unit.role]
        if unit.speaker and unit.role in (Role.MEMBER, Role.CHAIR):
            whose = f"{level(unit.speaker)}の発言"
        short = len(fold(unit.text)) < 16
        if unit.asked is not None and short:
            pieces += [self.beginning(unit.record, unit.asked.start, unit.asked.end, ITEM), " → "]
        heads = [self._row_label(text, unit)]
        if unit.column is not None:
            heads.insert(0, Quote(unit.record, *unit.column))
        if not holds(question.wanted, fold(unit.text)):
            heads.append(self._named_above(unit, question.wanted))
        for head in heads:
            pieces += [head, ": "] if head is not None else []
        pieces += self._trimmed(unit, question, lead=style is Style.LEAD)
        where = ""
        if place:
            known = [unit.case.municipality or "" if unit.case else self._place_of(unit.record)]
            if unit.case:
                known += [unit.case.meeting, short_title(unit.case.title, 20)]
            where = " ".join(part for part in known if part)
        pieces.append(f"（{whose}{'、' + where if where else ''}）")
        return Statement(style, tuple(pieces))

    def _trimmed(self, unit: Unit, question: Question, *, lead: bool) -> list[str | Quote]:
        """The unit, or where it is long, the clauses of it that bear most on the question, with
        the end of their sentence: what Japanese denies, it denies there."""
        longest = LEAD if lead else ITEM
        if unit.end - unit.start <= longest:
            return [Quote(unit.record, unit.start, unit.end)]
        text = self.index.text(unit.record)
        cuts = sorted(
            {
                unit.start,
                *(end + unit.start for end in clause_ends(unit.text)),
                *(gap.end() + unit.start for gap in _GAP.finditer(unit.text)),
                unit.end,
            }
        )
        last = len(cuts) - 1
        closing = [
            next((m for m in range(n, last) if text[cuts[m] - 1] in "。\n"), last)
            for n in range(last + 1)
        ]
        worth = self._worth_of_clauses(unit, question)
        best, chosen = -1.0, (0, last)
        for first in range(last):
            for n in range(first + 1, last + 1):
                rest = max(n, closing[n] - 1)
                length = cuts[n] - cuts[first] + cuts[closing[n]] - cuts[rest]
                if length > longest and n > first + 1:
                    continue
                told = worth(cuts[first], cuts[n]) + 0.4 * (n == closing[n])
                told += 0.4 * (first == 0 or text[cuts[first] - 1] in "。\n")
                if told > best:
                    best, chosen = told, (first, n)
        first, n = chosen
        rest = max(n, closing[n] - 1)
        if rest == n:
            return [Quote(unit.record, cuts[first], cuts[closing[n]])]
        end = Quote(unit.record, cuts[rest], cuts[closing[n]])
        return [Quote(unit.record, cuts[first], cuts[n]), "…", end]

    def _worth_of_clauses(self, unit: Unit, question: Question) -> Callable[[int, int], float]:
        """How much a piece of a unit, from `start` to `end`, says of what is asked."""
        text = self.index.text(unit.record)
        focus = focus_of(question.text)
        counter = counter_of(fold(question.text))
        facts = fold(unit.case.title) if unit.case else ""
        asked = [
            (t, t.weight * (1 - 0.9 * t.share(facts)) * (2 if t.share(focus) == 1 else 1))
            for t in question.terms
        ]

        def worth(start: int, end: int) -> float:
            piece = fold(text[start:end])
            told = sum(weight * t.share(piece) for t, weight in asked)
            if question.wanted is not Wanted.ANYTHING and holds(question.wanted, piece):
                told += 5.0
            if counter is not None and counter.search(without_idioms(piece)):
                told += 5.0
            if question.intent is Intent.REASON and GROUND.search(piece):
                told += 1.0
            if announces_matter(piece):
                told -= 20.0  # only where there is nothing else to tell
            return told + 0.002 * (end - start)

        return worth

    def beginning(self, record: str, start: int, end: int, longest: int = 110) -> Quote:
        """The span, or its first sentences where it is long."""
        if end - start <= longest:
            return Quote(record, start, end)
        text = self.index.text(record)
        stop = text.rfind("。", start, start + longest)
        if stop < start + 20:
            stop = text.find("。", start, end)
        return Quote(record, start, stop + 1 if stop >= 0 else end)

    def _row_label(self, text: str, unit: Unit) -> Quote | None:
        """The cell that names the row a unit was cut from, if it stands apart from the unit."""
        row_start = text.rfind("\n", 0, unit.start) + 1
        before = text[row_start : unit.start]
        if "\t" not in before and "|" not in before:
            return None
        cell = re.search(r"[^\t|]+", before)
        if cell is None or not 2 <= len(fold(cell.group())) <= 24 or "<" in cell.group():
            return None
        stripped = cell.group().strip()
        start = row_start + cell.start() + cell.group().index(stripped)
        return Quote(unit.record, start, start + len(stripped))

    def _place_of(self, record: str) -> str:
        return next((m.municipality or "" for m in self.meetings if m.record == record), "")

    def near_holds(self, unit: Unit, wanted: Wanted) -> bool:
        """Whether a unit, or the short line that it stands under, holds a thing of the kind."""
        if wanted is Wanted.ANYTHING or max(unit.features[_KIND], unit.features[COUNTER]) > 0:
            return True
        return self._named_above(unit, wanted) is not None

    def _named_above(self, unit: Unit, wanted: Wanted) -> Quote | None:
        """The short line above a paragraph that names the office, company … it is about."""
        if wanted not in (Wanted.OFFICE, Wanted.COMPANY) or unit.role or unit.in_table:
            return None
        text = self.index.text(unit.record)
        at = unit.start
        for _ in range(8):
            end = text.rfind("\n", 0, at)
            if end < 0 or unit.start - end > 240:
                return None
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end].strip()
            if 2 <= len(line) <= 40 and not line.endswith("。") and holds(wanted, fold(line)):
                left = start + text[start:end].index(line)
                return Quote(unit.record, left, left + len(line))
            at = start
        return None

    def is_title(self, unit: Unit) -> bool:
        """Whether a unit is no more than the title of its case, or a part of it."""
        if unit.case is None:
            return False
        own, title = fold(unit.text), fold(unit.case.title)
        if len(own) < 12:
            return False
        beside = own.replace(title, "") if title in own else own
        if len(beside) > _BESIDE_TITLE and own.endswith("。"):
            return False  # the title stands at the head of what is said of it
        return own in title or title in own or own[:24] == title[:24]
