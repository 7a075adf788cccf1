"""Can this terminal show the control room? If not, one sentence says what is needed.

Asked before anything is drawn, so that a pipe, a dumb terminal or a tiny window gets words and not
escape sequences. Imports nothing that takes time.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol

COLUMNS: Final = 80
LINES: Final = 24
"""The smallest size at which everything can be reached; what opens smaller is refused."""

EXIT_UNFIT: Final = 2
"""Exit code when the terminal cannot show it."""

_PLAIN: Final = "`controlroom play --plain` is the same game as lines of text."


class Stream(Protocol):
    """What is asked of a standard stream."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""


class Size(NamedTuple):
    """Columns and lines."""

    columns: int
    lines: int


def unfit(environ: Mapping[str, str], streams: Mapping[str, Stream | None], size: Size) -> str:
    """Why this terminal cannot show the control room, in a sentence or two; empty if it can.

    Args:
        environ: the environment; only `TERM` is read.
        streams: standard streams by the name that people know them by.
        size: of the terminal.
    """
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            return f"Control Room draws on a terminal, and {name} is not one; {_PLAIN}"
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        what = f"TERM={term} is one that cannot" if term else "TERM is not set"
        return f"Control Room needs a terminal that can place its cursor, and {what}; {_PLAIN}"
    if size.columns < COLUMNS or size.lines < LINES:
        return (
            f"Control Room needs a terminal of at least {COLUMNS} columns and {LINES} lines; "
            f"this one has {size.columns} and {size.lines}."
        )
    return ""


def terminal_size() -> Size:
    """The size of the terminal, as Textual will find it."""
    return Size(*shutil.get_terminal_size((COLUMNS, LINES)))


def terminal_is_there() -> bool:
    """Whether the terminal on standard input still takes anything; one that was closed does not."""
    import termios

    try:
        termios.tcgetattr(0)
    except termios.error:
        return False
    return True
