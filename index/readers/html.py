"""HTML as saved from a city's site: its main part, without menus, header, footer and forms."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from index.readers.tables import Cell, text_lines
from index.readers.text import decoded
from index.records import Progress, Reading
from index.refusals import Fault, RecordError

MOST_BYTES = 50_000_000
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")

_UNSEEN = set(
    "script style noscript template iframe object embed svg canvas video audio map select textarea "
    "button nav footer aside dialog rt rp head math".split()
)
_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "menu",
    "alert",
}
# The names that makers of pages give to what stands on every page, whole: never part of a word.
_FURNITURE = re.compile(
    r"(?:(?:g|l|f|global|grobal|local|side|main|sub|sp|pc|site|page|head|header|foot|footer|common|content|primary)[-_]?)?"
    r"(?:nav|navi|navigation|gnav|lnav|menu|menus|sidebar|side|breadcrumbs?|pankuzu|topic[-_]?path|footer|foot"
    r"|header|banners?|sns|share|social|page[-_]?top|to[-_]?top|skip|skiplinks?|search|cookie|related|recommend"
    r"|enquete|questionnaire|pageinfo|fontsize|language|lang|copyright|accessibility)"
    r"(?:[-_]?(?:area|box|block|wrap|wrapper|inner|list|links?|bar|container|contents?|section))?[0-9]*",
    re.IGNORECASE,
)
_BLOCKS = set(
    "address article blockquote body center dd details div dl dt fieldset figure figcaption form header "
    "hgroup hr legend li main menu ol p section summary ul caption html".split()
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# An item that brings its own mark gets none from us.
_MARKED = re.compile(
    r"[・･○〇●◎◆◇■□▼▽※→⇒*\-(（【〈<①-⑳⑴-⒇]|[0-9０-９アイウエオa-zA-Z]{1,2}[ \u3000.．)）]|第"
)


def read(path: Path, cache: Path | None, progress: Progress) -> Reading:
    """The text of the page's main part, under its title. Raises RecordError."""
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        raise RecordError(
            path,
            Fault.TOO_LARGE,
            size=f"{len(raw) // 1_000_000} MB",
            most=f"{MOST_BYTES // 1_000_000} MB",
        )
    source = _source(raw)
    if source is None:
        raise RecordError(path, Fault.NOT_TEXT)
    try:
        # No network, no entities of its own: what the page refers to is never fetched.
        parser = html.HTMLParser(
            huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
        )
        page = html.document_fromstring(_DECLARATION.sub("", source), parser=parser)
        return Reading(_text(page))
    except (etree.LxmlError, RecursionError, ValueError) as error:
        raise RecordError(path, Fault.BROKEN, why=type(error).__name__) from error


def _source(raw: bytes) -> str | None:
    """The page's characters: by its mark, by what it declares, or by what they look like."""
    declared = _CHARSET.search(raw, 0, 8000)
    if declared and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared[1].decode("ascii").lower().replace("x-sjis", "cp932")
        try:
            # What calls itself Shift_JIS is Windows' own, which has more letters.
            name = codecs.lookup(name).name
            return raw.decode("cp932" if name == "shift_jis" else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(raw)


def _text(page: Any) -> str:
    for element in list(page.iter()):
        if element is not page and _is_furniture(element):
            element.drop_tree()
    body = page.find("body")
    body = body if body is not None else page
    main = _main(body)
    lines = list(_Flow().of(main))
    title = " ".join((page.findtext(".//title") or "").split())
    # The site's title often is the only place that names the town.
    if title and not any(title == line.strip() for line in lines[:10]):
        lines = [title, "", *lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"


def _size(element: Any) -> int:
    return len(re.sub(r"\s+", "", "".join(element.itertext())))


def _main(body: Any) -> Any:
    """The element that holds what the page is for."""
    marked = body.xpath(".//main | .//*[@role='main']") or body.xpath(".//article")
    if len(marked) == 1 and _size(marked[0]) >= 0.3 * _size(body):
        return marked[0]
    return body


def _is_furniture(element: Any) -> bool:
    """Whether an element is no part of what the page says, but of every page."""
    tag = element.tag
    if not isinstance(tag, str) or tag in ("html", "body", "head", "title", "main", "article"):
        return False
    if element.getparent() is None:  # within what is gone
        return False
    if tag in _UNSEEN:
        return True
    if element.get("hidden") is not None or re.search(
        r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style", "")
    ):
        return True
    named = [*element.get("class", "").split(), element.get("id", "")]
    called = (
        element.get("role") in _ROLES
        or any(_FURNITURE.fullmatch(name) for name in named)
        or (tag == "header" and not any(True for _ in element.iterancestors("main", "article")))
    )
    if called:
        # Named in the same words, but holding the page's own title, or half of all it says.
        whole = next(element.iterancestors("body"), None)
        half = whole is not None and _size(element) > 0.5 * _size(whole)
        return not half and (element.find(".//h1") is None or _size(element) > 400)
    if tag == "form":
        return _size(element) < 600 and element.find(".//input[@type='radio']") is not None
    if tag in ("ul", "ol", "div", "table"):
        links = element.findall(".//a")
        linked = sum(map(_size, links)) if len(links) >= 5 else 0
        return linked > 0 and linked >= 0.9 * _size(element)
    return False


class _Flow:
    """Gathers inline text into lines, and blocks into lines of their own."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._mark = ""  # of the list item that begins

    def of(self, element: Any, indent: str = "") -> list[str]:
        """The lines of an element."""
        self._children(element, indent)
        self._break(indent)
        return self._lines

    def _say(self, words: str | None) -> None:
        if not words:
            return
        # White space is a blank; between Japanese letters a line end of the source is nothing.
        words = re.sub(r"(?<=[^\x00-\xff])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\xff])", "", words)
        words = re.sub(r"[ \t\r\n]+", " ", words)
        self._line += words.lstrip(" ") if not self._line or self._line.endswith(" ") else words

    def _break(self, indent: str = "") -> None:
        line = self._line.strip(" ")
        self._line = ""
        if line.strip("\u3000"):
            mark = "" if _MARKED.match(line) else self._mark
            self._lines.append(f"{indent}{mark}{line}")
            self._mark = ""

    def _children(self, element: Any, indent: str) -> None:
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, indent)
            self._say(child.tail)

    def _element(self, element: Any, indent: str) -> None:
        tag = element.tag
        if tag == "br":
            self._break(indent)
        elif tag == "input":
            if element.get("type") == "checkbox":
                self._say("■" if element.get("checked") is not None else "□")
        elif tag == "pre":
            self._break(indent)
            self._lines += "".join(element.itertext()).split("\n")
        elif tag == "table":
            self._break(indent)
            caption = element.find("caption")
            if caption is not None:
                self._lines += _Flow().of(caption)
            self._lines += text_lines(list(_rows(element)))
            self._lines.append("")
        elif tag in _HEADINGS:
            self._break(indent)
            self._lines.append("")
            self._children(element, indent)
            self._break(indent)
        elif tag in ("ul", "ol"):
            self._break(indent)
            nested = element.getparent() is not None and element.getparent().tag == "li"
            self._list(element, indent + "\u3000" if nested else indent)
        elif tag in _BLOCKS:
            self._break(indent)
            self._children(element, indent)
            self._break(indent)
            if tag == "p":
                self._lines.append("")
        else:
            self._children(element, indent)

    def _list(self, element: Any, indent: str) -> None:
        start = element.get("start", "")
        number = int(start) if re.fullmatch(r"[0-9]{1,4}", start) else 1
        for item in element:
            if item.tag != "li":
                if isinstance(item.tag, str):
                    self._element(item, indent)
                continue
            self._mark = f"{number} " if element.tag == "ol" else "・"
            self._children(item, indent)
            self._break(indent)
            self._mark = ""
            number += 1


def _rows(table: Any) -> Iterator[list[Cell[str]]]:
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            lines = tuple(
                line.strip(" \u3000").replace("\t", "\u3000")
                for line in _Flow().of(cell)
                if line.strip()
            )
            cells.append(Cell(lines, _span(cell, "rowspan"), _span(cell, "colspan")))
        yield cells


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "").strip()
    return max(1, int(written)) if re.fullmatch(r"[0-9]{1,5}", written) else 1
