"""What the reference run comes to, against the record: a test for each row of docs/model.md.

With the default seed every figure keeps the tolerance of its row; with others money and shares stay
within 15 % of the record. `calibration/check_seeds.py` plays all twenty of those.
"""

from __future__ import annotations

import os
import random

import attrs
import numpy as np
import pytest

from controlroom.sim.commands import parse
from controlroom.sim.events import Answer, Milestone, Refused
from controlroom.sim.result import Result, result
from controlroom.sim.start import Evidence, Scenario
from controlroom.sim.state import digest, restore, snapshot
from controlroom.sim.work import Order
from controlroom.sim.world import World, advance, start, step

STOPPED = "10:15:10"
"""A few seconds after the last server was killed."""

OTHER_SEEDS = tuple(seed for seed in range(1, 22) if seed != 7)


class Morning:
    """The reference run with a seed, played as far as somebody asks for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._left = [each for each in world.scenario.reference if each.step >= world.now]

    def until(self, clock: str) -> Result:
        """Play on to a time of day, or to the end of the run."""
        world = self.world
        stop = world.scenario.day.parse(clock)
        while world.now < stop and not world.ended:
            due = []
            while self._left and self._left[0].step <= world.now:
                due.append(Order("on-call", parse(self._left.pop(0).text, world.scenario)))
            if due:
                step(world, due)
            next_ = self._left[0].step if self._left else stop
            advance(world, max(min(next_, stop) - world.now, 0))
        return result(world)

    def at(self, symbol: str) -> int:
        """A stock's place."""
        return [stock.symbol for stock in self.world.scenario.market.stocks].index(symbol)


@pytest.fixture(scope="module")
def stopped(scenario: Scenario) -> Morning:
    """The reference run when the flow has stopped; its world is left as it is then."""
    assert scenario.seed == 7
    morning = Morning(start(scenario, scenario.seed))
    morning.until(STOPPED)
    return morning


@pytest.fixture(scope="module")
def figures(stopped: Morning) -> Result:
    """What it has come to by then."""
    return result(stopped.world)


@attrs.frozen
class Evening:
    """What became of the positions.

    Attributes:
        close: gross position at the close, dollars.
        world: at the end of the run.
        result: its result.
    """

    close: int
    world: World
    result: Result


@pytest.fixture(scope="module")
def evening(stopped: Morning) -> Evening:
    """The reference run from there to its end."""
    morning = Morning(restore(snapshot(stopped.world)))
    morning.until("16:00:00")
    world = morning.world
    close = world.ledger.profit(world.law, world.market, 0).gross
    return Evening(close, world, morning.until("20:00:00"))


# --- the rows -------------------------------------------------------------------------------------


def test_ninety_seven_mails_come_before_the_open(figures: Result) -> None:
    assert figures.reject_mails_before_open == 97


def test_power_peg_handles_two_hundred_and_twelve_parents(figures: Result) -> None:
    assert figures.power_peg_parents == 212


def test_there_are_more_than_four_million_executions(figures: Result) -> None:
    assert 4_000_000 < figures.executions < 4_100_000


def test_more_than_397_million_shares_are_traded(figures: Result) -> None:
    assert 397_000_000 < figures.shares < 402_000_000


def test_every_one_of_the_154_stocks_is_traded(figures: Result) -> None:
    assert figures.stocks == 154


def test_eighty_stocks_end_net_long_and_seventy_four_net_short(figures: Result) -> None:
    assert (figures.stocks_long, figures.stocks_short) == (80, 74)


def test_the_long_positions_cost_three_and_a_half_billion(figures: Result) -> None:
    assert figures.net_long_usd == pytest.approx(3.5e9, rel=0.03)


def test_the_short_positions_brought_in_3_15_billion(figures: Result) -> None:
    assert figures.net_short_usd == pytest.approx(3.15e9, rel=0.03)


def test_seventy_five_stocks_pass_the_secs_lower_threshold(figures: Result) -> None:
    assert abs(figures.stocks_over_20pct_5pct - 75) <= 3


def test_thirty_seven_of_them_pass_the_higher_one(figures: Result) -> None:
    assert abs(figures.stocks_over_50pct_10pct - 37) <= 3


def test_the_loss_when_flat_is_about_460_million(evening: Evening) -> None:
    assert evening.result.flat
    assert 450_000_000 < evening.result.loss_usd < 470_000_000


def test_the_exchange_cancels_in_the_six_stocks_that_it_named(evening: Evening) -> None:
    assert evening.result.cancelled_stocks == 6
    said = next(
        event
        for event in evening.world.log.items
        if isinstance(event, Answer) and "cancels trades in 6 stocks" in event.text
    )
    assert set(said.lines[0].split(", ")) == {"WZE", "CO", "UTG.RT", "EJ", "ARC", "KWK"}


def test_positions_peak_at_nearly_seven_billion_and_are_4_6_by_the_close(evening: Evening) -> None:
    assert 6.5e9 < evening.result.gross_peak_usd < 7.0e9
    assert evening.close == pytest.approx(4.6e9, rel=0.03)


def test_the_block_is_sold_some_four_per_cent_below_fair(evening: Evening) -> None:
    assert 0.035 < evening.result.block_discount_usd / evening.close < 0.05


def test_the_last_unwanted_order_leaves_forty_five_minutes_after_the_open(evening: Evening) -> None:
    contained = evening.result.contained_at
    assert contained is not None
    assert contained.startswith("10:15:0")


def test_it_ends_in_the_same_world_on_every_machine_and_in_every_version(evening: Evening) -> None:
    """A line of mail is enough to change it. If that is meant, journals from before are lost."""
    assert digest(evening.world) == "bbf2968433ce8ed0b71b6d3666fd8497"


# --- how it comes about ---------------------------------------------------------------------------


def test_no_command_of_the_reference_run_is_refused(evening: Evening) -> None:
    refused = [event for event in evening.world.log.items if isinstance(event, Refused)]
    assert not refused


def test_what_comes_beyond_history_did_not_come_in_history(evening: Evening) -> None:
    beyond = {"exchange-ready-to-cut", "risk-calls-again", "cio-calls-again"}
    known = {inject.id for inject in evening.world.scenario.conditional_injects}
    assert beyond <= known
    assert not beyond & evening.world.fired.keys()


def test_most_parents_are_the_eighth_servers_and_the_rest_come_after_the_uninstall(
    figures: Result, scenario: Scenario
) -> None:
    by_server = dict(figures.stale_parents)
    assert by_server["smars-8"] > 150
    assert len(by_server) == 8
    assert all(count < 15 for name, count in by_server.items() if name != "smars-8")


def test_the_marked_book_shows_a_profit_while_the_firm_is_ruined(stopped: Morning) -> None:
    """Its own orders hold the prices up; the three lines drift apart from the first minutes on."""
    opens = stopped.world.scenario.day.open_step
    samples = [
        sample.profit
        for sample in stopped.world.ledger.samples.items
        if 300 * 4 <= sample.step - opens <= 2700 * 4
    ]
    assert all(profit.marked > 0 > profit.fair > profit.flat for profit in samples)
    fair = [profit.fair for profit in samples]
    assert fair == sorted(fair, reverse=True)


@pytest.mark.parametrize(
    "symbol, percent",
    [("NAT", -21), ("MTZ", -20), ("HOG", -13), ("ARC", 36), ("BYD", 22), ("KRO", 18), ("GT", 9.5)],
)
def test_stocks_on_record_move_as_they_did(stopped: Morning, symbol: str, percent: float) -> None:
    """The reach of their daily bars, a sixth more or less."""
    market, law, at = stopped.world.market, stopped.world.law, stopped.at(symbol)
    far = market.high[at] if percent > 0 else market.low[at]
    moved = 100 * (int(far) / int(law.opens[at]) - 1)
    assert moved == pytest.approx(percent, rel=1 / 6)


def test_exelon_is_bought_and_sold(stopped: Morning) -> None:
    at, count = stopped.at("EXC"), stopped.world.law.stocks
    bought, sold = stopped.world.ledger.shares[[at, at + count]]
    assert 0.5 < bought / sold < 2


def test_only_stocks_on_record_are_paused_and_cord_blood_twice(stopped: Morning) -> None:
    paused = [
        event.stock
        for event in stopped.world.log.items
        if isinstance(event, Milestone) and event.id == "pause"
    ]
    assert set(paused) <= {"CO", "CLGX", "TRN", "KRO"}
    assert paused.count("CO") == 2


def test_no_other_stock_comes_near_to_a_cancellation(stopped: Morning) -> None:
    market, opens = stopped.world.market, stopped.world.law.opens
    moved = np.maximum(market.high - opens, opens - market.low) / opens
    assert sorted(moved)[-7] < 0.28


def test_shares_are_taken_where_the_bar_has_them(stopped: Morning) -> None:
    """Names that only their bar gives away had more volume than Power Peg needs, each of them."""
    ledger, count = stopped.world.ledger, stopped.world.law.stocks
    own = ledger.shares[:count] + ledger.shares[count:]
    inferred = [
        place
        for place, stock in enumerate(stopped.world.scenario.market.stocks)
        if stock.status is Evidence.INFERRED
    ]
    assert 0.6 < own[inferred].sum() / own.sum() < 0.95
    assert own.max() < 0.12 * own.sum()


# --- other seeds ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def some_seeds() -> list[int]:
    """Three of the twenty, with what chose them printed; CONTROLROOM_TEST_SEED chooses again."""
    drawn = str(random.SystemRandom().getrandbits(32))
    chosen_by = os.environ.get("CONTROLROOM_TEST_SEED") or drawn
    seeds = random.Random(chosen_by).sample(OTHER_SEEDS, 3)  # noqa: S311 - it only picks seeds
    print(f"CONTROLROOM_TEST_SEED={chosen_by} chooses the seeds {seeds}")  # noqa: T201 - for a failure
    return seeds


@pytest.mark.slow
def test_with_other_seeds_the_figures_stay_near_the_record(
    scenario: Scenario, some_seeds: list[int]
) -> None:
    """Shares and money within 15 %; three seeds until the flow stops, one of them until flat."""
    mornings = [Morning(start(scenario, seed)) for seed in some_seeds]
    for morning in mornings:
        came = morning.until(STOPPED)
        assert came.reject_mails_before_open == 97
        assert abs(came.power_peg_parents - 212) <= 2
        assert (came.stocks, came.stocks_long, came.stocks_short) == (154, 80, 74)
        assert came.executions == pytest.approx(4.0e6, rel=0.15)
        assert came.shares == pytest.approx(397e6, rel=0.15)
        assert came.net_long_usd == pytest.approx(3.5e9, rel=0.15)
        assert came.net_short_usd == pytest.approx(3.15e9, rel=0.15)
    ended = mornings[0].until("20:00:00")
    assert ended.flat
    assert ended.loss_usd == pytest.approx(457.6e6, rel=0.15)
    assert ended.gross_peak_usd == pytest.approx(6.7e9, rel=0.15)
