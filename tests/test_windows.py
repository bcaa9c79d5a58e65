"""What differs on Windows, as far as it can be tried elsewhere."""

import os
from contextlib import closing
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from test_store import publish, some_passages, vectors_of

from index import writer
from index.storage import chroma, sqlite
from index.storage.generations import Unwritable
from index.store import open_index

NEAR = vectors_of(["港"])[0]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\Users\山田\a b.sqlite3", "file:///C:/Users/%E5%B1%B1%E7%94%B0/a%20b.sqlite3"),
        (r"\\server\課の共有\a.sqlite3", "file:////server/%E8%AA%B2%E3%81%AE%E5%85%B1%E6%9C%89/a.sqlite3"),
    ],
)  # fmt: skip
def test_sqlite_is_told_a_share_as_a_path(path: str, uri: str) -> None:
    assert sqlite.local(PureWindowsPath(path).as_uri()) == uri


def test_a_path_with_four_slashes_is_one_that_sqlite_opens(tmp_path: Path) -> None:
    import sqlite3

    here = f"file:///{tmp_path.as_posix()}/a.sqlite3?mode=rwc"
    assert here.startswith("file:////")
    with closing(sqlite3.connect(here, uri=True)) as database:
        database.execute("CREATE TABLE t (x)")
    assert (tmp_path / "a.sqlite3").is_file()


def test_chroma_is_given_a_path_of_ascii_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "山田 太郎"
    home.mkdir()
    monkeypatch.chdir(home)
    place = chroma._place
    near = home / ".senrei" / "gen-000001"
    assert place(near, windows=True) == Path(".senrei", "gen-000001", "chroma")
    assert place(near, windows=False) == near / "chroma"
    assert place(tmp_path / "gen-000001", windows=True) == tmp_path / "gen-000001" / "chroma"
    far = tmp_path / "共有" / "gen-000001"
    assert place(far, windows=True) == far / "chroma"

    monkeypatch.setattr(chroma, "_place", lambda generation: place(generation, windows=True))
    publish(Path(".senrei"), some_passages(40))
    with closing(open_index(home / ".senrei")) as index:
        assert index.chroma_problem() == ""
        found = index.search_vectors(NEAR, 5)
        assert [id for id, _ in found] == [id for id, _ in index._exact(NEAR, 5, None)]
        assert index.chroma_problem() == ""


def test_where_chroma_cannot_write_the_answers_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refusing(generation: Path, *_: object) -> None:
        (generation / "chroma").mkdir()
        raise Unwritable(f"The vectors cannot be written to {generation}.")

    with monkeypatch.context() as patch:
        patch.setattr(chroma, "write", refusing)
        name = publish(tmp_path / "without", some_passages(40))
    assert "Chroma is not used" in caplog.text
    assert not (tmp_path / "without" / name / "chroma").exists()
    publish(tmp_path / "with", some_passages(40))
    with (
        closing(open_index(tmp_path / "without")) as index,
        closing(open_index(tmp_path / "with")) as other,
    ):
        assert index.chroma_problem() == "it could not be written"  # so the next build tries again
        found = index.search_vectors(NEAR, 5)
        assert [id for id, _ in found] == [id for id, _ in other.search_vectors(NEAR, 5)]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not tell")
def test_nothing_of_a_generation_is_open_when_its_folder_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames no folder of which a file is open, or mapped into memory."""
    held: list[str] = []
    looked = 0

    def watched(action: Any) -> Any:
        nonlocal looked
        looked += len(os.listdir("/proc/self/fd"))  # noqa: PTH208
        links = [Path("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208
        names = [os.readlink(link) for link in links if link.is_symlink()]  # noqa: PTH115
        maps = Path("/proc/self/maps").read_text(encoding="utf-8").split()
        held.extend(name for name in (*names, *maps) if name.startswith(str(tmp_path)))
        return action()

    monkeypatch.setattr(writer, "patiently", watched)
    publish(tmp_path, some_passages(40))
    assert looked
    assert held == []
