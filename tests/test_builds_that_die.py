"""A build that dies loses nothing, and nobody who reads is disturbed by one."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from building import ROOT, Place, contents, nearest
from stand_ins import HashEmbedder

from index.storage.catalogue import embedded_text
from index.storage.generations import NoIndex
from index.store import open_index

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
