"""`controlroom new`: the beginning of a scenario of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from controlroom.cli.types import ScenarioName


@click.command(
    epilog="""
    \b
    Examples:
      controlroom new my-incident
      controlroom new our-morning --from knight-2012

    Then:
      controlroom check my-incident --watch
      controlroom play my-incident

    docs/scenarios.md builds a scenario step by step and lists every key.
    """
)
@click.argument("folder", type=Path)
@click.option(
    "--from", "origin", type=ScenarioName(), metavar="SCENARIO", help="Begin with a copy of this."
)
def new(*, folder: Path, origin: str | None) -> None:
    """Begin a scenario of your own in the new folder FOLDER.

    Four servers, a dozen stocks, one fault, and a comment for every key. It can be checked and
    played at once. The folder's name is the scenario's id.
    """
    from controlroom.runs.folders import check_folder, whole_folder
    from controlroom.scenario import ScenarioError, visible
    from controlroom.scenario.find import home_of
    from controlroom.scenario.load import name_problems
    from controlroom.scenario.skeleton import copied, skeleton

    how = "name a new folder"
    problems = name_problems(folder.absolute().name)
    if problems:
        raise ScenarioError(problems)
    check_folder(folder, force=False, how=how)
    texts = copied(home_of(origin)) if origin else skeleton()
    if not texts:
        raise click.UsageError(f"{visible(str(origin))} has no file of a scenario")
    with whole_folder(folder, force=False, how=how) as made:
        for file, text in texts.items():
            (made / file).write_text(text, encoding="utf-8", newline="\n")
    click.echo(
        f"{len(texts)} files; now: controlroom check {visible(str(folder))} --watch", err=True
    )
    click.echo(visible(str(folder)))
