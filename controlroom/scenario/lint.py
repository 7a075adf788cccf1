"""What can be read and still makes a bad drill: a plan that no team could play well.

`check` names these beside what is wrong, since a scenario with them loads. What only a played drill
shows (dead time, floods, objectives that nobody reaches) is for `controlroom rehearse`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from controlroom.scenario.errors import Problem
from controlroom.scenario.named import nameless
from controlroom.sim.alerts import FLOOD_WINDOW
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.seats import (
    FACILITATOR,
    FEWEST,
    MOST,
    OBSERVER,
    PARTICIPANTS,
    SEATS,
    Pane,
    Seat,
    seats_for,
)
from controlroom.sim.start import Channel, Instrument

if TYPE_CHECKING:
    from controlroom.sim.start import Cue, Inject, Plan, Scenario

READABLE: Final = 30
"""Messages in ten minutes that one desk can at most read: one in twenty seconds (a judgement;
EEMUA 191 calls more than ten alarms in ten minutes hard to cope with)."""

_DRILL, _INJECTS, _CUES = "drill.toml", "injects.toml", "cues.toml"

_PANE: Final = {
    Channel.MAIL: Pane.MAIL,
    Channel.CALL: Pane.TELEPHONE,
    Channel.ALARM: Pane.ALARMS,
    Channel.VISIT: Pane.BOARD,
}


def lint(scenario: Scenario) -> Iterator[Problem]:
    """What is bad about the patterns of commands, and about the plan where there is one."""
    yield from nameless(scenario)
    plan = scenario.plan
    if plan is None:
        return
    yield from _unreachable(scenario, plan)
    yield from _unserved(scenario, plan)
    yield from _idle_roles(scenario, plan)
    yield from _cues_without_instrument(scenario)
    yield from _too_much_to_read(scenario, plan)


def _unreachable(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    """Injects that no run can come to: outside the drill's time, or after nothing."""
    ends = plan.starts + plan.minutes * STEPS_PER_MINUTE
    begins, ended = scenario.day.text(plan.starts), scenario.day.text(ends)
    for inject in plan.injects:
        if inject.at is not None and not plan.starts <= inject.at <= ends:
            shown = scenario.day.text(inject.at)
            wrong = f"is {shown}, when no drill runs"
            yield Problem(
                _INJECTS, f"inject[{inject.id}].at", wrong, f"a time from {begins} to {ended}"
            )
    reached = _reached(scenario)
    for inject in plan.injects:
        if inject.id not in reached:
            wrong = "comes at no time, under no condition and as no contingency"
            expected = "at, when, or an inject that comes and names it as its otherwise"
            yield Problem(_INJECTS, f"inject[{inject.id}]", wrong, expected)
    for inject in plan.injects:
        if inject.channel is Channel.CALL and inject.to and "call" not in _verbs(inject.to):
            wrong = f"is {inject.to}, who has no telephone"
            yield Problem(_INJECTS, f"inject[{inject.id}].to", wrong, "who can answer, or a visit")
    for probe in plan.probes:
        if probe.at is not None and not plan.starts <= probe.at <= ends:
            wrong = f"is {scenario.day.text(probe.at)}, when no drill runs"
            yield Problem(
                _DRILL, f"probe[{probe.id}].at", wrong, f"a time from {begins} to {ended}"
            )


def _verbs(seat: str) -> frozenset[str]:
    """What a seat may do, or anybody where all are meant."""
    if seat in SEATS:
        return SEATS[seat].verbs
    return frozenset().union(*(SEATS[name].verbs for name in PARTICIPANTS))


def _reached(scenario: Scenario) -> set[str]:
    """Injects that come by themselves, and all that may follow from them."""
    every = scenario.drill_injects
    plan = scenario.plan
    standing = {inject.id for inject in plan.standing} if plan else set()
    open_ = [name for name, one in every.items() if one.at is not None or one.when]
    open_ += standing
    reached: set[str] = set()
    while open_:
        name = open_.pop()
        if name in reached:
            continue
        reached.add(name)
        if every[name].otherwise:
            open_.append(every[name].otherwise)
    return reached


def _unserved(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    """Objectives to which nothing leads, and those that no inject helps on a second time."""
    for objective in plan.objectives:
        serving = [one for one in scenario.drill_injects.values() if one.objective == objective.id]
        key = f"objective[{objective.id}]"
        if not serving:
            yield Problem(_DRILL, key, "is served by nothing", "an inject that names it")
        elif not any(one.otherwise for one in serving):
            expected = "an inject with expects and otherwise, so that it can always be met"
            yield Problem(_DRILL, key, "has no contingency", expected)
        if objective.did and not _can_do(objective.seat, objective.did):
            wrong = f"asks the {objective.seat} seat for what it may not do"
            yield Problem(_DRILL, f"{key}.did", wrong, "a command of that seat")


def _can_do(seat: str, patterns: tuple[str, ...]) -> bool:
    return any(pattern.split()[0] in _verbs(seat) for pattern in patterns)


def _idle_roles(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    """Seats without a card, and roles for which nothing comes and from which nothing is wanted."""
    carded = {role.seat for role in plan.roles}
    for seat in PARTICIPANTS:
        if seat not in carded:
            yield Problem(_DRILL, "role", f"has none for {seat}", "a card for each seat")
    for role in plan.roles:
        if role.seat != OBSERVER and not _has_work(scenario, plan, role.seat):
            expected = "an inject that is for it, or something expected that it may do"
            yield Problem(_DRILL, f"role[{role.seat}]", "has nothing to do", expected)


def _has_work(scenario: Scenario, plan: Plan, name: str) -> bool:
    seat = SEATS[name]
    own = seat.verbs - {"tell", "copy", "note", "suspect", "reply", "timeout", "mail", "ack"}
    injects = (*plan.injects, *(one for one in scenario.injects if one.expects))
    wanted = [pattern.split()[0] for one in injects for pattern in one.expects]
    wanted += [pattern.split()[0] for goal in plan.objectives for pattern in goal.did]
    return any(_is_for(inject, seat) for inject in plan.injects) or bool(own & set(wanted))


def _is_for(inject: Inject, seat: Seat) -> bool:
    return seat.is_called(inject.to) if inject.to else _PANE[inject.channel] in seat.panes


def _cues_without_instrument(scenario: Scenario) -> Iterator[Problem]:
    """What is diagnostic and no desk can see, in the smallest set or in the largest."""
    for people in (FEWEST, MOST):
        desks = [seat for name, seat in seats_for(people).items() if name != FACILITATOR]
        for cue in scenario.cues:
            if not any(_shows(scenario, cue, seat) for seat in desks):
                wrong = f"can be seen from no desk in a drill for {people}"
                expected = f"a command in opens that a seat may give, for a {cue.instrument.value}"
                yield Problem(_CUES, f"cue[{cue.id}]", wrong, expected)


def _shows(scenario: Scenario, cue: Cue, seat: Seat) -> bool:
    asks = any(pattern.split()[0] in seat.verbs for pattern in cue.opens)
    if cue.instrument is Instrument.ANSWER:
        return asks
    if cue.instrument is Instrument.SCREEN:
        return bool(seat.panes & {Pane.SERVERS, Pane.MONEY})
    inject = scenario.drill_injects.get(cue.inject)
    if inject is None:  # the router's own mails
        return Pane.MAIL in seat.panes
    return _is_for(inject, seat)


def _too_much_to_read(scenario: Scenario, plan: Plan) -> Iterator[Problem]:
    """More messages with a time, at one desk within ten minutes, than anybody can read."""
    ends = plan.starts + plan.minutes * STEPS_PER_MINUTE
    for name in PARTICIPANTS:
        steps = sorted(
            inject.at
            for inject in scenario.drill_injects.values()
            if inject.at is not None
            and plan.starts <= inject.at <= ends
            and _is_for(inject, SEATS[name])
        )
        first = 0
        for last, step in enumerate(steps):
            while steps[first] <= step - FLOOD_WINDOW:
                first += 1
            if last - first + 1 > READABLE:
                wrong = f"reach the {name} seat more than {READABLE} times in the ten minutes "
                wrong += f"before {scenario.day.text(step)}"
                expected = f"at most {READABLE}: nobody reads more"
                yield Problem("mails.toml", "messages", wrong, expected)
                break
