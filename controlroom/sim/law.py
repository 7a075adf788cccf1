"""The market's law: what a scenario's setup comes to, as integers.

Only +, -, *, / and square roots of single numbers, each of which IEEE 754 rounds exactly.
"""

from __future__ import annotations

from math import isqrt
from typing import Final

import attrs
import numpy as np

from controlroom.sim.arrays import Ints
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.start import PRICE_UNIT, Scenario

SHARE: Final = 256
"""Units of unabsorbed volume in a share, so that decay does not stall on whole shares."""

DEPTH_BITS: Final = 16
"""Fraction bits of the depth, which recovers by less than a lot a step in thin stocks."""

WATCHED: Final = 10
"""Seconds between two looks at whether a stock has moved so far that it pauses."""

IMPACT_BITS: Final = 20
DECAY_BITS: Final = 24


@attrs.frozen
class Law:
    """The market's constants as integers, computed once from the setup.

    Attributes:
        stocks: how many.
        adv: average daily volume, shares.
        opens: opening price.
        calm_half: half of the calm spread.
        widest_half: half of the widest spread: 15 cents and one percent of the price.
        impact: displacement for one unit's square root, `IMPACT_BITS` fraction bits.
        block: what a block buyer asks for one share's square root, `IMPACT_BITS` fraction bits.
        refill: depth that recovers in a step, `DEPTH_BITS` fraction bits, both sides.
        normal_rate: shares a second that normally trade, 1,024ths.
        decay: one number, what is absorbed of the volume in a second, `DECAY_BITS`.
        wander: largest move of the undisturbed price in a second.
        references: prices that are kept for the pauses: one every `WATCHED` seconds of the window.
        bust: distance from the opening price at which the exchange undoes trades.
    """

    stocks: int
    adv: Ints
    opens: Ints
    calm_half: Ints
    widest_half: Ints
    impact: Ints
    block: Ints
    refill: Ints
    normal_rate: Ints
    decay: Ints
    wander: Ints
    references: int
    bust: Ints


def lay_down(scenario: Scenario) -> Law:
    """The market's constants for a scenario."""
    setup = scenario.market
    stocks = setup.stocks

    def ints(values: list[int]) -> Ints:
        return np.array(values, dtype=np.int64)

    def per_root(scale: int, roots: int) -> Ints:
        """Price units for the square root of one unit, where `roots` units make a share."""
        return ints(
            [
                scale
                * item.sigma
                * item.open
                * (1 << IMPACT_BITS)
                // (1_000_000 * max(isqrt(item.adv * roots), 1))
                for item in stocks
            ]
        )

    half_lives = setup.half_life
    # 2^(-1/h) by repeated square roots would need logs for odd h; the series of exp is exact
    # enough in rationals: the decay constant is rounded to DECAY_BITS anyway.
    ln2 = 0.6931471805599453 / half_lives
    decay = int((ln2 - ln2 * ln2 / 2 + ln2 * ln2 * ln2 / 6) * (1 << DECAY_BITS))
    trading_seconds = (scenario.day.closes - scenario.day.opens) // 1000
    step_refill = [(item.pace << DEPTH_BITS) // (1000 * STEPS_PER_SECOND) for item in stocks]
    return Law(
        stocks=len(stocks),
        adv=ints([item.adv for item in stocks]),
        opens=ints([item.open for item in stocks]),
        calm_half=ints([max(item.spread // 2, 1) for item in stocks]),
        widest_half=ints([(15 * PRICE_UNIT // 100 + item.open // 100) // 2 for item in stocks]),
        impact=per_root(setup.impact, SHARE),
        block=per_root(setup.block_impact, 1),
        refill=ints(step_refill * 2),
        normal_rate=ints(
            [
                max(item.adv * setup.open_share * 1024 // (1000 * setup.open_seconds), 1)
                for item in stocks
            ]
        ),
        decay=np.array(decay),
        # A sum of uniform moves with this bound has sigma * wander over a trading day:
        # bound = sqrt(3) * sigma / sqrt(seconds), and sqrt(3) is 1,732 thousandths.
        wander=ints(
            [
                1732
                * setup.wander
                * item.sigma
                * item.open
                // (10_000_000_000 * isqrt(trading_seconds))
                for item in stocks
            ]
        ),
        references=-(-setup.pause_window // WATCHED),
        bust=ints([-(-item.open * setup.bust_move // 100) for item in stocks]),
    )


def full_depth(law: Law) -> Ints:
    """What the touch shows when it was left alone: four seconds of recovery."""
    return law.refill * (4 * STEPS_PER_SECOND)


def normal_volume(scenario: Scenario, law: Law, seconds_open: int) -> Ints:
    """Shares that normally trade in the first `seconds_open` seconds after the open."""
    setup = scenario.market
    whole = (scenario.day.closes - scenario.day.opens) // 1000
    first = min(seconds_open, setup.open_seconds)
    rest = min(max(seconds_open - setup.open_seconds, 0), whole - setup.open_seconds)
    early = law.adv * setup.open_share * first // (1000 * setup.open_seconds)
    late = law.adv * (1000 - setup.open_share) * rest // (1000 * (whole - setup.open_seconds))
    volume: Ints = early + late
    return volume
