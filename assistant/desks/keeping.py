"""What a user keeps: files of JSON Lines beside the index, which no build touches.

A file is a list of notes, one a line, readable as it stands. It is put anew as a whole (all or
nothing, one writer at a time); a line that cannot be read is left where it is.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock

from index.corrections import now
from index.disk import replace_file

Note = dict[str, Any]
_WAIT = 5.0  # seconds for another writer


class NotKept(Exception):  # noqa: N818
    """A note could not be written: in Japanese, with the file and what to do."""


def notes_folder(index: Path) -> Path:
    """Where the notes on an index are kept: beside it, so that a rebuild leaves them alone."""
    if own := os.environ.get("SENREI_NOTES"):
        return Path(own)
    index = index.absolute()
    return index.with_name(f"{index.name.lstrip('.') or 'senrei'}-notes")


@dataclass(frozen=True, slots=True)
class Notes:
    """One file of notes. Each has an `id`."""

    path: Path

    def all(self) -> list[Note]:
        """The notes in their order; a file that is not there holds none. Raises NotKept."""
        return [note for _, note in self._lines() if note is not None]

    def add(self, note: Note) -> str:
        """Keep one more; gives its id. Raises NotKept."""
        whole = {"id": uuid.uuid4().hex[:12], "when": now(), **note}
        self._rewrite(lambda lines: [*lines, _line(whole)])
        return str(whole["id"])

    def change(self, id: str, values: Note | None) -> None:
        """Put these values into the note with this id; None takes it away. Raises NotKept."""

        def changed(lines: list[str]) -> list[str]:
            kept = []
            for line in lines:
                note = _read(line)
                if note is None or note.get("id") != id:
                    kept.append(line)
                elif values is not None:
                    kept.append(_line({**note, **values}))
            return kept

        self._rewrite(changed)

    def _lines(self) -> list[tuple[str, Note | None]]:
        try:
            text = self.path.read_text(encoding="utf-8-sig", errors="replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise NotKept(
                f"{self.path} を読めませんでした（{error.strerror or error}）。"
                "フォルダーを開けるか確かめてください。"
            ) from error
        return [(line, _read(line)) for line in text.split("\n") if line.strip()]

    def _rewrite(self, change: Callable[[list[str]], list[str]]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=_WAIT):
                lines = change([line for line, _ in self._lines()])
                whole = "".join(line.rstrip("\r") + "\n" for line in lines)
                replace_file(self.path, whole.encode())
        except filelock.Timeout:
            raise NotKept(
                f"ほかの人が {self.path} に書き込んでいます。"
                "少し待ってから、もう一度お試しください。"
            ) from None
        except OSError as error:
            raise NotKept(
                f"{self.path} に保存できませんでした（{error.strerror or error}）。"
                "フォルダーに書き込めるか確かめてください。"
            ) from error


def _read(line: str) -> Note | None:
    try:
        note = json.loads(line)
    except ValueError:
        return None
    return note if isinstance(note, dict) and isinstance(note.get("id"), str) else None


def _line(note: Note) -> str:
    # half characters (typed or pasted) would make the file unreadable
    whole = json.dumps(note, ensure_ascii=False)
    return whole.encode("utf-8", "replace").decode()
