"""The yardstick: `bourse` (Rust) matching as many child orders as the storm sends.

Its NumPy batch interface takes the marketable child orders of a 250 ms step as arrays and matches
them against resting liquidity; one order book, one process. Arrays are made before the clock runs.
Two ways to put up the liquidity bracket what the world's market does in the same step:

- *least*: one resting order a side and step, large enough for all: the least work matching can be;
- *per slot*: one resting order for each of 200 slots (a stock's bids or offers), since the world's
  depth recovers stock by stock.

Everything else that the world does in a step (prices, positions, servers, parents, mails) the
yardstick leaves out.
"""

from __future__ import annotations

import time
from typing import Any, Final

import numpy as np

STEPS: Final = 10_800
"""Steps of 250 ms in 45 minutes."""

LOT: Final = 100
LIQUIDITY: Final = {"least work": 2, "liquidity per slot": 200}
"""Resting orders a step."""

BID: Final = 1_999
ASK: Final = 2_001


def matching(child_orders: int, resting: int) -> float:
    """Seconds of processor time to match `child_orders`, with so many resting orders a step.

    Raises:
        ImportError: where there is no bourse.
    """
    from bourse.core import StepEnvNumpy

    # The steps differ by one order at most, so two sets of arrays serve all of them.
    few = child_orders // STEPS
    larger = child_orders - few * STEPS
    steps = [_takers(few + 1)] * larger + [_takers(few)] * (STEPS - larger)
    liquidity = _makers(resting, (few + 2) * LOT)
    market = StepEnvNumpy(7, 0, 1, 250)
    begun = time.process_time()
    for takers in steps:
        market.submit_limit_orders(liquidity)
        market.step()
        market.submit_limit_orders(takers)
        market.step()
    spent = time.process_time() - begun
    matched = int(market.get_market_data()["trade_vol"].sum()) // LOT
    if matched != child_orders:
        raise RuntimeError(f"{matched} of {child_orders} child orders were matched")
    return spent


def _takers(count: int) -> tuple[Any, ...]:
    """Marketable orders of a lot each, as many buys as sells."""
    buys = np.arange(count) % 2 == 0
    return _orders(buys, np.full(count, LOT), np.where(buys, ASK, BID))


def _makers(count: int, shares: int) -> tuple[Any, ...]:
    """Resting orders that hold `shares` on each side together, half of them on each."""
    bids = np.arange(count) % 2 == 0
    return _orders(bids, np.full(count, -(-shares * 2 // count)), np.where(bids, BID, ASK))


def _orders(bids: Any, shares: Any, prices: Any) -> tuple[Any, ...]:
    traders = np.zeros(len(bids), np.uint32)
    return bids, shares.astype(np.uint32), traders, prices.astype(np.uint32)
