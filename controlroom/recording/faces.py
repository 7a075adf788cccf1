"""The fonts that pictures are drawn with: they come along, so that a picture is the same anywhere.

JetBrains Mono (SIL Open Font License) has almost everything; DejaVu Sans Mono (its own free
licence) has the signs that it lacks, and a small font of ours the braille of the charts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from controlroom.recording.errors import RecordingError, without

FOLDER: Final = Path(__file__).resolve().parent / "fonts"

REGULAR: Final = "JetBrainsMono-Regular.ttf"
BOLD: Final = "JetBrainsMono-Bold.ttf"
ITALIC: Final = "JetBrainsMono-Italic.ttf"
OTHERS: Final = ("DejaVuSansMono.ttf", "ControlRoomBraille.ttf")
"""For signs that the first three lack, in the order in which they are asked."""

ALL: Final = (REGULAR, BOLD, ITALIC, *OTHERS)

FAMILIES: Final = {
    REGULAR: ("JetBrains Mono", "normal", 400),
    BOLD: ("JetBrains Mono", "normal", 700),
    ITALIC: ("JetBrains Mono", "italic", 400),
    "DejaVuSansMono.ttf": ("DejaVu Sans Mono", "normal", 400),
    "ControlRoomBraille.ttf": ("Control Room Braille", "normal", 400),
}
"""Family, style and weight of each font."""

FONTS: Final = '"JetBrains Mono", "DejaVu Sans Mono", "Control Room Braille", monospace'
"""The families as a style sheet lists them."""


def font_path(name: str) -> Path:
    """A font's file.

    Raises:
        RecordingError: when it is not there.
    """
    path = FOLDER / name
    if not path.is_file():
        raise RecordingError(f"the font {name} is missing; install Control Room again")
    return path


@cache
def signs_of(name: str) -> frozenset[int]:
    """The code points that a font has.

    Raises:
        MissingError: when fontTools is not installed.
    """
    try:
        from fontTools.ttLib import TTFont
    except ImportError:
        raise without("pictures need the library fontTools") from None
    with TTFont(font_path(name), lazy=True) as font:
        return frozenset(font.getBestCmap())


def font_for(sign: str, *, bold: bool = False, italic: bool = False) -> str:
    """The font that a sign is drawn with."""
    wanted = BOLD if bold else ITALIC if italic else REGULAR
    for name in (wanted, *OTHERS):
        if ord(sign) in signs_of(name):
            return name
    return wanted
