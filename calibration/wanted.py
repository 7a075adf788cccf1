"""How many shares of each stock Power Peg takes and how far each moves: what the bars ask for."""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

from typing import Final

import numpy as np
from bars import RANGE_OF_SIGMA, Name
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OVER_5_PERCENT: Final = 77
OVER_10_PERCENT: Final = 37
"""Stocks that are meant to move so far; the SEC found 75 and 37, and chance takes two away."""

NEAR: Final = 0.78
"""Bars that reach this part of a threshold may be lifted over it."""

CANCELLED: Final = {
    "WZE": 1.90,
    "CO": 0.54,
    "UTG.RT": 0.38,
    "EJ": 0.37,
    "ARC": 0.375,
    "KWK": 0.42,
}
"""How far the six move in which trades were cancelled: surely beyond 30 %.

WZE reached four times its open, in three seconds; the square-root law does not do that.
"""

KEPT: Final = {
    "AAU": 0.245,
    "BYD": 0.216,
    "CLGX": 0.125,
    "EXC": 0.040,
    "GT": 0.096,
    "HOG": 0.127,
    "KRO": 0.183,
    "MTZ": 0.198,
    "NAT": 0.214,
    "TRN": 0.160,
}
"""Moves on record that are kept as they are, and AAU's, which must not be cancelled."""

LEAST_OF_BAR: Final = 0.4
"""Part of a bar's reach that is pressure at least."""

COSTLY: Final = 18e6
"""Dollars: what the move of all the volume above the usual costs, where half of it is others'.

Without this 397 m shares, $6.65 bn of positions and a loss of $460 m do not go together: a move
that costs much draws in others who trade against it.
"""


def wanted(stocks: list[Name]) -> Floats:
    """Shares wanted, before scales: the volume above the usual, less where it would cost most.

    At least what the two thresholds of the SEC need, in stocks that move far enough.
    """
    excess = np.array([float(name.excess) for name in stocks])
    opens = np.array([name.open for name in stocks])
    reach = np.minimum([name.reach for name in stocks], 0.3)
    adv = np.array([float(name.adv) for name in stocks])
    least = np.where(reach > 0.08, 0.64, 0.04) * adv
    return np.maximum(excess / (1 + excess * opens * reach / COSTLY), least)


def moves(stocks: list[Name], long: NDArray[np.bool_], want: Floats) -> Floats:
    """Moves wanted: the bar's, less the range of a usual day.

    At the SEC's two thresholds there is a gap, so that few stocks cross them by chance. Where the
    bars give too few stocks beyond a threshold, those near it with the least money are lifted.
    """
    bar = np.array([name.up if up else name.down for name, up in zip(stocks, long, strict=True)])
    usual = np.array([name.sigma * RANGE_OF_SIGMA for name in stocks])
    usd = np.array([name.open for name in stocks]) * want
    fixed = CANCELLED | KEPT
    move = np.maximum(bar - usual, LEAST_OF_BAR * bar)
    for threshold, count, above, below in (
        (0.05, OVER_5_PERCENT, 0.058, 0.043),
        (0.10, OVER_10_PERCENT, 0.114, 0.089),
    ):
        over = [n for n, far in enumerate(bar) if far > threshold]
        near = [n for n in range(len(stocks)) if NEAR * threshold < bar[n] <= threshold]
        near = [n for n in near if stocks[n].symbol not in fixed]
        near.sort(key=lambda number: (usd[number], number))
        over += near[: count - len(over)]
        for number in range(len(stocks)):
            if number in over:
                move[number] = max(move[number], above)
            elif bar[number] > 0.6 * threshold:
                move[number] = min(move[number], below)
    for number, name in enumerate(stocks):
        move[number] = fixed.get(name.symbol, move[number])
    return move
