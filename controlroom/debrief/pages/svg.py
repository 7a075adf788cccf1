"""Strokes of a drawing: a few elements of SVG with everything escaped, and scales for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Final

import attrs

from controlroom.scenario import visible

Scale = Callable[[float], float]
"""From a value to its place on the drawing."""

_LETTER: Final = 0.56
"""Width of a letter of the page's typeface, as a share of its height, on the average."""


def shown(text: str) -> str:
    """Text as it may stand in HTML and SVG, in elements and in attributes."""
    return escape(visible(text), quote=True)


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def scale(low: float, high: float, begin: float, end: float) -> Scale:
    """Values from `low` to `high` onto places from `begin` to `end`."""
    span = (high - low) or 1.0
    return lambda value: begin + (value - low) * (end - begin) / span


def width_of(text: str, size: float) -> float:
    """About how wide a text is drawn."""
    return len(text) * size * _LETTER


def round_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values from `low` to `high`, zero among them where it lies between."""
    span = (high - low) or 1.0
    rough = span / most
    power = 1.0
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    step = next((size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough), power)
    first = int(low // step)
    return [place * step for place in range(first, int(high // step) + 2) if low <= place * step]


@attrs.define
class Drawing:
    """A drawing in the making.

    Attributes:
        width: of it.
        height: of it.
        title: for those who do not see it.
        kind: a class, by which the page tells drawings apart.
        parts: its elements so far.
    """

    width: float
    height: float
    title: str
    kind: str
    parts: list[str] = attrs.field(factory=list)

    def add(self, name: str, of: str = "", text: str | None = None, **places: float | str) -> None:
        """An element with a class, its attributes and perhaps a text."""
        given = "".join(
            f' {key.rstrip("_").replace("_", "-")}="'
            f'{number(value) if isinstance(value, int | float) else shown(value)}"'
            for key, value in places.items()
        )
        of = f' class="{shown(of)}"' if of else ""
        end = "/>" if text is None else f">{shown(text)}</{name}>"
        self.parts.append(f"<{name}{of}{given}{end}")

    def line(self, x1: float, y1: float, x2: float, y2: float, of: str) -> None:
        """A straight line."""
        self.add("line", of, x1=x1, y1=y1, x2=x2, y2=y2)

    def rect(self, x: float, y: float, width: float, height: float, of: str) -> None:
        """A rectangle; one that is turned inside out is put right."""
        if width < 0:
            x, width = x + width, -width
        self.add("rect", of, x=x, y=y, width=max(width, 0.6), height=height)

    def text(self, x: float, y: float, words: str, of: str = "", anchor: str = "start") -> None:
        """Words that begin, are centred or end at a place."""
        self.add("text", of, words, x=x, y=y, text_anchor=anchor)

    def path(self, points: Iterable[tuple[float, float]], of: str) -> None:
        """A line through points."""
        places = " L".join(f"{number(x)} {number(y)}" for x, y in points)
        self.add("path", of, d=f"M{places}")

    def area(self, points: Sequence[tuple[float, float]], floor: float, of: str) -> None:
        """The area between a line and a floor."""
        if not points:
            return
        first, last = points[0], points[-1]
        self.path([(first[0], floor), *points, (last[0], floor)], of)

    def svg(self) -> str:
        """The drawing."""
        box = f"0 0 {number(self.width)} {number(self.height)}"
        return (
            f'<svg class="{shown(self.kind)}" viewBox="{box}" role="img" '
            f'aria-label="{shown(self.title)}">{"".join(self.parts)}</svg>'
        )


def apart(places: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """The same places moved as little as needed to be so far from each other, within limits."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    moved = list(places)
    at_least = low
    for at in order:
        moved[at] = max(moved[at], at_least)
        at_least = moved[at] + distance
    at_most = high
    for at in reversed(order):
        moved[at] = min(moved[at], at_most)
        at_most = moved[at] - distance
    return moved
