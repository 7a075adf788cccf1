"""How a film opens: the run that is played, as far as it is when the film begins, and its app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from controlroom.recording.demo import Demo, Scene
from controlroom.recording.errors import RecordingError
from controlroom.recording.follow import Due, FollowedRun
from controlroom.sim.seats import FACILITATOR

if TYPE_CHECKING:
    from controlroom.recording.camera import OnFilm
    from controlroom.recording.tape import Tape
    from controlroom.runs.run import Run


def played(demo: Demo, folder: Path) -> Path:
    """The journal of a run that is over, played at once."""
    from controlroom.runs.policy import IDLE, follow, load_policy
    from controlroom.runs.run import Run
    from controlroom.scenario import load_scenario

    scenario = load_scenario(demo.scenario)
    player = load_policy(demo.player or IDLE, scenario)
    path = folder / f"{player.name}.jsonl"
    with Run.begin(
        scenario, seed=demo.seed, mode=demo.mode, journal=path, policy=player.name
    ) as run:
        follow(run, player, scenario.day.end_step)
    return path


def begun(demo: Demo) -> FollowedRun:
    """The run of a demo, where it begins; a drill with those seats taken that do something.

    Raises:
        RecordingError: when the scenario cannot be drilled there.
    """
    from controlroom.runs.policy import load_policy
    from controlroom.scenario import load_scenario

    scenario = load_scenario(demo.scenario)
    run = FollowedRun.begin(
        scenario, seed=demo.seed, mode=demo.mode, start=demo.start or None, journal=None
    )
    if demo.player:
        commands = load_policy(demo.player, scenario).commands
        run.follow(Due(command.step, command.text) for command in commands)
    if demo.people:
        _begin_drill(run, demo)
    return run


def _begin_drill(run: FollowedRun, demo: Demo) -> None:
    for command in (f"drill {demo.people}", *(f"join {seat}" for seat in demo.seats)):
        run.give(command, FACILITATOR)
        run.advance(1)
    if run.world.drill is None:
        raise RecordingError(f"{demo.name}: no drill can begin at {run.clock}")


def app_for(demo: Demo, tape: Tape, run: Run | None, past: Path | None) -> OnFilm:
    """The app that a demo is played in; made on the loop whose clock is the film's.

    Args:
        demo: what is done.
        tape: where everything goes.
        run: what is played.
        past: the journal of a run that has been, for a replay or a debrief.
    """
    from controlroom.recording.camera import Camera
    from controlroom.recording.drill_stage import drill_film
    from controlroom.recording.stage import FilmApp

    camera = Camera(tape, demo.captions, demo.plain, demo.frames)
    if run is not None and demo.people:
        # Of a demo at the facilitator's screen: the facilitator lets time begin.
        paused = demo.seat == FACILITATOR and bool(demo.steps[0].line)
        return drill_film(camera, run, seat=demo.seat, speed=demo.speed, paused=paused)
    app = FilmApp(
        camera, run, speed=demo.speed, briefing=demo.opens is Scene.BRIEFING, seat=demo.seat
    )
    if past is not None:
        app.open_past(past, debrief=demo.opens is Scene.DEBRIEF, at=mark_of(demo))
    return app


def mark_of(demo: Demo) -> int | None:
    """The step of the mark at which a replay begins."""
    from controlroom.scenario import load_scenario

    marks = load_scenario(demo.scenario).marks
    return next((mark.step for mark in marks if mark.id == demo.start), None)
