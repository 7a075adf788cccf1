"""Ctrl-C between two steps: a journal then ends with a world that really was.

Python raises KeyboardInterrupt in whatever it is at. While a program begins that is mostly an
import, and where it happens to be a callback of the import's own locks, the exception is printed
and thrown away: whoever pressed Ctrl-C in the first second was not heard, and the program ran on
for minutes. So what was pressed is also remembered, from the first line of the program on.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Self


class StoppedError(Exception):
    """Somebody pressed Ctrl-C. Nothing went wrong."""


_heard: list[int] = []
"""Every Ctrl-C that has been raised and that nobody has taken yet."""


def listen() -> None:
    """Remember each Ctrl-C from now on, besides raising it; one that is ignored stays ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _hear)


def _hear(number: int, frame: FrameType | None) -> None:
    _heard.append(number)
    signal.default_int_handler(number, frame)


class Interrupts:
    """While this is open, Ctrl-C is noted, and taken where `check` is called.

    Attributes:
        wanted: whether somebody asked to stop, also before this was opened, where that was lost.
    """

    def __init__(self) -> None:
        self.wanted = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._note)
        self.wanted = self.wanted or bool(_heard)
        _heard.clear()
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
