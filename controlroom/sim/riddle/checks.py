"""What a server's checks make of an order: of its round lots, and of when it is done.

With yesterday's reference file an order in a stock of the pilot is read as ten times as large; with
an old count check an order that is filled is sent on and on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from controlroom.sim import people
from controlroom.sim.arrays import Ints, Mask, zeros
from controlroom.sim.clock import Phase
from controlroom.sim.pegs import ENDLESS

if TYPE_CHECKING:
    from controlroom.sim.riddle import Riddle
    from controlroom.sim.world import World

LOTS: Final = 10
"""Round lots of the pilot's stocks were this much larger until yesterday."""

BLIND: Final = 4
"""Lots a second of an order whose check sees nothing filled: it asks again every quarter second."""


def refused_for_lots(world: World, riddle: Riddle, orders: Ints, others: tuple[int, ...]) -> Ints:
    """Sales of ten times the holding are refused, and dealt to the next server.

    A sale that is read ten times too large is one of shares that the client has not got, and the
    short-sale check turns it away; a purchase passes.

    Args:
        world: in which it happens.
        riddle: of the world.
        orders: rows of number, slot, shares and server.
        others: servers to which orders are dealt.

    Returns:
        The servers that take them.
    """
    slot: Ints = orders[1]
    shares: Ints = orders[2]
    server: Ints = orders[3]
    wrong = _wrong_lots(world, riddle, slot, server) & (slot >= world.law.stocks)
    if not wrong.any():
        return server
    server = server.copy()
    early = world.scenario.day.phase(world.now) is Phase.PRE_MARKET
    for at in np.flatnonzero(wrong).tolist():
        refuses = int(server[at])
        world.fleet.rejects[refuses] += 1
        if early:
            people.send_reject(world, refuses, int(slot[at]), int(shares[at]), "no locate")
        else:
            riddle.settings.refused[refuses] += 1
        rest = [other for other in others if other != refuses]
        if rest:
            server[at] = rest[at % len(rest)]
    return server


def _wrong_lots(world: World, riddle: Riddle, slot: Ints, server: Ints) -> Mask:
    """Which orders are in a stock of the pilot, on a server with yesterday's reference file."""
    stale = [riddle.settings.stale(at) for at in range(len(riddle.settings.counts))]
    if not any(stale):
        return np.zeros(len(slot), bool)
    wrong: Mask = np.array(stale)[server] & riddle.pilot[slot % world.law.stocks]
    return wrong


def go_astray(world: World, riddle: Riddle, done: Ints) -> Ints:
    """Orders that have reached their target and that their server does not take for complete.

    Args:
        world: with the orders before they leave the table.
        riddle: of the world, to whose strays they go.
        done: places of those that have reached their target.

    Returns:
        Places of those that are worked on, as strays.
    """
    settings, rows = riddle.settings, world.parents.rows
    if world.scenario.day.phase(world.now) is not Phase.OPEN:
        return zeros(0)
    number, slot, target, _, server, rlp = (rows[at, done] for at in range(len(rows)))
    check = np.array([settings.blind(at) for at in range(len(settings.counts))])
    blind = check[server] & (rlp > 0)
    large = _wrong_lots(world, riddle, slot, server) & (slot < world.law.stocks) & (rlp == 0)
    for which, shown, stops, pace in (
        (blind, target, np.full(len(done), ENDLESS), BLIND),
        (large, target * LOTS, target * LOTS, 1),
    ):
        if which.any():
            orders = np.stack((number, slot, shown, server))[:, which]
            sizes = target[which]
            riddle.strays.add(orders, wanted=sizes, filled=sizes, stops=stops[which], pace=pace)
    astray: Ints = done[blind | large]
    return astray
