"""Building the index: nothing is lost, nothing is done twice, nobody is disturbed."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import filelock
import pytest
from building import SAMPLE, Place, contents
from stand_ins import HashEmbedder, NoEmbedder

from index import build as building
from index import writer
from index.build import BuildError, build
from index.build_report import unsure
from index.embedding import EmbeddingError
from index.japanese import words
from index.passages import Passage
from index.records import Source
from index.storage import sqlite
from index.storage.catalogue import embedded_text
from index.storage.generations import WrongIndex
from index.store import open_index

# -- what a build makes --------------------------------------------------------------------------


def test_a_build_holds_what_the_records_say(place: Place) -> None:
    told: list[tuple[str, int, int]] = []
    report = place.build(progress=lambda *step: told.append(step))
    assert (report.read, report.unchanged, report.removed, report.refused) == (4, 0, 0, ())
    assert (report.generation, report.changed) == ("gen-000001", True)
    assert report.cases >= 4
    assert report.passages >= report.embedded > 0
    assert {what for what, _, _ in told} == {"read", "embed", "publish"}
    assert all(0 <= done <= of for _, done, of in told)
    assert [step for step in told if step[1] == step[2]] == [
        ("read", 4, 4),
        ("embed", report.embedded, report.embedded),
        ("publish", report.passages, report.passages),
    ]
    records, cases, passages, (meetings, *_) = contents(place.folder)
    assert records == {
        path.name: path.read_bytes().decode() for path in sorted(place.records.iterdir())
    }
    assert (len(cases), len(passages), len(meetings)) == (
        report.cases,
        report.passages,
        report.meetings,
    )
    for passage in passages:
        assert records[passage.record][passage.start : passage.end] == passage.text
    for case in cases:
        assert case.chain
        for decision in case.decisions:
            assert records[case.record][decision.start : decision.end] == decision.text


def test_unchanged_costs_nothing(built: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> NoReturn:
        raise AssertionError("an unchanged record was read, or a generation begun")

    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in built.folder.rglob("*")}

    before = state()
    monkeypatch.setattr(building, "_read", forbidden)
    monkeypatch.setattr(building, "GenerationWriter", forbidden)
    report = built.build(NoEmbedder())
    assert (report.read, report.unchanged, report.changed) == (0, 4, False)
    assert (report.generation, report.embedded) == ("gen-000001", 0)
    assert report.passages > 0
    built_again = {path: when for path, when in state().items() if "build.lock" not in path}
    assert built_again.items() <= before.items()


def test_changed_new_and_removed_files(built: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, passages, _ = contents(built.folder)
    changed, removed, kept, _ = sorted(built.records.iterdir())
    text = changed.read_bytes().decode()
    changed.write_bytes((text + "\r\n灯台の番人についての付記である。\r\n").encode())
    removed.unlink()
    shutil.copy(kept, built.records / "aaa 新.txt")
    read: list[str] = []
    really = building._read

    def watched(source: Source, *rest: Any) -> Any:
        read.append(source.id)
        return really(source, *rest)

    monkeypatch.setattr(building, "_read", watched)
    embedder = HashEmbedder()
    report = built.build(embedder)
    assert (report.read, report.unchanged, report.removed) == (2, 2, 1)
    assert read == ["aaa 新.txt", changed.name]
    known = {embedded_text(passage) for passage in passages}
    assert len(embedder.seen) == report.embedded
    assert not known & set(embedder.seen)
    with closing(open_index(built.folder)) as index:
        assert removed.name not in index.manifest.records
        assert index.passages_of_record(removed.name) == []
        assert index.text(changed.name).endswith("付記である。\r\n")
        best = index.passages([index.search_words(words("灯台の番人"), 1)[0][0]])[0]
        assert best.record == changed.name
        assert not {removed.name} & {case.record for case in index.cases()}
    # Step by step or at once: the same.
    Place(built.records, built.folder.with_name("fresh")).build()
    assert contents(built.folder) == contents(built.folder.with_name("fresh"))


def test_a_renamed_file_is_not_embedded_again(built: Place) -> None:
    path = built.named(1)
    path.rename(path.with_name("改名.txt"))
    report = built.build(NoEmbedder())
    assert (report.read, report.unchanged, report.removed) == (1, 3, 1)


def test_a_newer_reader_reads_again_and_embeds_nothing(
    built: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "READER_VERSION", "next")
    report = built.build(NoEmbedder())
    assert (report.read, report.unchanged, report.changed) == (4, 0, True)
    assert built.build(NoEmbedder()).changed is False


def test_another_model_embeds_again(built: Place) -> None:
    other = HashEmbedder("つばめ", "d2", 16)
    with pytest.raises(WrongIndex, match=r"かもめ.*senrei build .*records --index "):
        open_index(built.folder, embedder_digest=other.digest)
    report = built.build(other)
    assert (report.unchanged, report.read) == (4, 0)
    assert report.embedded == len(set(other.seen)) > 0
    with closing(open_index(built.folder, embedder_digest=other.digest)) as index:
        assert index.manifest.model == "つばめ"
        assert index.vector(index.search_words(words("承認"), 1)[0][0]).shape == (16,)


def test_other_roots_are_remembered(built: Place) -> None:
    # The same files from elsewhere: the command that rebuilds must name where they are now.
    moved = built.records.rename(built.records.with_name("記録 原本"))
    report = build([moved], built.folder, embedder=NoEmbedder())
    assert (report.unchanged, report.changed) == (4, True)
    with pytest.raises(WrongIndex, match="記録 原本"):
        open_index(built.folder, embedder_digest="other")


def test_two_roots_and_a_file(place: Place, tmp_path: Path) -> None:
    single = tmp_path / "単独.txt"
    place.named(0).rename(single)
    report = build([place.records, single], place.folder, embedder=HashEmbedder())
    assert report.read == 4
    with closing(open_index(place.folder)) as index:
        assert list(index.manifest.records)[-1] == "単独.txt"


# -- files that cannot be read -------------------------------------------------------------------


def test_bad_files_are_refused_by_name(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.records / "写真.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (place.records / "空.txt").write_text(" \n\u3000\n", encoding="utf-8")
    (place.records / "暗号.txt").write_bytes(bytes(range(256)) * 9)
    (place.records / "穴.txt").write_text("会議録", encoding="utf-8")
    (place.records / "消えた.txt").symlink_to("どこにもない")
    really = building.read_cases

    def stumbling(record: Any, lines: Any, meetings: Any) -> Any:
        if record.id == "穴.txt":
            raise TypeError("unsupported operand")
        return really(record, lines, meetings)

    monkeypatch.setattr(building, "read_cases", stumbling)
    report = place.build()
    assert report.read == report.records == 4
    refused = {name: (reason, advice) for name, reason, advice, _ in report.refused}
    assert refused.keys() == {"写真.jpg", "空.txt", "暗号.txt", "穴.txt", "消えた.txt"}
    assert all(reason and advice for reason, advice in refused.values())
    assert "TypeError: unsupported operand" in refused["穴.txt"][0]
    # They are no reason to build anew.
    again = place.build(NoEmbedder())
    assert (again.changed, again.unchanged, len(again.refused)) == (False, 4, 5)


def test_a_file_that_has_become_unreadable_is_no_longer_quoted(built: Place) -> None:
    path = built.named(2)
    path.write_bytes(b"\x00\x01")
    report = built.build()
    assert ([refusal.name for refusal in report.refused], report.unchanged) == ([path.name], 3)
    with closing(open_index(built.folder)) as index:
        assert path.name not in index.manifest.records


def test_two_things_of_one_id_are_that_files_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = building.read_passages

    def doubled(record: Any, *rest: Any) -> list[Passage]:
        passages = really(record, *rest)
        return passages * 2 if record.id == place.named(0).name else passages

    monkeypatch.setattr(building, "read_passages", doubled)
    report = place.build()
    assert [refusal.name for refusal in report.refused] == [place.named(0).name]
    assert report.records == 3


# -- when nothing can be built, the last index stays ----------------------------------------------


def test_a_record_without_any_case_is_to_be_looked_at(built: Place) -> None:
    with closing(open_index(built.folder)) as index:
        case = index.cases()[0]
        (found,) = unsure([(case.record, ()), ("bare.txt", ())], [], [case])[-1:]
    assert found.record == "bare.txt"
    assert [doubt.text for doubt in found.doubts] == ["案件を読み取れませんでした"]


def test_nothing_readable(built: Place) -> None:
    before = contents(built.folder)
    for path in built.records.iterdir():
        path.write_bytes(b"")
    with pytest.raises(BuildError, match="None of the 4 files could be read"):
        built.build()
    assert contents(built.folder) == before
    assert built.generations() == ["gen-000001"]


@pytest.mark.parametrize(("root", "said"), [("none", "no such file"), ("empty", "no files")])
def test_nothing_to_read(built: Place, root: str, said: str) -> None:
    (built.records.parent / "empty").mkdir()
    (built.records.parent / "empty" / "README.md").write_text("x", encoding="ascii")
    with pytest.raises(BuildError, match=said):
        build([built.records.parent / root], built.folder, embedder=HashEmbedder())
    assert built.generations() == ["gen-000001"]


def test_a_full_disk(built: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(built.folder)
    connect = sqlite.connect

    def small(path: Path, mode: str, **options: Any) -> sqlite3.Connection:
        database = connect(path, mode, **options)
        database.execute("PRAGMA max_page_count = 40")
        return database

    built.named(0).write_text("会議録\n" + "長" * 900_000, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "connect", small)
        with pytest.raises(
            BuildError, match=r"cannot be written \(database or disk is full\)\. See"
        ):
            built.build()
    assert contents(built.folder) == before
    assert built.generations() == ["gen-000001"]


def test_a_full_disk_at_the_very_end(built: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(built.folder)
    built.named(0).unlink()

    def full(_: Path) -> NoReturn:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "flush", full)
        with pytest.raises(BuildError, match="No space left on device"):
            built.build()
    assert contents(built.folder) == before
    assert built.build(NoEmbedder()).removed == 1
    assert built.generations() == ["gen-000001", "gen-000002"]


def test_the_index_folder_is_in_the_way(place: Place) -> None:
    place.folder.write_text("", encoding="ascii")
    with pytest.raises(BuildError, match="cannot be written"):
        place.build()


def test_a_missing_model(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> NoReturn:
        raise EmbeddingError("The embedding model is missing: install it.")

    monkeypatch.setattr(building, "load_embedder", missing)
    with pytest.raises(BuildError, match="model is missing"):
        build([place.records], place.folder)


def test_one_build_at_a_time(built: Place) -> None:
    with filelock.FileLock(built.folder / "build.lock"), pytest.raises(BuildError) as caught:
        built.build()
    assert "Another build" in str(caught.value)
    assert built.build().changed is False


# -- damage is mended ----------------------------------------------------------------------------


def test_chroma_is_made_again_without_the_model(built: Place) -> None:
    before = contents(built.folder)
    shutil.rmtree(built.folder / "gen-000001" / "chroma")
    assert contents(built.folder) == before
    report = built.build(NoEmbedder())
    assert (report.changed, report.unchanged) == (True, 4)
    assert contents(built.folder) == before
    with closing(open_index(built.folder)) as index:
        assert index.chroma_problem() == ""


@pytest.mark.parametrize("name", ["catalogue.sqlite3", "manifest.json"])
def test_a_damaged_generation_is_made_again(built: Place, name: str) -> None:
    before = contents(built.folder)
    path = built.folder / "gen-000001" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\x5a" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    report = built.build()
    assert (report.changed, report.read) == (True, 4)
    assert contents(built.folder) == before


def test_current_names_nothing(built: Place) -> None:
    before = contents(built.folder)
    (built.folder / "CURRENT").write_bytes(b"\0\0\0\0")
    assert built.build(NoEmbedder()).read == 4  # the vectors are still to be had
    assert contents(built.folder) == before


# -- the default records -------------------------------------------------------------------------


def test_the_users_own_records_or_else_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BuildError, match="no folder records/ here"):
        build([], Path("index"), embedder=HashEmbedder())
    sample = Path("records", "sample")
    sample.mkdir(parents=True)
    with pytest.raises(BuildError, match="no files in records/"):
        build([], Path("index"), embedder=HashEmbedder())
    for path in sorted(SAMPLE.glob("*.txt"))[:2]:
        shutil.copy(path, sample)
    Path("records", "README.md").write_text("records go here", encoding="ascii")
    build([], Path("index"), embedder=HashEmbedder())
    with closing(open_index(Path("index"))) as index:
        names = list(index.manifest.records)
        assert names == sorted(path.name for path in sample.iterdir())
    with pytest.raises(WrongIndex, match=r"senrei build --index index$"):
        open_index(Path("index"), embedder_digest="other")
    own = Path("records", "令和三年度", "第一回.txt")
    own.parent.mkdir()
    shutil.copy(sorted(SAMPLE.glob("*.txt"))[2], own)
    report = build([], Path("index"), embedder=HashEmbedder())
    assert (report.read, report.removed) == (1, 2)
    with closing(open_index(Path("index"))) as index:
        assert list(index.manifest.records) == ["令和三年度/第一回.txt"]
