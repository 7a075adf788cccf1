"""The day of 1 August 2012, folded once for all tests of the world."""

from __future__ import annotations

import pytest

from controlroom.scenario import load_scenario
from controlroom.sim.start import Scenario
from tests.sim.play import Idle, Shift, with_count_inside


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The bundled scenario."""
    return load_scenario("knight-2012")


@pytest.fixture(scope="session")
def idle(scenario: Scenario) -> Idle:
    """The day on which nobody does anything; `idle.at("09:31")` is a fresh world at that time."""
    return Idle(scenario)


@pytest.fixture(scope="session")
def counted(scenario: Scenario) -> Idle:
    """The idle day of a firm whose old build counts its executions inside Power Peg."""
    return Idle(with_count_inside(scenario))


@pytest.fixture
def bell(idle: Idle) -> Shift:
    """Ten seconds before the open."""
    return idle.at("09:29:50")


@pytest.fixture
def storm(idle: Idle) -> Shift:
    """Two minutes after the open, with server 8 running away and nobody doing anything."""
    return idle.at("09:32:00")
