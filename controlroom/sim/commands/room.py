"""Between seats, in a drill: telling, acknowledging, answering a probe, and stopping for real.

What is told reaches those it is told to and nobody else. At a desk that nobody took sit the firm's
people: they do what they are asked, in their own time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from controlroom.sim.clock import seconds
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.grammar import CommandError
from controlroom.sim.commands.record import write_down
from controlroom.sim.drill import Drill, Later, Message
from controlroom.sim.events import StoodStill, Told, Tone
from controlroom.sim.seats import EVERYBODY, FACILITATOR, seat_of, seats_of
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

SLOW: Final = seconds(60)
"""Steps that the firm's people take before they do what they are asked (reconstructed)."""

NO_DRILL: Final = "there is no drill; the facilitator begins one, with: drill PEOPLE"


@attrs.frozen
class InDrill(Command):
    """A command that there is only in a drill."""

    group: ClassVar[Group] = Group.ROOM

    def obstacle(self, world: World) -> str | None:
        """There is none."""
        return NO_DRILL if world.drill is None else self.hindered(world, world.drill)

    def hindered(self, world: World, drill: Drill) -> str | None:
        """Why it cannot be done in this drill, or None."""
        return None

    def begin(self, world: World, seat: str) -> None:
        """What happens; it has been seen that there is a drill."""
        if world.drill is not None:
            self.act(world, world.drill, seat)

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """What happens in this drill."""
        raise AssertionError


@attrs.frozen
class Tell(InDrill):
    """Tell another seat something."""

    verb: ClassVar[str] = "tell"
    summary: ClassVar[str] = "tell another seat something, or all of them"

    to: str = words(Slot(Kind.SEAT, "SEAT", (EVERYBODY, FACILITATOR)))
    said: str = words(Slot(Kind.TEXT, "TEXT"))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """A seat that this drill does not have."""
        desks = seats_of(world).values()
        if self.to == EVERYBODY or any(desk.is_called(self.to) for desk in desks):
            return None
        listed = ", ".join(seats_of(world))
        return f"nobody is {self.to} in this drill; there are {listed}, and all"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It is heard there at once; where the firm's people sit, it may be an order to them."""
        drill.messages.append(Message(world.now, seat, self.to, self.said))
        number = len(drill.messages)
        world.record(Told(world.now, self.said, seat, self.to, number))
        desk = next((one for one in seats_of(world).values() if one.is_called(self.to)), None)
        if self.to == EVERYBODY or desk is None or not drill.is_empty(desk.id):
            answer(world, seat, f"told {self.to} ({number})", tone=Tone.GOOD)
            return
        said = _order(world, drill, self, seat, desk.id)
        answer(world, seat, f"told {self.to} ({number}): {said}")


def _order(world: World, drill: Drill, tell: Tell, seat: str, desk: str) -> str:
    """Let the firm's people take a text as an order, where it is one; what they say to it."""
    from controlroom.sim.commands import parse

    place = seat_of(world, desk)
    try:
        command = parse(tell.said, world.scenario)
    except CommandError:
        return "the firm's people sit there and have heard it"
    if place is None or command.verb not in place.verbs or command.group is Group.ROOM:
        return "the firm's people sit there and have heard it"
    drill.later.append(Later(world.now + SLOW, desk, seat, command, ""))
    return f"the firm's people sit there and will do it, in their own time: {command.text()}"


@attrs.frozen
class Copy(InDrill):
    """Acknowledge what one was told."""

    verb: ClassVar[str] = "copy"
    summary: ClassVar[str] = "acknowledge message N, or the last one that you were told"
    aliases: ClassVar[tuple[str, ...]] = ("heard",)

    message: int | None = words(Slot(Kind.NUMBER, "N", optional=True, low=1, high=100_000))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """Nothing was said yet; whether something was said to this seat, `act` says."""
        if not drill.messages:
            return "nobody has told anybody anything yet"
        return None

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Whoever said it learns of it."""
        place = seat_of(world, seat)
        mine = [
            number
            for number, message in enumerate(drill.messages, 1)
            if message.seat != seat and place is not None and place.is_called(message.to)
        ]
        wanted = self.message or (mine[-1] if mine else 0)
        if wanted not in mine:
            which = f"message {wanted} was not told to you" if wanted else "nothing was told to you"
            answer(world, seat, which, tone=Tone.NOTICE)
            return
        before = drill.copied.get(wanted, ())
        if seat in before:
            answer(world, seat, f"message {wanted} is acknowledged already")
            return
        drill.copied[wanted] = (*before, seat)
        sender = drill.messages[wanted - 1].seat
        world.record(Told(world.now, f"copy, message {wanted}", seat, sender))
        answer(world, seat, f"message {wanted} acknowledged", tone=Tone.GOOD)


@attrs.frozen
class Card(InDrill):
    """Read one's card."""

    verb: ClassVar[str] = "card"
    summary: ClassVar[str] = "your card: what you see, what you may do, phrases that help"

    def hindered(self, world: World, drill: Drill) -> str | None:
        """The scenario has none."""
        return None if world.scenario.plan else "this scenario has no cards"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Those of both desks, where one person has two."""
        place = seat_of(world, seat)
        for role in world.scenario.plan.roles if world.scenario.plan else ():
            if place is not None and place.is_called(role.seat):
                lines = [f"you see: {line}" for line in role.sees]
                lines += [f"you may: {line}" for line in role.may]
                lines += [f"say: {line}" for line in role.phrases]
                answer(world, seat, role.title, *lines)


@attrs.frozen
class Reply(InDrill):
    """Answer a question of the probe."""

    verb: ClassVar[str] = "reply"
    summary: ClassVar[str] = "answer question N of the probe, and how sure you are"

    question: int = words(Slot(Kind.NUMBER, "N", low=1, high=3))
    said: str = words(Slot(Kind.TEXT, "TEXT"))
    confidence: str | None = words(
        Slot(Kind.CHOICE, "confidence", ("sure", "likely", "maybe"), optional=True)
    )

    def hindered(self, world: World, drill: Drill) -> str | None:
        """Nobody asks."""
        return None if drill.probe else "no question is being asked now"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Kept for the debrief; a second answer stands beside the first."""
        sure = self.confidence or "maybe"
        write_down(world, seat, f"{drill.probe} {self.question}", f"{self.said} ({sure})")
        answer(world, seat, f"answer {self.question} noted: {sure}")


@attrs.frozen
class TimeOut(InDrill):
    """The stop word: stop everything for real."""

    verb: ClassVar[str] = "timeout"
    summary: ClassVar[str] = "the stop word: stop the drill for a real reason"

    why: str | None = words(Slot(Kind.TEXT, "WHY", optional=True))

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Time stands still until the facilitator lets it go on."""
        drill.frozen = f"stop word by {seat}: {self.why}" if self.why else f"stop word by {seat}"
        world.record(StoodStill(world.now, f"time stands still: {drill.frozen}"))
