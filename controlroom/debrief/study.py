"""A study: something that takes forks to be told.

A study is a generator. It hands its forks to the bench, yields the jobs that it waits for, and
returns its section when they are done. So several go on at once, and each is there as early as it
can be.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeVar

from controlroom.debrief.bench import Job
from controlroom.debrief.forks import Outcome

T = TypeVar("T")

Study = Generator[Sequence[Job], None, T]
"""Waits for jobs; returns a section."""


def outcome_of(job: Job) -> Outcome:
    """What came of a job that is done."""
    if job.outcome is None:
        raise RuntimeError(f"{job.fork.name} has not been played")
    return job.outcome
