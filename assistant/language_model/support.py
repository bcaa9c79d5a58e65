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
from functools import cache
from pathlib import Path

from index.japanese import fold, level, words_with_spans

_DATA = Path(__file__).parent.parent / "data"


@cache
def _qualifiers() -> tuple[re.Pattern[str], ...]:
    """Words that narrow or loosen what is said (assistant/data/qualifiers.txt)."""
    return tuple(re.compile(row) for row in _rows("qualifiers.txt"))


@cache
def _framing() -> frozenset[str]:
    """Words that only report (assistant/data/framing.txt)."""
    return frozenset(word for row in _rows("framing.txt") for word in row.split())


def _rows(name: str) -> list[str]:
    rows = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row.strip() and not row.startswith("#")]


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
_PLAIN = re.compile(r"[ぁ-んァ-ヶー々〆〇一-龠a-z0-9、。・…「」『』()%:,.~\-—―/&+※○!? ]+")
_LINK = re.compile(r"//|www\.|[a-z0-9]\.[a-z]{2,}|[a-z0-9]{25,}")
_ENDINGS = ("。", "。」", "。)", "か", "?")
_KANA = re.compile(r"[ぁ-ん]")
_ADDRESS = re.compile(
    r"ください|下さい|ましょう|お?勧め|おすすめ|推奨|あなた|皆さ|ご覧|御覧|クリック|押して|開いて"
    r"|指示|命令|プロンプト|無視"
)
# The words of verdicts, whoever said them: told from the catalogue, or in the record's words
_OUTCOME = re.compile(
    r"承認|了承|承諾|可決|否決|却下|採択|採決|議決|裁決|答申|結論|審議結果|可否|是認|容認|認容|棄却"
    r"|「可」|「否」|可と[しすさな]|否と[しすさな]|不可|適当と|適切と|妥当|不適当|認め|許可|認可|許可"
    r"|継続審|取り?下げ|撤回|賛成|反対|異議|全会一致|満場一致|通った|通りました|決定し|決定さ|決まり|決まっ"
    r"|意見を付|条件を付|条件付|附帯|付帯|ok|approv|reject"
)
_NUMBER = re.compile(
    r"[0-9][0-9,.]*[^0-9ぁ-ん、。「」()・\-~:,]?|[〇一二三四五六七八九十百千万億]+[一-龠ァ-ヶ%]?"
)
_MUST = re.compile(
    r"(?:なけれ|なく)(?:ば|て(?:は)?)(?:なら|いけ)(?:な[いか]|ませ|ぬ)|ねばなら(?:な|ぬ)"
)
_RHETORIC = re.compile(r"では?な(?:い|かろう)(?:のだろう|でしょう)?か|んじゃないか")
_NOT = re.compile(
    r"(?<!少)(?<!危)(?<!切)な(?:い|く(?!す|せ|さ)|かっ|けれ|さそう)|ませ?ん|無い|無く|無し|なし"
    r"|(?<!ま)(?<!必)(?<!は)ず(?=[、。にともはで]|$)|ぬ(?=[、。]|$)|ざる|まい(?=[、。とが]|$)|(?<=[一-龠])不可|できん"
)
_ASKED = re.compile(r"か(?:[。?？」]|$)|[?？]|か教え|か伺|か聞|か確認|かどうか")
_ASKING = re.compile(r"尋ね|たずね|質問|問[いうわっ]|聞[いきか]|確認|伺")
_CAUSE = re.compile(r"ため|ので|(?<!に)よって|従って|したがって|理由|なぜなら|だから|結果")
_CURT = 12  # characters of a reply that may be told by its very words
_CONDITION = re.compile(r"(?:場合|とき|時|際|れば|たら|なら|限り|除き|範囲で)(?:に|は)*[、,]")
_TRIFLE = re.compile(r"[ぁ-ん]{1,2}")


def hidden_off(text: str) -> str:
    """The text without characters that nobody sees (zero width, direction, control)."""
    return "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cn")
    )


def plain(sentence: str) -> bool:
    """Whether it is a Japanese sentence of ordinary characters, without links or mark-up."""
    key = unicodedata.normalize("NFKC", sentence).lower()
    return bool(_KANA.search(key) and _PLAIN.fullmatch(key)) and not _LINK.search(key)


def can_be_told(quoted: str) -> bool:
    """Whether a sentence of a record may come back in a model's words at all.

    Not rows and labels, which are best read as they stand; not what tells a verdict, bids the
    reader do something, or holds links or mark-up.
    """
    key = fold(quoted)
    if "\t" in quoted.strip():
        return False
    return plain(" ".join(quoted.split())) and key.endswith(_ENDINGS) and not (
        _OUTCOME.search(key) or _ADDRESS.search(key)
    )  # fmt: skip


def leads_with_condition(words: str) -> bool:
    """Whether the first clauses of a sentence set a condition for the rest (…の場合、)."""
    return bool(_CONDITION.search(fold(words)))


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
    if (found := _unknown(own, mine, quoted, held, about)) is not None:
        return found
    meant = _meant(own, mine, quoted)
    if not meant:
        return Refused.WORDS
    asks = _ASKED.search(own) or set(_ASKING.findall(own)) - set(_ASKING.findall(meant))
    if bool(_ASKED.search(meant)) != bool(asks) or own.endswith("か。"):
        return Refused.QUESTION
    if _negations(own) != _negations(meant):
        return Refused.NEGATION
    if any(bool(p.search(own)) != bool(p.search(meant)) for p in _qualifiers()):
        return Refused.QUALIFIER
    if _CAUSE.search(own) and not _CAUSE.search(held):
        return Refused.QUALIFIER
    return None if _in_order(mine, quoted) else Refused.ORDER


def numbers_of(text: str) -> list[str]:
    """The figures of a text, folded, each with the character that counts."""
    return [match[0] for match in re.finditer(r"[0-9][0-9,.]*[^0-9、。「」()]?", fold(text))]


def share_told(line: str, sentences: Sequence[str]) -> float:
    """How much of the words of `line` (a sentence of a record) stands in `sentences`: 0 to 1."""
    told = {key for sentence in sentences for key, _ in _words(sentence)}
    folded = fold("".join(sentences))
    said = {key: surface for key, surface in _words(line) if not _frames(key, surface)}
    held = sum(key in told or (len(word) > 1 and word in folded) for key, word in said.items())
    return held / len(said) if said else 1.0


def _stands(number: str, held: str) -> bool:
    at = held.find(number)
    while at >= 0:
        if not (number[0].isdecimal() and re.search(r"[0-9][.,]?$", held[max(0, at - 2) : at])):
            return True
        at = held.find(number, at + 1)
    return False


def _words(text: str) -> list[tuple[str, str]]:
    """The content words of a text: dictionary form and form as it stands, folded."""
    plain = level(text)
    return [(w.key, fold(plain[w.start : w.end])) for w in words_with_spans(plain)]


def _frames(key: str, surface: str) -> bool:
    return bool({key, surface} & _framing() or _TRIFLE.fullmatch(surface))


def _unknown(
    own: str, mine: Sequence[tuple[str, str]], quoted: Sequence[str], held: str, about: str
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
    bare = (fold(quote).rstrip("。") for quote in quoted)  # そうである。: nothing but framing words
    said = said or any(len(words) <= _CURT and words in own for words in bare)
    return None if said else Refused.WORDS


def _meant(own: str, mine: Sequence[tuple[str, str]], quoted: Sequence[str]) -> str:
    """The folded part of the quotes that the sentence tells: from the first clause that it takes
    half of its words from, with the condition before it (…の場合、), to the sentence's end."""
    keys = {key for key, _ in mine}
    parts = []
    for quote in quoted:
        start = 0
        clauses = [clause for clause in re.split(r"(?<=[、,，;；])", quote) if clause.strip()]
        for n, clause in enumerate(clauses):
            theirs = {key for key, surface in _words(clause) if not _frames(key, surface)}
            if not theirs and len(clauses) > 1:
                continue
            curt = len(fold(clause)) <= _CURT + 1 and fold(clause).rstrip("。") in own
            if curt or (theirs and 2 * len(theirs & keys) >= len(theirs)):
                parts.append(fold("".join(clauses[start:])))
                break
            start = start if _CONDITION.search(fold("".join(clauses[start : n + 1]))) else n + 1
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
