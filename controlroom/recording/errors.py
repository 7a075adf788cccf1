"""What a recording can fail with, each in one sentence for a person."""

from __future__ import annotations

from typing import Final

from controlroom.runs.errors import RunError

_INSTALL: Final = "pip install 'controlroom[record]'"
"""How the libraries come that this part needs and Control Room itself does not."""


class RecordingError(RunError):
    """A recording that cannot be made; the message says why, and what would be right."""


class DemoError(RecordingError):
    """A demo file that cannot be followed; the message names the file and the line."""


class MissingError(RecordingError):
    """A library or a program that a kind of file needs is not installed."""


def without(what: str) -> MissingError:
    """The error for a library that is not there; `what` says what needs which."""
    return MissingError(f"{what}: {_INSTALL}")
