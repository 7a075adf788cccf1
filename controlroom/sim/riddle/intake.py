"""How orders get onto a server where not all is as it should be: dealing, and queues.

Between the order system and a server stand a load balancer, which deals only to servers that
answer its check in time; the server's checks; and its own queue, since it takes in so many orders a
second and no more. An order whose acknowledgement takes too long is sent again by the order system,
and then both are executed: one for the client, one for nobody. Invented; all figures are choices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, row, zeros
from controlroom.sim.clock import Phase, seconds
from controlroom.sim.riddle import checks
from controlroom.sim.riddle.settings import TIMEOUT, Settings

if TYPE_CHECKING:
    from controlroom.sim.riddle import Riddle
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

_SAYS: Final = seconds(30)
_COLUMNS: Final = 6


@attrs.define
class Intake:
    """Orders that wait before a server.

    Attributes:
        rows: one column an order, oldest first: step at which it arrived, slot, shares, server,
            whether it is a copy, whether a copy of it was sent.
        room: orders that each server still takes in this second.
    """

    rows: Ints
    room: list[int]

    @classmethod
    def empty(cls, servers: int) -> Intake:
        """Nobody waits."""
        return cls(zeros(_COLUMNS, 0), [CAPACITY] * servers)

    @property
    def server(self) -> Ints:
        """Place of the server before which it waits."""
        return row(self.rows, 3)

    @property
    def copy(self) -> Ints:
        """1 for an order that was sent again, or that nobody wants any more."""
        return row(self.rows, 4)

    def __len__(self) -> int:
        """How many orders wait."""
        orders: int = self.rows.shape[1]
        return orders

    def waiting(self, server: int) -> int:
        """Orders that wait before a server."""
        return int(np.count_nonzero(self.server == server))

    def leave(self, server: int) -> tuple[Ints, Ints]:
        """What waits before a server that stops: slots and shares of clients' orders.

        Copies are gone: who sent them has the order itself again.
        """
        mine = self.server == server
        clients = mine & (self.copy == 0)
        left = self.rows[1, clients], self.rows[2, clients]
        self.rows = np.compress(~mine, self.rows, axis=1)
        return left


def dealt_to(world: World) -> tuple[int, ...]:
    """Servers to which orders are dealt: they run, and the load balancer's table has them."""
    taking, riddle = world.fleet.taking(), world.riddle
    if riddle is None or all(riddle.settings.dealt):
        return taking
    return tuple(at for at in taking if riddle.settings.dealt[at])


def turn(world: World, riddle: Riddle) -> None:
    """A new second: health checks, then every server takes in what has waited longest."""
    intake = riddle.intake
    _check_health(world, riddle.settings)
    intake.room = [CAPACITY] * len(intake.room)
    if len(intake):
        _lose_patience(world, intake)
        _take_what_waits(world, riddle)
    _say_what_was_refused(world, riddle.settings)


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


def take_in(world: World, riddle: Riddle, orders: Ints) -> None:
    """Orders that were dealt: checked for round lots, then taken in or queued.

    Args:
        world: in which it happens.
        riddle: of the world.
        orders: rows of number, slot, shares and server.
    """
    intake = riddle.intake
    orders[3] = checks.refused_for_lots(world, riddle, orders, dealt_to(world))
    world.fleet.received += np.bincount(orders[3], minlength=len(intake.room))
    if not len(intake):
        counts = np.bincount(orders[3], minlength=len(intake.room)).tolist()
        if all(count <= room for count, room in zip(counts, intake.room, strict=True)):
            intake.room = [room - count for count, room in zip(counts, intake.room, strict=True)]
            world.parents.add(orders[0], orders[1], orders[2], orders[3], 0)
            return
    _queue(world, intake, orders[1:], copy=0)
    _take_what_waits(world, riddle)


def _queue(world: World, intake: Intake, orders: Ints, *, copy: int) -> None:
    """Let orders (rows of slot, shares and server) wait; where too many wait they are refused."""
    server = orders[2]
    waiting = np.bincount(intake.server, minlength=len(intake.room))
    order = np.argsort(server, kind="stable")
    ranks = np.empty(len(server), np.int64)
    first = np.searchsorted(server[order], server[order], side="left")
    ranks[order] = np.arange(len(server)) - first
    fits = waiting[server] + ranks < MOST_QUEUED
    if not copy:
        world.upstream.lose(orders[1, ~fits])
    new = zeros(_COLUMNS, int(fits.sum()))
    new[0], new[1:4], new[4] = world.now, orders[:, fits], copy
    intake.rows = np.concatenate((intake.rows, new), axis=1)


def _take_what_waits(world: World, riddle: Riddle) -> None:
    """Every running server takes in the oldest of what waits before it, as many as it can."""
    intake = riddle.intake
    working = set(world.fleet.working())
    taken = np.zeros(len(intake), bool)
    for server, room in enumerate(intake.room):
        if room and server in working:
            mine = np.flatnonzero(intake.server == server)[:room]
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
    if not clients.all():
        nobodys = np.stack((numbers, slot, shares, server))[:, ~clients]
        riddle.strays.add(nobodys, wanted=zeros(nobodys.shape[1]))


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
        _queue(world, intake, np.stack((slot[late], shares[late], again)), copy=1)


def _say_what_was_refused(world: World, settings: Settings) -> None:
    """A line in the log now and then, instead of one for each."""
    if world.now % _SAYS:
        return
    for server, count in enumerate(settings.refused):
        if count:
            why = "no locate" if settings.stale(server) else "credit used up"
            world.fleet.write(server, world.now, f"{count} orders refused in 30 s: {why}")
            settings.refused[server] = 0
