"""A drill in a journal: several seats, frozen moments, resuming, replaying, forking."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.errors import JournalError
from controlroom.runs.fold import fold, scenario_of
from controlroom.runs.fork import fork, take_over
from controlroom.runs.journal import Given, read_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.start import Scenario

SAID = (
    ("facilitator", "drill 5"),
    ("facilitator", "join commander Ann Other"),
    ("facilitator", "join engineer"),
    ("commander", "tell engineer look at number eight"),
)


@pytest.fixture
def drilled(scenario: Scenario, tmp_path: Path) -> Run:
    """A drill that stands still at the end of a minute, with commands given meanwhile."""
    run = Run.begin(scenario, start="09:30", journal=tmp_path / "drill.jsonl")
    for seat, line in SAID:
        run.give(line, seat)
    run.advance(STEPS_PER_MINUTE - 1)
    run.give("freeze take stock", "facilitator")
    run.advance(40)
    run.give("fault smars-8 calm", "facilitator")
    run.give("note no idea", "engineer")
    return run


def test_no_step_is_taken_while_time_stands_still(drilled: Run) -> None:
    now = drilled.simulation.now
    assert drilled.simulation.still == "take stock"
    assert now % STEPS_PER_MINUTE == 0
    told = drilled.advance(400)
    assert "noted" in [event.text for event in told]
    assert drilled.advance_to_next(400) == ()
    assert drilled.simulation.now == now
    drilled.abandon()


def test_a_drill_that_was_killed_while_it_stood_still_goes_on_there(drilled: Run) -> None:
    expected = drilled.digest()
    path = drilled.journal
    assert path is not None
    drilled.abandon()
    resumed = Run.resume(path)
    assert resumed.digest() == expected
    assert resumed.simulation.still == "take stock"
    resumed.give("go", "facilitator")
    resumed.advance(300)
    resumed.give("look smars-8", "engineer")
    resumed.advance(100)
    expected = resumed.digest()
    resumed.close()
    journal = read_journal(path)
    assert fold(journal, scenario_of(journal)).digest() == expected


def test_a_closed_drill_that_stands_still_is_sound(drilled: Run) -> None:
    """Its last digest is of the moment with everything that was given in it."""
    expected = drilled.digest()
    drilled.close()
    assert drilled.journal is not None
    journal = read_journal(drilled.journal)
    assert fold(journal, scenario_of(journal)).digest() == expected


def test_a_drill_can_be_ended_while_it_stands_still(drilled: Run) -> None:
    drilled.give("end that was it", "facilitator")
    assert drilled.ended == "the drill was ended"
    drilled.close()
    assert drilled.journal is not None
    journal = read_journal(drilled.journal)
    assert journal.end is not None
    assert fold(journal, scenario_of(journal)).ended == "the drill was ended"


def test_a_line_after_a_frozen_moment_that_nobody_ended_is_refused(drilled: Run) -> None:
    drilled.close()
    path = drilled.journal
    assert path is not None
    step = drilled.simulation.now + 8
    with path.open("a", encoding="ascii") as file:
        file.write(f'{{"step": {step}, "seat": "engineer", "command": "note x"}}\n')
    journal = read_journal(path)
    # The line that said how far the run had come was the last; the edit makes it the last but one.
    with pytest.raises(JournalError, match="time stood still at"):
        fold(journal, scenario_of(journal))


def test_a_replay_seeks_through_frozen_moments_to_the_same_worlds(drilled: Run) -> None:
    frozen = drilled.simulation.now
    drilled.give("go", "facilitator")
    digests = {}
    for _ in range(5):
        drilled.advance(37)
        digests[drilled.simulation.now] = drilled.digest()
    drilled.close()
    assert drilled.journal is not None
    replay = Replay.open(drilled.journal)
    for step in (*reversed(digests), *digests):
        replay.seek(step)
        assert replay.digest() == digests[step]
        replay.seek(frozen)
        assert replay.world.still == "take stock"
    replay.seek(frozen + 4)
    assert not replay.world.still
    said = [event.text for event in replay.events(frozen - 1, frozen + 1)]
    assert said[:1] == ["freeze take stock"]
    assert "time goes on" in said


def test_each_seat_has_its_own_view_of_a_replay(drilled: Run) -> None:
    drilled.close()
    assert drilled.journal is not None
    replay = Replay.open(drilled.journal)
    replay.seek(replay.last)
    assert "number eight" in repr(replay.view("engineer").answers)
    assert "number eight" not in repr(replay.view("risk").answers)


def test_a_drill_is_forked_where_it_ran_and_the_fork_is_sound(drilled: Run, tmp_path: Path) -> None:
    drilled.give("go", "facilitator")
    drilled.advance(STEPS_PER_MINUTE)
    drilled.close()
    assert drilled.journal is not None
    at = drilled.simulation.now
    for number, step in enumerate((at - 100, at - STEPS_PER_MINUTE)):
        with fork(drilled.journal, step, place=tmp_path / f"fork-{number}.jsonl") as forked:
            # Whoever takes over alone may let time go on.
            if forked.simulation.still:
                forked.give("go")
            forked.give("kill smars-8")
            forked.advance(60)
            expected = forked.digest()
        assert forked.journal is not None
        journal = read_journal(forked.journal)
        assert fold(journal, scenario_of(journal)).digest() == expected
        assert journal.commands[-1] == Given(step, "on-call", "kill smars-8")


def test_nobody_takes_over_while_time_stands_still(drilled: Run, tmp_path: Path) -> None:
    drilled.close()
    assert drilled.journal is not None
    journal = read_journal(drilled.journal)
    simulation = fold(journal, scenario_of(journal))
    with pytest.raises(JournalError, match="stands still in a drill"):
        take_over(journal, simulation, place=tmp_path / "other.jsonl")
