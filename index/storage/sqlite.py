"""SQLite files: how they are opened, and what they raise. The only file that imports sqlite3."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from sqlite3 import Connection, Error, IntegrityError

__all__ = [
    "KEPT",
    "LIVE",
    "NEW",
    "READ",
    "Connection",
    "Error",
    "IntegrityError",
    "attach",
    "connect",
]

NEW = "mode=rwc"
LIVE = "mode=rw"  # another program may be writing it, or have died over it
READ = "mode=ro"
KEPT = "mode=ro&immutable=1"  # never changed again: no locks are needed, and none are left behind


def connect(path: Path, mode: str, *, threads: bool = False) -> Connection:
    """Open a file. With `threads`, several may use the connection, one at a time. Raises Error."""
    return sqlite3.connect(_uri(path, mode), uri=True, check_same_thread=not threads)


def attach(database: Connection, name: str, path: Path, mode: str) -> None:
    """Open a second file in a connection, its tables to be known as `name.table`. Raises Error."""
    database.execute(f"ATTACH ? AS {name}", (_uri(path, mode),))


def _uri(path: Path, mode: str) -> str:
    # Not resolved: on Windows that would make \\\\server\\share of a drive's letter.
    return f"{local(path.absolute().as_uri())}?{mode}"


def local(uri: str) -> str:
    """A file's URI as SQLite knows it: a Windows share is no host to it, but part of the path."""
    return uri if uri.startswith("file:///") else "file:////" + uri.removeprefix("file://")
