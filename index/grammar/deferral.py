"""Sentences that put a matter off: it comes back to the council, whatever good was said of it before.

本日は結論を出さず、次回に再度諮る。 可決に至らず。次回改めて審議する。 大筋で了承し、詳細は次回とする。
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.japanese import fold

_NEXT = r"(?:次回(?:以降)?|次の(?:会議|審議会|審査会|委員会|機会|会(?![長員]))|[0-9]{1,2}月の(?:会議|審議会|審査会|委員会)(?=で)|後日)"
_COMES_BACK = re.compile(
    # at the next sitting it is deliberated, or decided
    rf"{_NEXT}(?:の(?:会議|審議会|審査会|委員会))?(?:に|で|へ|も|まで|において)?(?:は)?、?[^。]{{0,24}}?"
    r"(?:続きを|論点を(?:整理|まとめ|詰め)|説明を(?:受け|聞[きくい]|聴)|審議(?![会日])|審査(?![会日])|点検|協議(?!会)|検討|議論|諮(?!問[のと])|付議|上程|出して(?:いただ|くださ|もら)|お?持ち(?:くださ|いただ)|再提[案出]|改めて提出|判断|結論|採決|議決|承認|可決|決定|決め|決し"
    r"|持ち?越|繰り?越|先送り|回す|回し|回り)"
    rf"|(?:詳細|細目|細部|結論|採決|議決|判断|決定|答申)(?:は|を)、?{_NEXT}(?:と|に|へ)"
    rf"|(?:整理|整え|宿題|持ち帰|資料|補)[^。]{{0,30}}{_NEXT}[^。]{{0,14}}(?:説明|示し|御?回答|出し)"
    # today it is not
    r"|(?:本日|今日|きょう|今回)(?:のところ)?(?:は|では|の(?:会議|審議会|審査会)では)、?[^。]{0,12}"
    r"(?:(?:結論|決定|決|採決|議決|答申)[^。、]{0,6}(?:至ら|出さ|出せ|せ|し|め|行わ)?(?:ず(?![れに])|ない)|(?:承認|可決|決定)(?:せず|しない(?:こととし|で))|見送|見合わせ|保留|留保|持ち帰)"
    # once more: もう一遍揉みましょう
    r"|もう(?:一|1)(?:度|遍|回)、?[^。]{0,16}(?:揉|もみ|審議|議論|検討|協議|出して|御?提出|諮|お?持ち|持って|説明を(?:受け|聞|聴)|や(?:る|り(?:ま|た)))"
    # it is not settled: どれと決めるのはやめておきます
    r"|(?:決める|結論を出す|答申(?:を)?する)(?:の|こと)は(?:や|止)め|(?:本日|今日|この日|今回)は[^。、]{0,10}答申(?:を|は)?(?:し|行わ|出さ)ない"
    r"|可(?:とも|だとも)否(?:とも|だとも)[^。]{0,10}(?:言|申し|決め)"
    # nothing was concluded
    r"|(?:結論|意見)(?:の一致)?(?:は|が|を|に|には|も)[^。、]{0,4}(?:出さず|出ず|得られ(?:ず|な)|まとまら|至ら(?:ず|な)|出さないこと|急が(?:ず|ない))|(?:見|聞い|待っ|確かめ)てから(?:決め|判断|結論)"
    r"|(?:承認|可決|議決|決定)に(?:は)?至ら(?:ず|なかったため|ないため)、?[^。]{0,20}(?:継続|審議|協議|諮|持ち|保留|再)"
    # it must be asked again, or is asked of the members by turns
    r"|(?:出し直|提出し直|再提出|再諮問|練り直|(?:改めて|再度)(?:の)?(?:諮問|提出))[^。、]{0,12}(?:求め(?:る|た)|促(?:す|し)|要請|依頼)"
    r"|持ち回り(?:で|により|の)[^。、]{0,10}(?:諮|審議|決|確認)"
    r"|持ち帰(?:り|って)[^。]{0,16}(?:検討|整理|協議)(?=する|し|を|いただ|こと)"
)
# what is told at the next sitting of a matter that goes ahead, or is another matter
_WHAT_FOLLOWS = r"(?:運用|稼働|実施|導入|提供|利用)(?:開始)?後?の?(?:状況|実績|結果|経過|効果)[^。]{0,24}(?:説明|報告)|(?:別|他|ほか)の(?:案件|議題|件)"
# a plan for the case that something changes; what comes at the next sitting is not the matter itself
_OTHERWISE = re.compile(
    r"(?:場合|とき|際|ときに|時)(?:に|には|は|も)、?|(?:あれ|なれ|すれ|生じれ)ば"
    r"|(?:答申|文案|文言|文面|会議録|議事録|要旨|日程|運用(?:の)?(?:状況|実績)|実績|実施状況|結果|進捗|履行)[^。、は]{0,10}(?:は|を|について(?:は)?|も)、?[^。、]{0,6}"
    r"(?:次回|次の|後日)"
    rf"|{_WHAT_FOLLOWS}"
    r"|(?:次回|次の|後日)[^。、]{0,14}(?:日程|開催|予定|日時|は[^。]{0,12}[0-9一二三四五六七八九十]+[月日])"
)
# another matter than this one: 児童手当の件は次回に
_OF_ANOTHER = re.compile(r"(?P<topic>[^。、]{2,40})の?(?:件|案件|議題)(?:は|について|につきまして)")
_THIS = re.compile(r"(?:本|この|当該|同|その|今の|ただいまの|以上の)$")
_PAST = re.compile(
    r"前回|前々回|(?:継続|持ち越|保留)[^。、]{0,10}(?:ていた|となっていた|とした|となった)(?:本|この|もの|件|案)"
)
# however much is said of the last sitting before: 前回と異なるので、結論は次回とする
_NOW = re.compile(
    rf"(?:結論|採決|議決|判断|決定|答申)(?:は|を)、?{_NEXT}(?:と|に|へ)(?:する(?!と[しなさの])|します|したい|いたし|致し|持ち越)"
)
# said of what may be, or of what others think
_NOT_SAID = re.compile(
    r"(?:かもしれ|べきと|べきだと|べきで|という(?:御?意見|声)|との(?:御?意見|声)|ほしい|欲しい|ではない(?:か|でしょう))[^。]{0,12}。?$"
    r"|(?:(?<!けます)(?<!さいます)か|でしょうか|いかが)[。?？」)）]*$"
)
_SHARED = 4


@lru_cache(maxsize=2048)
def put_off(sentence: str, *, about: str = "") -> bool:
    """Whether a sentence says that the matter, whose folded title is `about`, was not decided yet."""
    key = fold(sentence)
    match = max(_COMES_BACK.finditer(key), key=lambda found: found.start(), default=None)
    if match is None or _NOT_SAID.search(key) or _OTHERWISE.search(key):
        return False
    if _PAST.search(key[: match.end()]) and not _NOW.search(key):
        return False
    if of_other_matter(key[: match.start()], about):
        return False
    return not _condition_of_approval(key, match.end())


def verdict_put_off(sentence: str) -> bool:
    """Whether a sentence puts the very verdict off (結論は次回とする): no condition of one given before it."""
    return bool(_NOW.search(fold(sentence)))


def in_part_put_off(sentence: str) -> bool:
    """Whether a sentence after an approval puts off but a part of the matter: …の分については、継続とする。"""
    key = fold(sentence)
    return bool(_PART.match(key)) and not _WHOLE.match(key)


_PART = re.compile(r"[^。、]{2,40}(?:については|に関しては|のみ|(?:部分|分)は)")
_WHOLE = re.compile(
    r"(?:なお|ただし|但し)?、?(?:本件|この件|本案|結論|採決|答申|詳細|細目|細部|判断|管理|[^。、]{0,10}(?:の方法|要領|協定|資料))"
)
# what is found good in general is no part of a matter: 趣旨については了承し、細目については継続とする
GENERAL = re.compile(
    r"(?:方向性?|趣旨|必要性|目的(?!外)|大筋|総論|考え方|全体)(?:について)?(?:は|で)"
)


def of_what_follows(said: str) -> bool:
    """Whether folded words put off only what is to be told of a matter that goes ahead: 次回に運用の状況の説明を受ける."""
    return bool(re.search(_WHAT_FOLLOWS, said)) and not re.search(r"継続|保留|留保|見送|持ち", said)


def of_other_matter(key: str, about: str) -> bool:
    """Whether a folded sentence is about another matter than that of the folded title `about`: 手当の件は…"""
    other = _OF_ANOTHER.search(key)
    if other is None or not about:
        return False
    topic = other["topic"]
    if _THIS.search(topic):
        return False
    return not any(topic[at : at + _SHARED] in about for at in range(len(topic) - _SHARED + 1))


def _condition_of_approval(key: str, end: int) -> bool:
    """Whether what is put off is only the condition on which the matter is approved."""
    return bool(
        re.match(
            r"[^。、]{0,30}(?:こと(?:を|が)?|旨(?:を)?)、?(?:[^。]{0,10})(?:条件|附帯|付帯|意見|要望|前提)",
            key[end:],
        )
    )
