"""The words sent to a language model: files of `prompts/`, with variables named `{{so}}`.

A file that lacks a variable, or has one that nobody fills, is an error when it is read, not when a
question is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

# every file, and the variables that must stand in it
FILES: Mapping[str, frozenset[str]] = {
    "write_system.txt": frozenset({"example"}),
    "write_user.txt": frozenset({"question", "facts", "passages"}),
    "write_example.txt": frozenset(),
    "reword_system.txt": frozenset({"example"}),
    "reword_user.txt": frozenset({"turns", "question", "places"}),
    "reword_example.txt": frozenset(),
}
_VARIABLE = re.compile(r"\{\{(.*?)\}\}")


class PromptError(Exception):
    """A prompt file is missing, or its variables are not the ones that are filled."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompt files as read; `fill` puts the values in."""

    texts: Mapping[str, str]

    @classmethod
    def load(cls, texts: Mapping[str, str] | None = None) -> Prompts:
        """Read and check all files of `prompts/` (or of `texts`, by name). Raises PromptError."""
        found = dict(texts) if texts is not None else {name: _read(name) for name in FILES}
        for name, wanted in FILES.items():
            if name not in found:
                raise PromptError(f"prompts/{name} is missing.")
            written = set(_VARIABLE.findall(found[name]))
            if lacking := sorted(wanted - written):
                raise PromptError(f"prompts/{name} lacks {_braced(lacking)}.")
            if unknown := sorted(written - wanted):
                raise PromptError(
                    f"prompts/{name} has {_braced(unknown)}, and nothing fills that in; "
                    f"it may have {_braced(sorted(wanted)) or 'no variable'}."
                )
        return cls(found)

    def fill(self, name: str, **values: str) -> str:
        """The file's words with the values in their places; a value is never read for variables."""
        return _VARIABLE.sub(lambda found: values[found[1]], self.texts[name]).strip()


def _braced(names: list[str]) -> str:
    return ", ".join("{{" + name + "}}" for name in names)


def _read(name: str) -> str:
    try:
        return files("prompts").joinpath(name).read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError, UnicodeDecodeError) as error:
        raise PromptError(f"prompts/{name} cannot be read ({error}).") from error
