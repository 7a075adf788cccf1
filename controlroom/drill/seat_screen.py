"""The room as one seat of a drill has it: its own instruments, and a clock that is the host's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from controlroom.sim.commands import Completion, commands_of
from controlroom.sim.events import Event, Tone
from controlroom.sim.seats import seat_of
from controlroom.tui import words
from controlroom.tui.pacing import speed_text
from controlroom.tui.screens.control_room import ControlRoomScreen

if TYPE_CHECKING:
    from controlroom.drill.host import SeatSource

_NOT_YOURS = "the clock of a drill is the facilitator's"


class SeatScreen(ControlRoomScreen):
    """A room that lets no time pass by itself."""

    def __init__(self, source: SeatSource, seat: str, **choices: Any) -> None:
        """Prepare the room.

        Args:
            source: the seat's part in the run.
            seat: its id.
            choices: as for `ControlRoomScreen`.
        """
        super().__init__(source, seat=seat, **choices)
        self._host = source.host
        self._known = source.now

    def completions(self, text: str) -> tuple[Completion, ...]:
        """What this seat may do, the other desk's that it has as well among it."""
        seat = seat_of(self._host.run.world, self.seat)
        offered = commands_of(seat) if seat else ()
        return words.completions(text, self.run.scenario, offered)

    @property
    def held(self) -> str:
        return "PAUSED" if self._host.pacing.paused else ""

    @property
    def speed(self) -> str:
        return speed_text(self._host.pacing.speed)

    @property
    def goes_on_covered(self) -> bool:
        """Nobody stops a drill by reading the help."""
        return True

    @property
    def no_fork(self) -> str:
        """A drill is everybody's; what it left behind can be taken over by anybody."""
        return "a drill is played once; its recording can be taken over afterwards"

    def unmoved(self, *, still: bool) -> str:
        return _NOT_YOURS

    def set_speed(self, text: str) -> bool:
        self.say(_NOT_YOURS, Tone.NOTICE)
        return False

    def action_faster(self) -> None:
        self.say(_NOT_YOURS, Tone.NOTICE)

    action_slower = action_next = action_faster

    def found(self, event: Event | None) -> None:
        """The host's clock goes on whatever is here."""
        if event is not None:
            self.say(event.text, event.tone)

    def pass_time(self) -> None:
        for event in self.run.advance(0):
            self._note(event)
        if self.source.now != self._known:
            self._known = self.source.now
            self.waiting = 0
