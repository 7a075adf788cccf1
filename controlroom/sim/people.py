"""People and systems that write and call: what they notice, when they say it, what they grant.

A scenario's injects arrive at a time or when something becomes noticeable; a person's line is the
first whose conditions hold. What anybody can notice is a short closed list of measures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from controlroom.sim import drill
from controlroom.sim.alerts import Alert, AlertState
from controlroom.sim.clock import STEPS_PER_SECOND, seconds
from controlroom.sim.events import Arrived, Coached
from controlroom.sim.fleet import ProcessState
from controlroom.sim.law import normal_volume
from controlroom.sim.start import Channel, Inject, Line, Measure, Mode, Person

if TYPE_CHECKING:
    from controlroom.sim.world import World

NOTICE_EVERY: Final = 5
"""Seconds between two looks at the conditions."""

RINGS: Final = seconds(60)
"""Steps that a telephone rings before the caller leaves a message (reconstructed)."""

COACH_AFTER: Final = seconds(120)
"""Steps that the coach waits in a stretch before offering its nudge."""


def volume_ratio(world: World) -> int:
    """Volume in the modelled stocks since the open, percent of normal."""
    ledger, law = world.ledger, world.law
    normal = int(normal_volume(world.scenario, law, max(world.seconds_open, 1)).sum())
    own = int(ledger.shares.sum())
    drawn = own * world.scenario.market.drawn_in // 1000
    return (normal + own + drawn) * 100 // max(normal, 1)


def _rate(world: World) -> int:
    samples = world.ledger.samples.items
    if len(samples) < 2:
        return 0
    last, before = samples[-1], samples[-2]
    rate: int = (
        (last.executions - before.executions) * STEPS_PER_SECOND // (last.step - before.step)
    )
    return rate


def _gross(world: World) -> int:
    samples = world.ledger.samples.items
    return int(samples[-1].profit.gross) if samples else 0


def _loss(world: World) -> int:
    samples = world.ledger.samples.items
    return -int(samples[-1].profit.flat) if samples else 0


def _contained(world: World) -> int:
    if world.ledger.first_taken < 0:
        return 0
    return (world.now - world.ledger.last_taken) // STEPS_PER_SECOND


LOOKS: Final[dict[str, Callable[[World], int]]] = {
    "gross_usd": _gross,
    "loss_usd": _loss,
    "executions": lambda world: world.ledger.executions,
    "executions_per_s": _rate,
    "volume_ratio": volume_ratio,
    "delayed_orders": lambda world: world.upstream.delayed,
    "lost_orders": lambda world: world.upstream.lost,
    "rejects": lambda world: int(world.fleet.rejects.sum()),
    "contained_s": _contained,
    "servers_running": lambda world: world.fleet.states.count(ProcessState.RUNNING),
    "feed_whole": lambda world: int(not world.alerts.search),
    "servers_newest": lambda world: world.fleet.builds.count(world.scenario.builds[0].name),
}
"""How each of `start.MEASURES` is looked up."""


def holds(world: World, conditions: tuple[Measure, ...], seen: dict[str, int]) -> bool:
    """Whether all conditions hold; `seen` remembers what was looked up in this second."""
    for measure in conditions:
        if measure.name not in seen:
            seen[measure.name] = LOOKS[measure.name](world)
        if seen[measure.name] < measure.at_least:
            return False
    return True


def deliver(world: World) -> None:
    """Injects whose time has come, and those whose condition has come true."""
    timed, conditional = world.scenario.timed_injects, world.scenario.conditional_injects
    while world.next_inject < len(timed):
        inject = timed[world.next_inject]
        if inject.at is None or inject.at > world.now:
            break
        world.next_inject += 1
        send(world, inject)
    if world.alerts.shelved_until:
        _bring_back_shelved(world)
    if world.now // STEPS_PER_SECOND % NOTICE_EVERY or len(world.fired) == len(conditional):
        return
    seen: dict[str, int] = {}
    for inject in conditional:
        if inject.id not in world.fired and holds(world, inject.when, seen):
            world.fired[inject.id] = world.now
            send(world, inject)


def offer_hints(world: World) -> None:
    """In coach mode, offer the nudge of each stretch soon after it began, if nobody asked."""
    if world.mode is not Mode.COACH or world.drill is not None:
        return
    for place, hint in enumerate(world.scenario.hints):
        if world.now // STEPS_PER_SECOND == (hint.after + COACH_AFTER) // STEPS_PER_SECOND:
            taken = world.team.hint_strength.get(place, 0)
            if not taken:
                world.record(Coached(world.now, f"coach: {hint.texts[0]}"))


def send(world: World, inject: Inject) -> None:
    """Let an inject reach the seat; in a drill, if the facilitator lets it pass."""
    passed = drill.passes(world, inject)
    if passed is None:
        return
    inject = passed
    if inject.channel is Channel.VISIT:
        drill.say(world, inject.sender, inject.to or drill.contact(world), inject.body)
        return
    urgent = inject.needs_you or inject.channel is not Channel.MAIL
    arrive(
        world,
        Alert(world.now, inject.channel, inject.sender, inject.subject, inject.body, inject.id),
        urgent=urgent,
    )


def arrive(world: World, alert: Alert, *, urgent: bool) -> None:
    """Put a message into the feed; a mail that holds an alarm's text becomes an alarm."""
    alerts = world.alerts
    text = f"{alert.subject}\n{alert.body}".casefold()
    if alert.channel is Channel.MAIL and any(
        wanted.casefold() in text for wanted in alerts.alarm_texts
    ):
        alert = Alert(
            alert.step, Channel.ALARM, alert.sender, alert.subject, alert.body, alert.inject
        )
        urgent = True
    number = alerts.add(alert)
    sender = name_of(world, alert)
    said = alert.subject
    if not said.startswith(sender):
        said = f"{sender}: {said}"
    world.record(Arrived(world.now, said, number, urgent))


def name_of(world: World, alert: Alert) -> str:
    """The sender as people read it; a caller by title."""
    if alert.channel is not Channel.CALL:
        return alert.sender
    return person(world, alert.sender).title


def person(world: World, wanted: str) -> Person:
    """The person with this id."""
    return next(item for item in world.scenario.people if item.id == wanted)


def send_reject(world: World, server: int, slot: int, shares: int, why: str) -> None:
    """The mail about an order that a server has refused, and the line in its log.

    Args:
        world: in which it happens.
        server: place of the server.
        slot: stock for a buy, stock + number of stocks for a sell.
        shares: of the order.
        why: as the server's log says it; empty where the router refused a flag, of which the mail
            gives the reason.
    """
    mail = world.scenario.reject_mail
    name = world.scenario.servers[server].name
    stock = world.scenario.market.stocks[slot % world.law.stocks].symbol
    side = "buy" if slot < world.law.stocks else "sell"
    filled = {
        "{server}": name,
        "{time}": world.scenario.day.text(world.now),
        "{stock}": stock,
        "{side}": side,
        "{shares}": str(shares),
    }
    subject, body = mail.subject, mail.body
    for key, value in filled.items():
        subject, body = subject.replace(key, value), body.replace(key, value)
    # With the safeguard the first reject of a server is an alarm; the others stay in the mail.
    wired = world.scenario.has("reject-alerts") and int(world.fleet.rejects[server]) == 1
    channel = Channel.ALARM if wired else Channel.MAIL
    arrive(world, Alert(world.now, channel, mail.sender, subject, body, "reject"), urgent=wired)
    reason = f"reason={why}" if why else f"flag=Y reason={mail.body.splitlines()[0]}"
    line = f"reject {side.upper()} {shares} {stock} {reason}"
    world.fleet.write(server, world.now, line.replace("{server}", name)[:160])


def _bring_back_shelved(world: World) -> None:
    alerts = world.alerts
    for number, until in list(alerts.shelved_until.items()):
        if until <= world.now:
            del alerts.shelved_until[number]
            alerts.set(number, AlertState.NEW, world.now)


def let_calls_ring_out(world: World) -> None:
    """A call that nobody took becomes a message."""
    alerts = world.alerts
    for number in alerts.ringing:
        if world.now - alerts[number].step >= RINGS:
            alerts.set(number, AlertState.NEW, world.now)


def line_of(world: World, who: Person) -> Line | None:
    """What a person says when called now."""
    seen: dict[str, int] = {}
    for line in who.lines:
        if world.now >= line.after and holds(world, line.when, seen):
            return line
    return None
