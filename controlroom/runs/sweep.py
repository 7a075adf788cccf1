"""Sweeps: whole runs of one policy under many seeds.

The seeds are dealt to whoever works, and their results are taken in the order of the seeds, so what
comes out does not depend on how many work or who is faster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, Final, Protocol

import attrs

from controlroom.runs.errors import RunError
from controlroom.runs.policy import Policy, follow
from controlroom.runs.pool import process_pool, stopping
from controlroom.runs.results import result_values
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario

PATIENCE: Final = 0.2
"""Seconds after which whoever waits is asked again if he still wants to."""

AHEAD: Final = 4
"""Seeds that are handed in for each worker, so that none has to wait."""

Values = dict[str, Any]
"""What came of one seed: the seed, and every figure of the result by name."""


@attrs.frozen
class Plan:
    """What is played under every seed.

    Attributes:
        scenario: with its safeguards on.
        policy: who plays.
    """

    scenario: Scenario
    policy: Policy


class Crew(Protocol):
    """Somebody to work: processes here, or a cluster."""

    @property
    def ahead(self) -> int:
        """How many seeds it is handed before the first of them is done."""

    def submit(self, seed: int) -> Future[Values]:
        """Hand in a seed."""


class _UnwantedError(Exception):
    """Nobody waits for this run any more."""


def play_seed(plan: Plan, seed: int) -> Values:
    """Play one whole run. This is what a worker does."""

    def at_minute(step: int, whole: int) -> None:  # noqa: ARG001 - what progress is told
        if stopping():
            raise _UnwantedError

    run = Run.begin(plan.scenario, seed=seed, journal=None)
    follow(run, plan.policy, plan.scenario.day.end_step, at_minute)
    return {"seed": seed, **result_values(run.result())}


def sweep(
    seeds: Sequence[int], crew: Crew, check: Callable[[], None] = lambda: None
) -> Iterator[Values]:
    """What comes of each seed, in the order of the seeds.

    Args:
        seeds: to be played.
        crew: who plays them.
        check: called now and then; what it raises ends the sweep.

    Raises:
        RunError: when a worker died.
    """
    try:
        yield from _in_order(seeds, crew, check)
    except BrokenProcessPool:
        raise RunError(
            "a worker died (was there not enough memory?); started again with fewer --workers, "
            "the sweep goes on where it was"
        ) from None


def _in_order(seeds: Sequence[int], crew: Crew, check: Callable[[], None]) -> Iterator[Values]:
    left = iter(seeds)
    waiting: deque[Future[Values]] = deque()
    while True:
        check()
        for seed in left:
            waiting.append(crew.submit(seed))
            if len(waiting) >= crew.ahead:
                break
        if not waiting:
            return
        yield _awaited(waiting.popleft(), check)


def _awaited(future: Future[Values], check: Callable[[], None]) -> Values:
    """The result of a seed, once it is there."""
    while True:
        try:
            return future.result(PATIENCE)
        except TimeoutError:
            check()


# --- who works ------------------------------------------------------------------------------------


@attrs.frozen
class _Here:
    """This process plays, a seed at a time."""

    plan: Plan
    ahead: int = 1

    def submit(self, seed: int) -> Future[Values]:
        """Play it."""
        future: Future[Values] = Future()
        future.set_result(play_seed(self.plan, seed))
        return future


@attrs.frozen
class Others:
    """Others play, who are handed the seeds.

    Attributes:
        ahead: how many they are handed before the first of them is done.
        submit: hands in a seed.
    """

    ahead: int
    submit: Callable[[int], Future[Values]]


@contextmanager
def processes(plan: Plan, workers: int) -> Iterator[Crew]:
    """Other processes on this machine; with none, this one plays."""
    if workers < 1:
        yield _Here(plan)
        return
    with process_pool(workers, _prepare, plan) as executor:
        yield Others(AHEAD * workers, lambda seed: executor.submit(_play, seed))


_plan: list[Plan] = []
"""In a process of a pool: what it plays."""


def _prepare(plan: Plan) -> None:
    _plan[:] = [plan]


def _play(seed: int) -> Values:
    return play_seed(_plan[0], seed)
