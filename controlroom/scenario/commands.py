"""Policies and the reference run: text files of `HH:MM:SS command` lines.

A `#` at the start of a line or after a blank begins a comment. In the reference run a comment says
whether history gives the moment: `[documented P ¶27]` or `[reconstructed]`. What a command means
is not looked at here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from controlroom.scenario.errors import MOST_PROBLEMS, Problem, ScenarioError, WrongError, one_of
from controlroom.scenario.text import quoted, visible
from controlroom.sim.start import Evidence, TimedCommand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from controlroom.sim.clock import Day

MOST_COMMANDS: Final = 10_000
_LONGEST: Final = 500
_LONGEST_LINE: Final = 1_000

_COMMENT: Final = re.compile(r"(?:^|\s)#(?P<comment>.*)$")
_TAG: Final = re.compile(r"\[(?P<evidence>[a-z]+)(?P<source> [^\]]+)?\]")
_TAGS: Final[Mapping[str, Evidence]] = {member.value: member for member in Evidence}


def parse_commands(text: str, day: Day, file: str) -> tuple[TimedCommand, ...]:
    """The commands of a policy file, in order of time; commands without a tag are reconstructed.

    Raises:
        ScenarioError: when a line is not a time and a command, or comes before the line above.
    """
    problems: list[Problem] = []
    commands = read_commands(file, text, day, problems, tagged=False)
    if problems:
        raise ScenarioError(problems)
    return commands


def read_commands(
    file: str, text: str, day: Day, problems: list[Problem], *, tagged: bool
) -> tuple[TimedCommand, ...]:
    """The commands of a file; lines that do not fit go to `problems`.

    Args:
        file: its name, for the problems.
        text: its content.
        day: what the times belong to.
        problems: where problems go.
        tagged: whether each command must say if its moment is documented.
    """
    commands: list[TimedCommand] = []
    wrong = 0

    def problem(key: str, wrong: str, expected: str) -> None:
        problems.append(Problem(file, key, wrong, expected))

    for number, line in enumerate(text.split("\n"), 1):
        try:
            command = _command(line, day, tagged=tagged)
        except WrongError as error:
            problem(f"line {number:,}", error.wrong, error.expected)
            wrong += 1
            if wrong == MOST_PROBLEMS:
                break
            continue
        if command is None:
            continue
        if commands and command.step < commands[-1].step:
            early = f"is at {day.text(command.step)}, before the line above"
            problem(f"line {number:,}", early, "lines in order of time")
        if len(commands) == MOST_COMMANDS:
            problem("", "has too many commands", f"at most {MOST_COMMANDS:,}")
            break
        commands.append(command)
    return tuple(commands)


def _command(line: str, day: Day, *, tagged: bool) -> TimedCommand | None:
    """The command of one line; None where there is only a comment or nothing."""
    if len(line) > _LONGEST_LINE:
        raise WrongError(f"has {len(line):,} characters", f"at most {_LONGEST_LINE:,}")
    comment = _COMMENT.search(line)
    words = (line[: comment.start()] if comment else line).strip()
    if not words:
        return None
    time, _, command = words.partition(" ")
    try:
        step = day.parse(time)
    except ValueError:
        expected = f"HH:MM:SS command, from {day.text(0)} to {day.text(day.end_step)}"
        raise WrongError(f"begins with {quoted(time)}", expected) from None
    if not command.strip():
        raise WrongError("has no command", "HH:MM:SS command")
    if len(command) > _LONGEST:
        raise WrongError(f"has {len(command):,} characters", f"at most {_LONGEST}")
    evidence = _evidence(comment.group("comment") if comment else "", tagged=tagged)
    return TimedCommand(step, visible(command.strip()), evidence)


def _evidence(comment: str, *, tagged: bool) -> Evidence:
    """What a comment says about the moment of its command."""
    tag = _TAG.search(comment)
    if tag is None:
        if tagged:
            raise WrongError("has no tag", "# [documented SOURCE] or # [reconstructed]")
        return Evidence.RECONSTRUCTED
    if tag["evidence"] not in _TAGS:
        raise WrongError(f"has the tag {quoted(tag['evidence'])}", one_of(_TAGS, tag["evidence"]))
    if tag["evidence"] == Evidence.DOCUMENTED and not tag["source"]:
        raise WrongError("is documented without a source", "[documented SOURCE]")
    return _TAGS[tag["evidence"]]
