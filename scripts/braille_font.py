"""Make ControlRoomBraille.ttf: the 256 signs of braille, as wide as JetBrains Mono.

Neither JetBrains Mono nor DejaVu Sans Mono has them, and the charts are drawn with them. The dots
stand evenly from cell to cell, so that a line runs on. Run it with the extra `[record]` installed:

    python scripts/braille_font.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

if TYPE_CHECKING:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

TARGET: Final = (
    Path(__file__).parents[1] / "controlroom" / "recording" / "fonts" / "ControlRoomBraille.ttf"
)

UNITS, WIDTH, ASCENT, DESCENT = 1000, 600, 1020, -300
"""As in JetBrains Mono."""

DAY: Final = 3_426_624_000
"""Seconds from 1904 to 1 August 2012: a date that is always the same."""

RADIUS: Final = 88
FIRST: Final = 0x2800

DOTS: Final = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each bit of a sign, from the lowest."""


def glyph(bits: int) -> Glyph:
    """The outline of a sign."""
    pen = TTGlyphPen(None)
    height = (ASCENT - DESCENT) / 4
    for bit, (column, row) in enumerate(DOTS):
        if bits >> bit & 1:
            x = WIDTH * (2 * column + 1) / 4
            y = ASCENT - height * (row + 0.5)
            circle(pen, round(x), round(y))
    return pen.glyph()


def circle(pen: TTGlyphPen, x: int, y: int) -> None:
    """A dot: only control points, which TrueType joins by curves."""
    far, near = RADIUS, round(RADIUS * 0.4142)
    points = [
        *((x + near, y + far), (x + far, y + near), (x + far, y - near), (x + near, y - far)),
        *((x - near, y - far), (x - far, y - near), (x - far, y + near), (x - near, y + far)),
    ]
    pen.qCurveTo(*points, None)
    pen.closePath()


def main() -> None:
    """Write the font."""
    codes = range(FIRST, FIRST + 256)
    names = [f"braille{bits:02X}" for bits in range(256)]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap(dict(zip(codes, names, strict=True)))
    outlines = {".notdef": glyph(0), **{name: glyph(bits) for bits, name in enumerate(names)}}
    builder.setupGlyf(outlines)
    bearings = {name: getattr(outlines[name], "xMin", 0) for name in outlines}
    builder.setupHorizontalMetrics({name: (WIDTH, bearings[name]) for name in outlines})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable(
        {
            "familyName": "Control Room Braille",
            "styleName": "Regular",
            "fullName": "Control Room Braille Regular",
            "psName": "ControlRoomBraille-Regular",  # without it, resvg does not take the font
        }
    )
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT,
                     usWinDescent=-DESCENT)  # fmt: skip
    builder.setupPost(isFixedPitch=1, keepGlyphNames=False)
    builder.updateHead(created=DAY, modified=DAY)
    builder.save(TARGET)


if __name__ == "__main__":
    main()
