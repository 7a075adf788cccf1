"""What other runs tell about this one, and that no short cut changes what they tell."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest

from controlroom.debrief import luck, par
from controlroom.debrief.bench import Alone, bench_of
from controlroom.debrief.cues import cues_of
from controlroom.debrief.earlier import earlier_of
from controlroom.debrief.forks import (
    FROM_THE_OPEN,
    Fork,
    Outcome,
    UnwantedError,
    outcome_from,
    past,
    play,
)
from controlroom.debrief.pages import write
from controlroom.debrief.played import Played
from controlroom.debrief.safeguards import INFORM, safeguards_of
from controlroom.debrief.study import Study
from controlroom.debrief.times import times_of
from controlroom.debrief.whole import Debrief
from controlroom.debrief.worth import Worth, worths_of
from controlroom.runs.policies import MORNING
from controlroom.scenario.switches import switch_on
from controlroom.sim.start import Evidence, Scenario
from tests.debrief.conftest import folded
from tests.debrief.conftest import play as played_to

T = TypeVar("T")


def done(study: Study[T], bench: Alone) -> T:
    """Play everything that a study waits for."""
    while True:
        try:
            jobs = next(study)
        except StopIteration as end:
            value: T = end.value
            return value
        while not all(job.outcome for job in jobs):
            bench.work()


def fork_of(played: Played, **changes: Any) -> Fork:
    """The run itself as a fork, with changes."""
    simulation = played.reading.simulation
    same = Fork(
        name="the same",
        seed=simulation.seed,
        mode=simulation.mode,
        commands=played.reading.commands,
        until=past(played.horizon),
    )
    return attrs.evolve(same, **changes)


def worth(whole: Debrief, label: str) -> Worth:
    assert whole.worths
    return next(item for item in whole.worths.items if item.action.label == label)


# --- forks ---


def test_the_run_played_again_is_the_run(bad: Played, scenario: Scenario) -> None:
    again = play(fork_of(bad), scenario)
    assert again.loss == bad.curve.at(bad.horizon)
    assert again.contained == bad.curve.contained


def test_a_fork_from_a_snapshot_is_the_fork_from_the_beginning(
    bad: Played, scenario: Scenario
) -> None:
    trunk = bad.reading.trunk
    assert trunk
    saved = trunk.before(bad.day.parse("09:33:05"))
    assert saved
    assert saved.snapshot.step > bad.day.open_step
    assert play(fork_of(bad, saved=saved), scenario) == play(fork_of(bad), scenario)


@pytest.mark.parametrize("control", sorted(FROM_THE_OPEN))
def test_a_safeguard_that_begins_at_the_open_is_the_same_as_one_of_the_whole_day(
    bad: Played, scenario: Scenario, control: str
) -> None:
    trunk = bad.reading.trunk
    assert trunk
    saved = trunk.before(bad.day.open_step)
    early = bad.day.parse("09:31:40")
    with_it = fork_of(bad, controls=(control,), until=early)
    assert play(attrs.evolve(with_it, saved=saved), scenario) == play(with_it, scenario)


@pytest.mark.parametrize("control", sorted(INFORM))
def test_a_safeguard_that_only_informs_changes_no_money(
    bad: Played, scenario: Scenario, control: str
) -> None:
    early = bad.day.parse("09:31:40")
    plain = play(fork_of(bad, until=early), scenario)
    guarded = play(fork_of(bad, until=early, controls=(control,)), scenario)
    assert guarded.loss == plain.loss > 0


def test_other_processes_play_the_same(bad: Played, scenario: Scenario) -> None:
    trunk = bad.reading.trunk
    assert trunk
    forks = [
        fork_of(bad, saved=trunk.before(bad.horizon), name="late"),
        fork_of(bad, seed=3, until=bad.day.parse("08:10:00"), name="other seed"),
        fork_of(bad, policy="idle", until=bad.day.parse("08:05:00"), name="idle"),
    ]
    with bench_of(scenario, 2) as bench:
        jobs = [bench.submit(fork) for fork in forks]
        while bench.done < len(jobs):
            bench.work()
    assert [job.outcome for job in jobs] == [play(fork, scenario) for fork in forks]


def test_a_fork_that_nobody_wants_any_more_is_given_up(bad: Played, scenario: Scenario) -> None:
    asked = 0

    def unwanted() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(UnwantedError):
        play(fork_of(bad), scenario, unwanted)
    assert asked == 4


# --- worth ---


def test_leaving_out_the_rollback_makes_it_cheaper(whole: Debrief) -> None:
    assert worth(whole, "uninstall smars-1").worth < 0


def test_leaving_out_the_kill_makes_it_much_dearer(whole: Debrief) -> None:
    found = worth(whole, "kill smars-8")
    assert found.worth > 10_000_000
    assert whole.worths
    assert whole.worths.decisive == found


def test_all_actions_together_are_worth_something_too(whole: Debrief) -> None:
    assert whole.worths
    together = whole.worths.everything
    assert together
    assert together.worth > 10_000_000


def test_positions_are_compared_at_the_end_of_the_run(whole: Debrief) -> None:
    assert whole.first
    assert whole.worths
    assert worth(whole, "pare 100 15").horizon == whole.first.end
    assert worth(whole, "kill smars-8").horizon == whole.worths.horizon < whole.first.end


STOP_ALL = """
09:30:20 declare
09:30:40 call cio
09:31:50 kill all
"""


def test_leave_that_came_from_elsewhere_in_time_is_not_played(
    played: Callable[..., Played], scenario: Scenario
) -> None:
    run = played(STOP_ALL, start="09:30", until="09:33:00")
    bench = Alone(scenario)
    found = {item.action.label: item for item in done(worths_of(run, bench), bench).items}
    assert run.reading.trunk
    assert {text for _, text in run.reading.trunk.leave} == {"kill all"}
    # Only the declaration gave leave here: without it nothing is killed.
    assert found["declare"].worth == found["kill all"].worth > 0
    assert "call cio" not in found


# --- minutes earlier ---


def test_earlier_is_cheaper_and_never_before_the_cue(bad: Played, whole: Debrief) -> None:
    earlier = whole.earlier
    assert earlier
    assert earlier.action == "kill smars-8"
    assert earlier.shown == bad.begin
    assert earlier.shifts[0].steps == 0
    assert max(shift.steps for shift in earlier.shifts) == earlier.taken - earlier.shown
    losses = [shift.loss for shift in earlier.shifts]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 2


def test_an_action_that_needs_leave_takes_it_along(
    played: Callable[..., Played], scenario: Scenario
) -> None:
    run = played(STOP_ALL, start="09:30", until="09:33:00")
    bench = Alone(scenario)
    cues = cues_of(run)
    worths = done(worths_of(run, bench), bench)
    earlier = done(earlier_of(run, cues, worths, bench), bench)
    assert (earlier.action, earlier.together) == ("kill all", "declare")
    assert [shift.loss for shift in earlier.shifts[1:]] < [earlier.shifts[0].loss]


EARLY_ROLLBACK = """
09:32:00 uninstall smars-1 smars-2 smars-3 smars-4 smars-5 smars-6 smars-7
09:44:00 call cio
09:45:30 kill all
"""


@pytest.fixture(scope="module")
def rolled_back(
    tmp_path_factory: pytest.TempPathFactory, scenario: Scenario, whole: Debrief
) -> Debrief:
    """A rollback two minutes after the bell, stopped when an officer gave leave."""
    path = tmp_path_factory.mktemp("early") / "early.jsonl"
    played_to(scenario, path, EARLY_ROLLBACK, start="09:30", until="09:56:00")
    run, bench = Played(folded(path)), Alone(scenario)
    worths = done(worths_of(run, bench), bench)
    earlier = done(earlier_of(run, cues_of(run), worths, bench), bench)
    return attrs.evolve(whole, worths=worths, earlier=earlier)


def test_a_stop_is_not_moved_to_where_nobody_would_have_given_leave(rolled_back: Debrief) -> None:
    """The officer wants to see a number first, and a refused stop saves nothing."""
    earlier = rolled_back.earlier
    assert earlier
    assert (earlier.action, earlier.together) == ("kill all", "call cio")
    assert [shift.refused for shift in earlier.shifts] == sorted(
        shift.refused for shift in earlier.shifts
    )
    assert earlier.shifts[-1].refused
    losses = [shift.loss for shift in earlier.done]
    assert len(losses) > 2
    assert losses == sorted(losses, reverse=True)
    page = write(rolled_back, "md")
    assert "Where it says refused, leave for it was not to be had yet." in page
    assert "| −$" not in page.partition("## Minutes earlier")[2].partition("## ")[0]


def test_a_rollback_that_saved_money_by_chance_is_not_praised(rolled_back: Debrief) -> None:
    """More ran away; what the model's 154 stocks let even out is no merit."""
    assert rolled_back.worths
    rollback = rolled_back.worths.items[0]
    assert rollback.action.verb == "uninstall"
    assert rollback.worth > 0
    assert rollback.more > 100_000
    assert rolled_back.worths.decisive
    assert rolled_back.worths.decisive.action.verb == "kill"
    page = write(rolled_back, "md")
    assert "more unwanted executions, whose buys and sells evened out" in page


def test_where_nothing_was_done_there_is_nothing_to_move(
    played: Callable[..., Played], scenario: Scenario
) -> None:
    run = played("", start="09:30", until="09:31:00")
    bench = Alone(scenario)
    worths = done(worths_of(run, bench), bench)
    assert worths.items == ()
    earlier = done(earlier_of(run, cues_of(run), worths, bench), bench)
    assert earlier.shifts == ()
    assert "No action" in earlier.note
    assert bench.asked == 0


# --- safeguards ---


def test_each_safeguard_of_the_list_is_answered(whole: Debrief, scenario: Scenario) -> None:
    guards = whole.safeguards
    assert guards
    assert {item.id for item in guards.items} == {control.id for control in scenario.controls}
    for item in guards.items:
        assert (item.loss is None) == (item.id in INFORM)
        assert bool(item.note) == (item.loss is None)
    losses = {item.id: item.loss for item in guards.items}
    for strong in ("compare-orders", "account-block", "two-person-review", "retest"):
        loss = losses[strong]
        assert loss is not None
        assert loss < guards.loss / 10


def test_a_safeguard_that_informs_says_when_it_would_have(whole: Debrief) -> None:
    assert whole.safeguards
    notes = {item.id: item.note for item in whole.safeguards.items}
    assert "08:01" in notes["reject-alerts"]
    assert "09:30:10" in notes["pmon-alerts"]


def test_a_safeguard_that_was_on_is_worth_what_the_run_comes_to_without_it(
    tmp_path: Path, scenario: Scenario
) -> None:
    on = switch_on(scenario, ["two-person-review"])
    run = Played(folded(played_to(on, tmp_path / "quiet.jsonl", "", until="09:34:00")))
    bench = Alone(run.scenario)
    guards = done(safeguards_of(run, bench), bench)
    (item,) = [item for item in guards.items if item.id == "two-person-review"]
    assert item.loss is None
    assert guards.loss == 0
    assert "without it the same commands come to $" in item.note
    assert "$0" not in item.note


# --- par ---


def test_history_and_every_player_stand_beside_the_run(whole: Debrief) -> None:
    assert whole.par
    assert whole.first
    names = [player.name for player in whole.par.players]
    assert names[0] == par.HISTORY
    assert set(names[1:]) == set(MORNING)
    history = whole.par.player(par.HISTORY)
    assert whole.worths
    assert history.loss > 5 * whole.worths.items[0].with_it > 0
    best = whole.par.player(whole.par.best)
    costs = [player.loss + player.commission for player in whole.par.players[1:]]
    assert best.loss + best.commission == min(costs)


def test_the_ladder_tells_documented_from_reconstructed(whole: Debrief) -> None:
    assert whole.par
    rungs = whole.par.ladder
    assert [rung.step for rung in rungs] == sorted(rung.step for rung in rungs)
    history = [rung for rung in rungs if rung.whose == par.HISTORY]
    assert {rung.evidence for rung in history} == {Evidence.DOCUMENTED, Evidence.RECONSTRUCTED}
    assert all(rung.evidence is None for rung in rungs if rung.whose != par.HISTORY)
    assert all(rung.source for rung in history if rung.evidence is Evidence.RECONSTRUCTED)


def test_a_run_that_was_a_policys_is_not_played_twice(bad: Played, scenario: Scenario) -> None:
    header = attrs.evolve(bad.header, policy="panic-stop")
    bench = Alone(scenario)
    jobs = par.ask(header, scenario, bench, "panic-stop")
    assert "panic-stop" not in jobs
    assert bench.asked == len(MORNING)
    reading = attrs.evolve(bad.reading, header=header)
    run = Played(reading)
    known = outcome_from("x", run.reading.simulation)
    for job in jobs.values():
        job.outcome = known
    found = done(par.par_of(run, times_of(run, cues_of(run)), jobs), bench)
    assert found.player("panic-stop").loss == run.curve.final


# --- luck ---


def test_other_seeds_lose_something_else_and_the_same_seeds_the_same(
    bad: Played, whole: Debrief, scenario: Scenario
) -> None:
    found = whole.luck
    assert found
    assert len(found.losses) == len(set(found.losses)) == 3
    assert found.own == bad.curve.at(bad.horizon)
    assert found.own not in found.losses
    assert found.waiting == 0
    assert play(fork_of(bad, seed=1), scenario).loss in found.losses


def test_the_seed_of_the_run_is_none_of_the_others(bad: Played, scenario: Scenario) -> None:
    bench = Alone(scenario)
    jobs = luck.ask(bad, 10, bench)
    seeds = [job.fork.seed for job in jobs]
    assert len(set(seeds)) == 10
    assert bad.reading.simulation.seed not in seeds


def test_what_has_been_played_when_somebody_stops_counts(bad: Played) -> None:
    def outcome(loss: int) -> Outcome:
        return attrs.evolve(outcome_from("seed", bad.reading.simulation), loss=loss)

    bench = Alone(bad.scenario)
    jobs = luck.ask(bad, 5, bench)
    for job, loss in zip(jobs, (300, 100, 200), strict=False):
        job.outcome = outcome(loss)
    found = luck.luck_from(bad, jobs)
    assert found.losses == (100, 200, 300)
    assert (found.asked, found.waiting) == (5, 2)
    assert found.quantile(0.5) == 200
    assert found.place == 1.0


# --- the whole ---


def test_the_first_page_is_what_the_journal_says_and_every_further_one_has_more(
    stages: list[Debrief],
) -> None:
    names = ("first", "worths", "earlier", "safeguards", "par", "luck")
    counts = [sum(getattr(stage, name) is not None for name in names) for stage in stages]
    assert counts[0] == 0
    assert stages[0].commands
    assert counts == sorted(counts)
    assert counts[-1] == len(names)
    assert [stage.complete for stage in stages] == [False] * (len(stages) - 1) + [True]


def test_a_run_that_was_just_played_needs_no_folding_for_its_first_page(bad: Played) -> None:
    from controlroom.debrief.reading import reading_of
    from controlroom.debrief.whole import debrief

    reading = reading_of(bad.reading.simulation, bad.header)
    assert reading.commands == bad.reading.commands
    pages: Generator[Debrief, None, None] = debrief(reading, workers=0)  # type: ignore[assignment]
    first = next(pages)
    pages.close()
    assert first.first
    assert first.first.money.loss == bad.curve.final


def test_whoever_stops_gets_what_there_is(scenario: Scenario, bad: Played) -> None:
    from controlroom.debrief.whole import debrief

    found = list(debrief(bad.reading, workers=0, stopped=lambda: True))
    assert [stage.first is not None for stage in found] == [True]
    assert not found[-1].complete
