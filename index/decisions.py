"""Lines and turns of a case's part -> the verdict given there, its words and its conditions.

Only the council's own words decide: the narrative of the minutes, the chair's summing-up, the line
or cell under a heading of results. What a member, the agency or the secretariat says never does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from index.headings import CONCLUSION, looks_like_title, numbering
from index.japanese import fold, folded_with_offsets
from index.lines import Line
from index.turns import Role, Turn, speaker_of
from index.verdicts import LONGEST_SENTENCE, Outcome, Verdict, read_verdict, read_verdict_word

# a heading of results: alone on its line, in brackets, or with a colon before what was decided
_RESULT_HEADING = re.compile(
    r"(?:第?[0-9一二三四五]{1,2}(?![0-9一二三四五])[.、)]?|[アイウエオ][.、)]?|\([0-9]{1,2}\)"
    r"|[→⇒◆◇●○■□・※*\-])*(?P<open>[【〈<\[(〔≪「『])?"
    r"(?:(?:本日の|今回の)?(?:審議|審査|協議|採決|表決|議決|判定|会議)?(?:の)?(?:結果|結論)(?:について)?"
    r"|(?:審議会|審査会|委員会|部会)(?:の|としての)?(?:結論|意見|判断|決定|答申)|答申(?:の)?(?:結論|内容|結果)?|判断の結論"
    r"|決定(?:事項)?|採決|議決|審議会意見)"
    r"\**(?P<close>[】〉>\])〕≫」』]+)?(?P<colon>[:：]|[→⇒])?\**"
)
_CONDITION_HEADING = re.compile(
    r"^(?:[0-9]{1,2}(?![0-9])[.、)]?|[アイウエオ][.、)]?|\([0-9]{1,2}\)"
    r"|[◆◇●○■□・【〈<\[(※])*(?:附帯意見|付帯意見|附帯条件|付帯条件|条件|附帯事項|付帯事項"
    r"|留意事項|要望事項|審議会からの意見|付した意見|意見)[】〉>\])]*[:：]?"
)
_ASSENT = re.compile(r"異議なし|異議ありません|はい|賛成|結構|よい|了承|全員挙手|承認")
# what the chair puts to the members, and the words after what is put
_PUT = re.compile(
    r"(?:して|(?:(?:する)?(?:こと|もの|形))?と(?:して|する)?|(?:する)?(?:という)?(?:こと|形|扱い|結論|方向|もの|の))?(?:で|に|と)?(?:も)?、?"
    r"(?:(?:御|ご)?(?:よろし|宜し|良|よ)い?(?:い|く)?(?:です|でしょう|ございましょう)*か"
    r"|(?:御|ご)?(?:異議|異存|反対)(?:は|が)?(?:あり|ござい)ません(?:で(?:しょう|す))?(?:か|ね)|(?:御|ご)?異議(?:は|が)?ないでしょうか"
    r"|いかが(?:です|でしょう)か|賛成の(?:方|委員|皆)[^。]{0,10}(?:挙手|起立|御?起立)[^。]{0,14}"
    r"|(?:し|いたし|させていただき)たい(?:と(?:思い|考え|存じ)ます|と思う|です)?(?:が|けれども)?(?:、?いかが[^。]{0,8})?)[。?？」)）]*$"
)
_AGREED = re.compile(
    r"^[(（〔]?「はい」|異議なし|異議ありません|異議はありません|賛成(?:です|します|$|。)|全員挙手|挙手全員|全員賛成|賛成多数|挙手多数|異議ない"
)
_OPPOSED = re.compile(
    r"反対(?!.{0,3}(?:なし|0|ゼロ))|賛成(?:でき|しかね|少数)|異議(?:が)?あり(?!ませ)|承認でき|ただし|条件"
)
_SO_DECIDED = re.compile(
    r"(?:その|この)(?:よう|とおり|通り)に?[^。]{0,12}(?:決|答申|取り?扱|いたし|し(?:ます|た)|する|させ)|異議(?:が)?(?:なし|ない|ありません)(?:と|もの|よう|の)"
)
_CLOSING = re.compile(
    r"(?:他に|ほかに|以上)[^。]{0,14}(?:質問|意見|質疑|異議)[^。]{0,10}(?:なけれ|ない|なし|なく"
    r"|ありません)"
)
_ADDED = re.compile(
    r"^[-・○※→]*(?:なお|ただし|但し|また|併せて|あわせて|(?:附帯|付帯)?意見として|(?:附帯|付帯)?条件として"
    r"|要望として)、?(?P<c>[^。]{6,220}?(?:こと|されたい|したい|求める|要望する|望む"
    r"|望まれる|ように|努めること|べきである|必要がある|留意(?:する"
    r"|されたい)(?:こと)?))(?:を(?:附帯意見|付帯意見|意見|条件|要望)(?:とする|とした|として付す)"
    r"|を(?:求める|求めた|要望する|要望した|条件とする)|が条件である)?。?[」）)-]*$"
)
# whatever its form, what begins so limits the verdict before it; how members voted does not
_PROVISO = re.compile(
    r"^[-・○※→]*(?:ただし|但し)、?(?![^。]{0,30}(?:反対|棄権|賛成|欠席|異論))(?P<c>[^。]{4,220}?)"
    r"(?:(?:こと)?を条件とする|(?:が|を)条件(?:である)?)?。?[」）)-]*$"
)
_ANNOUNCES_LIST = re.compile(
    r"(?:次の|以下の|下記の)(?:とおり)?.{0,8}(?:条件|意見|要望|附帯意見|付帯意見|留意事項|事項|点|こと)"
)
_REQUEST = re.compile(
    r"(?:要望(?:する|します)|(?:して|を)(?:ほしい|いただきたい|もらいたい)|お願い(?:する|したい"
    r"|します)|すべきで(?:ある|は)|すること(?:が|を)(?:望|条件)|方向でお願い|求める|されたい)"
)


# what a chair asks for at every case is no condition of one
_OF_PROCEDURE = re.compile(
    r"(?:説明|報告|発言|挙手|起立|質疑|質問|意見|着席|退席|審議|採決)(?:等)?(?:を|は)?[^。、]{0,12}(?:お願い|願い|ください|求め)"
)
_ATTACHED_TO = re.compile(r"別紙|別添|別記")
_LONGEST_PUT = 600  # characters of a sentence that puts something to the members
_NEAR = 12  # sentences after a verdict that may add conditions to it
_NEAR_TURNS = 200  # turns before it in which they may have been asked for

# in a reply on an appeal the council sets the agency's decision aside
_OVERTURNED = re.compile(
    r"(?:開示|公開|訂正|利用停止|消去)(?:を)?す(?:る)?べき(?:で|もの)|取り?消(?:す|し"
    r"|され)(?:べき|て|た上で)"
)


_LAST = 6


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict found in a part: its class, the span of the sentence, the spans of its conditions."""

    outcome: Outcome
    start: int
    end: int
    conditions: tuple[tuple[int, int], ...]
    doubt: str = ""


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`, trimmed; hard wraps inside a sentence do not end it."""
    at = start
    for stop in _SENTENCE_END.finditer(text, start, end):
        if text[stop.start()] == "。":
            yield from _trimmed(text, at, stop.end())
        elif _wraps(text[max(at, text.rfind("\n", at, stop.start()) + 1) : stop.start()]):
            continue
        else:
            yield from _trimmed(text, at, stop.start())
        at = stop.end()
    yield from _trimmed(text, at, end)


_SENTENCE_END = re.compile(r"。+[」』）)―—\-]*|\r?\n[ \t\u3000]*\r?\n")


def _wraps(row: str) -> bool:
    """Whether a row is so long, and ends so openly, that its sentence goes on after a blank row."""
    key = fold(row)
    return len(key) >= 26 and not key.endswith(tuple("。」』)―-:〕】]"))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    stripped = piece.strip(" \t\r\n\u3000")
    if stripped:
        left = start + len(piece) - len(piece.lstrip(" \t\r\n\u3000"))
        yield left, left + len(stripped)


def read_ruling(
    text: str,
    lines: Sequence[Line],
    turns: Sequence[Turn],
    *,
    opening: int = 0,
    title: str = "",
    label: str = "",
    papers: bool = False,
) -> Ruling | None:
    """The last verdict in a part, or None. In `papers` only a line under a heading of results counts.

    `opening` is where the part's heading ends, `title` and `label` what it says.
    """
    about = fold(title)
    rulings = list(_under_headings(text, lines, about))
    if not papers and not rulings:
        found = [
            (start, end, verdict)
            for start, end, role in _spoken(text, lines, turns, opening)
            if (verdict := _read_sentence(text[start:end], role, about, label)) is not None
        ]
        # only the last words decide; looking for what is attached to all of them would take long
        found.sort(key=lambda item: item[:2])
        # what a question follows (承認とします。御異議ありませんか。) holds only if all assent
        found = (
            [item for item in found if item[1] not in asked]
            if (asked := _asked(text, turns))
            else found
        )
        rulings += [_ruling(text, a, b, verdict, lines, turns) for a, b, verdict in found[-_LAST:]]
        rulings += _by_assent(text, turns, lines, about, label)
    if not rulings:
        return None
    rulings.sort(key=lambda ruling: (ruling.start, ruling.end))
    last = _together(text, rulings)
    # a heading says 「可」, the summing-up says on what condition: the fuller one is the verdict
    same = [r for r in rulings if r.outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)]
    if last.outcome is Outcome.APPROVED and same and (fuller := [r for r in same if r.conditions]):
        last = fuller[-1]
    return last


_PARTS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.CONTINUED, Outcome.REJECTED)


def _together(text: str, rulings: Sequence[Ruling]) -> Ruling:
    """The last ruling; where the one before it, in the same paragraph, decides the other part of the
    case otherwise (…は承認する。…は承認しない。), both are one ruling that approves in part."""
    last = rulings[-1]
    in_part = [ruling for ruling in rulings if ruling.outcome is Outcome.PARTLY_APPROVED]
    if in_part and last.outcome in (*_PARTS[:2], Outcome.REJECTED):
        return in_part[-1]  # what follows tells the parts one by one
    if len(rulings) > 1:
        first = rulings[-2]
        gap = text[first.end : last.start]
        if (
            {first.outcome, last.outcome} <= set(_PARTS)
            and (first.outcome in _PARTS[:2]) != (last.outcome in _PARTS[:2])
            and not gap.strip()
            and gap.count("\n") <= 1
        ):
            conditions = first.conditions + last.conditions
            return Ruling(Outcome.PARTLY_APPROVED, first.start, last.end, conditions)
    return last


def _spoken(
    text: str, lines: Sequence[Line], turns: Sequence[Turn], opening: int
) -> Iterator[tuple[int, int, Role | None]]:
    """The sentences of the narrative (role None) and of the turns that may hold a verdict."""
    at = 0
    run: list[Line] = []
    spans = [(turn.start, turn.end) for turn in turns]
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        inside = at < len(spans) and spans[at][0] <= line.end and line.start < spans[at][1]
        gap = bool(run) and line.row > run[-1].row + 1 and not _wraps(run[-1].text)
        # what stands under the heading is no part of its sentence, unless it wraps
        below = bool(run) and run[-1].start < opening <= line.start
        below = below and not _goes_on(run[-1], line)
        if inside or (run and (gap or below or _starts_anew(line))):
            if run:
                for start, end in sentences(text, run[0].start, run[-1].end):
                    yield start, end, None
            run = []
        if not inside:
            run.append(line)
    if run:
        for start, end in sentences(text, run[0].start, run[-1].end):
            yield start, end, None
    for turn in turns:
        if (
            turn.role in (Role.CHAIR, Role.UNKNOWN)
            or (turn.role is Role.MEMBER and not turn.speaker)
            or (turn.role is Role.AGENCY and not turn.speaker)
        ):
            for start, end in sentences(text, turn.start, turn.end):
                yield start, end, turn.role


def _goes_on(heading: Line, below: Line) -> bool:
    """Whether the row below a heading is its rest: where the heading is so long, and ends so openly,
    or where the row begins as no sentence does."""
    if _REST.match(below.text) and not heading.key.endswith("。"):
        return True
    return _wraps(heading.text) and not looks_like_title(heading.text)


_REST = re.compile(
    r"(?:とす|とし|とな|とさ|と認|を「|を可|を適|を承|することを|すること|こと[をとに]|。)"
)


def _starts_anew(line: Line) -> bool:
    return bool(re.match(r"^[\-—―–─○〇●◎◆◇■□⇒→※・【<〈《(（]", line.text)) or line.cell > 0


def _read_sentence(sentence: str, role: Role | None, about: str, label: str) -> Verdict | None:
    """The verdict in one sentence, if one who may decide says it."""
    if len(sentence) > LONGEST_SENTENCE:
        return None
    key = fold(sentence)
    # an unnamed speaker decides only in the words with which a chair closes
    if role in (Role.UNKNOWN, Role.MEMBER, Role.AGENCY) and not _CLOSING.search(key):
        return None
    if of_another(key, label):
        return None
    verdict = read_verdict(sentence, about=about)
    if verdict is None and role is None and len(key) <= 30:
        outcome = read_verdict_word(sentence, labelled=key[0] in "→⇒")
        return Verdict(outcome) if outcome is not None else None
    return verdict


_N = r"(?:[0-9０-９]+|[①-⑳])"
_CASE_NUMBER = re.compile(
    r"(?P<word>議題|議事|案件|議案|諮問|資料|審議|報告|[議報諮承](?=第))(?:案件|事項)?\s*第?[(（]?"
    rf"(?P<n>{_N})[)）]?[ \u3000]*号?(?P<more>(?:\s*(?:から|[~～〜・、,]|及び|並びに|ないし|乃至|と)\s*同?第?[(（]?{_N}[)）]?[ \u3000]*号?(?![年月日人名件条項点回])(?:まで)?)*)"
)


def _numbers_in(match: re.Match[str]) -> list[str]:
    """The numbers that a mention of cases names: 第1号から第3号まで are three."""
    found = [fold(match["n"])]
    for joint, written in re.findall(
        rf"(から|[~～〜]|ないし|乃至)?[^0-9０-９①-⑳]*?({_N})", match["more"]
    ):
        last, this = int(found[-1]), int(fold(written))
        if joint and last < this < last + _MOST_AT_ONCE:
            found += [str(n) for n in range(last + 1, this)]
        found.append(str(this))
    return found


_MOST_AT_ONCE = 60  # cases that one sentence decides


def tells_of_several(lines: Sequence[Line], labels: Sequence[str]) -> bool:
    """Whether two cases, one of these labels at least, are named in one line or over a hard wrap: only
    then `read_joint` can find a verdict on them."""
    before: list[tuple[str, str]] = []
    for line in lines:
        named = [(m["word"], n) for m in _CASE_NUMBER.finditer(line.text) for n in _numbers_in(m)]
        near = {*before, *named}
        if len(near) > 1 and any(
            names_case(word, n, label) for word, n in near for label in labels
        ):
            return True
        before = named
    return False


def read_joint(
    text: str, lines: Sequence[Line], turns: Sequence[Turn]
) -> list[tuple[str, str, Ruling]]:
    """The verdicts of sentences that decide several cases by their numbers: (word, number, ruling).

    議題1については承認、議題2については…を条件に承認することとします。 A number whose clause has no predicate
    shares that of the next (議題1及び議題2は、いずれも承認する).
    """
    found: list[tuple[str, str, Ruling]] = []
    for start, end, role in _spoken(text, lines, turns, 0):
        if role not in (None, Role.CHAIR) or end - start > _LONGEST_PUT:
            continue
        sentence = text[start:end]
        named = list(_CASE_NUMBER.finditer(sentence))
        if len({n for match in named for n in _numbers_in(match)}) < 2:
            continue
        put = _put_from(sentence)
        if put is not None and not _assented(text, end, _from(turns, start), lines):
            continue
        stop = len(sentence) if put is None else put
        waiting: list[re.Match[str]] = []
        for at, match in enumerate(named):
            waiting.append(match)
            until = named[at + 1].start() if at + 1 < len(named) else stop
            clause = sentence[match.end() : until].rstrip("、 　。")
            verdict = read_verdict(f"{clause}。", labelled=True) or read_verdict(
                f"{clause}する。", labelled=True
            )
            if verdict is None:
                continue
            moved = replace(
                verdict,
                conditions=tuple((a + match.end(), b + match.end()) for a, b in verdict.conditions),
            )
            ruling = _ruling(text, start, end, moved, lines, turns)
            found += [(fold(m["word"]), n, ruling) for m in waiting for n in _numbers_in(m)]
            waiting = []
    return found


def _from(turns: Sequence[Turn], start: int) -> Sequence[Turn]:
    """The turn that holds the character, and the three after it."""
    at = next((n for n, turn in enumerate(turns) if turn.start <= start < turn.end), len(turns))
    return turns[at : at + 4]


ITEM_WORDS = (
    "議題",
    "議事",
    "案件",
    "議案",
    "審議",
    "次第",
    "審議事項",
)  # words for an item that has but a number


def numbers_of(label: str) -> tuple[str, frozenset[str]]:
    """The word and the numbers of a case's label: (諮問, {3, 4}); the word is empty for a bare (1)."""
    own = _CASE_NUMBER.search(label)
    if own is None:
        bare = re.fullmatch(r"\(?([0-9]{1,2})\)?[.、]?", label)
        return "", frozenset(bare.groups()) if bare else frozenset()
    return own["word"], frozenset(re.findall(r"[0-9]+", label[own.start("n") :]))


def names_case(word: str, number: str, label: str) -> bool:
    """Whether a word and a number (議題, 2) name the case of this label."""
    own_word, own_numbers = numbers_of(label)
    return number in own_numbers and (word == own_word if own_word else word in ITEM_WORDS)


def of_another(key: str, label: str) -> bool:
    """Whether a sentence names a case with another number (議題2は承認する, under 議題1)."""
    own_word, own_numbers = numbers_of(label)
    if not own_numbers:
        return False
    return any(
        own_numbers.isdisjoint(_numbers_in(match))
        for match in _CASE_NUMBER.finditer(key)
        if (match["word"] == own_word if own_word else match["word"] in ITEM_WORDS)
    )


def names_only(key: str, label: str) -> bool:
    """Whether the cases that a folded sentence names by their numbers are just that of this label."""
    named = [(match["word"], n) for match in _CASE_NUMBER.finditer(key) for n in _numbers_in(match)]
    return bool(named) and all(names_case(word, n, label) for word, n in named)


def with_conditions(
    text: str, verdict: Verdict, start: int, end: int, lines: Sequence[Line]
) -> Ruling:
    """A verdict that stands beside a title, `text[start:end]`, with the conditions listed below it."""
    return _ruling(text, start, end, verdict, lines, ())


def _ruling(
    text: str, start: int, end: int, verdict: Verdict, lines: Sequence[Line], turns: Sequence[Turn]
) -> Ruling:
    conditions = [(start + a, start + b) for a, b in verdict.conditions]
    outcome, doubt = verdict.outcome, ""
    if outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.PARTLY_APPROVED):
        added = _listed_conditions(text, end, lines, listed=verdict.conditions_elsewhere)
        conditions += added
        if verdict.conditions_elsewhere and not conditions:
            attached = _ATTACHED_TO.search(text, start, end)
            before = None if attached else _request_before(text, start, turns)
            if before is not None:
                conditions.append(before)
                doubt = "条件の言葉は結論の行になく、その前の発言から取りました"
            else:
                doubt = "条件が付いていますが、その内容が見つかりません"
        if conditions and outcome is Outcome.APPROVED:
            outcome = Outcome.APPROVED_WITH_CONDITIONS
    spans = tuple((a, a + len(text[a:b].rstrip(" 　―—–\r\n"))) for a, b in conditions)
    return Ruling(outcome, start, end, spans, doubt)


def _listed_conditions(
    text: str, after: int, lines: Sequence[Line], *, listed: bool
) -> list[tuple[int, int]]:
    """Conditions that stand after the verdict: a list, a heading 附帯意見 with its lines, なお….

    `listed` says that the verdict announces a list (次の条件を付して).
    """
    found: list[tuple[int, int]] = []
    # the rest of the verdict's own paragraph
    paragraph: Line | None = None
    first = bisect_left(lines, after, key=lambda line: line.end)
    for line in islice(lines, first, None):
        if line.start > after and (paragraph is None or line.row > paragraph.row + 1):
            break
        if line.start <= after <= line.end or (
            paragraph is not None
            and line.row == paragraph.row + 1
            and not _starts_anew(line)
            and not numbering(line.text)
            and not _heads_conditions(line)
            and line.start > after
        ):
            paragraph = line
    stop = paragraph.end if paragraph else after
    for start, end in islice(sentences(text, after, stop), _NEAR):
        key, offsets = folded_with_offsets(text[start:end])
        if _ANNOUNCES_LIST.search(key):
            listed = True
            continue
        match = _ADDED.match(key) or _PROVISO.match(key)
        if match:
            a, b = match.span("c")
            found.append((start + offsets[a], start + offsets[b - 1] + 1))
    collecting = listed
    style: tuple[str, int] | None = None
    misses = 0
    below = bisect_left(lines, max(stop, after), key=lambda line: line.start)
    for line in islice(lines, below, None):
        heading = _CONDITION_HEADING.match(line.key)
        if heading and len(line.key) - heading.end() <= 2:
            collecting, misses = True, 0
            continue
        if (
            heading
            and heading.end() < len(line.key)
            and re.search(r"[:：】〉>\])]", line.text[:16])
        ):
            mark = re.search(r"[:：】〉>\])）]", line.text)
            assert mark is not None
            found += [(a, b) for a, b in _trimmed(text, line.start + mark.end(), line.end)]
            collecting, misses = True, 0
            continue
        if not collecting:
            match = _ADDED.match(line.text)
            if match and line.row - (paragraph.row if paragraph else line.row) <= 2:
                found.append((line.start + match.start("c"), line.start + match.end("c")))
                continue
            break
        mark_ = numbering(line.text)
        if mark_ and len(line.key) >= 6:
            if style and (mark_[0] != style[0] or (mark_[1] and mark_[1] != style[1] + 1)):
                break  # another list: what follows is no condition
            style = (mark_[0], mark_[1])
            found.append((line.start + mark_[2], line.end))
            continue
        if (
            found
            and found[-1][1] < line.start
            and not re.match(r"^[(（【<〈○◇◆※→⇒\-—]", line.text)
            and not text[found[-1][0] : found[-1][1]].endswith(("。", "こと"))
        ):
            found[-1] = (found[-1][0], line.end)  # a hard wrap inside the condition
            continue
        if (
            not found
            and re.search(r"(?:こと|されたい|努める|する)。?$", line.key)
            and len(line.key) >= 8
        ):
            found.append((line.start, line.end))
            continue
        misses += 1
        if misses > 0:
            break
    return found


def _heads_conditions(line: Line) -> bool:
    """Whether a line is 附帯意見 alone, or before a colon or a bracket's end."""
    heading = _CONDITION_HEADING.match(line.key)
    return bool(
        heading
        and (len(line.key) - heading.end() <= 2 or line.key[heading.end() - 1] in ":：】〉>])")
    )


def _request_before(text: str, start: int, turns: Sequence[Turn]) -> tuple[int, int] | None:
    """The last request that a member or the chair made before the verdict."""
    before = bisect_right(turns, start, key=lambda turn: turn.end)
    for turn in islice(reversed(turns[:before]), _NEAR_TURNS):
        if turn.role not in (Role.CHAIR, Role.MEMBER):
            continue
        best = None
        for a, b in sentences(text, turn.start, turn.end):
            key = fold(text[a:b])
            asks = _REQUEST.search(key) and not _OF_PROCEDURE.search(key)
            if asks and not key.rstrip("。").endswith("か"):
                best = (a, b)
        if best is not None:
            return best
    return None


def _under_headings(text: str, lines: Sequence[Line], about: str) -> Iterator[Ruling]:
    """Verdicts under a heading of results (審議会の結論), or beside it in its line or its row."""
    for index, line in enumerate(lines):
        following = _beside(line)
        if following is None:
            continue
        for candidate in lines[index + 1 : index + 7]:
            if following and (
                candidate.key.startswith(("<", "〈", "◆", "【", "第"))
                or candidate.row > following[-1].row + 2
                or re.fullmatch(r"[(〔\[≪].{1,20}[)〕\]≫]", candidate.key)
                or speaker_of(candidate)
            ):
                break
            following.append(candidate)
        if not following:
            continue
        outcome = read_verdict_word(following[0].text, labelled=True)
        if outcome is not None and read_verdict(following[0].text, labelled=True) is None:
            first = following[0]
            yield _ruling(text, first.start, first.end, Verdict(outcome), lines, ())
            continue
        verdicts = []
        for start, end in sentences(text, following[0].start, following[-1].end):
            verdict = read_verdict(text[start:end], about=about, labelled=True)
            if verdict is None and _OVERTURNED.search(fold(text[start:end])):
                verdict = Verdict(Outcome.REJECTED)
            if verdict is not None:
                verdicts.append((start, end, verdict))
        if verdicts:
            start, end, verdict = verdicts[0]
            outcomes = {v.outcome for _, _, v in verdicts}
            if outcomes & set(_PARTS[:2]) and outcomes & set(_PARTS[2:]):
                verdict = Verdict(Outcome.PARTLY_APPROVED)
                end = verdicts[-1][1]
            yield _ruling(text, start, end, verdict, lines, ())


def _beside(line: Line) -> list[Line] | None:
    """None where the line is no heading of results; else what stands in it after the heading, if anything."""
    if not _MAY_HEAD.search(line.key, 0, 40):
        return None
    key, offsets = folded_with_offsets(line.text)
    match = _RESULT_HEADING.match(key)
    if match is None:
        return [] if CONCLUSION.match(line.key) else None
    if bool(match["open"]) != bool(match["close"] and match["close"].strip("*")):
        return None
    if match.end() == len(key):
        return []
    if not match["colon"] and not match["open"]:
        return None
    at = offsets[match.end()]
    return [replace(line, start=line.start + at, text=line.text[at:], key=key[match.end() :])]


_MAY_HEAD = re.compile(r"結|答申|審議会|審査会|委員会|部会|決|判断")


def _by_assent(
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
            clause = _FIRST_CLAUSE.match(what)  # 承認することとし、文言は会長に一任(いただきたい)
            verdict = (
                read_verdict(what + "する。", about=about, put=True)
                or read_verdict(what + "。", about=about, put=True)
                or (
                    read_verdict(clause["done"] + "する。", about=about, put=True)
                    if clause
                    else None
                )
            )
            if verdict is not None and _assented(text, end, turns[index : index + 4], lines):
                found.append(_ruling(text, start, end, verdict, lines, turns))
    return found


def _put(text: str, turn: Turn) -> Iterator[tuple[int, int, int]]:
    """What a chair puts to the members in the last sentences of a turn: its span, and where the words end
    that would be decided. The question may be a sentence of its own (承認としたい。よろしいか。)."""
    spans = list(sentences(text, turn.start, turn.end))
    first = max(0, len(spans) - _LAST)
    for at, (start, end) in enumerate(spans[first:], first):
        put = _put_from(text[start:end]) if end - start <= _LONGEST_PUT else None
        if put is None:
            continue
        yield start, end, start + put
        before = spans[at - 1] if at else None
        if (
            before
            and before[1] - before[0] <= _LONGEST_PUT
            and _ONLY_ASKS.fullmatch(fold(text[start:end]))
        ):
            left, right = before
            wish = _put_from(text[left:right])
            yield left, right, right if wish is None else left + wish


def _put_from(sentence: str) -> int | None:
    """Where the words end that a sentence puts to the members; None where it puts nothing."""
    key, offsets = folded_with_offsets(sentence)
    put = _PUT.search(key)
    return offsets[put.start()] if put else None


def _asked(text: str, turns: Sequence[Turn]) -> set[int]:
    """Where sentences of a chair end that a question of its own puts to the members."""
    found = set()
    for turn in turns:
        if turn.role is Role.CHAIR:
            spans = list(sentences(text, turn.start, turn.end))
            for (_, end), (start, stop) in pairwise(spans):
                if stop - start <= _SHORT and _ONLY_ASKS.fullmatch(fold(text[start:stop])):
                    found.add(end)
    return found


_FIRST_CLAUSE = re.compile(r"(?P<done>.*(?:こと)?と)し、[^、。]*$", re.DOTALL)
_SHORT = 60
_ONLY_ASKS = re.compile(
    r"(?:(?:これ|それ|このこと|この(?:よう|形|内容|件|点)|以上|皆様|皆さん|委員の皆様|各委員|これに|その)[^。、]{0,8}、?)?"
    r"(?:(?:御|ご)?(?:異議|異存|意見|反対)(?:等)?(?:は|が)?(?:あり|ござい|御座い)ません(?:で(?:しょう|す))?か"
    r"|(?:御|ご)?(?:異議|異存)(?:は|が)?(?:ない|なし)(?:でしょう|です)?か"
    r"|(?:よろし|宜し|良|よ)い?(?:い|く)?(?:です|でしょう|ございましょう)*か|いかが(?:です|でしょう)?か)[。?？]*"
)


def _assented(text: str, end: int, turns: Sequence[Turn], lines: Sequence[Line]) -> bool:
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
    if len(said) == 1 and len(said[0]) <= 12 and _ASSENT.search(said[0]):
        return True
    words = text[end : own.end] + "".join(text[turn.start : turn.end][:80] for turn in confirmed)
    return bool(_SO_DECIDED.search(words))
