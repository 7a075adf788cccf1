"""A film of a journal: any run that somebody played, with their notes as captions.

The journal is folded first, which compares every digest, so what is filmed is what was played. The
clock does not stop where the person stopped it, for a journal does not say.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.recording.demo import MOST_SECONDS, Demo, Step, Verb
from controlroom.recording.errors import RecordingError
from controlroom.recording.follow import Due, FollowedRun
from controlroom.runs.fold import fold, scenario_of
from controlroom.runs.journal import Journal, read_journal
from controlroom.runs.simulation import Simulation
from controlroom.scenario import visible
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.events import Milestone
from controlroom.sim.seats import seats_of

if TYPE_CHECKING:
    from controlroom.sim.start import Scenario

Told = Callable[[int, int], None]

READABLE: Final = 6
"""Seconds of the film that a note stands for."""

CREDITS: Final = 4.0
"""Seconds that the last picture stands for."""

USUAL: Final = 180
"""Seconds that a film has at most where no speed is asked for, if that can be."""


@attrs.frozen
class Cut:
    """What of a journal is filmed, and how.

    Attributes:
        speed: of the world's clock; None for one that makes a short film.
        first: time of day at which it begins, empty for where somebody began to play.
        last: time of day at which it ends, empty for the end of the journal.
        columns: of the terminal.
        rows: of the terminal.
        theme: name of the app's theme.
        seat: whose screen, empty for that of whoever began the run.
    """

    speed: float | None = None
    first: str = ""
    last: str = ""
    columns: int = 120
    rows: int = 38
    theme: str = "control-room"
    seat: str = ""


def film_of_journal(path: Path, cut: Cut, told: Told | None = None) -> tuple[Demo, FollowedRun]:
    """What a journal becomes: a demo, and the run that it shows.

    Args:
        path: of the journal.
        cut: what of it.
        told: told how far the folding is.

    Raises:
        JournalError: when it cannot be read, or is not what was played.
        RecordingError: when the cut makes no film.
    """
    journal = read_journal(path)
    scenario = scenario_of(journal)
    whole = fold(journal, scenario, told)
    drill = whole.world.drill
    begins = journal.header.step if drill is None else drill.began + 1
    first = max(begins, _step(scenario, cut.first, "--from")) if cut.first else begins
    last = _step(scenario, cut.last, "--to") if cut.last else whole.now
    if first >= whole.now:
        raise RecordingError(
            f"the run was over at {whole.clock}; --from {visible(cut.first)} is after that"
            if cut.first
            else "nothing was played in this journal yet, so there is nothing to film"
        )
    last = min(last, whole.now)
    if last <= first:
        raise RecordingError("--to must lie after --from, or after the beginning of the run")
    speed = cut.speed or _speed_for(last - first)
    seconds = (last - first) / STEPS_PER_SECOND / speed
    if seconds + CREDITS > MOST_SECONDS:
        raise RecordingError(
            f"the film would take {seconds / 60:.0f} minutes at {speed:g}x, and "
            f"{MOST_SECONDS // 60} are the most; take another --speed (60 at most), --from or --to"
        )
    seats = {journal.header.seat, *(given.seat for given in journal.commands)}
    if drill is not None:
        seats |= set(seats_of(whole.world))
    if cut.seat and cut.seat not in seats:
        raise RecordingError(
            f"no seat {visible(cut.seat)} in this run; there is {', '.join(sorted(seats))}"
        )
    demo = Demo(
        name=visible(path.name),
        title=scenario.title,
        scenario=journal.header.folder or journal.header.scenario,
        steps=_steps(journal, whole, first, last, speed),
        columns=cut.columns,
        rows=cut.rows,
        theme=cut.theme,
        seed=journal.header.seed,
        mode=journal.header.mode,
        people=drill.people if drill else 0,
        seat=cut.seat or journal.header.seat,
        speed=speed,
        limit=float(MOST_SECONDS),
    )
    return demo, _run(journal, scenario, first, last)


def _run(journal: Journal, scenario: Scenario, first: int, last: int) -> FollowedRun:
    """The journal's run once more, where the film begins."""
    simulation = Simulation(scenario, journal.header.seed, journal.header.mode)
    run = FollowedRun(simulation, None)
    run.last = last
    run.follow(Due(given.step, given.command, given.seat) for given in journal.commands)
    run.advance(first)
    return run


def _steps(
    journal: Journal, whole: Simulation, first: int, last: int, speed: float
) -> tuple[Step, ...]:
    """Notes as captions, the moments of the day as chapters."""
    stands = round(READABLE * speed * STEPS_PER_SECOND)
    notes = [
        (given.step, given.command.partition(" ")[2])
        for given in journal.commands
        if given.command.startswith("note ") and first <= given.step < last
    ]
    marks: list[tuple[int, Verb, str]] = [
        (event.step, Verb.CHAPTER, event.text)
        for event in whole.events
        if isinstance(event, Milestone) and not event.stock and first <= event.step < last
    ]
    ends = [*(step for step, _ in notes[1:]), last][: len(notes)]
    for (step, text), end in zip(notes, ends, strict=True):
        marks.append((step, Verb.CAPTION, text))
        if step + stands < end:
            marks.append((step + stands, Verb.CAPTION, ""))
    steps: list[Step] = [Step(0, Verb.CHAPTER, whole.scenario.day.text(first))]
    for at, verb, text in sorted(marks, key=lambda mark: mark[0]):
        steps += [Step(0, Verb.UNTIL, step=at), Step(0, verb, text)]
    return (*steps, Step(0, Verb.UNTIL, step=last), Step(0, Verb.WAIT, seconds=CREDITS))


def _speed_for(steps: int) -> float:
    """The slowest speed at which the film is short, else the highest there is."""
    from controlroom.tui.pacing import SPEEDS

    seconds = Fraction(steps, STEPS_PER_SECOND)
    return float(next((s for s in SPEEDS if s >= 1 and seconds / s <= USUAL), SPEEDS[-1]))


def _step(scenario: Scenario, text: str, option: str) -> int:
    try:
        return scenario.day.parse(text)
    except ValueError as error:
        raise RecordingError(f"{option} {visible(str(error))}") from None
