"""Forks: a run that begins as another one did, up to a step, and then goes its own way.

The other run stays as it is. A fork's journal is a whole journal of its own, which needs the other
one for nothing; its header says what it was forked from and where. Commands that were given at the
very step are left out: they had not taken effect, and whoever takes over may decide otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from controlroom.runs.errors import JournalError
from controlroom.runs.fold import Progress, fold, scenario_of
from controlroom.runs.journal import Checked, Given, Journal, read_journal
from controlroom.runs.opened import open_journal
from controlroom.runs.run import Place, Run
from controlroom.runs.simulation import Simulation
from controlroom.scenario import visible
from controlroom.sim.clock import MS_PER_STEP, clock_text, parse_clock
from controlroom.sim.start import Mode, Scenario
from controlroom.sim.week import WAITS


def fork(
    path: Path,
    at: int | str,
    *,
    place: Path | Place = Place.USUAL,
    policy: str = "",
    scenario: Scenario | None = None,
    progress: Progress | None = None,
) -> Run:
    """Begin a run with the commands of a journal up to a step.

    Only what lies before that step has to be sound.

    Args:
        path: the journal; it is read, and not changed.
        at: the step, or the time of day that it begins at.
        place: a file that does not exist yet, or a folder in which a new one gets its name.
        policy: who gives the further commands, empty for a person.
        scenario: what the other run was played on, where its own word for it leads nowhere.
        progress: told how far the way to the step is.

    Raises:
        JournalError: when the run cannot be forked there, with the reason; nothing has begun.
    """
    opened = open_journal(path, scenario)
    journal = opened.journal
    played_on = scenario_of(journal, opened.scenario)
    step = at if isinstance(at, int) else step_of(journal, at, played_on)
    try:
        cut = cut_at(journal, step, policy)
    except JournalError as error:
        # What lies behind a line that cannot be read is not there to be forked.
        raise JournalError(path, ". ".join((error.reason, *opened.notes))) from None
    return Run.forked(cut, fold(cut, played_on, progress), place)


def take_over(
    journal: Journal, simulation: Simulation, *, place: Path | Place = Place.USUAL, policy: str = ""
) -> Run:
    """Begin a run where a simulation of a journal's run stands, which goes on undisturbed.

    Raises:
        JournalError: when the run cannot be forked there, or the new journal cannot be written.
    """
    cut = cut_at(journal, simulation.now, policy)
    if simulation.still:
        why = "stands still in a drill: let it go on, then take over"
        if simulation.still == WAITS:
            why = "is in the evenings before its day: after the bell it can be taken over"
        raise JournalError(journal.path, why)
    return Run.forked(cut, simulation.twin(), place)


def fork_run(run: Run, *, place: Path | Place = Place.USUAL) -> Run:
    """Begin another run at the moment at which one that is being played stands.

    Raises:
        JournalError: when that is not possible, with the reason.
    """
    if run.journal is None:
        raise JournalError(Path("the run"), "has no journal, so it cannot be forked")
    return take_over(read_journal(run.journal), run.simulation, place=place)


def step_of(journal: Journal, time: str, scenario: Scenario) -> int:
    """The step of a time of day such as `09:34:12`.

    Raises:
        JournalError: when it is none of the scenario's day.
    """
    try:
        return scenario.day.parse(time)
    except ValueError as error:
        raise JournalError(journal.path, f"cannot be forked: {visible(str(error))}") from None


def cut_at(journal: Journal, step: int, policy: str = "") -> Journal:
    """A journal as its fork at a step begins.

    Raises:
        JournalError: when it cannot be forked there: before its first step, after its last one,
            where it is over, or while it is played in a mode that allows no forks.
    """
    header, end = journal.header, journal.end
    refuse = _Refusal(journal)
    if not end and header.mode != Mode.EXPLORE:
        raise refuse(f"is not over, and in mode {header.mode} a run is played once")
    if step < header.step:
        raise refuse(f"begins at {refuse.moment(header.step)}: no fork at {refuse.moment(step)}")
    if step > journal.reached:
        raise refuse(f"ends at {refuse.moment(journal.reached)}: no fork at {refuse.moment(step)}")
    if end and step == end.step:
        raise refuse(f"was over at {refuse.moment(step)} ({visible(end.ended)}): fork it earlier")
    entries = tuple(_before(journal, step))
    forked = attrs.evolve(
        header, policy=policy, forked_from=visible(journal.path.name), forked_at=step
    )
    return attrs.evolve(
        journal, header=forked, entries=entries, end=None, reached=step, torn=0, noted=()
    )


def _before(journal: Journal, step: int) -> Iterator[tuple[int, Given | Checked]]:
    """What a fork at a step begins with: all before it, and the digest that precedes its commands.

    A digest after commands of the very step was taken while time stood still in a drill, where
    commands take effect at once.
    """
    for number, entry in journal.entries:
        if entry.step > step or (entry.step == step and isinstance(entry, Given)):
            return
        yield number, entry


@attrs.frozen
class _Refusal:
    """Says why a journal cannot be forked, in times of its day."""

    journal: Journal

    def __call__(self, reason: str) -> JournalError:
        """The error."""
        return JournalError(self.journal.path, reason)

    def moment(self, step: int) -> str:
        """A step as people read it."""
        try:
            begins = parse_clock(self.journal.header.begins)
        except ValueError:
            return f"step {step:,}"
        return f"{clock_text(begins + step * MS_PER_STEP)} (step {step:,})"
