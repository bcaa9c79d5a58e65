"""Files -> Record: one source file's text, its pages, its digest. `index/readers/` reads the formats."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from index.disk import file_digest
from index.refusals import Fault, RecordError, in_megabytes

# Beside records lie things that are none: what they are for is told by their names.
IGNORED_NAMES = frozenset({"readme.md", "thumbs.db", "desktop.ini"})
MOST_BYTES = 300_000_000  # of one file; larger ones are films, or books of photographs

# The module of index/readers/ that reads an ending.
READERS = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".htm": "html", ".html": "html", ".xhtml": "html",
    ".docx": "docx", ".xlsx": "xlsx", ".pptx": "pptx",
    ".pdf": "pdf",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".tif": "image", ".tiff": "image",
}  # fmt: skip

_WORD, _EXCEL, _POINT = "Word (.docx)", "Excel (.xlsx)", "PowerPoint (.pptx)"
# What cannot be read: the program that opens it, and what to save it as.
_OLD_KINDS = {
    ".doc": ("Word", _WORD), ".dot": ("Word", _WORD), ".rtf": ("Word", _WORD),
    ".jtd": ("一太郎 (Ichitaro)", f"{_WORD} / PDF"), ".jtdc": ("一太郎 (Ichitaro)", f"{_WORD} / PDF"),
    ".jtt": ("一太郎 (Ichitaro)", f"{_WORD} / PDF"), ".jfw": ("一太郎 (Ichitaro)", f"{_WORD} / PDF"),
    ".jaw": ("一太郎 (Ichitaro)", f"{_WORD} / PDF"), ".jbw": ("一太郎 (Ichitaro)", f"{_WORD} / PDF"),
    ".odt": ("Word / LibreOffice", _WORD), ".xls": ("Excel", _EXCEL), ".xlsb": ("Excel", _EXCEL),
    ".ods": ("Excel / LibreOffice", _EXCEL), ".csv": ("Excel", _EXCEL), ".tsv": ("Excel", _EXCEL),
    ".ppt": ("PowerPoint", _POINT), ".odp": ("PowerPoint / LibreOffice", _POINT),
    ".xdw": ("DocuWorks", "PDF"), ".xbd": ("DocuWorks", "PDF"), ".oxps": ("XPS", "PDF"), ".xps": ("XPS", "PDF"),
    ".mht": ("Edge / Chrome", "HTML (.html)"), ".mhtml": ("Edge / Chrome", "HTML (.html)"),
    ".eml": ("Outlook", "HTML (.html)"), ".msg": ("Outlook", "HTML (.html)"),
    ".gif": ("Paint", "PNG"), ".bmp": ("Paint", "PNG"), ".webp": ("Paint", "PNG"), ".heic": ("Paint", "PNG"),
}  # fmt: skip
_MACRO_KINDS = {".docm": _WORD, ".dotm": _WORD, ".xlsm": _EXCEL, ".pptm": _POINT, ".ppsm": _POINT}
_ARCHIVES = frozenset({".zip", ".lzh", ".7z", ".rar", ".tar", ".gz", ".tgz", ".cab"})


def is_corrections(name: str) -> bool:
    """Whether a file of this name holds people's corrections (`index/corrections.py`)."""
    return re.fullmatch(r"corrections\b.*\.toml", name, re.IGNORECASE) is not None


# How files begin, by which one with a wrong ending is known.
_SIGNATURES: tuple[tuple[bytes, frozenset[str], str], ...] = (
    (b"%PDF-", frozenset({".pdf"}), "PDF"),
    (b"\x89PNG\r\n\x1a\n", frozenset({".png"}), "PNG"),
    (b"\xff\xd8\xff", frozenset({".jpg", ".jpeg"}), "JPEG"),
    (b"II*\x00", frozenset({".tif", ".tiff"}), "TIFF"),
    (b"MM\x00*", frozenset({".tif", ".tiff"}), "TIFF"),
    (b"PK\x03\x04", frozenset({".docx", ".xlsx", ".pptx"}), "zip"),
    # Old Office files, and new ones locked with a password: their readers tell which.
    (b"\xd0\xcf\x11\xe0", frozenset({".docx", ".xlsx", ".pptx"}), "Word / Excel 97-2003"),
    (b"{\\rtf", frozenset(), "RTF"),
)
# What a site gave instead of the file: the page that says it is not there.
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|\?xml[^>]{0,80}\?>\s*<!doctype\s+html)[\s>]",
    re.I,
)
_BINARY = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})

Progress = Callable[[str, int, int], None]
"""Told what is being done (read, ocr, embed, publish), how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source file: its number (from 1) and its span in the text.

    `machine` where a machine read its text from a picture, `filled` letters of which were put in,
    because the machine does not know them, while of those at `unsure` it is not sure, and where it
    `missed` something there is ink without letters; `unread` where nothing has read the picture.
    """

    number: int
    start: int
    end: int
    machine: bool = False
    unread: bool = False
    filled: int = 0
    unsure: tuple[int, ...] = ()
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One source file. `text[start:end]` is what every citation points into."""

    id: str
    text: str
    digest: str
    pages: tuple[Page, ...] = ()


def page_holding(pages: Sequence[Page], offset: int) -> Page | None:
    """The page on which the character at `offset` stands."""
    return next((page for page in pages if page.start <= offset < page.end), None)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read and the name its record goes by."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file."""

    text: str
    pages: tuple[Page, ...] = ()


class Reader(Protocol):
    """A module of `index/readers/`."""

    def read(self, path: Path, cache: Path | None, progress: Progress) -> Reading:
        """Read the file. `cache` is the folder in which what is costly to make may be kept.

        Raises RecordError, naming the file.
        """
        ...


def find_sources(roots: Sequence[Path]) -> list[Source]:
    """The files below `roots` (folders or single files), in the order of their names.

    A record goes by its path below its root; where that is taken, as much of the root's own path
    stands before it as tells them apart. Raises RecordError where a root does not exist.
    """
    sources: dict[str, Source] = {}
    seen: set[Path] = set()
    for root in roots:
        if not root.exists():
            raise RecordError(root, Fault.GONE)
        whole = root.resolve()
        single = whole.is_file() or _is_closed(whole)
        for path in [whole] if single else sorted(_files(root)):
            name = root.name if single else path.relative_to(root).as_posix()
            above = whole.parent if single else whole
            place = whole if single else whole / name
            if place in seen:
                continue
            seen.add(place)
            while name in sources:
                name = f"{above.name}/{name}" if above.name else f"_/{name}"
                above = above.parent
            sources[name] = Source(path, name)
    return list(sources.values())


def _files(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
        if hidden or path.name.lower() in IGNORED_NAMES or is_corrections(path.name):
            continue
        if path.is_file() or path.is_symlink() or _is_closed(path):
            yield path


def _is_closed(path: Path) -> bool:
    """Whether this is a folder that we may not look into: it is refused by name, as a file would be,
    and not passed over with all that lies in it."""
    if not path.is_dir():
        return False
    try:
        with os.scandir(path):
            return False
    except OSError:
        return True


def digest_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, by which an unchanged file is known.

    Raises RecordError. A link below a root could lead anywhere on the machine, so none is followed.
    """
    if path.is_symlink():
        raise RecordError(path, Fault.LINK)
    try:
        return file_digest(path)
    except OSError as error:
        raise RecordError(path, Fault.UNOPENED, why=str(error.strerror)) from error


def read_record(
    source: Source, *, cache: Path | None = None, progress: Progress | None = None
) -> Record:
    """Read one file. Raises RecordError, naming the file and what to do.

    `cache` is a folder where, under the file's digest, the text of pictures is kept; `progress` is told "ocr",
    the pages read, and of how many.
    """
    path = source.path
    digest = digest_of(path)
    kind = path.suffix.lower()
    reader = READERS.get(kind)
    if reader is None:
        raise _unreadable(path, kind)
    size = path.stat().st_size
    if not size:
        raise RecordError(path, Fault.EMPTY)
    if size > MOST_BYTES:
        most = in_megabytes(MOST_BYTES)
        raise RecordError(path, Fault.TOO_LARGE, size=in_megabytes(size), most=most)
    with path.open("rb") as file:
        head = file.read(512)
    if kind in _BINARY and _PAGE.match(head):
        raise RecordError(path, Fault.WRONG_NAME, kind=kind, found="HTML")
    for signature, endings, found in _SIGNATURES:
        if head.startswith(signature) and kind not in endings:
            raise RecordError(path, Fault.WRONG_NAME, kind=kind, found=found)
    # Readers bring heavy libraries with them: only where a file of their kind is to be read.
    module = cast(Reader, import_module(f"index.readers.{reader}"))
    kept = cache / digest if cache is not None else None
    reading = module.read(path, kept, progress or (lambda what, done, of: None))
    if not reading.text.strip("\ufeff \t\r\n\u3000\f"):
        raise RecordError(path, Fault.NO_TEXT)
    return Record(source.id, reading.text, digest, reading.pages)


def _unreadable(path: Path, kind: str) -> RecordError:
    if kind in _OLD_KINDS:
        program, target = _OLD_KINDS[kind]
        return RecordError(path, Fault.OLD_KIND, kind=kind, program=program, target=target)
    if kind in _MACRO_KINDS:
        return RecordError(path, Fault.MACROS, target=_MACRO_KINDS[kind])
    if kind in _ARCHIVES:
        return RecordError(path, Fault.ARCHIVE, kind=kind)
    return RecordError(path, Fault.UNKNOWN_KIND, kind=path.suffix or "no ending")
