"""Chroma's copy of a generation's vectors, for nearest neighbours. The only file that imports
chromadb.

It can be thrown away: where it is gone or damaged, the same answers are computed from the catalogue.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from index.disk import file_digest
from index.storage import sqlite
from index.storage.catalogue import Vectors, stored_vectors
from index.storage.generations import MANIFEST, Manifest, StoreError, Unwritable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

FOLDER = "chroma"  # in that of the generation
_DATABASE = "chroma.sqlite3"

# Vectors. Chroma writes its graph to disk after each such batch, and holds some 15 KB for each in it.
_ADDED_AT_ONCE = 1000
_logger = logging.getLogger(__name__)


_opening = threading.Lock()  # Chroma's table of open folders is not made for threads


class Chroma:
    """The copy in one generation, for reading; safe to share by threads. Opened when first asked."""

    def __init__(self, generation: Path, manifest: Manifest) -> None:
        self._generation = generation
        self._manifest = manifest
        self._lock = threading.RLock()
        self._closed = False
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._problem = ""
        # the thread that is opening it just now, or 0 where that is left for later
        self._opener: int | None = None

    def leave(self) -> None:
        """Answer None until `open` is called: loading Chroma would keep the first question waiting."""
        with self._lock:
            if self._collection is None:
                self._opener = 0

    def open(self) -> None:
        """Open it now. What is wrong with it is logged; raises StoreError after `close`."""
        try:
            self._open()
        except _ChromaFault as error:
            self._log(error)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]] | None:
        """The passages whose vectors are nearest to the unit vector, of shape (dimension,): at most
        `limit` of (passage id, cosine), nearest first. None where Chroma cannot be asked, which is
        logged once, or while that is left for later (`leave`) or another thread is still opening it:
        it takes a while to load, and the catalogue has the same answers. Raises StoreError after `close`."""
        count = min(limit, self._manifest.counts.get("passages", 0))
        if not count:
            return []
        if self._opener not in (None, threading.get_ident()):
            return None
        try:
            collection = self._open()
            with _faults():
                found = collection.query(
                    query_embeddings=vector[None, :], n_results=count, include=["distances"]
                )
                distances = (found["distances"] or [[]])[0]
                pairs = zip(found["ids"][0], distances, strict=True)
                return [(id, 1 - float(distance)) for id, distance in pairs]
        except _ChromaFault as error:
            self._log(error)
            return None

    def _log(self, error: _ChromaFault) -> None:
        with self._lock:
            if not self._problem:
                self._problem = str(error)
                _logger.warning("Chroma is not used (%s); `senrei build` mends it.", error)

    def _open(self) -> Collection:
        """The collection, opened when first needed. Raises _ChromaFault, then ever again."""
        with self._lock:
            if self._closed:
                raise StoreError("The index has been closed.")
            if self._collection is None:
                self._opener = threading.get_ident()
                try:
                    if problem := self.problem():
                        raise _ChromaFault(problem)
                    with _faults():
                        self._client = _open_client(self._generation)
                        self._collection = self._client.get_collection(
                            self._manifest.collection, embedding_function=None
                        )
                finally:
                    self._opener = None
                    # Where the generation has just been deleted, Chroma has made it anew, empty.
                    if not (self._generation / MANIFEST).exists():
                        shutil.rmtree(self._generation, ignore_errors=True)
            return self._collection

    def problem(self) -> str:
        """What is wrong with the copy, or nothing. Reads all its files."""
        return self._problem or problem_of(self._generation, self._manifest)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._closed = True
            self._collection, client, self._client = None, self._client, None
        if client is not None:
            _close(client)


def write(
    generation: Path,
    name: str,
    dimension: int,
    count: int,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Make the collection `name` of the catalogue's vectors, each by the id of its passage.

    Chroma holds the graph in memory as long as it writes: measured on 30,000 vectors of 384 numbers,
    2.5 KB a passage, of which 1.5 KB are the vector. Nothing else grows with the number of passages.

    `progress` is told how many it has taken, and of how many. Raises Unwritable.
    """
    try:
        with _faults():
            client = _open_client(generation, new=True)
            try:
                collection = client.create_collection(
                    name,
                    embedding_function=None,
                    configuration={
                        "hnsw": {
                            "space": "cosine",
                            "ef_construction": 200,
                            "ef_search": 400,
                            # Written out after every batch. What is left in the log instead, each
                            # reader would take into the graph and write for itself.
                            "batch_size": 1,
                            "sync_threshold": 1,
                        }
                    },
                )
                done = 0
                size = min(client.get_max_batch_size(), _ADDED_AT_ONCE)
                with contextlib.closing(stored_vectors(generation, dimension, size)) as batches:
                    for ids, vectors in batches:
                        collection.add(ids=ids, embeddings=vectors)
                        done += len(ids)
                        if progress is not None:
                            progress(done, count)
            finally:
                _close(client)
    except _ChromaFault as error:
        raise Unwritable(f"The vectors cannot be written to {generation} ({error}).") from error


def version() -> str:
    """Of the library, without importing it."""
    return metadata.version("chromadb")


def digests(generation: Path) -> dict[str, str]:
    """SHA-256 of Chroma's files that stay as they are, by name: all but its database."""
    return {
        path.relative_to(generation).as_posix(): file_digest(path)
        for path in sorted((generation / FOLDER).rglob("*"))
        if path.is_file() and not path.name.startswith(_DATABASE)
    }


def problem_of(generation: Path, manifest: Manifest) -> str:
    """What is wrong with Chroma's files, or nothing.

    Looked at before Chroma is let near them, because a broken graph ends the whole process.
    """
    if not manifest.collection:
        return "it could not be written"
    if manifest.chroma_version != version():
        return f"it was made by chromadb {manifest.chroma_version}"
    path = generation / FOLDER / _DATABASE
    try:
        for name, digest in manifest.chroma.items():
            if file_digest(generation / name) != digest:
                return f"{name} is not as it was written"
        with contextlib.closing(sqlite.connect(path, sqlite.READ)) as database:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            named = database.execute(
                "SELECT 1 FROM collections WHERE name = ?", (manifest.collection,)
            ).fetchone()
    except OSError as error:
        return f"{error.filename} cannot be read ({error.strerror})"
    except sqlite.Error as error:
        return f"{_DATABASE} cannot be read ({error})"
    if verdict != "ok":
        return f"{_DATABASE} is damaged ({verdict})"
    return "" if named else "the collection is missing"


class _ChromaFault(Exception):  # noqa: N818
    """Whatever Chroma raised; never seen outside this file."""


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # Chroma raises whatever its own parts raise
        raise _ChromaFault(f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        # A panic in Chroma's Rust code comes as a class that nobody can import.
        if type(error).__name__ != "PanicException":
            raise
        raise _ChromaFault(f"panic: {error}") from error


def _open_client(generation: Path, *, new: bool = False) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    # All said outright: Chroma would else listen to environment variables and to any .env file.
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        anonymized_telemetry=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        chroma_otel_collection_endpoint="",
        migrations="apply" if new else "validate",
    )
    with _opening:
        return chromadb.PersistentClient(_place(generation), settings=settings)


def _place(generation: Path, *, windows: bool = os.name == "nt") -> Path:
    """Chroma's folder, by a name it can open: on Windows its graph knows no letters but ASCII's, and
    from the working folder there may be none on the way (C:\\Users\\山田\\senrei)."""
    place = generation.absolute() / FOLDER
    if windows and not str(place).isascii():
        with contextlib.suppress(ValueError):  # of another drive
            near = Path(os.path.relpath(place))
            return near if str(near).isascii() else place
    return place


def _close(client: ClientAPI) -> None:
    with _opening, contextlib.suppress(_ChromaFault), _faults():
        client.close()  # type: ignore[attr-defined]
