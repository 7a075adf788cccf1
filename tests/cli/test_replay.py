"""`controlroom replay` before there is a screen: what it refuses, in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.runs.run import Run as Played
from controlroom.scenario import load_scenario
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three minutes before the bell."""
    scenario = load_scenario("knight-2012")
    path = tmp_path_factory.mktemp("recorded") / "run.jsonl"
    with Played.begin(scenario, start="09:25", journal=path) as run:
        run.advance(720)
    return path


@pytest.mark.parametrize(
    "options, said",
    [
        (("--at", "9 o'clock"), "is not a time of day; write HH:MM:SS, for example 09:34:12"),
        (("--at", "09:40:00"), "Invalid value for '--at': the recording ends at 09:28:00"),
        (("--at", "22:00"), "Invalid value for '--at': 22:00 is outside the day"),
        (("--seat", "pilot"), "'--seat': no seat 'pilot' in this run; there is on-call"),
        (("--scenario", "knigt-2012"), "knigt-2012 is no scenario"),
    ],
)
def test_what_there_is_not_to_see_is_said_in_one_line(
    controlroom: Run, journal: Path, options: tuple[str, ...], said: str
) -> None:
    done = controlroom("replay", str(journal), *options)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_a_file_that_is_no_journal_is_named(controlroom: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear diary\n")
    done = controlroom("replay", str(path))
    assert done.code == 1
    assert "is no journal of Control Room" in done.err
    assert done.err.count("\n") == 1
    assert controlroom("replay", str(tmp_path / "none.jsonl")).err.endswith("no such file\n")


def test_without_a_terminal_it_says_what_it_needs(controlroom: Run, journal: Path) -> None:
    done = controlroom("replay", str(journal))
    assert done.code == 2
    assert done.out == ""
    assert done.err.count("\n") == 1
