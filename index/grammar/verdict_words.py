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
_WORDS = (
    (re.compile(
        r"^(?:条件付き?|意見付き?|附帯意見付き?|付帯意見付き?|留意事項付き?)(?:で)?の?(?:承認|可"
        r"|了承|適当)?$|^(?:承認|可|了承|適当|原案可決)\((?:条件|意見|附帯意見|付帯意見"
        r"|留意事項)(?:付き?|あり|有り?)\)$|^(?:意見|条件|附帯意見|付帯意見)を付(?:し"
        r"|け)て?(?:た上で)?、?(?:承認|可|了承|適当)$"), Outcome.APPROVED_WITH_CONDITIONS),
    (re.compile(r"^一部(?:承認|可|了承|認容)$"), Outcome.PARTLY_APPROVED),
    (re.compile(
        r"^(?:(?:特に|特段の)?(?:附帯|付帯)?(?:条件|意見)(?:は|を)?(?:付さず|付けず|付すことなく|なし(?:で|に)?)に?、?)?"
        r"(?:全(?:員|会)(?:一致|異議なし)?(?:で|により)?|異議なく|原案(?:の?(?:とおり|どおり"
        r"|通り))?|諮問(?:の)?(?:とおり|どおり|通り))?(?:承認|可|可決|了承|適当|妥当|相当|承認する"
        r"|適当である|妥当である|認める|(?:適当|妥当)と認める|承認された|了承された|可とする|承認とする|了|了とする|認める|やむを得ない(?:と認める)?)$"
        r"|^(?:諮問|原案|申請|提案)の?(?:とおり|どおり|通り)(?:とする|で(?:よい|可))?$|^(?:支障|問題|差し?支え)(?:は|が)?(?:なし|無し|ない)(?:と認める)?$"
        r"|^賛成(?:多数|全員)(?:により|で)?(?:承認|可決|可)$"), Outcome.APPROVED),
    (re.compile(


                r"^(?:継続|継続審議|継続審査|保留|再審議|次回継続|再提出|持ち?越し|次回(?:へ|に(?:持ち?越し|継続|再審議|改めて審議)))(?:とする|となった|となる|を求める)?$|^.{0,16}(?:次回|次の会議)(?:以降)?(?:へ|に)の?(?:継続|持ち?越し?|繰り?越し?)$|^審議未了$|\((?:継続|継続審議|保留)\)$"), Outcome.CONTINUED),
    (re.compile(
        r"^(?:不承認|否|不可|否決|不適当|不相当|不同意|同意(?:しない|せず))(?:とする|となった|である)?$|^承認(?:しない|せず|されなかった)$"
        r"|^(?:適当|妥当)(?:でない|ではない|と認めない)$"), Outcome.REJECTED),
    (re.compile(r"^取り?下げ(?:られた|となった|る)?$"), Outcome.WITHDRAWN),
    (re.compile(r"^報告(?:のみ|済|済み|を受けた|を了承)?$"), Outcome.REPORTED),
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
        if pattern.match(word) or pattern.match(word + aside.rstrip("。-")):
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
