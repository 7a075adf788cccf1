"""One screen in an app of its own, and somebody in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual.app import App

from controlroom.tui.screens.room import RoomScreen
from controlroom.tui.themes import THEMES

if TYPE_CHECKING:
    from textual.message import Message
    from textual.pilot import Pilot

    from tests.tui.fake_run import HandClock

R = TypeVar("R", bound=RoomScreen)


class OneRoom(App[None], Generic[R]):
    """An app with nothing but this room; it remembers what the screen told it."""

    CSS = "Screen { background: $background; }"

    def __init__(self, room: R, *, theme: str = "control-room", plain: bool = False) -> None:
        super().__init__()
        for item in THEMES:
            self.register_theme(item)
        self.theme = theme
        self.plain_signs = plain
        self.told: list[Message] = []
        self.room = room

    def on_mount(self) -> None:
        self.push_screen(self.room)


class Visitor(Generic[R]):
    """Presses keys, lets time pass, reads panes."""

    def __init__(self, app: OneRoom[R], pilot: Pilot[None], clock: HandClock) -> None:
        self.app, self.pilot, self.clock = app, pilot, clock
        self.room = app.room

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(":", *("space" if char == " " else char for char in text), "enter")

    async def wait(self, seconds: float, frames: int = 1) -> None:
        """Let time pass in equal frames."""
        for _ in range(frames):
            self.clock.pass_(seconds / frames)
            self.room.frame()
            await self.pilot.pause()

    def text(self, pane: str) -> str:
        """What a pane shows, by its id."""
        shown: Any = self.room.query_one(f"#{pane}")
        return "\n".join(shown.text_lines)

    @property
    def status(self) -> str:
        return self.text("status")
