"""The market: what each stock is worth undisturbed, what pressure does to it, what it shows.

Displacement of the mid is Y * sigma * sign(U) * sqrt(|U| / ADV) of the undisturbed price, where U
is the signed volume that has not been absorbed; it decays with a half-life (square-root law with
resilience; Alfonsi, Fruth, Schied 2010). Depth at the touch recovers at a pace of its own per stock
and side. Left out: order books beyond the touch, other traders' reactions, halts by news.

Exact arithmetic: the only operation that is not on integers is the square root of an integer below
2^53, truncated, which IEEE 754 rounds the same everywhere.
"""

from __future__ import annotations

from typing import Final

import attrs
import numpy as np

from controlroom.sim.arrays import Floats, Ints, zeros
from controlroom.sim.law import DECAY_BITS, IMPACT_BITS, SHARE, Law, full_depth
from controlroom.sim.randomness import Stream, draw, draws, draws_of
from controlroom.sim.start import LOT
from controlroom.sim.state import GIVEN, cache

# What runs every second has its constants as arrays: a Python number costs numpy 0.3 µs a call.
_IMPACT: Final = np.array(IMPACT_BITS)
_DECAY: Final = np.array(DECAY_BITS)
_QUARTER: Final = np.array(2)
_EIGHTH: Final = np.array(3)
_SIXTEENTHS: Final = np.array(4)
_HALF_CALM: Final = np.array(5)
_LOT: Final = np.array(LOT * SHARE)
_LOT_SQUARED: Final = np.array(LOT << 16)

UNHURRIED: Final = 3 * 3600
"""Seconds over which a part of the book was worked in the calibration: an afternoon."""

INDEX_OPEN: Final = 1_000_000
"""Level of the index hedge at the open; only its relative moves matter."""

_MINUTE: Final = 60


@attrs.define
class Board:
    """Prices as last worked out, in arrays that are filled again rather than made anew.

    Attributes:
        floor: a quarter of the undisturbed prices, as they were when it was worked out.
        stale: the undisturbed prices have moved since.
        roots: square roots of the pressure; a stock.
        mids: prices between bid and offer.
        quotes: asks, then bids.
        asks: the first half of `quotes`.
        bids: its second half.
    """

    floor: Ints
    roots: Floats
    mids: Ints
    quotes: Ints
    asks: Ints
    bids: Ints
    stale: bool = True

    @classmethod
    def hung(cls, count: int) -> Board:
        """A board for `count` stocks, with nothing on it yet."""
        quotes = np.empty(2 * count, np.int64)
        floor, mids = np.empty(count, np.int64), np.empty(count, np.int64)
        return cls(floor, np.empty(count), mids, quotes, quotes[:count], quotes[count:])


@attrs.define
class Market:
    """The state of every stock. Arrays of one entry a stock, or two: asks, then bids.

    Attributes:
        fair: undisturbed price.
        unabsorbed: signed volume not absorbed yet, `SHARE` units.
        half: half of the spread.
        depth: lots shown at the touch, `DEPTH_BITS` fraction bits; asks, then bids.
        taken: lots that the storm took in this second.
        rate: lots a second that the storm took, smoothed, 16ths.
        high: highest mid while the storm ran.
        low: lowest mid while the storm ran.
        paused_until: step at which a pause ends, 0 where there is none.
        pauses: pauses so far.
        capped: 1 for stocks in which the price cap lets child orders through.
        reference: mids of the window for pauses, a ring of one row every `WATCHED` seconds.
        index: level of the index hedge.
        impact: of the law; what displaces the undisturbed price.
        board: prices as last worked out, once somebody has looked.
        moved: the mids are other ones by now.
        quiet: nothing has been taken lately, so no spread is wider than usual.
    """

    fair: Ints
    unabsorbed: Ints
    half: Ints
    depth: Ints
    taken: Ints
    rate: Ints
    high: Ints
    low: Ints
    paused_until: Ints
    pauses: Ints
    capped: Ints
    reference: Ints
    impact: Ints = attrs.field(eq=False, metadata=GIVEN)
    index: int = INDEX_OPEN
    board: Board | None = cache(lambda: None)
    moved: bool = cache(lambda: True)
    quiet: bool = cache(bool)
    walks: dict[int, tuple[Ints, list[int]]] = cache(dict)
    recoveries: dict[tuple[int, int], Ints] = cache(dict)

    @property
    def mid(self) -> Ints:
        """Price between bid and offer: the undisturbed price, displaced by pressure.

        It follows from the state, and in many seconds of a day nobody looks, so it is worked out
        when somebody does. Whoever changes `fair` or `unabsorbed` sets `moved`.
        """
        return self._worked_out().mids

    @property
    def quotes(self) -> Ints:
        """Asks, then bids."""
        board = self._worked_out()
        np.add(board.mids, self.half, out=board.asks)
        np.subtract(board.mids, self.half, out=board.bids)
        return board.quotes

    def _worked_out(self) -> Board:
        """The board with the mids of now."""
        board = self.board
        if board is None:
            board = self.board = Board.hung(len(self.fair))
        if self.moved:
            self.moved = False
            if board.stale:
                np.right_shift(self.fair, _QUARTER, out=board.floor)
                board.stale = False
            roots, mid = board.roots, board.mids
            roots[:] = self.unabsorbed
            np.abs(roots, out=roots)
            np.sqrt(roots, out=roots)
            mid[:] = roots
            mid *= self.impact
            mid >>= _IMPACT
            mid *= np.sign(self.unabsorbed)
            mid += self.fair
            # The square-root law knows no floor; a price does.
            np.maximum(mid, board.floor, out=mid)
        return board


def open_market(law: Law) -> Market:
    """The market before anybody pressed on it: undisturbed prices, calm spreads, full depth."""
    count = law.stocks
    return Market(
        fair=law.opens.copy(),
        unabsorbed=zeros(count),
        half=law.calm_half.copy(),
        depth=full_depth(law),
        taken=zeros(count),
        rate=zeros(count),
        high=law.opens.copy(),
        low=law.opens.copy(),
        paused_until=zeros(count),
        pauses=zeros(count),
        capped=np.ones(count, np.int64),
        reference=np.tile(law.opens, (law.references, 1)),
        impact=law.impact,
    )


def absorb(market: Market, law: Law) -> None:
    """One second of resilience."""
    market.unabsorbed -= market.unabsorbed * law.decay >> _DECAY
    market.moved = True


def press(market: Market, net_lots: Ints) -> None:
    """Volume taken at once, signed lots a stock, that the market has yet to absorb."""
    market.unabsorbed += net_lots * _LOT
    market.moved = True


def press_patiently(market: Market, net_shares: Ints, patience: int, seconds: int) -> None:
    """Volume worked over some time, signed shares a stock.

    Worked over `UNHURRIED` seconds, `patience` per mille of it presses; in less time more of it
    does, up to all. Otherwise one could sell in minutes at the price that one's own buying made.
    """
    pressing = min(patience * UNHURRIED // max(seconds, 1), 1000)
    market.unabsorbed += net_shares * (SHARE * pressing) // 1000
    market.moved = True


def wander(market: Market, law: Law, seed: int, second: int) -> None:
    """Move undisturbed prices and the index by one second."""
    minute, within = divmod(second, _MINUTE)
    walk = market.walks.get(minute)
    if walk is None:
        walk = _walk(law, seed, minute)
        market.walks = {minute: walk}
    moves, index = walk
    market.fair += moves[within]
    if market.board is not None:
        market.board.stale = True
    market.index += index[within]
    market.moved = True


def _walk(law: Law, seed: int, minute: int) -> tuple[Ints, list[int]]:
    """A minute of moves: each stock's own, and a market-wide part that the index has alone."""
    own = draws(seed, Stream.FAIR, minute, _MINUTE * law.stocks, 1 << 16) - (1 << 15)
    index = (draws(seed, Stream.INDEX, minute, _MINUTE, 1 << 16) - (1 << 15)) * 60
    # To the nearest: rounding down would let every price sink by a unit a second.
    index = index + (1 << 14) >> 15
    moves = own.reshape(_MINUTE, law.stocks) * law.wander + (1 << 14) >> 15
    moves += (index[:, None] * law.opens + INDEX_OPEN // 2) // INDEX_OPEN
    return moves, index.tolist()


def recovery(market: Market, law: Law, seed: int, second: int, connected: int) -> Ints:
    """Depth that recovers in each step of this second, asks then bids.

    It varies from second to second by half either way, and from one five-minute stretch to the next
    by a fifth, so that seeds differ by more than noise. `connected` is the per mille of venues.
    """
    minute, within = divmod(second, _MINUTE)
    drawn = market.recoveries.get((minute, connected))
    if drawn is None:
        drawn = _minute_of_recovery(law, seed, minute, connected)
        market.recoveries = {(minute, connected): drawn}
    recovered: Ints = drawn[within]
    return recovered


def _minute_of_recovery(law: Law, seed: int, minute: int, connected: int) -> Ints:
    """Each second's recovery; a minute at once costs a sixth of one second at a time."""
    swing = draws(seed, Stream.TEMPER, minute // 5, law.stocks, 410) + 819
    temper = law.refill * np.concatenate((swing, swing)) >> 10
    seconds = range(minute * _MINUTE, (minute + 1) * _MINUTE)
    jitter = draws_of(seed, Stream.DEPTH, seconds, len(temper), 1024) + 512
    if connected < 1000:
        jitter = jitter * connected // 1000
    recovered: Ints = temper * jitter >> 10
    return recovered


def widen(market: Market, law: Law, lots: Ints) -> None:
    """Spread after a second in which `lots` a stock were taken: 1 + sqrt(own rate / normal)."""
    market.rate += ((lots << _SIXTEENTHS) - market.rate) >> _EIGHTH
    ratio = market.rate * _LOT_SQUARED // law.normal_rate
    half = np.sqrt(ratio).astype(np.int64)
    half *= law.calm_half
    half >>= _HALF_CALM
    half += law.calm_half
    market.half = np.minimum(half, law.widest_half, out=half)


def watch_pauses(market: Market, now: int, move: int, length: int, row: int) -> tuple[Ints, Ints]:
    """Single-stock pauses of 2012: a stock that moved too far within the window stops for a while.

    Args:
        market: whose stocks.
        now: the step.
        move: percent.
        length: of a pause, steps.
        row: row of the reference ring whose turn it is to be written.

    Returns:
        Indices of stocks that pause now, and of those whose pause is over.
    """
    over = np.flatnonzero((market.paused_until > 0) & (market.paused_until <= now))
    if len(over):
        market.paused_until[over] = 0
        # After a pause the window starts anew, or the old move would pause the stock at once.
        market.reference[:, over] = market.mid[over]
    low = market.reference.min(axis=0)
    high = market.reference.max(axis=0)
    moved = ((market.mid - low) * 100 >= low * move) | ((high - market.mid) * 100 >= high * move)
    begin = np.flatnonzero(moved & (market.paused_until == 0))
    if len(begin):
        market.paused_until[begin] = now + length
        market.pauses[begin] += 1
    market.reference[row] = market.mid
    return begin, over


def block_cost(law: Law, market: Market, position: Ints, base: int) -> Ints:
    """What the buyer of the whole book asks below fair value, price units times shares, a stock.

    A fixed part (`base`, hundredths of a percent) and two thirds of the square-root law, which is
    its average over the size. At most a quarter of the value: below that nobody needs to sell.
    """
    size = np.abs(position)
    value = size * market.fair
    per_share = (law.block * np.sqrt(size).astype(np.int64) >> IMPACT_BITS) * 2 // 3
    cost = value * base // 10_000 + size * per_share
    limit: Ints = value >> 2
    asked: Ints = np.minimum(cost, limit)
    return asked


def split_fills(seed: int, second: int, lots: Ints) -> int:
    """Child orders of a second that were filled in two parts: about one in 131."""
    total = int(np.add.reduce(lots))
    return (total * 1000 + draw(seed, Stream.SPLIT, second, 0, 131_000)) // 131_000
