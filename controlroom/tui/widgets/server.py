"""A server's pane as a widget: it can be selected, and given the whole room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from controlroom.tui.lines import Line, blank
from controlroom.tui.widgets.line_pane import LinePane
from controlroom.tui.widgets.server_lines import ServerPicture, server_lines

if TYPE_CHECKING:
    from textual import events


class ServerPane(LinePane[ServerPicture], can_focus=True):
    """One server. A click or its digit selects it; the digit again gives it the whole room."""

    @dataclass
    class Picked(Message):
        """A server was picked with the mouse or by moving the focus to it.

        Attributes:
            number: its place in the fleet, from 1.
        """

        number: int

    def __init__(self, number: int) -> None:
        super().__init__(id=f"server-{number}", classes="server")
        self.number = number

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        return server_lines(self.view, width, height, self.glyphs, focused=self.has_focus)

    def on_focus(self) -> None:
        self.post_message(self.Picked(self.number))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self.number))
