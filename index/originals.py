"""A record -> its source file, while that is still the one that was read: its pages as pictures.

A picture shows what the reader saw; where a span of the record stands on it is found by reading that page
anew. Only files that the index names are opened, and only while their digest is the index's.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast

from index.readers.layout import text_of
from index.readers.sheets import Box, Placed, Sheet
from index.records import READERS, Page, digest_of, find_sources
from index.refusals import RecordError
from index.store import Index

_DPI = 130  # of the pictures that are shown: A4 is some 1,100 dots wide
_QUALITY = 82  # of 100, as JPEG
_LIGHT = 200  # of 255: what is lighter is paper
_ROOM = 0.02  # of the page's longer side, left around what stands on it
_LEAST = 2  # letters of a piece of a quote that is looked for by itself


class _Pictured(Protocol):
    """The readers whose files have pages to be seen."""

    def sheet(self, path: Path, number: int, cache: Path | None) -> Sheet: ...

    def picture(self, path: Path, number: int, dpi: float) -> object: ...


@dataclass(frozen=True, slots=True)
class View:
    """A page as it looks, but for its empty margins: a JPEG, its size in dots, and where a span
    stands on it: a box for each row of it, as shares of the picture's width and height. No boxes
    where the span was not found."""

    jpeg: bytes
    width: int
    height: int
    boxes: tuple[Box, ...]


def has_pictures(record: str) -> bool:
    """Whether a record's pages can be seen, by the kind of its file."""
    return READERS.get(Path(record).suffix.lower()) in ("pdf", "image")


def original(index: Index, record: str) -> Path | None:
    """The record's source file; None where it is gone, or is no longer what was read."""
    digest = index.manifest.records.get(record)
    if digest is None:
        return None
    given, home = [Path(root) for root in index.manifest.roots], Path(index.manifest.home)
    for roots in [given] if given else [[home / "records"], [home / "records" / "sample"]]:
        try:
            sources = find_sources(roots)
        except (RecordError, OSError):
            continue
        for source in sources:
            if source.id == record and _is(source.path, digest):
                return source.path
    return None


def view(index: Index, record: str, page: Page, start: int, end: int) -> View | None:
    """The page as it looks, with what of the span stands on it marked; None where the source file is
    not there. Raises RecordError where it cannot be shown."""
    path = original(index, record)
    if path is None:
        return None
    digest = index.manifest.records[record]
    text = index.text(record)[page.start : page.end]
    left, right = max(start, page.start) - page.start, min(end, page.end) - page.start
    seen: _Seen | None = None
    if left < right or page.machine:
        cache = str(index.folder / "ocr" / digest)
        with contextlib.suppress(RecordError, OSError):  # then it is shown without
            seen = _seen(str(path), digest, page.number, cache)
    tilt = seen.tilt if seen is not None else 0.0
    jpeg, width, height, part = _picture(str(path), digest, page.number, tilt)
    boxes: tuple[Box, ...] = ()
    if seen is not None and left < right:
        across, down = seen.width * (part.right - part.left), seen.height * (part.bottom - part.top)
        left_edge, top_edge = seen.width * part.left, seen.height * part.top
        boxes = tuple(
            Box(
                (box.left - left_edge) / across,
                (box.top - top_edge) / down,
                (box.right - left_edge) / across,
                (box.bottom - top_edge) / down,
            )
            for box in _rows(seen.placed.box(at) for at in _found(text, left, right, seen.placed))
        )
    return View(jpeg, width, height, boxes)


def _is(path: Path, digest: str) -> bool:
    try:
        stat = path.stat()
        return _digest(str(path), stat.st_mtime_ns, stat.st_size) == digest
    except (OSError, RecordError):
        return False


@lru_cache(256)
def _digest(path: str, modified: int, size: int) -> str:
    return digest_of(Path(path))


def _reader(path: Path) -> _Pictured:
    # They bring heavy libraries with them: only where a page is looked at.
    from index.readers import image, pdf

    return cast(_Pictured, {"pdf": pdf, "image": image}[READERS[path.suffix.lower()]])


@lru_cache(16)
def _picture(path: str, digest: str, number: int, tilt: float) -> tuple[bytes, int, int, Box]:
    """The page, turned as it was for reading, without its empty margins; its size, and which part of the
    page that is, as shares."""
    from PIL import Image

    from index.readers.scan import straight

    picture = cast(Image.Image, _reader(Path(path)).picture(Path(path), number, _DPI))
    picture = straight(picture, tilt)
    dark = picture.convert("L").point(lambda light: 255 if light < _LIGHT else 0)
    edges = dark.getbbox() or (0, 0, *picture.size)
    room = round(_ROOM * max(picture.size))
    left, top = max(0, edges[0] - room), max(0, edges[1] - room)
    right, bottom = (
        min(picture.width, edges[2] + room),
        min(picture.height, edges[3] + room),
    )
    part = Box(
        left / picture.width,
        top / picture.height,
        right / picture.width,
        bottom / picture.height,
    )
    shown = picture.crop((left, top, right, bottom))
    file = io.BytesIO()
    shown.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue(), shown.width, shown.height, part


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page read anew: its characters with their places, its size, and by how much it was turned."""

    placed: Placed
    width: float
    height: float
    tilt: float


@lru_cache(16)
def _seen(path: str, digest: str, number: int, cache: str) -> _Seen:
    sheet = _reader(Path(path)).sheet(Path(path), number, Path(cache))
    return _Seen(text_of([sheet])[0], sheet.width, sheet.height, sheet.tilt)


def _found(text: str, start: int, end: int, placed: Placed) -> Iterator[int]:
    """The places in `placed` of the letters `text[start:end]`, which are of the same page.

    Alone, a page is read as it is among others but for its running head and what goes on over its edges:
    of several places with the same letters, the nearest to where the span stands in the page is it.
    """
    letters = [at for at, letter in enumerate(placed.text) if not letter.isspace()]
    whole = "".join(placed.text[at] for at in letters)

    def nearest(left: int, right: int) -> range | None:
        sought = "".join(text[left:right].split())
        expected = sum(not letter.isspace() for letter in text[:left])
        best, at = -1, whole.find(sought)
        while at >= 0 and sought:
            if best < 0 or abs(at - expected) < abs(best - expected):
                best = at
            at = whole.find(sought, at + 1)
        return range(best, best + len(sought)) if best >= 0 else None

    found = nearest(start, end)
    if found is not None:
        yield from (letters[at] for at in found)
        return
    # a row of cells, or a sentence that something else stands in between: piece by piece
    left = start
    for right in range(start, end + 1):
        if right == end or text[right].isspace():
            piece = nearest(left, right) if right - left >= _LEAST else None
            yield from (letters[at] for at in piece or ())
            left = right + 1


def _rows(boxes: Iterable[Box | None]) -> Iterator[Box]:
    """One box around those of each row."""
    row: Box | None = None
    for box in boxes:
        if box is None:
            continue
        if row is not None and min(row.bottom, box.bottom) - max(row.top, box.top) > 0.5 * min(
            row.bottom - row.top, box.bottom - box.top
        ):
            row = Box(
                min(row.left, box.left),
                min(row.top, box.top),
                max(row.right, box.right),
                max(row.bottom, box.bottom),
            )
            continue
        if row is not None:
            yield row
        row = box
    if row is not None:
        yield row
