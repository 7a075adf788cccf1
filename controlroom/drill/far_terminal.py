"""A terminal at the other end of a connection, as Textual sees it.

What the app draws goes into a wire, what a person types comes out of it. Several of them live in
one process, each with the app of one person; none of them touches this process's own terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.driver import Driver
from textual.geometry import Size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.message import Message

SMALLEST: Final = 1
LARGEST: Final = 500
"""Columns and rows that a terminal may say it has; what is beyond that is a mistake or a trick."""

TYPED_A_SECOND: Final = 2_000
"""Characters that are taken in a second, pasted ones among them; what is beyond that is a flood."""

_ENTER: Final = (
    "\x1b[?1049h"  # the other screen
    "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"  # the mouse
    "\x1b[?25l\x1b[?1004h\x1b[?2004h"  # no cursor; focus and pasting are told
)
_LEAVE: Final = (
    "\x1b[?2004l\x1b[?1004l\x1b[?25h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1049l"
)


class Wire(Protocol):
    """A connection to a terminal."""

    def send(self, text: str) -> None:
        """Send what the app draws. Nothing is raised when nobody is there any more."""

    @property
    def behind(self) -> bool:
        """Whether the last frame has not left yet."""


class OnWire(Protocol):
    """What the driver asks of an app beyond what every app has."""

    wire: Wire
    """Where it draws."""
    terminal: FarDriver | None
    """Its driver, once it runs; what is typed goes there."""


def sane(columns: int, rows: int) -> tuple[int, int]:
    """A size within what a terminal can have."""
    return (min(max(columns, SMALLEST), LARGEST), min(max(rows, SMALLEST), LARGEST))


class FarDriver(Driver):
    """Textual's way to the terminal of an app that has a `wire`."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        here: OnWire = app  # type: ignore[assignment]
        here.terminal = self
        self._wire = here.wire
        self._parser = XTermParser()
        self._there = True
        self._since = 0.0
        self._typed = 0

    @property
    def behind(self) -> bool:
        """Whether the last frame is still on its way; nothing is painted meanwhile."""
        return self._wire.behind

    def write(self, data: str) -> None:
        if self._there:
            self._wire.send(data)

    def start_application_mode(self) -> None:
        self.write(_ENTER)
        self.resize(*(self._size or (80, 24)))

    def disable_input(self) -> None:
        """What is typed from now on is for nobody."""
        self._there = False

    def stop_application_mode(self) -> None:
        self._there = True
        self.write(_LEAVE)
        self._there = False

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size."""
        size = Size(*sane(columns, rows))
        self.send_message(events.Resize(size, size))

    def feed(self, typed: str) -> None:
        """Somebody typed; what no terminal sends is passed over."""
        now = self._loop.time()
        if now - self._since >= 1:
            self._since, self._typed = now, 0
        typed = typed[: max(TYPED_A_SECOND - self._typed, 0)]
        self._typed += len(typed)
        if not (typed and self._there):
            return
        try:
            self._pass_on(self._parser.feed(typed))
        except ParseError:
            self._parser = XTermParser()
        # A lone escape is a key only when nothing follows it.
        self._loop.call_later(ESCAPE_DELAY, self._tick)

    def _tick(self) -> None:
        if self._there:
            self._pass_on(self._parser.tick())

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
