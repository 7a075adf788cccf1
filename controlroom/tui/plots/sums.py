"""Sums beside each other, counts in stretches of time, a curve over distances, a spread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from controlroom.tui.lines import cut, width_of
from controlroom.tui.numbers import axis_money
from controlroom.tui.plots.canvas import EIGHTHS, Canvas, ceiling, eighths, resting, value_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEFT: Final = " ▏▎▍▌▋▊▉█"
"""A bar that grows to the right, in eighths."""

LABEL: Final = 7


class Bar(NamedTuple):
    """A sum.

    Attributes:
        label: what it is.
        value: dollars.
        shown: the same for people.
        style: its colour.
    """

    label: str
    value: int
    shown: str
    style: str


def bars(items: Sequence[Bar], width: int, *, plain: bool = False) -> Content:
    """Sums to either side of zero, each with its label before it and its figure after it."""
    if not items:
        return Content("")
    figure = max(width_of(item.shown) for item in items)
    longest = max(width_of(item.label) for item in items)
    label = min(longest, max(18, width * 2 // 5))
    room = max(4, width - label - figure - 4)
    low, high = min(0, *(item.value for item in items)), max(0, *(item.value for item in items), 1)
    zero = round(room * -low / (high - low))
    lines = []
    for item in items:
        canvas = Canvas(room, 1)
        size = abs(item.value) * room * EIGHTHS // (high - low)
        if item.value:
            size = max(1, size)
        if item.value < 0:
            cells = max(1, round(size / EIGHTHS))
            canvas.put(zero - cells, 0, ("=" if plain else "█") * cells, item.style)
        elif item.value > 0:
            whole, rest = divmod(size, EIGHTHS)
            tail = "" if plain or not rest else _LEFT[rest]
            canvas.put(zero, 0, ("=" if plain else "█") * max(whole, int(plain)) + tail, item.style)
        else:
            canvas.put(zero, 0, "|" if plain else "▏", "$muted")
        lines.append(
            Content.assemble(
                cut(item.label, label) + " " * (label - width_of(cut(item.label, label))),
                " ",
                canvas.lines()[0],
                " ",
                (" " * (figure - width_of(item.shown)) + item.shown, "$strong"),
            )
        )
    return Content("\n").join(lines)


def columns(
    counts: Sequence[int],
    ticks: Sequence[tuple[int, str]],
    limit: tuple[int, str],
    width: int,
    rows: int,
    *,
    plain: bool = False,
) -> Content:
    """Counts in stretches of time, with the limit from which they are too many."""
    most = ceiling(max((*counts, limit[0] + 2)))
    room = max(8, width - LABEL)
    wide = max(1, min(8, room // max(1, len(counts))))
    canvas = Canvas(width, rows)
    for row in range(rows):
        label = {0: str(most), rows - 1: "0"}.get(row, "")
        canvas.put(0, row, f"{label:>{LABEL - 1}}", "$muted")
        canvas.put(LABEL - 1, row, "|" if plain else "┤" if label else "│", "$faint")
    at = rows - 1 - min(rows - 1, int(limit[0] * rows / most))
    for column in range(LABEL, width):
        canvas.put(column, at, "-" if plain else "╌", "$notice")
    for place, count in enumerate(counts):
        level = round(count * rows * EIGHTHS / most) if count else 0
        style = "$bad" if count > limit[0] else "$trace"
        body = max(1, wide - 1)
        for row in range(rows):
            sign = eighths(max(level, int(count > 0)), row, plain=plain)
            if sign != " ":
                canvas.put(LABEL + place * wide, rows - 1 - row, sign * body, style)
    axis = [" "] * width
    end = 0
    for place, label in ticks:
        begin = LABEL + place * wide
        if begin >= end and begin + len(label) <= width:
            axis[begin : begin + len(label)] = label
            end = begin + len(label) + 1
    note = Content.assemble(("--" if plain else "╌╌", "$notice"), (f" {limit[1]}", "$muted"))
    return Content("\n").join(
        [*canvas.lines(), Content.styled("".join(axis).rstrip(), "$muted"), note]
    )


def curve(
    points: Sequence[tuple[float, str, int]],
    edge: str,
    width: int,
    rows: int,
    *,
    plain: bool = False,
) -> Content:
    """A sum for each distance, as an area over the square roots of the distances.

    Args:
        points: (distance, its label, dollars), the first at zero.
        edge: what stands at the far end.
        width: in cells.
        rows: height in cells of the area.
        plain: in ASCII.
    """
    room = max(8, width - LABEL - 1)
    roots = [(distance**0.5, float(value)) for distance, _, value in points]
    high = ceiling(max(1.0, *(value for _, value in roots)))
    canvas = Canvas(width, rows)
    marks = {0: high, rows - 1: 0}
    if rows % 2 == 0:
        marks[rows // 2] = high // 2
    for row in range(rows):
        label = axis_money(marks[row]) if row in marks else ""
        canvas.put(0, row, f"{label:>{LABEL - 1}}", "$muted")
        canvas.put(LABEL - 1, row, "|" if plain else "┤" if label else "│", "$faint")
    last = roots[-1][0] or 1.0
    for column in range(room):
        value = value_at(roots, last * (column + 0.5) / room) or 0.0
        level = max(1, round(max(0.0, value) * rows * EIGHTHS / high))
        for row in range(rows):
            sign = eighths(level, row, plain=plain)
            if sign != " ":
                canvas.put(LABEL + column, rows - 1 - row, sign, "$trace")
    axis = [" "] * width
    end = 0
    for (root, _), (_, label, _) in zip(roots, points, strict=True):
        at = LABEL + min(room - 1, int(root / last * room))
        begin = max(LABEL, min(at, width - len(label)))
        level = round(max(0.0, value_at(roots, root) or 0.0) * rows * EIGHTHS / high)
        canvas.put(at, rows - 1 - resting(level, rows), "o" if plain else "●", "$info")
        if begin >= end:
            axis[begin : begin + len(label)] = label
            end = begin + len(label) + 1
    note = f"minutes earlier; at the right edge: {edge}"
    return Content("\n").join(
        [
            *canvas.lines(),
            Content.styled("".join(axis).rstrip(), "$muted"),
            Content.styled(" " * LABEL + note, "$muted").truncate(width, ellipsis=True),
        ]
    )


class Place(NamedTuple):
    """Where one sum lies among many.

    Attributes:
        own: the one, with its figure.
        low: where the middle nine tenths begin, with its figure.
        high: where they end, with its figure.
    """

    own: tuple[int, str]
    low: tuple[int, str]
    high: tuple[int, str]


def spread(
    values: Sequence[int], place: Place, width: int, rows: int, *, plain: bool = False
) -> Content:
    """How often each outcome came, the middle nine tenths, and where this run lies."""
    low, high = min(*values, place.own[0]), max(*values, place.own[0])
    size = (high - low) or 1
    count = max(6, min(len(values) // 3, width // 2, 60))
    wide = max(1, width // count)
    room = count * wide
    bins = [0] * count

    def at(value: int, places: int = room) -> int:
        return min(places - 1, (value - low) * places // size)

    for value in values:
        bins[at(value, count)] += 1
    first, last = at(place.low[0], count), at(place.high[0], count)
    canvas = Canvas(width, rows)
    for number, many in enumerate(bins):
        level = max(int(many > 0), round(many * rows * EIGHTHS / max(bins)))
        style = "$trace" if first <= number <= last else "$muted"
        body = max(1, wide - int(wide > 2))
        for row in range(rows):
            sign = eighths(level, row, plain=plain)
            if sign != " ":
                canvas.put(number * wide, rows - 1 - row, sign * body, style)
    band = Canvas(width, 2)
    begin, end = at(place.low[0]), at(place.high[0])
    rule = "-" if plain else "─"
    band.put(begin, 0, rule * (end - begin + 1), "$trace")
    band.put(begin, 0, "|" if plain else "├", "$trace")
    band.put(end, 0, "|" if plain else "┤", "$trace")
    own, word = at(place.own[0]), f"this run {place.own[1]}"
    band.put(own, 0, "^" if plain else "▲", "bold $bad")
    band.put(max(0, min(own - len(word) // 2, width - len(word))), 1, word, "bold $bad")
    note = f"nine in ten: {place.low[1]} to {place.high[1]}"
    return Content("\n").join([*canvas.lines(), *band.lines(), Content.styled(note, "$muted")])
