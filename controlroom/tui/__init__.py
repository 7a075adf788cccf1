"""The control room on a terminal: screens, and the one way in.

    from controlroom.tui import play

    code = play()                      # the title screen
    code = play(run, speed=4)          # a run that has been begun or resumed
    code = debrief(path)               # what a recorded run was worth

Textual is imported when something is shown, not before: `controlroom --help` and runs without a
screen do not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from controlroom.runs.replay import Replay
    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario
    from controlroom.tui.app import ControlRoomApp
    from controlroom.tui.recorder import Recorder

__all__ = ["ControlRoomApp", "debrief", "play", "replay"]


def play(
    run: Run | None = None,
    *,
    speed: float = 1.0,
    briefing: bool | None = None,
    recorder: Recorder | None = None,
    record: bool = False,
) -> int:
    """Open the control room and stay until the person leaves.

    A run that is handed over is closed when the program ends, whatever ends it. Where the terminal
    cannot show the screen, one sentence on standard error says what it needs, and nothing is drawn.

    Args:
        run: what to play; without one the title screen opens.
        speed: simulated seconds in a second of the clock on the wall.
        briefing: show the scenario's briefing before `run`; by default where it has just begun.
        recorder: who keeps the session in a file when somebody asks for it.
        record: ask for it with the first screen.

    Returns:
        The exit code: 0, 2 where the terminal is unfit, 1 after an error of the program.
    """
    from controlroom.tui.launch import launch

    return launch(run, speed, briefing=briefing, recorder=recorder, record=record)


def debrief(
    journal: Path, *, seeds: int = 0, workers: int | None = None, scenario: Scenario | None = None
) -> int:
    """Show the debrief of a journal and stay until the person leaves.

    Args:
        journal: the file.
        seeds: other seeds that are played as soon as everything else is done.
        workers: processes that play what was not played; see `controlroom.debrief.whole.debrief`.
        scenario: what it was played on, where the journal's own word for it leads nowhere.

    Returns:
        The exit code, as for `play`.
    """
    from controlroom.tui.launch import launch_debrief

    return launch_debrief(journal, seeds, workers, scenario)


def replay(replay: Replay, *, at: int | None = None, seat: str = "") -> int:
    """Open the control room on a recorded run and stay until the person leaves.

    Args:
        replay: the run; it is folded while it is shown.
        at: the step to begin with, or None for the one at which somebody took over.
        seat: whose screen, or empty for the first that the journal names.

    Returns:
        The exit code: 0, 2 where the terminal is unfit, 1 where there was nothing to show.
    """
    from controlroom.tui.launch import launch_replay

    return launch_replay(replay, at, seat)


def __getattr__(name: str) -> object:
    if name == "ControlRoomApp":
        from controlroom.tui.app import ControlRoomApp

        return ControlRoomApp
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
