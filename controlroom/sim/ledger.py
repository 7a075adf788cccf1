"""Positions, cash and what they are worth: the 33 Account, the hedge, and the three P&L lines.

An execution fills first what the client wanted; that part is the client's. Everything beyond is the
firm's own and lands in the 33 Account, the temporary home of executions that match no parent (SEC
paragraph 23). Prices are in hundredths of a cent, so cash is too. Left out: financing, fees,
settlement.
"""

from __future__ import annotations

from typing import Final

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, Mask, zeros
from controlroom.sim.law import Law
from controlroom.sim.market import INDEX_OPEN, Market, block_cost
from controlroom.sim.pegs import Booked
from controlroom.sim.start import PRICE_UNIT
from controlroom.sim.state import Chain

SAMPLE: Final = 40
"""Steps between two samples of the P&L history."""


@attrs.frozen
class Profit:
    """The firm's P&L on what no client ordered; whole dollars, a loss is negative.

    Attributes:
        marked: at the last mid, which the firm's own orders hold up.
        fair: at the undisturbed price.
        flat: at fair value less what it costs to sell everything now.
        gross: sum of absolute positions at the last mid.
        long: long positions at the last mid.
        short: short positions at the last mid, positive.
    """

    marked: int
    fair: int
    flat: int
    gross: int
    long: int
    short: int


@attrs.frozen
class Sample:
    """A point of the P&L history.

    Attributes:
        step: when.
        profit: the P&L at that step.
        executions: executions that no client ordered, so far.
    """

    step: int
    profit: Profit
    executions: int


@attrs.define
class Ledger:
    """The books. Arrays of one entry a slot (buys, then sells) or a stock.

    Attributes:
        shares: shares executed by Power Peg, a slot.
        cost: their price units times shares, a slot.
        client_shares: the part that belonged to clients, a slot.
        client_cost: its price units times shares, a slot.
        far_shares: shares executed where the exchange would cancel, a slot.
        far_cost: their price units times shares, a slot.
        executions: executions by Power Peg, child orders filled in two parts counted twice.
        worked: shares bought (positive) or sold to get rid of positions, a stock.
        worked_cost: price units times shares paid for them, a stock; negative when received.
        cancelled: shares that the exchange took back, signed, a stock.
        cancelled_cost: price units times shares paid for those, a stock.
        given_up: what the block's buyer was paid below fair value, price units times shares.
        hedge: index units held, dollars at the open's level; negative when short.
        hedge_cost: dollars paid for them, price units.
        peak_gross: largest gross position, dollars.
        peak_rate: most unwanted executions in a second.
        last_over_tenth: step at which the rate was last above a tenth of its peak.
        last_taken: step of the last Power Peg execution.
        first_taken: step of the first, or -1.
        samples: P&L every ten seconds since the open.
        pmon_position: positions as PMON has booked them, a stock.
        pmon_cash: cash as PMON has booked it, price units.
        pmon_behind: executions that PMON has not booked.
        pmon_shown: P&L at the last mid as PMON last showed it, dollars.
    """

    shares: Ints
    cost: Ints
    client_shares: Ints
    client_cost: Ints
    far_shares: Ints
    far_cost: Ints
    worked: Ints
    worked_cost: Ints
    cancelled: Ints
    cancelled_cost: Ints
    pmon_position: Ints
    pmon_cash: int = 0
    pmon_behind: int = 0
    pmon_shown: int = 0
    executions: int = 0
    given_up: int = 0
    hedge: int = 0
    hedge_cost: int = 0
    peak_gross: int = 0
    peak_rate: int = 0
    last_over_tenth: int = -1
    last_taken: int = -1
    first_taken: int = -1
    samples: Chain = attrs.field(factory=Chain)

    @classmethod
    def empty(cls, stocks: int) -> Ledger:
        """Books without an entry."""
        return cls(
            shares=zeros(2 * stocks),
            cost=zeros(2 * stocks),
            client_shares=zeros(2 * stocks),
            client_cost=zeros(2 * stocks),
            far_shares=zeros(2 * stocks),
            far_cost=zeros(2 * stocks),
            worked=zeros(stocks),
            worked_cost=zeros(stocks),
            cancelled=zeros(stocks),
            cancelled_cost=zeros(stocks),
            pmon_position=zeros(stocks),
        )

    def storm_position(self) -> Ints:
        """Shares that Power Peg left in the 33 Account, signed, a stock."""
        count = len(self.worked)
        own = self.shares - self.client_shares
        position: Ints = own[:count] - own[count:]
        return position

    def position(self) -> Ints:
        """Shares in the 33 Account now, signed, a stock."""
        position: Ints = self.storm_position() + self.worked - self.cancelled
        return position

    def cash(self) -> int:
        """The account's cash, price units; what was paid is negative."""
        count = len(self.worked)
        own = self.cost - self.client_cost
        paid = own[:count] - own[count:]
        paid += self.worked_cost
        paid -= self.cancelled_cost
        return -int(paid.sum()) - self.hedge_cost

    def book(self, booked: Booked, executions: int, far: Mask, now: int, wanted: int = 0) -> None:
        """Enter one second of Power Peg.

        Args:
            booked: what was executed.
            executions: how many executions those were.
            far: mask of the stocks that stand so far from the open that trades are undone.
            now: the step.
            wanted: executions among them that a client will take; they are no storm.
        """
        shares, cost = booked.slot_shares, booked.slot_cost
        self.shares += shares
        self.cost += cost
        if booked.client_shares is not None and booked.client_cost is not None:
            self.client_shares += booked.client_shares
            self.client_cost += booked.client_cost
            shares, cost = shares - booked.client_shares, cost - booked.client_cost
        if np.count_nonzero(far):
            # As numbers: to multiply by truth values costs three times as much.
            slots = np.concatenate((far, far)).astype(np.int64)
            self.far_shares += shares * slots
            self.far_cost += cost * slots
        self.executions += executions
        self.pmon_behind += executions
        if executions:
            self.last_taken = now
            if self.first_taken < 0:
                self.first_taken = now
        executions -= wanted
        self.peak_rate = max(self.peak_rate, executions)
        if executions * 10 > self.peak_rate:
            self.last_over_tenth = now

    def profit(self, law: Law, market: Market, base: int) -> Profit:
        """The three P&L lines; `base` is the block buyer's fixed part, hundredths of a percent."""
        position, cash = self.position(), self.cash()
        value = position * market.mid
        hedge = self.hedge * PRICE_UNIT * market.index // INDEX_OPEN
        fair = cash + hedge + int((position * market.fair).sum())
        cost = int(block_cost(law, market, position, base).sum())
        net = int(value.sum())
        long = int(np.maximum(value, 0).sum())
        short = long - net
        return Profit(
            marked=(cash + hedge + net) // PRICE_UNIT,
            fair=fair // PRICE_UNIT,
            flat=(fair - cost) // PRICE_UNIT,
            gross=(long + short) // PRICE_UNIT,
            long=long // PRICE_UNIT,
            short=short // PRICE_UNIT,
        )

    @property
    def a_minute_ago(self) -> int:
        """P&L to get flat a minute before the newest sample, dollars; 0 before there was one."""
        samples = self.samples.items
        flat: int = samples[-7].profit.flat if len(samples) > 6 else 0
        return flat

    def gross(self, market: Market) -> int:
        """Sum of absolute positions at the last mid, dollars."""
        return int(np.abs(self.position() * market.mid).sum()) // PRICE_UNIT

    def is_flat(self) -> bool:
        """No shares and no hedge left."""
        return not self.hedge and not self.position().any()

    def feed_pmon(self, capacity: int, market: Market) -> None:
        """Let PMON book what it can: executions in the order of a queue that it cannot empty.

        It shows each position as far as the queue has come, so under load it is late and wrong
        (SEC paragraph 25). Positions come closer by the part of the queue that was booked.
        """
        booked = min(capacity, self.pmon_behind)
        if booked == self.pmon_behind:
            self.pmon_position = self.position()
            self.pmon_cash = self.cash()
        else:
            part = (booked << 20) // self.pmon_behind
            self.pmon_position += (self.position() - self.pmon_position) * part >> 20
            self.pmon_cash += (self.cash() - self.pmon_cash) * part >> 20
        self.pmon_behind -= booked
        value = int((self.pmon_position * market.mid).sum())
        self.pmon_shown = (self.pmon_cash + value) // PRICE_UNIT
