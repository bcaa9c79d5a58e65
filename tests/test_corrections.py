"""What a person corrects is never lost, never applied to other words, and always shown as such."""

import json
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stand_ins import HashEmbedder, NoEmbedder

from assistant.commands import _build_lines
from assistant.facts import case_as_json
from index import build as building
from index import corrections
from index.build import build
from index.build_report import BuildReport, read_last
from index.cases import Case, Field
from index.corrected import note_of
from index.corrections import NAME, Note, find_files, keep, read_notes, take_back
from index.doubts import DoubtKind
from index.grammar.verdicts import Outcome
from index.meetings import Meeting
from index.records import Record, find_sources
from index.store import open_index

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "records" / "sample"
RECORD = "hokushin-r2-4.txt"  # of two cases: one is rejected, the other has no verdict
OTHER = "kaedesawa-r3-3.txt"


@dataclass(frozen=True)
class Desk:
    """Two records, their index, and someone who corrects."""

    records: Path
    folder: Path

    def build(self, embedder: HashEmbedder | None = None) -> BuildReport:
        return build([self.records], self.folder, embedder=embedder or NoEmbedder())

    @property
    def kept(self) -> Path:
        return self.records / NAME

    def cases(self, record: str = RECORD) -> list[Case]:
        with closing(open_index(self.folder)) as index:
            return [case for case in index.cases() if case.record == record]

    def meetings(self) -> list[Meeting]:
        with closing(open_index(self.folder)) as index:
            return index.meetings()

    def note(self, case: Case, field: Field, now: str, by: str = "") -> Note:
        path = next(s.path for s in find_sources([self.records]) if s.id == case.record)
        with closing(open_index(self.folder)) as index:
            record = Record(
                case.record, index.text(case.record), index.manifest.records[case.record]
            )
            return note_of(record, path, case, index.meetings(), field, now, by)

    def correct(self, case: Case, field: Field, now: str, by: str = "") -> Note:
        note = self.note(case, field, now, by)
        keep([note])
        return note


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("template")
    desk = Desk(folder / "records", folder / "index")
    desk.records.mkdir()
    for name in (RECORD, OTHER):
        shutil.copy(SAMPLE / name, desk.records)
    desk.build(HashEmbedder())
    return desk


@pytest.fixture
def desk(template: Desk, tmp_path: Path) -> Desk:
    mine = Desk(tmp_path / "records", tmp_path / "index")
    shutil.copytree(template.records, mine.records)
    shutil.copytree(template.folder, mine.folder)
    return mine


# -- what a correction does ----------------------------------------------------------------------


def test_a_corrected_outcome_holds_and_says_what_was_read(desk: Desk) -> None:
    rejected = desk.cases()[0]
    assert rejected.outcome is Outcome.REJECTED
    desk.correct(rejected, Field.OUTCOME, "approved_with_conditions", "北")
    report = desk.build()
    assert (report.read, report.unchanged, report.embedded, report.corrected) == (1, 1, 0, 1)
    case = desk.cases()[0]
    assert case.outcome is Outcome.APPROVED_WITH_CONDITIONS
    assert case.newest is not None
    assert rejected.newest is not None
    assert case.newest.text == rejected.newest.text  # the record's own words stay
    (said,) = case.corrected
    assert (said.field, said.read, said.now, said.by) == (
        "outcome", "rejected", "approved_with_conditions", "北",
    )  # fmt: skip
    told = case_as_json(case)
    assert told["outcome"] == "approved_with_conditions"
    assert told["corrected"] == [
        {"field": "outcome", "read": "rejected", "now": "approved_with_conditions", "by": "北", "when": said.when, "why": ""}
    ]  # fmt: skip
    assert desk.build().changed is False


def test_a_verdict_where_none_was_found_settles_the_doubt(desk: Desk) -> None:
    case = desk.cases()[1]
    assert case.outcome is Outcome.NOT_RECORDED
    assert [doubt.kind for doubt in case.doubts] == [DoubtKind.VERDICT]
    desk.correct(case, Field.OUTCOME, "approved")
    desk.build()
    case = desk.cases()[1]
    assert (case.outcome, case.doubts) == (Outcome.APPROVED, ())
    assert case.newest is not None
    assert (case.newest.text, case.newest.meeting_id) == ("", case.meeting_id)


def test_a_verdict_that_is_none_is_taken_away_and_its_line_stays(desk: Desk) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "not_recorded")
    desk.build()
    case = desk.cases()[0]
    assert case.outcome is Outcome.NOT_RECORDED
    assert case.newest is not None
    assert case.newest.text


def test_title_day_and_town_are_corrected(desk: Desk) -> None:
    case = desk.cases()[0]
    desk.correct(case, Field.TITLE, "帳票の読取りの委託")
    desk.correct(case, Field.DATE, "2021-01-07")
    desk.correct(case, Field.MUNICIPALITY, "銀杏町")
    desk.build(HashEmbedder())  # the words above its passages are others now
    corrected, other = desk.cases()
    assert (corrected.title, corrected.day, corrected.municipality) == (
        "帳票の読取りの委託", date(2021, 1, 7), "銀杏町",
    )  # fmt: skip
    assert corrected.newest is not None
    assert corrected.newest.day == date(2021, 1, 7)
    assert corrected.council == "銀杏町個人情報保護審議会"
    assert (corrected.meeting, corrected.year) == (
        case.meeting,
        case.year,
    )  # its title says the year
    assert (other.municipality, other.day) == (case.municipality, case.day)
    # of one sitting, only one case was corrected: the sitting is what it was
    assert {m.municipality for m in desk.meetings() if m.record == RECORD} == {case.municipality}


def test_a_sitting_all_of_whose_cases_are_corrected_alike_is_corrected(desk: Desk) -> None:
    keep([desk.note(case, Field.DATE, "2020-12-18") for case in desk.cases()])
    keep([desk.note(case, Field.MUNICIPALITY, "銀杏町") for case in desk.cases()])
    desk.build(HashEmbedder())
    (meeting,) = [m for m in desk.meetings() if m.record == RECORD]
    assert (meeting.day, meeting.municipality) == (date(2020, 12, 18), "銀杏町")


def test_checked_settles_every_doubt(desk: Desk) -> None:
    case = desk.cases()[1]
    desk.correct(case, Field.CHECKED, "true", "北")
    report = desk.build()
    case = desk.cases()[1]
    assert case.doubts == ()
    assert case.outcome is Outcome.NOT_RECORDED
    assert [c.field for c in case.corrected] == [Field.CHECKED]
    assert RECORD not in [unsure.record for unsure in report.unsure]


def test_the_last_correction_of_a_field_holds(desk: Desk) -> None:
    case = desk.cases()[0]
    keep([replace(desk.note(case, Field.OUTCOME, "approved"), when="2026-01-02T10:00:00+09:00")])
    keep([replace(desk.note(case, Field.OUTCOME, "withdrawn"), when="2026-01-03T10:00:00+09:00")])
    desk.build()
    case = desk.cases()[0]
    assert case.outcome is Outcome.WITHDRAWN
    assert [(c.read, c.now) for c in case.corrected] == [("rejected", "withdrawn")]
    # made on the corrected case, it still says what the reader had read
    assert desk.note(case, Field.OUTCOME, "approved").read == "rejected"


def test_a_correction_is_taken_back_and_its_history_stays(desk: Desk) -> None:
    before = desk.cases()
    note = desk.correct(before[0], Field.OUTCOME, "approved")
    desk.build()
    take_back(note, "北")
    desk.build()
    assert desk.cases() == before
    text = desk.kept.read_text(encoding="utf-8")
    assert f'id = "{note.id}"' in text
    assert f'undo = "{note.id}"' in text


# -- it survives ---------------------------------------------------------------------------------


def test_it_survives_a_newer_reader_and_a_lost_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    desk.build()
    monkeypatch.setattr(building, "READER_VERSION", "next")
    assert desk.build().read == 2
    assert desk.cases()[0].outcome is Outcome.APPROVED
    shutil.rmtree(desk.folder)
    desk.build(HashEmbedder())
    assert desk.cases()[0].outcome is Outcome.APPROVED


def test_it_survives_a_reader_that_finds_another_part(desk: Desk) -> None:
    note = desk.note(desk.cases()[0], Field.OUTCOME, "approved")
    keep([replace(note, text="0123456789abcdef")])  # as if the part had ended elsewhere then
    desk.build()
    assert desk.cases()[0].outcome is Outcome.APPROVED  # for the file is the same


@pytest.mark.parametrize("new", ["令和2年度第4回.txt", "北辰区/議事録.txt", f"北辰区/{RECORD}"])
def test_it_survives_a_record_that_is_moved(desk: Desk, new: str) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    (desk.records / new).parent.mkdir(exist_ok=True)
    (desk.records / RECORD).rename(desk.records / new)
    report = desk.build()
    assert report.faults == ()
    assert desk.cases(new)[0].outcome is Outcome.APPROVED


def test_it_goes_with_its_folder(desk: Desk) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    moved = desk.records / "旧" / "記録"
    moved.mkdir(parents=True)
    for path in (desk.records / RECORD, desk.kept):
        path.rename(moved / path.name)
    desk.build()
    assert desk.cases(f"旧/記録/{RECORD}")[0].outcome is Outcome.APPROVED


def test_a_record_that_is_away_is_told_and_its_correction_kept(desk: Desk) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    away = (desk.records / RECORD).rename(desk.folder / RECORD)
    report = desk.build()
    assert [RECORD in fault.reason for fault in report.faults] == [True]
    away.rename(desk.records / RECORD)
    assert desk.build().faults == ()
    assert desk.cases()[0].outcome is Outcome.APPROVED


def test_it_survives_what_an_editor_does_to_the_record(desk: Desk) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    path = desk.records / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_bytes("\r\n".join(text.splitlines()).encode("cp932", "replace"))
    desk.build(HashEmbedder())
    assert desk.cases()[0].outcome is Outcome.APPROVED  # only line ends and bytes are others


# -- it is not applied blindly -------------------------------------------------------------------


def test_a_correction_of_changed_words_is_told_and_not_applied(desk: Desk) -> None:
    case = desk.cases()[0]
    desk.correct(case, Field.OUTCOME, "approved")
    desk.correct(case, Field.CHECKED, "true")
    kept = desk.kept.read_bytes()
    path = desk.records / RECORD
    text = path.read_text(encoding="utf-8")
    end = case.spans[-1][1]
    path.write_text(
        text[: end - 1] + "なお、再度諮ることとした。" + text[end - 1 :], encoding="utf-8"
    )
    report = desk.build(HashEmbedder())
    case = desk.cases()[0]
    assert case.corrected == ()
    doubts = [doubt.text for doubt in case.doubts if doubt.kind is DoubtKind.CORRECTION]
    assert len(doubts) == 2
    assert doubts[0].startswith("「AI-OCRの利用に伴う外部結合について」への結論の訂正（")
    assert "確認済みの印" in doubts[1]
    table = [line for line in _build_lines(report) if line.lstrip().startswith(("record ", RECORD))]
    assert table[0].split()[-1] == "correction"
    assert table[1].split()[-1] == "2"
    assert desk.kept.read_bytes() == kept
    # made anew on the words that stand there now, it holds, and the old one is told no more
    (note, *_), _ = read_notes([desk.kept])
    take_back(note)
    desk.correct(case, Field.OUTCOME, "approved")
    desk.build()
    case = desk.cases()[0]
    assert case.outcome is Outcome.APPROVED


def test_a_change_elsewhere_in_the_record_changes_nothing(desk: Desk) -> None:
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    path = desk.records / RECORD
    path.write_bytes(path.read_bytes() + "\n（事務局で誤字を直した。）\n".encode())
    desk.build(HashEmbedder())
    assert desk.cases()[0].outcome is Outcome.APPROVED


def test_a_day_written_otherwise_since_is_not_overruled(desk: Desk) -> None:
    case = desk.cases()[0]
    desk.correct(case, Field.DATE, "2020-12-18")
    (meeting,) = [m for m in desk.meetings() if m.record == RECORD]
    assert meeting.day_span is not None
    start, end = meeting.day_span
    path = desk.records / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text[:start]}令和2年12月19日{text[end:]}", encoding="utf-8")
    desk.build(HashEmbedder())
    case = desk.cases()[0]
    assert (case.day, case.corrected) == (date(2020, 12, 19), ())
    assert any(doubt.kind is DoubtKind.CORRECTION for doubt in case.doubts)


def test_what_is_gone_from_the_record_is_told_of_the_sitting(desk: Desk) -> None:
    note = desk.note(desk.cases()[0], Field.OUTCOME, "approved")
    keep([replace(note, title="消えた案件", text="00", digest="")])
    report = desk.build()
    (meeting,) = [m for m in desk.meetings() if m.record == RECORD]
    assert [doubt.kind for doubt in meeting.problems] == [DoubtKind.CORRECTION]
    assert any(unsure.record == RECORD for unsure in report.unsure)


def test_the_file_can_be_read_by_people_and_is_no_record(desk: Desk) -> None:
    note = desk.note(desk.cases()[0], Field.OUTCOME, "approved", "北")
    keep([note], ["北辰区 AI-OCRの案件の結論を「承認」に訂正"])
    text = desk.kept.read_text(encoding="utf-8")
    assert text.startswith("# 先例")
    assert "# 北辰区 AI-OCRの案件の結論を「承認」に訂正\n[[correction]]\n" in text
    assert 'title = "AI-OCRの利用に伴う外部結合について"' in text
    report = desk.build()
    assert (report.records, report.refused) == (2, ())


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        ('[[correction]]\nid = "b\n', 2, "no TOML"),
        ('[[correction]]\nid = "b"\nrecord = "r.txt"\n', 1, 'lacks "title"'),
        (None, 1, "no outcome"),  # one of an outcome that is none
        ('[[correction]]\nid = "b"\nrecord = "r.txt"\ntitle = "題"\ntext = "t"\nfield = "weather"\nnow = "x"\n', 1, "cannot be corrected"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_understood_is_named_and_the_rest_holds(
    desk: Desk, broken: str | None, line: int, reason: str
) -> None:
    first = desk.note(desk.cases()[0], Field.OUTCOME, "approved")
    keep([first])
    if broken is None:
        broken = corrections._written(replace(first, id="b", now="よし"), "")[1:]
    before = desk.kept.read_text(encoding="utf-8")
    desk.kept.write_text(before + broken, encoding="utf-8")
    keep([desk.note(desk.cases(OTHER)[0], Field.OUTCOME, "continued")])
    kept = desk.kept.read_bytes()
    report = desk.build()
    (fault,) = report.faults
    assert fault.name == f"{NAME}, line {before.count(chr(10)) + line}"
    assert reason in fault.reason
    assert str(desk.kept) in fault.reason
    assert any(fault.name in said for said in _build_lines(report))
    assert read_last(desk.folder).faults == (fault,)
    assert desk.cases()[0].outcome is Outcome.APPROVED
    assert desk.cases(OTHER)[0].outcome is Outcome.CONTINUED
    assert desk.kept.read_bytes() == kept


def test_a_second_file_that_a_shared_folder_made_is_read(desk: Desk) -> None:
    note = desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    shutil.copy(desk.kept, desk.records / "corrections (1).toml")
    desk.correct(desk.cases(OTHER)[0], Field.OUTCOME, "continued")
    report = desk.build()
    assert (report.records, report.refused, report.corrected) == (2, (), 2)
    notes, _ = read_notes(find_files([desk.records]))
    assert [n.id for n in notes].count(note.id) == 1


# -- it is quick ---------------------------------------------------------------------------------


def test_a_corrected_outcome_embeds_nothing_and_takes_chroma_over(desk: Desk) -> None:
    def collection() -> Any:
        current = (desk.folder / "CURRENT").read_text(encoding="ascii").strip()
        manifest = json.loads((desk.folder / current / "manifest.json").read_bytes())
        return manifest["collection"], manifest["chroma"]

    before = collection()
    desk.correct(desk.cases()[0], Field.OUTCOME, "approved")
    report = desk.build(NoEmbedder())
    assert (report.read, report.embedded) == (1, 0)
    assert collection() == before
    with closing(open_index(desk.folder)) as index:
        assert index.chroma_problem() == ""
        vector = HashEmbedder().query("港")
        found = index.search_vectors(vector, 5)
        assert found
        assert found == [
            (id, pytest.approx(score, abs=1e-3)) for id, score in index._exact(vector, 5, None)
        ]
    # other passages, other vectors
    desk.correct(desk.cases()[0], Field.TITLE, "帳票の読取り")
    desk.build(HashEmbedder())
    assert collection()[0] != before[0]
