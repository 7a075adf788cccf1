"""`controlroom simulate`: a run at full speed, played by a policy, and its result."""

from __future__ import annotations

import json
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from controlroom.cli.types import (
    PolicyName,
    ScenarioName,
    Seed,
    control_option,
    daily_option,
    difficulty_option,
    seed_for,
    stressor_option,
    with_switches,
)

if TYPE_CHECKING:
    from controlroom.runs.policy import Followed
    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario

EXIT_STOPPED = 130


@click.command(
    epilog="""
    \b
    Examples:
      controlroom simulate knight-2012
      controlroom simulate knight-2012 --policy idle --until 10:15:00 --seed 11 --json
      controlroom simulate knight-2012 --policy my-commands.txt --journal my-run.jsonl

    A policy file holds lines such as "09:31:00 stop smars-8", in order of time; # begins a comment.
    """
)
@click.argument("scenario", type=ScenarioName())
@click.option(
    "--policy",
    type=PolicyName(),
    default="reference",
    help="Who plays: reference (as it went), idle (nobody), mail-reader, runbook-follower, "
    "panic-stop, rollback-first, diagnostician, from-memory, apprentice (asks a coach), or a "
    "text file.",
)
@click.option("--seed", type=Seed(), help="What chance is drawn from; else the scenario's own.")
@daily_option
@control_option
@difficulty_option
@stressor_option
@click.option("--until", metavar="HH:MM:SS", help="Stop at this time; else at the end of the run.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
@click.option(
    "--journal", type=Path, metavar="FILE", help="Write the journal there, to a new file."
)
@click.option("--no-journal", is_flag=True, help="Write no journal.")
@click.pass_context
def simulate(
    context: click.Context,
    *,
    scenario: str,
    policy: str,
    seed: int | None,
    daily: bool,
    controls: tuple[str, ...],
    difficulty: str | None,
    stressors: tuple[str, ...],
    until: str | None,
    as_json: bool,
    journal: Path | None,
    no_journal: bool,
) -> None:
    """Run SCENARIO without a screen and print the result.

    It runs at full speed, and gives the same figures and the same digest every time.
    """
    from controlroom.cli.interrupts import Interrupts, StoppedError
    from controlroom.cli.progress import Progress
    from controlroom.runs.catalogue import folder_of_its_own
    from controlroom.runs.policy import follow, load_policy
    from controlroom.runs.results import result_values, truth_of
    from controlroom.runs.run import Place, Run

    if journal and no_journal:
        raise click.UsageError("either --journal FILE or --no-journal", context)
    loaded = with_switches(scenario, controls, stressors, difficulty)
    last = _last_step(context, loaded, until)
    player = load_policy(policy, loaded)
    began = time.perf_counter()
    place = None if no_journal else journal or Place.USUAL
    with Run.begin(
        loaded,
        seed=seed_for(context, seed, daily=daily),
        journal=place,
        folder=folder_of_its_own(scenario),
        policy=player.name,
    ) as run:
        try:
            with Progress(loaded.id) as progress, Interrupts() as interrupts:

                def at_minute(step: int, whole: int) -> None:
                    progress(step, whole)
                    interrupts.check()

                followed = follow(run, player, last, at_minute)
        except StoppedError:
            run.close()
            click.echo(_stopped(run), err=True)
            context.exit(EXIT_STOPPED)
        outcome = run.result()
        took = time.perf_counter() - began
    if as_json:
        values = {
            "scenario": loaded.id,
            "seed": run.seed,
            "policy": player.name,
            "controls": [control.id for control in loaded.controls if control.on],
            "stressors": [stressor.id for stressor in loaded.stressors if stressor.on],
            "until": loaded.day.text(last),
            "at": run.clock,
            "truth": list(truth_of(run.scenario)),
            **result_values(outcome),
            "journal": str(run.journal) if run.journal else None,
            "wall_seconds": round(took, 3),
        }
        click.echo(json.dumps(values, indent=2))
        return
    _print_result(run, player.name)
    _print_talk(run, followed, loaded, took)


def _last_step(context: click.Context, scenario: Scenario, until: str | None) -> int:
    """The first step that is not taken."""
    if until is None:
        return scenario.day.end_step
    try:
        return scenario.day.parse(until)
    except ValueError as error:
        from controlroom.scenario import visible

        raise click.UsageError(f"--until {visible(str(error))}", context) from None


def _print_result(run: Run, player: str) -> None:
    """The result as a table, on standard output."""
    from controlroom.cli.table import result_lines
    from controlroom.runs.results import truth_of, why_quiet
    from controlroom.scenario import visible

    state = run.ended or "not over"
    click.echo(f"{run.scenario.title}, seed {run.seed}, played by {player}")
    click.echo(f"{run.clock}  {state}")
    click.echo()
    result = run.result()
    for line in result_lines(result, run.scenario):
        click.echo(line)
    for sentence in why_quiet(result, run.scenario):
        click.echo()
        click.echo(textwrap.fill(visible(sentence), 100))
    truth = " ".join(truth_of(run.scenario))
    if truth:
        click.echo()
        click.echo(textwrap.fill(visible(truth), 100))


def _print_talk(run: Run, followed: Followed, scenario: Scenario, took: float) -> None:
    """What else there is to say, on standard error."""
    from controlroom.scenario import visible
    from controlroom.sim.tasks import counted

    if followed.refused:
        first, given = followed.refused[0], counted(followed.given, "command")
        click.echo(
            f"refused: {len(followed.refused):,} of {given}; the first: "
            f"{scenario.day.text(first.step)} {visible(first.command)}: {visible(first.text)}",
            err=True,
        )
    if followed.late:
        late = counted(followed.late, "command")
        click.echo(
            f"not given: {late} from after {run.clock}, where the run stopped",
            err=True,
        )
    steps = run.simulation.now
    click.echo(f"{steps:,} steps in {took:.1f} s, digest {run.digest()}", err=True)
    if run.journal:
        click.echo(f"journal {visible(str(run.journal))}", err=True)


def _stopped(run: Run) -> str:
    """What a person is told who pressed Ctrl-C."""
    from controlroom.scenario import visible

    if not run.journal:
        return f"stopped at {run.clock}"
    return (
        f"stopped at {run.clock}; the journal {visible(str(run.journal))} is whole and can be "
        "verified or resumed"
    )
