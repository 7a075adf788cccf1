"""A grid of cells to draw on, and the scales that lead to it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Sequence

EIGHTHS: Final = 8
RISING: Final = " ▁▂▃▄▅▆▇█"
PLAIN_RISING: Final = " ...:::##"

_ENDS: Final = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20)
"""Ends of an axis, in halves of a power of ten; each has a middle that is easily read."""

Points = "Sequence[tuple[float, float]]"
"""(x, y), by x."""


def ceiling(value: float) -> int:
    """The end of an axis that has to reach `value`."""
    unit = 1
    while unit * 10 < value:
        unit *= 10
    if unit == 1:
        return max(1, round(value))
    return next(unit * step // 2 for step in _ENDS if unit * step // 2 >= value)


class Canvas:
    """Cells with a sign and a style each, top row first.

    Attributes:
        width: cells in a row.
        rows: of cells.
    """

    def __init__(self, width: int, rows: int) -> None:
        self.width = width
        self.rows = rows
        self._cells = [[(" ", "")] * width for _ in range(rows)]

    def put(self, x: int, y: int, text: str, style: str = "") -> None:
        """Write from a cell on; what leaves the canvas is left out."""
        if not 0 <= y < self.rows:
            return
        for place, sign in enumerate(text, x):
            if 0 <= place < self.width:
                self._cells[y][place] = (sign, style)

    def is_free(self, x: int, y: int, width: int) -> bool:
        """Whether nothing stands in some cells of a row."""
        return all(sign == " " for sign, _ in self._cells[y][max(0, x) : x + width])

    def lines(self) -> list[Content]:
        """The rows as text."""
        return [Content.assemble(*merged(row)) for row in self._cells]


def merged(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one style in one piece."""
    pieces: list[tuple[str, str]] = []
    for text, style in parts:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = pieces[-1][0] + text, style
        else:
            pieces.append((text, style))
    return pieces


class Axis(NamedTuple):
    """Places of x in columns; after `turn`, time runs faster and takes the rest of the width.

    Attributes:
        begin: x at the left edge.
        turn: x at which the scale changes; not before `end` where it does not.
        end: x at the right edge.
        columns: of the whole axis.
        share: of the columns that lie before the turn.
    """

    begin: float
    turn: float
    end: float
    columns: int
    share: float = 0.7

    @property
    def broken(self) -> int | None:
        """The column of the turn, or None where the scale stays."""
        return None if self.turn >= self.end else int(self.columns * self.share)

    def column(self, x: float) -> float:
        """The place of `x`, in columns from the left."""
        cut = self.broken
        if cut is None:
            return (x - self.begin) * self.columns / ((self.end - self.begin) or 1)
        if x <= self.turn:
            return (x - self.begin) * cut / ((self.turn - self.begin) or 1)
        return cut + (x - self.turn) * (self.columns - cut) / (self.end - self.turn)

    def at(self, column: float) -> float:
        """The x of a place."""
        cut = self.broken
        if cut is None:
            return self.begin + column * (self.end - self.begin) / self.columns
        if column <= cut:
            return self.begin + column * (self.turn - self.begin) / cut
        return self.turn + (column - cut) * (self.end - self.turn) / (self.columns - cut)


def value_at(points: Sequence[tuple[float, float]], x: float) -> float | None:
    """The y of a line at `x`, or None outside of it."""
    if not points or not points[0][0] <= x <= points[-1][0]:
        return None
    place = bisect_right(points, x, key=lambda point: point[0])
    if place == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    return y0 + (y1 - y0) * (x - x0) / ((x1 - x0) or 1)


def eighths(level: int, row: int, *, plain: bool) -> str:
    """The sign of the cell `row` cells above the base in a column of `level` eighths."""
    filled = min(EIGHTHS, max(0, level - row * EIGHTHS))
    return (PLAIN_RISING if plain else RISING)[filled]


def resting(level: int, rows: int) -> int:
    """The row above the base on which a sign rests that stands on `level` eighths."""
    row, rest = divmod(level, EIGHTHS)
    return max(0, min(rows - 1, row + (rest > EIGHTHS // 2)))
