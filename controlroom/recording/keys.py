"""Keys by the names that Textual gives them, as a terminal sends them."""

from __future__ import annotations

from typing import Final

KEYS: Final = {
    "enter": "\r",
    # A bare ESC begins many sequences and is waited for; kitty's way to write it is complete.
    "escape": "\x1b[27u",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
"""Every key that has a name; any other is one printable character."""


def sent_by(key: str) -> str | None:
    """What a terminal sends for a key, or None when there is no such key."""
    if len(key) == 1 and key.isprintable():
        return key
    return KEYS.get(key.lower())
