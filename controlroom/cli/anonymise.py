"""`controlroom anonymise`: a journal without the names of those who played."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""
    \b
    Examples:
      controlroom anonymise drill.jsonl -o drill-without-names.jsonl
      controlroom anonymise drill.jsonl -o shared.jsonl --name "Ann Other" --name Bob
    """
)
@click.argument("journal", type=Path)
@click.option(
    "-o", "--output", type=Path, metavar="FILE", required=True, help="The new journal's file."
)
@click.option(
    "--name",
    "names",
    metavar="NAME",
    multiple=True,
    help="A further name to take out, of somebody who took no seat; may be given several times.",
)
def anonymise(*, journal: Path, output: Path, names: tuple[str, ...]) -> None:
    """Write a journal again without names.

    Those who took a seat become P1, P2 and so on, in what was said and noted too, and the folder
    of the scenario loses where it lay. The run is the same one, step by step, with new digests.
    """
    from controlroom.cli.progress import Progress
    from controlroom.runs.anonymise import anonymise as write
    from controlroom.runs.journal import read_journal

    if output.is_dir():
        raise click.BadParameter(f"{output} is a folder; name a file", param_hint="'-o'")
    with Progress("playing it again") as progress:
        done = write(read_journal(journal), output, others=names, progress=progress)
    said = f"{done.names} names taken out, {done.changed} commands changed"
    click.echo(f"{said}; the journal is {done.path}", err=True)
