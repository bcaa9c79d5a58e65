"""Words -> of which cases a message asks: of which kind, of which outcome, the newest, the most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from index.grammar.verdicts import Outcome
from index.japanese import fold


class Extreme(StrEnum):
    """Which of several is asked for: 一番新しい, 最も多い …"""

    NEWEST = "newest"
    OLDEST = "oldest"
    MOST = "most"
    OF_A_FIELD = "of_a_field"


_NEGATIVE = (
    (Outcome.REJECTED, re.compile(
        r"不承認|否決|却下|不適当|認められなかった|認めなかった|通らなかった|承認されなかった"
        r"|承認しなかった|「否」|否とされ|ダメ|だめ|(?:提供|利用|結合|委託|収集|導入|設置)[^。]{0,6}断(?:った|られた)")),
    (Outcome.WITHDRAWN, re.compile(r"取り?下げ(?:られ|た|に|例|と|が|の)|撤回|引っ込め")),
    (Outcome.CONTINUED, re.compile(r"継続(?:審議|審査|に)|先送り|保留|留保|持ち越|見送")),
    (Outcome.PARTLY_APPROVED, re.compile(
        r"一部(?:だけ|のみ|が|を)?(?:承認|認め|可)|部分的に(?:承認|認め)")),
    (Outcome.NOT_RECORDED, re.compile(
        r"結論(?:が|の|は)(?:まだ)?(?:記録)?(?:が|の)?(?:分からな|わからな|不明|な(?:い|し|かった)(?:案件|もの|の(?:は|を))"
        r"|書かれていな|載っていな|見つからな)")),
)  # fmt: skip
APPROVALS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED)
_THINGS = r"(?:案件|もの|例|件数|の(?:は|が|を|だけ)|だけ|のみ)"
_CONDITIONED = re.compile(
    rf"(?:意見|条件|留意(?:事項|点)).{{0,4}}(?:付|つ)[^。]{{0,4}}{_THINGS}|(?:意見|条件)付き(?:の|で)"
)
_UNCONDITIONED = re.compile(
    rf"(?:無条件|(?:条件|意見)(?:が|も|は|を)?(?:な(?:し|く|い|しに|しで)|付かず|つかず|付けず))(?:で|に|のまま)?"
    rf"[^。]{{0,8}}(?:承認|認め|可決|了承|通)[^。]{{0,6}}{_THINGS}"
)
_ONLY_APPROVED = re.compile(
    rf"(?:(?:承認|了承|許可|可決|採択|認め)(?:ら|さ)れ(?:た|ている)|可と(?:され|なっ)た|通った|承認した){_THINGS}"
    r"|承認(?:件数|の?数)|何件(?:が|の案件が)?(?:承認|可決)され|何件中"
    r"|(?:承認|可決)(?:され|し)(?:た|ました)?(?:の|もの|案件)?は、?(?:全部で)?何件"
)
_PRESUMES = re.compile(
    r"(?:継続(?:審議|審査)?|保留|先送り|見送り|持ち越し)(?:に|と)?(?:な(?:った|り)|され(?:た|まし)|した)"
    r"(?!か|のか|のです|んで)|(?:不承認|否決|却下|不適当|否)(?:に|と)?(?:な(?:った|り)|され(?:た|まし)|した|だった(?=のは|理由|わけ|(?:ん(?:です)?)?よね)|でしたよね)"
    r"|「否」と|取り?下げられた|認められなかった|(?:提供|利用|結合|委託|収集|導入|設置)[^。]{0,6}断(?:った|られた)(?!か)|承認され(?:た(?!か|(?:の|ん)(?:です)?(?:か|でしょ))"
    r"|ました(?!か|でしょ))|承認した(?!か|(?:の|ん)(?:です)?(?:か|でしょ))"
    r"|認めた(?!か|(?:の|ん)(?:です)?(?:か|でし)|んでし)|承認を?受けた|可に(?:なった|した)(?!か|の(?:か|で))"
    r"|可とする(?:に|際)"
)


# Newest or most may be a case, a sitting, a town; in 一番多いレイヤ it is a thing of the papers
_EXTREMES = (
    # 保存期間が一番長い案件: by what stands in a field of the papers
    (Extreme.OF_A_FIELD, re.compile(
        r"(?:保存|保管|残|日数|人数|対象|人が)[^。]{0,12}(?:最も|一番|いちばん)[^。]{0,10}(?:長|短|多|少な)[^。]{0,6}"
        r"(?:案件|諮問|議案|事業|自治体|市|町|もの|のは)"
        r"|(?:最も|一番|いちばん)[^。]{0,6}(?:長|短|多|少な|たくさん)[^。]{0,12}(?:保存|保管|残|人が|人の|対象)[^。]{0,10}"
        r"(?:案件|諮問|議案|事業|自治体|市|町|もの|のは)"
        r"|(?:最も|一番|いちばん)(?:保存|保管|対象|人数)[^。]{0,8}(?:長|短|多|少な)")),
    (Extreme.NEWEST, re.compile(
        r"(?:最も|一番|いちばん)新しい|最新の|直近の|(?:この前|先日)の|(?:最も|一番|いちばん)最近")),
    (Extreme.OLDEST, re.compile(r"(?:最も|一番|いちばん)古い|最古の|最初の(?:案件|会議)")),
    (Extreme.MOST, re.compile(
        r"(?:最も|一番|いちばん)(?:案件|諮問|質問|質疑|意見|条件|会議)(?:の数|数)?(?:が|の)多"
        r"|(?:案件|諮問|質問|質疑|意見|条件|会議|不承認|承認)(?:の数|数)?(?:が|は|の)?(?:最も|一番|いちばん)"
        r"多|(?:最も|一番|いちばん)多(?:く|い)?[^。]{0,6}(?:案件|諮問|自治体|市|町|年度|質問|条件|意見)")),
)  # fmt: skip


def read_extreme(text: str) -> Extreme | None:
    """Which of the cases, sittings or towns a message asks for, if one."""
    key = fold(text)
    return next((extreme for extreme, pattern in _EXTREMES if pattern.search(key)), None)


_REVIEWS = re.compile(
    r"審査請求の?(?:案件|事案|事件|答申を)|審査請求(?:は|が|を)?(?:それぞれ)?(?:全部で)?(?:何件|いくつ|どれ|ありますか)"
)


def read_kinds(key: str) -> tuple[str, ...]:
    kinds = []
    if re.search(r"(?<![・とや])報告(?:案件|事項|された案件|だけ)", key):
        kinds.append("report")
    if _REVIEWS.search(key):
        kinds.append("review")
    if re.search(r"諮問(?:案件|事項|が|された|のあった)|諮られ", key) and "諮問と" not in key:
        kinds.append("consultation")
    return tuple(kinds)


# 諮問3件の結論を並べて, 審議事項と結果: of all matters of a sitting or a year, where none is named
_RESULTS_OF_ALL = re.compile(
    r"(?:諮問|案件|議題|審議|報告|事項|答申)[^。?？]*(?:結果|結論|可否|賛否)|(?:結果|結論)[^。?？]*(?:案件|諮問|議題)ごと"
)
_OF_ANY = re.compile(
    r"^(?:事項|報告|審議|諮問|答申|議題|案件|公開|非公開|審査請求|まとめ.*|かかっ.*|[0-9]+件)$"
)


def asks_results_of_all(key: str, words: Iterable[str]) -> bool:
    """Whether a folded message, whose naming words are `words`, asks how all matters ended."""
    return bool(_RESULTS_OF_ALL.search(as_matters(key))) and all(map(_OF_ANY.match, words))


def as_matters(key: str) -> str:
    """A folded message in which 議案, which bears no number, is called 案件 as any other matter."""
    return re.sub(r"議案(?![0-9第書])", "案件", key)


def read_outcomes(key: str) -> tuple[tuple[Outcome, ...], Outcome | None]:
    """The outcomes a message asks for (否決された案件) and the one it takes for granted."""
    key = as_matters(key)
    asked = tuple(outcome for outcome, pattern in _NEGATIVE if pattern.search(key))
    if not asked and _UNCONDITIONED.search(key):
        asked = (Outcome.APPROVED,)
    elif not asked and _CONDITIONED.search(key):
        asked = (Outcome.APPROVED_WITH_CONDITIONS,)
    elif not asked and _ONLY_APPROVED.search(key):
        asked = APPROVALS
    presumed = None
    if _PRESUMES.search(key):
        presumed = asked[0] if asked and asked[0] not in APPROVALS else Outcome.APPROVED
    return asked, presumed
