"""What is true beside what a seat sees: read from the world, which goes on as if nobody had."""

from __future__ import annotations

import pytest

from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import Scenario
from controlroom.sim.state import digest
from controlroom.sim.views import view
from controlroom.sim.views.truth import runs_power_peg, truth
from tests.sim.play import Idle, Shift


@pytest.fixture(scope="module")
def storm(scenario: Scenario) -> Shift:
    """Two minutes of the storm, with nobody there."""
    return Idle(scenario).at("09:32:00")


def test_the_truth_knows_the_build_that_no_instrument_shows(storm: Shift) -> None:
    seen = view(storm.world, "on-call")
    told = truth(storm.world)
    assert [server.build for server in seen.servers] == [""] * 8
    assert [server.name for server in told.servers if server.stale] == ["smars-8"]
    assert told.servers[7].build == "legacy"


def test_only_the_stale_server_runs_power_peg_and_its_orders_are_far_beyond_their_size(
    storm: Shift,
) -> None:
    told = truth(storm.world)
    assert [server.name for server in told.servers if runs_power_peg(server)] == ["smars-8"]
    assert told.servers[7].pegs == told.pegs == told.pegged > 0
    assert {order.server for order in told.orders} == {"smars-8"}
    beyond = [order.filled - order.target for order in told.orders]
    assert beyond == sorted(beyond, reverse=True)
    assert beyond[0] > 1_000


def test_before_the_bell_the_old_build_refuses_what_it_will_execute_after_it(
    scenario: Scenario,
) -> None:
    early = truth(Idle(scenario).at("09:00:00").world)
    assert [server.flagged for server in early.servers] == ["rlp"] * 7 + ["refused"]
    assert early.pegs == early.executions == early.gross == 0
    assert early.holdings == ()


def test_a_rollback_arms_the_good_servers(scenario: Scenario) -> None:
    day = Idle(scenario).at("09:31:00")
    day.world.fleet.builds[2] = "legacy"
    assert truth(day.world).servers[2].flagged == "power peg"
    day.world.upstream.flag_on = False
    told = truth(day.world)
    assert {server.flagged for server in told.servers} == {"plain"}
    assert not runs_power_peg(told.servers[2])
    assert runs_power_peg(told.servers[7])


def test_a_stopped_server_runs_nothing_whatever_is_installed(scenario: Scenario) -> None:
    day = Idle(scenario).at("09:29:00")
    day.do("kill smars-8", 5)
    told = truth(day.until("09:31:00").world)
    assert told.servers[7].state == ProcessState.STOPPED
    assert told.servers[7].flagged == "power peg"
    assert not any(map(runs_power_peg, told.servers))


def test_the_account_adds_up_and_pmon_lags_behind_it(storm: Shift) -> None:
    told = truth(storm.world)
    assert abs(told.gross - told.long - told.short) <= 1
    assert told.unbooked > 0
    assert told.pmon != told.marked
    assert told.flat < told.fair
    largest = [abs(holding.usd) for holding in told.holdings]
    assert largest == sorted(largest, reverse=True)
    assert len(told.holdings) == 8


def test_reading_the_truth_changes_nothing(storm: Shift) -> None:
    before = digest(storm.world)
    assert truth(storm.world) == truth(storm.world)
    assert digest(storm.world) == before
