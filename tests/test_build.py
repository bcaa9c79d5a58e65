"""Building the index: nothing is lost, nothing is done twice, nobody is disturbed."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import filelock
import pytest
from stand_ins import HashEmbedder, NoEmbedder

from index import build as building
from index import writer
from index.build import BuildError, build
from index.build_report import BuildReport, unsure
from index.cases import Case
from index.embedding import EmbeddingError
from index.japanese import words
from index.passages import Passage
from index.records import Source
from index.storage import sqlite
from index.storage.catalogue import embedded_text
from index.storage.generations import NoIndex, WrongIndex
from index.store import Index, open_index

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "records" / "sample"


@dataclass(frozen=True)
class Place:
    """Four of the sample's records, and where their index goes."""

    records: Path
    folder: Path

    def build(self, embedder: HashEmbedder | None = None, **options: Any) -> BuildReport:
        return build([self.records], self.folder, embedder=embedder or HashEmbedder(), **options)

    def named(self, number: int) -> Path:
        return sorted(self.records.glob("*.txt"))[number]

    def generations(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("gen-*"))


def new_place(folder: Path) -> Place:
    place = Place(folder / "records", folder / "index")
    place.records.mkdir()
    for path in sorted(SAMPLE.glob("*.txt"))[:4]:
        shutil.copy(path, place.records)
    return place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = new_place(tmp_path_factory.mktemp("template"))
    place.build()
    return place


@pytest.fixture
def built(template: Place, place: Place) -> Place:
    """The same, with their index: a copy, that knows its own roots."""
    shutil.copytree(template.folder, place.folder)
    path = place.folder / "gen-000001" / "manifest.json"
    manifest = json.loads(path.read_bytes())
    path.write_text(json.dumps({**manifest, "roots": [str(place.records)]}), encoding="utf-8")
    return place


def contents(folder: Path) -> tuple[dict[str, str], list[Case], list[Passage], list[Any]]:
    """All that an index says, but for the name of its generation."""
    with closing(open_index(folder)) as index:
        records = {record.id: index.text(record.id) for record in index.records()}
        passages = [passage for id in records for passage in index.passages_of_record(id)]
        searched = [
            index.search_words(words("委員会の承認の条件"), 50),
            [(id, round(score, 3)) for id, score in nearest(index)],
            index.document_frequency("承認"),
        ]
        return records, index.cases(), passages, [index.meetings(), *searched]


def nearest(index: Index) -> list[tuple[str, float]]:
    return index.search_vectors(HashEmbedder().query("港"), 20)


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


# -- a build that dies ---------------------------------------------------------------------------

BATCH = 16  # so that there are many

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from index import build as building, writer
from stand_ins import HashEmbedder

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def publishing(what, done, of):
    if what == "publish":
        die()

class Mortal(HashEmbedder):
    def passages(self, texts):
        if len(self.seen) >= 2 * building.BATCH:  # the third batch
            die()
        return super().passages(texts)

moment, records, folder = sys.argv[1:]
building.BATCH = {batch}
embedder, progress = HashEmbedder(), None
if moment == "read":
    writer.GenerationWriter.reuse_vectors = die
elif moment == "embed":
    embedder = Mortal()
elif moment == "chroma":
    progress = publishing
elif moment == "flush":
    writer.flush = die
elif moment == "current":
    writer.put_in_use = die
building.build([Path(records)], Path(folder), embedder=embedder, progress=progress)
"""


def kill(place: Place, moment: str) -> None:
    script = KILLED.format(tests=str(ROOT / "tests"), batch=BATCH)
    command = [sys.executable, "-c", script, moment, str(place.records), str(place.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("moment", ["read", "embed", "chroma", "flush", "current"])
def test_a_killed_build_loses_nothing(place: Place, template: Place, moment: str) -> None:
    later = [place.named(number) for number in (1, 2, 3)]
    away = [path.rename(place.records.parent / path.name) for path in later]
    place.build()
    before = contents(place.folder)
    for path, target in zip(away, later, strict=True):
        path.rename(target)
    kill(place, moment)
    assert contents(place.folder) == before
    assert len(place.generations()) == 2
    if moment == "embed":
        kill(place, moment)  # four batches by now
        assert contents(place.folder) == before

    # The next build goes on where that one ended.
    embedder = HashEmbedder()
    report = place.build(embedder)
    undisturbed = contents(template.folder)
    needed = {embedded_text(passage) for passage in undisturbed[2]}
    assert (report.read, report.unchanged) == (3, 1)
    saved = len(needed) - report.embedded
    assert report.embedded == len(embedder.seen)
    if moment == "embed":
        assert saved >= 4 * BATCH
        assert report.embedded > 0
    elif moment != "read":
        assert report.embedded == 0
    assert contents(place.folder) == undisturbed
    assert place.generations() == ["gen-000001", report.generation]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_first_build_killed(place: Place) -> None:
    kill(place, "embed")
    with pytest.raises(NoIndex):
        open_index(place.folder)
    report = place.build()
    assert report.changed
    assert report.embedded <= report.passages - 2 * BATCH
    assert place.generations() == [report.generation]


# -- readers -------------------------------------------------------------------------------------

READER = """
import sys
from contextlib import closing
from pathlib import Path
sys.path.insert(0, {tests!r})
from index.store import open_index
from stand_ins import HashEmbedder

generations = []
stop = Path(sys.argv[2])
while not stop.exists() or not generations:
    with closing(open_index(Path(sys.argv[1]))) as index:
        for _ in range(3):
            assert len(index.search_vectors(HashEmbedder().query("港"), 20)) == 20
            assert index.search_words(["承認"], 5)
            assert index.cases()
        assert index.chroma_problem() == "" or not index.path.exists()
        generations.append(index.generation)
        if len(generations) == 1:
            print("ready", flush=True)
assert generations == sorted(generations)
print(len(set(generations)))
"""


def test_readers_are_not_disturbed_by_builds(built: Place, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    script = READER.format(tests=str(ROOT / "tests"))
    command = [sys.executable, "-c", script, str(built.folder), str(stop)]
    with ExitStack() as stack:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT}
        readers = [stack.enter_context(subprocess.Popen(command, **pipes)) for _ in range(2)]
        stack.callback(stop.touch)
        for reader in readers:
            assert reader.stdout.readline() == "ready\n"
        for number in range(4):
            path = built.named(number % 2)
            path.write_bytes(path.read_bytes() + f"\n付記その{number}である。\n".encode())
            assert built.build().changed
        stop.touch()
        for reader in readers:
            said, wrong = reader.communicate(timeout=60)
            assert reader.returncode == 0, wrong
            assert int(said) >= 2
    assert len(built.generations()) == 2


def test_an_open_index_stays_as_it_was(built: Place) -> None:
    with closing(open_index(built.folder)) as before:
        expected = nearest(before)
        built.named(0).unlink()
        built.build()
        with closing(open_index(built.folder)) as after:
            assert len(after.manifest.records) == 3
            assert len(before.manifest.records) == 4
            assert nearest(before) == expected
            assert {id.partition("@")[0] for id, _ in nearest(after)} <= set(after.manifest.records)


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
