"""What people write down, and advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from controlroom.sim.command import Command, Group, Kind, Slot, words
from controlroom.sim.drill import Written
from controlroom.sim.seats import FACILITATOR
from controlroom.sim.start import Hint as Advice
from controlroom.sim.start import Mode
from controlroom.sim.tasks import answer

if TYPE_CHECKING:
    from controlroom.sim.world import World

STRENGTHS = ("nudge", "point", "tell")


def write_down(world: World, seat: str, kind: str, text: str) -> None:
    """Keep with its seat what somebody writes down in a drill."""
    if world.drill is not None:
        world.drill.written.append(Written(world.now, seat, kind, text))


def fitting_hint(world: World) -> tuple[int, Advice] | None:
    """The hint for this moment and its place, or None."""
    for place, hint in enumerate(world.scenario.hints):
        if hint.after <= world.now <= hint.until:
            return place, hint
    return None


@attrs.frozen
class Note(Command):
    """Write something down."""

    verb: ClassVar[str] = "note"
    summary: ClassVar[str] = "write something down, with its moment"
    group: ClassVar[Group] = Group.NOTES
    evenings: ClassVar[bool] = True
    key: ClassVar[str | None] = "j"

    said: str = words(Slot(Kind.TEXT, "TEXT"))

    def begin(self, world: World, seat: str) -> None:
        """It goes into the journal and the result."""
        write_down(world, seat, "note", self.said)
        if seat != FACILITATOR:
            world.team.notes.append((world.now, self.said))
        answer(world, seat, "noted")


@attrs.frozen
class Suspect(Command):
    """Write down what you believe is wrong."""

    verb: ClassVar[str] = "suspect"
    summary: ClassVar[str] = "write down what you believe is wrong, and how sure you are"
    group: ClassVar[Group] = Group.NOTES
    evenings: ClassVar[bool] = True
    key: ClassVar[str | None] = "S"

    hypothesis: str = words(Slot(Kind.TEXT, "HYPOTHESIS"))
    confidence: str | None = words(
        Slot(Kind.CHOICE, "confidence", ("sure", "likely", "maybe"), optional=True)
    )

    def begin(self, world: World, seat: str) -> None:
        """It goes into the journal and the result."""
        said = f"{self.hypothesis} ({self.confidence or 'maybe'})"
        world.team.suspicions.append((world.now, said))
        write_down(world, seat, "suspect", said)
        answer(world, seat, f"suspicion noted: {self.confidence or 'maybe'}")


@attrs.frozen
class Hint(Command):
    """Ask for advice; every hint counts."""

    verb: ClassVar[str] = "hint"
    summary: ClassVar[str] = "advice for this moment: a nudge, then a pointer, then the answer"
    group: ClassVar[Group] = Group.NOTES
    evenings: ClassVar[bool] = True
    key: ClassVar[str | None] = "h"

    def obstacle(self, world: World) -> str | None:
        """Not in an assessment, and not when there is nothing more to say."""
        if world.mode is Mode.ASSESS:
            return "an assessment gives no hints"
        fitting = fitting_hint(world)
        if fitting is None:
            return "there is no hint for this moment"
        if world.team.hint_strength.get(fitting[0], 0) == len(STRENGTHS):
            return "you have all three hints for this stretch; the last one was the answer"
        return None

    def begin(self, world: World, seat: str) -> None:
        """Each time a stronger one for the same stretch."""
        fitting = fitting_hint(world)
        if fitting is None:
            return
        place, hint = fitting
        strength = world.team.hint_strength.get(place, 0)
        world.team.hint_strength[place] = strength + 1
        world.team.hints += 1
        first, *more = hint.texts[strength].splitlines()
        answer(world, seat, f"hint ({STRENGTHS[strength]}): {first}", *more)
