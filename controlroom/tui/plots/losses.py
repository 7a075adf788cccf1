"""Losses over time: this run as an area, others as lines through it, what was done marked on it.

The storm takes minutes and the way out of it takes hours. Where both are shown, time runs faster
after the storm; a break in the axis says where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from controlroom.tui.numbers import axis_money
from controlroom.tui.plots.canvas import EIGHTHS, Axis, Canvas, ceiling, eighths, resting, value_at

if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL: Final = 7
"""Cells of the money axis with its line."""

BESIDE: Final = 28
"""Cells of the names at the ends of the lines, where there is room for them."""

ROOMY: Final = 100
"""Cells from which on the names stand beside the lines, not above them."""

_BRAILLE: Final = 0x2800
_DOTS: Final = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""The dots of a cell's two columns, from the bottom up."""

_HIGH: Final = 4
_TICKS: Final = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


class Series(NamedTuple):
    """A line of the chart.

    Attributes:
        name: what it is.
        last: what stands at its end.
        style: its colour.
        sign: its stroke where there is only ASCII.
        points: (seconds, dollars lost), by time.
    """

    name: str
    last: str
    style: str
    sign: str
    points: Sequence[tuple[float, float]]


class Mark(NamedTuple):
    """Something that was done.

    Attributes:
        x: when.
        label: one sign that a list explains.
    """

    x: float
    label: str


class Stretch(NamedTuple):
    """A phase under the chart.

    Attributes:
        begin: from when.
        end: until when.
        names: of it, the longest first.
        style: its colour.
    """

    begin: float
    end: float
    names: tuple[str, ...]
    style: str


class Losses(NamedTuple):
    """What the chart shows.

    Attributes:
        own: the area, or None where nothing was lost or gained.
        others: lines through it.
        begin: time at the left edge, in seconds since midnight.
        turn: time from which on hours are pressed together; not before `end` where none are.
        end: time at the right edge.
        marks: on the area, in order of time.
        stretches: under the chart.
    """

    own: Series
    others: tuple[Series, ...]
    begin: float
    turn: float
    end: float
    marks: tuple[Mark, ...] = ()
    stretches: tuple[Stretch, ...] = ()


def losses_chart(chart: Losses, width: int, rows: int, *, plain: bool = False) -> Content:
    """The chart with its axes, `rows` cells high without what stands around it.

    Args:
        chart: what it shows.
        width: in cells.
        rows: height in cells of the area itself.
        plain: in ASCII.
    """
    beside = BESIDE if width >= ROOMY else 0
    axis = Axis(chart.begin, chart.turn, chart.end, max(8, width - LABEL - beside))
    scale = _scale_of(chart, rows)
    canvas = Canvas(width, rows)
    _money_axis(canvas, scale, plain=plain)
    levels = _area(canvas, chart.own, axis, scale, plain=plain)
    for line in chart.others:
        _line(canvas, line, axis, scale, levels, plain=plain)
    _break(canvas, axis, plain=plain)
    _marks(canvas, chart.marks, axis, scale, levels)
    lines = canvas.lines()
    if beside:
        _beside(canvas, chart, axis, scale)
        lines = canvas.lines()
    else:
        lines = [*_above(chart, width, plain=plain), *lines]
    lines.append(_time_axis(axis))
    if chart.stretches:
        lines.append(_phases(chart.stretches, axis, plain=plain))
    return Content("\n").join(lines)


class _Scale(NamedTuple):
    """From dollars to eighths of a cell above or below the base.

    Attributes:
        high: dollars at the upper edge.
        low: dollars at the lower edge, a gain or nothing.
        above: rows above the base.
        below: rows below it.
    """

    high: int
    low: int
    above: int
    below: int

    def level(self, value: float) -> int:
        """Eighths above the base, negative below it; anything that is there shows."""
        if value >= 0:
            most = self.above * EIGHTHS
            level = min(most, round(value * most / self.high))
            return max(level, 1)
        most = self.below * EIGHTHS
        return -min(most, round(value * most / self.low)) if most else 0

    def row(self, level: int) -> int:
        """The row from the top that holds a level."""
        rows = self.above - 1 - max(0, level - 1) // EIGHTHS
        return rows if level > 0 else self.above - 1 + -(level // EIGHTHS)


def _scale_of(chart: Losses, rows: int) -> _Scale:
    values = [y for line in (chart.own, *chart.others) for _, y in line.points] or [0.0]
    high = ceiling(max(*values, 1_000.0, 0.0))
    lowest = min(*values, 0.0)
    if lowest > -high / 40:
        return _Scale(high, 0, rows, 0)
    low = -ceiling(-lowest)
    below = max(1, round(rows * -low / (high - low)))
    return _Scale(high, low, max(1, rows - below), below)


def _money_axis(canvas: Canvas, scale: _Scale, *, plain: bool) -> None:
    marks = {0: scale.high, scale.above // 2: scale.high - scale.high // 2}
    if scale.above % 2:
        marks = {0: scale.high}
    marks[scale.above - 1 if not scale.below else scale.above] = 0
    if scale.below > 1:
        marks[canvas.rows - 1] = scale.low
    for row in range(canvas.rows):
        text = axis_money(marks[row]) if row in marks else ""
        tick = "|" if plain else "┤" if text else "│"
        canvas.put(0, row, f"{text:>{LABEL - 1}}", "$muted")
        canvas.put(LABEL - 1, row, tick, "$faint")


def _area(canvas: Canvas, own: Series, axis: Axis, scale: _Scale, *, plain: bool) -> list[int]:
    """Fill between nothing and the losses; the level of each column."""
    levels = []
    for column in range(axis.columns):
        value = value_at(own.points, axis.at(column + 0.5))
        level = 0 if value is None else scale.level(value)
        levels.append(level)
        for row in range(scale.above):
            sign = eighths(level, row, plain=plain)
            if sign != " ":
                canvas.put(LABEL + column, scale.above - 1 - row, sign, own.style)
        for row in range(-(level // EIGHTHS) if level < 0 else 0):
            canvas.put(LABEL + column, scale.above + row, "#" if plain else "█", "$good")
    return levels


def _line(
    canvas: Canvas,
    line: Series,
    axis: Axis,
    scale: _Scale,
    levels: Sequence[int],
    *,
    plain: bool,
) -> None:
    """A thin line; where it crosses the area it is cut out of it."""
    dots: dict[tuple[int, int], int] = {}
    before: int | None = None
    for half in range(axis.columns * 2):
        value = value_at(line.points, axis.at(half / 2 + 0.25))
        if value is None or value < 0:
            before = None
            continue
        most = scale.above * _HIGH - 1
        level = min(most, round(value * most / scale.high))
        for dot in range(min(level, level if before is None else before), level + 1):
            cell = half // 2, scale.above - 1 - dot // _HIGH
            dots[cell] = dots.get(cell, 0) | _DOTS[half % 2][dot % _HIGH]
        for dot in range(level, level if before is None else before):
            cell = half // 2, scale.above - 1 - dot // _HIGH
            dots[cell] = dots.get(cell, 0) | _DOTS[half % 2][dot % _HIGH]
        before = level
    for (column, row), mask in dots.items():
        filled = levels[column] - (scale.above - 1 - row) * EIGHTHS
        sign = line.sign if plain else chr(_BRAILLE + mask)
        if filled <= 0:
            canvas.put(LABEL + column, row, sign, line.style)
        elif filled >= EIGHTHS:
            canvas.put(LABEL + column, row, sign, "" if plain else "$background on $bad")


def _break(canvas: Canvas, axis: Axis, *, plain: bool) -> None:
    """Where time begins to run faster."""
    cut = axis.broken
    if cut is None:
        return
    for row in range(canvas.rows):
        if canvas.is_free(LABEL + cut, row, 1):
            canvas.put(LABEL + cut, row, ":" if plain else "┊", "$muted")


def _marks(
    canvas: Canvas, marks: Sequence[Mark], axis: Axis, scale: _Scale, levels: Sequence[int]
) -> None:
    """Signs on the upper edge of the area; one that would cover the last stands above it."""
    taken = -1
    for mark in marks:
        # Two that fall into one column stand beside each other.
        column = max(taken + 1, int(axis.column(mark.x)))
        if not 0 <= column < axis.columns:
            continue
        taken = column
        row = scale.above - 1 - resting(max(0, levels[column]), scale.above)
        canvas.put(LABEL + column, row, mark.label, "bold $background on $foreground")


def _beside(canvas: Canvas, chart: Losses, axis: Axis, scale: _Scale) -> None:
    """The name and the last word of each line at the right, as near to its end as there is room."""
    wanted = []
    for line in (chart.own, *chart.others):
        value = line.points[-1][1] if line.points else 0.0
        wanted.append((scale.row(scale.level(value)), line))
    wanted.sort(key=lambda pair: pair[0])
    taken: list[int] = []
    for place, (row, _) in enumerate(wanted):
        below = (len(wanted) - 1 - place) * 2
        least = taken[-1] + 2 if taken else 0
        taken.append(max(least, min(row, canvas.rows - 2 - below)))
    x = LABEL + axis.columns + 1
    for (_, line), row in zip(wanted, taken, strict=True):
        canvas.put(x, row, line.name[: BESIDE - 2], f"bold {line.style}")
        canvas.put(x, row + 1, line.last[: BESIDE - 2], "$muted")


def _above(chart: Losses, width: int, *, plain: bool) -> list[Content]:
    """The same above the chart, where there is no room beside it."""
    lines = []
    for place, line in enumerate((chart.own, *chart.others)):
        stroke = ("##" if plain else "██") if place == 0 else (line.sign if plain else "⠒") * 2
        text = Content.assemble(
            (stroke, line.style),
            " ",
            (line.name, f"bold {line.style}"),
            "  ",
            (line.last, "$muted"),
        )
        lines.append(text.truncate(width, ellipsis=True))
    return lines


def _time_axis(axis: Axis) -> Content:
    """Clock times under the chart, as many as there is room for."""
    cells = [" "] * (LABEL + axis.columns)
    cut = axis.broken
    spans = [
        (axis.begin, axis.end if cut is None else axis.turn, axis.columns if cut is None else cut)
    ]
    if cut is not None:
        spans.append((axis.turn, axis.end, axis.columns - cut))
    for number, (begin, end, columns) in enumerate(spans):
        length = (end - begin) or 1
        step = next((tick for tick in _TICKS if columns * tick / length >= 9), _TICKS[-1])
        second = -(-begin // step) * step
        if number and axis.column(second) < (cut or 0) + 3:
            second += step
        while second <= end:
            at = LABEL + int(axis.column(second))
            minute = int(second) // 60
            label = f"{minute // 60:02d}:{minute % 60:02d}"
            if at + len(label) <= LABEL + (cut or 0 if not number and cut else axis.columns):
                cells[at : at + len(label)] = label
            second += step
    if cut is not None:
        cells[LABEL + cut] = "/"
    return Content.styled("".join(cells).rstrip(), "$muted")


def _phases(stretches: Sequence[Stretch], axis: Axis, *, plain: bool) -> Content:
    """The phases as a bar, each with the longest of its names that fits."""
    canvas = Canvas(LABEL + axis.columns, 1)
    rule, edge = ("-", "|") if plain else ("─", "├")
    for stretch in stretches:
        begin = LABEL + max(0, round(axis.column(max(stretch.begin, axis.begin))))
        end = LABEL + min(axis.columns, round(axis.column(min(stretch.end, axis.end))))
        wide = end - begin
        if wide < 1:
            continue
        name = next((name for name in stretch.names if len(name) + 3 <= wide), "")
        text = f"{edge} {name} " if name else edge
        canvas.put(begin, 0, text.ljust(wide, rule)[:wide], stretch.style)
    return canvas.lines()[0]
