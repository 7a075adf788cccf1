"""How fast a recorded day is sought, and how much of the cores a sweep uses.

    python benchmarks/seek_and_sweep.py [--seeds 8] [--json]

Seeking: the reference run is played to its end, opened as a replay, and sought at 1,000 steps that
are spread over the whole day. Goal: p95 under 50 ms. Sweeping: whole days under as many seeds, in
this process and in one process for each core. Goal: more than 95 % of what the cores give, which
`efficiency` says where nothing else runs; `processor_share` says how much of the processor time was
play, whatever else runs.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
import tracemalloc
from pathlib import Path

from controlroom.runs.policy import REFERENCE, follow, load_policy
from controlroom.runs.pool import cores
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.sweep import Plan, processes, sweep
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


def sweeping(plan: Plan, seeds: int) -> dict[str, float]:
    """Seconds of a seed alone and in the sweep, and the share of the cores' speed."""
    began, worked = time.perf_counter(), processor()
    with processes(plan, 0) as crew:
        alone = list(sweep(range(seeds), crew))
    one, play = time.perf_counter() - began, processor() - worked
    began, worked = time.perf_counter(), processor()
    with processes(plan, cores()) as crew:
        together = list(sweep(range(seeds), crew))
    many, whole = time.perf_counter() - began, processor() - worked
    if alone != together:
        raise SystemExit("the results depend on who plays")
    return {
        "seeds": seeds,
        "cores": cores(),
        "alone_s": round(one, 2),
        "sweep_s": round(many, 2),
        "efficiency": round(one / many / cores(), 3),
        "processor_share": round(play / whole, 3),
    }


def processor() -> float:
    """Seconds of processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    scenario = load_scenario("knight-2012")
    plan = Plan(scenario, load_policy(REFERENCE, scenario))
    measured = {**seeking(plan), **sweeping(plan, asked.seeds)}
    if asked.json:
        print(json.dumps(measured))
        return
    for name, value in measured.items():
        print(f"{name:<14} {value:>10}")


if __name__ == "__main__":
    main()
