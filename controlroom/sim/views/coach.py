"""What the coach of a first shift says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim import coach as coaching
from controlroom.sim.events import Tone
from controlroom.sim.seats import ON_CALL, Seat

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class CoachView:
    """What the coach of a first shift says.

    Attributes:
        number: of the lesson, from 1; one more than `count` when all are over.
        count: how many lessons there are.
        title: two or three words.
        says: what to do, in lines.
        does: what to give, each with whether it is done.
        said: the last remark, or empty.
        tone: how that should be read.
    """

    number: int
    count: int
    title: str
    says: tuple[str, ...]
    does: tuple[tuple[str, bool], ...]
    said: str
    tone: Tone


def coach_of(world: World, seat: Seat) -> CoachView | None:
    """What the coach says to somebody who plays alone, or None where there is none."""
    coach, training = world.coach, world.scenario.training
    if coach is None or training is None or world.drill is not None or seat.id != ON_CALL:
        return None
    lesson = coaching.current(world)
    return CoachView(
        number=coach.place + 1,
        count=len(training.lessons),
        title=lesson.title if lesson else "",
        says=tuple((lesson.says if lesson else training.closing).splitlines()),
        does=tuple((pattern, pattern in coach.did) for pattern in lesson.does) if lesson else (),
        said=coach.said,
        tone=Tone(coach.tone),
    )
