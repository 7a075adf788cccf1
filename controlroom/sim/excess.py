"""What servers work, and what of it nobody asked for: by Power Peg and by strays alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from controlroom.sim.arrays import Ints, zeros
from controlroom.sim.clock import seconds
from controlroom.sim.parents import Parents
from controlroom.sim.pegs import Pegs
from controlroom.sim.riddle.strays import Strays

if TYPE_CHECKING:
    from controlroom.sim.world import World

_QUIET: Final = seconds(15)


def tables(world: World) -> tuple[Parents | Pegs | Strays, ...]:
    """The orders that are worked, on every path there is."""
    plain = (world.parents, world.pegs)
    return plain if world.riddle is None else (*plain, world.riddle.strays)


def at_work(world: World) -> Ints:
    """Orders that are worked; a server."""
    orders = zeros(len(world.fleet.states))
    for table in tables(world):
        orders += np.bincount(table.server, minlength=len(orders))
    return orders


def beyond(world: World) -> Ints:
    """Shares executed beyond what was asked for, by orders that are worked; a server."""
    pegs, count = world.pegs, len(world.fleet.states)
    shares = zeros(count) if world.riddle is None else world.riddle.strays.beyond(count)
    np.add.at(shares, pegs.server, np.maximum(pegs.filled - pegs.target, 0))
    return shares


def growing(world: World) -> bool:
    """Whether a position grows that nobody wants."""
    if len(world.pegs):
        return True
    riddle = world.riddle
    if riddle is None or riddle.strays.last < 0:
        return False
    return world.now - riddle.strays.last < _QUIET


def taken(world: World) -> int:
    """Executions that looked unwanted until the client took them for whom they were."""
    return world.riddle.strays.taken if world.riddle is not None else 0
