"""`fork`, `compare`, `sweep` and `--control`, as somebody types them."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from controlroom.cli.chart import chart
from controlroom.runs.journal import read_journal
from controlroom.runs.run import Run as Played
from controlroom.runs.verify import verify
from controlroom.scenario import load_scenario
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run from the beginning of the day to just after the bell."""
    path = tmp_path_factory.mktemp("played") / "mine.jsonl"
    scenario = load_scenario("knight-2012")
    with Played.begin(scenario, start="09:25", journal=path) as run:
        run.give("pmon")
        run.advance(scenario.day.parse("09:32") - run.simulation.now)
    return path


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "stop.txt"
    path.write_text("09:26:00 pmon\n09:28:10 stop smars-8\n10:00:00 handover\n")
    return path


# --- fork -----------------------------------------------------------------------------------------


def test_a_fork_waits_to_be_played(controlroom: Run, journal: Path, tmp_path: Path) -> None:
    new = tmp_path / "fork.jsonl"
    done = controlroom("fork", str(journal), "--at", "09:30:30", "-o", str(new))
    assert (done.code, done.out) == (0, f"{new}\n")
    assert f"go on with: controlroom play --resume {new}" in done.err
    assert (verify(new).clock, verify(new).ended) == ("09:30:30", "")


def test_a_policy_plays_a_fork_to_its_end_and_both_can_be_compared(
    controlroom: Run, journal: Path, policy: Path, folder: Path
) -> None:
    done = controlroom("fork", str(journal), "--at", "09:28", "--policy", str(policy))
    assert done.code == 0
    new = Path(done.out.strip())
    assert new.parent == folder
    assert "forked at 09:28:00; 10:00:00 handed over, loss $0" in done.err
    assert [given.command for given in read_journal(new).commands] == [
        "pmon",
        "stop smars-8",
        "handover",
    ], "what the file says of the time before the fork is not given"

    table = controlroom("compare", str(journal), str(new))
    assert (table.code, table.err) == (0, "")
    lines = table.out.splitlines()
    assert lines[1].startswith(f"a  {journal}  ")
    assert "  seed 7  explore  you  " in lines[1]
    assert "  seed 7  explore  stop.txt  " in lines[2]
    assert lines[1].endswith("  09:32:00 not over")
    assert "forked from mine.jsonl at 09:28:00" in lines[2]
    assert "09:25:00  ab  pmon" in lines
    assert "09:28:10   b  stop smars-8" in lines
    assert any(line.startswith("loss when flat") for line in lines)
    assert max(map(len, lines)) <= 120 or str(journal) in lines[1]

    both = json.loads(controlroom("compare", str(journal), str(new), "--json").out)
    mine, other = both["runs"]
    assert other["forked_at"] == "09:28:00"
    assert mine["minutes"]["at"] == ["09:30:00", "09:31:00", "09:32:00"]
    assert other["minutes"]["loss_usd"][0] == mine["minutes"]["loss_usd"][0]
    assert len(other["minutes"]["gross_usd"]) == 31

    listed = controlroom("runs").out
    assert "forked from mine.jsonl at 09:28:00" in listed


def test_the_list_of_runs_is_a_tree(controlroom: Run, journal: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.jsonl").write_bytes(journal.read_bytes())
    controlroom("fork", str(folder / "mine.jsonl"), "--at", "09:26", "-o", str(folder / "b.jsonl"))
    first, second = controlroom("runs").out.splitlines()
    assert first.endswith("  mine.jsonl")
    assert second.endswith("    └ b.jsonl, forked at 09:26:00")


def test_a_plot_can_be_drawn_in_ascii() -> None:
    curves = {"a": [(0, 0), (480, 100), (960, 900)], "b": [(0, 0), (480, -300), (960, 20)]}
    lines = list(
        chart(
            curves,
            (0, 960),
            width=60,
            rows=8,
            plain=True,
            value_text=str,
            step_text=str,
        )
    )
    assert all(line.isascii() for line in lines)
    assert len(lines) == 10
    assert lines[0].split()[0] == "1000"
    assert lines[7].split()[0] == "-300"
    drawn = "\n".join(lines)
    assert "a" in drawn
    assert "b" in drawn


# --- sweep and safeguards -------------------------------------------------------------------------


def test_a_sweep_is_written_printed_and_summed_up(
    controlroom: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controlroom.runs.sweep.play_seed", lambda _, seed: fake(seed))
    out = tmp_path / "out.jsonl"
    words = ("sweep", "knight-2012", "--seeds", "0-3,7", "--workers", "0")
    done = controlroom(*words, "-o", str(out))
    assert (done.code, done.out) == (0, f"{out}\n")
    assert done.err.startswith("5 seeds: half of them lost $200 or less, nine in ten from $0 to $3")
    seeds = [json.loads(line).get("seed") for line in out.read_text().splitlines()]
    assert seeds == [None, 0, 1, 2, 3, 7]
    again = controlroom(*words, "-o", str(out))
    assert again.err.startswith("5 of 5 seeds are there already")
    printed = controlroom(*words)
    assert [json.loads(line)["seed"] for line in printed.out.splitlines()] == [0, 1, 2, 3, 7]


def fake(seed: int) -> dict[str, int]:
    return {"seed": seed, "loss_usd": seed * 100}


def test_ctrl_c_ends_a_sweep_that_goes_on_later(
    controlroom: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_: object, seed: int) -> dict[str, int]:
        if seed == 2:
            signal.raise_signal(signal.SIGINT)
        return fake(seed)

    monkeypatch.setattr("controlroom.runs.sweep.play_seed", pressed)
    out = tmp_path / "out.jsonl"
    words = ("sweep", "knight-2012", "--seeds", "0-9", "--workers", "0", "-o", str(out))
    done = controlroom(*words)
    assert done.code == 130
    assert "stopped after 3 of 10 seeds; started again, the sweep goes on from there" in done.err
    assert not out.exists()
    monkeypatch.setattr("controlroom.runs.sweep.play_seed", lambda _, seed: fake(seed))
    assert "3 of 10 seeds are there already" in controlroom(*words).err
    assert len(out.read_text().splitlines()) == 11


def test_a_safeguard_is_in_the_journal_and_in_the_result(controlroom: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    words = ("--control", "self-halt", "--control", "pmon-alerts", "--until", "08:01", "--json")
    done = controlroom("simulate", "knight-2012", *words, "--journal", str(path))
    assert sorted(json.loads(done.out)["controls"]) == ["pmon-alerts", "self-halt"]
    assert sorted(read_journal(path).header.controls) == ["pmon-alerts", "self-halt"]
    assert verify(path).clock == "08:01:00"


LINES = {
    ("fork", "J"): "Missing option '--at'.",
    ("fork", "none.jsonl", "--at", "09:00"): "none.jsonl: there is no such file",
    ("fork", "J", "--at", "09:24"): "J: begins at 09:25:00 (step 20,400): no fork at 09:24:00",
    ("fork", "J", "--at", "09:33"): "J: ends at 09:32:00 (step 22,080): no fork at 09:33:00",
    ("fork", "J", "--at", "soon"): "J: cannot be forked: 'soon' is not a time of day; write HH:MM",
    ("fork", "J", "--at", "09:30", "--policy", "idel"): 'no policy "idel"; did you mean idle?',
    ("fork", "J", "--at", "09:30", "--policy", "bad.txt"): "bad.txt: line 2: ",
    ("fork", "J", "--at", "09:30", "-o", "bad.txt"): "bad.txt: exists already; a journal is never",
    ("compare", *"JJJJJ"): "5 journals; between one and 4 can be compared",
    ("compare", "J", "--plot", "los"): "Invalid value for '--plot': no curve 'los'; did you mean",
    ("sweep", "knight-2012"): "Missing option '--seeds'.",
    ("sweep", "knight-2012", "--seeds", "5-1"): "Invalid value for '--seeds': no seeds '5-1'; they",
    ("sweep", "knight-2012", "--seeds", "x"): "Invalid value for '--seeds': no seeds 'x'; write 0-",
    (
        "sweep",
        "knight-2012",
        "--seeds",
        "0-9999999",
    ): "Invalid value for '--seeds': '0-9999999' are",
    ("sweep", "knight-2012", "--seeds", "1", "-o", "bad.txt"): (
        "bad.txt: exists already and holds no results of a sweep"
    ),
    ("simulate", "knight-2012", "--control", "self-hlt"): (
        "Invalid value for '--control': knight-2012 has no safeguard 'self-hlt'; did you mean self-"
    ),
    (
        "play",
        "--plain",
        "--control",
        "x",
        "--resume",
        "J",
    ): "--control cannot be changed by --resum",
}


@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_one_line_names_what_is_wrong(
    controlroom: Run,
    arguments: tuple[str, ...],
    journal: Path,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("J").write_bytes(journal.read_bytes())
    Path("bad.txt").write_text("09:31:00 pmon\n09:32:00 stpo smars-8\n")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = controlroom(*arguments)
    assert done.code in (1, 2)
    assert done.out == ""
    assert done.err.startswith(f"controlroom: {LINES[arguments]}")
    assert done.err.count("\n") == 1
    if folder.exists():
        folder.rmdir()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
