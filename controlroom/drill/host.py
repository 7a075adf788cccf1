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
from controlroom.sim.start import LONGEST_PROBE
from controlroom.tui.pacing import Pacing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from controlroom.runs.fold import Progress
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
        began: step at which time has not begun to pass yet.
        failed: why the journal could not be written, or empty; the clock stands still then.
        left: journals of the runs that were gone back from, in order.
        new_from: place in the log from which on screens have not heard of a run that was begun by
            going back.
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
        drill = run.world.drill
        self.began = run.now if drill is None else drill.began + 1
        self.failed = ""
        self.left: list[Path] = []
        self.new_from = 0
        self._taken: set[str] = set()
        self._wall = clock
        self._asked: tuple[str, int] = ("", 0)
        self.streams = sys.stdin, sys.stdout, sys.stderr

    def beat(self) -> None:
        """Take the steps that are due, and end a probe that has taken as long as it may."""
        from controlroom.runs.errors import RunError

        steps = self.pacing.due(MOST_STEPS)
        if self.run.ended or self.failed:
            return
        try:
            if self.probe_left == 0:
                self.run.give("enough", FACILITATOR)
            if steps:
                self.run.advance(steps)
        except RunError as error:
            self.failed = str(error)
            self.pacing.pause()

    async def keep_time(self) -> None:
        """Let time pass; a run that is over may still be gone back in."""
        while True:
            self.beat()
            await asyncio.sleep(1 / BEATS)

    @property
    def probe_left(self) -> int:
        """Seconds on the wall that the probe may still take, or -1 while none is being asked.

        A host that was killed meanwhile begins to count anew: what is asked again may be thought
        about again.
        """
        world = self.run.world
        probe = world.drill.probe if world.drill is not None else ""
        if not probe:
            self._asked = "", 0
            return -1
        if self._asked[0] != probe:
            self._asked = probe, self._wall()
        plan = world.scenario.plan
        holds = [one.hold for one in (plan.probes if plan else ()) if one.id == probe]
        hold = min([LONGEST_PROBE, *holds])
        return max(hold - (self._wall() - self._asked[1]) // 1_000_000_000, 0)

    async def go_back(self, step: int, progress: Progress | None = None) -> None:
        """Go on from an earlier moment of the run, in a new one whose time stands still.

        The run until now and its journal stay as they are. Whoever has a screen keeps the seat.

        Args:
            step: to go back to.
            progress: told, from another thread, how far the way there is.

        Raises:
            RunError: when that cannot be done, with the reason; everything is as it was then.
        """
        from controlroom.drill.earlier import begin_at
        from controlroom.runs.errors import RunError

        before, paused = self.run, self.pacing.paused
        self.pacing.pause()
        try:
            run, new_from = await asyncio.to_thread(begin_at, before, step, progress)
        finally:
            self.pacing.pause(paused)
        self.run, self.new_from, self.failed = run, new_from, ""
        if before.journal is not None:
            self.left.append(before.journal)
        with suppress(RunError):
            before.close()  # without the digest of its last step it is as good
        self._taken.clear()
        for seat, screens in self.present.items():
            if screens:
                self._take(seat)

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
        self._run = host.run
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
        if self._run is not self.host.run:
            self._run, self._seen = self.host.run, self.host.new_from
        log, seat = world.log.items, seat_of(world, self._seat)
        news, self._seen = log[self._seen :], len(log)
        return tuple(event for event in news if seat is not None and hears(world, seat, event))

    def advance_to_next(self, most: int) -> tuple[Event, ...]:
        """The same: nobody runs ahead in a drill."""
        return self.advance(most)
