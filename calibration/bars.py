"""The stocks of knight-2012 as far as daily bars and notices tell: who, which side, how far.

Prices are in dollars, volatilities and moves in fractions of the price.
"""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import attrs

HERE: Final = Path(__file__).resolve().parent

STOCKS: Final = 154
LONG: Final = 80

RANGE_OF_SIGMA: Final = 1.67
"""Mean daily range of a stock, in daily standard deviations."""

USUAL_RANGE: Final = {"WZE": 0.06, "VPU": 0.008}
"""Usual ranges of documented stocks whose bars have none; reconstructed."""

ARCA_LISTED: Final = {"VPU"}


@attrs.frozen
class Name:
    """One stock and what is known of its day.

    Attributes:
        symbol: ticker.
        status: documented or inferred.
        note: what is known.
        prev_close: price of the day before.
        open: opening price.
        adv: average daily volume of the twenty days before.
        sigma: usual daily volatility.
        up: how far the bar reached above the open.
        down: how far it reached below.
        back: how much of the larger of the two moves the close had taken back, from 0 to 1.
        excess: shares above the average daily volume.
    """

    symbol: str
    status: str
    note: str
    prev_close: float
    open: float
    adv: int
    sigma: float
    up: float
    down: float
    back: float
    excess: int

    @property
    def lean(self) -> float:
        """How much further the bar reached up than down, in usual ranges."""
        return (self.up - self.down) / (self.sigma * RANGE_OF_SIGMA)

    @property
    def reach(self) -> float:
        """The larger of the bar's two moves from the open."""
        return max(self.up, self.down)

    @property
    def spread(self) -> float:
        """A cent, or 3 % of what the stock moves in a day; below a dollar less than a cent."""
        least = 0.01 if self.open >= 1 else 0.001
        return max(least, round(0.03 * self.sigma * self.open, 3))

    @property
    def venue(self) -> str:
        """Where it is listed."""
        return "ARCA" if self.symbol in ARCA_LISTED else "NYSE"


WITHOUT_BAR: Final = (
    Name(
        symbol="UTG.RT",
        status="documented",
        note='cancelled at or below $0.0497; written "UTG RT" in the notice: rights; '
        "volume reconstructed",
        prev_close=0.071,
        open=0.071,
        adv=900_000,
        sigma=0.075,
        up=0.0,
        down=0.38,
        back=1.0,
        excess=3_200_000,
    ),
    Name(
        symbol="EJ",
        status="documented",
        note="cancelled at or below $3.36; volume and range reconstructed",
        prev_close=4.80,
        open=4.80,
        adv=430_000,
        sigma=0.041,
        up=0.0,
        down=0.37,
        back=1.0,
        excess=3_600_000,
    ),
    Name(
        symbol="KWK",
        status="documented",
        note="cancelled; level, side, volume and range reconstructed",
        prev_close=4.50,
        open=4.50,
        adv=3_000_000,
        sigma=0.046,
        up=0.42,
        down=0.02,
        back=1.0,
        excess=8_000_000,
    ),
)
"""Stocks whose trades were cancelled and for which no bar is at hand.

The opens of UTG RT and EJ follow from the exchange's notice: 30 % above the prices it names.
"""


def names() -> list[Name]:
    """Documented names that left a footprint, the strongest inferred ones, those without a bar."""
    with (HERE / "basket.csv").open(newline="") as file:
        bars = [bar for bar in csv.DictReader(file) if "no visible footprint" not in bar["note"]]
    documented = [bar for bar in bars if bar["status"] == "documented"]
    inferred = [bar for bar in bars if bar["status"] == "inferred"]
    missing = STOCKS - len(documented) - len(WITHOUT_BAR)
    strongest = {bar["symbol"] for bar in sorted(inferred, key=_footprint)[-missing:]}
    chosen = [bar for bar in bars if bar in documented or bar["symbol"] in strongest]
    return [_name(bar) for bar in chosen] + list(WITHOUT_BAR)


def bought(stocks: list[Name]) -> list[bool]:
    """Whether each stock ends net long: those whose bar reached furthest up, 80 of them."""
    by_lean = sorted(range(len(stocks)), key=lambda number: (-stocks[number].lean, number))
    long = set(by_lean[:LONG])
    return [number in long for number in range(len(stocks))]


def _footprint(bar: dict[str, str]) -> float:
    """How far a bar stands out: volume against usual times range against usual."""
    reach = (float(bar["high"]) - float(bar["low"])) / float(bar["open"])
    return float(bar["volume"]) / float(bar["adv20"]) * reach / float(bar["median_daily_range"])


def _name(bar: dict[str, str]) -> Name:
    usual = float(bar["median_daily_range"] or USUAL_RANGE[bar["symbol"]])
    opening = float(bar["open"])
    note = bar["note"].replace("busted", "cancelled")
    if not bar["median_daily_range"]:
        note += "; range reconstructed"
    up = max(float(bar["high"]) / opening - 1, 0.0)
    down = max(1 - float(bar["low"] or opening) / opening, 0.0)
    stayed = (float(bar["close"] or opening) / opening - 1) * (1 if up > down else -1)
    return Name(
        symbol=bar["symbol"],
        status=bar["status"],
        note=note,
        prev_close=float(bar["prev_close"]),
        open=opening,
        adv=int(bar["adv20"]),
        sigma=usual / RANGE_OF_SIGMA,
        up=up,
        down=down,
        back=min(max(1 - stayed / max(up, down), 0.0), 1.0),
        excess=max(int(bar["volume"]) - int(bar["adv20"]), 0),
    )
