"""A run that somebody played becomes a film of that very run."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.recording.demo import Verb
from controlroom.recording.director import Director
from controlroom.recording.errors import RecordingError
from controlroom.recording.glass import Glass
from controlroom.recording.journal_film import Cut, film_of_journal
from controlroom.runs.errors import JournalError
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes from the open: a note, a look, a note, the kill."""
    path = tmp_path_factory.mktemp("film") / "run.jsonl"
    with Run.begin(load_scenario("knight-2012"), start="09:30", journal=path) as run:
        run.advance(40)
        run.give("note one of eight is hot")
        run.advance(40)
        run.give("look smars-8")
        run.advance(120)
        run.give("note it has another build")
        run.give("kill smars-8")
        run.advance(280)
    return path


def test_the_film_ends_in_the_world_of_the_journal(journal: Path) -> None:
    demo, run = film_of_journal(journal, Cut(speed=60))
    recording = Director(demo, run).record()
    replay = Replay.open(journal)
    assert run.simulation.now == replay.last
    replay.seek(replay.last)
    assert run.digest() == replay.digest()
    assert "SMARS-8" in recording.picture("last").svg


def test_notes_become_captions_and_the_day_has_chapters(journal: Path) -> None:
    demo, _ = film_of_journal(journal, Cut(speed=2, last="09:32"))
    said = [step.text for step in demo.steps if step.verb is Verb.CAPTION]
    assert said == ["one of eight is hot", "", "it has another build", ""]
    assert next(step.text for step in demo.steps if step.verb is Verb.CHAPTER) == "09:30:00"
    assert demo.captions


def test_a_film_begins_where_it_is_cut(journal: Path) -> None:
    demo, run = film_of_journal(journal, Cut(first="09:31:00", last="09:31:30"))
    assert run.clock == "09:31:00"
    assert run.simulation.view().answers
    assert demo.speed == 1


@pytest.mark.parametrize(
    "cut, said",
    [
        (Cut(first="19:00"), "the run was over at 09:32:00; --from 19:00 is after that"),
        (Cut(first="09:31", last="09:30:30"), "--to must lie after --from"),
        (Cut(first="noon"), "--from 'noon' is not a time of day"),
    ],
    ids=["from too late", "to before from", "no time"],
)
def test_a_cut_that_makes_no_film_says_why(journal: Path, cut: Cut, said: str) -> None:
    with pytest.raises(RecordingError, match=said):
        film_of_journal(journal, cut)


def test_a_film_of_a_whole_day_at_real_speed_is_refused(journal: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with Run.begin(load_scenario("knight-2012"), journal=path) as run:
        run.advance(4 * 60 * 30)
    with pytest.raises(RecordingError, match="would take 30 minutes at 1x, and 15 are the most"):
        film_of_journal(path, Cut(speed=1))
    demo, _ = film_of_journal(path, Cut())
    assert demo.speed == 10


@pytest.mark.parametrize("seat, told", [("engineer", True), ("risk", False)])
def test_a_seat_sees_its_own_screen_and_not_what_others_do(
    drill: Path, seat: str, told: bool
) -> None:
    demo, run = film_of_journal(drill, Cut(seat=seat, speed=10))
    tape = Director(demo, run).record().tape
    glass = Glass(tape.columns, tape.rows)
    for event in tape.events:
        glass.show(event)
    assert f" {seat} · " in glass.text.splitlines()[1]
    assert ("kill smars-8" in glass.text) is told


def test_a_seat_that_was_not_there_is_named_with_those_that_were(
    drill: Path, journal: Path
) -> None:
    with pytest.raises(RecordingError, match=r"no seat nobody in this run; there is commander, "):
        film_of_journal(drill, Cut(seat="nobody"))
    with pytest.raises(RecordingError, match=r"no seat risk in this run; there is on-call$"):
        film_of_journal(journal, Cut(seat="risk"))


def test_a_journal_that_was_edited_is_refused(journal: Path, tmp_path: Path) -> None:
    edited = tmp_path / "edited.jsonl"
    edited.write_text(
        journal.read_text(encoding="utf-8").replace("kill smars-8", "kill smars-7"),
        encoding="utf-8",
    )
    with pytest.raises(JournalError, match="is not the journal's"):
        film_of_journal(edited, Cut())
