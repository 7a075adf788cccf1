"""The facilitator's terminal: every instrument, and the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding

from controlroom.drill.seat_screen import SeatScreen
from controlroom.sim.events import Tone
from controlroom.sim.seats import FACILITATOR
from controlroom.tui.messages import HelpWanted, Leave, RunEnded
from controlroom.tui.pacing import read_speed
from controlroom.tui.shell import Shell
from controlroom.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from controlroom.drill.host import Host
    from controlroom.tui.settings import Settings


class FacilitatorScreen(SeatScreen):
    """The room of the seat that has the clock."""

    def __init__(self, host: Host, places: str) -> None:
        """Prepare the room.

        Args:
            host: of the drill.
            places: how people come in, in one line.
        """
        super().__init__(host.sit(FACILITATOR), FACILITATOR)
        self._places = places

    def greeting(self) -> str:
        return f"{self._places}; space begins"

    def unmoved(self, *, still: bool) -> str:
        return f"the run is over: {self.run.ended}" if self.run.ended else ""

    def hold(self, *, still: bool) -> None:
        """Begin; later stop time for everybody with a reason, or let it go on."""
        why = self.unmoved(still=still)
        if why:
            self.say(why, Tone.NOTICE)
        elif self._host.pacing.paused:
            self._host.pacing.pause(False)
            self.say("time passes; space stops it for everybody, with a reason")
        elif self.source.view(self.seat).still:
            self.submit("go")
        else:
            prompt = self.query_one(Prompt)
            prompt.focus()
            prompt.put("freeze ", len("freeze "))
            self.say("freeze: why? Everybody reads it")
        self.refresh_picture()

    def action_pause(self) -> None:
        self.hold(still=True)

    def set_speed(self, text: str) -> bool:
        speed = read_speed(text)
        if speed is None:
            return super().set_speed(text)
        self._host.pacing.speed = speed
        self._say_speed()
        return True

    def action_faster(self) -> None:
        self._shift(self._host.pacing.faster())

    def action_slower(self) -> None:
        self._shift(self._host.pacing.slower())

    def _shift(self, moved: bool) -> None:
        if moved:
            self._say_speed()
        else:
            self.say(f"{self.speed} is as far as it goes")


class HostApp(Shell):
    """What runs in the facilitator's terminal while the drill is hosted."""

    TITLE = "Control Room"
    BINDINGS = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("f1", "help", "Help", show=False),
    ]

    def __init__(self, host: Host, places: str, settings: Settings | None = None) -> None:
        """Prepare the app.

        Args:
            host: of the drill; it goes on as long as this app.
            places: how people come in, in one line.
            settings: in place of those that are kept.
        """
        super().__init__(settings)
        self.host = host
        self._places = places
        self._sure = False

    def on_mount(self) -> None:
        self.push_screen(FacilitatorScreen(self.host, self._places))

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
        self.notify(f"The drill is over: {event.reason}.", timeout=60, markup=False)

    @on(HelpWanted)
    def _help_wanted(self, event: HelpWanted) -> None:
        self.action_help(event.topic)

    def action_help(self, topic: str = "") -> None:
        """Help, with `topic` first."""
        from controlroom.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(topic, "", self.host.run.mode))
