"""What a build does with a parent order: the RLP path and the Power Peg path. The defect is here.

SMARS receives parents and sends child orders against the liquidity it sees (SEC paragraph 12).
Which path a parent takes is decided by its flag and the installed build (paragraph 13): the flag
means RLP on the new build and Power Peg on the old one. Both paths stop by the same rule: send
while the count of executed shares is below the target. On the RLP path the count is the router's
own. Power Peg's count was moved elsewhere in 2005 (paragraph 14), so the number that its check
reads stays at zero. Nothing else in the simulation knows about the defect.

Ordinary and RLP parents work patiently, a lot a second; Power Peg takes whatever it sees at once.
Left out: prices of child orders beyond the touch, the 9.5 % price cap (never reached at the touch).
"""

from __future__ import annotations

import enum
from typing import Final, NamedTuple

import attrs
import numpy as np

from controlroom.sim.clock import Phase
from controlroom.sim.law import DEPTH_BITS
from controlroom.sim.randomness import Ints, Mask
from controlroom.sim.start import LOT, Build, PegCount
from controlroom.sim.state import cache

ENDLESS: Final = 1 << 40
"""Lots wanted by a slot whose takers cannot see what they have executed."""

# In the hot loop constants are arrays: a Python number costs numpy 0.3 µs a call to convert.
_BITS: Final = np.array(DEPTH_BITS)
_FRACTION: Final = np.array((1 << DEPTH_BITS) - 1)
_LOT: Final = np.array(LOT)
_ONE: Final = np.array(1)

PAST: Final = ("number", "slot", "target", "filled", "cash", "server")
"""What is kept of a Power Peg parent that is no longer worked."""


class Path(enum.StrEnum):
    """What becomes of a parent."""

    PLAIN = "plain"
    RLP = "rlp"
    POWER_PEG = "power peg"
    REFUSED = "refused"


def path_of(build: Build, *, flagged: bool, phase: Phase, old_table: bool = False) -> Path:
    """The path that a build gives to a parent, by its flag table.

    The new build still holds the old code; a table of before it leads there (invented).

    The pre-market path of the old build refuses the flag, the opening path executes it: that is
    how 97 mails could be sent without a trade (reconstructed; SEC paragraph 19, footnote 6).
    """
    if not flagged:
        return Path.PLAIN
    if build.has_rlp and not old_table:
        return Path.RLP
    return Path.REFUSED if phase is Phase.PRE_MARKET else Path.POWER_PEG


def sees_its_fills(build: Build, path: Path) -> bool:
    """Whether the count that this path's stop check reads grows with its executions."""
    return path is not Path.POWER_PEG or build.peg_count is PegCount.INSIDE


def column(rows: Ints, at: int) -> Ints:
    """One row of a table, as a view that can be changed in place."""
    one: Ints = rows[at]
    return one


@attrs.define
class Parents:
    """Parents on the ordinary and the RLP path.

    Attributes:
        rows: one column a parent, oldest first; one row each for the properties below.
    """

    rows: Ints

    @classmethod
    def none(cls) -> Parents:
        """An empty table."""
        return cls(np.zeros((6, 0), np.int64))

    def add(self, number: Ints, slot: Ints, target: Ints, server: Ints, rlp: int) -> None:
        """Take on parents that have not been worked yet."""
        old = len(self)
        rows = np.empty((6, old + len(number)), np.int64)
        rows[:, :old] = self.rows
        new = rows[:, old:]
        new[0], new[1], new[2], new[3], new[4], new[5] = number, slot, target, 0, server, rlp
        self.rows = rows

    def add_one(self, number: int, slot: int, target: int, server: int, *, rlp: bool) -> None:
        """Take on one parent."""
        new = np.array([[number], [slot], [target], [0], [server], [int(rlp)]])
        self.rows = np.concatenate((self.rows, new), axis=1)

    def keep(self, rows: Mask) -> None:
        """Forget every parent but these."""
        self.rows = np.compress(rows, self.rows, axis=1)

    @property
    def number(self) -> Ints:
        """Number of the order."""
        return column(self.rows, 0)

    @property
    def slot(self) -> Ints:
        """Stock for a buy, stock + number of stocks for a sell."""
        return column(self.rows, 1)

    @property
    def target(self) -> Ints:
        """Shares wanted."""
        return column(self.rows, 2)

    @property
    def filled(self) -> Ints:
        """Shares executed, which is also what the stop check reads."""
        return column(self.rows, 3)

    @property
    def server(self) -> Ints:
        """Index of the server that works it."""
        return column(self.rows, 4)

    @property
    def rlp(self) -> Ints:
        """1 on the RLP path."""
        return column(self.rows, 5)

    def __len__(self) -> int:
        """How many."""
        parents: int = self.rows.shape[1]
        return parents


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
    taking: Ints = cache(lambda: np.zeros(0, np.int64))
    wanted: Ints = cache(lambda: np.zeros(0, np.int64))
    limited: Ints = cache(lambda: np.zeros(0, np.int64))
    any_limited: bool = cache(bool)
    takers: Ints = cache(lambda: np.zeros(0, np.int64))
    place: Ints = cache(lambda: np.zeros(0, np.int64))
    leads: Ints = cache(lambda: np.zeros(0, np.int64))
    counting: bool = cache(bool)
    held: Ints = cache(lambda: np.zeros(0, np.int64))
    wanting: bool = cache(bool)
    sorted_out: bool = cache(bool)

    @classmethod
    def none(cls, slots: int) -> Pegs:
        """An empty table for `slots` slots."""

        def zeros(count: int) -> Ints:
            return np.zeros(count, np.int64)

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
            past=np.zeros((0, len(PAST)), np.int64),
        )

    def __len__(self) -> int:
        """How many."""
        return len(self.number)

    def add(self, number: int, slot: int, target: int, server: int, *, counts: bool) -> None:
        """Start a parent on this path. Book before calling: the rows of a slot share its lots."""
        at = int(np.searchsorted(self.slot, slot, side="right"))
        for name, value in (
            ("number", number),
            ("slot", slot),
            ("target", target),
            ("filled", 0),
            ("counted", 0),
            ("counts", int(counts)),
            ("cash", 0),
            ("server", server),
        ):
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
        for name in ("number", "slot", "target", "filled", "counted", "counts", "cash", "server"):
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
        left = np.zeros(slots, np.int64)
        np.add.at(left, self.slot, np.where(open_, -(-(self.target - self.counted) // LOT), 0))
        self.wanted = np.where(self.limited > 0, left - self.fresh_lots, ENDLESS)
        self.sorted_out = True

    def by_slot(self, values: Ints) -> Ints:
        """Sums of what there is for each parent."""
        sums = np.zeros(len(self.fresh_lots), np.int64)
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
    rows = np.zeros(len(pegs), np.int64)
    left: dict[int, int] = {}
    for row, slot in enumerate(pegs.slot.tolist()):
        here = left.setdefault(slot, int(lots[row]))
        gap = int(pegs.target[row] - pegs.counted[row])
        asks = here if not pegs.counts[row] else max(-(-gap // LOT), 0)
        rows[row] = min(here, asks)
        left[slot] = here - int(rows[row])
    return rows
