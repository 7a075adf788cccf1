"""Where forks are played: one after the other, or on all cores, in the order in which they come.

Studies hand in jobs and go on when theirs are done. Nothing is lost when somebody stops: what is
done is used, what waits is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from typing import Final, Protocol

import attrs

from controlroom.debrief.forks import Fork, Outcome, light, play
from controlroom.runs.pool import process_pool, stopping
from controlroom.sim.start import Scenario

PATIENCE: Final = 0.2
"""Seconds after which whoever waits is asked again if he still wants to."""


@attrs.define
class Job:
    """A fork that is to be played.

    Attributes:
        fork: which.
        outcome: what came of it, or None so far.
    """

    fork: Fork
    outcome: Outcome | None = None


class Bench(Protocol):
    """Plays forks."""

    done: int
    """Forks that have been played."""

    asked: int
    """Forks that have been handed in."""

    def submit(self, fork: Fork) -> Job:
        """Hand in a fork."""

    def work(self) -> None:
        """Wait until another one is done, or for a moment."""

    def beside(self) -> None:
        """Called now and then by whoever computes himself: leave him a core, but stay at work."""


@attrs.define
class Alone:
    """Plays forks in this process, one after the other.

    Attributes:
        scenario: of all forks.
        done: forks that have been played.
        asked: forks that have been handed in.
        waiting: those that have not been played.
    """

    scenario: Scenario
    done: int = 0
    asked: int = 0
    waiting: list[Job] = attrs.field(factory=list)

    def submit(self, fork: Fork) -> Job:
        """Hand in a fork."""
        job = Job(fork)
        self.asked += 1
        self.waiting.append(job)
        return job

    def work(self) -> None:
        """Play the next one."""
        if self.waiting:
            job = self.waiting.pop(0)
            job.outcome = play(job.fork, self.scenario)
            self.done += 1

    def beside(self) -> None:
        """There is nobody else here."""


@attrs.define
class Pool:
    """Plays forks in other processes.

    Where one of those is ended from outside, by a system that is short of memory for example, none
    of them can be used any more; what is left is played here, one fork after the other.

    Attributes:
        scenario: of all forks.
        executor: of the processes; None once they are lost.
        few: how many are played at once while this process computes itself.
        done: forks that have been played.
        asked: forks that have been handed in.
        waiting: those that no process has been given.
        running: what the processes have been given.
    """

    scenario: Scenario
    executor: ProcessPoolExecutor | None
    few: int
    done: int = 0
    asked: int = 0
    waiting: list[Job] = attrs.field(factory=list)
    running: dict[Future[Outcome], Job] = attrs.field(factory=dict)

    def submit(self, fork: Fork) -> Job:
        """Hand in a fork."""
        job = Job(fork)
        self.asked += 1
        self.waiting.append(job)
        return job

    def work(self) -> None:
        """Wait until another one is done, or for a moment."""
        self._give(len(self.waiting))
        self._take(PATIENCE)
        if self.executor is None and self.waiting:
            job = self.waiting.pop(0)
            job.outcome = play(job.fork, self.scenario)
            self.done += 1

    def beside(self) -> None:
        """Keep all processes but one at work."""
        self._take(0)
        self._give(self.few - len(self.running))

    def _give(self, count: int) -> None:
        """Hand so many of those that wait to the processes."""
        for _ in range(min(max(0, count), len(self.waiting))):
            if self.executor is None:
                return
            job = self.waiting[0]
            sent = attrs.evolve(job.fork, saved=light(job.fork.saved))
            try:
                future = self.executor.submit(_play, sent)
            except BrokenExecutor:
                self._lose()
                return
            self.running[future] = self.waiting.pop(0)

    def _take(self, patience: float) -> None:
        """Take what is done by now or soon."""
        if not self.running:
            return
        for future in wait(self.running, patience, FIRST_COMPLETED).done:
            try:
                outcome = future.result()
            except BrokenExecutor:
                self._lose()
                return
            self.running.pop(future).outcome = outcome
            self.done += 1

    def _lose(self) -> None:
        """Take back what the processes had been given."""
        self.waiting[:0] = self.running.values()
        self.running.clear()
        self.executor = None


@contextmanager
def bench_of(scenario: Scenario, workers: int) -> Iterator[Bench]:
    """Somewhere to play forks of a scenario.

    Args:
        scenario: of all forks.
        workers: processes besides this one; 0 plays in this one.
    """
    if workers < 1:
        yield Alone(scenario)
        return
    with process_pool(workers, _begin, scenario) as executor:
        yield Pool(scenario, executor, max(1, workers - 1))


_scenario: list[Scenario] = []
"""In a process of the pool: what its forks are of."""


def _begin(scenario: Scenario) -> None:
    """Make a process of the pool ready."""
    _scenario[:] = [scenario]


def _play(fork: Fork) -> Outcome:
    return play(fork, _scenario[0], stopping)
