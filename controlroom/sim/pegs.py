"""Parents on the Power Peg path, which take whatever they see at once, four times a second.

What they take is counted by the slot, a stock and a side; a booking once a second deals it out to
them. Whether a parent's check sees what it has executed was decided as it took this path. Left out:
prices of child orders beyond the touch, the 9.5 % price cap (never reached at the touch).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, zeros
from controlroom.sim.law import DEPTH_BITS
from controlroom.sim.start import LOT
from controlroom.sim.state import cache

ENDLESS: Final = 1 << 40
"""Lots wanted by a slot whose takers cannot see what they have executed."""

# In the hot loop constants are arrays: a Python number costs numpy 0.3 µs a call to convert.
_BITS: Final = np.array(DEPTH_BITS)
_FRACTION: Final = np.array((1 << DEPTH_BITS) - 1)
_LOT: Final = np.array(LOT)
_ONE: Final = np.array(1)

_COLUMNS: Final = ("number", "slot", "target", "filled", "counted", "counts", "cash", "server")

PAST: Final = ("number", "slot", "target", "filled", "cash", "server")
"""What is kept of a Power Peg parent that is no longer worked."""


@attrs.define
class Pegs:
    """Parents on the Power Peg path, sorted by slot, then by number.

    Attributes:
        number: of the order.
        slot: stock for a buy, stock + number of stocks for a sell.
        target: shares wanted.
        filled: shares executed in truth.
        counted: shares executed as far as the stop check can see.
        counts: 1 where the check sees executions, 0 where the count is elsewhere.
        cash: price units times shares, always positive.
        server: index of the server that works it.
        fresh_lots: lots taken since the last booking, a slot.
        fresh_cost: their price units times lots, a slot.
        refill: depth that recovers in each step of this second; a slot.
        past: parents that are no longer worked; a row each of `PAST` columns.
        taking: 1 for slots that take, 0 for others; a slot.
        wanted: lots that the stop checks of a slot still ask for; a slot.
        limited: 1 for slots in which every check sees its executions; a slot.
        any_limited: whether there is such a slot.
        takers: parents in a parent's slot; a parent.
        place: place of a parent among those of its slot; a parent.
        leads: a lot for the first parent of a slot, 0 for the others; a parent.
        counting: whether any check sees its executions.
        held: a lot for slots that have parents, 0 for others; a slot.
        wanting: whether any parent has executed less than its target.
        sorted_out: whether these caches fit the rows.
    """

    number: Ints
    slot: Ints
    target: Ints
    filled: Ints
    counted: Ints
    counts: Ints
    cash: Ints
    server: Ints
    fresh_lots: Ints
    fresh_cost: Ints
    refill: Ints
    past: Ints
    taking: Ints = cache(lambda: zeros(0))
    wanted: Ints = cache(lambda: zeros(0))
    limited: Ints = cache(lambda: zeros(0))
    any_limited: bool = cache(bool)
    takers: Ints = cache(lambda: zeros(0))
    place: Ints = cache(lambda: zeros(0))
    leads: Ints = cache(lambda: zeros(0))
    counting: bool = cache(bool)
    held: Ints = cache(lambda: zeros(0))
    wanting: bool = cache(bool)
    sorted_out: bool = cache(bool)

    @classmethod
    def none(cls, slots: int) -> Pegs:
        """An empty table for `slots` slots."""
        return cls(
            number=zeros(0),
            slot=zeros(0),
            target=zeros(0),
            filled=zeros(0),
            counted=zeros(0),
            counts=zeros(0),
            cash=zeros(0),
            server=zeros(0),
            fresh_lots=zeros(slots),
            fresh_cost=zeros(slots),
            refill=zeros(slots),
            past=zeros(0, len(PAST)),
        )

    def __len__(self) -> int:
        """How many."""
        return len(self.number)

    def add(self, number: int, slot: int, target: int, server: int, *, counts: bool) -> None:
        """Start a parent on this path. Book before calling: the rows of a slot share its lots."""
        at = int(np.searchsorted(self.slot, slot, side="right"))
        new = (number, slot, target, 0, 0, int(counts), 0, server)
        for name, value in zip(_COLUMNS, new, strict=True):
            rows = getattr(self, name)
            # A fifth of what np.insert costs.
            setattr(self, name, np.concatenate((rows[:at], (value,), rows[at:])))
        self.sorted_out = False

    def keep(self, rows: Ints) -> None:
        """Work only these rows on; the others are past. Book before calling."""
        gone = np.ones(len(self.number), bool)
        gone[rows] = False
        leaving = np.stack([getattr(self, name)[gone] for name in PAST], axis=1)
        self.past = np.concatenate((self.past, leaving))
        for name in _COLUMNS:
            setattr(self, name, getattr(self, name)[rows])
        self.sorted_out = False

    def sort_out(self, trading: Ints) -> None:
        """Work out again which slots take and what their checks ask for.

        Args:
            trading: 1 for stocks that trade, 0 for those in a pause.
        """
        slots = len(self.fresh_lots)
        first = np.searchsorted(self.slot, self.slot, side="left")
        self.takers = np.searchsorted(self.slot, self.slot, side="right") - first
        self.place = np.arange(len(self.slot)) - first
        self.leads = (self.place == 0) * LOT
        self.counting = bool(self.counts.any())
        self.held = np.minimum(np.bincount(self.slot, minlength=slots), 1) * LOT
        self.wanting = True
        open_ = self.counted < self.target
        takers = np.bincount(self.slot[open_], minlength=slots)
        blind = np.bincount(self.slot[open_ & (self.counts == 0)], minlength=slots)
        self.taking = np.minimum(takers, 1) * np.concatenate((trading, trading))
        self.limited = ((takers > 0) & (blind == 0)).astype(np.int64)
        self.any_limited = bool(self.limited.any())
        left = zeros(slots)
        np.add.at(left, self.slot, np.where(open_, -(-(self.target - self.counted) // LOT), 0))
        self.wanted = np.where(self.limited > 0, left - self.fresh_lots, ENDLESS)
        self.sorted_out = True

    def by_slot(self, values: Ints) -> Ints:
        """Sums of what there is for each parent."""
        sums = zeros(len(self.fresh_lots))
        np.add.at(sums, self.slot, values)
        return sums

    def take(self, depth: Ints, quotes: Ints) -> Ints:
        """One step of Power Peg: every slot takes the depth that it sees, at the quote.

        The one hot loop. It works on slots (stock and side), not on parents: parents of one slot
        compete for the same lots, so the sum is the same and booking deals it out once a second.
        A third of the time that a loop over parents needs.

        Returns:
            Lots taken, a slot.
        """
        depth += self.refill
        lots: Ints = depth >> _BITS
        if self.any_limited:
            np.minimum(lots, self.wanted, out=lots)
            self.wanted -= lots * self.limited
            depth -= lots << _BITS
        else:
            depth &= _FRACTION
        self.fresh_lots += lots
        self.fresh_cost += lots * quotes
        return lots


class Booked(NamedTuple):
    """What one booking dealt out; one entry a parent on the Power Peg path, or a slot.

    Attributes:
        lots: child orders executed, a parent.
        shares: shares executed, a parent.
        slot_shares: shares executed, a slot.
        slot_cost: their price units times shares, a slot.
        client_shares: the part that filled what clients wanted, a slot; or None without any.
        client_cost: its price units times shares, a slot.
    """

    lots: Ints
    shares: Ints
    slot_shares: Ints
    slot_cost: Ints
    client_shares: Ints | None = None
    client_cost: Ints | None = None


def book(pegs: Pegs, turn: int) -> Booked:
    """Deal the lots of each slot to its parents, in turn, at the slot's average price.

    What rounding leaves over in price goes to the first parent of the slot, so that the parents'
    cash is the slot's cash exactly. Odd lots go round by `turn`, or in a thin stock the second
    parent of a slot would never be filled.
    """
    lots = pegs.fresh_lots[pegs.slot]
    cost = pegs.fresh_cost[pegs.slot]
    price = cost // np.maximum(lots, _ONE)
    if pegs.counting:
        rows = _in_sequence(pegs, lots)
        # The last child of a parent is as small as what is left of it.
        shares = rows * _LOT
        shares = np.where(pegs.counts > 0, np.minimum(shares, pegs.target - pegs.counted), shares)
        pegs.counted += shares * pegs.counts
    else:
        rows = lots // pegs.takers
        rows += (pegs.place + turn) % pegs.takers < lots - rows * pegs.takers
        shares = rows * _LOT
    spent = shares * price
    spent += (cost - price * lots) * pegs.leads
    before = np.minimum(pegs.filled, pegs.target) if pegs.wanting else None
    pegs.filled += shares
    pegs.cash += spent
    if pegs.counting:
        booked = Booked(rows, shares, pegs.by_slot(shares), pegs.by_slot(spent))
    else:
        booked = Booked(rows, shares, pegs.fresh_lots * pegs.held, pegs.fresh_cost * pegs.held)
    if before is not None:
        client = np.minimum(pegs.filled, pegs.target) - before
        paid = client * price
        if pegs.counting:
            # Who takes no more than was ordered leaves the firm nothing, not even by rounding.
            paid = np.where(client == shares, spent, paid)
        booked = booked._replace(client_shares=pegs.by_slot(client), client_cost=pegs.by_slot(paid))
        pegs.wanting = bool((pegs.filled < pegs.target).any())
    pegs.fresh_lots[:] = 0
    pegs.fresh_cost[:] = 0
    return booked


def _in_sequence(pegs: Pegs, lots: Ints) -> Ints:
    """Deal a slot's lots to one parent after the other, each up to what its check allows."""
    rows = zeros(len(pegs))
    left: dict[int, int] = {}
    for row, slot in enumerate(pegs.slot.tolist()):
        here = left.setdefault(slot, int(lots[row]))
        gap = int(pegs.target[row] - pegs.counted[row])
        asks = here if not pegs.counts[row] else max(-(-gap // LOT), 0)
        rows[row] = min(here, asks)
        left[slot] = here - int(rows[row])
    return rows
