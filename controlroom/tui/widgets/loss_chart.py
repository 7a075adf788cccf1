"""The curve of the loss: what it would cost to get flat, since the open."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from controlroom.tui import charts
from controlroom.tui.lines import Line, Span, fit, line
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import axis_money, nice_ceiling

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPANS: Final = tuple(
    minutes * 60 for minutes in (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 720)
)
"""How much time the chart shows, in steps, so that the curve grows in a frame that stands still."""

_TICKS: Final = tuple(minutes * 60 for minutes in (1, 2, 5, 10, 15, 30, 60, 120))
_LATE: Final = 3600
"""Seconds after the open from which on a history that begins there is shown by itself."""

_LEAST: Final = 1_000
"""Dollars at the end of the axis while nothing has happened."""

_LABEL: Final = 7

_PARTS: Final = {
    charts.Part.EDGE: Role.TRACE, charts.Part.SOLID: Role.BAD, charts.Part.CARVED: Role.CARVED,
}  # fmt: skip


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"


def extent(history: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of time shown: first second and length."""
    begin, last = history[0][0], history[-1][0]
    # From the open on, unless the day begins before it or long after it.
    first = 0 if last >= 0 and begin < _LATE else begin // 1800 * 1800
    return first, next((span for span in _SPANS if span >= last - first), _SPANS[-1])


def scale(history: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Bottom and top of the dollar axis; zero is always between them."""
    low = min(0, *(value for _, value in history))
    high = max(0, *(value for _, value in history))
    # A gain that is nothing against the loss gets no half of the picture.
    bottom = -nice_ceiling(-low, _LEAST) if low < 0 or high <= 0 else 0
    top = nice_ceiling(high, _LEAST) if high > -low / 20 else 0
    return bottom, top


def sampled(
    history: Sequence[tuple[int, int]], first: int, length: int, count: int
) -> list[float | None]:
    """The value at the end of each of `count` equal stretches; None before and after the series."""
    times = [second for second, _ in history]
    values: list[float | None] = []
    for column in range(count):
        end = first + length * (column + 1) // count
        index = bisect_right(times, end) - 1
        begun = first + length * column // count <= times[-1]
        values.append(history[index][1] if index >= 0 and begun else None)
    return values


def _time_axis(first: int, length: int, opens: int, room: int, now: int) -> str:
    """Clock times under the chart, as many as there is room for."""
    step = next((tick for tick in _TICKS if length / tick * 9 <= room), _TICKS[-1])
    cells = [" "] * (room + 8)
    second = -(-first // step) * step
    while second <= first + length:
        at = (second - first) * room // length
        label = _clock(opens + second)
        if at + len(label) <= room:
            cells[at : at + len(label)] = label
        second += step
    mark = (now - first) * room // max(1, length)
    if mark + 4 < room and not "".join(cells[max(0, mark - 1) : mark + 5]).strip():
        cells[mark + 1 : mark + 4] = "now"
    return "".join(cells[:room])


def _split(rows: int, low: int, high: int) -> tuple[int, int]:
    """How many rows lie above zero, and how many dollars a row stands for."""
    above = 0 if high <= 0 else max(1, min(rows - 1, round(rows * high / (high - low))))
    below = rows - above
    dollars = max(-low / below if below else 0, high / above if above else 0)
    return above, round(dollars)


def _area(
    values: list[float | None], above: int, rows: int, dollars: int, *, plain: bool
) -> list[list[Span]]:
    """The rows of the area: gains stand on the line of zero, losses hang from it."""
    lines: list[list[Span]] = []
    if above:
        gains = [value if value is not None and value > 0 else None for value in values]
        lines += [
            [Span(row, Role.GOOD)]
            for row in charts.rising(gains, above, dollars * above, plain=plain)
        ]
    if rows > above:
        losses = [value if value is not None and value <= 0 else None for value in values]
        bottom = -dollars * (rows - above)
        lines += [
            [Span(piece.text, _PARTS[piece.part]) for piece in row]
            for row in charts.hanging(losses, rows - above, bottom, plain=plain)
        ]
    return lines


@lru_cache(maxsize=16)
def loss_chart(
    history: tuple[tuple[int, int], ...], opens: int, width: int, height: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """The chart with both axes.

    Args:
        history: seconds from the open and dollars, oldest first.
        opens: the open, in seconds since midnight.
        width: in cells.
        height: in cells, one of which is the time axis.
        glyphs: signs.
    """
    room, rows = width - _LABEL, height - 1
    if room < 8 or rows < 1:
        return ()
    history = history or ((0, 0),)
    first, length = extent(history)
    low, high = scale(history)
    above, dollars = _split(rows, low, high)
    values = sampled(history, first, length, room)
    drawn = _area(values, above, rows, dollars, plain=glyphs.ascii)
    marks = {0: dollars * above, rows - 1: -dollars * (rows - above)}
    if above:
        marks[above] = 0
    elif rows >= 4:
        marks[rows // 2] = -round(dollars * rows / 2)
    lines = []
    for y, spans in enumerate(drawn):
        mark = axis_money(marks[y]) if y in marks else ""
        tick = Span(glyphs.tick_y if mark else glyphs.frame[5], Role.FAINT)
        lines.append(line(*spans, tick, Span(fit(mark, _LABEL - 1), Role.MUTED), width=width))
    axis = _time_axis(first, length, opens, room, history[-1][0])
    lines.append(line(Span(axis, Role.MUTED), width=width))
    return tuple(lines)
