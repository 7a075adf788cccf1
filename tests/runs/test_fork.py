"""Taking over from somewhere in another run: the beginning is its, the rest is not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import attrs
import pytest

from controlroom.runs.catalogue import past_runs, tree
from controlroom.runs.errors import JournalError
from controlroom.runs.fork import fork, fork_run
from controlroom.runs.journal import line_of, read_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.sim.start import Scenario


@pytest.fixture
def parent(scenario: Scenario, folder: Path) -> Path:
    """Ten minutes with a command every two of them."""
    folder.mkdir()
    path = folder / "parent.jsonl"
    with Run.begin(scenario, journal=path) as run:
        for _ in range(5):
            run.give("pmon")
            run.advance(480)
    return path


def commands(path: Path) -> list[int]:
    return [given.step for given in read_journal(path).commands]


def test_a_fork_has_the_commands_before_its_step_and_no_others(parent: Path, folder: Path) -> None:
    before = parent.read_bytes()
    with fork(parent, "08:04:00", place=folder / "fork.jsonl") as run:
        assert run.clock == "08:04:00"
        assert commands(folder / "fork.jsonl") == [0, 480], "the one of 08:04 was not taken over"
        run.give("stop smars-8")
        run.advance(300)
    assert verify(folder / "fork.jsonl").step == 960 + 300
    assert parent.read_bytes() == before


def test_its_header_says_where_it_comes_from(parent: Path, folder: Path) -> None:
    fork(parent, 999, place=folder / "fork.jsonl").close()
    header = read_journal(folder / "fork.jsonl").header
    assert (header.forked_from, header.forked_at) == ("parent.jsonl", 999)
    assert b"forked" not in parent.read_bytes(), "a run of its own says nothing about forks"


def test_a_fork_that_waits_can_be_resumed_where_it_was_begun(parent: Path, folder: Path) -> None:
    with fork(parent, 999, place=folder / "fork.jsonl") as run:
        digest = run.digest()
    with Run.resume(folder / "fork.jsonl") as again:
        assert (again.simulation.now, again.digest()) == (999, digest)


def test_the_same_commands_after_it_give_the_same_world(parent: Path, folder: Path) -> None:
    with fork(parent, 700, place=folder / "fork.jsonl") as run:
        for at in (960, 1440, 1920):
            run.advance(at - run.simulation.now)
            run.give("pmon")
        run.advance(2400 - run.simulation.now)
        assert run.digest() == verify(parent).digest


def test_a_run_in_play_can_be_forked_and_goes_on(scenario: Scenario, folder: Path) -> None:
    with Run.begin(scenario) as run:
        run.advance(333)
        run.give("pmon")
        with fork_run(run) as other:
            assert other.digest() == run.digest()
            other.give("stop smars-8")
            other.advance(300)
        run.advance(300)
        assert other.digest() != run.digest()
    assert run.journal is not None
    assert other.journal is not None
    assert commands(run.journal) == commands(other.journal) == [333]
    assert verify(run.journal).step == verify(other.journal).step == 633


def test_a_replay_can_be_taken_over_where_one_looks(parent: Path, folder: Path) -> None:
    replay = Replay.open(parent)
    replay.seek(1000)
    with replay.fork(place=folder / "fork.jsonl") as run:
        run.advance(100)
    assert replay.now == 1000
    assert verify(folder / "fork.jsonl").step == 1100


@pytest.mark.parametrize(
    "at,reason",
    [
        ("09:24:59", r"begins at 09:25:00 \(step 20,400\): no fork at 09:24:59 \(step 20,396\)"),
        ("09:25:31", r"ends at 09:25:30 \(step 20,520\): no fork at 09:25:31 \(step 20,524\)"),
        ("23:00", "cannot be forked: 23:00 is outside the day; it runs from 08:00:00 to 20:00:00"),
        ("x\x1b", r"cannot be forked: 'x\\x1b' is not a time of day; write HH:MM:SS"),
    ],
    ids=["before", "after", "another day", "no time"],
)
def test_there_is_no_fork_outside_of_the_run(
    scenario: Scenario, folder: Path, at: str, reason: str
) -> None:
    with Run.begin(scenario, start="09:25") as run:
        run.advance(120)
    assert run.journal is not None
    with pytest.raises(JournalError, match=reason):
        fork(run.journal, at)
    assert list(folder.iterdir()) == [run.journal]


def test_there_is_no_fork_where_the_run_was_over(finished: Path, folder: Path) -> None:
    with pytest.raises(JournalError, match=r"was over at 10:00:00 .*\(handed over\): fork it"):
        fork(finished, verify(finished).step)
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_run_that_is_assessed_cannot_be_forked_before_it_is_over(scenario: Scenario) -> None:
    with Run.begin(scenario, mode="assess") as run:
        run.advance(300)
        with pytest.raises(JournalError, match="in mode assess a run is played once"):
            fork_run(run)


def test_a_run_without_a_journal_cannot_be_forked(scenario: Scenario) -> None:
    with pytest.raises(JournalError, match="has no journal, so it cannot be forked"):
        fork_run(Run.begin(scenario, journal=None))


def test_a_file_that_is_there_is_not_written_over(parent: Path, folder: Path) -> None:
    taken = folder / "taken.jsonl"
    taken.write_text("mine")
    with pytest.raises(JournalError, match="exists already; a journal is never written over"):
        fork(parent, 500, place=taken)
    assert taken.read_text() == "mine"
    assert sorted(folder.iterdir()) == [parent, taken]


def test_a_full_disk_leaves_nothing_behind(
    parent: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = parent.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(JournalError, match=r"fork\.jsonl: cannot be written: no space left"):
            fork(parent, 500, place=folder / "fork.jsonl")
    assert list(folder.iterdir()) == [parent]
    assert parent.read_bytes() == before


def test_a_disk_that_knows_no_second_names_gets_its_journal_too(
    parent: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", never)
    fork(parent, 500, place=folder / "fork.jsonl").close()
    assert verify(folder / "fork.jsonl").step == 500
    assert sorted(folder.iterdir()) == [folder / "fork.jsonl", parent]


# --- the tree -------------------------------------------------------------------------------------


def test_forks_stand_below_the_run_that_they_come_from(parent: Path, folder: Path) -> None:
    fork(parent, "08:08:00", place=folder / "late.jsonl").close()
    fork(parent, "08:02:00", place=folder / "early.jsonl").close()
    fork(folder / "late.jsonl", "08:05:00", place=folder / "again.jsonl").close()
    found = [(branch.depth, branch.run.path.stem) for branch in tree(past_runs())]
    assert found == [(0, "parent"), (1, "early"), (1, "late"), (2, "again")]


def test_a_fork_whose_origin_is_gone_stands_for_itself(parent: Path, folder: Path) -> None:
    fork(parent, "08:02:00", place=folder / "fork.jsonl").close()
    parent.unlink()
    (branch,) = tree(past_runs())
    assert (branch.depth, branch.run.forked_from) == (0, "parent.jsonl")
    assert branch.run.forked_at == "08:02:00"


def test_another_run_with_the_origins_name_is_not_taken_for_it(
    parent: Path, folder: Path, scenario: Scenario
) -> None:
    fork(parent, "08:02:00", place=folder / "fork.jsonl").close()
    parent.unlink()
    Run.begin(scenario, seed=8, journal=parent).close()
    assert {branch.depth for branch in tree(past_runs())} == {0}


def test_journals_that_name_each_other_are_both_listed(parent: Path, folder: Path) -> None:
    header = read_journal(parent).header
    for name, other in (("x", "y"), ("y", "x")):
        mine = attrs.evolve(header, forked_from=f"{other}.jsonl", forked_at=4)
        (folder / f"{name}.jsonl").write_bytes(line_of(mine))
    assert {branch.run.path.stem for branch in tree(past_runs())} == {"parent", "x", "y"}
