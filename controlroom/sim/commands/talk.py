"""People: calling, declaring, escalating, notifying. What is said is the scenario's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import people
from controlroom.sim.alerts import AlertState
from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.events import Tone
from controlroom.sim.start import Person
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

_WHO = Slot(Kind.PERSON, "WHO")


def _speak(world: World, seat: str, who: Person, heard: tuple[str, ...] = ()) -> None:
    """What a person says now, and the authority that comes with it."""
    line = people.line_of(world, who)
    lines = [*heard, *(line.text.splitlines() if line else ())]
    if not lines:
        lines = ["has nothing new for you"]
    world.team.called[who.id] = world.now
    if line is not None and line.grants and world.team.authority < 0:
        world.team.authority = world.now
        world.team.granted_by = who.title
        lines.append("You have authority to stop everything.")
    answer(world, seat, f"{who.title}: {lines[0]}", *lines[1:])


@attrs.frozen
class Call(Command):
    """Call somebody, or answer their call."""

    verb: ClassVar[str] = "call"
    summary: ClassVar[str] = "telephone somebody, or answer when they ring"
    group: ClassVar[Group] = Group.PEOPLE
    key: ClassVar[str | None] = "C"
    phone: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = ("phone", "answer")

    who: str = words(_WHO)

    def _waiting(self, world: World) -> list[int]:
        return [
            number for number in world.alerts.ringing if world.alerts[number].sender == self.who
        ]

    def stages(self, world: World) -> tuple[int, ...]:
        """Ringing, unless it is their call, and talking."""
        who = people.person(world, self.who)
        if self._waiting(world):
            return (seconds(who.talks),)
        return (seconds(who.answers), seconds(who.talks))

    def begin(self, world: World, seat: str) -> None:
        """Taking the receiver ends the ringing."""
        for number in self._waiting(world):
            world.alerts.set(number, AlertState.SEEN, world.now)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """At the end of the talk one knows what they said."""
        work_over = not any(work.command is self for work in world.work)
        if not work_over:
            return
        who = people.person(world, self.who)
        heard = tuple(
            line
            for number, alert in enumerate(world.alerts.feed.items)
            if alert.sender == self.who
            and world.alerts.states[number] is AlertState.SEEN
            and alert.step > world.team.called.get(self.who, -1)
            for line in alert.body.splitlines()
        )
        _speak(world, seat, who, heard)


@attrs.frozen
class Declare(Command):
    """Declare an incident."""

    verb: ClassVar[str] = "declare"
    summary: ClassVar[str] = "declare an incident; gives authority to stop everything (15 s)"
    group: ClassVar[Group] = Group.PEOPLE
    key: ClassVar[str | None] = "I"
    asks: ClassVar[bool] = True

    def obstacle(self, world: World) -> str | None:
        """It is declared already."""
        if world.team.declared >= 0:
            since = world.scenario.day.text(world.team.declared)
            return f"an incident is declared already, since {since}"
        return None

    def stages(self, world: World) -> tuple[int, ...]:
        """Fifteen seconds to open the bridge and page the list."""
        return (seconds(15),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """From now on the engineer on call may stop everything."""
        world.team.declared = world.now
        if world.team.authority < 0:
            world.team.authority = world.now
            world.team.granted_by = "declared incident"
        answer(
            world,
            seat,
            "incident declared; the bridge is open and the list is paged",
            "until somebody relieves you, you may stop everything",
            tone=Tone.GOOD,
        )


@attrs.frozen
class Escalate(Command):
    """Get those onto the line who can decide."""

    verb: ClassVar[str] = "escalate"
    summary: ClassVar[str] = "get everybody onto the line who may stop everything (60 s)"
    group: ClassVar[Group] = Group.PEOPLE
    key: ClassVar[str | None] = "E"
    phone: ClassVar[bool] = True

    def stages(self, world: World) -> tuple[int, ...]:
        """A minute."""
        return (seconds(60),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """Each says what they say when called."""
        for who in world.scenario.people:
            if any(line.grants for line in who.lines):
                _speak(world, seat, who)


@attrs.frozen
class Notify(Command):
    """Tell somebody what is going on, in two sentences."""

    verb: ClassVar[str] = "notify"
    summary: ClassVar[str] = "tell somebody what is going on, without waiting for an answer (20 s)"
    group: ClassVar[Group] = Group.PEOPLE
    key: ClassVar[str | None] = "N"

    who: str = words(_WHO)

    def stages(self, world: World) -> tuple[int, ...]:
        """Twenty seconds."""
        return (seconds(20),)

    def finish(self, world: World, seat: str, stage: int) -> None:
        """They know; the moment is on record."""
        world.team.notified.setdefault(self.who, world.now)
        answer(world, seat, f"{people.person(world, self.who).title} is told", tone=Tone.GOOD)
