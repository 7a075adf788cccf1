"""A tape as an asciicast file, which asciinema and its player show.

Version 3 says how long after the event before each event comes, version 2 how long after the
beginning. Times are whole milliseconds of the film before they are subtracted, so no error adds up.
There is no date in it: the same film is the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from controlroom.recording.tape import MILLISECONDS, Tape

ANSI: Final = (
    *("#1b2733", "#ff5f56", "#62c29a", "#f2b45c", "#4f9fd1", "#b48ead", "#7cc7e8", "#c3ced8"),
    *("#7c8a98", "#ff8078", "#8fd8b8", "#f7cd8d", "#7fbce0", "#cbb0c6", "#a5d8ef", "#f2f6fa"),
)
"""The sixteen colours for a tape that names colours instead of giving them."""


WRITER: Final = "controlroom"
"""The command that a cast says it is of."""


def cast(tape: Tape, version: int = 3) -> str:
    """The text of a cast.

    Args:
        tape: what is written.
        version: 3, or 2 for players that know no other.
    """
    lines = [json.dumps(header_of(tape, version), separators=(",", ":"), ensure_ascii=False)]
    lines += (json.dumps(event, ensure_ascii=False) for event in _events(tape, version))
    return "\n".join(lines) + "\n"


def ground_of(theme: str) -> tuple[str, str]:
    """The colours of text and of what is beneath it, in a theme of the app."""
    from controlroom.tui.themes import DARK, PALETTES

    palette = PALETTES.get(theme, PALETTES[DARK])
    return (PALETTES[DARK] if palette.native else palette).text, (
        PALETTES[DARK] if palette.native else palette
    ).ground


def theme_of(ground: object) -> str:
    """The theme of the app that has this colour beneath everything; the dark one if none has."""
    from controlroom.tui.themes import DARK, PALETTES

    return next((name for name, each in PALETTES.items() if each.ground == ground), DARK)


def header_of(tape: Tape, version: int) -> dict[str, object]:
    """The first line of a cast."""
    text, ground = ground_of(tape.theme)
    theme = {"fg": text, "bg": ground, "palette": ":".join(ANSI)}
    if version == 2:
        header: dict[str, object] = {"version": 2, "width": tape.columns, "height": tape.rows}
        return {**header, "title": tape.title, "command": WRITER, "theme": theme}
    size = {"cols": tape.columns, "rows": tape.rows, "theme": theme}
    return {"version": 3, "term": size, "title": tape.title, "command": WRITER}


def _events(tape: Tape, version: int) -> Iterator[tuple[float, str, str]]:
    before = 0
    for event in tape.events:
        since = event.at - before if version == 3 else event.at
        yield since / MILLISECONDS, event.code, event.data
        before = event.at
    # The end is as long as the last picture is to stand.
    since = tape.length - before if version == 3 else tape.length
    if version == 3:
        yield since / MILLISECONDS, "x", "0"
    else:
        yield since / MILLISECONDS, "o", ""
