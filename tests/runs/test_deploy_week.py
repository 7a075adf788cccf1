"""The week before: whether a server is missed follows from who does it how, and can be found."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from controlroom.runs.fold import fold
from controlroom.runs.journal import read_journal
from controlroom.runs.policy import IDLE, REFERENCE, follow, load_policy
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.simulation import Simulation
from controlroom.runs.verify import verify
from controlroom.scenario import load_scenario
from controlroom.sim.start import Scenario
from controlroom.sim.views import WeekView

AS_THE_FIRM_DID = (
    "deploy rlp smars-1 smars-2 smars-3",
    "tomorrow",
    "deploy rlp smars-4 smars-5 smars-6",
    "tomorrow",
    "deploy rlp smars-7 smars-8",
)


@functools.cache
def deploy_week() -> Scenario:
    """The scenario, read once."""
    return load_scenario("deploy-week")


def after(*commands: str, seed: int | None = None) -> Simulation:
    """The week in which these were given."""
    simulation = Simulation(deploy_week(), seed=seed)
    for command in commands:
        simulation.submit(command)
    simulation.step(1)
    return simulation


def week(simulation: Simulation) -> WeekView:
    """What the calendar shows."""
    view = simulation.view().week
    assert view is not None
    return view


def stale(simulation: Simulation) -> list[str]:
    """Servers on which the old build is installed, whatever anybody believes."""
    names = [server.name for server in simulation.scenario.servers]
    builds = simulation.world.fleet.builds
    return [name for name, build in zip(names, builds, strict=True) if build == "legacy"]


def heard(simulation: Simulation) -> list[str]:
    """Everything that was said, answers with all of their lines."""
    return [
        line for event in simulation.events for line in (event.text, *getattr(event, "lines", ()))
    ]


# --- as the firm did it --------------------------------------------------------------------------


def test_done_as_the_firm_did_one_server_is_missed_and_the_tickets_say_eight_of_eight() -> None:
    simulation = after(*AS_THE_FIRM_DID)
    assert stale(simulation) == ["smars-8"]
    assert [site.ticket for site in week(simulation).sites] == ["rlp"] * 8
    assert [site.seen for site in week(simulation).sites] == [""] * 8


def test_the_reference_run_lives_the_week_and_then_the_morning_on_record() -> None:
    run = Run.begin(deploy_week(), journal=None)
    followed = follow(run, load_policy(REFERENCE, run.scenario), run.scenario.day.end_step)
    result = run.result()
    assert followed.refused == ()
    assert (result.reject_mails_before_open, result.power_peg_parents) == (97, 212)
    assert run.ended == "flat"
    assert 400_000_000 < result.loss_usd < 520_000_000


def test_who_does_nothing_has_the_firms_week_and_loses_more() -> None:
    run = Run.begin(deploy_week(), journal=None)
    follow(run, load_policy(IDLE, run.scenario), run.scenario.day.end_step)
    assert run.result().loss_usd > 1_000_000_000


def test_a_server_is_missed_in_many_weeks_by_hand_and_in_few_by_a_procedure() -> None:
    """By the rates of the scenario: 1 - 0.95^5 x 0.9^3 by hand, a few percent with a list."""
    seeds = range(120)
    by_hand = sum(bool(stale(after(*AS_THE_FIRM_DID, seed=seed))) for seed in seeds)
    written = sum(bool(stale(after("procedure", "deploy rlp all", seed=seed))) for seed in seeds)
    assert 0.25 * len(seeds) < by_hand < 0.6 * len(seeds)
    assert written < 0.12 * len(seeds)


def test_tired_people_miss_more() -> None:
    """The fourth and fifth server of an evening are left out more often than the first."""
    first = fifth = 0
    for seed in range(200):
        missed = stale(after("deploy rlp all", seed=seed))
        first += "smars-1" in missed
        fifth += "smars-5" in missed
    assert fifth > 2 * first


# --- finding it ----------------------------------------------------------------------------------


def test_a_review_finds_it_and_the_morning_is_quiet() -> None:
    simulation = after(*AS_THE_FIRM_DID, "review all")
    assert "smars-8: the ticket says rlp, installed is legacy" in heard(simulation)
    assert week(simulation).sites[7].ticket == "legacy"
    simulation.submit("deploy rlp smars-8")
    simulation.submit("bell")
    assert stale(simulation) == []
    simulation.run()
    assert simulation.result().executions == 0
    assert simulation.result().reject_mails_before_open == 0


def test_found_too_late_to_put_right_it_can_still_be_stopped_before_the_bell() -> None:
    simulation = after(*AS_THE_FIRM_DID, "procedure", "review all", "deploy rlp smars-8", "bell")
    assert any("no time left for that" in line for line in heard(simulation))
    assert stale(simulation) == ["smars-8"]
    simulation.submit("stop smars-8")
    simulation.run()
    assert simulation.result().executions == 0


def test_what_slips_through_a_procedure_a_review_finds_nearly_always() -> None:
    slipped = found = 0
    for seed in range(300):
        simulation = after("procedure", "deploy rlp all", seed=seed)
        if missed := stale(simulation):
            slipped += 1
            lines = heard(after("procedure", "deploy rlp all", f"review {missed[0]}", seed=seed))
            found += f"{missed[0]}: the ticket says rlp, installed is legacy" in lines
    assert slipped > 5
    assert found >= 0.7 * slipped


def test_a_review_can_miss_it_and_then_it_says_that_all_is_well() -> None:
    said = [heard(after(*AS_THE_FIRM_DID, "review smars-8", seed=seed)) for seed in _missed()]
    blind = sum("smars-8: agrees with its ticket" in lines for lines in said)
    assert 0 < blind < len(said) / 2


def _missed() -> list[int]:
    """Seeds with which the eighth server is left out."""
    return [seed for seed in range(400) if "smars-8" in stale(after(*AS_THE_FIRM_DID, seed=seed))]


@pytest.mark.parametrize("command", ["look smars-8", "compare"])
def test_whoever_looks_sees_what_is_there(command: str) -> None:
    simulation = after(*AS_THE_FIRM_DID, command)
    site = week(simulation).sites[7]
    assert (site.seen, site.ticket) == ("legacy", "legacy")
    assert any("smars-8  legacy   the ticket said rlp" in line for line in heard(simulation))


def test_what_was_seen_is_not_known_any_more_once_it_was_touched() -> None:
    simulation = after(*AS_THE_FIRM_DID, "look smars-8", "deploy rlp smars-8")
    assert week(simulation).sites[7].seen == ""
    assert week(simulation).sites[7].ticket == "rlp"


# --- the dead code -------------------------------------------------------------------------------


def test_a_test_of_the_old_build_shows_what_its_flag_wakes() -> None:
    lines = heard(after("test legacy"))
    assert any("wakes Power Peg, which sends child orders without end" in line for line in lines)
    assert any("rlp: flagged orders take the RLP path" in line for line in heard(after("test rlp")))


def test_with_the_dead_code_removed_and_tested_a_missed_server_does_no_harm() -> None:
    """The flag went with the code: the old build on a server that was left out does not know it."""
    simulation = after("remove", "test rlp-clean", "deploy rlp-clean all", "bell")
    assert stale(simulation) != []
    simulation.run()
    result = simulation.result()
    assert (result.executions, result.power_peg_parents, result.lost_orders) == (0, 0, 0)
    assert result.reject_mails_before_open == 0


def test_nobody_releases_what_was_never_tested() -> None:
    simulation = after("deploy rlp-clean all", "remove", "deploy rlp-clean all", "test rlp-clean")
    refused = [line for line in heard(simulation) if "rlp-clean" in line and "test" in line]
    assert any("there is no rlp-clean yet" in line for line in refused)
    assert any("was never tested" in line for line in refused)
    assert [site.ticket for site in week(simulation).sites] == [""] * 8


def test_removed_and_not_tested_changes_nothing_about_the_flag() -> None:
    simulation = after(*AS_THE_FIRM_DID, "remove", "bell")
    simulation.run_until("09:35:00")
    assert simulation.result().power_peg_parents > 0


# --- time ----------------------------------------------------------------------------------------


def test_there_is_not_time_for_everything() -> None:
    simulation = after(
        "remove", "test rlp-clean", "procedure", "deploy rlp-clean all", "review all"
    )
    assert any("no time left" in line for line in heard(simulation))


def test_when_the_evenings_are_over_only_the_bell_is_left() -> None:
    simulation = after("tomorrow", "tomorrow", *["test legacy"] * 4, "look smars-1", "tomorrow")
    lines = heard(simulation)
    assert any("no time left for that before the day" in line for line in lines)
    assert any("this is the last evening" in line for line in lines)
    assert week(simulation).left == 0
    simulation.submit("bell")
    simulation.step(4)
    assert simulation.view().week is None
    assert simulation.clock == "08:00:01"


def test_the_days_clock_does_not_move_in_the_week() -> None:
    simulation = after("procedure")
    simulation.step(1000)
    assert simulation.now == 0
    assert simulation.still == "the evenings before"


# --- what belongs where --------------------------------------------------------------------------


def test_what_is_for_the_day_is_refused_in_the_week_and_the_other_way_round() -> None:
    simulation = after("kill smars-1", "declare", "bell")
    assert sum("is for the day" in line for line in heard(simulation)) == 2
    simulation.submit("review all")
    simulation.step(1)
    assert "review is for the evenings before; the day has begun" in heard(simulation)


def test_a_day_without_a_week_begins_at_once() -> None:
    simulation = Simulation("knight-2012")
    simulation.submit("bell")
    simulation.step(4)
    assert simulation.now == 4
    assert "bell is for the evenings before; the day has begun" in heard(simulation)


# --- one fold ------------------------------------------------------------------------------------


def test_a_journal_of_the_week_resumes_folds_and_replays_to_the_same_world(tmp_path: Path) -> None:
    run = Run.begin(deploy_week(), journal=tmp_path)
    for command in AS_THE_FIRM_DID[:3]:
        run.give(command)
    path, view, digest = run.journal, run.view().week, run.simulation.digest()
    assert path is not None
    run.close()
    with Run.resume(path) as again:
        assert (again.view().week, again.simulation.digest()) == (view, digest)
        for command in (*AS_THE_FIRM_DID[3:], "bell"):
            again.give(command)
        again.advance(240 * 3)
        digest = again.simulation.digest()
    assert verify(path).digest == digest
    assert fold(read_journal(path), deploy_week()).digest() == digest
    replay = Replay.of(read_journal(path), deploy_week())
    replay.seek(240 * 3)
    assert replay.digest() == digest
