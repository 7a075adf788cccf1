"""What a first shift teaches: lessons in order, each with what counts as having done it.

A scenario that has them is played under a coach (`sim.coach`). It never stops the person: whatever
else is done, the lesson waits, and what was done before its turn counts.
"""

from __future__ import annotations

import enum

import attrs

from controlroom.sim.start.messages import Inject, Measure


class Counts(enum.StrEnum):
    """From when on a command counts as done: its end, its beginning, or a refusal as well."""

    DONE = "done"
    GIVEN = "given"
    TRIED = "tried"


@attrs.frozen
class Slip:
    """What the coach says when something else is done instead.

    Attributes:
        did: patterns of commands that are meant.
        says: a sentence or two.
    """

    did: tuple[str, ...]
    says: str


@attrs.frozen
class Lesson:
    """One thing to learn by doing it. It is over when all of `does` is done and `when` holds.

    Attributes:
        id: unique in the scenario.
        title: two or three words.
        says: what to do and why, three short lines at most.
        does: patterns of commands, each to be given once, in any order.
        counts: from when on those count.
        when: what must hold besides.
        brings: ids of the training's messages that come as it begins.
        shows: instruments that it explains, by the names of `seats.Pane`.
        nudge: said once after a while.
        after: seconds until then.
        good: said when it is over.
        slips: what is said to something else, the first that fits.
    """

    id: str
    title: str
    says: str
    does: tuple[str, ...]
    counts: Counts
    when: tuple[Measure, ...]
    brings: tuple[str, ...]
    shows: tuple[str, ...]
    nudge: str
    after: int
    good: str
    slips: tuple[Slip, ...]


@attrs.frozen
class Training:
    """Everything that a scenario holds for its coach.

    Attributes:
        closing: what the coach says when all lessons are over.
        following: id of the scenario to play next.
        lessons: in order.
        messages: what lessons bring; none of them has a time or a condition.
    """

    closing: str
    following: str
    lessons: tuple[Lesson, ...]
    messages: tuple[Inject, ...]
