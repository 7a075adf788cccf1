"""`controlroom verify`: are these journals true?"""

from __future__ import annotations

from pathlib import Path

import click

from controlroom.cli.types import JournalFile, folded_on_option


@click.command(
    epilog="""
    \b
    Example:
      controlroom verify my-run.jsonl
    """
)
@click.argument("journals", nargs=-1, required=True, metavar="JOURNAL...", type=JournalFile())
@folded_on_option
@click.pass_context
def verify(context: click.Context, journals: tuple[Path, ...], scenario: str | None) -> None:
    """Fold each JOURNAL again and compare its digests.

    Exit code 0 when all of them are true. Otherwise 1, with the line and the steps between which
    the world differs from the journal's.
    """
    from controlroom.cli.progress import Progress
    from controlroom.runs.errors import DifferenceError, JournalError
    from controlroom.runs.verify import verify as compare
    from controlroom.scenario import load_scenario, visible
    from controlroom.sim.tasks import counted

    given = load_scenario(scenario) if scenario else None
    wrong = 0
    for path in journals:
        try:
            with Progress(path.name) as progress:
                found = compare(path, scenario=given, progress=progress)
        except JournalError as error:
            wrong += 1
            word = "differs" if isinstance(error, DifferenceError) else "refused"
            click.echo(f"{word}  {error}")
            continue
        state = f"ended {found.clock} ({found.ended})" if found.ended else f"at {found.clock}"
        click.echo(
            f"true     {visible(str(path))}: {found.scenario} {state}, step {found.step:,}, "
            f"{counted(found.commands, 'command')}, {counted(found.digests, 'digest')}, "
            f"{found.digest}"
        )
        if found.mended:
            click.echo(found.mended, err=True)
    if wrong:
        context.exit(1)
