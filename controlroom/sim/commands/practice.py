"""Words to the coach of a first shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import coach
from controlroom.sim.command import Command, Group, Kind, Slot, words

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class Lesson(Command):
    """Pass over what the coach is teaching, or hear it again."""

    verb: ClassVar[str] = coach.VERB
    summary: ClassVar[str] = "in a first shift: pass over what the coach says, or hear it again"
    group: ClassVar[Group] = Group.NOTES
    evenings: ClassVar[bool] = True

    what: str = words(Slot(Kind.CHOICE, "what", ("skip", "again")))

    def obstacle(self, world: World) -> str | None:
        """No coach, or nothing left to teach."""
        if world.coach is None:
            return "there is no coach here; the scenario first-shift has one"
        if coach.current(world) is None:
            return "all lessons are over"
        return None

    def begin(self, world: World, seat: str) -> None:
        """The coach does so at once."""
        if self.what == "skip":
            coach.skip(world)
        else:
            coach.repeat(world)
