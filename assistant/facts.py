"""A case's facts, as the command line and the app tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from index.cases import Case, Correction, Decision, Field
from index.doubts import DoubtKind
from index.grammar.verdicts import Outcome
from index.text.turns import Role

OUTCOME_WORDS = {
    Outcome.APPROVED: "承認",
    Outcome.APPROVED_WITH_CONDITIONS: "意見・条件を付して承認",
    Outcome.PARTLY_APPROVED: "一部承認",
    Outcome.CONTINUED: "継続審議",
    Outcome.REJECTED: "不承認",
    Outcome.WITHDRAWN: "取下げ",
    Outcome.REPORTED: "報告",
    Outcome.NOT_RECORDED: "結論の記録なし",
}
# Of several cases, some of which may be `unread`.
GROUP_WORDS = {**OUTCOME_WORDS, Outcome.NOT_RECORDED: "結論の記録なし・読み取れず"}
# In a review (審査請求) the council finds on another's decision; it approves nothing.
_REVIEW_WORDS = {
    Outcome.APPROVED: "実施機関の決定は妥当",
    Outcome.APPROVED_WITH_CONDITIONS: "実施機関の決定は妥当（意見付き）",
    Outcome.PARTLY_APPROVED: "実施機関の決定は一部のみ妥当",
    Outcome.REJECTED: "実施機関の決定は妥当でない",
}
_REVIEW_BADGES = {
    Outcome.APPROVED: "決定は妥当",
    Outcome.APPROVED_WITH_CONDITIONS: "決定は妥当（意見付き）",
    Outcome.PARTLY_APPROVED: "決定は一部妥当",
    Outcome.REJECTED: "決定は妥当でない",
}
LAWS = {
    "ordinance": "条例のもとでの案件（2023年3月31日まで）",
    "act": "個人情報保護法のもとでの案件（2023年4月1日から）",
}
KINDS = {"consultation": "諮問", "report": "報告", "review": "審査請求", "other": "その他"}


FIELDS = {
    Field.OUTCOME: "結論",
    Field.DATE: "日付",
    Field.TITLE: "案件名",
    Field.MUNICIPALITY: "自治体",
    Field.CHECKED: "確認済み",
    Field.ENTERED: "案件の入力",
    Field.NO_CASE: "案件でないとした訂正",
}
ROLES = {
    Role.CHAIR: "会長", Role.MEMBER: "委員", Role.AGENCY: "実施機関", Role.OFFICE: "事務局",
    Role.UNKNOWN: "発言者の記載なし",
}  # fmt: skip
# whose word a sentence of a role is
SAID = {
    Role.CHAIR: "会長の発言",
    Role.MEMBER: "委員の発言",
    Role.AGENCY: "実施機関の説明",
    Role.OFFICE: "事務局の説明",
    Role.UNKNOWN: "質疑での発言",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a record."""

    record: str
    start: int
    end: int


def outcome_word(case: Case, outcome: Outcome | None = None) -> str:
    """How a case ended (or a decision on it, by its `outcome`), in the words of its kind."""
    outcome = case.outcome if outcome is None else outcome
    if case.kind == "review" and outcome in _REVIEW_WORDS:
        return _REVIEW_WORDS[outcome]
    if outcome is Outcome.NOT_RECORDED and unread(case):
        return "結論を読み取れず（要確認）"
    return OUTCOME_WORDS[outcome]


def badge_word(case: Case, outcome: Outcome | None = None) -> str:
    """The same in so few characters that a badge holds them."""
    outcome = case.outcome if outcome is None else outcome
    if case.kind == "review" and outcome in _REVIEW_BADGES:
        return _REVIEW_BADGES[outcome]
    return outcome_word(case, outcome).removesuffix("（要確認）")


def unread(case: Case) -> bool:
    """Whether minutes tell of a case, but no line of them was understood as its verdict."""
    return case.outcome is Outcome.NOT_RECORDED and any(
        doubt.kind is DoubtKind.VERDICT for doubt in case.doubts
    )


def value_words(field: Field, value: str) -> str:
    """What stands in a correction, as the page says it."""
    if field in (Field.OUTCOME, Field.ENTERED):
        return OUTCOME_WORDS[Outcome(value)] if value in list(Outcome) else value
    if field is Field.DATE and value:
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    return value or "なし"


def correction_mark(case: Case, decision: Decision | None = None) -> str:
    """（人の訂正…）, for beside the newest verdict where a person has given it; else nothing."""
    said = case.correction(Field.OUTCOME)
    if decision is not None and decision != case.newest:
        return ""
    if said is None:
        return "（案件と結論は人の入力）" if case.correction(Field.ENTERED) else ""
    return f"（人の訂正。読み取りは「{value_words(Field.OUTCOME, said.read)}」）"


def correction_words(correction: Correction) -> str:
    """One correction in words: what it says, in the place of what, whose it is and since when."""
    field, day = correction.field, correction.when[:10].replace("-", "/")
    signed = f"{day} {correction.by}".strip()
    if field is Field.CHECKED:
        return f"確認済み（{signed}）"
    if field is Field.ENTERED:
        return f"案件と結論は人が原文から入力したもの（{signed}）"
    now, read = (value_words(field, value) for value in (correction.now, correction.read))
    return f"{FIELDS[field]}は人の訂正で「{now}」（読み取りは「{read}」、{signed}）"


def case_as_json(case: Case) -> dict[str, Any]:
    """The case as the JSON of an answer has it; the verdict told is the newest."""
    newest = case.newest
    return {
        "id": case.id,
        "record": case.record,
        "municipality": case.municipality,
        "council": case.council,
        "meeting": case.meeting,
        "date": _iso(case.day),
        "kind": case.kind,
        "title": case.title,
        "department": case.department,
        "legal_basis": list(case.legal_basis),
        "outcome": str(case.outcome),
        "outcome_text": newest.text if newest is not None else "",
        "conditions": [condition.text for condition in newest.conditions] if newest else [],
        "decisions": [
            {
                "date": _iso(decision.day),
                "outcome": str(decision.outcome),
                "text": decision.text,
                "conditions": [condition.text for condition in decision.conditions],
            }
            for decision in case.decisions
        ],
        "meeting_id": case.meeting_id,
        "label": case.label,
        "chain": case.chain,
        "law": case.law,
        "slots": [
            {
                "name": slot.name or None, "label": slot.label, "value": slot.value,
                "ticked": list(slot.ticked), "start": slot.start, "end": slot.end,
            }
            for slot in case.slots
        ],
        "doubts": [
            {
                "kind": str(doubt.kind), "text": doubt.text,
                "start": doubt.span and doubt.span[0], "end": doubt.span and doubt.span[1],
            }
            for doubt in case.doubts
        ],
        "links": [
            {
                "case": link.case, "kind": str(link.kind), "reason": link.reason, "sure": link.sure,
                "start": link.span[0], "end": link.span[1],
            }
            for link in case.links
        ],
        "corrected": [
            {
                "field": str(c.field), "read": c.read, "now": c.now, "by": c.by, "when": c.when,
                "why": c.why,
            }
            for c in case.corrected
        ],
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
