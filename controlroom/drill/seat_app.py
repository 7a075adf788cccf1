"""What a person sees who sits in a seat of a drill: one room, its help, and a way out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from textual import on

from controlroom.drill.drill_app import DrillApp
from controlroom.drill.far_terminal import FarDriver
from controlroom.drill.seat_screen import SeatScreen
from controlroom.tui.messages import Leave, RunEnded
from controlroom.tui.settings import Settings
from controlroom.tui.themes import default_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.driver import Driver
    from textual.events import Load

    from controlroom.drill.far_terminal import Wire
    from controlroom.drill.host import Host

_TAKEN_FROM: Final = ("TERM", "COLORTERM")
"""What the other end may say about itself; nothing else of its environment is looked at."""


class SeatApp(DrillApp):
    """One person's screen of a drill."""

    def __init__(
        self, host: Host, seat: str, wire: Wire, environment: Mapping[str, str] | None = None
    ) -> None:
        """Prepare the app; it sits down when it runs.

        Args:
            host: of the drill.
            seat: that is taken.
            wire: to the terminal.
            environment: what that terminal says about itself.
        """
        self.wire = wire
        self.terminal: FarDriver | None = None
        self._environment = {
            name: value for name, value in (environment or {}).items() if name in _TAKEN_FROM
        }
        self.seat = seat
        super().__init__(host, Settings(plain=self._environment.get("TERM") == "linux"))

    def _dress(self) -> None:
        """Colours as the other end has them, not as this process's own terminal has."""
        there = {"TERM": "xterm-256color", **self._environment}
        self.console = Console(
            file=self.console.file,
            force_terminal=True,
            markup=True,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            safe_box=False,
            soft_wrap=False,
            _environ=there,
        )
        self.settings = self.settings._replace(theme=default_theme(self.console.color_system))
        super()._dress()

    def get_driver_class(self) -> type[Driver]:
        return FarDriver

    def on_load(self, event: Load) -> None:  # type: ignore[override]
        """The system speaks to the host, not to one screen."""

    def on_mount(self) -> None:
        self.push_screen(SeatScreen(self.host.sit(self.seat), self.seat))

    @on(Leave)
    def _leave(self) -> None:
        self.exit()

    @on(RunEnded)
    def _over(self, event: RunEnded) -> None:
        self.notify(f"The drill is over: {event.reason}. ctrl+q leaves.", timeout=60, markup=False)


async def show_seat(app: SeatApp, columns: int, rows: int) -> Any:
    """Run a person's app until it is left or its connection is gone.

    Apps redirect this process's standard streams and put back what they found; when they end in
    another order than they began, that is a stream of one that is gone.
    """
    try:
        return await app.run_async(size=(columns, rows))
    finally:
        sys.stdin, sys.stdout, sys.stderr = app.host.streams
        app.host.stand_up(app.seat)
