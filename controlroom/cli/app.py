"""The commands together, and the one line that everything that goes wrong becomes.

Data goes to standard output, talk to standard error. Exit codes: 0 done; 1 not done, or not true;
2 asked for something that there is not; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import click

from controlroom import __version__
from controlroom.cli.groups import Commands

EXIT_FAILED: Final = 1
EXIT_UNKNOWN: Final = 2
EXIT_STOPPED: Final = 130


SECTIONS: Final = {
    "Play": ("play", "replay", "debrief", "runs", "scenarios"),
    "Without a screen": ("simulate", "fork", "compare", "sweep", "verify", "journal"),
    "As a team": ("drill", "rehearse", "kit", "aar", "msel", "anonymise"),
    "Show it to others": ("record", "watch", "screenshots"),
    "Write a scenario": ("new", "check", "schema"),
    "For the shell": ("completion",),
}
"""What the help lists, in the order in which people meet it."""

NAMES: Final = tuple(name for names in SECTIONS.values() for name in names)

HOMES: Final = {"runs": "listing", "scenarios": "listing"}
"""Modules of commands that are not called as they are."""


class Program(Commands):
    """All commands. Each is imported when it is asked for: the title screen needs none of them."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name in NAMES and cmd_name not in self.commands:
            home = import_module(f"controlroom.cli.{HOMES.get(cmd_name, cmd_name)}")
            self.add_command(getattr(home, cmd_name))
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names, without the commands."""
        return list(NAMES)

    def meant(self, word: str) -> str:
        """How a scenario is played, to somebody who named no more than that."""
        from controlroom.scenario.find import find_scenarios

        known = any(found.id == word for found in find_scenarios())
        return f"did you mean controlroom play {word}?" if known else ""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, each with its first sentence."""
        width = max(map(len, NAMES))
        for title, names in SECTIONS.items():
            listed = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (f"{name:<{width}}", command.get_short_help_str(formatter.width))
                        for name, command in listed
                        if command is not None
                    ]
                )


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""
    \b
    Examples:
      controlroom                                     the title screen
      controlroom play knight-2012 --start 09:25      straight into the morning
      controlroom simulate knight-2012 --json         the reference run, no screen
    """,
)
@click.version_option(__version__, "-V", "--version", message="controlroom %(version)s")
@click.pass_context
def controlroom(context: click.Context) -> None:
    """Play an operations incident in the terminal, as the engineer on call.

    Without a command, the title screen opens.
    """
    if context.invoked_subcommand is None:
        from controlroom.cli.play import open_title

        open_title(context)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say; everything that can be foreseen ends in one line.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        # Where a terminal cannot show a sign, a question mark is better than no answer.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code: Any = controlroom.main(list(arguments), "controlroom", standalone_mode=False)
        sys.stdout.flush()
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        return told
    except KeyboardInterrupt:
        return _say("stopped", EXIT_STOPPED)
    return code if isinstance(code, int) else 0


def _told(error: Exception) -> int | None:
    """Say an error that can be foreseen, in one line; the exit code, or None for any other."""
    from controlroom.runs.errors import JournalError, NotDoneError, RunError, os_reason
    from controlroom.scenario.errors import ScenarioError

    told: int | None = None
    match error:
        case click.Abort():
            told = _say("stopped", EXIT_STOPPED)
        case click.ClickException():
            told = _say(error.format_message(), error.exit_code)
        case JournalError() | NotDoneError():
            told = _say(str(error), EXIT_FAILED)
        case RunError() | ScenarioError():
            told = _say(str(error), EXIT_UNKNOWN)
        case BrokenPipeError():
            # Whoever read the output has seen enough: nothing to say.
            _leave_output()
            told = EXIT_FAILED
        case OSError():
            _leave_output()
            place = "the output" if error.filename is None else str(error.filename)
            told = _say(f"{place} cannot be used: {os_reason(error)}", EXIT_FAILED)
    return told


def _say(message: str, code: int) -> int:
    """One line on standard error."""
    from controlroom.scenario.text import visible

    line = " ".join(message.split()) if message.isprintable() else visible(message)
    click.echo(f"controlroom: {line}", err=True)
    return code


def _leave_output() -> None:
    """Let go of an output that takes nothing more, so that the interpreter does not try again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
