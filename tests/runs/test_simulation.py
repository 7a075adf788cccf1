"""The public way to run the world from a program, and that it is the same world every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import controlroom
from controlroom import CommandError, ScenarioError, Simulation, load_scenario
from controlroom.runs.errors import RunError
from controlroom.sim.events import Refused, Said
from controlroom.sim.start import Scenario

ROOT = Path(__file__).resolve().parents[2]


def into_the_storm(scenario: Scenario, **more: int) -> Simulation:
    """Half a minute after the open, with two commands on the way."""
    simulation = Simulation(scenario, **more)  # type: ignore[arg-type]
    simulation.run_until("09:29")
    simulation.submit("look smars-8")
    simulation.run_until("09:30:20")
    simulation.submit("kill smars-8")
    simulation.run_until("09:30:30")
    return simulation


def test_it_is_used_as_the_documentation_says() -> None:
    simulation = Simulation("knight-2012", seed=7)
    simulation.run_until("08:30")
    assert simulation.submit("stop 8") == "stop smars-8"
    events = simulation.run_until("09:31:00")
    assert any(isinstance(event, Said) and event.text == "stop smars-8" for event in events)
    assert simulation.clock == "09:31:00"
    assert simulation.now == simulation.view().step == 91 * 240
    assert simulation.view().servers[7].state == "stopped"
    assert simulation.result().executions == 0
    assert simulation.result().digest == simulation.digest()
    assert simulation.events[-len(events) :] == events


def test_the_public_names_are_what_they_say() -> None:
    assert set(controlroom.__all__) <= set(dir(controlroom))
    for name in controlroom.__all__:
        assert getattr(controlroom, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'simulate'"):
        controlroom.simulate  # noqa: B018 - asking is the test


def test_the_same_seed_gives_the_same_world_and_another_one_another(scenario: Scenario) -> None:
    assert into_the_storm(scenario).digest() == into_the_storm(scenario).digest()
    assert into_the_storm(scenario, seed=8).digest() != into_the_storm(scenario).digest()


def test_a_simulation_goes_back_to_where_it_was_saved(scenario: Scenario) -> None:
    """With the commands that had not taken effect, and as often as wanted."""
    simulation = into_the_storm(scenario)
    simulation.submit("pmon")
    saved = simulation.snapshot()
    simulation.step(200)
    expected = simulation.digest()
    for _ in range(2):
        simulation.restore(saved)
        assert [order.command.text() for order in simulation.pending] == ["pmon"]
        simulation.submit("note another way")
        simulation.step(77)
        simulation.restore(saved)
        simulation.step(3)
        simulation.step(197)
        assert simulation.digest() == expected


def test_two_commands_of_one_step_take_effect_in_their_order(scenario: Scenario) -> None:
    simulation = Simulation(scenario)
    simulation.submit("note one")
    simulation.submit("note two", seat="risk")
    said = [event for event in simulation.step() if isinstance(event, Said)]
    assert [(event.text, event.seat, event.step) for event in said] == [
        ("note one", "on-call", 0),
        ("note two", "risk", 0),
    ]


def test_a_command_that_cannot_be_done_is_answered_by_the_world(scenario: Scenario) -> None:
    simulation = Simulation(scenario)
    simulation.submit("stop all")
    assert any(isinstance(event, Refused) for event in simulation.step())


def test_time_only_goes_forward(scenario: Scenario) -> None:
    simulation = Simulation(scenario)
    simulation.run_until("08:10")
    assert simulation.run_until("08:10") == ()
    with pytest.raises(ValueError, match="08:09 is over; it is 08:10:00"):
        simulation.run_until("08:09")
    with pytest.raises(ValueError, match="outside the day"):
        simulation.run_until("23:00")
    assert simulation.step(0) == simulation.step(-5) == ()
    assert simulation.clock == "08:10:00"


@pytest.mark.parametrize("seed", [-1, 2**63, True, 7.5, "7"])
def test_what_is_no_seed_is_refused(scenario: Scenario, seed: int) -> None:
    with pytest.raises(RunError, match="is no seed"):
        Simulation(scenario, seed)


def test_names_that_are_not_known_are_refused(scenario: Scenario) -> None:
    with pytest.raises(RunError, match='no mode "coch"; did you mean coach'):
        Simulation(scenario, mode="coch")
    with pytest.raises(ScenarioError, match="knigt-2012"):
        Simulation("knigt-2012")
    with pytest.raises(ScenarioError, match="kil-switch"):
        Simulation("knight-2012", controls=["kil-switch"])
    with pytest.raises(CommandError, match="did you mean stop"):
        Simulation(scenario).submit("stpo smars-8")
    with pytest.raises(RunError, match='no seat "rsik"; did you mean risk'):
        Simulation(scenario).view("rsik")


def programs_of_the_documentation() -> list[str]:
    """Every program on the pages about Python, and the one in the package's own first words."""
    pages = [ROOT / "README.md", ROOT / "docs" / "python.md"]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    found = [
        block for text in texts for block in re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    ]
    indented = re.findall(r"(?:^    .*\n|^\n)+", controlroom.__doc__ or "", re.MULTILINE)
    return found + [textwrap.dedent(block) for block in indented if "import" in block]


@pytest.mark.parametrize("program", programs_of_the_documentation())
def test_what_the_documentation_shows_can_be_run(program: str) -> None:
    exec(compile(program, "documentation", "exec"), {})  # noqa: S102 - the project's own pages


WORLD = """
import sys
sys.path.insert(0, sys.argv[1])
from controlroom import Simulation

simulation = Simulation("knight-2012", seed=11)
simulation.run_until("09:29:30")
for command in ("look smars-8", "declare", "call cio", "note once"):
    simulation.submit(command)
simulation.run_until("09:31")
simulation.submit("kill smars-8")
simulation.run_until("09:33")
print(simulation.digest())
"""

AVX = "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR"


def digest_with(**environment: str) -> str:
    """The digest of a world that a fresh interpreter runs."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WORLD, str(ROOT)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def usual() -> str:
    """The digest of that world in an interpreter as it comes."""
    return digest_with(PYTHONHASHSEED="0")


@pytest.mark.parametrize("seed", ["1", "12345"])
def test_the_order_of_sets_does_not_matter(usual: str, seed: str) -> None:
    assert digest_with(PYTHONHASHSEED=seed) == usual


def test_what_the_processor_can_do_does_not_matter(usual: str) -> None:
    assert digest_with(NPY_DISABLE_CPU_FEATURES=AVX) == usual


def test_time_zone_and_language_do_not_matter(usual: str) -> None:
    assert digest_with(TZ="Asia/Kathmandu", LC_ALL="C", PYTHONUTF8="0") == usual


def test_a_loaded_scenario_can_be_used_again(scenario: Scenario) -> None:
    before = load_scenario("knight-2012")
    into_the_storm(scenario)
    assert scenario == before
