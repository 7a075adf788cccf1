"""Forks are played on all cores, and all of them are played whatever becomes of a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from controlroom.debrief.bench import Job, bench_of
from controlroom.debrief.forks import Fork
from controlroom.sim.start import Mode, Scenario


def forks(scenario: Scenario, count: int) -> list[Fork]:
    """Short runs under different seeds."""
    until = scenario.day.parse("08:10:00")
    return [Fork(f"seed {seed}", seed, Mode.EXPLORE, (), until) for seed in range(count)]


@pytest.mark.slow
def test_a_process_that_is_killed_costs_time_and_no_fork(scenario: Scenario) -> None:
    before = set(multiprocessing.active_children())
    with bench_of(scenario, 2) as bench:
        jobs = [bench.submit(fork) for fork in forks(scenario, 8)]
        while not bench.done:
            bench.work()
        victim = next(iter(set(multiprocessing.active_children()) - before))
        assert victim.pid is not None
        os.kill(victim.pid, signal.SIGKILL)
        rounds = 0
        while any(job.outcome is None for job in jobs):
            bench.work()
            rounds += 1
            assert rounds < 500
    with bench_of(scenario, 0) as alone:
        again = [alone.submit(fork) for fork in forks(scenario, 8)]
        while any(job.outcome is None for job in again):
            alone.work()
    assert _told(jobs) == _told(again)


@pytest.mark.slow
def test_whoever_computes_himself_keeps_a_core(scenario: Scenario) -> None:
    with bench_of(scenario, 2) as bench:
        for fork in forks(scenario, 4):
            bench.submit(fork)
        bench.beside()
        assert bench.asked == 4
        assert len(bench.running) == 1  # type: ignore[attr-defined]  # it is a pool
        while bench.done < 4:
            bench.work()


def _told(jobs: list[Job]) -> list[tuple[str, int]]:
    return [(job.outcome.name, job.outcome.loss) for job in jobs if job.outcome]


def test_the_journal_is_told_before_any_process_begins(
    badly: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from controlroom.debrief import whole

    def begun(*_: object) -> None:
        raise AssertionError("a process was begun before the first page")

    monkeypatch.setattr(whole, "bench_of", begun)
    first = next(iter(whole.debrief(badly)))
    assert first.first is None
    assert first.commands
