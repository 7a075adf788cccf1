"""Somebody who watches a recording: the replay's screen in an app of its own, frames on demand."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from textual import on

from controlroom.tui.messages import DebriefWanted, HelpWanted, ReplayLeft, TakeOverWanted
from controlroom.tui.screens.replay import ReplayScreen
from tests.tui.conftest import WIDE
from tests.tui.fake_run import HandClock
from tests.tui.visitor import OneRoom, Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.message import Message


class ReplayApp(OneRoom[ReplayScreen]):
    """Nothing but the replay."""

    @on(DebriefWanted)
    @on(HelpWanted)
    @on(ReplayLeft)
    @on(TakeOverWanted)
    def _note(self, message: Message) -> None:
        self.told.append(message)


class Watcher(Visitor[ReplayScreen]):
    """Somebody who watches what was recorded."""

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
