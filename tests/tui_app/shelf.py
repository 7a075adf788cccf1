"""A shelf of scenarios and runs for the tests of screens, and an app that reads from it."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from controlroom.runs.catalogue import PastRun
from controlroom.runs.errors import RunError
from controlroom.runs.run import Run
from controlroom.scenario import Found, ScenarioError, find_scenarios, load_scenario
from controlroom.scenario.errors import Problem
from controlroom.sim.start import Scenario
from controlroom.tui.app import ControlRoomApp
from controlroom.tui.library import Choice, Library
from controlroom.tui.settings import Settings
from controlroom.tui.themes import DARK

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from controlroom.runs.fold import Progress

PATIENCE = 60
"""Seconds for which a test waits for something on a screen: long, since machines can be busy."""


@functools.cache
def knight() -> Scenario:
    """The scenario that comes along, read once."""
    return load_scenario("knight-2012")


class Shelf(Library):
    """One scenario, runs that a test puts there, and a note of what was asked."""

    def __init__(self, journals: Path | None = None) -> None:
        self.scenario = knight()
        self.title = self.scenario.title
        self.broken = ""
        self.refuses = ""
        self.runs: tuple[PastRun, ...] = ()
        self.begun: list[Choice] = []
        self.resumed: list[Path] = []
        self.journals = journals

    def at_hand(self) -> tuple[Found, ...]:
        return (Found("knight-2012", self.title, self.scenario.summary, Path("knight-2012")),)

    def elsewhere(self) -> tuple[Found, ...]:
        return ()

    def load(self, name_or_path: str | Path) -> Scenario:
        if self.broken:
            raise ScenarioError([Problem("scenario.toml", "day.opens", self.broken, "a time")])
        return self.scenario

    def past_runs(self) -> tuple[PastRun, ...]:
        return self.runs

    def begin(self, scenario: Scenario, choice: Choice, progress: Progress) -> Run:
        self.begun.append(choice)
        if self.refuses:
            raise RunError(self.refuses)
        return Run.begin(
            scenario,
            seed=choice.seed,
            mode=choice.mode,
            start=choice.start or None,
            journal=self.journals,
            progress=progress,
        )

    def resume(self, path: Path, progress: Progress) -> Run:
        self.resumed.append(path)
        if self.refuses:
            raise RunError(self.refuses)
        return super().resume(path, progress)

    def reference(
        self, scenario: Scenario, seed: int, progress: Progress
    ) -> tuple[tuple[int, int], ...]:
        return ((0, 0), (60, -1_000_000), (120, -2_000_000))

    def warm(self) -> None:
        """Nothing to load: the tests have everything."""


def interrupted(path: Path = Path("run.jsonl"), **changed: Any) -> PastRun:
    """A run that can be resumed."""
    run = PastRun(path, time.time(), "knight-2012", 7, "explore", clock="09:41:12")
    return attrs.evolve(run, **changed)


class Shipped(Shelf):
    """What comes along, instead of one scenario."""

    def at_hand(self) -> tuple[Found, ...]:
        return find_scenarios()


def app_on(shelf: Library, run: Run | None = None, **options: Any) -> ControlRoomApp:
    """An app that reads from `shelf` and keeps no settings."""
    settings = options.pop("settings", Settings(theme=DARK))
    return ControlRoomApp(run, library=shelf, settings=settings, **options)


def shown(app: ControlRoomApp) -> str:
    """The screen as text, line by line."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


async def until(pilot: Pilot[None], wanted: str) -> str:
    """The screen's text, once it shows `wanted`."""
    ends = time.monotonic() + PATIENCE
    while True:
        await pilot.pause()
        text = shown(pilot.app)  # type: ignore[arg-type]
        if wanted in text:
            return text
        if time.monotonic() > ends:
            raise AssertionError(f"no {wanted!r} on\n{text}")
        await pilot.pause(0.02)
