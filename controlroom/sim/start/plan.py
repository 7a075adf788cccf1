"""What a scenario holds for a drill: roles, objectives, injects, probes, what stands at the start.

Nothing here changes during a run, and a run without a drill reads none of it.
"""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.sim.start.messages import Inject, Measure

LONGEST_PROBE: Final = 45
"""Seconds that a probe may hold a drill up: longer, and people think on instead of remembering."""


@attrs.frozen
class Role:
    """A seat's card.

    Attributes:
        seat: whose.
        title: of the card.
        sees: what this seat sees, a sentence each.
        may: what it may do.
        phrases: sentences that help to be understood.
        handover: what the shift before says to this seat as the drill begins, or empty.
    """

    seat: str
    title: str
    sees: tuple[str, ...]
    may: tuple[str, ...]
    phrases: tuple[str, ...]
    handover: str


@attrs.frozen
class Objective:
    """Something that the team should do, or should not let happen, as a check on the run.

    With `did`, `reaches` or both it is met when they are; with `keeps` it is missed when that is
    no longer so, and met at the end otherwise.

    Attributes:
        id: unique in the scenario.
        text: in a sentence.
        did: patterns of commands, one of which is given and not refused.
        seat: whose command counts, or empty for anybody's.
        after: id of the inject from which on it counts, or empty.
        within: seconds after that, or after the beginning of the drill, or None.
        by: the last step at which it counts, or None.
        reaches: measures that must come to hold.
        keeps: measures that must never come to hold, all at once.
    """

    id: str
    text: str
    did: tuple[str, ...]
    seat: str
    after: str
    within: int | None
    by: int | None
    reaches: tuple[Measure, ...]
    keeps: tuple[Measure, ...]


@attrs.frozen
class Probe:
    """Three questions, asked while time stands still.

    Attributes:
        id: unique in the scenario.
        at: step at which it is planned, or None for whenever the facilitator likes.
        hold: seconds on the wall that it may take.
        questions: what is asked: what is going on, what it means, what comes next.
        good: what a good answer holds, for the facilitator, one for each question.
    """

    id: str
    at: int | None
    hold: int
    questions: tuple[str, ...]
    good: tuple[str, ...]


@attrs.frozen
class Plan:
    """Everything that a scenario holds for a drill.

    Attributes:
        starts: step at which a drill usually begins.
        minutes: of the day, that it usually lasts.
        welcome: what everybody is told as it begins.
        roles: a card for each seat.
        objectives: checks on the run.
        standing: alerts that are there when it begins.
        injects: what comes in a drill only, by time, by condition or as a contingency.
        probes: questions.
    """

    starts: int
    minutes: int
    welcome: str
    roles: tuple[Role, ...]
    objectives: tuple[Objective, ...]
    standing: tuple[Inject, ...]
    injects: tuple[Inject, ...]
    probes: tuple[Probe, ...]
