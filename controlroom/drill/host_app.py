"""The app of the facilitator's terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from controlroom.drill.drill_app import DrillApp
from controlroom.drill.facilitator_screen import FacilitatorScreen
from controlroom.tui.messages import Leave, RunEnded

if TYPE_CHECKING:
    from textual.screen import Screen

    from controlroom.drill.host import Host
    from controlroom.tui.settings import Settings


class HostApp(DrillApp):
    """What runs in the facilitator's terminal while the drill is hosted."""

    def __init__(self, host: Host, places: str, settings: Settings | None = None) -> None:
        """Prepare the app.

        Args:
            host: of the drill; it goes on as long as this app.
            places: how people come in, in one line.
            settings: in place of those that are kept.
        """
        super().__init__(host, settings)
        self._places = places
        self._sure = False
        self._over_in: object = None

    def on_mount(self) -> None:
        self.push_screen(self.first())

    def first(self) -> Screen[None]:
        """The screen to begin with."""
        return FacilitatorScreen(self.host, self._places, **self.clockwork())

    async def action_quit(self) -> None:
        """Leave; the first time it is said what that means."""
        if self._sure or self.host.run.ended:
            self.exit()
            return
        self._sure = True
        self.notify(
            "That ends the drill for everybody; it can be gone on with. ctrl+q again leaves.",
            severity="warning",
            markup=False,
        )
        self.set_timer(5, self._forget)

    def _forget(self) -> None:
        self._sure = False

    @on(Leave)
    async def _leave(self) -> None:
        await self.action_quit()

    @on(RunEnded)
    def _over(self, event: RunEnded) -> None:
        """Every screen of the run says so; it is passed on once."""
        if self._over_in is not self.host.run:
            self._over_in = self.host.run
            self.notify(f"The drill is over: {event.reason}.", timeout=60, markup=False)
