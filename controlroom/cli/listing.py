"""What there is: scenarios and journals."""

from __future__ import annotations

import time
from collections.abc import Sequence

import click


@click.command(
    epilog="""
    \b
    Example:
      controlroom scenarios

    They come with Control Room, from the folder that CONTROLROOM_SCENARIOS names, or else
    from the folder scenarios in the user's data folder, and from installed packages. Where two have
    one id the first of these is meant; the other can be named by its path.
    """
)
def scenarios() -> None:
    """List the scenarios that can be named by id."""
    from controlroom.scenario.find import every_scenario, users_folder
    from controlroom.scenario.text import visible

    found = every_scenario()
    width = max((len(item.id) for item in found), default=0)
    for item in found:
        click.echo(f"{item.id:<{width}}  {item.title}")
        click.echo(f"{'':<{width}}  {item.summary}")
        if item.origin:
            click.echo(f"{'':<{width}}  from {item.origin}")
        if item.hidden:
            path = visible(str(item.path))
            click.echo(f"{'':<{width}}  hidden by the one of this id above; play it as {path}")
    if not found:
        click.echo("no scenario is installed", err=True)
    click.echo(f"yours go into {visible(str(users_folder()))}", err=True)


@click.command(
    epilog="""
    \b
    Examples:
      controlroom runs
      controlroom play --resume "$(controlroom runs --paths | head -1)"
      controlroom replay knight-2012-2012-08-01-1

    Wherever a journal is asked for, the name of a run in this list will do. Journals lie in the
    folder that CONTROLROOM_RUNS names, or else in the user's data folder.
    """
)
@click.option("--paths", is_flag=True, help="Print the paths of runs that can be resumed, no more.")
def runs(*, paths: bool) -> None:
    """List the runs on this machine, the last one first.

    The forks of each stand below it. The list says which of them can be resumed, and why the
    others cannot.
    """
    from controlroom.runs.catalogue import past_runs, runs_folder, tree
    from controlroom.scenario.text import visible

    past = past_runs()
    if paths:
        for run in past:
            if run.can_resume:
                click.echo(visible(str(run.path)))
        return
    rows = []
    for branch in tree(past):
        run = branch.run
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.saved))
        state = f"{run.ended}, loss ${run.loss_usd:,}" if run.ended else run.obstacle
        who = run.policy or "you"
        what = (run.scenario, f"seed {run.seed}", run.mode, who, run.clock)
        head = what if run.scenario else ("?",) * len(what)
        name = visible(run.path.name)
        if branch.depth:
            name = f"{'  ' * branch.depth}└ {name}, forked at {run.forked_at}"
        elif run.forked_from:
            name = f"{name}, forked from {run.forked_from} at {run.forked_at}"
        rows.append((when, *head, state or "can be resumed", name))
    for line in columns(rows):
        click.echo(line)
    said = f"{len(rows):,} in" if rows else "no runs yet in"
    click.echo(f"{said} {visible(str(runs_folder()))}", err=True)


def columns(rows: Sequence[tuple[str, ...]], *, right: int | None = None) -> list[str]:
    """Rows of text with their columns below each other; from column `right` on they end alike."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]

    def cell(place: int, text: str) -> str:
        ends_alike = right is not None and place >= right
        return text.rjust(widths[place]) if ends_alike else text.ljust(widths[place])

    return ["  ".join(cell(*pair) for pair in enumerate(row)).rstrip() for row in rows]
