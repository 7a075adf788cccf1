"""Clients with lines of their own, which reach one server directly and ask for their own credit.

One sends a basket and takes what was done for it later, one sends the same list in a loop until its
credit is used up, one tests with orders that nobody accepts. Which server each of them reaches is
drawn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from controlroom.sim import people
from controlroom.sim.arrays import Ints, Mask, zeros
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.randomness import Stream, draws
from controlroom.sim.start import PRICE_UNIT, Client

if TYPE_CHECKING:
    from controlroom.sim.riddle import Riddle
    from controlroom.sim.world import World

_MINUTE: Final = 60


def hear(world: World, riddle: Riddle) -> None:
    """Orders of this second that come over clients' own lines, which lead where it was drawn."""
    for at, client in enumerate(world.scenario.clients):
        home = riddle.drawn.homes[at]
        if client.begins <= world.now < client.ends and home in world.fleet.taking():
            _hear(world, riddle, at, client)


def _hear(world: World, riddle: Riddle, at: int, client: Client) -> None:
    """What a client sends in a second: the same side in a stock all day long."""
    home, slot = riddle.drawn.homes[at], _sent(world, at, client)
    if not len(slot):
        return
    if client.refused:
        world.fleet.rejects[home] += len(slot)
        for one in slot.tolist():
            people.send_reject(world, home, one, client.shares, "unknown order type")
        return
    honoured = np.ones(len(slot), bool)
    if client.credit:
        passes, honoured = _ask_for_credit(world, riddle, at, client, slot)
        riddle.settings.refused[home] += int((~passes).sum())
        world.fleet.rejects[home] += int((~passes).sum())
        slot, honoured = slot[passes], honoured[passes]
    count = len(slot)
    world.fleet.received[home] += count
    numbers = np.arange(world.upstream.next_number, world.upstream.next_number + count)
    world.upstream.next_number += count
    orders = np.stack((numbers, slot, np.full(count, client.shares), np.full(count, home)))
    if client.allocates is not None:
        riddle.strays.add(orders, wanted=orders[2], keeps=True)
        return
    world.upstream.arrived += int(honoured.sum())
    paid = orders[:, honoured]
    world.parents.add(paid[0], paid[1], paid[2], paid[3], 0)
    nobodys = orders[:, ~honoured]
    riddle.strays.add(nobodys, wanted=zeros(nobodys.shape[1]))


def _sent(world: World, at: int, client: Client) -> Ints:
    """Slots of the orders that a client sends in this second, in the more liquid half."""
    stocks, second = world.law.stocks, world.now // STEPS_PER_SECOND
    within = second % _MINUTE
    count = client.rate * (within + 1) // _MINUTE - client.rate * within // _MINUTE
    # Who trades a basket stays out of what hardly trades.
    liquid = np.argsort(-world.law.adv, kind="stable")[: max(stocks // 2, 1)]
    which = liquid[draws(world.seed, Stream.CLIENT, second * 16 + at, count, len(liquid))]
    slot: Ints = which + _sides(world.seed, at, stocks)[which] * stocks
    return slot


@lru_cache(maxsize=64)
def _sides(seed: int, client: int, stocks: int) -> Ints:
    """On which side a client is in each stock: 0 buys, 1 sells."""
    return draws(seed, Stream.SIDE, client, stocks, 2)


def _ask_for_credit(
    world: World, riddle: Riddle, at: int, client: Client, slot: Ints
) -> tuple[Mask, Mask]:
    """Which orders pass by the limit that the server has loaded, and for which the client pays."""
    settings = riddle.settings
    limit = client.credit * settings.scale[riddle.drawn.homes[at]]
    opens = world.law.opens[slot % world.law.stocks]
    passes, honoured = np.zeros(len(slot), bool), np.zeros(len(slot), bool)
    for place, price in enumerate(opens.tolist()):
        used = settings.used[at] + client.shares * price // PRICE_UNIT
        if used <= limit:
            settings.used[at] = used
            passes[place], honoured[place] = True, used <= client.credit
    return passes, honoured
