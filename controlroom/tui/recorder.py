"""Keeping what the terminal is sent: what the app asks of whoever can, and how it is overheard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.binding import Binding

from controlroom.tui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.driver import Driver
    from textual.events import Resize


class Recorder(Protocol):
    """Keeps a live session in a file."""

    @property
    def path(self) -> Path | None:
        """The file that is being written, or None."""

    def begin(self, columns: int, rows: int, theme: str) -> Path:
        """Begin a file; the terminal is drawn anew after this.

        Raises:
            RunError: when there can be none, saying why.
        """

    def write(self, data: str) -> None:
        """Keep what was sent.

        Raises:
            RunError: when the file takes no more; it is ended then.
        """

    def resized(self, columns: int, rows: int) -> None:
        """Keep that the terminal has another size."""

    def end(self) -> None:
        """The file is whole. Ending twice does nothing more."""


def overheard(base: type[Driver], tell: Callable[[str], object]) -> type[Driver]:
    """A driver like `base` that also tells what it writes."""

    class Overheard(base):  # type: ignore[valid-type, misc]
        def write(self, data: str) -> None:
            super().write(data)
            tell(data)

    return Overheard


class Filmed(Shell):
    """The part of the app that keeps a session when somebody asks for it."""

    BINDINGS = [Binding("ctrl+r", "record", "Record", show=False, priority=True)]

    recorder: Recorder | None = None
    """Who keeps the session in a file when somebody asks for it."""
    record_at_once = False
    """Begin to record with the first screen."""

    def get_driver_class(self) -> type[Driver]:
        return overheard(super().get_driver_class(), self._sent)

    def on_ready(self) -> None:
        if self.record_at_once:
            self.action_record()

    def on_resize(self, event: Resize) -> None:
        if self.recorder is not None:
            self.recorder.resized(event.size.width, event.size.height)

    def action_record(self) -> None:
        """Begin to keep what the terminal shows in a file, or end that."""
        from controlroom.runs.errors import RunError

        recorder = self.recorder
        if recorder is None:
            return
        if recorder.path is not None:
            kept = recorder.path
            recorder.end()
            self._tell(f"recorded: {kept}")
            return
        try:
            path = recorder.begin(*self.size, self.theme)
        except RunError as error:
            self._tell(str(error))
            return
        # Everything is drawn once more, so that the file begins with a whole screen.
        self.screen.refresh(layout=True)
        self._tell(f"recording to {path}; ctrl+r ends it")

    def _sent(self, data: str) -> None:
        """What the terminal has been sent."""
        from controlroom.runs.errors import RunError

        if self.recorder is None or self.recorder.path is None:
            return
        try:
            self.recorder.write(data)
        except RunError as error:
            self.call_later(self._tell, str(error))

    def _tell(self, text: str) -> None:
        """Say something where the person looks, if the screen has a place for it."""
        say = getattr(self.screen, "say", None) or partial(self.notify, markup=False)
        say(text)
