"""A debrief that has been computed once, and a shelf that gives it out bit by bit."""

from __future__ import annotations

import functools
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from controlroom.debrief.reading import Reading
from controlroom.debrief.whole import Debrief, Told, debrief, with_luck
from tests.debrief.conftest import BADLY, play
from tests.tui_app.shelf import Shelf, knight

JOURNAL = Path("/runs/badly.jsonl")


@functools.cache
def stages() -> tuple[Debrief, ...]:
    """The debrief of `BADLY` as it comes, then with twelve other seeds."""
    with tempfile.TemporaryDirectory() as folder:
        path = play(knight(), Path(folder) / "badly.jsonl", BADLY, start="09:30")
        found = list(debrief(path, workers=0))
        return (*found, *with_luck(found[-1], 12, workers=0))


def whole() -> Debrief:
    """All of it, without luck."""
    return next(found for found in stages() if found.complete)


class DebriefShelf(Shelf):
    """Gives out as many stages as it has been let."""

    def __init__(self, stages_given: int = 99, fails: Exception | None = None) -> None:
        super().__init__()
        self.go = threading.Semaphore(stages_given)
        self.fails = fails
        self.asked: list[Path | Reading] = []
        self.seeds: list[int] = []
        self.left = threading.Event()

    def debrief(
        self, run: Path | Reading, told: Told, stopped: Callable[[], bool], **_: Any
    ) -> Iterator[Debrief]:
        self.asked.append(run)
        if self.fails:
            raise self.fails
        yield from self._given([found for found in stages() if found.luck is None], told, stopped)

    def luck(
        self, found: Debrief, seeds: int, told: Told, stopped: Callable[[], bool], **_: Any
    ) -> Iterator[Debrief]:
        self.seeds.append(seeds)
        yield from self._given([found for found in stages() if found.luck], told, stopped)

    def _given(
        self, given: list[Debrief], told: Told, stopped: Callable[[], bool]
    ) -> Iterator[Debrief]:
        ends = time.monotonic() + 20
        try:
            for place, found in enumerate(given):
                while not self.go.acquire(timeout=0.02):
                    assert time.monotonic() < ends, "nobody let it go on or stopped it"
                    if stopped():
                        return
                    told("playing what was not played", place, len(given))
                yield found
        finally:
            self.left.set()
