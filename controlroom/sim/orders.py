"""Parent orders: how clients send them and how they are dealt to the servers.

Ordinary orders are drawn by the minute from the seed; orders with the RLP flag are the scenario's
own list. Both are dealt in rotation over the servers that take orders, each kind with a rotation of
its own. Orders that no server can take wait upstream, and go to another firm when they have waited
too long. Left out: cancels and changes by clients, limit prices.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Final

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, Mask
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.randomness import Stream, draws
from controlroom.sim.start import Scenario
from controlroom.sim.state import cache

PATIENCE: Final = 120 * STEPS_PER_SECOND
"""Steps that a client's order waits for a server before it goes elsewhere (reconstructed)."""

RECONCILE: Final = 20 * STEPS_PER_SECOND
"""Steps until an order comes back from a stopped server (reconstructed)."""

_MINUTE: Final = 60

_TURNS: Final = np.arange(10_000) * 617 % 1000

_RING: Final = 2048
"""Places of the rotation that are kept ready."""


@attrs.frozen(eq=False)
class Batch:
    """Orders that travel together; arrays of one entry an order.

    Attributes:
        arrived: step at which the clients sent them.
        ready: step from which they can be dealt.
        slot: stock for a buy, stock + number of stocks for a sell.
        shares: what is still wanted.
        flagged: with the RLP flag, as the client sent it.
        auction: for the opening auction.
        origin: server that sent them back, or -1.
    """

    arrived: int
    ready: int
    slot: Ints
    shares: Ints
    flagged: bool
    auction: bool
    origin: int = -1

    def __repr__(self) -> str:
        """Its content, since digests read it."""
        return (
            f"Batch({self.arrived}, {self.ready}, {self.flagged}, {self.auction}, "
            f"{self.origin}, "
            f"{self.slot.tolist()}, {self.shares.tolist()})"
        )


_SLOTS: Final = attrgetter("slot")
"""Of a batch; as a C function, since a hundred batches may wait."""


@attrs.define
class Upstream:
    """The order management side of the firm, before SMARS.

    Attributes:
        next_number: number of the next parent order.
        next_flagged: place in the scenario's list of flagged orders.
        turn: next place in the rotation, for ordinary and for flagged orders.
        flag_on: whether orders keep the RLP flag.
        refusing: new orders are refused.
        rerouting: per mille of clients told to go elsewhere.
        waiting: batches that no server has taken.
        arrived: orders that reached the firm.
        delayed: orders that had to wait for a server, or were sent back by one.
        lost: orders that were refused or went elsewhere.
        lost_shares: their size.
    """

    flag_on: bool
    next_number: int = 1
    next_flagged: int = 0
    turn: list[int] = attrs.field(factory=lambda: [0, 0])
    refusing: bool = False
    rerouting: int = 0
    waiting: list[Batch] = attrs.field(factory=list)
    arrived: int = 0
    delayed: int = 0
    lost: int = 0
    lost_shares: int = 0
    minutes: dict[int, tuple[list[int], Ints, Ints]] = cache(dict)

    @property
    def waits(self) -> int:
        """How many orders no server has taken."""
        return sum(map(len, map(_SLOTS, self.waiting)))

    def lose(self, shares: Ints) -> None:
        """Orders that another firm will fill."""
        self.lost += len(shares)
        # A second's orders are few; Python adds them up faster than numpy would begin to.
        self.lost_shares += sum(shares.tolist())


def rates(scenario: Scenario, seconds_open: Ints) -> Ints:
    """Ordinary orders a minute: calm before the open, a rush at it, then the day's rate.

    Args:
        scenario: with the rates.
        seconds_open: seconds since the open; negative before it.
    """
    flow = scenario.flow
    falling = np.maximum(3600 - seconds_open, 0)
    rush = np.maximum(180 - seconds_open, 0)
    busy = flow.open_rate - flow.day_rate
    market = flow.day_rate + busy * falling // 3600 + 4 * flow.open_rate * rush // 180
    return np.where(seconds_open < 0, flow.pre_market_rate, market)


def ordinary(upstream: Upstream, scenario: Scenario, seed: int, now: int) -> tuple[Ints, Ints]:
    """Slots and sizes of the ordinary orders that arrive in the second that starts at `now`."""
    second = now // STEPS_PER_SECOND
    minute, within = divmod(second, _MINUTE)
    drawn = upstream.minutes.get(minute)
    if drawn is None:
        drawn = _minute_of_orders(scenario, seed, minute)
        upstream.minutes = {minute: drawn}
    ends, slots, sizes = drawn
    orders = slice(ends[within - 1] if within else 0, ends[within])
    return slots[orders], sizes[orders]


def _minute_of_orders(scenario: Scenario, seed: int, minute: int) -> tuple[list[int], Ints, Ints]:
    """Where each second's orders end, their slots and their sizes; a pure function of the seed."""
    day, flow = scenario.day, scenario.flow
    since_open = minute * _MINUTE - (day.opens - day.begins) // 1000
    wanted = rates(scenario, np.arange(since_open, since_open + _MINUTE))
    noise = draws(seed, Stream.ARRIVAL, minute, _MINUTE, 1024) + 512
    ends: list[int] = (np.cumsum(wanted * noise >> 10) // _MINUTE).tolist()
    total = ends[-1]
    stocks = len(scenario.market.stocks)
    slots = draws(seed, Stream.ARRIVAL, minute + (1 << 32), total, 2 * stocks)
    sizes = np.array(flow.sizes, dtype=np.int64)[
        draws(seed, Stream.SIZE, minute, total, len(flow.sizes))
    ]
    return ends, slots, sizes


def stays(first: int, count: int, rerouting: int) -> Mask:
    """Which of `count` orders, from the `first` that ever arrived, still come to this firm.

    Of any thousand orders in a row `rerouting` go elsewhere. Which client an order comes from does
    not matter to the router.
    """
    staying = _staying(rerouting)
    begin = first % len(staying)
    here = staying[begin : begin + count]
    return here if len(here) == count else np.resize(np.roll(staying, -begin), count)


@lru_cache(maxsize=16)
def _staying(rerouting: int) -> Mask:
    return rerouting <= _TURNS


def deal(upstream: Upstream, kind: int, count: int, taking: tuple[int, ...]) -> Ints:
    """Servers for `count` orders of a kind (0 ordinary, 1 flagged), in rotation.

    The rotation passes over servers that do not take orders without losing its place.
    """
    first = upstream.turn[kind]
    upstream.turn[kind] = first + count
    ring = _in_line(taking)
    begin = first % len(taking)
    if begin + count > len(ring):
        ring = np.resize(ring[: len(taking)], begin + count)
    return ring[begin : begin + count]


@lru_cache(maxsize=16)
def _in_line(taking: tuple[int, ...]) -> Ints:
    """The rotation, long enough for the orders of a usual second."""
    return np.resize(np.array(taking, dtype=np.int64), _RING)
