"""Sentences that decide the parts of a matter differently: what they approve is not the whole.

住所の提供は承認し、氏名の提供は承認しない。 年齢を除き、適当と認める。 住所に限って了承とする。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.grammar.deferral import GENERAL

_GOOD = r"(?:(?:承認|了承|可決)(?!しな|しませ|されな|できな|せず)|認め(?!ない|られない|られ(?:る|た)(?:が|もの)|ること(?:は|が)でき)|可と|「可」|適当(?:と|で(?!(?:は)?な))|妥当(?:と|で(?!(?:は)?な)))"
_BAD = (
    r"(?:(?:承認|了承|同意|可決)(?:は)?(?:し|され|でき)(?:ない|ず)|認め(?:ない|ず|られ(?:ない|ず)|ることは?でき(?:ない|ず))|(?:例外|対象|類型)(?:と|に)(?:し|含め)ない|不承認|不可|不適当|不適切|不相当|否(?:と|決)|「否」|見送|差し控え"
    r"|継続(?:審|協|と|して|扱|す)|保留|留保|(?:適当|妥当|相当)(?:で(?:は)?な[いく]|と(?:は)?(?:認められ|いえ|言え)ない))"
)
_OF = r"(?:については|に関しては|につきましては|は|のみ(?:を)?|に限って|に限り|だけ(?:は|を)?)、?"
# the one thing is approved and the other not, or the other way round
_CONTRAST = re.compile(
    r"(?:開示|公開|訂正|利用停止)(?:を)?すべきで(?:ある|す)が、[^。]{2,80}(?:妥当|適当|相当)"
    r"|(?:不開示|非開示|非公開)[^。]{0,60}(?<!不)(?<!非)(?:開示|公開)することが(?:妥当|適当|相当)"
    rf"|(?:適当|妥当|承認|可と)[^。]{{0,10}}が、[^。]{{2,60}}{_BAD}"
    rf"|[^。、]{{0,24}}{_OF}(?:[^。、]{{0,30}}(?:前提|条件)に[^。、]{{0,12}})?{_GOOD}(?:[^。]{{0,16}}(?:し|る|た|め))?(?:が|ものの)?、[^。]{{2,80}}?(?:については|に関しては|は)、?[^。]{{0,40}}?{_BAD}"
)
_WORDS_APART = re.compile(
    r"(?:は|については)、?(?:可|承認|了承|適当|妥当)、[^。、]{1,40}(?:は|については)、?(?:不可|否|不承認|不適当|継続|保留)"
)
_CONTRAST_AFTER = re.compile(
    rf"(?:については|に関しては|は)、?[^。、]{{0,30}}?{_BAD}(?:(?:もの|こと)?(?:と(?:し|する))?(?:が|ものの)?)?、(?P<other>[^。]{{2,60}}?)(?:については|に関しては|は)、?[^。]{{0,20}}?{_GOOD}"
)
_WHOLE = re.compile(r"本件|この件|本案|諮問|審議会|審査会|委員会|全体|結論|以上")
# all but one thing, or one thing alone
_BUT = re.compile(
    r"(?P<what>[^。、]{1,40}?)(?:を除(?:き|いて|いた[^。、]{0,8}|く[^。、]{0,8})|以外(?:の[^。、]{1,12})?(?:は|については|について|を))"
    rf"、?(?P<rest>[^。]{{0,40}}?){_GOOD}"
)
_ONLY = re.compile(
    rf"(?P<what>[^。、]{{1,40}}?)(?:のみ(?:を|は|について|に限り)?|に限って|に限り|だけ(?:を|は|について)?)、?{_GOOD}"
)
_A_PART = re.compile(
    r"一部を除(?:き|いて)、?(?:承認|了承|認め|可)"
    r"|(?:一部|部分)(?:を|のみ|について(?:のみ)?|に限り)?(?:、)?(?:承認|了承|認め|可(?!能))"
)
# who did not vote, when it does not hold, for how long: these are no parts of a matter
_NO_PART = re.compile(
    r"委員|会長|[0-9一二三四五六七八九十]名|人$|議員|反対|棄権|欠席|退席|場合|とき|際|緊急|例外|特別|法令|やむ|定め|年度?$|[0-9]月|期間|[今次前]回|当面|当分|本件|全員|賛成"
)


# without one of these a sentence parts nothing
_MAY_PART = re.compile(
    r"一部|部分|べき|[不非][開公]|除[きいく]|以外|のみ|限[っり]|だけ|ない|なく|[ずか否不]|見送|継続|[保留]留"
)


_MAY_APPROVE = re.compile(r"承認|了承|認め|可|適当|妥当|相当")


def decided_in_part(key: str, about: str) -> re.Match[str] | None:
    """Where a folded sentence approves but a part of the matter, whose folded title is `about`."""
    if not (_MAY_APPROVE.search(key) and _MAY_PART.search(key)):
        return None
    found = [*_A_PART.finditer(key), *_WORDS_APART.finditer(key)]
    found += [m for m in _CONTRAST.finditer(key) if not GENERAL.search(m.group())]
    found += [m for m in _CONTRAST_AFTER.finditer(key) if not _WHOLE.search(m["other"])]
    found += [m for m in _ONLY.finditer(key) if not _NO_PART.search(m["what"][-12:])]
    if "除" not in about:
        found += [
            m
            for m in _BUT.finditer(key)
            if not _NO_PART.search(m["what"][-12:]) and "条件" not in m["rest"]
        ]
    return max(found, key=lambda match: match.start(), default=None)


def says_how(match: re.Match[str], conditions: Sequence[tuple[int, int]]) -> bool:
    """Whether what `decided_in_part` found stands in a condition (a span of the same sentence): there it
    says how the whole may be done."""
    return any(start < match.start() < end for start, end in conditions)
