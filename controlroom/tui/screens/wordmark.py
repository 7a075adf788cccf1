"""The name of the product in thin lines, and the trace of a morning under it.

Both are decoration and say so by being still: nothing here is measured.
"""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.widget import Widget

_LETTERS: Final = {
    "C": ("╭─╴", "│  ", "╰─╴"),
    "O": ("╭─╮", "│ │", "╰─╯"),
    "N": ("╭╮╷", "│││", "╵╰╯"),
    "T": ("╶┬╴", " │ ", " ╵ "),
    "R": ("╭─╮", "├┬╯", "╵╰╴"),
    "L": ("╷  ", "│  ", "╰─╴"),
    "M": ("╭┬╮", "│╵│", "╵ ╵"),
    " ": ("  ", "  ", "  "),
}
_NAME: Final = "CONTROL ROOM"

_BRAILLE: Final = 0x2800
_DOTS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The dots of a cell's two columns, from the top down."""

_OPEN: Final = 0.74
"""Where along the trace the market opens."""


def drawn(text: str) -> tuple[str, str, str]:
    """`text` in three rows of thin lines."""
    rows = [" ".join(_LETTERS[letter][row] for letter in text) for row in range(3)]
    return rows[0], rows[1], rows[2]


def _noise(place: int) -> float:
    """Something between -1 and 1 that looks like chance and is the same every time."""
    mixed = (place * 2654435761 + 97) & 0xFFFFFFFF
    mixed ^= mixed >> 13
    mixed = mixed * 1274126177 & 0xFFFFFFFF
    return ((mixed >> 16) & 1023) / 511.5 - 1


def trace(width: int) -> str:
    """One row of braille: a calm line, the open, and the busy line after it."""
    cells = [0] * width
    before = 2
    for place in range(width * 2):
        along = place / (width * 2)
        swing = 0.55 if along < _OPEN else 2.1 - 1.2 * (along - _OPEN)
        level = min(3, max(0, round(2 - (along >= _OPEN) * 0.6 + swing * _noise(place))))
        low, high = sorted((before, level))
        for dot in range(low if along >= _OPEN else level, (high if along >= _OPEN else level) + 1):
            cells[place // 2] |= _DOTS[place % 2][dot]
        before = level
    return "".join(chr(_BRAILLE + cell) for cell in cells)


class Wordmark(Widget):
    """`CONTROL ROOM`, and what it is in one line."""

    DEFAULT_CSS = """
    Wordmark {
        width: 1fr;
        height: 5;
        color: $muted;
    }
    """

    ALLOW_SELECT = False

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def render(self) -> Content:
        width = self.size.width
        said = "An operations incident, played as the engineer on call"
        if self._plain:
            return Content.assemble(("C O N T R O L   R O O M", "$strong bold"), f"\n\n{said}")
        rows = drawn(_NAME)
        line = trace(width)
        opens = round(width * _OPEN)
        return Content.assemble(
            ("\n".join(rows), "$strong"),
            "\n",
            (line[:opens], "$trace"),
            (line[opens:], "$info"),
            "\n",
            said,
        )
