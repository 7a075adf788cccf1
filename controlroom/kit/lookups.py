"""What people would find if they looked: answers of the model, for a drill on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from controlroom.kit.losses import Losses
from controlroom.runs.rehearsal import spelt
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND, seconds
from controlroom.sim.commands import Group, parse
from controlroom.sim.events import Answer
from controlroom.sim.seats import FACILITATOR, ON_CALL, seats_for
from controlroom.sim.start import Scenario

PATIENCE: Final = seconds(180)
"""Steps that an answer is waited for; nothing that people look up takes longer."""

MOST_LINES: Final = 16
"""Lines of an answer that go onto paper."""


@attrs.frozen
class Found:
    """What a look-up says.

    Attributes:
        command: what was asked.
        seats: who may ask it.
        seconds: how long it takes.
        lines: the answer.
    """

    command: str
    seats: tuple[str, ...]
    seconds: int
    lines: tuple[str, ...]


@attrs.frozen
class Answers:
    """Everything that was asked at one moment.

    Attributes:
        step: when.
        found: in the scenario's order.
    """

    step: int
    found: tuple[Found, ...]


def answers_of(scenario: Scenario, people: int, losses: Losses) -> Iterator[Answers]:
    """The answers at the beginning of the drill, and at each planned probe."""
    plan = scenario.plan
    asked = [probe.at for probe in plan.probes if probe.at is not None] if plan else []
    moments = {min(losses.saved) + STEPS_PER_MINUTE} if losses.saved else set()
    commands = list(_commands(scenario))
    for wanted in sorted({*moments, *asked}):
        step = max((step for step in losses.saved if step <= wanted), default=None)
        if step is not None:
            found = (_asked(losses, step, command, people) for command in commands)
            yield Answers(step, tuple(one for one in found if one is not None))


def _commands(scenario: Scenario) -> dict[str, None]:
    """What opens a cue, written out, each once; messages are handed out as slips instead."""
    found: dict[str, None] = {}
    for pattern in (pattern for cue in scenario.cues for pattern in cue.opens):
        if pattern.split()[0] == "mail":
            continue
        for line in _spelt(pattern, scenario):
            found[line] = None
    return found


def _spelt(pattern: str, scenario: Scenario) -> tuple[str, ...]:
    """The pattern as whole commands; a verb that asks for one server is asked of a good one too."""
    line = spelt(pattern, scenario)
    if line is None:
        return ()
    wrong = next((word for word in line.split() if word in {s.name for s in scenario.servers}), "")
    other = next((one.name for one in scenario.servers if one.name != wrong), "")
    if not wrong or not other:
        return (line,)
    return (line, line.replace(wrong, other))


def _asked(losses: Losses, step: int, command: str, people: int) -> Found | None:
    """What the model answers, or None where it answers nothing within minutes."""
    simulation = losses.simulation
    simulation.restore(losses.saved[step])
    if parse(command, simulation.scenario).group is Group.ACT:
        return None
    begun, before = simulation.now, len(simulation.events)
    simulation.submit(command)
    while simulation.now < begun + PATIENCE:
        simulation.step(STEPS_PER_SECOND)
        answers = [
            event
            for event in simulation.events[before:]
            if isinstance(event, Answer) and event.seat == ON_CALL
        ]
        if answers:
            said = answers[-1]
            lines = (said.text, *said.lines)[:MOST_LINES]
            verb = command.split(maxsplit=1)[0]
            seats = seats_for(people).values()
            able = tuple(s.id for s in seats if verb in s.verbs and s.id != FACILITATOR)
            return Found(command, able, (said.step - begun) // STEPS_PER_SECOND, lines)
    return None
