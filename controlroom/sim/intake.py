"""How orders get onto a server where not all is as it should be: dealing, queues, credit, lots.

Between the order system and a server stand a load balancer, which deals only to servers that
answer its check in time; the server's own queue, since it takes in so many orders a second and no
more; and its order checks, which ask for the client's credit and for round lots. An order whose
acknowledgement takes too long is sent again by the order system, and then both are executed: one
for the client, one for nobody. Clients with lines of their own reach one server directly.

Only a scenario that leaves the fault to the seed has an intake. Invented; all figures are choices.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim import people
from controlroom.sim.arrays import Ints, Mask
from controlroom.sim.clock import STEPS_PER_SECOND, Phase, seconds
from controlroom.sim.pegs import ENDLESS
from controlroom.sim.randomness import Stream, draws
from controlroom.sim.settings import TIMEOUT, Settings
from controlroom.sim.start import PRICE_UNIT, Client, Drawn
from controlroom.sim.state import GIVEN

if TYPE_CHECKING:
    from controlroom.sim.strays import Strays
    from controlroom.sim.world import World

CAPACITY: Final = 30
"""Orders that a server takes in within a second."""

RESENT: Final = seconds(20)
"""Steps without an acknowledgement after which the order system sends an order again."""

LEAVES: Final = seconds(120)
"""Steps after which a client whose order is not acknowledged goes elsewhere."""

MOST_QUEUED: Final = 3_000
"""Orders that wait before a server at most; what comes beyond them is refused."""

DROPS: Final = seconds(75)
"""Steps between two health checks that a busy server misses, where the time-out is too short."""

LOTS: Final = 10
"""Round lots of the pilot's stocks were this much larger until yesterday."""

BLIND: Final = 4
"""Lots a second of an order whose check sees nothing filled: it asks again every quarter second."""

_SAYS: Final = seconds(30)
_COLUMNS: Final = 6
_MINUTE: Final = 60
_NONE: Final = np.zeros(0, np.int64)


@attrs.define
class Intake:
    """Orders that wait before a server.

    Attributes:
        rows: one column an order, oldest first: arrived, slot, shares, server, whether it is a
            copy, whether a copy of it was sent.
        room: orders that each server still takes in this second.
        pilot: which stocks have new round lots today.
    """

    rows: Ints
    room: list[int]
    pilot: Mask = attrs.field(eq=False, metadata=GIVEN)

    @classmethod
    def empty(cls, servers: int, pilot: Mask) -> Intake:
        """Nobody waits."""
        return cls(np.zeros((_COLUMNS, 0), np.int64), [CAPACITY] * servers, pilot)

    def waiting(self, server: int) -> int:
        """Orders that wait before a server."""
        return int(np.count_nonzero(self.rows[3] == server))

    def leave(self, server: int) -> tuple[Ints, Ints]:
        """What waits before a server that stops: slots and shares of clients' orders.

        Copies are gone: who sent them has the order itself again.
        """
        mine = self.rows[3] == server
        clients = mine & (self.rows[4] == 0)
        left = self.rows[1, clients], self.rows[2, clients]
        self.rows = np.compress(~mine, self.rows, axis=1)
        return left


def dealt_to(world: World) -> tuple[int, ...]:
    """Servers to which orders are dealt: they run, and the load balancer's table has them."""
    taking, settings = world.fleet.taking(), world.settings
    if settings is None or all(settings.dealt):
        return taking
    return tuple(at for at in taking if settings.dealt[at])


def turn(world: World, intake: Intake) -> None:
    """A new second: health checks, then every server takes in what has waited longest."""
    settings = world.settings
    if settings is None:
        return
    _check_health(world, settings)
    intake.room = [CAPACITY] * len(intake.room)
    if intake.rows.shape[1]:
        _lose_patience(world, intake)
        _take_what_waits(world, intake)
    _say_what_was_refused(world, settings)


def _check_health(world: World, settings: Settings) -> None:
    """With a time-out that is too short, the busiest server misses its check now and then."""
    if settings.timeout >= TIMEOUT or world.scenario.day.phase(world.now) is not Phase.OPEN:
        return
    if settings.dropped < 0:
        settings.dropped = world.now
    if world.now - settings.dropped < DROPS:
        return
    there = [at for at in world.fleet.taking() if settings.dealt[at]]
    if len(there) < 2:
        return
    rate = world.fleet.recent(world.seconds_closed)[-1]
    busiest = max(there, key=lambda at: (int(rate[at]), -at))
    settings.dealt = [have and at != busiest for at, have in enumerate(settings.dealt)]
    settings.dropped = world.now
    said = f"load balancer: no answer within {settings.timeout} ms, out of its table"
    world.fleet.write(busiest, world.now, said)


def take_in(world: World, intake: Intake, orders: Ints) -> None:
    """Orders that were dealt: checked for round lots, then taken in or queued.

    Args:
        world: in which it happens.
        intake: of the world.
        orders: rows of number, slot, shares and server.
    """
    orders[3] = _refused_for_lots(world, orders)
    world.fleet.received += np.bincount(orders[3], minlength=len(intake.room))
    if not intake.rows.shape[1]:
        counts = np.bincount(orders[3], minlength=len(intake.room)).tolist()
        if all(count <= room for count, room in zip(counts, intake.room, strict=True)):
            intake.room = [room - count for count, room in zip(counts, intake.room, strict=True)]
            world.parents.add(orders[0], orders[1], orders[2], orders[3], 0)
            return
    _queue(world, intake, orders[1], orders[2], orders[3], copy=0)
    _take_what_waits(world, intake)


def _queue(
    world: World, intake: Intake, slot: Ints, shares: Ints, server: Ints, *, copy: int
) -> None:
    """Let orders wait before their servers; where too many wait they are refused."""
    waiting = np.bincount(intake.rows[3], minlength=len(intake.room))
    order = np.argsort(server, kind="stable")
    ranks = np.empty(len(server), np.int64)
    first = np.searchsorted(server[order], server[order], side="left")
    ranks[order] = np.arange(len(server)) - first
    fits = waiting[server] + ranks < MOST_QUEUED
    if not copy:
        world.upstream.lose(shares[~fits])
    new = np.zeros((_COLUMNS, int(fits.sum())), np.int64)
    new[0], new[1], new[2], new[3], new[4] = (
        world.now,
        slot[fits],
        shares[fits],
        server[fits],
        copy,
    )
    intake.rows = np.concatenate((intake.rows, new), axis=1)


def _take_what_waits(world: World, intake: Intake) -> None:
    """Every running server takes in the oldest of what waits before it, as many as it can."""
    working = set(world.fleet.working())
    taken = np.zeros(intake.rows.shape[1], bool)
    for server, room in enumerate(intake.room):
        if room and server in working:
            mine = np.flatnonzero(intake.rows[3] == server)[:room]
            taken[mine] = True
            intake.room[server] -= len(mine)
    if not taken.any():
        return
    _, slot, shares, server, copy, _ = intake.rows[:, taken]
    intake.rows = np.compress(~taken, intake.rows, axis=1)
    first = world.upstream.next_number
    world.upstream.next_number += len(slot)
    numbers = np.arange(first, first + len(slot))
    clients = copy == 0
    world.parents.add(numbers[clients], slot[clients], shares[clients], server[clients], 0)
    if world.strays is not None and not clients.all():
        nobodys = np.stack((numbers, slot, shares, server))[:, ~clients]
        world.strays.add(nobodys, wanted=np.zeros(nobodys.shape[1], np.int64))


def _lose_patience(world: World, intake: Intake) -> None:
    """The order system sends again what is not acknowledged; clients go elsewhere in the end."""
    arrived, slot, shares, _, copy, resent = intake.rows
    gone = (copy == 0) & (world.now - arrived >= LEAVES)
    if gone.any():
        # The order itself stays in the queue: nobody there knows that nobody wants it.
        world.upstream.lose(shares[gone])
        copy[gone] = 1
    late = (copy == 0) & (resent == 0) & (world.now - arrived >= RESENT)
    servers = dealt_to(world)
    if late.any() and servers:
        resent[late] = 1
        count = int(late.sum())
        world.upstream.delayed += count
        again = np.resize(np.array(servers, np.int64), count)
        _queue(world, intake, slot[late].copy(), shares[late].copy(), again, copy=1)


# --- round lots ---------------------------------------------------------------------------------


def _wrong_lots(world: World, slot: Ints, server: Ints) -> Mask:
    """Which orders are in a stock of the pilot, on a server with yesterday's reference file."""
    settings, intake = world.settings, world.intake
    stale = [] if settings is None else [settings.stale(at) for at in range(len(settings.counts))]
    if intake is None or not any(stale):
        return np.zeros(len(slot), bool)
    wrong: Mask = np.array(stale)[server] & intake.pilot[slot % world.law.stocks]
    return wrong


def _refused_for_lots(world: World, orders: Ints) -> Ints:
    """Sales of ten times the holding are refused, and dealt to the next server.

    A sale that is read ten times too large is one of shares that the client has not got, and the
    short-sale check turns it away; a purchase passes.
    """
    slot: Ints = orders[1]
    shares: Ints = orders[2]
    server: Ints = orders[3]
    wrong = _wrong_lots(world, slot, server) & (slot >= world.law.stocks)
    if not wrong.any():
        return server
    others = dealt_to(world)
    server = server.copy()
    early = world.scenario.day.phase(world.now) is Phase.PRE_MARKET
    for at in np.flatnonzero(wrong).tolist():
        refuses = int(server[at])
        world.fleet.rejects[refuses] += 1
        if early:
            people.send_reject(world, refuses, int(slot[at]), int(shares[at]), "no locate")
        elif world.settings is not None:
            world.settings.refused[refuses] += 1
        rest = [other for other in others if other != refuses]
        if rest:
            server[at] = rest[at % len(rest)]
    return server


def go_astray(world: World, strays: Strays, done: Ints) -> Ints:
    """Orders that have reached their target and that their server does not take for complete.

    Args:
        world: with the orders before they leave the table.
        strays: to which they go.
        done: places of those that have reached their target.

    Returns:
        Places of those that are worked on, as strays.
    """
    settings, rows = world.settings, world.parents.rows
    if settings is None:
        return _NONE
    if world.scenario.day.phase(world.now) is not Phase.OPEN:
        return _NONE
    number, slot, target, _, server, rlp = (rows[at, done] for at in range(len(rows)))
    check = np.array([settings.blind(at) for at in range(len(settings.counts))])
    blind = check[server] & (rlp > 0)
    large = _wrong_lots(world, slot, server) & (slot < world.law.stocks) & (rlp == 0)
    for which, shown, stops, pace in (
        (blind, target, np.full(len(done), ENDLESS), BLIND),
        (large, target * LOTS, target * LOTS, 1),
    ):
        if which.any():
            orders = np.stack((number, slot, shown, server))[:, which]
            sizes = target[which]
            strays.add(orders, wanted=sizes, filled=sizes, stops=stops[which], pace=pace)
    astray: Ints = done[blind | large]
    return astray


# --- clients with lines of their own ------------------------------------------------------------


def hear_clients(world: World, drawn: Drawn) -> None:
    """Orders of this second that come over clients' own lines, which lead where it was drawn."""
    for at, client in enumerate(world.scenario.clients):
        if client.begins <= world.now < client.ends:
            _hear(world, at, client, drawn.homes[at])


def _hear(world: World, at: int, client: Client, home: int) -> None:
    """What a client sends in a second: the same side in a stock all day long."""
    settings, strays, slot = world.settings, world.strays, _sent(world, at, client)
    if settings is None or strays is None or home not in world.fleet.taking() or not len(slot):
        return
    if client.refused:
        world.fleet.rejects[home] += len(slot)
        for one in slot.tolist():
            people.send_reject(world, home, one, client.shares, "unknown order type")
        return
    honoured = np.ones(len(slot), bool)
    if client.credit:
        passes, honoured = _ask_for_credit(world, settings, at, client, home, slot)
        settings.refused[home] += int((~passes).sum())
        world.fleet.rejects[home] += int((~passes).sum())
        slot, honoured = slot[passes], honoured[passes]
    count = len(slot)
    world.fleet.received[home] += count
    numbers = np.arange(world.upstream.next_number, world.upstream.next_number + count)
    world.upstream.next_number += count
    orders = np.stack((numbers, slot, np.full(count, client.shares), np.full(count, home)))
    if client.allocates is not None:
        strays.add(orders, wanted=orders[2], keeps=True)
        return
    world.upstream.arrived += int(honoured.sum())
    paid = orders[:, honoured]
    world.parents.add(paid[0], paid[1], paid[2], paid[3], 0)
    nobodys = orders[:, ~honoured]
    strays.add(nobodys, wanted=np.zeros(nobodys.shape[1], np.int64))


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
    world: World, settings: Settings, at: int, client: Client, home: int, slot: Ints
) -> tuple[Mask, Mask]:
    """Which orders pass by the limit that the server has loaded, and for which the client pays."""
    limit = client.credit * settings.scale[home]
    opens = world.law.opens[slot % world.law.stocks]
    passes, honoured = np.zeros(len(slot), bool), np.zeros(len(slot), bool)
    for place, price in enumerate(opens.tolist()):
        used = settings.used[at] + client.shares * price // PRICE_UNIT
        if used <= limit:
            settings.used[at] = used
            passes[place], honoured[place] = True, used <= client.credit
    return passes, honoured


def _say_what_was_refused(world: World, settings: Settings) -> None:
    """A line in the log now and then, instead of one for each."""
    if world.now % _SAYS:
        return
    for server, count in enumerate(settings.refused):
        if count:
            why = "no locate" if settings.stale(server) else "credit used up"
            world.fleet.write(server, world.now, f"{count} orders refused in 30 s: {why}")
            settings.refused[server] = 0
