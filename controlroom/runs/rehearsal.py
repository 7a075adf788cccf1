"""A plan for a drill, played at full speed before anybody sits down to it.

Each scripted player has the whole firm to itself, beside a facilitator who does nothing. Two more
play no part of their own: `idle`, to whom every contingency comes, and `team`, which gives each
expected response a few seconds before it is late. What nobody reaches then, no team will.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import attrs

from controlroom.runs.errors import RunError
from controlroom.runs.fold import Progress
from controlroom.runs.policy import IDLE, NAMES, follow, load_policy
from controlroom.runs.run import Run
from controlroom.sim.alerts import FLOOD_WINDOW
from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND, seconds
from controlroom.sim.commands import CommandError, Kind, parse, verb_of
from controlroom.sim.drill import Drill, standing
from controlroom.sim.events import Arrived, Event, Told
from controlroom.sim.seats import FACILITATOR, OBSERVER, ON_CALL, Seat, reaches, seats_for
from controlroom.sim.start import Inject, Plan, Scenario
from controlroom.sim.world import World

TEAM: Final = "team"
"""The player that gives every expected response, and nothing else."""

EVERYBODY: Final = (TEAM, *NAMES)
"""Who rehearses, where nobody is named."""

PEOPLE: Final = 5
"""For so many people the plan is played: every desk that acts is one by itself."""

LONG: Final = 240
"""Seconds without anything for anybody that count as dead time (a judgement)."""

BEFORE: Final = 5
"""Seconds before its deadline at which the team gives a response."""


@attrs.frozen
class Stretch:
    """A stretch in which nothing came to anybody.

    Attributes:
        begins: step.
        seconds: how long it lasts.
    """

    begins: int
    seconds: int


@attrs.frozen
class Load:
    """How busy a desk was at its busiest.

    Attributes:
        seat: which.
        most: messages and words that reached it within ten minutes.
        ends: step at which those ten minutes end.
    """

    seat: str
    most: int
    ends: int


@attrs.frozen
class Rehearsed:
    """What became of the plan with one player.

    Attributes:
        player: who.
        met: objectives, in the plan's order.
        missed: objectives.
        open: objectives that were neither when it was over.
        came: injects that came, in order, without the day's ordinary mail.
        lapsed: those whose expected response did not come in time.
        dead: stretches without anything, the longest first.
        loads: each desk at its busiest.
        loss: dollars, when it was over.
    """

    player: str
    met: tuple[str, ...]
    missed: tuple[str, ...]
    open: tuple[str, ...]
    came: tuple[str, ...]
    lapsed: tuple[str, ...]
    dead: tuple[Stretch, ...]
    loads: tuple[Load, ...]
    loss: int


def plan_of(scenario: Scenario) -> Plan:
    """The scenario's plan.

    Raises:
        RunError: when it has none.
    """
    if scenario.plan is None:
        raise RunError(f"{scenario.id} has no plan for a drill; its folder lacks drill.toml")
    return scenario.plan


def rehearse(
    scenario: Scenario,
    players: tuple[str, ...] = EVERYBODY,
    *,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Rehearsed]:
    """Play the plan with each player in turn.

    Raises:
        PolicyError: when there is no such player.
        RunError: when the scenario has no plan.
    """
    plan = plan_of(scenario)
    for number, player in enumerate(players):
        if progress:
            progress(number, len(players))
        yield _played(scenario, plan, player, seed)


def _played(scenario: Scenario, plan: Plan, player: str, seed: int | None) -> Rehearsed:
    return _what_became(played_plan(scenario, player, seed=seed), plan, player)


def played_plan(
    scenario: Scenario, player: str, *, seed: int | None = None, people: int = PEOPLE
) -> World:
    """The world at the end of a drill in which one player has the whole firm to itself.

    Raises:
        PolicyError: when there is no such player.
        RunError: when the scenario has no plan.
    """
    plan = plan_of(scenario)
    policy = load_policy(IDLE if player == TEAM else player, scenario)
    until = plan.starts + plan.minutes * STEPS_PER_MINUTE
    with Run.begin(scenario, seed=seed, journal=None) as run:
        run.advance(plan.starts)
        run.give(f"drill {people}", FACILITATOR)
        run.advance(1)
        if player == TEAM:
            _answer_everything(run, until)
        else:
            follow(run, policy, until)
        if not run.ended:
            run.give("end", FACILITATOR)
            run.advance(1)
        return run.world


# --- a team that does what is expected ------------------------------------------------------------


def _answer_everything(run: Run, until: int) -> None:
    """Second by second, the responses that would soon be late."""
    tried: set[str] = set()
    while run.simulation.now < until and not run.ended:
        drill = run.world.drill
        late = run.simulation.now + seconds(BEFORE)
        for name, deadline in dict(drill.awaited).items() if drill else ():
            if drill and deadline <= late and name not in tried and name not in drill.answered:
                tried.add(name)
                inject = run.scenario.drill_injects[name]
                found = response(inject, run.scenario)
                if found:
                    run.give(found[1], found[0])
        run.advance(min(STEPS_PER_SECOND, until - run.simulation.now))


def response(inject: Inject, scenario: Scenario) -> tuple[str, str] | None:
    """A seat and a command of its that is the expected response, or None where none can be made."""
    seats = [seat for seat in seats_for(PEOPLE).values() if seat.id != FACILITATOR]
    for pattern in inject.expects:
        line = spelt(pattern, scenario)
        verb = pattern.split()[0]
        able = [seat for seat in seats if verb in seat.verbs and f"tell {seat.id}" not in pattern]
        able.sort(key=lambda seat: not seat.is_called(inject.to))
        if line and able and (verb != "tell" or _may_say(able[0], inject)):
            return able[0].id, line
    return None


def _may_say(seat: Seat, inject: Inject) -> bool:
    return not inject.to or seat.is_called(inject.to)


def spelt(pattern: str, scenario: Scenario) -> str | None:
    """The pattern as a whole command: what it leaves open is what the right hypothesis asks for."""
    acts = [act for belief in scenario.hypotheses if belief.right for act in belief.acts]
    named = next((act for act in acts if act.startswith(f"{pattern} ")), None)
    command = verb_of(pattern)
    if command is None:
        return None
    act = next((act for act in acts if act.split()[0] in ("stop", "kill")), "all is being done")
    for line in filter(None, (pattern, named, f"{pattern} {act}")):
        try:
            return parse(line, scenario).text()
        except CommandError:
            continue
    slots = command.slots()[len(pattern.split()) - 1 :]
    words = [slot.choices[0] for slot in slots if slot.kind is Kind.CHOICE]
    try:
        return parse(" ".join((pattern, *words)), scenario).text()
    except CommandError:
        return None


# --- what became of it --------------------------------------------------------------------------


def _what_became(world: World, plan: Plan, player: str) -> Rehearsed:
    drill = world.drill
    if drill is None:
        raise AssertionError("a rehearsal is a drill")
    states = {goal.id: standing(world, goal)[0] for goal in plan.objectives}
    samples = world.ledger.samples.items
    return Rehearsed(
        player=player,
        met=tuple(name for name, state in states.items() if state == "met"),
        missed=tuple(name for name, state in states.items() if state == "missed"),
        open=tuple(name for name, state in states.items() if state == "open"),
        came=tuple(name for name in drill.fired if _is_planned(world.scenario, name)),
        lapsed=tuple(drill.lapsed),
        dead=_dead_time(world, drill),
        loads=tuple(_load(world, drill, seat) for seat in _desks()),
        loss=-samples[-1].profit.flat if samples else 0,
    )


def _is_planned(scenario: Scenario, name: str) -> bool:
    """Whether an inject is one of the plan's, or one of the day's that expects something."""
    planned = scenario.plan.injects if scenario.plan else ()
    return bool(scenario.drill_injects[name].expects) or any(one.id == name for one in planned)


def _desks() -> tuple[Seat, ...]:
    seats = seats_for(PEOPLE).values()
    return tuple(seat for seat in seats if seat.id not in (FACILITATOR, OBSERVER))


def _dead_time(world: World, drill: Drill) -> tuple[Stretch, ...]:
    """Between calls, alarms, urgent mails and words."""
    steps = [drill.began]
    for event in world.log.items:
        counts = isinstance(event, Told) or (isinstance(event, Arrived) and event.urgent)
        if counts and event.step >= drill.began and getattr(event, "seat", "") != ON_CALL:
            steps.append(event.step)
    steps.append(world.now)
    gaps = [
        Stretch(before, (after - before) // STEPS_PER_SECOND)
        for before, after in pairwise(steps)
        if after - before >= LONG * STEPS_PER_SECOND
    ]
    return tuple(sorted(gaps, key=lambda gap: -gap.seconds))


def _load(world: World, drill: Drill, seat: Seat) -> Load:
    """The ten minutes in which most reached this desk."""
    steps = [event.step for event in world.log.items if _reached(world, drill, seat, event)]
    most, ends, first = 0, drill.began, 0
    for last, step in enumerate(steps):
        while steps[first] <= step - FLOOD_WINDOW:
            first += 1
        if last - first + 1 > most:
            most, ends = last - first + 1, step
    return Load(seat.id, most, ends)


def _reached(world: World, drill: Drill, seat: Seat, event: Event) -> bool:
    if event.step < drill.began:
        return False
    if isinstance(event, Told):
        return seat.is_called(event.to) and event.seat != seat.id
    return isinstance(event, Arrived) and reaches(world, seat, world.alerts[event.alert])


def never_came(scenario: Scenario, rehearsed: tuple[Rehearsed, ...]) -> tuple[str, ...]:
    """Injects of the plan that came to none of the players."""
    came = {name for one in rehearsed for name in one.came}
    return tuple(one.id for one in plan_of(scenario).injects if one.id not in came)


def never_met(scenario: Scenario, rehearsed: tuple[Rehearsed, ...]) -> tuple[str, ...]:
    """Objectives that none of the players has met."""
    met = {name for one in rehearsed for name in one.met}
    return tuple(one.id for one in plan_of(scenario).objectives if one.id not in met)
