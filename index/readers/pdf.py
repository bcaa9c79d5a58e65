"""PDF: the characters of its text layer with their places; pages that are pictures, by machine."""

from __future__ import annotations

import ctypes
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c
from PIL import Image

from index.readers import ocr
from index.readers.grid import Rule
from index.readers.pages import reading_of
from index.readers.sheets import Glyph, Sheet
from index.records import Progress, Reading
from index.refusals import Fault, RecordError

# PDFium must be used by one thread at a time, and the app has many.
LOCK = threading.RLock()

_MOST_PAGES = 5_000
_MOST_GLYPHS = 200_000  # on one page
_DPI = 300  # of the pictures that are read; what tesseract is made for
_MOST_PIXELS = 40_000_000  # of such a picture
_FEW, _SOME = 15, 120  # characters: beside a picture, no page; beside a large one, a stamp on it
_LARGE = 0.5  # of the page, that a picture of it covers
_DRAWN = 200  # paths: letters turned into outlines
# Letters that fonts give for others that look the same; NFKC does not know those of the supplement.
_RADICALS = dict(
    zip(
        map(
            ord,
            "⺀⺁⺅⺉⺌⺍⺐⺖⺡⺢⺣⺤⺩⺭⺮⺲⺷⺸⺺⺼⺽⺾⺿⻀⻂⻃⻄⻌⻍⻏⻑⻖⻘⻝⻞⻟⻠⻤⻨⻩⻫⻭⻯⻲⻳",
        ),
        "冫厂亻刂小⺍尢忄氵氺灬爫王礻竹罒羊羊聿月臼艹艹艹衤覀西辶辶阝長阝青食飠飠飠鬼麦黄斉歯竜亀亀",
        strict=True,
    )
) | {ord("⺠"): "民", ord("⺟"): "母", ord("⺝"): "月", ord("⺫"): "目"}


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The text of the pages. Raises RecordError."""
    with LOCK, _opened(path) as document:
        if len(document) > _MOST_PAGES:
            told = {"size": f"{len(document):,} pages", "most": f"{_MOST_PAGES:,} pages"}
            raise RecordError(path, Fault.TOO_LARGE, **told)
        return reading_of(path, _sheets(path, document, cache, progress))


def sheet(path: Path, number: int, cache: Path | None) -> Sheet:
    """The page of this number (from 1), read anew. Raises RecordError."""
    with LOCK, _opened(path) as document:
        page = _Page(document[number - 1], number)
        return _by_machine(path, page, cache) if page.is_picture else page.sheet


def picture(path: Path, number: int, dpi: float) -> Image.Image:
    """The page of this number (from 1) as a picture. Raises RecordError."""
    with LOCK, _opened(path) as document:
        return _rendered(document[number - 1], dpi)


class _opened:  # noqa: N801 - used as a function is
    """The document, closed afterwards; what PDFium says of a broken or locked file is translated."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Any:
        try:
            self._document = pdfium.PdfDocument(self._path)
            if not len(self._document):
                raise RecordError(self._path, Fault.BROKEN, why="it has no pages")
        except pdfium.PdfiumError as error:
            # The code may be that of a file before, for PDFium does not always set it anew.
            locked = getattr(error, "err_code", None) == c.FPDF_ERR_PASSWORD
            locked = locked and b"/Encrypt" in self._path.read_bytes()
            fault = Fault.ENCRYPTED if locked else Fault.BROKEN
            raise RecordError(self._path, fault, why="it is not a whole PDF") from error
        return self._document

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self._document.close()
        if isinstance(error, pdfium.PdfiumError):
            raise RecordError(self._path, Fault.BROKEN, why="a page cannot be opened") from error


def _sheets(path: Path, document: Any, cache: Path | None, progress: Progress) -> Iterator[Sheet]:
    pages = [_Page(document[number], number + 1) for number in range(len(document))]
    of = sum(page.is_picture for page in pages)
    done = 0
    for page in pages:
        if not page.is_picture:
            yield page.sheet
            continue
        progress("ocr", done, of)
        yield _by_machine(path, page, cache)
        done += 1
    if of:
        progress("ocr", of, of)


def _by_machine(path: Path, page: _Page, cache: Path | None) -> Sheet:
    """The page with the text that tesseract reads on it; where it is not installed, unread."""
    if ocr.engine() is None:
        return replace(page.sheet, unread=True)
    dpi = _dpi(page.sheet.width, page.sheet.height)
    return ocr.sheet(path, page.sheet, lambda: _rendered(page.page, dpi), dpi, cache)


def _dpi(width: float, height: float) -> float:
    """300, or as much as a picture of a huge page allows."""
    return float(min(_DPI, 72 * (_MOST_PIXELS / max(width * height, 1)) ** 0.5))


def _rendered(page: Any, dpi: float) -> Image.Image:
    width, height = page.get_size()
    scale = min(dpi, _dpi(width, height)) / 72
    image: Image.Image = page.render(scale=scale, grayscale=False, may_draw_forms=True).to_pil()
    return image.convert("RGB")


class _Counts(NamedTuple):
    glyphs: int
    bad: int  # that the font does not tell
    hidden: int  # laid invisibly over a picture


class _Page:
    """A page looked over: its characters and rules, and whether it has to be read by machine."""

    def __init__(self, page: Any, number: int) -> None:
        self.page = page
        width, height = page.get_size()
        place = _places(page, width, height)
        textpage = page.get_textpage()
        try:
            glyphs, counts = _glyphs(textpage, place)
        finally:
            textpage.close()
        rules, covered, paths = _objects(page, place, width * height)
        shown = counts.glyphs - counts.bad
        garbled = counts.bad > 0.2 * counts.glyphs
        hidden = counts.hidden > 0.5 * max(counts.glyphs, 1)
        self.is_picture = (
            (garbled and counts.glyphs > _FEW)
            or (shown < _FEW and (covered > 0.05 or paths > _DRAWN))
            or (covered > _LARGE and shown < _SOME and not hidden)
        )
        # What lies invisibly over a picture, a scanner's own program has read there.
        self.sheet = Sheet(
            number,
            width,
            height,
            () if self.is_picture else glyphs,
            rules,
            machine=hidden and not garbled,
        )


def _places(page: Any, width: float, height: float) -> tuple[float, ...]:
    """The way from a page's own coordinates to points from its shown left and top, as (a, b, c, d, e, f):
    x' = a*x + c*y + e, y' = b*x + d*y + f. Pages may be turned, and begin anywhere."""
    fine = 100

    def shown(x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        size = (0, 0, round(width * fine), round(height * fine), 0)
        c.FPDF_PageToDevice(page, *size, x, y, left, top)
        return left.value / fine, top.value / fine

    e, f = shown(0, 0)
    (ax, ay), (bx, by) = shown(1000, 0), shown(0, 1000)
    return ((ax - e) / 1000, (ay - f) / 1000, (bx - e) / 1000, (by - f) / 1000, e, f)


def _moved(place: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, cc, d, e, f = place
    return a * x + cc * y + e, b * x + d * y + f


def _glyphs(textpage: Any, place: tuple[float, ...]) -> tuple[list[Glyph], _Counts]:
    found: list[Glyph] = []
    bad = hidden = 0
    box = c.FS_RECTF()
    high = 0
    count = min(c.FPDFText_CountChars(textpage), _MOST_GLYPHS)
    invisible: dict[Any, bool] = {}
    for index in range(count):
        if c.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        code = c.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:  # on Windows, letters beyond the first plane come in halves
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code == 2:  # PDFium's own mark for a hyphen at the end of a row
            code = ord("-")
        if code in (0, 0xFFFD, 0xFFFE) or 0xE000 <= code < 0xF900 or 0xD800 <= code < 0xE000:
            bad += 1
            continue
        character = chr(code)
        if unicodedata.category(character) in ("Cc", "Cf"):
            continue
        if c.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            bad += 1
        if not c.FPDFText_GetLooseCharBox(textpage, index, box):
            continue
        thing = c.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(thing, ctypes.c_void_p).value
        if key not in invisible:
            invisible[key] = (
                c.FPDFTextObj_GetTextRenderMode(thing) == c.FPDF_TEXTRENDERMODE_INVISIBLE
            )
        hidden += invisible[key]
        x0, y0 = _moved(place, box.left, box.top)
        x1, y1 = _moved(place, box.right, box.bottom)
        found.append(Glyph(_usual(character), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    shown = sum(1 for glyph in found if not glyph.text.isspace())
    return found, _Counts(shown + bad, bad, hidden)


def _usual(character: str) -> str:
    """The letter that is meant where a font names the radical that looks like it."""
    if "\u2f00" <= character <= "\u2fdf":
        return unicodedata.normalize("NFKC", character)
    return character.translate(_RADICALS) if "\u2e80" <= character <= "\u2eff" else character


def _objects(page: Any, place: tuple[float, ...], area: float) -> tuple[list[Rule], float, int]:
    """The ruled lines of a page, what share of it pictures cover, and how many paths it has."""
    rules: list[Rule] = []
    covered = 0.0
    paths = 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for thing in page.get_objects(max_depth=4):
        if thing.type == c.FPDF_PAGEOBJ_IMAGE:
            if c.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
                covered += abs((right.value - left.value) * (top.value - bottom.value)) / max(
                    area, 1
                )
        elif thing.type == c.FPDF_PAGEOBJ_PATH:
            paths += 1
            if thing.level == 0 and paths < 20_000:
                rules += _rules(thing, place)
    return rules, covered, paths


def _rules(path: Any, place: tuple[float, ...]) -> Iterator[Rule]:
    """The upright and level edges of a path."""
    m = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(path, m):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    begin: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(min(c.FPDFPath_CountSegments(path), 4000)):
        segment = c.FPDFPath_GetPathSegment(path, index)
        if not c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        at = _moved(place, m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            begin = at
        elif kind == c.FPDF_SEGMENT_LINETO and last is not None:
            yield from _edge(last, at)
        last = at
        if c.FPDFPathSegment_GetClose(segment) and begin is not None:
            yield from _edge(at, begin)


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if y1 - y0 < 1 and x1 - x0 > 4:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 < 1 and y1 - y0 > 4:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
