"""A fold, read while it goes on: every look at the world becomes rows of the tables.

It only looks. What it looks at is the world of the fold, one step into each second, at each full
minute and before a block is sold; in the end it is a copy that is booked to the moment.
"""

from __future__ import annotations

import json

from controlroom import __version__
from controlroom.runs.export import ledgers
from controlroom.runs.export.ledgers import Disposals, Executions, Names
from controlroom.runs.export.sheets import Rows, Sheets
from controlroom.runs.journal import Given, Journal
from controlroom.runs.results import result_values
from controlroom.runs.simulation import Simulation
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND
from controlroom.sim.commands.book import Sell
from controlroom.sim.events import (
    Answer,
    Arrived,
    Event,
    Milestone,
    Refused,
    ServerChanged,
    Told,
)
from controlroom.sim.result import result
from controlroom.sim.start import Scenario
from controlroom.sim.state import copied
from controlroom.sim.trading import settle
from controlroom.sim.world import World


class Reader:
    """Looks at a fold and hands rows to the sheets."""

    def __init__(self, sheets: Sheets, scenario: Scenario) -> None:
        self._sheets = sheets
        self._names = Names.of(scenario)
        self._executions = Executions(self._names)
        self._disposals = Disposals.none(self._names)
        self._minute = -1

    def stride(self, simulation: Simulation) -> int:
        """How many steps until the next look: to one step after the beat, or to a full minute."""
        world = simulation.world
        now = world.now
        ends = [now + 1 + -now % STEPS_PER_SECOND, now + STEPS_PER_MINUTE - now % STEPS_PER_MINUTE]
        ends += [work.due for work in world.work if isinstance(work.command, Sell)]
        return min(end for end in ends if end > now) - now

    def look(self, simulation: Simulation, given: Given | None) -> None:
        """Take what has been booked since the last look."""
        world = simulation.world
        now = world.now
        if given is not None:
            return
        if now % STEPS_PER_SECOND == 1:
            # What this beat has booked was taken in the second before it.
            self._put("executions", self._executions.since(world, ledgers.second_before(now - 1)))
        selling = any(isinstance(work.command, Sell) and work.due == now for work in world.work)
        if selling or world.ended or now % STEPS_PER_MINUTE == 0:
            self._put("disposals", self._disposals.since(world, ledgers.minute_before(now)))
        if now % STEPS_PER_MINUTE == 0:
            self._at_minute(world)

    def finish(self, simulation: Simulation, journal: Journal) -> None:
        """Take what is left once the fold has come to its end."""
        booked = copied(simulation.world)
        settle(booked)
        now = booked.now
        self._put("executions", self._executions.since(booked, ledgers.second_before(now)))
        self._put("disposals", self._disposals.since(booked, ledgers.minute_before(now)))
        self._at_minute(booked)
        self._put("parents", ledgers.parents(booked, self._names))
        self._put("pnl", _pnl(booked))
        self._put("alerts", _alerts(booked))
        self._put("events", _events(booked))
        self._put("commands", _commands(booked, journal))
        self._put("run", _run(simulation.world, journal))

    def _put(self, table: str, rows: Rows | None) -> None:
        if rows is not None:
            self._sheets.add(table, rows)

    def _at_minute(self, world: World) -> None:
        """What is kept by the minute, once for each step."""
        if world.now == self._minute:
            return
        self._minute = world.now
        booked = copied(world)
        settle(booked)
        self._put("servers", ledgers.servers(booked, self._names))
        if world.now >= world.scenario.day.open_step:
            self._put("positions", ledgers.positions(booked, self._names))


def _pnl(world: World) -> Rows:
    samples = world.ledger.samples.items
    steps = [sample.step for sample in samples]
    money = {
        f"{name}_usd": [getattr(sample.profit, name) for sample in samples]
        for name in ("flat", "fair", "marked", "gross", "long", "short")
    }
    counted = [sample.executions for sample in samples]
    return {"step": steps, "clock": steps, **money, "executions": counted}


def _alerts(world: World) -> Rows:
    alerts = world.alerts
    feed = alerts.feed.items
    steps = [alert.step for alert in feed]
    return {
        "number": range(len(feed)),
        "step": steps,
        "clock": steps,
        "channel": [alert.channel.value for alert in feed],
        "sender": [alert.sender for alert in feed],
        "subject": [alert.subject for alert in feed],
        "body": [alert.body for alert in feed],
        "inject": [alert.inject or None for alert in feed],
        "state": [state.value for state in alerts.states],
        "changed_step": alerts.changed,
    }


def _commands(world: World, journal: Journal) -> Rows:
    """Every command of the journal; of two equal ones at a step, refusals are told in order."""
    refusals: dict[tuple[int, str, str], list[str]] = {}
    for event in world.log.items:
        if isinstance(event, Refused):
            key = (event.step, event.seat, event.command)
            refusals.setdefault(key, []).append(event.text)
    commands = journal.commands
    steps = [given.step for given in commands]
    refused: list[str | None] = []
    # The last of equal ones are those that were refused: the first is in progress already.
    for given in reversed(commands):
        said = refusals.get((given.step, given.seat, given.command))
        refused.append(said.pop() if said else None)
    return {
        "step": steps,
        "clock": steps,
        "seat": [given.seat for given in commands],
        "command": [given.command for given in commands],
        "refused": refused[::-1],
    }


def _events(world: World) -> Rows:
    events: list[Event] = world.log.items
    steps = [event.step for event in events]
    return {
        "step": steps,
        "clock": steps,
        "kind": [type(event).__name__.lower() for event in events],
        "text": [event.text for event in events],
        "more": [
            "\n".join(event.lines) or None if isinstance(event, Answer) else None
            for event in events
        ],
        "seat": [getattr(event, "seat", None) for event in events],
        "about": [_about(event) for event in events],
    }


def _about(event: Event) -> str | None:
    """The server, alert, stock, milestone, command or other seat that an event is about."""
    match event:
        case Told():
            return event.to
        case ServerChanged():
            return event.server
        case Arrived():
            return str(event.alert)
        case Milestone():
            return event.stock or event.id
        case Refused():
            return event.command
    return None


def _run(world: World, journal: Journal) -> Rows:
    """The header, and every figure of the result."""
    header = journal.header
    values: dict[str, object] = {
        "product": __version__,
        "journal": journal.path.name,
        "scenario": world.scenario.id,
        "checksum": world.scenario.checksum,
        "seed": world.seed,
        "mode": world.mode.value,
        "controls": header.controls,
        "start": header.start,
        "policy": header.policy,
        "forked_from": header.forked_from,
        "at": world.scenario.day.text(world.now),
        **result_values(result(world)),
    }
    return {"name": list(values), "value": [json.dumps(value) for value in values.values()]}
