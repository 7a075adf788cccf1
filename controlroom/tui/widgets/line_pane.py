"""A pane that is drawn line by line, and repaints only the lines that have changed.

Of the ways to show live figures in Textual this one costs least: a strip is made once for each
different line and kept, and a new view marks only the cells that differ. No layout, ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import ANSIToTruecolor
from textual.geometry import Offset, Region
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import Widget

from controlroom.tui.differences import differences
from controlroom.tui.line_strip import LineStrip, joined
from controlroom.tui.lines import Line, blank
from controlroom.tui.look import Glyphs, Look, Role
from controlroom.tui.themes import look_of
from controlroom.tui.tight import tighten

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.selection import Selection
    from textual.theme import Theme

V = TypeVar("V")

_EDGES = "│┃|"
_CORNERS = frozenset("╭╮╰╯┏┓┗┛+#")
_RULES = re.compile(r"[╴╶╸╺]|[─━]+|[-=]{2,}")


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
        self._width = 0
        self._shown = True
        self._selecting = False
        self._look: Look | None = None

    # --- what a pane says -------------------------------------------------------------------------

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        """The pane as lines; a subclass says how."""
        return tuple(blank(width) for _ in range(height))

    @property
    def look(self) -> Look:
        """Colours and signs of the theme in use."""
        if self._look is None:
            plain = getattr(self.app, "plain_signs", False)
            self._look = look_of(self.app.current_theme, plain=plain)
        return self._look

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
        self._width = width
        if not (self._shown and self.is_mounted and width and height):
            return
        self._put(self.draw(width, height))

    def _put(self, lines: tuple[Line, ...]) -> None:
        old, self._lines = self._lines, lines
        if len(old) != len(lines) or not self._strips:
            self._repaint_all()
            return
        dirty: list[Region] = []
        width = self._width
        for y, (before, after) in enumerate(zip(old, lines, strict=True)):
            if before is after or before == after:
                continue
            self._strips[y] = None
            dirty += [Region(x, y, end - x, 1) for x, end in differences(before, after, width)]
            self.dirtied += 1
        if dirty:
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
        self._look = None
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

    def render_lines(self, crop: Region) -> list[Strip]:
        # Past Textual's cache of styled lines: there is no border, padding or opacity to put on.
        made, (start, end) = self._strips, crop.column_span
        strips = [
            made[y] or self.render_line(y) if y < len(made) else self.render_line(y)
            for y in crop.line_range
        ]
        if start or end != self._width:
            strips = [strip.crop(start, end) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        if y >= len(self._strips):
            return Strip.blank(self._width, self.look.style(Role.TEXT))
        strip = self._strips[y]
        if strip is None:
            strip = self._strips[y] = self._strip(y, self._lines[y])
        return strip

    def _strip(self, y: int, line: Line) -> Strip:
        style = self.look.style
        ground = line.ground
        width = self._width
        if self.glyphs.ascii:
            line = in_ascii(line, self.glyphs)
        segments = [
            Segment(text, style(role, ground if own is None else own))
            for text, role, own in line.spans
            if text
        ]
        strip: Strip = LineStrip(joined(segments), width)
        for line_filter in self.get_line_filters():
            # Our colours are true ones unless the palette is native, and then this filter is off.
            if not isinstance(line_filter, ANSIToTruecolor):
                strip = strip.apply_filter(line_filter, self.background_colors[1])
        selection = self.screen.selections.get(self) if self._selecting else None
        if selection is not None and (span := selection.get_span(y)) is not None:
            start, end = span
            strip = self._selected(strip, start, width if end == -1 else end)
        return strip

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        start, end = (cell_at(strip.text, place) for place in (start, end))
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
        self._selecting = selection is not None
        self._repaint_all()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text under the mouse selection, without the frame of the pane."""
        text = selection.extract("\n".join(self.text_lines))
        return unframed(text), "\n"


class LineScreen(Screen[ScreenResultType]):
    """A screen on which the text of line panes can be selected with the mouse.

    Textual looks for the place in the text in the styles of what is painted, which would make every
    strip four times as dear; a line pane knows it anyway. And of a line only what has changed is
    sent.
    """

    def __init__(self) -> None:
        super().__init__()
        tighten(self)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        widget, offset = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, LinePane):
            region = widget.content_region
            return widget, widget.offset_at(x - region.x, y - region.y)
        return widget, offset


def in_ascii(line: Line, glyphs: Glyphs) -> Line:
    """A line with the plain sign where text was cut off, whoever cut it."""
    spans = (span._replace(text=span.text.replace("…", glyphs.ellipsis)) for span in line.spans)
    return line._replace(spans=tuple(spans))


def cell_at(text: str, index: int) -> int:
    """The first cell of a character of `text`."""
    return index if text.isascii() else cell_len(text[:index])


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
