"""What a drill does on the beat: injects come, deadlines pass, objectives are met or missed.

At a desk that nobody took sit the firm's people. What reaches them they pass on late and thin, as
it was: a caller's first line, a round number from PMON, the first line of what they were asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.sim import drill as drills
from controlroom.sim import people, tasks
from controlroom.sim.alerts import AlertState
from controlroom.sim.clock import STEPS_PER_SECOND, seconds
from controlroom.sim.drill import Deed, Drill, Later
from controlroom.sim.events import Answer, Arrived, Refused
from controlroom.sim.patterns import fits_any
from controlroom.sim.people import NOTICE_EVERY, holds
from controlroom.sim.seats import ON_CALL, Pane, reaches, seats_of
from controlroom.sim.start import Cue, Objective
from controlroom.sim.work import Order

if TYPE_CHECKING:
    from controlroom.sim.world import World

LATE: Final = seconds(180)
"""Steps until the firm's people pass on what came to their desk (reconstructed)."""

ROUND: Final = seconds(600)
"""Steps between two looks of theirs at PMON (reconstructed)."""

_READ: Final = (AlertState.SEEN, AlertState.ACKNOWLEDGED)


def stage(world: World) -> None:
    """One second of the drill, if there is one."""
    drill = world.drill
    if drill is None:
        return
    seen: dict[str, int] = {}
    notices = world.now // STEPS_PER_SECOND % NOTICE_EVERY == 0
    _bring(world, drill, seen, notices=notices)
    _play_the_firms_people(world, drill)
    for deed in drill.deeds[drill.judged :]:
        _judge(world, drill, deed)
    drill.judged = len(drill.deeds)
    _let_deadlines_pass(world, drill)
    if notices:
        _measure(world, drill, seen)
        _mark_cues(world, drill, seen)


def _bring(world: World, drill: Drill, seen: dict[str, int], *, notices: bool) -> None:
    """The plan's injects whose time has come, or whose condition has come true."""
    plan = world.scenario.plan
    for inject in plan.injects if plan else ():
        if inject.id in drill.fired or inject.id in drill.waiting:
            continue
        if inject.at is not None:
            come = drill.began <= inject.at <= world.now
        else:
            come = bool(inject.when) and notices and holds(world, inject.when, seen)
        if come:
            people.send(world, inject)


# --- the firm's people --------------------------------------------------------------------------


def _play_the_firms_people(world: World, drill: Drill) -> None:
    """What they read, what they do, what they pass on; to nobody while no seat is taken."""
    _read_what_came(world, drill)
    due = [later for later in drill.later if later.due <= world.now]
    if due:
        drill.later = [later for later in drill.later if later.due > world.now]
    for later in due:
        if later.command is None:
            if drill.taken:
                drills.say(world, later.seat, later.to, later.text)
        elif drill.is_empty(later.seat):
            drill.asked[later.seat] = later.to
            tasks.give(world, Order(later.seat, later.command))
    if world.now % ROUND == 0 and drill.taken:
        _read_pmon(world, drill)


def _read_what_came(world: World, drill: Drill) -> None:
    """Calls and alarms for desks that nobody took, and answers to what they were asked to do."""
    log = world.log.items
    while drill.relayed < len(log):
        event = log[drill.relayed]
        drill.relayed += 1
        if isinstance(event, Arrived) and event.urgent:
            alert = world.alerts[event.alert]
            desks = [seat for seat in seats_of(world).values() if not seat.sees_all]
            there = [seat.id for seat in desks if reaches(world, seat, alert)]
            if there and all(drill.is_empty(name) for name in there):
                to = drills.contact(world)
                drill.later.append(Later(world.now + LATE, there[0], to, None, event.text))
        elif isinstance(event, Answer | Refused) and drill.is_empty(event.seat):
            asker = drill.asked.get(event.seat)
            if asker is not None:
                drills.say(world, event.seat, asker, event.text)


def _read_pmon(world: World, drill: Drill) -> None:
    """A round number now and then, where nobody watches the account."""
    for seat in seats_of(world).values():
        if Pane.LIMIT in seat.panes and drill.is_empty(seat.id):
            gross = drills.pmon(world)[1]
            if gross > world.scenario.firm.account_limit:
                names = world.scenario.names
                about = f"about {gross // 1_000_000:,} million gross in the {names.account}"
                said = f"{names.monitor} shows {about}"
                drills.say(world, seat.id, drills.contact(world), said)


# --- expected responses, objectives, cues -------------------------------------------------------


def _judge(world: World, drill: Drill, deed: Deed) -> None:
    """Hold a deed against what is expected and what the objectives ask."""
    scenario = world.scenario
    for name, deadline in drill.awaited.items():
        inject = scenario.drill_injects[name]
        if name in drill.answered or deed.step > deadline or not _is_for(deed, inject.to):
            continue
        if deed.step >= drill.fired[name] and fits_any(inject.expects, deed.command, scenario):
            drill.answered[name] = deed.step
    for objective in scenario.plan.objectives if scenario.plan else ():
        if not objective.did or objective.id in drill.met or objective.id in drill.missed:
            continue
        span = _span(drill, objective)
        if span is None or not span[0] <= deed.step <= span[1]:
            continue
        who = objective.seat in ("", deed.seat) or deed.seat == ON_CALL
        if who and fits_any(objective.did, deed.command, scenario):
            drill.met[objective.id] = deed.step


def _is_for(deed: Deed, seat: str) -> bool:
    """A word must come from whom it is expected; what is done may be done by anybody."""
    return deed.command.verb != "tell" or seat in ("", deed.seat) or deed.seat == ON_CALL


def _span(drill: Drill, objective: Objective) -> tuple[int, int] | None:
    """The steps in which an objective counts, or None before they begin."""
    begin = drill.fired.get(objective.after) if objective.after else drill.began
    if begin is None:
        return None
    ends = [objective.by] if objective.by is not None else []
    if objective.within is not None:
        ends.append(begin + seconds(objective.within))
    return begin, min(ends, default=10**9)


def _let_deadlines_pass(world: World, drill: Drill) -> None:
    """Where the expected response has not come, its contingency does; objectives are missed."""
    scenario = world.scenario
    for name, deadline in list(drill.awaited.items()):
        if world.now <= deadline or name in drill.answered or name in drill.lapsed:
            continue
        drill.lapsed[name] = world.now
        otherwise = scenario.drill_injects[name].otherwise
        if otherwise:
            people.send(world, scenario.drill_injects[otherwise])
    for objective in scenario.plan.objectives if scenario.plan else ():
        if objective.id in drill.met or objective.id in drill.missed:
            continue
        span = _span(drill, objective)
        if span is not None and world.now > span[1]:
            kept = drill.met if objective.keeps else drill.missed
            kept[objective.id] = world.now


def _measure(world: World, drill: Drill, seen: dict[str, int]) -> None:
    """Objectives that ask for something to come to be, or never to."""
    for objective in world.scenario.plan.objectives if world.scenario.plan else ():
        if objective.id in drill.met or objective.id in drill.missed:
            continue
        span = _span(drill, objective)
        if span is None or world.now < span[0]:
            continue
        if objective.reaches and holds(world, objective.reaches, seen):
            drill.met[objective.id] = world.now
        if objective.keeps and holds(world, objective.keeps, seen):
            drill.missed[objective.id] = world.now


def _mark_cues(world: World, drill: Drill, seen: dict[str, int]) -> None:
    """Which cues are there, and which of them somebody has looked at."""
    for cue in world.scenario.cues:
        if cue.id in drill.opened:
            continue
        if cue.id not in drill.there and _is_there(world, drill, cue, seen):
            drill.there[cue.id] = world.now
        if cue.id in drill.there and _is_opened(world, drill, cue):
            drill.opened[cue.id] = world.now


def _is_there(world: World, drill: Drill, cue: Cue, seen: dict[str, int]) -> bool:
    scenario = world.scenario
    if cue.after and not any(fits_any(cue.after, deed.command, scenario) for deed in drill.deeds):
        return False
    if cue.inject:
        came = [alert for alert in world.alerts.feed.items if alert.inject == cue.inject]
        return len(came) >= cue.count
    if cue.at is not None:
        return world.now >= cue.at
    return holds(world, cue.when, seen)


def _is_opened(world: World, drill: Drill, cue: Cue) -> bool:
    """A message that brings it was opened, or a command was given that shows it."""
    since, alerts = drill.there[cue.id], world.alerts
    if cue.inject and any(
        alert.inject == cue.inject and alerts.states[number] in _READ
        for number, alert in enumerate(alerts.feed.items)
    ):
        return True
    others = [pattern for pattern in cue.opens if pattern != "mail"]
    return any(
        deed.step >= since and fits_any(others, deed.command, world.scenario)
        for deed in drill.deeds
    )
