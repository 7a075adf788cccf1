"""The course of a recorded run, as its timeline shows it: losses, moments, cues and phases.

Everything is read off the end of the run, in steps. What nobody at the console could tell then, the
cues that were never opened and what was being done about it, is kept apart: a timeline shows it
only beside the truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.runs.moments import Moment
from controlroom.sim.clock import STEPS_PER_MINUTE, Day

if TYPE_CHECKING:
    from controlroom.runs.replay import Replay

STORM = "storm"
"""The phase in which orders run away."""


@attrs.frozen
class Stretch:
    """A part of the run that has a name.

    Attributes:
        begin: first step.
        end: first step after it.
        name: a word or two.
        burns: whether orders run away in it.
    """

    begin: int
    end: int
    name: str
    burns: bool = False


@attrs.frozen
class CueMark:
    """A cue, and what became of it.

    Attributes:
        text: what was there to be seen.
        available: the step from which it was there.
        shown: the step at which it was put before the seat, or None.
        opened: the step at which the seat looked at it, or None.
    """

    text: str
    available: int
    shown: int | None
    opened: int | None


@attrs.frozen(eq=False)
class Course:
    """A run from its first to its last step.

    Attributes:
        day: whose times the axis shows.
        first: the step at which somebody took over.
        last: the last step that there is.
        known: up to which it has been read.
        reading: whether more of it is to come.
        losses: (step, dollars to get flat) by step; a loss is negative.
        moments: what one can jump to, by step.
        phases: of the day and of the storm, without gaps.
        cues: by the step from which they were there.
        doings: what was being done about it; for the truth only.
        taken_over: the step at which it went another way than the run it was forked from, or None.
    """

    day: Day
    first: int
    last: int
    known: int
    reading: bool
    losses: tuple[tuple[int, int], ...]
    moments: tuple[Moment, ...]
    phases: tuple[Stretch, ...]
    cues: tuple[CueMark, ...] = ()
    doings: tuple[Stretch, ...] = ()
    taken_over: int | None = None

    @property
    def missed(self) -> tuple[CueMark, ...]:
        """Cues that were there and that nobody opened."""
        return tuple(cue for cue in self.cues if cue.opened is None)


def course_of(replay: Replay) -> Course:
    """The course of a run as far as it has been read; its cues when all of it has been."""
    world = replay.whole
    first, last = replay.first, max(replay.last, replay.first + STEPS_PER_MINUTE)
    header = replay.journal.header
    course = Course(
        taken_over=header.forked_at if header.forked_from else None,
        day=replay.scenario.day,
        first=first,
        last=last,
        known=replay.known,
        reading=replay.reading,
        losses=tuple((sample.step, sample.profit.flat) for sample in world.ledger.samples.items),
        moments=tuple(moment for moment in replay.moments if moment.step >= first),
        phases=_phases(replay, first, last),
    )
    return course if replay.reading else _with_cues(course, replay)


def _phases(replay: Replay, first: int, last: int) -> tuple[Stretch, ...]:
    """Pre-market, open and closed, with the storm laid over them."""
    day, ledger = replay.scenario.day, replay.whole.ledger
    bounds = [(0, "pre-market"), (day.open_step, "open"), (day.close_step, "closed")]
    phases: list[Stretch] = []
    for place, (begin, name) in enumerate(bounds):
        end = bounds[place + 1][0] if place + 1 < len(bounds) else last + 1
        phases.append(Stretch(max(begin, first), min(end, last + 1), name))
    if ledger.first_taken >= 0:
        runs_on = bool(len(replay.whole.pegs))
        end = replay.known if runs_on else ledger.last_taken + 1
        storm = Stretch(max(ledger.first_taken, first), end, STORM, burns=True)
        phases = [piece for phase in phases for piece in _around(phase, storm)]
        phases.append(storm)
    return tuple(
        sorted((phase for phase in phases if phase.begin < phase.end), key=lambda one: one.begin)
    )


def _around(phase: Stretch, hole: Stretch) -> tuple[Stretch, ...]:
    """What of a phase lies before and after another one."""
    return (
        attrs.evolve(phase, end=min(phase.end, hole.begin)),
        attrs.evolve(phase, begin=max(phase.begin, hole.end)),
    )


def _with_cues(course: Course, replay: Replay) -> Course:
    """The same with what the debrief knows of the run."""
    from controlroom.debrief.cues import cues_of
    from controlroom.debrief.money import money_of
    from controlroom.debrief.played import Played
    from controlroom.debrief.reading import Reading
    from controlroom.debrief.times import times_of

    header = replay.journal.header
    name = replay.journal.path.name
    played = Played(Reading(name, header, replay.scenario, replay.end, replay.commands, None))
    cues = cues_of(played)
    marks = [
        CueMark(seen.cue.text, seen.available, seen.shown, seen.opened)
        for seen in cues.seen
        if seen.available is not None
    ]
    stretches = money_of(played, times_of(played, cues)).stretches
    doings = tuple(Stretch(each.begin, each.end, each.phase.value) for each in stretches)
    return attrs.evolve(course, cues=tuple(marks), doings=doings)
