"""A case that a person enters stands in the record's own words, is told as theirs, and is never lost."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from stand_ins import HashEmbedder

from app_parts.markup import turn_html
from assistant.chat import Assistant
from assistant.desks.proofreading import (
    Proof,
    Said,
    correct,
    enter,
    look_at_files,
    placed,
    proof_of,
    read_there,
    taken_out,
    unused,
)
from index import build as building
from index.build import build
from index.build_report import BuildReport
from index.cases import Case, Field
from index.corrections import NAME, CorrectionError, take_back
from index.doubts import DoubtKind
from index.entered import Folded
from index.grammar.verdicts import Outcome
from index.store import open_index

RECORD = "朝凪町.txt"
TEXT = """令和4年度第2回朝凪町個人情報保護審査会 会議録
日時 令和4年8月5日(金) 午後2時から
場所 役場3階会議室

【諮問案件1】
戸籍の届出の電子化について（住民課）
○住民課長 届書を画像にして残します。
○委員 画像はいつ消すのですか。
○住民課長 10年で消します。
○会長 諮問案件1については、異議なく承認とします。

引き続き、前回の宿題とした図書館の利用者カードの電子化を取り上げた。
○委員 貸出の履歴はどこに残りますか。
○生涯学習課長 返却と同時に消しますので、残りません。
○会長 この件は、貸出の履歴を残さないことを条件に、
これを可といたします。
以上をもって閉会した。
"""
TITLE = "図書館の利用者カードの電子化"
VERDICT = "この件は、貸出の履歴を残さないことを条件に、これを可といたします。"
CONDITION = "貸出の履歴を残さないこと"
SAID = Said(TITLE, VERDICT, Outcome.APPROVED_WITH_CONDITIONS, CONDITION)


@dataclass(frozen=True)
class Office:
    """One record, its index, and someone who reads it."""

    records: Path
    folder: Path

    @property
    def record(self) -> Path:
        return self.records / RECORD

    def write(self, text: str) -> BuildReport:
        self.record.write_text(text, encoding="utf-8")
        return self.build()

    def build(self) -> BuildReport:
        return build([self.records], self.folder, embedder=HashEmbedder())

    def cases(self) -> list[Case]:
        with closing(open_index(self.folder)) as index:
            return index.cases()

    def proof(self) -> Proof:
        with closing(open_index(self.folder)) as index:
            return proof_of(index, RECORD)

    def enter(self, said: Said = SAID, **more: str) -> None:
        with closing(open_index(self.folder)) as index:
            entry, problems, _ = placed(Folded(index.text(RECORD)), said)
            assert entry is not None, problems
            enter(index, self.record, RECORD, entry, **more)  # type: ignore[arg-type]

    def take_out(self, case: Case) -> None:
        with closing(open_index(self.folder)) as index:
            correct(index, self.record, [case], {Field.NO_CASE: "true"}, (), by="北")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "records", tmp_path / "index")
    office.records.mkdir()
    office.write(TEXT)
    assert [case.title for case in office.cases()] == ["戸籍の届出の電子化について"]
    return office


def entered_of(cases: Sequence[Case]) -> Case:
    (case,) = [case for case in cases if case.correction(Field.ENTERED)]
    return case


def test_an_entered_case_is_one_like_the_readers_own_in_exact_quotes(office: Office) -> None:
    office.enter(by="北", why="見出しがない")
    office.build()
    read, case = office.cases()
    assert case == entered_of([case])
    assert (case.title, case.outcome, case.day, case.meeting) == (
        TITLE, Outcome.APPROVED_WITH_CONDITIONS, date(2022, 8, 5), read.meeting,
    )  # fmt: skip
    assert case.municipality == read.municipality == "朝凪町"
    assert TEXT[slice(*case.title_span)] == TITLE
    assert case.newest is not None
    assert TEXT[case.newest.start : case.newest.end] == case.newest.text
    assert "".join(case.newest.text.split()) == VERDICT  # over the end of a line, as it stands
    assert [TEXT[c.start : c.end] for c in case.newest.conditions] == [CONDITION]
    assert [TEXT[e.question.start : e.question.end] for e in case.exchanges] == [
        "貸出の履歴はどこに残りますか。"
    ]
    # what stands under its title is the other's no more
    assert read.outcome is Outcome.APPROVED
    last = case.newest.end
    assert all(end <= case.title_span[0] or start >= last for start, end in read.spans)
    (said,) = case.corrected
    assert (said.by, said.why) == ("北", "見出しがない")
    assert office.build().changed is False


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("10年で消します", "10年で必ず消します"),
        f"写し\n{TEXT}",
        TEXT.replace("○会長 この件", "○会長　この件").replace("電子化を取", "電子化を 取"),
    ],
)
def test_it_survives_what_does_not_touch_its_words(office: Office, text: str) -> None:
    office.enter()
    office.write(text)
    case = entered_of(office.cases())
    assert case.outcome is Outcome.APPROVED_WITH_CONDITIONS
    with closing(open_index(office.folder)) as index:
        held = index.text(RECORD)
    assert case.newest is not None
    assert held[case.newest.start : case.newest.end] == case.newest.text


def test_it_survives_a_newer_reader(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.enter()
    office.build()
    before = entered_of(office.cases())
    monkeypatch.setattr(building, "READER_VERSION", "next")
    assert office.build().read == 1
    assert entered_of(office.cases()) == before


def test_it_is_told_and_not_applied_where_its_words_have_changed(office: Office) -> None:
    office.enter()
    kept = (office.records / NAME).read_bytes()
    report = office.write(TEXT.replace("これを可と", "これを否と"))
    assert [case.correction(Field.ENTERED) for case in office.cases()] == [None]
    told = [doubt for unsure in report.unsure for doubt in unsure.doubts]
    (said,) = [doubt.text for doubt in told if doubt.kind is DoubtKind.CORRECTION]
    assert said.startswith(f"人が入力した案件「{TITLE}」（")
    with closing(open_index(office.folder)) as index:
        notes = look_at_files(index).notes_of(RECORD)
    assert unused(office.proof(), notes) == list(notes) != []
    assert (office.records / NAME).read_bytes() == kept


def test_words_that_stand_twice_alike_are_asked_for_anew(office: Office) -> None:
    part = TEXT[TEXT.index("引き続き") : TEXT.index("以上をもって")]
    office.write(TEXT.replace(part, part + part))
    with pytest.raises(CorrectionError, match="ほかの場所"):
        office.enter()
    assert not (office.records / NAME).exists()


def test_what_the_reader_finds_later_at_the_same_place_is_not_told_twice(office: Office) -> None:
    office.enter()
    found = TEXT.replace(f"引き続き、前回の宿題とした{TITLE}", f"【諮問案件2】{TITLE}\n")
    office.write(found)
    entered_of(office.cases())
    (office.records / NAME).unlink()
    shutil.rmtree(office.folder)
    office.build()
    assert len(office.cases()) == 2  # it would be found
    office.enter()
    office.build()
    assert [TITLE in case.title for case in office.cases()] == [False, True]
    entered_of(office.cases())


def test_a_verdict_read_into_another_case_is_its_no_more(office: Office) -> None:
    office.write(TEXT.replace("○会長 諮問案件1については、異議なく承認とします。\n", ""))
    (read,) = office.cases()
    office.enter(replace(SAID, conditions=""))
    office.build()
    other, _ = office.cases()
    assert read.outcome is Outcome.APPROVED_WITH_CONDITIONS
    assert other.outcome is Outcome.NOT_RECORDED
    assert any(doubt.kind is DoubtKind.VERDICT for doubt in other.doubts)


def test_a_day_of_its_own_is_the_cases(office: Office) -> None:
    office.enter(replace(SAID, day=date(2022, 9, 1)))
    office.build()
    case = entered_of(office.cases())
    assert case.newest is not None
    assert (case.day, case.newest.day) == (date(2022, 9, 1), date(2022, 9, 1))


def test_where_no_sitting_holds_the_words_none_is_told(office: Office) -> None:
    row = f"{TITLE}\t可とする。"
    sittings = TEXT + TEXT.replace("第2回", "第3回").replace("8月5日(金)", "11月4日(金)")
    office.write(sittings.replace("以上をもって閉会した。\n", "") + f"\n別表 諮問の一覧\n{row}\n")
    meetings = office.proof().sittings
    said = Said(TITLE, "可とする。", Outcome.APPROVED)
    office.enter(said)
    office.build()
    case = entered_of(office.cases())
    held = [s.meeting for s in meetings if s.meeting and s.meeting.end > case.title_span[0]]
    assert len(meetings) == 2
    assert (case.day, [doubt.kind for doubt in case.doubts]) == (
        (held[0].day, []) if held else (None, [DoubtKind.DATE])
    )


def test_one_without_a_verdict_has_none(office: Office) -> None:
    office.enter(Said(TITLE, "貸出の履歴はどこに残りますか。", Outcome.NOT_RECORDED))
    office.build()
    case = entered_of(office.cases())
    assert (case.outcome, case.decisions, case.doubts) == (Outcome.NOT_RECORDED, (), ())


def test_a_case_that_is_none_is_taken_out_and_comes_back(office: Office) -> None:
    before = office.cases()
    office.take_out(before[0])
    office.build()
    assert office.cases() == []
    with closing(open_index(office.folder)) as index:
        notes = look_at_files(index).notes_of(RECORD)
    assert taken_out(office.proof(), notes) == list(notes) != []
    assert unused(office.proof(), notes) == []
    take_back(notes[0])
    office.build()
    assert office.cases() == before


def test_a_false_case_whose_words_have_changed_is_back_with_a_doubt(office: Office) -> None:
    office.take_out(office.cases()[0])
    office.write(TEXT.replace("10年で消します", "5年で消します"))
    (case,) = office.cases()
    assert ["は案件でないとした訂正" in doubt.text for doubt in case.doubts] == [True]


def test_answers_and_cards_say_that_a_person_entered_it(office: Office) -> None:
    office.enter(by="北")
    office.build()
    question = "朝凪町の図書館の利用者カードの電子化は承認されましたか"
    with closing(open_index(office.folder)) as index:
        assistant = Assistant(index, HashEmbedder())
        answer = assistant.ask([question])
        listed = assistant.ask(["朝凪町の案件の一覧"])
        html = turn_html(question, answer, index.cases(), None)
    assert "（案件と結論は人の入力）" in answer.statements[0].text
    assert VERDICT in ["".join(citation.quote.split()) for citation in answer.citations]
    assert "案件と結論は人が原文から入力したもの（" in answer.text
    assert "北）" in answer.text
    assert "人の入力" in html
    assert "（案件と結論は人の入力）" in listed.text


def test_what_was_read_is_not_entered_but_corrected(office: Office) -> None:
    said = Said("戸籍の届出の電子化", "異議なく承認とします。", Outcome.APPROVED)
    entry, _, _ = placed(Folded(TEXT), said)
    assert entry is not None
    there = read_there(office.proof(), entry)
    assert there is not None
    assert there.case.title.startswith(said.title)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (replace(SAID, title="  "), "案件名を入れて"),
        (replace(SAID, title="図書館の建替え"), "案件名が、本文に見つかりません"),
        (replace(SAID, words="不適当とする。"), "結論を示す文が、本文に見つかりません"),
        (replace(SAID, conditions="毎年報告すること"), "条件が、本文に見つかりません"),
    ],
)
def test_words_that_the_record_lacks_are_told(said: Said, problem: str) -> None:
    entry, problems, _ = placed(Folded(TEXT), said)
    assert entry is None
    assert problem in problems[0]


def test_of_several_places_the_one_pointed_at_with_the_title_above_it() -> None:
    text = f"1 {TITLE}\n2 その他\n\n1 {TITLE}\n承認する。\n2 その他\n承認する。\n"
    first, second = text.index("承認する"), text.rindex("承認する")
    for near, wanted in ((None, first), (first, first), (second + 1, second)):
        said = Said(TITLE, "承認する。", Outcome.APPROVED, near=near)
        entry, _, places = placed(Folded(text), said)
        assert entry is not None
        assert (entry.words[0], entry.title[0], len(places)) == (wanted, text.rindex(TITLE), 2)
