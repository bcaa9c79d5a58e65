"""Files -> Record: one source file's text as it stands, its pages, its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
# Beside records lie things that are none: what they are for is told by their names.
IGNORED_NAMES = frozenset({"readme.md", "thumbs.db", "desktop.ini"})


class RecordError(Exception):
    """A file that cannot be read as a record. Says which, why, and what to do."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(f"{path.name}: {reason} {advice}")
        self.path = path
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source file: its number (from 1) and its span in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """One source file. `text[start:end]` is what every citation points into."""

    id: str
    text: str
    digest: str
    pages: tuple[Page, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which the character at `offset` stands."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        return None


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read and the name its record goes by."""

    path: Path
    id: str


def find_sources(roots: Sequence[Path]) -> list[Source]:
    """The files below `roots` (folders or single files), in the order of their names.

    A record goes by its path below its root; where two roots hold the same path, the later one is
    named with its root before it. Raises RecordError where a root does not exist.
    """
    sources: dict[str, Source] = {}
    for root in roots:
        if not root.exists():
            raise RecordError(root, "There is no such file or folder.", "Check the path.")
        for path in sorted(_files(root)):
            name = path.name if root.is_file() else path.relative_to(root).as_posix()
            if name in sources and sources[name].path.resolve() != path.resolve():
                name = f"{path.parent.name if root.is_file() else root.name}/{name}"
            sources[name] = Source(path, name)
    return list(sources.values())


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for path in root.rglob("*"):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and path.name.lower() not in IGNORED_NAMES:
            yield path


def digest_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, by which an unchanged file is known."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RecordError(
            path, f"The file cannot be opened ({error.strerror}).", "Check its permissions."
        ) from error


def read_record(source: Source) -> Record:
    """Read one file. Raises RecordError, naming the file and what to do."""
    digest = digest_of(source.path)
    if source.path.suffix.lower() not in TEXT_SUFFIXES:
        raise RecordError(
            source.path,
            f"Files of the kind '{source.path.suffix or 'no ending'}' cannot be read yet.",
            "Save it as plain text (.txt) and build again.",
        )
    text = decode(source.path)
    if not text.strip("\ufeff \t\r\n\u3000\f"):
        raise RecordError(
            source.path, "The file holds no text.", "Put the text in, or take the file away."
        )
    return Record(source.id, text, digest)


def decode(path: Path) -> str:
    """The file's characters as they stand, newlines too (UTF-8, UTF-16 with a mark, CP932, EUC-JP)."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            pass
    if b"\x00" not in raw:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        best = from_bytes(raw, cp_isolation=["cp932", "euc_jp", "iso2022_jp"]).best()
        if best is not None:
            return raw.decode(best.encoding, errors="strict")
    raise RecordError(
        path,
        "The file is not readable text.",
        "Open it in an editor, save it as UTF-8 text and build again.",
    )
