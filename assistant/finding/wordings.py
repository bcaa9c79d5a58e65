"""Sentence -> what it does by its wording: gives a reason, names a matter, calls on someone."""

from __future__ import annotations

import re

from assistant.finding.units import Unit
from index.japanese import fold

GROUND = re.compile(
    r"ため|鑑み|かんがみ|踏まえ|から|ので|理由|おそれ|不十分|不明|示されて|認められない|とは言え|べき|必要性"
    r"|[1-9]点"
)
WISHES = re.compile(r"たい(?=と考|。|$)|ねらい|目的と")  # why a thing is done
_LACKS = re.compile(
    r"しかね|(?:足り|でき|分から|言え|決まって(?:は)?い|なって(?:は)?い|されて(?:は)?い)(?:な|ませ|ず)|整理(?:し|さ)|長すぎ|大きすぎ"
)
_FROM = re.compile(r"(?<=[一-龠々ァ-ヶー])から(?![、。])")  # 税務課から: no ground
_LABELLED = re.compile(r"^[^。、\s]{2,8}[ \u3000]*[:：][^ぁ-ん。]*$")
# 報告は以上です。資料をご覧ください。: says nothing itself
_FORMULA = re.compile(
    r"[^。]{0,40}(?:以上(?:です|でございます|になります|となります|で(?:説明|報告)を終わ[^。]{0,8})"
    r"|(?:をご覧|ご参照)(?:に?なって)?(?:ください|いただ[^。]{0,8}))。?"
)
# …ということか。 → そうである。: what was asked is so
AFFIRMS = re.compile(
    r"(?:はい|そう(?:です|である|なります|いうこと)|(?:その|おっしゃる|ご?指摘の|お見込みの|ご質問の|言われる)(?:とお|通)り)"
)
NARRATED = re.compile(
    r"^[―—–─\-][^。]{2,40}[―—–─\-]$|^※[^。]{2,20}回答$|^[【〔〈《][^】〕〉》]{1,20}[】〕〉》]$"
)
# 諮問第6号「…の導入について」ですが、: what names a matter says nothing of it
_BESIDES = re.compile(
    r"「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』|\([^()]*\)|第[0-9-]+号"
    r"|(?:諮問|議案|報告|議題|案件|協議|審議)(?:事項|案件)?[0-9]*"
)
# 福祉課から説明をお願いします: calls on someone, and says nothing itself
_CALLS_ON = re.compile(
    r"[^。]{0,24}(?:お願い(?:いた|申し上げ)?し?ます|説明を求めます)。?|[^。]{0,12}それでは[^。]{0,12}に入ります。?"
)
_NAMES_MATTER = re.compile(
    r"(?:について|に関する(?:こと|事項|件)|の件|に関して)(?:\([^()]*\))?(?:です(?:が)?|ですけれども)?[。、]?$"
)
_AGENDA = re.compile(r"(?:開会|挨拶|あいさつ|諮問書).{0,300}(?:その他|閉会)")


_OPPOSES = re.compile(
    r"反対|賛成(?:は|も)?(?:でき|し)(?:な|ませ|かね)|異議が?あ[りる](?!ませ)|異論が?あ[りる](?!ませ)|納得(?:は|が)?(?:でき|い)"
    r"(?:な|ませ|か)|容認でき|(?:認め(?:る|られる)?)?べきで(?:は)?(?:な(?!い?(?:の|ん|で|だろう)?(?:しょう)?か)|ありません(?!か))"
)


def opposes(folded: str) -> bool:
    """Whether folded words say that the speaker is against the matter."""
    return bool(_OPPOSES.search(folded))


def gives_ground(folded: str) -> bool:
    """Whether a sentence gives a ground: no question, no naming of the matter, no bare thanks."""
    if folded.rstrip("」』)").endswith(("か。", "か", "?")) or announces_matter(folded):
        return False
    folded = _FROM.sub("", folded)
    return bool(GROUND.search(folded) or _LACKS.search(folded))


def bare_label(unit: Unit) -> bool:
    """Whether a line only sets a name behind a label, or tells what was done in the sitting."""
    row = unit.text.strip()
    return unit.role is None and bool(_LABELLED.match(row) or NARRATED.match(row))


def formula(folded: str) -> bool:
    """Whether folded words are nothing but what closes a speech or points to a paper."""
    return bool(_FORMULA.fullmatch(folded))


def announces_matter(folded: str) -> bool:
    """Whether folded words only name a matter, on an agenda or before it is taken up."""
    return bool(_NAMES_MATTER.search(folded) or _AGENDA.search(folded)) or _only_names(folded)


def _only_names(folded: str) -> bool:
    """Whether next to nothing is left of words but what names a matter."""
    rest = _BESIDES.sub("", folded)
    return rest != folded and (len(rest) < 10 or bool(_CALLS_ON.fullmatch(rest)))


def announces(unit: Unit) -> bool:
    own = fold(unit.text)
    if _CALLS_ON.fullmatch(own):
        return True
    if unit.role is None and not unit.in_table:
        return announces_matter(own)
    return bool(_NAMES_MATTER.search(own)) or (unit.role is None and bool(_AGENDA.search(own)))
