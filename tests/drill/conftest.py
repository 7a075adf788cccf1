"""A drill's host on the morning of the scenario, its clock moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.drill.access import Door
from controlroom.drill.host import Host
from controlroom.runs.run import Run

CODE = "abcdefgh"
SEATS = ("engineer", "risk", "on-call")
PATIENCE = 20.0
"""Seconds after which a condition that has not come true fails a test."""


class HandClock:
    """Nanoseconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += round(seconds * 1_000_000_000)


async def until(true: Callable[[], object], what: str | Callable[[], str]) -> None:
    """Wait until a condition holds; `what` says what is missing then."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while not true():
        late = asyncio.get_running_loop().time() >= end
        assert not late, what if isinstance(what, str) else what()
        await asyncio.sleep(0.02)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def host(tmp_path: Path, clock: HandClock) -> Host:
    """Two minutes before the bell, with a journal."""
    run = Run.begin(load_scenario("knight-2012"), journal=tmp_path / "drill.jsonl")
    return Host(run, clock=clock)


@pytest.fixture
def door() -> Door:
    """Knows the code, and is quick to say no."""
    return Door(CODE, slowest=0.0)


@asynccontextmanager
async def keeping_time(host: Host) -> AsyncIterator[None]:
    """Let the host look at its clock while something happens."""
    task = asyncio.create_task(host.keep_time())
    try:
        yield
    finally:
        task.cancel()
