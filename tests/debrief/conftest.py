"""Short runs of the scenario of 1 August 2012, and one whole debrief that many tests look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.debrief.played import Played
from controlroom.debrief.reading import Reading, fold_opened, open_journal
from controlroom.debrief.whole import Debrief, debrief
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario

BADLY = """
09:30:40 mail 10
09:31:00 pmon
09:31:20 suspect the new rlp release likely
09:31:30 uninstall smars-1
09:32:20 note <script>alert("x")</script> | *bold* `tick`
09:32:30 look smars-8
09:33:00 suspect smars-8 runs the old build sure
09:33:10 kill smars-8
09:33:20 declare
09:33:40 kill smars-1
09:33:50 notify exchange
09:34:30 pare 100 15
09:51:00 handover
"""
"""Ten minutes of somebody who rolls back first and finds the stale server then."""


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The scenario, loaded once; nothing changes it."""
    return load_scenario("knight-2012")


@pytest.fixture(autouse=True)
def _journals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where journals go that no test has named a place for."""
    monkeypatch.setenv("CONTROLROOM_RUNS", str(tmp_path / "runs"))


def play(
    scenario: Scenario,
    path: Path,
    commands: str,
    *,
    start: str | None = None,
    until: str = "20:00:00",
    seed: int = 7,
) -> Path:
    """Play `HH:MM:SS command` lines and leave the journal at `path`."""
    day = scenario.day
    with Run.begin(scenario, journal=path, start=start, seed=seed) as run:
        for line in filter(None, commands.strip().splitlines()):
            time, _, command = line.partition(" ")
            run.advance(day.parse(time) - run.simulation.now)
            run.give(command)
        run.advance(min(day.parse(until), day.end_step) - run.simulation.now)
    return path


def folded(path: Path) -> Reading:
    """A journal, folded."""
    return fold_opened(open_journal(path))


@pytest.fixture(scope="session")
def badly(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of `BADLY`."""
    return play(scenario, tmp_path_factory.mktemp("badly") / "badly.jsonl", BADLY, start="09:30")


@pytest.fixture(scope="session")
def bad(badly: Path) -> Played:
    """`BADLY`, folded."""
    return Played(folded(badly))


@pytest.fixture(scope="session")
def stages(badly: Path) -> list[Debrief]:
    """The debrief of `BADLY` as it comes, with three other seeds, all of it in this process."""
    return list(debrief(badly, seeds=3, workers=0))


@pytest.fixture(scope="session")
def whole(stages: list[Debrief]) -> Debrief:
    """The whole debrief of `BADLY`."""
    return stages[-1]


@pytest.fixture
def played(scenario: Scenario, tmp_path: Path) -> Callable[..., Played]:
    """Plays commands and folds them."""

    def make(commands: str, *, name: str = "run.jsonl", **how: str | int) -> Played:
        return Played(folded(play(scenario, tmp_path / name, commands, **how)))  # type: ignore[arg-type]

    return make
