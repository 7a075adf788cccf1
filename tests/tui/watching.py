"""Somebody who watches a recording: the replay's screen in an app of its own, frames on demand."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App

from controlroom.tui.messages import DebriefWanted, HelpWanted, ReplayLeft, TakeOverWanted
from controlroom.tui.screens.replay import ReplayScreen
from controlroom.tui.themes import THEMES
from tests.tui.conftest import WIDE
from tests.tui.fake_run import HandClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.message import Message
    from textual.pilot import Pilot


class ReplayApp(App[None]):
    """Nothing but the replay; it remembers what the screen told it."""

    CSS = "Screen { background: $background; }"

    def __init__(
        self, room: ReplayScreen, *, theme: str = "control-room", plain: bool = False
    ) -> None:
        super().__init__()
        for item in THEMES:
            self.register_theme(item)
        self.theme = theme
        self.plain_signs = plain
        self.told: list[Message] = []
        self.room = room

    def on_mount(self) -> None:
        self.push_screen(self.room)

    @on(DebriefWanted)
    @on(HelpWanted)
    @on(ReplayLeft)
    @on(TakeOverWanted)
    def _note(self, message: Message) -> None:
        self.told.append(message)


class Watcher:
    """Presses keys, lets time pass, reads panes."""

    def __init__(self, app: ReplayApp, pilot: Pilot[None], clock: HandClock) -> None:
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
        return "\n".join(self.room.query_one(f"#{pane}").text_lines)  # type: ignore[attr-defined]

    @property
    def status(self) -> str:
        return self.text("status")

    @property
    def time(self) -> str:
        """The time that the header shows."""
        return self.text("header")[1:9]


@contextlib.asynccontextmanager
async def watching(
    room: ReplayScreen, clock: HandClock | None = None, size: tuple[int, int] = WIDE, **options: Any
) -> AsyncIterator[Watcher]:
    """Open a replay."""
    app = ReplayApp(room, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Watcher(app, pilot, clock or HandClock())
