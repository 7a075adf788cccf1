"""The answers: what a seat was told, and the commands that it gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim import seats
from controlroom.sim import week as weeks
from controlroom.sim.events import (
    Answer,
    Arrived,
    Event,
    Refused,
    Said,
    StoodStill,
    Taught,
    Told,
    Tone,
)
from controlroom.sim.seats import EVERYBODY, Seat
from controlroom.sim.views.kept import kept

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_LINES: Final = 200
"""Lines of the answers, the newest of them."""

NO_CLOCK: Final = "--:--:--"
"""Stands for the time of what was said before the day, whose clock had not begun to go."""


@attrs.frozen
class LineView:
    """One line of the answers.

    Attributes:
        clock: `HH:MM:SS`, or empty for a further line of the same answer.
        who: `you`, another seat, or empty for an answer.
        text: plain text.
        tone: how it should be read.
    """

    clock: str
    who: str
    text: str
    tone: Tone


def answers_of(world: World, seat: Seat) -> tuple[LineView, ...]:
    """The last lines that this seat was told, oldest first."""
    log = world.log.items
    answers: tuple[LineView, ...] = kept(
        world, f"answers {seat.id}", len(log), lambda: _told(world, seat)
    )
    return answers


def _told(world: World, seat: Seat) -> tuple[LineView, ...]:
    lines: list[LineView] = []
    day = world.scenario.day
    in_the_week = weeks.begun(world) is not None
    for event in reversed(world.log.items):
        if not seats.hears(world, seat, event):
            continue
        if isinstance(event, StoodStill) and world.week is not None:
            in_the_week = True
        clock = NO_CLOCK if in_the_week else day.text(event.step)
        lines.extend(reversed(_lines(event, seat.id, clock)))
        if len(lines) >= MOST_LINES:
            break
    return tuple(reversed(lines[:MOST_LINES]))


def _lines(event: Event, seat: str, clock: str) -> list[LineView]:
    # Mail lies in the feed, and the coach has a place of its own.
    if isinstance(event, Taught) or (isinstance(event, Arrived) and not event.urgent):
        return []
    if isinstance(event, Said):
        who = "you" if event.seat == seat else event.seat
        return [LineView(clock, who, event.text, Tone.PLAIN)]
    if isinstance(event, Told):
        to = "all" if event.to == EVERYBODY else "you" if event.to == seat else event.to
        number = f" ({event.number})" if event.number else ""
        said, *more = event.text.split("\n")
        first = LineView(clock, event.seat, f"to {to}{number}: {said}", event.tone)
        return [first, *(LineView("", "", line, event.tone) for line in more)]
    if isinstance(event, Refused):
        return [LineView(clock, "", f"not done: {event.text}", event.tone)]
    first = LineView(clock, "", event.text, event.tone)
    if isinstance(event, Answer):
        return [first, *(LineView("", "", line, event.tone) for line in event.lines)]
    return [first]
