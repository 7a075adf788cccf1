"""A scenario as a whole, with its firm, its marks and its reference run."""

from __future__ import annotations

from functools import cached_property

import attrs

from controlroom.sim.clock import Day
from controlroom.sim.start.console import Console
from controlroom.sim.start.fleet import Build, ServerSetup, Venue
from controlroom.sim.start.lessons import Control, Cue, Fact, Hint, Hypothesis, Mended
from controlroom.sim.start.market import MarketSetup
from controlroom.sim.start.messages import Inject, Person, RejectMail
from controlroom.sim.start.orders import OrderFlow
from controlroom.sim.start.plan import Plan
from controlroom.sim.start.riddle import (
    Acts,
    Client,
    Difficulty,
    Drawn,
    FaultChoice,
    Stressor,
)
from controlroom.sim.start.training import Training
from controlroom.sim.start.units import Evidence
from controlroom.sim.start.week import WeekPlan


@attrs.frozen
class Mark:
    """A place to start from.

    Attributes:
        id: `HH:MM`.
        step: the world is stepped without commands to here.
        title: one line.
    """

    id: str
    step: int
    title: str


@attrs.frozen
class TimedCommand:
    """A command of a policy or of the reference run, as text.

    Attributes:
        step: takes effect at the start of this step.
        text: as typed.
        evidence: for the reference run, whether the moment is documented.
    """

    step: int
    text: str
    evidence: Evidence


@attrs.frozen
class Firm:
    """The firm's money and limits.

    Attributes:
        name: shown in the title.
        capital: cash and equivalents, dollars.
        account_limit: gross limit of the 33 Account, dollars, wired to nothing.
        pmon_capacity: executions a second that PMON can book before it falls behind.
        flag_on: whether client orders carry the RLP flag as the day begins.
    """

    name: str
    capital: int
    account_limit: int
    pmon_capacity: int
    flag_on: bool


@attrs.frozen
class Held:
    """Shares that the firm holds as the day begins, in the 33 Account.

    Attributes:
        stock: symbol.
        shares: negative when short.
    """

    stock: str
    shares: int


@attrs.frozen
class Names:
    """What the firm's people call what every such firm has.

    Attributes:
        router: the system that the servers are.
        account: where executions end up that fit no order of a client.
        monitor: the risk screen.
        program: what the flag of client orders is for.
        old_path: the code path that nobody has used for years.
    """

    router: str = "SMARS"
    account: str = "33 Account"
    monitor: str = "PMON"
    program: str = "RLP"
    old_path: str = "Power Peg"


@attrs.frozen
class Scenario:
    """Everything that a start is made from, apart from the seed.

    Attributes:
        id: folder name.
        title: shown in the picker and on the screen.
        summary: one or two sentences.
        briefing: one screen of plain text.
        goals: teaching goals.
        checksum: SHA-256 over the scenario's files, hex.
        seed: the default seed.
        day: its fixed moments.
        marks: places to start from.
        firm: money and limits.
        builds: what can be installed, the newest first, then what it replaced.
        servers: the fleet.
        venues: market centres.
        market: stocks and law.
        flow: client orders.
        reject_mail: what a refusal sends.
        injects: mails, calls and alarms by time or condition.
        people: who can be called.
        controls: safeguards.
        hints: advice.
        facts: the historical record that results are compared with.
        reference: the reference run.
        sources: where the facts come from.
        hypotheses: what people may believe, the right ones first.
        cues: what is diagnostic.
        unknowable: what nobody could have known, a sentence each.
        plan: for a drill, or None.
        mended: what safeguards of the weeks before put right; filled as a day begins.
        console: which picture of the events the screens give.
        written: as it was before they did, where they have; None as it is read.
        faults: what the seed may draw; empty where nothing is left to it.
        stressors: what can make it harder.
        difficulties: named sets of stressors, the easiest first.
        positions: what the firm holds as the day begins.
        training: lessons of a coach, or None.
        names: what the firm's people call things.
        clients: those with lines of their own.
        drawn: what the seed has drawn, once it has; no scenario on disk has it.
        origin: the scenario before anything was drawn, or None where nothing was.
        week: the evenings before the day, or None.
    """

    id: str
    title: str
    summary: str
    briefing: str
    goals: tuple[str, ...]
    checksum: str
    seed: int
    day: Day
    marks: tuple[Mark, ...]
    firm: Firm
    builds: tuple[Build, ...]
    servers: tuple[ServerSetup, ...]
    venues: tuple[Venue, ...]
    market: MarketSetup
    flow: OrderFlow
    reject_mail: RejectMail
    injects: tuple[Inject, ...]
    people: tuple[Person, ...]
    controls: tuple[Control, ...]
    hints: tuple[Hint, ...]
    facts: tuple[Fact, ...]
    reference: tuple[TimedCommand, ...]
    sources: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...] = ()
    cues: tuple[Cue, ...] = ()
    unknowable: tuple[str, ...] = ()
    plan: Plan | None = None
    mended: tuple[Mended, ...] = ()
    console: Console = Console.TRAINER
    written: Scenario | None = attrs.field(default=None, repr=False)
    faults: tuple[FaultChoice, ...] = ()
    stressors: tuple[Stressor, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    positions: tuple[Held, ...] = ()
    training: Training | None = None
    names: Names = attrs.field(factory=Names)
    clients: tuple[Client, ...] = ()
    drawn: Drawn | None = None
    origin: Scenario | None = attrs.field(default=None, eq=False, repr=False)
    week: WeekPlan | None = None

    @cached_property
    def drill_injects(self) -> dict[str, Inject]:
        """What a drill can bring, by id: the day's own injects and those of the plan."""
        planned = (*self.plan.standing, *self.plan.injects) if self.plan else ()
        return {inject.id: inject for inject in (*self.injects, *planned)}

    @cached_property
    def addressees(self) -> dict[str, str]:
        """Inject -> the seat that it is for, where it names one."""
        return {name: inject.to for name, inject in self.drill_injects.items() if inject.to}

    @cached_property
    def timed_injects(self) -> tuple[Inject, ...]:
        """Injects that come at a time, in the order in which they come."""
        timed = [inject for inject in self.injects if inject.at is not None]
        return tuple(sorted(timed, key=lambda inject: (inject.at or 0, inject.id)))

    @cached_property
    def conditional_injects(self) -> tuple[Inject, ...]:
        """Injects that wait for a condition."""
        return tuple(inject for inject in self.injects if inject.at is None)

    @cached_property
    def switched(self) -> tuple[str, ...]:
        """Safeguards and stressors that are on, by id."""
        safeguards = tuple(control.id for control in self.controls if control.on)
        return safeguards + tuple(stressor.id for stressor in self.stressors if stressor.on)

    def same_start(self, other: Scenario) -> bool:
        """Whether the same switches are on, and the same console, in two of one scenario."""
        return (self.switched, self.console) == (other.switched, other.console)

    def has(self, control: str) -> bool:
        """Whether the safeguard `control` is switched on."""
        return any(item.id == control and item.on for item in self.controls)

    def stressed(self, acts: Acts) -> bool:
        """Whether a stressor that acts so is switched on."""
        return any(item.acts is acts and item.on for item in self.stressors)
