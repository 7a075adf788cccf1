r"""Scenario text is data: what could act on a terminal is made visible, the rest stays as it is.

A control character becomes its picture (`␛` for escape, `␇` for bell); what has no picture, such
as a C1 control or a sign that turns the direction of writing, becomes its code (`\u202e`). Markup
is left alone: the screen shows it as text.
"""

from __future__ import annotations

from typing import Final

_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F
_SPACES: Final = "\u00a0\u2007\u202f\u2009"
"""Spaces that `str.isprintable` refuses and that do no harm."""

_TAB: Final = "    "


def visible(text: str, *, lines: bool = False) -> str:
    """`text` with nothing in it that acts on a terminal.

    Args:
        text: anything.
        lines: whether line ends stay line ends and tabs become spaces.
    """
    if text.isprintable():
        return text
    if not lines:
        return "".join(map(_shown, text))
    plain = text.replace("\r\n", "\n").replace("\t", _TAB)
    return "\n".join(visible(line) for line in plain.split("\n"))


def quoted(text: str, limit: int = 40, *, bare: bool = False) -> str:
    """Text as an error message shows it: visible, cut off where it is long, in quotes or bare."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return visible(cut) if bare else f'"{visible(cut)}"'


def _shown(char: str) -> str:
    if char.isprintable() or char in _SPACES:
        return char
    code = ord(char)
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
