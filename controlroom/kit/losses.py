"""What the model says of a drill in which nobody acts: losses by the minute, and what comes when.

The paper fallback and the facilitator's guide need figures before anybody has played. They come
from runs of the model that are played when the kit is made: one without a command, one fork of it a
minute in which the server is stopped, and one of each scripted player.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from controlroom.debrief.curve import Curve, curve_of
from controlroom.runs.policy import IDLE, NAMES
from controlroom.runs.rehearsal import plan_of, played_plan, spelt
from controlroom.runs.simulation import Saved, Simulation
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.ledger import SAMPLE
from controlroom.sim.seats import FACILITATOR
from controlroom.sim.start import Scenario

AFTER: Final = 10 * STEPS_PER_MINUTE
"""Steps after a stop at which its loss is read: by then nothing that it caused is under way."""

Told = Callable[[int, int], None]
"""Told how much of how much has been played."""


@attrs.frozen
class Minute:
    """A minute of a morning on which nobody acts.

    Attributes:
        step: when.
        loss: to get flat, dollars.
        next: what the next minute costs, dollars.
        gross: position, dollars.
        executions: that no client ordered, so far.
        stopped: the loss ten minutes later if it is stopped now, or None where nothing stops it.
        players: the loss of each scripted player at this moment, in the order of `Losses.players`.
    """

    step: int
    loss: int
    next: int
    gross: int
    executions: int
    stopped: int | None
    players: tuple[int, ...]


@attrs.frozen(eq=False)
class Losses:
    """What runs of the model say.

    Attributes:
        seed: of all of them.
        stop: the command that stops it, or empty where the scenario names none.
        minutes: from the one before the first unwanted execution to the end of the drill.
        players: names of the scripted players.
        came: inject -> step at which it comes if nobody acts.
        saved: the morning on which nobody acts at each whole minute from the beginning of the
            drill; to ask questions of it.
        simulation: to restore them in.
    """

    seed: int
    stop: str
    minutes: tuple[Minute, ...]
    players: tuple[str, ...]
    came: Mapping[str, int]
    saved: Mapping[int, Saved]
    simulation: Simulation


def losses_of(scenario: Scenario, people: int, seed: int, told: Told = lambda *_: None) -> Losses:
    """Play everything that the kit needs to know.

    Raises:
        RunError: when the scenario has no plan.
    """
    plan = plan_of(scenario)
    end = plan.starts + plan.minutes * STEPS_PER_MINUTE
    players = tuple(name for name in NAMES if name != IDLE)
    whole = 2 * plan.minutes + 10 * len(players)
    simulation = Simulation(scenario, seed)
    simulation.step(plan.starts)
    simulation.submit(f"drill {people}", FACILITATOR)
    saved: dict[int, Saved] = {}
    while simulation.now < end:
        saved[simulation.now] = simulation.snapshot()
        simulation.step(STEPS_PER_MINUTE)
        told(len(saved), whole)
    drill = simulation.world.drill
    came = dict(drill.fired) if drill else {}
    idle = curve_of(simulation.world)
    curves = []
    for number, name in enumerate(players):
        told(plan.minutes + 10 * number, whole)
        world = played_plan(scenario, name, seed=seed, people=people)
        curves.append(curve_of(world))
    stop = stop_of(scenario)
    burning = _minutes(idle, saved)
    minutes = []
    for number, step in enumerate(burning):
        told(plan.minutes + 10 * len(players) + number, whole)
        minutes.append(
            Minute(
                step=step,
                loss=idle.at(step),
                next=idle.next_minute(step),
                gross=_before(idle, step)[0],
                executions=_before(idle, step)[1],
                stopped=_stopped(simulation, saved[step], stop) if stop else None,
                players=tuple(curve.at(step) for curve in curves),
            )
        )
    return Losses(seed, stop, tuple(minutes), players, came, saved, simulation)


def stop_of(scenario: Scenario) -> str:
    """What a right hypothesis asks for to stop it, written out, or empty."""
    acts = [act for belief in scenario.hypotheses if belief.right for act in belief.acts]
    found = next((act for act in acts if act.split()[0] in ("stop", "kill")), "")
    return spelt(found, scenario) or "" if found else ""


def _minutes(idle: Curve, saved: Mapping[int, Saved]) -> list[int]:
    """From the last minute before the first unwanted execution on; all where there is none."""
    begins = idle.begins or 0
    return [step for step in saved if step + STEPS_PER_MINUTE > begins]


def _before(idle: Curve, step: int) -> tuple[int, int]:
    """Gross position and executions at the last point that is not after a step."""
    points = [point for point in idle.points if point.step <= step]
    return (points[-1].gross, points[-1].executions) if points else (0, 0)


def _stopped(simulation: Simulation, saved: Saved, stop: str) -> int:
    """The loss ten minutes after the command was given at that moment."""
    simulation.restore(saved)
    simulation.submit(stop)
    # A little further, so that the moment is a point of the history and not its provisional end.
    simulation.step(AFTER + SAMPLE)
    return curve_of(simulation.world).at(simulation.now - SAMPLE)
