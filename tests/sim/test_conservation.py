"""Executions are positions are cash: to the share and to the hundredth of a cent, at any step."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from controlroom.sim.start import LOT, Scenario
from controlroom.sim.state import digest
from controlroom.sim.world import step
from tests.sim.books import check
from tests.sim.play import Idle, Shift, with_short_day, with_stale

THE_SEVEN = " ".join(f"smars-{number}" for number in range(1, 8))


def with_round_lots(scenario: Scenario) -> Scenario:
    """The same day with whole lots only: then a server's shares are its children's, exactly."""
    flagged = tuple(
        attrs.evolve(order, shares=-(-order.shares // LOT) * LOT) for order in scenario.flow.flagged
    )
    return attrs.evolve(scenario, flow=attrs.evolve(scenario.flow, flagged=flagged))


@pytest.fixture(scope="module")
def round_lots(scenario: Scenario) -> Idle:
    """The idle day with whole lots."""
    return Idle(with_round_lots(scenario))


@pytest.mark.parametrize(
    "clock", ["08:00:00", "08:30:00", "09:29:59", "09:30:01", "09:31:07", "09:45:30", "10:20:00"]
)
def test_the_books_balance_while_nobody_does_anything(idle: Idle, clock: str) -> None:
    """Before the open, at the bell, in the storm, in the pauses."""
    check(idle.at(clock).world)


def test_the_books_balance_at_every_step_of_the_first_seconds(idle: Idle) -> None:
    """Also in the middle of a second, when a part of it is not booked yet."""
    shift = idle.at("09:29:58")
    for _ in range(60):
        step(shift.world)
        check(shift.world)


def test_nobody_takes_in_a_stock_in_which_no_parent_runs(idle: Idle) -> None:
    """What is taken from the market belongs to a parent from the first step on."""
    world = idle.at("09:30:00").world
    step(world)
    nobodys = np.setdiff1d(np.arange(2 * world.law.stocks), world.pegs.slot)
    assert world.pegs.fresh_lots.any()
    assert not world.pegs.fresh_lots[nobodys].any()


def test_checking_the_books_changes_nothing(idle: Idle) -> None:
    """They are read from a copy."""
    shift = idle.at("09:31:00")
    for _ in range(3):
        step(shift.world)
    before = digest(shift.world)
    check(shift.world)
    assert digest(shift.world) == before


@pytest.mark.parametrize("whole_lots", [False, True])
def test_the_books_balance_through_everything_that_can_be_done(
    idle: Idle, round_lots: Idle, whole_lots: bool
) -> None:
    """Stops, kills, deployments, disconnections and a disposal, checked on the way."""
    shift = (round_lots if whole_lots else idle).at("09:28:00")
    say = [
        ("09:28:30", ("kill smars-2", "deploy legacy smars-1")),
        ("09:29:55", ("drain smars-5",)),
        ("09:30:00", ("start smars-2",)),
        ("09:31:00", ("flag off", "disconnect NYSE", "stop smars-4")),
        ("09:32:00", ("declare", "uninstall smars-3", "pare 20 2")),
        ("09:33:10", ("flag on", "connect NYSE", "hedge 50")),
        ("09:34:00", ("stop all",)),
        ("09:35:00", ("start smars-1 smars-6 smars-8", "reroute on")),
        ("09:38:00", ("refuse on", "pare 100 1")),
        ("09:40:00", ("refuse off", "kill all")),
        ("09:44:00", ("start all", "reroute off")),
        ("09:47:00", ("kill all", "cancellations", "hedge 100")),
        ("09:48:00", ("pare 40 10",)),
        ("10:05:00", ("sell block",)),
    ]
    for clock, lines in say:
        shift.until(clock)
        check(shift.world)
        shift.say(*lines)
        for _ in range(9):
            step(shift.world)
            check(shift.world)
        shift.wait(17.25)
        check(shift.world)
    shift.until("10:51:00")
    check(shift.world)
    assert shift.world.ended == "flat"


def test_the_books_balance_where_the_stop_check_sees_its_count(counted: Idle) -> None:
    """The last child of a parent is as small as what is left of it."""
    shift = counted.at("09:29:58")
    for _ in range(60):
        step(shift.world)
        check(shift.world)
    check(counted.at("09:50:00").world)


def test_the_books_balance_where_blind_and_seeing_parents_share_a_stock(scenario: Scenario) -> None:
    """A fleet of two old builds, one with its count inside: their parents compete for lots."""
    old = scenario.builds[1]
    sound = attrs.evolve(old, name="sound", peg_count=scenario.builds[1].peg_count.INSIDE)
    mixed = with_stale(scenario, "smars-7", "smars-8")
    servers = tuple(
        attrs.evolve(server, build="sound") if server.name == "smars-7" else server
        for server in mixed.servers
    )
    flagged = tuple(
        attrs.evolve(order, stock=order.stock % 20, shares=order.shares * 50)
        for order in mixed.flow.flagged
    )
    day = attrs.evolve(
        mixed,
        servers=servers,
        builds=(*mixed.builds, sound),
        flow=attrs.evolve(mixed.flow, flagged=flagged),
    )
    shift = Idle(day).at("09:29:59")
    seen = set()
    for _ in range(120):
        step(shift.world)
        check(shift.world)
        seen |= set(shift.world.pegs.counts.tolist())
    assert seen == {0, 1}


def test_the_close_books_what_was_taken_and_drops_what_is_open(scenario: Scenario) -> None:
    """Positions and cash balance after the bell too; unfilled orders lapse."""
    day = attrs.evolve(scenario.day, closes=scenario.day.opens + 300_000)
    shift = Idle(attrs.evolve(scenario, day=day)).at("09:34:59")
    check(shift.world)
    shift.wait(3)
    check(shift.world)
    assert not len(shift.world.pegs)
    assert not len(shift.world.parents)


def test_a_server_that_is_started_in_the_evening_finds_no_order(scenario: Scenario) -> None:
    """What waited at the bell has lapsed; a build with the old code has nothing to run away on."""
    flagged = scenario.flow.flagged
    open_ = scenario.day.open_step
    late = tuple(
        attrs.evolve(flagged[-1], step=open_ + second * 4, stock=second % 50, auction=False)
        for second in range(200, 400)
    )
    day = attrs.evolve(
        with_short_day(with_stale(scenario, "smars-8"), "09:35", "09:50"),
        flow=attrs.evolve(scenario.flow, flagged=(*flagged, *late)),
    )
    shift = Idle(day).at("09:32:00")
    shift.do("declare")
    shift.say("stop all")
    shift.until("09:34:59")
    waiting = sum(len(batch.slot) for batch in shift.world.upstream.waiting)
    lost = shift.world.upstream.lost
    assert any(batch.flagged for batch in shift.world.upstream.waiting)
    shift.until("09:35:01")
    assert not shift.world.upstream.waiting
    assert shift.world.upstream.lost >= lost + waiting
    received = shift.world.fleet.received.tolist()
    pegged = shift.world.fleet.pegged.tolist()
    shift.do("start all", 40)
    shift.until("09:45:00")
    assert shift.world.fleet.received.tolist() == received
    assert shift.world.fleet.pegged.tolist() == pegged
    assert not len(shift.world.pegs)


def test_a_world_whose_books_do_not_balance_is_found_out(idle: Idle) -> None:
    """The check can fail: one share, one unit of cash, one child, one order are enough."""
    spoil = (
        lambda shift: shift.world.ledger.shares.__iadd__(1),
        lambda shift: shift.world.ledger.cost.__iadd__(1),
        lambda shift: shift.world.fleet.splits.__iadd__(1),
        lambda shift: shift.world.fleet.shares.__iadd__(1),
        lambda shift: shift.world.parents.filled.__isub__(1),
        lambda shift: shift.world.upstream.waiting.clear(),
    )
    for break_it in spoil:
        shift = idle.at("09:32:00")
        shift.do("kill smars-3", 5)
        check(shift.world)
        break_it(shift)
        with pytest.raises(AssertionError):
            check(shift.world)


def test_every_share_of_the_day_is_accounted_for_with_all_orders_sent_back(idle: Idle) -> None:
    """Orders that come back from servers are neither forgotten nor counted twice."""
    shift: Shift = idle.at("09:36:00")
    shift.do("declare")
    for _ in range(3):
        shift.say("kill all")
        for _ in range(12):
            step(shift.world)
            check(shift.world)
        shift.do("start all", 40)
        check(shift.world)
        shift.wait(130)
        check(shift.world)
