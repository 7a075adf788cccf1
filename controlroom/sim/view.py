"""The picture of the world that a seat's instruments give.

The world knows everything, a person at a console does not: a server's build is shown only as last
looked up, and PMON as it has booked. Parts that have not changed are the same objects as before, so
that a screen can tell by identity what it need not draw again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from controlroom.sim import people
from controlroom.sim.alerts import AlertState
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.events import Answer, Arrived, Event, Refused, Said, Tone
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import PRICE_UNIT, Channel
from controlroom.sim.views import (
    AlertsView,
    AlertView,
    HeaderView,
    LineView,
    MoneyView,
    ServerView,
    TapeView,
    View,
    WorkView,
)

if TYPE_CHECKING:
    from controlroom.sim.world import World

MOST_ROWS: Final = 200
MOST_LINES: Final = 200
TAPE: Final = 12


def view(world: World, seat: str) -> View:
    """What `seat` sees at this step."""
    alerts = _kept(
        world,
        "alerts",
        (world.alerts.version, world.now // (STEPS_PER_SECOND * 10)),
        lambda: _alerts(world),
    )
    return View(
        step=world.now,
        header=_header(world, seat, alerts),
        servers=_kept(
            world,
            "servers",
            (
                world.seconds_closed,
                len(world.log.items),
                tuple(world.fleet.connected),
                len(world.work),
            ),
            lambda: _servers(world),
        ),
        alerts=alerts,
        money=_kept(
            world,
            "money",
            world.now if len(world.pegs) else world.seconds_closed,
            lambda: _money(world),
        ),
        answers=_kept(
            world, f"answers {seat}", len(world.log.items), lambda: _answers(world, seat)
        ),
        work=_work(world),
        ringing=tuple(world.alerts[number].sender for number in world.alerts.ringing),
        hints=world.team.hints,
        suspicions=tuple(text for _, text in world.team.suspicions),
    )


def _kept(world: World, name: str, key: object, make: Callable[[], Any]) -> Any:
    """The picture made last time, as long as nothing that it shows has changed."""
    before = world.pictures.get(name)
    if before is not None and before[0] == key:
        return before[1]
    picture = make()
    if before is not None and before[1] == picture:
        picture = before[1]
    world.pictures[name] = (key, picture)
    return picture


def _header(world: World, seat: str, alerts: AlertsView) -> HeaderView:
    day = world.scenario.day
    clock = day.text(world.now, fraction=True)
    running = sum(state is ProcessState.RUNNING for state in world.fleet.states)
    return HeaderView(
        clock=clock[:8],
        hundredths=clock[9:],
        phase=day.phase(world.now),
        from_open=world.seconds_open,
        title=world.scenario.title,
        firm=world.scenario.firm.name,
        seat=seat,
        seed=world.seed,
        mode=world.mode,
        servers_running=running,
        servers_down=len(world.fleet.states) - running,
        unread=alerts.unread,
        calls_waiting=len(world.alerts.ringing),
        flood=alerts.per_ten_minutes,
        declared=world.team.declared >= 0,
        authority=world.team.authority >= 0,
        ended=world.ended,
    )


def _servers(world: World) -> tuple[ServerView, ...]:
    fleet = world.fleet
    second = world.seconds_closed
    rates = fleet.recent(second).T.tolist()
    count = len(fleet.states)
    live = np.bincount(world.parents.server, minlength=count)
    live += np.bincount(world.pegs.server, minlength=count)
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


def _alerts(world: World) -> AlertsView:
    alerts = world.alerts
    rows = _kept(world, "rows", alerts.version, lambda: _rows(world))
    return AlertsView(
        rows=rows,
        total=len(alerts),
        unread=sum(state in _UNREAD for state in alerts.states),
        shelved=len(alerts.shelved_until),
        grouped=alerts.grouped,
        search=alerts.search,
        per_ten_minutes=alerts.recent(world.now),
        alarm_texts=alerts.alarm_texts,
    )


def _rows(world: World) -> tuple[AlertView, ...]:
    """The feed's rows, newest first; equal ones share a row while they are grouped."""
    alerts, day = world.alerts, world.scenario.day
    wanted = alerts.search.casefold()
    groups: dict[object, list[int]] = {}
    for number in range(len(alerts) - 1, -1, -1):
        alert, state = alerts[number], alerts.states[number]
        if state is AlertState.SHELVED:
            continue
        if wanted and wanted not in f"{alert.sender}\n{alert.subject}\n{alert.body}".casefold():
            continue
        grouping = alerts.grouped and alert.channel is not Channel.CALL
        key: object = (alert.channel, alert.sender, alert.subject) if grouping else number
        groups.setdefault(key, []).append(number)
    rows = []
    for members in list(groups.values())[:MOST_ROWS]:
        newest = members[0]
        alert = alerts[newest]
        unread = sum(alerts.states[number] in _UNREAD for number in members)
        open_ = [number for number in members if alerts.states[number] in _UNREAD]
        rows.append(
            AlertView(
                id=newest,
                clock=day.text(alert.step),
                channel=alert.channel,
                state=alerts.states[open_[0] if open_ else newest].value,
                sender=people.name_of(world, alert),
                subject=alert.subject,
                count=len(members),
                unread=unread,
            )
        )
    return tuple(rows)


_UNREAD: Final = (AlertState.NEW, AlertState.RINGING)


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
        executions=ledger.executions,
        hedge=ledger.hedge,
        history=_kept(world, "history", len(samples), lambda: _history(world, open_step)),
        tape=_kept(world, "tape", world.seconds_closed, lambda: _tape(world)),
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


def _answers(world: World, seat: str) -> tuple[LineView, ...]:
    lines: list[LineView] = []
    day = world.scenario.day
    for event in reversed(world.log.items):
        lines.extend(reversed(_lines(event, seat, day.text(event.step))))
        if len(lines) >= MOST_LINES:
            break
    return tuple(reversed(lines[:MOST_LINES]))


def _lines(event: Event, seat: str, clock: str) -> list[LineView]:
    if isinstance(event, Arrived) and not event.urgent:
        return []
    if isinstance(event, Said):
        who = "you" if event.seat == seat else event.seat
        return [LineView(clock, who, event.text, Tone.PLAIN)]
    if isinstance(event, Refused):
        return [LineView(clock, "", f"not done: {event.text}", event.tone)]
    first = LineView(clock, "", event.text, event.tone)
    if isinstance(event, Answer):
        return [first, *(LineView("", "", line, event.tone) for line in event.lines)]
    return [first]


def _work(world: World) -> tuple[WorkView, ...]:
    views = []
    for work in sorted(world.work, key=lambda item: (item.ends[-1], item.id)):
        whole = max(work.ends[-1] - work.began, 1)
        left = max(work.ends[-1] - world.now, 0)
        stages = len(work.ends)
        views.append(
            WorkView(
                id=work.id,
                text=work.command.text(),
                doing=f"part {work.stage + 1} of {stages}" if stages > 1 else "",
                left=-(-left // STEPS_PER_SECOND),
                done=(whole - left) * 1000 // whole,
            )
        )
    return tuple(views)
