"""A recorded run that is sought: every step is the one that straight play gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.errors import DifferenceError
from controlroom.runs.moments import Kind
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.simulation import Simulation
from controlroom.runs.snapshots import Snapshots
from controlroom.sim import state
from controlroom.sim.start import Scenario
from controlroom.sim.work import Order
from controlroom.sim.world import start, step

COMMANDS = {"09:26:00": ("pmon",), "09:31:10": ("log smars-8", "declare"), "09:32:00": ("pmon",)}
END = "09:33:10"


@pytest.fixture(scope="module")
def recorded(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run from 09:25 into the storm, with some commands."""
    path = tmp_path_factory.mktemp("recorded") / "run.jsonl"
    with Run.begin(scenario, start="09:25", journal=path) as run:
        for time, commands in COMMANDS.items():
            run.advance(scenario.day.parse(time) - run.simulation.now)
            for command in commands:
                run.give(command)
        run.advance(scenario.day.parse(END) - run.simulation.now)
    return path


@pytest.fixture(scope="module")
def opened(recorded: Path, scenario: Scenario) -> Replay:
    return Replay.open(recorded, scenario=scenario)


@pytest.fixture
def replay(opened: Replay) -> Replay:
    """The replay, at its first step again."""
    opened.seek(opened.first)
    return opened


@pytest.fixture(scope="module")
def straight(scenario: Scenario) -> dict[int, str]:
    """Digests of the same run, stepped one by one from its beginning."""
    simulation, world = Simulation(scenario), start(scenario, scenario.seed)
    day, digests = scenario.day, {}
    given = {day.parse(time): commands for time, commands in COMMANDS.items()}
    while world.now < day.parse(END):
        orders = [
            Order("on-call", simulation.understand(text)[1]) for text in given.get(world.now, ())
        ]
        step(world, orders)
        if world.now % 211 == 0 or world.now in given or world.now - 1 in given:
            digests[world.now] = state.digest(world)
    return digests


def test_any_step_in_any_order_is_that_of_straight_play(
    replay: Replay, straight: dict[int, str]
) -> None:
    steps = sorted(straight, key=lambda at: at * 7919 % 1009)
    assert len(steps) > 100
    for at in steps:
        assert replay.seek(at) == at
        assert replay.digest() == straight[at], replay.clock


@pytest.mark.parametrize("stride", [1, 5, 12, 13, 40])
def test_played_backwards_every_step_is_that_of_straight_play(
    replay: Replay, straight: dict[int, str], stride: int
) -> None:
    compared = 0
    for begin in (replay.last, replay.last - 7):
        replay.seek(begin)
        while replay.now > begin - 700:
            replay.advance(-stride)
            if replay.now in straight:
                assert replay.digest() == straight[replay.now], replay.clock
                compared += 1
    assert compared or stride > 12


def test_a_replay_begins_where_somebody_took_over_and_ends_where_the_journal_does(
    replay: Replay, scenario: Scenario
) -> None:
    assert replay.clock == "09:25:00"
    assert scenario.day.text(replay.last) == END
    assert replay.seek(10**9) == replay.last
    assert state.digest(replay.whole) == replay.digest()
    assert replay.seek(-5) == 0


def test_a_command_is_about_to_be_given_when_one_stops_at_it(replay: Replay) -> None:
    moment = replay.next(Kind.COMMAND)
    assert moment is not None
    assert (replay.clock, moment.text) == ("09:26:00", "pmon")
    assert [given.command for given in replay.given(replay.now)] == ["pmon"]
    assert replay.view().answers == ()
    replay.advance(1)
    assert replay.view().answers != ()


def test_a_mail_is_there_when_one_stops_at_it(replay: Replay) -> None:
    before = replay.view().alerts.total
    moment = replay.next(Kind.MAIL)
    assert moment is not None
    assert moment.kind is Kind.MAIL
    assert replay.view().alerts.total > before
    replay.advance(-1)
    assert replay.view().alerts.total == before


def test_one_comes_back_by_the_moments_that_one_came_by(replay: Replay) -> None:
    there = []
    while moment := replay.next(Kind.COMMAND, Kind.MILESTONE):
        there.append(moment.step)
    assert there == sorted(set(there))
    back = []
    replay.seek(replay.last)
    while moment := replay.previous(Kind.COMMAND, Kind.MILESTONE):
        back.append(moment.step)
    assert back[::-1] == there
    assert replay.next(Kind.CALL) is None or replay.now > there[0]


def test_the_bell_is_a_milestone_and_a_paused_stock_is_not(replay: Replay) -> None:
    milestones = [moment for moment in replay.moments if moment.kind is Kind.MILESTONE]
    assert len(milestones) == 1
    replay.next(Kind.MILESTONE)
    assert replay.clock == "09:30:00"


def test_one_goes_by_full_minutes(replay: Replay, scenario: Scenario) -> None:
    replay.seek(scenario.day.parse("09:31:20"))
    replay.minute(1)
    assert replay.clock == "09:32:00"
    replay.minute(-1)
    assert replay.clock == "09:31:00"
    replay.seek(scenario.day.parse("09:31:20"))
    replay.minute(-1)
    assert replay.clock == "09:31:00"


def test_going_on_tells_what_happened_on_the_way(replay: Replay) -> None:
    replay.next(Kind.COMMAND)
    first = replay.now
    told = replay.advance(8)
    assert told
    assert all(first <= event.step < first + 8 for event in told)
    assert replay.advance(-8) == told


def test_looking_changes_nothing_in_the_journal(replay: Replay, recorded: Path) -> None:
    before = recorded.read_bytes()
    replay.next(Kind.COMMAND)
    replay.view("engineer")
    assert recorded.read_bytes() == before


def test_folding_says_how_far_it_is(recorded: Path, scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    replay = Replay.open(
        recorded, scenario=scenario, progress=lambda at, last: told.append((at, last))
    )
    assert told == sorted(told)
    assert told[-1] == (replay.last, replay.last)


def test_a_journal_that_is_not_true_is_not_replayed(
    recorded: Path, tmp_path: Path, scenario: Scenario
) -> None:
    path = tmp_path / "edited.jsonl"
    path.write_text(recorded.read_text().replace('"declare"', '"pmon"'))
    with pytest.raises(DifferenceError, match=r"line \d+: the world at 09:32:00 \(step 22080\)"):
        Replay.open(path, scenario=scenario)


def test_however_long_the_run_only_so_many_snapshots_are_kept(scenario: Scenario) -> None:
    simulation, snapshots = Simulation(scenario), Snapshots(most=10)
    for _ in range(60):
        snapshots.watch(simulation, None)
        simulation.step(240)
    assert 5 <= len(snapshots) <= 10
    saved = [snapshots.before(at) for at in range(0, simulation.now, 240)]
    assert saved[0] is not None
    assert saved[0].snapshot.step == 0
    assert all(each and at * 240 - each.snapshot.step <= 4 * 480 for at, each in enumerate(saved))
