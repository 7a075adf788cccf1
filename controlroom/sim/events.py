"""What a step reports: every output of the world, as frozen records with a text form.

Events never change the world. The log of them is part of it, since what a seat has been told
decides what its screen shows.
"""

from __future__ import annotations

import enum
from typing import ClassVar

import attrs


class Tone(enum.StrEnum):
    """How a line should be read; the screen gives each its own glyph and colour."""

    PLAIN = "plain"
    GOOD = "good"
    NOTICE = "notice"
    BAD = "bad"


@attrs.frozen
class Event:
    """Something that happened at the start of a step.

    Attributes:
        step: when.
        text: one line for the log.
    """

    step: int
    text: str

    reads_as: ClassVar[Tone] = Tone.PLAIN
    """How such a line should be read, where that does not depend on what it says."""
    stops: ClassVar[bool] = False
    """Whether "run to the next thing that needs me" stops here, likewise."""

    @property
    def tone(self) -> Tone:
        """How the line should be read."""
        return self.reads_as

    @property
    def needs_you(self) -> bool:
        """Whether "run to the next thing that needs me" stops here."""
        return self.stops


@attrs.frozen
class Said(Event):
    """A command as it was given; `text` is its canonical form.

    Attributes:
        seat: who gave it.
    """

    seat: str


@attrs.frozen
class Answer(Event):
    """What a command found out or did; `text` is the first line.

    Attributes:
        seat: who asked.
        lines: the further lines.
        reads: how the answer should be read.
    """

    seat: str
    lines: tuple[str, ...] = ()
    reads: Tone = Tone.PLAIN

    stops: ClassVar[bool] = True
    """An answer was waited for."""

    @property
    def tone(self) -> Tone:
        """How the answer should be read."""
        return self.reads


@attrs.frozen
class Refused(Event):
    """A command that could not be done; `text` says why and what would be right.

    Attributes:
        seat: who gave it.
        command: its canonical form.
    """

    seat: str
    command: str

    reads_as: ClassVar[Tone] = Tone.NOTICE
    """A refusal wants to be noticed."""
    stops: ClassVar[bool] = True
    """Somebody expected it to be done."""


@attrs.frozen
class Arrived(Event):
    """A mail, call or alarm reached the seat; `text` is its sender and subject.

    Attributes:
        alert: its number in the feed.
        urgent: a call or an alarm, or a mail that the scenario marks so.
    """

    alert: int
    urgent: bool

    @property
    def tone(self) -> Tone:
        """Calls and alarms want to be noticed."""
        return Tone.NOTICE if self.urgent else Tone.PLAIN

    @property
    def needs_you(self) -> bool:
        """Only calls and alarms."""
        return self.urgent


@attrs.frozen
class Sounded(Event):
    """The modern console raises an alarm; `text` is its number, priority and line.

    Attributes:
        alarm: its number.
        high: whether it is of the highest priority.
    """

    alarm: int
    high: bool

    stops: ClassVar[bool] = True
    """An alarm that needs nobody is none."""

    @property
    def tone(self) -> Tone:
        """Somebody has to act, at once where it is high."""
        return Tone.BAD if self.high else Tone.NOTICE


@attrs.frozen
class Coached(Event):
    """The coach says something unasked: a stretch of the day begins in which a hint would fit."""

    reads_as: ClassVar[Tone] = Tone.NOTICE
    """It wants to be noticed."""
    stops: ClassVar[bool] = True
    """The run stops for it."""


@attrs.frozen
class Taught(Event):
    """The coach of a first shift says something; the screen has a place of its own for it.

    Attributes:
        new: whether it says what to do, and is no mere remark.
    """

    new: bool = False

    @property
    def needs_you(self) -> bool:
        """There is something to do."""
        return self.new


@attrs.frozen
class Told(Event):
    """Somebody said something to a seat; `text` is what, as plain text.

    Attributes:
        seat: who said it: a seat, or a person by title.
        to: the seat that hears it, or `all`.
        number: of the message, or 0 where it is none that could be acknowledged.
    """

    seat: str
    to: str
    number: int = 0

    reads_as: ClassVar[Tone] = Tone.NOTICE
    """Somebody wants something."""
    stops: ClassVar[bool] = True
    """It was said to be heard."""


@attrs.frozen
class StoodStill(Event):
    """In a drill, time was stopped or goes on; `text` says why."""

    reads_as: ClassVar[Tone] = Tone.NOTICE
    """It wants to be noticed."""
    stops: ClassVar[bool] = True
    """Nothing else happens now."""


@attrs.frozen
class ServerChanged(Event):
    """A server changed its process state or its build.

    Attributes:
        server: its name.
    """

    server: str


@attrs.frozen
class Milestone(Event):
    """A moment of the day or of the run.

    Attributes:
        id: `open`, `close`, `flat`, `end`, `pause`, `resume`.
        stock: the symbol for trading pauses, else empty.
    """

    id: str
    stock: str = ""

    @property
    def tone(self) -> Tone:
        """Pauses are a notice, the rest plain."""
        return Tone.NOTICE if self.id == "pause" else Tone.PLAIN

    @property
    def needs_you(self) -> bool:
        """The bell and the end are worth stopping for; a paused stock is not."""
        return self.id in ("open", "close", "flat", "end")


@attrs.frozen
class Safeguarded(Milestone):
    """A safeguard has kept something from happening, and nothing else would show it.

    Its `id` is `safeguard` for one of the weeks before, `hold` for one that holds orders back.

    Attributes:
        control: id of the safeguard.
    """

    control: str = attrs.field(kw_only=True)

    @property
    def tone(self) -> Tone:
        """Nothing happened, which is good."""
        return Tone.GOOD
