"""Pictures of pages (PNG, JPEG, TIFF with its pages): what tesseract reads on them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from index.readers import ocr
from index.readers.pages import reading_of
from index.readers.sheets import Sheet
from index.records import Progress, Reading
from index.refusals import Fault, RecordError

_MOST_PIXELS = 120_000_000  # A3 at 600 dpi has 70 million
_MOST_PAGES = 1_000
_LONG_SIDE = 3_600  # pixels of what is read: A4 at 300 dpi
_SHORT_SIDE = 2_200  # pixels below which small letters are made larger


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The text that a machine reads on the picture. Raises RecordError."""
    if ocr.engine() is None:
        raise RecordError(path, Fault.NO_OCR)
    return reading_of(path, _sheets(path, cache, progress))


def sheet(path: Path, number: int, cache: Path | None) -> Sheet:
    """The picture of this number (from 1), as it was read. Raises RecordError."""
    return _sheet(path, number, _frame(path, number), cache)


def picture(path: Path, number: int, dpi: float) -> Image.Image:
    """The picture itself, as large as an A4 page of this resolution. Raises RecordError."""
    image = _frame(path, number).convert("RGB")
    scale = dpi * 11.7 / max(image.size)
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))


def _sheets(path: Path, cache: Path | None, progress: Progress) -> Iterator[Sheet]:
    of = _count(path)
    for number in range(1, of + 1):
        progress("ocr", number - 1, of)
        yield _sheet(path, number, _frame(path, number), cache)
    progress("ocr", of, of)


def _sheet(path: Path, number: int, image: Image.Image, cache: Path | None) -> Sheet:
    # Whatever its resolution says, it is taken for a page of A4: its long side is 11.7 inches.
    dpi = max(image.size) / 11.7
    page = Sheet(number, image.width * 72 / dpi, image.height * 72 / dpi, ())
    if max(image.size) < _SHORT_SIDE or max(image.size) > _LONG_SIDE:
        scale = (_LONG_SIDE if max(image.size) > _LONG_SIDE else 2 * max(image.size)) / max(
            image.size
        )
        dpi *= scale
        size = (round(image.width * scale), round(image.height * scale))
        return ocr.sheet(
            path, page, lambda: image.resize(size, Image.Resampling.LANCZOS), dpi, cache
        )
    return ocr.sheet(path, page, lambda: image, dpi, cache)


def _count(path: Path) -> int:
    with _opened(path) as image:
        return min(getattr(image, "n_frames", 1), _MOST_PAGES)


def _frame(path: Path, number: int) -> Image.Image:
    """A picture of the file, upright."""
    try:
        with _opened(path) as image:
            frame = next(
                frame
                for at, frame in enumerate(ImageSequence.Iterator(image), start=1)
                if at == number
            )
            upright = ImageOps.exif_transpose(frame)
            flat = upright.convert("RGBA") if upright.mode in ("RGBA", "LA", "P") else upright
            if flat.mode == "RGBA":
                white = Image.new("RGBA", flat.size, "white")
                flat = Image.alpha_composite(white, flat)
            return flat.convert("RGB")
    except (OSError, SyntaxError, ValueError, StopIteration) as error:
        raise RecordError(path, Fault.BROKEN, why=type(error).__name__) from error


def _opened(path: Path) -> Image.Image:
    """The picture, not yet unpacked. Raises RecordError where it is none, or far too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(path, formats=["PNG", "JPEG", "TIFF"])
    except Image.DecompressionBombError as error:
        told = {"size": "over 170 million dots", "most": f"{_MOST_PIXELS // 1_000_000} million"}
        raise RecordError(path, Fault.TOO_LARGE, **told) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise RecordError(path, Fault.BROKEN, why="it is no picture") from error
    if image.width * image.height > _MOST_PIXELS:
        told = {
            "size": f"{image.width * image.height // 1_000_000} million dots",
            "most": f"{_MOST_PIXELS // 1_000_000} million",
        }
        image.close()
        raise RecordError(path, Fault.TOO_LARGE, **told)
    return image
