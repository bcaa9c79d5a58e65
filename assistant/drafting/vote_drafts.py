"""Question + cases -> the draft that tells how the members voted (何対何, 賛成は何人, 全会一致)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.absence_drafts import Absences
from assistant.evidence import Evidence
from assistant.questions import Question
from assistant.statements import Draft, Quote, Statement, Style, Writer, with_verdicts
from index.cases import Case
from index.japanese import fold, folded_with_offsets
from index.store import Index

_ASKS = re.compile(
    r"何(?:人|名|票)?対何|賛否(?:は|の(?:数|内訳|結果)|を|$|[?？])|(?:採決|表決|票決|評決)(?:の結果|は|で|$|[?？])"
    r"|(?:賛成|反対|承認|不承認|同意|不同意)(?:は|が|者は|(?:し|だっ|の)た?(?:人|委員|方)(?:は|が)?|票は|(?:者)?数は|の(?:人数|数|票)は)"
    r"(?:それぞれ|全部で)?何[人名票]|(?:全会|全員|満場)一致|賛成多数"
)
_ABOVE = 1_500  # characters above a row in which its table's head may stand
_ASKS_FIGURES = re.compile(r"何(?:人|名|票)?対何|何[人名票]")
_OF_OTHERS = re.compile(
    r"(?:市民|住民|区民|町民|村民|県民|利用者|保護者|本人|世帯|町会|自治会)(?:から|の|が|で)"
)
_FOR = r"(?:賛成|(?<!不)承認|(?<!不)同意|(?<!不)可決?|(?<!不)適当)"
_AGAINST = r"(?:反対|不承認|不同意|否決?|不可|不適当)"
_SO_MANY = r"(?:者|委員|票|は|が|が?[:：|])?[^0-9一-龠ぁ-ん。]{0,3}(?:[0-9]+|なし)(?:名|人|票)?"
VOTES = re.compile(
    rf"{_FOR}{_SO_MANY}[^0-9。]{{0,6}}{_AGAINST}{_SO_MANY}(?:[^0-9。]{{0,4}}(?:棄権|保留){_SO_MANY})?"
    r"|(?<![0-9])[0-9]{1,2}(?:名|人|票)?対[0-9]{1,2}(?![0-9])(?:名|人|票)?"
    r"|(?:全会|全員|満場)一致|賛成(?:者)?(?:多数|少数)|挙手(?:多数|少数|全員)|全員(?:が|の)?賛成"
)


def asks_votes(question: Question) -> bool:
    """Whether a question asks how many were for a matter and how many against."""
    key = fold(question.text)
    return bool(_ASKS.search(key)) and not _OF_OTHERS.search(key)


class Votes(Writer):
    """Tells how the members voted on a case."""

    def __init__(self, index: Index, evidence: Evidence, absences: Absences) -> None:
        """Take what the answers are made of, and the writer of what is not found."""
        super().__init__(index, evidence)
        self.absences = absences

    def votes(self, question: Question, meant: Sequence[Case]) -> Draft | None:
        """The count of the votes on the case meant, as written; that there is none where so many
        are asked for, for what a member said is no count; None where none is asked."""
        if not asks_votes(question):
            return None
        quotes = self._written(meant[0]) if meant else []
        row = self._in_row(meant[0]) if meant and not quotes else None
        if row is not None:
            return Draft((row, self.case_line(meant[0])), with_verdicts(meant[:1]) or (meant[0],))
        if not quotes:
            if not _ASKS_FIGURES.search(fold(question.text)):
                return None
            if meant:
                return self.absences.no_exchanges(meant[:1], "賛成・反対の人数の記載")
            return self.absences.not_said([])
        case = meant[0]
        lead = Statement(Style.LEAD, ("採決の記録: ", *quotes[-1:]))
        return Draft((lead, self.case_line(case)), with_verdicts((case,)) or (case,))

    def _in_row(self, case: Case) -> Statement | None:
        """The votes in the row of a table that the case stands in, by the head of its columns
        (賛成 反対 結果), counted from the row's end: words within a title may be apart."""
        anchors = [
            case.title_span[0],
            *(d.start for d in case.decisions),
            *(a for a, _ in case.spans),
        ]
        rows = (self._row_at(case, at) for at in dict.fromkeys(anchors))
        return next((row for row in rows if row is not None), None)

    def _row_at(self, case: Case, at: int) -> Statement | None:
        text = self.index.text(case.record)
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", start)
        cells = [*re.compile(r"[^\s|｜]+").finditer(text, start, end if end >= 0 else len(text))]
        head: list[str] = []
        for line in reversed(text[max(0, start - _ABOVE) : start].split("\n")):
            words = re.findall(r"[^\s|｜]+", line)
            if "賛成" in words and "反対" in words and "。" not in line:
                head = words
                break
        if not head:
            return None
        places = [head.index(word) - len(head) for word in ("賛成", "反対")]
        if min(places) < -len(cells):
            return None
        held = [cells[place] for place in places]
        figures = [fold(cell.group()) for cell in held]
        if not all(re.fullmatch("[0-9]{1,3}(?:名|人|票)?", figure) for figure in figures):
            return None
        first, last = min(c.start() for c in held), max(c.end() for c in held)
        words_ = f"採決の記録: **賛成{figures[0]}、反対{figures[1]}**（表の欄: "
        return Statement(Style.LEAD, (words_, Quote(case.record, first, last), "）"))

    def _written(self, case: Case) -> list[Quote]:
        """Where the parts of a case tell its votes, in their order; figures before mere words."""
        text = self.index.text(case.record)
        counted: list[Quote] = []
        told: list[Quote] = []
        for start, end in case.spans:
            key, offsets = folded_with_offsets(text[start:end])
            for match in VOTES.finditer(key):
                quote = Quote(
                    case.record, start + offsets[match.start()],
                    start + offsets[match.end() - 1] + 1,
                )  # fmt: skip
                (counted if re.search("[0-9]", match.group()) else told).append(quote)
        return counted or told
