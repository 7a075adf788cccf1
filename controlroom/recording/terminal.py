"""A terminal that is nobody's: what it is sent goes to a tape, what it types comes from a demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.geometry import Size

if TYPE_CHECKING:
    from textual.app import App

    from controlroom.recording.tape import Tape


class Taped(Protocol):
    """What the driver asks of an app beyond what every app has."""

    tape: Tape
    """Where its output goes."""


class TapeDriver(Driver):
    """Textual's way to a terminal, for an app that has a `tape`."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        taped: Taped = app  # type: ignore[assignment]
        self.tape = taped.tape
        self.running = True
        """Whether what is written goes to the tape."""
        self._parser = XTermParser()

    def write(self, data: str) -> None:
        if self.running:
            self.tape.output(self._loop.time(), data)

    def start_application_mode(self) -> None:
        self.write("\x1b[?25l")
        size = Size(self.tape.columns, self.tape.rows)
        self.send_message(events.Resize(size, size))

    def stop_application_mode(self) -> None:
        """Nothing of this terminal has to be put back."""

    def disable_input(self) -> None:
        """Nothing comes by itself."""

    def feed(self, typed: str) -> None:
        """Type what a terminal sends; Textual's own parser makes keys of it."""
        for message in self._parser.feed(typed):
            self.process_message(message)
