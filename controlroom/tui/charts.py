"""Charts out of characters: areas in braille dots, or in plain signs where there is no braille.

A chart is a tuple of rows of equal width, top first, without roles. Scales move in steps (1, 2, 5
and their tens), so a curve grows inside a frame that stands still.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_BRAILLE: Final = 0x2800
_LEFT: Final = (0x40, 0x04, 0x02, 0x01)
_RIGHT: Final = (0x80, 0x20, 0x10, 0x08)
"""The dots of a cell's two columns, from the bottom up."""

DOTS: Final = 4
"""Dots in a cell, one above the other."""


def _mask(column: tuple[int, int, int, int], low: int, high: int) -> int:
    """The dots `low` to `high` (exclusive, from the cell's bottom) of one column."""
    return sum(column[dot] for dot in range(max(0, low), min(DOTS, high)))


def _column(spans: tuple[int, int] | None, row: int, column: tuple[int, int, int, int]) -> int:
    if spans is None:
        return 0
    low, high = spans
    return _mask(column, low - row * DOTS, high - row * DOTS)


def dots_area(
    values: Sequence[float | None], rows: int, low: float, high: float, base: float = 0.0
) -> tuple[str, ...]:
    """An area between `base` and the values, two values to a cell.

    Args:
        values: from left to right; None leaves a gap.
        rows: height in cells.
        low: value at the bottom edge.
        high: value at the top edge.
        base: where the area begins.
    """
    total = rows * DOTS
    unit = total / (high - low) if high > low else 0.0
    floor = min(total, max(0, round((base - low) * unit)))
    columns: list[tuple[int, int] | None] = []
    for value in values:
        if value is None:
            columns.append(None)
            continue
        at = min(total, max(0, round((value - low) * unit)))
        # A series that is there is seen: even nothing leaves a line of dots at the base.
        if at == floor:
            at = floor + 1 if value >= base and floor < total else floor - 1
        columns.append((min(at, floor), max(at, floor)))
    if len(columns) % 2:
        columns.append(None)
    pairs = list(zip(columns[::2], columns[1::2], strict=True))
    return tuple(
        "".join(
            chr(_BRAILLE + (_column(a, row, _LEFT) | _column(b, row, _RIGHT))) for a, b in pairs
        ).replace(chr(_BRAILLE), " ")
        for row in range(rows - 1, -1, -1)
    )


def plain_area(
    values: Sequence[float | None], rows: int, low: float, high: float, base: float = 0.0
) -> tuple[str, ...]:
    """The same in ASCII, one value to a cell."""
    unit = rows / (high - low) if high > low else 0.0
    floor = (base - low) * unit
    chart = []
    for row in range(rows - 1, -1, -1):
        cells = []
        for value in values:
            if value is None:
                cells.append(" ")
                continue
            at = (value - low) * unit
            bottom, top = min(at, floor), max(at, floor, min(at, floor) + 0.1)
            covered = min(top, row + 1) - max(bottom, row)
            cells.append("#" if covered > 0.66 else ":" if covered > 0.33 else
                         "." if covered > 0 else " ")  # fmt: skip
        chart.append("".join(cells))
    return tuple(chart)


def area(
    values: Sequence[float | None],
    width: int,
    rows: int,
    low: float,
    high: float,
    *,
    base: float = 0.0,
    plain: bool = False,
) -> tuple[str, ...]:
    """An area of `width` by `rows` cells that shows the last values, newest at the right edge.

    Args:
        values: from left to right, already one for each of `columns(width)`; shorter ones are
            filled up at the left, longer ones cut there.
        width: in cells.
        rows: in cells.
        low: value at the bottom edge.
        high: value at the top edge.
        base: where the area begins.
        plain: in ASCII.
    """
    if width <= 0 or rows <= 0:
        return ()
    wanted = columns(width, plain=plain)
    shown = list(values[-wanted:])
    shown = [None] * (wanted - len(shown)) + shown
    draw = plain_area if plain else dots_area
    return draw(shown, rows, low, high, base)


def columns(width: int, *, plain: bool = False) -> int:
    """How many values fit into `width` cells."""
    return width if plain else width * 2


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
