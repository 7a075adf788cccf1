"""What each command prints, and that its help shows how it is used."""

from __future__ import annotations

import json
import os
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import controlroom as package
from controlroom.cli import app, progress
from controlroom.runs.journal import read_journal
from controlroom.runs.run import Run as Playing
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]

KEYS = [
    *("scenario", "seed", "policy", "until", "digest", "steps", "reject_mails_before_open"),
    *("power_peg_parents", "child_orders", "executions", "shares", "stocks", "stocks_long"),
    *("stocks_short", "net_long_usd", "net_short_usd", "gross_peak_usd"),
    *("stocks_over_20pct_5pct", "stocks_over_50pct_10pct", "loss_usd", "loss_marked_usd"),
    *("loss_fair_usd", "contained_at", "wall_seconds"),
]


# --- help -----------------------------------------------------------------------------------------


def every(group: click.Group, before: str = "") -> dict[str, click.Command]:
    """Every command as it is typed, those of groups among them."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{before}{name} is listed and is not there"
        found[f"{before}{name}"] = command
        if isinstance(command, click.Group):
            found |= every(command, f"{before}{name} ")
    return found


@pytest.mark.parametrize("command", ["", *every(app.controlroom)])
def test_every_help_has_an_example(controlroom: Run, command: str) -> None:
    done = controlroom(*command.split(), "--help")
    assert done.code == 0
    assert re.search(r"Examples?:\n +(controlroom|bash)", done.out)
    assert done.err == ""


def test_a_list_of_commands_says_each_in_a_whole_sentence() -> None:
    groups = [item for item in every(app.controlroom).values() if isinstance(item, click.Group)]
    for group in (app.controlroom, *groups):
        listed = CliRunner().invoke(group, ["--help"]).output
        names = group.list_commands(click.Context(group))
        assert names
        for name in names:
            (line,) = re.findall(rf"^  {name}  .*$", listed, re.MULTILINE)
            assert line.endswith("."), line
            assert not line.endswith(".."), line


def test_the_examples_of_the_help_are_understood() -> None:
    """Every option of an example is one of its command."""
    for name, command in every(app.controlroom).items():
        if isinstance(command, click.Group):
            continue  # what its examples show is tried with its commands
        options = {name for option in command.params for name in option.opts}
        epilog = command.epilog or ""
        for line in re.findall(rf"controlroom {name} ([^|\n]*)", epilog):
            used = {word for word in shlex.split(line, comments=True) if word.startswith("--")}
            assert used <= options, line


def test_the_version_is_the_packages(controlroom: Run) -> None:
    assert controlroom("--version").out == f"controlroom {package.__version__}\n"


def test_help_comes_at_once() -> None:
    """Generous, for a test; benchmarks measure it. What others compute meanwhile does not count."""

    def computed() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = computed()
    subprocess.run(
        [sys.executable, "-m", "controlroom", "--help"], cwd=ROOT, check=True, capture_output=True
    )
    assert computed() - before < 1.0


# --- simulate -------------------------------------------------------------------------------------


def test_simulate_prints_one_object(controlroom: Run, folder: Path) -> None:
    done = controlroom("simulate", "knight-2012", "--until", "8:05", "--seed", "3", "--json")
    assert done.code == 0
    values = json.loads(done.out)
    assert set(KEYS) <= set(values)
    assert (values["scenario"], values["seed"], values["policy"]) == ("knight-2012", 3, "reference")
    assert (values["until"], values["at"], values["steps"]) == ("08:05:00", "08:05:00", 1200)
    assert values["contained_at"] is None
    assert values["wall_seconds"] > 0
    assert Path(values["journal"]).parent == folder


def test_simulate_gives_the_same_object_every_time(controlroom: Run) -> None:
    one, two = (
        json.loads(controlroom("simulate", "knight-2012", "--until", "8:05", "--json").out)
        for _ in range(2)
    )
    for values in (one, two):
        del values["wall_seconds"], values["journal"]
    assert one == two


def test_simulate_prints_a_table_for_people(controlroom: Run) -> None:
    done = controlroom("simulate", "knight-2012", "--until", "08:05", "--policy", "idle")
    assert done.code == 0
    assert done.out.startswith("Knight Capital, 1 August 2012, seed 7, played by idle\n08:05:00  ")
    assert re.search(r"reject mails before the open +\d+ +97 e-mails", done.out)
    assert "documented" in done.out
    assert max(map(len, done.out.splitlines())) <= 110
    assert re.search(r"1,200 steps in .* s, digest [0-9a-f]{32}\njournal ", done.err)


def test_simulate_follows_a_policy_file(controlroom: Run, tmp_path: Path) -> None:
    policy = tmp_path / "mine.txt"
    policy.write_text("08:01 stop all\n08:02 stop smars-8 # the stale one\n08:09 pmon\n")
    journal = tmp_path / "mine.jsonl"
    done = controlroom(
        *("simulate", "knight-2012", "--policy", str(policy), "--until", "08:05"),
        *("--journal", str(journal)),
    )
    assert done.code == 0
    assert "refused: 1 of 2 commands; the first: 08:01:00 stop all: " in done.err
    assert "not given: 1 command from after 08:05:00, where the run stopped" in done.err
    assert read_journal(journal).header.policy == str(policy)
    assert controlroom("verify", str(journal)).code == 0


def test_simulate_may_write_no_journal(controlroom: Run, folder: Path) -> None:
    done = controlroom("simulate", "knight-2012", "--until", "08:01", "--no-journal", "--json")
    assert json.loads(done.out)["journal"] is None
    assert not folder.exists()


def test_simulate_of_ones_own_scenario_can_be_verified(controlroom: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my-incident"
    folder.mkdir()
    for file in (ROOT / "scenarios" / "knight-2012").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    journal = str(tmp_path / "a.jsonl")
    arguments = ("--policy", "idle", "--until", "08:02", "--journal", journal)
    assert controlroom("simulate", str(folder), *arguments).code == 0
    assert "my-incident at 08:02:00" in controlroom("verify", journal).out


def test_ctrl_c_leaves_a_sound_journal_and_says_so(tmp_path: Path) -> None:
    journal = tmp_path / "a.jsonl"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "controlroom", "simulate", "knight-2012"),
            *("--policy", "idle", "--journal", str(journal)),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 20
    while time.monotonic() < until and not (journal.exists() and journal.stat().st_size > 3000):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert re.fullmatch(
        rf"stopped at \d\d:\d\d:\d\d; the journal {re.escape(str(journal))} is whole and can be "
        r"verified or resumed\n",
        err,
    )
    with Playing.resume(journal) as run:
        assert run.mended == ""


# --- verify ---------------------------------------------------------------------------------------


def simulated(controlroom: Run, path: Path) -> Path:
    """A short journal."""
    arguments = ("--policy", "idle", "--until", "08:03", "--journal", str(path))
    assert controlroom("simulate", "knight-2012", *arguments).code == 0
    return path


def test_verify_says_what_is_true_and_what_is_not(controlroom: Run, tmp_path: Path) -> None:
    true = simulated(controlroom, tmp_path / "true.jsonl")
    false = tmp_path / "false.jsonl"
    false.write_text(true.read_text().replace('"seed": 7', '"seed": 9'))
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(true.read_bytes() + b'{"step": 7')

    done = controlroom("verify", str(true), str(torn))
    assert done.code == 0
    first, second = done.out.splitlines()
    assert first.startswith(
        f"true     {true}: knight-2012 at 08:03:00, step 720, 0 commands, 4 dig"
    )
    assert second.startswith(f"true     {torn}")
    assert "torn" in done.err

    done = controlroom("verify", str(true), str(false), str(tmp_path / "none.jsonl"))
    assert done.code == 1
    first, second, third = done.out.splitlines()
    assert first.startswith("true ")
    assert re.match(rf"differs  {re.escape(str(false))}, line \d+: the world at 08:0", second)
    assert third == f"refused  {tmp_path / 'none.jsonl'}: there is no such file"


# --- what there is --------------------------------------------------------------------------------


def test_scenarios_are_listed(controlroom: Run) -> None:
    done = controlroom("scenarios")
    assert done.code == 0
    assert re.search(r"^knight-2012 +Knight Capital, 1 August 2012$", done.out, re.MULTILINE)
    assert re.search(r"^knight-blind ", done.out, re.MULTILINE)


def test_runs_are_listed_with_what_can_be_done_with_them(controlroom: Run, folder: Path) -> None:
    done = controlroom("runs")
    assert (done.code, done.out, done.err) == (0, "", f"no runs yet in {folder}\n")
    controlroom("simulate", "knight-2012", "--until", "08:02", "--policy", "idle")
    (folder / "noise.jsonl").write_bytes(b"\x1b[31mnoise\n")
    done = controlroom("runs")
    assert done.code == 0
    rows = sorted(done.out.splitlines(), key=len)
    assert done.out.isascii()
    assert re.search(
        r"knight-2012 +seed 7 +explore +idle +08:02:00 +can be resumed +knight-2012-.*-1\.jsonl",
        done.out,
    )
    assert any("no journal" in row for row in rows)
    assert done.err == f"2 in {folder}\n"
    paths = controlroom("runs", "--paths").out.split()
    assert [Path(path).parent for path in paths] == [folder]


def test_a_scenario_that_is_in_order_is_said_to_be(controlroom: Run) -> None:
    done = controlroom("check", "knight-2012", str(ROOT / "scenarios" / "knight-2012"))
    assert done.code == 0
    assert done.out.count("nothing is wrong") == 2


def test_everything_that_is_wrong_with_a_scenario_is_named(
    controlroom: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "my-incident"
    folder.mkdir()
    for file in (ROOT / "scenarios" / "knight-2012").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    reference = folder / "reference.txt"
    good = reference.read_text(encoding="utf-8")
    reference.write_text(f"{good}19:00 stpo smars-8 # [reconstructed]\n", encoding="utf-8")
    done = controlroom("check", str(folder))
    assert done.code == 1
    assert "reference.txt, 19:00:00: no command 'stpo'; did you mean stop?" in done.out

    reference.write_text(f"{good}19:00 pmon\n25:00 pmon\n", encoding="utf-8")
    (folder / "hints.toml").write_text("hint = 3\n", encoding="utf-8")
    done = controlroom("check", str(folder), str(tmp_path / "none"), "knight-2012")
    assert done.code == 1
    assert len(done.out.splitlines()) >= 5
    assert "nothing is wrong" in done.out.splitlines()[-1]


# --- completion -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(controlroom: Run, shell: str) -> None:
    done = controlroom("completion", shell)
    assert done.code == 0
    assert "_CONTROLROOM_COMPLETE" in done.out


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_a_zsh_without_any_setting_takes_the_script(controlroom: Run, tmp_path: Path) -> None:
    (tmp_path / ".zshrc").write_text(controlroom("completion", "zsh").out)
    done = subprocess.run(
        ["zsh", "-i", "-c", "print $_comps[controlroom]"],  # noqa: S607
        env={**os.environ, "ZDOTDIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("_controlroom_completion", "")


@pytest.mark.parametrize(
    "line, expected",
    [
        ("controlroom si", {"simulate"}),
        ("controlroom play kn", {"knight-2012"}),
        ("controlroom play knight-2012 --start 09:3", {"09:30", "09:34"}),
        ("controlroom play knight-2012 --mode c", {"coach"}),
        ("controlroom simulate knight-2012 --policy re", {"reference"}),
    ],
)
def test_the_shell_completes(line: str, expected: set[str]) -> None:
    words = line.split()
    environment = {
        "_CONTROLROOM_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = CliRunner().invoke(app.controlroom, [], "", environment, prog_name="controlroom")
    found = {entry.partition(",")[2] for entry in done.output.splitlines()}
    assert expected <= found


@pytest.mark.parametrize(
    "words, offered",
    [
        ("play knight-2012 --start", ["08:00", "09:25", "09:30", "09:34"]),
        ("simulate first-shift --control", []),
        ("simulate knight-2012 --policy", ["reference", "idle"]),
        ("verify", ["a-run.jsonl"]),
    ],
)
def test_bash_offers_what_there_is_for_this_scenario_and_here(
    words: str, offered: list[str], tmp_path: Path
) -> None:
    """The printed script, run by a bash: what it keeps of what it is told."""
    (tmp_path / "a-run.jsonl").touch()
    typed = ["controlroom", *words.split(), ""]
    script = f"""
        controlroom() {{ :; }}
        compopt() {{ :; }}
        env() {{ command env "${{@:1:3}}" {shlex.quote(sys.executable)} -m controlroom; }}
        eval "$({shlex.quote(sys.executable)} -m controlroom completion bash)"
        COMP_WORDS=({shlex.join(typed)}) COMP_CWORD={len(typed) - 1}
        _controlroom_completion controlroom
        printf '%s\n' "${{COMPREPLY[@]}}"
    """
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "CONTROLROOM_RUNS": str(tmp_path / "none"),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = done.stdout.split()
    assert found[: len(offered)] == offered
    assert found if offered else not found


# --- the bar --------------------------------------------------------------------------------------


class Terminal(StringIO):
    """A standard error that is a terminal, or is not."""

    def __init__(self, *, alive: bool) -> None:
        super().__init__()
        self.alive = alive

    def isatty(self) -> bool:
        return self.alive


def test_a_bar_is_shown_on_a_terminal_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    screen = Terminal(alive=True)
    with progress.Progress("a\x1b[31m.jsonl", screen) as bar:
        bar(10, 100)
        assert screen.getvalue() == ""
        now[0] += 1.5
        bar(50, 100)
        bar(51, 100)
        assert screen.getvalue() == "\ra?[31m.jsonl [###############---------------]  50 %"
    assert screen.getvalue().endswith("\r\x1b[K")


def test_no_bar_is_written_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    file = Terminal(alive=False)
    with progress.Progress("a", file) as bar:
        now[0] += 100
        bar(50, 100)
    assert file.getvalue() == ""


def test_the_module_can_be_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "controlroom", "--version"],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"controlroom {package.__version__}\n"


def test_a_riddle_is_played_by_its_seed_and_told_when_it_is_over(controlroom: Run) -> None:
    asked = ("simulate", "knight-blind", "--policy", "diagnostician", "--seed", "15")
    done = controlroom(*asked, "--no-journal", "--json")
    values = json.loads(done.out)
    assert values["loss_usd"] == 0
    assert values["truth"][0].startswith("Nothing was wrong.")
    assert "Nothing was wrong." in controlroom(*asked, "--no-journal").out


def test_the_seed_of_today_is_said_and_is_not_given_twice(controlroom: Run) -> None:
    asked = ("simulate", "knight-blind", "--policy", "idle", "--until", "09:21:00", "--no-journal")
    done = controlroom(*asked, "--daily", "--difficulty", "hard", "--json")
    values = json.loads(done.out)
    assert f"(UTC) is {values['seed']}\n" in done.err
    assert values["stressors"] == ["time", "noise", "ambiguity", "calls", "liar"]
    assert "either --seed N or --daily" in controlroom(*asked, "--daily", "--seed", "3").err


def test_stressors_that_are_not_there_are_named(controlroom: Run) -> None:
    done = controlroom("simulate", "knight-blind", "--stressor", "nois", "--no-journal")
    assert done.code != 0
    assert "knight-blind has no stressor 'nois'; did you mean noise?" in done.err
    done = controlroom("simulate", "knight-2012", "--difficulty", "hard", "--no-journal")
    assert "knight-2012 has no difficulty 'hard'; it has none" in done.err
