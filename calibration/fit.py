"""Fit the stocks and flagged orders of knight-2012, with the real simulation as evaluator.

Run `python calibration/fit.py` in the root of the checkout; it takes a minute or two. It writes
`stocks.csv` and `orders.csv` into `scenarios/knight-2012/` and prints what the reference run
reaches. The market's numbers are read from `scenario.toml` and not changed. `README.md` beside it
describes the method.
"""
# ruff: noqa: INP001, T201 -- a script that prints what it made

from __future__ import annotations

from typing import Final

import numpy as np
from bars import names
from playing import FIGURES, play, spans
from population import SCENARIO, Order, Population, scenario_of, write
from roles import PARENTS, assign, caught, deal_out
from wanted import Floats  # noqa: TC002 -- a neighbour, not a third party

from controlroom.scenario import load_scenario
from controlroom.sim.result import Result, result
from controlroom.sim.start import Scenario
from controlroom.sim.world import World

SHARES: Final = 399.3e6
NET_LONG: Final = 3.5e9
NET_SHORT: Final = 3.15e9
"""What the SEC found, in sums that the fit is told."""

ROUNDS: Final = 8


def main() -> None:
    """Fit, write, say what was reached."""
    base = load_scenario(SCENARIO)
    stocks = names()
    scale, arrived, worked = caught(base, len(stocks))
    print(f"{len(arrived)} flagged orders, {len(worked)} of them get Power Peg (scale {scale})")
    population, roles = assign(base, stocks, worked)
    orders = deal_out(base, population, arrived, roles)
    sums = np.array([SHARES, NET_LONG, NET_SHORT])
    goals = sums.copy()
    balance(population, goals)
    for turn in range(ROUNDS):
        still = reached(base, population, orders, wander=0)
        miss = meet_moves(population, still)
        goals *= sums / _sums(result(still))
        balance(population, goals)
        print(f"round {turn}: moves within {miss:.1%}, scales {population.scales.round(3)}")
    for _ in range(3):
        goals *= sums / _sums(result(reached(base, population, orders)))
        balance(population, goals)
    report(base, population, orders)
    write(population, orders)


def _sums(came: Result) -> Floats:
    return np.array([came.shares, came.net_long_usd, came.net_short_usd], dtype=float)


def balance(population: Population, goals: Floats) -> None:
    """Scales of the three groups that give the sums: shares, dollars long, dollars short."""
    usd = population.want * population.kept * np.array([name.open for name in population.names])
    sums = np.zeros((3, 3))
    for group in range(3):
        here = population.group == group
        sums[:, group] = (
            population.want[here].sum(),
            usd[here & population.long].sum(),
            usd[here & ~population.long].sum(),
        )
    population.scales = np.linalg.solve(sums, goals)


def meet_moves(population: Population, world: World) -> float:
    """Correct sigma by how far each stock moved; returns the largest miss before that."""
    opens = world.law.opens
    up = (world.market.high - opens) / opens
    down = (opens - world.market.low) / opens
    moved = np.maximum(np.where(population.long, up, down), 1e-4)
    population.sigma = population.sigma * (population.reach / moved) ** 0.9
    return float(np.abs(moved / population.reach - 1).max())


def reached(
    base: Scenario, population: Population, orders: list[Order], wander: int | None = None
) -> World:
    """The reference run's world when the flow has stopped."""
    scenario = scenario_of(base, population, orders, wander)
    return next(play(scenario, scenario.seed, marks=("10:15:10",)))


def report(base: Scenario, population: Population, orders: list[Order]) -> None:
    """What was reached when the flow stopped, and how far the fit had to go for it."""
    world = reached(base, population, orders)
    came = result(world)
    for field in FIGURES:
        print(f"{field:26} {getattr(came, field):>15,}")
    stocks = population.names
    usual = np.array([name.sigma for name in stocks])
    excess = np.array([max(name.excess, 1) for name in stocks])
    opens = np.array([name.open for name in stocks])
    parts = (0, 0.1, 0.5, 0.9, 1)
    print("sigma against usual:", np.quantile(population.sigma / usual, parts).round(2))
    own = (population.shares / excess)[excess * opens > 2e7]
    print("own part of the volume above the usual:", np.quantile(own, parts).round(2))
    print("dearest pace:", population.pace.max().round(1))
    pauses = world.market.pauses
    print("pauses:", {stocks[n].symbol: int(pauses[n]) for n in np.flatnonzero(pauses)})
    moved = np.maximum(
        world.market.high / world.law.opens - 1, 1 - world.market.low / world.law.opens
    )
    for threshold in (0.05, 0.10):
        meant, really = population.reach > threshold, moved > threshold
        missed = [stocks[n].symbol for n in np.flatnonzero(meant & ~really)]
        extra = [stocks[n].symbol for n in np.flatnonzero(really & ~meant)]
        print(f"over {threshold:.0%}: {meant.sum()} meant, missed {missed}, besides {extra}")
    real = spans(scenario_of(base, population, orders))
    print("parents as planned:", len(real) == PARENTS)


if __name__ == "__main__":
    main()
