"""A pane that is drawn line by line, and repaints only the lines that have changed.

Of the ways to show live figures in Textual this one costs least: a strip is made once for each
different line and kept, a new view marks only the lines that differ, and each of these only as far
as its last difference (a span is sent from the left edge of its widget). No layout, ever.
"""

from __future__ import annotations

import re
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import RenderResult
from textual.geometry import Offset, Region
from textual.screen import Screen, ScreenResultType
from textual.selection import Selection
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from controlroom.tui.lines import Line, blank, width_of
from controlroom.tui.look import Glyphs, Look
from controlroom.tui.themes import look_of

V = TypeVar("V")

_EDGES = "│┃|"
_CORNERS = frozenset("╭╮╰╯┏┓┗┛+#")
_RULES = re.compile(r"[╴╶╸╺]|[─━]+|[-=]{2,}")


def first_difference_from_right(old: Line, new: Line) -> int:
    """The cell after the last one in which two lines of equal width differ."""
    end = sum(width_of(span.text) for span in new.spans)
    if old.ground is not new.ground:
        return end
    for before, after in zip(reversed(old.spans), reversed(new.spans), strict=False):
        if before != after:
            break
        end -= width_of(after.text)
    return end


class LinePane(Widget, Generic[V]):
    """The base of every pane: keeps a view, draws lines from it, repaints what differs."""

    ALLOW_SELECT = True
    DEFAULT_CSS: ClassVar[str] = "LinePane { height: 1fr; }"

    view: V | None = None
    """What is shown at the moment."""
    dirtied: int = 0
    """Lines marked for repainting since the pane was made; tests read it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._strips: list[Strip | None] = []
        self._shown = True

    # --- what a pane says -------------------------------------------------------------------------

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        """The pane as lines; a subclass says how."""
        return tuple(blank(width) for _ in range(height))

    @property
    def look(self) -> Look:
        """Colours and signs of the theme in use."""
        return look_of(self.app.current_theme, plain=getattr(self.app, "plain_signs", False))

    @property
    def glyphs(self) -> Glyphs:
        """The signs in use."""
        return self.look.glyphs

    @property
    def text_lines(self) -> tuple[str, ...]:
        """What the pane shows, as text; tests and the clipboard read it."""
        return tuple(line.text for line in self._lines)

    # --- when it is drawn -------------------------------------------------------------------------

    def show(self, view: V) -> None:
        """Show `view`; nothing happens when it equals the one shown."""
        if view is self.view or view == self.view:
            return
        self.view = view
        self.redraw()

    def redraw(self) -> None:
        """Draw the lines anew and mark those that differ. Cheap when none does."""
        width, height = self.size
        if not (self._shown and self.is_mounted and width and height):
            return
        self._put(self.draw(width, height))

    def _put(self, lines: tuple[Line, ...]) -> None:
        old, self._lines = self._lines, lines
        if len(old) != len(lines) or not self._strips:
            self._repaint_all()
            return
        dirty: list[Region] = []
        for y, (before, after) in enumerate(zip(old, lines, strict=True)):
            if before is after or before == after:
                continue
            self._strips[y] = None
            dirty.append(Region(0, y, first_difference_from_right(before, after), 1))
        if dirty:
            self.dirtied += len(dirty)
            self.refresh(*dirty)

    def _repaint_all(self) -> None:
        self._strips = [None] * len(self._lines)
        self.dirtied += len(self._lines)
        self.refresh()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)
        self.watch(self, "has_focus", self.redraw, init=False)
        self.redraw()

    def _theme_changed(self, _theme: Theme) -> None:
        self.redraw()
        self._repaint_all()

    def on_resize(self) -> None:
        self._strips = []
        self.redraw()

    def on_show(self) -> None:
        self._shown = True
        self.redraw()

    def on_hide(self) -> None:
        self._shown = False

    # --- how it is painted ------------------------------------------------------------------------

    def render(self) -> RenderResult:
        return ""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self._lines) or y >= len(self._strips):
            return Strip.blank(width, self.look.style(0))  # type: ignore[arg-type]
        strip = self._strips[y]
        if strip is None:
            strip = self._strips[y] = self._strip(y, self._lines[y])
        return strip

    def _strip(self, y: int, line: Line) -> Strip:
        style = self.look.style
        ground = line.ground
        segments = [
            Segment(text, style(role, ground if own is None else own))
            for text, role, own in line.spans
            if text
        ]
        strip = Strip(segments).adjust_cell_length(
            self.size.width, style(0, line.ground)  # type: ignore[arg-type]
        )
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            start, end = span
            strip = self._selected(strip, start, strip.cell_length if end == -1 else end)
        return strip

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        end = min(end, strip.cell_length)
        if start >= end:
            return strip
        parts = (strip.crop(0, start), strip.crop(start, end), strip.crop(end))
        return Strip.join([parts[0], parts[1].apply_style(self.look.selection), parts[2]])

    # --- selecting text ---------------------------------------------------------------------------

    def offset_at(self, x: int, y: int) -> Offset:
        """Which character of which line is at a cell of the pane."""
        if not 0 <= y < len(self._lines):
            return Offset(max(0, x), max(0, y))
        return Offset(index_at(self._lines[y].text, x), y)

    def selection_updated(self, selection: Selection | None) -> None:
        self._repaint_all()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text under the mouse selection, without the frame of the pane."""
        text = selection.extract("\n".join(self.text_lines))
        return unframed(text), "\n"


class LineScreen(Screen[ScreenResultType]):
    """A screen on which the text of line panes can be selected with the mouse.

    Textual looks for the place in the text in the styles of what is painted, which would make every
    strip four times as dear; a line pane knows it anyway.
    """

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        widget, offset = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, LinePane):
            region = widget.content_region
            return widget, widget.offset_at(x - region.x, y - region.y)
        return widget, offset


def index_at(text: str, cell: int) -> int:
    """The character of `text` that covers a cell."""
    if text.isascii():
        return min(max(0, cell), len(text))
    at = 0
    for index, char in enumerate(text):
        at += cell_len(char)
        if cell < at:
            return index
    return len(text)


def unframed(text: str) -> str:
    """Text of a pane without the edges around it."""
    kept = []
    for row in text.split("\n"):
        bare = row.strip()
        if bare[:1] in _CORNERS and bare[-1:] in _CORNERS:
            bare = _RULES.sub("  ", bare[1:-1]).strip()
            if bare:
                kept.append(bare)
        else:
            kept.append(bare.strip(_EDGES).strip())
    return "\n".join(kept)
