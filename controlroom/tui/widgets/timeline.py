"""The timeline at the foot of a replay: one looks at it, clicks on it, drags its cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from controlroom.tui.lines import Line, blank
from controlroom.tui.widgets.line_pane import LinePane
from controlroom.tui.widgets.timeline_lines import timeline_lines
from controlroom.tui.widgets.timeline_view import TimelineView, step_at

if TYPE_CHECKING:
    from textual import events


class Timeline(LinePane[TimelineView], can_focus=True):
    """The run from its first to its last step, and where one is."""

    ALLOW_SELECT = False

    BINDINGS = [
        Binding("right", "screen.seconds(1)", "a second on", show=False),
        Binding("left", "screen.seconds(-1)", "a second back", show=False),
        Binding("up,shift+left,pageup", "screen.minute(-1)", "a minute back", show=False),
        Binding("down,shift+right,pagedown", "screen.minute(1)", "a minute on", show=False),
    ]

    @dataclass
    class Sought(Message):
        """A place on the timeline was pointed at.

        Attributes:
            step: that it stands for.
            dragging: whether the button is still down, so that more of these follow.
        """

        step: int
        dragging: bool

    def __init__(self) -> None:
        super().__init__(id="timeline")
        self._dragging = False

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None or height < 3:
            return tuple(blank(width) for _ in range(height))
        return timeline_lines(self.view, width, height, self.glyphs, focused=self.has_focus)

    def _point_at(self, x: int, *, dragging: bool) -> None:
        if self.view is not None:
            step = step_at(self.view, self.size.width, x)
            self.post_message(self.Sought(step, dragging))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        if event.button == 1:
            self._dragging = True
            self.capture_mouse()
            self._point_at(event.x, dragging=True)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            event.stop()
            self._point_at(event.x, dragging=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()
            self._point_at(event.x, dragging=False)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.screen.call_later(self.screen.run_action, "minute(1)")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.screen.call_later(self.screen.run_action, "minute(-1)")
