"""The corrections people make, in files beside the records: read them, add to them.

A folder's corrections are in its `corrections.toml`: one block each, added at the end and never
rewritten. A correction is taken back by another block that names it, so whoever opens the file sees
all that was ever said. A second file (`corrections (1).toml`, as shared folders make when two people
save at once) is read as well. Each block names the record, the case, and a digest of the text it was
made on; `index/corrected.py` applies it only while that text stands.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import json
import re
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import filelock

from index.cases import Field
from index.disk import replace_file
from index.grammar.verdicts import Outcome
from index.japanese import municipalities
from index.records import Source, is_corrections

NAME = "corrections.toml"
HEAD = """\
# 先例（Senrei）の訂正の記録。記録を読み直しても、ここに書かれた訂正は残ります。
# 画面「記録」から訂正すると、下に1件ずつ書き加えられます。消さずに、このまま記録と一緒に保管してください。
"""
_LONGEST = 2_000  # characters of a value
_BLOCK = re.compile(r"^[ \t]*\[\[[ \t]*correction[ \t]*\]\]", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")  # no comment may hold them
_DAMAGED = re.compile(r"[\udc80-\udcff]")  # as Python keeps a byte that is no character
_REMEMBERED = "corrections-read.json"  # in the index's folder
_OF_ENTERED = ("words", "conditions", "day")
_WAIT = 10  # seconds for another who is just writing


class CorrectionError(Exception):
    """A correction that could not be kept; the message is a Japanese sentence that says why."""


class LineFault(NamedTuple):
    """What cannot be understood in a file of corrections, and in which line."""

    path: Path
    line: int
    reason: str  # in English, as all that the command line says


@dataclass(frozen=True, slots=True)
class Note:
    """One correction as it is kept. `read` is what the reader had read, `now` what a person says.

    `record` is the name of the file beside which it is kept, `digest` that of the file, `text` that
    of the case's own words (`index.corrected.anchor`); `title` and `label` are the case's as read. Of a
    matter that a person has entered (`index/entered.py`) they are the record's words, and so are `words`,
    which show its outcome, and `conditions`, one a line; `day` is empty where it is the sitting's.
    """

    id: str
    when: str  # ISO 8601
    record: str
    digest: str
    title: str
    label: str
    text: str
    field: Field
    read: str
    now: str
    by: str = ""
    why: str = ""
    folder: Path = Path()
    words: str = ""
    conditions: str = ""
    day: str = ""

    @property
    def key(self) -> str:
        """All that bears on the result, as a string."""
        return json.dumps(
            [
                self.id,
                self.when,
                self.title,
                self.label,
                self.text,
                self.field,
                self.read,
                self.now,
                self.by,
                self.why,
                self.words,
                self.conditions,
                self.day,
            ]
        )


# --- reading -----------------------------------------------------------------------------------


def find_files(roots: Iterable[Path]) -> list[Path]:
    """The files of corrections below these roots; of a single file, those beside it."""
    found: dict[Path, None] = {}
    for root in roots:
        files = root.parent.glob("*") if root.is_file() else root.rglob("*")
        found |= dict.fromkeys(sorted(p for p in files if is_corrections(p.name) and p.is_file()))
    return list(found)


def read_notes(paths: Iterable[Path]) -> tuple[list[Note], list[LineFault]]:
    """The corrections that stand, oldest first, and what could not be understood.

    Those taken back are left out. No file is changed.
    """
    notes: dict[str, Note] = {}
    undone: set[str] = set()
    faults: list[LineFault] = []
    for path in paths:
        try:
            text = _decoded(path.read_bytes())
        except (OSError, UnicodeDecodeError) as error:
            reason = "cannot be opened" if isinstance(error, OSError) else "is no UTF-8 text"
            faults.append(LineFault(path, 1, f"The file {reason}."))
            continue
        for line, block in _blocks(text):
            try:
                told = _parsed(block)
                if told is None:
                    continue
                if any(_DAMAGED.search(str(value)) for value in told.values()):
                    raise ValueError("A character of the correction is damaged.")
                if isinstance(told.get("undo"), str):
                    undone.add(told["undo"])
                    continue
                note = _note(told, path.parent)
                if notes.setdefault(note.id, note).key != note.key:
                    raise ValueError("Another correction has the same id. Give this one its own.")
            except tomllib.TOMLDecodeError as error:
                at = re.search(r"at line (\d+)", str(error))
                faults.append(
                    LineFault(
                        path, line + (int(at[1]) - 1 if at else 0), f"This is no TOML: {error}."
                    )
                )
            except ValueError as error:
                faults.append(LineFault(path, line, str(error)))
            except RecursionError:
                faults.append(LineFault(path, line, "The correction is nested too deeply."))
    standing = [note for note in notes.values() if note.id not in undone]
    return sorted(standing, key=_moment), faults  # of one second: as they stand in the file


def _moment(note: Note) -> float:
    try:
        return datetime.fromisoformat(note.when).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _decoded(raw: bytes) -> str:
    """The text of a file, each damaged byte as a lone surrogate. Raises UnicodeDecodeError."""
    return raw.decode(_encoding(raw), "surrogateescape").removeprefix("\ufeff")


def _encoding(raw: bytes) -> str:
    """As what an editor has saved a file: UTF-8, UTF-16 with its mark, CP932. Raises UnicodeDecodeError."""
    if raw.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if raw.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if b"\0" in raw:
        raise UnicodeDecodeError("utf-8", raw, 0, 1, "no text")
    text = raw.decode("utf-8", "surrogateescape")
    damaged = len(_DAMAGED.findall(text))
    # a damaged byte or two make no other encoding of it
    if damaged <= sum(not character.isascii() for character in text) - damaged:
        return "utf-8"
    raw.decode("cp932")
    return "cp932"


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each block with the number of its first line: one that is broken spoils no other."""
    starts = [match.start() for match in _BLOCK.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if text[start:end].strip():
            yield text.count("\n", 0, start) + 1, text[start:end]


def _parsed(block: str) -> Mapping[str, Any] | None:
    told = tomllib.loads(block).get("correction")
    if told is None:  # what stands before the first block, or another table
        return None
    if not (isinstance(told, list) and len(told) == 1 and isinstance(told[0], dict)):
        raise ValueError("A correction begins with the line [[correction]].")
    return told[0]


def _note(told: Mapping[str, Any], folder: Path) -> Note:
    """Raises ValueError with a sentence."""
    given: dict[str, str] = {}
    for name in ("id", "record", "title", "text", "field", "now"):
        value = told.get(name)
        if isinstance(value, bool) or value is None or not str(value).strip():
            raise ValueError(f'The correction lacks "{name}", or it is empty.')
        given[name] = str(value)
    for name in ("digest", "label", "read", "by", "why", "when", *_OF_ENTERED):
        value = told.get(name, "")
        given[name] = value.isoformat() if isinstance(value, (date, datetime)) else str(value)
    if any(len(value) > _LONGEST for value in given.values()):
        raise ValueError("A value of the correction is too long.")
    if "\0" in given["record"] or "/" in given["record"]:
        raise ValueError('The "record" of the correction is no name of a file.')
    if given["field"] not in list(Field):
        known = ", ".join(Field)
        raise ValueError(f'"{given["field"]}" cannot be corrected; what can is {known}.')
    field = Field(given.pop("field"))
    problem = problem_of(field, given["now"])
    if problem:
        raise ValueError(f'"{given["now"]}" is no {field}.')
    if field is Field.ENTERED and not given["words"].strip():
        raise ValueError('The correction lacks "words", or it is empty.')
    if given["day"] and problem_of(Field.DATE, given["day"]):
        raise ValueError(f'"{given["day"]}" is no date.')
    return Note(field=field, folder=folder, **given)


def problem_of(field: Field, now: str) -> str:
    """Why a value cannot be taken for this field, as a Japanese sentence; empty where it can."""
    if field in (Field.OUTCOME, Field.ENTERED) and now not in list(Outcome):
        return "結論を一覧から選んでください。"
    if field is Field.DATE:
        try:
            day = date.fromisoformat(now)
        except ValueError:
            return "日付を 2021-04-20 の形で入れてください。"
        if not 1947 <= day.year <= 2100:
            return "日付の年を確かめてください。"
    if field is Field.TITLE and not 2 <= len(now.strip()) <= _LONGEST // 2:
        return "案件名を入れてください。"
    if (
        field is Field.MUNICIPALITY
        and now not in municipalities()
        and not re.fullmatch(
            r"[^\s\d、。]{1,12}[都道府県市区町村]|[^\s\d、。]{2,20}(?:組合|連合)", now
        )
    ):
        return "自治体名を「○○市」のように入れてください。"
    return ""


def owners(
    notes: Sequence[Note], sources: Sequence[Source], digests: Mapping[str, str]
) -> tuple[dict[str, list[Note]], list[Note]]:
    """Which corrections are of which record (by its id), and those whose record is not there.

    The file of that name beside the corrections; where it has been moved or renamed, the one with
    the same content, or else the only one of that name.
    """
    by_path = {source.path.resolve(): source.id for source in sources}
    by_digest: dict[str, list[str]] = {}
    by_name: dict[str, list[str]] = {}
    for source in sources:
        by_digest.setdefault(digests.get(source.id, ""), []).append(source.id)
        by_name.setdefault(source.path.name, []).append(source.id)
    owned: dict[str, list[Note]] = {}
    lost: list[Note] = []
    for note in notes:
        beside = by_path.get((note.folder / note.record).resolve())
        named = by_name.get(note.record, [])
        ids = [beside] if beside else by_digest.get(note.digest, []) if note.digest else []
        if not ids and len(named) == 1:
            ids = named
        for id in ids:
            owned.setdefault(id, []).append(note)
        # one that lies there, but is not among these sources, is of another build
        if not ids and not _lies_there(note.folder / note.record):
            lost.append(note)
    return owned, lost


def _lies_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than any file's
        return False


class Missing(NamedTuple):
    """Corrections once read that are in no file now: `away` where a file cannot be read at the
    moment, `gone` where it can, and says nothing of them, not even that they are taken back."""

    away: list[Note]
    gone: list[Note]


def missing(notes: Sequence[Note], paths: Iterable[Path]) -> Missing:
    """Which of these corrections the files no longer speak of."""
    said: list[str] = []
    unread: set[Path] = set()
    for path in paths:
        try:
            said.append(_decoded(path.read_bytes()))
        except (OSError, UnicodeDecodeError):
            unread.add(path.parent)
    text = "\n".join(said)
    left = [note for note in notes if note.id not in text]
    return Missing(
        [note for note in left if note.folder in unread],
        [note for note in left if note.folder not in unread],
    )


def remembered(folder: Path) -> list[Note]:
    """The corrections that builds of the index in this folder have read; none where none says so."""
    try:
        kept = json.loads((folder / _REMEMBERED).read_text(encoding="utf-8"))
        return [_note(told, Path(told["folder"])) for told in kept]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def remember(folder: Path, notes: Sequence[Note]) -> None:
    """Keep them for `remembered`; the files beside the records are what holds."""
    if notes == remembered(folder):
        return
    kept = [
        {name: str(getattr(note, name)) for name in Note.__dataclass_fields__} for note in notes
    ]
    with contextlib.suppress(OSError):
        written = json.dumps(kept, ensure_ascii=False, indent=1).encode()
        replace_file(folder / _REMEMBERED, written)


def digest_of_notes(notes: Sequence[Note]) -> str:
    """By which it is known that the corrections of a record are still the same; empty for none."""
    if not notes:
        return ""
    return hashlib.sha256("\n".join(note.key for note in notes).encode()).hexdigest()


# --- writing -----------------------------------------------------------------------------------


def new_id() -> str:
    """A name that no other correction has."""
    return uuid.uuid4().hex[:12]


def keep(
    notes: Sequence[Note],
    said: Sequence[str] = (),
    *,
    instead_of: Sequence[Note] = (),
    by: str = "",
) -> None:
    """Add these corrections to the files of their folders; `said` are comments to put above each.

    Those they are kept `instead_of` are taken `by` whoever corrects. A folder's file gets all its blocks
    or none. Raises CorrectionError.
    """
    by_folder: dict[Path, list[str]] = {}
    for number, note in enumerate(notes):
        comment = said[number] if number < len(said) else ""
        by_folder.setdefault(note.folder, []).append(_written(note, comment))
    for note in instead_of:
        by_folder.setdefault(note.folder, []).append(_undoing(note, by))
    for folder, blocks in by_folder.items():
        _append(folder / NAME, "".join(blocks))


def take_back(note: Note, by: str = "") -> None:
    """Add a block that says this correction no longer holds. Raises CorrectionError."""
    keep([], instead_of=[note], by=by)


def _undoing(note: Note, by: str) -> str:
    block = f"\n[[correction]]\nundo = {_quoted(note.id)}\nwhen = {now()}\n"
    return block + (f"by = {_quoted(by)}\n" if by else "")


def now() -> str:
    """This moment, as it is kept: 2024-05-01T09:30:00+09:00."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _written(note: Note, comment: str) -> str:
    lines = ["", *([f"# {_CONTROL.sub(' ', comment)}"] if comment else []), "[[correction]]"]
    lines.append(f"id = {_quoted(note.id)}")
    lines.append(f"when = {note.when}")
    for name in ("by", "why"):
        if value := getattr(note, name):
            lines.append(f"{name} = {_quoted(value)}")
    of_entered = [name for name in _OF_ENTERED if getattr(note, name)]
    for name in ("record", "label", "title", "field", "read", "now", *of_entered, "text", "digest"):
        lines.append(f"{name} = {_quoted(str(getattr(note, name)))}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string. JSON's escapes are TOML's, but for DEL; half characters become □."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _append(path: Path, block: str) -> None:
    """Put the file anew with the block at its end: all of it or nothing, one writer at a time."""
    try:
        with filelock.FileLock(path.with_name(f".{path.name}.lock"), timeout=_WAIT):
            before = path.read_bytes() if path.exists() else HEAD.encode()
            replace_file(path, before + _as_in(before, block))
    except filelock.Timeout:
        raise CorrectionError(
            f"ほかの人が {path} に書き込んでいます。少し待ってから、もう一度保存してください。"
        ) from None
    except UnicodeDecodeError:
        raise CorrectionError(
            f"{path} の文字を読めないため、訂正を保存していません。"
            "メモ帳などで開き、文字コードをUTF-8にして保存し直してください。"
        ) from None
    except OSError as error:
        raise CorrectionError(
            f"訂正を {path} に保存できませんでした（{error.strerror or error}）。"
            "フォルダーに書き込めるか確かめて、もう一度保存してください。"
        ) from error


def _as_in(before: bytes, block: str) -> bytes:
    """A block as it goes on from these bytes, none of which is changed: in their encoding, on a line of
    its own, with their line ends. Raises UnicodeDecodeError."""
    encoding, text = _encoding(before), _decoded(before)
    if text and not text.endswith("\n"):
        block = f"\n{block}"
    if "\r\n" in text:
        block = block.replace("\n", "\r\n")
    if encoding == "cp932":  # which lacks characters: TOML has another way to write them
        block = "".join(c if _in_cp932(c) else f"\\U{ord(c):08x}" for c in block)
    return block.encode(encoding)


def _in_cp932(character: str) -> bool:
    return character.encode("cp932", "ignore").decode("cp932") == character
