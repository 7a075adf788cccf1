"""The law of the market: pressure moves prices, leaves again, and pays nobody for a round trip."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from controlroom.sim.law import Law, lay_down, normal_volume
from controlroom.sim.market import (
    Market,
    absorb,
    block_cost,
    open_market,
    press,
    recovery,
    widen,
)
from controlroom.sim.start import Scenario


@pytest.fixture
def law(scenario: Scenario) -> Law:
    """The constants of the day."""
    return lay_down(scenario)


@pytest.fixture
def market(law: Law) -> Market:
    """The market at the bell."""
    return open_market(law)


def one(law: Law, value: int) -> np.ndarray:
    """The same number for every stock."""
    return np.full(law.stocks, value, np.int64)


def test_buying_raises_and_selling_lowers_the_price_by_the_same(law: Law, market: Market) -> None:
    """The law is symmetric, and nothing moves without pressure."""
    assert np.array_equal(market.mid, law.opens)
    press(market, one(law, 50))
    up = market.mid - law.opens
    press(market, one(law, -100))
    assert (up > 0).all()
    assert np.array_equal(law.opens - market.mid, up)


def test_four_times_the_volume_moves_the_price_twice_as_far(law: Law, market: Market) -> None:
    """The square-root law, up to rounding."""
    press(market, one(law, 100))
    once = market.mid - law.opens
    press(market, one(law, 300))
    twice = market.mid - law.opens
    near = market.mid < 2 * law.opens
    assert (np.abs(twice - 2 * once) <= 3)[near].all()


def test_half_of_the_pressure_is_gone_after_a_half_life(
    scenario: Scenario, law: Law, market: Market
) -> None:
    """And the price with it, without anybody trading."""
    press(market, one(law, 1000))
    before = market.unabsorbed.copy()
    for _ in range(scenario.market.half_life):
        absorb(market, law)
    assert (np.abs(market.unabsorbed * 2 / before - 1) < 0.01).all()


def test_a_round_trip_leaves_the_price_where_it_was(law: Law, market: Market) -> None:
    """Who buys and sells the same at once pays the spread and moves nothing."""
    press(market, one(law, 70))
    press(market, one(law, -70))
    assert np.array_equal(market.mid, law.opens)
    assert (market.quotes[: law.stocks] > market.quotes[law.stocks :]).all()


def test_no_pressure_drives_a_price_below_a_quarter_of_its_worth(law: Law, market: Market) -> None:
    """The square-root law knows no floor; a price does."""
    press(market, one(law, -10_000_000))
    assert (market.mid >= market.fair >> 2).all()
    assert (market.mid > 0).all()


def test_the_spread_widens_with_the_storm_up_to_its_limit(law: Law, market: Market) -> None:
    """Fifteen cents and one percent of the price at most."""
    for _ in range(60):
        widen(market, law, one(law, 100_000))
    assert np.array_equal(market.half, np.minimum(market.half, law.widest_half))
    assert (market.half == law.widest_half).mean() > 0.9
    for _ in range(600):
        widen(market, law, one(law, 0))
    assert (market.half <= 2 * law.calm_half + 1).all()


def test_depth_recovers_by_the_venues_that_are_connected(law: Law, market: Market) -> None:
    """Half of the liquidity for half of the venues, none for none."""
    whole = recovery(market, law, 7, 5_500, 1000)
    assert (whole > 0).any()
    assert (np.abs(recovery(market, law, 7, 5_500, 500) * 2 - whole) <= whole // 100 + 4).all()
    assert not recovery(market, law, 7, 5_500, 0).any()


def test_a_block_buyer_asks_more_for_more_and_never_more_than_a_quarter(
    scenario: Scenario, law: Law, market: Market
) -> None:
    """For a long book as for a short one."""
    base = scenario.market.block_base
    costs = [block_cost(law, market, one(law, size), base) for size in (0, 10**3, 10**5, 10**7)]
    assert not costs[0].any()
    for small, large in itertools.pairwise(costs):
        assert (large > small).all()
    assert (costs[-1] <= 10**7 * market.fair // 4).all()
    assert np.array_equal(block_cost(law, market, one(law, -(10**5)), base), costs[2])


def test_a_day_trades_its_average_volume(scenario: Scenario, law: Law) -> None:
    """The part of the first stretch, and all of it at the close."""
    setup, day = scenario.market, scenario.day
    early = normal_volume(scenario, law, setup.open_seconds)
    assert np.array_equal(early, law.adv * setup.open_share // 1000)
    whole = normal_volume(scenario, law, (day.closes - day.opens) // 1000)
    assert (np.abs(whole - law.adv) <= 1).all()
