"""The host of a drill: the run, its clock, and who sits where.

The clock is one task; screens take no steps. Twenty times a second it turns elapsed time into whole
steps, as a control room does that plays alone, so speed is never part of the world. Whatever
happens to a screen or its connection, the run goes on, and its journal is whole.
"""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from controlroom.sim.seats import FACILITATOR, hears, seat_of
from controlroom.tui.pacing import Pacing

if TYPE_CHECKING:
    from collections.abc import Callable

    from controlroom.runs.run import Run
    from controlroom.sim.commands import Command
    from controlroom.sim.events import Event
    from controlroom.sim.start import Mode, Scenario
    from controlroom.sim.views import View
    from controlroom.sim.world import World

BEATS: Final = 20
"""Looks at the clock in a second."""

MOST_STEPS: Final = 240
"""Steps that are taken at one look; what is due beyond them stays owed."""


class Host:
    """One run and its clock.

    Attributes:
        run: that is played.
        pacing: the clock on the wall as steps.
        present: seat -> how many screens show it.
        began: step at which this host took the run over.
        failed: why the journal could not be written, or empty; the clock stands still then.
        streams: this process's standard streams, which apps redirect while they run.
    """

    def __init__(
        self,
        run: Run,
        *,
        speed: Fraction = Fraction(1),
        paused: bool = False,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """Prepare the host; time passes with `keep_time`, or by `beat`.

        Args:
            run: that is played; nobody else may step it.
            speed: to begin with.
            paused: begin with the clock standing still.
            clock: nanoseconds that never go back.
        """
        self.run = run
        self.pacing = Pacing(clock, speed=speed, paused=paused)
        self.present: dict[str, int] = {}
        self.began = run.now
        self.failed = ""
        self._taken: set[str] = set()
        self.streams = sys.stdin, sys.stdout, sys.stderr

    def beat(self) -> None:
        """Take the steps that are due."""
        from controlroom.runs.errors import RunError

        steps = self.pacing.due(MOST_STEPS)
        if not steps or self.run.ended or self.failed:
            return
        try:
            self.run.advance(steps)
        except RunError as error:
            self.failed = str(error)
            self.pacing.pause()

    async def keep_time(self) -> None:
        """Let time pass until the run is over."""
        while not self.run.ended:
            self.beat()
            await asyncio.sleep(1 / BEATS)

    def sit(self, seat: str) -> SeatSource:
        """What a screen shows that takes this seat; `stand_up` when it is gone."""
        self.present[seat] = self.present.get(seat, 0) + 1
        self._take(seat)
        return SeatSource(self, seat)

    def _take(self, seat: str) -> None:
        """Tell the run that people have a seat now; they keep it when their screens are gone."""
        drill = self.run.world.drill
        if seat == FACILITATOR or seat in self._taken or self.run.ended:
            return
        self._taken.add(seat)
        if drill is not None and not drill.taken.get(seat):
            self.run.give(f"join {seat}", FACILITATOR)

    def stand_up(self, seat: str) -> None:
        """A screen of this seat is gone; the seat is kept for whoever comes back."""
        with suppress(KeyError):
            self.present[seat] -= 1


class SeatSource:
    """A seat's part in a run whose clock is the host's (`controlroom.tui.source`)."""

    def __init__(self, host: Host, seat: str) -> None:
        self.host = host
        self._seat = seat
        self._seen = len(host.run.world.log.items)

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.host.run.scenario

    @property
    def mode(self) -> Mode:
        """What the players are allowed."""
        return self.host.run.mode

    @property
    def now(self) -> int:
        """The step that is shown."""
        return self.host.run.now

    @property
    def ended(self) -> str:
        """Why the run is over, or empty."""
        return self.host.run.ended

    @property
    def world(self) -> World:
        """Asked by a command whether it is dangerous just now; never shown."""
        return self.host.run.world

    def view(self, seat: str) -> View:
        """What the instruments of the seat show."""
        return self.host.run.view(seat)

    def give(self, command: Command | str, seat: str) -> str:
        """Give a command; see `Run.give`."""
        return self.host.run.give(command, seat)

    def advance(self, steps: int) -> tuple[Event, ...]:
        """What has happened since the last call, as far as this seat is told of it."""
        world = self.host.run.world
        log, seat = world.log.items, seat_of(world, self._seat)
        news, self._seen = log[self._seen :], len(log)
        return tuple(event for event in news if seat is not None and hears(world, seat, event))

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        """The same: nobody runs ahead in a drill."""
        return self.advance(most)
