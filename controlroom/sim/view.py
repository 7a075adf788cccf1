"""The picture of the world that a seat's instruments give.

The world knows everything, a person at a console does not: a server's build is shown only as last
looked up, and PMON as it has booked. Parts that have not changed are the same objects as before, so
that a screen can tell by identity what it need not draw again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim import consoles, seats
from controlroom.sim import drill as drills
from controlroom.sim import week as weeks
from controlroom.sim.clock import STEPS_PER_SECOND, Phase, clock_text
from controlroom.sim.desk import (
    alerts_of,
    answers_of,
    coach_of,
    kept,
    named,
    ringing_at,
    said_to,
    suspicions_of,
    week_of,
    work_of,
)
from controlroom.sim.fleet import ProcessState
from controlroom.sim.seats import FACILITATOR, Pane, Seat
from controlroom.sim.start import PRICE_UNIT, Acts, Console
from controlroom.sim.views import (
    AccountView,
    AlarmView,
    AlertsView,
    HeaderView,
    MoneyView,
    ServerView,
    TapeView,
    View,
)

if TYPE_CHECKING:
    from controlroom.sim.world import World

TAPE: Final = 12


def view(world: World, seat: str, console: Console | None = None) -> View:
    """What `seat` sees at this step; nothing, where there is no such seat.

    Args:
        world: at which step.
        seat: whose instruments.
        console: which picture of them; that of the start where it is None.
    """
    desk = seats.seat_of(world, seat) or NOBODY
    console = console or world.scenario.console
    alerts = kept(
        world,
        named("alerts", desk),
        (world.alerts.version, world.now // (STEPS_PER_SECOND * 10)),
        lambda: alerts_of(world, desk),
    )
    alarms: tuple[AlarmView, ...] | None = None
    if console is Console.MODERN and Pane.ALARMS in desk.panes:
        alarms = _alarms(world, desk)
        alerts = kept(
            world,
            named("alerts modern", desk),
            (alerts, alarms),
            lambda: attrs.evolve(alerts, alarms=alarms),
        )
    elif console is Console.AS_WAS:
        alerts = kept(
            world,
            named("alerts as-was", desk),
            alerts,
            lambda: consoles.alerts_as_was(alerts),
        )
    drill, ringing = world.drill, ringing_at(world, desk)
    said = 0
    if drill is not None:
        said = len(drill.messages) + sum(map(len, drill.copied.values()))
    return View(
        step=world.now,
        header=_header(world, seat, alerts, ringing, console),
        servers=_servers_on(world, desk, console, alarms or ())
        if Pane.SERVERS in desk.panes
        else (),
        alerts=alerts,
        money=_money_on(world, desk, console) if Pane.MONEY in desk.panes else NO_MONEY,
        answers=kept(
            world, f"answers {seat}", len(world.log.items), lambda: answers_of(world, desk)
        ),
        work=work_of(world, desk),
        ringing=ringing,
        hints=world.team.hints if desk.sees_all else 0,
        suspicions=suspicions_of(world, desk),
        panes=() if desk.sees_all else tuple(pane for pane in Pane if pane in desk.panes),
        account=_account(world) if drill is not None and Pane.LIMIT in desk.panes else None,
        room=kept(world, f"room {seat}", said, lambda: said_to(world, desk)) if said else (),
        still=world.still,
        coach=coach_of(world, desk),
        week=week_of(world),
    )


NOBODY: Final = Seat("nobody", "nobody", frozenset(), frozenset())
"""What somebody sees who has no seat: a clock."""

NO_MONEY: Final = MoneyView(
    flat=0,
    per_minute=0,
    fair=0,
    marked=0,
    pmon=0,
    pmon_age=0,
    gross=0,
    long=0,
    short=0,
    stocks=0,
    capital=0,
    executions=0,
    hedge=0,
    history=(),
    tape=(),
)
"""The P&L panel of a seat that has none."""


def _alarms(world: World, seat: Seat) -> tuple[AlarmView, ...]:
    """The modern console's list; what is written over a monitor that lies raises no alarm."""
    own = world.annunciator
    if own is None:
        return ()
    lying: frozenset[str] = frozenset()
    if seat.id != FACILITATOR:
        lying = frozenset(name for name, how in _monitors(world).items() if how == drills.CALM)
    alarms: tuple[AlarmView, ...] = kept(
        world,
        named("alarms", seat),
        (tuple(own.standing.values()), tuple(own.values.values()), lying),
        lambda: consoles.alarms_of(world, lying),
    )
    return alarms


def _servers_on(
    world: World, seat: Seat, console: Console, alarms: tuple[AlarmView, ...]
) -> tuple[ServerView, ...]:
    """The fleet on a console."""
    panes = _servers_pane(world, seat)
    shown: tuple[ServerView, ...] = panes
    if console is Console.AS_WAS:
        name = named("servers as-was", seat)
        shown = kept(world, name, panes, lambda: consoles.servers_as_was(panes))
    elif console is Console.MODERN:
        name = named("servers modern", seat)
        shown = kept(world, name, (panes, alarms), lambda: consoles.servers_modern(panes, alarms))
    return shown


def _money_on(world: World, seat: Seat, console: Console) -> MoneyView:
    """The P&L panel on a console."""
    money = _money_pane(world, seat)
    if console is Console.AS_WAS:
        return consoles.money_as_was(world, money)
    return consoles.money_modern(world, money) if console is Console.MODERN else money


def _servers_pane(world: World, seat: Seat) -> tuple[ServerView, ...]:
    """The fleet as it is; to the participants of a drill, with the monitors' faults."""
    key = (
        world.seconds_closed,
        len(world.log.items),
        tuple(world.fleet.connected),
        len(world.work),
    )
    panes: tuple[ServerView, ...] = kept(world, "servers", key, lambda: _servers(world))
    faults = _monitors(world)
    if not faults or seat.id == FACILITATOR:
        return panes
    shown: tuple[ServerView, ...] = kept(
        world,
        "servers with faults",
        (*key, *faults.items()),
        lambda: tuple(_as_calm(pane, panes, faults) for pane in panes),
    )
    return shown


def _monitors(world: World) -> dict[str, str]:
    """What is wrong with the servers' monitors: by a facilitator, or by a stressor."""
    faults = dict(world.drill.faults) if world.drill is not None else {}
    scenario = world.scenario
    if scenario.drawn is not None and scenario.stressed(Acts.LIAR):
        faults.setdefault(scenario.servers[scenario.drawn.server].name, drills.CALM)
    return faults


def _as_calm(pane: ServerView, panes: tuple[ServerView, ...], faults: dict[str, str]) -> ServerView:
    """A pane as a monitor that lies shows it: with the figures of its calmest neighbour."""
    if faults.get(pane.name) != drills.CALM:
        return pane
    sound = [other for other in panes if other.name not in faults and other.children]
    calm = min(sound or panes, key=lambda other: (other.children, other.number))
    return attrs.evolve(
        pane,
        children=calm.children,
        history=calm.history,
        cpu=calm.cpu,
        parents=calm.parents,
        received=calm.received,
        full=calm.full,
        children_per_parent=calm.children_per_parent,
    )


def _money_pane(world: World, seat: Seat) -> MoneyView:
    """The P&L panel; to the participants of a drill, with what PMON shows while it hangs."""
    key = world.now if len(world.pegs) else world.seconds_closed
    money: MoneyView = kept(world, "money", key, lambda: _money(world))
    drill = world.drill
    if drill is None or drills.PMON not in drill.faults or seat.id == FACILITATOR:
        return money
    return attrs.evolve(money, pmon=drill.stuck[0])


def _account(world: World) -> AccountView:
    """As PMON has booked it: what risk had to go by."""
    limit = world.scenario.firm.account_limit
    gross = drills.pmon(world)[1]
    names = world.scenario.names
    return AccountView(gross, limit, gross * 10 // max(limit, 1), names.account, names.monitor)


def _header(
    world: World, seat: str, alerts: AlertsView, ringing: tuple[str, ...], console: Console
) -> HeaderView:
    day = world.scenario.day
    clock = day.text(world.now, fraction=True)
    title, phase, from_open = world.scenario.title, day.phase(world.now), world.seconds_open
    found = weeks.begun(world)
    if found is not None:
        # The evening's own clock, after the close of its day.
        week, plan = found
        at = plan.begins + week.minute * 60_000
        clock, phase = clock_text(at, fraction=True), Phase.EVENING
        title, from_open = plan.evenings[week.evening], (at - day.opens) // 1000
    running = sum(state is ProcessState.RUNNING for state in world.fleet.states)
    return HeaderView(
        clock=clock[:8],
        hundredths=clock[9:],
        phase=phase,
        from_open=from_open,
        title=title,
        firm=world.scenario.firm.name,
        seat=seat,
        seed=world.seed,
        mode=world.mode,
        servers_running=running,
        servers_down=len(world.fleet.states) - running,
        unread=alerts.unread,
        calls_waiting=len(ringing),
        flood=alerts.per_ten_minutes,
        declared=world.team.declared >= 0,
        authority=world.team.authority >= 0,
        ended=world.ended,
        zone=day.zone,
        console=console,
        switched=world.scenario.switched,
    )


def _servers(world: World) -> tuple[ServerView, ...]:
    fleet = world.fleet
    second = world.seconds_closed
    rates = fleet.recent(second).T.tolist()
    count = len(fleet.states)
    live = np.bincount(world.parents.server, minlength=count)
    live += np.bincount(world.pegs.server, minlength=count)
    if world.strays is not None:
        live += np.bincount(world.strays.server, minlength=count)
    every = [venue.name for venue in world.scenario.venues]
    connected = tuple(name for name in every if name in fleet.connected)
    down = tuple(name for name in every if name not in fleet.connected)
    tasks = _tasks(world)
    waiting: dict[int, int] = {}
    for batch in world.upstream.waiting:
        waiting[batch.origin] = waiting.get(batch.origin, 0) + len(batch.slot)
    panes = []
    for at, server in enumerate(world.scenario.servers):
        looked = world.team.looked.get(at)
        received = int(fleet.received[at])
        panes.append(
            ServerView(
                name=server.name,
                number=at + 1,
                state=fleet.states[at].value,
                children=rates[at][-1],
                history=tuple(rates[at]),
                cpu=fleet.load(at, second),
                parents=int(live[at]) + len(fleet.held[at]),
                received=received,
                full=int(fleet.full[at]),
                children_per_parent=int(fleet.children[at]) * 10 // max(received, 1),
                rejects=int(fleet.rejects[at]),
                waiting=waiting.get(at, 0),
                build=looked.build if looked else "",
                build_at=world.scenario.day.text(looked.step) if looked else "",
                fills=looked.fills if looked else None,
                venues=connected,
                venues_down=down,
                task=tasks.get(server.name, ""),
                sent=int(fleet.children[at]),
            )
        )
    return tuple(panes)


def _tasks(world: World) -> dict[str, str]:
    """What is being done to each server."""
    tasks: dict[str, str] = {}
    names = [server.name for server in world.scenario.servers]
    for work in world.work:
        named = getattr(work.command, "servers", None) or (getattr(work.command, "server", None),)
        for name in names if named == ("all",) else named:
            if name:
                tasks[name] = work.command.verb
    return tasks


def _money(world: World) -> MoneyView:
    ledger, market, law = world.ledger, world.market, world.law
    profit = ledger.profit(law, market, world.scenario.market.block_base)
    samples = ledger.samples.items
    position = ledger.position()
    before = samples[-7].profit.flat if len(samples) > 6 else 0
    open_step = world.scenario.day.open_step
    return MoneyView(
        flat=profit.flat,
        per_minute=profit.flat - before if samples else 0,
        fair=profit.fair,
        marked=profit.marked,
        pmon=ledger.pmon_shown,
        pmon_age=ledger.pmon_behind // max(world.scenario.firm.pmon_capacity, 1),
        gross=profit.gross,
        long=profit.long,
        short=profit.short,
        stocks=int((position != 0).sum()),
        capital=world.scenario.firm.capital,
        executions=ledger.executions - (world.strays.taken if world.strays is not None else 0),
        mixed=world.strays is not None and world.strays.kept > 0,
        hedge=ledger.hedge,
        history=kept(world, "history", len(samples), lambda: _history(world, open_step)),
        tape=kept(world, "tape", world.seconds_closed, lambda: _tape(world)),
        monitor=world.scenario.names.monitor,
    )


def _history(world: World, open_step: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        ((sample.step - open_step) // STEPS_PER_SECOND, sample.profit.flat)
        for sample in world.ledger.samples.items
    )


def _tape(world: World) -> tuple[TapeView, ...]:
    market, law = world.market, world.law
    change = (market.mid - law.opens) * 1000 // law.opens
    order = np.argsort(-np.abs(change), kind="stable")[:TAPE]
    stocks = world.scenario.market.stocks
    return tuple(
        TapeView(
            symbol=stocks[at].symbol,
            last=int(market.mid[at]) / PRICE_UNIT,
            change=int(change[at]),
            paused=bool(market.paused_until[at]),
        )
        for at in order.tolist()
    )
