"""A session that somebody kept as a cast, read back: so that it becomes every other kind of film.

Only casts that Control Room wrote are read, because the glass knows what its screens send to a
terminal and no more. A session that ended in the middle of a line is played up to there.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from controlroom.recording.cast import WRITER, theme_of
from controlroom.recording.director import LAST
from controlroom.recording.errors import RecordingError
from controlroom.recording.glass import CLEARED, Glass
from controlroom.recording.glass_picture import drawn
from controlroom.recording.recording import Picture, Recording
from controlroom.recording.tape import MILLISECONDS, Event, Tape
from controlroom.runs.errors import os_reason
from controlroom.scenario import visible

Told = Callable[[int, int], None]

MOST_CELLS: Final = 500
"""Columns or rows of a terminal that anybody has."""

_SIZE: Final = re.compile(r"(\d{1,4})x(\d{1,4})", re.ASCII)

_OFTEN: Final = 500
"""Lines between two looks at whoever may want to stop."""


def film_of_session(
    path: Path, speed: float = 1.0, told: Told | None = None, *, at: Sequence[float] = ()
) -> Recording:
    """The film of a session that was kept.

    Args:
        path: of its cast.
        speed: how many times as fast as it was.
        told: told how far it is.
        at: seconds of the film at which pictures are taken, besides one at the end.

    Raises:
        RecordingError: when it is no cast of ours, or has no such moment.
    """
    tape = read_cast(path, speed, told)
    return Recording(tape, tuple(_pictures(tape, at)))


def read_cast(path: Path, speed: float = 1.0, told: Told | None = None) -> Tape:
    """The tape of a cast that Control Room wrote, in the largest size that its terminal had.

    Args:
        path: of the cast.
        speed: how many times as fast as it was.
        told: told how far it is.

    Raises:
        RecordingError: when it cannot be read, saying in which line.
    """
    shown = visible(str(path))
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise RecordingError(f"{shown} cannot be read: {os_reason(error)}") from None
    except UnicodeDecodeError as error:
        raise RecordingError(f"{shown} is not UTF-8 at byte {error.start:,}") from None
    version, tape = _begun(lines[0], shown)
    sizes = [(tape.columns, tape.rows)]
    now = 0.0
    for number, (time, code, data) in _events(lines[1:], shown):
        now = now + time if version == 3 else time
        at = round(now * MILLISECONDS / speed)
        if at < tape.length:
            raise RecordingError(f"{shown}: line {number:,}: time goes back")
        tape.length = at
        if code == "r":
            sizes.append(_size(data, f"{shown}: line {number:,}"))
            # Whoever is told of a size draws everything again.
            tape.events.append(Event(at, "o", CLEARED))
        elif code in ("o", "m") and data:
            tape.events.append(Event(at, "m" if code == "m" else "o", data))
        if told is not None and number % _OFTEN == 0:
            told(number, len(lines))
    tape.columns, tape.rows = (max(each) for each in zip(*sizes, strict=True))
    return tape


def _begun(header: str, shown: str) -> tuple[int, Tape]:
    """The version of a cast, and its tape without events."""
    try:
        head = json.loads(header)
        version = head["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RecordingError(f"{shown} is no cast: its first line says no version") from None
    if head.get("command") != WRITER or version not in (2, 3):
        raise RecordingError(
            f"{shown} was not kept by Control Room; only its own screens can be drawn again"
        )
    term = head if version == 2 else head.get("term")
    names = ("width", "height") if version == 2 else ("cols", "rows")
    size = term if isinstance(term, dict) else {}
    columns, rows = _size("x".join(str(size.get(name, "?")) for name in names), f"{shown}: line 1")
    theme = size.get("theme")
    ground = theme.get("bg") if isinstance(theme, dict) else ""
    return version, Tape(columns, rows, str(head.get("title", "")), theme_of(ground))


def _events(lines: Sequence[str], shown: str) -> Iterator[tuple[int, tuple[float, str, str]]]:
    """Each event with the number of its line."""
    for number, line in enumerate(lines, start=2):
        # The end of a session that was interrupted is no line yet.
        if line and (event := _event(line)) is not None:
            yield number, event
        elif line and number <= len(lines):
            raise RecordingError(
                f'{shown}: line {number:,} is no event; one is [seconds, "o", "what was shown"]'
            )


def _event(line: str) -> tuple[float, str, str] | None:
    try:
        event: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match event:
        case [int() | float() as time, str() as code, str() as data] if 0 <= time < math.inf:
            return float(time), code, data
    return None


def _size(text: str, place: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    columns, rows = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (1 <= columns <= MOST_CELLS and 1 <= rows <= MOST_CELLS):
        raise RecordingError(f"{place}: no terminal has the size {visible(text)}")
    return columns, rows


def _pictures(tape: Tape, at: Sequence[float]) -> Iterator[Picture]:
    """The screen at each of the moments, by its place among them, and at the end."""
    moments = [(round(seconds * MILLISECONDS), str(place)) for place, seconds in enumerate(at)]
    late = [moment for moment, _ in moments if moment > tape.length]
    if late:
        raise RecordingError(
            f"the film is {tape.length / MILLISECONDS:.1f} s long; there is no picture at "
            f"{late[0] / MILLISECONDS:g} s"
        )
    glass, place = Glass(tape.columns, tape.rows), 0
    for moment, name in [*sorted(moments), (tape.length, LAST)]:
        due: Iterable[Event] = tape.events[place:]
        for event in due:
            if event.at > moment:
                break
            glass.show(event)
            place += 1
        yield Picture(name, "", drawn(glass, tape.title, tape.theme), moment)
