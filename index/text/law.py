"""Rules: the articles a case rests on, and under which law it was decided.

Until 31 March 2023 a council decided under its municipality's own ordinance; since 1 April 2023 the
national Act on the Protection of Personal Information applies to local governments directly. An
assembly is not under the Act: it keeps an ordinance of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.japanese import FiscalYear, folded_with_offsets, number

ORDINANCE, ACT = "ordinance", "act"
ACT_APPLIES = date(2023, 4, 1)


@dataclass(frozen=True, slots=True)
class Article:
    """An article cited, by its full name (条例第9条第3項第4号), and where the record cites it.

    `rule` says of which rules it is: ordinance, former (旧条例), act, number (番号法), assembly (an
    assembly's ordinance), other, or empty where that cannot be told. Of a list or a range the
    articles share their span's law; `healed` is what the record has where a character is misread.
    """

    name: str
    start: int
    end: int
    rule: str
    healed: str = ""


# --- articles --------------------------------------------------------------------------------

_N = r"[0-9〇一二三四五六七八九十百]{1,4}"
_MISREAD = str.maketrans({"粂": "条", "頃": "項"})
_PIECE = (
    rf"第{_N}(?:[条粂](?:の[0-9一二三四五六七八九]{{1,2}})?(?:第{_N}[項頃])?(?:第{_N}[号項])?"
    rf"|[項頃](?:第{_N}号)?|号)(?:(?:ただし書|本文|各号|前段|後段)(?!の)(?:第{_N}号)?)?"
)
_JOIN = r"(?:及び|並びに|、|,|又は|若しくは|・|と|から|~|-)"
_FIRST = rf"第{_N}[条粂](?!例)"
_ARTICLES = re.compile(
    rf"同条(?P<of_same>第{_N}[項頃](?:第{_N}号)?)"
    rf"|(?={_FIRST})(?P<list>{_PIECE}(?:{_JOIN}{_PIECE})*)(?:まで)?"
)
_SPLIT = re.compile(rf"{_JOIN}(?=第)")
_BRACKET_BEFORE = re.compile(r"[(\[](?:[^()\[\]]|\([^()]{0,40}\)){0,70}[)\]]$")
_KANJI = r"[一-龠ァ-ヶー々〆ヵヶ・]"
_ENDING = r"(?:施行(?:条例|規則|令|規程|細則))?"
# of a name that holds の and に関する, its middle is known; of any other, only its last run is taken
_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_KANJI}{{0,12}}(?:議会の)?個人情報(?:等)?の(?:適正な取扱い|取扱い|保護|管理)(?:及び{_KANJI}{{1,6}})?(?:等)?"
        rf"に関する(?:法律|条例){_ENDING}$",
        rf"行政手続における特定の個人を識別するための番号の利用等に関する法律{_ENDING}$",
        rf"{_KANJI}{{2,20}}(?:(?:の|及び|等の){_KANJI}{{1,12}}){{0,4}}に関する(?:法律|条例){_ENDING}$",
        rf"{_KANJI}{{0,22}}(?:条例|規則|要綱|規程|細則){_ENDING}$",
        rf"{_KANJI}{{0,18}}(?:法|法律|令){_ENDING}$",
    )
)
_NOT_OF_A_NAME = re.compile(r"^[・･‧•]*(?:(?:諮問|根拠|該当|報告|関係|規定|理由|事項)+(?=.{2}))?")
_LONGEST_NAME = 90


def read_articles(text: str, start: int, end: int) -> list[Article]:
    """The articles cited in a part of a record, in their order, each once a mention.

    A list (第6条及び第10条) is its articles; a range (第9条から第12条まで) its two ends.
    """
    part = text[start:end]
    if not re.search("[条粂]", part):  # most have none; to fold is slow
        return []
    key, offsets = folded_with_offsets(part)
    found: list[Article] = []
    law = rule = head = ""
    last_end = -1
    for match in _ARTICLES.finditer(key):
        span = (start + offsets[match.start()], start + offsets[match.end() - 1] + 1)
        if match["of_same"]:
            if head:
                name = _plain(head + match["of_same"])
                found.append(Article(name, *span, rule))
            continue
        named, its_rule, at = _law_before(key, match.start())
        if named:
            law, rule = named, its_rule
            span = (start + offsets[at], span[1])
        elif match.start() - last_end > 40:
            law = rule = ""  # too far from the law named last to be of it
        last_end = match.end()
        previous = ""
        for piece in _SPLIT.split(match["list"]):
            plain = _plain(piece)
            if "条" not in plain:  # 第9条第1項及び第2項: what it leaves unsaid is of the one before
                unit = "項" if "項" in plain else "号"
                plain = re.sub(rf"第\d+{unit}.*$", "", previous) + plain
            previous = plain
            head = re.sub(r"(条(?:の\d+)?).*$", r"\1", plain)
            healed = piece if re.search("[粂頃]", piece) else ""
            found.append(Article(law + plain, *span, rule, healed))
        head = law + head
    return found


def _plain(piece: str) -> str:
    """第九条第三頃 as 第9条第3項, without 本文 and the like."""
    piece = re.sub(r"(?:ただし書|本文|各号|前段|後段)", "", piece.translate(_MISREAD))
    return re.sub(
        r"(?<=第)[〇一二三四五六七八九十百]+|(?<=の)[一二三四五六七八九]",
        lambda match: str(number(match.group())),
        piece,
    )


def _law_before(key: str, at: int) -> tuple[str, str, int]:
    """The name of the law right before `at`, its rule, and where the name begins.

    Between them may stand a bracket that defines it (以下「旧条例」という。).
    """
    window = key[max(0, at - _LONGEST_NAME) : at]
    base = at - len(window)
    bracket = _BRACKET_BEFORE.search(window)
    former = ""
    if bracket and re.search(r"以下|第\d+号|という", bracket.group()):
        window = window[: bracket.start()]
        former = "former" if "「旧" in bracket.group() else ""
    if not window.endswith(("例", "則", "法", "律", "令", "綱", "程", "細則")):
        return "", "", at
    for pattern in _NAMES:
        match = pattern.search(window)
        if match:
            cut = _NOT_OF_A_NAME.match(match.group())
            begin = match.start() + (cut.end() if cut else 0)
            return window[begin:], former or _rule_of(window[begin:]), base + begin
    return "", "", at


_FORMER = re.compile(r"^旧|改正前|廃止前|旧条例|旧個人")
_NUMBER_ACT = re.compile(r"番号(?:利用)?法|マイナンバー|特定の個人を識別")
_OF_ASSEMBLY = re.compile(r"議会.*個人情報.*条例")
_ACT_NAMED = re.compile(r"個人情報(?:の)?(?:保護)?(?:に関する)?法|法(?:律)?施行")
_ORDINANCE_NAMED = re.compile(r"個人情報.*(?:条例|規則)")


def _rule_of(law: str) -> str:
    if not law:
        return ""
    if _FORMER.search(law):
        return "former"
    if _NUMBER_ACT.search(law):
        return "number"
    if _OF_ASSEMBLY.search(law):
        return "assembly"
    if _ACT_NAMED.search(law):
        return ACT
    if _ORDINANCE_NAMED.search(law) and not law.startswith("情報公開"):
        return ORDINANCE
    if law in ("条例", "本条例", "当該条例", "条例施行規則", "市条例", "町条例", "県条例"):
        return ORDINANCE
    return "" if law in ("法", "同法", "同条例", "規則", "本法", "新法", "旧法") else "other"


# --- under which rules -----------------------------------------------------------------------

_OF_DISCLOSURE = re.compile(r"情報公開|公文書|行政文書|行政不服")


def decided_under(
    day: date | None,
    year: int | None,
    articles: Sequence[Article],
    *,
    body: str | None,
    enacting: bool = False,
) -> tuple[str | None, str]:
    """`ordinance`, `act`, or None, with a doubt to show (a Japanese sentence) or "".

    `day` and `year` (the western year the fiscal year begins in) are the decision's, `body` the
    council; `enacting` says that the record speaks of the new ordinances that go with the Act
    (法施行条例), which 条例 may then mean. None is a case without a date, or one
    of other rules altogether (情報公開条例).
    """
    rules = {article.rule for article in articles}
    if rules == {"other"} or (
        not rules - {"other", ""}
        and body is not None
        and "個人情報" not in body
        and _OF_DISCLOSURE.search(body)
    ):
        return None, ""
    if day is None and year is None:
        return None, ""
    begins = day.year if day and day.month >= 4 else day.year - 1 if day else year
    assert begins is not None
    after = begins >= ACT_APPLIES.year
    if not after:
        return ORDINANCE, ""
    if "assembly" in rules or (body is not None and re.search(r"議会.{0,6}個人情報", body)):
        return ORDINANCE, ""
    if "former" in rules:
        return ORDINANCE, (
            f"{FiscalYear.beginning(begins).name}の案件ですが、旧条例を引いています。"
            "経過措置により旧条例で判断された案件とみられます"
        )
    if ORDINANCE in rules and not enacting:
        cited = next(article.name for article in articles if article.rule == ORDINANCE)
        return ACT, (
            f"2023年4月1日以後の案件ですが、「{cited}」を引いています。"
            "個人情報保護法と条例のどちらによる判断か、原文で確かめてください"
        )
    return ACT, ""
