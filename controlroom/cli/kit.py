"""`controlroom kit`: everything that a drill needs on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from controlroom.cli.types import OneOf, ScenarioName, Seed

PAPERS: Final = ("a4", "letter")

FEWEST, MOST = 4, 8

_HOW: Final = "--force writes over the kit in it"


@click.command(
    epilog="""
    \b
    Examples:
      controlroom kit knight-2012 -o my-drill
      controlroom kit knight-2012 -o my-drill --people 5 --paper letter --force
      controlroom kit my-incident -o my-drill --words german.toml

    DIR/start-here.html says what each sheet is, how often it is needed and for whom. The pages load
    nothing from anywhere and print on A4 and Letter. As PDF they are written too where Chromium or
    WeasyPrint is installed.
    """
)
@click.argument("scenario", type=ScenarioName())
@click.option("-o", "--output", type=Path, metavar="DIR", required=True, help="The folder to make.")
@click.option(
    "--people",
    type=click.IntRange(FEWEST, MOST),
    default=6,
    show_default=True,
    help="Who take part, beside the facilitator.",
)
@click.option("--seed", type=Seed(), help="What the drill will be played with; else its own.")
@click.option(
    "--paper",
    type=OneOf("paper", PAPERS),
    default=PAPERS[0],
    show_default=True,
    help="Of the PDF; the pages themselves fit both.",
)
@click.option(
    "--words",
    type=Path,
    metavar="FILE",
    help="A translation of the kit's own words, controlroom/kit/english.toml.",
)
@click.option("--force", is_flag=True, help="Write over a kit that is in DIR.")
def kit(
    *,
    scenario: str,
    output: Path,
    people: int,
    seed: int | None,
    paper: str,
    words: Path | None,
    force: bool,
) -> None:
    """Write what a drill needs on paper into the folder DIR.

    The facilitator's guide, the list of injects on one page, role cards, the observer's sheet, the
    players' runbook, ground rules, sources, and a paper fallback with the losses by the minute. The
    figures come from runs that are played now. All of it is written, or nothing.
    """
    from controlroom.cli.steps import Steps
    from controlroom.kit.pdf import PrintError, printer
    from controlroom.kit.whole import kit_of, write_into
    from controlroom.kit.words import load_words
    from controlroom.runs.folders import check_folder, whole_folder
    from controlroom.scenario import visible

    check_folder(output, force=force, how=_HOW)
    texts, prints = load_words(words), printer()
    said = "" if prints else "for PDF too, install Chromium or WeasyPrint; the pages print as well"
    with Steps() as steps:
        made = kit_of(scenario, people, texts, seed=seed, told=steps("playing what the kit tells"))
        with whole_folder(output, force=force, how=_HOW) as folder:
            telling = steps("printing")
            try:
                names = write_into(folder, made, printer=prints, paper=paper, told=telling)
            except PrintError as error:
                for pdf in folder.glob("*.pdf"):
                    pdf.unlink()
                said = f"{error}; the pages are there, without PDF"
                names = write_into(folder, made, printer=None, paper=paper)
                (folder / ".for-the-printer.html").unlink(missing_ok=True)
    if said:
        click.echo(said, err=True)
    click.echo(f"{len(names)} files; begin with start-here.html", err=True)
    click.echo(visible(str(output)))
