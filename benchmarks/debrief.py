"""How long a debrief takes: of a run that was just played, and of the reference run's journal."""

from __future__ import annotations

import resource
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
        processor = _processor(path)
    names = ("the journal's own page", "the folded run's page", *[""] * (len(stages) - 3), "all")
    on = f"{cores()} cores"
    figures = [figure("first page of a run just played", [first], "s", 1.0)]
    targets = {"the journal's own page": 1.0, "all": 10.0}
    named = "debrief of the reference run's journal"
    figures += [
        figure(f"{named}: {name}", [took], "s", targets.get(name), on)
        for name, (_, took) in zip(names, stages, strict=False)
        if name
    ]
    figures.append(figure(f"{named}: processor", [processor], "s"))
    last = stages[-1][0]
    figures += [_written(form, last) for form in FORMATS]
    each = (seeded[-1][1] - stages[-1][1]) / SEEDS
    figures.append(figure("a seed more of luck or judgement", [each], "s", None, on))
    return figures


def _timed(path: Path, seeds: int) -> list[tuple[Debrief, float]]:
    """Each debrief with the seconds that it took to come."""
    began = time.perf_counter()
    return [(found, time.perf_counter() - began) for found in debrief(path, seeds=seeds)]


def _processor(path: Path) -> float:
    """Seconds of processor that the whole debrief takes, in this process and its children.

    The seconds on the wall above grow when other work is running on the cores; these hardly do.
    """
    before = _used()
    for _ in debrief(path):
        pass
    return _used() - before


def _used() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _written(form: str, found: Debrief) -> Figure:
    began = time.perf_counter()
    size = len(write(found, form))
    took = (time.perf_counter() - began) * 1000
    return figure(f"writing it as {form}", [took], "ms", None, f"{size / 1000:.0f} KB")
