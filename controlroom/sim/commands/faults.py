"""The facilitator and the instruments: what breaks, and what is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim import drill as drills
from controlroom.sim.command import Kind, Slot, words
from controlroom.sim.commands.direct import Directed
from controlroom.sim.drill import Drill
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class Fault(Directed):
    """Break an instrument."""

    verb: ClassVar[str] = "fault"
    summary: ClassVar[str] = (
        "a server does not answer (dead) or its pane shows a neighbour's figures (calm); PMON hangs"
    )

    target: str = words(Slot(Kind.SERVER, "SERVER", (drills.PMON,)))
    what: str = words(Slot(Kind.CHOICE, "fault", drills.FAULTS))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """A fault that this instrument cannot have."""
        hangs = self.what == drills.HANGS
        if hangs != (self.target == drills.PMON):
            return f"{drills.PMON} can hang; a server can be dead or calm"
        if drill.faults.get(self.target) == self.what:
            return f"{self.target} is {self.what} already"
        return None

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It shows, or does, something else from now on."""
        if self.target == drills.PMON:
            drill.stuck = drills.pmon(world)
        drill.faults[self.target] = self.what
        answer(world, seat, f"{self.target}: {self.what}, until: repair {self.target}")


@attrs.frozen
class Repair(Directed):
    """Mend an instrument."""

    verb: ClassVar[str] = "repair"
    summary: ClassVar[str] = "an instrument works again"

    target: str = words(Slot(Kind.SERVER, "SERVER", (drills.PMON,)))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """Nothing is wrong with it."""
        return None if self.target in drill.faults else f"nothing is wrong with {self.target}"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """It shows the truth, or what it took for it."""
        del drill.faults[self.target]
        answer(world, seat, f"{self.target} works again")
