"""How fast a recorded day is sought, and how much of the cores a sweep uses.

    python benchmarks/seek_and_sweep.py [--seeds 8] [--rounds 3] [--json]

Seeking: the reference run is played to its end, opened as a replay, and sought at 1,000 steps that
are spread over the whole day. Goal: p95 under 50 ms. Sweeping: whole days under as many seeds,
against as many single runs on the same cores. Goal: with 200 more than 95 % of the speed, which
`share_wall` says where nothing else runs; `share_cpu` compares processor time, whatever else runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import attrs

from controlroom.runs.policy import REFERENCE, follow, load_policy
from controlroom.runs.pool import cores, process_pool
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.sweep import Plan, Values, play_seed, processes, sweep
from controlroom.scenario import load_scenario

SEEKS = 1000
SPREAD = 7919
"""A prime: its multiples are spread over the day without drawing at random."""


def seeking(plan: Plan) -> dict[str, float]:
    """Milliseconds of a seek, seconds of the first folding, megabytes of what is kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.jsonl"
        with Run.begin(plan.scenario, journal=path) as run:
            follow(run, plan.policy, plan.scenario.day.end_step)
        began = time.perf_counter()
        replay = Replay.open(path)
        opened = time.perf_counter() - began
        took = []
        for number in range(SEEKS):
            step = number * SPREAD * 97 % replay.last
            began = time.perf_counter()
            replay.seek(step)
            took.append((time.perf_counter() - began) * 1000)
        took.sort()
        tracemalloc.start()
        Replay.open(path)
        kept = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    return {
        "open_s": round(opened, 2),
        "seek_p50_ms": round(took[SEEKS // 2], 2),
        "seek_p95_ms": round(took[SEEKS * 95 // 100], 2),
        "seek_max_ms": round(took[-1], 2),
        "peak_mb": round(kept, 1),
    }


def sweeping(plan: Plan, seeds: int, rounds: int) -> dict[str, float]:
    """The sweep against what the cores give to as many single runs, in turns.

    The single runs are played by one process for each core, which is there before the clock starts
    and is handed all of its runs at once: a sweep can be slower than that by its own doing only.
    A sweep's time has the start and the end of its processes in it, which is the same for 8 seeds
    and for 200; `share_200` reckons with that.
    """
    turns = [(_single(plan, seeds), _swept(plan, seeds), _swept(plan, 0)) for _ in range(rounds)]
    if any(single.came != swept.came for single, swept, _ in turns):
        raise SystemExit("the results depend on who plays")

    def median(figures: Iterable[float]) -> float:
        return round(statistics.median(figures), 3)

    def at_200(single: float, swept: float, empty: float) -> float:
        more = 200 / seeds
        return single * more / ((swept - empty) * more + empty)

    return {
        "seeds": seeds,
        "cores": cores(),
        "run_cpu_s": median(single.processor / seeds for single, _, _ in turns),
        "singles_s": median(single.wall for single, _, _ in turns),
        "sweep_s": median(swept.wall for _, swept, _ in turns),
        "start_s": median(empty.wall for _, _, empty in turns),
        "start_cpu_s": median(empty.processor for _, _, empty in turns),
        "share_wall": median(single.wall / swept.wall for single, swept, _ in turns),
        "share_cpu": median(single.processor / swept.processor for single, swept, _ in turns),
        "share_200_wall": median(at_200(*(each.wall for each in turn)) for turn in turns),
        "share_200_cpu": median(at_200(*(each.processor for each in turn)) for turn in turns),
    }


@attrs.frozen
class Took:
    """What some runs took.

    Attributes:
        came: what came of them.
        wall: seconds.
        processor: seconds of processor time, of every process.
    """

    came: list[Values]
    wall: float
    processor: float


def _single(plan: Plan, seeds: int) -> Took:
    """Runs that are played one after the other on every core, with nobody handing them out."""
    count = cores()
    with process_pool(count, _ready, plan) as executor:
        list(executor.map(time.sleep, [0.5] * count))
        began = time.perf_counter()
        shares = [tuple(range(first, seeds, count)) for first in range(count)]
        done = list(executor.map(_play_all, shares))
        wall = time.perf_counter() - began
    came = {values["seed"]: values for played, _ in done for values in played}
    return Took([came[seed] for seed in range(seeds)], wall, sum(used for _, used in done))


_plan: list[Plan] = []


def _ready(plan: Plan) -> None:
    _plan[:] = [plan]


def _play_all(seeds: tuple[int, ...]) -> tuple[list[Values], float]:
    began = time.process_time()
    return [play_seed(_plan[0], seed) for seed in seeds], time.process_time() - began


def _swept(plan: Plan, seeds: int) -> Took:
    """The same runs as a sweep plays them; with none, the start and the end of its processes."""
    worked, began = processor(), time.perf_counter()
    with processes(plan, cores()) as crew:
        came = list(sweep(range(seeds), crew))
    return Took(came, time.perf_counter() - began, processor() - worked)


def processor() -> float:
    """Seconds of processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    scenario = load_scenario("knight-2012")
    plan = Plan(scenario, load_policy(REFERENCE, scenario))
    measured = {**seeking(plan), **sweeping(plan, asked.seeds, asked.rounds)}
    if asked.json:
        print(json.dumps(measured))
        return
    for name, value in measured.items():
        print(f"{name:<14} {value:>10}")


if __name__ == "__main__":
    main()
