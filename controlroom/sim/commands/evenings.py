"""What there is to do besides in the evenings before the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import week
from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.commands.servers import SERVERS, named
from controlroom.sim.events import Tone
from controlroom.sim.start import WeekPlan
from controlroom.sim.week import Week

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class Evening(Command):
    """A command of the evenings."""

    group: ClassVar[Group] = Group.ACT
    evenings: ClassVar[bool] = True

    def obstacle(self, world: World) -> str | None:
        """No evenings, or no time left in them."""
        found = week.begun(world)
        if found is None:
            return f"{self.verb} is for the evenings before; the day has begun"
        why = self.hindered(*found)
        if why is None and not week.fits_in(*found, self.minutes(found[1])):
            return week.NO_TIME
        return why

    def hindered(self, evenings: Week, plan: WeekPlan) -> str | None:
        """What else is in the way."""
        return None

    def minutes(self, plan: WeekPlan) -> int:
        """How long it takes."""
        return 0


@attrs.frozen
class Review(Evening):
    """A second technician."""

    verb: ClassVar[str] = "review"
    summary: ClassVar[str] = "in the week before: a second technician holds servers against tickets"

    servers: tuple[str, ...] = words(SERVERS)

    def minutes(self, plan: WeekPlan) -> int:
        """At least one server's."""
        return plan.review

    def begin(self, world: World, seat: str) -> None:
        """One server after the other."""
        week.review(world, seat, named(world, self.servers))


@attrs.frozen
class Procedure(Evening):
    """Write it down."""

    verb: ClassVar[str] = "procedure"
    summary: ClassVar[str] = "in the week before: write down how to deploy, with comparing"

    def hindered(self, evenings: Week, plan: WeekPlan) -> str | None:
        """There is one."""
        return "there is a written procedure already" if evenings.procedure else None

    def minutes(self, plan: WeekPlan) -> int:
        """To write it."""
        return plan.procedure

    def begin(self, world: World, seat: str) -> None:
        """From now on copies are compared, and reviewers have a list."""
        found = week.begun(world)
        if found is None:
            return
        when = week.spend(world, found[1].procedure, "write a procedure")
        found[0].procedure = True
        week.tell(
            world,
            seat,
            f"{when}: the procedure is written",
            "for each server: copy, compare the checksum, note it; a second technician reviews",
            f"a server takes {found[1].check} minutes longer from now on",
            tone=Tone.GOOD,
        )


@attrs.frozen
class Remove(Evening):
    """Take the dead code out."""

    verb: ClassVar[str] = "remove"
    summary: ClassVar[str] = "in the week before: take the dead code out of the release"

    def hindered(self, evenings: Week, plan: WeekPlan) -> str | None:
        """It is out."""
        return "the dead code is out already" if evenings.removed else None

    def minutes(self, plan: WeekPlan) -> int:
        """To take it out, with its flag."""
        return plan.remove

    def begin(self, world: World, seat: str) -> None:
        """There is a build without it, which nobody has tested."""
        found = week.begun(world)
        if found is None:
            return
        evenings, plan = found
        when = week.spend(world, plan.remove, "remove the dead code")
        evenings.removed = True
        week.tell(
            world,
            seat,
            f"{when}: {world.scenario.names.old_path} is out of the release; build {plan.clean}",
            "its flag went with it, so the release has a flag of its own, which old code ignores",
            f"untested: test {plan.clean}, then deploy it",
        )


@attrs.frozen
class Test(Evening):
    """Try a build where it does no harm."""

    verb: ClassVar[str] = "test"
    summary: ClassVar[str] = "in the week before: test a build with flagged orders, in a laboratory"

    build: str = words(Slot(Kind.BUILD, "BUILD"))

    def obstacle(self, world: World) -> str | None:
        """A build that there is not yet."""
        found = week.begun(world)
        if found is not None and self.build == found[1].clean and not found[0].removed:
            return f"there is no {self.build} yet; remove takes the dead code out"
        return super().obstacle(world)

    def minutes(self, plan: WeekPlan) -> int:
        """Set up, run, read."""
        return plan.test

    def begin(self, world: World, seat: str) -> None:
        """What it does with a flagged order, by its code."""
        found = week.begun(world)
        if found is None:
            return
        evenings, plan = found
        when = week.spend(world, plan.test, f"test {self.build}")
        if self.build not in evenings.tested:
            evenings.tested = (*evenings.tested, self.build)
        bad, said = week.laboratory(world, self.build)
        week.tell(world, seat, f"{when}: {said[0]}", *said[1:], tone=Tone.BAD if bad else Tone.GOOD)


@attrs.frozen
class Tomorrow(Evening):
    """Leave it for today."""

    verb: ClassVar[str] = "tomorrow"
    summary: ClassVar[str] = "in the week before: leave it for today, go on the next evening"

    def hindered(self, evenings: Week, plan: WeekPlan) -> str | None:
        """There is none."""
        last = evenings.evening + 1 >= len(plan.evenings)
        return "this is the last evening; bell lets the day begin" if last else None

    def begin(self, world: World, seat: str) -> None:
        """Everybody sleeps."""
        found = week.begun(world)
        if found is not None:
            week.next_evening(found[0])
            when = week.time_of(found[1], found[0].evening, 0)
            week.tell(world, seat, f"{when}: a new evening, and nobody is tired")


@attrs.frozen
class Bell(Evening):
    """Let the day begin."""

    verb: ClassVar[str] = "bell"
    summary: ClassVar[str] = "in the week before: leave it as it is, and let the day begin"
    asks: ClassVar[bool] = True

    def dangerous(self, world: World) -> bool:
        """There is no way back."""
        return True

    def begin(self, world: World, seat: str) -> None:
        """The clock goes."""
        week.begin_day(world)
