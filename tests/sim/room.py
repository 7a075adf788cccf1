"""A drill in a test: a small plan, several seats on one world."""

from __future__ import annotations

import attrs

from controlroom.sim.events import Answer, Event, Refused, Told
from controlroom.sim.seats import FACILITATOR
from controlroom.sim.start import Channel, Inject, Measure, Objective, Plan, Probe, Role, Scenario
from controlroom.sim.views import View, view
from controlroom.sim.world import advance, step
from tests.sim.play import Idle, Shift, orders


def inject(
    name: str,
    *,
    channel: Channel = Channel.MAIL,
    sender: str = "Somebody",
    at: int | None = None,
    when: tuple[Measure, ...] = (),
    to: str = "",
    expects: tuple[str, ...] = (),
    within: int | None = None,
    otherwise: str = "",
) -> Inject:
    """An inject whose subject and body hold its name."""
    return Inject(
        id=name,
        channel=channel,
        sender=sender,
        subject=f"subject of {name}",
        body=f"body of {name}",
        at=at,
        when=when,
        needs_you=False,
        to=to,
        expects=expects,
        within=within,
        otherwise=otherwise,
    )


def objective(
    name: str,
    *,
    did: tuple[str, ...] = (),
    seat: str = "",
    after: str = "",
    within: int | None = None,
    reaches: tuple[Measure, ...] = (),
    keeps: tuple[Measure, ...] = (),
) -> Objective:
    """An objective that a test needs."""
    return Objective(name, f"text of {name}", did, seat, after, within, None, reaches, keeps)


def with_plan(scenario: Scenario, *injects: Inject, objectives: tuple[Objective, ...] = ()) -> Idle:
    """The day with a plan of these injects and objectives."""
    role = Role("engineer", "Engineer", ("x",), ("x",), ("x",), "smars-4 was restarted at seven")
    plan = Plan(
        starts=scenario.day.parse("09:25:00"),
        minutes=60,
        welcome="This is a drill.",
        roles=(role,),
        objectives=objectives,
        standing=(inject("standing-one"),),
        injects=injects,
        probes=(Probe("first", None, 45, ("what?", "so what?", "what next?"), ("a", "b", "c")),),
    )
    # What the day's own messages expect belongs to the scenario's own plan.
    messages = tuple(
        attrs.evolve(message, expects=(), within=None, otherwise="", objective="")
        for message in scenario.injects
    )
    return Idle(attrs.evolve(scenario, injects=messages, plan=plan))


@attrs.define
class Room(Shift):
    """A drill in progress."""

    @classmethod
    def at(cls, idle: Idle, clock: str, people: int = 6, *taken: str) -> Room:
        """A drill that begins at a time, with these seats taken."""
        room = cls(idle.at(clock).world)
        room.direct(f"drill {people}", *(f"join {seat}" for seat in taken))
        return room

    def direct(self, *lines: str) -> tuple[Event, ...]:
        """Give commands as the facilitator; none may be refused."""
        happened = self.say(*lines, seat=FACILITATOR)
        refused = [event.text for event in happened if isinstance(event, Refused)]
        assert not refused, refused
        return happened

    def still(self, line: str, seat: str = FACILITATOR) -> tuple[Event, ...]:
        """Give a command while time stands still, or to let it."""
        return step(self.world, orders(self.world.scenario, line, seat=seat))

    def refused(self, line: str, seat: str) -> str:
        """Why a seat may not do something."""
        found = [event.text for event in self.say(line, seat=seat) if isinstance(event, Refused)]
        assert found, f"{seat}: {line!r} was not refused"
        return found[0]

    def told(self, seat: str) -> list[str]:
        """What this seat was told so far, oldest first."""
        return [line.text for line in self.see(seat).answers]

    def see(self, seat: str) -> View:
        """What a seat sees."""
        return view(self.world, seat)

    def wait(self, seconds: float) -> Room:
        """Let some seconds pass."""
        advance(self.world, int(seconds * 4))
        return self

    @property
    def words(self) -> list[Told]:
        """Everything that was said."""
        return [event for event in self.world.log.items if isinstance(event, Told)]

    def answers(self, seat: str) -> list[Answer]:
        """Answers that a seat got."""
        found = (event for event in self.world.log.items if isinstance(event, Answer))
        return [event for event in found if event.seat == seat]
