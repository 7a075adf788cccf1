"""The facilitator's verbs: all of them commands in the same journal, so a drill replays.

Participants see none of them, only what they bring about: time stands still, a message comes, a
monitor shows something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from controlroom.sim import drill as drills
from controlroom.sim import people
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.record import STRENGTHS, fitting_hint
from controlroom.sim.commands.room import InDrill
from controlroom.sim.drill import Drill
from controlroom.sim.events import Milestone, StoodStill
from controlroom.sim.seats import EVERYBODY, FACILITATOR, FEWEST, MOST, seats_of
from controlroom.sim.start import Mode, Probe
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

_SEAT: Final = Slot(Kind.SEAT, "SEAT")
_SEAT_OR_ALL: Final = Slot(Kind.SEAT, "SEAT", (EVERYBODY,))


@attrs.frozen
class BeginDrill(Command):
    """Begin a drill."""

    verb: ClassVar[str] = "drill"
    summary: ClassVar[str] = "begin a drill for so many people beside you"
    group: ClassVar[Group] = Group.DRILL

    people: int = words(Slot(Kind.NUMBER, "PEOPLE", low=FEWEST, high=MOST))

    def obstacle(self, world: World) -> str | None:
        """One has begun already."""
        if world.drill is None:
            return None
        return f"a drill has begun already, at {world.scenario.day.text(world.drill.began)}"

    def begin(self, world: World, seat: str) -> None:
        """There are seats from now on, and what stands at the start reaches them."""
        world.drill = Drill(self.people, world.now, len(world.log.items))
        world.alerts.version += 1  # pictures of the feed were made for other desks
        plan = world.scenario.plan
        if plan is not None:
            drills.say(world, FACILITATOR, EVERYBODY, plan.welcome)
            for inject in plan.standing:
                people.send(world, inject)
            for role in plan.roles:
                if role.handover and any(
                    desk.is_called(role.seat) for desk in seats_of(world).values()
                ):
                    drills.say(world, "the shift before", role.seat, role.handover)
        listed = ", ".join(name for name in seats_of(world) if name != FACILITATOR)
        answer(world, seat, f"a drill for {self.people}; the seats are {listed}")


@attrs.frozen
class Directed(InDrill):
    """A verb of the facilitator's in a drill."""

    group: ClassVar[Group] = Group.DRILL


@attrs.frozen
class Join(Directed):
    """Somebody takes a seat."""

    verb: ClassVar[str] = "join"
    summary: ClassVar[str] = "somebody takes a seat; the name may be left out"

    seat: str = words(_SEAT)
    name: str | None = words(Slot(Kind.TEXT, "NAME", optional=True))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """The set for so few people lacks that seat."""
        return _missing(world, self.seat)

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """From now on the firm's people leave that desk alone."""
        drill.taken[self.seat] = (*drill.taken.get(self.seat, ()), self.name or "")
        drill.spoke.setdefault(self.seat, world.now)
        count = len(drill.taken[self.seat])
        answer(world, seat, f"{self.seat} is taken, by {count}")


@attrs.frozen
class Leave(Directed):
    """Somebody leaves a seat."""

    verb: ClassVar[str] = "leave"
    summary: ClassVar[str] = "whoever has that name leaves a seat, or all who sit there"

    seat: str = words(_SEAT)
    name: str | None = words(Slot(Kind.TEXT, "NAME", optional=True))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """Nobody sits there, or nobody of that name."""
        there = drill.taken.get(self.seat, ())
        if not there:
            return _missing(world, self.seat) or f"nobody has taken {self.seat}"
        if self.name and self.name not in there:
            return f"nobody called {self.name[:40]!r} sits at {self.seat}"
        return None

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """An empty seat is played by the firm's people."""
        left = list(drill.taken[self.seat])
        if self.name:
            left.remove(self.name)
        else:
            left.clear()
        if left:
            drill.taken[self.seat] = tuple(left)
            answer(world, seat, f"{self.seat} is taken, by {len(left)}")
            return
        del drill.taken[self.seat]
        answer(world, seat, f"nobody sits at {self.seat}; the firm's people do")


def _missing(world: World, seat: str) -> str | None:
    there = seats_of(world)
    if seat in there:
        return None
    for other in there.values():
        if seat in other.covers:
            return f"in a drill for so few people {other.id} has the desk of {seat} too"
    return f"a drill for so few people has no {seat}; there are {', '.join(there)}"


@attrs.frozen
class Freeze(Directed):
    """Stop time."""

    verb: ClassVar[str] = "freeze"
    summary: ClassVar[str] = "let time stand still, with a reason that everybody reads"

    reason: str = words(Slot(Kind.TEXT, "REASON"))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """It stands still already."""
        return f"time stands still already: {drill.frozen}" if drill.frozen else None

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """This step is the last one until `go`."""
        drill.frozen = self.reason
        world.record(StoodStill(world.now, f"time stands still: {self.reason}"))


@attrs.frozen
class Go(Directed):
    """Let time go on."""

    verb: ClassVar[str] = "go"
    summary: ClassVar[str] = "let time go on"

    def hindered(self, world: World, drill: Drill) -> str | None:
        """It does."""
        return None if drill.frozen else "time does not stand still"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """The next step is taken; a probe is over."""
        drill.frozen = ""
        drill.probe = ""
        drill.stood = world.now
        world.record(StoodStill(world.now, "time goes on"))


@attrs.frozen
class Voice(Directed):
    """Speak as one of the people of the scenario."""

    verb: ClassVar[str] = "voice"
    summary: ClassVar[str] = "speak as a person of the scenario to a seat, or to all"

    who: str = words(Slot(Kind.PERSON, "WHO"))
    to: str = words(_SEAT_OR_ALL)
    said: str = words(Slot(Kind.TEXT, "TEXT"))

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It is heard there."""
        drills.say(world, people.person(world, self.who).title, self.to, self.said)
        answer(world, seat, f"said to {self.to}")


@attrs.frozen
class Coach(Directed):
    """Give a hint."""

    verb: ClassVar[str] = "coach"
    summary: ClassVar[str] = "give a seat, or all, the hint for this moment: nudge, point or tell"

    to: str = words(_SEAT_OR_ALL)
    strength: str = words(Slot(Kind.CHOICE, "strength", STRENGTHS))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """Not in an assessment; there is none for this moment."""
        if world.mode is Mode.ASSESS:
            return "an assessment gives no hints"
        return None if fitting_hint(world) else "there is no hint for this moment"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Every hint counts."""
        found = fitting_hint(world)
        if found is None:
            return
        place = STRENGTHS.index(self.strength)
        world.team.hints += 1
        drills.say(world, FACILITATOR, self.to, f"hint: {found[1].texts[place]}")
        answer(world, seat, f"hint given to {self.to}: {self.strength}")


@attrs.frozen
class AskProbe(Directed):
    """Stop time and ask three questions."""

    verb: ClassVar[str] = "probe"
    summary: ClassVar[str] = "stop time and ask everybody the three questions of a probe"

    probe: str = words(Slot(Kind.PROBE, "PROBE"))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """One is being asked."""
        return "a probe is being asked; end it with: go" if drill.probe else None

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Everybody answers for the own seat, with: reply N TEXT [sure|likely|maybe]."""
        asked = next((probe for probe in _probes(world) if probe.id == self.probe), None)
        if asked is None:
            return
        drill.probe = asked.id
        drill.frozen = drill.frozen or _asking(asked)
        world.record(StoodStill(world.now, f"time stands still: {drill.frozen}"))
        for number, question in enumerate(asked.questions, 1):
            drills.say(world, FACILITATOR, EVERYBODY, f"question {number}: {question}")
        drills.say(world, FACILITATOR, EVERYBODY, "answer, with: reply N TEXT sure|likely|maybe")


@attrs.frozen
class Enough(Directed):
    """End a probe: by hand, or by the host's clock when it has taken as long as it may."""

    verb: ClassVar[str] = "enough"
    summary: ClassVar[str] = "end the probe; time goes on where the probe alone had stopped it"

    def hindered(self, world: World, drill: Drill) -> str | None:
        """None is being asked."""
        return None if drill.probe else "no probe is being asked"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """A freeze that was there before stays."""
        asked = next(probe for probe in _probes(world) if probe.id == drill.probe)
        drill.probe = ""
        if drill.frozen != _asking(asked):
            world.record(StoodStill(world.now, f"the questions are over; still: {drill.frozen}"))
            return
        drill.frozen = ""
        drill.stood = world.now
        world.record(StoodStill(world.now, "the questions are over; time goes on"))


def _asking(probe: Probe) -> str:
    """Why time stands still during a probe."""
    return f"three questions, {probe.hold} seconds"


def _probes(world: World) -> tuple[Probe, ...]:
    return world.scenario.plan.probes if world.scenario.plan else ()


@attrs.frozen
class End(Directed):
    """End the drill and the run."""

    verb: ClassVar[str] = "end"
    summary: ClassVar[str] = "end the drill"
    asks: ClassVar[bool] = True

    why: str | None = words(Slot(Kind.TEXT, "WHY", optional=True))

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """What was kept until now has been kept."""
        world.ended = "the drill was ended"
        why = f": {self.why}" if self.why else ""
        world.record(Milestone(world.now, f"the drill is over{why}", "end"))
