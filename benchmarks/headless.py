"""The world without a screen: the storm, the day, and what keeping and finding moments costs.

Processor time of one thread, so that other programs on the machine distort little.
"""

from __future__ import annotations

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, figure
from benchmarks.yardstick import LIQUIDITY, matching
from controlroom import Simulation, load_scenario
from controlroom.runs.policy import REFERENCE, follow, load_policy
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario, TimedCommand

SCENARIO: Final = "knight-2012"
OPEN: Final = "09:30:00"
STOPPED: Final = "10:15:00"
CLOSE: Final = "16:00:00"
IN_THE_STORM: Final = "09:45:00"
PAIRS: Final = 5


def storm() -> list[Figure]:
    """The storm against the yardstick, run by run in turns, and the day against the storm."""
    scenario = load_scenario(SCENARIO)
    orders = _child_orders(scenario)
    worlds: list[float] = []
    days: list[float] = []
    ratios: list[float] = []
    yardsticks: dict[str, list[float]] = {name: [] for name in LIQUIDITY}
    for _ in range(PAIRS):
        before, between, after = _day(scenario)
        worlds.append(between)
        days.append(before + between + after)
        ratios.append(days[-1] / between)
        for name, resting in LIQUIDITY.items():
            with contextlib.suppress(ImportError):
                yardsticks[name].append(matching(orders, resting))
    measured = {name: spent for name, spent in yardsticks.items() if spent}
    found = [figure(f"storm, {orders:,} child orders", worlds, "s")]
    for name, spent in measured.items():
        found.append(figure(f"bourse, {name}", spent, "s"))
    for name, spent in measured.items():
        pairs = [ours / theirs for ours, theirs in zip(worlds, spent, strict=True)]
        found.append(figure(f"storm / bourse, {name}", pairs, "x", 1.0))
    found.append(figure("day 08:00-16:00", days, "s"))
    found.append(figure("day / storm", ratios, "x", 3.0))
    return found


def days() -> list[Figure]:
    """A day on which nobody acts, and the reference day with a journal."""
    scenario = load_scenario(SCENARIO)
    idle, written, bare = [], [], []
    policy = load_policy(REFERENCE, scenario)
    until = scenario.day.parse(CLOSE)
    for _ in range(3):
        idle.append(_spent(lambda: Simulation(scenario).run_until(CLOSE)))
        with Run.begin(scenario, journal=None) as run:
            bare.append(_spent(lambda run=run: follow(run, policy, until)))  # type: ignore[misc]
        with tempfile.TemporaryDirectory() as folder:
            run = Run.begin(scenario, journal=Path(folder) / "reference.crjournal")
            written.append(_spent(lambda run=run: follow(run, policy, until)))  # type: ignore[misc]
            run.close()
    return [
        figure("idle day 08:00-16:00", idle, "s"),
        figure("reference day as a run, no journal", bare, "s"),
        figure("reference day as a run, journal with a digest a minute", written, "s"),
    ]


def moments() -> list[Figure]:
    """Digest, snapshot, restore, seek and view, in the middle of the storm."""
    simulation = Simulation(SCENARIO)
    simulation.run_until(IN_THE_STORM)
    kept = simulation.snapshot()
    whole_journey = Simulation(SCENARIO)

    def seek() -> None:
        # With a snapshot every ten seconds, the furthest moment is 39 steps from one.
        simulation.restore(kept)
        simulation.step(39)

    def look() -> None:
        simulation.step()
        simulation.view()

    return [
        _each("digest", simulation.digest),
        _each("snapshot", simulation.snapshot),
        _each("restore", lambda: simulation.restore(kept)),
        _each("seek, snapshots every 10 s", seek),
        _each("a step and its view", look),
        figure(
            "from 08:00 to 09:34 (start of play)",
            [_spent(lambda: whole_journey.run_until("09:34:00"))],
            "s",
        ),
    ]


def _day(scenario: Scenario) -> tuple[float, float, float]:
    """Processor time of the reference run before, in and after the storm, to the close."""
    simulation = Simulation(scenario)
    commands = list(scenario.reference)
    before = _spent(lambda: _play(simulation, commands, OPEN))
    between = _spent(lambda: _play(simulation, commands, STOPPED))
    after = _spent(lambda: _play(simulation, commands, CLOSE))
    return before, between, after


def _play(simulation: Simulation, commands: list[TimedCommand], until: str) -> None:
    """Play on, giving the commands that are due."""
    last = simulation.scenario.day.parse(until)
    while commands and commands[0].step < last:
        command = commands.pop(0)
        simulation.step(command.step - simulation.now)
        simulation.submit(command.text)
    simulation.step(last - simulation.now)


def _child_orders(scenario: Scenario) -> int:
    simulation = Simulation(scenario)
    _play(simulation, list(scenario.reference), "10:16:00")
    return simulation.result().child_orders


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _each(what: str, work: Callable[[], object], times: int = 20, rounds: int = 15) -> Figure:
    """Milliseconds that one call takes: the median of several rounds."""
    runs = [_spent(lambda: [work() for _ in range(times)]) / times * 1000 for _ in range(rounds)]
    return Figure(what, statistics.median(runs), "ms", None, f"least {min(runs):.2f}")
