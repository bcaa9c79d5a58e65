"""The ruled lines of a page -> the tables that they make: which fields belong to one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

NEAR = 3.0  # points: ruled lines closer than this are one
_MOST_RULES = 6000  # on a page; beyond that it is a drawing


class Rule(NamedTuple):
    """A ruled line: horizontal where top == bottom, else vertical."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where its lines stand, and the cells between them by row and column."""

    xs: Sequence[float]
    ys: Sequence[float]
    owner: Sequence[Sequence[tuple[int, int]]]  # of each field of the grid: the cell's first field

    @property
    def top(self) -> float:
        return self.ys[0]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell that holds the point, named by its first row and column."""
        if not (self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]):
            return None
        column = sum(1 for edge in self.xs[1:-1] if edge <= x)
        row = sum(1 for edge in self.ys[1:-1] if edge <= y)
        return self.owner[row][column]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that ruled lines make: lines that cross, with at least two cells between them."""
    if not 3 <= len(rules) <= _MOST_RULES:
        return []
    across = _merged(
        [(r.top, r.left, r.right) for r in rules if r.right - r.left >= r.bottom - r.top]
    )
    down = _merged(
        [(r.left, r.top, r.bottom) for r in rules if r.bottom - r.top > r.right - r.left]
    )
    groups: list[tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]] = []
    for line in across:
        y, x0, x1 = line
        crossed = [
            v for v in down if x0 - NEAR <= v[0] <= x1 + NEAR and v[1] - NEAR <= y <= v[2] + NEAR
        ]
        touching = [group for group in groups if any(v in group[1] for v in crossed)]
        merged = ([line], list(crossed))
        for group in touching:
            groups.remove(group)
            merged = (merged[0] + group[0], merged[1] + [v for v in group[1] if v not in merged[1]])
        groups.append(merged)
    tables = []
    for horizontal, vertical in groups:
        # A table is often left open at its sides: its horizontal lines then end where it ends.
        if vertical and len(horizontal) >= 2:
            top, bottom = min(h[0] for h in horizontal), max(h[0] for h in horizontal)
            left, right = min(h[1] for h in horizontal), max(h[2] for h in horizontal)
            vertical = [*vertical, (left, top, bottom), (right, top, bottom)]
            table = _grid(horizontal, vertical)
            if table is not None:
                tables.append(table)
    return tables


def _merged(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines (position, from, to) on one position that touch, as one."""
    placed: list[tuple[float, float, float]] = []
    positions: list[float] = []
    for position in sorted(line[0] for line in lines):
        if not positions or position - positions[-1] > NEAR:
            positions.append(position)
    at: dict[float, list[tuple[float, float]]] = {}
    for position, start, end in lines:
        nearest = min(positions, key=lambda other: abs(other - position))
        at.setdefault(nearest, []).append((start, end))
    for position, spans in at.items():
        spans.sort()
        start, end = spans[0]
        for left, right in spans[1:]:
            if left <= end + NEAR:
                end = max(end, right)
            else:
                placed.append((position, start, end))
                start, end = left, right
        placed.append((position, start, end))
    return sorted(line for line in placed if line[2] - line[1] > 2 * NEAR)


def _grid(
    horizontal: Sequence[tuple[float, float, float]], vertical: Sequence[tuple[float, float, float]]
) -> Grid | None:
    xs, ys = _positions(v[0] for v in vertical), _positions(h[0] for h in horizontal)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > 20_000:
        return None

    def walled(lines: Sequence[tuple[float, float, float]], at: float, middle: float) -> bool:
        return any(abs(p - at) <= NEAR and a - NEAR <= middle <= b + NEAR for p, a, b in lines)

    right_wall = [
        [walled(vertical, xs[c + 1], (ys[r] + ys[r + 1]) / 2) for c in range(columns)]
        for r in range(rows)
    ]
    floor = [
        [walled(horizontal, ys[r + 1], (xs[c] + xs[c + 1]) / 2) for c in range(columns)]
        for r in range(rows)
    ]
    owner: list[list[tuple[int, int] | None]] = [[None] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if owner[r][c] is not None:
                continue
            last = c
            while last + 1 < columns and not right_wall[r][last] and owner[r][last + 1] is None:
                last += 1
            low = r
            while low + 1 < rows and not any(floor[low][c : last + 1]):
                low += 1
            for i in range(r, low + 1):
                for j in range(c, last + 1):
                    owner[i][j] = (r, c) if owner[i][j] is None else owner[i][j]
    owners = [[cell or (r, c) for c, cell in enumerate(row)] for r, row in enumerate(owner)]
    if len({cell for row in owners for cell in row}) < 2:
        return None
    return Grid(xs, ys, owners)


def _positions(values: Iterable[float]) -> list[float]:
    """The values in order, those that are nearly one as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found
