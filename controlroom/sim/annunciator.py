"""The alarms of the modern console, after ISA-18.2: few, by priority, and each says what to do.

Every five seconds the instruments' counters are looked at: on the modern console, and on any other
where a replay or a debrief may ask what a modern one would have shown. An alarm is raised after its
condition has held for some looks and returns to normal below a second, lower limit that has to hold
as well: it does not chatter. It stays in the list until it has been accepted and is over. Nothing
in the world depends on it, and no digest speaks of it: it follows from what digests speak of.

What raises an alarm is in `alarm_rules`. Left out: shelving, and suppression by plant state.
"""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from controlroom.sim.alarm_rules import RULE, Priority, Rule
from controlroom.sim.clock import seconds
from controlroom.sim.events import Sounded
from controlroom.sim.ledger import Sample
from controlroom.sim.start import Console

if TYPE_CHECKING:
    from controlroom.sim.world import World

EVERY: Final = seconds(5)
"""Steps between two looks."""

WINDOW: Final = 6
"""Looks over which child orders are set against orders: half a minute."""

MEMORY: Final = 120
"""Looks that are remembered: ten minutes."""

FEW: Final = 20
"""Orders in half a minute below which a ratio says nothing."""

Key = tuple[str, int]
"""A rule and the place of a server, or -1 where it is about the firm."""


@attrs.frozen
class Standing:
    """An alarm that has not been dealt with.

    Attributes:
        number: how it is called; counted through the day.
        rule: id of its rule.
        server: its server's place in the fleet, or -1.
        raised: step.
        first: the value that raised it.
        accepted: step at which somebody accepted it, or -1.
        returned: step at which its condition was over, or -1.
    """

    number: int
    rule: str
    server: int
    raised: int
    first: int
    accepted: int = -1
    returned: int = -1

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.rule, self.server


class Look(NamedTuple):
    """The counters as they were at a look; an entry a server.

    Attributes:
        received: orders dealt to it.
        children: child orders that it sent.
        rejects: flagged orders that it refused.
    """

    received: list[int]
    children: list[int]
    rejects: list[int]


@attrs.define
class Annunciator:
    """What the alarm system remembers.

    Attributes:
        looks: the last ones, oldest first.
        held: looks for which the opposite of its present state has held, where there were any.
        standing: alarms, while they are in the list.
        values: as last measured while an alarm stood.
        past: alarms that were accepted and are over, in the order in which they left the list.
        count: alarms raised so far.
    """

    looks: list[Look] = attrs.field(factory=list)
    held: dict[Key, int] = attrs.field(factory=dict)
    standing: dict[Key, Standing] = attrs.field(factory=dict)
    values: dict[Key, int] = attrs.field(factory=dict)
    past: list[Standing] = attrs.field(factory=list)
    count: int = 0

    def every(self) -> tuple[Standing, ...]:
        """All alarms of the day so far, in the order in which they were raised."""
        return tuple(sorted((*self.past, *self.standing.values()), key=lambda alarm: alarm.number))


def watch(world: World) -> None:
    """Look at the counters, and raise or return what that makes."""
    own, fleet = world.annunciator, world.fleet
    if own is None or world.now % EVERY:
        return
    # Lists: for so few servers Python is done before numpy would begin.
    counters = (fleet.received.tolist(), fleet.children.tolist(), fleet.rejects.tolist())
    own.looks.append(Look(*counters))
    if len(own.looks) > MEMORY + 1:
        del own.looks[0]
    if world.now >= world.scenario.day.close_step and not own.standing:
        return
    on = {key for key, alarm in own.standing.items() if alarm.returned < 0}
    busy = {name for name, _ in (*on, *own.held)}
    for name, values in _measured(world, own.looks).items():
        rule = RULE[name]
        if name not in busy and max(values) < rule.raised:
            continue
        for server, value in enumerate(values, 0 if "{name}" in rule.text else -1):
            key = name, server
            if (value < rule.returned) if key in on else (value >= rule.raised):
                _hold(world, own, rule, key, value)
            else:
                own.held.pop(key, None)
            if key in on and value >= rule.returned:
                own.values[key] = value


def _measured(world: World, looks: list[Look]) -> dict[str, list[int]]:
    """Rule -> its value for each server, or one for the firm."""
    firm = world.scenario.firm
    last, before, old = looks[-1], looks[max(0, len(looks) - 1 - WINDOW)], looks[0]
    orders, sent = _since(last.received, before.received), _since(last.children, before.children)
    every, taking = sum(orders), len(world.fleet.taking())
    uneven = every >= FEW * taking > FEW
    measured = {
        "orders-out": [out // max(into, FEW) for out, into in zip(sent, orders, strict=True)],
        "rejects": _since(last.rejects, old.rejects),
        "share": [into * taking // every if uneven else 0 for into in orders],
        "orders-wait": [world.upstream.waits],
        "pmon-late": [world.ledger.pmon_behind // max(firm.pmon_capacity, 1)],
    }
    if world.ledger.first_taken >= 0:
        gross = _gross(world) * 100
        measured["account-limit"] = [gross // max(firm.account_limit, 1)]
        measured["capital"] = [gross // max(firm.capital, 1)]
    return measured


def _since(now: list[int], then: list[int]) -> list[int]:
    """By how much counters have grown."""
    return list(map(sub, now, then))


def _gross(world: World) -> int:
    """Sum of absolute positions, dollars: off the P&L history as far as that will do."""
    samples: list[Sample] = world.ledger.samples.items
    moving = len(world.pegs) or world.riddle is not None
    # While nothing runs away only prices move it, and the history is ten seconds old at most.
    if samples and (samples[-1].step == world.now or not moving):
        return samples[-1].profit.gross
    return world.ledger.gross(world.market)


def _hold(world: World, own: Annunciator, rule: Rule, key: Key, value: int) -> None:
    """Count how long it has been otherwise; after long enough an alarm is raised, or is over."""
    own.held[key] = own.held.get(key, 0) + 1
    if own.held[key] < rule.holds:
        return
    del own.held[key]
    alarm = own.standing.get(key)
    if alarm is not None and alarm.returned < 0:
        _settle(own, attrs.evolve(alarm, returned=world.now))
        return
    own.count += 1
    # One that comes again before anybody accepted it is the same alarm, and new again.
    number = alarm.number if alarm is not None else own.count
    alarm = Standing(number, *key, world.now, value)
    own.standing[key], own.values[key] = alarm, value
    if world.scenario.console is Console.MODERN:
        said = f"ALARM {number} ({rule.priority.name.lower()}): {text_of(world, alarm)}"
        world.record(Sounded(world.now, said, number, rule.priority is Priority.HIGH))


def accept(world: World, alarm: Standing) -> None:
    """Somebody has seen an alarm."""
    own = world.annunciator
    if own is not None and alarm.accepted < 0:
        _settle(own, attrs.evolve(alarm, accepted=world.now))


def _settle(own: Annunciator, alarm: Standing) -> None:
    """Keep an alarm in the list until it is both accepted and over."""
    if alarm.accepted >= 0 and alarm.returned >= 0:
        del own.standing[alarm.key]
        own.past.append(alarm)
    else:
        own.standing[alarm.key] = alarm


def text_of(world: World, alarm: Standing, value: int | None = None) -> str:
    """An alarm in a line, with this value or the one that was measured last."""
    own = world.annunciator
    if value is None and own is not None:
        value = own.values.get(alarm.key)
    return _filled(world, alarm, RULE[alarm.rule].text, alarm.first if value is None else value)


def response_of(world: World, alarm: Standing) -> str:
    """What to do first."""
    return _filled(world, alarm, RULE[alarm.rule].response)


def _filled(world: World, alarm: Standing, text: str, value: int = 0) -> str:
    """One of a rule's texts with names and figures."""
    names = world.scenario.names
    return text.format(
        name=world.scenario.servers[alarm.server].name if alarm.server >= 0 else "",
        value=f"{value:,}",
        times=f"{value / 100:.1f}" if value < 1000 else f"{value // 100:,}",
        account=names.account,
        monitor=names.monitor,
    )


def in_order(world: World) -> tuple[Standing, ...]:
    """The list: what nobody has accepted first, then by priority, the newest first."""
    own = world.annunciator
    return tuple(
        sorted(
            own.standing.values() if own is not None else (),
            key=lambda alarm: (
                alarm.accepted >= 0,
                alarm.returned >= 0,
                RULE[alarm.rule].priority,
                -alarm.raised,
                alarm.server,
            ),
        )
    )
