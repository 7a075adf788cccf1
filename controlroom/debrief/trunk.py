"""Snapshots on the way of a run, from which forks start.

A fork that changes a command needs the world as it was before it, and no more. Snapshots are taken
before commands that do something and every few minutes of the storm; between two of them a fork is
folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from controlroom.runs.fold import Watch
from controlroom.runs.journal import Given
from controlroom.runs.simulation import Saved, Simulation
from controlroom.sim.clock import STEPS_PER_MINUTE, seconds
from controlroom.sim.commands import CommandError, Group, parse

MOST: Final = 150
"""Snapshots that are kept; each takes some 200 KB."""

NEAR: Final = seconds(10)
"""Steps for which no second snapshot is worth taking."""

STORM: Final = 80 * STEPS_PER_MINUTE
"""Steps after the open in which every other minute gets one."""

DOING: Final = (Group.ACT, Group.PEOPLE, Group.POSITIONS)
"""Groups of commands that change something beyond what the screen shows."""


@attrs.define
class Trunk:
    """What forks start from.

    Attributes:
        saved: step -> the world before that step's commands, by step.
        leave: (step, text) of commands that were possible only with leave to stop everything.
    """

    saved: dict[int, Saved] = attrs.field(factory=dict)
    leave: set[tuple[int, str]] = attrs.field(factory=set)

    def watch(self, simulation: Simulation, given: Given | None) -> None:
        """Look at a run on its way: keep a snapshot, notice whose leave a command needs."""
        day, now = simulation.scenario.day, simulation.now
        if given is None:
            since = now - day.open_step
            if 0 <= since <= STORM and since % (2 * STEPS_PER_MINUTE) == 0:
                self._keep(simulation)
            return
        try:
            command = parse(given.command, simulation.scenario)
        except CommandError:
            return
        if command.group in DOING:
            self._keep(simulation)
            if _needs_leave(simulation, given.command):
                self.leave.add((now, given.command))

    def before(self, step: int) -> Saved | None:
        """The last snapshot that is not after `step`, or None for the beginning of the day."""
        earlier = [kept for kept in self.saved if kept <= step]
        return self.saved[max(earlier)] if earlier else None

    def _keep(self, simulation: Simulation) -> None:
        last = max(self.saved, default=-NEAR)
        opens = simulation.now == simulation.scenario.day.open_step
        wanted = opens or (simulation.now - last >= NEAR and len(self.saved) < MOST)
        if wanted and not simulation.pending:
            self.saved[simulation.now] = simulation.snapshot()


def _needs_leave(simulation: Simulation, text: str) -> bool:
    """Whether a command is possible now, and would not be without leave to stop everything."""
    world = simulation.world
    command = parse(text, simulation.scenario)
    had = world.team.authority
    if had < 0 or command.obstacle(world) is not None:
        return False
    # Asking changes nothing, so the world is as before when the leave is given back.
    world.team.authority = -1
    try:
        return command.obstacle(world) is not None
    finally:
        world.team.authority = had


def follow(
    simulation: Simulation, commands: Iterable[Given], until: int, watch: Watch | None = None
) -> int:
    """Give commands at their steps, from where the simulation stands to `until` or its end.

    Returns:
        How many could not be given, because the run was over.
    """
    lost = 0
    for given in commands:
        if given.step < simulation.now:
            continue
        if given.step >= until:
            break
        _step(simulation, given.step, watch)
        if watch:
            watch(simulation, given)
        try:
            simulation.submit(given.command, given.seat)
        except CommandError:
            lost += 1
    _step(simulation, until, watch)
    return lost


def _step(simulation: Simulation, until: int, watch: Watch | None) -> None:
    """Go to a step; with somebody who watches, by the minute."""
    while simulation.now < until and not simulation.ended:
        minute = STEPS_PER_MINUTE - simulation.now % STEPS_PER_MINUTE
        left = until - simulation.now
        simulation.step(min(minute, left) if watch else left)
        if watch:
            watch(simulation, None)
