"""The P&L panel, the tape, and the 33 Account against its limit.

PMON is shown as far as it has booked: late and wrong under load (SEC paragraph 25).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim import drill as drills
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.excess import taken
from controlroom.sim.seats import FACILITATOR, Seat
from controlroom.sim.start import PRICE_UNIT, Console
from controlroom.sim.views.kept import kept

if TYPE_CHECKING:
    from controlroom.sim.world import World

TAPE: Final = 12
"""Stocks on the tape."""


@attrs.frozen
class TapeView:
    """One stock on the tape.

    Attributes:
        symbol: ticker.
        last: mid price, dollars.
        change: against the open, in tenths of a percent.
        paused: in a trading pause.
    """

    symbol: str
    last: float
    change: int
    paused: bool


@attrs.frozen
class MoneyView:
    """The P&L panel. Dollars; a loss is negative.

    Attributes:
        flat: P&L if everything were sold now.
        per_minute: its change over the last minute.
        fair: P&L at fair value.
        marked: P&L at the last mid.
        pmon: P&L as PMON last showed it.
        pmon_age: seconds by which PMON is behind.
        gross: gross position.
        long: long positions.
        short: short positions, positive.
        stocks: stocks with a position.
        capital: the firm's cash and equivalents.
        executions: executions that no client ordered, so far.
        mixed: whether some of them may be a client's who has yet to take them.
        hedge: index hedge, dollars, negative when short.
        history: (seconds from the open, P&L to get flat) every ten seconds, oldest first.
        tape: the stocks that moved most.
        monitor: what the risk screen is called.
        console: which picture this is; in `as-was` only what PMON shows is filled in.
        limit: gross limit of the 33 Account where the console shows it, or 0.
        account: what the firm calls that account, where it is shown.
    """

    flat: int
    per_minute: int
    fair: int
    marked: int
    pmon: int
    pmon_age: int
    gross: int
    long: int
    short: int
    stocks: int
    capital: int
    executions: int
    hedge: int
    history: tuple[tuple[int, int], ...]
    tape: tuple[TapeView, ...]
    monitor: str = "PMON"
    console: Console = Console.TRAINER
    limit: int = 0
    account: str = ""
    mixed: bool = False


NO_MONEY: Final = MoneyView(
    flat=0,
    per_minute=0,
    fair=0,
    marked=0,
    pmon=0,
    pmon_age=0,
    gross=0,
    long=0,
    short=0,
    stocks=0,
    capital=0,
    executions=0,
    hedge=0,
    history=(),
    tape=(),
)
"""The P&L panel of a seat that has none."""


@attrs.frozen
class AccountView:
    """The 33 Account against its limit. Dollars.

    Attributes:
        gross: position as PMON has booked it, late under load.
        limit: gross limit, which nothing is wired to.
        times: gross in tenths of the limit.
        name: of the account.
        monitor: of the risk screen.
    """

    gross: int
    limit: int
    times: int
    name: str = "33 Account"
    monitor: str = "PMON"


def money_of(world: World, seat: Seat) -> MoneyView:
    """The P&L panel; to the participants of a drill, with what PMON shows while it hangs."""
    key = world.now if len(world.pegs) else world.seconds_closed
    money: MoneyView = kept(world, "money", key, lambda: _money(world))
    drill = world.drill
    if drill is None or drills.PMON not in drill.faults or seat.id == FACILITATOR:
        return money
    return attrs.evolve(money, pmon=drill.stuck[0])


def account_of(world: World) -> AccountView:
    """As PMON has booked it: what risk had to go by."""
    limit = world.scenario.firm.account_limit
    gross = drills.pmon(world)[1]
    names = world.scenario.names
    return AccountView(gross, limit, gross * 10 // max(limit, 1), names.account, names.monitor)


def _money(world: World) -> MoneyView:
    ledger, market, law = world.ledger, world.market, world.law
    profit = ledger.profit(law, market, world.scenario.market.block_base)
    samples = ledger.samples.items
    position = ledger.position()
    open_step = world.scenario.day.open_step
    return MoneyView(
        flat=profit.flat,
        per_minute=profit.flat - ledger.a_minute_ago if samples else 0,
        fair=profit.fair,
        marked=profit.marked,
        pmon=ledger.pmon_shown,
        pmon_age=ledger.pmon_behind // max(world.scenario.firm.pmon_capacity, 1),
        gross=profit.gross,
        long=profit.long,
        short=profit.short,
        stocks=int((position != 0).sum()),
        capital=world.scenario.firm.capital,
        executions=ledger.executions - taken(world),
        mixed=world.riddle is not None and world.riddle.strays.kept > 0,
        hedge=ledger.hedge,
        history=kept(world, "history", len(samples), lambda: _history(world, open_step)),
        tape=kept(world, "tape", world.seconds_closed, lambda: _tape(world)),
        monitor=world.scenario.names.monitor,
    )


def _history(world: World, open_step: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        ((sample.step - open_step) // STEPS_PER_SECOND, sample.profit.flat)
        for sample in world.ledger.samples.items
    )


def _tape(world: World) -> tuple[TapeView, ...]:
    market, law = world.market, world.law
    change = (market.mid - law.opens) * 1000 // law.opens
    order = np.argsort(-np.abs(change), kind="stable")[:TAPE]
    stocks = world.scenario.market.stocks
    return tuple(
        TapeView(
            symbol=stocks[at].symbol,
            last=int(market.mid[at]) / PRICE_UNIT,
            change=int(change[at]),
            paused=bool(market.paused_until[at]),
        )
        for at in order.tolist()
    )
