"""Ctrl-C between two steps: a journal then ends with a world that really was."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Self


class StoppedError(Exception):
    """Somebody pressed Ctrl-C. Nothing went wrong."""


class Interrupts:
    """While this is open, Ctrl-C is noted, and taken where `check` is called.

    Attributes:
        wanted: whether somebody asked to stop.
    """

    def __init__(self) -> None:
        self.wanted = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def check(self) -> None:
        """Stop here if somebody asked for it.

        Raises:
            StoppedError: when somebody did.
        """
        if self.wanted:
            raise StoppedError

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a handler's
        self.wanted = True
