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


def test_what_lies_behind_the_fork_need_not_be_sound(
    controlroom: Run, journal: Path, tmp_path: Path
) -> None:
    """A line that cannot be read, and what follows it, is said and left out."""
    lines = journal.read_bytes().splitlines(keepends=True)
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"".join([*lines[:-2], b"{\n", *lines[-2:]]))
    new = str(tmp_path / "new.jsonl")
    done = controlroom("fork", str(broken), "--at", "09:30:30", "-o", new)
    number = len(lines) - 1
    assert (done.code, done.out) == (0, f"{new}\n")
    assert done.err.startswith(f"Line {number} of the journal is not a JSON object. It is read up")
    assert verify(Path(new)).clock == "09:30:30"
    late = controlroom("fork", str(broken), "--at", "09:31:30")
    assert late.code == 1
    assert "ends at 09:31:00 (step 21,840): no fork at 09:31:30" in late.err
    assert f". Line {number} of the journal is not a JSON object." in late.err


def test_what_is_compared_is_what_the_journals_vouch_for(
    controlroom: Run, journal: Path, tmp_path: Path
) -> None:
    edited = tmp_path / "edited.jsonl"
    edited.write_bytes(journal.read_bytes().replace(b'"pmon"', b'"look smars-1"'))
    done = controlroom("compare", str(journal), str(edited), "--json")
    assert done.code == 1
    mine, other = json.loads(done.out)["runs"]
    assert (mine["sound"], mine["notes"], mine["at"]) == (True, [], "09:32:00")
    assert (other["sound"], other["at"], other["commands"]) == (False, "09:25:00", [])
    assert other["notes"][0] in done.err
    assert done.err.startswith(f"b  {edited}: Line ")
    assert "they agreed until 09:25:00 (step 20400)" in done.err


def test_a_part_of_the_day_can_be_compared_minute_by_minute(
    controlroom: Run, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside each other where the terminal is wide enough, one figure after the other if not."""
    words = ("compare", str(journal), str(journal), "--table", "--from", "09:30", "--until")
    wide = controlroom(*words, "09:31:20").out.splitlines()
    head = next(at for at, line in enumerate(wide) if "loss a" in line)
    assert wide[head].split() == [
        "loss",
        "a",
        "loss",
        "b",
        "gross",
        "a",
        "gross",
        "b",
        "a",
        "minute",
        "a",
        "a",
        "minute",
        "b",
    ]
    assert [line[:8] for line in wide[head + 1 :]] == ["09:30:00", "09:31:00", "09:32:00", ""]
    monkeypatch.setenv("COLUMNS", "40")
    narrow = [line for line in controlroom(*words, "09:31:20").out.splitlines() if " a " in line]
    assert [line.split() for line in narrow[-3:]] == [
        ["loss", "a", "loss", "b"],
        ["gross", "a", "gross", "b"],
        ["a", "minute", "a", "a", "minute", "b"],
    ]
    assert "pmon" not in "".join(wide), "commands from before the part are left out"
    nothing = controlroom(*words, "09:29")
    assert nothing.err == "controlroom: from 09:30:00 until 09:29:00 there is nothing\n"
    assert "outside the day" in controlroom(*words, "07:00").err


def test_the_list_of_runs_is_a_tree(controlroom: Run, journal: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.jsonl").write_bytes(journal.read_bytes())
    controlroom("fork", str(folder / "mine.jsonl"), "--at", "09:26", "-o", str(folder / "b.jsonl"))
    first, second = controlroom("runs").out.splitlines()
    assert first.endswith("  mine.jsonl")
    assert second.endswith("    └ b.jsonl, forked at 09:26:00")


def test_a_run_is_known_by_the_name_under_which_it_is_listed(
    controlroom: Run, journal: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With or without its ending, from anywhere; a file that is here comes first."""
    folder.mkdir()
    (folder / "mine.jsonl").write_bytes(journal.read_bytes())
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "mine.jsonl"):
        assert controlroom("verify", name).out.startswith(f"true     {folder / 'mine.jsonl'}: ")
    assert controlroom("compare", "mine", "mine", "--table").code == 0
    (tmp_path / "mine").write_text("something else\n")
    assert controlroom("verify", "mine").out.startswith("refused  mine: is no journal")
    assert controlroom("verify", "yours").out == "refused  yours: there is no such file\n"


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
