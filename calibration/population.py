"""The population of the market on its way: who is taken when, how fast, and how far it moves."""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

import attrs
import numpy as np
from arrivals import Arrival
from bars import Name
from numpy.typing import NDArray
from wanted import Floats

from controlroom.sim.start import PRICE_UNIT, Evidence, FlaggedOrder, Scenario, Stock

SCENARIO: Final = Path(__file__).resolve().parent.parent / "scenarios" / "knight-2012"

Order = tuple[Arrival, int, bool]
"""A flagged order: when and how large, its stock, whether it buys."""


@attrs.define
class Population:
    """The population on its way. Arrays of one entry a stock; times in seconds after the open.

    Attributes:
        names: the stocks.
        long: whether each ends net long.
        begins: when each of its sides is first taken, own side, then other; inf for never.
        ends: when each side is last taken.
        want: shares wanted, before the scales.
        reach: move wanted, a fraction.
        sigma: effective daily volatility, a fraction.
        scales: of `want` for stocks on one side long, on one side short, on both sides.
    """

    names: list[Name]
    long: NDArray[np.bool_]
    begins: Floats
    ends: Floats
    want: Floats
    reach: Floats
    sigma: Floats
    scales: Floats

    @property
    def group(self) -> NDArray[np.int64]:
        """Place of each stock's scale."""
        both = np.isfinite(self.begins[:, 1])
        return np.where(both, 2, np.where(self.long, 0, 1))

    @property
    def seconds(self) -> Floats:
        """How long each side is taken."""
        return np.where(np.isfinite(self.begins), self.ends - self.begins, 0)

    @property
    def shares(self) -> Floats:
        """Shares wanted."""
        shares: Floats = self.want * self.scales[self.group]
        return shares

    @property
    def pace(self) -> Floats:
        """Lots a second; the touch begins with four seconds of it."""
        running = np.where(self.seconds > 0, self.seconds + 4, 0).sum(axis=1)
        pace: Floats = self.shares / 100 / running
        return pace

    @property
    def kept(self) -> Floats:
        """Part of what is taken that stays as position."""
        kept: Floats = (self.seconds[:, 0] - self.seconds[:, 1]) / self.seconds.sum(axis=1)
        return kept


def step_of(base: Scenario, order: Arrival) -> int:
    """The step at which an order arrives."""
    return order.quarter - base.day.begins // 250


def scenario_of(
    base: Scenario, population: Population, orders: list[Order], wander: int | None = None
) -> Scenario:
    """The scenario with this population."""
    stocks = tuple(
        Stock(
            symbol=name.symbol,
            status=Evidence(name.status),
            note=name.note,
            venue=name.venue,
            prev_close=round(name.prev_close * PRICE_UNIT),
            open=round(name.open * PRICE_UNIT),
            adv=name.adv,
            sigma=max(round(sigma * 10_000), 1),
            spread=round(name.spread * PRICE_UNIT),
            pace=max(round(pace * 1000), 1),
        )
        for name, sigma, pace in zip(
            population.names, population.sigma, population.pace, strict=True
        )
    )
    flagged = tuple(
        FlaggedOrder(step_of(base, order), stock, 1 if buys else -1, order.shares, order.auction)
        for order, stock, buys in orders
    )
    market = attrs.evolve(base.market, stocks=stocks)
    if wander is not None:
        market = attrs.evolve(market, wander=wander)
    return attrs.evolve(base, market=market, flow=attrs.evolve(base.flow, flagged=flagged))


def write(population: Population, orders: list[Order]) -> None:
    """Both tables, each in one go, so that whoever reads them meets no half."""
    _table(
        "stocks.csv",
        "symbol,status,note,venue,prev_close,open,adv,sigma,spread,pace",
        [
            [
                name.symbol,
                name.status,
                name.note,
                name.venue,
                _price(name.prev_close),
                _price(name.open),
                str(name.adv),
                f"{sigma * 100:.2f}",
                f"{name.spread:.3f}",
                f"{pace:.3f}",
            ]
            for name, sigma, pace in zip(
                population.names, population.sigma, population.pace, strict=True
            )
        ],
    )
    _table(
        "orders.csv",
        "time,stock,side,shares,auction",
        [
            [
                order.text,
                population.names[stock].symbol,
                "buy" if buys else "sell",
                str(order.shares),
                str(int(order.auction)),
            ]
            for order, stock, buys in orders
        ],
    )


def _price(price: float) -> str:
    return f"{price:.2f}" if price >= 1 else f"{price:.4f}"


def _table(name: str, header: str, rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    # Beside this script: a folder with a file that does not belong there is no scenario.
    draft = Path(__file__).with_name(f"{name}.draft")
    draft.write_text(out.getvalue(), newline="\n")
    draft.replace(SCENARIO / name)
