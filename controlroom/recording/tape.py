"""What a terminal was sent and when: the one thing that casts and films are made of."""

from __future__ import annotations

from typing import Final, Literal

import attrs

Code = Literal["o", "m", "r"]
"""Output, a marker (a chapter), a change of size; the letters of asciicast."""

MILLISECONDS: Final = 1000


@attrs.frozen
class Event:
    """Something that the tape holds.

    Attributes:
        at: milliseconds from the beginning.
        code: what it is.
        data: the output, the title of the chapter, or `COLUMNSxROWS`.
    """

    at: int
    code: Code
    data: str


@attrs.define
class Tape:
    """Everything that a terminal of one size was sent.

    Attributes:
        columns: width of the terminal.
        rows: its height.
        title: of the film.
        theme: name of the app's theme, which says what colour is beneath everything.
        events: in order of time; output of one moment is one event.
        length: milliseconds to the end, which may lie after the last event.
    """

    columns: int
    rows: int
    title: str = ""
    theme: str = ""
    events: list[Event] = attrs.Factory(list)
    length: int = 0

    def output(self, seconds: float, data: str) -> None:
        """Add what was written."""
        at = round(seconds * MILLISECONDS)
        last = self.events[-1] if self.events else None
        if last is not None and last.at == at and last.code == "o":
            self.events[-1] = Event(at, "o", last.data + data)
        else:
            self.events.append(Event(at, "o", data))
        self.length = max(self.length, at)

    def chapter(self, seconds: float, title: str) -> None:
        """Begin a chapter."""
        self.events.append(Event(round(seconds * MILLISECONDS), "m", title))

    def resized(self, seconds: float, columns: int, rows: int) -> None:
        """Note that the terminal has another size from here on."""
        self.events.append(Event(round(seconds * MILLISECONDS), "r", f"{columns}x{rows}"))

    def end(self, seconds: float) -> None:
        """The film is over."""
        self.length = max(self.length, round(seconds * MILLISECONDS))

    @property
    def chapters(self) -> tuple[tuple[int, str], ...]:
        """Where each chapter begins, in milliseconds, and its title."""
        return tuple((event.at, event.data) for event in self.events if event.code == "m")
