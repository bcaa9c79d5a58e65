"""Files -> index: the one writer. What is unchanged is copied, what died half way is resumed."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import filelock

from index.build_report import (
    BuildReport,
    LastBuild,
    Refusal,
    Unsure,
    nothing_readable,
    told_faults,
    unsure,
    write_last,
)
from index.cases import Case, sittings
from index.corrected import correct
from index.corrections import (
    Note,
    digest_of_notes,
    find_files,
    missing,
    now,
    owners,
    read_notes,
    remember,
    remembered,
)
from index.embedding import Embedder, EmbeddingError, load_embedder
from index.meetings import Meeting, read_meetings
from index.passages import Passage, read_passages
from index.reading.case_reading import read_cases
from index.reading.chains import link_chains
from index.reading.legibility import with_doubts
from index.reading.listed_sittings import listed_sittings, seated
from index.reading.pointers import read_pointers
from index.records import Page, Progress, Record, Source, digest_of, find_sources, read_record
from index.refusals import Fault, RecordError
from index.storage.generations import (
    DamagedIndex,
    Manifest,
    NoIndex,
    StoreError,
    WrongIndex,
    current_generation,
    delete_partial_generations,
)
from index.store import Index, open_index
from index.text.lines import lines
from index.writer import GenerationWriter

_AFTER_READING = frozenset(
    "embedding.py disk.py generations.py sqlite.py catalogue.py chroma.py store.py writer.py "
    "build_report.py build.py originals.py".split()
)


def _reader_version() -> str:
    """A digest of the source that reads a record's text: when it changes, files are read again."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    sources = [*folder.rglob("*.py"), *folder.glob("data/*")]
    for path in sorted(path for path in sources if path.name not in _AFTER_READING):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


# Until it changes an unchanged file is not read again. Vectors are known by the text they are of.
READER_VERSION = _reader_version()
AHEAD = 32  # batches of texts held in memory
BATCH = 64  # passages embedded at once, and lost at most when the build is killed


class BuildError(Exception):
    """The index could not be built, and the last one is still in use; the message says why."""


class AnotherBuild(BuildError):  # noqa: N818
    """Another build of the same index is at work."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A record and all that came from it."""

    record: Record
    meetings: list[Meeting]
    cases: list[Case]
    passages: list[Passage]


def build(
    roots: Sequence[Path],
    folder: Path,
    *,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
    home: Path | None = None,
) -> BuildReport:
    """Bring the index in `folder` up to date with the records below `roots`.

    Without roots: with those in records/, or in records/sample/ while there are no others; `home`
    is the folder in which records/ stands, the working folder unless told. Raises BuildError, and
    then whatever index there was is untouched.
    """
    started = time.monotonic()
    home = home or Path()
    sources = _sources(roots, home)
    try:
        with _only_writer(folder):
            if embedder is None:
                embedder = load_embedder()
            manifest = Manifest(
                reader=READER_VERSION,
                model=embedder.name,
                model_digest=embedder.digest,
                dimension=embedder.dimension,
                dictionary=f"unidic-lite {metadata.version('unidic-lite')}",
                roots=tuple(str(root.resolve()) for root in roots),
                home="" if roots else str(home.resolve()),
            )
            previous, broken = _last(folder)
            with contextlib.closing(previous) if previous else contextlib.nullcontext():
                work = _Build(folder, manifest, previous, broken, embedder, progress, started)
                return work.run(sources)
    except (StoreError, EmbeddingError) as error:
        raise BuildError(str(error)) from error


def sources_of(manifest: Manifest) -> list[Source]:
    """The files that are there now for an index to be made of. Raises BuildError."""
    return _sources([Path(root) for root in manifest.roots], Path(manifest.home))


def corrections_of(manifest: Manifest) -> list[Path]:
    """The files of corrections for the records of an index."""
    return find_files([Path(r) for r in manifest.roots] or [Path(manifest.home, "records")])


def owned_by(
    notes: Sequence[Note], sources: Sequence[Source], digests: Mapping[str, str]
) -> list[Note]:
    """Those of these corrections whose record is there."""
    owned, _ = owners(notes, sources, digests)
    return [note for note in notes if any(note in held for held in owned.values())]


def build_again(
    manifest: Manifest,
    folder: Path,
    *,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """As `build`, of the same records as the index with this manifest."""
    roots = [Path(root) for root in manifest.roots]
    home = Path(manifest.home)
    return build(roots, folder, embedder=embedder, progress=progress, home=home)


def _sources(roots: Sequence[Path], home: Path) -> list[Source]:
    try:
        sources = find_sources(roots) if roots else _default_sources(home)
    except RecordError as error:
        raise BuildError(f"{error.path}: {error.reason} {error.advice}") from error
    except OSError as error:
        raise BuildError(f"{error.filename} cannot be read ({error.strerror}).") from error
    if not sources:
        named = " or ".join(str(root) for root in roots) or "records/"
        raise BuildError(f"There are no files in {named}. Put the records there and build again.")
    return sources


def _default_sources(home: Path) -> list[Source]:
    """The user's own records; while there are none, the sample."""
    records, sample = home / "records", home / "records" / "sample"
    if not records.is_dir():
        raise BuildError("There is no folder records/ here. Name your records: senrei build FOLDER")
    own = [source for source in find_sources([records]) if sample not in source.path.parents]
    return own or (find_sources([sample]) if sample.is_dir() else [])


@contextlib.contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder. Raises BuildError where another build holds it."""
    lock = filelock.FileLock(folder / "build.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise AnotherBuild(
            f"Another build of the index in {folder} is running. Wait until it has ended."
        ) from None
    except OSError as error:
        raise BuildError(
            f"The index cannot be written to {folder} ({error.strerror or error}). "
            "Name another folder with --index, or see to its permissions."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _last(folder: Path) -> tuple[Index | None, set[str]]:
    """The generation in use, if it is whole; and the names of those not to be trusted."""
    try:
        index = open_index(folder)
    except (NoIndex, WrongIndex):
        return None, set()
    except DamagedIndex:
        try:
            return None, {current_generation(folder).name}
        except DamagedIndex:
            return None, set()
    if index.catalogue_problem():
        index.close()
        return None, {index.generation}
    return index, set()


class _Build:
    """One build, from the files to the report."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        previous: Index | None,
        broken: set[str],
        embedder: Embedder,
        progress: Progress | None,
        started: float,
    ) -> None:
        self._folder = folder
        self._manifest = manifest
        self._previous = previous
        self._broken = broken
        self._embedder = embedder
        self._progress = progress
        self._started = started
        self._writer: GenerationWriter | None = None
        self._kept: list[str] = []  # unchanged records
        self._copied = 0  # how many of them the writer has
        self._read = 0
        self._embedded = 0
        self._refused: list[Refusal] = []
        self._faults: list[Refusal] = []
        self._sittings = 0
        self._corrected = 0
        self._unsure: list[Unsure] = []
        self._stages: dict[str, float] = {}

    def run(self, sources: Sequence[Source]) -> BuildReport:
        try:
            with self._stage("read"):
                self._take_in(sources)
            write_last(self._folder, LastBuild(tuple(self._refused), tuple(self._faults)))
            if not self._kept and not self._read:
                raise BuildError(nothing_readable(self._refused))
            if self._writer is None and self._previous is not None and self._is_right():
                delete_partial_generations(self._folder)
                last = self._previous
                pages = [(record.id, record.pages) for record in last.records()]
                self._look_over(pages, last.meetings(), last.cases())
                return self._report(sources, self._previous.manifest.counts)
            writer = self._open_writer()
            with self._stage("link"):
                self._copy_waiting()
                cases = link_chains(writer.cases())
                writer.put_chains(cases)
                self._look_over(writer.pages(), writer.meetings(), cases)
            with self._stage("embed"):
                self._embed(writer)
            counts = writer.counts()
            with self._stage("publish"):
                generation = writer.publish(lambda done, of: self._tell("publish", done, of))
            self._forget()
            return self._report(sources, counts, generation)
        finally:
            if self._writer is not None:
                self._writer.close()

    def _look_over(
        self,
        pages: Sequence[tuple[str, Sequence[Page]]],
        meetings: Sequence[Meeting],
        cases: Sequence[Case],
    ) -> None:
        self._unsure = unsure(pages, meetings, cases)
        self._sittings = len(sittings(meetings, cases))
        self._corrected = sum(bool(case.corrected) for case in cases)

    def _forget(self) -> None:
        """Delete what was read from pictures that are gone."""
        with contextlib.closing(open_index(self._folder)) as index:
            held = set(index.manifest.records.values())
        for path in (self._folder / "ocr").glob("*"):
            if path.name not in held:
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self._stages[name] = time.monotonic() - begun

    def _tell(self, what: str, done: int, of: int) -> None:
        if self._progress is not None:
            self._progress(what, done, of)

    # -- records

    def _take_in(self, sources: Sequence[Source]) -> None:
        """Read what is new or changed. Records are taken in in the order of their sources, so that
        the same records make the same catalogue, however many builds it took."""
        notes, digests = self._notes(sources)
        unread = self._readable_by_now()
        for done, source in enumerate(sources):
            self._tell("read", done, len(sources))
            own = notes.get(source.id, [])
            if corrections := digest_of_notes(own):
                self._manifest.corrections[source.id] = corrections
            try:
                if source.id not in unread and self._is_unchanged(source, digests.get(source.id)):
                    self._keep(source.id)
                else:
                    self._add(_read(source, own, self._folder / "ocr", self._progress))
            except RecordError as error:
                self._refuse(source, error)
            except StoreError:  # the disk's fault, not the file's
                raise
            except OSError as error:
                why = str(error.strerror or error)
                self._refuse(source, RecordError(source.path, Fault.UNOPENED, why=why))
            except Exception as error:  # one file must not keep all others from being found
                why = f"{type(error).__name__}: {error}"
                self._refuse(source, RecordError(source.path, Fault.FAILED, why=why))
        self._tell("read", len(sources), len(sources))

    def _is_unchanged(self, source: Source, digest: str | None) -> bool:
        """Whether the last generation holds the record as it would be read now. Raises RecordError
        where the file, whose digest is not known yet, cannot be opened."""
        if self._previous is None:
            return False
        last, new = self._previous.manifest, self._manifest
        if (last.reader, last.dictionary) != (new.reader, new.dictionary):
            return False
        if last.corrections.get(source.id) != new.corrections.get(source.id):
            return False
        return last.records.get(source.id) == (digest or digest_of(source.path))

    def _keep(self, record: str) -> None:
        self._kept.append(record)
        if self._previous is not None and (when := self._previous.manifest.read_at.get(record)):
            self._manifest.read_at[record] = when

    def _readable_by_now(self) -> set[str]:
        """The records with pages that nothing could read when they were built, and something can now."""
        held = self._previous.records() if self._previous is not None else []
        unread = {record.id for record in held if any(page.unread for page in record.pages)}
        if not unread:
            return unread
        from index.readers import ocr  # brings NumPy and Pillow

        return unread if ocr.engine() is not None else set()

    def _refuse(self, source: Source, error: RecordError) -> None:
        self._refused.append(Refusal(source.id, error.reason, error.advice, error.japanese))

    def _notes(self, sources: Sequence[Source]) -> tuple[dict[str, list[Note]], dict[str, str]]:
        """The corrections of each record, and the digests of the files where there are any."""
        files = corrections_of(self._manifest)
        found, faults = read_notes(files)
        before = remembered(self._folder)
        lacking = missing(before, files)
        found += lacking.away  # as last read, rather than none of them
        digests: dict[str, str] = {}
        for source in sources if found else ():
            with contextlib.suppress(RecordError):  # told when it is read
                digests[source.id] = digest_of(source.path)
        owned, lost = owners(found, sources, digests)
        gone = owned_by(lacking.gone, sources, digests)
        remember(self._folder, [*found, *lacking.gone])
        self._faults = told_faults(faults, lost, gone)
        return owned, digests

    def _add(self, reading: _Reading) -> None:
        writer = self._open_writer()
        self._copy_waiting()
        writer.add(reading.record, reading.meetings, reading.cases, reading.passages)
        self._manifest.read_at[reading.record.id] = now()
        self._read += 1

    def _open_writer(self) -> GenerationWriter:
        if self._writer is None:
            self._writer = GenerationWriter(
                self._folder, self._manifest, previous=self._previous, broken=self._broken
            )
        return self._writer

    def _copy_waiting(self) -> None:
        writer = self._open_writer()
        for record in self._kept[self._copied :]:
            writer.copy(record)
        self._copied = len(self._kept)

    def _is_right(self) -> bool:
        """Whether the last generation is what this build would make, and whole."""
        if self._previous is None:
            return False
        last, now = self._previous.manifest, self._manifest
        return (
            list(last.records) == self._kept
            and last.corrections == now.corrections
            and (last.model_digest, last.dimension) == (now.model_digest, now.dimension)
            and (last.roots, last.home) == (now.roots, now.home)  # by which it is built again
            and not self._previous.chroma_problem()
        )

    # -- vectors

    def _embed(self, writer: GenerationWriter) -> None:
        writer.reuse_vectors()
        missing, done = writer.count_without_vectors(), 0
        # Not all at once: the texts of a thousand records need not be in memory together.
        while texts := writer.texts_without_vectors(AHEAD * BATCH):
            for start in range(0, len(texts), BATCH):
                self._tell("embed", done, missing)
                batch = texts[start : start + BATCH]
                vectors = self._embedder.passages([text for _, text in batch])
                writer.put_vectors([key for key, _ in batch], vectors)
                done += len(batch)
        self._tell("embed", missing, missing)
        self._embedded = done

    # -- the end

    def _report(
        self, sources: Sequence[Source], counts: dict[str, int], generation: str = ""
    ) -> BuildReport:
        before = self._previous.manifest.records if self._previous is not None else {}
        return BuildReport(
            read=self._read,
            unchanged=len(self._kept),
            removed=len(before.keys() - {source.id for source in sources}),
            refused=tuple(self._refused),
            records=counts["records"],
            meetings=self._sittings,
            cases=counts["cases"],
            passages=counts["passages"],
            embedded=self._embedded,
            unsure=tuple(self._unsure),
            seconds=time.monotonic() - self._started,
            stages=self._stages,
            corrected=self._corrected,
            faults=tuple(self._faults),
            generation=generation or (self._previous.generation if self._previous else ""),
            changed=bool(generation),
        )


def _read(
    source: Source,
    notes: Sequence[Note] = (),
    cache: Path | None = None,
    progress: Progress | None = None,
) -> _Reading:
    record = read_record(source, cache=cache, progress=progress)
    pieces = lines(record.text)
    meetings = read_meetings(record, pieces)
    cases = [
        replace(case, pointers=read_pointers(record.text, case))
        for case in read_cases(record, pieces, meetings)
    ]
    cases = with_doubts(record, cases)
    listed = listed_sittings(record, pieces, meetings)
    cases = seated(cases, listed)
    if notes:
        meetings, cases = correct(record, pieces, meetings, cases, notes)
    passages = read_passages(record, pieces, meetings, cases)
    return _Reading(record, [*meetings, *listed], cases, passages)
