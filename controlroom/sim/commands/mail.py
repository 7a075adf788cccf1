"""The mail: list what has come, open one, and what it says as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from controlroom.sim import people, seats
from controlroom.sim.alerts import AlertState
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.tasks import answer, counted

if TYPE_CHECKING:
    from controlroom.sim.world import World

_FULL: Final = 72
"""Characters that a line of a file is filled to where its author has broken a sentence."""


@attrs.frozen
class Mail(Command):
    """Open a message, or list the newest."""

    verb: ClassVar[str] = "mail"
    summary: ClassVar[str] = "list the newest messages, or open message N"
    group: ClassVar[Group] = Group.LOOK
    key: ClassVar[str | None] = "m"
    aliases: ClassVar[tuple[str, ...]] = ("open", "read")

    number: str | None = words(Slot(Kind.ALERT, "N", optional=True))

    def obstacle(self, world: World) -> str | None:
        """A number that is not there, or a telephone that rings."""
        if self.number is None:
            return None
        missing = no_such_message(world, self.number)
        if missing is None and world.alerts.states[int(self.number)] is AlertState.RINGING:
            caller = world.alerts[int(self.number)].sender
            return f"message {self.number} is a telephone that rings; answer it with: call {caller}"
        return missing

    def begin(self, world: World, seat: str) -> None:
        """Show it; opening one of a group opens what is equal to it."""
        alerts, day, mine = world.alerts, world.scenario.day, seats.on_desk(world, seat)
        if self.number is None:
            here = [number for number in range(len(alerts)) if mine(number)]
            newest = here[:-9:-1]
            lines = [
                f"{number:4d}  {day.text(alerts[number].step)}  {alerts.states[number].value:<12}  "
                f"{people.name_of(world, alerts[number])}: {alerts[number].subject}"
                for number in newest
            ]
            unread = sum(alerts.states[number] is AlertState.NEW for number in here)
            answer(world, seat, f"{counted(len(here), 'message')}, {unread} not opened", *lines)
            return
        number = int(self.number)
        alert = alerts[number]
        equal = tuple(filter(mine, alerts.equal_ones(number))) if alerts.grouped else (number,)
        for index in equal:
            if alerts.states[index] is AlertState.NEW:
                alerts.set(index, AlertState.SEEN, world.now)
        first = f"{day.text(alert.step)}  {people.name_of(world, alert)}: {alert.subject}"
        lines = paragraphs(alert.body)
        if len(equal) > 1:
            begin, end = day.text(alerts[equal[0]].step), day.text(alerts[equal[-1]].step)
            lines.append(f"one of {len(equal)} equal ones, from {begin} to {end}")
        answer(world, seat, first, *lines)


def no_such_message(world: World, number: str) -> str | None:
    """The refusal for a message number that is not in the feed."""
    if number.isdecimal() and int(number) >= len(world.alerts):
        if not len(world.alerts):
            return "no message has arrived yet"
        return f"there is no message {number}; the newest is {len(world.alerts) - 1}"
    return None


def paragraphs(body: str) -> list[str]:
    """A text as its author meant it: sentences that a full line had broken are whole again.

    Whoever shows it breaks it for a width of his own. Lines that end early, and those that are set
    in, were meant to stand for themselves.
    """
    rows: list[str] = []
    before = ""
    for line in body.splitlines():
        meant = not line.strip() or line[0] == " " or before[:1] in ("", " ")
        if meant or len(f"{before} {line.split()[0]}") <= _FULL:
            rows.append(line)
        else:
            rows[-1] += f" {line}"
        before = line
    return rows
