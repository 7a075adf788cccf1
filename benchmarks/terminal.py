"""A person at a terminal, for benchmarks: a program in a real pseudo-terminal, and who reads it.

Nothing interprets the screen while the clock runs: what the program writes is counted and searched,
no more. A link of limited speed is a reader who takes no more than that many bytes a second; the
kernel's buffer of a terminal is 4 KB, so the program soon feels it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psutil

COLUMNS: Final = 160
ROWS: Final = 45

FRAME: Final = b"\x1b[?2026h"
"""What begins a repaint in a terminal that knows synchronised output."""

_ASKED: Final = b"\x1b[?2026$p"
_ANSWER: Final = b"\x1b[?2026;2$y"
_SLICE: Final = 0.004
"""Seconds between two reads of a slow link."""


class Terminal:
    """A program in a pseudo-terminal of 160 x 45.

    Attributes:
        started: when, by `time.perf_counter`.
        process: the program, for its processor time and memory.
        bytes: what it has written so far.
        frames: repaints so far.
    """

    def __init__(self, command: Sequence[str], home: Path, *, rate: int = 0) -> None:
        """Start a program.

        Args:
            command: the program and its arguments.
            home: a folder of its own for what it keeps.
            rate: bytes a second that the link takes, 0 for all.
        """
        self.bytes = 0
        self.frames = 0
        self.rate = rate
        self._allowed = 0.0
        self._refilled = time.perf_counter()
        self._tail = b""
        self.started = time.perf_counter()
        child, self._master = pty.fork()
        if child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), _environment(home))  # noqa: S606 - our own
        self.process = psutil.Process(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def read(self, seconds: float, wanted: Callable[[bytes], bool] | None = None) -> float | None:
        """Read what the program writes for so long, or until something wanted is in it.

        Returns:
            Seconds until `wanted` held (for the newest output with the end of what was before), or
            None.
        """
        begun = time.perf_counter()
        until = begun + seconds
        while (now := time.perf_counter()) < until:
            heard = self._some(until - now)
            if heard and wanted is not None and wanted(self._tail):
                return time.perf_counter() - begun
        return None

    def wait_for(self, text: str, seconds: float = 20.0) -> float:
        """Seconds from the program's start until it has written `text`."""
        wanted = text.encode()
        if self.read(seconds, lambda heard: wanted in heard) is None:
            raise TimeoutError(f"the program has not written {text!r} within {seconds} s")
        return time.perf_counter() - self.started

    def close(self) -> None:
        """End the program as closing its window does."""
        if self._master < 0:
            return
        self.process.send_signal(signal.SIGTERM)
        ends = time.perf_counter() + 5
        while self.process.is_running() and time.perf_counter() < ends:
            self._some(0.05)
            if os.waitpid(self.process.pid, os.WNOHANG)[0]:
                break
        else:
            self.process.kill()
            os.waitpid(self.process.pid, 0)
        os.close(self._master)
        self._master = -1

    def _some(self, longest: float) -> bool:
        """Read once; whether there was anything."""
        most = 65536
        if self.rate:
            now = time.perf_counter()
            self._allowed += (now - self._refilled) * self.rate
            self._allowed = min(self._allowed, 2 * _SLICE * self.rate)
            self._refilled = now
            most = int(self._allowed)
            if most < 64:
                time.sleep(min(_SLICE, longest))
                return False
        try:
            if not select.select([self._master], [], [], min(longest, 0.05))[0]:
                return False
            heard = os.read(self._master, most)
        except OSError:
            return False
        self._allowed -= len(heard)
        self.bytes += len(heard)
        # A mark may be cut in two by the end of a read.
        seam = self._tail[-len(FRAME) + 1 :]
        self.frames += (seam + heard).count(FRAME)
        if _ASKED in self._tail[-len(_ASKED) :] + heard:
            os.write(self._master, _ANSWER)
        self._tail = self._tail[-256:] + heard
        return True


def _environment(home: Path) -> Mapping[str, str]:
    """As a plain terminal has it, and nothing kept where the person keeps it."""
    drop = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TMUX", "TERM_PROGRAM")
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in drop and not key.startswith(("TEXTUAL", "XDG_"))
    }
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
    }


def controlroom(*arguments: str) -> list[str]:
    """The command that starts Control Room."""
    return [sys.executable, "-m", "controlroom", *arguments]
