"""The world, its start and its step.

    world(n) = fold(step, start(scenario, seed), commands up to step n)

The world changes only here. Everything that plays, replays, forks, records or debriefs calls these
functions and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import attrs

from controlroom.sim import (
    annunciator,
    coach,
    controls,
    dealing,
    faults,
    people,
    staging,
    tasks,
    trading,
)
from controlroom.sim.alerts import Alerts
from controlroom.sim.annunciator import Annunciator
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.coach import Coach
from controlroom.sim.drill import Drill
from controlroom.sim.events import Event, Milestone
from controlroom.sim.fleet import Fleet, line_up
from controlroom.sim.law import Law, lay_down
from controlroom.sim.ledger import Ledger
from controlroom.sim.market import Market, open_market
from controlroom.sim.orders import Upstream
from controlroom.sim.parents import Parents
from controlroom.sim.pegs import Pegs
from controlroom.sim.programme import Programme
from controlroom.sim.riddle import Riddle, strays
from controlroom.sim.spared import Spared
from controlroom.sim.start import Console, Mode, Scenario
from controlroom.sim.state import DERIVED, GIVEN, SPARSE, Chain, cache
from controlroom.sim.team import Team
from controlroom.sim.week import WAITS, Week
from controlroom.sim.work import Order, Work

BEAT: Final = STEPS_PER_SECOND
"""Everything but commands, work and Power Peg happens once a second, on the beat."""


@attrs.define
class World:
    """Everything there is at one step. Only `step` and `advance` change it.

    Attributes:
        scenario: what it was started from.
        seed: what its draws are hashed from.
        mode: what the player is allowed.
        law: the market's constants.
        guards: switched-on safeguards that act second by second.
        now: the next step to be taken.
        market: stocks.
        upstream: orders before they reach a server.
        fleet: servers.
        parents: orders on the ordinary and the RLP path.
        pegs: orders on the Power Peg path.
        ledger: the books.
        alerts: the feed.
        team: what the people in the room have done and know.
        work: commands in progress.
        programmes: parts of the book that are being worked.
        next_work: number of the next work.
        next_inject: place in the injects that have a time.
        fired: id of an inject that waited for a condition -> step at which it came.
        log: every event.
        ended: why the run is over, or empty.
        drill: what there is besides when several play under a facilitator, or None.
        annunciator: the alarms of the modern console, or None where nobody will look at them.
        spared: orders that safeguards of the weeks before have saved; None where none has acted.
        coach: how far somebody has come in a scenario that teaches, or None.
        riddle: what there is besides where the seed draws the fault, or None.
        week: the evenings before the day, or None.
    """

    scenario: Scenario = attrs.field(eq=False, metadata=GIVEN)
    seed: int = attrs.field(eq=False, metadata=GIVEN)
    mode: Mode = attrs.field(eq=False, metadata=GIVEN)
    law: Law = attrs.field(eq=False, metadata=GIVEN)
    guards: tuple[Callable[[World], None], ...] = attrs.field(eq=False, metadata=GIVEN)
    market: Market
    upstream: Upstream
    fleet: Fleet
    parents: Parents
    pegs: Pegs
    ledger: Ledger
    alerts: Alerts = attrs.field(factory=Alerts)
    team: Team = attrs.field(factory=Team)
    work: list[Work] = attrs.field(factory=list)
    programmes: list[Programme] = attrs.field(factory=list)
    now: int = 0
    next_work: int = 1
    next_inject: int = 0
    fired: dict[str, int] = attrs.field(factory=dict)
    log: Chain = attrs.field(factory=Chain)
    ended: str = ""
    drill: Drill | None = attrs.field(default=None, metadata=SPARSE)
    spared: Spared | None = attrs.field(default=None, metadata=SPARSE)
    coach: Coach | None = attrs.field(default=None, metadata=SPARSE)
    riddle: Riddle | None = attrs.field(default=None, metadata=SPARSE)
    annunciator: Annunciator | None = attrs.field(default=None, eq=False, metadata=DERIVED)
    week: Week | None = attrs.field(default=None, metadata=SPARSE)
    pictures: dict[str, tuple[object, object]] = cache(dict)

    def record(self, event: Event) -> None:
        """Put an event into the log."""
        self.log.append(event)

    @property
    def still(self) -> str:
        """Why time stands still, in a drill or before the day, or empty while it goes on."""
        if self.week is not None and not self.week.over:
            return WAITS
        return self.drill.frozen if self.drill is not None else ""

    @property
    def seconds_open(self) -> int:
        """Seconds since the open; negative before it."""
        return (self.now - self.scenario.day.open_step) // STEPS_PER_SECOND

    @property
    def seconds_closed(self) -> int:
        """Seconds whose beat is done; the newest rates are those of the last one."""
        return -(-self.now // BEAT)


def start(
    scenario: Scenario, seed: int, mode: Mode = Mode.EXPLORE, *, alarms: bool = False
) -> World:
    """The world at step 0.

    Args:
        scenario: what is played.
        seed: what chance is drawn from.
        mode: what a player is allowed.
        alarms: whether to keep the modern console's alarms though another one is shown.
    """
    scenario = controls.prepare(faults.draw(scenario, seed))
    law = lay_down(scenario)
    granted = scenario.has("incident-procedure")
    return World(
        scenario=scenario,
        seed=seed,
        mode=mode,
        law=law,
        guards=tuple(act for name, act in controls.GUARDS.items() if scenario.has(name)),
        market=open_market(law),
        upstream=Upstream(flag_on=scenario.firm.flag_on),
        fleet=line_up(scenario),
        parents=Parents.none(),
        pegs=Pegs.none(2 * law.stocks),
        ledger=_books(scenario, law),
        team=Team(
            authority=0 if granted else -1,
            granted_by="incident procedure" if granted else "",
        ),
        spared=Spared() if scenario.mended else None,
        coach=Coach() if scenario.training else None,
        week=Week() if scenario.week else None,
        annunciator=Annunciator() if alarms or scenario.console is Console.MODERN else None,
        riddle=faults.pose(scenario, seed),
    )


def _books(scenario: Scenario, law: Law) -> Ledger:
    """The firm's books with what it holds from the day before, at that day's last price."""
    ledger = Ledger.empty(law.stocks)
    place = {stock.symbol: at for at, stock in enumerate(scenario.market.stocks)}
    for held in scenario.positions:
        at = place[held.stock]
        ledger.worked[at] += held.shares
        ledger.worked_cost[at] += held.shares * scenario.market.stocks[at].prev_close
    ledger.pmon_position, ledger.pmon_cash = ledger.position(), ledger.cash()
    return ledger


MORNING: Final[tuple[Callable[[World], None], ...]] = (
    dealing.ring_bells,
    trading.settle,
    trading.move_prices,
    dealing.receive_orders,
    trading.work_parents,
    strays.work,
    trading.work_programmes,
    trading.watch_for_pauses,
    trading.close_the_second,
    controls.guard,
    annunciator.watch,
    people.deliver,
    people.let_calls_ring_out,
    people.offer_hints,
    coach.watch,
    staging.stage,
)
"""What happens on every beat, in this order."""


def step(world: World, orders: Sequence[Order] = ()) -> tuple[Event, ...]:
    """Take one step: commands at its start, work that is due, the beat, Power Peg.

    While time stands still there are commands only, and no step is taken. A command that stops
    time lets this step be the last one.

    Args:
        world: changed in place.
        orders: commands in the order in which they were given.

    Returns:
        What happened, in order.
    """
    told = len(world.log.items)
    if world.ended:
        return ()
    stood = world.still
    for order in orders:
        tasks.give(world, order)
    if not stood:
        _go_on(world, world.now + 1)
    return tuple(world.log.items[told:])


def advance(world: World, steps: int) -> tuple[Event, ...]:
    """Take many steps without commands; the same as calling `step` that often, but faster.

    Steps in which nothing happens but Power Peg are taken together with the one before them. None
    is taken while time stands still.
    """
    told = len(world.log.items)
    until = world.now + steps
    while world.now < until and not world.ended and not world.still:
        _go_on(world, until)
    return tuple(world.log.items[told:])


def _go_on(world: World, until: int) -> None:
    """Take a step and those after it, up to `until`, in which nothing is due and no beat is."""
    tasks.finish_due(world)
    if world.now % BEAT == 0:
        for phase in MORNING:
            phase(world)
    first, last = world.now, world.now + 1
    if last < until and not world.ended:
        last = min(until, first - first % BEAT + BEAT)
        for work in world.work:
            last = min(last, work.due)
    trading.power_peg(world, last - first)
    # What ends the day (work, a programme, the closing bell) has happened in the first step.
    world.now = first + 1
    _end_of_day(world)
    if last > world.now and not world.ended:
        world.now = last
        _end_of_day(world)


def _end_of_day(world: World) -> None:
    day = world.scenario.day
    if world.now < day.close_step or world.ended or (world.now % BEAT and not world.work):
        return
    if world.now >= day.end_step:
        world.ended = "end of the day"
        said = "the day is over; the firm still holds positions"
    elif world.now >= day.close_step and world.ledger.is_flat():
        world.ended = "end of the day"
        said = "the day is over and the firm holds nothing"
    else:
        return
    world.record(Milestone(world.now, said, "end"))
