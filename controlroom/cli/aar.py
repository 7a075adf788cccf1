"""`controlroom aar`: the after-action report of a drill, with the blanks that people fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from controlroom.cli.types import JournalFile, folded_on_option

if TYPE_CHECKING:
    from controlroom.debrief.whole import Debrief
    from controlroom.sim.start import Scenario

EXIT_UNSOUND: Final = 1

_HOW: Final = "--force writes over the report in it"
_TABLE: Final = "improvements.csv"


@click.command(
    epilog="""
    \b
    Examples:
      controlroom aar my-drill.jsonl
      controlroom aar my-drill.jsonl -o report --force
      controlroom aar my-drill.jsonl -o report --seat engineer --seat risk

    AAR.md and AAR.html are for the team; improvements.csv has what, owner, date and evidence, and
    one that is there already is never written over. AAR-engineer.* is for whoever sat there and is
    written only when it is asked for.
    """
)
@click.argument("journal", type=JournalFile())
@click.option(
    "-o",
    "--output",
    type=Path,
    metavar="DIR",
    help="The folder to make; else one here that is called after the journal.",
)
@click.option(
    "--seat", "seats", metavar="SEAT", multiple=True, help="Write this seat's own report too."
)
@click.option("--force", is_flag=True, help="Write over a report that is in DIR.")
@folded_on_option
@click.pass_context
def aar(
    context: click.Context,
    *,
    journal: Path,
    output: Path | None,
    seats: tuple[str, ...],
    force: bool,
    scenario: str | None,
) -> None:
    """Write the after-action report of a drill.

    JOURNAL is that of the drill. Six moments are chosen from it, each with a question and room for
    the answers; then what the debrief knows, and improvements with their evidence.
    """
    from controlroom.debrief.pages.html import html
    from controlroom.debrief.pages.markdown import markdown
    from controlroom.debrief.pages.team import improvements, seat_page, team_page
    from controlroom.debrief.team import team_of
    from controlroom.runs.folders import check_folder, whole_folder
    from controlroom.scenario import load_scenario, visible
    from controlroom.scenario.msel import csv_of

    folder = output or Path(f"{journal.stem}-aar")
    check_folder(folder, force=force, how=_HOW)
    found = _computed(journal, load_scenario(scenario) if scenario else None)
    pages = {"AAR": team_page(found)}
    pages |= {f"AAR-{seat}": seat_page(found, seat) for seat in seats}
    rows = improvements(team_of(found), found.scenario.day)
    kept = (folder / _TABLE).exists()
    with whole_folder(folder, force=force, how=_HOW) as made:
        for name, page in pages.items():
            (made / f"{name}.md").write_text(markdown(page), encoding="utf-8")
            (made / f"{name}.html").write_text(html(page), encoding="utf-8")
        if not kept:
            # Spreadsheets take a CSV without a mark for one in the system's own encoding.
            (made / _TABLE).write_bytes(csv_of(rows).encode("utf-8-sig"))
    for note in found.notes:
        click.echo(note, err=True)
    if kept:
        click.echo(f"{_TABLE} was there and is as it was", err=True)
    click.echo(visible(str(folder)))
    if not found.sound:
        context.exit(EXIT_UNSOUND)


def _computed(journal: Path, scenario: Scenario | None) -> Debrief:
    """The debrief as far as the report needs it: what each action was worth is the last of it."""
    from controlroom.cli.steps import Steps
    from controlroom.debrief.team import is_drill, parts_of
    from controlroom.debrief.whole import debrief

    found: Debrief | None = None
    with Steps() as steps:
        said = ""
        telling = steps("reading the journal")

        def told(what: str, done: int, whole: int) -> None:
            nonlocal said, telling
            if what != said:
                said, telling = what, steps(what)
            telling(done, whole)

        for found in debrief(journal, scenario=scenario, told=told):
            if not is_drill(found):
                break
            if found.worths is not None:
                break
    if found is None:
        raise click.Abort
    parts_of(found)  # says that it is no drill
    return found
