"""Sends of a line only what has changed in it.

Textual keeps exact spans of what is dirty, but sends each from the left edge of its widget (its
source says so: "TODO: crop to x extents"). Cropped at both ends the storm takes half the bytes.
The compositor is private to Textual; where it is not as known here, its own is left in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, Compositor

from controlroom.tui.line_strip import LineStrip

if TYPE_CHECKING:
    from rich.console import Console
    from textual.screen import Screen


class TightUpdate(ChopsUpdate):
    """Changed spans of the screen, each cropped to what has changed."""

    def render_segments(self, console: Console) -> str:
        parts: list[str] = []
        for y, begin, end in self.spans:
            for cut, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= end or cut <= begin:
                    continue
                first = max(x, begin)
                last = min(cut, end) - x
                if isinstance(strip, LineStrip):
                    sent = strip.render_part(first - x, last, console)
                else:
                    sent = strip.crop(first - x, last).render(console)
                parts += (f"\x1b[{y + 1};{first + 1}H", sent)
        return "".join(parts)


class TightCompositor(Compositor):
    """Textual's compositor with tighter updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        if update is None:
            return None
        return TightUpdate(update.chops, update.spans, update.chop_ends)


def tighten(screen: Screen) -> None:
    """Let a screen that has not been shown yet send tighter updates."""
    if type(getattr(screen, "_compositor", None)) is Compositor:
        screen._compositor = TightCompositor()  # noqa: SLF001
