"""`controlroom watch`: a run on a page, for a projector or a room."""

from __future__ import annotations

from pathlib import Path

import click

from controlroom.cli.types import JournalFile, Speed


@click.command(
    epilog="""
    \b
    Examples:
      controlroom watch my-run.jsonl --speed 10 --from 09:28
      controlroom watch --live                     the run that is being played on this machine
      controlroom watch --live my-run.jsonl --host 0.0.0.0     for the whole network

    The page can be looked at and nothing more. It is served to this machine only unless --host says
    otherwise; then whoever reaches the address can look. Ctrl-C ends it.
    """
)
@click.argument("journal", type=JournalFile(), required=False)
@click.option(
    "--live", is_flag=True, help="Follow a run that is being played; else it is replayed."
)
@click.option(
    "--speed", type=Speed(), default=1.0, help="Of a replay: simulated seconds in a second."
)
@click.option("--from", "first", metavar="HH:MM:SS", help="Of a replay: where it begins.")
@click.option(
    "--seat", metavar="SEAT", help="Of a drill: whose screen it is; else the commander's."
)
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; else 127.0.0.1."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8012, metavar="N", help="Else 8012; 0 for any."
)
@click.pass_context
def watch(
    context: click.Context,
    *,
    journal: Path | None,
    live: bool,
    speed: float,
    first: str | None,
    seat: str | None,
    host: str,
    port: int,
) -> None:
    """Show a run on a page in browsers: a replay, or a live one."""
    import asyncio
    import contextlib

    from controlroom.recording.watch import Show, show
    from controlroom.runs.fold import scenario_of
    from controlroom.runs.journal import read_journal

    if live and (first is not None or speed != 1.0):
        raise click.UsageError(
            "--speed and --from are for replays; --live is as it is played", context
        )
    if journal is None and not live:
        raise click.UsageError(
            "watch what? Name a JOURNAL, or follow the run that is played: --live"
        )
    path = journal or _followed()
    step = None
    if first is not None:
        try:
            step = scenario_of(read_journal(path)).day.parse(first)
        except ValueError as error:
            raise click.UsageError(f"--from {error}", context) from None
    what = Show(path, live=live, host=host, port=port, speed=speed, first=step, seat=seat or "")

    def opened(address: str) -> None:
        click.echo(f"to be looked at: {address}   Ctrl-C ends it", err=True)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(show(what, opened))


def _followed() -> Path:
    """The journal of the run that is being played, or else the one that was written last."""
    from controlroom.runs.catalogue import PLAYED, past_runs
    from controlroom.scenario import visible

    runs = past_runs()
    if not runs:
        raise click.UsageError("no run has been played on this machine; name a JOURNAL")
    played = [run for run in runs if run.obstacle == PLAYED]
    run = (played or runs)[0]
    state = "" if played else ", the last one; nobody plays a run on this machine now"
    click.echo(f"following {visible(run.path.name)}{state}", err=True)
    return run.path
