"""The scripted players that look and decide: what each does, and that they know only a screen."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

import controlroom.runs.policies
from controlroom.runs.policies import PLAYERS
from controlroom.runs.policies.player import Bare, Reply, Script, Sight, do, drive, pause, wait
from controlroom.runs.policy import NAMES, follow, load_policy
from controlroom.runs.run import Run
from controlroom.runs.simulation import Simulation
from controlroom.sim.events import Answer, Refused, Said
from controlroom.sim.start import Scenario


@pytest.fixture(scope="session")
def runs(scenario: Scenario) -> dict[str, Simulation]:
    """Every player's day."""
    days = {}
    for name in PLAYERS:
        with Run.begin(scenario, journal=None) as run:
            follow(run, load_policy(name, scenario), scenario.day.end_step)
        days[name] = run.simulation
    return days


def given(simulation: Simulation) -> list[str]:
    return [event.text for event in simulation.events if isinstance(event, Said)]


def test_every_player_has_a_name_that_can_be_given() -> None:
    assert set(NAMES) == {"reference", "idle", *PLAYERS}


@pytest.mark.parametrize("name", PLAYERS)
def test_every_player_ends_the_day_flat(runs: dict[str, Simulation], name: str) -> None:
    result = runs[name].result()
    assert result.ended
    assert result.flat


@pytest.mark.parametrize("name", PLAYERS)
def test_no_player_asks_for_what_cannot_be_done(runs: dict[str, Simulation], name: str) -> None:
    refused = [event for event in runs[name].events if isinstance(event, Refused)]
    assert [event.command for event in refused if event.command != "handover"] == []


def test_the_mail_reader_repairs_the_stale_server_before_the_bell(
    runs: dict[str, Simulation],
) -> None:
    simulation = runs["mail-reader"]
    texts = given(simulation)
    assert texts.index("stop smars-8") < texts.index("deploy rlp smars-8")
    assert "start smars-8" in texts
    assert simulation.result().power_peg_parents == 0
    assert simulation.result().lost_orders == 0


def test_the_runbook_stops_the_one_server_that_is_wrong(runs: dict[str, Simulation]) -> None:
    texts = given(runs["runbook-follower"])
    assert [text for text in texts if text.startswith("kill")] == ["kill smars-8"]
    assert texts.index("declare") < texts.index("kill smars-8")


def test_panic_stops_everything_and_clients_pay(runs: dict[str, Simulation]) -> None:
    assert "kill all" in given(runs["panic-stop"])
    lost = {name: simulation.result().lost_orders for name, simulation in runs.items()}
    assert lost["panic-stop"] > 1_000
    assert lost["runbook-follower"] < lost["panic-stop"] / 10


def test_rolling_back_first_is_the_dearest(runs: dict[str, Simulation]) -> None:
    peaks = {name: simulation.result().gross_peak_usd for name, simulation in runs.items()}
    assert max(peaks, key=lambda name: peaks[name]) == "rollback-first"
    texts = given(runs["rollback-first"])
    assert texts.index("uninstall all") < texts.index("kill all")


def test_a_player_gives_the_same_commands_every_time(
    runs: dict[str, Simulation], scenario: Scenario
) -> None:
    simulation = Simulation(scenario)
    drive(Bare(simulation), simulation, PLAYERS["runbook-follower"](), scenario.day.end_step)
    assert simulation.digest() == runs["runbook-follower"].digest()


def test_where_nothing_is_wrong_nothing_is_touched(scenario: Scenario) -> None:
    calm = Simulation("knight-2012", controls=["two-person-review"])
    drive(Bare(calm), calm, PLAYERS["mail-reader"](), scenario.day.end_step)
    assert calm.ended == "handed over"
    assert given(calm) == ["group on", "handover"]  # the first only changes how mail is shown


def test_players_import_nothing_that_knows_the_world() -> None:
    """What they may see is a view and what was said: the world is not even within reach."""
    folder = Path(str(controlroom.runs.policies.__file__)).parent
    allowed = {"clock", "events", "start", "views"}
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                part, _, name = node.module.rpartition(".")
                assert part != "controlroom.sim" or name in allowed, f"{file.name}: {node.module}"
            if isinstance(node, ast.Attribute):
                assert node.attr != "world", file.name


# How scripts are driven. --------------------------------------------------------------------------


def played(scenario: Scenario, script: Script[None], seconds: int = 60) -> Simulation:
    simulation = Simulation(scenario)
    drive(Bare(simulation), simulation, script, 4 * seconds)
    return simulation


def test_a_command_is_waited_for(scenario: Scenario) -> None:
    replies: list[Reply] = []

    def script() -> Script[None]:
        replies.append((yield from do("look smars-8")))
        replies.append((yield from do("start smars-8")))

    simulation = played(scenario, script())
    assert replies[0].done
    assert "build legacy" in replies[0].text
    assert not replies[1].done
    assert "not stopped" in replies[1].text
    answered = [event for event in simulation.events if isinstance(event, Answer)]
    assert answered[0].step == 80


def test_waiting_looks_every_so_often_and_gives_up(scenario: Scenario) -> None:
    seen: list[int] = []
    came: list[bool] = []

    def never(sight: Sight) -> bool:
        seen.append(sight.from_open)
        return False

    def script() -> Script[None]:
        yield from pause(3)
        came.append((yield from wait(never, every=5, most=20)))

    played(scenario, script())
    assert len(seen) == 4
    assert {after - before for before, after in pairwise(seen)} == {5}
    assert came == [False]


def test_the_world_goes_on_when_a_script_has_nothing_more_to_say(scenario: Scenario) -> None:
    def script() -> Script[None]:
        yield ("note one", "note two")

    simulation = played(scenario, script(), 90)
    assert simulation.now == 360
    assert given(simulation) == ["note one", "note two"]


def test_a_players_commands_are_in_the_journal_and_can_be_verified(
    scenario: Scenario, tmp_path: Path
) -> None:
    from controlroom.runs.verify import verify

    path = tmp_path / "player.jsonl"
    told: list[Iterable[int]] = []
    with Run.begin(scenario, journal=path, policy="mail-reader") as run:
        followed = follow(
            run, load_policy("mail-reader", scenario), 3_000, lambda *now: told.append(now)
        )
    assert followed.given > 5
    assert followed.refused == ()
    assert told[-1] == (3_000, 3_000)
    assert verify(path).commands == followed.given


def test_a_player_who_finds_nobody_of_a_name_goes_on_without_him(scenario: Scenario) -> None:
    """On a scenario with other people than the morning that the players were written for."""
    lonely = attrs.evolve(scenario, people=(), injects=())
    until = scenario.day.close_step + 240
    calls = []
    for script in PLAYERS.values():
        simulation = Simulation(lonely)
        told = drive(Bare(simulation), simulation, script(), until)
        calls += [text for text in given(simulation) if text.startswith("call ")]
        assert told > 0
    assert calls == []
