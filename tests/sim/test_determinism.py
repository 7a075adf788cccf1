"""The same start and the same commands give the same world, however it is stepped and wherever."""

from __future__ import annotations

import importlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from controlroom.sim.start import Mode, Scenario
from controlroom.sim.state import digest, first_difference, restore, snapshot
from controlroom.sim.world import World, advance, start, step
from tests.sim.play import BUSY, Idle, Shift, orders

ROOT = Path(__file__).parents[2]

SPAN = ("09:29:50", "09:36:00")
"""From ten seconds before the bell to a minute after the last command of `BUSY`."""


@pytest.fixture
def dice() -> random.Random:
    """Chance for a test, with its seed printed; CONTROLROOM_TEST_SEED plays it again."""
    seed = os.environ.get("CONTROLROOM_TEST_SEED") or str(random.SystemRandom().getrandbits(32))
    print(f"CONTROLROOM_TEST_SEED={seed}")  # noqa: T201 - pytest shows it where a test fails
    return random.Random(seed)  # noqa: S311 - it only picks steps


def script(scenario: Scenario) -> dict[int, tuple[str, ...]]:
    """The busy minutes by step."""
    return {scenario.day.parse(clock): lines for clock, lines in BUSY}


def same(one: World, other: World) -> None:
    """Two worlds are equal, or the first array that differs is named."""
    assert first_difference(one, other) is None
    assert digest(one) == digest(other)


@pytest.fixture(scope="module")
def played(idle: Idle) -> dict[int, str]:
    """Digests of the busy minutes at every step, taken one step at a time."""
    shift = idle.at(SPAN[0])
    world, day = shift.world, shift.world.scenario.day
    given, digests = script(world.scenario), {}
    while world.now < day.parse(SPAN[1]):
        digests[world.now] = digest(world)
        step(world, orders(world.scenario, *given.get(world.now, ())))
    digests[world.now] = digest(world)
    return digests


def test_the_same_seed_twice_gives_the_same_world(scenario: Scenario) -> None:
    """From the first step on, nothing is left to the machine."""
    one, other = (Shift.begin(scenario).play().until(SPAN[1]).world for _ in range(2))
    same(one, other)


def test_another_seed_gives_another_world_with_the_same_97_mails(scenario: Scenario) -> None:
    """Chance moves prices, sizes and depths, not the defect."""
    one = Idle(scenario, 7).at("09:31:00")
    other = Idle(scenario, 8).at("09:31:00")
    assert first_difference(one.world, other.world) is not None
    assert one.executions != other.executions
    assert one.result.reject_mails_before_open == other.result.reject_mails_before_open == 97


def test_the_mode_does_not_change_the_market(idle: Idle, scenario: Scenario) -> None:
    """What a player is allowed is not what happens."""
    coached = start(scenario, 7, Mode.COACH)
    advance(coached, scenario.day.parse("09:31:00"))
    calm = idle.at("09:31:00").world
    assert digest(coached) != digest(calm)
    assert first_difference(coached.market, calm.market) is None
    assert first_difference(coached.ledger, calm.ledger) is None


def test_many_steps_at_once_are_the_same_as_one_by_one(
    idle: Idle, played: dict[int, str], dice: random.Random
) -> None:
    """In chunks of any size, before the bell, in the storm and between commands."""
    shift = idle.at(SPAN[0])
    world, given = shift.world, script(shift.world.scenario)
    while world.now < max(played):
        step(world, orders(world.scenario, *given.get(world.now, ())))
        ahead = min((at for at in given if at >= world.now), default=max(played))
        advance(world, min(dice.choice((1, 2, 3, 5, 17, 40, 400)), ahead - world.now))
        assert digest(world) == played[world.now], world.scenario.day.text(world.now, fraction=True)


def test_a_quiet_morning_in_chunks_is_the_same_as_step_by_step(
    scenario: Scenario, dice: random.Random
) -> None:
    """`advance` passes over steps in which nothing can happen; nothing does happen in them."""
    one, other = start(scenario, 3), start(scenario, 3)
    lines = ("look smars-8", "call cio", "deploy rlp smars-8", "stop smars-2", "start smars-2")
    until = scenario.day.parse("08:20:00")
    while other.now < until:
        chunk = dice.randint(1, 600)
        given = orders(scenario, *dice.sample(lines, dice.randint(0, 2)))
        step(one, given)
        step(other, given)
        advance(one, chunk)
        for _ in range(chunk):
            step(other)
        same(one, other)


def test_a_snapshot_restored_anywhere_goes_on_as_if_nothing_had_been(
    idle: Idle, played: dict[int, str], dice: random.Random
) -> None:
    """At random steps, most of them in the middle of a second of the storm."""
    shift = idle.at(SPAN[0])
    world, given = shift.world, script(shift.world.scenario)
    kept = set(dice.sample(sorted(played), 60))
    while world.now < max(played):
        if world.now in kept:
            world = restore(snapshot(world))
        if world.now in kept or world.now % 7 == 0:
            moment = world.scenario.day.text(world.now, fraction=True)
            assert digest(world) == played[world.now], moment
        step(world, orders(world.scenario, *given.get(world.now, ())))


def test_a_snapshot_restored_just_before_the_runaway_is_stopped_goes_on_the_same(
    idle: Idle,
) -> None:
    """The last booking falls on the turn of a second, and no step of Power Peg follows it."""
    shift = idle.at("09:31:00")
    shift.say("kill smars-8")
    shift.until("09:31:02")
    restored = shift.fork().world
    for _ in range(12):
        step(shift.world)
        step(restored)
        same(shift.world, restored)
    assert not len(restored.pegs)


def test_one_snapshot_can_be_restored_many_times(idle: Idle, dice: random.Random) -> None:
    """What one restored world does is nothing to the others, nor to the original."""
    shift = idle.at("09:31:00").wait(dice.randint(0, 400) / 4)
    before = digest(shift.world)
    kept = snapshot(shift.world)
    first, second = restore(kept), restore(kept)
    Shift(first).say("kill smars-8")
    Shift(first).wait(30)
    assert digest(shift.world) == digest(second) == before
    assert digest(first) != before
    advance(second, 121)
    advance(shift.world, 121)
    same(second, shift.world)


def test_looking_at_a_world_does_not_change_it(idle: Idle) -> None:
    """Views, results, digests and snapshots are read only, also in the middle of a second."""
    watched, alone = idle.at("09:29:55"), idle.at("09:29:55")
    for _ in range(120):
        step(watched.world)
        _ = watched.view, watched.result, digest(watched.world), snapshot(watched.world)
        step(alone.world)
    same(watched.world, alone.world)


def test_the_first_difference_names_the_array(storm: Shift) -> None:
    """Whoever hunts a drift wants the field, not "something"."""
    spoil = {
        "market.depth": lambda world: world.market.depth.__setitem__(3, 1),
        "ledger.cost": lambda world: world.ledger.cost.__setitem__(0, 1),
        "fleet.builds": lambda world: world.fleet.builds.__setitem__(7, "rlp"),
        "upstream.turn": lambda world: world.upstream.turn.__setitem__(0, -1),
        "alerts.feed": lambda world: world.alerts.feed.append("another"),
        "team.hints": lambda world: setattr(world.team, "hints", 1),
        "now": lambda world: setattr(world, "now", 0),
        "log": lambda world: world.log.append("another"),
    }
    for name, change in spoil.items():
        other = storm.fork().world
        assert first_difference(storm.world, other) is None
        change(other)
        assert first_difference(storm.world, other) == name
        assert digest(storm.world) != digest(other)


FOLD = """
import sys
from controlroom.scenario import load_scenario
from controlroom.sim.state import digest
from tests.sim.play import BUSY, Shift

shift = Shift.begin(load_scenario("knight-2012"))
for moment in BUSY:
    shift.play([moment])
    print(digest(shift.world))
print(digest(shift.until("09:36:00").world))
print(digest(shift.until("09:46:03.25").world))
"""


def fold_elsewhere(**environment: str) -> list[str]:
    """Digests of the busy minutes, folded by another process with other surroundings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NPY_")}
    done = subprocess.run(
        [sys.executable, "-c", FOLD],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture(scope="module")
def here(idle: Idle) -> list[str]:
    """The same digests, folded by this process."""
    shift = idle.at("09:29:50")
    digests = []
    for moment in BUSY:
        shift.play([moment])
        digests.append(digest(shift.world))
    return digests + [digest(shift.until(clock).world) for clock in ("09:36:00", "09:46:03.25")]


@pytest.mark.parametrize("hash_seed", ["0", "4294967295"])
def test_the_order_of_hashes_does_not_matter(here: list[str], hash_seed: str) -> None:
    """Nothing walks over a set or depends on a hash."""
    assert fold_elsewhere(PYTHONHASHSEED=hash_seed) == here


def processor_features() -> list[str]:
    """What numpy dispatches on and this processor has; the newest last."""
    core = importlib.import_module("numpy._core._multiarray_umath")
    return [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]


@pytest.mark.skipif(not processor_features(), reason="numpy dispatches on nothing here")
@pytest.mark.parametrize("kept", [0, 1], ids=["none of them", "the oldest of them"])
def test_another_processor_gives_the_same_world(here: list[str], kept: int) -> None:
    """With numpy's loops for newer processors switched off, to the last bit."""
    features = processor_features()
    if kept >= len(features):
        pytest.skip("this processor has one such feature only")
    assert fold_elsewhere(NPY_DISABLE_CPU_FEATURES=" ".join(features[kept:])) == here


def test_a_storm_that_comes_back_widens_spreads_in_a_restored_world_as_in_the_other(
    scenario: Scenario,
) -> None:
    """Between two storms nobody looks at spreads; a snapshot does not know that it need not."""
    day = Idle(scenario).at("09:32:00")
    day.do("kill smars-8", 400)
    calm = day.world.market.half.copy()
    restored = Shift(restore(snapshot(day.world)))
    for shift in (day, restored):
        shift.do("deploy legacy smars-1", 600)
    assert len(day.world.pegs)
    assert (day.world.market.half > calm).any()
    same(day.world, restored.world)
