"""Riddles for tests: seeds that draw a fault, days on which nobody does anything, who is hot."""

from __future__ import annotations

import functools

from controlroom.scenario import load_scenario
from controlroom.sim.faults import CATALOGUE, draw
from controlroom.sim.faults.filling import filled, names
from controlroom.sim.start import Drawn, FaultKind, Scenario
from controlroom.sim.world import World
from tests.sim.play import Idle, Shift

WRONG = tuple(kind for kind in FaultKind if kind is not FaultKind.NOTHING)
"""Every fault with which something is wrong."""


@functools.cache
def blind() -> Scenario:
    """The scenario that leaves the fault to the seed."""
    return load_scenario("knight-blind")


@functools.cache
def seeds_of(kind: FaultKind, count: int = 1) -> tuple[int, ...]:
    """The first seeds that draw a fault."""
    found: list[int] = []
    seed = 0
    while len(found) < count:
        if drawn_of(draw(blind(), seed)).kind is kind:
            found.append(seed)
        seed += 1
    return tuple(found)


def drawn_of(scenario: Scenario) -> Drawn:
    """What was drawn."""
    assert scenario.drawn is not None
    return scenario.drawn


@functools.cache
def day(kind: FaultKind) -> Idle:
    """A day with a fault on which nobody does anything."""
    return Idle(blind(), seeds_of(kind)[0])


def at(kind: FaultKind, clock: str) -> Shift:
    """Such a day at a time, to go on from."""
    return day(kind).at(clock)


def words(world: World) -> dict[str, str]:
    """What `{server}`, `{basket}` and the others stand for in a world."""
    return names(world.scenario, drawn_of(world.scenario))


def cure(shift: Shift, kind: FaultKind) -> Shift:
    """Do what the catalogue says against a fault, and let it be done."""
    for line in CATALOGUE[kind].cure:
        said = filled(line, words(shift.world))
        shift.do(f"{said} all" if said == "reload dealing" else said, 60)
    return shift


def nobodys(world: World) -> int:
    """Executions so far that no client ordered, those for the basket left out."""
    assert world.riddle is not None
    strays = world.riddle.strays
    return world.ledger.executions - strays.kept - strays.taken
