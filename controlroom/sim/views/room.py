"""What seats of a drill say to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.drill import Drill
from controlroom.sim.seats import Seat
from controlroom.sim.views.kept import kept

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_MESSAGES: Final = 200
"""Messages, the newest of them."""


@attrs.frozen
class MessageView:
    """Something that was said between seats.

    Attributes:
        number: of the message.
        clock: `HH:MM:SS`.
        seat: who said it.
        to: to whom, a seat or `all`.
        text: plain text.
        copied: seats that acknowledged it.
    """

    number: int
    clock: str
    seat: str
    to: str
    text: str
    copied: tuple[str, ...]


def said_to(world: World, seat: Seat) -> tuple[MessageView, ...]:
    """What was said to this seat and by it."""
    drill = world.drill
    if drill is None or not drill.messages:
        return ()
    said = len(drill.messages) + sum(map(len, drill.copied.values()))
    messages: tuple[MessageView, ...] = kept(
        world, f"room {seat.id}", said, lambda: _messages(world, drill, seat)
    )
    return messages


def _messages(world: World, drill: Drill, seat: Seat) -> tuple[MessageView, ...]:
    day = world.scenario.day
    return tuple(
        MessageView(
            number=number,
            clock=day.text(message.step),
            seat=message.seat,
            to=message.to,
            text=message.text,
            copied=drill.copied.get(number, ()),
        )
        for number, message in enumerate(drill.messages, 1)
        if seat.sees_all or message.seat == seat.id or seat.is_called(message.to)
    )[-MOST_MESSAGES:]
