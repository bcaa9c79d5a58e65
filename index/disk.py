"""Files known by their content, put in place of others, and on the disk for sure, also on Windows."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_TRIES = 40  # Windows holds files for a moment after they are closed (and virus scanners do)
_PAUSE = 0.25  # seconds between tries

Done = TypeVar("Done")


def patiently(action: Callable[[], Done]) -> Done:
    """Do what Windows refuses while another program has the file open for a moment."""
    for _ in range(_TRIES if os.name == "nt" else 0):
        with contextlib.suppress(PermissionError):
            return action()
        time.sleep(_PAUSE)
    return action()


def file_digest(path: Path) -> str:
    """SHA-256 of the file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of what is there: all of it or nothing, and on the disk for sure.

    One writer at a time: whoever calls holds a lock. Raises OSError, and then nothing has changed.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_bytes(content)
        flush(temporary)
        patiently(lambda: temporary.replace(path))
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have the system write a file, or a folder's list of files, to the disk."""
    if path.is_dir() and os.name == "nt":  # which cannot open a folder, and needs not
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
