"""Each fault that a seed may draw: its symptoms in the instruments, its proof, its cure."""

from __future__ import annotations

import re

import pytest

from controlroom.sim.faults import CATALOGUE, draw
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import FaultKind, Scenario
from controlroom.sim.state import digest
from controlroom.sim.views.truth import truth
from controlroom.sim.world import start
from tests.sim.books import check
from tests.sim.play import Shift
from tests.sim.riddle import WRONG, at, blind, cure, drawn_of, nobodys, seeds_of, words

MOMENT = "09:33:00"
"""Three minutes after the bell."""


def server_of(shift: Shift) -> str:
    return words(shift.world)["{server}"]


def rejects_of(shift: Shift, name: str) -> int:
    return int(shift.world.fleet.rejects[shift.server(name)])


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, text
    return int(found[1].replace(",", ""))


def read(shift: Shift, line: str) -> str:
    answer = shift.do(line, 21)
    return "\n".join((answer.text, *answer.lines))


def fills(shift: Shift, name: str) -> float:
    text = read(shift, f"look {name}")
    return number(r"filled ([\d,]+) shares", text) / number(r"target ([\d,]+) shares", text)


# --- the draw -----------------------------------------------------------------------------------


def test_every_fault_has_a_file_of_the_catalogue() -> None:
    assert list(CATALOGUE) == list(FaultKind)
    assert {choice.kind for choice in blind().faults} == set(FaultKind)


def test_the_same_seed_is_the_same_riddle_and_seeds_differ() -> None:
    assert draw(blind(), 11).drawn == draw(blind(), 11).drawn
    several = [drawn_of(draw(blind(), seed)) for seed in range(300)]
    assert {drawn.kind for drawn in several} == set(FaultKind)
    for kind in FaultKind:
        assert 18 <= sum(drawn.kind is kind for drawn in several) <= 60
    assert {drawn.server for drawn in several} == set(range(8))


def test_drawing_again_for_another_seed_forgets_what_was_drawn_before() -> None:
    """Other seeds of a debrief begin from a scenario that has been drawn."""
    stale, other = seeds_of(FaultKind.STALE_BUILD)[0], seeds_of(FaultKind.NOTHING)[0]
    again = draw(draw(blind(), stale), other)
    assert again == draw(blind(), other)
    assert {server.build for server in again.servers} == {"rlp"}
    assert digest(start(draw(blind(), stale), other)) == digest(start(blind(), other))


def test_a_scenario_that_leaves_nothing_to_the_seed_has_none_of_it(scenario: Scenario) -> None:
    assert draw(scenario, 3) is scenario
    assert start(scenario, 3).riddle is None


def test_one_hypothesis_is_right_and_it_is_the_drawn_one() -> None:
    for kind in FaultKind:
        drawn = draw(blind(), seeds_of(kind)[0])
        assert [belief.id for belief in drawn.hypotheses if belief.right] == [kind.value]


def test_a_fault_can_be_kept_to_some_servers_and_weighed() -> None:
    import attrs

    from controlroom.sim.start import FaultChoice

    choices = (
        FaultChoice(FaultKind.FLAG_TABLE, 9, ("smars-2", "smars-5")),
        FaultChoice(FaultKind.NOTHING, 1, ()),
    )
    few = attrs.evolve(blind(), faults=choices)
    several = [drawn_of(draw(few, seed)) for seed in range(200)]
    wrong = [drawn for drawn in several if drawn.kind is FaultKind.FLAG_TABLE]
    assert 160 <= len(wrong) <= 195
    assert {drawn.server for drawn in wrong} == {1, 4}


@pytest.mark.parametrize("kind", FaultKind)
def test_nothing_a_seat_sees_names_the_fault_before_somebody_looked(kind: FaultKind) -> None:
    shift = at(kind, MOMENT)
    seen = repr(shift.view)
    assert kind.value not in seen
    told = max(re.split(r"\{\w+\}", CATALOGUE[kind].truth), key=len)
    assert told not in seen
    assert all(not server.build for server in shift.view.servers)


@pytest.mark.parametrize("kind", FaultKind)
def test_the_books_balance_with_every_fault(kind: FaultKind) -> None:
    for clock in ("09:29:59", "09:30:20", MOMENT, "09:44:00", "09:46:00"):
        check(at(kind, clock).world)
    shift = at(kind, "09:36:00")
    shift.say("declare", "stop smars-3 smars-4", "kill smars-6")
    check(shift.wait(45).world)


# --- what all of them have in common ------------------------------------------------------------


def hottest(shift: Shift) -> str:
    return max(shift.view.servers, key=lambda server: server.children).name


def test_the_hot_server_is_not_always_the_one_that_is_wrong() -> None:
    hot = {kind: hottest(at(kind, "09:32:00")) == server_of(at(kind, "09:32:00")) for kind in WRONG}
    assert any(hot.values())
    assert not all(hot.values())


@pytest.mark.parametrize("kind", FaultKind)
def test_the_account_fills_and_the_exchange_asks_whatever_is_wrong(kind: FaultKind) -> None:
    """The basket alone brings both, so neither of them tells anything."""
    shift = at(kind, MOMENT)
    came = {alert.inject for alert in shift.world.alerts.feed.items}
    assert {"account-33-filling", "exchange-calls"} <= came
    assert shift.view.money.gross > 150_000_000


def test_the_fund_takes_its_basket_at_what_it_cost() -> None:
    shift = at(FaultKind.NOTHING, "09:44:30")
    assert shift.result.loss_usd > 5_000_000  # as it looks
    assert "still" not in shift.refusal("sell block")
    after = at(FaultKind.NOTHING, "09:45:10")
    assert after.result.loss_usd == 0
    assert after.world.ledger.is_flat()
    assert after.result.executions == 0


def test_positions_that_are_sold_before_the_fund_takes_them_are_missing_then() -> None:
    shift = at(FaultKind.NOTHING, "09:38:00")
    shift.do("pare 100 5", 1)
    shift.until("09:46:00")
    assert not shift.world.ledger.is_flat()
    assert shift.result.loss_usd > 500_000


# --- each of them -------------------------------------------------------------------------------

REFUSES = (
    FaultKind.STALE_BUILD,
    FaultKind.FLAG_TABLE,
    FaultKind.COUNT_CHECK,
    FaultKind.REFERENCE_FILE,
)


@pytest.mark.parametrize("kind", FaultKind)
def test_who_refuses_before_the_bell(kind: FaultKind) -> None:
    """A tester's orders are refused in any case, on another server than the one that is wrong."""
    shift = at(kind, "09:29:59")
    filled = words(shift.world)
    assert rejects_of(shift, filled["{tests}"]) >= 25
    others = {server.name for server in shift.world.scenario.servers} - {filled["{tests}"]}
    refusing = {name for name in others if rejects_of(shift, name)}
    assert refusing == ({filled["{server}"]} if kind in REFUSES else set())
    named = [alert for alert in shift.world.alerts.feed.items if alert.inject == "reject"]
    assert len(named) == int(shift.world.fleet.rejects.sum())


@pytest.mark.parametrize(
    "kind, reason",
    [
        (FaultKind.STALE_BUILD, "handler 6 not in session PRE"),
        (FaultKind.FLAG_TABLE, "handler 6 not in session PRE"),
        (FaultKind.COUNT_CHECK, "count check 2005.03 knows no session PRE"),
        (FaultKind.REFERENCE_FILE, "no locate"),
    ],
)
def test_the_log_gives_the_reason_of_a_refusal(kind: FaultKind, reason: str) -> None:
    shift = at(kind, "09:29:30")
    assert reason in read(shift, f"log {server_of(shift)}")


def test_a_stale_build_shows_in_look_and_compare_and_fills_beyond_targets() -> None:
    shift = at(FaultKind.STALE_BUILD, MOMENT)
    name = server_of(shift)
    assert fills(shift, name) > 20
    assert "build legacy" in read(shift, f"look {name}")
    assert f"different: {name}" in shift.fork().do("compare", 161).text
    assert "as its master" in read(shift, f"config flags {name}")


def test_a_wrong_flag_table_burns_like_a_stale_build_and_hides_from_compare() -> None:
    shift = at(FaultKind.FLAG_TABLE, MOMENT)
    name = server_of(shift)
    assert fills(shift, name) > 20
    assert "all 8 servers run rlp" in shift.fork().do("compare", 161).text
    text = read(shift, f"config flags {name}")
    assert "table of 2011.11.04, master table of 2012.07.27" in text
    assert "Power Peg" in text


def test_deploying_does_not_mend_a_flag_table() -> None:
    shift = at(FaultKind.FLAG_TABLE, MOMENT)
    name = server_of(shift)
    shift.do(f"kill {name}", 3)
    shift.do(f"deploy rlp {name}", 45)
    shift.do(f"start {name}", 31)
    before = int(shift.world.fleet.pegged.sum())
    assert int(shift.wait(60).world.fleet.pegged.sum()) > before


@pytest.mark.parametrize(
    "kind", [FaultKind.COUNT_CHECK, FaultKind.REFERENCE_FILE, FaultKind.DUPLICATE_SESSION]
)
def test_the_truth_shows_on_which_server_more_is_executed_than_was_asked(kind: FaultKind) -> None:
    """No parent is on the Power Peg path, so a truth that knew only that would show nothing."""
    shift = at(kind, MOMENT)
    shown = truth(shift.world)
    assert shown.pegs == 0
    assert {server.name for server in shown.servers if server.beyond} == {server_of(shift)}


def test_an_old_count_check_burns_slower_with_build_and_table_in_order() -> None:
    shift = at(FaultKind.COUNT_CHECK, MOMENT)
    name = server_of(shift)
    assert fills(shift, name) > 20
    assert not len(shift.world.pegs)
    assert "as its master" in read(shift, f"config flags {name}")
    assert "not written to" in read(shift, f"config count {name}")
    rate = shift.view.servers[shift.server(name)].children
    stale = at(FaultKind.STALE_BUILD, MOMENT)
    assert rate * 2 < stale.view.servers[stale.server(server_of(stale))].children


def test_a_duplicate_session_makes_its_host_loud_and_leaves_the_other_server_as_it_was() -> None:
    shift = at(FaultKind.DUPLICATE_SESSION, MOMENT)
    filled = words(shift.world)
    host, guest = (
        shift.view.servers[shift.server(filled[word])] for word in ("{server}", "{guest}")
    )
    assert host.children > 6 * guest.children
    assert host.received == pytest.approx(guest.received, rel=0.05)
    assert fills(shift, host.name) <= 1
    assert f"those of {guest.name} too" in read(shift, f"config sessions {host.name}")
    assert "as its master" in read(shift, f"config sessions {guest.name}")


def test_stopping_the_server_whose_orders_are_sent_again_ends_nothing() -> None:
    shift = at(FaultKind.DUPLICATE_SESSION, MOMENT)
    shift.do(f"stop {words(shift.world)['{guest}']}", 15)
    before = nobodys(shift.world)
    assert nobodys(shift.wait(20).world) > before + 1_000


def test_a_limit_with_three_zeros_too_many_lets_a_loop_through() -> None:
    shift = at(FaultKind.CREDIT_LIMIT, MOMENT)
    name = server_of(shift)
    assert name == words(shift.world)["{loop}"]
    panes = {server.name: server for server in shift.view.servers}
    basket = words(shift.world)["{basket}"]
    others = [pane.received for pane in panes.values() if pane.name not in (name, basket)]
    assert panes[name].received > 1.5 * max(others)
    assert fills(shift, name) <= 1
    text = read(shift, f"config limits {name}")
    assert "gkr-4 2,000,000,000 USD, master gkr-4 2,000,000 USD" in text
    assert nobodys(shift.world) > 5_000


@pytest.mark.parametrize("kind", [kind for kind in FaultKind if kind != "credit-limit"])
def test_where_the_limit_is_right_the_loop_is_refused_at_it(kind: FaultKind) -> None:
    shift = at(kind, MOMENT)
    loop = words(shift.world)["{loop}"]
    assert rejects_of(shift, loop) > 1_000
    assert "credit used up" in read(shift, f"log {loop}")
    assert "as its master" in read(shift, f"config limits {loop}")


def test_yesterdays_file_makes_the_firm_long_in_the_pilot_and_nowhere_else() -> None:
    shift = at(FaultKind.REFERENCE_FILE, "09:46:00")  # the fund has taken what was its
    world = shift.world
    assert world.riddle is not None
    position = world.ledger.position()
    assert (position >= 0).all()
    assert set(position.nonzero()[0]) <= set(world.riddle.pilot.nonzero()[0])
    assert fills(shift, server_of(shift)) <= 1
    text = read(shift, f"config reference {server_of(shift)}")
    assert "file of 2012-07-31, master file of 2012-08-01" in text


def test_the_panel_says_that_a_client_may_own_what_stands_there_until_he_takes_it() -> None:
    """Nothing is wrong; while the basket fills the account nobody can see that from its size."""
    assert not at(FaultKind.NOTHING, "09:29:00").view.money.mixed
    assert at(FaultKind.NOTHING, MOMENT).view.money.mixed
    assert not at(FaultKind.NOTHING, "09:46:00").view.money.mixed


def test_the_load_balancer_leaves_one_server_after_the_other_without_orders() -> None:
    shift = at(FaultKind.LOAD_BALANCER, "09:44:00")
    before = [server.received for server in shift.view.servers]
    states = {server.state for server in shift.view.servers}
    after = [server.received for server in shift.wait(20).view.servers]
    getting = [old != new for old, new in zip(before, after, strict=True)]
    assert getting.count(True) == 1
    assert states == {"running"}
    idle = shift.view.servers[getting.index(False)].name
    assert "out of its table" in read(shift, f"log {idle}")
    text = read(shift, f"config dealing {idle}")
    assert "health check after 5 ms, master health check after 500 ms" in text
    assert shift.world.upstream.lost > 500
    assert nobodys(shift.world) > 5_000


def test_stopping_the_server_that_gets_everything_helps_nobody() -> None:
    shift = at(FaultKind.LOAD_BALANCER, "09:42:30")
    busy = max(shift.view.servers, key=lambda server: server.received)
    fleet = shift.world.fleet
    shift.do(f"stop {busy.name}", 12)
    assert fleet.states[shift.server(busy.name)] is ProcessState.STOPPED
    lost = shift.world.upstream.lost
    assert shift.wait(120).world.upstream.lost > lost


@pytest.mark.parametrize("what", ["flags", "count", "reference", "limits", "sessions", "dealing"])
def test_where_nothing_is_wrong_every_setting_is_its_masters(what: str) -> None:
    shift = at(FaultKind.NOTHING, "09:31:00")
    for name in ("smars-1", server_of(shift)):
        assert "as its master" in read(shift, f"config {what} {name}")


# --- the cures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WRONG)
def test_without_its_cure_a_fault_goes_on(kind: FaultKind) -> None:
    shift = at(kind, "09:46:00")
    before = nobodys(shift.world)
    assert nobodys(shift.wait(60).world) > before + 100


@pytest.mark.parametrize("kind", WRONG)
def test_the_cure_ends_it_and_every_server_works(kind: FaultKind) -> None:
    shift = cure(at(kind, MOMENT), kind)
    shift.until("09:46:00")
    before = nobodys(shift.world)
    received = shift.world.fleet.received.copy()
    shift.wait(120)
    assert nobodys(shift.world) == before
    assert set(shift.world.fleet.states) == {ProcessState.RUNNING}
    assert (shift.world.fleet.received - received > 100).all()
    check(shift.world)


@pytest.mark.parametrize("kind", WRONG)
def test_loading_something_else_anew_cures_nothing(kind: FaultKind) -> None:
    right = CATALOGUE[kind].setting
    shift = at(kind, "09:46:00")
    for what in ("flags", "count", "reference", "limits", "sessions", "dealing"):
        if what != right:
            shift.do(f"reload {what} all", 21)
    before = nobodys(shift.world)
    assert nobodys(shift.wait(60).world) > before + 100


def test_one_thing_is_read_at_a_time() -> None:
    shift = at(FaultKind.NOTHING, "09:31:00")
    shift.say("config flags smars-1")
    assert "one thing at a time" in shift.refusal("config count smars-2")


def test_a_shut_fleet_is_not_handed_over() -> None:
    shift = at(FaultKind.NOTHING, "09:46:00")
    shift.do("declare", 16)
    shift.do("kill all", 3)
    assert "nobody takes over a firm that is shut" in shift.refusal("handover")
