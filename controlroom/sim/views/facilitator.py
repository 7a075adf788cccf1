"""The facilitator's page: what a drill has come to, and what comes next.

A frozen picture like those of the seats. Participants never get it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.drill import Carried, Drill, standing
from controlroom.sim.ledger import Sample
from controlroom.sim.seats import FACILITATOR, SETS, seats_of
from controlroom.sim.views.coming import Coming, coming_of

if TYPE_CHECKING:
    from controlroom.sim.world import World


@attrs.frozen
class SeatStatus:
    """A seat of the drill.

    Attributes:
        id: of the seat.
        places: how many may sit in it.
        names: of those who do; a name may be empty.
        quiet: seconds since its last command, or -1 where nobody sits.
        unanswered: messages told to it that it has not acknowledged.
    """

    id: str
    places: int
    names: tuple[str, ...]
    quiet: int
    unanswered: int


@attrs.frozen
class CueStatus:
    """Something diagnostic that is there and that nobody has looked at.

    Attributes:
        id: of the cue.
        text: what it tells.
        instrument: where it can be seen.
        waits: seconds since it is there.
    """

    id: str
    text: str
    instrument: str
    waits: int


@attrs.frozen
class ObjectiveStatus:
    """An objective.

    Attributes:
        id: of the objective.
        text: in a sentence.
        state: `open`, `met` or `missed`.
        clock: `HH:MM:SS` of that, or empty while it is open.
    """

    id: str
    text: str
    state: str
    clock: str


@attrs.frozen
class Waiting:
    """An expected response that has not come.

    Attributes:
        inject: what it is a response to.
        left: seconds until it is late.
        otherwise: the contingency that comes then, or empty.
    """

    inject: str
    left: int
    otherwise: str


@attrs.frozen
class FacilitatorView:
    """Everything on the facilitator's page.

    Attributes:
        clock: `HH:MM:SS`.
        still: why time stands still, or empty.
        loss: what it would cost to get flat now, dollars.
        per_minute: by which that has grown in the last minute.
        seats: of the drill, without the facilitator.
        cues: what is there and nobody has looked at, the oldest first.
        objectives: in the scenario's order.
        coming: the next injects that have a time or a condition, then what is held.
        waiting: expected responses, the most urgent first.
        faults: instruments that are broken, with what is wrong.
        probe: id of the probe that is being asked, or empty.
        probes: clock time and id of those that are planned and still to come.
        answered: seats that have answered the probe that is being asked.
        minutes_left: until the drill usually ends.
        carried: improvements of an earlier drill.
    """

    clock: str
    still: str
    loss: int
    per_minute: int
    seats: tuple[SeatStatus, ...]
    cues: tuple[CueStatus, ...]
    objectives: tuple[ObjectiveStatus, ...]
    coming: tuple[Coming, ...]
    waiting: tuple[Waiting, ...]
    faults: tuple[tuple[str, str], ...]
    probe: str
    probes: tuple[tuple[str, str], ...]
    answered: tuple[str, ...]
    minutes_left: int
    carried: tuple[Carried, ...] = ()


def facilitator_view(world: World) -> FacilitatorView | None:
    """What the facilitator sees beside the instruments; None where there is no drill."""
    drill = world.drill
    if drill is None:
        return None
    plan, day = world.scenario.plan, world.scenario.day
    loss, growth = _losses(world)
    asked = [note for note in drill.written if note.kind.startswith(f"{drill.probe} ")]
    ends = drill.began + (plan.minutes if plan else 0) * 60 * STEPS_PER_SECOND
    return FacilitatorView(
        clock=day.text(world.now),
        still=drill.frozen,
        loss=loss,
        per_minute=growth,
        seats=seat_statuses(world, drill),
        cues=_cues(world, drill),
        objectives=_objectives(world),
        coming=coming_of(world, drill),
        waiting=_waiting(world, drill),
        faults=tuple(drill.faults.items()),
        probe=drill.probe,
        probes=tuple(
            (day.text(probe.at), probe.id)
            for probe in (plan.probes if plan else ())
            if probe.at is not None and probe.at >= world.now
        ),
        answered=tuple(dict.fromkeys(note.seat for note in asked if drill.probe)),
        minutes_left=max(ends - world.now, 0) // (60 * STEPS_PER_SECOND),
        carried=tuple(drill.carried),
    )


def _losses(world: World) -> tuple[int, int]:
    """The loss and by how much it has grown in a minute, from the P&L history."""
    samples: list[Sample] = world.ledger.samples.items
    if not samples:
        return 0, 0
    now = samples[-1].profit.flat
    return -now, world.ledger.a_minute_ago - now


def seat_statuses(world: World, drill: Drill) -> tuple[SeatStatus, ...]:
    """Every seat of the drill but the facilitator's, in order."""
    found = []
    for seat in seats_of(world).values():
        if seat.id == FACILITATOR:
            continue
        names = drill.taken.get(seat.id, ())
        quiet = (world.now - drill.spoke.get(seat.id, drill.began)) // STEPS_PER_SECOND
        unanswered = sum(
            message.seat != seat.id
            and message.to in (seat.id, *seat.covers)
            and seat.id not in drill.copied.get(number, ())
            for number, message in enumerate(drill.messages, 1)
        )
        places = SETS[drill.people].get(seat.id, 1)
        found.append(SeatStatus(seat.id, places, names, quiet if names else -1, unanswered))
    return tuple(found)


def _cues(world: World, drill: Drill) -> tuple[CueStatus, ...]:
    return tuple(
        CueStatus(
            cue.id,
            cue.text,
            cue.instrument.value,
            (world.now - drill.there[cue.id]) // STEPS_PER_SECOND,
        )
        for cue in sorted(world.scenario.cues, key=lambda cue: drill.there.get(cue.id, 0))
        if cue.id in drill.there and cue.id not in drill.opened
    )


def _objectives(world: World) -> tuple[ObjectiveStatus, ...]:
    found = []
    for objective in world.scenario.plan.objectives if world.scenario.plan else ():
        state, at = standing(world, objective)
        clock = world.scenario.day.text(at) if at >= 0 else ""
        found.append(ObjectiveStatus(objective.id, objective.text, state, clock))
    return tuple(found)


def _waiting(world: World, drill: Drill) -> tuple[Waiting, ...]:
    late = {*drill.answered, *drill.lapsed}
    open_ = [(deadline, name) for name, deadline in drill.awaited.items() if name not in late]
    return tuple(
        Waiting(
            name,
            max(deadline - world.now, 0) // STEPS_PER_SECOND,
            world.scenario.drill_injects[name].otherwise,
        )
        for deadline, name in sorted(open_)
    )
