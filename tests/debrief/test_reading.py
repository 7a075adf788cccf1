"""A journal is read as far as it is sound, and what is wrong with it is said exactly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from controlroom.debrief.reading import Reading, fold_opened, open_journal
from controlroom.runs.errors import JournalError
from controlroom.scenario.find import home_of
from controlroom.sim.start import Scenario
from tests.debrief.conftest import folded, play

QUIET = "08:00:10 look smars-8\n08:01:20 mail 0\n08:02:10 note one\n08:03:30 note two\n"


@pytest.fixture
def journal(scenario: Scenario, tmp_path: Path) -> Path:
    """Four quiet minutes."""
    return play(scenario, tmp_path / "quiet.jsonl", QUIET, until="08:04:00")


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def texts(reading: Reading) -> list[str]:
    return [given.command for given in reading.commands]


def test_a_sound_journal_is_read_to_its_end_without_a_word(journal: Path) -> None:
    reading = folded(journal)
    assert reading.sound
    assert reading.notes == ()
    assert reading.simulation.clock == "08:04:00"
    assert texts(reading) == ["look smars-8", "mail 0", "note one", "note two"]


def test_a_torn_last_line_is_left_out_and_said(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes() + b'{"step": 99')
    reading = folded(journal)
    assert reading.sound
    assert "torn" in reading.notes[0]
    assert reading.simulation.clock == "08:04:00"


def test_a_journal_that_ends_with_a_command_is_said_to_break_off(journal: Path) -> None:
    kept = lines(journal)
    last = max(number for number, line in enumerate(kept) if b"note two" in line)
    journal.write_bytes(b"".join(kept[: last + 1]))
    reading = folded(journal)
    assert "breaks off" in reading.notes[0]
    assert reading.simulation.clock == "08:03:30"


def test_a_command_that_was_edited_takes_what_follows_its_last_digest(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes().replace(b"note one", b"note wan"))
    reading = folded(journal)
    assert not reading.sound
    (note,) = reading.notes
    assert "the world at 08:03:00 (step 720) is not the journal's" in note
    assert "ends at 08:02:00 (step 480)" in note
    assert reading.simulation.clock == "08:02:00"
    assert texts(reading) == ["look smars-8", "mail 0"]


def test_a_line_that_is_no_json_ends_what_is_read_with_its_number(journal: Path) -> None:
    kept = lines(journal)
    place = next(number for number, line in enumerate(kept) if b"note two" in line)
    kept[place] = b"scribble\n"
    journal.write_bytes(b"".join(kept))
    reading = folded(journal)
    assert not reading.sound
    assert reading.notes[0].startswith(f"Line {place + 1} of the journal is not a JSON object")
    assert texts(reading) == ["look smars-8", "mail 0", "note one"]


def test_a_command_that_nobody_knows_ends_what_is_read(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes().replace(b"note two", b"frobnicate"))
    reading = folded(journal)
    assert "no command 'frobnicate'" in reading.notes[0]
    assert reading.simulation.clock == "08:03:00"


def test_a_journal_of_another_version_is_read_when_its_digests_agree(journal: Path) -> None:
    first, *others = lines(journal)
    header = json.loads(first)
    header["product"] = "0.0.9"
    journal.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(others))
    reading = folded(journal)
    assert reading.sound
    assert "written by Control Room 0.0.9" in reading.notes[0]
    assert "Every digest agrees all the same" in reading.notes[0]


def test_a_scenario_that_has_changed_in_words_only_is_read_and_said(
    scenario: Scenario, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(home_of("knight-2012").path, tmp_path / "mine"))
    path = tmp_path / "mine.jsonl"
    play(scenario, path, QUIET, until="08:04:00")
    first, *others = lines(path)
    header = json.loads(first)
    header.update(scenario="mine", folder=str(folder), checksum="0" * 64)
    path.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(others))
    reading = folded(path)
    assert "its checksum was 000000000000 and is now" in reading.notes[0]
    assert "agrees all the same" in reading.notes[0]


def test_a_journal_whose_world_differs_from_its_first_digest_on_is_refused(
    scenario: Scenario, tmp_path: Path
) -> None:
    path = play(scenario, tmp_path / "other.jsonl", QUIET, until="08:02:00")
    first, *others = lines(path)
    header = json.loads(first)
    header["controls"] = ["incident-procedure"]
    path.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(others))
    with pytest.raises(JournalError, match=r"line 2: the world at 08:00:00 \(step 0\) is not"):
        folded(path)


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"hello\n", b"{}\n", b'{"journal": 99}\n'])
def test_what_is_no_journal_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "none.jsonl"
    path.write_bytes(content)
    with pytest.raises(JournalError) as caught:
        open_journal(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(JournalError, match="there is no such file"):
        open_journal(tmp_path / "nowhere.jsonl")


def test_a_journal_of_a_scenario_that_is_gone_is_refused(scenario: Scenario, journal: Path) -> None:
    first, *others = lines(journal)
    header = {**json.loads(first), "scenario": "gone", "folder": ""}
    journal.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(others))
    with pytest.raises(JournalError, match="its scenario cannot be loaded"):
        open_journal(journal)
    # Named by hand, it can be read: the digests are the proof.
    reading = fold_opened(open_journal(journal, scenario))
    assert "is of the scenario gone, this is knight-2012" in reading.notes[0]
    assert reading.simulation.clock == "08:04:00"
