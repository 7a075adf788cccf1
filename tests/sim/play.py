"""Playing a world by clock times and typed lines, as the tests of the incident do."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from controlroom.sim.clock import parse_clock
from controlroom.sim.commands import parse
from controlroom.sim.events import Answer, Event, Refused
from controlroom.sim.fleet import ProcessState
from controlroom.sim.result import Result, result
from controlroom.sim.start import PegCount, Scenario
from controlroom.sim.state import Snapshot, restore, snapshot
from controlroom.sim.views import View, view
from controlroom.sim.work import Order
from controlroom.sim.world import World, advance, start, step

SEAT = "on-call"

BUSY = (
    ("09:29:53", ("note before the bell", "look smars-8", "compare")),
    ("09:30:00.25", ("log smars-8", "drain smars-5", "alarm on reject")),
    ("09:30:07.75", ("kill smars-2", "flag off", "call exchange")),
    ("09:30:31.50", ("declare", "disconnect NYSE", "shelve 3 1 later")),
    ("09:31:00", ("deploy legacy smars-1", "cancel smars-8", "positions")),
    ("09:31:40.25", ("flag on", "start smars-2", "connect NYSE", "hedge 40")),
    ("09:32:20.75", ("uninstall smars-3 smars-4", "pare 20 3", "search reject")),
    ("09:33:30", ("stop smars-8", "reroute on", "pmon", "account 33")),
    ("09:34:10.50", ("start smars-5 smars-8", "kill smars-6", "tape CO")),
    ("09:35:00", ("hint", "suspect the new code likely", "escalate", "limit 5m")),
)
"""Five minutes of the storm in which everything is tried; not wise, but much of the state moves."""


@attrs.define(repr=False)
class Shift:
    """Somebody's hours at the console.

    Attributes:
        world: what happens.
    """

    world: World

    def __repr__(self) -> str:
        """Its time; a world in full would drown what a failing test says."""
        return f"Shift at {self.world.scenario.day.text(self.world.now)}"

    @classmethod
    def begin(cls, scenario: Scenario, seed: int = 7, *, alarms: bool = False) -> Shift:
        """Step 0 of a day, with the modern console's alarms where they are asked for."""
        return cls(start(scenario, seed, alarms=alarms))

    def until(self, clock: str) -> Shift:
        """Let the time pass to a time of day."""
        advance(self.world, self.world.scenario.day.parse(clock) - self.world.now)
        return self

    def wait(self, seconds: float) -> Shift:
        """Let some seconds pass."""
        advance(self.world, int(seconds * 4))
        return self

    def play(self, script: Sequence[tuple[str, tuple[str, ...]]] = BUSY) -> Shift:
        """Give the lines of a script at their times, as far as they are still to come."""
        for clock, lines in script:
            at = self.world.scenario.day.parse(clock)
            if at >= self.world.now:
                advance(self.world, at - self.world.now)
                self.say(*lines)
        return self

    def say(self, *lines: str, seat: str = SEAT) -> tuple[Event, ...]:
        """Give typed commands, all at one step, and take that step."""
        return step(self.world, orders(self.world.scenario, *lines, seat=seat))

    def do(self, line: str, seconds: float = 60) -> Answer:
        """Give a command, let it be done, and hear what it came to."""
        told = len(self.world.log.items)
        refused = [event.text for event in self.say(line) if isinstance(event, Refused)]
        assert not refused, refused
        self.wait(seconds)
        answers = [event for event in self.world.log.items[told:] if isinstance(event, Answer)]
        assert answers, f"{line!r} is not answered within {seconds} s"
        return answers[-1]

    def refusal(self, line: str) -> str:
        """Why a command is not done."""
        refused = [event.text for event in self.say(line) if isinstance(event, Refused)]
        assert refused, f"{line!r} was not refused"
        return refused[0]

    def fork(self) -> Shift:
        """The same moment, to go on differently."""
        return Shift(restore(snapshot(self.world)))

    def server(self, name: str) -> int:
        """A server's place in the fleet."""
        return [server.name for server in self.world.scenario.servers].index(name)

    def state(self, name: str) -> ProcessState:
        """What the process on a server is doing."""
        return self.world.fleet.states[self.server(name)]

    @property
    def view(self) -> View:
        """What the console shows."""
        return view(self.world, SEAT)

    @property
    def result(self) -> Result:
        """What the run came to so far."""
        return result(self.world)

    @property
    def executions(self) -> int:
        """Executions that no client ordered, booked to the moment."""
        return self.result.executions


@attrs.define(repr=False)
class Idle:
    """A day on which nobody does anything, kept at the moments that were asked for.

    Attributes:
        scenario: what is played.
        seed: of the run.
        kept: snapshots by step.
    """

    scenario: Scenario
    seed: int = 7
    kept: dict[int, Snapshot] = attrs.field(factory=dict)

    def __repr__(self) -> str:
        """Its seed."""
        return f"Idle day of seed {self.seed}"

    def at(self, clock: str) -> Shift:
        """The day at a time, to go on from; folded from the nearest moment before it."""
        wanted = self.scenario.day.parse(clock)
        before = max((step for step in self.kept if step <= wanted), default=None)
        world = restore(self.kept[before]) if before is not None else self._first_step()
        advance(world, wanted - world.now)
        self.kept[wanted] = snapshot(world)
        return Shift(restore(self.kept[wanted]))

    def _first_step(self) -> World:
        return start(self.scenario, self.seed, alarms=True)


def orders(scenario: Scenario, *lines: str, seat: str = SEAT) -> Sequence[Order]:
    """Typed lines as a seat's orders."""
    return [Order(seat, parse(line, scenario)) for line in lines]


def with_stale(scenario: Scenario, *names: str) -> Scenario:
    """The same day, but these servers are the ones that were left out of the deployment."""
    servers = tuple(
        attrs.evolve(server, build="legacy" if server.name in names else "rlp")
        for server in scenario.servers
    )
    return attrs.evolve(scenario, servers=servers)


def with_short_day(scenario: Scenario, closes: str, ends: str) -> Scenario:
    """The same day with an early close, for what happens after it."""
    day = attrs.evolve(scenario.day, closes=parse_clock(closes), ends=parse_clock(ends))
    return attrs.evolve(scenario, day=day)


def with_count_inside(scenario: Scenario) -> Scenario:
    """The same day, but Power Peg counts what it executes where its stop check reads it."""
    builds = tuple(attrs.evolve(build, peg_count=PegCount.INSIDE) for build in scenario.builds)
    return attrs.evolve(scenario, builds=builds)
