"""A record beside what was read from it: every mark at its place, every correction kept and told."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from stand_ins import HashEmbedder

from app_parts.records_html import case_html, list_html, text_html
from assistant.desks.proofreading import (
    Files,
    MarkKind,
    Proof,
    correct,
    look_at_files,
    notes_on,
    proof_of,
    put_back,
    record_rows,
    said_of,
    unused,
)
from index.build import build, build_again
from index.build_report import BuildReport
from index.cases import Case, Field
from index.corrections import NAME, CorrectionError, take_back
from index.doubts import DoubtKind
from index.grammar.verdicts import Outcome
from index.store import open_index

SAMPLE = Path(__file__).resolve().parent.parent / "records" / "sample"
RECORD = "hokushin-r2-4.txt"  # of two cases: one is rejected, the other has no verdict
OTHER = "kaedesawa-r3-3.txt"
HOSTILE = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Office:
    records: Path
    folder: Path

    def build(self) -> BuildReport:
        return build([self.records], self.folder, embedder=HashEmbedder())

    def proof(self) -> Proof:
        with closing(open_index(self.folder)) as index:
            return proof_of(index, RECORD)

    def files(self) -> Files:
        with closing(open_index(self.folder)) as index:
            return look_at_files(index)

    def case(self, number: int = 0) -> Case:
        return self.proof().cases[number].case

    def say(self, said: dict[Field, str], *numbers: int, by: str = "", why: str = "") -> int:
        cases = [self.case(number) for number in numbers or (0,)]
        standing = self.files().notes_of(RECORD)
        with closing(open_index(self.folder)) as index:
            path = self.records / RECORD
            return correct(index, path, cases, said, standing, by=by, why=why)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("template")
    office = Office(folder / "records", folder / "index")
    office.records.mkdir()
    for name in (RECORD, OTHER):
        shutil.copy(SAMPLE / name, office.records)
    office.build()
    return office


@pytest.fixture
def office(template: Office, tmp_path: Path) -> Office:
    mine = Office(tmp_path / "records", tmp_path / "index")
    shutil.copytree(template.records, mine.records)
    shutil.copytree(template.folder, mine.folder)
    mine.build()  # of its own folder
    return mine


# -- what is shown -------------------------------------------------------------------------------


def test_the_list_tells_each_record_with_its_doubts(template: Office) -> None:
    with closing(open_index(template.folder)) as index:
        rows = {row.id: row for row in record_rows(index)}
        assert list(rows) == list(index.manifest.records)
    row = rows[RECORD]
    assert (row.municipalities, row.cases, row.corrected) == (("北辰区",), 2, 0)
    ((doubt, case),) = row.doubts
    assert doubt.kind is DoubtKind.VERDICT
    assert case is not None
    assert case.id == template.case(1).id
    assert row.read_at[:4].isdigit()
    assert "結論1" in list_html([row], "name", False, 10)
    assert quote(case.id, safe="") in list_html([row], "name", False, 10, doubts=True)


def test_the_text_is_whole_and_marked_where_things_were_read(template: Office) -> None:
    proof = template.proof()
    marks = {(mark.kind, mark.number): proof.text[mark.start : mark.end] for mark in proof.marks()}
    assert marks[MarkKind.TITLE, 1] == "AI-OCRの利用に伴う外部結合について"
    assert marks[MarkKind.VERDICT, 1].endswith("不適当と認める。")
    assert "令和2年12月17日" in marks[MarkKind.DATE, 0]
    assert (MarkKind.VERDICT, 2) not in marks


def test_every_word_of_a_record_is_escaped(office: Office) -> None:
    path = office.records / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("AI-OCRの利用", f"{HOSTILE}の利用"), encoding="utf-8")
    office.build()
    proof = office.proof()
    shown = text_html(proof, 0, len(proof.text))
    shown += "".join(case_html(read, True, False, True) for read in proof.cases)
    with closing(open_index(office.folder)) as index:
        shown += list_html(record_rows(index), "name", False, 10, doubts=True)
    assert "<script" not in shown
    assert "&lt;script" in shown


# -- what a person says --------------------------------------------------------------------------


def test_what_is_said_holds_after_the_next_build_with_its_reason(office: Office) -> None:
    assert office.say({Field.OUTCOME: "approved"}, by="北", why="答申書による") == 1
    assert office.files().waiting == (RECORD,)
    (waits,) = unused(office.proof(), office.files().notes_of(RECORD))
    assert "「承認」とする訂正" in said_of(waits)
    assert office.case().outcome is Outcome.REJECTED
    office.build()
    assert office.files().waiting == ()
    (said,) = office.case().corrected
    assert (said.now, said.read, said.by, said.why) == (
        "approved",
        "rejected",
        "北",
        "答申書による",
    )
    assert "# AI-OCRの利用に伴う外部結合について: 結論「不承認」→「承認」\n" in (
        office.records / NAME
    ).read_text(encoding="utf-8")


def test_what_is_as_it_was_is_no_correction(office: Office) -> None:
    case = office.case()
    same = {Field.OUTCOME: "rejected", Field.TITLE: case.title, Field.DATE: str(case.day)}
    assert office.say(same) == 0
    assert not (office.records / NAME).exists()


def test_to_say_what_was_read_takes_the_correction_back(office: Office) -> None:
    office.say({Field.OUTCOME: "approved"})
    office.build()
    office.say({Field.OUTCOME: "withdrawn"})
    office.build()
    assert [note.now for note in office.files().notes_of(RECORD)] == ["withdrawn"]
    assert office.say({Field.OUTCOME: "rejected"}) == 1
    office.build()
    assert office.case().corrected == ()
    assert office.files().notes_of(RECORD) == ()


def test_a_wrong_value_is_told_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(CorrectionError, match="自治体名を"):
        office.say({Field.OUTCOME: "approved", Field.MUNICIPALITY: "どこか"})
    assert not (office.records / NAME).exists()


def test_a_whole_sitting_is_corrected_at_once(office: Office) -> None:
    assert office.say({Field.DATE: "2020-12-18"}, 0, 1) == 2
    office.build()
    (sitting,) = office.proof().sittings
    assert sitting.meeting is not None
    assert sitting.meeting.day == date(2020, 12, 18)


def test_taken_back_it_is_as_it_was_read(office: Office) -> None:
    office.say({Field.OUTCOME: "approved"})
    office.build()
    for note in notes_on(office.case(), Field.OUTCOME, office.files().notes_of(RECORD)):
        take_back(note)
    assert office.files().waiting == (RECORD,)
    office.build()
    assert office.case().outcome is Outcome.REJECTED


def test_a_correction_whose_words_have_changed_is_told_until_it_is_taken_back(
    office: Office,
) -> None:
    office.say({Field.OUTCOME: "approved"}, by="北")
    office.build()
    path = office.records / RECORD
    text = path.read_text(encoding="utf-8")
    at = office.case().spans[-1][1] - 1
    path.write_text(text[:at] + "なお、再度諮ることとした。" + text[at:], encoding="utf-8")
    os.utime(path, (2e9, 2e9))
    assert office.files().changed == (RECORD,)
    office.build()
    (note,) = unused(office.proof(), office.files().notes_of(RECORD))
    assert said_of(note).startswith(
        "「AI-OCRの利用に伴う外部結合について」の結論を「承認」とする訂正（"
    )
    take_back(note)
    office.build()
    assert office.files().notes_of(RECORD) == ()


def test_a_correction_gone_from_its_file_is_told_and_can_be_put_back(office: Office) -> None:
    office.say({Field.OUTCOME: "approved"}, by="北", why="答申書による")
    office.build()
    kept = office.records / NAME
    kept.write_text("# 覚え書き\n", encoding="utf-8")
    report = office.build()
    assert "消えています" in report.faults[0].japanese
    assert office.case().outcome is Outcome.REJECTED
    (note,) = office.files().vanished
    put_back(note)
    report = office.build()
    assert (report.faults, office.files().vanished) == ((), ())
    (said,) = office.case().corrected
    assert (said.now, said.by, said.why) == ("approved", "北", "答申書による")
    # deleted on purpose: said once, it is told no more
    kept.unlink()
    take_back(office.files().vanished[0])
    assert office.build().faults == ()
    assert office.files().vanished == ()


def test_a_file_that_cannot_be_read_for_now_loses_no_correction(office: Office) -> None:
    office.say({Field.OUTCOME: "approved"})
    office.build()
    kept = office.records / NAME
    whole = kept.read_bytes()
    kept.write_bytes(b"\xff\x80\x00\x80" * 9)
    report = office.build()
    assert "読み取れない" in report.faults[0].japanese
    assert office.case().outcome is Outcome.APPROVED
    with pytest.raises(CorrectionError, match="UTF-8"):
        office.say({Field.OUTCOME: "continued"})
    kept.write_bytes(whole.decode("utf-8").encode("utf-16"))  # as Notepad once saved it
    assert office.build().faults == ()
    assert office.say({Field.OUTCOME: "continued"}) == 1
    office.build()
    assert office.case().outcome is Outcome.CONTINUED


def test_two_blocks_of_one_id_are_told(office: Office) -> None:
    office.say({Field.OUTCOME: "approved"})
    kept = office.records / NAME
    text = kept.read_text(encoding="utf-8")
    block = text[text.index("[[correction]]") :]
    kept.write_text(f"{text}\n{block}", encoding="utf-8")  # twice the same says nothing new
    assert office.build().faults == ()
    kept.write_text(text + block.replace('"approved"', '"withdrawn"'), encoding="utf-8")
    (fault,) = office.build().faults
    assert "same id" in fault.reason


# -- the folders ---------------------------------------------------------------------------------


def test_what_has_come_and_gone_is_told(office: Office) -> None:
    assert office.files() == Files(
        {name: office.records / name for name in (RECORD, OTHER)}, notes={}
    )
    (office.records / OTHER).rename(office.records / "新しい名前.txt")
    (office.records / "名簿.doc").write_bytes(b"x")
    files = office.files()
    assert (files.gone, set(files.new)) == ((OTHER,), {"新しい名前.txt", "名簿.doc"})
    office.build()
    files = office.files()
    assert (files.gone, files.new) == ((), ())
    assert [refusal.name for refusal in files.refused] == ["名簿.doc"]
    (office.records / "名簿.doc").unlink()
    assert office.files().refused == ()


def test_a_broken_line_is_named_at_once(office: Office) -> None:
    office.say({Field.OUTCOME: "approved"})
    with (office.records / NAME).open("a", encoding="utf-8") as file:
        file.write('\n[[correction]]\nid = "閉じない\n')
    (fault,) = office.files().faults
    assert "行目" in fault.japanese
    assert len(office.files().notes_of(RECORD)) == 1


def test_folders_that_are_away_are_told(office: Office) -> None:
    office.records.rename(office.folder / "away")
    files = office.files()
    assert files.problem
    assert not files.paths


def test_records_of_the_default_folder_are_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "office"
    (home / "records" / "sample").mkdir(parents=True)
    shutil.copy(SAMPLE / OTHER, home / "records" / "sample")
    office = Office(home / "records", tmp_path / "index")
    monkeypatch.chdir(home)
    build([], office.folder, embedder=HashEmbedder())
    monkeypatch.chdir(tmp_path)
    assert office.files().paths == {OTHER: home / "records" / "sample" / OTHER}

    # from now on it has records of its own
    shutil.copy(SAMPLE / RECORD, office.records)
    assert office.files().new == (RECORD,)
    with closing(open_index(office.folder)) as index:
        build_again(index.manifest, office.folder, embedder=HashEmbedder())
    assert office.files().paths == {RECORD: office.records / RECORD}
    office.say({Field.OUTCOME: "approved"})
    assert (office.records / NAME).is_file()
    with closing(open_index(office.folder)) as index:
        build_again(index.manifest, office.folder, embedder=HashEmbedder())
    assert office.case().outcome is Outcome.APPROVED
