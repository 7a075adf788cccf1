"""knight-blind as it is played: several causes stay open, each is found, guessing does not pay.

Seeds are the first that draw each fault; a failing test names them.
"""

from __future__ import annotations

import functools

import pytest

from controlroom.debrief.cues import cues_of
from controlroom.runs.policies import PLAYERS
from controlroom.runs.policies.player import Bare, drive
from controlroom.runs.simulation import Simulation
from controlroom.sim.events import Said
from controlroom.sim.faults import CATALOGUE, fault_of
from controlroom.sim.fleet import ProcessState
from controlroom.sim.riddle.settings import Settings
from controlroom.sim.start import Cue, FaultKind, Instrument, Scenario
from tests.runs.facts import facts_of
from tests.sim.riddle import WRONG, blind, drawn_of, nobodys, seeds_of

EARLY = "09:33:00"
"""Three minutes after the bell: until then at least three causes must stay open."""

LATE = "10:30:00"
"""An hour after the bell: until then those are followed who do not end their day."""

OPEN = 3

CASES = [(kind, seed) for kind in FaultKind for seed in seeds_of(kind, 2)]
NAMED = [f"{kind.value}-seed-{seed}" for kind, seed in CASES]


@functools.cache
def played(name: str, seed: int, until: str = "") -> Simulation:
    """A day as a player plays it; `idle` does nothing."""
    simulation = Simulation(blind(), seed)
    day = blind().day
    last = day.parse(until) if until else day.end_step
    if name == "idle":
        simulation.step(last)
    else:
        drive(Bare(simulation), simulation, PLAYERS[name](), last)
    return simulation


def bill(simulation: Simulation) -> int:
    """What a run costs: what the book lost, and the commission of clients who went elsewhere."""
    result = simulation.result()
    return result.loss_usd + result.commission_lost_usd


# --- what stays open ----------------------------------------------------------------------------


def early_cues(seed: int) -> list[Cue]:
    """Cues that a run puts before its player within three minutes of the bell, without a look."""
    found = cues_of(facts_of(played("idle", seed, EARLY)))
    shown = [item.cue for item in found.seen if item.shown is not None]
    return [cue for cue in shown if cue.instrument is not Instrument.ANSWER]


@pytest.mark.parametrize("kind, seed", CASES, ids=NAMED)
def test_three_causes_stay_open_for_three_minutes(kind: FaultKind, seed: int) -> None:
    cues = early_cues(seed)
    assert len(cues) >= 4
    causes = {belief.id for belief in blind().hypotheses}
    ruled_out = {name for cue in cues for name in cue.contradicts}
    assert kind.value not in ruled_out
    assert len(causes - ruled_out) >= OPEN, sorted(ruled_out)


def test_no_early_cue_decides_alone() -> None:
    causes = {belief.id for belief in blind().hypotheses}
    for cue in blind().cues:
        if cue.instrument is not Instrument.ANSWER:
            assert len(causes - set(cue.contradicts)) >= OPEN, cue.id


def test_every_cause_has_a_look_that_proves_it() -> None:
    proofs = {
        cue.supports[0]: cue
        for cue in blind().cues
        if cue.instrument is Instrument.ANSWER and len(cue.contradicts) == len(FaultKind) - 1
    }
    assert set(proofs) == {kind.value for kind in WRONG}


# --- who finds it -------------------------------------------------------------------------------


def cured(simulation: Simulation) -> bool:
    """Whether everything is as its master has it, and every server works."""
    world, scenario = simulation.world, simulation.scenario
    assert world.riddle is not None
    right = Settings.right(len(scenario.servers), len(scenario.clients))
    have = world.riddle.settings
    settings = (have.flags, have.counts, have.reference, have.scale, have.guests, have.dealt)
    masters = (right.flags, right.counts, right.reference, right.scale, right.guests, right.dealt)
    return (
        settings == masters
        and set(world.fleet.builds) == {"rlp"}
        and set(world.fleet.states) == {ProcessState.RUNNING}
    )


@pytest.mark.parametrize("kind, seed", CASES, ids=NAMED)
def test_the_diagnostician_solves_every_fault(kind: FaultKind, seed: int) -> None:
    """With views and answers alone; where nothing is wrong it touches nothing."""
    simulation = played("diagnostician", seed)
    assert simulation.ended == "handed over"
    assert cured(simulation)
    assert nobodys(simulation.world) < 200_000
    assert simulation.result().lost_orders == 0
    assert bill(simulation) < 5_000_000
    said = [event.text for event in simulation.events if isinstance(event, Said)]
    acted = [text for text in said if text.startswith(("stop", "kill", "reload", "deploy"))]
    assert bool(acted) == (kind is not FaultKind.NOTHING)
    if kind is not FaultKind.NOTHING:
        believed = [text for text in said if text.startswith("suspect")]
        assert facts_of(simulation).right_suspicion is not None, believed


@pytest.mark.parametrize("kind", FaultKind)
def test_doing_nothing_is_lost_where_something_is_wrong_and_right_where_nothing_is(
    kind: FaultKind,
) -> None:
    seed = seeds_of(kind)[0]
    idle, solved = played("idle", seed, LATE), played("diagnostician", seed)
    if kind is FaultKind.NOTHING:
        assert bill(idle) == 0
    else:
        assert bill(idle) > 400_000
        assert bill(idle) > 10 * bill(solved)


def test_who_plays_from_memory_does_badly() -> None:
    """Twenty minutes after the bell: smars-8 is seldom it."""
    kinds = (FaultKind.STALE_BUILD, FaultKind.COUNT_CHECK, FaultKind.CREDIT_LIMIT)
    seeds = [seeds_of(kind, 2)[1] for kind in kinds]
    memory = sum(bill(played("from-memory", seed, "09:50:00")) for seed in seeds)
    solved = sum(bill(played("diagnostician", seed, "09:50:00")) for seed in seeds)
    assert memory > 10 * solved, seeds


def test_stopping_everything_for_nothing_costs_real_money() -> None:
    seed = seeds_of(FaultKind.NOTHING)[0]
    panic = played("panic-stop", seed, LATE)
    assert bill(panic) > 500_000
    assert panic.result().lost_orders > 100_000
    assert panic.ended == ""  # nobody takes over a firm that is shut


# --- whether all of it is used ------------------------------------------------------------------


def test_every_message_and_every_cue_comes_in_some_run() -> None:
    """The diagnostician with each fault, and where it takes them, idling and panic."""
    stressed = blind_under("noise", "calls")
    wanted = {inject.id for inject in stressed.injects}
    cues = {cue.id for cue in blind().cues}
    besides = {
        FaultKind.STALE_BUILD: ("idle",),
        FaultKind.LOAD_BALANCER: ("idle",),
        FaultKind.NOTHING: ("panic-stop",),
    }
    came: set[str] = set()
    seen: set[str] = set()
    for kind in FaultKind:
        seed = seeds_of(kind)[0]
        for name in ("diagnostician", *besides.get(kind, ())):
            simulation = played(name, seed, "" if name == "diagnostician" else LATE)
            came |= {alert.inject for alert in simulation.world.alerts.feed.items}
            found = cues_of(facts_of(simulation))
            seen |= {item.cue.id for item in found.seen}
    simulation = Simulation(stressed, seeds_of(FaultKind.NOTHING)[0])
    simulation.run_until("09:40:00")
    came |= {alert.inject for alert in simulation.world.alerts.feed.items}
    assert wanted - came == set()
    assert cues - seen == set()


def blind_under(*stressors: str) -> Scenario:
    from controlroom.scenario.switches import switch_on

    return switch_on(blind(), (), stressors)


def test_the_truth_of_a_run_is_the_one_that_was_drawn() -> None:
    for kind in FaultKind:
        simulation = played("diagnostician", seeds_of(kind)[0])
        assert fault_of(simulation.scenario) is CATALOGUE[kind]
        assert drawn_of(simulation.scenario).kind is kind
