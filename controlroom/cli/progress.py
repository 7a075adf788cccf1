"""How far something long has come, on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time
from typing import Final, Self, TextIO

SILENT_FOR: Final = 1.0
"""Seconds in which nothing is shown: what is over by then needs no bar."""

EVERY: Final = 0.1
_WIDTH: Final = 30


class Progress:
    """A bar that appears when something takes longer than a second, and goes away after it."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = "".join(char if char.isprintable() else "?" for char in label)[:40]
        self._stream = stream or sys.stderr
        self._alive = self._stream.isatty()
        self._next = time.monotonic() + SILENT_FOR
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, done: int, whole: int) -> None:
        """Show that `done` of `whole` is done, if it is time to."""
        if not self._alive or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        self._shown = True
        share = min(done / max(whole, 1), 1.0)
        bar = "#" * int(share * _WIDTH)
        self._stream.write(f"\r{self._label} [{bar:-<{_WIDTH}}] {int(share * 100):3d} %")
        self._stream.flush()
