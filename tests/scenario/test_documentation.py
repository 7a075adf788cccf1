"""docs/scenarios.md says what is so: its example is built step by step, its list is made anew."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Final

import attrs
import pytest

from controlroom.runs.policy import REFERENCE, load_policy
from controlroom.runs.simulation import Simulation
from controlroom.scenario import check, load_scenario
from controlroom.scenario.keys import files
from controlroom.scenario.meanings import AUTHORS
from controlroom.scenario.schema import FILE_KINDS, tables
from controlroom.sim.clock import Day

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
STEPS: Final = re.split(r"^### \d\. ", PAGE.partition("## The rules")[0], flags=re.MULTILINE)[1:]
BLOCK: Final = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def build(folder: Path, steps: int) -> Path:
    """The example as it is after so many steps."""
    folder.mkdir()
    for step in STEPS[:steps]:
        for name, text in BLOCK.findall(step):
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
def test_the_example_is_sound_after_each_step_and_can_be_played(tmp_path: Path, steps: int) -> None:
    folder = build(tmp_path / "two-servers", steps)
    assert check(folder) == ()
    scenario = load_scenario(folder)
    load_policy(REFERENCE, scenario)
    simulation = Simulation(scenario)
    simulation.step(simulation.scenario.day.open_step + 10 * 240)
    executed = simulation.result().executions
    assert (executed > 500) == (steps > 1)


def test_the_whole_example_has_its_own_people_and_the_market_of_another(tmp_path: Path) -> None:
    scenario = load_scenario(build(tmp_path / "two-servers", len(STEPS)))
    assert [person.id for person in scenario.people] == ["exchange", "owner"]
    assert len(scenario.reference) == 4
    assert scenario.market.half_life == load_scenario("knight-2012").market.half_life


def test_the_list_of_keys_is_the_one_that_the_program_writes() -> None:
    """Otherwise run: python scripts/document_keys.py"""
    page = runpy.run_path(str(ROOT / "scripts" / "document_keys.py"))["page"]
    assert page(PAGE) == PAGE


def test_every_key_says_what_it_means() -> None:
    silent = [
        f"{section.file}: {section.head}.{key.name}"
        for whole in files().values()
        for section in whole.every()
        for key in section.keys
        if not key.meaning
    ]
    assert silent == []


def test_no_meaning_is_kept_for_a_key_that_is_gone() -> None:
    kinds = {kind.__name__: kind for kind in (*tables(Day(0, 1, 2, 3, 1)), *FILE_KINDS.values())}
    for key in AUTHORS:
        kind, _, field = key.partition(".")
        owner = Day if kind == "Day" else kinds[kind]
        assert field in attrs.fields_dict(owner), key
