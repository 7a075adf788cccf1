"""The big board: what a whole room may see at once, while each seat's instruments stay its own.

It holds what everybody is told, what is being done, who sits where and at which desk something
waits. What a seat sees on its instruments is not among it, the loss least of all.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.drill import Drill
from controlroom.sim.events import Told
from controlroom.sim.seats import COMMANDER, EVERYBODY, seats_of
from controlroom.sim.views.answers import LineView
from controlroom.sim.views.facilitator import SeatStatus, seat_statuses
from controlroom.sim.views.feed import alerts_of, ringing_at
from controlroom.sim.views.header import HeaderView
from controlroom.sim.views.picture import view
from controlroom.sim.views.work import WorkView

if TYPE_CHECKING:
    from controlroom.sim.world import World

SAID: Final = 30
"""Lines that were said to everybody, the newest of them."""

LOOKED_AT: Final = 3_000
"""Events in which they are looked for."""


@attrs.frozen
class Place:
    """A seat as the whole room sees it.

    Attributes:
        status: who sits there and what is unheard.
        title: of the seat.
        unread: messages on its desk that nobody has opened.
        rings: its telephone does.
    """

    status: SeatStatus
    title: str
    unread: int
    rings: bool


@attrs.frozen
class BoardView:
    """Everything on the board.

    Attributes:
        header: as the commander has it: clock, servers that run, authority.
        still: why time stands still, or empty.
        places: the seats, without the facilitator's.
        work: in progress, whoever does it.
        said: to everybody, oldest first.
        probe: whether questions are being asked.
        answered: seats that have answered them.
    """

    header: HeaderView
    still: str
    places: tuple[Place, ...]
    work: tuple[WorkView, ...]
    said: tuple[LineView, ...]
    probe: bool
    answered: tuple[str, ...]


def board_view(world: World) -> BoardView | None:
    """The board; None where there is no drill."""
    drill = world.drill
    if drill is None:
        return None
    seen = view(world, COMMANDER)
    asked = [note for note in drill.written if note.kind.startswith(f"{drill.probe} ")]
    return BoardView(
        header=seen.header,
        still=seen.still,
        places=_places(world, drill),
        work=seen.work,
        said=_said(world),
        probe=bool(drill.probe),
        answered=tuple(dict.fromkeys(note.seat for note in asked if drill.probe)),
    )


def _places(world: World, drill: Drill) -> tuple[Place, ...]:
    seats = seats_of(world)
    return tuple(
        Place(
            status,
            seats[status.id].title,
            alerts_of(world, seats[status.id]).unread,
            bool(ringing_at(world, seats[status.id])),
        )
        for status in seat_statuses(world, drill)
    )


def _said(world: World) -> tuple[LineView, ...]:
    """The last things that everybody was told, whoever said them."""
    day = world.scenario.day
    told = (
        LineView(day.text(event.step), event.seat, event.text, event.tone)
        for event in islice(reversed(world.log.items), LOOKED_AT)
        if isinstance(event, Told) and event.to == EVERYBODY
    )
    return tuple(islice(told, SAID))[::-1]
