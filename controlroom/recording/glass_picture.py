"""What stands on a glass as the SVG that Textual would have exported, for tapes without an app."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

from rich.color import Color
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from controlroom.recording.cast import ground_of
from controlroom.recording.painter import numbered, rgb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from controlroom.recording.glass import Colour, Glass, Look


def drawn(glass: Glass, title: str, theme: str) -> str:
    """The screen as SVG, to be finished by `picture`.

    Args:
        glass: what is drawn.
        title: of the window.
        theme: of the app, for the terminal's own colours.
    """
    console = Console(
        width=glass.columns,
        height=len(glass.rows),
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
        safe_box=False,
    )
    console.print(Segments(_segments(glass, theme)), end="")
    return console.export_svg(title=title)


def _segments(glass: Glass, theme: str) -> Iterator[Segment]:
    text, ground = map(rgb, ground_of(theme))
    for row in glass.rows:
        for look, cells in groupby(row, key=lambda cell: cell[1]):
            yield Segment("".join(sign for sign, _ in cells), _style(look, text, ground))
        yield Segment.line()


def _style(look: Look, text: tuple[int, int, int], ground: tuple[int, int, int]) -> Style:
    return Style(
        color=_colour(look.text, text),
        bgcolor=_colour(look.ground, ground),
        bold=look.bold,
        dim=look.dim,
        italic=look.italic,
        underline=look.underline,
        reverse=look.reverse,
        strike=look.strike,
    )


def _colour(colour: Colour, usual: tuple[int, int, int]) -> Color:
    if colour is None:
        colour = usual
    elif isinstance(colour, int):
        colour = numbered(colour)
    return Color.from_rgb(*colour)
