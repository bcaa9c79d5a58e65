"""The zip that a Word, Excel or PowerPoint file is: looked over before any library opens it."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.refusals import Fault, RecordError, in_megabytes

MOST_UNPACKED = 1_000_000_000  # bytes, photographs and all
MOST_XML = 80_000_000  # bytes of text and markup: a thousand pages are some ten million
_MOST_PARTS = 20_000

_MAIN_PART = {
    "word/document.xml": (".docx", "Word"),
    "xl/workbook.xml": (".xlsx", "Excel"),
    "ppt/presentation.xml": (".pptx", "PowerPoint"),
}


def check_package(path: Path) -> None:
    """Raises RecordError where the file is locked, old, broken, of another kind, holds macros, or unpacks
    to more than a document can hold."""
    kind = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"\xd0\xcf\x11\xe0":
        # A locked file is an old one outside, with the new one inside; the name tells, in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise RecordError(path, Fault.ENCRYPTED)
        raise RecordError(path, Fault.WRONG_NAME, kind=kind, found="Word / Excel 97-2003")
    with broken_if_not_opened(path), zipfile.ZipFile(path) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        main = [_MAIN_PART[name] for name in names if name in _MAIN_PART]
        if not main or "[Content_Types].xml" not in names:
            raise RecordError(path, Fault.WRONG_NAME, kind=kind, found="zip")
        if all(ending != kind for ending, _ in main):
            raise RecordError(path, Fault.WRONG_NAME, kind=kind, found=main[0][1])
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise RecordError(path, Fault.MACROS, target=kind)
        marked = [
            part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))
        ]
        # What a part declares is also the most that is ever read of it.
        for size, most in (
            (sum(part.file_size for part in parts), MOST_UNPACKED),
            (sum(part.file_size for part in marked), MOST_XML),
        ):
            if size > most or len(parts) > _MOST_PARTS:
                told = {"size": in_megabytes(size), "most": in_megabytes(most)}
                raise RecordError(path, Fault.BOMB, **told)
        for part in marked:
            if _declares_entities(package, part):
                raise RecordError(path, Fault.BROKEN, why="a part declares entities")


def _declares_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """No program writes them into such a file; they are how a small XML becomes a huge one."""
    before = b""
    with package.open(part) as file:
        while piece := file.read(1 << 20):
            if b"<!DOCTYPE" in (before + piece).replace(b"\x00", b"").upper():
                return True
            before = piece[-32:]
    return False


@contextlib.contextmanager
def broken_if_not_opened(path: Path) -> Iterator[None]:
    """Whatever a library raises over a broken file becomes a RecordError that says so."""
    try:
        yield
    except RecordError:
        raise
    except MemoryError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise RecordError(path, Fault.BROKEN, why=str(error) or type(error).__name__) from error
    except RuntimeError as error:  # zipfile's word for a part under a password
        raise RecordError(path, Fault.ENCRYPTED) from error
    except Exception as error:  # their own parsers raise KeyError, ValueError, AttributeError, …
        raise RecordError(path, Fault.BROKEN, why=type(error).__name__) from error
