"""A terminal's glass: what stands in each cell after everything that a tape has written.

It understands what Textual sends to a terminal, which is little: places of the cursor, colours and
styles, text. Modes, queries and titles change nothing that is seen. A tape that was taken from a
person's own terminal is of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len

from controlroom.recording.tape import Event

_TOKEN = re.compile(
    r"\x1b\[([<>=?]?)([\d;:]{0,400})[ -/]*([@-~])"  # a control sequence
    r"|\x1b[\]P_^].*?(?:\x1b\\|\x07)"  # a string for the terminal: title, clipboard
    r"|\x1b[@-Z\\-_c78=>]"  # a short escape
    r"|[\x00-\x1a\x1c-\x1f\x7f]"  # a control character
    r"|[^\x00-\x1f\x7f]+",  # text
    re.DOTALL,
)

Colour = tuple[int, int, int] | int | None
"""Red, green and blue; the number of one of 256; or the terminal's own."""


class Look(NamedTuple):
    """How a cell looks."""

    text: Colour = None
    ground: Colour = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


Cell = tuple[str, Look]
"""What stands in a cell: a sign, or nothing to the right of a wide one."""

CLEARED: Final = "\x1b[2J\x1b[H\x1b[?25l"
"""What empties a glass and hides its cursor."""

PLAIN: Final = Look()
BLANK: Final[Cell] = (" ", PLAIN)


class Glass:
    """The cells of a terminal.

    Attributes:
        columns: how many stand in a row.
        rows: list of rows, each a list of cells.
    """

    def __init__(self, columns: int, rows: int) -> None:
        """Begin with nothing on it."""
        self.resize(columns, rows)
        self._x = self._y = 0
        self._look = PLAIN

    def resize(self, columns: int, rows: int) -> None:
        """Begin anew in another size; whoever is told of one draws everything again."""
        self.columns = columns
        self.rows = [[BLANK] * columns for _ in range(rows)]
        self._x = self._y = 0

    @property
    def text(self) -> str:
        """What can be read on it."""
        return "\n".join("".join(sign for sign, _ in row).rstrip() for row in self.rows)

    def show(self, event: Event) -> None:
        """Take in an event of a tape."""
        if event.code == "o":
            self.write(event.data)
        elif event.code == "r":
            columns, _, rows = event.data.partition("x")
            self.resize(int(columns), int(rows))

    def write(self, data: str) -> None:
        """Take in what was written to the terminal."""
        for match in _TOKEN.finditer(data):
            final = match[3]
            if final is not None:
                if not match[1]:
                    self._control(final, match[2])
                continue
            token = match[0]
            if token[0] == "\r":
                self._x = 0
            elif token[0] == "\n":
                self._y = min(self._y + 1, len(self.rows) - 1)
            elif token[0] >= " ":
                self._put(token)

    def _put(self, text: str) -> None:
        row, look, x = self.rows[self._y], self._look, self._x
        for sign in text:
            width = 1 if sign < "\u0300" else cell_len(sign)
            if width == 0 or x >= self.columns:
                continue
            row[x] = (sign, look)
            if width == 2 and x + 1 < self.columns:
                row[x + 1] = ("", look)
            x += width
        self._x = x

    def _control(self, final: str, parameters: str) -> None:
        if final == "m":
            self._look = _styled(self._look, parameters)
            return
        numbers = [int(number or 0) for number in parameters.replace(":", ";").split(";")]
        first = max(1, numbers[0])
        last_row, last_column = len(self.rows) - 1, self.columns - 1
        if final in "Hf":
            second = max(1, numbers[1]) if len(numbers) > 1 else 1
            self._y, self._x = min(first - 1, last_row), min(second - 1, last_column)
        elif final == "A":
            self._y = max(0, self._y - first)
        elif final == "B":
            self._y = min(last_row, self._y + first)
        elif final == "C":
            self._x = min(last_column, self._x + first)
        elif final == "D":
            self._x = max(0, self._x - first)
        elif final == "J" and numbers[0] in {2, 3}:
            self.rows = [[BLANK] * self.columns for _ in self.rows]
        elif final == "K" and numbers[0] == 0:
            self.rows[self._y][self._x :] = [BLANK] * (self.columns - self._x)


_ON: Final[dict[int, dict[str, bool]]] = {
    1: {"bold": True}, 2: {"dim": True}, 3: {"italic": True}, 4: {"underline": True},
    7: {"reverse": True}, 9: {"strike": True}, 22: {"bold": False, "dim": False},
    23: {"italic": False}, 24: {"underline": False}, 27: {"reverse": False},
    29: {"strike": False},
}  # fmt: skip


@lru_cache(maxsize=8192)
def _styled(look: Look, parameters: str) -> Look:
    """A look after `ESC [ parameters m`."""
    numbers = iter([int(number or 0) for number in parameters.replace(":", ";").split(";")])
    for number in numbers:
        if number == 0:
            look = PLAIN
        elif number in _ON:
            look = look._replace(**_ON[number])
        elif number in {38, 48}:
            colour = _colour(lambda: next(numbers, 0))
            look = look._replace(text=colour) if number == 38 else look._replace(ground=colour)
        elif number in {39, 49}:
            look = look._replace(text=None) if number == 39 else look._replace(ground=None)
        elif 30 <= number <= 37 or 90 <= number <= 97:
            look = look._replace(text=number - (30 if number < 90 else 82))
        elif 40 <= number <= 47 or 100 <= number <= 107:
            look = look._replace(ground=number - (40 if number < 100 else 92))
    return look


def _colour(take: Callable[[], int]) -> Colour:
    """The colour that follows 38 or 48."""
    kind = take()
    if kind == 2:
        return min(take(), 255), min(take(), 255), min(take(), 255)
    return min(take(), 255) if kind == 5 else None
