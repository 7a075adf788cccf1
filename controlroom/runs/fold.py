"""The world of a journal, made again from what the journal says.

Each command takes effect at its step, and at every digest the world is compared. A world that is
another one is said exactly: the last step at which the two agreed and the first at which they do
not. (What changed in between, no digest can tell.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from controlroom import __version__
from controlroom.runs.errors import DifferenceError, JournalError, RunError
from controlroom.runs.journal import Given, Journal
from controlroom.runs.simulation import Simulation
from controlroom.scenario import ScenarioError, load_scenario, visible
from controlroom.scenario.load import switch_on
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.commands import CommandError
from controlroom.sim.start import Scenario

Progress = Callable[[int, int], None]
"""Told now and then how far something long has come: the step, and the last one."""

Watch = Callable[[Simulation, Given | None], None]
"""Shown the simulation before each command, with the command, and without one every half minute,
in which a storm takes as long to fold as somebody who scrubs waits without noticing."""


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
            scenario = load_scenario(header.folder or header.scenario, controls=header.controls)
        else:
            scenario = switch_on(scenario, header.controls)
    except ScenarioError as error:
        raise JournalError(path, f"its scenario cannot be loaded: {error}") from None
    if scenario.checksum != header.checksum:
        raise JournalError(
            path,
            f"the scenario {visible(header.scenario)} has changed since: its checksum was "
            f"{visible(header.checksum)[:12]} and is now {scenario.checksum[:12]}",
        )
    return scenario


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
    return _Fold(journal, scenario, progress, watch).run()


class _Fold:
    """One folding: the simulation, and what has been compared so far."""

    def __init__(
        self,
        journal: Journal,
        scenario: Scenario,
        progress: Progress | None,
        watch: Watch | None = None,
    ) -> None:
        header = journal.header
        try:
            self.simulation = Simulation(scenario, header.seed, header.mode)
        except RunError as error:
            raise JournalError(journal.path, str(error), 1) from None
        self.journal = journal
        self.scenario = scenario
        self.progress = progress
        self.watch = watch
        self.agreed = -1

    def run(self) -> Simulation:
        """Follow every line, then go on to the step that was reached."""
        journal = self.journal
        self.go_to(journal.header.step, 1)
        for number, entry in journal.entries:
            self.go_to(entry.step, number)
            if isinstance(entry, Given):
                self.give(number, entry)
            else:
                self.compare(number, entry.step, entry.digest)
        number = len(journal.entries) + 2
        self.go_to(journal.reached, number)
        if journal.end:
            self.compare(number, journal.end.step, journal.end.digest)
            if self.simulation.ended != journal.end.ended:
                said = visible(journal.end.ended)
                self.refuse(number, f"says that the run ended ({said}), which it has not")
        return self.simulation

    def go_to(self, step: int, number: int) -> None:
        """Step to where line `number` stands; no minute in between may lack its digest."""
        simulation = self.simulation
        if step > self.scenario.day.end_step:
            self.refuse(number, f"is at step {step}, after the end of the day")
        first = max(simulation.now, self.journal.header.step)
        due = first + -first % STEPS_PER_MINUTE
        if self.agreed == due:
            due += STEPS_PER_MINUTE
        if due < step and number > 1:
            moment = self.scenario.day.text(due)
            self.refuse(number, f"comes without the digest of {moment} (step {due}) before it")
        span = STEPS_PER_MINUTE // 2 if self.watch else STEPS_PER_MINUTE
        while simulation.now < step and not simulation.ended:
            simulation.step(min(step - simulation.now, span))
            if self.progress:
                self.progress(simulation.now, self.journal.reached)
            if self.watch:
                self.watch(simulation, None)
        if simulation.now < step:
            self.refuse(number, f"is at step {step}, but the run was over at {simulation.now}")

    def give(self, number: int, given: Given) -> None:
        """Give a command again."""
        if self.watch:
            self.watch(self.simulation, given)
        try:
            text = self.simulation.submit(given.command, given.seat)
        except CommandError as error:
            self.refuse(number, str(error))
        if text != given.command:
            self.refuse(number, f"holds a command that is not as it was written: {text}")

    def compare(self, number: int, step: int, digest: str) -> None:
        """Is this the world that the journal was written with?"""
        if self.simulation.digest() == digest:
            self.agreed = step
            return
        at = f"the world at {self._moment(step)} is not the journal's"
        since = f"they agreed until {self._moment(self.agreed)}" if self.agreed >= 0 else ""
        reason = f"{at}; {since}" if since else f"{at}, nor was it before"
        raise DifferenceError(self.journal.path, reason, number)

    def refuse(self, number: int, reason: str) -> NoReturn:
        """Stop at a line.

        Raises:
            JournalError: always.
        """
        raise JournalError(self.journal.path, reason, number)

    def _moment(self, step: int) -> str:
        return f"{self.scenario.day.text(step)} (step {step})"
