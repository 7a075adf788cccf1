"""`controlroom replay`: the control room on a recorded run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from controlroom.cli.play import needs_screen
from controlroom.cli.types import JournalFile, folded_on_option

if TYPE_CHECKING:
    from controlroom.runs.replay import Replay


@click.command(
    epilog="""
    \b
    Examples:
      controlroom replay my-run.jsonl
      controlroom replay my-run.jsonl --at 09:31:00
      controlroom replay my-run.jsonl --scenario ./my-incident

    Space plays and stops, n goes to the next moment, t lays the truth beside it, f takes over from
    there in a new run; ? lists the rest.
    """
)
@click.argument("journal", type=JournalFile())
@click.option("--at", metavar="HH:MM:SS", help="The moment to begin with; else where it begins.")
@click.option("--seat", metavar="SEAT", default="", help="Whose screen; else the first of the run.")
@folded_on_option
@click.pass_context
def replay(
    context: click.Context, *, journal: Path, at: str | None, seat: str, scenario: str | None
) -> None:
    """See the recorded run of JOURNAL again, at any moment.

    JOURNAL stays as it is. One that was cut off, edited, or written by another version or on
    another scenario is shown as far as its digests agree, with what is wrong said exactly.
    """
    from controlroom.runs.opened import open_journal
    from controlroom.runs.replay import Replay
    from controlroom.scenario import load_scenario

    opened = open_journal(journal, load_scenario(scenario) if scenario else None)
    recorded = Replay.begin(opened)
    step = _step(recorded, at) if at else None
    if seat and seat not in recorded.seats:
        there = ", ".join(recorded.seats)
        raise click.BadParameter(
            f"no seat {seat[:40]!r} in this run; there is {there}", param_hint="'--seat'"
        )
    needs_screen(context)
    from controlroom.tui import replay as show

    context.exit(show(recorded, at=step, seat=seat))


def _step(recorded: Replay, at: str) -> int:
    """The step of a written time, which has to be one of the run.

    Raises:
        BadParameter: when it is none.
    """
    day = recorded.scenario.day
    try:
        step = day.parse(at)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--at'") from None
    if step > recorded.last:
        raise click.BadParameter(
            f"the recording ends at {day.text(recorded.last)}", param_hint="'--at'"
        )
    return step
