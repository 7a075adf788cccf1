"""What comes of a demo: the tape, and the pictures that were taken on the way."""

from __future__ import annotations

import attrs

from controlroom.recording.tape import Tape


@attrs.frozen
class Picture:
    """The screen at one moment.

    Attributes:
        name: of its file, without an ending.
        caption: what it shows, in a sentence.
        svg: as Textual exports it.
        at: milliseconds of the film.
    """

    name: str
    caption: str
    svg: str
    at: int


@attrs.frozen
class Recording:
    """A film that has been made.

    Attributes:
        tape: what the terminal was sent.
        pictures: that were asked for, in order.
    """

    tape: Tape
    pictures: tuple[Picture, ...]

    def picture(self, name: str) -> Picture:
        """A picture by its name."""
        return next(picture for picture in self.pictures if picture.name == name)
