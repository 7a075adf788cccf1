"""The alarms of the modern console, as they stand in its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim import annunciator
from controlroom.sim.alarm_rules import RULE
from controlroom.sim.drill import CALM
from controlroom.sim.seats import FACILITATOR, Seat
from controlroom.sim.views.kept import kept, named
from controlroom.sim.views.servers import monitors

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class AlarmView:
    """One alarm of the modern console.

    Attributes:
        number: how it is called.
        clock: `HH:MM:SS` at which it was raised.
        priority: 1 is high, 2 medium, 3 low.
        state: new, accepted, or over while nobody has accepted it.
        text: one line with its value.
        cause: what usually brings it.
        consequence: what happens if nobody acts.
        response: what to do first.
        server: name of the server that it is about, or empty.
    """

    number: int
    clock: str
    priority: int
    state: str
    text: str
    cause: str
    consequence: str
    response: str
    server: str


def alarms_of(world: World, seat: Seat) -> tuple[AlarmView, ...]:
    """The modern console's list; what is written over a monitor that lies raises no alarm."""
    own = world.annunciator
    if own is None:
        return ()
    lying: frozenset[str] = frozenset()
    if seat.id != FACILITATOR:
        lying = frozenset(name for name, how in monitors(world).items() if how == CALM)
    alarms: tuple[AlarmView, ...] = kept(
        world,
        named("alarms", seat),
        (tuple(own.standing.values()), tuple(own.values.values()), lying),
        lambda: _standing(world, lying),
    )
    return alarms


def _standing(world: World, lying: frozenset[str]) -> tuple[AlarmView, ...]:
    """What to act on first; `lying` names servers whose instruments show something else."""
    day, servers = world.scenario.day, world.scenario.servers
    views = []
    for alarm in annunciator.in_order(world):
        rule = RULE[alarm.rule]
        server = servers[alarm.server].name if alarm.server >= 0 else ""
        if server in lying:
            continue
        state = "over" if alarm.returned >= 0 else "accepted" if alarm.accepted >= 0 else "new"
        views.append(
            AlarmView(
                number=alarm.number,
                clock=day.text(alarm.raised),
                priority=int(rule.priority),
                state=state,
                text=annunciator.text_of(world, alarm),
                cause=rule.cause,
                consequence=rule.consequence,
                response=annunciator.response_of(world, alarm),
                server=server,
            )
        )
    return tuple(views)
