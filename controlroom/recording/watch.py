"""A run on a page for a projector or a room: one that has been, or one that is being played.

A run that is being played elsewhere is followed through its journal, which is written as it is
played: commands before they take effect, and the step that has been reached. The world here is
folded from the same journal, a fraction of a second behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.recording.errors import RecordingError
from controlroom.recording.follow import Due, FollowedRun
from controlroom.runs.errors import JournalError, os_reason
from controlroom.runs.fold import scenario_of
from controlroom.runs.journal import Journal, read_journal
from controlroom.runs.simulation import Simulation
from controlroom.scenario import visible
from controlroom.sim.seats import COMMANDER, seats_of

if TYPE_CHECKING:
    from controlroom.recording.broadcast import Broadcast
    from controlroom.recording.camera import OnFilm

EVERY: Final = 0.2
"""Seconds between two looks into a journal that is being written."""


@attrs.frozen
class Show:
    """What is shown to a room.

    Attributes:
        journal: of the run.
        live: whether it is being played.
        host: address to listen at.
        port: to listen at, 0 for any that is free.
        speed: of a run that has been.
        first: step at which that begins.
        seat: whose screen it is, empty for that of whoever began the run; in a drill for that of
            the commander, since who looks may be in it.
        columns: of the terminal.
        rows: of the terminal.
        theme: name of the app's theme.
    """

    journal: Path
    live: bool = False
    host: str = "127.0.0.1"
    port: int = 8012
    speed: float = 1.0
    first: int | None = None
    seat: str = ""
    columns: int = 160
    rows: int = 45
    theme: str = "control-room"


def followed(journal: Journal, first: int) -> FollowedRun:
    """The run of a journal, at a step of it, which goes no further than the journal.

    Raises:
        JournalError: when the journal cannot be followed.
    """
    scenario = scenario_of(journal)
    run = FollowedRun(Simulation(scenario, journal.header.seed, journal.header.mode), None)
    run.last = journal.reached
    run.follow(_due(journal))
    run.advance(min(first, journal.reached))
    return run


def catch_up(run: FollowedRun, journal: Journal) -> None:
    """Bring a run to where its journal is by now."""
    run.last = journal.reached
    run.follow(_due(journal))
    run.advance(journal.reached - run.simulation.now)


def _due(journal: Journal) -> list[Due]:
    return [Due(given.step, given.command, given.seat) for given in journal.commands]


async def show(what: Show, opened: Callable[[str], object]) -> None:
    """Show a run until it is over and somebody ends it, or the task is cancelled.

    Args:
        what: is shown.
        opened: told the address of the page once it can be opened.

    Raises:
        JournalError: when the journal cannot be read or followed.
        RecordingError: when nobody can listen at that address, or the app stopped.
    """
    from controlroom.recording.broadcast import Broadcast, Station
    from controlroom.recording.virtual import surroundings_pinned

    journal = read_journal(what.journal)
    first = journal.reached if what.live else what.first or 0
    run = followed(journal, max(first, _beginning(journal)))
    tape = Broadcast(what.columns, what.rows, run.scenario.title, what.theme)
    station = Station(tape, what.host, what.port)
    with surroundings_pinned():
        app = _app(what, tape, run, journal.header.seat)
        tape.joined = app.draw_again
        try:
            address = await station.open()
        except OSError as error:
            raise RecordingError(
                f"{what.host} port {what.port} cannot be listened at: {os_reason(error)}"
            ) from None
        playing = asyncio.create_task(app.run_async(size=(what.columns, what.rows)))
        opened(address)
        try:
            if what.live:
                await _follow(app, run, what.journal, playing)
            await playing
            if app.error is not None:
                raise RecordingError(
                    f"the app stopped while it was shown: {type(app.error).__name__}, {app.error}"
                )
        finally:
            app.exit()
            await asyncio.gather(playing, return_exceptions=True)
            await station.close()


def _beginning(journal: Journal) -> int:
    """Where there is something to see: where somebody began to play, or a drill has begun."""
    drills = (given.step + 1 for given in journal.commands if given.command.startswith("drill "))
    return max(journal.header.step, next(drills, 0))


def _app(what: Show, tape: Broadcast, run: FollowedRun, player: str) -> OnFilm:
    """What is shown.

    Raises:
        RecordingError: when there is no such seat.
    """
    from controlroom.recording.camera import Camera
    from controlroom.recording.drill_stage import drill_film
    from controlroom.recording.stage import FilmApp

    camera = Camera(tape)
    there = seats_of(run.world) if run.world.drill is not None else {player: None}
    if what.seat and what.seat not in there:
        raise RecordingError(
            f"no seat {visible(what.seat)} in this run; there is {', '.join(there)}"
        )
    if run.world.drill is None:
        return FilmApp(camera, run, speed=what.speed, seat=player)
    return drill_film(camera, run, seat=what.seat or COMMANDER, speed=what.speed, paused=False)


async def _follow(app: OnFilm, run: FollowedRun, path: Path, playing: asyncio.Task[None]) -> None:
    """Keep up with a journal that is being written."""
    while not playing.done():
        await asyncio.sleep(EVERY)
        try:
            catch_up(run, read_journal(path))
        except JournalError:
            # It is being written just now; what it was a moment ago is still true.
            continue
        room = app.room
        # Until it has shown itself there is nothing to bring up to date.
        if room is not None and room.latest is not None and not run.ended:
            room.refresh_picture()
