"""Policies: scripted players, by name or from a file.

`idle` gives no command, `reference` gives those of the scenario's reference run, the names of
`policies` look and decide, `apprentice` does what a coach says, and any other name is a text file
of `HH:MM:SS command` lines in order of time, with `#` comments. Times belong to the scenario's day;
commands of one time are given in the order in which they stand. What the world asks about twice on
a screen is taken as meant.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from controlroom.runs.apprentice import apprentice
from controlroom.runs.errors import PolicyError, os_reason
from controlroom.runs.fold import Progress
from controlroom.runs.policies import PLAYERS
from controlroom.runs.policies.player import Script, drive, live_the_week
from controlroom.runs.run import Run
from controlroom.scenario import ScenarioError, parse_commands, visible
from controlroom.scenario.text import quoted
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.commands import CommandError, parse
from controlroom.sim.commands.grammar import nearest
from controlroom.sim.events import Event, Refused
from controlroom.sim.start import Scenario, TimedCommand

IDLE: Final = "idle"
REFERENCE: Final = "reference"

APPRENTICE: Final = "apprentice"

NAMES: Final = (REFERENCE, IDLE, *PLAYERS)
"""Every policy that plays any scenario."""

ALL_NAMES: Final = (*NAMES, APPRENTICE)
"""Every policy that has a name; the others are files. The last one needs a coach."""

_MOST_BYTES: Final = 1024 * 1024


@attrs.frozen
class Policy:
    """A scripted player.

    Attributes:
        name: one of `ALL_NAMES`, or the name of the file.
        commands: what is given when, in order.
        script: makes somebody who looks and decides instead, or None.
    """

    name: str
    commands: tuple[TimedCommand, ...]
    script: Callable[[], Script[None]] | None = None


@attrs.frozen
class Followed:
    """What became of a policy.

    Attributes:
        given: how many commands were given.
        late: how many were left out because their time had not come when the run stopped.
        refused: those that the world refused, with the reason.
    """

    given: int
    late: int
    refused: tuple[Refused, ...]


def load_policy(name: str, scenario: Scenario) -> Policy:
    """The policy of that name, or in that file, with every command read once.

    Raises:
        PolicyError: when there is none, or a line of it cannot be followed; names the file, the
            line, what is wrong and the nearest that fits.
    """
    if name == IDLE:
        return Policy(IDLE, ())
    if name == REFERENCE:
        for command in scenario.reference:
            place = f"reference.txt, {scenario.day.text(command.step)}"
            _read(command.text, scenario, place)
        return Policy(REFERENCE, scenario.reference)
    if name in PLAYERS:
        return Policy(name, (), PLAYERS[name])
    if name == APPRENTICE:
        return Policy(name, (), apprentice)
    shown = visible(name)
    text = _content(name)
    try:
        commands = parse_commands(text, scenario.day, shown)
        numbers = _numbers(text, scenario, shown)
    except ScenarioError as error:
        raise PolicyError(str(error)) from None
    for number, command in zip(numbers, commands, strict=True):
        _read(command.text, scenario, f"{shown}: line {number:,}")
    return Policy(shown, commands)


def follow(run: Run, policy: Policy, until: int, progress: Progress | None = None) -> Followed:
    """Let a policy play, up to the step `until` or the end of the run.

    Args:
        run: played from where it is.
        policy: who plays. Commands from before that moment are not given.
        until: the first step that is not taken.
        progress: told how far it is, every simulated minute.
    """
    if policy.script:
        return _drive(run, policy.script(), until, progress)
    if policy.name != REFERENCE and not any(command.step == 0 for command in policy.commands):
        live_the_week(run, run.simulation)
    begun = run.simulation.now
    refused: list[Refused] = []
    due = [command for command in policy.commands if begun <= command.step < until]
    given = 0

    def go_to(step: int) -> None:
        while run.simulation.now < step and not run.ended and not run.simulation.still:
            minute = STEPS_PER_MINUTE - run.simulation.now % STEPS_PER_MINUTE
            events = run.advance(min(step - run.simulation.now, minute))
            refused.extend(event for event in events if isinstance(event, Refused))
            if progress:
                progress(run.simulation.now, until)

    for command in due:
        go_to(command.step)
        if run.ended:
            break
        run.give(command.text)
        given += 1
    go_to(until)
    late = sum(command.step >= begun for command in policy.commands) - given
    return Followed(given, late, tuple(refused))


def _drive(run: Run, script: Script[None], until: int, progress: Progress | None) -> Followed:
    """Let somebody play who looks and decides."""
    refused: list[Refused] = []

    def told(events: tuple[Event, ...]) -> None:
        refused.extend(event for event in events if isinstance(event, Refused))
        if progress and run.simulation.now % STEPS_PER_MINUTE == 0:
            progress(run.simulation.now, until)

    given = drive(run, run.simulation, script, until, told)
    if progress:
        progress(run.simulation.now, until)
    return Followed(given, 0, tuple(refused))


def _content(name: str) -> str:
    """The text of a policy's file."""
    shown, path = quoted(visible(name), 200), Path(name)
    try:
        if not path.exists():
            close = nearest(name, ALL_NAMES) if len(path.parts) == 1 else None
            hint = f"did you mean {close}? There are" if close else "there are"
            raise PolicyError(
                f"no policy {shown}; {hint} {', '.join(ALL_NAMES)}, and any text file of HH:MM:SS "
                "command lines"
            )
        if not path.is_file():
            raise PolicyError(f"the policy {shown} is not a file")
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise PolicyError(f"the policy {shown} is larger than {_MOST_BYTES // 1024:,} KB")
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PolicyError(f"the policy {shown} is not UTF-8 at byte {error.start:,}") from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        raise PolicyError(f"the policy {shown} cannot be read: {reason}") from None


def _numbers(text: str, scenario: Scenario, file: str) -> list[int]:
    """The numbers of the lines that hold a command."""
    return [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if parse_commands(line, scenario.day, file)
    ]


def _read(text: str, scenario: Scenario, place: str) -> None:
    try:
        parse(text, scenario)
    except CommandError as error:
        raise PolicyError(f"{place}: {error}") from None
