"""The world of a journal, made again from what the journal says.

Each command takes effect at its step, and at every digest the world is compared. A world that is
another one is said exactly: the last step at which the two agreed and the first at which they do
not. (What changed in between, no digest can tell.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

from controlroom import __version__
from controlroom.runs.errors import DifferenceError, JournalError, RunError
from controlroom.runs.journal import Given, Journal
from controlroom.runs.simulation import Simulation
from controlroom.scenario import ScenarioError, load_scenario, visible
from controlroom.scenario.switches import switched
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.commands import CommandError
from controlroom.sim.start import Console, Scenario

Progress = Callable[[int, int], None]
"""Told now and then how far something long has come: the step, and the last one."""

Watch = Callable[[Simulation, Given | None], None]
"""Shown the simulation before each command, with the command, and without one every half minute,
in which a storm takes as long to fold as somebody who scrubs waits without noticing."""

Stride = Callable[[Simulation], int]
"""Asked how many steps may be taken until the next look, where half a minute is too long."""


def scenario_of(journal: Journal, scenario: Scenario | None = None) -> Scenario:
    """The scenario that a journal was played on, loaded unless it is given.

    Raises:
        JournalError: when this program or the scenario is not the one that it was written with.
    """
    path, header = journal.path, journal.header
    if header.product != __version__:
        raise JournalError(
            path,
            f"was written by Control Room {visible(header.product)} and this is {__version__}, "
            "whose world may be another",
        )
    try:
        if scenario is None:
            scenario = load_scenario(header.folder or header.scenario)
        console = header.console or Console.TRAINER
        scenario = switched(scenario, header.controls, header.stressors, console)
    except ScenarioError as error:
        raise JournalError(path, f"its scenario cannot be loaded: {error}") from None
    if scenario.checksum != header.checksum:
        raise JournalError(
            path,
            f"the scenario {visible(header.scenario)} has changed since: its checksum was "
            f"{visible(header.checksum)[:12]} and is now {scenario.checksum[:12]}",
        )
    _agree_on_the_beginning(journal, scenario)
    return scenario


def _agree_on_the_beginning(journal: Journal, scenario: Scenario) -> None:
    """What the first line says of the day, which lists of runs believe, is what the scenario says.

    Raises:
        JournalError: when it is not.
    """
    header, day = journal.header, scenario.day
    if header.begins != day.text(0):
        said = f"says that the day begins at {visible(header.begins)}"
        raise JournalError(journal.path, f"{said}, and it begins at {day.text(0)}", 1)
    marks = {mark.id: mark.step for mark in scenario.marks}
    if header.start and marks.get(header.start) != header.step:
        said = f"says that the run began at {visible(header.start)}"
        raise JournalError(journal.path, f"{said}, which is not its step {header.step}", 1)


def fold(
    journal: Journal,
    scenario: Scenario,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Simulation:
    """The simulation at the last step that the journal knows of.

    Args:
        journal: what was given when.
        scenario: what it was played on.
        progress: told how far it is.
        watch: shown the simulation on its way; it may keep snapshots, and changes nothing.

    Raises:
        DifferenceError: when the world differs from the journal's.
        JournalError: when a line cannot be followed.
    """
    folding = Folding(journal, scenario, progress, watch)
    for _ in folding.stretches():
        pass
    return folding.simulation


class Folding:
    """One folding, which can be done a stretch at a time: a screen stands while it goes on.

    Attributes:
        simulation: as far as it has come.
        journal: what is folded.
        agreed: the last step at which the world was the journal's, or -1.
    """

    def __init__(
        self,
        journal: Journal,
        scenario: Scenario,
        progress: Progress | None = None,
        watch: Watch | None = None,
        stride: Stride | None = None,
    ) -> None:
        """Begin at step 0; see `fold`.

        Args:
            journal: what was given when.
            scenario: what it was played on.
            progress: told how far it is.
            watch: shown the simulation on its way.
            stride: says when it wants to be shown it next.

        Raises:
            JournalError: when the journal's first line is none to begin with.
        """
        header = journal.header
        try:
            self.simulation = Simulation(scenario, header.seed, header.mode, alarms=True)
        except RunError as error:
            raise JournalError(journal.path, str(error), 1) from None
        self.journal = journal
        self.scenario = scenario
        self.progress = progress
        self.watch = watch
        self.stride = stride or _minute_by_minute(watch)
        self.agreed = -1

    def stretches(self) -> Iterator[int]:
        """Follow every line, then go on to the step that was reached.

        Yields:
            The step, after each stretch of a minute at most; of half a minute where one watches.

        Raises:
            DifferenceError: when the world differs from the journal's.
            JournalError: when a line cannot be followed.
        """
        journal = self.journal
        yield from self._go_to(journal.header.step, 1)
        for number, entry in journal.entries:
            yield from self._go_to(entry.step, number)
            if isinstance(entry, Given):
                self._give(number, entry)
            else:
                self._compare(number, entry.step, entry.digest)
        number = journal.last_line
        yield from self._go_to(journal.reached, number)
        if journal.end:
            self._compare(number, journal.end.step, journal.end.digest)
            if self.simulation.ended != journal.end.ended:
                said = visible(journal.end.ended)
                self._refuse(number, f"says that the run ended ({said}), which it has not")
            loss = self.simulation.result().loss_usd
            if loss != journal.end.loss_usd:
                said = f"says that it cost {journal.end.loss_usd:,} USD"
                self._refuse(number, f"{said}, and the world's books say {loss:,}")

    def _go_to(self, step: int, number: int) -> Iterator[int]:
        """Step to where line `number` stands; no minute in between may lack its digest."""
        simulation = self.simulation
        if step > self.scenario.day.end_step:
            self._refuse(number, f"is at step {step}, after the end of the day")
        first = max(simulation.now, self.journal.header.step)
        due = first + -first % STEPS_PER_MINUTE
        if self.agreed == due:
            due += STEPS_PER_MINUTE
        if due < step and number > 1:
            moment = self.scenario.day.text(due)
            self._refuse(number, f"comes without the digest of {moment} (step {due}) before it")
        while simulation.now < step and not simulation.ended and not simulation.still:
            simulation.step(min(step - simulation.now, self.stride(simulation)))
            if self.progress:
                self.progress(simulation.now, self.journal.reached)
            if self.watch:
                self.watch(simulation, None)
            yield simulation.now
        if simulation.now < step and simulation.still:
            self._refuse(number, f"is at step {step}, but time stood still at {simulation.now}")
        if simulation.now < step:
            self._refuse(number, f"is at step {step}, but the run was over at {simulation.now}")

    def _give(self, number: int, given: Given) -> None:
        """Give a command again."""
        if self.watch:
            self.watch(self.simulation, given)
        try:
            text = self.simulation.submit(given.command, given.seat)
        except CommandError as error:
            self._refuse(number, str(error))
        if text != given.command:
            self._refuse(number, f"holds a command that is not as it was written: {text}")

    def _compare(self, number: int, step: int, digest: str) -> None:
        """Is this the world that the journal was written with?"""
        if self.simulation.digest() == digest:
            self.agreed = step
            return
        at = f"the world at {self._moment(step)} is not the journal's"
        since = f"they agreed until {self._moment(self.agreed)}" if self.agreed >= 0 else ""
        reason = f"{at}; {since}" if since else f"{at}, nor was it before"
        raise DifferenceError(self.journal.path, reason, number)

    def _refuse(self, number: int, reason: str) -> NoReturn:
        """Stop at a line.

        Raises:
            JournalError: always.
        """
        raise JournalError(self.journal.path, reason, number)

    def _moment(self, step: int) -> str:
        return f"{self.scenario.day.text(step)} (step {step})"


def _minute_by_minute(watch: Watch | None) -> Stride:
    """A minute at a time, or half of one where somebody watches."""
    span = STEPS_PER_MINUTE // 2 if watch else STEPS_PER_MINUTE
    return lambda _: span
