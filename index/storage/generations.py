"""The generations of an index: their folders, their manifests, and which one is in use.

A folder holds generations, of which CURRENT names the one in use. A generation is written once, by
one `GenerationWriter`, and never changed; an `Index` reads it.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.disk import flush, patiently, replace_file

FORMAT = 1  # of everything in a generation; another one means building again from the records
CATALOGUE = "catalogue.sqlite3"
MANIFEST = "manifest.json"

_GENERATION = re.compile(r"gen-([0-9]{6,})(\.partial)?")


class StoreError(Exception):
    """The index cannot be used; the message says why and what to do."""


class NoIndex(StoreError):  # noqa: N818
    """There is no index in the folder."""


class WrongIndex(StoreError):  # noqa: N818
    """The index is whole, but made by another version or with another embedding model."""


class DamagedIndex(StoreError):  # noqa: N818
    """Files of the index are missing or broken."""


class Unwritable(StoreError):  # noqa: N818
    """The index cannot be written: no space, no permission, or something in the way."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made with and of. The writer's are all from `records` on, but for
    `corrections` and `read_at`."""

    reader: str  # version of the code from records to passages
    model: str
    model_digest: str
    dimension: int
    dictionary: str
    roots: tuple[str, ...]  # as given to `senrei build`; empty for its default
    home: str = ""  # the folder in which the default stands
    format: int = FORMAT
    records: dict[str, str] = field(default_factory=dict)  # id -> digest, in the order of building
    corrections: dict[str, str] = field(default_factory=dict)  # id -> digest of its corrections
    read_at: dict[str, str] = field(default_factory=dict)  # id -> when it was read, ISO 8601
    counts: dict[str, int] = field(default_factory=dict)
    catalogue_size: int = 0  # bytes
    catalogue: str = ""  # SHA-256
    collection: str = ""  # of Chroma
    chroma: dict[str, str] = field(default_factory=dict)  # file -> SHA-256
    chroma_version: str = ""


_MANIFEST = TypeAdapter(Manifest)


def build_command(folder: Path, roots: Iterable[str] = ()) -> str:
    """What to type to build the index in `folder` again."""
    parts = ["senrei", "build", *roots, "--index", str(folder)]
    return " ".join(f'"{part}"' if re.search(r"[^\w./\\:~-]", part) else part for part in parts)


def generations(folder: Path) -> list[tuple[int, Path]]:
    """The generations in the folder, whole or not, by number."""
    matches = ((_GENERATION.fullmatch(path.name), path) for path in folder.glob("gen-*"))
    return sorted((int(match[1]), path) for match, path in matches if match)


def current_generation(folder: Path) -> Path:
    """The folder of the generation in use. Raises NoIndex or DamagedIndex."""
    try:
        name = patiently(lambda: (folder / "CURRENT").read_text(encoding="ascii")).strip()
    except FileNotFoundError:
        raise NoIndex(f"There is no index in {folder}. Make one: {build_command(folder)}") from None
    except NotADirectoryError:
        raise NoIndex(f"{folder} is no folder. Name that of the index with --index.") from None
    except PermissionError as error:
        raise StoreError(
            f"The index in {folder} may not be read ({error.strerror}). See to its permissions."
        ) from error
    except (OSError, ValueError) as error:
        raise damaged(folder, f"{folder / 'CURRENT'} cannot be read ({error})") from error
    match = _GENERATION.fullmatch(name)
    if match is None or match[2]:
        raise damaged(folder, f"{folder / 'CURRENT'} names no generation")
    return folder / name


def damaged(folder: Path, what: str, roots: Iterable[str] = ()) -> DamagedIndex:
    """The fault to raise where something in the index is broken."""
    return DamagedIndex(
        f"The index is damaged: {what}. Build it again: {build_command(folder, roots)}"
    )


def prune(folder: Path, keep: Collection[str]) -> None:
    """Delete every generation not named in `keep`; what cannot be deleted now is left for later."""
    for _, path in generations(folder):
        if path.name in keep:
            continue
        # Gone at once for all who look, and for Windows only when nobody has it open.
        with contextlib.suppress(OSError):
            path = path.rename(path.with_suffix(".partial"))
            shutil.rmtree(path, ignore_errors=True)


def delete_partial_generations(folder: Path) -> None:
    """Delete what killed builds left, when nobody is building."""
    prune(folder, {path.name for _, path in generations(folder) if path.suffix != ".partial"})


def read_manifest(folder: Path, generation: Path) -> Manifest:
    """The manifest of a generation in the index `folder`. Raises WrongIndex or DamagedIndex."""
    path = generation / MANIFEST
    try:
        written = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise damaged(folder, f"{path} cannot be read ({error})") from error
    # Of another format nothing may be relied on but that it says so.
    if isinstance(written, dict) and written.get("format") not in (None, FORMAT):
        roots = [root for root in written.get("roots") or () if isinstance(root, str)]
        raise WrongIndex(
            f"The index was made by another version of Senrei (format {written['format']}, "
            f"not {FORMAT}). Build it again: {build_command(folder, roots)}"
        )
    try:
        return _MANIFEST.validate_python(written)
    except ValidationError as error:
        raise damaged(folder, f"{path} is not a manifest") from error


def last_sources(folder: Path) -> tuple[tuple[str, ...], str] | None:
    """The `roots` and the `home` of the newest manifest in the folder that still tells them, whatever
    else is wrong with it; None where none does."""
    for _, generation in reversed(generations(folder)):
        try:
            written = json.loads((generation / MANIFEST).read_bytes())
            roots, home = tuple(map(str, written["roots"])), str(written.get("home", ""))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue
        if roots or home:
            return roots, home
    return None


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write the manifest of a generation. Raises OSError."""
    (generation / MANIFEST).write_bytes(_MANIFEST.dump_json(manifest, indent=2))


def put_in_use(folder: Path, name: str) -> None:
    """Have CURRENT name the generation: before or after, never in between."""
    replace_file(folder / "CURRENT", f"{name}\n".encode("ascii"))
    flush(folder)
