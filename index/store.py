"""Keep and search: one index in one folder. The only file that imports chromadb and sqlite3.

A folder holds generations, of which CURRENT names the one in use. A generation is written once, by
one `Writer`, and never changed; an `Index` reads it. Its catalogue is the whole truth. What Chroma
keeps is the catalogue's vectors once more, for nearest neighbours: where it is gone or damaged, the
same answers are computed from the catalogue.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import shutil
import sqlite3
import string
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from index.cases import Case
from index.japanese import words
from index.meetings import Meeting
from index.passages import Passage, PassageKind
from index.records import Page, Record

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

Vectors = NDArray[np.float32]

FORMAT = 1  # of everything in a generation; another one means building again from the records
HEADING_WEIGHT = 1.0  # of a word in the heading above a passage, where one in its text weighs 1
EXACT_SHARE = 0.25  # of all passages; for more, the whole product is cheaper than choosing rows

_GENERATION = re.compile(r"gen-([0-9]{6,})(\.partial)?")
_ADDED_AT_ONCE = 5000  # vectors; Chroma writes its graph to disk after each such batch
_TRIES = 40  # Windows holds files for a moment after they are closed (and virus scanners do)
_PAUSE = 0.25  # seconds between tries
_logger = logging.getLogger(__name__)


class StoreError(Exception):
    """The index cannot be used; the message says why and what to do."""


class NoIndex(StoreError):  # noqa: N818
    """There is no index in the folder."""


class WrongIndex(StoreError):  # noqa: N818
    """The index is whole, but made by another version or with another embedding model."""


class DamagedIndex(StoreError):  # noqa: N818
    """Files of the index are missing or broken."""


class Unwritable(StoreError):  # noqa: N818
    """The index cannot be written: no space, no permission, or something in the way."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made with and of. The writer's are all from `records` on, but for
    `corrections` and `read_at`."""

    reader: str  # version of the code from records to passages
    model: str
    model_digest: str
    dimension: int
    dictionary: str
    roots: tuple[str, ...]  # as given to `senrei build`; empty for its default
    home: str = ""  # the folder in which the default stands
    format: int = FORMAT
    records: dict[str, str] = field(default_factory=dict)  # id -> digest, in the order of building
    corrections: dict[str, str] = field(default_factory=dict)  # id -> digest of its corrections
    read_at: dict[str, str] = field(default_factory=dict)  # id -> when it was read, ISO 8601
    counts: dict[str, int] = field(default_factory=dict)
    catalogue_size: int = 0  # bytes
    catalogue: str = ""  # SHA-256
    collection: str = ""  # of Chroma
    chroma: dict[str, str] = field(default_factory=dict)  # file -> SHA-256
    chroma_version: str = ""


@dataclass(frozen=True, slots=True)
class RecordInfo:
    """A record without its text: `length` counts its characters."""

    id: str
    digest: str
    length: int
    pages: tuple[Page, ...]


_MANIFEST = TypeAdapter(Manifest)
_MEETING = TypeAdapter(Meeting)
_CASE = TypeAdapter(Case)
_PAGES = TypeAdapter(tuple[Page, ...])


def case_to_json(case: Case) -> str:
    """The case as JSON, with everything in it; `case_from_json` gives it back equal."""
    return _CASE.dump_json(case).decode()


def case_from_json(body: str) -> Case:
    """The case of `case_to_json`. Raises pydantic's ValidationError where it is none."""
    return _CASE.validate_json(body)


def meeting_to_json(meeting: Meeting) -> str:
    """The meeting as JSON, with everything in it; `meeting_from_json` gives it back equal."""
    return _MEETING.dump_json(meeting).decode()


def meeting_from_json(body: str) -> Meeting:
    """The meeting of `meeting_to_json`. Raises pydantic's ValidationError where it is none."""
    return _MEETING.validate_json(body)


def embedded_text(passage: Passage) -> str:
    """What the embedding model sees of a passage."""
    return f"{passage.heading}\n{passage.text}"


def build_command(folder: Path, roots: Iterable[str] = ()) -> str:
    """What to type to build the index in `folder` again."""
    parts = ["senrei", "build", *roots, "--index", str(folder)]
    return " ".join(f'"{part}"' if re.search(r"[^\w./\\:~-]", part) else part for part in parts)


# --- the catalogue ---------------------------------------------------------------------------

# FTS5's own tokenisers know no Japanese and break at "-" and "+". The words come ready, so only
# white space may part them: `ascii` takes all beyond ASCII for letters, and this the rest.
_TOKENIZER = "ascii tokenchars '{}'".format(string.punctuation.replace("'", "''"))

_TABLES = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE records (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
    length INTEGER NOT NULL, pages TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE meetings (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE cases (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, municipality TEXT,
    year INTEGER, kind TEXT NOT NULL, outcome TEXT NOT NULL, chain TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    heading TEXT NOT NULL, case_id TEXT, meeting_id TEXT, text_hash BLOB NOT NULL,
    heading_words TEXT NOT NULL, text_words TEXT NOT NULL);
CREATE INDEX meetings_by_record ON meetings (record);
CREATE INDEX cases_by_record ON cases (record);
CREATE INDEX passages_by_record ON passages (record);
CREATE INDEX passages_by_case ON passages (case_id);
CREATE TABLE vectors (text_hash BLOB PRIMARY KEY, vector BLOB NOT NULL);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    heading_words, text_words, content='passages', content_rowid='number',
    tokenize="{_TOKENIZER.replace('"', '""')}");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (passage_words, row);
"""
_COLUMNS = {
    "records": "id, digest, length, pages, text",
    "meetings": "id, record, body",
    "cases": "id, record, municipality, year, kind, outcome, chain, body",
    "passages": 'id, record, start, "end", kind, text, heading, case_id, meeting_id, text_hash, '
    "heading_words, text_words",
}
_PASSAGE = 'id, record, start, "end", kind, text, heading, case_id, meeting_id'
_BREAKS = re.compile(r"[\x00-\x20\x7f]+")


def _terms(tokens: Iterable[str]) -> Iterator[str]:
    """The tokens as FTS5 can hold them; those of nothing but white space are left out."""
    return filter(None, (_BREAKS.sub("", token) for token in tokens))


def _kind_of_vectors(manifest: Manifest) -> str:
    """Vectors may be carried from one catalogue to another only where this is equal."""
    return f"{FORMAT} {manifest.model_digest}"


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _packed(vector: Vectors) -> bytes:
    # Half precision: a cosine then moves by some 0.0001, as it does between processors anyway.
    return np.asarray(vector, "<f2").tobytes()


def _unpacked(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """Unit vectors of shape (number of blobs, dimension). Raises ValueError for other lengths."""
    packed = np.frombuffer(b"".join(blobs), "<f2")
    return _unit(packed.reshape(len(blobs), dimension).astype(np.float32))


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1), np.float32)


def _record_row(record: Record) -> tuple[object, ...]:
    pages = _PAGES.dump_json(record.pages).decode()
    return record.id, record.digest, len(record.text), pages, record.text


def _case_row(case: Case) -> tuple[object, ...]:
    # What may be asked for without opening the body stands in columns of its own.
    outcome = str(case.outcome)
    plain = case.id, case.record, case.municipality, case.year, case.kind, outcome, case.chain
    return *plain, case_to_json(case)


def _passage_row(passage: Passage) -> tuple[object, ...]:
    return (
        *(passage.id, passage.record, passage.start, passage.end, str(passage.kind)),
        *(passage.text, passage.heading, passage.case, passage.meeting),
        _hash(embedded_text(passage)),
        *(" ".join(_terms(words(text))) for text in (passage.heading, passage.text)),
    )


def _connect(path: Path, mode: str, *, threads: bool = False) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, check_same_thread=not threads)


# --- generations -----------------------------------------------------------------------------


def _generations(folder: Path) -> list[tuple[int, Path]]:
    """The generations in the folder, whole or not, by number."""
    matches = ((_GENERATION.fullmatch(path.name), path) for path in folder.glob("gen-*"))
    return sorted((int(match[1]), path) for match, path in matches if match)


def current_generation(folder: Path) -> Path:
    """The folder of the generation in use. Raises NoIndex or DamagedIndex."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NoIndex(f"There is no index in {folder}. Make one: {build_command(folder)}") from None
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{folder / 'CURRENT'} cannot be read ({error})") from error
    match = _GENERATION.fullmatch(name)
    if match is None or match[2]:
        raise _damaged(folder, f"{folder / 'CURRENT'} names no generation")
    return folder / name


def _damaged(folder: Path, what: str, roots: Iterable[str] = ()) -> DamagedIndex:
    return DamagedIndex(
        f"The index is damaged: {what}. Build it again: {build_command(folder, roots)}"
    )


def prune(folder: Path, keep: Collection[str]) -> None:
    """Delete every generation not named in `keep`; what cannot be deleted now is left for later."""
    for _, path in _generations(folder):
        if path.name in keep:
            continue
        # Gone at once for all who look, and for Windows only when nobody has it open.
        with contextlib.suppress(OSError):
            path = path.rename(path.with_suffix(".partial"))
            shutil.rmtree(path, ignore_errors=True)


def delete_partial_generations(folder: Path) -> None:
    """Delete what killed builds left, when nobody is building."""
    prune(folder, {path.name for _, path in _generations(folder) if path.suffix != ".partial"})


@contextlib.contextmanager
def _writing(what: str) -> Iterator[None]:
    """Tell a fault of writing as Unwritable."""
    try:
        yield
    except sqlite3.Error as error:
        raise Unwritable(f"{what} cannot be written ({error}).") from error
    except OSError as error:
        raise Unwritable(f"{what} cannot be written ({error.strerror or error}).") from error


def _patiently(action: Callable[[], object]) -> None:
    """Do what Windows refuses while another program has the file open for a moment."""
    for remaining in reversed(range(_TRIES)):
        try:
            action()
            return
        except PermissionError:
            if not remaining or os.name != "nt":
                raise
            time.sleep(_PAUSE)


def _flush(path: Path) -> None:
    """Have the system write a file, or a folder's list of files, to the disk."""
    if path.is_dir() and os.name == "nt":  # which cannot open a folder, and needs not
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Writer:
    """Writes the next generation, and puts it in the place of the last one when it is whole.

    Until `publish`, readers see nothing of it. One writer at a time: `build` holds the lock.
    Every method raises Unwritable where the disk does not take what is written.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        *,
        previous: Index | None = None,
        broken: Collection[str] = (),
    ) -> None:
        """Begin a generation. `previous` is the one from which records may be copied.

        From generations whose names are in `broken` not even vectors are taken.
        """
        self._folder = folder
        self._manifest = manifest
        self._previous = previous
        self._broken = broken
        self._worth_keeping = False
        self._same_passages = False
        number = max((number for number, _ in _generations(folder)), default=0) + 1
        self._name = f"gen-{number:06}"
        self._path = folder / f"{self._name}.partial"
        with _writing(f"The index in {folder}"):
            self._path.mkdir(parents=True)
            self._database = _connect(self._path / "catalogue.sqlite3", "mode=rwc")
            # With its log in a second file, a killed writer leaves a readable catalogue, and
            # committing every batch of vectors costs next to nothing.
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.executescript(_TABLES)
            self._database.execute(
                "INSERT INTO about VALUES ('vectors', ?)", (_kind_of_vectors(manifest),)
            )
            self._database.commit()
            if previous is not None:
                self._attach("previous", previous.path)

    def _attach(self, name: str, generation: Path, mode: str = "mode=ro&immutable=1") -> None:
        uri = f"{(generation / 'catalogue.sqlite3').resolve().as_uri()}?{mode}"
        self._database.execute(f"ATTACH ? AS {name}", (uri,))

    # -- records

    def add(
        self,
        record: Record,
        meetings: Sequence[Meeting],
        cases: Sequence[Case],
        passages: Sequence[Passage],
    ) -> None:
        """Take in a record and all that came from it; after an error, nothing of it is in.

        Raises ValueError where an id is there twice or the text holds half characters.
        """
        try:
            with _writing("The catalogue"), self._database as database:
                for table, rows in (
                    ("records", [_record_row(record)]),
                    ("meetings", [(m.id, m.record, meeting_to_json(m)) for m in meetings]),
                    ("cases", [_case_row(case) for case in cases]),
                    ("passages", [_passage_row(passage) for passage in passages]),
                ):
                    columns = _COLUMNS[table]
                    marks = ", ".join("?" for _ in columns.split(", "))
                    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
                    database.executemany(statement, rows)
        except Unwritable as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise ValueError(f"two things go by one id ({error.__cause__})") from error
            raise

    def copy(self, record: str) -> None:
        """Take in a record unchanged from the previous generation, with all that came from it."""
        with _writing("The catalogue"), self._database as database:
            for table, columns in _COLUMNS.items():
                of_record = "id" if table == "records" else "record"
                database.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {columns} FROM previous.{table}"
                    f" WHERE {of_record} = ? ORDER BY number",
                    (record,),
                )

    def pages(self) -> list[tuple[str, tuple[Page, ...]]]:
        """The records taken in so far, and the pages of each."""
        with _writing("The catalogue"):
            rows = self._database.execute("SELECT id, pages FROM records ORDER BY number")
            return [(id, _PAGES.validate_json(pages)) for id, pages in rows]

    def cases(self) -> list[Case]:
        """All cases taken in so far, in order, with no chains yet."""
        with _writing("The catalogue"):
            rows = self._database.execute("SELECT body FROM cases ORDER BY number").fetchall()
        return [replace(case_from_json(body), chain="", links=()) for (body,) in rows]

    def meetings(self) -> list[Meeting]:
        """All meetings taken in so far, in order."""
        with _writing("The catalogue"):
            rows = self._database.execute("SELECT body FROM meetings ORDER BY number").fetchall()
        return [meeting_from_json(body) for (body,) in rows]

    def put_chains(self, cases: Iterable[Case]) -> None:
        """Set the chain and the links of these cases, as they have them."""
        with _writing("The catalogue"), self._database as database:
            database.executemany(
                "UPDATE cases SET chain = ?, body = ? WHERE id = ?",
                ((case.chain, case_to_json(case), case.id) for case in cases),
            )

    # -- vectors

    def reuse_vectors(self) -> None:
        """Take over, from all that earlier builds left here, the vectors that passages need."""
        size = 2 * self._manifest.dimension
        for _, path in reversed(_generations(self._folder)):
            if path.name in (self._path.name, *self._broken):
                continue
            if not (path / "catalogue.sqlite3").is_file():
                continue
            whole = self._previous is not None and path == self._previous.path
            try:
                # A killed writer's catalogue has a log beside it, which must be read too.
                self._attach("earlier", path, "mode=ro&immutable=1" if whole else "mode=rw")
                try:
                    with self._database as database:
                        database.execute(
                            "INSERT OR IGNORE INTO vectors SELECT text_hash, vector"
                            " FROM earlier.vectors"
                            " WHERE (SELECT value FROM earlier.about WHERE key = 'vectors') = ?"
                            " AND length(vector) = ?"
                            " AND text_hash IN (SELECT text_hash FROM main.passages)",
                            (_kind_of_vectors(self._manifest), size),
                        )
                finally:
                    self._database.execute("DETACH earlier")
            except sqlite3.Error as error:
                # What cannot be read is computed again. A full disk will show itself again too.
                _logger.warning("The vectors in %s cannot be reused (%s).", path, error)
                continue
            if path.name.endswith(".partial"):
                self._worth_keeping = True
                shutil.rmtree(path, ignore_errors=True)

    def texts_without_vectors(self, limit: int = -1) -> list[tuple[bytes, str]]:
        """What is still to be embedded, by its hash, at most `limit`; long texts first, as batches of
        like length cost least, and the time left is then not underestimated."""
        with _writing("The catalogue"):
            rows = self._database.execute(
                "SELECT text_hash, heading || char(10) || text FROM passages"
                " WHERE text_hash NOT IN (SELECT text_hash FROM vectors)"
                " GROUP BY text_hash ORDER BY length(heading) + length(text) DESC, min(number)"
                " LIMIT ?",
                (limit,),
            ).fetchall()
        return [(bytes(hashed), str(text)) for hashed, text in rows]

    def count_without_vectors(self) -> int:
        """How many texts are still to be embedded."""
        with _writing("The catalogue"):
            row = self._database.execute(
                "SELECT count(DISTINCT text_hash) FROM passages"
                " WHERE text_hash NOT IN (SELECT text_hash FROM vectors)"
            ).fetchone()
        return int(row[0])

    def put_vectors(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Keep vectors, of shape (number of hashes, dimension); from here on they are safe."""
        if vectors.shape != (len(hashes), self._manifest.dimension):
            raise ValueError(f"{len(hashes)} vectors were expected, not {vectors.shape}")
        with _writing("The catalogue"), self._database as database:
            database.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(hashed, _packed(vector)) for hashed, vector in zip(hashes, vectors, strict=True)],
            )
        self._worth_keeping = True

    # -- the end

    def counts(self) -> dict[str, int]:
        """How many records, meetings, cases and passages have been taken in."""
        with _writing("The catalogue"):
            return {table: self._count(table) for table in _COLUMNS}

    def _count(self, table: str) -> int:
        return int(self._database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def publish(self, progress: Callable[[int, int], None] | None = None) -> str:
        """Finish the generation, put it in use, and return its name (gen-000007).

        `progress` is told how many vectors Chroma has taken, and of how many. Generations older
        than the one that was in use till now are deleted.
        """
        if self.texts_without_vectors(1):
            raise ValueError("passages without vectors cannot be published")
        kept = {self._name}
        with _writing(f"The index in {self._folder}"):
            counts = self.counts()
            records = dict(self._database.execute("SELECT id, digest FROM records ORDER BY number"))
            self._database.execute("INSERT INTO passage_words (passage_words) VALUES ('rebuild')")
            self._database.execute("INSERT INTO passage_words (passage_words) VALUES ('optimize')")
            self._database.commit()
            self._database.execute("PRAGMA journal_mode=DELETE")
            if self._previous is not None:
                self._same_passages = self._has_previous_passages(counts["passages"])
                self._database.execute("DETACH previous")
            self._database.close()
            catalogue = self._path / "catalogue.sqlite3"
            # A name of its own, so that no other collection is ever taken for this one.
            collection = self._take_over_chroma()
            if not collection:
                collection = f"passages-{os.urandom(8).hex()}"
                _write_chroma(self._path, collection, counts["passages"], self._manifest, progress)
            manifest = replace(
                self._manifest,
                records=records,
                counts=counts,
                catalogue_size=catalogue.stat().st_size,
                catalogue=_file_digest(catalogue),
                collection=collection,
                chroma=_chroma_digests(self._path),
                chroma_version=_chroma_version(),
            )
            (self._path / "manifest.json").write_bytes(_MANIFEST.dump_json(manifest, indent=2))
            for path in (*self._path.rglob("*"), self._path):
                _flush(path)
            _patiently(lambda: self._path.rename(self._folder / self._name))
            _flush(self._folder)
            with contextlib.suppress(StoreError):  # readers may still be at work on it
                kept.add(current_generation(self._folder).name)
            _put_in_use(self._folder, self._name)
        prune(self._folder, kept)
        return self._name

    def _has_previous_passages(self, count: int) -> bool:
        query = "SELECT count(*) FROM previous.passages"
        shared = f"{query} JOIN main.passages USING (id, text_hash)"
        return all(self._database.execute(q).fetchone()[0] == count for q in (query, shared))

    def _take_over_chroma(self) -> str:
        """Copy Chroma's files from the previous generation if it has the very same passages and is
        whole: a correction of a verdict changes none. Returns its collection, or nothing."""
        previous = self._previous
        alike = (
            previous is not None
            and self._same_passages
            and _kind_of_vectors(previous.manifest) == _kind_of_vectors(self._manifest)
            and not previous.chroma_problem()
        )
        if previous is None or not alike:
            return ""
        try:
            shutil.copytree(previous.path / "chroma", self._path / "chroma")
        except OSError as error:
            _logger.warning("Chroma's files cannot be copied (%s); they are made anew.", error)
            shutil.rmtree(self._path / "chroma", ignore_errors=True)
            return ""
        return previous.manifest.collection

    def close(self) -> None:
        """Leave an unpublished generation: kept for its vectors if it has any, else deleted."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        if self._path.exists() and not self._worth_keeping:
            shutil.rmtree(self._path, ignore_errors=True)


def _put_in_use(folder: Path, name: str) -> None:
    """Have CURRENT name the generation: before or after, never in between."""
    temporary = folder / "CURRENT.new"
    temporary.write_text(f"{name}\n", encoding="ascii")
    _flush(temporary)
    _patiently(lambda: temporary.replace(folder / "CURRENT"))
    _flush(folder)


# --- Chroma ----------------------------------------------------------------------------------

_opening_chroma = threading.Lock()  # its table of open folders is not made for threads


class _ChromaFault(Exception):  # noqa: N818
    """Whatever Chroma raised; never seen outside this file."""


@contextlib.contextmanager
def _chroma_faults() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # Chroma raises whatever its own parts raise
        raise _ChromaFault(f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        # A panic in Chroma's Rust code comes as a class that nobody can import.
        if type(error).__name__ != "PanicException":
            raise
        raise _ChromaFault(f"panic: {error}") from error


def _chroma_version() -> str:
    return metadata.version("chromadb")


def _chroma_client(generation: Path, *, new: bool = False) -> ClientAPI:
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
    with _opening_chroma:
        return chromadb.PersistentClient(generation.resolve() / "chroma", settings=settings)


def _close_chroma(client: ClientAPI) -> None:
    with _opening_chroma, contextlib.suppress(_ChromaFault), _chroma_faults():
        client.close()  # type: ignore[attr-defined]


def _write_chroma(
    generation: Path,
    name: str,
    count: int,
    manifest: Manifest,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Give Chroma the catalogue's vectors, each by the id of its passage."""
    catalogue = _connect(generation / "catalogue.sqlite3", "mode=ro&immutable=1")
    try:
        with _chroma_faults():
            client = _chroma_client(generation, new=True)
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
                rows = catalogue.execute(
                    "SELECT passages.id, vectors.vector FROM passages"
                    " JOIN vectors USING (text_hash) ORDER BY number"
                )
                done = 0
                size = min(client.get_max_batch_size(), _ADDED_AT_ONCE)
                while batch := rows.fetchmany(size):
                    vectors = _unpacked([vector for _, vector in batch], manifest.dimension)
                    collection.add(ids=[id for id, _ in batch], embeddings=vectors)
                    done += len(batch)
                    if progress is not None:
                        progress(done, count)
            finally:
                _close_chroma(client)
    except _ChromaFault as error:
        raise Unwritable(f"The vectors cannot be written to {generation} ({error}).") from error
    finally:
        catalogue.close()


def _chroma_digests(generation: Path) -> dict[str, str]:
    """SHA-256 of Chroma's files that stay as they are: all but its database."""
    return {
        path.relative_to(generation).as_posix(): _file_digest(path)
        for path in sorted((generation / "chroma").rglob("*"))
        if path.is_file() and not path.name.startswith("chroma.sqlite3")
    }


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def chroma_problem(generation: Path, manifest: Manifest) -> str:
    """What is wrong with Chroma's files, or nothing.

    Looked at before Chroma is let near them, because a broken graph ends the whole process.
    """
    if manifest.chroma_version != _chroma_version():
        return f"it was made by chromadb {manifest.chroma_version}"
    try:
        for name, digest in manifest.chroma.items():
            if _file_digest(generation / name) != digest:
                return f"{name} is not as it was written"
        database = _connect(generation / "chroma" / "chroma.sqlite3", "mode=ro")
        try:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            named = database.execute(
                "SELECT 1 FROM collections WHERE name = ?", (manifest.collection,)
            ).fetchone()
        finally:
            database.close()
    except OSError as error:
        return f"{error.filename} cannot be read ({error.strerror})"
    except sqlite3.Error as error:
        return f"chroma.sqlite3 cannot be read ({error})"
    if verdict != "ok":
        return f"chroma.sqlite3 is damaged ({verdict})"
    return "" if named else "the collection is missing"


# --- reading ---------------------------------------------------------------------------------


def open_index(folder: Path, *, embedder_digest: str | None = None) -> Index:
    """The index in use in `folder`; where a digest is given, it must be of its embedding model.

    Raises NoIndex, WrongIndex (the message has the command that rebuilds) or DamagedIndex.
    """
    generation = current_generation(folder)
    while True:
        try:
            index = Index(folder, generation)
            break
        except DamagedIndex:
            # Two builds may have ended since CURRENT was read, and the generation be deleted.
            newer = current_generation(folder)
            if newer == generation:
                raise
            generation = newer
    if embedder_digest is not None and embedder_digest != index.manifest.model_digest:
        index.close()
        raise WrongIndex(
            f"The index was made with another embedding model ({index.manifest.model}). "
            f"Build it again: {build_command(folder, index.manifest.roots)}"
        )
    return index


class Index:
    """One generation, for reading; safe to share by threads. `open_index` makes it.

    Every method raises DamagedIndex where the catalogue turns out to be broken, KeyError for an id
    that it does not hold, and StoreError after `close`.
    """

    def __init__(self, folder: Path, generation: Path) -> None:
        """Open the generation. Raises WrongIndex or DamagedIndex."""
        self.folder = folder
        self.path = generation
        self.manifest = _read_manifest(folder, generation)
        catalogue = generation / "catalogue.sqlite3"
        try:
            if catalogue.stat().st_size != self.manifest.catalogue_size:
                raise self._damage(f"{catalogue} is not as it was written")
            # Nobody ever changes it: no locks are needed, and none are left on a network drive.
            self._database = _connect(catalogue, "mode=ro&immutable=1", threads=True)
        except (OSError, sqlite3.Error) as error:
            raise self._damage(f"{catalogue} cannot be read ({error})") from error
        self._lock = threading.RLock()
        self._closed = False
        self._matrix: tuple[list[str], dict[str, int], Vectors] | None = None
        self._client: ClientAPI | None = None
        self._collection: ChromaCollection | None = None
        self._chroma_problem = ""
        self._text = lru_cache(64)(self._read_text)
        self._meetings = lru_cache(1)(self._read_meetings)
        self._cases = lru_cache(1)(self._read_cases)
        try:
            self._rows("SELECT value FROM about")
        except DamagedIndex:
            self.close()
            raise

    def _damage(self, what: str) -> DamagedIndex:
        return _damaged(self.folder, what, self.manifest.roots)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            if self._closed:
                raise StoreError("The index has been closed.")
            try:
                return self._database.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise self._damage(f"the catalogue of {self.path} says: {error}") from error

    # -- what it holds

    @property
    def generation(self) -> str:
        """The generation's name, e.g. gen-000007."""
        return self.path.name

    @property
    def passage_count(self) -> int:
        """How many passages there are."""
        return self.manifest.counts.get("passages", 0)

    def records(self) -> list[RecordInfo]:
        """All records, without their texts."""
        rows = self._rows("SELECT id, digest, length, pages FROM records ORDER BY number")
        return [
            RecordInfo(id, digest, length, _PAGES.validate_json(pages))
            for id, digest, length, pages in rows
        ]

    def text(self, record: str) -> str:
        """The record's text, into which every span points."""
        return self._text(record)

    def _read_text(self, record: str) -> str:
        rows = self._rows("SELECT text FROM records WHERE id = ?", (record,))
        if not rows:
            raise KeyError(record)
        return str(rows[0][0])

    def meetings(self) -> list[Meeting]:
        """All meetings, in the order of the records."""
        return list(self._meetings())

    def _read_meetings(self) -> tuple[Meeting, ...]:
        rows = self._rows("SELECT body FROM meetings ORDER BY number")
        try:
            return tuple(meeting_from_json(body) for (body,) in rows)
        except ValidationError as error:
            raise self._damage("a meeting cannot be read") from error

    def cases(self) -> list[Case]:
        """All cases, in the order of the records."""
        return list(self._cases())

    def _read_cases(self) -> tuple[Case, ...]:
        rows = self._rows("SELECT body, chain FROM cases ORDER BY number")
        try:
            return tuple(replace(case_from_json(body), chain=chain) for body, chain in rows)
        except ValidationError as error:
            raise self._damage("a case cannot be read") from error

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in this order."""
        rows = self._rows(
            f"SELECT {_PASSAGE} FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        found = {row[0]: _passage(row) for row in rows}
        return [found[id] for id in ids]

    def passages_of_case(self, case: str) -> list[Passage]:
        """The passages about a case, in the order of the text."""
        rows = self._rows(
            f"SELECT {_PASSAGE} FROM passages WHERE case_id = ? ORDER BY number", (case,)
        )
        return [_passage(row) for row in rows]

    def passages_of_record(self, record: str) -> list[Passage]:
        """The passages of a record, in the order of the text."""
        rows = self._rows(
            f"SELECT {_PASSAGE} FROM passages WHERE record = ? ORDER BY number", (record,)
        )
        return [_passage(row) for row in rows]

    def passage_ids(
        self, *, records: Collection[str] = (), cases: Collection[str] = ()
    ) -> set[str]:
        """The ids of all passages of these records or about these cases: a `within` to search."""
        rows = self._rows(
            "SELECT id FROM passages WHERE record IN (SELECT value FROM json_each(?))"
            " UNION SELECT id FROM passages WHERE case_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(records)), json.dumps(list(cases))),
        )
        return {id for (id,) in rows}

    # -- words

    def search_words(
        self,
        tokens: Sequence[str],
        limit: int,
        within: Collection[str] | None = None,
        *,
        heading_weight: float = HEADING_WEIGHT,
    ) -> list[tuple[str, float]]:
        """The passages with any of these words (as `japanese.words` makes them), best first.

        Returns (passage id, BM25 score above 0), at most `limit`; `within` is the ids of the
        passages to look in. How rare a word is counts over all passages, whatever `within` is.
        """
        terms = dict.fromkeys(_terms(tokens))
        if not terms or limit <= 0:
            return []
        quoted = " OR ".join('"{}"'.format(term.replace('"', '""')) for term in terms)
        chosen = ""
        values: list[object] = [heading_weight, quoted]
        if within is not None:
            numbers = self._rows(
                "SELECT number FROM passages WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(within)),),
            )
            # The plus keeps SQLite from searching anew for each of the passages.
            chosen = "AND +passage_words.rowid IN (SELECT value FROM json_each(?))"
            values.append(json.dumps([number for (number,) in numbers]))
        rows = self._rows(
            "SELECT passages.id, found.score FROM ("
            "  SELECT rowid AS number, -bm25(passage_words, ?, 1.0) AS score FROM passage_words"
            f"  WHERE passage_words MATCH ? {chosen} ORDER BY score DESC, rowid LIMIT ?"
            ") AS found JOIN passages USING (number) ORDER BY found.score DESC, number",
            (*values, limit),
        )
        return [(id, float(score)) for id, score in rows]

    def document_frequency(self, token: str) -> int:
        """In how many passages (heading or text) the word stands."""
        terms = list(_terms([token]))
        rows = self._rows("SELECT doc FROM vocabulary WHERE term = ?", terms) if terms else []
        return int(rows[0][0]) if rows else 0

    # -- vectors

    def search_vectors(
        self, vector: Vectors, limit: int, within: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The passages whose vectors are nearest to `vector`, of shape (dimension,).

        Returns (passage id, cosine), nearest first, at most `limit`; `within` is the ids of the
        passages to look in. All passages are searched through Chroma, some of them exactly.
        """
        if limit <= 0:
            return []
        vector = _unit(np.asarray(vector, np.float32))
        if within is None:
            found = self._nearest(vector, limit)
            return self._exact(vector, limit, None) if found is None else found
        return self._exact(vector, limit, within)

    def vector(self, passage: str) -> Vectors:
        """The unit vector of a passage, of shape (dimension,)."""
        rows = self._rows(
            "SELECT vector FROM passages JOIN vectors USING (text_hash) WHERE id = ?", (passage,)
        )
        if not rows:
            raise KeyError(passage)
        vector: Vectors = self._unpack([rows[0][0]])[0]
        return vector

    def _unpack(self, blobs: Sequence[bytes]) -> Vectors:
        try:
            return _unpacked(blobs, self.manifest.dimension)
        except ValueError as error:
            raise self._damage("the vectors are broken") from error

    def _vectors(self) -> tuple[list[str], dict[str, int], Vectors]:
        """All passage ids, the row of each, and the rows: shape (passages, dimension)."""
        with self._lock:
            if self._matrix is None:
                rows = self._rows(
                    "SELECT id, vector FROM passages JOIN vectors USING (text_hash) ORDER BY number"
                )
                ids = [id for id, _ in rows]
                matrix = self._unpack([vector for _, vector in rows])
                self._matrix = ids, {id: row for row, id in enumerate(ids)}, matrix
            return self._matrix

    def _exact(
        self, vector: Vectors, limit: int, within: Collection[str] | None
    ) -> list[tuple[str, float]]:
        ids, row_of, matrix = self._vectors()
        if within is None:
            rows = np.arange(len(ids))
            scores = matrix @ vector
        else:
            rows = np.array(sorted(row_of[id] for id in set(within) if id in row_of), np.int64)
            many = len(rows) > EXACT_SHARE * len(ids)
            scores = (matrix @ vector)[rows] if many else matrix[rows] @ vector
        if len(rows) > limit:
            # Equals at the border included, so that the order below decides between them.
            worst = np.partition(scores, len(rows) - limit)[len(rows) - limit]
            best = np.flatnonzero(scores >= worst)
            rows, scores = rows[best], scores[best]
        order = np.lexsort((rows, -scores))[:limit]
        return [(ids[rows[i]], float(scores[i])) for i in order]

    def _nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]] | None:
        """What Chroma finds; None where it cannot be asked."""
        if not self.passage_count:
            return []
        try:
            collection = self._open_chroma()
            with _chroma_faults():
                found = collection.query(
                    query_embeddings=vector[None, :],
                    n_results=min(limit, self.passage_count),
                    include=["distances"],
                )
                distances = (found["distances"] or [[]])[0]
                pairs = zip(found["ids"][0], distances, strict=True)
                return [(id, 1 - float(distance)) for id, distance in pairs]
        except _ChromaFault as error:
            with self._lock:
                if not self._chroma_problem:
                    self._chroma_problem = str(error)
                    _logger.warning("Chroma is not used (%s); `senrei build` mends it.", error)
            return None

    def _open_chroma(self) -> ChromaCollection:
        """Chroma's collection, opened when first needed. Raises _ChromaFault, then ever again."""
        with self._lock:
            if self._closed:
                raise StoreError("The index has been closed.")
            if self._chroma_problem:
                raise _ChromaFault(self._chroma_problem)
            if self._collection is None:
                if problem := self.chroma_problem():
                    raise _ChromaFault(problem)
                try:
                    with _chroma_faults():
                        self._client = _chroma_client(self.path)
                        self._collection = self._client.get_collection(
                            self.manifest.collection, embedding_function=None
                        )
                finally:
                    # Where the generation has just been deleted, Chroma has made it anew, empty.
                    if not (self.path / "manifest.json").exists():
                        shutil.rmtree(self.path, ignore_errors=True)
            return self._collection

    def catalogue_problem(self) -> str:
        """What is wrong with the catalogue, or nothing. Reads all of it."""
        path = self.path / "catalogue.sqlite3"
        try:
            same = _file_digest(path) == self.manifest.catalogue
        except OSError as error:
            return f"{path} cannot be read ({error.strerror})"
        return "" if same else f"{path} is not as it was written"

    def chroma_problem(self) -> str:
        """What is wrong with Chroma's copy of the vectors, or nothing. Reads all its files."""
        return self._chroma_problem or chroma_problem(self.path, self.manifest)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._closed = True
            self._collection, client, self._client = None, self._client, None
            self._database.close()
        if client is not None:
            _close_chroma(client)


def _read_manifest(folder: Path, generation: Path) -> Manifest:
    path = generation / "manifest.json"
    try:
        written = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{path} cannot be read ({error})") from error
    # Of another format nothing may be relied on but that it says so.
    if isinstance(written, dict) and written.get("format") not in (None, FORMAT):
        roots = [root for root in written.get("roots") or () if isinstance(root, str)]
        raise WrongIndex(
            f"The index was made by another version of Senrei (format {written['format']}, "
            f"not {FORMAT}). Build it again: {build_command(folder, roots)}"
        )
    try:
        return _MANIFEST.validate_python(written)
    except ValidationError as error:
        raise _damaged(folder, f"{path} is not a manifest") from error


def _passage(row: Sequence[Any]) -> Passage:
    id, record, start, end, kind, text, heading, case, meeting = row
    return Passage(id, record, start, end, PassageKind(kind), text, heading, case, meeting)
