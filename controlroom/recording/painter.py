"""From cells to pixels: every sign is drawn once in each look, and laid down where it stands.

A film has hundreds of pictures that differ in some cells, so only cells that changed are laid
down again; that is thirty times as fast as drawing each picture as SVG. Blocks are drawn as what
they are, rectangles, so that no gap shows between two cells.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from controlroom.recording.blocks import FIRST, LAST, parts
from controlroom.recording.cast import ANSI, ground_of
from controlroom.recording.errors import without
from controlroom.recording.faces import REGULAR, font_for, font_path
from controlroom.recording.glass import BLANK, Cell, Colour, Glass, Look

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Cover = NDArray[np.float32]
"""How much of each pixel a sign covers, or a colour."""

Pixels = NDArray[np.uint8]
"""Rows, columns, and red, green, blue."""

FONT_SIZE: Final = 15
"""Pixels of the em; a cell is then 9 wide and 19 high."""

MARGIN: Final = 12
"""Pixels around the terminal."""

_LEVELS: Final = (0, 95, 135, 175, 215, 255)


class Painter:
    """Keeps a picture of a glass and brings it up to date.

    Attributes:
        width: pixels of a cell.
        height: pixels of a cell.
        pixels: the picture as it is.
    """

    def __init__(self, columns: int, rows: int, theme: str, size: int = FONT_SIZE) -> None:
        """Prepare an empty picture.

        Args:
            columns: of the terminal.
            rows: of the terminal.
            theme: of the app, for what is beneath everything.
            size: pixels of the font.

        Raises:
            MissingError: when Pillow is not installed.
        """
        self._fonts = _fonts(size)
        font = self._fonts(REGULAR)
        self._size = size
        self.width = round(font.getlength("M"))
        self.height = round(size * 1.27)
        self._text, self._ground = map(rgb, ground_of(theme))
        self._tiles: dict[Cell, Pixels] = {}
        self._shown = [[BLANK] * columns for _ in range(rows)]
        high, wide = rows * self.height + 2 * MARGIN, columns * self.width + 2 * MARGIN
        # Video wants even numbers.
        self.pixels: Pixels = np.empty((high + high % 2, wide + wide % 2, 3), np.uint8)
        self.pixels[:] = self._ground

    @property
    def tiles(self) -> dict[Cell, Pixels]:
        """Every cell that has been drawn so far."""
        return self._tiles

    def paint(self, glass: Glass) -> Pixels:
        """Bring the picture up to date; the array is the same each time."""
        for y, (row, shown) in enumerate(zip(glass.rows, self._shown, strict=False)):
            if row == shown:
                continue
            top = MARGIN + y * self.height
            for x, cell in enumerate(row[: len(shown)]):
                if cell != shown[x]:
                    left = MARGIN + x * self.width
                    tile = self.tile(cell)
                    self.pixels[top : top + self.height, left : left + tile.shape[1]] = tile
                    shown[x] = cell
        return self.pixels

    def tile(self, cell: Cell) -> Pixels:
        """A cell in pixels; what stands to the right of a wide sign has no width."""
        tile = self._tiles.get(cell)
        if tile is None:
            tile = self._tiles[cell] = self._draw(*cell)
        return tile

    # --- one cell ---------------------------------------------------------------------------------

    def _draw(self, sign: str, look: Look) -> Pixels:
        if not sign:
            return np.empty((self.height, 0, 3), np.uint8)
        text, ground = self._colours(look)
        cells = 2 if ord(sign) > 0x1100 and _wide(sign) else 1
        cover = np.zeros((self.height, self.width * cells), np.float32)
        if sign != " ":
            cover = (
                _block(sign, cover) if FIRST <= sign <= LAST else self._letter(sign, look, cover)
            )
        if look.underline:
            cover[-2] = 1
        if look.strike:
            cover[self.height // 2] = 1
        mixed = ground + (text - ground) * cover[..., None]
        return np.rint(mixed).astype(np.uint8)

    def _letter(self, sign: str, look: Look, cover: Cover) -> Cover:
        from PIL import Image, ImageDraw

        font = self._fonts(font_for(sign, bold=look.bold, italic=look.italic))
        image = Image.new("L", (cover.shape[1], cover.shape[0]))
        # All fonts stand on one line: that of JetBrains Mono, whose ascent fills the cell.
        base = round(self.height * 1020 / 1320)
        ImageDraw.Draw(image).text((0, base), sign, 255, font, anchor="ls")
        return np.asarray(image, np.float32) / np.float32(255)

    def _colours(self, look: Look) -> tuple[Cover, Cover]:
        text = _resolved(look.text, self._text)
        ground = _resolved(look.ground, self._ground)
        if look.reverse:
            text, ground = ground, text
        if look.dim:
            text = (text + ground) / np.float32(2)
        return text, ground


def _block(sign: str, cover: Cover) -> Cover:
    """The part of a cell that a block element fills."""
    high, wide = cover.shape
    for part in parts(sign):
        # From below, as blocks grow.
        top, bottom = (high - round(high * (8 - edge) / 8) for edge in (part.top, part.bottom))
        left, right = (round(wide * edge / 8) for edge in (part.left, part.right))
        cover[top:bottom, left:right] = part.density
    return cover


def _fonts(size: int) -> Any:
    """Fonts by name, each opened once."""
    try:
        from PIL import ImageFont
    except ImportError:
        raise without("films need the library Pillow") from None

    @cache
    def opened(name: str) -> FreeTypeFont:
        return ImageFont.truetype(str(font_path(name)), size, layout_engine=ImageFont.Layout.BASIC)

    return opened


def _resolved(colour: Colour, usual: tuple[int, int, int]) -> Cover:
    if colour is None:
        colour = usual
    elif isinstance(colour, int):
        colour = numbered(colour)
    return np.array(colour, np.float32)


def numbered(number: int) -> tuple[int, int, int]:
    """One of the 256 colours that have numbers."""
    if number < 16:
        return rgb(ANSI[number])
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return grey, grey, grey
    number -= 16
    return _LEVELS[number // 36], _LEVELS[number // 6 % 6], _LEVELS[number % 6]


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _wide(sign: str) -> bool:
    from rich.cells import cell_len

    return cell_len(sign) == 2
