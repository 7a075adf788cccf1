"""Stocks and the market they trade in, as a scenario gives them."""

from __future__ import annotations

import attrs

from controlroom.sim.start.units import Evidence


@attrs.frozen
class Stock:
    """One stock of the modelled market.

    Attributes:
        symbol: ticker, split-adjusted levels.
        status: whether the stock is documented as affected or inferred from its daily bar.
        note: what is known about it.
        venue: listing venue.
        prev_close: price of the day before.
        open: opening price; the undisturbed price starts here.
        adv: average daily volume, shares.
        sigma: daily volatility, hundredths of a percent.
        spread: calm bid-offer spread.
        pace: lots that the venues show again in 1,000 seconds to somebody who takes all he sees.
    """

    symbol: str
    status: Evidence
    note: str
    venue: str
    prev_close: int
    open: int
    adv: int
    sigma: int
    spread: int
    pace: int


@attrs.frozen
class MarketSetup:
    """The market's population and law. Sources: docs/model.md.

    Attributes:
        stocks: all modelled stocks, in a fixed order.
        impact: Y of the square-root law for an order that takes at once, in hundredths.
        patience: per mille of a share worked over an afternoon that counts as taken at once.
        half_life: seconds in which half of the unabsorbed volume is absorbed.
        drawn_in: per mille of the storm's volume that others trade on top.
        open_share: per mille of a day's volume that normally trades in the first `open_seconds`.
        open_seconds: length of that first stretch after the open.
        wander: per mille of sigma with which undisturbed prices move over a day.
        block_base: hundredths of a percent below fair that a buyer of the block always asks.
        block_impact: hundredths of Y that a buyer of the block asks on top, by the same law.
        pause_move: percent move within `pause_window` that pauses a stock.
        pause_window: seconds; a price is kept of every ten of them.
        pause_length: seconds.
        bust_move: percent from the open at which the exchange cancels trades.
    """

    stocks: tuple[Stock, ...]
    impact: int
    patience: int
    half_life: int
    drawn_in: int
    open_share: int
    open_seconds: int
    wander: int
    block_base: int
    block_impact: int
    pause_move: int
    pause_window: int
    pause_length: int
    bust_move: int
