"""A case's facts, as the command line and the app tell them."""

from __future__ import annotations

from datetime import date
from typing import Any

from index.cases import Case
from index.verdicts import Outcome

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
LAWS = {
    "ordinance": "条例のもとでの案件（2023年3月31日まで）",
    "act": "個人情報保護法のもとでの案件（2023年4月1日から）",
}
KINDS = {"consultation": "諮問", "report": "報告", "review": "審査請求", "other": "その他"}


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
            }
            for c in case.corrected
        ],
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
