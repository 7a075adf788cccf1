"""`controlroom journal export`: a run as tables for a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from controlroom.cli.groups import Commands
from controlroom.cli.types import JournalFile, OneOf, folded_on_option

FORMS: Final = ("parquet", "csv")
"""What tables can be written as."""

EXIT_UNSOUND: Final = 1
EXIT_STOPPED: Final = 130


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog="""
    \b
    Example:
      controlroom journal export my-run.jsonl --to csv
    """,
)
@click.pass_context
def journal(context: click.Context) -> None:
    """Take what is in a journal elsewhere."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@journal.command(
    epilog="""
    \b
    Examples:
      controlroom journal export my-run.jsonl
      controlroom journal export my-run.jsonl --to csv -o tables
      duckdb -c "SELECT sum(shares) FROM 'my-run-tables/executions.parquet'"

    docs/notebook.md says what a row and a column of each table is. A journal that was cut off or
    edited, or is of another version or scenario, is read as far as it is sound; what is wrong with
    it is said, and the exit code is 1.
    """
)
@click.argument("journal", type=JournalFile())
@click.option(
    "--to",
    "form",
    type=OneOf("format", FORMS),
    default=FORMS[0],
    show_default=True,
    help="Parquet needs the extra `export`.",
)
@click.option(
    "-o",
    "--output",
    type=Path,
    metavar="DIR",
    help="The folder for the tables; else one here that is called after the journal.",
)
@click.option("--force", is_flag=True, help="Write over tables that are in DIR.")
@folded_on_option
@click.pass_context
def export(
    context: click.Context,
    *,
    journal: Path,
    form: str,
    output: Path | None,
    force: bool,
    scenario: str | None,
) -> None:
    """Write what is in JOURNAL as tables.

    Executions, positions, alerts, commands and more. JOURNAL is folded again. All tables are
    written, or none; the path of the folder is printed. Ctrl-C leaves nothing behind.
    """
    from controlroom.cli.interrupts import Interrupts, StoppedError
    from controlroom.cli.progress import Progress
    from controlroom.runs.export import check_place
    from controlroom.runs.export import export as tables
    from controlroom.scenario import load_scenario, visible

    folder = output or Path(f"{journal.stem}-tables")
    check_place(folder, form, force=force)
    given = load_scenario(scenario) if scenario else None
    try:
        with Interrupts() as interrupts, Progress("folding the run") as progress:

            def told(step: int, whole: int) -> None:
                progress(step, whole)
                interrupts.check()

            found = tables(journal, folder, form, force=force, scenario=given, progress=told)
    except StoppedError:
        click.echo("stopped; nothing has been written", err=True)
        context.exit(EXIT_STOPPED)
    for note in found.notes:
        click.echo(note, err=True)
    rows = f"{sum(found.counts.values()):,} rows, {found.counts['executions']:,} of executions"
    click.echo(f"{len(found.counts)} tables up to {found.clock}; {rows}", err=True)
    click.echo(visible(str(folder)))
    if not found.sound:
        context.exit(EXIT_UNSOUND)
