"""Moving pictures of a tape: WebP and GIF by Pillow.

A tape is looked at some times a second. What looks the same as before is one picture that stands
longer, so a quiet film is a small one. The same tape gives the same file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np

from controlroom.recording.errors import without
from controlroom.recording.glass import Cell, Glass
from controlroom.recording.mark import marked
from controlroom.recording.painter import FONT_SIZE, Painter, Pixels
from controlroom.recording.tape import MILLISECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    from controlroom.recording.tape import Tape

Told = Callable[[int, int], None]
"""Told how many pictures are made, and of how many; what it raises ends the work."""

RATE: Final = 10
"""Pictures a second."""

COLOURS: Final = 255
"""Of a GIF; one more is for what stays as it was."""


@attrs.frozen
class Shown:
    """A picture of a film and how long it stands.

    Attributes:
        first: number of the look, of which there are `RATE` a second.
        looks: how many looks it stands for.
        events: how many events of the tape have happened by then.
    """

    first: int
    looks: int
    events: int

    @property
    def lasts(self) -> int:
        """Milliseconds."""
        return self.looks * MILLISECONDS // RATE


def pictures_of(tape: Tape) -> tuple[Shown, ...]:
    """The pictures that differ from the one before."""
    found: list[tuple[int, int]] = []
    glass = Glass(tape.columns, tape.rows)
    before: list[list[Cell]] = []
    looks, place = tape.length * RATE // MILLISECONDS + 1, 0
    for look in range(looks):
        first = place
        # Up to the end of the look, so that what the app draws in between is whole.
        ends = (look + 1) * MILLISECONDS // RATE
        while place < len(tape.events) and tape.events[place].at < ends:
            glass.show(tape.events[place])
            place += 1
        if not found or (place > first and glass.rows != before):
            found.append((look, place))
            before = [row[:] for row in glass.rows]
    ends_at = [look for look, _ in found[1:]] + [looks]
    return tuple(
        Shown(look, until - look, events)
        for (look, events), until in zip(found, ends_at, strict=True)
    )


def painted(
    tape: Tape, shown: Sequence[Shown], told: Told | None = None, size: int = FONT_SIZE
) -> Iterator[Pixels]:
    """The pictures one after the other; the array is the same each time."""
    painter = Painter(tape.columns, tape.rows, tape.theme, size)
    glass, place = Glass(tape.columns, tape.rows), 0
    for number, each in enumerate(shown):
        for event in tape.events[place : each.events]:
            glass.show(event)
        place = each.events
        if told is not None:
            told(number, len(shown))
        yield painter.paint(glass)


def webp(tape: Tape, told: Told | None = None, size: int = FONT_SIZE) -> bytes:
    """A WebP without loss, which goes round and round.

    Raises:
        MissingError: when Pillow is not installed.
    """
    image = _pillow()
    shown = pictures_of(tape)
    images = (image.fromarray(pixels, "RGB") for pixels in painted(tape, shown, told, size))
    # Keyframes are far apart: a film is played from its beginning.
    options = {"lossless": True, "quality": 70, "method": 3, "kmin": 1000, "kmax": 10_000}
    return _saved(images, shown, "WEBP", **options, xmp=marked(tape))


def gif(tape: Tape, told: Told | None = None, size: int = FONT_SIZE) -> bytes:
    """A GIF with one palette for the whole film, which goes round and round.

    Raises:
        MissingError: when Pillow is not installed.
    """
    image = _pillow()
    shown = pictures_of(tape)
    table, palette = _palette(tape, size)

    def indexed() -> Iterator[Image]:
        for pixels in painted(tape, shown, told, size):
            one = image.fromarray(table[_packed(pixels)], "P")
            one.putpalette(palette)
            yield one

    return _saved(indexed(), shown, "GIF", optimize=True, disposal=1)


def _saved(images: Iterator[Image], shown: Sequence[Shown], kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    lasts = [each.lasts for each in shown]
    first = next(images)
    first.save(file, kind, save_all=True, append_images=images, duration=lasts, loop=0, **options)
    return file.getvalue()


def _palette(tape: Tape, size: int) -> tuple[NDArray[np.uint8], bytes]:
    """The best few colours for every cell of a film, and the nearest of them for each colour.

    Returns:
        A table from red, green and blue as one number to a place in the palette; the palette.
    """
    painter = Painter(tape.columns, tape.rows, tape.theme, size)
    glass = Glass(tape.columns, tape.rows)
    for event in tape.events:
        glass.show(event)
        painter.paint(glass)
    pixels = [tile.reshape(-1, 3) for tile in painter.tiles.values() if tile.size]
    seen = np.concatenate([painter.pixels[0, :1], *pixels])
    few = _pillow().fromarray(seen[None], "RGB").quantize(COLOURS)
    palette = bytes(few.getpalette() or b"")
    colours = np.frombuffer(palette, np.uint8).reshape(-1, 3).astype(np.int32)
    table = np.zeros(1 << 24, np.uint8)
    for code in np.unique(_packed(seen)):
        wanted = np.array((code >> 16, code >> 8 & 255, code & 255), np.int32)
        table[code] = np.argmin(((colours - wanted) ** 2).sum(axis=1))
    return table, palette


def _packed(pixels: NDArray[np.uint8]) -> NDArray[np.int32]:
    wide = pixels.astype(np.int32)
    packed: NDArray[np.int32] = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    return packed


def _pillow() -> Any:
    try:
        from PIL import Image
    except ImportError:
        raise without("films need the library Pillow") from None
    return Image
