"""Strips that say a colour once and not once a word.

Textual ends every piece of text with a reset and begins the next one with all of its colours; on a
line of ten pieces that is more than the text. A line of a pane goes from one style to the next with
what differs. Over a thin link this is the difference between a picture and a slide show.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console

_SYSTEMS: Final = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
    "windows": ColorSystem.WINDOWS,
}

_ATTRIBUTES: Final = {
    "bold": ("1", "22"), "dim": ("2", "22"), "italic": ("3", "23"), "underline": ("4", "24"),
    "reverse": ("7", "27"),
}  # fmt: skip
"""What our styles and the filters that Textual puts over them use: codes for on and off."""

_RESET: Final = "\x1b[0m"


def _codes(color: Color | None, system: ColorSystem, *, foreground: bool) -> str:
    if color is None:
        return "39" if foreground else "49"
    return ";".join(color.downgrade(system).get_ansi_codes(foreground))


@lru_cache(maxsize=8192)
def change(before: Style, after: Style, system: ColorSystem) -> str:
    """The shortest escape sequence that leads from one style to the next."""
    had = {name for name in _ATTRIBUTES if getattr(before, name)}
    has = {name for name in _ATTRIBUTES if getattr(after, name)}
    off = {_ATTRIBUTES[name][1] for name in had - has}
    # Bold and dim have one code for off; what should stay is said again.
    kept = {name for name in had & has if _ATTRIBUTES[name][1] not in off}
    parts = sorted(off) + [_ATTRIBUTES[name][0] for name in _ATTRIBUTES if name in has - kept]
    for foreground in (True, False):
        old, new = (
            _codes(style.color if foreground else style.bgcolor, system, foreground=foreground)
            for style in (before, after)
        )
        if old != new:
            parts.append(new)
    return f"\x1b[{';'.join(parts)}m" if parts else ""


class LineStrip(Strip):
    """A line of a pane."""

    __slots__ = ()

    def render(self, console: Console) -> str:
        if self._render_cache is None:
            self._render_cache = written(self._segments, console)
        return self._render_cache

    def render_part(self, start: int, end: int, console: Console) -> str:
        """The cells from `start` to `end`; a strip for each would cost more than what is sent."""
        if start <= 0 and end >= self.cell_length:
            return self.render(console)
        return written(pieces(self._segments, start, end), console)

    def crop(self, start: int, end: int | None = None) -> Strip:
        width = self.cell_length
        start, end = max(0, start), width if end is None else min(end, width)
        if start == 0 and end == width:
            return self
        return LineStrip(pieces(self._segments, start, end), max(0, end - start))


def pieces(segments: list[Segment], start: int, end: int) -> list[Segment]:
    """What of the segments lies in the cells from `start` to `end`."""
    kept: list[Segment] = []
    at = 0
    for segment in segments:
        size = segment.cell_length
        if at + size > start and at < end:
            part = segment if at >= start else segment.split_cells(start - at)[1]
            if at + size > end:
                part = part.split_cells(end - max(at, start))[0]
            kept.append(part)
        at += size
        if at >= end:
            break
    return kept


def written(segments: list[Segment], console: Console) -> str:
    """Segments as a terminal reads them."""
    system = _SYSTEMS.get(console.color_system or "truecolor", ColorSystem.TRUECOLOR)
    before = _NULL
    parts: list[str] = []
    for text, style, _ in segments:
        after = style or _NULL
        parts += (change(before, after, system), text)
        before = after
    return f"{''.join(parts)}{_RESET}"


_NULL: Final = Style.null()


def joined(segments: list[Segment]) -> list[Segment]:
    """Neighbours of one style as one piece; blanks go with the piece before them."""
    done: list[Segment] = []
    for segment in segments:
        if done:
            text, style, _ = done[-1]
            same = style is segment.style or (
                style is not None and segment.style is not None
                and segment.text.isspace() and style.bgcolor == segment.style.bgcolor
                and not segment.style.reverse and not style.reverse
            )  # fmt: skip
            if same:
                done[-1] = Segment(text + segment.text, style)
                continue
        done.append(segment)
    return done
