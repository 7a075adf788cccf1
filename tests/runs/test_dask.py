"""Sweeps on a Dask cluster, where the extra `dask` is installed: two workers on this machine."""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path

import attrs
import pytest

from controlroom.runs.cluster import SOON, dask_cluster
from controlroom.runs.errors import RunError
from controlroom.runs.policy import load_policy
from controlroom.runs.sweep import Plan, processes, sweep
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


def test_a_cluster_of_two_processes_gives_the_same_results(plan: Plan) -> None:
    """A real one on this machine, reached over the loopback as one elsewhere is."""
    with processes(plan, 0) as crew:
        here = list(sweep(range(6), crew))
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
    )
    with cluster:
        address = cluster.scheduler_address
        assert address.startswith("tcp://127.0.0.1:")
        with dask_cluster(plan, address) as crew:
            assert crew.ahead == 8
            assert list(sweep(range(6), crew)) == here


NOBODY = {
    "tcp://127.0.0.1:9": "no Dask cluster answers at tcp://127.0.0.1:9",
    "127.0.0.1:9": "no Dask cluster answers at 127.0.0.1:9",
    "foo": "foo is no address of a Dask cluster; write tcp://HOST:PORT",
    "tcp://127.0.0.1:port": "tcp://127.0.0.1:port is no address of a Dask cluster; write tcp://HOST",
    "nonsense://x:1": "no Dask cluster can be reached at nonsense://x:1; write tcp://HOST:PORT",
}


@pytest.mark.parametrize("address", NOBODY)
def test_a_cluster_that_does_not_answer_is_one_line_and_soon(plan: Plan, address: str) -> None:
    began = time.monotonic()
    with (
        pytest.raises(RunError, match=f"^{re.escape(NOBODY[address])}"),
        dask_cluster(plan, address),
    ):
        pass
    assert time.monotonic() - began < SOON + 2


def test_something_that_takes_connections_and_is_silent_is_no_cluster(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controlroom.runs.cluster.PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with (
            pytest.raises(RunError, match=f"^what answers at {address} is no Dask scheduler"),
            dask_cluster(plan, address),
        ):
            pass


def test_a_cluster_without_a_worker_is_one_line(plan: Plan) -> None:
    cluster = distributed.LocalCluster(
        n_workers=0, processes=True, host="127.0.0.1", dashboard_address=None
    )
    with (
        cluster,
        pytest.raises(RunError, match=r"has no worker$"),
        dask_cluster(plan, cluster.scheduler_address),
    ):
        pass
