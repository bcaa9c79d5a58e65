"""What is wrong with an index is told, with what to do, and no foreign exception escapes."""

import json
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from stores import DIMENSION, MANIFEST, assert_alike, publish, some_passages, vectors_of

from index.records import Record
from index.storage import chroma, sqlite
from index.storage.generations import (
    DamagedIndex,
    Manifest,
    NoIndex,
    StoreError,
    Unwritable,
    WrongIndex,
    build_command,
    prune,
)
from index.store import Index, open_index
from index.writer import GenerationWriter


def test_no_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoIndex, match="senrei build --index"):
            open_index(folder)


def test_another_model_is_refused_with_the_command_that_rebuilds(tmp_path: Path) -> None:
    roots = ("/役所/記録 原本", "b")
    manifest = Manifest(
        reader="1", model="かもめ", model_digest="d1", dimension=24, dictionary="", roots=roots
    )
    publish(tmp_path, some_passages(3), manifest)
    open_index(tmp_path, embedder_digest="d1").close()
    with pytest.raises(WrongIndex) as caught:
        open_index(tmp_path, embedder_digest="d2")
    assert 'senrei build "/役所/記録 原本" b --index ' in str(caught.value)
    assert "かもめ" in str(caught.value)


def test_another_format_is_refused(own_folder: Path) -> None:
    path = own_folder / "gen-000001" / "manifest.json"
    path.write_text(json.dumps({"format": 99, "roots": ["記録"], "newer": True}), encoding="utf-8")
    with pytest.raises(WrongIndex, match=r"format 99.*senrei build 記録 --index"):
        open_index(own_folder)


@pytest.mark.parametrize(
    ("folder", "roots", "command"),
    [
        (".senrei", (), "senrei build --index .senrei"),
        ("/a b/c", ("記録",), 'senrei build 記録 --index "/a b/c"'),
        ("x", ("it's", "C:\\記録"), 'senrei build "it\'s" C:\\記録 --index x'),
    ],
)
def test_the_command_that_builds(folder: str, roots: tuple[str, ...], command: str) -> None:
    assert build_command(Path(folder), roots) == command


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _scribble(path: Path) -> None:
    path.write_bytes(b"\x5a" * path.stat().st_size)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("CURRENT", _scribble),
        ("CURRENT", _empty),
        ("gen-000001", lambda path: path.rename(path.with_name("gone"))),
        ("gen-000001/manifest.json", Path.unlink),
        ("gen-000001/manifest.json", _truncate),
        ("gen-000001/manifest.json", lambda path: path.write_text("[1]", encoding="ascii")),
        ("gen-000001/manifest.json", lambda path: path.write_text("{}", encoding="ascii")),
        ("gen-000001/catalogue.sqlite3", Path.unlink),
        ("gen-000001/catalogue.sqlite3", _truncate),
        ("gen-000001/catalogue.sqlite3", _scribble),
        ("gen-000001/catalogue.sqlite3", _empty),
    ],
)
def test_damage_is_told(own_folder: Path, name: str, damage: Callable[[Path], object]) -> None:
    damage(own_folder / name)
    with pytest.raises(DamagedIndex, match="senrei build"):
        open_index(own_folder)


ASK: list[Callable[[Index], object]] = [
    lambda index: index.records(),
    lambda index: index.text("r1.txt"),
    lambda index: index.meetings(),
    lambda index: index.cases(),
    lambda index: index.passages(["r1.txt@1-2"]),
    lambda index: index.passages_of_case("c1"),
    lambda index: index.passages_of_record("r1.txt"),
    lambda index: index.passage_ids(cases=["c1"]),
    lambda index: index.search_words(["港"], 5),
    lambda index: index.search_words(["港"], 5, {"r1.txt@1-2"}),
    lambda index: index.document_frequency("港"),
    lambda index: index.search_vectors(np.ones(DIMENSION, np.float32), 5),
    lambda index: index.search_vectors(np.ones(DIMENSION, np.float32), 5, {"r1.txt@1-2"}),
    lambda index: index.vector("r1.txt@1-2"),
]


@pytest.mark.parametrize("ask", ASK)
def test_no_foreign_exception_escapes(own_folder: Path, ask: Callable[[Index], object]) -> None:
    path = own_folder / "gen-000001" / "catalogue.sqlite3"
    with closing(open_index(own_folder)) as index:
        _scribble(path)
        (own_folder / "gen-000001" / "chroma" / "chroma.sqlite3").unlink()
        assert index.catalogue_problem()
        with pytest.raises(DamagedIndex, match="senrei build"):
            ask(index)


@pytest.mark.parametrize("ask", ASK)
def test_a_closed_index_says_so(own_folder: Path, ask: Callable[[Index], object]) -> None:
    index = open_index(own_folder)
    index.close()
    index.close()
    with pytest.raises(StoreError, match="closed"):
        ask(index)


def _chroma_file(name: str) -> Callable[[Path], Path]:
    return lambda chroma: next(chroma.rglob(name))


@pytest.mark.parametrize(
    ("find", "damage"),
    [
        (lambda chroma: chroma, lambda path: path.rename(path.with_name("gone"))),
        (_chroma_file("data_level0.bin"), Path.unlink),
        (_chroma_file("data_level0.bin"), _flip),
        (_chroma_file("data_level0.bin"), _truncate),
        (_chroma_file("header.bin"), _scribble),
        (_chroma_file("length.bin"), _scribble),
        (_chroma_file("index_metadata.pickle"), _empty),
        (_chroma_file("chroma.sqlite3"), Path.unlink),
        (_chroma_file("chroma.sqlite3"), _empty),
        (_chroma_file("chroma.sqlite3"), _scribble),
        (_chroma_file("chroma.sqlite3"), lambda path: path.write_bytes(path.read_bytes()[:40960])),
    ],
)
def test_without_chroma_the_answers_are_the_same(
    own_folder: Path, find: Callable[[Path], Path], damage: Callable[[Path], object]
) -> None:
    query = vectors_of(["港"])[0]
    with closing(open_index(own_folder)) as index:
        expected = index.search_vectors(query, 10)
        assert index.chroma_problem() == ""
    damage(find(own_folder / "gen-000001" / "chroma"))
    with closing(open_index(own_folder)) as index:
        assert index.chroma_problem() != ""
        assert_alike(index.search_vectors(query, 10), expected)
        assert_alike(index.search_vectors(query, 10), expected)


def test_a_deleted_generation_is_not_made_anew(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = vectors_of(["港"])[0]
    with closing(open_index(own_folder)) as index:
        expected = index.search_vectors(query, 10)
    with closing(open_index(own_folder)) as index:
        check = chroma.problem_of

        def deleted_after_the_check(generation: Path, manifest: Manifest) -> str:
            problem = check(generation, manifest)
            prune(own_folder, [])
            return problem

        monkeypatch.setattr(chroma, "problem_of", deleted_after_the_check)
        assert_alike(index.search_vectors(query, 10), expected)
    assert list(own_folder.glob("gen-*")) == []


def test_another_versions_chroma_is_left_alone(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "version", lambda: "99.0")
    monkeypatch.setattr(chroma, "_open_client", None)
    with closing(open_index(own_folder)) as index:
        assert "made by chromadb" in index.chroma_problem()
        assert len(index.search_vectors(vectors_of(["港"])[0], 10)) == 10


def test_whatever_chroma_raises_is_not_seen(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(
        BaseException
    ):  # as pyo3 calls it, and of no module that could be imported
        pass

    query = vectors_of(["港"])[0]
    for error in (PanicException("index out of bounds"), RuntimeError("?"), ValueError("?")):

        def failing(_: Path, error: BaseException = error) -> NoReturn:
            raise error

        monkeypatch.setattr(chroma, "_open_client", failing)
        with closing(open_index(own_folder)) as index:
            assert len(index.search_vectors(query, 10)) == 10

    def interrupted(_: Path) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(chroma, "_open_client", interrupted)
    with closing(open_index(own_folder)) as index, pytest.raises(KeyboardInterrupt):
        index.search_vectors(query, 10)


def test_chroma_listens_to_nobody_and_calls_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ".env").write_text(
        "CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nANONYMIZED_TELEMETRY=True\n",
        encoding="ascii",
    )
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_SERVER_HOST", "example.invalid")
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", "http://example.invalid")
    monkeypatch.delenv("ANONYMIZED_TELEMETRY")

    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    publish(tmp_path, some_passages(10))
    with closing(open_index(tmp_path)) as index:
        assert len(index.search_vectors(vectors_of(["港"])[0], 5)) == 5
        assert index.chroma_problem() == ""
    assert [path.name for path in Path().iterdir()] == [".env"]


def test_a_full_disk_is_told(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite.connect

    def small(path: Path, mode: str, **options: Any) -> sqlite3.Connection:
        database = connect(path, mode, **options)
        database.execute("PRAGMA max_page_count = 60")
        return database

    monkeypatch.setattr(sqlite, "connect", small)
    with closing(GenerationWriter(own_folder, MANIFEST)) as writer:
        with pytest.raises(Unwritable, match="full"):
            writer.add(Record("大.txt", "長" * 500_000, "1"), [], [], [])
        assert writer.counts()["records"] == 0
    monkeypatch.undo()
    open_index(own_folder).close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(Unwritable, match="cannot be written"):
        GenerationWriter(tmp_path / "file", MANIFEST)
