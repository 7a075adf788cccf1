"""How orders get onto servers: the bell, clients' orders, who deals them, what refuses them.

A flagged order is offered to a server and, where that refuses it, to the next; the build and its
tables decide what becomes of it. What servers then do with their orders is in `trading`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from controlroom.sim import people, spared
from controlroom.sim.arrays import Ints
from controlroom.sim.clock import Phase
from controlroom.sim.events import Milestone
from controlroom.sim.fleet import build_of, connected_share
from controlroom.sim.law import full_depth
from controlroom.sim.orders import PATIENCE, Batch, deal, ordinary, stays
from controlroom.sim.riddle import clients, intake
from controlroom.sim.riddle.settings import OLD_FLAGS
from controlroom.sim.router import Path, path_of, sees_its_fills
from controlroom.sim.trading import release, settle
from controlroom.sim.week import knows_flag

if TYPE_CHECKING:
    from controlroom.sim.world import World


def ring_bells(world: World) -> None:
    """The open releases the orders that wait for the auction; the close stops the router."""
    day = world.scenario.day
    if world.now == day.open_step:
        world.record(Milestone(world.now, "opening bell", "open"))
        for server, held in world.fleet.held.items():
            world.fleet.held[server] = ()
            for number, slot, shares, flagged in held:
                place(world, server, number, slot, shares, flagged=flagged)
    elif world.now == day.close_step:
        settle(world)
        world.record(Milestone(world.now, "closing bell", "close"))
        for server in range(len(world.fleet.states)):
            release(world, server, "the market is closed")
        _let_lapse(world)


def _let_lapse(world: World) -> None:
    """What no server has taken by the close is a day's order that nobody fills any more."""
    waiting, world.upstream.waiting = world.upstream.waiting, []
    for batch in waiting:
        world.upstream.lose(batch.shares)


def receive_orders(world: World) -> None:
    """Clients' orders of this second arrive and are dealt, wait, or are turned away.

    After the close none is taken: a server that is started in the evening has nothing to work.
    """
    upstream, scenario, riddle = world.upstream, world.scenario, world.riddle
    if world.now >= scenario.day.close_step:
        return
    if riddle is not None:
        intake.turn(world, riddle)
    taking = intake.dealt_to(world)
    flagged = scenario.flow.flagged
    stocks = world.law.stocks
    while upstream.next_flagged < len(flagged) and flagged[upstream.next_flagged].step <= world.now:
        order = flagged[upstream.next_flagged]
        upstream.next_flagged += 1
        slot = np.array([order.stock + (0 if order.side > 0 else stocks)])
        shares = np.array([order.shares])
        _receive(world, taking, slot, shares, flagged=True, auction=order.auction)
    if upstream.waiting:
        _deal_what_waits(world, taking)
    slots, sizes = ordinary(upstream, scenario, world.seed, world.now)
    if len(slots):
        _receive(world, taking, slots, sizes, flagged=False, auction=False)
    if riddle is not None:
        clients.hear(world, riddle)


def _receive(
    world: World,
    taking: tuple[int, ...],
    slot: Ints,
    shares: Ints,
    *,
    flagged: bool,
    auction: bool,
) -> None:
    upstream = world.upstream
    before = upstream.arrived
    upstream.arrived += len(slot)
    if upstream.refusing:
        upstream.lose(shares)
        return
    if upstream.rerouting:
        here = stays(before, len(slot), upstream.rerouting)
        upstream.lose(shares[~here])
        slot, shares = slot[here], shares[here]
    if not len(slot):
        return
    if taking:
        _deal(world, taking, slot, shares, flagged=flagged, auction=auction)
    else:
        upstream.delayed += len(slot)
        batch = Batch(world.now, world.now, slot, shares, flagged, auction)
        upstream.waiting.append(batch)


def _deal_what_waits(world: World, taking: tuple[int, ...]) -> None:
    """Deal the batches that are ready; those that waited too long go elsewhere, oldest first."""
    upstream = world.upstream
    while upstream.waiting and world.now - upstream.waiting[0].arrived >= PATIENCE:
        upstream.lose(upstream.waiting.pop(0).shares)
    if not upstream.waiting or not taking:
        return
    ready = [batch for batch in upstream.waiting if batch.ready <= world.now]
    upstream.waiting = [batch for batch in upstream.waiting if batch.ready > world.now]
    for batch in ready:
        _deal(world, taking, batch.slot, batch.shares, flagged=batch.flagged, auction=batch.auction)


def _deal(
    world: World,
    taking: tuple[int, ...],
    slot: Ints,
    shares: Ints,
    *,
    flagged: bool,
    auction: bool,
) -> None:
    """Deal orders to the servers that take them; there is one at least."""
    upstream, fleet = world.upstream, world.fleet
    count = len(slot)
    servers = deal(upstream, int(flagged), count, taking)
    numbers = np.arange(upstream.next_number, upstream.next_number + count)
    upstream.next_number += count
    if not flagged and world.riddle is not None:
        intake.take_in(world, world.riddle, np.stack((numbers, slot, shares, servers)))
        return
    if not flagged:
        fleet.received += np.bincount(servers, minlength=len(fleet.states))
        world.parents.add(numbers, slot, shares, servers, 0)
        return
    before_open = world.scenario.day.phase(world.now) is Phase.PRE_MARKET
    for number, where, wanted, server in zip(
        numbers.tolist(), slot.tolist(), shares.tolist(), servers.tolist(), strict=True
    ):
        if auction and before_open:
            fleet.received[server] += 1
            held = fleet.held[server]
            fleet.held[server] = (*held, (number, where, wanted, upstream.flag_on))
        else:
            _offer(world, server, number, where, wanted)


def _offer(world: World, server: int, number: int, slot: int, shares: int) -> None:
    """Offer a flagged order to a server, and to the next ones while it is refused."""
    fleet, flagged = world.fleet, world.upstream.flag_on
    taking = intake.dealt_to(world)
    first = taking.index(server)
    for index in taking[first:] + taking[:first]:
        fleet.received[index] += 1
        if path_on(world, index, flagged=flagged) is not Path.REFUSED:
            place(world, index, number, slot, shares, flagged=flagged)
            return
        fleet.rejects[index] += 1
        people.send_reject(world, index, slot, shares, why_refused(world, index))
    place(world, server, number, slot, shares, flagged=False)


def path_on(world: World, server: int, *, flagged: bool) -> Path:
    """The path that a server would give to an order now."""
    build = build_of(world.scenario, world.fleet, server)
    settings = world.riddle.settings if world.riddle is not None else None
    old = settings is not None and settings.flags[server] == OLD_FLAGS
    phase = world.scenario.day.phase(world.now)
    flagged = flagged and knows_flag(world, build)
    path = path_of(build, flagged=flagged, phase=phase, old_table=old)
    if path is Path.RLP and phase is Phase.PRE_MARKET and settings and settings.blind(server):
        return Path.REFUSED
    return path


def why_refused(world: World, server: int) -> str:
    """What the log says of a flagged order that was refused; empty where the mail says it."""
    if world.riddle is None:
        return ""
    settings = world.riddle.settings
    if settings.blind(server):
        return f"count check {settings.counts[server]} knows no session PRE"
    return "handler 6 not in session PRE"


def place(world: World, server: int, number: int, slot: int, shares: int, *, flagged: bool) -> None:
    """Let a server work a parent on the path that its build gives to it."""
    fleet = world.fleet
    build = build_of(world.scenario, fleet, server)
    path = path_on(world, server, flagged=flagged)
    known = flagged and knows_flag(world, build)
    spared.watch(world, server, number, build, flagged=known)
    if path is not Path.POWER_PEG:
        world.parents.add_one(number, slot, shares, server, rlp=path is Path.RLP)
        return
    settle(world)
    if not (world.pegs.slot == slot).any():
        connected = connected_share(world.scenario, fleet)
        world.market.depth[slot] = full_depth(world.law)[slot] * connected // 1000
    world.pegs.add(number, slot, shares, server, counts=sees_its_fills(build, path))
    fleet.pegged[server] += 1
    stock = world.scenario.market.stocks[slot % world.law.stocks].symbol
    side = "BUY" if slot < world.law.stocks else "SELL"
    fleet.write(
        server,
        world.now,
        f"parent P{number:05d} {side} {shares} {stock} flag=Y handler=powerpeg",
    )
