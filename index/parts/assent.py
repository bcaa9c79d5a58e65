"""What a chair puts to the members, and whether they assent: a question that all answer 異議なし decides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from index.grammar.verdicts import Verdict, read_verdict
from index.japanese import fold, folded_with_offsets
from index.parts.rulings import Ruling, ruling_of
from index.text.case_numbers import of_another
from index.text.lines import Line
from index.text.sentences import sentences
from index.text.turns import Role, Turn

_ASSENT = re.compile(r"異議なし|異議ありません|はい|賛成|結構|よい|了承|全員挙手|承認")
# what the chair puts to the members, and the words after what is put
_PUT = re.compile(
    r"(?:(?:もの|か)?と(?:思い|考え|存じ)ますが、|して|(?:(?:する)?(?:こと|もの|形))?と(?:して|する)?|(?:する)?(?:という)?(?:こと|形|扱い|結論|方向|もの|の))?(?:で|に|と)?(?:も)?、?(?:(?:答申|決定|処理|整理|議決)?(?:を)?(?:し|いたし|させていただき|まとめ|取りまとめ)たい(?:と(?:思い|考え|存じ)ます|です)?(?:が|けれども)、?)?(?:(?:委員の?)?(?:皆さん|皆様|皆さま|各委員)?、?)?"
    r"(?:(?:御|ご)?(?:(?:よろし|宜し|良|よ)い?(?:い|く|ゅう)?|いい)(?:です|でしょう|ございま(?:しょう|す))*(?:か(?:ね|な)?|ね)"
    r"|(?:御|ご)?(?:異議|異存|反対)(?:は|が)?(?:あり|ござい)ません(?:で(?:しょう|す))?(?:か|ね)|(?:御|ご)?異議(?:は|が)?ないでしょうか"
    r"|いかが(?:です|でしょう)か|賛成の(?:方|委員|皆)[^。]{0,10}(?:挙手|起立|御?起立)[^。]{0,14}"
    r"|(?:し|いたし|させていただき|まとめ|取りまとめ)たい(?:と(?:思い|考え|存じ)ます|と思う|です)?(?:が|けれども)?(?:、?(?:いかが|よろし)[^。]{0,14})?)[。?？」)）]*$"
    # left open: お認めするということで。 了承ということで。
    r"|(?<=[るいた])(?:という)?ことで[。…]*$|(?<=承認|了承|可決|継続|保留|適当|妥当)(?:という)(?:こと|形)で[。…]*$|(?<=[審協][議査])ということで[。…]*$"
)
_AGREED = re.compile(
    r"^[(（〔]?「はい」|異議なし|異議ありません|異議はありません|賛成(?:です|します|$|。)|全員挙手|挙手全員|全員賛成|賛成(?:の声)?多数|賛成の声|挙手多数|異議ない"
    r"|^[(（〔][^()（）]{0,12}(?:了承|賛同|同意|うなず)"
)
_OPPOSED = re.compile(
    r"反対(?!.{0,3}(?:なし|0|ゼロ))|賛成(?:でき|しかね|少数)|異議(?:が)?あり(?!ませ)|承認でき|ただし|条件"
)
_SO_DECIDED = re.compile(
    r"(?:(?:その|この)(?:よう|とおり|通り)に?|[そこ]ういう(?:こと|形|結論|扱い|方向)(?:で|に))[^。]{0,12}(?:決|答申|取り?扱|いたし|し(?:ます|た)|する|させ)|異議(?:が)?(?:なし|ない|ありません)(?:と|もの|よう|の)"
)
_SHORT_ASSENT = 16  # characters
LONGEST_PUT = 600  # characters of a sentence that puts something to the members
LAST_WORDS = 6


def by_assent(
    text: str, turns: Sequence[Turn], lines: Sequence[Line], about: str, label: str
) -> list[Ruling]:
    """The chair asks whether to decide so, and all assent: that is the decision."""
    found = []
    for index, turn in enumerate(turns):
        if turn.role is not Role.CHAIR:
            continue
        for start, end, stop in _put(text, turn):
            if of_another(fold(text[start:end]), label):
                continue
            what = text[start:stop].rstrip("、。")
            verdict = verdict_put(what, about)
            if verdict is not None and assented(text, end, turns[index : index + 4], lines):
                found.append(ruling_of(text, start, end, verdict, lines, turns))
    return found


def verdict_put(what: str, about: str) -> Verdict | None:
    """The verdict that the words give which a chair puts to the members (承認, 適当と認める)."""
    clause = _FIRST_CLAUSE.match(what)  # 承認することとし、文言は会長に一任(いただきたい)
    return (
        read_verdict(what + "する。", about=about, put=True)
        or read_verdict(what + "。", about=about, put=True)
        or (
            read_verdict(f"{what[:-1]}る。", about=about, put=True)
            if what.endswith("めて")
            else None
        )
        or (read_verdict(clause["done"] + "する。", about=about, put=True) if clause else None)
    )


def _put(text: str, turn: Turn) -> Iterator[tuple[int, int, int]]:
    """What a chair puts to the members in the last sentences of a turn: its span, and where the words end
    that would be decided. The question may be a sentence of its own (承認としたい。よろしいか。)."""
    spans = list(sentences(text, turn.start, turn.end))
    first = max(0, len(spans) - LAST_WORDS)
    for at, (start, end) in enumerate(spans[first:], first):
        put = put_from(text[start:end]) if end - start <= LONGEST_PUT else None
        if put is None:
            continue
        yield start, end, start + put
        if _ONLY_ASKS.fullmatch(fold(text[start:end])):
            for left, right in spans[max(0, at - _PUT_TOGETHER) : at]:
                if right - left <= LONGEST_PUT:
                    wish = put_from(text[left:right])
                    yield left, right, right if wish is None else left + wish


def put_from(sentence: str) -> int | None:
    """Where the words end that a sentence puts to the members; None where it puts nothing."""
    key, offsets = folded_with_offsets(sentence)
    put = _PUT.search(key)
    return offsets[put.start()] if put else None


def asked_after(text: str, turns: Sequence[Turn]) -> set[int]:
    """Where sentences of a chair end that a question of its own puts to the members."""
    found = set()
    for turn in turns:
        if turn.role is Role.CHAIR:
            spans = list(sentences(text, turn.start, turn.end))
            for at, (start, stop) in enumerate(spans):
                if stop - start <= _SHORT and _ONLY_ASKS.fullmatch(fold(text[start:stop])):
                    found |= {end for _, end in spans[max(0, at - _PUT_TOGETHER) : at]}
    return found


_FIRST_CLAUSE = re.compile(r"(?P<done>.*(?:こと)?と)し、[^、。]*$", re.DOTALL)
_SHORT = 60
_PUT_TOGETHER = 3  # sentences before a question that are put by it
_ONLY_ASKS = re.compile(
    r"(?:(?:これ|それ|[こそ](?:の|ういう|うした|のような)(?:こと|よう|形|内容|件|点|結論|扱い|方向|まとめ)|以上|皆様|皆さん|委員の皆様|各委員|その)[^。、]{0,8}、?)?"
    r"(?:(?:御|ご)?(?:異議|異存|意見|反対)(?:等)?(?:は|が)?(?:あり|ござい|御座い)ません(?:で(?:しょう|す))?か"
    r"|(?:御|ご)?(?:異議|異存)(?:は|が)?(?:ない|なし)(?:でしょう|です)?か"
    r"|(?:[^。、]{1,10}委員[はも]?、?)?(?:(?:よろし|宜し|良|よ)い?(?:い|く)?|いい)(?:です|でしょう|ございましょう)*(?:か(?:ね|な)?|ね)|いかが(?:です|でしょう)?か)[。?？]*"
)


def assented(text: str, end: int, turns: Sequence[Turn], lines: Sequence[Line]) -> bool:
    """Whether what follows the chair's question says that all agree: `turns` begin with the chair's own."""
    if not turns:
        return False
    own, *following = turns
    chair = next((n for n, turn in enumerate(following) if turn.role is Role.CHAIR), len(following))
    answers, confirmed = following[:chair], following[chair : chair + 1]
    said = [text[turn.start : turn.end] for turn in answers]
    if any(_OPPOSED.search(words) for words in said):
        return False
    after = confirmed[0].head if confirmed else (answers[-1].end if answers else own.end) + 60
    left = bisect_left(lines, end, key=lambda line: line.start)
    right = bisect_right(lines, max(after, end + 1), key=lambda line: line.start)
    told = [
        line.text
        for line in lines[left:right]
        if re.match(r"[(（〔\[—―\-「]", line.text)
        and not any(t.start <= line.start < t.end for t in answers)
    ]
    if any(_AGREED.search(words) for words in [*said, *told, text[end : own.end][:80]]):
        return True
    if said and all(len(words) <= _SHORT_ASSENT and _ASSENT.search(words) for words in said):
        return True
    words = text[end : own.end] + "".join(text[turn.start : turn.end][:80] for turn in confirmed)
    return bool(_SO_DECIDED.search(words))
