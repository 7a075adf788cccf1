"""The modern console's alarms as lines: what to act on first, and for that one what to do.

The priority is a figure and a sign as well as a colour; what nobody has accepted is said to be NEW.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.tui.lines import Line, Span, ends, line, plain, spans_width, wrapped
from controlroom.tui.look import Glyphs, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.views import AlarmView

ROLES: Final = {1: Role.BAD, 2: Role.NOTICE, 3: Role.INFO}
"""Priority -> how its sign and text are read."""

_WORDS: Final = {"new": "NEW", "over": "over", "accepted": "acc"}
_INDENT: Final = 9
_NARROW: Final = 40
"""Width below which a text has the place of its time."""


def priority_span(priority: int, glyphs: Glyphs, *, quiet: bool = False) -> Span:
    """`▲1`: the sign of an alarm with its priority."""
    return Span(f"{glyphs.alarm}{priority}", Role.MUTED if quiet else ROLES[priority])


def _row(alarm: AlarmView, width: int, glyphs: Glyphs) -> list[Line]:
    """One alarm, in as many lines as its text takes."""
    quiet = alarm.state != "new"
    badge = Role.ALARM if alarm.priority == 1 else Role.BADGE
    word = _WORDS[alarm.state]
    tail = (Span(" "), Span(f" {word} ", badge if alarm.state == "new" else Role.MUTED))
    indent = _indent(width)
    head = [
        priority_span(alarm.priority, glyphs, quiet=alarm.state == "over"),
        Span(f" {alarm.clock[:5]} " if indent == _INDENT else " ", Role.MUTED),
    ]
    room = width - indent - spans_width(tail)
    text, *more = wrapped(plain(alarm.text), max(12, room))
    role = Role.MUTED if quiet else Role.STRONG
    first = ends((*head, Span(text, role)), tail, width)
    return [first, *(line(Span(" " * indent), Span(rest, role), width=width) for rest in more)]


def _indent(width: int) -> int:
    """Where texts begin."""
    return _INDENT if width >= _NARROW else 3


def _told(label: str, text: str, width: int, role: Role) -> list[Line]:
    """`cause` with its sentence."""
    indent = _indent(width)
    if indent < _INDENT:
        label, text = "", f"{label}: {text}"
    rows = wrapped(plain(text), max(12, width - indent))
    heads = [label, *[""] * (len(rows) - 1)]
    return [
        line(Span(f"{head:<{indent}}", Role.MUTED), Span(row, role), width=width)
        for head, row in zip(heads, rows, strict=True)
    ]


def _as_much(told: Sequence[list[Line]], height: int) -> list[Line]:
    """As many of the sentences as fit in full."""
    lines: list[Line] = []
    for rows in told:
        if len(lines) + len(rows) > height:
            break
        lines += rows
    return lines


def alarm_lines(alarms: Sequence[AlarmView], width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The list, the first one with cause, consequence and response as far as there is room.

    Args:
        alarms: what to act on first.
        width: of a line.
        height: lines that the list may take at most; what does not fit is counted.
        glyphs: the signs.
    """
    if not alarms:
        return [line(Span(f"{glyphs.good} no alarm", Role.GOOD), width=width)]
    first = alarms[0]
    told = [
        _told("do", first.response, width, Role.TEXT),
        _told("cause", first.cause, width, Role.MUTED),
        _told("else", first.consequence, width, Role.MUTED),
    ]
    rows = [_row(alarm, width, glyphs) for alarm in alarms]
    lines = rows[0][: max(1, height - (len(rows) > 1))]
    # What to do about the first one is worth more than the line of the fourth.
    least = sum(len(row) for row in rows[1:3]) + (len(rows) > 3)
    if first.state != "over":
        lines += _as_much(told, height - len(lines) - least)
    for number, row in enumerate(rows[1:], 1):
        left = len(rows) - number
        if len(lines) + len(row) + (left > 1) > height:
            lines.append(line(Span(f"{left} more, with: alarms", Role.MUTED), width=width))
            break
        lines += row
    return lines[:height]
