"""The first shift: what it teaches, that its coach goes on by itself, and that it does no harm."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from controlroom.runs.fold import fold
from controlroom.runs.journal import read_journal
from controlroom.runs.learnt import learnt
from controlroom.runs.policy import IDLE, follow, load_policy
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.simulation import Simulation
from controlroom.scenario import load_scenario
from controlroom.sim.commands import COMMANDS, Group
from controlroom.sim.seats import ON_CALL, SEATS, Pane
from controlroom.sim.start import Lesson, Scenario
from controlroom.sim.views import CoachView

SMALL_CHANGE = 1_000
"""Dollars that a first shift may cost, whatever somebody tries."""

IN_DRILLS = {Pane.LIMIT, Pane.BOARD}
"""Instruments that nobody has who plays alone: they show something in a drill only."""


@functools.cache
def first_shift() -> Scenario:
    """The scenario, read once."""
    return load_scenario("first-shift")


def lessons() -> tuple[Lesson, ...]:
    """What its coach teaches."""
    training = first_shift().training
    assert training is not None
    return training.lessons


def played(*minutes: tuple[str, ...]) -> Simulation:
    """A first shift in which the commands of each entry are given together, a minute apart."""
    simulation = Simulation(first_shift())
    simulation.step(8)
    for commands in minutes:
        for command in commands:
            simulation.submit(command)
        simulation.step(240)
    return simulation


def skipped(until: str) -> list[tuple[str, ...]]:
    """What passes over the lessons before the one of that id."""
    place = [lesson.id for lesson in lessons()].index(until)
    return [("lesson skip",)] * place


def coach(simulation: Simulation) -> CoachView:
    """What the coach says now."""
    view = simulation.view().coach
    assert view is not None
    return view


def said(simulation: Simulation) -> list[str]:
    """What the coach has said so far."""
    return [event.text for event in simulation.events if event.text.startswith("coach")]


def shift(policy: str, run: Run) -> Run:
    """A run played to its end."""
    follow(run, load_policy(policy, run.scenario), run.scenario.day.end_step)
    return run


# --- what is taught ------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [group for group in Group if group not in ("room", "drill")])
def test_every_command_of_somebody_who_plays_alone_is_taught(group: Group) -> None:
    taught = {pattern.split()[0] for lesson in lessons() for pattern in lesson.does}
    there = {command.verb for command in COMMANDS if command.group is group}
    assert there - taught == set()


def test_every_instrument_of_somebody_who_plays_alone_is_taught() -> None:
    shown = {pane for lesson in lessons() for pane in lesson.shows}
    assert set(SEATS[ON_CALL].panes) - IN_DRILLS - shown == set()


def test_no_command_is_asked_for_twice() -> None:
    """A pattern that stands in two lessons would be known before its second turn."""
    patterns = [pattern for lesson in lessons() for pattern in lesson.does]
    assert len(patterns) == len(set(patterns))


# --- who follows, who does not -------------------------------------------------------------------


def test_who_follows_the_coach_learns_everything_in_about_ten_minutes_and_goes_home() -> None:
    run = shift("apprentice", Run.begin(first_shift(), journal=None))
    found = learnt(run.world)
    assert found is not None
    assert run.ended == "handed over"
    assert [lesson.title for lesson in found.lessons if not lesson.learnt] == []
    assert run.simulation.now < 15 * 240
    result = run.result()
    assert result.flat
    assert abs(result.loss_usd) < SMALL_CHANGE
    assert result.lost_orders == 0


def test_who_does_nothing_stays_at_the_first_lesson_and_loses_nothing_to_speak_of() -> None:
    run = shift(IDLE, Run.begin(first_shift(), journal=None))
    found = learnt(run.world)
    assert found is not None
    assert found.count == 0
    view = run.view().coach
    assert view is not None
    assert view.number == 1
    assert run.result().loss_usd < SMALL_CHANGE


WILD = (
    ("declare", "uninstall all", "flag off"),
    ("kill all", "disconnect all"),
    ("refuse on", "reroute on", "cancel all"),
    ("deploy june all", "start all"),
    ("hedge 100", "sell block", "flag on"),
    ("connect all", "refuse off", "reroute off", "start all"),
    ("stop all", "drain all"),
    ("pare 1 390", "hedge 1"),
)
"""What somebody may try who wants to see it break."""


def test_who_tries_to_break_it_loses_small_change() -> None:
    simulation = played(*WILD)
    simulation.run()
    result = simulation.result()
    assert result.loss_usd < SMALL_CHANGE
    assert result.power_peg_parents == 0
    assert result.commission_lost_usd < 4 * SMALL_CHANGE


def test_who_tried_to_break_it_can_still_learn_the_rest() -> None:
    run = Run.begin(first_shift(), journal=None)
    for command in ("declare", "kill all", "uninstall all", "disconnect all", "refuse on"):
        run.give(command)
        run.advance(160)
    found = learnt(shift("apprentice", run).world)
    assert found is not None
    assert found.count > len(found.lessons) - 3


# --- the coach -----------------------------------------------------------------------------------


def test_the_coach_goes_on_by_itself_and_says_so() -> None:
    simulation = played(("note on shift",))
    view = coach(simulation)
    assert (view.number, view.title) == (2, lessons()[1].title)
    assert any(lessons()[0].good in text for text in said(simulation))


def test_a_lesson_with_two_commands_waits_for_both() -> None:
    simulation = played(("note here",), ("mail 1",))
    assert dict(coach(simulation).does) == {"mail": True, "ack": False}
    simulation.submit("ack 1")
    simulation.step(1)
    assert coach(simulation).number == 3


def test_what_takes_time_counts_when_it_is_done_and_not_before() -> None:
    """A look that has begun has shown nothing yet."""
    simulation = played(*skipped("look"))
    assert coach(simulation).title == "Look into a server"
    simulation.submit("look smars-3")
    simulation.submit("log smars-3")
    simulation.step(60)
    assert dict(coach(simulation).does) == {"look smars-3": False, "log smars-3": True}
    simulation.step(30)
    assert coach(simulation).title == "What you believe"


def test_something_else_is_met_with_what_was_meant() -> None:
    simulation = played(*skipped("look"), ("look smars-1",))
    assert coach(simulation).title == "Look into a server"
    assert "smars-3 is meant" in coach(simulation).said


def test_a_refusal_is_enough_only_where_the_lesson_is_about_refusals() -> None:
    simulation = played(("ack 400",), ("note here",), ("mail 400",))
    assert dict(coach(simulation).does)["mail"] is False
    assert "refused" in coach(simulation).said
    simulation = played(*skipped("refused"), ("refuse on", "reroute on", "cancellations"))
    assert coach(simulation).title == "Who may"


def test_what_was_done_before_its_turn_is_not_asked_for_again() -> None:
    simulation = played(("suspect nothing maybe",), *skipped("suspect"))
    assert coach(simulation).title == "One against all"
    assert any("you have done that already" in text for text in said(simulation))
    found = learnt(simulation.world)
    assert found is not None
    assert {lesson.title: lesson.how for lesson in found.lessons}["What you believe"] == "known"


def test_a_nudge_comes_when_nothing_is_done_and_the_lesson_stays() -> None:
    simulation = Simulation(first_shift())
    simulation.step(4 * (lessons()[0].after - 1))
    assert coach(simulation).said == ""
    simulation.step(8)
    assert coach(simulation).said == lessons()[0].nudge
    assert coach(simulation).number == 1


def test_running_to_the_next_thing_stops_for_a_nudge_before_the_day_is_over() -> None:
    run = Run.begin(first_shift(), journal=None)
    run.advance(30)
    run.give("lesson skip")
    run.advance(1)
    for _ in range(4):
        events = run.advance_to_next(240 * 30)
        assert any(event.needs_you for event in events)
    assert run.simulation.now < 240 * 20


def test_a_lesson_that_is_said_again_rings_again_once_the_telephone_has_stopped() -> None:
    simulation = played(*skipped("call"))
    simulation.step(4 * 60)
    assert simulation.view().ringing == ()
    simulation.submit("lesson again")
    simulation.step(4)
    assert simulation.view().ringing == ("datacentre",)
    assert "you ring them" in coach(simulation).said


def test_lessons_can_all_be_passed_over_and_then_the_coach_has_no_more_to_say() -> None:
    simulation = played(*[("lesson skip",)] * (len(lessons()) + 1))
    view = coach(simulation)
    assert view.number == view.count + 1
    assert view.does == ()
    assert "all lessons are over" in simulation.events[-1].text
    found = learnt(simulation.world)
    assert found is not None
    assert found.count == 0


def test_elsewhere_there_is_no_coach() -> None:
    simulation = Simulation("knight-2012")
    simulation.submit("lesson skip")
    simulation.step(4)
    assert simulation.view().coach is None
    assert any("there is no coach here" in event.text for event in simulation.events)
    assert learnt(simulation.world) is None


# --- the same everywhere -------------------------------------------------------------------------


def test_a_journal_resumes_folds_and_replays_to_the_same_coach(tmp_path: Path) -> None:
    run = Run.begin(first_shift(), journal=tmp_path)
    for command in ("note here", "mail 1", "lesson skip", "shelve 1 1 later"):
        run.advance(40)
        run.give(command)
    run.advance(40)
    path, view, digest = run.journal, run.view().coach, run.simulation.digest()
    assert path is not None
    run.close()
    with Run.resume(path) as again:
        assert again.view().coach == view
        assert again.simulation.digest() == digest
        again.give("group on")
        again.advance(4)
    folded = fold(read_journal(path), first_shift())
    assert folded.view().coach is not None
    replay = Replay.of(read_journal(path), first_shift())
    replay.seek(folded.now)
    assert replay.view("on-call").coach == folded.view().coach
