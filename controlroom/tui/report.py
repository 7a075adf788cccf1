"""What a run came to, as the result screen shows it: read from the run, and nothing else.

The figures are the world's own result, the moments are its log, history is the scenario's facts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.runs.learnt import Learnt, learnt
from controlroom.sim.commands import Group, verb_of
from controlroom.sim.events import Arrived, Event, Milestone, Refused, Said, Tone
from controlroom.sim.result import Result
from controlroom.sim.start import Fact, Scenario

if TYPE_CHECKING:
    from controlroom.runs.simulation import Simulation

MOST_MOMENTS: Final = 400
"""Of one's own; more would hide what mattered. What is left out is counted."""

_READING: Final = "mail"
"""Reading and sorting the feed is no moment of the day."""


@attrs.frozen
class Moment:
    """Something that happened, on the side of the run or of history.

    Attributes:
        step: when.
        text: plain text.
        tone: how it should be read.
        fact: for history, the fact behind it.
        said: whether a person did it.
    """

    step: int
    text: str
    tone: Tone = Tone.PLAIN
    fact: Fact | None = None
    said: bool = False


@attrs.frozen
class Report:
    """A run, over or not, in what it came to.

    Attributes:
        scenario: what was played.
        result: the figures.
        seed: of the run.
        mode: of the run.
        start: id of the mark it began at, or empty.
        clock: time of day that it reached.
        journal: its file, if one was written.
        moments: what the person did and what the day brought, in order.
        left_out: moments that are not shown.
        losses: (seconds from the open, dollars to get flat), oldest first; a loss is negative.
        learnt: what became of the lessons, where the scenario teaches.
    """

    scenario: Scenario
    result: Result
    seed: int
    mode: str
    start: str
    clock: str
    journal: Path | None
    moments: tuple[Moment, ...]
    left_out: int
    losses: tuple[tuple[int, int], ...]
    learnt: Learnt | None = None

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return bool(self.result.ended)

    @property
    def history(self) -> tuple[Moment, ...]:
        """The record's moments, in order."""
        found = [
            Moment(fact.step, fact.text, fact=fact)
            for fact in self.scenario.facts
            if fact.step is not None
        ]
        return tuple(sorted(found, key=lambda moment: moment.step))

    def fact(self, name: str) -> Fact | None:
        """What is on record about a figure."""
        return next((fact for fact in self.scenario.facts if fact.id == name), None)


def report_of(simulation: Simulation, journal: Path | None, start: str) -> Report:
    """The report on a run as it stands."""
    moments = _moments(simulation.events)
    return Report(
        scenario=simulation.scenario,
        result=simulation.result(),
        seed=simulation.seed,
        mode=simulation.mode.value,
        start=start,
        clock=simulation.clock,
        journal=journal,
        moments=moments[:MOST_MOMENTS],
        left_out=max(0, len(moments) - MOST_MOMENTS),
        losses=losses_of(simulation),
        learnt=learnt(simulation.world),
    )


def losses_of(simulation: Simulation) -> tuple[tuple[int, int], ...]:
    """Profit and loss to get flat, over the run so far."""
    return simulation.view().money.history


def _moments(events: tuple[Event, ...]) -> tuple[Moment, ...]:
    """The log without what the instruments said meanwhile."""
    refused = {(event.step, event.command) for event in events if isinstance(event, Refused)}
    moments: list[Moment] = []
    for event in events:
        if isinstance(event, Said):
            if (event.step, event.text) not in refused and _is_moment(event.text):
                moments.append(Moment(event.step, event.text, said=True))
        elif isinstance(event, Refused):
            moments.append(
                Moment(
                    event.step, f"{event.command}: refused, {event.text}", Tone.NOTICE, said=True
                )
            )
        elif isinstance(event, Milestone) and not event.stock:
            moments.append(Moment(event.step, event.text, event.tone))
        elif isinstance(event, Arrived) and event.urgent:
            sender, _, subject = event.text.partition(": ")
            named = subject.startswith(f"{sender}:")
            moments.append(Moment(event.step, subject if named else event.text, event.tone))
    return tuple(moments)


def _is_moment(text: str) -> bool:
    command = verb_of(text)
    return command is not None and command.verb != _READING and command.group is not Group.ALERTS
