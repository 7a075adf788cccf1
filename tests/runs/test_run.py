"""A run and its journal: begun, played, killed, resumed."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from controlroom.runs import fold as folding
from controlroom.runs.errors import DifferenceError, JournalError, RunError
from controlroom.runs.journal import Checked, Given, read_journal
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.scenario import load_scenario
from controlroom.scenario.switches import switched
from controlroom.sim.commands import CommandError
from controlroom.sim.start import Scenario

ROOT = Path(__file__).resolve().parents[2]


def played(scenario: Scenario, path: Path, chunk: int = 100) -> Run:
    """Seven minutes of the morning with a few commands, the journal still open."""
    run = Run.begin(scenario, journal=path)
    for text in ("look smars-8", "note found it", "stop smars-8"):
        run.give(text)
        step = run.simulation.now + 560
        while run.simulation.now < step:
            run.advance(min(chunk, step - run.simulation.now))
    return run


def lines_of(path: Path) -> list[dict[str, object]]:
    """The lines of a journal."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_a_journal_holds_what_was_started(scenario: Scenario, tmp_path: Path) -> None:
    with Run.begin(scenario, seed=3, mode="assess", start="9:25", journal=tmp_path / "a.jsonl"):
        header = read_journal(tmp_path / "a.jsonl").header
    assert (header.scenario, header.checksum) == ("knight-2012", scenario.checksum)
    assert (header.seed, header.mode, header.start) == (3, "assess", "09:25")
    assert header.step == 85 * 240
    assert header.begins == "08:00:00"


def test_the_wall_clock_is_in_the_name_of_the_file_and_nowhere_else(
    scenario: Scenario, folder: Path
) -> None:
    with Run.begin(scenario) as one, Run.begin(scenario) as two:
        pass
    assert one.journal is not None
    assert two.journal is not None
    assert one.journal.parent == folder
    assert one.journal.name.startswith("knight-2012-2")
    assert one.journal.name.endswith("-1.jsonl")
    assert two.journal.name.endswith("-2.jsonl")
    assert one.journal.read_bytes() == two.journal.read_bytes()


def test_a_run_may_have_no_journal(scenario: Scenario, folder: Path) -> None:
    with Run.begin(scenario, journal=None) as run:
        run.give("pmon")
        run.advance(300)
    assert run.journal is None
    assert not folder.exists()


def test_every_simulated_minute_has_its_digest(scenario: Scenario, tmp_path: Path) -> None:
    with played(scenario, tmp_path / "a.jsonl") as run:
        assert run.simulation.now == 1680
    digests = [
        entry.step
        for _, entry in read_journal(tmp_path / "a.jsonl").entries
        if isinstance(entry, Checked)
    ]
    assert digests == [0, 240, 480, 720, 960, 1200, 1440, 1680]


def test_a_command_is_in_the_file_before_it_takes_effect(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is even on the disk: the file is synced before the world hears of it."""
    path = tmp_path / "a.jsonl"
    synced: list[int] = []
    monkeypatch.setattr("controlroom.runs.writer._sync", synced.append)
    with Run.begin(scenario, journal=path) as run:
        before = len(synced)
        monkeypatch.setattr(
            run.simulation,
            "submit",
            lambda *_: pytest.fail("not written") if "pmon" not in path.read_text() else None,
        )
        run.give("pmon")
        assert len(synced) == before + 1
    last = read_journal(path).entries[-1][1]
    assert last == Given(0, "on-call", "pmon")


def test_what_takes_effect_is_what_is_written(scenario: Scenario, tmp_path: Path) -> None:
    with Run.begin(scenario, journal=tmp_path / "a.jsonl") as run:
        assert run.give("  STOP   8 smars-1 ") == "stop smars-1 smars-8"
        assert run.give('suspect it is "likely"') == 'suspect it is "likely'
        assert run.give("note \x1b[31mred\x1b[0m\tand [bold]") == "note ␛[31mred␛[0m and [bold]"
        run.advance(10)
    assert verify(tmp_path / "a.jsonl").commands == 3


def test_a_command_that_cannot_be_read_is_not_written(scenario: Scenario, tmp_path: Path) -> None:
    with Run.begin(scenario, journal=tmp_path / "a.jsonl") as run:
        with pytest.raises(CommandError, match="did you mean stop"):
            run.give("stpo smars-8")
        with pytest.raises(CommandError, match="too long"):
            run.give("note " + "x" * 1000)
    assert "stpo" not in (tmp_path / "a.jsonl").read_text()


@pytest.mark.parametrize("chunk", [1, 7, 240, 10_000])
def test_the_size_of_the_chunks_changes_neither_world_nor_journal(
    scenario: Scenario, tmp_path: Path, chunk: int
) -> None:
    with played(scenario, tmp_path / "a.jsonl", 100), played(scenario, tmp_path / "b.jsonl", chunk):
        pass
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


# --- resuming -------------------------------------------------------------------------------------


def test_a_run_goes_on_where_it_was_left(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with played(scenario, path) as run:
        run.advance(77)
        run.give("pmon")
        digest, pending = run.digest(), run.simulation.pending
    with Run.resume(path) as again:
        assert again.digest() == digest
        assert again.simulation.now == 1757
        assert again.simulation.pending == pending
        assert again.mended == ""


def test_leaving_and_resuming_adds_nothing_to_a_journal(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with played(scenario, path) as run:
        run.advance(77)
    with Run.resume(path):
        pass
    once = path.read_bytes()
    for _ in range(3):
        with Run.resume(path):
            pass
    assert path.read_bytes() == once


def test_an_interrupted_run_comes_to_the_same_end_as_one_in_one_go(
    scenario: Scenario, tmp_path: Path
) -> None:
    with played(scenario, tmp_path / "a.jsonl") as straight:
        straight.advance(1000)
    played(scenario, tmp_path / "b.jsonl").abandon()
    with Run.resume(tmp_path / "b.jsonl") as resumed:
        resumed.advance(1000)
    assert resumed.digest() == straight.digest()
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


PLAYER = """
import sys
from controlroom import load_scenario
from controlroom.runs.run import Run
from pathlib import Path

run = Run.begin(load_scenario("knight-2012"), start="09:25", journal=Path(sys.argv[1]))
run.advance(1300)
run.give("look smars-8")
run.advance(33)
run.give("stop smars-8")
print(run.simulation.now, run.digest(), flush=True)
sys.stdin.read()
"""


def test_a_killed_run_goes_on_at_the_same_step_with_the_same_digest(tmp_path: Path) -> None:
    """`kill -9` in the middle, with a command given that has not taken effect yet."""
    path = tmp_path / "a.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        step, digest = process.stdout.readline().split()
        with pytest.raises(JournalError, match="is being played in another control room"):
            Run.resume(path)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Run.resume(path) as run:
        assert (str(run.simulation.now), run.digest()) == (step, digest)
        assert [order.command.text() for order in run.simulation.pending] == ["stop smars-8"]
        run.advance(300)
    assert verify(path).commands == 2


def test_a_torn_last_line_is_cut_off_the_file(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with played(scenario, path) as run:
        run.give("pmon")
    torn = path.read_bytes().rsplit(b'{"reached"', 1)[0][:-20]
    path.write_bytes(torn)
    with Run.resume(path) as again:
        assert "torn" in again.mended
        assert again.simulation.pending == ()
    assert b"pmon" not in path.read_bytes()
    assert verify(path).mended == ""


def test_a_run_that_never_took_a_step_can_be_resumed(scenario: Scenario, tmp_path: Path) -> None:
    """Killed on the way to its mark: only the first line is there."""
    path = tmp_path / "a.jsonl"
    with Run.begin(scenario, start="09:30", journal=path) as run:
        digest = run.digest()
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    with Run.resume(path) as again:
        assert again.digest() == digest


def test_a_run_that_is_over_takes_no_commands_and_is_not_resumed(
    finished: Path, scenario: Scenario, tmp_path: Path
) -> None:
    end = lines_of(finished)[-1]
    assert end["ended"] == "handed over"
    assert end["loss_usd"] == 0
    with pytest.raises(JournalError, match="the run is over: handed over"):
        Run.resume(finished)
    # Killed between the last step and the last line: the end is found again.
    path = tmp_path / "a.jsonl"
    path.write_bytes(finished.read_bytes()[:-5])
    with Run.resume(path) as run:
        run.advance(10)
        assert run.ended
        with pytest.raises(CommandError, match="the run is over"):
            run.give("pmon")
        assert run.advance(10) == ()
    assert path.read_bytes() == finished.read_bytes()


# --- refusals -------------------------------------------------------------------------------------


def test_a_journal_of_another_version_is_refused(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    played(scenario, path).close()
    before = path.read_bytes()
    monkeypatch.setattr(folding, "__version__", "9.9")
    with pytest.raises(JournalError, match=r"was written by Control Room .* and this is 9\.9"):
        Run.resume(path)
    assert path.read_bytes() == before


def test_a_journal_with_the_former_name_of_a_safeguard_still_folds(
    scenario: Scenario, tmp_path: Path
) -> None:
    on = switched(scenario, ["two-person-review"], [])
    path = tmp_path / "run.jsonl"
    with Run.begin(on, journal=path) as run:
        run.advance(300)
        mark = run.digest()
    path.write_bytes(path.read_bytes().replace(b"two-person-review", b"deployment-review"))
    with Run.resume(path) as again:
        assert again.digest() == mark


@pytest.mark.parametrize("console", ["trainer", "as-was", "modern"])
def test_a_run_is_resumed_on_the_console_that_it_was_begun_on(
    scenario: Scenario, tmp_path: Path, console: str
) -> None:
    path = tmp_path / "run.jsonl"
    with Run.begin(switched(scenario, [], [], console), journal=path) as run:
        run.advance(300)
    assert (b"console" in path.read_bytes().splitlines()[0]) == (console != "trainer")
    with Run.resume(path) as again:
        assert again.scenario.console == console
        assert again.view().header.console == console


def test_a_safeguard_that_a_scenario_has_can_be_switched_off(
    scenario_copy: Path, tmp_path: Path
) -> None:
    """What the journal's header names is on, and nothing else, whatever the file says."""
    setup = scenario_copy / "scenario.toml"
    text = setup.read_text(encoding="utf-8")
    setup.write_text(
        text.replace('id = "retest"\n', 'id = "retest"\non = true\n'), encoding="utf-8"
    )
    written = load_scenario(scenario_copy)
    assert written.has("retest")
    path = tmp_path / "run.jsonl"
    with Run.begin(switched(written, [], []), journal=path, folder=scenario_copy) as run:
        run.advance(300)
    with Run.resume(path) as again:
        assert not again.scenario.has("retest")


def test_a_changed_scenario_is_refused(scenario_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    Run.begin(load_scenario(scenario_copy), folder=scenario_copy, journal=path).close()
    Run.resume(path).close()
    text = (scenario_copy / "hints.toml").read_text(encoding="utf-8")
    (scenario_copy / "hints.toml").write_text(text + "# one more line\n", encoding="utf-8")
    with pytest.raises(JournalError, match="the scenario my-incident has changed since"):
        Run.resume(path)
    (scenario_copy / "scenario.toml").unlink()
    with pytest.raises(JournalError, match=r"its scenario cannot be loaded: .*scenario\.toml"):
        Run.resume(path)


def test_a_world_that_differs_is_refused_with_both_steps(
    scenario: Scenario, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    played(scenario, path).close()
    text = path.read_text().replace("found it", "lost it")
    path.write_text(text)
    with pytest.raises(DifferenceError) as caught:
        Run.resume(path)
    assert str(caught.value) == (
        f"{path}, line 7: the world at 08:03:00 (step 720) is not the journal's; "
        "they agreed until 08:02:00 (step 480)"
    )


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("look smars-8", "look smars-9", "line 3: no server 'smars-9'; did you mean smars-"),
        ("look smars-8", "LOOK  smars-8", "line 3: holds a command that is not as it was written"),
        ('"seed": 7', '"seed": -7', "line 1: -7 is no seed"),
        ('{"step": 480, "digest"', '{"step": 479, "digest"', "line 5: the world at 08:01:59"),
        ('{"reached": 1680}', '{"reached": 2400}', "line 13: comes without the digest of 08:08:00"),
        ('{"reached": 1680}', '{"reached": 900000}', "line 13: is at step 900000, after the end"),
    ],
    ids=["server", "form", "seed", "step", "digest", "day"],
)
def test_a_line_that_cannot_be_followed_is_refused(
    scenario: Scenario, tmp_path: Path, old: str, new: str, expected: str
) -> None:
    path = tmp_path / "a.jsonl"
    played(scenario, path).close()
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(JournalError) as caught:
        Run.resume(path)
    assert str(caught.value).startswith(f"{path}, {expected}")


def test_a_digest_that_was_taken_out_is_missed(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    played(scenario, path).close()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4] + lines[5:]))
    with pytest.raises(JournalError, match=r"line 5: comes without the digest of 08:02:00"):
        Run.resume(path)


@pytest.mark.parametrize(
    "change, expected",
    [
        ({"seed": -1}, "-1 is no seed"),
        ({"seed": 2**64}, "is no seed"),
        ({"mode": "assesss"}, 'no mode "assesss"; did you mean assess'),
        ({"start": "09:26"}, 'no place to start from "09:26"; did you mean 09:25'),
    ],
    ids=str,
)
def test_a_run_that_cannot_be_begun_leaves_no_file(
    scenario: Scenario, tmp_path: Path, change: dict[str, object], expected: str
) -> None:
    with pytest.raises(RunError, match=expected):
        Run.begin(scenario, journal=tmp_path / "a.jsonl", **change)  # type: ignore[arg-type]
    assert not (tmp_path / "a.jsonl").exists()


def test_a_journal_is_never_written_over(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("precious\n")
    with pytest.raises(JournalError, match="exists already"):
        Run.begin(scenario, journal=path)
    assert path.read_text() == "precious\n"


def test_a_journal_that_cannot_be_written_is_said_before_anything_begins(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(JournalError, match="cannot be written: no such file or directory"):
        Run.begin(scenario, journal=tmp_path / "none" / "a.jsonl")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONTROLROOM_RUNS", str(tmp_path / "file" / "runs"))
    with pytest.raises(JournalError, match="cannot be made: not a directory"):
        Run.begin(scenario)


# --- a full disk ----------------------------------------------------------------------------------


class FullDisk:
    """A disk that takes some more bytes and then none until there is room again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room: int | None = None
        self._write = os.pwrite
        monkeypatch.setattr(os, "pwrite", self)

    def __call__(self, file: int, data: bytes, at: int) -> int:
        if self.room is None:
            return self._write(file, data, at)
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        data = data[: self.room]
        self.room -= len(data)
        return self._write(file, data, at)


def test_on_a_full_disk_a_command_does_not_take_effect(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    disk = FullDisk(monkeypatch)
    with Run.begin(scenario, journal=path) as run:
        disk.room = 30
        with pytest.raises(JournalError, match="cannot be written: no space left on device"):
            run.give("stop smars-8")
        assert run.simulation.pending == ()
        assert read_journal(path).torn == 0
        disk.room = None
        run.give("pmon")
        run.advance(10)
    assert verify(path).commands == 1


def test_what_a_full_disk_did_not_take_is_written_when_there_is_room(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    disk = FullDisk(monkeypatch)
    with Run.begin(scenario, journal=path) as run:
        disk.room = 5
        with pytest.raises(JournalError):
            run.advance(240)
        disk.room = None
        run.advance(400)
    assert verify(path).digests == 4


def test_a_file_size_limit_ends_in_one_line(tmp_path: Path) -> None:
    """A real limit of the system, in a process of its own."""
    program = textwrap.dedent(
        """
        import resource, sys
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
        from controlroom.cli.app import run
        sys.exit(run(sys.argv[1:]))
        """
    )
    arguments = ("simulate", "knight-2012", "--policy", "idle", "--until", "08:40", "--journal")
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, str(tmp_path / "a.jsonl")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert (
        done.stderr == f"controlroom: {tmp_path / 'a.jsonl'}: cannot be written: file too large\n"
    )
    Run.resume(tmp_path / "a.jsonl").close()
