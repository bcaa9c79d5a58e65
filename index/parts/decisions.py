"""Lines and turns of a case's part -> the verdict given there, its words and its conditions.

Only the council's own words decide: the narrative of the minutes, the chair's summing-up, the line
or cell under a heading of results. What a member, the agency or the secretariat says never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.grammar.deferral import in_part_put_off, put_off
from index.grammar.verdict_words import read_appeal, read_verdict_word
from index.grammar.verdicts import (
    LONGEST_SENTENCE,
    Outcome,
    Verdict,
    read_verdict,
)
from index.headings import label_of
from index.japanese import fold, folded_with_offsets
from index.parts.assent import (
    LAST_WORDS,
    LONGEST_PUT,
    asked_after,
    assented,
    by_assent,
    put_from,
    verdict_put,
)
from index.parts.rulings import Ruling, heads_conditions, ruling_of, starts_anew
from index.text.case_numbers import CASE_NUMBER, names_only, numbers_in, of_another, word_of
from index.text.lines import Line
from index.text.numbering import numbering
from index.text.replies import CONCLUSION
from index.text.sentences import sentences, wraps
from index.text.titles import looks_like_title
from index.text.turns import Role, Turn, heads_step, speaker_of

# a heading of results: alone on its line, in brackets, or with a colon before what was decided
_RESULT_HEADING = re.compile(
    r"(?:第?[0-9一二三四五]{1,2}(?![0-9一二三四五])[.、)]?|[アイウエオ][.、)]?|\([0-9]{1,2}\)"
    r"|[→⇒◆◇●○◎■□▼▽▲△▶▷☆★・※*\-])*(?P<open>[【〈<\[(〔≪「『])?"
    r"(?:(?:本日の|今回の)?(?:審議|審査|協議|点検|採決|表決|議決|判定|会議)?(?:の)?(?:結果|結論)(?:について)?"
    r"|(?:審議会|審査会|委員会|部会)(?:の|としての)?(?:結論|意見|判断|決定|答申)|答申(?:の)?(?:結論|内容|結果)?|判断の結論"
    r"|決定(?:事項)?|採決|議決|審議会意見)"
    r"\**(?P<close>[】〉>\])〕≫」』]+)?(?P<colon>[:：]|[→⇒])?\**"
)
_CLOSING = re.compile(
    r"(?:他に|ほかに|以上)[^。]{0,14}(?:質問|意見|質疑|異議)[^。]{0,10}(?:なけれ|ない|なし|なく"
    r"|ありません)"
)


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
    # a result that names another case (結果: 議題2は承認する) is none of this one
    rulings = [
        ruling
        for ruling in _under_headings(text, lines, about, turns)
        if not of_another(fold(text[ruling.start : ruling.end]), label)
    ]
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
            if (asked := asked_after(text, turns))
            else found
        )
        rulings += [
            ruling_of(text, a, b, verdict, lines, turns) for a, b, verdict in found[-LAST_WORDS:]
        ]
        rulings += by_assent(text, turns, lines, about, label)
    if not rulings:
        return (
            None
            if papers
            else _last_word(text, lines, turns, about, label) or _taken_back(text, turns, label)
        )
    if not papers and rulings[-1].outcome is Outcome.REJECTED:
        rulings = _with_part_before(text, rulings, _spoken(text, lines, turns, opening))
    if not papers:
        rulings += [r for r in by_assent(text, turns, lines, about, label) if r.conditions]
    rulings.sort(key=lambda ruling: (ruling.start, ruling.end))
    last = _together(text, rulings)
    # a heading says 「可」, the summing-up says on what condition: the fuller one is the verdict
    same = [r for r in rulings if r.outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)]
    if last.outcome is Outcome.APPROVED and same and (fuller := [r for r in same if r.conditions]):
        last = fuller[-1]
    if last.outcome is Outcome.APPROVED_WITH_CONDITIONS and (last.doubt or not last.conditions):
        # ただいまの条件を付して: the chair put them in full before
        told = [r for r in same if r.conditions and not r.doubt and r.start < last.start]
        if told:
            last = replace(last, conditions=told[-1].conditions, doubt="")
    if papers or last.outcome in (Outcome.CONTINUED, Outcome.WITHDRAWN, Outcome.REPORTED):
        return last
    return _put_off_after(text, last, _spoken(text, lines, turns, opening), about, label) or last


# so ends a sentence by which a chair concludes
_CONCLUDES = re.compile(
    r"(?:[とにく](?:いた|致)?し(?:ます|ました|ましょう)|させて(?:いただき|頂き)ます|(?:答申|お返し|承認|決定)(?:いた)?します|(?:という)?ことで(?:す|、[^、]{1,30})|とする)。?$"
)


def _last_word(
    text: str, lines: Sequence[Line], turns: Sequence[Turn], about: str, label: str
) -> Ruling | None:
    """What the chair concludes in its last turn on a matter: by its place few words are enough (では、可ということで)."""
    chair = next((turn for turn in reversed(turns) if turn.role is Role.CHAIR), None)
    if chair is None:
        return None
    asked = asked_after(text, [chair])
    for start, end in reversed(list(sentences(text, chair.start, chair.end))):
        key = fold(text[start:end])
        if end - start > LONGEST_PUT or not _CONCLUDES.search(key) or of_another(key, label):
            continue
        if end in asked or put_from(text[start:end]) is not None:
            return None  # it was for the members to say
        verdict = read_verdict(text[start:end], about=about, labelled=True)
        if verdict is not None:
            return ruling_of(text, start, end, verdict, lines, turns)
    return None


# who brought a matter takes it back: 今回の諮問は取り下げさせていただきます
_TAKES_BACK = re.compile(
    r"取り?下げ[をと]?(?:させて(?:いただ|頂|もら)|(?:いた|致)し(?:ます|たい)|ます(?!か)|たい(?:と)?(?:思|考|存)|[るす]*こと(?:と(?:し|いた)|に(?:し|いた)|といた)|申し出(?:ます|ました)|を申し出)"
)
_NOT_THIS_TIME = re.compile(
    r"場合|前回|以前|昨年|なら|(?:取り?下げ.{0,12}(?:可能性|検討|かもしれ))|請求者|請求人"
)


def _taken_back(text: str, turns: Sequence[Turn], label: str) -> Ruling | None:
    """The withdrawal that the agency declares in its own turn, where the council says no more of it."""
    for turn in reversed(turns):
        if turn.role not in (Role.AGENCY, Role.OFFICE):
            continue
        for start, end in sentences(text, turn.start, turn.end):
            key = fold(text[start:end])
            if (
                _TAKES_BACK.search(key)
                and not _NOT_THIS_TIME.search(key)
                and not of_another(key, label)
            ):
                return Ruling(Outcome.WITHDRAWN, start, end, ())
    return None


_SOON = 400  # characters after a verdict in which it may be taken back


def _put_off_after(
    text: str,
    ruling: Ruling,
    spoken: Iterator[tuple[int, int, Role | None]],
    about: str,
    label: str,
) -> Ruling | None:
    """What right after a good word puts the matter off: 適当と認める。ただし、結論は次回とする。"""
    for start, end, role in spoken:
        if not ruling.end <= start <= ruling.end + _SOON or role not in (None, Role.CHAIR):
            continue
        said = text[start:end]
        if len(said) > LONGEST_PUT or of_another(fold(said), label):
            continue
        if put_off(said, about=about) and not in_part_put_off(said):
            return Ruling(Outcome.CONTINUED, start, end, ())
    return None


_OF_A_PART = re.compile(r"[-・○→⇒ ]*[^。、]{2,60}(?:(?:について(?:は|も)|に関しては)、|こと[はも])")


def _with_part_before(
    text: str, rulings: list[Ruling], spoken: Iterator[tuple[int, int, Role | None]]
) -> list[Ruling]:
    """The rulings, with what the sentence before a refusal says of another part of the case: …については、
    支障がない。…については、認めない。 Alone it would decide nothing."""
    refused = max(rulings, key=lambda ruling: ruling.start)
    if not _OF_A_PART.match(fold(text[refused.start : refused.end])):
        return rulings
    for start, end, role in spoken:
        near = end <= refused.start and not text[end : refused.start].strip()
        if not near or role not in (None, Role.CHAIR) or any(r.start == start for r in rulings):
            continue
        verdict = read_verdict(text[start:end], labelled=True)
        good = verdict is not None and verdict.outcome in _PARTS[:2]
        if good and _OF_A_PART.match(fold(text[start:end])):
            part = Ruling(Outcome.PARTLY_APPROVED, start, refused.end, refused.conditions)
            return [*(r for r in rulings if r is not refused), part]
    return rulings


_PARTS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.CONTINUED, Outcome.REJECTED)


_FIRST_PART = re.compile(
    r"^[^。、]{0,20}(?:まず|はじめに|初めに|[1一]つ目|前者)、?[^。、]{2,60}(?:については?|は|に関しては)、"
)


def _together(text: str, rulings: Sequence[Ruling]) -> Ruling:
    """The last ruling; where the one before it, in the same paragraph, decides the other part of the
    case otherwise (…は承認する。…は承認しない。), both are one ruling that approves in part."""
    last = rulings[-1]
    in_part = [ruling for ruling in rulings if ruling.outcome is Outcome.PARTLY_APPROVED]
    if in_part and last.outcome in (*_PARTS[:2], Outcome.REJECTED):
        return in_part[-1]  # what follows tells the parts one by one
    if last.outcome in (Outcome.REJECTED, Outcome.CONTINUED):
        # まず、外部委託については承認… 次に、位置情報については認めない…: put to the members part by part
        parts = [r for r in rulings[:-1] if r.outcome in _PARTS[:2]]
        if parts and _FIRST_PART.search(fold(text[parts[-1].start : parts[-1].end])):
            return Ruling(Outcome.PARTLY_APPROVED, parts[-1].start, last.end, parts[-1].conditions)
    if len(rulings) > 1:
        first = rulings[-2]
        gap = text[first.end : last.start]
        if (
            {first.outcome, last.outcome} <= set(_PARTS)
            and (first.outcome in _PARTS[:2]) != (last.outcome in _PARTS[:2])
            and not gap.strip()
            and gap.count("\n") <= 1
            and all(
                in_part_put_off(text[ruling.start : ruling.end])
                for ruling in (first, last)
                if ruling.outcome is Outcome.CONTINUED
            )
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
        gap = bool(run) and line.row > run[-1].row + 1 and not wraps(run[-1].text)
        # what stands under the heading is no part of its sentence, unless it wraps
        below = bool(run) and run[-1].start < opening <= line.start
        below = (below and not _goes_on(run[-1], line)) or (bool(run) and heads_step(run[-1]))
        item = bool(run) and numbering(line.text) is not None and not wraps(run[-1].text)
        item = item or (
            bool(run) and line.row > run[-1].row and bool(label_of(line))
        )  # a row of a list of matters
        if inside or (run and (gap or below or item or starts_anew(line))):
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
    return wraps(heading.text) and not looks_like_title(heading.text.rstrip("]】〕>〉》≫"))


_REST = re.compile(
    r"(?:とす|とし|とな|とさ|と認|を「|を可|を適|を承|することを|すること|こと[をとに]|。)"
)


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


_ADOPTED = re.compile(
    r"(?:(?:意見|異議|異論|質疑|質問|修正)(?:等)?(?:は|が|も)?(?:特に)?な(?:く|かったため)、?(?:[^。、]{0,10}、)?答申書?の?案(?:を|は|について)、?(?:(?:原案|案)の?(?:とおり|どおり|通り))?"
    r"|答申書?の?案(?:を|は|が|について)、?[^。]{0,12}(?:原案|案)の?(?:とおり|どおり|通り)に?)(?:承認|了承|可決|決定)(?:する|した|し(?:ます|ました)|され(?:た|ました))。?$"
)
_AGAINST = re.compile(
    r"反対|懸念|疑問|賛成しかね|賛成でき|不適当|不承認|不可|認め(?:られ)?な|認めるべきでは|べきでは?ない|見送|困難|慎重"
)


def reply_adopted(text: str, lines: Sequence[Line], turns: Sequence[Turn]) -> Ruling | None:
    """The adopting of a reply's draft, against which nobody says anything. What the reply says is told
    elsewhere, so that this is a verdict only on a matter whose deliberation the record tells as well."""
    found = None
    for start, end, role in _spoken(text, lines, turns, 0):
        if role not in (None, Role.CHAIR) or end - start > LONGEST_PUT:
            continue
        if _ADOPTED.search(fold(text[start:end])):
            found = Ruling(Outcome.APPROVED, start, end, ())
    return found


def spoken_against(said: str) -> bool:
    """Whether anything in what was said on a matter speaks against it."""
    return _AGAINST.search(fold(said)) is not None


def read_joint(
    text: str, lines: Sequence[Line], turns: Sequence[Turn]
) -> list[tuple[str, str, Ruling]]:
    """The verdicts of sentences that decide several cases by their numbers: (word, number, ruling).

    議題1については承認、議題2については…を条件に承認することとします。 A number whose clause has no predicate
    shares that of the next (議題1及び議題2は、いずれも承認する).
    """
    found: list[tuple[str, str, Ruling]] = []
    for start, end, role in _spoken(text, lines, turns, 0):
        if role not in (None, Role.CHAIR) or end - start > LONGEST_PUT:
            continue
        sentence = text[start:end]
        named = list(CASE_NUMBER.finditer(sentence))
        if len({n for match in named for n in numbers_in(match)}) < 2:
            continue
        put = put_from(sentence)
        if put is not None and not assented(text, end, _from(turns, start), lines):
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
            ruling = ruling_of(text, start, end, moved, lines, turns)
            found += [(fold(word_of(m)), n, ruling) for m in waiting for n in numbers_in(m)]
            waiting = []
    return found


_SAID_OF_ONE = (Outcome.CONTINUED, Outcome.WITHDRAWN, Outcome.REJECTED)


def read_named(
    text: str, lines: Sequence[Line], turns: Sequence[Turn], label: str, title: str
) -> Ruling | None:
    """The last verdict of a sentence that names just the case of this label, wherever it stands in the
    minutes: なお、諮問第5号については、調査審議を続けている。 What nobody speaks approves nothing here."""
    last = None
    for role, ruling in _naming(text, lines, turns, label, title):
        if role is Role.CHAIR or ruling.outcome in _SAID_OF_ONE:
            last = ruling
    return last


def conditions_named(
    text: str, lines: Sequence[Line], turns: Sequence[Turn], label: str, title: str
) -> tuple[tuple[int, int], ...]:
    """The conditions that a sentence which names just the case of this label puts to it, wherever it stands
    (議案第2号は可とするが、…ことを意見として付ける)."""
    rulings = list(_naming(text, lines, turns, label, title))
    within = [[c for c in r.conditions if r.start <= c[0] < r.end] for _, r in rulings]
    return next((tuple(conditions) for conditions in reversed(within) if conditions), ())


def _naming(
    text: str, lines: Sequence[Line], turns: Sequence[Turn], label: str, title: str
) -> Iterator[tuple[Role | None, Ruling]]:
    """The verdicts of sentences that name just the case of this label, and who says them."""
    about = fold(title)
    for start, end, role in _spoken(text, lines, turns, 0):
        if (
            role not in (None, Role.CHAIR)
            or end - start > LONGEST_PUT
            or not CASE_NUMBER.search(text, start, end)
        ):
            continue
        sentence = text[start:end]
        if not names_only(fold(sentence), label):
            continue
        put = put_from(sentence)
        if put is None:
            verdict = read_verdict(sentence, about=about)
        else:
            agreed = assented(text, end, _from(turns, start), lines)
            verdict = verdict_put(sentence[:put].rstrip("、。"), about) if agreed else None
        if verdict is not None:
            yield role, ruling_of(text, start, end, verdict, lines, turns)


def _from(turns: Sequence[Turn], start: int) -> Sequence[Turn]:
    """The turn that holds the character, and the three after it."""
    at = next((n for n, turn in enumerate(turns) if turn.start <= start < turn.end), len(turns))
    return turns[at : at + 4]


def _under_headings(
    text: str, lines: Sequence[Line], about: str, turns: Sequence[Turn]
) -> list[Ruling]:
    """Verdicts under a heading of results (審議会の結論), or beside it in its line or its row. Where a heading
    says 結論 and gives one, what stands under 審査会の判断 are its reasons."""
    found: list[tuple[bool, Ruling]] = []
    for index, line in enumerate(lines):
        following = _beside(line)
        if following is None:
            continue
        following += _below(lines, index, following)
        ruling = ruling_below(text, following, lines, about, turns) if following else None
        if ruling is not None:
            found.append(("結論" in line.key, ruling))
    concluded = [ruling for concludes, ruling in found if concludes]
    return concluded or [ruling for _, ruling in found]


def _below(lines: Sequence[Line], index: int, beside: Sequence[Line]) -> Iterator[Line]:
    """The lines that stand under a heading of results, up to the next heading or the next number."""
    own = numbering(lines[index].text)
    above = beside[-1] if beside else None
    for line in lines[index + 1 : index + 7]:
        mark = numbering(line.text) if own and own[1] else None
        if own and mark and mark[:2] == (own[0], own[1] + 1):
            return
        if above is not None and (
            line.key.startswith(("<", "〈", "◆", "【", "第"))
            or line.row > above.row + 2
            or re.fullmatch(r"[(〔\[≪].{1,20}[)〕\]≫]", line.key)
            or speaker_of(line)
        ):
            return
        yield line
        above = line


def ruling_below(
    text: str,
    told: Sequence[Line],
    lines: Sequence[Line],
    about: str = "",
    turns: Sequence[Turn] = (),
) -> Ruling | None:
    """The verdict in what stands under a heading of results; `lines` are those in which conditions follow."""
    first = told[0]
    outcome = read_verdict_word(first.text, labelled=True)
    if outcome is not None and read_verdict(first.text, labelled=True) is None:
        return ruling_of(text, first.start, first.end, Verdict(outcome), lines, turns)
    # [結論] 継続。なお、…: the word comes first, and more is told behind it
    word = _FIRST_WORD.match(text, first.start, first.end)
    if word and (outcome := read_verdict_word(word.group(), labelled=True)) is not None:
        return ruling_of(text, *word.span(), Verdict(outcome), lines, turns)
    # a list or a heading below the verdict is no part of its sentence
    if len(told) > 1 and (heads_conditions(told[1]) or numbering(told[1].text)):
        alone = read_verdict(first.text, about=about, labelled=True)
        if alone is not None:
            return ruling_of(text, first.start, first.end, alone, lines, turns)
    verdicts = []
    before = first.start
    for begin, end in sentences(text, first.start, told[-1].end):
        # …決定(以下「本件」という。)は、妥当である。 is one sentence
        start = before if _GOES_ON.match(text, begin) else begin
        before = start
        verdict = read_verdict(text[start:end], about=about, labelled=True)
        if verdict is None and (outcome := read_appeal(text[start:end])) is not None:
            verdict = Verdict(outcome)
        if verdict is not None:
            verdicts.append((start, end, verdict))
    if not verdicts:
        return None
    start, end, verdict = verdicts[0]
    outcomes = {v.outcome for _, _, v in verdicts}
    later = verdicts[-1]
    # 可決に至らず。次回に改めて審議する。
    put_off_whole = later[2].outcome is Outcome.CONTINUED and not in_part_put_off(
        text[later[0] : later[1]]
    )
    if put_off_whole or outcomes == {Outcome.REJECTED, Outcome.CONTINUED}:
        start, end, verdict = later
    elif outcomes & set(_PARTS[:2]) and outcomes & set(_PARTS[2:]):
        verdict = Verdict(Outcome.PARTLY_APPROVED)
        end = verdicts[-1][1]
    return ruling_of(text, start, end, verdict, lines, turns)


_FIRST_WORD = re.compile(r"[^。\s、]{1,14}。(?=\s*\S)")
_GOES_ON = re.compile(r"(?:は(?!い)|を|が|については|及び|並びに|又は)")


def states_results(line: Line) -> bool:
    """Whether a line is a heading of results, alone on its line."""
    return _beside(line) == []


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
    at = offsets[match.end()]
    if not match["colon"] and not match["open"]:
        # 結果　承認
        apart = line.text[at - 1].isspace() and not line.text[:at].rstrip()[-1:].isspace()
        if not apart or read_verdict_word(line.text[at:], labelled=True) is None:
            return None
    return [replace(line, start=line.start + at, text=line.text[at:], key=key[match.end() :])]


_MAY_HEAD = re.compile(r"結|答申|審議会|審査会|委員会|部会|決|判断")
