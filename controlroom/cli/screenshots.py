"""`controlroom screenshots`: every picture of the gallery, made again."""

from __future__ import annotations

from pathlib import Path

import click

EXIT_DIFFERS = 1

FOLDER = Path("screenshots")


@click.command(
    epilog="""
    \b
    Examples:
      controlroom screenshots
      controlroom screenshots -o somewhere-else
      controlroom screenshots --check      for CI: compare, and write nothing
    """
)
@click.option(
    "-o", "--output", type=Path, default=FOLDER, metavar="DIR", help="Folder; else screenshots."
)
@click.option("--force", is_flag=True, help="Write over the pictures that are there.")
@click.option("--check", is_flag=True, help="Only say which pictures are no longer true.")
@click.pass_context
def screenshots(context: click.Context, *, output: Path, force: bool, check: bool) -> None:
    """Make every picture of the gallery again.

    As SVG and PNG, with a page that shows them. The same program makes the same files, to the
    byte. Ctrl-C writes nothing.
    """
    from controlroom.cli.steps import Steps
    from controlroom.cli.write import WriteError, write_bytes
    from controlroom.recording.gallery import INDEX, differences, files_of, gallery, texts_of
    from controlroom.recording.outputs import check_kind
    from controlroom.scenario import visible

    for kind in ("svg",) if check else ("svg", "png"):
        check_kind(kind)
    shown = visible(str(output))
    if not check and not force and (output / INDEX).exists():
        raise WriteError(f"{shown} has pictures already; --force writes over them")
    with Steps() as told:
        pictures = gallery(told("playing"))
        if check:
            wrong = differences(output, texts_of(pictures))
        else:
            files = files_of(pictures, told("drawing"))
    if check:
        for line in wrong:
            click.echo(line)
        if wrong:
            click.echo(
                f"{len(wrong)} of the pictures in {shown} are no longer true; "
                "`controlroom screenshots --force` makes them again",
                err=True,
            )
            context.exit(EXIT_DIFFERS)
        click.echo(f"{len(pictures)} pictures in {shown} are true", err=True)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{shown} cannot be made: {error.strerror}") from None
    for name, content in files.items():
        write_bytes(output / name, content, force=True)
    size = sum(map(len, files.values()))
    click.echo(f"{len(pictures)} pictures in {shown}, {size / 1e6:.1f} MB", err=True)
