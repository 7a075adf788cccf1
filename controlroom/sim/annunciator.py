"""The alarms of the modern console, after ISA-18.2: few, by priority, and each says what to do.

Every five seconds the instruments' counters are read, whichever console a run is played on, so that
a replay and a debrief can say what a modern one would have shown; they are judged at once on that
console, and on the others when somebody asks. An alarm is raised after its
condition has held for some looks and returns to normal below a second, lower limit that has to hold
as well: it does not chatter. It stays in the list until it has been accepted and is over. Nothing
in the world depends on it, and no digest speaks of it: it follows from what digests speak of.

The limits are this program's own (reconstructed). Left out: shelving, suppression by plant state,
and alarms on what a person does on purpose, such as stopping a server.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

import attrs
import numpy as np

from controlroom.sim.clock import seconds
from controlroom.sim.events import Sounded
from controlroom.sim.randomness import Ints
from controlroom.sim.start import PRICE_UNIT, Console

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


class Priority(enum.IntEnum):
    """How soon somebody has to act."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


@attrs.frozen
class Rule:
    """What raises an alarm, and what it says.

    Attributes:
        id: what it is about.
        priority: how soon somebody has to act.
        raised: value from which it is raised.
        returned: value below which it is over; the distance is its deadband.
        holds: looks for which the one or the other has to hold.
        text: one line; `{name}` is the server, `{value}` the value, `{times}` a hundredth of it,
            `{account}` and `{monitor}` what the firm calls these, here and in `response`.
        cause: what usually brings it.
        consequence: what happens if nobody acts.
        response: what to do first.
    """

    id: str
    priority: Priority
    raised: int
    returned: int
    holds: int
    text: str
    cause: str
    consequence: str
    response: str


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "orders-out", Priority.HIGH, 15, 10, 2,
        "{name} sends {value} children an order",
        "It works orders that are filled, or works them twice: builds that differ, a count that is "
        "not kept, a session that resends.",
        "The firm buys and sells what nobody ordered, at every price.",
        "compare the builds, then stop it alone.",
    ),
    Rule(
        "account-limit", Priority.HIGH, 100, 50, 1,
        "{account} at {times} times its limit",
        "Executions that match no order are booked there.",
        "The position is the firm's own, and so is its loss.",
        "find the server that executes too much.",
    ),
    Rule(
        "capital", Priority.HIGH, 100, 90, 1,
        "gross position {times} times the capital",
        "What runs away has not been stopped.",
        "The firm may not survive the disposal.",
        "escalate for leave, and stop the flow.",
    ),
    Rule(
        "rejects", Priority.MEDIUM, 3, 1, 1,
        "{name} refused {value} orders in 10 min",
        "It does not know the flag that the others accept: another build or flag table.",
        "At the open it may do something else with such orders.",
        "compare the builds before the open.",
    ),
    Rule(
        "share", Priority.MEDIUM, 3, 2, 3,
        "{name} is dealt {value} times its share",
        "The dealing upstream is not even.",
        "One fault, one overload there meets most of the clients.",
        "look at it; drain it if it cannot keep up.",
    ),
    Rule(
        "orders-wait", Priority.MEDIUM, 100, 20, 3,
        "{value} client orders wait",
        "No server takes orders, or too few do.",
        "Clients go elsewhere after a while, with their commission.",
        "start a server that is sound, or reroute.",
    ),
    Rule(
        "pmon-late", Priority.LOW, 60, 10, 2,
        "{monitor} is {value} s behind",
        "More executions than it can book.",
        "What it shows is too small, and wrong.",
        "ask for positions; do not go by {monitor}.",
    ),
)  # fmt: skip
"""All of them. A firm has hundreds of screens; these are the conditions that want somebody."""

RULE: Final = {rule.id: rule for rule in RULES}


@attrs.frozen
class Standing:
    """An alarm that has not been dealt with.

    Attributes:
        number: how it is called; counted through the day.
        rule: id of its rule.
        server: its server's place in the fleet, or -1.
        raised: step.
        first: the value that raised it.
        value: as last measured while it stood.
        accepted: step at which somebody accepted it, or -1.
        returned: step at which its condition was over, or -1.
    """

    number: int
    rule: str
    server: int
    raised: int
    first: int
    value: int
    accepted: int = -1
    returned: int = -1


@attrs.frozen
class Look:
    """The instruments as they were at a look.

    Attributes:
        step: when.
        received: orders dealt to each server.
        children: child orders that each sent.
        rejects: flagged orders that each refused.
        taking: servers that took orders.
        waiting: client orders that waited for one.
        behind: executions that the risk monitor had not booked.
        gross: sum of absolute positions at the last mid, dollars; -1 as long as nothing ran away.
    """

    step: int
    received: Ints = attrs.field(eq=False)
    children: Ints = attrs.field(eq=False)
    rejects: Ints = attrs.field(eq=False)
    taking: int
    waiting: int
    behind: int
    gross: int


@attrs.define
class Annunciator:
    """What the alarm system remembers.

    Attributes:
        fresh: looks that have not been judged yet, oldest first.
        looks: the last that have been, oldest first.
        held: (rule, server) -> looks for which the opposite of its present state has held.
        standing: (rule, server) -> the alarm, while it is in the list.
        past: alarms that were accepted and are over, in the order in which they left the list.
        count: alarms raised so far.
    """

    fresh: list[Look] = attrs.field(factory=list)
    looks: list[Look] = attrs.field(factory=list)
    held: dict[tuple[str, int], int] = attrs.field(factory=dict)
    standing: dict[tuple[str, int], Standing] = attrs.field(factory=dict)
    past: list[Standing] = attrs.field(factory=list)
    count: int = 0


def watch(world: World) -> None:
    """Read the instruments; on the modern console, raise or return what that makes."""
    if world.now % EVERY:
        return
    own, fleet, ledger = world.annunciator, world.fleet, world.ledger
    gross = -1
    if ledger.first_taken >= 0:
        samples = ledger.samples.items
        if len(world.pegs) or world.strays is not None or not samples:
            gross = int(np.abs(ledger.position() * world.market.mid).sum()) // PRICE_UNIT
        else:
            # While nothing runs away, what the P&L history has of these ten seconds will do.
            gross = samples[-1].profit.gross
    own.fresh.append(
        Look(
            world.now,
            fleet.received.copy(),
            fleet.children.copy(),
            fleet.rejects.copy(),
            len(fleet.taking()),
            sum(len(batch.slot) for batch in world.upstream.waiting),
            ledger.pmon_behind,
            gross,
        )
    )
    if world.scenario.console is Console.MODERN:
        caught_up(world)


def caught_up(world: World) -> Annunciator:
    """The alarm system, once every look has been judged."""
    own = world.annunciator
    for look in own.fresh:
        own.looks.append(look)
        del own.looks[: -MEMORY - 1]
        _judge_all(world, look)
    own.fresh.clear()
    return own


def every(world: World) -> tuple[Standing, ...]:
    """All alarms of the day so far, in the order in which they were raised."""
    own = caught_up(world)
    return tuple(sorted((*own.past, *own.standing.values()), key=lambda alarm: alarm.number))


def _judge_all(world: World, look: Look) -> None:
    own = world.annunciator
    if look.step >= world.scenario.day.close_step and not own.standing:
        return
    busy = {rule for rule, _ in (*own.standing, *own.held)}
    for rule, values in _measured(world, look).items():
        if rule not in busy and max(values) < RULE[rule].raised:
            continue
        for server, value in enumerate(values, 0 if "{name}" in RULE[rule].text else -1):
            _judge(world, look.step, RULE[rule], server, value)


def _measured(world: World, last: Look) -> dict[str, list[int]]:
    """Rule -> its value for each server, or one for the firm."""
    looks, firm = world.annunciator.looks, world.scenario.firm
    before, old = looks[max(0, len(looks) - 1 - WINDOW)], looks[0]
    dealt = last.received - before.received
    total, taking = int(dealt.sum()), last.taking
    uneven = total >= FEW * taking > FEW
    measured = {
        "orders-out": ((last.children - before.children) // np.maximum(dealt, FEW)).tolist(),
        "rejects": (last.rejects - old.rejects).tolist(),
        "share": (dealt * taking // total if uneven else dealt * 0).tolist(),
        "orders-wait": [last.waiting],
        "pmon-late": [last.behind // max(firm.pmon_capacity, 1)],
    }
    if last.gross >= 0:
        measured["account-limit"] = [last.gross * 100 // max(firm.account_limit, 1)]
        measured["capital"] = [last.gross * 100 // max(firm.capital, 1)]
    return measured


def _judge(world: World, step: int, rule: Rule, server: int, value: int) -> None:
    """Raise an alarm, let it return, or count for how long it should."""
    own, key = world.annunciator, (rule.id, server)
    alarm = own.standing.get(key)
    on = alarm is not None and alarm.returned < 0
    if alarm is not None and on and rule.returned <= value != alarm.value:
        own.standing[key] = alarm = attrs.evolve(alarm, value=value)
    turned = value < rule.returned if on else value >= rule.raised
    if not turned:
        own.held.pop(key, None)
        return
    own.held[key] = own.held.get(key, 0) + 1
    if own.held[key] < rule.holds:
        return
    del own.held[key]
    if alarm is not None and on:
        _settle(world, key, attrs.evolve(alarm, returned=step))
        return
    own.count += 1
    # One that comes again before anybody accepted it is the same alarm, and new again.
    number = alarm.number if alarm is not None else own.count
    own.standing[key] = Standing(number, rule.id, server, step, value, value)
    if world.scenario.console is Console.MODERN:
        said = f"ALARM {number} ({rule.priority.name.lower()}): {text_of(world, own.standing[key])}"
        world.record(Sounded(step, said, number, rule.priority is Priority.HIGH))


def accept(world: World, key: tuple[str, int]) -> None:
    """Somebody has seen an alarm."""
    alarm = caught_up(world).standing[key]
    if alarm.accepted < 0:
        _settle(world, key, attrs.evolve(alarm, accepted=world.now))


def _settle(world: World, key: tuple[str, int], alarm: Standing) -> None:
    """Keep an alarm in the list until it is both accepted and over."""
    own = world.annunciator
    if alarm.accepted >= 0 and alarm.returned >= 0:
        del own.standing[key]
        own.past.append(alarm)
    else:
        own.standing[key] = alarm


def text_of(world: World, alarm: Standing) -> str:
    """An alarm in a line."""
    return filled(world, alarm, RULE[alarm.rule].text)


def filled(world: World, alarm: Standing, text: str) -> str:
    """One of a rule's texts with the names and figures of an alarm."""
    names = world.scenario.names
    return text.format(
        name=world.scenario.servers[alarm.server].name if alarm.server >= 0 else "",
        value=f"{alarm.value:,}",
        times=f"{alarm.value / 100:.1f}" if alarm.value < 1000 else f"{alarm.value // 100:,}",
        account=names.account,
        monitor=names.monitor,
    )


def in_order(world: World) -> tuple[Standing, ...]:
    """The list: what nobody has accepted first, then by priority, the newest first."""
    return tuple(
        sorted(
            caught_up(world).standing.values(),
            key=lambda alarm: (
                alarm.accepted >= 0,
                alarm.returned >= 0,
                RULE[alarm.rule].priority,
                -alarm.raised,
                alarm.server,
            ),
        )
    )
