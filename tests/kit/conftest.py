"""A short drill of the scenario of 1 August 2012, and the kit that is made for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.kit.losses import Losses, losses_of
from controlroom.kit.whole import Kit, kit_of
from controlroom.kit.words import load_words
from controlroom.scenario.find import home_of
from controlroom.sim.start import Scenario

PEOPLE, SEED = 6, 7


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario with a drill of eight minutes, whose inject has text that wants to be markup."""
    path = tmp_path_factory.mktemp("kit") / "my-incident"
    shutil.copytree(home_of("knight-2012").path, path)
    drill, injects = path / "drill.toml", path / "injects.toml"
    short = re.sub(r"(?m)^minutes = \d+", "minutes = 8", drill.read_text(encoding="utf-8"))
    drill.write_text(short, encoding="utf-8")
    text = injects.read_text(encoding="utf-8")
    sly = "A pile of <img src=http://evil.example/x> & 'mails'"
    text = text.replace("A pile of mails that nobody has read", sly)
    injects.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def scenario(folder: Path) -> Scenario:
    """It, loaded."""
    return load_scenario(folder)


@pytest.fixture(scope="session")
def losses(scenario: Scenario) -> Losses:
    """What the model says of it."""
    return losses_of(scenario, PEOPLE, SEED)


@pytest.fixture(scope="session")
def kit(folder: Path) -> Kit:
    """Its kit."""
    return kit_of(folder, PEOPLE, load_words(), seed=SEED)
