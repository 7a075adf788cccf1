"""What a run came to: figures read from the world, none of them kept for this purpose alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from controlroom.sim.arrays import Ints
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.excess import growing, taken
from controlroom.sim.law import normal_volume
from controlroom.sim.spared import Deed, deeds
from controlroom.sim.start import LOT, PRICE_UNIT
from controlroom.sim.state import copied, digest
from controlroom.sim.trading import settle

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class Result:
    """The figures of a run. Dollars are whole; a loss is positive here.

    Attributes:
        digest: of the world at the end.
        steps: taken.
        reject_mails_before_open: flagged orders refused before the open, a mail each.
        power_peg_parents: parents that took the Power Peg path.
        child_orders: that Power Peg sent.
        executions: that they became.
        shares: executed by Power Peg.
        stocks: in which it executed.
        stocks_long: with a long position when the flow stopped.
        stocks_short: with a short one.
        net_long_usd: long positions then, at what was paid for them.
        net_short_usd: short positions then, at what was received.
        gross_peak_usd: largest gross position at the last mid.
        stocks_over_20pct_5pct: over 20 % of volume and a move of over 5 % (SEC paragraph 18).
        stocks_over_50pct_10pct: of those, over 50 % and over 10 %.
        loss_usd: when flat, or what it would be if everything were sold now.
        loss_marked_usd: at the last mid.
        loss_fair_usd: at fair value.
        ran_away: whether a server executed more than its orders asked for.
        contained_at: when the rate of that fell below a tenth of its peak for good, or None.
        flat: nothing is left to sell.
        ended: why the run is over, or empty.
        delayed_orders: client orders that waited for a server or were sent back.
        lost_orders: client orders that were refused or went elsewhere.
        commission_lost_usd: what the firm would have earned on them.
        block_discount_usd: what the buyer of the block was paid, part of the loss.
        cancelled_stocks: stocks in which the exchange cancelled trades, -1 if it was not asked.
        hints: taken.
        first_command_at: of the first command that was more than a look, or None.
        declared_at: when an incident was declared, or None.
        stale_parents: Power Peg parents by server, for those that had any.
        safeguards: what the switched-on safeguards did.
    """

    digest: str
    steps: int
    reject_mails_before_open: int
    power_peg_parents: int
    child_orders: int
    executions: int
    shares: int
    stocks: int
    stocks_long: int
    stocks_short: int
    net_long_usd: int
    net_short_usd: int
    gross_peak_usd: int
    stocks_over_20pct_5pct: int
    stocks_over_50pct_10pct: int
    loss_usd: int
    loss_marked_usd: int
    loss_fair_usd: int
    ran_away: bool
    contained_at: str | None
    flat: bool
    ended: str
    delayed_orders: int
    lost_orders: int
    commission_lost_usd: int
    block_discount_usd: int
    cancelled_stocks: int
    hints: int
    first_command_at: str | None
    declared_at: str | None
    stale_parents: tuple[tuple[str, int], ...]
    safeguards: tuple[Deed, ...] = ()


def result(world: World) -> Result:
    """The figures of a run so far; reads a copy, so asking changes nothing."""
    mark = digest(world)
    world = copied(world)
    settle(world)
    day, ledger, setup = world.scenario.day, world.ledger, world.scenario.market
    count = world.law.stocks
    profit = ledger.profit(world.law, world.market, setup.block_base)
    storm = ledger.storm_position()
    own = ledger.cost - ledger.client_cost
    paid: Ints = own[:count] - own[count:]
    over20, over50 = footprint(world)
    pegged = world.fleet.pegged

    def clock(step: int) -> str | None:
        return day.text(step) if step >= 0 else None

    executed = int(ledger.shares.sum())
    if world.riddle is not None:
        executed -= world.riddle.strays.theirs
    ran_away = executed > int(ledger.client_shares.sum())
    quiet = world.now - ledger.last_over_tenth > 10 * STEPS_PER_SECOND
    before_open = sum(
        alert.inject == "reject" and alert.step < day.open_step for alert in world.alerts.feed.items
    )
    return Result(
        digest=mark,
        steps=world.now,
        reject_mails_before_open=before_open,
        power_peg_parents=int(pegged.sum()),
        child_orders=_child_orders(world),
        executions=ledger.executions - taken(world),
        shares=executed,
        stocks=int(((ledger.shares[:count] + ledger.shares[count:]) > 0).sum()),
        stocks_long=int((storm > 0).sum()),
        stocks_short=int((storm < 0).sum()),
        net_long_usd=int(paid[storm > 0].sum()) // PRICE_UNIT,
        net_short_usd=-int(paid[storm < 0].sum()) // PRICE_UNIT,
        gross_peak_usd=max(ledger.peak_gross, profit.gross),
        stocks_over_20pct_5pct=over20,
        stocks_over_50pct_10pct=over50,
        loss_usd=-profit.flat,
        loss_marked_usd=-profit.marked,
        loss_fair_usd=-profit.fair,
        ran_away=ran_away,
        contained_at=clock(ledger.last_over_tenth) if ran_away and (quiet or world.ended) else None,
        flat=ledger.is_flat() and not growing(world),
        ended=world.ended,
        delayed_orders=world.upstream.delayed,
        lost_orders=world.upstream.lost,
        commission_lost_usd=world.upstream.lost_shares
        * world.scenario.flow.commission
        // PRICE_UNIT,
        block_discount_usd=ledger.given_up // PRICE_UNIT,
        cancelled_stocks=world.team.busted,
        hints=world.team.hints,
        first_command_at=clock(world.team.first_command),
        declared_at=clock(world.team.declared),
        stale_parents=tuple(
            (server.name, int(pegged[at]))
            for at, server in enumerate(world.scenario.servers)
            if pegged[at]
        ),
        safeguards=deeds(world),
    )


def _child_orders(world: World) -> int:
    """Child orders that no client wanted: a lot each, the last may be less."""
    filled = np.concatenate((world.pegs.filled, world.pegs.past[:, 3]))
    others = world.riddle.strays.children if world.riddle is not None else 0
    return int((-(-filled // LOT)).sum()) + others - taken(world)


def footprint(world: World) -> tuple[int, int]:
    """Stocks over the SEC's two thresholds of volume share and price move (paragraph 18).

    The window runs from the open to the last execution; the move is the largest from the open.
    """
    ledger, market, law, count = world.ledger, world.market, world.law, world.law.stocks
    if ledger.first_taken < 0:
        return 0, 0
    open_for = (ledger.last_taken - world.scenario.day.open_step) // STEPS_PER_SECOND
    own = ledger.shares[:count] + ledger.shares[count:]
    drawn = own * world.scenario.market.drawn_in // 1000
    volume = normal_volume(world.scenario, law, max(open_for, 1)) + own + drawn
    move = np.maximum(market.high - law.opens, law.opens - market.low)
    over20 = (own * 5 > volume) & (move * 20 > law.opens)
    over50 = over20 & (own * 2 > volume) & (move * 10 > law.opens)
    return int(over20.sum()), int(over50.sum())
