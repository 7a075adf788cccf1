"""Lines of text with roles: what a pane consists of before it has colours.

The functions that turn a view into lines are pure and know nothing of Textual, so what a pane says
can be tested as text, and a line is repainted only when it differs from the one before.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from controlroom.scenario.text import visible
from controlroom.tui.look import Glyphs, Ground, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Named tuples, not attrs classes: some hundreds of these are made and compared in every frame, and
# a tuple is compared in C.


class Span(NamedTuple):
    """A piece of text in one role."""

    text: str
    role: Role = Role.TEXT
    ground: Ground | None = None
    """What it stands on, where that is not the ground of its line."""


class Line(NamedTuple):
    """A line of a pane, exactly as wide as the pane."""

    spans: tuple[Span, ...]
    ground: Ground = Ground.PLAIN

    @property
    def text(self) -> str:
        """The line without roles."""
        return "".join(span.text for span in self.spans)


def plain(text: str) -> str:
    """Text from people and files, with nothing in it that acts on a terminal."""
    return visible(text)


def width_of(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` in at most `width` cells; what was cut off is marked."""
    if width_of(text) <= width:
        return text
    if width <= 1:
        return ellipsis[:width]
    return set_cell_size(text, width - 1).rstrip() + ellipsis


def ending(text: str, width: int, ellipsis: str = "…") -> str:
    """The end of `text` that fits, with a sign where its beginning is missing."""
    if width_of(text) <= width:
        return text
    at = len(text)
    left = width - width_of(ellipsis)
    while at and (left := left - width_of(text[at - 1])) >= 0:
        at -= 1
    return f"{ellipsis}{text[at:]}" if width > 0 else ""


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` in exactly `width` cells, at the left."""
    size = width_of(text)
    if size > width:
        text = cut(text, width, ellipsis)
        size = width_of(text)
    return text + " " * (width - size)


def right(text: str, width: int) -> str:
    """`text` in exactly `width` cells, at the right; a number too long for them becomes `###`."""
    size = width_of(text)
    return " " * (width - size) + text if size <= width else "#" * width


def spans_width(spans: Iterable[Span]) -> int:
    """How many cells the spans take."""
    return sum(width_of(span.text) for span in spans)


def cropped(spans: Iterable[Span], width: int) -> tuple[Span, ...]:
    """The spans cut or padded to exactly `width` cells."""
    done: list[Span] = []
    left = width
    for span in spans:
        size = width_of(span.text)
        if size <= left:
            done.append(span)
            left -= size
            continue
        if left:
            done.append(span._replace(text=set_cell_size(span.text, left)))
        return tuple(done)
    if left:
        done.append(Span(" " * left))
    return tuple(done)


def line(*spans: Span, width: int, ground: Ground = Ground.PLAIN) -> Line:
    """A line of exactly `width` cells."""
    return Line(cropped(spans, width), ground)


def blank(width: int, ground: Ground = Ground.PLAIN) -> Line:
    """An empty line."""
    return Line((Span(" " * width),) if width > 0 else (), ground)


def ends(
    left: Sequence[Span], end: Sequence[Span], width: int, ground: Ground = Ground.PLAIN
) -> Line:
    """A line with spans at both ends; the right end stays whole, the left one is cut."""
    size = spans_width(end)
    if size >= width:
        return Line(cropped(end, width), ground)
    return Line((*cropped(left, width - size), *end), ground)


class Frame(NamedTuple):
    """What is drawn around a pane.

    Attributes:
        title: at the left of the top edge.
        badge: at the right of the top edge.
        foot: at the right of the bottom edge.
        role: of the edges.
        heavy: thick edges.
        ground: of the whole pane.
    """

    title: tuple[Span, ...]
    badge: tuple[Span, ...] = ()
    foot: tuple[Span, ...] = ()
    role: Role = Role.FAINT
    heavy: bool = False
    ground: Ground = Ground.PLAIN


@functools.lru_cache(maxsize=512)
def _edge(
    corners: str,
    spans: tuple[Span, ...],
    end: tuple[Span, ...],
    frame: Frame,
    width: int,
    signs: str,
) -> Line:
    """One horizontal edge: corner, title, rule, badge, corner."""
    rule, opens, closes = signs[4], signs[6], signs[7]
    inner = width - 2
    middle: list[Span] = []
    if spans:
        middle += [Span(opens + " ", frame.role), *spans, Span(" " + closes, frame.role)]
    tail: list[Span] = []
    if end and spans_width(middle) + spans_width(end) + 5 <= inner:
        tail = [Span(opens + " ", frame.role), *end, Span(" " + closes + rule, frame.role)]
    gap = inner - spans_width(middle) - spans_width(tail)
    if gap < 0:
        middle = list(cropped(middle, inner))
        gap = 0
    return Line(
        (
            Span(corners[0], frame.role),
            *middle,
            Span(rule * gap, frame.role),
            *tail,
            Span(corners[1], frame.role),
        ),
        frame.ground,
    )


def framed(
    frame: Frame, body: Sequence[Line], width: int, height: int, glyphs: Glyphs
) -> tuple[Line, ...]:
    """A pane of exactly `width` by `height` cells: edges and, within, the lines of `body`.

    The body is `width - 4` wide. A pane too small for edges shows as much of its body as fits.
    """
    if width < 6 or height < 3:
        return tuple(
            line(*body[y].spans, width=width, ground=body[y].ground)
            if y < len(body)
            else blank(width, frame.ground)
            for y in range(height)
        )
    signs = glyphs.heavy if frame.heavy else glyphs.frame
    side = Span(signs[5] + " ", frame.role)
    other = Span(" " + signs[5], frame.role)
    empty = blank(width - 4, frame.ground)
    rows = [_edge(signs[0:2], frame.title, frame.badge, frame, width, signs)]
    for y in range(height - 2):
        row = body[y] if y < len(body) else empty
        spans = row.spans
        if row.ground is not Ground.PLAIN:
            spans = tuple(span._replace(ground=row.ground) for span in spans)
        rows.append(Line((side, *spans, other), frame.ground))
    rows.append(_edge(signs[2:4], (), frame.foot, frame, width, signs))
    return tuple(rows)


@functools.lru_cache(maxsize=4096)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """`text` in lines of at most `width` cells, broken at spaces where there are any."""
    if width_of(text) <= width:
        return (text,)
    bare = text.lstrip(" ")
    margin = text[: len(text) - len(bare)]
    if 2 * len(margin) < width:
        # What was set in stays so, in each of its lines.
        rest = width - len(margin)
        return tuple(f"{margin}{row}" for row in _broken(bare, rest))
    return _broken(bare, width)


def _broken(text: str, width: int) -> tuple[str, ...]:
    rows: list[str] = []
    row = ""
    for word in text.split(" "):
        joined = f"{row} {word}" if row else word
        if width_of(joined) <= width:
            row = joined
            continue
        if row.strip():
            rows.append(row)
        row = word
        while width_of(row) > width:
            piece = set_cell_size(row, max(1, width))
            rows.append(piece)
            row = row[len(piece.rstrip()) or 1 :]
    return (*rows, row)
