"""What can go wrong with a run, each in one line for the person in front of it."""

from __future__ import annotations

from pathlib import Path

from controlroom.scenario.text import visible


class RunError(Exception):
    """A run that cannot be begun or continued as asked; the message says why."""


class JournalError(RunError):
    """A journal that cannot be read, written or continued.

    Attributes:
        path: the file.
        line: its number, from 1; 0 where the whole file is meant.
        reason: what is wrong, without the place.
    """

    def __init__(self, path: Path, reason: str, line: int = 0) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        place = f"{visible(str(path))}, line {line}" if line else visible(str(path))
        super().__init__(f"{place}: {reason}")

    def __reduce__(self) -> tuple[type[JournalError], tuple[Path, str, int]]:
        return type(self), (self.path, self.reason, self.line)


class DifferenceError(JournalError):
    """A journal whose world, folded again, is another one."""


class NotDoneError(RunError):
    """Something that could be asked for and could not be done."""


class PolicyError(RunError):
    """A policy that cannot be followed; the message names file, line, what and the nearest."""


def os_reason(error: OSError) -> str:
    """What the operating system says, without numbers and paths: `no space left on device`."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
