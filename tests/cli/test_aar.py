"""`controlroom aar`: the report of a drill, whole or not at all, never over what people wrote."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.runs.run import Run as Played
from tests.cli.conftest import Run


@pytest.fixture
def drilled(tmp_path: Path) -> Path:
    """A journal of a short drill before the bell."""
    path = tmp_path / "drill.jsonl"
    with Played.begin(load_scenario("knight-2012"), start="09:25", journal=path) as run:
        for seat, line in (
            ("facilitator", "drill 5"),
            ("facilitator", "join engineer"),
            ("engineer", "note mine alone"),
            ("facilitator", "end"),
        ):
            run.give(line, seat)
            run.advance(40)
    return path


def test_a_report_is_three_files_and_a_seats_own_only_when_asked(
    controlroom: Run, drilled: Path, tmp_path: Path
) -> None:
    place = tmp_path / "report"
    assert controlroom("aar", str(drilled), "-o", str(place)).code == 0
    assert sorted(path.name for path in place.iterdir()) == [
        "AAR.html",
        "AAR.md",
        "improvements.csv",
    ]
    assert "mine alone" not in (place / "AAR.md").read_text(encoding="utf-8")
    with (place / "improvements.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == ["what", "owner", "date", "evidence"]
    done = controlroom("aar", str(drilled), "-o", str(place), "--force", "--seat", "engineer")
    assert done.code == 0
    assert "mine alone" in (place / "AAR-engineer.md").read_text(encoding="utf-8")


def test_what_people_wrote_into_the_table_stays(
    controlroom: Run, drilled: Path, tmp_path: Path
) -> None:
    place = tmp_path / "report"
    place.mkdir()
    (place / "improvements.csv").write_text("ours")
    refused = controlroom("aar", str(drilled), "-o", str(place))
    assert refused.code == 2
    assert "exists already; --force writes over the report in it" in refused.err
    assert [path.name for path in place.iterdir()] == ["improvements.csv"]
    done = controlroom("aar", str(drilled), "-o", str(place), "--force")
    assert done.code == 0
    assert (place / "improvements.csv").read_text() == "ours"
    assert "improvements.csv was there and is as it was" in done.err


def test_a_run_of_one_player_is_no_drill(controlroom: Run, tmp_path: Path) -> None:
    path = tmp_path / "alone.jsonl"
    with Played.begin(load_scenario("knight-2012"), start="09:25", journal=path) as run:
        run.give("note alone")
        run.advance(40)
    done = controlroom("aar", str(path), "-o", str(tmp_path / "report"))
    assert done.code == 2
    assert "alone.jsonl is no drill: nobody gave the command drill PEOPLE in it" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "report").exists()


def test_a_seat_that_there_is_not_leaves_nothing(
    controlroom: Run, drilled: Path, tmp_path: Path
) -> None:
    done = controlroom("aar", str(drilled), "-o", str(tmp_path / "report"), "--seat", "pilot")
    assert done.code == 2
    assert "there is no seat 'pilot' in this drill; there are commander, engineer" in done.err
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("content", [None, "no journal"])
def test_a_file_that_is_no_journal_is_said_in_a_line(
    controlroom: Run, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "x.jsonl"
    if content is not None:
        path.write_text(content)
    done = controlroom("aar", str(path), "-o", str(tmp_path / "report"))
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert not (tmp_path / "report").exists()
