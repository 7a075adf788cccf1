"""Typed lines, from a terminal that is waited for or from a pipe that is read to its end."""

from __future__ import annotations

import os
import select
from typing import Final, Protocol

LONGEST: Final = 4096
"""Bytes of a line; the rest of a longer one is thrown away."""


class Lines(Protocol):
    """Where lines come from."""

    def next(self, wait: float) -> str | None:
        """The next line, or None when none came within `wait` seconds.

        Raises:
            EOFError: when there will be no more.
        """


class Typed:
    """Lines of a file descriptor.

    It is read directly: a thread that waits for `sys.stdin` cannot be ended, and its buffer hides
    from `select` what has been typed.
    """

    def __init__(self, file: int) -> None:
        self._file = file
        self._waiting = b""
        self._skipping = False
        self._over = False

    def next(self, wait: float) -> str | None:
        """The next line, without its end; see `Lines`."""
        while True:
            line = self._whole_line()
            if line is not None:
                return line
            if self._over:
                raise EOFError
            if not select.select([self._file], [], [], wait)[0]:
                return None
            self._read()

    def _read(self) -> None:
        try:
            data = os.read(self._file, LONGEST)
        except OSError:
            data = b""  # a terminal that was closed
        if not data:
            self._over = True
            self._waiting += b"\n" if self._waiting else b""
        self._waiting += data

    def _whole_line(self) -> str | None:
        """A line that has been read already."""
        line, end, rest = self._waiting.partition(b"\n")
        if not end and len(line) < LONGEST:
            return None
        self._waiting = rest
        skipped, self._skipping = self._skipping, not end
        if skipped:
            return self._whole_line()
        return line[:LONGEST].decode("utf-8", "replace").rstrip("\r")
