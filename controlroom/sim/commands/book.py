"""The positions that are left when the flow has stopped: cancel, pare, hedge, sell, hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs
import numpy as np

from controlroom.sim import trading
from controlroom.sim.clock import STEPS_PER_SECOND, Phase, seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.leave import needs_leave
from controlroom.sim.events import Milestone, Tone
from controlroom.sim.excess import growing
from controlroom.sim.market import INDEX_OPEN, block_cost
from controlroom.sim.programme import Programme
from controlroom.sim.start import PRICE_UNIT
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

REVIEW_CLOCK = ((14 * 60) + 57) * 60_000
"""When the exchange announced its cancellations: 14:57 (facts: NYSE)."""

NEGOTIATION = 45 * 60
"""Seconds in which a buyer of the whole book is found and agrees (reconstructed)."""

RUSH = 15 * 60
"""Seconds after the open in which nobody takes over (reconstructed)."""


def _nothing_held(world: World) -> str | None:
    """Reads only: screens ask for obstacles between steps, and settling would change the run."""
    if world.pegs.fresh_lots.any() or not world.ledger.is_flat():
        return None
    return "the firm holds no position"


@attrs.frozen
class Cancellations(Command):
    """Ask the exchange to cancel trades."""

    verb: ClassVar[str] = "cancellations"
    summary: ClassVar[str] = "ask the exchange to cancel trades by its rule: 30 % from the open"
    group: ClassVar[Group] = Group.POSITIONS
    key: ClassVar[str | None] = "U"

    def obstacle(self, world: World) -> str | None:
        """Asked already; no trade that could be cancelled."""
        if world.team.asked_cancellations >= 0:
            since = world.scenario.day.text(world.team.asked_cancellations)
            return f"the exchange was asked already, at {since}"
        if world.ledger.first_taken < 0:
            return "there is no trade that could be cancelled"
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """The exchange reviews the whole morning first; later requests take 15 minutes."""
        announced = world.scenario.day.step_at(REVIEW_CLOCK)
        return (max(announced - world.now, seconds(900)),)

    def begin(self, world: World, seat: str) -> None:
        """The request is on record."""
        world.team.asked_cancellations = world.now
        rule = world.scenario.market.bust_move
        answer(world, seat, f"requested; the rule: trades {rule} % or more from the opening price")

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Trades so far from the open never happened."""
        trading.settle(world)
        ledger, count = world.ledger, world.law.stocks
        shares = ledger.far_shares[:count] - ledger.far_shares[count:]
        cost = ledger.far_cost[:count] - ledger.far_cost[count:]
        busted = np.flatnonzero(ledger.far_shares[:count] + ledger.far_shares[count:])
        ledger.cancelled += shares
        ledger.cancelled_cost += cost
        ledger.far_shares[:] = 0
        ledger.far_cost[:] = 0
        world.team.busted = len(busted)
        names = [world.scenario.market.stocks[at].symbol for at in busted]
        answer(
            world,
            seat,
            f"the exchange cancels trades in {len(names)} stocks",
            *([", ".join(names)] if names else []),
            "everything else stands",
        )


@attrs.frozen
class Pare(Command):
    """Work a part of every position off without hurry."""

    verb: ClassVar[str] = "pare"
    summary: ClassVar[str] = "work PERCENT of every position off, over MINUTES (120 if not said)"
    group: ClassVar[Group] = Group.POSITIONS
    key: ClassVar[str | None] = "W"
    asks: ClassVar[bool] = True

    percent: int = words(Slot(Kind.NUMBER, "PERCENT", low=1, high=100))
    minutes: int | None = words(Slot(Kind.NUMBER, "MINUTES", optional=True, low=1, high=390))

    def _length(self, world: World) -> int:
        left = world.scenario.day.close_step - world.now
        return min(seconds(60 * (self.minutes or 120)), left - left % STEPS_PER_SECOND)

    def obstacle(self, world: World) -> str | None:
        """A closed market, no position, a programme under way."""
        phase = world.scenario.day.phase(world.now)
        if phase is Phase.PRE_MARKET:
            return "the market is not open"
        if phase is not Phase.OPEN or self._length(world) <= 0:
            return "the market is closed; a block can be sold at any time"
        if world.programmes:
            return "a programme is being worked already"
        return _nothing_held(world)

    def stages(self, world: World) -> tuple[int, ...]:
        """Until the programme is done."""
        return (self._length(world),)

    def begin(self, world: World, seat: str) -> None:
        """The programme is fixed now: later executions are not part of it."""
        trading.settle(world)
        position = world.ledger.position()
        shares = -np.sign(position) * (np.abs(position) * self.percent // 100)
        # The programme trades on the beat, so it begins on one.
        began = world.now - world.now % STEPS_PER_SECOND
        world.programmes.append(Programme(began, began + self._length(world), shares))
        size = int((np.abs(shares) * world.market.mid).sum()) // PRICE_UNIT
        answer(world, seat, f"working {self.percent} % of every position: {size:,} USD")

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Say what is left."""
        base = world.scenario.market.block_base
        profit = world.ledger.profit(world.law, world.market, base)
        answer(world, seat, f"programme done; gross position {profit.gross:,} USD")


@attrs.frozen
class Hedge(Command):
    """Hold the index against the book's net."""

    verb: ClassVar[str] = "hedge"
    summary: ClassVar[str] = "hold the index against PERCENT of the net position; 0 lifts it (30 s)"
    group: ClassVar[Group] = Group.POSITIONS
    key: ClassVar[str | None] = "H"

    percent: int = words(Slot(Kind.NUMBER, "PERCENT", low=0, high=100))

    def obstacle(self, world: World) -> str | None:
        """A closed market, no position."""
        if world.scenario.day.phase(world.now) is not Phase.OPEN:
            return "the market is not open"
        return _nothing_held(world)

    def stages(self, world: World) -> tuple[int, ...]:
        """Thirty seconds."""
        return (seconds(30),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """The index is bought or sold at its level."""
        trading.settle(world)
        net = int((world.ledger.position() * world.market.mid).sum()) // PRICE_UNIT
        level = world.market.index
        wanted = -net * self.percent // 100 * INDEX_OPEN // level
        world.ledger.hedge_cost += (wanted - world.ledger.hedge) * PRICE_UNIT * level // INDEX_OPEN
        world.ledger.hedge = wanted
        answer(world, seat, f"index hedge {wanted:+,} USD against a net of {net:+,} USD")


@attrs.frozen
class Sell(Command):
    """Sell what is left as one block."""

    verb: ClassVar[str] = "sell"
    summary: ClassVar[str] = "sell the whole book to one buyer, below fair value (45 min)"
    group: ClassVar[Group] = Group.POSITIONS
    key: ClassVar[str | None] = "B"
    asks: ClassVar[bool] = True

    what: str = words(Slot(Kind.CHOICE, "block", ("block",)))

    def obstacle(self, world: World) -> str | None:
        """A position that still grows, no position, authority."""
        if growing(world):
            return "the position still grows; stop the flow first"
        return _nothing_held(world) or needs_leave(world, "selling the firm's whole book")

    def stages(self, world: World) -> tuple[int, ...]:
        """Forty-five minutes of negotiation."""
        return (seconds(NEGOTIATION),)

    def begin(self, world: World, seat: str) -> None:
        """What a buyer would ask now; the price is fixed at the end."""
        cost, value = self._price(world)
        answer(
            world,
            seat,
            f"buyers are asked; now they would want {cost:,} USD below fair value "
            f"({cost * 1000 // max(value, 1) / 10:.1f} % of {value:,} USD)",
        )

    def finish(self, world: World, seat: str, stage: int) -> None:
        """The book is gone, at fair value less what the buyer asks."""
        if growing(world):
            answer(world, seat, "the buyer withdrew: the position grows again", tone=Tone.BAD)
            return
        cost, value = self._price(world)
        ledger, market = world.ledger, world.market
        position = ledger.position()
        asked = block_cost(world.law, market, position, world.scenario.market.block_base)
        ledger.given_up += int(asked.sum())
        ledger.worked -= position
        ledger.worked_cost += asked - position * market.fair
        ledger.hedge_cost -= ledger.hedge * PRICE_UNIT * market.index // INDEX_OPEN
        ledger.hedge = 0
        world.programmes = []
        answer(world, seat, f"sold: {value:,} USD of positions at {cost:,} USD below fair value")
        world.record(Milestone(world.now, "the firm is flat", "flat"))
        world.ended = "flat"

    def _price(self, world: World) -> tuple[int, int]:
        """What a buyer asks below fair value, and the value; whole dollars."""
        position = world.ledger.position()
        base = world.scenario.market.block_base
        cost = int(block_cost(world.law, world.market, position, base).sum())
        value = int((np.abs(position) * world.market.fair).sum())
        return cost // PRICE_UNIT, value // PRICE_UNIT


@attrs.frozen
class Handover(Command):
    """End the shift."""

    verb: ClassVar[str] = "handover"
    summary: ClassVar[str] = "end the shift, once the market is open and the firm is flat"
    group: ClassVar[Group] = Group.POSITIONS
    key: ClassVar[str | None] = "Q"
    asks: ClassVar[bool] = True

    def obstacle(self, world: World) -> str | None:
        """Before the open, with a position, or with something running."""
        if world.scenario.day.phase(world.now) is Phase.PRE_MARKET:
            return "the market has not opened; nobody takes over before the bell"
        if world.seconds_open < RUSH:
            day = world.scenario.day
            calm = day.text(day.open_step + seconds(RUSH))
            return f"the market has only just opened; nobody takes over before {calm}"
        if growing(world):
            return "the position still grows; nobody takes over now"
        if not world.ledger.is_flat():
            return "the firm holds positions; pare them or sell the block first"
        if world.riddle is not None and not world.fleet.taking():
            # Where nobody knows whether anything was wrong, a fleet that stands is not the end.
            return "no server takes orders; nobody takes over a firm that is shut"
        return None

    def begin(self, world: World, seat: str) -> None:
        """The run is over."""
        world.ended = "handed over"
        world.record(Milestone(world.now, "the shift is handed over", "end"))
