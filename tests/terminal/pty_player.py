"""A person at a terminal, for tests: a program in a pseudo-terminal, its screen read by pyte.

Nothing here waits for a fixed time. `wait_for` looks at the screen whenever the program has written
and gives up at its timeout with a picture of what was there instead.

    with PtyPlayer(["controlroom"], columns=120, rows=35) as player:
        player.wait_for("START AT")
        player.send("enter")
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyte

KEYS: Final = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""Names of keys, as Textual writes them, to what a terminal sends for them."""

# The child gets the terminal as its controlling one, as a shell's child has it; without that there
# is no SIGWINCH, no SIGTSTP and no hang-up. The process that runs this becomes the program.
_LAUNCH: Final = (
    "import fcntl, os, signal, sys, termios\n"
    # Whoever runs the tests with nohup has it ignored; a window that is closed sends it.
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    "os.setsid()\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "os.execvpe(sys.argv[1], sys.argv[1:], os.environ)\n"
)

# Sequences that pyte takes for text: kitty's keyboard protocol, mode queries, synchronised output.
_UNKNOWN: Final = re.compile(r"\x1b\[[<>=?][\d;]*u|\x1b\[\?[\d;]*\$p")
_CUT_OFF: Final = re.compile(r"\x1b(\[[\d;<>=?]*\$?)?\Z")
_SYNC_QUERY: Final = "\x1b[?2026$p"
_SYNC_ANSWER: Final = "\x1b[?2026;2$y"


class _Screen(pyte.Screen):
    """A terminal that answers when it is asked where its cursor is."""

    answer: Callable[[str], None]

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class PtyPlayer:
    """A program in a pseudo-terminal, with somebody who reads and types."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 35,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.output = bytearray()
        """Everything that the program has written."""
        self.first_byte_after: float | None = None
        """Seconds from the start to the first output."""
        self._screen = _Screen(columns, rows)
        self._screen.answer = self._type
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._changed = threading.Condition()
        self._code: int | None = None
        self._master, slave = os.openpty()
        self._resize(columns, rows)
        self._attributes = termios.tcgetattr(slave)
        self._slave = slave
        self.started = self._heard = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", _LAUNCH, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**_clean(os.environ), **(env or {})},
            cwd=cwd,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # what the person sees

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._process.pid

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        with self._changed:
            return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as one text, without the spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.lines)

    def find(self, text: str) -> tuple[int, int] | None:
        """Column and row of the first place that shows `text`."""
        for row, line in enumerate(self.lines):
            column = line.find(text)
            if column >= 0:
                return column, row
        return None

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 20.0) -> str:
        """The screen, once it shows `wanted` (a text, or a condition on the screen's text)."""
        holds = wanted if callable(wanted) else lambda text: wanted in text
        return self._wait(holds, f"{wanted!r} on the screen", timeout)

    def wait_gone(self, text: str, timeout: float = 20.0) -> str:
        """The screen, once it no longer shows `text`."""
        return self._wait(lambda shown: text not in shown, f"{text!r} to go", timeout)

    # what the person does

    def send(self, *keys: str) -> None:
        """Press keys: names such as `enter` or `ctrl+q`, anything else is typed as it is."""
        for key in keys:
            self._type(KEYS.get(key, key))

    def type_line(self, text: str) -> None:
        """Type `text` and press enter."""
        self.send(text, "enter")

    def click(self, text: str) -> None:
        """Press the left button on the first place that shows `text`."""
        place = self.find(text)
        if place is None:
            raise AssertionError(f"nothing to click: no {text!r} on\n{self.text}")
        column, row = place[0] + 1, place[1] + 1
        self._type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as dragging its corner does."""
        with self._changed:
            self._screen.resize(rows, columns)
        self._resize(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        self._close_terminal()

    # how it ends

    def wait_exit(self, timeout: float = 60.0) -> int:
        """The exit code, once the program has ended and everything it wrote has been read."""
        code = self._process.wait(timeout)
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1
        self._reader.join(timeout)
        return code

    def wait_stopped(self, timeout: float = 20.0) -> None:
        """Wait until the program has been suspended, and its last words have been read."""
        ends = time.monotonic() + timeout
        stopped = False
        while time.monotonic() < ends:
            pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            stopped = stopped or bool(pid and os.WIFSTOPPED(status))
            if stopped and self.left_as_found:
                return
            time.sleep(0.01)
        raise AssertionError(
            f"the terminal was not left; the screen is\n{self.text}"
            if stopped
            else f"not suspended; the screen is\n{self.text}"
        )

    @property
    def attributes_restored(self) -> bool:
        """Whether the terminal's line discipline is as it was before the program."""
        return termios.tcgetattr(self._slave) == self._attributes

    @property
    def left_as_found(self) -> bool:
        """Whether the last word on each mode put it back: main screen, cursor, mouse, paste."""
        shown = self.output.decode(errors="replace")

        def last(mode: str) -> str:
            found = re.findall(rf"\x1b\[\?{mode}([hl])", shown)
            return found[-1] if found else ""

        off = all(last(mode) in ("l", "") for mode in ("1049", "1000", "1003", "1006", "2004"))
        return off and last("25") in ("h", "")

    @property
    def said(self) -> str:
        """What stands on the main screen after the program: its last words, without sequences."""
        shown = self.output.decode(errors="replace").rpartition("\x1b[?1049l")[2]
        return re.sub(r"\x1b\[[\d;<>=?]*[a-zA-Z]|\x1b[()].", "", shown).replace("\r", "").strip()

    def close(self) -> None:
        """End the program, if it still runs, and give the terminal back."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(10)
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1
        self._reader.join(10)
        self._close_terminal()

    # the machinery

    def _wait(self, holds: Callable[[str], bool], what: str, timeout: float) -> str:
        ends = time.monotonic() + timeout
        with self._changed:
            while True:
                shown = "\n".join(line.rstrip() for line in self._screen.display)
                if holds(shown):
                    return shown
                now = time.monotonic()
                left = ends - now
                silent = self._process.poll() is not None and now - self._heard > 1.0
                if left <= 0 or silent:
                    frame = "─" * self._screen.columns
                    raise AssertionError(f"waited for {what}; the screen is\n{frame}\n{shown}")
                self._changed.wait(min(left, 0.25))

    def _read(self) -> None:
        while True:
            try:
                if not select.select([self._master], [], [], 0.2)[0]:
                    continue
                data = os.read(self._master, 65536)
            except (OSError, ValueError):
                break
            if not data:
                break
            self._heard = time.monotonic()
            if self.first_byte_after is None:
                self.first_byte_after = self._heard - self.started
            with self._changed:
                self.output += data
                self._feed(self._decoder.decode(data))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def _feed(self, text: str) -> None:
        text = self._pending + text
        cut = _CUT_OFF.search(text)
        self._pending = cut[0] if cut else ""
        text = text[: cut.start()] if cut else text
        if _SYNC_QUERY in text:
            self._type(_SYNC_ANSWER)
        self._stream.feed(_UNKNOWN.sub("", text))

    def _type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def _resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _close_terminal(self) -> None:
        for name in ("_slave", "_master"):
            number = getattr(self, name)
            if number >= 0:
                setattr(self, name, -1)
                os.close(number)


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment as a plain terminal has it, whatever the tests run in."""
    drop = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TMUX", "TERM_PROGRAM"}
    kept = {
        key: value
        for key, value in environ.items()
        if key not in drop and not key.startswith(("TEXTUAL", "PYTEST"))
    }
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
