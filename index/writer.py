"""Write the next generation of an index, and put it in the place of the last one."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.cases import Case
from index.disk import file_digest, flush, patiently
from index.meetings import Meeting
from index.passages import Passage
from index.records import Page, Record
from index.storage import chroma, sqlite
from index.storage.catalogue import (
    COLUMNS,
    PAGES,
    TABLES,
    Vectors,
    case_from_json,
    case_row,
    case_to_json,
    kind_of_vectors,
    meeting_from_json,
    meeting_to_json,
    packed,
    passage_row,
    record_row,
)
from index.storage.generations import (
    CATALOGUE,
    Manifest,
    StoreError,
    Unwritable,
    current_generation,
    generations,
    prune,
    put_in_use,
    write_manifest,
)
from index.store import Index

_logger = logging.getLogger(__name__)

WHAT_TO_DO = "See to the disk's space and the folder's permissions, and build again."


@contextlib.contextmanager
def _writing(what: str) -> Iterator[None]:
    """Tell a fault of writing as Unwritable."""
    try:
        yield
    except sqlite.Error as error:
        raise Unwritable(f"{what} cannot be written ({error}). {WHAT_TO_DO}") from error
    except OSError as error:
        why = error.strerror or error
        raise Unwritable(f"{what} cannot be written ({why}). {WHAT_TO_DO}") from error


class GenerationWriter:
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
        number = max((number for number, _ in generations(folder)), default=0) + 1
        self._name = f"gen-{number:06}"
        self._path = folder / f"{self._name}.partial"
        with _writing(f"The index in {folder}"):
            self._path.mkdir(parents=True)
            self._database = sqlite.connect(self._path / CATALOGUE, sqlite.NEW)
            # With its log in a second file, a killed writer leaves a readable catalogue, and
            # committing every batch of vectors costs next to nothing.
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.executescript(TABLES)
            self._database.execute(
                "INSERT INTO about VALUES ('vectors', ?)", (kind_of_vectors(manifest),)
            )
            self._database.commit()
            if previous is not None:
                sqlite.attach(self._database, "previous", previous.path / CATALOGUE, sqlite.KEPT)

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
                    ("records", [record_row(record)]),
                    ("meetings", [(m.id, m.record, meeting_to_json(m)) for m in meetings]),
                    ("cases", [case_row(case) for case in cases]),
                    ("passages", [passage_row(passage) for passage in passages]),
                ):
                    columns = COLUMNS[table]
                    marks = ", ".join("?" for _ in columns.split(", "))
                    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
                    database.executemany(statement, rows)
        except Unwritable as error:
            if isinstance(error.__cause__, sqlite.IntegrityError):
                raise ValueError(f"two things go by one id ({error.__cause__})") from error
            raise

    def copy(self, record: str) -> None:
        """Take in a record unchanged from the previous generation, with all that came from it."""
        with _writing("The catalogue"), self._database as database:
            for table, columns in COLUMNS.items():
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
            return [(id, PAGES.validate_json(pages)) for id, pages in rows]

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
        for _, path in reversed(generations(self._folder)):
            if path.name in (self._path.name, *self._broken):
                continue
            catalogue = path / CATALOGUE
            if not catalogue.is_file():
                continue
            whole = self._previous is not None and path == self._previous.path
            try:
                # A killed writer's catalogue has a log beside it, which must be read too.
                mode = sqlite.KEPT if whole else sqlite.LIVE
                sqlite.attach(self._database, "earlier", catalogue, mode)
                try:
                    with self._database as database:
                        database.execute(
                            "INSERT OR IGNORE INTO vectors SELECT text_hash, vector"
                            " FROM earlier.vectors"
                            " WHERE (SELECT value FROM earlier.about WHERE key = 'vectors') = ?"
                            " AND length(vector) = ?"
                            " AND text_hash IN (SELECT text_hash FROM main.passages)",
                            (kind_of_vectors(self._manifest), size),
                        )
                finally:
                    self._database.execute("DETACH earlier")
            except sqlite.Error as error:
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
                [(hashed, packed(vector)) for hashed, vector in zip(hashes, vectors, strict=True)],
            )
        self._worth_keeping = True

    # -- the end

    def counts(self) -> dict[str, int]:
        """How many records, meetings, cases and passages have been taken in."""
        with _writing("The catalogue"):
            return {table: self._count(table) for table in COLUMNS}

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
            catalogue = self._path / CATALOGUE
            # A name of its own, so that no other collection is ever taken for this one.
            collection = self._take_over_chroma() or self._make_chroma(counts["passages"], progress)
            manifest = replace(
                self._manifest,
                records=records,
                counts=counts,
                catalogue_size=catalogue.stat().st_size,
                catalogue=file_digest(catalogue),
                collection=collection,
                chroma=chroma.digests(self._path),
                chroma_version=chroma.version(),
            )
            write_manifest(self._path, manifest)
            for path in (*self._path.rglob("*"), self._path):
                flush(path)
            patiently(lambda: self._path.rename(self._folder / self._name))
            flush(self._folder)
            with contextlib.suppress(StoreError):  # readers may still be at work on it
                kept.add(current_generation(self._folder).name)
            put_in_use(self._folder, self._name)
        prune(self._folder, kept)
        return self._name

    def _has_previous_passages(self, count: int) -> bool:
        query = "SELECT count(*) FROM previous.passages"
        shared = f"{query} JOIN main.passages USING (id, text_hash)"
        return all(self._database.execute(q).fetchone()[0] == count for q in (query, shared))

    def _make_chroma(self, count: int, progress: Callable[[int, int], None] | None) -> str:
        """Give Chroma the vectors; returns its collection. Nothing where it cannot take them: the
        catalogue has them, and the next build tries again."""
        collection = f"passages-{os.urandom(8).hex()}"
        try:
            chroma.write(self._path, collection, self._manifest.dimension, count, progress)
        except Unwritable as error:
            _logger.warning("Chroma is not used. %s", error)
            shutil.rmtree(self._path / chroma.FOLDER, ignore_errors=True)
            return ""
        return collection

    def _take_over_chroma(self) -> str:
        """Copy Chroma's files from the previous generation if it has the very same passages and is
        whole: a correction of a verdict changes none. Returns its collection, or nothing."""
        previous = self._previous
        alike = (
            previous is not None
            and self._same_passages
            and kind_of_vectors(previous.manifest) == kind_of_vectors(self._manifest)
            and not previous.chroma_problem()
        )
        if previous is None or not alike:
            return ""
        try:
            shutil.copytree(previous.path / chroma.FOLDER, self._path / chroma.FOLDER)
        except OSError as error:
            _logger.warning("Chroma's files cannot be copied (%s); they are made anew.", error)
            shutil.rmtree(self._path / chroma.FOLDER, ignore_errors=True)
            return ""
        return previous.manifest.collection

    def close(self) -> None:
        """Leave an unpublished generation: kept for its vectors if it has any, else deleted."""
        with contextlib.suppress(sqlite.Error):
            self._database.close()
        if self._path.exists() and not self._worth_keeping:
            shutil.rmtree(self._path, ignore_errors=True)
