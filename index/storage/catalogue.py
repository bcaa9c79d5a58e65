"""The catalogue of a generation: its tables, and what records, cases and passages are in them."""

from __future__ import annotations

import contextlib
import hashlib
import re
import string
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.cases import Case
from index.japanese import words
from index.meetings import Meeting
from index.passages import Passage, PassageKind
from index.records import Page, Record
from index.storage import sqlite
from index.storage.generations import CATALOGUE, FORMAT, Manifest

Vectors = NDArray[np.float32]

PAGES = TypeAdapter(tuple[Page, ...])
_MEETING = TypeAdapter(Meeting)
_CASE = TypeAdapter(Case)


@dataclass(frozen=True, slots=True)
class RecordInfo:
    """A record without its text: `length` counts its characters."""

    id: str
    digest: str
    length: int
    pages: tuple[Page, ...]


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


# FTS5's own tokenisers know no Japanese and break at "-" and "+". The words come ready, so only
# white space may part them: `ascii` takes all beyond ASCII for letters, and this the rest.
_TOKENIZER = "ascii tokenchars '{}'".format(string.punctuation.replace("'", "''"))

TABLES = f"""
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
COLUMNS = {  # of what is taken in, in the order in which it is
    "records": "id, digest, length, pages, text",
    "meetings": "id, record, body",
    "cases": "id, record, municipality, year, kind, outcome, chain, body",
    "passages": 'id, record, start, "end", kind, text, heading, case_id, meeting_id, text_hash, '
    "heading_words, text_words",
}
# As `passage_of` wants them.
PASSAGE_COLUMNS = 'id, record, start, "end", kind, text, heading, case_id, meeting_id'
_BREAKS = re.compile(r"[\x00-\x20\x7f]+")


def terms_of(tokens: Iterable[str]) -> Iterator[str]:
    """The tokens as FTS5 can hold them; those of nothing but white space are left out."""
    return filter(None, (_BREAKS.sub("", token) for token in tokens))


def kind_of_vectors(manifest: Manifest) -> str:
    """Vectors may be carried from one catalogue to another only where this is equal."""
    return f"{FORMAT} {manifest.model_digest}"


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def packed(vector: Vectors) -> bytes:
    """A vector as it is kept."""
    # Half precision: a cosine then moves by some 0.0001, as it does between processors anyway.
    return np.asarray(vector, "<f2").tobytes()


def unpacked(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """Unit vectors of shape (number of blobs, dimension). Raises ValueError for other lengths."""
    packed = np.frombuffer(b"".join(blobs), "<f2")
    return unit(packed.reshape(len(blobs), dimension).astype(np.float32))


def unit(vectors: Vectors) -> Vectors:
    """The vectors, of shape (…, dimension), each with norm 1; one of zeros stays as it is."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1), np.float32)


def record_row(record: Record) -> tuple[object, ...]:
    """The columns of `records`."""
    pages = PAGES.dump_json(record.pages).decode()
    return record.id, record.digest, len(record.text), pages, record.text


def case_row(case: Case) -> tuple[object, ...]:
    """The columns of `cases`."""
    # What may be asked for without opening the body stands in columns of its own.
    outcome = str(case.outcome)
    plain = case.id, case.record, case.municipality, case.year, case.kind, outcome, case.chain
    return *plain, case_to_json(case)


def passage_row(passage: Passage) -> tuple[object, ...]:
    """The columns of `passages`."""
    return (
        *(passage.id, passage.record, passage.start, passage.end, str(passage.kind)),
        *(passage.text, passage.heading, passage.case, passage.meeting),
        _hash(embedded_text(passage)),
        *(" ".join(terms_of(words(text))) for text in (passage.heading, passage.text)),
    )


def passage_of(row: Sequence[Any]) -> Passage:
    """The passage of a row of PASSAGE_COLUMNS."""
    id, record, start, end, kind, text, heading, case, meeting = row
    return Passage(id, record, start, end, PassageKind(kind), text, heading, case, meeting)


def stored_vectors(
    generation: Path, dimension: int, size: int
) -> Generator[tuple[list[str], Vectors]]:
    """The ids of all passages, in order, and their unit vectors, of shape (ids, dimension), at most
    `size` at a time. Raises sqlite.Error, and ValueError for vectors of another dimension."""
    with contextlib.closing(sqlite.connect(generation / CATALOGUE, sqlite.KEPT)) as database:
        rows = database.execute(
            "SELECT passages.id, vectors.vector FROM passages"
            " JOIN vectors USING (text_hash) ORDER BY number"
        )
        while batch := rows.fetchmany(size):
            yield [id for id, _ in batch], unpacked([vector for _, vector in batch], dimension)
