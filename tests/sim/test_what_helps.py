"""What each act on servers, flag and flow does to the runaway: what helps, and what harms."""

from __future__ import annotations

import numpy as np
import pytest

from controlroom.sim.clock import seconds
from controlroom.sim.events import Answer
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import Scenario
from tests.sim.play import Idle, Shift, with_short_day, with_stale

THE_SEVEN = " ".join(f"smars-{number}" for number in range(1, 8))


def test_stopping_server_8_in_the_first_minute_costs_a_few_millions(idle: Idle) -> None:
    """A wide bound: the calibration decides what a few are, this test that they are few."""
    shift = idle.at("09:30:40")
    shift.do("stop smars-8")
    stopped = shift.executions
    loss = shift.until("10:00:00").result.loss_usd
    assert shift.executions == stopped
    assert 500_000 < loss < 15_000_000
    assert loss * 10 < idle.at("10:00:00").result.loss_usd


def test_every_minute_of_waiting_makes_the_stop_dearer(idle: Idle) -> None:
    """Containment first, diagnosis later."""
    losses = []
    for clock in ("09:30:30", "09:33:00", "09:40:00", "09:50:00"):
        shift = idle.at(clock)
        shift.do("stop smars-8")
        losses.append(shift.result.loss_usd)
    assert losses == sorted(losses)
    assert losses[-1] > 10 * losses[0]


def test_the_new_build_on_server_8_before_the_open_costs_nothing(idle: Idle) -> None:
    """The mails were diagnostic an hour before the bell."""
    shift = idle.at("08:45:00")
    shift.do("deploy rlp smars-8")
    refused = int(shift.world.fleet.rejects.sum())
    result = shift.until("10:00:00").result
    assert (result.executions, result.power_peg_parents, result.loss_usd) == (0, 0, 0)
    assert result.lost_orders == 0
    assert int(shift.world.fleet.rejects.sum()) == refused < 97


def test_stopping_server_8_before_the_open_costs_nothing_either(idle: Idle) -> None:
    """Seven servers carry the day; what waited on the eighth is dealt to them."""
    shift = idle.at("09:20:00")
    shift.do("stop smars-8")
    result = shift.until("10:00:00").result
    assert (result.executions, result.loss_usd, result.lost_orders) == (0, 0, 0)


def test_uninstalling_the_new_code_from_the_good_servers_makes_it_worse(idle: Idle) -> None:
    """What Knight did at about 09:49: with the old build, the flag means Power Peg on all eight."""
    left, undone = idle.at("09:49:00"), idle.at("09:49:00")
    undone.say(f"uninstall {THE_SEVEN}")
    before, after = left.until("10:14:00").result, undone.until("10:14:00").result
    assert {name for name, _ in before.stale_parents} == {"smars-8"}
    assert len(after.stale_parents) == 8
    assert after.power_peg_parents > before.power_peg_parents + 30
    assert after.executions > 1.1 * before.executions
    assert after.gross_peak_usd > before.gross_peak_usd
    assert after.loss_usd > before.loss_usd


def test_an_uninstall_passes_over_a_server_that_has_nothing_to_take_off(idle: Idle) -> None:
    """The stale server is not restarted by a rollback, which would end its runaway by accident."""
    shift = idle.at("09:32:00")
    shift.do("declare")
    running = shift.world.pegs.number[shift.world.pegs.server == 7].tolist()
    assert len(running) > 100
    assert shift.do("uninstall all", 330).text.startswith("uninstall all: done")
    said = [event.text for event in shift.world.log.items if isinstance(event, Answer)]
    assert "smars-8: nothing to uninstall, rlp is not installed here" in said
    assert set(running) <= set(shift.world.pegs.number.tolist())
    assert len(shift.result.stale_parents) == 8


def test_an_uninstall_where_the_count_is_inside_does_no_harm(counted: Idle) -> None:
    """The rollback is harmful because of the code that it brings back, not by decree."""
    shift = counted.at("09:40:00")
    shift.say(f"uninstall {THE_SEVEN}")
    shift.until("10:05:00")
    assert len(shift.result.stale_parents) == 8
    assert not shift.world.ledger.position().any()


def test_deploying_the_new_build_on_server_8_ends_the_runaway(storm: Shift) -> None:
    """The repair that was at hand: its parents are long filled and do not come back."""
    storm.do("deploy rlp smars-8")
    fixed = storm.executions
    assert not len(storm.world.pegs)
    assert storm.state("smars-8") is ProcessState.RUNNING
    assert storm.until("09:45:00").executions == fixed


def test_deploying_the_old_build_on_server_8_again_only_pauses_it(storm: Shift) -> None:
    """After the restart the next flagged order starts it again."""
    storm.do("deploy legacy smars-8")
    paused = storm.executions
    assert storm.until("09:45:00").executions > paused


def test_switching_the_flag_off_stops_new_victims_but_not_parents_already_running(
    idle: Idle,
) -> None:
    """The flag is read when a parent reaches a server, and never again."""
    shift = idle.at("09:35:00")
    told = shift.do("flag off")
    assert "keep the flag they came with" in " ".join(told.lines)
    running, taken = shift.world.pegs.number.copy(), shift.executions
    shift.until("10:05:00")
    assert np.array_equal(shift.world.pegs.number, running)
    assert shift.executions > 2 * taken
    assert len(idle.at("10:05:00").world.pegs) > len(running)


def test_the_flag_switched_off_before_the_open_spares_all_but_what_waits_for_the_bell(
    idle: Idle,
) -> None:
    """Auction orders that a server holds keep the flag that they came with."""
    early = idle.at("08:01:00")
    early.do("flag off")
    assert early.until("09:40:00").executions == 0
    late = idle.at("09:25:00")
    held = len(late.world.fleet.held[7])
    assert held > 0
    late.do("flag off")
    late.until("09:40:00")
    assert late.result.power_peg_parents >= held
    assert late.executions > 0


def test_the_flag_switched_on_again_makes_new_victims(idle: Idle) -> None:
    """Off is a safeguard for as long as it is off."""
    shift = idle.at("08:01:00")
    shift.do("flag off")
    shift.until("09:31:00").do("flag on")
    assert shift.until("10:00:00").result.power_peg_parents > 0


def test_a_drain_of_the_runaway_never_finishes(idle: Idle) -> None:
    """It waits for parents to complete, and a Power Peg parent never does."""
    shift = idle.at("09:31:00")
    shift.say("drain smars-8", "drain smars-3")
    shift.wait(60)
    assert shift.state("smars-3") is ProcessState.STOPPED
    before = shift.executions
    shift.until("10:00:00")
    assert shift.state("smars-8") is ProcessState.DRAINING
    assert shift.executions > 2 * before


def test_a_drain_finishes_where_the_stop_check_sees_its_count(counted: Idle) -> None:
    """The same command on the same build with its count inside."""
    shift = counted.at("09:31:00")
    shift.say("drain smars-8")
    assert shift.wait(120).state("smars-8") is ProcessState.STOPPED


@pytest.mark.parametrize("early", range(4), ids="{} steps before it has drained".format)
def test_a_server_that_is_stopped_as_it_drains_stops_once(counted: Idle, early: int) -> None:
    """Booking what it has executed for the stop may be what ends the drain."""
    shift = counted.at("09:30:00")
    shift.say("drain smars-8")
    drained = _stops_of_smars_8(shift.fork().wait(120))[0]
    shift.wait((drained - early - shift.world.now - seconds(10)) / 4)
    shift.say("stop smars-8")
    assert len(_stops_of_smars_8(shift.wait(15))) == 1


def _stops_of_smars_8(shift: Shift) -> list[int]:
    log = shift.world.log.items
    return [event.step for event in log if event.text == "smars-8 stopped"]


def test_cancelling_child_orders_gains_nothing(idle: Idle) -> None:
    """Parents that think they are not complete send new children in the same breath."""
    left, cancelled = idle.at("09:35:00"), idle.at("09:35:00")
    told = cancelled.do("cancel smars-8")
    assert "not complete" in " ".join(told.lines)
    cancelled.say("cancel all")
    left.until("09:45:00")
    cancelled.until("09:45:00")
    assert cancelled.executions == left.executions
    assert cancelled.result.loss_usd == left.result.loss_usd


def test_a_gross_limit_where_orders_enter_the_firm_stops_no_child_order(idle: Idle) -> None:
    """Limits were checked before SMARS, and children leave behind it (SEC paragraph 22)."""
    left, limited = idle.at("09:32:00"), idle.at("09:32:00")
    told = limited.do("limit 1m")
    assert "before SMARS" in " ".join(told.lines)
    assert limited.until("09:45:00").executions == left.until("09:45:00").executions


def test_disconnecting_venues_slows_the_runaway_and_cutting_all_of_them_stops_it(
    idle: Idle,
) -> None:
    """What cannot be reached cannot be taken; Power Peg itself runs on."""
    left, slowed = idle.at("09:32:00"), idle.at("09:32:00")
    slowed.do("disconnect NYSE")
    assert slowed.until("09:45:00").executions < 0.8 * left.until("09:45:00").executions
    slowed.do("declare")
    slowed.do("disconnect all")
    cut = slowed.executions
    assert slowed.until("09:55:00").executions == cut
    assert len(slowed.world.pegs) > 0
    slowed.do("connect all")
    assert slowed.until("09:57:00").executions > cut


@pytest.mark.parametrize("verb", ["stop", "kill"])
def test_a_stopped_server_executes_nothing_more(storm: Shift, verb: str) -> None:
    """Ten seconds for a stop in order, two for a kill; then it is over."""
    storm.say(f"{verb} smars-8")
    assert storm.state("smars-8") is not ProcessState.STOPPED
    storm.wait(12)
    assert storm.state("smars-8") is ProcessState.STOPPED
    at = storm.server("smars-8")
    children = int(storm.world.fleet.children[at])
    storm.until("09:40:00")
    assert int(storm.world.fleet.children[at]) == children
    assert storm.view.servers[at].children == 0


def test_the_deployment_goes_server_by_server_and_says_when_it_is_done(storm: Shift) -> None:
    """Forty seconds each: thirty to copy, while the old process runs on, ten to restart."""
    storm.say("deploy rlp smars-7 smars-8")
    storm.wait(35)
    assert storm.state("smars-7") is ProcessState.STARTING
    assert storm.state("smars-8") is ProcessState.RUNNING
    storm.wait(10)
    assert storm.state("smars-7") is ProcessState.RUNNING
    assert storm.world.fleet.builds[7] == "legacy"
    storm.wait(40)
    assert storm.world.fleet.builds[7] == "rlp"
    last = [event for event in storm.world.log.items if isinstance(event, Answer)][-1]
    assert last.text == "deploy rlp smars-7 smars-8: done"


def test_the_close_stops_the_router_and_leaves_the_positions(scenario: Scenario) -> None:
    """An idle day ends with what was bought and sold still in the book."""
    shift = Idle(with_short_day(scenario, "09:50", "10:20")).at("09:49:59")
    assert shift.world.fleet.working()
    shift.until("09:51:00")
    assert not len(shift.world.pegs)
    assert not shift.world.fleet.working()
    assert shift.world.ended == ""
    shift.until("10:20:00")
    assert shift.world.ended == "end of the day"
    assert shift.world.ledger.position().any()
    assert not shift.result.flat


def test_a_day_without_a_position_ends_at_the_close(scenario: Scenario) -> None:
    """There is nothing left to do in the evening."""
    shift = Idle(with_short_day(with_stale(scenario), "09:50", "10:20")).at("10:20:00")
    assert shift.world.ended == "end of the day"
    assert shift.world.scenario.day.text(shift.world.now) == "09:50:00"
    assert shift.result.flat
