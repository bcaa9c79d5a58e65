"""An index opened for reading: what it holds, and the searches for words and vectors.

The catalogue is the whole truth. What Chroma keeps is the catalogue's vectors once more, for nearest
neighbours: where it is gone or damaged, the same answers are computed from the catalogue.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from index.cases import Case
from index.disk import file_digest
from index.meetings import Meeting
from index.passages import Passage
from index.storage import sqlite
from index.storage.catalogue import (
    PAGES,
    PASSAGE_COLUMNS,
    RecordInfo,
    Vectors,
    case_from_json,
    meeting_from_json,
    passage_of,
    terms_of,
    unit,
    unpacked,
)
from index.storage.chroma import Chroma
from index.storage.generations import (
    CATALOGUE,
    DamagedIndex,
    StoreError,
    WrongIndex,
    build_command,
    current_generation,
    damaged,
    read_manifest,
)

EXACT_SHARE = 0.25  # of all passages; for more, the whole product is cheaper than choosing rows


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
        self.manifest = read_manifest(folder, generation)
        catalogue = generation / CATALOGUE
        try:
            if catalogue.stat().st_size != self.manifest.catalogue_size:
                raise self._damage(f"{catalogue} is not as it was written")
            self._database = sqlite.connect(catalogue, sqlite.KEPT, threads=True)
        except (OSError, sqlite.Error) as error:
            raise self._damage(f"{catalogue} cannot be read ({error})") from error
        self._lock = threading.RLock()
        self._closed = False
        self._matrix: tuple[list[str], dict[str, int], Vectors] | None = None
        self._chroma = Chroma(generation, self.manifest)
        self._text = lru_cache(64)(self._read_text)
        self._meetings = lru_cache(1)(self._read_meetings)
        self._cases = lru_cache(1)(self._read_cases)
        try:
            self._rows("SELECT value FROM about")
        except DamagedIndex:
            self.close()
            raise

    def _damage(self, what: str) -> DamagedIndex:
        return damaged(self.folder, what, self.manifest.roots)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            if self._closed:
                raise StoreError("The index has been closed.")
            try:
                return self._database.execute(query, values).fetchall()
            except sqlite.Error as error:
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
            RecordInfo(id, digest, length, PAGES.validate_json(pages))
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
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        found = {row[0]: passage_of(row) for row in rows}
        return [found[id] for id in ids]

    def passages_of_case(self, case: str) -> list[Passage]:
        """The passages about a case, in the order of the text."""
        rows = self._rows(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE case_id = ? ORDER BY number", (case,)
        )
        return [passage_of(row) for row in rows]

    def passages_of_record(self, record: str) -> list[Passage]:
        """The passages of a record, in the order of the text."""
        rows = self._rows(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE record = ? ORDER BY number", (record,)
        )
        return [passage_of(row) for row in rows]

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
    ) -> list[tuple[str, float]]:
        """The passages with any of these words (as `japanese.words` makes them), best first.

        Returns (passage id, BM25 score above 0), at most `limit`; `within` is the ids of the
        passages to look in. How rare a word is counts over all passages, whatever `within` is.
        """
        terms = dict.fromkeys(terms_of(tokens))
        if not terms or limit <= 0:
            return []
        quoted = " OR ".join('"{}"'.format(term.replace('"', '""')) for term in terms)
        chosen = ""
        values: list[object] = [quoted]
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
            "  SELECT rowid AS number, -bm25(passage_words) AS score FROM passage_words"
            f"  WHERE passage_words MATCH ? {chosen} ORDER BY score DESC, rowid LIMIT ?"
            ") AS found JOIN passages USING (number) ORDER BY found.score DESC, number",
            (*values, limit),
        )
        return [(id, float(score)) for id, score in rows]

    def document_frequency(self, token: str) -> int:
        """In how many passages (heading or text) the word stands."""
        terms = list(terms_of([token]))
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
        vector = unit(np.asarray(vector, np.float32))
        if within is None:
            found = self._chroma.nearest(vector, limit)
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
            return unpacked(blobs, self.manifest.dimension)
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

    def catalogue_problem(self) -> str:
        """What is wrong with the catalogue, or nothing. Reads all of it."""
        path = self.path / CATALOGUE
        try:
            same = file_digest(path) == self.manifest.catalogue
        except OSError as error:
            return f"{path} cannot be read ({error.strerror})"
        return "" if same else f"{path} is not as it was written"

    def leave_chroma(self) -> None:
        """Search in the catalogue's own vectors until `open_chroma`: Chroma takes a while to load."""
        self._chroma.leave()

    def open_chroma(self) -> None:
        """Open Chroma's copy of the vectors, which else is opened when first needed."""
        self._chroma.open()

    def chroma_problem(self) -> str:
        """What is wrong with Chroma's copy of the vectors, or nothing. Reads all its files."""
        return self._chroma.problem()

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            self._closed = True
            self._database.close()
        self._chroma.close()
