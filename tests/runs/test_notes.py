"""How a run was played stands in its journal, and is no part of its world."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.runs.fold import fold, scenario_of
from controlroom.runs.fork import fork
from controlroom.runs.journal import Noted, read_journal
from controlroom.runs.opened import open_journal
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.sim.start import Scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("knight-2012")


def played(path: Path, scenario: Scenario, *, noting: bool) -> Path:
    """Three minutes with a command, and with a pause or without one."""
    with Run.begin(scenario, journal=path, start="09:30") as run:
        if noting:
            run.note("clock")
        run.advance(300)
        if noting:
            run.note("pause", 12_500)
        run.give("look smars-8")
        run.advance(420)
    return path


def test_folding_passes_over_notes(tmp_path: Path, scenario: Scenario) -> None:
    plain = played(tmp_path / "plain.jsonl", scenario, noting=False)
    noted = played(tmp_path / "noted.jsonl", scenario, noting=True)
    assert verify(plain).digest == verify(noted).digest
    journal = read_journal(noted)
    assert [note for _, note in journal.noted] == [
        Noted(21_600, "clock"),
        Noted(21_900, "pause", 12_500),
    ]
    assert journal.commands == read_journal(plain).commands
    assert read_journal(plain).noted == ()


def test_the_line_after_the_notes_is_named_with_its_number(
    tmp_path: Path, scenario: Scenario
) -> None:
    path = played(tmp_path / "a.jsonl", scenario, noting=True)
    journal = read_journal(path)
    assert journal.last_line == len(path.read_bytes().splitlines())


def test_a_run_that_was_killed_after_a_note_goes_on_at_its_step(
    tmp_path: Path, scenario: Scenario
) -> None:
    run = Run.begin(scenario, journal=tmp_path / "a.jsonl", start="09:30")
    run.advance(50)
    run.note("pause", 700)
    run.abandon()
    with Run.resume(tmp_path / "a.jsonl") as again:
        assert again.simulation.now == 21_650
        again.advance(400)
    assert verify(tmp_path / "a.jsonl").commands == 0


def test_a_note_with_nonsense_in_it_is_refused_with_its_line(
    tmp_path: Path, scenario: Scenario
) -> None:
    path = played(tmp_path / "a.jsonl", scenario, noting=True)
    lines = path.read_text().splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if '"pause"' in line)
    lines[place] = lines[place].replace("12500", '"long"')
    path.write_text("".join(lines))
    opened = open_journal(path)
    assert f"Line {place + 1:,} of the journal wall_ms should be a whole number" in opened.notes[0]
    assert [note.note for _, note in opened.journal.noted] == ["clock"]
    assert fold(opened.journal, scenario_of(opened.journal)).now == 21_840


def test_a_fork_begins_with_notes_of_its_own(tmp_path: Path, scenario: Scenario) -> None:
    path = played(tmp_path / "a.jsonl", scenario, noting=True)
    with fork(path, 22_000, place=tmp_path / "b.jsonl") as run:
        run.note("clock")
    assert [note for _, note in read_journal(tmp_path / "b.jsonl").noted] == [
        Noted(22_000, "clock")
    ]
