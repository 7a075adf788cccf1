"""What became of the lessons of a first shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from controlroom.sim.world import World

OPEN: Final = "open"
"""A lesson that was not over when the run was."""


@attrs.frozen
class Lesson:
    """One lesson, and how it ended.

    Attributes:
        title: of the lesson.
        does: what it asked for, as patterns of commands.
        done: those of them that were done.
        how: `done`, `known` (before its turn), `skipped` or `open`.
    """

    title: str
    does: tuple[str, ...]
    done: tuple[str, ...]
    how: str

    @property
    def learnt(self) -> bool:
        """Whether it was done, whenever."""
        return self.how in ("done", "known") or bool(self.does and self.done == self.does)


@attrs.frozen
class Learnt:
    """What a first shift came to.

    Attributes:
        lessons: in order.
        following: id of the scenario to play next, or empty.
    """

    lessons: tuple[Lesson, ...]
    following: str

    @property
    def count(self) -> int:
        """Lessons that were learnt."""
        return sum(lesson.learnt for lesson in self.lessons)

    @property
    def headline(self) -> str:
        """All of it in a sentence."""
        if self.count == len(self.lessons):
            return f"You have learnt all {self.count} lessons."
        return f"You have learnt {self.count} of {len(self.lessons)} lessons."


def learnt(world: World) -> Learnt | None:
    """What was learnt in a run so far, or None where nothing is taught."""
    training, coach = world.scenario.training, world.coach
    if training is None or coach is None:
        return None
    lessons = (
        Lesson(
            title=lesson.title,
            does=lesson.does,
            done=tuple(pattern for pattern in lesson.does if pattern in coach.did),
            how=coach.ended.get(lesson.id, OPEN),
        )
        for lesson in training.lessons
    )
    return Learnt(tuple(lessons), training.following)
