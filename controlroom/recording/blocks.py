"""Block elements as what they are: rectangles in a cell.

A font draws them as signs, and where two of them meet a seam can show: its edges are smoothed, and
no two programs agree about the height of a line. So films and pictures fill rectangles instead.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Part(NamedTuple):
    """A rectangle in eighths of a cell, from its left and its top; how dense it is, 0 to 1."""

    left: int
    top: int
    right: int
    bottom: int
    density: float = 1.0


FIRST, LAST = "▀", "▟"
"""Every sign from the one to the other is a block."""

_QUARTERS: Final = (Part(0, 0, 4, 4), Part(4, 0, 8, 4), Part(0, 4, 4, 8), Part(4, 4, 8, 8))
"""Above left and right, below left and right."""

_QUADRANTS: Final = {
    "▖": (2,), "▗": (3,), "▘": (0,), "▙": (0, 2, 3), "▚": (0, 3), "▛": (0, 1, 2), "▜": (0, 1, 3),
    "▝": (1,), "▞": (1, 2), "▟": (1, 2, 3),
}  # fmt: skip


def parts(sign: str) -> tuple[Part, ...]:
    """What of a cell a block fills; nothing for any other sign."""
    if not FIRST <= sign <= LAST:
        return ()
    if sign in _QUADRANTS:
        return tuple(_QUARTERS[place] for place in _QUADRANTS[sign])
    code = ord(sign) - ord(FIRST)
    if 1 <= code <= 8:
        return (Part(0, 8 - code, 8, 8),)
    if 9 <= code <= 15:
        return (Part(0, 0, 16 - code, 8),)
    if 17 <= code <= 19:
        return (Part(0, 0, 8, 8, (code - 16) / 4),)
    return {0: (Part(0, 0, 8, 4),), 16: (Part(4, 0, 8, 8),), 20: (Part(0, 0, 8, 1),)}.get(
        code, (Part(7, 0, 8, 8),)
    )
