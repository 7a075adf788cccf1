"""`controlroom check`: what is wrong with a scenario, once or whenever a file of it changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import click

from controlroom.cli.types import ScenarioName

if TYPE_CHECKING:
    from controlroom.scenario import Problem

LOOKS: Final = 0.3
"""Seconds between two looks at the files. There are a dozen: a look is a few stat calls, which also
work where a file system sends no word of changes."""

CLEAR: Final = "\x1b[H\x1b[2J\x1b[3J"


@click.command(
    epilog="""
    \b
    Examples:
      controlroom check scenarios/knight-2012 my-incident
      controlroom check my-incident --watch
    """
)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...", type=ScenarioName())
@click.option("--watch", is_flag=True, help="Check again whenever a file changes; Ctrl-C ends it.")
@click.option("--short", is_flag=True, help="One line for each problem, without what it means.")
@click.pass_context
def check(context: click.Context, *, scenarios: tuple[str, ...], watch: bool, short: bool) -> None:
    """Name what is wrong with a scenario, and what would be right.

    Each SCENARIO is read, and nothing is started; what would make a bad drill is named too. Exit
    code 0 when nothing is wrong, otherwise 1.
    """
    if not watch:
        context.exit(_print(scenarios, short=short))
    wrong = 1
    try:
        for _ in _changes(scenarios):
            if sys.stdout.isatty():
                click.echo(CLEAR, nl=False)
            wrong = _print(scenarios, short=short)
            clock = time.strftime("%H:%M:%S")
            click.echo(f"checked at {clock}; again when a file changes, Ctrl-C ends it", err=True)
    except KeyboardInterrupt:
        click.echo("", err=True)
    context.exit(wrong)


def _print(scenarios: Sequence[str], *, short: bool) -> int:
    """Print what is wrong with each; 1 when something is."""
    from controlroom.scenario import visible
    from controlroom.scenario.explained import explained

    wrong = 0
    for name in scenarios:
        shown = visible(name)
        found = list(_problems(name))
        for problem in found:
            said = str(problem)
            click.echo(said if said.startswith(shown) else f"{shown}: {said}")
            if not short:
                about = _of_reference() if isinstance(problem, str) else problem
                for line in explained(about):
                    click.echo(f"    {line}")
        if not found:
            click.echo(f"{shown}: nothing is wrong")
        wrong = wrong or int(bool(found))
    return wrong


def _of_reference() -> Problem:
    """Stands for what is wrong with a command of the reference run, which says so itself."""
    from controlroom.scenario import Problem

    return Problem("reference.txt", "", "", "")


def _problems(name: str) -> Iterator[Problem | str]:
    """What is wrong with the files; when nothing is, what is wrong with the commands and the plan.

    Only a scenario that can be read says which servers, stocks and people a command may name.
    """
    from controlroom.scenario import check as problems_of
    from controlroom.scenario import load_scenario
    from controlroom.scenario.lint import lint
    from controlroom.sim.commands import CommandError, parse

    found = problems_of(name)
    if found:
        yield from found
        return
    scenario = load_scenario(name)
    for command in scenario.reference:
        try:
            parse(command.text, scenario)
        except CommandError as error:
            yield f"reference.txt, {scenario.day.text(command.step)}: {error}"
    yield from lint(scenario)


def _changes(scenarios: Sequence[str]) -> Iterator[None]:
    """Once at first, then whenever a file of one of them is another."""
    last: object = None
    while True:
        seen = [list(_stamps(name)) for name in scenarios]
        if seen != last:
            last = seen
            yield
        time.sleep(LOOKS)


def _stamps(name: str) -> Iterator[tuple[str, int, int]]:
    """What would differ if a file had changed, come or gone."""
    from controlroom.scenario import ScenarioError
    from controlroom.scenario.find import home_of

    try:
        yield from home_of(name).stamps()
    except (OSError, ScenarioError):
        return
