"""`controlroom fork`: a run that begins with the commands of another one up to a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from controlroom.cli.types import JournalFile, PolicyName, folded_on_option

if TYPE_CHECKING:
    from controlroom.runs.run import Run

EXIT_STOPPED = 130


@click.command(
    epilog="""
    \b
    Examples:
      controlroom fork my-run.jsonl --at 09:31:00 -o other.jsonl
      controlroom play --resume other.jsonl
      controlroom fork my-run.jsonl --at 09:31:00 --policy panic-stop -o panic.jsonl
      controlroom compare my-run.jsonl panic.jsonl
    """
)
@click.argument("journal", type=JournalFile())
@click.option(
    "--at", metavar="HH:MM:SS", required=True, help="What was given before it is the fork's too."
)
@click.option(
    "--policy",
    type=PolicyName(),
    help="Who plays on to the end: reference, idle, mail-reader ..., or a text file. Without it "
    "the fork waits to be played.",
)
@click.option(
    "-o", "--output", type=Path, metavar="NEW", help="The new journal; else one in the usual place."
)
@folded_on_option
@click.pass_context
def fork(
    context: click.Context,
    *,
    journal: Path,
    at: str,
    policy: str | None,
    output: Path | None,
    scenario: str | None,
) -> None:
    """Go another way from a moment of a run.

    The fork begins with the commands of JOURNAL up to that time. JOURNAL stays as it is. The path
    of the new journal is printed.
    """
    from controlroom.cli.interrupts import Interrupts, StoppedError
    from controlroom.cli.progress import Progress
    from controlroom.runs.fold import scenario_of
    from controlroom.runs.fork import fork as begin
    from controlroom.runs.opened import open_journal
    from controlroom.runs.policy import follow, load_policy
    from controlroom.runs.run import Place
    from controlroom.scenario import load_scenario, visible

    given = load_scenario(scenario) if scenario else None
    # The policy is read first: when it cannot be followed, no fork should lie about.
    opened = open_journal(journal, given)
    loaded = scenario_of(opened.journal, opened.scenario)
    player = load_policy(policy, loaded) if policy else None
    with Progress("getting there") as progress:
        run = begin(
            journal,
            at,
            place=output or Place.USUAL,
            policy=player.name if player else "",
            scenario=given,
            progress=progress,
        )
    for note in opened.notes:
        click.echo(note, err=True)
    with run:
        forked = f"forked at {run.clock}"
        if player:
            try:
                with Progress(player.name) as progress, Interrupts() as interrupts:

                    def at_minute(step: int, whole: int) -> None:
                        progress(step, whole)
                        interrupts.check()

                    follow(run, player, loaded.day.end_step, at_minute)
            except StoppedError:
                run.close()
                click.echo(f"stopped at {run.clock}; {_how_to_go_on(run)}", err=True)
                context.exit(EXIT_STOPPED)
    click.echo(visible(str(run.journal)))
    if not run.ended:
        click.echo(f"{forked}; {_how_to_go_on(run)}", err=True)
        return
    loss = f"loss ${run.result().loss_usd:,}"
    click.echo(f"{forked}; {run.clock} {run.ended}, {loss}", err=True)


def _how_to_go_on(run: Run) -> str:
    from controlroom.scenario import visible

    return f"go on with: controlroom play --resume {visible(str(run.journal))}"
