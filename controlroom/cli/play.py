"""`controlroom play`: a run, on the screen or as lines of text. And the title screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from controlroom.cli.types import (
    JournalFile,
    MarkName,
    OneOf,
    ScenarioName,
    Seed,
    Speed,
    console_option,
    control_option,
    daily_option,
    difficulty_option,
    seed_for,
    stressor_option,
    with_switches,
)

if TYPE_CHECKING:
    from controlroom.recording.live import LiveRecorder
    from controlroom.runs.run import Run

EXIT_UNFIT = 2
"""Exit code where the terminal cannot show the screen."""


@click.command(
    epilog="""
    \b
    Examples:
      controlroom play knight-2012
      controlroom play knight-2012 --start 09:25 --seed 11 --mode assess
      controlroom play knight-2012 --plain
      printf 'wait 09:31\\nkill smars-8\\nnext\\n' | controlroom play knight-2012 --plain
    """
)
@click.argument("scenario", type=ScenarioName(), required=False)
@click.option("--start", type=MarkName(), help="Where to start, for example 09:25.")
@click.option("--seed", type=Seed(), help="What chance is drawn from; else the scenario's own.")
@daily_option
@click.option(
    "--speed", type=Speed(), default=1.0, help="Simulated seconds in a second, 1/4 to 60."
)
@click.option(
    "--mode",
    type=OneOf("mode", ("explore", "coach", "assess")),
    default="explore",
    help="What you are allowed: pause and hints, offered hints, or neither.",
)
@control_option
@difficulty_option
@stressor_option
@console_option
@click.option("--plain", is_flag=True, help="Lines of text: for screen readers and pipes.")
@click.option(
    "--journal", type=Path, metavar="FILE", help="Write the journal there, to a new file."
)
@click.option(
    "--record", type=Path, metavar="FILE.cast", help="Keep the session as a film; ctrl+r ends it."
)
@click.option("--force", is_flag=True, help="Write over the --record FILE if it exists.")
@click.option(
    "--resume", type=JournalFile(), metavar="FILE", help="Go on with the run of this journal."
)
@click.pass_context
def play(
    context: click.Context,
    *,
    scenario: str | None,
    start: str | None,
    seed: int | None,
    daily: bool,
    speed: float,
    mode: str,
    controls: tuple[str, ...],
    difficulty: str | None,
    stressors: tuple[str, ...],
    console: str | None,
    plain: bool,
    journal: Path | None,
    record: Path | None,
    force: bool,
    resume: Path | None,
) -> None:
    """Play SCENARIO against the clock.

    Every command is written to a journal before it takes effect, so a run that is interrupted can
    be resumed, from the title screen or with --resume.
    """
    if (scenario is None) == (resume is None):
        raise click.UsageError(
            "a journal knows its scenario: either SCENARIO or --resume FILE"
            if scenario
            else "play what? Name a SCENARIO, for example knight-2012",
            context,
        )
    if record is not None:
        _check_record(context, record, plain=plain, force=force)
    elif force:
        raise click.UsageError("--force is for the file of --record", context)
    if not plain:
        needs_screen(context)
    if resume is not None:
        fixed = (
            *("start", "seed", "daily", "mode", "controls", "difficulty", "stressors", "console"),
            "journal",
        )
        for name in fixed:
            if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
                option = name.removesuffix("s") if name in ("controls", "stressors") else name
                raise click.UsageError(f"--{option} cannot be changed by --resume", context)
        run = resumed(resume)
    else:
        run = begun(
            str(scenario),
            start=start,
            seed=seed_for(context, seed, daily=daily),
            mode=mode,
            controls=controls,
            difficulty=difficulty,
            stressors=stressors,
            console=console,
            journal=journal,
        )
    if not plain:
        from controlroom.tui import play as show

        recorder = _recorder(record, force=force)
        context.exit(show(run, speed=speed, recorder=recorder, record=record is not None))
    from controlroom.cli.plain import play_plain

    play_plain(run, speed=speed)


def open_title(context: click.Context) -> None:
    """The title screen, with everything else behind it."""
    needs_screen(context)
    from controlroom.tui import play as show

    context.exit(show(recorder=_recorder(None)))


def _check_record(context: click.Context, file: Path, *, plain: bool, force: bool) -> None:
    """See that a session can be kept there, before a run is begun for it."""
    from controlroom.cli.write import check_free

    if plain:
        raise click.UsageError("--record keeps a screen; --plain has none", context)
    if file.suffix.lower() != ".cast":
        raise click.UsageError(
            "--record writes a .cast; `controlroom record JOURNAL` makes other films", context
        )
    check_free(file, force=force)


def _recorder(file: Path | None, *, force: bool = False) -> LiveRecorder:
    """Who keeps the session: in this file, or in one of its own when somebody asks for it."""
    from controlroom.recording.live import LiveRecorder, usual_place

    return LiveRecorder(file, named=True, force=force) if file else LiveRecorder(usual_place())


def begun(
    name: str,
    *,
    start: str | None,
    seed: int | None,
    mode: str,
    controls: tuple[str, ...],
    difficulty: str | None,
    stressors: tuple[str, ...],
    console: str | None = None,
    journal: Path | None,
) -> Run:
    """A new run."""
    from controlroom.cli.progress import Progress
    from controlroom.runs.catalogue import folder_of_its_own
    from controlroom.runs.run import Place, Run

    loaded = with_switches(name, controls, stressors, difficulty, console)
    with Progress("getting there") as progress:
        return Run.begin(
            loaded,
            seed=seed,
            mode=mode,
            start=start,
            journal=journal or Place.USUAL,
            folder=folder_of_its_own(name),
            progress=progress,
        )


def resumed(path: Path) -> Run:
    """A run that was interrupted."""
    from controlroom.cli.progress import Progress
    from controlroom.runs.run import Run

    with Progress("getting there") as progress:
        run = Run.resume(path, progress=progress)
    if run.mended:
        click.echo(run.mended, err=True)
    return run


def needs_screen(context: click.Context) -> None:
    """Say what the screen needs before anything is begun that it would have to show."""
    import os
    import sys

    from controlroom.tui.terminal import terminal_size, unfit

    streams = {
        "standard input": sys.stdin,
        "standard output": sys.stdout,
        "standard error": sys.stderr,
    }
    wrong = unfit(os.environ, streams, terminal_size())
    if wrong:
        click.echo(wrong, err=True)
        context.exit(EXIT_UNFIT)
