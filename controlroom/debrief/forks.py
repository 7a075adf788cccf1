"""Runs that were not played: other commands, another seed, a safeguard more, another player.

A fork is described in full by plain values, so it can be played in another process. It starts from
a snapshot of the run where there is a fitting one, and goes no further than the moment at which it
is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

import attrs

from controlroom.debrief.curve import Curve, curve_of
from controlroom.debrief.trunk import follow
from controlroom.runs.journal import Given
from controlroom.runs.policies import PLAYERS
from controlroom.runs.policies.player import Bare, drive
from controlroom.runs.policy import load_policy
from controlroom.runs.simulation import SEAT, Saved, Simulation
from controlroom.scenario.switches import switch_off, switch_on
from controlroom.sim import controls
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.events import Refused, Said
from controlroom.sim.excess import growing
from controlroom.sim.start import Mode, Scenario
from controlroom.sim.state import Snapshot

FROM_THE_OPEN: Final = frozenset(controls.GUARDS) - {"pmon-alerts"}
"""Safeguards that look at unwanted orders only: until the open they change nothing, so a fork that
has one may start from a snapshot of the run without it, taken at the open or before."""

THIN: Final = 120
"""Steps between two points of a curve that is kept for a picture."""


@attrs.frozen
class Fork:
    """A run to be played.

    Attributes:
        name: what it is.
        seed: what chance is drawn from.
        mode: explore, coach or assess.
        commands: who gives what when; those from before the snapshot are not given again.
        until: the first step that is not taken.
        controls: safeguards to switch on besides those of the scenario.
        without: safeguards to switch off that the run had; then it starts with the day.
        policy: name of a policy that plays instead, or empty.
        begin: step from which the policy may act.
        saved: the snapshot that it starts from, or None for the beginning of the day.
    """

    name: str
    seed: int
    mode: Mode
    commands: tuple[Given, ...]
    until: int
    controls: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    policy: str = ""
    begin: int = 0
    saved: Saved | None = None


@attrs.frozen
class Outcome:
    """What came of a fork.

    Attributes:
        name: of the fork.
        loss: to get flat when it ended, or at the last step that it was played to.
        curve: thinned.
        contained: step at which its flow was contained, or None.
        ended: why it was over, or empty.
        flat: whether the firm held nothing.
        given: commands that were given and not refused, with their steps.
        refused: how many were.
        lost_orders: client orders that went elsewhere.
        commission: what the firm would have earned on them, dollars.
    """

    name: str
    loss: int
    curve: Curve
    contained: int | None
    ended: str
    flat: bool
    given: tuple[Given, ...]
    refused: int
    lost_orders: int
    commission: int


def light(saved: Saved | None) -> Saved | None:
    """A snapshot without its scenario, which whoever plays it has already."""
    if saved is None:
        return None
    world = attrs.evolve(saved.snapshot.world, scenario=cast("Any", None), guards=())
    return Saved(Snapshot(saved.snapshot.step, world), saved.pending)


class UnwantedError(Exception):
    """Nobody wants to know any more what comes of a fork."""


def play(fork: Fork, scenario: Scenario, unwanted: Callable[[], bool] = lambda: False) -> Outcome:
    """Play a fork of a run on a scenario.

    Args:
        fork: which.
        scenario: of the run.
        unwanted: asked now and then whether to give it up.

    Raises:
        UnwantedError: when it was given up.
    """

    def ask(*_: object) -> None:
        if unwanted():
            raise UnwantedError

    played_on = switch_on(scenario, fork.controls)
    if fork.without:
        played_on = switch_off(played_on, fork.without)
    simulation = Simulation(played_on, fork.seed, fork.mode)
    if fork.saved is not None:
        fresh = simulation.world
        simulation.restore(fork.saved)
        simulation.world.scenario, simulation.world.guards = fresh.scenario, fresh.guards
    if fork.policy:
        _let_play(fork, simulation, ask)
    else:
        follow(simulation, fork.commands, fork.until, ask)
    return outcome_from(fork.name, simulation)


def _let_play(fork: Fork, simulation: Simulation, ask: Callable[..., None]) -> None:
    """Let a policy play from the step at which the run was taken over."""
    if fork.policy in PLAYERS:
        follow(simulation, (), fork.begin, ask)
        drive(Bare(simulation), simulation, PLAYERS[fork.policy](), fork.until, ask)
        return
    timed = load_policy(fork.policy, simulation.scenario).commands
    given = (Given(item.step, SEAT, item.text) for item in timed if item.step >= fork.begin)
    follow(simulation, given, fork.until, ask)


def outcome_from(name: str, simulation: Simulation) -> Outcome:
    """What came of a simulation, as far as it has been played."""
    world = simulation.world
    curve = curve_of(world)
    events = simulation.events
    refused = {(event.step, event.command) for event in events if isinstance(event, Refused)}
    said = [event for event in events if isinstance(event, Said)]
    commission = world.scenario.flow.commission * world.upstream.lost_shares // 10_000
    return Outcome(
        name=name,
        loss=curve.final,
        curve=curve.thinned(THIN),
        contained=curve.contained,
        ended=simulation.ended,
        flat=world.ledger.is_flat() and not growing(world),
        given=tuple(
            Given(event.step, event.seat, event.text)
            for event in said
            if (event.step, event.text) not in refused
        ),
        refused=len(refused),
        lost_orders=world.upstream.lost,
        commission=commission,
    )


def past(horizon: int) -> int:
    """The `until` of a fork whose loss is wanted at `horizon`: its books close a second later."""
    return horizon + STEPS_PER_SECOND
