"""`controlroom drill`: host one run for several people, here, over SSH and in browsers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from controlroom.cli.play import begun, needs_screen, resumed
from controlroom.cli.types import (
    JournalFile,
    MarkName,
    ScenarioName,
    Seed,
    console_option,
    control_option,
    difficulty_option,
    stressor_option,
)

if TYPE_CHECKING:
    from controlroom.drill.hosting import Address

FEWEST: Final = 4
MOST: Final = 8

EXIT_ERROR: Final = 1

NEEDS: Final = "a drill needs {0}: pip install 'controlroom[drill]'"


@click.command(
    epilog="""
    \b
    Examples:
      controlroom drill knight-2012
      controlroom drill knight-2012 --people 4 --start 09:25
      controlroom drill knight-2012 --listen 0.0.0.0:2222 --beyond-this-machine
      controlroom drill knight-2012 --table
      controlroom drill knight-2012 --carry last-time/improvements.csv
      controlroom drill --resume my-drill.jsonl

    People come in with the join code that is shown to you: `ssh -p 2222 engineer@HOST`, where the
    code is the password, or with the link for browsers. Nothing is installed on their machines.
    """
)
@click.argument("scenario", type=ScenarioName(), required=False)
@click.option(
    "--people",
    type=click.IntRange(FEWEST, MOST),
    default=6,
    show_default=True,
    help="Who take part, beside you.",
)
@click.option("--start", type=MarkName(), help="Where to start; else as the drill is planned.")
@click.option("--seed", type=Seed(), help="What chance is drawn from; else the scenario's own.")
@control_option
@difficulty_option
@stressor_option
@console_option
@click.option(
    "--listen",
    default="127.0.0.1:2222",
    show_default=True,
    metavar="ADDRESS:PORT",
    help="Where terminals come in over SSH; `none` for nowhere.",
)
@click.option(
    "--web",
    default="127.0.0.1:8080",
    show_default=True,
    metavar="ADDRESS:PORT",
    help="Where browsers come in; `none` for nowhere.",
)
@click.option(
    "--beyond-this-machine",
    is_flag=True,
    help="Let other machines connect to such an address: whoever has the code sees the drill.",
)
@click.option(
    "--table",
    is_flag=True,
    help="One screen for everybody: the big board, a key for each seat. Listens only where named.",
)
@click.option(
    "--authorized-keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="SSH keys that need no code, as OpenSSH writes them.",
)
@click.option("--journal", type=Path, metavar="FILE", help="Write the journal there.")
@click.option(
    "--carry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Bring in the improvements that an earlier drill's improvements.csv was filled in with.",
)
@click.option(
    "--resume", type=JournalFile(), metavar="FILE", help="Go on with the drill of this journal."
)
@click.pass_context
def drill(
    context: click.Context,
    *,
    scenario: str | None,
    people: int,
    start: str | None,
    seed: int | None,
    controls: tuple[str, ...],
    difficulty: str | None,
    stressors: tuple[str, ...],
    console: str | None,
    listen: str,
    web: str,
    beyond_this_machine: bool,
    table: bool,
    authorized_keys: Path | None,
    journal: Path | None,
    carry: Path | None,
    resume: Path | None,
) -> None:
    """Host SCENARIO for a team.

    This terminal is the facilitator's. One world in one process; every person has a screen with the
    instruments of a seat. Seats that nobody takes are played by the firm's people.
    """
    if (scenario is None) == (resume is None):
        raise click.UsageError(
            "a journal knows its scenario: either SCENARIO or --resume FILE"
            if scenario
            else "host what? Name a SCENARIO, for example knight-2012",
            context,
        )
    try:
        from controlroom.drill.access import Door
        from controlroom.drill.hosting import Listening, host_drill
        from controlroom.drill.loop import PatientLoop
        from controlroom.runs.improvements import carried_from
    except ImportError as error:
        raise click.UsageError(NEEDS.format(error.name), context) from None
    if table:
        listen, web = (
            value if context.get_parameter_source(name) is ParameterSource.COMMANDLINE else "none"
            for name, value in (("listen", listen), ("web", web))
        )
    listening = Listening(
        ssh=_address("--listen", listen, anywhere=beyond_this_machine),
        web=_address("--web", web, anywhere=beyond_this_machine),
        authorized=authorized_keys,
    )
    if carry is not None and resume is not None:
        raise click.UsageError("--carry is for a new drill; a journal has its own", context)
    carried = carried_from(carry) if carry is not None else ()
    needs_screen(context)
    if resume is not None:
        run = resumed(resume)
    else:
        run = begun(
            str(scenario),
            start=start or _usual_start(str(scenario)),
            seed=seed,
            mode="explore",
            controls=controls,
            difficulty=difficulty,
            stressors=stressors,
            console=console,
            journal=journal,
        )
    import asyncio

    from controlroom.scenario import visible

    try:
        with asyncio.Runner(loop_factory=PatientLoop) as runner:
            app = runner.run(host_drill(run, people, listening, Door(), carried, table=table))
    except OSError as error:
        click.echo(f"cannot listen: {error.strerror or error}; name another port", err=True)
        context.exit(EXIT_ERROR)
    finally:
        run.close()
    if app.error is not None:
        from controlroom.tui.launch import sentence

        click.echo(sentence(app.error), err=True)
        context.exit(EXIT_ERROR)
    for left in app.host.left:
        click.echo(f"until it was gone back from: {visible(str(left))}", err=True)
    click.echo(f"journal {visible(str(app.host.run.journal))}", err=True)


def _usual_start(name: str) -> str | None:
    """The mark at which a drill of that scenario usually begins, if it says so."""
    from controlroom.scenario import load_scenario

    scenario = load_scenario(name)
    if scenario.plan is None:
        return None
    starts = scenario.plan.starts
    return next((mark.id for mark in scenario.marks if mark.step == starts), None)


def _address(option: str, text: str, *, anywhere: bool) -> Address | None:
    """Where to listen, or None for nowhere.

    Raises:
        UsageError: when it is no address, or one that other machines reach without leave.
    """
    from controlroom.drill.hosting import Address
    from controlroom.scenario.text import quoted

    if text == "none":
        return None
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdecimal() and int(port) < 1 << 16):
        raise click.UsageError(
            f"{option}: {quoted(text)} is no address and port, such as 127.0.0.1:2222; or none"
        )
    address = Address(host.strip("[]"), int(port))
    if not (address.is_here or anywhere):
        raise click.UsageError(
            f"{option}: other machines can connect to {quoted(host)}; with --beyond-this-machine "
            "that is meant, else write 127.0.0.1"
        )
    return address
