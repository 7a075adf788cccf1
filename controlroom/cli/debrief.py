"""`controlroom debrief`: what happened in a run, what it cost, and what would have helped."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import click

from controlroom.cli.types import JournalFile, OneOf, folded_on_option

if TYPE_CHECKING:
    from controlroom.cli.progress import Progress
    from controlroom.debrief.whole import Debrief
    from controlroom.sim.start import Scenario

FORMS: Final = ("md", "html", "json")
"""What a debrief can be written as; the endings of its files."""

FOLDING: Final = "folding the run"
"""What the debrief says while it can only be left, not stopped with something to show."""

MOST_SEEDS: Final = 10_000
MOST_WORKERS: Final = 256

EXIT_UNSOUND: Final = 1
EXIT_UNFIT: Final = 2
EXIT_STOPPED: Final = 130


@click.command(
    epilog="""
    \b
    Examples:
      controlroom debrief my-run.jsonl
      controlroom debrief my-run.jsonl -o my-run.html
      controlroom debrief my-run.jsonl --format md | less
      controlroom debrief my-run.jsonl --seeds 200 --format json > my-run.json

    On a terminal, without --format and -o, the debrief opens as a screen; into a pipe it is
    written as Markdown.

    A journal that was cut off or edited, or is of another version or scenario, is read as far as
    it is sound; the page says what is wrong with it, and the exit code is 1.
    """
)
@click.argument("journal", type=JournalFile())
@click.option(
    "--format", "form", type=OneOf("format", FORMS), help="Else the file's ending, or md."
)
@click.option("-o", "--output", type=Path, metavar="FILE", help="Write there; else print it.")
@click.option(
    "--screen/--no-screen",
    "screen",
    default=None,
    help="Read it on the screen; else only on a terminal, where nothing is to be written.",
)
@click.option("--force", is_flag=True, help="Write over FILE if it exists.")
@click.option(
    "--seeds",
    type=click.IntRange(0, MOST_SEEDS),
    default=0,
    metavar="N",
    help="Play the same commands under N other seeds too; 200 take some minutes.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, MOST_WORKERS),
    metavar="N",
    help="Processes that play what was not played; else one a core, and 0 for none.",
)
@folded_on_option
@click.pass_context
def debrief(
    context: click.Context,
    *,
    journal: Path,
    form: str | None,
    output: Path | None,
    screen: bool | None,
    force: bool,
    seeds: int,
    workers: int | None,
    scenario: str | None,
) -> None:
    """Say what a run cost, and what would have helped.

    JOURNAL is folded again, and runs that were not played are played: without each action, with
    each safeguard, minutes earlier, by other players. Ctrl-C writes what there is by then.
    """
    from controlroom.cli.write import check_free, write_whole
    from controlroom.debrief.pages import write
    from controlroom.scenario import load_scenario

    if screen and (form or output):
        raise click.UsageError("--screen shows it; --format and -o write it: one of them", context)
    if screen or (screen is None and not form and output is None and _on_a_terminal()):
        context.exit(_shown(journal, seeds, workers, scenario, asked=bool(screen)))
    wanted = form or _form_of(output)
    if output is not None:
        # Before minutes of computing, not after them.
        check_free(output, force=force)
    given = load_scenario(scenario) if scenario else None
    found, stopped = _computed(journal, given, seeds, workers)
    text = write(found, wanted)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text, force=force)
    _talk(found, output, stopped=stopped)
    if stopped:
        context.exit(EXIT_STOPPED)
    if not found.sound:
        context.exit(EXIT_UNSOUND)


def _on_a_terminal() -> bool:
    """Whether somebody sits in front of it, at a terminal that can show a screen."""
    return not _unfit()


def _unfit() -> str:
    """Why no screen can be shown, or empty."""
    from controlroom.tui.terminal import terminal_size, unfit

    streams = {
        "standard input": sys.stdin,
        "standard output": sys.stdout,
        "standard error": sys.stderr,
    }
    return unfit(os.environ, streams, terminal_size())


def _shown(
    journal: Path, seeds: int, workers: int | None, scenario: str | None, *, asked: bool
) -> int:
    """Show the debrief on the screen; the exit code."""
    from controlroom.runs.journal import read_header
    from controlroom.scenario import load_scenario
    from controlroom.tui import debrief as show

    if asked and (wrong := _unfit()):
        click.echo(wrong.partition(";")[0], err=True)
        return EXIT_UNFIT
    given = load_scenario(scenario) if scenario else None
    # Said in a line here, before a screen covers it.
    with journal.open("rb") as file:
        read_header(journal, file.readline())
    return show(journal, seeds=seeds, workers=workers, scenario=given)


def _form_of(output: Path | None) -> str:
    """What a file's ending asks for."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    return {"htm": "html", "markdown": "md"}.get(ending, ending if ending in FORMS else FORMS[0])


def _computed(
    journal: Path, scenario: Scenario | None, seeds: int, workers: int | None
) -> tuple[Debrief, bool]:
    """The debrief as far as it came, and whether somebody stopped it."""
    from controlroom.cli.interrupts import Interrupts, StoppedError
    from controlroom.debrief.whole import debrief as debriefs

    last: Debrief | None = None
    with Interrupts() as interrupts, _Bars() as bars:

        def told(what: str, done: int, whole: int) -> None:
            bars.tell(what, done, whole)
            if what == FOLDING:
                interrupts.check()

        try:
            for found in debriefs(
                journal,
                scenario=scenario,
                seeds=seeds,
                workers=workers,
                told=told,
                stopped=lambda: interrupts.wanted,
            ):
                last = found
        except StoppedError:
            # Before the run has been folded there is nothing to tell.
            raise click.Abort from None
    if last is None:
        raise click.Abort
    return last, not last.complete


class _Bars:
    """One bar of progress after the other, each as long as something is being done."""

    def __init__(self) -> None:
        self._what = ""
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.__exit__()

    def tell(self, what: str, done: int, whole: int) -> None:
        """Say how far it is; something new begins with an empty bar."""
        from controlroom.cli.progress import Progress

        if what != self._what or self._bar is None:
            self.__exit__()
            self._what, self._bar = what, Progress(what)
        self._bar(done, whole)


def _talk(found: Debrief, output: Path | None, *, stopped: bool) -> None:
    """What else there is to say, on standard error."""
    from controlroom.scenario import visible

    for note in found.notes:
        click.echo(note, err=True)
    if stopped:
        click.echo("stopped; the debrief holds what had been computed by then", err=True)
    if output is not None:
        click.echo(f"debrief {visible(str(output))}", err=True)
