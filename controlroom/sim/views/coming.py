"""What a drill will bring: the injects that have not come, and what they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.drill import Drill
from controlroom.sim.people import LOOKS
from controlroom.sim.start import Channel, Inject, Instrument

if TYPE_CHECKING:
    from controlroom.sim.world import World

NEXT: Final = 5
"""Injects that are shown before they come."""


_INSTRUMENT: Final = {
    Channel.MAIL: Instrument.MAIL.value,
    Channel.CALL: "telephone",
    Channel.ALARM: "alarms",
    Channel.VISIT: "commander",
}


@attrs.frozen
class Coming:
    """An inject that has not come.

    Attributes:
        id: of the inject.
        when: `HH:MM:SS`, its condition in words, or `if INJECT is not answered`.
        left: seconds until its time, or -1 where something else decides.
        state: `planned`, `held`, `due` (held, and its time has come) or `skipped`.
        channel: how it comes.
        sender: from whom.
        to: the seat that it is for, or who has the instrument.
        subject: one line.
        edited: whether it comes with another text.
    """

    id: str
    when: str
    left: int
    state: str
    channel: str
    sender: str
    to: str
    subject: str
    edited: bool


def coming_of(world: World, drill: Drill) -> tuple[Coming, ...]:
    """By time, then by condition, the nearest first; behind them what is held."""
    scenario = world.scenario
    every = [
        inject
        for inject in scenario.drill_injects.values()
        if inject.id not in drill.fired and inject.id not in world.fired
    ]
    timed = sorted(
        (inject for inject in every if inject.at is not None and inject.at >= world.now),
        key=lambda inject: (inject.at or 0, inject.id),
    )
    own = {inject.id for inject in scenario.plan.injects} if scenario.plan else set()
    # Of the day's own mails only those that somebody waits for can be planned with.
    planned = [inject for inject in timed if inject.id in own or _matters(inject)]
    seen: dict[str, int] = {}
    planned += sorted(
        (inject for inject in every if inject.when and (inject.id in own or _matters(inject))),
        key=lambda inject: (-_nearness(world, inject, seen), inject.id not in own),
    )
    put_by = [inject for inject in every if inject.id in (*drill.held, *drill.skipped)]
    free = [inject for inject in planned if inject not in put_by]
    return tuple(_come(world, drill, inject) for inject in (*free[:NEXT], *put_by))


def _nearness(world: World, inject: Inject, seen: dict[str, int]) -> int:
    """How far the condition that is furthest from coming true has come, per mille."""
    for measure in inject.when:
        if measure.name not in seen:
            seen[measure.name] = LOOKS[measure.name](world)
    return min(seen[item.name] * 1000 // max(item.at_least, 1) for item in inject.when)


def _matters(inject: Inject) -> bool:
    return bool(inject.expects) or inject.needs_you or inject.channel is not Channel.MAIL


def _come(world: World, drill: Drill, inject: Inject) -> Coming:
    if inject.id in drill.skipped:
        state = "skipped"
    elif inject.id in drill.waiting:
        state = "due"
    else:
        state = "held" if inject.id in drill.held else "planned"
    left = -1
    if inject.at is not None:
        when = world.scenario.day.text(inject.at)
        left = max(inject.at - world.now, 0) // STEPS_PER_SECOND
    elif inject.when:
        when = " and ".join(f"{item.name} {item.at_least:,}" for item in inject.when)
    else:
        parents = world.scenario.drill_injects.values()
        before = [parent.id for parent in parents if parent.otherwise == inject.id]
        when = f"if {' or '.join(before)} is not answered" if before else "when it is fired"
    return Coming(
        id=inject.id,
        when=when,
        left=left,
        state=state,
        channel=inject.channel.value,
        sender=inject.sender,
        to=inject.to or _INSTRUMENT[inject.channel],
        subject=inject.subject,
        edited=inject.id in drill.edits,
    )
