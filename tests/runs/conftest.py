"""Runs of the scenario of 1 August 2012, with journals in a folder of the test's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.runs.run import Run
from controlroom.scenario.find import home_of
from controlroom.sim.start import Scenario


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The scenario, loaded once; nothing changes it."""
    return load_scenario("knight-2012")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where journals go that no test has named a place for."""
    path = tmp_path / "runs"
    monkeypatch.setenv("CONTROLROOM_RUNS", str(path))
    return path


@pytest.fixture
def scenario_copy(tmp_path: Path) -> Path:
    """The scenario in a folder that a test may change."""
    return Path(shutil.copytree(home_of("knight-2012").path, tmp_path / "my-incident"))


@pytest.fixture(scope="session")
def finished(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a run that was over soon: the stale server stopped, the shift handed over."""
    path = tmp_path_factory.mktemp("finished") / "run.jsonl"
    with Run.begin(scenario, journal=path) as run:
        run.give("stop smars-8")
        run.advance(scenario.day.parse("10:00"))
        run.give("handover")
        run.advance(10)
        assert run.ended
    return path
