"""The same demo makes the same film: in this process, in another, and whatever the environment."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from controlroom.recording.cast import cast
from controlroom.recording.demo_file import parse_demo
from controlroom.recording.director import Director, perform
from controlroom.recording.stage import Shelf
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario
from tests.recording.conftest import STORM, storm

ROOT = Path(__file__).resolve().parents[2]

ELSEWHERE = """
import hashlib, sys
from controlroom.recording.cast import cast
from controlroom.recording.demo_file import parse_demo
from controlroom.recording.director import perform
recording = perform(parse_demo(sys.stdin.read(), "storm.demo"))
print(hashlib.sha256(cast(recording.tape).encode()).hexdigest())
print(*(hashlib.sha256(picture.svg.encode()).hexdigest() for picture in recording.pictures))
"""


def fingerprints() -> list[str]:
    recording = storm()
    pictures = (hashlib.sha256(each.svg.encode()).hexdigest() for each in recording.pictures)
    return [hashlib.sha256(cast(recording.tape).encode()).hexdigest(), " ".join(pictures)]


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "NO_COLOR": "1", "TEXTUAL_FPS": "15", "TERM": "dumb"},
        {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "256", "COLUMNS": "40"},
    ],
    ids=["hash seed", "a poor terminal", "other settings"],
)
def test_another_process_makes_the_same_film(surroundings: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **surroundings},
        input=STORM,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == fingerprints()


def test_a_busy_machine_makes_the_same_film() -> None:
    over = threading.Event()

    def spin() -> None:
        while not over.is_set():
            sum(range(10_000))

    busy = threading.Thread(target=spin)
    busy.start()
    try:
        again = perform(parse_demo(STORM, "storm.demo"))
    finally:
        over.set()
        busy.join()
    assert again == storm()


def test_a_film_names_neither_the_machine_nor_the_day() -> None:
    """No path, no user, no date of today, no version: the film of an incident of 2012."""
    import datetime as dt

    from controlroom import __version__

    text = cast(storm().tape) + "".join(picture.svg for picture in storm().pictures)
    assert str(Path.home()) not in text
    assert str(ROOT) not in text
    assert dt.datetime.now(dt.UTC).strftime("%Y-%m-%d") not in text
    assert f"v{__version__}" not in text
    assert f'"{__version__}"' not in text


def test_the_title_begins_a_run_without_a_trace_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beginning a run is work for a thread in the app, and takes no time of the film."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    demo = parse_demo("opens: title\n\nwait 1\npress enter enter\nwait 1\n", "title.demo")
    first, again = perform(demo), perform(demo)
    assert first == again
    assert "SMARS-8" in first.picture("last").svg
    assert list(tmp_path.iterdir()) == []


def test_work_for_a_thread_takes_no_time_of_the_film(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beginning a run on a slow machine is the same film as on a fast one."""
    demo = parse_demo("opens: title\n\nwait 1\npress enter enter\nwait 0.5\n", "title.demo")
    quick, begin = perform(demo), Shelf.begin

    def slowly(*arguments: Any) -> Run:
        time.sleep(0.5)  # a slow machine
        return begin(*arguments)

    monkeypatch.setattr(Shelf, "begin", slowly)
    assert perform(demo) == quick


def test_a_run_that_has_been_is_replayed_on_the_clock_of_the_film(tmp_path: Path) -> None:
    """Neither the folder of its journal nor the pace at which it was read is to be seen."""
    demo = parse_demo(
        "opens: replay\nstart: 09:30\nsize: 120x35\n\nwait 1\npress space\nwait 2\n", "replay.demo"
    )
    made = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        journal = tmp_path / name / "run.jsonl"
        with Run.begin(load_scenario("knight-2012"), start="09:30", journal=journal) as run:
            run.advance(240)
        made.append(Director(demo, None, past=journal).record())
    assert made[0] == made[1]
    shown = made[0].picture("last").svg
    assert "REPLAY" in shown
    assert "09:30:0" in shown
    assert "jsonl" not in shown
