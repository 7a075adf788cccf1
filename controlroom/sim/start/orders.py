"""Clients' orders, as a scenario gives them."""

from __future__ import annotations

import attrs


@attrs.frozen
class FlaggedOrder:
    """A client order that asks for the Retail Liquidity Program.

    Attributes:
        step: when it reaches the firm. Before the open it is either for the pre-market session
            or, with `auction`, for the opening auction.
        stock: index into the stocks.
        side: +1 buys, -1 sells.
        shares: what the client wants.
        auction: waits for the open.
    """

    step: int
    stock: int
    side: int
    shares: int
    auction: bool


@attrs.frozen
class OrderFlow:
    """Client orders of the day.

    Attributes:
        flagged: every order with the RLP flag, by arrival.
        pre_market_rate: ordinary parents a minute before the open, over all servers.
        day_rate: ordinary parents a minute at midday.
        open_rate: ordinary parents a minute at the open, falling to `day_rate` within the hour.
        sizes: sizes of ordinary parents, drawn evenly, shares.
        commission: what the firm earns on a filled client share, price units.
    """

    flagged: tuple[FlaggedOrder, ...]
    pre_market_rate: int
    day_rate: int
    open_rate: int
    sizes: tuple[int, ...]
    commission: int
