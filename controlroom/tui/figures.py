"""Large figures, three lines tall, for the one number that matters."""

from __future__ import annotations

from typing import Final

_SHAPES: Final = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": (" ╻ ", " ┃ ", " ╹ "),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", " ━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
    "-": ("  ", "━━", "  "),
    "+": ("   ", "╺╋╸", "   "),
    ",": (" ", " ", ","),
    " ": (" ", " ", " "),
}


def figure(text: str) -> tuple[str, str, str]:
    """A number written in `0-9 + - ,` as three rows of equal width."""
    shapes = [_SHAPES.get(char, (" ", char, " ")) for char in text]
    rows = ["".join(shape[row] for shape in shapes) for row in range(3)]
    return rows[0], rows[1], rows[2]
