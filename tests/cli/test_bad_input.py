"""What cannot be done as asked: one line that names it and the nearest, and nothing is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from controlroom.runs.verify import verify
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]

LINES = {
    ("simlate",): "no command 'simlate'; did you mean simulate?",
    ("frobnicate",): "no command 'frobnicate'; there are play, replay, debrief, ",
    ("knight-2012",): "no command 'knight-2012'; did you mean controlroom play knight-2012?",
    ("--verison",): "No such option '--verison'. Did you mean '--version'?",
    ("play",): "play what? Name a SCENARIO, for example knight-2012",
    ("play", "knigt-2012", "--plain"): "knigt-2012 is no scenario; expected 'knight-2012' perhaps",
    ("simulate", "knigt-2012"): "knigt-2012 is no scenario; expected 'knight-2012' perhaps",
    ("simulate",): "Missing argument 'SCENARIO'.",
    ("simulate", "a", "b"): "Got unexpected extra argument (b)",
    ("play", "knight-2012", "--plain", "--start", "09:26"): (
        'no place to start from "09:26"; did you mean 09:25? There are 08:00, 09:25, 09:30, 09:34'
    ),
    ("play", "knight-2012", "--sede", "1"): "No such option '--sede'.",
    ("play", "knight-2012", "--seed", "x"): (
        "Invalid value for '--seed': no seed 'x'; it is a whole number from 0 to 92233720368547"
    ),
    ("play", "knight-2012", "--seed", "-1"): "Invalid value for '--seed': no seed '-1'; it is",
    ("play", "knight-2012", "--plain", "--console", "modem"): (
        "Invalid value for '--console': no console 'modem'; did you mean modern?"
    ),
    ("play", "knight-2012", "--plain", "--console", "modern", "--console", "as-was"): (
        "Invalid value for '--console': either modern or as-was: a run has one console"
    ),
    ("play", "knight-2012", "--mode", "coch"): (
        "Invalid value for '--mode': no mode 'coch'; did you mean coach?"
    ),
    ("play", "knight-2012", "--speed", "fast"): (
        "Invalid value for '--speed': no speed 'fast'; it is from 1/4 to 60"
    ),
    ("play", "knight-2012", "--speed", "61"): "Invalid value for '--speed': no speed '61'; it is",
    ("play", "knight-2012", "--speed", "1/0"): "Invalid value for '--speed': no speed '1/0'; it",
    ("play", "knight-2012", "--resume", "a.jsonl"): "a journal knows its scenario: either",
    ("play", "--plain", "--resume", "none.jsonl"): "none.jsonl: there is no such file",
    ("play", "--plain", "--seed", "3", "--resume", "a.jsonl"): "--seed cannot be changed by --resu",
    ("simulate", "knight-2012", "--policy", "refrence"): (
        'no policy "refrence"; did you mean reference? There are'
    ),
    ("simulate", "knight-2012", "--until", "25:00"): (
        "--until '25:00' is not a time of day; write HH:MM:SS, for example 09:34:12"
    ),
    ("simulate", "knight-2012", "--until", "07:00"): "--until 07:00 is outside the day; it runs",
    ("simulate", "knight-2012", "--until", "\x1b[31m"): "--until '\\x1b[31m' is not a time of day",
    ("simulate", "knight-2012", "--journal", "a", "--no-journal"): "either --journal FILE or --no-",
    ("completion", "bsh"): "Invalid value for 'SHELL': no shell 'bsh'; did you mean bash?",
    ("verify",): "Missing argument 'JOURNAL...'.",
}


@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_one_line_names_it(
    controlroom: Run,
    arguments: tuple[str, ...],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = controlroom(*arguments)
    assert done.code == (1 if "none.jsonl" in arguments else 2)
    assert done.out == ""
    assert done.err.startswith(f"controlroom: {LINES[arguments]}")
    assert done.err.count("\n") == 1
    assert done.err.rstrip("\n").isprintable()
    assert not folder.exists(), "something was begun"


def test_a_run_that_is_nearly_named_is_named(controlroom: Run, folder: Path) -> None:
    controlroom("simulate", "knight-2012", "--until", "08:01")
    (path,) = folder.iterdir()
    mistyped = path.stem.replace("knight", "kinght")
    for arguments in (("verify", mistyped), ("play", "--plain", "--resume", f"{mistyped}.jsonl")):
        done = controlroom(*arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.rstrip().endswith(f"did you mean {path.stem}?")


def test_a_broken_scenario_is_named_by_file_and_key(controlroom: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "scenario.toml").write_text("title = 3\n")
    done = controlroom("simulate", str(tmp_path / "mine"))
    assert done.code == 2
    assert "expected" in done.err
    assert done.err.count("\n") == 1


def test_a_journal_that_cannot_be_written_is_one_line(controlroom: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x")
    for place, expected in (
        (taken, "exists already; a journal is never written over, name another file"),
        (tmp_path / "no" / "a.jsonl", "cannot be written: no such file or directory"),
        (Path("/dev/full"), "exists already"),
    ):
        done = controlroom("simulate", "knight-2012", "--until", "08:01", "--journal", str(place))
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"controlroom: {place}: {expected}")
        assert done.err.count("\n") == 1


def test_the_screen_says_what_it_needs_before_anything_begins(
    controlroom: Run, folder: Path
) -> None:
    for arguments in ((), ("play", "knight-2012")):
        done = controlroom(*arguments)
        assert done.code == 2
        assert "needs" in done.err or "draws on a terminal" in done.err
        assert "--plain" in done.err
    assert not folder.exists()


def shell(script: str, tmp_path: Path, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """A line of shell in which `controlroom` is ours."""
    return subprocess.run(
        ["bash", "-c", f'controlroom() {{ "{sys.executable}" -m controlroom "$@"; }}; {script}'],  # noqa: S607
        env={**os.environ, "PYTHONPATH": str(ROOT), "CONTROLROOM_RUNS": str(tmp_path)},
        capture_output=True,
        encoding=encoding,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_is_full_is_one_line(tmp_path: Path) -> None:
    done = shell("controlroom scenarios > /dev/full", tmp_path)
    assert done.returncode == 1
    assert done.stderr == "controlroom: the output cannot be used: no space left on device\n"


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    """`controlroom ... | head -1`."""
    script = "controlroom simulate knight-2012 --until 08:01 --no-journal 2>&1 | true; echo $?"
    assert "Traceback" not in shell(script, tmp_path).stdout
    done = shell("controlroom completion bash | head -c 5; exit ${PIPESTATUS[0]}", tmp_path)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_error(tmp_path: Path, closed: str) -> None:
    script = "controlroom play knight-2012 --plain --start 09:25"
    done = shell(f"echo 'wait 1s' | {script} {closed}", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = tmp_path.iterdir()
    assert path.read_bytes().startswith(b'{"journal": 1'), "something else was written into it"
    assert verify(path).step >= 85 * 240


def test_an_output_that_cannot_show_every_sign_shows_the_others(tmp_path: Path) -> None:
    script = "export PYTHONIOENCODING=cp437; echo help | controlroom play knight-2012 --plain"
    done = shell(script, tmp_path, "cp437")
    assert done.stderr == ""
    assert "look SERVER" in done.stdout
    assert "stop SERVER?|all" in done.stdout
