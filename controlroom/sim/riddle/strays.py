"""Executions that Power Peg did not make and no client stands for: what else can go wrong.

A stray is an order that a server works and nobody will pay for: because the server does not see
that it is done, because its lot is another one, because the client's credit is used up, because
the order system sent it twice. Children that a second session sends again belong to no order at
all. All of them trade at the touch, once a second, press on the price as Power Peg does and land
in the 33 Account. What is bought and sold for a client's basket stands there too until the client
takes it, at what it cost: no loss, but it looks like one.

Invented throughout, after faults that routers are known to have had. Left out: depth, for these
orders take a lot here and a lot there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, row, zeros
from controlroom.sim.clock import STEPS_PER_SECOND, Phase
from controlroom.sim.events import Milestone
from controlroom.sim.market import press
from controlroom.sim.pegs import Booked
from controlroom.sim.start import LOT

if TYPE_CHECKING:
    from controlroom.sim.riddle import Riddle
    from controlroom.sim.world import World

RESEND: Final = 45
"""Seconds after which a session sends a child again that nobody acknowledges."""

THROTTLE: Final = 900
"""Children a second that the venues let one session send."""

_NOBODY: Final = zeros(0)
_COLUMNS: Final = ("number", "slot", "target", "server", "wanted", "filled", "stops", "pace", "own")


@attrs.define
class Strays:
    """Orders that no client stands for, and children that are sent again.

    Attributes:
        rows: one column an order, oldest first; one row each for the properties below.
        open_lots: children that a second session believes unanswered, a slot.
        open_shares: their shares, a slot.
        shares: executed so far, a slot.
        cost: their price units times shares, a slot.
        servers: shares executed so far, a server.
        resent: of those, shares of children that were sent again, a server.
        kept_shares: of the shares, those that a client has yet to take, a slot.
        kept_cost: their price units times shares, a slot.
        kept: child orders of those.
        taken: child orders whose shares a client has taken.
        taken_shares: those shares.
        sent: child orders sent so far, a server.
        last: step of the last execution that nobody will take, or -1.
    """

    rows: Ints
    open_lots: Ints
    open_shares: Ints
    shares: Ints
    cost: Ints
    servers: Ints
    resent: Ints
    kept_shares: Ints
    kept_cost: Ints
    sent: Ints
    kept: int = 0
    taken: int = 0
    taken_shares: int = 0
    last: int = -1

    @classmethod
    def none(cls, slots: int, servers: int) -> Strays:
        """Nothing has gone astray."""
        return cls(
            rows=zeros(len(_COLUMNS), 0),
            open_lots=zeros(slots),
            open_shares=zeros(slots),
            shares=zeros(slots),
            cost=zeros(slots),
            servers=zeros(servers),
            resent=zeros(servers),
            kept_shares=zeros(slots),
            kept_cost=zeros(slots),
            sent=zeros(servers),
        )

    def add(
        self,
        orders: Ints,
        *,
        wanted: Ints,
        filled: Ints | int = 0,
        stops: Ints | int | None = None,
        pace: int = 1,
        keeps: bool = False,
    ) -> None:
        """Take on orders.

        Args:
            orders: rows of number, slot, target (as the server sees it) and server.
            wanted: shares that were asked for upstream and that somebody stands for.
            filled: shares that were executed before it went astray.
            stops: shares at which the server stops; the target where it is left out.
            pace: lots a second.
            keeps: whether a client will take what is executed.
        """
        new = np.empty((len(_COLUMNS), orders.shape[1]), np.int64)
        new[:4] = orders
        new[4], new[5], new[7], new[8] = wanted, filled, pace, int(keeps)
        new[6] = orders[2] if stops is None else stops
        self.rows = np.concatenate((self.rows, new), axis=1)

    @property
    def number(self) -> Ints:
        """Number of the order."""
        return row(self.rows, 0)

    @property
    def slot(self) -> Ints:
        """Stock for a buy, stock + number of stocks for a sell."""
        return row(self.rows, 1)

    @property
    def target(self) -> Ints:
        """Shares wanted, as the server sees it."""
        return row(self.rows, 2)

    @property
    def server(self) -> Ints:
        """Place of the server that works it."""
        return row(self.rows, 3)

    @property
    def wanted(self) -> Ints:
        """Shares that were asked for upstream and that somebody stands for."""
        return row(self.rows, 4)

    @property
    def filled(self) -> Ints:
        """Shares executed, those of before among them."""
        return row(self.rows, 5)

    @property
    def stops(self) -> Ints:
        """Shares at which the server stops."""
        return row(self.rows, 6)

    def __len__(self) -> int:
        """How many orders are worked."""
        orders: int = self.rows.shape[1]
        return orders

    @property
    def theirs(self) -> int:
        """Shares that a client has taken, or will take."""
        return self.taken_shares + int(self.kept_shares.sum())

    @property
    def children(self) -> int:
        """Child orders sent so far."""
        return int(self.sent.sum())

    def forget(self, server: int) -> None:
        """A server's process is gone, and with it what it worked."""
        self.rows = np.compress(self.server != server, self.rows, axis=1)

    def forget_children(self) -> None:
        """The second session is closed; it sends nothing again."""
        self.open_lots[:] = 0
        self.open_shares[:] = 0

    def beyond(self, servers: int) -> Ints:
        """Shares executed beyond what was asked for: by orders at work and resent, a server."""
        sums = self.resent.copy()
        np.add.at(sums, self.server, np.maximum(self.filled - self.wanted, 0))
        return sums[:servers]


def remember(world: World, riddle: Riddle, slot: Ints, shares: Ints, server: Ints) -> None:
    """Children that a second session sees go out, and will send again unanswered."""
    settings, strays = riddle.settings, riddle.strays
    if max(settings.guests) < 0:
        return
    for host in world.fleet.working():
        guest = settings.guests[host]
        if guest >= 0:
            seen = (server == guest) & (shares > 0)
            np.add.at(strays.open_lots, slot[seen], 1)
            np.add.at(strays.open_shares, slot[seen], shares[seen])


@attrs.define
class _Second:
    """What strays execute within a second: shares and lots a slot, children a server."""

    shares: Ints
    lots: Ints
    sent: Ints
    kept_shares: Ints
    kept_lots: int = 0


def work(world: World) -> None:
    """Strays send their lots, a second session what it believes unanswered; clients take theirs."""
    riddle = world.riddle
    if riddle is None:
        return
    strays = riddle.strays
    _hand_out(world, strays)
    if not world.fleet.connected or world.scenario.day.phase(world.now) is not Phase.OPEN:
        return
    second = _Second(
        np.zeros_like(strays.shares),
        np.zeros_like(strays.shares),
        np.zeros_like(strays.servers),
        np.zeros_like(strays.shares),
    )
    if len(strays):
        _work_orders(world, strays, second)
    if strays.open_lots.any():
        _send_again(world, riddle, second)
    if second.lots.any():
        _book(world, strays, second)


def _work_orders(world: World, strays: Strays, second: _Second) -> None:
    _, slot, _, server, _, filled, stops, pace, keeps = strays.rows
    trades = world.market.paused_until[slot % world.law.stocks] == 0
    shares = np.minimum(stops - filled, pace * LOT) * trades
    filled += shares
    lots = -(-shares // LOT)
    np.add.at(second.shares, slot, shares)
    np.add.at(second.lots, slot, lots)
    np.add.at(second.sent, server, lots)
    np.add.at(strays.servers, server, shares)
    np.add.at(world.fleet.shares, server, shares)
    np.add.at(second.kept_shares, slot, shares * keeps)
    second.kept_lots = int((lots * keeps).sum())
    done = filled >= stops
    if done.any():
        world.fleet.full += np.bincount(server[done], minlength=len(strays.servers))
        strays.rows = np.compress(~done, strays.rows, axis=1)


def _send_again(world: World, riddle: Riddle, second: _Second) -> None:
    """A part of everything unanswered each second, as far as the venues let a session send."""
    strays, guests = riddle.strays, riddle.settings.guests
    hosts = [at for at in world.fleet.working() if guests[at] >= 0]
    if not hosts:
        return
    turn = (np.arange(len(strays.shares)) + world.now // STEPS_PER_SECOND) % RESEND
    due = (strays.open_lots + turn) // RESEND
    due *= np.tile(world.market.paused_until == 0, 2)
    total = int(due.sum())
    if total > THROTTLE:
        due = due * THROTTLE // total
    shares = strays.open_shares * due // np.maximum(strays.open_lots, 1)
    second.shares += shares
    second.lots += due
    host, sum_ = hosts[0], int(shares.sum())
    second.sent[host] += int(due.sum())
    strays.servers[host] += sum_
    strays.resent[host] += sum_
    world.fleet.shares[host] += sum_


def _book(world: World, strays: Strays, second: _Second) -> None:
    market, count = world.market, world.law.stocks
    quotes = market.quotes
    cost = second.shares * quotes
    lots = int(second.lots.sum())
    strays.shares += second.shares
    strays.cost += cost
    strays.sent += second.sent
    strays.kept_shares += second.kept_shares
    strays.kept_cost += second.kept_shares * quotes
    strays.kept += second.kept_lots
    if lots > second.kept_lots:
        strays.last = world.now
    world.fleet.children += second.sent
    far = np.abs(market.mid - world.law.opens) >= world.law.bust
    booked = Booked(_NOBODY, _NOBODY, second.shares, cost)
    world.ledger.book(booked, lots, far, world.now, second.kept_lots)
    market.quiet = False
    market.taken += second.lots[:count] + second.lots[count:]
    press(market, second.lots[:count] - second.lots[count:])
    np.maximum(market.high, market.mid, out=market.high)
    np.minimum(market.low, market.mid, out=market.low)


def _hand_out(world: World, strays: Strays) -> None:
    """Clients take what was bought and sold for them, at what it cost."""
    if not strays.kept:
        return
    clients = world.scenario.clients
    baskets = [(one.allocates, one.title) for one in clients if one.allocates is not None]
    if not any(world.now >= due for due, _ in baskets):
        return
    count = world.law.stocks
    shares = strays.kept_shares[:count] - strays.kept_shares[count:]
    cost = strays.kept_cost[:count] - strays.kept_cost[count:]
    world.ledger.worked -= shares
    world.ledger.worked_cost -= cost
    if not strays.taken:
        world.record(Milestone(world.now, f"{baskets[0][1]} takes its basket", "basket"))
    strays.taken += strays.kept
    strays.taken_shares += int(strays.kept_shares.sum())
    strays.kept = 0
    strays.kept_shares[:] = 0
    strays.kept_cost[:] = 0
