"""What a run came to: figures that follow from the world, read without touching it."""

from __future__ import annotations

import pytest

from controlroom.sim.result import result
from controlroom.sim.start import PRICE_UNIT
from controlroom.sim.state import digest, restore, snapshot
from controlroom.sim.trading import settle
from controlroom.sim.world import advance, step
from tests.sim.play import Idle, Shift


def test_asking_for_the_result_changes_nothing(idle: Idle) -> None:
    """Asked at every step of a second of the storm, the world goes on as if nobody had."""
    asked, left = idle.at("09:31:00"), idle.at("09:31:00")
    for _ in range(9):
        step(asked.world)
        before = digest(asked.world)
        assert result(asked.world) == result(asked.world)
        assert digest(asked.world) == before
    advance(left.world, 9)
    assert digest(asked.world) == digest(left.world)


def test_the_digest_in_the_result_is_the_worlds(storm: Shift) -> None:
    """Not that of the copy that was booked for it."""
    step(storm.world)
    assert storm.result.digest == digest(storm.world)
    assert storm.result.steps == storm.world.now


def test_the_result_of_a_restored_world_is_the_same(storm: Shift) -> None:
    """Nothing of it is kept outside the state."""
    step(storm.world)
    assert result(restore(snapshot(storm.world))) == storm.result


def test_before_the_open_every_figure_is_nothing_but_the_mails(idle: Idle) -> None:
    """There is no loss to speak of until the bell."""
    figures = idle.at("09:29:59").result
    assert figures.reject_mails_before_open == 97
    assert (figures.executions, figures.shares, figures.stocks, figures.loss_usd) == (0, 0, 0, 0)
    assert figures.contained_at is None
    assert figures.flat
    assert figures.stale_parents == ()


def test_the_figures_fit_each_other(idle: Idle) -> None:
    """Sums and parts that must agree whatever the calibration says."""
    shift = idle.at("09:50:00")
    figures, world = shift.result, shift.world
    assert figures.stocks_long + figures.stocks_short <= figures.stocks <= 154
    assert figures.child_orders <= figures.executions <= figures.child_orders * 1.02
    assert figures.shares <= figures.child_orders * 100
    assert figures.power_peg_parents == sum(count for _, count in figures.stale_parents)
    assert figures.stocks_over_50pct_10pct <= figures.stocks_over_20pct_5pct <= figures.stocks
    assert figures.net_long_usd > 0 < figures.net_short_usd
    money = shift.view.money
    assert figures.gross_peak_usd >= money.gross * 0.99
    assert figures.loss_usd >= figures.loss_fair_usd >= figures.loss_marked_usd
    settle(world)
    base = world.scenario.market.block_base
    assert figures.loss_usd == -world.ledger.profit(world.law, world.market, base).flat


def test_a_split_child_is_about_one_in_131(idle: Idle) -> None:
    """Four million executions made 397 million shares (SEC paragraph 17)."""
    figures = idle.at("10:00:00").result
    splits = figures.executions - figures.child_orders
    assert abs(splits * 131 / figures.child_orders - 1) < 0.05


def test_containment_is_the_moment_of_the_stop_and_not_before(idle: Idle) -> None:
    """While it runs nothing is contained."""
    shift = idle.at("09:40:00")
    running = shift.result
    assert running.contained_at is None
    shift.do("stop smars-8", 30)
    at = shift.result.contained_at
    assert at is not None
    assert "09:40:08" <= at <= "09:40:12"
    shift.until("10:00:00")
    assert shift.result.contained_at == at


def test_a_runaway_that_comes_back_was_not_contained(idle: Idle) -> None:
    """It counts when it is for good: cut off from all venues, then connected again."""
    shift = idle.at("09:35:00")
    shift.do("declare")
    shift.do("disconnect all")
    assert shift.result.contained_at is not None
    shift.do("connect all")
    assert shift.result.contained_at is None


@pytest.mark.parametrize(
    "line, counts",
    [
        ("look smars-8", False),
        ("mail", False),
        ("note x", False),
        ("ack all", False),
        ("stop smars-1", True),
        ("declare", True),
        ("call cio", True),
    ],
)
def test_the_first_command_that_counts_is_the_first_that_is_more_than_a_look(
    storm: Shift, line: str, counts: bool
) -> None:
    """Reading is not acting."""
    storm.say(line)
    assert (storm.result.first_command_at == "09:32:00") == counts


def test_declaring_an_incident_is_on_record_with_its_minute(storm: Shift) -> None:
    """When the bridge is open, not when it was asked for."""
    assert storm.result.declared_at is None
    storm.do("declare")
    assert storm.result.declared_at == "09:32:15"


def test_what_clients_orders_would_have_earned_is_part_of_the_price_of_a_stop(idle: Idle) -> None:
    """Lost orders cost commission."""
    shift = idle.at("09:35:00")
    shift.do("declare")
    shift.do("refuse on")
    shift.wait(60)
    figures = shift.result
    assert figures.lost_orders > 0
    lost = shift.world.upstream.lost_shares
    commission = shift.world.scenario.flow.commission
    assert figures.commission_lost_usd == lost * commission // PRICE_UNIT > 0
