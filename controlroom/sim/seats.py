"""Seats: who has which instruments, who may give which commands, and what reaches whom.

Alone, one plays `on-call`, which has everything that the firm's people could look up. In a drill
the same firm is looked at from several desks, and nobody has the whole picture: the engineer alone
looks into servers, risk alone sees the 33 Account against its limit, the liaison alone has the
telephone, comms alone the mail. With fewer people, one person has the instruments of two desks.
"""

from __future__ import annotations

import enum
from functools import cache
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.alerts import Alert
from controlroom.sim.command import Command
from controlroom.sim.events import (
    Answer,
    Arrived,
    Event,
    Milestone,
    Refused,
    Said,
    ServerChanged,
    Sounded,
    StoodStill,
    Told,
)
from controlroom.sim.start import Channel

if TYPE_CHECKING:
    from collections.abc import Callable

    from controlroom.sim.world import World

ON_CALL: Final[str] = "on-call"
"""The seat of somebody who plays alone."""

FACILITATOR: Final[str] = "facilitator"
OBSERVER: Final[str] = "observer"
COMMANDER: Final[str] = "commander"

EVERYBODY: Final[str] = "all"
"""Stands for every seat where a seat is named."""


class Pane(enum.StrEnum):
    """An instrument that a seat has or has not."""

    SERVERS = "servers"
    MAIL = "mail"
    TELEPHONE = "telephone"
    ALARMS = "alarms"
    MONEY = "money"
    LIMIT = "limit"
    BOARD = "board"


@attrs.frozen
class Seat:
    """A desk.

    Attributes:
        id: what people type.
        title: as it is said.
        panes: its instruments. `BOARD` is the list of everything that is being done.
        verbs: the commands that it may give.
        covers: other desks that the same person has because there are too few people.
    """

    id: str
    title: str
    panes: frozenset[Pane]
    verbs: frozenset[str]
    covers: tuple[str, ...] = ()

    @property
    def sees_all(self) -> bool:
        """Whether it has every instrument: whoever plays alone, and the facilitator."""
        return self.id in (ON_CALL, FACILITATOR)

    def is_called(self, name: str) -> bool:
        """Whether what is meant for the seat `name` reaches this one."""
        return name in (self.id, EVERYBODY) or name in self.covers


_ROOM: Final = "tell copy card note suspect reply timeout mail ack shelve"
"""What every participant may do; mail opens what has reached the own desk."""

_DIRECTING: Final = (
    "drill join leave freeze go fire hold release skip edit fault repair voice coach probe "
    "enough carry kept tell note end"
)

_OPERATING: Final = (
    "look log compare config deploy uninstall reload flag drain stop start kill cancel disconnect "
    "connect alarms accept"
)
_MONEY: Final = "pmon positions account tape limit pare hedge sell"
_OUTSIDE: Final = "call notify refuse reroute cancellations"
_MAIL: Final = "group search alarm notify alarms accept"
_LEADING: Final = "declare escalate handover"
_ALONE: Final = (
    f"{_OPERATING} {_MONEY} {_OUTSIDE} {_MAIL} {_LEADING} mail ack shelve note suspect hint "
    "lesson review procedure remove test tomorrow bell go"
)


def _seat(name: str, title: str, panes: str, verbs: str) -> Seat:
    has = frozenset(Pane(pane) for pane in panes.split())
    return Seat(name, title, has, frozenset(verbs.split()))


_EVERY_PANE: Final = " ".join(Pane)

SEATS: Final[dict[str, Seat]] = {
    seat.id: seat
    for seat in (
        _seat(ON_CALL, "engineer on call", _EVERY_PANE, _ALONE),
        _seat(COMMANDER, "incident commander", "board", f"{_LEADING} {_ROOM}"),
        _seat("engineer", "engineer", "servers alarms", f"{_OPERATING} {_ROOM}"),
        _seat("risk", "risk", "money limit", f"{_MONEY} {_ROOM}"),
        _seat("liaison", "liaison", "telephone", f"{_OUTSIDE} {_ROOM}"),
        _seat("comms", "comms and scribe", "mail alarms", f"{_MAIL} {_ROOM}"),
        _seat(OBSERVER, "observer", "board", "card note timeout"),
        _seat(FACILITATOR, "facilitator", _EVERY_PANE, _DIRECTING),
    )
}
"""Every seat by its id. That `on-call` may let time go on lets one person take over a drill."""

FEWEST, MOST = 4, 8
"""People in a drill beside the facilitator."""

PARTICIPANTS: Final[tuple[str, ...]] = (COMMANDER, "engineer", "risk", "liaison", "comms", OBSERVER)
"""The seats of a drill beside the facilitator's, in the order in which they are filled."""

SETS: Final[dict[int, dict[str, int]]] = {
    4: {COMMANDER: 1, "engineer": 1, "risk": 1, "liaison": 1},
    5: {COMMANDER: 1, "engineer": 1, "risk": 1, "liaison": 1, "comms": 1},
    6: {COMMANDER: 1, "engineer": 1, "risk": 1, "liaison": 1, "comms": 1, OBSERVER: 1},
    7: {COMMANDER: 1, "engineer": 2, "risk": 1, "liaison": 1, "comms": 1, OBSERVER: 1},
    8: {COMMANDER: 1, "engineer": 2, "risk": 1, "liaison": 1, "comms": 2, OBSERVER: 1},
}
"""People -> how many sit in each seat. With four, the liaison has the mail too."""

_MERGED: Final = {"comms": "liaison"}
"""Whose desk somebody else has where a set lacks it."""


@cache
def seats_for(people: int) -> dict[str, Seat]:
    """The seats of a drill for so many people, the facilitator's among them, in order."""
    there = SETS[people]
    seats: dict[str, Seat] = {name: SEATS[name] for name in PARTICIPANTS if name in there}
    for gone, other in _MERGED.items():
        if gone in there:
            continue
        one, two = seats[other], SEATS[gone]
        seats[other] = attrs.evolve(
            one,
            title=f"{one.title}, {two.title}",
            panes=one.panes | two.panes,
            verbs=one.verbs | two.verbs,
            covers=(*one.covers, gone),
        )
    return {**seats, FACILITATOR: SEATS[FACILITATOR]}


def seats_of(world: World) -> dict[str, Seat]:
    """The seats that there are: those of the drill, or all of them where there is none."""
    return SEATS if world.drill is None else seats_for(world.drill.people)


def seat_of(world: World, name: str) -> Seat | None:
    """The seat of that id, or None; `on-call` is always there."""
    return seats_of(world).get(name) or (SEATS[ON_CALL] if name == ON_CALL else None)


def refusal(world: World, name: str, command: Command) -> str | None:
    """Why a seat may not give a command, with who may, or None."""
    seat = seat_of(world, name)
    if seat is None:
        return _no_seat(world, name)
    if command.verb not in seat.verbs:
        return not_yours(world, seat, command.verb)
    if seat.sees_all:
        return None
    if world.still and command.verb not in ("reply", "timeout", "note", "copy", "card"):
        return f"time stands still ({world.still}); wait until the facilitator lets it go on"
    number = getattr(command, "number", None)
    if command.verb in ("mail", "ack", "shelve") and number is not None and number.isdecimal():
        place = int(number)
        if place >= len(world.alerts) or not reaches(world, seat, world.alerts[place]):
            return f"no message {number} has reached your desk"
    return None


def _no_seat(world: World, name: str) -> str:
    for seat in seats_of(world).values():
        if name in seat.covers:
            return f"in a drill for so few people {seat.id} has the desk of {name} too"
    listed = ", ".join(other for other in seats_of(world) if other != FACILITATOR)
    return f"there is no seat {name[:40]!r} here; there are {listed}"


def not_yours(world: World, seat: Seat, verb: str) -> str:
    """Who may do what this seat may not, in a sentence."""
    others = [
        other
        for other in seats_of(world).values()
        if verb in other.verbs and other.id not in (ON_CALL, FACILITATOR)
    ]
    if others:
        who = " or ".join(other.id for other in others)
        ask = "" if seat.id in (ON_CALL, OBSERVER) else f"; ask, with: tell {others[0].id} …"
        return f"{verb} is not for the {seat.id} seat: {who} may do it{ask}"
    if verb in SEATS[FACILITATOR].verbs:
        return f"{verb} is the facilitator's, in a drill"
    return f"{verb} is for somebody who plays alone; in a drill the facilitator gives hints"


# --- what reaches whom --------------------------------------------------------------------------

_PANE_OF: Final = {
    Channel.MAIL: Pane.MAIL,
    Channel.CALL: Pane.TELEPHONE,
    Channel.ALARM: Pane.ALARMS,
}


def reaches(world: World, seat: Seat, alert: Alert) -> bool:
    """Whether a message is for this seat: it is addressed to it, or comes by its instrument."""
    if seat.sees_all:
        return True
    to = world.scenario.addressees.get(alert.inject, "")
    if to:
        return seat.is_called(to)
    return _PANE_OF[alert.channel] in seat.panes


def on_desk(world: World, name: str) -> Callable[[int], bool]:
    """Says of the number of a message whether it is for this seat."""
    seat = seat_of(world, name)
    if seat is None:
        return lambda _: False
    if seat.sees_all:
        return lambda _: True
    found = seat
    return lambda number: reaches(world, found, world.alerts[number])


def hears(world: World, seat: Seat, event: Event) -> bool:
    """Whether this seat is told of an event."""
    if seat.id == FACILITATOR:
        # Its own words stand there already, as the command that they were.
        return not (isinstance(event, Told) and event.number and event.seat == FACILITATOR)
    if seat.id == ON_CALL:
        return not (isinstance(event, Said | Answer | Refused) and event.seat == FACILITATOR)
    told = False
    match event:
        case Said() | Answer() | Refused():
            told = event.seat == seat.id
        case Told():
            told = event.seat != seat.id and seat.is_called(event.to)
        case Arrived():
            told = reaches(world, seat, world.alerts[event.alert])
        case Sounded():
            told = Pane.ALARMS in seat.panes
        case ServerChanged():
            told = Pane.SERVERS in seat.panes
        case Milestone():
            told = not event.stock or Pane.MONEY in seat.panes
        case StoodStill():
            told = True
    return told
