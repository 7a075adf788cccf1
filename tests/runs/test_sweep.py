"""Many seeds: the same results whoever plays them, and no seed is played twice."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import attrs
import pytest

from controlroom.runs.errors import RunError
from controlroom.runs.policy import load_policy
from controlroom.runs.pool import process_pool
from controlroom.runs.sweep import Plan, Values, play_seed, processes, sweep
from controlroom.runs.sweep_file import Parameters, SweepError, SweepFile, seeds_text
from controlroom.sim.start import Scenario


@pytest.fixture(scope="module")
def plan(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A day that is over after a minute and a half."""
    path = tmp_path_factory.mktemp("policy") / "short.txt"
    path.write_text("08:00:30 stop smars-8\n08:01:20 pmon\n")
    return Plan(short(scenario), load_policy(str(path), scenario))


def short(scenario: Scenario) -> Scenario:
    begins = scenario.day.begins
    day = attrs.evolve(
        scenario.day, opens=begins + 60_000, closes=begins + 90_000, ends=begins + 90_000
    )
    return attrs.evolve(scenario, day=day)


def results(plan: Plan, seeds: Iterable[int], workers: int) -> list[Values]:
    with processes(plan, workers) as crew:
        return list(sweep(tuple(seeds), crew))


def written(path: Path, plan: Plan, seeds: range, *, only: int = 1000) -> SweepFile:
    """A sweep into a file, by this process, given up after so many seeds."""
    with SweepFile(path, Parameters.of(plan, seeds), seeds) as file, processes(plan, 0) as crew:
        for values, _ in zip(sweep(file.missing, crew), range(only), strict=False):
            file.add(values)
        if not file.missing:
            file.finish()
    return file


# --- who plays ------------------------------------------------------------------------------------


def test_the_results_are_the_same_whatever_the_number_of_workers(plan: Plan) -> None:
    alone = results(plan, range(6), 0)
    assert [values["seed"] for values in alone] == list(range(6))
    assert results(plan, range(6), 1) == alone
    assert results(plan, range(6), 3) == alone


def test_each_seed_is_a_whole_run_of_its_own(plan: Plan) -> None:
    values = play_seed(plan, 5)
    assert (values["ended"], values["steps"]) == ("end of the day", 360)
    assert values == play_seed(plan, 5)
    assert values["digest"] != play_seed(plan, 6)["digest"]


class Late:
    """A crew whose last seed is ready first."""

    ahead = 8

    def __init__(self) -> None:
        self.waiting: list[tuple[int, Future[Values]]] = []

    def submit(self, seed: int) -> Future[Values]:
        future: Future[Values] = Future()
        self.waiting.append((seed, future))
        return future

    def check(self) -> None:
        if self.waiting:
            seed, future = self.waiting.pop()
            future.set_result({"seed": seed})


def test_results_come_in_the_order_of_the_seeds_whoever_is_faster() -> None:
    crew = Late()
    assert [values["seed"] for values in sweep(range(20), crew, crew.check)] == list(range(20))


def test_only_a_few_seeds_are_handed_in_ahead() -> None:
    crew, most = Late(), 0

    def check() -> None:
        nonlocal most
        most = max(most, len(crew.waiting))
        crew.check()

    assert len(list(sweep(range(100), crew, check))) == 100
    assert most <= 8


def test_whoever_stops_waits_for_nobody() -> None:
    class StopError(Exception):
        pass

    def check() -> None:
        raise StopError

    with pytest.raises(StopError):
        next(sweep(range(5), Late(), check))


@attrs.frozen
class Doomed:
    """A crew that does not survive its first seed."""

    executor: ProcessPoolExecutor
    ahead: int = 4

    def submit(self, seed: int) -> Future[Values]:
        return self.executor.submit(os._exit, seed)


def test_a_worker_that_dies_is_said_in_one_line() -> None:
    with process_pool(1, str) as executor, pytest.raises(RunError, match="a worker died"):
        list(sweep(range(3), Doomed(executor)))


# --- the file -------------------------------------------------------------------------------------


def test_the_file_says_what_was_played_and_holds_a_line_for_each_seed(
    plan: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "out.jsonl"
    written(path, plan, range(3))
    first, *lines = map(json.loads, path.read_text().splitlines())
    assert (first["scenario"], first["seeds"]) == ("knight-2012", "0-2")
    assert [line["seed"] for line in lines] == [0, 1, 2]
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_sweep_goes_on_where_it_was(plan: Plan, tmp_path: Path) -> None:
    written(tmp_path / "whole.jsonl", plan, range(5))
    path, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    written(path, plan, range(5), only=2)
    assert part.exists()
    assert not path.exists(), "what is there under its own name is whole"
    with SweepFile(path, Parameters.of(plan, range(5)), range(5)) as file:
        assert file.missing == range(2, 5)
    written(path, plan, range(5))
    assert path.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert not part.exists()


@pytest.mark.parametrize("torn", [1, 30, 400])
def test_a_torn_last_line_is_played_again(plan: Plan, tmp_path: Path, torn: int) -> None:
    written(tmp_path / "whole.jsonl", plan, range(3))
    path, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    part.write_bytes((tmp_path / "whole.jsonl").read_bytes()[:-torn])
    file = written(path, plan, range(3))
    assert "was torn" in file.mended
    assert path.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_torn_first_line_is_written_again(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.part").write_bytes(b'{"sweep": 1, "prod')
    written(tmp_path / "out.jsonl", plan, range(2))
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 3


def test_a_sweep_that_is_done_plays_nothing(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    written(path, plan, range(2))
    before = path.read_bytes()
    assert len(written(path, plan, range(2)).done) == 2
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_another_sweep_is_left_alone(
    plan: Plan, tmp_path: Path, scenario: Scenario
) -> None:
    path = tmp_path / "out.jsonl"
    written(path, plan, range(2))
    before = path.read_bytes()
    with pytest.raises(SweepError, match=r"is of another sweep: its seeds 0-1, here 0-2"):
        written(path, plan, range(3))
    with pytest.raises(SweepError, match=r"another sweep: its policy .*short.txt, here idle"):
        written(path, Plan(plan.scenario, load_policy("idle", scenario)), range(2))
    path.write_text("my notes\n")
    with pytest.raises(SweepError, match="exists already and holds no results of a sweep"):
        written(path, plan, range(2))
    assert before
    assert path.read_text() == "my notes\n"


def test_results_that_are_not_those_of_the_next_seed_are_refused(
    plan: Plan, tmp_path: Path
) -> None:
    written(tmp_path / "whole.jsonl", plan, range(3))
    lines = (tmp_path / "whole.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "out.jsonl.part").write_bytes(b"".join((lines[0], lines[2])))
    with pytest.raises(SweepError, match=r"line 2 is not the result of the next seed"):
        written(tmp_path / "out.jsonl", plan, range(3))


def test_two_sweeps_do_not_write_one_file(plan: Plan, tmp_path: Path) -> None:
    path, seeds = tmp_path / "out.jsonl", range(2)
    parameters = Parameters.of(plan, seeds)
    busy = pytest.raises(SweepError, match="is being written by another sweep")
    with SweepFile(path, parameters, seeds), busy:
        SweepFile(path, parameters, seeds)


def test_a_full_disk_loses_nothing(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seeds, write = tmp_path / "out.jsonl", range(3), os.pwrite

    def half(file: int, data: bytes, place: int) -> int:
        if len(data) > 300:
            write(file, data[:20], place)
        raise OSError(errno.ENOSPC, "No space left on device")

    with SweepFile(path, Parameters.of(plan, seeds), seeds) as file:
        file.add(play_seed(plan, 0))
        with monkeypatch.context() as patch:
            patch.setattr(os, "pwrite", half)
            with pytest.raises(SweepError, match=r"out\.jsonl: cannot be written: no space left"):
                file.add(play_seed(plan, 1))
    assert not path.exists()
    with SweepFile(path, Parameters.of(plan, seeds), seeds) as file:
        assert (len(file.done), file.mended) == (1, "")


def test_seeds_are_written_as_people_write_them() -> None:
    assert seeds_text([0, 1, 2, 5, 9, 10]) == "0-2,5,9-10"
    assert seeds_text([]) == ""
