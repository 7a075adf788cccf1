"""`controlroom sweep`: whole runs of one policy under many seeds, on all cores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from controlroom.cli.types import (
    PolicyName,
    ScenarioName,
    Seeds,
    control_option,
    difficulty_option,
    stressor_option,
    with_switches,
)

if TYPE_CHECKING:
    from controlroom.runs.sweep import Crew, Plan
    from controlroom.runs.sweep_file import SweepFile

EXIT_STOPPED = 130


@click.command(
    epilog="""
    \b
    Examples:
      controlroom sweep knight-2012 --policy panic-stop --seeds 0-199 -o panic.jsonl
      controlroom sweep knight-2012 --seeds 0-99 --control self-halt -o halted.jsonl
    """
)
@click.argument("scenario", type=ScenarioName())
@click.option(
    "--policy",
    type=PolicyName(),
    default="reference",
    help="Who plays: reference, idle, mail-reader ..., or a text file.",
)
@click.option("--seeds", type=Seeds(), required=True, help="For example 0-999, or 1,5,9-12.")
@control_option
@difficulty_option
@stressor_option
@click.option(
    "-o",
    "--output",
    type=Path,
    metavar="FILE",
    help="Where the results go, a JSON line for each seed; else they are printed.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, 1024),
    metavar="N",
    help="Processes that play; else as many as there are cores. 0 plays in this one.",
)
@click.option("--dask", metavar="ADDRESS", help="Play on the Dask cluster at this address.")
@click.pass_context
def sweep(
    context: click.Context,
    *,
    scenario: str,
    policy: str,
    seeds: Sequence[int],
    controls: tuple[str, ...],
    difficulty: str | None,
    stressors: tuple[str, ...],
    output: Path | None,
    workers: int | None,
    dask: str | None,
) -> None:
    """Run SCENARIO under many seeds and write what came of each.

    The results are the same whatever the number of workers. A sweep that was interrupted goes on
    where it was when it is started again with the same FILE.
    """
    if dask and workers is not None:
        raise click.UsageError("either --workers N or --dask ADDRESS", context)
    from controlroom.cli.interrupts import StoppedError
    from controlroom.runs.policy import load_policy
    from controlroom.runs.sweep import Plan
    from controlroom.runs.sweep_file import Parameters, SweepFile
    from controlroom.scenario import visible

    loaded = with_switches(scenario, controls, stressors, difficulty)
    plan = Plan(loaded, load_policy(policy, loaded))
    if output is None:
        _play(context, plan, seeds, None, workers, dask)
        return
    with SweepFile(output, Parameters.of(plan, seeds), seeds) as file:
        if file.mended:
            click.echo(file.mended, err=True)
        before = len(file.done)
        if before:
            of = f"{before:,} of {len(seeds):,} seeds"
            click.echo(f"{of} are there already", err=True)
        try:
            _play(context, plan, file.missing, file, workers, dask)
        except StoppedError:
            done = f"{len(file.done):,} of {len(seeds):,} seeds"
            click.echo(
                f"stopped after {done}; started again, the sweep goes on from there", err=True
            )
            context.exit(EXIT_STOPPED)
        file.finish()
        click.echo(_summary([result["loss_usd"] for result in file.done]), err=True)
        click.echo(visible(str(output)))


def _play(
    context: click.Context,
    plan: Plan,
    seeds: Sequence[int],
    file: SweepFile | None,
    workers: int | None,
    dask: str | None,
) -> None:
    """Play the seeds, and write or print what comes of each."""
    from controlroom.cli.interrupts import Interrupts, StoppedError
    from controlroom.cli.progress import Progress
    from controlroom.runs.sweep import sweep as results

    if not seeds:
        return
    losses: list[int] = []
    try:
        with Interrupts() as interrupts, Progress(f"{len(seeds):,} seeds") as progress:

            def check() -> None:
                progress(len(losses), len(seeds))
                interrupts.check()

            with _crew(plan, len(seeds), workers, dask) as crew:
                for values in results(seeds, crew, check):
                    losses.append(values["loss_usd"])
                    if file is None:
                        click.echo(json.dumps(values))
                    else:
                        file.add(values)
    except StoppedError:
        if file is not None:
            raise
        click.echo(f"stopped after {len(losses):,} of {len(seeds):,} seeds", err=True)
        context.exit(EXIT_STOPPED)
    if file is None:
        click.echo(_summary(losses), err=True)


def _crew(
    plan: Plan, seeds: int, workers: int | None, dask: str | None
) -> AbstractContextManager[Crew]:
    """Who plays."""
    from controlroom.runs.pool import cores
    from controlroom.runs.sweep import processes

    if dask:
        from controlroom.runs.cluster import dask_cluster

        return dask_cluster(plan, dask)
    return processes(plan, min(cores() if workers is None else workers, seeds))


def _summary(losses: Sequence[int]) -> str:
    """How the losses are spread."""
    ranked = sorted(losses)

    def at(percent: int) -> str:
        return f"${ranked[(len(ranked) - 1) * percent // 100]:,}"

    half = f"half of them lost {at(50)} or less"
    return f"{len(ranked):,} seeds: {half}, nine in ten from {at(5)} to {at(95)}"
