"""The curve of one's loss with the reference run's drawn through it, in braille dots.

One's own is an area, as in the room; the other is a thin line. Where the line crosses the area its
dots are left out, so it stays a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from textual.content import Content

from controlroom.tui.numbers import axis_money

Series = Sequence[tuple[int, int]]
"""(seconds from the open, dollars), oldest first."""

_LABEL: Final = 7
_BRAILLE: Final = 0x2800
_HIGH: Final = 4
"""Dots in a cell, one above the other."""

_DOTS: Final = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""The dots of a cell's two columns, from the bottom up."""

_ENDS: Final = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20)
"""Ends of an axis, in halves of a power of ten; each has a middle that is easily read."""

_TICKS: Final = (60, 120, 300, 600, 900, 1800, 3600, 7200)


def history_chart(
    own: Series, other: Series, opens: int, width: int, rows: int, *, plain: bool = False
) -> Content:
    """The chart with its axes.

    Args:
        own: the run's profit and loss.
        other: the reference run's, empty while it is not known.
        opens: the open, in seconds since midnight.
        width: in cells.
        rows: height in cells without the time axis.
        plain: in ASCII.
    """
    room = width - _LABEL
    if room < 8 or not own:
        return Content.styled("Nothing was bought or sold that was not ordered.", "$muted")
    begin, end = _extent(own, other)
    values = [value for _, value in (*own, *other)]
    low = -_ceiling(-min(values))
    high = _ceiling(max(values)) if max(values) > -low // 10 else 0
    scale = _Scale(low, high, rows)
    area = _area(_sampled(own, begin, end, room * 2), room, scale)
    line = _line(_sampled(other, begin, end, room * 2), room, scale)
    marks = {0: high, rows - 1: low, rows // 2: (high + low) // 2}
    lines = []
    for row in range(rows):
        label = axis_money(marks[row]) if row in marks else ""
        tick = "┤" if label else "│"
        if plain:
            tick = "|"
        head = Content.assemble((f"{label:>{_LABEL - 1}}", "$muted"), (tick, "$faint"))
        lines.append(head + (_plain_row if plain else _row)(area[row], line[row]))
    lines.append(Content.styled(" " * _LABEL + _time_axis(begin, end, opens, room), "$muted"))
    return Content("\n").join(lines)


def _extent(own: Series, other: Series) -> tuple[int, int]:
    """From the open to well after both curves have been at their worst.

    What comes later is the slow way out; its end is in the figures, and the hours that it takes
    would press the storm into a corner.
    """
    worst = max(_worst(own), _worst(other) if other else 0)
    last = max(series[-1][0] for series in (own, other) if series)
    return min(0, own[0][0]), max(600, min(last, worst + worst // 2 + 300))


def _worst(series: Series) -> int:
    """The second at which the series is nearly at its lowest for the first time."""
    lowest = min(value for _, value in series)
    return next(second for second, value in series if value * 100 <= lowest * 97)


def _ceiling(value: int) -> int:
    """The end of an axis that has to reach `value`."""
    unit = 1_000
    while unit * 10 < value:
        unit *= 10
    return next(unit * step // 2 for step in _ENDS if unit * step // 2 >= value)


def _sampled(series: Series, begin: int, end: int, count: int) -> list[float | None]:
    """The value at the end of each of `count` equal stretches; a finished series goes on flat."""
    values: list[float | None] = []
    at, value = 0, None
    for column in range(count):
        until = begin + (end - begin) * (column + 1) // count
        while at < len(series) and series[at][0] <= until:
            value = series[at][1]
            at += 1
        values.append(value)
    return values


class _Scale(NamedTuple):
    """From dollars to rows of dots, counted from the bottom."""

    low: int
    high: int
    rows: int

    def level(self, value: float) -> int:
        """The dot at `value`."""
        most = self.rows * _HIGH - 1
        return min(most, max(0, round((value - self.low) * most / (self.high - self.low))))


Cells = list[list[int]]
"""The dots of each cell, top row first."""


def _area(values: Sequence[float | None], room: int, scale: _Scale) -> Cells:
    """Everything between nothing and the values."""
    cells = [[0] * room for _ in range(scale.rows)]
    for column, value in enumerate(values):
        if value is not None:
            _fill(cells, column, scale.level(0), scale.level(value))
    return cells


def _line(values: Sequence[float | None], room: int, scale: _Scale) -> Cells:
    """A thin line through the values."""
    cells = [[0] * room for _ in range(scale.rows)]
    before: int | None = None
    for column, value in enumerate(values):
        if value is None:
            continue
        level = scale.level(value)
        _fill(cells, column, level if before is None else before, level)
        before = level
    return cells


def _fill(cells: Cells, column: int, one: int, other: int) -> None:
    """Set the dots of a column between two levels, both included."""
    for dot in range(min(one, other), max(one, other) + 1):
        cells[-1 - dot // _HIGH][column // 2] |= _DOTS[column % 2][dot % _HIGH]


def _row(area: Sequence[int], line: Sequence[int]) -> Content:
    """One row of cells: the area in the colour of a loss, the line in that of history."""
    parts = []
    for filled, dots in zip(area, line, strict=True):
        shown, style = (filled & ~dots, "$bad") if filled else (dots, "$muted")
        parts.append((chr(_BRAILLE + shown) if shown else " ", style))
    return Content.assemble(*_merged(parts))


def _plain_row(area: Sequence[int], line: Sequence[int]) -> Content:
    """The same in ASCII."""
    parts = [
        ("*" if dots else "#" if filled else " ", "$muted" if dots else "$bad")
        for filled, dots in zip(area, line, strict=True)
    ]
    return Content.assemble(*_merged(parts))


def _merged(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one style in one piece."""
    merged: list[tuple[str, str]] = []
    for text, style in parts:
        if merged and merged[-1][1] == style:
            merged[-1] = merged[-1][0] + text, style
        else:
            merged.append((text, style))
    return merged


def _time_axis(begin: int, end: int, opens: int, room: int) -> str:
    """Clock times under the chart, as many as there is room for."""
    length = end - begin
    step = next((tick for tick in _TICKS if length / tick * 9 <= room), _TICKS[-1])
    cells = [" "] * room
    second = -(-begin // step) * step
    while second <= end:
        at = (second - begin) * room // length
        minute = (opens + second) // 60
        label = f"{minute // 60:02d}:{minute % 60:02d}"
        if at + len(label) <= room:
            cells[at : at + len(label)] = label
        second += step
    return "".join(cells)
