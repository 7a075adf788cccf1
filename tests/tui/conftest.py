"""The control room in an app of its own: clocks stand still, frames come when a test asks."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual import on
from textual.drivers.headless_driver import HeadlessDriver

from controlroom.tui.messages import Bell, HelpWanted, Leave, RunEnded
from controlroom.tui.screens.control_room import ControlRoomScreen
from tests.tui.fake_run import FakeRun, HandClock
from tests.tui.visitor import OneRoom, Visitor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from syrupy.assertion import SnapshotAssertion
    from textual.app import App
    from textual.driver import Driver
    from textual.message import Message
    from textual.pilot import Pilot

WIDE, MIDDLE, SMALL = (160, 45), (120, 35), (80, 24)


class CountingDriver(HeadlessDriver):
    """A terminal that takes everything and counts it."""

    written = 0
    reader: ClassVar[Callable[[str], None] | None] = None

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        type(self).written += len(data.encode())
        if type(self).reader is not None:
            type(self).reader(data)  # type: ignore[misc]


class RoomApp(OneRoom[ControlRoomScreen]):
    """Nothing but the control room."""

    def __init__(
        self, run: Any, clock: HandClock, *, theme: str = "control-room", plain: bool = False,
        counting: bool = False, **room: Any,
    ) -> None:  # fmt: skip
        super().__init__(
            ControlRoomScreen(run, clock=clock, ticking=False, **room), theme=theme, plain=plain
        )
        self._counting = counting

    def _build_driver(self, *args: Any, **kwargs: Any) -> Driver:
        if not self._counting:
            return super()._build_driver(*args, **kwargs)
        CountingDriver.written = 0
        self._driver = CountingDriver(self, size=kwargs["size"])
        return self._driver

    @on(Leave)
    @on(HelpWanted)
    @on(RunEnded)
    @on(Bell)
    def _note(self, message: Message) -> None:
        self.told.append(message)


class Player(Visitor[ControlRoomScreen]):
    """Somebody who plays: what they give goes to a run."""

    def __init__(self, app: RoomApp, pilot: Pilot[None], run: FakeRun, clock: HandClock) -> None:
        super().__init__(app, pilot, clock)
        self.run = run

    @property
    def given(self) -> list[str]:
        """The commands that reached the run."""
        return [text for _, text in self.run.given]

    @property
    def focus(self) -> str:
        focused = self.room.focused
        return (focused.id or "") if focused else ""


@contextlib.asynccontextmanager
async def sit_down(
    size: tuple[int, int] = WIDE, run: FakeRun | None = None, **options: Any
) -> AsyncIterator[Player]:
    """Open the control room on a canned run."""
    clock = HandClock()
    run = run or FakeRun()
    app = RoomApp(run, clock, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Player(app, pilot, run, clock)


class SvgExtension(SingleFileSnapshotExtension):
    """One picture a file, so that a browser shows it and git compares it."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with a picture made before; `--snapshot-update` makes it anew."""
    return snapshot.use_extension(SvgExtension)


def svg_of(app: App[Any]) -> str:
    """The screen as a picture that is the same on every machine."""
    drawn = app.export_screenshot(title="Control Room")
    # Textual names the classes of a picture by a hash of all it has ever drawn.
    return re.sub(r"terminal-\d+", "terminal", drawn)
