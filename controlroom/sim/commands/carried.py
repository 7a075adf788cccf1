"""What a team decided to improve after an earlier drill, and whether it showed in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from controlroom.sim import drill as drills
from controlroom.sim.command import Kind, Slot, words
from controlroom.sim.commands.direct import Directed
from controlroom.sim.drill import MOST_CARRIED, Carried, Drill
from controlroom.sim.seats import EVERYBODY, FACILITATOR
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

BETWEEN: Final = "|"
"""Stands between what, who and when; what follows a third one belongs to the date."""


@attrs.frozen
class Carry(Directed):
    """Bring an improvement from an earlier drill into this one."""

    verb: ClassVar[str] = "carry"
    summary: ClassVar[str] = "bring in an improvement of an earlier drill: WHAT | OWNER | DATE"

    said: str = words(Slot(Kind.TEXT, "WHAT"))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """So many that nobody can watch for them, or nothing that could be watched for."""
        if len(drill.carried) >= MOST_CARRIED:
            return f"{MOST_CARRIED} improvements are carried over; nobody can watch for more"
        return None if carried_in(self.said).what else "say what: carry WHAT | OWNER | DATE"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """Everybody is told, since everybody has decided it."""
        one = carried_in(self.said)
        drill.carried.append(one)
        owner = f" ({one.owner})" if one.owner else ""
        drills.say(world, FACILITATOR, EVERYBODY, f"from the drill before: {one.what}{owner}")
        answer(world, seat, f"carried over ({len(drill.carried)}): {one.what}")


@attrs.frozen
class Kept(Directed):
    """Say whether an improvement showed in this drill."""

    verb: ClassVar[str] = "kept"
    summary: ClassVar[str] = "say whether improvement N of an earlier drill showed in this one"

    number: int = words(Slot(Kind.NUMBER, "N", low=1, high=MOST_CARRIED))
    showed: str = words(Slot(Kind.CHOICE, "showed", ("yes", "no")))

    def hindered(self, world: World, drill: Drill) -> str | None:
        """There are not so many."""
        there = len(drill.carried)
        if self.number <= there:
            return None
        return f"there is no {self.number}; {there or 'none'} carried over"

    def act(self, world: World, drill: Drill, seat: str) -> None:
        """The last word counts; the report says when it was said."""
        place = self.number - 1
        one = drill.carried[place]
        drill.carried[place] = attrs.evolve(one, showed=self.showed, step=world.now)
        answer(world, seat, f"{one.what}: {self.showed}")


def carried_in(text: str) -> Carried:
    """What a line says: what is to be better, whose it is, by when."""
    what, _, rest = text.partition(BETWEEN)
    owner, _, date = rest.partition(BETWEEN)
    return Carried(what.strip(), owner.strip(), date.strip())
