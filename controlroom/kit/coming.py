"""The injects of a plan in the order in which they come, and why each of them does."""

from __future__ import annotations

import attrs

from controlroom.kit.parts import Material
from controlroom.kit.words import Words
from controlroom.sim.clock import seconds
from controlroom.sim.drill import WITHIN
from controlroom.sim.seats import EVERYBODY, seats_for
from controlroom.sim.start import Channel, Inject, Measure, Scenario


@attrs.frozen
class Coming:
    """An inject with what decides when it comes.

    Attributes:
        inject: what comes.
        step: when, if nobody acts; None where it never comes then.
        because: its time, its condition, or what it is the contingency of.
        to: the seat that it is for.
        before: injects whose contingency it is.
    """

    inject: Inject
    step: int | None
    because: str
    to: str
    before: tuple[str, ...] = ()


def coming_of(material: Material) -> tuple[Coming, ...]:
    """The plan's injects and those of the day that expect something, by when they come."""
    scenario, plan = material.scenario, material.plan
    day = [inject for inject in scenario.injects if inject.expects]
    found = [_coming(material, inject) for inject in (*day, *plan.injects)]
    last = scenario.day.end_step
    return tuple(sorted(found, key=lambda one: last if one.step is None else one.step))


def _coming(material: Material, inject: Inject) -> Coming:
    came, words, scenario = material.losses.came, material.words, material.scenario
    before: tuple[str, ...] = ()
    if inject.at is not None:
        because = scenario.day.text(inject.at)
    elif inject.when:
        because = measures_text(words, inject.when)
    else:
        every = scenario.drill_injects.values()
        before = tuple(parent.id for parent in every if parent.otherwise == inject.id)
        because = words("words.when_fired")
    to = addressee(material, inject)
    return Coming(inject, came.get(inject.id), because, to, before)


def measures_text(words: Words, measures: tuple[Measure, ...]) -> str:
    """A condition in words."""
    return words("words.and").join(
        words(
            "words.at_least",
            measure=words(f"measures.{item.name}"),
            count=f"{item.at_least:,}",
        )
        for item in measures
    )


def addressee(material: Material, inject: Inject) -> str:
    """The seat that an inject reaches in a drill for so many people."""
    if inject.to == EVERYBODY:
        return material.words("words.all")
    wanted = inject.to or _BY_CHANNEL[inject.channel]
    seats = seats_for(material.people).values()
    return next((seat.id for seat in seats if seat.is_called(wanted)), wanted)


_BY_CHANNEL = {
    Channel.MAIL: "comms",
    Channel.CALL: "liaison",
    Channel.ALARM: "engineer",
    Channel.VISIT: "commander",
}
"""Who has the instrument by which a message comes that names nobody."""


def due(inject: Inject) -> int:
    """Steps in which its response is expected."""
    return seconds(inject.within or WITHIN)


def sender(scenario: Scenario, inject: Inject) -> str:
    """From whom, in words."""
    titles = {person.id: person.title for person in scenario.people}
    return titles.get(inject.sender, inject.sender)
