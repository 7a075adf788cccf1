"""What forks start from: snapshots of the run, and what its commands needed.

A fork that changes a command needs the world as it was before it, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from controlroom.runs.fold import Watch
from controlroom.runs.journal import Given
from controlroom.runs.simulation import Saved, Simulation
from controlroom.runs.snapshots import Snapshots
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.commands import CommandError, parse


@attrs.define
class Trunk:
    """What forks start from.

    Attributes:
        snapshots: of the run on its way.
        leave: (step, text) of commands that were possible only with leave to stop everything.
    """

    snapshots: Snapshots = attrs.field(factory=Snapshots)
    leave: set[tuple[int, str]] = attrs.field(factory=set)

    def watch(self, simulation: Simulation, given: Given | None) -> None:
        """Look at a run on its way: keep a snapshot, notice whose leave a command needs."""
        self.snapshots.watch(simulation, given)
        if given is not None and _needs_leave(simulation, given.command):
            self.leave.add((simulation.now, given.command))

    def before(self, step: int) -> Saved | None:
        """The last snapshot that is not after `step`, or None for the beginning of the day."""
        return self.snapshots.before(step)


def _needs_leave(simulation: Simulation, text: str) -> bool:
    """Whether a command is possible now, and would not be without leave to stop everything."""
    world = simulation.world
    try:
        command = parse(text, simulation.scenario)
    except CommandError:
        return False
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
    while simulation.now < until and not simulation.ended and not simulation.still:
        minute = STEPS_PER_MINUTE - simulation.now % STEPS_PER_MINUTE
        left = until - simulation.now
        simulation.step(min(minute, left) if watch else left)
        if watch:
            watch(simulation, None)
