"""Charts out of characters: solid areas in eighths of a cell, or in plain signs for ASCII.

A chart is a tuple of rows, top first. Scales move in steps (1, 2, 5 and their tens), so a curve
grows inside a frame that stands still. Blocks rather than braille: they are solid in every font,
and a row of equal cells is short to send.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


def hanging(
    values: Sequence[float | None], rows: int, bottom: float, *, plain: bool = False
) -> tuple[str, ...]:
    """An area that hangs from the upper edge, for values from nothing down to `bottom`.

    There are no eighths that fill a cell from above, so these are quarters of cells: two values to
    a cell, and two levels in it.

    Args:
        values: from left to right, none positive, `hanging_columns` of them; None leaves a gap.
        rows: height in cells.
        bottom: value at the lower edge, negative.
        plain: in ASCII, where a cell is one value.
    """
    if plain:
        heights = _heights([None if v is None else -v for v in values], rows, -bottom)
        return tuple(_row(heights, row, plain=True) for row in range(rows))
    unit = rows * 2 / -bottom if bottom < 0 else 0.0
    most = rows * 2
    halves = [_GAP if v is None else max(0, min(most, round(-v * unit))) for v in values]
    if len(halves) % 2:
        halves.append(_GAP)
    drawn = []
    for begin in range(0, most, 2):
        filled = [0 if half <= begin else 1 if half == begin + 1 else 2 for half in halves]
        drawn.append(
            "".join(map(_QUARTERS.__getitem__, zip(filled[::2], filled[1::2], strict=True)))
        )
    # Nothing lost is a line at the edge; nothing known is nothing.
    edge = ["▔" if a <= 0 and b <= 0 and 0 in {a, b} else sign
            for sign, a, b in zip(drawn[0], halves[::2], halves[1::2], strict=True)]  # fmt: skip
    return ("".join(edge), *drawn[1:])


def hanging_columns(width: int, *, plain: bool = False) -> int:
    """How many values a hanging area of `width` cells shows."""
    return width if plain else width * 2


_GAP: Final = -1

_QUARTERS: Final = {
    (0, 0): " ", (1, 0): "▘", (0, 1): "▝", (1, 1): "▀", (2, 0): "▌", (0, 2): "▐",
    (2, 1): "▛", (1, 2): "▜", (2, 2): "█",
}  # fmt: skip
"""By the halves that are filled from above in the left and the right column."""


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
