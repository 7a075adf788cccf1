"""A run as facts: what was given and what came of it, what was seen, what it lost.

Everything is read off the folded world and its log. The sections of the debrief are functions of
this.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import attrs

from controlroom.debrief.curve import Curve, curve_of
from controlroom.debrief.patterns import means
from controlroom.debrief.reading import Reading
from controlroom.runs.journal import Header
from controlroom.sim.alerts import Alert
from controlroom.sim.clock import STEPS_PER_MINUTE, Day, seconds
from controlroom.sim.commands import Command, CommandError, Group, parse
from controlroom.sim.commands.mail import Mail
from controlroom.sim.commands.talk import Call
from controlroom.sim.events import Answer, Event, Refused, Said
from controlroom.sim.ledger import SAMPLE
from controlroom.sim.people import person
from controlroom.sim.start import Scenario
from controlroom.sim.world import World

AFTER: Final = 10 * STEPS_PER_MINUTE
"""Steps after the flow has stopped at which runs are compared by what it would cost to get flat."""

WITHOUT_FLOW: Final = 60 * STEPS_PER_MINUTE
"""Steps after the open at which they are compared where the flow never ran, or never stopped."""


@attrs.frozen
class Deed:
    """A command as it was given, and what came of it.

    Attributes:
        step: when it was given.
        seat: by whom.
        text: as it was written.
        command: what it means.
        refused: why it was not done, or empty.
        answered: step of its answer, or None when there was none before the run ended.
        lines: the answer.
    """

    step: int
    seat: str
    text: str
    command: Command
    refused: str
    answered: int | None
    lines: tuple[str, ...]


@attrs.frozen(eq=False)
class Played:
    """A run, folded, and what can be read off it.

    Attributes:
        reading: the journal and its world.
    """

    reading: Reading

    @property
    def scenario(self) -> Scenario:
        """What it was played on."""
        return self.reading.scenario

    @property
    def header(self) -> Header:
        """What it was started from."""
        return self.reading.header

    @property
    def world(self) -> World:
        """The world at its end."""
        return self.reading.simulation.world

    @property
    def day(self) -> Day:
        """Its day."""
        return self.scenario.day

    @property
    def begin(self) -> int:
        """The step at which the seat took over."""
        return self.header.step

    @property
    def end(self) -> int:
        """The step that it has come to."""
        return self.world.now

    @cached_property
    def curve(self) -> Curve:
        """What it lost, and when."""
        return curve_of(self.world)

    @cached_property
    def horizon(self) -> int:
        """The step at which this run is compared with others that were played differently.

        Ten minutes after its flow had stopped: later, what prices do to the book says nothing
        about what was done. Not before a client's basket has left the account, though.
        """
        taken = max((client.allocates or 0 for client in self.scenario.clients), default=0)
        return min(self.end, max(self._calm, taken + 2 * SAMPLE if taken else 0))

    @property
    def _calm(self) -> int:
        """The step at which what was done has shown."""
        last_deed = max((deed.step for deed in self.doings), default=0)
        stopped = self.curve.contained
        if stopped is None:
            opens = self.day.open_step + WITHOUT_FLOW
            return min(self.end, max(opens, last_deed + AFTER))
        # On a point of the curve, so that nothing has to be interpolated.
        return min(self.end, stopped + -stopped % SAMPLE + AFTER)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """Every message, in order; its place is its number."""
        return tuple(self.world.alerts.feed.items)

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """Every command, in order."""
        return tuple(_deeds(self.world, self.reading.simulation.events))

    @cached_property
    def doings(self) -> tuple[Deed, ...]:
        """Commands on servers, sessions and the flow of orders that were not refused."""
        return tuple(
            deed for deed in self.deeds if deed.command.group is Group.ACT and not deed.refused
        )

    @cached_property
    def opened(self) -> dict[int, int]:
        """Number of a message -> step at which it was opened first."""
        opened: dict[int, int] = {}
        grouped = True
        for deed in self.deeds:
            if deed.refused:
                continue
            if deed.command.verb == "group":
                grouped = deed.text.endswith("on")
            for number in self._opens(deed, grouped):
                opened.setdefault(number, deed.step)
        return opened

    def _opens(self, deed: Deed, grouped: bool) -> list[int]:
        """The messages that a command opens: one of a group opens its equals so far."""
        there = [number for number, alert in enumerate(self.alerts) if alert.step <= deed.step]
        if isinstance(deed.command, Call):
            who = deed.command.who
            return [
                number
                for number in there
                if self.alerts[number].channel == "call" and self.alerts[number].sender == who
            ]
        if not isinstance(deed.command, Mail) or deed.command.number is None:
            return []
        number = int(deed.command.number)
        if number >= len(there):
            return []
        if not grouped:
            return [number]
        model = self.alerts[number]
        key = (model.channel, model.sender, model.subject)
        return [
            other
            for other in there
            if (self.alerts[other].channel, self.alerts[other].sender, self.alerts[other].subject)
            == key
        ]

    @cached_property
    def right_suspicion(self) -> tuple[int, str] | None:
        """When a right hypothesis was first written down, and how."""
        for step, text in self.world.team.suspicions:
            believed = next(
                (belief for belief in self.scenario.hypotheses if means(text, belief.words)), None
            )
            if believed is not None and believed.right:
                return step, text
        return None


def _deeds(world: World, events: tuple[Event, ...]) -> list[Deed]:
    """The commands of a log, each with its answer.

    A command that is done at once is answered in the same breath, one that takes time when its
    stages have gone by, by the next answer of that moment that no other command has taken.
    """
    taken: set[int] = set()
    deeds = []
    for place, event in enumerate(events):
        if not isinstance(event, Said):
            continue
        try:
            command = parse(event.text, world.scenario)
        except CommandError:
            continue
        refused = ""
        found = None
        nearby = events[place + 1] if place + 1 < len(events) else None
        if isinstance(nearby, Refused) and nearby.command == event.text:
            refused = nearby.text
        elif isinstance(nearby, Answer) and nearby.step == event.step:
            found = place + 1
        else:
            found = _later(world, events, place, event, command, taken)
        answer = events[found] if found is not None else None
        if found is not None:
            taken.add(found)
        deeds.append(
            Deed(
                step=event.step,
                seat=event.seat,
                text=event.text,
                command=command,
                refused=refused,
                answered=answer.step if answer else None,
                lines=(answer.text, *answer.lines) if isinstance(answer, Answer) else (),
            )
        )
    return deeds


def _later(
    world: World,
    events: tuple[Event, ...],
    place: int,
    said: Said,
    command: Command,
    taken: set[int],
) -> int | None:
    """The place of the answer to a command that takes time."""
    lengths = {sum(max(length, 1) for length in command.stages(world))}
    if isinstance(command, Call):
        # Their own call is only talked through, ours rings first; which it was, the log forgot.
        who = person(world, command.who)
        lengths = {seconds(who.talks), seconds(who.talks + who.answers)}
    due = {said.step + length for length in lengths}
    for later in range(place + 1, len(events)):
        event = events[later]
        if event.step > max(due):
            return None
        if (
            isinstance(event, Answer)
            and event.step in due
            and event.seat == said.seat
            and later not in taken
        ):
            return later
    return None
