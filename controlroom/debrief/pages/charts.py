"""The drawings of a debrief, each at a width of its own: a page shows the one that fits."""

from __future__ import annotations

from typing import Final

from controlroom.debrief.pages.blocks import Bars, Columns, Lines, Spread, Steps, Tone
from controlroom.debrief.pages.svg import Drawing, apart, round_ticks, scale, width_of
from controlroom.debrief.words import JOINED, usd

SIZE: Final = 12.5
"""Height of the letters of a drawing."""

ROW: Final = 28.0
"""Height of a bar with its label."""

_BAND: Final = 20.0

_MARK: Final = 18.0
"""How wide a number on a line is."""


def lines(block: Lines, width: float, kind: str) -> str:
    """Losses over time, with what was done marked on the line and the phases under it."""
    narrow = width < 500
    height = 300.0 if narrow else 380.0
    labels = 0.0 if narrow else 210.0
    left, right = 58.0, width - labels - 20
    legend = 18.0 * len(block.lines) if narrow else 0.0
    top, bottom = 24.0 + legend, height - 30.0 - (_BAND + 8 if block.bands else 0)
    drawing = Drawing(width, height, block.title, kind)
    first, last = block.lines[0].points[0][0], max(line.points[-1][0] for line in block.lines)
    last = max(last, block.ticks[-1][0] if block.ticks else last)
    values = [y for line in block.lines for _, y in line.points]
    ticks = round_ticks(min(0.0, *values), max(1.0, *values))
    x = scale(first, last, left, right)
    y = scale(ticks[0], ticks[-1], bottom, top)
    for tick in ticks:
        drawing.line(left, y(tick), right, y(tick), "zero" if tick == 0 else "grid")
        drawing.text(left - 8, y(tick) + 4, _tick(tick), "tick", "end")
    for place, label in _thinned(block.ticks, right - left):
        drawing.line(x(place), bottom, x(place), bottom + 4, "grid")
        drawing.text(x(place), bottom + 18, label, "tick", "middle")
    for band in block.bands:
        begin, end = x(max(band.begin, first)), x(min(band.end, last))
        drawing.rect(begin, height - _BAND, end - begin, _BAND, f"band {band.role}")
        fitting = [name for name in (band.name, band.role) if width_of(name, SIZE) < end - begin]
        if fitting:
            drawing.text((begin + end) / 2, height - 6, fitting[0], f"on {band.role}", "middle")
    for line in block.lines:
        points = [(x(px), y(py)) for px, py in line.points]
        if line.role == "you":
            drawing.area(points, y(0), "area you")
        drawing.path(points, f"line {line.role}")
    _ends(drawing, block, (right, top, bottom), [y(line.points[-1][1]) for line in block.lines])
    _marks(drawing, [(x(mark.x), y(mark.y), mark.label) for mark in block.marks])
    return drawing.svg()


def _marks(drawing: Drawing, marks: list[tuple[float, float, str]]) -> None:
    """Numbers on the line; one that would cover the last is lifted above it."""
    before: tuple[float, float] | None = None
    for px, py, label in marks:
        at = py
        if before and px - before[0] < _MARK and abs(at - before[1]) < _MARK:
            at = before[1] - _MARK
            drawing.line(px, py, px, at, "stem")
        drawing.add("circle", "mark", cx=px, cy=at, r=_MARK / 2 - 0.5)
        drawing.text(px, at + 4, label, "mark", "middle")
        before = (px, at)


def _ends(
    drawing: Drawing, block: Lines, frame: tuple[float, float, float], ends: list[float]
) -> None:
    """The name and the last word of each line: beside its end, or above where that is narrow."""
    right, top, bottom = frame
    if right > drawing.width - 100:
        for place, line in enumerate(reversed(block.lines)):
            at = 14.0 + 18 * place
            drawing.line(4, at - 4, 26, at - 4, f"line {line.role}")
            drawing.text(32, at, f"{line.name}: {line.last}", f"label {line.role}")
        return
    for line, at in zip(block.lines, apart(ends, 34, top + 8, bottom - 12), strict=True):
        drawing.text(right + 12, at, line.name, f"label {line.role}")
        drawing.text(right + 12, at + 15, line.last, "tick")


def _tick(value: float) -> str:
    """A round sum, without the decimals that it has not."""
    return usd(int(value)).replace(f".0{JOINED}", JOINED)


def _thinned(ticks: tuple[tuple[float, str], ...], room: float) -> tuple[tuple[float, str], ...]:
    """As many of the labels as there is room for."""
    most = max(int(room // 52), 2)
    every = -(-len(ticks) // most)
    return ticks[::every] if every > 1 else ticks


def bars(block: Bars, width: float, kind: str) -> str:
    """Sums to either side of zero, labels above or before them."""
    narrow = width < 500
    row = 40.0 if narrow else ROW
    longest = max((width_of(label, SIZE) for label, _, _ in block.rows), default=0.0)
    left = 8.0 if narrow else min(max(longest + 14, 90.0), width * 0.42)
    values = [value for _, value, _ in block.rows]
    if block.against:
        values.append(block.against[0])
    low, high = min(0, *values, 0), max(0, *values, 1)
    room = 74.0
    below = room if low < 0 else 0.0
    x = scale(low, high, left + below, width - room)
    top = 24.0 if block.against else 4.0
    height = top + row * len(block.rows) + 6
    drawing = Drawing(width, height, block.title, kind)
    if block.against:
        value, name = block.against
        at = x(value)
        drawing.line(at, 18, at, height - 4, "against")
        anchor = "end" if at > width / 2 else "start"
        drawing.text(at, 12, f"{name}: {usd(value)}", "tick", anchor)
    drawing.line(x(0), top, x(0), height - 4, "zero")
    for place, (label, value, tone) in enumerate(block.rows):
        at = top + row * place
        if narrow:
            drawing.text(left, at + 13, label, "label")
            at += 18
        else:
            drawing.text(left - 10, at + 18, label, "label", "end")
            at += 5
        drawing.rect(x(0), at, x(value) - x(0), 17, f"bar {tone}")
        gain = value < 0
        drawing.text(
            x(value) - 6 if gain else x(value) + 6,
            at + 13,
            usd(value),
            f"figure {Tone.BAD if tone is Tone.BAD else Tone.PLAIN}",
            "end" if gain else "start",
        )
    return drawing.svg()


def columns(block: Columns, width: float, kind: str) -> str:
    """Counts in stretches of time, with the limit from which they are too many."""
    height, left, right, top, bottom = 190.0, 34.0, width - 8, 26.0, 162.0
    drawing = Drawing(width, height, block.title, kind)
    limit, name = block.limit
    most = max((*block.counts, limit + 2))
    y = scale(0, most, bottom, top)
    x = scale(0, max(len(block.counts), 1), left, right)
    for tick in round_ticks(0, most, 4):
        if tick <= most:
            drawing.line(left, y(tick), right, y(tick), "zero" if tick == 0 else "grid")
            drawing.text(left - 6, y(tick) + 4, f"{tick:.0f}", "tick", "end")
    for place, count in enumerate(block.counts):
        wide = x(place + 1) - x(place)
        tone = Tone.BAD if count > limit else Tone.PLAIN
        if count:
            drawing.rect(x(place) + 1, y(count), wide - 2, bottom - y(count), f"bar {tone}")
    ticks = tuple((float(place), label) for place, label in block.ticks)
    for at, label in _thinned(ticks, right - left):
        drawing.text(x(at), bottom + 18, label, "tick", "start")
    drawing.line(left, y(limit), right, y(limit), "against")
    drawing.text(right, 14, name, "tick", "end")
    return drawing.svg()


def steps(block: Steps, width: float, kind: str) -> str:
    """A sum for each distance, drawn over the square roots so that the first minutes have room."""
    height, left, right, top, bottom = 260.0, 58.0, width - 44, 30.0, 204.0
    drawing = Drawing(width, height, block.title, kind)
    roots = [distance**0.5 for distance, _, _ in block.points]
    values = [float(value) for _, _, value in block.points]
    ticks = round_ticks(min(0.0, *values), max(1.0, *values))
    x, y = scale(0, roots[-1], left, right), scale(ticks[0], ticks[-1], bottom, top)
    for tick in ticks:
        drawing.line(left, y(tick), right, y(tick), "zero" if tick == 0 else "grid")
        drawing.text(left - 8, y(tick) + 4, _tick(tick), "tick", "end")
    drawing.line(right, top - 8, right, bottom, "against")
    drawing.text(right, top - 14, block.edge, "tick", "end")
    places = [(x(root), y(value)) for root, value in zip(roots, values, strict=True)]
    drawing.area(places, y(0), "area you")
    drawing.path(places, "line you")
    taken = 0.0
    for place, (px, py) in enumerate(places):
        _, label, value = block.points[place]
        drawing.add("circle", "dot you", cx=px, cy=py, r=4)
        drawing.text(px, bottom + 18, label, "tick", "middle")
        figure = usd(value)
        wide = width_of(figure, SIZE)
        if place + 1 == len(places):
            drawing.text(px - 7, py - 7, figure, "figure", "end")
        elif (place == 0 or px > taken) and px + 14 + 2 * wide < right:
            drawing.text(px + 7, py - 7, figure, "figure")
            taken = px + wide
    drawing.text((left + right) / 2, height - 10, "minutes earlier", "tick", "middle")
    return drawing.svg()


def spread(block: Spread, width: float, kind: str) -> str:
    """How often each outcome came, the middle nine tenths, and where this run lies."""
    height, left, right, top, bottom = 200.0, 12.0, width - 12, 46.0, 162.0
    drawing = Drawing(width, height, block.title, kind)
    low, high = min(*block.values, block.own), max(*block.values, block.own)
    count = min(max(len(block.values) // 4, 6), 30)
    room = (high - low) or 1
    bins = [0] * count
    for value in block.values:
        bins[min((value - low) * count // room, count - 1)] += 1
    x, y = scale(low, high, left, right), scale(0, max(bins), bottom, top)
    drawing.rect(x(block.low), top - 6, x(block.high) - x(block.low), bottom - top + 6, "middle")
    for place, many in enumerate(bins):
        if many:
            begin = left + (right - left) * place / count
            wide = (right - left) / count
            drawing.rect(begin + 0.5, y(many), wide - 1, bottom - y(many), "bar plain")
    drawing.line(left, bottom, right, bottom, "zero")
    at = x(block.own)
    drawing.line(at, top - 14, at, bottom + 4, "line you")
    anchor = "end" if at > width / 2 else "start"
    drawing.text(at, top - 20, f"this run {usd(block.own)}", "label you", anchor)
    drawing.text(x(block.low), bottom + 18, f"5 % {usd(block.low)}", "tick", "start")
    drawing.text(x(block.high), bottom + 34, f"95 % {usd(block.high)}", "tick", "end")
    return drawing.svg()
