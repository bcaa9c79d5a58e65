"""A cell, or the words beside a label -> the outcome they give (承認, 「可」, 審議結果:継続)."""

from __future__ import annotations

import re

from index.grammar.verdicts import Outcome
from index.japanese import fold

_LABEL = re.compile(
    r"^(?:[\[(<〈【《■●○◎◆◇・⇒→\-=>※]*)(?:審議(?:の)?結果|審査(?:の)?結果|審議会の結論"
    r"|審査会の結論|結論|結果|答申(?:の)?(?:内容|結果|の結論)?|決定(?:事項)?|採決(?:結果)?"
    r"|議決|判定|審議会意見|(?<=[\[(<〈【])(?:議案|諮問|案件)(?=[\])>〉】]))?"
    r"[\])>〉】》]*[:：\-⇒→]*(?P<word>.{1,24}?)(?:\([^()]{0,60}\))?[。\-」』)）】\]]*$"
)
# how it was decided, on what terms, the word itself, and its end: 全員一致で 原案どおり 承認 された
_ON_TERMS = r"(?:条件|意見|附帯意見|付帯意見|附帯条件|留意事項)"
_HOW = (
    rf"(?:(?:特に|特段の)?{_ON_TERMS}(?:は|を)?(?:付さず|付けず|付すことなく|なし)|全(?:員|会)(?:の?一致|の?賛成)?|満場一致|異議(?:なく|なし)|賛成(?:多数|全員)"
    r"|挙手(?:多数|全員)|(?:諮問|付議|原案|申請|提案|議案|案)の?(?:とおり|どおり|通り)|原案)(?:で|に|により)?、?"
)
_END = r"(?:(?:する|した|され(?:る|た)|である|とする|とした|と(?:認め|判断|決定|判定)[るすしさらた]{0,4}|と(?:なった|なる|された)|とのこと|を得た|相当|を求める)?(?:こと)?)"
_YES = r"(?:承認|可決|了承|了解|同意|決定|議決|採択|可|適当|妥当|相当|適切|適正|適|了|是|認め(?:る|られる)|やむを得ない|(?:支障|問題|差し?支え)(?:は|が)?(?:なし|無し|ない))"
_WORDS = (
    (re.compile(
        rf"(?:{_HOW})?(?:{_ON_TERMS}(?:を)?(?:付き?|付[しけ]て?(?:た?上で)?)(?:で|の|、)?{_YES}?{_END}"
        rf"|{_YES}\({_ON_TERMS}(?:付き?|あり|有り?)\)|(?:一部)?(?:修正|訂正)(?:の?(?:上|うえ)で?|し(?:た上で)?|して)?、?{_YES}{_END})"), Outcome.APPROVED_WITH_CONDITIONS),
    (re.compile(rf"一部(?:承認|可決?|了承|認容){_END}"), Outcome.PARTLY_APPROVED),
    (re.compile(rf"(?:{_HOW})*{_YES}{{1,2}}{_END}|(?:諮問|付議|原案|申請|提案|案)の?(?:とおり|どおり|通り)(?:とする|で(?:よい|可))?"), Outcome.APPROVED),
    (re.compile(
        r"(?:要)?(?:継続|継続審[議査]|保留|再審[議査]|再検討|次回継続|次回審議|再提出|差し?戻し?|持ち?越し|次回(?:へ|に(?:持ち?越し|継続|再審議|改めて審議)))"
        rf"{_END}|.{{0,16}}(?:次回|次の会議)(?:以降)?(?:へ|に)の?(?:継続|持ち?越し?|繰り?越し?)|審[議査]未了|.*\((?:継続|継続審議|保留)\)"), Outcome.CONTINUED),
    (re.compile(
        rf"(?:{_HOW})*(?:不承認|否|不可|否決|否認|不適当|不適切|不適|不相当|不同意|不採択|同意(?:しない|せず)|承認(?:しない|せず|されなかった)"
        rf"|(?:適当|妥当)(?:でない|ではない|と認めない)|認め(?:ない|られない)){_END}"), Outcome.REJECTED),
    (re.compile(r"(?:取り?下げ|撤回)(?:られた|となった|る)?"), Outcome.WITHDRAWN),
    (re.compile(r"報告(?:のみ|済|済み|を受けた|を了承)?"), Outcome.REPORTED),
)  # fmt: skip


def read_verdict_word(text: str, *, labelled: bool = False) -> Outcome | None:
    """The outcome that a table's cell or a labelled word gives (承認, 「可」, 審議結果:継続), or None.

    A bare word is a verdict only where its place says so: pass `labelled=True` for a cell of a
    column of results, or a line under such a heading.
    """
    key = fold(text).replace("粂件", "条件")
    match = _LABEL.match(key)
    if match is None or (not labelled and match.start("word") == 0):
        return None
    word = match["word"].strip("「」『』")
    for pattern, outcome in _WORDS:
        aside = key[match.end("word") :]
        if pattern.fullmatch(word) or pattern.fullmatch(word + aside.rstrip("。-")):
            limited = outcome is Outcome.APPROVED and _LIMITS.search(aside)
            return Outcome.APPROVED_WITH_CONDITIONS if limited else outcome
    return None


# in a reply on an appeal the council sets the agency's decision aside, or a part of it
_OVERTURNED = re.compile(
    r"(?:開示|公開|訂正|利用停止|消去)(?:を)?す(?:る)?べき(?:で|もの|$)|取り?消(?:す|し|され)(?:べき|て|た上で|、)"
    r"|(?<!一部)(?:取り?消し|取消し?|認容)(?:すべき|相当)?$"
)
_OVERTURNED_IN_PART = re.compile(
    r"一部(?:を|は|について)?[^。、]{0,12}(?:開示|公開|訂正|利用停止|消去)(?:を)?すべき|一部(?:取り?消し|取消し?|認容)(?:すべき|相当)?$"
)

_UPHELD = re.compile(
    r"(?:処分|決定)(?:は|を)?、?(?:妥当|相当|維持|支持)$|^(?:審査請求(?:は|を)?、?)?棄却(?:すべき|相当)?$"
)


def read_appeal(text: str) -> Outcome | None:
    """What words under a heading of results say of the decision that was appealed against, or None."""
    key = fold(text).rstrip("。")
    if _OVERTURNED_IN_PART.search(key):
        return Outcome.PARTLY_APPROVED
    if _OVERTURNED.search(key):
        return Outcome.REJECTED
    return Outcome.APPROVED if _UPHELD.search(key) else None


# in brackets behind a word of approval: 承認(ただし、…)
_LIMITS = re.compile(
    r"\((?:ただし|但し)|(?:条件|附帯|付帯|意見)(?!(?:は|が)?な[しく])|こと(?:。|\)|$)|に限[りる]"
)
