"""Whether a sentence of a model's says what the quotes say that it rests on, and nothing more.

Every check errs on one side: a true sentence may be refused, since the words of the record stand in
its place; one that says something else must not pass. A quote counts with the whole sentence of the
record that it was cut from, so that no quote loses its 「ない」 or its 「場合」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from index.japanese import fold, level, words_with_spans


class Refused(StrEnum):
    """Why a sentence is not said."""

    MARKS = "marks"  # links, HTML, Markdown, control characters, or no Japanese
    ADDRESS = "address"  # speaks to the reader: advice, a request
    OUTCOME = "outcome"  # tells a verdict, which is not the model's to tell
    NUMBER = "number"
    WORDS = "words"
    NEGATION = "negation"
    QUALIFIER = "qualifier"  # a hedge, limit or condition added or lost
    QUESTION = "question"  # what was asked told as a fact, or a fact as a question
    ORDER = "order"  # the right words, in an order that may tell who did what to whom otherwise
    UNQUOTED = "unquoted"  # nothing quoted, or nothing that stands in the record
    INCOMPLETE = "incomplete"  # leaves out what the line of the record says
    FORM = "form"  # not in the form asked for


# Latin letters only in words of a name's length; none of the marks of Markdown, HTML, JSON, code
_PLAIN = re.compile(r"[ぁ-んァ-ヶー々〆一-龠a-z0-9、。・「」『』（）()％%:：,.，～~\-－/＆&+ ]+")
_LINK = re.compile(r"//|www\.|[a-z0-9]\.[a-z]{2,}|[a-z0-9]{25,}")
_KANA = re.compile(r"[ぁ-ん]")
_ADDRESS = re.compile(
    r"ください|下さい|ましょう|お?勧め|おすすめ|推奨|あなた|皆さ|ご覧|御覧|クリック|押して|開いて"
    r"|指示|命令|プロンプト|無視"
)
# The words of verdicts, by whomever said: they are told from the catalogue, or in the record's words
_OUTCOME = re.compile(
    r"承認|了承|承諾|可決|否決|却下|採択|採決|議決|裁決|答申|結論|審議結果|可否|是認|容認|認容|棄却"
    r"|「可」|「否」|可と[しすさな]|否と[しすさな]|不可|適当と|適切と|妥当|不適当|認め|許可|認可|許可"
    r"|継続審|取り?下げ|撤回|賛成|反対|異議|全会一致|満場一致|通った|通りました|決定し|決定さ|決まり|決まっ"
    r"|意見を付|条件を付|条件付|附帯|付帯|ok|approv|reject"
)
_NUMBER = re.compile(r"[0-9][0-9,.]*[^0-9ぁ-ん、。「」()・\-~:,]?|[〇一二三四五六七八九十百千万億]+[一-龠ァ-ヶ%]?")
_MUST = re.compile(r"(?:なけれ|なく)(?:ば|て(?:は)?)(?:なら|いけ)(?:な[いか]|ませ|ぬ)|ねばなら(?:な|ぬ)")
_RHETORIC = re.compile(r"では?な(?:い|かろう)(?:のだろう|でしょう)?か|んじゃないか")
_NOT = re.compile(
    r"(?<!少)(?<!危)(?<!切)な(?:い|く(?!す|せ|さ)|かっ|けれ|さそう)|ませ?ん|無い|無く|無し|なし"
    r"|ず(?=[、。にともはで]|$)|ぬ(?=[、。]|$)|ざる|まい(?=[、。とが]|$)|(?<=[一-龠])不可|できん"
)
_ASKED = re.compile(r"か(?:[。?？」]|$)|[?？]|か教え|か伺|か聞|か確認|かどうか")
_ASKING = re.compile(r"尋ね|たずね|質問|問[いうわっ]|聞[いきか]|確認|伺")
# Words that narrow or loosen what is said: the sentence has those of its quotes, and no others.
_QUALIFIERS = tuple(
    re.compile(pattern)
    for pattern in (
        "以内|内に", "以上", "以下", "未満", "以前|より前|までに?は", "以後|以降|より後", "超[えす過]",
        "約|およそ|程度|ほど(?!こ)|ぐらい|くらい|前後|概ね|おおむね", "最大|最高|最長|最多", "最低|最小|最短|少なくとも",
        "のみ|だけ|しか|に限|限定|限り", "除[いくき外]|以外", "一部|部分的", "原則|基本的", "全て|すべて|全部|全員|完全",
        "まだ|未だ|いまだ", "もう|既に|すでに", "場合|時は|ときは|れば|たら|仮に|もし", "予定|見込|つもり|計画|たいと|ようと",
        "検討|想定|考え|思[うっいわ]", "可能性|かもしれ|おそれ|恐れ|懸念|心配|危険|リスク",
        "べき|ねばなら|なければなら|なくてはなら|必要", "してほしい|欲しい|願い|願う|求め|要望|望まし|いただきたい",
        "でしょう|だろう|よう(?:だ|です|な気)|らしい|そうだ|そうです|推[測察定]|みられ|見られ",
        "常に|必ず|絶対|一切|決して", "例外|特別", "暫定|試行|試験的|当面|一時的", "これまで|従来|過去", "今後|将来|これから",
    )
)  # fmt: skip
_CAUSE = re.compile(r"ため、|ため。|ための?です|ので|よって|従って|したがって|理由|なぜなら|そのため|だから|結果")
# What frames a report of someone's words. Whose they are stands behind the sentence anyway.
_FRAME = frozenset(
    "説明 述べる 記載 記録 資料 示す 答える 回答 返答 発言 話す 語る 触れる 挙げる 書く 場合 よる "
    "会議 審議会 件 案件 内容 旨 対象 又 また そして 更に なお 一方 尋ねる たずねる 質問 問う 聞く 確認 伺う 同じ "
    "それぞれ 行う".split()
)
_TRIFLE = re.compile(r"[ぁ-ん]{1,2}")


def hidden_off(text: str) -> str:
    """The text without characters that nobody sees (zero width, direction, control)."""
    return "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cn")
    )


def plain(sentence: str) -> bool:
    """Whether it is a Japanese sentence of ordinary characters, without links or mark-up."""
    key = unicodedata.normalize("NFKC", sentence).lower()
    return (
        bool(_KANA.search(key))
        and bool(_PLAIN.fullmatch(key) and _PLAIN.fullmatch(sentence.lower()))
        and not _LINK.search(key)
    )


def refused(sentence: str, quoted: Sequence[str], about: str = "") -> Refused | None:
    """Why a sentence may not be said of what is quoted; None where it may.

    `quoted` are whole sentences of the record, `about` what the matter and the speakers are called:
    its words may be used, its numbers may not.
    """
    own = fold(sentence)
    if not plain(sentence):
        return Refused.MARKS
    if not quoted:
        return Refused.UNQUOTED
    if _ADDRESS.search(own):
        return Refused.ADDRESS
    if _OUTCOME.search(own):
        return Refused.OUTCOME
    held = fold("。".join(quoted))
    if any(not _stands(number[0], held) for number in _NUMBER.finditer(own)):
        return Refused.NUMBER
    mine = _words(sentence)
    if (found := _unknown(mine, quoted, held, about)) is not None:
        return found
    meant = _meant(mine, quoted)
    if not meant:
        return Refused.WORDS
    asked = bool(_ASKED.search(meant))
    if asked != bool(_ASKING.search(own) or _ASKED.search(own)) or own.endswith(("か。", "か")):
        return Refused.QUESTION
    if _negations(own) != _negations(meant):
        return Refused.NEGATION
    if any(bool(p.search(own)) != bool(p.search(meant)) for p in _QUALIFIERS):
        return Refused.QUALIFIER
    if _CAUSE.search(own) and not _CAUSE.search(held):
        return Refused.QUALIFIER
    return None if _in_order(mine, quoted) else Refused.ORDER


def numbers_of(text: str) -> list[str]:
    """The figures of a text, folded, each with the character that counts."""
    return [match[0] for match in re.finditer(r"[0-9][0-9,.]*[^0-9、。「」()]?", fold(text))]


def share_told(line: Sequence[str], sentences: Sequence[str]) -> float:
    """How much of the words of `line` (sentences of a record) stands in `sentences`: 0 to 1."""
    told = {key for sentence in sentences for key, _ in _words(sentence)}
    said = {key for quote in line for key, surface in _words(quote) if not _frames(key, surface)}
    folded = fold("".join(sentences))
    surfaces = {key: surface for quote in line for key, surface in _words(quote)}
    held = sum(key in told or (len(key) > 1 and surfaces[key] in folded) for key in said)
    return held / len(said) if said else 1.0


def _stands(number: str, held: str) -> bool:
    at = held.find(number)
    while at >= 0:
        before = held[at - 1] if at else ""
        if not (number[0].isdecimal() and before and before in "0123456789.,"):
            return True
        at = held.find(number, at + 1)
    return False


def _words(text: str) -> list[tuple[str, str]]:
    """The content words of a text: dictionary form and form as it stands, folded."""
    plain = level(text)
    return [(w.key, fold(plain[w.start : w.end])) for w in words_with_spans(plain)]


def _frames(key: str, surface: str) -> bool:
    return key in _FRAME or surface in _FRAME or bool(_TRIFLE.fullmatch(surface))


def _unknown(
    mine: Sequence[tuple[str, str]], quoted: Sequence[str], held: str, about: str
) -> Refused | None:
    known = {key for quote in quoted for key, _ in _words(quote)}
    called = {key for key, _ in _words(about) if not re.search(r"[0-9〇一二三四五六七八九十]", key)}
    names = fold(about)
    said = False
    for key, surface in mine:
        if key in known or (len(surface) > 1 and surface in held):
            said = True
        elif not (
            _frames(key, surface)
            or key in called
            or (len(surface) > 1 and surface in names and not surface.isdecimal())
        ):
            return Refused.WORDS
    return None if said else Refused.WORDS


def _meant(mine: Sequence[tuple[str, str]], quoted: Sequence[str]) -> str:
    """The folded part of the quotes that the sentence tells: from the first clause that it takes
    half of its words from, to the end of that sentence."""
    keys = {key for key, _ in mine}
    parts = []
    for quote in quoted:
        clauses = [clause for clause in re.split(r"(?<=[、,，;；])", quote) if clause.strip()]
        for n, clause in enumerate(clauses):
            theirs = {key for key, surface in _words(clause) if not _frames(key, surface)}
            if theirs and 2 * len(theirs & keys) >= len(theirs):
                parts.append(fold("".join(clauses[n:])))
                break
    return "。".join(parts)


def _negations(key: str) -> int:
    return len(_NOT.findall(_RHETORIC.sub("か", _MUST.sub("べき", key))))


def _in_order(mine: Sequence[tuple[str, str]], quoted: Sequence[str]) -> bool:
    """Whether most of the sentence's words come as the quotes have them."""
    theirs = [key for quote in quoted for key, _ in _words(quote)]
    own = [key for key, surface in mine if key in theirs and not _frames(key, surface)]
    if len(own) < 2:
        return True
    row = [0] * (len(theirs) + 1)
    for key in own:  # the longest row of words that both have in this order
        before = 0
        for n, other in enumerate(theirs, start=1):
            kept, row[n] = row[n], before + 1 if key == other else max(row[n], row[n - 1])
            before = kept
    return row[-1] >= 0.75 * len(own)
