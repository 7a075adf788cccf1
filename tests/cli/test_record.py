"""`controlroom record` and `screenshots`, as somebody types them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from controlroom.cli.app import run
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario
from tests.cli.conftest import Run as CommandLine

DEMO = "start: 09:30\nsize: 80x27\n\ncaption hello\nwait 0.5\n"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "my.demo"
    path.write_text(DEMO, encoding="utf-8")
    return path


def record(*arguments: str | Path) -> int:
    return run(["record", *map(str, arguments)])


@pytest.mark.parametrize("kind", ["cast", "svg", "png", "webp", "gif", "html"])
def test_a_demo_becomes_what_its_file_is_called(
    kind: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"film.{kind}"
    assert record(demo, "-o", file) == 0
    assert file.stat().st_size > 1000
    said = capsys.readouterr()
    assert said.out == ""
    assert f"film.{kind}: " in said.err
    assert {path.name for path in tmp_path.iterdir()} == {"my.demo", f"film.{kind}"}


def test_a_file_that_exists_is_kept_without_force(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "film.cast"
    file.write_text("mine", encoding="utf-8")
    assert record(demo, "-o", file) == 1
    assert "exists already; --force writes over it" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    assert record(demo, "-o", file, "--force", "--v2") == 0
    with file.open(encoding="utf-8") as lines:
        assert json.loads(next(lines))["version"] == 2


@pytest.mark.parametrize(
    "arguments, code, said",
    [
        (["my.demo", "-o", "film.avi"], 2, "no kind of file .avi; it is .cast, .gif"),
        (["my.demo", "-o", "film"], 2, "the file needs an ending: .cast"),
        (["my.demo", "-o", "no/where.cast"], 1, "there is no folder no"),
        (["my.demo", "-o", "folder.cast"], 1, "folder.cast is a folder; name a file"),
        (["my.demo", "-o", "folder.cast", "--force"], 1, "folder.cast is a folder; name a file"),
        (["small.demo", "-o", "film.cast"], 2, "small.demo: line 1: size 60x20 is too small"),
        (["endless.demo", "-o", "film.cast"], 2, "line 3: the film is longer than 1 s here; is it"),
        (
            ["my.demo", "-o", "film.cast", "--at", "1"],
            2,
            "--at is for .svg and .png, not for .cast",
        ),
        (["my.demo", "-o", "film.gif", "--check"], 2, "--check is for .cast and .webp, not for"),
        (["my.demo", "-o", "film.webp", "--check"], 2, "film.webp cannot be read: no such file"),
        (["my.demo", "-o", "film.svg", "--v2"], 2, "--v2 is for .cast, not for .svg"),
        (["my.demo", "-o", "film.svg", "--at", "99"], 2, "there is no picture at 99 s"),
        (["my.demo", "-o", "film.cast", "--speed", "2"], 2, "--speed is for journals"),
        (["taeser", "-o", "film.cast"], 2, 'no demo "taeser"; did you mean teaser?'),
        (
            ["bad.demo", "-o", "film.cast"],
            2,
            'bad.demo: line 1: no verb "wiat"; did you mean wait?',
        ),
        (["bad.jsonl", "-o", "film.cast"], 1, "bad.jsonl"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_one_line_and_leaves_no_file(
    arguments: list[str],
    code: int,
    said: str,
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.demo").write_text("wiat 2\n", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "small.demo").write_text("size: 60x20\nwait 1\n", encoding="utf-8")
    (tmp_path / "endless.demo").write_text(
        "start: 09:30\nlimit: 1\nuntil 18:00\n", encoding="utf-8"
    )
    (tmp_path / "folder.cast").mkdir()
    before = set(tmp_path.iterdir())
    assert record(*arguments) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("kind", ["webp", "cast"])
def test_a_film_that_is_no_longer_true_is_found(
    kind: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether it is says the film itself, whatever library has encoded it."""
    file = tmp_path / f"film.{kind}"
    assert record(demo, "-o", file) == 0
    made = file.read_bytes()
    assert record(demo, "-o", file, "--check") == 0
    demo.write_text(DEMO.replace("hello", "hullo"), encoding="utf-8")
    capsys.readouterr()
    assert record(demo, "-o", file, "--check") == 1
    assert "is no longer true; `controlroom record " in capsys.readouterr().err
    assert file.read_bytes() == made


def test_a_picture_that_is_no_film_is_not_true(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "film.webp"
    file.write_bytes(b"RIFF\x04\x00\x00\x00WEBP")
    assert record(demo, "-o", file, "--check") == 1
    assert "is no longer true" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["svg", "png", "webp", "gif", "html"])
def test_a_missing_font_is_said_before_anything_is_played(
    kind: str,
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from controlroom.recording import faces

    monkeypatch.setattr(faces, "FOLDER", tmp_path)
    assert record(demo, "-o", tmp_path / f"film.{kind}") == 2
    assert capsys.readouterr().err == (
        "controlroom: the font JetBrainsMono-Regular.ttf is missing; install Control Room again\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["my.demo"]


def test_a_missing_encoder_is_said_before_anything_is_played(
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import shutil

    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert record(demo, "-o", tmp_path / "film.mp4") == 2
    error = capsys.readouterr().err
    assert "an .mp4 needs the program ffmpeg, which is not installed" in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["my.demo"]


def test_a_run_that_is_not_what_its_journal_says_is_no_film(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    journal = tmp_path / "edited.jsonl"
    with Run.begin(load_scenario("knight-2012"), start="09:30", journal=journal) as played:
        played.advance(40)
        played.give("kill smars-8")
        played.advance(400)
    text = journal.read_text(encoding="utf-8")
    journal.write_text(text.replace("kill smars-8", "kill smars-7"), encoding="utf-8")
    assert record("edited.jsonl", "-o", "film.webp") == 1
    error = capsys.readouterr().err
    assert "edited.jsonl" in error
    assert "is not the journal's" in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["edited.jsonl"]


def test_a_picture_of_a_moment_is_not_the_last_one(demo: Path, tmp_path: Path) -> None:
    early, late = tmp_path / "early.svg", tmp_path / "late.svg"
    assert record(demo, "-o", early, "--at", "0.2") == 0
    assert record(demo, "-o", late) == 0
    assert early.read_bytes() != late.read_bytes()


def test_ctrl_c_leaves_no_file(tmp_path: Path) -> None:
    """Stopped in the middle of a long film, once the film is under way."""
    (tmp_path / "long.demo").write_text(
        "start: 09:30\nspeed: 10\nlimit: 900\n\nuntil 11:30:00\n", encoding="utf-8"
    )
    watched = tmp_path / "watched.py"
    watched.write_text(
        "import sys\n"
        "from controlroom.cli.app import run\n"
        "from controlroom.cli.progress import Progress\n"
        "call = Progress.__call__\n"
        "def told(self, done, whole):\n"
        "    print('under way', file=sys.__stdout__, flush=True)\n"
        "    call(self, done, whole)\n"
        "Progress.__call__ = told\n"
        "sys.exit(run(['record', 'long.demo', '-o', 'long.cast']))\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, str(watched)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
    assert first == "under way\n", error
    assert process.returncode == 130, error
    assert error.splitlines()[-1] == "controlroom: stopped"
    assert not (tmp_path / "long.cast").exists()


def test_pictures_that_are_there_are_kept_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert run(["screenshots", "-o", str(tmp_path)]) == 1
    assert "has pictures already; --force writes over them" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--record", "x.cast", "--plain"], "--record keeps a screen; --plain has none"),
        (["--record", "x.webp"], "--record writes a .cast"),
        (["--record", "no/x.cast"], "there is no folder no"),
        (["--record", "old.cast"], "old.cast exists already; --force writes over it"),
        (["--force"], "--force is for the file of --record"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_session_that_cannot_be_kept_is_not_begun(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.cast").write_text("mine", encoding="utf-8")
    assert run(["play", "knight-2012", "--journal", "run.jsonl", *arguments]) > 0
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


def test_a_run_is_filmed_by_the_name_under_which_it_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = tmp_path / "runs"
    runs.mkdir()
    monkeypatch.setenv("CONTROLROOM_RUNS", str(runs))
    monkeypatch.chdir(tmp_path)
    with Run.begin(
        load_scenario("knight-2012"), start="09:30", journal=runs / "mine.jsonl"
    ) as played:
        played.advance(40)
    assert record("mine", "-o", "film.cast") == 0
    assert "SMARS-8" in (tmp_path / "film.cast").read_text(encoding="utf-8")


def test_who_watches_is_told_which_run_it_is(
    controlroom: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_is_served(*_: object) -> None:
        """Where the page would be."""

    monkeypatch.setattr("controlroom.recording.watch.show", nothing_is_served)
    folder.mkdir()
    scenario = load_scenario("knight-2012")
    with Run.begin(scenario, journal=folder / "played.jsonl"):
        with Run.begin(scenario, journal=folder / "later.jsonl"):
            pass
        assert controlroom("watch", "--live").err == "following played.jsonl\n"
    said = controlroom("watch", "--live").err
    assert said.endswith("jsonl, the last one; nobody plays a run on this machine now\n")
