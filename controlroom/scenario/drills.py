"""What must hold between the parts of a plan for a drill, and between it and the day's messages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.text import quoted
from controlroom.sim.start import Channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from controlroom.scenario.drill_schema import DrillFile, InjectsFile
    from controlroom.sim.clock import Day
    from controlroom.sim.start import Inject, Objective, Person

_DRILL, _INJECTS = "drill.toml", "injects.toml"


def problems(
    day: Day,
    messages: Sequence[Inject],
    people: Sequence[Person],
    drill: DrillFile | None,
    injects: InjectsFile | None,
) -> Iterator[Problem]:
    """Everything that does not fit.

    Args:
        day: what the times belong to.
        messages: of mails.toml and events.toml, which may say what a drill expects.
        people: who can call.
        drill: drill.toml, or None where there is none; then nothing may refer to it.
        injects: injects.toml, or None.
    """
    planned = injects.inject if injects else ()
    standing = drill.standing if drill else ()
    objectives = drill.objective if drill else ()
    places = [("mails.toml or events.toml", "message", inject) for inject in messages]
    places += [(_DRILL, "standing", inject) for inject in standing]
    places += [(_INJECTS, "inject", inject) for inject in planned]
    ids = [inject.id for _, _, inject in places]
    goals = [objective.id for objective in objectives]
    for file, kind, inject in places:
        yield from _response(file, f"{kind}[{inject.id}]", inject, ids, goals)
    for inject in messages:
        if inject.channel is Channel.VISIT:
            key = f"message[{inject.id}].channel"
            yield Problem("mails.toml or events.toml", key, "is 'visit'", "mail, call or alarm")
    known = [person.id for person in people]
    for file, kind, inject in places[len(messages) :]:
        yield from _planned(file, f"{kind}[{inject.id}]", inject, known)
        if kind == "standing" and (inject.at is not None or inject.when):
            yield Problem(file, f"standing[{inject.id}]", "has at or when", "neither: it is there")
    yield from _twice(_INJECTS, "inject", ids, {inject.id for inject in planned})
    yield from _twice(_DRILL, "standing", ids, {inject.id for inject in standing})
    if drill is None:
        return
    yield from _twice(_DRILL, "objective", goals, set(goals))
    seats = [role.seat for role in drill.role]
    yield from _twice(_DRILL, "role", seats, set(seats))
    probes = [probe.id for probe in drill.probe]
    yield from _twice(_DRILL, "probe", probes, set(probes))
    for objective in objectives:
        yield from _objective(f"objective[{objective.id}]", objective, ids)
    if drill.drill.starts + drill.drill.minutes * 240 > day.end_step:
        wrong = f"is {drill.drill.minutes}, which ends after the day"
        yield Problem(_DRILL, "drill.minutes", wrong, f"an end before {day.text(day.end_step)}")


def _planned(file: str, key: str, inject: Inject, people: Sequence[str]) -> Iterator[Problem]:
    """What holds for what only a drill brings; without at and when it comes as a contingency."""
    if inject.at is not None and inject.when:
        yield Problem(file, key, "has both at and when", "one of them, or neither")
    if inject.channel is Channel.CALL and inject.sender not in people:
        shown = f"is {quoted(inject.sender)}"
        yield Problem(file, f"{key}.from", shown, f"{one_of(people, inject.sender)}, who can call")


def _response(
    file: str, key: str, inject: Inject, ids: Sequence[str], goals: Sequence[str]
) -> Iterator[Problem]:
    """What is expected in answer, what comes otherwise, what it is for."""
    if not inject.expects and (inject.within is not None or inject.otherwise):
        what = "within" if inject.within is not None else "otherwise"
        yield Problem(file, f"{key}.{what}", "stands without expects", "expects, its commands")
    if inject.otherwise and (inject.otherwise == inject.id or inject.otherwise not in ids):
        others = [name for name in ids if name != inject.id]
        wrong = f"is {quoted(inject.otherwise)}"
        yield Problem(file, f"{key}.otherwise", wrong, one_of(others, inject.otherwise))
    if inject.objective and inject.objective not in goals:
        wrong = f"is {quoted(inject.objective)}"
        yield Problem(file, f"{key}.objective", wrong, one_of(goals, inject.objective))


def _objective(key: str, objective: Objective, ids: Sequence[str]) -> Iterator[Problem]:
    ways = [bool(objective.did), bool(objective.reaches), bool(objective.keeps)]
    if sum(ways) != 1:
        wrong = "says in several ways when it is met" if any(ways) else "does not say when"
        yield Problem(_DRILL, key, wrong, "one of did, reaches and keeps")
    if objective.after and objective.after not in ids:
        wrong = f"is {quoted(objective.after)}"
        yield Problem(_DRILL, f"{key}.after", wrong, one_of(ids, objective.after))
    if objective.seat and not objective.did:
        yield Problem(_DRILL, f"{key}.seat", "stands without did", "did, the commands of that seat")


def _twice(file: str, kind: str, names: Iterable[str], own: set[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1 and name in own:
            yield Problem(file, f"{kind}[{name}]", "is there twice", "each name once")
