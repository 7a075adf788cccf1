"""How long a debrief takes: of a run that was just played, and of the reference run's journal."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, figure
from controlroom.debrief.pages import FORMATS, write
from controlroom.debrief.reading import reading_of
from controlroom.debrief.whole import Debrief, debrief
from controlroom.runs.journal import read_journal
from controlroom.runs.policy import REFERENCE, follow, load_policy
from controlroom.runs.pool import cores
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario

SEEDS = 10
"""Other seeds that are played; two hundred take twenty times as long."""


def whole() -> list[Figure]:
    """Seconds to the first page, to the whole page, and for a seed."""
    scenario = load_scenario("knight-2012")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.jsonl"
        with Run.begin(scenario, journal=path, policy=REFERENCE) as run:
            follow(run, load_policy(REFERENCE, scenario), scenario.day.end_step)
        began = time.perf_counter()
        live = debrief(reading_of(run.simulation, read_journal(path).header), workers=0)
        next(live)
        first = time.perf_counter() - began
        live.close()  # type: ignore[attr-defined]  # it is a generator
        stages = _timed(path, 0)
        seeded = _timed(path, SEEDS)
    names = ("the journal's own page", "the folded run's page", *[""] * (len(stages) - 3), "all")
    on = f"{cores()} cores"
    figures = [figure("first page of a run just played", [first], "s", 1.0)]
    figures += [
        figure(f"debrief of the reference run's journal: {name}", [took], "s", target, on)
        for name, (_, took) in zip(names, stages, strict=False)
        for target in (10.0 if name == "all" else None,)
        if name
    ]
    last = stages[-1][0]
    figures += [_written(form, last) for form in FORMATS]
    each = (seeded[-1][1] - stages[-1][1]) / SEEDS
    figures.append(figure("a seed more of luck or judgement", [each], "s", None, on))
    return figures


def _timed(path: Path, seeds: int) -> list[tuple[Debrief, float]]:
    """Each debrief with the seconds that it took to come."""
    began = time.perf_counter()
    return [(found, time.perf_counter() - began) for found in debrief(path, seeds=seeds)]


def _written(form: str, found: Debrief) -> Figure:
    began = time.perf_counter()
    size = len(write(found, form))
    took = (time.perf_counter() - began) * 1000
    return figure(f"writing it as {form}", [took], "ms", None, f"{size / 1000:.0f} KB")
