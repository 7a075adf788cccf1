"""What follows from the flag, the old build and the session alone: the morning before anybody acts.

Nothing in the simulation says that server 8 fails, or when. Each test states what has to follow
from the router's code and from which build lies where.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

from controlroom.sim.clock import Phase
from controlroom.sim.router import Path, path_of, sees_its_fills
from controlroom.sim.start import Build, PegCount, Scenario
from controlroom.sim.world import World
from tests.sim.play import Idle, with_stale

SERVERS = tuple(f"smars-{number}" for number in range(1, 9))


def rejects(world: World) -> list[tuple[int, str]]:
    """Step of each reject mail, and the server that it names."""
    found = []
    for alert in world.alerts.feed.items:
        if alert.inject == "reject":
            named = re.search(r"smars-\d", alert.body)
            assert named is not None
            found.append((alert.step, named[0]))
    return found


def handled(world: World) -> dict[str, int]:
    """Parents on the Power Peg path, by server."""
    counts = world.fleet.pegged.tolist()
    return {
        server.name: count
        for server, count in zip(world.scenario.servers, counts, strict=True)
        if count
    }


def test_ninety_seven_mails_arrive_before_the_open_and_all_name_the_stale_server(
    idle: Idle,
) -> None:
    """97 automated mails went out before 09:30, from about 08:01 on (SEC paragraph 19)."""
    world = idle.at("09:30:00").world
    mails = rejects(world)
    assert len(mails) == 97
    assert {server for _, server in mails} == {"smars-8"}
    assert world.scenario.day.text(mails[0][0]).startswith("08:01")
    assert world.fleet.rejects.tolist() == [0, 0, 0, 0, 0, 0, 0, 97]


def test_the_mails_do_not_stand_out_in_the_mornings_mail(idle: Idle) -> None:
    """Enough other mail arrives that a reader who does not group sees noise."""
    feed = idle.at("09:30:00").world.alerts.feed.items
    ordinary = [alert for alert in feed if alert.inject != "reject"]
    assert len(ordinary) >= 60
    assert len({alert.subject for alert in ordinary}) >= 40


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_mails_do_not_depend_on_chance(scenario: Scenario, seed: int) -> None:
    """The flagged orders are the day's own, so every seed has the same 97."""
    assert len(rejects(Idle(scenario, seed).at("09:30:00").world)) == 97


def test_before_the_open_nobody_executes_what_no_client_ordered(idle: Idle) -> None:
    """The pre-market path refuses the flag on the old build; refusing is all that it does."""
    world = idle.at("09:29:59").world
    assert handled(world) == {}
    assert world.ledger.executions == 0
    assert not world.market.unabsorbed.any()


def test_a_refused_order_is_worked_by_another_server(idle: Idle) -> None:
    """No client's order is lost by a refusal, so no client complains before the open."""
    upstream = idle.at("09:30:00").world.upstream
    assert (upstream.lost, upstream.delayed, upstream.waiting) == (0, 0, [])


def test_nothing_is_wrong_on_the_seven_servers_that_have_the_new_build(idle: Idle) -> None:
    """On them the flag means RLP: parents stop at their targets, and most are complete."""
    world = idle.at("09:45:00").world
    assert handled(world).keys() == {"smars-8"}
    good = slice(0, 7)
    assert not world.fleet.rejects[good].any()
    assert (world.fleet.full[good] * 100 >= world.fleet.received[good] * 95).all()
    assert not (world.parents.filled > world.parents.target).any()
    hottest = world.fleet.history[:, good].max()
    assert world.fleet.history[:, 7].min() > 2 * hottest


def test_server_8_runs_away_with_the_opening_bell(idle: Idle) -> None:
    """The opening path executes what the pre-market path refused."""
    world = idle.at("09:30:01").world
    assert handled(world).keys() == {"smars-8"}
    shift = idle.at("09:31:00")
    after_a_minute = shift.executions
    assert after_a_minute > 10_000
    assert shift.until("09:32:00").executions > 1.5 * after_a_minute


def test_power_peg_parents_never_stop_on_the_old_build(idle: Idle) -> None:
    """The count that the check reads stays at zero, however far a target is exceeded."""
    pegs = idle.at("09:45:00").world.pegs
    assert not pegs.counted.any()
    assert (pegs.filled > pegs.target).all()
    assert (pegs.filled > 10 * pegs.target).mean() > 0.5


@pytest.mark.parametrize("stale", ["smars-1", "smars-3", "smars-7"])
def test_another_stale_server_gets_the_mails_and_runs_away_instead(
    scenario: Scenario, stale: str
) -> None:
    """Nothing is special about the eighth server but what is installed on it."""
    day = Idle(with_stale(scenario, stale))
    mails = rejects(day.at("09:30:00").world)
    assert {server for _, server in mails} == {stale}
    assert 80 <= len(mails) <= 120  # where in the rotation it stands decides the rest
    shift = day.at("09:31:00")
    assert handled(shift.world).keys() == {stale}
    assert shift.executions > 10_000


def test_without_a_stale_server_the_morning_is_an_ordinary_one(scenario: Scenario) -> None:
    """The deployment that was meant: no mail, no unordered execution, nothing to lose."""
    shift = Idle(with_stale(scenario)).at("10:00:00")
    assert rejects(shift.world) == []
    assert shift.executions == 0
    assert shift.result.loss_usd == 0


def test_two_stale_servers_both_refuse_and_both_run_away(scenario: Scenario) -> None:
    """An order that one stale server refuses may be refused by the next one too."""
    day = Idle(with_stale(scenario, "smars-7", "smars-8"))
    mails = rejects(day.at("09:30:00").world)
    assert {server for _, server in mails} == {"smars-7", "smars-8"}
    assert len(mails) > 97 + 80
    assert handled(day.at("09:31:00").world).keys() == {"smars-7", "smars-8"}


def test_with_the_count_moved_back_into_power_peg_the_old_build_is_harmless(counted: Idle) -> None:
    """The build of before 2005: every parent stops exactly at its target."""
    shift = counted.at("10:00:00")
    world = shift.world
    assert handled(world)["smars-8"] > 100
    target, filled = world.pegs.past[:, 2], world.pegs.past[:, 3]
    assert np.array_equal(filled, target)
    assert (world.pegs.filled <= world.pegs.target).all()
    assert not world.ledger.position().any()
    # Every execution filled a client's order. What rounding leaves is less than a dollar.
    assert np.array_equal(world.ledger.shares, world.ledger.client_shares)
    assert abs(shift.result.loss_usd) <= 1


def test_the_old_build_with_its_count_inside_still_refuses_before_the_open(counted: Idle) -> None:
    """Where the count is kept has nothing to do with the refusals."""
    assert len(rejects(counted.at("09:30:00").world)) == 97


@pytest.mark.parametrize(
    "has_rlp, flagged, phase, path",
    [
        (True, False, Phase.PRE_MARKET, Path.PLAIN),
        (True, False, Phase.OPEN, Path.PLAIN),
        (True, True, Phase.PRE_MARKET, Path.RLP),
        (True, True, Phase.OPEN, Path.RLP),
        (False, False, Phase.PRE_MARKET, Path.PLAIN),
        (False, False, Phase.OPEN, Path.PLAIN),
        (False, True, Phase.PRE_MARKET, Path.REFUSED),
        (False, True, Phase.OPEN, Path.POWER_PEG),
    ],
)
def test_flag_build_and_session_decide_the_path(
    has_rlp: bool, flagged: bool, phase: Phase, path: Path
) -> None:
    """The whole defect as one table."""
    build = Build("any", "1", "0", has_rlp=has_rlp, peg_count=PegCount.ELSEWHERE)
    assert path_of(build, flagged=flagged, phase=phase) is path


@pytest.mark.parametrize("path", [Path.PLAIN, Path.RLP, Path.POWER_PEG])
def test_only_power_pegs_count_was_moved(path: Path) -> None:
    """Every other path sees its fills on every build."""
    moved = Build("any", "1", "0", has_rlp=False, peg_count=PegCount.ELSEWHERE)
    kept = Build("any", "1", "0", has_rlp=False, peg_count=PegCount.INSIDE)
    assert sees_its_fills(kept, path)
    assert sees_its_fills(moved, path) == (path is not Path.POWER_PEG)
