"""Memory over the eight hours of a day: quickly without a screen, and in the room at 60x."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.terminal import Terminal, controlroom

MOST: Final = 150.0
"""Megabytes."""

GROWTH: Final = 10.0
"""Megabytes by which memory may grow from the second hour to the eighth and be called flat."""

HOUR: Final = 60.0
"""Seconds of the wall that an hour takes at 60x."""

_HEADLESS: Final = """
import psutil, tempfile, pathlib
from controlroom import load_scenario
from controlroom.runs.run import Run
scenario = load_scenario("knight-2012")
process = psutil.Process()
with tempfile.TemporaryDirectory() as folder:
    run = Run.begin(scenario, journal=pathlib.Path(folder) / "day.crjournal")
    for step in range(0, scenario.day.close_step, 12):
        run.advance(12)
        run.view()
        if run.simulation.now % 14_400 == 0:
            print(process.memory_info().rss, flush=True)
    run.close()
"""


def quick() -> list[Figure]:
    """A day on which nobody acts, without a screen, with a view and a journal as the room has."""
    command = [sys.executable, "-c", _HEADLESS]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return _flat("without a screen, a view every 12 steps", list(map(int, told.stdout.split())))


def long() -> list[Figure]:
    """The same in the room at 60x: eight minutes."""
    hours = []
    with tempfile.TemporaryDirectory() as folder:
        journal = str(Path(folder) / "day.crjournal")
        command = controlroom("play", "knight-2012", "--speed", "60", "--journal", journal)
        with Terminal(command, Path(folder)) as terminal:
            terminal.wait_for("SMARS")
            terminal.read(0.5)
            terminal.press("\r")
            for _ in range(8):
                terminal.read(HOUR - 0.5)
                hours.append(int(terminal.process.memory_info().rss))
    return _flat("in the room at 60x", hours)


def _flat(name: str, hours: list[int]) -> list[Figure]:
    megabytes = [rss / 1e6 for rss in hours]
    growth = megabytes[-1] - megabytes[1]
    by_hour = ", ".join(f"{value:.0f}" for value in megabytes)
    return [
        Figure(f"most memory, {name}", max(megabytes), "MB", MOST, f"by hour: {by_hour}"),
        Figure(f"growth from hour 2 to 8, {name}", growth, "MB", GROWTH),
    ]
