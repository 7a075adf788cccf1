"""Sweeps on a Dask cluster, where the extra `dask` is installed: two workers on this machine."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from controlroom.runs.errors import RunError
from controlroom.runs.policy import load_policy
from controlroom.runs.sweep import Plan, dask_cluster, processes, sweep
from controlroom.sim.start import Scenario

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")


@pytest.fixture
def plan(scenario: Scenario, tmp_path: Path) -> Plan:
    path = tmp_path / "short.txt"
    path.write_text("08:01:20 pmon\n")
    begins = scenario.day.begins
    day = attrs.evolve(
        scenario.day, opens=begins + 60_000, closes=begins + 90_000, ends=begins + 90_000
    )
    scenario = attrs.evolve(scenario, day=day)
    return Plan(scenario, load_policy(str(path), scenario))


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_two_processes_gives_the_same_results(plan: Plan) -> None:
    with processes(plan, 0) as crew:
        here = list(sweep(range(6), crew))
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster, dask_cluster(plan, cluster.scheduler_address) as crew:
        assert crew.ahead == 8
        assert list(sweep(range(6), crew)) == here


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_does_not_answer_is_one_line(plan: Plan) -> None:
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        unheard = pytest.raises(RunError, match=f"no Dask cluster answers at {address}")
        with unheard, dask_cluster(plan, address):
            pass
