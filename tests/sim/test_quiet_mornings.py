"""Why a morning was quiet: what the switched-on safeguards did, told as it shows."""

from __future__ import annotations

import functools

import pytest

from controlroom.runs.results import result_rows, why_quiet
from controlroom.scenario import load_scenario
from controlroom.scenario.switches import switch_off
from controlroom.sim.events import Safeguarded
from controlroom.sim.result import result
from controlroom.sim.spared import deeds
from controlroom.sim.start import PegCount
from tests.sim.play import Idle, Shift

UNTIL = "09:36:00"


@functools.cache
def day(*controls: str) -> Idle:
    """The idle day with some safeguards."""
    return Idle(load_scenario("knight-2012", controls=controls))


def why(shift: Shift) -> str:
    """What a run says about its safeguards."""
    return " ".join(why_quiet(result(shift.world), shift.world.scenario))


@pytest.mark.parametrize("control", ["two-person-review", "retest"])
def test_a_prevented_incident_is_told_at_the_order_that_would_have_run_away(control: str) -> None:
    shift = day(control).at(UNTIL)
    told = [event for event in shift.world.log.items if isinstance(event, Safeguarded)]
    assert [event.step for event in told] == [shift.world.scenario.day.open_step]
    assert "smars-8" in told[0].text
    assert not told[0].needs_you
    assert told[0].text in [line.text for line in shift.view.answers]


def test_a_second_technician_is_named_with_the_day_and_the_server_that_was_left_out() -> None:
    said = why(day("two-person-review").at(UNTIL))
    assert said.startswith("It never ran away: in the days from 27 July, the second technician")
    assert "smars-8" in said


@pytest.mark.parametrize("control", ["two-person-review", "retest"])
def test_orders_that_were_spared_are_those_that_run_away_without_it(
    idle: Idle, control: str
) -> None:
    """Counted order by order, they are the parents that the stale server ran away with."""
    (deed,) = deeds(day(control).at(UNTIL).world)
    ran_away = idle.at(UNTIL).result.power_peg_parents
    assert f"; {ran_away} orders so far would have run away without it" in deed.text


def test_with_two_safeguards_the_one_that_came_first_is_the_reason() -> None:
    """The tested code was never reached: the server that had it was found before."""
    found = {
        deed.control: deed for deed in deeds(day("retest", "two-person-review").at(UNTIL).world)
    }
    assert found["two-person-review"].step is not None
    assert found["retest"].step is None


def test_a_run_without_a_storm_is_not_said_to_have_been_contained() -> None:
    """With the retest Power Peg works its orders, and stops when they are filled."""
    figures = day("retest").at(UNTIL).result
    assert not figures.ran_away
    assert figures.contained_at is None
    assert figures.executions > 0
    assert figures.loss_usd == 0
    rows = {row.id: row for row in result_rows(figures, load_scenario("knight-2012"))}
    assert rows["contained_at"].value == "never ran away"
    assert "unwanted" not in rows["executions"].label


@pytest.mark.parametrize(
    "control, said",
    [
        ("self-halt", "At 09:30:01, smars-8 stopped: more child orders"),
        ("account-block", "order entry blocked on all servers: 33 Account over its limit"),
        ("price-cap", "child orders are held back where the price is 5 % or more from the open"),
        ("reject-alerts", "At 08:01:11, raised an alarm: BNET reject"),
        ("pmon-alerts", "raised an alarm: 33 Account at"),
        ("incident-procedure", "incident-procedure was on, and stopped nothing."),
    ],
)
def test_a_safeguard_that_acts_in_the_day_is_named_with_its_moment(control: str, said: str) -> None:
    shift = day(control).at(UNTIL)
    assert shift.result.ran_away
    assert said in why(shift)
    assert "never ran away" not in why(shift)


def test_without_safeguards_nothing_is_said_and_the_world_is_the_same(idle: Idle) -> None:
    assert idle.at(UNTIL).world.spared is None
    assert why(idle.at(UNTIL)) == ""


def test_a_rollback_undoes_what_the_second_technician_did() -> None:
    """What a safeguard prevented can still be done by hand; then it ran away after all."""
    shift = Shift.begin(load_scenario("knight-2012", controls=["two-person-review"])).until(
        "09:31:00"
    )
    shift.do("uninstall smars-8", 240)
    assert shift.result.ran_away
    assert not why(shift).startswith("It never ran away")


def test_what_a_safeguard_did_before_the_day_can_be_taken_back() -> None:
    """The debrief plays a run again without it: the server is left out again."""
    prepared = day("two-person-review", "retest").at("08:00:01").world.scenario
    without = switch_off(prepared, ["deployment-review"])
    assert without.servers[7].build == "legacy"
    assert [control.id for control in without.controls if control.on] == ["retest"]
    bare = switch_off(prepared, ["two-person-review", "retest"])
    assert all(build.peg_count is PegCount.ELSEWHERE for build in bare.builds)
