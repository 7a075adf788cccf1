"""A chart of up to four curves in the terminal: braille dots, and a letter for each curve.

The letters say which curve is which where there are no colours. Where there is no braille either,
the curves are drawn with the letters alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from plotille import Canvas

from controlroom.sim.clock import STEPS_PER_MINUTE

Curve = Sequence[tuple[int, int]]
"""(step, value), oldest first."""

LEFT: Final = 9
"""Cells of the axis at the left."""

_COLOURS: Final = ("bright_cyan", "bright_yellow", "bright_magenta", "bright_green")
_MINUTES: Final = (1, 2, 5, 10, 15, 30, 60, 120)
_APART: Final = 10
"""Cells from one time to the next, at least."""

_EMPTY: Final = "\N{BRAILLE PATTERN BLANK}"


def chart(
    curves: Mapping[str, Curve],
    span: tuple[int, int],
    *,
    width: int,
    rows: int,
    value_text: Callable[[int], str],
    step_text: Callable[[int], str],
    plain: bool = False,
    coloured: bool = False,
) -> Iterator[str]:
    """The chart with its axes, a line at a time.

    Args:
        curves: letter -> curve.
        span: steps at the left and the right edge.
        width: in cells.
        rows: in cells, without the axis below.
        value_text: a value at the left axis, in at most seven cells.
        step_text: a step at the axis below.
        plain: in ASCII.
        coloured: with colours besides the letters.
    """
    room = max(width - LEFT, 20)
    begin, end = span
    shown = {
        letter: [point for point in curve if begin <= point[0] <= end]
        for letter, curve in curves.items()
    }
    values = [value for curve in shown.values() for _, value in curve] or [0]
    high, low = _nice(max(*values, 1)), -_nice(-min(*values, 0))
    canvas = Canvas(room, rows, begin, low, end + 1, high + max((high - low) // 100, 1))
    letters = list(shown.items())
    for place, (_, curve) in enumerate(() if plain else letters):
        colour = _COLOURS[place % len(_COLOURS)] if coloured else None
        for (x0, y0), (x1, y1) in pairwise(curve):
            canvas.line(x0, y0, x1, y1, color=colour)
    for place, (letter, curve) in enumerate(letters):
        colour = _COLOURS[place % len(_COLOURS)] if coloured else None
        for x, y in _signs(curve, span, room, place, len(letters), every=2 if plain else 16):
            canvas.point(x, y, color=colour, marker=letter)
    lines = canvas.plot("\n").split("\n")
    marks = {0: high, rows - 1: low, (rows - 1) // 2: (high + low) // 2}
    bar, tick, corner, floor = ("|", "+", "+", "-") if plain else ("│", "┤", "└", "─")
    for row, line in enumerate(lines):
        label = value_text(marks[row]) if row in marks else ""
        yield f"{label:>{LEFT - 2}} {tick if label else bar}{line.replace(_EMPTY, ' ')}".rstrip()
    yield f"{'':>{LEFT - 1}}{corner}{floor * room}"
    yield f"{'':>{LEFT}}{_times(begin, end, room, step_text)}".rstrip()


def _signs(
    curve: Curve, span: tuple[int, int], room: int, place: int, many: int, *, every: int
) -> Iterator[tuple[int, int]]:
    """Where a curve's letter stands: every few cells, each curve's between the others'."""
    begin, end = span
    unit = max((end - begin) / room, 1e-9)
    due = every * (place + 1) / (many + 1)
    for x, y in curve:
        cell = (x - begin) / unit
        if cell >= due:
            yield x, y
            due = cell + every
    if curve:
        yield curve[-1]


def _times(begin: int, end: int, room: int, step_text: Callable[[int], str]) -> str:
    """Some round times below the axis."""
    length = max((end - begin) // STEPS_PER_MINUTE, 1)
    every = next((each for each in _MINUTES if length <= each * room // _APART), _MINUTES[-1])
    line = ""
    for step in range(begin, end, every * STEPS_PER_MINUTE):
        cell = (step - begin) * room // (end - begin)
        if cell <= room - _APART // 2:
            line = f"{line:<{cell}}{step_text(step)}"
    return line


def _nice(value: int) -> int:
    """The smallest of 1, 2, 3, 4, 5, 6, 8, 10, 20 ... that is not below `value`; 0 for none."""
    if value <= 0:
        return 0
    unit = 10 ** (len(str(value)) - 1)
    return next(step * unit for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * unit >= value)
