"""A drill as its team should talk about it: a few moments, the objectives, what was said and heard.

Everything is read off the debrief of the run and off what the world keeps of a drill; nothing is
computed that the debrief computes. What a seat wrote down, answered and was told is its own, and is
only in the report that is written for that seat.
"""

from __future__ import annotations

from itertools import pairwise

import attrs

from controlroom.debrief.played import Deed, Played
from controlroom.debrief.team_moments import Key, keys_of
from controlroom.debrief.whole import Debrief, First
from controlroom.runs.errors import RunError
from controlroom.scenario import visible
from controlroom.sim.drill import Carried, Drill, Message, standing
from controlroom.sim.seats import FACILITATOR, OBSERVER, seats_of


class NoDrillError(RunError):
    """A run that is no drill, or a seat that it does not have."""


@attrs.frozen
class Goal:
    """An objective.

    Attributes:
        id: of it.
        text: in a sentence.
        state: `met`, `missed` or `open`.
        step: when, or None.
    """

    id: str
    text: str
    state: str
    step: int | None


@attrs.frozen
class Heard:
    """A message between seats.

    Attributes:
        message: what was said, when, by whom, to whom.
        missing: seats that were meant and never acknowledged it.
    """

    message: Message
    missing: tuple[str, ...]


@attrs.frozen
class Team:
    """A drill, for its debrief.

    Attributes:
        keys: five or six moments.
        goals: objectives, in the plan's order.
        heard: every message between participants.
        taken: seats in which somebody sat, in order.
        carried: improvements of an earlier drill.
    """

    keys: tuple[Key, ...]
    goals: tuple[Goal, ...]
    heard: tuple[Heard, ...]
    taken: tuple[str, ...]
    carried: tuple[Carried, ...] = ()


@attrs.frozen
class Own:
    """What a seat alone should know.

    Attributes:
        seat: which.
        deeds: what it gave, in order; with why what was refused was.
        told: what it was told, with whether it acknowledged it.
        written: what it wrote down and answered: step, kind, text.
        quiet: its longest stretch without a command: begin and end.
    """

    seat: str
    deeds: tuple[Deed, ...]
    told: tuple[Heard, ...]
    written: tuple[tuple[int, str, str], ...]
    quiet: tuple[int, int] | None


def is_drill(found: Debrief) -> bool:
    """Whether a journal is that of a drill, before it has been folded."""
    return any(
        given.seat == FACILITATOR and given.command.startswith("drill ") for given in found.commands
    )


def team_of(found: Debrief) -> Team:
    """What a team should talk about.

    Raises:
        NoDrillError: when the run is no drill.
    """
    played, first, drill = parts_of(found)
    plan = played.scenario.plan
    goals = []
    for objective in plan.objectives if plan else ():
        state, step = standing(played.world, objective)
        goals.append(Goal(objective.id, objective.text, state, step if step >= 0 else None))
    seats = [name for name in seats_of(played.world) if name in drill.taken]
    heard = tuple(one for _, one in _numbered(played, drill))
    return Team(
        keys=keys_of(found, played, first, drill, heard),
        goals=tuple(goals),
        heard=heard,
        taken=tuple(name for name in seats if name != FACILITATOR),
        carried=tuple(drill.carried),
    )


def parts_of(found: Debrief) -> tuple[Played, First, Drill]:
    """The folded run, what it tells, and its drill.

    Raises:
        NoDrillError: when the run is no drill.
    """
    played, first = found.played, found.first
    if played is None or first is None or played.world.drill is None:
        said = "is no drill: nobody gave the command drill PEOPLE in it"
        raise NoDrillError(f"{visible(found.name)} {said}; controlroom debrief reads such a run")
    return played, first, played.world.drill


def own_of(found: Debrief, seat: str) -> Own:
    """What one seat did, was told and wrote.

    Raises:
        NoDrillError: when the run is no drill, or has no such seat.
    """
    played, _, drill = parts_of(found)
    there = [name for name in seats_of(played.world) if name != FACILITATOR]
    if seat not in there:
        said = f"there is no seat {visible(seat)[:40]!r} in this drill"
        raise NoDrillError(f"{said}; there are {', '.join(there)}")
    deeds = tuple(deed for deed in played.deeds if deed.seat == seat)
    steps = [drill.began, *(deed.step for deed in deeds), played.end]
    gaps = [pair for pair in pairwise(steps) if pair[1] > pair[0]]
    return Own(
        seat=seat,
        deeds=deeds,
        told=tuple(
            one
            for number, one in _numbered(played, drill)
            if seat in _meant(played, one.message) and number
        ),
        written=tuple(
            (note.step, note.kind, note.text) for note in drill.written if note.seat == seat
        ),
        quiet=max(gaps, key=lambda pair: pair[1] - pair[0], default=None),
    )


# --- what was said ------------------------------------------------------------------------------


def _numbered(played: Played, drill: Drill) -> list[tuple[int, Heard]]:
    """Messages between participants with their numbers."""
    found = []
    for number, message in enumerate(drill.messages, 1):
        if FACILITATOR in (message.seat, message.to):
            continue
        copied = drill.copied.get(number, ())
        missing = [
            name
            for name in _meant(played, message)
            if name in drill.taken and name not in copied and name != OBSERVER
        ]
        found.append((number, Heard(message, tuple(missing))))
    return found


def _meant(played: Played, message: Message) -> tuple[str, ...]:
    """The seats that a message reaches."""
    seats = seats_of(played.world).values()
    return tuple(
        seat.id
        for seat in seats
        if seat.id not in (message.seat, FACILITATOR) and seat.is_called(message.to)
    )
