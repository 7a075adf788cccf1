"""`controlroom record`: a film or a picture of a demo, of a journal, or of a kept session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from controlroom.cli.types import JournalFile, Speed

if TYPE_CHECKING:
    from controlroom.cli.steps import Steps
    from controlroom.recording.recording import Recording

EXIT_DIFFERS: Final = 1

OPTIONS_OF_JOURNALS: Final = {"first": "--from", "last": "--to", "seat": "--seat"}


@click.command(
    epilog="""
    \b
    Examples:
      controlroom record teaser -o teaser.webp
      controlroom record my.demo -o my.cast
      controlroom record my-run.jsonl -o my-run.html --from 09:28 --to 09:50
      controlroom record my-session.cast -o my-session.webp --speed 4
      controlroom record disaster -o storm.png --at 50
      controlroom record teaser -o docs/teaser.webp --check

    FILE becomes what its ending says: .cast, .html, .webp, .gif, .mp4, .svg or .png. The same demo
    becomes the same file, on any machine and any day. Ctrl-C leaves no file.
    """
)
@click.argument("demo", metavar="DEMO|JOURNAL|CAST")
@click.option("-o", "--output", type=Path, metavar="FILE", required=True, help="What to make.")
@click.option("--force", is_flag=True, help="Write over FILE if it exists.")
@click.option("--check", is_flag=True, help="Write nothing; say if FILE is no longer true.")
@click.option("--v2", is_flag=True, help="A .cast of version 2, for players that know no other.")
@click.option(
    "--at",
    type=click.FloatRange(0, 900),
    metavar="SECONDS",
    help="The picture at this moment of the film; else the last one.",
)
@click.option(
    "--speed",
    type=Speed(),
    help="Of a journal: simulated seconds in a second; of a cast: how many times as fast.",
)
@click.option("--from", "first", metavar="HH:MM:SS", help="Of a journal: where the film begins.")
@click.option("--to", "last", metavar="HH:MM:SS", help="Of a journal: where it ends.")
@click.option("--seat", metavar="SEAT", help="Of a journal: whose screen it is.")
@click.pass_context
def record(
    context: click.Context,
    /,
    *,
    demo: str,
    output: Path,
    force: bool,
    check: bool,
    v2: bool,
    at: float | None,
    **_of_journals: object,
) -> None:
    """Make a film or a picture of a demo, a run or a session.

    A demo is a file of keys and commands (demos/README.md describes it) or the name of one that
    comes along. A journal, by its path or the name under which `runs` lists it, becomes a film of
    the run, with its notes as captions. A cast that `play --record` wrote becomes any other kind.
    """
    from controlroom.cli.steps import Steps
    from controlroom.cli.write import check_free, write_bytes
    from controlroom.recording.outputs import PICTURES, check_kind, film_as, picture_as

    kind = output.suffix.lower().lstrip(".")
    check_kind(kind)
    if at is not None and kind not in PICTURES:
        raise click.UsageError(f"--at is for .svg and .png, not for .{kind}", context)
    if v2 and kind != "cast":
        raise click.UsageError(f"--v2 is for .cast, not for .{kind}", context)
    if check:
        _check(context, demo, output, v2=v2)
        return
    check_free(output, force=force)
    with Steps() as told:
        recording = _recorded(context, demo, told, at=at)
        if kind in PICTURES:
            made = picture_as(kind, recording.picture("last" if at is None else "0"))
        else:
            made = film_as(kind, recording, told("encoding"), v2=v2)
    write_bytes(output, made, force=force)
    _talk(output, recording, len(made), film=kind not in PICTURES)


def _check(context: click.Context, demo: str, output: Path, *, v2: bool) -> None:
    """Say whether a film is what it would become now, and end with 1 if it is not."""
    from controlroom.cli.steps import Steps
    from controlroom.recording.errors import RecordingError
    from controlroom.recording.outputs import CHECKED, is_true
    from controlroom.runs.errors import os_reason
    from controlroom.scenario import visible

    kind, shown = output.suffix.lower().lstrip("."), visible(str(output))
    if kind not in CHECKED:
        raise click.UsageError(
            f"--check is for .{' and .'.join(CHECKED)}, not for .{kind}", context
        )
    try:
        content = output.read_bytes()
    except OSError as error:
        raise RecordingError(f"{shown} cannot be read: {os_reason(error)}") from None
    with Steps() as told:
        recording = _recorded(context, demo, told, at=None)
    if is_true(kind, content, recording, v2=v2):
        click.echo(f"{shown} is true", err=True)
        return
    click.echo(
        f"{shown} is no longer true; `controlroom record {visible(demo)} -o {shown} --force` "
        "makes it again",
        err=True,
    )
    context.exit(EXIT_DIFFERS)


def _recorded(
    context: click.Context,
    name: str,
    told: Steps,
    *,
    at: float | None,
) -> Recording:
    """The recording of what is named."""
    from controlroom.recording.demo_file import find_demo, read_demo
    from controlroom.recording.director import Director, perform
    from controlroom.recording.journal_film import Cut, film_of_journal
    from controlroom.recording.session import film_of_session

    moments = () if at is None else (at,)
    if Path(name).suffix.lower() == ".cast":
        _refuse(context, OPTIONS_OF_JOURNALS, "a cast is as it was kept")
        speed = context.params["speed"] or 1.0
        return film_of_session(Path(name), speed, told("reading"), at=moments)
    listed = JournalFile().convert(name, None, context)
    is_journal = listed.suffix == ".jsonl" and listed.is_file()
    path = listed if is_journal else find_demo(name)
    if is_journal or path.suffix == ".jsonl":
        asked = context.params
        cut = Cut(
            speed=asked["speed"],
            first=asked["first"] or "",
            last=asked["last"] or "",
            seat=asked["seat"] or "",
        )
        demo, run = film_of_journal(path, cut, told("folding the run"))
        return Director(demo, run, told("recording"), moments).record()
    _refuse(context, {"speed": "--speed", **OPTIONS_OF_JOURNALS}, "a demo says so itself")
    return perform(read_demo(path), told("recording"), at=moments)


def _refuse(context: click.Context, options: dict[str, str], why: str) -> None:
    """Say of an option of journals that it is none here."""
    for option, shown in options.items():
        if context.params[option] is not None:
            raise click.UsageError(f"{shown} is for journals; {why}", context)


def _talk(output: Path, recording: Recording, size: int, *, film: bool) -> None:
    """What was made, on standard error."""
    from controlroom.scenario import visible

    length = f"{recording.tape.length / 1000:.1f} s, " if film else ""
    click.echo(f"{visible(str(output))}: {length}{size / 1000:,.0f} KB", err=True)
