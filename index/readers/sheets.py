"""What stands on a page: characters with their places, and text that keeps them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.readers.grid import Rule


class Glyph(NamedTuple):
    """A character and its box, in points from the left and the top of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def place_of(left: float, top: float) -> tuple[int, int]:
    """Where a character stands, in tenths of a point: its name among those of its page."""
    return round(10 * left), round(10 * top)


class Box(NamedTuple):
    """A place on a page, in points from its left and its top."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page; `machine` where its characters were read from a picture, `filled` of them
    put in where the machine's own letters lack the one that must stand there. `unsure` are the places
    (`place_of`) of those that the machine is not sure of, `missed` is true where it has left lines out, and
    `tilt` is by how many degrees its picture was turned, which all places are after."""

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[Rule] = ()
    machine: bool = False
    unread: bool = False
    filled: int = 0
    unsure: frozenset[tuple[int, int]] = frozenset()
    missed: bool = False
    tilt: float = 0.0


@dataclass(slots=True)
class Placed:
    """Text with the boxes of its characters, four numbers each; a box of no width has no place."""

    text: str = ""
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def __len__(self) -> int:
        return len(self.text)

    def add(self, text: str, box: Sequence[float] = (0, 0, 0, 0)) -> None:
        """Put a character, or characters at one place, to the end."""
        self.text += text
        for _ in text:
            self.boxes.extend(box)

    def join(self, other: Placed) -> None:
        """Put another text to the end."""
        self.text += other.text
        self.boxes.extend(other.boxes)

    def box(self, at: int) -> Box | None:
        """Where the character stands; None for one that the page does not show."""
        box = Box(*self.boxes[4 * at : 4 * at + 4])
        return box if box.right > box.left else None
