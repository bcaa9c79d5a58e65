"""What must hold for any text: spans are exact, nothing raises, and what is written is read back."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_minutes import FULL, minutes

from index.cases import Case
from index.grammar.verdict_words import read_verdict_word
from index.grammar.verdicts import Outcome, read_verdict
from index.japanese import (
    FiscalYear,
    dates,
    fiscal_years,
    fold,
    folded_with_offsets,
    level,
    number,
    regular,
    similarity,
)
from index.meetings import Meeting, read_meetings
from index.passages import PassageKind, read_passages
from index.reading.case_reading import read_cases
from index.records import Record
from index.text.lines import Line, lines
from index.text.numbering import numbering
from index.text.titles import is_procedure, kind_of, looks_like_title
from index.text.turns import Exchange, Role, Turn, exchanges, read_turns

QUICK = settings(
    deadline=None,
    derandomize=True,  # the same examples in every run: a failure here is a failure there
    suppress_health_check=list(HealthCheck),
)


def read(text: str) -> tuple[Record, list[Line], list[Meeting], list[Case]]:
    record = Record("minutes.txt", text, "")
    pieces = lines(text)
    meetings = read_meetings(record, pieces)
    return record, pieces, meetings, read_cases(record, pieces, meetings)


# -- any text ---------------------------------------------------------------------------------------

TOKENS = [
    "令和3年度第1回", "霞野市", "個人情報保護審議会", "会議録", "会議次第", "（1日目）", "日時", "令和3年5月11日", "平成30月8月28日", "R3.5.11", "2021-05-11",
    "出席者", "議題", "議事", "次第", "諮問案件1", "【諮問案件2】", "諮問第3号", "第64号諮問事案", "議題1 ", "審議 2 ", "(1)", "（２）", "①", "ア ", "・", "○", "- ",
    "→ ", "防犯カメラの設置について", "水道の検針データの利用について(諮問)", "「名簿の提供」について", "(報告)", "(総務課)", "前回会議録の承認", "会長の選出について",
    "その他", "開会", "閉会", "以上", "審議結果", "<審議結果>", "審議会の結論", "答申", "件名", "結論", "附帯意見", "次の条件を付して", "を条件に", "との意見を付して",
    "本件は承認とする。", "承認", "承認する", "「可」とする。", "継続審議とする。", "不承認とする。", "取り下げられた。", "一部承認", "異議なし", "よろしいですか。", "ただし、",
    "なお、", "こと", "（A委員）", "○会長 ", "【会長】", "<事務局>", "委員：", "(質問)", "(回答)", "担当課", "実施機関", "質疑", "主な意見", "条例第9条第3項第4号", "同条第2項",
    "諮問事項シート", "■諮問 □報告", '<input type="checkbox" checked="">', "<br>", "<p>", "</td><td>", "|", " | ", "---", "\t", "\n", "\n\n", "\r\n", "\f", "\u3000",
    "  ", "。", "、", "「", "」", "（", "）", "『", "―", "A I - O C R", "ＡＩ－ＯＣＲ", "\ufeff", "\u00a0", "㈱", "é\u0301", "𠮷", "\x00", "\ud800",
]  # fmt: skip
SOUP = st.lists(
    st.one_of(st.sampled_from(TOKENS), st.sampled_from(TOKENS), st.text(max_size=8)), max_size=70
).map("".join)


def spans_of(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Every span that reading gives, with the text that is stored beside it, if any is."""
    _, pieces, meetings, cases = read(text)
    dressed = regular(text)  # lines are of the text as it is read, character for character
    for line in pieces:
        assert dressed[line.start : line.end] == line.text
        yield line.start, line.end, None
    for meeting in meetings:
        yield meeting.start, meeting.end, None
        for span in (meeting.day_span, meeting.attendees_span, meeting.title_span):
            if span is not None:
                yield *span, None
    for case in cases:
        yield *case.title_span, None
        for span in case.spans:
            yield *span, None
        if case.department_span is not None:
            yield *case.department_span, case.department
        for decision in case.decisions:
            yield decision.start, decision.end, decision.text
            for condition in decision.conditions:
                yield condition.start, condition.end, condition.text
        for slot in case.slots:
            yield slot.start, slot.end, slot.value
        for exchange in case.exchanges:
            yield exchange.start, exchange.end, None
            for turn in (exchange.question, *exchange.replies):
                yield turn.start, turn.end, None
                yield turn.head, turn.end, None


def check_spans(text: str) -> None:
    for start, end, stored in spans_of(text):
        assert 0 <= start <= end <= len(text)
        if stored is not None:
            # rows of a wrapped name are joined; all else is the very text
            assert text[start:end] == stored or "".join(text[start:end].split()) == "".join(
                stored.split()
            )


@settings(QUICK, max_examples=100)
@given(SOUP)
def test_every_span_of_any_text_lies_in_it_and_says_what_is_stored(text: str) -> None:
    check_spans(text)


@settings(QUICK, max_examples=60)
@given(st.integers(0, 10**9))
def test_every_span_of_minutes_lies_in_them_and_says_what_is_stored(seed: int) -> None:
    check_spans(minutes(random.Random(seed)).text)


@settings(QUICK, max_examples=60)
@given(st.integers(0, 10**9))
def test_a_decision_and_its_conditions_are_quoted_to_the_character(seed: int) -> None:
    text = minutes(random.Random(seed)).text
    for case in read(text)[3]:
        for decision in case.decisions:
            assert text[decision.start : decision.end] == decision.text
            for condition in decision.conditions:
                assert text[condition.start : condition.end] == condition.text


@settings(QUICK, max_examples=60)
@given(SOUP)
def test_cases_are_told_in_order_and_each_has_its_own_name(text: str) -> None:
    cases = read(text)[3]
    assert [case.title_span for case in cases] == sorted(case.title_span for case in cases)
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        assert case.title
        assert case.outcome is (case.newest.outcome if case.newest else Outcome.NOT_RECORDED)


@settings(QUICK, max_examples=60)
@given(SOUP)
def test_a_place_of_a_record_is_one_passage(text: str) -> None:
    record, pieces, meetings, cases = read(text)
    found = read_passages(record, pieces, meetings, cases)
    assert len({passage.id for passage in found}) == len(found)


def test_what_is_a_decision_and_an_exchange_is_a_decision_in_the_search() -> None:
    text = (
        "令和3年度第1回霞野市個人情報保護審議会会議録\n議題\n(1) 名簿の提供について\n議事\n"
        "(1) 名簿の提供について\n（会長）\n 本件については、諮問のとおり承認する。\n（会長）\n 終わります。\n"
    )
    record, pieces, meetings, cases = read(text)
    decision = cases[0].decisions[0]
    said = Turn("会長", Role.CHAIR, decision.start, decision.end, decision.start)
    cases = [replace(cases[0], exchanges=(Exchange(said, ()),))]
    found = [p for p in read_passages(record, pieces, meetings, cases) if "承認" in p.text]
    assert [passage.kind for passage in found] == [PassageKind.DECISION]


@settings(QUICK, max_examples=60)
@given(SOUP)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


TAG = re.compile(r"</?[A-Za-z][^<>]*>|#{1,6} ")


@settings(QUICK, max_examples=100)
@given(SOUP)
def test_lines_come_in_order_never_overlap_and_leave_out_nothing_but_space_and_tags(
    text: str,
) -> None:
    at, dressed = 0, regular(text)
    for line in lines(text):
        assert at <= line.start < line.end <= len(text)
        between = TAG.sub("", text[at : line.start])
        assert not between.replace("|", "").replace("\ufeff", "").strip()
        assert line.text == dressed[line.start : line.end]
        at = line.end
    rest = TAG.sub("", text[at:])
    assert not rest.replace("|", "").replace("\ufeff", "").strip()


@settings(QUICK, max_examples=100)
@given(st.one_of(SOUP, st.text(max_size=60)))
def test_no_function_of_reading_raises_on_any_text(text: str) -> None:
    for function in (fold, level, number, numbering, is_procedure, looks_like_title, kind_of):
        function(text)
    assert 0 <= similarity(fold(text), "防犯カメラ") <= 1
    key, offsets = folded_with_offsets(text)
    assert len(offsets) == len(key) + 1
    for written in dates(text):
        assert 0 <= written.start < written.end <= len(text)
        assert written.day is not None or written.problem
    for start, end, _ in fiscal_years(text):
        assert 0 <= start < end <= len(text)
    verdict = read_verdict(text)
    for start, end in verdict.conditions if verdict else ():
        assert 0 <= start < end <= len(text)
    read_verdict_word(text, labelled=True)
    assert sum(1 + len(e.replies) for e in exchanges(read_turns(lines(text)))) == len(
        read_turns(lines(text))
    )


@settings(QUICK, max_examples=100)
@given(SOUP)
def test_folding_is_the_same_whole_or_in_pieces_and_folding_again_changes_nothing(
    text: str,
) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text + "\n" + text) == fold(text) + fold(text)


# -- round trips ------------------------------------------------------------------------------------

ERAS = [("昭和", date(1926, 12, 25)), ("平成", date(1989, 1, 8)), ("令和", date(2019, 5, 1))]
KANJI = "〇一二三四五六七八九"


def kanji(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("十" if tens == 1 else KANJI[tens] + "十" if tens else "") + (
        KANJI[ones] if ones else ""
    )


@settings(QUICK, max_examples=200)
@given(st.dates(ERAS[0][1], date(2045, 12, 31)), st.integers(0, 6))
def test_a_day_written_in_its_era_is_read_as_that_day(day: date, form: int) -> None:
    era, since = next((era, since) for era, since in reversed(ERAS) if since <= day)
    year = day.year - since.year + 1
    letter = {"昭和": "S", "平成": "H", "令和": "R"}[era]
    text = [
        f"{era}{year}年{day.month}月{day.day}日",
        f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日",
        f"{era}{year}年{day.month}月{day.day}日".translate(FULL),
        f"{era} {year} 年　{day.month} 月 {day.day} 日",
        f"{era}{'元' if year == 1 else kanji(year)}年{kanji(day.month)}月{kanji(day.day)}日",
        f"{letter}{year}.{day.month}.{day.day}",
        f"{era}{year}年（{day.year}年）{day.month}月{day.day}日",
    ][form]
    (written,) = dates(f"日時 {text} 午後2時")
    assert (written.day, written.problem) == (day, "")


@settings(QUICK, max_examples=50)
@given(st.dates(date(1950, 1, 1), date(2045, 12, 31)))
def test_a_fiscal_year_is_read_back_from_its_name(day: date) -> None:
    year = FiscalYear.of(day)
    ((_, _, back),) = fiscal_years(year.name)
    assert back == year


@pytest.mark.parametrize("value", [*range(1, 100)])
def test_a_number_is_read_back_from_kanji(value: int) -> None:
    assert number(kanji(value)) == value
