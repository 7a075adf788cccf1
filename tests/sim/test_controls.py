"""Each safeguard that the SEC found missing, switched on by itself on the idle day."""

from __future__ import annotations

import functools

import pytest

from controlroom.scenario import load_scenario
from controlroom.sim.controls import ABERRANT, KNOWN, WHERE
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import Channel, Scenario
from tests.sim.books import check
from tests.sim.play import Idle, Shift

UNTIL = "09:36:00"

CONTAIN = (
    "account-block",
    "broad-review",
    "capital-threshold",
    "compare-orders",
    "outstanding-limits",
    "self-halt",
)
"""Safeguards that end the runaway by themselves."""

ONE_SERVER = ("compare-orders", "self-halt")
"""Of those, the ones that find the server and spare the others."""


@functools.cache
def day(name: str) -> Idle:
    """The idle day with one safeguard."""
    return Idle(load_scenario("knight-2012", controls=[name]))


def with_control(name: str, clock: str = UNTIL) -> Shift:
    """The idle day with one safeguard, at a time."""
    return day(name).at(clock)


def alarms(shift: Shift) -> list[str]:
    """Subjects of the alarms so far."""
    feed = shift.world.alerts.feed.items
    return [alert.subject for alert in feed if alert.channel is Channel.ALARM]


def test_the_scenario_offers_every_safeguard_and_had_none(scenario: Scenario) -> None:
    """All off, as they were; what can be switched on is what the simulation models."""
    assert {control.id for control in scenario.controls} == KNOWN
    assert not any(control.on for control in scenario.controls)
    assert set(WHERE) == KNOWN


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_no_safeguard_makes_the_morning_dearer_or_loses_a_share(idle: Idle, name: str) -> None:
    """Alone, without anybody at the console."""
    shift = with_control(name)
    check(shift.world)
    assert shift.result.loss_usd <= idle.at(UNTIL).result.loss_usd


@pytest.mark.parametrize("name", CONTAIN)
def test_a_safeguard_that_acts_contains_the_runaway_and_says_so(idle: Idle, name: str) -> None:
    """Within minutes, with an alarm that names the reason."""
    shift = with_control(name)
    assert not len(shift.world.pegs)
    assert shift.result.contained_at is not None
    assert shift.result.executions * 2 < idle.at(UNTIL).result.executions
    assert len(alarms(shift)) == 1
    stopped = [
        server.name
        for server, state in zip(
            shift.world.scenario.servers, shift.world.fleet.states, strict=True
        )
        if state is ProcessState.STOPPED
    ]
    assert stopped == (["smars-8"] if name in ONE_SERVER else [f"smars-{n}" for n in range(1, 9)])
    assert (shift.result.lost_orders == 0) == (name in ONE_SERVER)


def test_a_server_that_halts_itself_does_so_on_the_second_that_has_just_ended(idle: Idle) -> None:
    """Not on the one before: a second of the storm is a hundred thousand shares."""
    shift = with_control("self-halt", "09:30:00")
    while shift.state("smars-8") is ProcessState.RUNNING:
        before = shift.fork()
        shift.wait(1)
        assert shift.world.now < shift.world.scenario.day.parse("09:31")
    world = before.world
    alone = Shift(world)
    alone.world.guards = ()
    alone.wait(1)
    rates = alone.world.fleet.recent(alone.world.seconds_closed)[:, alone.server("smars-8")]
    live = int((alone.world.pegs.server == alone.server("smars-8")).sum())
    live += int((alone.world.parents.server == alone.server("smars-8")).sum())
    assert rates[-1] > ABERRANT + 2 * live
    assert (rates[:-1] <= ABERRANT + 2 * live).all()


def test_a_second_technician_finds_the_server_that_was_left_out() -> None:
    """No mail, no runaway."""
    figures = with_control("two-person-review").result
    assert (figures.reject_mails_before_open, figures.executions) == (0, 0)


def test_a_test_of_the_moved_code_makes_the_old_build_harmless() -> None:
    """The mails come all the same: the old build still refuses the flag before the open."""
    shift = with_control("retest")
    assert shift.result.reject_mails_before_open == 97
    assert not shift.world.ledger.position().any()


def test_a_price_cap_slows_the_runaway(idle: Idle) -> None:
    """Children far from the opening price are held back."""
    assert with_control("price-cap").executions < 0.95 * idle.at(UNTIL).executions


def test_wired_rejects_are_one_alarm_at_eight_in_the_morning() -> None:
    """The first reject of a server is an alarm, the others stay in the mail."""
    shift = with_control("reject-alerts", "09:30:00")
    assert alarms(shift) == ["BNET reject"]
    alarm = next(item for item in shift.world.alerts.feed.items if item.channel is Channel.ALARM)
    assert shift.world.scenario.day.text(alarm.step).startswith("08:01")
    assert shift.result.reject_mails_before_open == 97


def test_pmon_with_limits_keeps_up_and_calls_at_each_tenfold_excess() -> None:
    """It shows the marked line without delay."""
    shift = with_control("pmon-alerts")
    assert len(alarms(shift)) >= 3
    money = shift.view.money
    assert money.pmon_age == 0
    assert abs(money.pmon - money.marked) <= abs(money.marked) // 20 + 100_000


def test_an_incident_procedure_says_who_may_disconnect() -> None:
    """Nobody has to be asked."""
    shift = with_control("incident-procedure", "09:31:00")
    shift.do("stop all")
    assert not shift.world.fleet.working()


def test_separate_accounts_show_where_the_positions_come_from() -> None:
    """The 33 Account names the server."""
    shift = with_control("separate-accounts", "09:31:00")
    assert "from smars-8" in " ".join(shift.do("account 33", 15).lines)


def test_a_safeguard_still_answers_to_its_former_name() -> None:
    old = load_scenario("knight-2012", controls=["deployment-review"])
    assert [control.id for control in old.controls if control.on] == ["two-person-review"]
