"""Charts out of characters: solid areas in eighths of a cell, or in plain signs for ASCII.

A chart is a tuple of rows, top first. Scales move in steps (1, 2, 5 and their tens), so a curve
grows inside a frame that stands still. Blocks rather than braille: they are solid in every font,
and a row of equal cells is short to send.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_RISING: Final = " ▁▂▃▄▅▆▇█"
_PLAIN: Final = " ...:::##"
AREA: Final = frozenset(_RISING + _PLAIN)
"""The signs of an area."""
EIGHTHS: Final = 8

LEAST: Final = 1
"""Eighths that a value which is there shows at least: nothing measured differs from no measure."""


def _heights(values: Sequence[float | None], rows: int, top: float) -> list[int]:
    """Heights in eighths; 0 where there is no value."""
    most = rows * EIGHTHS
    unit = most / top if top > 0 else 0.0
    return [0 if value is None else max(LEAST, min(most, round(value * unit))) for value in values]


def rising(
    values: Sequence[float | None], rows: int, top: float, *, plain: bool = False
) -> tuple[str, ...]:
    """An area that stands on the lower edge, one value to a cell.

    Args:
        values: from left to right, none negative; None leaves a gap.
        rows: height in cells.
        top: value at the upper edge.
        plain: in ASCII.
    """
    heights = _heights(values, rows, top)
    return tuple(_row(heights, row, plain=plain) for row in range(rows - 1, -1, -1))


def _row(heights: list[int], row: int, *, plain: bool) -> str:
    """The row that is `row` cells from the base, for columns of so many eighths."""
    signs = _PLAIN if plain else _RISING
    base = row * EIGHTHS
    return "".join(
        [" " if high <= base else signs[min(EIGHTHS, high - base)]
         for high in heights]
    )  # fmt: skip


class Part(enum.IntEnum):
    """What a piece of a hanging area is."""

    EDGE = 0
    """Nothing lost: a line along the edge, or a gap where nothing is known."""
    SOLID = 1
    CARVED = 2
    """Drawn the other way round: the sign is what is cut out of a solid cell, from below."""


class Piece(NamedTuple):
    """Neighbouring cells of a hanging area."""

    text: str
    part: Part


def hanging(
    values: Sequence[float | None], rows: int, bottom: float, *, plain: bool = False
) -> tuple[tuple[Piece, ...], ...]:
    """An area that hangs from the upper edge, one value to a cell, from nothing down to `bottom`.

    There are no eighths that fill a cell from above. So where it ends within a cell, the rest of
    that cell is drawn in the colour of the ground on the colour of the area.

    Args:
        values: from left to right, none positive; None leaves a gap.
        rows: height in cells.
        bottom: value at the lower edge, negative.
        plain: in ASCII, which has no other way round.
    """
    heights = _heights([None if value is None else -value for value in values], rows, -bottom)
    if plain:
        return tuple((Piece(_row(heights, row, plain=True), Part.SOLID),) for row in range(rows))
    lost = [bool(value) for value in values]
    return tuple(_pieces(heights, lost, row * EIGHTHS) for row in range(rows))


def _pieces(heights: list[int], lost: list[bool], base: int) -> tuple[Piece, ...]:
    """The row that begins `base` eighths below the edge, with equal neighbours joined."""
    pieces: list[Piece] = []
    for height, burns in zip(heights, lost, strict=True):
        level = min(EIGHTHS, height - base)
        if level <= 0:
            sign, part = " ", Part.EDGE
        elif not burns:
            sign, part = "▔", Part.EDGE
        elif level == EIGHTHS:
            sign, part = "█", Part.SOLID
        else:
            sign, part = _RISING[EIGHTHS - level], Part.CARVED
        if pieces and pieces[-1].part is part:
            pieces[-1] = Piece(pieces[-1].text + sign, part)
        else:
            pieces.append(Piece(sign, part))
    return tuple(pieces)


def buckets(values: Sequence[int], size: int, phase: int) -> list[int]:
    """The highest of each `size` neighbours, where the last bucket began `phase` values ago.

    With the phase taken from the clock a bucket keeps its members while the series moves on, so
    the picture shifts by whole columns and does not shimmer.
    """
    if size <= 1:
        return list(values)
    end = len(values)
    done: list[int] = []
    begin = end - (phase % size + 1)
    while end > 0:
        done.append(max(values[max(0, begin) : end]))
        end, begin = max(0, begin), begin - size
    return done[::-1]


def last(values: Sequence[int], width: int) -> list[float | None]:
    """The last `width` values, filled up at the left where there are fewer."""
    shown: list[float | None] = [float(value) for value in values[-width:]] if width > 0 else []
    return [None] * (width - len(shown)) + shown
