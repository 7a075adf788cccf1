"""A run that gives commands by itself at the steps at which they were given, or are to be.

The screen plays it as it plays any run: how many steps a frame takes is the screen's to say, and
the commands take effect at their very steps all the same. So a film shows the journal's world.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from controlroom.runs.run import Run
from controlroom.runs.simulation import SEAT, Simulation
from controlroom.runs.writer import Writer
from controlroom.sim.commands import CommandError
from controlroom.sim.events import Event


class Due(NamedTuple):
    """A command and its step."""

    step: int
    text: str
    seat: str = SEAT


class FollowedRun(Run):
    """A run with commands that are due."""

    due: deque[Due]
    told: Callable[[Due], object] | None = None
    """Told of each command as it is given."""

    def __init__(self, simulation: Simulation, writer: Writer | None, mended: str = "") -> None:
        """Take over a simulation, without a command yet."""
        super().__init__(simulation, writer, mended)
        self.due = deque()
        self.last: int | None = None
        """The step at which it stands still, as if nobody had ever played further."""

    def follow(self, commands: Iterable[Due]) -> None:
        """Give these commands, in order, from now on; those whose time has passed are left out."""
        self.due = deque(each for each in commands if each.step >= self.simulation.now)

    def advance(self, steps: int) -> tuple[Event, ...]:
        """Take steps, with a stop at each command that is due."""
        happened: list[Event] = []
        last = self._within(self.simulation.now + steps)
        while self.simulation.now < last and not self.ended:
            self._give_due()
            until = min(last, self.due[0].step) if self.due else last
            happened += super().advance(until - self.simulation.now)
            if self.simulation.still and not self._is_due():
                # Nobody has let time go on in a drill.
                break
        return tuple(happened)

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        """Take steps until something needs the player, and no further than the next command."""
        self._give_due()
        until = self._within(self.simulation.now + most)
        if self.due:
            until = min(until, self.due[0].step)
        return super().advance_to_next(until - self.simulation.now)

    def _is_due(self) -> bool:
        return bool(self.due) and self.due[0].step <= self.simulation.now

    def _within(self, step: int) -> int:
        return step if self.last is None else min(step, self.last)

    def _give_due(self) -> None:
        while self._is_due():
            command = self.due.popleft()
            with suppress(CommandError):
                self.give(command.text, command.seat)
            if self.told is not None:
                self.told(command)
