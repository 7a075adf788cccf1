"""One line of text that is being typed, and the lines typed before. No screen, no keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from controlroom.sim.commands.grammar import MAX_TEXT

_WORD_BEFORE = re.compile(r"\S*\s*$")
_WORD_AFTER = re.compile(r"^\s*\S*")


class LineEditor:
    """A line and the place in it.

    Attributes:
        text: what is typed.
        cursor: before which character the next one goes.
    """

    def __init__(self) -> None:
        self.text = ""
        self.cursor = 0

    def set(self, text: str, cursor: int | None = None) -> None:
        """Put a whole line in; the cursor goes to its end unless said otherwise."""
        self.text = text[:MAX_TEXT]
        self.cursor = min(len(self.text) if cursor is None else cursor, len(self.text))

    def insert(self, text: str) -> int:
        """Type or paste; returns how many characters are left out, too many for any command."""
        fits = text[: max(0, MAX_TEXT - len(self.text))]
        self.text = self.text[: self.cursor] + fits + self.text[self.cursor :]
        self.cursor += len(fits)
        return len(text) - len(fits)

    def left(self) -> None:
        """One character to the left."""
        self.cursor = max(0, self.cursor - 1)

    def right(self) -> None:
        """One character to the right."""
        self.cursor = min(len(self.text), self.cursor + 1)

    def home(self) -> None:
        """To the beginning."""
        self.cursor = 0

    def end(self) -> None:
        """To the end."""
        self.cursor = len(self.text)

    def word_left(self) -> None:
        """To the beginning of the word."""
        self.cursor = self._word_start()

    def word_right(self) -> None:
        """To the end of the word."""
        match = _WORD_AFTER.match(self.text[self.cursor :])
        self.cursor += match.end() if match else 0

    def backspace(self) -> None:
        """Delete the character before the cursor."""
        self._cut(max(0, self.cursor - 1), self.cursor)

    def delete(self) -> None:
        """Delete the character at the cursor."""
        self._cut(self.cursor, self.cursor + 1)

    def delete_word(self) -> None:
        """Delete back to the beginning of the word."""
        self._cut(self._word_start(), self.cursor)

    def delete_to_start(self) -> None:
        """Delete all before the cursor."""
        self._cut(0, self.cursor)

    def delete_to_end(self) -> None:
        """Delete all after the cursor."""
        self._cut(self.cursor, len(self.text))

    def _word_start(self) -> int:
        match = _WORD_BEFORE.search(self.text[: self.cursor])
        return match.start() if match else 0

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start


class History:
    """Lines typed before, walked through with the arrows; a half-typed line is kept."""

    def __init__(
        self,
        lines: Iterable[str] = (),
        *,
        most: int = 500,
        keep: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Begin a history.

        Args:
            lines: typed before, oldest first.
            most: lines that are remembered.
            keep: told of every line that is new.
        """
        self._lines = list(lines)[-most:]
        self._at = len(self._lines)
        self._draft = ""
        self._newest = self._lines[-1] if self._lines else ""
        self._most = most
        self._keep = keep

    def add(self, line: str) -> None:
        """Remember a line; the same one twice in a row counts once."""
        if line and line != self._newest:
            self._newest = line
            self._keep(line)
        self.lay_aside(line)

    def lay_aside(self, line: str) -> None:
        """Have a line at hand that was typed and not given; it is not kept beyond the program."""
        if line and (not self._lines or self._lines[-1] != line):
            self._lines.append(line)
            del self._lines[: -self._most]
        self.rest()

    def rest(self) -> None:
        """Go back to below the newest line."""
        self._at = len(self._lines)
        self._draft = ""

    def older(self, current: str) -> str | None:
        """The line before, or None at the oldest."""
        if self._at == 0:
            return None
        if self._at == len(self._lines):
            self._draft = current
        self._at -= 1
        return self._lines[self._at]

    def newer(self) -> str | None:
        """The line after, at last what was half typed; None when there is nothing below."""
        if self._at >= len(self._lines):
            return None
        self._at += 1
        return self._draft if self._at == len(self._lines) else self._lines[self._at]
